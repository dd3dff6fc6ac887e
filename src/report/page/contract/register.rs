//! Payments as they mature.

use crate::report::content::ContractSheet;
use crate::report::dataset::{Dataset, register, standings};
use crate::report::page::table::table;
use crate::report::page::words::counted;
use maud::{Markup, html};

/// Where claims stood, day by day; nothing of a contract of which no register is kept.
pub(super) fn maturing(name: &str, sheet: &ContractSheet) -> Option<(Markup, [Dataset; 2])> {
    let last = sheet.standings.last()?;
    let (days, rows) = (standings(name, sheet), register(name, sheet));
    let markup = html! {
        h2 { "Payments as they mature" }
        p {
            "From " (last.on) " on, still to be paid: " b { (last.certain) } " for certain, because it is verified; "
            (last.likely) " likely, because it is claimed; " (last.possible) " possible, of what is in delivery or being measured."
        }
        (table(&days, &|_| None))
        details {
            summary { "Every claim of the register (" (counted(rows.rows.len(), "row", "rows")) ")" }
            (table(&rows, &|_| None))
        }
    };
    Some((markup, [days, rows]))
}
