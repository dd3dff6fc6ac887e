//! What cannot be read of a ledger, and what can.

use crate::ledger::{LedgerError, LedgerSpec, Reader, Repeats};
use serde::Serialize;

/// A file, or a whole ledger, that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct NotRead {
    /// Code of the ledger.
    pub ledger: String,
    /// The file, as the pack names it; `None` where it is the ledger as a whole.
    pub file: Option<String>,
    /// Why, and the one thing to do.
    pub why: String,
}

/// The ledger without the files that cannot be read by themselves, which are noted; `None` where
/// nothing is left, or where that would change nothing.
pub(super) fn rest(
    spec: &LedgerSpec,
    error: LedgerError,
    not_read: &mut Vec<NotRead>,
) -> Option<LedgerSpec> {
    let mut note = |file: Option<&String>, why: String| {
        not_read.push(NotRead {
            ledger: spec.id.clone(),
            file: file.cloned(),
            why,
        });
    };
    // The rows of a file are told apart from those of others later.
    let alone = |file: &(_, String)| LedgerSpec {
        files: vec![file.clone()],
        controls: Vec::new(),
        repeats: Repeats::Allow,
        ..spec.clone()
    };
    let mut readable = Vec::with_capacity(spec.files.len());
    if spec.files.len() > 1 {
        for file in &spec.files {
            match Reader::new().read(&alone(file)) {
                Ok(_) => readable.push(file.clone()),
                Err(why) => note(Some(&file.1), why.to_string()),
            }
        }
    }
    // It is not a file by itself that is at fault.
    if readable.len() == spec.files.len() || readable.is_empty() {
        if spec.files.len() <= 1 || !readable.is_empty() {
            let only = spec.files.first().filter(|_| spec.files.len() == 1);
            note(only.map(|(_, shown)| shown), error.to_string());
        }
        return None;
    }
    Some(LedgerSpec {
        files: readable,
        ..spec.clone()
    })
}
