//! Shares so fine that no change of a small sum is of whole pence in them.

use super::error::PatternError;
use super::known::Known;
use super::primary::{self, Target};
use super::problem::Problem;
use super::protect::{Effort, protect};
use super::system::{Keep, System};
use super::told::Part;
use num_integer::Integer;
use num_traits::ToPrimitive;
use std::collections::BTreeSet;

/// The kinds of lines that must go as wholes, because they tell shares of a protected sum that are too fine for it.
///
/// A figure that is withheld is closed to whole pence together with others, which may be shown; so a move must change it by
/// whole pence, or a penny of another would tell of its fraction. A line that is a share of one protected sum alone, with the
/// denominator q, differs by whole pence only if the sum does by a multiple of q. If none that reaches the sum's level is
/// possible, nothing can protect it while the line is a figure that is closed with others that are told.
///
/// Figures that are closed together are of one kind: the rows of a question, or a slice and all outside of it. So a kind
/// of which no figure is told at all, public or not, is closed with nothing that is told, and its fractions are harmless:
/// whoever makes the system leaves out all lines of these kinds, tells none of their figures, and asks again. The finest
/// are named first; what must be told never. Where no single line is too fine but nothing protects a part, the kind of its
/// too fine shares is named that costs least.
///
/// # Errors
///
/// [`PatternError::System`] or [`PatternError::TooLarge`], as [`protect`](super::protect).
pub fn too_fine(system: &System) -> Result<BTreeSet<u16>, PatternError> {
    let problem = Problem::new(system)?;
    let (targets, _) = primary::targets(&problem, &mut Known::new(&problem));
    let mut kinds = BTreeSet::new();
    for target in &targets {
        let Part::Sum(sum) = target.part else {
            continue;
        };
        let column = &problem.columns[sum as usize];
        // The denominators of lines that are shares of this sum alone, each with the kind that would have to go.
        let fine: Vec<(i64, Option<u16>)> = (column.rows.iter())
            .map(|(row, _)| &problem.rows[*row as usize])
            .filter(|row| row.entries.len() == 1)
            .flat_map(|row| &row.lines)
            .filter_map(|&line| {
                let line = system.lines.get(line as usize)?;
                let share = line.shares.iter().find(|(one, _)| *one == sum)?;
                let below = share.1.lowest_terms().1.to_i64().unwrap_or(i64::MAX);
                let may_go = (line.keep == Keep::IfPossible).then_some(line.kind);
                Some((below, may_go)).filter(|_| below > 1)
            })
            .collect();
        let common = (fine.iter()).try_fold(1_i64, |common, (below, _)| {
            (common / common.gcd(below)).checked_mul(*below)
        });
        let possible = common.is_some_and(|common| {
            let wanted = (target.level.max(1) - 1) / common + 1;
            wanted
                .checked_mul(common)
                .is_some_and(|least| least <= column.room)
        });
        if possible {
            continue;
        }
        let finest = (fine.iter())
            .filter(|(_, kind)| kind.is_some())
            .map(|(below, _)| *below)
            .max();
        kinds.extend(
            (fine.iter())
                .filter(|(below, _)| Some(*below) == finest)
                .filter_map(|(_, kind)| *kind),
        );
    }
    if kinds.is_empty() && targets.iter().any(|target| has_fine(&problem, target)) {
        kinds.extend(in_the_way(system));
    }
    Ok(kinds)
}

/// Whether some line has a share of a target's sums that only a few changes of them, or none, make whole.
fn has_fine(problem: &Problem<'_>, target: &Target) -> bool {
    target
        .own
        .iter()
        .any(|&own| !problem.fine_lines(own).is_empty())
}

/// The kind to leave out where nothing protects some part.
fn in_the_way(system: &System) -> Option<u16> {
    let Err(PatternError::Alone { too_fine, .. }) = protect(system, Effort::ChooseAgain) else {
        return None;
    };
    let kinds = (0..).zip(&system.kinds);
    let named = kinds.filter(|(_, kind)| too_fine.contains(&kind.name));
    let may_go = named.filter(|(at, _)| {
        let mut lines = system.lines.iter().filter(|line| line.kind == *at);
        lines.all(|line| line.keep == Keep::IfPossible)
    });
    let costs_least = may_go.min_by_key(|(at, kind)| (kind.cost, *at));
    costs_least.map(|(at, _)| at)
}
