//! What finer lines leave of the coarse lines that they lie inside.
//!
//! Schools spent £105 million of the £147 million that the council's return has for education. The
//! schools' lines count, and the return's line counts with the £42 million that they leave: place by
//! place where it is known, and together what the return says.
//!
//! *For example*, a line of 2017-18 with £100.00 and finer lines of £30.00 and £25.00 of that year: the two
//! count, and the coarse line counts with £45.00. Finer lines of one month are taken from the line
//! of the year in which the month lies. With finer lines of £130.00 the rest is -£30.00, which is a fault: the
//! account still comes to what the coarse line says, and the £30.00 are told.

use crate::axis::{Period, Placed, Resource};
use crate::crosswalk::MappedLedger;
use crate::finding::{Finding, Findings, Position, Severity};
use crate::ledger::LineRef;
use crate::money::{MoneyError, Pence};
use crate::reconciliation::{Difference, Step};
use crate::text::counted;
use std::collections::BTreeMap;

/// Some lines, as a sum.
#[derive(Clone, Copy, Debug, Default)]
struct Lines {
    pence: i128,
    lines: u64,
}

impl Lines {
    fn add(&mut self, line: &LineRef<'_>) {
        self.pence += i128::from(line.written().get());
        self.lines += line.stands_for();
    }
}

/// The finer lines of one rule, by time: cash of one phase.
#[derive(Clone, Debug, Default)]
pub(super) struct Finer {
    /// Their ledgers, as the pack names them.
    by: String,
    of: BTreeMap<Period, Lines>,
    /// Those of which nobody says when.
    timeless: Lines,
}

impl Finer {
    /// The finer lines of these ledgers that may lie inside a line of another: of its phase, and cash.
    pub(super) fn of(by: &[String], coarse: &MappedLedger, ledgers: &[MappedLedger]) -> Self {
        let mut of: BTreeMap<Period, Lines> = BTreeMap::new();
        let mut timeless = Lines::default();
        let finer = ledgers.iter().filter(|finer| {
            finer.phase() == coarse.phase() && by.iter().any(|id| id == finer.ledger().id())
        });
        for mapped in finer {
            for line in mapped.spending() {
                if mapped.resource(&line) != Resource::Cash {
                    continue;
                }
                match mapped.period(&line) {
                    Placed::On(period) => of.entry(period).or_default().add(&line),
                    Placed::Gap(_) => timeless.add(&line),
                }
            }
        }
        Self {
            by: by.join(", "),
            of,
            timeless,
        }
    }

    /// Finer lines of which nobody can say whether they lie inside a line of a coarse ledger.
    fn across(&self, across: Lines, coarse: &MappedLedger) -> Result<Finding, MoneyError> {
        let pence = Pence::from_wide(across.pence)?;
        Ok(Finding {
            rule: "rest-not-known".to_owned(),
            severity: Severity::Fault,
            position: Position::file("place.toml"),
            found: format!(
                "{} of {} ({pence}) are of no stated time, or of one that lies in no one line of ledger `{}`, so that nobody can say how much of them is inside it; nothing is taken out for them, and they may count twice",
                counted(across.lines, "finer line"),
                self.by,
                coarse.ledger().id()
            ),
            at_stake: Some(pence),
            remedy: "divide them at the ends of the coarse line's time, or name in `codes` only coarse lines of one time".to_owned(),
        })
    }
}

/// What is left of each line of a ledger that finer lines lie inside.
#[derive(Clone, Debug, Default)]
pub(super) struct Rests {
    of: BTreeMap<usize, RestOfLine>,
    /// Both sums of each rule and time, and their difference.
    steps: Vec<Step>,
    /// Whether some were taken by the size of lines that differ in more than their amount.
    by_size: bool,
}

#[derive(Clone, Debug)]
struct RestOfLine {
    rest: Pence,
    /// How many lines of its file the line stands for.
    lines: u64,
    /// What was taken of it, by rule.
    less: Vec<(String, Pence)>,
}

