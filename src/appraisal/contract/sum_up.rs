//! The chances of a contract without a draw, where few enough things may be counted.

use super::ContractError;
use super::simulate::Chances;
use super::terms::Contract;
use crate::statistic::Noise;

/// What is known exactly of a contract with one result that scatters.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Summed {
    /// The chance that results are paid for when the programme does nothing.
    pub pays_for_nothing: f64,
    /// The chance that no result is paid for when it does what is expected.
    pub misses_effect: f64,
    /// What is paid on average with the programme, in pence.
    pub mean_with: f64,
    /// And without it.
    pub mean_without: f64,
}

/// So many pairs of counts are summed over at most.
const MOST_PAIRS: usize = 100_000;

/// Pairs less likely than this are left out: all of them together are less likely than 10⁻⁷.
const UNLIKELY: f64 = 1e-12;

impl Contract {
    /// The same by summation over everything that may be counted, without a draw: for a contract of which one
    /// result scatters, in a cohort small enough. Nothing otherwise.
    ///
    /// # Errors
    ///
    /// As [`Contract::simulate`].
    pub fn sum_up(&self) -> Result<Option<Summed>, ContractError> {
        let truths = self.truths()?;
        let mut scatter = truths
            .iter()
            .enumerate()
            .filter(|(_, truth)| truth.noise != Noise::None);
        let (Some((number, _)), None) = (scatter.next(), scatter.next()) else {
            return Ok(None);
        };
        let all = truths.iter().map(|truth| Chances::of(truth));
        let all: Vec<Chances> = all.collect::<Result<_, _>>()?;
        let Some(own) = all.get(number) else {
            return Ok(None);
        };
        let mut sums = [[0.0; 2]; 2];
        for (side, chances) in [&own.with, &own.without].into_iter().enumerate() {
            // What does not scatter is what it is on this side.
            let still = all.iter().flat_map(|chances| {
                let own = if side == 0 {
                    &chances.with
                } else {
                    &chances.without
                };
                let other = chances.comparison.as_ref();
                [
                    own.at(0.5),
                    other.map_or(0, |comparison| comparison.at(0.5)),
                ]
            });
            let still: Vec<u64> = still.collect();
            let other: Vec<(u64, f64)> = match &own.comparison {
                Some(comparison) => comparison
                    .each()
                    .filter(|(_, chance)| *chance > UNLIKELY)
                    .collect(),
                None => vec![(0, 1.0)],
            };
            let mut pairs: Vec<(Vec<u64>, f64)> = Vec::new();
            for (count, chance) in chances.each().filter(|(_, chance)| *chance > UNLIKELY) {
                for (beside, of_beside) in &other {
                    if chance * of_beside <= UNLIKELY {
                        continue;
                    }
                    if pairs.len() == MOST_PAIRS {
                        return Ok(None);
                    }
                    let mut counts = still.clone();
                    for (place, number) in counts.iter_mut().skip(2 * number).zip([count, *beside])
                    {
                        *place = number;
                    }
                    pairs.push((counts, chance * of_beside));
                }
            }
            let paid = self.pay_each(&truths, pairs.iter().map(|(counts, _)| counts))?;
            for (counts, chance) in &pairs {
                if let (Some(pays), Some([share, mean])) = (paid.get(counts), sums.get_mut(side)) {
                    *share += if pays.for_results { *chance } else { 0.0 };
                    *mean += pays.total as f64 * chance;
                }
            }
        }
        let [[with, mean_with], [without, mean_without]] = sums;
        Ok(Some(Summed {
            pays_for_nothing: without,
            misses_effect: 1.0 - with,
            mean_with,
            mean_without,
        }))
    }
}
