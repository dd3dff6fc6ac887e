//! Spending that is meant to help an outcome: activity by activity, and place by place.

use super::{Dataset, Kind, Value};
use crate::axis::Evidence;
use crate::linkage::OutcomeSpend;
use crate::report::content::evidence::class_words;
use crate::report::content::{LocalityReport, Shown};

/// Each activity at its weight.
pub fn contributions(name: &str, spend: &OutcomeSpend) -> Dataset {
    let mut dataset = Dataset::new(
        format!("{name}-spending"),
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
            part.whole
                .map(Shown::of_sum)
                .map_or(Value::Nothing, Value::sum),
            Value::text(plain(&part.composition)),
            Value::number(Some(part.weight)),
            Value::sum(Shown::of_sum(part.counted)),
            Value::text(part.judgement.as_str()),
            Value::text(part.how.as_str()),
        ]);
    }
    dataset
}

/// Classes of evidence by the words that these pages use for them.
pub(super) fn plain(composition: &str) -> String {
    let classes = Evidence::ALL.into_iter();
    classes.fold(composition.to_owned(), |words, class| {
        words.replace(class.name(), class_words(class))
    })
}

/// What is spent on an outcome in each place; none where a place does not say.
pub fn contributions_in_places(name: &str, report: &LocalityReport, code: &str) -> Option<Dataset> {
    let mut dataset = Dataset::new(
        format!("{name}-places"),
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
    for place in &report.places {
        let of = place.outcomes.as_ref()?;
        let section = of.outcomes.iter().find(|section| section.code == code)?;
        let spend = section.spend.as_ref()?;
        let sum = |pence| Value::sum(Shown::of_sum(pence));
        dataset.rows.push(vec![
            Value::text(place.code.as_str()),
            Value::text(place.name.as_str()),
            sum(spend.total),
            sum(spend.judgement),
        ]);
    }
    (!dataset.rows.is_empty()).then_some(dataset)
}
