//! What the cells of a workbook of Excel 97 to 2003 show by their formats: its reader knows only which
//! of them are dates.
//!
//! Written after \[MS-XLS\], Microsoft's description of the format: FORMAT (2.4.126), XF (2.4.353), and
//! the records of cells with numbers: Number, RK, `MulRk` and Formula.

use super::compound_file::{records, stream_of, u16_at, u32_at};
use super::formats::{Formats, Shown, ShownCells};

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const SHEET: u16 = 0x0085;
const FORMAT: u16 = 0x041E;
const STYLE: u16 = 0x00E0;
/// Cells with one number: plain, short, and the result of a formula.
const NUMBERS: [u16; 3] = [0x0203, 0x027E, 0x0006];
/// Cells beside each other with a short number each.
const SEVERAL: u16 = 0x00BD;
/// Since Excel 97 texts have a flag that says how wide their characters are.
const EXCEL_97: u16 = 0x0600;

/// For each sheet, the cells that show something else than their number, of a file whose chains are
/// sound.
pub(super) fn shown_cells(bytes: &[u8]) -> Vec<ShownCells> {
    let Ok(stream) = stream_of(bytes) else {
        return Vec::new();
    };
    let (styles, sheets) = globals(&stream);
    if styles.iter().all(Option::is_none) {
        return sheets.iter().map(|_| ShownCells::new()).collect();
    }
    sheets
        .iter()
        .map(|&at| of_sheet(&stream, at, &styles))
        .collect()
}

/// What each style of cells shows, and where the sheets begin.
fn globals(stream: &[u8]) -> (Vec<Option<Shown>>, Vec<usize>) {
    let mut formats = Formats::default();
    let (mut styles, mut sheets, mut version) = (Vec::new(), Vec::new(), EXCEL_97);
    for (kind, start, end) in records(stream, 0) {
        match kind {
            BEGIN => version = u16_at(stream, start).unwrap_or(EXCEL_97),
            FORMAT => {
                if let Ok(number) = u16_at(stream, start) {
                    let code = stream.get(start + 2..end).unwrap_or_default();
                    formats.add(number, &code_of(code, version));
                }
            }
            STYLE => styles.push(u16_at(stream, start + 2).unwrap_or(0)),
            SHEET => sheets.extend(u32_at(stream, start).map(|at| at as usize)),
            END => break,
            _ => {}
        }
    }
    let styles = styles.into_iter().map(|number| formats.shown(number));
    (styles.collect(), sheets)
}

/// The text of a format: its length in characters, in later versions how wide they are, and they.
fn code_of(bytes: &[u8], version: u16) -> String {
    match bytes {
        [length, characters @ ..] if version < EXCEL_97 => {
            let length = usize::from(*length).min(characters.len());
            characters[..length]
                .iter()
                .map(|&byte| char::from(byte))
                .collect()
        }
        [low, high, flags, characters @ ..] => {
            let length = usize::from(u16::from_le_bytes([*low, *high]));
            if flags & 1 == 0 {
                characters
                    .iter()
                    .take(length)
                    .map(|&byte| char::from(byte))
                    .collect()
            } else {
                let wide = characters.as_chunks::<2>().0.iter().take(length);
                char::decode_utf16(wide.map(|&two| u16::from_le_bytes(two)))
                    .filter_map(Result::ok)
                    .collect()
            }
        }
        _ => String::new(),
    }
}

fn of_sheet(stream: &[u8], at: usize, styles: &[Option<Shown>]) -> ShownCells {
    let mut shown = ShownCells::new();
    let mut depth = 0_usize;
    for (kind, start, end) in records(stream, at) {
        let mut cell = |row: u16, column: u16, style: u16| {
            if let Some(Some(style)) = styles.get(usize::from(style)) {
                shown.insert((row.into(), column.into()), style.clone());
            }
        };
        let two = |place: usize| u16_at(stream, start + 2 * place).ok();
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            // A chart in a sheet has numbers of its own.
            _ if depth > 1 => {}
            _ if NUMBERS.contains(&kind) => {
                if let (Some(row), Some(column), Some(style)) = (two(0), two(1), two(2)) {
                    cell(row, column, style);
                }
            }
            SEVERAL => {
                if let (Some(row), Some(first)) = (two(0), two(1)) {
                    // A style and a short number each, and at the end the last column.
                    let cells = stream
                        .get(start + 4..end.saturating_sub(2))
                        .unwrap_or_default();
                    for (column, six) in (first..).zip(cells.as_chunks::<6>().0) {
                        cell(row, column, u16::from_le_bytes([six[0], six[1]]));
                    }
                }
            }
            _ => {}
        }
    }
    shown
}
