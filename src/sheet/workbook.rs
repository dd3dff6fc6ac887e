//! Workbooks: sheets of typed cells as rows of text.

use super::archive::{Refused, Room};
use super::detection::sent_as_text;
use super::foreign::Foreign;
use super::formats::{self, Plainly, Shown, ShownCells};
use super::row::{Cells, Row};
use super::{Format, SheetError, archive, compound_file, open_document, xls_formats, xlsb_formats};
use calamine::{
    Cell, Data, DataRef, ExcelDateTime, Ods, OdsError, Reader, SheetVisible, Xls, XlsError, Xlsb,
    XlsbError, Xlsx, XlsxError, open_workbook_from_rs,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use zip::ZipArchive;

/// One sheet: its filled cells with row and column, counted from 0, in the order of the sheet.
///
/// Only filled cells are kept. One stray cell in the last corner of a sheet would otherwise make
/// a grid of seventeen thousand million cells.
#[derive(Debug)]
pub(super) struct Worksheet {
    pub(super) name: String,
    cells: Vec<(u32, u32, Data)>,
    /// Cells that show something else than their number.
    shown: ShownCells,
}

/// The sheets of a workbook that are read, and the names of those that are not, because nobody sees
/// them and they were not asked for.
#[derive(Debug, Default)]
pub(super) struct Sheets {
    pub(super) read: Vec<Worksheet>,
    pub(super) hidden: Vec<String>,
}

/// What kind of workbook the bytes are by what is in them, whatever the file is called, and the bytes
/// as its reader wants them.
pub(super) fn what_it_is(
    bytes: Vec<u8>,
    file: &str,
    named: Format,
) -> Result<(Vec<u8>, Format), SheetError> {
    if named == Format::Xls {
        return match Foreign::compound(&bytes) {
            Some(foreign) => Err(foreign.in_file(file)),
            None => Ok((bytes, named)),
        };
    }
    let format = match ZipArchive::new(Cursor::new(bytes.as_slice())) {
        // What is no archive, or half of one, is told as damaged, or is not packed.
        Err(_) => named,
        Ok(archive) => {
            let names: Vec<String> = (archive.file_names().flatten())
                .map(|name| name.to_lowercase().replace('\\', "/"))
                .collect();
            let has = |name: &str| names.iter().any(|known| known == name);
            if has("content.xml") {
                Format::Ods
            } else if has("xl/workbook.bin") {
                Format::Xlsb
            } else if has("[content_types].xml") && !has("word/document.xml") {
                Format::Xlsx
            } else {
                return Err(Foreign::archive(&archive).in_file(file));
            }
        }
    };
    Ok((bytes, format))
}

/// Reads the wanted sheets of a workbook; when none is named, all that are not hidden.
pub(super) fn read(
    mut bytes: Vec<u8>,
    file: &str,
    format: Format,
    wanted: &[String],
    plainly: Plainly,
) -> Result<Sheets, SheetError> {
    // A spreadsheet program that has calculated formulas says in which order.
    let calculated = memchr::memmem::find(&bytes, b"calcChain").is_some();
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
            compound_file::check(&mut bytes).map_err(refused)?;
            Room::of(bytes.len() as u64 * 64, usize::MAX)
        }
        Format::Ods if open_document::is_flat(&bytes) => {
            bytes = open_document::packed(bytes);
            archive::check(&bytes, format).map_err(refused)?
        }
        _ => archive::check(&bytes, format).map_err(refused)?,
    };
    let mut by_format = Vec::new();
    match format {
        Format::Ods => {
            bytes = open_document::packed(bytes);
            by_format = open_document::shown_cells(&bytes);
        }
        Format::Xls => by_format = xls_formats::shown_cells(&bytes),
        Format::Xlsb => by_format = xlsb_formats::shown_cells(&bytes),
        _ => {}
    }
    // The reader of old workbooks indexes past the end of some damaged ones (calamine 0.38). That
    // is a fault of the file to whoever reads it, not a reason to stop the program.
    let found = catch_unwind(AssertUnwindSafe(|| {
        Book::open(bytes, format)?.sheets(wanted, plainly, calculated, &by_format, &mut room)
    }))
    .map_err(|_| unreadable("its structure is damaged".into()))?
    .map_err(|source| {
        if is_locked(&source) {
            Foreign::locked().in_file(file)
        } else {
            unreadable(source.into())
        }
    })?;
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

/// Whether a workbook asks for a password.
fn is_locked(error: &calamine::Error) -> bool {
    use calamine::Error as E;
    matches!(
        error,
        E::Xls(XlsError::Password)
            | E::Xlsx(XlsxError::Password)
            | E::Xlsb(XlsbError::Password)
            | E::Ods(OdsError::Password)
    )
}

/// What came of looking for sheets.
enum Found {
    Refused(Refused),
    Sheets(Sheets),
    Missing { sheet: String, known: Vec<String> },
}

