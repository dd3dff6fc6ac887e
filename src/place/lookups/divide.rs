//! Numbers divided by weights, one after another, so that none loses a unit and their sums keep to the
//! weights.
//!
//! *The naive way* divides each number by itself and gives what is left over to the largest weight. *Why
//! it is not enough:* an area of 60 people, one of each age, is divided 3 : 2. Each age goes to the first
//! part, and so do all 60 people. *The trick:* what rounding took from a part is carried to the next
//! number. After any of them each part has its share of all so far, to within one unit; here 36 and 24.

/// Divides numbers by the same weights.
#[derive(Clone, Debug)]
pub(super) struct Divider {
    weights: Vec<u128>,
    /// For each part the sum of its weight and of those after it, and what is carried of that.
    rest: Vec<(u128, u128)>,
}

impl Divider {
    /// By these weights; nothing where they are all zero.
    pub(super) fn new(weights: &[u64]) -> Option<Self> {
        let weights: Vec<u128> = weights.iter().map(|&weight| weight.into()).collect();
        let mut rest = vec![(0, 0); weights.len()];
        let mut sum = 0;
        for (at, weight) in weights.iter().enumerate().rev() {
            sum += weight;
            // From the middle: the first is rounded to the nearest.
            rest[at] = (sum, sum / 2);
        }
        (sum > 0).then_some(Self { weights, rest })
    }

    /// The parts of the next number; they add up to it. Both are below 2^64.
    pub(super) fn divide(&mut self, number: u64) -> Vec<u64> {
        let mut left = u128::from(number);
        let parts = self.weights.iter().zip(&mut self.rest);
        parts
            .map(|(weight, (of, carried))| {
                if *of == 0 {
                    return 0;
                }
                let sum = left * weight + *carried;
                let part = (sum / *of).min(left);
                *carried = sum - part * *of;
                left -= part;
                u64::try_from(part).unwrap_or(u64::MAX)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_rounding_takes_is_carried() {
        let mut by = Divider::new(&[3, 2]).unwrap();
        let sums = (0..60).fold([0, 0], |sums, _| {
            let parts = by.divide(1);
            [sums[0] + parts[0], sums[1] + parts[1]]
        });
        assert_eq!(sums, [36, 24]);
        assert_eq!(
            Divider::new(&[612, 244, 144]).unwrap().divide(100_001),
            [61_201, 24_400, 14_400]
        );
        assert_eq!(Divider::new(&[0, 1]).unwrap().divide(7), [0, 7]);
        assert!(Divider::new(&[0, 0]).is_none() && Divider::new(&[]).is_none());
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_each_part_keeps_to_its_weight(
            weights in prop::collection::vec(0u64..1_000, 1..6),
            numbers in prop::collection::vec(0u64..100_000, 1..60),
        ) {
            let Some(mut by) = Divider::new(&weights) else { return Ok(()) };
            let whole: u64 = weights.iter().sum();
            let mut sums = vec![0u64; weights.len()];
            let mut all = 0;
            for number in numbers {
                let parts = by.divide(number);
                prop_assert_eq!(parts.iter().sum::<u64>(), number);
                all += number;
                for (part, (sum, weight)) in parts.iter().zip(sums.iter_mut().zip(&weights)) {
                    *sum += part;
                    prop_assert!(*weight > 0 || *part == 0);
                }
                // The last parts take on what is carried for all before them.
                for (at, (sum, weight)) in sums.iter().zip(&weights).enumerate() {
                    let off = (i128::from(*sum) * i128::from(whole)) - i128::from(all) * i128::from(*weight);
                    prop_assert!(off.abs() <= i128::from(whole) * (at as i128 + 1), "{off} {whole}");
                }
            }
        }
    }
}
