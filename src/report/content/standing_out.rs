//! Where a place differs from the whole, a head, by more than hangs on the choice of drivers.
//!
//! ```text
//! difference = sum of the place / its residents − sum of the whole / all residents
//! ```
//!
//! for an activity, a partner or the people of an age, under the pack's own sharing rules and under each
//! of its other ones. A difference that is smaller than the range it has under all of them says more of the
//! rules than of the place, and is not shown. (Nine tenths of the range are enough: rules by which all places
//! are alike, residents or households, lie a little to either side of no difference.) Without other rules
//! nobody can say, and none is shown.

use super::locality::{LocalityReport, PlacePage, SectionRow};
use super::tried::Tried;
use crate::disclosure::ToldFigure;
use crate::money::Pence;
use std::cmp::Reverse;

/// One activity, age or partner of a place that differs from the whole whatever rules share the money.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Difference<'a> {
    /// `activity`, `ages` or `partner`.
    pub axis: &'a str,
    /// The row.
    pub row: &'a SectionRow,
    /// By how much.
    pub a_head: AHead,
}

/// What is spent a head here and in the whole, and by how much that differs whatever rules share the
/// money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AHead {
    /// A head here, under the pack's own rules.
    pub here: Pence,
    /// A head of the whole, likewise.
    pub whole: Pence,
    /// What is spent here beyond the whole's sum a head, each resident; below zero where it is less.
    pub more: Pence,
    /// The least that it is under any of the rules.
    pub least: Pence,
    /// The most that it is under any of the rules.
    pub most: Pence,
    /// Residents that it is for: all of the place, or those of the age.
    pub residents: u64,
}

/// A figure under the pack's own rules, as it may be shown, and under its other ones.
type UnderAll<'a> = (&'a ToldFigure, &'a Tried);

/// The figures that are compared: the sum here and of the whole, under one set of rules.
type Pair = (Pence, Pence);

impl LocalityReport {
    /// Where a place differs most from the whole whatever rules share the money: of each axis a few,
    /// those first that are most money.
    #[must_use]
    pub fn standing_out<'a>(&'a self, page: &'a PlacePage) -> Vec<Difference<'a>> {
        const OF_EACH: usize = 3;
        let mut all = Vec::new();
        for section in &page.sections {
            let mut differences: Vec<Difference<'a>> = (section.rows.iter())
                .filter_map(|row| self.difference(&section.axis, row))
                .collect();
            differences.sort_by_key(|one| Reverse(one.a_head.money()));
            differences.truncate(OF_EACH);
            all.append(&mut differences);
        }
        all
    }

    /// The difference of a row from the same row of the whole, if it is nine tenths of its range or more.
    #[must_use]
    pub fn difference<'a>(&'a self, axis: &'a str, row: &'a SectionRow) -> Option<Difference<'a>> {
        let whole = self.whole.row(axis, &row.code)?;
        let a_head = compared(
            (row.as_shown(), &row.tried),
            (whole.as_shown(), &whole.tried),
        )?;
        Some(Difference { axis, row, a_head })
    }

    /// Whether a row differs from the same row of the whole; nothing where nobody can say: the pack names
    /// no other rules, what comes of them may not be told, or one of the two has no figure a head to show.
    pub(in crate::report) fn differs(&self, axis: &str, row: &SectionRow) -> Option<bool> {
        let whole = self.whole.row(axis, &row.code)?;
        let both = row.as_shown().per_head().and(whole.as_shown().per_head());
        (both.is_some() && row.tried.is_told() && whole.tried.is_told())
            .then(|| self.difference(axis, row).is_some())
    }

    /// The difference of all that is spent in a place from the whole, if it is nine tenths of its
    /// range or more.
    #[must_use]
    pub fn difference_of(&self, page: &PlacePage) -> Option<AHead> {
        let whole = &self.whole;
        compared(
            (page.as_shown(), &page.tried),
            (whole.as_shown(), &whole.tried),
        )
    }
}

/// By how much a figure differs from that of the whole a head, if that is nine tenths of its range or more.
fn compared(here: UnderAll<'_>, whole: UnderAll<'_>) -> Option<AHead> {
    let ((here, here_tried), (whole, whole_tried)) = (here, whole);
    let of_whole = whole.residents().filter(|&persons| persons > 0)?;
    let here_of = here.residents().filter(|&persons| persons > 0)?;
    let own: Pair = (here.sum().told()?, whole.sum().told()?);
    let others = (here_tried.sums(here.sum()).iter())
        .zip(whole_tried.sums(whole.sum()))
        .map(|(&here, &whole)| (here, whole));
    let more = |(here, whole): Pair| {
        let (here, whole) = (i128::from(here.get()), i128::from(whole.get()));
        // Exact, over a common denominator.
        here * i128::from(of_whole) - whole * i128::from(here_of)
    };
    let central = more(own);
    let each: Vec<i128> = others.map(more).chain([central]).collect();
    let (least, most) = (each.iter().min()?, each.iter().max()?);
    // Each sum was closed to the penny, so that equal shares may differ by one.
    let closing = 2 * (i128::from(here_of) + i128::from(of_whole));
    let by_rules = (most - least - closing).max(0);
    if each.len() < 2 || central.abs() <= closing || 10 * central.abs() < 9 * by_rules {
        return None;
    }
    let denominator = i128::from(here_of) * i128::from(of_whole);
    let rounded = |exact: i128| Pence::from_wide(nearest(exact, denominator)).ok();
    Some(AHead {
        here: here.per_head()?,
        whole: whole.per_head()?,
        more: rounded(central)?,
        least: rounded(*least)?,
        most: rounded(*most)?,
        residents: here_of,
    })
}

impl AHead {
    /// How much money the difference is, in pence, without a sign.
    #[must_use]
    pub fn money(&self) -> u128 {
        u128::from(self.more.get().unsigned_abs()) * u128::from(self.residents)
    }

    /// Whether more is spent here.
    #[must_use]
    pub fn is_more(&self) -> bool {
        self.more > Pence::ZERO
    }
}

/// The whole number nearest to a fraction; halves go away from zero.
fn nearest(over: i128, under: i128) -> i128 {
    (2 * over.abs() + under) / (2 * under) * over.signum()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_whole_number() {
        let cases = [
            (7, 2, 4),
            (5, 2, 3),
            (-5, 2, -3),
            (1, 3, 0),
            (-2, 3, -1),
            (0, 9, 0),
        ];
        for (over, under, whole) in cases {
            assert_eq!(nearest(over, under), whole, "{over}/{under}");
        }
    }
}
