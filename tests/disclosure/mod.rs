//! What may be published: no figure that is told tells more than its policy allows, and an attacker who knows only
//! what is shown finds nothing told and nothing too narrow.
//!
//! From a pack to what is told:
//!
//! - `pack`: packs with policies that the others are written with
//! - `policy`: a policy is complete and of its place, or refused with all that it lacks
//! - `private`: which money is not public, whose it is, and what is known of it beforehand
//! - `plan`: what share of private money each figure is
//! - `gate`: what is told in the end
//! - `public_money`: answers, explanations and cubes as they are
//! - `round`: recorded sums of few, rounded before they are shared out
//! - `editions`: what one edition tells by subtraction from another
//! - `counts`: what is told of counts of people, and of all that is made of them
//! - `files`: released files attacked with nothing but what is public
//! - `fine`: small sums shared out by residents
//!
//! The patterns between the two:
//!
//! - `attacker`: exact elimination and intervals by linear programmes, knowing nothing of how patterns are made
//! - `made`: systems of all shapes, from a seed
//! - `alike`: sums that no line tells apart
//! - `any_move`: moves that nothing of a few sums makes
//! - `attacked`: patterns attacked, and that the attacker breaks what must break
//! - `known`: what is known already
//! - `published`: cases from papers, handbooks and issue threads of other tools
//! - `properties`: what must hold of any pattern, and that each planted fault is found

mod alike;
mod any_move;
mod attacked;
mod attacker;
mod editions;
mod counts;
mod files;
mod fine;
mod gate;
mod known;
mod made;
mod pack;
mod plan;
mod policy;
mod private;
mod properties;
mod public_money;
mod published;
mod round;
