//! Outcomes and indicators of a small county, written as the tables that a pack would have.
//!
//! The county has three areas of two or three wards each; the tests give the indicators, the
//! figures, and whatever else the outcomes file is to say.

use proptest::prelude::*;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use tempfile::TempDir;
use wholeplace::axis::{LocalityId, Period};
use wholeplace::indicator::{
    AgainstForecast, AgainstTarget, AgainstValue, Area, Cohort, CohortError, Count, Direction,
    IndicatorError, Indicators, Knowledge, Observation, Progress, Ranking, Status, Years,
};
use wholeplace::place::Place;
use wholeplace::statistic::{Confidence, Estimate, Simulation, StatisticError, wilson};

pub const WARDS: [&str; 7] = ["n1", "n2", "n3", "s1", "s2", "e1", "e2"];

const PLACE: &str = r#"[place]
name = "Small"
locality = "county"
residents = "people"
outcomes = "outcomes.toml"

[[localities]]
rows = [
    { code = "county", name = "County", level = "county" },
    { code = "north", name = "North", level = "area", parent = "county" },
    { code = "south", name = "South", level = "area", parent = "county" },
    { code = "east", name = "East", level = "area", parent = "county" },
    { code = "n1", level = "ward", parent = "north" },
    { code = "n2", level = "ward", parent = "north" },
    { code = "n3", level = "ward", parent = "north" },
    { code = "s1", level = "ward", parent = "south" },
    { code = "s2", level = "ward", parent = "south" },
    { code = "e1", level = "ward", parent = "east" },
    { code = "e2", level = "ward", parent = "east" },
]

[[activities]]
rows = [
    { code = "everything", level = "all" },
    { code = "youth", level = "theme", parent = "everything" },
    { code = "youth-justice", name = "Youth justice", level = "service", parent = "youth" },
    { code = "youth-work", name = "Youth work", level = "service", parent = "youth" },
    { code = "roads", level = "theme", parent = "everything" },
]

[[groups]]
rows = [{ code = "everyone" }, { code = "in-care", parent = "everyone" }]

[[tags]]
rows = [{ code = "care-leaver" }]

[[partners]]
rows = [{ code = "council", name = "The Council" }, { code = "police", name = "The Police" }]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ file = "people.csv" }]

[[sharing]]
driver = "people"

[[ledger]]
id = "spent"
name = "Spent"
source = "made up"
phase = "outturn"
files = ["spent.csv"]

[ledger.layout]
amount = ["pounds"]
period = ["year"]
years = "financial"
codes.partner = ["partner"]
codes.activity = ["for"]
codes.locality = ["where"]

[ledger.axes]
partner = { by = "code" }
activity = { by = "code" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { by = "code" }
"#;

/// What one test gives; nothing else is in its pack.
#[derive(Default)]
pub struct Given {
    /// Of `outcomes.toml`, after its head.
    pub toml: String,
    /// Rows of `figures.csv`: `indicator,part,area,period,value,mark`.
    pub figures: String,
    /// Rows of `spent.csv`: `partner,for,where,year,pounds`.
    pub spent: String,
}

/// The first lines of every outcomes file here.
pub const HEAD: &str = r#"headline_at_most = 2
notes = ["Made up."]

[[outcomes]]
rows = [
    { code = "safe", name = "Fewer offend", lead = "council" },
    { code = "well", name = "More are well" },
]
"#;

const MARKS: &str = r#"marks = { c = "suppressed", z = "not-applicable", "-" = "unavailable", x = "not-collected", p = "provisional", e = "estimated" }
"#;

/// An inline row with a default for all that an indicator must say; `fields` are `key=value`,
/// with semicolons between.
pub fn indicator(fields: &str) -> String {
    let mut all: BTreeMap<&str, &str> = BTreeMap::from([
        ("code", "share"),
        ("name", "Share"),
        ("accountability", "population"),
        ("better", "lower"),
        ("form", "proportion"),
        ("per", "100"),
        ("unit", "%"),
        ("level", "ward"),
        ("years", "financial"),
        ("publisher", "Board"),
        ("source", "made up"),
    ]);
    for field in fields.split(';').map(str::trim).filter(|f| !f.is_empty()) {
        let (key, value) = field.split_once('=').unwrap();
        all.insert(key.trim(), value.trim());
    }
    let fields: Vec<String> = (all.iter())
        .map(|(key, value)| format!("{key} = \"{value}\""))
        .collect();
    format!("{{ {} }}", fields.join(", "))
}

/// `[[indicators]]` with a row for each.
pub fn indicators(rows: &[&str]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("    {},\n", indicator(row)))
        .collect();
    format!("\n[[indicators]]\nrows = [\n{}]\n", rows.concat())
}

/// Codes of the indicators of a file, for the rows of `series`.
fn codes(toml: &str) -> Vec<String> {
    let inside = toml.split("[[indicators]]").nth(1).unwrap_or("");
    let inside = inside.split("\n]").next().unwrap_or("");
    (inside.lines())
        .filter_map(|line| {
            line.split(" code = \"")
                .nth(1)
                .or_else(|| line.split("{ code = \"").nth(1))
        })
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}

impl Given {
    /// The pack in a folder. A test that gives `[[observations]]` itself gives `[[series]]` too.
    pub fn folder(&self) -> TempDir {
        let mut toml = format!("{HEAD}{}", self.toml);
        if !toml.contains("[[observations]]") {
            toml.push_str("\n[[observations]]\ndataset = \"figures\"\nlimits_at = 0.95\n");
            toml.push_str(MARKS);
            toml.push_str(
                "table = { file = \"figures.csv\", columns = { series = \"indicator\", \
                 series_2 = \"part\", status = \"mark\" }, source = \"made up\" }\n",
            );
            // Only series that have a row: one without is a finding of its own.
            let parts = ["value", "numerator", "denominator", "lower", "upper"];
            let given = |code: &str, part: &str| {
                let start = format!("{code},{part},");
                self.figures
                    .lines()
                    .any(|line| line.trim().starts_with(&start))
            };
            let all = codes(&toml);
            let series: Vec<(&String, &str)> = (all.iter())
                .flat_map(|code| parts.map(|part| (code, part)))
                .filter(|(code, part)| given(code, part))
                .collect();
            if !series.is_empty() {
                toml.push_str("\n[[series]]\nset = { dataset = \"figures\" }\nrows = [\n");
            }
            for (code, part) in &series {
                {
                    writeln!(
                        toml,
                        "    {{ published = \"{code} | {part}\", indicator = \"{code}\", part = \"{part}\" }},"
                    )
                    .unwrap();
                }
            }
            if !series.is_empty() {
                toml.push_str("]\n");
            }
        }
        let folder = tempfile::tempdir().unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let mut people = "locality,ages,mass\n".to_owned();
        for (i, ward) in WARDS.iter().enumerate() {
            writeln!(people, "{ward},0-15,{}\n{ward},16+,{}", 10 * (i + 1), 100).unwrap();
        }
        let rows = |text: &str| -> String {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.map(|line| format!("{line}\n")).collect()
        };
        write("place.toml", PLACE);
        write("people.csv", &people);
        write("outcomes.toml", &toml);
        write(
            "figures.csv",
            &format!(
                "indicator,part,area,period,value,mark\n{}",
                rows(&self.figures)
            ),
        );
        let spent = if self.spent.is_empty() {
            "council,roads,county,2017-18,1.00"
        } else {
            &self.spent
        };
        write(
            "spent.csv",
            &format!("partner,for,where,year,pounds\n{}", rows(spent)),
        );
        folder
    }

    /// What opening its outcomes gives.
    pub fn try_open(&self) -> Result<Indicators, IndicatorError> {
        let folder = self.folder();
        let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
        Indicators::open(&place)
    }

    /// The outcomes; nothing may be wrong with the definitions.
    pub fn open(&self) -> Indicators {
        self.try_open().unwrap_or_else(|error| panic!("{error}"))
    }
}

/// Indicators with figures.
pub fn given(rows: &[&str], figures: &str) -> Given {
    given_more(rows, "", figures)
}

/// Indicators with figures, and more of the outcomes file.
pub fn given_more(rows: &[&str], more: &str, figures: &str) -> Given {
    Given {
        toml: format!("{}{more}", indicators(rows)),
        figures: figures.to_owned(),
        spent: String::new(),
    }
}

pub fn sure() -> Confidence {
    Confidence::new(0.95).unwrap()
}

pub fn at(label: &str) -> Period {
    label.parse().unwrap()
}

pub fn here(indicators: &Indicators, code: &str) -> LocalityId {
    indicators.place().axes().localities.find(code).unwrap()
}

/// What is known, in words: `here 12.5`, `rebuilt of 3 ward: 20`, `only for County 30`.
fn known(indicators: &Indicators, code: &str, place: &str, period: &str) -> String {
    let indicator = indicators.indicator(code).unwrap();
    let figure = |observation: &Observation| {
        let figure = observation.figure(indicator);
        figure.map_or_else(
            || observation.status().to_string(),
            |figure| {
                format!(
                    "{} {}",
                    figure.round_dp(2).normalize(),
                    observation.status()
                )
            },
        )
    };
    match indicators
        .known(code, here(indicators, place), at(period))
        .unwrap()
    {
        Knowledge::Here(observation) => format!("here: {}", figure(&observation)),
        Knowledge::Rebuilt {
            observation,
            parts,
            level,
        } => format!("of {parts} {level}: {}", figure(&observation)),
        Knowledge::OnlyFor {
            locality,
            observation,
        } => {
            let name = indicators.place().axes().localities.name(locality);
            format!("only for {name}: {}", figure(&observation))
        }
        Knowledge::OnlyForParts { level } => format!("only for each {level}"),
        Knowledge::Nowhere => "nowhere".to_owned(),
    }
}

// ---- faults of the definitions

