//! Spending as rows of a file: the axes it is cut by, the sum with its status, and how it is known.

use super::{Dataset, Kind, Value};
use crate::account::MonthCount;
use crate::axis::{Ages, Evidence};
use crate::cube::{Memorandum, Range};
use crate::disclosure::ToldFigure;
use crate::report::content::{LocalityReport, PlacePage, Shown};
use std::borrow::Cow;

/// The columns of every table of spending: the axes it is cut by, then the sum with its status
/// and evidence.
pub fn spend_fields(dataset: &mut Dataset, axes: &[&str]) {
    axes.iter().for_each(|axis| key_fields(dataset, axis));
    scope_fields(dataset);
    sum_fields(dataset);
    beside_fields(dataset);
    dataset.behind(
        "residents",
        Kind::Whole,
        "Residents of the cell, where it is a group of residents",
    );
    dataset.column(
        "per_head_gbp",
        "a head",
        Kind::Pounds,
        "The amount for each resident",
    );
    dataset.behind(
        "months",
        Kind::Text,
        "Of how many months of the period its ledgers have lines, such as 1 of 12; where ledgers differ the fewest and the most; empty where all have all",
    );
    dataset.column(
        "lines",
        "ledger lines",
        Kind::Whole,
        "Ledger lines of which some part lies in the cell",
    );
    dataset.behind("terms", Kind::Text, "On what terms this may be shown");
}

/// Code and name of the member of one axis.
fn key_fields(dataset: &mut Dataset, axis: &str) {
    let about = "Code of the member in the pack; the name of a gap where money is on no member";
    let (code, label) = match axis {
        "partner" => (
            Some("administrative-classification:generic:level1:code"),
            Some("administrative-classification:generic:level1:label"),
        ),
        "activity" => (
            Some("functional-classification:generic:level1:code"),
            Some("functional-classification:generic:level1:label"),
        ),
        "place" => (Some("geo:target:code"), Some("geo:target:title")),
        _ => (None, None),
    };
    dataset.behind(&format!("{axis}_code"), Kind::Text, about);
    if let Some(role) = code {
        dataset.fiscal(role);
    }
    dataset.column(&format!("{axis}_name"), axis, Kind::Text, "Its name");
    if let Some(role) = label {
        dataset.fiscal(role);
    }
}

fn scope_fields(dataset: &mut Dataset) {
    dataset.behind(
        "period",
        Kind::Text,
        "When it was spent; 2017-18 is April 2017 to March 2018",
    );
    dataset.fiscal("date:fiscal-year");
    dataset.behind("phase", Kind::Text, "Budget, forecast or outturn");
    dataset.fiscal("phase:label");
    dataset.behind(
        "boundary",
        Kind::Text,
        "Whose spending counts as one; what insiders pay each other counts once",
    );
}

/// The sum, its status, and how it is known.
fn sum_fields(dataset: &mut Dataset) {
    dataset.column(
        "amount_gbp",
        "spent",
        Kind::Pounds,
        "What was spent, to the penny; negative is income; empty where the status has no sum",
    );
    dataset.fiscal("value");
    dataset.behind(
        "status",
        Kind::Text,
        "value, zero (recorded and zero), nothing-recorded, or suppressed",
    );
    for class in Evidence::ALL {
        let about = match class {
            Evidence::Direct => "Of the amount, recorded for this very cell",
            Evidence::Driver => "Of the amount, shared out by a measure of service use",
            Evidence::Population => "Of the amount, shared out by residents",
            Evidence::Judgement => "Of the amount, shared out by a weight that somebody chose",
        };
        dataset.behind(&format!("{class}_gbp"), Kind::Pounds, about);
    }
    dataset.column(
        "evidence",
        "how it is known",
        Kind::Text,
        "The four classes in words, rounded",
    );
}

