//! What is known of an indicator in a place, and what is known only for a larger one.

use super::area::Area;
use super::observation::Observation;
use super::{Count, Indicator, IndicatorError, Indicators, Status, ValueType};
use crate::axis::{Leaves, LocalityId, Period};

/// What is known of an indicator in one place and period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Knowledge {
    /// Published for this very place, with or without a figure.
    Here(Observation),
    /// Rebuilt from the counts of its parts.
    Rebuilt {
        /// The counts added up.
        observation: Observation,
        /// From how many parts.
        parts: usize,
        /// Of which level.
        level: String,
    },
    /// Published for a larger place only: this place's own figure is not known.
    OnlyFor {
        /// The smallest such place.
        locality: LocalityId,
        /// Its figure: never this place's.
        observation: Observation,
    },
    /// Published for smaller places only, and their figures cannot be added up.
    OnlyForParts {
        /// The level of those places.
        level: String,
    },
    /// Published for no place that holds this one.
    Nowhere,
}

impl Knowledge {
    /// The figure of this place, if one is known.
    #[must_use]
    pub fn observation(&self) -> Option<&Observation> {
        match self {
            Self::Here(observation) | Self::Rebuilt { observation, .. } => Some(observation),
            Self::OnlyFor { .. } | Self::OnlyForParts { .. } | Self::Nowhere => None,
        }
    }

    /// What is known of this place's own figure.
    #[must_use]
    pub fn status(&self) -> Status {
        match self {
            Self::OnlyForParts { .. } => Status::Unavailable,
            known => known
                .observation()
                .map_or(Status::NotCollected, Observation::status),
        }
    }
}

impl Indicators {
    /// What is known of an indicator in a place and period.
    ///
    /// A rate of a place that is not published is rebuilt from the counts of its parts, if the
    /// parts at the level of the indicator are the whole of it. It is never taken from a larger
    /// place.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`].
    pub fn known(
        &self,
        code: &str,
        locality: LocalityId,
        period: Period,
    ) -> Result<Knowledge, IndicatorError> {
        let number = self.number(code)?;
        if let Some(observation) = self.observed(number, Area::Here(locality), period) {
            return Ok(Knowledge::Here(observation));
        }
        if let Some(rebuilt) = self.rebuilt(number, locality, period) {
            return Ok(rebuilt);
        }
        let localities = &self.place().axes().localities;
        let leaves = localities.leaves(locality);
        let larger = self.observations[number as usize]
            .range(of_period(period))
            .filter_map(|(&(_, area), _)| match area {
                Area::Here(larger) if localities.leaves(larger).contains(leaves) => Some(larger),
                _ => None,
            })
            .min_by_key(|&larger| (localities.leaves(larger).count(), larger));
        let found = larger.and_then(|locality| {
            let observation = self.observed(number, Area::Here(locality), period)?;
            Some(Knowledge::OnlyFor {
                locality,
                observation,
            })
        });
        if let Some(found) = found {
            return Ok(found);
        }
        let smaller = self.observations[number as usize]
            .range(of_period(period))
            .any(|(&(_, area), _)| match area {
                Area::Here(smaller) => leaves.contains(localities.leaves(smaller)),
                Area::Elsewhere(_) => false,
            });
        Ok(if smaller {
            Knowledge::OnlyForParts {
                level: self.indicators()[number as usize].level.clone(),
            }
        } else {
            Knowledge::Nowhere
        })
    }

    /// The same of any area: what is known of another area is what is published for it.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::Unknown`].
    pub fn known_of(
        &self,
        code: &str,
        area: Area,
        period: Period,
    ) -> Result<Knowledge, IndicatorError> {
        match area {
            Area::Here(locality) => self.known(code, locality, period),
            Area::Elsewhere(_) => {
                let told = self.observed(self.number(code)?, area, period);
                Ok(told.map_or(Knowledge::Nowhere, Knowledge::Here))
            }
        }
    }

    /// The figure of several places together, which must not overlap.
    ///
    /// # Errors
    ///
    /// [`IndicatorError::NotSummable`] for anything but counts, and for rates of which some place
    /// has no counts; [`IndicatorError::Unknown`].
    pub fn together(
        &self,
        code: &str,
        localities: &[LocalityId],
        period: Period,
    ) -> Result<Observation, IndicatorError> {
        let indicator = self.indicator(code)?;
        let not_summable = |missing: &str| IndicatorError::NotSummable {
            indicator: code.to_owned(),
            form: indicator.form,
            missing: missing.to_owned(),
        };
        if !indicator.is_of_counts() {
            return Err(not_summable("it has none"));
        }
        let axis = &self.place().axes().localities;
        for (i, one) in localities.iter().enumerate() {
            let overlaps = |other: &LocalityId| !axis.leaves(*one).is_disjoint(axis.leaves(*other));
            if localities[..i].iter().any(overlaps) {
                return Err(not_summable("two of the places overlap"));
            }
        }
        let mut parts = Vec::with_capacity(localities.len());
        for &locality in localities {
            let known = self.known(code, locality, period)?;
            let part = known.observation().cloned().unwrap_or_default();
            if !counted(indicator, &part) {
                return Err(not_summable(&format!(
                    "{} is published without them",
                    self.locality_name(locality)
                )));
            }
            parts.push(part);
        }
        Ok(sum(indicator, &parts))
    }

