//! How the files of one ledger are to be read.

use super::Layout;
use super::heading::Headings;
use crate::sheet::Blocks;

/// How a file is to be read; shared by the files of a ledger.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) ledger: &'a str,
    pub(super) layout: &'a Layout,
    pub(super) headings: Headings,
    pub(super) controls: usize,
    /// How texts are divided.
    pub(super) blocks: Blocks,
}
