//! Files of postcodes: 1.7 million of them in a second or two, and eight bytes each.
//!
//! *The naive way* makes rows of texts. *Why it is not enough:* the directory of ONS has 50 columns and more
//! than a gigabyte. *The trick:* the file is read in blocks on all cores, as ledgers are; of each row two
//! cells are looked at; a postcode becomes a number of 34 bits and its area one of 30, side by side in
//! 64, and the numbers are sorted.
//!
//! Postcodes of elsewhere are kept too, with the number of no area: that a line lies beyond the place is
//! known then, and a sector that lies half beyond it is half beyond it.

use super::divide::Divider;
use super::links::ready;
use super::{Lookup, Wider};
use crate::axis::{
    Ages, AreaCodes, Composed, Gap, Localities, LocalityId, LocalityMix, Placed, Postcode,
    Postcodes,
};
use crate::driver::{Driver, Groups};
use crate::finding::{Finding, Findings, Position, Severity};
use crate::place::files::Folders;
use crate::place::spec::{FallbackSpec, Outside, TableSpec};
use crate::place::tables::{self, Headings, Wanted};
use crate::sheet::{
    self, Block, Blocks, Cells, NoRows, Opened, Plainly, ReadOptions, SheetError, Stream,
};
use crate::text::counted;
use csv::StringRecord;
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
use std::ops::ControlFlow;

const FIELDS: [&str; 2] = ["from", "to"];

/// The number of no area of the place.
const BEYOND: u32 = 0;

/// A share of a sector by a driver is told in so many parts.
const PARTS: u64 = 10_000;

/// The numbers of areas by their codes, and where each lies.
struct Areas {
    numbers: HashMap<String, u32, FixedState>,
    places: Vec<Placed<LocalityId>>,
}

impl Areas {
    fn new(codes: impl IntoIterator<Item = (String, Placed<LocalityId>)>) -> Self {
        let mut areas = Self {
            numbers: HashMap::default(),
            places: vec![Placed::Gap(Gap::OutsideBoundary)],
        };
        let mut known: HashMap<Placed<LocalityId>, u32> = HashMap::new();
        for (code, place) in codes {
            let number = match place {
                Placed::Gap(_) => BEYOND,
                Placed::On(_) => *known.entry(place).or_insert_with(|| {
                    areas.places.push(place);
                    // Fewer than 2^30: each is a locality in memory.
                    (areas.places.len() - 1) as u32
                }),
            };
            areas.numbers.insert(code, number);
        }
        areas
    }

    /// All localities by their codes, those of a vintage before others.
    fn of_place(localities: &Localities, vintage: Option<&str>) -> Self {
        let mut codes = Vec::new();
        for code in localities.spellings() {
            let bare = code.split('@').next().unwrap_or_default();
            let of_vintage = vintage.map(|vintage| format!("{bare}@{vintage}"));
            let found = of_vintage.and_then(|code| localities.find(&code).ok());
            if let Some(place) = found.or_else(|| localities.find(bare).ok()) {
                codes.push((bare.to_owned(), Placed::On(place)));
            }
            if let Ok(place) = localities.find(code) {
                codes.push((code.to_owned(), Placed::On(place)));
            }
        }
        Self::new(codes)
    }
}

/// The files of one lookup of postcodes.
pub(in crate::place) struct PostcodeFiles<'a> {
    pub lookup: &'a Lookup,
    pub lookups: &'a [Lookup],
    pub drivers: &'a [Driver],
    pub folders: &'a Folders,
}

