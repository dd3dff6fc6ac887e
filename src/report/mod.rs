//! Reports: released values as text, pages and open data.
//!
//! ```text
//! Cube ─► LocalityReport ─► text for the terminal, one CSV, one JSON
//!    └──► Site (the report, and what else pages need) ─► Released<Site> ─► site_files
//! ```
//!
//! [`Site`] asks everything beforehand; [`site_files`] renders what was released: pages with pictures,
//! and every table as CSV, JSON, Parquet and in a workbook.
//!
//! Spending comes first; where the pack has outcomes, what changed for people stands beside it:
//! what is known of each place, what only for a larger one, and what nobody collects.
//!
//! **Invariant:** a report renders what was released and computes no figure of its own. No figure
//! of a larger place stands where a place's own would.

mod download;
mod known;
mod locality;
mod open_data;
mod outcome_data;
mod outcome_tables;
mod outcome_text;
mod outcomes;
mod page;
mod picture;
mod rounded;
mod shown;
mod site;
mod text;

pub use known::{IndicatorShown, KnownFor};
pub use locality::{Crossing, LocalityReport, PlacePage, ReportError, Section, SectionRow, Terms};
pub use open_data::{to_csv, to_json};
pub use outcome_data::outcomes_to_csv;
pub use outcomes::{OutcomeSection, PlaceOutcomes, ReportOutcomes};
pub use page::{SiteFile, each_site_file, site_files};
pub use shown::Shown;
pub use site::{Site, SiteOutcomes, SiteSources};
pub use text::{overview, place_text};
