//! Coarse lines that give way to finer ones, so that no money is counted twice.

use crate::axis::{Period, Placed};
use crate::crosswalk::MappedLedger;
use crate::finding::{Finding, Findings, Position, Severity};
use crate::ledger::LineRef;
use crate::money::{MoneyError, Pence};
use crate::place::Replacement;
use std::collections::{BTreeMap, BTreeSet};

/// Which lines of one ledger are replaced, and by what.
#[derive(Clone, Debug, Default)]
pub(super) struct ReplacedLines {
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct Rule {
    /// Whether each code of a code name is meant.
    codes: Vec<(String, Vec<bool>)>,
    only: Vec<Period>,
    /// Periods for which the finer ledgers have lines.
    finer: BTreeSet<Period>,
    name: String,
}

impl ReplacedLines {
    /// What replaces a line, if anything does.
    ///
    /// A line gives way only where the finer ledgers have lines of the same time: otherwise its
    /// money would be gone.
    pub(super) fn by(&self, mapped: &MappedLedger, line: &LineRef<'_>) -> Option<&str> {
        self.rules
            .iter()
            .find(|rule| {
                rule.codes
                    .iter()
                    .all(|(name, meant)| line.code_id(name).is_some_and(|id| meant[id as usize]))
                    && match mapped.period(line) {
                        Placed::Gap(_) => false,
                        Placed::On(period) => {
                            (rule.only.is_empty()
                                || rule.only.iter().any(|only| only.contains(period)))
                                && rule
                                    .finer
                                    .iter()
                                    .any(|finer| finer.intersection(period).is_some())
                        }
                    }
            })
            .map(|rule| rule.name.as_str())
    }

    /// The pence of the lines that nothing replaces, and how many there are.
    pub(super) fn kept(&self, mapped: &MappedLedger) -> (i128, u64) {
        let ledger = mapped.ledger();
        if self.rules.is_empty() {
            return (ledger.total().get().into(), ledger.len() as u64);
        }
        let kept = (ledger.lines()).filter(|line| self.by(mapped, line).is_none());
        kept.fold((0, 0), |(pence, lines), line| {
            (pence + i128::from(line.pence().get()), lines + 1)
        })
    }

    /// The replaced money by what replaces it, as differences of a reconciliation.
    pub(super) fn differences(
        &self,
        mapped: &MappedLedger,
    ) -> Result<Vec<(String, Pence)>, MoneyError> {
        let mut sums: BTreeMap<String, (i128, u64)> = BTreeMap::new();
        if !self.rules.is_empty() {
            for line in mapped.ledger().lines() {
                if let Some(name) = self.by(mapped, &line) {
                    let sum = sums.entry(name.to_owned()).or_default();
                    sum.0 -= i128::from(line.pence().get());
                    sum.1 += 1;
                }
            }
        }
        sums.into_iter()
            .map(|(name, (pence, lines))| {
                let plural = if lines == 1 { "" } else { "s" };
                Ok((
                    format!("{name} ({lines} line{plural})"),
                    Pence::from_wide(pence)?,
                ))
            })
            .collect()
    }
}

/// Compiles the replacements for every ledger, in the order of the ledgers.
pub(super) fn find(
    replacements: &[Replacement],
    ledgers: &[MappedLedger],
    findings: &mut Findings,
) -> Vec<ReplacedLines> {
    ledgers
        .iter()
        .map(|mapped| {
            let ledger = mapped.ledger();
            let rules = replacements
                .iter()
                .filter(|replacement| replacement.ledger == ledger.id())
                .map(|replacement| compile(replacement, mapped, ledgers))
                .collect();
            let replaced = ReplacedLines { rules };
            for rule in &replaced.rules {
                let matched = ledger.lines().any(|line| replaced.by(mapped, &line) == Some(&rule.name));
                if !matched {
                    findings.push(Finding {
                        rule: "replacement-matches-nothing".to_owned(),
                        severity: Severity::Notice,
                        position: Position::file("place.toml"),
                        found: format!("no line of ledger `{}` is {}", ledger.id(), rule.name),
                        at_stake: None,
                        remedy: "check its codes and periods, and that the finer ledgers have lines of the same time".to_owned(),
                    });
                }
            }
            replaced
        })
        .collect()
}

fn compile(replacement: &Replacement, mapped: &MappedLedger, ledgers: &[MappedLedger]) -> Rule {
    let ledger = mapped.ledger();
    let codes = replacement
        .codes
        .iter()
        .map(|(name, codes)| {
            let meant = ledger
                .code_texts(name)
                .iter()
                .map(|text| codes.contains(text))
                .collect();
            (name.clone(), meant)
        })
        .collect();
    let finer = ledgers
        .iter()
        .filter(|finer| replacement.by.iter().any(|id| id == finer.ledger().id()))
        .flat_map(|finer| {
            finer
                .ledger()
                .lines()
                .filter_map(|line| finer.period(&line).member())
        })
        .collect();
    Rule {
        codes,
        only: replacement.periods.clone(),
        finer,
        name: format!(
            "replaced by the detail of {}: {}",
            replacement.by.join(", "),
            replacement.note
        ),
    }
}
