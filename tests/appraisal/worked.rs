//! A worked example by other hands, and one proposal held against the sample's account.

use std::path::Path;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::appraisal::{Appraisal, NotCash, Payback, Proposals, Return};
use wholeplace::cube::Cube;
use wholeplace::money::{Exact, Pence, Ratio};
use wholeplace::place::Place;

/// The sample, with its proposal put in other words.
fn pack(proposal: &str, appraisal: impl Fn(String) -> String) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/shropshire");
    for entry in std::fs::read_dir(&sample).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
        }
    }
    let file = folder.path().join("appraisal.toml");
    let text = appraisal(std::fs::read_to_string(&file).unwrap());
    std::fs::write(file, text).unwrap();
    std::fs::write(folder.path().join("proposal-one.toml"), proposal).unwrap();
    folder
}

fn with<T>(folder: &Path, code: &str, look: impl Fn(&Appraisal) -> T) -> T {
    let place = Place::open(folder).unwrap();
    let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
    let proposals = Proposals::open(&place).unwrap();
    look(&proposals.find(code).unwrap().appraise(&cube).unwrap())
}

fn sample<T>(look: impl Fn(&Appraisal) -> T) -> T {
    with(
        Path::new("examples/data/shropshire"),
        "youth-diversion",
        look,
    )
}

fn pounds(pence: &Ratio) -> f64 {
    pence
        .times(&Ratio::new(1, 100))
        .to_decimal(4)
        .parse()
        .unwrap()
}

fn present(by_year: &[Ratio], appraisal: &Appraisal) -> f64 {
    let each = by_year.iter().zip(&appraisal.factors);
    each.map(|(sum, factor)| pounds(&sum.times(factor))).sum()
}

const EFFECTS: [(&str, &str, &str); 2] = [
    ("incidents", "base = \"2.5\"\nimpact = \"0.30\"", "CR8.0.*"),
    ("neet", "points = \"0.12\"", "E&E10.0.*"),
];

/// 120 young people of whom three quarters take part; 2.5 incidents a year, 30 per cent less; 12 points fewer
/// out of education; 15 per cent would have happened anyway. All savings by 25 per cent less, all costs by 10
/// more.
fn worked(bearers: &[(&str, &str)]) -> String {
    let mut text = String::from(
        r#"
[proposal]
code = "worked"
name = "Youth diversion"
against = "young people go to court"
ages = "10-17"
locality = "ludlow"
first_year = "2024-25"
years = 4
prices = "2024-25"
deflator = "gdp-fy"
discount = "green-book"
combine = "worst"
baseline = { period = "2017-18", phase = "outturn", activities = ["offender-management"] }
"#,
    );
    for (year, amount) in [("2024-25", "70000"), ("2025-26", "40000")] {
        text += &format!(
            "[[cost]]\npartner = \"shropshire-council\"\nyear = \"{year}\"\namount = \"{amount}\"\n\
             resource = \"cash\"\nprices = \"2024-25\"\ngrade = \"3\"\nsource = \"invented\"\n"
        );
    }
    for (code, change, values) in EFFECTS {
        text += &format!(
            "[[effect]]\ncode = \"{code}\"\npeople = [\"120\"]\npeople_grade = \"5\"\nengaged = \"0.75\"\n\
             retained = \"1\"\n{change}\nimpact_grade = \"5\"\ndeadweight = \"0.15\"\ndisplacement = \"0\"\n\
             due_to_us = \"1\"\nlag = 1\npersist = [\"1\", \"0.75\", \"0.5\"]\nevidence = \"invented\"\n\
             unit_values = [\"{values}\"]\n"
        );
    }
    for (bearer, share) in bearers {
        let effect = if ["dwp", "hmrc"].contains(bearer) {
            "neet"
        } else {
            "incidents"
        };
        text += &format!(
            "[[cash]]\neffect = \"{effect}\"\nbearer = \"{bearer}\"\nmodel = \"share\"\nshare = \"{share}\"\n\
             reason = \"invented\"\n"
        );
    }
    text + "[settlement]\nrule = \"in-proportion\"\n"
}

