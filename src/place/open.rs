//! Opening a pack: everything read, everything checked, every fault reported.

use super::check::AlternativeRules;
use super::crosswalk_tables;
use super::files::{Folder, Folders};
use super::lookups::{self, LinkRow, Links, Lookup, PostcodeFiles, Translation};
use super::outlines::OutlinesPlan;
use super::partner_rules::{self, IN_KIND};
use super::spec::{DriverSpec, ExcludedSpec, LedgerSpec, LookupSpec, Outside, PackSpec, TableSpec};
use super::tables::{TableRow, Wanted, read, read_areas};
use super::{InKind, LedgerPlan, Lines, Place, PlaceError, absent, check, prices};
use crate::axis::{Axes, Evidence, Localities, MemberRow, Placed, Tree, name_one_of};
use crate::counterparty::{Counterparties, CounterpartyRow};
use crate::crosswalk::{Crosswalk, CrosswalkRows, MemberNames, Mix, Mixes, mixed_localities};
use crate::driver::{self, Driver, DriverRow};
use crate::finding::{Finding, Findings, Position};
use crate::price::PriceBook;
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use toml::Spanned;

/// Opens a pack, with its data folder if it has one.
pub(super) fn folders(pack: &Path, data: Option<&Path>) -> Result<Place, PlaceError> {
    let folders = Folders::new(pack, data)?;
    let text = (folders.pack_text("place.toml")).map_err(|reason| PlaceError::NoPack {
        file: "place.toml".to_owned(),
        reason,
    })?;
    let mut spec: PackSpec = toml::from_str(&text).map_err(|error| PlaceError::NotAPack {
        reason: error.to_string().trim_end().to_owned(),
    })?;
    let mut findings = Findings::new();
    spec.made_plain(&mut findings);
    let opener = Opener {
        lines: Lines::of(&text),
        folders,
        findings,
        fingerprints: vec![hex(&Sha256::digest(text.as_bytes()))],
    };
    opener.open(spec)
}

struct Opener {
    lines: Lines,
    folders: Folders,
    findings: Findings,
    fingerprints: Vec<String>,
}

pub(crate) const MEMBER: [&str; 6] = ["code", "name", "level", "parent", "vintage", "grouping"];
const LINK: [&str; 4] = ["from", "to", "weight", "name"];
const MASS: [&str; 4] = ["locality", "ages", "group", "mass"];
pub(crate) const COUNTERPARTY: [&str; 11] = [
    "ledger", "match", "text", "and_code", "and_text", "period", "side", "partner", "kind",
    "share", "onward",
];

/// The fields of each kind of table, for the reference of every key.
#[cfg(test)]
pub(crate) fn fields() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("member", MEMBER.to_vec()),
        ("mass", MASS.to_vec()),
        ("link", LINK.to_vec()),
        ("counterparty", COUNTERPARTY.to_vec()),
        ("crosswalk", crosswalk_tables::fields()),
        ("in_kind", IN_KIND.to_vec()),
        ("price_year", prices::YEAR.to_vec()),
    ]
}

