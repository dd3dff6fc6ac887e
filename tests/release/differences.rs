//! Where places differ from the whole: figures that were worked out with a pencil.

use crate::fixtures::packs::pack;
use std::collections::BTreeMap;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::Phase;
use wholeplace::cube::Cube;
use wholeplace::disclosure::{Released, Why};
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::report::{
    LocalityReport, PlacePage, ReportScope, SectionRow, Site, SiteSources, place_text, site_files,
    standing_out, to_csv, to_json,
};

/// Town has 100 residents, hills 300; of each a fifth are children.
///
/// | a head in | town: own | by residents | parks by need | county | range of the difference |
/// |---|---|---|---|---|---|
/// | care, recorded | £30.00 | £30.00 | £30.00 | £10.00 | +£20.00 |
/// | roads, 1/5 of miles | £8.00 | £10.00 | £8.00 | £10.00 | -£2.00 to nothing |
/// | parks, 3/10 of users, half of need | £12.00 | £10.00 | £20.00 | £10.00 | nothing to £10.00 |
/// | all | £50.00 | £50.00 | £58.00 | £30.00 | £20.00 to £28.00 |
const PACK: &str = r#"[place]
name = "Small"
locality = "county"
residents = "people"
age_bands = ["0-17", "18+"]
[[localities]]
rows = [{ code = "county", name = "County", level = "county" }, { code = "town", name = "Town", level = "area", parent = "county" }, { code = "hills", name = "Hills", level = "area", parent = "county" }]
[[activities]]
rows = [{ code = "care", name = "Care", level = "theme" }, { code = "roads", name = "Roads", level = "theme" }, { code = "parks", name = "Parks", level = "theme" }]
[[groups]]
rows = [{ code = "everyone" }]
[[partners]]
rows = [{ code = "council", name = "The council" }]

[[driver]]
code = "people"
name = "people"
class = "population"
source = "made up"
[[driver.tables]]
rows = [
    { locality = "town", ages = "0-17", mass = "20" },
    { locality = "town", ages = "18+", mass = "80" },
    { locality = "hills", ages = "0-17", mass = "60" },
    { locality = "hills", ages = "18+", mass = "240" },
]
[[driver]]
code = "miles"
name = "miles of road"
class = "driver"
ages_by = "people"
source = "made up"
tables = [{ rows = [{ locality = "town", mass = "1" }, { locality = "hills", mass = "4" }] }]
[[driver]]
code = "users"
name = "users of parks"
class = "driver"
ages_by = "people"
source = "made up"
tables = [{ rows = [{ locality = "town", mass = "3" }, { locality = "hills", mass = "7" }] }]
[[driver]]
code = "need"
name = "need of parks"
class = "driver"
ages_by = "people"
source = "made up"
tables = [{ rows = [{ locality = "town", mass = "1" }, { locality = "hills", mass = "1" }] }]

[[sharing]]
activity = "roads"
driver = "miles"
[[sharing]]
activity = "parks"
driver = "users"
[[sharing]]
driver = "people"

[[ledger]]
id = "spent"
name = "spent"
source = "made up"
phase = "outturn"
files = ["spent.csv"]
[ledger.layout]
amount = ["amount"]
period = ["when"]
years = "financial"
codes.activity = ["for"]
codes.locality = ["where"]
[ledger.axes]
partner = { always = "council" }
activity = { by = "code" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { by = "code" }
"#;

const ALTERNATIVES: &str = r#"
[[alternative]]
code = "by-residents"
name = "all by residents"
sharing = [{ driver = "people" }]
[[alternative]]
code = "by-need"
name = "parks by need"
sharing = [{ activity = "parks", driver = "need" }]
"#;

const SPENT: &str = "where,for,when,amount\n\
    town,care,2017-18,3000.00\n\
    hills,care,2017-18,1000.00\n\
    county,roads,2017-18,4000.00\n\
    county,parks,2017-18,4000.00\n";

fn cube(pack_text: &str, spent: &str) -> Cube {
    let folder = pack(&[("place.toml", pack_text), ("spent.csv", spent)]);
    let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let account = PlaceAccount::load(&place).unwrap();
    assert!(account.findings().is_empty(), "{}", account.findings());
    Cube::build(&account).unwrap()
}

fn scope() -> ReportScope {
    ReportScope {
        level: "area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2017-18".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    }
}

fn report_of(pack_text: &str, spent: &str) -> LocalityReport {
    LocalityReport::build(&cube(pack_text, spent), &scope()).unwrap()
}

fn with_alternatives() -> String {
    format!("{PACK}{ALTERNATIVES}")
}

fn page<'a>(report: &'a LocalityReport, code: &str) -> &'a PlacePage {
    report.places.iter().find(|page| page.code == code).unwrap()
}

