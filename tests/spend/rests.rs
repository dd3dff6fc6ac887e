//! Coarse lines that finer ones lie inside: the finer lines count, and what they leave of the coarse line.

use super::conservation::cases;
use crate::fixtures::packs::pack;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::Phase;
use wholeplace::cube::{By, Cube, CubeError, Question};
use wholeplace::money::Pence;
use wholeplace::place::Place;

const RULE: &str = r#"
[[replaced]]
ledger = "return"
codes.activity = ["education"]
by = ["schools"]
rest = "stays"
note = "schools' own books"
"#;

/// Two areas, north with three quarters of the people; a return of the county, and finer books.
fn place(files: &[(&str, &str)], more: &str) -> (TempDir, Arc<Place>) {
    let ledger = |id: &str, phase: &str, locality: &str| {
        format!(
            r#"
[[ledger]]
id = "{id}"
name = "{id}"
source = "made up"
phase = "{phase}"
files = ["{id}-*.csv"]
[ledger.layout]
amount = ["amount"]
period = ["when"]
years = "financial"
codes.activity = ["for"]
codes.locality = ["where"]
[ledger.axes]
partner = {{ always = "council" }}
activity = {{ by = "code" }}
ages = {{ always = "all" }}
group = {{ always = "everyone" }}
locality = {locality}
"#
        )
    };
    let county = r#"{ always = "county" }"#;
    let by_code = r#"{ by = "code" }"#;
    let mut toml = String::from(
        r#"[place]
name = "Small"
locality = "county"
residents = "people"
age_bands = ["0-90"]
[[localities]]
rows = [{ code = "county", level = "county" }, { code = "north", level = "area", parent = "county" }, { code = "south", level = "area", parent = "county" }]
[[activities]]
rows = [{ code = "education" }, { code = "roads" }]
[[groups]]
rows = [{ code = "everyone" }]
[[partners]]
rows = [{ code = "council" }]
[[driver]]
code = "people"
name = "people"
class = "population"
source = "made up"
tables = [{ rows = [{ locality = "north", mass = "30" }, { locality = "south", mass = "10" }] }]
[[sharing]]
driver = "people"
"#,
    );
    toml.push_str(&ledger("return", "outturn", county));
    for id in ["schools", "nurseries"] {
        if files.iter().any(|(name, _)| name.starts_with(id)) {
            toml.push_str(&ledger(id, "outturn", by_code));
        }
    }
    if files.iter().any(|(name, _)| name.starts_with("planned")) {
        toml.push_str(&ledger("planned", "budget", by_code));
    }
    toml.push_str(more);
    let texts: Vec<(String, String)> = (files.iter())
        .map(|(name, rows)| ((*name).to_owned(), format!("for,where,when,amount\n{rows}")))
        .chain([("place.toml".to_owned(), toml)])
        .collect();
    let shown: Vec<(&str, &str)> = (texts.iter())
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let folder = pack(&shown);
    let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    (folder, place)
}

fn year(cube: &Cube) -> Question<'_> {
    (cube.ask().period("2017-18".parse().unwrap()))
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners)
}

/// Education £100.00, of which two schools spent £30.00 and £25.00; the £45.00 that they leave are shared
/// three to one, as are £7.00 of roads. North: 30.00 + 33.75 + 5.25; south: 25.00 + 11.25 + 1.75.
#[test]
fn the_rest_stays_on_the_coarse_line() {
    let files = [
        (
            "return-17.csv",
            "education,county,2017-18,100.00\nroads,county,2017-18,7.00\n",
        ),
        // Nothing coarse is held of 2016-17.
        (
            "schools-17.csv",
            "education,north,2017-18,30.00\neducation,south,2017-18,25.00\neducation,north,2016-17,12.00\n",
        ),
    ];
    let (_folder, place) = place(&files, RULE);
    let account = PlaceAccount::load(&place).unwrap();
    assert!(account.findings().is_empty(), "{}", account.findings());
    assert_eq!(account.total().to_string(), "£119.00");
    assert_eq!(account.line_count(), 5);
    let told = account.reconciliation().to_string();
    assert!(account.reconciliation().holds(), "{told}");
    let step = (account.reconciliation().steps.iter())
        .find(|step| step.name == "ledger `return`, 2017-18: what finer lines leave of 1 line")
        .unwrap();
    let [inside] = step.differences.as_slice() else {
        panic!("{step:?}");
    };
    assert_eq!(
        [step.incoming, inside.pence, step.outgoing].map(|p| p.to_string()),
        ["£100.00", "-£55.00", "£45.00"]
    );
    assert_eq!(
        inside.name,
        "counted in the detail of schools: schools' own books (2 finer lines)"
    );

    let cube = Cube::build(&account).unwrap();
    let by_area = year(&cube).by([By::Locality("area".into())]);
    let answer = by_area.answer().unwrap();
    let amounts: Vec<String> = (answer.rows.iter())
        .map(|row| row.figure.amount.to_string())
        .collect();
    assert_eq!(amounts, ["£69.00", "£38.00"]);
    assert_eq!(answer.total.amount.to_string(), "£107.00");
    assert_eq!(
        answer.rows[0].figure.composition.direct.to_string(),
        "£30.00"
    );

    // How that came about stands with the line.
    let told = by_area.explain(Some(0), &account).unwrap().to_string();
    assert!(told.contains("return return-17.csv:2 £45.00"), "{told}");
    assert!(
        told.contains("the rest of £100.00, of which £55.00 is counted in the detail of schools: schools' own books"),
        "{told}"
    );
}