/// All faults, as they are printed.
fn faults(given: &Given) -> String {
    match given.try_open() {
        Err(IndicatorError::Faults(findings)) => {
            assert!(findings.any_fault());
            findings.to_string()
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("the outcomes have no fault:\n{}", given.toml),
    }
}

/// The line of `outcomes.toml` on which a text of the test first stands.
fn line_of(toml: &str, text: &str) -> usize {
    let whole = format!("{HEAD}{toml}");
    let line = whole.lines().position(|line| line.contains(text));
    line.unwrap_or_else(|| panic!("`{text}` stands in\n{whole}")) + 1
}

/// One fault: its text is whole, with file, line and field.
#[track_caller]
fn one_fault(toml: &str, table: &str, field: &str, text: &str) {
    let given = Given {
        toml: toml.to_owned(),
        ..Given::default()
    };
    let line = line_of(toml, table);
    assert_eq!(
        faults(&given),
        format!("outcomes.toml:{line}: {field}: {text}\n1 finding")
    );
}

#[test]
fn a_pack_without_faults_opens() {
    let opened = given(&[""], "share,value,n1,2016-17,3,").open();
    assert!(opened.findings().is_empty(), "{}", opened.findings());
    assert_eq!(opened.outcomes().len(), 2);
    assert_eq!(opened.indicators().len(), 1);
    assert_eq!(opened.fingerprint().len(), 64);
    assert_ne!(
        opened.fingerprint(),
        given(&[""], "share,value,n1,2017-18,1,")
            .open()
            .fingerprint(),
        "a figure more is another pack"
    );
}

#[test]
fn each_fault_of_an_indicator_says_what_and_where() {
    let cases = [
        (
            "outcome=saef",
            "outcome",
            "`saef` is not an outcome of this pack (unknown-outcome)\n  the nearest are safe",
        ),
        (
            "lead=counsil",
            "lead",
            "`counsil` is not a partner of this place; did you mean `council`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "contributing=police; publisher=; owner=polise",
            "owner",
            "`polise` is not a partner of this place; did you mean `police`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "group=in-car",
            "group",
            "`in-car` is not a client group of this place; did you mean `in-care`? \
             (unknown-code)\n  correct the code",
        ),
        (
            "ages=20-10",
            "ages",
            "`20-10` is not an interval of ages; write `10-17`, `65+` or `all`, within 0 to 90+ \
             (ages-out-of-range)\n  correct them",
        ),
        (
            "level=wards",
            "level",
            "`wards` is not a level of localities (unknown-level)\n  the levels are county, area, \
             ward",
        ),
        (
            "better=less",
            "better",
            "`less` is none of lower, higher, neither (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "form=ratio",
            "form",
            "`ratio` is none of count, proportion, rate, mean, index, rank \
             (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "years=2018",
            "years",
            "`2018` does not say what a bare year means; write `financial`, `financial-ending`, \
             `calendar`, `academic-ending` or a month such as `January` \
             (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "per=",
            "per",
            "`per` is `` (nothing-written)\n  write for how many it is given: 100, 1000, 100000",
        ),
        (
            "per=0",
            "per",
            "`per` is `0` (nothing-written)\n  write for how many it is given: 100, 1000, 100000",
        ),
        (
            "form=count",
            "per",
            "`per` is `100`, and this is neither a proportion nor a rate (not-a-rate)\n  leave \
             `per` empty, or correct the form",
        ),
        (
            "accountability=both",
            "accountability",
            "`both` is neither `population` nor `performance` (not-a-word-of-this-field)\n  say \
             whether it tells of everybody in a place or of a service's own people",
        ),
        (
            "service_activity=youth-justice",
            "service_activity",
            "a population indicator has `service_activity` (population-with-a-service)\n  no \
             single service answers for a population; leave it empty, or make it a performance \
             measure",
        ),
        (
            "accountability=performance; asks=how-good; service_partner=council; \
             service_activity=roads",
            "asks",
            "`how-good` is none of how-much, how-well, better-off (not-a-word-of-this-field)\n  \
             correct it",
        ),
        (
            "accountability=performance; asks=how-well; service_partner=council; \
             service_activity=raods",
            "service_activity",
            "`raods` is not an activity of this place; did you mean `roads`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "publisher=",
            "owner",
            "one of `owner` and `publisher` must say who owes the figure (nobody-owes-it)\n  \
             write the code of a partner as `owner`, or who publishes it as `publisher`",
        ),
        (
            "owner=council",
            "owner",
            "one of `owner` and `publisher` must say who owes the figure (nobody-owes-it)\n  \
             write the code of a partner as `owner`, or who publishes it as `publisher`",
        ),
        (
            "name=Reoffending rate",
            "reoffending",
            "`share` measures reoffending and does not say how (reoffending-not-qualified)\n  \
             write `binary` (share of the cohort who reoffend), `per-reoffender` or \
             `per-offender` (reoffences for each)",
        ),
        (
            "unit=re-offences",
            "reoffending",
            "`share` measures reoffending and does not say how (reoffending-not-qualified)\n  \
             write `binary` (share of the cohort who reoffend), `per-reoffender` or \
             `per-offender` (reoffences for each)",
        ),
        (
            "name=Reoffending; reoffending=rate",
            "reoffending",
            "`rate` is none of binary, per-reoffender, per-offender (not-a-word-of-this-field)\n  \
             correct it",
        ),
        (
            "headline=yes",
            "headline",
            "`share` tells of no outcome (headline-without-outcome)\n  name its outcome, or leave \
             it out of the headline",
        ),
        (
            "outcome=safe; headline=maybe",
            "headline",
            "`maybe` is neither `yes` nor empty (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "source=",
            "source",
            "`source` is empty (nothing-written)\n  write it down; it has no default",
        ),
    ];
    for (fields, field, text) in cases {
        one_fault(&indicators(&[fields]), "[[indicators]]", field, text);
    }
}

#[test]
fn each_fault_of_the_other_tables_says_what_and_where() {
    let of = |table: &str, row: &str| {
        format!("{}\n[[{table}]]\nrows = [{{ {row} }}]\n", indicators(&[""]))
    };
    let cases = [
        (
            "contributions",
            r#"outcome = "sfae", activity = "roads", weight = "1", judgement = "j", contribution = "c""#,
            "outcome",
            "`sfae` is not an outcome of this pack (unknown-outcome)\n  the nearest are safe",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "rods", weight = "1", judgement = "j", contribution = "c""#,
            "activity",
            "`rods` is not an activity of this place; did you mean `roads`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "roads", weight = "0", judgement = "j", contribution = "c""#,
            "weight",
            "the weight is 0 (weight-out-of-range)\n  a weight is more than 0 and at most 1: the \
             part of the activity's spending",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "roads", weight = "1.01", judgement = "j", contribution = "c""#,
            "weight",
            "the weight is 1.01 (weight-out-of-range)\n  a weight is more than 0 and at most 1: \
             the part of the activity's spending",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "roads", weight = "half", judgement = "j", contribution = "c""#,
            "weight",
            "`xxxx` is not a number (not-a-number)\n  write it in digits, as in 12.5",
        ),
        (
            "contributions",
            r#"outcome = "safe", activity = "roads", weight = "1", contribution = "c""#,
            "judgement",
            "`judgement` is empty (nothing-written)\n  write it down; it has no default",
        ),
        (
            "denominators",
            r#"indicator = "share", driver = "peple""#,
            "driver",
            "`peple` is not a driver (unknown-driver)\n  the nearest are people",
        ),
        (
            "denominators",
            r#"indicator = "shair", driver = "people""#,
            "indicator",
            "`shair` is not an indicator of this pack (unknown-indicator)\n  the nearest are share",
        ),
        (
            "targets",
            r#"indicator = "share", area = "nrth", period = "2017-18", value = "5", source = "s""#,
            "area",
            "`nrth` is not a locality of this place; did you mean `north`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "targets",
            r#"indicator = "share", area = "north", period = "2018", value = "5", source = "s""#,
            "period",
            "`2018` may mean several periods; write `2017-18`, `calendar 2018` or \
             `academic 2017-18` (not-a-period)\n  write a label as the indicator's own years have it",
        ),
        (
            "targets",
            r#"indicator = "share", area = "north", period = "2017-18", value = "5""#,
            "source",
            "`source` is empty (nothing-written)\n  write it down; it has no default",
        ),
        (
            "forecasts",
            r#"indicator = "share", method = "line", from = "2012-13", to = "2016-17", judgement = "j""#,
            "method",
            "`line` is none of linear-trend, level (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "forecasts",
            r#"indicator = "share", method = "level", from = "2016-17", to = "2012-13", judgement = "j""#,
            "to",
            "the period `2016-17 to 2012-13` ends before it starts or lies outside 1948 to 2099; \
             check the year (unknown-code)\n  correct the code",
        ),
        (
            "expected",
            r#"indicator = "share", level = "wards", from = "2016-17", to = "2017-18""#,
            "level",
            "`wards` is not a level of localities (unknown-level)\n  the levels are county, area, \
             ward",
        ),
        (
            "breaks",
            r#"indicator = "share", period = "2016-17""#,
            "why",
            "`why` is empty (nothing-written)\n  write it down; it has no default",
        ),
        (
            "lags",
            r#"indicator = "share", months = "a year", why = "w""#,
            "months",
            "`a year` is not a number of months (not-a-number)\n  write 0 where there is none",
        ),
        (
            "lags",
            r#"indicator = "share", months = "12""#,
            "why",
            "`why` is empty (nothing-written)\n  write it down; it has no default",
        ),
        (
            "areas",
            r#"code = "E1", name = "One", relation = "friend""#,
            "relation",
            "`friend` is none of subject, statistical-neighbour, neighbour, region, country \
             (not-a-word-of-this-field)\n  correct it",
        ),
        (
            "areas",
            r#"code = "E1", name = "One", relation = "neighbour", rank = "first""#,
            "rank",
            "`first` is not a rank (not-a-number)\n  write 1 for the nearest",
        ),
        (
            "areas",
            r#"code = "E1", name = "One", relation = "neighbour", localities = "nort""#,
            "localities",
            "`nort` is not a locality of this place; did you mean `north`? (unknown-code)\n  \
             correct the code",
        ),
        (
            "areas",
            r#"code = "E1", name = "One", relation = "neighbour" }, { code = "E2", name = "Two", also = "One", relation = "region""#,
            "also",
            "`One` already stands for another area (name-of-two-areas)\n  give each name to one \
             area",
        ),
        (
            "withdrawn",
            r#"indicator = "share", area = "nowhere", why = "wrong""#,
            "area",
            "`nowhere` is not among the areas (unknown-area)\n  name it in a row of `areas`",
        ),
        (
            "series",
            r#"dataset = "figurs", published = "x", indicator = "share", part = "value""#,
            "dataset",
            "no observations are of `figurs` (unknown-dataset)\n  the nearest are figures",
        ),
        (
            "series",
            r#"dataset = "figures", published = "x", indicator = "share", part = "middle""#,
            "part",
            "`middle` is none of value, numerator, denominator, lower, upper \
             (not-a-word-of-this-field)\n  correct it",
        ),
    ];
    for (table, row, field, text) in cases {
        one_fault(&of(table, row), &format!("[[{table}]]"), field, text);
    }
}

#[test]
fn what_may_be_stated_once_is_not_stated_twice() {
    let twice = |table: &str, row: &str, what: &str| {
        let toml = format!(
            "{}\n[[{table}]]\nrows = [{{ {row} }}, {{ {row} }}]\n",
            indicators(&[""])
        );
        let text =
            format!("there is already a {what} of `share` (stated-twice)\n  remove one of the two");
        one_fault(&toml, &format!("[[{table}]]"), "indicator", &text);
    };
    twice(
        "lags",
        r#"indicator = "share", months = "12", why = "w""#,
        "lag",
    );
    twice(
        "denominators",
        r#"indicator = "share", driver = "people""#,
        "denominator",
    );
    twice(
        "forecasts",
        r#"indicator = "share", method = "level", from = "2012-13", to = "2016-17", judgement = "j""#,
        "forecast",
    );
    twice(
        "targets",
        r#"indicator = "share", area = "north", period = "2016-17", value = "5", source = "s""#,
        "target of this area and period",
    );
    one_fault(
        &indicators(&["", ""]),
        "[[indicators]]",
        "code",
        "there is already an indicator `share` (duplicate-code)\n  give each a code of its own",
    );
    one_fault(
        &format!(
            "{}\n[[outcomes]] # more\nrows = [{{ code = \"safe\", name = \"Again\" }}]\n",
            indicators(&[""])
        ),
        "[[outcomes]] # more",
        "code",
        "there is already an outcome `safe` (duplicate-code)\n  give each a code of its own",
    );
}

#[test]
fn an_activity_helps_an_outcome_once() {
    let contributions = |one: &str, other: &str| {
        let row = |activity: &str| {
            format!(
                r#"{{ outcome = "safe", activity = "{activity}", weight = "0.5", judgement = "j", contribution = "c" }}"#
            )
        };
        format!(
            "\n[[contributions]]\nrows = [{}, {}]\n",
            row(one),
            row(other)
        )
    };
    for (one, other) in [
        ("youth-work", "youth-work"),
        ("youth", "youth-work"),
        ("youth-work", "youth"),
    ] {
        let toml = contributions(one, other);
        let text = format!(
            "`{other}` overlaps another activity that contributes to `safe` \
             (activity-given-twice)\n  name each activity once, on one level"
        );
        one_fault(&toml, "[[contributions]]", "activity", &text);
    }
    // Two of one level may.
    let given = Given {
        toml: contributions("youth-work", "youth-justice"),
        ..Given::default()
    };
    assert_eq!(given.open().contributions("safe").count(), 2);
    assert_eq!(given.open().contributions("well").count(), 0);
}

#[test]
fn a_headline_is_as_short_as_the_pack_says() {
    let of_safe = |code: &str| format!("code={code}; outcome=safe; headline=yes");
    let rows = [of_safe("a"), of_safe("b"), of_safe("c")];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let given = Given {
        toml: indicators(&rows),
        ..Given::default()
    };
    assert_eq!(
        faults(&given),
        "outcomes.toml:1: headline_at_most: outcome `safe` has 3 indicators in its headline, and \
         this pack allows 2 (headline-too-long)\n  choose those that matter most; the rest is \
         shown behind\n1 finding"
    );
    let opened = Given {
        toml: indicators(&[
            rows[0],
            rows[1],
            "code=c; outcome=safe",
            "code=d; outcome=well",
        ]),
        ..Given::default()
    }
    .open();
    let (headline, behind) = opened.of_outcome(opened.outcome("safe").unwrap());
    let codes = |of: Vec<&wholeplace::indicator::Indicator>| -> Vec<String> {
        of.iter().map(|indicator| indicator.code.clone()).collect()
    };
    assert_eq!(codes(headline), ["a", "b"]);
    assert_eq!(codes(behind), ["c"]);
}

#[test]
fn all_faults_are_told_at_once() {
    let toml = format!(
        "{}\n[[lags]]\nrows = [{{ indicator = \"shar\", months = \"x\", why = \"\" }}]\n",
        indicators(&[
            "outcome=no; level=wards; publisher=; better=best",
            "code=b; per=none"
        ])
    );
    let text = faults(&Given {
        toml,
        ..Given::default()
    });
    let rules: Vec<&str> = (text.lines())
        .filter_map(|line| line.strip_prefix("outcomes.toml")?.rsplit_once('('))
        .map(|(_, rule)| rule.trim_end_matches(')'))
        .collect();
    assert_eq!(
        rules,
        [
            "unknown-outcome",
            "unknown-level",
            "nobody-owes-it",
            "not-a-word-of-this-field",
            "nothing-written",
            "nothing-written",
            "unknown-indicator",
        ],
        "{text}"
    );
}

#[test]
fn keys_that_no_outcomes_file_has_are_refused() {
    let error = Given {
        toml: "\n[[outcome]]\nrows = []\n".to_owned(),
        ..Given::default()
    }
    .try_open()
    .unwrap_err()
    .to_string();
    assert!(
        error.starts_with("outcomes.toml does not describe outcomes: TOML parse error at line 10"),
        "{error}"
    );
    assert!(
        error.contains("unknown field `outcome`, expected one of"),
        "{error}"
    );
    let error = given_more(&[""], "\n[[lags]]\nrows = []\nfiles = \"x\"\n", "")
        .try_open()
        .unwrap_err();
    assert!(
        matches!(error, IndicatorError::NotOutcomes { .. }),
        "{error}"
    );
}

#[test]
fn a_pack_without_outcomes_says_how_to_begin() {
    let folder = given(&[""], "").folder();
    let toml = PLACE.replace("outcomes = \"outcomes.toml\"\n", "");
    std::fs::write(folder.path().join("place.toml"), toml).unwrap();
    let place = Place::open(folder.path()).unwrap();
    assert_eq!(
        Indicators::open(&place).unwrap_err().to_string(),
        "this pack has no outcomes; write `outcomes = \"outcomes.toml\"` in [place] and describe \
         them there"
    );
    let folder = given(&[""], "").folder();
    std::fs::remove_file(folder.path().join("outcomes.toml")).unwrap();
    if let Ok(place) = Place::open(folder.path()) {
        let error = Indicators::open(&place).unwrap_err();
        assert!(
            matches!(error, IndicatorError::Unreadable { .. }),
            "{error}"
        );
        assert!(
            error.to_string().starts_with("cannot read outcomes.toml: "),
            "{error}"
        );
    }
}

// ---- findings of the figures

/// Findings of figures of `share`, and of `count`.
fn findings(figures: &str) -> (Indicators, Vec<String>) {
    let opened = given(&["", "code=events; form=count; per="], figures).open();
    let found = opened.findings().iter().map(ToString::to_string).collect();
    (opened, found)
}

#[test]
fn each_finding_of_a_figure_says_what_and_where_and_the_rest_is_read() {
    let cases = [
        (
            "share,value,n1,2016-17,,q",
            "figures.csv:3: status: the mark `x` is not explained (unknown-mark)\n  add it to \
             `marks` of these observations: what does its publisher mean?",
        ),
        (
            "share,value,n1,2016-17,5,c",
            "figures.csv:3: status: there is a figure, and its mark says suppressed \
             (figure-with-a-mark)\n  keep one of the two",
        ),
        (
            "share,value,n1,2016-17,,p",
            "figures.csv:3: value: the mark says provisional, and there is no figure \
             (mark-without-a-figure)\n  give the figure, or correct the mark",
        ),
        (
            "share,value,n1,2016-17,,",
            "figures.csv:3: value: there is neither a figure nor a mark (empty-figure)\n  say in \
             `blank` what an empty cell of this file means, or mend the file",
        ),
        (
            "share,value,n1,2016-17,five,",
            "figures.csv:3: value: `xxxx` is not a number (not-a-number)\n  correct it, or add it \
             to `marks` if it is a mark",
        ),
        (
            "share,value,n1,2016-17,-1,",
            "figures.csv:3: value: `share`: a value of -1 (impossible-figure)\n  check the figure \
             with its publisher; it was not read",
        ),
        (
            "share,value,n1,2016-17,100.1,",
            "figures.csv:3: value: `share`: a proportion of 100.1 in 100 (impossible-figure)\n  \
             check the figure with its publisher; it was not read",
        ),
        (
            "share,numerator,n1,2016-17,-3,",
            "figures.csv:3: value: `share`: a count of -3 people or events (impossible-figure)\n  \
             check the figure with its publisher; it was not read",
        ),
        (
            "events,value,n1,2016-17,-3,",
            "figures.csv:3: value: `events`: a value of -3 (impossible-figure)\n  check the \
             figure with its publisher; it was not read",
        ),
        (
            "share,value,n1,2018,5,",
            "figures.csv:3: period: `2018` may mean several periods; write `2017-18`, \
             `calendar 2018` or `academic 2017-18` (not-a-period)\n  say in the pack what a bare \
             year means for this indicator",
        ),
        (
            "share,value,n1,long ago,5,",
            "figures.csv:3: period: `long ago` is not a period; write `2017-18`, `calendar 2018`, \
             `academic 2017-18`, `Jun 2017`, `Q1 2017-18`, or two of them with `to` between \
             (not-a-period)\n  say in the pack what a bare year means for this indicator",
        ),
        (
            "other,value,n1,2016-17,5,",
            "figures.csv:3: 1 of `figures` series are no indicator of this pack, 1 rows in all: \
             `other | value` (series-not-used)\n  name each in a row of `series`, or leave it out \
             with `where`",
        ),
        (
            "share,value,n9,2016-17,5,",
            "figures.csv:3: 1 of `figures` areas are not known, 1 rows in all: `n9` \
             (area-not-known)\n  name each in a row of `areas`, or leave it out with `where`",
        ),
    ];
    for (row, text) in cases {
        let (opened, found) = findings(&format!(
            "share,value,n2,2016-17,7,\n{row}\nshare,value,n3,2016-17,8,"
        ));
        assert_eq!(found, [text], "{row}");
        assert_eq!(known(&opened, "share", "n2", "2016-17"), "here: 7 value");
        assert_eq!(known(&opened, "share", "n3", "2016-17"), "here: 8 value");
        assert_ne!(known(&opened, "share", "n1", "2016-17"), "here: 5 value");
    }
}

#[test]
fn skipped_rows_are_gathered_by_name() {
    let rows: String = ["a", "b", "c", "d", "a"]
        .iter()
        .map(|area| format!("share,value,{area},2016-17,5,\n"))
        .collect();
    let (_, found) = findings(&rows);
    assert_eq!(
        found,
        [
            "figures.csv:2: 4 of `figures` areas are not known, 5 rows in all: `a`, `b`, `c`, … \
          (area-not-known)\n  name each in a row of `areas`, or leave it out with `where`"
        ]
    );
}

#[test]
fn a_figure_given_twice_is_told_unless_both_say_the_same() {
    let (opened, found) = findings("share,value,n1,2016-17,5,\nshare,value,n1,2016-17,6,\n");
    assert_eq!(
        found,
        [
            "figures.csv:3: `share` for 2016-17: 5 and 6 (figure-given-twice)\n  remove one of the \
          two; the first is used"
        ]
    );
    assert_eq!(known(&opened, "share", "n1", "2016-17"), "here: 5 value");
    let (_, found) = findings("share,value,n1,2016-17,5,\nshare,value,n1,2016-17,,c\n");
    assert_eq!(
        found,
        [
            "figures.csv:3: `share` for 2016-17: 5 and suppressed (figure-given-twice)\n  remove one \
          of the two; the first is used"
        ]
    );
    let (_, found) = findings("share,value,n1,2016-17,5,\nshare,value,n1,2016-17,5.0,\n");
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn more_people_with_the_condition_than_people_is_told_and_not_used() {
    let (opened, found) = findings(
        "share,numerator,n1,2016-17,12,\nshare,denominator,n1,2016-17,10,\n\
         share,numerator,n2,2016-17,1,\nshare,denominator,n2,2016-17,10,",
    );
    assert_eq!(
        found,
        [
            "figures.csv:3: value: `share`: 12 of 10 (impossible-figure)\n  check the figure with \
          its publisher; neither count is used"
        ]
    );
    assert_eq!(
        known(&opened, "share", "n1", "2016-17"),
        "here: not available"
    );
    assert_eq!(known(&opened, "share", "n2", "2016-17"), "here: 10 value");
    // One bad place does not stop the others being told.
    let told = opened.told(here(&opened, "n2"), sure()).unwrap();
    assert_eq!(told[0].figure, Some(10.into()));
    // Of a rate, events may be more than people.
    let rate = given(
        &["form=rate"],
        "share,numerator,n1,2016-17,12,\nshare,denominator,n1,2016-17,10,",
    )
    .open();
    assert!(rate.findings().is_empty());
    assert_eq!(known(&rate, "share", "n1", "2016-17"), "here: 120 value");
}

#[test]
fn more_people_than_a_driver_counts_is_told_and_not_used() {
    let more = "\n[[denominators]]\nrows = [{ indicator = \"share\", driver = \"people\", ages = \"0-15\" }]\n";
    let opened = given_more(
        &[""],
        more,
        "share,numerator,n1,2016-17,11,\nshare,numerator,n2,2016-17,5,",
    )
    .open();
    let found: Vec<String> = opened.findings().iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "outcomes.toml: `share` for n1 in 2016-17: 11 of 10 (impossible-figure)\n  \
          check the figure with its publisher; it is not used"
        ]
    );
    assert_eq!(
        known(&opened, "share", "n1", "2016-17"),
        "here: not available"
    );
    // 5 of 20 residents of another count: an estimate.
    assert_eq!(
        known(&opened, "share", "n2", "2016-17"),
        "here: 25 estimated"
    );
}

