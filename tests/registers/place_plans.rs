//! Published files, versions, units, and what is in a ledger too: figures worked out by hand.

use super::{
    AGREEMENTS, PRIORITIES, PROMISES, PUBLISHED, TRANSACTIONS, faults, plans, pounds, rules,
};
use jiff::civil::date;
use wholeplace::money::Pence;
use wholeplace::place_plan::{PlacePlans, Source, Units};
use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};

/// Published contributions, and nothing that they are for.
fn published(rows_are: &str, promises: &str, transactions: &str) -> PlacePlans {
    let spec = PUBLISHED.replace("\"steps\"", &format!("\"{rows_are}\""));
    plans(&[
        ("plans.toml", &spec),
        ("priorities.csv", PRIORITIES),
        ("agreements.csv", AGREEMENTS),
        ("promises.csv", &format!("{PROMISES}{promises}")),
        ("transactions.csv", &format!("{TRANSACTIONS}{transactions}")),
    ])
}

/// £100,000 are promised and £80,000 fell due; £60,000 came, £40,000 were set aside, £25,000 of those spent and £5,000
/// given back. Of what came £30,000 are there: £15,000 set aside and £15,000 for nobody yet.
#[test]
fn one_pound_in_several_rows_counts_once() {
    let steps = published(
        "steps",
        "A1,A,education,100000,,2020-01-01,\n",
        "1,A1,secured,80000,,2020-02-01,\n2,A1,received,60000,,2020-03-01,\n\
         3,A1,allocated,40000,,2020-04-01,\n4,A1,spent,25000,,2020-05-01,\n5,A1,returned,5000,,2020-06-01,\n",
    );
    // The same written as places: due 20, held 15, set aside 15, spent 25, given back 5.
    let standing = published(
        "standing",
        "A1,A,education,100000,,2020-01-01,\n",
        "1,A1,secured,20000,,2020-06-01,\n2,A1,received,15000,,2020-06-01,\n\
         3,A1,allocated,15000,,2020-06-01,\n4,A1,spent,25000,,2020-06-01,\n5,A1,returned,5000,,2020-06-01,\n",
    );
    for plans in [steps, standing] {
        assert!(plans.findings().is_empty(), "{}", plans.findings());
        let statement = plans.statement(date(2020, 12, 31)).unwrap();
        let total = statement.total;
        assert_eq!(total.secured().unwrap(), pounds(100_000));
        assert_eq!(total.not_due, pounds(20_000));
        assert_eq!(total.due, pounds(20_000));
        assert_eq!(total.received().unwrap(), pounds(60_000));
        assert_eq!(total.unallocated, pounds(15_000));
        assert_eq!(total.allocated, pounds(15_000));
        assert_eq!(total.spent, pounds(25_000));
        assert_eq!(total.returned, pounds(5_000));
        assert_eq!(total.ahead, Pence::ZERO);
        assert_eq!(total.funds().unwrap(), pounds(95_000));
        assert!(
            statement.reconciliation.holds(),
            "{}",
            statement.reconciliation
        );
    }
}

/// Read as what it is not, each form says so.
#[test]
fn the_wrong_reading_of_rows_is_told() {
    // A pound with one row only, read as steps: it was spent, and nothing says that it came.
    let plans = published(
        "steps",
        "A1,A,education,100,,2020-01-01,\n",
        "1,A1,spent,100,,2020-02-01,\n",
    );
    assert_eq!(rules(plans.findings()), ["paid-out-before-received"]);
    let statement = plans.statement(date(2020, 12, 31)).unwrap();
    assert_eq!(statement.total.ahead, pounds(100));
    assert_eq!(statement.total.received().unwrap(), Pence::ZERO);
    assert!(
        statement.reconciliation.holds(),
        "{}",
        statement.reconciliation
    );
    // A pound with a row for each step, read as standing: it is there three times.
    let plans = published(
        "standing",
        "A1,A,education,100,,2020-01-01,\n",
        "1,A1,received,100,,2020-02-01,\n2,A1,allocated,100,,2020-02-01,\n3,A1,spent,100,,2020-02-01,\n",
    );
    assert_eq!(rules(plans.findings()), ["above-what-was-secured"]);
    assert_eq!(plans.findings().at_stake(), 20_000);
}

