//! Records that a question cannot tell apart, added up before they are divided.

use super::classes::{Classes, OUT};
use crate::cube::records::Records;
use crate::money::assert_conserved;
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// The sum of records of one class of regions, of matters and of periods.
#[derive(Clone, Copy, Debug)]
pub(super) struct Alike {
    pub(super) region: u32,
    pub(super) matter: u32,
    pub(super) period: u32,
    pub(super) pence: i64,
    /// Ledger lines of records that are not zero.
    pub(super) lines: u64,
    pub(super) zero_lines: u64,
}

/// Adds up the records of the slice. `zero_lines` are those of a roll-up; of records themselves
/// they are the lines of those that are zero.
pub(super) fn alike(
    records: &Records,
    zero_lines: Option<&[u32]>,
    classes: &Classes<'_>,
) -> Vec<Alike> {
    let mut all: Vec<Alike> = Vec::new();
    let mut numbers: HashMap<(u32, u32), usize, FixedState> = HashMap::default();
    let mut whole = 0i128;
    let mut region = OUT;
    for (run, of) in &classes.runs {
        // A class of regions may come again later, but most runs are regions of their own.
        if *of != region {
            numbers.clear();
            region = *of;
        }
        // Months of one matter follow each other.
        let mut last: Option<(u32, u32, usize)> = None;
        for number in run.clone() {
            let (matter, between) = classes.matter[records.matters[number] as usize];
            if matter == OUT {
                continue;
            }
            let period = classes.period[usize::from(between)][usize::from(records.periods[number])];
            if period == OUT {
                continue;
            }
            let pence = records.pence[number];
            let lines = u64::from(records.lines[number]);
            let (lines, zero_lines) = match zero_lines {
                Some(zero_lines) => (lines, zero_lines[number].into()),
                None if pence == 0 => (0, lines),
                None => (lines, 0),
            };
            whole += i128::from(pence);
            let known = match last {
                Some((m, p, at)) if (m, p) == (matter, period) => Some(at),
                _ => numbers.get(&(matter, period)).copied(),
            };
            let sum = known.and_then(|at| Some((at, all[at].pence.checked_add(pence)?)));
            let at = match sum {
                Some((at, sum)) => {
                    let known = &mut all[at];
                    known.pence = sum;
                    known.lines += lines;
                    known.zero_lines += zero_lines;
                    at
                }
                None => {
                    all.push(Alike {
                        region,
                        matter,
                        period,
                        pence,
                        lines,
                        zero_lines,
                    });
                    numbers.insert((matter, period), all.len() - 1);
                    all.len() - 1
                }
            };
            last = Some((matter, period, at));
        }
    }
    let kept = all.iter().map(|alike| i128::from(alike.pence));
    assert_conserved("adding up records alike", whole, kept.sum());
    all
}
