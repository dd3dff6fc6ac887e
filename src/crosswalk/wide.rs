//! The wide form of a crosswalk: one row a code, a column an axis, as people fill it in.
//!
//! *For example*, of a sheet with the columns `ledger`, `code`, `activity`, `ages` and `locality`, the row
//!
//! ```text
//! paid,Y1,youth-work 60; schools 40; judgement,10-17,
//! ```
//!
//! is three rows of the long form: two parts of a mix of activities, and one for ages. Nothing is filled
//! in for the locality, so there is no row for it; a row with nothing filled in is not done yet.
//!
//! A cell holds the code of a member, or its name where only one member has it, or the reason for a
//! gap (`unknown`, or `gap: unknown`), or, for activities, places and tags, several of them with `;`
//! between.

use super::names::{MemberNames, Named};
use super::not_spending::hyphenated;
use super::{CrosswalkRow, NotSpending};
use crate::axis::{Evidence, Gap};
use crate::finding::{Finding, Findings, Position};
use crate::money::parse_number;
use crate::sheet::{marked, unmarked};
use std::collections::BTreeMap;

/// One row of a wide crosswalk as a pack writes it down.
#[derive(Clone, Debug, Default)]
pub struct WideRow {
    /// The ledger whose code it is.
    pub ledger: String,
    /// Which codes of the ledger it is about, where it looks several columns up: their name in the
    /// layout, or the heading of their column. Empty where that is clear.
    pub of: String,
    /// The partner's code; `*` stands for any letters.
    pub code: String,
    /// What it means on each axis that is filled in.
    pub cells: BTreeMap<&'static str, String>,
    /// Its weight among the rows of the same code that name other activities.
    pub weight: String,
    /// How the weights are known.
    pub class: String,
    /// Why it is not spending; empty if it is.
    pub not_spending: String,
    /// A remark; the reason in words where `not_spending` is `other`.
    pub note: String,
    /// Where this stands.
    pub position: Position,
}

impl WideRow {
    /// Whether it says nothing at all: a blank row, or one with a remark only.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let texts = [&self.ledger, &self.code, &self.not_spending];
        texts
            .into_iter()
            .chain(self.cells.values())
            .all(String::is_empty)
    }
}

/// A code that a crosswalk says is not spending.
#[derive(Clone, Debug)]
pub struct NotSpendingRow {
    /// The code, its ledger and where it stands.
    pub row: CrosswalkRow,
    /// Why.
    pub reason: NotSpending,
    /// Why, in words; only where the reason is [`NotSpending::Other`].
    pub note: String,
}

/// All rows of the crosswalks of a pack.
#[derive(Clone, Debug, Default)]
pub struct CrosswalkRows {
    /// A row a code and axis.
    pub placed: Vec<CrosswalkRow>,
    /// Codes that are not spending.
    pub not_spending: Vec<NotSpendingRow>,
    /// Codes that somebody has yet to fill in.
    pub unfilled: Vec<CrosswalkRow>,
}

impl CrosswalkRows {
    /// The ledger that each row names, with its place.
    pub(crate) fn ledgers(&self) -> impl Iterator<Item = (&str, &Position)> {
        let rows = self.placed.iter().chain(&self.unfilled);
        let rows = rows.chain(self.not_spending.iter().map(|row| &row.row));
        rows.map(|row| (row.ledger.as_str(), &row.position))
    }

    /// Adds what a row of the wide form says. `heading` gives the heading of a field, for messages.
    pub(crate) fn spread(
        &mut self,
        row: &WideRow,
        names: &MemberNames<'_>,
        heading: impl Fn(&str) -> String,
        findings: &mut Findings,
    ) {
        let at = |field: &str| row.position.clone().column(heading(field));
        let spread = CrosswalkRow {
            ledger: row.ledger.clone(),
            of: row.of.clone(),
            code: row.code.clone(),
            is_marked: is_marked(&row.code),
            ..CrosswalkRow::default()
        };
        // The weight of a row is that of its activity, or of its place where it has no activity.
        let weighted = match row.cells.get("activity").map(String::as_str) {
            None | Some("") => "locality",
            Some(_) => "activity",
        };
        let mut filled = false;
        for (&axis, text) in row.cells.iter().filter(|(_, text)| !text.is_empty()) {
            filled = true;
            let cell = Cell { axis, text, names };
            match cell.parts() {
                Ok(parts) => {
                    for part in parts {
                        let or_of_row = |own: String, row: &String| match own.as_str() {
                            "" if axis == weighted => row.clone(),
                            _ => own,
                        };
                        self.placed.push(CrosswalkRow {
                            axis: axis.to_owned(),
                            to: part.to,
                            gap: part.gap,
                            weight: or_of_row(part.weight, &row.weight),
                            class: or_of_row(part.class, &row.class),
                            position: at(axis),
                            ..spread.clone()
                        });
                    }
                }
                Err((found, remedy)) => {
                    findings.push(Finding::fault(
                        "crosswalk-row-unclear",
                        at(axis),
                        found,
                        remedy,
                    ));
                }
            }
        }
        if !row.not_spending.is_empty() {
            filled = true;
            let placed = row
                .cells
                .get("activity")
                .is_some_and(|cell| !cell.is_empty());
            match row.not_spending.parse() {
                _ if placed => findings.push(Finding::fault(
                    "crosswalk-row-unclear",
                    at("not_spending"),
                    format!("`{}` is both on an activity and not spending", row.code),
                    "leave one of the two cells empty",
                )),
                Ok(NotSpending::Other) if row.note.is_empty() => findings.push(Finding::fault(
                    "exclusion-without-note",
                    at("not_spending"),
                    format!(
                        "`{}` is not spending for another reason, and no note says which",
                        row.code
                    ),
                    "say in the note why it is not spending",
                )),
                Ok(reason) => self.not_spending.push(NotSpendingRow {
                    row: CrosswalkRow {
                        position: at("not_spending"),
                        ..spread.clone()
                    },
                    reason,
                    note: match reason {
                        NotSpending::Other => row.note.clone(),
                        _ => String::new(),
                    },
                }),
                Err(found) => findings.push(Finding::fault(
                    "unknown-reason",
                    at("not_spending"),
                    found,
                    format!(
                        "write one of {}",
                        NotSpending::ALL.map(NotSpending::name).join(", ")
                    ),
                )),
            }
        }
        if !filled {
            self.unfilled.push(CrosswalkRow {
                position: at("code"),
                ..spread
            });
        }
    }
}

