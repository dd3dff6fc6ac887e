//! What is known of each row and whether it may be shown, in the codes of official statistics: two columns of
//! every table of a release under a policy.
//!
//! # Source
//!
//! SDMX content-oriented guidelines, code lists for observation status (`CL_OBS_STATUS`) and
//! confidentiality status (`CL_CONF_STATUS`).

use super::{Dataset, Field, Kind, Value};
use crate::disclosure::{Say, Why};
use crate::indicator::Status;

/// What the codes mean, in a sentence.
pub const CODES: &str = "obs_status: A a value, E shared out by residents or by judgement or estimated, P provisional, Q withheld, O nothing recorded or not available, M nothing that could be. conf_status: F free, C confidential; where reasons are said A few stand behind it, M few of them are nearly all of it, D it would tell another.";

/// A table with `obs_status` and `conf_status` of its rows; one without money or figures has none.
pub fn with_statuses(mut dataset: Dataset, say: Say) -> Dataset {
    let is_figure = |kind: Kind| matches!(kind, Kind::Pounds | Kind::Number);
    let figure = (dataset.fields.iter()).position(|field| is_figure(field.kind));
    let Some(figure) = figure else {
        return dataset;
    };
    let named = |name: &str| (dataset.fields.iter()).position(|field| field.name == name);
    let (status, shared) = (
        named("status"),
        ["population_gbp", "judgement_gbp"].map(named),
    );
    let of_row = |row: &[Value]| {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at));
        let said = match cell(status) {
            Some(Value::Text(said)) => said.as_str(),
            _ => "",
        };
        let is_shared = shared.into_iter().any(|at| match cell(at) {
            Some(Value::Pounds(sum)) => sum.pence().get() != 0,
            _ => false,
        });
        // A row that holds a withheld number beside a sum that is told is not free.
        let hidden = (dataset.fields.iter().zip(row)).find(|(field, value)| {
            (field.kind == Kind::Number || status.is_none()) && matches!(value, Value::Withheld(_))
        });
        match (
            hidden.map_or(cell(Some(figure)), |(_, value)| Some(value)),
            said,
        ) {
            (Some(Value::Withheld(why)), _) => ("Q", conf_status(*why, say)),
            (_, said) if said == Status::Suppressed.name() => {
                ("Q", conf_status(Why::ByPublisher, say))
            }
            (_, said) if said == Status::Estimated.name() => ("E", "F"),
            (_, said) if said == Status::Provisional.name() => ("P", "F"),
            (_, said) if said == Status::NotApplicable.name() => ("M", "F"),
            (Some(Value::Nothing) | None, _) => ("O", "F"),
            _ if is_shared => ("E", "F"),
            _ => ("A", "F"),
        }
    };
    let codes: Vec<(&str, &str)> = dataset.rows.iter().map(|row| of_row(row)).collect();
    // For internal use nothing is withheld, and what is written for it stays as it is.
    let is_of_money = (dataset.fields.get(figure)).is_some_and(|field| field.kind == Kind::Pounds);
    let shown = |field: &&mut Field| {
        is_of_money && field.name == "status" && field.about.contains("suppressed")
    };
    if let Some(status) = dataset.fields.iter_mut().find(shown) {
        status.about =
            "What the sum of it is: value, zero (recorded and zero), nothing-recorded, or withheld";
    }
    dataset.behind(
        "obs_status",
        Kind::Text,
        "What is known of the row: A a value, E shared out by residents or by judgement or estimated, P provisional, Q withheld, O nothing recorded or not available, M nothing that could be",
    );
    dataset.behind(
        "conf_status",
        Kind::Text,
        "Whether the row may be shown: F free, C confidential; where reasons are said A few stand behind it, M few of them are nearly all of it, D it would tell another",
    );
    for (row, (obs, conf)) in dataset.rows.iter_mut().zip(codes) {
        row.extend([Value::text(obs), Value::text(conf)]);
    }
    dataset
}

fn conf_status(why: Why, say: Say) -> &'static str {
    match say {
        Say::Confidential => "C",
        Say::Why => why.conf_status(),
    }
}
