//! A figure as texts, pictures and files may see it: in what is withheld there is no number.
//!
//! An answer's [`Figure`] tells its sum in many ways: by class of evidence, for each head, by what
//! stands beside it, by how many lines it has. To hide the sum alone is to hide nothing, because the
//! classes add up to it. So a report holds no `Figure`. It holds a [`ToldFigure`], which was copied from
//! one, aspect by aspect, and of what is withheld nothing was copied.
//!
//! ```text
//! Figure { amount £120.00, direct £90.00, population £30.00, 4 lines }
//!   told with direct withheld, and so the sum:
//! ToldFigure { sum withheld, direct withheld, population £30.00, no lines, nothing a head }
//! ```

use super::shown::Shown;
use super::why::Why;
use crate::account::MonthCount;
use crate::axis::{Evidence, Gap};
use crate::cube::{Composition, Figure, Memorandum};
use crate::money::Pence;
use std::collections::BTreeMap;

/// One of the sums that a figure tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Aspect {
    /// The sum itself, and what it comes to a head.
    Sum,
    /// Its part of one class of evidence.
    Class(Evidence),
    /// What stands beside it, or is a part of it.
    Beside(Memorandum),
    /// Money that may lie in it or not, for one reason.
    Unshared(Gap),
}

impl Aspect {
    /// All of them.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        let classes = Evidence::ALL.into_iter().map(Self::Class);
        let beside = Memorandum::ALL.into_iter().map(Self::Beside);
        let unshared = Gap::ALL.into_iter().map(Self::Unshared);
        std::iter::once(Self::Sum)
            .chain(classes)
            .chain(beside)
            .chain(unshared)
    }
}

/// A figure of which each aspect is told or withheld.
///
/// # Example
///
/// ```
/// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
/// use wholeplace::disclosure::{ToldFigure, Why};
/// # let place = Place::open("examples/data/partners")?;
/// # let account = PlaceAccount::load(&place)?;
/// # let cube = Cube::build(&account)?;
/// let year = cube
///     .ask()
///     .period("2024-25".parse()?)
///     .phase(Phase::Outturn)
///     .boundary(Boundary::AllPartners);
/// let figure = year.answer()?.total;
/// assert_eq!(ToldFigure::open(&figure).sum().to_string(), "£878,997.00");
/// let withheld = ToldFigure::withheld(&figure, Why::Few);
/// assert_eq!(withheld.sum().pence(), None);
/// assert_eq!((withheld.composition(), withheld.per_head(), withheld.lines()), (None, None, None));
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldFigure {
    sum: Shown,
    /// In the order of [`Evidence::ALL`].
    classes: [Shown; Evidence::ALL.len()],
    memoranda: BTreeMap<Memorandum, Shown>,
    unshared: BTreeMap<Gap, Shown>,
    /// Why nothing is said of memoranda that are not named; where there is no reason, there are none.
    others: Option<Why>,
    lines: Option<u64>,
    residents: Option<u64>,
    per_head: Option<Pence>,
    months: Option<MonthCount>,
}

impl ToldFigure {
    /// All of a figure.
    #[must_use]
    pub fn open(figure: &Figure) -> Self {
        Self::of(figure, true, |_| None)
    }

    /// Nothing of a figure but its residents and of how many months it is.
    #[must_use]
    pub fn withheld(figure: &Figure, why: Why) -> Self {
        Self::of_none(why).of_cell(figure)
    }

    /// A figure of which nothing is told.
    #[must_use]
    pub fn of_none(why: Why) -> Self {
        let none = Shown::Withheld(why);
        Self {
            sum: none,
            classes: [none; Evidence::ALL.len()],
            memoranda: BTreeMap::new(),
            unshared: BTreeMap::new(),
            others: Some(why),
            lines: None,
            residents: None,
            per_head: None,
            months: None,
        }
    }

    /// What is known of the cell whatever was spent in it: residents are published elsewhere, and no sum
    /// can be worked out from the months that ledgers have.
    fn of_cell(mut self, figure: &Figure) -> Self {
        self.residents = figure.per_head.as_ref().and_then(|head| head.persons);
        self.months = figure.months;
        self
    }

