//! A question answered, step by step.

use super::aggregate::{self, BucketSums};
use super::answer::Answer;
use super::close::{self, Closed, Totals};
use super::error::AskError;
use super::plan::{Drill, Plan};
use super::reference;
use super::share::{self, Rows};
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
/// Sets that tell partners and times apart add up what the smallest set with one axis more has added up before, so
/// that the records are walked once; the others are added up from the rows of those (`share::folded`).
/// Sets of as many axes need nothing of each other.
pub fn every_subtotal(plan: &Plan<'_>) -> Result<Vec<Answer>, AskError> {
    if plan.told_by_lines().is_some() {
        let sets = 0..1usize << plan.drill.len();
        return sets
            .map(|set| Ok(answer(&of_axes(plan, set))?.answer))
            .collect();
    }
    rayon::scope(|_| every_set(plan))
}

/// A set of axes with its sums and rows.
struct OfSet {
    set: usize,
    sums: BucketSums,
    rows: Option<Rows>,
}

fn every_set(plan: &Plan<'_>) -> Result<Vec<Answer>, AskError> {
    let all = (1usize << plan.drill.len()) - 1;
    let folds = folds(plan);
    let finest = aggregate::from_cube(plan).1;
    let totals = Totals::new(plan, &finest);
    let mut done: Vec<OfSet> = Vec::new();
    for axes in (folds.count_ones()..=all.count_ones()).rev() {
        let told_apart = |set: &usize| set.count_ones() == axes && set & folds == folds;
        let sets: Vec<usize> = (0..=all).filter(told_apart).collect();
        let of_sets = sets.into_par_iter().map(|set| {
            let finer = done.iter().filter(|finer| finer.set & set == set);
            let smallest = finer.map(|finer| &finer.sums).min_by_key(|sums| sums.len());
            let plan = of_axes(plan, set);
            let (mut buckets, sums) = aggregate::from_finer(&plan, smallest.unwrap_or(&finest));
            let rows = share::rows(&plan, &mut buckets, &sums);
            OfSet { set, sums, rows }
        });
        let of_sets: Vec<OfSet> = of_sets.collect();
        done.extend(of_sets);
    }
    let each = done
        .into_par_iter()
        .map(|of_set| with_folded(plan, of_set, folds, &totals));
    let mut answers: Vec<(usize, Answer)> = (each.collect::<Result<Vec<_>, _>>()?)
        .into_iter()
        .flatten()
        .collect();
    answers.sort_by_key(|(set, _)| *set);
    Ok(answers.into_iter().map(|(_, answer)| answer).collect())
}

/// The axes without which rows may be added up as they are: a pound is of one partner and, most often, one time.
fn folds(plan: &Plan<'_>) -> usize {
    if plan.is_drilled(|axis| matches!(axis, Drill::Role(..))) {
        return 0;
    }
    let axes = (0usize..).zip(&plan.drill);
    let folding = axes.filter(|(_, axis)| matches!(axis, Drill::Partner | Drill::Times(_)));
    folding.fold(0, |folds, (axis, _)| folds | 1 << axis)
}

/// A set of axes, and the sets without some of those that fold.
fn with_folded(
    plan: &Plan<'_>,
    finer: OfSet,
    folds: usize,
    totals: &Totals,
) -> Result<Vec<(usize, Answer)>, AskError> {
    let OfSet { set, sums, rows } = finer;
    let without: Vec<usize> = (1..=folds).filter(|some| some & folds == *some).collect();
    let axes = || (0..plan.drill.len()).filter(|axis| set >> axis & 1 == 1);
    let coarser = (without.into_par_iter()).map(|without| {
        let kept: Vec<bool> = axes().map(|axis| without >> axis & 1 == 0).collect();
        let set = set & !without;
        let folded = rows.as_ref().filter(|_| set != 0);
        let answer = match folded.and_then(|rows| rows.folded(&kept)) {
            Some(rows) => close::answer(&of_axes(plan, set), totals, Some(rows))?.answer,
            None => answer_set(plan, set, &sums, totals)?,
        };
        Ok((set, answer))
    });
    let mut answers: Vec<(usize, Answer)> = coarser.collect::<Result<_, AskError>>()?;
    let of_all = of_axes(plan, set);
    answers.push((set, close::answer(&of_all, totals, rows)?.answer));
    Ok(answers)
}

/// The plan with some of its axes: that of bit 0 is the first.
fn of_axes<'q>(plan: &Plan<'q>, set: usize) -> Plan<'q> {
    let axes = (0..plan.drill.len()).filter(|axis| set >> axis & 1 == 1);
    plan.drilled_by(axes.map(|axis| plan.drill[axis].clone()).collect())
}

/// One set of axes from the sums of a finer one.
fn answer_set(
    plan: &Plan<'_>,
    set: usize,
    finer: &BucketSums,
    totals: &Totals,
) -> Result<Answer, AskError> {
    let plan = of_axes(plan, set);
    let (mut buckets, sums) = aggregate::from_finer(&plan, finer);
    let rows = share::rows(&plan, &mut buckets, &sums);
    Ok(close::answer(&plan, totals, rows)?.answer)
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
                .map(|&set| answer_set(plan, set, &finest, &totals))
                .collect()
        };
        plans.par_iter().map(under).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::{Boundary, PlaceAccount};
    use crate::axis::{Ages, Period, Phase};
    use crate::cube::Cube;
    use crate::cube::ask::By;
    use crate::money::{Exact, Pence};
    use crate::place::Place;

    /// Tables without partners and times are added up from finer rows, and are what the records say; a line that
    /// reaches two places is one line of both, and is not added up so.
    #[test]
    fn rows_without_partners_and_times_are_those_of_finer_tables() {
        let place = Place::open("examples/data/shropshire").unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let cube = Cube::build(&account).unwrap();
        let by = [
            By::Partner,
            By::FinancialYear,
            By::Activity(Some("theme".to_owned())),
            By::Locality("place-plan-area".to_owned()),
        ];
        let ask = || {
            (cube.ask())
                .period(
                    "2016-17"
                        .parse::<Period>()
                        .unwrap()
                        .through("2018-19".parse().unwrap())
                        .unwrap(),
                )
                .phase(Phase::Outturn)
                .boundary(Boundary::AllPartners)
        };
        let question = ask().by(by.clone());
        let plan = question.plan().unwrap();
        assert_eq!(folds(&plan), 0b0011);
        let (mut buckets, sums) = aggregate::from_cube(&plan);
        let rows = share::rows(&plan, &mut buckets, &sums).unwrap();
        let without = rows.folded(&[false, true, true, true]).unwrap();
        assert!(without.len() < rows.len() && without.key(0).len() == 3);
        assert!(rows.folded(&[true, true, true, false]).is_none());
        for (set, answer) in question.every_subtotal().unwrap().into_iter().enumerate() {
            let axes = by
                .iter()
                .enumerate()
                .filter(|(axis, _)| set >> axis & 1 == 1);
            let shorter = ask().by(axes.map(|(_, by)| by.clone()));
            assert_eq!(
                answer,
                shorter.answer_record_by_record().unwrap(),
                "set {set:b}"
            );
        }
    }

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
