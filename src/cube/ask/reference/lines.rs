//! The lines of an account as records, for rows that only lines can tell apart.
//!
//! What a question takes of a line depends on its coordinates alone. So lines with the same coordinates, of
//! one ledger and one code, are one record, and a million of them are a few hundred thousand at most.

use crate::account::PlaceAccount;
use crate::crosswalk::Coding;
use crate::cube::Record;
use crate::cube::ask::plan::{Cell, Drill, Plan};
use crate::ledger::LineRef;
use crate::money::Pence;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;

/// Where a line stands on the axes that a cube does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Own {
    pub ledger: Cell,
    pub code: Cell,
}

/// Lines with the same coordinates, of one ledger and code where these are told.
#[derive(Clone, Copy, Debug)]
pub struct LineRecord {
    pub record: Record,
    pub own: Own,
}

impl LineRecord {
    /// A record of the cube, whatever lines it has.
    pub fn of_any_line(record: Record) -> Self {
        let own = Own {
            ledger: Cell::WHOLE,
            code: Cell::WHOLE,
        };
        Self { record, own }
    }
}

/// Where a line of the ledger at that place of the account stands.
pub fn own(drill: &[Drill], ledger: usize, line: &LineRef<'_>) -> Own {
    let mut own = Own {
        ledger: Cell::WHOLE,
        code: Cell::WHOLE,
    };
    for axis in drill {
        match axis {
            Drill::Ledger(_) => own.ledger = Cell::member(u32::try_from(ledger).unwrap_or(0)),
            Drill::Code(codes) => own.code = codes.cell(ledger, line),
            _ => {}
        }
    }
    own
}

/// The lines that may have a part in an answer, as records in the order of their coordinates.
pub fn records(plan: &Plan<'_>, account: &PlaceAccount) -> Vec<LineRecord> {
    /// A short run is not worth a thread.
    const RUN: usize = 1 << 16;
    type Sums = HashMap<(Coding, Own), (i128, u64), FixedState>;
    let of_run = |run| {
        let mut sums = Sums::default();
        for (ledger, line, coding) in account.placed(run) {
            if may_matter(plan, &coding) {
                let sum = sums.entry((coding, own(&plan.drill, ledger, &line)));
                let (pence, lines) = sum.or_default();
                *pence += i128::from(line.pence().get());
                *lines += 1;
            }
        }
        sums
    };
    let runs: Vec<Sums> = account.runs(RUN).par_iter().map(of_run).collect();
    let mut all = Sums::default();
    for (key, (pence, lines)) in runs.into_iter().flat_map(Vec::from_iter) {
        let sum = all.entry(key).or_default();
        sum.0 += pence;
        sum.1 += lines;
    }
    let mut all = Vec::from_iter(all);
    all.sort_unstable_by_key(|(key, _)| *key);
    let record = |((coding, own), (pence, lines))| LineRecord {
        own,
        record: Record {
            coding,
            // The whole account fits, so that a part of one sign does; of both, a part that does not
            // is told by the sum of the rows.
            pence: Pence::from_wide(pence).unwrap_or_default(),
            lines,
        },
    };
    all.into_iter().map(record).collect()
}

/// Whether a line is of the phase and, as far as it says when, of the time that is asked for.
fn may_matter(plan: &Plan<'_>, coding: &Coding) -> bool {
    let asked = plan.slice.period;
    let time = coding.period.member();
    coding.phase == plan.slice.phase && time.is_none_or(|time| time.intersection(asked).is_some())
}
