//! Records as the table of a Parquet file.

use crate::cube::parts::{Layout, Parts};
use crate::cube::records::Records;
use crate::sheet::{self, groups_of_rows};
use polars::prelude::*;

const REGION: &str = "region";
const MATTER: &str = "matter";
const PERIOD: &str = "period";
const PENCE: &str = "pence";
const LINES: &str = "lines";

/// The records with texts under keys, as the bytes of a Parquet file.
pub(super) fn written(records: &Records, keys: Vec<(String, String)>) -> Result<Vec<u8>, String> {
    let mut regions: Vec<u32> = Vec::with_capacity(records.len());
    for (number, region) in (0..).zip(0..records.parts.regions.len()) {
        let end = regions.len() + records.of_region(region).len();
        regions.resize(end, number);
    }
    let table = || -> PolarsResult<Vec<u8>> {
        let columns = vec![
            Column::new(REGION.into(), regions),
            Column::new(MATTER.into(), &records.matters),
            Column::new(PERIOD.into(), &records.periods),
            Column::new(PENCE.into(), &records.pence),
            Column::new(LINES.into(), &records.lines),
        ];
        let table = DataFrame::new(records.len(), columns)?;
        let keys = KeyValueMetadata::from_static(keys);
        sheet::written(table, ParquetCompression::Zstd(None), Some(keys))
    };
    table().map_err(|error| error.to_string())
}

/// A Parquet file whose bytes are those that were written. The seal keeps accidents from polars;
/// bytes that somebody sealed on purpose are an error like any other.
pub(super) struct Columns<'a> {
    bytes: &'a [u8],
    footer: FileMetadataRef,
}

impl<'a> Columns<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Result<Self, String> {
        groups_of_rows(bytes).map_err(|error| error.to_string())?;
        let footer = sheet::footer(bytes).map_err(|error| error.to_string())?;
        Ok(Self { bytes, footer })
    }

    /// The text under a key.
    pub(super) fn text(&self, key: &str) -> Result<&str, String> {
        let mut pairs = self.footer.key_value_metadata.iter().flatten();
        let pair = pairs.find(|pair| pair.key == key);
        let text = pair.and_then(|pair| pair.value.as_deref());
        text.ok_or_else(|| format!("it has no `{key}`"))
    }

    /// The records over their parts.
    pub(super) fn records(self, parts: Parts, count: u64) -> Result<Records, String> {
        let said = |error: PolarsError| error.to_string();
        // Before anything is made room for.
        let rows = self.footer.num_rows;
        if rows as u64 != count {
            return Err(format!("it has {rows} records, and {count} were saved"));
        }
        let table = sheet::rows_of(self.bytes).map_err(said)?;
        let column = |name: &str| -> PolarsResult<&Column> {
            let column = table.column(name)?;
            if column.null_count() > 0 {
                polars_bail!(ComputeError: "`{name}` has empty cells");
            }
            Ok(column)
        };
        let regions = values(column(REGION).and_then(Column::u32).map_err(said)?, rows);
        let matters = values(column(MATTER).and_then(Column::u32).map_err(said)?, rows);
        let periods = values(column(PERIOD).and_then(Column::u16).map_err(said)?, rows);
        let pence = values(column(PENCE).and_then(Column::i64).map_err(said)?, rows);
        let lines = values(column(LINES).and_then(Column::u32).map_err(said)?, rows);
        drop(table);
        let layout = Layout::of(&parts);
        let known = |number: usize, parts: usize| number < parts;
        let mut keys: Vec<u64> = Vec::with_capacity(rows);
        for ((&region, &matter), &period) in regions.iter().zip(&matters).zip(&periods) {
            let there = known(region as usize, parts.regions.len())
                && known(matter as usize, parts.matters.len())
                && known(usize::from(period), parts.periods.len());
            let key = layout.key(region, matter, period.into());
            if !there || keys.last().is_some_and(|&last| last >= key) {
                return Err(format!("record {} is not in its place", keys.len() + 1));
            }
            keys.push(key);
        }
        if !parts.are_all_in(&keys) || lines.contains(&0) {
            return Err("something in its header has no record, or a record no line".to_owned());
        }
        Ok(Records::of(parts, keys.into_iter(), pence, lines))
    }
}

/// The cells of a column without empty ones.
fn values<T: PolarsNumericType>(column: &ChunkedArray<T>, rows: usize) -> Vec<T::Native> {
    let mut values = Vec::with_capacity(rows);
    for part in column.downcast_iter() {
        values.extend_from_slice(part.values().as_slice());
    }
    values
}