impl Opener {
    fn open(mut self, mut spec: PackSpec) -> Result<Place, PlaceError> {
        let mut lookups = self.lookups(std::mem::take(&mut spec.lookup));
        let mut axes = self.axes(&spec, &mut lookups);
        let mut drivers: Vec<Driver> = Vec::with_capacity(spec.driver.len());
        for driver in &spec.driver {
            let built = self.driver(driver, &axes, &lookups, &drivers);
            let built = self.with_ages(built, driver, &drivers, &axes);
            drivers.push(built);
        }
        let at_place = Position::line("place.toml", 1);
        let sharing_specs: Vec<_> = spec
            .sharing
            .iter()
            .map(|rule| (rule.get_ref().clone(), self.at(rule)))
            .collect();
        let sharing = check::sharing(
            &sharing_specs,
            &axes,
            &drivers,
            &at_place,
            &mut self.findings,
        );
        let alternatives: Vec<AlternativeRules> = (spec.alternative.iter())
            .map(|alternative| {
                let written = alternative.get_ref();
                let rules = written.sharing.iter();
                AlternativeRules {
                    code: written.code.clone(),
                    name: written.name.clone(),
                    rules: rules
                        .map(|rule| (rule.get_ref().clone(), self.at(rule)))
                        .collect(),
                    at: self.at(alternative),
                }
            })
            .collect();
        let alternatives =
            check::alternatives(&alternatives, &sharing, &axes, &drivers, &mut self.findings);
        let mut mixes = Mixes::new();
        for (activity, _) in axes.activities.iter() {
            mixes.add(Mix::single(Placed::On(activity), Evidence::Direct));
        }
        self.settle(&mut lookups, &drivers, &mut axes);
        let mut rows = self.crosswalk_rows(&spec, &axes);
        let (placed, faults) = mixed_localities(rows.placed, &mut axes.localities);
        rows.placed = placed;
        self.findings.append(faults);
        check::mixes_of_localities(&axes.localities, &drivers, &at_place, &mut self.findings);
        let rules = self.counterparty_rows(&spec.counterparty);
        let in_kind = self.in_kind(&spec.in_kind, &axes);
        let excluded = self.each(spec.excluded);
        let ledgers = self.ledgers(spec.ledger, &rows, excluded, &axes, &mut mixes, &lookups);
        let codes: Vec<(&str, Vec<&str>)> = (ledgers.iter())
            .map(|plan| {
                let names = plan.layout.codes.keys().map(String::as_str).collect();
                (plan.id.as_str(), names)
            })
            .collect();
        let (counterparties, faults) = Counterparties::compile(&rules, &codes, &axes.partners);
        self.findings.append(faults);
        let (sets, terms) = (self.each(spec.boundary), self.each(spec.transfer));
        let (pools, openings) = (self.each(spec.pool), self.each(spec.opening));
        let boundaries = partner_rules::boundaries(&sets, &axes.partners, &mut self.findings);
        let transfers = partner_rules::transfers(&terms, &axes.partners, &mut self.findings);
        let pools = partner_rules::pools(&pools, &axes.partners, &mut self.findings);
        let priorities = self.each(spec.priority);
        let priorities = partner_rules::priorities(&priorities, &axes, &mut self.findings);
        let openings = partner_rules::openings(&openings, &axes.partners, &mut self.findings);
        let absent = self.each(spec.absent);
        let absent = absent::absent(&absent, &mut self.findings);
        let replaced = self.each(spec.replaced);
        let replacements = check::replacements(replaced, &ledgers, &mut self.findings);
        let age_bands = check::age_bands(&spec.place.age_bands, &at_place, &mut self.findings);
        let outlines = spec.outlines.and_then(|outlines| {
            let at = self.at(&outlines);
            OutlinesPlan::find(outlines.get_ref(), &at, &self.folders, &mut self.findings)
        });
        let prices = self.prices(spec.place.prices.as_deref(), &at_place);
        let locality = axes.localities.find(&spec.place.locality);
        if let Err(error) = &locality {
            self.findings.push(Finding::fault(
                "unknown-locality",
                at_place.clone().column("locality"),
                error.to_string(),
                "name the locality that is the place",
            ));
        }
        let residents = spec.place.residents.as_ref().map(|code| {
            drivers
                .iter()
                .position(|driver| driver.code() == code)
                .ok_or_else(|| {
                    let known = drivers.iter().map(Driver::code);
                    self.findings.push(Finding::fault(
                        "unknown-driver",
                        at_place.clone().column("residents"),
                        format!("`{code}` is not a driver"),
                        name_one_of(code, "driver", known),
                    ));
                })
        });
        match (locality, residents) {
            (Ok(locality), None | Some(Ok(_))) if !self.findings.any_fault() => Ok(Place {
                name: spec.place.name,
                locality,
                axes: axes.ask_freely(),
                mixes,
                drivers,
                sharing,
                alternatives,
                residents: residents.and_then(Result::ok),
                age_bands,
                ledgers,
                replacements,
                counterparties,
                boundaries,
                transfers,
                pools,
                openings,
                in_kind,
                priorities,
                absent,
                notes: spec.place.notes,
                report_period: spec.place.report_period,
                outcomes: spec.place.outcomes,
                prices,
                appraisal: spec.place.appraisal,
                plans: spec.place.plans,
                premises: spec.place.premises,
                agreement: spec.place.agreement,
                medium_term: spec.place.medium_term,
                disclosure: spec.place.disclosure,
                outlines,
                folders: self.folders,
                fingerprint: hex(&Sha256::digest(self.fingerprints.join("\n").as_bytes())),
                findings: self.findings,
            }),
            _ => Err(PlaceError::Faults(self.findings)),
        }
    }

