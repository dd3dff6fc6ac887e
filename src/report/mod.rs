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
//! what is known of each place, what only for a larger one, and what nobody collects. Where it has proposals
//! to spend and save, each has a page: who pays and who saves over the years, for which purse, held against
//! what is spent, settled by which terms, resting on which inputs. Where it
//! moves money, each scenario has one: what is moved, what holds the rest, and the account before and after. So has
//! each contract that pays by results: its terms, what was paid and refused, and what one event more or less does.
//! Registers of the place have theirs: what places want and who pays for it, with what is spent there already beside;
//! and buildings, what they cost whom, and what giving one up frees.
//!
//! **Invariant:** a report renders what was released and computes no figure of its own. No figure
//! of a larger place stands where a place's own would.

mod content;
mod text;
mod dataset;
mod download;
mod earlier;
mod picture;
mod site;
mod page;
mod publication;
#[cfg(test)]
mod suppression;

pub use content::{
    AHead, Crossing, Difference, IndicatorShown, KnownFor, LocalityReport, OutcomeSection,
    PlaceOutcomes, PlacePage, ReportError, ReportOutcomes, ReportScope, Section, SectionRow, Shown,
    Tried,
};
pub use download::{findings_to_csv, outcomes_to_csv, to_csv, to_json};
pub use earlier::EarlierRelease;
pub use page::{FiguresTold, SiteFile, TableTold, each_site_file, site_files};
pub use publication::{Certificate, Publication};
pub use site::{
    PublicLedger, Site, SiteAgreement, SiteContracts, SiteOutcomes, SitePlans, SitePremises,
    SiteProposals, SiteRegisters, SiteSources, Statement,
};
pub use text::{by_activity, overview, place_text, standing_out, summary};
