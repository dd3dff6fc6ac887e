//! Opening a pack, with a message for each way in which its folders may not be what they should:
//! it names the path as it was typed, and what is there.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wholeplace::axis::Suggestions;
use wholeplace::finding::{Findings, plain};
use wholeplace::place::{Place, PlaceError};

/// Why a pack was not opened, in words; with its faults where it has any.
pub enum NotOpened {
    Faults(Findings, String),
    Why(String),
}

/// Opens a pack, with its data folder if it has one.
pub fn open(pack: &Path, data: Option<&Path>) -> Result<Arc<Place>, NotOpened> {
    const FAULTS: &str = "the pack has faults and was not opened";
    is_folder(pack, "--pack").map_err(NotOpened::Why)?;
    if !pack.join("place.toml").exists() {
        return Err(NotOpened::Why(format!(
            "there is no place.toml in `{}` (--pack), which {}; a place pack is a folder with a \
             place.toml in it",
            pack.display(),
            held(pack)
        )));
    }
    let opened = match data {
        Some(data) => {
            is_folder(data, "--data").map_err(NotOpened::Why)?;
            Place::open_with_data(pack, data)
        }
        None => Place::open(pack),
    };
    opened.map_err(|error| {
        let PlaceError::Faults(faults) = error else {
            return NotOpened::Why(error.to_string());
        };
        let files = faults.iter().any(|fault| fault.rule == "no-such-file");
        let why = match data {
            Some(data) if files => format!(
                "{FAULTS}; its data folder is `{}` (--data), which {}",
                data.display(),
                held(data)
            ),
            None if files => {
                format!("{FAULTS}; if its data lies elsewhere, name that folder with --data")
            }
            _ => FAULTS.to_owned(),
        };
        NotOpened::Faults(faults, why)
    })
}

/// Refuses what is no folder, with what there is in its place.
fn is_folder(path: &Path, argument: &str) -> Result<(), String> {
    let shown = path.display();
    let error = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Ok(()),
        Ok(_) => {
            return Err(format!(
                "`{shown}` ({argument}) is a file; name the folder it lies in"
            ));
        }
        Err(error) => error,
    };
    if error.kind() != ErrorKind::NotFound {
        return Err(format!("`{shown}` ({argument}) cannot be opened: {error}"));
    }
    // The last part of the path that is there, and the first that is not.
    let parts: Vec<&Path> = path.ancestors().collect();
    let there = parts.iter().position(|part| part.is_dir());
    let (here, missing) = match there {
        Some(at) if at > 0 => (parts[at], parts[at - 1]),
        _ => (Path::new("."), parts[parts.len().saturating_sub(2)]),
    };
    let missing = missing.file_name().unwrap_or_default().to_string_lossy();
    let entries = entries(here).into_iter();
    let folders: Vec<String> = entries
        .filter_map(|(name, is_folder)| is_folder.then_some(name))
        .collect();
    let instead = Suggestions::of(&missing, folders.iter().map(String::as_str));
    Err(format!(
        "there is no folder `{shown}` ({argument}): `{}` holds no `{missing}`{instead}",
        here.display()
    ))
}

/// What a folder holds, in a few words.
fn held(folder: &Path) -> String {
    const SHOWN: usize = 8;
    let entries = entries(folder);
    let named = |(name, is_folder): &(String, bool)| {
        format!("`{name}{}`", if *is_folder { "/" } else { "" })
    };
    let shown: Vec<String> = entries.iter().take(SHOWN).map(named).collect();
    match entries.len().checked_sub(SHOWN) {
        _ if entries.is_empty() => "is empty".to_owned(),
        Some(more) if more > 0 => format!("holds {} and {more} more", shown.join(", ")),
        _ => format!("holds {}", shown.join(", ")),
    }
}

/// The names in a folder, in order, and which of them are folders; hidden ones are left out.
fn entries(folder: &Path) -> Vec<(String, bool)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(String, bool)> = entries
        .map(|entry| {
            (
                entry.file_name().to_string_lossy().into_owned(),
                entry.path(),
            )
        })
        .filter(|(name, _)| !name.starts_with('.'))
        .map(|(name, path): (String, PathBuf)| (plain(&name).into_owned(), path.is_dir()))
        .collect();
    found.sort();
    found
}
