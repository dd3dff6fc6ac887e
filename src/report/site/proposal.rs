//! Proposals of a site, appraised side by side.

use crate::appraisal::{AppraisalError, Proposals};
use crate::axis::LocalityId;
use crate::cube::Cube;
use crate::report::content::{ProposalSheet, ReportError, Shown};
use rayon::prelude::*;

/// A sheet for each proposal, in the order of the pack.
pub(super) fn sheets(
    proposals: &Proposals,
    cube: &Cube,
    places: &[LocalityId],
) -> Result<Vec<ProposalSheet>, ReportError> {
    let all: Vec<_> = proposals.iter().collect();
    let sheets: Result<Vec<_>, AppraisalError> = (all.par_iter())
        .map(|proposal| ProposalSheet::of(&proposal.appraise(cube)?, places))
        .collect();
    sheets.map_err(|error| Box::new(error).into())
}

/// Whether its figures may be shown: what is refused, and so what is saved, tells what is spent.
pub(in crate::report) fn may_be_shown(sheet: &ProposalSheet) -> bool {
    let spent = sheet.held.iter().map(|held| held.spent);
    !spent
        .into_iter()
        .any(|spent| spent == Some(Shown::Suppressed))
}
