//! What lies in one row, exactly; and rows of roles region_share over those who have them.

use super::Slot;
use crate::axis::{Evidence, Gap};
use crate::cube::ask::plan::{Beside, Cell, Drill};
use crate::money::{Exact, Ratio};
use std::collections::BTreeMap;

/// Exact sums by evidence class.
pub type ByClass = [Exact; Evidence::ALL.len()];

/// What lies in one row.
#[derive(Clone, Debug, Default)]
pub struct RowSums {
    pub amount: ByClass,
    /// What may lie in it or not, by reason.
    pub unknown: BTreeMap<Gap, Exact>,
    /// What stands beside it: what lies here, and what may lie here or not.
    pub beside: BTreeMap<Beside, (Exact, Exact)>,
    /// Ledger lines that make the amount; those of records that are zero make nothing.
    pub lines: u64,
    /// Ledger lines of records that are zero.
    pub zero_lines: u64,
}

impl RowSums {
    pub fn exact(&self) -> Exact {
        let mut sum = Exact::zero();
        self.amount.iter().for_each(|part| sum.add(part));
        sum
    }

    /// A part of what lies here. What only a part of somebody's money makes is known by judgement.
    pub fn times(&self, ratio: &Ratio) -> Self {
        if ratio.is_one() {
            return self.clone();
        }
        let mut amount = ByClass::default();
        amount[Evidence::Judgement as usize] = self.exact().times(ratio);
        let both = |(here, unknown): &(Exact, Exact)| (here.times(ratio), unknown.times(ratio));
        Self {
            amount,
            unknown: (self.unknown.iter())
                .map(|(&gap, sum)| (gap, sum.times(ratio)))
                .collect(),
            beside: (self.beside.iter())
                .map(|(&beside, sums)| (beside, both(sums)))
                .collect(),
            ..self.clone()
        }
    }

    /// Adds what lies in another row.
    pub fn add(&mut self, other: &Self) {
        for (sum, more) in self.amount.iter_mut().zip(&other.amount) {
            sum.add(more);
        }
        for (&gap, more) in &other.unknown {
            self.unknown.entry(gap).or_default().add(more);
        }
        for (&beside, (here, unknown)) in &other.beside {
            let sums = self.beside.entry(beside).or_default();
            sums.0.add(here);
            sums.1.add(unknown);
        }
        self.lines += other.lines;
        self.zero_lines += other.zero_lines;
    }

    /// The sum of a slot.
    pub fn slot(&mut self, slot: Slot) -> &mut Exact {
        match slot {
            Slot::Amount(class) => &mut self.amount[class as usize],
            Slot::Unknown(gap) => self.unknown.entry(gap).or_default(),
            Slot::Here(beside) => &mut self.beside.entry(beside).or_default().0,
            Slot::Unshared(beside) => &mut self.beside.entry(beside).or_default().1,
        }
    }

    /// The same of a row that is not changed; nothing where there is none.
    pub fn known(&self, slot: Slot) -> Exact {
        let sum = match slot {
            Slot::Amount(class) => Some(&self.amount[class as usize]),
            Slot::Unknown(gap) => self.unknown.get(&gap),
            Slot::Here(beside) => self.beside.get(&beside).map(|sums| &sums.0),
            Slot::Unshared(beside) => self.beside.get(&beside).map(|sums| &sums.1),
        };
        sum.cloned().unwrap_or_default()
    }

    /// The slots it has.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        let amount = Evidence::ALL.into_iter().map(Slot::Amount);
        let unknown = self.unknown.keys().copied().map(Slot::Unknown);
        let beside = self.beside.keys().copied();
        amount
            .chain(unknown)
            .chain(beside.flat_map(|what| [Slot::Here(what), Slot::Unshared(what)]))
    }
}

/// The rows of roles region_share over those who have them.
pub fn among_roles(
    mut rows: BTreeMap<Vec<Cell>, RowSums>,
    drill: &[Drill],
) -> BTreeMap<Vec<Cell>, RowSums> {
    for (axis, drill) in drill.iter().enumerate() {
        let Drill::Role(_, hands) = drill else {
            continue;
        };
        let mut known: BTreeMap<Cell, Vec<(Cell, Ratio)>> = BTreeMap::new();
        for (key, row) in std::mem::take(&mut rows) {
            let shares = (known.entry(key[axis])).or_insert_with(|| hands.shares_of(key[axis]));
            for (partner, share) in shares {
                let mut key = key.clone();
                key[axis] = *partner;
                rows.entry(key).or_default().add(&row.times(share));
            }
        }
    }
    rows
}