/// The size of a sheet in every program that writes them; a cell beyond it is damage.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

type Bytes = Cursor<Vec<u8>>;

/// The cells of a sheet with row and column.
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

    fn sheets(
        &mut self,
        wanted: &[String],
        plainly: Plainly,
        calculated: bool,
        by_format: &[ShownCells],
        room: &mut Room,
    ) -> Result<Found, calamine::Error> {
        let metadata = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        let is_hidden = |sheet: &&calamine::Sheet| {
            // What a workbook remembers of another has a file for its name.
            sheet.visible != SheetVisible::Visible || sheet.name.starts_with("'file:")
        };
        let hidden: BTreeSet<String> = (metadata.iter())
            .filter(is_hidden)
            .map(|sheet| sheet.name.clone())
            .collect();
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
        let mut sheets = Sheets::default();
        for (place, name) in known.into_iter().enumerate() {
            if wanted.is_empty() && hidden.contains(&name) {
                sheets.hidden.push(name);
            } else if wanted.is_empty() || wanted.contains(&name) {
                let (mut cells, mut shown) = match self.cells(&name, plainly, room)? {
                    Ok(found) => found,
                    Err(refused) => return Ok(Found::Refused(refused)),
                };
                if let Some(by_format) = by_format.get(place) {
                    shown.extend(numbers_among(&cells, by_format, plainly));
                }
                if !plainly.formulas && self.may_lack_results(&cells) {
                    self.not_calculated(&name, calculated, &mut cells, &mut shown);
                }
                if cells
                    .iter()
                    .any(|&(row, column, _)| row >= ROWS || column >= COLUMNS)
                {
                    return Err(calamine::Error::Msg("a cell lies outside its sheet"));
                }
                // Rows and cells may stand in a file in any order.
                cells.sort_by_key(|&(row, column, _)| (row, column));
                cells.retain(|(row, column, cell)| {
                    *cell != Data::Empty || shown.contains_key(&(*row, *column))
                });
                sheets.read.push(Worksheet { name, cells, shown });
            }
        }
        Ok(Found::Sheets(sheets))
    }

    /// Whether formulas without a result are worth another walk over the sheet: their cells are
    /// empty, or 0. Other workbooks have no empty cells to tell by, and their formulas at hand.
    fn may_lack_results(&self, cells: &[(u32, u32, Data)]) -> bool {
        let lacks = |(_, _, cell): &(u32, u32, Data)| match cell {
            Data::Empty | Data::Int(0) => true,
            Data::Float(number) => *number == 0.0,
            Data::String(text) => text.is_empty(),
            _ => false,
        };
        matches!(self, Self::Xls(_) | Self::Ods(_)) || cells.iter().any(lacks)
    }

    /// Marks the cells whose formula has no result, and those that have 0 where no formula of the
    /// sheet has any other.
    fn not_calculated(
        &mut self,
        sheet: &str,
        calculated: bool,
        cells: &mut Filled,
        shown: &mut ShownCells,
    ) {
        let formulas = self.formulas(sheet);
        if formulas.is_empty() {
            return;
        }
        let mut values: BTreeMap<(u32, u32), usize> = BTreeMap::new();
        for (at, &(row, column, _)) in cells.iter().enumerate() {
            if formulas.contains(&(row, column)) {
                values.insert((row, column), at);
            }
        }
        let none = |cell: &Data| {
            matches!(cell, Data::Empty) || matches!(cell, Data::String(s) if s.is_empty())
        };
        let zero = |cell: &Data| {
            matches!(cell, Data::Float(n) if *n == 0.0) || matches!(cell, Data::Int(0))
        };
        let any_result = (values.values()).any(|&at| !none(&cells[at].2) && !zero(&cells[at].2));
        let by_program = !calculated && !any_result;
        for (row, column) in formulas {
            match values.get(&(row, column)) {
                // An empty text is a result too, where others have one.
                Some(&at) if matches!(cells[at].2, Data::String(_)) && !by_program => {}
                Some(&at) if none(&cells[at].2) || by_program && zero(&cells[at].2) => {
                    shown.insert((row, column), Shown::NotCalculated);
                }
                Some(_) => {}
                None => {
                    cells.push((row, column, Data::Empty));
                    shown.insert((row, column), Shown::NotCalculated);
                }
            }
        }
    }

    /// Where a sheet has formulas; what cannot be told of them is left out.
    fn formulas(&mut self, sheet: &str) -> BTreeSet<(u32, u32)> {
        let mut formulas = BTreeSet::new();
        let range = match self {
            Self::Xlsx(book) => {
                if let Ok(mut reader) = book.worksheet_cells_reader(sheet) {
                    while let Ok(Some(formula)) = reader.next_formula() {
                        if !formula.get_value().is_empty() {
                            formulas.insert(formula.get_position());
                        }
                    }
                }
                return formulas;
            }
            Self::Xlsb(book) => {
                if let Ok(mut reader) = book.worksheet_cells_reader(sheet) {
                    while let Ok(Some(formula)) = reader.next_formula() {
                        if !formula.get_value().is_empty() {
                            formulas.insert(formula.get_position());
                        }
                    }
                }
                return formulas;
            }
            Self::Xls(book) => book.worksheet_formula(sheet).ok(),
            Self::Ods(book) => book.worksheet_formula(sheet).ok(),
        };
        let Some(range) = range else { return formulas };
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, formula) in range.used_cells() {
            let place = u32::try_from(row).ok().zip(u32::try_from(column).ok());
            if let Some((row, column)) = place
                && !formula.is_empty()
            {
                formulas.insert((top + row, left + column));
            }
        }
        formulas
    }

    /// The cells of a sheet, and what some of them show, if there is room for them; those without a
    /// value but with a place in the file are there too.
    fn cells(
        &mut self,
        sheet: &str,
        plainly: Plainly,
        room: &mut Room,
    ) -> Result<Result<(Filled, ShownCells), Refused>, calamine::Error> {
        let mut cells = Filled::new();
        let mut shown = ShownCells::new();
        let mut keep = |cell: &Cell<DataRef<'_>>| {
            let (row, column) = cell.get_position();
            room.take(match cell.get_value() {
                DataRef::SharedString(text) => text.len(),
                DataRef::String(text) => text.len(),
                _ => 0,
            })?;
            cells.push((row, column, Data::from(cell.get_value().clone())));
            Ok(())
        };
        let range = match self {
            Self::Xlsx(book) => {
                let mut reader = match book.worksheet_cells_reader(sheet) {
                    // A sheet that is a chart has no rows.
                    Err(XlsxError::NotAWorksheet(_)) => return Ok(Ok((cells, shown))),
                    reader => reader?,
                };
                let of_style: Vec<Option<Shown>> = (reader.styles().iter())
                    .map(|style| formats::of_code(&style.number_format.as_ref()?.format_code))
                    .map(|shown| shown.filter(|shown| !is_plain(shown, plainly)))
                    .collect();
                while let Some((cell, style)) = reader.next_cell_with_style_id()? {
                    if let Some(Some(style)) = of_style.get(style)
                        && matches!(cell.get_value(), DataRef::Float(_) | DataRef::Int(_))
                    {
                        shown.insert(cell.get_position(), style.clone());
                    }
                    if let Err(refused) = keep(&cell) {
                        return Ok(Err(refused));
                    }
                }
                return Ok(Ok((cells, shown)));
            }
            Self::Xlsb(book) => {
                let mut reader = book.worksheet_cells_reader(sheet)?;
                while let Some(cell) = reader.next_cell()? {
                    if let Err(refused) = keep(&cell) {
                        return Ok(Err(refused));
                    }
                }
                return Ok(Ok((cells, shown)));
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
        Ok(Ok((cells, shown)))
    }
}

