//! A board paper: what changed since the last meeting, what needs a decision, what is overdue, and what comes next.

use super::agreements::Agreement;
use super::draw_down::GrantStanding;
use super::facts::TargetFacts;
use super::meeting::{Decision, Outcome};
use super::report::{AgreementReport, days_over};
use crate::register::RegisterError;
use jiff::ToSpan;
use jiff::civil::Date;

/// A paper for a meeting of the board.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct BoardPaper<'a> {
    pub(super) agreement: &'a Agreement,
    /// What the last paper knew: as at this day.
    pub since: Date,
    /// The day of the meeting; what had come until then is known.
    pub on: Date,
    /// The report as at the meeting.
    pub report: AgreementReport<'a>,
    /// What differs from the last paper.
    pub changes: Vec<Changed>,
    /// What the board decided at or after the last meeting and before this one.
    pub decided: Vec<&'a Decision>,
    /// What it has to decide at this meeting; what it should have decided before stands first.
    pub to_decide: Vec<&'a Decision>,
    /// What should be done or there by now and is not, the longest overdue first.
    pub overdue: Vec<Overdue>,
    /// What this meeting and those of the year after it have before them.
    pub work_plan: Vec<WorkPlanRow>,
}

/// Something that is not as it was when the board met last.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Changed {
    /// `target`, `survey`, `action` or `grant`.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// As it was.
    pub before: String,
    /// As it is.
    pub now: String,
}

/// Something that should be done or there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overdue {
    /// `action`, `figure` or `decision`.
    pub kind: &'static str,
    /// What.
    pub name: String,
    /// Who owes it.
    pub owed_by: String,
    /// When it was due.
    pub due: Date,
    /// For how many days it has been overdue.
    pub days: i64,
}

/// What a meeting has before it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorkPlanRow {
    /// The meeting.
    pub meeting: Date,
    /// `agenda`, `decision`, `report`, `figure due` or `action due`.
    pub kind: &'static str,
    /// What.
    pub item: String,
    /// Who brings it, or owes it.
    pub who: String,
}

