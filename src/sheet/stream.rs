//! A delimited text window by window, so that a file of any size costs a few megabytes.
//!
//! A window is cut into blocks at the ends of records, never inside a quoted cell, so that the
//! blocks can be read in any order and on any thread. What a text is (its encoding, its delimiter)
//! is told as for a text that is held whole; where the guess that it is UTF-8 proves wrong, it is
//! read again from the start.

use super::blocks::Blocks;
use super::boundaries::Cutter;
use super::detection::wide;
use super::records::Records;
use super::row::Cells;
use super::text::{self, LOOKED_AT, MARK};
use super::{Detected, Format, LineEnds, ReadOptions, SheetError};
use crate::text::hex;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use memchr::memchr_iter;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fmt;
use std::fs::File;
use std::io::{Cursor, Read};
use std::ops::{ControlFlow, Range};
use std::path::{Path, PathBuf};

/// A file and its first bytes: enough to tell its format, encoding and delimiter.
pub(super) fn begun(path: &Path, shown: &str) -> Result<(File, Vec<u8>), SheetError> {
    // With room for a mark, and for the rest of a character or line end.
    const HEAD: u64 = LOOKED_AT as u64 + 16;
    let read = || {
        let mut file = regular(path)?;
        let mut head = Vec::new();
        file.by_ref().take(HEAD).read_to_end(&mut head)?;
        Ok((file, head))
    };
    read().map_err(|source| unreadable(shown, source))
}

/// Opens a file that is one: a pipe or a device would wait for ever, or never end.
pub(crate) fn regular(path: &Path) -> std::io::Result<File> {
    let what = std::fs::metadata(path)?;
    if what.is_file() {
        return File::open(path);
    }
    let found = if what.is_dir() {
        "a folder"
    } else {
        "a pipe or a device"
    };
    Err(std::io::Error::other(format!("it is {found} and no file")))
}

/// The bytes of a file that is one.
pub(crate) fn bytes_of(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    regular(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file that is one.
pub(crate) fn text_of(path: &Path) -> std::io::Result<String> {
    let mut text = String::new();
    regular(path)?.read_to_string(&mut text)?;
    Ok(text)
}

pub(super) fn unreadable(shown: &str, source: std::io::Error) -> SheetError {
    SheetError::Read {
        file: shown.to_owned(),
        source,
    }
}

/// What is known about the encoding of a text until it has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guess {
    /// UTF-8, unless something else is named or marked.
    Utf8,
    /// It was not, and nothing is named.
    Windows1252,
    /// It was not, although it is named or marked so.
    Damaged,
}

/// How the bytes of a block become text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decoding {
    Utf8,
    Windows1252,
}

/// What is to be opened.
#[derive(Debug)]
pub(super) struct Request {
    path: PathBuf,
    shown: String,
    options: ReadOptions,
    blocks: Blocks,
}

impl Request {
    pub(super) fn new(path: &Path, shown: &str, options: &ReadOptions, blocks: Blocks) -> Self {
        Self {
            path: path.to_owned(),
            shown: shown.to_owned(),
            options: options.clone(),
            blocks,
        }
    }

    /// Begins the text.
    pub(super) fn stream(self) -> Result<TextStream, SheetError> {
        self.guess(Guess::Utf8)
    }

