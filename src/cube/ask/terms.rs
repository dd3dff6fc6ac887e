//! Sums with the shares taken of them before their region is divided, by the row they go into.
//!
//! A term is what one class of records gives to one row of activities, partners and years; the
//! division of its region spreads it over the places, ages and groups of that row:
//!
//! ```text
//! cell = Σ over terms of the row: pence × weight × mass(cell) / mass(region)
//! ```

use super::alike::{Alike, Sum};
use super::classes::{Classes, OUT};
use super::region::{Divider, Division};
use super::rows::{RowSums, Slot};
use super::slice::{Drill, Slice};
use super::tally::RowTally;
use super::weigh::other;
use super::{Cell, Fate};
use crate::account::Standing;
use crate::axis::Evidence;
use crate::cube::Cube;
use crate::money::{Exact, NearSums, Pence, Share};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;

type Map<K, V> = HashMap<K, V, FixedState>;

/// What a matter at a time gives to one row, whatever its region.
#[derive(Clone, Copy, Debug)]
struct Lane {
    /// Its row, without places, ages and groups.
    outer: u32,
    driver: Option<usize>,
    /// Fates decided before the division and after it; the first reason is told.
    before: Fate,
    after: Fate,
    standing: Standing,
    class: Evidence,
    /// Numerator and denominator of the shares taken before the division, and about how much that
    /// is.
    weight: (u128, u128),
    share: Share,
}

/// What one sum gives to one row.
#[derive(Clone, Copy, Debug)]
struct Term {
    sum: u32,
    lane: u32,
    spread: u32,
}

/// A division with the number of the inner cell of each piece.
#[derive(Debug)]
struct Spread {
    class: Evidence,
    whole: u64,
    pieces: Vec<Piece>,
    /// The pieces that lie in the slice, as most terms want them; `None` where some may or may not,
    /// or where two of them lie in one cell.
    inside: Option<Vec<(u32, Share)>>,
}

#[derive(Clone, Copy, Debug)]
struct Piece {
    fate: Fate,
    /// Place, ages and group, numbered as they appear.
    inner: u32,
    mass: u64,
}

/// The terms of a question, those of one row together.
#[derive(Debug)]
pub(super) struct Terms {
    sums: Vec<Sum>,
    lanes: Vec<Lane>,
    terms: Vec<Term>,
    /// The terms of each row.
    of_outer: Vec<Range<usize>>,
    spreads: Vec<Spread>,
    outers: Vec<Vec<Cell>>,
    inners: Vec<[Cell; 3]>,
    /// For each drilled axis whether it is the place, the ages or the group of a piece, or the
    /// next cell of the outer row.
    axes: Vec<Axis>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    Outer,
    Inner(usize),
}

/// A row: its outer and its inner cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct At {
    outer: u32,
    inner: u32,
}

/// The lanes of a question.
struct Lanes<'a> {
    drill: &'a [Drill],
    everything: bool,
    lanes: Vec<Lane>,
    outers: Vec<Vec<Cell>>,
    numbers: Map<Vec<Cell>, u32>,
    /// Of each class of matters and of periods.
    known: Map<(u32, u32), Range<usize>>,
}

