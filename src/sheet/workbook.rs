//! Workbooks: sheets of typed cells as rows of text.

use super::{Format, SheetError};
use calamine::{Data, ExcelDateTime, Ods, Range, Reader, Xls, Xlsb, Xlsx, open_workbook_from_rs};
use csv::StringRecord;
use std::fmt::Write as _;
use std::io::Cursor;
use std::ops::ControlFlow;

/// One sheet, held as the cells of its used range.
#[derive(Debug)]
pub(super) struct Worksheet {
    pub(super) name: String,
    cells: Range<Data>,
}

/// Reads the wanted sheets of a workbook, all of them when none is named.
pub(super) fn read(
    bytes: Vec<u8>,
    file: &str,
    format: Format,
    wanted: &[String],
) -> Result<Vec<Worksheet>, SheetError> {
    let wrong = |source: calamine::Error| SheetError::Workbook {
        file: file.to_owned(),
        format,
        source: Box::new(source),
    };
    let bytes = Cursor::new(bytes);
    let mut workbook = match format {
        Format::Xls => open_workbook_from_rs::<Xls<_>, _>(bytes)
            .map(calamine::Sheets::Xls)
            .map_err(calamine::Error::Xls),
        Format::Xlsb => open_workbook_from_rs::<Xlsb<_>, _>(bytes)
            .map(calamine::Sheets::Xlsb)
            .map_err(calamine::Error::Xlsb),
        Format::Ods => open_workbook_from_rs::<Ods<_>, _>(bytes)
            .map(calamine::Sheets::Ods)
            .map_err(calamine::Error::Ods),
        Format::Xlsx | Format::Text | Format::Parquet => open_workbook_from_rs::<Xlsx<_>, _>(bytes)
            .map(calamine::Sheets::Xlsx)
            .map_err(calamine::Error::Xlsx),
    }
    .map_err(wrong)?;
    let known = workbook.sheet_names();
    if let Some(missing) = wanted.iter().find(|sheet| !known.contains(sheet)) {
        return Err(SheetError::NoSuchSheet {
            file: file.to_owned(),
            sheet: missing.clone(),
            known,
        });
    }
    known
        .into_iter()
        .filter(|name| wanted.is_empty() || wanted.contains(name))
        .map(|name| {
            let cells = workbook.worksheet_range(&name).map_err(wrong)?;
            Ok(Worksheet { name, cells })
        })
        .collect()
}

impl Worksheet {
    /// Visits each row of the used range with its number in the sheet.
    pub(super) fn rows<B>(
        &self,
        mut visit: impl FnMut(u64, &StringRecord) -> ControlFlow<B>,
    ) -> ControlFlow<B> {
        let first = self.cells.start().map_or(0, |(row, _)| u64::from(row));
        let mut record = StringRecord::new();
        let mut text = String::new();
        for (number, row) in (first + 1..).zip(self.cells.rows()) {
            record.clear();
            for cell in row {
                match cell {
                    Data::String(cell) => record.push_field(cell),
                    Data::Empty => record.push_field(""),
                    other => {
                        text.clear();
                        write_cell(&mut text, other);
                        record.push_field(&text);
                    }
                }
            }
            visit(number, &record)?;
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
