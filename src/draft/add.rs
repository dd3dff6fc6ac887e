//! Adding to a pack that is there: files, ledgers, codes, partners and candidates that are new.
//!
//! **Invariant:** no byte that stands in a file of the pack is changed, but for the total of a control
//! that an earlier draft added up, and the comma after the last text of a list that grows.

use super::changes::{Added, Content, Written, write_into};
use super::error::DraftError;
use super::group::Group;
use super::ledger::DraftLedger;
use super::plan::Draft;
use super::profile::Table;
use super::reading::Reading;
use super::tables::{self, Row};
use super::toml_text::{self, Folder, STATED};
use super::{assemble, bodies, edit};
use crate::ledger::Layout;
use crate::place::{Place, TableSpec};
use crate::sheet::{self, Format, Name, Names, ReadOptions, normalised};
use crate::text::{counted, counted_as};
use crate::worklist::{CodeRow, CodeSheet};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What of a pack is needed to add to it.
#[derive(Deserialize)]
struct Old {
    place: OldPlace,
    #[serde(default)]
    ledger: Vec<OldLedger>,
    #[serde(default)]
    crosswalk: Vec<TableSpec>,
    #[serde(default)]
    partners: Vec<TableSpec>,
    #[serde(default)]
    counterparty: Vec<TableSpec>,
}

#[derive(Deserialize)]
struct OldPlace {
    locality: String,
}

#[derive(Deserialize)]
struct OldLedger {
    id: String,
    layout: Layout,
    axes: OldAxes,
}

#[derive(Deserialize)]
struct OldAxes {
    partner: Option<OldRule>,
}

#[derive(Deserialize)]
struct OldRule {
    always: Option<String>,
}

/// A pack while it is added to.
struct Pack<'a> {
    draft: &'a Draft,
    folder: &'a Path,
    root: PathBuf,
    place: Arc<Place>,
    old: Old,
    edit: edit::Edit,
    /// Blocks that come to the end of `place.toml`.
    blocks: String,
    what: Vec<String>,
    left: Vec<String>,
    partners: Vec<Row>,
    codes: Vec<CodeRow>,
    bodies: Vec<Row>,
    candidates: Vec<Row>,
}

/// Adds what is new to the pack of a folder.
pub(super) fn to(draft: &Draft, folder: &Path) -> Result<Written, DraftError> {
    let path = folder.join("place.toml");
    let bytes = fs::read(&path).map_err(|source| DraftError::Write {
        file: "place.toml".to_owned(),
        source,
    })?;
    let text = String::from_utf8(bytes)
        .map_err(|_| not_added("place.toml", "it is not in UTF-8; save it so"))?;
    let old: Old = toml::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|error| not_added("place.toml", error.to_string().trim_end()))?;
    let (place, root) = open(draft, folder)?;
    let mut pack = Pack {
        draft,
        folder,
        root,
        place,
        old,
        edit: edit::Edit::of(&text).map_err(|why| not_added("place.toml", &why))?,
        blocks: String::new(),
        what: Vec::new(),
        left: Vec::new(),
        partners: Vec::new(),
        codes: Vec::new(),
        bodies: Vec::new(),
        candidates: Vec::new(),
    };
    for ledger in &draft.ledgers {
        pack.ledger(ledger)?;
    }
    pack.finish(&text)
}

fn not_added(file: &str, why: &str) -> DraftError {
    DraftError::NotAddedTo {
        file: file.to_owned(),
        why: why.to_owned(),
    }
}

/// Opens a pack with the folder that its files and those of the draft lie in.
fn open(draft: &Draft, folder: &Path) -> Result<(Arc<Place>, PathBuf), DraftError> {
    const LEVELS: usize = 6;
    let own = draft.data.clone();
    let mut roots: Vec<PathBuf> = vec![own.clone()];
    if !draft.data_is_given {
        roots.extend(own.ancestors().skip(1).take(LEVELS).map(Path::to_owned));
        roots.extend(
            draft
                .files
                .iter()
                .filter_map(|file| file.path.parent().map(Path::to_owned)),
        );
    }
    let mut first = None;
    for root in roots {
        match Place::open_with_data(folder, &root) {
            Ok(place) => {
                let pack = folder.canonicalize().ok();
                let outside = draft.files.iter().find(|file| {
                    !file.path.starts_with(&root)
                        && !pack
                            .as_deref()
                            .is_some_and(|pack| file.path.starts_with(pack))
                });
                return match outside {
                    Some(file) => Err(DraftError::OutsideData {
                        file: file.shown.clone(),
                    }),
                    None => Ok((place, root)),
                };
            }
            Err(error) => {
                first.get_or_insert(error);
            }
        }
    }
    Err(first.map_or(DraftError::NoFiles, DraftError::Pack))
}

