//! One test for each way in which a report could tell what is withheld.
//!
//! That the same files come of another amount, so that neither order nor scale nor any word hangs on it, is
//! tested by `twins`; that its digits are nowhere, by `digits`. Here is what is said instead.

use super::sites::{PARTNERS, partners, published, sample, written};
use super::withholding::Sums;
use super::writings::{Unpacked, text_of};
use crate::disclosure::{Everything, Say};
use crate::money::Pence;
use crate::report::Site;
use crate::report::content::{PlacePage, SectionRow};
use std::path::Path;

/// The rows of one axis of the page of Ludlow, the largest first.
fn rows<'a>(site: &'a Site, axis: &str) -> Vec<&'a SectionRow> {
    let of_ludlow = |page: &&PlacePage| page.code == "ludlow";
    let page = site.report.places.iter().find(of_ludlow).unwrap();
    let section = page.sections.iter().find(|one| one.axis == axis).unwrap();
    let mut rows: Vec<&SectionRow> = section.rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.here.size()));
    rows
}

/// What is spent on youth justice in Ludlow, and what the children's ledger has of it for the county.
const YOUTH_JUSTICE: [i64; 2] = [423_666, 12_671_000];

fn without(sums: impl IntoIterator<Item = i64>) -> Sums {
    Sums::of(sums.into_iter().map(Pence::new))
}

/// Rows of a CSV.
fn cells<'a>(files: &'a [Unpacked], path: &str) -> Vec<Vec<&'a str>> {
    let text = text_of(files, path).trim_start_matches('\u{feff}');
    text.lines().map(|line| line.split(',').collect()).collect()
}

/// The largest of several stands where it would if it were the least, and nothing is said to be the most.
#[test]
fn order_and_the_most_are_of_what_is_told() {
    let open = sample(&Everything);
    let ordered = rows(&open, "partner");
    let (largest, next) = (ordered[0], ordered[1]);
    let after = written(sample(&without([largest.here.size().get()])));
    let page = text_of(&after, "place-ludlow.html");
    let table = page.split("id=\"place-ludlow-by-partner\"").nth(1).unwrap();
    let table = table.split("</table>").next().unwrap();
    let names = table.split("<th role=\"rowheader\" scope=\"row\">").skip(1);
    let names: Vec<&str> = names.collect();
    // The last row is the total.
    let last = names[names.len() - 2];
    assert!(names[0].contains(&next.name), "{}", names[0]);
    assert!(
        last.contains(&largest.name) && last.contains("[c]"),
        "{last}"
    );
    let most = page
        .split("Most by, of what is shown</dt><dd>")
        .nth(1)
        .unwrap();
    assert!(most.starts_with(&next.name), "{}", &most[..60]);
    let before = written(open.clone());
    let most = text_of(&before, "place-ludlow.html");
    assert!(most.contains(&format!("Most by</dt><dd>{}", largest.name)));
}

/// The longest bar is the largest that is told; what is withheld is as long as any other that is.
#[test]
fn bars_are_drawn_from_what_is_told() {
    let largest = rows(&sample(&Everything), "activity")[0].here.size();
    let after = written(sample(&without([largest.get()])));
    let page = text_of(&after, "place-ludlow.html");
    let picture = page.split("id=\"activity-picture\"").nth(1).unwrap();
    let picture = picture.split("</svg>").next().unwrap();
    assert!(picture.contains("class=\"suppressed\""), "{picture}");
    assert!(picture.contains("width=\"12%\""), "{picture}");
    assert!(
        picture.contains("width=\"100%\""),
        "the next is the longest: {picture}"
    );
}

/// A place without a figure is hatched, is neither the least nor the most, and is in the list by its name.
#[test]
fn a_place_that_is_withheld_has_no_shade() {
    let open = sample(&Everything);
    let heads = || {
        open.report
            .places
            .iter()
            .filter(|page| page.total.per_head().is_some())
    };
    let most = heads().max_by_key(|page| page.total.per_head()).unwrap();
    let (name, each) = (most.name.clone(), most.total.per_head().unwrap());
    let sum = most.shown().pence().unwrap().get();
    let before = written(open.clone());
    assert!(text_of(&before, "index.html").contains(&format!("the most {each}")));
    let telling = Sums {
        public: true,
        ..without([sum])
    };
    let after = written(sample(&telling));
    let page = text_of(&after, "index.html");
    let told = page.split("id=\"map-d\"").nth(1).unwrap();
    let told = told.split("</desc>").next().unwrap();
    assert!(!told.contains(&format!("the most {each}")), "{told}");
    let name = name.replace('&', "&amp;");
    let place = page.split(&format!("aria-label=\"{name}: ")).nth(1);
    let place: String = place.unwrap_or(&name).chars().take(60).collect();
    assert!(
        place.starts_with("[c]\"><path class=\"suppressed\""),
        "{place}"
    );
    assert!(page.contains("</svg> confidential</li>"), "the key says so");
}