#[test]
fn a_figure_that_cannot_be_estimated_spoils_no_other() {
    // Limits between which the value does not lie; a share of nobody.
    let figures = "share,value,n1,2016-17,5,\nshare,lower,n1,2016-17,6,\nshare,upper,n1,2016-17,7,
        share,value,n2,2016-17,0,\nshare,denominator,n2,2016-17,0,
        share,value,n3,2016-17,7,";
    let opened = given(&[""], figures).open();
    let simulation = Simulation::new(1000, 1).unwrap();
    let places = opened
        .over_places("share", at("2016-17"), "ward", simulation, sure())
        .unwrap();
    let shown: Vec<String> = (places.rows.iter())
        .filter_map(|row| Some(format!("{} {}", row.area, row.figure?)))
        .collect();
    assert_eq!(shown, ["n2 0", "n1 5", "n3 7"]);
    let progress = |place: &str| {
        let area = Area::Here(here(&opened, place));
        opened
            .progress("share", area, at("2016-17"), sure())
            .unwrap()
            .estimate
    };
    assert_eq!(
        progress("n1").withheld().unwrap().to_string(),
        "no counts published, so no interval can be made"
    );
    assert_eq!(
        progress("n2").withheld().unwrap().to_string(),
        "people is 0; a rate needs a denominator above zero"
    );
    assert!(opened.told(here(&opened, "n1"), sure()).is_ok());
}

