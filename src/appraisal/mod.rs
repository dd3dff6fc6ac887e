//! Is it worth doing: who pays, who saves, when, in cash, and who settles with whom.
//!
//! One partner acts early and another saves. A saving that lands in another budget pays nobody's bill, so
//! a programme that leaves the place better off can leave its funder worse off. A pack describes
//! [`Proposals`]: what is done, for whom, where, and **against what**; what it costs whom; what changes for
//! people; what an event less is worth to whom. From there a chain of exact fractions leads to cash:
//!
//! ```text
//! people → events → net → gross → corrected → held against the account → cashable → cash
//!        change  deadweight  pounds  grades         what is spent         blocks    locks
//! ```
//!
//! - No judgement has a default: an effect says its deadweight, each saving how much of it becomes cash.
//! - A saving above what the account says is spent is refused, and named.
//! - Capacity that is freed is never added to cash.
//! - The same proposal is another answer for each [boundary](crate::account::Boundary) ([`Verdict`]).
//! - [`evaluation`] holds what was counted later against what was promised.
//! - [`settlement`] divides what is left after the cost among those who save, and says who pays whom in which
//!   year, so that nobody ends worse off; where that cannot be, it says by how much and why.
//!
//! # Example: youth diversion in Ludlow meets what is spent on youth justice there
//!
//! ```
//! use wholeplace::appraisal::Proposals;
//! use wholeplace::{Cube, Place, PlaceAccount};
//! let place = Place::open("examples/data/shropshire")?;
//! let cube = Cube::build(&PlaceAccount::load(&place)?)?;
//! let proposals = Proposals::open(&place)?;
//! let appraisal = proposals.find("youth-diversion")?.appraise(&cube)?;
//! let council = appraisal.held.iter().find(|held| held.payer.code == "shropshire-council");
//! assert_eq!(council.and_then(|held| held.spent).unwrap().to_string(), "£4,236.66");
//! println!("{appraisal}");
//! # Ok::<(), wholeplace::Error>(())
//! ```
//!
//! # Example: the council pays, the police and the NHS save
//!
//! ```
//! use wholeplace::appraisal::settlement::{ClaimsRule, Party, Statement, Terms};
//! use wholeplace::money::Ratio;
//! let party = |partner: &str, costs: [i128; 3], cash: [i128; 3]| Party {
//!     partner: partner.into(),
//!     costs: costs.map(|pounds| Ratio::new(pounds * 100, 1)).into(),
//!     cash: cash.map(|pounds| Ratio::new(pounds * 100, 1)).into(),
//!     ..Party::default()
//! };
//! let parties = [
//!     party("council", [70_000, 0, 0], [0, 0, 0]),
//!     party("police", [0, 0, 0], [0, 30_000, 20_000]),
//!     party("nhs", [0, 0, 0], [0, 40_000, 10_000]),
//! ];
//! // Nothing is discounted here.
//! let factors = [Ratio::one(), Ratio::one(), Ratio::one()];
//! let statement = Statement::settle(&Terms::of(ClaimsRule::EqualGains), &parties, &factors)?;
//! assert_eq!(statement.surplus.to_string(), "£30,000.00");
//! let said: Vec<String> = (statement.payments.iter())
//!     .map(|one| format!("{}: {} → {}", one.partner, one.before, one.after))
//!     .collect();
//! assert_eq!(said, [
//!     "council: -£70,000.00 → £0.00",
//!     "police: £50,000.00 → £15,000.00",
//!     "nhs: £50,000.00 → £15,000.00",
//! ]);
//! // The police hand over seven tenths of their cash, in the years in which it arrives.
//! let police: Vec<String> = statement.payments[1].by_year.iter().map(ToString::to_string).collect();
//! assert_eq!(police, ["£0.00", "-£21,000.00", "-£14,000.00"]);
//! # Ok::<(), wholeplace::appraisal::settlement::SettlementError>(())
//! ```

mod pounds;
pub mod settlement;
mod error;
mod grade;
mod cash;
mod beta;
mod shape;
mod input;
mod range;
mod proposal;
mod vary;
mod spec;
mod unit_values;
mod proposals;
mod horizon;
mod saving;
mod overlap;
mod open;
mod ceiling;
mod position;
mod verdict;
mod appraise;
mod settle;
mod ranking;
mod cautions;
mod target;
mod text;
pub mod uncertain;
mod switching;
pub mod contract;
pub mod evaluation;
pub mod scenario;

pub use appraise::Appraisal;
pub use cash::{CashModel, NotCash};
pub use ceiling::Held;
pub use error::AppraisalError;
pub use grade::{Combine, Grade};
pub use input::{Input, OfEffect};
pub use position::Position;
pub use proposal::{
    Baseline, Chain, Change, Cost, Due, Effect, EffectInput, EffectValue, Overlap, OverlapRule,
    Payer, Proposal, UnitValue, ValueKind,
};
pub use proposals::Proposals;
pub use range::{Range, Uncertainty};
pub use ranking::{Ranked, Ranking};
pub use saving::Saving;
pub use shape::Shape;
#[cfg(test)]
pub(crate) use spec::{fields, reads, reads_proposal, schemas};
pub use switching::{Crossing, SwitchingValue, switching_table};
pub use target::Gain;
pub use verdict::{Payback, Paybacks, Return, Verdict};