/// The inputs of this project's own worked example, whose unit costs were raised by 1.446724 (a series of calendar years);
/// by financial years it is 100 / 68.8561 = 1.452304, so that every saving is 0.3857 per cent more: £170,707 of present
/// value, where it was £170,051. Costs are the same £119,512.
#[test]
fn the_worked_example_by_financial_years() {
    let bearers = [
        ("police", "0.25"),
        ("probation", "0.25"),
        ("courts", "0.10"),
        ("prison", "0.10"),
        ("other-cjs", "0.10"),
        ("nhs", "0.25"),
        ("dwp", "1"),
        ("hmrc", "1"),
    ];
    // Nobody has a ledger here, so that nothing is refused.
    let outside = |text: String| {
        text.replace("partner = \"west-mercia-police\"", "outside = \"Police\"")
            .replace(
                "partner = \"probation-illustrative\"",
                "outside = \"Probation\"",
            )
            .replace(
                "partner = \"department-for-work-and-pensions\"",
                "outside = \"DWP\"",
            )
    };
    let folder = pack(&worked(&bearers), outside);
    with(folder.path(), "worked", |appraisal| {
        let incidents = &appraisal.savings[0].events;
        let events: Vec<String> = incidents
            .iter()
            .map(|events| events.to_decimal(3))
            .collect();
        assert_eq!(events, ["0.000", "57.375", "43.031", "28.688"]);
        // What it was, by the calendar series.
        const WAS: [(&str, f64); 8] = [
            ("police", 30_044.0),
            ("probation", 2_794.0),
            ("courts", 10_692.0),
            ("prison", 14_239.0),
            ("other-cjs", 7_685.0),
            ("nhs", 14_818.0),
            ("dwp", 67_867.0),
            ("hmrc", 21_912.0),
        ];
        for (code, was) in WAS {
            let position = appraisal
                .positions
                .iter()
                .find(|one| one.payer.code == code)
                .unwrap();
            let saved = present(&position.corrected, appraisal);
            // The police had 227.93, what is left of the whole; their own row says 227.92.
            let expected = was * (100.0 / 68.8561) / 1.446_724;
            assert!(
                (saved - expected).abs() < 2.5,
                "{code}: {saved} is not {expected}"
            );
        }
        let whole = appraisal.verdict(&Boundary::AllPartners).unwrap();
        assert!(
            (pounds(&whole.cost) - 119_512.08).abs() < 0.01,
            "{}",
            pounds(&whole.cost)
        );
        assert!(
            (pounds(&whole.saving) - 170_707.0).abs() < 2.0,
            "{}",
            pounds(&whole.saving)
        );
        let Return::Of(saved) = &whole.fiscal_return else {
            panic!("it has a cost")
        };
        let Return::Of(cash) = &whole.cash_return else {
            panic!("it has a cost")
        };
        assert_eq!(
            (saved.to_decimal(2).as_str(), cash.to_decimal(2).as_str()),
            ("1.43", "0.88")
        );
        let year = appraisal.years[2];
        assert_eq!(whole.payback.first_discounted, Payback::In(year));
        assert_eq!(year.to_string(), "2026-27");
        // Cash is less than cost: nobody can be made whole, and it says by how much.
        let refused = appraisal.settle().unwrap_err().to_string();
        assert!(
            refused.starts_with("the programme costs £14,1"),
            "{refused}"
        );
    });
}

