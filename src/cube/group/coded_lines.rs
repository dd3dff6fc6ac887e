//! Lines as two columns of integers: what engines group.

use crate::axis::{Period, Placed};
use crate::crosswalk::Coding;
use crate::cube::CubeError;
use crate::cube::parts::{Layout, MATTERS, Matter, PERIODS, Parts, REGIONS, Region, coding, parts};
use crate::money::Pence;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

/// Lines of an account, each as one number for its coordinates, its key, and its pence.
///
/// 16 bytes a line. While lines are added, the parts of coordinates are numbered as they appear;
/// before they are grouped they are numbered in order.
#[derive(Clone, Debug, Default)]
pub struct CodedLines {
    regions: Numbers<Region>,
    matters: Numbers<Matter>,
    periods: Numbers<Placed<Period>>,
    lines: Vec<CodedLine>,
}

/// One line: its key, and its pence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CodedLine {
    /// The key. Equal coordinates have equal keys.
    pub key: u64,
    /// The amount.
    pub pence: i64,
}

/// Room for 2^24 regions, 2^24 matters and 2^16 periods.
const APPEARING: [u32; 2] = [40, 16];

impl CodedLines {
    /// No lines yet, with room for so many.
    #[must_use]
    pub fn with_capacity(lines: usize) -> Self {
        Self {
            lines: Vec::with_capacity(lines),
            ..Self::default()
        }
    }

    /// Adds a line.
    pub fn push(&mut self, coding: &Coding, pence: Pence) {
        let (region, matter, period) = parts(coding);
        // Beyond the room the numbers mean nothing, and grouping refuses to begin.
        let key = self.regions.number(region) << APPEARING[0]
            | self.matters.number(matter) << APPEARING[1]
            | self.periods.number(period);
        self.lines.push(CodedLine {
            key,
            pence: pence.get(),
        });
    }

    /// Adds the lines of another set, which has numbered the parts of coordinates by itself.
    pub(in crate::cube) fn append(&mut self, other: Self) {
        let regions = self.regions.numbers_of(&other.regions);
        let matters = self.matters.numbers_of(&other.matters);
        let periods = self.periods.numbers_of(&other.periods);
        // Beyond the room there is no such part, and grouping refuses to begin.
        let known = |numbers: &[u64], part: usize| numbers.get(part).copied().unwrap_or_default();
        self.lines
            .par_extend(other.lines.into_par_iter().map(|line| {
                let [region, matter, period] = appearing(line.key);
                let key = known(&regions, region) << APPEARING[0]
                    | known(&matters, matter) << APPEARING[1]
                    | known(&periods, period);
                CodedLine { key, ..line }
            }));
    }

    /// How many lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The pence of each line.
    pub fn pence(&self) -> impl Iterator<Item = Pence> + '_ {
        self.lines.iter().map(|line| Pence::new(line.pence))
    }

    /// Each line.
    pub fn iter(&self) -> impl Iterator<Item = (Coding, Pence)> + '_ {
        self.lines.iter().map(|line| {
            let [region, matter, period] = appearing(line.key);
            let coding = coding(
                self.regions.parts[region],
                self.matters.parts[matter],
                self.periods.parts[period],
            );
            (coding, Pence::new(line.pence))
        })
    }

    /// The lines with their coordinates numbered in order, and the parts of those coordinates.
    ///
    /// # Errors
    ///
    /// [`CubeError::TooManyCoordinates`].
    pub(in crate::cube) fn into_numbers(self) -> Result<(Parts, Vec<CodedLine>), CubeError> {
        let ((regions, region), (matters, matter)) =
            rayon::join(|| self.regions.in_order(), || self.matters.in_order());
        let (periods, period) = self.periods.in_order();
        let parts = Parts::new(regions, matters, periods);
        parts.check()?;
        let layout = Layout::of(&parts);
        let mut lines = self.lines;
        lines.par_iter_mut().for_each(|line| {
            let [r, m, p] = appearing(line.key);
            line.key = layout.key(region[r], matter[m], period[p]);
        });
        Ok((parts, lines))
    }
}

/// Region, matter and period of a key whose parts are numbered as they appeared.
fn appearing(key: u64) -> [usize; 3] {
    [
        key >> APPEARING[0],
        (key >> APPEARING[1]) & (MATTERS as u64 - 1),
        key & (PERIODS as u64 - 1),
    ]
    .map(|number| number as usize)
}

const _: () = assert!(REGIONS == 1 << (64 - APPEARING[0]));

impl FromIterator<(Coding, Pence)> for CodedLines {
    fn from_iter<I: IntoIterator<Item = (Coding, Pence)>>(lines: I) -> Self {
        let mut coded = Self::default();
        coded.extend(lines);
        coded
    }
}

impl Extend<(Coding, Pence)> for CodedLines {
    fn extend<I: IntoIterator<Item = (Coding, Pence)>>(&mut self, lines: I) {
        for (coding, pence) in lines {
            self.push(&coding, pence);
        }
    }
}

/// Parts of coordinates, numbered as they appear.
#[derive(Clone, Debug)]
struct Numbers<T> {
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
    fn number(&mut self, part: T) -> u64 {
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
    fn numbers_of(&mut self, other: &Self) -> Vec<u64> {
        other.parts.iter().map(|&part| self.number(part)).collect()
    }

    /// The parts in order, and for each number the index in that order.
    fn in_order(self) -> (Vec<T>, Vec<u32>) {
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
