//! What is known beforehand of lines that are not public.
//!
//! | Known | What it tells |
//! |---|---|
//! | a payment between two partners that the other one publishes | the line itself |
//! | several lines of one payment that the other one publishes | their sum |
//! | a control total of the ledger | the sum of its lines, with those that are in no figure |
//! | an earlier edition | what it showed, of lines that are still there and of those that are gone |
//! | a public line that finer ones replace, or lie inside | the sum of the finer lines of its time |

use super::earlier::EarlierLines;
use super::holders::HolderColumn;
use crate::account::{MatchKind, MatchLine, PlaceAccount};
use crate::axis::{Period, Phase};
use crate::counterparty::FlowId;
use crate::disclosure::DisclosureError;
use crate::disclosure::policy::DisclosurePolicy;
use crate::ledger::{CodeColumn, Control, LineRef};
use crate::place::{LedgerPlan, Replacement};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What is known of some lines of a sum and not of others: the payment they are one of, the control totals
/// that they are in, one bit each, and the sums of earlier editions that they were in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupOfLines {
    pub payment: u32,
    pub totals: u64,
    pub earlier: u32,
}

/// A total that is known, as the code texts that its lines have.
struct TotalOf {
    codes: Vec<(String, BTreeSet<String>)>,
}

/// What is known of the lines of each ledger.
#[derive(Default)]
pub struct Groups {
    /// Lines that the other side tells, by ledger and position: alone, or with others of one payment.
    payments: Vec<HashMap<String, Option<u32>>>,
    /// How many payments of several lines there are; the first is 1.
    several: u32,
    totals: Vec<Vec<TotalOf>>,
    earlier: EarlierLines,
}

impl Groups {
    pub fn of(
        account: &PlaceAccount,
        policy: &DisclosurePolicy,
        columns: &[Option<HolderColumn>],
        earlier: EarlierLines,
    ) -> Result<Self, DisclosureError> {
        let ledgers = account.ledgers();
        let mut groups = Self {
            payments: ledgers.iter().map(|_| HashMap::new()).collect(),
            several: 0,
            totals: Vec::with_capacity(ledgers.len()),
            earlier,
        };
        for (mapped, column) in ledgers.iter().zip(columns) {
            let id = mapped.ledger().id();
            let plan = account.place().ledgers().iter().find(|plan| plan.id == id);
            let mut totals = Vec::new();
            // Control totals are of whole ledgers, and compared only there.
            for known in mapped.ledger().controls() {
                if let (Some(_), Some(plan)) = (column, plan) {
                    totals.push(total_of(plan, &known.control)?);
                }
            }
            if totals.len() > 64 {
                return Err(DisclosureError::TooManyTotals {
                    ledger: id.to_owned(),
                    totals: totals.len(),
                });
            }
            groups.totals.push(totals);
        }
        groups.payments_of(account, policy);
        Ok(groups)
    }

    /// Notes the lines of payments of which the other side is public.
    fn payments_of(&mut self, account: &PlaceAccount, policy: &DisclosurePolicy) {
        let is_public = |line: &MatchLine| {
            policy
                .ledger(&line.ledger)
                .is_some_and(|known| known.tells(line.pence))
        };
        let surely = [MatchKind::Exact, MatchKind::WithinTolerance];
        let pairs = account.transfers().pairs().iter();
        for found in pairs.flat_map(|pair| &pair.matches) {
            if !surely.contains(&found.how) {
                continue;
            }
            for (own, other) in [
                (&found.paid_lines, &found.received_lines),
                (&found.received_lines, &found.paid_lines),
            ] {
                if other.is_empty() || !other.iter().all(is_public) {
                    continue;
                }
                let private: Vec<&MatchLine> = own.iter().filter(|line| !is_public(line)).collect();
                let payment = (private.len() > 1).then(|| {
                    self.several += 1;
                    self.several
                });
                for line in private {
                    let ledgers = account.ledgers().iter();
                    let place = ledgers.map(|mapped| mapped.ledger().id());
                    let place = place
                        .zip(&mut self.payments)
                        .find(|(id, _)| *id == line.ledger);
                    if let Some((_, known)) = place {
                        known.insert(line.position.clone(), payment);
                    }
                }
            }
        }
    }

    /// Whether anything is known of some lines of a ledger.
    pub fn any_of(&self, ledger: usize) -> bool {
        self.has_totals(ledger)
            || self.earlier.any_of(ledger)
            || self
                .payments
                .get(ledger)
                .is_some_and(|known| !known.is_empty())
    }

    /// Whether a total of a ledger is known.
    pub fn has_totals(&self, ledger: usize) -> bool {
        self.totals
            .get(ledger)
            .is_some_and(|totals| !totals.is_empty())
    }

