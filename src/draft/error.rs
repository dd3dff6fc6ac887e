//! Why nothing could be drafted.

use super::seen::LeftOut;
use crate::finding::plain;
use crate::ledger::LedgerError;
use crate::place::PlaceError;

/// Why a pack could not be drafted or written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DraftError {
    /// No file was given.
    #[error(
        "no file was given; name payment files, a folder of them, or a pattern such as `payments/*.csv`"
    )]
    NoFiles,
    /// None of the files can be drafted from; what is wrong with each.
    #[error("none of the files can be drafted from:{}", one_a_line(.0))]
    Nothing(Vec<LeftOut>),
    /// The place has no code or no name.
    #[error("the place has no {0}; give its code, such as E08000035, and its name")]
    NoPlace(&'static str),
    /// A file lies outside the data folder.
    #[error(
        "`{file}` does not lie in the data folder; name as data the folder that all files of the pack lie in"
    )]
    OutsideData {
        /// The file.
        file: String,
    },
    /// Files that were proposed a layout for could not be read through it.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The folder holds a pack that has faults: it is to be mended first.
    #[error("the pack in this folder is not added to before it opens: {0}")]
    Pack(#[from] PlaceError),
    /// A file of the pack cannot be added to.
    #[error("`{file}` cannot be added to: {why}")]
    NotAddedTo {
        /// The file of the pack.
        file: String,
        /// Why, and what to do.
        why: String,
    },
    /// A file of the pack could not be read or written.
    #[error("`{file}`: {source}")]
    Write {
        /// The file of the pack.
        file: String,
        /// What the system said.
        source: std::io::Error,
    },
}

fn one_a_line(files: &[LeftOut]) -> String {
    // Most reasons begin with the name of the file.
    let line = |left: &LeftOut| match left.why.starts_with('`') {
        true => format!("\n  {}", plain(&left.why)),
        false => format!("\n  `{}`: {}", plain(&left.file), plain(&left.why)),
    };
    files.iter().map(line).collect()
}