impl Rests {
    /// The line as it counts.
    pub(super) fn counted<'a>(&self, line: LineRef<'a>) -> LineRef<'a> {
        match self.of.get(&line.index()) {
            Some(left) => line.leaving(left.rest),
            None => line,
        }
    }

    /// What was taken of a line, as differences from its written amount.
    pub(super) fn taken_of(&self, line: usize) -> Vec<Difference> {
        let less = self.of.get(&line).map_or(&[][..], |left| &left.less);
        less.iter()
            .map(|(name, pence)| Difference {
                name: name.clone(),
                pence: *pence,
            })
            .collect()
    }

    /// What was taken of all lines, by rule, with the number of lines.
    pub(super) fn taken(&self) -> BTreeMap<&str, (i128, u64)> {
        let mut sums: BTreeMap<&str, (i128, u64)> = BTreeMap::new();
        for left in self.of.values() {
            for (name, pence) in &left.less {
                let sum = sums.entry(name).or_default();
                sum.0 += i128::from(pence.get());
                sum.1 += left.lines;
            }
        }
        sums
    }

    /// Whether the size of single lines decided what was taken of which.
    pub(super) fn are_by_size(&self) -> bool {
        self.by_size
    }

    /// Each coarse sum, the finer sum inside it, and what is left.
    pub(super) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Takes finer lines out of coarse ones of their time, and tells what cannot be right.
    ///
    /// # Errors
    ///
    /// A sum larger than 64 bits of pence.
    pub(super) fn take(
        &mut self,
        name: &str,
        mapped: &MappedLedger,
        coarse: &[(usize, Period)],
        finer: &Finer,
        findings: &mut Findings,
    ) -> Result<(), MoneyError> {
        let mut of_time: BTreeMap<Period, Vec<usize>> = BTreeMap::new();
        for &(line, period) in coarse {
            of_time.entry(period).or_default().push(line);
        }
        let mut inside: BTreeMap<Period, Lines> = BTreeMap::new();
        let mut across = if coarse.is_empty() {
            Lines::default()
        } else {
            finer.timeless
        };
        for (&period, sum) in &finer.of {
            let holding: Vec<Period> = (of_time.keys().copied())
                .filter(|coarse| coarse.contains(period))
                .collect();
            let met = || of_time.keys().any(|at| at.intersection(period).is_some());
            if let [holding] = holding.as_slice() {
                let inside = inside.entry(*holding).or_default();
                inside.pence += sum.pence;
                inside.lines += sum.lines;
            } else if met() {
                across.pence += sum.pence;
                across.lines += sum.lines;
            }
        }
        if across.lines > 0 {
            findings.push(finer.across(across, mapped)?);
        }
        for (period, lines) in &of_time {
            if let Some(sum) = inside.get(period) {
                let inside = Inside {
                    mapped,
                    period: *period,
                    lines,
                    sum: *sum,
                    by: &finer.by,
                };
                self.take_out(name, &inside, findings)?;
            }
        }
        Ok(())
    }

    /// The finer lines of one time out of the coarse lines of that time.
    fn take_out(
        &mut self,
        name: &str,
        inside: &Inside<'_>,
        findings: &mut Findings,
    ) -> Result<(), MoneyError> {
        let before: Vec<Pence> = (inside.refs())
            .map(|line| self.counted(line).pence())
            .collect();
        let coarse = Pence::total(before.iter().copied())?;
        let finer = Pence::from_wide(inside.sum.pence)?;
        let rest = Pence::from_wide(i128::from(coarse.get()) - inside.sum.pence)?;
        // One coarse line bears it all. Of several nobody knows which one a finer line is inside: they
        // bear it by their sizes, which shows only where they differ in anything but their amount.
        let sizes: Vec<u64> = before.iter().map(|p| p.get().unsigned_abs()).collect();
        let shares = if sizes.iter().all(|size| *size == 0) {
            finer.apportion(&vec![1; sizes.len()])?
        } else {
            finer.apportion(&sizes)?
        };
        if !inside.is_alike() {
            self.by_size = true;
            findings.push(inside.not_alike(finer));
        }
        if rest != Pence::ZERO && rest.get().signum() != coarse.get().signum() {
            findings.push(inside.below_zero(finer, coarse, rest)?);
        }
        for ((line, before), share) in inside.lines.iter().zip(before).zip(shares) {
            let less = Pence::from_wide(-i128::from(share.get()))?;
            let left = self.of.entry(*line).or_insert_with(|| RestOfLine {
                rest: before,
                lines: inside.mapped.ledger().stands_for(*line),
                less: Vec::new(),
            });
            left.rest = Pence::total([before, less])?;
            left.less.push((name.to_owned(), less));
        }
        let (ledger, period) = (inside.mapped.ledger().id(), inside.period);
        let lines = counted(inside.count(), "line");
        let step = Step::new(
            format!("ledger `{ledger}`, {period}: what finer lines leave of {lines}"),
            coarse,
            rest,
        );
        let named = format!("{name} ({})", counted(inside.sum.lines, "finer line"));
        let less = Pence::from_wide(-inside.sum.pence)?;
        self.steps.push(step.difference(named, less));
        Ok(())
    }
}

