//! Which sums stand beside one another: those that most lines have in common.

use super::problem::Problem;

/// The sums nearest to each, that may stand in for it.
#[derive(Debug)]
pub(super) struct Near {
    /// By column: in the order of columns.
    lists: Vec<Vec<u32>>,
}

/// How many neighbours are kept of each sum.
const MOST: usize = 48;

impl Near {
    /// Of each sum those with which it shares more than a third of its lines, the nearest first where there are many.
    ///
    /// Only sums of which something is left when those holders who know most of them look.
    pub(super) fn new(problem: &Problem<'_>) -> Self {
        let mut shared = vec![0_u32; problem.columns.len()];
        let mut seen: Vec<u32> = Vec::new();
        let lists = (0..)
            .zip(&problem.columns)
            .map(|(at, column)| {
                for (row, _) in &column.rows {
                    for (other, _) in &problem.rows[*row as usize].entries {
                        if problem.columns[*other as usize].safe_room == 0 {
                            continue;
                        }
                        let count = &mut shared[*other as usize];
                        if *count == 0 {
                            seen.push(*other);
                        }
                        *count += 1;
                    }
                }
                let least = column.rows.len() as u32 / 3 + 1;
                let mut near: Vec<(u32, u32)> = Vec::with_capacity(MOST);
                for other in seen.drain(..) {
                    let count = std::mem::take(&mut shared[other as usize]);
                    if count >= least && other != at {
                        near.push((count, other));
                    }
                }
                if near.len() > MOST {
                    near.sort_unstable_by_key(|&(count, other)| (std::cmp::Reverse(count), other));
                    near.truncate(MOST);
                }
                let mut list: Vec<u32> = near.into_iter().map(|(_, other)| other).collect();
                list.sort_unstable();
                list
            })
            .collect();
        Self { lists }
    }

    pub(super) fn of(&self, column: u32) -> &[u32] {
        self.lists.get(column as usize).map_or(&[], Vec::as_slice)
    }

    /// Those that stand beside both.
    pub(super) fn of_both(&self, one: u32, other: u32) -> impl Iterator<Item = u32> {
        let list = self.of(other);
        self.of(one)
            .iter()
            .copied()
            .filter(|column| list.binary_search(column).is_ok())
    }
}
