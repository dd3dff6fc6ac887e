//! Rows that must not change, taken apart exactly, and how far something else can differ while they stay.

use num_integer::Integer;

/// Whole numbers by column.
pub(super) type Whole = Vec<i128>;

/// Rows in whole numbers without a common divisor, each with a column of its own that no other has.
///
/// Each keeps what it says up to a factor, so nothing is rounded. Fractions stay as short as they can be: a row in this
/// form is one and the same however it was come by. Everything is `None` where 128 bits do not hold a number.
#[derive(Clone, Debug)]
pub(super) struct Tableau {
    rows: Vec<Whole>,
    /// By row, its own column.
    own: Vec<usize>,
    /// By column, by how much it may differ, each way.
    rooms: Vec<i128>,
    /// Numbers that were worked out.
    work: u64,
}

impl Tableau {
    pub(super) fn new(rooms: Vec<i128>) -> Self {
        Self {
            rows: Vec::new(),
            own: Vec::new(),
            rooms,
            work: 0,
        }
    }

    /// How many numbers were worked out since this was last asked.
    pub(super) fn take_work(&mut self) -> u64 {
        std::mem::take(&mut self.work)
    }

    /// What is left of a row when all rows here stay as they are: nothing where it then stays too.
    pub(super) fn left(&mut self, row: &[i128]) -> Option<Whole> {
        let mut left = row.to_vec();
        self.work += left.len() as u64;
        for (by, &at) in self.rows.iter().zip(&self.own) {
            if left.get(at).is_some_and(|&entry| entry != 0) {
                self.work += left.len() as u64;
                left = without(&left, by, at)?;
            }
        }
        Some(left)
    }

    /// One more row that stays. The widest column becomes its own, so that it is not in the way for long.
    pub(super) fn add(&mut self, row: &[i128]) -> Option<()> {
        let left = self.left(row)?;
        let widest = (0..)
            .zip(left.iter().zip(&self.rooms))
            .filter(|(_, (entry, _))| **entry != 0)
            .max_by_key(|(at, (_, room))| (**room, std::cmp::Reverse(*at)));
        let Some((at, _)) = widest else {
            return Some(());
        };
        self.rows.push(signed(left, at));
        self.own.push(at);
        self.become_own(self.rows.len() - 1, at)
    }

    /// Takes a column out of all rows but one, whose own it is then.
    fn become_own(&mut self, row: usize, at: usize) -> Option<()> {
        let by = self.rows.get(row)?.clone();
        *self.own.get_mut(row)? = at;
        for (other, (entries, &own)) in self.rows.iter_mut().zip(&self.own).enumerate() {
            if other != row && entries.get(at).is_some_and(|&entry| entry != 0) {
                self.work += entries.len() as u64;
                *entries = signed(without(entries, &by, at)?, own);
            }
        }
        Some(())
    }

    /// Another column becomes the own one of a row.
    pub(super) fn exchange(&mut self, row: usize, at: usize) -> Option<()> {
        let entries = std::mem::take(self.rows.get_mut(row)?);
        if let Some(place) = self.rows.get_mut(row) {
            *place = signed(entries, at);
        }
        self.become_own(row, at)
    }

    /// The smallest whole change of one column, up or down, and of rows' own columns, under which all rows stay.
    pub(super) fn direction(&mut self, at: usize, sign: i128) -> Option<Vec<(usize, i128)>> {
        self.work += self.rows.len() as u64;
        let mut size = 1_i128;
        let mut with: Vec<(usize, i128, i128)> = Vec::new();
        for (row, &own) in self.rows.iter().zip(&self.own) {
            let (entry, first) = (*row.get(at)?, *row.get(own)?);
            if entry != 0 {
                let least = first / first.gcd(&entry);
                size = (size / size.gcd(&least)).checked_mul(least)?;
                with.push((own, entry, first));
            }
        }
        let mut direction = vec![(at, size * sign)];
        for (own, entry, first) in with {
            // Whole: `size` is a multiple of what the fraction is in lowest terms below.
            let divisor = first.gcd(&entry);
            let change = (size / (first / divisor)).checked_mul(entry / divisor)?;
            direction.push((own, -change * sign));
        }
        Some(direction)
    }

