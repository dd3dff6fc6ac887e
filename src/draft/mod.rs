//! A pack from payment files: which column is what, whose files they are, and all codes in them, ready to
//! be filled in.
//!
//! A draft opens with no edit, and its account is what the files hold, to the penny. What was decided
//! stands beside each line of its `place.toml` as a comment, with what was seen; what a person must look
//! at is marked `look here:`. Drafting again after new files adds what is new and changes nothing
//! that stands there.
//!
//! # Example
//!
//! ```
//! use wholeplace::PlaceAccount;
//! use wholeplace::draft::Draft;
//!
//! let folder = std::env::temp_dir().join("wholeplace-draft-example");
//! # let _ = std::fs::remove_dir_all(&folder);
//! std::fs::create_dir_all(folder.join("files"))?;
//! std::fs::write(
//!     folder.join("files/ludford_may.csv"),
//!     "Directorate,Service Area,Supplier Name,Payment Date,Gross,VAT,Net\n\
//!      Place,Parks,Green Ltd,14/05/2024,120.00,20.00,100.00\n\
//!      People,Libraries,Book Shop Ltd,15/05/2024,60.00,10.00,50.00\n",
//! )?;
//! let draft = Draft::of(&[folder.join("files")], "E06000000", "Ludford")?;
//! assert_eq!(draft.ledgers()[0].layout().amount, ["Net"]);
//!
//! let written = draft.to_pack(&folder.join("pack"))?;
//! let account = PlaceAccount::load(&written.open()?)?;
//! assert_eq!(account.total().to_string(), "£150.00");
//! assert!(draft.to_pack(&folder.join("pack"))?.is_nothing_new());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is not drafted
//!
//! What codes mean, who is paid by whom and what money is shared by are a person's decisions. The
//! draft lists the codes, and the public bodies among the payees; names of other payees get into no
//! file that it writes.
#![deny(missing_docs)]

mod words;
mod bodies;
mod profile;
mod decide;
mod seen;
mod library;
mod quoted;
mod assemble;
mod group;
mod reading;
mod error;
mod ledger;
mod plan;
mod toml_text;
mod tables;
mod edit;
mod changes;
mod add;
mod to_pack;
mod summary;

pub use changes::{Added, Written};
pub use error::DraftError;
pub use ledger::{Decided, DraftLedger};
pub use library::{Publisher, publisher, publishers};
pub use plan::{Draft, Drafting};
pub use reading::DraftFile;
pub use seen::LeftOut;
