//! The lines of one ledger that are payments between partners.

use super::FlowId;
use super::near::nearly;
use super::rule::{COUNTERPARTY, Counterparties, Rule, normalised};
use crate::axis::{FlowKind, MemberId, Period, Placed, Tree};
use crate::finding::{Finding, Findings, Position, Severity, masked};
use crate::ledger::{Ledger, LineRef};
use crate::money::Pence;
use crate::text::{counted, list};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// The flow of each line of a ledger.
#[derive(Clone, Debug, Default)]
pub enum FlowColumn {
    /// No line is a payment between partners.
    #[default]
    None,
    /// One flow a line, in the order of the lines.
    Lines(Vec<FlowId>),
}

impl FlowColumn {
    /// The flow of a line.
    #[must_use]
    pub fn of(&self, line: usize) -> FlowId {
        match self {
            Self::None => FlowId::NONE,
            Self::Lines(flows) => flows[line],
        }
    }
}

/// What one rule recognised in one ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Recognised {
    /// The ledger.
    pub ledger: String,
    /// The text of the rule, as the pack writes it.
    pub text: String,
    /// Where the rule stands.
    pub rule: String,
    /// Code of the partner on the other side.
    pub partner: String,
    /// What kind of payment.
    pub kind: FlowKind,
    /// How many lines.
    pub lines: u64,
    /// Their pence, as the ledger signs them.
    pub pence: Pence,
    /// The first few of the lines, by file and line.
    pub first_lines: Vec<String>,
}

/// Lines of one fault, with the first few positions.
#[derive(Default)]
struct Told {
    lines: u64,
    pence: i128,
    /// Without signs, so that payments and credits cannot cancel out.
    at_stake: i128,
    positions: Vec<Position>,
}

/// How many lines a finding names one by one.
const TOLD: usize = 5;

impl Told {
    fn add(&mut self, line: &LineRef<'_>) {
        let pence = i128::from(line.pence().get());
        self.lines += 1;
        self.pence += pence;
        self.at_stake += pence.abs();
        if self.positions.len() < TOLD {
            self.positions.push(line.position());
        }
    }

    fn named(&self) -> String {
        list(&self.positions, self.lines as usize - self.positions.len())
    }

    fn finding(&self, rule: &str, severity: Severity, found: String, remedy: &str) -> Finding {
        Finding {
            rule: rule.to_owned(),
            severity,
            position: self.positions.first().cloned().unwrap_or_default(),
            found: format!(
                "{found}: {} ({})",
                counted(self.lines, "line"),
                self.named()
            ),
            at_stake: Pence::from_wide(self.at_stake).ok(),
            remedy: remedy.to_owned(),
        }
    }
}

