//! Lines that are not spending: which rule takes each, and how much.

use super::NotSpending;
use super::codes::{Codes, Meaning};
use crate::axis::{Period, Placed};
use crate::finding::{Finding, Findings, Position, Severity, masked};
use crate::ledger::Ledger;
use crate::money::{MoneyError, Pence};
use crate::text::{counted, list};
use serde::Serialize;
use std::collections::BTreeMap;

/// An `[[excluded]]` of a pack, checked: lines of one ledger that are not spending.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exclusion {
    /// Why.
    pub reason: NotSpending,
    /// Codes of the lines, for each code name of the ledger's layout; `*` stands for any letters.
    pub codes: BTreeMap<String, Vec<String>>,
    /// Only lines of these periods; of all where there are none.
    pub periods: Vec<Period>,
    /// Why, in the words of the pack.
    pub note: String,
    /// Where it stands.
    pub position: Position,
}

/// Lines of a ledger that are not spending, as one rule takes them out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ExcludedMoney {
    /// The ledger they stand in.
    pub ledger: String,
    /// Why.
    pub reason: NotSpending,
    /// Why, in the words of the pack; empty for codes that its crosswalk names.
    pub note: String,
    /// The codes of the lines, each once; masked where their column holds payees.
    pub codes: Vec<String>,
    /// How many lines.
    pub lines: u64,
    /// Their pence.
    pub pence: Pence,
}

impl ExcludedMoney {
    /// Its name in a reconciliation: `not spending: treasury, deposits that come back (12 lines)`.
    #[must_use]
    pub fn name(&self) -> String {
        let because = if self.note.is_empty() {
            String::new()
        } else {
            format!(", {}", self.note)
        };
        format!(
            "not spending: {}{because} ({})",
            self.reason,
            counted(self.lines, "line")
        )
    }

    /// What it takes out of a sum.
    pub(crate) fn taken_out(&self) -> Pence {
        // Both signs were tried when it was added up.
        Pence::from_wide(-i128::from(self.pence.get())).unwrap_or_default()
    }
}

/// A pattern of a crosswalk, and what it took.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PatternUse {
    /// The axis it is for, or `not spending`.
    pub axis: &'static str,
    /// As the pack writes it.
    pub pattern: String,
    /// How many codes it took: those that no row of their own and no narrower pattern has.
    pub codes: u64,
}

/// What a ledger's crosswalk says is not spending.
#[derive(Clone, Debug, Default)]
pub(super) struct Exclusions {
    /// The `[[excluded]]` of the pack, in its order.
    pub written: Vec<Exclusion>,
    /// Rows of the crosswalk with a reason, after them: by the name of the codes they are about.
    pub rows: Vec<ExcludedRows>,
}

/// Rows of a crosswalk about the codes of one name.
#[derive(Clone, Debug)]
pub(super) struct ExcludedRows {
    /// The name by which the layout calls the codes.
    pub of: String,
    /// Each reason, and the note that goes with it.
    pub reasons: Vec<(NotSpending, String)>,
    /// What each code is: the number of a reason, or nothing for one that is spending.
    pub codes: Codes<Option<usize>>,
}

/// The lines of one ledger that are not spending.
#[derive(Debug, Default)]
pub(super) struct ExcludedLines {
    /// For each line the number of its rule, counted from 1; empty where no line has one.
    by: Vec<u32>,
    money: Vec<ExcludedMoney>,
    /// Patterns of its rows, with how many codes each took.
    pub patterns: Vec<PatternUse>,
    /// Codes of which patterns say different things.
    pub ties: Vec<Tie>,
}

/// A code that patterns of equal weight place differently.
#[derive(Clone, Debug)]
pub(super) struct Tie {
    /// The name of the codes it is one of, and its number among them.
    pub of: String,
    pub id: usize,
    pub patterns: Vec<String>,
}

/// A rule ready to be held against lines: for some code names, which codes are meant.
struct Rule<'a> {
    codes: Vec<(usize, Vec<bool>)>,
    periods: &'a [Period],
    number: u32,
}

