//! Keys that say nothing of who it is.

use super::spec::KeysAre;

/// The fewest signs of a hash: 128 bits, so that two people never have one by chance.
const LEAST_SIGNS: usize = 32;

/// What is wrong with a key, in words that do not show it; nothing where it may be used.
pub(super) fn unusable(key: &str, keys: KeysAre) -> Option<&'static str> {
    match keys {
        KeysAre::Hashes if key.len() < LEAST_SIGNS => {
            Some("a hash is shorter than 32 signs, and may be found out by trying")
        }
        KeysAre::Hashes if !key.bytes().all(|sign| sign.is_ascii_hexdigit()) => {
            Some("a key is no hash in hexadecimal, and may be a name")
        }
        KeysAre::AgreedNumbers if !key.bytes().all(|sign| sign.is_ascii_digit()) => {
            Some("a key is no plain number, and may be a name or a reference")
        }
        KeysAre::AgreedNumbers if is_nhs_number(key) => {
            Some("a key has ten digits of which the last fits an NHS number")
        }
        _ => None,
    }
}

/// Whether ten digits end in the check digit of an NHS number: 11 less the sum of the first nine times 10 to 2, modulo
/// 11 (NHS Data Dictionary, *NHS number*).
fn is_nhs_number(key: &str) -> bool {
    let digits: Vec<u32> = key.chars().filter_map(|sign| sign.to_digit(10)).collect();
    let Some((last, first)) = digits.split_last().filter(|(_, first)| first.len() == 9) else {
        return false;
    };
    let sum: u32 = first
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    (11 - sum % 11) % 11 == *last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_name_somebody_is_no_key() {
        let hash = "0123456789abcdef0123456789abcdef";
        assert_eq!(unusable(hash, KeysAre::Hashes), None);
        assert!(unusable(&hash[1..], KeysAre::Hashes).is_some());
        assert!(unusable("a name of more than thirty-two signs", KeysAre::Hashes).is_some());
        assert_eq!(unusable("90017", KeysAre::AgreedNumbers), None);
        assert!(unusable("A 90017", KeysAre::AgreedNumbers).is_some());
        // The example of the data dictionary, and the same with another last digit.
        assert!(unusable("9434765919", KeysAre::AgreedNumbers).is_some());
        assert_eq!(unusable("9434765918", KeysAre::AgreedNumbers), None);
    }
}
