//! Families with many services: how many are known to one, two, three … agencies, to which together, and what they cost.
//!
//! Agencies hand over caseloads under a key that says nothing of who it is: a keyed hash made outside, or an agreed
//! number. The keys are held against one another while the register is opened and are then forgotten: nothing of this
//! module keeps one, no cube holds a line of it, and no message shows one.
//!
//! # What is told
//!
//! Every family is in one group: the set of agencies that know it. Of groups of two agencies and more the number is told
//! rounded down to a multiple of the policy's `least` (`[[counts]]` of `disclosure.toml`); a group of fewer is not told.
//! Of each agency the length of its list is told, rounded down in the same way. Every other figure (by how many agencies,
//! by pairs, what it costs) is worked out from those told numbers and from nothing else. How many an agency knows alone is
//! never told, but for a number that it does not exceed.
//!
//! # Why nothing of few can be worked out
//!
//! Take a group that is not told, with its few families, and give each of its agencies one family more that it knows
//! alone for each of them: no list has another length, no told number is another, and the group has nobody. So whatever
//! is added and subtracted, and whoever knows how long lists are, one's own or all of them, nobody can say that the group
//! has anybody. And of how many an agency knows alone, the numbers that were rounded away leave open that it is nobody, for
//! readers and for each agency with a list of `least` or more. Agencies that compare the lists themselves need no release for it.
//!
//! *Why not tell those known to one agency:* an agency could subtract them from its own list, and what is left over would
//! be the groups of few. *Why not withhold single cells, or agencies that would learn something:* sums of overlapping
//! groups give a cell back by subtraction, and that something was withheld says that there was a reason.
//!
//! **Invariant:** every told number of families is a multiple of `least` and no more than the true one, and what is told
//! depends on the told numbers alone.
//!
//! # Sources
//!
//! Rounding before tables are made, so that differences say nothing finer: Hundepool A and others, *Statistical Disclosure
//! Control*, Wiley 2012, chapter 5. That groups are told as lower bounds and lone families not at all is our choice.

mod spec;
mod key;
mod error;
mod caseload;
mod open;
mod overlaps;
mod cost;
mod text;

pub use caseload::{Caseload, CostBasis, Families};
pub use cost::{FamilyCosts, GroupCost};
pub use error::FamiliesError;
pub use overlaps::{AgencyGroup, KnownToAgency, Overlaps};
#[cfg(test)]
pub(crate) use spec::{fields, reads, schema};
