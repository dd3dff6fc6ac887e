//! What the account says of a cell.

use super::lines::Taken;
use super::moves::{Cell, Move};
use super::stopped::WhyStopped;
use crate::account::Boundary;
use crate::axis::{Flexibility, MemberId, Period};
use crate::cube::{AskError, By, Cube, Question};
use crate::money::Pence;
use std::collections::BTreeMap;
use std::str::FromStr;

/// The question for everything that a partner spends itself: what it pays to another partner that spends it is
/// that partner's to move.
pub(super) fn everything<'a>(
    cube: &'a Cube,
    of: &Move,
    partner: MemberId,
    period: Period,
) -> Question<'a> {
    let partner = &cube.place().axes().partners.get(partner).code;
    (cube.ask())
        .partner(partner)
        .boundary(Boundary::AllPartners)
        .phase(of.phase)
        .period(period)
}

/// The question for what is spent in a cell.
pub(super) fn question<'a>(cube: &'a Cube, of: &Move, cell: &Cell, period: Period) -> Question<'a> {
    let axes = cube.place().axes();
    let question = everything(cube, of, cell.partner, period)
        .activity(&axes.activities.get(cell.activity).code)
        .ages(cell.ages)
        .locality(axes.localities.code(cell.locality));
    match cell.group {
        Some(group) => question.group(&axes.groups.get(group).code),
        None => question,
    }
}

/// From what money a move may be taken in twelve months, the freest first; or what holds it.
pub(super) fn take(
    cube: &Cube,
    of: &Move,
    period: Period,
) -> Result<Result<Taken, WhyStopped>, AskError> {
    let here = question(cube, of, &of.from, period);
    let answer = here.clone().by([By::Flexibility]).answer()?;
    let spent = answer.total.amount;
    if spent < of.amount {
        return Ok(Err(WhyStopped::SpentLess { spent }));
    }
    let mut sums: BTreeMap<Flexibility, Pence> = BTreeMap::new();
    for row in &answer.rows {
        let code = row.keys.first().map_or("", |key| key.code.as_str());
        sums.insert(Flexibility::from_str(code)?, row.figure.amount);
    }
    let sum = |of: Flexibility| sums.get(&of).copied().unwrap_or_default().max(Pence::ZERO);
    let ended = |kind: &Flexibility| match kind {
        Flexibility::ContractedTo(month) => period.starts_after(*month),
        _ => false,
    };
    let mut sources = vec![Flexibility::Discretionary];
    sources.extend(sums.keys().copied().filter(ended));
    let free = Pence::total(sources.iter().map(|&kind| sum(kind)))?;
    if of.decision.is_some() {
        sources.push(Flexibility::Statutory);
    }
    let (mut taken, mut left) = (Taken::new(), of.amount);
    for kind in sources {
        let part = sum(kind).min(left);
        if part > Pence::ZERO {
            taken.push((kind, part));
            left = Pence::total([left, -part])?;
        }
    }
    if left == Pence::ZERO {
        return Ok(Ok(taken));
    }
    let mut ends: Vec<(Period, Pence)> = (sums.keys())
        .filter(|kind| !ended(kind))
        .filter_map(|&kind| match kind {
            Flexibility::ContractedTo(month) => Some((month, sum(kind))),
            _ => None,
        })
        .collect();
    ends.sort_unstable_by_key(|(month, _)| *month);
    let by_decision = match of.decision {
        Some(_) => sum(Flexibility::Statutory),
        None => Pence::ZERO,
    };
    let (mut by_then, mut enough_after) = (Pence::total([free, by_decision])?, None);
    for (month, pence) in ends {
        by_then = Pence::total([by_then, pence])?;
        if enough_after.is_none() && by_then >= of.amount {
            enough_after = Some(month);
        }
    }
    Ok(Err(WhyStopped::Locked {
        free,
        enough_after,
        statutory: match of.decision {
            Some(_) => Pence::ZERO,
            None => sum(Flexibility::Statutory),
        },
        not_stated: sum(Flexibility::NotStated),
    }))
}

/// A part of the cell that a move would leave with less than nothing, though it had something: a place, an
/// activity, ages, a group.
pub(super) fn below_zero(
    before: &Cube,
    after: &Cube,
    of: &Move,
    period: Period,
) -> Result<Option<WhyStopped>, AskError> {
    let levels = before.place().axes().localities.levels();
    let places = (levels.into_iter()).map(|level| By::Locality(level.to_owned()));
    let drills = places.chain([By::Activity(None), By::Ages(None), By::Group(None)]);
    for by in drills {
        let parts = |cube: &Cube| -> Result<BTreeMap<String, (String, Pence)>, AskError> {
            let answer = question(cube, of, &of.from, period)
                .by([by.clone()])
                .answer()?;
            Ok((answer.rows.into_iter())
                .filter_map(|row| {
                    let key = row.keys.first()?;
                    Some((key.code.clone(), (key.name.clone(), row.figure.amount)))
                })
                .collect())
        };
        let had = parts(before)?;
        let lower = (parts(after)?.into_iter()).find(|(code, (_, left))| {
            let had = had.get(code).map_or(Pence::ZERO, |(_, had)| *had);
            *left < Pence::ZERO && *left < had
        });
        if let Some((_, (part, left))) = lower {
            return Ok(Some(WhyStopped::PartBelowZero { part, left }));
        }
    }
    Ok(None)
}
