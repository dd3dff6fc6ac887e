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
    pub(super) zero_lines: u32,
}

/// What a question added up, by class. A coarser question may add it up further: each class is
/// told by its first member.
#[derive(Debug)]
pub(super) struct Alike {
    pub(super) sums: Arc<Vec<Sum>>,
    /// The sums of a class of regions are `starts[i]..starts[i + 1]`.
    starts: Vec<usize>,
    /// The classes of matters and of periods that occur together, each pair once.
    pub(super) pairs: Vec<(u32, u32)>,
    parts: Parts,
}

/// Ranges of sums of whole classes of regions are added up by one thread each.
const TO_A_THREAD: usize = 1 << 15;

impl Alike {
    /// Adds up what lies in the slice.
    pub(super) fn of(source: &impl Source, classes: &Classes<'_>) -> Self {
        let chunks = chunks(source, classes);
        let pairs = || Pairs::new(classes.matters.len(), classes.periods.len());
        let added: Vec<Added> = (chunks.par_iter())
            .map_init(
                || [pairs(), pairs()],
                |tables, runs| added_up(source, classes, &classes.runs[runs.clone()], tables),
            )
            .collect();
        let count: usize = added.iter().map(|added| added.sums.len()).sum();
        let mut met = pairs();
        let (mut sums, mut pairs) = (Vec::new(), Vec::new());
        for added in added {
            for (matter, period) in added.pairs {
                let met = met.number(matter, period);
                if std::mem::replace(met, 0) == OUT {
                    pairs.push((matter, period));
                }
            }
            match sums.is_empty() {
                true => sums = added.sums,
                false => sums.extend_from_slice(&added.sums),
            }
            sums.reserve_exact(count - sums.len());
        }
        let starts = (0..=classes.regions.len())
            .map(|region| sums.partition_point(|sum| (sum.region as usize) < region))
            .collect();
        Self {
            starts,
            pairs,
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

/// Some runs, added up.
struct Added {
    /// In the order of the classes of regions.
    sums: Vec<Sum>,
    /// The classes of matters and of periods that occur together, each pair once.
    pairs: Vec<(u32, u32)>,
}

/// Adds up runs in the order of their classes; two tables without any number are lent for it.
fn added_up(
    source: &impl Source,
    classes: &Classes<'_>,
    runs: &[(Range<usize>, u32)],
    [at, met]: &mut [Pairs; 2],
) -> Added {
    let mut adding = Adding {
        classes,
        class: OUT,
        at,
        first: 0,
        met,
        added: Added {
            sums: Vec::new(),
            pairs: Vec::new(),
        },
        whole: 0,
    };
    for (regions, class) in runs {
        adding.start(*class);
        for region in regions.clone() {
            source.visit(region, &classes.slabs.0, |part| adding.add(part));
        }
    }
    adding.start(OUT);
    let Adding { added, whole, .. } = adding;
    met.forget(added.pairs.iter().copied());
    let kept = added.sums.iter().map(|sum| i128::from(sum.pence));
    assert_conserved("adding up records alike", whole, kept.sum());
    added
}

/// The sums of some runs while they are added up.
struct Adding<'a, 'c> {
    classes: &'a Classes<'c>,
    /// The class of regions at hand.
    class: u32,
    /// Where the sum of a matter and period stands, within that class.
    at: &'a mut Pairs,
    /// The first sum of that class.
    first: usize,
    /// The pairs that were met in any class.
    met: &'a mut Pairs,
    added: Added,
    whole: i128,
}

impl Adding<'_, '_> {
    /// Goes on with regions of this class.
    fn start(&mut self, class: u32) {
        if self.class != class {
            let of_class = &self.added.sums[self.first..];
            (self.at).forget(of_class.iter().map(|sum| (sum.matter, sum.period)));
            self.first = self.added.sums.len();
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
        let known = self.added.sums.get_mut(*slot as usize);
        if known.is_some_and(|sum| sum.take(&part)) {
            return;
        }
        // New, or more than fits: then the rest is a sum of its own.
        *slot = self.added.sums.len() as u32;
        self.added.sums.push(Sum {
            region: self.class,
            matter,
            period,
            pence: part.pence,
            lines: part.lines,
            zero_lines: part.zero_lines,
        });
        if std::mem::replace(self.met.number(matter, period), 0) == OUT {
            self.added.pairs.push((matter, period));
        }
    }
}

impl Sum {
    /// Adds a part, if there is room for it.
    fn take(&mut self, part: &Part) -> bool {
        let pence = self.pence.checked_add(part.pence);
        let zero_lines = self.zero_lines.checked_add(part.zero_lines);
        let (Some(pence), Some(zero_lines)) = (pence, zero_lines) else {
            return false;
        };
        (self.pence, self.zero_lines) = (pence, zero_lines);
        self.lines += part.lines;
        true
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
