//! Counts of people, of which a rate may be made.

/// A count of people, or two of which a rate is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Those of whom something is true.
    pub numerator: u64,
    /// All who were looked at; none where it is a count and no rate.
    pub denominator: Option<u64>,
}
