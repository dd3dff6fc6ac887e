//! Why a list could not be written or read.

use crate::sheet::SheetError;

/// Why a sheet of codes could not be written, or read again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorklistError {
    /// The workbook could not be made.
    #[error("cannot make the workbook: {reason}")]
    Workbook {
        /// What the writer said.
        reason: String,
    },
    /// The file is not a table.
    #[error(transparent)]
    Sheet(#[from] SheetError),
    /// The table is not a sheet of codes.
    #[error("`{file}` is not a sheet of codes: {reason}")]
    NotASheet {
        /// The file, as it was named.
        file: String,
        /// What is missing.
        reason: String,
    },
}

impl From<rust_xlsxwriter::XlsxError> for WorklistError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Workbook {
            reason: error.to_string(),
        }
    }
}