    /// A figure of which `why` says for each aspect why it is withheld, or nothing where it is told.
    ///
    /// It is asked of the sum, of each class, and of each memorandum and reason of unshared money, also of
    /// those of which there is none: what is withheld must not be known by being named. `lines` says
    /// whether their number is told.
    pub fn of(figure: &Figure, lines: bool, why: impl Fn(Aspect) -> Option<Why>) -> Self {
        let told = |aspect, sum: Pence| match why(aspect) {
            None => Shown::of_sum(sum),
            Some(why) => Shown::Withheld(why),
        };
        let sum = match why(Aspect::Sum) {
            Some(why) => Shown::Withheld(why),
            None if lines => Shown::of(figure),
            // Whether lines of nothing are there is not told.
            None if figure.amount == Pence::ZERO => Shown::NothingRecorded,
            None => Shown::Known(figure.amount),
        };
        let memoranda = Memorandum::ALL.into_iter().filter_map(|what| {
            let told = told(Aspect::Beside(what), figure.memorandum(what));
            (told != Shown::RecordedZero).then_some((what, told))
        });
        let gap = |gap: Gap| {
            let sum = figure.unshared.get(&gap).copied();
            match told(Aspect::Unshared(gap), sum.unwrap_or_default()) {
                Shown::Withheld(why) => Some((gap, Shown::Withheld(why))),
                told => sum.map(|_| (gap, told)),
            }
        };
        Self {
            sum,
            classes: Evidence::ALL
                .map(|class| told(Aspect::Class(class), figure.composition.of(class))),
            memoranda: memoranda.collect(),
            unshared: Gap::ALL.into_iter().filter_map(gap).collect(),
            others: None,
            lines: lines.then_some(figure.lines),
            residents: None,
            per_head: (figure.per_head.as_ref())
                .and_then(|head| head.amount)
                .filter(|_| !sum.is_withheld()),
            months: None,
        }
        .of_cell(figure)
    }

    /// The same with nothing told of it but its residents and of how many months it is.
    #[must_use]
    pub fn withhold(self, why: Why) -> Self {
        Self {
            residents: self.residents,
            months: self.months,
            ..Self::of_none(why)
        }
    }

    /// The same without its residents, and so without what it comes to a head: where the measure that counts
    /// them is not public.
    #[must_use]
    pub fn without_residents(mut self) -> Self {
        (self.residents, self.per_head) = (None, None);
        self
    }

    /// One aspect of it.
    #[must_use]
    pub fn aspect(&self, aspect: Aspect) -> Shown {
        match aspect {
            Aspect::Sum => self.sum,
            Aspect::Class(class) => self.class(class),
            Aspect::Beside(what) => self.memorandum(what),
            Aspect::Unshared(gap) => {
                let told = self.unshared.get(&gap).copied();
                told.unwrap_or_else(|| self.not_named())
            }
        }
    }

    /// What is said of a memorandum or reason that is not named.
    fn not_named(&self) -> Shown {
        self.others.map_or(Shown::RecordedZero, Shown::Withheld)
    }

    /// The sum.
    #[must_use]
    pub fn sum(&self) -> Shown {
        self.sum
    }

    /// The sum, where no line is a zero: for columns that add up.
    #[must_use]
    pub fn sum_or_zero(&self) -> Shown {
        match self.sum {
            Shown::NothingRecorded => Shown::RecordedZero,
            sum => sum,
        }
    }