impl Lanes<'_> {
    /// The lanes of a class of matters at a class of periods.
    fn of(&mut self, classes: &mut Classes<'_>, matter: u32, period: u32) -> Range<usize> {
        if let Some(known) = self.known.get(&(matter, period)) {
            return known.clone();
        }
        let start = self.lanes.len();
        let time = classes.periods[period as usize].period;
        let parts = classes.parts(matter, time);
        let stands = classes.stands(matter, time);
        let days = &classes.periods[period as usize].pieces;
        let of = &classes.matters[matter as usize];
        for part in &parts.parts {
            for &(when, year, of_days) in &days.pieces {
                for &((partner, partner_cell), stand) in &stands {
                    let before = partner.and(of.tag.and(part.fate));
                    if !self.everything && before.and(when) == Fate::Out {
                        continue;
                    }
                    let key: Vec<Cell> = (self.drill.iter())
                        .filter_map(|axis| match axis {
                            Drill::Partner => Some(partner_cell),
                            Drill::Role(role, hands) => Some(hands.cell(*role, &stand, year)),
                            Drill::Counterparty => Some(other(&stand)),
                            Drill::Activity(_) => Some(part.cell),
                            Drill::Years(_) => Some(year),
                            Drill::Flexibility => Some(of.matter.flexibility.packed()),
                            Drill::Ages(_) | Drill::Group(_) | Drill::Locality(_) => None,
                        })
                        .collect();
                    let shares = [
                        stand.part,
                        (part.weight, parts.whole),
                        (of_days.into(), days.whole.into()),
                    ];
                    let weight = (shares.into_iter())
                        .filter(|(part, whole)| part != whole)
                        .fold((1, 1), |(n, d), (part, whole)| {
                            (n * u128::from(part), d * u128::from(whole))
                        });
                    let chosen = |whole: bool| match whole {
                        true => Evidence::Direct,
                        false => Evidence::Judgement,
                    };
                    let by_flow = chosen(stand.part.0 == stand.part.1);
                    let by_days = chosen(of_days == days.whole);
                    let next = self.outers.len() as u32;
                    let outer = *self.numbers.entry(key).or_insert_with_key(|key| {
                        self.outers.push(key.clone());
                        next
                    });
                    self.lanes.push(Lane {
                        outer,
                        driver: part.driver,
                        before,
                        after: when,
                        standing: stand.standing,
                        class: parts.class.max(by_days).max(by_flow),
                        weight,
                        share: Share::of(weight.0, weight.1),
                    });
                }
            }
        }
        let lanes = start..self.lanes.len();
        self.known.insert((matter, period), lanes.clone());
        lanes
    }
}

impl Terms {
    /// The terms of sums that are alike; with `everything`, also of what lies outside.
    pub(super) fn new(
        cube: &Cube,
        slice: &Slice,
        drill: &[Drill],
        classes: &mut Classes<'_>,
        alike: &Alike,
        everything: bool,
    ) -> Self {
        let place = cube.place();
        let divider = Divider::new(place.axes(), slice, drill);
        let axes: Vec<Axis> = drill.iter().map(Axis::of).collect();
        let mut lanes = Lanes {
            drill,
            everything,
            lanes: Vec::new(),
            outers: Vec::new(),
            numbers: Map::default(),
            known: Map::default(),
        };
        let mut inners = Vec::new();
        let mut inner_numbers: Map<[Cell; 3], u32> = Map::default();
        let mut spreads: Vec<Spread> = Vec::new();
        // The spreads of the region at hand, by driver.
        let mut of_region: Vec<(Option<usize>, u32)> = Vec::new();
        let mut region = OUT;
        let mut terms: Vec<Term> = Vec::with_capacity(alike.sums.len());
        let mut counts: Vec<usize> = Vec::new();
        for (number, sum) in (0..).zip(&alike.sums) {
            if sum.region != region {
                of_region.clear();
                region = sum.region;
            }
            for lane in lanes.of(classes, sum.matter, sum.period) {
                let Lane { outer, driver, .. } = lanes.lanes[lane];
                let known = of_region.iter().find(|(known, _)| *known == driver);
                let spread = match known {
                    Some((_, spread)) => *spread,
                    None => {
                        let by = driver.map(|driver| &place.drivers()[driver]);
                        let division = divider.divide(classes.regions[region as usize], by);
                        let mut inner = |cells: [Cell; 3]| {
                            *inner_numbers.entry(cells).or_insert_with(|| {
                                inners.push(cells);
                                (inners.len() - 1) as u32
                            })
                        };
                        spreads.push(Spread::of(&division, &axes, &mut inner));
                        let spread = (spreads.len() - 1) as u32;
                        of_region.push((driver, spread));
                        spread
                    }
                };
                counts.resize(lanes.outers.len(), 0);
                counts[outer as usize] += 1;
                terms.push(Term {
                    sum: number,
                    lane: lane as u32,
                    spread,
                });
            }
        }
        let Lanes { lanes, outers, .. } = lanes;
        let (terms, of_outer) = by_outer(&terms, &lanes, &counts);
        Self {
            sums: alike.sums.clone(),
            lanes,
            terms,
            of_outer,
            spreads,
            outers,
            inners,
            axes,
        }
    }

