//! The system as the search needs it: sums as columns, different private parts as rows.

use super::error::PatternError;
use super::field::Field;
use super::judged::Amounts;
use super::system::{Keep, System};
use super::told::Why;
use crate::money::Ratio;
use foldhash::fast::FixedState;
use num_traits::ToPrimitive;
use std::collections::HashMap;

/// Shares stand for themselves modulo this prime while moves are sought; what is found is multiplied out exactly.
pub(super) type Image = Field<61>;

/// The most different private parts that are attempted.
pub(super) const MOST_ROWS: usize = 20_000;
/// The most private sums with money that are attempted.
pub(super) const MOST_COLUMNS: usize = 12_000;

/// Shares of which a sum has no more multiples in whole pence than this are fine for it.
const FEW: i64 = 4;

/// What a line that must be told would cost, if it could be given up: more than any other.
pub(super) const GIVEN_UP: u64 = 1 << 44;

/// A system put in order.
#[derive(Debug)]
pub(super) struct Problem<'a> {
    pub(super) system: &'a System,
    /// One a sum.
    pub(super) columns: Vec<Column>,
    /// One a different private part.
    pub(super) rows: Vec<Row>,
    /// The row of each line; none where nothing private is in it.
    pub(super) row_of: Vec<Option<u32>>,
    /// One more than the highest number of a holder.
    pub(super) holder_end: usize,
}

/// A sum.
#[derive(Debug)]
pub(super) struct Column {
    /// The rows that have a share of it, and the share's image.
    pub(super) rows: Vec<(u32, u64)>,
    /// By how much it may differ from itself, each way, for somebody who knows nothing of it.
    pub(super) room: i64,
    /// The same for those holders together who know most of it.
    pub(super) safe_room: i64,
    /// Why it is sensitive by itself.
    pub(super) why: Option<Why>,
    /// What its holders have.
    pub(super) amounts: Amounts,
    /// Whether none of its holders has the other sign than another.
    pub(super) one_sign: bool,
}

/// Lines with the same private part up to a factor.
#[derive(Debug)]
pub(super) struct Row {
    /// The sums, in order, with the images of their shares in the first of the lines.
    pub(super) entries: Vec<(u32, u64)>,
    /// The lines.
    pub(super) lines: Vec<u32>,
    /// What withholding all of them costs.
    pub(super) cost: u64,
    /// Whether they may not be withheld.
    pub(super) always: bool,
    /// Whether one of them is known already.
    pub(super) known: bool,
    /// Whether all shares in all of the lines are whole numbers.
    pub(super) whole: bool,
}

impl<'a> Problem<'a> {
    /// Puts a system in order, or says all that is wrong with it.
    pub(super) fn new(system: &'a System) -> Result<Self, PatternError> {
        let faults = super::faults::of(system);
        if !faults.is_empty() {
            return Err(PatternError::System { faults });
        }
        let columns = columns(system);
        let mut made = Self {
            holder_end: (system.sums.iter().flat_map(|sum| &sum.holders))
                .map(|(holder, _)| *holder as usize + 1)
                .max()
                .unwrap_or(0),
            row_of: Vec::with_capacity(system.lines.len()),
            rows: Vec::new(),
            columns,
            system,
        };
        made.fill_rows();
        let with_money = made.columns.iter().filter(|column| column.room > 0).count();
        if made.rows.len() > MOST_ROWS || with_money > MOST_COLUMNS {
            return Err(PatternError::TooLarge {
                lines: made.rows.len(),
                sums: with_money,
                most_lines: MOST_ROWS,
                most_sums: MOST_COLUMNS,
            });
        }
        made.price_rows();
        Ok(made)
    }

    /// Lines with the same private part up to a factor become one row.
    fn fill_rows(&mut self) {
        let mut known: HashMap<Vec<(u32, u64)>, u32, FixedState> = HashMap::default();
        let mut inverses: HashMap<u64, u64, FixedState> = HashMap::default();
        for (line, told) in (0..).zip(&self.system.lines) {
            // A sum in which nobody has anything is nothing for everybody.
            let mut entries: Vec<(u32, u64)> = (told.shares.iter())
                .filter(|(sum, _)| {
                    self.columns
                        .get(*sum as usize)
                        .is_some_and(|column| column.room > 0)
                })
                .map(|(sum, share)| (*sum, Image::of_ratio(share).unwrap_or(1)))
                .collect();
            entries.sort_unstable_by_key(|(sum, _)| *sum);
            let Some(&(_, first)) = entries.first() else {
                self.row_of.push(None);
                continue;
            };
            let shape = if first == 1 {
                entries.clone()
            } else {
                let inverse = *inverses
                    .entry(first)
                    .or_insert_with(|| Image::inverse(first));
                entries
                    .iter()
                    .map(|(sum, share)| (*sum, Image::times(*share, inverse)))
                    .collect()
            };
            let next = self.rows.len() as u32;
            let row = *known.entry(shape).or_insert(next);
            if row == next {
                for (sum, share) in &entries {
                    self.columns[*sum as usize].rows.push((row, *share));
                }
                self.rows.push(Row {
                    entries,
                    lines: Vec::new(),
                    cost: 0,
                    always: false,
                    known: false,
                    whole: true,
                });
            }
            let whole = told.shares.iter().all(|(_, share)| share.is_whole());
            let row_of_it = &mut self.rows[row as usize];
            row_of_it.lines.push(line);
            row_of_it.whole &= whole;
            self.row_of.push(Some(row));
        }
    }

