//! What can be added up further: records, a roll-up of them, or what a finer question added up.

use super::parts::Parts;
use super::records::Records;
use std::ops::Range;

/// Sums over regions, matters and periods.
pub(super) trait Source: Sync {
    fn parts(&self) -> &Parts;

    /// How many sums some regions have.
    fn count(&self, regions: Range<usize>) -> usize;

    /// Ranges of slabs, into which the sums of every region fall, that hold all sums of wanted
    /// periods and matters; and how many slabs there are.
    fn slabs(
        &self,
        _period: impl Fn(usize) -> bool,
        _matter: impl Fn(usize) -> bool,
    ) -> (Vec<Range<usize>>, usize) {
        (std::iter::once(0..1).collect(), 1)
    }

    /// All slabs.
    fn all_slabs(&self) -> Vec<Range<usize>> {
        self.slabs(|_| true, |_| true).0
    }

    /// Calls `each` with all sums of a region in these slabs, and maybe with others of it.
    fn visit(&self, region: usize, slabs: &[Range<usize>], each: impl FnMut(Sum));
}

/// The sum of a matter in a period, within a region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    pub(super) matter: u32,
    pub(super) period: u32,
    pub(super) pence: i64,
    /// Ledger lines of records that are not zero, and of those that are.
    pub(super) lines: u64,
    pub(super) zero_lines: u32,
}

impl Sum {
    /// Adds the pence and lines of another, if there is room for them.
    pub(super) fn take(&mut self, other: &Self) -> bool {
        let pence = self.pence.checked_add(other.pence);
        let zero_lines = self.zero_lines.checked_add(other.zero_lines);
        let (Some(pence), Some(zero_lines)) = (pence, zero_lines) else {
            return false;
        };
        (self.pence, self.zero_lines) = (pence, zero_lines);
        self.lines += other.lines;
        true
    }
}

impl Source for Records {
    fn parts(&self) -> &Parts {
        &self.parts
    }

    fn count(&self, regions: Range<usize>) -> usize {
        self.of_regions(regions).len()
    }

    fn visit(&self, region: usize, _slabs: &[Range<usize>], mut each: impl FnMut(Sum)) {
        let numbers = self.of_region(region);
        let (matters, periods) = (
            &self.matters[numbers.clone()],
            &self.periods[numbers.clone()],
        );
        let (pence, lines) = (&self.pence[numbers.clone()], &self.lines[numbers]);
        for ((&matter, &period), (&pence, &lines)) in
            (matters.iter().zip(periods)).zip(pence.iter().zip(lines))
        {
            each(Sum {
                matter,
                period: period.into(),
                pence,
                lines: if pence == 0 { 0 } else { lines.into() },
                zero_lines: if pence == 0 { lines } else { 0 },
            });
        }
    }
}
