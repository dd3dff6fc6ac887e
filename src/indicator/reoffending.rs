//! Proven reoffending: three figures that are all called a rate, and when each may be read.

use crate::axis::Period;
use crate::statistic::{Confidence, Estimate, StatisticError, Withheld, wilson};
use std::collections::BTreeMap;

/// Offenders of one period, followed for a time.
///
/// A proven reoffence is an offence within the follow-up that leads to a conviction or caution
/// within it or in a further waiting period (Ministry of Justice: one year and six months).
///
/// # "Rate" means three things
///
/// The share of the cohort who reoffend, reoffences for each reoffender, and reoffences for each
/// offender. The first times the second is the third. Fewer reoffenders can raise the second,
/// because those who stop first offended least.
///
/// # Example
///
/// ```
/// use wholeplace::indicator::Cohort;
/// use wholeplace::statistic::Confidence;
/// let cohort = Cohort::new("Jan 2017 to Mar 2017".parse()?, 200, 62, 248, 12, 6)?;
/// let share = cohort.reoffending_proportion(Confidence::new(0.95)?)?;
/// assert_eq!(share.value(), Some(0.31));
/// assert_eq!(cohort.reoffences_per_reoffender(), Some(4.0));
/// assert_eq!(cohort.reoffences_per_offender(), Some(1.24));
/// // The last offender is followed until March 2018 and waited for until September 2018.
/// assert_eq!(cohort.complete_after(), Some("Sep 2018".parse()?));
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Ministry of Justice. Guide to proven reoffending statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cohort {
    period: Period,
    offenders: u64,
    reoffenders: u64,
    reoffences: u64,
    follow_up_months: u16,
    waiting_months: u16,
}

/// Why numbers are no cohort.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CohortError {
    /// Nobody could reoffend.
    #[error("a cohort needs at least one offender")]
    Nobody,
    /// More reoffend than there are.
    #[error("{reoffenders} of {offenders} offenders cannot reoffend")]
    MoreReoffenders {
        /// Who reoffended.
        reoffenders: u64,
        /// Who was followed.
        offenders: u64,
    },
    /// Each reoffender has at least one reoffence, and nobody else has any.
    #[error("{reoffenders} reoffenders cannot have {reoffences} reoffences")]
    Reoffences {
        /// Who reoffended.
        reoffenders: u64,
        /// How often.
        reoffences: u64,
    },
    /// Cohorts that were not followed in the same way.
    #[error("the cohorts were not followed equally long, or the same people may be in two")]
    NotAlike,
}

impl Cohort {
    /// A cohort.
    ///
    /// # Errors
    ///
    /// [`CohortError`] when the numbers cannot be.
    pub fn new(
        period: Period,
        offenders: u64,
        reoffenders: u64,
        reoffences: u64,
        follow_up_months: u16,
        waiting_months: u16,
    ) -> Result<Self, CohortError> {
        if offenders == 0 {
            return Err(CohortError::Nobody);
        }
        if reoffenders > offenders {
            return Err(CohortError::MoreReoffenders {
                reoffenders,
                offenders,
            });
        }
        if reoffences < reoffenders || reoffenders == 0 && reoffences > 0 {
            return Err(CohortError::Reoffences {
                reoffenders,
                reoffences,
            });
        }
        Ok(Self {
            period,
            offenders,
            reoffenders,
            reoffences,
            follow_up_months,
            waiting_months,
        })
    }

    /// Several cohorts as one: four quarters make a year. Counts are added up, so that the
    /// shares are weighted by offenders; shares are never averaged.
    ///
    /// # Errors
    ///
    /// [`CohortError::Nobody`] for none; [`CohortError::NotAlike`] when they overlap or were not
    /// followed equally long.
    pub fn pooled(cohorts: &[Self]) -> Result<Self, CohortError> {
        let mut sorted = cohorts.to_vec();
        sorted.sort_by_key(|cohort| cohort.period);
        let (&first, rest) = sorted.split_first().ok_or(CohortError::Nobody)?;
        rest.iter().try_fold(first, |pooled, next| {
            let alike = pooled.follow_up_months == next.follow_up_months
                && pooled.waiting_months == next.waiting_months
                && next.period.starts_after(pooled.period);
            if !alike {
                return Err(CohortError::NotAlike);
            }
            Ok(Self {
                period: pooled
                    .period
                    .through(next.period)
                    .map_err(|_| CohortError::NotAlike)?,
                offenders: pooled.offenders.saturating_add(next.offenders),
                reoffenders: pooled.reoffenders.saturating_add(next.reoffenders),
                reoffences: pooled.reoffences.saturating_add(next.reoffences),
                ..pooled
            })
        })
    }

    /// When they offended, or were released.
    #[must_use]
    pub fn period(&self) -> Period {
        self.period
    }

    /// The share of the cohort who reoffend (0 to 1), with its interval by Wilson.
    ///
    /// # Errors
    ///
    /// [`StatisticError`] never for a cohort that could be made; kept for the signature of the
    /// method.
    pub fn reoffending_proportion(
        &self,
        confidence: Confidence,
    ) -> Result<Estimate, StatisticError> {
        wilson(real(self.reoffenders), real(self.offenders), confidence)
    }

