//! Closing: from sums of shares to whole pence, from the grand total down, once.

mod control;
mod outside;
mod top_down;
mod totals;

pub use control::{ControlTotals, NotCounted};
pub use totals::Totals;

use crate::axis::{Evidence, Gap};
use crate::cube::ask::answer::{
    Answer, Composition, Emptiness, Figure, KeyPart, Residents, Row, in_kind, labels,
};
use crate::cube::ask::error::AskError;
use crate::cube::ask::plan::{Beside, BesideSum, Cell, Plan};
use crate::cube::ask::share::{RowSums, Rows, Slot};
use crate::money::{Exact, Few, MoneyError, Near, Pence, close, close_below, close_near};
use crate::reconciliation::Step;
use foldhash::fast::FixedState;
use outside::OutsideAmounts;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use top_down::{ROWS_OF_A_THREAD, TopDown};

/// An answer, with the table of its rows where it was drilled.
pub struct Closed {
    pub answer: Answer,
    pub table: Option<Rows>,
}

/// Closes the table of a question.
///
/// Top-down: everything of the phase is closed into slice and rest; the slice into the members
/// of the first drilled axis, each of those into the next; each row into its classes; the rest
/// into complement and what cannot be said. A subtotal is therefore what the shorter question
/// gives.
pub fn answer(plan: &Plan<'_>, totals: &Totals, rows: Option<Rows>) -> Result<Closed, AskError> {
    let (whole, slice) = (&totals.control, &plan.slice);
    let everything = Pence::from_wide(whole.everything)?;
    let (counted, not_counted) = boundary(everything, whole)?;
    let gaps = totals.gaps();
    let unknown = || gaps.iter().map(|gap| Slot::Unknown(*gap));
    // What lies outside, and what may.
    let mut rest = totals.outside();
    unknown().for_each(|slot| rest.add(totals.near(slot)));
    let closed = close_near(counted, &[totals.amount(), rest], |part| match part {
        0 => totals.exact_amount(),
        _ => {
            let mut rest = totals.exact_outside();
            unknown().for_each(|slot| rest.add(&totals.exact(slot)));
            rest
        }
    })?;
    let (slice_pence, rest) = (closed[0], closed[1]);
    let mut rest_parts = vec![totals.outside()];
    rest_parts.extend(unknown().map(|slot| totals.near(slot)));
    let rest_closed = close_near(rest, &rest_parts, |part| match part {
        0 => totals.exact_outside(),
        _ => totals.exact(Slot::Unknown(gaps[part - 1])),
    })?;
    let unknown: BTreeMap<Gap, Pence> = (gaps.iter().copied())
        .zip(rest_closed[1..].iter().copied())
        .collect();

    let residents = Residents::new(plan);
    let mut step = Step::new(
        format!("answer: the {} of the boundary into the slice", slice.phase),
        counted,
        slice_pence,
    )
    .difference("outside the slice", -rest_closed[0]);
    for (gap, pence) in &unknown {
        step = step.difference(
            format!("cannot be said to lie inside or outside ({gap})"),
            -*pence,
        );
    }
    let mut reconciliation = plan.cube.reconciliation().clone();
    if whole.other_phases != 0 {
        reconciliation.push(
            Step::new(
                "answer: all records into those of the phase",
                plan.cube.total(),
                everything,
            )
            .difference("other phases", -Pence::from_wide(whole.other_phases)?),
        );
    }
    let name = format!(
        "answer: everything recorded as {} into the boundary {}",
        slice.phase,
        slice.inside.name()
    );
    let mut into_boundary = Step::new(name, everything, counted);
    for (why, pence) in not_counted {
        into_boundary = into_boundary.difference(why.name(), -pence);
    }
    reconciliation.push(into_boundary);
    reconciliation.push(step);

    let amount = totals.amount();
    let emptiness = if totals.is_empty() {
        Some(Emptiness::NothingRecorded)
    } else if amount
        .is_zero()
        .unwrap_or_else(|| totals.exact_amount().is_zero())
    {
        Some(Emptiness::RecordedZero)
    } else {
        None
    };
    let beside = beside_whole(totals)?;
    let classes = Evidence::ALL.map(Slot::Amount);
    let composed = close_near(
        slice_pence,
        &classes.map(|class| totals.near(class)),
        |class| totals.exact(classes[class]),
    )?;
    let total_figure = Figure {
        amount: slice_pence,
        exact: (amount.to_pounds()).unwrap_or_else(|| totals.exact_amount().to_pounds(4)),
        composition: composition(&composed),
        unshared: some(unknown.clone()),
        beside: in_slice(&beside),
        lines: totals.lines(),
        per_head: (residents.whole()).map(|per_head| per_head.of(slice_pence)),
    };
    let closed_rows = match &rows {
        None => {
            let row = Row {
                keys: Vec::new(),
                figure: total_figure.clone(),
            };
            vec![row]
        }
        Some(table) => {
            let rows = close_rows(
                plan,
                table,
                &Parts {
                    amount: slice_pence,
                    unknown: &unknown,
                    beside: &beside,
                },
            )?;
            let sum = Pence::total(rows.iter().map(|row| row.figure.amount))?;
            reconciliation.push(Step::new(
                "answer: the slice into its rows",
                slice_pence,
                sum,
            ));
            rows
        }
    };
    let outside = || {
        let outside = |closed: &BesideWhole| BesideSum {
            amount: closed.outside,
            unshared: Pence::ZERO,
        };
        let sums = beside.iter().map(|(&what, closed)| (what, outside(closed)));
        sums.collect()
    };
    let complement = (totals.complement.as_ref())
        .map(|complement| exact_figure(complement, rest_closed[0], outside()))
        .transpose()?;
    let answer = Answer {
        question: labels::question(plan),
        axes: plan
            .drill
            .iter()
            .map(|axis| axis.axis().to_owned())
            .collect(),
        rows: closed_rows,
        total: total_figure,
        complement,
        in_kind: in_kind::beside(plan),
        emptiness,
        notes: labels::notes(plan, &|what| beside.contains_key(&what)),
        reconciliation,
    };
    Ok(Closed {
        answer,
        table: rows,
    })
}

