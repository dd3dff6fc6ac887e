//! Tables that a finance officer reads.

use super::beside::SpentHere;
use super::matched::Matching;
use super::plans::PlacePlans;
use super::standing::Standing;
use super::state::Source;
use super::statement::{PlanStatement, Roll};
use crate::money::Pence;
use crate::register::RegisterError;
use crate::table::Table;
use std::collections::BTreeMap;

/// A sum that somebody may not have said.
fn said(sum: Option<impl ToString>) -> String {
    sum.map_or_else(|| "not said".to_owned(), |sum| sum.to_string())
}

impl PlanStatement {
    /// Each priority with its cost, where its money stands, and its gap.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for sums beyond what an account can hold.
    pub fn table(&self) -> Result<Table, RegisterError> {
        let mut table = Table::of_columns(
            format!("Priorities and their funding, {}", self.on),
            &["priority", "place", "level", "status"],
            &[
                "cost",
                "asked for",
                "secured",
                "received",
                "set aside",
                "spent",
                "given back",
                "gap",
            ],
        );
        let money = |standing: &Standing<Pence>| -> Result<Vec<String>, RegisterError> {
            let sums = [
                standing.asked,
                standing.secured()?,
                standing.received()?,
                standing.allocated,
                standing.spent,
                standing.returned,
            ];
            Ok(sums.map(|sum| sum.to_string()).to_vec())
        };
        for one in &self.priorities {
            let mut row = vec![
                one.name.clone(),
                one.place.clone(),
                one.level.to_string(),
                one.progress.to_string(),
                said(one.cost),
            ];
            row.extend(money(&one.pounds)?);
            row.push(
                one.gap
                    .map_or_else(|| "–".to_owned(), |gap| gap.to_string()),
            );
            table.row(row);
        }
        let words = |first: &str| {
            vec![
                first.to_owned(),
                String::new(),
                String::new(),
                String::new(),
            ]
        };
        let mut unassigned = words("for no priority");
        unassigned.push(String::new());
        unassigned.extend(money(&self.unassigned)?);
        unassigned.push(String::new());
        table.row(unassigned);
        let mut total = words("all");
        total.push(Pence::total(self.priorities.iter().filter_map(|one| one.cost))?.to_string());
        total.extend(money(&self.total)?);
        total.push(Pence::total(self.priorities.iter().filter_map(|one| one.gap))?.to_string());
        table.row(total);
        table.note("Secured is all that was promised, whatever became of it since: received is a part of it, and what was set aside, spent or given back a part of that.");
        table.note("A gap is the cost beyond what is secured, less what went back; what is asked for does not close it. What is done or withdrawn has none.");
        for note in &self.notes {
            table.note(note);
        }
        Ok(table)
    }

    /// Each source with where its money stands: places that add up.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for sums beyond what an account can hold.
    pub fn by_source_table(&self) -> Result<Table, RegisterError> {
        let mut table = Table::of_columns(
            format!("Where each source's money stands, {}", self.on),
            &["source"],
            &[
                "secured",
                "above it",
                "not due",
                "due",
                "held",
                "set aside",
                "transferred",
                "spent",
                "given back",
                "paid ahead",
            ],
        );
        let all = ("all".to_owned(), self.total);
        let sources = self.by_source.iter();
        let rows = sources.map(|(source, standing)| (source.name().to_owned(), *standing));
        for (name, one) in rows.chain([all]) {
            let sums = [
                one.secured()?,
                one.above,
                one.not_due,
                one.due,
                one.unallocated,
                one.allocated,
                one.transferred,
                one.spent,
                one.returned,
                one.ahead,
            ];
            table.row([name].into_iter().chain(sums.map(|sum| sum.to_string())));
        }
        table.note("Every pound is in one place: secured and above = not due + due + held + set aside + transferred + spent + given back - paid ahead.");
        Ok(table)
    }

    /// Units, which are no pounds, each kind by itself.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for numbers beyond 64 bits.
    pub fn units_table(&self) -> Result<Table, RegisterError> {
        let mut table = Table::of_columns(
            format!("What is no money, {}", self.on),
            &["priority", "unit"],
            &["wanted", "secured", "received", "spent or provided", "gap"],
        );
        for one in &self.priorities {
            for (unit, units) in &one.units {
                table.row([
                    one.name.clone(),
                    unit.clone(),
                    said(units.wanted),
                    units.standing.secured()?.to_string(),
                    units.standing.received()?.to_string(),
                    units.standing.spent.to_string(),
                    units
                        .gap
                        .map_or_else(|| "–".to_owned(), |gap| gap.to_string()),
                ]);
            }
        }
        for (unit, standing) in &self.units_unassigned {
            table.row([
                "for no priority".to_owned(),
                unit.clone(),
                String::new(),
                standing.secured()?.to_string(),
                standing.received()?.to_string(),
                standing.spent.to_string(),
                String::new(),
            ]);
        }
        table.note("Units of different kinds are never added, and none is added to pounds.");
        Ok(table)
    }
}

impl PlacePlans {
    /// What each source held, got and gave in a time: opening and closing agree.
    #[must_use]
    pub fn roll_table(&self, title: &str, rolls: &BTreeMap<Source, Roll>) -> Table {
        let numbers = [
            "secured in it",
            "held before",
            "of that for nobody yet",
            "received",
            "spent",
            "transferred",
            "given back",
            "held after",
            "of that set aside",
        ];
        let mut table = Table::of_columns(title.to_owned(), &["source"], &numbers);
        for (source, roll) in rolls {
            let sums = [
                roll.secured,
                roll.opening,
                roll.unallocated_before,
                roll.received,
                -roll.spent,
                -roll.transferred,
                -roll.returned,
                roll.closing,
                roll.set_aside_after,
            ];
            let name = source.name().to_owned();
            table.row([name].into_iter().chain(sums.map(|sum| sum.to_string())));
        }
        table.note("Held before + received - spent - transferred - given back = held after.");
        table
    }

    /// What is already spent on each priority, beside its cost.
    #[must_use]
    pub fn spent_here_table(&self, title: &str, spent: &[SpentHere]) -> Table {
        let mut table = Table::of_columns(
            title.to_owned(),
            &["priority", "how it is known"],
            &[
                "cost",
                "spent here already",
                "by the register",
                "ledgers have of that",
                "in the figure",
                "together, once",
            ],
        );
        for one in spent {
            let priority = self
                .priorities
                .iter()
                .find(|other| other.code == one.priority);
            table.row([
                priority.map_or_else(String::new, |priority| priority.name.clone()),
                one.figure.composition.in_words(),
                said(priority.and_then(|priority| priority.cost)),
                one.figure.amount.to_string(),
                one.by_register.to_string(),
                one.in_ledgers.to_string(),
                one.in_figure.to_string(),
                one.together.to_string(),
            ]);
        }
        table.note("What is spent here already is what the account has in the priority's cell; it stands beside the cost, and funds nothing of it.");
        table
    }
}

impl Matching {
    /// What is in the register and in a ledger too.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::of_columns(
            "In the register and in a ledger: counted once".to_owned(),
            &["contribution", "reference", "step", "ledger"],
            &["register", "lines", "ledger's lines"],
        );
        for one in &self.matched {
            table.row([
                one.contribution.clone(),
                one.reference.clone(),
                one.state.clone(),
                one.ledger.clone(),
                one.pence.to_string(),
                one.lines.to_string(),
                one.in_ledger.to_string(),
            ]);
        }
        table
    }
}
