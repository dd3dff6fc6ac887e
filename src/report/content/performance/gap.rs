//! The medium term: gaps, reductions, and phases beside.

use super::sheet::boxed;
use crate::account::Boundary;
use crate::axis::{Period, Phase};
use crate::cube::Cube;
use crate::disclosure::Telling;
use crate::medium_term::{GapStanding, GapTotal, Lasts, MediumTerm};
use crate::money::Pence;
use crate::report::content::{ReportError, Shown};

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
    pub phases: Vec<PhasesShown>,
    /// What a gap holds and which reductions close it, and what must be said with the figures.
    pub notes: Vec<String>,
    /// Whether every total's step holds.
    pub holds: bool,
}

/// Budget, forecast and outturn of a partner, or of a reduction's cell.
#[derive(Clone, Debug)]
pub struct PhasesShown {
    /// Name of the partner.
    pub partner: String,
    /// `everything`, or the reduction.
    pub what: String,
    /// Of when.
    pub period: Period,
    /// The sums, each as it may be told.
    pub phases: Vec<(Phase, Shown)>,
    /// Which of them must not be set against each other, and why; where all of them may be told.
    pub not_compared: String,
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
        telling: &dyn Telling,
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
            let question = plan.asked(cube, &beside, boundary);
            let mut told = Vec::new();
            let mut is_open = true;
            for (phase, amount) in &beside.phases {
                let question = question.clone().phase(*phase);
                let shown = match amount {
                    Some(_) => telling.tell(&question, question.answer()?)?.total.sum(),
                    None => Shown::NothingRecorded,
                };
                is_open &= telling.is_open(&question)?;
                told.push((*phase, shown));
            }
            let not_compared = match is_open {
                true => beside.not_compared.join("; "),
                false => String::new(),
            };
            phases.push(PhasesShown {
                partner,
                what,
                period: beside.period,
                phases: told,
                not_compared,
            });
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

    /// Every sum of the register that it tells.
    pub fn sums(&self) -> Vec<Pence> {
        let of_row = |row: &GapStanding| {
            let stated = [row.gap, row.left].into_iter().flatten();
            let closed = [
                row.closed_before,
                row.closed_now,
                row.closed_once,
                row.put_on,
                row.beside,
            ];
            stated.chain(closed).collect::<Vec<_>>()
        };
        let mut sums: Vec<Pence> = self.rows.iter().flat_map(of_row).collect();
        let totals = self.totals.iter();
        sums.extend(totals.flat_map(|one| [one.gap, one.closed, one.put_on, one.left]));
        sums.extend(self.reductions.iter().map(|one| one.pounds));
        sums
    }
}
