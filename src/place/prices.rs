//! The file of prices of a pack: deflators and discount schedules.

use super::Lines;
use super::files::Folders;
use super::spec::TableSpec;
use super::tables::{TableRow, read};
use crate::axis::YearKind;
use crate::finding::{Finding, Findings, Position};
use crate::price::{
    Band, Deflator, DeflatorRow, DeflatorSpec, DiscountSchedule, DiscountSpec, Discounts,
    PriceBook, YearZero,
};
use serde::Deserialize;
use toml::Spanned;

/// `prices.toml`: in whose pounds amounts are, by edition, and what later pounds are worth.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct PricesSpec {
    /// Editions of price indices. When left out, no amount can be said in other pounds.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<DeflatorTable>"))]
    deflator: Vec<Spanned<DeflatorTable>>,
    /// What pounds of later years are worth today. When left out, nothing can be appraised.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<DiscountTable>"))]
    discount: Vec<Spanned<DiscountTable>>,
}

/// `[[deflator]]`: one edition of one price index.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct DeflatorTable {
    /// Code by which proposals name it.
    code: String,
    /// Name for people.
    name: String,
    /// Which edition of it.
    edition: String,
    /// Whether its years are financial or calendar years.
    years: YearKind,
    /// Publisher, date, licence.
    source: String,
    /// Tables of `year`, `index` or `change`, and `kind`.
    tables: Vec<TableSpec>,
}

/// `[[discount]]`: a discount schedule of one edition.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct DiscountTable {
    /// Code by which proposals name it.
    code: String,
    /// Which edition of the guidance it is from.
    edition: String,
    /// What it is for. When left out, `money`.
    #[serde(default, rename = "for")]
    discounts: Discounts,
    /// Whether the first year counts in full.
    year_zero: YearZero,
    /// Publisher, date, licence.
    #[expect(dead_code, reason = "for people who read the pack")]
    source: String,
    /// Rates by years ahead.
    bands: Vec<BandTable>,
}

/// Years ahead of one rate.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
struct BandTable {
    /// The first year of it, counted from the start.
    from: u32,
    /// The last year of it.
    to: u32,
    /// `7/200`, `0.035` or `3.5%`.
    rate: String,
}

pub(super) const YEAR: [&str; 4] = ["year", "index", "change", "kind"];

/// Reads the file of prices, its text given, and reports everything that is wrong with it.
pub(super) fn open(
    file: &str,
    text: &str,
    folders: &Folders,
    findings: &mut Findings,
    fingerprints: &mut Vec<String>,
) -> PriceBook {
    let spec: PricesSpec = match toml::from_str(text) {
        Ok(spec) => spec,
        Err(error) => {
            findings.push(Finding::fault(
                "prices-unreadable",
                Position::file(file),
                error.to_string().trim_end().to_owned(),
                "mend the file; its tables are `[[deflator]]` and `[[discount]]`",
            ));
            return PriceBook::default();
        }
    };
    let lines = Lines::of(text);
    let at = |start: usize| Position::line(file, lines.at(start));
    let mut deflators: Vec<Deflator> = Vec::with_capacity(spec.deflator.len());
    for table in spec.deflator {
        let position = at(table.span().start);
        let table = table.into_inner();
        let mut rows = Vec::new();
        for part in &table.tables {
            let read = read(part, &YEAR, &position, folders, findings, fingerprints);
            rows.extend(read.into_iter().map(deflator_row));
        }
        let same =
            |known: &Deflator| known.code() == table.code && known.edition() == table.edition;
        if deflators.iter().any(same) {
            findings.push(given_twice(&table.code, &table.edition, &position));
        }
        let spec = DeflatorSpec {
            code: table.code,
            name: table.name,
            edition: table.edition,
            years: table.years,
            source: table.source,
            position,
        };
        let (deflator, faults) = Deflator::build(spec, &rows);
        findings.append(faults);
        deflators.push(deflator);
    }
    let mut discounts: Vec<DiscountSchedule> = Vec::with_capacity(spec.discount.len());
    for table in spec.discount {
        let position = at(table.span().start);
        let table = table.into_inner();
        let same = |known: &DiscountSchedule| {
            known.code() == table.code && known.edition() == table.edition
        };
        if discounts.iter().any(same) {
            findings.push(given_twice(&table.code, &table.edition, &position));
        }
        let band = |band: BandTable| Band {
            from: band.from,
            to: band.to,
            rate: band.rate,
            position: position.clone().column("bands"),
        };
        let (schedule, faults) = DiscountSchedule::build(DiscountSpec {
            code: table.code,
            edition: table.edition,
            discounts: table.discounts,
            year_zero: table.year_zero,
            bands: table.bands.into_iter().map(band).collect(),
            position: position.clone(),
        });
        findings.append(faults);
        discounts.push(schedule);
    }
    PriceBook::new(deflators, discounts)
}

fn deflator_row(mut row: TableRow) -> DeflatorRow {
    DeflatorRow {
        year: row.take(0),
        index: row.take(1),
        change: row.take(2),
        kind: row.take(3),
        position: row.position,
    }
}

fn given_twice(code: &str, edition: &str, at: &Position) -> Finding {
    Finding::fault(
        "prices-given-twice",
        at.clone(),
        format!("there is already a `{code}` of edition {edition}"),
        "keep one of them, or say which edition each is",
    )
}

/// The file as a schema, for the reference of its keys.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings
        .into_generator()
        .into_root_schema_for::<PricesSpec>()
}

/// Whether a text reads as a file of prices.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<PricesSpec>(text).map(drop)
}
