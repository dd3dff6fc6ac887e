//! A cube as a file: opened tomorrow without reading a ledger.
//!
//! The file is Parquet, so that analysts open its records in any tool: `region`, `matter`,
//! `period`, `pence`, `lines`, small integers in the order of the records. What the first three
//! stand for, and everything else a cube knows, is one JSON text among the key-value metadata of
//! the file:
//!
//! | Key | Holds |
//! |---|---|
//! | `wholeplace.version` | the version of this format |
//! | `wholeplace.cube` | the place and the fingerprint of its pack; the parts of places by their codes; batches; replacements; the months of which each ledger has lines; reconciliation; total |
//! | `wholeplace.sha256` | the [seal]: a checksum of every other byte of the file |
//!
//! Members are written by their codes and mixes by their parts, not by numbers of this program, so
//! that no change of numbering can turn one partner's money into another's.
//!
//! Not in it: the place itself, whose pack must be at hand, and its sharing rules, which are the
//! place's; and whatever follows from the records.
//!
//! **Invariant:** a file of which any byte has changed, or any is missing, is not opened. The seal
//! is held against the bytes before anything in them is believed. It tells accidents, not forgery:
//! whoever can write the file can write its seal.

mod columns;
mod header;
mod parts;
mod months;
mod seal;
mod room;

use super::{Cube, CubeError};
use crate::place::Place;
use crate::sheet;
use crate::whole_file;
use columns::Columns;
use header::Header;
use room::{Room, TooLarge};
use seal::Broken;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::path::Path;
use std::sync::Arc;

/// The version of the format. Raise it with every change of what a file holds or means.
const VERSION: u32 = 2;

const VERSION_KEY: &str = "wholeplace.version";
const CUBE_KEY: &str = "wholeplace.cube";

impl Cube {
    /// Saves the cube as a file that [`Cube::open`] opens, and any reader of Parquet.
    ///
    /// The file is there as a whole or not at all: it is written under another name beside its
    /// place and then renamed, over an older one if there is one. Equal cubes give equal bytes.
    ///
    /// Its records are the table; what their numbers stand for is JSON in its metadata under
    /// `wholeplace.cube` (in DuckDB `parquet_kv_metadata`, in Python
    /// `pyarrow.parquet.read_metadata(file).metadata`): the columns of `regions` and `matters`, and
    /// `periods`, counted from 0.
    ///
    /// # Errors
    ///
    /// [`CubeError::NotSaved`].
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::{account::PlaceAccount, cube::Cube, place::Place};
    /// let place = Place::open("examples/data/shropshire")?;
    /// let cube = Cube::build(&PlaceAccount::load(&place)?)?;
    ///
    /// let file = std::env::temp_dir().join("wholeplace-save-example.parquet");
    /// cube.save(&file)?;
    /// let opened = Cube::open(&file, &place)?;
    /// assert_eq!(opened.records(), cube.records());
    /// assert_eq!(opened.batches(), cube.batches());
    /// assert!(opened.reconciliation().holds());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn save(&self, path: impl AsRef<Path>) -> Result<(), CubeError> {
        let path = path.as_ref();
        let not_saved = |reason: String| CubeError::NotSaved {
            file: shown(path),
            reason,
        };
        let header = Header::of(self).map_err(not_saved)?;
        let text = serde_json::to_string(&header).map_err(|error| not_saved(error.to_string()))?;
        let keys = vec![
            (VERSION_KEY.to_owned(), VERSION.to_string()),
            (CUBE_KEY.to_owned(), text),
            seal::open_seal(),
        ];
        let mut bytes = columns::written(self.records(), keys).map_err(not_saved)?;
        seal::close(&mut bytes).map_err(not_saved)?;
        whole_file::write(path, &bytes).map_err(|error| not_saved(error.to_string()))
    }

    /// Opens a cube that was saved for a place. Its sharing rules are those of the place.
    ///
    /// # Errors
    ///
    /// [`CubeError::NoSavedCube`], [`CubeError::NotASavedCube`], [`CubeError::CutOff`],
    /// [`CubeError::Damaged`], [`CubeError::OtherVersion`], [`CubeError::OtherPlace`];
    /// [`CubeError::NoRoom`] where it takes more memory than is free, before any is taken.
    ///
    /// # Example: a pack that has changed is another place
    ///
    /// ```
    /// # use wholeplace::{account::PlaceAccount, cube::{Cube, CubeError}, place::Place};
    /// # let place = Place::open("examples/data/shropshire")?;
    /// # let cube = Cube::build(&PlaceAccount::load(&place)?)?;
    /// # let file = std::env::temp_dir().join("wholeplace-open-example.parquet");
    /// cube.save(&file)?;
    /// let other = Place::open("examples/data/partners")?;
    /// let refused = Cube::open(&file, &other);
    /// assert!(matches!(refused, Err(CubeError::OtherPlace { .. })));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn open(path: impl AsRef<Path>, place: &Arc<Place>) -> Result<Self, CubeError> {
        Self::open_in(Room::now(), path.as_ref(), place)
    }

    fn open_in(room: Room, path: &Path, place: &Arc<Place>) -> Result<Self, CubeError> {
        let file = shown(path);
        let no_room = |TooLarge { needed, free }| CubeError::NoRoom {
            file: file.clone(),
            needed,
            free,
        };
        if let Ok(known) = std::fs::metadata(path) {
            room.for_bytes(known.len()).map_err(no_room)?;
        }
        let bytes = sheet::bytes_of(path).map_err(|error| CubeError::NoSavedCube {
            file: file.clone(),
            reason: error.to_string(),
        })?;
        let damaged = |reason: String| CubeError::Damaged {
            file: file.clone(),
            reason,
        };
        seal::check(&bytes).map_err(|broken| match broken {
            Broken::NotASavedCube => CubeError::NotASavedCube { file: file.clone() },
            Broken::CutOff => CubeError::CutOff { file: file.clone() },
            Broken::Damaged => damaged("its bytes are not those that were saved".to_owned()),
        })?;
        let columns = Columns::of(&bytes).map_err(damaged)?;
        let version = columns.text(VERSION_KEY).map_err(damaged)?;
        let found = version
            .parse()
            .map_err(|_| damaged(format!("`{version}` is no version")))?;
        if found != VERSION {
            return Err(CubeError::OtherVersion {
                file,
                found,
                known: VERSION,
            });
        }
        let header: Header = serde_json::from_str(columns.text(CUBE_KEY).map_err(damaged)?)
            .map_err(|error| damaged(error.to_string()))?;
        if header.edition.fingerprint != place.fingerprint() {
            return Err(CubeError::OtherPlace {
                file,
                saved: Box::new(header.edition),
                wanted: Box::new(Edition::of(place)),
            });
        }
        room.for_records(header.records).map_err(no_room)?;
        let parts = header.parts(place).map_err(damaged)?;
        let records = columns.records(parts, header.records).map_err(damaged)?;
        header.cube(place, records).map_err(damaged)
    }
}