/// Youth justice in Ludlow is £4,236.66 by residents; the council claims £4,590.00 of the first year and
/// £3,442.50 and £2,295.00 of the next, so £353.34 are refused: 20 × 0.75 × 0.4 × 0.85 = 5.1 cases at £1,200, 25 per
/// cent less.
#[test]
fn a_saving_above_what_is_spent_is_refused() {
    sample(|appraisal| {
        let council = appraisal
            .held
            .iter()
            .find(|held| held.payer.code == "shropshire-council");
        let council = council.unwrap();
        assert_eq!(council.spent.unwrap().to_string(), "£4,236.66");
        assert_eq!(council.known, "all population");
        let claimed: Vec<String> = council
            .claimed
            .iter()
            .map(|pence| pence.to_decimal(0))
            .collect();
        assert_eq!(claimed, ["0", "459000", "344250", "229500"]);
        let refused: Vec<String> = council
            .refused
            .iter()
            .map(|pence| pence.to_decimal(0))
            .collect();
        assert_eq!(refused, ["0", "35334", "0", "0"]);
        // Nobody says that the money is free to move, so what may be cash is not.
        let position = appraisal
            .positions
            .iter()
            .find(|one| one.payer.code == "shropshire-council");
        let position = position.unwrap();
        assert_eq!(position.cashable[1].to_decimal(0), "211833");
        assert!(position.cash.iter().all(Ratio::is_zero));
        assert_eq!(position.freed[&NotCash::Locked][1], position.cashable[1]);
        // The illustrative probation spends nothing on these ages: all of it is refused.
        let probation = appraisal
            .held
            .iter()
            .find(|held| held.payer.code == "probation-illustrative");
        let probation = probation.unwrap();
        assert_eq!(
            (probation.spent, &probation.claimed),
            (Some(Pence::ZERO), &probation.refused)
        );
        // Bodies of whom no ledger is here are kept, and said.
        let hospitals = appraisal
            .held
            .iter()
            .find(|held| held.payer.name == "Hospitals of the NHS");
        assert!(hospitals.unwrap().spent.is_none());
        assert!(appraisal.cautions()[0].contains("held against nothing"));
        let words = appraisal.in_words().unwrap();
        assert!(
            words.starts_with(
                "Every pound spent saves the public purse £0.78 over 4 years, £0.02 of it in cash."
            ),
            "{words}"
        );
        assert!(words.contains("Savings of £749.59 are refused"), "{words}");
    });
}

/// For every payer and year, layer upon layer; and all payers together are the whole purse.
#[test]
fn layers_hold_and_payers_add_up() {
    sample(|appraisal| {
        let mut sums = [Ratio::zero(), Ratio::zero(), Ratio::zero()];
        for position in &appraisal.positions {
            for year in 0..appraisal.years.len() {
                let layers = [
                    &position.gross[year],
                    &position.corrected[year],
                    &position.cashable[year],
                    &position.cash[year],
                ];
                assert!(
                    layers.windows(2).all(|two| two[0] >= two[1]),
                    "{}",
                    position.payer.name
                );
                assert!(*layers[3] >= Ratio::zero());
                let freed: Ratio = position.freed.values().map(|by_year| &by_year[year]).sum();
                assert_eq!(freed.plus(layers[3]), *layers[1], "{}", position.payer.name);
            }
            for (sum, by_year) in
                sums.iter_mut()
                    .zip([&position.cost, &position.corrected, &position.cash])
            {
                let each = by_year.iter().zip(&appraisal.factors);
                *sum = each.fold(sum.clone(), |sum, (pence, factor)| {
                    sum.plus(&pence.times(factor))
                });
            }
        }
        let whole = appraisal.verdict(&Boundary::AllPartners).unwrap();
        assert_eq!(sums, [whole.cost, whole.saving.clone(), whole.cash]);
        // A wider boundary never saves less.
        let one = appraisal
            .verdict(&Boundary::of(["west-mercia-police"]))
            .unwrap();
        let two = appraisal
            .verdict(&Boundary::of(["west-mercia-police", "shropshire-council"]))
            .unwrap();
        assert!(one.saving <= two.saving && two.saving <= whole.saving);
        let fire = appraisal
            .verdict(&Boundary::of(["shropshire-fire"]))
            .unwrap();
        assert_eq!(
            (fire.fiscal_return, fire.saving),
            (Return::NoCost, Ratio::zero())
        );
    });
}

