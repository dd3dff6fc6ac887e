//! Coordinates as one number each: while lines come, by the order in which their parts appear; afterwards by the
//! order of the parts themselves, so that the order of numbers is that of coordinates.

use crate::axis::{Period, Placed};
use crate::crosswalk::{Alike, AlikeLines, Coding, MappedLedger};
use crate::cube::CubeError;
use crate::cube::parts::{Layout, MATTERS, Matter, PERIODS, Parts, REGIONS, Region, coding, parts};
use crate::ledger::LineRef;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// Room for 2^24 regions, 2^24 matters and 2^16 periods.
const APPEARING: [u32; 2] = [40, 16];

const _: () = assert!(REGIONS == 1 << (64 - APPEARING[0]));

/// Coordinates numbered as their parts appear.
#[derive(Clone, Debug, Default)]
pub(crate) struct Appearing {
    regions: Numbers<Region>,
    matters: Numbers<Matter>,
    periods: Numbers<Placed<Period>>,
}

impl Appearing {
    /// The number of some coordinates. Beyond the room it means nothing, and [`Appearing::in_order`] refuses.
    pub(crate) fn number(&mut self, coding: &Coding) -> u64 {
        let (region, matter, period) = parts(coding);
        self.regions.number(region) << APPEARING[0]
            | self.matters.number(matter) << APPEARING[1]
            | self.periods.number(period)
    }

    /// The number of the coordinates of a line; `known` are those of other lines of its ledger.
    pub(crate) fn number_of_line(
        &mut self,
        known: &mut KnownOfLedger<'_>,
        line: &LineRef<'_>,
    ) -> u64 {
        let mapped = known.mapped;
        let made = || parts(&mapped.coding(line));
        let region = (known.regions).get(line, || self.regions.number(made().0));
        let matter = (known.matters).get(line, || self.matters.number(made().1));
        let period = mapped.period(line);
        let period = (known.periods).get(period, || self.periods.number(period));
        region << APPEARING[0] | matter << APPEARING[1] | period
    }

    /// What a number of another set, which has numbered coordinates by itself, is here.
    pub(crate) fn of_other(&mut self, other: &Self) -> impl Fn(u64) -> u64 + Sync + use<> {
        let regions = self.regions.numbers_of(&other.regions);
        let matters = self.matters.numbers_of(&other.matters);
        let periods = self.periods.numbers_of(&other.periods);
        // Beyond the room there is no such part, and grouping refuses to begin.
        let known = |numbers: &[u64], part: usize| numbers.get(part).copied().unwrap_or_default();
        move |number| {
            let [region, matter, period] = parts_of(number);
            known(&regions, region) << APPEARING[0]
                | known(&matters, matter) << APPEARING[1]
                | known(&periods, period)
        }
    }

    /// The coordinates of a number.
    pub(crate) fn coding(&self, number: u64) -> Coding {
        let [region, matter, period] = parts_of(number);
        coding(
            self.regions.parts[region],
            self.matters.parts[matter],
            self.periods.parts[period],
        )
    }

    /// The coordinates in order, and what a number is among those.
    ///
    /// # Errors
    ///
    /// [`CubeError::TooManyCoordinates`].
    pub(crate) fn in_order(
        self,
    ) -> Result<(Coordinates, impl Fn(u64) -> u64 + Sync + use<>), CubeError> {
        let ((regions, region), (matters, matter)) =
            rayon::join(|| self.regions.in_order(), || self.matters.in_order());
        let (periods, period) = self.periods.in_order();
        let parts = Parts::new(regions, matters, periods);
        parts.check()?;
        let layout = Layout::of(&parts);
        let ordered = move |number| {
            let [r, m, p] = parts_of(number);
            layout.key(region[r], matter[m], period[p])
        };
        Ok((Coordinates { parts, layout }, ordered))
    }
}

/// The numbers of the parts of the lines of one ledger, as far as they were met.
pub(crate) struct KnownOfLedger<'a> {
    mapped: &'a MappedLedger,
    regions: KnownParts<'a>,
    matters: KnownParts<'a>,
    periods: KnownPeriods,
}

impl<'a> KnownOfLedger<'a> {
    /// None was met yet. `alike` is of the same ledger.
    pub(crate) fn new(mapped: &'a MappedLedger, alike: &'a AlikeLines<'a>) -> Self {
        Self {
            mapped,
            regions: KnownParts::new(alike.regions.as_ref()),
            matters: KnownParts::new(alike.matters.as_ref()),
            periods: KnownPeriods::default(),
        }
    }
}

/// The numbers of one part, by the number that lines which stand alike have.
struct KnownParts<'a> {
    alike: Option<&'a Alike<'a>>,
    numbers: Vec<u32>,
}

impl<'a> KnownParts<'a> {
    /// No number of a part: there is room for 2^24 of them.
    const UNKNOWN: u32 = u32::MAX;

