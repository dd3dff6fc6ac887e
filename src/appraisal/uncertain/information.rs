//! What it would be worth to know, before a choice is made.

use super::{Sampled, UncertainError};
use serde::Serialize;
use std::collections::BTreeSet;

/// Whether doing nothing is one of the options. A proposal is against something, so it mostly is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nothing {
    /// It is: it gains nothing in every draw.
    IsAnOption,
    /// One of the proposals must be done.
    IsNoOption,
}

/// What it would be worth to know everything before one of several options is chosen: floating pence as of the
/// first year.
///
/// # Formula
///
/// ```text
/// EVPI = E[ max over options of gain ] − max over options of E[ gain ]
/// ```
///
/// On the same draws for every option: a source of the same name in two proposals is the same chance. The most
/// that any study could be worth; a study that costs more is not worth its money.
///
/// # Example in numbers
///
/// One option gains 10 or loses 5, each in half of the draws; doing nothing gains nothing. The option gains 2.5 in
/// the mean, and is chosen. Who knew would choose it only where it gains 10: 5 in the mean. So it is worth 2.5 to
/// know.
///
/// ```
/// use wholeplace::appraisal::uncertain::{Nothing, PerfectInformation};
/// let gains: [(&str, &[f64]); 1] = [("diversion", &[10.0, -5.0, 10.0, -5.0])];
/// let known = PerfectInformation::of(&gains, Nothing::IsAnOption)?;
/// assert_eq!((known.chosen.as_str(), known.gain, known.worth), ("diversion", 2.5, 2.5));
/// # Ok::<(), wholeplace::appraisal::uncertain::UncertainError>(())
/// ```
///
/// # Sources
///
/// Raiffa H, Schlaifer R. Applied Statistical Decision Theory. Harvard 1961. Claxton K. The irrelevance of
/// inference. Journal of Health Economics 1999; 18: 341–364.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PerfectInformation {
    /// The option that gains most in the mean.
    pub chosen: String,
    /// What it gains in the mean.
    pub gain: f64,
    /// What it would be worth to know everything first.
    pub worth: f64,
    /// The standard error of that worth, from drawing alone.
    pub error: f64,
    /// In which part of the draws each option gains most; the first of several that gain equally.
    pub best: Vec<(String, f64)>,
    /// What keeps the options from being compared; nothing where only their gains are known.
    pub cautions: Vec<String>,
}

/// As doing nothing is called.
const NOTHING: &str = "nothing";

impl PerfectInformation {
    /// Of options by their gains, draw by draw on the same draws; draws beyond the shortest are left out.
    ///
    /// # Errors
    ///
    /// [`UncertainError::NoOption`] where there is nothing to choose between, or no draw.
    pub fn of(options: &[(&str, &[f64])], nothing: Nothing) -> Result<Self, UncertainError> {
        let draws = options
            .iter()
            .map(|(_, gains)| gains.len())
            .min()
            .unwrap_or(0);
        let none = vec![0.0; draws];
        let mut all: Vec<(&str, &[f64])> = options.to_vec();
        if nothing == Nothing::IsAnOption {
            all.push((NOTHING, &none));
        }
        if all.len() < 2 || draws == 0 {
            return Err(UncertainError::NoOption);
        }
        let number = draws as f64;
        let mean = |gains: &[f64]| gains.iter().take(draws).sum::<f64>() / number;
        let mut chosen = (0, f64::NEG_INFINITY);
        for (option, (_, gains)) in all.iter().enumerate() {
            let gain = mean(gains);
            if gain > chosen.1 {
                chosen = (option, gain);
            }
        }
        let mut best = vec![0_u32; all.len()];
        let mut more = Vec::with_capacity(draws);
        for draw in 0..draws {
            let at = |option: usize| all.get(option).and_then(|(_, gains)| gains.get(draw));
            let mut most = (0, f64::NEG_INFINITY);
            for option in 0..all.len() {
                if let Some(&gain) = at(option).filter(|gain| **gain > most.1) {
                    most = (option, gain);
                }
            }
            if let Some(count) = best.get_mut(most.0) {
                *count += 1;
            }
            more.push(most.1 - at(chosen.0).copied().unwrap_or(0.0));
        }
        let worth = mean(&more);
        let squares: f64 = more.iter().map(|one| (one - worth) * (one - worth)).sum();
        let deviation = (squares / (number - 1.0).max(1.0)).sqrt();
        Ok(Self {
            chosen: all
                .get(chosen.0)
                .map_or(String::new(), |(name, _)| (*name).to_owned()),
            gain: chosen.1,
            worth,
            error: deviation / number.sqrt(),
            best: (all.iter().zip(best))
                .map(|((name, _), count)| ((*name).to_owned(), f64::from(count) / number))
                .collect(),
            cautions: Vec::new(),
        })
    }

    /// Of drawn proposals, by what a purse saves less what it pays; with a caution where they count different
    /// years, are in different prices or discounted differently, or are drawn around different figures.
    ///
    /// # Errors
    ///
    /// [`UncertainError::OtherDraws`] where they were not drawn alike; [`UncertainError::UnknownPurse`];
    /// [`UncertainError::NoOption`].
    pub fn between(
        options: &[&Sampled],
        purse: &str,
        nothing: Nothing,
    ) -> Result<Self, UncertainError> {
        let first = options.first().ok_or(UncertainError::NoOption)?;
        if let Some(other) = options.iter().find(|other| other.seeded != first.seeded) {
            return Err(UncertainError::OtherDraws {
                one: first.proposal.clone(),
                draws: first.seeded.to_string(),
                other: other.proposal.clone(),
                others: other.seeded.to_string(),
            });
        }
        let mut gains = Vec::with_capacity(options.len());
        for option in options {
            gains.push((option.proposal.as_str(), option.net_savings(purse)?));
        }
        let gains: Vec<(&str, &[f64])> = gains
            .iter()
            .map(|(name, gains)| (*name, gains.as_slice()))
            .collect();
        Ok(Self {
            cautions: unlike(options),
            ..Self::of(&gains, nothing)?
        })
    }
}

/// Where gains are of different years, prices or schedules, or cautious in different ways.
fn unlike(options: &[&Sampled]) -> Vec<String> {
    let differ = |what: fn(&Sampled) -> String, sentence: &str| {
        let all: BTreeSet<String> = options.iter().map(|option| what(option)).collect();
        let listed: Vec<String> = all.into_iter().collect();
        (listed.len() > 1).then(|| format!("{sentence}: {}.", listed.join("; ")))
    };
    let years = |one: &Sampled| match (one.years.first(), one.years.last()) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "none".to_owned(),
    };
    [
        differ(
            years,
            "They count different years, so that their gains are not of one kind",
        ),
        differ(
            |one| one.assumptions.join(", "),
            "They are in different prices or discounted differently",
        ),
        differ(
            |one| one.uncertainty.in_words().to_owned(),
            "One is corrected where another is not, so that they are not equally cautious",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
