//! Place plans, premises and agreements: every pound counts once, and what joins the account is found.

mod agreements;
mod medium_term;
mod papers;
mod place_plans;
mod plan_histories;
mod premises;
mod shropshire;

use crate::fixtures::packs::pack;
use std::sync::Arc;
use tempfile::TempDir;
use wholeplace::Place;
use wholeplace::finding::Findings;
use wholeplace::money::Pence;
use wholeplace::place_plan::PlacePlans;
use wholeplace::register::RegisterError;

/// A place with two areas and no ledger.
const PLACE: &str = r#"
[place]
name = "Small"
locality = "county"
plans = "plans.toml"
premises = "premises.toml"

[[localities]]
rows = [
    { code = "county", name = "The county", level = "county" },
    { code = "north", name = "North", level = "area", parent = "county" },
    { code = "south", name = "South", level = "area", parent = "county" },
]

[[activities]]
rows = [{ code = "housing", name = "Housing" }, { code = "other", name = "Other" }]

[[groups]]
rows = [{ code = "everyone" }]

[[partners]]
rows = [
    { code = "council", name = "The council" },
    { code = "police", name = "The police" },
    { code = "trust", name = "The trust" },
]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ rows = [{ locality = "north", mass = "1" }, { locality = "south", mass = "1" }] }]

[[sharing]]
driver = "people"
"#;

/// Files of a plan with published contributions.
const PUBLISHED: &str = r#"
[[priorities]]
file = "priorities.csv"

[[developer]]
rows = "steps"
agreements = { file = "agreements.csv" }
contributions = { file = "promises.csv" }
transactions = { file = "transactions.csv" }
"#;

const PRIORITIES: &str = "code,name,place,level,need,cost,quantity,unit,status\n";
const PROMISES: &str =
    "reference,developer-agreement,contribution-purpose,amount,units,start-date,end-date\n";
const TRANSACTIONS: &str = "reference,developer-agreement-contribution,contribution-funding-status,amount,units,start-date,end-date\n";
const AGREEMENTS: &str = "reference,developer-agreement-type,start-date\nA,section-106,2020-01-01\nC,community-infrastructure-levy,2020-01-01\n";

/// A pack of the small place with these files beside.
fn place(files: &[(&str, &str)]) -> (TempDir, Arc<Place>) {
    let all: Vec<(&str, &str)> = [("place.toml", PLACE)]
        .into_iter()
        .chain(files.iter().copied())
        .collect();
    let folder = pack(&all);
    let place = Place::open(folder.path()).unwrap();
    (folder, place)
}

/// The plans of such a pack.
fn plans(files: &[(&str, &str)]) -> PlacePlans {
    let (_folder, place) = place(files);
    PlacePlans::open(&place).unwrap()
}

/// What is wrong with plans that must not open.
fn faults(files: &[(&str, &str)]) -> Findings {
    let (_folder, place) = place(files);
    match PlacePlans::open(&place) {
        Err(RegisterError::Faults(findings)) => findings,
        other => panic!("{other:?}"),
    }
}

fn pounds(pounds: i64) -> Pence {
    Pence::new(pounds * 100)
}

/// The rules of findings, in their order.
fn rules(findings: &Findings) -> Vec<&str> {
    findings.iter().map(|found| found.rule.as_str()).collect()
}
