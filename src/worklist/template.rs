//! Empty tables of a pack, to be filled in and named in its `place.toml` as they are.

use super::choices::Choice;
use super::workbook::{Formats, book, list_name, words, write_lists, write_notes};
use super::{Choices, CodeRow, CodeSheet, WorklistError};
use crate::axis::FlowKind;
use crate::place::{COUNTERPARTY_FIELDS, MEMBER_FIELDS};
use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, XlsxError};

/// An empty table of a pack as a workbook: headings, drop-downs of what may stand in a cell, and
/// examples in a sheet of notes that no pack reads.
///
/// # Example
///
/// ```
/// use wholeplace::worklist::Template;
/// let names = Template::ALL.map(Template::file_name);
/// assert_eq!(names, ["activities.xlsx", "partners.xlsx", "crosswalk.xlsx", "counterparties.xlsx"]);
/// assert_eq!(Template::Partners.fields(), ["code", "name", "level", "parent"]);
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// What money is for: `[[activities]]`.
    Activities,
    /// Bodies that spend, pay one another or fund: `[[partners]]`.
    Partners,
    /// What the codes of ledgers mean: `[[crosswalk]]`, a row a code.
    Crosswalk,
    /// Who is paid: `[[counterparty]]`.
    Counterparties,
}

/// Rows that have drop-downs.
const ROWS: u32 = 2_000;

impl Template {
    /// All templates.
    pub const ALL: [Self; 4] = [
        Self::Activities,
        Self::Partners,
        Self::Crosswalk,
        Self::Counterparties,
    ];

