//! An exact sum while it is added up: most of its parts share a few denominators.

use crate::money::{Exact, Pence};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// Parts of pence, and their sum when all are there.
#[derive(Debug, Default)]
pub struct ExactSum {
    /// Numerators by denominator, as long as they fit.
    wide: HashMap<u128, i128, FixedState>,
    exact: Exact,
}

impl ExactSum {
    /// Adds a part, a numerator and a denominator, of some pence with a sign.
    pub fn add(&mut self, pence: i64, sign: i64, (numerator, denominator): (u128, u128)) {
        let sum = self.wide.entry(denominator).or_default();
        let more = i128::try_from(numerator)
            .ok()
            .and_then(|numerator| numerator.checked_mul(i128::from(sign) * i128::from(pence)))
            .and_then(|product| product.checked_add(*sum));
        match more {
            Some(more) => *sum = more,
            None => {
                let part = Exact::share(Pence::new(pence), numerator, denominator);
                if sign < 0 {
                    self.exact.add(&part.negated())
                } else {
                    self.exact.add(&part)
                }
            }
        }
    }

    /// The sum.
    pub fn settled(self) -> Exact {
        let mut sum = self.exact;
        #[expect(
            clippy::iter_over_hash_type,
            reason = "exact sums do not depend on order"
        )]
        for (denominator, pence) in self.wide {
            sum.add_wide(pence, denominator);
        }
        sum
    }
}
