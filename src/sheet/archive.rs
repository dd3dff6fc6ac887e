//! Workbooks that are zip archives, looked at before they are unpacked: a few bytes may stand for
//! more than there is room for.
//!
//! | What | At most |
//! |---|---|
//! | all parts of a workbook, unpacked | 64 MiB and a hundred times the file, and never more than 2 GiB |
//! | cells of all its sheets, written out | a million, and one for eight unpacked bytes |
//! | text of all its cells, written out | 64 MiB, and 16 times what is unpacked |
//!
//! A workbook that people made stays far below. One that does not can be saved as CSV, which is
//! read a few megabytes at a time and has no limit.

use super::Format;
use super::markup::{Tag, number, tags};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Why a workbook is not unpacked.
#[derive(Debug)]
pub(super) enum Refused {
    /// It contradicts itself.
    Damaged(&'static str),
    /// It would need more room than its size allows.
    TooMuch(&'static str),
}

/// How much the sheets of a workbook may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// Cells of all sheets.
    pub(super) cells: u64,
    /// Bytes of the text of all cells.
    pub(super) text: u64,
    /// Sheets.
    pub(super) sheets: usize,
}

const MIB: u64 = 1 << 20;

impl Room {
    /// For a workbook of so many unpacked bytes and so many sheets at most.
    pub(super) fn of(unpacked: u64, sheets: usize) -> Self {
        Self {
            cells: 1_000_000 + unpacked / 8,
            text: 64 * MIB + 16 * unpacked,
            sheets,
        }
    }

    /// Takes a cell with a text of so many bytes.
    pub(super) fn take(&mut self, text: usize) -> Result<(), Refused> {
        let cells = self.cells.checked_sub(1);
        let text = self.text.checked_sub(text as u64);
        match (cells, text) {
            (Some(cells), Some(text)) => {
                (self.cells, self.text) = (cells, text);
                Ok(())
            }
            (None, _) => Err(Refused::TooMuch(
                "more cells than a file of its size can hold",
            )),
            (_, None) => Err(Refused::TooMuch(
                "the same texts again and again, more than a file of its size should hold",
            )),
        }
    }
}

/// Unpacks every part once, keeping none, and says how much room the sheets may take.
pub(super) fn check(bytes: &[u8], format: Format) -> Result<Room, Refused> {
    let packed = bytes.len() as u64;
    let limit = (64 * MIB + 100 * packed).min(2048 * MIB);
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Err(Refused::Damaged("it is not a whole archive"));
    };
    let mut left = limit;
    for index in 0..archive.len() {
        // What cannot be unpacked is an error of the reader too, if it wants that part.
        let Ok(part) = archive.by_index(index) else {
            continue;
        };
        let name = part
            .name()
            .map(|name| name.to_lowercase())
            .unwrap_or_default();
        let looked_into = name.ends_with("sharedstrings.xml") || name == "content.xml";
        let mut content = Vec::new();
        let mut part = part.take(left + 1);
        let unpacked = if looked_into {
            // As much as can be unpacked is held against the limit, whatever comes after it.
            let _ = part.read_to_end(&mut content);
            content.len() as u64
        } else {
            counted(&mut part)
        };
        let Some(rest) = left.checked_sub(unpacked) else {
            return Err(Refused::TooMuch(
                "it unpacks to a hundred times its size and more",
            ));
        };
        left = rest;
        if name.ends_with("sharedstrings.xml") {
            strings(&content)?;
        } else if name == "content.xml" && format == Format::Ods {
            repeats(&content)?;
        }
    }
    Ok(Room::of(limit - left, archive.len()))
}

/// How many bytes can be read.
fn counted(part: &mut impl Read) -> u64 {
    let mut buffer = vec![0; 1 << 16];
    let mut count = 0;
    while let Ok(read @ 1..) = part.read(&mut buffer) {
        count += read as u64;
    }
    count
}

/// The reader makes room for as many shared strings as the part says it has.
fn strings(part: &[u8]) -> Result<(), Refused> {
    // `<si/>` and nothing less is a string.
    const SHORTEST: usize = 5;
    let most = part.len() / SHORTEST;
    for tag in tags(part).filter(|tag| tag.is("sst")) {
        let said = tag.attribute("uniqueCount").map(number);
        if said.is_some_and(|said| said.is_none_or(|said| said > most as u64)) {
            return Err(Refused::Damaged(
                "it says that it has more texts than it has room for",
            ));
        }
    }
    Ok(())
}

