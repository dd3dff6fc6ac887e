//! Postcodes, packed: as numbers in whose order a sector and a district are ranges.
//!
//! *The naive way* keeps 1.7 million texts, at some 50 bytes each. *The trick:* a postcode is an outward
//! code of two to four letters and digits, a digit and two letters: `SY8` `1` `AB`. Written as digits of
//! base 37 (the outward code, filled up with blanks), 10 and 26 it is a number below 2^34, and all of
//! sector `SY8 1` are the 676 numbers from `SY8 1AA` on.

/// What a text says of where somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Postcode {
    /// `SY8 1AB`
    Unit(u64),
    /// `SY8 1`, by its first number.
    Sector(u64),
    /// `SY8`, by its first number.
    District(u64),
}

/// How many numbers a sector has, and a district.
const SECTOR: u64 = 26 * 26;
const DISTRICT: u64 = 10 * SECTOR;

/// How many letters and digits an outward code has at most.
const OUTWARD: usize = 4;

impl Postcode {
    /// Reads a postcode, a sector or a district in any case and with blanks anywhere or none: `sy8 1ab`,
    /// `SY81AB`, `SY8  1AB`. A sector needs its blank: `SY8 1` is a sector and `SY81` a district.
    /// Nothing where the text is none of them.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let mut letters = [0u8; OUTWARD + 3];
        let mut length = 0;
        // How many letters stood before the last blank.
        let mut blank = None;
        for c in text.trim().chars() {
            if c.is_whitespace() {
                blank = Some(length);
                continue;
            }
            let c = u8::try_from(c).ok().filter(u8::is_ascii_alphanumeric)?;
            *letters.get_mut(length)? = c.to_ascii_uppercase();
            length += 1;
        }
        let letters = &letters[..length];
        if let [outward @ .., digit, b'A'..=b'Z', b'A'..=b'Z'] = letters
            && digit.is_ascii_digit()
            && let Some(outward) = packed(outward)
        {
            let letter = |at: usize| u64::from(letters[at] - b'A');
            let inside = letter(length - 2) * 26 + letter(length - 1);
            let sector = outward * DISTRICT + u64::from(digit - b'0') * SECTOR;
            return Some(Self::Unit(sector + inside));
        }
        match (letters, blank) {
            ([outward @ .., digit], Some(before)) if before + 1 == length => {
                let digit = digit.is_ascii_digit().then(|| u64::from(digit - b'0'))?;
                let outward = packed(outward)?;
                Some(Self::Sector(outward * DISTRICT + digit * SECTOR))
            }
            (outward, _) => Some(Self::District(packed(outward)? * DISTRICT)),
        }
    }

    /// The sector that it is or lies in; none for a district.
    pub(crate) fn sector(self) -> Option<Self> {
        match self {
            Self::Unit(number) | Self::Sector(number) => {
                Some(Self::Sector(number - number % SECTOR))
            }
            Self::District(_) => None,
        }
    }

    /// The district that it is or lies in.
    pub(crate) fn district(self) -> Self {
        let (Self::Unit(number) | Self::Sector(number) | Self::District(number)) = self;
        Self::District(number - number % DISTRICT)
    }
}

/// An outward code as a number: a letter first, and letters and digits in one of the six orders that
/// there are, or the one that is none of them, `GIR`.
fn packed(outward: &[u8]) -> Option<u64> {
    let shape: [bool; OUTWARD] =
        std::array::from_fn(|at| outward.get(at).is_some_and(u8::is_ascii_digit));
    let known = match (outward.len(), shape) {
        (2, [false, true, ..]) => true,
        (3, [false, true, ..] | [false, false, true, _]) => true,
        (3, _) => outward == b"GIR",
        (4, [false, false, true, _]) => true,
        _ => false,
    };
    let value = |c: Option<&u8>| match c {
        None => 0,
        Some(c) if c.is_ascii_digit() => u64::from(c - b'0') + 1,
        Some(c) => u64::from(c - b'A') + 11,
    };
    known.then(|| (0..OUTWARD).fold(0, |number, at| number * 37 + value(outward.get(at))))
}

impl std::fmt::Display for Postcode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Unit(number) | Self::Sector(number) | Self::District(number)) = *self;
        let mut text = String::with_capacity(8);
        let outward = number / DISTRICT;
        for power in (0..4).rev() {
            match (outward / 37u64.pow(power) % 37) as u8 {
                0 => {}
                digit @ 1..=10 => text.push(char::from(b'0' + digit - 1)),
                letter => text.push(char::from(b'A' + letter - 11)),
            }
        }
        let sector = (number % DISTRICT) / SECTOR;
        match self {
            Self::District(_) => {}
            Self::Sector(_) => text.push_str(&format!(" {sector}")),
            Self::Unit(_) => {
                let letter = |place: u64| char::from(b'A' + (number / place % 26) as u8);
                text.push_str(&format!(" {sector}{}{}", letter(26), letter(1)));
            }
        }
        f.pad(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> String {
        Postcode::new(text).map_or_else(|| "none".to_owned(), |found| found.to_string())
    }

    #[test]
    fn postcodes_are_read_however_they_are_written() {
        for text in [
            "SY8 1AB",
            "sy8 1ab",
            "SY81AB",
            "SY8  1AB",
            " sY8\u{a0}1aB ",
            "S Y8 1A B",
        ] {
            assert_eq!(read(text), "SY8 1AB", "{text}");
        }
        let shapes = [
            "M1 1AA", "M60 1NW", "CR2 6XH", "DN55 1PT", "W1A 1HQ", "EC1A 1BB", "GIR 0AA",
        ];
        for text in shapes {
            assert_eq!(read(text), text);
            assert_eq!(read(&text.replace(' ', "")), text);
        }
    }

    #[test]
    fn a_sector_has_a_blank_and_a_district_has_none() {
        assert_eq!(
            Postcode::new("SY8 1"),
            Postcode::new("SY8 1AB").unwrap().sector()
        );
        assert_eq!(read("SY8 1"), "SY8 1");
        assert_eq!(read("SY81"), "SY81");
        assert_ne!(Postcode::new("SY81"), Postcode::new("SY8 1"));
        assert_eq!(
            Postcode::new("SY8"),
            Some(Postcode::new("SY8 1AB").unwrap().district())
        );
        assert_eq!(
            Postcode::new("ec1a 1").map(Postcode::district),
            Postcode::new("EC1A")
        );
    }

    #[test]
    fn what_is_no_postcode_is_none() {
        for text in [
            "", "S", "SY", "8SY 1AB", "SY8 AB1", "SY8 1ABC", "SY8 1A", "ABC 1AB", "Ludlow",
            "12345", "SY8-1AB", "SY8 1£B", "n/a", "SY 1",
        ] {
            assert_eq!(read(text), "none", "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_number_is_the_text_again(text in "([A-Z][0-9]|[A-Z][0-9][0-9]|[A-Z][A-Z][0-9]|[A-Z][A-Z][0-9][0-9]|[A-Z][0-9][A-Z]|[A-Z][A-Z][0-9][A-Z]) [0-9][A-Z]{2}") {
            prop_assert_eq!(read(&text), text.clone());
            let Some(Postcode::Unit(number)) = Postcode::new(&text) else { panic!("{text}") };
            prop_assert!(number < 1 << 34);
            let Some(Postcode::Sector(sector)) = Postcode::new(&text).unwrap().sector() else { panic!() };
            prop_assert!((sector..sector + SECTOR).contains(&number));
        }
    }
}
