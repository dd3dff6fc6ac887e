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
/// Beyond 4,096 estimates all is drawn twice, so as not to hold a count of every rank of each: 34,000
/// small areas take about 80 MB, however many draws there are, and twice the time.
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
    let mut observed: Vec<f64> = measured.iter().map(|at| order.turn(at.value())).collect();
    rank_in_place(&mut observed, &mut Vec::new());
    let width = if measured.len() <= COUNTED_SINGLY {
        1
    } else {
        measured.len().isqrt()
    };
    let intervals = intervals_of_ranks(&measured, order, simulation, confidence, width);
    let ranked = values.iter().zip(observed).zip(intervals);
    Ok(ranked
        .map(|(((key, _), rank), interval)| {
            let estimate = Estimate::new(rank, interval, confidence, "simulated ranks");
            (key.clone(), estimate)
        })
        .collect())
}

/// Up to so many, each rank of each is counted: 67 MB. Of more, ranks are counted in classes first.
const COUNTED_SINGLY: usize = 4_096;

/// The percentiles of each rank.
///
/// For each of many, a count of each rank is too much to hold. So ranks are counted in classes of
/// `width` neighbours, which shows the classes that the limits lie in; then the same draws are drawn
/// again and single ranks counted within these classes alone. The answer is the same for any width.
fn intervals_of_ranks(
    measured: &[Measured],
    order: Order,
    simulation: Simulation,
    confidence: Confidence,
    width: usize,
) -> Vec<Interval> {
    // Positions among the sorted draws, the lower rounded down and the upper rounded up.
    let last = f64::from(simulation.draws() - 1);
    let positions = [
        (last * confidence.tail()).floor(),
        (last * (1.0 - confidence.tail())).ceil(),
    ];
    let classes = measured.len().div_ceil(width);
    let mut counts = vec![0_u32; measured.len() * classes];
    each_draw(measured, order, simulation, |places| {
        for (own, place) in counts.chunks_exact_mut(classes).zip(places) {
            add_one(own, place / width);
        }
    });
    let mut limits: Vec<[Limit; 2]> = counts
        .chunks_exact(classes)
        .map(|own| positions.map(|position| Limit::within(own, position, width)))
        .collect();
    drop(counts);
    if width > 1 {
        each_draw(measured, order, simulation, |places| {
            for (own, place) in limits.iter_mut().zip(places) {
                for limit in own {
                    // A place before the class wraps to far beyond it.
                    add_one(&mut limit.counts, place.wrapping_sub(limit.first));
                }
            }
        });
    }
    let rank = |limit: &Limit| {
        let (place, _) = stands_at(&limit.counts, limit.position);
        1.0 + (limit.first + place) as f64
    };
    limits
        .iter()
        .map(|[lower, upper]| Interval {
            lower: rank(lower),
            upper: rank(upper),
        })
        .collect()
}

/// A limit of a rank, of which the class of neighbouring ranks is known.
struct Limit {
    /// The first place of the class, counted from 0.
    first: usize,
    /// Where the limit stands among the sorted draws of this class, counted from 0.
    position: f64,
    /// How many draws have each place of the class.
    counts: Vec<u32>,
}

impl Limit {
    fn within(classes: &[u32], position: f64, width: usize) -> Self {
        let (class, before) = stands_at(classes, position);
        let mut counts = vec![0; width];
        if width == 1 {
            // The class is the rank.
            counts = classes.get(class).copied().into_iter().collect();
        }
        Self {
            first: class * width,
            position: position - before,
            counts,
        }
    }
}

/// Draws all values again and again, and shows the places that they have, counted from 0.
fn each_draw(
    measured: &[Measured],
    order: Order,
    simulation: Simulation,
    mut see: impl FnMut(&[usize]),
) {
    let mut draws = simulation.start();
    let mut drawn = Vec::with_capacity(measured.len());
    let mut sorted = Vec::with_capacity(measured.len());
    let mut places = Vec::with_capacity(measured.len());
    for _ in 0..simulation.len() {
        drawn.clear();
        for at in measured {
            drawn.push(order.turn(at.value() + at.standard_error() * draws.normal()));
        }
        rank_in_place(&mut drawn, &mut sorted);
        places.clear();
        // A rank is a whole number from 1, so nothing is cut off.
        places.extend(drawn.iter().map(|rank| *rank as usize - 1));
        see(&places);
    }
}

fn add_one(counts: &mut [u32], at: usize) {
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

/// Which of the counts holds a position, counted from 0 among all that they count in order, and how
/// many are counted before it.
fn stands_at(counts: &[u32], position: f64) -> (usize, f64) {
    let mut before = 0.0;
    for (place, count) in counts.iter().enumerate() {
        let with = before + f64::from(*count);
        if with > position {
            return (place, before);
        }
        before = with;
    }
    (counts.len().saturating_sub(1), before)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_the_same_for_every_width_of_the_classes() {
        // Near and far neighbours, ties that are known exactly, and errors of all sizes.
        let measured: Vec<Measured> = (0..37_u32)
            .map(|place| {
                let error = f64::from(place % 5) * 1.5;
                Measured::new(f64::from(place / 3), error).unwrap()
            })
            .collect();
        let simulation = Simulation::new(2_000, 5).unwrap();
        for (level, order) in [(0.95, Order::LowestFirst), (0.2, Order::HighestFirst)] {
            let confidence = Confidence::new(level).unwrap();
            let by = |width| intervals_of_ranks(&measured, order, simulation, confidence, width);
            let singly = by(1);
            assert!(singly.iter().any(|own| own.upper - own.lower > 5.0));
            for width in [2, 6, 7, 36, 37, 50] {
                assert_eq!(by(width), singly, "{width}");
            }
        }
    }
}