#[test]
fn a_version_counts_until_it_is_superseded() {
    let plans = published(
        "steps",
        "A1,A,education,100,,2020-01-01,2020-06-30\nA1,A,education,140,,2020-07-01,\n",
        "1,A1,received,30,,2020-03-01,2020-08-31\n",
    );
    assert!(plans.findings().is_empty(), "{}", plans.findings());
    let secured = |month, day| {
        let statement = plans.statement(date(2020, month, day)).unwrap();
        assert!(statement.reconciliation.holds());
        (
            statement.total.secured().unwrap(),
            statement.total.received().unwrap(),
        )
    };
    assert_eq!(secured(1, 31), (pounds(100), Pence::ZERO));
    assert_eq!(secured(6, 30), (pounds(100), pounds(30)));
    assert_eq!(secured(7, 1), (pounds(140), pounds(30)));
    assert_eq!(secured(9, 1), (pounds(140), Pence::ZERO));
}

/// The first edition of the format names a reference after its file, and types an agreement `S106`.
#[test]
fn the_first_edition_reads_as_the_second() {
    let plans = plans(&[
        ("plans.toml", PUBLISHED),
        ("priorities.csv", PRIORITIES),
        (
            "agreements.csv",
            "developer-agreement,organisation,entry-date,start-date,end-date,planning-application,document-url,developer-agreement-classification\n\
             ROC100,local-authority:roc,2019-12-01,2019-04-01,,19/001,,S106\n",
        ),
        (
            "promises.csv",
            "developer-agreement-contribution,developer-agreement,contribution-purpose,amount,units,entry-date,start-date,end-date\n\
             ROC100-1A,ROC100,highways,100000.00,,2019-12-01,2019-04-01,\n",
        ),
        (
            "transactions.csv",
            "developer-agreement-transaction,developer-agreement-contribution,contribution-funding-status,amount,units,entry-date,start-date,end-date\n\
             ROC100-TR1,ROC100-1A,received,100000.00,0,2019-12-01,,\n\
             ROC100-TR2,ROC100-1A,transferred,60000.00,,2020-12-01,2020-11,\n",
        ),
    ]);
    assert!(plans.findings().is_empty(), "{}", plans.findings());
    let contribution = &plans.contributions()[0];
    assert_eq!(contribution.source, Source::Section106);
    assert_eq!(contribution.givers, ["19/001"]);
    // A row without a start counts from the day on which it was entered.
    let statement = plans.statement(date(2019, 11, 30)).unwrap();
    assert_eq!(statement.total.received().unwrap(), Pence::ZERO);
    let statement = plans.statement(date(2020, 11, 1)).unwrap();
    assert_eq!(statement.total.transferred, pounds(60_000));
    assert_eq!(statement.total.unallocated, pounds(40_000));
}

