//! Per cents of sums, without floating point.

use serde::{Serialize, Serializer};
use std::fmt;

/// A part of a whole, as people read it: `4.1 %`.
///
/// A part that is not nothing is never shown as nothing, nor less than the whole as the whole:
/// `under 0.1 %`, `over 99.9 %`.
///
/// # Example
///
/// ```
/// use wholeplace::check::Share;
/// let texts = [(41, 1000), (1, 100_000), (99_999, 100_000), (3, 3), (0, 5), (0, 0)]
///     .map(|(part, whole)| Share::new(part, whole).to_string());
/// assert_eq!(texts, ["4.1 %", "under 0.1 %", "over 99.9 %", "100 %", "0 %", "–"]);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    part: u128,
    whole: u128,
}

impl Share {
    /// A part of a whole.
    #[must_use]
    pub fn new(part: u128, whole: u128) -> Self {
        Self { part, whole }
    }

    /// Whether there is nothing of the whole in it.
    #[must_use]
    pub fn is_nothing(self) -> bool {
        self.part == 0
    }

    /// Whether it is more than half.
    #[must_use]
    pub fn is_most(self) -> bool {
        self.part > self.whole - self.whole.min(self.part)
    }

    /// Tenths of a per cent, to the nearest.
    fn tenths(self) -> u128 {
        // Sums of an account are far from where this could be too large.
        (self.part.saturating_mul(1000) + self.whole / 2) / self.whole.max(1)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = self.tenths();
        let text = match self {
            Self { whole: 0, .. } => "–".to_owned(),
            Self { part: 0, .. } => "0 %".to_owned(),
            Self { part, whole } if part == whole => "100 %".to_owned(),
            _ if tenths == 0 => "under 0.1 %".to_owned(),
            _ if tenths >= 1000 => "over 99.9 %".to_owned(),
            _ => format!("{}.{} %", tenths / 10, tenths % 10),
        };
        f.pad(&text)
    }
}

impl Serialize for Share {
    /// Per cent with one decimal, as a text; null where there is no whole.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.whole == 0 {
            return serializer.serialize_none();
        }
        let tenths = self.tenths();
        serializer.serialize_str(&format!("{}.{}", tenths / 10, tenths % 10))
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn half_is_not_most() {
        assert!(!Share::new(1, 2).is_most());
        assert!(Share::new(2, 3).is_most());
        assert!(!Share::new(0, 0).is_most());
        assert!(Share::new(3, 3).is_most());
    }
}
