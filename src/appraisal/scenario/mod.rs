//! Money moved between cells of the account, and what the account then says.
//!
//! A place that spends on courts and would rather spend on mentors asks what it may move, from when, and what
//! every partner and place would then have. A pack lists moves by scenario; each is held against the
//! account: against what is spent in the cell it comes from, and against what is free to move by its month.
//! What may not move is left where it is and told, with what holds it.
//!
//! A [`Scenario`] is a cube, not a table: it answers every question that the account answers, with the same
//! consolidation. Money that goes to another partner is a payment between the two, of a kind that the move
//! names, so that every boundary stays right: the payer pays it, the payee spends it, and within both it
//! counts once.
//!
//! A move may name a building of the pack's [premises](crate::premises) in place of an amount: what giving it up frees for
//! the partner that pays is moved then, and not before the building can be let go ([`GivenUp`]).
//!
//! No move says what the moved money achieves: that is claimed by a [proposal](crate::appraisal::Proposal), or
//! follows from what [`linkage`](crate::linkage) measured, with its grade ([`Scenario::expected`]).
//!
//! # Example: the commissioner gives the council money for earlier help; what the law binds stays
//!
//! ```
//! use wholeplace::appraisal::scenario::Scenarios;
//! use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
//! let place = Place::open("examples/data/partners")?;
//! let cube = Cube::build(&PlaceAccount::load(&place)?)?;
//! let scenario = Scenarios::open(&place)?.find("earlier-help")?.apply(&cube)?;
//! println!("{}", scenario.table());
//! let held: Vec<String> = (scenario.stopped.iter())
//!     .map(|stopped| stopped.why.to_string())
//!     .collect();
//! assert_eq!(held, [
//!     "£0.00 is free to move by then; £310,000.00 is asked for by law, and moves only by a named decision",
//!     "£0.00 is free to move by then, and enough after Sep 2025, when contracts end",
//! ]);
//! let spent = |cube: &Cube, boundary: Boundary| {
//!     let question = cube.ask().period("2024-25".parse()?).phase(Phase::Outturn);
//!     Ok::<_, wholeplace::Error>(question.activity("youth-work").boundary(boundary).answer()?.total.amount)
//! };
//! let on_youth = |boundary: Boundary| {
//!     let (before, after) = (spent(&cube, boundary.clone())?, spent(scenario.cube(), boundary)?);
//!     Ok::<_, wholeplace::Error>(format!("{before} → {after}"))
//! };
//! // £10,000 of care went to youth work; the £20,000 of the commissioner were on youth work before.
//! assert_eq!(on_youth(Boundary::AllPartners)?, "£214,997.00 → £224,997.00");
//! assert_eq!(scenario.cube().total(), cube.total());
//! # Ok::<(), wholeplace::Error>(())
//! ```

mod given_up;
mod moves;
mod stopped;
mod lines;
mod cell;
mod scenarios;
mod buildings;
mod open;
mod apply;
mod compare;
mod expected;

pub use apply::{Moved, Scenario};
pub use compare::SideBySide;
pub use expected::Expected;
pub use given_up::GivenUp;
pub use moves::{Cell, Move, ScenarioPlan};
pub use scenarios::Scenarios;
pub use stopped::{Stopped, WhyStopped};
