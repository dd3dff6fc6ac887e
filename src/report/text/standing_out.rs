//! What stands out, for the terminal: where places differ from the whole by more than hangs on the choice
//! of drivers.

use crate::disclosure::Released;
use crate::money::Pence;
use crate::report::content::{Difference, LocalityReport, PlacePage};
use crate::table::{Align, Table};
use std::cmp::Reverse;

/// What must be said where nothing can stand out.
pub fn no_alternatives(report: &LocalityReport) -> Option<String> {
    report.alternatives.is_empty().then(|| {
        "The pack names no other sharing rules, so that nobody can say how much of a difference between \
         places is the choice of drivers: none is shown."
            .to_owned()
    })
}

/// The rules that were tried, in words.
pub fn tried_in_words(report: &LocalityReport) -> String {
    report.alternatives.join("; ")
}

/// Where each place differs most from the whole, the most money first.
#[must_use]
pub fn standing_out(report: &Released<LocalityReport>) -> Table {
    const OF_A_PLACE: usize = 3;
    let terms = report.terms();
    let report = report.get();
    let mut table = Table::new(format!(
        "What stands out: pounds a head beside those of {}, {}",
        report.whole.name, report.period
    ));
    table.column("place", Align::Left);
    table.column("what", Align::Left);
    table.column("a head", Align::Right);
    table.column(&report.whole.name, Align::Right);
    table.column("more or less", Align::Right);
    table.column("under other rules", Align::Right);
    table.column("how it is known", Align::Left);
    for page in &report.places {
        let mut all = report.standing_out(page);
        all.sort_by_key(|one| Reverse(one.a_head.money()));
        for (number, one) in all.iter().take(OF_A_PLACE).enumerate() {
            let name = if number == 0 {
                page.name.clone()
            } else {
                String::new()
            };
            table.row([
                name,
                what(one),
                one.a_head.here.to_string(),
                one.a_head.whole.to_string(),
                signed(one.a_head.more),
                format!(
                    "{} to {}",
                    signed(one.a_head.least),
                    signed(one.a_head.most)
                ),
                one.row.as_shown().how_known().unwrap_or_default(),
            ]);
        }
        if all.is_empty() && !report.alternatives.is_empty() {
            let mut cells = vec![page.name.clone(), "nothing".to_owned()];
            cells.resize(7, String::new());
            table.row(cells);
        }
    }
    match no_alternatives(report) {
        Some(words) => table.note(&words),
        None => table.note(&format!(
            "Only differences of at least nine tenths of their range under the pack's other rules ({}).",
            tried_in_words(report)
        )),
    }
    table.note(terms);
    table
}

/// Of each activity where most and least is spent a head, among the places that differ from the whole.
#[must_use]
pub fn by_activity(report: &Released<LocalityReport>) -> Table {
    let terms = report.terms();
    let report = report.get();
    let mut table = Table::new(format!(
        "Where most and least is spent a head, {}",
        report.period
    ));
    table.column("activity", Align::Left);
    table.column(&report.whole.name, Align::Right);
    table.column("most", Align::Right);
    table.column("in", Align::Left);
    table.column("least", Align::Right);
    table.column("in", Align::Left);
    let sections = report
        .whole
        .sections
        .iter()
        .filter(|section| section.axis == "activity");
    for row in sections.flat_map(|section| &section.rows) {
        let differing = differing(report, &row.code);
        let most = differing
            .iter()
            .filter(|(_, one)| one.a_head.is_more())
            .max_by_key(|(_, one)| one.a_head.here);
        let least = differing
            .iter()
            .filter(|(_, one)| !one.a_head.is_more())
            .min_by_key(|(_, one)| one.a_head.here);
        let cells = |found: Option<&(&PlacePage, Difference<'_>)>| match found {
            Some((page, one)) => [one.a_head.here.to_string(), page.name.clone()],
            None => ["–".to_owned(), String::new()],
        };
        let Some(whole) = row.as_shown().per_head() else {
            continue;
        };
        let ([most, most_in], [least, least_in]) = (cells(most), cells(least));
        table.row([
            row.name.clone(),
            whole.to_string(),
            most,
            most_in,
            least,
            least_in,
        ]);
    }
    table.note(terms);
    table
}

/// The places in which an activity differs from the whole.
fn differing<'a>(
    report: &'a LocalityReport,
    activity: &str,
) -> Vec<(&'a PlacePage, Difference<'a>)> {
    let of_place = |page: &'a PlacePage| {
        let row = page.row("activity", activity)?;
        Some((page, report.difference("activity", row)?))
    };
    report.places.iter().filter_map(of_place).collect()
}

/// What a difference is about.
pub fn what(one: &Difference<'_>) -> String {
    match one.axis {
        "ages" => format!("people of {}", one.row.name),
        "partner" => format!("by {}", one.row.name),
        _ => one.row.name.clone(),
    }
}

/// With a sign before it.
pub fn signed(pence: Pence) -> String {
    if pence > Pence::ZERO {
        format!("+{pence}")
    } else {
        pence.to_string()
    }
}
