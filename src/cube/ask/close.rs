//! Closing: from exact sums to whole pence, from the grand total down, once.

use super::answer::{Answer, Composition, Emptiness, Figure, KeyPart, Row};
use super::beside::{Beside, BesideSum};
use super::in_kind;
use super::per_head::Residents;
use super::rows::{Rows, Slot};
use super::slice::{Drill, Slice};
use super::tally::RowTally;
use super::whole::{NotCounted, Outside, Whole};
use super::words::{key_part, notes};
use super::{AskError, Cell, Question};
use crate::axis::{Evidence, Gap};
use crate::money::{Exact, MoneyError, Near, Pence, close, close_below, close_near};
use crate::reconciliation::Step;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// An answer, with the table of its rows where it was drilled.
pub(super) struct Closed {
    pub answer: Answer,
    pub table: Option<Rows>,
}

/// What is known exactly before the rows are closed.
#[derive(Clone)]
pub(super) struct Tallies {
    pub whole: Whole,
    /// The slice.
    pub total: RowTally,
    pub outside: Outside,
    /// Everything outside the slice by how it is known, when it was asked for.
    pub complement: Option<RowTally>,
}

/// Closes the table of a question.
///
/// Top-down: everything of the phase is closed into slice and rest; the slice into the members
/// of the first drilled axis, each of those into the next; each row into its classes; the rest
/// into complement and what cannot be said. A subtotal is therefore what the shorter question
/// gives.
pub(super) fn answer(
    question: &Question<'_>,
    slice: &Slice,
    drill: &[Drill],
    tallies: Tallies,
    rows: Option<Rows>,
) -> Result<Closed, AskError> {
    let Tallies {
        whole,
        total,
        outside,
        complement,
    } = tallies;
    let everything = Pence::from_wide(whole.everything)?;
    let (counted, not_counted) = boundary(everything, &whole)?;
    let exact_total = total.exact();
    let exact_complement = outside.amount;
    let mut exact_rest = exact_complement.clone();
    total.unknown.values().for_each(|part| exact_rest.add(part));
    let closed = close_below(counted, &[exact_total.clone(), exact_rest])?;
    let (slice_pence, rest) = (closed[0], closed[1]);
    let gaps: Vec<Gap> = total.unknown.keys().copied().collect();
    let mut rest_parts = vec![exact_complement];
    rest_parts.extend(total.unknown.values().cloned());
    let rest_closed = close_below(rest, &rest_parts)?;
    let unknown: BTreeMap<Gap, Pence> = gaps
        .iter()
        .copied()
        .zip(rest_closed[1..].iter().copied())
        .collect();

    let residents = Residents::new(question.cube.place(), slice);
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
    let mut reconciliation = question.cube.reconciliation().clone();
    if whole.other_phases != 0 {
        reconciliation.push(
            Step::new(
                "answer: all records into those of the phase",
                question.cube.total(),
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

    let emptiness = match total.lines + total.zero_lines {
        0 => Some(Emptiness::NothingRecorded),
        _ if exact_total.is_zero() => Some(Emptiness::RecordedZero),
        _ => None,
    };
    let beside = beside_whole(&total, &outside.beside)?;
    let total_figure = exact_figure(
        &total,
        slice_pence,
        unknown.clone(),
        in_slice(&beside),
        residents.whole(),
    )?;
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
                question,
                slice,
                drill,
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
    let complement = if let Some(complement) = complement {
        Some(exact_figure(
            &complement,
            rest_closed[0],
            BTreeMap::new(),
            (beside.iter())
                .map(|(&beside, closed)| {
                    let sum = BesideSum {
                        amount: closed.outside,
                        unshared: Pence::ZERO,
                    };
                    (beside, sum)
                })
                .collect(),
            None,
        )?)
    } else {
        None
    };
    let answer = Answer {
        question: Answer::describe(question, slice),
        axes: drill.iter().map(|axis| axis.axis().to_owned()).collect(),
        rows: closed_rows,
        total: total_figure,
        complement,
        in_kind: in_kind::beside(question.cube, slice),
        emptiness,
        notes: notes(question, slice, &|what| beside.contains_key(&what)),
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
    whole: &Whole,
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
struct BesideWhole {
    inside: Pence,
    outside: Pence,
    unshared: Pence,
}

fn beside_whole(
    slice: &RowTally,
    outside: &BTreeMap<Beside, Exact>,
) -> Result<BTreeMap<Beside, BesideWhole>, MoneyError> {
    let mut all = BTreeMap::new();
    for beside in Beside::ALL {
        let (inside, unshared) = slice.beside.get(&beside).cloned().unwrap_or_default();
        let outside = outside.get(&beside).cloned().unwrap_or_default();
        let parts = [inside, outside, unshared];
        let mut whole = Exact::zero();
        parts.iter().for_each(|part| whole.add(part));
        let closed = close_below(whole.nearest()?, &parts)?;
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
    tally: &RowTally,
    amount: Pence,
    unshared: BTreeMap<Gap, Pence>,
    beside: BTreeMap<Beside, BesideSum>,
    per_head: Option<super::PerHead>,
) -> Result<Figure, MoneyError> {
    Ok(Figure {
        amount,
        exact: tally.exact().to_pounds(4),
        composition: composition(&close_below(amount, &tally.amount)?),
        unshared: some(unshared),
        beside,
        lines: tally.lines,
        per_head: per_head.map(|per_head| per_head.of(amount)),
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
struct Parts<'a> {
    amount: Pence,
    unknown: &'a BTreeMap<Gap, Pence>,
    beside: &'a BTreeMap<Beside, BesideWhole>,
}

/// Rows that one thread closes or puts into words at a time.
const ROWS_OF_A_THREAD: usize = 4_096;

fn close_rows(
    question: &Question<'_>,
    slice: &Slice,
    drill: &[Drill],
    table: &Rows,
    whole: &Parts<'_>,
) -> Result<Vec<Row>, AskError> {
    let count = table.len();
    let near: Vec<Near> = (0..count)
        .into_par_iter()
        .map(|row| table.amount(row))
        .collect();
    let mut amounts = vec![Pence::ZERO; count];
    let levels = Levels { table, near: &near };
    levels.close(0, 0, drill.len(), whole.amount, &mut amounts)?;
    let aside = Aside::of(table);
    let mut unshared: Vec<BTreeMap<Gap, Pence>> = vec![BTreeMap::new(); count];
    for gap in Gap::ALL {
        let within = whole.unknown.get(&gap).copied().unwrap_or_default();
        for (row, pence) in aside.close(Slot::Unknown(gap), within)? {
            unshared[row].insert(gap, pence);
        }
    }
    let besides = close_beside(&aside, whole.beside)?;
    let said = || {
        let residents = Residents::new(question.cube.place(), slice);
        (KeyParts::new(question, drill), residents)
    };
    (amounts.into_par_iter())
        .zip(unshared.into_par_iter().zip(besides))
        .enumerate()
        .with_min_len(ROWS_OF_A_THREAD)
        .map_init(
            said,
            |(keys, residents), (row, (amount, (unshared, beside)))| {
                let key = table.key(row);
                let per_head = residents.of_row(slice, drill, key);
                let exact = near[row].to_pounds();
                Ok(Row {
                    keys: keys.of(key),
                    figure: Figure {
                        amount,
                        exact: exact
                            .unwrap_or_else(|| table.exact_amount(row..row + 1).to_pounds(4)),
                        composition: row_composition(table, row, amount)?,
                        unshared: some(unshared),
                        beside,
                        lines: table.lines(row),
                        per_head: per_head.map(|per_head| per_head.of(amount)),
                    },
                })
            },
        )
        .collect()
}

/// The amount of a row by how it is known.
fn row_composition(table: &Rows, row: usize, amount: Pence) -> Result<Composition, MoneyError> {
    let mut near = [Near::default(); Evidence::ALL.len()];
    let mut classes = 0;
    let mut last = Evidence::Direct;
    for (slot, sum) in table.slots(row) {
        if let Slot::Amount(class) = *slot {
            near[class as usize] = *sum;
            classes += 1;
            last = class;
        }
    }
    // Most rows are known in one way.
    if classes == 1 {
        let mut closed = [Pence::ZERO; Evidence::ALL.len()];
        closed[last as usize] = amount;
        return Ok(composition(&closed));
    }
    let exact = |class: usize| table.exact(row, Slot::Amount(Evidence::ALL[class]));
    Ok(composition(&close_near(amount, &near, exact)?))
}

/// What of a table is in no amount: the rows of each slot.
struct Aside<'a> {
    table: &'a Rows,
    rows: BTreeMap<Slot, Vec<(usize, Near)>>,
}

impl<'a> Aside<'a> {
    fn of(table: &'a Rows) -> Self {
        let mut rows: BTreeMap<Slot, Vec<(usize, Near)>> = BTreeMap::new();
        for row in 0..table.len() {
            for &(slot, near) in table.slots(row) {
                if !matches!(slot, Slot::Amount(_)) {
                    rows.entry(slot).or_default().push((row, near));
                }
            }
        }
        Self { table, rows }
    }

    /// One slot closed over the rows that have it.
    fn close(&self, slot: Slot, whole: Pence) -> Result<Vec<(usize, Pence)>, MoneyError> {
        let rows = self.rows.get(&slot).map_or(&[][..], Vec::as_slice);
        if rows.is_empty() && whole == Pence::ZERO {
            return Ok(Vec::new());
        }
        let near: Vec<Near> = rows.iter().map(|(_, near)| *near).collect();
        let closed = close_near(whole, &near, |at| self.table.exact(rows[at].0, slot))?;
        Ok(rows.iter().map(|(row, _)| *row).zip(closed).collect())
    }
}

/// What stands beside each row.
fn close_beside(
    aside: &Aside<'_>,
    whole: &BTreeMap<Beside, BesideWhole>,
) -> Result<Vec<BTreeMap<Beside, BesideSum>>, MoneyError> {
    let count = aside.table.len();
    let mut rows = vec![BTreeMap::new(); count];
    for (&beside, whole) in whole {
        let mut sums = vec![BesideSum::default(); count];
        for (row, amount) in aside.close(Slot::Here(beside), whole.inside)? {
            sums[row].amount = amount;
        }
        for (row, unshared) in aside.close(Slot::Unshared(beside), whole.unshared)? {
            sums[row].unshared = unshared;
        }
        for (row, sum) in rows.iter_mut().zip(sums) {
            if beside == Beside::Eliminated || sum != BesideSum::default() {
                row.insert(beside, sum);
            }
        }
    }
    Ok(rows)
}

/// A table closed level by level.
struct Levels<'a> {
    table: &'a Rows,
    near: &'a [Near],
}

impl Levels<'_> {
    /// Closes rows that share a key up to `depth`, then each of the groups below; `amounts` are
    /// theirs, from row `start` on.
    fn close(
        &self,
        start: usize,
        depth: usize,
        deepest: usize,
        total: Pence,
        amounts: &mut [Pence],
    ) -> Result<(), MoneyError> {
        if depth == deepest {
            if let Some(first) = amounts.first_mut() {
                *first = total;
            }
            return Ok(());
        }
        // Keys are in order, so that rows of one member stand together.
        let cell = |row: usize| self.table.key(row)[depth];
        let mut groups: Vec<Range<usize>> = Vec::new();
        for row in start..start + amounts.len() {
            match groups.last_mut() {
                Some(group) if cell(group.start) == cell(row) => group.end = row + 1,
                _ => groups.push(row..row + 1),
            }
        }
        let sum = |group: &Range<usize>| {
            let mut sum = Near::default();
            (self.near[group.clone()].iter()).for_each(|part| sum.add(*part));
            sum
        };
        let near: Vec<Near> = groups.iter().map(sum).collect();
        let exact = |group: usize| self.table.exact_amount(groups[group].clone());
        let closed = close_near(total, &near, exact)?;
        let many = amounts.len() >= ROWS_OF_A_THREAD;
        let mut left = amounts;
        let mut below = Vec::with_capacity(groups.len());
        for (group, total) in groups.iter().zip(closed) {
            let (own, rest) = left.split_at_mut(group.len());
            below.push((group.start, total, own));
            left = rest;
        }
        let close = |(start, total, own)| self.close(start, depth + 1, deepest, total, own);
        match many {
            true => below.into_par_iter().try_for_each(close),
            false => below.into_iter().try_for_each(close),
        }
    }
}

/// The keys of rows in words; thousands of rows share a few.
struct KeyParts<'a> {
    question: &'a Question<'a>,
    drill: &'a [Drill],
    known: Vec<HashMap<Cell, Arc<KeyPart>, FixedState>>,
}

impl<'a> KeyParts<'a> {
    fn new(question: &'a Question<'a>, drill: &'a [Drill]) -> Self {
        Self {
            question,
            drill,
            known: vec![HashMap::default(); drill.len()],
        }
    }

    fn of(&mut self, key: &[Cell]) -> Vec<Arc<KeyPart>> {
        let axes = key.iter().zip(self.drill).zip(&mut self.known);
        axes.map(|((&cell, axis), known)| {
            let part = known
                .entry(cell)
                .or_insert_with(|| Arc::new(key_part(self.question, axis, cell)));
            Arc::clone(part)
        })
        .collect()
    }
}
