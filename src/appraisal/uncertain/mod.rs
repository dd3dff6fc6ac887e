//! How sure: chances instead of one figure.
//!
//! A central figure persuades nobody twice. Where a proposal gives [ranges](crate::appraisal::Range) around its
//! figures, the whole chain from people to cash is drawn many times ([`Sampled`]), and what people ask is counted:
//! how likely it is that savings cover costs, that cash does, that **each partner** ends no worse off, and all at
//! once. [`Driver`]s say which figure the answer hangs on; [`Tornado`] and [`TwoWay`] move figures by hand;
//! [`PerfectInformation`] says what it would be worth to know.
//!
//! Draws are estimates in floating pence. The central case stays what it is, in exact fractions; with ranges of
//! no width a draw is that, to rounding.
//!
//! ```
//! use wholeplace::appraisal::{Proposals, uncertain::Seeded};
//! use wholeplace::{Cube, Place, PlaceAccount};
//! let place = Place::open("examples/data/shropshire")?;
//! let cube = Cube::build(&PlaceAccount::load(&place)?)?;
//! let proposals = Proposals::open(&place)?;
//! let appraisal = proposals.find("youth-diversion")?.appraise(&cube)?;
//! // Number and seed are said; there is no default for either.
//! let sampled = appraisal.draw(Seeded::new(10_000, 7)?)?;
//! let whole = sampled.purse("the whole public purse")?;
//! assert!(whole.net_saving.p10 < whole.net_saving.p90);
//! println!("{}", sampled.chances_table());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod error;
mod seeded;
mod chance;
mod spread;
mod plan;
mod lanes;
mod sampled;
mod drivers;
mod tornado;
mod information;
mod text;

pub use super::shape::{Distribution, ShapeError};
pub use chance::Chance;
pub use drivers::Driver;
pub use error::UncertainError;
pub use information::{Nothing, PerfectInformation};
pub(super) use lanes::{Figure, LANES, Lanes, Outcome};
pub(super) use plan::Plan;
pub use sampled::{AllAtOnce, PayerDraws, PurseDraws, Sampled, Source};
pub use seeded::Seeded;
pub use spread::Spread;
pub(super) use spread::rounded;
pub(super) use text::figure;
pub use tornado::{Bar, Tornado, TwoWay};
