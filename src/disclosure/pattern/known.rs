//! What everybody has already: lines that are known whatever is told, and what they tell together.
//!
//! A part that known lines tell is told already, by others. No rule is tried on it: nothing that is withheld now would
//! hide it, and it would make every release impossible.

use super::problem::{Image, Problem};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// A row of shares by column.
type Shares = Vec<(u32, u64)>;

/// Known rows in steps, each with a column that no later one has.
#[derive(Debug)]
struct Steps {
    steps: Vec<Shares>,
    /// By column, its place in the order of steps.
    order: Vec<u32>,
    column_of: Vec<u32>,
    /// By place: the step that begins there.
    at: Vec<Option<u32>>,
    scratch: Vec<u64>,
}

/// What known lines tell, to everybody and to those who know some sums beside.
#[derive(Debug)]
pub(super) struct Known {
    everybody: Steps,
    /// By the columns that somebody knows beside.
    for_lookers: HashMap<Vec<u32>, Steps, FixedState>,
}

impl Known {
    pub(super) fn new(problem: &Problem<'_>) -> Self {
        let mut rows: Vec<Shares> = (problem.rows.iter())
            .filter(|row| row.known)
            .map(|row| row.entries.clone())
            .collect();
        rows.sort_by_key(Vec::len);
        Self {
            everybody: Steps::new(rows, problem.columns.len()),
            for_lookers: HashMap::default(),
        }
    }

    /// As if nothing were known.
    pub(super) fn of_nothing(problem: &Problem<'_>) -> Self {
        Self {
            everybody: Steps::new(Vec::new(), problem.columns.len()),
            for_lookers: HashMap::default(),
        }
    }

    /// Whether known lines tell the sum of so many shares to everybody.
    pub(super) fn tells(&mut self, shares: &[(u32, u64)]) -> bool {
        self.everybody.tell(shares)
    }

    /// The same for somebody who knows some columns beside, in order.
    pub(super) fn tells_beside(
        &mut self,
        shares: &[(u32, u64)],
        beside: impl FnOnce() -> Vec<u32>,
    ) -> bool {
        let everybody = &self.everybody;
        if everybody.steps.is_empty() {
            return false;
        }
        let beside = beside();
        let is_known = |column: &u32| beside.binary_search(column).is_ok();
        let less = |row: &[(u32, u64)]| -> Shares {
            row.iter()
                .copied()
                .filter(|(column, _)| !is_known(column))
                .collect()
        };
        let shares = less(shares);
        let touched = (everybody.steps.iter().flatten()).any(|(column, _)| is_known(column));
        if !touched {
            return self.everybody.tell(&shares);
        }
        let columns = everybody.order.len();
        let rows = everybody.steps.iter().map(|row| less(row)).collect();
        (self.for_lookers.entry(beside))
            .or_insert_with(|| Steps::new(rows, columns))
            .tell(&shares)
    }
}

/// The columns that a partner knows.
pub(super) fn owned(problem: &Problem<'_>, partner: u32) -> Vec<u32> {
    (0..)
        .zip(&problem.system.sums)
        .filter(|(_, sum)| sum.owner == Some(partner))
        .map(|(column, _)| column)
        .collect()
}

/// The columns that some holders together know whole.
pub(super) fn held(problem: &Problem<'_>, who: &[u32]) -> Vec<u32> {
    let whole = |holders: &[(u32, crate::money::Pence)]| {
        (holders.iter()).all(|(holder, pence)| pence.get() == 0 || who.contains(holder))
    };
    (0..)
        .zip(&problem.system.sums)
        .filter(|(_, sum)| whole(&sum.holders))
        .map(|(column, _)| column)
        .collect()
}

impl Steps {
    fn new(rows: Vec<Shares>, columns: usize) -> Self {
        // Columns of few rows first, so that few entries come in.
        let mut counts = vec![0_u32; columns];
        for (column, _) in rows.iter().flatten() {
            counts[*column as usize] += 1;
        }
        let mut column_of: Vec<u32> = (0..columns as u32).collect();
        column_of.sort_by_key(|&column| counts[column as usize]);
        let mut order = vec![0; columns];
        for (place, &column) in (0..).zip(&column_of) {
            order[column as usize] = place;
        }
        let mut made = Self {
            steps: Vec::new(),
            order,
            column_of,
            at: vec![None; columns],
            scratch: vec![0; columns],
        };
        for row in rows {
            if let Some((place, row)) = made.reduced(&row, true) {
                made.at[place] = Some(made.steps.len() as u32);
                made.steps.push(row);
            }
        }
        made
    }

    fn tell(&mut self, shares: &[(u32, u64)]) -> bool {
        !self.steps.is_empty() && self.reduced(shares, false).is_none()
    }

    /// What of a row does not follow from the steps: where it begins, and its entries divided by the first, all of
    /// them if they are wanted. None where nothing is left.
    fn reduced(&mut self, row: &[(u32, u64)], wanted: bool) -> Option<(usize, Shares)> {
        for (column, share) in row {
            self.scratch[self.order[*column as usize] as usize] = *share;
        }
        let from = row
            .iter()
            .map(|(column, _)| self.order[*column as usize])
            .min()? as usize;
        let mut first = None;
        for place in from..self.scratch.len() {
            let value = self.scratch[place];
            if value == 0 {
                continue;
            }
            match self.at[place] {
                Some(step) => {
                    let factor = Image::negated(value);
                    for (column, share) in &self.steps[step as usize] {
                        let entry = &mut self.scratch[self.order[*column as usize] as usize];
                        *entry = Image::add(*entry, Image::times(*share, factor));
                    }
                }
                None => {
                    first.get_or_insert(place);
                    if !wanted {
                        break;
                    }
                }
            }
        }
        let mut left = Vec::new();
        if let Some(first) = first {
            let inverse = Image::inverse(self.scratch[first]);
            for place in first..self.scratch.len() {
                if self.scratch[place] != 0 {
                    left.push((
                        self.column_of[place],
                        Image::times(self.scratch[place], inverse),
                    ));
                }
            }
        }
        self.scratch[from..].fill(0);
        first.map(|first| (first, left))
    }
}
