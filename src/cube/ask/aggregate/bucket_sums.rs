//! Sums of what a question cannot tell apart, added up before anything is shared.
//!
//! *The naive way* shares each record and adds up the parts. *Why it is not enough:* a share is a
//! fraction, and fractions are dear to add. *The trick:* records in the same three buckets will have the
//! same share taken of them, so that their pence can be added up first, as whole numbers: a × s + b × s =
//! (a + b) × s. What is shared afterwards are a few thousand sums and not millions of records, and the
//! order of records cannot matter.
//!
//! Sums stand bucket of regions after bucket, so that threads take runs of whole buckets and no two of
//! them add to one sum. A coarser question may start from the sums of a finer one: every subtotal of a
//! table is made in that way from one walk over the cube.

use super::buckets::Buckets;
use super::pair_table::{OUT, PairTable};
use crate::cube::parts::Parts;
use crate::cube::source::{Source, Sum};
use crate::money::assert_conserved;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::Arc;

/// What a question added up, by bucket. A coarser question may add it up further: each bucket is
/// told by its first member.
#[derive(Debug)]
pub struct BucketSums {
    /// The sums, bucket of regions after bucket.
    pub chunks: Arc<Vec<Chunk>>,
    /// How many sums the buckets of regions before each have.
    before: Vec<usize>,
    /// The buckets of matters and of periods that occur together, each pair once.
    pub pairs: Vec<(u32, u32)>,
    parts: Parts,
}

/// The sums of some buckets of regions.
#[derive(Debug)]
pub struct Chunk {
    first: usize,
    /// The sums of the first bucket begin at `starts[0]`, and so on; one more than there are buckets.
    starts: Vec<usize>,
    pub sums: Vec<Sum>,
}

impl Chunk {
    /// Its buckets of regions, each with its sums.
    pub fn regions(&self) -> impl Iterator<Item = (u32, &[Sum])> {
        let sums = self
            .starts
            .windows(2)
            .map(|ends| &self.sums[ends[0]..ends[1]]);
        (self.first as u32..).zip(sums)
    }

    /// The sums of one of its buckets of regions.
    fn of_region(&self, region: usize) -> &[Sum] {
        let at = region - self.first;
        &self.sums[self.starts[at]..self.starts[at + 1]]
    }
}

/// Runs of whole buckets of regions are added up by one thread each, of at least so many sums.
pub const TO_A_THREAD: usize = 1 << 15;

impl BucketSums {
    /// Adds up what lies in the slice.
    pub fn new(source: &impl Source, buckets: &Buckets<'_>, to_a_thread: usize) -> Self {
        let pairs = || PairTable::new(buckets.matters.len(), buckets.periods.len());
        let chunks = chunks(source, buckets, to_a_thread);
        let added: Vec<(Chunk, Vec<(u32, u32)>)> = (chunks.par_iter())
            .map_init(
                || [pairs(), pairs()],
                |tables, runs| summed(source, buckets, &buckets.runs[runs.clone()], tables),
            )
            .collect();
        let mut met = pairs();
        let mut pairs = Vec::new();
        let mut chunks = Vec::with_capacity(added.len());
        for (chunk, of_chunk) in added {
            for (matter, period) in of_chunk {
                let met = met.number(matter, period);
                if std::mem::replace(met, 0) == OUT {
                    pairs.push((matter, period));
                }
            }
            chunks.push(chunk);
        }
        let mut before = vec![0];
        let counts = chunks
            .iter()
            .flat_map(Chunk::regions)
            .map(|(_, sums)| sums.len());
        before.extend(counts.scan(0, |before, count| {
            *before += count;
            Some(*before)
        }));
        Self {
            chunks: Arc::new(chunks),
            before,
            pairs,
            parts: Parts::new(
                buckets.regions.clone(),
                buckets.matters.iter().map(|bucket| bucket.matter).collect(),
                buckets.periods.iter().map(|bucket| bucket.period).collect(),
            ),
        }
    }

    /// How many sums.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.sums.len()).sum()
    }
}

