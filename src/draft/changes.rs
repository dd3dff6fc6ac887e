//! What writing a draft does to the files of a pack, and doing it: each file whole, a new pack at once.

use super::error::DraftError;
use crate::place::{Place, PlaceError};
use crate::whole_file;
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
pub(super) fn write_whole(folder: &Path, contents: &[Content]) -> Result<(), DraftError> {
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
