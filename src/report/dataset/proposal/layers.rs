//! What a payer's position is made of, as columns.

use crate::appraisal::NotCash;
use crate::money::Pence;
use crate::report::content::{Layer, Shown, Sums};
use crate::report::dataset::{Dataset, Kind, Value};

/// Columns of money: name, heading, whether it stands on pages, what it means.
type Column = (&'static str, &'static str, bool, &'static str);

const COLUMNS: [Column; 16] = [
    (
        "paid_gbp",
        "pays",
        true,
        "What it pays, raised by grades: in money and in kind",
    ),
    (
        "paid_in_kind_gbp",
        "of that in kind",
        true,
        "Of that, what is time, rooms or goods and no money",
    ),
    (
        "hoped_for_gbp",
        "hoped for",
        false,
        "What it would save before anything is taken off",
    ),
    (
        "graded_gbp",
        "taken off for grades",
        false,
        "Taken off because of how good the inputs are",
    ),
    (
        "overlapping_gbp",
        "left to another effect",
        false,
        "Taken off because another effect may be the same",
    ),
    (
        "refused_gbp",
        "refused",
        false,
        "Taken off because it is more than the account says is spent",
    ),
    (
        "saved_gbp",
        "saves",
        true,
        "What it saves after all that; hoped for less the three columns before",
    ),
    (
        "cashable_gbp",
        "may become cash",
        false,
        "Of that, what may become cash once nothing binds it",
    ),
    (
        "cash_gbp",
        "of that cash",
        true,
        "Of what it saves, what leaves its budget",
    ),
    (
        "freed_gbp",
        "freed, no cash",
        true,
        "Of what it saves, what is free for other people and no cash; saved less cash",
    ),
    (
        "freed_not_cashable_gbp",
        "cannot be given up",
        false,
        "Freed: the part that no budget can give up",
    ),
    (
        "freed_below_a_block_gbp",
        "less than a block",
        false,
        "Freed: less than a block, such as an officer or a ward",
    ),
    (
        "freed_in_notice_gbp",
        "in notice",
        false,
        "Freed: blocks whose notice has not run out",
    ),
    (
        "freed_locked_gbp",
        "bound",
        false,
        "Freed: bound by contract or law, or not stated to be free",
    ),
    ("gain_gbp", "saves less pays", false, "Saved less paid"),
    (
        "cash_gain_gbp",
        "cash less money paid",
        true,
        "Cash less what is paid in money; below zero it is short",
    ),
];

pub(super) fn layer_columns(dataset: &mut Dataset) {
    for (name, title, shown, about) in COLUMNS {
        dataset.column(name, title, Kind::Pounds, about);
        if let (false, Some(last)) = (shown, dataset.fields.last_mut()) {
            last.shown = false;
        }
    }
}

/// The cells of those columns.
pub fn layer_cells(sums: &Sums) -> Vec<Value> {
    let freed = |why| sums.get(Layer::Freed(why));
    let all = [
        sums.paid(),
        sums.get(Layer::InKind),
        sums.hoped_for(),
        sums.get(Layer::Graded),
        sums.get(Layer::Overlapping),
        sums.get(Layer::Refused),
        sums.saved(),
        sums.cashable(),
        sums.get(Layer::Cash),
        sums.freed(),
        freed(NotCash::NotCashable),
        freed(NotCash::BelowABlock),
        freed(NotCash::InNotice),
        freed(NotCash::Locked),
        sums.gain(),
        sums.cash_gain(),
    ];
    all.into_iter().map(sum).collect()
}

/// A sum that was worked out: nothing of it is nothing, and not a gap.
pub(super) fn sum(pence: Pence) -> Value {
    Value::sum(Shown::of_sum(pence))
}
