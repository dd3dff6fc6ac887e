//! Every input of a proposal: what is stated, how good it is, and where it is from.

use super::chain::kind_in_words;
use crate::appraisal::{Appraisal, Cost, Effect, EffectValue, Grade, OverlapRule};
use crate::money::{Exact, Pence, Ratio};
use std::collections::BTreeSet;

/// One input.
#[derive(Clone, Debug)]
pub struct AssumptionShown {
    /// What kind of input: `cost`, `effect`, `unit value`, `cash`, `prices` …
    pub kind: &'static str,
    /// Of what: an effect, a payer, a unit value.
    pub of: String,
    /// Which of its inputs.
    pub name: String,
    /// What is stated.
    pub stated: String,
    /// The grade, by its code; empty where nothing is graded.
    pub grade: String,
    /// What it takes to deserve that grade, and what it does to the figure.
    pub grade_means: String,
    /// Source, edition, licence, or who judged and why.
    pub source: String,
}

impl AssumptionShown {
    fn new(kind: &'static str, of: &str, name: &str, stated: String) -> Self {
        Self {
            kind,
            of: of.to_owned(),
            name: name.to_owned(),
            stated,
            grade: String::new(),
            grade_means: String::new(),
            source: String::new(),
        }
    }

    fn graded(mut self, grade: Option<&Grade>, by: &Ratio, direction: &str) -> Self {
        if let Some(grade) = grade {
            self.grade = grade.code.clone();
            self.grade_means = format!("{}: {direction} by {}", grade.meaning, per_cent(by));
        }
        self
    }

    fn sourced(mut self, source: &str) -> Self {
        self.source = source.to_owned();
        self
    }
}

pub(super) fn assumptions(appraisal: &Appraisal<'_>) -> Vec<AssumptionShown> {
    let proposal = appraisal.proposal;
    let mut all = vec![AssumptionShown::new(
        "proposal",
        &proposal.code,
        "against",
        proposal.against.clone(),
    )];
    all.extend(proposal.costs.iter().map(|one| cost(appraisal, one)));
    for effect in &proposal.effects {
        all.extend(inputs(effect));
        for value in &effect.values {
            all.extend(worth(effect, value));
        }
    }
    for (group, overlap) in &proposal.overlaps {
        let rule = match overlap.rule {
            OverlapRule::Separate => "separate: all count",
            OverlapRule::Nested => "nested: only the largest counts",
            OverlapRule::Unknown => "unknown: only the largest counts, the rest is said beside it",
        };
        all.push(
            AssumptionShown::new("overlap", group, "rule", rule.to_owned())
                .sourced(&overlap.reason),
        );
    }
    for (name, words) in ["prices", "discount"]
        .into_iter()
        .zip(&appraisal.assumptions)
    {
        all.push(AssumptionShown::new(
            "prices",
            &proposal.code,
            name,
            words.clone(),
        ));
    }
    let conversions: BTreeSet<String> = (appraisal.savings.iter())
        .map(|saving| saving.conversion.to_string())
        .collect();
    for conversion in conversions {
        all.push(AssumptionShown::new(
            "prices",
            &proposal.code,
            "conversion",
            conversion,
        ));
    }
    all
}

fn cost(appraisal: &Appraisal<'_>, cost: &Cost) -> AssumptionShown {
    let year = appraisal.years.get(cost.year);
    let year = year.map_or_else(String::new, ToString::to_string);
    let resource = match cost.in_kind {
        true => "in kind",
        false => "in money",
    };
    let stated = format!("{} ({})", pounds(&cost.amount), cost.prices);
    let mut shown = AssumptionShown::new(
        "cost",
        &cost.payer.name,
        &format!("{year}, {resource}"),
        stated,
    );
    if cost.grade.is_none() {
        let by = per_cent(&cost.correction);
        shown.grade_means = format!("raised by {by} for its kind of project");
    }
    // What is spent less than without the proposal is lowered, as a saving is.
    let lowered = Ratio::zero().minus(&cost.correction);
    let (by, direction) = match lowered > Ratio::zero() {
        true => (&lowered, "lowered"),
        false => (&cost.correction, "raised"),
    };
    shown
        .graded(cost.grade.as_ref(), by, direction)
        .sourced(&cost.source)
}

fn inputs(effect: &Effect) -> Vec<AssumptionShown> {
    let inputs = effect.inputs.iter().map(|input| {
        let benefits = input.grade.as_ref().map(|grade| grade.benefits.clone());
        AssumptionShown::new(
            "effect",
            &effect.code,
            in_words(input.key),
            input.stated.clone(),
        )
        .graded(
            input.grade.as_ref(),
            &benefits.unwrap_or_else(Ratio::zero),
            "lowered",
        )
        .sourced(&effect.evidence)
    });
    let made = [
        (
            "events less for each person",
            effect.chain.per_person().to_decimal(6),
        ),
        ("savings lowered by, in all", per_cent(&effect.correction)),
    ];
    let made = made.map(|(name, stated)| {
        AssumptionShown::new("effect", &effect.code, name, stated).sourced("worked out of these")
    });
    inputs.chain(made).collect()
}

fn worth(effect: &Effect, value: &EffectValue) -> [AssumptionShown; 2] {
    let unit = &value.unit;
    let cost = match unit.is_average {
        true => "average cost",
        false => "marginal cost",
    };
    let transfer = match unit.is_transfer {
        true => ", only moves money",
        false => "",
    };
    let stated = format!(
        "{} for each {} ({}; {}, {cost}{transfer})",
        pounds(&unit.value),
        unit.unit,
        unit.prices,
        kind_in_words(unit.kind),
    );
    let of = format!("{}: {}", effect.code, value.payer.name);
    let cash = (value.cash.as_ref()).map_or_else(|| "none".to_owned(), ToString::to_string);
    [
        AssumptionShown::new(
            "unit value",
            &of,
            &format!("{} {}", unit.code, unit.name),
            stated,
        )
        .sourced(&unit.source),
        AssumptionShown::new("cash", &of, &format!("of {}", unit.code), cash)
            .sourced(&value.reason),
    ]
}

/// The key of an input, as people say it.
fn in_words(key: &'static str) -> &'static str {
    match key {
        "people" => "people who enter, year by year",
        "engaged" => "share who take part",
        "retained" => "share of those who stay",
        "base" => "events for each of them without it",
        "impact" => "part by which that is less",
        "points" => "events less for each of them",
        "deadweight" => "share that would have happened anyway (deadweight)",
        "displacement" => "share that only moves elsewhere (displacement)",
        "due_to_us" => "share due to this proposal",
        "due_to_others" => "share due to others",
        "lag" => "years until it begins",
        "persist" => "how much of it there is, year by year",
        "persist_reason" => "why it rises after it began",
        other => other,
    }
}

fn pounds(pence: &Ratio) -> String {
    // A sum beyond what an account can hold has no pounds to show.
    let sum = Exact::whole(Pence::new(1)).times(pence).nearest();
    sum.map_or_else(|_| "too large".to_owned(), |sum| sum.to_string())
}

/// A share as per cent, with a decimal only where there is one.
fn per_cent(share: &Ratio) -> String {
    let text = share.times(&Ratio::new(100, 1)).to_decimal(1);
    format!("{}%", text.trim_end_matches(".0"))
}
