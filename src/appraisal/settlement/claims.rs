//! Dividing a surplus among those who have claims on it.
//!
//! A programme costs `C`, and each partner saves `b`. Any group of partners could fund it and keep what its
//! members save, so a group is worth what it saves above the cost: `v(S) = max(0, b(S) − C)`. With the
//! surplus `E = b(N) − C` that is `max(0, E − b(not in S))`, the game of an estate `E` with claims `b`
//! (O'Neill 1982). So every rule for dividing an estate among claims is a rule for settling a programme: each
//! partner gains `a` with `0 ≤ a ≤ b`, and all gains are the surplus. Nobody ends worse off, and nobody gains
//! more than it saves.
//!
//! # Example in numbers
//!
//! Savings of 100, 200 and 300 from a programme that costs 400 leave 200. In proportion each gains a third of
//! what it saves: 33⅓, 66⅔, 100. Equal gains are 66⅔ each. The even-handed rule gives 50, 75 and 75: it is the
//! Talmud's division of an estate of 200 (Aumann and Maschler 1985).

use super::SettlementError;
use crate::appraisal::pounds::in_pounds;
use crate::money::{Ratio, common_divisor};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use std::ops::{AddAssign, Sub};

/// How a surplus is divided among the partners that save. Each has a name for people and one in the theory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ClaimsRule {
    /// Everybody pays the same part of what it saves: in proportion to savings.
    InProportion,
    /// Everybody ends equally better off, nobody above its own saving: constrained equal awards; the Nash
    /// bargain where money can be handed over.
    EqualGains,
    /// Everybody contributes equally, until one would lose: constrained equal losses.
    EqualContributions,
    /// Gains and contributions are treated alike: the Talmud's rule, the nucleolus of the game.
    EvenHanded,
    /// The average over all orders in which partners may join: random arrival, the Shapley value.
    ByTurns,
    /// Each pays the cost that only it causes, and of the rest a part as large as its remaining benefit:
    /// separable costs, remaining benefits, as for waterworks of several uses.
    SeparableCosts,
}

/// More partners than this have too many orders.
pub const MOST_BY_TURNS: usize = 20;

impl ClaimsRule {
    /// Every rule.
    pub const ALL: [Self; 6] = [
        Self::InProportion,
        Self::EqualGains,
        Self::EqualContributions,
        Self::EvenHanded,
        Self::ByTurns,
        Self::SeparableCosts,
    ];

    /// What each gains of the surplus, in the order of their savings; exact, and together all of it.
    ///
    /// # Errors
    ///
    /// [`SettlementError::NoSurplus`] where there is less than nothing to divide,
    /// [`SettlementError::AboveSavings`] where there is more than all save,
    /// [`SettlementError::NegativeSaving`], and [`SettlementError::TooMany`] by turns.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::appraisal::settlement::ClaimsRule;
    /// use wholeplace::money::Ratio;
    /// let savings = [100, 200, 300].map(|saved| Ratio::new(saved, 1));
    /// let gains = ClaimsRule::EvenHanded.divide(&Ratio::new(200, 1), &savings)?;
    /// assert_eq!(gains, [50, 75, 75].map(|gain| Ratio::new(gain, 1)));
    /// # Ok::<(), wholeplace::appraisal::settlement::SettlementError>(())
    /// ```
    ///
    /// # Sources
    ///
    /// O'Neill B. A problem of rights arbitration from the Talmud. Mathematical Social Sciences 1982; 2:
    /// 345-371. Aumann RJ, Maschler M. Game theoretic analysis of a bankruptcy problem from the Talmud.
    /// Journal of Economic Theory 1985; 36: 195-213. Thomson W. Axiomatic and game-theoretic analysis of
    /// bankruptcy and taxation problems: a survey. Mathematical Social Sciences 2003; 45: 249-297.
    pub fn divide(self, surplus: &Ratio, savings: &[Ratio]) -> Result<Vec<Ratio>, SettlementError> {
        let zero = Ratio::zero();
        if let Some(below) = savings.iter().find(|saved| **saved < zero) {
            return Err(SettlementError::NegativeSaving {
                pounds: in_pounds(below),
            });
        }
        let all: Ratio = savings.iter().sum();
        if *surplus < zero {
            return Err(SettlementError::NoSurplus {
                short: in_pounds(&zero.minus(surplus)),
            });
        }
        if *surplus > all {
            return Err(SettlementError::AboveSavings {
                surplus: in_pounds(surplus),
                savings: in_pounds(&all),
            });
        }
        let gains = match self {
            Self::InProportion => in_proportion(surplus, savings, &all),
            Self::EqualGains => equal_gains(surplus, savings),
            Self::EqualContributions => left_of(savings, equal_gains(&all.minus(surplus), savings)),
            Self::EvenHanded => even_handed(surplus, savings, &all),
            Self::ByTurns => by_turns(surplus, savings, None)?,
            Self::SeparableCosts => separable_costs(surplus, savings, &all),
        };
        debug_assert_eq!(gains.iter().sum::<Ratio>(), *surplus);
        Ok(gains)
    }

