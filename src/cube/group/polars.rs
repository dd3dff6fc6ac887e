//! The embedded engine: polars groups integer columns and sums pence in 128 bits.

use super::coded::{AXES, decode};
use super::{CodedLines, CubeError, GroupBy, Record};
use crate::money::Pence;
use polars::prelude::*;

/// The embedded engine.
///
/// Money goes in as 64-bit pence and is summed in 128 bits, so that no sum can wrap: polars'
/// own sum of 64-bit integers would.
#[derive(Clone, Copy, Debug, Default)]
pub struct Polars;

const TAGS: &str = "tags";
const PENCE: &str = "pence";
const LINES: &str = "lines";

impl GroupBy for Polars {
    fn name(&self) -> &'static str {
        "polars"
    }

    fn group(&self, lines: &CodedLines) -> Result<Vec<Record>, CubeError> {
        if lines.is_empty() {
            return Ok(Vec::new());
        }
        grouped(lines)
            .and_then(|frame| records(&frame))
            .map_err(|error| CubeError::Engine {
                engine: self.name(),
                reason: error.to_string(),
            })?
    }
}

fn grouped(lines: &CodedLines) -> PolarsResult<DataFrame> {
    let mut columns: Vec<Column> = AXES
        .iter()
        .zip(&lines.axes)
        .map(|(name, codes)| Column::new((*name).into(), codes.as_slice()))
        .collect();
    columns.push(Column::new(TAGS.into(), lines.tags.as_slice()));
    columns.push(Column::new(PENCE.into(), lines.pence.as_slice()));
    let keys: Vec<Expr> = AXES.iter().copied().chain([TAGS]).map(col).collect();
    DataFrame::new(lines.len(), columns)?
        .lazy()
        .group_by(keys)
        .agg([
            col(PENCE).cast(DataType::Int128).sum(),
            len().cast(DataType::UInt64).alias(LINES),
        ])
        .collect()
}

fn records(frame: &DataFrame) -> PolarsResult<Result<Vec<Record>, CubeError>> {
    let mut axes = Vec::with_capacity(AXES.len());
    for name in AXES {
        axes.push(frame.column(name)?.u32()?);
    }
    let tags = frame.column(TAGS)?.u64()?;
    let pence = frame.column(PENCE)?.i128()?;
    let counts = frame.column(LINES)?.u64()?;
    // No column holds a null, because none went in.
    let record = |i: usize| {
        let codes = std::array::from_fn(|axis| axes[axis].get(i).unwrap_or_default());
        Ok(Record {
            coding: decode(codes, tags.get(i).unwrap_or_default()),
            pence: Pence::from_wide(pence.get(i).unwrap_or_default())?,
            lines: counts.get(i).unwrap_or_default(),
        })
    };
    Ok((0..frame.height()).map(record).collect())
}
