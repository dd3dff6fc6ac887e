//! Published figures from their files.

use super::area::Area;
use super::definition::Indicator;
use super::observation::Observation;
use super::opener::{Names, Opener};
use super::spec::{self, ObservationsSpec, SpendElsewhereSpec};
use super::{Count, Indicators, SpendElsewhere, Years};
use crate::axis::{MemberId, Period};
use crate::finding::{Finding, Position, Severity, masked};
use crate::money::{ExcessDecimals, parse_amount, to_pence};
use crate::place::TableRow;
use crate::statistic::Confidence;
use crate::text::counted;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use toml::Spanned;

/// Dataset → text of its series → the indicators it gives, and which part of each.
pub(super) type Series = BTreeMap<String, BTreeMap<String, Vec<(u32, Part)>>>;

/// Which part of an observation a published series is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Value,
    Numerator,
    Denominator,
    Lower,
    Upper,
}

impl FromStr for Part {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "value" => Ok(Self::Value),
            "numerator" => Ok(Self::Numerator),
            "denominator" => Ok(Self::Denominator),
            "lower" => Ok(Self::Lower),
            "upper" => Ok(Self::Upper),
            _ => Err(format!(
                "`{text}` is none of value, numerator, denominator, lower, upper"
            )),
        }
    }
}

/// Rows that were not read, gathered by what they name.
#[derive(Default)]
struct Skipped(BTreeMap<String, (u64, Position)>);

impl Skipped {
    fn add(&mut self, name: &str, at: &Position) {
        let entry = self.0.entry(name.to_owned());
        entry.or_insert_with(|| (0, at.clone())).0 += 1;
    }

    /// One notice for all names: nothing is dropped silently.
    fn notice(self, opener: &mut Opener<'_>, rule: &str, what: &str, dataset: &str, remedy: &str) {
        const SHOWN: usize = 3;
        let Some((_, first)) = self.0.values().next() else {
            return;
        };
        let rows: u64 = self.0.values().map(|(rows, _)| rows).sum();
        let names: Vec<String> = self
            .0
            .keys()
            .take(SHOWN)
            .map(|n| format!("`{n}`"))
            .collect();
        let more = if self.0.len() > SHOWN { ", …" } else { "" };
        opener.findings.push(Finding {
            rule: rule.to_owned(),
            severity: Severity::Notice,
            position: first.clone(),
            found: format!(
                "{} of `{dataset}` {what}, {} in all: {}{more}",
                self.0.len(),
                counted(rows, "row"),
                names.join(", ")
            ),
            at_stake: None,
            remedy: remedy.to_owned(),
        });
    }
}

/// A file of observations, as rows; what is wrong with the file itself is known.
pub(super) struct ObservationFile<'a> {
    spec: &'a ObservationsSpec,
    years: Option<Years>,
    rows: Vec<TableRow>,
    at: Position,
}

/// Reads the rows of a file of observations.
pub(super) fn observation_file<'a>(
    opener: &mut Opener<'_>,
    table: &'a Spanned<ObservationsSpec>,
) -> Option<ObservationFile<'a>> {
    let at = opener.at(table);
    let spec = table.get_ref();
    let years = match spec.years.as_deref().map(Years::from_str).transpose() {
        Ok(years) => years,
        Err(found) => {
            opener.fault("not-a-word-of-this-field", at, found, "correct it");
            return None;
        }
    };
    if let Some(level) = spec.limits_at
        && Confidence::new(super::number(level)).is_err()
    {
        opener.fault(
            "confidence-out-of-range",
            at.clone().column("limits_at"),
            format!("`limits_at` is {level}"),
            "write a number between 0 and 1: 0.95 for 95%",
        );
    }
    let rows = opener.table(&spec.table, &at, &spec::OBSERVATION);
    Some(ObservationFile {
        spec,
        years,
        rows,
        at,
    })
}