    /// The row whose own column stops a direction first.
    pub(super) fn stops(&self, direction: &[(usize, i128)], so_far: &[i128]) -> Option<usize> {
        let left = |&(at, by): &(usize, i128)| -> Option<(i128, i128, usize)> {
            let room = self.rooms.get(at)? - so_far.get(at)? * by.signum();
            Some((room, by.abs(), at))
        };
        let first = (direction.iter().skip(1).filter_map(left)).min_by(|one, other| {
            let (a, b) = (one.0.saturating_mul(other.1), other.0.saturating_mul(one.1));
            a.cmp(&b).then(one.2.cmp(&other.2))
        })?;
        self.own.iter().position(|&own| own == first.2)
    }

    /// How often a direction can be gone.
    pub(super) fn times(&self, direction: &[(usize, i128)], so_far: &[i128]) -> i128 {
        (direction.iter())
            .filter_map(|&(at, by)| {
                let room = self.rooms.get(at)? - so_far.get(at)? * by.signum();
                Some(room.max(0) / by.abs().max(1))
            })
            .min()
            .unwrap_or(0)
    }

    pub(super) fn columns(&self) -> usize {
        self.rooms.len()
    }
}

/// So much of one row and of another that a column goes out, without a common divisor. The second has more than nothing
/// there, so the first keeps its sign.
fn without(row: &[i128], by: &[i128], at: usize) -> Option<Whole> {
    let (entry, own) = (*row.get(at)?, *by.get(at)?);
    let divisor = entry.gcd(&own);
    let (ours, theirs) = (own / divisor, entry / divisor);
    let sum = row.iter().zip(by).map(|(one, other)| {
        if *other == 0 {
            return one.checked_mul(ours);
        }
        one.checked_mul(ours)?
            .checked_sub(other.checked_mul(theirs)?)
    });
    Some(shortened(sum.collect::<Option<Whole>>()?))
}

fn shortened(mut row: Whole) -> Whole {
    let mut divisor = 0_i128;
    for &entry in row.iter().filter(|entry| **entry != 0) {
        divisor = divisor.gcd(&entry);
        if divisor == 1 {
            return row;
        }
    }
    if divisor > 1 {
        row.iter_mut().for_each(|entry| *entry /= divisor);
    }
    row
}

/// The row with more than nothing in its own column.
fn signed(row: Whole, own: usize) -> Whole {
    let mut row = shortened(row);
    if row.get(own).is_some_and(|&entry| entry < 0) {
        row.iter_mut().for_each(|entry| *entry = -*entry);
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// a + 2b + c = 0 and b − c = 0: b and c are alike and a is minus three of them.
    #[test]
    fn what_stays_leaves_one_direction() {
        let mut rows = Tableau::new(vec![100, 10, 10]);
        rows.add(&[1, 2, 1]).unwrap();
        rows.add(&[0, 1, -1]).unwrap();
        let free: Vec<usize> = (0..3).filter(|at| !rows.own.contains(at)).collect();
        assert_eq!(free.len(), 1);
        let mut direction = rows.direction(free[0], 1).unwrap();
        direction.sort_unstable();
        assert_eq!(direction, [(0, -3), (1, 1), (2, 1)]);
        // Ten of b is ten times; 30 of a is within its hundred.
        assert_eq!(rows.times(&direction, &[0, 0, 0]), 10);
        // The difference of a and three c is not told, their sum is.
        assert_eq!(rows.left(&[1, 0, 3]).unwrap(), [0, 0, 0]);
        assert_ne!(rows.left(&[1, 0, -3]).unwrap(), [0, 0, 0]);
    }

    /// Thirds and halves: 2a + 3b = 0 leaves threes of a against twos of b.
    #[test]
    fn directions_are_whole_and_smallest() {
        let mut rows = Tableau::new(vec![9, 7]);
        rows.add(&[4, 6]).unwrap();
        let mut direction = rows.direction(1, -1).unwrap();
        direction.sort_unstable();
        assert_eq!(direction, [(0, 3), (1, -2)]);
        // Three times 3 is 9; 2 · 3 = 6 is within 7.
        assert_eq!(rows.times(&direction, &[0, 0]), 3);
        assert_eq!(rows.times(&direction, &[3, -2]), 2);
    }

    #[test]
    fn what_128_bits_do_not_hold_is_left() {
        let mut rows = Tableau::new(vec![1, 1, 1]);
        let long = i128::MAX / 2;
        rows.add(&[long, long - 1, 1]).unwrap();
        assert_eq!(rows.add(&[long - 3, 1, long - 2]), None);
    }
}
