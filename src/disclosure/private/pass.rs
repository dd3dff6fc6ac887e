//! One pass over the lines that are not public: what each holder has in each sum.
//!
//! *The naive way* looks each line up in a map of sums, and in each of those its holder: two look-ups in memory that
//! no cache holds, for as many sums as there are records. *The trick* is that of the cube: lines whose codes mean the
//! same have the same parts of coordinates, which are looked up once; each line becomes two numbers, that of its coordinates, and where
//! it stands above its holder; lines are sorted by the bytes of these, and neighbours are then of one holder, and of
//! one sum.

use super::holders::HolderColumn;
use super::known::{GroupOfLines, Groups};
use crate::account::{LineRun, PlaceAccount};
use crate::crosswalk::{AlikeLines, Coding, MappedLedger};
use crate::cube::CubeError;
use crate::cube::group::{Appearing, Coordinates, KnownOfLedger, Numbers};
use crate::disclosure::DisclosureError;
use crate::disclosure::policy::DisclosurePolicy;
use crate::ledger::LineRef;
use crate::money::Pence;
use rayon::prelude::*;
use rdst::{RadixKey, RadixSort};

/// What every figure has the same share of, and what is known of together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SumKey {
    /// Where its lines stand on the axes.
    pub coding: Coding,
    /// Where they stand in the account.
    pub stand: Stand,
}

/// Where lines stand in the account, beside their coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stand {
    /// Whether they are in no figure: not spending, or replaced.
    pub outside: bool,
    /// The place of their ledger among those of the account.
    pub ledger: u32,
    /// What is known of some of them and not of others.
    pub group: GroupOfLines,
}

/// Lines that are not public, as sums of holders, in the order of coordinates.
#[derive(Clone, Default)]
pub struct Grouped {
    coordinates: Coordinates,
    stands: Vec<Stand>,
    /// Of each sum the key of its coordinates and the number of its stand.
    sums: Vec<(u64, u32)>,
    /// The holders of sum `i` are `starts[i]..starts[i + 1]`.
    starts: Vec<usize>,
    holders: Vec<(u32, Pence)>,
}

impl Grouped {
    /// How many sums.
    pub fn len(&self) -> usize {
        self.sums.len()
    }

    /// What each sum is of.
    pub fn keys(&self) -> impl Iterator<Item = SumKey> {
        // Every number was given by these very coordinates and stands.
        self.sums.iter().filter_map(|&(key, stand)| {
            Some(SumKey {
                coding: self.coordinates.coding(key)?,
                stand: *self.stands.get(stand as usize)?,
            })
        })
    }

    /// Where each sum stands.
    pub fn stands(&self) -> impl Iterator<Item = &Stand> {
        let stands = self.sums.iter();
        stands.filter_map(|&(_, stand)| self.stands.get(stand as usize))
    }

    /// Who has how much of each sum.
    pub fn holders(&self) -> impl Iterator<Item = &[(u32, Pence)]> {
        self.starts.windows(2).map(|ends| match ends {
            [start, end] => self.holders.get(*start..*end).unwrap_or_default(),
            _ => &[],
        })
    }

    /// The number of the sum of a key.
    pub fn number(&self, key: &SumKey) -> Option<usize> {
        let stand = self.stands.binary_search(&key.stand).ok()?;
        let wanted = (
            self.coordinates.key(&key.coding)?,
            u32::try_from(stand).ok()?,
        );
        self.sums.binary_search(&wanted).ok()
    }

    /// Whether some line with these coordinates is in a figure.
    pub fn is_in_figures(&self, coding: &Coding) -> bool {
        let Some(key) = self.coordinates.key(coding) else {
            return false;
        };
        let at = self.sums.partition_point(|(other, _)| *other < key);
        let own = self.sums.iter().skip(at);
        let mut own = own.take_while(|(other, _)| *other == key);
        own.any(|(_, stand)| {
            let stand = self.stands.get(*stand as usize);
            stand.is_some_and(|stand| !stand.outside)
        })
    }
}

/// A line: the number of its coordinates; and where it stands, above its holder.
#[derive(Clone, Copy, Default)]
struct PrivateLine {
    coordinates: u64,
    stand_and_holder: u64,
    pence: i64,
}

impl PrivateLine {
    fn stand(&self) -> u32 {
        (self.stand_and_holder >> 32) as u32
    }

    fn holder(&self) -> u32 {
        (self.stand_and_holder & u64::from(u32::MAX)) as u32
    }

    fn standing(self, stand: u64) -> Self {
        Self {
            stand_and_holder: stand << 32 | u64::from(self.holder()),
            ..self
        }
    }

