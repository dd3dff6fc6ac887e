//! `OpenDocument` spreadsheets as their reader wants them: packed, and without blanks between the tags.
//!
//! A spreadsheet may be one XML text instead of an archive (flat), and any program may set it out with
//! line ends and comments between its tags. Neither changes what it says: text counts only inside a
//! paragraph.

use super::formats::{Shown, ShownCells};
use super::markup::{Tag, number, tags};
use std::io::{Cursor, Read, Write};
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, ZipArchive};

const CONTENT: &str = "content.xml";
const MIMETYPE: &str = "application/vnd.oasis.opendocument.spreadsheet";
/// The size of a sheet.
const ROWS: u64 = 1 << 20;
const COLUMNS: u64 = 1 << 14;

/// Whether a text begins as a spreadsheet that is not packed.
pub(super) fn is_flat(head: &[u8]) -> bool {
    const LOOKED_AT: usize = 1 << 14;
    let head = &head[..head.len().min(LOOKED_AT)];
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    if !text.trim_ascii_start().starts_with(b"<") {
        return false;
    }
    let holds = |word: &str| memchr::memmem::find(head, word.as_bytes()).is_some();
    holds("<office:document")
        && holds("urn:oasis:names:tc:opendocument:xmlns:office")
        && holds(MIMETYPE)
}

/// The same spreadsheet, packed and without anything between its tags that says nothing.
pub(super) fn packed(bytes: Vec<u8>) -> Vec<u8> {
    if is_flat(&bytes) {
        return archive_of(&without_blanks(&bytes).unwrap_or(bytes));
    }
    match content(&bytes) {
        Some(content) => match without_blanks(&content) {
            Some(content) => archive_of(&content),
            None => bytes,
        },
        // What is wrong is for the reader to say.
        None => bytes,
    }
}

/// The part with the sheets, of an archive that was looked at before.
pub(super) fn content(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut content = Vec::new();
    archive
        .by_name(CONTENT)
        .ok()?
        .read_to_end(&mut content)
        .ok()?;
    Some(content)
}

/// An archive with as much in it as a reader asks for; not compressed, because it is read at once.
fn archive_of(content: &[u8]) -> Vec<u8> {
    const MANIFEST: &str = "<manifest:manifest \
        xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>";
    let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(content.len() + 1024)));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let parts = [
        ("mimetype", MIMETYPE.as_bytes()),
        ("META-INF/manifest.xml", MANIFEST.as_bytes()),
        (CONTENT, content),
    ];
    let mut written = || {
        for (name, part) in parts {
            archive.start_file(name, stored)?;
            archive.write_all(part)?;
        }
        Ok::<(), zip::result::ZipError>(())
    };
    // Writing to memory cannot fail; if it did, the reader would miss the part.
    let _ = written();
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// The part without what stands between the tags of its sheets outside paragraphs; nothing if that is
/// all there is.
fn without_blanks(part: &[u8]) -> Option<Vec<u8>> {
    let mut kept = Vec::with_capacity(part.len());
    // Tables may stand in cells, and paragraphs in notes.
    let (mut tables, mut paragraphs) = (0_u32, 0_u32);
    let mut from = 0;
    for tag in tags(part) {
        if tables > 0 && paragraphs == 0 {
            kept.extend_from_slice(&part[tag.start..tag.end]);
        } else {
            kept.extend_from_slice(&part[from..tag.end]);
        }
        from = tag.end;
        let depth = if tag.is("table") {
            &mut tables
        } else if tag.is("p") || tag.is("h") {
            &mut paragraphs
        } else {
            continue;
        };
        if tag.closes {
            *depth = depth.saturating_sub(1);
        } else if !tag.empty {
            *depth += 1;
        }
    }
    kept.extend_from_slice(&part[from..]);
    (kept.len() < part.len()).then_some(kept)
}

/// For each sheet with a name, the cells that show something else than their number.
pub(super) fn shown_cells(bytes: &[u8]) -> Vec<ShownCells> {
    let Some(content) = content(bytes) else {
        return Vec::new();
    };
    let mut sheets: Vec<ShownCells> = Vec::new();
    let (mut row, mut rows, mut column) = (0, 0, 0);
    for tag in tags(&content).filter(|tag| !tag.closes) {
        if tag.is("table") && tag.attribute("table:name").is_some() {
            sheets.push(ShownCells::new());
            (row, rows) = (0, 0);
        } else if tag.is("table-row") {
            row += rows;
            rows = repeated(&tag, "table:number-rows-repeated").min(ROWS.saturating_sub(row));
            column = 0;
        } else if tag.is("table-cell") || tag.is("covered-table-cell") {
            let columns = repeated(&tag, "table:number-columns-repeated").min(COLUMNS - column);
            if let (Some(shown), Some(sheet)) = (shown_in(&tag), sheets.last_mut()) {
                let places = (row..row + rows).flat_map(|row| {
                    (column..column + columns).filter_map(move |column| {
                        Some((u32::try_from(row).ok()?, u32::try_from(column).ok()?))
                    })
                });
                sheet.extend(places.map(|place| (place, shown.clone())));
            }
            column += columns;
        }
    }
    sheets
}

fn repeated(tag: &Tag<'_>, name: &str) -> u64 {
    tag.attribute(name).and_then(number).unwrap_or(1)
}

/// What a cell shows by the type of its value.
fn shown_in(cell: &Tag<'_>) -> Option<Shown> {
    match cell.attribute("office:value-type")? {
        b"percentage" => Some(Shown::Percent),
        b"currency" => match cell.attribute("office:currency")? {
            b"GBP" | b"" => None,
            currency => Some(Shown::Currency(
                String::from_utf8_lossy(currency).into_owned(),
            )),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_count_in_paragraphs_only() {
        let set_out = b"<t>\n <table:table>\n <table:table-row><!-- a row -->\n  <table:table-cell>\n   \
            <text:p> a <text:s/> b </text:p>\n  </table:table-cell>\n</table:table-row> </table:table>\n</t>";
        let plain =
            b"<t>\n <table:table><table:table-row><table:table-cell><text:p> a <text:s/> b \
            </text:p></table:table-cell></table:table-row></table:table>\n</t>";
        assert_eq!(without_blanks(set_out).as_deref(), Some(&plain[..]));
        assert_eq!(without_blanks(plain), None);
    }
}
