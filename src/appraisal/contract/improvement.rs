//! By how much a cohort did better than what it is held against, and what of that a term pays for.

use super::anyway::Anyway;
use super::kind::{Better, DeadweightOf, PaidFrom, Scale, TermKind, WhyNot};
use super::reported::Reported;
use super::terms::{Band, Baseline, Term, Threshold};
use crate::money::Ratio;

/// A cohort beside its baseline, in what is counted.
pub(super) struct Improvement {
    /// What there would have been.
    pub expected: Ratio,
    /// How much better it is; below zero it is worse.
    pub better_by: Ratio,
    people: Ratio,
    /// The square of the standard error of `better_by`.
    variance: Ratio,
}

impl Improvement {
    /// Of a term of cohorts; nothing of one of claims, or without the comparison group it needs.
    ///
    /// # Formula
    ///
    /// ```text
    /// expected  = baseline rate × people, or what the whole place had
    /// better by = expected − counted, or counted − expected where more is better
    /// variance  = n p (1 − p) + n² q (1 − q) / m      binary: p observed, q of m people of the baseline
    ///           = x + (n / m)² y                      events and demand: x counted of n, y of m
    /// ```
    pub(super) fn of(term: &Term, row: &Reported) -> Option<Self> {
        let (baseline, better) = term.baseline.as_ref()?;
        let people = Ratio::new(row.people.into(), 1);
        let (expected, base) = match baseline {
            Baseline::OfPlace(count) => (count.clone(), None),
            Baseline::OfEach { rate, people: size } => (
                rate.times(&people),
                size.map(|size| (rate.clone(), Ratio::new(size.into(), 1))),
            ),
            Baseline::Comparison { .. } => {
                let group = row.comparison.as_ref()?;
                let size = Ratio::new(group.people.into(), 1);
                let rate = group.count.times(&size.inverse()?);
                (rate.times(&people), Some((rate, size)))
            }
        };
        let better_by = match better {
            Better::Lower => expected.minus(&row.count),
            Better::Higher => row.count.minus(&expected),
        };
        let variance = variance(term.kind, &people, &row.count, baseline, base)?;
        Some(Self {
            expected,
            better_by,
            people,
            variance,
        })
    }

    /// How much of what is counted makes one of a scale.
    fn one(&self, scale: Scale) -> &Ratio {
        match scale {
            Scale::Relative => &self.expected,
            Scale::Points => &self.people,
        }
    }

    /// The threshold in what is counted; nothing where it is no exact number of it.
    fn at(&self, threshold: &Threshold) -> Option<Ratio> {
        match threshold {
            Threshold::At(scale, at) => Some(at.times(self.one(*scale))),
            Threshold::ByPeople(scale, rows) => {
                Some(between(rows, &self.people)?.times(self.one(*scale)))
            }
            Threshold::StandardErrors(_) => None,
        }
    }

    fn meets(&self, threshold: &Threshold) -> bool {
        match threshold {
            // Squares are compared, so that nothing is rounded.
            Threshold::StandardErrors(times) => {
                let needed = times.times(times).times(&self.variance);
                self.better_by > Ratio::zero() && self.better_by.times(&self.better_by) >= needed
            }
            exact => self.at(exact).is_some_and(|at| self.better_by >= at),
        }
    }

    /// What of the improvement counts, and why the rest does not: together all of it.
    pub(super) fn counted(&self, term: &Term) -> (Ratio, Vec<(WhyNot, Ratio)>) {
        let zero = Ratio::zero();
        if self.better_by <= zero {
            return (zero.clone(), vec![(WhyNot::NoImprovement, zero)]);
        }
        let all = &self.better_by;
        if let Some((threshold, _)) = &term.threshold
            && !self.meets(threshold)
        {
            return (zero, vec![(WhyNot::BelowThreshold, all.clone())]);
        }
        let mut not = Vec::new();
        let mut counts = all.clone();
        if let Some((scale, bands)) = &term.bands {
            let (paid, within) = self.banded(bands, *scale, all);
            not.push((WhyNot::ShareOfPayer, within.minus(&paid)));
            not.push((WhyNot::BeyondBands, all.minus(&within)));
            counts = paid;
        }
        if let Some((threshold, PaidFrom::Above)) = &term.threshold
            && let Some(at) = self.at(threshold)
        {
            let below = match &term.bands {
                Some((scale, bands)) => self.banded(bands, *scale, &at).0,
                None => at,
            };
            counts = counts.minus(&below);
            not.push((WhyNot::UpToThreshold, below));
        }
        not.retain(|(_, part)| !part.is_zero());
        (counts, not)
    }

    /// What bands pay of an improvement from nothing up to this, and how much of it lies within them.
    fn banded(&self, bands: &[Band], scale: Scale, up_to: &Ratio) -> (Ratio, Ratio) {
        let (mut paid, mut from) = (Ratio::zero(), Ratio::zero());
        for band in bands {
            let to = band.to.as_ref().map(|to| to.times(self.one(scale)));
            let end = to.map_or_else(|| up_to.clone(), |to| to.min(up_to.clone()));
            if end > from {
                paid = paid.plus(&end.minus(&from).times(&band.share));
                from = end;
            }
        }
        (paid, from)
    }
}

