//! What a board reads: changes, decisions, what is overdue, the year's work, and delivery plans.

use super::columns::with_columns;
use crate::agreement::{Changed, Overdue, WorkPlanRow};
use crate::report::content::{ActionShown, DecisionShown};
use crate::report::dataset::registered::pounds_if;
use crate::report::dataset::{Dataset, Kind, Value};

/// A row for what is not as it was.
pub fn changes(name: &str, title: String, of: &[Changed]) -> Dataset {
    let columns = [
        ("name", "what", Kind::Text, "Name of what changed"),
        (
            "kind",
            "kind",
            Kind::Text,
            "target, survey, action or grant",
        ),
        (
            "before",
            "then",
            Kind::Text,
            "As it was when the board met last",
        ),
        ("now", "now", Kind::Text, "As it is"),
    ];
    let mut dataset = with_columns(name, title, &columns);
    dataset.rows = of
        .iter()
        .map(|one| {
            let texts = [one.name.as_str(), one.kind, &one.before, &one.now];
            texts.map(Value::text).to_vec()
        })
        .collect();
    dataset
}

/// A row a decision.
pub fn decisions(name: &str, title: String, of: &[DecisionShown]) -> Dataset {
    let columns = [
        ("item", "item", Kind::Text, "What is asked"),
        ("code", "code", Kind::Text, "Code of the question"),
        ("target", "for", Kind::Text, "For which target"),
        ("asked_by", "asked by", Kind::Text, "Who asks"),
        ("meeting", "meeting", Kind::Day, "At which meeting"),
        ("pounds_gbp", "pounds", Kind::Pounds, "Over how much money"),
        (
            "outcome",
            "outcome",
            Kind::Text,
            "What was decided, and when; empty while it waits",
        ),
        ("note", "note", Kind::Text, "What must be known of it"),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        dataset.rows.push(vec![
            Value::text(one.item.as_str()),
            Value::text(one.code.as_str()),
            Value::text(one.target.as_str()),
            Value::text(one.asked_by.as_str()),
            Value::Day(one.meeting),
            pounds_if(one.pounds),
            Value::text(one.outcome.as_str()),
            Value::text(one.note.as_str()),
        ]);
    }
    dataset
}

/// A row for what should be done or there.
pub fn overdue(name: &str, title: String, of: &[Overdue]) -> Dataset {
    let columns = [
        ("name", "what", Kind::Text, "What is overdue"),
        ("kind", "kind", Kind::Text, "action, figure or decision"),
        ("owed_by", "owed by", Kind::Text, "Who owes it"),
        ("due", "due", Kind::Day, "When it was due"),
        (
            "days",
            "days",
            Kind::Whole,
            "For how many days it has been overdue",
        ),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        dataset.rows.push(vec![
            Value::text(one.name.as_str()),
            Value::text(one.kind),
            Value::text(one.owed_by.as_str()),
            Value::Day(one.due),
            Value::Whole(one.days.unsigned_abs()),
        ]);
    }
    dataset
}

/// A row for what a meeting has before it.
pub fn work_plan(name: &str, title: String, of: &[WorkPlanRow]) -> Dataset {
    let columns = [
        ("meeting", "meeting", Kind::Day, "The day of the meeting"),
        (
            "kind",
            "kind",
            Kind::Text,
            "agenda, decision, report, figure due or action due",
        ),
        ("item", "item", Kind::Text, "What it is about"),
        ("who", "who", Kind::Text, "Who brings it, or owes it"),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        let [kind, item, who] = [one.kind, &one.item, &one.who].map(Value::text);
        dataset
            .rows
            .push(vec![Value::Day(one.meeting), kind, item, who]);
    }
    dataset
}

/// A row an action.
pub fn actions(name: &str, title: String, of: &[ActionShown]) -> Dataset {
    let columns = [
        ("action", "action", Kind::Text, "What is done"),
        ("code", "code", Kind::Text, "Code of the action"),
        ("target", "for", Kind::Text, "For which target"),
        ("owner", "owner", Kind::Text, "Who answers for it"),
        ("by", "by", Kind::Day, "By when it is done"),
        ("status", "status", Kind::Text, "How far it is"),
        (
            "note",
            "last word",
            Kind::Text,
            "What was written of it last",
        ),
        (
            "overdue",
            "overdue",
            Kind::Text,
            "yes where it should be done and is not",
        ),
        (
            "planned_gbp",
            "planned",
            Kind::Pounds,
            "What the plan puts to it",
        ),
    ];
    let mut dataset = with_columns(name, title, &columns);
    for one in of {
        dataset.rows.push(vec![
            Value::text(one.name.as_str()),
            Value::text(one.code.as_str()),
            Value::text(one.target.as_str()),
            Value::text(one.owner.as_str()),
            Value::Day(one.by),
            Value::text(one.status.as_str()),
            Value::text(one.note.as_str()),
            Value::text(if one.is_overdue { "yes" } else { "" }),
            pounds_if(one.pounds),
        ]);
    }
    dataset
}
