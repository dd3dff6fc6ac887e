//! An appraisal as tables for people.

mod settled;
mod verdicts;

use crate::appraisal::appraise::Appraisal;
use crate::appraisal::cash::NotCash;
use crate::appraisal::overlap::present;
use crate::appraisal::pounds::in_pounds;
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
        for held in self.held.iter().filter(|held| held.beside != Pence::ZERO) {
            table.note(&format!(
                "{}: of {} nothing says how much is of these people and this place; no saving is refused for it.",
                held.payer.name, held.beside
            ));
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
            Ok(Some(statement)) => {
                writeln!(f, "{}", self.settlement_table(&statement))?;
                if let Some(loan) = self.loan_table(&statement) {
                    writeln!(f, "{loan}")?;
                }
            }
            Err(refused) => writeln!(f, "No settlement: {refused}\n{}\n", self.whose_gap())?,
        }
        for caution in self.cautions() {
            writeln!(f, "{caution}")?;
        }
        Ok(())
    }
}
