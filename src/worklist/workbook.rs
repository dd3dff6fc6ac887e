//! A sheet of codes as a workbook that somebody fills in: drop-downs, frozen headings, pounds.
//!
//! Codes and cells to be filled in have Excel's text format, so that `00417` keeps its zeros and ages of
//! `10-17` do not become a day in October; a code that begins with `=` is written as a text, and never
//! worked out.

use super::code_sheet::{CodeRow, CodeSheet, Column};
use super::{Choices, WorklistError};
use crate::finding::plain;
use crate::sheet::{marked, unmarked};
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

/// The sheet that is filled in.
const CODES: &str = "codes";
/// What may be chosen; its name begins with `#`, so that no pack reads it.
const LISTS: &str = "# lists";
/// How it is filled in.
const NOTES: &str = "# notes";

/// Rows below the last code that have drop-downs too: for patterns that somebody adds.
const MORE_ROWS: u32 = 200;

/// The longest list that is offered: a longer one is not chosen from but typed.
const MOST_CHOICES: usize = 20_000;

/// The most letters that Excel has in a cell.
const MOST_LETTERS: usize = 32_767;

const HOW: [&str; 11] = [
    "One row is one code of a ledger. Fill in the yellow cells; grey ones are said elsewhere in the pack.",
    "Save the file as a workbook (.xlsx) or as CSV, and name it in a [[crosswalk]] of place.toml: it is the crosswalk, and nothing is converted.",
    "An empty cell says nothing. A row without any is not done yet: its money stays in the account as unmapped.",
    "A cell holds a code, or a name where only one member has it, or a reason why there is no member (unknown, whole-place ...).",
    "Several activities, or several places, of one code: youth-work 60; social-care 40; judgement. The weights come to 100, and the last word says how they are known: judgement, population or driver.",
    "ages: an interval such as 10-17, 65+ or all.",
    "not spending: the reason why lines of this code are no spending. They leave the account as a named step of its reconciliation. The reason `other` needs a note.",
    "code: * stands for any letters (* Total, Schools*). A row of the code itself comes before a pattern, and a pattern of more letters before one of fewer. \\* is an asterisk.",
    "lines, pounds, running per cent, first file and line, and nearest mapped code inform only.",
    "Rows may be added, sorted and taken out; other columns may be added.",
    "Sheets whose names begin with # are not read.",
];

impl CodeSheet {
    /// The sheet as a workbook, ready to be filled in and named in a `[[crosswalk]]`: drop-downs of
    /// what may be chosen, pounds with their separators, frozen headings.
    ///
    /// # Errors
    ///
    /// [`WorklistError::Workbook`] where there are more rows than a sheet may have.
    pub fn to_xlsx(&self, choices: &Choices) -> Result<Vec<u8>, WorklistError> {
        let mut book = book("Codes to be placed")?;
        let columns = self.columns();
        let formats = Formats::new();
        let sheet = book.add_worksheet();
        sheet.set_name(CODES)?;
        headings(sheet, &columns, &formats)?;
        for (row, (code, running)) in (1..).zip(self.rows().iter().zip(self.running())) {
            for (at, column) in (0..).zip(&columns) {
                write(sheet, (row, at), *column, code, running, &formats)?;
            }
        }
        let last = u32::try_from(self.rows().len()).unwrap_or(u32::MAX);
        let last = last.saturating_add(MORE_ROWS).min(1_048_575);
        let mut lists = Vec::new();
        for (at, column) in (0..).zip(&columns) {
            let Column::Filled(field) = *column else {
                continue;
            };
            let chosen = choices.of(field);
            let listed = !chosen.is_empty() && chosen.len() <= MOST_CHOICES;
            if let Some(rule) = validation(field, listed)? {
                sheet.add_data_validation(1, at, last, at, &rule)?;
            }
            if listed {
                lists.push((field, chosen));
            }
        }
        let width = u16::try_from(columns.len()).unwrap_or(1);
        sheet.autofilter(0, 0, last - MORE_ROWS, width - 1)?;
        write_lists(&mut book, &lists, &formats)?;
        write_notes(&mut book, &HOW, &formats)?;
        Ok(book.save_to_buffer()?)
    }
}

