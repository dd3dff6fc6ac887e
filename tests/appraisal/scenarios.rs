//! Money moved in the account, held against ledgers that were rewritten by hand.

use proptest::prelude::*;
use std::path::Path;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::appraisal::scenario::{Expected, Scenario, Scenarios, SideBySide, WhyStopped};
use wholeplace::axis::Phase;
use wholeplace::cube::{By, Cube, Question};
use wholeplace::indicator::{Area, Indicators};
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::statistic::Confidence;

const HEADINGS: &str = "scenario,phase,amount,from_partner,from_activity,from_ages,from_group,from_locality,\
                        to_partner,to_activity,to_ages,to_group,to_locality,from_month,years,kind,decision,reason";

/// The pack of five partners, with other moves, and rows added to its ledgers.
fn pack(moves: &[&str], more: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/partners");
    for entry in std::fs::read_dir(&sample).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let rows = format!("{HEADINGS}\n{}\n", moves.join("\n"));
    std::fs::write(folder.path().join("moves.csv"), rows).unwrap();
    for (file, rows) in more {
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(path, text + rows).unwrap();
    }
    folder
}

fn cube(folder: &Path) -> Cube {
    let place = Place::open(folder).unwrap();
    Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap()
}

fn scenario(folder: &Path, code: &str) -> Scenario {
    let cube = cube(folder);
    let scenarios = Scenarios::open(cube.place()).unwrap();
    scenarios.find(code).unwrap().apply(&cube).unwrap()
}

fn ask<'a>(cube: &'a Cube, boundary: &str) -> Question<'a> {
    cube.ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn)
        .boundary(boundary.parse().unwrap())
}

const BOUNDARIES: [&str; 7] = [
    "all-partners",
    "public-bodies",
    "whole-place",
    "council",
    "pcc",
    "nhs",
    "charity",
];

/// Every answer as text: rows by each axis, inside each boundary.
fn everything(cube: &Cube) -> Vec<String> {
    let mut all = Vec::new();
    let drills = [
        By::Partner,
        By::Activity(None),
        By::Locality("area".into()),
        By::Ages(None),
        By::Funder,
        By::Flexibility,
    ];
    for boundary in BOUNDARIES {
        for by in &drills {
            let answer = ask(cube, boundary).by([by.clone()]).answer().unwrap();
            for row in &answer.rows {
                let keys: Vec<&str> = row.keys.iter().map(|key| key.name.as_str()).collect();
                all.push(format!("{boundary} {keys:?} {}", row.figure.amount));
            }
            all.push(format!("{boundary} total {}", answer.total.amount));
        }
    }
    // Rows of nothing are there or not as lines are.
    all.retain(|line| !line.ends_with(" £0.00"));
    all
}

#[test]
fn a_move_answers_as_ledgers_rewritten_by_hand() {
    let moves = [
        "help,outturn,10000,council,home-care,all,everyone,hills,,youth-work,,,town,Apr 2024,1,,,earlier",
        "help,outturn,20000,pcc,youth-work,all,everyone,hills,council,,,,town,Apr 2024,1,grant,,together",
    ];
    let moved = scenario(pack(&moves, &[]).path(), "help");
    assert!(moved.stopped.is_empty(), "{}", moved.table());
    let rows = [
        (
            "council.csv",
            "30/11/2024,COUNCIL,A supplier,,HOME CARE,hills,discretionary,,-10000.00\n\
             30/11/2024,COUNCIL,A supplier,,YOUTH,town,discretionary,,10000.00\n\
             30/09/2024,COUNCIL,LUDFORD PCC,MOVE,YOUTH,town,discretionary,,-20000.00\n\
             30/11/2024,COUNCIL,A supplier,,YOUTH,town,discretionary,,20000.00\n",
        ),
        (
            "pcc.csv",
            "30/09/2024,A supplier,,YOUTH,hills,discretionary,-20000.00\n\
             30/09/2024,Ludford Council,MOVE,YOUTH,town,discretionary,20000.00\n",
        ),
    ];
    let by_hand = cube(pack(&moves, &rows).path());
    let (found, wanted) = (everything(moved.cube()), everything(&by_hand));
    assert_eq!(found, wanted);
    assert_ne!(found, everything(moved.before()));
}

