//! The formats that are read.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The format of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Text with cells between delimiters: `.csv`, `.tsv`, `.txt`.
    Text,
    /// Office Open XML workbook: `.xlsx`, `.xlsm`.
    Xlsx,
    /// Excel 97-2003 workbook: `.xls`.
    Xls,
    /// Binary workbook: `.xlsb`.
    Xlsb,
    /// `OpenDocument` spreadsheet, packed or flat: `.ods`, `.fods`.
    Ods,
    /// Apache Parquet: `.parquet`.
    Parquet,
}

impl Format {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Xlsx => "XLSX",
            Self::Xls => "XLS",
            Self::Xlsb => "XLSB",
            Self::Ods => "ODS",
            Self::Parquet => "Parquet",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
