//! One pass over the lines that are not public: what each holder has in each sum.
//!
//! *The naive way* looks each line up in a map of sums, and in each of those its holder: two look-ups in memory that
//! no cache holds. *The trick:* each line becomes one number, that of its sum above that of its holder, and lines are
//! sorted by their bytes; neighbours are then of one holder, and of one sum.

use super::holders::HolderColumn;
use super::known::{GroupOfLines, Groups};
use crate::account::{LineRun, PlaceAccount};
use crate::crosswalk::Coding;
use crate::disclosure::policy::DisclosurePolicy;
use crate::ledger::LineRef;
use crate::money::{MoneyError, Pence};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use rdst::{RadixKey, RadixSort};
use std::collections::HashMap;

/// What every figure has the same share of, and what is known of together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SumKey {
    /// Where its lines stand.
    pub coding: Coding,
    /// Whether they are in no figure: not spending, or replaced.
    pub outside: bool,
    /// The place of their ledger among those of the account.
    pub ledger: u32,
    /// What is known of some of its lines and not of others.
    pub group: GroupOfLines,
}

/// Lines that are not public, as sums of holders: those of one sum stand together.
#[derive(Clone, Default)]
pub struct Grouped {
    pub keys: Vec<SumKey>,
    /// The holders of sum `i` are `starts[i]..starts[i + 1]`.
    pub starts: Vec<usize>,
    pub holders: Vec<(u32, Pence)>,
}

/// A line: the number of its sum above that of its holder.
#[derive(Clone, Copy, Default)]
struct PrivateLine {
    key: u64,
    pence: i64,
}

impl RadixKey for PrivateLine {
    const LEVELS: usize = 8;

    fn get_level(&self, level: usize) -> u8 {
        self.key
            .to_le_bytes()
            .get(level)
            .copied()
            .unwrap_or_default()
    }
}

/// Sums numbered as they appear, and their lines.
#[derive(Default)]
struct Numbered {
    numbers: HashMap<SumKey, u32, FixedState>,
    keys: Vec<SumKey>,
    last: Option<(SumKey, u32)>,
    lines: Vec<PrivateLine>,
}

impl Numbered {
    fn number(&mut self, key: SumKey) -> u32 {
        if let Some((last, number)) = self.last
            && last == key
        {
            return number;
        }
        let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(key).or_insert(next);
        if number == next {
            self.keys.push(key);
        }
        self.last = Some((key, number));
        number
    }

    fn push(&mut self, key: SumKey, holder: u32, pence: Pence) {
        let number = self.number(key);
        self.lines.push(PrivateLine {
            key: u64::from(number) << 32 | u64::from(holder),
            pence: pence.get(),
        });
    }

    fn append(&mut self, other: Self) {
        let numbers: Vec<u32> = other.keys.into_iter().map(|key| self.number(key)).collect();
        self.lines.extend(other.lines.into_iter().map(|line| {
            let number = numbers.get((line.key >> 32) as usize).copied();
            let number = u64::from(number.unwrap_or(u32::MAX));
            PrivateLine {
                key: number << 32 | line.key & u64::from(u32::MAX),
                ..line
            }
        }));
    }
}

/// The lines of an account that are not public, by sum and holder.
pub fn grouped(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    columns: &[Option<HolderColumn>],
    groups: &Groups,
) -> Result<Grouped, MoneyError> {
    /// A short run is not worth a thread; a long one is held twice while it joins the others.
    const RUN: usize = 1 << 18;
    let private = |run: &LineRun| columns.get(run.ledger()).is_some_and(Option::is_some);
    let runs: Vec<LineRun> = account.runs(RUN).into_iter().filter(private).collect();
    let mut all = Numbered::default();
    for runs in runs.chunks(rayon::current_num_threads().max(1)) {
        let of_runs: Vec<Numbered> = (runs.par_iter())
            .map(|run| of_run(account, policy, columns, groups, run))
            .collect();
        of_runs.into_iter().for_each(|run| all.append(run));
    }
    each_outside(account, policy, (columns, groups), |key, holder, line| {
        all.push(key, holder, line.written());
    });
    all.lines.radix_sort_unstable();
    summed(&all)
}

fn of_run(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    columns: &[Option<HolderColumn>],
    groups: &Groups,
    run: &LineRun,
) -> Numbered {
    let mut numbered = Numbered::default();
    each_of_run(
        account,
        policy,
        (columns, groups),
        run,
        |key, holder, line| {
            numbered.push(key, holder, line.pence());
        },
    );
    numbered
}

/// Each line of a run that is not public, with its sum and its holder.
fn each_of_run(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    (columns, groups): (&[Option<HolderColumn>], &Groups),
    run: &LineRun,
    mut take: impl FnMut(SumKey, u32, &LineRef<'_>),
) {
    let found = account.ledgers().get(run.ledger());
    let (Some(mapped), Some(Some(column))) = (found, columns.get(run.ledger())) else {
        return;
    };
    let ids = column.ids(mapped);
    let known = policy.ledger(mapped.ledger().id());
    let has_groups = groups.any_of(run.ledger());
    let number = u32::try_from(run.ledger()).unwrap_or(u32::MAX);
    for (ledger, line, coding) in account.placed(run) {
        if known.is_some_and(|known| known.tells(line.written())) {
            continue;
        }
        let group = if has_groups {
            match groups.group(ledger, &line, coding.flow) {
                Some(group) => group,
                // What the other side publishes is public.
                None => continue,
            }
        } else {
            GroupOfLines::default()
        };
        let key = SumKey {
            coding,
            outside: false,
            ledger: number,
            group,
        };
        take(key, column.of(ids, line.index()), &line);
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
        each_of_run(account, policy, (columns, groups), &run, |key, _, line| {
            take(key, line, line.pence());
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
            for (_, line, _) in account.placed(&run) {
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
                outside: true,
                ledger: u32::try_from(ledger).unwrap_or(u32::MAX),
                group,
            };
            take(key, column.of(ids, line.index()), &line);
        }
    }
}

/// Neighbours of one sum and holder added up; sums in the order of their keys.
fn summed(all: &Numbered) -> Result<Grouped, MoneyError> {
    let sums: Vec<&[PrivateLine]> = (all
        .lines
        .chunk_by(|one, other| one.key >> 32 == other.key >> 32))
    .collect();
    let key = |sum: &&[PrivateLine]| {
        let number = sum.first().map_or(0, |line| line.key >> 32);
        all.keys.get(number as usize).copied()
    };
    let mut order: Vec<(SumKey, &[PrivateLine])> = (sums.into_iter())
        .filter_map(|sum| Some((key(&sum)?, sum)))
        .collect();
    order.par_sort_unstable_by_key(|(key, _)| *key);
    let mut grouped = Grouped::default();
    grouped.keys.reserve(order.len());
    for (key, sum) in order {
        grouped.keys.push(key);
        grouped.starts.push(grouped.holders.len());
        for of_holder in sum.chunk_by(|one, other| one.key == other.key) {
            let Some(first) = of_holder.first() else {
                continue;
            };
            let pence = of_holder.iter().map(|line| i128::from(line.pence)).sum();
            let holder = (first.key & u64::from(u32::MAX)) as u32;
            grouped.holders.push((holder, Pence::from_wide(pence)?));
        }
    }
    grouped.starts.push(grouped.holders.len());
    Ok(grouped)
}