    fn prices(&mut self, file: Option<&str>, at: &Position) -> PriceBook {
        let Some(file) = file else {
            return PriceBook::default();
        };
        let text = match self.folders.pack_text(file) {
            Ok(text) => text,
            Err(found) => {
                self.findings.push(Finding::fault(
                    "no-such-file",
                    at.clone().column("prices"),
                    found,
                    "correct the name; a pack reads only its own folder and its data folder",
                ));
                return PriceBook::default();
            }
        };
        self.fingerprints
            .push(hex(&Sha256::digest(text.as_bytes())));
        prices::open(
            file,
            &text,
            &self.folders,
            &mut self.findings,
            &mut self.fingerprints,
        )
    }

    /// The line of `place.toml` on which a table starts.
    fn at<T>(&self, table: &Spanned<T>) -> Position {
        Position::line("place.toml", self.lines.at(table.span().start))
    }

    /// Tables of `place.toml`, each with its line.
    fn each<T>(&self, tables: Vec<Spanned<T>>) -> Vec<(T, Position)> {
        let each = tables.into_iter().map(|table| (self.at(&table), table));
        each.map(|(at, table)| (table.into_inner(), at)).collect()
    }

    fn rows(&mut self, table: &TableSpec, at: &Position, fields: &[&str]) -> Vec<TableRow> {
        read(
            table,
            fields,
            at,
            &self.folders,
            &mut self.findings,
            &mut self.fingerprints,
        )
    }

    /// The lookups, without their rows.
    fn lookups(&mut self, specs: Vec<Spanned<LookupSpec>>) -> Vec<Lookup> {
        let mut all: Vec<Lookup> = Vec::with_capacity(specs.len());
        for spec in specs {
            let at = self.at(&spec);
            let lookup = Lookup::new(spec.into_inner(), at, &mut self.findings);
            if all.iter().any(|known| known.code == lookup.code) {
                self.findings.push(Finding::fault(
                    "duplicate-code",
                    lookup.at.clone(),
                    format!("there is already a lookup `{}`", lookup.code),
                    "give each lookup a code of its own",
                ));
            }
            all.push(lookup);
        }
        all
    }

    /// The rows of a lookup of areas; `known` are the codes of localities.
    fn links(&mut self, lookup: &Lookup, known: &HashSet<String>) -> Links {
        let mut rows = Vec::new();
        for table in &lookup.spec.tables {
            let (mut beyond, mut count, mut first) = (BTreeSet::new(), 0, None);
            for mut row in self.rows(table, &lookup.at, &LINK) {
                let [from, to, weight, name] = [0, 1, 2, 3].map(|field| row.take(field));
                let of_vintage = (table.vintage.as_ref()).map(|of| format!("{to}@{of}"));
                let of_vintage = of_vintage.filter(|spelled| known.contains(spelled));
                let to = match of_vintage {
                    Some(spelled) => Some(spelled),
                    None if known.contains(&to) => Some(to),
                    None => {
                        count += 1;
                        first.get_or_insert_with(|| row.position.clone());
                        beyond.insert(to);
                        None
                    }
                };
                rows.push(LinkRow {
                    from,
                    to,
                    weight,
                    name,
                    position: row.position,
                });
            }
            if let Some(first) = first {
                self.findings
                    .push(if table.outside == Some(Outside::LeftOut) {
                        lookups::left_out(count, beyond.len(), None, Position::file(first.file))
                    } else {
                        lookups::unknown_areas(&beyond, count, first.column("to"), "the place")
                    });
            }
        }
        Links::new(rows, &mut self.findings)
    }

