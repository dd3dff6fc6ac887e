//! A text that is compared as a number.

use std::borrow::Cow;

/// A text as a key: a short one is the number that its bytes and its length are.
#[derive(Clone, Copy)]
pub(crate) enum Key<'a> {
    /// Up to [`Key::SHORT`] bytes, the first in the lowest place; the length in the highest.
    Short(u128),
    Long(&'a str),
}

impl<'a> Key<'a> {
    /// How many bytes a short text has at most.
    pub(super) const SHORT: usize = 15;

    pub(crate) fn of(text: &'a str) -> Self {
        let mut bytes = [0; 16];
        match bytes.get_mut(..text.len()) {
            Some(start) if text.len() <= Self::SHORT => {
                start.copy_from_slice(text.as_bytes());
                Self::short(u128::from_le_bytes(bytes), text.len())
            }
            _ => Self::Long(text),
        }
    }

    /// The first bytes of sixteen.
    #[inline]
    pub(super) fn short(bytes: u128, length: usize) -> Self {
        let kept = bytes & !(u128::MAX << (8 * length));
        Self::Short(kept | (length as u128) << 120)
    }

    /// The text itself.
    pub(crate) fn text(self) -> Cow<'a, str> {
        match self {
            Self::Long(text) => Cow::Borrowed(text),
            Self::Short(number) => {
                let bytes = number.to_le_bytes();
                let length = usize::from(bytes[Self::SHORT]).min(Self::SHORT);
                Cow::Owned(String::from_utf8_lossy(&bytes[..length]).into_owned())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_is_its_text(text in "[a-z£ \\x00]{0,20}", other in "[a-z£ \\x00]{0,3}") {
            prop_assert_eq!(Key::of(&text).text(), text.as_str());
            if let (Key::Short(one), Key::Short(two)) = (Key::of(&text), Key::of(&other)) {
                prop_assert_eq!(one == two, text == other);
            }
        }
    }
}
