//! Why a question has no answer.

use crate::account::FundingError;
use crate::axis::{AxisError, Suggestions};
use crate::money::MoneyError;

/// Why a question has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// A member, age or period that the place does not have.
    #[error(transparent)]
    Axis(#[from] AxisError),
    /// No period was named.
    #[error(
        "the question names no period; name one, or a span such as `2013-14 to 2017-18`: years are never added silently. There {}",
        there_are(.recorded)
    )]
    NoPeriod {
        /// The financial years of which there are lines, each with its phase and its months.
        recorded: Vec<String>,
    },
    /// No boundary was named.
    #[error(
        "the question names no boundary; name partners, one of the pack's sets ({}), or all-partners: what one insider pays another counts once, so a total depends on who is inside",
        if .sets.is_empty() { "it has none".to_owned() } else { .sets.join(", ") }
    )]
    NoBoundary {
        /// The codes of the sets that the pack names.
        sets: Vec<String>,
    },
    /// No phase was named.
    #[error("the question names no phase; name budget, forecast or outturn: they are never added")]
    NoPhase,
    /// No other sharing rules to try.
    #[error(
        "there are no other sharing rules to try; name some in the pack: `[[alternative]]` with a code, a \
         name and `sharing = [{{ driver = \"…\" }}]`"
    )]
    NoAlternatives,
    /// Two members of one axis that share something.
    #[error(
        "`{first}` and `{second}` overlap on the axis {axis}; what lies in both would be counted twice: name one of them"
    )]
    Overlap {
        /// The axis.
        axis: &'static str,
        /// One member.
        first: String,
        /// The other.
        second: String,
    },
    /// Two tags.
    #[error(
        "`{first}` and `{second}` are tags, and people may carry both; tags can be asked for one at a time, never summed"
    )]
    TagsOverlap {
        /// One tag.
        first: String,
        /// The other.
        second: String,
    },
    /// A level that the axis does not have.
    #[error(
        "`{found}` is not a level of the axis {axis}; {}",
        if .known.is_empty() { "it has none".to_owned() } else { format!("its levels are {}", .known.join(", ")) }
    )]
    NoSuchLevel {
        /// The axis.
        axis: &'static str,
        /// What was written.
        found: String,
        /// The levels there are.
        known: Vec<String>,
    },
    /// A drill that is none of the known ones.
    #[error(
        "`{found}` is not something to drill by; write partner, funder, commissioner, deliverer, counterparty, activity@<level>, ages, group@<level>, locality@<level>, year, quarter, month, flexibility, mode, tag@<level>, ledger or code"
    )]
    NoSuchDrill {
        /// What was written.
        found: String,
    },
    /// The same axis twice.
    #[error("the axis {axis} is drilled twice; each axis once, at one level")]
    DrilledTwice {
        /// The axis.
        axis: &'static str,
    },
    /// Money followed back to those whose it was, month by month.
    #[error(
        "{role} and months or quarters say nothing together: money is followed back year by year, through all \
         hands; ask for `{role}` and `year`, or for `partner` and `month`"
    )]
    FollowedByYear {
        /// The role.
        role: &'static str,
    },
    /// Told by ledger or code, without the account that has them.
    #[error(
        "a cube holds no ledgers and none of the codes that partners wrote; give the question the account that \
         the cube was built from (`of_lines`)"
    )]
    NoLines,
    /// The lines of another account than that of the cube.
    #[error(
        "the lines of the account come to {lines} here and the cube to {cube}; give the account that the cube \
         was built from, with the same files"
    )]
    OtherLines {
        /// The sum of the lines, in pounds.
        lines: String,
        /// The same sum by the cube.
        cube: String,
    },
    /// A code name that no layout has.
    #[error("no layout of a ledger names a code `{found}`, which `code@<name>` may say{instead}")]
    NoSuchCode {
        /// What was written.
        found: String,
        /// The names there are.
        instead: Suggestions,
    },
    /// Drilled by ages where neither the question nor the place has bands.
    #[error(
        "the place has no age bands to drill by; write them as `ages@0-15/16-19/20+`, or `age_bands` into the `[place]` of its pack"
    )]
    NoAgeBands,
    /// Bands that overlap or leave ages out.
    #[error("the age bands {found} overlap or leave ages out; together they must be 0 to 90+")]
    AgeBands {
        /// The bands.
        found: String,
    },
    /// There is no such row to explain.
    #[error("the answer has {rows} rows; there is no row {wanted}")]
    NoSuchRow {
        /// How many rows there are.
        rows: usize,
        /// The row that was asked for, counted from 1.
        wanted: usize,
    },
    /// The result could not be handed over as a data frame.
    #[error("the answer could not be made into a data frame: {reason}")]
    Frame {
        /// What polars said.
        reason: String,
    },
    /// Money could not be followed back to those whose it was.
    #[error(transparent)]
    Funding(#[from] FundingError),
    /// A sum beyond 64 bits of pence.
    #[error(transparent)]
    Money(#[from] MoneyError),
}

/// The years that may be asked for, as a list.
fn there_are(recorded: &[String]) -> String {
    if recorded.is_empty() {
        "is no line of any period".to_owned()
    } else {
        format!("are lines of {}", recorded.join(", "))
    }
}
