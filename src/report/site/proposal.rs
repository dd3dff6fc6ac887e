//! Proposals of a site, appraised side by side.

use crate::appraisal::uncertain::{Seeded, UncertainError};
use crate::appraisal::{Appraisal, Proposals};
use crate::axis::LocalityId;
use crate::cube::Cube;
use crate::report::content::{HowSure, ProposalSheet, RankingShown, ReportError, Shown, rankings};
use rayon::prelude::*;

/// Proposals of a site. Nothing random is shown unless somebody says how many draws, and from which seed.
#[derive(Clone, Copy, Debug)]
pub struct SiteProposals<'a> {
    /// Proposals of the pack.
    pub proposals: &'a Proposals,
    /// How proposals that give ranges are drawn, for chances; without it no chance is shown.
    pub drawn: Option<Seeded>,
}

impl<'a> From<&'a Proposals> for SiteProposals<'a> {
    /// Proposals without chances.
    fn from(proposals: &'a Proposals) -> Self {
        Self {
            proposals,
            drawn: None,
        }
    }
}

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
        of: SiteProposals<'_>,
        cube: &Cube,
        places: &[LocalityId],
    ) -> Result<Self, ReportError> {
        appraised(of, cube, places).map_err(|error| match error {
            UncertainError::Appraisal(error) => Box::new(error).into(),
            error => Box::new(error).into(),
        })
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
    of: SiteProposals<'_>,
    cube: &Cube,
    places: &[LocalityId],
) -> Result<ProposalPages, UncertainError> {
    let all: Vec<_> = of.proposals.iter().collect();
    let appraisals: Vec<Appraisal<'_>> = (all.par_iter())
        .map(|proposal| proposal.appraise(cube))
        .collect::<Result<_, _>>()?;
    let sheet = |appraisal: &Appraisal<'_>| -> Result<_, UncertainError> {
        let mut sheet = ProposalSheet::of(appraisal, places)?;
        if let Some(seeded) = of.drawn {
            sheet.sure = HowSure::of(appraisal, seeded)?;
        }
        Ok(sheet)
    };
    let sheets = appraisals.par_iter().map(sheet);
    Ok(ProposalPages {
        sheets: sheets.collect::<Result<_, _>>()?,
        rankings: rankings(&appraisals)?,
    })
}
