//! Columns that several tables of plans have.

use crate::money::Pence;
use crate::report::content::Funds;
use crate::report::dataset::registered::pounds;
use crate::report::dataset::{Dataset, Kind, Value};

/// Adds columns of pounds: name, heading, what it means.
pub fn add_pounds(dataset: &mut Dataset, columns: &[(&str, &str, &'static str)]) {
    for (name, title, about) in columns {
        dataset.column(name, title, Kind::Pounds, about);
    }
}

/// Adds the code behind a name, and the name.
pub fn add_named(dataset: &mut Dataset, (name, title): (&str, &str), about: [&'static str; 2]) {
    let [code, named] = about;
    dataset.column(name, title, Kind::Text, named);
    dataset.behind(&format!("{name}_code"), Kind::Text, code);
}

/// Every place in which a pound can be, and no pound in two of them.
pub(super) const PLACES: [(&str, &str, &str); 13] = [
    ("asked_gbp", "asked for", "Asked for, and not decided"),
    ("refused_gbp", "refused", "Asked for and refused"),
    (
        "secured_gbp",
        "secured",
        "Promised by agreement or decision, whatever became of it since",
    ),
    (
        "above_gbp",
        "above it",
        "Came above what was promised: indexation, interest",
    ),
    (
        "not_due_gbp",
        "not due",
        "Of what is secured, what nothing has triggered yet",
    ),
    ("due_gbp", "due", "Must be paid, and was not"),
    (
        "received_gbp",
        "received",
        "Of what is secured, what was paid to who holds it, whatever became of it since",
    ),
    (
        "unallocated_gbp",
        "held for nobody yet",
        "Of what was received, what is there and for nobody yet",
    ),
    (
        "set_aside_gbp",
        "set aside",
        "Of what was received, what is there and set aside",
    ),
    (
        "transferred_gbp",
        "transferred",
        "Of what was received, what went to a body outside, which spends it",
    ),
    ("spent_gbp", "spent", "Of what was received, what was spent"),
    (
        "returned_gbp",
        "given back",
        "Of what was received, what went back to who gave it",
    ),
    (
        "paid_ahead_gbp",
        "paid ahead",
        "Paid out before it was received",
    ),
];

/// Leaves off the page what money seldom does and here did nowhere; it stays in the files.
pub(super) fn leave_off_unused(dataset: &mut Dataset) {
    const SELDOM: [&str; 6] = [
        "refused_gbp",
        "above_gbp",
        "not_due_gbp",
        "transferred_gbp",
        "returned_gbp",
        "paid_ahead_gbp",
    ];
    let nothing = pounds(Pence::ZERO);
    for (at, field) in dataset.fields.iter_mut().enumerate() {
        let is_used = || (dataset.rows.iter()).any(|row| row.get(at) != Some(&nothing));
        field.shown &= !SELDOM.contains(&field.name.as_str()) || is_used();
    }
}

/// The cells of those columns.
pub(super) fn places(funds: &Funds) -> impl Iterator<Item = Value> + use<> {
    funds.sums().into_iter().map(pounds)
}