    fn new(alike: Option<&'a Alike<'a>>) -> Self {
        let count = alike.map_or(0, Alike::count);
        Self {
            alike,
            numbers: vec![Self::UNKNOWN; count],
        }
    }

    /// The number of the part of a line, made where no line that stands alike was met.
    fn get(&mut self, line: &LineRef<'_>, make: impl FnOnce() -> u64) -> u64 {
        let known = self.alike.map(|alike| alike.number(line.index()));
        match known.and_then(|at| self.numbers.get_mut(at)) {
            Some(number) => {
                if *number == Self::UNKNOWN {
                    let made = make();
                    match u32::try_from(made) {
                        Ok(made) => *number = made,
                        // Beyond the room, where it means nothing.
                        Err(_) => return made,
                    }
                }
                u64::from(*number)
            }
            // Too many ways to stand for a table.
            None => make(),
        }
    }
}

/// The numbers of periods that were met last, each in a place that follows from its month: a ledger has few.
struct KnownPeriods([Option<(Placed<Period>, u64)>; 64]);

impl Default for KnownPeriods {
    fn default() -> Self {
        Self([None; 64])
    }
}

impl KnownPeriods {
    fn get(&mut self, period: Placed<Period>, make: impl FnOnce() -> u64) -> u64 {
        // Months that follow each other fall into places of their own.
        let word = period
            .word(Period::packed)
            .wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let place = &mut self.0[(word >> 58) as usize];
        match place {
            Some((known, number)) if *known == period => *number,
            _ => {
                let number = make();
                *place = Some((period, number));
                number
            }
        }
    }
}

/// Region, matter and period of a number.
fn parts_of(number: u64) -> [usize; 3] {
    [
        number >> APPEARING[0],
        (number >> APPEARING[1]) & (MATTERS as u64 - 1),
        number & (PERIODS as u64 - 1),
    ]
    .map(|number| number as usize)
}

/// Coordinates numbered in order: what a number, a key, means.
#[derive(Clone, Debug, Default)]
pub(crate) struct Coordinates {
    parts: Parts,
    layout: Layout,
}

impl Coordinates {
    /// The parts themselves.
    pub(in crate::cube) fn into_parts(self) -> Parts {
        self.parts
    }

    /// How many bits a key has.
    pub(crate) fn bits(&self) -> u32 {
        self.layout.bits(self.parts.regions.len())
    }

    /// The coordinates of a key.
    pub(crate) fn coding(&self, key: u64) -> Option<Coding> {
        Some(coding(
            *self.parts.regions.get(self.layout.region(key))?,
            *self.parts.matters.get(self.layout.matter(key) as usize)?,
            *(self.parts.periods).get(usize::from(self.layout.period(key)))?,
        ))
    }

    /// The key of some coordinates; nothing where no line has one of their parts.
    pub(crate) fn key(&self, coding: &Coding) -> Option<u64> {
        let (region, matter, period) = parts(coding);
        let number = |found: Result<usize, usize>| u32::try_from(found.ok()?).ok();
        Some(self.layout.key(
            number(self.parts.regions.binary_search(&region))?,
            number(self.parts.matters.binary_search(&matter))?,
            number(self.parts.periods.binary_search(&period))?,
        ))
    }
}

/// Parts of coordinates, numbered as they appear.
#[derive(Clone, Debug)]
pub(crate) struct Numbers<T> {
    numbers: HashMap<T, u64, FixedState>,
    parts: Vec<T>,
    /// Ledgers repeat themselves.
    last: Option<(T, u64)>,
}

impl<T> Default for Numbers<T> {
    fn default() -> Self {
        Self {
            numbers: HashMap::default(),
            parts: Vec::new(),
            last: None,
        }
    }
}

impl<T: Copy + Ord + Hash> Numbers<T> {
    pub(crate) fn number(&mut self, part: T) -> u64 {
        if let Some((last, number)) = self.last
            && last == part
        {
            return number;
        }
        let next = self.parts.len() as u64;
        let number = match self.numbers.entry(part) {
            Entry::Occupied(known) => *known.get(),
            Entry::Vacant(new) => {
                self.parts.push(part);
                *new.insert(next)
            }
        };
        self.last = Some((part, number));
        number
    }

    /// The number here of each part of another set.
    pub(crate) fn numbers_of(&mut self, other: &Self) -> Vec<u64> {
        other.parts.iter().map(|&part| self.number(part)).collect()
    }

    /// The parts in order, and for each number the index in that order.
    pub(crate) fn in_order(self) -> (Vec<T>, Vec<u32>) {
        let mut order: Vec<u32> = (0..).take(self.parts.len()).collect();
        order.sort_unstable_by_key(|&number| self.parts[number as usize]);
        let mut ranks = vec![0; order.len()];
        for (rank, &number) in (0..).zip(&order) {
            ranks[number as usize] = rank;
        }
        let sorted = order.iter().map(|&number| self.parts[number as usize]);
        (sorted.collect(), ranks)
    }
}
