//! All deflators and discount schedules of a pack.

use super::{Deflator, DiscountSchedule, PriceError};
use crate::axis::Suggestions;

/// All deflators and discount schedules of a pack, by code and edition.
///
/// Editions of one series stand side by side: a figure that was worked out last year can be worked out
/// again. A code alone is enough where the pack has one edition of it; otherwise it is `code@edition`.
#[derive(Clone, Debug, Default)]
pub struct PriceBook {
    deflators: Vec<Deflator>,
    discounts: Vec<DiscountSchedule>,
}

impl PriceBook {
    /// A book of these. No two of a kind may have the same code and edition: who puts a pack together
    /// says so where it is written.
    #[must_use]
    pub fn new(deflators: Vec<Deflator>, discounts: Vec<DiscountSchedule>) -> Self {
        Self {
            deflators,
            discounts,
        }
    }

    /// Its deflators.
    #[must_use]
    pub fn deflators(&self) -> &[Deflator] {
        &self.deflators
    }

    /// Its discount schedules.
    #[must_use]
    pub fn discounts(&self) -> &[DiscountSchedule] {
        &self.discounts
    }

    /// The deflator of that code, or `code@edition`.
    ///
    /// # Errors
    ///
    /// [`PriceError::Unknown`] with the nearest there is; [`PriceError::SeveralEditions`].
    pub fn deflator(&self, name: &str) -> Result<&Deflator, PriceError> {
        let named = |one: &Deflator| (one.code().to_owned(), one.edition().to_owned());
        find("a deflator", name, &self.deflators, named)
    }

    /// The discount schedule of that code, or `code@edition`.
    ///
    /// # Errors
    ///
    /// As [`PriceBook::deflator`].
    pub fn discount(&self, name: &str) -> Result<&DiscountSchedule, PriceError> {
        let named = |one: &DiscountSchedule| (one.code().to_owned(), one.edition().to_owned());
        find("a discount schedule", name, &self.discounts, named)
    }
}

fn find<'a, T>(
    what: &'static str,
    name: &str,
    all: &'a [T],
    named: impl Fn(&T) -> (String, String),
) -> Result<&'a T, PriceError> {
    let full = |one: &T| {
        let (code, edition) = named(one);
        format!("{code}@{edition}")
    };
    let mut meant: Vec<&T> = all.iter().filter(|one| named(one).0 == name).collect();
    if meant.is_empty() {
        meant = all.iter().filter(|one| full(one) == name).collect();
    }
    match meant[..] {
        [only] => Ok(only),
        [] => {
            let known: Vec<String> = all.iter().map(full).collect();
            Err(PriceError::Unknown {
                what,
                found: name.to_owned(),
                instead: Suggestions::of(name, known.iter().map(String::as_str)),
            })
        }
        _ => Err(PriceError::SeveralEditions {
            found: name.to_owned(),
            spellings: meant.iter().map(|one| format!("`{}`", full(one))).collect(),
        }),
    }
}