/// Twice the people save twice as much where nothing is refused; blocks and notice are worked out by hand.
#[test]
fn blocks_give_cash_when_they_are_whole_and_noticed() {
    let bearers = [
        ("probation", "0"),
        ("courts", "0"),
        ("prison", "0"),
        ("other-cjs", "0"),
        ("nhs", "0"),
        ("dwp", "0"),
        ("hmrc", "0"),
    ];
    let blocks = "[[cash]]\neffect = \"incidents\"\nbearer = \"police\"\nmodel = \"blocks\"\nblock = \"20\"\n\
                  block_pounds = \"3000\"\nnotice_years = 1\nreason = \"an officer\"\n[settlement]";
    let proposal = worked(&bearers).replace("[settlement]", blocks);
    let outside = |text: String| {
        text.replace("partner = \"west-mercia-police\"", "outside = \"Police\"")
            .replace(
                "partner = \"department-for-work-and-pensions\"",
                "outside = \"DWP\"",
            )
    };
    let folder = pack(&proposal, outside);
    with(folder.path(), "worked", |appraisal| {
        let police = appraisal
            .positions
            .iter()
            .find(|one| one.payer.code == "police")
            .unwrap();
        // After correction 43.03, 32.27 and 21.52 incidents: two blocks, one, one. The first two are noticed a
        // year later, when only one is left.
        let cash: Vec<i64> = (police.cash.iter())
            .map(|pence| {
                Exact::whole(Pence::new(1))
                    .times(pence)
                    .to_whole()
                    .unwrap()
                    .get()
            })
            .collect();
        assert_eq!(cash, [0, 0, 300_000, 300_000]);
        let in_notice: Vec<String> = police.freed[&NotCash::InNotice]
            .iter()
            .map(|pence| pence.to_decimal(0))
            .collect();
        assert_eq!(in_notice, ["0", "600000", "0", "0"]);
    });
}

/// A body that neither pays nor saves, and without which nothing is done, gains too: of all orders it comes last
/// of n in one of n, and everything that is left then hangs on it.
#[test]
fn an_essential_partner_that_saves_nothing_is_not_forgotten() {
    let bearers = [
        ("police", "0"),
        ("probation", "0"),
        ("courts", "0"),
        ("prison", "0"),
        ("other-cjs", "0"),
        ("nhs", "0"),
        ("dwp", "1"),
        ("hmrc", "1"),
    ];
    let proposal = worked(&bearers)
        .replace("amount = \"40000\"", "amount = \"1\"")
        .replace("amount = \"70000\"", "amount = \"1\"")
        .replace(
            "rule = \"in-proportion\"",
            "rule = \"by-turns\"\nessential = \"shropshire-fire\"",
        );
    let outside = |text: String| {
        text.replace(
            "partner = \"department-for-work-and-pensions\"",
            "outside = \"DWP\"",
        )
    };
    let folder = pack(&proposal, outside);
    with(folder.path(), "worked", |appraisal| {
        let statement = appraisal.settle().unwrap().unwrap();
        let fire = statement.payments.last().unwrap();
        assert_eq!(fire.partner, "shropshire-fire");
        assert_eq!(fire.before, Pence::ZERO);
        assert!(fire.after > Pence::ZERO, "{}", fire.after);
        let after: i64 = statement.payments.iter().map(|one| one.after.get()).sum();
        assert_eq!(after, statement.surplus.get());
    });
}

/// Adult social care of people over 65 in Shrewsbury: the account has a county's money beside it, of which nothing says
/// how much is theirs. A figure without it would refuse what may well be spent there.
#[test]
fn spending_that_cannot_be_told_refuses_nothing() {
    let sample = std::fs::read_to_string("examples/data/shropshire/proposal-youth-diversion.toml");
    let elsewhere = (sample.unwrap())
        .replace("ages = \"10-17\"", "ages = \"75+\"")
        .replace("locality = \"ludlow\"", "locality = \"shrewsbury\"")
        .replace(
            "activities = [\"offender-management\"]",
            "activities = [\"adult-social-care\"]",
        )
        .replace("code = \"youth-diversion\"", "code = \"one\"");
    let folder = pack(&elsewhere, |text| text);
    with(folder.path(), "one", |appraisal| {
        let council = (appraisal.held.iter())
            .find(|held| held.payer.code == "shropshire-council")
            .unwrap();
        assert_eq!(council.spent, Some(Pence::ZERO));
        assert!(council.beside > Pence::ZERO);
        assert!(!council.is_refused());
        let shown = appraisal.held_table().to_string();
        assert!(shown.contains("no saving is refused for it"), "{shown}");
    });
}
