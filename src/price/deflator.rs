//! One edition of one price index.

use super::{Conversion, PriceError, PriceYear};
use crate::axis::YearKind;
use crate::finding::{Finding, Findings, Position};
use crate::money::Ratio;
use std::collections::BTreeMap;
use std::fmt;

/// What a pack says of a deflator besides its years.
#[derive(Clone, Debug)]
pub struct DeflatorSpec {
    /// Code by which proposals name it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Which edition of it: publishers revise all years, so that editions differ.
    pub edition: String,
    /// Whether its years are financial or calendar years.
    pub years: YearKind,
    /// Publisher, date, licence.
    pub source: String,
    /// Where it is described, for findings about it as a whole.
    pub position: Position,
}

/// One year of a deflator as a pack writes it down.
#[derive(Clone, Debug, Default)]
pub struct DeflatorRow {
    /// The year: `2010-11`, or `2010` where the years are calendar years.
    pub year: String,
    /// The index, as in `68.8561`; empty where only the change is known.
    pub index: String,
    /// The change on the year before in per cent, as in `2.58`: used where there is no index.
    pub change: String,
    /// `outturn` or `forecast`; empty is an outturn.
    pub kind: String,
    /// Where this stands.
    pub position: Position,
}

/// One edition of one price index, by year.
///
/// The index of a year without one is that of the year before with its published change. Where a series
/// has changes only, its first year is 100.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deflator {
    code: String,
    name: String,
    edition: String,
    years: YearKind,
    source: String,
    indices: BTreeMap<PriceYear, Index>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Index {
    value: Ratio,
    is_forecast: bool,
}

impl Deflator {
    /// Builds a deflator, and reports everything that is wrong with its rows.
    ///
    /// Faults: a text that is no year, or a year of another kind; a year given twice; an index or a
    /// change that is no number, an index that is not above zero; a year with neither, or with a change
    /// on a year that is not there; a kind that is neither `outturn` nor `forecast`; no year at all.
    #[must_use]
    pub fn build(spec: DeflatorSpec, rows: &[DeflatorRow]) -> (Self, Findings) {
        let mut findings = Findings::new();
        let mut given: BTreeMap<PriceYear, &DeflatorRow> = BTreeMap::new();
        for row in rows {
            let fault = |rule, found, remedy| {
                Finding::fault(rule, row.position.clone().column("year"), found, remedy)
            };
            match PriceYear::parse(&row.year, spec.years) {
                Err(error) => findings.push(fault(
                    "deflator-year-unclear",
                    error.to_string(),
                    "write the year as the series has it",
                )),
                Ok(year) if year.kind() != spec.years => findings.push(fault(
                    "deflator-year-unclear",
                    format!("{year} is not of the kind that `years` says"),
                    "keep financial and calendar years in series of their own",
                )),
                Ok(year) if given.contains_key(&year) => findings.push(fault(
                    "deflator-year-given-twice",
                    format!("{year} has a row already: {}", given[&year].position),
                    "keep one edition in each deflator, and one row for each year",
                )),
                Ok(year) => {
                    given.insert(year, row);
                }
            }
        }
        let only_changes = given.values().all(|row| row.index.trim().is_empty());
        let mut deflator = Self {
            code: spec.code,
            name: spec.name,
            edition: spec.edition,
            years: spec.years,
            source: spec.source,
            indices: BTreeMap::new(),
        };
        let mut before: Option<(PriceYear, Ratio)> = None;
        for (year, row) in given {
            let earlier = before.take();
            let first = only_changes && earlier.is_none();
            let last = earlier.filter(|(last, _)| last.later(1) == Some(year));
            let value = match index_of(row, first, last.map(|(_, index)| index)) {
                Ok(value) => value,
                Err(found) => {
                    findings.push(Finding::fault(
                        "deflator-index-unclear",
                        row.position.clone(),
                        format!("{year}: {found}"),
                        "give the index of the year, or its change in per cent on the year before",
                    ));
                    continue;
                }
            };
            let is_forecast = match row.kind.trim() {
                "" | "outturn" => false,
                "forecast" => true,
                other => {
                    findings.push(Finding::fault(
                        "deflator-kind-unknown",
                        row.position.clone().column("kind"),
                        format!("`{other}` is neither `outturn` nor `forecast`"),
                        "write one of the two; a forecast is said wherever it is used",
                    ));
                    continue;
                }
            };
            before = Some((year, value.clone()));
            deflator.indices.insert(year, Index { value, is_forecast });
        }
        if deflator.indices.is_empty() && !findings.any_fault() {
            findings.push(Finding::fault(
                "deflator-without-years",
                spec.position,
                format!("the deflator {deflator} has no year"),
                "give it rows of `year` and `index`",
            ));
        }
        (deflator, findings)
    }

