//! The same payments in two ledgers: the text in one and its workbook in the other.
//!
//! Inside a ledger the reader compares lines by their references or codes. Two ledgers may name both
//! otherwise, so here lines agree in partner, date and amount; a few that do may be chance, nearly all
//! of a file are not. Of a large account a sample of lines is compared, the same of each ledger.

use crate::axis::{MemberId, Phase, Placed};
use crate::crosswalk::MappedLedger;
use crate::finding::{Finding, Findings, Position};
use crate::ledger::Repeats;
use crate::money::Pence;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher;

/// How many lines of all ledgers are compared at least, where there are so many.
const COMPARED: usize = 1 << 18;

/// A file of a ledger.
type Unit = (usize, usize);

/// A line of the sample: what it agrees in, its file, its pence, and whether it has a day.
struct Line {
    key: u64,
    unit: Unit,
    pence: i64,
    dated: bool,
}

/// What a file has in common with one of an earlier ledger.
#[derive(Clone, Copy, Debug, Default)]
struct Common {
    lines: usize,
    dated: usize,
    different: usize,
    pence: i128,
}

/// Finds files of which nearly all lines stand in a file of an earlier ledger of the same phase.
pub(super) fn found(ledgers: &[MappedLedger], repeats: &[Repeats]) -> Findings {
    let mut findings = Findings::new();
    for phase in [Phase::Budget, Phase::Forecast, Phase::Outturn] {
        let of_phase: Vec<usize> = (0..ledgers.len())
            .filter(|&ledger| ledgers[ledger].phase() == phase)
            .collect();
        if of_phase.len() > 1 {
            of_one_phase(ledgers, &of_phase, repeats, &mut findings);
        }
    }
    findings
}

fn of_one_phase(
    ledgers: &[MappedLedger],
    of_phase: &[usize],
    repeats: &[Repeats],
    findings: &mut Findings,
) {
    let all: usize = (of_phase.iter())
        .map(|&ledger| ledgers[ledger].ledger().len())
        .sum();
    let one_in = (all / COMPARED).max(1).next_power_of_two() as u64;
    let mut lines: Vec<Line> = Vec::new();
    for &ledger in of_phase {
        lines.par_extend(sample(ledger, &ledgers[ledger], one_in));
    }
    let mut sizes: HashMap<Unit, usize, FixedState> = HashMap::default();
    for line in &lines {
        *sizes.entry(line.unit).or_default() += 1;
    }
    lines.par_sort_unstable_by_key(|line| (line.key, line.unit));
    let mut pairs: BTreeMap<(Unit, Unit), Common> = BTreeMap::new();
    for same in lines.chunk_by(|a, b| a.key == b.key) {
        let files: Vec<&[Line]> = same.chunk_by(|a, b| a.unit == b.unit).collect();
        for (at, later) in files.iter().enumerate().skip(1) {
            // Where many files have such a line, each is compared with a few before it.
            for earlier in files[..at].iter().rev().take(4) {
                if earlier[0].unit.0 == later[0].unit.0 {
                    continue;
                }
                let common = pairs.entry((earlier[0].unit, later[0].unit)).or_default();
                let count = later.len().min(earlier.len());
                common.lines += count;
                common.different += 1;
                common.dated += if later[0].dated { count } else { 0 };
                common.pence += i128::from(later[0].pence) * count as i128;
            }
        }
    }
    let fingerprint = |(ledger, file): Unit| &ledgers[ledger].ledger().files()[file].fingerprint;
    for ((earlier, later), common) in pairs {
        // Files of the same bytes are told as they are read.
        if fingerprint(earlier) == fingerprint(later) {
            continue;
        }
        let smaller = sizes[&earlier].min(sizes[&later]);
        let nearly_all = common.lines * 10 >= smaller * 9;
        let enough = if common.dated == common.lines {
            common.lines >= 2
        } else {
            common.different >= 8
        };
        if nearly_all && enough {
            findings.push(finding(
                ledgers,
                earlier,
                later,
                common,
                one_in,
                &repeats[later.0],
            ));
        }
    }
}

/// The lines of a ledger that are compared.
fn sample(ledger: usize, mapped: &MappedLedger, one_in: u64) -> impl ParallelIterator<Item = Line> {
    let ends: Vec<usize> = (mapped.ledger().files().iter())
        .scan(0, |end, file| {
            *end += file.counts.lines as usize;
            Some(*end)
        })
        .collect();
    let hash = FixedState::with_seed(0);
    (0..mapped.ledger().len())
        .into_par_iter()
        .with_min_len(1 << 14)
        .filter_map(move |index| {
            let line = mapped.ledger().line(index)?;
            let (pence, day) = (line.pence().get(), line.day());
            let Placed::On(partner) = mapped.partner(&line) else {
                return None;
            };
            let Placed::On(period) = line.period() else {
                return None;
            };
            let key: (i64, MemberId, _, _) = (pence, partner, period, day);
            let key = hash.hash_one(key);
            let file = ends.partition_point(|&end| end <= index);
            (pence != 0 && key & (one_in - 1) == 0).then_some(Line {
                key,
                unit: (ledger, file),
                pence,
                dated: day.is_some(),
            })
        })
}

fn finding(
    ledgers: &[MappedLedger],
    earlier: Unit,
    later: Unit,
    common: Common,
    one_in: u64,
    repeats: &Repeats,
) -> Finding {
    let file = |(ledger, file): Unit| ledgers[ledger].ledger().files()[file].shown.clone();
    let lines = common.lines as u64 * one_in;
    let about = if one_in > 1 { "about " } else { "" };
    let found = format!(
        "{about}{lines} of its lines are in `{}` of ledger `{}` too: partner, date and amount agree",
        file(earlier),
        ledgers[earlier.0].ledger().id()
    );
    let (severity, found) = repeats.judged(&found);
    Finding {
        rule: "rows-read-again".into(),
        severity,
        position: Position::file(file(later)),
        found,
        at_stake: Pence::from_wide(common.pence * i128::from(one_in)).ok(),
        remedy: format!(
            "take one of the two out; if both are payments, write why in the ledger `{}`: `repeats = \
             {{ because = \"…\" }}`",
            ledgers[later.0].ledger().id()
        ),
    }
}
