//! Plain sentences about a place, before any table.

use crate::cube::Memorandum;
use crate::money::{Pence, with_separators};
use crate::report::content::evidence::in_words as evidence_in_words;
use crate::report::content::rounding;
use crate::report::content::{LocalityReport, PlacePage, Shown, ShownFigure};
use crate::report::site::Site;
use crate::report::text::{beside_in_words, two_bases};
pub(in crate::report) use crate::text::counted_as as counted;
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
    let total = page.as_shown();
    html! {
        p.lead {
            @match total.sum() {
                Shown::Known(amount) => {
                    (who(report)) " spent " b { (rounding::in_words(amount)) } " in " (page.name)
                    " in " (report.period)
                    @if let Some((persons, each)) = total.heads() {
                        ": " b { (each) } " for each of its " (with_separators(persons)) " residents"
                    }
                    "."
                }
                Shown::Suppressed => { "What was spent in " (page.name) " may not be shown." }
                Shown::RecordedZero => { "What is recorded in " (page.name) " in " (report.period) " comes to nothing." }
                Shown::NothingRecorded => { "Nothing is recorded in " (page.name) " in " (report.period) "." }
            }
        }
        p { (known(report, page)) @if let (Some(words), false) = (two_bases(report), total.is_nothing()) { " " (words) } }
        @if total.sum() != Shown::NothingRecorded {
            @if let Some(words) = not_recorded(site) { p { (words) } }
        }
        @for words in beside(total) { p { (words) } }
    }
}

/// The partners of which nothing is recorded: "all partners" is not them.
fn not_recorded(site: &Site) -> Option<String> {
    let silent = site.partners.iter().filter(|partner| {
        let total = partner.total.as_ref();
        total.is_none_or(|total| total.shown == Shown::NothingRecorded)
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
    let figure = page.as_shown();
    let (Shown::Known(exact), Some(composition)) = (figure.sum(), figure.composition()) else {
        return String::new();
    };
    let how = evidence_in_words(&composition);
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
pub(super) fn beside(figure: ShownFigure<'_>) -> Vec<String> {
    let gaps = figure.unshared().map(|(gap, pence)| {
        format!(
            "Beside it stand {pence} that may have been spent here or not ({}).",
            gap.name().replace('-', " ")
        )
    });
    let besides = Memorandum::ALL.into_iter().filter_map(|what| {
        let Shown::Known(pence) = figure.memorandum(what) else {
            return None;
        };
        Some(beside_in_words(what, pence))
    });
    gaps.chain(besides).collect()
}