    /// Which lines earlier editions had.
    pub fn earlier(&self) -> &EarlierLines {
        &self.earlier
    }

    /// How many totals of a ledger are known.
    pub fn totals(&self, ledger: usize) -> usize {
        self.totals.get(ledger).map_or(0, Vec::len)
    }

    /// How many payments of several lines are known.
    pub fn payments(&self) -> u32 {
        self.several
    }

    /// What is known of a line with others; nothing where it is known by itself.
    pub fn group(&self, ledger: usize, line: &LineRef<'_>, flow: FlowId) -> Option<GroupOfLines> {
        let mut group = self.totals_of(ledger, line);
        // Few lines are payments between partners, and to say where one stands takes time.
        if flow != FlowId::NONE
            && let Some(known) = self.payments.get(ledger)
            && let Some(payment) = known.get(&line.position().to_string())
        {
            group.payment = (*payment)?;
        }
        Some(group)
    }

    /// The totals that a line is in, and the sums of earlier editions.
    pub fn totals_of(&self, ledger: usize, line: &LineRef<'_>) -> GroupOfLines {
        let meant = |total: &TotalOf| {
            (total.codes.iter()).all(|(name, texts)| {
                line.code(name)
                    .is_some_and(|text| texts.contains(text.trim()))
            })
        };
        let totals = self.totals.get(ledger).into_iter().flatten().zip(0u32..);
        let bits = totals
            .filter(|(total, _)| meant(total))
            .map(|(_, bit)| 1u64 << (bit % 64));
        GroupOfLines {
            payment: 0,
            totals: bits.fold(0, |all, bit| all | bit),
            earlier: self.earlier.class(ledger, line.index()),
        }
    }
}

/// Which lines a control total is of, by their codes.
fn total_of(plan: &LedgerPlan, control: &Control) -> Result<TotalOf, DisclosureError> {
    let mut codes = Vec::with_capacity(control.selection.len());
    for (heading, texts) in &control.selection {
        let is_of = |columns: &Vec<CodeColumn>| {
            (columns.iter())
                .any(|column| matches!(column, CodeColumn::Heading(own) if own == heading))
        };
        let code = plan.layout.codes.iter().find(|(_, columns)| is_of(columns));
        let Some((name, _)) = code else {
            return Err(DisclosureError::ControlUnclear {
                ledger: plan.id.clone(),
                control: control.name.clone(),
                heading: heading.clone(),
            });
        };
        let texts = texts.iter().map(|text| text.trim().to_owned());
        codes.push((name.clone(), texts.collect()));
    }
    Ok(TotalOf { codes })
}

/// Finer lines of which a public line tells the sum: their ledgers, and its time.
pub struct FinerKnown {
    pub ledgers: Vec<usize>,
    pub phase: Phase,
    pub period: Period,
}

/// The public lines that finer lines which are not public replace, or lie inside.
pub fn finer_known(
    account: &PlaceAccount,
    policy: &DisclosurePolicy,
    columns: &[Option<HolderColumn>],
) -> Vec<FinerKnown> {
    let mut found: BTreeMap<(usize, Period), FinerKnown> = BTreeMap::new();
    for (number, rule) in account.place().replacements().iter().enumerate() {
        let ledgers = account.ledgers().iter().zip(columns).enumerate();
        let finer = ledgers.filter(|(_, (mapped, column))| {
            column.is_some() && rule.by.iter().any(|id| id == mapped.ledger().id())
        });
        let finer: Vec<usize> = finer.map(|(ledger, _)| ledger).collect();
        let coarse = account
            .ledgers()
            .iter()
            .find(|one| one.ledger().id() == rule.ledger);
        let (Some(coarse), false) = (coarse, finer.is_empty()) else {
            continue;
        };
        let known = policy.ledger(&rule.ledger);
        for line in coarse.spending() {
            let is_public = known.is_some_and(|known| known.tells(line.written()));
            let Some(period) = coarse.period(&line).member() else {
                continue;
            };
            if is_public && is_of_rule(rule, &line, period) {
                found.entry((number, period)).or_insert_with(|| FinerKnown {
                    ledgers: finer.clone(),
                    phase: coarse.phase(),
                    period,
                });
            }
        }
    }
    found.into_values().collect()
}

/// Whether a rule of replacement is about a line.
fn is_of_rule(rule: &Replacement, line: &LineRef<'_>, period: Period) -> bool {
    let of_time = rule.periods.is_empty() || rule.periods.iter().any(|only| only.contains(period));
    let of_codes = (rule.codes.iter())
        .all(|(name, texts)| line.code(name).is_some_and(|text| texts.contains(text)));
    of_time && of_codes
}
