//! Sums known to within a little: enough to close most tables without an exact fraction.
//!
//! A share such as 924 of 27,635 ends in no number system. [`Bounded`] counts units so small that there
//! are 56,679,727,104,000,000 in a penny, and how many of them it may be off. Where what it is off
//! decides about no penny, the exact sum would decide alike; where it does, the exact sum is formed
//! and asked. So no penny depends on which of the two it was.

use super::{Exact, MoneyError, Pence, close_below, push_decimal};
use num_bigint::BigUint;
use num_traits::ToPrimitive;
use smallvec::SmallVec;

/// How many units make a penny: about 2^55.7, and divided without a rest by powers of ten up to a
/// million, by months, weeks and sevenths, so that weights as people choose them end in units.
const PENNY: u64 = ODD << TWOS;
const TWOS: u32 = 27;
const ODD: u64 = 27 * 15_625 * 1_001;

/// A part of a whole, in units of which a whole has as many as a penny.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Share {
    /// Rounded down.
    units: u64,
    /// The same in 2^64ths of the whole, rounded down; of no use where this is the whole.
    fraction: u64,
    /// By how many units it may be more.
    off: u64,
}

impl Share {
    pub(crate) const WHOLE: Self = Self {
        units: PENNY,
        fraction: u64::MAX,
        off: 0,
    };

    /// `numerator / denominator`, which is one at most.
    pub(crate) fn of(numerator: u128, denominator: u128) -> Self {
        if numerator >= denominator {
            return Self::WHOLE;
        }
        let (units, rest, fraction) = if numerator.leading_zeros() >= 64 {
            let product = numerator * u128::from(PENNY);
            (
                product / denominator,
                !product.is_multiple_of(denominator),
                (numerator << 64) / denominator,
            )
        } else {
            let (numerator, denominator) = (BigUint::from(numerator), BigUint::from(denominator));
            let product = &numerator * PENNY;
            let units = &product / &denominator;
            let rest = &units * &denominator != product;
            let fraction = (numerator << 64u32) / denominator;
            let short = |number: BigUint| number.to_u128().unwrap_or_default();
            (short(units), rest, short(fraction))
        };
        // Below a whole there are fewer units than in a penny, and fewer 2^64ths than 2^64.
        Self {
            units: units as u64,
            fraction: fraction as u64,
            off: u64::from(rest),
        }
    }

    /// Whether this is all of it.
    pub(crate) fn is_whole(self) -> bool {
        self.units == PENNY
    }
}

/// A sum of shares of pence, and how far off it may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounded {
    /// In units of which [`PENNY`] make a penny.
    value: i128,
    off: u128,
}

impl Bounded {
    /// Nothing is known; the exact sum has to be formed.
    pub(crate) const UNKNOWN: Self = Self {
        value: 0,
        off: u128::MAX,
    };

