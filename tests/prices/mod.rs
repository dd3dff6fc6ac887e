//! Conversions and discount factors held to what others published, and what is refused.
//!
//! - `uprated`: 674 unit costs that their publisher uprated
//! - `factors`: discount factors of both schedules, present values, and their properties

mod factors;
mod uprated;
