//! Costs that a ledger has too: found by the code of the building, and counted once.

use super::register::Premises;
use crate::account::PlaceAccount;
use crate::axis::Period;
use crate::finding::{Finding, Findings, Severity};
use crate::money::Pence;
use crate::reconciliation::{Reconciliation, Step};
use crate::register::RegisterError;
use std::collections::BTreeMap;

/// What a ledger has of a building.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct InLedger {
    /// Code of the building.
    pub building: String,
    /// The ledger.
    pub ledger: String,
    /// What the register says the ledger has.
    pub by_register: Pence,
    /// How many lines it has.
    pub lines: u64,
    /// What they come to.
    pub in_ledger: Pence,
}

/// What of the register's costs the account has already.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CostsInAccount {
    /// Each building and ledger.
    pub matched: Vec<InLedger>,
    /// Sums that differ.
    pub findings: Findings,
    /// All costs of the register, what ledgers have, and what only the register has.
    pub reconciliation: Reconciliation,
}

impl Premises {
    /// What of the costs of a year is in the ledgers too.
    ///
    /// Lines of a ledger that name a building are its costs, and the account has them. The register's rows say which
    /// ledger has them (`ledger`), and are held against those lines; what is only in the register is what may be added
    /// to the account.
    ///
    /// # Errors
    ///
    /// [`RegisterError::AnotherPlace`] for an account of another pack; [`RegisterError::Money`].
    pub fn in_account(
        &self,
        account: &PlaceAccount,
        year: Period,
    ) -> Result<CostsInAccount, RegisterError> {
        if account.place().fingerprint() != self.place.fingerprint() {
            return Err(RegisterError::AnotherPlace);
        }
        let mut lines: BTreeMap<(&str, &str), (Vec<Pence>, u64)> = BTreeMap::new();
        for (ledger, code) in &self.matched {
            for (mapped, line, coding) in account.lines() {
                let in_year = (coding.period.member()).is_some_and(|of| year.contains(of));
                if mapped.ledger().id() != ledger || !in_year {
                    continue;
                }
                let text = line.code(code).unwrap_or_default();
                if self.buildings.iter().any(|one| one.code == text) {
                    let (sums, number) = lines.entry((text, ledger)).or_default();
                    sums.push(line.pence());
                    *number += 1;
                }
            }
        }
        let mut rows: BTreeMap<(&str, &str), (Vec<Pence>, &crate::finding::Position)> =
            BTreeMap::new();
        let (mut whole, mut only) = (Vec::new(), Vec::new());
        for cost in self.costs.iter().filter(|cost| cost.year == year) {
            whole.push(cost.pence);
            let building = self
                .buildings
                .get(cost.building)
                .map_or("", |one| &one.code);
            match &cost.ledger {
                Some(ledger) => {
                    let row = rows.entry((building, ledger));
                    let (sums, _) = row.or_insert_with(|| (Vec::new(), &cost.position));
                    sums.push(cost.pence);
                }
                None => only.push(cost.pence),
            }
        }
        let mut all = CostsInAccount {
            matched: Vec::new(),
            findings: Findings::new(),
            reconciliation: Reconciliation::default(),
        };
        let (mut in_ledgers, mut differs) = (Vec::new(), Vec::new());
        let mut keys: Vec<(&str, &str)> = lines.keys().chain(rows.keys()).copied().collect();
        keys.sort_unstable();
        keys.dedup();
        for key in keys {
            let (sums, number) = lines.remove(&key).unwrap_or_default();
            let in_ledger = Pence::total(sums)?;
            let row = rows.remove(&key);
            let position = row.as_ref().map(|(_, position)| (*position).clone());
            let by_register = Pence::total(row.map(|(sums, _)| sums).unwrap_or_default())?;
            let (building, ledger) = key;
            in_ledgers.push(in_ledger);
            let difference = Pence::total([in_ledger, -by_register])?;
            differs.push(difference);
            if difference != Pence::ZERO {
                let at = position.or_else(|| Some(self.find(building).ok()?.position.clone()));
                all.findings.push(Finding {
                    rule: "running-cost-differs".into(),
                    severity: Severity::Notice,
                    position: at.unwrap_or_default().column("pounds"),
                    found: format!("ledger `{ledger}` has {in_ledger} for `{building}` in {year}, and the register {by_register} that it has too; the ledger's counts"),
                    at_stake: Some(if difference < Pence::ZERO { -difference } else { difference }),
                    remedy: "correct the register, or the code of the building on the lines".into(),
                });
            }
            all.matched.push(InLedger {
                building: building.to_owned(),
                ledger: ledger.to_owned(),
                by_register,
                lines: number,
                in_ledger,
            });
        }
        let step = Step::new(
            format!("costs of {year} by the register → only there"),
            Pence::total(whole)?,
            Pence::total(only)?,
        );
        all.reconciliation.push(
            step.difference("other amounts in ledgers", Pence::total(differs)?)
                .difference(
                    "lines of ledgers too, counted there",
                    -Pence::total(in_ledgers)?,
                ),
        );
        Ok(all)
    }
}
