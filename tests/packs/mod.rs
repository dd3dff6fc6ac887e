//! What is read is read rightly, or refused in words that help: packs, ledgers, strange files.
//!
//! - `one_pack`, `between_partners`: what is wrong with a pack is told, all of it, where it stands
//! - `codes`: crosswalks that people fill in, what is not spending, and what is still to be done
//! - `geography`: files of ONS and NOMIS as they are downloaded, postcodes, areas of other years
//! - `ledgers`: real payment files through their layouts meet their control totals
//! - `checks`: the page that tells what is in a pack and its files
//! - `drafts`: packs drafted from payment files open with no edit and hold what the files hold; what people
//!   filled in stays
//! - `hostile_files`: broken, strange and enormous files are errors and findings, never panics

mod between_partners;
mod checks;
mod codes;
mod drafts;
mod geography;
mod hostile_files;
mod ledgers;
mod one_pack;
