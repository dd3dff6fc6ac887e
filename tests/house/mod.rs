//! The library keeps its own rules, and its documents are true.
//!
//! - `architecture`: modules use only what stands above them; nothing is printed; no float in money
//! - `examples`: each program runs and prints what the README says

pub mod architecture;
mod examples;
