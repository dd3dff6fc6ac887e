//! Sums that the question cannot tell apart, added up; nothing is shared yet.

mod bucket_sums;
mod buckets;
mod mixes;
mod pair_table;
mod standings;

pub use bucket_sums::{Alike, Chunk, TO_A_THREAD};
pub use buckets::Classes;
pub use mixes::Mixes;
pub use pair_table::Pairs;
