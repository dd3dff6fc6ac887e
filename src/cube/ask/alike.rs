//! Sums that a question cannot tell apart, added up before they are divided.

use super::classes::{Classes, OUT};
use super::pairs::Pairs;
use super::source::{Part, Source};
use crate::cube::parts::Parts;
use crate::money::assert_conserved;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

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
    pub(super) sums: Arc<Vec<Sum>>,
    /// The sums of a class of regions are `starts[i]..starts[i + 1]`.
    starts: Vec<usize>,
    parts: Parts,
}

/// Ranges of sums of whole classes of regions are added up by one thread each.
const TO_A_THREAD: usize = 1 << 15;

impl Alike {
    /// Adds up what lies in the slice.
    pub(super) fn of(source: &impl Source, classes: &Classes<'_>) -> Self {
        let chunks = chunks(source, classes);
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
            sums: Arc::new(sums),
            parts: Parts::new(
                classes.regions.clone(),
                classes.matters.iter().map(|class| class.matter).collect(),
                classes.periods.iter().map(|class| class.period).collect(),
            ),
        }
    }

    /// The sums in ranges of whole classes of regions, as many as one thread takes at a time.
    pub(super) fn chunks(&self) -> Vec<Range<usize>> {
        let mut chunks: Vec<Range<usize>> = Vec::new();
        for ends in self.starts.windows(2) {
            match chunks.last_mut() {
                Some(chunk) if chunk.len() < TO_A_THREAD => chunk.end = ends[1],
                _ => chunks.push(ends[0]..ends[1]),
            }
        }
        chunks
    }
}

/// Runs of a class of regions stay together.
fn chunks(source: &impl Source, classes: &Classes<'_>) -> Vec<Range<usize>> {
    let runs = &classes.runs;
    let (wanted, slabs) = &classes.slabs;
    let wanted: usize = wanted.iter().map(Range::len).sum();
    let mut chunks = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (number, (regions, class)) in runs.iter().enumerate() {
        size += source.count(regions.clone());
        let last = runs.get(number + 1).is_none_or(|(_, next)| next != class);
        if last && size / slabs * wanted >= TO_A_THREAD {
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
    let mut adding = Adding {
        classes,
        class: OUT,
        at: Pairs::new(classes.matters.len(), classes.periods.len()),
        first: 0,
        sums: Vec::new(),
        whole: 0,
    };
    for (regions, class) in runs {
        adding.start(*class);
        for region in regions.clone() {
            source.visit(region, &classes.slabs.0, |part| adding.add(part));
        }
    }
    (adding.sums, adding.whole)
}

/// The sums of some runs while they are added up.
struct Adding<'a> {
    classes: &'a Classes<'a>,
    /// The class of regions at hand.
    class: u32,
    /// Where the sum of a matter and period stands, within that class.
    at: Pairs,
    /// The first sum of that class.
    first: usize,
    sums: Vec<Sum>,
    whole: i128,
}

impl Adding<'_> {
    /// Goes on with regions of this class.
    fn start(&mut self, class: u32) {
        if self.class != class {
            let of_class = &self.sums[self.first..];
            (self.at).forget(of_class.iter().map(|sum| (sum.matter, sum.period)));
            self.first = self.sums.len();
            self.class = class;
        }
    }

    fn add(&mut self, part: Part) {
        let (matter, own_period) = self.classes.matter[part.matter as usize].get();
        if matter == OUT {
            return;
        }
        let period = self.classes.period[usize::from(own_period)][part.period as usize];
        if period == OUT {
            return;
        }
        self.whole += i128::from(part.pence);
        let slot = self.at.number(matter, period);
        let known = self.sums.get_mut(*slot as usize);
        match known.and_then(|sum| Some((sum.pence.checked_add(part.pence)?, sum))) {
            Some((pence, sum)) => {
                sum.pence = pence;
                sum.lines += part.lines;
                sum.zero_lines += part.zero_lines;
            }
            // New, or more than 64 bits: then the rest is a sum of its own.
            None => {
                *slot = self.sums.len() as u32;
                self.sums.push(Sum {
                    region: self.class,
                    matter,
                    period,
                    pence: part.pence,
                    lines: part.lines,
                    zero_lines: part.zero_lines,
                });
            }
        }
    }
}

impl Source for Alike {
    fn parts(&self) -> &Parts {
        &self.parts
    }

    fn count(&self, regions: Range<usize>) -> usize {
        self.starts[regions.end] - self.starts[regions.start]
    }

    fn visit(&self, region: usize, _slabs: &[Range<usize>], mut each: impl FnMut(Part)) {
        for sum in &self.sums[self.starts[region]..self.starts[region + 1]] {
            each(Part {
                matter: sum.matter,
                period: sum.period,
                pence: sum.pence,
                lines: sum.lines,
                zero_lines: sum.zero_lines,
            });
        }
    }
}
