//! Coarse lines that give way to finer ones, so that no money is counted twice.

use super::rest::{Finer, Rests};
use crate::axis::{Period, Placed, Resource};
use crate::crosswalk::MappedLedger;
use crate::finding::{Finding, Findings, Position, Severity};
use crate::ledger::LineRef;
use crate::money::{MoneyError, Pence};
use crate::place::{Replacement, Rest};
use crate::reconciliation::{Difference, Step};
use crate::text::counted;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Which lines of one ledger are replaced, and by what; and which leave a rest.
#[derive(Clone, Debug, Default)]
pub(super) struct ReplacedLines {
    rules: Vec<Rule>,
    rests: Rests,
}

#[derive(Clone, Debug)]
struct Rule {
    /// Its place among the replacements of the pack.
    number: usize,
    /// Whether each code of a code name is meant.
    codes: Vec<(String, Vec<bool>)>,
    only: Vec<Period>,
    /// Periods for which the finer ledgers have lines.
    finer: BTreeSet<Period>,
    rest: Rest,
    name: String,
}

impl ReplacedLines {
    /// What replaces the whole of a line, if anything does.
    ///
    /// A line gives way only where the finer ledgers have lines of the same time: otherwise its
    /// money would be gone.
    pub(super) fn by(&self, mapped: &MappedLedger, line: &LineRef<'_>) -> Option<&str> {
        self.rules
            .iter()
            .find(|rule| {
                let period = rule.takes(mapped, line);
                rule.rest == Rest::GivesWay
                    && period.is_some_and(|period| meets(&rule.finer, period))
            })
            .map(|rule| rule.name.as_str())
    }

    /// A line as it counts; nothing of one that gives way.
    pub(super) fn counted<'a>(
        &self,
        mapped: &MappedLedger,
        line: LineRef<'a>,
    ) -> Option<LineRef<'a>> {
        (self.by(mapped, &line).is_none()).then(|| self.rests.counted(line))
    }

    /// What finer lines were taken of a line, as differences from its written amount.
    pub(super) fn taken_of(&self, line: usize) -> Vec<Difference> {
        self.rests.taken_of(line)
    }

    /// Whether the size of single lines decided what finer lines leave of which.
    pub(super) fn are_by_size(&self) -> bool {
        self.rests.are_by_size()
    }

    /// Each coarse sum, the finer sum inside it, and what is left.
    pub(super) fn steps(&self) -> &[Step] {
        self.rests.steps()
    }

    /// The pence of the lines that are spending and that nothing replaces, and how many there are.
    pub(super) fn kept(&self, mapped: &MappedLedger) -> (i128, u64) {
        if self.rules.is_empty() {
            return mapped.spent();
        }
        let kept = (mapped.spending()).filter_map(|line| self.counted(mapped, line));
        kept.fold((0, 0), |(pence, lines), line| {
            (
                pence + i128::from(line.pence().get()),
                lines + line.stands_for(),
            )
        })
    }

    /// The replaced money by what replaces it, wholly or in part, as differences of a reconciliation.
    pub(super) fn differences(
        &self,
        mapped: &MappedLedger,
    ) -> Result<Vec<(String, Pence)>, MoneyError> {
        let mut sums: BTreeMap<String, (i128, u64)> = BTreeMap::new();
        if !self.rules.is_empty() {
            for line in mapped.spending() {
                if let Some(name) = self.by(mapped, &line) {
                    let sum = sums.entry(name.to_owned()).or_default();
                    sum.0 -= i128::from(line.pence().get());
                    sum.1 += line.stands_for();
                }
            }
        }
        let whole = (sums.into_iter()).map(|(name, (pence, lines))| {
            Ok((
                format!("{name} ({})", counted(lines, "line")),
                Pence::from_wide(pence)?,
            ))
        });
        let inside = (self.rests.taken().into_iter()).map(|(name, (pence, lines))| {
            Ok((
                format!("{name} ({} with a rest)", counted(lines, "line")),
                Pence::from_wide(pence)?,
            ))
        });
        whole.chain(inside).collect()
    }
}

impl Rule {
    /// The time of a line that gives way to finer lines of that time, if it is such a line.
    fn takes(&self, mapped: &MappedLedger, line: &LineRef<'_>) -> Option<Period> {
        let meant = |(name, meant): &(String, Vec<bool>)| {
            line.code_id(name).is_some_and(|id| meant[id as usize])
        };
        let Placed::On(period) = mapped.period(line) else {
            return None;
        };
        let of_time = self.only.is_empty() || self.only.iter().any(|only| only.contains(period));
        (of_time && self.codes.iter().all(meant)).then_some(period)
    }
}

fn meets(finer: &BTreeSet<Period>, period: Period) -> bool {
    finer
        .iter()
        .any(|finer| finer.intersection(period).is_some())
}

