//! Who pays whom so that nobody ends worse off, or why that cannot be.

use super::position::PayerShown;
use crate::appraisal::Appraisal;
use crate::appraisal::settlement::{SettlementError, Statement};
use crate::money::Pence;

/// The settlement of a proposal.
#[derive(Clone, Debug)]
pub enum SettlementShown {
    /// The proposal names no rule.
    NotAsked,
    /// No rule can leave everybody whole: more is paid in money than is saved in cash.
    NoSurplus,
    /// There is none, for another reason.
    Refused {
        /// Which.
        reason: String,
    },
    /// Payments by year.
    Made {
        /// By what rule, in words.
        rule: String,
        /// Each payer.
        payments: Vec<PaymentShown>,
    },
}

/// What one payer pays and receives.
#[derive(Clone, Debug)]
pub struct PaymentShown {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it has before, as of the first year: cash less cost.
    pub before: Pence,
    /// By year; below zero it pays.
    pub by_year: Vec<Pence>,
    /// What it has afterwards.
    pub after: Pence,
}

pub(super) fn settlement(appraisal: &Appraisal<'_>, payers: &[PayerShown]) -> SettlementShown {
    match appraisal.settle() {
        Ok(None) => SettlementShown::NotAsked,
        Err(SettlementError::NoSurplus { .. }) => SettlementShown::NoSurplus,
        Err(error) => SettlementShown::Refused {
            reason: error.to_string(),
        },
        Ok(Some(statement)) => SettlementShown::Made {
            rule: statement.rule.in_words().to_owned(),
            payments: payments(appraisal, &statement, payers),
        },
    }
}

fn payments(
    appraisal: &Appraisal<'_>,
    statement: &Statement,
    payers: &[PayerShown],
) -> Vec<PaymentShown> {
    let partners = &appraisal.place().axes().partners;
    let name = |code: &str| {
        let payer = payers.iter().find(|one| one.payer.code == code);
        // One without whom nothing is done may neither pay nor save.
        let partner = partners.find(code).map(|id| partners.get(id).name.clone());
        payer.map_or_else(
            || partner.unwrap_or_else(|_| code.to_owned()),
            |one| one.payer.name.clone(),
        )
    };
    let payments = statement.payments.iter();
    let before = |code: &str| {
        let payer = payers.iter().find(|one| one.payer.code == code);
        payer.map(|one| one.present.cash_gain())
    };
    let payments = payments.map(|payment| PaymentShown {
        code: payment.partner.clone(),
        name: name(&payment.partner),
        // As the table of positions has it, where it has it.
        before: before(&payment.partner).unwrap_or(payment.before),
        by_year: payment.by_year.clone(),
        after: payment.after,
    });
    payments.collect()
}
