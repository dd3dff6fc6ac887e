//! The amounts of a table closed level by level, from its total down.
//!
//! *The naive way* rounds each cell. *Why it is not enough:* rounded cells need not add up to the rounded
//! total. *The trick:* the total is rounded once, and divided between the members of the first axis by
//! largest remainder; each of those between the members of the second, and so on. Every subtotal of the
//! outer axes is then the sum of its rows, and is what the shorter question gives.

use crate::cube::ask::share::Rows;
use crate::money::{Bounded, Few, MoneyError, Pence, close_bounded};
use rayon::prelude::*;
use std::ops::Range;

/// Rows that one thread closes or puts into words at a time.
pub const ROWS_OF_A_THREAD: usize = 4_096;

/// A table closed level by level.
pub struct TopDown<'a> {
    table: &'a Rows,
    /// Of each row its amount, and the first axis on which it is not where the row before it is.
    rows: Vec<(Bounded, usize)>,
}

impl<'a> TopDown<'a> {
    pub fn new(table: &'a Rows) -> Self {
        let apart = |row: usize| {
            let key = table.key(row);
            let before = table.key(row.checked_sub(1)?);
            key.iter().zip(before).position(|(one, other)| one != other)
        };
        let rows = (0..table.len())
            .into_par_iter()
            .with_min_len(ROWS_OF_A_THREAD)
            .map(|row| (table.amount(row), apart(row).unwrap_or_default()))
            .collect();
        Self { table, rows }
    }

    /// The amount of a row, nearly.
    pub fn near(&self, row: usize) -> Bounded {
        self.rows[row].0
    }

    /// Closes rows that share a key up to `depth`, then each of the groups below; `amounts` are
    /// theirs, from row `start` on.
    pub fn close(
        &self,
        start: usize,
        depth: usize,
        deepest: usize,
        total: Pence,
        amounts: &mut [Pence],
    ) -> Result<(), MoneyError> {
        if depth == deepest {
            if let Some(first) = amounts.first_mut() {
                *first = total;
            }
            return Ok(());
        }
        // Keys are in order, so that rows of one member stand together.
        let mut groups: Few<Range<usize>> = Few::new();
        let mut near: Few<Bounded> = Few::new();
        for (row, (amount, apart)) in (start..).zip(&self.rows[start..start + amounts.len()]) {
            match (groups.last_mut(), near.last_mut()) {
                (Some(group), Some(sum)) if *apart > depth => {
                    group.end = row + 1;
                    sum.add(*amount);
                }
                _ => {
                    groups.push(row..row + 1);
                    near.push(*amount);
                }
            }
        }
        let exact = |group: usize| self.table.exact_amount(groups[group].clone());
        let closed = close_bounded(total, &near, exact)?;
        let many = amounts.len() >= ROWS_OF_A_THREAD;
        let mut left = amounts;
        let mut below = groups.iter().zip(closed).map(|(group, total)| {
            let own = left.split_off_mut(..group.len()).unwrap_or_default();
            (group.start, total, own)
        });
        let close = |(start, total, own)| self.close(start, depth + 1, deepest, total, own);
        if many {
            below
                .collect::<Vec<_>>()
                .into_par_iter()
                .try_for_each(close)
        } else {
            below.try_for_each(close)
        }
    }
}
