//! The question in numbers; no sum is looked at.

pub mod cell;
pub mod interner;
pub mod memorandum;
pub mod region;
pub mod roles;
pub mod rules;
pub mod slice;

pub use cell::{Cell, Fate, NOBODY, REST};
pub use interner::Numbered;
pub use memorandum::{Beside, BesideSum};
pub use region::{Divider, Division, Settled};
pub use roles::Role;
pub use slice::{Drill, Slice};
