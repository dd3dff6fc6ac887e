//! Proposals of a site, appraised side by side.

use crate::account::Boundary;
use crate::appraisal::uncertain::{Seeded, UncertainError};
use crate::appraisal::{Appraisal, AppraisalError, Proposals};
use crate::axis::LocalityId;
use crate::cube::{Cube, Question};
use crate::disclosure::Telling;
use crate::report::content::{HowSure, ProposalSheet, RankingShown, ReportError, rankings};
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
    /// Each whose figures may be shown, in the order of the pack.
    pub sheets: Vec<ProposalSheet>,
    /// Their order for each purse.
    pub rankings: Vec<RankingShown>,
    /// How many there are besides.
    pub hidden: usize,
}

impl ProposalPages {
    /// Appraises all proposals with the answers of a cube; `places` are those of the report. What is
    /// refused, and so what is saved, tells what is spent: where that may not be told, the proposal is not.
    pub(super) fn build(
        of: SiteProposals<'_>,
        cube: &Cube,
        places: &[LocalityId],
        telling: &dyn Telling,
    ) -> Result<Self, ReportError> {
        let all: Vec<_> = of.proposals.iter().collect();
        let appraisals: Vec<Appraisal<'_>> = (all.par_iter())
            .map(|proposal| proposal.appraise(cube))
            .collect::<Result<_, AppraisalError>>()
            .map_err(Box::new)?;
        let mut open = Vec::with_capacity(appraisals.len());
        for appraisal in appraisals {
            let mut told = telling.all_public();
            if !told {
                told = true;
                for asked in held_against(&appraisal, cube) {
                    told &= telling.is_open(&asked)?;
                }
            }
            open.extend(told.then_some(appraisal));
        }
        let shown = shown(&open, places, of.drawn).map_err(|error| match error {
            UncertainError::Appraisal(error) => Box::new(error).into(),
            error => ReportError::from(Box::new(error)),
        })?;
        Ok(Self {
            hidden: all.len() - open.len(),
            ..shown
        })
    }

    /// Whether the pack has none.
    pub(in crate::report) fn is_empty(&self) -> bool {
        self.sheets.is_empty() && self.hidden == 0
    }
}

fn shown(
    appraisals: &[Appraisal<'_>],
    places: &[LocalityId],
    drawn: Option<Seeded>,
) -> Result<ProposalPages, UncertainError> {
    let sheet = |appraisal: &Appraisal<'_>| -> Result<_, UncertainError> {
        let mut sheet = ProposalSheet::of(appraisal, places)?;
        if let Some(seeded) = drawn {
            sheet.sure = HowSure::of(appraisal, seeded)?;
        }
        Ok(sheet)
    };
    let sheets = appraisals.par_iter().map(sheet);
    Ok(ProposalPages {
        sheets: sheets.collect::<Result<_, _>>()?,
        rankings: rankings(appraisals)?,
        hidden: 0,
    })
}

/// What a proposal is held against: what each payer spends on what it affects.
fn held_against<'a>(appraisal: &Appraisal<'_>, cube: &'a Cube) -> Vec<Question<'a>> {
    let (proposal, axes) = (appraisal.proposal, cube.place().axes());
    let (baseline, locality) = (&proposal.baseline, axes.localities.code(proposal.locality));
    let partners = (appraisal.held.iter()).filter(|held| held.payer.is_partner);
    let asked = partners.map(|held| {
        let question = (cube.ask())
            .partner(&held.payer.code)
            .period(baseline.period)
            .phase(baseline.phase)
            .boundary(Boundary::of([&held.payer.code]))
            .ages(proposal.ages)
            .locality(locality);
        (baseline.activities.iter()).fold(question, |question, &activity| {
            question.activity(&axes.activities.get(activity).code)
        })
    });
    asked.collect()
}
