//! Where pages lie: names of files and anchors, and the way from a code to its page.

use crate::report::site::Site;
use crate::text::hex;
use sha2::{Digest, Sha256};

/// The page that says what may be told.
pub const STATEMENT: &str = "statement";

/// Letters of a file's name that every system takes, with room for what stands around them.
const LONGEST: usize = 120;

/// A code as a part of a file name or an anchor: everything but letters, digits and hyphens is
/// written as a number, so that no code can lead to another folder or be taken for another code.
/// What is too long for a file's name ends in its fingerprint.
pub fn slug(code: &str) -> String {
    let mut name = String::with_capacity(code.len());
    for c in code.chars() {
        if c.is_ascii_alphanumeric() || c == '-' {
            name.push(c);
        } else {
            name.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    if name.len() > LONGEST {
        let fingerprint = Sha256::digest(code.as_bytes());
        name.truncate(LONGEST);
        name.push('-');
        name.push_str(&hex(&fingerprint[..8]));
    }
    name
}

/// The page of a place, by its code.
pub fn place_href(site: &Site, code: &str) -> Option<String> {
    if code == site.report.whole.code {
        return Some("index.html".to_owned());
    }
    let known = site.place_codes.contains(code);
    known.then(|| format!("place-{}.html", slug(code)))
}

/// The page of a partner, by its code.
pub fn partner_href(site: &Site, code: &str) -> Option<String> {
    let known = site.partner_codes.contains(code);
    known.then(|| format!("partner-{}.html", slug(code)))
}

/// Where it stands how a figure of a place was made.
pub fn derivation_href(site: &Site, place: &str, axis: &str, code: &str) -> Option<String> {
    let derivation = site.derivations.get(place)?;
    let (_, figures) = derivation.axes.iter().find(|(name, _)| name == axis)?;
    let known = figures.iter().any(|figure| figure.code == code);
    known.then(|| format!("made-{}.html#{axis}-{}", slug(place), slug(code)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_become_names_of_files_that_differ() {
        assert_eq!(slug("E06000051"), "E06000051");
        assert_eq!(slug("../a"), "_2e__2e__2f_a");
        let (one, other) = ("a".repeat(300), "a".repeat(301));
        assert!(slug(&one).len() < 200);
        assert_ne!(slug(&one), slug(&other));
    }
}
