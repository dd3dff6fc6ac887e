//! What of the rows of a table is in no amount: what cannot be said to lie in them, and what stands
//! beside.

use super::beside::{Beside, BesideSum};
use super::close::Parts;
use super::levels::ROWS_OF_A_THREAD;
use super::rows::{Rows, Slot};
use crate::axis::Gap;
use crate::money::{MoneyError, Near, Pence, close_near};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The rows of each slot that is no amount, in their order.
type BySlot = BTreeMap<Slot, Vec<(usize, Near)>>;

/// Them, for some rows after others.
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
pub(super) struct Aside {
    unshared: Vec<(Gap, Vec<Pence>)>,
    beside: Vec<(Beside, Vec<BesideSum>)>,
}

impl Aside {
    pub(super) fn of(table: &Rows, whole: &Parts<'_>) -> Result<Self, MoneyError> {
        let mut rows: BySlot = BTreeMap::new();
        for mut more in by_slot(table) {
            for (slot, more) in &mut more {
                rows.entry(*slot).or_default().append(more);
            }
        }
        // One slot closed over the rows that have it; nothing where none does.
        let close = |slot: Slot, whole: Pence| {
            let rows = rows.get(&slot).map_or(&[][..], Vec::as_slice);
            if rows.is_empty() && whole == Pence::ZERO {
                return Ok(None);
            }
            let near: Vec<Near> = rows.iter().map(|(_, near)| *near).collect();
            let closed = close_near(whole, &near, |at| table.exact(rows[at].0, slot))?;
            let mut of_rows = vec![Pence::ZERO; table.len()];
            for ((row, _), pence) in rows.iter().zip(closed) {
                of_rows[*row] = pence;
            }
            Ok(Some(of_rows))
        };
        let mut unshared = Vec::new();
        for gap in Gap::ALL {
            let within = whole.unknown.get(&gap).copied().unwrap_or_default();
            unshared.extend(close(Slot::Unknown(gap), within)?.map(|closed| (gap, closed)));
        }
        let mut beside = Vec::new();
        for (&what, whole) in whole.beside {
            let mut sums = vec![BesideSum::default(); table.len()];
            let here = close(Slot::Here(what), whole.inside)?;
            for (sum, amount) in sums.iter_mut().zip(here.into_iter().flatten()) {
                sum.amount = amount;
            }
            let unshared = close(Slot::Unshared(what), whole.unshared)?;
            for (sum, unshared) in sums.iter_mut().zip(unshared.into_iter().flatten()) {
                sum.unshared = unshared;
            }
            beside.push((what, sums));
        }
        Ok(Self { unshared, beside })
    }

    pub(super) fn unshared(&self, row: usize) -> BTreeMap<Gap, Pence> {
        let of_row = self.unshared.iter().map(|(gap, rows)| (*gap, rows[row]));
        of_row.filter(|(_, pence)| *pence != Pence::ZERO).collect()
    }

    /// What was eliminated is said even where it is nothing.
    pub(super) fn beside(&self, row: usize) -> BTreeMap<Beside, BesideSum> {
        let of_row = self.beside.iter().map(|(what, rows)| (*what, rows[row]));
        let said = |(what, sum): &(Beside, BesideSum)| {
            *what == Beside::Eliminated || *sum != BesideSum::default()
        };
        of_row.filter(said).collect()
    }
}
