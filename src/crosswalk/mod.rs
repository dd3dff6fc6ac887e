//! For programs with readers of their own: from partners' codes to members of the place's axes.
//!
//! Each axis of each ledger has one written-down way of placing a line: always the same member,
//! the file's own codes, a crosswalk, or a reasoned gap. A partner's code becomes a member of
//! the axis, a weighted mix of activities or of localities, or a gap with its reason; nothing is dropped. A code
//! that the crosswalk does not know stays in the account as unmapped and is listed with its
//! pence.
//!
//! Crosswalks are written in two forms: a row a code and axis, or, [wide](WideRow), a row a code with a
//! column an axis, which people fill in. A `*` in a code stands for any letters. A code may also be
//! [not spending](NotSpending): its lines are read and placed, and stay out of the account.
//!
//! **Invariant:** the lines of a [`MappedLedger`] are the lines of its ledger, with the same
//! pence.
//!
//! # Example: what a line of the council's ledger means here
//!
//! ```
//! use wholeplace::axis::Placed;
//! use wholeplace::{Place, PlaceAccount};
//! let place = Place::open("examples/data/partners")?;
//! let account = PlaceAccount::load(&place)?;
//! let council = &account.ledgers()[1];
//! let line = council.ledger().line(2).unwrap();
//! assert_eq!(line.code("activity"), Some("YOUTH"));
//!
//! let coding = council.coding(&line);
//! let axes = place.axes();
//! let mix = place.mixes().get(coding.activity);
//! assert_eq!(mix.parts, [(Placed::On(axes.activities.find("youth-work")?), 1)]);
//! assert_eq!(coding.locality, Placed::On(axes.localities.find("town")?));
//! assert!(council.unmapped().is_empty(), "every code is known");
//! # Ok::<(), wholeplace::Error>(())
//! ```

mod not_spending;
mod pattern;
mod codes;
mod spec;
mod names;
mod wide;
mod mix;
mod weights;
mod localities;
mod excluded;
mod compile;
mod meanings;
mod area_rows;
mod column;
mod alike;
mod map;

pub(crate) use alike::{Alike, AlikeLines};
pub(crate) use area_rows::district_shown;
pub(crate) use compile::AXES as CROSSWALK_AXES;
pub use compile::Crosswalk;
pub use excluded::{ExcludedMoney, Exclusion, PatternUse};
pub(crate) use localities::mixed_localities;
pub use map::{Coding, MappedLedger, TagSet, UnmappedCode};
pub use mix::{Mix, MixId, Mixes};
pub(crate) use names::MemberNames;
pub use not_spending::NotSpending;
pub use pattern::escaped;
pub use spec::{AxisRule, By, CrosswalkRow, LedgerAxes};
pub use wide::{CrosswalkRows, NotSpendingRow, WideRow};
