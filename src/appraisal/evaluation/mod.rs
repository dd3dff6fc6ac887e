//! What was promised beside what was seen.
//!
//! A proposal says how many people enter and how many events fewer there are in each year. Later somebody counted:
//! [`Observed`] are those counts, out of a table of the pack, with a comparison group where there is one.
//! [`Appraisal::evaluate`](super::Appraisal::evaluate) holds the two against each other, effect by effect and year by year:
//!
//! - how many events fewer there were because of the proposal, with an interval, and whether that is more than chance;
//! - how far that is from what was promised, with an interval;
//! - what it saves public purses by the same unit values;
//! - what contracts paid for the same outcome ([`Evaluation::with_contracts`]);
//! - what evidence it is for the next proposal ([`Design::grade`]): counts without a comparison leave an effect assumed;
//! - what the effect's indicator says of the whole place ([`Indicated`]), which is evidence of nothing by itself.
//!
//! How sure intervals are meant to be is asked, and has no default.
//!
//! # What is held against what
//!
//! Counts are of all who entered, so that who takes part and who stays is in them. A comparison group shows what would
//! have happened anyway, and nothing else: what only moves elsewhere, and the share that is due to others, are taken off
//! what is seen as the proposal states them. Without a comparison group what would have happened anyway is taken off
//! likewise.
//!
//! ```text
//! seen = people × (rate without − rate with) × (1 − displacement) × the share that is ours
//!                                            × (1 − deadweight), without a comparison group only
//! ```
//!
//! # Example: what was seen of the sample's proposal
//!
//! ```
//! use wholeplace::appraisal::Proposals;
//! use wholeplace::appraisal::evaluation::Observed;
//! use wholeplace::statistic::Confidence;
//! use wholeplace::{Cube, Place, PlaceAccount};
//! let place = Place::open("examples/data/shropshire")?;
//! let cube = Cube::build(&PlaceAccount::load(&place)?)?;
//! let proposals = Proposals::open(&place)?;
//! let observed = Observed::open(&proposals)?;
//! let appraisal = proposals.find("youth-diversion")?.appraise(&cube)?;
//! let evaluation = appraisal.evaluate(&observed, Confidence::new(0.95)?)?;
//! println!("{}", evaluation.table());
//! # Ok::<(), wholeplace::Error>(())
//! ```

mod error;
mod design;
mod observed;
mod open;
mod seen;
mod evaluate;
mod paid;
mod indicated;
mod text;

pub use design::{Counted, Design};
pub use error::EvaluationError;
pub use evaluate::{Evaluated, Evaluation, PaidFor, Told};
pub use indicated::Indicated;
pub use observed::{Group, Observation, Observed};
pub use seen::{Against, Seen};
