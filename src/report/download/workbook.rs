//! The tables of a page as one Excel workbook.

use super::failed;
use crate::finding::plain;
use crate::report::content::{ReportError, Shown};
use crate::report::dataset::{Dataset, Kind, Value};
use crate::sheet::is_taken_for_something_else;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// A sheet of notes first, then a sheet a table: real numbers with British formats, frozen
/// headings. A cell without a sum says so in its status column and stays empty, but for
/// what is withheld, which is `[c]`.
///
/// Excel keeps numbers as floating point of about 15 digits, so pennies are exact up to ten
/// trillion pounds.
pub(in crate::report) fn workbook(
    title: &str,
    terms: &str,
    notes: &[String],
    datasets: &[&Dataset],
) -> Result<Vec<u8>, ReportError> {
    let wrong = failed("Excel");
    // A part of a workbook with a control character in it is no XML.
    let notes: Vec<String> = notes.iter().map(|note| plain(note).into_owned()).collect();
    written(&plain(title), &plain(terms), &notes, datasets)
        .map_err(|error| wrong(error.to_string()))
}

fn written(
    title: &str,
    terms: &str,
    notes: &[String],
    datasets: &[&Dataset],
) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // No clock: the same report is the same file.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(title).set_comment(terms);
    book.set_properties(&properties.set_creation_datetime(&made));
    let formats = Formats::new();
    let names = sheet_names(datasets);
    notes_sheet(
        book.add_worksheet(),
        title,
        terms,
        notes,
        datasets,
        &names,
        &formats,
    )?;
    for (dataset, name) in datasets.iter().zip(&names) {
        table_sheet(book.add_worksheet(), dataset, name, &formats)?;
    }
    book.save_to_buffer()
}

struct Formats {
    title: Format,
    heading: Format,
    words: Format,
    /// Excel's own mark: the cell stays a text when somebody edits it.
    kept: Format,
    pounds: Format,
    whole: Format,
    number: Format,
    day: Format,
}

impl Formats {
    fn new() -> Self {
        let heading = Format::new()
            .set_bold()
            .set_border_bottom(FormatBorder::Thin);
        Self {
            title: Format::new().set_bold().set_font_size(14),
            heading: heading.set_text_wrap().set_align(FormatAlign::Top),
            words: Format::new().set_text_wrap().set_align(FormatAlign::Top),
            kept: Format::new().set_quote_prefix(),
            pounds: Format::new().set_num_format("£#,##0.00;-£#,##0.00"),
            whole: Format::new().set_num_format("#,##0"),
            number: Format::new().set_num_format("#,##0.##"),
            day: Format::new().set_num_format("dd/mm/yyyy"),
        }
    }
}

/// Names that a workbook may have: at most 31 letters (a sign beyond the first 65,536 counts two),
/// none twice.
fn sheet_names(datasets: &[&Dataset]) -> Vec<String> {
    let mut names: Vec<String> = vec!["Notes".to_owned()];
    for dataset in datasets {
        let words: String = (dataset.title.chars())
            .map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c })
            .collect();
        let mut name = cut(&words, 31);
        let mut number = 2;
        let known = |name: &str| {
            let same = |other: &String| other.to_lowercase() == name.to_lowercase();
            names.iter().any(same)
        };
        while name.is_empty() || known(&name) {
            name = cut(&words, 26) + &format!(" {number}");
            number += 1;
        }
        names.push(name);
    }
    names.split_off(1)
}

/// The first letters of some words, at most so many as Excel counts them.
fn cut(words: &str, most: usize) -> String {
    let mut left = most;
    let fits = |letter: &char| match left.checked_sub(letter.len_utf16()) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    let kept: String = words.trim().chars().take_while(fits).collect();
    kept.trim_end().to_owned()
}

