//! What a question adds up: records, their roll-up, or what a finer question added up before.

use crate::cube::parts::Parts;
use crate::cube::records::Records;
use crate::cube::yearly::Yearly;
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

    /// Calls `each` with all sums of a region in these slabs, and maybe with others of it.
    fn visit(&self, region: usize, slabs: &[Range<usize>], each: impl FnMut(Part));
}

/// One of those sums.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    pub(super) matter: u32,
    pub(super) period: u32,
    pub(super) pence: i64,
    /// Ledger lines of records that are not zero, and of those that are.
    pub(super) lines: u64,
    pub(super) zero_lines: u32,
}

impl Source for Records {
    fn parts(&self) -> &Parts {
        &self.parts
    }

    fn count(&self, regions: Range<usize>) -> usize {
        self.of_regions(regions).len()
    }

    fn visit(&self, region: usize, _slabs: &[Range<usize>], mut each: impl FnMut(Part)) {
        let numbers = self.of_region(region);
        let (matters, periods) = (
            &self.matters[numbers.clone()],
            &self.periods[numbers.clone()],
        );
        let (pence, lines) = (&self.pence[numbers.clone()], &self.lines[numbers]);
        for ((&matter, &period), (&pence, &lines)) in
            (matters.iter().zip(periods)).zip(pence.iter().zip(lines))
        {
            each(Part {
                matter,
                period: period.into(),
                pence,
                lines: if pence == 0 { 0 } else { lines.into() },
                zero_lines: if pence == 0 { lines } else { 0 },
            });
        }
    }
}

impl Source for Yearly {
    fn parts(&self) -> &Parts {
        &self.parts
    }

    fn count(&self, regions: Range<usize>) -> usize {
        Self::count(self, regions)
    }

    fn slabs(
        &self,
        period: impl Fn(usize) -> bool,
        matter: impl Fn(usize) -> bool,
    ) -> (Vec<Range<usize>>, usize) {
        Self::slabs(self, period, matter)
    }

    fn visit(&self, region: usize, slabs: &[Range<usize>], mut each: impl FnMut(Part)) {
        self.in_slabs(region, slabs, |first, sums| {
            for (number, sum) in (first..).zip(sums) {
                let (matter, period) = sum.place();
                each(Part {
                    matter,
                    period,
                    pence: sum.pence,
                    lines: sum.lines(),
                    zero_lines: match sum.has_zero_lines() {
                        true => self.zero_lines(number),
                        false => 0,
                    },
                });
            }
        });
    }
}