    /// What was published for an area, settled.
    pub(super) fn observed(&self, number: u32, area: Area, period: Period) -> Option<Observation> {
        let found = self.observations[number as usize].get(&(period, area));
        found.cloned()
    }

    /// What is published for an area, or rebuilt from the counts of its parts.
    pub(super) fn held(&self, number: u32, area: Area, period: Period) -> Option<Observation> {
        self.observed(number, area, period).or_else(|| match area {
            Area::Here(locality) => match self.rebuilt(number, locality, period)? {
                Knowledge::Rebuilt { observation, .. } => Some(observation),
                _ => None,
            },
            Area::Elsewhere(_) => None,
        })
    }

    /// The place put together from its parts, if they are the whole of it and one has a figure.
    fn rebuilt(&self, number: u32, locality: LocalityId, period: Period) -> Option<Knowledge> {
        let indicator = &self.indicators()[number as usize];
        if !indicator.is_of_counts() {
            return None;
        }
        let localities = &self.place().axes().localities;
        let whole = localities.leaves(locality);
        // A leaf has no parts, and nothing published of any of them makes no whole: both are said
        // before all places of a level are looked through.
        let any = |(&(_, area), _): (&(Period, Area), &Observation)| match area {
            Area::Here(part) => part != locality && whole.contains(localities.leaves(part)),
            Area::Elsewhere(_) => false,
        };
        let mut published = self.observations[number as usize].range(of_period(period));
        if whole.count() <= 1 || !published.any(any) {
            return None;
        }
        let parts: Vec<LocalityId> = localities
            .at_level(&indicator.level)
            .into_iter()
            .filter(|&part| part != locality && whole.contains(localities.leaves(part)))
            .collect();
        // The parts are the whole, and nobody lies in two of them.
        let covered = Leaves::union(parts.iter().map(|&part| localities.leaves(part)));
        let leaves_of_parts: u32 = parts
            .iter()
            .map(|&part| localities.leaves(part).count())
            .sum();
        if parts.is_empty() || covered != *whole || leaves_of_parts != whole.count() {
            return None;
        }
        let found: Vec<Option<Observation>> = parts
            .iter()
            .map(|&part| self.observed(number, Area::Here(part), period))
            .collect();
        if found.iter().all(Option::is_none) {
            return None;
        }
        let found: Vec<Observation> = found.into_iter().map(Option::unwrap_or_default).collect();
        // Published rates without counts stay where they are.
        let all_counted = found.iter().all(|part| counted(indicator, part));
        all_counted.then(|| Knowledge::Rebuilt {
            observation: sum(indicator, &found),
            parts: parts.len(),
            level: indicator.level.clone(),
        })
    }
}

/// Whether a part can be added up: by its counts, or because it has no figure, which the sum
/// then says.
fn counted(indicator: &Indicator, part: &Observation) -> bool {
    indicator.form == ValueType::Count
        || part.value.is_none_or(|value| !value.status.has_figure())
        || part.numerator.is_some() && part.denominator.is_some()
}

/// Counts of parts added up, above and below the line. A part to which the indicator does not
/// apply is left out on both sides: the people below its line are nobody's either.
fn sum(indicator: &Indicator, parts: &[Observation]) -> Observation {
    let applies = || {
        parts
            .iter()
            .filter(|part| part.status() != Status::NotApplicable)
    };
    if applies().next().is_none() && !parts.is_empty() {
        return Observation {
            value: Some(Count::missing(Status::NotApplicable)),
            ..Observation::default()
        };
    }
    // A rate that is published as withheld has withheld counts.
    let missing = |part: &Observation| {
        let told = part.value.filter(|value| !value.status.has_figure());
        told.unwrap_or(Count::missing(Status::NotCollected))
    };
    let above = |part: &Observation| {
        let count = if indicator.form == ValueType::Count {
            part.numerator.or(part.value)
        } else {
            part.numerator
        };
        count.unwrap_or_else(|| missing(part))
    };
    let below = (indicator.form != ValueType::Count).then(|| {
        let below = |part: &Observation| part.denominator.unwrap_or_else(|| missing(part));
        Count::sum(applies().map(below))
    });
    Observation {
        numerator: Some(Count::sum(applies().map(above))),
        denominator: below,
        ..Observation::default()
    }
}

/// All areas of one period.
pub(super) fn of_period(period: Period) -> std::ops::RangeInclusive<(Period, Area)> {
    (period, Area::Here(LocalityId(0)))..=(period, Area::Elsewhere(u32::MAX))
}
