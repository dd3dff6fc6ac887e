//! The account as an analyst would hold it in plain polars: records, parts of mixes and shares as
//! three frames of integers and floats, joined and summed.
//!
//! Nothing is closed here, no class of evidence is kept, no line is counted and no gap is told:
//! what polars is timed on is less than what an answer holds.
//!
//! polars is at its best here, as far as it can be built on stable Rust: the allocator is
//! mimalloc, frames stand ready in memory with columns as narrow as their codes, and whatever can
//! be added up before a join is. Both of its engines are in the build (the features `csv` and
//! `parquet` bring the streaming one); each bench names the one that was quicker.
#![allow(dead_code, reason = "no bench uses all of it")]

use polars::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use wholeplace::axis::{Ages, LocalityId, MemberId, Period, Placed};
use wholeplace::counterparty::FlowId;
use wholeplace::crosswalk::{Coding, MixId};
use wholeplace::cube::Cube;
use wholeplace::place::Place;
use wholeplace::polars;

use crate::ours;

pub mod agree;
pub mod ask;
pub mod files;
pub mod shares;

/// What is not known, or is not there.
pub const NONE: u32 = 0xffff;

/// The codes of a record that lines are grouped by.
pub const KEYS: [&str; 7] = [
    "partner", "mix", "ages", "group", "locality", "flow", "month",
];

/// Bits in which each of [`KEYS`] has room, what is not known included.
pub const BITS: [u32; KEYS.len()] = [4, 10, 14, 5, 9, 4, 6];

/// Numbers for the members of a place, which the crate keeps to itself.
pub struct Numbers {
    pub partners: BTreeMap<MemberId, u32>,
    pub mixes: BTreeMap<MixId, u32>,
    groups: BTreeMap<MemberId, u32>,
    pub localities: BTreeMap<LocalityId, u32>,
    flows: BTreeMap<FlowId, u32>,
    start: Period,
}

impl Numbers {
    pub fn new(place: &Place, years: Period) -> Self {
        let axes = place.axes();
        let localities: BTreeSet<LocalityId> = (axes.localities.levels().into_iter())
            .flat_map(|level| axes.localities.at_level(level))
            .collect();
        let flows = place.counterparties().flows().iter();
        Self {
            partners: (axes.partners.iter().map(|(id, _)| id).zip(0..)).collect(),
            mixes: place.mixes().iter().map(|(id, _)| id).zip(0..).collect(),
            groups: axes.groups.iter().map(|(id, _)| id).zip(0..).collect(),
            localities: localities.into_iter().zip(0..).collect(),
            flows: flows.map(|(id, _)| id).zip(0..).collect(),
            start: years,
        }
    }

    pub fn partner(&self, partner: Placed<MemberId>) -> u32 {
        number(partner, |id| self.partners[&id])
    }

    pub fn ages(&self, ages: Placed<Ages>) -> u32 {
        number(ages, |ages| {
            u32::from(ages.youngest()) << 7 | u32::from(ages.oldest())
        })
    }

    pub fn group(&self, group: Placed<MemberId>) -> u32 {
        number(group, |id| self.groups[&id])
    }

    pub fn locality(&self, locality: Placed<LocalityId>) -> u32 {
        number(locality, |id| self.localities[&id])
    }

    pub fn flow(&self, flow: FlowId) -> u32 {
        self.flows.get(&flow).copied().unwrap_or(NONE)
    }

    /// Months since the start of the account: all lines are of one month each.
    pub fn month(&self, period: Placed<Period>) -> u32 {
        let month = period.member().and_then(|period| {
            let first = Period::month(crate::county::FIRST_YEAR, 4).ok()?;
            let first = first.through(period).ok()?;
            Some(u32::from(first.months()) - 1)
        });
        month.unwrap_or(NONE)
    }

    /// In the order of [`KEYS`].
    pub fn of(&self, coding: &Coding) -> [u32; KEYS.len()] {
        [
            self.partner(coding.partner),
            self.mixes[&coding.activity],
            self.ages(coding.ages),
            self.group(coding.group),
            self.locality(coding.locality),
            self.flow(coding.flow),
            self.month(coding.period),
        ]
    }
}

fn number<T: Copy>(place: Placed<T>, of: impl Fn(T) -> u32) -> u32 {
    place.member().map_or(NONE, of)
}

/// A column of codes, as narrow as they all are.
pub fn codes(name: &str, codes: impl Iterator<Item = u32>) -> Column {
    let codes: Vec<u16> = codes.map(|code| code as u16).collect();
    Column::new(name.into(), codes)
}

/// Coded lines or records as a frame: [`KEYS`] and pence.
pub fn frame(
    numbers: &Numbers,
    lines: impl Iterator<Item = (Coding, i64)>,
) -> PolarsResult<DataFrame> {
    let mut columns: [Vec<u16>; KEYS.len()] = Default::default();
    let mut sums = Vec::new();
    for (coding, pence) in lines {
        for (column, code) in columns.iter_mut().zip(numbers.of(&coding)) {
            column.push(code as u16);
        }
        sums.push(pence);
    }
    let height = sums.len();
    let columns = (KEYS.iter().zip(columns))
        .map(|(name, codes)| Column::new((*name).into(), codes))
        .chain([Column::new("pence".into(), sums)]);
    DataFrame::new(height, columns.collect())
}

/// The records of a cube as a frame, in its order, with the year of each.
pub fn records(cube: &Cube, numbers: &Numbers) -> PolarsResult<DataFrame> {
    let records = ours::records(cube).map(|record| (record.coding, record.pence.get()));
    frame(numbers, records)?
        .lazy()
        .with_column((col("month") / lit(12u16)).alias("year"))
        .collect()
}

/// The same sums of lines in plain polars. Pence as 128-bit integers, as the crate sums them: sums of 64
/// bits may wrap.
pub fn grouped(lines: LazyFrame) -> LazyFrame {
    let keys: Vec<Expr> = KEYS.iter().copied().map(col).collect();
    lines.group_by(keys).agg([
        col("pence").cast(DataType::Int128).sum(),
        len().cast(DataType::UInt64).alias("lines"),
    ])
}

/// The same, by all keys in one number: fewer bytes to hash and to compare, as somebody would do
/// who knows how many codes there are.
pub fn grouped_by_one(lines: LazyFrame) -> LazyFrame {
    let each = || KEYS.into_iter().zip(BITS.map(|bits| 1u64 << bits));
    let packed = each().fold(lit(0u64), |packed, (name, room)| {
        packed * lit(room) + col(name).cast(DataType::UInt64) % lit(room)
    });
    let mut above: u64 = BITS.iter().map(|bits| 1u64 << bits).product();
    let unpacked = each().map(|(name, room)| {
        above /= room;
        let code = col("packed") / lit(above) % lit(room);
        code.cast(DataType::UInt16).alias(name)
    });
    let unpacked: Vec<Expr> = unpacked.chain([col("pence"), col("lines")]).collect();
    lines
        .select([packed.alias("packed"), col("pence")])
        .group_by([col("packed")])
        .agg([
            col("pence").cast(DataType::Int128).sum(),
            len().cast(DataType::UInt64).alias("lines"),
        ])
        .select(unpacked)
}

pub fn collect(query: LazyFrame, engine: Engine) -> PolarsResult<DataFrame> {
    Ok(query.collect_with_engine(engine)?.unwrap_single())
}

pub type Fallible<T> = Result<T, Box<dyn Error>>;