/// Runs of a bucket of regions stay together.
fn chunks(source: &impl Source, buckets: &Buckets<'_>, to_a_thread: usize) -> Vec<Range<usize>> {
    let runs = &buckets.runs;
    let (wanted, slabs) = &buckets.slabs;
    let wanted: usize = wanted.iter().map(Range::len).sum();
    let mut chunks = Vec::new();
    let (mut start, mut size) = (0, 0);
    for (number, (regions, bucket)) in runs.iter().enumerate() {
        size += source.count(regions.clone());
        let last = runs.get(number + 1).is_none_or(|(_, next)| next != bucket);
        if last && size / slabs * wanted >= to_a_thread {
            chunks.push(start..number + 1);
            (start, size) = (number + 1, 0);
        }
    }
    if start < runs.len() {
        chunks.push(start..runs.len());
    }
    chunks
}

/// Adds up runs in the order of their buckets, and tells which buckets of matters and of periods
/// occur together, each pair once; two tables without any number are lent for it.
fn summed(
    source: &impl Source,
    buckets: &Buckets<'_>,
    runs: &[(Range<usize>, u32)],
    [at, met]: &mut [PairTable; 2],
) -> (Chunk, Vec<(u32, u32)>) {
    let mut adding = Adding {
        buckets,
        at,
        met,
        chunk: Chunk {
            first: runs.first().map_or(0, |(_, bucket)| *bucket as usize),
            starts: Vec::new(),
            sums: Vec::new(),
        },
        pairs: Vec::new(),
        whole: 0,
    };
    for of_bucket in runs.chunk_by(|(_, one), (_, other)| one == other) {
        adding.start();
        for region in of_bucket.iter().flat_map(|(regions, _)| regions.clone()) {
            source.visit(region, &buckets.slabs.0, |finer| adding.add(finer));
        }
    }
    adding.start();
    let Adding {
        chunk,
        pairs,
        whole,
        ..
    } = adding;
    met.forget(pairs.iter().copied());
    let kept = chunk.sums.iter().map(|sum| i128::from(sum.pence));
    assert_conserved("adding up records alike", whole, kept.sum());
    (chunk, pairs)
}

/// The sums of some runs while they are added up.
struct Adding<'a, 'c> {
    buckets: &'a Buckets<'c>,
    /// Where the sum of a matter and period stands, within the bucket of regions at hand.
    at: &'a mut PairTable,
    /// The pairs that were met in any bucket.
    met: &'a mut PairTable,
    chunk: Chunk,
    pairs: Vec<(u32, u32)>,
    whole: i128,
}

impl Adding<'_, '_> {
    /// Goes on with the next bucket of regions.
    fn start(&mut self) {
        let Chunk { starts, sums, .. } = &mut self.chunk;
        let of_bucket = &sums[starts.last().copied().unwrap_or(0)..];
        (self.at).forget(of_bucket.iter().map(|sum| (sum.matter, sum.period)));
        starts.push(sums.len());
    }

    fn add(&mut self, finer: Sum) {
        let (matter, own_period) = self.buckets.matter[finer.matter as usize].get();
        if matter == OUT {
            return;
        }
        let period = self.buckets.period[usize::from(own_period)][finer.period as usize];
        if period == OUT {
            return;
        }
        self.whole += i128::from(finer.pence);
        let slot = self.at.number(matter, period);
        let known = self.chunk.sums.get_mut(*slot as usize);
        if known.is_some_and(|sum| sum.take(&finer)) {
            return;
        }
        // New, or more than fits: then the rest is a sum of its own.
        *slot = self.chunk.sums.len() as u32;
        self.chunk.sums.push(Sum {
            matter,
            period,
            ..finer
        });
        if std::mem::replace(self.met.number(matter, period), 0) == OUT {
            self.pairs.push((matter, period));
        }
    }
}

impl Source for BucketSums {
    fn parts(&self) -> &Parts {
        &self.parts
    }

    fn count(&self, regions: Range<usize>) -> usize {
        self.before[regions.end] - self.before[regions.start]
    }

    fn visit(&self, region: usize, _slabs: &[Range<usize>], each: impl FnMut(Sum)) {
        let chunk = self.chunks.partition_point(|chunk| chunk.first <= region) - 1;
        self.chunks[chunk]
            .of_region(region)
            .iter()
            .copied()
            .for_each(each);
    }
}
