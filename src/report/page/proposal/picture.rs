//! Who pays and who saves over the years.

use crate::money::Pence;
use crate::report::content::{Layer, PayerShown, ProposalSheet, Sums};
use crate::report::dataset::{Dataset, by_year};
use crate::report::page::table::table;
use crate::report::page::words::counted;
use crate::report::picture::{Frame, PayerBars, YearBar, years};
use maud::{Markup, html};

/// The picture, and its table.
pub(super) fn over_the_years(name: &str, sheet: &ProposalSheet) -> (Markup, Dataset) {
    let dataset = by_year(name, sheet);
    let is_drawn = |payer: &&PayerShown| {
        let all = &payer.all_years;
        all.paid() != Pence::ZERO || all.saved() != Pence::ZERO
    };
    let with_money = || sheet.payers.iter().filter(is_drawn);
    let left_out: Vec<&str> = (sheet.payers.iter())
        .filter(|payer| !is_drawn(payer))
        .map(|payer| payer.payer.name.as_str())
        .collect();
    let bars: Vec<PayerBars<'_>> = with_money()
        .map(|payer| PayerBars {
            name: &payer.payer.name,
            years: (sheet.years.iter().zip(&payer.by_year))
                .map(|(year, sums)| YearBar {
                    year,
                    money: sums.get(Layer::Money),
                    in_kind: sums.get(Layer::InKind),
                    cash: sums.get(Layer::Cash),
                    freed: sums.freed(),
                })
                .collect(),
        })
        .collect();
    let below = with_money().flat_map(|payer| &payer.by_year).any(|sums| {
        let drawn = [
            sums.get(Layer::Money),
            sums.get(Layer::InKind),
            sums.freed(),
        ];
        drawn.iter().any(|sum| *sum < Pence::ZERO)
    });
    let title = format!("{}: who pays and who saves, year by year", sheet.name);
    let described = described(sheet);
    let frame = Frame {
        id: "years",
        title: &title,
        description: &described,
        note: Some(
            "Below the line what a payer pays, above it what it saves, each year by itself and not discounted. All have one scale. What is freed is time and room for other people, and pays no bill.",
        ),
        table: Some(&dataset.name),
    };
    let markup = html! {
        (years(&frame, &bars))
        @if below { p { "A cost below zero has no bar; it stands in the table with its minus sign." } }
        @if !left_out.is_empty() { p { "Neither pays nor saves, once what it claims is held against what is spent: " (left_out.join(", ")) "." } }
        details {
            summary { "The same as a table (" (counted(dataset.rows.len(), "row", "rows")) ")" }
            (table(&dataset, &|_| None))
        }
    };
    (markup, dataset)
}

/// Who pays most, and who saves most.
fn described(sheet: &ProposalSheet) -> String {
    let most = |of: &dyn Fn(&Sums) -> Pence| {
        let payers = sheet.payers.iter();
        let payers = payers.map(|payer| (of(&payer.all_years), payer.payer.name.as_str()));
        payers.max_by_key(|(sum, _)| *sum)
    };
    let mut words = Vec::new();
    if let Some((sum, name)) = most(&|sums| sums.paid()) {
        words.push(format!("{name} pays most, {sum} over all years"));
    }
    if let Some((sum, name)) = most(&|sums| sums.saved()) {
        words.push(format!("{name} saves most, {sum}"));
    }
    words.join("; ") + "."
}