    /// An exact sum, as near as it can be written.
    pub(crate) fn of(exact: &Exact) -> Self {
        match exact.in_units(PENNY) {
            Some((value, ends)) => Self {
                value,
                off: u128::from(!ends),
            },
            None => Self::UNKNOWN,
        }
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

    pub(crate) fn negated(self) -> Self {
        Self {
            value: -self.value,
            ..self
        }
    }

    /// Whether it is nothing; `None` where only the exact sum can say.
    pub(crate) fn is_zero(self) -> Option<bool> {
        match (self.value.unsigned_abs(), self.off) {
            (0, 0) => Some(true),
            (size, off) if size > off => Some(false),
            _ => None,
        }
    }

    /// A share of it, for sums below 2^126 units.
    fn times(self, share: Share) -> Self {
        if share.is_whole() {
            return self;
        }
        let size = self.value.unsigned_abs();
        let (high, low) = ((size >> 64) as u64, size as u64);
        let times = |part: u64| u128::from(part) * u128::from(share.fraction);
        // Below 2^127: high has 62 bits and the fraction 64.
        let value = (times(high).wrapping_add(times(low) >> 64)) as i128;
        Self {
            value: if self.value < 0 { -value } else { value },
            // As it was, and what the fraction was rounded down, and this.
            off: (self.off).wrapping_add(u128::from(high) + 2),
        }
    }

    /// Whole pence towards zero, and the units beyond them.
    fn pence(self) -> (u128, u64) {
        let size = self.value.unsigned_abs();
        // Division of 128 bits is slow, and seldom needed.
        let without_twos = size >> TWOS;
        let pence = match u64::try_from(without_twos) {
            Ok(short) => u128::from(short / ODD),
            Err(_) => without_twos / u128::from(ODD),
        };
        (pence, (size - pence * u128::from(PENNY)) as u64)
    }

    /// Pounds to four decimals, half to even, as [`Exact::to_pounds`] writes them; `None` where
    /// only the exact sum can say.
    pub(crate) fn to_pounds(self) -> Option<String> {
        const HUNDREDTH: u64 = PENNY / 100;
        let (pence, rest) = self.pence();
        // More than that is for the exact sum to say.
        let pence = u64::try_from(pence).ok()?.checked_mul(100)?;
        let mut decimals = pence.checked_add(rest / HUNDREDTH)?;
        let rest = rest % HUNDREDTH;
        if u128::from(rest.abs_diff(HUNDREDTH / 2)) <= self.off {
            return None;
        }
        decimals = decimals.checked_add(u64::from(rest > HUNDREDTH / 2))?;
        let decimals = i128::from(decimals);
        let mut pounds = String::with_capacity("-1234567.0000".len());
        push_decimal(
            &mut pounds,
            if self.value < 0 { -decimals } else { decimals },
            4,
        );
        Some(pounds)
    }
}

/// Many sums at once, in rows and columns.
#[derive(Debug)]
pub(crate) struct BoundedSums {
    /// Each row is as long as its last column that has something.
    rows: Vec<Vec<NearCell>>,
    /// No cell has more pence added to it, whatever their sign.
    most: u128,
}

/// A sum, with a count beside it.
#[derive(Clone, Copy, Debug, Default)]
struct NearCell {
    value: i128,
    /// Wraps only where [`BoundedSums::most`] is beyond [`MOST`].
    off: u64,
    /// The count, above whether anything was added.
    count: u64,
}

/// With more pence nothing is known: so that units fit 127 bits, and what they may be off 64. A penny
/// has fewer than 2^56 units; a share of a share may be off by little more than one for each penny, and
/// by two for each time that something is added, of which nobody lives to see 2^62.
const MOST: u128 = 1 << 61;

impl BoundedSums {
    /// So many rows with nothing in them.
    pub(crate) fn new(rows: usize) -> Self {
        Self {
            rows: vec![Vec::new(); rows],
            most: 0,
        }
    }

    /// Adds to a column of some rows, each named once, its share of a share of some pence, at most 64
    /// bits of them, and counts.
    pub(crate) fn add(
        &mut self,
        column: u32,
        (pence, taken): (i128, Share),
        count: u64,
        shares: &[(u32, Share)],
    ) {
        self.most += pence.unsigned_abs();
        let count = count << 1;
        match i64::try_from(pence) {
            // Most money is divided once.
            Ok(pence) if taken.is_whole() => {
                for &(row, share) in shares {
                    // Two words of 64 bits multiplied: a share has 56.
                    let value = i128::from(pence) * i128::from(share.units as i64);
                    let off = pence.unsigned_abs().wrapping_mul(share.off);
                    self.cell(row, column).add(value, off, count);
                }
            }
            _ => {
                let part = Bounded {
                    value: pence.wrapping_mul(i128::from(taken.units)),
                    off: pence.unsigned_abs().wrapping_mul(u128::from(taken.off)),
                };
                for &(row, share) in shares {
                    let Bounded { value, off } = part.times(share);
                    self.cell(row, column).add(value, off as u64, count);
                }
            }
        }
    }

    /// Counts in a cell.
    pub(crate) fn count(&mut self, row: u32, column: u32, count: u64) {
        self.cell(row, column).add(0, 0, count << 1);
    }