/// Reads all figures of all files; a series that no row of its dataset has is misspelt.
pub(super) fn observations(
    opener: &mut Opener<'_>,
    files: Vec<ObservationFile<'_>>,
    series: &Series,
    names: &Names,
    all: &mut Indicators,
) {
    let mut found: BTreeSet<(String, String)> = BTreeSet::new();
    for file in files {
        if file.rows.is_empty() {
            opener.fault(
                "no-figures",
                file.at.clone(),
                format!("this table of `{}` has no rows", file.spec.dataset),
                "mend the file, or correct `where`",
            );
        }
        one_file(opener, file, series, names, all, &mut found);
    }
    for (dataset, published) in series {
        for name in published.keys() {
            if !found.contains(&(dataset.clone(), name.clone())) {
                opener.fault(
                    "series-not-found",
                    Position::file(opener.file).column("series"),
                    format!("no row of `{dataset}` is of `{name}`"),
                    "correct the name: its indicator has no figures",
                );
            }
        }
    }
}

fn one_file(
    opener: &mut Opener<'_>,
    file: ObservationFile<'_>,
    series: &Series,
    names: &Names,
    all: &mut Indicators,
    found_series: &mut BTreeSet<(String, String)>,
) {
    let table = file.spec;
    let years = file.years;
    let nothing = BTreeMap::new();
    let series = series.get(&table.dataset).unwrap_or(&nothing);
    let mut unused = Skipped::default();
    let mut elsewhere = Skipped::default();
    for row in file.rows {
        let called: Vec<&str> = row.fields[..3]
            .iter()
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        let called = called.join(" | ");
        let Some(parts) = series.get(&called) else {
            unused.add(&called, &row.position);
            continue;
        };
        found_series.insert((table.dataset.clone(), called));
        let Some(area) = area_of(opener, row.fields[3].trim(), names) else {
            elsewhere.add(row.fields[3].trim(), &row.position);
            continue;
        };
        let Some(count) = figure(opener, table, &row) else {
            continue;
        };
        for &(number, part) in parts {
            let indicator = &all.indicators[number as usize];
            let label = row.fields[4].trim();
            let period = years.unwrap_or(indicator.years).period(label);
            let period = match period {
                Ok(period) => period,
                Err(error) => {
                    let at = row.position.clone().column("period");
                    let remedy = "say in the pack what a bare year means for this indicator";
                    opener.fault("not-a-period", at, error.to_string(), remedy);
                    continue;
                }
            };
            if let Some(found) = impossible(indicator, part, count) {
                opener.fault(
                    "impossible-figure",
                    row.position.clone().column("value"),
                    format!("`{}`: {found}", indicator.code),
                    "check the figure with its publisher; it was not read",
                );
                continue;
            }
            let of_indicator = &mut all.observations[number as usize];
            let observation = of_indicator.entry((period, area)).or_default();
            if let Err(found) = place(observation, part, count, table) {
                opener.fault(
                    "figure-given-twice",
                    row.position.clone(),
                    format!("`{}` for {period}: {found}", indicator.code),
                    "remove one of the two; the first is used",
                );
            } else if let Some(found) = more_than_all(indicator, observation) {
                observation.withdraw();
                opener.fault(
                    "impossible-figure",
                    row.position.clone().column("value"),
                    format!("`{}`: {found}", indicator.code),
                    "check the figure with its publisher; neither count is used",
                );
            }
        }
    }
    unused.notice(
        opener,
        "series-not-used",
        "series are no indicator of this pack",
        &table.dataset,
        "name each in a row of `series`, or leave it out with `where`",
    );
    elsewhere.notice(
        opener,
        "area-not-known",
        "areas are not known",
        &table.dataset,
        "name each in a row of `areas`, or leave it out with `where`",
    );
}

/// A name or code that the pack gives, or the code of a locality.
fn area_of(opener: &Opener<'_>, text: &str, names: &Names) -> Option<Area> {
    names.get(text).copied().or_else(|| {
        let found = opener.axes().localities.find(text);
        found.ok().map(Area::Here)
    })
}

