//! How far the grouping of a lake is, told as the reading of files is told.

use super::LakeFile;
use crate::ledger::{OnProgress, Progress};

/// What is told to the callback.
pub(super) struct Watch<'a> {
    callback: &'a OnProgress<'a>,
    files_done: usize,
    files: usize,
    bytes_done: u64,
    bytes: u64,
}

impl<'a> Watch<'a> {
    pub(super) fn new(callback: &'a OnProgress<'a>, files: &[LakeFile]) -> Self {
        Self {
            callback,
            files_done: 0,
            files: files.len(),
            bytes_done: 0,
            bytes: files.iter().map(size).sum(),
        }
    }

    pub(super) fn files_done(&self) -> usize {
        self.files_done
    }

    pub(super) fn begins(&self, file: &LakeFile) {
        self.tell(file);
    }

    pub(super) fn done(&mut self, file: &LakeFile) {
        self.files_done += 1;
        self.bytes_done += size(file);
        self.tell(file);
    }

    fn tell(&self, file: &LakeFile) {
        (self.callback)(&Progress {
            file: file.shown.clone(),
            files_done: self.files_done,
            files: self.files,
            bytes_done: self.bytes_done,
            bytes: self.bytes,
        });
    }
}

/// A file that this machine does not see counts as one byte.
fn size(file: &LakeFile) -> u64 {
    std::fs::metadata(&file.location).map_or(1, |metadata| metadata.len())
}