#[test]
fn marks_and_blanks_become_statuses() {
    let figures = "share,value,n1,2016-17,,c\nshare,value,n2,2016-17,,z\nshare,value,n3,2016-17,-,
        share,value,s1,2016-17,,x\nshare,value,s2,2016-17,4,p\nshare,value,e1,2016-17,5,e
        share,value,e2,2016-17,0,";
    let (opened, found) = findings(figures);
    assert!(found.is_empty(), "{found:?}");
    let shown: Vec<String> = WARDS
        .iter()
        .map(|ward| known(&opened, "share", ward, "2016-17"))
        .collect();
    assert_eq!(
        shown,
        [
            "here: suppressed",
            "here: not applicable",
            "here: not available",
            "here: not collected",
            "here: 4 provisional",
            "here: 5 estimated",
            "here: 0 zero"
        ]
    );
    assert_eq!(opened.by_status().values().sum::<usize>(), 7);
    assert_eq!(opened.by_status().len(), 7);
    // What an empty cell says is the pack's.
    let toml = format!(
        "{}\n[[observations]]\ndataset = \"figures\"\nblank = \"suppressed\"\ntable = {{ file = \
         \"figures.csv\", columns = {{ series = \"indicator\", status = \"mark\" }}, source = \
         \"made up\" }}\n[[series]]\nrows = [{{ dataset = \"figures\", published = \"share\", \
         indicator = \"share\", part = \"value\" }}]\n",
        indicators(&[""])
    );
    let opened = Given {
        toml,
        figures: "share,value,n1,2016-17,,\nshare,value,n2,2016-17,3,".to_owned(),
        ..Given::default()
    }
    .open();
    assert!(opened.findings().is_empty(), "{}", opened.findings());
    assert_eq!(known(&opened, "share", "n1", "2016-17"), "here: suppressed");
    assert_eq!(known(&opened, "share", "n2", "2016-17"), "here: 3 value");
}

#[test]
fn a_count_above_the_line_alone_is_no_figure_of_a_share() {
    let opened = given(
        &["", "code=events; form=count; per="],
        "share,numerator,n1,2016-17,5,\nevents,numerator,n1,2016-17,5,",
    )
    .open();
    assert_eq!(
        known(&opened, "share", "n1", "2016-17"),
        "here: not collected"
    );
    assert_eq!(known(&opened, "events", "n1", "2016-17"), "here: 5 value");
}

#[test]
fn withdrawn_figures_are_told_and_not_used() {
    let more = r#"
[[areas]]
rows = [{ code = "E9", name = "England", relation = "country", also = "970" }]

[[withdrawn]]
rows = [{ indicator = "share", area = "England", why = "they cannot be" }]
"#;
    let figures =
        "share,value,970,2016-17,5,\nshare,value,E9,2017-18,6,\nshare,value,n1,2016-17,7,";
    let opened = given_more(&[""], more, figures).open();
    let found: Vec<String> = opened.findings().iter().map(ToString::to_string).collect();
    let line = line_of(&given_more(&[""], more, "").toml, "[[withdrawn]]");
    assert_eq!(
        found,
        [format!(
            "outcomes.toml:{line}: area: 2 figures of `share` for England are not used: they \
             cannot be (figures-withdrawn)\n  nothing to do here; tell the publisher"
        )]
    );
    assert!(!opened.findings().any_fault());
    let england = opened.areas()[0].area;
    let observation = opened
        .observation("share", england, at("2016-17"))
        .unwrap()
        .unwrap();
    assert_eq!(
        (observation.status(), observation.value.unwrap().figure),
        (Status::Unavailable, None)
    );
    assert_eq!(known(&opened, "share", "n1", "2016-17"), "here: 7 value");
}

// ---- intervals of one figure

#[test]
fn published_limits_hold_at_the_confidence_they_are_published_at_only() {
    let figures = "share,value,n1,2016-17,5,\nshare,lower,n1,2016-17,3,\nshare,upper,n1,2016-17,9,";
    let opened = given(&[""], figures).open();
    let n1 = Area::Here(here(&opened, "n1"));
    let observation = opened
        .observation("share", n1, at("2016-17"))
        .unwrap()
        .unwrap();
    let indicator = opened.indicator("share").unwrap();
    let at_95 = observation.estimate(indicator, sure()).unwrap();
    assert_eq!(at_95.to_string(), "5.0 (3.0 to 9.0)");
    assert_eq!(at_95.method(), "as published");
    let at_998 = observation
        .estimate(indicator, Confidence::new(0.998).unwrap())
        .unwrap();
    assert_eq!((at_998.value(), at_998.interval()), (Some(5.0), None));
    assert_eq!(
        at_998.withheld().unwrap().to_string(),
        "no counts published, so no interval can be made"
    );
}

#[test]
fn intervals_follow_the_form() {
    let rows = [
        "",
        "code=rate; form=rate; per=1000",
        "code=events; form=count; per=",
        "code=average; form=mean; per=",
    ];
    let figures = "share,numerator,n1,2016-17,65,\nshare,denominator,n1,2016-17,100,
        share,value,n2,2016-17,65,\nshare,denominator,n2,2016-17,100,
        rate,numerator,n1,2016-17,65,\nrate,denominator,n1,2016-17,100,
        rate,numerator,n2,2016-17,5,\nrate,denominator,n2,2016-17,100,
        events,value,n1,2016-17,65,\naverage,value,n1,2016-17,65,";
    let opened = given(&rows, figures).open();
    let estimate = |code: &str, place: &str| {
        let area = Area::Here(here(&opened, place));
        let observation = opened
            .observation(code, area, at("2016-17"))
            .unwrap()
            .unwrap();
        let estimate = observation
            .estimate(opened.indicator(code).unwrap(), sure())
            .unwrap();
        format!("{estimate:.4} {}", estimate.method())
    };
    // The oracles of the field's own package.
    assert_eq!(
        estimate("share", "n1"),
        "65.0000 (55.2544 to 73.6358) Wilson"
    );
    assert_eq!(
        estimate("share", "n2"),
        "65.0000 (54.7544 to 74.1358) Wilson, count worked out from the rounded value"
    );
    assert_eq!(
        estimate("rate", "n1"),
        "650.0000 (501.6319 to 828.4914) Byar"
    );
    assert_eq!(
        estimate("rate", "n2"),
        "50.0000 (16.2349 to 116.6833) exact Poisson"
    );
    assert_eq!(
        estimate("events", "n1"),
        "65.0000 (50.1632 to 82.8491) Byar"
    );
    assert_eq!(estimate("average", "n1"), "65.0000 as published");
}

#[test]
fn confidence_95_is_refused() {
    assert_eq!(
        Confidence::new(95.0).unwrap_err().to_string(),
        "confidence 95 is not between 0 and 1; for 95% write 0.95"
    );
}

// ---- labels of periods

