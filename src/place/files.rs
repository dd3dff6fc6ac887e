//! Files a pack may read: those in its own folder and in its data folder, and no others.

use super::PlaceError;
use crate::sheet::{self, FoundFiles};
use std::path::{Component, Path, PathBuf};

/// The folders a pack may read from.
#[derive(Clone, Debug)]
pub(crate) struct Folders {
    pack: PathBuf,
    data: Option<PathBuf>,
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folder {
    Pack,
    Data,
}

impl Folders {
    pub(super) fn new(pack: &Path, data: Option<&Path>) -> Result<Self, PlaceError> {
        let real = |folder: &Path, shown: &str| {
            folder.canonicalize().map_err(|error| PlaceError::NoPack {
                file: shown.to_owned(),
                reason: error.to_string(),
            })
        };
        Ok(Self {
            pack: real(pack, "the folder of the pack")?,
            data: data.map(|data| real(data, "the data folder")).transpose()?,
        })
    }

    /// The text of a file of the pack.
    pub(super) fn pack_text(&self, name: &str) -> Result<String, String> {
        let path = self.one(Folder::Pack, name)?;
        sheet::text_of(&path).map_err(|error| error.to_string())
    }

    /// The file of that name, or why it may not or cannot be read.
    pub(crate) fn one(&self, folder: Folder, name: &str) -> Result<PathBuf, String> {
        let root = self.root(folder, name)?;
        let Ok(real) = root.join(name).canonicalize() else {
            return Err(format!("there is no file `{name}` in the {}", said(folder)));
        };
        if !real.starts_with(root) {
            return Err(format!(
                "`{name}` is a link that leads out of the {}",
                said(folder)
            ));
        }
        match std::fs::metadata(&real) {
            Ok(what) if !what.is_file() => Err(format!("`{name}` is no file")),
            _ => Ok(real),
        }
    }

    /// The files that match a pattern, in order of their names, and what matches it and is left out.
    pub(crate) fn matching(&self, folder: Folder, pattern: &str) -> Result<FoundFiles, String> {
        let found = sheet::found(self.root(folder, pattern)?, pattern, true)?;
        if found.files.is_empty() && found.left_out.is_empty() {
            return Err(format!(
                "no file in the {} matches `{pattern}`",
                said(folder)
            ));
        }
        Ok(found)
    }

    fn root(&self, folder: Folder, name: &str) -> Result<&Path, String> {
        let plain = Path::new(name)
            .components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if !plain || name.is_empty() {
            return Err(format!("`{name}` leads outside the {}", said(folder)));
        }
        match folder {
            Folder::Pack => Ok(&self.pack),
            Folder::Data => self.data.as_deref().ok_or_else(|| {
                format!("`{name}` lies in the data folder, and no data folder was given")
            }),
        }
    }
}

fn said(folder: Folder) -> &'static str {
    match folder {
        Folder::Pack => "folder of the pack",
        Folder::Data => "data folder",
    }
}
