//! Ranges around figures, as a proposal writes them down.

use super::Opener;
use crate::appraisal::input::{Input, OfEffect};
use crate::appraisal::pounds::to_f64;
use crate::appraisal::proposal::Proposal;
use crate::appraisal::range::{Range, Uncertainty};
use crate::appraisal::shape::{Distribution, Shape, ShapeError};
use crate::appraisal::spec::{RangeOf, RangeSpec};
use crate::axis::name_one_of;
use crate::finding::{Finding, Position, Severity};
use crate::money::Ratio;
use std::collections::BTreeMap;
use toml::Spanned;

/// A correction by this much is caution enough for wide ranges beside it to be named.
const LARGE_CORRECTION: (i128, u128) = (1, 4);

impl Opener<'_> {
    /// The ranges of a proposal that is else complete, in the order of its figures.
    pub(super) fn ranges(
        &mut self,
        specs: Vec<Spanned<RangeSpec>>,
        proposal: &Proposal,
        at: &Position,
    ) -> Vec<Range> {
        if !specs.is_empty() && proposal.uncertainty.is_none() {
            self.fault(
                "uncertainty-not-chosen",
                at.clone().column("uncertainty"),
                format!(
                    "`{}` has ranges, and does not say how they stand to the correction by grades",
                    proposal.code
                ),
                "write `uncertainty = \"around-corrected\"` or `\"instead-of-correction\"` into `[proposal]`; there \
                 is no default",
            );
        }
        let mut ranges: BTreeMap<Input, Range> = BTreeMap::new();
        let mut shared: BTreeMap<String, Vec<Position>> = BTreeMap::new();
        for spec in specs {
            let at = self.at(&spec);
            let spec = spec.into_inner();
            if let Some(name) = &spec.together {
                shared.entry(name.clone()).or_default().push(at.clone());
            }
            let Some(range) = self.range(spec, &at, proposal) else {
                continue;
            };
            self.cautious_twice(&range, &at, proposal);
            if ranges.contains_key(&range.of) {
                self.fault(
                    "range-given-twice",
                    at,
                    format!("there is already a range of {}", range.of),
                    "keep one of them",
                );
                continue;
            }
            ranges.insert(range.of.clone(), range);
        }
        for (name, at) in shared {
            if let [at] = &at[..] {
                self.findings.push(Finding {
                    rule: "together-with-nothing".into(),
                    severity: Severity::Notice,
                    position: at.clone().column("together"),
                    found: format!("no other range of this proposal rests on `{name}`"),
                    at_stake: None,
                    remedy: "correct the name, or leave `together` out where nothing is shared, unless another \
                             proposal names the same source"
                        .into(),
                });
            }
        }
        ranges.into_values().collect()
    }

    fn range(&mut self, spec: RangeSpec, at: &Position, proposal: &Proposal) -> Option<Range> {
        let of = self.input(&spec, at)?;
        if let Input::Cost { partner, year, .. } = &of {
            let pounds = proposal.pounds_of_costs(partner, *year);
            if pounds.len() > 1 {
                let years: Vec<String> = pounds.iter().map(ToString::to_string).collect();
                self.fault(
                    "range-unclear",
                    at.clone().column("year"),
                    format!(
                        "what {partner} pays in {year} is stated in pounds of {}, and a range is in those of one \
                         year",
                        years.join(" and of ")
                    ),
                    "state these costs in the same prices",
                );
                return None;
            }
        }
        let Some(central) = proposal.figure(&of) else {
            let inputs = proposal.inputs();
            let all: Vec<String> = inputs.iter().map(ToString::to_string).collect();
            self.fault(
                "range-of-nothing",
                at.clone().column("of"),
                format!("the proposal has no {of}"),
                &name_one_of(&of.to_string(), "figure", all.iter().map(String::as_str)),
            );
            return None;
        };
        if !proposal.inputs().contains(&of) {
            self.fault(
                "range-of-nothing",
                at.clone().column("of"),
                format!("{of} is nothing, and moves in proportion to what it is"),
                "write the figure, or take the range out",
            );
            return None;
        }
        let (low, high, distribution) = self.shaped(&spec, &of, &central, at)?;
        Some(Range {
            of,
            central,
            low,
            high,
            shape: spec.shape,
            together: spec.together,
            source: spec.source,
            distribution,
        })
    }

    /// Which figure a range is of.
    fn input(&mut self, spec: &RangeSpec, at: &Position) -> Option<Input> {
        let of_effect = |of: OfEffect| match (&spec.effect, &spec.bearer, &spec.unit_value) {
            (Some(effect), None, None) if spec.partner.is_none() && spec.year.is_none() => {
                Some(Input::Effect {
                    effect: effect.clone(),
                    of,
                })
            }
            _ => None,
        };
        let keys = (&spec.effect, &spec.bearer, &spec.unit_value);
        let payer = (&spec.partner, &spec.year);
        let found = match spec.of {
            RangeOf::People => of_effect(OfEffect::People),
            RangeOf::Engaged => of_effect(OfEffect::Engaged),
            RangeOf::Retained => of_effect(OfEffect::Retained),
            RangeOf::Base => of_effect(OfEffect::Base),
            RangeOf::Impact => of_effect(OfEffect::Impact),
            RangeOf::Points => of_effect(OfEffect::Points),
            RangeOf::Deadweight => of_effect(OfEffect::Deadweight),
            RangeOf::Displacement => of_effect(OfEffect::Displacement),
            RangeOf::DueToUs => of_effect(OfEffect::DueToUs),
            RangeOf::DueToOthers => of_effect(OfEffect::DueToOthers),
            RangeOf::UnitValue => match (keys, payer) {
                ((None, None, Some(code)), (None, None)) => {
                    Some(Input::UnitValue { code: code.clone() })
                }
                _ => None,
            },
            RangeOf::Share => match (keys, payer) {
                ((Some(effect), Some(bearer), None), (None, None)) => Some(Input::CashShare {
                    effect: effect.clone(),
                    bearer: bearer.clone(),
                }),
                _ => None,
            },
            RangeOf::Cost => match (keys, payer) {
                ((None, None, None), (Some(partner), Some(year))) => {
                    let year = self.year(year, at, "year")?;
                    Some(Input::Cost {
                        partner: partner.clone(),
                        year,
                        // Pounds of several years are refused where the figure is looked up.
                        prices: None,
                    })
                }
                _ => None,
            },
        };
        if found.is_none() {
            self.fault(
                "range-unclear",
                at.clone().column("of"),
                "a range does not say of which figure it is, or says more than that".into(),
                "write `effect` for a figure of an effect, `effect` and `bearer` for a share of cash, `unit_value` \
                 for a unit value, `partner` and `year` for a cost",
            );
        }
        found
    }

    /// The ends of a range and what is drawn between them.
    fn shaped(
        &mut self,
        spec: &RangeSpec,
        of: &Input,
        central: &Ratio,
        at: &Position,
    ) -> Option<(Ratio, Ratio, Distribution)> {
        let is_choice = spec.shape == Shape::Choice;
        let has_keys = match (&spec.low, &spec.high, &spec.values, &spec.chances) {
            (None, None, Some(_), Some(_)) => is_choice && spec.covers.is_none(),
            (Some(_), Some(_), None, None) => {
                !is_choice && spec.covers.is_some() == spec.shape.has_a_part_beyond()
            }
            _ => false,
        };
        if !has_keys {
            self.fault(
                "range-shape-unclear",
                at.clone().column("shape"),
                format!("the range of {of} has keys of another shape, or not all of its own"),
                "write `low` and `high`; with `covers` for `beta`, `lognormal` and `normal`; `values` and `chances` \
                 for `choice`",
            );
            return None;
        }
        let is_share = of.is_share();
        if spec.shape == Shape::Beta && !is_share {
            self.fault(
                "range-shape-impossible",
                at.clone().column("shape"),
                format!("{of} is no share, and a `beta` never leaves 0 to 1"),
                "take `range` or `pert` between two bounds, or `lognormal`",
            );
            return None;
        }
        if spec.shape == Shape::Lognormal && is_share {
            self.fault(
                "range-shape-impossible",
                at.clone().column("shape"),
                format!("{of} is a share, and a `lognormal` goes beyond 1"),
                "take `beta`, or `range` or `pert` between two bounds",
            );
            return None;
        }
        let mut read = |text: &String, key: &str| match is_share {
            true => self.share(text, key, at),
            false => self.number(text, key, at),
        };
        let drawn = if is_choice {
            let values: Vec<Option<Ratio>> = (spec.values.iter().flatten())
                .map(|text| read(text, "values"))
                .collect();
            let values: Vec<Ratio> = values.into_iter().collect::<Option<_>>()?;
            let chances: Vec<Option<Ratio>> = (spec.chances.iter().flatten())
                .map(|text| self.share(text, "chances", at))
                .collect();
            let chances: Vec<Ratio> = chances.into_iter().collect::<Option<_>>()?;
            let numbers = |all: &[Ratio]| all.iter().map(to_f64).collect::<Vec<_>>();
            let drawn = Distribution::choice(&numbers(&values), &numbers(&chances));
            let low = values.iter().min().cloned();
            let high = values.iter().max().cloned();
            drawn.and_then(|drawn| {
                let (low, high) = low.zip(high).ok_or(ShapeError::NotPaired {
                    chances: 0,
                    values: 0,
                })?;
                Ok((low, high, drawn))
            })
        } else {
            let low = spec.low.as_ref().and_then(|text| read(text, "low"));
            let high = spec.high.as_ref().and_then(|text| read(text, "high"));
            let (low, high) = (low?, high?);
            let covers = match &spec.covers {
                Some(covers) => to_f64(&self.share(covers, "covers", at)?),
                None => 1.0,
            };
            let (from, figure, to) = (to_f64(&low), to_f64(central), to_f64(&high));
            let bounds = (0.0, if is_share { 1.0 } else { f64::INFINITY });
            let drawn = match spec.shape {
                Shape::Pert => Distribution::pert(from, figure, to),
                Shape::Beta => Distribution::beta(from, figure, to, covers),
                Shape::Lognormal => Distribution::lognormal(from, figure, to, covers),
                Shape::Normal => Distribution::normal(from, figure, to, covers, bounds),
                Shape::Uniform => Distribution::uniform(from, figure, to),
                Shape::Range | Shape::Choice => Distribution::range(from, figure, to),
            };
            drawn.map(|drawn| (low, high, drawn))
        };
        match drawn {
            Ok(drawn) => Some(drawn),
            Err(error @ ShapeError::NotAround { .. }) => {
                self.fault(
                    "range-not-around-figure",
                    at.clone().column("low"),
                    format!("{of}: {error}"),
                    "correct an end, or the figure",
                );
                None
            }
            Err(error) => {
                self.fault(
                    "range-shape-impossible",
                    at.clone().column("shape"),
                    format!("{of}: {error}"),
                    "correct the figures, or take `range` or `pert`, which need no more than two bounds",
                );
                None
            }
        }
    }

    /// A wide range on top of a large correction is caution for one reason, twice.
    fn cautious_twice(&mut self, range: &Range, at: &Position, proposal: &Proposal) {
        if proposal.uncertainty != Some(Uncertainty::AroundCorrected) {
            return;
        }
        let one = Ratio::one();
        let is = |figure: &Ratio| figure.clone();
        let is_left = |share: &Ratio| one.minus(share);
        // What the correction lowers or raises, as it is counted, and the end of the range on the same side.
        let (correction, central, end) = match &range.of {
            Input::Effect { effect, of } => {
                let effect = proposal.effects.iter().find(|one| one.code == *effect);
                let correction = effect.map(|effect| effect.correction.clone());
                match of {
                    // Of these what is left of the whole is counted: the more, the less.
                    OfEffect::Deadweight | OfEffect::Displacement | OfEffect::DueToOthers => {
                        (correction, is_left(&range.central), is_left(&range.high))
                    }
                    _ => (correction, is(&range.central), is(&range.low)),
                }
            }
            Input::Cost { .. } => {
                let cost = (proposal.costs.iter())
                    .find(|cost| proposal.cost_input(cost).as_ref() == Some(&range.of));
                let correction = cost.map(|cost| cost.correction.clone());
                (correction, is(&range.central), is(&range.high))
            }
            Input::UnitValue { .. } | Input::CashShare { .. } => return,
        };
        let large = Ratio::new(LARGE_CORRECTION.0, LARGE_CORRECTION.1);
        let (Some(correction), Some(inverse)) = (correction, central.inverse()) else {
            return;
        };
        let part = end.times(&inverse);
        let off = part.minus(&one).max(one.minus(&part));
        if correction < large || off < correction {
            return;
        }
        let per_cent = |part: &Ratio| part.times(&Ratio::new(100, 1)).to_decimal(0);
        self.findings.push(Finding {
            rule: "cautious-twice".into(),
            severity: Severity::Notice,
            position: at.clone(),
            found: format!(
                "{} is corrected by {} % for its grade, and its range goes {} % further",
                range.of,
                per_cent(&correction),
                per_cent(&off)
            ),
            at_stake: None,
            remedy: "if the range is wide for the reason of the grade, write `uncertainty = \
                     \"instead-of-correction\"`"
                .into(),
        });
    }
}