    /// What the codes of lookups mean, now that there are drivers to divide by.
    fn settle(&mut self, lookups: &mut [Lookup], drivers: &[Driver], axes: &mut Axes) {
        for number in 0..lookups.len() {
            let (before, rest) = lookups.split_at_mut(number);
            let Some(lookup) = rest.first_mut() else {
                continue;
            };
            let measure = lookup.measure(drivers);
            if let (Some(code), None) = (&lookup.spec.by, measure) {
                self.findings.push(Finding::fault(
                    "unknown-driver",
                    lookup.at.clone().column("by"),
                    format!("`{code}` is not a driver"),
                    name_one_of(code, "driver", drivers.iter().map(Driver::code)),
                ));
            }
            let codes = if lookup.is_of_postcodes() {
                let files = PostcodeFiles {
                    lookup,
                    lookups: before,
                    drivers,
                    folders: &self.folders,
                };
                let localities = &mut axes.localities;
                files.read(localities, &mut self.findings, &mut self.fingerprints)
            } else {
                let divides = measure.is_some() || lookup.links.has_weights();
                self.findings.extend(lookup.links.told(lookup, divides));
                lookup.links.codes(lookup, measure, &mut axes.localities)
            };
            lookup.codes = Some(Arc::new(codes));
        }
    }

    fn axes(&mut self, spec: &PackSpec, lookups: &mut [Lookup]) -> Axes {
        let mut groupings: BTreeMap<String, Vec<MemberRow>> = BTreeMap::new();
        let mut known: HashSet<String> = HashSet::new();
        for (grouping, row) in self.members(&spec.localities) {
            if !lookups.is_empty() {
                known.insert(row.code.clone());
                known.insert(format!("{}@{}", row.code, row.vintage));
            }
            groupings.entry(grouping).or_default().push(row);
        }
        for lookup in lookups {
            if lookup.is_of_postcodes() {
                continue;
            }
            lookup.links = self.links(lookup, &known);
            if let Some(level) = &lookup.spec.level {
                let rows = lookup.links.members(lookup, level, &mut self.findings);
                groupings.insert(format!("lookup {}", lookup.code), rows);
            }
        }
        let main = groupings.remove("").unwrap_or_default();
        let (localities, faults) = Localities::build(&main, &groupings);
        self.findings.append(faults);
        let axes = Axes {
            activities: self.tree("an activity", &spec.activities),
            groups: self.tree("a client group", &spec.groups),
            tags: self.tree("a tag", &spec.tags),
            partners: self.tree("a partner", &spec.partners),
            localities,
        };
        if axes.tags.len() > Axes::MOST_TAGS {
            self.findings.push(Finding::fault(
                "too-many-tags",
                Position::file("place.toml"),
                format!("there are {} tags", axes.tags.len()),
                "a place may have 64; make client groups of those that never overlap",
            ));
        }
        axes
    }

    fn tree(&mut self, axis: &'static str, tables: &[Spanned<TableSpec>]) -> Tree {
        let rows: Vec<MemberRow> = self
            .members(tables)
            .into_iter()
            .map(|(_, row)| row)
            .collect();
        let (tree, faults) = Tree::build(axis, &rows);
        self.findings.append(faults);
        tree
    }

    /// Members of several tables, each with its grouping.
    fn members(&mut self, tables: &[Spanned<TableSpec>]) -> Vec<(String, MemberRow)> {
        let mut members = Vec::new();
        for table in tables {
            let at = self.at(table);
            for mut row in self.rows(table.get_ref(), &at, &MEMBER) {
                let member = MemberRow {
                    code: row.take(0),
                    name: row.take(1),
                    level: row.take(2),
                    parent: row.take(3),
                    vintage: match (row.take(4), &table.get_ref().vintage) {
                        (own, Some(of_all)) if own.is_empty() => of_all.clone(),
                        (own, _) => own,
                    },
                    position: row.position.clone(),
                };
                members.push((row.take(5), member));
            }
        }
        members
    }

