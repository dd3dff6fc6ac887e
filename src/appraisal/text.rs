//! An appraisal as tables for people.

use super::AppraisalError;
use super::appraise::Appraisal;
use super::cash::NotCash;
use super::overlap::present;
use super::pounds::in_pounds;
use super::settlement::Statement;
use super::verdict::Return;
use crate::money::{Exact, Pence, Ratio, close_below};
use crate::table::{Align, Table};
use std::fmt;

/// A row of a table with its total, closed so that it adds up.
fn added_up(sums: &[Ratio]) -> Vec<String> {
    let exact: Vec<Exact> = sums
        .iter()
        .map(|sum| Exact::whole(Pence::new(1)).times(sum))
        .collect();
    let mut all = Exact::zero();
    exact.iter().for_each(|sum| all.add(sum));
    let closed = all
        .nearest()
        .and_then(|total| Ok((close_below(total, &exact)?, total)));
    match closed {
        Ok((parts, total)) => (parts.into_iter().chain([total]))
            .map(|sum| sum.to_string())
            .collect(),
        Err(_) => sums
            .iter()
            .chain([&Ratio::zero()])
            .map(|_| "too large".to_owned())
            .collect(),
    }
}

impl Appraisal<'_> {
    /// Who pays and who saves: as of the first year, before anything is settled.
    #[must_use]
    pub fn positions_table(&self) -> Table {
        let mut table = Table::new("Who pays, and who saves, before anything is settled");
        table.column("", Align::Left);
        for heading in [
            "pays",
            "saves, corrected",
            "of that cash",
            "freed, no cash",
            "cash less cost",
        ] {
            table.column(heading, Align::Right);
        }
        let value = |by_year: &[Ratio]| present(by_year, &self.factors);
        let mut totals = vec![Ratio::zero(); 5];
        for position in &self.positions {
            let (cost, saved, cash) = (
                value(&position.cost),
                value(&position.corrected),
                value(&position.cash),
            );
            let freed = saved.minus(&cash);
            let net = cash.minus(&value(&position.cash_cost));
            let sums = [cost, saved, cash, freed, net];
            for (total, sum) in totals.iter_mut().zip(&sums) {
                *total = total.plus(sum);
            }
            table.row(
                std::iter::once(position.payer.name.clone()).chain(sums.iter().map(in_pounds)),
            );
        }
        table.row(std::iter::once("Total".to_owned()).chain(totals.iter().map(in_pounds)));
        table.note(&format!(
            "As of {}; {}. What is given in kind is in what is paid, and in no cash.",
            self.proposal.first_year,
            self.assumptions.join("; ")
        ));
        for why in NotCash::ALL {
            let each = self
                .positions
                .iter()
                .filter_map(|position| position.freed.get(&why));
            let freed = each.fold(Ratio::zero(), |sum, by_year| sum.plus(&value(by_year)));
            if !freed.is_zero() {
                table.note(&format!(
                    "Freed, and no cash: {} {}.",
                    in_pounds(&freed),
                    why.in_words()
                ));
            }
        }
        table
    }

    /// Cash less cost, year by year.
    #[must_use]
    pub fn years_table(&self) -> Table {
        let mut table = Table::new("Cash less cost, year by year");
        table.column("", Align::Left);
        for year in &self.years {
            table.column(&year.to_string(), Align::Right);
        }
        table.column("all years", Align::Right);
        for position in &self.positions {
            let net: Vec<Ratio> = (position.cash.iter().zip(&position.cash_cost))
                .map(|(cash, cost)| cash.minus(cost))
                .collect();
            table.row(std::iter::once(position.payer.name.clone()).chain(added_up(&net)));
        }
        table.note(&format!("In {}, not discounted.", self.proposal.prices));
        table
    }

    /// What savings were held against.
    #[must_use]
    pub fn held_table(&self) -> Table {
        let mut table = Table::new("Savings held against what is spent");
        table.column("", Align::Left);
        for heading in ["spent a year", "known", "claimed at most", "refused in all"] {
            table.column(
                heading,
                if heading == "known" {
                    Align::Left
                } else {
                    Align::Right
                },
            );
        }
        for held in &self.held {
            let most = held
                .claimed
                .iter()
                .max()
                .cloned()
                .unwrap_or_else(Ratio::zero);
            let refused = held.refused.iter().sum::<Ratio>();
            let (spent, known) = match held.spent {
                Some(spent) => (spent.to_string(), held.known.clone()),
                None => (
                    "no ledger".to_owned(),
                    "not held against the account".to_owned(),
                ),
            };
            table.row([
                held.payer.name.clone(),
                spent,
                known,
                in_pounds(&most),
                in_pounds(&refused),
            ]);
        }
        let baseline = &self.proposal.baseline;
        table.note(&format!(
            "Spent: {}, {}, on what the proposal affects, for its people and in its place.",
            baseline.period, baseline.phase
        ));
        table
    }

    /// Every input behind what is saved: people, change, unit value with its source, conversion, correction,
    /// and how much of it becomes cash, and why.
    #[must_use]
    pub fn assumptions_table(&self) -> Table {
        let mut table = Table::new("What the savings rest on");
        for heading in [
            "effect",
            "saves",
            "unit value",
            "events less",
            "corrected by",
            "cash",
            "source",
        ] {
            table.column(heading, Align::Left);
        }
        for effect in &self.proposal.effects {
            for value in &effect.values {
                let saving = self.savings.iter().find(|saving| {
                    saving.effect == effect.code && saving.unit.code == value.unit.code
                });
                let events = saving.map_or_else(Ratio::zero, |saving| saving.events.iter().sum());
                let per_cent = effect.correction.times(&Ratio::new(100, 1));
                table.row([
                    effect.code.clone(),
                    value.payer.name.clone(),
                    format!(
                        "{} {} ({})",
                        value.unit.code,
                        in_pounds(&value.unit.value),
                        value.unit.prices
                    ),
                    events.to_decimal(2),
                    format!("-{} %", per_cent.to_decimal(0)),
                    value.cash.as_ref().map_or_else(
                        || "none".to_owned(),
                        |cash| format!("{cash}: {}", value.reason),
                    ),
                    value.unit.source.clone(),
                ]);
            }
            let how_sure = match &effect.comparison {
                Some(grade) if !effect.is_assumed() => grade.to_string(),
                _ => "assumed, a judgement".to_owned(),
            };
            table.note(&format!(
                "{}: known by {}; {how_sure}.",
                effect.code, effect.evidence
            ));
        }
        for (group, overlap) in &self.proposal.overlaps {
            table.note(&format!("Group {group}: {}.", overlap.reason));
        }
        for conversion in self.conversions() {
            table.note(&conversion);
        }
        table.note(&self.assumptions.join("; "));
        table
    }

    fn conversions(&self) -> std::collections::BTreeSet<String> {
        self.savings
            .iter()
            .map(|saving| saving.conversion.to_string())
            .collect()
    }

    /// The same proposal for different purses.
    ///
    /// # Errors
    ///
    /// As [`Appraisal::verdict`].
    pub fn verdicts_table(&self) -> Result<Table, AppraisalError> {
        let mut table = Table::new("The same proposal for different purses");
        table.column("", Align::Left);
        for heading in [
            "pays",
            "saves",
            "of that cash",
            "saves less pays",
            "return",
            "in cash",
            "pays back",
        ] {
            table.column(heading, Align::Right);
        }
        for verdict in self.verdicts()? {
            table.row([
                verdict.purse.clone(),
                in_pounds(&verdict.cost),
                in_pounds(&verdict.saving),
                in_pounds(&verdict.cash),
                in_pounds(&verdict.net_saving),
                verdict.fiscal_return.to_string(),
                verdict.cash_return.to_string(),
                verdict.payback.stays_discounted.to_string(),
            ]);
        }
        table.note("Pays back: the year from which savings so far stay above costs so far, as of the first year.");
        Ok(table)
    }

    /// The answer in a sentence, which always says the whole and the cash.
    ///
    /// # Errors
    ///
    /// As [`Appraisal::verdict`].
    pub fn in_words(&self) -> Result<String, AppraisalError> {
        let whole = self.verdict(&crate::account::Boundary::AllPartners)?;
        let years = self.years.len();
        let mut words = match (&whole.fiscal_return, &whole.cash_return) {
            (Return::CheaperAnyway, _) => format!(
                "It is cheaper anyway: it costs the public purse {} less than what it replaces, and saves {} over \
                 {years} years, {} of it in cash.",
                in_pounds(&Ratio::zero().minus(&whole.cost)),
                in_pounds(&whole.saving),
                in_pounds(&whole.cash)
            ),
            (Return::Of(saved), Return::Of(cash)) => format!(
                "Every pound spent saves the public purse £{} over {years} years, £{} of it in cash.",
                saved.to_decimal(2),
                cash.to_decimal(2)
            ),
            _ => format!(
                "It costs the public purse {}, and saves {} over {years} years, {} of it in cash.",
                in_pounds(&whole.cost),
                in_pounds(&whole.saving),
                in_pounds(&whole.cash)
            ),
        };
        let loses = self.positions.iter().filter_map(|position| {
            let cost = present(&position.cash_cost, &self.factors);
            let short = cost.minus(&present(&position.cash, &self.factors));
            (short > Ratio::zero()).then(|| {
                format!(
                    "{} ends {} worse off in cash",
                    position.payer.name,
                    in_pounds(&short)
                )
            })
        });
        let loses: Vec<String> = loses.collect();
        if !loses.is_empty() {
            words += &format!(" Before anything is settled {}.", loses.join(", "));
        }
        let refused = self.refused();
        if !refused.is_zero() {
            words += &format!(
                " Savings of {} are refused: they are more than is spent.",
                in_pounds(&refused)
            );
        }
        Ok(words)
    }
}

