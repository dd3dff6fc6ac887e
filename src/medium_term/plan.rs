//! The register of a pack: gaps and reductions.

use super::gap::{GapLine, Reduction, ReductionStatus};
use crate::axis::MemberId;
use crate::finding::Findings;
use crate::place::Place;
use std::sync::Arc;

/// What each partner is short of in years to come, and what is planned to close it: all checked.
///
/// # Example: a gap that a neighbour's reduction makes wider
///
/// ```
/// use wholeplace::Place;
/// use wholeplace::medium_term::MediumTerm;
/// let plan = MediumTerm::open(&Place::open("examples/data/partners")?)?;
/// let statement = plan.statement()?;
/// println!("{}", statement.table());
/// let council = statement.find("council", "2025-26".parse()?);
/// // £100,000 - £40,000 - £20,000, and £25,000 that the police put on it.
/// assert_eq!(council.and_then(|one| one.left).map(|left| left.to_string()).as_deref(), Some("£65,000.00"));
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct MediumTerm {
    pub(super) place: Arc<Place>,
    pub(super) notes: Vec<String>,
    pub(super) published: String,
    pub(super) is_new: bool,
    pub(super) closed_by: Vec<ReductionStatus>,
    pub(super) lines: Vec<GapLine>,
    pub(super) reductions: Vec<Reduction>,
    pub(super) findings: Findings,
}

impl MediumTerm {
    /// The place whose partners they are.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// What must be printed wherever figures of it are shown.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Where everybody can read the register, as the pack says; empty where it does not.
    #[must_use]
    pub fn published(&self) -> &str {
        &self.published
    }

    /// The lines of gaps, in the order of the pack.
    #[must_use]
    pub fn lines(&self) -> &[GapLine] {
        &self.lines
    }

    /// The reductions, in the order of the pack.
    #[must_use]
    pub fn reductions(&self) -> &[Reduction] {
        &self.reductions
    }

    /// What is odd in the register; it opened all the same.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Whether a reduction closes a gap by the pack's rule.
    #[must_use]
    pub fn closes(&self, reduction: &Reduction) -> bool {
        self.closed_by.contains(&reduction.status)
    }

    /// What a gap of a year holds, and which reductions close it, as the pack says.
    #[must_use]
    pub fn rules_in_words(&self) -> Vec<String> {
        let statuses: Vec<String> = self.closed_by.iter().map(ToString::to_string).collect();
        let closes = match statuses.is_empty() {
            true => "By the register no reduction closes a gap.".to_owned(),
            false => format!(
                "By the register a gap is closed by reductions that are {}; others are not yet certain and count for nothing.",
                statuses.join(" or ")
            ),
        };
        let holds = match self.is_new {
            true => {
                "A stated gap is what its year adds; here it stands with those of the years before."
            }
            false => "A stated gap holds those of the years before.",
        };
        vec![closes, holds.to_owned()]
    }

    pub(super) fn partner(&self, partner: MemberId) -> &str {
        &self.place.axes().partners.get(partner).name
    }
}
