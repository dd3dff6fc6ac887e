//! What a pattern costs those who read, and which kind of lines costs most.

use super::error::PatternError;
use super::protect::{Effort, protect};
use super::system::System;
use super::told::{Fate, Pattern, Why};
use std::sync::Arc;

/// How many figures are withheld, and for what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Utility {
    /// Lines with private money.
    pub with_money: usize,
    /// Those that are withheld because of themselves.
    pub sensitive: usize,
    /// Those that are withheld for the sake of others.
    pub for_others: usize,
    /// The same by kind, in the order of the system.
    pub by_kind: Vec<KindUtility>,
}

/// How many figures of a kind are withheld.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindUtility {
    /// The kind.
    pub name: Arc<str>,
    /// Lines with private money.
    pub with_money: usize,
    /// Those that are withheld.
    pub withheld: usize,
}

impl Utility {
    /// Counts a pattern of a system.
    #[must_use]
    pub fn of(system: &System, pattern: &Pattern) -> Self {
        let mut made = Self {
            with_money: 0,
            sensitive: 0,
            for_others: 0,
            by_kind: (system.kinds.iter())
                .map(|kind| KindUtility {
                    name: Arc::clone(&kind.name),
                    with_money: 0,
                    withheld: 0,
                })
                .collect(),
        };
        let has_money = |sum: u32| {
            let sum = system.sums.get(sum as usize);
            sum.is_some_and(|sum| sum.holders.iter().any(|(_, pence)| pence.get() != 0))
        };
        for (line, fate) in system.lines.iter().zip(&pattern.fates) {
            if !line.shares.iter().any(|(sum, _)| has_money(*sum)) {
                continue;
            }
            made.with_money += 1;
            match fate {
                Fate::Shown => {}
                Fate::Withheld(Why::TellsAnother) => made.for_others += 1,
                Fate::Withheld(_) => made.sensitive += 1,
            }
            if let Some(kind) = made.by_kind.get_mut(usize::from(line.kind)) {
                kind.with_money += 1;
                kind.withheld += usize::from(*fate != Fate::Shown);
            }
        }
        made
    }

    /// All that are withheld.
    #[must_use]
    pub const fn withheld(&self) -> usize {
        self.sensitive + self.for_others
    }
}

/// What would be withheld if lines of one kind were not told at all, for each kind in the order of the system: which table
/// costs what. Fewer axes often tell more than cleverer withholding.
///
/// # Errors
///
/// As [`protect`], kind by kind.
pub fn without_each_kind(system: &System, effort: Effort) -> Vec<Result<Utility, PatternError>> {
    (0..system.kinds.len())
        .map(|kind| {
            let mut less = system.clone();
            less.lines.retain(|line| usize::from(line.kind) != kind);
            let pattern = protect(&less, effort)?;
            Ok(Utility::of(&less, &pattern))
        })
        .collect()
}
