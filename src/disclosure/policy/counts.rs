//! What is told of counts of people, and of what is made from them.
//!
//! A rate, its limits, its place in a funnel and its rank all name the count that they come from: Wilson limits to
//! four decimals name numerator and denominator uniquely up to some thousands. So all of them are told together,
//! or none is.

use crate::disclosure::counted::Counted;
use crate::disclosure::why::Why;

/// What is told of counts of some indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CountRule {
    /// The codes of the indicators; none where it is of all that nobody else publishes.
    pub indicators: Option<Vec<String>>,
    /// A count below this is withheld.
    pub least: u64,
    /// A rate of fewer people than this is withheld.
    pub least_base: u64,
    /// Whether it may be told that it is all of them, or none.
    pub tells_all_or_none: bool,
    /// Whether a count of nobody may be told.
    pub tells_zero: bool,
}

impl CountRule {
    /// Why a count may not be told, with its rate, limits, rank and whatever else is made of it; nothing where it
    /// may.
    ///
    /// The complement is a count too: of 60 people of whom 57 did not, three did.
    #[must_use]
    pub fn withholds(&self, counted: Counted) -> Option<Why> {
        let Counted {
            numerator,
            denominator,
        } = counted;
        let few = |count: u64| count > 0 && count < self.least;
        let Some(all) = denominator else {
            return match numerator {
                0 if !self.tells_zero => Some(Why::Few),
                _ => few(numerator).then_some(Why::Few),
            };
        };
        let others = all.checked_sub(numerator);
        if numerator == 0 && !self.tells_zero {
            return Some(Why::Few);
        }
        if few(numerator) || all < self.least_base || others.is_none_or(few) {
            return Some(Why::Few);
        }
        let one_sided = numerator == 0 || others == Some(0);
        (one_sided && !self.tells_all_or_none).then_some(Why::AllOrNone)
    }
}
