//! The lines that count, added up by what tells them apart here: one pass over all of them.

use crate::account::{LineRun, PlaceAccount};
use crate::axis::{Gap, MemberId, Period, Placed};
use crate::counterparty::FlowId;
use crate::crosswalk::MixId;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// What is looked at of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind {
    pub mix: MixId,
    pub partner: Placed<MemberId>,
    pub period: Placed<Period>,
    pub flow: FlowId,
    /// Why it is on no member of these axes.
    pub ages: Option<Gap>,
    pub group: Option<Gap>,
    pub locality: Option<Gap>,
}

/// How many lines, and their pence without signs, so that payments and credits do not cancel out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sum {
    pub lines: u64,
    pub absolute: u128,
}

impl Sum {
    pub fn add(&mut self, more: Self) {
        self.lines += more.lines;
        self.absolute += more.absolute;
    }
}

/// The lines of each ledger that count, in the order of the ledgers; those that finer ones replace
/// do not.
pub struct CountedLines(pub Vec<BTreeMap<Kind, Sum>>);

impl CountedLines {
    pub fn of(account: &PlaceAccount) -> Self {
        const LINES_OF_A_THREAD: usize = 1 << 16;
        let runs = account.runs(LINES_OF_A_THREAD);
        let found: Vec<(usize, BTreeMap<Kind, Sum>)> = (runs.par_iter())
            .map(|run| (run.ledger(), kinds(account, run)))
            .collect();
        let mut all: Vec<BTreeMap<Kind, Sum>> =
            account.ledgers().iter().map(|_| BTreeMap::new()).collect();
        for (ledger, kinds) in found {
            for (kind, sum) in kinds {
                all[ledger].entry(kind).or_default().add(sum);
            }
        }
        Self(all)
    }

    /// Every kind of any ledger.
    pub fn kinds(&self) -> impl Iterator<Item = &Kind> {
        self.0.iter().flat_map(BTreeMap::keys)
    }
}

fn kinds(account: &PlaceAccount, run: &LineRun) -> BTreeMap<Kind, Sum> {
    let mut kinds: HashMap<Kind, Sum, FixedState> = HashMap::default();
    for (mapped, line) in account.counted(run) {
        let (coding, pence) = (mapped.coding(&line), line.pence());
        let kind = Kind {
            mix: coding.activity,
            partner: coding.partner,
            period: coding.period,
            flow: coding.flow,
            ages: gap(coding.ages),
            group: gap(coding.group),
            locality: gap(coding.locality),
        };
        kinds.entry(kind).or_default().add(Sum {
            lines: 1,
            absolute: u128::from(pence.get().unsigned_abs()),
        });
    }
    kinds.into_iter().collect()
}

/// Why something is on no member.
pub fn gap<T>(place: Placed<T>) -> Option<Gap> {
    match place {
        Placed::On(_) => None,
        Placed::Gap(gap) => Some(gap),
    }
}