/// Rows, cells and blanks of an `OpenDocument` sheet are written once with a number beside them; the
/// reader writes each of them out.
fn repeats(part: &[u8]) -> Result<(), Refused> {
    const ROWS: u64 = 1 << 20;
    const COLUMNS: u64 = 1 << 14;
    let too_much =
        || Refused::TooMuch("it repeats cells more often than a file of its size should");
    let room = Room::of(part.len() as u64, 0);
    let (mut cells, mut text) = (0_u64, 0_u64);
    // Of the sheet: its width and height as far as something stands in them, and its rows so far.
    let (mut width, mut height, mut rows) = (0, 0, 0);
    // Of the row: how often it is there, its columns so far, whether something stands in it.
    let (mut row_repeats, mut column, mut filled_row) = (1, 0, false);
    // Of the cell: where it starts, how often it is there, blanks that are written as a number.
    let mut cell: Option<(usize, u64)> = None;
    let mut blanks = 0_u64;
    let repeated = |tag: &Tag<'_>, name: &str, most: u64| match tag.attribute(name) {
        None => 1,
        Some(said) => number(said).map_or(most, |said| said.min(most)),
    };
    for tag in tags(part) {
        if tag.is("table") && !tag.closes {
            (width, height, rows) = (0, 0, 0);
        } else if tag.is("table-row") && !tag.closes {
            row_repeats = repeated(&tag, "table:number-rows-repeated", ROWS);
            (column, filled_row) = (0, false);
        } else if (tag.is("table-cell") || tag.is("covered-table-cell")) && !tag.closes {
            let times = repeated(&tag, "table:number-columns-repeated", COLUMNS);
            let holds = tag.attributes.windows(7).any(|part| part == b"office:")
                || tag.attribute("table:formula").is_some();
            cells += times;
            column = (column + times).min(COLUMNS);
            if holds {
                (width, filled_row) = (width.max(column), true);
                text = text.saturating_add(
                    (tag.attributes.len() as u64)
                        .saturating_mul(times)
                        .saturating_mul(row_repeats),
                );
            }
            cell = (!tag.empty).then_some((tag.end, times));
            blanks = 0;
        } else if (tag.is("table-cell") || tag.is("covered-table-cell")) && tag.closes {
            if let Some((start, times)) = cell.take() {
                let length = (tag.start - start) as u64 + blanks;
                text =
                    text.saturating_add(length.saturating_mul(times).saturating_mul(row_repeats));
            }
        } else if tag.is("s") && !tag.closes {
            blanks = blanks.saturating_add(repeated(&tag, "text:c", u64::MAX));
            if blanks > room.text {
                return Err(too_much());
            }
        } else if tag.is("table-row") && tag.closes {
            rows = (rows + row_repeats).min(ROWS);
            if filled_row {
                height = rows;
            }
        } else if tag.is("table") && tag.closes {
            cells += width * height;
        }
        if cells > 2 * room.cells || text > room.text {
            return Err(too_much());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_cells_take_room() {
        let sheet = |row: &str| format!("<t:table>{row}</t:table>").into_bytes();
        let row = |rows: u64, cells: &str| {
            format!(
                "<table:table-row table:number-rows-repeated=\"{rows}\">{cells}</table:table-row>"
            )
        };
        let cell = |times: u64, text: &str| {
            format!(
                "<table:table-cell office:value-type='string' table:number-columns-repeated='{times}'><text:p>{text}</text:p></table:table-cell>"
            )
        };
        let empty = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
        let fine = sheet(&(row(3, &cell(2, "Parks")) + &row(1_048_576, empty)));
        assert!(repeats(&fine).is_ok());
        assert!(repeats(&sheet(&row(1_048_576, &cell(16_384, "x")))).is_err());
        // A long text in some cells, and blanks that are only counted.
        assert!(repeats(&sheet(&row(1_000, &cell(100, &"x".repeat(10_000))))).is_err());
        let blanks = "<text:s text:c=\"9999999999\"/>";
        assert!(repeats(&sheet(&row(1, &cell(1, blanks)))).is_err());
        // Empty cells before another cell are written out too.
        let wide = row(1, &format!("{empty}{empty}")).repeat(100);
        assert!(repeats(&sheet(&wide)).is_err());
    }

    #[test]
    fn shared_strings_that_are_not_there() {
        assert!(strings(b"<sst uniqueCount=\"1\"><si><t>x</t></si></sst>").is_ok());
        assert!(strings(b"<?xml?><x:sst\n count='1' uniqueCount = '99999999999'>").is_err());
        assert!(strings(b"<sst uniqueCount=\"99999999999999999999999\">").is_err());
    }
}