    /// Code by which proposals name it.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Which edition it is.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// Whether its years are financial or calendar years.
    #[must_use]
    pub fn kind(&self) -> YearKind {
        self.years
    }

    /// Publisher, date, licence.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// Its years, in order.
    pub fn years(&self) -> impl Iterator<Item = PriceYear> + '_ {
        self.indices.keys().copied()
    }

    /// From the pounds of one year to those of another: index of `to` over index of `from`.
    ///
    /// # Errors
    ///
    /// [`PriceError::OtherKind`] for a year of the other kind, also where both are the same year;
    /// [`PriceError::NoIndex`] for one that the edition does not have.
    pub fn conversion(&self, from: PriceYear, to: PriceYear) -> Result<Conversion, PriceError> {
        let (below, above) = (self.index(from)?, self.index(to)?);
        let mut forecasts: Vec<PriceYear> = [(from, below), (to, above)]
            .into_iter()
            .filter_map(|(year, index)| index.is_forecast.then_some(year))
            .collect();
        forecasts.dedup();
        let inverse = below.value.inverse();
        Ok(Conversion {
            from,
            to,
            deflator: self.to_string(),
            forecasts: if from == to { Vec::new() } else { forecasts },
            // An index is above zero, so it always has an inverse.
            factor: above.value.times(&inverse.unwrap_or_else(Ratio::one)),
        })
    }

    fn index(&self, year: PriceYear) -> Result<&Index, PriceError> {
        if year.kind() != self.years {
            return Err(PriceError::OtherKind {
                year: year.to_string(),
                kind: year.kind(),
                deflator: self.to_string(),
                kinds: self.years,
            });
        }
        let no_index = || {
            let mut years = self.indices.keys();
            let has = match (years.next(), years.next_back()) {
                (Some(first), Some(last)) => format!("{first} to {last}"),
                (Some(only), None) => only.to_string(),
                _ => "no year".to_owned(),
            };
            PriceError::NoIndex {
                year: year.to_string(),
                deflator: self.to_string(),
                has,
            }
        };
        self.indices.get(&year).ok_or_else(no_index)
    }
}

impl fmt::Display for Deflator {
    /// The name and the edition, as they stand beside every figure that was converted.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.name, self.edition)
    }
}

/// The index of a row: its own, or that of the year before with the change.
fn index_of(row: &DeflatorRow, first: bool, before: Option<Ratio>) -> Result<Ratio, String> {
    let number = |text: &str, what: &str| {
        let parsed = text.trim().parse::<Ratio>();
        parsed.map_err(|_| format!("the {what} `{text}` is not a number"))
    };
    let above_zero = |index: Ratio| {
        let above = index > Ratio::zero();
        above.then_some(index).ok_or("the index is not above zero")
    };
    if !row.index.trim().is_empty() {
        return Ok(above_zero(number(&row.index, "index")?)?);
    }
    if first {
        return Ok(Ratio::new(100, 1));
    }
    if row.change.trim().is_empty() {
        return Err("there is neither an index nor a change".to_owned());
    }
    let before = before.ok_or("there is a change, and the year before is not there")?;
    let change = number(&row.change, "change")?.times(&Ratio::new(1, 100));
    Ok(above_zero(before.times(&Ratio::one().plus(&change)))?)
}
