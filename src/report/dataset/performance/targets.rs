//! Targets with their three facts, what service users say, and what is not there.

use super::columns::{number, with_columns};
use crate::agreement::Owed;
use crate::report::content::{SurveyShown, TargetShown};
use crate::report::dataset::{Dataset, Kind, Value};
use crate::statistic::Estimate;

const TARGETS: [(&str, &str, Kind, &str); 21] = [
    ("target", "target", Kind::Text, "Name of the target"),
    ("target_code", "code", Kind::Text, "Code of the target"),
    (
        "headline",
        "headline",
        Kind::Text,
        "yes where the board sees it first",
    ),
    ("lead", "lead", Kind::Text, "Name of the partner that leads"),
    (
        "named_by",
        "named by",
        Kind::Text,
        "The law that names the lead, or the partners",
    ),
    (
        "contributing",
        "contributes",
        Kind::Text,
        "Names of the partners that contribute",
    ),
    (
        "period",
        "of",
        Kind::Text,
        "The last period of which a figure had come",
    ),
    ("unit", "unit", Kind::Text, "What one of its figures is"),
    (
        "figure",
        "figure",
        Kind::Number,
        "The figure, as its source writes it",
    ),
    (
        "lower",
        "lower",
        Kind::Number,
        "The lower limit of its interval",
    ),
    (
        "upper",
        "upper",
        Kind::Number,
        "The upper limit of its interval",
    ),
    (
        "against_target",
        "against target",
        Kind::Text,
        "Fact one: whether the milestone of that period is reached",
    ),
    (
        "beyond_chance",
        "beyond chance",
        Kind::Text,
        "Whether the figure differs from the milestone by more than chance",
    ),
    (
        "changed_by",
        "changed by",
        Kind::Number,
        "By how much it changed since the baseline",
    ),
    (
        "changed_by_lower",
        "lower",
        Kind::Number,
        "The lower limit of that difference",
    ),
    (
        "changed_by_upper",
        "upper",
        Kind::Number,
        "The upper limit of that difference",
    ),
    (
        "change",
        "change",
        Kind::Text,
        "Fact two: whether the change since the baseline is more than chance",
    ),
    (
        "direction",
        "direction",
        Kind::Text,
        "Fact three: which way the last five figures went",
    ),
    (
        "rating",
        "rating",
        Kind::Text,
        "The word that the agreement's rules give these facts",
    ),
    (
        "next_value",
        "next",
        Kind::Number,
        "What should be reached next",
    ),
    ("next_by", "by", Kind::Day, "By when"),
];

fn value_of(estimate: Option<&Estimate>) -> Value {
    number(estimate.and_then(Estimate::value))
}

fn limits(estimate: Option<&Estimate>) -> [Value; 2] {
    let interval = estimate.and_then(Estimate::interval);
    [interval.map(|one| one.lower), interval.map(|one| one.upper)].map(number)
}

/// A row a target; the page shows its name and those of `shown`, files have all columns.
pub fn targets<'a>(
    name: &str,
    title: String,
    of: impl Iterator<Item = &'a TargetShown>,
    shown: &[&str],
) -> Dataset {
    let mut dataset = with_columns(name, title, &TARGETS);
    for field in &mut dataset.fields {
        field.shown = field.name == "target" || shown.contains(&field.name.as_str());
    }
    for one in of {
        let facts = &one.facts;
        let [lower, upper] = limits(facts.estimate.as_ref());
        let [changed_lower, changed_upper] = limits(facts.changed_by.as_ref());
        let named_by = match one.named_in_law.as_str() {
            "" => "the partners",
            law => law,
        };
        dataset.rows.push(vec![
            Value::text(one.name.as_str()),
            Value::text(one.code.as_str()),
            Value::text(if one.is_headline { "yes" } else { "no" }),
            Value::text(one.lead.1.as_str()),
            Value::text(named_by),
            Value::text(one.contributing.as_str()),
            facts.period.map_or(Value::Nothing, Value::Period),
            Value::text(one.unit.as_str()),
            Value::number(facts.figure.map(|figure| figure.round_dp(4).normalize())),
            lower,
            upper,
            Value::text(facts.against_target.to_string()),
            Value::text(facts.beyond_chance.to_string()),
            value_of(facts.changed_by.as_ref()),
            changed_lower,
            changed_upper,
            Value::text(facts.change.to_string()),
            Value::text(facts.direction.to_string()),
            Value::text(facts.rating.as_deref().unwrap_or_default()),
            Value::number(facts.next.as_ref().map(|next| next.value)),
            (facts.next.as_ref()).map_or(Value::Nothing, |next| Value::Day(next.period.last_day())),
        ]);
    }
    dataset
}

