//! Sums that a question cannot tell apart, added up before they are divided.

use super::classes::{Classes, OUT};
use super::source::Source;
use crate::axis::{Period, Placed};
use crate::cube::parts::{Matter, Region};
use crate::money::assert_conserved;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;
use std::ops::Range;

/// The sum of one class of regions, of matters and of periods.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    pub(super) region: u32,
    pub(super) matter: u32,
    pub(super) period: u32,
    pub(super) pence: i64,
    /// Ledger lines of records that are not zero.
    pub(super) lines: u64,
    pub(super) zero_lines: u64,
}

/// What a question added up, by class. A coarser question may add it up further: each class is
/// told by its first member.
#[derive(Debug)]
pub(super) struct Alike {
    pub(super) sums: Vec<Sum>,
    /// The sums of a class of regions are `starts[i]..starts[i + 1]`.
    starts: Vec<usize>,
    regions: Vec<Region>,
    matters: Vec<Matter>,
    periods: Vec<Placed<Period>>,
}

/// Ranges of sums of whole classes of regions are added up by one thread each.
const TO_A_THREAD: usize = 1 << 15;

impl Alike {
    /// Adds up what lies in the slice.
    pub(super) fn of(source: &impl Source, classes: &Classes<'_>) -> Self {
        let chunks = chunks(source, &classes.runs);
        let added: Vec<(Vec<Sum>, i128)> = (chunks.par_iter())
            .map(|runs| added_up(source, classes, &classes.runs[runs.clone()]))
            .collect();
        let mut sums = Vec::with_capacity(added.iter().map(|(sums, _)| sums.len()).sum());
        let mut whole = 0i128;
        for (chunk, read) in added {
            sums.extend_from_slice(&chunk);
            whole += read;
        }
        let kept = sums.iter().map(|sum| i128::from(sum.pence));
        assert_conserved("adding up records alike", whole, kept.sum());
        let starts = (0..=classes.regions.len())
            .map(|region| sums.partition_point(|sum| (sum.region as usize) < region))
            .collect();
        Self {
            starts,
            sums,
            regions: classes.regions.clone(),
            matters: classes.matters.iter().map(|class| class.matter).collect(),
            periods: classes.periods.iter().map(|class| class.period).collect(),
        }
    }
}

/// Runs of a class of regions stay together.
fn chunks(source: &impl Source, runs: &[(Range<usize>, u32)]) -> Vec<Range<usize>> {
    let mut chunks = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (number, (regions, class)) in runs.iter().enumerate() {
        let sums = source.of_region(regions.start).start..source.of_region(regions.end - 1).end;
        size += sums.len();
        let last = runs.get(number + 1).is_none_or(|(_, next)| next != class);
        if last && size >= TO_A_THREAD {
            chunks.push(start..number + 1);
            (start, size) = (number + 1, 0);
        }
    }
    if start < runs.len() {
        chunks.push(start..runs.len());
    }
    chunks
}

/// Adds up runs in the order of their classes; and what all of it is.
fn added_up(
    source: &impl Source,
    classes: &Classes<'_>,
    runs: &[(Range<usize>, u32)],
) -> (Vec<Sum>, i128) {
    let mut sums: Vec<Sum> = Vec::new();
    let mut whole = 0i128;
    // Where the sum of a matter and period stands, within the class of regions at hand.
    let mut at = Places::new(classes.matters.len(), classes.periods.len());
    let mut first = 0;
    let mut class = OUT;
    for (regions, of) in runs {
        if *of != class {
            at.forget(&sums[first..]);
            first = sums.len();
            class = *of;
        }
        for region in regions.clone() {
            let of_region = source.within(source.of_region(region), classes.within.clone());
            for number in of_region {
                let (matter, period) = source.place(number);
                let (matter, between) = classes.matter[matter].get();
                if matter == OUT {
                    continue;
                }
                let period = classes.period[usize::from(between)][period];
                if period == OUT {
                    continue;
                }
                let pence = source.pence(number);
                whole += i128::from(pence);
                let (lines, zero_lines) = source.lines(number);
                let slot = at.place(matter, period);
                let known = sums.get_mut(*slot as usize);
                match known.and_then(|sum| Some((sum.pence.checked_add(pence)?, sum))) {
                    Some((pence, sum)) => {
                        sum.pence = pence;
                        sum.lines += lines;
                        sum.zero_lines += zero_lines;
                    }
                    // New, or more than 64 bits: then the rest is a sum of its own.
                    None => {
                        *slot = sums.len() as u32;
                        sums.push(Sum {
                            region: class,
                            matter,
                            period,
                            pence,
                            lines,
                            zero_lines,
                        });
                    }
                }
            }
        }
    }
    (sums, whole)
}

/// Where the sum of each matter and period stands; [`OUT`] where there is none yet.
enum Places {
    Table {
        at: Vec<u32>,
        width: usize,
    },
    /// More combinations than a table is good for.
    Map(HashMap<(u32, u32), u32, FixedState>),
}

impl Places {
    const TABLE: usize = 1 << 24;

    fn new(matters: usize, periods: usize) -> Self {
        match matters.checked_mul(periods) {
            Some(size) if size <= Self::TABLE => Self::Table {
                at: vec![OUT; size],
                width: periods,
            },
            _ => Self::Map(HashMap::default()),
        }
    }

    fn place(&mut self, matter: u32, period: u32) -> &mut u32 {
        match self {
            Self::Table { at, width } => &mut at[matter as usize * *width + period as usize],
            Self::Map(at) => at.entry((matter, period)).or_insert(OUT),
        }
    }

    fn forget(&mut self, sums: &[Sum]) {
        match self {
            Self::Table { at, width } => {
                for sum in sums {
                    at[sum.matter as usize * *width + sum.period as usize] = OUT;
                }
            }
            Self::Map(at) => at.clear(),
        }
    }
}

impl Source for Alike {
    fn regions(&self) -> &[Region] {
        &self.regions
    }

    fn matters(&self) -> &[Matter] {
        &self.matters
    }

    fn periods(&self) -> &[Placed<Period>] {
        &self.periods
    }

    fn of_region(&self, region: usize) -> Range<usize> {
        self.starts[region]..self.starts[region + 1]
    }

    fn place(&self, sum: usize) -> (usize, usize) {
        let sum = &self.sums[sum];
        (sum.matter as usize, sum.period as usize)
    }

    fn pence(&self, sum: usize) -> i64 {
        self.sums[sum].pence
    }

    fn lines(&self, sum: usize) -> (u64, u64) {
        let sum = &self.sums[sum];
        (sum.lines, sum.zero_lines)
    }
}
