//! Delimited text: decoding, line ends, delimiter, rows.

use super::detection::wide;
use super::records::Records;
use super::row::Cells;
use super::{Detected, Format, LineEnds, ReadOptions, SheetError};
use encoding_rs::{DecoderResult, Encoding, UTF_8, WINDOWS_1252};
use memchr::{memchr, memchr_iter};
use std::ops::ControlFlow;

/// A text of records: UTF-8, without a byte order mark, every line ending in LF or CRLF.
#[derive(Debug)]
pub(super) struct Text {
    utf8: String,
    delimiter: u8,
}

impl Text {
    /// Decodes the bytes of a file.
    pub(super) fn decode(
        bytes: Vec<u8>,
        file: &str,
        options: &ReadOptions,
    ) -> Result<(Self, Detected), SheetError> {
        let named = match named_encoding(file, options)? {
            None if Encoding::for_bom(&bytes).is_none() => {
                wide(&bytes[..bytes.len().min(LOOKED_AT)])
            }
            named => named,
        };
        let Decoded {
            utf8,
            encoding,
            undecodable,
        } = decoded(bytes, named);
        if utf8.is_empty() {
            return Err(SheetError::Empty {
                file: file.to_owned(),
            });
        }
        // The csv format knows a mark too; a text that was marked twice has it as its first cell.
        let utf8 = match utf8.strip_prefix(MARK) {
            Some(rest) => rest.to_owned(),
            None => utf8,
        };
        let (utf8, line_ends) = without_bare_cr(utf8);
        let delimiter = match named_delimiter(file, options)? {
            None => likely_delimiter(&utf8),
            Some(named) => named,
        };
        let detected = Detected {
            format: Format::Text,
            encoding: Some(encoding),
            undecodable,
            line_ends: Some(line_ends),
            delimiter: Some(char::from(delimiter)),
            sheets: Vec::new(),
            hidden: Vec::new(),
        };
        Ok((Self { utf8, delimiter }, detected))
    }

    /// Visits each record with the line on which it starts, empty lines included.
    pub(super) fn rows<B>(
        &self,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let mut records = Records::new(&self.utf8, self.delimiter, 1);
        while let Some((line, cells)) = records.next() {
            visit(line, cells)?;
        }
        ControlFlow::Continue(())
    }

    /// The line of the last record, if a quote is open at the end of the text.
    pub(super) fn cut_off(&self) -> Option<u64> {
        if !self.utf8.contains('"') {
            return None;
        }
        let mut records = Records::new(&self.utf8, self.delimiter, 1);
        while records.next().is_some() {}
        records.cut_off()
    }
}

/// A byte order mark.
pub(super) const MARK: char = '\u{feff}';

/// The encoding that is named, which must be one.
pub(super) fn named_encoding(
    file: &str,
    options: &ReadOptions,
) -> Result<Option<&'static Encoding>, SheetError> {
    let Some(label) = &options.encoding else {
        return Ok(None);
    };
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) => Ok(Some(encoding)),
        None => Err(SheetError::UnknownEncoding {
            file: file.to_owned(),
            label: label.clone(),
        }),
    }
}

/// The delimiter that is named, which must be one ASCII character.
pub(super) fn named_delimiter(file: &str, options: &ReadOptions) -> Result<Option<u8>, SheetError> {
    let Some(named) = options.delimiter else {
        return Ok(None);
    };
    u8::try_from(named)
        .ok()
        .filter(|b| b.is_ascii() && !matches!(b, b'"' | b'\r' | b'\n'))
        .map(Some)
        .ok_or_else(|| SheetError::Delimiter {
            file: file.to_owned(),
            delimiter: named.to_string(),
        })
}

pub(super) struct Decoded {
    pub(super) utf8: String,
    pub(super) encoding: String,
    pub(super) undecodable: u64,
}

