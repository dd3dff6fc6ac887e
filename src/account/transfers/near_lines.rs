//! Pairs lines of two sides, nearest first, without trying every pair of lines.
//!
//! Always the same pairs as if all candidates were listed, sorted and taken from the top. That
//! list would have ten thousand million rows for a pair of partners with 100,000 lines a side.

use super::line::Span;
use foldhash::fast::FixedState;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashSet, VecDeque};

/// What matching looks at in a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Its place among the lines of its side.
    pub(super) line: usize,
    pub(super) pence: i64,
    pub(super) span: Option<Span>,
    /// The number of its reference, if it has one.
    pub(super) reference: Option<u32>,
}

/// How far the two lines of one payment may lie apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tolerance {
    pub(super) pence: u64,
    /// None: any distance, and lines of which no time is known come last.
    pub(super) days: Option<u32>,
}

impl Tolerance {
    /// Whether two amounts may be one payment.
    ///
    /// A tolerance as large as an amount would match it with nearly anything, so it matches
    /// only equal amounts then. It also follows that the two have the same sign.
    fn fits(self, one: i64, other: i64) -> bool {
        one == other
            || (one.abs_diff(other) <= self.pence
                && one.unsigned_abs().min(other.unsigned_abs()) > self.pence)
    }

    /// Whether two amounts would be one payment but for their being so small.
    fn too_wide_for(self, one: i64, other: i64) -> bool {
        one.signum() == other.signum()
            && one.abs_diff(other) <= self.pence
            && !self.fits(one, other)
    }

    /// Days between at least and at most, when that is near enough.
    fn apart(self, one: Option<Span>, other: Option<Span>) -> Option<(u32, u32)> {
        let apart = match (one, other) {
            (Some(one), Some(other)) => (one.distance(other), one.furthest(other)),
            _ => (u32::MAX, u32::MAX),
        };
        self.days
            .is_none_or(|days| {
                // Nothing is near a line without a time, however many days are allowed.
                apart.0 <= days && apart.0 != u32::MAX
            })
            .then_some(apart)
    }
}

/// Days, then pence, then days at most: a payment of a day goes with a payment of the same day
/// before it goes with one of the same year.
type Cost = (u32, u64, u32);

/// Pairs lines that fit, nearest first, and removes them from both sides.
///
/// Equally near ones are taken in the order of the lines. Two lines whose references differ are
/// never paired.
pub(super) fn take_pairs(
    payers: &mut Vec<Item>,
    payees: &mut Vec<Item>,
    tolerance: Tolerance,
) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (payers, payees) in clusters(payers, payees, tolerance.pence) {
        pairs_of_cluster(&payers, &payees, tolerance, &mut pairs);
    }
    let paid: HashSet<usize, FixedState> = pairs.iter().map(|&(line, _)| line).collect();
    let received: HashSet<usize, FixedState> = pairs.iter().map(|&(_, line)| line).collect();
    payers.retain(|item| !paid.contains(&item.line));
    payees.retain(|item| !received.contains(&item.line));
    pairs
}

/// Of lines that found no other: each payer's with the nearest payee's that only the size of
/// the tolerance kept from it.
pub(super) fn too_wide(
    payers: &[Item],
    payees: &[Item],
    tolerance: Tolerance,
) -> Vec<(usize, usize)> {
    let mut refused = Vec::new();
    for (payers, payees) in clusters(payers, payees, tolerance.pence) {
        let shelves = Shelves::new(&payees);
        let mut near = Near::default();
        for payer in &payers {
            let shelves_near = near.to(payer.span, &shelves, tolerance);
            let fits = |one, other| tolerance.too_wide_for(one, other);
            if let Some((_, payee)) = shelves.nearest(payer, shelves_near, fits) {
                refused.push((payer.line, payee.1));
            }
        }
    }
    refused.sort_unstable();
    refused
}

/// Splits both sides where amounts are further apart than the tolerance; parts in which one
/// side has nothing are left out. Most parts are one line each.
fn clusters(payers: &[Item], payees: &[Item], gap: u64) -> Vec<(Vec<Item>, Vec<Item>)> {
    let mut all: Vec<(i64, bool, usize, Item)> = Vec::with_capacity(payers.len() + payees.len());
    let side = |items: &[Item], payee: bool| -> Vec<(i64, bool, usize, Item)> {
        let row = |item: &Item| (item.pence, payee, item.line, *item);
        items.iter().map(row).collect()
    };
    all.extend(side(payers, false));
    all.extend(side(payees, true));
    all.sort_unstable_by_key(|&(pence, payee, line, _)| (pence, payee, line));
    all.chunk_by(|one, next| one.0.abs_diff(next.0) <= gap)
        .filter_map(|cluster| {
            let side = |payee: bool| -> Vec<Item> {
                let of = cluster.iter().filter(|row| row.1 == payee);
                of.map(|row| row.3).collect()
            };
            let (payers, payees) = (side(false), side(true));
            (!payers.is_empty() && !payees.is_empty()).then_some((payers, payees))
        })
        .collect()
}

