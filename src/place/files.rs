//! Files a pack may read: those in its own folder and in its data folder, and no others.

use super::PlaceError;
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

    pub(crate) fn pack_file(&self, name: &str) -> PathBuf {
        self.pack.join(name)
    }

    /// The file of that name, or why it may not or cannot be read.
    pub(crate) fn one(&self, folder: Folder, name: &str) -> Result<PathBuf, String> {
        let root = self.root(folder, name)?;
        inside(root, &root.join(name))
            .ok_or_else(|| format!("there is no file `{name}` in the {}", said(folder)))
    }

    /// The files that match a pattern, in order of their names.
    pub(super) fn matching(
        &self,
        folder: Folder,
        pattern: &str,
    ) -> Result<Vec<(PathBuf, String)>, String> {
        let root = self.root(folder, pattern)?;
        let whole = format!(
            "{}/{pattern}",
            glob::Pattern::escape(&root.to_string_lossy())
        );
        let paths = glob::glob(&whole)
            .map_err(|error| format!("`{pattern}` is not a pattern: {}", error.msg))?;
        let mut found: Vec<(PathBuf, String)> = paths
            .filter_map(Result::ok)
            .filter_map(|path| inside(root, &path))
            .filter(|path| path.is_file())
            .map(|path| {
                let shown = path.strip_prefix(root).unwrap_or(&path);
                let shown = shown.to_string_lossy().replace('\\', "/");
                (path, shown)
            })
            .collect();
        found.sort_by(|a, b| a.1.cmp(&b.1));
        if found.is_empty() {
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

/// The real path, if it exists and no link leads out of the folder.
fn inside(root: &Path, path: &Path) -> Option<PathBuf> {
    path.canonicalize()
        .ok()
        .filter(|real| real.starts_with(root))
}
