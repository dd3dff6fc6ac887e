//! What stands out in a place, and where places differ: words, a picture and tables.

use super::map::ALIKE;
use super::table::{downloads, table};
use super::words::counted;
use crate::disclosure::Released;
use crate::report::content::{AHead, LocalityReport, PlacePage, SectionRow};
use crate::report::dataset::{self, A_HEAD, Dataset};
use crate::report::picture::{Frame, Strip, StripDot, strips};
use crate::report::site::Site;
use crate::report::text::{no_alternatives, signed, tried_in_words, what};
use maud::{Markup, html};

/// What stands out in a place, with its table if anything does; nothing of a page without residents.
pub(super) fn in_place(
    site: &Released<Site>,
    page: &PlacePage,
    file: &str,
) -> (Markup, Option<Dataset>) {
    let report = &site.get().report;
    if page
        .as_shown()
        .residents()
        .is_none_or(|persons| persons == 0)
    {
        return (html! {}, None);
    }
    let heading = html! { h2 id="stands-out" { "What stands out here" } };
    if let Some(words) = no_alternatives(report) {
        return (html! { (heading) p { (words) } }, None);
    }
    let title = format!(
        "Where {} differs most from {}, {}",
        page.name, report.whole.name, report.period
    );
    let name = format!("{file}-differences");
    let dataset = dataset::differences(name, title, report, [page], site.terms());
    let tried = tried_in_words(report);
    let markup = html! {
        (heading)
        p { (in_all(report, page)) (most_and_least(report, page)) }
        @if dataset.rows.is_empty() {
            p { "No activity, age or partner differs a head from " (report.whole.name) " by more than may hang on the choice of sharing rules. Tried beside the pack's own: " (tried) "." }
        } @else {
            (table(&dataset, &|_| None))
            p { "Pounds for each resident; of an age, for each of that age. A difference is shown only if it is at least nine tenths of what it varies by (at least, at most) when other rules share the money: " (tried) ". Of activities, ages and partners these are the most money." }
        }
    };
    let some = !dataset.rows.is_empty();
    (markup, some.then_some(dataset))
}

/// Whether all that is spent in a place differs.
fn in_all(report: &LocalityReport, page: &PlacePage) -> String {
    let whole = &report.whole.name;
    match report.difference_of(page) {
        Some(all) => format!(
            "In all {} a head {} spent here than in {whole} as a whole ({}).",
            amount(&all),
            if all.is_more() { "more is" } else { "less is" },
            ends(&all)
        ),
        None if !page.tried.is_told() || !report.whole.tried.is_told() => String::new(),
        None => format!(
            "In all there is {ALIKE} between what is spent a head here and in {whole} as a whole: it hangs on the choice of sharing rules."
        ),
    }
}

/// By how much, without a sign.
fn amount(a_head: &AHead) -> String {
    signed(a_head.more)
        .trim_start_matches(['+', '-'])
        .to_owned()
}

fn ends(a_head: &AHead) -> String {
    if a_head.least == a_head.most {
        return "the same under the pack's other rules".to_owned();
    }
    format!(
        "{} to {} under the pack's other rules",
        signed(a_head.least),
        signed(a_head.most)
    )
}

/// The activities that are furthest above and below the whole.
fn most_and_least(report: &LocalityReport, page: &PlacePage) -> String {
    let standing_out = report.standing_out(page);
    let mut activities: Vec<_> = (standing_out.iter())
        .filter(|one| one.axis == "activity")
        .collect();
    activities.sort_by_key(|one| one.a_head.more);
    let whole = &report.whole.name;
    let mut words = String::new();
    if let Some(most) = activities.last().filter(|one| one.a_head.is_more()) {
        words.push_str(&format!(
            " Furthest above {whole} is {}: {} a head.",
            what(most),
            signed(most.a_head.more)
        ));
    }
    if let Some(least) = activities.first().filter(|one| !one.a_head.is_more()) {
        words.push_str(&format!(
            " Furthest below {whole} is {}: {} a head.",
            what(least),
            signed(least.a_head.more)
        ));
    }
    words
}

/// So many places are drawn and stand in a table of the page; of more the files tell.
const MANY: usize = 200;

/// Where places differ, activity by activity; nothing where no place has a figure a head.
pub(super) fn of_places(site: &Released<Site>) -> (Markup, Option<Dataset>) {
    let report = &site.get().report;
    let dataset = dataset::a_head_by_activity(report, site.terms());
    let drawn: Vec<Strip<'_>> = (report.whole.sections.iter())
        .filter(|section| section.axis == "activity")
        .flat_map(|section| &section.rows)
        .filter_map(|row| strip(report, row))
        .collect();
    if drawn.is_empty() || dataset.rows.is_empty() {
        return (html! {}, None);
    }
    if report.places.len() > MANY {
        let markup = html! {
            h2 id="differences" { "Where places differ" }
            p { (counted(report.places.len(), "place is", "places are")) " too many for a picture. What is spent a head in each on each activity stands in files:" }
            (downloads(&dataset))
        };
        return (markup, Some(dataset));
    }
    let whole = report.whole.name.as_str();
    let differing = |strip: &&Strip<'_>| strip.dots.iter().any(|dot| dot.differs);
    let described = format!(
        "{}, each with a dot for each place and a line for {whole}. Places differ from it in {}.",
        counted(drawn.len(), "strip", "strips"),
        drawn.iter().filter(differing).count()
    );
    let title = format!("Pounds a head on each activity, {}", report.period);
    let frame = Frame {
        id: "strips",
        title: &title,
        description: &described,
        note: Some(
            "Each strip has a scale of its own that begins at nothing, and a lane for each place, the least at the bottom. Pointed at, a dot says whose it is. Other rules may move the line too: a place is held against what the same rules make of the whole.",
        ),
        table: Some(A_HEAD),
    };
    let markup = html! {
        h2 id="differences" { "Where places differ" }
        p {
            @match no_alternatives(report) {
                Some(words) => { (words) }
                None => {
                    "A full dot differs from " (whole) ": its difference is at least nine tenths of what that varies by when other rules share the money. Tried beside the pack's own: " (tried_in_words(report)) "."
                }
            }
        }
        (strips(&frame, &drawn, whole, ALIKE))
        details {
            summary { "Every activity and place, a head (" (counted(dataset.rows.len(), "row", "rows")) ")" }
            (table(&dataset, &|_| None))
        }
    };
    (markup, Some(dataset))
}

/// The strip of an activity; nothing where nothing of it is a head of anybody.
fn strip<'a>(report: &'a LocalityReport, whole: &'a SectionRow) -> Option<Strip<'a>> {
    let line = whole.as_shown().per_head()?;
    let rows = || {
        let row = |page: &'a PlacePage| Some((page, page.row("activity", &whole.code)?));
        report.places.iter().filter_map(row)
    };
    let dots: Vec<StripDot<'a>> = rows()
        .filter_map(|(page, row)| {
            row.shown().pence()?;
            Some(StripDot {
                place: &page.name,
                each: row.as_shown().per_head()?,
                range: row.range_a_head(report),
                differs: report.differs("activity", row) == Some(true),
            })
        })
        .collect();
    let hidden = rows().filter(|(_, row)| row.shown().is_withheld()).count();
    (!dots.is_empty() || hidden > 0).then_some(Strip {
        name: &whole.name,
        whole: line,
        whole_range: whole.range_a_head(report),
        dots,
        hidden,
    })
}
