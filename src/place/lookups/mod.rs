//! Lookups of a pack: codes of other areas, and postcodes, as localities of the place.
//!
//! | What | Where |
//! |---|---|
//! | which areas were merged or divided, and the localities that they are | `links` |
//! | how a number is divided by weights so that nothing is lost | `divide` |
//! | masses of other areas as masses of leaf areas | `masses` |
//! | files of 1.7 million postcodes, and sectors | `postcodes` |

mod divide;
mod links;
mod masses;
mod postcodes;

use super::spec::{LookupSpec, Normalise, Wider};
use crate::axis::{AreaCodes, Evidence};
use crate::driver::Driver;
use crate::finding::{Finding, Findings, Position};
pub(super) use links::{LinkRow, Links, left_out, unknown_areas};
pub(super) use masses::Translation;
pub(super) use postcodes::PostcodeFiles;
use std::sync::Arc;

/// One lookup of a pack.
pub(super) struct Lookup {
    pub code: String,
    pub at: Position,
    pub spec: LookupSpec,
    /// Of areas; empty for postcodes.
    pub links: Links,
    /// What its codes mean, once drivers are there to divide by.
    pub codes: Option<Arc<AreaCodes>>,
}

impl Lookup {
    /// Checks what a lookup says of itself.
    pub(super) fn new(spec: LookupSpec, at: Position, findings: &mut Findings) -> Self {
        let code = spec.code.clone();
        let mut unclear = |column: &str, found: String, remedy: &str| {
            let at = at.clone().column(column);
            findings.push(Finding::fault("lookup-unclear", at, found, remedy));
        };
        let weighs = [
            ("class", spec.class),
            (
                "fallback",
                spec.fallback.as_ref().map(|fallback| fallback.class),
            ),
        ];
        for (key, class) in weighs {
            if class == Some(Evidence::Direct) {
                let found = format!("lookup `{code}`: its weights have the class direct");
                unclear(
                    key,
                    found,
                    "what is divided by weights is of class population, driver or judgement",
                );
            }
        }
        let postcodes = spec.normalise == Some(Normalise::Postcode);
        if spec.by.is_some() && spec.class.is_none() {
            let found =
                format!("lookup `{code}` divides areas and does not say how its weights are known");
            unclear(
                "class",
                found,
                "write `class = \"population\"`, `\"driver\"` or `\"judgement\"`",
            );
        }
        let misplaced = [
            ("fallback", spec.fallback.is_some() && !postcodes, "areas"),
            ("level", spec.level.is_some() && postcodes, "postcodes"),
            ("by", spec.by.is_some() && postcodes, "postcodes"),
        ];
        for (key, _, of) in misplaced.into_iter().filter(|(_, there, _)| *there) {
            let found = format!("`{key}` means nothing in lookup `{code}`, which is one of {of}");
            unclear(key, found, "leave it out");
        }
        Self {
            code,
            at,
            spec,
            links: Links::default(),
            codes: None,
        }
    }

    pub(super) fn is_of_postcodes(&self) -> bool {
        self.spec.normalise == Some(Normalise::Postcode)
    }

    /// The driver by which it divides, if it names one that is there.
    pub(super) fn measure<'a>(&self, drivers: &'a [Driver]) -> Option<&'a Driver> {
        let code = self.spec.by.as_ref()?;
        drivers.iter().find(|driver| driver.code() == code)
    }
}

/// The lookup that a table or ledger names.
pub(super) fn named<'a>(
    lookups: &'a [Lookup],
    code: &str,
    at: &Position,
    findings: &mut Findings,
) -> Option<&'a Lookup> {
    let found = lookups.iter().find(|lookup| lookup.code == code);
    if found.is_none() {
        let known = lookups.iter().map(|lookup| lookup.code.as_str());
        findings.push(Finding::fault(
            "unknown-lookup",
            at.clone().column("lookup"),
            format!("`{code}` is not a lookup of this pack, or stands after what uses it"),
            crate::axis::name_one_of(code, "lookup", known),
        ));
    }
    found
}
