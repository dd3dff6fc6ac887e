//! Which column is what in a partner's files.

use crate::axis::YearKind;
use crate::money::ExcessDecimals;
use crate::sheet::Format;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which column is what in a partner's files: data, written in a place pack.
///
/// Columns are named by their headings, never by position. Publishers change their headings from
/// month to month, so each column has a list of alternatives, best first; the first that a header
/// row has is used. Headings are compared by their letters and digits only, in any case:
/// `Net Amount(£)`, `net amount` and `* Net Amount:` are one heading. When a heading occurs twice
/// in a row, the first counts.
///
/// # Example
///
/// ```
/// use wholeplace::ledger::Layout;
/// let layout: Layout = toml::from_str(r#"
///     amount = ["Net Amount", "Amount Paid"]
///     date = ["Payment Date"]
///     codes.activity = ["Service Area", { join = ["Directorate", "Cost Centre"] }]
///     codes.partner = ["Organisation"]
///     where."Capital Or Revenue" = ["Revenue"]
/// "#)?;
/// assert_eq!(layout.amount, ["Net Amount", "Amount Paid"]);
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The format of the files, where the extension does not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The encoding of text files (`utf-8`, `windows-1252`); detected when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// What stands between the cells of text files; detected when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The sheets of workbooks that hold payments; all of them when left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
    /// Headings of the column of amounts, in pounds.
    pub amount: Vec<String>,
    /// Headings of the column of dates; the month of the date is the period of the line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub date: Vec<String>,
    /// Headings of a column that holds the text of a period (`2017-18`, `Jun 2017`), used where
    /// there is no date.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub period: Vec<String>,
    /// What a bare year in the period column means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<YearKind>,
    /// The forms of dates, tried in this order, as `strptime` writes them (`%d/%m/%Y`), or
    /// `excel-serial` for the day numbers of a spreadsheet. When left out: the day-first forms of
    /// the United Kingdom and ISO dates, never serials.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<String>,
    /// What else a line says, by names that the pack chooses (`activity`, `locality`, `partner`):
    /// for each name the columns it may stand in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<String, Vec<CodeColumn>>,
    /// Which rows are lines of this ledger: for each heading the cell texts that are wanted,
    /// compared without the blanks around them. Every heading must be met.
    #[serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub selection: BTreeMap<String, Vec<String>>,
    /// Which sign spending has in the files.
    #[serde(default)]
    pub sign: Sign,
    /// What to do with amounts of more than two decimals; workbooks need `half-even`, because
    /// they hold binary numbers such as 537.1999999999999.
    #[serde(default)]
    pub excess_decimals: ExcessDecimals,
}

/// Where the text of a code stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CodeColumn {
    /// In the column of this heading.
    Heading(String),
    /// In several columns, all of which must be there.
    Join(Join),
}

impl CodeColumn {
    /// The headings of the columns, in order.
    #[must_use]
    pub fn headings(&self) -> &[String] {
        match self {
            Self::Heading(heading) => std::slice::from_ref(heading),
            Self::Join(several) => &several.join,
        }
    }
}

/// Several columns whose texts make one code, with ` / ` between: `{ join = ["A", "B"] }`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The headings, in the order of the code.
    pub join: Vec<String>,
}

/// Which sign spending has in a partner's files; in a ledger it is always positive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// Spending is positive and income negative, as in payment files.
    #[default]
    SpendPositive,
    /// Income is positive and spending negative; amounts change their sign as they are read.
    IncomePositive,
}
