//! Gaps of the medium term, what closes them, and phases beside.

use super::columns::with_columns;
use crate::axis::Phase;
use crate::medium_term::GapTotal;
use crate::report::content::{GapSheet, PhasesShown, ReductionShown};
use crate::report::dataset::registered::{pounds, pounds_if};
use crate::report::dataset::{Dataset, Kind, Value};

/// A row a partner and year.
pub fn gaps(name: &str, title: String, of: &GapSheet) -> Dataset {
    let columns = [
        ("partner", "partner", Kind::Text, "Name of the partner"),
        ("partner_code", "code", Kind::Text, "Code of the partner"),
        ("period", "year", Kind::Text, "The year, or years"),
        ("covers", "covers", Kind::Text, "Which area the gap is for"),
        (
            "gap_gbp",
            "gap",
            Kind::Pounds,
            "The gap before anything closes it; empty where none is stated",
        ),
        (
            "closed_before_gbp",
            "closed by years before",
            Kind::Pounds,
            "Closed by reductions of years before that last",
        ),
        (
            "closed_now_gbp",
            "closed from this year",
            Kind::Pounds,
            "Closed by reductions from this year on",
        ),
        (
            "closed_once_gbp",
            "closed once",
            Kind::Pounds,
            "Closed in this year alone",
        ),
        (
            "put_on_gbp",
            "put on it by others",
            Kind::Pounds,
            "What reductions of other partners put on this one",
        ),
        (
            "left_gbp",
            "left",
            Kind::Pounds,
            "What is left; empty where no gap is stated",
        ),
        (
            "not_certain_gbp",
            "not yet certain",
            Kind::Pounds,
            "Reductions that close nothing yet",
        ),
        (
            "closed_by",
            "closed by",
            Kind::Text,
            "Codes of the reductions that close it",
        ),
        (
            "stated_in",
            "stated in",
            Kind::Text,
            "File and line of the gap",
        ),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in &of.rows {
        dataset.rows.push(vec![
            Value::text(one.name.as_str()),
            Value::text(one.partner.as_str()),
            Value::Period(one.period),
            Value::text(one.covers.as_str()),
            pounds_if(one.gap),
            pounds(one.closed_before),
            pounds(one.closed_now),
            pounds(one.closed_once),
            pounds(one.put_on),
            pounds_if(one.left),
            pounds(one.beside),
            Value::text(one.reductions.join(", ")),
            Value::text(one.lines.join(", ")),
        ]);
    }
    dataset
}

/// A row a year and area.
pub fn gap_totals(name: &str, title: String, of: &[GapTotal]) -> Dataset {
    let columns = [
        ("covers", "covers", Kind::Text, "Which area"),
        ("period", "year", Kind::Text, "The year, or years"),
        (
            "partners",
            "partners",
            Kind::Whole,
            "How many partners state a gap of it",
        ),
        (
            "without",
            "without",
            Kind::Text,
            "Partners that state none of it: they are not in the total",
        ),
        ("gap_gbp", "gap", Kind::Pounds, "All gaps"),
        ("closed_gbp", "closed", Kind::Pounds, "All that closes them"),
        (
            "put_on_gbp",
            "put on them",
            Kind::Pounds,
            "What reductions of other partners put on them",
        ),
        ("left_gbp", "left", Kind::Pounds, "What is left"),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        dataset.rows.push(vec![
            Value::text(one.covers.as_str()),
            Value::Period(one.period),
            Value::Whole(one.partners as u64),
            Value::text(one.without.join(", ")),
            pounds(one.gap),
            pounds(one.closed),
            pounds(one.put_on),
            pounds(one.left),
        ]);
    }
    dataset
}

/// A row a reduction.
pub fn reductions(name: &str, title: String, of: &[ReductionShown]) -> Dataset {
    let columns = [
        ("reduction", "what", Kind::Text, "What is reduced"),
        ("code", "code", Kind::Text, "Code of the reduction"),
        ("partner", "partner", Kind::Text, "Who spends less"),
        ("period", "from", Kind::Text, "From which year"),
        (
            "pounds_gbp",
            "pounds a year",
            Kind::Pounds,
            "How much a year",
        ),
        ("lasts", "lasts", Kind::Text, "on, or once"),
        ("status", "status", Kind::Text, "How far it is"),
        (
            "closes",
            "closes a gap",
            Kind::Text,
            "yes where it does by the rule of the register",
        ),
        (
            "falls_on",
            "falls on",
            Kind::Text,
            "Who bears the cost then",
        ),
        ("line", "line", Kind::Text, "File and line of the register"),
        ("source", "source", Kind::Text, "Where it is written down"),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        dataset.rows.push(vec![
            Value::text(one.name.as_str()),
            Value::text(one.code.as_str()),
            Value::text(one.partner.as_str()),
            Value::Period(one.period),
            pounds(one.pounds),
            Value::text(one.lasts),
            Value::text(one.status.as_str()),
            Value::text(if one.closes { "yes" } else { "no" }),
            Value::text(one.falls_on.as_str()),
            Value::text(one.line.as_str()),
            Value::text(one.source.as_str()),
        ]);
    }
    dataset
}

/// A row a partner, and a row a reduction that names a cell.
pub fn phases_beside(name: &str, title: String, of: &[PhasesShown]) -> Dataset {
    let columns = [
        ("partner", "partner", Kind::Text, "Name of the partner"),
        (
            "what",
            "what",
            Kind::Text,
            "everything, or the reduction whose cell it is",
        ),
        ("period", "of", Kind::Text, "Of when"),
        (
            "budget_gbp",
            "budget",
            Kind::Pounds,
            "Budget; empty where none is recorded",
        ),
        (
            "forecast_gbp",
            "forecast",
            Kind::Pounds,
            "Forecast; empty where none is recorded",
        ),
        (
            "outturn_gbp",
            "outturn",
            Kind::Pounds,
            "Outturn; empty where none is recorded",
        ),
        (
            "not_compared",
            "not compared",
            Kind::Text,
            "Phases that must not be set against each other, and why",
        ),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for beside in of {
        let of_phase = |phase: Phase| {
            let found = beside.phases.iter().find(|(known, _)| *known == phase);
            found.map_or(Value::Nothing, |(_, shown)| Value::sum(*shown))
        };
        dataset.rows.push(vec![
            Value::text(beside.partner.as_str()),
            Value::text(beside.what.as_str()),
            Value::Period(beside.period),
            of_phase(Phase::Budget),
            of_phase(Phase::Forecast),
            of_phase(Phase::Outturn),
            Value::text(beside.not_compared.as_str()),
        ]);
    }
    dataset
}
