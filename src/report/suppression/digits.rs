//! No file holds a withheld sum in any writing.

use super::sites::{PARTNERS, partners, sample, written};
use super::withholding::Sums;
use super::writings::{holding, text_of};
use crate::cube::Range;
use crate::disclosure::Everything;
use crate::money::Pence;
use crate::report::content::{LocalityReport, PlacePage, SectionRow};
use std::path::Path;

/// The page of Ludlow.
fn ludlow(report: &LocalityReport) -> &PlacePage {
    let mut pages = report.places.iter();
    pages.find(|page| page.code == "ludlow").unwrap()
}

/// One activity of a place, with a sum that is recorded for nothing else.
fn one_row(page: &PlacePage) -> &SectionRow {
    let activities = page.sections.iter().find(|one| one.axis == "activity");
    let mut rows = activities.into_iter().flat_map(|section| &section.rows);
    let large = |row: &&SectionRow| {
        let sum = row.shown().pence();
        sum.is_some_and(|sum| sum.get() > 1_000_000)
    };
    rows.find(large).unwrap()
}

/// The ends of a range that are not the sum itself.
fn ends(range: Option<Range>, sum: Pence) -> Vec<Pence> {
    let range = range.unwrap();
    let ends = [range.lowest, range.highest].into_iter();
    let ends: Vec<Pence> = ends.filter(|&end| end != sum).collect();
    assert!(!ends.is_empty(), "{range:?}");
    ends
}

#[test]
fn a_withheld_figure_stands_in_nothing_that_is_written() {
    let open = sample(&Everything);
    let (sum, each, ends) = {
        let row = one_row(ludlow(&open.report));
        let sum = row.shown().pence().unwrap();
        let each = row.here.per_head().unwrap();
        (sum, each, ends(row.range(&open.report), sum))
    };
    let before = written(open);
    let known = holding(&before, sum);
    for name in [
        "text",
        "to_csv",
        "to_json",
        "place-ludlow.html",
        "made-ludlow.html",
        "data/place-ludlow-by-activity.csv",
        "data/place-ludlow-by-activity.json",
        "data/place-ludlow-by-activity.parquet",
        "data/place-ludlow.xlsx/xl/worksheets/sheet3.xml",
    ] {
        assert!(known.contains(&name), "{name} holds it: {known:?}");
    }
    for &end in &ends {
        let known = holding(&before, end);
        assert!(
            known.contains(&"data/place-ludlow-by-activity.csv"),
            "{known:?}"
        );
    }
    for public in [false, true] {
        let telling = Sums {
            public,
            ..Sums::of([sum])
        };
        let after = written(sample(&telling));
        // What it comes to a head may be that of another figure too; on its own page it stands for none.
        for hidden in ends.iter().copied().chain([sum]) {
            assert_eq!(holding(&after, hidden), Vec::<&str>::new(), "{hidden}");
        }
        let page = text_of(&after, "data/place-ludlow-by-activity.csv");
        assert!(!page.contains(&format!(",{},", each.to_plain())), "{page}");
        for (name, words) in [
            ("text", "[c]"),
            ("to_csv", ",withheld,"),
            ("to_json", "\"withheld\""),
            (
                "place-ludlow.html",
                "<span title=\"confidential\">[c]</span>",
            ),
            ("made-ludlow.html", "What it is made of may not be shown."),
            ("data/place-ludlow-by-activity.csv", ",withheld,"),
        ] {
            assert!(text_of(&after, name).contains(words), "{name} says {words}");
        }
    }
}

#[test]
fn a_withheld_total_stands_in_nothing_that_is_written() {
    let open = sample(&Everything);
    let (sum, hidden) = {
        let page = ludlow(&open.report);
        let sum = page.shown().pence().unwrap();
        let (lowest, highest) = page.range_a_head(&open.report).unwrap();
        let mut hidden = ends(page.range(&open.report), sum);
        hidden.extend([lowest, highest, sum]);
        (sum, hidden)
    };
    assert!(!holding(&written(open), sum).is_empty());
    let after = written(sample(&Sums::of([sum])));
    for hidden in hidden {
        assert_eq!(holding(&after, hidden), Vec::<&str>::new(), "{hidden}");
    }
    let page = text_of(&after, "place-ludlow.html");
    assert!(page.contains("What was spent in Ludlow may not be shown."));
}

/// Every sum of the partners' place that stands in one of its tables, one after the other: whatever is withheld
/// by itself is in no file.
#[test]
fn each_sum_of_the_partners_can_be_withheld() {
    let folder = Path::new(PARTNERS);
    let open = partners(folder, true, &Everything);
    let pages = std::iter::once(&open.report.whole).chain(&open.report.places);
    let crossings = pages.flat_map(|page| &page.crossings);
    let mut sums: Vec<Pence> = (crossings.filter_map(|one| one.shown().pence()))
        // Round thousands are said of other things too, such as what a scenario would move.
        .filter(|sum| sum.get() % 100_000 != 0)
        .collect();
    sums.sort();
    sums.dedup();
    assert!(sums.len() > 1, "{sums:?}");
    let before = written(open);
    for sum in sums {
        assert!(!holding(&before, sum).is_empty(), "{sum}");
        let after = written(partners(folder, true, &Sums::of([sum])));
        assert_eq!(holding(&after, sum), Vec::<&str>::new(), "{sum}");
    }
}
