//! Which spending may stand beside which indicator.

use super::LinkageError;
use crate::account::Boundary;
use crate::axis::{Ages, LocalityId, MemberId};
use crate::cube::{AskError, Question};
use crate::indicator::{Accountability, Indicator, Indicators, Knowledge, Lag};
use std::collections::BTreeSet;

/// Spending and an indicator that are to stand side by side.
///
/// The question says which spending: locality, ages, boundary, phase, and for a performance
/// measure the partner and the service. Its period is given with [`Pairing::over`].
///
/// # Example
///
/// ```
/// use wholeplace::account::{Boundary, PlaceAccount};
/// use wholeplace::axis::{Ages, Phase};
/// use wholeplace::cube::Cube;
/// use wholeplace::indicator::Indicators;
/// use wholeplace::linkage::{LinkageError, Pairing};
/// use wholeplace::place::Place;
/// use wholeplace::statistic::Confidence;
///
/// let place = Place::open("examples/data/shropshire")?;
/// let indicators = Indicators::open(&place)?;
/// let cube = Cube::build(&PlaceAccount::load(&place)?)?;
/// let spending = cube
///     .ask()
///     .activity("youth-justice")
///     .ages(Ages::new(10, 17)?)
///     .locality("E06000051")
///     .phase(Phase::Outturn)
///     .boundary(Boundary::AllPartners);
/// let year = ["2017-18".parse()?];
/// let confidence = Confidence::new(0.95)?;
///
/// // Without a lag there is no pairing.
/// let pairing = Pairing::new(spending.clone(), &indicators, "first-time-entrants")?;
/// assert!(matches!(pairing.over(&year, confidence), Err(LinkageError::LagNotStated { .. })));
///
/// let beside = pairing.lag_of_the_pack()?.over(&year, confidence)?;
/// println!("{}", beside.table());
///
/// // What one partner spends is not what the place spends.
/// let council = spending.partner("shropshire-council");
/// let wrong = Pairing::new(council, &indicators, "first-time-entrants");
/// assert!(matches!(wrong, Err(LinkageError::ServiceBesidePopulation { .. })));
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Pairing<'a> {
    pub(super) question: Question<'a>,
    pub(super) indicators: &'a Indicators,
    pub(super) indicator: &'a Indicator,
    pub(super) locality: LocalityId,
    pub(super) lag: Option<Lag>,
    pub(super) notes: Vec<String>,
    pub(super) known_here: bool,
}

impl<'a> Pairing<'a> {
    /// Spending and an indicator, if they may stand side by side.
    ///
    /// # Errors
    ///
    /// [`LinkageError`]: the wrong kind of spending for the indicator, other people, another
    /// place; unknown codes.
    pub fn new(
        question: Question<'a>,
        indicators: &'a Indicators,
        code: &str,
    ) -> Result<Self, LinkageError> {
        Self::checked(question, indicators, code, None)
    }

    /// The same, for people whom the pair knowingly describes differently; the reason is shown
    /// with the figures.
    ///
    /// # Errors
    ///
    /// As [`Pairing::new`], but for the audience.
    pub fn although_people_differ(
        question: Question<'a>,
        indicators: &'a Indicators,
        code: &str,
        why: &str,
    ) -> Result<Self, LinkageError> {
        Self::checked(question, indicators, code, Some(why))
    }

    fn checked(
        question: Question<'a>,
        indicators: &'a Indicators,
        code: &str,
        although: Option<&str>,
    ) -> Result<Self, LinkageError> {
        let indicator = indicators.indicator(code)?;
        same_place(&question, indicators)?;
        let locality = place_of(&question)?;
        kind_fits(&question, indicators, indicator)?;
        let mut notes = Vec::new();
        match (audience_fits(&question, indicators, indicator), although) {
            (Ok(()), _) => {}
            (Err(error), None) => return Err(error),
            (
                Err(LinkageError::AudienceDiffers {
                    of_indicator,
                    of_spending,
                    ..
                }),
                Some(why),
            ) if !why.trim().is_empty() => notes.push(format!(
                "The indicator tells of {of_indicator}, the spending is on {of_spending}: {why}."
            )),
            (Err(error), Some(_)) => return Err(error),
        }
        let known = indicators
            .periods(code)?
            .into_iter()
            .filter_map(|period| indicators.known(code, locality, period).ok());
        let mut known_for = None;
        let (mut here, mut parts) = (false, false);
        for known in known {
            match known {
                Knowledge::OnlyFor { locality, .. } => {
                    known_for = Some(indicators.locality_name(locality).to_owned());
                }
                Knowledge::Nowhere => {}
                Knowledge::OnlyForParts { .. } => parts = true,
                Knowledge::Here(_) | Knowledge::Rebuilt { .. } => here = true,
            }
        }
        // Places of which each has its own figure may stand side by side; the whole may not.
        if !here && !parts {
            return Err(LinkageError::NotKnownHere {
                indicator: code.to_owned(),
                asked: indicators.locality_name(locality).to_owned(),
                known_for,
            });
        }
        Ok(Self {
            known_here: here,
            question,
            indicators,
            indicator,
            locality,
            lag: None,
            notes,
        })
    }

    /// States the lag.
    #[must_use]
    pub fn lag(mut self, lag: Lag) -> Self {
        self.lag = Some(lag);
        self
    }