    /// Adds other sums of the same rows, whose columns have other numbers here.
    pub(crate) fn add_all(&mut self, other: &Self, columns: &[u32]) {
        self.most += other.most;
        for (row, cells) in (0..).zip(&other.rows) {
            let known = cells
                .iter()
                .zip(columns)
                .filter(|(cell, _)| cell.is_known());
            for (cell, &column) in known {
                let NearCell { value, off, count } = *cell;
                self.cell(row, column).add(value, off, count);
            }
        }
    }

    /// The sum of a cell and its count, if anything was added.
    pub(crate) fn get(&self, row: u32, column: u32) -> Option<(Bounded, u64)> {
        let cell = self.rows[row as usize].get(column as usize);
        let NearCell { value, off, count } = *cell.filter(|cell| cell.is_known())?;
        let near = if self.most <= MOST {
            Bounded {
                value,
                off: off.into(),
            }
        } else {
            Bounded::UNKNOWN
        };
        Some((near, count >> 1))
    }

    /// How many cells of a row have something added to them.
    pub(crate) fn known(&self, row: u32) -> usize {
        self.rows[row as usize]
            .iter()
            .filter(|cell| cell.is_known())
            .count()
    }

    fn cell(&mut self, row: u32, column: u32) -> &mut NearCell {
        let (row, column) = (&mut self.rows[row as usize], column as usize);
        if row.len() <= column {
            row.resize(column + 1, NearCell::default());
        }
        &mut row[column]
    }
}

impl NearCell {
    /// Adds a value, what it may be off, and a count above a bit.
    fn add(&mut self, value: i128, off: u64, count: u64) {
        self.value = self.value.wrapping_add(value);
        self.off = self.off.wrapping_add(off);
        self.count = (self.count & !1).wrapping_add(count & !1) | 1;
    }