    /// The masses of a table, in the areas of the place.
    fn masses(
        &mut self,
        table: &TableSpec,
        at: &Position,
        axes: &Axes,
        lookups: &[Lookup],
        earlier: &[Driver],
    ) -> Vec<DriverRow> {
        /// So many codes that nobody knows are told one by one, each with those that are near it.
        const FEW: usize = 3;
        let localities = &axes.localities;
        if let Some(code) = &table.lookup {
            let rows = self.rows(table, at, &MASS);
            let Some(lookup) = lookups::named(lookups, code, at, &mut self.findings) else {
                return Vec::new();
            };
            let translation = Translation {
                lookup,
                measure: lookup.measure(earlier),
                localities,
                leaves_out: table.outside == Some(Outside::LeftOut),
            };
            return translation.rows(rows, &mut self.findings);
        }
        let vintage = table.vintage.as_deref();
        let known = |code: &str| localities.has(&localities.of_vintage(code.to_owned(), vintage));
        let wanted = Wanted {
            table,
            fields: &MASS,
            area: Some((0, &known)),
        };
        let (rows, left_out) = read_areas(
            &wanted,
            at,
            &self.folders,
            &mut self.findings,
            &mut self.fingerprints,
        );
        if left_out.rows > 0 {
            let name = table.file.as_ref().or(table.data.as_ref());
            let at = name.map_or_else(|| at.clone(), Position::file);
            let (rows, areas) = (left_out.rows, left_out.areas.len());
            let found = lookups::left_out(rows, areas, Some(left_out.mass), at);
            self.findings.push(found);
        }
        let (mut unknown, mut count, mut first) = (BTreeSet::new(), 0, None);
        for row in rows.iter().filter(|row| !known(&row.fields[0])) {
            count += 1;
            first.get_or_insert(&row.position);
            if !unknown.contains(&row.fields[0]) {
                unknown.insert(row.fields[0].clone());
            }
        }
        let many = unknown.len() > FEW;
        if let (true, Some(first)) = (many, first) {
            let first = first.clone().column("locality");
            let found = lookups::unknown_areas(&unknown, count, first, "the place");
            self.findings.push(found);
        }
        let rows = rows
            .into_iter()
            .filter(|row| !many || !unknown.contains(&row.fields[0]));
        let row = |mut row: TableRow| DriverRow {
            locality: localities.of_vintage(row.take(0), vintage),
            ages: row.take(1),
            group: row.take(2),
            mass: row.take(3),
            position: row.position,
        };
        rows.map(row).collect()
    }

    fn driver(
        &mut self,
        spec: &Spanned<DriverSpec>,
        axes: &Axes,
        lookups: &[Lookup],
        earlier: &[Driver],
    ) -> Driver {
        let at = self.at(spec);
        let spec = spec.get_ref();
        let mut rows = Vec::new();
        for table in &spec.tables {
            rows.extend(self.masses(table, &at, axes, lookups, earlier));
        }
        let covers = match spec.covers.as_ref().map(|code| axes.localities.find(code)) {
            None => axes.localities.all_leaves(),
            Some(Ok(locality)) => axes.localities.leaves(locality).clone(),
            Some(Err(error)) => {
                self.findings.push(Finding::fault(
                    "unknown-locality",
                    at.clone().column("covers"),
                    error.to_string(),
                    "correct the code",
                ));
                axes.localities.all_leaves()
            }
        };
        if spec.class == Evidence::Direct {
            self.findings.push(Finding::fault(
                "driver-cannot-be-direct",
                at.clone().column("class"),
                format!("driver `{}` has the class direct", spec.code),
                "money shared by a driver is of class driver, population or judgement",
            ));
        }
        let described = driver::DriverSpec {
            code: spec.code.clone(),
            name: spec.name.clone(),
            class: spec.class,
            basis: spec.basis,
            source: spec.source.clone(),
            covers,
            position: at,
        };
        let (driver, faults) = Driver::build(described, rows, &axes.localities, &axes.groups);
        self.findings.append(faults);
        driver
    }

