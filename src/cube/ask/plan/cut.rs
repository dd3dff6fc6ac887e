//! The members that a question names, as they were written.

use crate::account::Boundary;
use crate::axis::{Ages, Period, Phase, Resource};

/// What a question cuts out, axis by axis. An axis without a name on it is not cut.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut<'q> {
    pub(crate) partners: &'q [String],
    pub(crate) activities: &'q [String],
    pub(crate) ages: &'q [Ages],
    pub(crate) groups: &'q [String],
    pub(crate) tags: &'q [String],
    pub(crate) localities: &'q [String],
    pub(crate) period: Option<Period>,
    pub(crate) boundary: Option<&'q Boundary>,
    pub(crate) phase: Option<Phase>,
    pub(crate) resource: Resource,
}
