//! Ledgers, and the codes that partners wrote, as axes of a table.
//!
//! A cube holds neither: it was grouped by what codes mean. The lines of the account have both, and what
//! questions take of a line is the same whether it is one of a hundred in a record or alone.

use super::cell::Cell;
use crate::account::PlaceAccount;
use crate::axis::Suggestions;
use crate::crosswalk::{MappedLedger, district_shown};
use crate::cube::ask::error::AskError;
use crate::finding::masked;
use crate::ledger::{CodeColumn, LineRef, names_payees};
use crate::place::LedgerPlan;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

/// The account whose lines a question may tell apart.
#[derive(Clone, Copy)]
pub struct Lines<'q>(pub &'q PlaceAccount);

impl fmt::Debug for Lines<'_> {
    /// A million lines help nobody.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} lines of an account", self.0.line_count())
    }
}

/// The ledgers of an account, by their places in it.
#[derive(Clone, Debug)]
pub struct Ledgers {
    /// Code and name of each.
    names: Vec<(String, String)>,
}

impl Ledgers {
    pub fn of(account: &PlaceAccount) -> Arc<Self> {
        let plans = account.place().ledgers();
        let name = |mapped: &MappedLedger| {
            let id = mapped.ledger().id();
            let plan = plans.iter().find(|plan| plan.id == id);
            (id.to_owned(), plan.map_or(id, |plan| &plan.name).to_owned())
        };
        Arc::new(Self {
            names: account.ledgers().iter().map(name).collect(),
        })
    }

    /// Code and name of the ledger of a cell.
    pub fn at(&self, number: u32) -> (&str, &str) {
        let found = self.names.get(number as usize);
        found.map_or(("", ""), |(code, name)| (code, name))
    }
}

/// What a ledger says of a line under one code name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnCode {
    Text(String),
    /// The cell was left empty, or its file has no such column.
    Empty,
    /// The layout of the ledger names no such code.
    NotNamed,
}

/// The codes of one name in all ledgers of an account.
#[derive(Clone, Debug)]
pub struct OwnCodes {
    name: String,
    /// In order; their cells are their places.
    codes: Vec<OwnCode>,
    /// For each ledger the cell of each of its texts, by their numbers; none where its layout names no such
    /// code.
    of_ledger: Vec<Option<Vec<Cell>>>,
    /// Whether the letters of some are hidden.
    masked: bool,
}

impl OwnCodes {
    /// # Errors
    ///
    /// [`AskError::NoSuchCode`] for a name that no layout has.
    pub fn of(account: &PlaceAccount, name: &str) -> Result<Arc<Self>, AskError> {
        let known: BTreeSet<&str> = (account.ledgers().iter())
            .flat_map(|mapped| mapped.ledger().code_names())
            .collect();
        if !known.contains(name) {
            return Err(AskError::NoSuchCode {
                found: name.to_owned(),
                instead: Suggestions::of(name, known),
            });
        }
        let plan = |mapped: &MappedLedger| -> Option<&LedgerPlan> {
            let mut plans = account.place().ledgers().iter();
            plans.find(|plan| plan.id == mapped.ledger().id())
        };
        let mut some_masked = false;
        // What cells say, ledger by ledger.
        let mut texts: Vec<Option<Vec<OwnCode>>> = Vec::new();
        for mapped in account.ledgers() {
            let ledger = mapped.ledger();
            if !ledger.code_names().any(|own| own == name) {
                texts.push(None);
                continue;
            }
            let plan = plan(mapped);
            let districts = plan.is_some_and(|plan| {
                let crosswalk = &plan.crosswalk;
                crosswalk.shows_districts(name, &plan.layout)
            });
            let hidden = plan.is_none_or(|plan| {
                let layout = &plan.layout;
                let columns = layout.codes.get(name).into_iter().flatten();
                let mut headings = columns.flat_map(CodeColumn::headings);
                layout.may_hold_payees(name) || headings.any(|heading| names_payees(heading))
            });
            let code = |text: &String| match text.as_str() {
                "" => OwnCode::Empty,
                text if hidden => OwnCode::Text(masked(text)),
                // A full postcode may be where a person lives.
                text if districts => OwnCode::Text(district_shown(text)),
                text => OwnCode::Text(text.to_owned()),
            };
            some_masked |= hidden && !ledger.code_texts(name).is_empty();
            texts.push(Some(ledger.code_texts(name).iter().map(code).collect()));
        }
        let all: BTreeSet<&OwnCode> = (texts.iter().flatten().flatten())
            .chain([&OwnCode::NotNamed])
            .collect();
        let cells: BTreeMap<&OwnCode, Cell> =
            (all.iter().copied()).zip((0..).map(Cell::member)).collect();
        let of_ledger = (texts.iter())
            .map(|texts| {
                let cells = texts.as_ref()?.iter().map(|code| cells[code]);
                Some(cells.collect())
            })
            .collect();
        Ok(Arc::new(Self {
            name: name.to_owned(),
            of_ledger,
            masked: some_masked,
            codes: all.into_iter().cloned().collect(),
        }))
    }

    /// The name by which layouts call these codes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether the letters of some are hidden.
    pub fn are_masked(&self) -> bool {
        self.masked
    }

    /// The cell of a line of the ledger at that place of the account.
    pub fn cell(&self, ledger: usize, line: &LineRef<'_>) -> Cell {
        let cells = self.of_ledger.get(ledger).and_then(Option::as_ref);
        let cell = cells.and_then(|cells| cells.get(line.code_id(&self.name)? as usize).copied());
        // That no name is there stands behind all texts.
        let last = u32::try_from(self.codes.len() - 1).unwrap_or(0);
        cell.unwrap_or(Cell::member(last))
    }

    /// What the cell of that number says.
    pub fn at(&self, number: u32) -> &OwnCode {
        self.codes
            .get(number as usize)
            .unwrap_or(&OwnCode::NotNamed)
    }
}
