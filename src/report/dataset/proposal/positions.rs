//! Who pays and who saves: by payer and year, and as of the first year.

use super::layers::{layer_cells, layer_columns};
use crate::report::content::{PayerShown, ProposalSheet};
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for each payer and year, not discounted.
pub fn by_year(name: &str, sheet: &ProposalSheet) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-positions"),
        format!("{}: who pays and who saves, year by year", sheet.name),
    );
    payer_columns(&mut dataset);
    dataset.column("year", "year", Kind::Text, "The financial year");
    dataset.behind(
        "factor",
        Kind::Number,
        "What a pound of the year is worth in the first: times this, an amount is as of the first year",
    );
    layer_columns(&mut dataset);
    for payer in &sheet.payers {
        let years = sheet.years.iter().zip(&sheet.factors);
        for ((year, factor), sums) in years.zip(&payer.by_year) {
            let mut row = payer_cells(payer);
            row.extend([Value::text(year.as_str()), Value::number(Some(factor))]);
            row.extend(layer_cells(sums));
            dataset.rows.push(row);
        }
    }
    dataset
}

/// A row for each payer, all years as of the first; before anything is settled.
pub fn present(name: &str, sheet: &ProposalSheet) -> Dataset {
    let first = sheet.years.first().map_or("the first year", String::as_str);
    let mut dataset = Dataset::new(
        format!("{name}-present"),
        format!(
            "{}: who pays and who saves, all years as of {first}",
            sheet.name
        ),
    );
    payer_columns(&mut dataset);
    layer_columns(&mut dataset);
    for payer in &sheet.payers {
        let mut row = payer_cells(payer);
        row.extend(layer_cells(&payer.present));
        dataset.rows.push(row);
    }
    dataset
}

fn payer_columns(dataset: &mut Dataset) {
    dataset.behind("payer_code", Kind::Text, "Code of who pays or saves");
    dataset.column("payer", "who", Kind::Text, "Name of who pays or saves");
    dataset.behind(
        "payer_kind",
        Kind::Text,
        "partner, or outside: a body that publishes no ledger here",
    );
}

fn payer_cells(payer: &PayerShown) -> Vec<Value> {
    let kind = match payer.payer.is_partner {
        true => "partner",
        false => "outside",
    };
    vec![
        Value::text(payer.payer.code.as_str()),
        Value::text(payer.payer.name.as_str()),
        Value::text(kind),
    ]
}