fn pairs_of_cluster(
    payers: &[Item],
    payees: &[Item],
    tolerance: Tolerance,
    pairs: &mut Vec<(usize, usize)>,
) {
    let mut shelves = Shelves::new(payees);
    let mut near = Near::default();
    // Lines alike in all that matching looks at queue up: a thousand equal payments of one day
    // ask for the nearest one at a time.
    let mut alike: BTreeMap<Looks, VecDeque<&Item>> = BTreeMap::new();
    for payer in payers {
        let looks = (payer.span, payer.pence, payer.reference);
        // A cluster is in the order of its lines where pence are equal.
        alike.entry(looks).or_default().push_back(payer);
    }
    let mut queues: Vec<VecDeque<&Item>> = alike.into_values().collect();
    let fits = |one, other| tolerance.fits(one, other);
    let mut heap = BinaryHeap::new();
    for (number, queue) in queues.iter().enumerate() {
        if let Some(payer) = queue.front() {
            let found = shelves.nearest(payer, near.to(payer.span, &shelves, tolerance), fits);
            heap.extend(found.map(|(cost, payee)| Reverse((cost, payer.line, payee, number))));
        }
    }
    // What is nearest now was never further before, so an entry of the heap can only be too
    // good: when its payee is gone, the next one is looked for and put back.
    while let Some(Reverse((_, payer, payee, number))) = heap.pop() {
        if shelves.take(payee) {
            pairs.push((payer, payee.1));
            queues[number].pop_front();
        }
        if let Some(payer) = queues[number].front() {
            let found = shelves.nearest(payer, near.to(payer.span, &shelves, tolerance), fits);
            heap.extend(found.map(|(cost, payee)| Reverse((cost, payer.line, payee, number))));
        }
    }
}

/// Time, pence and reference: all that matching looks at.
type Looks = (Option<Span>, i64, Option<u32>);

/// A payee's line as it stands on a shelf: the number of the shelf, and the line.
type Spot = (usize, usize);

/// Lines of one time: pence and line, by reference.
type Shelf = BTreeMap<Label, BTreeSet<(i64, usize)>>;

/// Lines of the payee by time, on each shelf by reference and amount.
struct Shelves {
    spans: Vec<Option<Span>>,
    shelves: Vec<Shelf>,
    items: BTreeMap<usize, Item>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Label {
    /// Every line: what a payer's line without reference may go with.
    Any,
    Without,
    With(u32),
}

impl Label {
    fn of(reference: Option<u32>) -> Self {
        reference.map_or(Self::Without, Self::With)
    }
}

impl Shelves {
    fn new(items: &[Item]) -> Self {
        let mut by_span: BTreeMap<Option<Span>, Shelf> = BTreeMap::new();
        for item in items {
            let shelf = by_span.entry(item.span).or_default();
            for label in [Label::Any, Label::of(item.reference)] {
                let place = (item.pence, item.line);
                shelf.entry(label).or_default().insert(place);
            }
        }
        let (spans, shelves) = by_span.into_iter().unzip();
        Self {
            spans,
            shelves,
            items: items.iter().map(|item| (item.line, *item)).collect(),
        }
    }

    /// Takes a line away; false when it is gone already.
    fn take(&mut self, (shelf, line): Spot) -> bool {
        let Some(item) = self.items.remove(&line) else {
            return false;
        };
        for label in [Label::Any, Label::of(item.reference)] {
            if let Some(lines) = self.shelves[shelf].get_mut(&label) {
                lines.remove(&(item.pence, line));
            }
        }
        true
    }

    /// The nearest line that fits, with how near it is. Of equally near ones the first.
    ///
    /// `fits` must hold for the amounts up to some distance above, and up to some distance
    /// below, so that the next one on either side decides.
    fn nearest(
        &self,
        payer: &Item,
        near: &[(u32, u32, usize)],
        fits: impl Fn(i64, i64) -> bool,
    ) -> Option<(Cost, Spot)> {
        let labels: &[Label] = match payer.reference {
            None => &[Label::Any],
            Some(number) => &[Label::Without, Label::With(number)],
        };
        let mut best: Option<(Cost, usize, usize)> = None;
        for &(days, most, shelf) in near {
            if best.is_some_and(|(cost, ..)| cost.0 < days) {
                break;
            }
            for lines in labels.iter().filter_map(|l| self.shelves[shelf].get(l)) {
                let from = (payer.pence, 0);
                let exactly = lines.range(from..).next();
                let above = match payer.pence.checked_add(1) {
                    Some(next) => lines.range((next, 0)..).next(),
                    None => None,
                };
                // The first line of the next lower amount, not the last.
                let below = lines
                    .range(..from)
                    .next_back()
                    .and_then(|&(pence, _)| lines.range((pence, 0)..).next());
                for &(pence, line) in [exactly, above, below].into_iter().flatten() {
                    if fits(payer.pence, pence) {
                        let found = ((days, payer.pence.abs_diff(pence), most), line, shelf);
                        best = Some(best.map_or(found, |best| best.min(found)));
                    }
                }
            }
        }
        best.map(|(cost, line, shelf)| (cost, (shelf, line)))
    }
}

/// The shelves near enough to a time, nearest first; worked out once for each time.
#[derive(Default)]
struct Near(BTreeMap<Option<Span>, Vec<(u32, u32, usize)>>);

impl Near {
    fn to(
        &mut self,
        span: Option<Span>,
        shelves: &Shelves,
        tolerance: Tolerance,
    ) -> &[(u32, u32, usize)] {
        self.0.entry(span).or_insert_with(|| {
            let spans = shelves.spans.iter().enumerate();
            let mut near: Vec<(u32, u32, usize)> = spans
                .filter_map(|(shelf, other)| {
                    let (days, most) = tolerance.apart(span, *other)?;
                    Some((days, most, shelf))
                })
                .collect();
            near.sort_unstable();
            near
        })
    }
}