impl PostcodeFiles<'_> {
    /// Reads them all; sectors and districts become localities where the lookup says so.
    pub(in crate::place) fn read(
        &self,
        localities: &mut Localities,
        findings: &mut Findings,
        fingerprints: &mut Vec<String>,
    ) -> AreaCodes {
        let mut packed = Vec::new();
        let mut places = vec![Placed::Gap(Gap::OutsideBoundary)];
        for table in &self.lookup.spec.tables {
            let areas = match &table.lookup {
                None => Areas::of_place(localities, table.vintage.as_deref()),
                Some(code) => {
                    let Some(codes) = ready(self.lookups, code, &self.lookup.at, findings) else {
                        continue;
                    };
                    // In an order of their own, so that no byte depends on that of a hash.
                    let codes: std::collections::BTreeMap<_, _> = codes.areas.iter().collect();
                    Areas::new(
                        codes
                            .into_iter()
                            .map(|(code, place)| (code.clone(), *place)),
                    )
                }
            };
            let read = self.table(table, &areas, findings, fingerprints);
            // Each table numbers its areas by itself.
            let before = places.len() as u32 - 1;
            places.extend_from_slice(&areas.places[1..]);
            packed.extend(read.into_iter().map(|(number, area)| {
                let area = if area == BEYOND {
                    BEYOND
                } else {
                    area + before
                };
                Postcodes::packed(number, area)
            }));
        }
        if !packed.is_sorted() {
            packed.par_sort_unstable();
        }
        packed.dedup();
        let twice = packed
            .windows(2)
            .filter(|two| Postcodes::same_postcode(two[0], two[1]))
            .count();
        if twice > 0 {
            findings.push(Finding::fault(
                "postcode-given-twice",
                self.lookup.at.clone(),
                format!(
                    "lookup `{}` puts {} into two areas",
                    self.lookup.code,
                    counted(twice, "postcode")
                ),
                "take one file of one edition",
            ));
        }
        packed.shrink_to_fit();
        let mut postcodes = Postcodes::new(packed, places);
        if let Some(fallback) = &self.lookup.spec.fallback {
            self.widen(fallback, &mut postcodes, localities, findings);
        }
        AreaCodes {
            postcodes: Some(postcodes),
            ..AreaCodes::default()
        }
    }

    fn table(
        &self,
        table: &TableSpec,
        areas: &Areas,
        findings: &mut Findings,
        fingerprints: &mut Vec<String>,
    ) -> Vec<(u64, u32)> {
        let at = &self.lookup.at;
        let wanted = Wanted {
            table,
            fields: &FIELDS,
            area: None,
        };
        tables::keys(&wanted, at, findings);
        let mut found = Found::default();
        let mut of_rows = Vec::new();
        for row in &table.rows {
            let text = |field: &str| row.get(field).map_or("", String::as_str);
            found.take(text("from"), text("to"), 0, areas);
        }
        if found.count > 0 {
            of_rows.append(&mut found.packed);
        }
        let Some((name, path)) = tables::path(table, at, self.folders, findings) else {
            self.tell(table, &found, "place.toml", findings);
            return of_rows;
        };
        let options = ReadOptions {
            sheets: table.sheets.clone(),
            ..ReadOptions::default()
        };
        let mut read = || -> Result<(String, Option<Findings>), SheetError> {
            match sheet::opened(&path, &name, &options, Plainly::ALL, Blocks::default())? {
                Opened::Stream(mut stream) => loop {
                    found = Found::default();
                    match found.stream(&wanted, &name, &mut stream, areas) {
                        Ok(faults) => return Ok((stream.finish().1, faults)),
                        Err(NoRows::NotUtf8) => stream = stream.without_utf8()?,
                        Err(NoRows::Unreadable(error)) => return Err(error),
                    }
                },
                Opened::Whole(source) => {
                    let mut faults = None;
                    for sheet in source.sheets() {
                        if let Some(line) = Headings::line_in(&wanted, &sheet) {
                            faults = found.sheet(&wanted, &name, line, &sheet, areas).or(faults);
                        }
                    }
                    Ok((source.fingerprint().to_owned(), faults))
                }
            }
        };
        match read() {
            Ok((fingerprint, faults)) => {
                fingerprints.push(fingerprint);
                findings.append(faults.unwrap_or_default());
            }
            Err(error) => findings.push(Finding::fault(
                "unreadable-table",
                Position::file(&name),
                error.to_string(),
                tables::mend(&name),
            )),
        }
        self.tell(table, &found, &name, findings);
        of_rows.append(&mut found.packed);
        of_rows
    }

    /// What is odd in a file.
    fn tell(&self, table: &TableSpec, found: &Found, name: &str, findings: &mut Findings) {
        // Rows that are written in place have no line of their own.
        let position = |line: u64| match line {
            0 => self.lookup.at.clone(),
            line => Position::line(name, line),
        };
        if let Some(&(line, _)) = found.beyond.first.as_ref() {
            let of = format!("the place (lookup `{}`)", self.lookup.code);
            let codes = &found.beyond.codes;
            findings.push(if table.outside == Some(Outside::LeftOut) {
                let (rows, areas) = (found.beyond.rows, codes.len());
                super::links::left_out(rows, areas, None, Position::file(name))
            } else {
                let at = position(line).column("to");
                super::links::unknown_areas(codes, found.beyond.rows, at, &of)
            });
        }
        let (none, first) = (found.no_postcode.rows, &found.no_postcode.first);
        if let Some((line, text)) = first {
            let all = none == found.count;
            findings.push(Finding {
                rule: "not-a-postcode".into(),
                severity: if all {
                    Severity::Fault
                } else {
                    Severity::Notice
                },
                position: position(*line).column("from"),
                found: format!(
                    "{} of {} {} no postcode, the first `{}`",
                    none,
                    counted(found.count, "row"),
                    if none == 1 { "has" } else { "have" },
                    crate::finding::masked(text)
                ),
                at_stake: None,
                remedy: if all {
                    "name the column of postcodes with `columns.from`, such as `pcds`".into()
                } else {
                    "those rows are left out; correct them if a ledger needs them".into()
                },
            });
        }
    }

    /// Makes sectors, and districts, localities by the measure that the lookup states.
    fn widen(
        &self,
        fallback: &FallbackSpec,
        postcodes: &mut Postcodes,
        localities: &mut Localities,
        findings: &mut Findings,
    ) {
        let driver = self
            .drivers
            .iter()
            .find(|driver| driver.code() == fallback.by);
        if driver.is_none() && fallback.by != "postcodes" {
            let known = self.drivers.iter().map(Driver::code).chain(["postcodes"]);
            findings.push(Finding::fault(
                "unknown-driver",
                self.lookup.at.clone().column("fallback"),
                format!("`{}` is neither a driver nor `postcodes`", fallback.by),
                crate::axis::name_one_of(&fallback.by, "measure", known),
            ));
            return;
        }
        let mut each_area = vec![0u64; postcodes.area_count()];
        let districts = postcodes.counts(Postcode::district);
        for (area, count) in districts.iter().flat_map(|(_, counts)| counts) {
            each_area[*area] += count;
        }
        let mut wider = Vec::new();
        if fallback.to >= Wider::District {
            wider.extend(districts);
        }
        wider.extend(postcodes.counts(|code| code.sector().unwrap_or(code)));
        let mut without = 0;
        for (code, counts) in wider {
            let weights = match driver {
                None => Some(counts.iter().map(|(_, count)| *count).collect()),
                Some(driver) => by_driver(driver, &counts, &each_area, postcodes, localities),
            };
            // What lies beyond the place alone means nothing here.
            if counts
                .iter()
                .all(|(area, _)| postcodes.place(*area).member().is_none())
            {
                continue;
            }
            let places = counts.iter().map(|(area, _)| postcodes.place(*area));
            let by = match driver {
                None => format!("postcodes of {code}"),
                Some(driver) => format!("{} of the postcodes of {code}", driver.name()),
            };
            let mix = weights.and_then(|weights: Vec<u64>| {
                LocalityMix::new(places.zip(weights), fallback.class, by)
            });
            let Some(mix) = mix else {
                without += 1;
                continue;
            };
            let place = localities.compose(Composed {
                code: format!("{code}@{}", self.lookup.code),
                name: code.to_string(),
                area: Vec::new(),
                mix: Some(mix),
            });
            postcodes.widen(code, place);
        }
        if without > 0 {
            findings.push(Finding {
                rule: "sectors-without-mass".into(),
                severity: Severity::Notice,
                position: self.lookup.at.clone().column("fallback"),
                found: format!(
                    "lookup `{}`: `{}` has no mass for {}, which mean nothing",
                    self.lookup.code,
                    fallback.by,
                    counted(without, "sector or district")
                ),
                at_stake: None,
                remedy: "take a measure that covers the place, or `postcodes`".into(),
            });
        }
    }
}

