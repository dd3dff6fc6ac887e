//! Closing: from exact sums to whole pence, from the grand total down, once.

use super::answer::{Answer, Composition, Emptiness, Figure, Row};
use super::beside::{Beside, BesideSum};
use super::in_kind;
use super::per_head::Residents;
use super::slice::{Drill, Slice};
use super::tally::{ByClass, NotCounted, RowTally, Tally};
use super::words::{key_part, notes};
use super::{AskError, Cell, Question};
use crate::axis::{Evidence, Gap};
use crate::money::{Exact, MoneyError, Pence, close, close_below};
use crate::reconciliation::Step;
use std::collections::{BTreeMap, BTreeSet};

/// An answer, with the cells of each of its rows.
pub(super) struct Closed {
    pub answer: Answer,
    pub cells: Vec<Vec<Cell>>,
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
    mut whole: Tally,
    rows: Option<Tally>,
) -> Result<Closed, AskError> {
    let everything = Pence::from_wide(whole.whole)?;
    let (counted, not_counted) = boundary(everything, &whole)?;
    let total = whole.rows.remove(&Vec::new()).unwrap_or_default();
    let exact_total = total.exact();
    let exact_complement = whole.complement.exact();
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
    let beside = beside_whole(&total, &whole.complement)?;
    let total_figure = figure(
        &total,
        slice_pence,
        unknown.clone(),
        in_slice(&beside),
        residents.whole(),
    )?;
    let (rows, cells) = match rows {
        None => {
            let row = Row {
                keys: Vec::new(),
                figure: total_figure.clone(),
            };
            (vec![row], vec![Vec::new()])
        }
        Some(tally) => {
            let cells = tally.rows.keys().cloned().collect();
            let rows = close_rows(
                question,
                slice,
                drill,
                &tally,
                &Parts {
                    amount: slice_pence,
                    unknown: &unknown,
                    beside: &beside,
                },
                &residents,
            )?;
            let sum = Pence::total(rows.iter().map(|row| row.figure.amount))?;
            reconciliation.push(Step::new(
                "answer: the slice into its rows",
                slice_pence,
                sum,
            ));
            (rows, cells)
        }
    };
    let complement = if question.complement {
        Some(figure(
            &whole.complement,
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
        rows,
        total: total_figure,
        complement,
        in_kind: in_kind::beside(question.cube, slice),
        emptiness,
        notes: notes(question, slice, &|what| beside.contains_key(&what)),
        reconciliation,
    };
    Ok(Closed { answer, cells })
}

/// Everything of the phase closed into what is in the total of the boundary, and what is not.
fn boundary(
    everything: Pence,
    whole: &Tally,
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
    complement: &RowTally,
) -> Result<BTreeMap<Beside, BesideWhole>, MoneyError> {
    let mut all = BTreeMap::new();
    for beside in Beside::ALL {
        let (inside, unshared) = slice.beside.get(&beside).cloned().unwrap_or_default();
        let outside = complement.beside.get(&beside).cloned().unwrap_or_default();
        let parts = [inside, outside.0, unshared];
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

fn figure(
    tally: &RowTally,
    amount: Pence,
    unshared: BTreeMap<Gap, Pence>,
    beside: BTreeMap<Beside, BesideSum>,
    per_head: Option<super::PerHead>,
) -> Result<Figure, MoneyError> {
    let per_head = per_head.map(|per_head| per_head.of(amount));
    Ok(Figure {
        amount,
        exact: tally.exact().to_pounds(4),
        composition: composition(&tally.amount, amount)?,
        unshared: unshared
            .into_iter()
            .filter(|(_, pence)| *pence != Pence::ZERO)
            .collect(),
        beside,
        lines: tally.lines,
        per_head,
    })
}

fn composition(parts: &ByClass, amount: Pence) -> Result<Composition, MoneyError> {
    let closed = close_below(amount, parts)?;
    Ok(Composition {
        direct: closed[Evidence::Direct as usize],
        driver: closed[Evidence::Driver as usize],
        population: closed[Evidence::Population as usize],
        judgement: closed[Evidence::Judgement as usize],
    })
}

/// What the rows of a table are closed below.
struct Parts<'a> {
    amount: Pence,
    unknown: &'a BTreeMap<Gap, Pence>,
    beside: &'a BTreeMap<Beside, BesideWhole>,
}

fn close_rows(
    question: &Question<'_>,
    slice: &Slice,
    drill: &[Drill],
    tally: &Tally,
    whole: &Parts<'_>,
    residents: &Residents<'_>,
) -> Result<Vec<Row>, AskError> {
    let keys: Vec<&[Cell]> = tally.rows.keys().map(Vec::as_slice).collect();
    let exact: Vec<Exact> = tally.rows.values().map(RowTally::exact).collect();
    let mut amounts = vec![Pence::ZERO; keys.len()];
    close_level(&keys, &exact, 0, drill.len(), whole.amount, &mut amounts)?;
    let mut unshared: Vec<BTreeMap<Gap, Pence>> = vec![BTreeMap::new(); keys.len()];
    let gaps: BTreeSet<Gap> = tally
        .rows
        .values()
        .flat_map(|row| row.unknown.keys().copied())
        .collect();
    for gap in gaps {
        let parts: Vec<Exact> = tally
            .rows
            .values()
            .map(|row| row.unknown.get(&gap).cloned().unwrap_or_default())
            .collect();
        let unknown = whole.unknown.get(&gap).copied().unwrap_or_default();
        for (row, pence) in unshared.iter_mut().zip(close_below(unknown, &parts)?) {
            row.insert(gap, pence);
        }
    }
    let besides = close_beside(tally, whole.beside)?;
    let mut rows = Vec::with_capacity(keys.len());
    let closed = amounts.into_iter().zip(unshared).zip(besides);
    for ((key, row), ((amount, unshared), beside)) in tally.rows.iter().zip(closed) {
        rows.push(Row {
            keys: key
                .iter()
                .zip(drill)
                .map(|(&cell, axis)| key_part(question, axis, cell))
                .collect(),
            figure: figure(
                row,
                amount,
                unshared,
                beside,
                residents.of_row(slice, drill, key),
            )?,
        });
    }
    Ok(rows)
}

/// What stands beside each row.
fn close_beside(
    tally: &Tally,
    whole: &BTreeMap<Beside, BesideWhole>,
) -> Result<Vec<BTreeMap<Beside, BesideSum>>, MoneyError> {
    let mut rows = vec![BTreeMap::new(); tally.rows.len()];
    for (&beside, whole) in whole {
        let parts = tally
            .rows
            .values()
            .map(|row| row.beside.get(&beside).cloned());
        let (inside, unshared): (Vec<Exact>, Vec<Exact>) =
            parts.map(Option::unwrap_or_default).unzip();
        let inside = close_below(whole.inside, &inside)?;
        let unshared = close_below(whole.unshared, &unshared)?;
        for ((row, amount), unshared) in rows.iter_mut().zip(inside).zip(unshared) {
            let sum = BesideSum { amount, unshared };
            if beside == Beside::Eliminated || sum != BesideSum::default() {
                row.insert(beside, sum);
            }
        }
    }
    Ok(rows)
}

/// Closes the rows that share a key up to `depth`, then each of the groups below.
fn close_level(
    keys: &[&[Cell]],
    exact: &[Exact],
    depth: usize,
    deepest: usize,
    total: Pence,
    amounts: &mut [Pence],
) -> Result<(), MoneyError> {
    if depth == deepest {
        if let Some(amount) = amounts.first_mut() {
            *amount = total;
        }
        return Ok(());
    }
    // Keys are in order, so that rows of one member stand together.
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for i in 0..keys.len() {
        match groups.last_mut() {
            Some(group) if keys[group.start][depth] == keys[i][depth] => group.end = i + 1,
            _ => groups.push(i..i + 1),
        }
    }
    let sums: Vec<Exact> = groups
        .iter()
        .map(|group| {
            let mut sum = Exact::zero();
            exact[group.clone()].iter().for_each(|part| sum.add(part));
            sum
        })
        .collect();
    for (group, total) in groups.into_iter().zip(close_below(total, &sums)?) {
        close_level(
            &keys[group.clone()],
            &exact[group.clone()],
            depth + 1,
            deepest,
            total,
            &mut amounts[group],
        )?;
    }
    Ok(())
}