/// What one load knows of one replacement of the pack, so that another load can tell whether its
/// lines would have changed it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Replacing {
    /// Periods of the finer lines that are there.
    finer: BTreeSet<Period>,
    /// Coarse lines that stay, because no finer line of their time is there.
    staying: BTreeMap<Period, Staying>,
}

/// Coarse lines of one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Staying {
    pub(crate) lines: u64,
    pub(crate) pence: Pence,
}

impl Replacing {
    /// Coarse lines of this load that would have given way, had the other been read with it.
    pub(crate) fn overtaken(&self, other: &Self) -> Option<(Period, Staying)> {
        let found = |(period, _): &(&Period, &Staying)| meets(&other.finer, **period);
        let (period, staying) = self.staying.iter().find(found)?;
        Some((*period, *staying))
    }

    /// What two loads know together.
    pub(crate) fn and(&self, other: &Self) -> Result<Self, MoneyError> {
        let mut both = self.clone();
        both.finer.extend(&other.finer);
        for (period, more) in &other.staying {
            let staying = both.staying.entry(*period).or_default();
            staying.lines += more.lines;
            staying.pence = Pence::total([staying.pence, more.pence])?;
        }
        Ok(both)
    }
}

/// What the ledgers know of each replacement of the pack, in its order.
pub(super) fn replacing(
    replacements: &[Replacement],
    ledgers: &[MappedLedger],
    replaced: &[ReplacedLines],
) -> Result<Vec<Replacing>, MoneyError> {
    let mut all: Vec<Replacing> = (replacements.iter())
        .map(|replacement| Replacing {
            finer: finer(replacement, ledgers),
            staying: BTreeMap::new(),
        })
        .collect();
    for (mapped, replaced) in ledgers.iter().zip(replaced) {
        if replaced.rules.is_empty() {
            continue;
        }
        for line in mapped.spending() {
            if replaced.by(mapped, &line).is_some() {
                continue;
            }
            for rule in &replaced.rules {
                // A line with a rest stays, and finer lines of another load would leave less of it.
                if let Some(period) = rule.takes(mapped, &line) {
                    let staying = all[rule.number].staying.entry(period).or_default();
                    staying.lines += line.stands_for();
                    staying.pence = Pence::total([staying.pence, line.written()])?;
                }
            }
        }
    }
    Ok(all)
}

/// Compiles the replacements for every ledger, in the order of the ledgers.
pub(super) fn find(
    replacements: &[Replacement],
    ledgers: &[MappedLedger],
    findings: &mut Findings,
) -> Result<Vec<ReplacedLines>, MoneyError> {
    let mut all = Vec::with_capacity(ledgers.len());
    for mapped in ledgers {
        let ledger = mapped.ledger();
        let rules: Vec<Rule> = (replacements.iter().enumerate())
            .filter(|(_, replacement)| replacement.ledger == ledger.id())
            .map(|(number, replacement)| compile(number, replacement, mapped, ledgers))
            .collect();
        let mut replaced = ReplacedLines {
            rules,
            rests: Rests::default(),
        };
        // A rest is of what no other rule has taken away.
        let mut rests = Rests::default();
        for rule in replaced
            .rules
            .iter()
            .filter(|rule| rule.rest == Rest::Stays)
        {
            let coarse: Vec<(usize, Period)> = (mapped.spending())
                .filter(|line| replaced.by(mapped, line).is_none())
                .filter(|line| mapped.resource(line) == Resource::Cash)
                .filter_map(|line| Some((line.index(), rule.takes(mapped, &line)?)))
                .collect();
            let finer = Finer::of(&replacements[rule.number].by, mapped, ledgers);
            rests.take(&rule.name, mapped, &coarse, &finer, findings)?;
        }
        replaced.rests = rests;
        let taken = replaced.rests.taken();
        for rule in &replaced.rules {
            let whole = |line: &LineRef<'_>| replaced.by(mapped, line) == Some(&rule.name);
            if !taken.contains_key(rule.name.as_str())
                && !mapped.spending().any(|line| whole(&line))
            {
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
        all.push(replaced);
    }
    Ok(all)
}

fn compile(
    number: usize,
    replacement: &Replacement,
    mapped: &MappedLedger,
    ledgers: &[MappedLedger],
) -> Rule {
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
    Rule {
        number,
        codes,
        only: replacement.periods.clone(),
        finer: finer(replacement, ledgers),
        rest: replacement.rest,
        name: {
            let by = replacement.by.join(", ");
            match replacement.rest {
                Rest::GivesWay => format!("replaced by the detail of {by}: {}", replacement.note),
                Rest::Stays => format!("counted in the detail of {by}: {}", replacement.note),
            }
        },
    }
}

/// The periods for which the finer ledgers have lines.
fn finer(replacement: &Replacement, ledgers: &[MappedLedger]) -> BTreeSet<Period> {
    ledgers
        .iter()
        .filter(|finer| replacement.by.iter().any(|id| id == finer.ledger().id()))
        .flat_map(|finer| (finer.spending()).filter_map(|line| finer.period(&line).member()))
        .collect()
}
