//! A report as at a day: mid-year, year-end, or any other.

use super::agreements::Agreement;
use super::draw_down::GrantStanding;
use super::facts::TargetFacts;
use super::target::NonResponse;
use crate::axis::Period;
use crate::register::RegisterError;
use crate::statistic::{Estimate, StatisticError, difference_of_proportions};
use crate::table::Table;
use jiff::civil::Date;

/// What the agreement says at the end of a day, by what had come until then.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AgreementReport<'a> {
    pub(super) agreement: &'a Agreement,
    /// The day.
    pub on: Date,
    /// The facts of every target, in the order of the pack.
    pub targets: Vec<TargetFacts>,
    /// What service users said last, measure by measure.
    pub surveys: Vec<SurveyStanding>,
    /// Figures and surveys that are not there, the longest overdue first.
    pub owed: Vec<Owed>,
    /// The grants.
    pub grants: Vec<GrantStanding>,
}

/// What users of a service said last.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SurveyStanding {
    /// Code of the measure.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What was asked.
    pub question: String,
    /// The number of its target, if it stands beside one.
    pub(super) target: Option<usize>,
    /// When they were asked last.
    pub period: Period,
    /// The percentage who said so, with its interval.
    pub estimate: Estimate,
    /// How many answered, as written.
    pub answered: String,
    /// The percentage of those asked who answered, where it is known.
    pub response_percent: Option<rust_decimal::Decimal>,
    /// Those who did not answer, and between what that leaves the figure; where it is known how many were asked.
    pub non_response: Option<NonResponse>,
    /// By how much it differs from the wave before, in percentage points with the interval of the difference.
    pub since: Option<(Period, Estimate)>,
    /// Who asked, and how.
    pub source: String,
}

/// A figure that ought to be there, or will have to be.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Owed {
    /// Of what: the name of a target or a survey.
    pub of: String,
    /// Of which period.
    pub period: Period,
    /// Who owes it.
    pub owed_by: String,
    /// When it is due.
    pub due: Date,
    /// For how many days it has been overdue; `None` where it is not.
    pub overdue_days: Option<i64>,
}

impl Agreement {
    /// What the agreement says at the end of a day.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`]; [`RegisterError::Outcomes`] where an indicator does not answer.
    pub fn report(&self, on: Date) -> Result<AgreementReport<'_>, RegisterError> {
        Ok(AgreementReport {
            agreement: self,
            on,
            targets: self.facts(on)?,
            surveys: self.surveys_on(on)?,
            owed: self.owed(on),
            grants: self.grants_on(on)?,
        })
    }

    /// Figures of periods that have begun and have not come, the longest overdue first.
    #[must_use]
    pub fn owed(&self, on: Date) -> Vec<Owed> {
        let has_come = |received: Option<Date>| received.is_some_and(|day| day <= on);
        let figures = self.targets.iter().flat_map(|target| {
            let waiting = target.figures.iter().filter(|one| !one.is_known(on));
            waiting.map(|one| (&target.name, one.period, &one.owed_by, one.due))
        });
        let surveys = self.surveys.iter().filter(|one| !has_come(one.received));
        let surveys = surveys.map(|one| (&one.name, one.period, &one.owed_by, one.due));
        let mut owed: Vec<Owed> = figures
            .chain(surveys)
            .filter(|(_, period, ..)| period.first_day() <= on)
            .map(|(of, period, owed_by, due)| Owed {
                of: of.clone(),
                period,
                owed_by: owed_by.clone(),
                due,
                overdue_days: days_over(due, on),
            })
            .collect();
        owed.sort_by(|one, other| (one.due, &one.of).cmp(&(other.due, &other.of)));
        owed
    }

    /// Code of the target that a survey stands beside, if any.
    #[must_use]
    pub fn target_of_survey(&self, survey: &SurveyStanding) -> Option<&str> {
        self.code_of(survey.target)
    }

    fn surveys_on(&self, on: Date) -> Result<Vec<SurveyStanding>, StatisticError> {
        let mut all: Vec<SurveyStanding> = Vec::new();
        let mut before = None;
        // Waves of one measure stand together, in the order of time: the last that has come stays.
        for survey in &self.surveys {
            let came = survey.received.is_some_and(|day| day <= on);
            let Some(answers) = survey.answers.filter(|_| came) else {
                continue;
            };
            let standing = SurveyStanding {
                code: survey.code.clone(),
                name: survey.name.clone(),
                question: survey.question.clone(),
                target: survey.target,
                period: survey.period,
                estimate: answers.estimate(self.confidence)?,
                answered: answers.of.to_string(),
                response_percent: answers.response_percent(),
                non_response: answers.non_response(),
                since: None,
                source: survey.source.clone(),
            };
            match all.last_mut().filter(|last| last.code == survey.code) {
                None => all.push(standing),
                Some(last) => {
                    let now = answers.proportion()?;
                    let since = match before {
                        Some(then) if survey.period.starts_after(last.period) => {
                            let points = difference_of_proportions(now, then, self.confidence)?;
                            Some((last.period, points.times(100.0)))
                        }
                        _ => None,
                    };
                    *last = SurveyStanding { since, ..standing };
                }
            }
            before = Some(answers.proportion()?);
        }
        Ok(all)
    }
}

/// For how many days something is overdue.
pub(super) fn days_over(due: Date, on: Date) -> Option<i64> {
    let days = (due < on).then(|| due.until(on).ok())??;
    Some(i64::from(days.get_days()))
}

impl AgreementReport<'_> {
    /// The three facts of every target, kept apart, headline first.
    #[must_use]
    pub fn table(&self) -> Table {
        self.targets_table(|_| true, "Targets")
    }

    /// The same of the few in the headline.
    #[must_use]
    pub fn headline_table(&self) -> Table {
        self.targets_table(|headline| headline, "Headline targets")
    }
}
