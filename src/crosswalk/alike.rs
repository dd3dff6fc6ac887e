//! Lines of a ledger that stand alike on some axes: told by their codes, before any coordinates are made.
//!
//! *The naive way* makes the coordinates of each line and looks them up, some 60 bytes to hash. *The trick:* lines
//! whose codes mean the same stand alike, and a ledger has few codes that matter and fewer meanings of them. Each code
//! is numbered by its meaning once; a line is then a number of a few digits, and whoever numbers coordinates keeps a
//! small table by that number.

use super::column::Column;
use crate::counterparty::{FlowColumn, FlowId};
use crate::ledger::Ledger;
use foldhash::fast::FixedState;
use std::collections::HashMap;
use std::hash::Hash;

/// More numbers than this are no small table: 4 MB.
const MOST: usize = 1 << 20;

/// Nor are more numbers for each line than this: to make the table would take longer than to look the lines up.
const MOST_FOR_A_LINE: usize = 4;

/// Which lines of a ledger stand alike; nothing where there are too many ways to stand.
pub(crate) struct AlikeLines<'a> {
    /// In where and whom their money is for: locality, ages, group.
    pub(crate) regions: Option<Alike<'a>>,
    /// In all else but the time.
    pub(crate) matters: Option<Alike<'a>>,
}

/// Numbers of lines: lines of one number have the same members of some axes.
pub(crate) struct Alike<'a> {
    ledger: &'a Ledger,
    digits: Vec<Digit>,
    flows: Option<(&'a [FlowId], usize)>,
}

/// What one code of a line says.
struct Digit {
    /// The place of the code among those of the ledger.
    code: usize,
    /// For each text of the code the number of what it means.
    meanings: Vec<u32>,
    /// How many meanings.
    count: usize,
}

impl<'a> Alike<'a> {
    /// All lines stand alike on no axis.
    pub(super) fn of(ledger: &'a Ledger) -> Self {
        Self {
            ledger,
            digits: Vec::new(),
            flows: None,
        }
    }

    /// Told apart by one more axis.
    pub(super) fn by<T: Copy + Eq + Hash>(&mut self, column: &Column<T>) {
        let Column::ByCode(code, members) = column else {
            return;
        };
        let known = self.digits.iter().position(|digit| digit.code == *code);
        let known = known.map(|at| self.digits.swap_remove(at));
        // One code may mean a member of several axes.
        let (meanings, count) = match known {
            None => numbered(members.iter().copied()),
            Some(digit) => numbered(digit.meanings.into_iter().zip(members.iter().copied())),
        };
        self.digits.push(Digit {
            code: *code,
            meanings,
            count,
        });
    }

    /// Told apart by payments between partners.
    pub(super) fn by_flow(&mut self, flows: &'a FlowColumn) {
        if let FlowColumn::Lines(flows) = flows {
            let most = flows.iter().map(|flow| flow.0).max();
            let count = most.map_or(1, |most| most as usize + 1);
            self.flows = Some((flows, count));
        }
    }

    /// These, unless there are more numbers than a small table has.
    pub(super) fn if_few(self) -> Option<Self> {
        let flows = self.flows.map_or(1, |(_, count)| count);
        let mut counts = self.digits.iter().map(|digit| digit.count);
        let count = counts.try_fold(flows, |all, count| all.checked_mul(count.max(1)))?;
        let worth = MOST_FOR_A_LINE.saturating_mul(self.ledger.len());
        (count <= MOST.min(worth)).then_some(self)
    }

    /// How many numbers there can be.
    pub(crate) fn count(&self) -> usize {
        let flows = self.flows.map_or(1, |(_, count)| count);
        let counts = self.digits.iter().map(|digit| digit.count.max(1));
        flows * counts.product::<usize>()
    }

    /// The number of a line of the ledger.
    pub(crate) fn number(&self, line: usize) -> usize {
        let flow = self.flows.map_or(0, |(flows, _)| flows[line].0 as usize);
        self.digits.iter().fold(flow, |number, digit| {
            let text = self.ledger.ids_at(digit.code)[line];
            number * digit.count + digit.meanings[text as usize] as usize
        })
    }
}

/// Things numbered as they appear, and how many different ones there are.
fn numbered<T: Eq + Hash>(things: impl Iterator<Item = T>) -> (Vec<u32>, usize) {
    let mut numbers: HashMap<T, u32, FixedState> = HashMap::default();
    let meanings = things.map(|thing| {
        // There are no more of them than texts of a code, whose numbers are of 32 bits.
        let next = numbers.len() as u32;
        *numbers.entry(thing).or_insert(next)
    });
    let meanings = meanings.collect();
    (meanings, numbers.len())
}
