//! Statistics held to what papers, official tools and independent programs print; what must hold
//! for all numbers; and what is refused, in which words.
//!
//! - `one_place`: proportions, rates, standardised rates, slopes and funnels of one place or list
//! - `comparing`: differences, trends, forecasts, effects, costs of outcomes, ranks

mod comparing;
mod one_place;
