//! Sums with the shares taken of them before their region is divided, by the row they go into.
//!
//! A term is what one class of records gives to one row of activities, partners and years; the
//! division of its region spreads it over the places, ages and groups of that row:
//!
//! ```text
//! cell = Σ over terms of the row: pence × weight × mass(cell) / mass(region)
//! ```

use super::alike::Alike;
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
use crate::money::{Exact, Pence, Share};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

type Map<K, V> = HashMap<K, V, FixedState>;

/// What one class of records gives to one row, before places, ages and groups.
#[derive(Clone, Copy, Debug)]
struct Term {
    /// Its row, without places, ages and groups.
    outer: u32,
    division: u32,
    /// The records it is made of.
    number: u32,
    /// Fates decided before the division and after it; the first reason is told.
    before: Fate,
    after: Fate,
    standing: Standing,
    class: Evidence,
    /// Numerator and denominator of the shares taken before the division.
    weight: (u128, u128),
}

/// A division with the number of the inner cell of each piece.
#[derive(Debug)]
struct Spread {
    class: Evidence,
    whole: u64,
    pieces: Vec<SpreadPiece>,
}

#[derive(Clone, Copy, Debug)]
struct SpreadPiece {
    fate: Fate,
    /// Place, ages and group, numbered as they appear.
    inner: u32,
    mass: u64,
    share: Share,
}

/// The terms of a question, those of one row together.
#[derive(Debug)]
pub(super) struct Terms {
    records: Vec<Alike>,
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

/// Numbers for keys as they appear.
struct Numbers<K> {
    numbers: Map<K, u32>,
}

impl<K: std::hash::Hash + Eq> Numbers<K> {
    fn number<Q>(&mut self, key: &Q, all: &mut Vec<K>) -> u32
    where
        K: std::borrow::Borrow<Q> + Clone,
        Q: std::hash::Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        if let Some(known) = self.numbers.get(key) {
            return *known;
        }
        let number = all.len() as u32;
        all.push(key.to_owned());
        self.numbers.insert(key.to_owned(), number);
        number
    }
}

impl Terms {
    /// The terms of records that are alike; with `everything`, also of what lies outside.
    pub(super) fn new(
        cube: &Cube,
        slice: &Slice,
        drill: &[Drill],
        classes: &mut Classes<'_>,
        records: Vec<Alike>,
        everything: bool,
    ) -> Self {
        let place = cube.place();
        let divider = Divider::new(place.axes(), slice, drill);
        let axes: Vec<Axis> = drill.iter().map(Axis::of).collect();
        let (mut outers, mut inners) = (Vec::new(), Vec::new());
        let mut outer_numbers: Numbers<Vec<Cell>> = Numbers {
            numbers: Map::default(),
        };
        let mut inner_numbers: Map<[Cell; 3], u32> = Map::default();
        let mut spreads: Vec<Spread> = Vec::new();
        let mut spread_of: Map<(u32, Option<usize>), u32> = Map::default();
        let mut terms: Vec<Term> = Vec::with_capacity(records.len());
        let mut key = Vec::with_capacity(drill.len());
        for (number, alike) in (0..).zip(&records) {
            let period = classes.periods[alike.period as usize].period;
            let parts = classes.parts(alike.matter, period);
            let classes = &*classes;
            let matter = &classes.matters[alike.matter as usize];
            let parts = classes.mix(parts);
            let days = &classes.periods[alike.period as usize].pieces;
            let stands = classes.stands(matter, period);
            for part in &parts.parts {
                let division = *spread_of
                    .entry((alike.region, part.driver))
                    .or_insert_with(|| {
                        let driver = part.driver.map(|driver| &place.drivers()[driver]);
                        let region = classes.regions[alike.region as usize];
                        let division = divider.divide(region, driver);
                        let mut inner = |cells: [Cell; 3]| {
                            *inner_numbers.entry(cells).or_insert_with(|| {
                                inners.push(cells);
                                (inners.len() - 1) as u32
                            })
                        };
                        spreads.push(Spread::of(&division, &axes, &mut inner));
                        (spreads.len() - 1) as u32
                    });
                for &(when, year, of_days) in &days.pieces {
                    let by_days = match of_days == days.whole {
                        true => Evidence::Direct,
                        false => Evidence::Judgement,
                    };
                    for &((partner, partner_cell), stand) in &stands {
                        let before = partner.and(matter.tag.and(part.fate));
                        if !everything && before.and(when) == Fate::Out {
                            continue;
                        }
                        key.clear();
                        key.extend(drill.iter().filter_map(|axis| match axis {
                            Drill::Partner => Some(partner_cell),
                            Drill::Role(role, hands) => Some(hands.cell(*role, &stand, year)),
                            Drill::Counterparty => Some(other(&stand)),
                            Drill::Activity(_) => Some(part.cell),
                            Drill::Years(_) => Some(year),
                            Drill::Flexibility => Some(matter.matter.flexibility.packed()),
                            Drill::Ages(_) | Drill::Group(_) | Drill::Locality(_) => None,
                        }));
                        let by_flow = match stand.part.0 == stand.part.1 {
                            true => Evidence::Direct,
                            false => Evidence::Judgement,
                        };
                        let shares = [
                            stand.part,
                            (part.weight, parts.whole),
                            (of_days.into(), days.whole.into()),
                        ];
                        terms.push(Term {
                            outer: outer_numbers.number(key.as_slice(), &mut outers),
                            division,
                            number,
                            before,
                            after: when,
                            standing: stand.standing,
                            class: parts.class.max(by_days).max(by_flow),
                            weight: (shares.into_iter())
                                .filter(|(part, whole)| part != whole)
                                .fold((1, 1), |(n, d), (part, whole)| {
                                    (n * u128::from(part), d * u128::from(whole))
                                }),
                        });
                    }
                }
            }
        }
        terms.sort_by_key(|term| term.outer);
        let mut of_outer = Vec::with_capacity(outers.len());
        let mut start = 0;
        for outer in (0u32..).take(outers.len()) {
            let end = start + terms[start..].partition_point(|term| term.outer <= outer);
            of_outer.push(start..end);
            start = end;
        }
        Self {
            records,
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
        let mut rows: Vec<(Vec<Cell>, At, RowSums)> = (0u32..)
            .take(self.outers.len())
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|outer| self.rows_of(outer))
            .flatten_iter()
            .collect();
        rows.par_sort_unstable_by(|one, other| one.0.cmp(&other.0));
        rows
    }