#[test]
fn every_spelling_of_a_period_is_read_as_its_indicator_says() {
    let read = |years: &str, label: &str| {
        let years: Years = years.parse().unwrap();
        years.period(label).map_or_else(
            |error| format!("! {error}"),
            |period| format!("{} {}", period.first_day(), period.last_day()),
        )
    };
    let cases = [
        ("financial", "2017-18", "2017-04-01 2018-03-31"),
        ("financial", "2017/18", "2017-04-01 2018-03-31"),
        ("financial", "2013/14-15/16", "2013-04-01 2016-03-31"),
        ("financial", "2013/14-2015/16", "2013-04-01 2016-03-31"),
        ("financial", "1999-00", "1999-04-01 2000-03-31"),
        ("financial-ending", "2018", "2017-04-01 2018-03-31"),
        ("financial-ending", "2017/18", "2017-04-01 2018-03-31"),
        ("calendar", "2018", "2018-01-01 2018-12-31"),
        ("calendar", "2014-16", "2014-01-01 2016-12-31"),
        ("academic-ending", "2018", "2017-09-01 2018-08-31"),
        ("academic-ending", "2017/18", "2017-09-01 2018-08-31"),
        ("academic-ending", "2013/14-15/16", "2013-09-01 2016-08-31"),
        ("January", "2018", "2018-01-01 2018-01-31"),
        ("March", " 2018 ", "2018-03-01 2018-03-31"),
        ("December", "2018", "2018-12-01 2018-12-31"),
    ];
    for (years, label, dates) in cases {
        assert_eq!(read(years, label), dates, "{label} as {years}");
    }
    for (years, label) in [
        ("financial", "2018"),
        ("financial", "2014-16"),
        ("financial", "2013/15-15/16"),
        ("financial", "2013/14-15/17"),
        ("calendar", "2017-18"),
        ("calendar", "18"),
        ("January", "2014-16"),
        ("financial-ending", "year"),
        ("academic-ending", ""),
    ] {
        assert!(
            read(years, label).starts_with('!'),
            "{label} as {years}: {}",
            read(years, label)
        );
    }
    assert_eq!(
        read("calendar", "2017-18"),
        "! `2017-18` may mean several periods; write `calendar 2017 to calendar 2018`, or say that \
         its years are financial or academic"
    );
    for years in [
        "financial",
        "financial-ending",
        "calendar",
        "academic-ending",
        "July",
    ] {
        assert_eq!(years.parse::<Years>().unwrap().to_string(), years);
    }
    assert!("july".parse::<Years>().is_err());
}

#[test]
fn a_file_may_say_that_its_years_are_others() {
    let toml = |years: &str| {
        format!(
            "{}\n[[observations]]\ndataset = \"figures\"\nyears = \"{years}\"\ntable = {{ file = \
             \"figures.csv\", columns = {{ series = \"indicator\", status = \"mark\" }}, source = \
             \"made up\" }}\n[[series]]\nrows = [{{ dataset = \"figures\", published = \"share\", \
             indicator = \"share\", part = \"value\" }}]\n",
            indicators(&[""])
        )
    };
    let open = |years: &str| {
        Given {
            toml: toml(years),
            figures: "share,value,n1,2018,3,".to_owned(),
            ..Given::default()
        }
        .open()
    };
    assert_eq!(
        open("calendar").periods("share").unwrap(),
        [at("calendar 2018")]
    );
    assert_eq!(
        open("academic-ending").periods("share").unwrap(),
        [at("academic 2017-18")]
    );
    let wrong = Given {
        toml: toml("sometimes"),
        figures: "share,value,n1,2018,3,".to_owned(),
        ..Given::default()
    };
    let error = wrong.try_open().unwrap_err().to_string();
    assert!(error.contains("`sometimes` does not say what a bare year means"));
}

// ---- sums of what is known

fn counts() -> impl Strategy<Value = Count> {
    prop_oneof![
        4 => (0_i64..1000).prop_map(|figure| Count::known(figure.into())),
        1 => (1_i64..1000).prop_map(|figure| Count {
            figure: Some(figure.into()),
            status: Status::Provisional,
        }),
        1 => (1_i64..1000).prop_map(|figure| Count {
            figure: Some(figure.into()),
            status: Status::Estimated,
        }),
        1 => Just(Count::missing(Status::NotApplicable)),
        1 => Just(Count::missing(Status::Suppressed)),
        1 => Just(Count::missing(Status::Unavailable)),
        1 => Just(Count::missing(Status::NotCollected)),
    ]
}

/// The status of a sum the slow way: the one that leaves least known.
fn worst(parts: &[Count]) -> Status {
    let order = [
        Status::NotCollected,
        Status::Unavailable,
        Status::Suppressed,
        Status::Estimated,
        Status::Provisional,
        Status::Value,
        Status::Zero,
    ];
    let has = |status: &Status| parts.iter().any(|part| part.status == *status);
    order.into_iter().find(has).unwrap_or(Status::NotApplicable)
}

proptest! {
    #[test]
    fn a_sum_says_what_its_parts_leave_known(parts in prop::collection::vec(counts(), 1..8), cut in 0_usize..8) {
        let sum = Count::sum(parts.iter().copied());
        prop_assert_eq!(sum.status, worst(&parts));
        prop_assert_eq!(sum.figure.is_some(), sum.status.has_figure());
        if let Some(figure) = sum.figure {
            let slow: Decimal = parts.iter().filter_map(|part| part.figure).sum();
            prop_assert_eq!(figure, slow);
        }
        // In any order, and in parts.
        let backwards = Count::sum(parts.iter().rev().copied());
        prop_assert_eq!(sum, backwards);
        let (first, rest) = parts.split_at(cut.clamp(1, parts.len()));
        let first = Count::sum(first.iter().copied());
        let in_parts = Count::sum(std::iter::once(first).chain(rest.iter().copied()));
        prop_assert_eq!(sum, in_parts);
        // What cannot exist adds nothing.
        let more = Count::sum(parts.iter().copied().chain([Count::missing(Status::NotApplicable)]));
        prop_assert_eq!(sum, more);
    }
}

#[test]
fn a_sum_of_nothing_is_not_collected() {
    assert_eq!(Count::sum([]), Count::missing(Status::NotCollected));
    let zero = Count::known(0.into());
    assert_eq!(Count::sum([zero, zero]).status, Status::Zero);
    assert_eq!(
        Count::sum([zero, Count::known(2.into())]).status,
        Status::Value
    );
    let mut in_order = Status::ALL;
    in_order.sort();
    assert_eq!(in_order, Status::ALL, "best known first");
}

#[test]
fn a_sum_too_large_for_a_decimal_is_not_a_figure() {
    let most = Count::known(Decimal::MAX);
    assert_eq!(
        Count::sum([most, most]),
        Count::missing(Status::Unavailable)
    );
}

// ---- what is known of a place

/// Numerators and denominators of all wards.
fn ward_figures(counts: &[(i64, i64)]) -> String {
    let mut figures = String::new();
    for (ward, (above, below)) in WARDS.iter().zip(counts) {
        writeln!(figures, "share,numerator,{ward},2016-17,{above},").unwrap();
        writeln!(figures, "share,denominator,{ward},2016-17,{below},").unwrap();
    }
    figures
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The rate of a place is that of its counts, whatever parts it is put together from.
    #[test]
    fn a_rebuilt_rate_is_that_of_the_counts(
        counts in prop::collection::vec((0_i64..50, 1_i64..200), 7),
        split in prop::collection::vec(0_usize..3, 7),
    ) {
        let counts: Vec<(i64, i64)> = counts.iter().map(|&(above, more)| (above, above + more)).collect();
        let opened = given(&[""], &ward_figures(&counts)).open();
        let (above, below) = counts.iter().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        let indicator = opened.indicator("share").unwrap();
        let expected = Decimal::from(above * 100).checked_div(below.into()).unwrap();
        let whole = opened.known("share", here(&opened, "county"), at("2016-17")).unwrap();
        let of_seven = matches!(&whole, Knowledge::Rebuilt { parts: 7, .. });
        prop_assert!(of_seven);
        let whole = whole.observation().unwrap().clone();
        prop_assert_eq!(whole.figure(indicator), Some(expected));
        prop_assert_eq!(whole.counts(), Some((above.into(), below.into())));
        // Its areas, and any split of the wards, put together again.
        let areas: Vec<_> = ["north", "south", "east"].map(|code| here(&opened, code)).to_vec();
        prop_assert_eq!(&opened.together("share", &areas, at("2016-17")).unwrap(), &whole);
        let mut all = Count::known(0.into());
        let mut rates = Vec::new();
        for group in 0..3 {
            let wards: Vec<_> = WARDS.iter().zip(&split).filter(|(_, of)| **of == group)
                .map(|(ward, _)| here(&opened, ward)).collect();
            if wards.is_empty() {
                continue;
            }
            let part = opened.together("share", &wards, at("2016-17")).unwrap();
            all = Count::sum([all, part.numerator.unwrap()]);
            rates.push(part.figure(indicator).unwrap());
        }
        prop_assert_eq!(all.figure, Some(above.into()));
        let least = rates.iter().min().unwrap();
        let most = rates.iter().max().unwrap();
        prop_assert!(*least <= expected && expected <= *most);
    }
}

#[test]
fn rates_are_rebuilt_never_averaged() {
    // 1 of 10 and 1 of 90: 2 of 100, not the mean of 10% and 1.1%.
    let counts = [(1, 10), (1, 90), (0, 100), (5, 10), (5, 10), (0, 1), (0, 1)];
    let opened = given(&[""], &ward_figures(&counts)).open();
    assert_eq!(
        known(&opened, "share", "north", "2016-17"),
        "of 3 ward: 1 value"
    );
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: 50 value"
    );
    assert_eq!(
        known(&opened, "share", "east", "2016-17"),
        "of 2 ward: 0 zero"
    );
    assert_eq!(known(&opened, "share", "n1", "2016-17"), "here: 10 value");
    assert_eq!(known(&opened, "share", "n1", "2017-18"), "nowhere");
}

