//! Opening a pack: everything read, everything checked, every fault reported.

use super::check::AlternativeRules;
use super::crosswalk_tables;
use super::files::{Folder, Folders};
use super::outlines::OutlinesPlan;
use super::partner_rules::{self, IN_KIND};
use super::spec::{DriverSpec, ExcludedSpec, LedgerSpec, PackSpec, TableSpec};
use super::tables::{TableRow, read};
use super::{InKind, LedgerPlan, Lines, Place, PlaceError, absent, check};
use crate::axis::{Axes, Evidence, Localities, MemberRow, Placed, Tree, name_one_of};
use crate::counterparty::{Counterparties, CounterpartyRow};
use crate::crosswalk::{Crosswalk, CrosswalkRows, MemberNames, Mix, Mixes};
use crate::driver::{self, Driver, DriverRow};
use crate::finding::{Finding, Findings, Position};
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
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
const MASS: [&str; 4] = ["locality", "ages", "group", "mass"];
pub(crate) const COUNTERPARTY: [&str; 11] = [
    "ledger", "match", "text", "and_code", "and_text", "period", "side", "partner", "kind",
    "share", "onward",
];

impl Opener {
    fn open(mut self, spec: PackSpec) -> Result<Place, PlaceError> {
        let axes = self.axes(&spec);
        let mut drivers: Vec<Driver> = Vec::with_capacity(spec.driver.len());
        for driver in &spec.driver {
            let built = self.driver(driver, &axes);
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
        let rows = self.crosswalk_rows(&spec, &axes);
        let rules = self.counterparty_rows(&spec.counterparty);
        let in_kind = self.in_kind(&spec.in_kind, &axes);
        let excluded = self.each(spec.excluded);
        let ledgers = self.ledgers(spec.ledger, &rows, excluded, &axes, &mut mixes);
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
                outlines,
                folders: self.folders,
                fingerprint: hex(&Sha256::digest(self.fingerprints.join("\n").as_bytes())),
                findings: self.findings,
            }),
            _ => Err(PlaceError::Faults(self.findings)),
        }
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

    fn axes(&mut self, spec: &PackSpec) -> Axes {
        let mut groupings: BTreeMap<String, Vec<MemberRow>> = BTreeMap::new();
        for (grouping, row) in self.members(&spec.localities) {
            groupings.entry(grouping).or_default().push(row);
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
                    vintage: row.take(4),
                    position: row.position.clone(),
                };
                members.push((row.take(5), member));
            }
        }
        members
    }

    fn driver(&mut self, spec: &Spanned<DriverSpec>, axes: &Axes) -> Driver {
        let at = self.at(spec);
        let spec = spec.get_ref();
        let mut rows = Vec::new();
        for table in &spec.tables {
            for mut row in self.rows(table, &at, &MASS) {
                rows.push(DriverRow {
                    locality: row.take(0),
                    ages: row.take(1),
                    group: row.take(2),
                    mass: row.take(3),
                    position: row.position,
                });
            }
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
            crosswalk_tables::add(
                rows,
                &fields,
                table.get_ref(),
                &at,
                &names,
                &mut all,
                &mut self.findings,
            );
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
            let crosswalk = (crosswalk.hiding_payees(&spec.layout))
                .excluding(excluded.remove(&spec.id).unwrap_or_default());
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