/// The payer pays as much as before, the payee spends more, and what both together spend is the same.
#[test]
fn boundaries_stay_right_when_money_goes_to_another_partner() {
    let moves = [
        "help,outturn,20000,pcc,youth-work,all,everyone,hills,council,,,,town,Apr 2024,1,grant,,together",
    ];
    let moved = scenario(pack(&moves, &[]).path(), "help");
    let amount = |cube: &Cube, boundary: &str| ask(cube, boundary).answer().unwrap().total.amount;
    let differs = |boundary: &str| {
        let [before, after] = [moved.before(), moved.cube()].map(|cube| amount(cube, boundary));
        Pence::total([after, -before]).unwrap().to_string()
    };
    assert_eq!(differs("all-partners"), "£0.00");
    assert_eq!(differs("public-bodies"), "£0.00");
    assert_eq!(differs("pcc"), "£0.00");
    assert_eq!(differs("council"), "£20,000.00");
    assert_eq!(differs("nhs"), "£0.00");
}

#[test]
fn what_holds_a_move_is_named_with_its_pounds() {
    let moves = [
        "a,outturn,310000.01,council,other,all,everyone,ludford,,youth-work,,,,Apr 2024,1,,decided,more than is there",
        "b,outturn,310000,council,other,all,everyone,ludford,,youth-work,,,,Apr 2024,1,,,the law",
        "c,outturn,310000,council,other,all,everyone,ludford,,youth-work,,,,Apr 2024,1,,decided,by decision",
        "d,outturn,45000,nhs,home-care,all,everyone,hills,,youth-work,,,,Apr 2024,1,,,contracts",
        "e,outturn,100,pcc,youth-work,all,everyone,hills,ministry,,,,,Apr 2024,1,grant,,no ledger",
        "f,outturn,9000,council,home-care,all,everyone,ludford,,youth-work,,,,Apr 2024,1,,,where it is not",
        "h,outturn,9000,council,care,all,everyone,hills,,youth-work,,,,Apr 2024,1,,,above where it is written",
        "i,outturn,9000,council,home-care,0-15,everyone,hills,,youth-work,,,,Apr 2024,1,,,ages of a share",
        "g,outturn,100,pcc,youth-work,all,everyone,hills,,victims,,,,Apr 2024,2,,,no second year",
    ];
    let folder = pack(&moves, &[]);
    let why = |code: &str| {
        let scenario = scenario(folder.path(), code);
        assert_eq!(scenario.cube().total(), scenario.before().total());
        let stopped: Vec<String> = scenario
            .stopped
            .iter()
            .map(|one| one.why.to_string())
            .collect();
        stopped.join("; ")
    };
    assert_eq!(why("a"), "only £310,000.00 is spent there");
    assert_eq!(
        why("b"),
        "£0.00 is free to move by then; £310,000.00 is asked for by law, and moves only by a named decision"
    );
    assert_eq!(why("c"), "");
    assert_eq!(
        why("d"),
        "£0.00 is free to move by then, and enough after Sep 2025, when contracts end"
    );
    assert_eq!(
        why("e"),
        "The Ministry has no ledger of that time here, so that what it spends cannot be seen"
    );
    // All £25,000 of it are in the hills; four fifths of people live in the town.
    assert_eq!(why("f"), "The town would be left with -£7,200.00");
    assert_eq!(why("h"), "Care would be left with -£9,000.00");
    // A quarter of the hills are 0 to 15.
    assert_eq!(why("i"), "only £6,250.00 is spent there");
    assert_eq!(
        why("g"),
        "Police and Crime Commissioner has no ledger of that time here, so that what it spends cannot be seen"
    );
    let stopped = scenario(folder.path(), "d").stopped.remove(0);
    assert!(matches!(stopped.why, WhyStopped::Locked { .. }));
}