/// Whether a code may have the mark that keeps a spreadsheet from changing it: `'007`.
fn is_marked(code: &str) -> bool {
    let bare = unmarked(code);
    bare != code && marked(bare) == code
}

/// A filled cell.
struct Cell<'a> {
    axis: &'static str,
    text: &'a str,
    names: &'a MemberNames<'a>,
}

/// One member, or gap, of a cell.
#[derive(Debug, Default)]
struct Part {
    to: String,
    gap: String,
    weight: String,
    class: String,
}

type CellFault = (String, &'static str);

impl Cell<'_> {
    /// What it says: one member or gap, or several.
    fn parts(&self) -> Result<Vec<Part>, CellFault> {
        let text = if is_marked(self.text) {
            unmarked(self.text)
        } else {
            self.text
        };
        if let Some(part) = self.meaning(text)? {
            return Ok(vec![part]);
        }
        let pieces: Vec<&str> = (text.split(';'))
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .collect();
        match self.axis {
            "activity" | "locality" => self.mix(&pieces),
            "tag" if pieces.len() > 1 => (pieces.iter())
                .map(|piece| Ok(self.meaning(piece)?.unwrap_or_else(|| member(piece))))
                .collect(),
            _ => Ok(vec![member(text)]),
        }
    }

    /// `youth-work 60; social-care 40; judgement`
    fn mix(&self, pieces: &[&str]) -> Result<Vec<Part>, CellFault> {
        let class = |piece: &str| {
            let word = hyphenated(piece);
            Evidence::ALL.into_iter().find(|class| class.name() == word)
        };
        let (classes, members): (Vec<&str>, Vec<&str>) =
            (pieces.iter()).partition(|piece| class(piece).is_some());
        let class = match classes.as_slice() {
            [] => String::new(),
            [one] => class(one).map_or("", Evidence::name).to_owned(),
            _ => {
                return Err((
                    format!(
                        "`{}` says more than once how its weights are known",
                        self.text
                    ),
                    "leave one of judgement, population and driver",
                ));
            }
        };
        if members.is_empty() {
            return Err((
                format!("`{}` says how a weight is known, and of nothing", self.text),
                "write the members with their weights before it",
            ));
        }
        (members.iter())
            .map(|piece| {
                // `Area 7` may be meant as a name, and only be unknown.
                let may_be_weighted =
                    |name: &str| members.len() > 1 || !matches!(self.meaning(name), Ok(None));
                let weighted = piece
                    .rsplit_once(char::is_whitespace)
                    .and_then(|(name, weight)| {
                        let number = weight.trim_end_matches('%');
                        let is_weight = parse_number(number).is_ok();
                        let name = name.trim_end();
                        (is_weight && may_be_weighted(name)).then_some((name, number))
                    });
                let (name, weight) = weighted.unwrap_or((piece, ""));
                Ok(Part {
                    weight: weight.to_owned(),
                    class: class.clone(),
                    ..self.meaning(name)?.unwrap_or_else(|| member(name))
                })
            })
            .collect()
    }

    /// The member or gap that a text means by itself; nothing if it means none.
    fn meaning(&self, text: &str) -> Result<Option<Part>, CellFault> {
        if self.names.is_code(self.axis, text) {
            return Ok(Some(member(text)));
        }
        let said = text
            .split_once(':')
            .filter(|(word, _)| word.trim().eq_ignore_ascii_case("gap"));
        if let Some((_, reason)) = said {
            return Ok(Some(gap(&hyphenated(reason))));
        }
        if self.axis != "tag" && Gap::ALL.into_iter().any(|gap| gap.name() == text) {
            return Ok(Some(gap(text)));
        }
        match self.names.named(self.axis, text) {
            Named::One(code) => Ok(Some(member(&code))),
            Named::Several(codes) => Err((
                format!(
                    "`{text}` is the name of several members: {}",
                    codes.join(", ")
                ),
                "write the code of the one that is meant",
            )),
            Named::Nobody => {
                let word = hyphenated(text);
                let meant =
                    self.axis != "tag" && Gap::ALL.into_iter().any(|gap| gap.name() == word);
                Ok(meant.then(|| gap(&word)))
            }
        }
    }
}

fn member(text: &str) -> Part {
    Part {
        to: text.to_owned(),
        ..Part::default()
    }
}

fn gap(reason: &str) -> Part {
    Part {
        gap: reason.to_owned(),
        ..Part::default()
    }
}

/// A code as a row writes it, in the forms in which data may have it.
pub(super) fn unmarked_code(row: &CrosswalkRow) -> Option<&str> {
    row.is_marked.then(|| unmarked(&row.code))
}
