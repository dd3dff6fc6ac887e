//! A question answered, step by step.

use super::aggregate::{self, BucketSums};
use super::answer::Answer;
use super::close::{self, Closed, Totals};
use super::error::AskError;
use super::plan::Plan;
use super::reference;
use super::share;
use rayon::prelude::*;

/// Answers a plan.
pub fn answer(plan: &Plan<'_>) -> Result<Closed, AskError> {
    if plan.told_by_lines().is_some() {
        return reference::answer_by_lines(plan);
    }
    if plan.cube.records().len() >= worth_two_threads(plan) {
        rayon::scope(|_| {
            // Records that the question cannot tell apart are added up, from the coarsest sums that
            // are kept.
            let (mut buckets, sums) = aggregate::from_cube(plan);
            // What the slice comes to, and what its boundary leaves out; the rows meanwhile: every
            // sum times its shares.
            let (totals, rows) = rayon::join(
                || Totals::new(plan, &sums),
                || share::rows(plan, &mut buckets, &sums),
            );
            // The one rounding, from the grand total down to each row.
            close::answer(plan, &totals, rows)
        })
    } else {
        let (mut buckets, sums) = aggregate::from_cube(plan);
        let totals = Totals::new(plan, &sums);
        let rows = share::rows(plan, &mut buckets, &sums);
        close::answer(plan, &totals, rows)
    }
}

/// With fewer records a question is answered before another thread is awake. A table of several axes
/// has more to do for each of them.
fn worth_two_threads(plan: &Plan<'_>) -> usize {
    const OF_A_TOTAL: usize = 1 << 22;
    const OF_A_TABLE: usize = 1 << 16;
    if plan.drill.len() > 1 {
        OF_A_TABLE
    } else {
        OF_A_TOTAL
    }
}

/// A table with every subtotal, in the order of the numbers of the sets of its axes: the first axis
/// is bit 0.
///
/// Each set adds up what the smallest set with one axis more has added up before, so that the
/// records are walked once. Sets of as many axes need nothing of each other.
pub fn every_subtotal(plan: &Plan<'_>) -> Result<Vec<Answer>, AskError> {
    if plan.told_by_lines().is_some() {
        let sets = 0..1usize << plan.drill.len();
        return sets
            .map(|set| Ok(answer(&of_axes(plan, set))?.answer))
            .collect();
    }
    rayon::scope(|_| every_set(plan))
}

fn every_set(plan: &Plan<'_>) -> Result<Vec<Answer>, AskError> {
    let all = (1usize << plan.drill.len()) - 1;
    let finest = aggregate::from_cube(plan).1;
    let totals = Totals::new(plan, &finest);
    let mut answers: Vec<Option<Answer>> = (0..=all).map(|_| None).collect();
    // Of the sets with one axis more.
    let mut finer = vec![(all, finest)];
    for axes in (0..=all.count_ones()).rev() {
        let sets: Vec<usize> = (0..=all).filter(|set| set.count_ones() == axes).collect();
        let of_sets = sets.into_par_iter().filter_map(|set| {
            let finer = finer.iter().filter(|(finer, _)| finer & set == set);
            let smallest = finer.min_by_key(|(_, finer)| finer.len());
            smallest.map(|(_, finer)| answer_set(plan, set, finer, &totals))
        });
        let of_sets: Vec<(usize, BucketSums, Answer)> = of_sets.collect::<Result<_, _>>()?;
        finer.clear();
        for (set, sums, answer) in of_sets {
            answers[set] = Some(answer);
            finer.push((set, sums));
        }
    }
    Ok(answers.into_iter().flatten().collect())
}

/// The plan with some of its axes: that of bit 0 is the first.
fn of_axes<'q>(plan: &Plan<'q>, set: usize) -> Plan<'q> {
    let axes = (0..plan.drill.len()).filter(|axis| set >> axis & 1 == 1);
    plan.drilled_by(axes.map(|axis| plan.drill[axis].clone()).collect())
}

/// One set of axes from the sums of a finer one; with its own sums, for those coarser still.
fn answer_set(
    plan: &Plan<'_>,
    set: usize,
    finer: &BucketSums,
    totals: &Totals,
) -> Result<(usize, BucketSums, Answer), AskError> {
    let plan = of_axes(plan, set);
    let (mut buckets, sums) = aggregate::from_finer(&plan, finer);
    let rows = share::rows(&plan, &mut buckets, &sums);
    let answer = close::answer(&plan, totals, rows)?.answer;
    Ok((set, sums, answer))
}

/// Some sets of the axes of a table, asked of cubes of the same records under several sets of sharing
/// rules: for each plan, for each set, the answer.
///
/// The sums that are kept are walked once: after that there are only as many as some of the rules can
/// tell apart.
pub fn under_each(plans: &[Plan<'_>], sets: &[usize]) -> Result<Vec<Vec<Answer>>, AskError> {
    let [first, others @ ..] = plans else {
        return Ok(Vec::new());
    };
    if first.told_by_lines().is_some() {
        let under = |plan: &Plan<'_>| -> Result<Vec<Answer>, AskError> {
            let of_set = |&set: &usize| Ok(answer(&of_axes(plan, set))?.answer);
            sets.iter().map(of_set).collect()
        };
        return plans.iter().map(under).collect();
    }
    let told_apart = first.telling_apart(others.iter().map(|plan| plan.cube.sharing()).collect());
    rayon::scope(|_| {
        let finest = aggregate::from_cube(&told_apart).1;
        let under = |plan: &Plan<'_>| {
            let finest = aggregate::from_finer(plan, &finest).1;
            let totals = Totals::new(plan, &finest);
            (sets.par_iter())
                .map(|&set| Ok(answer_set(plan, set, &finest, &totals)?.2))
                .collect()
        };
        plans.par_iter().map(under).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Boundary, PlaceAccount};
    use crate::axis::{Ages, Phase};
    use crate::cube::Cube;
    use crate::money::{Exact, Pence};
    use crate::place::Place;

    /// The worked example of the folder, number by number.
    #[test]
    fn one_question_through_all_steps() {
        let place = Place::open("examples/data/shropshire").unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let cube = Cube::build(&account).unwrap();
        let question = (cube.ask())
            .activity("youth-justice")
            .ages(Ages::new(10, 17).unwrap())
            .locality("ludlow")
            .period("2017-18".parse().unwrap())
            .phase(Phase::Outturn)
            .boundary(Boundary::AllPartners);

        let plan = question.plan().unwrap();
        assert!(plan.drill.is_empty() && plan.slice.activities.as_ref().unwrap().len() == 1);

        let (_, sums) = aggregate::from_cube(&plan);
        let sums: Vec<_> = sums.chunks.iter().flat_map(|chunk| &chunk.sums).collect();
        let [sum] = sums.as_slice() else {
            panic!("{} sums", sums.len());
        };
        assert_eq!((sum.pence, sum.lines), (12_671_000, 1));

        let (_, sums) = aggregate::from_cube(&plan);
        let totals = Totals::new(&plan, &sums);
        let exact = totals.exact_amount();
        assert_eq!(exact.to_pounds(6), "4236.657861");
        let mut left = Exact::share(Pence::new(12_671_000), 924, 27_635);
        left.add(&exact.negated());
        assert!(left.is_zero());

        let total = close::answer(&plan, &totals, None).unwrap().answer.total;
        assert_eq!(total.amount.to_string(), "£4,236.66");
        assert_eq!(total.composition.in_words(), "all population");
        let per_head = total.per_head.unwrap();
        assert_eq!(per_head.persons, Some(924));
        assert_eq!(per_head.amount.unwrap().to_string(), "£4.59");
    }
}
