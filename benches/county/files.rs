//! The payments as files: CSV as partners publish it, Parquet as a warehouse exports it.

use super::payments::Payee;
use super::{County, Payment, YEARS};
use polars::prelude::*;
use rayon::prelude::*;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use wholeplace::polars;

#[derive(Clone, Copy)]
pub enum Kind {
    Csv,
    Parquet,
}

impl Kind {
    pub fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

type Fault = Box<dyn Error + Send + Sync>;

/// Years side by side; of each no more than a batch of lines is held.
pub(super) fn write(county: &County, kind: Kind, files: &[PathBuf]) -> Result<(), Box<dyn Error>> {
    let write_year = |(year, file): (usize, &PathBuf)| match kind {
        Kind::Csv => write_csv(county, year, file),
        Kind::Parquet => write_parquet(county, year, file),
    };
    let written: Result<(), Fault> = files.par_iter().enumerate().try_for_each(write_year);
    written.map_err(|fault| fault as Box<dyn Error>)
}

const HEADER: &[u8] =
    b"Payment Date,Body,Service Code,Ages,Client Group,Area,Supplier,Reference,Net Amount\n";

fn write_csv(county: &County, year: usize, path: &Path) -> Result<(), Fault> {
    let mut file = BufWriter::with_capacity(1 << 20, File::create(path)?);
    file.write_all(HEADER)?;
    let words = &county.words;
    for payment in county.payments(year) {
        let centre = payment.centre;
        let (calendar, month) = payment.calendar();
        write!(
            file,
            "{:02}/{month:02}/{calendar},{},{},{},{},{},",
            payment.day,
            words.partners[usize::from(centre.partner)],
            words.codes[usize::from(centre.code)],
            words.ages[usize::from(centre.ages)],
            words.groups[usize::from(centre.group)],
            words.localities[usize::from(centre.locality)],
        )?;
        match payment.payee {
            Payee::Partner(other) => write!(file, "{}", words.bodies[usize::from(other)])?,
            Payee::Supplier(number) => write!(file, "Supplier {number:05} Limited")?,
        }
        let (sign, size) = (
            ["", "-"][usize::from(payment.pence < 0)],
            payment.pence.abs(),
        );
        writeln!(
            file,
            ",PV{},{sign}{}.{:02}",
            payment.reference,
            size / 100,
            size % 100
        )?;
    }
    file.flush()?;
    Ok(())
}

/// Rows of a batch, and of a row group.
const BATCH: usize = 250_000;

fn write_parquet(county: &County, year: usize, path: &Path) -> Result<(), Fault> {
    let mut payments = county.payments(year).peekable();
    let mut batch = Vec::with_capacity(BATCH);
    let empty = frame(county, &[])?;
    let mut writer = ParquetWriter::new(File::create(path)?)
        .with_compression(ParquetCompression::Snappy)
        .batched(empty.schema())?;
    while payments.peek().is_some() {
        batch.clear();
        batch.extend(payments.by_ref().take(BATCH));
        writer.write_batch(&frame(county, &batch)?)?;
    }
    writer.finish()?;
    Ok(())
}

fn frame(county: &County, batch: &[Payment]) -> PolarsResult<DataFrame> {
    let words = &county.words;
    let text = |name: &str, words: &[String], of: fn(&Payment) -> usize| {
        let cells: Vec<&str> = batch
            .iter()
            .map(|payment| words[of(payment)].as_str())
            .collect();
        Column::new(name.into(), cells)
    };
    let written = |name: &str, of: &dyn Fn(&mut String, &Payment)| {
        let mut cell = String::new();
        let cells = batch.iter().map(|payment| {
            cell.clear();
            of(&mut cell, payment);
            Some(cell.as_str().to_owned())
        });
        StringChunked::from_iter_options(name.into(), cells).into_column()
    };
    let days: Vec<i32> = batch.iter().map(day).collect();
    let pence: Vec<i128> = batch.iter().map(|payment| payment.pence.into()).collect();
    let columns = vec![
        Column::new("Payment Date".into(), days).cast(&DataType::Date)?,
        text("Body", &words.partners, |p| p.centre.partner.into()),
        text("Service Code", &words.codes, |p| p.centre.code.into()),
        text("Ages", &words.ages, |p| p.centre.ages.into()),
        text("Client Group", &words.groups, |p| p.centre.group.into()),
        text("Area", &words.localities, |p| p.centre.locality.into()),
        written("Supplier", &|cell, payment| {
            _ = match payment.payee {
                Payee::Partner(other) => write!(cell, "{}", words.bodies[usize::from(other)]),
                Payee::Supplier(number) => write!(cell, "Supplier {number:05} Limited"),
            };
        }),
        written("Reference", &|cell, payment| {
            _ = write!(cell, "PV{}", payment.reference);
        }),
        Int128Chunked::from_vec("Net Amount".into(), pence)
            .into_decimal(18, 2)?
            .into_column(),
    ];
    DataFrame::new(batch.len(), columns)
}

/// Days since 1970.
fn day(payment: &Payment) -> i32 {
    let (calendar, month) = payment.calendar();
    // Years from March, so that the leap day is the last one.
    let (year, from_march) = (calendar - i32::from(month < 3), (month as i32 + 9) % 12);
    let leap_days = year / 4 - year / 100 + year / 400;
    let before = 365 * year + leap_days + (153 * from_march + 2) / 5;
    before + i32::from(payment.day) - 1 - 719_468
}

/// A line for each word of each column, so that one short file says what all words mean.
pub(super) fn write_words(county: &County, path: &Path) -> Result<usize, Box<dyn Error>> {
    let words = &county.words;
    let columns = [&words.codes, &words.ages, &words.groups, &words.localities];
    let rows = columns.iter().map(|column| column.len()).max().unwrap_or(0);
    let mut file = BufWriter::new(File::create(path)?);
    file.write_all(HEADER)?;
    for row in 0..rows {
        let [code, ages, group, locality] = columns.map(|column| &column[row % column.len()]);
        let partners = &words.partners;
        let partner = &partners[row % partners.len()];
        // Paid to the next partner: none pays itself.
        let body = &words.bodies[(row + 1) % partners.len()];
        writeln!(
            file,
            "01/04/{},{partner},{code},{ages},{group},{locality},{body},PV{row},1.00",
            &YEARS[0][..4]
        )?;
    }
    file.flush()?;
    Ok(rows)
}