    fn is_known(self) -> bool {
        self.count & 1 == 1
    }
}

/// A list of which most are short: a table is closed in very many of them.
pub(crate) type Few<T> = SmallVec<[T; 8]>;

/// [`close_below`] for parts that are known to within a little; `exact` gives the exact ones where
/// that is not enough.
pub(crate) fn close_bounded(
    whole: Pence,
    parts: &[Bounded],
    exact: impl Fn(usize) -> Exact,
) -> Result<Few<Pence>, MoneyError> {
    let all_exactly = || {
        let exact: Vec<Exact> = (0..parts.len()).map(&exact).collect();
        close_below(whole, &exact).map(Few::from_vec)
    };
    if parts.iter().any(|part| part.off == Bounded::UNKNOWN.off) {
        return all_exactly();
    }
    let doubtful = match closed_surely(whole, parts) {
        Ok(closed) => return Ok(closed),
        Err(doubtful) => doubtful,
    };
    // Those alone exactly: most are half a penny, which is a whole number of units.
    let mut parts = parts.to_vec();
    for part in doubtful {
        parts[part] = Bounded::of(&exact(part));
    }
    match closed_surely(whole, &parts) {
        Ok(closed) => Ok(closed),
        Err(_) => all_exactly(),
    }
}

/// The closed parts, or those of which nobody can say what a penny does: something that decides
/// about it lies within what they may be off.
fn closed_surely(whole: Pence, parts: &[Bounded]) -> Result<Few<Pence>, Vec<usize>> {
    let all = || Vec::from_iter(0..parts.len());
    let mut sum = Bounded::default();
    parts.iter().for_each(|part| sum.add(*part));
    let whole = i128::from(whole.get());
    let penny = i128::from(PENNY);
    let gap = sum.value.checked_sub(whole * penny);
    let gap = gap.map(i128::unsigned_abs);
    let gap = gap.and_then(|gap| gap.checked_add(sum.off));
    if gap.is_none_or(|gap| gap >= penny.unsigned_abs()) {
        return Err(all());
    }
    let mut closed: Few<i128> = Few::with_capacity(parts.len());
    // By how many units each is more than it was; half a penny at most.
    let mut gained: Few<i64> = Few::with_capacity(parts.len());
    let mut doubtful = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let (pence, rest) = part.pence();
        let half = PENNY / 2;
        if part.off > 0 && u128::from(rest.abs_diff(half)) <= part.off {
            doubtful.push(number);
        }
        let up = rest >= half;
        let nearest = (pence + u128::from(up)) as i128;
        let more = if up { PENNY - rest } else { rest } as i64;
        let below_zero = part.value < 0;
        closed.push(if below_zero { -nearest } else { nearest });
        gained.push(if up != below_zero { more } else { -more });
    }
    if !doubtful.is_empty() {
        return Err(doubtful);
    }
    let missing = whole - closed.iter().sum::<i128>();
    if missing != 0 {
        let step = missing.signum() as i64;
        let count = usize::try_from(missing.unsigned_abs()).unwrap_or(usize::MAX);
        if count > parts.len() {
            return Err(all());
        }
        let mut order: Few<usize> = (0..parts.len()).collect();
        // As exact parts are closed: among equals a penny away from zero goes to the earlier, and a
        // penny towards zero comes from the later. Who is first of all does not matter.
        if count < parts.len() {
            order.select_nth_unstable_by_key(count, |&i| {
                let grows = (parts[i].value < 0) == (step < 0);
                (
                    gained[i] * step,
                    !grows,
                    if grows { i } else { parts.len() - i },
                )
            });
        }
        let (taken, left) = order.split_at(count);
        // Nobody who is left may have lost as much as one who is not; of two that are not off at
        // all the order says enough. No part is off by as much as half a penny, or it were doubtful.
        let most = |i: &usize| gained[*i] * step + parts[*i].off as i64;
        let least = |i: &usize| gained[*i] * step - parts[*i].off as i64;
        let off = |i: &&usize| parts[**i].off > 0;
        let last = taken.iter().map(most).max();
        let next = left.iter().map(least).min();
        let last_off = taken.iter().filter(off).map(most).max();
        let next_off = left.iter().filter(off).map(least).min();
        let meet = |last: Option<i64>, next: Option<i64>| {
            last.zip(next).is_some_and(|(last, next)| last >= next)
        };
        if meet(last_off, next) || meet(last, next_off) {
            let close = |i: &&usize| {
                off(i)
                    && next.is_some_and(|next| most(i) >= next)
                    && last.is_some_and(|last| least(i) <= last)
            };
            return Err(order.iter().filter(close).copied().collect());
        }
        for &i in taken {
            closed[i] += i128::from(step);
        }
    }
    super::assert_conserved("closing a table", whole, closed.iter().sum());
    let pence = closed.into_iter().map(Pence::from_wide);
    pence.collect::<Result<_, _>>().map_err(|_| all())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Ratio;
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

    /// A part and its whole: any, a few, and all of it.
    fn share() -> impl Strategy<Value = (u64, u64)> {
        let any = (any::<u64>(), 1..u64::MAX).prop_map(|(part, whole)| (part % (whole + 1), whole));
        prop_oneof![any, (0..5u64).prop_map(|part| (part, 4)), Just((1, 1))]
    }

    fn near(pence: i64, share: Share) -> Bounded {
        shared(&[(pence, share)], Share::WHOLE)
    }

    /// Shares of pence, divided again.
    fn shared(parts: &[(i64, Share)], of: Share) -> Bounded {
        let mut sums = BoundedSums::new(1);
        for &(pence, share) in parts {
            sums.add(0, (pence.into(), share), 0, &[(0, of)]);
        }
        sums.get(0, 0).unwrap().0
    }

    #[test]
    fn weights_as_people_choose_them_end_in_units() {
        for whole in [2, 3, 7, 12, 60, 100, 1_000, 1_000_000, 84, 52, 27, 13] {
            assert_eq!(Share::of(1, whole).off, 0, "{whole}");
        }
        assert_eq!(Share::of(924, 27_635).off, 1);
    }

    #[test]
    fn of_more_pence_than_fit_nothing_is_known() {
        let third = Share::of(1, 3);
        let most = 1i64 << 61;
        assert_ne!(near(most, third), Bounded::UNKNOWN);
        assert_eq!(near(most + 1, third), Bounded::UNKNOWN);
        let both = [(most, third), (-1, third)];
        assert_eq!(shared(&both, Share::WHOLE), Bounded::UNKNOWN);
        // The pence taken off for an elimination may be one more than 64 bits hold.
        let mut sums = BoundedSums::new(1);
        sums.add(0, (-i128::from(i64::MIN), third), 0, &[(0, third)]);
        assert_eq!(sums.get(0, 0).unwrap().0, Bounded::UNKNOWN);
    }

