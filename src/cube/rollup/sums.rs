//! A roll-up: sums over coarser parts of coordinates, in slabs.

use super::coarsening::Coarser;
use super::slabs::Slabs;
use crate::cube::parts::Parts;
use crate::cube::source::{self, Source};
use crate::place::Place;
use rayon::prelude::*;
use std::ops::Range;

/// Sums over coarser parts of coordinates than those they were made from.
///
/// ```text
/// region ─► year ─► theme ─► sums of 16 bytes
///           └── slab ──┘
/// ```
///
/// Within a region sums stand in slabs, one for each year and theme. A large region knows where its
/// slabs begin, so that a question for one theme in one year meets few others.
#[derive(Clone, Debug)]
pub(in crate::cube) struct RollUp {
    parts: Parts,
    slabs: Slabs,
    /// The sums of region `i` are `starts[i]..starts[i + 1]`.
    starts: Vec<u32>,
    sums: Vec<Packed>,
    /// Of sums that have any: the ledger lines of records that are zero, which are not among their
    /// own lines. In the order of sums.
    zero_lines: Vec<(u32, u32)>,
    /// Of each region its number among the large ones.
    large: Vec<Option<u32>>,
    /// Where the slabs of each large region begin, from its first sum on; one more than there are
    /// slabs.
    begins: Vec<u32>,
}

/// Smaller regions are walked whole: it takes no longer than to look where a slab begins.
const LARGE: usize = 64;

/// A sum in 16 bytes: all that a question needs of it comes into the cache at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Packed {
    pence: i64,
    /// Matter above period.
    key: u32,
    /// Lines of records that are not zero, above whether there are others.
    lines: u32,
}

/// Bits of the period in the key of a sum; a matter has 24.
const PERIOD_BITS: u32 = 8;

impl RollUp {
    /// Sums added up over coarser parts, if they are worth keeping: at most half as many.
    pub(super) fn of(finer: &impl Source, coarser: Coarser, place: &Place) -> Option<Self> {
        if coarser.parts.periods.len() > 1 << PERIOD_BITS {
            return None;
        }
        let slabs = Slabs::of(&coarser.parts, place);
        let all = finer.all_slabs();
        // Only sums of one region can fall together, so that each region is added up alone.
        let of_regions: Vec<Option<Vec<Adding>>> = (0..coarser.parts.regions.len())
            .into_par_iter()
            .with_min_len(64)
            .map(|region| added_up((finer, &all), &coarser, &slabs, region))
            .collect();
        // A sum beyond 64 bits is left to what is finer.
        let of_regions: Vec<Vec<Adding>> = of_regions.into_iter().collect::<Option<_>>()?;
        let count: usize = of_regions.iter().map(Vec::len).sum();
        let finer_count = finer.count(0..finer.parts().regions.len());
        if 2 * count > finer_count || u32::try_from(count).is_err() {
            return None;
        }
        let mut rollup = Self {
            starts: Vec::with_capacity(of_regions.len() + 1),
            large: Vec::with_capacity(of_regions.len()),
            parts: coarser.parts,
            slabs,
            sums: Vec::with_capacity(count),
            zero_lines: Vec::new(),
            begins: Vec::new(),
        };
        of_regions.iter().for_each(|sums| rollup.push(sums));
        rollup.starts.push(count as u32);
        rollup.begins.shrink_to_fit();
        Some(rollup)
    }

    /// Adds the sums of the next region.
    fn push(&mut self, sums: &[Adding]) {
        self.starts.push(self.sums.len() as u32);
        self.large.push((sums.len() >= LARGE).then(|| {
            let number = self.begins.len() / (self.slabs.count() + 1);
            let begin = |slab| sums.partition_point(|sum| sum.slab < slab) as u32;
            self.begins
                .extend((0..=self.slabs.count() as u32).map(begin));
            number as u32
        }));
        for sum in sums {
            if sum.zero_lines > 0 {
                let number = self.sums.len() as u32;
                self.zero_lines.push((number, sum.zero_lines));
            }
            self.sums.push(Packed {
                pence: sum.pence,
                key: sum.matter << PERIOD_BITS | self.slabs.period(sum.slab),
                lines: sum.lines << 1 | u32::from(sum.zero_lines > 0),
            });
        }
    }

