//! A move as people see it, made or not.

use crate::appraisal::scenario::{Cell, GivenUp, Move, Moved, Stopped};
use crate::money::Pence;
use crate::place::Place;
use crate::report::content::ReportScope;

/// Where money comes from, or goes to.
#[derive(Clone, Debug)]
pub struct CellShown {
    /// Code and name of whose money.
    pub partner: (String, String),
    /// Of what for.
    pub activity: (String, String),
    /// For whom, by age.
    pub ages: String,
    /// Code and name of the client group; nothing where the move does not say.
    pub group: Option<(String, String)>,
    /// Of where.
    pub locality: (String, String),
}

/// A move.
#[derive(Clone, Debug)]
pub struct MoveShown {
    /// How much in each twelve months.
    pub amount: Pence,
    /// Where it comes from.
    pub from: CellShown,
    /// Where it goes.
    pub to: CellShown,
    /// Planned or spent.
    pub phase: String,
    /// The first month.
    pub start: String,
    /// How many times twelve months.
    pub years: u16,
    /// What kind of payment it is, where it goes to another partner.
    pub kind: Option<String>,
    /// Which decision lets money go that the law asks for.
    pub decision: Option<String>,
    /// The building that is given up and what that frees, in words; nothing where the amount is written down.
    pub gives_up: Option<String>,
    /// Why, in words.
    pub reason: String,
    /// Of what money it is taken, in words; nothing where it is not made.
    pub taken: Vec<String>,
    /// What holds it, in words; nothing where it is made.
    pub held_by: Option<String>,
    /// Whether some of it is of the period and phase of the report.
    pub is_in_report: bool,
}

impl MoveShown {
    /// One that is made.
    pub(super) fn made(moved: &Moved, place: &Place, scope: &ReportScope) -> Self {
        let mut shown = Self::of(&moved.of, place, scope);
        let several = moved.taken.len() > 1;
        for (period, parts) in &moved.taken {
            for (freedom, pence) in parts {
                let when = if several {
                    format!(" in {period}")
                } else {
                    String::new()
                };
                shown.taken.push(format!("{pence} {freedom}{when}"));
            }
        }
        shown
    }

    /// One that is not.
    pub(super) fn stopped(stopped: &Stopped, place: &Place, scope: &ReportScope) -> Self {
        let mut shown = Self::of(&stopped.of, place, scope);
        let when = match stopped.of.years {
            1 => String::new(),
            _ => format!(" ({})", stopped.period),
        };
        shown.held_by = Some(format!("{}{when}", stopped.why));
        shown
    }

    /// Whether it is made.
    pub fn is_made(&self) -> bool {
        self.held_by.is_none()
    }

    fn of(of: &Move, place: &Place, scope: &ReportScope) -> Self {
        let overlaps = |period: crate::axis::Period| period.intersection(scope.period).is_some();
        Self {
            amount: of.amount,
            from: CellShown::of(&of.from, place),
            to: CellShown::of(&of.to, place),
            phase: of.phase.to_string(),
            start: of.start.to_string(),
            years: of.years,
            kind: of.kind.map(|kind| kind.to_string()),
            decision: of.decision.clone(),
            gives_up: of.gives_up.as_ref().map(GivenUp::in_words),
            reason: of.reason.clone(),
            taken: Vec::new(),
            held_by: None,
            is_in_report: of.phase == scope.phase && of.periods().into_iter().any(overlaps),
        }
    }
}

impl CellShown {
    fn of(cell: &Cell, place: &Place) -> Self {
        let axes = place.axes();
        let partner = axes.partners.get(cell.partner);
        let activity = axes.activities.get(cell.activity);
        let group = cell.group.map(|group| axes.groups.get(group));
        let localities = &axes.localities;
        Self {
            partner: (partner.code.clone(), partner.name.clone()),
            activity: (activity.code.clone(), activity.name.clone()),
            ages: cell.ages.in_words(),
            group: group.map(|group| (group.code.clone(), group.name.clone())),
            locality: (
                localities.code(cell.locality).to_owned(),
                localities.name(cell.locality).to_owned(),
            ),
        }
    }

    /// Whose, what for, for whom, where.
    pub fn in_words(&self) -> String {
        let group = self.group.as_ref().map(|(_, name)| format!(", {name}"));
        let ages = match self.ages.as_str() {
            "all ages" => self.ages.clone(),
            some => format!("ages {some}"),
        };
        format!(
            "{}: {}, {}{}, {}",
            self.partner.1,
            self.activity.1,
            ages,
            group.unwrap_or_default(),
            self.locality.1
        )
    }
}