    fn guess(self, guess: Guess) -> Result<TextStream, SheetError> {
        let shown = self.shown.as_str();
        let (file, head) = begun(&self.path, shown)?;
        let marked = Encoding::for_bom(&head);
        let named = match text::named_encoding(shown, &self.options)? {
            None if marked.is_none() => wide(&head),
            named => named,
        };
        let is = |wanted: &'static Encoding| match (marked, named) {
            (Some((found, _)), _) => found == wanted,
            (None, Some(named)) => named == wanted,
            (None, None) => false,
        };
        let nothing_known = marked.is_none() && named.is_none();
        match guess {
            Guess::Utf8 if nothing_known || is(UTF_8) => {
                let mark = marked.map_or(0, |(_, length)| length);
                match std::str::from_utf8(&head[mark..]) {
                    // The head may end inside a character.
                    Err(found) if found.error_len().is_some() => self.without_utf8(nothing_known),
                    _ => self.begin(head, mark, file, Decoding::Utf8, nothing_known),
                }
            }
            Guess::Utf8 if is(WINDOWS_1252) => {
                self.begin(head, 0, file, Decoding::Windows1252, false)
            }
            Guess::Windows1252 => self.begin(head, 0, file, Decoding::Windows1252, false),
            Guess::Utf8 | Guess::Damaged => self.decoded(head, file, named),
        }
    }

    fn without_utf8(self, nothing_known: bool) -> Result<TextStream, SheetError> {
        self.guess(if nothing_known {
            Guess::Windows1252
        } else {
            Guess::Damaged
        })
    }

    /// A text that is decoded block by block.
    fn begin(
        self,
        mut head: Vec<u8>,
        mark: usize,
        file: File,
        decoding: Decoding,
        guessed: bool,
    ) -> Result<TextStream, SheetError> {
        let mut digest = Sha256::new();
        digest.update(&head[..mark]);
        head.drain(..mark);
        if head.is_empty() {
            return Err(SheetError::Empty { file: self.shown });
        }
        let encoding = match decoding {
            Decoding::Utf8 if mark > 0 => "utf-8 with BOM",
            Decoding::Utf8 => "utf-8",
            Decoding::Windows1252 => "windows-1252",
        };
        let twice = MARK.len_utf8();
        if decoding == Decoding::Utf8 && head.starts_with(MARK.to_string().as_bytes()) {
            digest.update(&head[..twice]);
            head.drain(..twice);
        }
        let start = match decoding {
            // What is not UTF-8 will be seen when its block is read.
            Decoding::Utf8 => match head.utf8_chunks().next() {
                Some(chunk) => Cow::Borrowed(chunk.valid()),
                None => Cow::Borrowed(""),
            },
            Decoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(&head).0,
        };
        let delimiter = match text::named_delimiter(&self.shown, &self.options)? {
            Some(named) => named,
            None => text::likely_delimiter(&text::without_bare_cr(start.into_owned()).0),
        };
        Ok(TextStream {
            input: Box::new(Cursor::new(head).chain(file)),
            fingerprint: Fingerprint::Running(digest),
            encoding: encoding.to_owned(),
            guessed,
            ascii: true,
            undecodable: 0,
            decoding,
            delimiter,
            line_ends: LineEnds::default(),
            line: 1,
            rest: Vec::new(),
            mended: 0,
            at_end: false,
            request: self,
        })
    }

    /// A text that has to be decoded as a whole: not UTF-8 throughout, or of an encoding in which
    /// the bytes of ASCII are not ASCII.
    fn decoded(
        self,
        mut bytes: Vec<u8>,
        mut file: File,
        named: Option<&'static Encoding>,
    ) -> Result<TextStream, SheetError> {
        (file.read_to_end(&mut bytes)).map_err(|source| unreadable(&self.shown, source))?;
        let fingerprint = hex(&Sha256::digest(&bytes));
        let decoded = text::decoded(bytes, named);
        if decoded.utf8.is_empty() {
            return Err(SheetError::Empty { file: self.shown });
        }
        let delimiter = match text::named_delimiter(&self.shown, &self.options)? {
            Some(named) => named,
            None => {
                let text = decoded.utf8.strip_prefix(MARK).unwrap_or(&decoded.utf8);
                let start: String = text.chars().take(LOOKED_AT + 1).collect();
                text::likely_delimiter(&text::without_bare_cr(start).0)
            }
        };
        let mut utf8 = Cursor::new(decoded.utf8.into_bytes());
        if (utf8.get_ref()).starts_with(MARK.to_string().as_bytes()) {
            utf8.set_position(MARK.len_utf8() as u64);
        }
        Ok(TextStream {
            input: Box::new(utf8),
            fingerprint: Fingerprint::Known(fingerprint),
            encoding: decoded.encoding,
            guessed: false,
            ascii: true,
            undecodable: decoded.undecodable,
            decoding: Decoding::Utf8,
            delimiter,
            line_ends: LineEnds::default(),
            line: 1,
            rest: Vec::new(),
            mended: 0,
            at_end: false,
            request: self,
        })
    }
}

enum Fingerprint {
    Running(Sha256),
    Known(String),
}

/// A text of records while it is read.
pub(super) struct TextStream {
    request: Request,
    input: Box<dyn Read + Send>,
    fingerprint: Fingerprint,
    encoding: String,
    /// Whether nothing but the bytes says that it is UTF-8.
    guessed: bool,
    /// Whether every block so far is ASCII.
    ascii: bool,
    undecodable: u64,
    decoding: Decoding,
    delimiter: u8,
    line_ends: LineEnds,
    /// The line on which the next window starts.
    line: u64,
    /// The start of a record that the last window did not hold to its end.
    rest: Vec<u8>,
    /// How many bytes of it have had their line ends mended.
    mended: usize,
    at_end: bool,
}

