//! Masses of other areas as masses of leaf areas: added up where areas were merged, divided where they
//! were divided. What goes in comes out, to the unit.

use super::Lookup;
use super::divide::Divider;
use super::links::{Whereabouts, left_out, unknown_areas};
use crate::axis::Localities;
use crate::driver::{Driver, DriverRow};
use crate::finding::{Finding, Findings, Position};
use crate::money::parse_number;
use crate::place::tables::TableRow;
use crate::text::{counted, list};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A table of masses and how its areas are found.
pub(in crate::place) struct Translation<'a> {
    pub lookup: &'a Lookup,
    pub measure: Option<&'a Driver>,
    pub localities: &'a Localities,
    /// Whether areas of elsewhere are left out.
    pub leaves_out: bool,
}

/// A cell of the table in the areas of the place.
type Cell = (String, String, String);

impl Translation<'_> {
    /// The rows of a table (locality, ages, group, mass) as rows of leaf areas.
    pub(in crate::place) fn rows(
        &self,
        rows: Vec<TableRow>,
        findings: &mut Findings,
    ) -> Vec<DriverRow> {
        let unit = unit_of(&rows);
        let mut sums: Sums = Sums::default();
        let mut plain = Vec::new();
        let mut given: HashMap<Cell, Position> = HashMap::new();
        let mut dividers: HashMap<(String, String), Divider> = HashMap::new();
        let mut elsewhere = Counted::default();
        let mut unknown = Counted::default();
        let mut undivided: BTreeMap<String, (String, Position)> = BTreeMap::new();
        for mut row in rows {
            let [from, ages, group, mass] = [0, 1, 2, 3].map(|field| row.take(field));
            let cell = (from.clone(), ages.clone(), group.clone());
            if let Some(first) = given.get(&cell) {
                findings.push(Finding::fault(
                    "mass-given-twice",
                    row.position,
                    format!("the mass of `{from}` is already given at {first}"),
                    "remove one of the two rows",
                ));
                continue;
            }
            given.insert(cell, row.position.clone());
            let whereabouts = self
                .lookup
                .links
                .whereabouts(&from, self.measure, self.localities);
            let number = whole(&mass, unit);
            let as_written = |locality: &str| DriverRow {
                locality: locality.to_owned(),
                ages: ages.clone(),
                group: group.clone(),
                mass: mass.clone(),
                position: row.position.clone(),
            };
            match (whereabouts, number) {
                (Whereabouts::Unknown, _) => unknown.add(&from, &mass, &row.position),
                (Whereabouts::Elsewhere, _) => elsewhere.add(&from, &mass, &row.position),
                (Whereabouts::Undivided(why), _) => {
                    undivided.entry(from).or_insert((why, row.position));
                }
                // Whoever reads it says what is wrong with it.
                (Whereabouts::In(to), None) => plain.push(as_written(to)),
                (Whereabouts::Over(parts), None) => {
                    let to = parts.iter().find_map(|(to, _)| *to).unwrap_or_default();
                    plain.push(as_written(to));
                }
                (Whereabouts::In(to), Some(number)) => {
                    sums.add((to.to_owned(), ages, group), number, row.position);
                }
                (Whereabouts::Over(parts), Some(number)) => {
                    let weights: Vec<u64> = parts.iter().map(|(_, weight)| *weight).collect();
                    let Some(new) = Divider::new(&weights) else {
                        continue;
                    };
                    let divider = dividers.entry((from.clone(), group.clone())).or_insert(new);
                    for ((to, _), part) in parts.into_iter().zip(divider.divide(number)) {
                        match to {
                            Some(to) => sums.add(
                                (to.to_owned(), ages.clone(), group.clone()),
                                part,
                                row.position.clone(),
                            ),
                            None => elsewhere.add_mass(&from, decimal(part, unit), &row.position),
                        }
                    }
                }
            }
        }
        self.tell(undivided, unknown, elsewhere, findings);
        let summed = sums
            .0
            .into_iter()
            .map(|((locality, ages, group), (sum, position))| DriverRow {
                locality,
                ages,
                group,
                mass: decimal(sum, unit).to_string(),
                position,
            });
        plain.extend(summed);
        plain
    }

    fn tell(
        &self,
        undivided: BTreeMap<String, (String, Position)>,
        unknown: Counted,
        elsewhere: Counted,
        findings: &mut Findings,
    ) {
        if let Some((code, (why, first))) = undivided.iter().next() {
            let few: Vec<&String> = undivided.keys().take(3).collect();
            findings.push(Finding::fault(
                "area-not-divided",
                first.clone().column("locality"),
                format!(
                    "{} of lookup `{}` {} divided over several, and nothing says how: {} (`{code}`: {why})",
                    counted(undivided.len(), "area"),
                    self.lookup.code,
                    if undivided.len() == 1 { "is" } else { "are" },
                    list(&few, undivided.len() - few.len())
                ),
                "give the rows of the lookup a `weight`, or name with `by` a driver that stands before this one, and the `class` of the weights",
            ));
        }
        let leaves_out = self.leaves_out;
        if let Some(first) = unknown.first.clone().filter(|_| !leaves_out) {
            let of = format!("lookup `{}`", self.lookup.code);
            findings.push(unknown_areas(&unknown.areas, unknown.rows, first, &of));
        }
        let mut all = elsewhere;
        if leaves_out {
            all.join(unknown);
        }
        if let Some(first) = all.first {
            let at = Position::file(first.file);
            findings.push(left_out(all.rows, all.areas.len(), Some(all.mass), at));
        }
    }
}

