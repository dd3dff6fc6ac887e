//! Which other areas are which localities: left as they were, merged, divided, or neither.
//!
//! | Rows | What `from` is | Its money | Its masses |
//! |---|---|---|---|
//! | one `to`, no other `from` has it | the same area | on it | as they are |
//! | one `to`, others have it too | merged: part of it | on it | added up |
//! | several, each its own alone | divided: all of them | on all together, shared by the rules | divided by weights |
//! | several, others have some of them | neither | on each by weights | divided by weights |
//!
//! *For example*, of 193 small areas of 2011 in a county 186 are as they were in 2021, three are divided
//! over seven, and four are merged into two.

use super::divide::Divider;
use super::{Lookup, named};
use crate::axis::{
    Ages, AreaCodes, Composed, Gap, Leaves, Localities, LocalityId, LocalityMix, MemberRow, Placed,
};
use crate::driver::{Driver, Groups};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::money::parse_number;
use crate::text::{counted, counted_as, list};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// One row of a lookup of areas.
#[derive(Clone, Debug)]
pub(in crate::place) struct LinkRow {
    pub from: String,
    /// `None` for an area that the place does not have.
    pub to: Option<String>,
    pub weight: String,
    pub name: String,
    pub position: Position,
}

/// An area of the lookup.
#[derive(Clone, Debug)]
struct From {
    name: String,
    /// What it is now, with weights where the rows have them.
    to: Vec<(Option<String>, Option<Decimal>)>,
    position: Position,
}

/// What became of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Became {
    Same,
    Merged,
    Divided,
    /// Divided between areas that others have a part in, or beyond the place.
    Mixed,
    Elsewhere,
}

/// All areas of a lookup.
#[derive(Clone, Debug, Default)]
pub(in crate::place) struct Links {
    from: BTreeMap<String, From>,
    /// How many areas have a part in each locality.
    shared_by: BTreeMap<String, usize>,
}