    /// Every row, with its sums as near as they can be had quickly, in the order of their keys.
    pub(super) fn rows(&self) -> Vec<(Vec<Cell>, At, RowSums)> {
        let mut rows: Vec<(Vec<Cell>, At, RowSums)> = (0..self.outers.len())
            .into_par_iter()
            .map(|outer| self.rows_of(outer as u32))
            .flatten_iter()
            .collect();
        rows.par_sort_unstable_by(|one, other| one.0.cmp(&other.0));
        rows
    }

    fn rows_of(&self, outer: u32) -> Vec<(Vec<Cell>, At, RowSums)> {
        let mut slots: Vec<(Slot, NearSums)> = Vec::new();
        // Sums whose lines a row has counted, where several terms of one sum meet in it.
        let mut counted: BTreeSet<(u32, u32)> = BTreeSet::new();
        let terms = &self.terms[self.of_outer[outer as usize].clone()];
        for (number, term) in terms.iter().enumerate() {
            let lane = &self.lanes[term.lane as usize];
            let spread = &self.spreads[term.spread as usize];
            let sum = &self.sums[term.sum as usize];
            let class = lane.class.max(spread.class);
            let mut add = |fate: Fate, lines: u64, pieces: &[(u32, Share)]| {
                for (slot, sign) in Slot::of(lane.standing, fate, class).into_iter().flatten() {
                    let known = slots.iter().position(|(known, _)| *known == slot);
                    let at = known.unwrap_or_else(|| {
                        slots.push((slot, NearSums::new(self.inners.len())));
                        slots.len() - 1
                    });
                    let pence = i128::from(sign) * i128::from(sum.pence);
                    let lines = match slot {
                        Slot::Amount(_) => lines,
                        Slot::Unknown(_) | Slot::Here(_) | Slot::Unshared(_) => 0,
                    };
                    slots[at]
                        .1
                        .add_shares(pence, lane.share, lines, pieces.iter().copied());
                }
            };
            // The terms of one sum stand together.
            let same = |other: Option<&Term>| other.is_some_and(|other| other.sum == term.sum);
            let alone = !same(terms.get(number + 1))
                && !same(number.checked_sub(1).and_then(|before| terms.get(before)));
            match (&spread.inside, lane.before.and(lane.after)) {
                (Some(inside), Fate::In) if alone => add(Fate::In, sum.lines, inside),
                _ => {
                    for piece in &spread.pieces {
                        let fate = lane.before.and(piece.fate).and(lane.after);
                        if fate == Fate::Out {
                            continue;
                        }
                        // The lines of records count once, however many pieces of them lie here.
                        let counts = lane.standing.counts() && fate == Fate::In;
                        let first = counts && counted.insert((piece.inner, term.sum));
                        let share = Share::of(piece.mass.into(), spread.whole.into());
                        let lines = if first { sum.lines } else { 0 };
                        add(fate, lines, &[(piece.inner, share)]);
                    }
                }
            }
        }
        (0u32..)
            .take(self.inners.len())
            .filter_map(|inner| {
                let mut row = RowSums::default();
                for (slot, sums) in &slots {
                    if let Some((near, lines)) = sums.get(inner as usize) {
                        row.slots.push((*slot, near));
                        row.lines += lines;
                    }
                }
                let at = At { outer, inner };
                (!row.slots.is_empty()).then(|| (self.key(at), at, row))
            })
            .collect()
    }

    /// Calls back with each piece of each term of a row.
    fn visit(&self, outer: u32, sink: &mut impl FnMut(&Term, &Piece, Fate, Evidence)) {
        for term in &self.terms[self.of_outer[outer as usize].clone()] {
            let lane = &self.lanes[term.lane as usize];
            let spread = &self.spreads[term.spread as usize];
            for piece in &spread.pieces {
                let fate = lane.before.and(piece.fate).and(lane.after);
                sink(term, piece, fate, lane.class.max(spread.class));
            }
        }
    }

