//! Numbers for pairs of a bucket of matters and a bucket of periods.

use foldhash::fast::FixedState;
use std::collections::HashMap;

/// No number, and the bucket of what lies outside the slice.
pub const OUT: u32 = u32::MAX;

/// A number for each pair; [`OUT`] where there is none yet.
#[derive(Debug)]
pub enum PairTable {
    Table {
        numbers: Vec<u32>,
        periods: usize,
    },
    /// More pairs than a table is good for.
    Map(HashMap<(u32, u32), u32, FixedState>),
}

impl PairTable {
    const TABLE: usize = 1 << 24;

    /// Without any number, for so many buckets.
    pub fn new(matters: usize, periods: usize) -> Self {
        match matters.checked_mul(periods) {
            Some(size) if size <= Self::TABLE => Self::Table {
                numbers: vec![OUT; size],
                periods,
            },
            _ => Self::Map(HashMap::default()),
        }
    }

    pub fn number(&mut self, matter: u32, period: u32) -> &mut u32 {
        match self {
            Self::Table { numbers, periods } => {
                &mut numbers[matter as usize * *periods + period as usize]
            }
            Self::Map(numbers) => numbers.entry((matter, period)).or_insert(OUT),
        }
    }

    pub fn get(&self, matter: u32, period: u32) -> u32 {
        match self {
            Self::Table { numbers, periods } => {
                numbers[matter as usize * *periods + period as usize]
            }
            Self::Map(numbers) => numbers.get(&(matter, period)).copied().unwrap_or(OUT),
        }
    }

    /// Takes back the numbers of these pairs, which are all that have any.
    pub fn forget(&mut self, pairs: impl Iterator<Item = (u32, u32)>) {
        match self {
            Self::Table { numbers, periods } => {
                for (matter, period) in pairs {
                    numbers[matter as usize * *periods + period as usize] = OUT;
                }
            }
            Self::Map(numbers) => numbers.clear(),
        }
    }
}
