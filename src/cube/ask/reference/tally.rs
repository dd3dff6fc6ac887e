//! The pieces of records added up, one record after another: what lies in every row, and outside.
//!
//! Where a piece is added, and what a boundary counts, is written down here once more, in full and
//! apart from the quick way, so that a fault in one of them shows.

use super::rules::{is_in_total, shown_beside, why_not_counted};
use super::walk::{Piece, visit};
use crate::account::Stand;
use crate::axis::Resource;
use crate::cube::ask::close::ControlTotals;
use crate::cube::ask::plan::{Cell, Fate, Plan};
use crate::cube::ask::share::{RowSums, Slot};
use crate::money::{Exact, Pence, Ratio};
use std::collections::BTreeMap;

/// What lies in every row, and outside.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub rows: BTreeMap<Vec<Cell>, RowSums>,
    pub complement: RowSums,
}

/// The sums of a row while records are walked.
struct Walked {
    resource: Resource,
    sums: RowSums,
    /// The last record whose lines were counted.
    last_record: Option<usize>,
}

impl Walked {
    fn new(resource: Resource) -> Self {
        Self {
            resource,
            sums: RowSums::default(),
            last_record: None,
        }
    }

    /// Adds a piece of a record, and counts its lines once, however many pieces of it lie here.
    fn piece(&mut self, piece: &Piece<'_>) {
        let exact = piece.exact();
        let in_total = is_in_total(piece.standing);
        if in_total {
            let slot = match piece.fate {
                Fate::Unknown(gap) => Slot::Unknown(gap),
                Fate::In | Fate::Out => Slot::Amount(piece.class),
            };
            self.sums.slot(slot).add(&exact);
        }
        if let Some((what, money)) = shown_beside(piece.standing, self.resource) {
            let slot = match piece.fate {
                Fate::Unknown(_) => Slot::Unshared(what),
                Fate::In | Fate::Out => Slot::Here(what),
            };
            self.sums.slot(slot).add(&money.of(&exact));
        }
        let said = !matches!(piece.fate, Fate::Unknown(_));
        if in_total && said && self.last_record != Some(piece.number) {
            self.last_record = Some(piece.number);
            match piece.record.pence {
                Pence::ZERO => self.sums.zero_lines += piece.record.lines,
                _ => self.sums.lines += piece.record.lines,
            }
        }
    }
}

impl Tally {
    /// The rows alone: what lies outside is not added up.
    pub fn of_slice(plan: &Plan<'_>) -> BTreeMap<Vec<Cell>, RowSums> {
        let mut rows: BTreeMap<Vec<Cell>, Walked> = BTreeMap::new();
        let new = || Walked::new(plan.slice.resource);
        visit(plan, &mut |piece| match piece.fate {
            Fate::Out => {}
            _ => match rows.get_mut(piece.key) {
                Some(row) => row.piece(piece),
                None => (rows.entry(piece.key.to_vec()).or_insert_with(new)).piece(piece),
            },
        });
        let rows = rows.into_iter();
        rows.map(|(key, row)| (key, row.sums)).collect()
    }

    /// Adds up every piece of every record.
    pub fn new(plan: &Plan<'_>) -> Self {
        let mut rows: BTreeMap<Vec<Cell>, Walked> = BTreeMap::new();
        let new = || Walked::new(plan.slice.resource);
        let mut complement = new();
        visit(plan, &mut |piece| match piece.fate {
            Fate::Out => complement.piece(piece),
            // A key is only written down when its row is new.
            _ => match rows.get_mut(piece.key) {
                Some(row) => row.piece(piece),
                None => (rows.entry(piece.key.to_vec()).or_insert_with(new)).piece(piece),
            },
        });
        Self {
            rows: (rows.into_iter())
                .map(|(key, row)| (key, row.sums))
                .collect(),
            complement: complement.sums,
        }
    }
}

/// What the boundary counts, from every record.
pub fn whole(plan: &Plan<'_>) -> ControlTotals {
    let (cube, slice) = (plan.cube, &plan.slice);
    let mut whole = ControlTotals::default();
    let standings = plan.standings();
    let flows = cube.place().counterparties().flows();
    for record in cube.records().iter() {
        let pence = i128::from(record.pence.get());
        if record.coding.phase != slice.phase {
            whole.other_phases += pence;
            continue;
        }
        whole.everything += pence;
        for stand in standings.of(&record.coding, flows.get(record.coding.flow)) {
            add(
                &mut whole,
                &Exact::whole(record.pence),
                &stand,
                slice.resource,
            );
        }
    }
    whole
}

/// Adds the part of a record that one partner on the other side has.
fn add(whole: &mut ControlTotals, record: &Exact, stand: &Stand, resource: Resource) {
    let (part, parts) = stand.part;
    let sum = record.times(&Ratio::new(part.into(), parts.into()));
    match why_not_counted(stand.standing) {
        Some(why) => whole.not_counted.entry(why).or_default().add(&sum),
        None => whole.counted.add(&sum),
    }
    if let Some((what, money)) = shown_beside(stand.standing, resource) {
        whole
            .memoranda
            .entry(what)
            .or_default()
            .add(&money.of(&sum));
    }
}
