//! One proposal, with its costs.

use super::{Known, Opener};
use crate::appraisal::proposal::{Baseline, Cost, Effect, Overlap, Proposal};
use crate::appraisal::spec::{
    CashSpec, CostSpec, EffectSpec, OverlapSpec, ProposalFile, ProposalSpec,
};
use crate::appraisal::{AppraisalError, Grade, horizon};
use crate::axis::{Ages, Resource};
use crate::finding::{Finding, Position, Severity};
use crate::money::Ratio;
use crate::price::{PriceBase, PriceYear, Prices};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;
use std::sync::Arc;
use toml::Spanned;

impl Opener<'_> {
    pub(super) fn proposal(&mut self, file: ProposalFile, known: &Known<'_>) -> Option<Proposal> {
        let before = self.findings.faults().count();
        let at = self.at(&file.proposal);
        let spec = file.proposal.into_inner();
        if spec.years == 0 || spec.years > 125 {
            let found = format!("`years` is {}", spec.years);
            self.fault(
                "years-out-of-range",
                at.clone().column("years"),
                found,
                "count from 1 to 125 years",
            );
        }
        let place = Arc::clone(self.place);
        let axes = place.axes();
        let ages = self.ok(Ages::from_str(&spec.ages), &at, "ages");
        let locality = self.ok(axes.localities.find(&spec.locality), &at, "locality");
        let first_year = self.year(&spec.first_year, &at, "first_year");
        let activities = spec.baseline.activities.iter();
        let activities =
            activities.filter_map(|code| self.ok(axes.activities.find(code), &at, "baseline"));
        let activities: Vec<_> = activities.collect();
        if spec.baseline.activities.is_empty() {
            self.fault(
                "baseline-without-activities",
                at.clone().column("baseline"),
                "the baseline names no activity, so that savings would be held against all that is spent".to_owned(),
                "name the activities whose spending may fall",
            );
        }
        if let Err(error) = PriceYear::new(spec.baseline.period) {
            self.fault(
                "price-year-unclear",
                at.clone().column("baseline"),
                error.to_string(),
                "name a whole year",
            );
        }
        self.prices(&spec, &at);
        for (key, text) in [("name", &spec.name), ("against", &spec.against)] {
            self.written(key, text, &at);
        }
        let overlaps = self.overlaps(file.overlap, &file.effect);
        let costs: Vec<Cost> = (file.cost.into_iter())
            .filter_map(|cost| self.cost(cost, first_year, spec.years, known))
            .collect();
        let cash: Vec<(CashSpec, Position)> = (file.cash.into_iter())
            .map(|cash| (self.at(&cash), cash.into_inner()))
            .map(|(at, cash)| (cash, at))
            .collect();
        let mut effects: Vec<Effect> = Vec::new();
        let mut named: BTreeSet<String> = BTreeSet::new();
        for effect in file.effect {
            let at = self.at(&effect);
            let effect = effect.into_inner();
            if !named.insert(effect.code.clone()) {
                self.fault(
                    "duplicate-code",
                    at.clone().column("code"),
                    format!("there is already an effect `{}`", effect.code),
                    "give each effect of a proposal a code of its own",
                );
            }
            if let Some(group) = effect
                .overlap
                .as_ref()
                .filter(|group| !overlaps.contains_key(*group))
            {
                self.fault(
                    "overlap-without-rule",
                    at.clone().column("overlap"),
                    format!("nothing says how the effects of group `{group}` count together"),
                    "add an `[[overlap]]` of that group with `separate`, `nested` or `unknown`, and why",
                );
            }
            effects.extend(self.effect(effect, &at, spec.combine, &cash, known));
        }
        for effect in &effects {
            self.one_value_for_blocks(effect, &cash);
        }
        self.cash_of_nothing(&cash, &effects, &named);
        let settlement = file.settlement.and_then(|terms| {
            let at = self.at(&terms);
            self.terms(terms.into_inner(), &at, first_year, spec.years, known)
        });
        if self.findings.faults().count() > before {
            return None;
        }
        let mut proposal = Proposal {
            code: spec.code,
            name: spec.name,
            against: spec.against,
            ages: ages?,
            locality: locality?,
            first_year: first_year?,
            years: spec.years,
            prices: spec.prices,
            deflator: spec.deflator,
            discount: spec.discount,
            baseline: Baseline {
                period: spec.baseline.period,
                phase: spec.baseline.phase,
                activities,
            },
            costs,
            effects,
            overlaps,
            settlement,
            uncertainty: spec.uncertainty,
            ranges: Vec::new(),
        };
        proposal.ranges = self.ranges(file.range, &proposal, &at);
        self.convertible(&proposal, &at);
        self.counted_together(&proposal, &at);
        Some(proposal)
    }

    /// How groups of effects count together: each once, and each of some effect.
    fn overlaps(
        &mut self,
        specs: Vec<Spanned<OverlapSpec>>,
        effects: &[Spanned<EffectSpec>],
    ) -> BTreeMap<String, Overlap> {
        let mut overlaps = BTreeMap::new();
        for spec in specs {
            let at = self.at(&spec);
            let spec = spec.into_inner();
            self.written("reason", &spec.reason, &at);
            let is_used = (effects.iter())
                .any(|effect| effect.get_ref().overlap.as_ref() == Some(&spec.group));
            if !is_used {
                self.findings.push(Finding {
                    rule: "overlap-of-nothing".into(),
                    severity: Severity::Notice,
                    position: at.clone().column("group"),
                    found: format!("no effect is of the group `{}`", spec.group),
                    at_stake: None,
                    remedy: "write `overlap` with this group into the effects that it is about, or take the table out"
                        .into(),
                });
            }
            let overlap = Overlap {
                rule: spec.rule,
                reason: spec.reason,
            };
            if overlaps.insert(spec.group.clone(), overlap).is_some() {
                self.fault(
                    "overlap-given-twice",
                    at.column("group"),
                    format!(
                        "there is already an `[[overlap]]` of the group `{}`",
                        spec.group
                    ),
                    "keep one of them",
                );
            }
        }
        overlaps
    }

    /// All amounts can be said in the prices of the proposal.
    pub(super) fn convertible(&mut self, proposal: &Proposal, at: &Position) {
        let book = self.place.prices();
        let prices = (book.deflator(&proposal.deflator))
            .and_then(|deflator| Prices::new(proposal.prices, deflator, &[]));
        let prices = match prices {
            Ok(prices) => prices,
            Err(error) => {
                self.fault(
                    "prices-not-there",
                    at.clone().column("prices"),
                    error.to_string(),
                    "correct the year",
                );
                return;
            }
        };
        let horizon = (book.discount(&proposal.discount))
            .map_err(AppraisalError::from)
            .and_then(|discount| horizon::years(proposal, discount));
        if let Err(error) = horizon {
            self.fault(
                "prices-not-there",
                at.clone().column("years"),
                error.to_string(),
                "count fewer years, or give the schedule rates for all of them",
            );
        }
        let baseline = PriceYear::new(proposal.baseline.period).map(PriceBase::Real);
        let of_baseline =
            (baseline.into_iter()).map(|base| (base, "what is spent in the baseline".to_owned()));
        let values = proposal.effects.iter().flat_map(|effect| &effect.values);
        let of_values =
            values.map(|value| (PriceBase::Real(value.unit.prices), value.unit.code.clone()));
        let of_costs = (proposal.costs.iter())
            .map(|cost| (cost.prices, format!("a cost of {}", cost.payer.name)));
        let mut told: Vec<String> = Vec::new();
        for (from, what) in of_values.chain(of_costs).chain(of_baseline) {
            for later in 0..proposal.years {
                let year = u16::try_from(later)
                    .ok()
                    .and_then(|later| proposal.first_year.later(later));
                let Some(Err(error)) = year.map(|year| prices.conversion(from, year)) else {
                    continue;
                };
                let found = format!("{what}: {error}");
                if !told.contains(&found) {
                    self.fault(
                        "prices-not-convertible",
                        at.clone(),
                        found.clone(),
                        "take a deflator of that kind of year that has it, or prices of a year that it has",
                    );
                    told.push(found);
                }
                break;
            }
        }
    }

    /// The deflator and the schedule are there, and for money.
    pub(super) fn prices(&mut self, spec: &ProposalSpec, at: &Position) {
        let book = self.place.prices();
        let deflator = book
            .deflator(&spec.deflator)
            .map(|_| ())
            .map_err(|error| (error, "deflator"));
        let discount = book
            .discount(&spec.discount)
            .and_then(|schedule| schedule.money_factor(0));
        let discount = discount.map(|_| ()).map_err(|error| (error, "discount"));
        for (error, key) in [deflator, discount].into_iter().filter_map(Result::err) {
            self.fault(
                "prices-not-there",
                at.clone().column(key),
                error.to_string(),
                "correct the code",
            );
        }
    }

    pub(super) fn cost(
        &mut self,
        spec: Spanned<CostSpec>,
        first_year: Option<PriceYear>,
        years: usize,
        known: &Known<'_>,
    ) -> Option<Cost> {
        let at = self.at(&spec);
        let spec = spec.into_inner();
        let payer = self.partner(&spec.partner, &at);
        let year = self.year(&spec.year, &at, "year");
        let number = first_year.zip(year).map(|(first, year)| {
            (0..years).find(|&later| {
                u16::try_from(later)
                    .ok()
                    .and_then(|later| first.later(later))
                    == Some(year)
            })
        });
        if number == Some(None) {
            self.fault(
                "outside-the-years",
                at.clone().column("year"),
                format!(
                    "a cost of {} lies outside the {years} years that are counted",
                    spec.year
                ),
                "count more years, or leave the cost out: what comes later is in no figure",
            );
        }
        let amount = self.more_or_less(&spec.amount, "amount", &at);
        self.written("source", &spec.source, &at);
        let resource = self.ok(Resource::from_str(&spec.resource), &at, "resource");
        let raised = amount
            .as_ref()
            .and_then(|amount| self.raised(&spec, amount, known, &at));
        let (grade, correction) = raised?;
        Some(Cost {
            payer: payer?,
            year: number??,
            grade,
            correction,
            amount: amount?.times(&Ratio::new(100, 1)),
            prices: spec.prices,
            in_kind: resource? != Resource::Cash,
            source: spec.source,
        })
    }

    /// By how much a cost is raised: by its grade, or by its kind of project. What is spent less is a saving, and
    /// lowered like one.
    fn raised(
        &mut self,
        spec: &CostSpec,
        amount: &Ratio,
        known: &Known<'_>,
        at: &Position,
    ) -> Option<(Option<Grade>, Ratio)> {
        let is_less = *amount < Ratio::zero();
        match (&spec.grade, &spec.uplift) {
            (Some(grade), None) => {
                let grade = self.graded(grade, known, at, "grade")?;
                let correction = match is_less {
                    true => Ratio::zero().minus(&grade.benefits),
                    false => grade.costs.clone(),
                };
                Some((Some(grade.clone()), correction))
            }
            (None, Some(uplift)) if !is_less => self
                .number(uplift, "uplift", at)
                .map(|uplift| (None, uplift)),
            (None, Some(_)) => {
                self.fault(
                    "correction-unclear",
                    at.clone().column("uplift"),
                    "an uplift is for what is spent, and this is spent less".to_owned(),
                    "name the `grade` of the figure, by which it is lowered",
                );
                None
            }
            (Some(_), Some(_)) => {
                self.fault(
                    "correction-unclear",
                    at.clone().column("uplift"),
                    "the cost is corrected twice: by its grade, and by an uplift for its kind of project".to_owned(),
                    "keep one of `grade` and `uplift`",
                );
                None
            }
            (None, None) => {
                self.fault(
                    "correction-unclear",
                    at.clone().column("grade"),
                    "nothing says how good the figure of this cost is".to_owned(),
                    "name its `grade`, or the `uplift` for its kind of project",
                );
                None
            }
        }
    }
}
