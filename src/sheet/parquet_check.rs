//! Parquet without trust: polars panics on some bytes that nobody wrote, or asks for more memory
//! than there is. A damaged file is to be a fault with a remedy.

use super::apart::{damaged, footer};
use polars::prelude::{PolarsError, PolarsResult, polars_bail};
use polars_parquet_format::PageHeader;
use polars_parquet_format::thrift::protocol::TCompactInputProtocol;
use std::ops::Range;

/// The rows of each group of a file whose pages hold as many values as the footer says: room is
/// made for what they say before a value is read, and a count below zero asks for all there is.
pub(crate) fn groups_of_rows(bytes: &[u8]) -> PolarsResult<Vec<usize>> {
    let mut groups = Vec::new();
    for group in &footer(bytes)?.row_groups {
        for column in group.parquet_columns() {
            let flat = column.descriptor().descriptor.max_rep_level == 0;
            let values = u64::try_from(column.num_values()).map_err(|_| damaged())?;
            if flat && values != group.num_rows() as u64 {
                polars_bail!(ComputeError: "a column has other than a value for each row");
            }
            pages_hold(part(bytes, &column.byte_range())?, values)?;
        }
        groups.push(group.num_rows());
    }
    Ok(groups)
}

fn part<'a>(bytes: &'a [u8], range: &Range<u64>) -> PolarsResult<&'a [u8]> {
    let range = usize::try_from(range.start)
        .ok()
        .zip(usize::try_from(range.end).ok());
    range
        .and_then(|(start, end)| bytes.get(start..end))
        .ok_or_else(damaged)
}

/// Walks from header to header, as the reader does, until all values are seen.
fn pages_hold(mut bytes: &[u8], values: u64) -> PolarsResult<()> {
    let mut seen = 0;
    while seen < values {
        let limit = bytes.len();
        let header =
            PageHeader::read_from_in_protocol(&mut TCompactInputProtocol::new(&mut bytes, limit))
                .map_err(|error| PolarsError::ComputeError(error.to_string().into()))?;
        let size = |said: i32| usize::try_from(said).map_err(|_| damaged());
        let (here, unpacked) = (
            size(header.compressed_page_size)?,
            size(header.uncompressed_page_size)?,
        );
        let held = (header.data_page_header.map(|page| page.num_values))
            .or(header.data_page_header_v2.map(|page| page.num_values))
            .unwrap_or(0);
        let listed = header
            .dictionary_page_header
            .map_or(0, |page| page.num_values);
        // A value of a dictionary takes a byte at least.
        if size(listed)? > unpacked {
            return Err(damaged());
        }
        seen += size(held)? as u64;
        bytes = bytes.get(here..).ok_or_else(damaged)?;
    }
    if seen > values {
        return Err(damaged());
    }
    Ok(())
}