impl fmt::Debug for TextStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TextStream")
            .field("encoding", &self.encoding)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl TextStream {
    /// What stands between the cells.
    pub(super) fn delimiter(&self) -> char {
        char::from(self.delimiter)
    }

    /// Byte sequences that the encoding does not have.
    pub(super) fn undecodable(&self) -> u64 {
        self.undecodable
    }

    /// The next window, in the memory of one that is done with; nothing at the end of the text.
    pub(super) fn next(&mut self, mut bytes: Vec<u8>) -> Result<Option<TextWindow>, SheetError> {
        bytes.clear();
        bytes.append(&mut self.rest);
        let Blocks {
            bytes: block,
            each_window,
            ..
        } = self.request.blocks;
        let mut wanted = block * each_window;
        let ends = loop {
            self.read(&mut bytes, wanted)?;
            let ends = Cutter::new(&bytes, self.delimiter).ends(block);
            if self.at_end || !ends.is_empty() {
                break ends;
            }
            // One record of many lines: as much again, so that nothing is looked at too often.
            wanted = bytes.len();
        };
        let mut blocks = Vec::with_capacity(ends.len() + 1);
        let mut start = 0;
        let last = (self.at_end && ends.last() != Some(&bytes.len())).then_some(bytes.len());
        for end in ends.into_iter().chain(last).filter(|&end| end > 0) {
            let line_feeds = memchr_iter(b'\n', &bytes[start..end]).count();
            blocks.push(Bounds {
                bytes: start..end,
                line: self.line,
                line_feeds,
            });
            self.line += line_feeds as u64;
            start = end;
        }
        self.rest.extend_from_slice(&bytes[start..]);
        self.mended -= start;
        Ok((!blocks.is_empty()).then_some(TextWindow {
            bytes,
            blocks,
            decoding: self.decoding,
            delimiter: self.delimiter,
        }))
    }

    /// Reads so many bytes more, and mends their line ends.
    fn read(&mut self, bytes: &mut Vec<u8>, wanted: usize) -> Result<(), SheetError> {
        if self.at_end {
            return Ok(());
        }
        let before = bytes.len();
        let read = (self.input.by_ref().take(wanted as u64).read_to_end(bytes))
            .map_err(|source| unreadable(&self.request.shown, source))?;
        self.at_end = read < wanted;
        if let Fingerprint::Running(digest) = &mut self.fingerprint {
            digest.update(&bytes[before..]);
        }
        // Of a carriage return at the end nobody knows yet whether it stands alone.
        let unknown = !self.at_end && bytes.ends_with(b"\r");
        let end = bytes.len() - usize::from(unknown);
        text::mend_line_ends(&mut bytes[self.mended..end], &mut self.line_ends);
        self.mended = end;
        Ok(())
    }

    /// Notes whether the last blocks were ASCII.
    pub(super) fn and_ascii(&mut self, ascii: bool) {
        self.ascii &= ascii;
    }

    /// The same text from its start, now that it proved not to be UTF-8.
    pub(super) fn without_utf8(self) -> Result<Self, SheetError> {
        self.request.without_utf8(self.guessed)
    }

    /// What the text turned out to be, and its fingerprint.
    pub(super) fn finish(self) -> (Detected, String) {
        let detected = Detected {
            format: Format::Text,
            encoding: Some(if self.guessed && self.ascii {
                "ascii".to_owned()
            } else {
                self.encoding
            }),
            undecodable: self.undecodable,
            line_ends: Some(self.line_ends),
            delimiter: Some(char::from(self.delimiter)),
            sheets: Vec::new(),
            hidden: Vec::new(),
        };
        let fingerprint = match self.fingerprint {
            Fingerprint::Running(digest) => hex(&digest.finalize()),
            Fingerprint::Known(known) => known,
        };
        (detected, fingerprint)
    }
}

/// A few blocks of a text.
pub(crate) struct TextWindow {
    bytes: Vec<u8>,
    blocks: Vec<Bounds>,
    decoding: Decoding,
    delimiter: u8,
}

/// Where a block stands.
struct Bounds {
    bytes: Range<usize>,
    /// Its first line.
    line: u64,
    line_feeds: usize,
}

impl TextWindow {
    /// Each block, in the order of the text.
    pub(super) fn blocks(&self) -> impl Iterator<Item = TextBlock<'_>> {
        self.blocks.iter().map(|block| TextBlock {
            bytes: &self.bytes[block.bytes.clone()],
            line: block.line,
            line_feeds: block.line_feeds,
            decoding: self.decoding,
            delimiter: self.delimiter,
        })
    }

    /// Its memory, for another.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// Whole records of a text.
#[derive(Clone, Copy)]
pub(crate) struct TextBlock<'a> {
    bytes: &'a [u8],
    line: u64,
    line_feeds: usize,
    decoding: Decoding,
    delimiter: u8,
}

/// A block is not in the encoding that its text was thought to have.
#[derive(Debug)]
pub(crate) struct NotUtf8;

impl TextBlock<'_> {
    /// No more rows than this.
    pub(super) fn most_rows(&self) -> usize {
        self.line_feeds + 1
    }

    pub(super) fn is_ascii(&self) -> bool {
        self.bytes.is_ascii()
    }

    /// Visits each row with its line; gives what `visit` broke off with, or the line of a row in
    /// which a quote opens and never closes.
    pub(super) fn rows<B>(
        &self,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> Result<ControlFlow<B, Option<u64>>, NotUtf8> {
        let text = match self.decoding {
            Decoding::Utf8 => Cow::Borrowed(std::str::from_utf8(self.bytes).map_err(|_| NotUtf8)?),
            Decoding::Windows1252 => WINDOWS_1252.decode_without_bom_handling(self.bytes).0,
        };
        let mut records = Records::new(&text, self.delimiter, self.line);
        while let Some((line, cells)) = records.next() {
            if let ControlFlow::Break(found) = visit(line, cells) {
                return Ok(ControlFlow::Break(found));
            }
        }
        Ok(ControlFlow::Continue(records.cut_off()))
    }
}
