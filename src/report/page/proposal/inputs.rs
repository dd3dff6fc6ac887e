//! What a proposal rests on, and how each figure was made of it.

use crate::report::content::ProposalSheet;
use crate::report::dataset::{Dataset, assumptions, chain};
use crate::report::page::table::table;
use crate::report::page::words::counted;
use maud::{Markup, html};

/// Every input, and each saving step by step.
pub(super) fn rests_on(name: &str, sheet: &ProposalSheet) -> (Markup, [Dataset; 2]) {
    let (inputs, steps) = (assumptions(name, sheet), chain(name, sheet));
    let markup = html! {
        p { "Every figure above is made of these inputs and of what the account says is spent; no input has a value that nobody stated." }
        (table(&inputs, &|_| None))
        h3 { "From events to cash, step by step" }
        p { "Events less, times what an event is worth, in the prices of the proposal; lowered by grades; held against what is spent; and what of that may become cash. Each sum is rounded by itself here. What is bound by contracts or law is known of a payer and not of an effect: it comes off after this, in the table by year." }
        details {
            summary { (counted(steps.rows.len(), "row", "rows")) ", one for each effect, unit value and year" }
            (table(&steps, &|_| None))
        }
    };
    (markup, [inputs, steps])
}
