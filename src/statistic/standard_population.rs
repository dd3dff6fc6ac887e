//! Standard populations: weights by which rates of different places are made comparable.

use super::{StatisticError, count_of};
use std::collections::BTreeMap;

/// Weights of the strata of a standard population, joined to data by the names of the strata.
///
/// # Units
///
/// - weights: persons of the standard, or any other measure; only their proportions count
///
/// # Example
///
/// ```
/// use wholeplace::statistic::StandardPopulation;
/// let ages = StandardPopulation::new([("under 18", 21.0), ("18 to 64", 60.0), ("65+", 19.0)])?;
/// assert_eq!(ages.weight("65+"), Some(19.0));
/// assert_eq!(ages.weight("65 and over"), None);
/// # Ok::<(), wholeplace::Error>(())
/// ```
///
/// # Example: a stratum given twice
///
/// ```
/// # use wholeplace::statistic::StandardPopulation;
/// let error = StandardPopulation::new([("65+", 10.0), ("65+", 9.0)]).unwrap_err();
/// assert_eq!(error.to_string(), "`65+` is given twice");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct StandardPopulation {
    weights: BTreeMap<String, f64>,
}

/// The 2013 European Standard Population, persons of 100,000, by five years of age.
const EUROPEAN_2013: [(&str, f64); 19] = [
    ("0-4", 5_000.0),
    ("5-9", 5_500.0),
    ("10-14", 5_500.0),
    ("15-19", 5_500.0),
    ("20-24", 6_000.0),
    ("25-29", 6_000.0),
    ("30-34", 6_500.0),
    ("35-39", 7_000.0),
    ("40-44", 7_000.0),
    ("45-49", 7_000.0),
    ("50-54", 7_000.0),
    ("55-59", 6_500.0),
    ("60-64", 6_000.0),
    ("65-69", 5_500.0),
    ("70-74", 5_000.0),
    ("75-79", 4_000.0),
    ("80-84", 2_500.0),
    ("85-89", 1_500.0),
    ("90+", 1_000.0),
];

impl StandardPopulation {
    /// A standard of these strata and weights.
    ///
    /// # Errors
    ///
    /// [`StatisticError::GivenTwice`]; [`StatisticError::Within`] a stratum with a weight that is
    /// negative or no number; [`StatisticError::Undefined`] where no weight is above zero.
    pub fn new<N: Into<String>>(
        weights: impl IntoIterator<Item = (N, f64)>,
    ) -> Result<Self, StatisticError> {
        let mut checked = BTreeMap::new();
        for (name, weight) in weights {
            let name = name.into();
            count_of("weight", weight).map_err(|fault| fault.within(&name))?;
            if checked.contains_key(&name) {
                return Err(StatisticError::GivenTwice { name });
            }
            checked.insert(name, weight);
        }
        let standard = Self { weights: checked };
        let total = standard.total();
        if total > 0.0 && total.is_finite() {
            Ok(standard)
        } else {
            Err(StatisticError::Undefined(
                "the weights of a standard population must add up to more than zero",
            ))
        }
    }

    /// The 2013 European Standard Population: nineteen ages `0-4`, `5-9` … `85-89`, `90+`, in all
    /// 100,000 persons, for both sexes alike.
    ///
    /// Those under one year, for whom Eurostat gives 1,000, are among `0-4` here, and those of 95
    /// and over, of whom it gives 200, are among `90+`, as in English official statistics. The
    /// standard is older than that of 1976: rates by the two cannot be compared.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::statistic::StandardPopulation;
    /// let european = StandardPopulation::european_2013();
    /// assert_eq!(european.weight("90+"), Some(1_000.0));
    /// assert_eq!(european.total(), 100_000.0);
    /// ```
    ///
    /// # Sources
    ///
    /// Eurostat. Revision of the European Standard Population: report of Eurostat's task force.
    /// Methodologies and working papers. Publications Office of the European Union, 2013.
    #[must_use]
    pub fn european_2013() -> Self {
        let weights = EUROPEAN_2013.map(|(name, weight)| (name.to_owned(), weight));
        Self {
            weights: weights.into(),
        }
    }

    /// The weight of a stratum; `None` when the standard does not know it.
    #[must_use]
    pub fn weight(&self, stratum: &str) -> Option<f64> {
        self.weights.get(stratum).copied()
    }

    /// All weights together.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.weights.values().sum()
    }

    /// Strata with their weights, in the order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, f64)> {
        self.weights
            .iter()
            .map(|(name, weight)| (name.as_str(), *weight))
    }
}
