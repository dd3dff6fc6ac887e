//! Draws that are the same for the same seed, in every version and on every machine.

use super::StatisticError;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use statrs::distribution::{ContinuousCDF, Normal};
use std::fmt;

/// How a simulated interval is drawn: how many draws, and from which seed.
///
/// Same numbers, same draws, same seed: same interval, to the last digit. There is no default
/// seed. Whoever publishes an interval publishes the seed with it, so that others can draw it
/// again.
///
/// # Units
///
/// - `draws`: a whole number, 1,000 to 10,000,000; 100,000 gives about three steady digits
/// - `seed`: any whole number
///
/// # Example
///
/// ```
/// use wholeplace::statistic::Simulation;
/// let simulation = Simulation::new(100_000, 2013)?;
/// assert_eq!(simulation.to_string(), "100000 draws from seed 2013");
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: too few draws are refused
///
/// ```
/// # use wholeplace::statistic::Simulation;
/// let error = Simulation::new(100, 2013).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "there are 100 draws of a simulation; the method needs at least 1000"
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "GivenSimulation", into = "GivenSimulation")]
pub struct Simulation {
    draws: u32,
    seed: u64,
}

impl Simulation {
    /// The fewest draws: with fewer, the 2.5th percentile rests on fewer than 25 of them.
    pub const FEWEST_DRAWS: u32 = 1_000;

    /// The most draws: every draw is held until it is sorted, so more may take all memory, and they
    /// would give less than half a steady digit more.
    pub const MOST_DRAWS: u32 = 10_000_000;

    /// So many draws from this seed.
    ///
    /// # Errors
    ///
    /// [`StatisticError::TooFew`] below 1,000 draws; [`StatisticError::OutOfRange`] above 10,000,000.
    pub fn new(draws: u32, seed: u64) -> Result<Self, StatisticError> {
        if draws < Self::FEWEST_DRAWS {
            return Err(StatisticError::TooFew {
                what: "draws of a simulation",
                needed: whole(Self::FEWEST_DRAWS),
                given: whole(draws),
            });
        }
        if draws > Self::MOST_DRAWS {
            return Err(StatisticError::OutOfRange {
                what: "number of draws of a simulation",
                given: f64::from(draws),
                allowed: "at most 10,000,000",
            });
        }
        Ok(Self { draws, seed })
    }

    /// How many draws.
    #[must_use]
    pub fn draws(self) -> u32 {
        self.draws
    }

    /// The seed.
    #[must_use]
    pub fn seed(self) -> u64 {
        self.seed
    }

    /// The number of draws as a length.
    pub(super) fn len(self) -> usize {
        whole(self.draws)
    }

    /// A stream of draws from its seed, at its beginning.
    pub(super) fn start(self) -> Draws {
        Draws::new(self.seed)
    }
}

impl fmt::Display for Simulation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} draws from seed {}", self.draws, self.seed)
    }
}

/// A simulation as it is written down, before it is checked.
#[derive(Serialize, Deserialize)]
struct GivenSimulation {
    draws: u32,
    seed: u64,
}

impl TryFrom<GivenSimulation> for Simulation {
    type Error = StatisticError;
    fn try_from(given: GivenSimulation) -> Result<Self, StatisticError> {
        Self::new(given.draws, given.seed)
    }
}

impl From<Simulation> for GivenSimulation {
    fn from(simulation: Simulation) -> Self {
        Self {
            draws: simulation.draws,
            seed: simulation.seed,
        }
    }
}

/// A stream of draws.
///
/// The seed is laid out into the key of ChaCha here, byte by byte, and numbers are made of its
/// words here, because the libraries' own ways of doing both have changed between versions.
#[derive(Clone, Debug)]
pub(crate) struct Draws {
    chacha: ChaCha12Rng,
}

impl Draws {
    /// The stream of a seed.
    pub(super) fn new(seed: u64) -> Self {
        let mut key = [0; 32];
        for (place, byte) in key.iter_mut().zip(seed.to_le_bytes()) {
            *place = byte;
        }
        Self {
            chacha: ChaCha12Rng::from_seed(key),
        }
    }

    /// The stream of one named source of chance, from its draw number `from`.
    ///
    /// Draw `k` of a source is the `k`-th word of the stream of (seed, name): it is the same whoever draws it,
    /// in whatever order, and whatever other sources there are.
    pub(crate) fn of_source(seed: u64, name: &str, from: u64) -> Self {
        let fingerprint = Sha256::digest(name.as_bytes());
        let mut key = [0; 32];
        let bytes = seed.to_le_bytes().into_iter().chain(fingerprint);
        for (place, byte) in key.iter_mut().zip(bytes) {
            *place = byte;
        }
        let mut chacha = ChaCha12Rng::from_seed(key);
        // A draw takes 64 bits: two words of ChaCha.
        chacha.set_word_pos(u128::from(from) * 2);
        Self { chacha }
    }

    /// The stream of one draw of a seed: another for each number, whichever thread asks for it and when.
    pub(crate) fn of_draw(seed: u64, draw: u64) -> Self {
        let mut draws = Self::new(seed);
        draws.chacha.set_stream(draw);
        draws
    }

    /// Evenly between 0 and 1, both excluded: one of the 2⁵² midpoints of equal steps.
    pub(crate) fn uniform(&mut self) -> f64 {
        // 52 random bits behind the exponent of 1 are a number from 1 up to 2; taking 1 away and
        // half a step on is exact, and never meets 0 or 1.
        const ONE: u64 = 1.0_f64.to_bits();
        let bits = self.chacha.next_u64() >> 12;
        (f64::from_bits(ONE | bits) - 1.0) + f64::EPSILON / 2.0
    }

