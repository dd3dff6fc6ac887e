//! Plain sentences about a place, before any table.

use crate::cube::{Beside, Figure};
use crate::money::{Pence, with_separators};
use crate::report::picture::evidence_in_words;
use crate::report::rounded;
use crate::report::{LocalityReport, PlacePage, Shown, Site};
pub(super) use crate::text::counted_as as counted;
use maud::{Markup, html};

/// Who spends, as a sentence begins: the boundary of the report.
pub(super) fn who(report: &LocalityReport) -> String {
    if report.boundary == "all partners" {
        "All partners together".to_owned()
    } else {
        format!("{} together", report.boundary)
    }
}

/// What was spent in a place, for each head, and how that is known.
pub(super) fn lead(site: &Site, page: &PlacePage) -> Markup {
    let report = &site.report;
    let total = &page.total;
    let heads = (total.per_head.as_ref()).and_then(|heads| Some((heads.persons?, heads.amount?)));
    html! {
        p.lead {
            @match Shown::of(total) {
                Shown::Known(amount) => {
                    (who(report)) " spent " b { (rounded::in_words(amount)) } " in " (page.name)
                    " in " (report.period)
                    @if let Some((persons, each)) = heads {
                        ": " b { (each) } " for each of its " (with_separators(persons)) " residents"
                    }
                    "."
                }
                Shown::Suppressed => { "What was spent in " (page.name) " may not be shown." }
                Shown::RecordedZero => { "What is recorded in " (page.name) " in " (report.period) " comes to nothing." }
                Shown::NothingRecorded => { "Nothing is recorded in " (page.name) " in " (report.period) "." }
            }
        }
        p { (known(report, page)) }
        @if Shown::of(total) != Shown::NothingRecorded {
            @if let Some(words) = not_recorded(site) { p { (words) } }
        }
        @for words in beside(total) { p { (words) } }
    }
}

/// The partners of which nothing is recorded: "all partners" is not them.
fn not_recorded(site: &Site) -> Option<String> {
    let silent = site.partners.iter().filter(|partner| {
        let shown = partner.total.as_ref().map(Shown::of);
        shown.is_none_or(|shown| shown == Shown::NothingRecorded)
    });
    let names: Vec<&str> = silent.map(|partner| partner.name.as_str()).collect();
    let said = match names.as_slice() {
        [] => return None,
        [one] => (*one).to_owned(),
        // A long list hides what it says.
        [some @ .., last] if names.len() <= 6 => format!("{} and {last}", some.join(", ")),
        [first, second, third, rest @ ..] => {
            format!(
                "{first}, {second}, {third} and {} more partners",
                rest.len()
            )
        }
        _ => names.join(" and "),
    };
    Some(format!(
        "What {said} spent is not in these figures: nothing of it is recorded for {} ({}).",
        site.report.period, site.report.phase
    ))
}

/// How a total is known, in a sentence before the bar.
fn known(report: &LocalityReport, page: &PlacePage) -> String {
    let composition = &page.total.composition;
    let exact = page.total.amount;
    let how = evidence_in_words(composition);
    if exact == Pence::ZERO {
        return String::new();
    }
    match composition.direct {
        Pence::ZERO => format!(
            "That is {exact} to the penny. None of it is recorded for {} itself: it is {how}.",
            page.name
        ),
        direct if direct == exact => {
            format!(
                "That is {exact} to the penny, all of it recorded for {} itself.",
                page.name
            )
        }
        _ if page.code == report.whole.code => {
            format!("That is {exact} to the penny: {how}.")
        }
        direct => format!(
            "That is {exact} to the penny. {direct} of it is recorded for {} itself; in all it is {how}.",
            page.name
        ),
    }
}

/// What stands beside a figure, a sentence each.
pub(super) fn beside(figure: &Figure) -> Vec<String> {
    let gaps = figure.unshared.iter().map(|(gap, pence)| {
        format!(
            "Beside it stand {pence} that may have been spent here or not ({}).",
            gap.name().replace('-', " ")
        )
    });
    let besides = Beside::ALL.into_iter().filter_map(|what| {
        let pence = figure.beside(what);
        (pence != Pence::ZERO).then(|| crate::report::text::beside_in_words(what, pence))
    });
    gaps.chain(besides).collect()
}
