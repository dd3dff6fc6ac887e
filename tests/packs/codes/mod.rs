//! What codes mean: crosswalks that people fill in, patterns, what is not spending, and what is still
//! to be done.

mod not_spending;
mod page;
mod patterns;
mod templates;
mod to_do;
mod wide;
mod workbooks;

use crate::fixtures::packs::pack;
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::axis::Placed;
use wholeplace::finding::Findings;
use wholeplace::place::{Place, PlaceError};

/// A pack with one ledger of payments, whose codes of four axes stand in one column. Two activities
/// have the name of one member each, two have the same.
const PLACE: &str = r#"
[place]
name = "Small"
locality = "county"

[[localities]]
rows = [
    { code = "county", name = "Midvale" },
    { code = "E05-1", name = "North Ward", parent = "county" },
    { code = "E05-2", name = "South Ward", parent = "county" },
]

[[activities]]
rows = [
    { code = "youth-work", name = "Youth work" },
    { code = "social-care", name = "Social care" },
    { code = "schools", name = "Learning" },
    { code = "colleges", name = "Learning" },
    { code = "area-7", name = "Area 7" },
]

[[groups]]
rows = [{ code = "everyone", name = "Everyone" }, { code = "children", name = "Children", parent = "everyone" }]

[[tags]]
rows = [{ code = "care-leaver", name = "Care leavers" }, { code = "send", name = "Special needs" }]

[[partners]]
rows = [{ code = "council", name = "Midvale Council" }]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ rows = [{ locality = "E05-1", ages = "all", mass = "1" }, { locality = "E05-2", ages = "all", mass = "1" }] }]

[[sharing]]
driver = "people"

[[crosswalk]]
file = "codes.csv"

[[ledger]]
id = "paid"
name = "Payments"
source = "made up"
phase = "outturn"
files = ["paid*.csv"]

[ledger.layout]
amount = ["amount"]
date = ["paid on"]
codes.activity = ["for"]
codes.ages = ["for"]
codes.group = ["for"]
codes.locality = ["for"]
codes.tag = ["for"]
codes.category = ["kind"]
codes.counterparty = ["payee"]

[ledger.axes]
partner = { always = "council" }
activity = { by = "crosswalk" }
ages = { by = "crosswalk", otherwise_gap = "not-disaggregated" }
group = { by = "crosswalk", otherwise_gap = "not-disaggregated" }
locality = { by = "crosswalk", otherwise = "county" }
tag = { by = "crosswalk" }
"#;

/// The pack with a crosswalk and payments: for each the code, its kind and the amount.
fn folder(codes: &str, paid: &[(&str, &str, &str)]) -> TempDir {
    pack(&[
        ("place.toml", PLACE),
        ("codes.csv", codes),
        ("paid.csv", &payments(paid)),
    ])
}

fn payments(paid: &[(&str, &str, &str)]) -> String {
    let mut text = "paid on,payee,for,kind,amount\n".to_owned();
    for (number, (code, kind, amount)) in paid.iter().enumerate() {
        text += &format!(
            "{:02}/04/2024,PAYEE {number},{code},{kind},{amount}\n",
            number + 1
        );
    }
    text
}

fn account(folder: &Path) -> PlaceAccount {
    let place = Place::open(folder).unwrap_or_else(|error| panic!("{error}"));
    PlaceAccount::load(&place).unwrap()
}

fn faults(folder: &Path) -> Findings {
    match Place::open(folder) {
        Err(PlaceError::Faults(findings)) => findings,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("the pack has no fault"),
    }
}

/// For each code of the data where its first line stands, on four axes and in tags.
fn placed(account: &PlaceAccount) -> BTreeMap<String, String> {
    let axes = account.place().axes();
    let mut all = BTreeMap::new();
    for (_, line, coding) in account.lines() {
        let mix = account.place().mixes().get(coding.activity);
        let activity: Vec<String> = (mix.parts.iter())
            .map(|(to, weight)| match to {
                Placed::On(member) => {
                    format!("{} {weight}", axes.activities.get(*member).code)
                }
                Placed::Gap(gap) => format!("({gap}) {weight}"),
            })
            .collect();
        let group = match coding.group {
            Placed::On(member) => axes.groups.get(member).code.clone(),
            Placed::Gap(gap) => format!("({gap})"),
        };
        let locality = match coding.locality {
            Placed::On(place) => axes.localities.code(place).to_owned(),
            Placed::Gap(gap) => format!("({gap})"),
        };
        let tags = (axes.tags.iter())
            .filter(|(tag, _)| coding.tags.has(*tag))
            .map(|(_, tag)| tag.code.as_str());
        let tags: Vec<&str> = tags.collect();
        let words = format!(
            "{} {} | {} | {group} | {locality} | {}",
            activity.join(" + "),
            mix.class,
            coding.ages,
            tags.join("+")
        );
        all.entry(line.code("activity").unwrap().to_owned())
            .or_insert(words);
    }
    all
}

/// The rules of the findings of an account, each once.
fn rules(account: &PlaceAccount) -> Vec<&str> {
    let mut rules: Vec<&str> = account
        .findings()
        .iter()
        .map(|one| one.rule.as_str())
        .collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}
