//! Why there is no pattern.

use super::told::Part;
use std::sync::Arc;

/// Why there is no pattern: nothing is told then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// The system says something that cannot be.
    #[error("the system of figures cannot be read: {}", faults.join("; "))]
    System {
        /// All that is wrong with it.
        faults: Vec<String>,
    },
    /// More than is attempted.
    #[error(
        "{lines} different figures over {sums} private sums are more than is attempted ({most_lines} over {most_sums}); \
         tell fewer axes together, or larger places"
    )]
    TooLarge {
        /// Different private parts that would be told.
        lines: usize,
        /// Private sums that they tell apart.
        sums: usize,
        /// The most lines that are attempted.
        most_lines: usize,
        /// The most sums that are attempted.
        most_sums: usize,
    },
    /// Lines that are always told, or known already, are sensitive by themselves.
    #[error(
        "{} that must be told or are known already tell too much by themselves; they must be allowed to be given up, \
         or be left out",
        crate::text::counted(lines.len(), "figure")
    )]
    AlwaysSensitive {
        /// The lines.
        lines: Vec<u32>,
    },
    /// Nothing protects a part without giving up lines that must be told.
    #[error(
        "nothing protects a part that must not be told while {} must be told; allow one of them to be given up, \
         or tell fewer figures of it",
        crate::text::counted(in_the_way.len(), "figure")
    )]
    NoMove {
        /// What cannot be protected.
        part: Part,
        /// The lines that would have to be given up, of those that may not be.
        in_the_way: Vec<u32>,
    },
    /// Nothing can stand in for a part: every other private sum that it is told with is too small, is known to those
    /// who look, or would change a figure by fractions of a penny.
    #[error(
        "no other private money can stand in for a part that must not be told, so that its figures stay as they are; \
         tell it together with more money of others, or leave its finer shares out{}",
        finer(too_fine)
    )]
    Alone {
        /// What cannot be protected.
        part: Part,
        /// The kinds of figures that tell shares of it so fine that few changes of it, or none, are of whole pence in
        /// them: without these a move may be found.
        too_fine: Vec<Arc<str>>,
    },
    /// The pattern is not what it claims to be.
    #[error("the pattern does not hold: {}", faults.join("; "))]
    Audit {
        /// All that was found.
        faults: Vec<String>,
    },
}

/// Which figures to leave out.
fn finer(kinds: &[Arc<str>]) -> String {
    if kinds.is_empty() {
        return String::new();
    }
    format!(
        ": it is too small for its shares in figures by {}",
        kinds.join("; by ")
    )
}
