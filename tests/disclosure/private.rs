//! Which money is not public, whose it is, and what is known of it beforehand.

use super::pack::{POLICY, Under, changed, partners_under, under};
use std::collections::BTreeSet;
use wholeplace::money::Pence;

/// Each sum that figures have a share of: its partner, pounds, and how many hold it.
fn sums(under: &Under) -> Vec<(String, i64, usize)> {
    let partners = &under.place.axes().partners;
    let told = under
        .private
        .sums()
        .filter(|sum| sum.coding.is_some())
        .map(|sum| {
            let owner = sum.owner.map(|owner| partners.get(owner).code.clone());
            (
                owner.unwrap_or_default(),
                sum.pence().unwrap().get() / 100,
                sum.holders.len(),
            )
        });
    let mut all: Vec<_> = told.collect();
    all.sort();
    all
}

fn of(owner: &str, pounds: i64) -> (String, i64, usize) {
    (owner.to_owned(), pounds, 1)
}

#[test]
fn what_another_publishes_is_not_private() {
    let under = under("examples/data/partners");
    // What the commissioner and the council both wrote down, and the council and the trust, the council tells.
    // The second payment to the trust is three pounds apart, within what the two agreed.
    let expected = [
        of("charity", 29_997),
        of("charity", 55_000),
        of("nhs", 45_000),
        of("nhs", 60_000),
        of("nhs", 60_000),
        of("pcc", -400_000),
        of("pcc", 70_000),
        of("pcc", 180_000),
    ];
    assert_eq!(sums(&under), expected);
    assert!(under.private.told().is_empty());
    // The rule of young people is the first.
    let youth = under.private.sums().filter(|sum| sum.rule == 0);
    let pounds: Vec<i64> = youth.map(|sum| sum.pence().unwrap().get() / 100).collect();
    assert_eq!(
        pounds.iter().sum::<i64>(),
        70_000 + 55_000 + 29_997 - 400_000
    );
}

#[test]
fn an_account_of_public_ledgers_has_no_private_money() {
    let under = under("examples/data/shropshire");
    assert!(under.private.is_empty() && under.policy.is_all_public());
}

#[test]
fn lines_from_a_limit_on_are_public() {
    let policy = changed(
        POLICY,
        "ledger = \"nhs\"\nas = \"private\"\nholders = \"line\"",
        "ledger = \"nhs\"\nas = \"public-from\"\npounds = \"60000.00\"\nsource = \"a list\"\nholders = \"one\"",
    );
    let under = partners_under(&[("disclosure.toml", &policy)]);
    let of_nhs: Vec<_> = sums(&under)
        .into_iter()
        .filter(|sum| sum.0 == "nhs")
        .collect();
    assert_eq!(of_nhs, [of("nhs", 45_000)]);
}

#[test]
fn one_payee_of_two_ledgers_is_one_holder() {
    let by_payee = POLICY.replace("holders = \"line\"", "holders = \"payee\"");
    let nhs = include_str!("../../examples/data/partners/nhs.csv");
    // However it is written.
    let nhs = changed(nhs, "A supplier", "a  SUPPLIER ");
    let under = partners_under(&[("disclosure.toml", &by_payee), ("nhs.csv", &nhs)]);
    let holders = |owner: &str| -> BTreeSet<u32> {
        let owner = under.place.axes().partners.find(owner).unwrap();
        let sums = under.private.sums().filter(|sum| sum.owner == Some(owner));
        sums.flat_map(|sum| {
            sum.holders
                .iter()
                .map(|(holder, _)| *holder)
                .collect::<Vec<_>>()
        })
        .collect()
    };
    let (pcc, nhs, charity) = (holders("pcc"), holders("nhs"), holders("charity"));
    assert_eq!((pcc.len(), nhs.len(), charity.len()), (2, 2, 1));
    assert!(
        charity.is_subset(&pcc) && charity.is_subset(&nhs),
        "the supplier of all three"
    );
    assert_eq!(
        pcc.union(&nhs).count(),
        3,
        "the ministry, the fund, and the supplier"
    );
}

