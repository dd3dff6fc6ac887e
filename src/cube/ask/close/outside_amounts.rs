//! What of the rows of a table is in no amount: what cannot be said to lie in them, and what stands
//! beside.

use super::memoranda::MemorandumWhole;
use super::top_down::ROWS_OF_A_THREAD;
use crate::axis::Gap;
use crate::cube::ask::plan::{Memorandum, MemorandumSum};
use crate::cube::ask::share::{Rows, Slot};
use crate::money::{Bounded, MoneyError, Pence, close_bounded};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// What the rows of a table are closed below.
pub struct Parts<'a> {
    pub amount: Pence,
    pub unknown: &'a BTreeMap<Gap, Pence>,
    pub memoranda: &'a BTreeMap<Memorandum, MemorandumWhole>,
}

/// The rows of each slot that is no amount, in their order.
type BySlot = BTreeMap<Slot, Vec<(usize, Bounded)>>;

/// The same for each run of rows.
fn by_slot(table: &Rows) -> Vec<BySlot> {
    let starts: Vec<usize> = (0..table.len()).step_by(ROWS_OF_A_THREAD).collect();
    let of_some = |start: usize| {
        let mut rows = BySlot::new();
        for row in start..table.len().min(start + ROWS_OF_A_THREAD) {
            for &(slot, near) in table.slots(row) {
                if !matches!(slot, Slot::Amount(_)) {
                    rows.entry(slot).or_default().push((row, near));
                }
            }
        }
        rows
    };
    starts.into_par_iter().map(of_some).collect()
}

/// What of a table is in no amount, closed: by row, of those kinds that there are.
pub struct OutsideAmounts {
    unshared: Vec<(Gap, Vec<Pence>)>,
    /// What lies in each row, and what may.
    memoranda: Vec<(Memorandum, [Option<Vec<Pence>>; 2])>,
}

impl OutsideAmounts {
    pub fn new(table: &Rows, whole: &Parts<'_>) -> Result<Self, MoneyError> {
        let rows = by_slot(table);
        // One slot closed over the rows that have it; nothing where none does.
        let close = |slot: Slot, whole: Pence| {
            let rows: Vec<(usize, Bounded)> = (rows.iter())
                .flat_map(|rows| rows.get(&slot).map_or(&[][..], Vec::as_slice))
                .copied()
                .collect();
            if rows.is_empty() && whole == Pence::ZERO {
                return Ok(None);
            }
            let near: Vec<Bounded> = rows.iter().map(|(_, near)| *near).collect();
            let closed = close_bounded(whole, &near, |at| table.exact(rows[at].0, slot))?;
            let mut of_rows = vec![Pence::ZERO; table.len()];
            for ((row, _), pence) in rows.iter().zip(closed) {
                of_rows[*row] = pence;
            }
            Ok(Some(of_rows))
        };
        let unshared = Gap::ALL.par_iter().map(|&gap| {
            let within = whole.unknown.get(&gap).copied().unwrap_or_default();
            Ok(close(Slot::Unknown(gap), within)?.map(|closed| (gap, closed)))
        });
        let beside = whole.memoranda.par_iter().map(|(&what, whole)| {
            let (here, unshared) = rayon::join(
                || close(Slot::Here(what), whole.inside),
                || close(Slot::Unshared(what), whole.unshared),
            );
            Ok((what, [here?, unshared?]))
        });
        let (unshared, beside) = rayon::join(
            || unshared.collect::<Vec<_>>(),
            || beside.collect::<Vec<_>>(),
        );
        // Of several errors the first is told, whoever found his sooner.
        let unshared: Vec<_> = unshared.into_iter().collect::<Result<_, _>>()?;
        let beside = beside.into_iter().collect::<Result<_, _>>()?;
        Ok(Self {
            unshared: unshared.into_iter().flatten().collect(),
            memoranda: beside,
        })
    }

    pub fn unshared(&self, row: usize) -> BTreeMap<Gap, Pence> {
        let mut unshared = BTreeMap::new();
        for (gap, rows) in &self.unshared {
            if rows[row] != Pence::ZERO {
                unshared.insert(*gap, rows[row]);
            }
        }
        unshared
    }

    /// What was eliminated is said even where it is nothing.
    pub fn memoranda(&self, row: usize) -> BTreeMap<Memorandum, MemorandumSum> {
        let mut beside = BTreeMap::new();
        let of_row =
            |rows: &Option<Vec<Pence>>| rows.as_ref().map_or(Pence::ZERO, |rows| rows[row]);
        for (what, [here, unshared]) in &self.memoranda {
            let sum = MemorandumSum {
                amount: of_row(here),
                unshared: of_row(unshared),
            };
            if *what == Memorandum::Eliminated || sum != MemorandumSum::default() {
                beside.insert(*what, sum);
            }
        }
        beside
    }
}