/// Coarse lines of one time, and the finer lines that lie inside them.
struct Inside<'a> {
    mapped: &'a MappedLedger,
    period: Period,
    lines: &'a [usize],
    sum: Lines,
    by: &'a str,
}

impl<'a> Inside<'a> {
    fn refs(&self) -> impl Iterator<Item = LineRef<'a>> + use<'a> {
        let ledger = self.mapped.ledger();
        self.lines.iter().filter_map(|line| ledger.line(*line))
    }

    /// How many coarse lines there are in their file.
    fn count(&self) -> u64 {
        self.refs().map(|line| line.stands_for()).sum()
    }

    /// Whether the coarse lines differ in nothing but their amount.
    fn is_alike(&self) -> bool {
        let mut codings = self.refs().map(|line| self.mapped.coding(&line));
        codings
            .next()
            .is_none_or(|first| codings.all(|other| other == first))
    }

    fn fault(&self, rule: &str, at_stake: Pence, found: String, remedy: &str) -> Finding {
        let first = self.refs().next();
        Finding {
            rule: rule.to_owned(),
            severity: Severity::Fault,
            position: first.map(|line| line.position()).unwrap_or_default(),
            found,
            at_stake: Some(at_stake),
            remedy: remedy.to_owned(),
        }
    }

    fn not_alike(&self, finer: Pence) -> Finding {
        let Self { by, period, .. } = self;
        let found = format!(
            "{} of {by} ({finer}) lie inside {} of ledger `{}` of {period} that are not alike, so that nobody can say what is left of which; they are taken out by the size of the lines",
            counted(self.sum.lines, "finer line"),
            counted(self.count(), "line"),
            self.mapped.ledger().id()
        );
        let remedy = "write a `[[replaced]]` for each of the coarse lines, by their codes, with the finer ledger that lies inside it";
        self.fault("rest-not-known", finer, found, remedy)
    }

    fn below_zero(&self, finer: Pence, coarse: Pence, rest: Pence) -> Result<Finding, MoneyError> {
        let Self { by, period, .. } = self;
        let found = format!(
            "{} of {by} come to {finer}, and what they lie inside, {} of ledger `{}` of {period}, to {coarse}: {rest} would be left",
            counted(self.sum.lines, "finer line"),
            counted(self.count(), "line"),
            self.mapped.ledger().id()
        );
        let at_stake = Pence::from_wide(i128::from(rest.get()).abs())?;
        let remedy = "see whether both are net or both gross, of the same bodies and of the same year; a finer ledger that is not inside the line does not belong in `by`";
        Ok(self.fault("rest-below-zero", at_stake, found, remedy))
    }
}
