//! Row numbers that mostly follow one another.

/// Ascending row numbers as unbroken runs: a file of payments is one or a few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Runs(Vec<Run>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    first: u32,
    last: u32,
    /// How many rows stand in runs before.
    before: u32,
}

impl Runs {
    #[inline]
    pub(super) fn push(&mut self, row: u32) {
        let before = match self.0.last_mut() {
            Some(run) if run.last.checked_add(1) == Some(row) => {
                run.last = row;
                return;
            }
            Some(run) => run.before + (run.last - run.first) + 1,
            None => 0,
        };
        self.0.push(Run {
            first: row,
            last: row,
            before,
        });
    }

    /// Adds rows that follow each other.
    pub(super) fn push_all(&mut self, first: u32, last: u32) {
        self.push(first);
        if let Some(run) = self.0.last_mut() {
            run.last = last;
        }
    }

    /// Adds the rows of a later part.
    pub(super) fn append(&mut self, later: &Self) {
        for run in &later.0 {
            self.push_all(run.first, run.last);
        }
    }

    /// The row at a place.
    pub(super) fn get(&self, place: usize) -> Option<u32> {
        let place = u32::try_from(place).ok()?;
        let after = self.0.partition_point(|run| run.before <= place);
        let run = self.0.get(after.checked_sub(1)?)?;
        let row = run.first.checked_add(place - run.before)?;
        (row <= run.last).then_some(row)
    }

    /// How many rows are in both.
    pub(super) fn in_both(&self, other: &Self) -> u64 {
        let (mut i, mut j, mut rows) = (0, 0, 0);
        while let (Some(left), Some(right)) = (self.0.get(i), other.0.get(j)) {
            let (first, last) = (left.first.max(right.first), left.last.min(right.last));
            if first <= last {
                rows += u64::from(last - first) + 1;
            }
            if left.last <= right.last {
                i += 1;
            } else {
                j += 1;
            }
        }
        rows
    }
}

impl FromIterator<u32> for Runs {
    fn from_iter<I: IntoIterator<Item = u32>>(rows: I) -> Self {
        let mut runs = Self::default();
        rows.into_iter().for_each(|row| runs.push(row));
        runs
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_row_is_found_at_its_place(steps in prop::collection::vec(1u32..3, 0..60), cut in 0usize..60) {
            let rows: Vec<u32> = (steps.iter()).scan(0, |row, step| { *row += step; Some(*row) }).collect();
            let (first, second) = rows.split_at(cut.min(rows.len()));
            let mut joined = Runs::from_iter(first.iter().copied());
            joined.append(&Runs::from_iter(second.iter().copied()));
            prop_assert_eq!(&joined, &Runs::from_iter(rows.iter().copied()));
            let found: Vec<u32> = (0..).map_while(|place| joined.get(place)).collect();
            prop_assert_eq!(&found, &rows);
            prop_assert_eq!(joined.in_both(&joined), rows.len() as u64);
        }
    }
}
