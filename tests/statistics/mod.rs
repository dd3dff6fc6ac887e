//! Statistics held to what papers, official tools and independent programs print; what must hold
//! for all numbers; and what is refused, in which words.

mod comparing;
mod one_place;