impl fmt::Display for Appraisal<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let proposal = self.proposal;
        writeln!(f, "{}, against: {}\n", proposal.name, proposal.against)?;
        if let Ok(words) = self.in_words() {
            writeln!(f, "{words}\n")?;
        }
        writeln!(f, "{}", self.positions_table())?;
        writeln!(f, "{}", self.years_table())?;
        writeln!(f, "{}", self.held_table())?;
        if let Ok(table) = self.verdicts_table() {
            writeln!(f, "{table}")?;
        }
        match self.settle() {
            Ok(None) => {}
            Ok(Some(statement)) => writeln!(f, "{}", self.settlement_table(&statement))?,
            Err(refused) => writeln!(f, "No settlement: {refused}\n")?,
        }
        for caution in self.cautions() {
            writeln!(f, "{caution}")?;
        }
        Ok(())
    }
}

impl Appraisal<'_> {
    /// Who pays whom, by year, with what each has before and after.
    #[must_use]
    pub fn settlement_table(&self, statement: &Statement) -> Table {
        let mut table = Table::new(format!("Settlement: {}", statement.rule.in_words()));
        table.column("", Align::Left);
        table.column("before", Align::Right);
        for year in &self.years {
            table.column(&year.to_string(), Align::Right);
        }
        table.column("after", Align::Right);
        for payment in &statement.payments {
            let payer = self
                .positions
                .iter()
                .find(|one| one.payer.code == payment.partner);
            let name = payer
                .map_or(&payment.partner, |one| &one.payer.name)
                .clone();
            let by_year = payment.by_year.iter().map(Pence::to_string);
            table.row(
                [name, payment.before.to_string()]
                    .into_iter()
                    .chain(by_year)
                    .chain([payment.after.to_string()]),
            );
        }
        table.note("Below zero it pays, above zero it receives, out of cash that has arrived. Before and after: cash less cost, as of the first year.");
        table
    }
}
