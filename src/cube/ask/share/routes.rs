//! Routes: what a matter at a time gives to the rows of a table, whatever its region.
//!
//! *The naive way* works out for each sum its activity, its days and its standing, and multiplies
//! their shares. *Why it is not enough:* the same matter at the same time comes again in thousands of
//! regions. *The trick:* everything that does not depend on the region is worked out once for each pair
//! of a matter and a time that occurs, and kept as a route: into which row, with which weight, shared out
//! by which driver. What is left for each sum is one multiplication by the shares of its region.
//!
//! *For example*, a youth service of which 30 % is reoffending work, paid from October 2017 to September
//! 2018, asked for the year 2017-18 (182 of its 365 days): one route into the row of reoffending with
//! weight 30 / 100 × 182 / 365, and one into the row of youth work with weight 70 / 100 × 182 / 365.

use super::region_share::RegionShare;
use crate::account::Standing;
use crate::axis::Evidence;
use crate::cube::ask::aggregate::{Buckets, PairTable};
use crate::cube::ask::plan::rules::other;
use crate::cube::ask::plan::{Cell, Drill, Fate, Interner};
use crate::money::Share;
use std::ops::Range;

/// What a matter at a time gives to one row, whatever its region.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// The number of its driver among those of all routes.
    pub driver: u32,
    /// Fates decided before the region is shared out and after it; the first reason is told.
    pub before: Fate,
    pub after: Fate,
    pub standing: Standing,
    pub class: Evidence,
    /// Numerator and denominator of the shares taken before the region is shared out, and about how much that
    /// is.
    pub weight: (u128, u128),
    pub share: Share,
}

impl Route {
    /// What becomes of a piece of its region.
    pub fn fate(&self, piece: Fate) -> Fate {
        self.before.and(piece).and(self.after)
    }

    /// Whether it lies in the slice, as far as that is decided before the region is shared
    /// out.
    pub fn is_in(&self) -> bool {
        self.fate(Fate::In) == Fate::In
    }

    /// How its pieces are known.
    pub fn class(&self, region_share: &RegionShare) -> Evidence {
        self.class.max(region_share.class)
    }
}

/// The routes of one matter at one time into one outer. Its lines count once in a row, however many of
/// these lead there.
#[derive(Clone, Debug)]
pub struct RoutesToRow {
    /// The row, without places, ages and groups.
    pub outer: u32,
    pub routes: Range<usize>,
    /// Whether all of it lies in the slice, as far as that is decided before the region is shared
    /// out.
    pub all_in: bool,
}

/// The routes of a question.
#[derive(Debug)]
pub struct Routes {
    pub routes: Vec<Route>,
    /// Rows without places, ages and groups, by number.
    pub outers: Vec<Vec<Cell>>,
    /// Drivers of the place, by the numbers that routes give them.
    pub drivers: Vec<Option<usize>>,
    by_row: Vec<RoutesToRow>,
    /// Those of each bucket of matters at each bucket of periods, by number.
    ranges: Vec<Range<usize>>,
    /// The number of each pair of buckets.
    known: PairTable,
}

