//! Lines that are placed by a lookup: by codes of other areas, or by postcodes.
//!
//! A full postcode may be where a person lives and works: what is shown of one that nobody knows is its
//! district.

use super::UnmappedCode;
use super::codes::Meaning;
use super::compile::Lookup;
use crate::axis::{AreaCodes, LocalityId, Placed, Postcode};
use crate::finding::{Finding, Severity, masked};
use crate::money::Pence;
use crate::text::counted;
use std::collections::{HashMap, HashSet};

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
            Lookup::Crosswalk { codes, .. } => match codes.find(text) {
                Meaning::Exact(place) | Meaning::Pattern(place, _) => Some(place),
                Meaning::Tie(_) | Meaning::Unknown => None,
            },
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
pub(crate) fn district_shown(text: &str) -> String {
    match Postcode::new(text) {
        Some(code) => code.district().to_string(),
        None => masked(text),
    }
}

/// Whether a text is a postcode, a sector or a district.
pub(super) fn is_postcode(text: &str) -> bool {
    Postcode::new(text).is_some()
}

/// The postcodes of a ledger as they are written in full, with their sectors and districts: what a row
/// of a crosswalk may name to place them.
pub(super) fn wider_codes(texts: &[String]) -> HashSet<String> {
    let codes = texts.iter().filter_map(|text| Postcode::new(text));
    let each = codes.flat_map(|code| [Some(code), code.sector(), Some(code.district())]);
    each.flatten().map(|code| code.to_string()).collect()
}

/// Codes that are shown alike as one, where its first stood; each with the patterns that tie for it.
pub(super) fn alike_together(
    all: Vec<(UnmappedCode, &[String])>,
) -> Vec<(UnmappedCode, &[String])> {
    let mut numbers = HashMap::new();
    let mut together: Vec<(UnmappedCode, &[String])> = Vec::with_capacity(all.len());
    for (code, rivals) in all {
        let number = *numbers
            .entry((code.axis, code.code.clone()))
            .or_insert(together.len());
        match together.get_mut(number) {
            Some((known, _)) => {
                known.lines += code.lines;
                // A ledger's total is whole pence, and so is each part of it.
                known.pence = Pence::total([known.pence, code.pence]).unwrap_or_default();
                if code.first.line < known.first.line && code.first.file == known.first.file {
                    known.first = code.first;
                }
            }
            None => together.push((code, rivals)),
        }
    }
    together
}

/// Money under a code that a lookup does not have.
pub(super) fn not_in_lookup(unmapped: &UnmappedCode, lookup: &str, areas: &AreaCodes) -> Finding {
    let (code, ledger) = (&unmapped.code, &unmapped.ledger);
    let lines = counted(unmapped.lines, "line");
    let postcodes = areas.is_of_postcodes();
    let (found, remedy) = match (code.as_str(), postcodes) {
        ("", _) => (
            format!(
                "{lines} of ledger `{ledger}` have nothing to be looked up in lookup `{lookup}`"
            ),
            "write down `otherwise` or `otherwise_gap` for locality".to_owned(),
        ),
        (code, true) => (
            format!(
                "lookup `{lookup}` does not have postcodes in `{code}` of ledger `{ledger}` ({lines})"
            ),
            format!(
                "take an edition that has them, let the lookup fall back on their sector with `fallback`, \
                 add a row for `{code}` to the crosswalk, or write down `otherwise`"
            ),
        ),
        (code, false) => (
            format!("lookup `{lookup}` does not have `{code}` of ledger `{ledger}` ({lines})"),
            format!(
                "correct the code, take an edition of the lookup that has it, add a row for `{code}` to \
                 the crosswalk, or write down `otherwise`"
            ),
        ),
    };
    Finding {
        rule: "not-in-lookup".to_owned(),
        severity: Severity::Notice,
        position: unmapped.first.clone().column(unmapped.axis),
        found,
        at_stake: Some(unmapped.pence),
        remedy: format!("the money is kept as unmapped; {remedy}"),
    }
}
