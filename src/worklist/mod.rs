//! What is still to be done: codes of partners that nobody has placed yet, most money first.
//!
//! In: a [`PlaceAccount`](crate::PlaceAccount). Out: a [`Worklist`], one row a code, with its lines and
//! pounds, where it first stands, and the mapped code that looks most like it. As a workbook it has a
//! drop-down for each member of the pack. The filled sheet *is* the crosswalk: name it in a
//! `[[crosswalk]]` of the pack, in either of its forms, and there is nothing to convert.
//!
//! [`CodeSheet`] is the same sheet without an account, for programs that write packs.
//! A [`Template`] is an empty table of a pack, with drop-downs of what may stand in it.
//!
//! **Invariant:** no row and no file holds the letters of a payee.
//!
//! # Example: the list of a pack, as CSV
//!
//! ```
//! use wholeplace::worklist::Worklist;
//! use wholeplace::{Place, PlaceAccount};
//! let account = PlaceAccount::load(&Place::open("examples/data/partners")?)?;
//! let list = Worklist::of(&account);
//! assert!(list.sheet().rows().is_empty(), "every code of this pack is placed");
//! assert_eq!(
//!     list.sheet().to_csv(),
//!     "ledger,code,lines,pounds,running per cent,first file and line,nearest mapped code,\
//!      activity,ages,group,locality,not spending,note\n"
//! );
//! # Ok::<(), wholeplace::Error>(())
//! ```

mod error;
mod choices;
mod code_sheet;
mod workbook;
mod template;
mod nearest;
mod list;

pub use choices::{Choice, Choices};
pub use code_sheet::{CodeRow, CodeSheet};
pub use error::WorklistError;
pub use list::Worklist;
pub use template::Template;
