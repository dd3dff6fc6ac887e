//! Reports: released values as text, pages and open data.
//!
//! **Invariant:** a report renders what was released and computes no figure of its own.

mod html;
mod locality;
mod open_data;
mod text;

pub use html::place_page;
pub use locality::{LocalityReport, PlacePage, ReportError, Section, SectionRow, Terms};
pub use open_data::{to_csv, to_json};
pub use text::{overview, place_text};
