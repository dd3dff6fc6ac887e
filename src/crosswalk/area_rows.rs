//! Lines that are placed by a lookup: by codes of other areas, or by postcodes.
//!
//! A full postcode may be where a person lives and works: what is shown of one that nobody knows is its
//! district.

use super::UnmappedCode;
use super::compile::Lookup;
use crate::axis::{AreaCodes, LocalityId, Placed, Postcode};
use crate::finding::{Finding, Position, Severity, masked};
use crate::money::Pence;
use crate::text::counted;

/// Where codes of a lookup are, with rows of a crosswalk before it.
pub(super) struct AreaRows<'a> {
    rows: &'a Lookup<Placed<LocalityId>>,
    areas: &'a AreaCodes,
}

impl<'a> AreaRows<'a> {
    pub(super) fn new(rows: &'a Lookup<Placed<LocalityId>>, areas: &'a AreaCodes) -> Self {
        Self { rows, areas }
    }

    /// What is left to be said of a code that is found nowhere.
    pub(super) fn without_rows(&self) -> Lookup<Placed<LocalityId>> {
        match self.rows {
            Lookup::Always(place) => Lookup::Always(*place),
            Lookup::Crosswalk { otherwise, .. } | Lookup::Code { otherwise } => Lookup::Code {
                otherwise: *otherwise,
            },
        }
    }

    /// The place of a code: by a row of its own, by the lookup, or by a row for the sector or the
    /// district of a postcode that the lookup does not know.
    pub(super) fn find(&self, text: &str) -> Option<Placed<LocalityId>> {
        let row = |text: &str| match self.rows {
            Lookup::Crosswalk { codes, .. } => codes.get(text).copied(),
            _ => None,
        };
        let wider = || {
            let code = Postcode::new(text).filter(|_| self.areas.is_of_postcodes())?;
            let wider = [Some(code), code.sector(), Some(code.district())];
            (wider.into_iter().flatten()).find_map(|code| row(&code.to_string()))
        };
        row(text).or_else(|| self.areas.find(text)).or_else(wider)
    }
}

/// What may be shown of a text among postcodes: its district, or a text with its letters masked.
pub(super) fn district_shown(text: &str) -> String {
    match Postcode::new(text) {
        Some(code) => code.district().to_string(),
        None => masked(text),
    }
}

/// Codes that are shown alike as one, where its first stood.
pub(super) fn alike_together(all: Vec<(UnmappedCode, Position)>) -> Vec<(UnmappedCode, Position)> {
    let mut numbers = std::collections::HashMap::new();
    let mut together: Vec<(UnmappedCode, Position)> = Vec::with_capacity(all.len());
    for (code, at) in all {
        let number = *numbers
            .entry((code.axis, code.code.clone()))
            .or_insert(together.len());
        match together.get_mut(number) {
            Some((known, first)) => {
                known.lines += code.lines;
                // A ledger's total is whole pence, and so is each part of it.
                known.pence = Pence::total([known.pence, code.pence]).unwrap_or_default();
                if at.line < first.line && at.file == first.file {
                    *first = at;
                }
            }
            None => together.push((code, at)),
        }
    }
    together
}

/// Money under a code that a lookup does not have.
pub(super) fn not_in_lookup(
    unmapped: &UnmappedCode,
    first: Position,
    lookup: &str,
    areas: &AreaCodes,
) -> Finding {
    let (what, remedy) = if areas.is_of_postcodes() {
        (
            "postcodes in ",
            "take an edition that has them, let the lookup fall back on their sector with `fallback`",
        )
    } else {
        (
            "",
            "correct the code, take an edition of the lookup that has it",
        )
    };
    Finding {
        rule: "not-in-lookup".to_owned(),
        severity: Severity::Notice,
        position: first.column(unmapped.axis),
        found: format!(
            "lookup `{lookup}` does not have {what}`{}` of ledger `{}` ({})",
            unmapped.code,
            unmapped.ledger,
            counted(unmapped.lines, "line"),
        ),
        at_stake: Some(unmapped.pence),
        remedy: format!(
            "the money is kept as unmapped; {remedy}, add a row for `{}` to the crosswalk, or write down `otherwise`",
            unmapped.code
        ),
    }
}
