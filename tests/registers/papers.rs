//! Figures of the partnerships' own papers, as the statements that an accountant expects of them.

use super::{plans, pounds};
use jiff::civil::date;
use wholeplace::money::Pence;
use wholeplace::place_plan::{PlacePlans, Source};

const PLANS: &str = r#"
[[priorities]]
file = "priorities.csv"

[[funding]]
file = "funding.csv"

[[assigned]]
file = "assigned.csv"
"#;

/// Leadership Gloucestershire, 27 October 2016: ten partners give £10,000 each, £35,000 come from a historic reward
/// grant, and £50,000 develop a case for £500,000. The days are made up within the paper's year.
fn gloucestershire() -> PlacePlans {
    let mut funding =
        "reference,priority,source,giver,status,on,pounds,quantity,unit,transaction\n".to_owned();
    let givers = (1..=10).map(|number| (format!("Partner {number}"), 10_000));
    for (giver, amount) in givers.chain([("Reward grant of the old agreement".to_owned(), 35_000)])
    {
        for (status, on) in [("secured", "2016-10-27"), ("received", "2016-11-30")] {
            funding += &format!("pot,,public,{giver},{status},{on},{amount},,,\n");
        }
    }
    funding += "pot,,public,,allocated,2016-12-15,50000,,,\n";
    plans(&[
        ("plans.toml", PLANS),
        (
            "priorities.csv",
            "code,name,place,level,need,cost,status\n\
             case,A case for the programme,county,strategic,nobody funds it without one,50000,under way\n\
             programme,The programme,county,strategic,what the case is for,500000,identified\n",
        ),
        ("funding.csv", &funding),
        (
            "assigned.csv",
            "contribution,priority,pounds,quantity\npot,case,50000,\n",
        ),
    ])
}

#[test]
fn ten_partners_and_an_old_grant_make_one_pot_that_counts_once() {
    let plans = gloucestershire();
    assert!(plans.findings().is_empty(), "{}", plans.findings());
    assert_eq!(plans.contributions().len(), 1);
    assert_eq!(plans.contributions()[0].givers.len(), 11);
    let statement = plans.statement(date(2016, 12, 31)).unwrap();
    // 10 × 10,000 + 35,000, whether promised, received or set aside: never 135,000 + 135,000 + 50,000.
    assert_eq!(statement.total.secured().unwrap(), pounds(135_000));
    assert_eq!(statement.total.received().unwrap(), pounds(135_000));
    assert_eq!(statement.total.held().unwrap(), pounds(135_000));
    assert_eq!(statement.total.allocated, pounds(50_000));
    assert_eq!(statement.unassigned.unallocated, pounds(85_000));
    let case = statement.find("case").unwrap();
    assert_eq!(
        case.pounds.allocated,
        pounds(50_000),
        "the case has what was set aside"
    );
    assert_eq!(case.pounds.unallocated, Pence::ZERO);
    assert_eq!(case.gap, Some(Pence::ZERO));
    // What the case is for has nothing yet.
    let programme = statement.find("programme").unwrap();
    assert_eq!(programme.gap, Some(pounds(500_000)));
    assert!(
        statement.reconciliation.holds(),
        "{}",
        statement.reconciliation
    );
    let text = statement.reconciliation.to_string();
    assert!(
        text.contains("£135,000.00") && text.contains("-£85,000.00"),
        "{text}"
    );
}

#[test]
fn before_the_money_came_it_was_promised_and_no_more() {
    let statement = gloucestershire().statement(date(2016, 10, 31)).unwrap();
    assert_eq!(statement.total.not_due, pounds(135_000));
    assert_eq!(statement.total.received().unwrap(), Pence::ZERO);
    assert_eq!(statement.find("case").unwrap().gap, Some(Pence::ZERO));
    // The year from April holds it all: 0 + 135,000 - 0 = 135,000.
    let plans = gloucestershire();
    let rolls = plans
        .roll_forward(date(2016, 4, 1), date(2017, 3, 31))
        .unwrap();
    let roll = rolls[&Source::Public];
    assert_eq!(
        (roll.secured, roll.set_aside_after),
        (pounds(135_000), pounds(50_000))
    );
    assert_eq!(
        (roll.opening, roll.received, roll.closing),
        (Pence::ZERO, pounds(135_000), pounds(135_000))
    );
}

/// Shropshire, January 2012: a bid of £126,983 for cold weather was approved in December 2011. When it was made is
/// not in the minutes; a day in October stands for it.
#[test]
fn a_bid_is_no_money_until_it_is_approved() {
    let plans = plans(&[
        ("plans.toml", PLANS),
        (
            "priorities.csv",
            "code,name,place,level,need,cost,status\n\
             warm,Warm homes in winter,county,strategic,people fall ill in cold homes,126983,under way\n",
        ),
        (
            "funding.csv",
            "reference,priority,source,giver,status,on,pounds,quantity,unit,transaction\n\
             cold,warm,public,Department of Health,asked,2011-10-31,126983,,,\n\
             cold,warm,public,Department of Health,secured,2011-12-20,126983,,,\n",
        ),
        ("assigned.csv", "contribution,priority,pounds,quantity\n"),
    ]);
    let before = plans.statement(date(2011, 11, 30)).unwrap();
    let warm = before.find("warm").unwrap();
    assert_eq!(warm.pounds.asked, pounds(126_983));
    assert_eq!(warm.pounds.secured().unwrap(), Pence::ZERO);
    assert_eq!(warm.gap, Some(pounds(126_983)), "a bid closes no gap");
    let after = plans.statement(date(2011, 12, 31)).unwrap();
    let warm = after.find("warm").unwrap();
    assert_eq!(
        warm.pounds.asked,
        Pence::ZERO,
        "what is granted is asked for no longer"
    );
    assert_eq!(warm.pounds.secured().unwrap(), pounds(126_983));
    assert_eq!(warm.pounds.received().unwrap(), Pence::ZERO);
    assert_eq!(warm.gap, Some(Pence::ZERO));
    let table = after.table().unwrap().to_string();
    assert!(table.contains("£126,983.00"), "{table}");
}
