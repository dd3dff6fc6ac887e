//! What is spent in each place of a level, beside the totals of the whole place.

use super::outcomes::{PlaceOutcomes, ReportOutcomes};
use super::tried::Tried;
use crate::account::AskedMonths;
use crate::axis::Phase;
use crate::cube::{KeyPart, Range};
use crate::disclosure::{Shown, ToldFigure};
use crate::driver::Basis;
use crate::money::{Exact, Pence};
use crate::place::Absent;
use crate::reconciliation::Reconciliation;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Spend in each place of a level, by activity, audience and partner.
///
/// Each table of a place sums to the place, and the places sum to the whole, to the penny. The
/// column of the whole place beside each table sums likewise; a single cell of it may differ by a
/// penny from the sum of the places' cells, because each table is closed once, from its own
/// total down.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct LocalityReport {
    /// The place as a whole.
    pub whole: PlacePage,
    /// Each place of the level, in the order of the pack.
    pub places: Vec<PlacePage>,
    /// The period in words.
    pub period: String,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Who is inside.
    pub boundary: String,
    /// Of which months of the period ledgers have lines, where some have not all.
    pub months: Option<Arc<AskedMonths>>,
    /// What must be said with the figures.
    pub notes: Vec<String>,
    /// What the drivers follow that share its money: where people live, where it happens, or both.
    pub bases: BTreeSet<Basis>,
    /// The names of the pack's other sharing rules, under which the same figures were asked for too.
    pub alternatives: Vec<Arc<str>>,
    /// What a whole place would have and no ledger holds; in no figure.
    pub absent: Vec<Absent>,
    /// From the files to the whole place; without a step where steps may not be told.
    pub reconciliation: Reconciliation,
    /// Whether every step from the files holds, also where steps are not told.
    pub holds: bool,
    /// What its outcomes have in common, if it was built with them.
    pub outcomes: Option<ReportOutcomes>,
}

impl LocalityReport {
    /// For a headline, where ledgers have not all months: `from payments of 1 of 12 months`.
    pub(in crate::report) fn which_months(&self) -> Option<String> {
        self.which_months_of(None)
    }

    /// The same of one partner, by its code.
    pub(in crate::report) fn which_months_of(&self, partner: Option<&str>) -> Option<String> {
        let months = self.months.as_ref()?.headline_of(partner)?;
        Some(format!("from {months}"))
    }
}

/// One place.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PlacePage {
    /// Code of the locality.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// All of it, as it may be told.
    pub total: ToldFigure,
    /// What it comes to under the pack's other sharing rules.
    pub tried: Tried,
    /// The same total divided by each axis.
    pub sections: Vec<Section>,
    /// The same total divided by partner, and each partner's by activity.
    pub crossings: Vec<Crossing>,
    /// What changed for people here, if the report was built with outcomes.
    pub outcomes: Option<PlaceOutcomes>,
}

/// The total of a place divided by one axis.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Section {
    /// `activity`, `ages` or `partner`.
    pub axis: String,
    /// Its rows, one for each member.
    pub rows: Vec<SectionRow>,
}

/// One member of an axis in one place.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SectionRow {
    /// Code of the member, or the name of a gap.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// What is spent here, as it may be told.
    pub here: ToldFigure,
    /// What it comes to under the pack's other sharing rules.
    pub tried: Tried,
    /// What may be shown of the same in the whole place.
    pub whole: Shown,
}

/// What one partner spends on one activity in one place.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Crossing {
    /// Code of the partner, or the name of a gap.
    pub partner: String,
    /// Its name for people.
    pub partner_name: String,
    /// Code of the activity, or the name of a gap.
    pub activity: String,
    /// Its name for people.
    pub activity_name: String,
    /// What is spent, as it may be told.
    pub figure: ToldFigure,
}

impl Crossing {
    pub(super) fn of(partner: &KeyPart, activity: &KeyPart, figure: &ToldFigure) -> Self {
        Self {
            partner: partner.code.clone(),
            partner_name: partner.name.clone(),
            activity: activity.code.clone(),
            activity_name: activity.name.clone(),
            figure: figure.clone(),
        }
    }

    /// What is spent, as it may be shown.
    pub(in crate::report) fn as_shown(&self) -> &ToldFigure {
        &self.figure
    }

    /// Its sum.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.figure.sum()
    }
}

impl SectionRow {
    pub(in crate::report) fn of(member: &KeyPart, here: &ToldFigure, whole: Shown) -> Self {
        Self {
            code: member.code.clone(),
            name: member.name.clone(),
            here: here.clone(),
            tried: Tried::default(),
            whole,
        }
    }

    /// What is spent here, as it may be shown.
    pub(in crate::report) fn as_shown(&self) -> &ToldFigure {
        &self.here
    }

    /// Its sum.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.here.sum()
    }
}

impl SectionRow {
    /// Between what it lies under the pack's other sharing rules; nothing where there are none.
    #[must_use]
    pub fn range(&self, report: &LocalityReport) -> Option<Range> {
        self.tried.range(self.shown(), &report.alternatives)
    }

    /// Between what it lies a head under the pack's rules, as [`PlacePage::range_a_head`].
    #[must_use]
    pub fn range_a_head(&self, report: &LocalityReport) -> Option<(Pence, Pence)> {
        a_head(&self.range(report)?, self.as_shown())
    }
}

/// The ends of a range for each resident of its figure.
fn a_head(range: &Range, figure: &ToldFigure) -> Option<(Pence, Pence)> {
    let persons = figure.residents().filter(|&persons| persons > 0)?;
    let each = |sum| Exact::share(sum, 1, persons.into()).nearest().ok();
    Some((each(range.lowest)?, each(range.highest)?))
}

impl PlacePage {
    /// All of it, as it may be shown.
    pub(in crate::report) fn as_shown(&self) -> &ToldFigure {
        &self.total
    }

    /// Its sum.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.total.sum()
    }

    /// Between what it lies under the pack's other sharing rules; nothing where there are none.
    #[must_use]
    pub fn range(&self, report: &LocalityReport) -> Option<Range> {
        self.tried.range(self.shown(), &report.alternatives)
    }

    /// Between what it lies a head under the pack's rules, its own among them; nothing where there are no
    /// others, or no residents.
    #[must_use]
    pub fn range_a_head(&self, report: &LocalityReport) -> Option<(Pence, Pence)> {
        a_head(&self.range(report)?, self.as_shown())
    }

    /// The row of a member of an axis.
    pub(in crate::report) fn row(&self, axis: &str, code: &str) -> Option<&SectionRow> {
        let section = self.sections.iter().find(|section| section.axis == axis)?;
        section.rows.iter().find(|row| row.code == code)
    }

    /// Whether this is the page of the report's whole place.
    pub(in crate::report) fn is_whole(&self, report: &LocalityReport) -> bool {
        self.code == report.whole.code
    }
}
