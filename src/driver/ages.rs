//! A driver that knows places and few ages or none, with the ages of another within each place.
//!
//! Incidents are counted by place, and nobody counts them by the age of those whom they concern. A
//! question about an age could then not be answered at all. With the ages of residents, the incidents of
//! each leaf area are spread over the people who live there: 55 incidents in an area where 30 of 200
//! residents are between 10 and 17 are 8.25 for that age. Sums over all ages stay what they were; what is
//! cut by age is known no better than the ages are.
//!
//! Masses are whole numbers, so both are scaled up first. An area's mass is divided where the running share of
//! ages passes each whole number, so that its parts always add up to it and each is within one unit of
//! its share.

use super::{AgesOf, Driver, LARGEST, Layer, added_up};
use crate::axis::{Ages, Localities};

impl Driver {
    /// The same masses, divided within each leaf area and each of its bands as the masses of
    /// another driver are.
    ///
    /// # Errors
    ///
    /// Why that cannot be: one of them knows client groups, the other does not cover the same
    /// areas, its bands do not make up these, or it has no mass where there is something to divide.
    pub fn with_ages_of(self, other: &Self, localities: &Localities) -> Result<Self, String> {
        let [own] = self.layers.as_slice() else {
            return Err("it has masses by client group".to_owned());
        };
        let [others] = other.layers.as_slice() else {
            return Err(format!("`{}` has masses by client group", other.code));
        };
        if own.group.is_some() || others.group.is_some() {
            return Err("one of them has masses by client group".to_owned());
        }
        if !other.covers.contains(&self.covers) {
            return Err(format!("`{}` does not cover the same areas", other.code));
        }
        let spans: Option<Vec<(Ages, (usize, usize))>> = (self.bands.iter())
            .map(|band| Some((*band, other.bands_of(*band)?)))
            .collect();
        let Some(spans) = spans else {
            return Err(format!(
                "the ages of `{}` do not make up its bands",
                other.code
            ));
        };
        let (leaves, wide, narrow) = (
            localities.all_leaves().count() as usize,
            other.bands.len() + 1,
            self.bands.len() + 1,
        );
        let factor = factor(own.sums.last().copied().unwrap_or_default());
        let mut sums = vec![0u64; (leaves + 1) * wide];
        for leaf in self.covers.iter() {
            let row = leaf as usize;
            for (number, (band, (first, end))) in spans.iter().enumerate() {
                let mass = factor * cell(&own.sums, narrow, row, number);
                let weights: Vec<u64> = (*first..*end)
                    .map(|band| cell(&others.sums, wide, row, band))
                    .collect();
                let parts = divided(mass, &weights).ok_or_else(|| {
                    format!(
                        "it has mass in `{}` at ages {band}, where `{}` has none",
                        localities.leaf_code(leaf),
                        other.code
                    )
                })?;
                for (band, part) in (*first..*end).zip(parts) {
                    sums[(row + 1) * wide + band + 1] = part;
                }
            }
        }
        added_up(&mut sums, leaves, wide);
        Ok(Self {
            bands: other.bands.clone(),
            scale: self.scale * factor,
            layers: vec![Layer { group: None, sums }],
            ages_of: Some(AgesOf {
                own: self.bands.clone(),
                name: other.name.clone(),
                class: other.class,
            }),
            ..self
        })
    }
}

/// The largest power of ten, a million at most, by which a total may be multiplied.
fn factor(total: u64) -> u64 {
    let fits = |factor: &u64| {
        total
            .checked_mul(*factor)
            .is_some_and(|mass| mass <= LARGEST)
    };
    let factors = (0..=6).rev().map(|power| 10u64.pow(power));
    factors.into_iter().find(fits).unwrap_or(1)
}

/// The mass of one leaf area and band, from sums over all before.
fn cell(sums: &[u64], width: usize, leaf: usize, band: usize) -> u64 {
    let below = |leaf: usize, band: usize| sums[leaf * width + band];
    (below(leaf + 1, band + 1) + below(leaf, band))
        - (below(leaf + 1, band) + below(leaf, band + 1))
}

/// A mass in parts that add up to it; `None` where there is something to divide and no weight.
fn divided(mass: u64, weights: &[u64]) -> Option<Vec<u64>> {
    let whole: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if whole == 0 {
        return (mass == 0).then(|| vec![0; weights.len()]);
    }
    let (mut running, mut given) = (0u128, 0u64);
    let parts = weights.iter().map(|weight| {
        running += u128::from(*weight);
        let upto = u64::try_from(u128::from(mass) * running / whole).unwrap_or(mass);
        let part = upto - given;
        given = upto;
        part
    });
    Some(parts.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mass_is_divided_without_loss() {
        // 10 × 1/3 = 3.33 → 3; 10 × 2/3 = 6.67 → 6; the whole → 10.
        assert_eq!(divided(10, &[1, 1, 1]).unwrap(), [3, 3, 4]);
        assert_eq!(
            divided(55_000_000, &[170, 30]).unwrap(),
            [46_750_000, 8_250_000]
        );
        assert_eq!(divided(0, &[0, 0]).unwrap(), [0, 0]);
        assert_eq!(divided(1, &[0, 0]), None);
    }

    #[test]
    fn as_many_digits_as_fit() {
        assert_eq!(factor(60_300), 1_000_000);
        assert_eq!(factor(LARGEST / 1_000), 1_000);
        assert_eq!(factor(LARGEST), 1);
    }
}