    /// The file by whose name a pack may call it.
    #[must_use]
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Activities => "activities.xlsx",
            Self::Partners => "partners.xlsx",
            Self::Crosswalk => "crosswalk.xlsx",
            Self::Counterparties => "counterparties.xlsx",
        }
    }

    /// The table of `place.toml` that reads it.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Activities => "activities",
            Self::Partners => "partners",
            Self::Crosswalk => "crosswalk",
            Self::Counterparties => "counterparty",
        }
    }

    /// The headings of its columns: the fields that the pack reads.
    #[must_use]
    pub fn fields(self) -> Vec<String> {
        let owned = |field: &&str| (*field).to_owned();
        match self {
            // Editions and groupings are for places, which come from files of others.
            Self::Activities | Self::Partners => (MEMBER_FIELDS.iter())
                .filter(|field| !["vintage", "grouping"].contains(field))
                .map(owned)
                .collect(),
            Self::Crosswalk => {
                let columns = crosswalk_sheet().columns();
                columns.into_iter().map(|column| column.heading()).collect()
            }
            Self::Counterparties => COUNTERPARTY_FIELDS.iter().map(owned).collect(),
        }
    }

    /// The workbook.
    ///
    /// # Errors
    ///
    /// [`WorklistError::Workbook`] where it cannot be made.
    pub fn to_xlsx(self) -> Result<Vec<u8>, WorklistError> {
        if self == Self::Crosswalk {
            return crosswalk_sheet().to_xlsx(&Choices::default());
        }
        let mut workbook = book(self.table())?;
        let formats = Formats::new();
        let fields = self.fields();
        let lists: Vec<(&str, Vec<Choice>)> = (fields.iter())
            .map(|field| (field.as_str(), self.choices(field)))
            .filter(|(_, choices)| !choices.is_empty())
            .collect();
        let sheet = workbook.add_worksheet();
        sheet.set_name(self.table())?.set_freeze_panes(1, 0)?;
        for (at, field) in (0..).zip(&fields) {
            sheet
                .set_column_width(at, 24)?
                .set_column_format(at, &formats.text)?;
            words(sheet, (0, at), field, &formats.heading)?;
            let listed = lists.iter().any(|(other, _)| other == field);
            if let Some(rule) = self.validation(field, listed)? {
                sheet.add_data_validation(1, at, ROWS, at, &rule)?;
            }
        }
        write_lists(&mut workbook, &lists, &formats)?;
        let said = fields
            .iter()
            .map(|field| format!("{field}: {}", self.about(field)));
        let mut notes = vec![
            format!(
                "Fill in the first sheet, put the file into the pack, and name it in place.toml: [[{}]] with file = \"{}\".",
                self.table(),
                self.file_name()
            ),
            "Sheets whose names begin with # are not read.".to_owned(),
        ];
        notes.extend(said);
        notes.extend(self.examples().iter().map(|row| format!("Example: {row}")));
        let notes: Vec<&str> = notes.iter().map(String::as_str).collect();
        write_notes(&mut workbook, &notes, &formats)?;
        Ok(workbook.save_to_buffer()?)
    }

    /// What a field is.
    #[must_use]
    pub fn about(self, field: &str) -> &'static str {
        match (self, field) {
            (Self::Activities, "code") => {
                "short and without blanks, as files and questions name it"
            }
            (Self::Activities, "level") => {
                "what kind of branch it is: theme, then service, or words of your own"
            }
            (Self::Activities, "parent") => "the code of the activity above; empty for a theme",
            (Self::Partners, "code") => "short and without blanks, as files and questions name it",
            (Self::Partners, "level") => {
                "what kind of body it is, in words of your own; may be empty"
            }
            (Self::Partners, "parent") => {
                "the code of the body it is a part of; empty for one that is part of none"
            }
            (_, "name") => "as people read it in reports",
            (Self::Counterparties, "ledger") => {
                "the ledger whose lines the rule is about, or `every`"
            }
            (Self::Counterparties, "match") => "how the text is compared",
            (Self::Counterparties, "text") => {
                "the payee or code as the ledger writes it; in a pattern * and ? stand for other letters"
            }
            (Self::Counterparties, "and_code") => {
                "the name of another code of the line that must be met too; may be empty"
            }
            (Self::Counterparties, "and_text") => "the text of that other code, exactly",
            (Self::Counterparties, "period") => {
                "only lines of this period (2024-25, Jun 2024); may be empty"
            }
            (Self::Counterparties, "side") => {
                "payer where the ledger pays, payee where it is paid; empty is payer"
            }
            (Self::Counterparties, "partner") => "the code of the partner on the other side",
            (Self::Counterparties, "kind") => "what kind of payment it is",
            (Self::Counterparties, "share") => {
                "of a pass-through: the share that is passed on, above 0 and at most 1; may be empty"
            }
            (Self::Counterparties, "onward") => {
                "of a pass-through with a share: the partner it is passed on to"
            }
            _ => "",
        }
    }

    /// A row or two as somebody would fill them in.
    fn examples(self) -> &'static [&'static str] {
        match self {
            Self::Activities => &[
                "code children, name Children and families, level theme, no parent",
                "code youth-work, name Youth work, level service, parent children",
            ],
            Self::Partners => &["code council, name Midvale Council, no level, no parent"],
            Self::Crosswalk => &[],
            Self::Counterparties => &[
                "ledger council-2024-25, match exact, text MIDVALE YOUTH TRUST, side payer, partner youth-trust, kind grant",
                "ledger every, match pattern, text Midvale Police*, partner police, kind contract",
            ],
        }
    }

    /// What may stand in a column, where only some texts may.
    fn choices(self, field: &str) -> Vec<Choice> {
        let choice = |(text, about): (&str, &str)| Choice {
            text: text.to_owned(),
            about: about.to_owned(),
        };
        match (self, field) {
            (Self::Counterparties, "kind") => (FlowKind::ALL.iter())
                .map(|kind| choice((kind.name(), "")))
                .collect(),
            (Self::Counterparties, "side") => [
                ("payer", "the ledger pays"),
                ("payee", "the ledger is paid"),
            ]
            .map(choice)
            .into(),
            (Self::Counterparties, "match") => [
                ("exact", "letter by letter"),
                ("normalised", "by letters and digits, in any case"),
                ("pattern", "with * and ?, in any case"),
            ]
            .map(choice)
            .into(),
            (Self::Activities, "level") => [("theme", "the widest"), ("service", "below a theme")]
                .map(choice)
                .into(),
            _ => Vec::new(),
        }
    }

    fn validation(self, field: &str, listed: bool) -> Result<Option<DataValidation>, XlsxError> {
        // A parent is one of the codes of the sheet itself.
        let range = match field {
            "parent" => format!("=$A$2:$A${}", ROWS + 1),
            _ if listed => format!("={}", list_name(field)),
            _ => return Ok(None),
        };
        let style = match field {
            "level" => DataValidationErrorStyle::Information,
            _ => DataValidationErrorStyle::Stop,
        };
        let rule = (DataValidation::new().allow_list_formula(Formula::new(range)))
            .set_error_style(style)
            .set_input_title(field)?
            .set_input_message(self.about(field))?;
        Ok(Some(rule))
    }
}

/// The sheet of a crosswalk without a row, with the columns for mixes.
fn crosswalk_sheet() -> CodeSheet {
    let mut row = CodeRow::default();
    for field in ["weight", "class"] {
        row.filled.insert(field.to_owned(), String::new());
    }
    CodeSheet::new(vec![row])
}
