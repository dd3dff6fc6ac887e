//! What a whole place would have and its ledgers do not.

use super::spec::AbsentSpec;
use crate::axis::Period;
use crate::finding::{Finding, Findings, Position};
use crate::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use std::str::FromStr;

/// Public money of the place that no ledger of the pack holds.
///
/// It stands beside what is accounted for, so that a reader knows what share of the place's money
/// that is. It is in no total.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Absent {
    /// Whose money it is, in words: a body that is absent need not be among the partners.
    pub body: String,
    /// What for.
    pub what: String,
    /// How much it is, where somebody has published that.
    pub size: Option<AbsentSize>,
}

/// How much absent money is, by order of size.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AbsentSize {
    /// How much.
    pub pence: Pence,
    /// Of what time; `None` where the source does not say.
    pub period: Option<Period>,
    /// Publisher, edition, date.
    pub source: String,
}

/// The register of what is absent.
pub(super) fn absent(specs: &[(AbsentSpec, Position)], findings: &mut Findings) -> Vec<Absent> {
    let mut all = Vec::with_capacity(specs.len());
    for (spec, at) in specs {
        let mut fault = |rule: &str, found: String, remedy: &str| {
            findings.push(Finding::fault(rule, at.clone(), found, remedy));
        };
        let period = (spec.period.as_deref())
            .map(Period::from_str)
            .transpose()
            .unwrap_or_else(|error| {
                fault("unknown-member", error.to_string(), "correct the period");
                None
            });
        let pence = spec.pounds.as_ref().and_then(|text| {
            let pence =
                parse_amount(text).and_then(|pounds| to_pence(pounds, ExcessDecimals::Refuse));
            match pence {
                Ok((pence, _)) if pence > Pence::ZERO => return Some(pence),
                Ok(_) => fault(
                    "amount-not-readable",
                    format!("`{text}` is not above zero"),
                    "write what is spent, or leave the size out where nobody has published it",
                ),
                Err(error) => fault(
                    "amount-not-readable",
                    format!("`{text}`: {error}"),
                    "write pounds, as in 1250000",
                ),
            }
            None
        });
        if spec.pounds.is_some() && spec.source.trim().is_empty() {
            fault(
                "size-without-source",
                format!("the size of what is absent of {} has no source", spec.body),
                "write who published it, or leave the size out",
            );
        }
        all.push(Absent {
            body: spec.body.clone(),
            what: spec.what.clone(),
            size: pence.map(|pence| AbsentSize {
                pence,
                period,
                source: spec.source.clone(),
            }),
        });
    }
    all
}
