//! Writing a file as a whole or not at all.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

/// How many names to try beside the target before giving up: each that is taken is another save
/// that runs, or one that was broken off.
const NAMES: u32 = 1_000;

/// Writes beside the target, then renames: a reader sees the old file or the new one, and a full
/// disk leaves the old one as it was.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?;
    for number in 0..NAMES {
        let mut beside = name.to_os_string();
        beside.push(format!(".{number}.part"));
        let beside = path.with_file_name(beside);
        match OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(&beside)
        {
            Ok(file) => {
                let written = fill(file, bytes).and_then(|()| fs::rename(&beside, path));
                if written.is_err() {
                    // What went wrong is told; that the part could not be removed adds nothing.
                    let _ = fs::remove_file(&beside);
                }
                return written;
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// The bytes are on the disk before the name is theirs.
fn fill(mut file: File, bytes: &[u8]) -> io::Result<()> {
    file.write_all(bytes)?;
    file.sync_all()
}
