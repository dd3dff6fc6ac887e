//! Sets of months: of which months something is known, and of which not.

use super::Period;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A set of months.
///
/// Months that follow each other are kept as one span, so that a set says itself as people do: from
/// when to when, and what lies apart.
///
/// # Example
///
/// ```
/// use wholeplace::axis::{Months, Period};
/// let year: Period = "2020-21".parse()?;
/// let mut files = Months::default();
/// for month in ["Jun 2020", "Apr 2020", "May 2020", "Sep 2020", "Jun 2020"] {
///     files.add(month.parse()?);
/// }
/// assert_eq!(files.to_string(), "Apr 2020 to Jun 2020, Sep 2020");
/// assert_eq!(files.count(), 4);
/// let missing = files.missing_of(year);
/// assert_eq!(missing.to_string(), "Jul 2020 to Aug 2020, Oct 2020 to Mar 2021");
/// assert_eq!(files.count() + missing.count(), year.months());
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Period>", into = "Vec<Period>")]
pub struct Months {
    /// In order; a month lies between any two.
    spans: Vec<Period>,
}

impl Months {
    /// No month.
    pub(crate) const NONE: Self = Self { spans: Vec::new() };

    /// Adds the months of a period.
    pub fn add(&mut self, period: Period) {
        // Spans that end before the month before the period stay before it.
        let start = (self.spans).partition_point(|span| period.starts_after_gap(*span));
        let touched = (self.spans[start..]).partition_point(|span| !span.starts_after_gap(period));
        let end = start + touched;
        let joined = (self.spans[start..end].iter()).fold(period, |all, span| all.hull(*span));
        self.spans.splice(start..end, [joined]);
    }

    /// Adds the months of another set.
    pub fn add_all(&mut self, other: &Self) {
        other.spans.iter().for_each(|&span| self.add(span));
    }

    /// The months of the set that lie in a period.
    #[must_use]
    pub fn within(&self, period: Period) -> Self {
        let inside = (self.spans.iter()).filter_map(|span| span.intersection(period));
        Self {
            spans: inside.collect(),
        }
    }

    /// The months of a period that are not in the set.
    #[must_use]
    pub fn missing_of(&self, period: Period) -> Self {
        let mut missing = Vec::new();
        let mut rest = Some(period);
        for span in self.within(period).spans {
            let Some(left) = rest else { break };
            missing.extend(left.before(span));
            rest = left.after(span);
        }
        missing.extend(rest);
        Self { spans: missing }
    }

    /// Whether the set has all months of a period.
    #[must_use]
    pub fn cover(&self, period: Period) -> bool {
        self.spans.iter().any(|span| span.contains(period))
    }

    /// Whether a month is in both sets.
    #[must_use]
    pub fn meet(&self, other: &Self) -> bool {
        (self.spans.iter()).any(|&span| !other.within(span).is_empty())
    }

    /// How many months.
    #[must_use]
    pub fn count(&self) -> u16 {
        self.spans.iter().map(|span| span.months()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The months as spans, in order.
    #[must_use]
    pub fn spans(&self) -> &[Period] {
        &self.spans
    }

    /// From the first month to the last, whatever is missing between.
    #[must_use]
    pub fn from_first_to_last(&self) -> Option<Period> {
        Some(self.spans.first()?.hull(*self.spans.last()?))
    }
}

impl FromIterator<Period> for Months {
    fn from_iter<T: IntoIterator<Item = Period>>(periods: T) -> Self {
        let mut months = Self::NONE;
        periods.into_iter().for_each(|period| months.add(period));
        months
    }
}

impl From<Vec<Period>> for Months {
    fn from(periods: Vec<Period>) -> Self {
        periods.into_iter().collect()
    }
}

impl From<Months> for Vec<Period> {
    fn from(months: Months) -> Self {
        months.spans
    }
}

impl fmt::Display for Months {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&crate::text::list(&self.spans, 0))
    }
}
