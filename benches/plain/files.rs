//! Payment files → records in plain polars: scanned, joined with what each word means, grouped.
//!
//! polars does less: no row is judged (a total row would be added), no position is kept, nothing
//! is reconciled, no unknown code is listed, and amounts are read only in their plain form.

use super::{NONE, Numbers, codes};
use crate::county::coded::Meanings;
use crate::county::{FIRST_YEAR, Files, Kind};
use polars::prelude::*;
use std::path::PathBuf;
use std::sync::Arc;
use wholeplace::axis::{Ages, Placed};
use wholeplace::polars;

/// For each column of texts that says something, what each text means.
pub struct Maps {
    maps: [(&'static str, &'static str, DataFrame); 6],
    all_ages: u32,
    everyone: u32,
}

impl Maps {
    pub fn new(meanings: &Meanings, numbers: &Numbers) -> PolarsResult<Self> {
        fn map<T: Copy>(
            column: &'static str,
            code: &'static str,
            words: &[(String, T)],
            of: impl Fn(T) -> u32,
        ) -> PolarsResult<(&'static str, &'static str, DataFrame)> {
            // An empty cell is no text in polars.
            let words = words.iter().filter(|(word, _)| !word.is_empty());
            let texts: Vec<&str> = words.clone().map(|(word, _)| word.as_str()).collect();
            let texts = Column::new(column.into(), texts);
            let codes = codes(code, words.map(|(_, meaning)| of(*meaning)));
            Ok((
                column,
                code,
                DataFrame::new(texts.len(), vec![texts, codes])?,
            ))
        }
        let (partners, groups) = (&meanings.partners, &meanings.groups);
        Ok(Self {
            maps: [
                map("Body", "partner", partners, |p| numbers.partner(p))?,
                map("Service Code", "mix", &meanings.codes, |mix| {
                    numbers.mixes[&mix]
                })?,
                map("Ages", "ages", &meanings.ages, |ages| numbers.ages(ages))?,
                map("Client Group", "group", groups, |group| {
                    numbers.group(group)
                })?,
                map("Area", "locality", &meanings.localities, |l| {
                    numbers.locality(l)
                })?,
                map("Supplier", "flow", &meanings.bodies, |flow| {
                    numbers.flow(flow)
                })?,
            ],
            all_ages: numbers.ages(Placed::On(Ages::ALL)),
            everyone: numbers.group(groups[0].1),
        })
    }

    /// What no text, or one that says nothing, means.
    pub fn otherwise(&self, code: &str) -> u32 {
        match code {
            "ages" => self.all_ages,
            "group" => self.everyone,
            _ => NONE,
        }
    }

    /// The frames, for others to join.
    pub fn frames(&self) -> impl Iterator<Item = (&str, &DataFrame)> {
        self.maps.iter().map(|(_, code, frame)| (*code, frame))
    }

    /// The records of the files.
    pub fn records(&self, files: &Files, kind: Kind) -> PolarsResult<LazyFrame> {
        let mut lines = match kind {
            Kind::Csv => csv(&files.files)?,
            Kind::Parquet => parquet(&files.files)?,
        };
        let mut empty = Vec::new();
        for (column, code, map) in &self.maps {
            let on = [col(*column)];
            let how = JoinArgs::new(JoinType::Left);
            lines = lines.join(map.clone().lazy(), on.clone(), on, how);
            empty.push(col(*code).fill_null(lit(self.otherwise(code) as u16)));
        }
        let date = || col("Payment Date").dt();
        let year = date().year() - lit(i32::from(FIRST_YEAR));
        let month = year * lit(12) + date().month().cast(DataType::Int32) - lit(4);
        empty.push(month.cast(DataType::UInt16).alias("month"));
        // A decimal is its pence; to say so costs nothing, and a sum of decimals is exact too.
        empty.push(col("Net Amount").alias("pence"));
        Ok(grouped_decimals(lines.select(empty)))
    }
}

/// As [`super::grouped`], of pounds with two decimals.
fn grouped_decimals(lines: LazyFrame) -> LazyFrame {
    let keys: Vec<Expr> = super::KEYS.iter().copied().map(col).collect();
    lines.group_by(keys).agg([
        col("pence").sum(),
        len().cast(DataType::UInt64).alias("lines"),
    ])
}

fn paths(files: &[PathBuf]) -> ScanSources {
    let paths = files.iter().filter_map(|file| file.to_str());
    ScanSources::Paths(paths.map(PlRefPath::new).collect())
}

fn csv(files: &[PathBuf]) -> PolarsResult<LazyFrame> {
    let texts = [
        "Body",
        "Service Code",
        "Ages",
        "Client Group",
        "Area",
        "Supplier",
        "Reference",
    ];
    let fields = (texts.iter()).map(|name| Field::new((*name).into(), DataType::String));
    let types = Schema::from_iter(fields.chain([
        Field::new("Payment Date".into(), DataType::Date),
        Field::new("Net Amount".into(), DataType::Decimal(18, 2)),
    ]));
    LazyCsvReader::new_with_sources(paths(files))
        .with_dtype_overwrite(Some(Arc::new(types)))
        .with_try_parse_dates(true)
        .finish()
}

fn parquet(files: &[PathBuf]) -> PolarsResult<LazyFrame> {
    LazyFrame::scan_parquet_sources(paths(files), ScanArgsParquet::default())
}
