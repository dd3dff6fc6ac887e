//! What a cohort is held against, from how much better on it is paid for, and by which bands.

use crate::appraisal::contract::kind::{PaidFrom, TermKind};
use crate::appraisal::contract::spec::{
    BandSpec, BaselineSpec, BaselineWord, TermSpec, ThresholdSpec,
};
use crate::appraisal::contract::terms::{Band, Baseline, Threshold};
use crate::appraisal::open::Opener;
use crate::finding::Position;
use crate::money::Ratio;

impl Opener<'_> {
    pub(super) fn term_baseline(
        &mut self,
        term: &TermSpec,
        spec: &BaselineSpec,
        at: &Position,
    ) -> Option<Baseline> {
        let at = at.clone().column("baseline");
        let whole_place = term.kind == TermKind::Demand;
        let rate = match &spec.rate {
            Some(rate) => Some(self.number(rate, "baseline", &at)?),
            None => None,
        };
        let count = match &spec.count {
            Some(count) => Some(self.number(count, "baseline", &at)?),
            None => None,
        };
        let people = spec.people.filter(|people| *people > 0);
        let found = match (spec.kind, rate, count, people) {
            (BaselineWord::Comparison, None, None, Some(least)) => {
                Some(Baseline::Comparison { least })
            }
            (BaselineWord::Fixed, Some(rate), None, people) if !whole_place => {
                Some(Baseline::OfEach { rate, people })
            }
            (BaselineWord::Fixed | BaselineWord::EarlierCohort, None, Some(count), None)
                if whole_place =>
            {
                Some(Baseline::OfPlace(count))
            }
            (BaselineWord::EarlierCohort, None, Some(count), Some(people)) if !whole_place => {
                let size = Ratio::new(people.into(), 1);
                size.inverse().map(|inverse| Baseline::OfEach {
                    rate: count.times(&inverse),
                    people: Some(people),
                })
            }
            _ => None,
        };
        if found.is_none() {
            self.fault(
                "baseline-unclear",
                at.clone(),
                format!("the baseline of `{}` has keys of another kind, or not all of its own", term.code),
                "write `rate`, and `people` where its own chance counts, for `fixed`; `count` and `people` for `earlier-cohort`; \
                 `people`, how many at least, for `comparison`; for demand of a whole place `count` alone",
            );
        }
        if term.kind == TermKind::Binary
            && let Some(Baseline::OfEach { rate, .. }) = &found
            && *rate > Ratio::one()
        {
            self.fault(
                "baseline-unclear",
                at,
                format!("the baseline of `{}` is {} for each person", term.code, rate.to_decimal(2)),
                "a binary term is of people who each count once; write a share from 0 to 1, or make it one of frequency",
            );
            return None;
        }
        found
    }

    pub(super) fn term_threshold(
        &mut self,
        term: &TermSpec,
        spec: &ThresholdSpec,
        at: &Position,
    ) -> Option<(Threshold, PaidFrom)> {
        use crate::appraisal::contract::kind::Scale;
        let at = at.clone().column("threshold");
        let stated = [&spec.relative, &spec.points, &spec.standard_errors];
        let count = stated.iter().filter(|key| key.is_some()).count()
            + usize::from(!spec.by_people.is_empty());
        let Some(from) = term.from.filter(|_| count == 1) else {
            self.fault(
                "threshold-unclear",
                at,
                format!("the threshold of `{}` says {count} things, or not what is paid once it is met", term.code),
                "write one of `relative`, `points`, `standard_errors` and `by_people`, and `from` beside it: `first` or `above`",
            );
            return None;
        };
        let threshold = match (
            &spec.relative,
            &spec.points,
            &spec.standard_errors,
            spec.scale,
        ) {
            (Some(at_least), _, _, None) => {
                Threshold::At(Scale::Relative, self.number(at_least, "threshold", &at)?)
            }
            (_, Some(at_least), _, None) if term.kind != TermKind::Demand => {
                Threshold::At(Scale::Points, self.number(at_least, "threshold", &at)?)
            }
            (_, _, Some(times), None) if from == PaidFrom::First && !term.kind.is_in_pounds() => {
                Threshold::StandardErrors(self.number(times, "threshold", &at)?)
            }
            (None, None, None, Some(scale)) => {
                let mut rows: Vec<(u64, Ratio)> = Vec::new();
                for row in &spec.by_people {
                    rows.push((row.people, self.number(&row.at, "threshold", &at)?));
                }
                if rows.windows(2).any(|two| two[0].0 >= two[1].0) {
                    self.fault(
                        "threshold-unclear",
                        at,
                        format!("the rows of the threshold of `{}` are not in the order of their people", term.code),
                        "write them from few people to many, each number once",
                    );
                    return None;
                }
                Threshold::ByPeople(scale, rows)
            }
            _ => {
                self.fault(
                    "threshold-unclear",
                    at,
                    format!("the threshold of `{}` cannot be of that kind", term.code),
                    "`scale` goes with `by_people` alone; standard errors are no whole number of events, so they go with `first`, and not with pounds; \
                     demand of a whole place has no points for each person",
                );
                return None;
            }
        };
        Some((threshold, from))
    }

    pub(super) fn term_bands(&mut self, term: &TermSpec, at: &Position) -> Option<Vec<Band>> {
        let at = at.clone().column("bands");
        let mut bands: Vec<Band> = Vec::with_capacity(term.bands.len());
        for BandSpec { to, share } in &term.bands {
            let to = match to {
                Some(to) => Some(self.number(to, "bands", &at)?),
                None => None,
            };
            let share = self.share(share, "bands", &at)?;
            bands.push(Band { to, share });
        }
        let in_order = bands.windows(2).all(|two| match (&two[0].to, &two[1].to) {
            (Some(first), Some(second)) => first < second,
            (Some(_), None) => true,
            (None, _) => false,
        });
        if in_order {
            return Some(bands);
        }
        self.fault(
            "bands-out-of-order",
            at,
            format!(
                "the bands of `{}` do not rise, or one without end is not the last",
                term.code
            ),
            "write them from nothing up, each `to` above the one before",
        );
        None
    }
}
