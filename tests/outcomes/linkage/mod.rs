//! Spending beside outcome in the small county of `indicators`: what may stand beside what, with
//! which lag, what is said of a change, and sums held against a second way of working them out.
//!
//! - `comparison`: places beside one another: ranks, flags, all together
//! - `effect`: what changed, and what may be said of it
//! - `pairing`: what may stand beside what, with which lag, in which rows
//! - `unit_cost`: pounds for each, and spending on an outcome, to the penny

mod comparison;
mod effect;
mod pairing;
mod unit_cost;

use crate::outcomes::indicators::{Given, at, given_more, here, indicators, sure};
use proptest::prelude::*;
use rust_decimal::Decimal;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, Period, Phase};
use wholeplace::cube::{Cube, Question};
use wholeplace::indicator::{Area, Indicators, Lag, Relation, Status};
use wholeplace::linkage::{
    EvidenceGrade, LinkageError, Pairing, SideBySide, SideBySideRow, SpendShown,
    cost_per_unit_of_change, spend_per,
};
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::statistic::{Confidence, Estimate, Flag, Interval, Simulation};

/// A county with its account and outcomes.
struct Linked {
    _folder: TempDir,
    cube: Cube,
    indicators: Indicators,
}

fn linked(given: &Given) -> Linked {
    let folder = given.folder();
    let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    let account = PlaceAccount::load(&place).unwrap_or_else(|error| panic!("{error}"));
    let cube = Cube::build(&account).unwrap();
    let indicators = Indicators::open(&place).unwrap_or_else(|error| panic!("{error}"));
    Linked {
        _folder: folder,
        cube,
        indicators,
    }
}

impl Linked {
    fn ask(&self) -> Question<'_> {
        (self.cube.ask().phase(Phase::Outturn))
            .boundary(Boundary::AllPartners)
            .locality("county")
    }

    fn pair<'a>(&'a self, question: Question<'a>, code: &str) -> Result<Pairing<'a>, LinkageError> {
        Pairing::new(question, &self.indicators, code)
    }

    fn refused(&self, question: Question<'_>, code: &str) -> String {
        self.pair(question, code).unwrap_err().to_string()
    }

    /// Youth justice beside the county's share.
    fn beside(&self, code: &str, months: u16, years: &[&str]) -> SideBySide {
        let years: Vec<Period> = years.iter().map(|year| at(year)).collect();
        (self
            .pair(self.ask().activity("youth-justice"), code)
            .unwrap())
        .lag(lag(months))
        .over(&years, sure())
        .unwrap()
    }
}

fn lag(months: u16) -> Lag {
    Lag {
        months,
        why: "made up".to_owned(),
    }
}

const SPENT: &str = "council,youth-justice,county,2016-17,900.00
    council,youth-justice,county,2017-18,1000.00
    police,youth-justice,county,2017-18,500.00
    council,youth-work,north,2017-18,30.00
    council,roads,county,2015-16,7.00
    council,youth-justice,county,2014-15,5.00
    council,youth-justice,county,2014-15,-5.00";

fn county(rows: &[&str], more: &str, figures: &str) -> Linked {
    let rows: Vec<String> = rows
        .iter()
        .map(|row| format!("level=county; {row}"))
        .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    linked(&Given {
        spent: SPENT.to_owned(),
        ..given_more(&rows, more, figures)
    })
}

/// Every kind of indicator with one figure, and one with none.
fn kinds() -> Linked {
    let performance = "accountability=performance; asks=how-well; service_partner=council";
    county(
        &[
            "",
            "code=children; ages=0-15",
            "code=in-care; ages=10-17; group=in-care",
            &format!("code=timely; service_activity=youth-justice; {performance}"),
            &format!("code=youthful; service_activity=youth; {performance}"),
            "code=nowhere",
            "code=of-north",
        ],
        "",
        "share,value,county,2017-18,20,\nchildren,value,county,2017-18,20,
         in-care,value,county,2017-18,20,\ntimely,value,county,2017-18,20,
         youthful,value,county,2017-18,20,\nof-north,value,north,2017-18,5,",
    )
}

const AREAS: &str = r#"
[[areas]]
rows = [
    { code = "county", name = "County", relation = "subject", also = "1" },
    { code = "E2", name = "Elsewhere", relation = "statistical-neighbour", rank = "2" },
    { code = "E3", name = "Nearest", relation = "statistical-neighbour", rank = "1" },
    { code = "E9", name = "England", relation = "country" },
]

[[spend_elsewhere]]
activity = "youth-justice"
name = "youth justice, gross"
phase = "outturn"
years = "financial"
source = "made up"
table = { columns = { area = "area" }, rows = [
    { area = "1", period = "2017-18", amount = "1600" },
    { area = "E2", period = "2017-18", amount = "4000" },
    { area = "E2", period = "2016-17", amount = "" },
    { area = "E3", period = "2017-18", amount = "660" },
] }
"#;
