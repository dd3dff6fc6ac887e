//! A settlement as tables for people.

use crate::appraisal::appraise::Appraisal;
use crate::appraisal::overlap::present;
use crate::appraisal::pounds::in_pounds;
use crate::appraisal::settlement::{Basis, LoanAccount, Statement, Timing};
use crate::money::{Pence, Ratio};
use crate::price::PriceYear;
use crate::table::{Align, Table};

impl Appraisal<'_> {
    /// Who pays whom, by year, with what each has before and after.
    #[must_use]
    pub fn settlement_table(&self, statement: &Statement) -> Table {
        let mut table = Table::new(format!("Settlement: {}", statement.rule.in_words()));
        table.column("", Align::Left);
        table.column("before", Align::Right);
        for year in self.settled_years() {
            table.column(&year.to_string(), Align::Right);
        }
        table.column("after", Align::Right);
        for payment in &statement.payments {
            let by_year = payment.by_year.iter().map(Pence::to_string);
            table.row(
                [self.named(&payment.partner), payment.before.to_string()]
                    .into_iter()
                    .chain(by_year)
                    .chain([payment.after.to_string()]),
            );
        }
        let terms = self.proposal.settlement.as_ref();
        let from_cash = terms.is_none_or(|terms| terms.from == Basis::Cash);
        let few = Pence::new(statement.payments.len() as i64);
        let as_it_arrives = terms.is_none_or(|terms| terms.pay == Timing::AsCashArrives)
            && statement.loan.is_none()
            && statement.surplus >= Pence::ZERO
            && statement
                .payments
                .iter()
                .all(|one| one.ahead_of_cash <= few);
        table.note(&format!(
            "Below zero it pays, above zero it receives{}. Before and after: {} less cost, as of the first year.",
            if from_cash && as_it_arrives { ", out of cash that has arrived" } else { "" },
            if from_cash { "cash" } else { "what is saved" },
        ));
        if let Some(Basis::Corrected { because }) = terms.map(|terms| &terms.from) {
            table.note(&format!(
                "Also what is freed and no cash is settled: {because}."
            ));
        }
        if let Some(code) = terms.and_then(|terms| terms.essential.as_ref()) {
            table.note(&format!("Nothing is done without {}.", self.named(code)));
        }
        if let Some(terms) =
            terms.filter(|terms| terms.verified_by.is_some() || terms.verified_after > 0)
        {
            let by = terms.verified_by.as_ref();
            let by = by.map_or_else(String::new, |code| format!(" by {}", self.named(code)));
            let late = match terms.verified_after {
                0 => "in the year in which cash arrives".to_owned(),
                1 => "a year after cash arrives".to_owned(),
                years => format!("{years} years after cash arrives"),
            };
            table.note(&format!("Verified{by}, and paid, {late}."));
        }
        if statement.kept > Pence::ZERO {
            table.note(&format!(
                "By the terms {} stays with those who save it, and is in before and after.",
                statement.kept
            ));
        }
        for payment in &statement.payments {
            if payment.ahead_of_cash > few {
                table.note(&format!(
                    "{} hands over up to {} before it has that in cash.",
                    self.named(&payment.partner),
                    payment.ahead_of_cash
                ));
            }
        }
        if let Some(code) = terms.and_then(|terms| terms.loss.as_ref())
            && statement.surplus < Pence::ZERO
        {
            table.note(&format!(
                "It costs {} more than is settled; by the terms {} bears it.",
                -statement.surplus,
                self.named(code)
            ));
        }
        table
    }

    /// What was advanced and has come back; nothing where nothing is advanced.
    #[must_use]
    pub fn loan_table(&self, statement: &Statement) -> Option<Table> {
        let is_advanced =
            |loan: &&LoanAccount| loan.years.iter().any(|year| !year.advanced.is_zero());
        let loan = statement.loan.as_ref().filter(is_advanced)?;
        let mut table = Table::new(format!("What {} advances", self.named(&loan.investor)));
        table.column("", Align::Left);
        for heading in ["advanced", "interest", "paid back", "its own part", "owed"] {
            table.column(heading, Align::Right);
        }
        for (year, of_year) in self.settled_years().iter().zip(&loan.years) {
            let sums = [
                &of_year.advanced,
                &of_year.interest,
                &of_year.repaid,
                &of_year.own,
                &of_year.owed,
            ];
            table.row(std::iter::once(year.to_string()).chain(sums.map(in_pounds)));
        }
        table.note(&format!("In {}, not discounted.", self.proposal.prices));
        if !loan.written_off.is_zero() {
            table.note(&format!("{} is written off.", in_pounds(&loan.written_off)));
        }
        let owed = loan.owed();
        if !owed.is_zero() {
            table.note(&format!(
                "{} is still owed after the last year.",
                in_pounds(&owed)
            ));
        }
        Some(table)
    }

    /// Where nothing can be settled: whose gap it is, and what is saved besides and is no cash.
    #[must_use]
    pub fn whose_gap(&self) -> String {
        let value = |by_year: &[Ratio]| present(by_year, &self.factors);
        let mut short = Vec::new();
        let mut no_cash = Ratio::zero();
        for position in &self.positions {
            let cash = value(&position.cash);
            no_cash = no_cash.plus(&value(&position.corrected).minus(&cash));
            let gap = value(&position.cash_cost).minus(&cash);
            if gap > Ratio::zero() {
                short.push(format!("{} {}", position.payer.name, in_pounds(&gap)));
            }
        }
        format!(
            "Short in cash: {}. {} more is saved and is no cash.",
            if short.is_empty() {
                "nobody".to_owned()
            } else {
                short.join(", ")
            },
            in_pounds(&no_cash)
        )
    }

    /// The years of a settlement: those that are counted, and those in which what was saved is verified and paid.
    #[must_use]
    pub fn settled_years(&self) -> Vec<PriceYear> {
        let mut years = self.years.clone();
        for _ in &self.later_factors {
            years.extend(years.last().and_then(|year| year.later(1)));
        }
        years
    }

    fn named(&self, code: &str) -> String {
        let mut payers = self.positions.iter().map(|position| &position.payer);
        if let Some(payer) = payers.find(|payer| payer.code == code) {
            return payer.name.clone();
        }
        let partners = &self.cube.place().axes().partners;
        let found = partners.find(code);
        found.map_or_else(
            |_| code.to_owned(),
            |member| partners.get(member).name.clone(),
        )
    }
}
