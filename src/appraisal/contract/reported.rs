//! What was counted for a term, and what of it cannot have been.

use super::kind::TermKind;
use super::pounds::pence;
use super::terms::{Baseline, Contract, Term};
use crate::axis::name_one_of;
use crate::finding::{Finding, Findings, Position};
use crate::money::Ratio;
use crate::price::PriceYear;
use crate::text::counted_as;
use std::collections::BTreeMap;

/// A comparison group: other people, of the same time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How many.
    pub people: u64,
    /// How many of them, of their events, or of their pounds.
    pub count: Ratio,
}

/// What was counted for a term in a cohort and a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Of which term.
    pub term: String,
    /// Of which cohort.
    pub cohort: String,
    /// Of which people of it, told apart so that a cap by person binds where it should; empty for all.
    pub group: String,
    /// In which year it is paid.
    pub year: PriceYear,
    /// How many people.
    pub people: u64,
    /// Claims; people who have it; events; pounds; units of demand.
    pub count: Ratio,
    /// Of claims paid for earlier, how many did not last.
    pub returned: Ratio,
    /// The comparison group, for a term that has one.
    pub comparison: Option<Comparison>,
    /// Quality from 0 to 1, for a term that asks for it.
    pub quality: Option<Ratio>,
    /// Where it is written down.
    pub position: Position,
}

impl Contract {
    /// All that is wrong with what was reported.
    #[must_use]
    pub fn faults(&self, reported: &[Reported]) -> Findings {
        let mut faults = Findings::new();
        let mut seen: BTreeMap<(&str, &str, &str, PriceYear), ()> = BTreeMap::new();
        let mut claims: BTreeMap<(&str, &str, &str), Claims> = BTreeMap::new();
        for row in reported {
            let mut fault = |rule: &str, column: &str, found: String, remedy: &str| {
                faults.push(Finding::fault(
                    rule,
                    row.position.clone().column(column),
                    found,
                    remedy,
                ));
            };
            if self.cohort(&row.cohort).is_none() {
                let known = self.cohorts.iter().map(|cohort| cohort.code.as_str());
                fault(
                    "unknown-code",
                    "cohort",
                    format!(
                        "`{}` is not a cohort of contract `{}`",
                        row.cohort, self.code
                    ),
                    &name_one_of(&row.cohort, "cohort", known),
                );
            }
            let Some(term) = self.term(&row.term) else {
                let known = self.terms.iter().map(|term| term.code.as_str());
                fault(
                    "unknown-code",
                    "term",
                    format!("`{}` is not a term of contract `{}`", row.term, self.code),
                    &name_one_of(&row.term, "term", known),
                );
                continue;
            };
            let key = (
                row.term.as_str(),
                row.cohort.as_str(),
                row.group.as_str(),
                row.year,
            );
            if seen.insert(key, ()).is_some() {
                fault(
                    "result-given-twice",
                    "term",
                    format!(
                        "there is already a result of `{}` for `{}` in {}",
                        row.term, row.cohort, row.year
                    ),
                    "keep one of them, or tell their people apart by `group`",
                );
            }
            for (column, rule, found, remedy) in self.row_faults(term, row) {
                fault(rule, column, found, remedy);
            }
            let sum = claims
                .entry((&row.term, &row.cohort, &row.group))
                .or_default();
            sum.people = sum.people.max(row.people);
            sum.claimed = sum.claimed.plus(&row.count);
            sum.returned = sum.returned.plus(&row.returned);
            sum.last = Some(row);
        }
        for ((code, cohort, _), sum) in claims {
            let (Some(term), Some(last)) = (self.term(code), sum.last) else {
                continue;
            };
            faults.extend(above(term, cohort, &sum, last));
        }
        faults.extend(self.group_faults(reported));
        faults
    }

