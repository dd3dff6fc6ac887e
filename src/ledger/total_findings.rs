//! What is told of rows that are, or say that they are, the sum of rows above them.

use crate::finding::{Finding, Position, Severity};
use crate::money::Pence;

/// A row that is the sum of so many lines above it.
pub(super) fn left_out(position: Position, pence: Pence, lines: u64) -> Finding {
    Finding {
        rule: "total-row-left-out".into(),
        severity: Severity::Notice,
        position,
        found: format!(
            "the row looks like a total and is the sum of {} above it; it is not counted",
            if lines == 1 {
                "the line".to_owned()
            } else {
                format!("{lines} lines")
            }
        ),
        at_stake: Some(pence),
        remedy: "fill in the cells of the row if it is a payment of its own".into(),
    }
}

/// A row that looks like a total, or `says` so, and is the sum of nothing above it.
pub(super) fn not_met(position: Position, pence: Pence, sum: i128, says: bool) -> Finding {
    let above = Pence::from_wide(sum).map_or_else(|_| sum.to_string(), |sum| sum.to_string());
    let (rule, found, remedy) = if says {
        (
            "total-not-met",
            "the row says that it is a total",
            "look for rows that are missing or wrong above it; then take the total out, or \
             correct it",
        )
    } else {
        (
            "amount-alone",
            "the row has an amount and nothing else",
            "fill in its date and codes if it is a payment, as where cells were merged, or say \
             in the layout what such rows are: `amounts_alone = \"lines\"` or \"totals\"",
        )
    };
    Finding {
        rule: rule.into(),
        severity: Severity::Fault,
        position,
        found: format!("{found}, and the lines above it add up to {above}; it is not counted"),
        at_stake: Some(pence),
        remedy: remedy.into(),
    }
}

/// A line that has a word of a total, and is the sum of nothing above it.
pub(super) fn may_be(position: Position, pence: Pence) -> Finding {
    Finding {
        rule: "line-may-be-a-total".into(),
        severity: Severity::Notice,
        position,
        found: "a word of the row says that it is a total, and it is not the sum of the lines \
                above it; it is counted as a payment"
            .into(),
        at_stake: Some(pence),
        remedy: "take the row out if it is the sum of the rows above".into(),
    }
}

/// A row above the headings that has an amount and is no line, where there are lines above them.
pub(super) fn above_the_header(position: Position, pence: Pence) -> Finding {
    Finding {
        rule: "amount-above-the-header".into(),
        severity: Severity::Fault,
        position,
        found: "the row has an amount, stands above the header and is no line by its date and \
                codes; it is not counted, although lines stand above the header here"
            .into(),
        at_stake: Some(pence),
        remedy: "complete the row if it is a payment, or take its amount out".into(),
    }
}