impl Agreement {
    /// The paper for a meeting, held against what was known at another day: the last meeting as a rule
    /// ([`Agreement::meeting_before`]).
    ///
    /// # Errors
    ///
    /// As [`Agreement::report`].
    pub fn board_paper(&self, since: Date, on: Date) -> Result<BoardPaper<'_>, RegisterError> {
        let report = self.report(on)?;
        let before = self.report(since)?;
        Ok(BoardPaper {
            agreement: self,
            since,
            on,
            changes: self.changes(&before, &report),
            decided: self.decided(since, on),
            to_decide: self.to_decide(on),
            overdue: self.overdue(&report),
            work_plan: self.work_plan(on),
            report,
        })
    }

    fn changes(&self, before: &AgreementReport<'_>, now: &AgreementReport<'_>) -> Vec<Changed> {
        let mut all = Vec::new();
        let mut changed = |kind, name: &str, before: String, now: String| {
            if before != now {
                all.push(Changed {
                    kind,
                    name: name.to_owned(),
                    before,
                    now,
                });
            }
        };
        for (target, (then, now)) in
            (self.targets.iter()).zip(before.targets.iter().zip(&now.targets))
        {
            changed("target", &target.name, in_words(then), in_words(now));
        }
        for survey in &now.surveys {
            let then = before.surveys.iter().find(|one| one.code == survey.code);
            let words =
                |one: &super::report::SurveyStanding| format!("{}: {}%", one.period, one.estimate);
            let then = then.map_or_else(|| "no answers had come".to_owned(), words);
            changed("survey", &survey.name, then, words(survey));
        }
        for action in &self.actions {
            let (then, now) = (action.status(before.on), action.status(now.on));
            changed("action", &action.name, then.to_string(), now.to_string());
        }
        for (then, now) in before.grants.iter().zip(&now.grants) {
            changed(
                "grant",
                &now.name,
                grant_in_words(then),
                grant_in_words(now),
            );
        }
        all
    }

    /// A paper is written before its meeting, so that what a board decides on the day stands in the next one.
    fn decided(&self, since: Date, on: Date) -> Vec<&Decision> {
        let within = |one: &&Decision| one.decided.is_some_and(|(day, _)| since <= day && day < on);
        self.decisions.iter().filter(within).collect()
    }

    fn to_decide(&self, on: Date) -> Vec<&Decision> {
        let open =
            |one: &&Decision| one.meeting <= on && one.decided.is_none_or(|(day, _)| day >= on);
        self.decisions.iter().filter(open).collect()
    }

    fn overdue(&self, report: &AgreementReport<'_>) -> Vec<Overdue> {
        let on = report.on;
        let mut all = Vec::new();
        let mut over = |kind, name: &str, owed_by: String, due: Date| {
            if let Some(days) = days_over(due, on) {
                all.push(Overdue {
                    kind,
                    name: name.to_owned(),
                    owed_by,
                    due,
                    days,
                });
            }
        };
        for action in self.actions.iter().filter(|one| one.is_overdue(on)) {
            let owner = self.partner(action.owner).to_owned();
            over("action", &action.name, owner, action.by);
        }
        for owed in &report.owed {
            let name = format!("{}, {}", owed.of, owed.period);
            over("figure", &name, owed.owed_by.clone(), owed.due);
        }
        for decision in self.to_decide(on) {
            over(
                "decision",
                &decision.item,
                "the board".to_owned(),
                decision.meeting,
            );
        }
        all.sort_by(|one: &Overdue, other| (one.due, &one.name).cmp(&(other.due, &other.name)));
        all
    }

    /// What the meetings of a year have before them, from a day on.
    ///
    /// A report, a figure or an action belongs to the first meeting on or after its day.
    #[must_use]
    pub fn work_plan(&self, from: Date) -> Vec<WorkPlanRow> {
        let end = from.checked_add(1.year()).unwrap_or(Date::MAX);
        let mut all = Vec::new();
        for meeting in &self.meetings {
            let on = meeting.on;
            if on < from || on >= end {
                continue;
            }
            let last = self.meeting_before(on).map_or(Date::MIN, |one| one.on);
            let between = |day: Date| last < day && day <= on;
            let mut row = |kind, item: String, who: String| {
                all.push(WorkPlanRow {
                    meeting: on,
                    kind,
                    item,
                    who,
                });
            };
            for item in &meeting.agenda {
                row("agenda", item.item.clone(), item.by.clone());
            }
            let waits = |one: &&Decision| {
                one.meeting == on && one.decided.is_none_or(|(day, _)| day >= from)
            };
            for decision in self.decisions.iter().filter(waits) {
                let who = decision.asked_by.map(|one| self.partner(one).to_owned());
                row("decision", decision.item.clone(), who.unwrap_or_default());
            }
            for report in self.reports.iter().filter(|one| between(one.as_at)) {
                row("report", report.name.clone(), String::new());
            }
            for target in &self.targets {
                for figure in target.figures.iter().filter(|one| between(one.due)) {
                    if figure.received.is_none_or(|day| day > from) {
                        let item = format!("{}, {}", target.name, figure.period);
                        row("figure due", item, figure.owed_by.clone());
                    }
                }
            }
            for survey in self.surveys.iter().filter(|one| between(one.due)) {
                if survey.received.is_none_or(|day| day > from) {
                    let item = format!("{}, {}", survey.name, survey.period);
                    row("figure due", item, survey.owed_by.clone());
                }
            }
            for action in self.actions.iter().filter(|one| between(one.by)) {
                if !action.status(from).is_over() {
                    let owner = self.partner(action.owner).to_owned();
                    row("action due", action.name.clone(), owner);
                }
            }
        }
        all
    }
}

/// The facts of a target in one line.
fn in_words(facts: &TargetFacts) -> String {
    let Some(period) = facts.period else {
        return "no figure has come".to_owned();
    };
    let figure = facts.figure_in_words();
    let mut words = format!("{period}: {figure}, {}", facts.against_target);
    if let Some(rating) = &facts.rating {
        words = format!("{words}, {rating}");
    }
    words
}

fn grant_in_words(grant: &GrantStanding) -> String {
    format!(
        "earned {}, received {}, paid out {}, held {}",
        grant.earned, grant.received, grant.paid, grant.held
    )
}

impl BoardPaper<'_> {
    /// The agreement that it is about.
    #[must_use]
    pub fn agreement(&self) -> &Agreement {
        self.agreement
    }

    /// What was approved since the last paper, in money.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for sums beyond what an account can hold.
    pub fn approved(&self) -> Result<crate::money::Pence, RegisterError> {
        let approved = (self.decided.iter())
            .filter(|one| matches!(one.decided, Some((_, Outcome::Approved))))
            .filter_map(|one| one.pounds);
        Ok(crate::money::Pence::total(approved)?)
    }
}
