//! What every group of partners could do alone, where that is known.
//!
//! The rules for claims rest on one cost that any group could bear. Where groups differ in what they would pay
//! or save alone (a shared building, a waterworks of several uses, a runway that is longer for some), each group
//! has its own figure, and these are the divisions that use them all.

use super::SettlementError;
use crate::money::Ratio;

/// More partners than this have too many groups to name.
const MOST: usize = 16;

/// A figure for every group of partners: what it would pay, or what it would gain, alone.
///
/// # Example
///
/// Three authorities would pay 4, 4 and 3 alone; the first two together 5, with the third 6 each, all three 7.
///
/// ```
/// use wholeplace::appraisal::settlement::Game;
/// use wholeplace::money::Ratio;
/// let game = Game::new(3, |group| {
///     let cost = match group {
///         [] => 0,
///         [2] => 3,
///         [_] => 4,
///         [0, 1] => 5,
///         [_, _] => 6,
///         _ => 7,
///     };
///     Ratio::new(cost, 1)
/// })?;
/// // By turns the third pays as much: it saves the others little.
/// let shares = game.by_turns();
/// assert_eq!(shares, [Ratio::new(7, 3), Ratio::new(7, 3), Ratio::new(7, 3)]);
/// // No group would pay less alone.
/// assert_eq!(game.pays_more_than_alone(&shares), None);
/// # Ok::<(), wholeplace::appraisal::settlement::SettlementError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Game {
    partners: usize,
    /// One for each group; a partner is a bit of its number.
    worth: Vec<Ratio>,
}

impl Game {
    /// Asks for the figure of every group, its members in rising order; nobody's is nothing, whatever is said.
    ///
    /// # Errors
    ///
    /// [`SettlementError::TooMany`] for more partners than 16.
    pub fn new(
        partners: usize,
        mut of_group: impl FnMut(&[usize]) -> Ratio,
    ) -> Result<Self, SettlementError> {
        if partners > MOST {
            return Err(SettlementError::TooMany {
                partners,
                most: MOST,
            });
        }
        let worth = (0..1usize << partners)
            .map(|group| match group {
                0 => Ratio::zero(),
                _ => of_group(&members(group, partners)),
            })
            .collect();
        Ok(Self { partners, worth })
    }

    /// Over all orders in which partners may join, the mean of what each adds (the Shapley value).
    ///
    /// # Sources
    ///
    /// Shapley LS. A value for n-person games. Contributions to the Theory of Games II, 1953: 307-317.
    #[must_use]
    pub fn by_turns(&self) -> Vec<Ratio> {
        // Of all orders, those in which a group of that size comes first and the partner next.
        let orders: Vec<Ratio> = (0..self.partners)
            .map(|before| {
                (1..=before).fold(Ratio::new(1, self.partners as u128), |ways, i| {
                    ways.times(&Ratio::new(i as i128, (self.partners - i) as u128))
                })
            })
            .collect();
        let added = |partner: usize| {
            let mut by_size = vec![Ratio::zero(); self.partners];
            for (group, worth) in self.worth.iter().enumerate() {
                if group >> partner & 1 == 1 {
                    continue;
                }
                let with = self.worth.get(group | 1 << partner);
                let adds = with.map_or_else(Ratio::zero, |with| with.minus(worth));
                if let Some(sum) = by_size.get_mut(group.count_ones() as usize) {
                    *sum = sum.plus(&adds);
                }
            }
            let each = by_size.iter().zip(&orders);
            each.fold(Ratio::zero(), |sum, (adds, orders)| {
                sum.plus(&adds.times(orders))
            })
        };
        (0..self.partners).map(added).collect()
    }

    /// Of costs: what would not be spent without a partner is its own, and the rest is shared in the proportion of
    /// what each would pay alone above that (separable costs, remaining benefits); in equal parts where nobody
    /// would pay more.
    ///
    /// # Sources
    ///
    /// The method of the Tennessee Valley Authority, in: Straffin PD, Heaney JP. Game theory and the Tennessee
    /// Valley Authority. International Journal of Game Theory 1981; 10: 35-43. It may ask a group for more than
    /// it would pay alone: see [`Game::pays_more_than_alone`].
    #[must_use]
    pub fn separable_costs(&self) -> Vec<Ratio> {
        let everybody = self.worth.len() - 1;
        let of = |group: usize| self.worth.get(group).cloned().unwrap_or_else(Ratio::zero);
        let all = of(everybody);
        let own: Vec<Ratio> = (0..self.partners)
            .map(|partner| all.minus(&of(everybody ^ 1 << partner)))
            .collect();
        let remaining: Vec<Ratio> = (own.iter().enumerate())
            .map(|(partner, own)| of(1 << partner).minus(own))
            .collect();
        let rest = all.minus(&own.iter().sum());
        let part = remaining.iter().sum::<Ratio>().inverse();
        let equal = Ratio::new(1, self.partners.max(1) as u128);
        (own.iter().zip(&remaining))
            .map(|(own, remaining)| {
                let share = part
                    .as_ref()
                    .map_or_else(|| equal.clone(), |part| remaining.times(part));
                own.plus(&rest.times(&share))
            })
            .collect()
    }

    /// Of costs: the group that pays most above what it would pay alone, with how much; nothing where no group
    /// would do better alone (the division is in the core).
    #[must_use]
    pub fn pays_more_than_alone(&self, shares: &[Ratio]) -> Option<(Vec<usize>, Ratio)> {
        let mut worst: Option<(usize, Ratio)> = None;
        for (group, alone) in self.worth.iter().enumerate() {
            let pays: Ratio = (members(group, self.partners).into_iter())
                .filter_map(|partner| shares.get(partner))
                .sum();
            let above = pays.minus(alone);
            let most = worst
                .as_ref()
                .map_or_else(Ratio::zero, |(_, most)| most.clone());
            if above > most {
                worst = Some((group, above));
            }
        }
        worst.map(|(group, above)| (members(group, self.partners), above))
    }
}

fn members(group: usize, partners: usize) -> Vec<usize> {
    (0..partners)
        .filter(|partner| group >> partner & 1 == 1)
        .collect()
}