/// Weights of the areas of a sector by a driver: of each area the part of its mass that its postcodes
/// there are of all its postcodes; what lies beyond the place by postcodes. Nothing where the driver has
/// no mass.
fn by_driver(
    driver: &Driver,
    counts: &[(usize, u64)],
    each_area: &[u64],
    postcodes: &Postcodes,
    localities: &Localities,
) -> Option<Vec<u64>> {
    let all: u64 = counts.iter().map(|(_, count)| count).sum();
    let is_beyond = |area: usize| postcodes.place(area).member().is_none();
    let beyond: u64 = (counts.iter().filter(|(area, _)| is_beyond(*area)))
        .map(|(_, count)| count)
        .sum();
    let parts = Divider::new(&[beyond, all - beyond])?.divide(PARTS);
    let mass = |(area, count): &(usize, u64)| {
        let Some(place) = postcodes.place(*area).member() else {
            return Some(0);
        };
        let mass = driver
            .mass(localities.leaves(place), Ages::ALL, Groups::All)
            .ok()?;
        Some(u128::from(mass) * u128::from(*count) * 1_000_000 / u128::from(each_area[*area]))
    };
    let masses: Vec<u128> = counts.iter().map(mass).collect::<Option<_>>()?;
    let largest = masses.iter().max().copied().unwrap_or(0);
    // Forty bits are more than the parts can show.
    let shift = (128 - largest.leading_zeros()).saturating_sub(40);
    let weights: Vec<u64> = (masses.iter())
        .map(|mass| u64::try_from(mass >> shift).unwrap_or(u64::MAX))
        .collect();
    let inside = match Divider::new(&weights) {
        Some(mut divider) => divider.divide(parts[1]),
        None => return None,
    };
    let weight = |((area, _), inside): (&(usize, u64), u64)| {
        if is_beyond(*area) { parts[0] } else { inside }
    };
    Some(counts.iter().zip(inside).map(weight).collect())
}

