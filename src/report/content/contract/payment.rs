//! What was paid for what was reported, and what was refused.

use super::nearest;
use crate::appraisal::contract::{Contract, Payment};
use crate::money::{MoneyError, Pence, Ratio};

/// What a contract pays for what was reported.
#[derive(Clone, Debug)]
pub struct PaymentShown {
    /// Each row of what was reported.
    pub paid: Vec<PaidShown>,
    /// What is not paid, and why.
    pub refused: Vec<RefusedShown>,
    /// All that is paid.
    pub total: Pence,
    /// All that is not.
    pub total_refused: Pence,
    /// What each payer pays.
    pub by_payer: Vec<PayerPays>,
    /// Into whose pounds tariffs were converted.
    pub notes: Vec<String>,
}

/// What a payer pays.
#[derive(Clone, Debug)]
pub struct PayerPays {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How much.
    pub sum: Pence,
    /// Whether it is a partner of the pack.
    pub is_partner: bool,
}

/// One row of what was reported.
#[derive(Clone, Debug)]
pub struct PaidShown {
    /// Of which term.
    pub term: String,
    /// Of which cohort.
    pub cohort: String,
    /// Of which people of it; empty for all.
    pub group: String,
    /// In which year.
    pub year: String,
    /// What was counted.
    pub count: String,
    /// What it would come to at the tariff.
    pub all: Pence,
    /// What is taken back of what did not last.
    pub taken_back: Pence,
    /// What is paid, less what is taken back.
    pub paid: Pence,
}

/// What is not paid of a row.
#[derive(Clone, Debug)]
pub struct RefusedShown {
    /// Of which term.
    pub term: String,
    /// Of which cohort.
    pub cohort: String,
    /// Of which people of it; empty for all.
    pub group: String,
    /// In which year.
    pub year: String,
    /// Why.
    pub why: &'static str,
    /// How much, rounded by itself.
    pub sum: Pence,
}

/// A count: whole, or with two decimals.
pub(super) fn count(count: &Ratio) -> String {
    match count.is_whole() {
        true => count.to_string(),
        false => count.to_decimal(2),
    }
}

impl PaymentShown {
    pub(super) fn of(contract: &Contract, payment: &Payment) -> Result<Self, MoneyError> {
        let name = |code: &str| {
            let term = contract.term(code);
            term.map_or_else(|| code.to_owned(), |term| term.name.clone())
        };
        let paid = payment.paid.iter().map(|row| {
            Ok(PaidShown {
                term: name(&row.term),
                cohort: row.cohort.clone(),
                group: row.group.clone(),
                year: row.year.to_string(),
                count: count(&row.count),
                all: nearest(&row.all)?,
                taken_back: nearest(&row.taken_back)?,
                paid: row.pence,
            })
        });
        let refused = payment.refused.iter().map(|row| {
            Ok(RefusedShown {
                term: name(&row.term),
                cohort: row.cohort.clone(),
                group: row.group.clone(),
                year: row.year.to_string(),
                why: row.why.in_words(),
                sum: nearest(&row.exact)?,
            })
        });
        let refused: Vec<RefusedShown> = refused.collect::<Result<_, MoneyError>>()?;
        Ok(Self {
            paid: paid.collect::<Result<_, MoneyError>>()?,
            total: payment.total,
            total_refused: Pence::total(refused.iter().map(|row| row.sum))?,
            refused,
            by_payer: (payment.by_payer.iter())
                .map(|(payer, sum)| PayerPays {
                    code: payer.code.clone(),
                    name: payer.name.clone(),
                    sum: *sum,
                    is_partner: payer.is_partner,
                })
                .collect(),
            notes: payment.notes.iter().cloned().collect(),
        })
    }
}
