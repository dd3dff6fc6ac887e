//! How much of a file is read at a time.

/// How a file is divided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Blocks {
    /// Bytes of a block, about.
    pub(crate) bytes: usize,
    /// Blocks of a window, about.
    pub(crate) each_window: usize,
}

impl Default for Blocks {
    /// A block and what is read from it stay in the cache of one core; a window keeps all cores
    /// busy.
    fn default() -> Self {
        Self {
            bytes: 1 << 18,
            each_window: 4 * rayon::current_num_threads().max(2),
        }
    }
}
