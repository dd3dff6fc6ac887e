//! How sure a proposal is: chances, bands by year, and what the answer hangs on.

use super::layers::sum;
use crate::appraisal::uncertain::Chance;
use crate::report::content::{Band, ProposalSheet, SureShown};
use crate::report::dataset::{Dataset, Kind, Value};

/// Each purse: between what its net saving lies, and the chances that it is worth it.
pub fn sure_purses(name: &str, sheet: &ProposalSheet, sure: &SureShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-how-sure"),
        format!("{}: how sure each purse may be", sheet.name),
    );
    dataset.column("purse", "for", Kind::Text, "Whose purse");
    dataset.column(
        "as_it_is_gbp",
        "saves less pays",
        Kind::Pounds,
        "Savings less costs with all figures as they are, as of the first year",
    );
    bands(&mut dataset, "net_saving", "of the same sum");
    chance(
        &mut dataset,
        "saves",
        "saves what it pays",
        "The chance that savings are at least costs",
    );
    chance(
        &mut dataset,
        "cash_pays",
        "cash alone does",
        "The chance that cash is at least costs",
    );
    for purse in &sure.purses {
        let mut row = vec![Value::text(purse.name.as_str()), sum(purse.as_it_is)];
        row.extend(band(Some(&purse.net_saving)));
        row.extend(chance_cells(Some(purse.saves), ""));
        row.extend(chance_cells(Some(purse.cash_pays), ""));
        dataset.rows.push(row);
    }
    dataset
}

/// Each payer, and all at once: the chance that nobody ends worse off in cash.
pub fn sure_payers(name: &str, sheet: &ProposalSheet, sure: &SureShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-no-worse-off"),
        format!("{}: how likely each ends no worse off in cash", sheet.name),
    );
    dataset.behind("payer_code", Kind::Text, "Code of the payer; empty for all");
    dataset.column("payer", "who", Kind::Text, "Who pays or saves");
    bands(&mut dataset, "before", "before anything is settled");
    for (end, about) in [
        (
            "p10",
            "With the agreement: one in ten draws is below, to the pound",
        ),
        (
            "p50",
            "With the agreement: half of the draws are below, to the pound",
        ),
        (
            "p90",
            "With the agreement: nine in ten draws are below, to the pound",
        ),
    ] {
        dataset.behind(&format!("after_{end}_gbp"), Kind::Pounds, about);
    }
    chance(
        &mut dataset,
        "no_worse_before",
        "no worse off before",
        "The chance that it ends no worse off before anything is settled",
    );
    chance(
        &mut dataset,
        "no_worse_after",
        "with the agreement",
        "The chance that it ends no worse off with what is agreed",
    );
    let none = if sure.no_agreement.is_some() {
        "no agreement"
    } else {
        ""
    };
    for payer in &sure.payers {
        let mut row = vec![
            Value::text(payer.code.as_str()),
            Value::text(payer.name.as_str()),
        ];
        row.extend(band(Some(&payer.before)));
        row.extend(band(payer.after.as_ref()));
        row.extend(
            payer
                .no_worse
                .into_iter()
                .flat_map(|one| chance_cells(one, none)),
        );
        dataset.rows.push(row);
    }
    let mut all = vec![Value::Nothing, Value::text("All at once")];
    all.extend([None, None].into_iter().flat_map(band));
    all.extend(
        sure.all_at_once
            .into_iter()
            .flat_map(|one| chance_cells(one, none)),
    );
    dataset.rows.push(all);
    dataset
}

/// Each payer by year: between what its cash less money paid so far lies.
pub fn sure_years(name: &str, sheet: &ProposalSheet, sure: &SureShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-so-far"),
        format!("{}: cash less money paid so far, by year", sheet.name),
    );
    dataset.behind("payer_code", Kind::Text, "Code of the payer");
    dataset.column("payer", "who", Kind::Text, "Who pays or saves");
    dataset.column("year", "by the end of", Kind::Text, "The year");
    bands(
        &mut dataset,
        "so_far",
        "not discounted, before anything is settled",
    );
    for payer in &sure.payers {
        for (year, so_far) in sheet.years.iter().zip(&payer.so_far) {
            let mut row = vec![
                Value::text(payer.code.as_str()),
                Value::text(payer.name.as_str()),
                Value::text(year.as_str()),
            ];
            row.extend(band(Some(so_far)));
            dataset.rows.push(row);
        }
    }
    dataset
}

