//! What a slice comes to, and what of its boundary is left outside: to within a little, and
//! exactly where a penny depends on it.

use crate::axis::Gap;
use crate::cube::ask::aggregate::{self, BucketSums};
use crate::cube::ask::close::ControlTotals;
use crate::cube::ask::plan::{Beside, Plan};
use crate::cube::ask::share::{RowSums, Rows, Slot, Terms};
use crate::money::{Bounded, Exact};

/// What is known before anything is closed.
pub struct Totals {
    pub control: ControlTotals,
    /// The slice, as a table of no axes: one row, or none.
    slice: Rows,
    /// What lies outside, where it was walked and not only left.
    outside: Option<RowSums>,
    /// Everything outside the slice by how it is known, when it was asked for.
    pub complement: Option<RowSums>,
}

impl Totals {
    /// Everything, the slice, and what lies outside; `alike` is what the rows added up, and enough
    /// for the total, which asks for less.
    pub fn new(plan: &Plan<'_>, sums: &BucketSums) -> Self {
        let plan = plan.total();
        let (mut buckets, sums) = aggregate::from_finer(&plan, sums);
        let terms = Terms::new(&plan, &mut buckets, &sums, plan.complement);
        let complement = plan.complement.then(|| terms.exact_rows().1);
        Self::left(
            ControlTotals::new(&plan),
            Rows::from_terms(terms),
            complement,
        )
    }

    /// What lies outside is what is left of the whole: nobody walked it.
    fn left(control: ControlTotals, slice: Rows, complement: Option<RowSums>) -> Self {
        Self {
            control,
            slice,
            outside: None,
            complement,
        }
    }

    /// Slice and outside were both walked, one record after another.
    pub fn walked(control: ControlTotals, slice: RowSums, outside: RowSums, asked: bool) -> Self {
        Self {
            control,
            slice: Rows::from_sums(0, [(Vec::new(), slice)]),
            complement: asked.then(|| outside.clone()),
            outside: Some(outside),
        }
    }

    /// The number of its row, if anything lies in the slice.
    fn row(&self) -> Option<usize> {
        (self.slice.len() > 0).then_some(0)
    }

    fn slots(&self) -> &[(Slot, Bounded)] {
        self.row().map_or(&[], |row| self.slice.slots(row))
    }

    /// Ledger lines that make the amount.
    pub fn lines(&self) -> u64 {
        self.row().map_or(0, |row| self.slice.lines(row))
    }

    /// Whether any line lies in the slice, be it of records that are zero.
    pub fn is_empty(&self) -> bool {
        self.lines() == 0 && self.row().is_none_or(|row| self.slice.zero_lines(row) == 0)
    }

    pub fn near(&self, slot: Slot) -> Bounded {
        let found = self.slots().iter().find(|(other, _)| *other == slot);
        found.map_or_else(Bounded::default, |(_, near)| *near)
    }

    pub fn exact(&self, slot: Slot) -> Exact {
        let exact = |row| self.slice.exact(row, slot);
        self.row().map_or_else(Exact::zero, exact)
    }

    /// The amount: all of its classes.
    pub fn amount(&self) -> Bounded {
        let amount = |row| self.slice.amount(row);
        self.row().map_or_else(Bounded::default, amount)
    }

    pub fn exact_amount(&self) -> Exact {
        self.slice.exact_amount(0..self.slice.len())
    }

    /// Why it cannot be said of some money whether it lies in the slice.
    pub fn gaps(&self) -> Vec<Gap> {
        let has = |slot: Slot| self.slots().iter().any(|(other, _)| *other == slot);
        let gaps = Gap::ALL.into_iter();
        gaps.filter(|gap| has(Slot::Unknown(*gap))).collect()
    }

    /// What lies outside.
    pub fn outside(&self) -> Bounded {
        if self.outside.is_some() {
            return Bounded::UNKNOWN;
        }
        let mut left = Bounded::of(&self.control.counted);
        left.add(self.amount().negated());
        for gap in self.gaps() {
            left.add(self.near(Slot::Unknown(gap)).negated());
        }
        left
    }

    pub fn exact_outside(&self) -> Exact {
        match &self.outside {
            Some(walked) => walked.exact(),
            None => {
                let mut left = self.control.counted.clone();
                left.add(&self.exact_amount().negated());
                for gap in self.gaps() {
                    left.add(&self.exact(Slot::Unknown(gap)).negated());
                }
                left
            }
        }
    }

    /// What stands beside what lies outside.
    pub fn beside_outside(&self, what: Beside) -> Bounded {
        if self.outside.is_some() {
            return Bounded::UNKNOWN;
        }
        let whole = self.control.beside.get(&what);
        let mut left = whole.map_or_else(Bounded::default, Bounded::of);
        left.add(self.near(Slot::Here(what)).negated());
        left.add(self.near(Slot::Unshared(what)).negated());
        left
    }

    pub fn exact_beside_outside(&self, what: Beside) -> Exact {
        match &self.outside {
            Some(walked) => walked.known(Slot::Here(what)),
            None => {
                let mut left = self.control.beside.get(&what).cloned().unwrap_or_default();
                left.add(&self.exact(Slot::Here(what)).negated());
                left.add(&self.exact(Slot::Unshared(what)).negated());
                left
            }
        }
    }
}
