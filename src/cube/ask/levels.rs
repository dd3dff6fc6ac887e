//! The amounts of a table closed level by level, from its total down.

use super::rows::Rows;
use crate::money::{MoneyError, Near, Pence, close_near};
use rayon::prelude::*;
use std::ops::Range;

/// Rows that one thread closes or puts into words at a time.
pub(super) const ROWS_OF_A_THREAD: usize = 4_096;

/// A table closed level by level.
pub(super) struct Levels<'a> {
    pub(super) table: &'a Rows,
    /// The amount of each row.
    pub(super) near: &'a [Near],
}

impl Levels<'_> {
    /// Closes rows that share a key up to `depth`, then each of the groups below; `amounts` are
    /// theirs, from row `start` on.
    pub(super) fn close(
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
        let cell = |row: usize| self.table.key(row)[depth];
        let mut groups: Vec<Range<usize>> = Vec::new();
        for row in start..start + amounts.len() {
            match groups.last_mut() {
                Some(group) if cell(group.start) == cell(row) => group.end = row + 1,
                _ => groups.push(row..row + 1),
            }
        }
        let sum = |group: &Range<usize>| {
            let mut sum = Near::default();
            (self.near[group.clone()].iter()).for_each(|part| sum.add(*part));
            sum
        };
        let near: Vec<Near> = groups.iter().map(sum).collect();
        let exact = |group: usize| self.table.exact_amount(groups[group].clone());
        let closed = close_near(total, &near, exact)?;
        let many = amounts.len() >= ROWS_OF_A_THREAD;
        let mut left = amounts;
        let mut below = Vec::with_capacity(groups.len());
        for (group, total) in groups.iter().zip(closed) {
            let (own, rest) = left.split_at_mut(group.len());
            below.push((group.start, total, own));
            left = rest;
        }
        let close = |(start, total, own)| self.close(start, depth + 1, deepest, total, own);
        match many {
            true => below.into_par_iter().try_for_each(close),
            false => below.into_iter().try_for_each(close),
        }
    }
}
