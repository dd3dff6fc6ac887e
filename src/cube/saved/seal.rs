//! The seal: a checksum of every byte of a file, in the file.
//!
//! The digits of the SHA-256 stand in the metadata of the Parquet file under a key of their own, and
//! count as zeros for it. So every byte is covered, be it of the records, of the header or of
//! Parquet's own footer, and the file stays one that any reader of Parquet opens. Where the digits
//! stand is found by the key, without understanding the footer.

use crate::text::hex;
use sha2::{Digest, Sha256};
use std::ops::Range;

const KEY: &str = "wholeplace.sha256";
const DIGITS: usize = 64;
const ZEROS: [u8; DIGITS] = [b'0'; DIGITS];

/// How Parquet writes what stands between the key and its text: a field of bytes, 64 of them. JSON
/// holds no such bytes, so that no text of a header can be taken for a seal.
const BETWEEN: [u8; 2] = [0x18, DIGITS as u8];

/// With which a Parquet file begins and ends.
const PARQUET: &[u8] = b"PAR1";

/// Why the bytes are not those of a saved cube.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    NotASavedCube,
    CutOff,
    Damaged,
}

/// Key and text of a seal that is not closed yet.
pub(super) fn open_seal() -> (String, String) {
    (KEY.to_owned(), "0".repeat(DIGITS))
}

/// Writes the checksum into the seal.
pub(super) fn close(bytes: &mut [u8]) -> Result<(), String> {
    let digits = seal(bytes).ok_or("the file has no place for its checksum")?;
    let sum = checksum(bytes, &digits);
    bytes[digits].copy_from_slice(sum.as_bytes());
    Ok(())
}

/// Whether these are the bytes that were sealed.
pub(super) fn check(bytes: &[u8]) -> Result<(), Broken> {
    if !bytes.starts_with(&PARQUET[..PARQUET.len().min(bytes.len())]) {
        return Err(Broken::NotASavedCube);
    }
    let whole = bytes.len() > PARQUET.len() && bytes.ends_with(PARQUET);
    match seal(bytes) {
        Some(digits) if bytes[digits.clone()] == *checksum(bytes, &digits).as_bytes() => Ok(()),
        // Another Parquet file, or a saved cube whose seal is broken.
        None if whole && last(bytes, super::CUBE_KEY.as_bytes()).is_none() => {
            Err(Broken::NotASavedCube)
        }
        _ if whole => Err(Broken::Damaged),
        _ => Err(Broken::CutOff),
    }
}

/// Where the digits stand.
fn seal(bytes: &[u8]) -> Option<Range<usize>> {
    let mark = [KEY.as_bytes(), &BETWEEN].concat();
    let start = last(bytes, &mark)? + mark.len();
    let end = start + DIGITS;
    (end <= bytes.len()).then_some(start..end)
}

/// Where a text stands last. It stands near the end, so that is where the search begins.
fn last(bytes: &[u8], text: &[u8]) -> Option<usize> {
    bytes.windows(text.len()).rposition(|found| found == text)
}

fn checksum(bytes: &[u8], digits: &Range<usize>) -> String {
    let mut sum = Sha256::new();
    sum.update(&bytes[..digits.start]);
    sum.update(ZEROS);
    sum.update(&bytes[digits.end..]);
    hex(&sum.finalize())
}
