//! Rows of delivery plans, meetings, decisions and reports.

use super::action::{Action, ActionStatus, StatusOn};
use super::meeting::{AgendaItem, Decision, Meeting, Outcome, PlannedReport};
use super::rows::RULE;
use crate::register::{Cells, DayIn, Register};
use jiff::civil::Date;

impl Register<'_> {
    pub(super) fn action(&mut self, cells: &Cells, targets: &[&str]) -> Option<Action> {
        let there = self.all_needed(
            cells,
            &[
                ("code", "give it a short code of its own"),
                ("target", "write the code of the target that it is for"),
                ("name", "write what is done"),
                ("owner", "write the code of the partner that answers for it"),
                ("by", "write the day by which it is done"),
            ],
        );
        let target = self.number_named(cells, "target", targets);
        let owner = self.partner(cells, "owner");
        let from = self.day(cells, "from", DayIn::First, RULE);
        let by = self.day(cells, "by", DayIn::Last, RULE);
        if from.zip(by).is_some_and(|(from, by)| by < from) {
            let found = "it ends before it starts";
            let remedy = "correct one of the two days";
            self.fault("agreement-unclear", cells.at_column("by"), found, remedy);
        }
        let pounds = self.pounds(cells, "pounds", RULE);
        let place = match cells.text("place") {
            "" => Some(self.place.locality()),
            _ => self.locality(cells, "place"),
        };
        let cell = self.account_cell(cells, RULE);
        Some(Action {
            code: cells.text("code").to_owned(),
            target: target?,
            name: cells.text("name").to_owned(),
            owner: owner?,
            owner_name: cells.text("owner_name").to_owned(),
            from,
            by: by?,
            pounds,
            place: place?,
            cell,
            source: cells.text("source").to_owned(),
            note: cells.text("note").to_owned(),
            history: Vec::new(),
            position: cells.at(),
        })
        .filter(|_| there)
    }

    pub(super) fn action_status(
        &mut self,
        cells: &Cells,
        codes: &[&str],
        actions: &mut [Option<Action>],
    ) {
        let there = self.all_needed(
            cells,
            &[
                ("action", "write the code of the action"),
                ("on", "write the day of which it is said"),
                ("status", "write how far it is"),
            ],
        );
        let number = self.number_named(cells, "action", codes);
        let on = self.day(cells, "on", DayIn::Last, RULE);
        let status = self.word(cells, "status", RULE, &ActionStatus::WORDS);
        let (Some(number), Some(on), Some(status), true) = (number, on, status, there) else {
            return;
        };
        let Some(action) = actions.get_mut(number).and_then(Option::as_mut) else {
            return;
        };
        if action.history.iter().any(|one| one.on == on) {
            let found = format!("`{}` has a status on {on} already", action.code);
            let remedy = "keep one of the two";
            self.fault("stated-twice", cells.at_column("on"), found, remedy);
        }
        action.history.push(StatusOn {
            on,
            status,
            note: cells.text("note").to_owned(),
        });
    }

    pub(super) fn report(&mut self, cells: &Cells) -> Option<PlannedReport> {
        let there = self.all_needed(
            cells,
            &[
                ("name", "write its name, as `Mid-year report`"),
                ("as_at", "write the day as at which it tells"),
            ],
        );
        let as_at = self.day(cells, "as_at", DayIn::Last, RULE)?;
        Some(PlannedReport {
            name: cells.text("name").to_owned(),
            as_at,
        })
        .filter(|_| there)
    }

    /// The meetings, in the order of time.
    pub(super) fn meetings(&mut self, rows: &[Cells]) -> Vec<Meeting> {
        let mut all: Vec<Meeting> = Vec::new();
        for cells in rows {
            self.needed(cells, "on", RULE, "write the day of the meeting");
            let Some(on) = self.day(cells, "on", DayIn::Last, RULE) else {
                continue;
            };
            if all.iter().any(|one| one.on == on) {
                let found = format!("there is already a meeting on {on}");
                let remedy = "keep one of the two";
                self.fault("stated-twice", cells.at_column("on"), found, remedy);
            }
            all.push(Meeting {
                on,
                name: cells.text("name").to_owned(),
                agenda: Vec::new(),
            });
        }
        all.sort_by_key(|meeting| meeting.on);
        all
    }

    /// The day of a meeting that a cell names.
    fn meeting_named(&mut self, cells: &Cells, meetings: &[Meeting]) -> Option<Date> {
        let on = self.day(cells, "meeting", DayIn::Last, RULE)?;
        if !meetings.iter().any(|one| one.on == on) {
            let found = format!("there is no meeting on {on}");
            let remedy = "write the day of a row of `meetings`, or add it there";
            self.fault("unknown-code", cells.at_column("meeting"), found, remedy);
            return None;
        }
        Some(on)
    }

    pub(super) fn agenda_item(&mut self, cells: &Cells, meetings: &mut [Meeting]) {
        let there = self.all_needed(
            cells,
            &[
                ("meeting", "write the day of the meeting"),
                ("item", "write what it is about"),
            ],
        );
        let on = self.meeting_named(cells, meetings);
        let meeting = meetings.iter_mut().find(|one| Some(one.on) == on);
        if let (Some(meeting), true) = (meeting, there) {
            meeting.agenda.push(AgendaItem {
                item: cells.text("item").to_owned(),
                by: cells.text("by").to_owned(),
            });
        }
    }

    /// What the board is asked, in the order of meetings.
    pub(super) fn decisions(
        &mut self,
        rows: &[Cells],
        targets: &[&str],
        meetings: &[Meeting],
    ) -> Vec<Decision> {
        let mut all: Vec<Decision> = Vec::new();
        for cells in rows {
            let Some(decision) = self.decision(cells, targets, meetings) else {
                continue;
            };
            // One code twice is one question asked again, which only a deferred one is.
            let before = all.iter().rfind(|one| one.code == decision.code);
            let again = before.is_none_or(|before| {
                let deferred = before.decided.map(|(_, outcome)| outcome);
                before.meeting < decision.meeting && deferred == Some(Outcome::Deferred)
            });
            if !again {
                let found = format!("`{}` is asked again and was not deferred", decision.code);
                let remedy = "write `deferred` on the earlier meeting, or give the question a code of its own";
                self.fault("duplicate-code", cells.at_column("code"), found, remedy);
            }
            all.push(decision);
        }
        all.sort_by(|one, other| (one.meeting, &one.code).cmp(&(other.meeting, &other.code)));
        all
    }

    fn decision(
        &mut self,
        cells: &Cells,
        targets: &[&str],
        meetings: &[Meeting],
    ) -> Option<Decision> {
        let there = self.all_needed(
            cells,
            &[
                ("code", "give it a short code of its own"),
                ("item", "write what is asked"),
                ("meeting", "write the day of the meeting"),
            ],
        );
        let asked_by = self.partner(cells, "asked_by");
        let target = self.number_named(cells, "target", targets);
        let meeting = self.meeting_named(cells, meetings);
        let pounds = self.pounds(cells, "pounds", RULE);
        let decided = self.day(cells, "decided", DayIn::Last, RULE);
        let outcome = self.word(cells, "outcome", RULE, &Outcome::WORDS);
        if cells.text("decided").is_empty() != cells.text("outcome").is_empty() {
            let found = "a decision has a day and an outcome, or neither";
            let remedy = "write both, or leave both empty while it waits";
            self.fault(RULE, cells.at_column("outcome"), found, remedy);
        }
        Some(Decision {
            code: cells.text("code").to_owned(),
            item: cells.text("item").to_owned(),
            asked_by,
            target,
            meeting: meeting?,
            pounds,
            decided: decided.zip(outcome),
            note: cells.text("note").to_owned(),
            source: cells.text("source").to_owned(),
            position: cells.at(),
        })
        .filter(|_| there)
    }
}
