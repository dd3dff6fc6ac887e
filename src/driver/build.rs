//! A driver from its rows, with everything that is wrong with them.

use super::{Basis, Driver, LARGEST, Layer, added_up};
use crate::axis::{Ages, Evidence, Leaves, Localities, MemberId, Tree};
use crate::finding::{Finding, Findings, Position};
use crate::money::{AmountError, parse_number};
use crate::text::list;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// The most decimals a mass may have.
const DECIMALS: u32 = 6;

/// What a pack says of a driver besides its rows.
#[derive(Clone, Debug)]
pub struct DriverSpec {
    /// Code by which sharing rules name it.
    pub code: String,
    /// What it measures.
    pub name: String,
    /// Evidence class of money shared by it.
    pub class: Evidence,
    /// Whether its masses stand where people live or where it happens, if somebody has said.
    pub basis: Option<Basis>,
    /// Publisher, edition, date.
    pub source: String,
    /// The leaf areas that must have masses.
    pub covers: Leaves,
    /// Where the driver is described, for findings about it as a whole.
    pub position: Position,
}

/// One mass as a pack writes it down.
#[derive(Clone, Debug, Default)]
pub struct DriverRow {
    /// Code of the leaf area.
    pub locality: String,
    /// Ages, such as `17` or `10-17`; empty for a driver that knows no ages.
    pub ages: String,
    /// Code of the client group; empty for a driver that knows no groups.
    pub group: String,
    /// The mass: a number that is not negative.
    pub mass: String,
    /// Where this stands.
    pub position: Position,
}

struct Cell {
    leaf: u32,
    ages: Ages,
    group: Option<MemberId>,
    mass: Decimal,
}

impl Driver {
    /// Builds a driver and reports everything that is wrong with its rows.
    ///
    /// Faults: unknown localities and groups, a locality that is not a leaf area, ages out of
    /// range, bands that overlap or leave ages out, groups that overlap, a mass that is not a number or is negative, a
    /// cell given twice, a leaf area without mass for some band.
    #[must_use]
    pub fn build(
        spec: DriverSpec,
        rows: impl IntoIterator<Item = DriverRow>,
        localities: &Localities,
        groups: &Tree,
    ) -> (Self, Findings) {
        let mut findings = Findings::new();
        let mut cells = Vec::new();
        let mut given: BTreeMap<(u32, Ages, Option<MemberId>), Position> = BTreeMap::new();
        for row in rows {
            match cell(&row, localities, groups) {
                Ok(cell) => {
                    let key = (cell.leaf, cell.ages, cell.group);
                    if let Some(first) = given.get(&key) {
                        findings.push(Finding::fault(
                            "mass-given-twice",
                            row.position.clone(),
                            format!(
                                "the mass of `{}` at {} is already given at {first}",
                                row.locality, cell.ages
                            ),
                            "remove one of the two rows",
                        ));
                    } else {
                        given.insert(key, row.position);
                        cells.push(cell);
                    }
                }
                Err(faults) => faults.into_iter().for_each(|f| findings.push(f)),
            }
        }
        let bands = bands(&cells, &spec, &mut findings);
        groups_apart(&cells, &spec, groups, &mut findings);
        missing(&spec, &cells, &bands, localities, &mut findings);
        let scale = scale(&cells);
        let layers = layers(&cells, &bands, &spec, scale, localities, &mut findings);
        let driver = Self {
            code: spec.code,
            name: spec.name,
            class: spec.class,
            basis: spec.basis,
            source: spec.source,
            covers: spec.covers,
            bands,
            scale,
            layers,
            ages_of: None,
        };
        (driver, findings)
    }
}

/// All faults of one row at once.
fn cell(row: &DriverRow, localities: &Localities, groups: &Tree) -> Result<Cell, Vec<Finding>> {
    let mut faults = Vec::new();
    let mut report = |rule: &str, column: &str, found: String, remedy: &str| {
        faults.push(Finding::fault(
            rule,
            row.position.clone().column(column),
            found,
            remedy,
        ));
    };
    let leaf = match localities.find(&row.locality) {
        Ok(locality) => {
            let leaf = localities.leaf(locality);
            if leaf.is_none() {
                report(
                    "not-a-leaf-area",
                    "locality",
                    format!("`{}` has parts of its own", row.locality),
                    "give masses for its leaf areas; totals are added up from them",
                );
            }
            leaf
        }
        Err(error) => {
            report(
                "unknown-locality",
                "locality",
                error.to_string(),
                "correct the code",
            );
            None
        }
    };
    let ages = if row.ages.is_empty() {
        Some(Ages::ALL)
    } else {
        Ages::from_str(&row.ages)
            .map_err(|error| {
                report(
                    "ages-out-of-range",
                    "ages",
                    error.to_string(),
                    "write single years 0 to 90, or bands of them",
                )
            })
            .ok()
    };
    let group = if row.group.is_empty() {
        Some(None)
    } else {
        groups
            .find(&row.group)
            .map_err(|error| {
                report(
                    "unknown-client-group",
                    "group",
                    error.to_string(),
                    "correct the code",
                )
            })
            .ok()
            .map(Some)
    };
    let mass = match parse_number(&row.mass) {
        Ok(mass) if mass.is_sign_negative() && !mass.is_zero() => {
            report(
                "negative-mass",
                "mass",
                format!("the mass is {mass}"),
                "a mass is zero or more",
            );
            None
        }
        Ok(mass) if mass.normalize().scale() > DECIMALS || mass > Decimal::from(LARGEST) => {
            report(
                "mass-out-of-range",
                "mass",
                format!("the mass {mass} has more than {DECIMALS} decimals or is too large"),
                "round the measure, or choose a smaller unit",
            );
            None
        }
        Ok(mass) => Some(mass),
        Err(error) => {
            let shown = crate::finding::masked(&row.mass);
            let (found, remedy) = match error {
                AmountError::Blank if row.mass.trim().is_empty() => (
                    "there is no mass here".to_owned(),
                    "write 0 where there is none; leave no cell empty",
                ),
                AmountError::Blank => (
                    format!("`{shown}` stands in the place of a mass"),
                    "write 0 where the dash means that there is none",
                ),
                AmountError::Commas => (
                    format!("the commas of `{shown}` do not separate thousands"),
                    "write the number without commas, with a point before its decimals",
                ),
                _ => (
                    format!("`{shown}` is not a number"),
                    "write it in digits, as in 1134 or 12.5",
                ),
            };
            report("mass-not-a-number", "mass", found, remedy);
            None
        }
    };
    match (leaf, ages, group, mass) {
        (Some(leaf), Some(ages), Some(group), Some(mass)) => Ok(Cell {
            leaf,
            ages,
            group,
            mass,
        }),
        _ => Err(faults),
    }
}

