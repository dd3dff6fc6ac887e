//! Budget, forecast and outturn of one question, side by side, and what explains the difference.
//!
//! What was planned, what is expected and what was spent are three measures of one thing, and are never added.
//! To set them side by side is only honest where they are of the same bodies and months: a council's budget
//! beside payments of June is no underspend. So partners are compared one by one, and money of those that
//! cannot be is told apart with its reason, to the penny.
//!
//! ```text
//! budget  £500,000 = compared £400,000 + not compared £100,000 (Police: no outturn is recorded)
//! outturn £430,000 = compared £430,000
//! variance of what is compared: £30,000 = price £50,000 + volume -£20,000
//! ```
//!
//! **Invariant:** of each phase, compared + not compared = what the same question answers of it alone.

mod beside;
mod volume;
mod text;

pub use beside::{NotCompared, PhaseSums, Variance, VarianceRow, WhyNotCompared};
pub use volume::{Explained, Volume, VolumeError};
