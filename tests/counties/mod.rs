//! Figures of real counties and of the sample, to the penny, worked out from the files as well.
//!
//! - `sample`: the figures of the sample that comes with the library
//! - `shropshire`, `shropshire_outcomes`: the whole published data of a county
//! - `lancashire`: what real payment files of three partners say of each other

mod lancashire;
mod sample;
mod shropshire;
mod shropshire_outcomes;