#[test]
fn statuses_survive_rebuilding() {
    let with = |figures: &str| given(&[""], figures).open();
    let both = |ward: &str, above: &str| {
        format!("share,numerator,{ward},2016-17,{above}\nshare,denominator,{ward},2016-17,10,\n")
    };
    let opened = with(&format!("{}{}", both("s1", "2,"), both("s2", ",c")));
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: suppressed"
    );
    let opened = with(&format!("{}{}", both("s1", "2,"), both("s2", "3,p")));
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: 25 provisional"
    );
    // A ward of which nothing is published is missing, not nobody.
    let opened = with(&both("s1", "2,"));
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: not collected"
    );
    // Nobody to whom it could apply adds nothing.
    let nobody = "share,numerator,s2,2016-17,,z\nshare,denominator,s2,2016-17,,z\n";
    let opened = with(&format!("{}{nobody}", both("s1", "2,")));
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: 20 value"
    );
    assert_eq!(
        known(&opened, "share", "s2", "2016-17"),
        "here: not applicable"
    );
    // Published with and without counts.
    let published = "share,value,s1,2016-17,20,\nshare,value,s2,2016-17,30,\n";
    assert_eq!(
        known(&with(published), "share", "south", "2016-17"),
        "only for each ward"
    );
    let counted = format!("{published}{}{}", both("s1", "2,"), both("s2", "3,"));
    assert_eq!(
        known(&with(&counted), "share", "south", "2016-17"),
        "of 2 ward: 25 value"
    );
    let hidden = format!("share,value,s2,2016-17,,c\n{}", both("s1", "2,"));
    assert_eq!(
        known(&with(&hidden), "share", "south", "2016-17"),
        "of 2 ward: suppressed"
    );
}

#[test]
fn of_nobody_there_is_no_share_and_no_event() {
    let counts = |above: &str| {
        format!("share,numerator,s1,2016-17,{above},\nshare,denominator,s1,2016-17,0,\n")
    };
    let rest = "share,numerator,s2,2016-17,2,\nshare,denominator,s2,2016-17,10,\n";
    for form in ["", "form=rate"] {
        let opened = given(&[form], &format!("{}{rest}", counts("0"))).open();
        assert!(opened.findings().is_empty());
        assert_eq!(
            known(&opened, "share", "s1", "2016-17"),
            "here: not applicable"
        );
        assert_eq!(
            known(&opened, "share", "south", "2016-17"),
            "of 2 ward: 20 value"
        );
        let opened = given(&[form], &format!("{}{rest}", counts("5"))).open();
        assert!(
            opened
                .findings()
                .to_string()
                .contains("`share`: 5 of 0 (impossible-figure)")
        );
        assert_eq!(
            known(&opened, "share", "s1", "2016-17"),
            "here: not available"
        );
        assert_eq!(
            known(&opened, "share", "south", "2016-17"),
            "of 2 ward: not available"
        );
    }
}

#[test]
fn a_place_of_which_a_part_is_of_another_level_is_not_rebuilt() {
    let folder = given(&[""], &ward_figures(&[(1, 10); 7])).folder();
    let east = "{ code = \"e2\", level = \"ward\", parent = \"east\" }";
    assert!(PLACE.contains(east));
    let toml = PLACE.replace(east, &east.replace("ward", "hamlet"));
    std::fs::write(folder.path().join("place.toml"), toml).unwrap();
    let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let opened = Indicators::open(&place).unwrap();
    assert_eq!(
        known(&opened, "share", "east", "2016-17"),
        "only for each ward"
    );
    assert_eq!(
        known(&opened, "share", "county", "2016-17"),
        "only for each ward"
    );
    assert_eq!(
        known(&opened, "share", "south", "2016-17"),
        "of 2 ward: 10 value"
    );
}

#[test]
fn a_larger_place_is_never_shown_as_a_smaller_one() {
    let figures = "share,numerator,county,2016-17,20,\nshare,denominator,county,2016-17,100,
        share,value,county,2017-18,30,\nshare,value,north,2017-18,40,
        share,value,n1,2018-19,50,\nshare,value,county,2019-20,,c";
    let opened = given(&["level=county"], figures).open();
    assert_eq!(
        known(&opened, "share", "n1", "2016-17"),
        "only for County: 20 value"
    );
    assert_eq!(
        known(&opened, "share", "north", "2016-17"),
        "only for County: 20 value"
    );
    // The smallest place that holds it.
    assert_eq!(
        known(&opened, "share", "n1", "2017-18"),
        "only for North: 40 value"
    );
    assert_eq!(
        known(&opened, "share", "s1", "2017-18"),
        "only for County: 30 value"
    );
    assert_eq!(
        known(&opened, "share", "county", "2018-19"),
        "only for each county"
    );
    assert_eq!(known(&opened, "share", "s1", "2018-19"), "nowhere");
    assert_eq!(
        known(&opened, "share", "n1", "2019-20"),
        "only for County: suppressed"
    );
    let ward = here(&opened, "n1");
    let known = opened.known("share", ward, at("2016-17")).unwrap();
    assert_eq!(
        (known.status(), known.observation()),
        (Status::NotCollected, None)
    );
    // In words and tables too: the county's figure stands only under its name.
    let told = opened.told(here(&opened, "s1"), sure()).unwrap().remove(0);
    assert_eq!((told.figure, told.status), (None, Status::NotCollected));
    assert_eq!(told.only_for, Some(("County".to_owned(), Some(30.into()))));
    assert!(told.progress.is_none());
    let progress = opened
        .progress("share", Area::Here(ward), at("2016-17"), sure())
        .unwrap();
    assert_eq!(progress.estimate.value(), None);
    let simulation = Simulation::new(1000, 1).unwrap();
    let wards = opened
        .over_places("share", at("2016-17"), "ward", simulation, sure())
        .unwrap();
    assert_eq!(wards.rows.len(), 7);
    for row in &wards.rows {
        assert_eq!((row.figure, row.rank), (None, None));
        assert_eq!(row.only_for.as_deref(), Some("County"));
    }
    assert!(wards.table().to_string().contains("only for County"));
    let table = wards.table().to_string();
    let figures = table.lines().skip(1).any(|line| line.contains("20"));
    assert!(!figures, "{table}");
}

#[test]
fn figures_of_several_places_need_counts_and_no_overlap() {
    let rows = [
        "",
        "code=average; form=mean; per=",
        "code=events; form=count; per=",
    ];
    let figures = "share,value,n1,2016-17,20,\nshare,numerator,n2,2016-17,2,
        share,denominator,n2,2016-17,10,\nshare,value,n3,2016-17,,c
        events,value,n1,2016-17,3,\nevents,value,n2,2016-17,4,";
    let opened = given(&rows, figures).open();
    let together = |code: &str, places: &[&str]| {
        let places: Vec<_> = places.iter().map(|place| here(&opened, place)).collect();
        opened.together(code, &places, at("2016-17"))
    };
    let refused = |code: &str, places: &[&str]| together(code, places).unwrap_err().to_string();
    assert_eq!(
        refused("share", &["n1", "n2"]),
        "`share` is a proportion: its figures for several places cannot be added up or averaged \
         without the counts behind them, and n1 is published without them"
    );
    assert_eq!(
        refused("average", &["n1", "n2"]),
        "`average` is a mean: its figures for several places cannot be added up or averaged \
         without the counts behind them, and it has none"
    );
    for overlapping in [["n2", "north"], ["north", "n2"], ["n2", "n2"]] {
        assert_eq!(
            refused("share", &overlapping),
            "`share` is a proportion: its figures for several places cannot be added up or \
             averaged without the counts behind them, and two of the places overlap"
        );
    }
    assert_eq!(
        refused("shar", &["n1"]),
        "`shar` is not an indicator of this place; did you mean `share`?"
    );
    assert_eq!(
        together("events", &["n1", "n2"]).unwrap().numerator,
        Some(Count::known(7.into()))
    );
    assert_eq!(
        together("share", &["n2", "n3"]).unwrap().status(),
        Status::Suppressed
    );
    assert_eq!(
        together("share", &["n2", "s1"]).unwrap().status(),
        Status::NotCollected
    );
}

// ---- what is not there

#[test]
fn gaps_are_told_by_reason_with_who_owes_them() {
    let rows = [
        "",
        "code=events; form=count; per=; publisher=; owner=police; level=county",
    ];
    let more = r#"
[[expected]]
rows = [
    { indicator = "share", level = "ward", from = "2016-17", to = "2017-18" },
    { indicator = "share", level = "area", from = "2016-17", to = "2016-17" },
    { indicator = "events", level = "county", from = "2015-16", to = "2018-19" },
]
"#;
    let mut figures = ward_figures(&[
        (1, 10),
        (1, 10),
        (1, 10),
        (1, 10),
        (1, 10),
        (1, 10),
        (1, 10),
    ])
    .replace(
        "share,numerator,e2,2016-17,1,",
        "share,numerator,e2,2016-17,,c",
    )
    .replace(
        "share,numerator,e1,2016-17,1,",
        "share,numerator,e1,2016-17,,z",
    );
    figures.push_str(
        "share,value,n1,2017-18,,-\nshare,value,n2,2017-18,,-\nshare,value,n3,2017-18,0,\n",
    );
    figures.push_str("events,value,county,2016-17,3,p\nevents,value,n1,2017-18,3,\n");
    let opened = given_more(&rows, more, &figures).open();
    let gaps: Vec<String> = (opened.gaps().iter())
        .map(|gap| {
            format!(
                "{} {} {}: {} of {} in {} places, {} to {}, {}",
                gap.indicator,
                gap.level,
                gap.status,
                gap.missing,
                gap.expected,
                gap.places,
                gap.first,
                gap.last,
                gap.owed_by
            )
        })
        .collect();
    assert_eq!(
        gaps,
        [
            "share ward suppressed: 1 of 14 in 1 places, 2016-17 to 2016-17, Board",
            "share ward not available: 2 of 14 in 2 places, 2017-18 to 2017-18, Board",
            "share ward not collected: 4 of 14 in 4 places, 2017-18 to 2017-18, Board",
            "share area suppressed: 1 of 3 in 1 places, 2016-17 to 2016-17, Board",
            "events county not available: 1 of 4 in 1 places, 2017-18 to 2017-18, The Police",
            "events county not collected: 2 of 4 in 1 places, 2015-16 to 2018-19, The Police",
        ]
    );
    let table = opened.gaps_table().to_string();
    assert!(
        table.contains("The Police") && table.contains("suppressed"),
        "{table}"
    );
    // Nobody expects anything: nothing is missing.
    assert!(given(&rows, &figures).open().gaps().is_empty());
}

// ---- three facts, and the curve

/// A county indicator with counts of 100 people for each year from 2012-13 on.
fn progress_of(fields: &str, more: &str, of_100: &[i64], year: &str) -> Progress {
    let mut figures = String::new();
    for (i, above) in of_100.iter().enumerate() {
        let year = Years::FinancialEnding
            .period(&format!("{}", 2013 + i))
            .unwrap();
        writeln!(figures, "share,numerator,county,{year},{above},").unwrap();
        writeln!(figures, "share,denominator,county,{year},100,").unwrap();
    }
    let opened = given_more(&[&format!("level=county; {fields}")], more, &figures).open();
    let county = Area::Here(here(&opened, "county"));
    opened.progress("share", county, at(year), sure()).unwrap()
}

