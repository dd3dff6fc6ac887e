//! Which figures may be told, so that no protected sum can be worked out from them: the abstract problem.
//!
//! What comes in is a [`System`]: private sums with their holders, and the lines that would be told, each with
//! its shares of those sums. What goes out is a [`Pattern`]: each line shown or withheld, and for every
//! protected part the [`Move`]s that prove it safe. Nothing here knows of cubes, places, pages or policy files.
//!
//! # Why it holds
//!
//! A move is another account, in whole pence, in which every shown line reads the same, every sum stays within
//! what a looker takes to be possible beforehand, and the protected part differs by its level, up and down.
//! Whatever is computed from what is shown is the same for both accounts; so nothing computed from it can tell
//! the protected part more narrowly than that.

mod rule;
mod system;
mod told;
mod error;
mod judged;
mod field;
mod faults;
mod problem;
mod known;
mod primary;
mod near;
mod candidate;
mod choose;
mod audit;
mod alike;
mod protect;
mod fine;
mod utility;

pub use audit::{Audited, audit};
pub use error::PatternError;
pub use fine::too_fine;
pub use protect::{Effort, known_already, protect};
pub use rule::{Dominance, Open, Rule};
pub use system::{Keep, Kind, Looks, PrivateSum, System, ToldLine};
pub use told::{Fate, Move, Part, Pattern, Protection, Why};
pub use utility::{KindUtility, Utility, without_each_kind};