/// A byte order mark is the best evidence, then what was named; text that is valid UTF-8 is
/// UTF-8; and of what is left, English public bodies write Windows-1252.
pub(super) fn decoded(bytes: Vec<u8>, named: Option<&'static Encoding>) -> Decoded {
    let marked = Encoding::for_bom(&bytes);
    let (encoding, mark) = match (marked, named) {
        (Some((encoding, length)), _) => (encoding, length),
        (None, Some(encoding)) => (encoding, 0),
        (None, None) => match String::from_utf8(bytes) {
            Ok(utf8) => {
                return Decoded {
                    encoding: if utf8.is_ascii() { "ascii" } else { "utf-8" }.to_owned(),
                    utf8,
                    undecodable: 0,
                };
            }
            Err(not_utf8) => return decode_as(WINDOWS_1252, not_utf8.as_bytes(), ""),
        },
    };
    let suffix = if mark > 0 { " with BOM" } else { "" };
    let mut bytes = bytes;
    if encoding == UTF_8 {
        bytes.drain(..mark);
        match String::from_utf8(bytes) {
            Ok(utf8) => Decoded {
                utf8,
                encoding: format!("utf-8{suffix}"),
                undecodable: 0,
            },
            Err(damaged) => decode_as(UTF_8, damaged.as_bytes(), suffix),
        }
    } else {
        decode_as(encoding, &bytes[mark..], suffix)
    }
}

fn decode_as(encoding: &'static Encoding, mut bytes: &[u8], suffix: &str) -> Decoded {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut utf8 = String::with_capacity(bytes.len() + bytes.len() / 16 + 16);
    let mut undecodable = 0;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut utf8, true);
        bytes = &bytes[read..];
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => utf8.reserve(bytes.len() + 16),
            DecoderResult::Malformed(..) => {
                undecodable += 1;
                utf8.push(char::REPLACEMENT_CHARACTER);
            }
        }
    }
    Decoded {
        utf8,
        encoding: format!("{}{suffix}", encoding.name().to_lowercase()),
        undecodable,
    }
}

/// Counts the line ends, and makes a line feed of each carriage return that stands alone: it ends
/// a record, and a line.
pub(super) fn without_bare_cr(utf8: String) -> (String, LineEnds) {
    let mut ends = LineEnds::default();
    if !utf8.contains('\r') {
        ends.lf = memchr_iter(b'\n', utf8.as_bytes()).count() as u64;
        return (utf8, ends);
    }
    let mut bytes = utf8.into_bytes();
    mend_line_ends(&mut bytes, &mut ends);
    // One ASCII byte took the place of another: this is still UTF-8, and nothing is copied.
    let utf8 = String::from_utf8(bytes)
        .unwrap_or_else(|bytes| String::from_utf8_lossy(bytes.as_bytes()).into_owned());
    (utf8, ends)
}

/// The same for bytes of any encoding in which ASCII is ASCII.
pub(super) fn mend_line_ends(bytes: &mut [u8], ends: &mut LineEnds) {
    let line_feeds = memchr_iter(b'\n', bytes).count() as u64;
    let (mut pairs, mut at) = (0, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'\r', rest)) {
        at += found;
        if bytes.get(at + 1) == Some(&b'\n') {
            pairs += 1;
        } else {
            bytes[at] = b'\n';
            ends.cr += 1;
        }
        at += 1;
    }
    ends.crlf += pairs;
    ends.lf += line_feeds - pairs;
}

/// How many bytes of a text the delimiter is told from.
pub(super) const LOOKED_AT: usize = 1 << 16;

