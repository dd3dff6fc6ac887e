//! What is read is read rightly, or refused in words that help: packs, ledgers, strange files.
//!
//! - `one_pack`, `between_partners`: what is wrong with a pack is told, all of it, where it stands
//! - `ledgers`: real payment files through their layouts meet their control totals
//! - `checks`: the page that tells what is in a pack and its files
//! - `hostile_files`: broken, strange and enormous files are errors and findings, never panics

mod between_partners;
mod checks;
mod hostile_files;
mod ledgers;
mod one_pack;
