//! The same rows again: in another file of the ledger, on another sheet, or further down.
//!
//! Lines are compared by their reference where the layout names one, and otherwise by date, amount
//! and codes. A few that agree may be chance; a block that agrees, or a good part of a file, is not.
//! Of a large ledger a sample of lines is compared, the same of each file; where it shows that rows
//! agree, all of them are.

use super::{File, Ledger, Repeats};
use crate::axis::Placed;
use crate::finding::{Finding, Findings, Position};
use crate::money::Pence;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How many lines are compared at least, where there are so many.
const COMPARED: usize = 1 << 16;

/// Finds rows that were read twice.
pub(super) fn found(ledger: &Ledger, references: &[u64], repeats: &Repeats) -> Findings {
    let lines = Lines::new(ledger, references);
    let mut findings = Findings::new();
    for ((earlier, later), agree) in lines.pairs() {
        if lines.may_be_more_than_chance(earlier, later, agree) {
            findings.extend(lines.between(earlier, later, repeats));
        }
    }
    for (unit, apart) in lines.apart() {
        findings.extend(lines.within(unit, apart, repeats));
    }
    findings
}

/// The lines of a ledger as numbers that agree where the lines do.
struct Lines<'a> {
    ledger: &'a Ledger,
    /// By which lines are told apart, where there is one for each.
    references: &'a [u64],
    /// Only keys that this divides are compared at first.
    one_in: u64,
    /// The key of each line of the sample, with the number of its file or sheet, and its place.
    sample: Vec<(u64, u32, u32)>,
}

impl<'a> Lines<'a> {
    fn new(ledger: &'a Ledger, references: &'a [u64]) -> Self {
        let mut lines = Self {
            ledger,
            references: if references.len() == ledger.len() {
                references
            } else {
                &[]
            },
            one_in: (ledger.len() / COMPARED).max(1).next_power_of_two() as u64,
            sample: Vec::new(),
        };
        let mut sample: Vec<(u64, u32, u32)> = (0..ledger.len())
            .into_par_iter()
            .with_min_len(1 << 14)
            .filter_map(|line| {
                let key = lines.key(line);
                let taken = key & (lines.one_in - 1) == 0 && ledger.pence[line] != 0;
                taken.then(|| {
                    let unit = ledger.sheets.partition_point(|sheet| sheet.end <= line);
                    (key, unit as u32, line as u32)
                })
            })
            .collect();
        sample.par_sort_unstable();
        lines.sample = sample;
        lines
    }

    fn by_reference(&self) -> bool {
        !self.references.is_empty()
    }

    /// The reference of a line, or its date, amount and codes, as one number.
    #[inline]
    fn key(&self, line: usize) -> u64 {
        match self.references.get(line) {
            Some(&reference) if reference > 0 => reference,
            _ => mixed(self.ledger.pence[line] as u64, place(self.ledger, line)),
        }
    }