impl Routes {
    /// The routes of these buckets of matters at these buckets of periods; with `everything`, also of
    /// what lies outside.
    pub fn new(
        pairs: &[(u32, u32)],
        drill: &[Drill],
        buckets: &mut Buckets<'_>,
        everything: bool,
    ) -> Self {
        let mut outers = Interner::new();
        let mut drivers = Interner::new();
        let mut routes = Self {
            routes: Vec::new(),
            outers: Vec::new(),
            drivers: Vec::new(),
            by_row: Vec::new(),
            ranges: Vec::with_capacity(pairs.len()),
            known: PairTable::new(buckets.matters.len(), buckets.periods.len()),
        };
        let mut found: Vec<(u32, Route)> = Vec::new();
        for (number, &(matter, period)) in (0..).zip(pairs) {
            let time = buckets.periods[period as usize].period;
            let parts = buckets.parts(matter, time);
            let stands = buckets.stands(matter, time);
            let days = &buckets.periods[period as usize].pieces;
            let of = &buckets.matters[matter as usize];
            for part in &parts.parts {
                for &(when, year, of_days) in &days.pieces {
                    for seen in &stands {
                        let stand = seen.stand;
                        let before = seen.fate.and(of.tag.and(part.fate));
                        if !everything && before.and(when) == Fate::Out {
                            continue;
                        }
                        let key: Vec<Cell> = (drill.iter())
                            .filter_map(|axis| match axis {
                                Drill::Partner => Some(seen.partner),
                                Drill::Role(role, hands) => Some(hands.cell(*role, &stand, year)),
                                Drill::Counterparty => Some(other(&stand)),
                                Drill::Activity(_) => Some(part.cell),
                                Drill::Times(_) => Some(year),
                                Drill::Flexibility => {
                                    Some(Cell::member(of.matter.flexibility.packed()))
                                }
                                Drill::Labels(labels) => Some(labels.cell(of.matter.tags)),
                                Drill::Ages(_) | Drill::Group(_) | Drill::Locality(_) => None,
                                // Lines are walked one by one where they are told apart.
                                Drill::Ledger(_) | Drill::Code(_) => None,
                            })
                            .collect();
                        let taken = [
                            stand.part,
                            (part.weight, parts.whole),
                            (of_days.into(), days.whole.into()),
                        ];
                        let weight = product(&taken);
                        // A flow or a time is shared out by somebody's choice.
                        let chosen = taken[0].0 != taken[0].1 || taken[2].0 != taken[2].1;
                        let route = Route {
                            driver: drivers.number(part.driver, |driver| *driver),
                            before,
                            after: when,
                            standing: stand.standing,
                            class: if chosen {
                                parts.class.max(Evidence::Judgement)
                            } else {
                                parts.class
                            },
                            weight,
                            share: Share::of(weight.0, weight.1),
                        };
                        found.push((outers.number(key, Clone::clone), route));
                    }
                }
            }
            *routes.known.number(matter, period) = number;
            routes.push(&mut found);
        }
        (routes.outers, routes.drivers) = (outers.all, drivers.all);
        routes
    }

    /// Takes the routes of the next pair, with their outers.
    fn push(&mut self, found: &mut Vec<(u32, Route)>) {
        let start = self.by_row.len();
        found.sort_by_key(|(outer, _)| *outer);
        for of_outer in found.chunk_by(|(one, _), (other, _)| one == other) {
            let first = self.routes.len();
            self.routes.extend(of_outer.iter().map(|(_, route)| *route));
            self.by_row.push(RoutesToRow {
                outer: of_outer[0].0,
                routes: first..self.routes.len(),
                all_in: of_outer.iter().all(|(_, route)| route.is_in()),
            });
        }
        found.clear();
        self.ranges.push(start..self.by_row.len());
    }

    /// Whether nothing goes into two rows that become one, where each row has its number among coarser ones.
    pub fn stay_apart(&self, coarser: &[u32]) -> bool {
        let mut met: Vec<u32> = Vec::new();
        self.ranges.iter().all(|of_pair| {
            met.clear();
            let outers = self.by_row[of_pair.clone()].iter().map(|row| row.outer);
            met.extend(outers.filter_map(|outer| coarser.get(outer as usize)));
            met.sort_unstable();
            met.windows(2).all(|pair| pair[0] != pair[1])
        })
    }

    /// The routes of a bucket of matters at a bucket of periods.
    pub fn by_row(&self, matter: u32, period: u32) -> &[RoutesToRow] {
        &self.by_row[self.ranges[self.known.get(matter, period) as usize].clone()]
    }
}

/// Shares taken one after another, as one numerator and denominator.
fn product(shares: &[(u64, u64)]) -> (u128, u128) {
    (shares.iter())
        .filter(|(part, whole)| part != whole)
        .fold((1, 1), |(n, d), &(part, whole)| {
            (n * u128::from(part), d * u128::from(whole))
        })
}
