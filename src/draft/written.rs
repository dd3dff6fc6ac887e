//! Writing a draft: a new pack as a whole, or what is new into one that is there.

use super::add;
use super::error::DraftError;
use super::plan::Draft;
use super::tables::{self, Row};
use super::toml_text;
use crate::place::{Place, PlaceError};
use crate::whole_file;
use crate::worklist::CodeSheet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What was added to one file of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Added {
    /// The file of the pack.
    pub file: String,
    /// What was added, in words.
    pub what: Vec<String>,
    /// Whether the file is new.
    pub new: bool,
}

/// What writing a draft did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Written {
    /// The folder of the pack.
    pub pack: PathBuf,
    /// The folder to open it with; none where all files lie in the pack.
    pub data: Option<PathBuf>,
    /// What was written; nothing where nothing was new.
    pub added: Vec<Added>,
    /// What could not be added, and what a person may do about it.
    pub left: Vec<String>,
}

impl Written {
    /// Whether nothing was new, and so nothing was written.
    #[must_use]
    pub fn is_nothing_new(&self) -> bool {
        self.added.is_empty()
    }

    /// Opens the pack with its files.
    ///
    /// # Errors
    ///
    /// As [`Place::open_with_data`].
    pub fn open(&self) -> Result<Arc<Place>, PlaceError> {
        match &self.data {
            Some(data) => Place::open_with_data(&self.pack, data),
            None => Place::open(&self.pack),
        }
    }
}

/// A file of a pack, as it is to be.
pub(super) struct Content {
    pub(super) file: String,
    pub(super) bytes: Vec<u8>,
    pub(super) what: Vec<String>,
    pub(super) new: bool,
}

impl Draft {
    /// Writes the draft as a pack into a folder.
    ///
    /// A folder that is new, or empty, gets the whole pack at once: it is there entirely or not at
    /// all. To one that holds a pack, drafted or written by hand, only what is new is added: files to
    /// the ledger of their publisher, ledgers, rows of codes, partners and candidates at the end of their
    /// tables. No byte of what stands there is changed, and each file is replaced whole, `place.toml`
    /// last.
    ///
    /// # Errors
    ///
    /// [`DraftError::Pack`] when the folder holds a pack that does not open; [`DraftError::NotAddedTo`]
    /// and [`DraftError::Write`] when a file of it cannot be added to, read or written; nothing is
    /// written then unless the disk itself refuses.
    pub fn to_pack(&self, folder: &Path) -> Result<Written, DraftError> {
        if folder.join("place.toml").exists() {
            return add::to(self, folder);
        }
        self.check_data(folder)?;
        let contents = self.contents(folder)?;
        let (_, in_data) = self.places(folder);
        let written = Written {
            pack: folder.to_owned(),
            data: in_data.then(|| self.data.clone()),
            added: contents
                .iter()
                .map(|content| Added {
                    file: content.file.clone(),
                    what: content.what.clone(),
                    new: content.new,
                })
                .collect(),
            left: Vec::new(),
        };
        let is_empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
        if folder.exists() && !is_empty {
            write_into(folder, &contents)?;
        } else {
            write_whole(folder, &contents)?;
        }
        Ok(written)
    }

    /// Whether a file lies in the folder of the pack, with its name there or below the data folder; and
    /// whether any lies in the data folder.
    fn places(&self, folder: &Path) -> (Vec<(String, toml_text::Folder, String)>, bool) {
        let pack = folder.canonicalize().ok();
        let mut in_data = false;
        let places = self.files.iter().map(|file| {
            let inner = pack
                .as_deref()
                .and_then(|pack| file.path.strip_prefix(pack).ok());
            match inner {
                Some(inner) => (
                    file.shown.clone(),
                    toml_text::Folder::Pack,
                    inner.to_string_lossy().replace('\\', "/"),
                ),
                None => {
                    in_data = true;
                    (
                        file.shown.clone(),
                        toml_text::Folder::Data,
                        file.shown.clone(),
                    )
                }
            }
        });
        let places = places.collect();
        (places, in_data)
    }

    /// Where each file lies, for `place.toml`.
    pub(super) fn place_of(&self, folder: &Path) -> impl Fn(&str) -> (toml_text::Folder, String) {
        let (places, _) = self.places(folder);
        move |file| {
            let known = places.iter().find(|(shown, ..)| shown == file);
            known.map_or(
                (toml_text::Folder::Data, file.to_owned()),
                |(_, at, name)| (*at, name.clone()),
            )
        }
    }

