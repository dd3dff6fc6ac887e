//! The pieces of records added up, one record after another: what lies in every row, and outside.
//!
//! Where a piece is added, and what a boundary counts, is written down here once more, in full and
//! apart from the quick way, so that a fault in one of them shows.

use super::walk::{Piece, visit};
use crate::account::{Stand, Standing};
use crate::axis::Resource;
use crate::cube::ask::close::{ControlTotals, NotCounted};
use crate::cube::ask::plan::{Beside, Cell, Fate, Plan};
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
#[derive(Default)]
struct Walked {
    sums: RowSums,
    /// The last record whose lines were counted.
    last_record: Option<usize>,
}

impl Walked {
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
        if let Some((what, money)) = shown_beside(piece.standing) {
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
    /// Adds up every piece of every record.
    pub fn new(plan: &Plan<'_>) -> Self {
        let mut rows: BTreeMap<Vec<Cell>, Walked> = BTreeMap::new();
        let mut complement = Walked::default();
        visit(plan, &mut |piece| match piece.fate {
            Fate::Out => complement.piece(piece),
            // A key is only written down when its row is new.
            _ => match rows.get_mut(piece.key) {
                Some(row) => row.piece(piece),
                None => (rows.entry(piece.key.to_vec()).or_default()).piece(piece),
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
    // Beside what is given in kind no cash is shown.
    let cash_beside_kind = stand.standing == Standing::OtherResource && resource != Resource::Cash;
    if let Some((what, money)) = shown_beside(stand.standing)
        && !cash_beside_kind
    {
        whole.beside.entry(what).or_default().add(&money.of(&sum));
    }
}

/// Whether money of a standing is in the total of the boundary.
fn is_in_total(standing: Standing) -> bool {
    match standing {
        Standing::Spent | Standing::Outgoing | Standing::Unheld | Standing::EliminatedByReceipt => {
            true
        }
        Standing::Eliminated
        | Standing::Mirror
        | Standing::Agency
        | Standing::Incoming
        | Standing::OtherResource
        | Standing::Outside => false,
    }
}

/// As it stands in the ledger, or with the sign turned: receipts are negative there.
enum Money {
    AsRecorded,
    Received,
}

impl Money {
    fn of(&self, sum: &Exact) -> Exact {
        match self {
            Self::AsRecorded => sum.clone(),
            Self::Received => sum.negated(),
        }
    }
}

/// What money of a standing is beside the total, if it is shown there.
fn shown_beside(standing: Standing) -> Option<(Beside, Money)> {
    match standing {
        Standing::Eliminated => Some((Beside::Eliminated, Money::AsRecorded)),
        Standing::EliminatedByReceipt => Some((Beside::Eliminated, Money::Received)),
        Standing::Incoming => Some((Beside::Incoming, Money::Received)),
        Standing::Agency => Some((Beside::Agency, Money::AsRecorded)),
        Standing::OtherResource => Some((Beside::InKind, Money::AsRecorded)),
        Standing::Outgoing => Some((Beside::Outgoing, Money::AsRecorded)),
        Standing::Unheld => Some((Beside::Unheld, Money::AsRecorded)),
        Standing::Spent | Standing::Mirror | Standing::Outside => None,
    }
}

/// Why money of a standing is not in the total; nothing for what is.
fn why_not_counted(standing: Standing) -> Option<NotCounted> {
    match standing {
        Standing::Outside => Some(NotCounted::Outside),
        Standing::Eliminated => Some(NotCounted::Eliminated),
        Standing::Mirror => Some(NotCounted::Mirror),
        Standing::Agency => Some(NotCounted::Agency),
        Standing::Incoming => Some(NotCounted::Incoming),
        Standing::OtherResource => Some(NotCounted::OtherResource),
        Standing::Spent | Standing::Outgoing | Standing::Unheld | Standing::EliminatedByReceipt => {
            None
        }
    }
}