    /// The exact sum of some slots of some rows.
    pub(super) fn exact(&self, rows: &[At], wanted: impl Fn(Slot) -> bool) -> Exact {
        let mut inners: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for at in rows {
            inners.entry(at.outer).or_default().push(at.inner);
        }
        let mut sum = Exactly::default();
        for (outer, mut inners) in inners {
            inners.sort_unstable();
            for term in &self.terms[self.of_outer[outer as usize].clone()] {
                let lane = &self.lanes[term.lane as usize];
                let spread = &self.spreads[term.spread as usize];
                let class = lane.class.max(spread.class);
                // What is known otherwise than it is asked for is not looked through.
                let of_inside = Slot::of(lane.standing, Fate::In, class);
                let none = !of_inside
                    .into_iter()
                    .flatten()
                    .any(|(slot, _)| wanted(slot));
                let all_in = lane.before.and(lane.after) == Fate::In && spread.inside.is_some();
                if none && all_in {
                    continue;
                }
                for piece in spread.within(&inners) {
                    let fate = lane.before.and(piece.fate).and(lane.after);
                    if fate == Fate::Out {
                        continue;
                    }
                    let slots = Slot::of(lane.standing, fate, class).into_iter().flatten();
                    for (_, sign) in slots.filter(|(slot, _)| wanted(*slot)) {
                        // Which slots these are no longer matters: one sum is wanted.
                        sum.add(self, Slot::Amount(Evidence::Direct), term, piece, sign);
                    }
                }
            }
        }
        sum.settled().exact()
    }

    /// The part of its sum that a piece of a term is, as numerator and denominator.
    fn part(&self, term: &Term, piece: &Piece) -> (u128, u128) {
        let (weight, weights) = self.lanes[term.lane as usize].weight;
        match self.spreads[term.spread as usize].whole {
            whole if piece.mass == whole => (weight, weights),
            whole => (weight * u128::from(piece.mass), weights * u128::from(whole)),
        }
    }

    fn add_exactly(&self, sum: &mut Exact, term: &Term, piece: &Piece, sign: i64) {
        let pence = Pence::new(self.sums[term.sum as usize].pence);
        let (numerator, denominator) = self.part(term, piece);
        let part = Exact::share(pence, numerator, denominator);
        match sign < 0 {
            true => sum.add(&part.negated()),
            false => sum.add(&part),
        }
    }

    /// Every row with exact sums, and what lies outside.
    pub(super) fn exactly(&self) -> (BTreeMap<Vec<Cell>, RowTally>, RowTally) {
        let mut rows: BTreeMap<Vec<Cell>, RowTally> = BTreeMap::new();
        let mut outside = Exactly::default();
        for outer in (0u32..).take(self.outers.len()) {
            let mut of_outer: BTreeMap<u32, Exactly> = BTreeMap::new();
            self.visit(outer, &mut |term, piece, fate, class| {
                let row = match fate {
                    Fate::Out => &mut outside,
                    _ => of_outer.entry(piece.inner).or_default(),
                };
                let standing = self.lanes[term.lane as usize].standing;
                for (slot, sign) in Slot::of(standing, fate, class).into_iter().flatten() {
                    row.add(self, slot, term, piece, sign);
                }
                let counts = standing.counts() && !matches!(fate, Fate::Unknown(_));
                if counts && row.last != Some(term.sum) {
                    let sum = &self.sums[term.sum as usize];
                    row.last = Some(term.sum);
                    row.lines += sum.lines;
                    row.zero_lines += sum.zero_lines;
                }
            });
            for (inner, row) in of_outer {
                let key = self.key(At { outer, inner });
                rows.entry(key).or_default().add(&row.settled());
            }
        }
        (rows, outside.settled())
    }

    fn key(&self, at: At) -> Vec<Cell> {
        let mut outer = self.outers[at.outer as usize].iter();
        let inner = self.inners[at.inner as usize];
        self.axes
            .iter()
            .filter_map(|axis| match axis {
                Axis::Outer => outer.next().copied(),
                Axis::Inner(axis) => Some(inner[*axis]),
            })
            .collect()
    }
}

/// The exact sums of one row while they are added up: most share a few denominators.
#[derive(Default)]
struct Exactly {
    /// By slot and denominator.
    wide: Map<(Slot, u128), i128>,
    exact: Vec<(Slot, Exact)>,
    lines: u64,
    zero_lines: u64,
    last: Option<u32>,
}

