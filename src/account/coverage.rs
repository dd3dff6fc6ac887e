//! Years for which a payee's ledger says nothing, although it was paid and goes on later.

use super::transfers::Transfers;
use crate::axis::{MemberId, Period, Phase, Placed, Side};
use crate::finding::{Finding, Findings, Severity};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// The periods of which each partner's ledgers have lines, by phase.
#[derive(Debug, Default)]
pub(super) struct Covered {
    periods: BTreeMap<(MemberId, Phase), BTreeSet<Period>>,
}

impl Covered {
    pub(super) fn add(&mut self, partner: Placed<MemberId>, phase: Phase, period: Placed<Period>) {
        if let (Placed::On(partner), Placed::On(period)) = (partner, period) {
            let periods = self.periods.entry((partner, phase)).or_default();
            periods.insert(period);
        }
    }

    /// The financial years of which each partner's ledgers have lines.
    fn years(&self) -> BTreeMap<(MemberId, Phase), BTreeSet<Period>> {
        let years = |periods: &BTreeSet<Period>| {
            (periods.iter())
                .flat_map(|period| period.financial_years())
                .collect()
        };
        (self.periods.iter())
            .map(|(&of, periods)| (of, years(periods)))
            .collect()
    }

    /// Payments that a boundary around both partners eliminates, in years in which the payee's
    /// ledger has no line: what was done with the money may be counted nowhere.
    pub(super) fn findings(
        &self,
        transfers: &Transfers,
        held: impl Fn(MemberId, Phase) -> bool,
    ) -> Findings {
        let mut findings = Findings::new();
        let (years, none) = (self.years(), BTreeSet::new());
        for pair in transfers.pairs() {
            let (payer, payee) = (pair.payer.id, pair.payee.id);
            let both = held(payer, pair.phase) && held(payee, pair.phase);
            if !both || pair.figure != Side::Payer {
                continue;
            }
            let years = years.get(&(payee, pair.phase)).unwrap_or(&none);
            for year in &pair.years {
                let Ok(paid) = Period::from_str(&year.period) else {
                    continue;
                };
                let seen = years.iter().any(|year| year.intersection(paid).is_some());
                // After the ledger's last year a payment is not eliminated.
                let later = years.iter().any(|year| year.starts_after(paid));
                if year.paid_lines == 0 || seen || !later {
                    continue;
                }
                let first = (pair.matches.iter().flat_map(|found| &found.paid_lines)).next();
                let position = first.map(|line| line.position.clone()).unwrap_or_default();
                findings.push(Finding {
                    rule: "paid-in-a-year-without-ledger".to_owned(),
                    severity: Severity::Notice,
                    position: crate::finding::Position::file(position),
                    found: format!(
                        "`{}` paid `{}` in {} ({}), and the ledger of `{}` has no line of that year; inside a boundary around both the payment is eliminated, and what was done with it is counted only if it was spent in a later year",
                        pair.payer.code, pair.payee.code, year.period, pair.phase, pair.payee.code
                    ),
                    at_stake: Some(year.paid),
                    remedy: "get the payee's ledger of that year, or leave the payee outside".to_owned(),
                });
            }
        }
        findings
    }
}
