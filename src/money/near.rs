//! Sums known to within a little: enough to close most tables without an exact fraction.
//!
//! A share such as 924 of 27,635 has no end in binary. [`Near`] keeps 56 binary places of a penny
//! and how far off they may be at most. Where that decides which penny goes where, the exact sum
//! would decide alike; where it does not, the exact sum is formed and asked. No penny depends on
//! which of the two it was.

use super::{Exact, MoneyError, Pence, close_below};
use num_bigint::BigUint;
use num_traits::ToPrimitive;

/// A part of a whole: how many 2^64ths, rounded down, and by how many of them it may be more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Share {
    Whole,
    Part { parts: u64, off: u64 },
}

impl Share {
    /// `numerator / denominator`, which is one at most.
    pub(crate) fn of(numerator: u128, denominator: u128) -> Self {
        if numerator >= denominator {
            return Self::Whole;
        }
        let parts = match numerator.leading_zeros() {
            64.. => Some((numerator << 64) / denominator),
            _ => ((BigUint::from(numerator) << 64u32) / BigUint::from(denominator)).to_u128(),
        };
        let parts = parts.and_then(|parts| u64::try_from(parts).ok());
        Self::Part {
            parts: parts.unwrap_or(u64::MAX),
            off: 1,
        }
    }

    /// A share of a share.
    pub(crate) fn of_share(self, other: Self) -> Self {
        match (self, other) {
            (Self::Whole, share) | (share, Self::Whole) => share,
            (
                Self::Part { parts, off },
                Self::Part {
                    parts: of,
                    off: more,
                },
            ) => Self::Part {
                parts: ((u128::from(parts) * u128::from(of)) >> 64) as u64,
                off: off + more + 2,
            },
        }
    }
}

/// A sum of shares of pence, and how far off it may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Near {
    /// In 2^56ths of a penny.
    value: i128,
    off: u128,
}

const PLACES: u32 = 56;
const PENNY: i128 = 1 << PLACES;

impl Near {
    /// Nothing is known; the exact sum has to be formed.
    pub(crate) const UNKNOWN: Self = Self {
        value: 0,
        off: u128::MAX,
    };

    /// An exact sum, as near as it can be written: not off at all where its fraction of a penny
    /// ends in binary.
    fn of(exact: &Exact) -> Self {
        match exact.in_fractions(PLACES) {
            Some((value, ends)) => Self {
                value,
                off: u128::from(!ends),
            },
            None => Self::UNKNOWN,
        }
    }

    /// Adds a share of some pence, at most 64 bits of them.
    pub(crate) fn add_share(&mut self, pence: i128, share: Share) {
        let (value, off) = match share {
            Share::Whole => (pence << PLACES, 0),
            Share::Part { parts, off } => (
                (pence * i128::from(parts)) >> (u64::BITS - PLACES),
                // What the share may be more, and two for what is cut off.
                ((pence.unsigned_abs() * u128::from(off)) >> (u64::BITS - PLACES)) + 2,
            ),
        };
        self.add(Self { value, off });
    }

    /// Adds another sum.
    pub(crate) fn add(&mut self, other: Self) {
        *self = match self.value.checked_add(other.value) {
            Some(value) => Self {
                value,
                off: self.off.saturating_add(other.off),
            },
            None => Self::UNKNOWN,
        };
    }

    /// Pounds to four decimals, half to even, as [`Exact::to_pounds`] writes them; `None` where
    /// only the exact sum can say.
    pub(crate) fn to_pounds(self) -> Option<String> {
        let scaled = self.value.unsigned_abs().checked_mul(100)?;
        let off = self.off.checked_mul(100)?;
        let (mut decimals, rest) = (scaled >> PLACES, scaled & (PENNY as u128 - 1));
        if rest.abs_diff(PENNY as u128 / 2) <= off {
            return None;
        }
        decimals += u128::from(rest > PENNY as u128 / 2);
        let sign = if self.value < 0 && decimals != 0 {
            "-"
        } else {
            ""
        };
        Some(format!(
            "{sign}{}.{:04}",
            decimals / 10_000,
            decimals % 10_000
        ))
    }
}

