//! Closing: from exact sums to whole pence, from the grand total down, once.

use super::answer::{Answer, Composition, Emptiness, Figure, KeyPart, Row};
use super::per_head::Residents;
use super::slice::{Drill, Slice};
use super::weigh::{ByClass, RowTally, Tally};
use super::{AskError, Cell, Question, REST, gap_cell};
use crate::axis::{Evidence, Gap, LocalityId, MemberId};
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
    let total = whole.rows.remove(&Vec::new()).unwrap_or_default();
    let exact_total = total.exact();
    let exact_complement = whole.complement.exact();
    let mut exact_rest = exact_complement.clone();
    total.unknown.values().for_each(|part| exact_rest.add(part));
    let closed = close(everything, &[exact_total.clone(), exact_rest])?;
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
        format!(
            "answer: everything recorded as {} into the slice",
            slice.phase
        ),
        everything,
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
    reconciliation.push(step);

    let emptiness = match total.lines + total.zero_lines {
        0 => Some(Emptiness::NothingRecorded),
        _ if exact_total.is_zero() => Some(Emptiness::RecordedZero),
        _ => None,
    };
    let total_figure = figure(&total, slice_pence, unknown.clone(), residents.whole())?;
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
                slice_pence,
                &unknown,
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
        emptiness,
        notes: notes(question, slice),
        reconciliation,
    };
    Ok(Closed { answer, cells })
}

fn notes(question: &Question<'_>, slice: &Slice) -> Vec<String> {
    let mut notes = vec!["Gross of payments between partners: what one body pays another may stand in both their figures.".to_owned()];
    if slice.period.financial_years().len() > 1 {
        notes.push("Nominal: pounds of several years are added as they were recorded.".to_owned());
    }
    notes.extend(question.cube.place().notes().iter().cloned());
    notes
}

fn figure(
    tally: &RowTally,
    amount: Pence,
    unshared: BTreeMap<Gap, Pence>,
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

fn close_rows(
    question: &Question<'_>,
    slice: &Slice,
    drill: &[Drill],
    tally: &Tally,
    total: Pence,
    unknown: &BTreeMap<Gap, Pence>,
    residents: &Residents<'_>,
) -> Result<Vec<Row>, AskError> {
    let keys: Vec<&[Cell]> = tally.rows.keys().map(Vec::as_slice).collect();
    let exact: Vec<Exact> = tally.rows.values().map(RowTally::exact).collect();
    let mut amounts = vec![Pence::ZERO; keys.len()];
    close_level(&keys, &exact, 0, drill.len(), total, &mut amounts)?;
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
        let whole = unknown.get(&gap).copied().unwrap_or_default();
        for (row, pence) in unshared.iter_mut().zip(close_below(whole, &parts)?) {
            row.insert(gap, pence);
        }
    }
    let mut rows = Vec::with_capacity(keys.len());
    for (((key, row), amount), unshared) in tally.rows.iter().zip(amounts).zip(unshared) {
        rows.push(Row {
            keys: key
                .iter()
                .zip(drill)
                .map(|(&cell, axis)| key_part(question, axis, cell))
                .collect(),
            figure: figure(row, amount, unshared, residents.of_row(slice, drill, key))?,
        });
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

/// A cell in words.
fn key_part(question: &Question<'_>, axis: &Drill, cell: Cell) -> KeyPart {
    let axes = question.cube.place().axes();
    let part = |code: &str, name: &str| KeyPart {
        axis: axis.axis().to_owned(),
        code: code.to_owned(),
        name: name.to_owned(),
    };
    if cell == REST {
        return part("elsewhere", "elsewhere in the slice");
    }
    if cell > REST {
        let gap = Gap::ALL
            .into_iter()
            .find(|gap| gap_cell(*gap) == cell)
            .unwrap_or(Gap::Unknown);
        return part(gap.name(), &format!("({})", gap.name().replace('-', " ")));
    }
    match axis {
        Drill::Partner => {
            let member = axes.partners.get(MemberId(cell));
            part(&member.code, &member.name)
        }
        Drill::Activity(level) => {
            let member = axes.activities.get(MemberId(cell));
            let coarser = level.as_ref().is_some_and(|level| *level != member.level);
            let note = if coarser { " (not broken down)" } else { "" };
            part(&member.code, &format!("{}{note}", member.name))
        }
        Drill::Group(_) => {
            let member = axes.groups.get(MemberId(cell));
            part(&member.code, &member.name)
        }
        Drill::Locality(_) => {
            let locality = LocalityId(cell);
            part(
                axes.localities.code(locality),
                axes.localities.name(locality),
            )
        }
        Drill::Ages(bands) => {
            let band = bands[cell as usize].to_string();
            part(&band, &band)
        }
        Drill::Years(years) => {
            let year = years[cell as usize].to_string();
            part(&year, &year)
        }
    }
}