    /// Costs by kind; what is withheld only to the last costs more than all others together.
    fn price_rows(&mut self) {
        let cost_of = |line: u32| -> (u64, Keep) {
            let told = &self.system.lines[line as usize];
            let cost = self.system.kinds[usize::from(told.kind)].cost;
            (u64::from(cost), told.keep)
        };
        let all: u64 = (0..self.system.lines.len() as u32)
            .map(|line| cost_of(line).0)
            .sum();
        for row in &mut self.rows {
            for &line in &row.lines {
                let (cost, keep) = cost_of(line);
                row.always |= matches!(keep, Keep::Always | Keep::Known);
                row.known |= keep == Keep::Known;
                let cost = if keep == Keep::IfPossible {
                    cost
                } else {
                    cost.saturating_mul(all + 1)
                };
                row.cost = row.cost.saturating_add(cost).min(GIVEN_UP - 1);
            }
        }
    }

    /// Lines with a share of a sum that only a few changes of it, or none, make whole pence.
    pub(super) fn fine_lines(&self, column: u32) -> Vec<u32> {
        let it = &self.columns[column as usize];
        let lines = it
            .rows
            .iter()
            .flat_map(|(row, _)| &self.rows[*row as usize].lines);
        lines
            .copied()
            .filter(|&line| {
                let shares = &self.system.lines[line as usize].shares;
                shares.iter().any(|(sum, share)| {
                    let below = || share.lowest_terms().1.to_i64().unwrap_or(i64::MAX);
                    *sum == column && !share.is_whole() && below().saturating_mul(FEW) > it.room
                })
            })
            .collect()
    }

    /// By how much the first line of a row differs under changes of sums, exactly.
    pub(super) fn change(&self, row: u32, changes: &[(u32, i64)]) -> Ratio {
        let line = self.rows[row as usize].lines[0];
        change_of(&self.system.lines[line as usize].shares, changes)
    }
}

/// By how much a figure with such shares differs under changes of sums, exactly.
pub(super) fn change_of(shares: &[(u32, Ratio)], changes: &[(u32, i64)]) -> Ratio {
    let mut whole = 0_i128;
    let mut rest = Ratio::zero();
    for (sum, share) in shares {
        let Some((_, change)) = changes.iter().find(|(changed, _)| changed == sum) else {
            continue;
        };
        let short = || {
            let product = share
                .lowest_terms()
                .0
                .to_i128()?
                .checked_mul(i128::from(*change))?;
            whole.checked_add(product)
        };
        match short().filter(|_| share.is_whole()) {
            Some(sum) => whole = sum,
            None => rest = rest.plus(&share.times(&Ratio::new(i128::from(*change), 1))),
        }
    }
    rest.plus(&Ratio::new(whole, 1))
}

/// How many of the largest amounts any rule looks at.
pub(super) fn looks_at(system: &System) -> usize {
    system
        .rules
        .iter()
        .map(super::Rule::looks_at)
        .max()
        .unwrap_or(2)
}

/// How many holders together may be looking.
pub(super) fn coalition(system: &System) -> usize {
    system
        .rules
        .iter()
        .map(super::Rule::coalition)
        .max()
        .unwrap_or(1)
}

fn columns(system: &System) -> Vec<Column> {
    let most = looks_at(system);
    let coalition = coalition(system);
    (system.sums.iter())
        .map(|sum| {
            let rule = &system.rules[sum.rule];
            let amounts = Amounts::of(
                sum.holders.iter().map(|(_, pence)| i128::from(pence.get())),
                most,
            );
            // What a sum of nothing may be, where some have more than nothing in it, is as wide as they are.
            let size = match i128::from(sum.pence.get()).abs() {
                0 if sum.may_be_negative => amounts.total,
                size => size,
            };
            let known: i128 = amounts.largest.iter().take(coalition).sum();
            let room = |size: i128| room(&system.before, size, sum.may_be_negative);
            let full = room(size);
            Column {
                rows: Vec::new(),
                room: full,
                safe_room: if system.looks.holders {
                    room((size - known).max(0))
                } else {
                    full
                },
                why: rule.judge(&amounts),
                one_sign: sum.holders.iter().all(|(_, pence)| pence.get() >= 0)
                    || sum.holders.iter().all(|(_, pence)| pence.get() <= 0),
                amounts,
            }
        })
        .collect()
}

/// By how much a sum of a size may differ from itself, each way.
fn room(before: &Ratio, size: i128, may_be_negative: bool) -> i64 {
    let percent = before.times(&Ratio::new(1, 100));
    let wide = percent.times(&Ratio::new(size, 1)).whole_part();
    let wide = wide.to_i128().unwrap_or(i128::MAX);
    let wide = if may_be_negative {
        wide
    } else {
        wide.min(size)
    };
    // Far below what 64 bits hold, so that changes never overflow.
    i64::try_from(wide).unwrap_or(i64::MAX).min(i64::MAX / 4)
}
