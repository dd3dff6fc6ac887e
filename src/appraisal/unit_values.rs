//! What an event costs whom: the tables of unit values of a pack, checked.

use super::proposal::{UnitValue, ValueKind};
use super::spec::UNIT_VALUE;
use crate::axis::{YearKind, name_one_of};
use crate::finding::{Finding, Findings, Position};
use crate::money::Ratio;
use crate::place::{Place, TableRow, TableSpec, read_table};
use crate::price::PriceYear;
use std::collections::BTreeMap;
use toml::Spanned;

/// All unit values of a pack, by their code, each with the code that it is a part of.
#[derive(Debug, Default)]
pub(super) struct UnitValues {
    by_code: BTreeMap<String, (UnitValue, String)>,
}

/// Reads the tables, and reports everything that is wrong with them.
pub(super) fn read(
    place: &Place,
    tables: &[Spanned<TableSpec>],
    at: impl Fn(usize) -> Position,
) -> (UnitValues, Findings) {
    let mut findings = Findings::new();
    let mut values = UnitValues::default();
    let mut fingerprints = Vec::new();
    for table in tables {
        let at = at(table.span().start);
        let rows = read_table(
            table.get_ref(),
            &UNIT_VALUE,
            &at,
            place.folders(),
            &mut findings,
            &mut fingerprints,
        );
        for row in rows {
            let at = row.position.clone();
            match value(row) {
                Err((field, found, remedy)) => findings.push(Finding::fault(
                    "unit-value-unclear",
                    at.column(field),
                    found,
                    remedy,
                )),
                Ok((value, _)) if values.by_code.contains_key(&value.code) => {
                    findings.push(Finding::fault(
                        "duplicate-code",
                        at.column("code"),
                        format!("there is already a unit value `{}`", value.code),
                        "give each a code of its own",
                    ))
                }
                Ok((value, parent)) => {
                    values.by_code.insert(value.code.clone(), (value, parent));
                }
            }
        }
    }
    (values, findings)
}

type Wrong = (&'static str, String, &'static str);

/// One row as a value with its parent, or what is wrong with it.
fn value(mut row: TableRow) -> Result<(UnitValue, String), Wrong> {
    let at = |field: &str| {
        UNIT_VALUE
            .iter()
            .position(|name| *name == field)
            .unwrap_or(0)
    };
    let mut take = |field: &'static str| row.take(at(field)).trim().to_owned();
    let (code, bearer) = (take("code"), take("bearer"));
    for (field, text) in [("code", &code), ("bearer", &bearer)] {
        if text.is_empty() {
            return Err((
                field,
                format!("`{field}` is empty"),
                "write it down; it has no default",
            ));
        }
    }
    let pounds = take("value");
    let value = (pounds.parse::<Ratio>().ok()).filter(|value| *value >= Ratio::zero());
    let value = value.ok_or_else(|| {
        (
            "value",
            format!("`{pounds}` is no number from 0 up"),
            "write pounds, as `227.92`",
        )
    })?;
    let word = take("kind");
    let kind = match word.as_str() {
        "fiscal" => ValueKind::Fiscal,
        "economic" => ValueKind::Economic,
        "social" => ValueKind::Social,
        _ => {
            return Err((
                "kind",
                format!("`{word}` is no kind of value"),
                "write fiscal, economic or social",
            ));
        }
    };
    let word = take("cost");
    let is_average = match word.as_str() {
        "average" => true,
        "marginal" => false,
        _ => {
            return Err((
                "cost",
                format!("`{word}` is neither average nor marginal"),
                "write which it is",
            ));
        }
    };
    let word = take("transfer");
    let is_transfer = match word.as_str() {
        "yes" => true,
        "no" => false,
        _ => {
            return Err((
                "transfer",
                format!("`{word}` is neither yes nor no"),
                "say whether it only moves money",
            ));
        }
    };
    let word = take("price_year_kind");
    let years = match word.as_str() {
        "financial" => YearKind::Financial,
        "calendar" => YearKind::Calendar,
        _ => {
            return Err((
                "price_year_kind",
                format!("`{word}` is neither financial nor calendar"),
                "write which year its prices are of",
            ));
        }
    };
    let year = take("price_year");
    let prices = PriceYear::parse(&year, years).map_err(|error| {
        (
            "price_year",
            error.to_string(),
            "write the year of its prices",
        )
    })?;
    let parent = take("parent");
    let source = [take("source"), take("edition"), take("licence")];
    let source: Vec<String> = source.into_iter().filter(|text| !text.is_empty()).collect();
    let (name, unit) = (take("name"), take("unit"));
    let value = UnitValue {
        name: if name.is_empty() { code.clone() } else { name },
        code,
        unit,
        bearer,
        value: value.times(&Ratio::new(100, 1)),
        kind,
        is_average,
        is_transfer,
        prices,
        source: source.join(", "),
    };
    Ok((value, parent))
}

impl UnitValues {
    /// The values of an effect: by their codes, or by the start of them and `*`. A value and one that it is
    /// a part of are never both of one effect.
    pub(super) fn of(&self, codes: &[String], at: &Position) -> (Vec<&UnitValue>, Findings) {
        let at = at.clone().column("unit_values");
        let mut findings = Findings::new();
        let mut found: BTreeMap<&str, &(UnitValue, String)> = BTreeMap::new();
        for code in codes {
            let is_meant = |known: &str| match code.strip_suffix('*') {
                Some(start) => known.starts_with(start),
                None => known == code,
            };
            let before = found.len();
            let meant = self.by_code.iter().filter(|(known, _)| is_meant(known));
            found.extend(meant.map(|(code, value)| (code.as_str(), value)));
            if found.len() == before {
                let known = self.by_code.keys().map(String::as_str);
                findings.push(Finding::fault(
                    "unknown-unit-value",
                    at.clone(),
                    format!("`{code}` is no unit value of this pack, or is named twice"),
                    name_one_of(code, "unit value", known),
                ));
            }
        }
        for code in found.keys() {
            for whole in self.above(code) {
                if found.contains_key(whole) {
                    findings.push(Finding::fault(
                        "unit-value-with-its-part",
                        at.clone(),
                        format!("`{whole}` holds `{code}`, and both are of one effect: its money would count twice"),
                        "name the whole or its parts",
                    ));
                }
            }
        }
        (
            found.into_values().map(|(value, _)| value).collect(),
            findings,
        )
    }

    /// What a value is a part of, and what that is a part of, and so on.
    fn above<'a>(&'a self, code: &str) -> Vec<&'a str> {
        let mut above: Vec<&str> = Vec::new();
        let mut next = self.by_code.get(code);
        while let Some((_, parent)) = next {
            // A circle of parts ends where it began.
            if parent.is_empty() || parent == code || above.contains(&parent.as_str()) {
                break;
            }
            above.push(parent);
            next = self.by_code.get(parent);
        }
        above
    }
}
