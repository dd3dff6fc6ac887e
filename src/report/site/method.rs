//! What the method page tells: drivers, rules, ledgers, and what was found in the data.

use crate::account::PlaceAccount;
use crate::axis::{Evidence, Phase};
use crate::cube::Cube;
use crate::disclosure::Telling;
use crate::driver::Basis;
use crate::finding::Severity;
use crate::place::{Place, Rest};
use std::collections::BTreeSet;

/// How the account was made.
#[derive(Clone, Debug)]
pub(in crate::report) struct Method {
    /// Each measure that shares money: name, class and what it follows, source.
    pub drivers: Vec<(String, (Evidence, Option<Basis>), String)>,
    /// The sharing rules as the pack writes them, first match first.
    pub rules: Vec<String>,
    /// Each ledger that may be named: name, source, phase, how many control totals.
    pub ledgers: Vec<(String, String, Phase, usize)>,
    /// How many ledgers may not be named.
    pub unnamed: usize,
    /// Coarse lines that finer ones replace: ledger, and why.
    pub replaced: Vec<(String, String)>,
    /// What was found in the data, by money: severity and words. None without the account, or where
    /// some ledger is not public.
    pub findings: Option<Vec<(Severity, String)>>,
}

impl Method {
    /// Whether money is shared both by where people live and by where it happens.
    pub fn adds_two_bases(&self) -> bool {
        let bases = self.drivers.iter().filter_map(|(_, (_, basis), _)| *basis);
        bases.collect::<BTreeSet<Basis>>().len() > 1
    }

    pub(super) fn of(
        place: &Place,
        cube: &Cube,
        account: Option<&PlaceAccount>,
        telling: &dyn Telling,
    ) -> Self {
        let drivers = place.drivers().iter();
        let rules = cube.sharing().rules().iter();
        let named = |ledger: &str| telling.ledger_is_public(ledger);
        let ledgers = place.ledgers().iter().filter(|plan| named(&plan.id));
        let replaced = (place.replacements().iter()).filter(|replaced| named(&replaced.ledger));
        Self {
            drivers: drivers
                .map(|driver| {
                    let (name, source) = (driver.name().to_owned(), driver.source().to_owned());
                    (name, (driver.class(), driver.basis()), source)
                })
                .collect(),
            rules: rules.map(|rule| rule.text.clone()).collect(),
            ledgers: ledgers
                .map(|plan| {
                    let (name, source) = (plan.name.clone(), plan.source.clone());
                    (name, source, plan.phase, plan.controls.len())
                })
                .collect(),
            replaced: replaced
                .map(|replaced| {
                    let note = match replaced.rest {
                        Rest::GivesWay => replaced.note.clone(),
                        Rest::Stays => format!(
                            "{} (what finer lines leave stays on the coarse line)",
                            replaced.note
                        ),
                    };
                    (replaced.ledger.clone(), note)
                })
                .collect(),
            unnamed: (place.ledgers().iter())
                .filter(|plan| !named(&plan.id))
                .count(),
            findings: account.filter(|_| telling.all_public()).map(|account| {
                let findings = account.findings().by_money();
                let said = findings.into_iter();
                said.map(|finding| (finding.severity, finding.to_string()))
                    .collect()
            }),
        }
    }
}
