//! All integration tests, in one binary: with polars, linking each file apart would be slow.
//!
//! - `money`, `conservation`, `oracle`, `back_ends`: what must hold in every sharing and every
//!   answer, on random `places`, held against a second, slow way of working it out
//! - `funding`: sources and uses, money followed back to its funders, pooled funds, as tables that
//!   an accountant can check
//! - `regression`: known mistakes of other systems
//! - `packs`, `packs_between`: what is wrong with a pack is told, all of it
//! - `hostile_files`: broken, strange and enormous files are errors and findings, never panics
//! - `hostile`: input made to do harm, with its bounds of time and memory
//! - `ledgers`: real payment files through their layouts meet their control totals
//! - `saved`: saved cubes, loads one after another, and extracts that come twice
//! - `partners`, `boundaries`: small places of partners who pay each other, and what counts
//! - `consolidation`: what must hold inside every boundary, on random partners
//! - `transfers`: both sides of payments between partners
//! - `beside`: what stands beside a total and beside cash: how free money is, what is given in kind,
//!   overlaps, pools, and how a figure is explained
//! - `lancashire`: what real payment files of three partners say of each other, to the penny
//! - `sample`, `shropshire`: the figures of the sample, and of the whole published data
//! - `shared`: where the published data is, or that a test is skipped
//! - `site`, `site_browser`: pages and files of a site, against the cube and in a real browser
//! - `indicators`: what is known of an outcome, where, and what is wrong with published figures
//! - `linkage`: which spending may stand beside which outcome, and what may be said of a change
//! - `published`: statistics held to published values, and what must hold for all numbers
//! - `withheld`: figures that must not come out: withheld ones, another place's, another year's
//! - `recovery`: known effects and unit costs of made-up places are found again
//! - `outcomes_shropshire`: the outcomes of the whole published data, against its files
//! - `examples`: each program runs and prints what the README says
//! - `architecture`: modules use only what stands above them

mod architecture;
mod back_ends;
mod beside;
mod boundaries;
mod conservation;
mod consolidation;
mod examples;
mod funding;
mod hostile;
mod hostile_files;
mod indicators;
mod lancashire;
mod ledgers;
mod linkage;
mod money;
mod oracle;
mod outcomes_shropshire;
mod packs;
mod packs_between;
mod partners;
mod places;
mod published;
mod recovery;
mod regression;
mod sample;
mod saved;
mod shared;
mod shropshire;
mod site;
mod site_browser;
mod transfers;
mod withheld;