/// What the numbers among the cells show by their formats.
fn numbers_among(cells: &Filled, by_format: &ShownCells, plainly: Plainly) -> ShownCells {
    let shown = |&(row, column, ref cell): &(u32, u32, Data)| {
        let shown = by_format.get(&(row, column))?;
        let number = matches!(cell, Data::Float(_) | Data::Int(_));
        (number && !is_plain(shown, plainly)).then(|| ((row, column), shown.clone()))
    };
    cells.iter().filter_map(shown).collect()
}

fn is_plain(shown: &Shown, plainly: Plainly) -> bool {
    match shown {
        Shown::Percent => plainly.percent,
        Shown::Currency(_) => plainly.currency,
        Shown::NotCalculated => plainly.formulas,
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
                match self.shown.get(&(number, *column)) {
                    Some(shown) => write_shown(record.text(), cell, shown),
                    None => write_cell(record.text(), cell),
                }
                record.end();
            }
            visit(u64::from(number) + 1, record.cells())?;
            next = number + 1;
        }
        ControlFlow::Continue(())
    }
}

fn write_shown(text: &mut String, cell: &Data, shown: &Shown) {
    match cell {
        Data::Float(number) => formats::write(text, *number, shown),
        Data::Int(number) => formats::write(text, *number as f64, shown),
        Data::Empty | Data::String(_) => formats::write(text, 0.0, shown),
        other => write_cell(text, other),
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
        // Hours, however many: a number alone would be taken for one of anything.
        let seconds = (date.as_f64() * 86_400.0).round() as i64;
        let (sign, seconds) = (if seconds < 0 { "-" } else { "" }, seconds.abs());
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return write!(text, "{sign}{hours}:{minutes:02}:{seconds:02}");
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
        let hours = ExcelDateTime::new(1.5625, ExcelDateTimeType::TimeDelta, false);
        assert_eq!(text(&Data::DateTime(hours)), "37:30:00");
    }
}
