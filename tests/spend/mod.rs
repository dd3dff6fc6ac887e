//! Every answer about spending is right, whatever way it was worked out, and no penny is lost.
//!
//! - `money`: sums, shares and roundings of pence, for all amounts
//! - `conservation`: what must hold in every sharing and every answer, on random places
//! - `oracle`: answers on random places, held against a slow way that does not ask the library
//! - `back_ends`: every engine and every quick way gives what the judge gives, record by record
//! - `consolidation`: what must hold inside every boundary, on random partners
//! - `boundaries`: what counts, what is eliminated and what stands beside, as small tables
//! - `transfers`: both sides of payments between partners
//! - `funding`: sources and uses, money followed back to its funders, pooled funds
//! - `beside`: how free money is, what is given in kind, overlaps, pools, how a figure is explained
//! - `saved`: saved cubes, loads one after another, and extracts that come twice
//! - `rests`: what finer lines leave of coarse ones
//! - `by_use`: money shared by use, where people live or where it happens
//! - `by_month`, `by_lines`: rows by month, and by the ledgers and codes that only lines have
//! - `modes`: how money reaches people, and other labels as an axis
//! - `alternatives`: other choices of drivers, alone and between what a figure lies over all
//! - `regression`: known mistakes of other systems

mod alternatives;
pub mod back_ends;
mod beside;
mod boundaries;
pub mod conservation;
mod consolidation;
mod funding;
mod modes;
mod money;
mod oracle;
mod regression;
mod rests;
mod by_lines;
mod by_month;
mod by_use;
mod saved;
mod transfers;
mod variance;
