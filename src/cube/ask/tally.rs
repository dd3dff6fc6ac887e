//! The pieces of records added up: what lies in every row, and outside.

use super::alike::{Alike, OfPhase, alike};
use super::slice::{Drill, Slice};
use super::weigh::{Piece, visit_records, years};
use super::{Beside, Cell, Fate};
use crate::account::Standing;
use crate::axis::{Evidence, Gap};
use crate::cube::Cube;
use crate::money::{Exact, Ratio};
use std::collections::{BTreeMap, HashMap};

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
    /// Everything of the phase, of all partners.
    pub whole: i128,
    /// What of it is in the total of the boundary: slice, complement and what cannot be said.
    pub counted: Exact,
    /// What of it is not, by what it is.
    pub not_counted: BTreeMap<NotCounted, Exact>,
    /// Everything of other phases, which no answer adds.
    pub other_phases: i128,
}

/// Why money of the phase is not in the total of the boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NotCounted {
    Outside,
    Eliminated,
    Mirror,
    Agency,
    Incoming,
    OtherResource,
}

impl NotCounted {
    fn of(standing: Standing) -> Option<Self> {
        match standing {
            Standing::Outside => Some(Self::Outside),
            Standing::Eliminated => Some(Self::Eliminated),
            Standing::Mirror => Some(Self::Mirror),
            Standing::Agency => Some(Self::Agency),
            Standing::Incoming => Some(Self::Incoming),
            Standing::OtherResource => Some(Self::OtherResource),
            Standing::Spent
            | Standing::Outgoing
            | Standing::Unheld
            | Standing::EliminatedByReceipt => None,
        }
    }

    /// As a difference of the reconciliation.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Outside => "of partners outside the boundary",
            Self::Eliminated => "eliminated: paid to insiders, who spend it",
            Self::Mirror => "the mirror of what insiders paid",
            Self::Agency => "agency money, nobody's spend",
            Self::Incoming => "incoming from partners outside, less what went back",
            Self::OtherResource => "another resource than the one asked for",
        }
    }
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

    /// Counts the lines of records once, however many pieces of them lie here.
    fn count(&mut self, number: usize, records: &Alike) {
        if self.last_record == Some(number) {
            return;
        }
        self.last_record = Some(number);
        self.lines += records.record.lines;
        self.zero_lines += records.zero_lines;
    }
}

/// Adds up every piece of every record.
pub(super) fn tally(cube: &Cube, slice: &Slice, drill: &[Drill]) -> Tally {
    let OfPhase {
        records,
        whole,
        other_phases,
    } = alike(cube, slice, years(drill));
    let mut tally = Tally {
        whole,
        other_phases,
        ..Tally::default()
    };
    let mut sums = Sums::default();
    let mut numbers: HashMap<Vec<Cell>, u32> = HashMap::new();
    let mut rows: Vec<RowTally> = Vec::new();
    let standings = slice.standings(cube);
    let flows = cube.place().counterparties().flows();
    for record in records.iter().map(|alike| &alike.record) {
        for stand in standings.of(&record.coding, flows.get(record.coding.flow)) {
            let sum = match NotCounted::of(stand.standing) {
                Some(why) => tally.not_counted.entry(why).or_default(),
                None => &mut tally.counted,
            };
            let (part, whole) = stand.part;
            sum.add_share(record.pence, part.into(), whole.into());
        }
    }
    let each = (records.iter().map(|alike| alike.record)).enumerate();
    visit_records(cube, each, slice, drill, &mut |piece| {
        let row = match (piece.fate, numbers.get(piece.key)) {
            (Fate::Out, _) => OUTSIDE,
            (_, Some(&row)) => row,
            (_, None) => {
                let row = u32::try_from(rows.len()).unwrap_or(OUTSIDE);
                numbers.insert(piece.key.to_vec(), row);
                rows.push(RowTally::default());
                row
            }
        };
        if piece.standing.counts() && !matches!(piece.fate, Fate::Unknown(_)) {
            let tally = rows.get_mut(row as usize).unwrap_or(&mut tally.complement);
            tally.count(piece.number, &records[piece.number]);
        }
        sums.add(row, piece);
    });
    sums.settle(&mut rows, &mut tally.complement);
    #[expect(
        clippy::iter_over_hash_type,
        reason = "collected into a map that is in order"
    )]
    for (key, row) in numbers {
        tally
            .rows
            .insert(key, std::mem::take(&mut rows[row as usize]));
    }
    tally
}

/// Sums over one denominator, in 128 bits, before they become exact sums: most pieces of a
/// question share a few denominators.
#[derive(Default)]
struct Sums {
    wide: HashMap<Slot, i128>,
    /// Pieces whose product does not fit into 128 bits.
    exact: Vec<(Slot, Exact)>,
}

/// Into what of a row a piece is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sum {
    Amount(Evidence),
    Beside(Beside),
}

/// Row, fate, sum and denominator. Rows are numbered as they appear; what lies outside has no
/// row.
type Slot = (u32, Fate, Sum, u128);
const OUTSIDE: u32 = u32::MAX;

impl Sums {
    fn add(&mut self, row: u32, piece: &Piece<'_>) {
        if piece.standing.counts() {
            self.add_to(row, Sum::Amount(piece.class), piece, 1);
        }
        if let Some((beside, sign)) = Beside::of(piece.standing) {
            self.add_to(row, Sum::Beside(beside), piece, sign);
        }
    }

    fn add_to(&mut self, row: u32, into: Sum, piece: &Piece<'_>, sign: i64) {
        let pence = i128::from(piece.record.pence.get()) * i128::from(sign);
        let (numerator, denominator) = piece.share();
        let slot = (row, piece.fate, into, denominator);
        let sum = self.wide.entry(slot).or_default();
        let product = i128::try_from(numerator)
            .ok()
            .and_then(|n| n.checked_mul(pence));
        match product.and_then(|product| product.checked_add(*sum)) {
            Some(more) => *sum = more,
            None if sign < 0 => self.exact.push((slot, piece.exact().negated())),
            None => self.exact.push((slot, piece.exact())),
        }
    }

    /// Exact addition does not depend on order, so the order of the map cannot show.
    fn settle(self, rows: &mut [RowTally], complement: &mut RowTally) {
        let mut add = |(row, fate, into, denominator): Slot, exact: &dyn Fn(&mut Exact, u128)| {
            let tally = match rows.get_mut(row as usize) {
                Some(row) => row,
                None => &mut *complement,
            };
            let sum = match (into, fate) {
                (Sum::Amount(_), Fate::Unknown(gap)) => tally.unknown.entry(gap).or_default(),
                (Sum::Amount(class), _) => &mut tally.amount[class as usize],
                (Sum::Beside(beside), Fate::Unknown(_)) => {
                    &mut tally.beside.entry(beside).or_default().1
                }
                (Sum::Beside(beside), _) => &mut tally.beside.entry(beside).or_default().0,
            };
            exact(sum, denominator);
        };
        #[expect(
            clippy::iter_over_hash_type,
            reason = "exact sums do not depend on order"
        )]
        for (slot, pence) in self.wide {
            add(slot, &|sum, denominator| sum.add_wide(pence, denominator));
        }
        for (slot, exact) in &self.exact {
            add(*slot, &|sum, _| sum.add(exact));
        }
    }
}
