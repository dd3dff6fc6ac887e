//! What a row of a payment file is.

use super::amount::{self, Amount, NoAmount};
use super::heading::{Columns, Headings, normalised};
use super::layout::Sign;
use crate::money::{AmountError, ExcessDecimals, Pence};
use crate::sheet::Cells;

/// What a row of a payment file is.
#[derive(Debug)]
pub(super) enum Row {
    /// No cell holds anything, below the first header.
    Blank,
    /// Headings; they hold for the rows below.
    Header(Box<Columns>),
    /// An amount and nothing else: the sum of rows above. Adding it would double the file.
    Total(Option<Pence>),
    /// Titles and empty rows above the first header.
    Preamble,
    /// A payment that the layout's `where` leaves to others, with its pence where they are readable.
    NotSelected(Option<Pence>),
    /// A payment.
    Line {
        amount: Amount,
        /// The one other cell says `total` or the like: it may be the sum of rows above.
        may_be_total: bool,
    },
    /// A payment, or what should be one, whose amount cannot be accepted.
    Rejected(NoAmount),
}

/// How the amounts of a ledger are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading {
    pub(super) sign: Sign,
    pub(super) excess: ExcessDecimals,
}

/// In which part of a sheet a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Zone {
    /// Above the first header, where no line has been seen yet: rows without an amount are titles.
    Top,
    /// Anywhere else.
    Body,
}

/// Says what a row is.
///
/// The amount decides first, so that the cells of a line are looked at once; headings are looked
/// for only where there is no amount.
pub(super) fn classify(
    cells: Cells<'_>,
    columns: &Columns,
    headings: &Headings,
    reading: Reading,
    zone: Zone,
) -> Row {
    let cell = cells.trimmed(columns.amount);
    let mut others = (0..cells.len())
        .filter(|&column| column != columns.amount)
        .map(|column| cells.trimmed(column))
        .filter(|other| !other.is_empty());
    let first_other = others.next();
    if cell.is_empty() && first_other.is_none() {
        return match zone {
            Zone::Top => Row::Preamble,
            Zone::Body => Row::Blank,
        };
    }
    let amount = amount::read(cell, reading.excess);
    let alone = first_other.is_none();
    match amount {
        Ok(found) => {
            let amount = match reading.sign {
                Sign::SpendPositive => found,
                Sign::IncomePositive => -found,
            };
            if alone {
                Row::Total(Some(amount.pence))
            } else if headings.selects(columns, cells) {
                let may_be_total = others.next().is_none() && first_other.is_some_and(says_total);
                Row::Line {
                    amount,
                    may_be_total,
                }
            } else {
                Row::NotSelected(Some(amount.pence))
            }
        }
        Err(mut refused) => {
            if reading.sign == Sign::IncomePositive {
                refused.at_stake = refused.at_stake.map(|pence| -pence);
            }
            let is_number = matches!(
                refused.why,
                AmountError::ExcessDecimals | AmountError::TooLarge
            );
            if is_number && alone {
                Row::Total(refused.at_stake)
            } else if let Some(columns) = headings.columns(cells) {
                Row::Header(Box::new(columns))
            } else if zone == Zone::Top && !is_number {
                Row::Preamble
            } else if headings.selects(columns, cells) {
                Row::Rejected(refused)
            } else {
                Row::NotSelected(refused.at_stake)
            }
        }
    }
}

fn says_total(cell: &str) -> bool {
    cell.len() <= 40
        && matches!(
            normalised(cell).as_str(),
            "total" | "totals" | "grandtotal" | "subtotal" | "overalltotal" | "sum" | "totalamount"
        )
}

#[cfg(test)]
mod tests {
    use super::super::Layout;
    use super::*;
    use crate::sheet;

    fn kind_with(layout: &str, cells: &[&str], zone: Zone) -> String {
        let layout: Layout = toml::from_str(layout).unwrap();
        let headings = Headings::new(&layout, &[]);
        let header = sheet::Row::from(&["Paid", "Service", "Net (£)", "Kind"][..]);
        let columns = headings.columns(header.cells()).unwrap();
        let reading = Reading {
            sign: layout.sign,
            excess: layout.excess_decimals,
        };
        let row = sheet::Row::from(cells);
        match classify(row.cells(), &columns, &headings, reading, zone) {
            Row::Blank => "blank".into(),
            Row::Header(columns) => format!("header, amount in {}", columns.amount),
            Row::Total(pence) => format!("total {}", pence.unwrap_or_default()),
            Row::Preamble => "preamble".into(),
            Row::NotSelected(pence) => format!("not selected {}", pence.unwrap_or_default()),
            Row::Line {
                amount,
                may_be_total,
            } => {
                let maybe = if may_be_total { ", may be a total" } else { "" };
                format!("line {}{maybe}", amount.pence)
            }
            Row::Rejected(refused) => format!("rejected: {}", refused.why),
        }
    }

    fn kind(cells: &[&str]) -> String {
        kind_with("amount = ['Net']\ndate = ['Paid']", cells, Zone::Body)
    }

    #[test]
    fn each_kind_of_row() {
        assert_eq!(kind(&[]), "blank");
        assert_eq!(kind(&["", "  ", "", ""]), "blank");
        assert_eq!(kind(&["01/04/2022", "Parks", "12.50"]), "line £12.50");
        assert_eq!(kind(&["", "Parks", "(12.50)"]), "line -£12.50");
        assert_eq!(kind(&["", "", "12.50", ""]), "total £12.50");
        assert_eq!(kind(&["", "", "12.50", "", "x"]), "line £12.50");
        assert_eq!(
            kind(&["", "Grand total:", "9"]),
            "line £9.00, may be a total"
        );
        assert_eq!(kind(&["net", "PAID:"]), "header, amount in 0");
        assert_eq!(
            kind(&["Paid", "Service", "NET(œ)", "Kind"]),
            "header, amount in 2"
        );
        assert_eq!(
            kind(&["01/04/2022", "Parks"]),
            "rejected: there is no amount here"
        );
        assert_eq!(
            kind(&["x", "Parks", "n/a"]),
            "rejected: this is not an amount of money"
        );
        assert_eq!(
            kind(&["x", "", "1.005"]),
            "rejected: this amount has more than two decimals"
        );
    }

    #[test]
    fn text_above_the_header_is_no_fault() {
        let layout = "amount = ['Net']\ndate = ['Paid']";
        assert_eq!(
            kind_with(layout, &["Payments of May"], Zone::Top),
            "preamble"
        );
        assert_eq!(kind_with(layout, &["", ""], Zone::Top), "preamble");
        assert_eq!(kind_with(layout, &["x", "", "5"], Zone::Top), "line £5.00");
    }

    #[test]
    fn what_is_not_selected_is_no_fault() {
        let layout = "amount = ['Net']\nwhere.Kind = ['R']";
        assert_eq!(
            kind_with(layout, &["", "a", "5", " R "], Zone::Body),
            "line £5.00"
        );
        assert_eq!(
            kind_with(layout, &["", "a", "5", "C"], Zone::Body),
            "not selected £5.00"
        );
        assert_eq!(
            kind_with(layout, &["", "a", "?", "C"], Zone::Body),
            "not selected £0.00"
        );
    }

    #[test]
    fn income_changes_its_sign() {
        let layout = "amount = ['Net']\ndate = ['Paid']\nsign = 'income-positive'";
        assert_eq!(
            kind_with(layout, &["x", "", "5"], Zone::Body),
            "line -£5.00"
        );
    }
}