    /// What each gains where the programme needs one partner: without it there is nothing to divide. The
    /// average over all orders in which partners may join (the Shapley value of that game); the rules of
    /// claims say nothing of it, because its game is no estate.
    ///
    /// # Errors
    ///
    /// As [`ClaimsRule::divide`]; [`SettlementError::NotThere`] for a number that is no partner's.
    pub fn divide_with_essential(
        surplus: &Ratio,
        savings: &[Ratio],
        essential: usize,
    ) -> Result<Vec<Ratio>, SettlementError> {
        // The same refusals.
        Self::InProportion.divide(surplus, savings)?;
        if essential >= savings.len() {
            return Err(SettlementError::NotThere {
                partner: essential,
                partners: savings.len(),
            });
        }
        by_turns(surplus, savings, Some(essential))
    }

    /// As packs write it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::InProportion => "in-proportion",
            Self::EqualGains => "equal-gains",
            Self::EqualContributions => "equal-contributions",
            Self::EvenHanded => "even-handed",
            Self::ByTurns => "by-turns",
            Self::SeparableCosts => "separable-costs",
        }
    }

    /// What it means, in a sentence for people.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::InProportion => "each pays the same part of what it saves",
            Self::EqualGains => "each ends equally better off, and none by more than it saves",
            Self::EqualContributions => "each pays the same, and none more than it saves",
            Self::EvenHanded => "gains and payments are treated alike",
            Self::ByTurns => "the average over all orders in which partners may join",
            Self::SeparableCosts => {
                "each pays what only it causes, and of the rest by its remaining benefit"
            }
        }
    }
}

fn in_proportion(surplus: &Ratio, savings: &[Ratio], all: &Ratio) -> Vec<Ratio> {
    let part = (all.inverse()).map_or_else(Ratio::zero, |inverse| surplus.times(&inverse));
    savings.iter().map(|saved| saved.times(&part)).collect()
}

/// The smallest savings first: each takes an equal part of what is left, or all that it saves.
fn equal_gains(surplus: &Ratio, savings: &[Ratio]) -> Vec<Ratio> {
    let mut order: Vec<usize> = (0..savings.len()).collect();
    order.sort_by(|&a, &b| savings[a].cmp(&savings[b]).then(a.cmp(&b)));
    let mut gains = vec![Ratio::zero(); savings.len()];
    let mut left = surplus.clone();
    for (done, &partner) in order.iter().enumerate() {
        let equal = left.times(&Ratio::new(1, (savings.len() - done) as u128));
        let gain = equal.min(savings[partner].clone());
        left = left.minus(&gain);
        gains[partner] = gain;
    }
    gains
}

/// What is left of each saving.
fn left_of(savings: &[Ratio], paid: Vec<Ratio>) -> Vec<Ratio> {
    savings
        .iter()
        .zip(paid)
        .map(|(saved, paid)| saved.minus(&paid))
        .collect()
}

/// Up to half of all savings, equal gains up to half of each; above it, equal contributions likewise.
fn even_handed(surplus: &Ratio, savings: &[Ratio], all: &Ratio) -> Vec<Ratio> {
    let half = Ratio::new(1, 2);
    let halves: Vec<Ratio> = savings.iter().map(|saved| saved.times(&half)).collect();
    if *surplus <= all.times(&half) {
        equal_gains(surplus, &halves)
    } else {
        left_of(savings, equal_gains(&all.minus(surplus), &halves))
    }
}

/// In terms of costs: a group alone bears the smaller of the cost and of what it saves, `min(b(S), C)`. So
/// the cost that only one causes is `max(0, b − E)`, and its remaining benefit `min(b, C)` less that.
fn separable_costs(surplus: &Ratio, savings: &[Ratio], all: &Ratio) -> Vec<Ratio> {
    let cost = all.minus(surplus);
    let own: Vec<Ratio> = (savings.iter())
        .map(|saved| saved.minus(surplus).max(Ratio::zero()))
        .collect();
    let remaining: Vec<Ratio> = (savings.iter().zip(&own))
        .map(|(saved, own)| saved.clone().min(cost.clone()).minus(own))
        .collect();
    let rest = cost.minus(&own.iter().sum());
    let of_all: Ratio = remaining.iter().sum();
    let part = (of_all.inverse()).map_or_else(Ratio::zero, |inverse| rest.times(&inverse));
    let paid = own.iter().zip(&remaining);
    left_of(
        savings,
        paid.map(|(own, remaining)| own.plus(&remaining.times(&part)))
            .collect(),
    )
}

