//! One account of what all partners spend in a place, by activity, audience and locality.
//!
//! For finance and intelligence analysts of councils, police, NHS, fire, probation and voluntary
//! bodies who must account for a *place* instead of for departments. Partners' real files go in;
//! out comes one conserved account, which answers questions to the penny, says how each pound is
//! known, and shows the ledger lines behind it.
//!
//! ```
//! use wholeplace::{Ages, Boundary, Cube, Phase, Place, PlaceAccount};
//!
//! let place = Place::open("examples/data/shropshire")?;
//! let account = PlaceAccount::load(&place)?;
//! let cube = Cube::build(&account)?;
//!
//! let question = cube
//!     .ask()
//!     .activity("youth-justice")
//!     .ages(Ages::new(10, 17)?)
//!     .locality("ludlow")
//!     .period("2017-18".parse()?)
//!     .phase(Phase::Outturn)
//!     .boundary(Boundary::AllPartners);
//! let answer = question.answer()?;
//! assert_eq!(answer.total.amount.to_string(), "£4,236.66");
//! assert_eq!(answer.total.composition.in_words(), "all population");
//! assert!(answer.reconciliation.holds());
//!
//! println!("{answer}");
//! println!("{}", question.explain(None, &account)?);
//! # Ok::<(), wholeplace::Error>(())
//! ```
//!
//! # Five nouns
//!
//! - A **pack** describes a place: its localities, activities and partners, their ledgers, and what the codes in
//!   them mean here. Opened and checked it is a [`Place`].
//! - The **account**, a [`PlaceAccount`], holds every line of every ledger of the place, and a
//!   [`Reconciliation`] of each step from the files to its total; what is wrong in the files is among its
//!   [`Findings`].
//! - The **cube**, a [`Cube`], is the same money, grouped so that questions are answered quickly.
//! - A **question**, a [`Question`], says which members of which axes, in which [`Period`] and [`Phase`], inside
//!   which [`Boundary`], and [by](By) what its rows are told apart. Nothing that changes a figure has a default.
//! - The **answer**, an [`Answer`], has a [`Figure`] for each row and for the total: whole [`Pence`], how they
//!   are known, and what stands beside them. It leaves the house as a [`Released`] value, with a reason.
//!
//! These names stand at the root of the crate, with [`Ages`], [`Finding`] and [`enum@Error`]; everything else in
//! the module of its stage.
//!
//! # Five questions, and where they are answered
//!
//! | Question | Module |
//! |---|---|
//! | What are we counting in? | [`money`], [`statistic`], [`finding`], [`axis`], [`price`], [`reconciliation`], [`table`] |
//! | What did partners write down, and what does it mean here? | [`sheet`], [`ledger`], [`counterparty`], [`crosswalk`], [`driver`], [`place`] |
//! | What did the place spend? | [`account`], [`worklist`], [`draft`], [`cube`], [`lake`] |
//! | What changed for people? | [`indicator`], [`linkage`] |
//! | Is it worth doing? | [`appraisal`] |
//! | What is planned, and in which buildings? | [`register`], [`place_plan`], [`premises`] |
//! | What did partners agree to reach, and what are they short of? | [`agreement`], [`medium_term`] |
//! | What may we show, and how? | [`disclosure`], [`families`], [`report`] |
//!
//! A module uses only those that stand before it in this list; a test holds it to that.
//!
//! # One pound, from file to page
//!
//! ```text
//! partner files ─► Ledger ─► MappedLedger ─► PlaceAccount ─► Cube ─► Answer ─► Released ─► report
//!                   ledger    crosswalk       account         cube    ask       disclosure
//! ```
//!
//! Outcomes come beside it, never through it:
//!
//! ```text
//! published figures ─► Indicators ─┐
//!                       indicator  ├─► SideBySide, Effect, Comparison
//!                     Cube ────────┘    linkage: a stated lag, and no claim of a cause
//! ```
//!
//! Every arrow of money keeps a [reconciliation](reconciliation::Reconciliation): in, out, and each named
//! difference.
//!
//! # What this crate does not do
//!
//! It does not print, read the clock or the environment, or panic on what is in a file. It does not
//! guess who is paid: counterparties are recognised by rules that a pack writes down. It claims no
//! cause: spending stands beside outcome, and what is said of a change is what its evidence bears. It applies no
//! disclosure rule yet: what is shown is released for internal use, with a reason.
//!
//! # Panics of other crates
//!
//! The crates that read workbooks and Parquet panic on some damaged files, although files are checked before
//! they are called. Such a panic is caught and becomes an error of the file. Two things are left to your program:
//!
//! - The process's panic hook, which prints a trace before anything is caught. This crate leaves it as it is; a
//!   program may set one that is quiet, as `examples/common/ending.rs` does.
//! - `panic = "abort"`: nothing can be caught then, and a damaged file ends the process. Build with unwinding, which
//!   is the default, or read files that nobody has looked at in a process of their own.
//!
//! # Features
//!
//! None. The [`polars`] it was built with is re-exported, because answers can be had as its data
//! frames.

// A library does not print, and a fault in data is never a panic. Examples and tests may.
#![deny(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::expect_used
)]

mod text;
mod whole_file;
pub mod money;
pub mod statistic;
pub mod finding;
pub mod axis;
pub mod price;
pub mod reconciliation;
pub mod table;
pub mod sheet;
pub mod ledger;
pub mod counterparty;
pub mod crosswalk;
pub mod driver;
pub mod place;
pub mod account;
pub mod worklist;
pub mod check;
pub mod draft;
pub mod cube;
pub mod lake;
pub mod variance;
pub mod indicator;
pub mod linkage;
pub mod register;
pub mod place_plan;
pub mod premises;
pub mod appraisal;
pub mod agreement;
pub mod medium_term;
pub mod disclosure;
pub mod families;
pub mod report;
#[cfg(test)]
mod reference;
mod error;

pub use account::{Boundary, PlaceAccount};
pub use axis::{Ages, Period, Phase};
pub use cube::{Answer, By, Cube, Figure, Question};
pub use disclosure::Released;
pub use error::Error;
pub use finding::{Finding, Findings};
pub use money::Pence;
pub use place::Place;
pub use reconciliation::Reconciliation;

pub use polars;

/// The longer documents, so that what they say is found here too.
pub mod documents {
    #[doc = include_str!("../GUIDE.md")]
    pub mod guide {}
    #[doc = include_str!("../RECIPES.md")]
    pub mod recipes {
        #[doc = include_str!("place/recipes.md")]
        pub mod geography {}
    }
    #[doc = include_str!("../REFERENCE.md")]
    pub mod reference {}
    #[doc = include_str!("../ARCHITECTURE.md")]
    pub mod architecture {}
    #[doc = include_str!("../DESIGN.md")]
    pub mod design {}
    #[doc = include_str!("../METHODS.md")]
    pub mod methods {}
    #[doc = include_str!("../PUBLISHING.md")]
    pub mod publishing {}
    #[doc = include_str!("../DEPLOYMENT.md")]
    pub mod deployment {}
    #[doc = include_str!("../CHANGELOG.md")]
    pub mod changelog {}
    #[doc = include_str!("../FINDINGS.md")]
    pub mod findings {}
}

/// The program of the README, run as a test.
#[doc = include_str!("../README.md")]
#[cfg(doctest)]
pub struct Readme;