#[test]
fn months_lie_inside_a_year_and_a_budget_inside_no_outturn() {
    let files = [
        ("return-17.csv", "education,county,2017-18,100.00\n"),
        (
            "schools-17.csv",
            "education,north,Jun 2017,10.00\neducation,north,Mar 2018,2.50\neducation,north,Apr 2018,4.00\n",
        ),
        ("planned-17.csv", "education,north,2017-18,77.00\n"),
    ];
    let rule = RULE.replace("[\"schools\"]", "[\"schools\", \"planned\"]");
    let (_folder, place) = place(&files, &rule);
    let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
    assert_eq!(
        year(&cube).answer().unwrap().total.amount.to_string(),
        "£100.00"
    );
    assert_eq!(
        cube.total().to_string(),
        "£181.00",
        "100 + 4 of April 2018 + 77 planned"
    );
}

/// Each of two finer ledgers has a rule of its own, and both are inside one line.
#[test]
fn two_rules_take_from_one_line() {
    let files = [
        ("return-17.csv", "education,county,2017-18,100.00\n"),
        ("schools-17.csv", "education,north,2017-18,55.00\n"),
        ("nurseries-17.csv", "education,south,2017-18,20.00\n"),
    ];
    let second = RULE.replace("schools", "nurseries");
    let (_folder, place) = place(&files, &format!("{RULE}{second}"));
    let account = PlaceAccount::load(&place).unwrap();
    assert!(account.findings().is_empty(), "{}", account.findings());
    assert_eq!(account.total().to_string(), "£100.00");
    let line = account
        .lines()
        .find(|(mapped, ..)| mapped.ledger().id() == "return");
    let (_, line, _) = line.unwrap();
    assert_eq!(line.pence().to_string(), "£25.00");
    assert_eq!(line.written().to_string(), "£100.00");
    let outgoing: Vec<String> = (account.reconciliation().steps.iter())
        .filter(|step| step.name.contains("what finer lines leave"))
        .map(|step| format!("{} to {}", step.incoming, step.outgoing))
        .collect();
    assert_eq!(outgoing, ["£100.00 to £45.00", "£45.00 to £25.00"]);
}

/// Finer lines that come later would leave less: the two cannot be put together.
#[test]
fn later_finer_lines_are_not_appended() {
    let files = [
        ("return-17.csv", "education,county,2017-18,100.00\n"),
        ("schools-a.csv", "education,north,2017-18,30.00\n"),
        ("schools-b.csv", "education,south,2017-18,25.00\n"),
        ("schools-c.csv", "education,south,2016-17,9.00\n"),
    ];
    let (_folder, place) = place(&files, RULE);
    let load =
        |names: &[&str]| PlaceAccount::load_files(&place, |_, file| names.contains(&file)).unwrap();
    let first = Cube::build(&load(&["return-17.csv", "schools-a.csv"])).unwrap();
    assert_eq!(first.total().to_string(), "£100.00");
    let refused = first.append(&load(&["schools-b.csv"]));
    assert!(matches!(refused, Err(CubeError::WouldReplace { .. })));
    let both = first.append(&load(&["schools-c.csv"])).unwrap();
    assert_eq!(both.total().to_string(), "£109.00");
}

/// A line with finer lines inside it that come to more is a fault, and the account still comes to what
/// the coarse line says.
#[test]
fn a_rest_below_zero_is_a_fault_with_pounds() {
    let files = [
        ("return-17.csv", "education,county,2017-18,100.00\n"),
        ("schools-17.csv", "education,north,2017-18,130.25\n"),
    ];
    let (_folder, place) = place(&files, RULE);
    let account = PlaceAccount::load(&place).unwrap();
    let [finding] = account.findings().by_money()[..] else {
        panic!("{}", account.findings());
    };
    assert_eq!(finding.rule, "rest-below-zero");
    assert_eq!(finding.at_stake, Some(Pence::new(3_025)));
    assert_eq!(account.total().to_string(), "£100.00");
    assert!(account.reconciliation().holds());
}

