//! One effect: how many people, what changes for each, and what that is worth to whom.

use super::{Known, Opener};
use crate::appraisal::proposal::{Chain, Change, Due, Effect, EffectInput, EffectValue};
use crate::appraisal::spec::{CashSpec, EffectSpec};
use crate::appraisal::{Combine, Grade};
use crate::finding::{Finding, Position, Severity};
use crate::linkage::EvidenceGrade;
use crate::money::Ratio;

/// Counts of people below this are not published (Office for National Statistics, Secure Research Service:
/// default threshold of 10); it changes no figure.
const FEW_PEOPLE: i128 = 10;

impl Opener<'_> {
    pub(super) fn effect(
        &mut self,
        spec: EffectSpec,
        at: &Position,
        combine: Combine,
        cash: &[(CashSpec, Position)],
        known: &Known<'_>,
    ) -> Option<Effect> {
        let people: Vec<Option<Ratio>> = spec
            .people
            .iter()
            .map(|people| self.number(people, "people", at))
            .collect();
        let engaged = self.share(&spec.engaged, "engaged", at);
        let retained = self.share(&spec.retained, "retained", at);
        let change = self.change(&spec, at);
        let deadweight = self.share(&spec.deadweight, "deadweight", at);
        let displacement = self.share(&spec.displacement, "displacement", at);
        let due = self.due(&spec, at);
        self.written("evidence", &spec.evidence, at);
        let comparison = self.comparison(spec.maryland, at);
        self.enough_people(&spec.code, &people, at);
        let persist = self.persist(&spec, at);
        let grades = [
            self.graded(&spec.people_grade, known, at, "people_grade"),
            self.graded(&spec.impact_grade, known, at, "impact_grade"),
        ];
        let values = self.values(&spec, at, cash, known);
        let inputs = inputs(&spec, grades.map(|grade| grade.cloned()));
        let grades: Option<Vec<Ratio>> = grades
            .into_iter()
            .map(|grade| grade.map(|grade| grade.benefits.clone()))
            .collect();
        Some(Effect {
            inputs,
            people: people.into_iter().collect::<Option<_>>()?,
            chain: Chain {
                engaged: engaged?,
                retained: retained?,
                change: change?,
                deadweight: deadweight?,
                displacement: displacement?,
                due: due?,
            },
            lag: spec.lag,
            persist: persist?,
            correction: combine.of(&grades?),
            evidence: spec.evidence,
            comparison: comparison?,
            indicator: spec.indicator,
            overlap: spec.overlap,
            values: values?,
            code: spec.code,
        })
    }

    /// Events less for each person: a part of what there would be, or points.
    pub(super) fn change(&mut self, spec: &EffectSpec, at: &Position) -> Option<Change> {
        match (&spec.base, &spec.impact, &spec.points) {
            (Some(base), Some(impact), None) => {
                let base = self.number(base, "base", at);
                let impact = self.share(impact, "impact", at);
                Some(Change::Part {
                    base: base?,
                    impact: impact?,
                })
            }
            (None, None, Some(points)) => {
                let points = self.number(points, "points", at)?;
                Some(Change::Points(points))
            }
            _ => {
                self.fault(
                    "change-unclear",
                    at.clone(),
                    format!("effect `{}` says neither `base` with `impact`, nor `points` alone", spec.code),
                    "write what there would be and by which part it is less, or by how much it is less",
                );
                None
            }
        }
    }

    /// The grade of a comparison.
    fn comparison(&mut self, maryland: Option<u8>, at: &Position) -> Option<Option<EvidenceGrade>> {
        use EvidenceGrade::{Five, Four, One, Three, Two};
        let Some(number) = maryland else {
            return Some(None);
        };
        let grade = [One, Two, Three, Four, Five]
            .into_iter()
            .find(|grade| grade.number() == number);
        if grade.is_none() {
            self.fault(
                "unknown-grade",
                at.clone().column("maryland"),
                format!("`{number}` is no grade of the Maryland scale"),
                "write 1 to 5, or leave it out where no comparison stands behind the effect",
            );
        }
        grade.map(Some)
    }

    /// Somebody takes part; where they are few, their number must not be told by their savings.
    fn enough_people(&mut self, code: &str, people: &[Option<Ratio>], at: &Position) {
        let known: Vec<&Ratio> = people.iter().flatten().collect();
        let at = at.clone().column("people");
        if known.len() == people.len() && known.iter().all(|people| people.is_zero()) {
            self.fault(
                "effect-of-nobody",
                at,
                format!("effect `{code}` is of nobody"),
                "write how many people enter in each year",
            );
            return;
        }
        let few = (known.into_iter())
            .filter(|people| !people.is_zero() && **people < Ratio::new(FEW_PEOPLE, 1))
            .min();
        if let Some(few) = few {
            self.findings.push(Finding {
                rule: "few-people".into(),
                severity: Severity::Notice,
                position: at,
                found: format!(
                    "effect `{code}` is of {few} people in a year, fewer than {FEW_PEOPLE}: a saving divided by \
                     its unit value tells how many events they had"
                ),
                at_stake: None,
                remedy: "keep its figures among the partners, or publish it together with other areas or years"
                    .into(),
            });
        }
    }

    /// Whose share of a change is said, and which.
    pub(super) fn due(&mut self, spec: &EffectSpec, at: &Position) -> Option<Due> {
        match (&spec.due_to_us, &spec.due_to_others) {
            (Some(ours), None) => self.share(ours, "due_to_us", at).map(Due::ToUs),
            (None, Some(others)) => self.share(others, "due_to_others", at).map(Due::ToOthers),
            _ => {
                self.fault(
                    "attribution-unclear",
                    at.clone(),
                    format!("effect `{}` has not exactly one of `due_to_us` and `due_to_others`", spec.code),
                    "say whose share it is: attribution means ours to some and that of others to others",
                );
                None
            }
        }
    }

    pub(super) fn persist(&mut self, spec: &EffectSpec, at: &Position) -> Option<Vec<Ratio>> {
        let each: Option<Vec<Ratio>> = (spec.persist.iter())
            .map(|part| self.number(part, "persist", at))
            .collect();
        let each = each?;
        let rises = each.windows(2).any(|two| two[1] > two[0])
            || each.iter().any(|part| *part > Ratio::one());
        if each.is_empty() || rises && spec.persist_reason.is_none() {
            self.fault(
                "persistence-unclear",
                at.clone().column("persist"),
                match each.is_empty() {
                    true => format!("effect `{}` lasts for no year", spec.code),
                    false => format!(
                        "effect `{}` rises after it began, or is more than whole",
                        spec.code
                    ),
                },
                "write how much of it there is in each year, or why it rises in `persist_reason`",
            );
            return None;
        }
        Some(each)
    }

    /// What an effect is worth to whom, each with its model of cash.
    pub(super) fn values(
        &mut self,
        spec: &EffectSpec,
        at: &Position,
        cash: &[(CashSpec, Position)],
        known: &Known<'_>,
    ) -> Option<Vec<EffectValue>> {
        let (found, faults) = known.values.of(&spec.unit_values, at);
        let is_whole = !faults.any_fault();
        self.findings.append(faults);
        let mut values = Vec::with_capacity(found.len());
        for unit in found {
            let Some(payer) = known.bearers.get(&unit.bearer) else {
                self.fault(
                    "bearer-not-mapped",
                    at.clone().column("unit_values"),
                    format!(
                        "`{}` is borne by `{}`, and no `[[bearer]]` says who that is",
                        unit.code, unit.bearer
                    ),
                    "name the partner or the body; what several bear needs a unit value for each",
                );
                continue;
            };
            let (cash, reason) = self.model(spec, unit, at, cash)?;
            values.push(EffectValue {
                unit: unit.clone(),
                payer: payer.clone(),
                cash,
                reason,
            });
        }
        is_whole.then_some(values)
    }
}

/// What a file states of an effect, in the order in which one input works on the next.
fn inputs(spec: &EffectSpec, [people, impact]: [Option<Grade>; 2]) -> Vec<EffectInput> {
    let several = |values: &[String]| values.join(", ");
    let stated = [
        ("people", Some(several(&spec.people)), people),
        ("engaged", Some(spec.engaged.clone()), None),
        ("retained", Some(spec.retained.clone()), None),
        ("base", spec.base.clone(), impact.clone()),
        ("impact", spec.impact.clone(), impact.clone()),
        ("points", spec.points.clone(), impact),
        ("deadweight", Some(spec.deadweight.clone()), None),
        ("displacement", Some(spec.displacement.clone()), None),
        ("due_to_us", spec.due_to_us.clone(), None),
        ("due_to_others", spec.due_to_others.clone(), None),
        ("lag", Some(spec.lag.to_string()), None),
        ("persist", Some(several(&spec.persist)), None),
        ("persist_reason", spec.persist_reason.clone(), None),
    ];
    let stated = stated.into_iter();
    let stated = stated.filter_map(|(key, stated, grade)| {
        Some(EffectInput {
            key,
            stated: stated?,
            grade,
        })
    });
    stated.collect()
}
