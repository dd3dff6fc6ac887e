//! What a file turned out to be.

use super::Format;
use super::foreign::Foreign;
use super::open_document;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The format by extension (lower case), unless the first bytes can only be another: a workbook
/// that somebody renamed to `.csv` is still a workbook, and a text named `.xls` a text.
pub(super) fn likely_format(extension: &str, head: &[u8]) -> Result<Option<Format>, Foreign> {
    const ZIP: &[u8] = b"PK\x03\x04";
    const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    const PARQUET: &[u8] = b"PAR1";
    let named = match extension {
        "csv" | "tsv" | "txt" => Format::Text,
        "xlsx" | "xlsm" => Format::Xlsx,
        "xls" => Format::Xls,
        "xlsb" => Format::Xlsb,
        "ods" | "fods" => Format::Ods,
        "parquet" => Format::Parquet,
        // An extension that is not known, and perhaps bytes that are.
        _ => return Foreign::by_head(head).map_or(Ok(None), Err),
    };
    if head.starts_with(ZIP) {
        // Which of them is told by what is in it.
        return Ok(Some(match named {
            Format::Xlsb | Format::Ods => named,
            _ => Format::Xlsx,
        }));
    }
    if head.starts_with(COMPOUND) {
        return Ok(Some(Format::Xls));
    }
    if head.starts_with(PARQUET) {
        return Ok(Some(Format::Parquet));
    }
    if open_document::is_flat(head) {
        return Ok(Some(Format::Ods));
    }
    if let Some(foreign) = Foreign::by_head(head) {
        return Err(foreign);
    }
    Ok(Some(match named {
        Format::Xlsx | Format::Xls | Format::Xlsb | Format::Ods if is_text(head) => Format::Text,
        named => named,
    }))
}

/// Whether bytes have only characters that texts have.
fn is_text(head: &[u8]) -> bool {
    const LOOKED_AT: usize = 1 << 12;
    let head = &head[..head.len().min(LOOKED_AT)];
    let is_control = |&byte: &u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    Encoding::for_bom(head).is_some() || wide(head).is_some() || !head.iter().any(is_control)
}

/// UTF-16 that has no mark, told by the zeros that English text has in it: nearly every second byte.
pub(super) fn wide(head: &[u8]) -> Option<&'static Encoding> {
    let (mut first, mut second, mut all) = (0_usize, 0_usize, 0_usize);
    for [one, two] in head.as_chunks::<2>().0 {
        first += usize::from(*one == 0);
        second += usize::from(*two == 0);
        all += 1;
    }
    let (most, hardly_any) = (
        |zeros: usize| zeros * 10 >= all * 7,
        |zeros: usize| zeros * 100 <= all,
    );
    match (first, second) {
        _ if all < 2 => None,
        (first, second) if most(second) && hardly_any(first) => Some(UTF_16LE),
        (first, second) if most(first) && hardly_any(second) => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether every line feed of a file that is no text has a carriage return before it: somebody sent
/// it as a text, and every byte that looked like a line end became two.
pub(super) fn sent_as_text(bytes: &[u8]) -> bool {
    // By chance that is so of a few.
    const ENOUGH: usize = 8;
    let mut seen = 0;
    for at in memchr::memchr_iter(b'\n', bytes) {
        if at == 0 || bytes[at - 1] != b'\r' {
            return false;
        }
        seen += 1;
    }
    seen >= ENOUGH
}

/// How many lines of a text end in which way, those inside quoted cells included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LineEnds {
    /// Carriage return and line feed: Windows.
    pub crlf: u64,
    /// Line feed alone: Unix.
    pub lf: u64,
    /// Carriage return alone: the Macintosh before 2001, and Excel for it since.
    pub cr: u64,
}

impl fmt::Display for LineEnds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut kinds = [(self.crlf, "CRLF"), (self.lf, "LF"), (self.cr, "bare CR")];
        kinds.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
        let found: Vec<_> = kinds.into_iter().filter(|&(count, _)| count > 0).collect();
        match found.as_slice() {
            [] => f.write_str("one line"),
            [(_, only)] => f.write_str(only),
            several => {
                let named = several
                    .iter()
                    .map(|(count, kind)| format!("{kind} ({count})"));
                f.write_str(&named.collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// What a file turned out to be; prints as `windows-1252; bare CR; cells separated by `,``.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Detected {
    /// The format.
    pub format: Format,
    /// The encoding of a text: `utf-8`, `utf-8 with BOM`, `windows-1252`, …
    pub encoding: Option<String>,
    /// Byte sequences of a text that its encoding does not have; each became `\u{fffd}`. Can be
    /// above zero only where an encoding was named or a byte order mark found.
    pub undecodable: u64,
    /// How the lines of a text end.
    pub line_ends: Option<LineEnds>,
    /// What stands between the cells of a text.
    pub delimiter: Option<char>,
    /// The sheets of a workbook that were read.
    pub sheets: Vec<String>,
    /// Those that were not, because they are hidden and nobody asked for them.
    #[serde(default)]
    pub hidden: Vec<String>,
}

impl Detected {
    pub(super) fn workbook(format: Format, sheets: Vec<String>, hidden: Vec<String>) -> Self {
        Self {
            sheets,
            hidden,
            ..Self::bare(format)
        }
    }

    /// A Parquet file that an engine reads.
    pub(crate) fn elsewhere() -> Self {
        Self::bare(Format::Parquet)
    }

    pub(super) fn parquet() -> Self {
        Self::bare(Format::Parquet)
    }

    fn bare(format: Format) -> Self {
        Self {
            format,
            encoding: None,
            undecodable: 0,
            line_ends: None,
            delimiter: None,
            sheets: Vec::new(),
            hidden: Vec::new(),
        }
    }
}

impl fmt::Display for Detected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.encoding {
            Some(encoding) => f.write_str(encoding)?,
            None => f.write_str(self.format.name())?,
        }
        if self.undecodable > 0 {
            write!(f, ", {} sequences not decodable", self.undecodable)?;
        }
        if let Some(ends) = self.line_ends {
            write!(f, "; {ends}")?;
        }
        match self.delimiter {
            Some('\t') => f.write_str("; cells separated by tabs")?,
            Some(delimiter) => write!(f, "; cells separated by `{delimiter}`")?,
            None => {}
        }
        match self.sheets.len() {
            0 => {}
            1 => f.write_str("; 1 sheet")?,
            several => write!(f, "; {several} sheets")?,
        }
        match self.hidden.len() {
            0 => Ok(()),
            hidden => write!(f, ", {hidden} hidden and not read"),
        }
    }
}