/// An empty workbook. No clock: the same sheet is the same file.
pub(super) fn book(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new().set_title(title);
    book.set_properties(&properties.set_creation_datetime(&made));
    Ok(book)
}

pub(super) struct Formats {
    pub heading: Format,
    pub words: Format,
    pub text: Format,
    fill: Format,
    closed: Format,
    pounds: Format,
    whole: Format,
    per_cent: Format,
}

impl Formats {
    pub fn new() -> Self {
        let text = Format::new().set_num_format("@");
        let grid = |format: Format| {
            (format.set_border(FormatBorder::Thin)).set_border_color(Color::RGB(0xD9_D9_D9))
        };
        Self {
            heading: (Format::new().set_bold().set_text_wrap())
                .set_align(FormatAlign::Top)
                .set_border_bottom(FormatBorder::Thin),
            words: (Format::new().set_text_wrap()).set_align(FormatAlign::Top),
            fill: grid(text.clone().set_background_color(Color::RGB(0xFF_F9_E0))),
            closed: grid(text.clone().set_background_color(Color::RGB(0xE7_E6_E6))),
            text,
            pounds: Format::new().set_num_format("£#,##0.00;-£#,##0.00"),
            whole: Format::new().set_num_format("#,##0"),
            per_cent: Format::new().set_num_format("0.0"),
        }
    }
}

fn headings(sheet: &mut Worksheet, columns: &[Column], formats: &Formats) -> Result<(), XlsxError> {
    let code = columns.iter().position(|column| *column == Column::Code);
    let frozen = code.and_then(|at| u16::try_from(at + 1).ok()).unwrap_or(0);
    sheet.set_freeze_panes(1, frozen)?;
    for (at, column) in (0..).zip(columns) {
        let (width, format) = match column {
            Column::Ledger | Column::Of => (18.0, &formats.text),
            Column::Code => (40.0, &formats.text),
            Column::Lines => (8.0, &formats.whole),
            Column::Pounds => (17.0, &formats.pounds),
            Column::Running => (9.0, &formats.per_cent),
            Column::First | Column::Nearest => (32.0, &formats.text),
            Column::Filled("note") => (36.0, &formats.text),
            Column::Filled("ages" | "weight" | "class") => (12.0, &formats.text),
            Column::Filled(_) => (24.0, &formats.text),
        };
        sheet.set_column_width(at, width)?;
        sheet.set_column_format(at, format)?;
        sheet.write_string_with_format(0, at, column.heading(), &formats.heading)?;
    }
    Ok(())
}

fn write(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    column: Column,
    code: &CodeRow,
    running: u32,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let is_blank = code.ledger.is_empty() && code.code.is_empty();
    match column {
        Column::Lines | Column::Pounds | Column::Running if is_blank => {}
        Column::Ledger => words(sheet, (row, at), &code.ledger, &formats.text)?,
        Column::Of => words(sheet, (row, at), &code.of, &formats.text)?,
        // A text that the pack would take a mark off has one more.
        Column::Code
            if marked(unmarked(&code.code)) == code.code && code.code.starts_with('\'') =>
        {
            words(sheet, (row, at), &format!("'{}", code.code), &formats.text)?;
        }
        Column::Code => words(sheet, (row, at), &code.code, &formats.text)?,
        Column::Lines => {
            sheet.write_number_with_format(row, at, code.lines as f64, &formats.whole)?;
        }
        Column::Pounds => {
            let pounds = code.pence.get() as f64 / 100.0;
            sheet.write_number_with_format(row, at, pounds, &formats.pounds)?;
        }
        Column::Running => {
            let tenths = f64::from(running) / 10.0;
            sheet.write_number_with_format(row, at, tenths, &formats.per_cent)?;
        }
        Column::First => words(sheet, (row, at), &code.first, &formats.text)?,
        Column::Nearest => words(sheet, (row, at), &code.nearest, &formats.text)?,
        Column::Filled(field) => {
            let format = if code.closed.contains(field) {
                &formats.closed
            } else {
                &formats.fill
            };
            match code.filled(field) {
                "" => {
                    sheet.write_blank(row, at, format)?;
                }
                text => words(sheet, (row, at), text, format)?,
            }
        }
    }
    Ok(())
}

