//! Both contenders held against each other before anything is timed.

use super::{BITS, Fallible, KEYS, Numbers};
use crate::ours::{self, Row};
use polars::prelude::*;
use std::collections::BTreeMap;
use wholeplace::cube::Cube;
use wholeplace::polars;

/// To the penny, record by record.
pub fn records(cube: &Cube, numbers: &Numbers, frame: &DataFrame) -> Fallible<()> {
    // A record as one number.
    let packed = |codes: [u32; KEYS.len()]| {
        let codes = codes.into_iter().zip(BITS);
        codes.fold(0u64, |packed, (code, bits)| {
            (packed << bits) | (u64::from(code) % (1 << bits))
        })
    };
    let mut ours: Vec<(u64, i64, u32)> = ours::records(cube)
        .map(|record| {
            let key = packed(numbers.of(&record.coding));
            (key, record.pence.get(), record.lines as u32)
        })
        .collect();
    ours.sort_unstable();
    let mut columns = Vec::new();
    for name in KEYS {
        columns.push(frame.column(name)?.cast(&DataType::UInt32)?);
    }
    let columns = columns.iter().map(Column::u32);
    let columns: Vec<_> = columns.collect::<PolarsResult<_>>()?;
    // The integer below a decimal of pounds is its pence.
    let pence = frame.column("pence")?.to_physical_repr();
    let (pence, lines) = (pence.i128()?, frame.column("lines")?.u64()?);
    let mut theirs: Vec<(u64, i64, u32)> = (0..frame.height())
        .map(|row| {
            let key = packed(std::array::from_fn(|axis| columns[axis].get(row).unwrap()));
            let (pence, lines) = (pence.get(row).unwrap(), lines.get(row).unwrap());
            (key, pence as i64, lines as u32)
        })
        .collect();
    theirs.sort_unstable();
    assert_eq!(ours.len(), theirs.len());
    let differs = ours.iter().zip(&theirs).find(|(one, other)| one != other);
    assert_eq!(differs, None, "records agree to the penny");
    Ok(())
}

/// Holds rows of the crate against a frame: every row of money, and no other.
///
/// The crate's exact figure is given to four decimals of a pound, and a tenth more than those is allowed. A float has
/// 15 digits, and a sum of millions of them, added in an order that threads decide, loses some: of large sums a part
/// in 10^12 is allowed too.
pub fn rows(ours: Vec<Row<'_>>, frame: &DataFrame, by: &[(&str, &[String])]) -> Fallible<usize> {
    let pounds = frame.column("pounds")?.f64()?;
    let mut columns = Vec::new();
    for (name, _) in by {
        columns.push(frame.column(name)?.cast(&DataType::UInt32)?);
    }
    let columns = columns.iter().map(Column::u32);
    let columns: Vec<_> = columns.collect::<PolarsResult<_>>()?;
    let mut theirs: BTreeMap<Vec<&str>, f64> = (0..frame.height())
        .map(|row| {
            let key = (columns.iter().zip(by))
                .map(|(column, (_, codes))| codes[column.get(row).unwrap() as usize].as_str())
                .collect();
            (key, pounds.get(row).unwrap())
        })
        .collect();
    let tolerance = |pounds: f64| 1.1e-4 + pounds.abs() * 1e-12;
    let compared = ours.len();
    for (key, pounds) in ours {
        let found = theirs.remove(&key).unwrap_or(0.0);
        assert!(
            (pounds - found).abs() <= tolerance(pounds),
            "{key:?}: {pounds} here, {found} in plain polars"
        );
    }
    for (key, pounds) in theirs {
        assert!(
            pounds.abs() <= tolerance(0.0),
            "{key:?}: {pounds} only in plain polars"
        );
    }
    Ok(compared)
}