fn row<'a>(page: &'a PlacePage, axis: &str, code: &str) -> &'a SectionRow {
    let section = page.sections.iter().find(|section| section.axis == axis);
    let row = section.unwrap().rows.iter().find(|row| row.code == code);
    row.unwrap()
}

/// Of one activity: here, in the whole, more, at least, at most; in pence.
fn difference(report: &LocalityReport, place: &str, activity: &str) -> Option<[i64; 5]> {
    let row = row(page(report, place), "activity", activity);
    let one = report.difference("activity", row)?.a_head;
    Some([one.here, one.whole, one.more, one.least, one.most].map(Pence::get))
}

fn in_all(report: &LocalityReport, place: &str) -> Option<[i64; 5]> {
    let one = report.difference_of(page(report, place))?;
    Some([one.here, one.whole, one.more, one.least, one.most].map(Pence::get))
}

#[test]
fn a_difference_is_shown_if_it_is_as_large_as_its_range() {
    let report = report_of(&with_alternatives(), SPENT);
    let of = |place, activity| difference(&report, place, activity);
    assert_eq!(of("town", "care"), Some([3000, 1000, 2000, 2000, 2000]));
    // £1,000.00 for 300 is £3.33; the difference is a third of £20.00 the other way.
    assert_eq!(of("hills", "care"), Some([333, 1000, -667, -667, -667]));
    // As large as its range.
    assert_eq!(of("town", "roads"), Some([800, 1000, -200, -200, 0]));
    assert_eq!(of("hills", "roads"), Some([1067, 1000, 67, 0, 67]));
    // £2.00 that may be nothing or £10.00.
    assert_eq!(of("town", "parks"), None);
    assert_eq!(of("hills", "parks"), None);
    assert_eq!(
        in_all(&report, "town"),
        Some([5000, 3000, 2000, 2000, 2800])
    );
    assert_eq!(
        in_all(&report, "hills"),
        Some([2333, 3000, -667, -933, -667])
    );
    let shown = report.standing_out(page(&report, "town"));
    let told: Vec<(&str, &str, i64)> = (shown.iter())
        .map(|one| (one.axis, one.row.code.as_str(), one.a_head.more.get()))
        .collect();
    // Most money first; a head of an age is of those of that age.
    assert_eq!(
        told,
        [
            ("activity", "care", 2000),
            ("activity", "roads", -200),
            ("ages", "18+", 2000),
            ("ages", "0-17", 2000),
            ("partner", "council", 2000),
        ]
    );
}

