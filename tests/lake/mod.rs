//! Cubes of files that stay where they are: the same as those of files that are read here, to the byte,
//! and nothing at all where an engine gives a wrong answer.

mod amounts;
mod child_process;
mod order;
mod packs;
mod repeating;
mod same_cube;
mod several;
mod whole_packs;
mod wrong_answers;