    /// Reoffences for each reoffender; nothing when nobody reoffended.
    #[must_use]
    pub fn reoffences_per_reoffender(&self) -> Option<f64> {
        (self.reoffenders > 0).then(|| real(self.reoffences) / real(self.reoffenders))
    }

    /// Reoffences for each offender.
    #[must_use]
    pub fn reoffences_per_offender(&self) -> Option<f64> {
        (self.offenders > 0).then(|| real(self.reoffences) / real(self.offenders))
    }

    /// Reoffences for each offender with an interval, which needs to know how many people have
    /// how many reoffences: reoffences of one person are not independent, and an interval made
    /// from their number alone would be too narrow.
    ///
    /// `people_by_reoffences` holds, for each number of reoffences from one, how many people have
    /// that many. The interval is the mean's, by Student's t.
    ///
    /// # Errors
    ///
    /// [`StatisticError::Undefined`] when the people and reoffences given are not those of the
    /// cohort, or some of them have no reoffence. A cohort of one has a mean without an interval.
    pub fn reoffences_per_offender_estimate(
        &self,
        people_by_reoffences: &BTreeMap<u64, u64>,
        confidence: Confidence,
    ) -> Result<Estimate, StatisticError> {
        if people_by_reoffences.contains_key(&0) {
            return Err(StatisticError::Undefined(
                "people without a reoffence are not among the people by reoffences",
            ));
        }
        // What is too large to be added up is not what the cohort has.
        let people = people_by_reoffences
            .values()
            .try_fold(0_u64, |sum, people| sum.checked_add(*people));
        let reoffences = people_by_reoffences
            .iter()
            .try_fold(0_u64, |sum, (times, people)| {
                sum.checked_add(times.checked_mul(*people)?)
            });
        if people != Some(self.reoffenders) || reoffences != Some(self.reoffences) {
            return Err(StatisticError::Undefined(
                "the people by reoffences are not those of the cohort",
            ));
        }
        let offenders = real(self.offenders);
        let mean = real(self.reoffences) / offenders;
        let never = offenders - real(self.reoffenders);
        let squares: f64 = people_by_reoffences
            .iter()
            .map(|(&times, &people)| real(people) * (real(times) - mean).powi(2))
            .sum::<f64>()
            + never * mean.powi(2);
        if self.offenders < 2 {
            return Ok(Estimate::without_interval(
                mean,
                confidence,
                "mean",
                Withheld::NoCounts,
            ));
        }
        let deviation = (squares / (offenders - 1.0)).sqrt();
        crate::statistic::mean_of_summary(mean, deviation, offenders, confidence)
    }

    /// The last month of follow-up and waiting: before its end, the count is interim.
    #[must_use]
    pub fn complete_after(&self) -> Option<Period> {
        let months = self.follow_up_months.checked_add(self.waiting_months)?;
        self.period.last_month().months_later(months)
    }

    /// Whether the count may be read as final at the end of a month.
    #[must_use]
    pub fn is_complete_by(&self, month: Period) -> bool {
        self.complete_after()
            .is_some_and(|last| month.last_month() >= last)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "nobody follows nine quadrillion offenders"
)]
fn real(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistic::Interval;

    /// What is said of these people by reoffences in a cohort of four, of whom two reoffend thrice.
    fn estimate(people_by_reoffences: &[(u64, u64)]) -> Result<Estimate, StatisticError> {
        let cohort = Cohort::new("calendar 2017".parse().unwrap(), 4, 2, 3, 12, 6).unwrap();
        let people = people_by_reoffences.iter().copied().collect();
        cohort.reoffences_per_offender_estimate(&people, Confidence::new(0.95).unwrap())
    }

    #[test]
    fn reoffences_per_offender_have_the_interval_of_their_mean() {
        // 1, 2, 0, 0: a mean of 0.75 and a deviation of √(2.75 / 3); t of 3 degrees is 3.182446.
        let found = estimate(&[(1, 1), (2, 1)]).unwrap();
        let reach = 3.182_446 * (2.75_f64 / 3.0).sqrt() / 2.0;
        let Interval { lower, upper } = found.interval().unwrap();
        assert_eq!(found.value(), Some(0.75));
        assert!((lower - 0.75 + reach).abs() < 1e-6, "{lower}");
        assert!((upper - 0.75 - reach).abs() < 1e-6, "{upper}");
    }

    #[test]
    fn people_who_are_not_those_of_the_cohort_are_refused() {
        let other = "the people by reoffences are not those of the cohort";
        let cases: [(&[(u64, u64)], &str); 6] = [
            (&[(1, 2)], other),
            (&[(1, 3)], other),
            // Sums and products that no number holds.
            (&[(1, u64::MAX), (2, u64::MAX)], other),
            (&[(1, 1), (u64::MAX, 1)], other),
            (&[(u64::MAX, 2)], other),
            (
                &[(0, 2), (1, 1), (2, 1)],
                "people without a reoffence are not among the people by reoffences",
            ),
        ];
        for (people, words) in cases {
            assert_eq!(
                estimate(people).unwrap_err().to_string(),
                words,
                "{people:?}"
            );
        }
    }
}
