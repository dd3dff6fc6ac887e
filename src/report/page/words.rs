//! Plain sentences about a place, before any table.

use crate::cube::Memorandum;
use crate::disclosure::ToldFigure;
use crate::money::{Pence, with_separators};
use crate::report::content::evidence::in_words as evidence_in_words;
use crate::report::content::rounding;
use crate::report::content::{LocalityReport, PlacePage, Shown};
use crate::report::site::Site;
use crate::report::text::{beside_in_words, between, two_bases};
pub(in crate::report) use crate::text::counted_as as counted;
use maud::{Markup, html};

/// A sum in a table or list; what is withheld says so to whoever points at it.
pub(super) fn sum(shown: Shown) -> Markup {
    html! {
        @if shown.is_withheld() { span title="confidential" { (shown) } }
        @else { (shown) }
    }
}

/// How many figures of a table are withheld, and what they are together where that can be told; nothing where
/// none is.
pub(super) fn withheld(sums: &[Shown], total: Shown) -> Option<String> {
    let many = sums.iter().filter(|sum| sum.is_withheld()).count();
    let told = || {
        let told = sums.iter().map(|sum| sum.told().unwrap_or_default());
        let rest = told.map(|sum| -sum).chain([total.told()?]);
        Pence::total(rest).ok()
    };
    match (many, told()) {
        (0, _) => None,
        (1, _) => Some("1 figure is confidential, [c].".to_owned()),
        (_, Some(rest)) => Some(format!(
            "{} are confidential, [c]; together they are {rest}.",
            counted(many, "figure", "figures")
        )),
        (_, None) => Some(format!(
            "{} are confidential, [c].",
            counted(many, "figure", "figures")
        )),
    }
}

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
                    @if let Some(months) = report.which_months() { ", " (months) }
                    @if let Some((persons, each)) = total.heads() {
                        ": " b { (each) } " for each of its " (with_separators(persons)) " residents"
                        @if let Some(between) = between(report, page) { "; " (between) }
                    }
                    "."
                }
                Shown::Withheld(_) => { "What was spent in " (page.name) " may not be shown." }
                Shown::RecordedZero => { "What is recorded in " (page.name) " in " (report.period) " comes to nothing." }
                Shown::NothingRecorded if total.is_nothing() => { "Nothing is recorded in " (page.name) " in " (report.period) "." }
                Shown::NothingRecorded => { "Nothing of what is recorded in " (page.name) " in " (report.period) " counts as spent there." }
            }
        }
        p { (known(report, page)) @if let (Some(words), false) = (two_bases(report), total.is_nothing()) { " " (words) } }
        @if let (false, Some(words)) = (total.is_nothing(), missing_months(report)) { p { (words) } }
        @if total.sum() != Shown::NothingRecorded {
            @for words in not_recorded(site) { p { (words) } }
        }
        @for words in beside(total) { p { (words) } }
    }
}

/// Which ledgers have not all months of the period.
fn missing_months(report: &LocalityReport) -> Option<String> {
    report.months.as_ref()?.missing_in_words()
}

/// The partners of which nothing is in the figures, with what is recorded of them elsewhere: "all
/// partners" is not them. Those of whom the same is to be said stand in one sentence.
fn not_recorded(site: &Site) -> Vec<String> {
    /// So many sentences are read; the pages of partners have the others.
    const TOLD: usize = 4;
    let mut alike: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    let silent = site.partners.iter().filter(|partner| partner.is_silent());
    for partner in silent.filter(|partner| !partner.outside) {
        let elsewhere = partner.elsewhere.as_deref();
        match alike.iter_mut().find(|(said, _)| *said == elsewhere) {
            Some((_, names)) => names.push(&partner.name),
            None => alike.push((elsewhere, vec![&partner.name])),
        }
    }
    let (period, phase) = (&site.report.period, site.report.phase);
    let whole = &site.report.whole.name;
    let sentence = |(elsewhere, names): &(Option<&str>, Vec<&str>)| {
        let said = names_in_words(names);
        match elsewhere {
            Some(elsewhere) => format!(
                "What {said} spent is not in these figures, for {whole} in {period} ({phase}): {elsewhere}."
            ),
            None => format!(
                "What {said} spent is not in these figures: nothing of it is recorded for {period} ({phase})."
            ),
        }
    };
    let mut words: Vec<String> = alike.iter().take(TOLD).map(sentence).collect();
    let more: usize = alike.iter().skip(TOLD).map(|(_, names)| names.len()).sum();
    if more > 0 {
        words.push(format!(
            "Nor is what {} spent; their own pages say what is recorded of them.",
            counted(more, "other partner", "other partners")
        ));
    }
    words
}

/// Names as people read them; a long list hides what it says.
fn names_in_words(names: &[&str]) -> String {
    match names {
        [one] => (*one).to_owned(),
        [some @ .., last] if names.len() <= 6 => format!("{} and {last}", some.join(", ")),
        [first, second, third, rest @ ..] => {
            format!(
                "{first}, {second}, {third} and {} more partners",
                rest.len()
            )
        }
        _ => names.join(" and "),
    }
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
pub(super) fn beside(figure: &ToldFigure) -> Vec<String> {
    let gaps = figure.unshared().map(|(gap, shown)| {
        let sum = match shown.pence() {
            Some(pence) => pence.to_string(),
            None => "sums that may not be shown and".to_owned(),
        };
        format!(
            "Beside it stand {sum} that may have been spent here or not ({}).",
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
