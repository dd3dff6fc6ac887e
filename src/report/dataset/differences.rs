//! Where places differ from the whole a head, and between what each figure lies under other rules.

use super::spending::{in_files, rule_in_words};
use super::{Dataset, Kind, Value};
use crate::money::Pence;
use crate::report::content::{LocalityReport, PlacePage, SectionRow, Shown};
use crate::report::text::what;

/// What stands out in some places: a row a difference, as [`LocalityReport::standing_out`] has them.
pub fn differences<'a>(
    name: String,
    title: String,
    report: &LocalityReport,
    pages: impl IntoIterator<Item = &'a PlacePage>,
    terms: &str,
) -> Dataset {
    let mut dataset = Dataset::new(name, title);
    dataset.behind("place_code", Kind::Text, "Code of the place");
    dataset.behind("place_name", Kind::Text, "Its name");
    dataset.behind(
        "axis",
        Kind::Text,
        "What differs: activity, ages or partner",
    );
    dataset.behind(
        "member_code",
        Kind::Text,
        "Code of the activity, age or partner",
    );
    dataset.column(
        "what",
        "what",
        Kind::Text,
        "The activity, the people of an age, or the partner, in words",
    );
    dataset.column(
        "per_head_gbp",
        "a head here",
        Kind::Pounds,
        "Spent for each resident, of an age for each of that age, under the pack's own sharing rules",
    );
    let whole = format!("in {}", report.whole.name);
    dataset.column(
        "whole_per_head_gbp",
        &whole,
        Kind::Pounds,
        "The same in the whole place",
    );
    dataset.column(
        "more_gbp",
        "more, or less",
        Kind::Pounds,
        "A head here beyond that of the whole; negative where it is less. It may differ from the difference of the two by a penny, because each is rounded once",
    );
    dataset.column(
        "least_gbp",
        "at least",
        Kind::Pounds,
        "The least that this difference is under any of the pack's sharing rules",
    );
    dataset.column(
        "most_gbp",
        "at most",
        Kind::Pounds,
        "The most that this difference is under any of the pack's sharing rules",
    );
    dataset.column(
        "evidence",
        "how it is known",
        Kind::Text,
        "How the figure here is known, in words",
    );
    dataset.behind("residents", Kind::Whole, "Residents that it is for");
    dataset.behind("terms", Kind::Text, "On what terms this may be shown");
    let sum = |pence: Pence| Value::sum(Shown::of_sum(pence));
    for page in pages {
        for one in report.standing_out(page) {
            let [code, _] = in_files(one.axis, &one.row.code, &one.row.name);
            dataset.rows.push(vec![
                Value::text(page.code.as_str()),
                Value::text(page.name.as_str()),
                Value::text(one.axis),
                Value::text(code),
                Value::text(what(&one)),
                sum(one.a_head.here),
                sum(one.a_head.whole),
                sum(one.a_head.more),
                sum(one.a_head.least),
                sum(one.a_head.most),
                Value::text(one.row.as_shown().how_known().unwrap_or_default()),
                Value::Whole(one.a_head.residents),
                Value::text(terms),
            ]);
        }
    }
    dataset
}

/// The name of the table of every place by activity, a head.
pub const A_HEAD: &str = "index-a-head-by-activity";

/// Every place by activity: a head here, between what it lies, a head in the whole, and whether
/// the two differ.
pub fn a_head_by_activity(report: &LocalityReport, terms: &str) -> Dataset {
    let title = format!(
        "Pounds a head by activity in each place of {}, {}",
        report.whole.name, report.period
    );
    let mut dataset = Dataset::new(A_HEAD.to_owned(), title);
    dataset.behind(
        "activity_code",
        Kind::Text,
        "Code of the activity in the pack; the name of a gap where money is on none",
    );
    dataset.column("activity_name", "activity", Kind::Text, "Its name");
    dataset.behind("place_code", Kind::Text, "Code of the place");
    dataset.column("place_name", "place", Kind::Text, "Its name");
    dataset.behind(
        "status",
        Kind::Text,
        "What the sum of it is: value, zero (recorded and zero), nothing-recorded, or suppressed",
    );
    dataset.column(
        "per_head_gbp",
        "a head",
        Kind::Pounds,
        "Spent for each resident, under the pack's own sharing rules",
    );
    dataset.column("lowest_per_head_gbp", "lowest", Kind::Pounds, "The least that it comes to under any of the pack's sharing rules; empty where the pack has no others");
    dataset.column(
        "lowest_by",
        "by",
        Kind::Text,
        "Which rules make it the least",
    );
    dataset.column(
        "highest_per_head_gbp",
        "highest",
        Kind::Pounds,
        "The most that it comes to under any of the pack's sharing rules",
    );
    dataset.column(
        "highest_by",
        "by",
        Kind::Text,
        "Which rules make it the most",
    );
    let whole = format!("in {}", report.whole.name);
    dataset.column(
        "whole_per_head_gbp",
        &whole,
        Kind::Pounds,
        "A head in the whole place, under the pack's own sharing rules",
    );
    dataset.column(
        "differs",
        "differs",
        Kind::Text,
        "yes: the difference from the whole is at least nine tenths of what it varies by under the pack's sharing rules; no: it is less, so that the choice of rules may be all there is to it; empty: nobody can say",
    );
    dataset.behind("terms", Kind::Text, "On what terms this may be shown");
    let activities = (report.whole.sections.iter()).filter(|section| section.axis == "activity");
    for whole in activities.flat_map(|section| &section.rows) {
        for page in &report.places {
            let Some(row) = page.row("activity", &whole.code) else {
                continue;
            };
            if row.as_shown().residents().is_none() {
                continue;
            }
            dataset
                .rows
                .push(a_head_cells(report, page, row, whole, terms));
        }
    }
    dataset
}

fn a_head_cells(
    report: &LocalityReport,
    page: &PlacePage,
    row: &SectionRow,
    whole: &SectionRow,
    terms: &str,
) -> Vec<Value> {
    let sum = |pence: Option<Pence>| {
        pence.map_or(Value::Nothing, |pence| Value::sum(Shown::of_sum(pence)))
    };
    let (range, ends) = (row.range(report), row.range_a_head(report));
    let by = |name: fn(&crate::cube::Range) -> Option<&str>| {
        Value::text(
            range
                .as_ref()
                .map_or("", |range| rule_in_words(name(range))),
        )
    };
    let differs = match report.differs("activity", row) {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    vec![
        Value::text(row.code.as_str()),
        Value::text(row.name.as_str()),
        Value::text(page.code.as_str()),
        Value::text(page.name.as_str()),
        Value::text(row.shown().status()),
        sum(row.as_shown().per_head()),
        sum(ends.map(|(lowest, _)| lowest)),
        by(|range| range.lowest_by.as_deref()),
        sum(ends.map(|(_, highest)| highest)),
        by(|range| range.highest_by.as_deref()),
        sum(whole.as_shown().per_head()),
        Value::text(differs),
        Value::text(terms),
    ]
}
