//! Whose money it is, as tables that an accountant can check by hand, and what must hold for any
//! payments between any partners.
//!
//! A case is written as it would be told: `2023-24 moj pays pcc grant 400`. Amounts are pounds.

use crate::conservation::cases;
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
        for (funder, part) in shares.spread("2023-24".parse().unwrap(), told.id(partner), &sum) {
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
        .spread(year, told.id("council"), &Exact::whole(sum))
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

// Pools.

const POOL: &str = "2023-24 pool held 1000
     2023-24 council pays pool pool-contribution 6000
     2023-24 nhs pays pool pool-contribution 3000
     2023-24 pool spends 7000
     2023-24 pool pays charity contract 2000.01
     2024-25 council pays pool pool-contribution 6000
     2024-25 nhs pays pool pool-contribution 3000
     2024-25 pool spends 10000";

fn pool(rest: &str) -> Told {
    Told::new("pool council", "nhs charity", &format!("{POOL}\n{rest}"))
}

#[test]
fn what_is_left_is_carried_forward() {
    let statement = pool("").pool(PoolRule::CarriedForward);
    shown(
        &statement.to_string(),
        "Pooled fund: pool
                                       2023-24      2024-25
         held from earlier years     £1,000.00      £999.99
         put in by council           £6,000.00    £6,000.00
         put in by nhs               £3,000.00    £3,000.00
         all contributions           £9,000.00    £9,000.00
         spent                       £7,000.00   £10,000.00
         paid to partners            £2,000.01        £0.00
         surplus, or deficit (-)       £999.99       -£0.01
         carried forward               £999.99       -£0.01
         Section 75 agreement, April 2023. What is left at the end of a year is carried forward. The host is council.",
    );
    // 9,000.01 over 6,000 : 3,000 : 1,000, and 10,000 over 6,000 : 3,000 : 999.99.
    shown(
        &statement.attribution_table().to_string(),
        "Pooled fund: pool: spending by whose money went in
                                       2023-24      2024-25
         council                     £5,400.01    £6,000.01
         nhs                         £2,700.00    £3,000.00
         held from earlier years       £900.00      £999.99
         This is attribution, not a fact of any ledger: the spending of a year is divided in proportion to what each put in, and what was held from earlier years.",
    );
}

#[test]
fn what_is_left_is_shared_as_the_agreement_says() {
    let told = pool("");
    shown(
        &told.pool(PoolRule::ByContribution).to_string(),
        "Pooled fund: pool
                                       2023-24      2024-25
         held from earlier years     £1,000.00        £0.00
         put in by council           £6,000.00    £6,000.00
         put in by nhs               £3,000.00    £3,000.00
         all contributions           £9,000.00    £9,000.00
         spent                       £7,000.00   £10,000.00
         paid to partners            £2,000.01        £0.00
         surplus, or deficit (-)       £999.99   -£1,000.00
         due to (-: from) council      £666.66     -£666.67
         due to (-: from) nhs          £333.33     -£333.33
         carried forward                 £0.00        £0.00
         Section 75 agreement, April 2023. What is left at the end of a year is shared by what each partner put in that year. The host is council.",
    );
    let due = |rule| -> Vec<Vec<String>> {
        let statement = told.pool(rule);
        let of_year = |year: &wholeplace::account::PoolYear| {
            let due = year.due.iter();
            due.map(|due| format!("{} {}", due.partner, due.pence))
                .collect()
        };
        statement.years().iter().map(of_year).collect()
    };
    assert_eq!(
        due(PoolRule::Equally),
        [
            ["council £500.00", "nhs £499.99"],
            ["council -£500.00", "nhs -£500.00"]
        ]
    );
    assert_eq!(
        due(PoolRule::Host),
        [["council £999.99"], ["council -£1,000.00"]]
    );
}

/// What was due is paid in the next year: that is neither spending nor a contribution of it.
#[test]
fn repayments_settle_what_was_due_first() {
    let told = pool(
        "2024-25 pool pays council repayment 700
         2024-25 pool pays nhs repayment 333.33
         2025-26 council pays pool repayment 688.89
         2025-26 nhs pays pool repayment 400",
    );
    let statement = told.pool(PoolRule::ByContribution);
    shown(
        &statement.to_string(),
        "Pooled fund: pool
                                                   2023-24     2024-25   2025-26
         held from earlier years                 £1,000.00       £0.00     £0.00
         put in by council                       £6,000.00   £6,000.00     £0.00
         put in by nhs                           £3,000.00   £3,000.00    £55.55
         all contributions                       £9,000.00   £9,000.00    £55.55
         spent                                   £7,000.00  £10,000.00     £0.00
         paid to partners                        £2,000.01       £0.00     £0.00
         given back                                  £0.00      £33.34     £0.00
         surplus, or deficit (-)                   £999.99  -£1,033.34    £55.55
         due to (-: from) council                  £666.66    -£688.89     £0.00
         due to (-: from) nhs                      £333.33    -£344.45    £55.55
         carried forward                             £0.00       £0.00     £0.00
         earlier dues paid to (-: by) council        £0.00     £666.66  -£688.89
         earlier dues paid to (-: by) nhs            £0.00     £333.33  -£344.45
         Section 75 agreement, April 2023. What is left at the end of a year is shared by what each partner put in that year. The host is council.",
    );
}

#[test]
fn a_deficit_without_contributors_is_shared_with_nobody() {
    let story = "2023-24 council pays pool pool-contribution 100
         2023-24 pool spends 100
         2024-25 pool spends 40
         2025-26 council pays pool pool-contribution 10
         2025-26 pool spends 10";
    let told = Told::new("pool council", "", story);
    for rule in [PoolRule::ByContribution, PoolRule::Equally] {
        shown(
            &told.pool(rule).to_table().rows()[4].join(" "),
            "not shared: nobody contributed this year    £0.00  -£40.00   £0.00",
        );
        assert!(told.pool(rule).years()[1].due.is_empty());
        assert_eq!(told.pool(rule).years()[2].opening, Pence::ZERO);
    }
    let carried = told.pool(PoolRule::CarriedForward);
    assert_eq!(carried.years()[2].opening, pounds("-40"));
    let attributed = &carried.years()[1].attribution;
    assert_eq!(
        attributed[0].name,
        "not attributed: nothing had been put in"
    );
    assert_eq!(attributed[0].spending, pounds("40"));
}

#[test]
fn a_pool_whose_ledger_is_not_held_has_no_statement() {
    let told = Told::new(
        "council",
        "pool",
        "2023-24 council pays pool pool-contribution 1",
    );
    let pool = Pool {
        partner: told.id("pool"),
        host: told.id("council"),
        agreement: String::new(),
        rule: PoolRule::Host,
    };
    assert_eq!(
        PoolStatement::of(&pool, &told.flows, &told.partners).unwrap_err(),
        FundingError::PoolNotHeld {
            pool: "pool".to_owned()
        }
    );
}

#[test]
fn statements_are_written_with_codes_and_plain_pounds() {
    let told = pool("");
    let json = serde_json::to_value(told.pool(PoolRule::Host)).unwrap();
    assert_eq!(json["pool"], "pool");
    assert_eq!(json["rule"], "host");
    assert_eq!(json["years"][0]["year"], "2023-24");
    assert_eq!(json["years"][0]["due"][0]["partner"], "council");
    assert_eq!(json["years"][0]["due"][0]["pence"], "999.99");
    let set = [told.id("council"), told.id("nhs")];
    let balances = Balances::of(&told.flows).unwrap();
    let statement = balances.statement(set, &told.partners).unwrap();
    let json = serde_json::to_value(statement).unwrap();
    assert_eq!(json["partners"][0]["code"], "council");
    assert_eq!(json["not_held"][0]["code"], "nhs");
    assert_eq!(json["years"][1]["outgoing"], "6000.00");
}

// What must hold for any flows.

const YEARS: [&str; 3] = ["2022-23", "2023-24", "2024-25"];
const MOST: usize = 6;

/// Any payments, as numbers: they are told to the library and, apart from it, to the tests.
#[derive(Clone, Debug)]
struct Dealings {
    held: Vec<bool>,
    /// year, payer, payee, kind, pence
    paid: Vec<(usize, usize, usize, usize, i64)>,
    /// year, partner, pence
    spent: Vec<(usize, usize, i64)>,
    opened: Vec<(usize, usize, i64)>,
}

fn dealings() -> impl Strategy<Value = Dealings> {
    let who = 0..MOST;
    let year = 0..YEARS.len();
    let pence = prop_oneof![9 => 1i64..2_000, 1 => -2_000i64..0];
    let paid = (
        year.clone(),
        who.clone(),
        who.clone(),
        0..7usize,
        pence.clone(),
    );
    let sum = (year, who, pence);
    (
        proptest::collection::vec(prop::bool::weighted(0.75), MOST),
        proptest::collection::vec(paid, 0..20),
        proptest::collection::vec(sum.clone(), 0..12),
        proptest::collection::vec(sum, 0..5),
    )
        .prop_map(|(held, paid, spent, opened)| Dealings {
            held,
            paid,
            spent,
            opened,
        })
}

fn tree(count: usize) -> (Tree, Vec<MemberId>) {
    let rows: Vec<MemberRow> = (0..count).map(|i| row(&format!("p{i}"))).collect();
    let tree = Tree::build("a partner", &rows).0;
    let ids = tree.iter().map(|(id, _)| id).collect();
    (tree, ids)
}

fn year(i: usize) -> Period {
    YEARS[i].parse().unwrap()
}

impl Dealings {
    fn flows(&self, ids: &[MemberId]) -> Flows {
        let held = ids.iter().zip(&self.held).filter(|&(_, &held)| held);
        let mut flows = Flows::new(held.map(|(&id, _)| id));
        for &(y, payer, payee, kind, pence) in &self.paid {
            let kind = FlowKind::ALL[kind];
            flows.add_flow(year(y), ids[payer], ids[payee], kind, Pence::new(pence));
        }
        for &(y, partner, pence) in &self.spent {
            flows.add_spent(year(y), ids[partner], Pence::new(pence));
        }
        for &(y, partner, pence) in &self.opened {
            flows.add_opening(year(y), ids[partner], Pence::new(pence));
        }
        flows
    }

    /// What each paid each in a year, refunds taken off; and how much of it the payer decided on.
    fn net(&self, y: usize) -> BTreeMap<(usize, usize), (i64, i64)> {
        let mut sums: BTreeMap<(usize, usize), (i64, i64)> = BTreeMap::new();
        for &(of, payer, payee, kind, pence) in &self.paid {
            let kind = FlowKind::ALL[kind];
            if of == y && payer != payee && kind != FlowKind::Agency {
                let sum = sums.entry((payer, payee)).or_default();
                sum.0 += pence;
                sum.1 += if kind.payer_decides() { pence } else { 0 };
            }
        }
        let mut net: BTreeMap<(usize, usize), (i64, i64)> = BTreeMap::new();
        for ((payer, payee), (all, decided)) in sums {
            if all > 0 {
                let flow = net.entry((payer, payee)).or_default();
                flow.0 += all;
                flow.1 += decided.max(0).min(all);
            } else if all < 0 {
                net.entry((payee, payer)).or_default().0 -= all;
            }
        }
        net
    }
}

fn by_member(shares: Vec<(MemberId, Ratio)>) -> BTreeMap<MemberId, Ratio> {
    shares.into_iter().collect()
}

proptest! {
    #![proptest_config(cases(256))]

    /// incoming + own = spent + outgoing + held, of every set of partners, in every year; and
    /// putting two sets together takes out just what they pay each other.
    #[test]
    fn every_set_of_partners_balances(any in dealings()) {
        let (tree, ids) = tree(MOST);
        let balances = Balances::of(&any.flows(&ids)).unwrap();
        for y in 0..YEARS.len() {
            let net = any.net(y);
            for number in 0..1usize << MOST {
                let inside = |i: usize| number >> i & 1 == 1;
                let set: BTreeSet<MemberId> = (0..MOST).filter(|&i| inside(i)).map(|i| ids[i]).collect();
                let b = balances.of_set(year(y), &set).unwrap();
                let p = |pence: Pence| pence.get();
                prop_assert_eq!(
                    p(b.incoming) + p(b.own),
                    p(b.spent) + p(b.outgoing) + p(b.unheld) + p(b.held)
                );
                prop_assert_eq!(p(b.held), p(b.closing) - p(b.opening));
                prop_assert!(p(b.own) >= 0 && p(b.closing) >= 0);
                // Beside the library: what crosses the boundary, and the single partners.
                let crossing = |into: bool| -> i64 {
                    net.iter()
                        .filter(|&(&(payer, payee), _)| {
                            let (from, to) = if into { (payer, payee) } else { (payee, payer) };
                            !inside(from) && inside(to) && any.held[to]
                        })
                        .map(|(_, &(all, _))| all)
                        .sum()
                };
                prop_assert_eq!(p(b.incoming), crossing(true));
                prop_assert_eq!(p(b.outgoing), crossing(false));
                let within = |held_payer: bool| -> i64 {
                    net.iter()
                        .filter(|&(&(payer, payee), _)| inside(payer) && inside(payee))
                        .filter(|&(&(payer, payee), _)| {
                            any.held[payer] == held_payer && any.held[payee] != held_payer
                        })
                        .map(|(_, &(all, _))| all)
                        .sum()
                };
                prop_assert_eq!(p(b.unheld), within(true));
                let mut own = within(false);
                for &member in &set {
                    own += p(balances.of_partner(year(y), member).unwrap().own);
                }
                prop_assert_eq!(p(b.own), own);
                let spent: i64 = any
                    .spent
                    .iter()
                    .filter(|&&(of, who, _)| of == y && inside(who) && any.held[who])
                    .map(|&(_, _, pence)| pence)
                    .sum();
                // Years before the first and after the last of all flows are in no account.
                prop_assert!(p(b.spent) == spent);
            }
        }
        prop_assert!(!balances.statement(ids, &tree).unwrap().to_string().is_empty());
    }

    /// Shares sum to one, solve the equations by which they are defined, and spread any sum whole.
    #[test]
    fn shares_are_the_solution(any in dealings(), sum in any::<i32>(), of in 1u128..1_000) {
        let (tree, ids) = tree(MOST);
        let flows = any.flows(&ids);
        let balances = Balances::of(&flows).unwrap();
        for trail in [FollowBack::Funders, FollowBack::Commissioners] {
            let shares = match Shares::follow(&flows, &tree, trail) {
                Ok(shares) => shares,
                Err(FundingError::ClosedLoop { partners, .. }) => {
                    prop_assert!(partners.len() > 1);
                    continue;
                }
                Err(error) => panic!("{error}"),
            };
            let mut carried = [0i64; MOST];
            for y in 0..YEARS.len() {
                let net = any.net(y);
                for (j, &id) in ids.iter().enumerate() {
                    let found = shares.of(year(y), id);
                    prop_assert!(found.is_sorted_by(|a, b| a.0 < b.0));
                    prop_assert!(found.iter().all(|(_, share)| *share > Ratio::zero()));
                    prop_assert_eq!(found.iter().map(|(_, share)| share).sum::<Ratio>(), Ratio::one());

                    let whole = Exact::share(Pence::new(sum.into()), 1, of);
                    let mut spread = Exact::zero();
                    for (_, part) in shares.spread(year(y), id, &whole) {
                        spread.add(&part);
                    }
                    prop_assert!(spread.compare(&whole).is_eq());

                    if !any.held[j] {
                        prop_assert_eq!(found, [(id, Ratio::one())]);
                        continue;
                    }
                    // The right side of the equation, in pence.
                    let b = balances.of_partner(year(y), id).unwrap();
                    let opening = b.opening.get().max(0);
                    let mut right: BTreeMap<MemberId, Exact> = BTreeMap::new();
                    let mut resources = 0;
                    let mut add = |pence: i64, from: &[(MemberId, Ratio)]| {
                        resources += pence;
                        for (funder, share) in from {
                            let part = Exact::whole(Pence::new(pence)).times(share);
                            right.entry(*funder).or_default().add(&part);
                        }
                    };
                    let own = [(id, Ratio::one())];
                    add(b.own.get() + (-b.spent.get()).max(0), &own);
                    let from_before = match (trail, y.checked_sub(1)) {
                        (FollowBack::Funders, Some(before)) => {
                            let from_before = carried[j].min(opening);
                            add(from_before, &shares.of(year(before), id));
                            from_before
                        }
                        _ => 0,
                    };
                    add(opening - from_before, &own);
                    for (&(payer, payee), &(all, decided)) in &net {
                        if payee == j {
                            let followed = if trail == FollowBack::Funders { all } else { decided };
                            add(followed, &shares.of(year(y), ids[payer]));
                            add(all - followed, &own);
                        }
                    }
                    if resources == 0 {
                        prop_assert_eq!(found, own);
                    } else {
                        let found = by_member(found);
                        for (funder, right) in right {
                            let share = found.get(&funder).cloned().unwrap_or_else(Ratio::zero);
                            let left = Exact::whole(Pence::new(resources)).times(&share);
                            prop_assert!(left.compare(&right).is_eq(), "{:?} of p{} in {}", funder, j, y);
                        }
                    }
                    carried[j] = b.closing.get();
                }
            }
        }
    }

    /// A partner with whom nobody has dealings changes nothing of the others, whatever it does.
    #[test]
    fn an_outsider_changes_nothing(any in dealings(), held in any::<bool>(), spent in -500i64..500) {
        let (small_tree, small) = tree(MOST);
        let (large_tree, large) = tree(MOST + 2);
        prop_assert_eq!(&small[..], &large[..MOST]);
        let mut more = any.clone();
        more.held.extend([held, true]);
        more.spent.push((1, MOST, spent));
        more.opened.push((0, MOST + 1, 70));
        more.paid.push((1, MOST, MOST + 1, 1, 30));
        more.paid.push((1, MOST + 1, MOST, 1, 60));
        let (before, after) = (any.flows(&small), more.flows(&large));
        let (was, is) = (Balances::of(&before).unwrap(), Balances::of(&after).unwrap());
        for y in was.years() {
            for number in 0..1usize << MOST {
                let set = (0..MOST).filter(|i| number >> i & 1 == 1).map(|i| small[i]).collect();
                prop_assert_eq!(was.of_set(y, &set).unwrap(), is.of_set(y, &set).unwrap());
            }
        }
        for trail in [FollowBack::Funders, FollowBack::Commissioners] {
            let was_shares = Shares::follow(&before, &small_tree, trail);
            let is_shares = Shares::follow(&after, &large_tree, trail);
            if let (Ok(was_shares), Ok(is_shares)) = (&was_shares, &is_shares) {
                for y in was.years() {
                    for &id in &small {
                        prop_assert_eq!(was_shares.of(y, id), is_shares.of(y, id));
                    }
                }
            } else {
                prop_assert_eq!(was_shares.is_err(), is_shares.is_err());
            }
        }
    }

    /// Every year of a pool adds up, whatever the rule, and only named sums leave it.
    #[test]
    fn pools_add_up(any in dealings()) {
        let (tree, ids) = tree(MOST);
        let mut any = any;
        any.held[0] = true;
        let flows = any.flows(&ids);
        for rule in [PoolRule::CarriedForward, PoolRule::ByContribution, PoolRule::Equally, PoolRule::Host] {
            let pool = Pool { partner: ids[0], host: ids[1], agreement: "Any".to_owned(), rule };
            let statement = PoolStatement::of(&pool, &flows, &tree).unwrap();
            let mut held = 0;
            for year in statement.years() {
                let stated: i64 = any
                    .opened
                    .iter()
                    .filter(|&&(y, who, _)| YEARS[y] == year.year.to_string() && who == 0)
                    .map(|&(_, _, pence)| pence)
                    .sum();
                prop_assert_eq!(year.opening.get(), held + stated);
                let due: i64 = year.due.iter().map(|due| due.pence.get()).sum();
                prop_assert_eq!(year.surplus.get(), year.closing.get() + due + year.not_shared.get());
                prop_assert_eq!(
                    year.opening.get() + year.contributed.get(),
                    year.spent.get() + year.paid_on.get() + year.given_back.get() + year.surplus.get()
                );
                prop_assert!(year.not_shared == Pence::ZERO || year.contributions.is_empty());
                prop_assert!(year.contributions.iter().all(|sum| sum.pence.get() > 0));
                held = year.closing.get();
            }
            prop_assert!(!statement.to_string().is_empty());
            prop_assert!(!statement.attribution_table().to_string().is_empty());
        }
    }
}

/// Three hundred held partners over three years, each paid by two others: many of them stand in
/// one circle, and denominators have thousands of digits.
#[test]
fn hundreds_of_partners_are_followed() {
    const COUNT: usize = 300;
    let (tree, ids) = tree(COUNT);
    let mut flows = Flows::new(ids.iter().copied());
    let mut seed = 7u64;
    let mut next = |end: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) as usize % end
    };
    for y in 0..YEARS.len() {
        for i in 0..COUNT {
            flows.add_spent(year(y), ids[i], Pence::new(next(1_000_000_000) as i64 + 1));
            for _ in 0..2 {
                // Mostly from those before, now and then from one a little after.
                let from = if next(10) == 0 {
                    next(COUNT)
                } else {
                    next(i + 1)
                };
                let pence = Pence::new(next(10_000_000) as i64 + 1);
                flows.add_flow(year(y), ids[from % COUNT], ids[i], FlowKind::Grant, pence);
            }
        }
    }
    let shares = Shares::follow(&flows, &tree, FollowBack::Funders).unwrap();
    let of = shares.of(year(2), ids[COUNT - 1]);
    assert!(of.len() > 100, "{} funders", of.len());
    assert_eq!(
        of.iter().map(|(_, share)| share).sum::<Ratio>(),
        Ratio::one()
    );
}