    /// Takes the lag that the pack states for the indicator.
    ///
    /// # Errors
    ///
    /// [`LinkageError::LagNotStated`] when it states none.
    pub fn lag_of_the_pack(self) -> Result<Self, LinkageError> {
        let lag = self.indicators.lag(&self.indicator.code)?.cloned();
        match lag {
            Some(lag) => Ok(self.lag(lag)),
            None => Err(LinkageError::LagNotStated {
                indicator: self.indicator.code.clone(),
            }),
        }
    }

    pub(super) fn stated_lag(&self) -> Result<&Lag, LinkageError> {
        let stated = self.lag.as_ref().filter(|lag| !lag.why.trim().is_empty());
        stated.ok_or_else(|| LinkageError::LagNotStated {
            indicator: self.indicator.code.clone(),
        })
    }
}

/// Numbers of localities mean the same only in one edition of one pack.
pub(crate) fn same_place(
    question: &Question<'_>,
    indicators: &Indicators,
) -> Result<(), LinkageError> {
    let (spending, outcomes) = (question.cube().place(), indicators.place());
    if spending.fingerprint() == outcomes.fingerprint() {
        Ok(())
    } else {
        Err(LinkageError::AnotherPlace)
    }
}

/// The one place of a question.
fn place_of(question: &Question<'_>) -> Result<LocalityId, LinkageError> {
    match question.cut().localities {
        [code] => {
            let localities = &question.cube().place().axes().localities;
            Ok(localities.find(code).map_err(AskError::from)?)
        }
        _ => Err(LinkageError::NotOnePlace),
    }
}

/// Population beside whole-population spending, performance beside its own service's.
fn kind_fits(
    question: &Question<'_>,
    indicators: &Indicators,
    indicator: &Indicator,
) -> Result<(), LinkageError> {
    let cut = question.cut();
    let axes = indicators.place().axes();
    match &indicator.accountability {
        Accountability::Population => {
            let part = |what: String| LinkageError::ServiceBesidePopulation {
                indicator: indicator.code.clone(),
                what,
            };
            if !cut.partners.is_empty() {
                return Err(part(cut.partners.join(", ")));
            }
            match cut.boundary {
                // Without a boundary the question itself will say so.
                None | Some(Boundary::AllPartners) => Ok(()),
                Some(boundary) => Err(part(format!("a part of the partners ({boundary})"))),
            }
        }
        Accountability::Performance {
            partner, activity, ..
        } => {
            let own_partner = &axes.partners.get(*partner).code;
            let service = axes.activities.get(*activity);
            // The whole service: its own branch, or all the parts of it.
            let asked: BTreeSet<MemberId> = (cut.activities.iter())
                .filter_map(|code| axes.activities.find(code).ok())
                .flat_map(|found| axes.activities.branch(found))
                .collect();
            let below: BTreeSet<MemberId> = axes.activities.branch(*activity).skip(1).collect();
            let whole: BTreeSet<MemberId> = axes.activities.branch(*activity).collect();
            let all_of_it = asked == whole || !below.is_empty() && asked == below;
            if cut.partners.iter().all(|code| code == own_partner)
                && !cut.partners.is_empty()
                && all_of_it
            {
                return Ok(());
            }
            Err(LinkageError::PlaceBesidePerformance {
                indicator: indicator.code.clone(),
                service: service.name.clone(),
                activity: service.code.clone(),
                partner: own_partner.clone(),
            })
        }
    }
}

/// The same ages and the same client group.
fn audience_fits(
    question: &Question<'_>,
    indicators: &Indicators,
    indicator: &Indicator,
) -> Result<(), LinkageError> {
    let cut = question.cut();
    let groups = &indicators.place().axes().groups;
    let own_group = indicator.group.map(|group| groups.get(group).code.as_str());
    let asked_groups: Vec<&str> = cut.groups.iter().map(String::as_str).collect();
    let same_ages = match (indicator.ages, cut.ages) {
        (None, []) => true,
        (None | Some(Ages::ALL), [one]) => *one == Ages::ALL,
        (Some(ages), [one]) => ages == *one,
        (Some(ages), []) => ages == Ages::ALL,
        _ => false,
    };
    let same_group = match own_group {
        None => asked_groups.is_empty(),
        Some(own) => asked_groups == [own],
    };
    if same_ages && same_group && cut.tags.is_empty() {
        return Ok(());
    }
    let ages_in_words = |ages: &[Ages]| match ages {
        [] => "all ages".to_owned(),
        ages => {
            let words: Vec<String> = ages.iter().map(|ages| format!("ages {ages}")).collect();
            words.join(" and ")
        }
    };
    let in_words = |ages: String, groups: &[&str], tags: &[String]| {
        let mut words = ages;
        for group in groups {
            words.push_str(&format!(", {group}"));
        }
        for tag in tags {
            words.push_str(&format!(", {tag}"));
        }
        words
    };
    let own_ages: Vec<Ages> = indicator.ages.into_iter().collect();
    let own_groups: Vec<&str> = own_group.into_iter().collect();
    Err(LinkageError::AudienceDiffers {
        indicator: indicator.code.clone(),
        of_indicator: in_words(ages_in_words(&own_ages), &own_groups, &[]),
        of_spending: in_words(ages_in_words(cut.ages), &asked_groups, cut.tags),
    })
}
