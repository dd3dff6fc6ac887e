//! The one door to what polars does with many threads: reading, writing, collecting.
//!
//! polars has threads of its own. Where a worker of a parallel loop of ours calls it, that worker
//! waits for them, and while it waits rayon gives it the next page or file to do, on top of the
//! stack it stands on: a site of 600 pages or a ledger of 700 files would need a stack as deep as
//! that. So a worker never calls polars: a thread of its own does, while the worker sleeps.
//!
//! Nothing outside this file names a reader or a writer of polars
//! (`tests/house/architecture.rs`).

use polars::io::parquet::metadata::FileMetadata;
use polars::prelude::{
    ArrowSchema, Column, DataFrame, KeyValueMetadata, ParquetCompression, ParquetReader,
    ParquetWriter, PolarsError, PolarsResult, SerReader,
};
use polars::prelude::{FileMetadataRef, polars_bail};
use std::io::Cursor;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread::Builder;

/// Calls polars from no worker of a parallel loop; its panics, which damaged bytes bring about, are
/// errors.
pub(crate) fn apart<T: Send>(call: impl FnOnce() -> PolarsResult<T> + Send) -> PolarsResult<T> {
    let guarded = || catch_unwind(AssertUnwindSafe(call)).unwrap_or_else(|_| Err(damaged()));
    if rayon::current_thread_index().is_none() {
        return guarded();
    }
    std::thread::scope(|scope| {
        match Builder::new()
            .spawn_scoped(scope, guarded)
            .map(|thread| thread.join())
        {
            Ok(Ok(done)) => done,
            Ok(Err(_)) => Err(damaged()),
            Err(error) => polars_bail!(ComputeError: "no thread could be started: {error}"),
        }
    })
}

/// The footer of a Parquet file.
pub(crate) fn footer(bytes: &[u8]) -> PolarsResult<FileMetadataRef> {
    apart(|| {
        ParquetReader::new(Cursor::new(bytes))
            .get_metadata()
            .cloned()
    })
}

/// The names and types of the columns of a Parquet file, as its footer has them.
pub(crate) fn schema(footer: &FileMetadataRef) -> PolarsResult<Arc<ArrowSchema>> {
    apart(|| {
        let mut reader = ParquetReader::new(Cursor::new(&[]));
        reader.set_metadata(FileMetadataRef::clone(footer));
        reader.schema()
    })
}

/// All rows of a Parquet file.
pub(crate) fn rows_of(bytes: &[u8]) -> PolarsResult<DataFrame> {
    decoded(ParquetReader::new(Cursor::new(bytes)), None)
}

/// Some columns of the rows that this footer has. Their types are those of the footer.
pub(crate) fn columns_of(
    bytes: &[u8],
    footer: &FileMetadataRef,
    columns: &[usize],
) -> PolarsResult<DataFrame> {
    let rows = footer.num_rows;
    let mut reader = ParquetReader::new(Cursor::new(bytes))
        .with_slice(Some((0, rows)))
        .with_projection(Some(columns.to_vec()));
    reader.set_metadata(FileMetadataRef::clone(footer));
    decoded(reader, Some(rows))
}

/// The footer of a file that has only some of its groups of rows: what is decoded by it opens no
/// other.
pub(crate) fn of_groups(footer: &FileMetadata, groups: Range<usize>) -> FileMetadataRef {
    let groups = footer.row_groups.get(groups).unwrap_or_default().to_vec();
    Arc::new(FileMetadata {
        num_rows: groups.iter().map(|group| group.num_rows()).sum(),
        row_groups: groups,
        key_value_metadata: footer.key_value_metadata.clone(),
        schema_descr: footer.schema_descr.clone(),
        column_orders: footer.column_orders.clone(),
        footer_buf: footer.footer_buf.clone(),
        created_by: footer.created_by.clone(),
        ..*footer
    })
}

/// What a reader decodes; each column is in one piece.
fn decoded(reader: ParquetReader<Cursor<&[u8]>>, rows: Option<usize>) -> PolarsResult<DataFrame> {
    apart(|| {
        let mut frame = reader.finish()?;
        frame.rechunk_mut();
        // Of damaged bytes it may make columns of different lengths, and read beyond the shorter.
        let height = rows.unwrap_or(frame.height());
        let held = |column: &Column| {
            let chunks = column.as_materialized_series().chunks();
            chunks.iter().map(|chunk| chunk.len()).sum::<usize>()
        };
        if frame.height() != height || frame.columns().iter().any(|column| held(column) != height) {
            return Err(damaged());
        }
        Ok(frame)
    })
}

/// A frame as the bytes of a Parquet file, with texts under keys.
pub(crate) fn written(
    mut frame: DataFrame,
    compression: ParquetCompression,
    keys: Option<KeyValueMetadata>,
) -> PolarsResult<Vec<u8>> {
    apart(|| {
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes)
            .with_compression(compression)
            .with_key_value_metadata(keys)
            .finish(&mut frame)?;
        Ok(bytes)
    })
}

/// What is said of bytes that contradict each other.
pub(super) fn damaged() -> PolarsError {
    PolarsError::ComputeError("its parts contradict each other".into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use rayon::prelude::*;

    #[test]
    fn a_worker_never_calls_polars_itself() {
        let called_by_a_worker = || apart(|| Ok(rayon::current_thread_index().is_some()));
        let told: Vec<bool> = (0..8)
            .into_par_iter()
            .map(|_| called_by_a_worker().unwrap())
            .collect();
        assert_eq!(told, [false; 8]);
        assert!(!called_by_a_worker().unwrap());
        let damaged: PolarsResult<()> = (0..1)
            .into_par_iter()
            .map(|_| apart(|| panic!("as polars does")))
            .collect();
        assert!(damaged.is_err());
    }
}
