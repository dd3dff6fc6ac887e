//! The files that are given, each opened once: what its sheets hold and what their columns are taken for.

use super::bodies;
use super::decide::{Bodies, Decision, shown};
use super::profile::{Found, Table};
use super::words::words;
use crate::finding::{masked, plain};
use crate::ledger::swapped_form;
use crate::sheet::{self, Format, ReadOptions};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A file that is no part of the draft, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LeftOut {
    /// The file, by its name below the data folder.
    pub file: String,
    /// Why it was left out, and what to do.
    pub why: String,
    /// Whether it was named itself, and not only found in a folder or by a pattern.
    pub named: bool,
}

/// A file with payments.
#[derive(Debug)]
pub(super) struct Seen {
    pub(super) path: PathBuf,
    /// Its name below the data folder.
    pub(super) shown: String,
    pub(super) fingerprint: String,
    /// Sheets with an amount, and what their columns are.
    pub(super) tables: Vec<(Table, Decision)>,
    /// Sheets that were passed over, and why.
    pub(super) passed_over: Vec<String>,
}

impl Seen {
    /// The body that its columns name: the only one, or the one of most lines among a few others.
    pub(super) fn body(&self) -> Option<&str> {
        self.tables
            .iter()
            .find_map(|(_, decision)| match &decision.bodies {
                Bodies::One { name, .. } => Some(name.as_str()),
                Bodies::Several { mostly, .. } => mostly.as_deref(),
                Bodies::Unsaid => None,
            })
    }

    /// The public body that a title above its headings names.
    pub(super) fn titled(&self) -> Option<String> {
        let titles = self.tables.iter().flat_map(|(table, _)| &table.titles);
        let plain = |word: &str| telling(word).is_empty();
        titles
            .into_iter()
            .find_map(|title| bodies::in_title(title, plain))
    }

    /// Its headings by their letters and digits.
    pub(super) fn letters(&self) -> BTreeSet<String> {
        self.tables
            .iter()
            .flat_map(|(table, _)| table.letters())
            .collect()
    }

    /// Words of its name that may be a publisher's.
    pub(super) fn name_words(&self) -> Vec<String> {
        let stem = self.path.file_stem().unwrap_or_default().to_string_lossy();
        telling(&stem)
    }

    /// Words of the folder that may be a publisher's: the nearest folder that has any.
    pub(super) fn folder(&self) -> Option<&str> {
        const LEVELS: usize = 3;
        let folders = self.path.ancestors().skip(1).take(LEVELS);
        let names = folders.filter_map(|folder| folder.file_name()?.to_str());
        names
            .into_iter()
            .find(|name| !name.starts_with('.') && !telling(name).is_empty())
    }
}

/// Words of a name of a file or folder that are none of time, of payments and of files.
pub(super) fn telling(name: &str) -> Vec<String> {
    const PLAIN: [&str; 92] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "spend",
        "spends",
        "spending",
        "over",
        "payment",
        "payments",
        "paid",
        "expenditure",
        "transparency",
        "transactions",
        "csv",
        "xlsx",
        "xls",
        "ods",
        "parquet",
        "pdf",
        "txt",
        "copy",
        "of",
        "final",
        "quarter",
        "qtr",
        "q",
        "data",
        "publish",
        "published",
        "publication",
        "supplier",
        "suppliers",
        "invoice",
        "invoices",
        "the",
        "to",
        "and",
        "for",
        "in",
        "p",
        "period",
        "month",
        "monthly",
        "quarterly",
        "year",
        "yearly",
        "raw",
        "clean",
        "processed",
        "file",
        "files",
        "ledger",
        "ledgers",
        "download",
        "downloads",
        "v",
        "version",
        "fy",
        "k",
        "open",
        "sheet",
        "list",
        "report",
        "reports",
        "from",
        "tmp",
        "temp",
        "home",
        "a",
        "revised",
        "threshold",
    ];
    let months = |word: &str| {
        word.len() >= 3
            && PLAIN[..24]
                .iter()
                .any(|month| word.strip_prefix(month).is_some_and(|rest| rest.is_empty()))
    };
    let all = words(name);
    let telling = all.into_iter().filter(|word| {
        word.chars().all(char::is_alphabetic)
            && word.chars().count() > 1
            && !PLAIN.contains(&word.as_str())
            && !months(word)
    });
    telling.collect()
}

/// What was found in the files.
#[derive(Debug, Default)]
pub(super) struct AllSeen {
    pub(super) files: Vec<Seen>,
    pub(super) left_out: Vec<LeftOut>,
    /// Sheets and columns that could not be read are told here too.
    pub(super) root: PathBuf,
}

/// A file that is to be looked at.
struct Asked {
    path: PathBuf,
    named: bool,
}