/// What may lie in the sum or not, and what stands beside it because of the boundary.
fn beside_fields(dataset: &mut Dataset) {
    dataset.behind(
        "unshared_gbp",
        Kind::Pounds,
        "Beside the amount: money that may lie in this cell or not",
    );
    dataset.behind(
        "unshared_why",
        Kind::Text,
        "Why that cannot be said, with each sum in pounds",
    );
    for what in Memorandum::ALL {
        let about = match what {
            Memorandum::Eliminated => {
                "Beside the amount: paid by one insider to another, counted where it is spent"
            }
            Memorandum::Agency => "Beside the amount: collected for other bodies",
            Memorandum::Incoming => {
                "Beside the amount: received from partners outside the boundary"
            }
            Memorandum::InKind => "Beside the amount: given in kind, as valued",
            Memorandum::Outgoing => "Of the amount: paid to partners outside the boundary",
            Memorandum::Unheld => "Of the amount: paid to insiders whose ledgers are not held",
        };
        dataset.behind(&format!("{}_gbp", what.code()), Kind::Pounds, about);
    }
}

/// Code and name of a member as they stand in files: ages in words, since a spreadsheet takes `5-9`
/// for a day of September.
pub fn in_files<'a>(axis: &str, code: &'a str, name: &'a str) -> [Cow<'a, str>; 2] {
    let words = |text: &'a str| match text.parse::<Ages>() {
        Ok(ages) if axis == "ages" => Cow::Owned(ages.in_words()),
        _ => Cow::Borrowed(text),
    };
    [words(code), words(name)]
}

/// One row of such a table. Where the sum may not be shown, nothing that would tell it is.
pub fn spend_cells(
    report: &LocalityReport,
    terms: &str,
    keys: &[(&str, &str)],
    figure: &ToldFigure,
) -> Vec<Value> {
    let mut cells: Vec<Value> = Vec::with_capacity(2 * keys.len() + 23);
    for (code, name) in keys {
        cells.extend([Value::text(*code), Value::text(*name)]);
    }
    let period =
        (report.period.parse()).map_or_else(|_| Value::text(report.period.as_str()), Value::Period);
    cells.extend([
        period,
        Value::text(report.phase.to_string()),
        Value::text(report.boundary.as_str()),
        Value::sum(figure.sum()),
        Value::text(figure.sum().status()),
    ]);
    cells.extend(Evidence::ALL.map(|class| Value::sum(figure.class(class))));
    cells.push(Value::text(figure.how_known().unwrap_or_default()));
    cells.push((figure.unshared_sum()).map_or(Value::Nothing, Value::sum));
    cells.push(Value::text(unshared_in_words(figure)));
    cells.extend(Memorandum::ALL.map(|what| Value::sum(figure.memorandum(what))));
    cells.push((figure.residents()).map_or(Value::Nothing, Value::Whole));
    let per_head = figure.per_head().map(Shown::of_sum);
    cells.push(per_head.map_or(Value::Nothing, Value::sum));
    let months = figure.months().map(MonthCount::in_short);
    cells.push(Value::text(months.unwrap_or_default()));
    cells.push((figure.lines()).map_or(Value::Nothing, Value::Whole));
    cells.push(Value::text(terms));
    cells
}

/// The columns of what a sum comes to under the pack's other sharing rules: of tables whose rows
/// were asked for under them, where the pack names some.
pub fn range_fields(dataset: &mut Dataset) {
    dataset.behind(
        "lowest_gbp",
        Kind::Pounds,
        "The least that the amount comes to under any of the pack's sharing rules. Each row has a least of its own: they do not add up to that of the total. Places, and their activities, ages and partners, are asked for under other rules; tables by partner and activity are not, and have no such column",
    );
    dataset.behind(
        "lowest_by",
        Kind::Text,
        "Which rules make it the least: the name of an alternative, or the pack's own rules",
    );
    dataset.behind(
        "highest_gbp",
        Kind::Pounds,
        "The most that the amount comes to under any of the pack's sharing rules; these do not add up either",
    );
    dataset.behind(
        "highest_by",
        Kind::Text,
        "Which rules make it the most: the name of an alternative, or the pack's own rules",
    );
}