    fn rows_of(&self, outer: u32) -> Vec<(Vec<Cell>, At, RowSums)> {
        let mut numbers = vec![OUT; self.inners.len()];
        let mut rows: Vec<(u32, u32, RowSums)> = Vec::new();
        self.visit(outer, &mut |term, piece, fate, share| {
            if fate == Fate::Out {
                return;
            }
            let alike = &self.records[term.number as usize];
            let number = &mut numbers[piece.inner as usize];
            if *number == OUT {
                *number = rows.len() as u32;
                rows.push((piece.inner, OUT, RowSums::default()));
            }
            let (_, last, row) = &mut rows[*number as usize];
            for (slot, sign) in Slot::of(term.standing, fate, share.class)
                .into_iter()
                .flatten()
            {
                row.add(slot, i128::from(sign) * i128::from(alike.pence), share.near);
            }
            // The lines of records count once, however many pieces of them lie here.
            if term.standing.counts() && fate == Fate::In && *last != term.number {
                *last = term.number;
                row.lines += alike.lines;
            }
        });
        (rows.into_iter())
            .map(|(inner, _, row)| {
                let at = At { outer, inner };
                (self.key(at), at, row)
            })
            .collect()
    }

    /// Calls back with each piece of each term of a row.
    fn visit(&self, outer: u32, sink: &mut impl FnMut(&Term, &SpreadPiece, Fate, &Taken)) {
        for term in &self.terms[self.of_outer[outer as usize].clone()] {
            let spread = &self.spreads[term.division as usize];
            let class = term.class.max(spread.class);
            let weight = match term.weight {
                (1, 1) => Share::Whole,
                (n, d) => Share::of(n, d),
            };
            for piece in &spread.pieces {
                let fate = term.before.and(piece.fate).and(term.after);
                let near = weight.of_share(piece.share);
                sink(term, piece, fate, &Taken { class, near });
            }
        }
    }

    /// The exact sum of one slot of a row.
    pub(super) fn exact(&self, at: At, slot: Slot) -> Exact {
        let mut sum = Exact::zero();
        self.visit(at.outer, &mut |term, piece, fate, share| {
            if fate == Fate::Out || piece.inner != at.inner {
                return;
            }
            for (into, sign) in Slot::of(term.standing, fate, share.class)
                .into_iter()
                .flatten()
            {
                if into == slot {
                    self.add_exactly(&mut sum, term, piece, sign);
                }
            }
        });
        sum
    }

    fn add_exactly(&self, sum: &mut Exact, term: &Term, piece: &SpreadPiece, sign: i64) {
        let pence = Pence::new(self.records[term.number as usize].pence);
        let whole = self.spreads[term.division as usize].whole;
        let (n, d) = match piece.mass == whole {
            true => (1, 1),
            false => (piece.mass, whole),
        };
        let (weight, weights) = term.weight;
        let part = Exact::share(pence, weight * u128::from(n), weights * u128::from(d));
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
            self.visit(outer, &mut |term, piece, fate, share| {
                let row = match fate {
                    Fate::Out => &mut outside,
                    _ => of_outer.entry(piece.inner).or_default(),
                };
                let alike = &self.records[term.number as usize];
                for (slot, sign) in Slot::of(term.standing, fate, share.class)
                    .into_iter()
                    .flatten()
                {
                    row.add(self, slot, term, piece, sign);
                }
                let counts = term.standing.counts() && !matches!(fate, Fate::Unknown(_));
                if counts && row.last != Some(term.number) {
                    row.last = Some(term.number);
                    row.lines += alike.lines;
                    row.zero_lines += alike.zero_lines;
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

/// The shares taken of a term by one piece.
struct Taken {
    class: Evidence,
    near: Share,
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
    fn add(&mut self, terms: &Terms, slot: Slot, term: &Term, piece: &SpreadPiece, sign: i64) {
        let pence = i128::from(sign) * i128::from(terms.records[term.number as usize].pence);
        let whole = terms.spreads[term.division as usize].whole;
        let (n, d) = match piece.mass == whole {
            true => (1, 1),
            false => (piece.mass, whole),
        };
        let (numerator, denominator) =
            (term.weight.0 * u128::from(n), term.weight.1 * u128::from(d));
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

impl Spread {
    fn of(division: &Division, axes: &[Axis], inner: &mut impl FnMut([Cell; 3]) -> u32) -> Self {
        let drilled = |axis: usize, cell: Cell| match axes.contains(&Axis::Inner(axis)) {
            true => cell,
            false => 0,
        };
        let pieces = division.pieces.iter().map(|piece| SpreadPiece {
            fate: piece.fate,
            inner: inner([
                drilled(0, piece.locality),
                drilled(1, piece.ages),
                drilled(2, piece.group),
            ]),
            mass: piece.mass,
            share: Share::of(piece.mass.into(), division.whole.into()),
        });
        Self {
            class: division.class,
            whole: division.whole,
            pieces: pieces.collect(),
        }
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