    /// A driver with the ages of an earlier one, if it says so.
    fn with_ages(
        &mut self,
        driver: Driver,
        spec: &Spanned<DriverSpec>,
        earlier: &[Driver],
        axes: &Axes,
    ) -> Driver {
        let Some(code) = &spec.get_ref().ages_by else {
            return driver;
        };
        let at = self.at(spec).column("ages_by");
        let Some(other) = earlier.iter().find(|other| other.code() == code) else {
            let known = earlier.iter().map(Driver::code);
            self.findings.push(Finding::fault(
                "unknown-driver",
                at,
                format!("`{code}` is not a driver that stands before this one"),
                name_one_of(code, "driver", known),
            ));
            return driver;
        };
        (driver.clone().with_ages_of(other, &axes.localities)).unwrap_or_else(|why| {
            self.findings.push(Finding::fault(
                "ages-of-another-driver",
                at,
                format!("driver `{}` cannot take its ages from `{code}`: {why}", driver.code()),
                "take the ages of a driver that has masses wherever this one has, or give masses by age",
            ));
            driver
        })
    }

    fn crosswalk_rows(&mut self, spec: &PackSpec, axes: &Axes) -> CrosswalkRows {
        let mut all = CrosswalkRows::default();
        let names = MemberNames::new(axes);
        let fields = crosswalk_tables::fields();
        for table in &spec.crosswalk {
            let at = self.at(table);
            let rows = self.rows(table.get_ref(), &at, &fields);
            let before = all.placed.len();
            crosswalk_tables::add(
                rows,
                &fields,
                table.get_ref(),
                &at,
                &names,
                &mut all,
                &mut self.findings,
            );
            let vintage = table.get_ref().vintage.as_deref();
            for row in &mut all.placed[before..] {
                if row.axis == "locality" {
                    let to = std::mem::take(&mut row.to);
                    row.to = axes.localities.of_vintage(to, vintage);
                }
            }
        }
        let ids: Vec<&str> = spec
            .ledger
            .iter()
            .map(|ledger| ledger.get_ref().id.as_str())
            .collect();
        for (ledger, position) in all.ledgers().filter(|(id, _)| !ids.contains(id)) {
            self.findings.push(Finding::fault(
                "unknown-ledger",
                position.clone().column("ledger"),
                format!("`{ledger}` is not a ledger of this pack"),
                name_one_of(ledger, "ledger", ids.iter().copied()),
            ));
        }
        all
    }

    fn counterparty_rows(&mut self, tables: &[Spanned<TableSpec>]) -> Vec<CounterpartyRow> {
        let mut all = Vec::new();
        for table in tables {
            let at = self.at(table);
            for mut row in self.rows(table.get_ref(), &at, &COUNTERPARTY) {
                all.push(CounterpartyRow {
                    ledger: row.take(0),
                    by: row.take(1),
                    text: row.take(2),
                    and_code: row.take(3),
                    and_text: row.take(4),
                    period: row.take(5),
                    side: row.take(6),
                    partner: row.take(7),
                    kind: row.take(8),
                    share: row.take(9),
                    onward: row.take(10),
                    position: row.position,
                });
            }
        }
        all
    }

    fn in_kind(&mut self, tables: &[Spanned<TableSpec>], axes: &Axes) -> Vec<InKind> {
        let mut all = Vec::new();
        for table in tables {
            let at = self.at(table);
            for row in self.rows(table.get_ref(), &at, &IN_KIND) {
                all.extend(partner_rules::in_kind(row, axes, &mut self.findings));
            }
        }
        all
    }

