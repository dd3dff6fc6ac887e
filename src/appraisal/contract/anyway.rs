//! What would have come anyway, of people who are claimed for in several years.

use crate::money::Ratio;

/// Of the people of one term, cohort and group, so far: how many there are, and how many of their results were taken off
/// as those that would have come anyway.
///
/// Rows of several years are of the same people, so that what is agreed of people is taken off once, and not again in
/// each year.
#[derive(Clone)]
pub(super) struct Anyway {
    people: u64,
    taken: Ratio,
}

impl Default for Anyway {
    fn default() -> Self {
        Self {
            people: 0,
            taken: Ratio::zero(),
        }
    }
}

impl Anyway {
    /// How many results are still to be taken off, where a row is of so many people: `share × people − taken`, with the
    /// most people that any row so far was of.
    pub(super) fn left(&self, share: &Ratio, people: u64) -> Ratio {
        let all = share.times(&Ratio::new(self.people.max(people).into(), 1));
        all.minus(&self.taken).max(Ratio::zero())
    }

    /// So many were taken off a row of so many people.
    pub(super) fn take(&mut self, people: u64, results: &Ratio) {
        self.people = self.people.max(people);
        self.taken = self.taken.plus(results);
    }
}