fn target(value: &str) -> String {
    format!(
        "\n[[targets]]\nrows = [{{ indicator = \"share\", area = \"county\", period = \"2012-13\", \
         value = \"{value}\", source = \"made up\" }}]\n"
    )
}

#[test]
fn target_and_significance_are_two_facts() {
    // 30 of 100: 21.9 to 39.6.
    let cases = [
        ("lower", "30", "target 30 met", "no more than chance"),
        ("lower", "35", "target 35 met", "no more than chance"),
        ("lower", "45", "target 45 met", "better, beyond chance"),
        ("lower", "25", "target 25 not met", "no more than chance"),
        ("lower", "20", "target 20 not met", "worse, beyond chance"),
        ("higher", "30", "target 30 met", "no more than chance"),
        ("higher", "25", "target 25 met", "no more than chance"),
        ("higher", "20", "target 20 met", "better, beyond chance"),
        ("higher", "35", "target 35 not met", "no more than chance"),
        ("higher", "45", "target 45 not met", "worse, beyond chance"),
        (
            "neither",
            "45",
            "cannot say: neither direction is good",
            "lower, beyond chance",
        ),
        (
            "neither",
            "20",
            "cannot say: neither direction is good",
            "higher, beyond chance",
        ),
        (
            "neither",
            "30",
            "cannot say: neither direction is good",
            "no more than chance",
        ),
    ];
    for (better, value, met, beyond) in cases {
        let progress = progress_of(
            &format!("better={better}"),
            &target(value),
            &[30],
            "2012-13",
        );
        assert_eq!(progress.target.to_string(), met, "{better} {value}");
        assert_eq!(
            progress.significance.to_string(),
            beyond,
            "{better} {value}"
        );
        assert_eq!(
            progress.direction.to_string(),
            "cannot say: there are fewer than five figures",
            "the third is another"
        );
    }
    let without = progress_of("", "", &[30], "2012-13");
    assert_eq!(without.target, AgainstTarget::NoTarget);
    assert_eq!(
        without.significance.to_string(),
        "cannot say: there is no target"
    );
    // A target of a period without a figure.
    let nothing = progress_of("", &target("30"), &[], "2012-13");
    assert_eq!(nothing.target.to_string(), "cannot say: there is no figure");
    assert_eq!(
        nothing.significance.to_string(),
        "cannot say: not collected"
    );
}

#[test]
fn a_figure_beside_a_fixed_value() {
    let opened = given(
        &["level=county"],
        "share,numerator,county,2016-17,30,\nshare,denominator,county,2016-17,100,\nshare,value,county,2017-18,30,",
    )
    .open();
    let county = Area::Here(here(&opened, "county"));
    let beside = |year: &str, value: i64| {
        opened
            .against_value("share", county, at(year), value.into(), sure())
            .unwrap()
    };
    assert_eq!(beside("2016-17", 45), AgainstValue::Better);
    assert_eq!(beside("2016-17", 10), AgainstValue::Worse);
    assert_eq!(beside("2016-17", 30), AgainstValue::NoMoreThanChance);
    assert_eq!(
        beside("2017-18", 45).to_string(),
        "cannot say: no counts published, so no interval can be made"
    );
}

#[test]
fn direction_needs_five_points_without_break_or_overlap() {
    let falling = [60, 50, 40, 30, 20];
    let rising = [20, 30, 40, 50, 60];
    let cases = [
        ("lower", falling, Direction::Improving),
        ("lower", rising, Direction::Worsening),
        ("higher", falling, Direction::Worsening),
        ("higher", rising, Direction::Improving),
        ("neither", falling, Direction::Falling),
        ("neither", rising, Direction::Rising),
        // The field's own worked numbers: chi-squared 3.48, not beyond chance.
        ("lower", [46, 44, 41, 39, 34], Direction::NoSignificantTrend),
    ];
    for (better, points, direction) in cases {
        let progress = progress_of(&format!("better={better}"), "", &points, "2016-17");
        assert_eq!(progress.direction, direction, "{better} {points:?}");
    }
    let cannot = |more: &str, points: &[i64], year: &str| {
        progress_of("", more, points, year).direction.to_string()
    };
    assert_eq!(
        cannot("", &falling[..4], "2015-16"),
        "cannot say: there are fewer than five figures"
    );
    assert_eq!(
        cannot("", &falling, "2015-16"),
        "cannot say: there are fewer than five figures",
        "later figures do not count"
    );
    let break_in = |year: &str| {
        format!(
            "\n[[breaks]]\nrows = [{{ indicator = \"share\", period = \"{year}\", why = \"new count\" }}]\n"
        )
    };
    for year in ["2013-14", "2016-17"] {
        assert_eq!(
            cannot(&break_in(year), &falling, "2016-17"),
            "cannot say: the series breaks among its last five figures"
        );
    }
    // A break at the first of the five is before them.
    assert_eq!(
        cannot(&break_in("2012-13"), &falling, "2016-17"),
        "improving"
    );
    assert_eq!(
        progress_of("", &break_in("2016-17"), &falling, "2016-17").change,
        None,
        "nor is there a change over a break"
    );
    assert_eq!(
        progress_of("", "", &falling, "2016-17").change,
        Some((at("2015-16"), Decimal::from(-10)))
    );
}

#[test]
fn direction_of_overlapping_and_of_uncounted_figures_cannot_be_said() {
    let direction = |fields: &str, labels: [&str; 5], part: &str| {
        let figures: String = (labels.iter().zip(1..))
            .map(|(label, i)| format!("share,{part},county,{label},{i},\n"))
            .collect();
        let opened = given(&[&format!("level=county; {fields}")], &figures).open();
        assert!(opened.findings().is_empty(), "{}", opened.findings());
        let county = Area::Here(here(&opened, "county"));
        let last = *opened.periods("share").unwrap().last().unwrap();
        opened
            .progress("share", county, last, sure())
            .unwrap()
            .direction
            .to_string()
    };
    let three_years = ["2010-12", "2011-13", "2012-14", "2013-15", "2014-16"];
    assert_eq!(
        direction("years=calendar", three_years, "value"),
        "cannot say: its periods overlap, so its figures are not independent"
    );
    let years = ["2012-13", "2013-14", "2014-15", "2015-16", "2016-17"];
    assert_eq!(
        direction("", years, "value"),
        "cannot say: no counts published"
    );
    assert_eq!(
        direction("form=count; per=", years, "value"),
        "no trend beyond chance",
        "a count is its own count"
    );
}

#[test]
fn the_curve_is_turned_only_outside_the_forecast_in_the_good_direction() {
    let forecast = |method: &str| {
        format!(
            "\n[[forecasts]]\nrows = [{{ indicator = \"share\", method = \"{method}\", from = \
             \"2012-13\", to = \"2015-16\", judgement = \"made up\" }}]\n"
        )
    };
    // 40, 42, 41, 39: level about 40.5, spread about 1.3.
    let history = [40, 42, 41, 39];
    let curve = |better: &str, method: &str, after: i64| {
        let mut points = history.to_vec();
        points.push(after);
        let progress = progress_of(
            &format!("better={better}"),
            &forecast(method),
            &points,
            "2016-17",
        );
        assert!(
            progress
                .forecast
                .unwrap()
                .interval()
                .unwrap()
                .contains(40.0)
        );
        progress.curve
    };
    for method in ["level", "linear-trend"] {
        assert_eq!(
            curve("lower", method, 20),
            AgainstForecast::Turned,
            "{method}"
        );
        assert_eq!(
            curve("lower", method, 40),
            AgainstForecast::AsForecast,
            "{method}"
        );
        assert_eq!(
            curve("lower", method, 60),
            AgainstForecast::WorseThanForecast,
            "{method}"
        );
        assert_eq!(
            curve("higher", method, 20),
            AgainstForecast::WorseThanForecast,
            "{method}"
        );
        assert_eq!(
            curve("higher", method, 60),
            AgainstForecast::Turned,
            "{method}"
        );
        assert_eq!(
            curve("neither", method, 20).to_string(),
            "cannot say: neither direction is good"
        );
    }
    // By hand: mean 40.5, deviation √(5/3), 3 degrees of freedom: t = 3.182446.
    let progress = progress_of("", &forecast("level"), &[40, 42, 41, 39, 40], "2016-17");
    let reach = 3.182_446 * (5.0_f64 / 3.0).sqrt() * (1.25_f64).sqrt();
    let interval = progress.forecast.unwrap().interval().unwrap();
    assert!(
        (interval.lower - (40.5 - reach)).abs() < 1e-4,
        "{interval:?}"
    );
    assert!(
        (interval.upper - (40.5 + reach)).abs() < 1e-4,
        "{interval:?}"
    );
    // The history itself is no test of it; without a forecast there is none.
    let inside = progress_of("", &forecast("level"), &history, "2015-16");
    assert_eq!(
        (inside.curve, inside.forecast),
        (AgainstForecast::NoForecast, None)
    );
    assert_eq!(
        progress_of("", "", &history, "2015-16").curve,
        AgainstForecast::NoForecast
    );
    let short = progress_of("", &forecast("linear-trend"), &[40, 42], "2016-17");
    assert!(
        short.curve.to_string().starts_with("cannot say: "),
        "{}",
        short.curve
    );
    let nothing = progress_of("", &forecast("level"), &history, "2016-17");
    assert_eq!(nothing.curve.to_string(), "cannot say: there is no figure");
}

#[test]
fn the_headline_keeps_the_three_facts_apart() {
    let toml = format!(
        "{}{}",
        indicators(&[
            "code=share; outcome=safe; headline=yes; level=county",
            "code=b; outcome=safe"
        ]),
        target("25")
    );
    let opened = Given {
        toml,
        figures: "share,numerator,county,2012-13,30,\nshare,denominator,county,2012-13,100,"
            .to_owned(),
        ..Given::default()
    }
    .open();
    let table = |place: &str| {
        opened
            .headline_table(here(&opened, place), sure())
            .unwrap()
            .to_string()
    };
    let county = table("county");
    for words in [
        "FEWER OFFEND",
        "30",
        "21.9 to 39.6",
        "target 25 not met",
        "no more than chance",
        "cannot say: there are fewer than five figures",
        "no forecast",
        "Made up.",
    ] {
        assert!(county.contains(words), "{words}: {county}");
    }
    assert_eq!(
        county.matches("Share (%)").count(),
        1,
        "only the headline: {county}"
    );
    let ward = table("n1");
    assert!(
        ward.contains("only for County") && !ward.contains("21.9"),
        "{ward}"
    );
}

// ---- inequality

/// Seven wards ranked by `rank`, with counts.
fn ranked(counts: &str, ranks: &str) -> Indicators {
    given(
        &["", "code=place; form=rank; per="],
        &format!("{counts}\n{ranks}"),
    )
    .open()
}

