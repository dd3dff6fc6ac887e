//! A term in words.

use super::nearest;
use crate::appraisal::contract::Term;
use crate::money::{MoneyError, Pence};

/// What a contract pays for.
#[derive(Clone, Debug)]
pub struct TermShown {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What kind of term it is.
    pub kind: String,
    /// Who is counted.
    pub counts: String,
    /// After how many months.
    pub months: u16,
    /// What is paid for one, year by year, in words.
    pub tariff: String,
    /// What a cohort is held against.
    pub against: String,
    /// From how much better on it pays.
    pub pays_from: String,
    /// How a claim is evidenced.
    pub evidence: String,
    /// What else it says.
    pub conditions: String,
    /// The most that it pays in all, where it has such a cap.
    pub cap: Option<Pence>,
}

impl TermShown {
    pub(super) fn of(term: &Term) -> Result<Self, MoneyError> {
        let tariffs: Vec<String> = match term.kind.is_in_pounds() {
            true => vec!["each pound".to_owned()],
            false => (term.tariff.iter())
                .map(|tariff| Ok(nearest(tariff)?.to_string()))
                .collect::<Result<_, MoneyError>>()?,
        };
        Ok(Self {
            code: term.code.clone(),
            name: term.name.clone(),
            kind: term.kind.to_string(),
            counts: term.counts.clone(),
            months: term.months,
            tariff: tariffs.join(", then "),
            against: term.against(),
            pays_from: term.pays_from(),
            evidence: term.evidence.clone(),
            conditions: term.conditions().join("; "),
            cap: term.cap.as_ref().map(nearest).transpose()?,
        })
    }
}
