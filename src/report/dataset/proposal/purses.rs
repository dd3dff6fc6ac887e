//! What a proposal is to each purse, and proposals side by side for one of them.

use super::layers::sum;
use crate::appraisal::{Payback, Return};
use crate::report::content::{Layer, ProposalSheet, PurseShown};
use crate::report::dataset::{Dataset, Kind, Value};

/// The same proposal for different purses: a row each.
pub fn purses(name: &str, sheet: &ProposalSheet) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-purses"),
        format!("{}: the same proposal for different purses", sheet.name),
    );
    dataset.behind(
        "purse_code",
        Kind::Text,
        "all-partners, or the code of a boundary or partner",
    );
    dataset.column("purse", "for", Kind::Text, "Whose purse");
    verdict_columns(&mut dataset);
    for purse in &sheet.purses {
        let mut row = vec![
            Value::text(purse.code.as_str()),
            Value::text(purse.name.as_str()),
        ];
        row.extend(verdict_cells(purse));
        dataset.rows.push(row);
    }
    dataset
}

/// Proposals in the order of what one purse gains: a row each.
pub fn side_by_side(name: &str, ranked: &[(&ProposalSheet, &PurseShown)]) -> Dataset {
    let purse = ranked.first().map_or("", |(_, purse)| &purse.name);
    let mut dataset = Dataset::new(name.to_owned(), format!("Proposals by what {purse} gains"));
    dataset.behind(
        "rank",
        Kind::Whole,
        "1 for the proposal by which the purse gains most pounds",
    );
    dataset.behind("proposal_code", Kind::Text, "Code of the proposal");
    dataset.column("proposal", "proposal", Kind::Text, "Name of the proposal");
    dataset.behind(
        "purse_code",
        Kind::Text,
        "all-partners, or the code of a boundary",
    );
    dataset.behind("purse", Kind::Text, "Whose purse");
    dataset.behind(
        "vintage",
        Kind::Text,
        "Prices, deflator and discount schedule, with editions",
    );
    verdict_columns(&mut dataset);
    for (place, (sheet, purse)) in ranked.iter().enumerate() {
        let mut row = vec![
            Value::Whole(place as u64 + 1),
            Value::text(sheet.code.as_str()),
            Value::text(sheet.name.as_str()),
            Value::text(purse.code.as_str()),
            Value::text(purse.name.as_str()),
            Value::text(sheet.vintage.as_str()),
        ];
        row.extend(verdict_cells(purse));
        dataset.rows.push(row);
    }
    dataset
}

fn verdict_columns(dataset: &mut Dataset) {
    for (name, title, about) in [
        ("paid_gbp", "pays", "What it pays, as of the first year"),
        (
            "saved_gbp",
            "saves",
            "What it saves, corrected and held against what is spent, as of the first year",
        ),
        ("cash_gbp", "of that cash", "What of that leaves its budget"),
        (
            "gain_gbp",
            "saves less pays",
            "Saved less paid; below zero it pays more than it saves",
        ),
        (
            "cash_gain_gbp",
            "cash less money paid",
            "Cash less what it pays in money",
        ),
    ] {
        dataset.column(name, title, Kind::Pounds, about);
    }
    for (name, title, about) in [
        (
            "saved_for_a_pound",
            "saved for £1",
            "Pounds saved for a pound paid, or why there is no such ratio",
        ),
        (
            "cash_for_a_pound",
            "cash for £1",
            "Pounds of cash for a pound paid, or why there is no such ratio",
        ),
    ] {
        dataset.column(name, title, Kind::Text, about);
        let about = "The same as a number; empty where there is no ratio";
        dataset.behind(&format!("{name}_ratio"), Kind::Number, about);
    }
    for (name, title, about) in [
        (
            "paid_back_in_words",
            "paid back",
            "When savings so far are at least costs so far, not discounted",
        ),
        (
            "paid_back_discounted_in_words",
            "discounted",
            "The same, as of the first year",
        ),
    ] {
        dataset.column(name, title, Kind::Text, about);
    }
    for (name, about) in [
        (
            "paid_back_first",
            "The first year in which savings so far are at least costs so far, not discounted; or never",
        ),
        (
            "paid_back_stays",
            "The year from which that stays so, not discounted; or never",
        ),
        (
            "paid_back_first_discounted",
            "The first such year, as of the first year; or never",
        ),
        (
            "paid_back_stays_discounted",
            "The year from which that stays so, as of the first year; or never",
        ),
    ] {
        dataset.behind(name, Kind::Text, about);
    }
    dataset.behind(
        "public_value_gbp",
        Kind::Pounds,
        "What it is worth to people, whoever pays, with what this purse saves that is no transfer",
    );
    dataset.behind(
        "public_value_for_a_pound_ratio",
        Kind::Number,
        "Public value for a pound paid; empty where there is no ratio",
    );
}

fn verdict_cells(purse: &PurseShown) -> Vec<Value> {
    let (sums, payback) = (&purse.sums, &purse.payback);
    let mut cells: Vec<Value> = [
        sums.paid(),
        sums.saved(),
        sums.get(Layer::Cash),
        sums.gain(),
        sums.cash_gain(),
    ]
    .map(sum)
    .into();
    for one in [&purse.fiscal_return, &purse.cash_return] {
        let words = match one {
            Return::Of(ratio) => format!("£{}", ratio.to_decimal(2)),
            Return::NoCost | Return::CheaperAnyway => one.to_string(),
        };
        cells.extend([Value::text(words), as_number(one)]);
    }
    let pairs = [
        (payback.first, payback.stays),
        (payback.first_discounted, payback.stays_discounted),
    ];
    cells.extend(pairs.map(|(first, stays)| Value::text(in_words(first, stays))));
    let each = pairs.into_iter().flat_map(|(first, stays)| [first, stays]);
    cells.extend(each.map(|year| Value::text(year.to_string())));
    cells.extend([sum(purse.public_value), as_number(&purse.public_return)]);
    cells
}

fn as_number(one: &Return) -> Value {
    match one {
        Return::Of(ratio) => Value::number(Some(ratio.to_decimal(4))),
        Return::NoCost | Return::CheaperAnyway => Value::Nothing,
    }
}

/// Both years in one cell; most often they are the same.
fn in_words(first: Payback, stays: Payback) -> String {
    match (first, stays) {
        (first, stays) if first == stays => first.to_string(),
        (first, Payback::Never) => format!("{first}, and not for good"),
        (first, stays) => format!("{first}, for good from {stays}"),
    }
}
