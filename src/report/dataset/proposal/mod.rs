//! Proposals to take away: who pays and saves, for which purse, held against what, settled how, resting on what.

mod layers;
mod positions;
mod purses;
mod held;
mod settlement;
mod inputs;
mod sure;

pub use held::held;
pub use inputs::{assumptions, chain};
pub use layers::layer_cells;
pub use positions::{by_year, present};
pub use purses::{purses, side_by_side};
pub use settlement::{loan, settlement, settlement_total};
pub use sure::{sure_paybacks, sure_payers, sure_purses, sure_sources, sure_years};