impl Pack<'_> {
    /// Adds what is new of one ledger of the draft.
    fn ledger(&mut self, ledger: &DraftLedger) -> Result<(), DraftError> {
        let mut covered: BTreeMap<usize, usize> = BTreeMap::new();
        let mut new: Vec<usize> = Vec::new();
        for &at in &ledger.seen {
            let file = &self.draft.files[at];
            let plans = self.place.ledgers().iter();
            match plans
                .clone()
                .position(|plan| plan.files.iter().any(|(path, _)| *path == file.path))
            {
                Some(known) => *covered.entry(known).or_default() += 1,
                None => match plans
                    .flat_map(|plan| &plan.files)
                    .find(|(path, _)| same_bytes(path, &file.path))
                {
                    Some((_, same)) => self.left.push(format!(
                        "`{}` is `{same}` again, byte for byte, and was not added",
                        file.shown
                    )),
                    None => new.push(at),
                },
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        match self.target(ledger, &covered) {
            Some(known) => self.add_files(known, ledger, &new),
            None => self.add_ledger(ledger, &new),
        }
    }

    /// The ledger of the pack that files belong to: the one that has others of the same draft, or the only
    /// one of the same code or partner.
    fn target(&self, ledger: &DraftLedger, covered: &BTreeMap<usize, usize>) -> Option<usize> {
        if let [(known, _)] = covered.iter().collect::<Vec<_>>().as_slice() {
            return Some(**known);
        }
        let partner = |old: &OldLedger| {
            old.axes
                .partner
                .as_ref()
                .and_then(|rule| rule.always.clone())
        };
        let own = self.partner_code(ledger);
        let same: Vec<usize> = (self.old.ledger.iter().enumerate())
            .filter(|(_, old)| old.id == ledger.id || partner(old).is_some_and(|code| code == own))
            .map(|(at, _)| at)
            .collect();
        match same.as_slice() {
            [one] => Some(*one),
            _ => None,
        }
    }

    /// The partner's code in the pack, which may have another for the same name.
    fn partner_code(&self, ledger: &DraftLedger) -> String {
        let partners = &self.place.axes().partners;
        let key = bodies::key(&ledger.named.name);
        let named = partners
            .iter()
            .find(|(_, member)| bodies::key(&member.name) == key);
        named.map_or_else(
            || ledger.named.code.clone(),
            |(_, member)| member.code.clone(),
        )
    }

    /// Where a file of the draft lies, as the pack names it.
    fn place_of(&self, at: usize) -> (Folder, String) {
        let path = &self.draft.files[at].path;
        let pack = self.folder.canonicalize().ok();
        let inner = pack
            .as_deref()
            .and_then(|pack| path.strip_prefix(pack).ok());
        let (folder, inner) = match inner {
            Some(inner) => (Folder::Pack, inner),
            None => (Folder::Data, path.strip_prefix(&self.root).unwrap_or(path)),
        };
        (folder, inner.to_string_lossy().replace('\\', "/"))
    }

    /// Adds files to a ledger of the pack, with what its layout needs for them.
    fn add_files(
        &mut self,
        known: usize,
        ledger: &DraftLedger,
        new: &[usize],
    ) -> Result<(), DraftError> {
        let old = &self.old.ledger[known];
        let id = old.id.clone();
        let files = self.draft.seen(new);
        let tables: Vec<&(Table, _)> = files.iter().flat_map(|file| &file.tables).collect();
        let fresh = assemble::layout(&files, None);
        let grown = assemble::grown(&old.layout, &fresh.layout, &tables);
        // What is read is what the pack says, with what was added to it.
        let reading = Reading::of(&id, &files, &grown.layout)?;
        for (file, read) in new.iter().zip(&reading.files) {
            let (folder, name) = self.place_of(*file);
            let key = if folder == Folder::Pack {
                "files"
            } else {
                "data"
            };
            self.edit
                .push_file(
                    known,
                    key,
                    &toml_text::pattern(&name),
                    &toml_text::of_file(read),
                )
                .map_err(|why| not_added("place.toml", &why))?;
        }
        for (key, more) in &grown.added {
            self.edit
                .push_alternatives(known, key, more)
                .map_err(|why| not_added("place.toml", &why))?;
            self.what.push(format!(
                "ledger `{id}`: {} for new headings: {}",
                key.join("."),
                more.join(", ")
            ));
        }
        let total: i128 = i128::from(reading.total.get());
        let stated = reading.files.iter().all(|file| file.stated);
        if let Some(words) = self.edit.control(known, STATED, stated.then_some(total)) {
            self.what.push(format!("ledger `{id}`: {words}"));
        }
        let months: Vec<String> = reading.months.keys().map(ToString::to_string).collect();
        self.what.push(format!(
            "ledger `{id}`: {} with {}, {} ({})",
            counted(new.len(), "file"),
            counted(crate::text::grouped(&reading.lines.to_string()), "line"),
            reading.total,
            crate::text::list(
                &months.iter().take(6).collect::<Vec<_>>(),
                months.len().saturating_sub(6)
            )
        ));
        let own = self.partner_code(ledger);
        self.codes.extend(tables::codes(&id, &reading.codes));
        self.candidates
            .extend(tables::counterparties(self.draft, &id, &own, &reading.paid));
        if old_has_partner_codes(&self.old.ledger[known]) {
            self.bodies.extend(tables::bodies(&fresh.bodies, &id));
            self.partners.extend(tables::partners_of(&fresh.bodies));
        }
        Ok(())
    }

    /// Adds a ledger at the end.
    fn add_ledger(&mut self, ledger: &DraftLedger, new: &[usize]) -> Result<(), DraftError> {
        let group = Group {
            files: new.to_vec(),
            body: self.draft.files[new[0]].body().map(str::to_owned),
        };
        let mut fresh = self.draft.ledger(&group)?;
        let taken = |id: &str| self.old.ledger.iter().any(|old| old.id == id);
        let mut numbered = (2..).map(|number| format!("{}-{number}", ledger.id));
        fresh.id = match taken(&ledger.id) {
            false => ledger.id.clone(),
            true => numbered.find(|id| !taken(id)).unwrap_or_default(),
        };
        fresh.named = ledger.named.clone();
        fresh.named.code = self.partner_code(ledger);
        let places: BTreeMap<String, (Folder, String)> = new
            .iter()
            .map(|&at| (self.draft.files[at].shown.clone(), self.place_of(at)))
            .collect();
        let place_of = |file: &str| {
            places
                .get(file)
                .cloned()
                .unwrap_or((Folder::Data, file.to_owned()))
        };
        self.blocks.push_str(&toml_text::ledger(
            &fresh,
            &self.old.place.locality,
            &place_of,
        ));
        self.what.push(format!(
            "ledger `{}`: {}, {}",
            fresh.id,
            counted(new.len(), "file"),
            counted(crate::text::grouped(&fresh.lines().to_string()), "line")
        ));
        match fresh.proposal.bodies.as_slice() {
            [] => self
                .partners
                .push(tables::partner(&fresh.named.code, &fresh.named.name)),
            all => {
                self.partners.extend(tables::partners_of(all));
                self.bodies.extend(tables::bodies(all, &fresh.id));
            }
        }
        self.codes
            .extend(tables::codes(&fresh.id, fresh.code_sums()));
        self.candidates.extend(tables::counterparties(
            self.draft,
            &fresh.id,
            &fresh.named.code,
            &fresh.reading.paid,
        ));
        Ok(())
    }

    /// Writes what is new.
    fn finish(mut self, text: &str) -> Result<Written, DraftError> {
        let mut contents: Vec<Content> = Vec::new();
        let partners = &self.place.axes().partners;
        let known: BTreeSet<String> = partners
            .iter()
            .map(|(_, member)| member.code.clone())
            .collect();
        let new = std::mem::take(&mut self.partners);
        let new: Vec<Row> = new
            .into_iter()
            .filter(|row| !known.contains(cell(row, "code")))
            .collect();
        let specs = std::mem::take(&mut self.old.partners);
        self.table(&mut contents, &specs, &Kind::PARTNERS, new, None)?;
        let specs = std::mem::take(&mut self.old.crosswalk);
        let codes = self.unknown_codes(&specs)?;
        let bytes = codes.to_csv().into_bytes();
        self.table(
            &mut contents,
            &specs,
            &Kind::CROSSWALK,
            tables::crosswalk(&codes),
            Some(bytes),
        )?;
        let new = std::mem::take(&mut self.bodies);
        self.table(&mut contents, &specs, &Kind::BODIES, new, None)?;
        let specs = std::mem::take(&mut self.old.counterparty);
        let new = std::mem::take(&mut self.candidates);
        self.table(&mut contents, &specs, &Kind::CANDIDATES, new, None)?;
        let edited = self
            .edit
            .finish(text, &self.blocks)
            .map_err(|why| not_added("place.toml", &why))?;
        if let Some(bytes) = edited {
            contents.push(Content {
                file: "place.toml".to_owned(),
                bytes: bytes.into_bytes(),
                what: self.what,
                new: false,
            });
        }
        write_into(self.folder, &contents)?;
        let in_pack = |path: &Path| {
            self.folder
                .canonicalize()
                .is_ok_and(|pack| path.starts_with(pack))
        };
        let all_in_pack = self.draft.files.iter().all(|file| in_pack(&file.path));
        let opens_alone = all_in_pack && Place::open(self.folder).is_ok();
        Ok(Written {
            pack: self.folder.to_owned(),
            data: (!opens_alone).then_some(self.root),
            added: contents
                .into_iter()
                .map(|content| Added {
                    file: content.file,
                    what: content.what,
                    new: content.new,
                })
                .collect(),
            left: self.left,
        })
    }

    /// The codes that no table of the crosswalk has a row for yet.
    fn unknown_codes(&mut self, specs: &[TableSpec]) -> Result<CodeSheet, DraftError> {
        let mut known: BTreeSet<(String, String)> = BTreeSet::new();
        for spec in specs {
            for row in &spec.rows {
                let text = |field: &str| {
                    row.get(field)
                        .or_else(|| spec.set.get(field))
                        .cloned()
                        .unwrap_or_default()
                };
                known.insert((text("ledger"), text("code")));
            }
            let path = match (&spec.file, &spec.data) {
                (Some(file), _) => self.folder.join(file),
                (None, Some(file)) => self.root.join(file),
                (None, None) => continue,
            };
            let headings = |field: &str| {
                let own = spec.columns.get(field);
                own.map_or_else(|| vec![field.to_owned()], |own| own.each().to_vec())
            };
            let read = Read::of(&path, &[headings("ledger"), headings("code")])
                .map_err(|why| not_added(spec.file.as_deref().unwrap_or("crosswalk"), &why))?;
            for mut cells in read.keys {
                let code = cells.pop().unwrap_or_default();
                let ledger = match spec.set.get("ledger") {
                    Some(ledger) => ledger.clone(),
                    None => cells.pop().unwrap_or_default(),
                };
                known.insert((ledger.clone(), tables::code_of_row(&code)));
                known.insert((ledger, code));
            }
        }
        let codes = std::mem::take(&mut self.codes);
        let is_new =
            |row: &CodeRow| !known.contains(&(row.ledger.clone(), tables::code_of_row(&row.code)));
        Ok(CodeSheet::new(codes.into_iter().filter(is_new).collect()))
    }

    /// Adds rows to the first of some tables that can take them, or makes a new one, of these bytes where
    /// there are any.
    fn table(
        &mut self,
        contents: &mut Vec<Content>,
        specs: &[TableSpec],
        kind: &Kind,
        new: Vec<Row>,
        bytes: Option<Vec<u8>>,
    ) -> Result<(), DraftError> {
        if new.is_empty() {
            return Ok(());
        }
        for spec in specs {
            let Some(file) = &spec.file else { continue };
            // Columns of other names, texts for all rows and choices of rows are a person's own.
            let plain = spec.columns.is_empty()
                && spec.set.is_empty()
                && (spec.only.is_empty() || kind.file == Kind::CANDIDATES.file);
            let path = self.folder.join(file);
            if !plain || !kind.can_take(&path) {
                continue;
            }
            contents.extend(rows(&path, file, &new, kind.thing)?);
            return Ok(());
        }
        let stem = kind.file.trim_end_matches(".csv");
        let names = std::iter::once(kind.file.to_owned())
            .chain((2..).map(|number| format!("{stem}-{number}.csv")));
        let file = names
            .into_iter()
            .find(|file| !self.folder.join(file).exists())
            .unwrap_or_default();
        self.blocks.push_str(&kind.block.replace(kind.file, &file));
        contents.push(Content {
            bytes: bytes.unwrap_or_else(|| tables::csv(kind.headings, &new)),
            what: vec![counted(new.len(), kind.thing)],
            file,
            new: true,
        });
        Ok(())
    }
}

fn old_has_partner_codes(old: &OldLedger) -> bool {
    old.layout.codes.contains_key("partner")
}

/// A table of a pack that rows are added to.
struct Kind {
    file: &'static str,
    headings: &'static [&'static str],
    /// Headings without which it is another table.
    needs: &'static [&'static str],
    /// A heading with which it is another table.
    never: &'static [&'static str],
    thing: &'static str,
    block: &'static str,
}

