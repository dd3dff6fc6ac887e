//! Tables that a councillor and a finance officer read.

use super::agreements::Agreement;
use super::board::BoardPaper;
use super::draw_down::{GrantStanding, GrantsInAccount};
use super::facts::TargetFacts;
use super::meeting::Decision;
use super::report::AgreementReport;
use super::spent::SpentOnAction;
use crate::indicator::Direction;
use crate::money::Pence;
use crate::statistic::Estimate;
use crate::table::Table;
use jiff::civil::Date;

/// A sum, or nothing.
fn sum(pence: Option<Pence>) -> String {
    pence.map_or_else(|| "–".to_owned(), |pence| pence.to_string())
}

/// A change with its sign.
fn change_in_words(change: &Estimate) -> String {
    match (change.value(), change.interval()) {
        (Some(value), Some(interval)) => {
            format!(
                "{value:+.1} ({:+.1} to {:+.1})",
                interval.lower, interval.upper
            )
        }
        (Some(value), None) => format!("{value:+.1}"),
        (None, _) => "not known".to_owned(),
    }
}

impl Agreement {
    fn with_notes(&self, mut table: Table) -> Table {
        for note in &self.notes {
            table.note(note);
        }
        table
    }

    /// Who leads on each target, by what, and who contributes.
    #[must_use]
    pub fn leads_table(&self) -> Table {
        let mut table = Table::of_columns(
            format!("{}: who leads, and who contributes", self.name),
            &["target", "lead", "named by", "contributes", "agreed in"],
            &[],
        );
        for target in &self.targets {
            let named = match target.named_in_law.as_str() {
                "" => "the partners",
                law => law,
            };
            let contributing: Vec<&str> = (target.contributing.iter())
                .map(|one| self.partner(*one))
                .collect();
            table.row([
                target.name.as_str(),
                self.partner(target.lead),
                named,
                &contributing.join(", "),
                &target.source,
            ]);
        }
        self.with_notes(table)
    }

    /// Who does what by when, and how far it was at the end of a day.
    #[must_use]
    pub fn actions_table(&self, on: Date) -> Table {
        let mut table = Table::of_columns(
            format!("Delivery plans as at {on}"),
            &[
                "target",
                "action",
                "owner",
                "by",
                "status",
                "last word",
                "overdue",
            ],
            &["planned"],
        );
        for action in &self.actions {
            let owner = match action.owner_name.as_str() {
                "" => self.partner(action.owner).to_owned(),
                role => format!("{} ({role})", self.partner(action.owner)),
            };
            let overdue = match (
                action.is_overdue(on),
                super::report::days_over(action.by, on),
            ) {
                (true, Some(days)) => crate::text::counted(days, "day"),
                _ => String::new(),
            };
            table.row([
                self.target_name(action.target).to_owned(),
                action.name.clone(),
                owner,
                action.by.to_string(),
                action.status(on).to_string(),
                action
                    .last_word(on)
                    .map_or_else(String::new, |one| one.note.clone()),
                overdue,
                sum(action.pounds),
            ]);
        }
        table
    }

    /// What the account has in the cells of actions, beside what the plan puts to them.
    #[must_use]
    pub fn spent_table(&self, title: &str, spent: &[SpentOnAction]) -> Table {
        let mut table = Table::of_columns(
            title.to_owned(),
            &["action", "same cell as"],
            &["planned", "budget", "forecast", "outturn"],
        );
        for one in spent {
            let action = self.actions.iter().find(|other| other.code == one.action);
            let name = action.map_or_else(String::new, |action| action.name.clone());
            let cells = (one.phases.iter())
                .map(|(_, figure)| sum(figure.as_ref().map(|figure| figure.amount)));
            table.row(
                [name, one.same_cell.join(", "), sum(one.planned)]
                    .into_iter()
                    .chain(cells),
            );
        }
        table.note("Each phase is all that the account has in the cell of the action, which is wider than the action: it stands beside what is planned and is added to nothing. – is where nothing is recorded.");
        table
    }

    /// The agenda of a year.
    #[must_use]
    pub fn work_plan_table(&self, from: Date) -> Table {
        let mut table = Table::of_columns(
            "Work plan".to_owned(),
            &["meeting", "what", "item", "who"],
            &[],
        );
        for row in self.work_plan(from) {
            table.row([
                row.meeting.to_string(),
                row.kind.to_owned(),
                row.item,
                row.who,
            ]);
        }
        table
    }

