//! Writing a file as a whole or not at all.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// How many names to try beside the target: each that is taken is another save that runs now.
const NAMES: u32 = 1_000;
/// How many links may lead from one to another.
const LINKS: u32 = 40;

/// Writes beside the target, then renames: a reader sees the old file or the new one, and a full
/// disk leaves the old one as it was. A link stays a link, to the new file; who may read the old
/// file may read the new one. What earlier saves left that were broken off is removed.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = target(path)?;
    let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?;
    let permissions = match fs::metadata(&path) {
        Ok(old) if old.is_file() => Some(old.permissions()),
        Ok(_) => {
            return Err(io::Error::other(
                "there is something of that name that is no file",
            ));
        }
        Err(_) => None,
    };
    remove_left_over(&path, name);
    for number in 0..NAMES {
        let beside = path.with_file_name(part(name, number));
        let file = match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)
        {
            Ok(file) => file,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        // As long as it is locked it is being written. Where there are no locks nobody removes it.
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            continue;
        }
        let filled = fill(&file, bytes).and_then(|()| match &permissions {
            Some(permissions) => file.set_permissions(permissions.clone()),
            None => Ok(()),
        });
        match filled.and_then(|()| fs::rename(&beside, &path)) {
            // Another save took it for a left-over before it was locked.
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => {
                // What went wrong is told; that the part could not be removed adds nothing.
                let _ = fs::remove_file(&beside);
                return Err(error);
            }
            Ok(()) => return Ok(()),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// The file that a name stands for: where its links lead, also if nothing is there yet.
fn target(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&path) else {
            return Ok(path);
        };
        path = path.parent().unwrap_or(Path::new("")).join(next);
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// The name of a file that is not finished.
fn part(name: &OsStr, number: u32) -> OsString {
    let mut beside = name.to_os_string();
    beside.push(format!(".{number}.part"));
    beside
}

/// Removes parts that nobody is writing. What cannot be looked for or removed does no harm.
fn remove_left_over(path: &Path, name: &OsStr) {
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let is_part = |entry: &OsStr| {
        let number = (entry
            .as_encoded_bytes()
            .strip_prefix(name.as_encoded_bytes()))
        .and_then(|rest| rest.strip_prefix(b"."))
        .and_then(|rest| rest.strip_suffix(b".part"));
        number.is_some_and(|number| !number.is_empty() && number.iter().all(u8::is_ascii_digit))
    };
    for entry in entries
        .flatten()
        .filter(|entry| is_part(&entry.file_name()))
    {
        let beside = entry.path();
        let unused = |file: File| file.try_lock().is_ok();
        if OpenOptions::new()
            .write(true)
            .open(&beside)
            .is_ok_and(unused)
        {
            let _ = fs::remove_file(&beside);
        }
    }
}

/// The bytes are on the disk before the name is theirs.
fn fill(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}
