//! Proposals of a site, appraised side by side.

use crate::appraisal::{Appraisal, AppraisalError, Proposals};
use crate::axis::LocalityId;
use crate::cube::Cube;
use crate::report::content::{ProposalSheet, RankingShown, ReportError, Shown, rankings};
use rayon::prelude::*;

/// What a site shows of proposals.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct ProposalPages {
    /// Each, in the order of the pack.
    pub sheets: Vec<ProposalSheet>,
    /// Their order for each purse.
    pub rankings: Vec<RankingShown>,
}

impl ProposalPages {
    /// Appraises all proposals with the answers of a cube; `places` are those of the report.
    pub(super) fn build(
        proposals: &Proposals,
        cube: &Cube,
        places: &[LocalityId],
    ) -> Result<Self, ReportError> {
        appraised(proposals, cube, places).map_err(|error| Box::new(error).into())
    }

    /// Those whose figures may be shown: what is refused, and so what is saved, tells what is spent.
    pub(in crate::report) fn shown(&self) -> impl Iterator<Item = &ProposalSheet> {
        self.sheets.iter().filter(|sheet| {
            let mut sums = sheet.held.iter().flat_map(|held| [held.spent, held.beside]);
            !sums.any(|sum| sum == Some(Shown::Suppressed))
        })
    }
}

fn appraised(
    proposals: &Proposals,
    cube: &Cube,
    places: &[LocalityId],
) -> Result<ProposalPages, AppraisalError> {
    let all: Vec<_> = proposals.iter().collect();
    let appraisals: Vec<Appraisal<'_>> = (all.par_iter())
        .map(|proposal| proposal.appraise(cube))
        .collect::<Result<_, _>>()?;
    let sheets = (appraisals.par_iter()).map(|appraisal| ProposalSheet::of(appraisal, places));
    Ok(ProposalPages {
        sheets: sheets.collect::<Result<_, _>>()?,
        rankings: rankings(&appraisals)?,
    })
}
