//! polars as an engine: it groups a column of integers and sums pence in 128 bits.

use super::{CodedLine, CubeError, GroupBy, Sums};
use crate::sheet::apart;
use polars::prelude::*;

/// Grouping by polars: another opinion on the embedded engine, and the pattern of an engine
/// elsewhere.
///
/// Money goes in as 64-bit pence and is summed in 128 bits, so that no sum can wrap: polars'
/// own sum of 64-bit integers would.
#[derive(Clone, Copy, Debug, Default)]
pub struct Polars;

const KEY: &str = "key";
const PENCE: &str = "pence";
const LINES: &str = "lines";

impl GroupBy for Polars {
    fn name(&self) -> &'static str {
        "polars"
    }

    fn group(&self, lines: Vec<CodedLine>) -> Result<Sums, CubeError> {
        if lines.is_empty() {
            return Ok(Sums::default());
        }
        grouped(&lines)
            .and_then(|frame| sums(&frame))
            .map_err(|error| CubeError::Engine {
                engine: self.name(),
                reason: error.to_string(),
            })?
    }
}

fn grouped(lines: &[CodedLine]) -> PolarsResult<DataFrame> {
    let keys: Vec<u64> = lines.iter().map(|line| line.key).collect();
    let pence: Vec<i64> = lines.iter().map(|line| line.pence).collect();
    let columns = vec![
        Column::new(KEY.into(), keys),
        Column::new(PENCE.into(), pence),
    ];
    let mut frame = DataFrame::new(lines.len(), columns)?;
    apart(|| {
        let wide = frame.column(PENCE)?.cast(&DataType::Int128)?;
        frame.with_column(wide)?;
        let groups = frame.group_by([KEY])?.select([PENCE]);
        // Said to be left to `lazy` since polars 0.24.1, and what `lazy` calls to this day.
        #[expect(deprecated, reason = "`lazy` links a client for HTTP and TLS")]
        let mut sums = groups.sum()?;
        let counts: Vec<u64> = groups
            .get_groups()
            .iter()
            .map(|group| group.len() as u64)
            .collect();
        sums.set_column_names(&[KEY, PENCE])?;
        sums.with_column(Column::new(LINES.into(), counts))?;
        Ok(sums)
    })
}

fn sums(frame: &DataFrame) -> PolarsResult<Result<Sums, CubeError>> {
    let keys = frame.column(KEY)?.u64()?;
    let pence = frame.column(PENCE)?.i128()?;
    let lines = frame.column(LINES)?.u64()?;
    let mut sums = Sums::with_capacity(frame.height());
    // No column holds a null, because none went in.
    for i in 0..frame.height() {
        let pushed = sums.push(
            keys.get(i).unwrap_or_default(),
            pence.get(i).unwrap_or_default(),
            lines.get(i).unwrap_or_default(),
        );
        if let Err(error) = pushed {
            return Ok(Err(error));
        }
    }
    Ok(Ok(sums))
}
