//! The kept roll-up: records without what most questions do not ask for.
//!
//! Ledgers repeat themselves month after month, and most questions ask for whole financial years,
//! for no tag and not how money is bound. Such a question gets the same answer from records that
//! are added up over all three, of which there are far fewer.
//!
//! ```text
//! region ─► year ─► theme ─► sums of 16 bytes
//!           └── slab ──┘
//! ```
//!
//! Within a region sums stand in slabs, one for each year and theme. A large region knows where its
//! slabs begin, so that a question for one theme in one year meets few others.

use super::parts::{Matter, Parts};
use super::records::Records;
use crate::axis::{Flexibility, Period, Placed};
use crate::crosswalk::{Mix, TagSet};
use crate::place::Place;
use rayon::prelude::*;
use std::ops::Range;

/// Records added up over the months of a financial year, over tags, and over how money is bound.
#[derive(Clone, Debug)]
pub(super) struct Yearly {
    pub(super) parts: Parts,
    slabs: Slabs,
    /// The sums of region `i` are `starts[i]..starts[i + 1]`.
    starts: Vec<u32>,
    sums: Vec<Sum>,
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

/// More slabs than that say too little of too few sums each.
const MOST_SLABS: usize = 256;

/// A sum. All that a question needs of it comes into the cache at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) pence: i64,
    /// Matter above period.
    place: u32,
    /// Lines of records that are not zero, above whether there are others.
    lines: u32,
}

/// Bits of the period in the place of a sum; a matter has 24.
const PERIOD_BITS: u32 = 8;

/// How sums are told apart within a region.
#[derive(Clone, Debug)]
struct Slabs {
    periods: usize,
    themes: usize,
    /// The theme of each matter.
    theme: Vec<u16>,
}

impl Slabs {
    /// The theme of a matter is the top of the tree above what it is for; 0 where no one theme is.
    fn of(parts: &Parts, place: &Place) -> Self {
        let tree = &place.axes().activities;
        let top = |mut member| {
            while let Some(parent) = tree.parent(member) {
                member = parent;
            }
            member
        };
        let of_mix = |mix: &Mix| {
            let mut tops = (mix.parts.iter()).map(|(activity, _)| activity.member().map(top));
            let first = tops.next().flatten();
            first.filter(|_| tops.all(|other| other == first))
        };
        let tops: Vec<_> = (parts.matters.iter())
            .map(|matter| of_mix(place.mixes().get(matter.activity)))
            .collect();
        let mut all: Vec<_> = tops.iter().copied().chain([None]).collect();
        all.sort_unstable();
        all.dedup();
        let periods = parts.periods.len();
        if periods * all.len() > MOST_SLABS {
            all.truncate(1);
        }
        let theme = |top| all.binary_search(top).map_or(0, |theme| theme as u16);
        Self {
            periods,
            themes: all.len(),
            theme: tops.iter().map(theme).collect(),
        }
    }

    fn count(&self) -> usize {
        self.periods * self.themes
    }

    fn slab(&self, matter: u32, period: u32) -> u32 {
        period * self.themes as u32 + u32::from(self.theme[matter as usize])
    }

    fn period(&self, slab: u32) -> u32 {
        slab / self.themes as u32
    }
}