/// Each row counts or is told, with file, line and pounds; the others are not touched by it.
#[test]
fn a_row_that_cannot_be_counted_is_told_and_the_others_count() {
    let plans = published(
        "steps",
        "A1,A,education,100,,2020-01-01,\nA2,B,education,70,,2020-01-01,\nA3,A,education,,,2020-01-01,\n",
        "1,A1,received,50,,2020-02-01,\n1,A1,received,50,,2020-02-01,\n2,A1,recieved,20,,2020-02-01,\n\
         3,A1,received,£10,,2020-02-01,\n4,A9,received,40,,2020-02-01,\n5,A1,spent,5,,01/03/2020,\n\
         6,A1,spent,6,,,\n7,A1,spent,7.005,,2020-02-01,\n8,A1,spent,8,,2020-02-01,2019-01-01\n",
    );
    let told: Vec<(String, &str, Option<i64>)> = (plans.findings().iter())
        .map(|found| {
            let position = found.position.to_string();
            (
                position,
                found.rule.as_str(),
                found.at_stake.map(Pence::get),
            )
        })
        .collect();
    let told: Vec<(&str, &str, Option<i64>)> = told
        .iter()
        .map(|(at, rule, pence)| (at.as_str(), *rule, *pence))
        .collect();
    assert_eq!(
        told,
        [
            (
                "promises.csv:3: developer-agreement",
                "contribution-of-nothing",
                Some(7_000)
            ),
            ("promises.csv:4: amount", "contribution-unclear", None),
            (
                "transactions.csv:3: reference",
                "contribution-given-twice",
                Some(5_000)
            ),
            (
                "transactions.csv:4: contribution-funding-status",
                "contribution-unclear",
                Some(2_000)
            ),
            (
                "transactions.csv:6: developer-agreement-contribution",
                "contribution-of-nothing",
                Some(4_000)
            ),
            (
                "transactions.csv:7: start-date",
                "contribution-unclear",
                Some(500)
            ),
            (
                "transactions.csv:8: start-date",
                "contribution-unclear",
                Some(600)
            ),
            ("transactions.csv:9: amount", "contribution-unclear", None),
            (
                "transactions.csv:10: end-date",
                "contribution-unclear",
                Some(800)
            ),
        ]
    );
    let rows = plans.rows_read();
    assert_eq!((rows.read, rows.counted, rows.refused), (14, 5, 9));
    // £50 and £10: a pound sign is no fault.
    let statement = plans.statement(date(2020, 12, 31)).unwrap();
    assert_eq!(statement.total.received().unwrap(), pounds(60));
}

#[test]
fn homes_are_no_pounds() {
    let (wanted, promised) = (
        "homes,Homes,north,strategic,need,,40,affordable homes,planned\n",
        "A1,A,affordable-housing,,25,2020-01-01,\n",
    );
    let spec = format!(
        "{PUBLISHED}\n[[assigned]]\nrows = [{{ contribution = \"A1\", priority = \"homes\", quantity = \"15\" }}]\n"
    );
    let plans = plans(&[
        ("plans.toml", &spec),
        ("priorities.csv", &format!("{PRIORITIES}{wanted}")),
        ("agreements.csv", AGREEMENTS),
        ("promises.csv", &format!("{PROMISES}{promised}")),
        (
            "transactions.csv",
            &format!("{TRANSACTIONS}1,A1,received,,10,2021-01-01,\n"),
        ),
    ]);
    assert!(plans.findings().is_empty(), "{}", plans.findings());
    let statement = plans.statement(date(2021, 12, 31)).unwrap();
    let homes = statement.find("homes").unwrap();
    assert_eq!((homes.cost, homes.gap), (None, None));
    assert_eq!(homes.pounds.secured().unwrap(), Pence::ZERO);
    let units = &homes.units["affordable homes"];
    // 15 of 25 are for this priority, the 10 that are there among them; 40 were wanted.
    assert_eq!(
        units.standing.secured().unwrap(),
        Units::of_hundredths(1_500)
    );
    assert_eq!(
        units.standing.received().unwrap(),
        Units::of_hundredths(1_000)
    );
    assert_eq!(units.gap, Some(Units::of_hundredths(2_500)));
    assert_eq!(
        statement.units_unassigned["affordable homes"].not_due,
        Units::of_hundredths(1_000)
    );
    assert_eq!(statement.total.secured().unwrap(), Pence::ZERO);
    let table = statement.units_table().unwrap().to_string();
    assert!(!table.contains('£'), "{table}");
}