/// Rows that go nowhere.
#[derive(Default)]
struct Counted {
    rows: u64,
    areas: BTreeSet<String>,
    mass: Decimal,
    first: Option<Position>,
}

impl Counted {
    fn add(&mut self, area: &str, mass: &str, at: &Position) {
        self.add_mass(area, parse_number(mass).unwrap_or_default(), at);
    }

    fn add_mass(&mut self, area: &str, mass: Decimal, at: &Position) {
        self.rows += 1;
        if !self.areas.contains(area) {
            self.areas.insert(area.to_owned());
        }
        self.mass = self.mass.checked_add(mass).unwrap_or(Decimal::MAX);
        self.first.get_or_insert_with(|| at.clone());
    }

    fn join(&mut self, other: Self) {
        self.rows += other.rows;
        self.areas.extend(other.areas);
        self.mass = self.mass.checked_add(other.mass).unwrap_or(Decimal::MAX);
        self.first = self.first.take().or(other.first);
    }
}

/// Masses by cell, each with the row that it was first met in.
#[derive(Default)]
struct Sums(BTreeMap<Cell, (u64, Position)>);

impl Sums {
    fn add(&mut self, cell: Cell, number: u64, at: Position) {
        let (sum, _) = self.0.entry(cell).or_insert((0, at));
        *sum = sum.saturating_add(number);
    }
}

/// How many decimals the masses of a table have: what is divided is divided in whole units of that.
fn unit_of(rows: &[TableRow]) -> u32 {
    let scale = |row: &TableRow| Some(parse_number(&row.fields[3]).ok()?.normalize().scale());
    rows.iter().filter_map(scale).max().unwrap_or(0).min(6)
}

/// A mass in whole units; nothing where it is no mass.
fn whole(mass: &str, unit: u32) -> Option<u64> {
    let mass = parse_number(mass)
        .ok()
        .filter(|mass| mass.normalize().scale() <= unit)?;
    let scaled = mass.checked_mul(Decimal::from(10u64.pow(unit)))?;
    u64::try_from(scaled.normalize()).ok()
}

fn decimal(number: u64, unit: u32) -> Decimal {
    Decimal::try_from_i128_with_scale(number.into(), unit)
        .unwrap_or_default()
        .normalize()
}