/// Everything of the phase closed into what is in the total of the boundary, and what is not.
fn boundary(
    everything: Pence,
    whole: &ControlTotals,
) -> Result<(Pence, BTreeMap<NotCounted, Pence>), MoneyError> {
    let mut parts = vec![whole.counted.clone()];
    parts.extend(whole.not_counted.values().cloned());
    let closed = close(everything, &parts)?;
    let not_counted = whole.not_counted.keys().copied();
    Ok((
        closed[0],
        not_counted.zip(closed[1..].iter().copied()).collect(),
    ))
}

/// A sum beside the total of the whole boundary, closed into the slice and the rest.
pub struct BesideWhole {
    pub inside: Pence,
    pub outside: Pence,
    pub unshared: Pence,
}

fn beside_whole(totals: &Totals) -> Result<BTreeMap<Beside, BesideWhole>, MoneyError> {
    let mut all = BTreeMap::new();
    for beside in Beside::ALL {
        let parts = [
            totals.near(Slot::Here(beside)),
            totals.beside_outside(beside),
            totals.near(Slot::Unshared(beside)),
        ];
        let exact = |part| match part {
            0 => totals.exact(Slot::Here(beside)),
            1 => totals.exact_beside_outside(beside),
            _ => totals.exact(Slot::Unshared(beside)),
        };
        let whole = totals.control.beside.get(&beside);
        let whole = whole.map_or(Ok(Pence::ZERO), Exact::nearest)?;
        let closed = close_near(whole, &parts, exact)?;
        let nothing = closed.iter().all(|pence| *pence == Pence::ZERO);
        // What was eliminated is said even where it is nothing.
        if !nothing || beside == Beside::Eliminated {
            let closed = BesideWhole {
                inside: closed[0],
                outside: closed[1],
                unshared: closed[2],
            };
            all.insert(beside, closed);
        }
    }
    Ok(all)
}

fn in_slice(beside: &BTreeMap<Beside, BesideWhole>) -> BTreeMap<Beside, BesideSum> {
    let sums = beside.iter().map(|(&beside, whole)| {
        let sum = BesideSum {
            amount: whole.inside,
            unshared: whole.unshared,
        };
        (beside, sum)
    });
    let said = |(beside, sum): &(Beside, BesideSum)| {
        *beside == Beside::Eliminated || *sum != BesideSum::default()
    };
    sums.filter(said).collect()
}

/// The figure of a sum that is known exactly.
fn exact_figure(
    tally: &RowSums,
    amount: Pence,
    beside: BTreeMap<Beside, BesideSum>,
) -> Result<Figure, MoneyError> {
    Ok(Figure {
        amount,
        exact: tally.exact().to_pounds(4),
        composition: composition(&close_below(amount, &tally.amount)?),
        unshared: BTreeMap::new(),
        beside,
        lines: tally.lines,
        per_head: None,
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

/// What the rows of a table are closed below.
pub struct Parts<'a> {
    pub amount: Pence,
    pub unknown: &'a BTreeMap<Gap, Pence>,
    pub beside: &'a BTreeMap<Beside, BesideWhole>,
}

fn close_rows(plan: &Plan<'_>, table: &Rows, whole: &Parts<'_>) -> Result<Vec<Row>, AskError> {
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
        (KeyParts::new(plan), residents)
    };
    let rows = (amounts.into_par_iter().zip(compositions).enumerate())
        .with_min_len(ROWS_OF_A_THREAD)
        .map_init(words, |(keys, residents), (row, (amount, composition))| {
            let key = table.key(row);
            let per_head = residents.of_row(key);
            let exactly = || table.exact_amount(row..row + 1).to_pounds(4);
            Row {
                keys: keys.of(key),
                figure: Figure {
                    amount,
                    exact: top_down.near(row).to_pounds().unwrap_or_else(exactly),
                    composition,
                    unshared: outside_amounts.unshared(row),
                    beside: outside_amounts.beside(row),
                    lines: table.lines(row),
                    per_head: per_head.map(|per_head| per_head.of(amount)),
                },
            }
        });
    Ok(rows.collect())
}

/// The amount of a row by how it is known.
fn row_composition(table: &Rows, row: usize, amount: Pence) -> Result<Composition, MoneyError> {
    let (mut classes, mut near): (Few<Evidence>, Few<Near>) = (Few::new(), Few::new());
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
            for (class, pence) in several.iter().zip(close_near(amount, &near, exact)?) {
                closed[*class as usize] = pence;
            }
        }
    }
    Ok(composition(&closed))
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