/// £2.00 less on roads a head of the town, between nothing by residents and what a third set of rules makes of
/// it. 7 of 36: £777.78, £2.22 less a head, of which £2.00 is nine tenths. 19 of 98: £775.51, £2.24 less, of
/// which nine tenths are £2.02. 3 of 16: £750.00, £2.50 less.
#[test]
fn a_difference_of_less_than_nine_tenths_of_its_range_is_not_shown() {
    for (town, hills, lowest, shown) in [
        (7, 29, 77_778, true),
        (19, 79, 77_551, false),
        (3, 13, 75_000, false),
    ] {
        let wider = format!(
            r#"[[alternative]]
code = "wider"
name = "roads by need"
sharing = [{{ activity = "roads", driver = "fewer" }}]
[[driver]]
code = "fewer"
name = "fewer miles"
class = "driver"
ages_by = "people"
source = "made up"
tables = [{{ rows = [{{ locality = "town", mass = "{town}" }}, {{ locality = "hills", mass = "{hills}" }}] }}]
"#
        );
        let report = report_of(&format!("{}{wider}", with_alternatives()), SPENT);
        let roads = row(page(&report, "town"), "activity", "roads");
        let range = roads.range(&report).unwrap();
        assert_eq!(
            [range.lowest, range.central, range.highest].map(Pence::get),
            [lowest, 80_000, 100_000]
        );
        assert_eq!(range.lowest_by.as_deref(), Some("roads by need"));
        assert_eq!(range.highest_by.as_deref(), Some("all by residents"));
        let found = difference(&report, "town", "roads");
        assert_eq!(
            found.is_some(),
            shown,
            "{town} of {}: {found:?}",
            town + hills
        );
    }
}

#[test]
fn where_all_are_alike_nothing_stands_out() {
    let spent = "where,for,when,amount\ncounty,care,2017-18,4000.00\n";
    let report = report_of(&with_alternatives(), spent);
    for place in ["town", "hills"] {
        assert_eq!(in_all(&report, place), None);
        assert!(report.standing_out(page(&report, place)).is_empty());
    }
}

#[test]
fn without_alternatives_nobody_can_say() {
    let report = report_of(PACK, SPENT);
    assert_eq!(difference(&report, "town", "care"), None);
    assert_eq!(in_all(&report, "town"), None);
    assert_eq!(page(&report, "town").range(&report), None);
    let files = files_of(PACK);
    let town = &files["place-town.html"];
    assert!(town.contains("What stands out here"), "{town}");
    assert!(
        town.contains("The pack names no other sharing rules, so that nobody can say"),
        "{town}"
    );
    assert!(!town.contains("other rules"), "{town}");
    assert!(!files.contains_key("data/place-town-differences.csv"));
    assert!(!files["data/place-town-by-activity.csv"].contains("lowest_gbp"));
    let rows = &files["data/index-a-head-by-activity.csv"];
    let care = rows.lines().find(|line| line.starts_with("care,Care,town"));
    let care = care.unwrap();
    assert!(care.contains(",30.00,,,,,10.00,,"), "{care}");
}

#[test]
fn a_withheld_figure_has_no_range_and_no_difference() {
    let mut report = report_of(&with_alternatives(), SPENT);
    let hide = |report: &mut LocalityReport, place: &str, activity: &str| {
        let whole = &mut report.whole;
        let page = if place == "county" {
            whole
        } else {
            (report.places.iter_mut().find(|page| page.code == place)).unwrap()
        };
        let section = page.sections.iter_mut().find(|one| one.axis == "activity");
        let row = section.unwrap().rows.iter_mut();
        row.filter(|row| row.code == activity)
            .for_each(|row| row.here = row.here.clone().withhold(Why::Few));
    };
    hide(&mut report, "town", "care");
    assert_eq!(difference(&report, "town", "care"), None);
    let care = row(page(&report, "town"), "activity", "care");
    assert_eq!(
        (care.range(&report), care.range_a_head(&report)),
        (None, None)
    );
    // The other place still has its own; where that of the whole is hidden, none has.
    assert!(difference(&report, "hills", "care").is_some());
    hide(&mut report, "county", "care");
    assert_eq!(difference(&report, "hills", "care"), None);
    page_total_hidden(report);
}

fn page_total_hidden(mut report: LocalityReport) {
    report.places[0].total = report.places[0].total.clone().withhold(Why::Few);
    let town = &report.places[0];
    assert_eq!(town.code, "town");
    assert_eq!(report.difference_of(town), None);
    assert_eq!(
        (town.range(&report), town.range_a_head(&report)),
        (None, None)
    );
}