    #[test]
    fn sums_of_several_threads_are_those_of_one() {
        let (third, most) = (Share::of(1, 3), 1i128 << 61);
        let sums = |added: &[(u32, i128)]| {
            let mut sums = BoundedSums::new(2);
            for &(column, pence) in added {
                sums.add(column, (pence, third), 1, &[(0, third), (1, Share::WHOLE)]);
            }
            sums
        };
        let (one, mut other) = (sums(&[(0, 7), (2, 11)]), sums(&[(0, 13)]));
        other.add_all(&one, &[1, 3, 0]);
        let together = sums(&[(1, 7), (0, 13), (0, 11)]);
        for (row, column) in [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)] {
            assert_eq!(other.get(row, column), together.get(row, column));
        }
        assert_eq!(other.known(0), 2);
        // What is too much together is not known either.
        let mut half = sums(&[(0, most / 2 + 1)]);
        assert_ne!(half.get(0, 0).unwrap().0, Bounded::UNKNOWN);
        half.add_all(&sums(&[(1, most / 2)]), &[0, 1]);
        assert_eq!(half.get(0, 0).unwrap().0, Bounded::UNKNOWN);
    }

    #[test]
    fn pounds_are_written_as_far_as_they_fit() {
        let pounds = |pence: u64| near(pence as i64, Share::WHOLE).to_pounds();
        assert_eq!(pounds(123).unwrap(), "1.2300");
        let most = u64::MAX / 100;
        assert_eq!(pounds(most).unwrap(), "1844674407370955.1600");
        // Shares of a penny beyond the last hundredth that 64 bits hold.
        let beyond = shared(
            &[(most as i64, Share::WHOLE), (1, Share::of(1, 2))],
            Share::WHOLE,
        );
        assert_eq!(beyond.to_pounds(), None);
        assert_eq!(pounds(most + 1), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn what_is_near_closes_as_what_is_exact((parts, more) in parts()) {
            let exact: Vec<Exact> = (parts.iter())
                .map(|&(pence, n, d)| Exact::share(Pence::new(pence), n.into(), d.into()))
                .collect();
            let near: Vec<Bounded> = (parts.iter())
                .map(|&(pence, n, d)| {
                    near(pence, Share::of(n.into(), d.into()))
                })
                .collect();
            let mut sum = Exact::zero();
            exact.iter().for_each(|part| sum.add(part));
            let whole = Pence::new(sum.nearest().unwrap().get() + more);
            let (one, other) = (
                close_bounded(whole, &near, |i| exact[i].clone()),
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
            // Four of them are as many as may be added up.
            parts in prop::collection::vec((-(1i64 << 59)..1 << 59, share()), 1..=4),
            of in share(),
        ) {
            let ratio = |(part, whole): (u64, u64)| Ratio::new(part.into(), whole.into());
            let near_share = |(part, whole): (u64, u64)| Share::of(part.into(), whole.into());
            let mut exact = Exact::zero();
            for &(pence, share) in &parts {
                exact.add(&Exact::whole(Pence::new(pence)).times(&ratio(share)));
            }
            let exact = exact.times(&ratio(of));
            let shares: Vec<(i64, Share)> = (parts.iter())
                .map(|&(pence, share)| (pence, near_share(share)))
                .collect();
            let near = shared(&shares, near_share(of));
            // The exact sum, in units, lies within what the near one may be off.
            let scaled = exact.times(&Ratio::new(PENNY.into(), 1));
            let shown = scaled.to_pounds(2).replace('.', "");
            let whole: i128 = shown.parse().unwrap();
            prop_assert_ne!(near, Bounded::UNKNOWN);
            prop_assert!(whole.abs_diff(near.value) <= near.off + 1, "{whole} {near:?}");
        }
    }
}
