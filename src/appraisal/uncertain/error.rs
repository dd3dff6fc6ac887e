//! Why nothing can be drawn.

use crate::appraisal::AppraisalError;

/// Why nothing can be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum UncertainError {
    /// No figure has a range.
    #[error(
        "no figure of `{proposal}` has a range, so every draw is the same; add a `[[range]]` for each figure that \
         is not sure"
    )]
    NoRange {
        /// The proposal.
        proposal: String,
    },
    /// Ranges without the choice how they stand to the correction.
    #[error(
        "`{proposal}` does not say how its ranges stand to the correction by grades; write `uncertainty` into its \
         `[proposal]`"
    )]
    NotChosen {
        /// The proposal.
        proposal: String,
    },
    /// Too few draws to say anything.
    #[error("there are {given} draws; take at least {needed}")]
    TooFewDraws {
        /// How many.
        given: u32,
        /// How many it takes.
        needed: u32,
    },
    /// More draws than are held at once.
    #[error(
        "there are {given} draws; take at most {most}: all of them are held until they are sorted"
    )]
    TooManyDraws {
        /// How many.
        given: u32,
        /// How many there may be.
        most: u32,
    },
    /// There is no such purse or payer.
    #[error("`{found}` is no purse of this proposal; there are {known}")]
    UnknownPurse {
        /// What was asked for.
        found: String,
        /// What there is.
        known: String,
    },
    /// There is no range of that figure.
    #[error("no range is drawn for `{found}`; there are {known}")]
    UnknownSource {
        /// What was asked for.
        found: String,
        /// What there is.
        known: String,
    },
    /// A table of two inputs needs two.
    #[error(
        "a table of `{found}` against itself says nothing; name two figures that share no source"
    )]
    SameSource {
        /// What was named twice.
        found: String,
    },
    /// Options whose draws are not of one kind.
    #[error(
        "options are compared on the same draws, and `{one}` has {draws}, `{other}` {others}; draw both with the \
         same number and seed"
    )]
    OtherDraws {
        /// One option.
        one: String,
        /// Its draws.
        draws: String,
        /// The other.
        other: String,
        /// Its draws.
        others: String,
    },
    /// Nothing to choose between.
    #[error("there is nothing to choose between; compare at least one option with doing nothing")]
    NoOption,
    /// The proposal cannot be worked out.
    #[error(transparent)]
    Appraisal(#[from] AppraisalError),
}