/// A text as a text; what is longer than a cell is cut off.
pub(super) fn words(
    sheet: &mut Worksheet,
    (row, at): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<(), XlsxError> {
    let text = plain(text);
    let cut: String = text.chars().take(MOST_LETTERS).collect();
    sheet.write_string_with_format(row, at, cut, format)?;
    Ok(())
}

/// What may stand in a column, as Excel's own check: it warns, and lets mixes and reasons through.
fn validation(field: &str, listed: bool) -> Result<Option<DataValidation>, XlsxError> {
    let (title, message) = match field {
        "activity" => (
            "activity",
            "Choose one, or write several with weights: youth-work 60; social-care 40; judgement",
        ),
        "ages" => ("ages", "An interval of years: 10-17, 65+ or all"),
        "group" => (
            "group",
            "Choose a client group, or a reason why there is none",
        ),
        "locality" => ("locality", "Choose a place, or write its code"),
        "not_spending" => (
            "not spending",
            "Choose a reason if this money is no spending, and leave the activity empty",
        ),
        "partner" | "tag" => ("", ""),
        "class" => ("class", "How the weights of several activities are known"),
        "weight" => (
            "weight",
            "Only where a code has several rows: its part of 100",
        ),
        _ => return Ok(None),
    };
    let mut rule = DataValidation::new();
    if listed {
        rule = (rule.allow_list_formula(Formula::new(format!("={}", list_name(field)))))
            .set_error_style(DataValidationErrorStyle::Warning)
            .set_error_title("Not in the list")?
            .set_error_message("Is it a mix of several, or the code of a member? Then keep it.")?;
    } else {
        rule = rule.allow_any_value();
    }
    if !message.is_empty() {
        rule = rule.set_input_title(title)?.set_input_message(message)?;
    }
    Ok(Some(rule))
}

/// The name of a list in the workbook.
pub(super) fn list_name(field: &str) -> String {
    format!("list_{field}")
}

/// The lists to choose from, two columns each, with a name for the first.
pub(super) fn write_lists(
    book: &mut Workbook,
    lists: &[(&str, Vec<super::choices::Choice>)],
    formats: &Formats,
) -> Result<(), XlsxError> {
    if lists.is_empty() {
        return Ok(());
    }
    let sheet = book.add_worksheet();
    sheet.set_name(LISTS)?.set_freeze_panes(1, 0)?;
    let mut names = Vec::new();
    for (at, (field, choices)) in (0..).step_by(2).zip(lists) {
        sheet
            .set_column_width(at, 32)?
            .set_column_width(at + 1, 32)?;
        let heading = field.replace('_', " ");
        sheet.write_string_with_format(0, at, &heading, &formats.heading)?;
        sheet.write_string_with_format(0, at + 1, "what it is", &formats.heading)?;
        for (row, choice) in (1..).zip(choices) {
            words(sheet, (row, at), &choice.text, &formats.text)?;
            words(sheet, (row, at + 1), &choice.about, &formats.text)?;
        }
        let column = rust_xlsxwriter::utility::column_number_to_name(at);
        let last = choices.len() + 1;
        names.push((
            list_name(field),
            format!("='{LISTS}'!${column}$2:${column}${last}"),
        ));
    }
    for (name, range) in names {
        book.define_name(name, &range)?;
    }
    Ok(())
}

/// How a sheet is filled in, a line a row.
pub(super) fn write_notes(
    book: &mut Workbook,
    notes: &[&str],
    formats: &Formats,
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(NOTES)?.set_column_width(0, 110)?;
    for (row, note) in (0..).zip(notes) {
        words(sheet, (row, 0), note, &formats.words)?;
    }
    Ok(())
}