/// Income lies inside income; nothing lies inside nothing.
#[test]
fn a_rest_has_the_sign_of_its_line() {
    let of = |coarse: &str, finer: &str| {
        let coarse = format!("education,county,2017-18,{coarse}\n");
        let finer = format!("education,north,2017-18,{finer}\n");
        let files = [
            ("return-17.csv", coarse.as_str()),
            ("schools-17.csv", finer.as_str()),
        ];
        let (_folder, place) = place(&files, RULE);
        let account = PlaceAccount::load(&place).unwrap();
        let (_, rest, _) = account.lines().next().unwrap();
        let told = account.findings().iter().next();
        let told = told.map(|finding| (finding.rule.clone(), finding.at_stake));
        (account.total().to_string(), rest.pence().to_string(), told)
    };
    let said = |total: &str, rest: &str| (total.to_owned(), rest.to_owned(), None);
    assert_eq!(of("-100.00", "-30.00"), said("-£100.00", "-£70.00"));
    // Finer income inside spending: the other lines spent more.
    assert_eq!(of("100.00", "-5.00"), said("£100.00", "£105.00"));
    assert_eq!(of("100.00", "100.00"), said("£100.00", "£0.00"));
    let fault = |pence: i64| Some(("rest-below-zero".to_owned(), Some(Pence::new(pence))));
    let (total, rest, told) = of("-100.00", "-130.00");
    assert_eq!(
        (total.as_str(), rest.as_str(), told),
        ("-£100.00", "£30.00", fault(3_000))
    );
    let (total, rest, told) = of("0.00", "5.00");
    assert_eq!(
        (total.as_str(), rest.as_str(), told),
        ("£0.00", "-£5.00", fault(500))
    );
}

/// The financial year, or a month of it: 1 is April.
fn when(year: u8, month: u8) -> String {
    const MONTHS: [&str; 12] = [
        "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar",
    ];
    match month {
        0 => format!("20{}-{}", 10 + year, 11 + year),
        month => {
            let calendar = 2010 + u16::from(year) + u16::from(month > 9);
            format!("{} {calendar}", MONTHS[usize::from(month) - 1])
        }
    }
}

fn rows(area: &str, lines: &[(String, i64)]) -> String {
    let row = |(when, pence): &(String, i64)| {
        let sign = if *pence < 0 { "-" } else { "" };
        let size = pence.unsigned_abs();
        format!(
            "education,{area},{when},{sign}{}.{:02}\n",
            size / 100,
            size % 100
        )
    };
    lines.iter().map(row).collect()
}

proptest! {
    #![proptest_config(cases(64))]

    /// Whatever the lines are: a year with coarse lines comes to what these say, a year without to its
    /// finer lines, and every step holds.
    #[test]
    fn finer_lines_change_no_total(
        coarse in prop::collection::vec((0u8..3, 1i64..50_000), 1..5),
        finer in prop::collection::vec((0u8..4, 0u8..13, -3_000i64..30_000), 0..8),
    ) {
        let of_return: Vec<(String, i64)> =
            coarse.iter().map(|(year, pence)| (when(*year, 0), *pence)).collect();
        let of_schools: Vec<(String, i64)> =
            finer.iter().map(|(year, month, pence)| (when(*year, *month), *pence)).collect();
        let (one, two) = (rows("county", &of_return), rows("north", &of_schools));
        let mut files = vec![("return-17.csv", one.as_str())];
        if !finer.is_empty() {
            files.push(("schools-17.csv", two.as_str()));
        }
        let rule = if finer.is_empty() { "" } else { RULE };
        let (_folder, place) = place(&files, rule);
        let account = PlaceAccount::load(&place).unwrap();
        prop_assert!(account.reconciliation().holds(), "{}", account.reconciliation());
        let mut years: BTreeMap<u8, (i64, i64, bool)> = BTreeMap::new();
        for (year, pence) in &coarse {
            let of = years.entry(*year).or_default();
            of.0 += pence;
            of.2 = true;
        }
        for (year, _, pence) in &finer {
            years.entry(*year).or_default().1 += pence;
        }
        let expected: i64 = years.values().map(|(coarse, finer, held)| if *held { *coarse } else { *finer }).sum();
        prop_assert_eq!(account.total().get(), expected);
        let below = years.values().filter(|(coarse, finer, held)| *held && finer > coarse).count();
        let told = account.findings().iter().filter(|finding| finding.rule == "rest-below-zero").count();
        prop_assert_eq!(told, below);
        let cube = Cube::build(&account).unwrap();
        prop_assert_eq!(cube.total(), account.total());
    }
}
