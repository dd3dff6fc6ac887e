//! Findings of one file, limited: a column read wrongly must not give a million of them.

use crate::finding::{Finding, Findings, Position, Severity, more_rows};
use crate::money::Pence;
use std::collections::BTreeMap;

/// How many findings of one rule are told one by one for each file.
const TOLD: u64 = 100;

/// The findings of one file: the first hundred of each rule, and the sum of the rest.
#[derive(Debug)]
pub(super) struct Limited {
    file: String,
    told: Vec<Finding>,
    rules: BTreeMap<String, Rest>,
}

#[derive(Debug, Default)]
struct Rest {
    told: u64,
    untold: u64,
    severity: Option<Severity>,
    /// Without signs, so that payments and credits cannot cancel out.
    at_stake: i128,
    remedy: String,
}

impl Limited {
    pub(super) fn new(file: &str) -> Self {
        Self {
            file: file.to_owned(),
            told: Vec::new(),
            rules: BTreeMap::new(),
        }
    }

    pub(super) fn push(&mut self, finding: Finding) {
        let rest = self.rules.entry(finding.rule.clone()).or_default();
        if rest.told < TOLD {
            rest.told += 1;
            self.told.push(finding);
        } else {
            rest.untold += 1;
            rest.severity = Some(finding.severity);
            rest.at_stake += finding.at_stake.map_or(0, |p| i128::from(p.get()).abs());
            rest.remedy = finding.remedy;
        }
    }

    /// Says what is at stake in findings of a rule that could not say it when they were made.
    pub(super) fn settle(&mut self, rule: &str, pence: Pence) {
        let open = |finding: &&mut Finding| finding.rule == rule && finding.at_stake.is_none();
        for finding in self.told.iter_mut().filter(open) {
            finding.at_stake = Some(pence);
        }
    }

    /// Adds what was found in later rows.
    pub(super) fn append(&mut self, later: Self) {
        for finding in later.told {
            self.push(finding);
        }
        for (rule, more) in later.rules {
            if more.untold > 0 {
                let rest = self.rules.entry(rule).or_default();
                rest.untold += more.untold;
                rest.severity = more.severity;
                rest.at_stake += more.at_stake;
                rest.remedy = more.remedy;
            }
        }
    }

    /// All that was told, then for each rule how many more there are.
    pub(super) fn finish(self) -> Findings {
        let mut findings = Findings::from_iter(self.told);
        for (rule, rest) in self.rules {
            if let Some(severity) = rest.severity {
                findings.push(Finding {
                    rule,
                    severity,
                    position: Position::file(&self.file),
                    found: more_rows(rest.untold, TOLD),
                    at_stake: Pence::from_wide(rest.at_stake)
                        .ok()
                        .filter(|&p| p != Pence::ZERO),
                    remedy: rest.remedy,
                });
            }
        }
        findings
    }
}
