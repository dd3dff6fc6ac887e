//! Closing: from sums of shares to whole pence, from the grand total down, once.
//!
//! Everything of the phase is closed into slice and rest; the slice into the members of the first
//! drilled axis, each of those into the next; each row into how it is known; the rest into what lies
//! outside and what cannot be said. A subtotal is therefore what the shorter question gives.
//!
//! Nearly every penny is decided by sums that are known to within a little. Where two parts are too
//! near each other for that, their exact fractions are formed, and only theirs.

mod control;
mod totals;
mod slice;
mod memoranda;
mod top_down;
mod outside_amounts;
mod table;

pub use control::{ControlTotals, NotCounted};
pub use totals::Totals;

use super::answer::{Answer, Composition, Emptiness, Figure, Residents, Row, in_kind, labels};
use super::error::AskError;
use super::plan::{Memorandum, MemorandumSum, Plan};
use super::share::{RowSums, Rows, Slot};
use crate::axis::{Evidence, Gap};
use crate::money::{MoneyError, Pence, close_below, close_bounded};
use crate::reconciliation::Step;
use memoranda::MemorandumWhole;
use slice::ClosedSlice;
use std::collections::{BTreeMap, BTreeSet};

/// An answer, with the table of its rows where it was drilled.
pub struct Closed {
    pub answer: Answer,
    pub table: Option<Rows>,
}

/// Closes the table of a question.
pub fn answer(plan: &Plan<'_>, totals: &Totals, table: Option<Rows>) -> Result<Closed, AskError> {
    let closed = ClosedSlice::new(totals)?;
    let mut reconciliation = closed.reconciliation(plan);
    let memoranda = memoranda::beside_whole(totals)?;
    let total = total(plan, totals, &closed, &memoranda)?;
    let rows = match &table {
        None => vec![Row {
            keys: Vec::new(),
            figure: total.clone(),
        }],
        Some(table) => {
            let whole = outside_amounts::Parts {
                amount: closed.slice,
                unknown: &closed.unknown,
                memoranda: &memoranda,
            };
            let rows = table::close_rows(plan, table, &whole)?;
            let sum = Pence::total(rows.iter().map(|row| row.figure.amount))?;
            let name = "answer: the slice into its rows";
            reconciliation.push(Step::new(name, closed.slice, sum));
            rows
        }
    };
    let complement = (totals.complement.as_ref())
        .map(|sums| exact_figure(sums, closed.outside, memoranda::outside_slice(&memoranda)))
        .transpose()?;
    let figures = rows.iter().map(|row| &row.figure).chain([&total]);
    let shared = figures.into_iter().any(|figure| {
        figure.composition.driver != Pence::ZERO || figure.composition.population != Pence::ZERO
    });
    let bases = if shared {
        labels::bases(plan)
    } else {
        BTreeSet::new()
    };
    let answer = Answer {
        question: labels::question(plan),
        axes: (plan.drill.iter())
            .map(|axis| axis.axis().to_owned())
            .collect(),
        rows,
        total,
        complement,
        in_kind: in_kind::beside(plan),
        emptiness: emptiness(totals),
        months: plan.slice.months.clone(),
        notes: notes(plan, bases.len() > 1, emptiness(totals), &memoranda),
        bases,
        reconciliation,
    };
    Ok(Closed { answer, table })
}

/// The figure of the slice.
fn total(
    plan: &Plan<'_>,
    totals: &Totals,
    closed: &ClosedSlice,
    memoranda: &BTreeMap<Memorandum, MemorandumWhole>,
) -> Result<Figure, MoneyError> {
    let classes = Evidence::ALL.map(Slot::Amount);
    let near = classes.map(|class| totals.near(class));
    let composed = close_bounded(closed.slice, &near, |class| totals.exact(classes[class]))?;
    let exact = totals.amount().to_pounds();
    let per_head = Residents::new(plan).whole();
    Ok(Figure {
        amount: closed.slice,
        exact: exact.unwrap_or_else(|| totals.exact_amount().to_pounds(4)),
        composition: composition(&composed),
        unshared: some(closed.unknown.clone()),
        memoranda: memoranda::in_slice(memoranda),
        lines: totals.lines(),
        per_head: per_head.map(|per_head| per_head.of(closed.slice)),
        months: (plan.slice.months.as_ref()).and_then(|months| months.count()),
    })
}

/// What must be said with the figures; of partners of whom nothing is recorded in the slice, where it is.
fn notes(
    plan: &Plan<'_>,
    two_bases: bool,
    emptiness: Option<Emptiness>,
    memoranda: &BTreeMap<Memorandum, MemorandumWhole>,
) -> Vec<String> {
    let elsewhere = match (emptiness, &plan.slice.partners) {
        (Some(Emptiness::NothingRecorded), Some(partners)) => labels::elsewhere(plan, partners),
        _ => Vec::new(),
    };
    let others = labels::notes(plan, two_bases, &|what| memoranda.contains_key(&what));
    elsewhere.into_iter().chain(others).collect()
}

/// Why the slice is nothing, if it is.
fn emptiness(totals: &Totals) -> Option<Emptiness> {
    let zero = totals.amount().is_zero();
    if totals.is_empty() {
        Some(Emptiness::NothingRecorded)
    } else if zero.unwrap_or_else(|| totals.exact_amount().is_zero()) {
        Some(Emptiness::RecordedZero)
    } else {
        None
    }
}

/// The figure of a sum that is known exactly.
fn exact_figure(
    tally: &RowSums,
    amount: Pence,
    memoranda: BTreeMap<Memorandum, MemorandumSum>,
) -> Result<Figure, MoneyError> {
    Ok(Figure {
        amount,
        exact: tally.exact().to_pounds(4),
        composition: composition(&close_below(amount, &tally.amount)?),
        unshared: BTreeMap::new(),
        memoranda,
        lines: tally.lines,
        per_head: None,
        months: None,
    })
}

fn composition(closed: &[Pence]) -> Composition {
    Composition {
        direct: closed[Evidence::Direct as usize],
        driver: closed[Evidence::Driver as usize],
        population: closed[Evidence::Population as usize],
        judgement: closed[Evidence::Judgement as usize],
    }
}

fn some(unshared: BTreeMap<Gap, Pence>) -> BTreeMap<Gap, Pence> {
    let some = |(_, pence): &(Gap, Pence)| *pence != Pence::ZERO;
    unshared.into_iter().filter(some).collect()
}
