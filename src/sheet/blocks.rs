//! How much of a file is read at a time.

/// How a file is divided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Blocks {
    /// Bytes of a block, about.
    pub(crate) bytes: usize,
    /// Blocks of a window, about.
    pub(crate) each_window: usize,
    /// Whether typed columns may be read column by column; tests hold that against cell by cell.
    pub(crate) by_column: bool,
}

impl Default for Blocks {
    /// A block and what is read from it stay in the cache of one core; a window keeps all cores
    /// busy.
    fn default() -> Self {
        Self {
            bytes: 1 << 18,
            each_window: 4 * rayon::current_num_threads().max(2),
            by_column: true,
        }
    }
}