/// Opens the files that paths, folders and patterns name, each once.
pub(super) fn all(paths: &[PathBuf], data: Option<&Path>) -> AllSeen {
    let mut asked: Vec<Asked> = Vec::new();
    let mut left_out: Vec<LeftOut> = Vec::new();
    for path in paths {
        collect(path, &mut asked, &mut left_out);
    }
    let mut known: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut files: Vec<(PathBuf, bool)> = Vec::new();
    for one in asked {
        let real = one.path.canonicalize().unwrap_or(one.path);
        match known.get(&real) {
            Some(&at) => files[at].1 |= one.named,
            None => {
                known.insert(real.clone(), files.len());
                files.push((real, one.named));
            }
        }
    }
    let root = match data {
        Some(data) => data.canonicalize().unwrap_or_else(|_| data.to_owned()),
        None => common_folder(files.iter().map(|(path, _)| path.as_path())),
    };
    let looked: Vec<Result<Seen, LeftOut>> = (files.par_iter())
        .map(|(path, named)| {
            let shown = below(&root, path);
            look(path, &shown).map_err(|why| LeftOut {
                file: shown,
                why,
                named: *named,
            })
        })
        .collect();
    let mut all = AllSeen {
        root,
        ..AllSeen::default()
    };
    for looked in looked {
        match looked {
            Ok(seen) => match all
                .files
                .iter()
                .find(|known| known.fingerprint == seen.fingerprint)
            {
                Some(same) => left_out.push(LeftOut {
                    why: format!("it is `{}` again, byte for byte", same.shown),
                    file: seen.shown,
                    named: false,
                }),
                None => all.files.push(seen),
            },
            Err(left) => left_out.push(left),
        }
    }
    all.without_lists_of_files(&mut left_out);
    all.left_out = left_out;
    all
}

/// The files of a path: itself, all in a folder, or those of a pattern.
fn collect(path: &Path, asked: &mut Vec<Asked>, left_out: &mut Vec<LeftOut>) {
    if path.is_dir() {
        walk(path, asked, left_out);
        return;
    }
    let text = path.to_string_lossy();
    if !path.exists() && text.contains(['*', '?', '[']) {
        let plain: PathBuf = path
            .components()
            .take_while(|part| !part.as_os_str().to_string_lossy().contains(['*', '?', '[']))
            .collect();
        let folder = if plain.as_os_str().is_empty() {
            PathBuf::from(".")
        } else {
            plain.clone()
        };
        let pattern = path
            .strip_prefix(&plain)
            .unwrap_or(path)
            .to_string_lossy()
            .replace('\\', "/");
        match sheet::found(&folder, &pattern, false) {
            Ok(found) if !found.files.is_empty() => {
                asked.extend(
                    found
                        .files
                        .into_iter()
                        .map(|(path, _)| Asked { path, named: false }),
                );
                return;
            }
            Ok(_) => left_out.push(LeftOut {
                file: shown_path(path),
                why: "no file matches this pattern; check the folder and the spelling".to_owned(),
                named: true,
            }),
            Err(why) => left_out.push(LeftOut {
                file: shown_path(path),
                why,
                named: true,
            }),
        }
        return;
    }
    if !path.exists() {
        left_out.push(LeftOut {
            file: shown_path(path),
            why: "there is no such file; check the folder and the spelling".to_owned(),
            named: true,
        });
        return;
    }
    asked.push(Asked {
        path: path.to_owned(),
        named: true,
    });
}

/// All files below a folder, in the order of their names; hidden ones are passed over.
fn walk(folder: &Path, asked: &mut Vec<Asked>, left_out: &mut Vec<LeftOut>) {
    const TABLES: [&str; 10] = [
        "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "xlsb", "ods", "fods", "parquet",
    ];
    let Ok(entries) = std::fs::read_dir(folder) else {
        left_out.push(LeftOut {
            file: shown_path(folder),
            why: "this folder may not be read".to_owned(),
            named: false,
        });
        return;
    };
    let mut entries: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || name.starts_with("~$") {
            continue;
        }
        if path.is_dir() {
            if !path.is_symlink() {
                walk(&path, asked, left_out);
            }
            continue;
        }
        let extension = path
            .extension()
            .unwrap_or_default()
            .to_string_lossy()
            .to_lowercase();
        if TABLES.contains(&extension.as_str()) || extension == "pdf" {
            asked.push(Asked { path, named: false });
        } else {
            left_out.push(LeftOut {
                file: shown_path(&path),
                why: "it is no table by its name; name the file itself if it is one".to_owned(),
                named: false,
            });
        }
    }
}

fn shown_path(path: &Path) -> String {
    plain(&path.to_string_lossy()).into_owned()
}

