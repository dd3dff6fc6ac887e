//! The pieces of records added up, one record after another: what lies in every row, and outside.
//!
//! The obviously right way, which judges the quick one.

use super::rows::{Slot, slots};
use super::slice::{Drill, Slice};
use super::weigh::{Piece, visit};
use super::whole::Whole;
use super::{Beside, Cell, Fate};
use crate::axis::{Evidence, Gap};
use crate::cube::Cube;
use crate::money::{Exact, Pence, Ratio};
use std::collections::BTreeMap;

/// Exact sums by evidence class.
pub(super) type ByClass = [Exact; Evidence::ALL.len()];

/// What lies in one row.
#[derive(Clone, Debug, Default)]
pub(super) struct RowTally {
    pub amount: ByClass,
    /// What may lie in it or not, by reason.
    pub unknown: BTreeMap<Gap, Exact>,
    /// What stands beside it: what lies here, and what may lie here or not.
    pub beside: BTreeMap<Beside, (Exact, Exact)>,
    /// Ledger lines that make the amount; those of records that are zero make nothing.
    pub lines: u64,
    /// Ledger lines of records that are zero.
    pub zero_lines: u64,
    last_record: Option<usize>,
}

/// What lies in every row, and outside.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub rows: BTreeMap<Vec<Cell>, RowTally>,
    pub complement: RowTally,
}

impl RowTally {
    pub(super) fn exact(&self) -> Exact {
        let mut sum = Exact::zero();
        self.amount.iter().for_each(|part| sum.add(part));
        sum
    }

    /// A part of what lies here. What only a part of somebody's money makes is known by judgement.
    pub(super) fn times(&self, ratio: &Ratio) -> Self {
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
    pub(super) fn add(&mut self, other: &Self) {
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
    pub(super) fn slot(&mut self, slot: Slot) -> &mut Exact {
        match slot {
            Slot::Amount(class) => &mut self.amount[class as usize],
            Slot::Unknown(gap) => self.unknown.entry(gap).or_default(),
            Slot::Here(beside) => &mut self.beside.entry(beside).or_default().0,
            Slot::Unshared(beside) => &mut self.beside.entry(beside).or_default().1,
        }
    }

    /// The same of a row that is not changed; nothing where there is none.
    pub(super) fn known(&self, slot: Slot) -> Exact {
        let sum = match slot {
            Slot::Amount(class) => Some(&self.amount[class as usize]),
            Slot::Unknown(gap) => self.unknown.get(&gap),
            Slot::Here(beside) => self.beside.get(&beside).map(|sums| &sums.0),
            Slot::Unshared(beside) => self.beside.get(&beside).map(|sums| &sums.1),
        };
        sum.cloned().unwrap_or_default()
    }

    /// The slots it has.
    pub(super) fn slots(&self) -> impl Iterator<Item = Slot> + '_ {
        let amount = Evidence::ALL.into_iter().map(Slot::Amount);
        let unknown = self.unknown.keys().copied().map(Slot::Unknown);
        let beside = self.beside.keys().copied();
        amount
            .chain(unknown)
            .chain(beside.flat_map(|what| [Slot::Here(what), Slot::Unshared(what)]))
    }

    /// Adds a piece of a record, and counts its lines once, however many pieces of it lie here.
    fn piece(&mut self, piece: &Piece<'_>) {
        for (slot, sign) in slots(piece.standing, piece.fate, piece.class) {
            match sign < 0 {
                true => self.slot(slot).add(&piece.exact().negated()),
                false => self.slot(slot).add(&piece.exact()),
            }
        }
        let counts = piece.standing.counts() && !matches!(piece.fate, Fate::Unknown(_));
        if !counts || self.last_record == Some(piece.number) {
            return;
        }
        self.last_record = Some(piece.number);
        match piece.record.pence {
            Pence::ZERO => self.zero_lines += piece.record.lines,
            _ => self.lines += piece.record.lines,
        }
    }
}

impl Tally {
    /// Adds up every piece of every record.
    pub(super) fn of(cube: &Cube, slice: &Slice, drill: &[Drill]) -> Self {
        let mut tally = Self::default();
        visit(cube, slice, drill, &mut |piece| match piece.fate {
            Fate::Out => tally.complement.piece(piece),
            // A key is only written down when its row is new.
            _ => match tally.rows.get_mut(piece.key) {
                Some(row) => row.piece(piece),
                None => (tally.rows.entry(piece.key.to_vec()).or_default()).piece(piece),
            },
        });
        tally
    }
}

/// What the boundary counts, from every record.
pub(super) fn whole(cube: &Cube, slice: &Slice) -> Whole {
    let mut whole = Whole::default();
    let standings = slice.standings(cube);
    let flows = cube.place().counterparties().flows();
    for record in cube.records().iter() {
        let pence = i128::from(record.pence.get());
        if record.coding.phase != slice.phase {
            whole.other_phases += pence;
            continue;
        }
        whole.everything += pence;
        for stand in standings.of(&record.coding, flows.get(record.coding.flow)) {
            whole.add(&Exact::whole(record.pence), &stand, slice);
        }
    }
    whole
}