    fn row_faults(&self, term: &Term, row: &Reported) -> Vec<Fault> {
        let mut faults = Vec::new();
        let zero = Ratio::zero();
        for (column, number) in [("count", &row.count), ("returned", &row.returned)] {
            if *number < zero {
                faults.push((
                    column,
                    "not-a-number",
                    format!("`{column}` of `{}` is {}", term.code, number.to_decimal(2)),
                    "write a count from 0 up; what did not last goes into `returned`",
                ));
            } else if !term.kind.is_in_pounds()
                && term.kind != TermKind::Demand
                && !number.is_whole()
            {
                faults.push((
                    column,
                    "claim-not-whole",
                    format!(
                        "`{column}` of `{}` is {}, and people and events are whole",
                        term.code,
                        number.to_decimal(2)
                    ),
                    "write what was counted; shares of it are made by the terms",
                ));
            }
        }
        if row.people == 0 && term.kind != TermKind::Fee {
            faults.push((
                "people",
                "result-without-people",
                format!("`{}` is of nobody", term.code),
                "write how many people were counted; 1 for the demand of a whole place",
            ));
        }
        let people = Ratio::new(row.people.into(), 1);
        if term.kind == TermKind::Binary && row.count > people {
            faults.push((
                "count",
                "more-than-people",
                format!("{} of {} have it", row.count, counted_people(row.people)),
                "each person counts once in a binary term; events are for one of frequency",
            ));
        }
        let most = self.cohort(&row.cohort).and_then(|cohort| cohort.people);
        if let Some(most) = most.filter(|most| row.people > *most) {
            faults.push((
                "people",
                "more-than-people",
                format!(
                    "`{}` reports {}, and the cohort has {most}",
                    term.code,
                    counted_people(row.people)
                ),
                "correct the people, or the cohort in the contract",
            ));
        }
        let compares = matches!(term.baseline, Some((Baseline::Comparison { .. }, _)));
        match &row.comparison {
            None if compares => faults.push((
                "comparison_people",
                "no-comparison-group",
                format!(
                    "`{}` is held against a comparison group, and none is reported",
                    term.code
                ),
                "write its people and what was counted of them",
            )),
            Some(_) if !compares => faults.push((
                "comparison_people",
                "result-of-another-kind",
                format!(
                    "`{}` has no comparison group, and one is reported",
                    term.code
                ),
                "leave it empty, or name `comparison` as the baseline of the term",
            )),
            Some(group) if group.people == 0 || group.count < zero => faults.push((
                "comparison_people",
                "no-comparison-group",
                format!(
                    "the comparison group of `{}` has {} and {} counted",
                    term.code,
                    counted_people(group.people),
                    group.count.to_decimal(2)
                ),
                "write its people and what was counted of them",
            )),
            Some(group)
                if term.kind == TermKind::Binary
                    && group.count > Ratio::new(group.people.into(), 1) =>
            {
                faults.push((
                    "comparison_count",
                    "more-than-people",
                    format!(
                        "{} of {} have it",
                        group.count,
                        counted_people(group.people)
                    ),
                    "each person counts once in a binary term; events are for one of frequency",
                ))
            }
            _ => {}
        }
        if row.quality.is_some() && !term.times_quality
            || row.returned > zero && !term.kind.is_of_claims()
        {
            faults.push((
                if row.quality.is_some() {
                    "quality"
                } else {
                    "returned"
                },
                "result-of-another-kind",
                format!("`{}` does not ask for that", term.code),
                "leave it empty, or change the term",
            ));
        }
        if let Some(quality) = row
            .quality
            .as_ref()
            .filter(|share| **share < zero || **share > Ratio::one())
        {
            faults.push((
                "quality",
                "result-of-another-kind",
                format!(
                    "the quality of `{}` is {}, which is no share",
                    term.code,
                    quality.to_decimal(2)
                ),
                "write a share from 0 to 1",
            ));
        }
        faults
    }
}

/// Column, rule, what was found, what to do.
type Fault = (&'static str, &'static str, String, &'static str);

/// What is claimed for the same people over all years.
struct Claims<'a> {
    people: u64,
    claimed: Ratio,
    returned: Ratio,
    last: Option<&'a Reported>,
}

impl Default for Claims<'_> {
    fn default() -> Self {
        Self {
            people: 0,
            claimed: Ratio::zero(),
            returned: Ratio::zero(),
            last: None,
        }
    }
}

/// More claims than people may have, or more given back than was claimed.
fn above(term: &Term, cohort: &str, sum: &Claims, last: &Reported) -> Vec<Finding> {
    let mut faults = Vec::new();
    let at_stake = |number: &Ratio| {
        let each = term.tariff.last().cloned().unwrap_or_else(Ratio::zero);
        pence(&number.times(&each))
    };
    if let Some(each) = term.claims_per_person {
        let most = Ratio::new(i128::from(sum.people) * i128::from(each), 1);
        if sum.claimed > most {
            faults.push(Finding {
                at_stake: at_stake(&sum.claimed.minus(&most)),
                ..Finding::fault(
                    "claims-above-people",
                    last.position.clone().column("count"),
                    format!(
                        "{} claims of `{}` for `{cohort}`, and {} may be claimed for {each} each",
                        sum.claimed,
                        term.code,
                        counted_people(sum.people)
                    ),
                    "take out what is claimed twice, or correct the people",
                )
            });
        }
    }
    if sum.returned > sum.claimed {
        faults.push(Finding {
            at_stake: at_stake(&sum.returned.minus(&sum.claimed)),
            ..Finding::fault(
                "returned-above-claims",
                last.position.clone().column("returned"),
                format!(
                    "{} of `{}` for `{cohort}` did not last, of {} claimed",
                    sum.returned, term.code, sum.claimed
                ),
                "correct `returned`: only what was claimed can fail to last",
            )
        });
    }
    faults
}

fn counted_people(people: u64) -> String {
    counted_as(people, "person", "people")
}
