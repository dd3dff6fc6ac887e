//! Exact mixtures of whose money something is, and how circles of them are solved.

use crate::axis::{MemberId, Period};
use crate::money::{Ratio, common_divisor};
use num_bigint::BigUint;
use num_traits::One;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// From where some of a partner's money came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    /// From a partner that can only be worked out together with this one.
    InCircle(MemberId),
    /// From a partner that is worked out for that year.
    Solved(Period, MemberId),
    /// From this partner, and nobody before it.
    Itself(MemberId),
}

/// The sources of a partner's money, in proportion: whole numbers above zero.
pub(super) type Row = BTreeMap<Source, BigUint>;

/// Whose money, as whole numbers that sum to the product of some factors.
#[derive(Clone, Debug)]
struct Mixture {
    weights: BTreeMap<MemberId, BigUint>,
    /// Which factors; each at most once.
    over: BTreeSet<usize>,
}

/// The mixtures of all partners that are worked out.
///
/// A mixture that passes through many hands has a denominator of thousands of bits, and reducing
/// it at each hand would take most of the time. So denominators are kept as sets of factors, one
/// for each partner passed: the common denominator of two is the union of their sets.
#[derive(Clone, Debug, Default)]
pub(super) struct Mixtures {
    factors: Vec<BigUint>,
    solved: BTreeMap<(Period, MemberId), Mixture>,
}

impl Mixtures {
    /// Works out the partners of a group: a single one, or a circle into which money comes.
    pub(super) fn solve(&mut self, year: Period, rows: BTreeMap<MemberId, Row>) {
        let rows = without_circle(rows);
        let sum = |row: &Row| row.values().sum::<BigUint>();
        let whole = rows.values().fold(BigUint::one(), |whole, row| {
            let sum = sum(row);
            let new = &sum / common_divisor(&whole, &sum);
            whole * new
        });
        let factor = (!whole.is_one()).then_some(self.factors.len());
        self.factors.extend(factor.map(|_| whole.clone()));
        for (partner, row) in rows {
            let scale = &whole / sum(&row);
            let mixture = self.mix(&row, &scale, factor);
            self.solved.insert((year, partner), mixture);
        }
    }

    fn mix(&self, row: &Row, scale: &BigUint, factor: Option<usize>) -> Mixture {
        let of = |source: &Source| match *source {
            Source::Solved(year, partner) => self.solved.get(&(year, partner)),
            Source::Itself(_) | Source::InCircle(_) => None,
        };
        let mut over: BTreeSet<usize> = row
            .keys()
            .filter_map(of)
            .flat_map(|mixture| mixture.over.iter().copied())
            .collect();
        let mut weights: BTreeMap<MemberId, BigUint> = BTreeMap::new();
        for (source, weight) in row {
            let weight = weight * scale;
            match (of(source), *source) {
                (Some(mixture), _) => {
                    let weight = weight * self.product(over.difference(&mixture.over));
                    for (&funder, part) in &mixture.weights {
                        *weights.entry(funder).or_default() += part * &weight;
                    }
                }
                // A partner that nothing is known of is its own funder.
                (None, Source::Itself(of) | Source::Solved(_, of) | Source::InCircle(of)) => {
                    *weights.entry(of).or_default() += weight * self.product(&over);
                }
            }
        }
        over.extend(factor);
        let mixture = Mixture { weights, over };
        self.assert_whole(&mixture);
        mixture
    }

    fn product<'a>(&self, over: impl IntoIterator<Item = &'a usize>) -> BigUint {
        over.into_iter().map(|&i| &self.factors[i]).product()
    }

    /// Stops the program when the shares of a mixture are not exactly one together.
    #[track_caller]
    fn assert_whole(&self, mixture: &Mixture) {
        assert!(
            mixture.weights.values().sum::<BigUint>() == self.product(&mixture.over),
            "shares of a partner's money do not sum to one; this is a bug of wholeplace"
        );
    }

    /// The shares of a partner that was worked out, by funder.
    pub(super) fn shares(&self, year: Period, partner: MemberId) -> Option<Vec<(MemberId, Ratio)>> {
        let mixture = self.solved.get(&(year, partner))?;
        let whole = self.product(&mixture.over);
        let shares = mixture.weights.iter().map(|(&funder, weight)| {
            let share = Ratio::reduced(weight.clone().into(), whole.clone());
            (funder, share)
        });
        Some(shares.collect())
    }
}

/// Puts the sources of each partner of a circle in its place in the others, until no row has a
/// partner of the circle among its sources.
///
/// What comes back to a partner from itself, round the circle, is left out of its row: of a pound
/// that went round, as of every other, the shares are those of the rest. This is elimination
/// without a single subtraction, so that no weight turns negative. The shortest row goes first,
/// which keeps rows short; the result is the same in any order.
fn without_circle(mut rows: BTreeMap<MemberId, Row>) -> BTreeMap<MemberId, Row> {
    rows.values_mut().for_each(shorten);
    if is_dense(&rows) {
        return without_dense_circle(rows);
    }
    step_by_step(rows)
}