    pub(super) fn decisions_table(&self, title: &str, decisions: &[&Decision]) -> Table {
        let mut table = Table::of_columns(
            title.to_owned(),
            &["item", "for", "asked by", "meeting", "outcome", "note"],
            &["pounds"],
        );
        for one in decisions {
            table.row([
                one.item.clone(),
                one.target
                    .map_or_else(String::new, |number| self.target_name(number).to_owned()),
                one.asked_by
                    .map_or_else(String::new, |partner| self.partner(partner).to_owned()),
                one.meeting.to_string(),
                one.decided
                    .map_or_else(String::new, |(day, outcome)| format!("{outcome}, {day}")),
                one.note.clone(),
                sum(one.pounds),
            ]);
        }
        table
    }
}

impl AgreementReport<'_> {
    pub(super) fn targets_table(&self, wanted: impl Fn(bool) -> bool, called: &str) -> Table {
        let agreement = self.agreement;
        let mut table = Table::of_columns(
            format!("{called}, {} as at {}", agreement.name, self.on),
            &[
                "target",
                "lead",
                "of",
                "unit",
                "against target",
                "change since baseline",
                "direction",
                "rating",
                "next",
            ],
            &["figure", "changed by"],
        );
        let numbered = (agreement.targets.iter().zip(&self.targets)).enumerate();
        let mut rows: Vec<_> = numbered
            .filter(|(_, (target, _))| wanted(target.is_headline))
            .collect();
        rows.sort_by_key(|(number, (target, _))| (!target.is_headline, *number));
        for (_, (target, facts)) in rows {
            let change = match &facts.direction {
                Direction::CannotSay { why } => format!("cannot say: {why}"),
                direction => direction.to_string(),
            };
            table.row([
                target.name.clone(),
                agreement.partner(target.lead).to_owned(),
                facts
                    .period
                    .map_or_else(|| "–".to_owned(), |period| period.to_string()),
                agreement.unit_of(target),
                against_in_words(facts),
                facts.change.to_string(),
                change,
                facts.rating.clone().unwrap_or_else(|| "–".to_owned()),
                facts.next.as_ref().map_or_else(String::new, |next| {
                    format!("{} by {}", next.value, next.period.last_day())
                }),
                facts.figure_in_words(),
                facts
                    .changed_by
                    .as_ref()
                    .map_or_else(|| "–".to_owned(), change_in_words),
            ]);
        }
        let level = agreement.confidence.level() * 100.0;
        table.note(&format!("Three facts, and none of them says the others: whether the milestone of that period is reached, whether the change since the baseline is more than chance ({level:.0}% intervals), and which way the last five figures went."));
        if !agreement.ratings.is_empty() {
            let rules: Vec<String> = (agreement.ratings.iter())
                .map(|rule| format!("{rule} ({})", rule.source))
                .collect();
            table.note(&format!(
                "Ratings are rules of the agreement, of which the first that fits counts: {}.",
                rules.join("; ")
            ));
        }
        agreement.with_notes(table)
    }

    /// What service users said last, beside the target that it is about.
    #[must_use]
    pub fn surveys_table(&self) -> Table {
        let mut table = Table::of_columns(
            format!("What service users say, as at {}", self.on),
            &["measure", "beside", "asked", "when", "since"],
            &["per cent", "answered", "of those asked", "changed by"],
        );
        for one in &self.surveys {
            let beside = one
                .target
                .map(|number| self.agreement.target_name(number).to_owned());
            let (since, change) = match &one.since {
                Some((period, change)) => (period.to_string(), change_in_words(change)),
                None => (String::new(), "–".to_owned()),
            };
            table.row([
                one.name.clone(),
                beside.unwrap_or_default(),
                one.question.clone(),
                one.period.to_string(),
                since,
                one.estimate.to_string(),
                one.answered.clone(),
                one.response_percent
                    .map_or_else(|| "not known".to_owned(), |percent| format!("{percent}%")),
                change,
            ]);
        }
        for one in &self.surveys {
            match &one.non_response {
                Some(silent) => table.note(&format!("{}, {}: {silent}.", one.name, one.period)),
                None => table.note(&format!(
                    "{}, {}: nobody says how many were asked.",
                    one.name, one.period
                )),
            }
        }
        table.note("Wilson's interval over as many people as a simple random sample would need to say as much; of those who did not answer it says nothing.");
        table
    }

    /// What is not there: who owes it, and when it is due.
    #[must_use]
    pub fn owed_table(&self) -> Table {
        let mut table = Table::of_columns(
            format!("Figures not yet available, as at {}", self.on),
            &["figure", "of", "owed by", "due", "overdue"],
            &[],
        );
        for one in &self.owed {
            table.row([
                one.of.clone(),
                one.period.to_string(),
                one.owed_by.clone(),
                one.due.to_string(),
                one.overdue_days
                    .map_or_else(String::new, |days| crate::text::counted(days, "day")),
            ]);
        }
        table
    }

    /// The grants: earned, lost and open, and what came in and went out.
    #[must_use]
    pub fn grants_table(&self) -> Table {
        let mut table = Table::of_columns(
            format!("Reward grants as at {}", self.on),
            &["grant"],
            &[
                "whole",
                "earned",
                "not earned",
                "open",
                "received",
                "earned, not received",
                "paid out",
                "given back",
                "held",
            ],
        );
        for one in &self.grants {
            let sums = [
                one.whole,
                one.earned,
                one.not_earned,
                one.open,
                one.received,
                one.earned_and_not_received,
                one.paid,
                one.returned,
                one.held,
            ];
            table.row(
                [one.name.clone()]
                    .into_iter()
                    .chain(sums.map(|sum| sum.to_string())),
            );
        }
        table.note(
            "Earned, not earned and open are the whole; received is held, paid out and given back.",
        );
        table
    }

    /// What the parts of grants hang on, and what became of them.
    #[must_use]
    pub fn conditions_table(&self) -> Table {
        let mut table = Table::of_columns(
            format!("What grants hang on, as at {}", self.on),
            &["grant", "condition", "why"],
            &["part", "earned", "not earned", "open"],
        );
        let parts = (self.grants.iter())
            .flat_map(|grant: &GrantStanding| grant.conditions.iter().map(move |one| (grant, one)));
        for (grant, one) in parts {
            let sums = [one.part, one.earned, one.not_earned, one.open].map(|sum| sum.to_string());
            let words = [grant.name.clone(), one.name.clone(), one.why.clone()];
            table.row(words.into_iter().chain(sums));
        }
        table
    }
}

