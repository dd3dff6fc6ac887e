//! The files of a pattern such as `payments/*.csv`, and what of it is left out and why: a file that
//! is not there is money that is not there.
//!
//! Extensions are compared without regard to capitals: `*.csv` finds `MAY.CSV`. Each folder is
//! looked into once for each part of the pattern, so that links in circles come to an end.

use crate::finding::plain;
use glob::Pattern;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a pattern finds.
#[derive(Debug, Default)]
pub(crate) struct FoundFiles {
    /// Each file, with its name below the folder, in the order of the names.
    pub(crate) files: Vec<(PathBuf, String)>,
    /// What matches and cannot be read: its name, and why.
    pub(crate) left_out: Vec<(String, &'static str)>,
}

/// Looks for the files of a pattern below a folder. No link may lead out of the folder, if
/// `within`.
pub(crate) fn found(folder: &Path, pattern: &str, within: bool) -> Result<FoundFiles, String> {
    let parts: Vec<Part> = (pattern.split('/'))
        .filter(|part| !part.is_empty() && *part != ".")
        .map(Part::of)
        .collect::<Result<_, _>>()
        .map_err(|error| format!("`{pattern}` is not a pattern: {}", error.msg))?;
    let root = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let mut search = Search {
        root: &root,
        within,
        parts: &parts,
        looked_into: BTreeSet::new(),
        files: BTreeSet::new(),
        left_out: BTreeSet::new(),
    };
    search.below(&root);
    let mut files: Vec<(PathBuf, String)> = (search.files.into_iter())
        .map(|path| (path.clone(), shown(&root, &path)))
        .collect();
    files.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(FoundFiles {
        files,
        left_out: search.left_out.into_iter().collect(),
    })
}

/// The name of a file below a folder, as messages show it.
fn shown(root: &Path, path: &Path) -> String {
    let inner = path.strip_prefix(root).unwrap_or(path);
    plain(&inner.to_string_lossy().replace('\\', "/")).into_owned()
}

/// A part of a pattern, between slashes.
enum Part {
    /// Any number of folders.
    Folders,
    Name(String),
    Pattern(Pattern, Option<Pattern>),
}

impl Part {
    fn of(part: &str) -> Result<Self, glob::PatternError> {
        if part == "**" {
            return Ok(Self::Folders);
        }
        if !part.contains(['*', '?', '[']) {
            return Ok(Self::Name(part.to_owned()));
        }
        let small = part
            .rsplit_once('.')
            .filter(|(_, end)| end.chars().all(char::is_alphanumeric));
        let small =
            small.map(|(name, end)| Pattern::new(&format!("{name}.{}", end.to_lowercase())));
        Ok(Self::Pattern(Pattern::new(part)?, small.transpose()?))
    }

    fn matches(&self, name: &str) -> bool {
        match self {
            Self::Folders => true,
            Self::Name(wanted) => wanted == name,
            Self::Pattern(pattern, small) => {
                pattern.matches(name)
                    || small.as_ref().zip(name.rsplit_once('.')).is_some_and(
                        |(small, (name, end))| {
                            small.matches(&format!("{name}.{}", end.to_lowercase()))
                        },
                    )
            }
        }
    }
}

struct Search<'a> {
    root: &'a Path,
    within: bool,
    parts: &'a [Part],
    /// Folders, with the part of the pattern that was looked for in them.
    looked_into: BTreeSet<(PathBuf, usize)>,
    files: BTreeSet<PathBuf>,
    left_out: BTreeSet<(String, &'static str)>,
}

impl Search<'_> {
    fn below(&mut self, root: &Path) {
        let mut waiting = vec![(root.to_owned(), 0)];
        while let Some((folder, at)) = waiting.pop() {
            let Some(part) = self.parts.get(at) else {
                continue;
            };
            if !self.looked_into.insert((folder.clone(), at)) {
                continue;
            }
            if let Part::Folders = part {
                waiting.push((folder.clone(), at + 1));
            }
            let last = at + 1 == self.parts.len();
            if let Part::Name(name) = part {
                self.entry(&folder.join(name), last, at + 1, false, &mut waiting);
                continue;
            }
            let Ok(entries) = std::fs::read_dir(&folder) else {
                self.leave_out(&folder, "this folder may not be read");
                continue;
            };
            for entry in entries.flatten() {
                if !part.matches(&entry.file_name().to_string_lossy()) {
                    continue;
                }
                let every = matches!(part, Part::Folders);
                if every && entry.file_type().is_ok_and(|kind| kind.is_symlink()) {
                    continue;
                }
                let next = if every { at } else { at + 1 };
                self.entry(&entry.path(), last && !every, next, every, &mut waiting);
            }
        }
    }

    /// Takes what a part matches: a file at the end of the pattern, a folder before it.
    fn entry(
        &mut self,
        path: &Path,
        last: bool,
        next: usize,
        only_folders: bool,
        waiting: &mut Vec<(PathBuf, usize)>,
    ) {
        let Ok(link) = path.symlink_metadata() else {
            return;
        };
        if only_folders && !link.is_dir() {
            return;
        }
        let Ok(real) = path.canonicalize() else {
            let broken = link.is_symlink();
            let why = if broken {
                "a link that leads nowhere"
            } else {
                "it may not be read"
            };
            self.leave_out(path, why);
            return;
        };
        if self.within && !real.starts_with(self.root) {
            self.leave_out(path, "a link that leads out of the folder");
            return;
        }
        match std::fs::metadata(&real) {
            Ok(what) if what.is_dir() => {
                if !last {
                    waiting.push((real, next));
                }
            }
            Ok(what) if what.is_file() => {
                if last {
                    self.files.insert(real);
                }
            }
            Ok(_) if last => self.leave_out(path, "a pipe or a device"),
            Ok(_) => {}
            Err(_) => self.leave_out(path, "it may not be read"),
        }
    }

    fn leave_out(&mut self, path: &Path, why: &'static str) {
        self.left_out.insert((shown(self.root, path), why));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_patterns() {
        let part = |part: &str| Part::of(part).unwrap();
        assert!(part("*.csv").matches("MAY.CSV") && part("*.csv").matches("may.csv"));
        assert!(part("*.CSV").matches("may.csv"));
        assert!(!part("*.csv").matches("may.csv.txt") && !part("May*.csv").matches("may.csv"));
        assert!(part("a?[bc].*").matches("axb.csv"));
        assert!(!part("may.csv").matches("MAY.CSV"));
        assert!(Part::of("a[").is_err());
    }
}
