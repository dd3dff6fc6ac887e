//! Patterns of what may be told: an attacker who knows only what is shown finds nothing told and nothing too narrow.
//!
//! - `attacker`: exact elimination and intervals by linear programmes, knowing nothing of how patterns are made
//! - `made`: systems of all shapes, from a seed
//! - `attacked`: patterns attacked, and that the attacker breaks what must break
//! - `published`: cases from papers, handbooks and issue threads of other tools
//! - `properties`: what must hold of any pattern, and that each planted fault is found

mod attacked;
mod attacker;
mod made;
mod properties;
mod published;