/// The delimiter with which most of the first records have as many cells as their neighbours;
/// when two are equal, the one that makes more cells; a comma when none makes any.
pub(super) fn likely_delimiter(utf8: &str) -> u8 {
    const RECORDS: usize = 100;
    let mut end = utf8.len().min(LOOKED_AT);
    while !utf8.is_char_boundary(end) {
        end -= 1;
    }
    let start = &utf8[..end];
    let score = |delimiter: u8| {
        let mut widths = std::collections::BTreeMap::<usize, usize>::new();
        let mut records = Records::new(start, delimiter, 1);
        let mut seen = 0;
        while seen < RECORDS
            && let Some((_, record)) = records.next()
        {
            seen += usize::from(record.len() > 0);
            let blank = record.iter().all(|cell| cell.trim().is_empty());
            if record.len() > 1 && !blank {
                *widths.entry(record.len()).or_default() += 1;
            }
        }
        let common = widths
            .into_iter()
            .max_by_key(|&(width, records)| (records, width));
        common.map_or((0, 0), |(width, records)| (records, width))
    };
    let mut best = (b',', score(b','));
    for delimiter in [b';', b'\t', b'|'] {
        let found = score(delimiter);
        if found > best.1 {
            best = (delimiter, found);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (Text, Detected) {
        Text::decode(bytes.to_vec(), "a.csv", &ReadOptions::default()).unwrap()
    }

    fn rows(text: &Text) -> Vec<(u64, Vec<String>)> {
        let mut rows = Vec::new();
        let _ = text.rows(|line, cells| {
            rows.push((line, cells.iter().map(str::to_owned).collect()));
            ControlFlow::<()>::Continue(())
        });
        rows
    }

    fn lines(bytes: &[u8]) -> Vec<(u64, usize)> {
        rows(&text(bytes).0)
            .into_iter()
            .map(|(line, cells)| (line, cells.len()))
            .collect()
    }

    #[test]
    fn lines_are_right_with_every_line_end() {
        assert_eq!(lines(b"a,b\r1,2\r3,4\r\n"), [(1, 2), (2, 2), (3, 2)]);
        assert_eq!(lines(b"a,b\n\n\n1,2\n"), [(1, 2), (2, 0), (3, 0), (4, 2)]);
        assert_eq!(lines(b"\r\na,b\r\n"), [(1, 0), (2, 2)]);
        assert_eq!(lines(b"a,\"b\nc\"\n1,2"), [(1, 2), (3, 2)]);
        assert_eq!(lines(b"a,b\n1,2\n\n\n"), [(1, 2), (2, 2), (3, 0), (4, 0)]);
        assert_eq!(lines(b"\n"), [(1, 0)]);
    }

    #[test]
    fn encodings() {
        assert_eq!(text(b"a,b").1.encoding.as_deref(), Some("ascii"));
        assert_eq!(text("£,b".as_bytes()).1.encoding.as_deref(), Some("utf-8"));
        let (marked, detected) = text(b"\xEF\xBB\xBFa,b");
        assert_eq!(detected.encoding.as_deref(), Some("utf-8 with BOM"));
        assert_eq!(rows(&marked)[0].1[0], "a");
        let (old, detected) = text(b"\xA3,b");
        assert_eq!(detected.encoding.as_deref(), Some("windows-1252"));
        assert_eq!(rows(&old)[0].1[0], "£");
        let (wide, detected) = text(b"\xFF\xFEa\0,\0\xA3\0\r\0\n\0");
        assert_eq!(detected.encoding.as_deref(), Some("utf-16le with BOM"));
        assert_eq!(rows(&wide)[0].1, ["a", "£"]);
    }

    #[test]
    fn delimiters() {
        assert_eq!(likely_delimiter("a;b;c\n1;1,50;x\n2;2,50;y\n"), b';');
        assert_eq!(likely_delimiter("a,b\n\"x; y; z\",1\n\"x\",2\n"), b',');
        assert_eq!(likely_delimiter("a\tb\n1\t2\n"), b'\t');
        assert_eq!(likely_delimiter("a|b\n1|2\n"), b'|');
        assert_eq!(likely_delimiter("alone\n"), b',');
    }

    #[test]
    fn a_quote_that_never_closes_is_found() {
        assert_eq!(text(b"a,b\n\"x,1\ny,2\n").0.cut_off(), Some(2));
        assert_eq!(text(b"a,b\n\"x\"\"\",1\n").0.cut_off(), None);
        assert_eq!(text(b"a,b\n5\" pipe,1\n").0.cut_off(), None);
        assert_eq!(text(b"a,b\n\n\"x").0.cut_off(), Some(3));
    }
}
