//! Another choice of drivers for the same money.

use super::Sharing;

/// Another choice of drivers: by residents instead of by use, say.
///
/// No driver is the right one. A figure that is shared out is worth as much as it stays the same under the
/// others that somebody might have chosen, so a pack names them, and an answer says between what it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Alternative {
    /// The code by which it is named.
    pub code: String,
    /// What it does, for people: `by residents`.
    pub name: String,
    /// Its rules, and behind them the pack's own for what they leave.
    pub sharing: Sharing,
}

impl Alternative {
    /// Rules that no pack names.
    #[must_use]
    pub fn new(code: &str, name: &str, sharing: Sharing) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            sharing,
        }
    }
}