/// The figure of a row with its status, or a fault.
fn figure(opener: &mut Opener<'_>, table: &ObservationsSpec, row: &TableRow) -> Option<Count> {
    let (text, mark) = (row.fields[5].trim(), row.fields[6].trim());
    let at = |column: &str| row.position.clone().column(column);
    // A mark may stand in the place of the figure.
    let (text, mark) = match (table.marks.contains_key(text), mark) {
        (true, "") => ("", text),
        _ => (text, mark),
    };
    let status = match mark {
        "" => None,
        mark => match table.marks.get(mark) {
            Some(status) => Some(*status),
            None => {
                opener.fault(
                    "unknown-mark",
                    at("status"),
                    format!("the mark `{}` is not explained", masked(mark)),
                    "add it to `marks` of these observations: what does its publisher mean?",
                );
                return None;
            }
        },
    };
    let decimal = if text.is_empty() {
        None
    } else {
        match number_of(text) {
            Some(decimal) => Some(decimal),
            None => {
                opener.fault(
                    "not-a-number",
                    at("value"),
                    format!("`{}` is not a number", masked(text)),
                    "correct it, or add it to `marks` if it is a mark",
                );
                return None;
            }
        }
    };
    match (
        decimal,
        status.or(if text.is_empty() { table.blank } else { None }),
    ) {
        (Some(figure), None) => Some(Count::known(figure)),
        (Some(figure), Some(status)) if status.has_figure() => Some(Count {
            figure: Some(figure),
            status,
        }),
        (Some(_), Some(status)) => {
            opener.fault(
                "figure-with-a-mark",
                at("status"),
                format!("there is a figure, and its mark says {status}"),
                "keep one of the two",
            );
            None
        }
        (None, Some(status)) if !status.has_figure() => Some(Count::missing(status)),
        (None, Some(status)) => {
            opener.fault(
                "mark-without-a-figure",
                at("value"),
                format!("the mark says {status}, and there is no figure"),
                "give the figure, or correct the mark",
            );
            None
        }
        (None, None) => {
            opener.fault(
                "empty-figure",
                at("value"),
                "there is neither a figure nor a mark",
                "say in `blank` what an empty cell of this file means, or mend the file",
            );
            None
        }
    }
}

/// A number as publishers write it: commas may separate thousands.
fn number_of(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?.trim_start_matches('-');
    let thousands = (1..=3).contains(&first.len())
        && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
    if text.contains('_') || fraction.contains(',') || whole.contains(',') && !thousands {
        return None;
    }
    Decimal::from_str(&text.replace(',', "")).ok()
}

/// What cannot be: counts below zero, proportions beyond all.
fn impossible(indicator: &Indicator, part: Part, count: Count) -> Option<String> {
    use super::definition::ValueType;
    let figure = count.figure?;
    let negative = figure.is_sign_negative() && !figure.is_zero();
    let counted = indicator.is_of_counts();
    let most = Decimal::from(indicator.per);
    match part {
        Part::Numerator | Part::Denominator if negative => {
            Some(format!("a count of {figure} people or events"))
        }
        Part::Value if counted && negative => Some(format!("a value of {figure}")),
        Part::Value if indicator.form == ValueType::Proportion && figure > most => {
            Some(format!("a proportion of {figure} in {most}"))
        }
        _ => None,
    }
}

/// More people with the condition than people, or events of nobody.
pub(super) fn more_than_all(indicator: &Indicator, observation: &Observation) -> Option<String> {
    let (above, below) = observation.counts()?;
    let more = match indicator.form {
        super::ValueType::Proportion => above > below,
        super::ValueType::Rate => below.is_zero() && above > below,
        _ => false,
    };
    more.then(|| format!("{above} of {below}"))
}

/// Puts a part into its observation.
fn place(
    observation: &mut Observation,
    part: Part,
    count: Count,
    table: &ObservationsSpec,
) -> Result<(), String> {
    let slot = match part {
        Part::Value => &mut observation.value,
        Part::Numerator => &mut observation.numerator,
        Part::Denominator => &mut observation.denominator,
        Part::Lower | Part::Upper => {
            let slot = if part == Part::Lower {
                &mut observation.lower
            } else {
                &mut observation.upper
            };
            observation.limits_at = table.limits_at;
            return match (*slot, count.figure) {
                (Some(first), Some(second)) if first != second => {
                    Err(format!("{first} and {second}"))
                }
                (None, figure) => {
                    *slot = figure;
                    Ok(())
                }
                _ => Ok(()),
            };
        }
    };
    match slot {
        None => {
            *slot = Some(count);
            Ok(())
        }
        // A denominator that several series share, or a row that stands in two files.
        Some(first) if *first == count => Ok(()),
        Some(first) => Err(format!("{} and {}", shown(*first), shown(count))),
    }
}