impl Yearly {
    /// The roll-up, if it is worth keeping: at most half as many records.
    pub(super) fn of(records: &Records, place: &Place) -> Option<Self> {
        let (periods, period) = coarser(&records.parts.periods, year);
        let (matters, matter) = coarser(&records.parts.matters, |matter| Matter {
            flexibility: Flexibility::default(),
            tags: TagSet::default(),
            ..matter
        });
        if periods.len() > 1 << PERIOD_BITS {
            return None;
        }
        let parts = Parts::new(records.parts.regions.clone(), matters, periods);
        let slabs = Slabs::of(&parts, place);
        // Only records of one region can fall together, so that each region is added up alone.
        let regions: Vec<usize> = (0..parts.regions.len()).collect();
        let of_regions: Vec<Option<Vec<Adding>>> = (regions.par_iter())
            .with_min_len(64)
            .map(|&region| {
                let sums = records.of_region(region).map(|number| {
                    let matter = matter[records.matters[number] as usize];
                    let period = period[usize::from(records.periods[number])];
                    Adding::of(records, number, (matter, period), &slabs)
                });
                added_up(sums.collect())
            })
            .collect();
        // A sum beyond 64 bits is left to the records themselves.
        let of_regions: Vec<Vec<Adding>> = of_regions.into_iter().collect::<Option<_>>()?;
        let count: usize = of_regions.iter().map(Vec::len).sum();
        if 2 * count > records.len() || u32::try_from(count).is_err() {
            return None;
        }
        let mut yearly = Self {
            starts: Vec::with_capacity(of_regions.len() + 1),
            large: Vec::with_capacity(of_regions.len()),
            parts,
            slabs,
            sums: Vec::with_capacity(count),
            zero_lines: Vec::new(),
            begins: Vec::new(),
        };
        of_regions.iter().for_each(|sums| yearly.push(sums));
        yearly.starts.push(count as u32);
        yearly.begins.shrink_to_fit();
        Some(yearly)
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
            self.sums.push(Sum {
                pence: sum.pence,
                place: sum.matter << PERIOD_BITS | self.slabs.period(sum.slab),
                lines: sum.lines << 1 | u32::from(sum.zero_lines > 0),
            });
        }
    }

    /// The numbers of the sums of some regions, end to end.
    fn of_regions(&self, regions: Range<usize>) -> Range<usize> {
        self.starts[regions.start] as usize..self.starts[regions.end] as usize
    }

    /// How many sums some regions have.
    pub(super) fn count(&self, regions: Range<usize>) -> usize {
        self.of_regions(regions).len()
    }

    /// The slabs of periods and matters that are wanted, and how many there are in all.
    pub(super) fn slabs(
        &self,
        period: impl Fn(usize) -> bool,
        matter: impl Fn(usize) -> bool,
    ) -> (Vec<Range<usize>>, usize) {
        let Slabs {
            periods,
            themes,
            theme,
        } = &self.slabs;
        let mut wanted = vec![false; *themes];
        for (number, theme) in theme.iter().enumerate() {
            let theme = usize::from(*theme);
            wanted[theme] = wanted[theme] || matter(number);
        }
        let mut slabs: Vec<Range<usize>> = Vec::new();
        for period in (0..*periods).filter(|number| period(*number)) {
            for theme in (0..*themes).filter(|theme| wanted[*theme]) {
                let slab = period * themes + theme;
                match slabs.last_mut() {
                    Some(last) if last.end == slab => last.end += 1,
                    _ => slabs.push(slab..slab + 1),
                }
            }
        }
        (slabs, self.slabs.count())
    }

    /// Calls `each` with all sums of a region in some slabs, and maybe with others of it: the number
    /// of the first, and they.
    pub(super) fn in_slabs(
        &self,
        region: usize,
        slabs: &[Range<usize>],
        mut each: impl FnMut(usize, &[Sum]),
    ) {
        let all = self.of_regions(region..region + 1);
        match self.large[region] {
            None => each(all.start, &self.sums[all]),
            Some(number) => {
                let begins = &self.begins[number as usize * (self.slabs.count() + 1)..];
                let at = |slab: usize| all.start + begins[slab] as usize;
                for slabs in slabs {
                    let (start, end) = (at(slabs.start), at(slabs.end));
                    each(start, &self.sums[start..end]);
                }
            }
        }
    }

    /// The ledger lines of those records of a sum that are zero.
    pub(super) fn zero_lines(&self, sum: usize) -> u32 {
        let known = |(number, _): &(u32, u32)| *number as usize;
        let found = self.zero_lines.binary_search_by_key(&sum, known);
        found.map_or(0, |at| self.zero_lines[at].1)
    }
}

impl Sum {
    /// Matter and period.
    pub(super) fn place(self) -> (u32, u32) {
        let period = self.place & ((1 << PERIOD_BITS) - 1);
        (self.place >> PERIOD_BITS, period)
    }

    /// The ledger lines of records that are not zero.
    pub(super) fn lines(self) -> u64 {
        u64::from(self.lines >> 1)
    }

    pub(super) fn has_zero_lines(self) -> bool {
        self.lines & 1 == 1
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
    fn of(records: &Records, number: usize, (matter, period): (u32, u32), slabs: &Slabs) -> Self {
        let (pence, lines) = (records.pence[number], records.lines[number]);
        Self {
            slab: slabs.slab(matter, period),
            matter,
            pence,
            lines: if pence == 0 { 0 } else { lines },
            zero_lines: if pence == 0 { lines } else { 0 },
        }
    }

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

/// Those of one slab and matter as one, in order; nothing where one is too large.
fn added_up(mut sums: Vec<Adding>) -> Option<Vec<Adding>> {
    let place = |sum: &Adding| u64::from(sum.slab) << 32 | u64::from(sum.matter);
    sums.sort_unstable_by_key(place);
    let mut all_fit = sums.iter().all(|sum| sum.lines >> 31 == 0);
    sums.dedup_by(|next, sum| {
        let same = place(next) == place(sum);
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

/// The financial year that holds a period; itself where none does.
pub(super) fn year(period: Placed<Period>) -> Placed<Period> {
    match period {
        Placed::On(period) => match period.financial_years().as_slice() {
            [year] => Placed::On(*year),
            _ => Placed::On(period),
        },
        gap => gap,
    }
}

/// The coarser parts in order, and the number among them of each finer part.
fn coarser<T: Copy + Ord>(parts: &[T], coarser: impl Fn(T) -> T) -> (Vec<T>, Vec<u32>) {
    let each: Vec<T> = parts.iter().map(|&part| coarser(part)).collect();
    let mut all = each.clone();
    all.sort_unstable();
    all.dedup();
    let number = |part: &T| all.partition_point(|other| other < part) as u32;
    let numbers = each.iter().map(number).collect();
    (all, numbers)
}
