//! Contracts that pay by results: published terms with their results, noise, what must hold of any, and the register.

mod chances;
mod properties;
mod published;
mod register;
mod terms;

use std::path::Path;
use tempfile::TempDir;
use wholeplace::appraisal::Proposals;
use wholeplace::appraisal::contract::{
    Comparison, Contract, ContractError, Contracts, Payment, Reported, WhyNot,
};
use wholeplace::axis::YearKind;
use wholeplace::finding::Position;
use wholeplace::money::Ratio;
use wholeplace::place::Place;
use wholeplace::price::PriceYear;

/// The sample with one contract, and nothing reported of it.
fn pack(contract: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/shropshire");
    for entry in std::fs::read_dir(&sample).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
    }
    for (file, text) in [
        ("contract-youth-reoffending.toml", contract),
        (
            "contract_results.csv",
            "contract,term,cohort,year,people,count\n",
        ),
        (
            "payments.csv",
            "contract,term,cohort,state,on,claims,pence,reason\n",
        ),
    ] {
        std::fs::write(folder.path().join(file), text).unwrap();
    }
    folder
}

fn open(contract: &str) -> Result<Contract, ContractError> {
    let folder = pack(contract);
    let place = Place::open(folder.path()).unwrap();
    let contracts = Contracts::open(&Proposals::open(&place).unwrap())?;
    Ok(contracts.iter().next().unwrap().clone())
}

/// A contract of terms, for one cohort and from 2018-19 on; `head` are further keys of it.
fn contract(head: &str, terms: &str) -> Contract {
    open(&text(head, terms)).unwrap_or_else(|error| panic!("{error}"))
}

fn text(head: &str, terms: &str) -> String {
    let tariffs = if head.contains("tariffs") {
        ""
    } else {
        "tariffs = \"cash\"\n"
    };
    format!(
        "[contract]\ncode = \"one\"\nname = \"One\"\nprovider = \"a provider\"\nages = \"all\"\nlocality = \"ludlow\"\n\
         first_year = \"2018-19\"\nyears = 4\nsource = \"a test\"\n{tariffs}\
         payers = [{{ payer = \"shropshire-council\", share = \"1\" }}]\n{head}\n\
         [[cohort]]\ncode = \"all\"\nenters = \"2017-18\"\n\n{terms}"
    )
}

/// A term with the keys that every term has.
fn term(code: &str, kind: &str, keys: &str) -> String {
    format!(
        "[[term]]\ncode = \"{code}\"\nname = \"{code}\"\nkind = \"{kind}\"\nmetric = \"{code}\"\ncounts = \"those counted\"\n\
         months = 12\nevidence = \"a test\"\nplanned = \"1000\"\n{keys}\n\n"
    )
}

fn year(text: &str) -> PriceYear {
    PriceYear::parse(text, YearKind::Financial).unwrap()
}

fn reported(term: &str, people: u64, count: i128) -> Reported {
    Reported {
        term: term.into(),
        cohort: "all".into(),
        group: String::new(),
        year: year("2018-19"),
        people,
        count: Ratio::new(count, 1),
        returned: Ratio::zero(),
        comparison: None,
        quality: None,
        position: Position::file("results.csv"),
    }
}

fn beside(people: u64, count: i128) -> Option<Comparison> {
    Some(Comparison {
        people,
        count: Ratio::new(count, 1),
    })
}

/// What a contract pays, in words for people.
fn pays(contract: &Contract, rows: &[Reported]) -> String {
    paid(contract, rows).total.to_string()
}

fn paid(contract: &Contract, rows: &[Reported]) -> Payment {
    contract.pay(rows).unwrap_or_else(|error| panic!("{error}"))
}

/// Why something is not paid, with the pounds of each reason.
fn refused(payment: &Payment) -> Vec<(WhyNot, String)> {
    let rows = payment.refused.iter();
    rows.map(|row| (row.why, row.exact.times(&Ratio::new(1, 100)).to_decimal(2)))
        .collect()
}
