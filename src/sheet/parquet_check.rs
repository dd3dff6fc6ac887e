//! Parquet without trust: polars panics on some bytes that nobody wrote, or asks for more memory
//! than there is, and holds no page against its checksum. A damaged file is to be a fault with a
//! remedy.
//!
//! | What | At most |
//! |---|---|
//! | cells of a group of rows, all columns | 2^26, and 16 for each of its bytes |
//! | a page, unpacked | 64 MiB, and a thousand times its bytes |

use super::polars_door::{damaged, footer};
use polars::prelude::{FileMetadataRef, PolarsError, PolarsResult, polars_bail};
use polars_parquet_format::thrift::protocol::TCompactInputProtocol;
use polars_parquet_format::{PageHeader, PageType};
use std::ops::Range;

/// The rows of each group of a file whose pages hold as many values as the footer says: room is
/// made for what they say before a value is read, and a count below zero asks for all there is.
pub(crate) fn groups_of_rows(bytes: &[u8]) -> PolarsResult<Vec<usize>> {
    groups_under(&footer(bytes)?, bytes)
}

/// The same for a file whose footer is read already.
pub(super) fn groups_under(footer: &FileMetadataRef, bytes: &[u8]) -> PolarsResult<Vec<usize>> {
    let mut groups = Vec::new();
    for group in &footer.row_groups {
        let columns = group.parquet_columns();
        let held = columns
            .iter()
            .map(|column| column.byte_range())
            .try_fold(0_u64, |sum, range| {
                sum.checked_add(range.end.checked_sub(range.start)?)
            });
        let cells = (group.num_rows() as u64).saturating_mul(columns.len() as u64);
        let most = (held.ok_or_else(damaged)?.saturating_mul(16)).saturating_add(1 << 26);
        if held.is_some_and(|held| held > bytes.len() as u64) || cells > most {
            polars_bail!(ComputeError: "a group of its rows says that it has {cells} cells; write it in smaller groups of rows");
        }
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
        let page = bytes.get(..here).ok_or_else(damaged)?;
        if unpacked as u64 > (64 << 20) + 1_000 * here as u64 {
            polars_bail!(ComputeError: "a page unpacks to a thousand times its size");
        }
        if header
            .crc
            .is_some_and(|crc| crc32fast::hash(page).cast_signed() != crc)
        {
            polars_bail!(ComputeError: "a page is not what its checksum says: it was damaged on the way");
        }
        if let Some(second) = &header.data_page_header_v2 {
            let levels = size(second.definition_levels_byte_length)?
                .checked_add(size(second.repetition_levels_byte_length)?);
            let sound = levels.is_some_and(|levels| levels <= here && levels <= unpacked)
                && second.num_nulls >= 0
                && second.num_nulls <= second.num_values
                && second.num_rows >= 0;
            if !sound {
                return Err(damaged());
            }
        }
        // A page is of one kind, which its header says twice.
        let kinds = [
            (
                header.type_ == PageType::DATA_PAGE,
                header.data_page_header.is_some(),
            ),
            (
                header.type_ == PageType::DATA_PAGE_V2,
                header.data_page_header_v2.is_some(),
            ),
            (
                header.type_ == PageType::DICTIONARY_PAGE,
                header.dictionary_page_header.is_some(),
            ),
        ];
        if kinds.iter().any(|(said, there)| said != there) {
            return Err(damaged());
        }
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
