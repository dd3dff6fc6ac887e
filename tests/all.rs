//! One binary for all integration tests: linking the data frame library once is enough.
//!
//! - `money`: what holds for every sharing of pence, by trying all small ones
//! - `places`: small random places, written down as real packs, and questions about them
//! - `conservation`: no pound is lost, made or counted twice, in any answer about them
//! - `oracle`: the same answers worked out line by line, without the library
//! - `back_ends`: engines, orders, threads, merges and files give the same answers
//! - `packs`: every fault of a pack is found where it stands
//! - `regression`: known mistakes of other systems
//! - `examples`: each example program, run
//! - `architecture`: the order of modules, and what may not stand in them

mod architecture;
mod back_ends;
mod conservation;
mod examples;
mod money;
mod oracle;
mod packs;
mod places;
mod regression;