/// The second move takes what the first one left; in the other order the other one is stopped.
#[test]
fn moves_are_made_in_their_order_and_floors_hold() {
    let row = |amount: &str, to: &str| {
        format!(
            "x,outturn,{amount},pcc,youth-work,all,everyone,hills,,{to},,,,Apr 2024,1,,,reason {to}"
        )
    };
    let (one, other) = (row("50000", "victims"), row("30000", "home-care"));
    for (first, second, left) in [(&one, &other, "£20,000.00"), (&other, &one, "£40,000.00")] {
        let scenario = scenario(pack(&[first, second], &[]).path(), "x");
        assert_eq!((scenario.moved.len(), scenario.stopped.len()), (1, 1));
        let why = scenario.stopped[0].why.to_string();
        assert_eq!(why, format!("only {left} is spent there"));
    }
}

#[test]
fn scenarios_stand_side_by_side() {
    let cube = cube(Path::new("examples/data/partners"));
    let scenarios = Scenarios::open(cube.place()).unwrap();
    let all: Vec<Scenario> = scenarios
        .iter()
        .map(|plan| plan.apply(&cube).unwrap())
        .collect();
    let all: Vec<&Scenario> = all.iter().collect();
    let by_theme = SideBySide::of(&cube, &all, |cube| {
        ask(cube, "all-partners").by([By::Activity(Some("theme".into()))])
    });
    let by_theme = by_theme.unwrap();
    assert_eq!(by_theme.scenarios, ["earlier-help", "by-decision"]);
    let (before, after) = &by_theme.total;
    assert!(
        after.iter().all(|after| after == before),
        "nothing is made or lost"
    );
    let shown = by_theme.table("By theme").to_string();
    assert!(shown.contains("-£50,000.00"), "{shown}");
    let unknown = scenarios.find("earlier-hepl").unwrap_err().to_string();
    assert!(unknown.contains("earlier-help"), "{unknown}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// However many moves: nothing is made or lost, no cell that money comes from has less than nothing, moves
    /// that do not meet are made in any order, and without them the account is what it was, to the byte.
    #[test]
    fn moves_conserve(
        rows in proptest::collection::vec(
            (1_i64..90_000, 0_usize..5, 0_usize..4, 0_usize..3, any::<bool>()),
            1..5,
        ),
    ) {
        const FROM: [&str; 5] = [
            "council,home-care,all,everyone,hills",
            "council,youth-work,all,everyone,town",
            "pcc,youth-work,all,everyone,hills",
            "council,other,all,everyone,ludford",
            "charity,youth-work,all,everyone,town",
        ];
        const TO: [&str; 4] = ["council", "pcc", "nhs", "charity"];
        const WHERE: [&str; 3] = ["town", "hills", "ludford"];
        let moves: Vec<String> = rows.iter().enumerate()
            .map(|(number, (pounds, from, to, place, decided))| {
                let kind = if FROM[*from].starts_with(TO[*to]) { "" } else { "grant" };
                let decision = if *decided { "decided" } else { "" };
                format!(
                    "x,outturn,{pounds},{},{},victims,11-17,,{},Apr 2024,1,{kind},{decision},reason {number}",
                    FROM[*from], TO[*to], WHERE[*place],
                )
            })
            .collect();
        let texts: Vec<&str> = moves.iter().map(String::as_str).collect();
        let folder = pack(&texts, &[]);
        let forward = scenario(folder.path(), "x");
        prop_assert_eq!(forward.cube().total(), forward.before().total());
        prop_assert!(forward.cube().reconciliation().holds());
        for boundary in ["all-partners", "whole-place"] {
            let amount = |cube: &Cube| ask(cube, boundary).answer().unwrap().total.amount;
            prop_assert_eq!(amount(forward.cube()), amount(forward.before()), "{}", boundary);
        }
        for moved in &forward.moved {
            let axes = forward.before().place().axes();
            let from = &moved.of.from;
            let left = forward.cube().ask()
                .period("2024-25".parse().unwrap())
                .phase(Phase::Outturn)
                .boundary(Boundary::AllPartners)
                .partner(&axes.partners.get(from.partner).code)
                .activity(&axes.activities.get(from.activity).code)
                .locality(axes.localities.code(from.locality))
                .answer()
                .unwrap();
            prop_assert!(left.total.amount >= Pence::ZERO);
            let taken: i64 = moved.taken.iter().flat_map(|(_, taken)| taken).map(|(_, pence)| pence.get()).sum();
            prop_assert_eq!(taken, moved.of.amount.get());
        }
        let untouched = cube(folder.path());
        prop_assert_eq!(forward.before().records(), untouched.records());
        let back: Vec<&str> = texts.iter().rev().copied().collect();
        let backward = scenario(pack(&back, &[]).path(), "x");
        if forward.stopped.is_empty() && backward.stopped.is_empty() {
            prop_assert_eq!(everything(forward.cube()), everything(backward.cube()));
        }
    }
}

/// The pack of five partners with moves, and an outcome that youth work is meant to help: of 2,000 young people
/// 200 came to harm in 2022-23, and so many in 2023-24.
fn with_harm(moves: &[&str], after: u32, better: &str) -> TempDir {
    let folder = pack(moves, &[]);
    let path = folder.path().join("place.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let named = text.replacen(
        "appraisal = \"appraisal.toml\"",
        "appraisal = \"appraisal.toml\"\noutcomes = \"outcomes.toml\"",
        1,
    );
    std::fs::write(path, named).unwrap();
    let outcomes = format!(
        r#"headline_at_most = 1
notes = ["Made up."]

[[outcomes]]
rows = [{{ code = "less-harm", name = "Fewer young people come to harm", lead = "council" }}]

[[contributions]]
source = "made up"
rows = [{{ outcome = "less-harm", activity = "youth-work", weight = "1", judgement = "made up", contribution = "made up" }}]

[[indicators]]
source = "made up"
rows = [{{ code = "harm", name = "Young people who come to harm", outcome = "less-harm", accountability = "population", better = "{better}", form = "proportion", per = "100", unit = "%", level = "county", years = "financial", publisher = "Board", source = "made up" }}]

[[observations]]
dataset = "figures"
table = {{ file = "figures.csv", columns = {{ series = "indicator", series_2 = "part" }}, source = "made up" }}

[[series]]
set = {{ dataset = "figures" }}
rows = [
    {{ published = "harm | numerator", indicator = "harm", part = "numerator" }},
    {{ published = "harm | denominator", indicator = "harm", part = "denominator" }},
]
"#
    );
    std::fs::write(folder.path().join("outcomes.toml"), outcomes).unwrap();
    let figures = format!(
        "indicator,part,area,period,value\nharm,numerator,ludford,2022-23,200\nharm,denominator,ludford,2022-23,2000\n\
         harm,numerator,ludford,2023-24,{after}\nharm,denominator,ludford,2023-24,2000\n"
    );
    std::fs::write(folder.path().join("figures.csv"), figures).unwrap();
    folder
}

/// What a scenario might do to that outcome, by the change of the two years.
fn expected(folder: &Path, code: &str) -> Expected {
    let scenario = scenario(folder, code);
    let indicators = Indicators::open(scenario.before().place()).unwrap();
    let here = Area::Here(indicators.place().locality());
    let periods = ["2022-23", "2023-24"].map(|period| period.parse().unwrap());
    let confidence = Confidence::new(0.95).unwrap();
    let effect = indicators
        .before_and_after("harm", here, periods[0], periods[1], confidence)
        .unwrap();
    let ask = |cube| ask(cube, "all-partners");
    (scenario.expected(&indicators, "less-harm", &effect, 2_000.0, ask)).unwrap()
}

const TO_YOUTH_WORK: &str = "more,outturn,10000,council,home-care,all,everyone,hills,,youth-work,11-17,,town,Apr 2024,1,,,made up";

/// By hand: 200 less 120 are 80 fewer, beside £214,997 of youth work: £2,687.46 for each. £10,000 more are 3.72.
#[test]
fn an_effect_follows_from_what_was_measured_with_its_grade() {
    let folder = with_harm(&[TO_YOUTH_WORK], 120, "lower");
    let expected = expected(folder.path(), "more");
    assert_eq!(expected.spent, Pence::new(21_499_700));
    assert_eq!(expected.more, Pence::new(1_000_000));
    assert!((expected.cost.value().unwrap() - 214_997.0 / 80.0).abs() < 1e-6);
    let units = expected.units.clone().unwrap();
    assert!((units.value().unwrap() - 800_000.0 / 214_997.0).abs() < 1e-9);
    let interval = units.interval().unwrap();
    assert!(interval.lower < 3.72 && interval.upper > 3.72 && interval.lower > 0.0);
    let said = expected.to_string();
    for words in [
        "£10,000.00 more beside £214,997.00 that is spent on \"Fewer young people come to harm\" now",
        "at £2687",
        "it would be 3.7 (",
        "grade 1 of 5",
        "no promise",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}

#[test]
fn no_effect_is_claimed_where_none_was_measured_or_nothing_is_added() {
    let elsewhere = TO_YOUTH_WORK.replace("youth-work", "victims");
    for (moves, after, better, why) in [
        (TO_YOUTH_WORK, 190, "lower", "perhaps no change at all"),
        (
            TO_YOUTH_WORK,
            300,
            "lower",
            "it changed for the worse, beyond chance",
        ),
        (
            TO_YOUTH_WORK,
            120,
            "neither",
            "neither direction of it is good",
        ),
        (
            &elsewhere,
            120,
            "lower",
            "the moves add nothing to what is meant for",
        ),
    ] {
        let folder = with_harm(&[moves], after, better);
        let expected = expected(folder.path(), "more");
        assert_eq!(expected.units, None, "{why}");
        let said = expected.to_string();
        assert!(
            said.starts_with(
                "more and Young people who come to harm: no effect is claimed, because "
            ),
            "{said}"
        );
        if why != "perhaps no change at all" {
            assert!(said.contains(why), "{why}: {said}");
        }
        assert!(said.contains("grade 1 of 5"), "{said}");
    }
}

/// Money taken from youth work: as many worse as the same money would be for the better.
#[test]
fn money_taken_away_does_the_opposite() {
    let there = "less,outturn,10000,council,youth-work,all,everyone,town,,home-care,all,,hills,Apr 2024,1,,,made up";
    let folder = with_harm(&[there], 120, "lower");
    let expected = expected(folder.path(), "less");
    assert_eq!(expected.more, Pence::new(-1_000_000));
    let units = expected.units.unwrap().value().unwrap();
    assert!((units + 800_000.0 / 214_997.0).abs() < 1e-9, "{units}");
}

/// The pack with moves that name buildings: the column `building` stands in place of a sum.
fn with_buildings(moves: &[&str]) -> TempDir {
    let folder = pack(&[], &[]);
    let headings = HEADINGS.replace("amount", "amount,building,costs_of,decided");
    let rows = format!("{headings}\n{}\n", moves.join("\n"));
    std::fs::write(folder.path().join("moves.csv"), rows).unwrap();
    folder
}

/// The police pay £9,000 of rates, £7,000 of energy and £4,000 of cleaning for a house that nothing holds: £20,000, and the
/// account after is that of a move of £20,000.
#[test]
fn a_building_that_is_given_up_moves_what_that_frees() {
    let given = scenario(
        with_buildings(&[
            "house,outturn,,police-house,2024-25,2024-03-01,pcc,youth-work,all,everyone,hills,,,,,town,Apr 2024,1,,,a house less",
        ])
        .path(),
        "house",
    );
    assert!(given.stopped.is_empty(), "{}", given.table());
    let of = &given.moved[0].of;
    assert_eq!(of.amount, Pence::new(2_000_000));
    let written = scenario(
        pack(
            &["house,outturn,20000,pcc,youth-work,all,everyone,hills,,,,,town,Apr 2024,1,,,a house less"],
            &[],
        )
        .path(),
        "house",
    );
    assert_eq!(everything(given.cube()), everything(written.cube()));
    assert_eq!(given.cube().total(), given.before().total());
    let table = given.table().to_string();
    for words in [
        "Old Police House is given up: by the costs of 2024-25, £20,000.00 a year ends",
        "it can be let go from 2024-03-01: nothing holds it",
        "in need of another place, whose cost is in no sum here: Victims unit (3 desks)",
    ] {
        assert!(table.contains(words), "{words}: {table}");
    }
}

/// The council pays £48,000 for its leased house and gets £6,000 of rent for two rooms: £42,000 are freed, from the break
/// of the lease on; decided too late for the notice, from its end on. For the trust the rent of £6,000 ends.
#[test]
fn a_lease_holds_a_building_until_its_break_or_its_end() {
    let move_of = |partner: &str, decided: &str, start: &str| {
        format!(
            "house,outturn,,market-house,2024-25,{decided},{partner},youth-work,all,everyone,town,,,11-17,,,{start},1,,,a house less"
        )
    };
    let held = |partner: &str, decided: &str, start: &str| {
        let moves = move_of(partner, decided, start);
        let scenario = scenario(with_buildings(&[&moves]).path(), "house");
        let stopped = scenario.stopped.first().cloned();
        let of = (stopped.iter().map(|one| one.of.clone()))
            .chain(scenario.moved.iter().map(|one| one.of.clone()))
            .next();
        (of.unwrap().amount, stopped.map(|one| one.why.to_string()))
    };
    let (amount, why) = held("council", "2024-04-01", "Mar 2026");
    assert_eq!(amount, Pence::new(4_200_000));
    assert_eq!(
        why.unwrap(),
        "Market House cannot be let go before 2026-03-31: the lease can be broken then, with notice"
    );
    // Notice of six months from December 2026 is after the end of the lease.
    let (_, why) = held("council", "2026-12-01", "Mar 2027");
    assert_eq!(
        why.unwrap(),
        "Market House cannot be let go before 2027-03-31: the lease runs until then"
    );
    // From then on it is another thing that holds it: no ledger has lines of that time.
    let (_, why) = held("council", "2026-12-01", "Apr 2027");
    assert!(why.unwrap().contains("no ledger of that time"));
    let (amount, _) = held("charity", "2024-04-01", "Apr 2024");
    assert_eq!(amount, Pence::new(600_000));
}

/// Of the hall the charge of the loan stays and a rent is lost: £5,000 + £3,000 - £1,500.
#[test]
fn what_does_not_end_and_rent_that_is_lost_are_not_freed() {
    let folder = with_buildings(&[
        "hall,outturn,,village-hall,2024-25,2024-04-01,council,home-care,all,everyone,hills,,youth-work,,,,Apr 2024,1,,,a hall less",
    ]);
    let scenario = scenario(folder.path(), "hall");
    let stopped = &scenario.stopped[0];
    assert_eq!(stopped.of.amount, Pence::new(650_000));
    assert!(matches!(stopped.why, WhyStopped::Building { .. }));
    assert!(
        stopped
            .why
            .to_string()
            .contains("2028-03-31: the grant for its roof")
    );
    assert_eq!(scenario.cube().total(), scenario.before().total());
}

/// Every fault of a row is told with its file and line.
#[test]
fn buildings_that_cannot_be_moved_are_told_line_by_line() {
    let row = |building: &str, costs: &str, decided: &str, amount: &str, partner: &str| {
        format!(
            "x,outturn,{amount},{building},{costs},{decided},{partner},home-care,all,everyone,hills,,youth-work,,,,Apr 2024,1,,,why"
        )
    };
    let rows = [
        row("market-hose", "2024-25", "2024-04-01", "", "council"),
        row("market-house", "soon", "tomorrow", "", "council"),
        row("market-house", "2024-25", "2024-04-01", "5.00", "council"),
        row("", "2024-25", "", "5.00", "council"),
        row("market-house", "2019-20", "2024-04-01", "", "council"),
        row("market-house", "2024-25", "2024-04-01", "", "nhs"),
        row("police-house", "2024-25", "2024-04-01", "", "pcc"),
        row("police-house", "2024-25", "2024-05-01", "", "pcc"),
    ];
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let folder = with_buildings(&rows);
    let place = Place::open(folder.path()).unwrap();
    let said = Scenarios::open(&place).unwrap_err().to_string();
    for words in [
        "moves.csv:2",
        "market-house",
        "`soon` is no year of costs",
        "`tomorrow` is no day",
        "both an amount and a building are named",
        "no building is named whose costs these are",
        "by the costs of 2019-20, giving up Market House frees nothing for Ludford Council",
        "frees nothing for Ludford NHS",
        "moves.csv:9",
        "Old Police House is given up in moves.csv:8",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
