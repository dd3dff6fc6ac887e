//! Where claims stand on a day, and what is still to be paid; and outcomes that are paid for twice.

use super::*;
use jiff::civil::{Date, date};
use wholeplace::appraisal::contract::{Register, Standing, State};

fn sample() -> (Contracts, Register) {
    let place = Place::open("examples/data/shropshire").unwrap();
    let contracts = Contracts::open(&Proposals::open(&place).unwrap()).unwrap();
    let register = Register::open(&contracts).unwrap();
    (contracts, register)
}

fn on(register: &Register, day: Date) -> Standing {
    register.standing(day, None).unwrap()
}

/// By hand, from `payments.csv` of the sample.
#[test]
fn claims_stand_where_the_last_day_put_them() {
    let (contracts, register) = sample();
    assert!(contracts.findings().is_empty() && register.findings().is_empty());
    let of = |day: Date, state: State| {
        let sum = on(&register, day).by_state[&state];
        (sum.claims, sum.pence.to_string())
    };
    assert_eq!(
        of(date(2018, 3, 31), State::InDelivery),
        (0, "£0.00".into())
    );
    assert_eq!(
        of(date(2018, 4, 1), State::InDelivery),
        (38, "£41,800.00".into())
    );
    assert_eq!(
        of(date(2018, 8, 30), State::Claimed),
        (38, "£19,000.00".into())
    );
    assert_eq!(of(date(2018, 8, 31), State::Claimed), (0, "£0.00".into()));
    assert_eq!(
        of(date(2018, 8, 31), State::Verified),
        (38, "£19,000.00".into())
    );
    assert_eq!(
        of(date(2018, 12, 31), State::InMeasurement),
        (58, "£37,000.00".into())
    );
    assert_eq!(
        of(date(2018, 12, 31), State::Claimed),
        (18, "£19,800.00".into())
    );
    let standing = on(&register, date(2019, 3, 31));
    let liability = [standing.certain, standing.likely, standing.possible].map(|p| p.to_string());
    assert_eq!(liability, ["£6,000.00", "£0.00", "£37,000.00"]);
    assert_eq!(
        standing.by_state[&State::Paid].pence.to_string(),
        "£19,000.00"
    );
    let nobody = register
        .standing(date(2019, 3, 31), Some("another"))
        .unwrap();
    assert!(nobody.by_state.values().all(|sum| sum.claims == 0));
}

/// Every state is in the table, and all claims are somewhere.
#[test]
fn all_claims_are_in_some_state_on_every_day() {
    let (_, register) = sample();
    let claims = |day: Date| -> u64 {
        on(&register, day)
            .by_state
            .values()
            .map(|sum| sum.claims)
            .sum()
    };
    let days: Vec<Date> = register.entries().iter().map(|entry| entry.on).collect();
    let mut sorted = days.clone();
    sorted.sort();
    let counts: Vec<u64> = sorted.iter().map(|day| claims(*day)).collect();
    assert!(counts.windows(2).all(|two| two[0] <= two[1]), "{counts:?}");
    // 38 joined, 38 were to learn, 38 are measured, and 34 joined later.
    assert_eq!(counts.last(), Some(&148));
    assert_eq!(on(&register, sorted[0]).by_state.len(), State::ALL.len());
}

/// Two contracts that pay for the same thing, beside each other in place, age and time, and apart in each.
#[test]
fn an_outcome_is_paid_twice_only_where_people_are_the_same() {
    let one = text(
        "",
        &term(
            "work",
            "per-outcome",
            "tariff = [\"100\"]\nclaims_per_person = 1",
        ),
    );
    let second = one
        .replace("code = \"one\"", "code = \"two\"")
        .replace("planned = \"1000\"", "planned = \"700\"");
    let told = |first: &str, second: &str| {
        let folder = pack(first);
        std::fs::write(folder.path().join("contract-two.toml"), second).unwrap();
        let place = Place::open(folder.path()).unwrap();
        match Contracts::open(&Proposals::open(&place).unwrap()) {
            Ok(contracts) => contracts
                .findings()
                .iter()
                .map(|f| (f.rule.clone(), f.at_stake.map(|p| p.to_string())))
                .collect(),
            Err(ContractError::Faults(faults)) => faults
                .iter()
                .map(|f| (f.rule.clone(), f.at_stake.map(|p| p.to_string())))
                .collect::<Vec<_>>(),
            Err(error) => panic!("{error}"),
        }
    };
    let twice = vec![("outcome-paid-twice".to_owned(), Some("£700.00".to_owned()))];
    assert_eq!(told(&one, &second), twice);
    // The county holds Ludlow.
    assert_eq!(
        told(&one, &second.replace("\"ludlow\"", "\"E06000051\"")),
        twice
    );
    for (from, to) in [
        ("metric = \"work\"", "metric = \"learning\""),
        ("enters = \"2017-18\"", "enters = \"2018-19\""),
        ("locality = \"ludlow\"", "locality = \"oswestry\""),
    ] {
        assert_eq!(told(&one, &second.replace(from, to)), [], "{to}");
    }
    let ages =
        |text: &str, ages: &str| text.replace("ages = \"all\"", &format!("ages = \"{ages}\""));
    assert_eq!(told(&ages(&one, "10-17"), &ages(&second, "18-24")), []);
    assert_eq!(told(&ages(&one, "10-17"), &ages(&second, "17-24")), twice);
    let part = |text: &str, part: &str| {
        text.replace(
            "claims_per_person = 1",
            &format!("claims_per_person = 1\ntogether = \"work\"\npart = \"{part}\""),
        )
    };
    assert_eq!(told(&part(&one, "0.6"), &part(&second, "0.4")), []);
    let above = told(&part(&one, "0.6"), &part(&second, "0.5"));
    assert_eq!(
        above,
        [(
            "parts-above-the-whole".to_owned(),
            Some("£100.00".to_owned())
        )]
    );
}

/// The settlement of the sample divides what fewer cases of youth justice save from 2017-18 on, in Ludlow, for ages 10 to
/// 17: a contract that pays for the same cannot be opened beside it, and one of other people or another effect can.
#[test]
fn one_saving_is_not_settled_and_paid() {
    let pays_for = |metric: &str, ages: &str| {
        let terms = term(
            "fewer",
            "per-outcome",
            "tariff = [\"100\"]\nclaims_per_person = 1",
        );
        let text = text("", &terms)
            .replace("metric = \"fewer\"", &format!("metric = \"{metric}\""))
            .replace("ages = \"all\"", &format!("ages = \"{ages}\""));
        match open(&text) {
            Ok(_) => Vec::new(),
            Err(ContractError::Faults(faults)) => (faults.faults())
                .map(|fault| (fault.rule.clone(), fault.at_stake.map(|p| p.to_string())))
                .collect::<Vec<_>>(),
            Err(error) => panic!("{error}"),
        }
    };
    assert_eq!(
        pays_for("cases", "16-24"),
        [(
            "saving-settled-and-paid".to_owned(),
            Some("£1,000.00".to_owned())
        )]
    );
    assert_eq!(pays_for("cases", "18-24"), []);
    assert_eq!(pays_for("other-cases", "16-24"), []);
}
