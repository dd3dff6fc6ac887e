//! Whose money it is, as tables that an accountant can check by hand, and what must hold for any
//! payments between any partners.
//!
//! A case is written as it would be told: `2023-24 moj pays pcc grant 400`. Amounts are pounds.
//!
//! - `any_flows`: what must hold for any flows between any partners
//! - `pools`: pooled funds: what is left, what is due, who shares it

mod any_flows;
mod pools;

use crate::spend::conservation::cases;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use wholeplace::account::{Balances, Flows, FollowBack, FundingError, PoolStatement, Shares};
use wholeplace::axis::{FlowKind, MemberId, MemberRow, Period, Tree};
use wholeplace::money::{Exact, ExcessDecimals, Pence, Ratio, close, parse_amount, to_pence};
use wholeplace::place::{Pool, PoolRule};

/// A told case: its partners and flows.
struct Told {
    partners: Tree,
    flows: Flows,
}

impl Told {
    /// Partners in the order of `held` and then of `not_held`.
    fn new(held: &str, not_held: &str, story: &str) -> Self {
        let codes = || held.split_whitespace().chain(not_held.split_whitespace());
        let rows: Vec<MemberRow> = codes().map(row).collect();
        let (partners, findings) = Tree::build("a partner", &rows);
        assert!(findings.is_empty(), "{findings}");
        let id = |code: &str| partners.find(code).unwrap();
        let mut flows = Flows::new(held.split_whitespace().map(id));
        for line in story.lines().filter(|line| !line.trim().is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let year = words[0].parse().unwrap();
            match words[1..] {
                [payer, "pays", payee, kind, amount] => {
                    let kind = FlowKind::ALL.into_iter().find(|k| k.name() == kind);
                    flows.add_flow(year, id(payer), id(payee), kind.unwrap(), pounds(amount));
                }
                [partner, "spends", amount] => flows.add_spent(year, id(partner), pounds(amount)),
                [partner, "held", amount] => flows.add_opening(year, id(partner), pounds(amount)),
                _ => panic!("not told: {line}"),
            }
        }
        Self { partners, flows }
    }

    fn id(&self, code: &str) -> MemberId {
        self.partners.find(code).unwrap()
    }

    fn statement(&self, set: &str) -> String {
        let set = set.split_whitespace().map(|code| self.id(code));
        let balances = Balances::of(&self.flows).unwrap();
        balances.statement(set, &self.partners).unwrap().to_string()
    }

    /// `pcc 250 / 400, moj 150 / 400`, in the order of the partners.
    fn shares(&self, trail: FollowBack, year: &str, partner: &str) -> String {
        let shares = Shares::follow(&self.flows, &self.partners, trail).unwrap();
        let shares = shares.of(year.parse().unwrap(), self.id(partner));
        let shown = |(funder, share): (MemberId, Ratio)| {
            format!("{} {share}", self.partners.get(funder).code)
        };
        shares.into_iter().map(shown).collect::<Vec<_>>().join(", ")
    }

    fn pool(&self, rule: PoolRule) -> PoolStatement {
        let pool = Pool {
            partner: self.id("pool"),
            host: self.id("council"),
            agreement: "Section 75 agreement, April 2023".to_owned(),
            rule,
        };
        PoolStatement::of(&pool, &self.flows, &self.partners).unwrap()
    }
}

fn row(code: &str) -> MemberRow {
    MemberRow {
        code: code.to_owned(),
        ..MemberRow::default()
    }
}

fn pounds(text: &str) -> Pence {
    to_pence(parse_amount(text).unwrap(), ExcessDecimals::Refuse)
        .unwrap()
        .0
}