impl Kind {
    const PARTNERS: Self = Self {
        file: "partners.csv",
        headings: &tables::PARTNERS,
        needs: &["code", "name"],
        never: &[],
        thing: "partner",
        block: "\n[[partners]]\nsource = \"the publishers of the files\"\nfile = \"partners.csv\"\n",
    };
    const CROSSWALK: Self = Self {
        file: "crosswalk.csv",
        headings: &[],
        needs: &["ledger", "code", "activity"],
        never: &["axis"],
        thing: "code",
        block: "\n[[crosswalk]]\nsource = \"codes that came with new files, the most money first\"\nfile = \"crosswalk.csv\"\n",
    };
    const BODIES: Self = Self {
        file: "bodies.csv",
        headings: &tables::BODIES,
        needs: &["ledger", "axis", "code", "to"],
        never: &[],
        thing: "name",
        block: "\n[[crosswalk]]\nsource = \"names of bodies in the files\"\nfile = \"bodies.csv\"\n",
    };
    const CANDIDATES: Self = Self {
        file: "counterparties.csv",
        headings: &tables::COUNTERPARTIES,
        needs: &["ledger", "match", "text", "decided"],
        never: &[],
        thing: "candidate",
        block: "\n[[counterparty]]\nsource = \"public bodies among the payees; a row counts once `yes` stands under decided\"\nfile = \"counterparties.csv\"\nwhere.decided = [\"yes\", \"Yes\", \"YES\"]\n",
    };

