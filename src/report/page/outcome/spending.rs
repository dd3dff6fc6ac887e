//! What is spent on an outcome: activity by activity, and place by place.

use crate::axis::Evidence;
use crate::disclosure::Released;
use crate::linkage::OutcomeSpend;
use crate::report::content::evidence::class_words;
use crate::report::dataset::{Dataset, Kind, Value};
use crate::report::page::address::place_href;
use crate::report::page::table::table;
use crate::report::site::Site;
use maud::{Markup, html};

pub(super) fn spend_table(page: &str, spend: &OutcomeSpend) -> (Markup, Dataset) {
    let mut dataset = Dataset::new(
        format!("{page}-spending"),
        format!("Spending meant to help: {}", spend.outcome),
    );
    dataset.column("activity", "activity", Kind::Text, "Name of the activity");
    dataset.column(
        "whole_gbp",
        "all of it",
        Kind::Pounds,
        "All spending on the activity; empty where nothing is recorded",
    );
    dataset.column(
        "evidence",
        "how it is known",
        Kind::Text,
        "How that is known, in words",
    );
    dataset.column(
        "weight",
        "counted at",
        Kind::Number,
        "The part that is meant for this outcome, 0 to 1",
    );
    dataset.column(
        "counted_gbp",
        "counted",
        Kind::Pounds,
        "The whole times the weight, closed to the penny",
    );
    dataset.behind("judgement", Kind::Text, "Who decided the weight, and why");
    dataset.behind("how", Kind::Text, "How the activity is meant to help");
    for part in &spend.parts {
        dataset.rows.push(vec![
            Value::text(part.activity.as_str()),
            Value::pounds(part.whole),
            Value::text(plain(&part.composition)),
            Value::number(Some(part.weight)),
            Value::Pounds(part.counted),
            Value::text(part.judgement.as_str()),
            Value::text(part.how.as_str()),
        ]);
    }
    let markup = html! {
        (table(&dataset, &|_| None))
        p { "Together: " b { (spend.total) } "." }
    };
    (markup, dataset)
}

/// Classes of evidence by the words that these pages use for them.
fn plain(composition: &str) -> String {
    let classes = Evidence::ALL.into_iter();
    classes.fold(composition.to_owned(), |words, class| {
        words.replace(class.name(), class_words(class))
    })
}

/// What is spent on the outcome in each place.
pub(super) fn places(site: &Released<Site>, page: &str, code: &str) -> Option<(Markup, Dataset)> {
    let report = &site.get().report;
    let mut dataset = Dataset::new(
        format!("{page}-places"),
        "Spending meant to help, by place".to_owned(),
    );
    dataset.behind("place_code", Kind::Text, "Code of the place");
    dataset.column("place", "place", Kind::Text, "Name of the place");
    dataset.column(
        "counted_gbp",
        "counted",
        Kind::Pounds,
        "Spending meant to help, each activity at its weight",
    );
    dataset.column(
        "judgement_gbp",
        "of it by chosen weights",
        Kind::Pounds,
        "Of it, what rests on a weight below 1",
    );
    let mut links = Vec::new();
    for place in &report.places {
        let of = place.outcomes.as_ref()?;
        let section = of.outcomes.iter().find(|section| section.code == code)?;
        let spend = section.spend.as_ref()?;
        dataset.rows.push(vec![
            Value::text(place.code.as_str()),
            Value::text(place.name.as_str()),
            Value::Pounds(spend.total),
            Value::Pounds(spend.judgement),
        ]);
        links.push(place_href(site.get(), &place.code));
    }
    if dataset.rows.is_empty() {
        return None;
    }
    let markup = html! {
        h3 { "In each place" }
        (table(&dataset, &|row| links.get(row).cloned().flatten()))
    };
    Some((markup, dataset))
}