/// Where the masses of an area go.
pub(in crate::place) enum Whereabouts<'a> {
    /// All of it to one locality.
    In(&'a str),
    /// By weights; `None` for what lies beyond the place.
    Over(Vec<(Option<&'a str>, u64)>),
    /// Beyond the place.
    Elsewhere,
    /// It would have to be divided, and nothing says how.
    Undivided(String),
    /// No row has it.
    Unknown,
}

impl Links {
    /// From rows; faults where a row says nothing, says it twice, or has a weight that is none.
    pub(in crate::place) fn new(rows: Vec<LinkRow>, findings: &mut Findings) -> Self {
        let mut links = Self::default();
        for row in rows {
            if row.from.is_empty() {
                findings.push(Finding::fault(
                    "no-code",
                    row.position.column("from"),
                    "a row of the lookup has no code".to_owned(),
                    "give it a code, or remove the row",
                ));
                continue;
            }
            let weight = match row.weight.as_str() {
                "" => None,
                text => match parse_number(text) {
                    Ok(weight) if !weight.is_sign_negative() && weight.normalize().scale() <= 6 => {
                        Some(weight)
                    }
                    _ => {
                        findings.push(Finding::fault(
                            "weight-not-a-number",
                            row.position.clone().column("weight"),
                            format!("`{}` is not a weight", crate::finding::masked(text)),
                            "write a number that is not negative, with at most 6 decimals",
                        ));
                        continue;
                    }
                },
            };
            let from = links.from.entry(row.from.clone()).or_insert_with(|| From {
                name: row.name.clone(),
                to: Vec::new(),
                position: row.position.clone(),
            });
            if row.to.is_some() && from.to.iter().any(|(known, _)| *known == row.to) {
                findings.push(Finding::fault(
                    "link-given-twice",
                    row.position,
                    format!(
                        "that `{}` lies in `{}` is said already",
                        row.from,
                        row.to.unwrap_or_default()
                    ),
                    "remove one of the two rows",
                ));
                continue;
            }
            if let Some(to) = &row.to {
                *links.shared_by.entry(to.clone()).or_default() += 1;
            }
            from.to.push((row.to, weight));
        }
        links
    }

    fn became(&self, from: &From) -> Became {
        let alone = |to: &str| self.shared_by.get(to) == Some(&1);
        match from.to.as_slice() {
            [(Some(to), _)] if alone(to) => Became::Same,
            [(Some(_), _)] => Became::Merged,
            several if several.iter().all(|(to, _)| to.is_none()) => Became::Elsewhere,
            several => {
                let all = several.iter().map(|(to, _)| to.as_deref());
                if all.into_iter().all(|to| to.is_some_and(alone)) {
                    Became::Divided
                } else {
                    Became::Mixed
                }
            }
        }
    }

    /// How many areas there are of each kind, if any is not as it was.
    pub(in crate::place) fn told(&self, lookup: &Lookup, divides: bool) -> Option<Finding> {
        let mut counts: BTreeMap<u8, Vec<&str>> = BTreeMap::new();
        for (code, from) in &self.from {
            counts
                .entry(self.became(from) as u8)
                .or_default()
                .push(code);
        }
        let of = |became: Became| counts.get(&(became as u8)).map_or(&[][..], Vec::as_slice);
        let shown = |codes: &[&str]| {
            let few = &codes[..codes.len().min(3)];
            list(few, codes.len() - few.len())
        };
        let mut said = Vec::new();
        let kinds = [
            (
                Became::Divided,
                "is divided over whole areas",
                "are divided over whole areas",
            ),
            (
                Became::Merged,
                "is merged with others",
                "are merged with others",
            ),
            (
                Became::Mixed,
                "is divided between areas that others have a part in",
                "are divided between areas that others have a part in",
            ),
        ];
        for (became, one, several) in kinds {
            let codes = of(became);
            // Areas that become localities are made of smaller ones as a matter of course.
            let expected = became == Became::Divided && lookup.spec.level.is_some();
            if !codes.is_empty() && !expected {
                let words = counted_as(codes.len(), one, several);
                said.push(format!("{words} ({})", shown(codes)));
            }
        }
        if !of(Became::Elsewhere).is_empty() {
            let words = counted_as(of(Became::Elsewhere).len(), "lies", "lie");
            said.push(format!("{words} beyond the place"));
        }
        if said.is_empty() {
            return None;
        }
        let undivided = !of(Became::Mixed).is_empty() && !divides;
        Some(Finding {
            rule: "areas-not-as-they-were".into(),
            severity: Severity::Notice,
            position: lookup.at.clone(),
            found: format!(
                "lookup `{}`: of {} {}",
                lookup.code,
                counted(self.from.len(), "area"),
                said.join(", ")
            ),
            at_stake: None,
            remedy: if undivided {
                "lines of areas that are divided between others stay unmapped; give each row a `weight`, or name a driver with `by`, and the `class` of the weights".into()
            } else {
                "money of areas that are divided lies in all their parts together, and sharing rules divide it; nothing is to be done".into()
            },
        })
    }

    /// The areas as members of a grouping of the localities.
    pub(in crate::place) fn members(
        &self,
        lookup: &Lookup,
        level: &str,
        findings: &mut Findings,
    ) -> Vec<MemberRow> {
        let vintage = lookup.spec.vintage.clone().unwrap_or_default();
        let mut rows = Vec::new();
        let mut parts_only = Vec::new();
        for (code, from) in &self.from {
            match self.became(from) {
                Became::Same | Became::Divided => {}
                Became::Merged | Became::Mixed => {
                    parts_only.push(code.as_str());
                    continue;
                }
                Became::Elsewhere => continue,
            }
            let name = if from.name.is_empty() {
                code
            } else {
                &from.name
            };
            rows.push(MemberRow {
                code: code.clone(),
                name: name.clone(),
                level: level.to_owned(),
                parent: String::new(),
                vintage: vintage.clone(),
                position: from.position.clone(),
            });
            let parent = if vintage.is_empty() {
                code.clone()
            } else {
                format!("{code}@{vintage}")
            };
            for to in from.to.iter().filter_map(|(to, _)| to.as_deref()) {
                let (code, vintage) = to.split_once('@').unwrap_or((to, ""));
                rows.push(MemberRow {
                    code: code.to_owned(),
                    vintage: vintage.to_owned(),
                    parent: parent.clone(),
                    position: from.position.clone(),
                    ..MemberRow::default()
                });
            }
        }
        if !parts_only.is_empty() {
            let few = &parts_only[..parts_only.len().min(5)];
            findings.push(Finding {
                rule: "area-is-no-locality".into(),
                severity: Severity::Notice,
                position: lookup.at.clone().column("level"),
                found: format!(
                    "lookup `{}`: {} of `{level}` can be no localities, because they are parts of areas that are one now: {}",
                    lookup.code,
                    counted(parts_only.len(), "area"),
                    list(few, parts_only.len() - few.len())
                ),
                at_stake: None,
                remedy: "a table by that level shows their money in its row for the rest; to show them, make the smaller areas the leaf areas of the place".into(),
            });
        }
        rows
    }

    /// Where the masses of an area go.
    pub(in crate::place) fn whereabouts<'a>(
        &'a self,
        code: &str,
        measure: Option<&Driver>,
        localities: &Localities,
    ) -> Whereabouts<'a> {
        let Some(from) = self.from.get(code) else {
            return Whereabouts::Unknown;
        };
        match (self.became(from), from.to.as_slice()) {
            (Became::Elsewhere, _) => Whereabouts::Elsewhere,
            (_, [(Some(to), _)]) => Whereabouts::In(to),
            _ => match weights(from, measure, localities) {
                Ok(weights) => {
                    let to = from.to.iter().map(|(to, _)| to.as_deref());
                    Whereabouts::Over(to.zip(weights).collect())
                }
                Err(why) => Whereabouts::Undivided(why),
            },
        }
    }

    /// What each code means to a ledger. What would have to be divided and has no weights is left out.
    pub(in crate::place) fn codes(
        &self,
        lookup: &Lookup,
        measure: Option<&Driver>,
        localities: &mut Localities,
    ) -> AreaCodes {
        let mut codes = AreaCodes::default();
        for (code, from) in &self.from {
            let found = from.to.iter().map(|(to, _)| {
                let to = to.as_deref()?;
                localities.find(to).ok()
            });
            let to: Vec<Option<LocalityId>> = found.collect();
            let whole = || to.iter().flatten().copied();
            let name = if from.name.is_empty() {
                code
            } else {
                &from.name
            };
            let spelled = format!("{code}@{}", lookup.code);
            let place = match self.became(from) {
                Became::Elsewhere => Some(Placed::Gap(Gap::OutsideBoundary)),
                Became::Same | Became::Merged => whole().next().map(Placed::On),
                Became::Divided => {
                    let leaves = Leaves::union(whole().map(|one| localities.leaves(one)));
                    let known = localities.of_leaves(&leaves);
                    Some(Placed::On(known.unwrap_or_else(|| {
                        localities.compose(Composed {
                            code: spelled,
                            name: name.clone(),
                            area: whole().collect(),
                            mix: None,
                        })
                    })))
                }
                Became::Mixed => {
                    let weights = weights(from, measure, localities).ok();
                    let by = match (measure, from.to.iter().all(|(_, weight)| weight.is_some())) {
                        (Some(driver), false) => {
                            format!("{} where `{code}` lies now", driver.name())
                        }
                        _ => format!("weights of lookup `{}`", lookup.code),
                    };
                    let places = to.iter().map(|to| match to {
                        Some(to) => Placed::On(*to),
                        None => Placed::Gap(Gap::OutsideBoundary),
                    });
                    let mix = weights.zip(lookup.spec.class).and_then(|(weights, class)| {
                        LocalityMix::new(places.zip(weights), class, by)
                    });
                    mix.map(|mix| {
                        Placed::On(localities.compose(Composed {
                            code: spelled,
                            name: name.clone(),
                            area: Vec::new(),
                            mix: Some(mix),
                        }))
                    })
                }
            };
            if let Some(place) = place {
                codes.areas.insert(code.clone(), place);
            }
        }
        codes
    }

    /// Whether every area that is divided has weights.
    pub(in crate::place) fn has_weights(&self) -> bool {
        let several = self.from.values().filter(|from| from.to.len() > 1);
        several
            .flat_map(|from| &from.to)
            .all(|(_, weight)| weight.is_some())
    }
}