/// A figure that is withheld does not lead to how it was made, and nothing is said there, not even of how many
/// parts it is.
#[test]
fn how_it_was_made_is_not_told() {
    let [sum, _] = YOUTH_JUSTICE;
    let row = {
        let open = sample(&Everything);
        rows(&open, "activity")[0].clone()
    };
    let link = format!("made-ludlow.html#activity-{}", row.code);
    let telling = |sum| Sums {
        public: true,
        ..without([sum])
    };
    let other = written(sample(&telling(sum)));
    assert!(text_of(&other, "place-ludlow.html").contains(&link));
    let after = written(sample(&telling(row.here.size().get())));
    assert!(!text_of(&after, "place-ludlow.html").contains(&link));
    let made = text_of(&after, "made-ludlow.html");
    let said = format!("<b>{}</b>: [c]</summary>", row.name);
    assert!(made.contains(&said), "without a number of parts");
    assert!(made.contains("Exactly £"), "the others are explained");
}

/// Where not all lines are public, no figure that is told is explained down to them either.
#[test]
fn lines_are_not_told_where_some_are_not_public() {
    let site = sample(&without(YOUTH_JUSTICE));
    let rows = rows(&site, "activity").into_iter();
    assert!(
        rows.map(|row| row.here.lines())
            .all(|lines| lines.is_none())
    );
    let after = written(site);
    let made = text_of(&after, "made-ludlow.html");
    assert!(!made.contains("Exactly £") && !made.contains("class=\"made\""));
    assert!(made.contains("What it is made of may not be shown."));
}

/// Names of ledgers, steps, findings and codes are those of ledgers that are public.
#[test]
fn ledgers_that_are_not_public_are_not_named() {
    let open = sample(&Everything);
    let ledger = open.method.ledgers[0].0.clone();
    let before = written(open);
    for page in ["method.html", "data/method-ledgers.csv"] {
        assert!(text_of(&before, page).contains(&ledger), "{page}");
    }
    assert!(
        before
            .iter()
            .any(|(name, _)| name == "data/reconciliation.csv")
    );
    let after = written(sample(&without(YOUTH_JUSTICE)));
    let method = text_of(&after, "method.html");
    assert!(method.contains("that are not public.") && method.contains("What is not told"));
    assert!(!method.contains(&ledger), "{ledger}");
    assert!(
        !after
            .iter()
            .any(|(name, _)| name == "data/reconciliation.csv")
    );
    assert!(!after.iter().any(|(name, _)| name == "unplaced.html"));
    let steps = text_of(&after, "reconciliation.html");
    assert!(steps.contains("Every step holds.") && !steps.contains("What was found in the data"));
}

/// What a proposal may save is refused above what is spent: whoever knows one knows the other.
#[test]
fn a_proposal_that_would_tell_a_withheld_figure_is_not_shown() {
    let told = |all: &[Unpacked]| -> Vec<String> {
        let holds = |text: &str| text.contains("Youth diversion") || text.contains("22,765.22");
        let all = all
            .iter()
            .filter(|(_, bytes)| holds(&String::from_utf8_lossy(bytes)));
        all.map(|(name, _)| name.clone()).collect()
    };
    let before = told(&written(sample(&Everything)));
    for name in [
        "proposals.html",
        "proposal-youth-diversion.html",
        "place-ludlow.html",
        "partner-west-mercia-police.html",
        "data/proposals-all-partners.csv",
        "data.html",
        "datapackage.json",
    ] {
        assert!(before.contains(&name.to_owned()), "{name}: {before:?}");
    }
    let after = written(sample(&without([YOUTH_JUSTICE[0]])));
    assert_eq!(told(&after), Vec::<String>::new());
    let page = text_of(&after, "proposals.html");
    assert!(page.contains("1 proposal is not shown"), "{page}");
    assert!(page.contains("Fewer falls at home"), "the other one is");
}

/// What is moved is known, so that after tells before, and what holds a move tells what is spent; whose money it
/// was is a mixture of what is public and what is not.
#[test]
fn scenarios_and_flows_are_not_told() {
    let folder = Path::new(PARTNERS);
    let before = written(partners(folder, false, &Everything));
    let of_one = |all: &[Unpacked]| {
        let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("earlier-help");
        all.iter().filter(|(_, bytes)| holds(bytes)).count()
    };
    assert!(of_one(&before) > 3);
    assert!(text_of(&before, "partners.html").contains("Followed back through all hands"));
    let after = written(partners(folder, false, &without([87_899_700])));
    assert_eq!(of_one(&after), 0);
    let page = text_of(&after, "scenarios.html");
    assert!(page.contains("2 scenarios are not shown"));
    let page = text_of(&after, "partners.html");
    assert!(page.contains("Whose money it was is not told"));
    assert!(!page.contains("was the money of"));
}

