//! Every way in which a sum may stand in a file, and files unpacked.

use crate::money::{Pence, with_separators};
use crate::report::SiteFile;
use crate::report::content::rounding;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A file, and what it is when it is unpacked: name and bytes.
pub type Unpacked = (String, Vec<u8>);

/// Files with every part of their workbooks beside them.
pub fn unpacked(files: Vec<SiteFile>) -> Vec<Unpacked> {
    let mut all = Vec::new();
    for file in files {
        if file.path.ends_with(".xlsx") {
            let mut book = ZipArchive::new(Cursor::new(&file.bytes)).unwrap();
            for part in 0..book.len() {
                let mut part = book.by_index(part).unwrap();
                let mut bytes = Vec::new();
                part.read_to_end(&mut bytes).unwrap();
                all.push((format!("{}/{}", file.path, part.name().unwrap()), bytes));
            }
        }
        all.push((file.path, file.bytes));
    }
    all
}

/// A sum as people and files write it: pence, pounds with and without separators, with four decimals, as a
/// number of a workbook, in thousands and millions.
fn writings(sum: Pence) -> Vec<String> {
    let size = sum.get().unsigned_abs();
    let (pounds, pence) = (size / 100, size % 100);
    let number = (size as f64 / 100.0).to_string();
    let mut all = vec![
        size.to_string(),
        format!("{pounds}.{pence:02}"),
        format!("{}.{pence:02}", with_separators(pounds)),
        format!("{pounds}.{pence:02}00"),
        format!("£{}", with_separators(pounds)),
        rounding::whole_pounds(Pence::new(size as i64)),
        rounding::in_words(Pence::new(size as i64)),
    ];
    // `1654136.5` and not the same with a zero: XML drops it.
    all.push(number);
    all
}

/// Whether a text stands in another by itself, not as a part of longer digits.
fn holds(text: &str, sum: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    // A number goes on behind a point or separator too.
    let is_point = |c: Option<char>| matches!(c, Some('.' | ','));
    text.match_indices(sum).any(|(at, _)| {
        let (mut before, mut after) = (text[..at].chars().rev(), text[at + sum.len()..].chars());
        let (left, right) = (before.next(), after.next());
        let goes_on = |near, next| digit(near) || is_point(near) && digit(next);
        !goes_on(left, before.next()) && !goes_on(right, after.next())
    })
}

/// Bytes as letters of the same numbers, so that texts and numbers can be searched for alike.
fn letters(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

/// Names of files that hold a sum in any writing; in Parquet as a number of 64 bits, in a column or in its
/// statistics.
pub fn holding(files: &[Unpacked], sum: Pence) -> Vec<&str> {
    let writings = writings(sum);
    let number = letters(&sum.get().to_le_bytes());
    (files.iter())
        .filter(|(name, bytes)| match name.rsplit('.').next() {
            // Its parts stand beside it.
            Some("xlsx") => false,
            Some("parquet") => letters(bytes).contains(&number),
            _ => {
                let text = String::from_utf8_lossy(bytes);
                writings.iter().any(|sum| holds(&text, sum))
            }
        })
        .map(|(name, _)| name.as_str())
        .collect()
}

/// The text of a file.
pub fn text_of<'a>(files: &'a [Unpacked], path: &str) -> &'a str {
    let file = files.iter().find(|(name, _)| name == path);
    let (_, bytes) = file.unwrap_or_else(|| panic!("no {path}"));
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn a_sum_is_found_in_every_writing() {
    let file = |text: &str| vec![("x.html".to_owned(), text.as_bytes().to_vec())];
    let sum = Pence::new(423_666);
    for text in [
        "423666",
        "£4,236.66",
        "4236.66",
        "4236.6600",
        "-£4,236.66 of income",
        "<b>£4,237</b>",
        "<v>4236.66</v>",
    ] {
        assert_eq!(holding(&file(text), sum), ["x.html"], "{text}");
    }
    for text in ["14,236.66", "4236.661", "1423666", "£4,237,000", "4.236"] {
        assert_eq!(holding(&file(text), sum), [""; 0], "{text}");
    }
    let parquet = vec![("x.parquet".to_owned(), 423_666_i64.to_le_bytes().to_vec())];
    assert_eq!(holding(&parquet, sum), ["x.parquet"]);
}