fn shown(table: &str, expected: &str) {
    let trimmed = |text: &str| -> Vec<String> {
        let lines = text.lines().map(|line| line.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    };
    let squeezed = |lines: Vec<String>| -> Vec<String> {
        let words = |line: String| line.split_whitespace().collect::<Vec<_>>().join(" ");
        lines
            .into_iter()
            .filter(|line| !line.starts_with('─'))
            .map(words)
            .collect()
    };
    assert_eq!(
        squeezed(trimmed(table)),
        squeezed(trimmed(expected)),
        "\n{table}"
    );
}

/// The worked case of the field notes: 640 in gross ledgers, 400 spent.
fn worked() -> Told {
    Told::new(
        "pcc council charity",
        "moj",
        "2023-24 moj pays pcc grant 400
         2023-24 pcc spends 250
         2023-24 pcc pays council grant 150
         2023-24 council spends 60
         2023-24 council pays charity contract 90
         2023-24 charity spends 90",
    )
}

#[test]
fn the_worked_case_is_400_and_all_of_it_the_ministrys() {
    let told = worked();
    shown(
        &told.statement("pcc council charity"),
        "Sources and uses of cash: pcc, council, charity
                                                           2023-24
         held at the start                                   £0.00
         from partners outside                             £400.00
         own money                                           £0.00
         all sources                                       £400.00
         spent on suppliers, staff and others              £400.00
         paid to partners outside                            £0.00
         spent through partners whose ledger is not held     £0.00
         held at the end                                     £0.00
         all uses                                          £400.00",
    );
    for partner in ["pcc", "council", "charity", "moj"] {
        assert_eq!(
            told.shares(FollowBack::Funders, "2023-24", partner),
            "moj 1"
        );
    }
    let decided = ["pcc", "council", "charity"]
        .map(|partner| told.shares(FollowBack::Commissioners, "2023-24", partner));
    assert_eq!(decided, ["pcc 1", "council 1", "council 1"]);
}

/// The boundary is part of the total: leave the charity out, and its contract is spent outside.
#[test]
fn the_total_depends_on_the_boundary() {
    let told = worked();
    let balances = Balances::of(&told.flows).unwrap();
    let year = "2023-24".parse().unwrap();
    let of = |set: &[&str]| {
        let set = set.iter().map(|code| told.id(code)).collect();
        let b = balances.of_set(year, &set).unwrap();
        [b.incoming, b.own, b.spent, b.outgoing, b.held].map(|pence| pence.get() / 100)
    };
    //                               incoming  own  spent  outgoing  held
    assert_eq!(of(&["pcc", "council", "charity"]), [400, 0, 400, 0, 0]);
    assert_eq!(of(&["pcc", "council"]), [400, 0, 310, 90, 0]);
    assert_eq!(of(&["pcc", "charity"]), [490, 0, 340, 150, 0]);
    assert_eq!(of(&["council"]), [150, 0, 60, 90, 0]);
    assert_eq!(of(&[]), [0; 5]);
    // Of the Ministry, whose ledger is not held, only what it pays is known: inside, it is the
    // set's own money.
    assert_eq!(of(&["moj"]), [0; 5]);
    assert_eq!(
        of(&["moj", "pcc", "council", "charity"]),
        [0, 400, 400, 0, 0]
    );
}

#[test]
fn a_partner_without_a_ledger_is_where_the_money_was_last_seen() {
    let told = Told::new(
        "council",
        "charity",
        "2023-24 council spends 60
         2023-24 council pays charity contract 90
         2023-24 charity pays council repayment 5",
    );
    shown(
        &told.statement("council charity"),
        "Sources and uses of cash: council
                                                           2023-24
         held at the start                                   £0.00
         from partners outside                               £0.00
         own money                                         £150.00
         all sources                                       £150.00
         spent on suppliers, staff and others               £60.00
         paid to partners outside                            £0.00
         spent through partners whose ledger is not held    £90.00
         held at the end                                     £0.00
         all uses                                          £150.00
         Also inside, with ledgers that are not held: charity.",
    );
    // £5 of £150 came from the charity, which is a root.
    assert_eq!(
        told.shares(FollowBack::Funders, "2023-24", "council"),
        "council 29 / 30, charity 1 / 30"
    );
}

/// Paid in March 2024, spent in the two years after: who funded it is carried with it.
#[test]
fn a_grant_is_spent_in_the_years_in_which_it_is_spent() {
    let told = Told::new(
        "charity",
        "moj lottery",
        "2023-24 moj pays charity grant 100000
         2024-25 charity spends 40000
         2025-26 charity spends 80000
         2025-26 lottery pays charity grant 20000",
    );
    shown(
        &told.statement("charity"),
        "Sources and uses of cash: charity
                                                               2023-24      2024-25     2025-26
         held at the start                                       £0.00  £100,000.00  £60,000.00
         from partners outside                             £100,000.00        £0.00  £20,000.00
         own money                                               £0.00        £0.00       £0.00
         all sources                                       £100,000.00  £100,000.00  £80,000.00
         spent on suppliers, staff and others                    £0.00   £40,000.00  £80,000.00
         paid to partners outside                                £0.00        £0.00       £0.00
         spent through partners whose ledger is not held         £0.00        £0.00       £0.00
         held at the end                                   £100,000.00   £60,000.00       £0.00
         all uses                                          £100,000.00  £100,000.00  £80,000.00",
    );
    let funders = |year| told.shares(FollowBack::Funders, year, "charity");
    assert_eq!(
        ["2023-24", "2024-25", "2025-26"].map(funders),
        ["moj 1", "moj 1", "moj 3 / 4, lottery 1 / 4"]
    );
    // Years without any flow are the partner's own.
    assert_eq!(funders("2026-27"), "charity 1");
}

/// Money passes through a year in which nothing happens at all.
#[test]
fn what_is_held_passes_through_a_silent_year() {
    let told = Told::new(
        "charity",
        "moj",
        "2023-24 moj pays charity grant 100
         2025-26 charity spends 100",
    );
    for year in ["2023-24", "2024-25", "2025-26"] {
        assert_eq!(told.shares(FollowBack::Funders, year, "charity"), "moj 1");
    }
    let balances = Balances::of(&told.flows).unwrap();
    assert_eq!(balances.years().count(), 3);
}

#[test]
fn a_later_opening_is_added_and_named() {
    let told = Told::new(
        "charity",
        "moj",
        "2023-24 moj pays charity grant 100
         2023-24 charity spends 40
         2024-25 charity held 20
         2024-25 charity spends 80",
    );
    let text = told.statement("charity");
    assert!(
        text.contains(
            "2024-25: £20.00 of what is held at the start was stated for that year, on top of \
             what was carried into it."
        ),
        "{text}"
    );
    assert_eq!(
        told.shares(FollowBack::Funders, "2024-25", "charity"),
        "charity 1 / 4, moj 3 / 4",
        "60 carried, 20 that nobody is named for"
    );
}

/// A: 150 of its own and 40 from B; B: 100 from A and 10 of its own.
///
/// a = (150 + 40 b) / 190, b = 100 a / 110, so a = 165/169 and b = 150/169 are A's money.
#[test]
fn a_circle_is_solved() {
    let told = Told::new(
        "a b c",
        "",
        "2023-24 a pays b contract 100
         2023-24 b pays a contract 40
         2023-24 a spends 90
         2023-24 b spends 60
         2023-24 b pays c grant 10
         2023-24 c spends 10",
    );
    for trail in [FollowBack::Funders, FollowBack::Commissioners] {
        assert_eq!(told.shares(trail, "2023-24", "a"), "a 165 / 169, b 4 / 169");
        assert_eq!(
            told.shares(trail, "2023-24", "b"),
            "a 150 / 169, b 19 / 169"
        );
    }
    assert_eq!(
        told.shares(FollowBack::Funders, "2023-24", "c"),
        "a 150 / 169, b 19 / 169"
    );
    assert_eq!(
        told.shares(FollowBack::Commissioners, "2023-24", "c"),
        "c 1"
    );
    // What A and B put in comes out again: £150.00 and £10.00.
    let shares = Shares::follow(&told.flows, &told.partners, FollowBack::Funders).unwrap();
    let mut by_funder: BTreeMap<MemberId, Exact> = BTreeMap::new();
    for (partner, spent) in [("a", 9_000), ("b", 6_000), ("c", 1_000)] {
        let sum = Exact::whole(Pence::new(spent));
        for (funder, part) in shares.shared("2023-24".parse().unwrap(), told.id(partner), &sum) {
            by_funder.entry(funder).or_default().add(&part);
        }
    }
    let whole = |code| by_funder[&told.id(code)].to_whole();
    assert_eq!(whole("a"), Some(Pence::new(15_000)));
    assert_eq!(whole("b"), Some(Pence::new(1_000)));
}

/// Two funders, a third and two thirds, through two hands; and what the last one decided.
#[test]
fn two_funders_are_a_third_and_two_thirds() {
    let told = Told::new(
        "council charity",
        "moj nhs",
        "2023-24 moj pays council grant 300
         2023-24 nhs pays council contract 600
         2023-24 council spends 700
         2023-24 council pays charity contract 200
         2023-24 charity spends 300",
    );
    assert_eq!(
        told.shares(FollowBack::Funders, "2023-24", "council"),
        "moj 1 / 3, nhs 2 / 3"
    );
    assert_eq!(
        told.shares(FollowBack::Funders, "2023-24", "charity"),
        "charity 1 / 3, moj 2 / 9, nhs 4 / 9",
        "£100 of £300 is its own"
    );
    // The NHS decided on what it bought from the council, also on what was bought on from there.
    assert_eq!(
        told.shares(FollowBack::Commissioners, "2023-24", "council"),
        "council 1 / 3, nhs 2 / 3"
    );
    assert_eq!(
        told.shares(FollowBack::Commissioners, "2023-24", "charity"),
        "council 2 / 9, charity 1 / 3, nhs 4 / 9"
    );
    // A third of £1,000.00 is closed to the penny, whole.
    let shares = Shares::follow(&told.flows, &told.partners, FollowBack::Funders).unwrap();
    let sum = Pence::new(100_000);
    let year = "2023-24".parse().unwrap();
    let parts: Vec<Exact> = shares
        .shared(year, told.id("council"), &Exact::whole(sum))
        .into_iter()
        .map(|(_, part)| part)
        .collect();
    assert_eq!(
        close(sum, &parts).unwrap(),
        [33_333, 66_667].map(Pence::new)
    );
}

#[test]
fn a_circle_into_which_no_money_comes_is_named() {
    let told = Told::new(
        "x a b c y",
        "moj",
        "2023-24 moj pays x grant 10
         2023-24 a pays b contract 100
         2023-24 b pays c contract 100
         2023-24 c pays a contract 100
         2023-24 x pays y contract 10",
    );
    let error = Shares::follow(&told.flows, &told.partners, FollowBack::Funders).unwrap_err();
    assert_eq!(
        error.to_string(),
        "in 2023-24 a, b, c pay each other, and no other money is known to come in: whose it is \
         cannot be said; write down what one of them held before, or what it spent"
    );
    // Balances can be drawn up: nobody used more than came in.
    assert!(Balances::of(&told.flows).is_ok());
}

#[test]
fn refunds_beyond_payments_flow_the_other_way() {
    let told = Told::new(
        "council charity",
        "",
        "2023-24 council pays charity contract 50
         2023-24 council pays charity grant -80
         2023-24 charity spends 10
         2023-24 council spends 30",
    );
    let balances = Balances::of(&told.flows).unwrap();
    let year = "2023-24".parse().unwrap();
    let council = balances.of_partner(year, told.id("council")).unwrap();
    assert_eq!(council.incoming, pounds("30"));
    assert_eq!(council.outgoing, Pence::ZERO);
    let charity = balances.of_partner(year, told.id("charity")).unwrap();
    assert_eq!(
        (charity.own, charity.outgoing),
        (pounds("40"), pounds("30"))
    );
    assert_eq!(
        told.shares(FollowBack::Funders, "2023-24", "council"),
        "charity 1"
    );
    assert_eq!(
        told.shares(FollowBack::Commissioners, "2023-24", "council"),
        "council 1"
    );
}

/// A partner that had money on balance from its customers funds what it passes on with it.
#[test]
fn income_from_those_who_are_no_partners_is_own_money() {
    let told = Told::new(
        "charity shop",
        "moj",
        "2023-24 moj pays charity grant 50
         2023-24 charity spends -100
         2023-24 charity pays shop grant 100
         2023-24 shop spends 100",
    );
    assert_eq!(
        told.shares(FollowBack::Funders, "2023-24", "shop"),
        "charity 2 / 3, moj 1 / 3"
    );
}

#[test]
fn money_collected_for_others_and_kept_by_oneself_is_no_flow() {
    let told = Told::new(
        "district council",
        "",
        "2023-24 district pays council agency 1000
         2023-24 district pays district recharge 50
         2023-24 council spends 20",
    );
    let balances = Balances::of(&told.flows).unwrap();
    let year = "2023-24".parse().unwrap();
    let district = balances.of_partner(year, told.id("district")).unwrap();
    assert_eq!(
        (district.outgoing, district.incoming),
        (Pence::ZERO, Pence::ZERO)
    );
}

#[test]
fn money_of_anything_but_a_financial_year_is_refused() {
    let (partners, _) = Tree::build("a partner", &[row("a")]);
    let a = partners.find("a").unwrap();
    let mut flows = Flows::new([a]);
    flows.add_spent("Jun 2023".parse().unwrap(), a, Pence::new(1));
    let error = Balances::of(&flows).unwrap_err();
    assert!(matches!(error, FundingError::NotAFinancialYear { .. }));
    assert!(
        error
            .to_string()
            .starts_with("`Jun 2023` is not a financial year")
    );
}
