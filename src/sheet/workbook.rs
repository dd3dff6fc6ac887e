//! Workbooks: sheets of typed cells as rows of text.

use super::detected::sent_as_text;
use super::packed::{Refused, Room};
use super::row::{Cells, Row};
use super::{Format, SheetError, compound, packed};
use calamine::{
    Cell, Data, DataRef, ExcelDateTime, Ods, Reader, Xls, Xlsb, Xlsx, XlsxError,
    open_workbook_from_rs,
};
use std::fmt::Write as _;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One sheet: its filled cells with row and column, counted from 0, in the order of the sheet.
///
/// Only filled cells are kept. One stray cell in the last corner of a sheet would otherwise make
/// a grid of seventeen thousand million cells.
#[derive(Debug)]
pub(super) struct Worksheet {
    pub(super) name: String,
    cells: Vec<(u32, u32, Data)>,
}

/// Reads the wanted sheets of a workbook, all of them when none is named.
pub(super) fn read(
    mut bytes: Vec<u8>,
    file: &str,
    format: Format,
    wanted: &[String],
) -> Result<Vec<Worksheet>, SheetError> {
    let as_text = sent_as_text(&bytes);
    let unreadable = |source: Box<dyn std::error::Error + Send + Sync>| {
        let file = file.to_owned();
        if as_text {
            return SheetError::SentAsText { file };
        }
        SheetError::Workbook {
            file,
            format,
            source,
        }
    };
    let refused = |refused: Refused| match refused {
        Refused::Damaged(what) => unreadable(what.into()),
        Refused::TooMuch(what) => SheetError::TooMuch {
            file: file.to_owned(),
            what: what.to_owned(),
        },
    };
    // What the reader would believe: loops without an end, and room for what is not there.
    let mut room = match format {
        Format::Xls => {
            compound::check(&mut bytes).map_err(refused)?;
            Room::of(bytes.len() as u64 * 64, usize::MAX)
        }
        _ => packed::check(&bytes, format).map_err(refused)?,
    };
    // The reader of old workbooks indexes past the end of some damaged ones (calamine 0.38). That
    // is a fault of the file to whoever reads it, not a reason to stop the program.
    let found = catch_unwind(AssertUnwindSafe(|| {
        Book::open(bytes, format)?.sheets(wanted, &mut room)
    }))
    .map_err(|_| unreadable("its structure is damaged".into()))?
    .map_err(|source| unreadable(source.into()))?;
    match found {
        Found::Sheets(sheets) => Ok(sheets),
        Found::Refused(why) => Err(refused(why)),
        Found::Missing { sheet, known } => Err(SheetError::NoSuchSheet {
            file: file.to_owned(),
            sheet,
            known,
        }),
    }
}

/// What came of looking for sheets.
enum Found {
    Refused(Refused),
    Sheets(Vec<Worksheet>),
    Missing { sheet: String, known: Vec<String> },
}

/// The size of a sheet in every program that writes them; a cell beyond it is damage.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

type Bytes = Cursor<Vec<u8>>;

/// The filled cells of a sheet with row and column.
type Filled = Vec<(u32, u32, Data)>;

enum Book {
    Xlsx(Box<Xlsx<Bytes>>),
    Xlsb(Box<Xlsb<Bytes>>),
    Xls(Box<Xls<Bytes>>),
    Ods(Box<Ods<Bytes>>),
}

impl Book {
    fn open(bytes: Vec<u8>, format: Format) -> Result<Self, calamine::Error> {
        let bytes = Cursor::new(bytes);
        Ok(match format {
            Format::Xls => Self::Xls(Box::new(open_workbook_from_rs(bytes)?)),
            Format::Xlsb => Self::Xlsb(Box::new(open_workbook_from_rs(bytes)?)),
            Format::Ods => Self::Ods(Box::new(open_workbook_from_rs(bytes)?)),
            Format::Xlsx | Format::Text | Format::Parquet => {
                Self::Xlsx(Box::new(open_workbook_from_rs(bytes)?))
            }
        })
    }

    fn sheets(&mut self, wanted: &[String], room: &mut Room) -> Result<Found, calamine::Error> {
        let known = match self {
            Self::Xlsx(book) => book.sheet_names(),
            Self::Xlsb(book) => book.sheet_names(),
            Self::Xls(book) => book.sheet_names(),
            Self::Ods(book) => book.sheet_names(),
        };
        if let Some(missing) = wanted.iter().find(|sheet| !known.contains(sheet)) {
            return Ok(Found::Missing {
                sheet: missing.clone(),
                known,
            });
        }
        // Each sheet is a part of its own; one that is listed again would be read again.
        if known.len() > room.sheets {
            return Err(calamine::Error::Msg("it lists more sheets than it has"));
        }
        let mut sheets = Vec::new();
        for name in known {
            if wanted.is_empty() || wanted.contains(&name) {
                let mut cells = match self.cells(&name, room)? {
                    Ok(cells) => cells,
                    Err(refused) => return Ok(Found::Refused(refused)),
                };
                if cells
                    .iter()
                    .any(|&(row, column, _)| row >= ROWS || column >= COLUMNS)
                {
                    return Err(calamine::Error::Msg("a cell lies outside its sheet"));
                }
                // Rows and cells may stand in a file in any order.
                cells.sort_by_key(|&(row, column, _)| (row, column));
                sheets.push(Worksheet { name, cells });
            }
        }
        Ok(Found::Sheets(sheets))
    }