impl Exclusions {
    /// Of each text of a code name the conditions that it meets: texts with the same are one to every
    /// rule.
    pub fn met_by(&self, name: &str, texts: &[String]) -> Vec<Vec<usize>> {
        let mut met = vec![Vec::new(); texts.len()];
        let mut number = 0;
        for exclusion in &self.written {
            let mut wanted = Codes::default();
            let codes = exclusion.codes.get(name).into_iter().flatten();
            codes.for_each(|text| wanted.add(text, None, ()));
            for (met, text) in met.iter_mut().zip(texts) {
                if wanted.find(text) != Meaning::Unknown {
                    met.push(number);
                }
            }
            number += 1;
        }
        for rows in self.rows.iter().filter(|rows| rows.of == name) {
            for (met, text) in met.iter_mut().zip(texts) {
                match rows.codes.find(text) {
                    Meaning::Exact(Some(reason)) | Meaning::Pattern(Some(reason), _) => {
                        met.push(number + reason);
                    }
                    // Each such text has a finding of its own.
                    Meaning::Tie(_) => met.push(usize::MAX),
                    _ => {}
                }
            }
            number += rows.reasons.len();
        }
        met
    }
}

impl ExcludedLines {
    /// Finds the lines; of two rules that take the same line the first has it.
    ///
    /// # Errors
    ///
    /// A sum larger than 64 bits of pence.
    pub fn of(
        exclusions: &Exclusions,
        ledger: &Ledger,
        payees: &[String],
        period: impl Fn(usize) -> Placed<Period>,
    ) -> Result<Self, MoneyError> {
        let mut rules = Vec::new();
        let (mut ties, mut used) = (Vec::new(), Vec::new());
        let mut money: Vec<(NotSpending, String, Vec<&str>)> = Vec::new();
        for exclusion in &exclusions.written {
            let names = exclusion.codes.keys().map(String::as_str).collect();
            money.push((exclusion.reason, exclusion.note.clone(), names));
            let codes: Option<Vec<_>> = (exclusion.codes.iter())
                .map(|(name, texts)| {
                    let mut wanted = Codes::default();
                    texts.iter().for_each(|text| wanted.add(text, None, ()));
                    let meant = |text: &String| wanted.find(text) != Meaning::Unknown;
                    let texts = ledger.code_texts(name).iter().map(meant).collect();
                    Some((ledger.code_place(name)?, texts))
                })
                .collect();
            rules.extend(codes.map(|codes| Rule {
                codes,
                periods: &exclusion.periods,
                number: number(money.len()),
            }));
        }
        for rows in &exclusions.rows {
            let Some(place) = ledger.code_place(&rows.of) else {
                continue;
            };
            let patterns: Vec<&str> = rows.codes.patterns().collect();
            let mut taken = vec![0; patterns.len()];
            let mut found = Vec::new();
            for (id, text) in ledger.code_texts(&rows.of).iter().enumerate() {
                found.push(match rows.codes.find(text) {
                    Meaning::Exact(reason) => reason,
                    Meaning::Pattern(reason, number) => {
                        taken[number] += u64::from(reason.is_some());
                        reason
                    }
                    // Nobody can say: the money stays in the account.
                    Meaning::Tie(rivals) => {
                        let rivals = rivals.into_iter().map(|rival| patterns[rival].to_owned());
                        ties.push(Tie {
                            of: rows.of.clone(),
                            id,
                            patterns: rivals.collect(),
                        });
                        None
                    }
                    Meaning::Unknown => None,
                });
            }
            used.extend(
                patterns
                    .iter()
                    .zip(taken)
                    .filter(|(_, codes)| *codes > 0)
                    .map(|(pattern, codes)| PatternUse {
                        axis: "not spending",
                        pattern: (*pattern).to_owned(),
                        codes,
                    }),
            );
            for (reason, (why, note)) in rows.reasons.iter().enumerate() {
                money.push((*why, note.clone(), vec![&rows.of]));
                let meant = found.iter().map(|found| *found == Some(reason)).collect();
                rules.push(Rule {
                    codes: vec![(place, meant)],
                    periods: &[],
                    number: number(money.len()),
                });
            }
        }
        rules.retain(|rule| rule.codes.iter().all(|(_, meant)| meant.contains(&true)));
        if rules.is_empty() {
            return Ok(Self {
                patterns: used,
                ties,
                ..Self::default()
            });
        }
        let takes = |rule: &&Rule<'_>, line: usize| {
            let in_time = || {
                let at = period(line).member();
                at.is_some_and(|at| rule.periods.iter().any(|only| only.contains(at)))
            };
            (rule.codes.iter()).all(|(place, meant)| meant[ledger.ids_at(*place)[line] as usize])
                && (rule.periods.is_empty() || in_time())
        };
        let by: Vec<u32> = (0..ledger.len())
            .map(|line| {
                rules
                    .iter()
                    .find(|rule| takes(rule, line))
                    .map_or(0, |rule| rule.number)
            })
            .collect();
        let mut sums = vec![(0u64, 0i128); money.len()];
        let mut codes: Vec<BTreeMap<&str, ()>> = vec![BTreeMap::new(); money.len()];
        for (line, &rule) in by.iter().enumerate().filter(|(_, rule)| **rule > 0) {
            let rule = rule as usize - 1;
            sums[rule].0 += ledger.stands_for(line);
            sums[rule].1 += i128::from(ledger.pence()[line]);
            for name in &money[rule].2 {
                if let Some(place) = ledger.code_place(name) {
                    let id = ledger.ids_at(place)[line] as usize;
                    codes[rule].insert(&ledger.code_texts(name)[id], ());
                }
            }
        }
        let money = (money.into_iter().zip(sums).zip(codes))
            .map(|(((reason, note, names), (lines, pence)), codes)| {
                let hidden = names
                    .iter()
                    .any(|name| payees.iter().any(|payee| payee == name));
                // What is taken out of a sum has the other sign.
                Pence::from_wide(-pence)?;
                let shown = |code: &str| {
                    if hidden {
                        masked(code)
                    } else {
                        code.to_owned()
                    }
                };
                Ok(ExcludedMoney {
                    ledger: ledger.id().to_owned(),
                    reason,
                    note,
                    codes: codes.into_keys().map(shown).collect(),
                    lines,
                    pence: Pence::from_wide(pence)?,
                })
            })
            .collect::<Result<_, MoneyError>>()?;
        Ok(Self {
            by,
            money,
            patterns: used,
            ties,
        })
    }

    /// Whether a line is not spending.
    pub fn has(&self, line: usize) -> bool {
        self.by.get(line).is_some_and(|rule| *rule > 0)
    }

    /// What each rule takes out; of those that take nothing, nothing.
    pub fn money(&self) -> impl Iterator<Item = &ExcludedMoney> {
        self.money.iter().filter(|money| money.lines > 0)
    }

    /// A notice for each `[[excluded]]` that takes no line.
    pub fn without_effect(&self, exclusions: &Exclusions, ledger: &str) -> Findings {
        let nothing = |(number, _): &(usize, &Exclusion)| {
            self.money.get(*number).is_none_or(|money| money.lines == 0)
        };
        let rules = exclusions.written.iter().enumerate().filter(nothing);
        let notice = |(_, exclusion): (usize, &Exclusion)| {
            let names: Vec<&String> = exclusion.codes.keys().collect();
            Finding {
                rule: "excluded-matches-nothing".to_owned(),
                severity: Severity::Notice,
                position: exclusion.position.clone(),
                found: format!(
                    "no line of ledger `{ledger}` is taken out as not spending ({}) by its codes of {}",
                    exclusion.reason,
                    list(&names, 0)
                ),
                at_stake: None,
                remedy:
                    "check its codes and periods, and whether an earlier rule takes the same lines"
                        .to_owned(),
            }
        };
        rules.map(notice).collect()
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