/// The square of the standard error of a difference of counts.
fn variance(
    kind: TermKind,
    people: &Ratio,
    count: &Ratio,
    baseline: &Baseline,
    base: Option<(Ratio, Ratio)>,
) -> Option<Ratio> {
    let one = Ratio::one();
    let scatter = |rate: &Ratio| match kind {
        TermKind::Binary => rate.times(&one.minus(rate)),
        _ => rate.clone(),
    };
    let own = match people.inverse() {
        Some(inverse) => scatter(&count.times(&inverse)).times(people),
        None => count.clone(),
    };
    let of_base = match (base, baseline) {
        (Some((rate, size)), _) => scatter(&rate)
            .times(&size.inverse()?)
            .times(people)
            .times(people),
        (None, Baseline::OfPlace(count)) => count.clone(),
        (None, _) => Ratio::zero(),
    };
    Some(own.plus(&of_base))
}

/// On the straight line between two rows, in the order of their people; the same beyond them.
fn between(rows: &[(u64, Ratio)], people: &Ratio) -> Option<Ratio> {
    let of = |people: u64| Ratio::new(people.into(), 1);
    let (first, last) = (rows.first()?, rows.last()?);
    if *people <= of(first.0) {
        return Some(first.1.clone());
    }
    for pair in rows.windows(2) {
        if let [(low, from), (high, to)] = pair
            && *people <= of(*high)
        {
            let way = people.minus(&of(*low));
            let whole = of(*high).minus(&of(*low)).inverse()?;
            return Some(from.plus(&to.minus(from).times(&way).times(&whole)));
        }
    }
    Some(last.1.clone())
}

/// What one row comes to before caps: exact pence for all of it, what of that is paid, and why the rest is
/// not; together all of it.
pub(super) struct Earned {
    pub all: Ratio,
    pub paid: Ratio,
    pub not: Vec<(WhyNot, Ratio)>,
    /// How many results were taken off as those that people would have had anyway.
    pub anyway: Ratio,
}

impl Earned {
    /// For a row at a tariff, exact pence for one of what is counted, after earlier rows of the same people.
    pub(super) fn of(term: &Term, row: &Reported, tariff: &Ratio, before: &Anyway) -> Self {
        if let Some((Baseline::Comparison { least }, _)) = &term.baseline
            && row
                .comparison
                .as_ref()
                .is_none_or(|group| group.people < *least)
        {
            let all = Improvement::of(term, row)
                .map_or_else(Ratio::zero, |found| found.better_by.max(Ratio::zero()));
            return Self::nothing(all.times(tariff), WhyNot::ComparisonTooSmall);
        }
        let improvement = Improvement::of(term, row);
        let (counts, not) = match &improvement {
            None => (row.count.clone(), Vec::new()),
            Some(found) => found.counted(term),
        };
        let mut earned = Self {
            all: (improvement.as_ref())
                .map_or(&row.count, |found| &found.better_by)
                .clone()
                .max(Ratio::zero())
                .times(tariff),
            paid: counts.times(tariff),
            not: (not.into_iter())
                .map(|(why, part)| (why, part.times(tariff)))
                .collect(),
            anyway: Ratio::zero(),
        };
        if term.times_quality {
            let quality = row.quality.clone().unwrap_or_else(Ratio::zero);
            earned.keep(WhyNot::Quality, earned.paid.times(&quality));
        }
        if let Some((share, of)) = &term.deadweight {
            let less = match (of, tariff.inverse()) {
                (DeadweightOf::Claims, _) => earned.paid.times(share),
                (DeadweightOf::People, Some(inverse)) => {
                    let results = earned.paid.times(&inverse);
                    earned.anyway = before.left(share, row.people).min(results);
                    earned.anyway.times(tariff)
                }
                // At a tariff of nothing there is nothing to take off.
                (DeadweightOf::People, None) => Ratio::zero(),
            };
            earned.keep(WhyNot::Deadweight, earned.paid.minus(&less));
        }
        if let (Some(limit), Some(found)) = (&term.limit, &improvement) {
            let most = found.expected.times(tariff).times(limit);
            earned.keep(WhyNot::Limit, earned.paid.clone().min(most));
        }
        earned
    }

    /// Nothing of it, for one reason.
    pub(super) fn nothing(all: Ratio, why: WhyNot) -> Self {
        Self {
            not: vec![(why, all.clone())],
            all,
            paid: Ratio::zero(),
            anyway: Ratio::zero(),
        }
    }

    /// What is left of it, and why the rest goes.
    pub(super) fn keep(&mut self, why: WhyNot, left: Ratio) {
        let gone = self.paid.minus(&left);
        if !gone.is_zero() {
            self.not.push((why, gone));
        }
        self.paid = left;
    }
}
