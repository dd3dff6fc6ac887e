//! Outcomes and indicators of a small county, written as the tables that a pack would have.
//!
//! The county has three areas of two or three wards each; the tests give the indicators, the
//! figures, and whatever else the outcomes file is to say.
//!
//! - `faults`: what is wrong with definitions: each fault says what and where, all of them are told
//! - `figures`: what is wrong with published figures, and the interval of a single one
//! - `inequality`: the slope over groups of areas
//! - `known`: what is known of a place: sums, rebuilt rates, statuses, gaps
//! - `periods`: labels of periods, as their publishers write them
//! - `progress`: target, significance and direction are three facts; the curve and its forecast
//! - `reoffending`: cohorts, and the three meanings of a reoffending rate

mod faults;
mod figures;
mod inequality;
mod known;
mod periods;
mod progress;
mod reoffending;

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

/// The line of `outcomes.toml` on which a text of the test first stands.
fn line_of(toml: &str, text: &str) -> usize {
    let whole = format!("{HEAD}{toml}");
    let line = whole.lines().position(|line| line.contains(text));
    line.unwrap_or_else(|| panic!("`{text}` stands in\n{whole}")) + 1
}

/// Numerators and denominators of all wards.
fn ward_figures(counts: &[(i64, i64)]) -> String {
    let mut figures = String::new();
    for (ward, (above, below)) in WARDS.iter().zip(counts) {
        writeln!(figures, "share,numerator,{ward},2016-17,{above},").unwrap();
        writeln!(figures, "share,denominator,{ward},2016-17,{below},").unwrap();
    }
    figures
}