fn shown(count: Count) -> String {
    count
        .figure
        .map_or_else(|| count.status.to_string(), |figure| figure.to_string())
}

/// A file of published spending, as rows.
pub(super) struct SpendFile<'a> {
    spec: &'a SpendElsewhereSpec,
    activity: MemberId,
    years: Years,
    rows: Vec<TableRow>,
}

/// Reads the rows of a file of published spending.
pub(super) fn spend_file<'a>(
    opener: &mut Opener<'_>,
    table: &'a Spanned<SpendElsewhereSpec>,
) -> Option<SpendFile<'a>> {
    let at = opener.at(table);
    let spec = table.get_ref();
    let activity = opener.axes().activities.find(&spec.activity);
    if let Err(error) = &activity {
        let at = at.clone().column("activity");
        opener.fault("unknown-code", at, error.to_string(), "correct the code");
    }
    let years = Years::from_str(&spec.years);
    if let Err(found) = &years {
        let at = at.clone().column("years");
        opener.fault("not-a-word-of-this-field", at, found, "correct it");
    }
    let rows = opener.table(&spec.table, &at, &spec::SPEND);
    Some(SpendFile {
        spec,
        activity: activity.ok()?,
        years: years.ok()?,
        rows,
    })
}

/// Reads published spending of other areas.
pub(super) fn spend_elsewhere(
    opener: &mut Opener<'_>,
    files: Vec<SpendFile<'_>>,
    names: &Names,
    all: &mut Indicators,
) {
    for file in files {
        spend_of_one_file(opener, file, names, all);
    }
}

fn spend_of_one_file(
    opener: &mut Opener<'_>,
    file: SpendFile<'_>,
    names: &Names,
    all: &mut Indicators,
) {
    let table = file.spec;
    let mut unknown = Skipped::default();
    let mut not_published = Skipped::default();
    for row in file.rows {
        let Some(area) = area_of(opener, row.fields[0].trim(), names) else {
            unknown.add(row.fields[0].trim(), &row.position);
            continue;
        };
        let period: Period = match file.years.period(row.fields[1].trim()) {
            Ok(period) => period,
            Err(error) => {
                let at = row.position.clone().column("period");
                opener.fault("not-a-period", at, error.to_string(), "correct `years`");
                continue;
            }
        };
        let text = row.fields[2].trim();
        // Spending that is not published is not spending of nothing.
        if text.is_empty() {
            not_published.add(row.fields[0].trim(), &row.position);
            continue;
        }
        let amount = parse_amount(text)
            .map_err(|error| error.to_string())
            .and_then(|pounds| {
                to_pence(pounds, ExcessDecimals::Refuse).map_err(|error| error.to_string())
            });
        let amount = match amount {
            Ok((amount, _)) => amount,
            Err(found) => {
                let at = row.position.clone().column("amount");
                opener.fault("unreadable-amount", at, found, "correct the amount");
                continue;
            }
        };
        let key = (file.activity, area, period);
        let spend = SpendElsewhere {
            amount,
            name: table.name.clone(),
            source: table.source.clone(),
            phase: table.phase,
            ages: table.ages,
        };
        if let Some(first) = all.spend_elsewhere.insert(key, spend) {
            opener.findings.push(Finding {
                rule: "amount-given-twice".to_owned(),
                severity: Severity::Fault,
                position: row.position.clone(),
                found: format!("the spending of this area in {period} is given twice"),
                at_stake: Some(first.amount),
                remedy: "remove one of the two; the second is used".to_owned(),
            });
        }
    }
    not_published.notice(
        opener,
        "spending-not-published",
        "areas have years without an amount",
        &table.name,
        "nothing to do; the years are shown as not held",
    );
    unknown.notice(
        opener,
        "area-not-known",
        "areas are not known",
        &table.name,
        "name each in a row of `areas`, or leave it out with `where`",
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_separate_thousands_or_nothing() {
        let read = |text| number_of(text).map(|number| number.to_string());
        assert_eq!(read("1,181,088"), Some("1181088".to_owned()));
        assert_eq!(read("-1,234.50"), Some("-1234.50".to_owned()));
        assert_eq!(read("18.89"), Some("18.89".to_owned()));
        for wrong in [
            "1,18", "1181,088", "1,,234", ",234", "1.2,345", "12 %", "NaN", "1_2_3",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
