//! A table with every subtotal: one answer for each set of its axes.

use crate::cube::ask::aggregate::Alike;
use crate::cube::ask::answer::Answer;
use crate::cube::ask::close;
use crate::cube::ask::error::AskError;
use crate::cube::ask::plan::{Drill, Slice};
use crate::cube::ask::question::Question;
use rayon::prelude::*;

/// The answers, in the order of the numbers of their sets: the first axis is bit 0.
///
/// Each set adds up what the smallest set with one axis more has added up before, so that the
/// records are walked once. Sets of as many axes need nothing of each other.
pub fn every(
    question: &Question<'_>,
    slice: &Slice,
    drill: &[Drill],
) -> Result<Vec<Answer>, AskError> {
    let all = (1usize << drill.len()) - 1;
    let finest = question.added_up_from_cube(slice, drill).1;
    let totals = question.totals(slice, &finest);
    let answered = |set: usize, finer: &Alike| -> Result<(usize, Alike, Answer), AskError> {
        let drill: Vec<Drill> = (0..drill.len())
            .filter(|axis| set >> axis & 1 == 1)
            .map(|axis| drill[axis].clone())
            .collect();
        let (mut classes, sums) = question.added_up(finer, slice, &drill);
        let rows = question.rows(slice, &drill, &mut classes, &sums);
        let answer = close::answer(question, slice, &drill, &totals, rows)?.answer;
        Ok((set, sums, answer))
    };
    let mut answers: Vec<Option<Answer>> = (0..=all).map(|_| None).collect();
    // Of the sets with one axis more.
    let mut finer = vec![(all, finest)];
    for axes in (0..=all.count_ones()).rev() {
        let sets: Vec<usize> = (0..=all).filter(|set| set.count_ones() == axes).collect();
        let of_sets = sets.into_par_iter().filter_map(|set| {
            let finer = finer.iter().filter(|(finer, _)| finer & set == set);
            let smallest = finer.min_by_key(|(_, finer)| finer.len());
            smallest.map(|(_, finer)| answered(set, finer))
        });
        let of_sets: Vec<(usize, Alike, Answer)> = of_sets.collect::<Result<_, _>>()?;
        finer.clear();
        for (set, sums, answer) in of_sets {
            answers[set] = Some(answer);
            finer.push((set, sums));
        }
    }
    Ok(answers.into_iter().flatten().collect())
}
