//! What an investor advanced, and what of it has come back.

use super::terms::Loan;
use crate::money::Ratio;

/// One year of a loan; exact pence.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoanYear {
    /// Advanced in this year.
    pub advanced: Ratio,
    /// Interest on what was owed when the year began.
    pub interest: Ratio,
    /// Paid back in this year by the others.
    pub repaid: Ratio,
    /// What the investor's own saving pays of it by the rule.
    pub own: Ratio,
    /// Owed when it ends.
    pub owed: Ratio,
}

/// What an investor advanced, and what of it has come back, year by year.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LoanAccount {
    /// Who advanced.
    pub investor: String,
    /// Each year, the first one first.
    pub years: Vec<LoanYear>,
    /// What is given up after the year of the write-off.
    pub written_off: Ratio,
}

impl LoanAccount {
    /// From what is advanced, what the investor receives in each year, and what it bears itself. What comes in above what is owed
    /// is the investor's own part of the surplus.
    pub(super) fn new(loan: &Loan, advanced: &[Ratio], received: &[Ratio], own: &[Ratio]) -> Self {
        let mut owed = Ratio::zero();
        let mut written_off = Ratio::zero();
        let mut years = Vec::with_capacity(advanced.len());
        let rows = advanced.iter().zip(received).zip(own);
        for (year, ((advanced, received), own)) in rows.enumerate() {
            let interest = owed.times(&loan.rate);
            let due = owed.plus(&interest).plus(advanced);
            let repaid = received.clone().min(due.clone());
            let left = due.minus(&repaid);
            let own = own.clone().min(left.clone());
            owed = left.minus(&own);
            if loan.write_off == Some(year) {
                written_off = std::mem::replace(&mut owed, Ratio::zero());
            }
            years.push(LoanYear {
                advanced: advanced.clone(),
                interest,
                repaid,
                own,
                owed: owed.clone(),
            });
        }
        Self {
            investor: loan.investor.clone(),
            years,
            written_off,
        }
    }

    /// What is still owed after the last year.
    #[must_use]
    pub fn owed(&self) -> Ratio {
        self.years
            .last()
            .map_or_else(Ratio::zero, |year| year.owed.clone())
    }
}