/// The weights of the parts of an area, as whole numbers, or why there are none.
fn weights(
    from: &From,
    measure: Option<&Driver>,
    localities: &Localities,
) -> Result<Vec<u64>, String> {
    let given: Option<Vec<Decimal>> = from.to.iter().map(|(_, weight)| *weight).collect();
    if let Some(given) = given {
        let scale = given.iter().map(|weight| weight.normalize().scale()).max();
        let unit = Decimal::from(10u64.pow(scale.unwrap_or(0)));
        let whole = |weight: &Decimal| {
            let scaled = weight.checked_mul(unit)?.normalize();
            u64::try_from(scaled)
                .ok()
                .filter(|&weight| weight < 1 << 40)
        };
        let weights: Option<Vec<u64>> = given.iter().map(whole).collect();
        return match weights {
            Some(weights) if weights.iter().any(|&weight| weight > 0) => Ok(weights),
            Some(_) => Err("all its weights are zero".to_owned()),
            None => Err("its weights are too large".to_owned()),
        };
    }
    let Some(driver) = measure else {
        return Err("it has no weights".to_owned());
    };
    let mass = |(to, _): &(Option<String>, Option<Decimal>)| {
        let Some(to) = to else {
            return Err(format!(
                "driver `{}` has no mass beyond the place",
                driver.code()
            ));
        };
        let leaves = localities.find(to).map(|to| localities.leaves(to).clone());
        let leaves = leaves.map_err(|error| error.to_string())?;
        let mass = driver.mass(&leaves, Ages::ALL, Groups::All);
        mass.map_err(|_| format!("driver `{}` does not know `{to}`", driver.code()))
    };
    let weights: Vec<u64> = from.to.iter().map(mass).collect::<Result<_, String>>()?;
    if Divider::new(&weights).is_none() {
        return Err(format!(
            "driver `{}` has no mass in any part of it",
            driver.code()
        ));
    }
    Ok(weights)
}

