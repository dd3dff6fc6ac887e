//! The rows of a table, closed below its total.

use super::outside_amounts::{OutsideAmounts, Parts};
use super::top_down::{ROWS_OF_A_THREAD, TopDown};
use crate::axis::Evidence;
use crate::cube::ask::answer::{
    Composition, Figure, KeyPart, MonthsOfRows, Residents, Row, labels,
};
use crate::cube::ask::error::AskError;
use crate::cube::ask::plan::{Cell, Plan};
use crate::cube::ask::share::{Rows, Slot};
use crate::money::{Bounded, Few, MoneyError, Pence, close_bounded};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::HashMap;
use std::sync::Arc;

/// Closes the amounts level by level, what stands outside them by kind, and each amount into how it is
/// known.
pub fn close_rows(plan: &Plan<'_>, table: &Rows, whole: &Parts<'_>) -> Result<Vec<Row>, AskError> {
    let mut amounts = vec![Pence::ZERO; table.len()];
    let top_down = TopDown::new(table);
    top_down.close(0, 0, plan.drill.len(), whole.amount, &mut amounts)?;
    let outside_amounts = OutsideAmounts::new(table, whole)?;
    let compositions = (amounts.par_iter().enumerate())
        .with_min_len(ROWS_OF_A_THREAD)
        .map(|(row, &amount)| row_composition(table, row, amount))
        .collect::<Result<Vec<Composition>, MoneyError>>()?;
    let words = || {
        let residents = Residents::new(plan);
        (KeyParts::new(plan), residents, MonthsOfRows::new(plan))
    };
    let rows = (amounts.into_par_iter().zip(compositions).enumerate())
        .with_min_len(ROWS_OF_A_THREAD)
        .map_init(
            words,
            |(keys, residents, months), (row, (amount, composition))| {
                let key = table.key(row);
                let per_head = residents.of_row(key);
                let of_months = months.of_row(key);
                let exactly = || table.exact_amount(row..row + 1).to_pounds(4);
                Row {
                    keys: keys.of(key),
                    figure: Figure {
                        amount,
                        exact: top_down.near(row).to_pounds().unwrap_or_else(exactly),
                        composition,
                        unshared: outside_amounts.unshared(row),
                        memoranda: outside_amounts.memoranda(row),
                        lines: table.lines(row),
                        per_head: per_head.map(|per_head| per_head.of(amount)),
                        months: of_months,
                    },
                }
            },
        );
    Ok(rows.collect())
}

/// The amount of a row by how it is known.
fn row_composition(table: &Rows, row: usize, amount: Pence) -> Result<Composition, MoneyError> {
    let (mut classes, mut near): (Few<Evidence>, Few<Bounded>) = (Few::new(), Few::new());
    for (slot, of_slot) in table.slots(row) {
        if let Slot::Amount(class) = *slot {
            classes.push(class);
            near.push(*of_slot);
        }
    }
    let mut closed = [Pence::ZERO; Evidence::ALL.len()];
    // Most rows are known in one way.
    match classes.as_slice() {
        [] => {}
        [class] => closed[*class as usize] = amount,
        several => {
            let exact = |class: usize| table.exact(row, Slot::Amount(several[class]));
            for (class, pence) in several.iter().zip(close_bounded(amount, &near, exact)?) {
                closed[*class as usize] = pence;
            }
        }
    }
    Ok(super::composition(&closed))
}

/// The keys of rows in words; thousands of rows share a few.
struct KeyParts<'a> {
    plan: &'a Plan<'a>,
    known: Vec<HashMap<Cell, Arc<KeyPart>, FixedState>>,
    /// The key of the row before: most cells of the next are the same.
    last: Vec<(Cell, Arc<KeyPart>)>,
}

impl<'a> KeyParts<'a> {
    fn new(plan: &'a Plan<'a>) -> Self {
        Self {
            plan,
            known: vec![HashMap::default(); plan.drill.len()],
            last: Vec::with_capacity(plan.drill.len()),
        }
    }

    fn of(&mut self, key: &[Cell]) -> Vec<Arc<KeyPart>> {
        for (at, &cell) in key.iter().enumerate() {
            if self.last.get(at).is_some_and(|(last, _)| *last == cell) {
                continue;
            }
            let part = self.known[at].entry(cell).or_insert_with(|| {
                Arc::new(labels::key_part(self.plan, &self.plan.drill[at], cell))
            });
            let part = (cell, Arc::clone(part));
            match self.last.get_mut(at) {
                Some(last) => *last = part,
                None => self.last.push(part),
            }
        }
        self.last.iter().map(|(_, part)| Arc::clone(part)).collect()
    }
}