/// The Shapley value of the game, from the worth of every group once: a partner gains the mean, over the
/// sizes of groups, of what groups with it are worth above those without it.
fn by_turns(
    surplus: &Ratio,
    savings: &[Ratio],
    essential: Option<usize>,
) -> Result<Vec<Ratio>, SettlementError> {
    let count = savings.len();
    if count > MOST_BY_TURNS {
        return Err(SettlementError::TooMany {
            partners: count,
            most: MOST_BY_TURNS,
        });
    }
    // Whole numbers over one denominator, so that a group is an addition.
    let unit = savings
        .iter()
        .chain([surplus])
        .fold(BigInt::from(1), |unit, ratio| {
            let (_, own) = ratio.lowest_terms();
            let new = &own / common_divisor(unit.magnitude(), &own);
            unit * BigInt::from(new)
        });
    let whole = |ratio: &Ratio| {
        let (above, below) = ratio.lowest_terms();
        above * (&unit / BigInt::from(below))
    };
    let claims: Vec<BigInt> = savings.iter().map(whole).collect();
    let estate = whole(surplus);
    let total: BigInt = claims.iter().sum();
    // A sum over all groups stays below 2^20 times the estate.
    let narrow = (total.to_i128()).filter(|total| *total < i128::MAX >> (MOST_BY_TURNS + 2));
    let by_size = match (narrow, estate.to_i128()) {
        (Some(total), Some(estate)) => {
            let claims: Vec<i128> = claims.iter().filter_map(ToPrimitive::to_i128).collect();
            let sums = worth_by_size(&claims, total, estate, 0, essential);
            sums.map(BigInt::from)
        }
        _ => worth_by_size(&claims, total, estate, BigInt::from(0), essential),
    };
    // Of all orders, those in which a group of that size comes first and the partner next.
    let orders = |before: usize| -> Ratio {
        (1..=before).fold(Ratio::new(1, count as u128), |ways, i| {
            ways.times(&Ratio::new(i as i128, (count - i) as u128))
        })
    };
    let gain = |partner: usize| {
        let mut gain = Ratio::zero();
        for size in 1..=count {
            let with = Ratio::reduced(by_size.with(size, partner).clone(), 1u32.into());
            gain = gain.plus(&with.times(&orders(size - 1)));
            if size < count {
                let all = Ratio::reduced(by_size.all(size).clone(), 1u32.into());
                gain = gain.minus(&all.minus(&with).times(&orders(size)));
            }
        }
        gain.times(&Ratio::reduced(1.into(), unit.magnitude().clone()))
    };
    Ok((0..count).map(gain).collect())
}

/// What groups of each size are worth together: all of them, and those with each partner.
struct BySize<T> {
    all: Vec<T>,
    with: Vec<Vec<T>>,
}

impl<T> BySize<T> {
    fn all(&self, size: usize) -> &T {
        &self.all[size]
    }

    fn with(&self, size: usize, partner: usize) -> &T {
        &self.with[size][partner]
    }

    fn map<U>(self, change: impl Fn(T) -> U + Copy) -> BySize<U> {
        BySize {
            all: self.all.into_iter().map(change).collect(),
            with: (self.with.into_iter())
                .map(|row| row.into_iter().map(change).collect())
                .collect(),
        }
    }
}

fn worth_by_size<T>(
    claims: &[T],
    total: T,
    estate: T,
    nothing: T,
    essential: Option<usize>,
) -> BySize<T>
where
    T: Clone + Ord + for<'a> AddAssign<&'a T> + Sub<Output = T>,
{
    let count = claims.len();
    let mut by_size = BySize {
        all: vec![nothing.clone(); count + 1],
        with: vec![vec![nothing.clone(); count]; count + 1],
    };
    // What a group saves: the group without its first partner, and that partner.
    let mut saved: Vec<T> = vec![nothing.clone(); 1 << count];
    for group in 1usize..1 << count {
        let first = group.trailing_zeros() as usize;
        let mut sum = saved[group & (group - 1)].clone();
        sum += &claims[first];
        saved[group] = sum.clone();
        if essential.is_some_and(|partner| group >> partner & 1 == 0) {
            continue;
        }
        let others = total.clone() - sum;
        if others >= estate {
            continue;
        }
        let worth = estate.clone() - others;
        let size = group.count_ones() as usize;
        by_size.all[size] += &worth;
        let mut members = group;
        while members != 0 {
            by_size.with[size][members.trailing_zeros() as usize] += &worth;
            members &= members - 1;
        }
    }
    by_size
}