fn step_by_step(mut rows: BTreeMap<MemberId, Row>) -> BTreeMap<MemberId, Row> {
    let mut left: BTreeSet<MemberId> = rows.keys().copied().collect();
    while let Some(next) = left.iter().copied().min_by_key(|p| (rows[p].len(), *p)) {
        left.remove(&next);
        let sources = rows[&next].clone();
        let whole: BigUint = sources.values().sum();
        for (&partner, row) in &mut rows {
            let Some(weight) = row.remove(&Source::InCircle(next)) else {
                continue;
            };
            row.values_mut().for_each(|other| *other *= &whole);
            for (&source, part) in &sources {
                *row.entry(source).or_default() += part * &weight;
            }
            row.remove(&Source::InCircle(partner));
            shorten(row);
        }
    }
    rows
}

/// Whether most partners of a circle draw on most others, so that every row changes at every step.
fn is_dense(rows: &BTreeMap<MemberId, Row>) -> bool {
    const FEW: usize = 8;
    let within = |row: &Row| {
        row.keys()
            .filter(|source| matches!(source, Source::InCircle(_)))
            .count()
    };
    let all: usize = rows.values().map(within).sum();
    rows.len() > FEW && 4 * all >= rows.len() * rows.len()
}

/// As [`without_circle`], where every row changes at every step: what divides a row is then known
/// beforehand. It is the sum of the row that went before, so that no common divisor is looked for
/// until the end. All rows take part in each step, and those that are done have one sum.
///
/// # Sources
///
/// Bareiss EH. Sylvester's identity and multistep integer-preserving Gaussian elimination. Mathematics
/// of Computation 22, 1968, 565–578.
fn without_dense_circle(rows: BTreeMap<MemberId, Row>) -> BTreeMap<MemberId, Row> {
    let partners: Vec<MemberId> = rows.keys().copied().collect();
    let sources: BTreeSet<Source> = rows.values().flat_map(|row| row.keys().copied()).collect();
    let sources: Vec<Source> = (partners.iter().map(|&partner| Source::InCircle(partner)))
        .chain(
            sources
                .into_iter()
                .filter(|source| !matches!(source, Source::InCircle(_))),
        )
        .collect();
    // A column a source; on the diagonal the sum of the others of the row.
    let mut table: Vec<Vec<BigUint>> = Vec::with_capacity(partners.len());
    for (number, mut row) in rows.into_values().enumerate() {
        row.remove(&sources[number]);
        let sum: BigUint = row.values().sum();
        let mut cells: Vec<BigUint> = (sources.iter())
            .map(|source| row.remove(source).unwrap_or_default())
            .collect();
        cells[number] = sum;
        table.push(cells);
    }
    let mut before = BigUint::one();
    for next in 0..partners.len() {
        let own = std::mem::take(&mut table[next]);
        let pivot = &own[next];
        (table.par_iter_mut().enumerate())
            .filter(|(number, _)| *number != next)
            .for_each(|(number, row)| {
                let weight = std::mem::take(&mut row[next]);
                for (column, cell) in row
                    .iter_mut()
                    .enumerate()
                    .filter(|(column, _)| *column != next)
                {
                    let mut product = pivot * &*cell;
                    let other = &weight * &own[column];
                    // Money that comes back to a partner from itself leaves its sum.
                    if column == number {
                        product -= other;
                    } else {
                        product += other;
                    }
                    *cell = product / &before;
                }
            });
        before = pivot.clone();
        table[next] = own;
    }
    let rows = table.into_iter().enumerate().map(|(number, cells)| {
        let known = sources.iter().copied().zip(cells).enumerate();
        let mut row: Row = known
            .filter(|(column, (_, weight))| *column != number && weight.bits() > 0)
            .map(|(_, (source, weight))| (source, weight))
            .collect();
        shorten(&mut row);
        row
    });
    partners.iter().copied().zip(rows).collect()
}

/// Divides a row by what divides all of it.
fn shorten(row: &mut Row) {
    let Some(smallest) = row.values().min().cloned() else {
        return;
    };
    let mut common = smallest;
    for weight in row.values() {
        if common.is_one() {
            return;
        }
        common = common_divisor(weight, &common);
    }
    if !common.is_one() {
        row.values_mut().for_each(|weight| *weight /= &common);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both ways of taking a circle apart come to the same rows.
    #[test]
    fn dense_circles_are_solved_as_others_are() {
        for partners in 2..12_u32 {
            for seed in 0..5_u64 {
                let weight = |i: u32, j: u32| {
                    let mixed =
                        (u64::from(i * 31 + j * 17) + seed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                    (mixed >> 40) % 1_000
                };
                let rows: BTreeMap<MemberId, Row> = (0..partners)
                    .map(|i| {
                        let mut row: Row = (0..partners)
                            .map(|j| (Source::InCircle(MemberId(j)), BigUint::from(weight(i, j))))
                            .filter(|(source, weight)| {
                                weight.bits() > 0 && *source != Source::InCircle(MemberId(i))
                            })
                            .collect();
                        row.insert(
                            Source::Itself(MemberId(i)),
                            BigUint::from(weight(i + 100, i) + 1),
                        );
                        (MemberId(i), row)
                    })
                    .collect();
                let slowly = {
                    let mut few = rows.clone();
                    few.values_mut().for_each(shorten);
                    step_by_step(few)
                };
                assert_eq!(
                    without_dense_circle(rows),
                    slowly,
                    "{partners} partners, {seed}"
                );
            }
        }
    }
}
