//! What outcomes and indicators are, and of which areas.

use super::area::{Area, ComparedArea, Relation};
use super::definition::{Accountability, Contribution, Indicator, Outcome, Owner, ValueType};
use super::fields::{Fields, list, the_nearest};
use super::opener::{Names, Opener};
use super::{Indicators, spec};
use crate::axis::{Ages, nearest};
use crate::place::TableSpec;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

impl Opener<'_> {
    pub(super) fn outcomes(&mut self, tables: &[Spanned<TableSpec>]) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = Vec::new();
        for row in self.rows(tables, &spec::OUTCOME) {
            self.needed(&row, &["code", "name"]);
            if outcomes.iter().any(|other| other.code == row.text("code")) {
                self.given_twice(&row, "an outcome");
            }
            outcomes.push(Outcome {
                code: row.owned("code"),
                name: row.owned("name"),
                priority: row.owned("priority"),
                lead: self.partner(&row, "lead"),
                contributing: self.partners(&row, "contributing"),
                headline: Vec::new(),
            });
        }
        outcomes
    }

    pub(super) fn contributions(
        &mut self,
        tables: &[Spanned<TableSpec>],
        outcomes: &[Outcome],
    ) -> Vec<Contribution> {
        let mut all: Vec<Contribution> = Vec::new();
        for row in self.rows(tables, &spec::CONTRIBUTION) {
            self.needed(&row, &["judgement", "contribution"]);
            let outcome = self.outcome(&row, outcomes);
            let activity = self.axes().activities.find(row.text("activity"));
            let activity = self.found(&row, "activity", activity);
            let weight = self.decimal(&row, "weight");
            if weight.is_some_and(|weight| weight <= Decimal::ZERO || weight > Decimal::ONE) {
                self.fault(
                    "weight-out-of-range",
                    row.at("weight"),
                    format!("the weight is {}", row.text("weight")),
                    "a weight is more than 0 and at most 1: the part of the activity's spending",
                );
            }
            let (Some(outcome), Some(activity), Some(weight)) = (outcome, activity, weight) else {
                continue;
            };
            // Two contributions of which one activity lies under the other would count it twice.
            let tree = &self.axes().activities;
            let overlaps = all.iter().any(|other| {
                other.outcome == outcome
                    && (tree.contains(other.activity, activity)
                        || tree.contains(activity, other.activity))
            });
            if overlaps {
                self.fault(
                    "activity-given-twice",
                    row.at("activity"),
                    format!(
                        "`{}` overlaps another activity that contributes to `{outcome}`",
                        row.text("activity")
                    ),
                    "name each activity once, on one level",
                );
            }
            all.push(Contribution {
                outcome,
                activity,
                weight,
                judgement: row.owned("judgement"),
                how: row.owned("contribution"),
            });
        }
        all
    }

    pub(super) fn outcome(&mut self, row: &Fields, outcomes: &[Outcome]) -> Option<String> {
        let code = row.text("outcome");
        if outcomes.iter().any(|outcome| outcome.code == code) {
            return Some(code.to_owned());
        }
        let near = nearest(code, outcomes.iter().map(|outcome| outcome.code.as_str()));
        self.fault(
            "unknown-outcome",
            row.at("outcome"),
            format!("`{code}` is not an outcome of this pack"),
            &the_nearest(&near),
        );
        None
    }

    pub(super) fn indicators(&mut self, tables: &[Spanned<TableSpec>], all: &mut Indicators) {
        for row in self.rows(tables, &spec::INDICATOR) {
            let Some(indicator) = self.definition(&row, &all.outcomes) else {
                self.faulty.insert(row.owned("code"));
                continue;
            };
            if all.by_code.contains_key(&indicator.code) {
                self.given_twice(&row, "an indicator");
                continue;
            }
            match row.text("headline") {
                "" => {}
                "yes" => {
                    let outcomes = &mut all.outcomes;
                    let own = outcomes
                        .iter_mut()
                        .find(|outcome| Some(&outcome.code) == indicator.outcome.as_ref());
                    match own {
                        Some(outcome) => outcome.headline.push(indicator.code.clone()),
                        // An outcome that is misspelt is a fault already.
                        None if !row.text("outcome").is_empty() => {}
                        None => self.fault(
                            "headline-without-outcome",
                            row.at("headline"),
                            format!("`{}` tells of no outcome", indicator.code),
                            "name its outcome, or leave it out of the headline",
                        ),
                    }
                }
                other => self.fault(
                    "not-a-word-of-this-field",
                    row.at("headline"),
                    format!("`{other}` is neither `yes` nor empty"),
                    "correct it",
                ),
            }
            let number = u32::try_from(all.indicators.len()).unwrap_or(u32::MAX);
            all.by_code.insert(indicator.code.clone(), number);
            all.indicators.push(indicator);
            all.observations.push(BTreeMap::new());
        }
    }

    pub(super) fn definition(&mut self, row: &Fields, outcomes: &[Outcome]) -> Option<Indicator> {
        self.needed(row, &["code", "name", "unit", "level", "source"]);
        let outcome = match row.text("outcome") {
            "" => None,
            _ => self.outcome(row, outcomes),
        };
        let form: Option<ValueType> = self.word(row, "form");
        let per = self.per(row, form);
        let accountability = self.accountability(row);
        let ages = match row.text("ages") {
            "" => None,
            text => match text.parse::<Ages>() {
                Ok(ages) => Some(ages),
                Err(error) => {
                    self.fault(
                        "ages-out-of-range",
                        row.at("ages"),
                        error.to_string(),
                        "correct them",
                    );
                    None
                }
            },
        };
        let group = match row.text("group") {
            "" => None,
            code => {
                let found = self.axes().groups.find(code);
                self.found(row, "group", found)
            }
        };
        let reoffending = match row.text("reoffending") {
            "" => None,
            _ => self.word(row, "reoffending"),
        };
        self.qualified(row);
        self.level(row, row.text("level"));
        let owner = self.owner(row);
        let lead = self.partner(row, "lead");
        let contributing = self.partners(row, "contributing");
        Some(Indicator {
            code: row.owned("code"),
            name: row.owned("name"),
            outcome,
            accountability: accountability?,
            better: self.word(row, "better")?,
            form: form?,
            per: per?,
            unit: row.owned("unit"),
            numerator: row.owned("numerator"),
            denominator: row.owned("denominator"),
            ages,
            group,
            level: row.owned("level"),
            years: self.word(row, "years")?,
            owner: owner?,
            lead,
            contributing,
            source: row.owned("source"),
            reoffending,
            note: row.owned("note"),
        })
    }

    pub(super) fn per(&mut self, row: &Fields, form: Option<ValueType>) -> Option<u32> {
        let wants = matches!(form?, ValueType::Proportion | ValueType::Rate);
        match (row.text("per"), wants) {
            ("", false) => Some(1),
            (text, true) => match text.parse::<u32>() {
                Ok(per) if per > 0 => Some(per),
                _ => {
                    self.fault(
                        "nothing-written",
                        row.at("per"),
                        format!("`per` is `{text}`"),
                        "write for how many it is given: 100, 1000, 100000",
                    );
                    None
                }
            },
            (text, false) => {
                self.fault(
                    "not-a-rate",
                    row.at("per"),
                    format!("`per` is `{text}`, and this is neither a proportion nor a rate"),
                    "leave `per` empty, or correct the form",
                );
                None
            }
        }
    }

    pub(super) fn accountability(&mut self, row: &Fields) -> Option<Accountability> {
        let service = ["asks", "service_partner", "service_activity"];
        match row.text("accountability") {
            "population" => {
                for field in service {
                    if !row.text(field).is_empty() {
                        self.fault(
                            "population-with-a-service",
                            row.at(field),
                            format!("a population indicator has `{field}`"),
                            "no single service answers for a population; leave it empty, or make \
                             it a performance measure",
                        );
                    }
                }
                Some(Accountability::Population)
            }
            "performance" => {
                self.needed(row, &service);
                let asks = self.word(row, "asks");
                let partner = self.partner(row, "service_partner");
                let activity = self.axes().activities.find(row.text("service_activity"));
                let activity = self.found(row, "service_activity", activity);
                Some(Accountability::Performance {
                    asks: asks?,
                    partner: partner?,
                    activity: activity?,
                })
            }
            other => {
                self.fault(
                    "not-a-word-of-this-field",
                    row.at("accountability"),
                    format!("`{other}` is neither `population` nor `performance`"),
                    "say whether it tells of everybody in a place or of a service's own people",
                );
                None
            }
        }
    }

    /// "Reoffending rate" means three things; an indicator of it says which.
    pub(super) fn qualified(&mut self, row: &Fields) {
        let words = [row.text("code"), row.text("name"), row.text("unit")].join(" ");
        // However it is written: re-offending, Re offending, with any kind of hyphen.
        let words: String = (words.to_lowercase().chars())
            .map(|c| if c.is_alphabetic() { c } else { ' ' })
            .collect();
        let words = format!(
            " {}",
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        );
        let means_it = [
            " reoffen",
            " re offen",
            " recidiv",
            " reconvict",
            " re convict",
        ];
        if means_it.iter().any(|word| words.contains(word)) && row.text("reoffending").is_empty() {
            self.fault(
                "reoffending-not-qualified",
                row.at("reoffending"),
                format!(
                    "`{}` measures reoffending and does not say how",
                    row.text("code")
                ),
                "write `binary` (share of the cohort who reoffend), `per-reoffender` or \
                 `per-offender` (reoffences for each)",
            );
        }
    }

    pub(super) fn owner(&mut self, row: &Fields) -> Option<Owner> {
        match (row.text("owner"), row.text("publisher")) {
            ("", publisher) if !publisher.is_empty() => {
                Some(Owner::Publisher(publisher.to_owned()))
            }
            (owner, "") if !owner.is_empty() => self.partner(row, "owner").map(Owner::Partner),
            _ => {
                self.fault(
                    "nobody-owes-it",
                    row.at("owner"),
                    "one of `owner` and `publisher` must say who owes the figure",
                    "write the code of a partner as `owner`, or who publishes it as `publisher`",
                );
                None
            }
        }
    }

    pub(super) fn headlines(&mut self, at_most: usize, all: &Indicators) {
        for outcome in &all.outcomes {
            let given = outcome.headline.len();
            if given > at_most {
                self.fault(
                    "headline-too-long",
                    self.at_key("headline_at_most"),
                    format!(
                        "outcome `{}` has {given} indicators in its headline, and this pack \
                         allows {at_most}",
                        outcome.code
                    ),
                    "choose those that matter most; the rest is shown behind",
                );
            }
        }
    }

    /// Areas, and every text by which files may call one.
    pub(super) fn areas(&mut self, tables: &[Spanned<TableSpec>]) -> (Vec<ComparedArea>, Names) {
        let place = Arc::clone(self.place);
        let localities = &place.axes().localities;
        let mut areas: Vec<ComparedArea> = Vec::new();
        let mut names = Names::new();
        for row in self.rows(tables, &spec::AREA) {
            self.needed(&row, &["code", "name"]);
            let number = u32::try_from(areas.len()).unwrap_or(u32::MAX);
            let area = match localities.find(row.text("code")) {
                Ok(locality) => Area::Here(locality),
                Err(_) => Area::Elsewhere(number),
            };
            let own = match area {
                Area::Here(locality) => Some(localities.leaves(locality).clone()),
                Area::Elsewhere(_) => None,
            };
            let mut parts = Vec::new();
            for code in list(row.text("localities")) {
                let found = localities.find(code);
                parts.extend(self.found(&row, "localities", found));
            }
            let leaves = parts.iter().map(|&part| localities.leaves(part));
            let leaves = if parts.is_empty() {
                own
            } else {
                Some(crate::axis::Leaves::union(leaves))
            };
            let rank = match row.text("rank") {
                "" => None,
                text => {
                    let rank = text.parse().ok();
                    if rank.is_none() {
                        self.fault(
                            "not-a-number",
                            row.at("rank"),
                            format!("`{text}` is not a rank"),
                            "write 1 for the nearest",
                        );
                    }
                    rank
                }
            };
            let called = [row.text("code"), row.text("name")];
            for name in called.into_iter().chain(list(row.text("also"))) {
                if names
                    .insert(name.to_owned(), area)
                    .is_some_and(|other| other != area)
                {
                    self.fault(
                        "name-of-two-areas",
                        row.at(if name == row.text("code") {
                            "code"
                        } else if name == row.text("name") {
                            "name"
                        } else {
                            "also"
                        }),
                        format!("`{name}` already stands for another area"),
                        "give each name to one area",
                    );
                }
            }
            let Some(relation) = self.word(&row, "relation") else {
                continue;
            };
            let own = Area::Here(place.locality());
            let whole = localities.leaves(place.locality());
            let shares = leaves
                .as_ref()
                .is_some_and(|leaves| !leaves.is_disjoint(whole));
            let beside = matches!(
                relation,
                Relation::Neighbour | Relation::StatisticalNeighbour
            );
            if (relation == Relation::Subject) != (area == own) {
                self.fault(
                    "subject-is-another-place",
                    row.at("relation"),
                    format!("`{}` is {relation}, of {}", row.text("code"), place.name()),
                    "the subject is the locality of the place, and nothing else is",
                );
            } else if beside && shares {
                self.fault(
                    "area-shares-the-place",
                    row.at("localities"),
                    format!("`{}` has people of the place itself", row.text("code")),
                    "an area beside the place shares nobody with it",
                );
            }
            areas.push(ComparedArea {
                area,
                code: row.owned("code"),
                name: row.owned("name"),
                relation,
                rank,
                leaves,
            });
        }
        (areas, names)
    }
}