/// Whether the milestone is reached, and whether the figure differs from it by more than chance.
fn against_in_words(facts: &TargetFacts) -> String {
    use crate::indicator::{AgainstTarget, AgainstValue};
    match (&facts.against_target, &facts.beyond_chance) {
        (against, AgainstValue::CannotSay { .. }) => against.to_string(),
        (AgainstTarget::NoTarget | AgainstTarget::CannotSay { .. }, _) => {
            facts.against_target.to_string()
        }
        (against, beyond) => format!("{against}; {beyond}"),
    }
}

impl BoardPaper<'_> {
    /// What is not as it was when the board met last.
    #[must_use]
    pub fn changes_table(&self) -> Table {
        let mut table = Table::of_columns(
            format!("What changed from {} to {}", self.since, self.on),
            &["what", "name", "then", "now"],
            &[],
        );
        for one in &self.changes {
            table.row([one.kind, &one.name, &one.before, &one.now]);
        }
        table
    }

    /// What the board decided since.
    #[must_use]
    pub fn decided_table(&self) -> Table {
        let title = format!("Decided since {}", self.since);
        self.agreement.decisions_table(&title, &self.decided)
    }

    /// What it has to decide.
    #[must_use]
    pub fn to_decide_table(&self) -> Table {
        let title = format!("For decision on {}", self.on);
        self.agreement.decisions_table(&title, &self.to_decide)
    }

    /// What should be done or there by now.
    #[must_use]
    pub fn overdue_table(&self) -> Table {
        let mut table = Table::of_columns(
            format!("Overdue on {}", self.on),
            &["what", "name", "owed by", "due"],
            &["days"],
        );
        for one in &self.overdue {
            table.row([
                one.kind.to_owned(),
                one.name.clone(),
                one.owed_by.clone(),
                one.due.to_string(),
                one.days.to_string(),
            ]);
        }
        table
    }

    /// The tables of the paper in its order: what changed, what was decided, what needs a decision, what is overdue,
    /// the headline with what users say, and the year's work.
    #[must_use]
    pub fn tables(&self) -> Vec<Table> {
        vec![
            self.to_decide_table(),
            self.changes_table(),
            self.decided_table(),
            self.overdue_table(),
            self.report.headline_table(),
            self.report.surveys_table(),
            self.agreement.work_plan_table(self.on),
        ]
    }
}

impl GrantsInAccount {
    /// Money of grants that ledgers have too.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::of_columns(
            "In the register and in a ledger: counted once".to_owned(),
            &["grant", "what", "reference", "ledger"],
            &["register", "ledger's lines"],
        );
        for one in &self.matched {
            table.row([
                one.grant.clone(),
                one.kind.to_string(),
                one.reference.clone(),
                one.ledger.clone(),
                one.pence.to_string(),
                one.in_ledger.to_string(),
            ]);
        }
        table
    }
}
