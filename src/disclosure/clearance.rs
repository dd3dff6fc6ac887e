//! A plan with a pattern that was proved against it: nothing is released under a policy without one.

use super::DisclosureError;
use super::pattern::{Audited, Effort, Pattern, audit, protect};
use super::plan::Plan;

/// What may be told of the figures of a plan, proved.
///
/// Made by [`Clearance::of`], which chooses what is withheld, or by [`Clearance::with_pattern`], which takes somebody's
/// choice; both prove the pattern by ways that chose nothing.
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
    /// [`DisclosureError::Pattern`] where nothing protects what must not be told, with the figures that would have to
    /// be given up, or where the pattern does not hold.
    pub fn of(plan: Plan, effort: Effort) -> Result<Self, DisclosureError> {
        let pattern = protect(plan.system(), effort)?;
        Self::with_pattern(plan, pattern)
    }

    /// Proves a pattern that is there already, such as that of a release that is made again.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::Pattern`] where it does not hold of this plan.
    pub fn with_pattern(plan: Plan, pattern: Pattern) -> Result<Self, DisclosureError> {
        let audited = audit(plan.system(), pattern)?;
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
