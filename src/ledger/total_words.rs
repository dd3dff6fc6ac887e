//! Words of total rows: what a cell says of the amount beside it.

/// How surely a cell says that its row is a sum of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Says {
    /// Words that also stand in headings and titles, and nothing else: `All payments`.
    Weakly,
    /// A word for a sum beside a name: `Roads Total`, `Total Gas Ltd`.
    Among,
    /// A word for a sum, and nothing that is a name: `Report total`, `Total of 12 payments`.
    Purely,
}

const SUMS: [&str; 21] = [
    "total",
    "totals",
    "totalled",
    "ttl",
    "tot",
    "subtotal",
    "subtotals",
    "grandtotal",
    "overalltotal",
    "reporttotal",
    "totalamount",
    "totalspend",
    "sum",
    "sums",
    "overall",
    "aggregate",
    "altogether",
    "cumulative",
    "summary",
    "carried",
    "brought",
];

const BESIDE: [&str; 78] = [
    "a",
    "above",
    "all",
    "amount",
    "amounts",
    "an",
    "and",
    "annual",
    "as",
    "at",
    "balance",
    "batch",
    "by",
    "c",
    "b",
    "f",
    "fwd",
    "count",
    "date",
    "due",
    "end",
    "entries",
    "ex",
    "excl",
    "excluding",
    "expenditure",
    "file",
    "final",
    "for",
    "forward",
    "from",
    "fy",
    "gbp",
    "grand",
    "gross",
    "in",
    "inc",
    "incl",
    "including",
    "invoice",
    "invoices",
    "is",
    "item",
    "items",
    "line",
    "lines",
    "month",
    "monthly",
    "net",
    "no",
    "number",
    "of",
    "over",
    "page",
    "paid",
    "payment",
    "payments",
    "period",
    "pounds",
    "quarter",
    "records",
    "report",
    "rows",
    "run",
    "sheet",
    "spend",
    "spending",
    "sub",
    "sundry",
    "the",
    "this",
    "to",
    "transaction",
    "transactions",
    "value",
    "vat",
    "year",
    "ytd",
];

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// What a cell says, if it has a word of a total row.
pub(super) fn says(cell: &str) -> Option<Says> {
    const LONGEST: usize = 120;
    if cell.len() > LONGEST {
        return None;
    }
    let (mut sum, mut beside, mut other) = (false, false, false);
    let lower = cell.to_lowercase();
    if ["c/f", "b/f", "c/fwd", "b/fwd"]
        .iter()
        .any(|word| lower.contains(word))
    {
        sum = true;
    }
    for word in lower.split(|c: char| !c.is_alphanumeric()) {
        if SUMS.contains(&word) {
            sum = true;
        } else if BESIDE.contains(&word) || is_month(word) {
            // A letter or two may be a code.
            beside |= word.len() > 2;
        } else if word.starts_with(|c: char| c.is_ascii_digit()) {
            // A count, a year, a day: `12`, `2024`, `1st`.
        } else if !word.is_empty() {
            other = true;
        }
    }
    match (sum, beside, other) {
        (true, _, false) => Some(Says::Purely),
        (true, _, true) => Some(Says::Among),
        (false, true, false) => Some(Says::Weakly),
        _ => None,
    }
}

fn is_month(word: &str) -> bool {
    MONTHS.iter().any(|month| word.starts_with(month)) && (word.len() == 3 || word.len() > 4)
        || matches!(word, "june" | "july" | "sept")
}

/// Whether a cell may say that it is a total: at once, without a look at its words.
pub(super) fn may_say(cell: &str) -> bool {
    const SIGNS: [&[u8]; 9] = [
        b"tot", b"sum", b"ttl", b"overall", b"aggreg", b"altoget", b"cumul", b"c/f", b"b/f",
    ];
    let bytes = cell.as_bytes();
    bytes.len() <= 120
        && (SIGNS.iter()).any(|sign| {
            bytes
                .windows(sign.len())
                .any(|at| at.eq_ignore_ascii_case(sign))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_total_rows() {
        for cell in [
            "Total",
            "TOTALS:",
            "Grand total",
            "Report total",
            "Sub-total",
            "Sum",
            "Total of 12 payments",
            "Total May 2024",
            "Balance c/f",
            "Total spend for June",
            "3 payments total",
        ] {
            assert_eq!(says(cell), Some(Says::Purely), "{cell}");
        }
        for cell in ["Roads Total", "Total Gas & Power", "Total - J Smith"] {
            assert_eq!(says(cell), Some(Says::Among), "{cell}");
        }
        for cell in ["All payments", "12 invoices", "Month"] {
            assert_eq!(says(cell), Some(Says::Weakly), "{cell}");
        }
        for cell in ["Roads", "", "12", "Summers Ltd", "Totally Local", "A"] {
            assert!(says(cell).is_none_or(|says| says == Says::Weakly), "{cell}");
        }
    }
}