    /// Whether a file is such a table, as text.
    fn can_take(&self, path: &Path) -> bool {
        let Ok(read) = Read::of(path, &[]) else {
            return false;
        };
        let names = Names::of(read.headings.iter().map(String::as_str));
        let has = |heading: &str| names.has(&Name::new(heading, None));
        read.text.is_some()
            && self.needs.iter().all(|heading| has(heading))
            && !self.never.iter().any(|heading| has(heading))
    }
}

fn cell<'a>(row: &'a Row, heading: &str) -> &'a str {
    row.iter()
        .find(|(own, _)| *own == heading)
        .map_or("", |(_, text)| text.as_str())
}

/// A table of a pack as it is.
struct Read {
    headings: Vec<String>,
    /// The cells under the headings that were asked for, row by row.
    keys: Vec<Vec<String>>,
    /// How it is written, if it is a text.
    text: Option<Writing>,
}

/// How a text is written.
struct Writing {
    delimiter: char,
    encoding: String,
    crlf: bool,
}

impl Read {
    fn of(path: &Path, wanted: &[Vec<String>]) -> Result<Self, String> {
        let shown = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let source = sheet::open(path, &shown, &ReadOptions::default())
            .map_err(|error| error.to_string())?;
        let detected = source.detected();
        let text = (detected.format == Format::Text).then(|| Writing {
            delimiter: detected.delimiter.unwrap_or(','),
            encoding: detected.encoding.clone().unwrap_or_default(),
            crlf: detected.line_ends.is_some_and(|ends| ends.crlf > ends.lf),
        });
        let mut read = Self {
            headings: Vec::new(),
            keys: Vec::new(),
            text,
        };
        for sheet in source.sheets() {
            let mut places: Option<Vec<Option<usize>>> = None;
            sheet.for_each_row(|_, cells| {
                if cells.iter().all(|cell| cell.trim().is_empty()) {
                    return;
                }
                match &places {
                    None => {
                        let names = Names::of(cells.iter());
                        let at = |heading: &String| names.find(&Name::new(heading, None)).first();
                        let find = |headings: &Vec<String>| headings.iter().find_map(at);
                        places = Some(wanted.iter().map(find).collect());
                        if read.headings.is_empty() {
                            read.headings =
                                cells.iter().map(|cell| cell.trim().to_owned()).collect();
                        }
                    }
                    Some(places) => {
                        let cell = |place: &Option<usize>| {
                            place
                                .and_then(|at| cells.get(at))
                                .unwrap_or("")
                                .trim()
                                .to_owned()
                        };
                        read.keys.push(places.iter().map(cell).collect());
                    }
                }
            });
        }
        Ok(read)
    }
}

