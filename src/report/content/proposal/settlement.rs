//! Who pays whom so that nobody ends worse off, or why that cannot be.

use super::closing::nearest;
use super::position::PayerShown;
use crate::appraisal::Appraisal;
use crate::appraisal::settlement::{Basis, LoanAccount, SettlementError, Statement};
use crate::money::{MoneyError, Pence};

/// The settlement of a proposal.
#[derive(Clone, Debug)]
pub enum SettlementShown {
    /// The proposal names no rule.
    NotAsked,
    /// More is paid in money than all save in cash, so that no rule leaves everybody whole.
    NoSurplus,
    /// There is none, for another reason.
    Refused {
        /// Which.
        reason: String,
    },
    /// Payments by year.
    Made(Box<StatementShown>),
}

/// Payments by year.
#[derive(Clone, Debug)]
pub struct StatementShown {
    /// By what rule, in words.
    pub rule: String,
    /// Whether only cash is settled.
    pub from_cash: bool,
    /// Its years: those that are counted, and later ones in which savings are verified and paid.
    pub years: Vec<String>,
    /// Each payer.
    pub payments: Vec<PaymentShown>,
    /// Its terms in words, and what follows from them.
    pub notes: Vec<String>,
    /// What was advanced, where somebody advances.
    pub loan: Option<LoanShown>,
}

/// What one payer pays and receives.
#[derive(Clone, Debug)]
pub struct PaymentShown {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it has before, as of the first year.
    pub before: Pence,
    /// By year; below zero it pays.
    pub by_year: Vec<Pence>,
    /// What it has afterwards.
    pub after: Pence,
}

/// What was advanced and has come back.
#[derive(Clone, Debug)]
pub struct LoanShown {
    /// Name of who advances.
    pub investor: String,
    /// Advanced, interest, paid back, owed at the end: of each year.
    pub years: Vec<[Pence; 5]>,
    /// What is given up.
    pub written_off: Pence,
}

pub(super) fn settlement(
    appraisal: &Appraisal<'_>,
    payers: &[PayerShown],
) -> Result<SettlementShown, MoneyError> {
    let terms = appraisal.proposal.settlement.as_ref();
    // Only of everybody's cash is what is missing the gap that stands in the table of positions.
    let of_all_cash =
        terms.is_some_and(|terms| terms.from == Basis::Cash && terms.among.is_empty());
    Ok(match appraisal.settle() {
        Ok(None) => SettlementShown::NotAsked,
        Err(SettlementError::NoSurplus { .. }) if of_all_cash => SettlementShown::NoSurplus,
        Err(error) => SettlementShown::Refused {
            reason: error.to_string(),
        },
        Ok(Some(statement)) => {
            SettlementShown::Made(Box::new(shown(appraisal, &statement, payers)?))
        }
    })
}

fn shown(
    appraisal: &Appraisal<'_>,
    statement: &Statement,
    payers: &[PayerShown],
) -> Result<StatementShown, MoneyError> {
    let terms = appraisal.proposal.settlement.as_ref();
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
    let payments = statement.payments.iter().map(|payment| PaymentShown {
        code: payment.partner.clone(),
        name: name(&payment.partner),
        before: before(&payment.partner, payment.before, payers),
        by_year: payment.by_year.clone(),
        after: payment.after,
    });
    let loan = (statement.loan.as_ref())
        .filter(|loan| loan.years.iter().any(|year| !year.advanced.is_zero()))
        .map(|loan| loan_shown(loan, name(&loan.investor)))
        .transpose()?;
    Ok(StatementShown {
        rule: statement.rule.in_words().to_owned(),
        from_cash: terms.is_none_or(|terms| terms.from == Basis::Cash),
        years: (appraisal.settled_years().iter())
            .map(ToString::to_string)
            .collect(),
        payments: payments.collect(),
        notes: appraisal.settlement_table(statement).notes().to_vec(),
        loan,
    })
}

/// What it has before: as the table of positions says it, where the two differ by no more than their rounding.
/// By some terms it is another sum.
fn before(code: &str, stated: Pence, payers: &[PayerShown]) -> Pence {
    let payer = payers.iter().find(|one| one.payer.code == code);
    let own = payer.map(|one| one.present.cash_gain());
    own.filter(|own| own.get().abs_diff(stated.get()) <= 2)
        .unwrap_or(stated)
}

fn loan_shown(loan: &LoanAccount, investor: String) -> Result<LoanShown, MoneyError> {
    let years = loan.years.iter().map(|year| {
        let of = [
            &year.advanced,
            &year.interest,
            &year.repaid,
            &year.own,
            &year.owed,
        ];
        let mut shown = [Pence::ZERO; 5];
        for (shown, exactly) in shown.iter_mut().zip(of) {
            *shown = nearest(exactly)?;
        }
        Ok(shown)
    });
    Ok(LoanShown {
        investor,
        years: years.collect::<Result<_, MoneyError>>()?,
        written_off: nearest(&loan.written_off)?,
    })
}
