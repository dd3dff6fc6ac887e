//! The kept roll-up: records without what most questions do not ask for.
//!
//! Ledgers repeat themselves month after month, and most questions ask for whole financial years,
//! for no tag and not how money is bound. Such a question gets the same answer from records that
//! are added up over all three, of which there are far fewer.

use super::parts::{Layout, Matter, Parts};
use super::records::Records;
use crate::axis::{Flexibility, Period, Placed};
use crate::crosswalk::TagSet;
use rayon::prelude::*;

/// Records added up over the months of a financial year, over tags, and over how money is bound;
/// within a region in the order of years.
#[derive(Clone, Debug)]
pub(super) struct Yearly {
    pub(super) records: Records,
    /// Of each record the lines of places whose sum is zero; they are not among its lines.
    pub(super) zero_lines: Vec<u32>,
}

impl Yearly {
    /// The roll-up, if it is worth keeping: at most half as many records.
    pub(super) fn of(records: &Records) -> Option<Self> {
        let (periods, period) = coarser(&records.parts.periods, year);
        let (matters, matter) = coarser(&records.parts.matters, |matter| Matter {
            flexibility: Flexibility::default(),
            tags: TagSet::default(),
            ..matter
        });
        let parts = Parts::new(records.parts.regions.clone(), matters, periods);
        // A question for one year walks that year only.
        let layout = Layout::by_period(&parts);
        // Only records of one region can fall together, so that each region is added up alone.
        let regions: Vec<u32> = (0..).take(parts.regions.len()).collect();
        let sums: Vec<Vec<Sum>> = regions
            .par_iter()
            .with_min_len(64)
            .map(|&region| {
                let mut sums: Vec<Sum> = (records.of_region(region as usize))
                    .map(|number| {
                        let (m, p) = (records.matters[number], records.periods[number]);
                        let lines = records.lines[number];
                        let pence = records.pence[number];
                        let zero = pence == 0;
                        Sum {
                            place: layout.key(region, matter[m as usize], period[usize::from(p)]),
                            pence: Some(pence),
                            lines: if zero { 0 } else { lines },
                            zero_lines: if zero { lines } else { 0 },
                        }
                    })
                    .collect();
                sums.sort_unstable_by_key(|sum| sum.place);
                sums.dedup_by(|next, sum| {
                    let same = next.place == sum.place;
                    if same {
                        sum.add(next);
                    }
                    same
                });
                sums.shrink_to_fit();
                sums
            })
            .collect();
        let count: usize = sums.iter().map(Vec::len).sum();
        let sums = || sums.iter().flatten();
        // A sum beyond 64 bits is left to the records themselves.
        if 2 * count > records.len() || sums().any(|sum| sum.pence.is_none()) {
            return None;
        }
        let mut places = Vec::with_capacity(count);
        places.extend(sums().map(|sum| sum.place));
        Some(Self {
            records: Records::laid_out(
                layout,
                parts,
                places.into_iter(),
                sums().filter_map(|sum| sum.pence).collect(),
                sums().map(|sum| sum.lines).collect(),
            ),
            zero_lines: sums().map(|sum| sum.zero_lines).collect(),
        })
    }
}

#[derive(Clone, Copy, Debug)]
struct Sum {
    place: u64,
    /// `None` beyond 64 bits, or with more lines than a record counts.
    pence: Option<i64>,
    lines: u32,
    zero_lines: u32,
}

impl Sum {
    fn add(&mut self, other: &Self) {
        let lines = self.lines.checked_add(other.lines);
        let zero_lines = self.zero_lines.checked_add(other.zero_lines);
        let pence = (self.pence.zip(other.pence)).and_then(|(one, two)| one.checked_add(two));
        match (pence, lines, zero_lines) {
            (Some(_), Some(lines), Some(zero_lines)) => {
                *self = Self {
                    pence,
                    lines,
                    zero_lines,
                    ..*self
                }
            }
            _ => self.pence = None,
        }
    }
}

/// The financial year that holds a period; itself where none does.
pub(super) fn year(period: Placed<Period>) -> Placed<Period> {
    match period {
        Placed::On(period) => match period.financial_years().as_slice() {
            [year] => Placed::On(*year),
            _ => Placed::On(period),
        },
        gap => gap,
    }
}

/// The coarser parts in order, and the number among them of each finer part.
fn coarser<T: Copy + Ord>(parts: &[T], coarser: impl Fn(T) -> T) -> (Vec<T>, Vec<u32>) {
    let each: Vec<T> = parts.iter().map(|&part| coarser(part)).collect();
    let mut all = each.clone();
    all.sort_unstable();
    all.dedup();
    let number = |part: &T| all.partition_point(|other| other < part) as u32;
    let numbers = each.iter().map(number).collect();
    (all, numbers)
}