fn ranks_of(wards: &[&str]) -> String {
    (wards.iter().zip(1..))
        .map(|(ward, rank)| format!("place,value,{ward},2016-17,{rank},\n"))
        .collect()
}

#[test]
fn the_slope_is_over_groups_rebuilt_from_counts() {
    // From the least advantaged on: 40%, 35%, 30%, 25%, 20%, 15%, 10%.
    let counts = [
        (40, 100),
        (35, 100),
        (30, 100),
        (25, 100),
        (20, 100),
        (15, 100),
        (10, 100),
    ];
    let figures = ward_figures(&counts);
    let ranks = ranks_of(&WARDS);
    let opened = ranked(&figures, &ranks);
    let slope = |groups: u32| {
        let simulation = Simulation::new(1000, 1).unwrap();
        let at = at("2016-17");
        opened.inequality(
            "share",
            at,
            Ranking {
                by: "place",
                period: at,
                groups,
            },
            simulation,
            sure(),
        )
    };
    let found = slope(7).unwrap();
    assert_eq!(found.groups.len(), 7);
    let first = &found.groups[0];
    assert_eq!(
        (first.quantile, first.areas, first.population),
        (1, 1, 100.0)
    );
    assert!(
        (first.estimate.value().unwrap() - 40.0).abs() < 1e-9,
        "1 is the least advantaged"
    );
    let value = found.index.slope.value().unwrap();
    let interval = found.index.slope.interval().unwrap();
    assert!(value < -25.0 && value > -50.0, "{value}");
    assert!(
        interval.upper < 0.0 && interval.contains(value),
        "{interval:?}"
    );
    assert_eq!(found.left_out, 0);
    assert!(
        found
            .table()
            .to_string()
            .contains("Slope index of inequality")
    );
    // Fewer areas than groups.
    assert_eq!(
        slope(8).unwrap_err().to_string(),
        "`share`: there are 7 areas; the method needs at least 8"
    );
}

#[test]
fn a_slope_without_ranks_or_counts_is_refused() {
    let counts = [
        (40, 100),
        (35, 100),
        (30, 100),
        (25, 100),
        (20, 100),
        (15, 100),
        (10, 100),
    ];
    let figures = ward_figures(&counts);
    let slope = |opened: &Indicators, groups: u32| {
        let simulation = Simulation::new(1000, 1).unwrap();
        let year = at("2016-17");
        opened.inequality(
            "share",
            year,
            Ranking {
                by: "place",
                period: year,
                groups,
            },
            simulation,
            sure(),
        )
    };
    let refused = |opened: &Indicators| slope(opened, 5).unwrap_err().to_string();
    let unranked = ranked(&figures, "");
    assert_eq!(
        refused(&unranked),
        "`place` ranks none of the wards in 2016-17"
    );
    // A hidden count makes its group, and so the slope, unknown.
    let hidden = figures.replace(
        "share,numerator,n2,2016-17,35,",
        "share,numerator,n2,2016-17,,c",
    );
    let hidden = ranked(&hidden, &ranks_of(&WARDS));
    let error = refused(&hidden);
    assert!(
        error.ends_with("an area whose counts are suppressed") && error.contains("and group "),
        "{error}"
    );
    // One ward without a rank is left out, and said.
    let six = ranked(&figures, &ranks_of(&WARDS[..6]));
    let found = slope(&six, 5).unwrap();
    assert_eq!(found.left_out, 1);
    assert!(
        found
            .table()
            .to_string()
            .contains("Without a rank, and left out: 1.")
    );
    let people: f64 = found.groups.iter().map(|group| group.population).sum();
    assert!((people - 600.0).abs() < 1e-9);
    // Figures that were never counts.
    let year = at("2016-17");
    let simulation = Simulation::new(1000, 1).unwrap();
    let error = six
        .inequality(
            "place",
            year,
            Ranking {
                by: "share",
                period: year,
                groups: 5,
            },
            simulation,
            sure(),
        )
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "`place` is a rank: its figures for several places cannot be added up or averaged without \
         the counts behind them, and it has none above and below a line"
    );
    assert!(
        Simulation::new(999, 1).is_err(),
        "fewer draws than the method's least"
    );
}

// ---- reoffending

fn quarter(
    period: &str,
    offenders: u64,
    reoffenders: u64,
    reoffences: u64,
) -> Result<Cohort, CohortError> {
    Cohort::new(at(period), offenders, reoffenders, reoffences, 12, 6)
}

#[test]
fn numbers_that_are_no_cohort_are_refused() {
    let refused = |offenders, reoffenders, reoffences| {
        quarter("Jan 2017 to Mar 2017", offenders, reoffenders, reoffences)
            .unwrap_err()
            .to_string()
    };
    assert_eq!(refused(0, 0, 0), "a cohort needs at least one offender");
    assert_eq!(refused(10, 11, 20), "11 of 10 offenders cannot reoffend");
    assert_eq!(refused(10, 5, 4), "5 reoffenders cannot have 4 reoffences");
    assert_eq!(refused(10, 0, 1), "0 reoffenders cannot have 1 reoffences");
    assert_eq!(Cohort::pooled(&[]), Err(CohortError::Nobody));
}

#[test]
fn quarters_are_pooled_by_their_counts() {
    let quarters = [
        quarter("Apr 2016 to Jun 2016", 100, 50, 100).unwrap(),
        quarter("Jul 2016 to Sep 2016", 10, 0, 0).unwrap(),
        quarter("Oct 2016 to Dec 2016", 40, 10, 30).unwrap(),
        quarter("Jan 2017 to Mar 2017", 50, 2, 2).unwrap(),
    ];
    let year = Cohort::pooled(&quarters).unwrap();
    assert_eq!(year, quarter("2016-17", 200, 62, 132).unwrap());
    // 62 of 200, not the mean of 50%, 0%, 25% and 4%.
    let share = year.reoffending_proportion(sure()).unwrap();
    assert_eq!(share, wilson(62.0, 200.0, sure()).unwrap());
    let mut backwards = quarters;
    backwards.reverse();
    assert_eq!(Cohort::pooled(&backwards), Ok(year));
    // Not alike: overlapping, and followed for another time.
    let text = "the cohorts were not followed equally long, or the same people may be in two";
    assert_eq!(
        Cohort::pooled(&[quarters[0], quarters[0]])
            .unwrap_err()
            .to_string(),
        text
    );
    let longer = Cohort::new(at("Jul 2016 to Sep 2016"), 10, 0, 0, 24, 6).unwrap();
    assert_eq!(
        Cohort::pooled(&[quarters[0], longer]),
        Err(CohortError::NotAlike)
    );
    let waited = Cohort::new(at("Jul 2016 to Sep 2016"), 10, 0, 0, 12, 3).unwrap();
    assert_eq!(
        Cohort::pooled(&[quarters[0], waited]),
        Err(CohortError::NotAlike)
    );
}

#[test]
fn a_cohort_is_complete_after_follow_up_and_waiting() {
    let cohort = quarter("Jan 2017 to Mar 2017", 200, 62, 248).unwrap();
    assert_eq!(cohort.complete_after(), Some(at("Sep 2018")));
    assert!(!cohort.is_complete_by(at("Aug 2018")));
    assert!(cohort.is_complete_by(at("Sep 2018")));
    assert!(cohort.is_complete_by(at("2018-19")));
    // The old local measure: twelve months and three.
    let local = Cohort::new(at("Jan 2017 to Mar 2017"), 200, 62, 248, 12, 3).unwrap();
    assert_eq!(local.complete_after(), Some(at("Jun 2018")));
    let now = Cohort::new(at("Jan 2017 to Mar 2017"), 200, 62, 248, 0, 0).unwrap();
    assert_eq!(now.complete_after(), Some(at("Mar 2017")));
}

#[test]
fn fewer_reoffenders_can_raise_the_figure_for_each() {
    let before = quarter("Jan 2017 to Mar 2017", 200, 62, 248).unwrap();
    let after = quarter("Jan 2018 to Mar 2018", 200, 40, 200).unwrap();
    let share = |cohort: &Cohort| {
        cohort
            .reoffending_proportion(sure())
            .unwrap()
            .value()
            .unwrap()
    };
    assert!(share(&after) < share(&before));
    assert!(after.reoffences_per_reoffender() > before.reoffences_per_reoffender());
    assert_eq!(
        quarter("2016-17", 5, 0, 0)
            .unwrap()
            .reoffences_per_reoffender(),
        None
    );
    assert_eq!(
        quarter("2016-17", 5, 0, 0)
            .unwrap()
            .reoffences_per_offender(),
        Some(0.0)
    );
}

proptest! {
    #[test]
    fn the_share_times_reoffences_each_is_reoffences_for_each_offender(
        reoffenders in 1_u64..500, others in 0_u64..500, more in 0_u64..2000,
    ) {
        let cohort = quarter("2016-17", reoffenders + others, reoffenders, reoffenders + more).unwrap();
        let share = cohort.reoffending_proportion(sure()).unwrap().value().unwrap();
        let product = share * cohort.reoffences_per_reoffender().unwrap();
        prop_assert!((product - cohort.reoffences_per_offender().unwrap()).abs() < 1e-9);
    }
}

#[test]
fn reoffences_have_an_interval_only_with_people_by_reoffences() {
    let cohort = quarter("2016-17", 10, 3, 9).unwrap();
    let of = |people: &[(u64, u64)]| -> Result<Estimate, StatisticError> {
        cohort.reoffences_per_offender_estimate(&people.iter().copied().collect(), sure())
    };
    let estimate = of(&[(1, 2), (7, 1)]).unwrap();
    assert_eq!(estimate.value(), Some(0.9));
    // By hand: 0 ×7, 1 ×2, 7: squares 7·0.81 + 2·0.01 + 37.21 = 42.9; t of 9 = 2.262157.
    let reach = 2.262_157 * (42.9_f64 / 9.0).sqrt() / 10.0_f64.sqrt();
    let interval = estimate.interval().unwrap();
    assert!(
        (interval.upper - (0.9 + reach)).abs() < 1e-4,
        "{interval:?} {reach}"
    );
    for wrong in [&[(3, 2)][..], &[(1, 3)], &[(3, 3), (1, 1)], &[]] {
        assert_eq!(
            of(wrong).unwrap_err().to_string(),
            "the people by reoffences are not those of the cohort"
        );
    }
}

#[test]
fn an_unknown_code_names_the_nearest() {
    let opened = given(&[""], "").open();
    assert_eq!(
        opened.indicator("shair").unwrap_err().to_string(),
        "`shair` is not an indicator of this place; did you mean `share`?"
    );
    assert_eq!(
        opened.outcome("saef").unwrap_err().to_string(),
        "`saef` is not an outcome of this place; did you mean `safe`?"
    );
}
