//! A plan with a pattern that was proved against it: nothing is released under a policy without one.

use super::DisclosureError;
use super::pattern::{Audited, Effort, Fate, Pattern, Why, audit};
use super::plan::Plan;
use crate::money::Ratio;
use std::collections::BTreeMap;

/// What may be told of the figures of a plan, proved.
///
/// Made by [`Clearance::of`], which chooses what is withheld and proves it by ways that chose nothing.
#[derive(Clone, Debug)]
pub struct Clearance {
    plan: Plan,
    audited: Audited,
}

impl Clearance {
    /// Chooses what is withheld, and proves it.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::NotProtected`] where nothing protects what must not be told, with the figures that would
    /// have to be given up; [`DisclosureError::Pattern`] where the pattern does not hold.
    pub fn of(plan: Plan, effort: Effort) -> Result<Self, DisclosureError> {
        let audited = plan.protect(effort)?;
        Ok(Self { plan, audited })
    }

    /// This clearance with the figures of a later plan of the same private money: further questions within an edition.
    ///
    /// What is told already stays as it is, and is not chosen again. A figure of a later question is told where all
    /// moves of this release leave it as it is, and where the proof holds with it; else it is withheld, for there is
    /// no taking back of what was told. A [`Gate`](super::Gate) over what comes of it tells the later answers.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::Pattern`] where the pattern does not hold without the later figures either.
    pub fn further(&self, later: &Plan) -> Result<Self, DisclosureError> {
        let (all, added) = self.plan.with(later);
        let pattern = self.pattern();
        let kept = pattern.fates.len();
        let is_moved = |line: &u32| {
            let line = all.system().lines.get(*line as usize);
            line.is_none_or(|line| is_changed(&line.shares, pattern))
        };
        let mut with = pattern.clone();
        with.fates
            .extend(added.iter().map(|line| match is_moved(line) {
                true => Fate::Withheld(Why::TellsAnother),
                false => Fate::Shown,
            }));
        if let Ok(audited) = audit(all.system(), with) {
            return Ok(Self { plan: all, audited });
        }
        // Some of them tell more together, or are sensitive themselves: none is told.
        let plan = all.without(kept, super::Why::TellsAnother);
        let audited = audit(plan.system(), pattern.clone())?;
        Ok(Self { plan, audited })
    }

    /// The figures, and the system of their private parts.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// What of it is shown, with the moves that prove it.
    #[must_use]
    pub fn pattern(&self) -> &Pattern {
        self.audited.pattern()
    }

    /// The pattern with its proof, for a [`Gate`](super::Gate).
    #[must_use]
    pub fn audited(&self) -> &Audited {
        &self.audited
    }
}

/// Whether some move of a pattern changes what has these shares.
fn is_changed(shares: &[(u32, Ratio)], pattern: &Pattern) -> bool {
    let shares: BTreeMap<u32, &Ratio> = shares.iter().map(|(sum, share)| (*sum, share)).collect();
    let mut moves = pattern.protections.iter().flat_map(|one| &one.moves);
    moves.any(|one| {
        let parts = one.changes.iter().filter_map(|(sum, by)| {
            let share = shares.get(sum)?;
            Some(share.times(&Ratio::new(i128::from(by.get()), 1)))
        });
        let by = parts.fold(Ratio::zero(), |all, part| all.plus(&part));
        !by.is_zero()
    })
}