/// Each purse by year: the chance that it is paid back for good by then.
pub fn sure_paybacks(name: &str, sheet: &ProposalSheet, sure: &SureShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-paid-back-by"),
        format!("{}: how likely it is paid back by then", sheet.name),
    );
    dataset.column("purse", "for", Kind::Text, "Whose purse");
    dataset.column("year", "by the end of", Kind::Text, "The year");
    chance(
        &mut dataset,
        "paid_back",
        "paid back for good",
        "The chance that savings so far stay at least costs so far, as of the first year",
    );
    for purse in &sure.purses {
        for (year, by) in sheet.years.iter().zip(&purse.paid_back_by) {
            let mut row = vec![Value::text(purse.name.as_str()), Value::text(year.as_str())];
            row.extend(chance_cells(Some(*by), ""));
            dataset.rows.push(row);
        }
    }
    dataset
}

/// What the net saving of all purses hangs on: a row for each source.
pub fn sure_sources(name: &str, sheet: &ProposalSheet, sure: &SureShown) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-hangs-on"),
        format!("{}: what the answer hangs on", sheet.name),
    );
    dataset.column(
        "source",
        "source",
        Kind::Text,
        "A figure, or the name of several that rest on the same",
    );
    dataset.column(
        "at_low_gbp",
        "at the lower end",
        Kind::Pounds,
        "Savings less costs of all purses with its figures at their lower ends, all else as it is",
    );
    dataset.column(
        "at_high_gbp",
        "at the upper end",
        Kind::Pounds,
        "The same with its figures at their upper ends",
    );
    dataset.column(
        "percent_of_variance",
        "per cent of what is unsure",
        Kind::Number,
        "Its part of the variance of ranks among draws, in per cent",
    );
    for (source, low, high) in &sure.tornado.bars {
        let part = sure.drivers.iter().find(|(one, _)| one == source);
        let part = part.map_or(0.0, |(_, part)| *part);
        dataset.rows.push(vec![
            Value::text(source.as_str()),
            sum(*low),
            sum(*high),
            Value::number(Some(format!("{part:.1}"))),
        ]);
    }
    dataset
}

fn bands(dataset: &mut Dataset, name: &str, what: &'static str) {
    for (end, title, about) in [
        (
            "p10",
            "one in ten below",
            "One in ten draws is below (type 7), to the pound",
        ),
        (
            "p50",
            "half below",
            "Half of the draws are below (type 7), to the pound",
        ),
        (
            "p90",
            "nine in ten below",
            "Nine in ten draws are below (type 7), to the pound",
        ),
    ] {
        dataset.column(&format!("{name}_{end}_gbp"), title, Kind::Pounds, about);
    }
    // The heading would be three times as long with it.
    if let Some(first) = dataset.fields.iter_mut().rev().nth(2) {
        first.title = format!("{}, {what}", first.title);
    }
}

fn band(of: Option<&Band>) -> [Value; 3] {
    of.map_or([const { Value::Nothing }; 3], |band| {
        [band.p10, band.p50, band.p90].map(sum)
    })
}

/// In words with its error, and the share by itself.
fn chance(dataset: &mut Dataset, name: &str, title: &str, about: &'static str) {
    dataset.column(name, title, Kind::Text, about);
    dataset.behind(
        &format!("{name}_share"),
        Kind::Number,
        "The same as a share of all draws, from 0 to 1",
    );
}

fn chance_cells(chance: Option<Chance>, none: &str) -> [Value; 2] {
    match chance {
        Some(chance) => [
            Value::text(chance.to_string()),
            Value::number(Some(format!("{:.4}", chance.share()))),
        ],
        None => [Value::text(none), Value::Nothing],
    }
}
