//! Writing a draft: a new pack as a whole, or what is new into one that is there.

use super::add;
use super::changes::{Added, Content, Written, write_into, write_whole};
use super::error::DraftError;
use super::plan::Draft;
use super::tables::{self, Row};
use super::toml_text;
use crate::worklist::CodeSheet;
use std::fs;
use std::path::Path;

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
