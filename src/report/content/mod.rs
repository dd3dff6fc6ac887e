//! What a report holds: what was asked, before anything is said, drawn or written of it.

mod knowledge;
mod locality;
mod outcomes;
pub mod rounding;
mod sum;

pub use knowledge::{IndicatorShown, KnownFor, in_short, known_lists};
pub use locality::{
    Crossing, LocalityReport, PlacePage, ReportError, Section, SectionRow, Terms, question,
};
pub use outcomes::{OutcomeSection, PlaceOutcomes, ReportOutcomes};
pub use sum::Shown;
