//! The terms of some regions, by the rows they go into.

use super::routes::Routes;
use crate::cube::ask::aggregate::Chunk;
use std::ops::Range;

/// What one sum gives to one row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Term {
    /// Of the sum; so it need not be looked up.
    pub pence: i64,
    pub region: u32,
    /// Its number among those of the chunk.
    pub sum: u32,
    pub route: u32,
}

/// The terms of some regions, by outer: those of one region stand together, and among them those
/// of one sum.
#[derive(Debug)]
pub struct TermIndex {
    terms: Vec<Term>,
    of_outer: Vec<Range<usize>>,
}

impl TermIndex {
    /// The terms of sums.
    pub fn new(chunk: &Chunk, routes: &Routes) -> Self {
        let (mut of_outer, count) = room(chunk, routes);
        let mut terms = vec![Term::default(); count];
        let mut number = 0;
        for (region, sums) in chunk.regions() {
            for sum in sums {
                for to_row in routes.by_row(sum.matter, sum.period) {
                    let own = &mut of_outer[to_row.outer as usize];
                    for route in to_row.routes.clone() {
                        terms[own.end] = Term {
                            pence: sum.pence,
                            region,
                            sum: number,
                            route: route as u32,
                        };
                        own.end += 1;
                    }
                }
                number += 1;
            }
        }
        Self { terms, of_outer }
    }

    pub fn of_outer(&self, outer: u32) -> &[Term] {
        &self.terms[self.of_outer[outer as usize].clone()]
    }
}

/// Where the terms of each outer will stand, and how many there will be.
fn room(chunk: &Chunk, routes: &Routes) -> (Vec<Range<usize>>, usize) {
    let mut counts = vec![0; routes.outers.len()];
    for sum in &chunk.sums {
        for to_row in routes.by_row(sum.matter, sum.period) {
            counts[to_row.outer as usize] += to_row.routes.len();
        }
    }
    let mut start = 0;
    let starts = counts.iter().map(|count| {
        start += count;
        start - count..start - count
    });
    (starts.collect(), start)
}
