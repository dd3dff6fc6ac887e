//! What a question adds up: records, their roll-up, or what a finer question added up before.

use crate::cube::parts::Parts;
use crate::cube::records::Records;
use crate::cube::yearly::Yearly;
use std::ops::Range;

/// Sums over regions, matters and periods.
pub(super) trait Source: Sync {
    fn parts(&self) -> &Parts;

    /// The numbers of the sums of a region.
    fn of_region(&self, region: usize) -> Range<usize>;

    /// The numbers of those that lie in some of these periods, or more of them.
    fn within(&self, sums: Range<usize>, _periods: Range<usize>) -> Range<usize> {
        sums
    }

    /// Matter and period of a sum.
    fn place(&self, sum: usize) -> (usize, usize);

    fn pence(&self, sum: usize) -> i64;

    /// The ledger lines of a sum: of records that are not zero, and of those that are.
    fn lines(&self, sum: usize) -> (u64, u64);
}

impl Source for Records {
    fn parts(&self) -> &Parts {
        &self.parts
    }

    fn of_region(&self, region: usize) -> Range<usize> {
        Self::of_region(self, region)
    }

    fn place(&self, sum: usize) -> (usize, usize) {
        (self.matters[sum] as usize, self.periods[sum].into())
    }

    fn pence(&self, sum: usize) -> i64 {
        self.pence[sum]
    }

    fn lines(&self, sum: usize) -> (u64, u64) {
        match self.pence[sum] {
            0 => (0, self.lines[sum].into()),
            _ => (self.lines[sum].into(), 0),
        }
    }
}

impl Source for Yearly {
    fn parts(&self) -> &Parts {
        &self.records.parts
    }

    fn of_region(&self, region: usize) -> Range<usize> {
        self.records.of_region(region)
    }

    fn within(&self, sums: Range<usize>, periods: Range<usize>) -> Range<usize> {
        let of_region = &self.records.periods[sums.clone()];
        let before = |end: usize| of_region.partition_point(|&period| usize::from(period) < end);
        sums.start + before(periods.start)..sums.start + before(periods.end)
    }

    fn place(&self, sum: usize) -> (usize, usize) {
        self.records.place(sum)
    }

    fn pence(&self, sum: usize) -> i64 {
        self.records.pence[sum]
    }

    fn lines(&self, sum: usize) -> (u64, u64) {
        (self.records.lines[sum].into(), self.zero_lines[sum].into())
    }
}
