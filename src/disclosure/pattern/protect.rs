//! From a system to its pattern.

use super::alike::Joined;
use super::audit::audit;
use super::choose::Choice;
use super::error::PatternError;
use super::known::Known;
use super::primary;
use super::problem::Problem;
use super::system::System;
use super::told::{Fate, Move, Part, Pattern, Protection, Why};
use crate::money::Pence;
use std::collections::BTreeSet;

/// How much is done to withhold less, once all is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// Each protected part chooses again until nothing changes.
    ChooseAgain,
    /// Then each withheld line is shown again if the parts that it protects find other moves, which together withhold
    /// less. Within a budget of steps, not of seconds: the same input gives the same pattern.
    ShowAgain,
}

/// Chooses which lines are withheld, so that no protected part can be worked out.
///
/// A line is shown if it is not sensitive itself and none of the moves changes it.
///
/// # Errors
///
/// [`PatternError`]: the system is at fault or too large, or what must be told tells too much.
///
/// # Example
///
/// Two payees in each of two places and of two themes, and one who is alone:
///
/// ```
/// use std::sync::Arc;
/// use wholeplace::disclosure::pattern::*;
/// use wholeplace::money::{Pence, Ratio};
///
/// let rule = Rule { name: Arc::from("all"), holders: 2, dominance: Dominance::None, open: Open::Percent(Ratio::new(10, 1)) };
/// let sum = |pence: i64, holders: &[u32]| PrivateSum {
///     pence: Pence::new(pence * holders.len() as i64),
///     holders: holders.iter().map(|&holder| (holder, Pence::new(pence))).collect(),
///     rule: 0,
///     owner: None,
///     may_be_negative: false,
/// };
/// let line = |sums: &[u32]| ToldLine {
///     shares: sums.iter().map(|&sum| (sum, Ratio::one())).collect(),
///     kind: 0,
///     keep: Keep::IfPossible,
/// };
/// let system = System {
///     sums: vec![sum(500, &[0]), sum(400, &[1, 2]), sum(300, &[3, 4]), sum(200, &[5, 6])],
///     // Four sums, two rows, two columns, the whole.
///     lines: [&[0][..], &[1], &[2], &[3], &[0, 1], &[2, 3], &[0, 2], &[1, 3], &[0, 1, 2, 3]].map(line).to_vec(),
///     rules: vec![rule],
///     kinds: vec![Kind { name: Arc::from("figures"), cost: 1 }],
///     looks: Looks { partners: false, holders: true },
///     before: Ratio::new(100, 1),
/// };
/// let pattern = protect(&system, Effort::ShowAgain)?;
/// let withheld: Vec<usize> = (0..9).filter(|&line| pattern.fates[line] != Fate::Shown).collect();
/// // The sum itself and all that has it in: nothing else needs to go.
/// assert_eq!(withheld, [0, 4, 6, 8]);
/// let proved = audit(&system, pattern)?;
/// assert_eq!(proved.pattern().protections.len(), 1);
/// # Ok::<(), PatternError>(())
/// ```
pub fn protect(system: &System, effort: Effort) -> Result<Pattern, PatternError> {
    let problem = Problem::new(system)?;
    if let Some(joined) = Joined::of(&problem)
        && let Some(of_it) = joined.problem()
        && let Ok(pattern) = protected(&of_it, effort)
        && let Some(pattern) = joined.apart(pattern)
        && let Ok(proved) = audit(system, pattern)
    {
        return Ok(proved.pattern().clone());
    }
    protected(&problem, effort)
}

fn protected(problem: &Problem<'_>, effort: Effort) -> Result<Pattern, PatternError> {
    let mut known = Known::new(problem);
    let (targets, why) = primary::targets(problem, &mut known);
    let told: Vec<u32> = (problem.rows.iter().zip(&why))
        .filter(|(row, why)| row.always && why.is_some())
        .flat_map(|(row, _)| row.lines.iter().copied())
        .collect();
    if !told.is_empty() {
        return Err(PatternError::AlwaysSensitive { lines: told });
    }
    let sensitive: Vec<bool> = why.iter().map(Option::is_some).collect();
    let mut choice = Choice::first(problem, &targets, &sensitive, known)?;
    choice.again();
    // What must be told may be in the way of the first choice and not of another.
    if effort == Effort::ShowAgain || (0..targets.len()).any(|at| !choice.given_up(at).is_empty()) {
        choice.show_again(&sensitive);
    }
    for (at, target) in targets.iter().enumerate() {
        let in_the_way = choice.given_up(at);
        if !in_the_way.is_empty() {
            return Err(PatternError::NoMove {
                part: target.part,
                in_the_way,
            });
        }
    }
    let fates = (problem.row_of.iter())
        .map(|row| match row {
            None => Fate::Shown,
            Some(row) => match why.get(*row as usize).copied().flatten() {
                Some(why) => Fate::Withheld(why),
                None if choice.is_withheld(*row) => Fate::Withheld(Why::TellsAnother),
                None => Fate::Shown,
            },
        })
        .collect();
    let protections = (targets.iter().zip(choice.families()))
        .map(|(target, family)| Protection {
            part: target.part,
            level: Pence::new(target.level),
            moves: family
                .iter()
                .map(|one| {
                    let mut changes: Vec<(u32, Pence)> = one
                        .changes
                        .iter()
                        .map(|(sum, change)| (*sum, Pence::new(*change)))
                        .collect();
                    changes.sort_unstable();
                    Move { changes }
                })
                .collect(),
        })
        .collect();
    Ok(Pattern { fates, protections })
}

/// The sums and lines that would have to be protected, if what is known already did not tell them: whoever answers for the
/// pack should know that they are out.
///
/// # Errors
///
/// [`PatternError::System`] or [`PatternError::TooLarge`], as [`protect`].
pub fn known_already(system: &System) -> Result<Vec<Part>, PatternError> {
    let problem = Problem::new(system)?;
    let (all, _) = primary::targets(&problem, &mut Known::of_nothing(&problem));
    let (left, _) = primary::targets(&problem, &mut Known::new(&problem));
    let left: BTreeSet<Part> = left.iter().map(|target| target.part).collect();
    Ok(all
        .iter()
        .map(|target| target.part)
        .filter(|part| !left.contains(part))
        .collect())
}