/// A row a measure, as its users were asked last.
pub fn surveys(name: &str, title: String, of: &[SurveyShown]) -> Dataset {
    let columns = [
        ("measure", "measure", Kind::Text, "Whose evaluation it is"),
        (
            "beside",
            "beside",
            Kind::Text,
            "The target that it stands beside",
        ),
        ("question", "asked", Kind::Text, "What was asked"),
        ("period", "when", Kind::Text, "When"),
        ("percent", "per cent", Kind::Number, "Per cent who said so"),
        (
            "lower",
            "lower",
            Kind::Number,
            "Lower limit: Wilson over the effective sample",
        ),
        ("upper", "upper", Kind::Number, "Upper limit"),
        ("answered", "answered", Kind::Number, "People who answered"),
        (
            "response_percent",
            "of those asked",
            Kind::Number,
            "Per cent of those asked who answered",
        ),
        (
            "asked",
            "people asked",
            Kind::Number,
            "People who were asked",
        ),
        (
            "did_not_answer",
            "did not answer",
            Kind::Number,
            "People who were asked and did not answer",
        ),
        (
            "lowest_of_asked",
            "lowest of all asked",
            Kind::Number,
            "Per cent of all who were asked, if nobody who did not answer would have said so",
        ),
        (
            "highest_of_asked",
            "highest of all asked",
            Kind::Number,
            "The same if everybody who did not answer would have said so",
        ),
        ("since", "since", Kind::Text, "The wave before"),
        (
            "changed_by",
            "changed by",
            Kind::Number,
            "By how many percentage points it differs from that",
        ),
        (
            "changed_by_lower",
            "lower",
            Kind::Number,
            "Lower limit of that difference",
        ),
        (
            "changed_by_upper",
            "upper",
            Kind::Number,
            "Upper limit of that difference",
        ),
        (
            "source",
            "how",
            Kind::Text,
            "Who asked, and how people were chosen",
        ),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        let standing = &one.standing;
        let change = standing.since.as_ref().map(|(_, change)| change);
        let [lower, upper] = limits(Some(&standing.estimate));
        let [changed_lower, changed_upper] = limits(change);
        dataset.rows.push(vec![
            Value::text(standing.name.as_str()),
            Value::text(one.beside.as_str()),
            Value::text(standing.question.as_str()),
            Value::Period(standing.period),
            value_of(Some(&standing.estimate)),
            lower,
            upper,
            Value::number(Some(standing.answered.as_str())),
            Value::number(standing.response_percent),
            Value::number(standing.non_response.map(|silent| silent.asked)),
            Value::number(standing.non_response.map(|silent| silent.silent)),
            Value::number(standing.non_response.map(|silent| silent.lowest_percent)),
            Value::number(standing.non_response.map(|silent| silent.highest_percent)),
            (standing.since.as_ref()).map_or(Value::Nothing, |(period, _)| Value::Period(*period)),
            value_of(change),
            changed_lower,
            changed_upper,
            Value::text(standing.source.as_str()),
        ]);
    }
    dataset
}

/// A row a figure that is not there.
pub fn figures_owed(name: &str, title: String, of: &[Owed]) -> Dataset {
    let columns = [
        ("figure", "figure", Kind::Text, "Of which target or measure"),
        ("period", "of", Kind::Text, "Of which period"),
        ("owed_by", "owed by", Kind::Text, "Who owes it"),
        ("due", "due", Kind::Day, "When it is due"),
        (
            "overdue_days",
            "days overdue",
            Kind::Whole,
            "For how many days it has been overdue",
        ),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        dataset.rows.push(vec![
            Value::text(one.of.as_str()),
            Value::Period(one.period),
            Value::text(one.owed_by.as_str()),
            Value::Day(one.due),
            whole(one.overdue_days),
        ]);
    }
    dataset
}

fn whole(number: Option<i64>) -> Value {
    let number = number.and_then(|number| u64::try_from(number).ok());
    number.map_or(Value::Nothing, Value::Whole)
}