    /// A pack reads only its own folder and its data folder.
    fn check_data(&self, folder: &Path) -> Result<(), DraftError> {
        let pack = folder.canonicalize().ok();
        let inside = |file: &Path| {
            file.starts_with(&self.data)
                || pack.as_deref().is_some_and(|pack| file.starts_with(pack))
        };
        match self.files.iter().find(|file| !inside(&file.path)) {
            Some(file) => Err(DraftError::OutsideData {
                file: file.shown.clone(),
            }),
            None => Ok(()),
        }
    }

    /// All files of a new pack. Tables that are there already are added to.
    fn contents(&self, folder: &Path) -> Result<Vec<Content>, DraftError> {
        let mut contents = Vec::new();
        let mut table = |file: &str, headings: &[&str], rows: Vec<Row>, thing: &str| {
            let path = folder.join(file);
            let what = vec![crate::text::counted(rows.len(), thing)];
            if path.exists() {
                contents.extend(add::rows(&path, file, &rows, thing)?);
            } else {
                contents.push(Content {
                    file: file.to_owned(),
                    bytes: tables::csv(headings, &rows),
                    what,
                    new: true,
                });
            }
            Ok::<(), DraftError>(())
        };
        table(
            "partners.csv",
            &tables::PARTNERS,
            tables::partners(self),
            "partner",
        )?;
        let bodies: Vec<Row> = self
            .ledgers
            .iter()
            .flat_map(|ledger| tables::bodies(&ledger.proposal.bodies, &ledger.id))
            .collect();
        if !bodies.is_empty() {
            table("bodies.csv", &tables::BODIES, bodies, "name")?;
        }
        let paid = self.ledgers.iter();
        let paid: Vec<Row> = paid
            .flat_map(|ledger| {
                tables::counterparties(self, &ledger.id, &ledger.named.code, &ledger.reading.paid)
            })
            .collect();
        if !paid.is_empty() {
            table(
                "counterparties.csv",
                &tables::COUNTERPARTIES,
                paid,
                "candidate",
            )?;
        }
        let codes = self
            .ledgers
            .iter()
            .flat_map(|ledger| tables::codes(&ledger.id, ledger.code_sums()));
        let sheet = CodeSheet::new(codes.collect());
        let path = folder.join("crosswalk.csv");
        if path.exists() {
            contents.extend(add::rows(
                &path,
                "crosswalk.csv",
                &tables::crosswalk(&sheet),
                "code",
            )?);
        } else {
            contents.push(Content {
                file: "crosswalk.csv".to_owned(),
                bytes: sheet.to_csv().into_bytes(),
                what: vec![crate::text::counted(sheet.rows().len(), "code")],
                new: true,
            });
        }
        if !folder.join("activities.csv").exists() {
            let rows = tables::ACTIVITIES.lines().count().saturating_sub(1);
            contents.push(Content {
                file: "activities.csv".to_owned(),
                bytes: tables::ACTIVITIES.as_bytes().to_vec(),
                what: vec![format!(
                    "a list of {rows} activities and themes to start with"
                )],
                new: true,
            });
        }
        let place_of = self.place_of(folder);
        contents.push(Content {
            file: "place.toml".to_owned(),
            bytes: toml_text::place(self, &place_of).into_bytes(),
            what: vec![crate::text::counted(self.ledgers.len(), "ledger")],
            new: true,
        });
        Ok(contents)
    }
}

fn not_written(file: &str) -> impl FnOnce(std::io::Error) -> DraftError {
    let file = file.to_owned();
    move |source| DraftError::Write { file, source }
}

/// Writes files one after another, each whole.
pub(super) fn write_into(folder: &Path, contents: &[Content]) -> Result<(), DraftError> {
    for content in contents {
        whole_file::write(&folder.join(&content.file), &content.bytes)
            .map_err(not_written(&content.file))?;
    }
    Ok(())
}

/// Writes a folder that is not there yet: beside its place first, so that it is never half there.
fn write_whole(folder: &Path, contents: &[Content]) -> Result<(), DraftError> {
    let shown = folder
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let parent = match folder.parent() {
        Some(parent) if parent != Path::new("") => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(not_written(&shown))?;
    let beside = parent.join(format!(".{shown}.draft-part"));
    if beside.exists() {
        // What an earlier draft left that was broken off.
        fs::remove_dir_all(&beside).map_err(not_written(&shown))?;
    }
    fs::create_dir(&beside).map_err(not_written(&shown))?;
    let done = write_into(&beside, contents).and_then(|()| {
        if folder.exists() {
            fs::remove_dir(folder).map_err(not_written(&shown))?;
        }
        fs::rename(&beside, folder).map_err(not_written(&shown))
    });
    if done.is_err() {
        // What went wrong is told; that the part could not be removed adds nothing.
        let _ = fs::remove_dir_all(&beside);
    }
    done
}