/// Many sums at once, of several kinds in several cells. How far off they may be is kept for a kind,
/// not for each cell: all cells together are hardly off.
#[derive(Debug)]
pub(crate) struct NearSums {
    cells: usize,
    kinds: Vec<Kind>,
}

#[derive(Debug)]
struct Kind {
    values: Vec<i128>,
    added: Vec<bool>,
    off: u128,
    /// All pence that were added, whatever their sign: as long as they fit, so does every sum.
    most: u128,
}

impl NearSums {
    /// So many cells, and no kind yet.
    pub(crate) fn new(cells: usize) -> Self {
        Self {
            cells,
            kinds: Vec::new(),
        }
    }

    /// Adds a share of some pence, at most 64 bits of them.
    pub(crate) fn add_share(&mut self, kind: usize, cell: usize, pence: i128, share: Share) {
        while self.kinds.len() <= kind {
            self.kinds.push(Kind {
                values: vec![0; self.cells],
                added: vec![false; self.cells],
                off: 0,
                most: 0,
            });
        }
        let kind = &mut self.kinds[kind];
        let mut near = Near::default();
        near.add_share(pence, share);
        kind.values[cell] = kind.values[cell].wrapping_add(near.value);
        kind.added[cell] = true;
        kind.off += near.off;
        kind.most += pence.unsigned_abs();
    }

    /// The sum of a cell, if anything was added.
    pub(crate) fn get(&self, kind: usize, cell: usize) -> Option<Near> {
        let kind = self.kinds.get(kind).filter(|kind| kind.added[cell])?;
        Some(match kind.most >> (u128::BITS - 2 - PLACES) {
            0 => Near {
                value: kind.values[cell],
                off: kind.off,
            },
            _ => Near::UNKNOWN,
        })
    }
}

/// [`close_below`] for parts that are known to within a little; `exact` gives the exact ones where
/// that is not enough.
pub(crate) fn close_near(
    whole: Pence,
    parts: &[Near],
    exact: impl Fn(usize) -> Exact,
) -> Result<Vec<Pence>, MoneyError> {
    let all_exactly = || {
        let exact: Vec<Exact> = (0..parts.len()).map(&exact).collect();
        close_below(whole, &exact)
    };
    if parts.iter().any(|part| part.off == Near::UNKNOWN.off) {
        return all_exactly();
    }
    let doubtful = match closed_surely(whole, parts) {
        Ok(closed) => return Ok(closed),
        Err(doubtful) => doubtful,
    };
    // Most that is in doubt is half a penny exactly, which is near enough to itself.
    let mut parts = parts.to_vec();
    for part in doubtful {
        parts[part] = Near::of(&exact(part));
    }
    match closed_surely(whole, &parts) {
        Ok(closed) => Ok(closed),
        Err(_) => all_exactly(),
    }
}