    /// Groups of lines of the sample that agree.
    fn groups(&self) -> impl Iterator<Item = &[(u64, u32, u32)]> {
        self.sample
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.len() > 1)
    }

    /// Files and sheets that have lines of the sample in common, with how many.
    fn pairs(&self) -> BTreeMap<(u32, u32), usize> {
        let mut pairs: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for group in self.groups() {
            let units: BTreeSet<u32> = group.iter().map(|line| line.1).collect();
            let units: Vec<u32> = units.into_iter().collect();
            for (at, &earlier) in units.iter().enumerate() {
                // Where many have the same line, each is compared with the next few.
                for &later in units[at + 1..].iter().take(3) {
                    *pairs.entry((earlier, later)).or_default() += 1;
                }
            }
        }
        pairs
    }

    /// Whether so many agreeing lines of the sample may be more than chance.
    fn may_be_more_than_chance(&self, earlier: u32, later: u32, agree: usize) -> bool {
        let size = |unit: u32| {
            let sheet = &self.ledger.sheets[unit as usize];
            sheet.end - sheet.start
        };
        let smaller = size(earlier).min(size(later));
        let agree_in_all = agree * self.one_in as usize;
        agree_in_all * 20 >= smaller || agree >= 8 && agree_in_all >= 50
    }

    /// The lines of a file or sheet, in the order of their keys.
    fn of(&self, unit: u32) -> Vec<(u64, u32)> {
        let sheet = &self.ledger.sheets[unit as usize];
        let mut lines: Vec<(u64, u32)> = (sheet.start..sheet.end)
            .filter(|&line| self.ledger.pence[line] != 0)
            .map(|line| (self.key(line), line as u32))
            .collect();
        lines.sort_unstable();
        lines
    }

    /// The file of a file or sheet.
    fn file(&self, unit: u32) -> Option<&File> {
        let shown = &self.ledger.sheets[unit as usize].shown;
        self.ledger.files.iter().find(|file| {
            let rest = shown.strip_prefix(&file.shown);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" ["))
        })
    }

    fn fingerprint(&self, unit: u32) -> Option<&str> {
        self.file(unit).map(|file| file.fingerprint.as_str())
    }

    fn is_other_file(&self, one: u32, other: u32) -> bool {
        let shown = |unit| self.file(unit).map(|file| file.shown.as_str());
        shown(one) != shown(other)
    }

    /// What two files or sheets have in common, if that is more than chance.
    fn between(&self, earlier: u32, later: u32, repeats: &Repeats) -> Option<Finding> {
        // Files of the same bytes are told as such, or were refused.
        if self.fingerprint(earlier) == self.fingerprint(later)
            && self.is_other_file(earlier, later)
        {
            return None;
        }
        let (one, other) = (self.of(earlier), self.of(later));
        let (mut lines, mut pence, mut different, mut dated) = (0usize, 0i128, 0usize, 0usize);
        let mut first: Option<usize> = None;
        let mut there = one.chunk_by(|a, b| a.0 == b.0).peekable();
        for here in other.chunk_by(|a, b| a.0 == b.0) {
            let key = here[0].0;
            while there.next_if(|lines| lines[0].0 < key).is_some() {}
            let Some(there) = there.next_if(|lines| lines[0].0 == key) else {
                continue;
            };
            different += 1;
            for &(_, line) in here.iter().take(there.len()) {
                let line = line as usize;
                lines += 1;
                pence += i128::from(self.ledger.pence[line]);
                dated += usize::from(matches!(self.ledger.periods[line], Placed::On(_)));
                first = Some(first.map_or(line, |first| first.min(line)));
            }
        }
        let smaller = one.len().min(other.len());
        let sure = self.by_reference() || dated == lines;
        let beyond_chance = if sure {
            let some = lines > 1 || smaller == 1;
            some && (lines * 2 >= smaller
                || different >= 5 && lines * 10 >= smaller
                || different >= 50)
        } else {
            different >= 3 && lines * 5 >= smaller * 4
        };
        if !beyond_chance {
            return None;
        }
        let shown = |unit: u32| self.ledger.sheets[unit as usize].shown.clone();
        let found = format!(
            "{lines} of its lines {} in `{}` too: {} agree",
            if lines == 1 { "is" } else { "are" },
            shown(earlier),
            self.agrees()
        );
        Some(self.finding(&shown(later), first, found, pence, repeats))
    }

    /// For each file or sheet how far apart lines of the sample stand that agree, and how often: a
    /// block that comes twice stands the same way apart in each of its lines.
    fn apart(&self) -> BTreeMap<u32, BTreeMap<usize, usize>> {
        /// Lines that agree with many more are compared with the next few.
        const NEXT: usize = 8;
        let mut apart: BTreeMap<u32, BTreeMap<usize, usize>> = BTreeMap::new();
        for group in self.groups() {
            for (at, &(_, unit, line)) in group.iter().enumerate().take(4 * NEXT) {
                let next = group[at + 1..].iter().take(NEXT);
                for &(_, _, next) in next.filter(|next| next.1 == unit) {
                    let apart = apart.entry(unit).or_default();
                    *apart.entry((next - line) as usize).or_default() += 1;
                }
            }
        }
        apart
    }

    /// What a file or sheet has twice, if that is more than chance.
    fn within(
        &self,
        unit: u32,
        apart: BTreeMap<usize, usize>,
        repeats: &Repeats,
    ) -> Option<Finding> {
        let sheet = &self.ledger.sheets[unit as usize];
        let mut apart: Vec<(usize, usize)> = apart.into_iter().collect();
        apart.sort_by_key(|&(distance, times)| (std::cmp::Reverse(times), distance));
        let count = sheet.end - sheet.start;
        for (distance, _) in apart.into_iter().take(8) {
            let run = self.longest_run(sheet.start, sheet.end, distance);
            let lines = run.len();
            let different: BTreeSet<u64> = run.clone().map(|line| self.key(line)).collect();
            let amounts: BTreeSet<i64> = run.clone().map(|line| self.ledger.pence[line]).collect();
            // Two invoices of one day may have the same lines: a block of rows has several days or
            // kinds of payment.
            let places: BTreeSet<u64> = run.clone().map(|line| place(self.ledger, line)).collect();
            if !self.by_reference() && places.len() < 2 {
                continue;
            }
            let whole = lines >= 2 && lines * 2 >= count && different.len() * 2 > lines;
            let block = lines >= 10 && different.len() >= 8 && amounts.len() >= 5;
            if !whole && !block || lines > distance {
                continue;
            }
            let dated = run
                .clone()
                .all(|line| matches!(self.ledger.periods[line], Placed::On(_)));
            if !self.by_reference() && !dated && amounts.len() < 8 && !whole {
                continue;
            }
            let pence = run
                .clone()
                .map(|line| i128::from(self.ledger.pence[line + distance]))
                .sum();
            let row = |line| {
                let row = sheet.rows.get(line - sheet.start);
                row.unwrap_or_default()
            };
            let again = run.start + distance;
            let found = format!(
                "{lines} lines from here on are those from row {} on once more, in the same \
                 order: {} agree",
                row(run.start),
                self.agrees()
            );
            return Some(self.finding(&sheet.shown, Some(again), found, pence, repeats));
        }
        None
    }

    /// The longest run of lines each of which agrees with the one so far below it.
    fn longest_run(&self, start: usize, end: usize, distance: usize) -> std::ops::Range<usize> {
        let (mut longest, mut from) = (start..start, start);
        for line in start..end.saturating_sub(distance) {
            if self.key(line) != self.key(line + distance) {
                from = line + 1;
            } else if line + 1 - from > longest.len() && line + 1 - from <= distance {
                longest = from..line + 1;
            }
        }
        longest
    }

    fn agrees(&self) -> &'static str {
        if self.by_reference() {
            "their references"
        } else {
            "date, amount and codes"
        }
    }

    fn finding(
        &self,
        shown: &str,
        line: Option<usize>,
        found: String,
        pence: i128,
        repeats: &Repeats,
    ) -> Finding {
        let position = line
            .and_then(|line| self.ledger.line(line))
            .map_or_else(|| Position::file(shown), |line| line.position());
        let (severity, found) = repeats.judged(&found);
        Finding {
            rule: "rows-read-again".into(),
            severity,
            position,
            found,
            at_stake: Pence::from_wide(pence).ok(),
            remedy: "take one of the two out; if both are payments, write why in the ledger: \
                     `repeats = { because = \"…\" }`"
                .into(),
        }
    }
}

/// Date and codes of a line as one number.
fn place(ledger: &Ledger, line: usize) -> u64 {
    let period = match ledger.periods[line] {
        Placed::On(period) => period.packed(),
        Placed::Gap(_) => u32::MAX,
    };
    let mut hash = u64::from(period) << 8 | u64::from(ledger.days[line]);
    for code in &ledger.codes {
        hash = mixed(hash, u64::from(code.ids[line]));
    }
    hash
}

/// Two numbers as one, every bit of which depends on all of theirs.
#[inline]
fn mixed(one: u64, other: u64) -> u64 {
    let product = u128::from(one ^ 0x9e37_79b9_7f4a_7c15)
        * u128::from(other.rotate_left(32) ^ 0xd6e8_feb8_6659_fd93);
    (product as u64) ^ (product >> 64) as u64
}