/// The folder that all files lie in.
fn common_folder<'a>(mut paths: impl Iterator<Item = &'a Path>) -> PathBuf {
    let Some(first) = paths.next().and_then(Path::parent) else {
        return PathBuf::from(".");
    };
    paths.fold(first.to_owned(), |common, path| {
        let shared = common
            .components()
            .zip(path.components())
            .take_while(|(a, b)| a == b);
        shared.map(|(part, _)| part).collect()
    })
}

/// The name of a file below the data folder; its whole path where it lies elsewhere.
fn below(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    plain(&inner.to_string_lossy().replace('\\', "/")).into_owned()
}

/// Opens one file and decides about its columns, or says why it is no payment file.
fn look(path: &Path, name: &str) -> Result<Seen, String> {
    let source =
        sheet::open(path, name, &ReadOptions::default()).map_err(|error| error.to_string())?;
    let detected = source.detected();
    let workbook = !matches!(detected.format, Format::Text | Format::Parquet);
    let mut seen = Seen {
        path: path.to_owned(),
        shown: name.to_owned(),
        fingerprint: source.fingerprint().to_owned(),
        tables: Vec::new(),
        passed_over: detected
            .hidden
            .iter()
            .map(|sheet| format!("sheet `{}` is hidden and was not read", plain(sheet)))
            .collect(),
    };
    let mut why: Vec<String> = Vec::new();
    for sheet in source.sheets() {
        let of_sheet = sheet
            .name()
            .map_or(String::new(), |name| format!("sheet `{}`: ", plain(name)));
        match Found::of(&sheet) {
            Found::Empty => {}
            Found::NoHeader(near) => why.push(format!("{of_sheet}{}", without_header(&near))),
            Found::Tables(tables) => {
                for table in tables {
                    let decision = Decision::of(&table, &sheet, workbook);
                    if table.rows == 0 {
                        why.push(format!(
                            "{of_sheet}there are headings and no row below them"
                        ));
                    } else if decision.amount.is_none() {
                        why.push(format!("{of_sheet}{}", without_amount(&table)));
                    } else {
                        seen.tables.push((table, decision));
                    }
                }
            }
        }
    }
    if !seen.tables.is_empty() {
        seen.passed_over.extend(why);
        return Ok(seen);
    }
    Err(match why.as_slice() {
        [] => "nothing is in it; fetch it again".to_owned(),
        why => why.join("; "),
    })
}

fn without_header(near: &[String]) -> String {
    match near {
        [] => "no row of headings was found; a payment file has one row that names its columns, an amount among them".to_owned(),
        near => format!(
            "no heading names an amount; its headings are {}",
            near.iter().map(|heading| shown(heading)).collect::<Vec<_>>().join(", ")
        ),
    }
}

/// Headings as they may be shown: those that mean nothing here might be cells of a row of data.
fn without_amount(table: &Table) -> String {
    let headings: Vec<String> = (table.columns.iter())
        .map(|column| match super::words::is_known(&column.words) {
            true => shown(&column.heading),
            false => format!("`{}`", masked(&column.heading)),
        })
        .collect();
    format!(
        "no column reads as amounts of money; the headings of row {} are {}",
        table.header,
        headings.join(", ")
    )
}

impl AllSeen {
    /// Takes out tables about the other files, such as a list of their totals: what stands in them is
    /// in the files already.
    fn without_lists_of_files(&mut self, left_out: &mut Vec<LeftOut>) {
        if self.files.len() < 3 {
            return;
        }
        let names: BTreeSet<String> = (self.files.iter())
            .flat_map(|file| {
                let name = file
                    .path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                [file.shown.clone(), name, file.fingerprint.clone()]
            })
            .collect();
        let lists = |seen: &Seen| {
            seen.tables.iter().any(|(table, _)| {
                table.columns.iter().any(|column| {
                    let named = column
                        .texts
                        .keys()
                        .filter(|text| names.contains(text.trim()))
                        .count();
                    named >= 2 && named * 2 >= column.texts.len()
                })
            })
        };
        let (lists, files) = std::mem::take(&mut self.files).into_iter().partition(lists);
        self.files = files;
        left_out.extend(Vec::into_iter(lists).map(|list: Seen| LeftOut {
            file: list.shown,
            why: "it lists other files of the draft, so its amounts are theirs".to_owned(),
            named: false,
        }));
    }
}

/// Whether forms of dates have the month first throughout.
pub(super) fn month_first(forms: &[String]) -> bool {
    !forms.is_empty()
        && !forms
            .iter()
            .any(|form| form == "usual" || swapped_form(form).is_some() && form.starts_with("%d"))
        && forms
            .iter()
            .any(|form| form.starts_with("%m") || form == "%Y-%d-%m")
}