impl Counterparties {
    /// Recognises the lines of a ledger.
    ///
    /// `partner` and `period` say whose line it is and when. Each distinct text is compared
    /// once. A line that two rules claim, or that a partner seems to pay to itself, stays what it
    /// is without them, and is a fault; a text that nearly fits a rule is a notice.
    #[must_use]
    pub fn recognise(
        &self,
        ledger: &Ledger,
        partners: &Tree,
        partner: impl Fn(&LineRef<'_>) -> Placed<MemberId>,
        period: impl Fn(&LineRef<'_>) -> Placed<Period>,
    ) -> (FlowColumn, Vec<Recognised>, Findings) {
        let rules: Vec<&Rule> = (self.rules.iter())
            .filter(|rule| (rule.ledger.as_ref()).is_none_or(|id| id == ledger.id()))
            .collect();
        let mut findings = Findings::new();
        if rules.is_empty() || ledger.code_place(COUNTERPARTY).is_none() {
            return (FlowColumn::None, Vec::new(), findings);
        }
        let texts = ledger.code_texts(COUNTERPARTY);
        // Each text is held against every rule once, however many lines have it.
        let (claims, near): (Vec<Vec<usize>>, Vec<Vec<usize>>) = (texts.par_iter())
            .map(|text| {
                let normal = normalised(text);
                let meets = |number: &usize| rules[*number].test.meets(text, &normal);
                let claims: Vec<usize> = (0..rules.len()).filter(meets).collect();
                let near = match claims.as_slice() {
                    [] => nearly(&normal, &rules).collect(),
                    _ => Vec::new(),
                };
                (claims, near)
            })
            .unzip();
        let ids = ledger.code_ids(COUNTERPARTY);
        let mut flows = vec![FlowId::NONE; ledger.len()];
        let mut matched: Vec<Told> = rules.iter().map(|_| Told::default()).collect();
        let mut met = vec![false; rules.len()];
        let mut clashes: BTreeMap<(usize, usize), Told> = BTreeMap::new();
        let mut own: BTreeMap<(usize, MemberId), Told> = BTreeMap::new();
        let mut missed: BTreeMap<u32, Told> = BTreeMap::new();
        // Most lines have a text that says nothing.
        let says: Vec<bool> = (claims.iter().zip(&near))
            .map(|(claims, near)| !claims.is_empty() || !near.is_empty())
            .collect();
        let saying = (0..ledger.len()).filter(|&line| says[ids[line] as usize]);
        for line in saying.filter_map(|line| ledger.line(line)) {
            let id = ids[line.index()];
            let mut claiming = (claims[id as usize].iter().copied())
                .filter(|&number| rules[number].takes(&line, &period));
            let Some(first) = claiming.next() else {
                if !near[id as usize].is_empty() {
                    missed.entry(id).or_default().add(&line);
                }
                continue;
            };
            met[first] = true;
            // Rules that say the same do not contradict each other.
            let other = claiming.find(|&number| rules[number].flow != rules[first].flow);
            if let Some(second) = other {
                met[second] = true;
                claiming.for_each(|other| met[other] = true);
                clashes.entry((first, second)).or_default().add(&line);
            } else if let Some(payer) = self.pays_itself(rules[first], partner(&line)) {
                own.entry((first, payer)).or_default().add(&line);
            } else {
                flows[line.index()] = rules[first].flow;
                matched[first].add(&line);
            }
        }
        for ((first, second), told) in &clashes {
            findings.push(told.finding(
                "two-rules-claim-one-line",
                Severity::Fault,
                format!(
                    "the rules at {} and {} both claim it; it stays spending until one does",
                    rules[*first].position, rules[*second].position
                ),
                "narrow one of the two rules, by its text, `and_code` or `period`",
            ));
        }
        for ((rule, payer), told) in &own {
            let code = &partners.get(*payer).code;
            findings.push(told.finding(
                "partner-pays-itself",
                Severity::Fault,
                format!(
                    "by the rule at {} `{code}` pays itself; the money stays spending",
                    rules[*rule].position
                ),
                "correct the partner of the rule, or of the ledger",
            ));
        }
        for (id, told) in &missed {
            for &near in &near[*id as usize] {
                findings.push(told.finding(
                    "counterparty-near-miss",
                    Severity::Notice,
                    format!(
                        "`{}` is near `{}` of the rule at {} and does not meet it",
                        masked(&texts[*id as usize]),
                        rules[near].text,
                        rules[near].position
                    ),
                    "add a rule for this spelling if it is the same body",
                ));
            }
        }
        let mut recognised = Vec::with_capacity(rules.len());
        for ((rule, told), met) in rules.iter().zip(&matched).zip(met) {
            // A rule for every ledger need not meet each of them.
            if !met && rule.ledger.is_some() {
                let nothing = format!("no line of ledger `{}` meets `{}`", ledger.id(), rule.text);
                findings.push(rule.matches_nothing(nothing));
            }
            if told.lines > 0 {
                recognised.push(Recognised {
                    ledger: ledger.id().to_owned(),
                    text: rule.text.clone(),
                    rule: rule.position.to_string(),
                    partner: partners.get(rule.partner).code.clone(),
                    kind: rule.kind,
                    lines: told.lines,
                    pence: Pence::from_wide(told.pence).unwrap_or_default(),
                    first_lines: told.positions.iter().map(ToString::to_string).collect(),
                });
            }
        }
        let any = matched.iter().any(|told| told.lines > 0);
        let column = if any {
            FlowColumn::Lines(flows)
        } else {
            FlowColumn::None
        };
        (column, recognised, findings)
    }

    /// Rules for every ledger of which no ledger has such a counterparty.
    pub(crate) fn met_nowhere<'a>(
        &self,
        ledgers: impl Iterator<Item = &'a Ledger> + Clone,
    ) -> Findings {
        let named = |ledger: &Ledger, rule: &Rule| {
            ledger.code_place(COUNTERPARTY).is_some()
                && (ledger.code_texts(COUNTERPARTY).iter())
                    .any(|text| rule.test.meets(text, &normalised(text)))
        };
        (self.rules.iter())
            .filter(|rule| rule.ledger.is_none())
            .filter(|rule| !ledgers.clone().any(|ledger| named(ledger, rule)))
            .map(|rule| {
                rule.matches_nothing(format!("no line of any ledger meets `{}`", rule.text))
            })
            .collect()
    }
}

impl Counterparties {
    /// The partner of a line, if by the rule it pays itself, be it through a conduit.
    fn pays_itself(&self, rule: &Rule, partner: Placed<MemberId>) -> Option<MemberId> {
        let own = partner.member()?;
        let flow = self.flows().get(rule.flow)?;
        let paid = rule.partner == own || flow.parts.iter().any(|(other, _)| *other == own);
        paid.then_some(own)
    }
}

impl Rule {
    fn matches_nothing(&self, found: String) -> Finding {
        Finding {
            rule: "counterparty-rule-matches-nothing".to_owned(),
            severity: Severity::Notice,
            position: self.position.clone(),
            found,
            at_stake: None,
            remedy: "correct the text of the rule, or remove it".to_owned(),
        }
    }

    /// Whether the rule takes a line whose counterparty it knows.
    fn takes(&self, line: &LineRef<'_>, period: &impl Fn(&LineRef<'_>) -> Placed<Period>) -> bool {
        (self.and.as_ref()).is_none_or(|(name, text)| line.code(name) == Some(text.as_str()))
            && (self.period).is_none_or(|wanted| match period(line) {
                Placed::On(found) => wanted.contains(found),
                Placed::Gap(_) => false,
            })
    }
}