/// The cells of these columns; empty where the sum may not be shown.
pub fn range_cells(range: Option<&Range>) -> [Value; 4] {
    let Some(range) = range else {
        return [const { Value::Nothing }; 4];
    };
    let sum = |pence| Value::sum(Shown::of_sum(pence));
    [
        sum(range.lowest),
        Value::text(rule_in_words(range.lowest_by.as_deref())),
        sum(range.highest),
        Value::text(rule_in_words(range.highest_by.as_deref())),
    ]
}

/// The rules that make an end of a range, in words.
pub fn rule_in_words(name: Option<&str>) -> &str {
    name.unwrap_or("the pack's own rules")
}

/// The name of the finest table of spending: every place by partner and activity.
pub const FINEST: &str = "spending";

/// Every place by partner and activity: sums to the whole place.
pub fn finest(report: &LocalityReport, terms: &str) -> Dataset {
    let title = format!(
        "{}: every place by partner and activity, {}",
        report.whole.name, report.period
    );
    let mut dataset = Dataset::new(FINEST.to_owned(), title);
    spend_fields(&mut dataset, &["place", "partner", "activity"]);
    for page in &report.places {
        push_crossings(&mut dataset, report, page, terms);
    }
    dataset
}

/// One place by partner and activity.
pub fn crossings(file: &str, report: &LocalityReport, page: &PlacePage, terms: &str) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{file}-by-partner-and-activity"),
        format!("{} by partner and activity, {}", page.name, report.period),
    );
    spend_fields(&mut dataset, &["place", "partner", "activity"]);
    push_crossings(&mut dataset, report, page, terms);
    dataset
}

fn push_crossings(dataset: &mut Dataset, report: &LocalityReport, page: &PlacePage, terms: &str) {
    for one in &page.crossings {
        let keys = [
            (page.code.as_str(), page.name.as_str()),
            (one.partner.as_str(), one.partner_name.as_str()),
            (one.activity.as_str(), one.activity_name.as_str()),
        ];
        let cells = spend_cells(report, terms, &keys, one.as_shown());
        dataset.rows.push(cells);
    }
}

/// Every figure of a report, a row each: `axis` says by what its place is divided, `total` where it
/// is the place itself.
pub fn figures(report: &LocalityReport, terms: &str) -> Dataset {
    let title = format!(
        "{} and its places by activity, age and partner, {}",
        report.whole.name, report.period
    );
    let mut dataset = Dataset::new("figures".to_owned(), title);
    dataset.behind(
        "axis",
        Kind::Text,
        "By what the place is divided: activity, ages or partner; total for all of it",
    );
    spend_fields(&mut dataset, &["place", "member"]);
    let ranged = !report.alternatives.is_empty();
    if ranged {
        range_fields(&mut dataset);
    }
    for page in std::iter::once(&report.whole).chain(&report.places) {
        let place = (page.code.as_str(), page.name.as_str());
        let mut push = |axis: &str, (code, name): (&str, &str), figure, range: Option<Range>| {
            let mut cells = vec![Value::text(axis)];
            let [code, name] = in_files(axis, code, name);
            let keys = [place, (&*code, &*name)];
            cells.extend(spend_cells(report, terms, &keys, figure));
            if ranged {
                cells.extend(range_cells(range.as_ref()));
            }
            dataset.rows.push(cells);
        };
        push("total", place, page.as_shown(), page.range(report));
        for section in &page.sections {
            for row in &section.rows {
                let member = (row.code.as_str(), row.name.as_str());
                push(&section.axis, member, row.as_shown(), row.range(report));
            }
        }
    }
    dataset
}

/// Money that may lie in a figure or not: each reason with its pounds.
fn unshared_in_words(figure: &ToldFigure) -> String {
    let each = figure.unshared();
    let each = each.map(|(gap, shown)| match shown.pence() {
        Some(pence) => format!("{gap} {}", pence.to_plain()),
        None => format!("{gap} {shown}"),
    });
    each.collect::<Vec<_>>().join("; ")
}
