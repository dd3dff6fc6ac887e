//! What the cells of a binary workbook (`.xlsb`) show by their formats: its reader knows only which of
//! them are dates.
//!
//! Written after \[MS-XLSB\], Microsoft's description of the format: BrtFmt (2.4.658), BrtXF (2.4.835),
//! BrtBundleSh (2.4.311), and the records of cells, which begin with their column and style.

use super::formats::{Formats, Shown, ShownCells};
use super::markup::tags;
use std::io::{Cursor, Read};
use zip::ZipArchive;

const ROW: u32 = 0;
/// A short number, a number, and the number that a formula came to.
const NUMBERS: [u32; 3] = [2, 5, 9];
const SHEET: u32 = 0x9C;
const FORMAT: u32 = 0x2C;
const STYLE: u32 = 0x2F;
const BEGIN_STYLES: u32 = 0x0269;
const END_STYLES: u32 = 0x026A;

/// For each sheet, the cells that show something else than their number, of an archive that was
/// looked at before.
pub(super) fn shown_cells(bytes: &[u8]) -> Vec<ShownCells> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Vec::new();
    };
    let styles = styles(&part(&mut archive, "xl/styles.bin"));
    let sheets = sheets(&mut archive);
    if styles.iter().all(Option::is_none) {
        return sheets.iter().map(|_| ShownCells::new()).collect();
    }
    (sheets.iter())
        .map(|path| of_sheet(&part(&mut archive, path), &styles))
        .collect()
}

/// A part of the archive; empty where there is none.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Vec<u8> {
    let name = (archive.file_names().flatten())
        .find(|name| name.replace('\\', "/").eq_ignore_ascii_case(path))
        .map(std::borrow::Cow::into_owned);
    let mut bytes = Vec::new();
    if let Some(mut part) = name.and_then(|name| archive.by_name(&name).ok()) {
        // What cannot be unpacked is an error of the reader.
        let _ = part.read_to_end(&mut bytes);
    }
    bytes
}

/// The paths of the sheets, in their order.
fn sheets(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Vec<String> {
    let relations = part(archive, "xl/_rels/workbook.bin.rels");
    let target = |wanted: &str| {
        let mut relations = tags(&relations).filter(|tag| tag.is("Relationship"));
        let found = relations.find(|tag| tag.attribute("Id") == Some(wanted.as_bytes()))?;
        let target = String::from_utf8_lossy(found.attribute("Target")?).into_owned();
        Some(match target.strip_prefix('/') {
            Some(from_the_top) => from_the_top.to_owned(),
            None => format!("xl/{target}"),
        })
    };
    let workbook = part(archive, "xl/workbook.bin");
    records(&workbook)
        .filter(|&(kind, _)| kind == SHEET)
        .filter_map(|(_, record)| wide_text(record.get(8..)?))
        .map(|relation| target(&relation).unwrap_or_default())
        .collect()
}

/// What each style of cells shows.
fn styles(part: &[u8]) -> Vec<Option<Shown>> {
    let mut formats = Formats::default();
    let mut styles = Vec::new();
    let mut of_cells = false;
    for (kind, record) in records(part) {
        match kind {
            FORMAT => {
                let number = two(record, 0);
                let code = record.get(2..).and_then(wide_text);
                if let (Some(number), Some(code)) = (number, code) {
                    formats.add(number, &code);
                }
            }
            // Styles that have names come before those of cells.
            BEGIN_STYLES => of_cells = true,
            END_STYLES => break,
            STYLE if of_cells => styles.push(formats.shown(two(record, 2).unwrap_or(0))),
            _ => {}
        }
    }
    styles
}

fn of_sheet(part: &[u8], styles: &[Option<Shown>]) -> ShownCells {
    let mut shown = ShownCells::new();
    let mut row = 0;
    for (kind, record) in records(part) {
        let Some(first) = four(record, 0) else {
            continue;
        };
        if kind == ROW {
            row = first;
        } else if NUMBERS.contains(&kind) {
            // A style has three bytes.
            let style = four(record, 4).map(|style| (style & 0x00FF_FFFF) as usize);
            if let Some(Some(style)) = style.and_then(|style| styles.get(style)) {
                shown.insert((row, first), style.clone());
            }
        }
    }
    shown
}

/// Each record: its kind, and its bytes.
fn records(mut part: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let kind = {
            let first = *part.split_off_first()?;
            if first < 0x80 {
                u32::from(first)
            } else {
                u32::from(first & 0x7F) | u32::from(*part.split_off_first()?) << 7
            }
        };
        let mut length = 0_usize;
        for place in 0..4 {
            let byte = *part.split_off_first()?;
            length |= usize::from(byte & 0x7F) << (7 * place);
            if byte < 0x80 {
                break;
            }
        }
        Some((kind, part.split_off(..length)?))
    })
}

fn two(record: &[u8], at: usize) -> Option<u16> {
    let two = record.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*two))
}

fn four(record: &[u8], at: usize) -> Option<u32> {
    let four = record.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*four))
}

/// A text of two bytes a character, behind how many it has.
fn wide_text(bytes: &[u8]) -> Option<String> {
    let length = four(bytes, 0)? as usize;
    let characters = bytes.get(4..)?.as_chunks::<2>().0.get(..length)?;
    let wide = characters.iter().map(|&two| u16::from_le_bytes(two));
    char::decode_utf16(wide).collect::<Result<_, _>>().ok()
}
