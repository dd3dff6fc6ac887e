//! A sum with everything that must be known about it.

use crate::account::MonthCount;
use crate::axis::{Evidence, Gap};
use crate::cube::ask::plan::{Memorandum, MemorandumSum};
use crate::money::Pence;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A sum with everything that must be known about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Figure {
    /// The sum, closed to the penny.
    pub amount: Pence,
    /// The sum before closing, in pounds, rounded to four decimals.
    pub exact: String,
    /// The sum by how it is known; the classes sum to the amount.
    pub composition: Composition,
    /// Money that may lie here or not, by reason; it is not in the amount.
    pub unshared: BTreeMap<Gap, Pence>,
    /// What stands beside the sum because of the boundary; what was eliminated is always said.
    #[serde(rename = "beside")]
    pub memoranda: BTreeMap<Memorandum, MemorandumSum>,
    /// Ledger lines of which some part lies in the sum.
    pub lines: u64,
    /// The sum per resident.
    pub per_head: Option<PerHead>,
    /// Of how many months its ledgers have lines, where some have not all: a sum of one month is
    /// no sum of a year, for each head neither.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub months: Option<MonthCount>,
}

impl Figure {
    /// Whether there is no money here and none beside it: recorded zeros, which tables leave out.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        let beside = self.memoranda.values().any(|sum| sum.amount != Pence::ZERO);
        self.amount == Pence::ZERO && self.lines == 0 && self.unshared.is_empty() && !beside
    }

    /// What stands beside the sum, or is a part of it; nothing where there is none.
    #[must_use]
    pub fn memorandum(&self, what: Memorandum) -> Pence {
        self.memoranda
            .get(&what)
            .map(|sum| sum.amount)
            .unwrap_or_default()
    }

    /// The sum before anything was eliminated: with what insiders paid each other, and with
    /// agency money. It may be more than an account can hold; then there is none.
    #[must_use]
    pub fn gross(&self) -> Option<Pence> {
        let parts = [
            self.amount,
            self.memorandum(Memorandum::Eliminated),
            self.memorandum(Memorandum::Agency),
        ];
        Pence::total(parts).ok()
    }
}

impl Memorandum {
    /// Those of which there is some money beside some of these figures: the columns of a table.
    pub fn among<'a>(figures: impl Iterator<Item = &'a Figure> + Clone) -> Vec<Self> {
        let some =
            |what: &Self| (figures.clone()).any(|figure| figure.memorandum(*what) != Pence::ZERO);
        Self::ALL.into_iter().filter(some).collect()
    }
}

/// A sum by how it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Composition {
    /// Recorded inside the slice.
    pub direct: Pence,
    /// Shared by a measure of service use.
    pub driver: Pence,
    /// Shared by residents.
    pub population: Pence,
    /// Shared by a weight that somebody chose.
    pub judgement: Pence,
}

impl Composition {
    /// The part of one class.
    #[must_use]
    pub fn of(&self, class: Evidence) -> Pence {
        match class {
            Evidence::Direct => self.direct,
            Evidence::Driver => self.driver,
            Evidence::Population => self.population,
            Evidence::Judgement => self.judgement,
        }
    }

    /// In words, largest part first: `62% population, 38% direct`. Percentages are rounded and
    /// need not add up.
    #[must_use]
    pub fn in_words(&self) -> String {
        let size = |class: &Evidence| i128::from(self.of(*class).get()).abs();
        let whole: i128 = Evidence::ALL.iter().map(size).sum();
        if whole == 0 {
            return "nothing".to_owned();
        }
        let mut classes: Vec<Evidence> = Evidence::ALL
            .into_iter()
            .filter(|class| size(class) > 0)
            .collect();
        classes.sort_by_key(|class| std::cmp::Reverse(size(class)));
        if let [only] = classes.as_slice() {
            return format!("all {only}");
        }
        let words: Vec<String> = classes
            .iter()
            .map(|class| match (200 * size(class) + whole) / (2 * whole) {
                0 => format!("under 1% {class}"),
                100 => format!("over 99% {class}"),
                percent => format!("{percent}% {class}"),
            })
            .collect();
        words.join(", ")
    }
}

/// A sum per resident, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PerHead {
    /// Residents of the slice.
    pub persons: Option<u64>,
    /// The sum per resident, rounded half to even.
    pub amount: Option<Pence>,
    /// What counts the residents.
    pub measure: Arc<str>,
    /// Why there is no figure.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub withheld: Option<String>,
}

impl PerHead {
    pub(in crate::cube::ask) fn persons(persons: u64, measure: Arc<str>) -> Self {
        Self {
            persons: Some(persons),
            amount: None,
            measure,
            withheld: None,
        }
    }

    pub(in crate::cube::ask) fn withheld(reason: &str, measure: Arc<str>) -> Self {
        Self {
            persons: None,
            amount: None,
            measure,
            withheld: Some(reason.to_owned()),
        }
    }

    /// The same residents with a sum among them.
    pub(in crate::cube::ask) fn of(mut self, sum: Pence) -> Self {
        self.amount = self.persons.filter(|&persons| persons > 0).map(|persons| {
            let (sum, persons) = (i128::from(sum.get()), i128::from(persons));
            let (quotient, rest) = (sum.div_euclid(persons), sum.rem_euclid(persons));
            let up = match (2 * rest).cmp(&persons) {
                std::cmp::Ordering::Greater => 1,
                std::cmp::Ordering::Equal => quotient.rem_euclid(2),
                std::cmp::Ordering::Less => 0,
            };
            Pence::from_wide(quotient + up).unwrap_or_default()
        });
        self
    }
}