#[test]
fn what_is_wrong_in_the_register_itself_keeps_it_closed() {
    let spec = "[[priorities]]\nfile = \"p.csv\"\n[[funding]]\nfile = \"f.csv\"\n[[matched]]\nledger = \"paid\"\ncode = \"reference\"\nstates = []\n";
    let found = faults(&[
        ("plans.toml", spec),
        (
            "p.csv",
            "code,name,place,level,need,cost,quantity,unit,status\na,A,north,national,x,12x,4,,planned\na,,east,local,,1,,,gone\n",
        ),
        (
            "f.csv",
            "reference,priority,source,giver,status,on,pounds,quantity,unit,transaction\ng,b,lottery,,won,2020-13-01,5,,,\ng,a,public,,secured,2020-01-01,5,3,hours,\n",
        ),
    ]);
    let told: Vec<String> = found
        .iter()
        .map(|found| format!("{} {}", found.position, found.rule))
        .collect();
    assert_eq!(
        told,
        [
            "p.csv:2: level priority-unclear",
            "p.csv:2: cost priority-unclear",
            "p.csv:2: unit priority-unclear",
            "p.csv:3: code duplicate-code",
            "p.csv:3: name priority-unclear",
            "p.csv:3: need priority-unclear",
            "p.csv:3: place unknown-member",
            "p.csv:3: status priority-unclear",
            "f.csv:2: source funding-unclear",
            "f.csv:2: status funding-unclear",
            "f.csv:2: on funding-unclear",
            "f.csv:3: pounds funding-unclear",
            "plans.toml:5: ledger unknown-ledger",
        ]
    );
}

/// A key that no register has is no silent nothing.
#[test]
fn unknown_keys_are_refused() {
    let (_folder, place) = super::place(&[("plans.toml", "priority = []\n")]);
    let error = PlacePlans::open(&place).unwrap_err().to_string();
    assert!(
        error.starts_with("plans.toml is not such a register") && error.contains("priority"),
        "{error}"
    );
    let without = Place::open("examples/data/shropshire").unwrap();
    let error = PlacePlans::open(&without).unwrap_err().to_string();
    assert_eq!(
        error,
        "the pack names none; write `plans = \"plans.toml\"` into its `[place]`"
    );
}

/// The sample: the hub's £60,000 are line T-1 of the council. For the council alone it is spending in the figure; for
/// all partners it is paid to the trust, which spends it, and nothing is added twice.
#[test]
fn what_a_ledger_has_too_counts_once_in_any_boundary() {
    let place = Place::open("examples/data/partners").unwrap();
    let plans = PlacePlans::open(&place).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let year = "2024-25".parse().unwrap();
    let spent = |boundary: Boundary| {
        let spent = plans
            .spent_here(&cube, &account, (year, Phase::Outturn), &boundary)
            .unwrap();
        assert_eq!(spent.len(), 1, "one priority has a cell");
        spent.into_iter().next().unwrap()
    };
    // Youth work in the town by the council: £60,000 to a supplier and T-1.
    let council = spent(Boundary::of(["council"]));
    assert_eq!(council.figure.amount, pounds(120_000));
    assert_eq!(council.figure.composition.in_words(), "all direct");
    assert_eq!(
        (council.by_register, council.in_ledgers),
        (pounds(60_000), pounds(60_000))
    );
    assert_eq!(council.in_figure, pounds(60_000));
    assert_eq!(council.together, pounds(120_000));
    // By all: the council's £60,000 and the trust's £55,000; T-1 is between them.
    let everybody = spent(Boundary::AllPartners);
    assert_eq!(everybody.in_figure, Pence::ZERO);
    assert_eq!(everybody.in_ledgers, pounds(60_000));
    assert_eq!(everybody.together, everybody.figure.amount);
    let matching = plans.matching(&account).unwrap();
    assert_eq!(matching.matched.len(), 1);
    assert_eq!(matching.matched[0].reference, "T-1");
    // £60,000 + £5,000 by the register: the £5,000 of ML-TR4 are in no ledger.
    assert!(
        matching.reconciliation.holds(),
        "{}",
        matching.reconciliation
    );
    let step = &matching.reconciliation.steps[0];
    assert_eq!(
        (step.incoming, step.outgoing),
        (pounds(65_000), pounds(5_000))
    );
    assert_eq!(matching.not_found, [("ML-TR4".to_owned(), pounds(5_000))]);
}