/// The codes of the lookup that a table names, once it is ready.
pub(in crate::place) fn ready<'a>(
    lookups: &'a [Lookup],
    code: &str,
    at: &Position,
    findings: &mut Findings,
) -> Option<&'a AreaCodes> {
    let lookup = named(lookups, code, at, findings)?;
    lookup.codes.as_deref()
}

/// Codes that nobody knows, as one fault.
pub(in crate::place) fn unknown_areas(
    codes: &BTreeSet<String>,
    rows: u64,
    first: Position,
    of: &str,
) -> Finding {
    let few: Vec<String> = codes
        .iter()
        .take(3)
        .map(|code| format!("`{code}`"))
        .collect();
    Finding::fault(
        "unknown-locality",
        first,
        format!(
            "{} about {} that {of} does not have: {}",
            counted(rows, "row"),
            counted(codes.len(), "area"),
            list(&few, codes.len() - few.len())
        ),
        "if the file covers more than the place, write `outside = \"left out\"` and they are left out and counted; otherwise correct the codes",
    )
}

/// Rows about areas of elsewhere that were left out.
pub(in crate::place) fn left_out(
    rows: u64,
    areas: usize,
    mass: Option<Decimal>,
    at: Position,
) -> Finding {
    let mass = mass.map_or_else(String::new, |mass| {
        format!(", with a mass of {} together", mass.normalize())
    });
    Finding {
        rule: "areas-left-out".into(),
        severity: Severity::Notice,
        position: at,
        found: format!(
            "{} about {} that the place does not have {} left out{mass}",
            counted(rows, "row"),
            counted(areas, "area"),
            if rows == 1 { "was" } else { "were" }
        ),
        at_stake: None,
        remedy:
            "as `outside` says; nothing is to be done where the file covers more than the place"
                .into(),
    }
}