    fn ledgers(
        &mut self,
        specs: Vec<Spanned<LedgerSpec>>,
        rows: &CrosswalkRows,
        excluded: Vec<(ExcludedSpec, Position)>,
        axes: &Axes,
        mixes: &mut Mixes,
        lookups: &[Lookup],
    ) -> Vec<LedgerPlan> {
        let mut excluded = check::exclusions(excluded, &specs, &mut self.findings);
        let mut plans: Vec<LedgerPlan> = Vec::with_capacity(specs.len());
        for spec in specs {
            let at = self.at(&spec);
            let spec = spec.into_inner();
            if plans.iter().any(|plan| plan.id == spec.id) {
                self.findings.push(Finding::fault(
                    "duplicate-code",
                    at.clone(),
                    format!("there is already a ledger `{}`", spec.id),
                    "give each ledger a code of its own",
                ));
            }
            let mut files: Vec<(PathBuf, String)> = Vec::new();
            let patterns = spec.files.iter().map(|p| (Folder::Pack, p));
            for (folder, pattern) in patterns.chain(spec.data.iter().map(|p| (Folder::Data, p))) {
                match self.folders.matching(folder, pattern) {
                    Ok(found) => {
                        // Patterns may overlap; a file is still one file.
                        let new =
                            |file: &(PathBuf, String)| files.iter().all(|known| known.0 != file.0);
                        let new: Vec<_> = found.files.into_iter().filter(new).collect();
                        files.extend(new);
                        for (file, why) in found.left_out {
                            self.findings.push(Finding::fault(
                                "file-left-out",
                                at.clone(),
                                format!(
                                    "ledger `{}`: `{file}` matches `{pattern}` and cannot be read: {why}",
                                    spec.id
                                ),
                                "put the file itself there, or write a pattern that does not match it",
                            ));
                        }
                    }
                    Err(found) => self.findings.push(Finding::fault(
                        "no-such-file",
                        at.clone(),
                        format!("ledger `{}`: {found}", spec.id),
                        "correct the pattern; a pack reads only its own folder and its data folder",
                    )),
                }
            }
            let layout = &spec.layout;
            let (crosswalk, faults) =
                Crosswalk::compile(&spec.id, &spec.axes, rows, layout, axes, mixes, &at);
            self.findings.append(faults);
            self.codes_named(&spec, &at);
            if spec.axes.resource.is_some() && spec.basis.trim().is_empty() {
                self.findings.push(Finding::fault(
                    "in-kind-without-basis",
                    at.clone().column("basis"),
                    format!(
                        "ledger `{}` holds more than cash and does not say how it was valued",
                        spec.id
                    ),
                    "write in `basis` how amounts in kind were valued: hours, rate, whose estimate",
                ));
            }
            let mut crosswalk = (crosswalk.hiding_payees(&spec.layout))
                .excluding(excluded.remove(&spec.id).unwrap_or_default());
            let of_localities = spec.axes.locality.as_ref();
            if let Some(name) = of_localities.and_then(|rule| rule.lookup.as_ref())
                && let Some(lookup) = lookups::named(lookups, name, &at, &mut self.findings)
                && let Some(codes) = &lookup.codes
            {
                crosswalk = crosswalk.with_areas(name, Arc::clone(codes));
            }
            plans.push(LedgerPlan {
                id: spec.id,
                name: spec.name,
                source: spec.source,
                phase: spec.phase,
                files,
                layout: spec.layout,
                repeats: spec.repeats,
                controls: spec.control,
                basis: spec.basis,
                complete: spec.complete,
                crosswalk,
            });
        }
        plans
    }

    /// An axis that is placed by codes needs a column of codes in the layout.
    fn codes_named(&mut self, spec: &LedgerSpec, at: &Position) {
        let axes = [
            ("partner", &spec.axes.partner),
            ("activity", &spec.axes.activity),
            ("ages", &spec.axes.ages),
            ("group", &spec.axes.group),
            ("tag", &spec.axes.tag),
            ("locality", &spec.axes.locality),
            ("resource", &spec.axes.resource),
            ("flexibility", &spec.axes.flexibility),
        ];
        for (axis, rule) in axes {
            let by_code = rule.as_ref().is_some_and(|rule| rule.by.is_some());
            if by_code && !spec.layout.codes.contains_key(axis) {
                self.findings.push(Finding::fault(
                    "no-such-column",
                    at.clone().column(axis),
                    format!("ledger `{}` places {axis} by codes, but its layout names no column of them", spec.id),
                    format!("add `{axis} = [\"<heading>\"]` to the codes of its layout"),
                ));
            }
        }
    }
}