#[test]
fn all_of_one_ledger_may_be_of_one_holder_and_codes_of_several() {
    let policy = changed(
        POLICY,
        "ledger = \"nhs\"\nas = \"private\"\nholders = \"line\"",
        "ledger = \"nhs\"\nas = \"private\"\nholders = \"one\"",
    );
    let policy = changed(
        &policy,
        "ledger = \"charity\"\nas = \"private\"\nholders = \"line\"",
        "ledger = \"charity\"\nas = \"private\"\nholders = \"code:locality\"",
    );
    let under = partners_under(&[("disclosure.toml", &policy)]);
    let count = |owner: &str| {
        let owner = under.place.axes().partners.find(owner).unwrap();
        let sums = under.private.sums().filter(|sum| sum.owner == Some(owner));
        let holders: BTreeSet<u32> = sums
            .flat_map(|sum| sum.holders.to_vec())
            .map(|(holder, _)| holder)
            .collect();
        holders.len()
    };
    assert_eq!((count("nhs"), count("charity")), (1, 2));
}

#[test]
fn lines_in_another_order_are_the_same_sums() {
    let reversed = |text: &str| {
        let mut lines: Vec<&str> = text.lines().collect();
        lines[1..].reverse();
        lines.join("\n") + "\n"
    };
    let by_payee = POLICY.replace("holders = \"line\"", "holders = \"payee\"");
    let [pcc, nhs, charity] = [
        include_str!("../../examples/data/partners/pcc.csv"),
        include_str!("../../examples/data/partners/nhs.csv"),
        include_str!("../../examples/data/partners/charity.csv"),
    ]
    .map(reversed);
    let policy = ("disclosure.toml", by_payee.as_str());
    let one = partners_under(&[policy]);
    let other = partners_under(&[
        policy,
        ("pcc.csv", &pcc),
        ("nhs.csv", &nhs),
        ("charity.csv", &charity),
    ]);
    let all = |under: &Under| -> Vec<Vec<(u32, Pence)>> {
        under
            .private
            .sums()
            .map(|sum| sum.holders.to_vec())
            .collect()
    };
    assert_eq!(all(&one), all(&other));
}

#[test]
fn control_totals_are_known_with_what_is_in_no_figure() {
    let place = include_str!("../../examples/data/partners/place.toml");
    let with_totals = changed(
        place,
        "files = [\"nhs.csv\"]\n",
        "files = [\"nhs.csv\"]\ncontrol = [{ name = \"all\", total = \"165000.00\" }, { name = \"the hills\", total = \"45000.00\", where = { Area = [\"hills\"] } }]\n",
    );
    let with_totals = with_totals
        + "\n[[excluded]]\nledger = \"nhs\"\ncodes = { locality = [\"hills\"] }\nreason = \"other\"\nnote = \"made up\"\n";
    let under = partners_under(&[("place.toml", &with_totals)]);
    let told = under.private.told();
    assert_eq!(told.len(), 2, "{told:?}");
    let sum = |numbers: &[usize]| -> i64 {
        let all: Vec<i64> = under
            .private
            .sums()
            .map(|sum| sum.pence().unwrap().get())
            .collect();
        numbers.iter().map(|number| all[*number]).sum()
    };
    assert_eq!(
        (sum(&told[0].sums), sum(&told[1].sums)),
        (16_500_000, 4_500_000)
    );
    // What is not spending is in no figure, and in the total all the same.
    assert_eq!(
        under
            .private
            .sums()
            .filter(|sum| sum.coding.is_none())
            .count(),
        1
    );
    assert_eq!(sums(&under).iter().filter(|sum| sum.0 == "nhs").count(), 2);
}

#[test]
fn what_a_public_line_says_of_finer_lines_is_known() {
    let place = include_str!("../../examples/data/partners/place.toml").to_owned()
        + "\n[[replaced]]\nledger = \"council\"\ncodes = { activity = [\"HOME CARE\"], partner = [\"COUNCIL\"] }\nperiods = [\"Apr 2024\"]\nby = [\"nhs\"]\nnote = \"made up\"\n";
    let under = partners_under(&[("place.toml", &place)]);
    let told = under.private.told();
    assert_eq!(told.len(), 1, "{told:?}");
    // The only private line of April 2024 of the NHS.
    let all: Vec<i64> = under
        .private
        .sums()
        .map(|sum| sum.pence().unwrap().get())
        .collect();
    assert_eq!(
        told[0].sums.iter().map(|sum| all[*sum]).collect::<Vec<_>>(),
        [6_000_000]
    );
}

#[test]
fn nothing_of_private_money_is_printed() {
    let under = under("examples/data/partners");
    let printed = format!(
        "{:?} {:?}",
        under.private,
        under.private.sums().collect::<Vec<_>>()
    );
    for secret in [
        "55000", "5500000", "29997", "supplier", "SUPPLIER", "MINISTRY",
    ] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}