    /// Of the standard normal distribution, by its quantile function: one word, one draw.
    pub(crate) fn normal(&mut self) -> f64 {
        Normal::standard().inverse_cdf(self.uniform())
    }

    /// A whole number from 0 up to but not including `n`, each as likely; 0 when `n` is 0.
    // Resampling asks for it; slopes alone do not.
    pub(super) fn below(&mut self, n: usize) -> usize {
        let Ok(range) = u64::try_from(n) else {
            return 0;
        };
        if range == 0 {
            return 0;
        }
        // The remainder of one word favours low numbers, so the few words beyond the last whole
        // multiple of the range are drawn again.
        let uneven = (u64::MAX % range + 1) % range;
        loop {
            let word = self.chacha.next_u64();
            if word <= u64::MAX - uneven {
                return usize::try_from(word % range).unwrap_or(0);
            }
        }
    }
}

/// The value below which a share `p` of sorted values lies, by a straight line between the two
/// nearest: position `p (n - 1)`, counted from 0 (type 7 of Hyndman and Fan).
///
/// `p` is between 0 and 1. NaN when there are no values.
///
/// Hyndman RJ, Fan Y. Sample quantiles in statistical packages. The American Statistician 50(4),
/// 1996, 361–365.
pub(crate) fn percentile(sorted: &[f64], p: f64) -> f64 {
    let Some((last, before)) = sorted.split_last() else {
        return f64::NAN;
    };
    // Steps are counted as floating numbers, exactly: no slice is as long as 2⁵³.
    let position = p.clamp(0.0, 1.0) * before.len() as f64;
    let step = position.floor();
    // Not negative and at most the length, so nothing is cut off.
    let index = step as usize;
    match (sorted.get(index), sorted.get(index + 1)) {
        (Some(low), Some(high)) => low + (high - low) * (position - step),
        _ => *last,
    }
}

/// A `u32` as a length; every machine this runs on has lengths at least so wide.
fn whole(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_draws_for_ever() {
        // Recorded once; a change here changes published intervals.
        let mut draws = Draws::new(2013);
        let first: Vec<String> = (0..3).map(|_| format!("{:.15}", draws.uniform())).collect();
        assert_eq!(first, RECORDED);
        let mut again = Draws::new(2013);
        let mut other = Draws::new(2014);
        assert_eq!(format!("{:.15}", again.uniform()), RECORDED[0]);
        assert_ne!(format!("{:.15}", other.uniform()), RECORDED[0]);
    }

    const RECORDED: [&str; 3] = [
        "0.835852724214482",
        "0.501970055171813",
        "0.085922291479069",
    ];

    #[test]
    fn a_source_gives_the_same_draws_from_wherever_it_is_read() {
        let mut whole = Draws::of_source(2013, "study-a", 0);
        let all: Vec<f64> = (0..200).map(|_| whole.uniform()).collect();
        for from in [1_u32, 7, 64, 131] {
            let mut later = Draws::of_source(2013, "study-a", from.into());
            assert_eq!(later.uniform(), all[from as usize]);
        }
        assert_ne!(Draws::of_source(2013, "study-b", 0).uniform(), all[0]);
        assert_ne!(Draws::of_source(2014, "study-a", 0).uniform(), all[0]);
    }

    #[test]
    fn uniform_draws_are_even_and_never_meet_their_ends() {
        let mut draws = Draws::new(7);
        let values: Vec<f64> = (0..100_000).map(|_| draws.uniform()).collect();
        assert!(values.iter().all(|value| *value > 0.0 && *value < 1.0));
        let mean = values.iter().sum::<f64>() / 100_000.0;
        // Five standard errors: 5 × 0.2887 / √100,000.
        assert!((mean - 0.5).abs() < 0.0046, "{mean}");
    }

    #[test]
    fn normal_draws_have_mean_0_and_variance_1() {
        let mut draws = Draws::new(7);
        let values: Vec<f64> = (0..100_000).map(|_| draws.normal()).collect();
        let mean = values.iter().sum::<f64>() / 100_000.0;
        let variance = values.iter().map(|value| value * value).sum::<f64>() / 100_000.0;
        // Five standard errors: 5 / √100,000, and √2 times that.
        assert!(mean.abs() < 0.0159, "{mean}");
        assert!((variance - 1.0).abs() < 0.0224, "{variance}");
    }

    #[test]
    fn whole_draws_reach_every_number_below_and_none_beyond() {
        let mut draws = Draws::new(7);
        let mut seen = [0_u32; 6];
        for _ in 0..60_000 {
            seen[draws.below(6)] += 1;
        }
        // Five standard errors of a count of 10,000: 5 × √(60,000 × 5/36).
        assert!(
            seen.iter().all(|count| count.abs_diff(10_000) < 457),
            "{seen:?}"
        );
        assert_eq!(draws.below(1), 0);
        assert_eq!(draws.below(0), 0);
    }

    #[test]
    fn a_percentile_lies_on_the_line_between_neighbours() {
        let sorted = [1.0, 2.0, 4.0, 8.0];
        assert_eq!(percentile(&sorted, 0.0), 1.0);
        assert_eq!(percentile(&sorted, 0.5), 3.0);
        assert_eq!(percentile(&sorted, 0.25), 1.75);
        assert_eq!(percentile(&sorted, 1.0), 8.0);
        assert_eq!(percentile(&[5.0], 0.3), 5.0);
        assert!(percentile(&[], 0.5).is_nan());
    }
}
