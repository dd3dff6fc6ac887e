//! Which column is what in a partner's files.

use crate::axis::YearKind;
use crate::money::{ExcessDecimals, Pence};
use crate::sheet::Format;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Which column is what in a partner's files: data, written in a place pack.
///
/// Columns are named by their headings, never by position. Publishers change their headings from
/// month to month, so each column has a list of alternatives, best first; the first that a header
/// row has is used. The column whose heading is written exactly so wins; then one that differs in
/// blanks and capitals only; then one of the same letters and digits: `Net Amount(£)`,
/// `net amount` and `* Net Amount:` are one heading where there is no closer one. `%`, `$` and `€`
/// make another heading. Where two columns fit equally well, that is a fault until `occurrence`
/// says which is meant.
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
///     where_not."Service Area" = ["Treasury", "Collection Fund"]
/// "#)?;
/// assert_eq!(layout.amount, ["Net Amount", "Amount Paid"]);
/// # Ok::<(), toml::de::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The format of the files. When left out, what is in them says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<Format>,
    /// The encoding of text files, `utf-8` or `windows-1252`. When left out it is found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub encoding: Option<String>,
    /// The character between the cells of text files. When left out it is found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delimiter: Option<char>,
    /// The sheets of workbooks that hold payments. When left out, all of them that are not hidden.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sheets: Vec<String>,
    /// Headings of the column of amounts, in pounds; the first that a file has counts.
    pub amount: Vec<String>,
    /// Headings of the column of dates; the month of the date is the period of the line. When left
    /// out, `period` or `axes.period` says when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub date: Vec<String>,
    /// Headings of a column that holds the text of a period (`2017-18`, `Jun 2017`), used where
    /// there is no date. When left out, only dates say when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub period: Vec<String>,
    /// What a bare year in the period column means. When left out, a bare year is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<YearKind>,
    /// The forms of dates, tried in this order, as `strptime` writes them (`%d/%m/%Y`), or
    /// `excel-serial` for the day numbers of a spreadsheet. When left out: the day-first forms of
    /// the United Kingdom and ISO dates, never serials. A list replaces these; `usual` in it stands
    /// for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<String>,
    /// Which column is meant where several fit a heading equally well: for the heading, as the
    /// layout writes it, the number of the column among them, counted from 1. When left out, such
    /// columns are a fault.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub occurrence: BTreeMap<String, u32>,
    /// Headings of a column that tells one payment from every other: a transaction or invoice
    /// number. Rows that were read before are told by it. When left out, by date, amount and codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reference: Vec<String>,
    /// Headings of a column that names the currency of the amount; lines that are not in pounds are
    /// refused. A blank cell means pounds. When left out, every amount is in pounds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub currency: Vec<String>,
    /// Columns that say whether an amount is spending or income, where the amount itself has no
    /// sign: `signs."Dr/Cr" = { spending = ["DR"], income = ["CR"] }`. A line that says neither is
    /// refused. When left out, the sign of the amount says it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub signs: BTreeMap<String, SignTexts>,
    /// Columns that name the unit of an amount, with the pounds that one is:
    /// `units."Unit" = { "£" = "1", "£000" = "1000" }`. A line of another unit is refused. When left
    /// out, every amount is in pounds.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(test, schemars(with = "BTreeMap<String, BTreeMap<String, String>>"))]
    pub units: BTreeMap<String, BTreeMap<String, Pence>>,
    /// What a row with an amount and nothing else is. When left out: a total row if it is the sum
    /// of lines above it, and otherwise a fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amounts_alone: Option<AmountsAlone>,
    /// Number formats of workbook cells in which an amount of money may stand although they show
    /// something else. When left out, cells formatted as time, date, per cent or another currency
    /// are refused.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amount_formats: Vec<AmountFormat>,
    /// What else a line says, by names that the pack chooses: for each name the columns it may stand
    /// in. An axis that is placed by codes takes those of its own name (`activity`, `locality`,
    /// `partner`, `ages`, `group`); `counterparty` is who is paid. When left out, a line has no codes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub codes: BTreeMap<String, Vec<CodeColumn>>,
    /// Which rows are lines of this ledger: for each heading the cell texts that are wanted,
    /// compared without the blanks around them. Every heading must be met. When left out, every row
    /// that is money is a line.
    #[serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub selection: BTreeMap<String, Vec<String>>,
    /// Which rows are no lines of this ledger, the opposite of `where`: for each heading the cell
    /// texts that are not wanted, compared without the blanks around them. A row with any of them
    /// is left out, counted and named in the reconciliation. When left out, `where` alone decides.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub where_not: BTreeMap<String, Vec<String>>,
    /// Which sign spending has in the files. When left out, spending is positive.
    #[serde(default)]
    pub sign: Sign,
    /// What to do with amounts of more than two decimals; workbooks need `half-even`, because
    /// they hold numbers such as 537.1999999999999. When left out they are refused.
    #[serde(default)]
    pub excess_decimals: ExcessDecimals,
}

impl Layout {
    /// Whether a code of that name stands in the column of those who are paid, that of the counterparty. Its
    /// letters may be a person's name.
    #[must_use]
    pub(crate) fn may_hold_payees(&self, name: &str) -> bool {
        let headings = |name: &str| {
            let columns = self.codes.get(name).into_iter().flatten();
            columns.flat_map(CodeColumn::headings)
        };
        name == COUNTERPARTY
            || headings(name).any(|heading| {
                headings(COUNTERPARTY).any(|payee| payee.eq_ignore_ascii_case(heading))
            })
    }
}

/// Whether a heading says that its column holds those who are paid.
pub(crate) fn names_payees(heading: &str) -> bool {
    const PAYEES: [&str; 7] = [
        "supplier",
        "payee",
        "vendor",
        "creditor",
        "beneficiary",
        "merchant",
        "recipient",
    ];
    // What is said of them, and is not their name.
    const OF_PAYEES: [&str; 12] = [
        "type",
        "category",
        "group",
        "class",
        "ward",
        "district",
        "postcode",
        "code",
        "id",
        "number",
        "no",
        "reference",
    ];
    let lower = heading.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric());
    let some = |of: &[&str]| words().any(|word| of.contains(&word.trim_end_matches('s')));
    some(&PAYEES) && !some(&OF_PAYEES)
}

/// The code name under which a layout names the column of those who are paid.
const COUNTERPARTY: &str = "counterparty";

/// Where the text of a code stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The headings, in the order of the code.
    pub join: Vec<String>,
}

/// The texts of a column that say whether an amount is spending or income.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SignTexts {
    /// The amount is spending.
    pub spending: Vec<String>,
    /// The amount is income, or spending that was taken back.
    pub income: Vec<String>,
}

/// What a row with an amount and nothing else is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AmountsAlone {
    /// A payment whose other cells are those of a row above: as where cells were merged. It has
    /// neither date nor codes until they are filled in.
    Lines,
    /// A sum of other rows, whatever it adds up.
    Totals,
}

/// A number format that is not one of money in pounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum AmountFormat {
    /// `12%` for 0.12.
    Percent,
    /// Dollars, euros and others.
    OtherCurrency,
}

/// Which sign spending has in a partner's files; in a ledger it is always positive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Sign {
    /// Spending is positive and income negative, as in payment files.
    #[default]
    SpendPositive,
    /// Income is positive and spending negative; amounts change their sign as they are read.
    IncomePositive,
}
