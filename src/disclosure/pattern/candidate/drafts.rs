//! Moves of a few sums: exchanges with one other, squares and cubes over what stands beside, those of the same lines
//! farther away.

use super::super::primary::Target;
use super::{FAR, Looker, Maker, StandIns};
use num_traits::ToPrimitive;
use smallvec::SmallVec;
use std::cmp::Reverse;

impl Maker<'_> {
    pub(super) fn draft(
        &self,
        target: &Target,
        own: u32,
        lookers: &[&Looker],
        stand_ins: StandIns,
        drafts: &mut Vec<SmallVec<[(u32, i64); 8]>>,
    ) {
        drafts.push(SmallVec::from_slice(&[(own, 1)]));
        let fits = |column: u32| {
            lookers
                .iter()
                .all(|looker| self.may_change(target, column, looker, stand_ins))
        };
        let near: Vec<u32> = self
            .near
            .of(own)
            .iter()
            .copied()
            .filter(|&column| fits(column))
            .collect();
        for &other in &near {
            drafts.extend(self.exchange(own, other));
        }
        // What stands beside two that do not stand beside one another closes a square.
        let mut squares: Vec<Option<u32>> = vec![None; near.len() * near.len()];
        for (i, &one) in near.iter().enumerate() {
            for (j, &other) in near.iter().enumerate().skip(i + 1) {
                if self.near.of(one).binary_search(&other).is_ok() {
                    continue;
                }
                let corner = self
                    .near
                    .of_both(one, other)
                    .find(|&column| column != own && fits(column));
                if let Some(corner) = corner {
                    squares[i * near.len() + j] = Some(corner);
                    drafts.push(SmallVec::from_slice(&[
                        (own, 1),
                        (one, -1),
                        (other, -1),
                        (corner, 1),
                    ]));
                }
            }
        }
        // Three squares that meet are closed to a cube by what stands beside their corners.
        for i in 0..near.len() {
            for j in i + 1..near.len() {
                let Some(first) = squares[i * near.len() + j] else {
                    continue;
                };
                for k in j + 1..near.len() {
                    let (Some(second), Some(third)) =
                        (squares[i * near.len() + k], squares[j * near.len() + k])
                    else {
                        continue;
                    };
                    let list = self.near.of(third);
                    let eighth = self.near.of_both(first, second).find(|column| {
                        list.binary_search(column).is_ok()
                            && ![own, near[i], near[j], near[k]].contains(column)
                            && fits(*column)
                    });
                    if let Some(eighth) = eighth {
                        drafts.push(SmallVec::from_slice(&[
                            (own, 1),
                            (near[i], -1),
                            (near[j], -1),
                            (near[k], -1),
                            (first, 1),
                            (second, 1),
                            (third, 1),
                            (eighth, -1),
                        ]));
                    }
                }
            }
        }
    }

    /// Whether a sum has money of somebody who has none in the target: two sums of the same holder would tell together
    /// what they hide singly.
    pub(super) fn is_of_others(&self, target: &Target, column: u32) -> bool {
        let holders = &self.problem.system.sums[column as usize].holders;
        (holders.iter()).any(|(holder, pence)| pence.get() != 0 && !target.holders.contains(holder))
    }

    /// Sums that have a line in common, those of the shortest lines first.
    pub(super) fn far(
        &self,
        target: &Target,
        own: u32,
        fits: impl Fn(u32) -> bool,
        stand_ins: StandIns,
    ) -> Vec<u32> {
        let mut rows: Vec<u32> = self.problem.columns[own as usize]
            .rows
            .iter()
            .map(|(row, _)| *row)
            .collect();
        rows.sort_unstable_by_key(|&row| (self.problem.rows[row as usize].entries.len(), row));
        let mut far: Vec<u32> = Vec::new();
        for row in rows {
            for (column, _) in &self.problem.rows[row as usize].entries {
                let it = &self.problem.columns[*column as usize];
                let serves = it.safe_room > 0
                    || stand_ins == StandIns::Any
                        && it.room > 0
                        && self.is_of_others(target, *column);
                if serves && *column != own && fits(*column) && !far.contains(column) {
                    far.push(*column);
                    if far.len() >= FAR {
                        return far;
                    }
                }
            }
        }
        far
    }

    /// So much of one against so much of another that the costliest line of both stays as it is.
    pub(super) fn exchange(&self, one: u32, other: u32) -> Option<SmallVec<[(u32, i64); 8]>> {
        let rows = &self.problem.columns[other as usize].rows;
        let (row, _) = (self.problem.columns[one as usize].rows.iter())
            .filter(|(row, _)| rows.binary_search_by_key(row, |(row, _)| *row).is_ok())
            .max_by_key(|(row, _)| {
                (
                    self.row_cost(*row),
                    self.problem.rows[*row as usize].entries.len(),
                    Reverse(*row),
                )
            })?;
        let image = |column: u32| {
            let entries = &self.problem.rows[*row as usize].entries;
            let at = entries
                .binary_search_by_key(&column, |(sum, _)| *sum)
                .ok()?;
            Some(entries[at].1)
        };
        if image(one)? == image(other)? {
            return Some(SmallVec::from_slice(&[(one, 1), (other, -1)]));
        }
        let line = self.problem.rows[*row as usize].lines[0];
        let shares = &self.problem.system.lines[line as usize].shares;
        let share = |column: u32| {
            shares
                .iter()
                .find(|(sum, _)| *sum == column)
                .map(|(_, share)| share)
        };
        let ratio = share(one)?.times(&share(other)?.inverse()?);
        // one · share(one) = other · share(other)
        let (above, below) = ratio.lowest_terms();
        let (above, below) = (above.to_i64()?, below.to_i64()?);
        Some(SmallVec::from_slice(&[(one, below), (other, -above)]))
    }
}