/// Every text file of the site.
fn files_of(pack_text: &str) -> BTreeMap<String, String> {
    let cube = cube(pack_text, SPENT);
    let scope = scope();
    let sources = SiteSources::of(&cube, &scope);
    let site = Site::build(&sources).unwrap();
    let site = Released::for_internal_use(site, "a test").unwrap();
    let files = site_files(&site).unwrap().into_iter();
    files
        .filter_map(|file| Some((file.path, String::from_utf8(file.bytes).ok()?)))
        .collect()
}

#[test]
fn pages_and_files_say_what_stands_out_and_between_what_it_lies() {
    let files = files_of(&with_alternatives());
    let town = &files["place-town.html"];
    for said in [
        "<b>£50.00</b> for each of its 100 residents; between £50.00 and £58.00 under the pack's other rules",
        "In all £20.00 a head more is spent here than in County as a whole (+£20.00 to +£28.00 under the pack's other rules).",
        "Furthest above County is Care: +£20.00 a head. Furthest below County is Roads: -£2.00 a head.",
        "all by residents; parks by need",
        "people of 18+",
    ] {
        let page = town.replace("&#39;", "'");
        assert!(page.contains(said), "{said}");
    }
    let csv = &files["data/place-town-differences.csv"];
    let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
    assert!(
        lines[0].starts_with("place_code,place_name,axis,member_code,what,per_head_gbp,whole_per_head_gbp,more_gbp,least_gbp,most_gbp,"),
        "{csv}"
    );
    assert!(
        lines[2].starts_with("town,Town,activity,roads,Roads,8.00,10.00,-2.00,-2.00,0.00,"),
        "{csv}"
    );
    assert_eq!(lines.len(), 6);
    // Every place by activity.
    let county = &files["index.html"];
    for said in [
        "Where places differ",
        "least: Town £8.00",
        "most: Hills £10.67",
        "Roads: from £8.00 a head in Town to £10.67 in Hills; County £10.00; 2 of 2 differ",
        "Parks: from £9.33 a head in Hills to £12.00 in Town; County £10.00; 0 of 2 differ",
    ] {
        assert!(county.contains(said), "{said}");
    }
    let csv = &files["data/index-a-head-by-activity.csv"];
    let parks = csv
        .lines()
        .find(|line| line.starts_with("parks,Parks,town"));
    let parks = parks.unwrap();
    assert!(
        parks.starts_with(
            "parks,Parks,town,Town,value,12.00,10.00,all by residents,20.00,parks by need,10.00,no,"
        ),
        "{parks}"
    );
    let csv = &files["data/place-town-by-activity.csv"];
    let (header, parks) = (csv.lines().next().unwrap(), csv.lines().nth(3).unwrap());
    assert!(
        header.ends_with(",terms,lowest_gbp,lowest_by,highest_gbp,highest_by"),
        "{header}"
    );
    assert!(
        parks.ends_with(",1000.00,all by residents,2000.00,parks by need"),
        "{parks}"
    );
    let finest = &files["data/spending.csv"];
    assert!(!finest.contains("lowest_gbp"), "{finest}");
}

#[test]
fn text_and_open_data_have_the_same() {
    let report = report_of(&with_alternatives(), SPENT);
    let report = Released::for_internal_use(report, "a test").unwrap();
    let text = place_text(&report, page(report.get(), "town"));
    let squeezed = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said =
        "£50.00 for each of 100 residents (between £50.00 and £58.00 under the pack's other rules)";
    assert!(squeezed.contains(said), "{text}");
    let csv = to_csv(&report).unwrap();
    let total = csv.lines().find(|line| line.starts_with("total,town,"));
    let total = total.unwrap();
    assert!(
        total.ends_with(",5000.00,the pack's own rules,5800.00,parks by need"),
        "{total}"
    );
    let json = to_json(&report).unwrap();
    assert!(json.contains("\"differences\"") && json.contains("\"index-a-head-by-activity\""));
    let table = standing_out(&report).to_string();
    let table = table.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        table.contains("Care £30.00 £10.00 +£20.00 +£20.00 to +£20.00"),
        "{table}"
    );
}