    /// The numbers of the sums of some regions, end to end.
    fn of_regions(&self, regions: Range<usize>) -> Range<usize> {
        self.starts[regions.start] as usize..self.starts[regions.end] as usize
    }

    /// The ledger lines of those records of a sum that are zero.
    fn zero_lines(&self, sum: usize) -> u32 {
        let known = |(number, _): &(u32, u32)| *number as usize;
        let found = self.zero_lines.binary_search_by_key(&sum, known);
        found.map_or(0, |at| self.zero_lines[at].1)
    }
}

impl Source for RollUp {
    fn parts(&self) -> &Parts {
        &self.parts
    }

    fn count(&self, regions: Range<usize>) -> usize {
        self.of_regions(regions).len()
    }

    fn slabs(
        &self,
        period: impl Fn(usize) -> bool,
        matter: impl Fn(usize) -> bool,
    ) -> (Vec<Range<usize>>, usize) {
        (self.slabs.wanted(period, matter), self.slabs.count())
    }

    fn visit(&self, region: usize, slabs: &[Range<usize>], mut each: impl FnMut(source::Sum)) {
        let all = self.of_regions(region..region + 1);
        let mut visit = |sums: Range<usize>| {
            for (number, sum) in (sums.start..).zip(&self.sums[sums]) {
                each(source::Sum {
                    matter: sum.key >> PERIOD_BITS,
                    period: sum.key & ((1 << PERIOD_BITS) - 1),
                    pence: sum.pence,
                    lines: u64::from(sum.lines >> 1),
                    zero_lines: match sum.lines & 1 {
                        0 => 0,
                        _ => self.zero_lines(number),
                    },
                });
            }
        };
        match self.large[region] {
            None => visit(all),
            Some(number) => {
                let begins = &self.begins[number as usize * (self.slabs.count() + 1)..];
                let at = |slab: usize| all.start + begins[slab] as usize;
                (slabs.iter()).for_each(|slabs| visit(at(slabs.start)..at(slabs.end)));
            }
        }
    }
}

/// A sum of a region while it is added up.
#[derive(Clone, Copy, Debug)]
struct Adding {
    slab: u32,
    matter: u32,
    pence: i64,
    lines: u32,
    zero_lines: u32,
}

impl Adding {
    /// Nothing beyond 64 bits of pence or 31 of lines.
    fn and(&self, other: &Self) -> Option<Self> {
        Some(Self {
            pence: self.pence.checked_add(other.pence)?,
            lines: self
                .lines
                .checked_add(other.lines)
                .filter(|lines| lines >> 31 == 0)?,
            zero_lines: self.zero_lines.checked_add(other.zero_lines)?,
            ..*self
        })
    }
}

/// The sums of a coarser region, those of one slab and matter as one, in order; nothing where one is
/// too large.
fn added_up(
    (finer, all): (&impl Source, &[Range<usize>]),
    coarser: &Coarser,
    slabs: &Slabs,
    region: usize,
) -> Option<Vec<Adding>> {
    let mut sums: Vec<Adding> = Vec::new();
    let mut all_fit = true;
    for &region in coarser.regions_in(region) {
        sums.reserve(finer.count(region..region + 1));
        finer.visit(region, all, |sum| {
            let matter = coarser.matter[sum.matter as usize];
            let lines = u32::try_from(sum.lines).ok();
            let lines = lines.filter(|lines| lines >> 31 == 0);
            all_fit &= lines.is_some();
            sums.push(Adding {
                slab: slabs.slab(matter, coarser.period[sum.period as usize]),
                matter,
                pence: sum.pence,
                lines: lines.unwrap_or_default(),
                zero_lines: sum.zero_lines,
            });
        });
    }
    let key = |sum: &Adding| u64::from(sum.slab) << 32 | u64::from(sum.matter);
    sums.sort_unstable_by_key(key);
    sums.dedup_by(|next, sum| {
        let same = key(next) == key(sum);
        if same {
            match sum.and(next) {
                Some(both) => *sum = both,
                None => all_fit = false,
            }
        }
        same
    });
    sums.shrink_to_fit();
    all_fit.then_some(sums)
}
