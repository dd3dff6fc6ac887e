//! What may be published: no figure that is told tells more than its policy allows.
//!
//! - `pack`: packs with policies that the others are written with
//! - `policy`: a policy is complete and of its place, or refused with all that it lacks
//! - `private`: which money is not public, whose it is, and what is known of it beforehand
//! - `plan`: what share of private money each figure is
//! - `gate`: what is told in the end

mod gate;
mod pack;
mod plan;
mod policy;
mod private;
