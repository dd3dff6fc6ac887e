//! A contract and its terms, checked.

use super::kind::{Better, DeadweightOf, PaidFrom, Scale, TermKind};
use crate::appraisal::proposal::Payer;
use crate::axis::{Ages, LocalityId, Period};
use crate::finding::Position;
use crate::money::Ratio;
use crate::price::{Deflator, PriceBase, PriceYear};
use crate::statistic::{Noise, Simulation};

/// What a cohort is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Baseline {
    /// So much for each person, agreed beforehand or seen in people before them; with the number of
    /// people it rests on, where its own chance counts.
    OfEach {
        /// A share, events or pounds for each person.
        rate: Ratio,
        /// People it rests on.
        people: Option<u64>,
    },
    /// So much of a whole place, whoever lives there.
    OfPlace(Ratio),
    /// A comparison group, reported with each result, of at least so many people.
    Comparison {
        /// The fewest people.
        least: u64,
    },
}

/// From how much better on a term pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Threshold {
    /// At so much, on a scale.
    At(Scale, Ratio),
    /// At so many standard errors of the difference.
    StandardErrors(Ratio),
    /// By the number of people, in their order; on a straight line between two rows.
    ByPeople(Scale, Vec<(u64, Ratio)>),
}

/// Which share is paid for a part of an improvement.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Band {
    /// Up to which improvement; the last may have no end.
    pub to: Option<Ratio>,
    /// Which share is paid.
    pub share: Ratio,
}

/// People whose results count together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CohortOf {
    /// Its code.
    pub code: String,
    /// When its people enter.
    pub enters: Period,
    /// How many there are at most, where the contract says so.
    pub people: Option<u64>,
}

/// What a contract pays for.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Term {
    /// Its code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What kind of term it is.
    pub kind: TermKind,
    /// What is counted.
    pub metric: String,
    /// Who is counted, in words.
    pub counts: String,
    /// How many months after entering it is measured.
    pub months: u16,
    /// How a claim is evidenced.
    pub evidence: String,
    /// Exact pence for one of what is counted, by year; the last holds on. Never empty.
    pub tariff: Vec<Ratio>,
    /// Exact pence that it is planned to pay in all.
    pub planned: Ratio,
    /// The outcome that several terms pay for together, and which part this one pays.
    pub together: Option<(String, Ratio)>,
    /// How often one person may be claimed for; nothing for a term of cohorts.
    pub claims_per_person: Option<u64>,
    /// What a cohort is held against, and which way is good; nothing for a term of claims.
    pub baseline: Option<(Baseline, Better)>,
    /// From how much better on it pays, and what is paid for then.
    pub threshold: Option<(Threshold, PaidFrom)>,
    /// Shares of an improvement that are paid, and in what it is measured.
    pub bands: Option<(Scale, Vec<Band>)>,
    /// Another term that must not be worse.
    pub hurdle: Option<String>,
    /// The share that would have come anyway.
    pub deadweight: Option<(Ratio, DeadweightOf)>,
    /// Whether quality multiplies what is paid.
    pub times_quality: bool,
    /// The share that is taken back of what did not last.
    pub clawback: Option<Ratio>,
    /// The most that is paid, as a share of what the baseline is worth.
    pub limit: Option<Ratio>,
    /// Exact pence at most in all.
    pub cap: Option<Ratio>,
    /// Who pays which share; together the whole.
    pub payers: Vec<(Payer, Ratio)>,
    /// Where it is written down.
    pub position: Position,
}

impl Term {
    /// Whether one event more or less may move the payment by more than its tariff.
    #[must_use]
    pub fn has_cliff(&self) -> bool {
        matches!(self.threshold, Some((_, PaidFrom::First))) || self.hurdle.is_some()
    }
}

/// What results to expect of a term in a cohort.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Truth {
    /// Of which term.
    pub term: String,
    /// Of which cohort.
    pub cohort: String,
    /// In which year it is paid.
    pub year: PriceYear,
    /// How many people.
    pub people: u64,
    /// Of each, without the programme.
    pub without: Ratio,
    /// And with it.
    pub with: Ratio,
    /// How counts scatter.
    pub noise: Noise,
    /// How many people the comparison group has.
    pub comparison_people: Option<u64>,
}

/// A contract that pays by results, checked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Contract {
    /// Its code.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Who is paid.
    pub provider: String,
    /// For whom.
    pub ages: Ages,
    /// Where.
    pub locality: LocalityId,
    /// The name of that place.
    pub place: String,
    /// The first year in which it pays.
    pub first_year: PriceYear,
    /// How many years it pays for.
    pub years: usize,
    /// In whose pounds tariffs are.
    pub tariffs: PriceBase,
    /// By what they rise.
    pub deflator: Option<Deflator>,
    /// Exact pence at most for one person.
    pub cap_per_person: Option<Ratio>,
    /// Exact pence at most in each year; the last holds on. Empty: no such cap.
    pub cap_by_year: Vec<Ratio>,
    /// Exact pence at most in all.
    pub cap: Option<Ratio>,
    /// Its cohorts.
    pub cohorts: Vec<CohortOf>,
    /// Its terms, in the order in which they count against caps.
    pub terms: Vec<Term>,
    /// What results to expect.
    pub truth: Vec<Truth>,
    /// How results are drawn.
    pub simulation: Option<Simulation>,
    /// Who made it, or where it is published.
    pub source: String,
    /// Where it is written down.
    pub position: Position,
}

impl Contract {
    /// The term of that code.
    #[must_use]
    pub fn term(&self, code: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.code == code)
    }

    /// The cohort of that code.
    #[must_use]
    pub fn cohort(&self, code: &str) -> Option<&CohortOf> {
        self.cohorts.iter().find(|cohort| cohort.code == code)
    }

    /// The number of a year from the first, if the contract pays for it.
    #[must_use]
    pub fn year_number(&self, year: PriceYear) -> Option<usize> {
        (0..self.years).find(|number| {
            let later = u16::try_from(*number).ok();
            later.and_then(|years| self.first_year.later(years)) == Some(year)
        })
    }
}