/// The bytes of a table with rows added at its end; nothing where it has all of them.
pub(super) fn rows(
    path: &Path,
    file: &str,
    rows: &[Row],
    thing: &str,
) -> Result<Option<Content>, DraftError> {
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let own = |key: &&str| first.iter().any(|(heading, _)| heading == key);
    let keys: Vec<&str> = ["ledger", "axis", "code", "text"]
        .into_iter()
        .filter(own)
        .collect();
    let wanted: Vec<Vec<String>> = keys.iter().map(|key| vec![(*key).to_owned()]).collect();
    let read = Read::of(path, &wanted).map_err(|why| not_added(file, &why))?;
    let Some(written) = &read.text else {
        return Err(not_added(file, "it is no text; save it as CSV"));
    };
    // Codes are compared as they are, names of bodies by their letters.
    let key = |cells: &[String]| -> Vec<String> {
        let each = keys.iter().zip(cells);
        each.map(|(key, cell)| match *key {
            "text" => normalised(cell),
            "code" => tables::code_of_row(cell),
            _ => cell.clone(),
        })
        .collect()
    };
    let mut known: BTreeSet<Vec<String>> = read.keys.iter().map(|cells| key(cells)).collect();
    let names = Names::of(read.headings.iter().map(String::as_str));
    let mut added = String::new();
    let mut count = 0usize;
    for row in rows {
        let own: Vec<String> = keys.iter().map(|key| cell(row, key).to_owned()).collect();
        if !known.insert(key(&own)) {
            continue;
        }
        let mut cells = vec![""; read.headings.len()];
        for (heading, text) in row {
            if let Some(at) = names.find(&Name::new(heading, None)).first() {
                cells[at] = text;
            }
        }
        tables::push(&mut added, cells.into_iter(), written.delimiter);
        count += 1;
    }
    if count == 0 {
        return Ok(None);
    }
    let mut bytes = fs::read(path).map_err(|source| DraftError::Write {
        file: file.to_owned(),
        source,
    })?;
    if !bytes.ends_with(b"\n") && !bytes.ends_with(b"\r") {
        added.insert(0, '\n');
    }
    let added = if written.crlf {
        added.replace('\n', "\r\n")
    } else {
        added
    };
    let label = written
        .encoding
        .split_whitespace()
        .next()
        .unwrap_or("utf-8");
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    if encoding.output_encoding() != encoding {
        return Err(not_added(file, "it is in UTF-16; save it as CSV in UTF-8"));
    }
    bytes.extend_from_slice(&encoding.encode(&added).0);
    Ok(Some(Content {
        file: file.to_owned(),
        bytes,
        what: vec![format!(
            "{} at its end",
            counted_as(count, &format!("{thing} row"), &format!("{thing} rows"))
        )],
        new: false,
    }))
}

/// Whether two files hold the same bytes.
fn same_bytes(one: &Path, other: &Path) -> bool {
    let size = |path: &Path| fs::metadata(path).map(|metadata| metadata.len()).ok();
    size(one).is_some() && size(one) == size(other) && fs::read(one).ok() == fs::read(other).ok()
}