/// What is spent on an outcome is a weighted sum of activities: of one that may not be told it is not told
/// either, nor stands it beside what happened.
#[test]
fn spending_on_an_outcome_is_not_told() {
    let open = sample(&Everything);
    let section = |site: &Site| {
        let mut sections = site.outcomes.iter().map(|sheet| sheet.section.clone());
        sections.find(|section| section.code == "youth-offending" || section.open_spend().is_some())
    };
    let spent = section(&open).unwrap();
    let spend = spent.spend.as_ref().unwrap();
    let part = spend.parts.iter().find_map(|part| part.whole).unwrap();
    let site = sample(&without([part.get()]));
    let sheet = site
        .outcomes
        .iter()
        .find(|sheet| sheet.section.code == spent.code);
    let sheet = sheet.unwrap();
    assert!(sheet.section.shown.is_withheld() && sheet.section.spend.is_none());
    let page = format!("outcome-{}", spent.code);
    let after = written(site);
    assert!(text_of(&after, &format!("{page}.html")).contains("meant to help may not be shown"));
    let spending = format!("data/{page}-spending.csv");
    assert!(!after.iter().any(|(name, _)| *name == spending));
}

/// Two that are withheld are told together where the total is; of one that would be itself.
#[test]
fn what_is_withheld_together_is_said() {
    let (one, other) = {
        let open = sample(&Everything);
        let rows = rows(&open, "activity");
        (rows[0].here.size(), rows[1].here.size())
    };
    let note = |telling: Sums| {
        let after = written(sample(&telling));
        let page = text_of(&after, "place-ludlow.html");
        let after = page
            .split("id=\"place-ludlow-by-activity\"")
            .nth(1)
            .unwrap();
        let note = after.split("<p class=\"downloads\">").nth(1).unwrap();
        note.split("</p>").next().unwrap().to_owned()
    };
    let both = Pence::total([one, other]).unwrap();
    assert_eq!(
        note(Sums::of([one, other])),
        format!("2 figures are confidential, [c]; together they are {both}.")
    );
    assert_eq!(note(Sums::of([one])), "1 figure is confidential, [c].");
}

/// Under a policy each row has codes of what is known of it; for internal use tables are what they were.
#[test]
fn rows_have_codes_under_a_policy() {
    let sum = rows(&sample(&Everything), "activity")[0].here.size();
    let site = sample(&Sums::of([sum]));
    let path = "data/place-ludlow-by-activity.csv";
    let within = written(site.clone());
    assert!(!text_of(&within, path).contains("obs_status"));
    for (say, code) in [(Say::Confidential, "C"), (Say::Why, "A")] {
        let files = published(site.clone(), say);
        let table = cells(&files, path);
        assert!(table[0].ends_with(&["obs_status", "conf_status"]));
        let status = table[0].iter().position(|name| *name == "status").unwrap();
        let withheld = table.iter().find(|row| row[status] == "withheld").unwrap();
        assert!(withheld.ends_with(&["Q", code]), "{withheld:?}");
        let told = table.iter().find(|row| row[status] == "value").unwrap();
        assert_eq!(told.last(), Some(&"F"));
        assert!(["A", "E"].contains(&told[told.len() - 2]), "{told:?}");
        // No reason stands anywhere but in its code.
        let json = text_of(&files, "data/place-ludlow-by-activity.json");
        assert!(json.contains("\"amount_gbp\":null") && !json.contains("\"few\""));
        let strings = text_of(&files, "data/place-ludlow.xlsx/xl/sharedStrings.xml");
        assert!(strings.contains("[c]"));
        let package = text_of(&files, "datapackage.json");
        assert!(package.contains("obs_status: A a value") && package.contains("\"obs_status\""));
        let page = text_of(&files, "index.html");
        assert!(page.contains("Released under a policy of tests."));
        assert!(!page.contains("For internal use"));
    }
}

/// A figure counts once however many tables it stands in.
#[test]
fn figures_are_counted_once() {
    let sum = rows(&sample(&Everything), "activity")[0].here.size();
    let open = sample(&Everything).figures_told();
    assert_eq!(open.withheld, 0);
    let told = sample(&Sums::of([sum])).figures_told();
    assert!(
        told.withheld > 0 && told.told + told.withheld == open.told,
        "{told:?}"
    );
    let of_table = |name: &str| {
        let mut tables = told.tables.iter();
        tables.find(|one| one.table == name).unwrap().withheld
    };
    assert_eq!(of_table("place-ludlow-by-activity"), 1);
    let everywhere: usize = open.tables.iter().map(|table| table.told).sum();
    assert!(
        everywhere > open.told,
        "some figures stand in several tables"
    );
}