    fn sum(&self) -> (u64, u32) {
        (self.coordinates, self.stand())
    }
}

impl RadixKey for PrivateLine {
    const LEVELS: usize = 16;

    fn get_level(&self, level: usize) -> u8 {
        let (number, level) = match level {
            0..8 => (self.stand_and_holder, level),
            _ => (self.coordinates, level - 8),
        };
        let bytes = number.to_le_bytes();
        bytes.get(level).copied().unwrap_or_default()
    }
}

/// Lines, with coordinates and stands numbered as they appear.
#[derive(Default)]
struct Numbered {
    coordinates: Appearing,
    stands: Numbers<Stand>,
    lines: Vec<PrivateLine>,
}

impl Numbered {
    fn push(&mut self, coordinates: u64, stand: Stand, holder: u32, pence: Pence) {
        self.lines.push(PrivateLine {
            coordinates,
            stand_and_holder: self.stands.number(stand) << 32 | u64::from(holder),
            pence: pence.get(),
        });
    }

    fn append(&mut self, other: Self) {
        let here = self.coordinates.of_other(&other.coordinates);
        let stands = self.stands.numbers_of(&other.stands);
        let lines = other.lines.into_par_iter().map(|line| {
            let stand = stands.get(line.stand() as usize).copied();
            let coordinates = here(line.coordinates);
            PrivateLine {
                coordinates,
                ..line.standing(stand.unwrap_or_default())
            }
        });
        self.lines.par_extend(lines);
    }

    /// Neighbours of one sum and holder added up; sums in the order of coordinates, and of stands.
    fn summed(self) -> Result<Grouped, DisclosureError> {
        let too_many = |error: CubeError| DisclosureError::TooManyCoordinates(error.to_string());
        let (coordinates, ordered) = self.coordinates.in_order().map_err(too_many)?;
        let (stands, ranks) = self.stands.in_order();
        let mut lines = self.lines;
        lines.par_iter_mut().for_each(|line| {
            let stand = ranks.get(line.stand() as usize).copied();
            *line = PrivateLine {
                coordinates: ordered(line.coordinates),
                ..line.standing(stand.unwrap_or_default().into())
            };
        });
        lines.radix_sort_unstable();
        let mut grouped = Grouped {
            coordinates,
            stands,
            ..Grouped::default()
        };
        for of_sum in lines.chunk_by(|one, other| one.sum() == other.sum()) {
            grouped.sums.extend(of_sum.first().map(PrivateLine::sum));
            grouped.starts.push(grouped.holders.len());
            for of_holder in of_sum.chunk_by(|one, other| one.holder() == other.holder()) {
                let pence: i128 = of_holder.iter().map(|line| i128::from(line.pence)).sum();
                let holder = of_holder.first().map(PrivateLine::holder);
                let pence = Pence::from_wide(pence)?;
                grouped.holders.extend(holder.map(|holder| (holder, pence)));
            }
        }
        grouped.starts.push(grouped.holders.len());
        Ok(grouped)
    }
}

/// The lines of an account that are not public, by sum and holder.
pub fn grouped(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    columns: &[Option<HolderColumn>],
    groups: &Groups,
) -> Result<Grouped, DisclosureError> {
    /// A short run is not worth a thread; a long one is held twice while it joins the others.
    const RUN: usize = 1 << 18;
    let private = |run: &LineRun| columns.get(run.ledger()).is_some_and(Option::is_some);
    let runs: Vec<LineRun> = account.runs(RUN).into_iter().filter(private).collect();
    let ledgers = account.ledgers().par_iter();
    let alike: Vec<AlikeLines<'_>> = ledgers.map(MappedLedger::alike).collect();
    let mut all = Numbered::default();
    all.lines.reserve(runs.iter().map(LineRun::len).sum());
    for runs in runs.chunks(rayon::current_num_threads().max(1)) {
        let of_runs: Vec<Numbered> = (runs.par_iter())
            .map(|run| of_run(account, policy, (columns, groups), run, &alike))
            .collect();
        of_runs.into_iter().for_each(|run| all.append(run));
    }
    each_outside(account, policy, (columns, groups), |key, holder, line| {
        let coordinates = all.coordinates.number(&key.coding);
        all.push(coordinates, key.stand, holder, line.written());
    });
    all.summed()
}

fn of_run(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    known: (&[Option<HolderColumn>], &Groups),
    run: &LineRun,
    alike: &[AlikeLines<'_>],
) -> Numbered {
    let mut numbered = Numbered::default();
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
