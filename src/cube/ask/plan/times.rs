//! The times by which a table tells money apart: financial years, quarters or months.
//!
//! Of years, money of two of them is shared by days, as a question shares it that asks for one of them. Of
//! months and quarters it is not: a return for a year says nothing of its months, and a twelfth of it in each
//! would look like a payment. What is not of one month stands in a row of its own, under its own time.

use super::cell::Cell;
use crate::axis::Period;

/// The times by which a table tells money apart, each with its cell.
#[derive(Clone, Debug)]
pub struct Times {
    kind: TimeKind,
    /// In order, without gaps; their cells are their places.
    spans: Vec<Period>,
    /// Times of the records that lie in none of them, behind them; none where money is shared by days.
    whole: Vec<Period>,
}

/// What a span of [`Times`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeKind {
    Years,
    Quarters,
    Months,
}

/// What a cell of [`Times`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeCell {
    /// A year, quarter or month.
    Span(Period),
    /// A time that is longer than a quarter or month, or lies in two of them.
    Whole(Period),
}

impl Times {
    /// The financial years of a period.
    pub fn years(period: Period) -> Self {
        Self {
            kind: TimeKind::Years,
            spans: period.financial_years(),
            whole: Vec::new(),
        }
    }

    /// The quarters or months of a period; `recorded` are the times of the records.
    pub fn told(kind: TimeKind, period: Period, recorded: impl Iterator<Item = Period>) -> Self {
        let spans = match kind {
            TimeKind::Years => return Self::years(period),
            TimeKind::Quarters => period.quarters(),
            TimeKind::Months => period.each_month(),
        };
        let of_none = |time: &Period| {
            time.intersection(period).is_some() && !spans.iter().any(|span| span.contains(*time))
        };
        let mut whole: Vec<Period> = recorded.filter(of_none).collect();
        whole.sort_unstable();
        whole.dedup();
        Self { kind, spans, whole }
    }

    pub fn kind(&self) -> TimeKind {
        self.kind
    }

    /// The years, quarters or months.
    pub fn spans(&self) -> &[Period] {
        &self.spans
    }

    /// Whether money of several spans is shared among them by days.
    pub fn share_by_days(&self) -> bool {
        self.kind == TimeKind::Years
    }

    /// The cell of a time that is not shared by days: the span in which it lies, else its own.
    pub fn cell(&self, time: Period) -> Cell {
        let spans = self.spans.len();
        let span = self.spans.iter().position(|span| span.contains(time));
        let whole = || (self.whole.binary_search(&time).ok()).map(|place| spans + place);
        let place = span.or_else(whole).and_then(|at| u32::try_from(at).ok());
        place.map_or(Cell::REST, Cell::member)
    }

    /// What the cell of that number is.
    pub fn at(&self, number: u32) -> Option<TimeCell> {
        let number = number as usize;
        match self.spans.get(number) {
            Some(span) => Some(TimeCell::Span(*span)),
            None => (self.whole.get(number - self.spans.len())).map(|time| TimeCell::Whole(*time)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    fn times(kind: TimeKind, of: &str) -> Times {
        let recorded = [
            "2017-18",
            "May 2017",
            "Q1 2017-18",
            "May 2017 to Jul 2017",
            "Mar 2017",
            "2016-17 to 2017-18",
            "2016-17",
        ];
        Times::told(kind, period(of), recorded.into_iter().map(period))
    }

    #[test]
    fn what_is_of_one_month_is_there_and_what_is_not_stands_by_itself() {
        let months = times(TimeKind::Months, "2017-18");
        assert_eq!(months.spans().len(), 12);
        assert_eq!(months.cell(period("May 2017")), Cell::member(1));
        let own: Vec<String> = (12..)
            .map_while(|number| months.at(number))
            .map(|cell| match cell {
                TimeCell::Whole(time) => time.to_string(),
                TimeCell::Span(_) => "a month".to_owned(),
            })
            .collect();
        // Neither March nor 2016-17 has anything of that year.
        assert_eq!(
            own,
            [
                "Apr 2016 to Mar 2018",
                "Apr 2017 to Jun 2017",
                "2017-18",
                "May 2017 to Jul 2017"
            ]
        );
        assert_eq!(months.cell(period("Q1 2017-18")), Cell::member(13));
    }

    #[test]
    fn a_quarter_has_its_months_and_itself() {
        let quarters = times(TimeKind::Quarters, "May 2017 to 2017-18");
        assert_eq!(
            quarters
                .spans()
                .iter()
                .map(Period::to_string)
                .collect::<Vec<_>>(),
            [
                "Apr 2017 to Jun 2017",
                "Jul 2017 to Sep 2017",
                "Oct 2017 to Dec 2017",
                "Jan 2018 to Mar 2018"
            ]
        );
        assert_eq!(quarters.cell(period("May 2017")), Cell::member(0));
        assert_eq!(quarters.cell(period("Q1 2017-18")), Cell::member(0));
        let across = quarters.cell(period("May 2017 to Jul 2017"));
        assert!(across > Cell::member(3) && across.is_member());
    }
}
