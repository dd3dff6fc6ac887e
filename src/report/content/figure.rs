//! A figure as texts, pictures and files may see it: the door that every sum of a report goes through.
//!
//! An answer's [`Figure`] tells its sum in many ways: by class of evidence, for each head, by what
//! stands beside it, by how many lines it has. To hide the sum alone is to hide nothing, because the
//! classes add up to it. So what is shown of a report is taken from a [`ShownFigure`], never from a
//! `Figure`: where the sum is suppressed, it gives none of the others either.
//!
//! ```text
//! Figure { amount £120.00, direct £90.00, population £30.00, 4 lines } + Shown::Suppressed
//!   sum() = suppressed    part of a class = suppressed    per head, lines, words = none
//! ```

use super::evidence;
use super::sum::Shown;
use crate::account::MonthCount;
use crate::axis::{Evidence, Gap};
use crate::cube::{Composition, Figure, Memorandum};
use crate::money::Pence;

/// A figure and what may be shown of it.
#[derive(Clone, Copy, Debug)]
pub struct ShownFigure<'a> {
    figure: &'a Figure,
    shown: Shown,
}

impl<'a> ShownFigure<'a> {
    pub fn new(figure: &'a Figure, shown: Shown) -> Self {
        Self { figure, shown }
    }

    /// The sum.
    pub fn sum(self) -> Shown {
        self.shown
    }

    /// The sum, where no line is a zero: for columns that add up.
    pub fn sum_or_zero(self) -> Shown {
        self.told(|figure| figure.amount)
    }

    /// The figure, where its sum may be shown.
    fn open(self) -> Option<&'a Figure> {
        (self.shown != Shown::Suppressed).then_some(self.figure)
    }

    /// A sum that would help to work this one out.
    fn told(self, sum: impl Fn(&Figure) -> Pence) -> Shown {
        self.open()
            .map_or(Shown::Suppressed, |figure| Shown::of_sum(sum(figure)))
    }

    /// Whether nothing is recorded, neither in the sum nor beside it; what is suppressed is something.
    pub fn is_nothing(self) -> bool {
        self.open().is_some_and(Figure::is_nothing)
    }

    /// The sum to order rows and draw lengths by; zero where there is none to show.
    pub fn size(self) -> Pence {
        self.shown.pence().unwrap_or_default()
    }

    /// The sum by how it is known.
    pub fn composition(self) -> Option<Composition> {
        Some(self.open()?.composition)
    }

    /// How it is known, in the words of pages.
    pub fn how_known(self) -> Option<String> {
        let figure = self.open()?;
        Some(evidence::in_words(&figure.composition))
    }

    /// The part of one class of evidence.
    pub fn class(self, class: Evidence) -> Shown {
        self.told(|figure| figure.composition.of(class))
    }

    /// What stands beside it, or is a part of it.
    pub fn memorandum(self, what: Memorandum) -> Shown {
        self.told(|figure| figure.memorandum(what))
    }

    /// Money that may lie in it or not, by reason.
    pub fn unshared(self) -> impl Iterator<Item = (Gap, Pence)> + 'a {
        let open = self.open().into_iter();
        open.flat_map(|figure| figure.unshared.iter().map(|(gap, pence)| (*gap, *pence)))
    }

    /// All of that money.
    pub fn unshared_sum(self) -> Option<Shown> {
        let sums = self.open()?.unshared.values().copied();
        Pence::total(sums).ok().map(Shown::of_sum)
    }

    /// Residents of the cell. They are published elsewhere, and no sum can be worked out from them.
    pub fn residents(self) -> Option<u64> {
        self.figure.per_head.as_ref()?.persons
    }

    /// The sum for each resident.
    pub fn per_head(self) -> Option<Pence> {
        self.open()?.per_head.as_ref()?.amount
    }

    /// Residents, and the sum for each.
    pub fn heads(self) -> Option<(u64, Pence)> {
        Some((self.residents()?, self.per_head()?))
    }

    /// Of how many months its ledgers have lines, where some have not all; no sum can be worked out
    /// from it.
    pub fn months(self) -> Option<MonthCount> {
        self.figure.months
    }

    /// Ledger lines of which some part lies in it.
    pub fn lines(self) -> Option<u64> {
        Some(self.open()?.lines)
    }
}

/// What stands beside any of these figures.
pub fn besides<'a>(figures: impl IntoIterator<Item = ShownFigure<'a>>) -> Vec<Memorandum> {
    let open: Vec<&Figure> = (figures.into_iter())
        .filter_map(ShownFigure::open)
        .collect();
    Memorandum::among(open.iter().copied())
}
