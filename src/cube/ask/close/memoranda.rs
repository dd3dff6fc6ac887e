//! What stands beside the total of the whole boundary, closed into the slice and the rest.

use super::totals::Totals;
use crate::cube::ask::plan::{Beside, BesideSum};
use crate::cube::ask::share::Slot;
use crate::money::{Exact, MoneyError, Pence, close_bounded};
use std::collections::BTreeMap;

/// A sum beside the total of the whole boundary, closed into the slice and the rest.
#[derive(Clone, Copy, Debug)]
pub struct BesideWhole {
    pub inside: Pence,
    pub outside: Pence,
    pub unshared: Pence,
}

pub fn beside_whole(totals: &Totals) -> Result<BTreeMap<Beside, BesideWhole>, MoneyError> {
    let mut all = BTreeMap::new();
    for beside in Beside::ALL {
        let parts = [
            totals.near(Slot::Here(beside)),
            totals.beside_outside(beside),
            totals.near(Slot::Unshared(beside)),
        ];
        let exact = |part| match part {
            0 => totals.exact(Slot::Here(beside)),
            1 => totals.exact_beside_outside(beside),
            _ => totals.exact(Slot::Unshared(beside)),
        };
        let whole = totals.control.beside.get(&beside);
        let whole = whole.map_or(Ok(Pence::ZERO), Exact::nearest)?;
        let closed = close_bounded(whole, &parts, exact)?;
        let nothing = closed.iter().all(|pence| *pence == Pence::ZERO);
        // What was eliminated is said even where it is nothing.
        if !nothing || beside == Beside::Eliminated {
            let closed = BesideWhole {
                inside: closed[0],
                outside: closed[1],
                unshared: closed[2],
            };
            all.insert(beside, closed);
        }
    }
    Ok(all)
}

pub fn in_slice(beside: &BTreeMap<Beside, BesideWhole>) -> BTreeMap<Beside, BesideSum> {
    let sums = beside.iter().map(|(&beside, whole)| {
        let sum = BesideSum {
            amount: whole.inside,
            unshared: whole.unshared,
        };
        (beside, sum)
    });
    let said = |(beside, sum): &(Beside, BesideSum)| {
        *beside == Beside::Eliminated || *sum != BesideSum::default()
    };
    sums.filter(said).collect()
}

/// The same of everything outside the slice.
pub fn outside_slice(beside: &BTreeMap<Beside, BesideWhole>) -> BTreeMap<Beside, BesideSum> {
    let outside = |closed: &BesideWhole| BesideSum {
        amount: closed.outside,
        unshared: Pence::ZERO,
    };
    let sums = beside.iter().map(|(&what, closed)| (what, outside(closed)));
    sums.collect()
}