fn notes_sheet(
    sheet: &mut Worksheet,
    title: &str,
    terms: &str,
    notes: &[String],
    datasets: &[&Dataset],
    names: &[String],
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet
        .set_name("Notes")?
        .set_column_width(0, 34)?
        .set_column_width(1, 100)?;
    sheet.write_string_with_format(0, 0, title, &formats.title)?;
    sheet.write_string(1, 0, "Terms")?;
    sheet.write_string_with_format(1, 1, terms, &formats.words)?;
    let mut row = 3;
    for (dataset, name) in datasets.iter().zip(names) {
        sheet.write_string_with_format(row, 0, name, &formats.heading)?;
        sheet.write_string_with_format(row, 1, &dataset.title, &formats.heading)?;
        row += 1;
        for field in &dataset.fields {
            sheet.write_string(row, 0, &field.name)?;
            sheet.write_string_with_format(row, 1, field.about, &formats.words)?;
            row += 1;
        }
        row += 1;
    }
    for note in notes {
        sheet.write_string(row, 0, "Note")?;
        sheet.write_string_with_format(row, 1, note, &formats.words)?;
        row += 1;
    }
    Ok(())
}

fn table_sheet(
    sheet: &mut Worksheet,
    dataset: &Dataset,
    name: &str,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(name)?.set_freeze_panes(1, 0)?;
    for (column, field) in (0..).zip(&dataset.fields) {
        sheet.write_string_with_format(0, column, &field.name, &formats.heading)?;
        let width = match field.kind {
            Kind::Text => 24,
            Kind::Pounds => 18,
            Kind::Whole | Kind::Number | Kind::Day => 12,
        };
        sheet.set_column_width(column, width)?;
    }
    for (row, cells) in (1..).zip(&dataset.rows) {
        for (column, value) in (0..).zip(cells) {
            match value {
                Value::Nothing => {}
                // Government statistics write it so; no number stands behind it.
                Value::Withheld(_) => {
                    sheet.write_string(row, column, Shown::CONFIDENTIAL)?;
                }
                // A text that looks like a formula stays a text: it is written as one.
                Value::Text(text) if is_taken_for_something_else(text) => {
                    sheet.write_string_with_format(row, column, text, &formats.kept)?;
                }
                Value::Text(text) => {
                    sheet.write_string(row, column, text)?;
                }
                Value::Period(period) => {
                    sheet.write_string(row, column, period.in_words())?;
                }
                Value::Day(day) => match ExcelDateTime::parse_from_str(&day.to_string()) {
                    Ok(date) => {
                        sheet.write_datetime_with_format(row, column, &date, &formats.day)?;
                    }
                    // Excel knows no day before 1900.
                    Err(_) => {
                        sheet.write_string(row, column, day.to_string())?;
                    }
                },
                Value::Pounds(sum) => {
                    let pounds = sum.pence().get() as f64 / 100.0;
                    sheet.write_number_with_format(row, column, pounds, &formats.pounds)?;
                }
                Value::Whole(number) => {
                    sheet.write_number_with_format(row, column, *number as f64, &formats.whole)?;
                }
                Value::Number(text) => match text.parse::<f64>() {
                    Ok(number) => {
                        sheet.write_number_with_format(row, column, number, &formats.number)?;
                    }
                    Err(_) => {
                        sheet.write_string(row, column, text)?;
                    }
                },
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_that_excel_takes() {
        let long = "Wem 🏡🏡🏡 and the parishes round about it".to_owned();
        let titles = [
            long.clone(),
            long.to_uppercase(),
            "a/b: c".to_owned(),
            "Notes".to_owned(),
        ];
        let datasets = titles.map(|title| Dataset::new("x".to_owned(), title));
        let names = sheet_names(&datasets.iter().collect::<Vec<_>>());
        assert_eq!(names[0], "Wem 🏡🏡🏡 and the parishes rou");
        assert_eq!(names[2..], ["a b  c", "Notes 2"]);
        let mut known: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
        known.sort();
        known.dedup();
        assert_eq!(known.len(), names.len());
        for name in &names {
            assert!(name.encode_utf16().count() <= 31, "{name}");
            assert!(Worksheet::new().set_name(name).is_ok(), "{name}");
        }
    }
}