/// The bands, in order; together they must be all ages, without overlap.
fn bands(cells: &[Cell], spec: &DriverSpec, findings: &mut Findings) -> Vec<Ages> {
    let found: Vec<Ages> = cells
        .iter()
        .map(|cell| cell.ages)
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    if Ages::make_up_all_ages(&found) {
        return found;
    }
    if !cells.is_empty() {
        let list: Vec<String> = found.iter().map(Ages::to_string).collect();
        findings.push(Finding::fault(
            "ages-do-not-add-up",
            spec.position.clone(),
            format!(
                "driver `{}`: its age bands overlap or leave ages out: {}",
                spec.code,
                list.join(", ")
            ),
            "give bands that together are 0 to 90+, each age once",
        ));
    }
    vec![Ages::ALL]
}

/// Groups of which one lies under another would be counted twice.
fn groups_apart(cells: &[Cell], spec: &DriverSpec, tree: &Tree, findings: &mut Findings) {
    let groups: BTreeSet<Option<MemberId>> = cells.iter().map(|cell| cell.group).collect();
    let overlap = |a: Option<MemberId>, b: Option<MemberId>| match (a, b) {
        (Some(upper), Some(lower)) => upper != lower && tree.contains(upper, lower),
        (None, Some(_)) => true,
        _ => false,
    };
    for &upper in &groups {
        if let Some(&lower) = groups.iter().find(|&&lower| overlap(upper, lower)) {
            let name =
                |group: Option<MemberId>| group.map_or("everyone", |group| &tree.get(group).code);
            findings.push(Finding::fault(
                "groups-overlap",
                spec.position.clone(),
                format!(
                    "driver `{}` has masses for `{}` and for `{}`, which is part of it",
                    spec.code,
                    name(upper),
                    name(lower)
                ),
                "give masses of groups that do not overlap; totals are added up from them",
            ));
        }
    }
}

/// Leaf areas for which a mass is missing: zero is written, never implied.
fn missing(
    spec: &DriverSpec,
    cells: &[Cell],
    bands: &[Ages],
    localities: &Localities,
    findings: &mut Findings,
) {
    const SHOWN: usize = 5;
    let mut given: BTreeMap<u32, BTreeSet<Ages>> = BTreeMap::new();
    for cell in cells {
        given.entry(cell.leaf).or_default().insert(cell.ages);
    }
    let lacking: Vec<&str> = spec
        .covers
        .iter()
        .filter(|leaf| given.get(leaf).is_none_or(|ages| ages.len() < bands.len()))
        .map(|leaf| localities.leaf_code(leaf))
        .collect();
    if lacking.is_empty() {
        return;
    }
    let few = &lacking[..lacking.len().min(SHOWN)];
    let few = list(few, lacking.len() - few.len());
    findings.push(Finding::fault(
        "driver-mass-missing",
        spec.position.clone(),
        format!(
            "driver `{}` has no mass for some ages of {} leaf areas: {few}",
            spec.code,
            lacking.len(),
        ),
        "add their rows (zero is a mass), or say with `covers` which area the driver is for",
    ));
}

/// The power of ten that makes all masses whole.
fn scale(cells: &[Cell]) -> u64 {
    let decimals = cells.iter().map(|c| c.mass.normalize().scale()).max();
    10u64.pow(decimals.unwrap_or(0).min(DECIMALS))
}

fn layers(
    cells: &[Cell],
    bands: &[Ages],
    spec: &DriverSpec,
    scale: u64,
    localities: &Localities,
    findings: &mut Findings,
) -> Vec<Layer> {
    let height = localities.all_leaves().count() as usize;
    let width = bands.len() + 1;
    let groups: BTreeSet<Option<MemberId>> = cells.iter().map(|cell| cell.group).collect();
    let mut total: u128 = 0;
    let mut layers = Vec::with_capacity(groups.len());
    for group in groups {
        let mut sums = vec![0u64; (height + 1) * width];
        for cell in cells.iter().filter(|cell| cell.group == group) {
            let whole = (cell.mass * Decimal::from(scale)).normalize();
            let mass = u64::try_from(whole).unwrap_or(LARGEST);
            total += u128::from(mass);
            if let Some(band) = bands.iter().position(|b| *b == cell.ages) {
                sums[(cell.leaf as usize + 1) * width + band + 1] = mass;
            }
        }
        if total > u128::from(LARGEST) {
            findings.push(Finding::fault(
                "mass-out-of-range",
                spec.position.clone(),
                format!("driver `{}`: its masses add up to {total}", spec.code),
                "choose a larger unit: a total may not exceed 2^48",
            ));
            sums.fill(0);
        }
        added_up(&mut sums, height, width);
        layers.push(Layer { group, sums });
    }
    layers
}
