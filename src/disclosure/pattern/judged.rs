//! Rules held to the amounts of holders, and how far what is sensitive must stay open.

use super::rule::{Dominance, Open, Rule};
use super::told::Why;
use crate::money::Ratio;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

/// What each holder has in a part, without signs, the largest first; nobody with nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Amounts {
    /// The few largest, in descending order.
    pub(super) largest: Vec<i128>,
    /// All together.
    pub(super) total: i128,
    /// How many there are.
    pub(super) count: u64,
}

impl Amounts {
    /// Of what each holder has; `most` is how many of the largest are wanted.
    pub(super) fn of(amounts: impl Iterator<Item = i128>, most: usize) -> Self {
        let mut made = Self {
            largest: Vec::with_capacity(most + 1),
            ..Self::default()
        };
        for amount in amounts.map(i128::abs).filter(|&amount| amount > 0) {
            made.total += amount;
            made.count += 1;
            if made.largest.len() < most || made.largest.last().is_some_and(|&last| last < amount) {
                let at = made.largest.partition_point(|&larger| larger >= amount);
                made.largest.insert(at, amount);
                made.largest.truncate(most);
            }
        }
        made
    }

    fn first(&self, n: usize) -> i128 {
        self.largest.iter().take(n).sum()
    }

    /// What the two largest leave.
    fn rest(&self) -> i128 {
        self.total - self.first(2)
    }
}

impl Rule {
    /// How many of the largest amounts the rule looks at.
    pub(super) fn looks_at(&self) -> usize {
        match &self.dominance {
            Dominance::Nk(rules) => rules
                .iter()
                .map(|(n, _)| *n as usize)
                .max()
                .unwrap_or(0)
                .max(2),
            _ => 2,
        }
    }

    /// How many holders together may be looking: one, or two where the rule asks for three or more.
    pub(super) const fn coalition(&self) -> usize {
        if self.holders >= 3 { 2 } else { 1 }
    }

    /// Why a part is sensitive, if it is. A part in which nobody has anything is not.
    pub(super) fn judge(&self, amounts: &Amounts) -> Option<Why> {
        if amounts.count == 0 {
            None
        } else if amounts.count < self.holders {
            Some(Why::Few)
        } else if self.dominates(amounts) {
            Some(Why::Dominated)
        } else {
            None
        }
    }

    fn dominates(&self, amounts: &Amounts) -> bool {
        let one = amounts.first(1);
        match &self.dominance {
            Dominance::None => false,
            // Multiplied by 100: rest · 100 < p · x1.
            Dominance::Percent(p) => less((amounts.rest(), &whole(100)), (one, p)),
            Dominance::Nk(rules) => rules.iter().any(|(n, k)| {
                less(
                    (amounts.total, k),
                    (amounts.first(*n as usize), &whole(100)),
                )
            }),
            Dominance::Pq(p, q) => less((amounts.rest(), q), (one, p)),
        }
    }

    /// How far a sensitive part must stay open each way, in the units of `amounts` divided by `scale`, rounded up; at
    /// least one. `value` is the part itself.
    pub(super) fn level(&self, amounts: &Amounts, value: i128, scale: i128) -> i128 {
        let wide = |number: i128| Ratio::new(number, 1);
        let hundredth = |ratio: &Ratio| ratio.times(&Ratio::new(1, 100));
        let level = match &self.open {
            Open::Percent(percent) => hundredth(percent).times(&wide(value.abs())),
            Open::Rule => {
                let rest = wide(amounts.rest());
                let one = wide(amounts.first(1));
                match &self.dominance {
                    Dominance::None => Ratio::zero(),
                    Dominance::Percent(p) => hundredth(p).times(&one).minus(&rest),
                    Dominance::Pq(p, q) => {
                        let part = q
                            .inverse()
                            .map_or_else(Ratio::zero, |inverse| p.times(&inverse));
                        part.times(&one).minus(&rest)
                    }
                    Dominance::Nk(rules) => (rules.iter())
                        .filter_map(|(n, k)| {
                            let of_all = whole(100).times(&k.inverse()?);
                            Some(
                                of_all
                                    .times(&wide(amounts.first(*n as usize)))
                                    .minus(&wide(amounts.total)),
                            )
                        })
                        .max()
                        .unwrap_or_else(Ratio::zero),
                }
            }
        };
        let scaled = level.times(&Ratio::new(1, scale.unsigned_abs().max(1)));
        rounded_up(&scaled).max(1)
    }
}

/// Up to the next whole number.
pub(super) fn rounded_up(ratio: &Ratio) -> i128 {
    let (above, below) = ratio.terms();
    let below = BigInt::from(below);
    let mut whole: BigInt = &above / &below;
    if above.is_positive() && !(&above % &below).is_zero() {
        whole += 1;
    }
    whole.to_i128().unwrap_or(i128::MAX)
}

fn whole(number: i128) -> Ratio {
    Ratio::new(number, 1)
}

/// Whether the first amount times its factor is less than the second times its own.
fn less(one: (i128, &Ratio), other: (i128, &Ratio)) -> bool {
    // one.above · other.below < other.above · one.below
    let short = || {
        let product = |amount: i128, above: &Ratio, below: &Ratio| {
            let above = i128::try_from(above.lowest_terms().0).ok()?;
            let below = i128::try_from(below.lowest_terms().1).ok()?;
            amount.checked_mul(above)?.checked_mul(below)
        };
        Some(product(one.0, one.1, other.1)? < product(other.0, other.1, one.1)?)
    };
    short().unwrap_or_else(|| whole(one.0).times(one.1) < whole(other.0).times(other.1))
}