/// Rows of one kind: how many, and the first, with its line.
#[derive(Default)]
struct Odd {
    rows: u64,
    first: Option<(u64, String)>,
    codes: BTreeSet<String>,
}

impl Odd {
    fn add(&mut self, line: u64, text: &str) {
        self.rows += 1;
        if self.first.is_none() {
            self.first = Some((line, text.to_owned()));
        }
    }

    fn join(&mut self, other: Self) {
        self.rows += other.rows;
        self.codes.extend(other.codes);
        self.first = self.first.take().or(other.first);
    }
}

/// What some rows of a file hold.
#[derive(Default)]
struct Found {
    /// Postcodes with the numbers of their areas.
    packed: Vec<(u64, u32)>,
    count: u64,
    no_postcode: Odd,
    /// In areas that the place does not have.
    beyond: Odd,
}

impl Found {
    #[inline]
    fn take(&mut self, from: &str, to: &str, line: u64, areas: &Areas) {
        self.count += 1;
        let Some(Postcode::Unit(number)) = Postcode::new(from) else {
            return self.no_postcode.add(line, from);
        };
        match areas.numbers.get(to) {
            Some(&area) => self.packed.push((number, area)),
            // A postcode that ended before areas were drawn lies nowhere.
            None if to.is_empty() => {}
            None => {
                self.packed.push((number, BEYOND));
                self.beyond.add(line, to);
                if !self.beyond.codes.contains(to) {
                    self.beyond.codes.insert(to.to_owned());
                }
            }
        }
    }

    fn row(&mut self, headings: &Headings, line: u64, cells: Cells<'_>, areas: &Areas) {
        if line <= headings.line || cells.len() == 0 {
            return;
        }
        let has = |(column, texts): &(usize, Vec<String>)| {
            texts.iter().any(|text| text == cells.trimmed(*column))
        };
        if !headings.only.iter().all(has) || headings.where_not.iter().any(has) {
            return;
        }
        if let [Some(from), Some(to)] = headings.columns.as_slice() {
            self.take(cells.trimmed(*from), cells.trimmed(*to), line, areas);
        }
    }