/// The closed parts, or those of which nobody can say what a penny does: something that decides
/// about it lies within what they may be off.
fn closed_surely(whole: Pence, parts: &[Near]) -> Result<Vec<Pence>, Vec<usize>> {
    let all = || Vec::from_iter(0..parts.len());
    let mut sum = Near::default();
    parts.iter().for_each(|part| sum.add(*part));
    let whole = i128::from(whole.get());
    let gap = sum
        .value
        .checked_sub(whole << PLACES)
        .map(i128::unsigned_abs);
    let gap = gap.and_then(|gap| gap.checked_add(sum.off));
    if gap.is_none_or(|gap| gap >= PENNY as u128) {
        return Err(all());
    }
    let mut closed = Vec::with_capacity(parts.len());
    let mut gained = Vec::with_capacity(parts.len());
    let mut doubtful = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let size = part.value.unsigned_abs();
        let (pence, rest) = (size >> PLACES, size & (PENNY as u128 - 1));
        let half = PENNY as u128 / 2;
        if part.off > 0 && rest.abs_diff(half) <= part.off {
            doubtful.push(number);
        }
        let nearest = (pence + u128::from(rest >= half)) as i128;
        let nearest = if part.value < 0 { -nearest } else { nearest };
        gained.push((nearest << PLACES) - part.value);
        closed.push(nearest);
    }
    if !doubtful.is_empty() {
        return Err(doubtful);
    }
    let missing = whole - closed.iter().sum::<i128>();
    if missing != 0 {
        let step = missing.signum();
        let mut order: Vec<usize> = (0..parts.len()).collect();
        order.sort_unstable_by_key(|&i| gained[i] * step);
        let count = usize::try_from(missing.unsigned_abs()).unwrap_or(usize::MAX);
        let Some((taken, left)) = order.split_at_checked(count) else {
            return Err(all());
        };
        // Nobody who is left may have lost as much as one who is not.
        let most = |i: &usize| gained[*i] * step + parts[*i].off as i128;
        let least = |i: &usize| gained[*i] * step - parts[*i].off as i128;
        if let (Some(last), Some(next)) =
            (taken.iter().map(most).max(), left.iter().map(least).min())
            && last >= next
        {
            let close = |i: &&usize| most(i) >= next && least(i) <= last;
            return Err(order.iter().filter(close).copied().collect());
        }
        for &i in taken {
            closed[i] += step;
        }
    }
    super::assert_conserved("closing a table", whole, closed.iter().sum());
    let pence = closed.into_iter().map(Pence::from_wide);
    pence.collect::<Result<_, _>>().map_err(|_| all())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts() -> impl Strategy<Value = (Vec<(i64, u64, u64)>, i64)> {
        let share = prop_oneof![Just(2u64), Just(3), Just(7), Just(1 << 40), 1..1_000_000u64];
        let part = (-100_000_000_000i64..100_000_000_000, any::<u64>(), share)
            .prop_map(|(pence, part, whole)| (pence, part % (whole + 1), whole));
        // Few amounts, so that equal parts and halves occur.
        let few = (-9i64..9, 0u64..5, Just(4u64));
        let part = prop_oneof![part, few];
        (prop::collection::vec(part, 1..20), -1i64..=1)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn what_is_near_closes_as_what_is_exact((parts, more) in parts()) {
            let exact: Vec<Exact> = (parts.iter())
                .map(|&(pence, n, d)| Exact::share(Pence::new(pence), n.into(), d.into()))
                .collect();
            let near: Vec<Near> = (parts.iter())
                .map(|&(pence, n, d)| {
                    let mut near = Near::default();
                    near.add_share(pence.into(), Share::of(n.into(), d.into()));
                    near
                })
                .collect();
            let mut sum = Exact::zero();
            exact.iter().for_each(|part| sum.add(part));
            let whole = Pence::new(sum.nearest().unwrap().get() + more);
            let (one, other) = (
                close_near(whole, &near, |i| exact[i].clone()),
                close_below(whole, &exact),
            );
            prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
            for (near, exact) in near.iter().zip(&exact) {
                if let Some(pounds) = near.to_pounds() {
                    prop_assert_eq!(pounds, exact.to_pounds(4));
                }
            }
        }

        #[test]
        fn shares_of_shares_stay_within_what_they_may_be_off(
            pence in any::<i64>(),
            shares in prop::collection::vec((any::<u64>(), 1..u64::MAX), 1..4),
        ) {
            let mut exact = Exact::whole(Pence::new(pence));
            let mut share = Share::Whole;
            for (part, whole) in shares {
                let part = part % (whole + 1);
                exact = exact.times(&crate::money::Ratio::new(part.into(), whole.into()));
                share = share.of_share(Share::of(part.into(), whole.into()));
            }
            let mut near = Near::default();
            near.add_share(pence.into(), share);
            // The exact sum, in 2^56ths of a penny, lies within what the near one may be off.
            let scaled = exact.times(&crate::money::Ratio::new(1 << PLACES, 1));
            let shown = scaled.to_pounds(2).replace('.', "");
            let whole: i128 = shown.parse().unwrap();
            prop_assert!(whole.abs_diff(near.value) <= near.off + 1, "{whole} {near:?}");
        }
    }
}