    /// Whether nothing is recorded, neither in the sum nor beside it; what is withheld is something.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.sum == Shown::NothingRecorded && self.unshared.is_empty() && self.memoranda.is_empty()
    }

    /// Whether there is anything of it that may not be told.
    #[must_use]
    pub fn withholds(&self) -> bool {
        let beside = self.memoranda.values().chain(self.unshared.values());
        self.others.is_some()
            || (std::iter::once(&self.sum)
                .chain(&self.classes)
                .chain(beside))
            .any(|shown| shown.is_withheld())
    }

    /// The sum to order rows and draw lengths by; zero where there is none to show.
    #[must_use]
    pub fn size(&self) -> Pence {
        self.sum.pence().unwrap_or_default()
    }

    /// The sum by how it is known, where all of it may be told.
    #[must_use]
    pub fn composition(&self) -> Option<Composition> {
        self.sum.told()?;
        let [direct, driver, population, judgement] = Evidence::ALL.map(|class| self.class(class));
        Some(Composition {
            direct: direct.told()?,
            driver: driver.told()?,
            population: population.told()?,
            judgement: judgement.told()?,
        })
    }

    /// The part of one class of evidence.
    #[must_use]
    pub fn class(&self, class: Evidence) -> Shown {
        let place = Evidence::ALL.iter().position(|one| *one == class);
        let told = place.and_then(|place| self.classes.get(place));
        told.copied().unwrap_or(Shown::RecordedZero)
    }

    /// What stands beside it, or is a part of it.
    #[must_use]
    pub fn memorandum(&self, what: Memorandum) -> Shown {
        let told = self.memoranda.get(&what).copied();
        told.unwrap_or_else(|| self.not_named())
    }

    /// The memoranda of which something is told, or is said to be withheld.
    pub fn memoranda(&self) -> impl Iterator<Item = Memorandum> + '_ {
        self.memoranda.keys().copied()
    }

    /// Money that may lie in it or not, by reason.
    pub fn unshared(&self) -> impl Iterator<Item = (Gap, Shown)> + '_ {
        self.unshared.iter().map(|(gap, shown)| (*gap, *shown))
    }

    /// All of that money; none where no money could be added up.
    #[must_use]
    pub fn unshared_sum(&self) -> Option<Shown> {
        let withheld = self.unshared.values().find_map(|shown| shown.why());
        if let Some(why) = self.others.or(withheld) {
            return Some(Shown::Withheld(why));
        }
        let sums = self.unshared.values().filter_map(|shown| shown.told());
        Pence::total(sums).ok().map(Shown::of_sum)
    }

    /// Residents of the cell. They are published elsewhere, and no sum can be worked out from them.
    #[must_use]
    pub fn residents(&self) -> Option<u64> {
        self.residents
    }

    /// The sum for each resident.
    #[must_use]
    pub fn per_head(&self) -> Option<Pence> {
        self.per_head
    }

    /// Residents, and the sum for each.
    #[must_use]
    pub fn heads(&self) -> Option<(u64, Pence)> {
        Some((self.residents?, self.per_head?))
    }

    /// Of how many months its ledgers have lines, where some have not all; no sum can be worked out
    /// from it.
    #[must_use]
    pub fn months(&self) -> Option<MonthCount> {
        self.months
    }

    /// Ledger lines of which some part lies in it.
    #[must_use]
    pub fn lines(&self) -> Option<u64> {
        self.lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Boundary, PlaceAccount};
    use crate::axis::Phase;
    use crate::cube::Cube;
    use crate::place::Place;

    /// A figure with all four columns: beside the sum stands money that one partner paid another.
    fn figure() -> Figure {
        let place = Place::open("examples/data/partners").unwrap();
        let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
        let asked = cube.ask().period("2024-25".parse().unwrap());
        let asked = asked.phase(Phase::Outturn).boundary(Boundary::AllPartners);
        asked.locality("hills").answer().unwrap().total
    }

    #[test]
    fn an_open_figure_tells_what_the_answer_does() {
        let figure = figure();
        let told = ToldFigure::open(&figure);
        assert_eq!(told.sum(), Shown::Known(figure.amount));
        assert_eq!(told.composition(), Some(figure.composition));
        assert_eq!(told.lines(), Some(figure.lines));
        assert_eq!(told.per_head(), figure.per_head.as_ref().unwrap().amount);
        for what in Memorandum::ALL {
            assert_eq!(
                told.memorandum(what),
                Shown::of_sum(figure.memorandum(what))
            );
        }
        assert!(!told.withholds());
        assert!(!told.is_nothing());
    }

    /// Every number of the figure, as the debug output of what may be told would print it.
    #[test]
    fn no_number_of_what_is_withheld_is_in_memory() {
        let figure = figure();
        let sum = figure.amount.get().to_string();
        assert!(format!("{:?}", ToldFigure::open(&figure)).contains(&sum));
        let withheld = format!("{:?}", ToldFigure::withheld(&figure, Why::Few));
        let parts = Evidence::ALL.map(|class| figure.composition.of(class));
        let memoranda = Memorandum::ALL.map(|what| figure.memorandum(what));
        for number in parts.into_iter().chain(memoranda).chain([figure.amount]) {
            let number = number.get().to_string();
            assert!(number == "0" || !withheld.contains(&number), "{number}");
        }
    }

    #[test]
    fn an_aspect_is_withheld_by_itself() {
        let figure = figure();
        let told = ToldFigure::of(&figure, false, |aspect| match aspect {
            Aspect::Class(Evidence::Direct) | Aspect::Sum => Some(Why::Dominated),
            _ => None,
        });
        assert_eq!(told.sum(), Shown::Withheld(Why::Dominated));
        assert_eq!(
            (told.composition(), told.per_head(), told.lines()),
            (None, None, None)
        );
        let population = told.class(Evidence::Population);
        assert_eq!(population, Shown::of_sum(figure.composition.population));
        assert!(told.withholds());
    }

    /// A memorandum that is withheld has a column whatever it is, and one of which nothing was tried has none.
    #[test]
    fn what_is_withheld_beside_a_figure_is_named_whatever_it_is() {
        let figure = figure();
        let is_none = |what: &Memorandum| figure.memorandum(*what) == Pence::ZERO;
        let none = Memorandum::ALL.into_iter().find(is_none).unwrap();
        let hide = |aspect| (aspect == Aspect::Beside(none)).then_some(Why::Few);
        let told = ToldFigure::of(&figure, true, hide);
        assert!(told.memoranda().any(|what| what == none));
        assert_eq!(told.memorandum(none), Shown::Withheld(Why::Few));
        assert_eq!(
            ToldFigure::withheld(&figure, Why::Few).memoranda().count(),
            0
        );
    }
}
