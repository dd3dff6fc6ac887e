//! The library keeps its own rules, and its documents are true.
//!
//! - `architecture`: modules use only what stands above them; nothing is printed; no float in money
//! - `embedding`: whoever embeds the library links no client of a network; features and licences are named
//! - `examples`: each program runs and prints what the README says
//! - `guide`: the guide and the recipes run as they are written, by `told`
//! - `programs`: what all have in common: findings, codes, wrong words, pipes
//! - `site_folder`: a site that was not finished says so

pub mod architecture;
mod embedding;
mod examples;
mod told;
mod guide;
mod programs;
mod site_folder;
