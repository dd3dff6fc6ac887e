//! What must hold of any payment, whatever was reported.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use wholeplace::money::Pence;

const COHORT: &str =
    "tariff = [\"33.33\"]\nbetter = \"lower\"\nbaseline = { kind = \"fixed\", rate = \"0.4\" }\n";

/// Each kind of term, with caps of every kind.
static EVERYTHING: LazyLock<Contract> = LazyLock::new(|| {
    let terms = term("fee", "fee", "tariff = [\"10.01\"]")
        + &term(
            "join",
            "attachment",
            "tariff = [\"7\"]\nclaims_per_person = 1",
        )
        + &term(
            "out",
            "per-outcome",
            "tariff = [\"13.37\"]\nclaims_per_person = 2\ndeadweight = \"1/7\"\ndeadweight_of = \"claims\"\nclawback = \"1/3\"\ncap = \"900\"",
        )
        + &term(
            "bin",
            "binary",
            &format!("{COHORT}threshold = {{ points = \"0.03\" }}\nfrom = \"above\""),
        )
        + &term(
            "freq",
            "frequency",
            &format!(
                "{COHORT}threshold = {{ relative = \"0.05\" }}\nfrom = \"first\"\nhurdle = \"bin\"\nbands_in = \"relative\"\nbands = [{{ to = \"0.1\", share = \"1/3\" }}, {{ to = \"0.5\", share = \"1\" }}]\nlimit = \"0.3\""
            ),
        );
    let text = text(
        "cap_per_person = \"61\"\ncap_by_year = [\"1500\", \"2000\"]\ncap = \"3000\"",
        &terms,
    );
    let shares = "payers = [{ payer = \"shropshire-council\", share = \"1/3\" }, { payer = \"police\", share = \"2/3\" }]";
    open(&text.replace(
        "payers = [{ payer = \"shropshire-council\", share = \"1\" }]",
        shares,
    ))
    .unwrap()
});

/// Rows that may be reported: at most one for a term, group and year.
fn rows() -> impl Strategy<Value = Vec<Reported>> {
    let one = (
        0_usize..5,
        0_usize..2,
        0_usize..3,
        1_u64..40,
        0_u64..41,
        0_u64..3,
    );
    proptest::collection::vec(one, 1..12).prop_map(|all| {
        let mut rows: BTreeMap<(usize, usize, usize), Reported> = BTreeMap::new();
        for (term, group, at, people, count, returned) in all {
            let code = ["fee", "join", "out", "bin", "freq"][term];
            // Three years may each claim for a third of the people.
            let count = match term {
                0 | 4 => count,
                3 => count.min(people),
                _ => count.min(people) / 3,
            };
            let row = Reported {
                group: ["some", "others"][group].into(),
                year: year(["2018-19", "2019-20", "2021-22"][at]),
                returned: Ratio::new(if term == 2 { returned.min(count) } else { 0 }.into(), 1),
                ..reported(code, people.max(40), count.into())
            };
            rows.insert((term, group, at), row);
        }
        rows.into_values().collect()
    })
}

fn pounds(text: i128) -> Ratio {
    Ratio::new(text * 100, 1)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_pound_is_paid_taken_back_or_refused_with_a_reason(rows in rows()) {
        let payment = paid(&EVERYTHING, &rows);
        prop_assert_eq!(payment.paid.len(), rows.len());
        for row in &payment.paid {
            let of = payment.refused.iter().filter(|refused| {
                (&refused.term, &refused.group, refused.year) == (&row.term, &row.group, row.year)
            });
            let refused: Ratio = of.map(|refused| &refused.exact).sum();
            prop_assert_eq!(&row.exact.plus(&row.taken_back).plus(&refused), &row.all);
        }
        let sum = |pence: Vec<Pence>| Pence::total(pence).unwrap();
        prop_assert_eq!(sum(payment.paid.iter().map(|row| row.pence).collect()), payment.total);
        prop_assert_eq!(sum(payment.by_year.iter().map(|(_, pence)| *pence).collect()), payment.total);
        prop_assert_eq!(sum(payment.by_payer.iter().map(|(_, pence)| *pence).collect()), payment.total);
    }

    #[test]
    fn no_payment_is_above_a_cap(rows in rows()) {
        let payment = paid(&EVERYTHING, &rows);
        let of = |wanted: &dyn Fn(&wholeplace::appraisal::contract::Paid) -> bool| -> Ratio {
            payment.paid.iter().filter(|row| wanted(row)).map(|row| &row.exact).sum()
        };
        prop_assert!(of(&|_| true) <= pounds(3_000));
        prop_assert!(of(&|row| row.term == "out") <= pounds(900));
        for (at, cap) in [("2018-19", 1_500), ("2019-20", 2_000), ("2021-22", 2_000)] {
            prop_assert!(of(&|row| row.year == year(at)) <= pounds(cap));
        }
        for group in ["some", "others"] {
            prop_assert!(of(&|row| row.group == group) <= pounds(61 * 40));
        }
        prop_assert!(payment.total >= Pence::ZERO);
    }

    #[test]
    fn the_order_of_results_changes_nothing(rows in rows(), seed in any::<u64>()) {
        let mut other = rows.clone();
        let turn = usize::try_from(seed % 12).unwrap() % other.len();
        other.rotate_left(turn);
        other.reverse();
        prop_assert_eq!(paid(&EVERYTHING, &rows), paid(&EVERYTHING, &other));
    }
}

/// A better result never pays less, for each kind of term; a jump is upwards, at the threshold.
#[test]
fn pay_rises_with_results() {
    let cohort = |more: &str| format!("{COHORT}{more}");
    for (kind, keys) in [
        ("binary", cohort("")),
        (
            "binary",
            cohort("threshold = { points = \"0.05\" }\nfrom = \"first\""),
        ),
        (
            "binary",
            cohort("threshold = { points = \"0.05\" }\nfrom = \"above\""),
        ),
        (
            "binary",
            cohort("threshold = { standard_errors = \"1.5\" }\nfrom = \"first\""),
        ),
        (
            "frequency",
            cohort(
                "bands_in = \"points\"\nbands = [{ to = \"0.1\", share = \"0.2\" }, { share = \"0.9\" }]\nthreshold = { relative = \"0.1\" }\nfrom = \"above\"",
            ),
        ),
        (
            "frequency",
            cohort("limit = \"0.2\"\ndeadweight = \"0.1\"\ndeadweight_of = \"people\""),
        ),
        ("binary", cohort("cap = \"300\"")),
    ] {
        let contract = contract("", &term("t", kind, &keys));
        let pays = |count: i128| paid(&contract, &[reported("t", 100, count)]).total;
        let all: Vec<Pence> = (0..=60).rev().map(pays).collect();
        assert!(
            all.windows(2).all(|two| two[0] <= two[1]),
            "{keys}: {all:?}"
        );
        assert!(all[0] == Pence::ZERO && all[60] > Pence::ZERO, "{keys}");
    }
    // More is better: people in work.
    let work = contract("", &term("t", "binary", &COHORT.replace("lower", "higher")));
    let all: Vec<Pence> = (0..=100)
        .map(|count| paid(&work, &[reported("t", 100, count)]).total)
        .collect();
    assert!(
        all.windows(2).all(|two| two[0] <= two[1])
            && all[40] == Pence::ZERO
            && all[41] == Pence::new(3_333)
    );
}