/// The name of a file without its folders, which are the machine's.
fn shown(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// A place and the edition of its pack: what a cube is saved for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Edition {
    /// Name of the place.
    pub place: String,
    /// Fingerprint of its pack.
    pub fingerprint: String,
}

impl Edition {
    fn of(place: &Place) -> Self {
        Self {
            place: place.name().to_owned(),
            fingerprint: place.fingerprint().to_owned(),
        }
    }
}

impl fmt::Display for Edition {
    /// Shows as much of the fingerprint as people compare.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short: String = self.fingerprint.chars().take(12).collect();
        write!(f, "`{}` (pack {short})", self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::PlaceAccount;
    use crate::axis::Placed;
    use crate::cube::group::{CodedLines, Sorted};
    use crate::text::bytes;

    /// The records of the partners in every month of forty years: more bytes in memory than in the file.
    fn large(place: &Arc<Place>) -> Cube {
        let cube = Cube::build(&PlaceAccount::load(place).unwrap()).unwrap();
        let mut lines = CodedLines::default();
        for month in 0..480 {
            let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun"];
            let name = names[month % names.len()];
            let period = format!("{name} {}", 1960 + month / names.len());
            for record in cube.records().iter() {
                let mut coding = record.coding;
                coding.period = Placed::On(period.parse().unwrap());
                lines.push(&coding, record.pence);
            }
        }
        Cube::from_lines(place, lines, &Sorted).unwrap()
    }

    #[test]
    fn a_cube_that_has_no_room_is_refused_before_it_is_decoded() {
        let place = Place::open("examples/data/partners").unwrap();
        let cube = large(&place);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.parquet");
        cube.save(&path).unwrap();
        let file = std::fs::metadata(&path).unwrap().len();
        let records = 52 * cube.records().len() as u64;
        assert!(records > file, "{records} {file}");
        let opened = |free: u64| Cube::open_in(Room::of(free), &path, &place);
        // The file has no room, then what it holds.
        for (needed, free) in [(file, file - 1), (records, file), (records, records - 1)] {
            assert_eq!(
                opened(free).unwrap_err().to_string(),
                format!(
                    "the saved cube `large.parquet` takes at least {} of memory here, and {} are free: save cubes of fewer \
                     partners, places or years and ask each, or open it where there is more memory",
                    bytes(needed),
                    bytes(free)
                )
            );
        }
        assert_eq!(opened(records).unwrap().records(), cube.records());
    }
}