    /// The filled cells of a sheet, if there is room for them.
    fn cells(
        &mut self,
        sheet: &str,
        room: &mut Room,
    ) -> Result<Result<Filled, Refused>, calamine::Error> {
        let mut cells = Vec::new();
        let mut keep = |cell: Cell<DataRef<'_>>| {
            let (row, column) = cell.get_position();
            let text = match cell.get_value() {
                DataRef::Empty => return Ok(()),
                DataRef::SharedString(text) => text.len(),
                DataRef::String(text) => text.len(),
                _ => 0,
            };
            room.take(text)?;
            cells.push((row, column, Data::from(cell.get_value().clone())));
            Ok(())
        };
        let range = match self {
            Self::Xlsx(book) => {
                let mut reader = match book.worksheet_cells_reader(sheet) {
                    // A sheet that is a chart has no rows.
                    Err(XlsxError::NotAWorksheet(_)) => return Ok(Ok(cells)),
                    reader => reader?,
                };
                while let Some(cell) = reader.next_cell()? {
                    if let Err(refused) = keep(cell) {
                        return Ok(Err(refused));
                    }
                }
                return Ok(Ok(cells));
            }
            Self::Xlsb(book) => {
                let mut reader = book.worksheet_cells_reader(sheet)?;
                while let Some(cell) = reader.next_cell()? {
                    if let Err(refused) = keep(cell) {
                        return Ok(Err(refused));
                    }
                }
                return Ok(Ok(cells));
            }
            Self::Xls(book) => book.worksheet_range(sheet)?,
            Self::Ods(book) => book.worksheet_range(sheet)?,
        };
        let (top, left) = range.start().unwrap_or_default();
        for (row, cells_of_row) in (top..).zip(range.rows()) {
            for (column, cell) in (left..).zip(cells_of_row) {
                if *cell != Data::Empty {
                    cells.push((row, column, cell.clone()));
                }
            }
        }
        Ok(Ok(cells))
    }
}

impl Worksheet {
    /// Visits each row from the first to the last filled one with its number in the sheet; rows
    /// between that hold nothing have no cells.
    pub(super) fn rows<B>(
        &self,
        mut visit: impl FnMut(u64, Cells<'_>) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let mut record = Row::default();
        let mut next = self.cells.first().map_or(0, |&(row, ..)| row);
        for row in self.cells.chunk_by(|a, b| a.0 == b.0) {
            let number = row.first().map_or(next, |&(row, ..)| row);
            record.clear();
            for empty in next..number {
                visit(u64::from(empty) + 1, record.cells())?;
            }
            for (_, column, cell) in row {
                while record.len() < *column as usize {
                    record.end();
                }
                write_cell(record.text(), cell);
                record.end();
            }
            visit(u64::from(number) + 1, record.cells())?;
            next = number + 1;
        }
        ControlFlow::Continue(())
    }
}

fn write_cell(text: &mut String, cell: &Data) {
    // Writing to a string cannot fail.
    let _ = match cell {
        Data::Empty => Ok(()),
        Data::String(cell) | Data::DurationIso(cell) => text.write_str(cell),
        Data::DateTimeIso(cell) => text.write_str(cell.strip_suffix("T00:00:00").unwrap_or(cell)),
        Data::Int(number) => write!(text, "{number}"),
        // Rust prints the shortest decimal that reads back as the same number.
        Data::Float(number) => write!(text, "{number}"),
        Data::Bool(truth) => write!(text, "{truth}"),
        Data::DateTime(date) => write_date(text, date),
        Data::Error(error) => write!(text, "{error}"),
    };
}

fn write_date(text: &mut String, date: &ExcelDateTime) -> std::fmt::Result {
    if date.is_duration() {
        return write!(text, "{}", date.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    write!(text, "{year:04}-{month:02}-{day:02}")?;
    if (hour, minute, second) != (0, 0, 0) {
        write!(text, " {hour:02}:{minute:02}:{second:02}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, ExcelDateTimeType};

    fn text(cell: &Data) -> String {
        let mut text = String::new();
        write_cell(&mut text, cell);
        text
    }

    #[test]
    fn cells_become_plain_text() {
        let date =
            |days| Data::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false));
        assert_eq!(
            text(&Data::Float(537.199_999_999_999_9)),
            "537.1999999999999"
        );
        assert_eq!(text(&Data::Float(1e21)), "1000000000000000000000");
        assert_eq!(text(&Data::Float(-8.27)), "-8.27");
        assert_eq!(text(&Data::Int(43_658)), "43658");
        assert_eq!(text(&date(44_652.0)), "2022-04-01");
        assert_eq!(text(&date(44_652.5)), "2022-04-01 12:00:00");
        assert_eq!(text(&Data::Error(CellErrorType::NA)), "#N/A");
        assert_eq!(text(&Data::Bool(true)), "true");
    }
}