impl Exactly {
    fn add(&mut self, terms: &Terms, slot: Slot, term: &Term, piece: &Piece, sign: i64) {
        let pence = i128::from(sign) * i128::from(terms.sums[term.sum as usize].pence);
        let (numerator, denominator) = terms.part(term, piece);
        let sum = self.wide.entry((slot, denominator)).or_default();
        let more = i128::try_from(numerator)
            .ok()
            .and_then(|n| n.checked_mul(pence))
            .and_then(|product| product.checked_add(*sum));
        match more {
            Some(more) => *sum = more,
            None => {
                let mut exact = Exact::zero();
                terms.add_exactly(&mut exact, term, piece, sign);
                self.exact.push((slot, exact));
            }
        }
    }

    fn settled(self) -> RowTally {
        let mut row = RowTally::default();
        row.lines = self.lines;
        row.zero_lines = self.zero_lines;
        #[expect(
            clippy::iter_over_hash_type,
            reason = "exact sums do not depend on order"
        )]
        for ((slot, denominator), pence) in self.wide {
            row.slot(slot).add_wide(pence, denominator);
        }
        for (slot, exact) in &self.exact {
            row.slot(*slot).add(exact);
        }
        row
    }
}

/// The terms in the order of their rows, and those of each.
fn by_outer(terms: &[Term], lanes: &[Lane], counts: &[usize]) -> (Vec<Term>, Vec<Range<usize>>) {
    let mut of_outer: Vec<Range<usize>> = Vec::with_capacity(counts.len());
    let mut start = 0;
    for count in counts {
        of_outer.push(start..start);
        start += count;
    }
    let nothing = Term {
        sum: 0,
        lane: 0,
        spread: 0,
    };
    let mut sorted = vec![nothing; terms.len()];
    for term in terms {
        let range = &mut of_outer[lanes[term.lane as usize].outer as usize];
        sorted[range.end] = *term;
        range.end += 1;
    }
    (sorted, of_outer)
}

impl Spread {
    fn of(division: &Division, axes: &[Axis], inner: &mut impl FnMut([Cell; 3]) -> u32) -> Self {
        let drilled = |axis: usize, cell: Cell| match axes.contains(&Axis::Inner(axis)) {
            true => cell,
            false => 0,
        };
        let mut pieces: Vec<Piece> = Vec::with_capacity(division.pieces.len());
        pieces.extend(division.pieces.iter().map(|piece| Piece {
            fate: piece.fate,
            inner: inner([
                drilled(0, piece.locality),
                drilled(1, piece.ages),
                drilled(2, piece.group),
            ]),
            mass: piece.mass,
        }));
        pieces.sort_by_key(|piece| piece.inner);
        let said = |piece: &Piece| !matches!(piece.fate, Fate::Unknown(_));
        // Two client groups may lie in the row of the group above them.
        let once = |two: &[Piece]| {
            two[0].inner != two[1].inner || two.iter().any(|piece| piece.fate == Fate::Out)
        };
        let plain = pieces.iter().all(said) && pieces.windows(2).all(once);
        let inside = plain.then(|| {
            let inside = pieces.iter().filter(|piece| piece.fate == Fate::In);
            let share = |mass: u64| Share::of(mass.into(), division.whole.into());
            inside
                .map(|piece| (piece.inner, share(piece.mass)))
                .collect()
        });
        Self {
            class: division.class,
            whole: division.whole,
            pieces,
            inside,
        }
    }

    /// The pieces of some inner cells, which are in order.
    fn within<'a>(&'a self, inners: &'a [u32]) -> impl Iterator<Item = &'a Piece> {
        let of = |inner: u32| {
            let start = self.pieces.partition_point(|piece| piece.inner < inner);
            let same = move |piece: &&Piece| piece.inner == inner;
            self.pieces[start..].iter().take_while(same)
        };
        let few = inners.len() < self.pieces.len();
        let one_by_one = inners.iter().copied().filter(move |_| few).flat_map(of);
        let all = self
            .pieces
            .iter()
            .filter(move |piece| !few && inners.binary_search(&piece.inner).is_ok());
        one_by_one.chain(all)
    }
}

impl Axis {
    fn of(drill: &Drill) -> Self {
        match drill {
            Drill::Locality(_) => Self::Inner(0),
            Drill::Ages(_) => Self::Inner(1),
            Drill::Group(_) => Self::Inner(2),
            Drill::Partner
            | Drill::Role(..)
            | Drill::Counterparty
            | Drill::Activity(_)
            | Drill::Years(_)
            | Drill::Flexibility => Self::Outer,
        }
    }
}
