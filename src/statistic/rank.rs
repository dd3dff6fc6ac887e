//! Who is first of many, and how little that may mean.

use super::{Confidence, Estimate, Interval, Measured, Order, Simulation, StatisticError, finite};

/// Ranks values from 1; those that are equal share the best of their ranks.
///
/// For a list of places. Ranks look surer than they are: say how sure with [`ranks_with_intervals`].
///
/// # Formula
///
/// ```text
/// rank = 1 + number of values strictly before it        2, 2, 5 have the ranks 1, 1, 3
/// ```
///
/// # Units
///
/// - returns each key with its rank, in the order given
///
/// # Errors
///
/// [`StatisticError::NotFinite`].
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Order, ranks};
/// let waits = [("Ludlow", 21.4), ("Oswestry", 18.0), ("Bridgnorth", 21.4), ("Whitchurch", 16.2)];
/// let ranked = ranks(&waits, Order::HighestFirst)?;
/// assert_eq!(
///     ranked,
///     [("Ludlow", 1), ("Oswestry", 3), ("Bridgnorth", 1), ("Whitchurch", 4)]
/// );
/// # Ok::<(), wholeplace::Error>(())
/// ```
pub fn ranks<K: Clone>(
    values: &[(K, f64)],
    order: Order,
) -> Result<Vec<(K, usize)>, StatisticError> {
    for (_, value) in values {
        finite("a value to rank", *value)?;
    }
    let mut turned: Vec<f64> = values.iter().map(|(_, value)| order.turn(*value)).collect();
    let mut sorted = Vec::new();
    rank_in_place(&mut turned, &mut sorted);
    // A rank is a whole number that a list can be long, so nothing is cut off.
    let ranked = values.iter().zip(turned);
    Ok(ranked
        .map(|((key, _), rank)| (key.clone(), rank as usize))
        .collect())
}

/// Ranks estimates, with the interval of each rank: how far up or down chance may have put it.
///
/// For a league table that is to be published at all. Most ranks in the middle of one are not known.
///
/// # Formula
///
/// ```text
/// yᵢ* = yᵢ + seᵢ × standard normal; rank all yᵢ*; percentiles of each rank over all draws
/// ```
///
/// # Units
///
/// - returns each key with its rank, in the order given; limits are whole ranks, taken outwards
///
/// # Assumptions
///
/// - estimates are independent of each other and near to normal
///
/// # Where it fails
///
/// The rank shown is that of the estimates. Drawn values scatter more than the estimates do, so the
/// rank of one that is first by a hair, with many close behind it, may lie outside its own interval.
/// Estimates of few events should be drawn together first (shrinkage), which this does not do.
///
/// # Errors
///
/// [`StatisticError::TooFew`] below two estimates.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::{Confidence, Measured, Order, Simulation, ranks_with_intervals};
/// let places = [
///     ("Ludlow", Measured::new(31.0, 2.0)?),
///     ("Oswestry", Measured::new(30.0, 2.0)?),
///     ("Whitchurch", Measured::new(12.0, 1.0)?),
/// ];
/// let simulation = Simulation::new(5_000, 2013)?;
/// let confidence = Confidence::new(0.95)?;
/// let ranked = ranks_with_intervals(&places, Order::HighestFirst, simulation, confidence)?;
/// let shown: Vec<String> = ranked.iter().map(|(key, rank)| format!("{key} {rank:.0}")).collect();
/// assert_eq!(shown, ["Ludlow 1 (1 to 2)", "Oswestry 2 (1 to 2)", "Whitchurch 3 (3 to 3)"]);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Sources
///
/// Goldstein H, Spiegelhalter DJ. League tables and their limitations: statistical issues in
/// comparisons of institutional performance. Journal of the Royal Statistical Society, Series A
/// 159, 1996, 385–409.
///
/// Marshall EC, Spiegelhalter DJ. Reliability of league tables of in vitro fertilisation clinics:
/// retrospective analysis of live birth rates. BMJ 316, 1998, 1701–1705.
pub fn ranks_with_intervals<K: Clone>(
    values: &[(K, Measured)],
    order: Order,
    simulation: Simulation,
    confidence: Confidence,
) -> Result<Vec<(K, Estimate)>, StatisticError> {
    if values.len() < 2 {
        return Err(StatisticError::TooFew {
            what: "estimates to rank",
            needed: 2,
            given: values.len(),
        });
    }
    let measured: Vec<Measured> = values.iter().map(|(_, measured)| *measured).collect();
    let mut sorted = Vec::with_capacity(values.len());
    // How often each had each rank: smaller than all draws, and in order already.
    let mut counts = vec![vec![0_u32; values.len()]; values.len()];
    let mut draws = simulation.start();
    let mut drawn = Vec::with_capacity(values.len());
    for _ in 0..simulation.len() {
        drawn.clear();
        for at in &measured {
            drawn.push(order.turn(at.value() + at.standard_error() * draws.normal()));
        }
        rank_in_place(&mut drawn, &mut sorted);
        for (own, rank) in counts.iter_mut().zip(&drawn) {
            if let Some(count) = own.get_mut(*rank as usize - 1) {
                *count += 1;
            }
        }
    }
    let mut observed: Vec<f64> = measured.iter().map(|at| order.turn(at.value())).collect();
    rank_in_place(&mut observed, &mut sorted);
    // Positions among the sorted draws, the lower rounded down and the upper rounded up.
    let last = f64::from(simulation.draws() - 1);
    let lower = (last * confidence.tail()).floor();
    let upper = (last * (1.0 - confidence.tail())).ceil();
    let ranked = values.iter().zip(observed).zip(&counts);
    let estimate = |((of, rank), counts): ((&(K, Measured), f64), &Vec<u32>)| {
        let interval = Interval {
            lower: rank_at(counts, lower),
            upper: rank_at(counts, upper),
        };
        let estimate = Estimate::new(rank, interval, confidence, "simulated ranks");
        (of.0.clone(), estimate)
    };
    Ok(ranked.map(estimate).collect())
}

impl Order {
    /// The value on a scale where the lowest is first.
    fn turn(self, value: f64) -> f64 {
        match self {
            Self::HighestFirst => -value,
            Self::LowestFirst => value,
        }
    }
}

/// Puts in the place of each value its rank from the lowest; `sorted` is room to work in.
fn rank_in_place(values: &mut [f64], sorted: &mut Vec<f64>) {
    sorted.clear();
    sorted.extend_from_slice(values);
    sorted.sort_by(f64::total_cmp);
    for value in values {
        *value = 1.0 + sorted.partition_point(|other| other < value) as f64;
    }
}

/// The rank that stands at a position, counted from 0, among all draws in order.
fn rank_at(counts: &[u32], position: f64) -> f64 {
    let mut before = 0.0;
    for (place, count) in counts.iter().enumerate() {
        before += f64::from(*count);
        if before > position {
            return 1.0 + place as f64;
        }
    }
    counts.len() as f64
}
