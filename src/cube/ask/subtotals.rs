//! A table with every subtotal: one answer for each set of its axes.

use super::alike::Alike;
use super::classes::Classes;
use super::close;
use super::question::Question;
use super::slice::{Drill, Slice};
use super::{Answer, AskError};

/// The answers, in the order of the numbers of their sets: the first axis is bit 0.
///
/// Each set adds up what the smallest set with one axis more has added up before, so that the
/// records are walked once.
pub(super) fn every(
    question: &Question<'_>,
    slice: &Slice,
    drill: &[Drill],
) -> Result<Vec<Answer>, AskError> {
    let all = (1usize << drill.len()) - 1;
    let finest = question.added_up_from_records(slice, drill).1;
    let mut alike: Vec<Option<Alike>> = (0..=all).map(|_| None).collect();
    let mut answers: Vec<Option<Answer>> = (0..=all).map(|_| None).collect();
    let totals = question.totals(slice, &finest);
    alike[all] = Some(finest);
    let mut sets: Vec<usize> = (0..=all).collect();
    sets.sort_by_key(|set| std::cmp::Reverse(set.count_ones()));
    for set in sets {
        let drill: Vec<Drill> = drill
            .iter()
            .enumerate()
            .filter(|(axis, _)| set >> axis & 1 == 1)
            .map(|(_, axis)| axis.clone())
            .collect();
        let one_more = (0..all.count_ones()).map(|axis| set | 1 << axis);
        let finer = one_more
            .chain((set == all).then_some(all))
            .filter_map(|finer| alike[finer].as_ref())
            .min_by_key(|finer| finer.sums.len());
        let Some(finer) = finer else {
            continue;
        };
        let mut classes = Classes::new(question.cube, finer, slice, &drill, question.complement);
        let sums = Alike::of(finer, &classes);
        let rows = question.rows(slice, &drill, &mut classes, &sums);
        answers[set] = Some(close::answer(question, slice, &drill, &totals, rows)?.answer);
        alike[set] = Some(sums);
    }
    Ok(answers.into_iter().flatten().collect())
}
