//! One pass over the lines that are not public: what each holder has in each sum.
//!
//! *The naive way* looks each line up in a map of sums, and in each of those its holder: two look-ups in memory that
//! no cache holds, for as many sums as there are records. *The trick* is that of the cube: lines whose codes mean the
//! same have the same parts of coordinates, which are looked up once; each line becomes a
//! number of its coordinates, of where it stands and of its holder, by which all are [sorted](super::sorted).

use super::grouped::{Grouped, Stand, SumKey};
use super::holders::HolderColumn;
use super::known::{GroupOfLines, Groups};
use super::sorted::{self, NumberedRun};
use crate::account::{LineRun, PlaceAccount};
use crate::crosswalk::{AlikeLines, MappedLedger};
use crate::cube::group::KnownOfLedger;
use crate::disclosure::DisclosureError;
use crate::disclosure::policy::DisclosurePolicy;
use crate::ledger::LineRef;
use crate::money::Pence;
use rayon::prelude::*;

/// The lines of an account that are not public, by sum and holder.
pub fn grouped(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    columns: &[Option<HolderColumn>],
    groups: &Groups,
) -> Result<Grouped, DisclosureError> {
    /// A short run is not worth a thread; each numbers the parts of coordinates by itself.
    const RUN: usize = 1 << 18;
    let private = |run: &LineRun| columns.get(run.ledger()).is_some_and(Option::is_some);
    let runs: Vec<LineRun> = account.runs(RUN).into_iter().filter(private).collect();
    let ledgers = account.ledgers().par_iter();
    let alike: Vec<AlikeLines<'_>> = ledgers.map(MappedLedger::alike).collect();
    let mut numbered: Vec<NumberedRun> = (runs.par_iter())
        .map(|run| of_run(account, policy, (columns, groups), run, &alike))
        .collect();
    let mut outside = NumberedRun::default();
    each_outside(account, policy, (columns, groups), |key, holder, line| {
        let coordinates = outside.coordinates.number(&key.coding);
        outside.push(coordinates, key.stand, holder, line.written());
    });
    numbered.push(outside);
    sorted::summed(numbered)
}

fn of_run(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    known: (&[Option<HolderColumn>], &Groups),
    run: &LineRun,
    alike: &[AlikeLines<'_>],
) -> NumberedRun {
    let mut numbered = NumberedRun::default();
    let found = account.ledgers().get(run.ledger());
    let (Some(mapped), Some(alike)) = (found, alike.get(run.ledger())) else {
        return numbered;
    };
    numbered.lines.reserve(run.len());
    let mut parts = KnownOfLedger::new(mapped, alike);
    each_of_run(account, policy, known, run, |line, stand, holder| {
        let coordinates = numbered.coordinates.number_of_line(&mut parts, line);
        numbered.push(coordinates, stand, holder, line.pence());
    });
    numbered
}

/// Each line of a run that is not public, with where it stands and its holder.
fn each_of_run(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    (columns, groups): (&[Option<HolderColumn>], &Groups),
    run: &LineRun,
    mut take: impl FnMut(&LineRef<'_>, Stand, u32),
) {
    let found = account.ledgers().get(run.ledger());
    let (Some(mapped), Some(Some(column))) = (found, columns.get(run.ledger())) else {
        return;
    };
    let ids = column.ids(mapped);
    let known = policy.ledger(mapped.ledger().id());
    let has_groups = groups.any_of(run.ledger());
    let number = u32::try_from(run.ledger()).unwrap_or(u32::MAX);
    for (_, line) in account.counted(run) {
        if known.is_some_and(|known| known.tells(line.written())) {
            continue;
        }
        let group = if has_groups {
            match groups.group(run.ledger(), &line, mapped.flow(&line)) {
                Some(group) => group,
                // What the other side publishes is public.
                None => continue,
            }
        } else {
            GroupOfLines::default()
        };
        let stand = Stand {
            outside: false,
            ledger: number,
            group,
        };
        take(&line, stand, column.of(ids, line.index()));
    }
}

/// Each line that is not public, with its sum, its holder and the pence that count: once more, for those who must
/// know which lines a sum is made of.
pub fn each_line(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    (columns, groups): (&[Option<HolderColumn>], &Groups),
    mut take: impl FnMut(SumKey, &LineRef<'_>, Pence),
) {
    for run in account.runs(usize::MAX) {
        let Some(mapped) = account.ledgers().get(run.ledger()) else {
            continue;
        };
        let known = (columns, groups);
        each_of_run(account, policy, known, &run, |line, stand, _| {
            let coding = mapped.coding(line);
            take(SumKey { coding, stand }, line, line.pence());
        });
    }
    each_outside(account, policy, (columns, groups), |key, _, line| {
        take(key, line, line.written());
    });
}

/// Lines that are in no figure, of ledgers of which a total is known: they are what is between it and the figures. Also
/// those that were in a figure of an earlier edition.
fn each_outside(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    (columns, groups): (&[Option<HolderColumn>], &Groups),
    mut take: impl FnMut(SumKey, u32, &LineRef<'_>),
) {
    for (ledger, mapped) in account.ledgers().iter().enumerate() {
        let Some(Some(column)) = columns.get(ledger) else {
            continue;
        };
        if !groups.has_totals(ledger) && !groups.earlier().any_of(ledger) {
            continue;
        }
        let mut inside = vec![false; mapped.ledger().len()];
        let runs = account.runs(usize::MAX).into_iter();
        for run in runs.filter(|run| run.ledger() == ledger) {
            for (_, line) in account.counted(&run) {
                if let Some(inside) = inside.get_mut(line.index()) {
                    *inside = true;
                }
            }
        }
        let ids = column.ids(mapped);
        let known = policy.ledger(mapped.ledger().id());
        let lines = mapped.ledger().lines();
        for (line, _) in lines.zip(inside).filter(|(_, inside)| !inside) {
            if known.is_some_and(|known| known.tells(line.written())) {
                continue;
            }
            let group = groups.totals_of(ledger, &line);
            if group.earlier == 0 && !groups.has_totals(ledger) {
                continue;
            }
            let key = SumKey {
                coding: mapped.coding(&line),
                stand: Stand {
                    outside: true,
                    ledger: u32::try_from(ledger).unwrap_or(u32::MAX),
                    group,
                },
            };
            take(key, column.of(ids, line.index()), &line);
        }
    }
}
