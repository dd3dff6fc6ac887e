//! Lines and holders as digests: enough to know them again, and no text of them.

use crate::ledger::{Ledger, LineRef};
use crate::text::hex;
use sha2::{Digest as _, Sha256};

/// The first half of a SHA-256: two of 10^9 lines are one by chance once in 10^20.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest([u8; 16]);

impl Digest {
    /// Of parts, each with its length before it, so that no two lists run together.
    fn of<'a>(parts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut digest = Sha256::new();
        for part in parts {
            digest.update((part.len() as u64).to_le_bytes());
            digest.update(part.as_bytes());
        }
        let mut half = [0; 16];
        for (to, from) in half.iter_mut().zip(digest.finalize()) {
            *to = from;
        }
        Self(half)
    }

    /// From 32 hexadecimal digits.
    pub fn read(text: &str) -> Option<Self> {
        let number = (text.len() == 32).then(|| u128::from_str_radix(text, 16).ok());
        Some(Self(number??.to_be_bytes()))
    }

    /// As 32 hexadecimal digits.
    pub fn text(&self) -> String {
        hex(&self.0)
    }
}

/// A line: all that its ledger says of it, and nothing of how it is mapped, so that it is the same line when the
/// pack has changed, or when it stands in another file.
pub fn of_line(ledger: &Ledger, names: &[&str], line: &LineRef<'_>) -> Digest {
    let amount = line.written().get().to_string();
    let time = match line.day() {
        Some(day) => day.to_string(),
        None => format!("{:?}", line.period()),
    };
    let codes = names
        .iter()
        .flat_map(|name| [*name, line.code(name).unwrap_or_default()]);
    Digest::of(
        ["line", ledger.id(), &amount, &time]
            .into_iter()
            .chain(codes),
    )
}

/// A holder, by what tells one from another.
pub fn of_holder(parts: &[&str]) -> Digest {
    Digest::of(["holder"].into_iter().chain(parts.iter().copied()))
}
