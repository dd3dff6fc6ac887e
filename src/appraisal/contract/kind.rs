//! The words of contracts.

use serde::{Deserialize, Serialize};
use std::fmt;

/// What a term pays for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TermKind {
    /// A service, whatever comes of it: so much for each part delivered.
    Fee,
    /// Somebody who joins: so much for each person.
    Attachment,
    /// Something that one person achieves: so much for each claim.
    PerOutcome,
    /// The share of a cohort who have it, against a baseline: so much for each person more or fewer.
    Binary,
    /// Events in a cohort, against a baseline: so much for each event more or fewer.
    Frequency,
    /// What people cost, against a benchmark: a share of the difference.
    GainShare,
    /// What a place asks of a service, against an earlier year, as in justice reinvestment: a share of
    /// what the fall is worth.
    Demand,
}

impl TermKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Fee,
        Self::Attachment,
        Self::PerOutcome,
        Self::Binary,
        Self::Frequency,
        Self::GainShare,
        Self::Demand,
    ];

    /// Whether it pays for claims one by one, and not for a cohort against its baseline.
    #[must_use]
    pub fn is_of_claims(self) -> bool {
        matches!(self, Self::Fee | Self::Attachment | Self::PerOutcome)
    }

    /// Whether it pays whatever comes of it.
    #[must_use]
    pub fn is_certain(self) -> bool {
        matches!(self, Self::Fee | Self::Attachment)
    }

    /// Whether what is counted is pounds.
    #[must_use]
    pub fn is_in_pounds(self) -> bool {
        self == Self::GainShare
    }
}

impl fmt::Display for TermKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Fee => "fee",
            Self::Attachment => "attachment",
            Self::PerOutcome => "per outcome",
            Self::Binary => "binary",
            Self::Frequency => "frequency",
            Self::GainShare => "gain share",
            Self::Demand => "demand",
        })
    }
}

/// Which way is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Better {
    /// Less of it is better: reoffending, admissions, what people cost.
    Lower,
    /// More of it is better: people in work.
    Higher,
}

/// What is paid for once a threshold is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum PaidFrom {
    /// Everything, from the first event on: at the threshold the payment jumps.
    First,
    /// Only what is above the threshold.
    Above,
}

/// In what a threshold or a band is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// As a part of the baseline: 0.10 is a tenth less than it.
    Relative,
    /// As a difference for each person: 0.02 is two in a hundred fewer, or two events fewer for a hundred.
    Points,
}

/// What a share of deadweight is taken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum DeadweightOf {
    /// Of what is claimed: so many of all claims would have come anyway.
    Claims,
    /// Of the people of the cohort: so many of them would have done so anyway, and only those beyond
    /// are paid for. People who are claimed for in several years are the same people: the first so many of
    /// their results are not paid, once and not in each year.
    People,
}

/// Why what was claimed, or part of it, is not paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WhyNot {
    /// The year is not one of the contract.
    OutsideTheContract,
    /// No better than the baseline.
    NoImprovement,
    /// The comparison group is smaller than agreed.
    ComparisonTooSmall,
    /// The term that must not be worse is worse.
    Hurdle,
    /// Nothing is reported of the term that must not be worse.
    HurdleNotReported,
    /// Better than the baseline by less than the threshold.
    BelowThreshold,
    /// The part below the threshold, of a term that pays above it.
    UpToThreshold,
    /// The share of a band that the payer keeps.
    ShareOfPayer,
    /// Beyond the last band.
    BeyondBands,
    /// Quality was not reported, or is not whole.
    Quality,
    /// Would have come anyway, as agreed beforehand.
    Deadweight,
    /// Above the limit as a share of the baseline.
    Limit,
    /// Above the cap by person.
    CapByPerson,
    /// Above the cap of the term.
    CapByMetric,
    /// Above the cap of the year.
    CapByYear,
    /// Above the cap of the contract.
    CapByContract,
    /// Did not last, and the contract takes nothing back.
    NoClawback,
}

impl WhyNot {
    /// In words, for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::OutsideTheContract => "the year is not one of the contract",
            Self::NoImprovement => "no better than the baseline",
            Self::ComparisonTooSmall => "the comparison group is smaller than agreed",
            Self::Hurdle => "the term that must not be worse is worse",
            Self::HurdleNotReported => "nothing is reported of the term that must not be worse",
            Self::BelowThreshold => "below the threshold",
            Self::UpToThreshold => "up to the threshold, and only what is above it is paid",
            Self::ShareOfPayer => "the share that payers keep",
            Self::BeyondBands => "beyond the last band",
            Self::Quality => "quality is not reported, or not whole",
            Self::Deadweight => "would have come anyway",
            Self::Limit => "above the limit as a share of the baseline",
            Self::CapByPerson => "above the cap by person",
            Self::CapByMetric => "above the cap of the term",
            Self::CapByYear => "above the cap of the year",
            Self::CapByContract => "above the cap of the contract",
            Self::NoClawback => "did not last, and nothing is taken back for it",
        }
    }
}