    fn join(&mut self, mut other: Self) {
        self.packed.append(&mut other.packed);
        self.count += other.count;
        self.no_postcode.join(other.no_postcode);
        self.beyond.join(other.beyond);
    }

    /// Reads a sheet of a workbook.
    fn sheet(
        &mut self,
        wanted: &Wanted<'_>,
        name: &str,
        first: u64,
        sheet: &sheet::Sheet<'_>,
        areas: &Areas,
    ) -> Option<Findings> {
        let mut headings: Option<(Headings, Findings)> = None;
        let _ = sheet.rows(|line, cells| {
            match &headings {
                Some((headings, _)) => self.row(headings, line, cells, areas),
                None if line == first => {
                    headings = Some(Headings::find(wanted, name, line, &record(cells)));
                }
                None => {}
            }
            ControlFlow::<()>::Continue(())
        });
        headings.map(|(headings, faults)| both_columns(&headings, faults, wanted, name))
    }

    /// Reads a text or a Parquet file, block by block.
    fn stream(
        &mut self,
        wanted: &Wanted<'_>,
        name: &str,
        stream: &mut Stream,
        areas: &Areas,
    ) -> Result<Option<Findings>, NoRows> {
        let mut window = stream.next(Vec::new())?;
        let top = window
            .as_ref()
            .map(|window| headings(wanted, name, &window.blocks()));
        let Some((headings, faults)) = top.transpose()?.flatten() else {
            return Ok(None);
        };
        if let Some(error) = headings
            .read_from()
            .find_map(|column| stream.unread(column))
        {
            return Err(error.into());
        }
        let mut spare = Vec::new();
        while let Some(current) = window {
            let read = |block: &Block<'_>| {
                let mut found = Self::default();
                found.packed.reserve(block.most_rows());
                let read = block.rows(|line, cells| {
                    found.row(&headings, line, cells, areas);
                    ControlFlow::<()>::Continue(())
                });
                read.map(|_| found)
            };
            let blocks = current.blocks();
            let (parts, next) = rayon::join(
                || blocks.par_iter().map(read).collect::<Result<Vec<_>, _>>(),
                || stream.next(std::mem::take(&mut spare)),
            );
            for part in parts? {
                self.join(part);
            }
            drop(blocks);
            spare = current.into_bytes();
            window = next?;
        }
        Ok(Some(both_columns(&headings, faults, wanted, name)))
    }
}

/// The headings of a file, which stand in its first window.
fn headings(
    wanted: &Wanted<'_>,
    name: &str,
    blocks: &[Block<'_>],
) -> Result<Option<(Headings, Findings)>, NoRows> {
    let mut top = tables::Top::new(wanted);
    let mut rows: Vec<(u64, StringRecord)> = Vec::new();
    for block in blocks {
        let enough = block.rows(|line, cells| {
            let cells = record(cells);
            let next = top.row(line, &cells);
            rows.push((line, cells));
            next
        })?;
        if enough.is_break() {
            break;
        }
    }
    let line = top.line();
    let row = rows.iter().find(|(at, _)| Some(*at) == line);
    Ok(row.map(|(line, cells)| Headings::find(wanted, name, *line, cells)))
}

/// Both columns are needed.
fn both_columns(
    headings: &Headings,
    mut faults: Findings,
    wanted: &Wanted<'_>,
    name: &str,
) -> Findings {
    for (field, column) in wanted.fields.iter().zip(&headings.columns) {
        if column.is_none() && !faults.any_fault() {
            faults.push(Finding::fault(
                "no-such-column",
                Position::line(name, headings.line).column(*field),
                format!("there is no column `{field}`"),
                format!("name it with `columns.{field}`, such as `pcds` for the postcode or `lsoa21` for the area"),
            ));
        }
    }
    faults
}

fn record(cells: Cells<'_>) -> StringRecord {
    cells.iter().collect()
}
