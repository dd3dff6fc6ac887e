//! One page for a pack and its files: what was found, what is missing, and what matches nothing.
//!
//! In: a [`PlaceAccount`], or a [`Place`] of which some files cannot be read. Out: a [`Check`], small
//! tables that an analyst looks at before any figure is believed:
//!
//! | It tells | In |
//! |---|---|
//! | files read, lines, pounds, credits, rejected rows; which heading each file used and lacks | [`LedgerCheck`] |
//! | months × ledgers, and the months that are not there | [`MonthsCheck`] |
//! | control totals met and missed | [`ControlCheck`] |
//! | ledgers and files whose signs look turned round | [`SignCheck`] |
//! | how much is on no member of each axis, and why | [`Unplaced`] |
//! | rules of the pack that no line meets | [`IdleRule`] |
//! | findings, those of one rule in one column of one file once | [`FindingGroup`] |
//!
//! Of a pack that does not open [`PackFaults`] tells every fault, and with which to begin.
//!
//! A check changes nothing and decides nothing: every figure of it is a count of what the account
//! holds already. [`Summary`] is its one line, with which every program ends.
//!
//! # Example
//!
//! ```
//! use wholeplace::check::Check;
//! use wholeplace::{Place, PlaceAccount};
//! let place = Place::open("examples/data/partners")?;
//! let check = Check::of(&PlaceAccount::load(&place)?);
//! assert!(!check.any_fault());
//! assert_eq!(
//!     check.summary.to_string(),
//!     "5 ledgers, 25 of 25 months, no control totals, all £ placed by activity"
//! );
//! println!("{check}");
//! # Ok::<(), wholeplace::Error>(())
//! ```
#![deny(missing_docs)]
#![deny(clippy::float_arithmetic)]

mod share;
mod counted_lines;
mod ledgers;
mod months;
mod controls;
mod signs;
mod unplaced;
mod idle_rules;
mod summary;
mod pack_faults;
mod tables;

pub use controls::ControlCheck;
pub use idle_rules::IdleRule;
pub use ledgers::{ColumnCheck, FileCheck, LedgerCheck, LineSums};
pub use months::{LedgerMonthsCheck, MonthCheck, MonthState, MonthsCheck};
pub use pack_faults::PackFaults;
pub use share::Share;
pub use signs::SignCheck;
pub use summary::Summary;
pub use unplaced::{InGap, Unplaced};

use crate::account::{AccountError, NotRead, PlaceAccount};
use crate::finding::{FindingGroup, Findings};
use crate::ledger::OnProgress;
use crate::place::Place;
use counted_lines::CountedLines;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

/// What there is to tell of a pack and its files.
///
/// Prints as the tables of a page; serialises for programs, with every row of every group of
/// findings.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Check {
    /// Name of the place.
    pub place: String,
    /// All of it in one line.
    pub summary: Summary,
    /// Files and ledgers that could not be read.
    pub not_read: Vec<NotRead>,
    /// Each ledger with its files, in the order of the pack.
    pub ledgers: Vec<LedgerCheck>,
    /// Of which months they have lines.
    pub months: MonthsCheck,
    /// Each control total.
    pub controls: Vec<ControlCheck>,
    /// The signs of each ledger, and of files that differ from the others of theirs.
    pub signs: Vec<SignCheck>,
    /// What is on no member, by ledger and axis.
    pub unplaced: Vec<Unplaced>,
    /// What the pack says and no line meets.
    pub idle: Vec<IdleRule>,
    /// Faults, then notices; those with most money first.
    pub findings: Vec<FindingGroup>,
    #[serde(skip)]
    any_fault: bool,
}

impl Check {
    /// Checks an account.
    #[must_use]
    pub fn of(account: &PlaceAccount) -> Self {
        Self::with_not_read(account, Vec::new())
    }

    /// Reads all ledgers of a place as far as they can be read, and checks what there is: a file
    /// that cannot be read is told, and keeps nobody from the rest. The account is that of the files
    /// which could be read.
    ///
    /// # Errors
    ///
    /// [`AccountError::Money`] when the account is larger than 64 bits of pence.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::check::Check;
    /// use wholeplace::Place;
    /// let place = Place::open("examples/data/partners")?;
    /// let (check, account) = Check::read(&place)?;
    /// assert!(check.not_read.is_empty());
    /// assert_eq!(check.ledgers.len(), account.ledgers().len());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn read(place: &Arc<Place>) -> Result<(Self, PlaceAccount), AccountError> {
        Self::read_with(place, &|_| ())
    }

    /// [`Check::read`], telling how far it is as [`PlaceAccount::load_with`] does.
    ///
    /// # Errors
    ///
    /// As [`Check::read`].
    pub fn read_with(
        place: &Arc<Place>,
        progress: &OnProgress<'_>,
    ) -> Result<(Self, PlaceAccount), AccountError> {
        let (account, not_read) = PlaceAccount::load_readable(place, progress)?;
        Ok((Self::with_not_read(&account, not_read), account))
    }

    fn with_not_read(account: &PlaceAccount, not_read: Vec<NotRead>) -> Self {
        let counted = CountedLines::of(account);
        let months = MonthsCheck::of(account);
        let controls = controls::controls(account);
        let unplaced = unplaced::unplaced(account, &counted);
        let summary = Summary::from_parts(account, &not_read, &months, &controls, &unplaced);
        Self {
            place: account.place().name().to_owned(),
            summary,
            not_read,
            ledgers: account.ledgers().iter().map(LedgerCheck::of).collect(),
            months,
            controls,
            signs: signs::signs(account),
            unplaced,
            idle: idle_rules::idle_rules(account, &counted),
            findings: faults_first(account.findings()),
            any_fault: account.findings().any_fault(),
        }
    }

    /// Whether something was refused, or could not be read; a control total that is missed is a
    /// fault too.
    #[must_use]
    pub fn any_fault(&self) -> bool {
        self.any_fault || !self.not_read.is_empty()
    }

    /// The check as JSON.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::check::Check;
    /// use wholeplace::{Place, PlaceAccount};
    /// let place = Place::open("examples/data/partners")?;
    /// let text = Check::of(&PlaceAccount::load(&place)?).to_json();
    /// assert!(text.contains("\"ledger\": \"pcc\""));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn to_json(&self) -> String {
        // Texts and numbers alone always serialise.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        tables::write(self, f)
    }
}

/// Groups of findings: faults before notices, and most money first among each.
fn faults_first(findings: &Findings) -> Vec<FindingGroup> {
    let mut groups = findings.grouped();
    groups.sort_by_key(FindingGroup::severity);
    groups
}
