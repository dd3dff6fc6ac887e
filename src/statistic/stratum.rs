//! Strata: the groups of people, mostly ages, within which rates are compared.

use super::{StatisticError, count_of};
use std::collections::BTreeMap;

/// Events and people of one stratum: of one age, or of one age and sex.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::Stratum;
/// let young = Stratum::new("18 to 64", 41.0, 6_120.0);
/// assert_eq!(young.name, "18 to 64");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Stratum {
    /// Its name, by which strata are joined.
    pub name: String,
    /// Events in it: a count, which need not be whole.
    pub events: f64,
    /// Persons or person-years in it.
    pub population: f64,
}

impl Stratum {
    /// A stratum of this name.
    #[must_use]
    pub fn new(name: impl Into<String>, events: f64, population: f64) -> Self {
        Self {
            name: name.into(),
            events,
            population,
        }
    }

    /// Its events, if they may be a count.
    pub(super) fn counted(&self) -> Result<f64, StatisticError> {
        count_of("events", self.events).map_err(|fault| fault.within(&self.name))
    }
}

/// People of one stratum by how often the event happened to them.
///
/// # Example
///
/// ```
/// use wholeplace::statistic::RepeatStratum;
/// // Of 3,000 people, 30 were admitted once, 8 twice and one five times: 51 admissions.
/// let adults = RepeatStratum::new("18 to 64", 3_000.0, [(1, 30.0), (2, 8.0), (5, 1.0)]);
/// assert_eq!(adults.people_by_events[1], (2, 8.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RepeatStratum {
    /// Its name, by which strata are joined.
    pub name: String,
    /// Persons or person-years in it, with those to whom nothing happened.
    pub population: f64,
    /// Events of one person, and how many people had just so many; each number once.
    pub people_by_events: Vec<(u32, f64)>,
}

impl RepeatStratum {
    /// A stratum of this name. A number of events that is given twice is refused where a rate is
    /// worked out.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        population: f64,
        people_by_events: impl IntoIterator<Item = (u32, f64)>,
    ) -> Self {
        Self {
            name: name.into(),
            population,
            people_by_events: people_by_events.into_iter().collect(),
        }
    }
}

/// Strata by name; refuses one that is given twice.
pub(super) fn by_name<T>(
    strata: &[T],
    name: impl Fn(&T) -> &str,
) -> Result<BTreeMap<&str, &T>, StatisticError> {
    let mut named = BTreeMap::new();
    for stratum in strata {
        let name = name(stratum);
        if named.insert(name, stratum).is_some() {
            return Err(StatisticError::GivenTwice {
                name: name.to_owned(),
            });
        }
    }
    Ok(named)
}

/// Refuses a name of the first that the second has not.
pub(super) fn all_in<'a>(
    names: impl Iterator<Item = &'a str>,
    known: impl Fn(&str) -> bool,
    has: &'static str,
    lacks: &'static str,
) -> Result<(), StatisticError> {
    for name in names {
        if !known(name) {
            return Err(StatisticError::MissingStratum {
                stratum: name.to_owned(),
                has,
                lacks,
            });
        }
    }
    Ok(())
}
