//! The medium term: gaps, reductions, and phases beside.

use super::sheet::boxed;
use crate::account::Boundary;
use crate::axis::Period;
use crate::cube::Cube;
use crate::medium_term::{GapStanding, GapTotal, Lasts, MediumTerm, PhasesBeside};
use crate::money::Pence;
use crate::report::content::ReportError;

/// What partners are short of, and what closes it.
#[derive(Clone, Debug)]
pub struct GapSheet {
    /// Partner by partner, year by year.
    pub rows: Vec<GapStanding>,
    /// Of those who cover the same area.
    pub totals: Vec<GapTotal>,
    /// Every reduction.
    pub reductions: Vec<ReductionShown>,
    /// Budget, forecast and outturn: names of partner and reduction, and what the account has.
    pub phases: Vec<(String, String, PhasesBeside)>,
    /// What a gap holds and which reductions close it, and what must be said with the figures.
    pub notes: Vec<String>,
    /// Whether every total's step holds.
    pub holds: bool,
}

/// A reduction in words.
#[derive(Clone, Debug)]
pub struct ReductionShown {
    /// Code.
    pub code: String,
    /// What is reduced.
    pub name: String,
    /// Who spends less.
    pub partner: String,
    /// From which year.
    pub period: Period,
    /// How much a year.
    pub pounds: Pence,
    /// `on` or `once`.
    pub lasts: &'static str,
    /// How far it is.
    pub status: String,
    /// Whether it closes a gap by the pack's rule.
    pub closes: bool,
    /// Who bears the cost then.
    pub falls_on: String,
    /// Where it stands in the register.
    pub line: String,
    /// Where it is written down.
    pub source: String,
}

impl GapSheet {
    /// The register, with what the account has in a period beside it.
    pub fn of(
        plan: &MediumTerm,
        cube: &Cube,
        (period, boundary): (Period, &Boundary),
    ) -> Result<Self, ReportError> {
        let partners = &plan.place().axes().partners;
        let name = |member| partners.get(member).name.clone();
        let statement = plan.statement().map_err(boxed)?;
        let reductions = (plan.reductions().iter()).map(|one| ReductionShown {
            code: one.code.clone(),
            name: one.name.clone(),
            partner: name(one.partner),
            period: one.period,
            pounds: one.pence,
            lasts: match one.lasts {
                Lasts::On => "on",
                Lasts::Once => "once",
            },
            status: one.status.to_string(),
            closes: plan.closes(one),
            falls_on: one.falls_on.map_or_else(String::new, name),
            line: one.position.to_string(),
            source: one.source.clone(),
        });
        let mut phases = Vec::new();
        for beside in plan.phases(cube, period, boundary).map_err(boxed)? {
            let partner = partners.find(&beside.partner);
            let partner = partner.map_or_else(|_| beside.partner.clone(), name);
            let reduction = (plan.reductions().iter()).find(|one| one.code == beside.reduction);
            let what = reduction.map_or_else(|| "everything".to_owned(), |one| one.name.clone());
            phases.push((partner, what, beside));
        }
        let mut notes = plan.rules_in_words();
        notes.extend(plan.notes().iter().cloned());
        Ok(Self {
            holds: statement.reconciliation.holds(),
            rows: statement.rows,
            totals: statement.totals,
            reductions: reductions.collect(),
            phases,
            notes,
        })
    }
}
