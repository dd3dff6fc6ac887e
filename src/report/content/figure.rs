//! What reports read of a figure besides its sums.

use super::evidence;
use crate::cube::Memorandum;
use crate::disclosure::{Shown, ToldFigure};
use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;

impl ToldFigure {
    /// How it is known, in the words of pages.
    pub(in crate::report) fn how_known(&self) -> Option<String> {
        Some(evidence::in_words(&self.composition()?))
    }
}

/// What stands beside any of these figures, told or withheld.
pub fn besides<'a>(figures: impl IntoIterator<Item = &'a ToldFigure>) -> Vec<Memorandum> {
    let figures = figures.into_iter();
    let named: BTreeSet<Memorandum> = figures.flat_map(ToldFigure::memoranda).collect();
    let named = |what: &Memorandum| named.contains(what);
    Memorandum::ALL.into_iter().filter(named).collect()
}

/// The order of rows in which the largest stand first: what is withheld stands at the end, by its code, so
/// that where it stands says nothing of what it is.
pub fn largest_first(one: (Shown, &str), other: (Shown, &str)) -> Ordering {
    let key = |(shown, code): (Shown, &'_ str)| match shown {
        Shown::Withheld(_) => (true, Reverse(crate::money::Pence::ZERO), code.to_owned()),
        told => (
            false,
            Reverse(told.pence().unwrap_or_default()),
            String::new(),
        ),
    };
    key(one).cmp(&key(other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::Why;
    use crate::money::Pence;

    #[test]
    fn what_is_withheld_stands_at_the_end_by_its_code() {
        let known = |pence| Shown::Known(Pence::new(pence));
        let withheld = Shown::Withheld(Why::Few);
        let mut rows = [
            (withheld, "b"),
            (known(-5), "m"),
            (withheld, "a"),
            (known(1), "z"),
            (known(7), "k"),
        ];
        rows.sort_by(|one, other| largest_first(*one, *other));
        assert_eq!(rows.map(|(_, code)| code), ["k", "z", "m", "a", "b"]);
    }
}
