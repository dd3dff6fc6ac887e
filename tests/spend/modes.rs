//! How money reaches people: rows by mode add up, each line is in one of them, and the published delivery mechanisms of
//! adult social care are what their file says.

use crate::fixtures::modes::with_modes;
use crate::fixtures::shared;
use std::collections::BTreeMap;
use std::path::Path;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::Phase;
use wholeplace::cube::{By, Cube, Question};
use wholeplace::place::Place;

fn cube(folder: &Path) -> Cube {
    Cube::build(&PlaceAccount::load(&Place::open(folder).unwrap()).unwrap()).unwrap()
}

fn year(cube: &Cube) -> Question<'_> {
    let year = cube.ask().period("2024-25".parse().unwrap());
    year.phase(Phase::Outturn).boundary(Boundary::AllPartners)
}

/// The council's £60,000 of youth work in the town are commissioned; the £310,000 of roads it does itself; £25,000 of
/// home care in the hills are a direct payment; the pool's £104,000 are two at once. Its grants to the trust and its
/// tax are spent by others, who say nothing.
#[test]
fn each_line_is_in_one_row_and_rows_add_up() {
    let folder = with_modes();
    let cube = cube(folder.path());
    let answer = year(&cube).by([By::Mode]).answer().unwrap();
    let row = |code: &str| {
        let row = answer.rows.iter().find(|row| row.keys[0].code == code);
        row.unwrap_or_else(|| panic!("{code}: {answer:?}"))
            .figure
            .amount
            .get()
    };
    assert_eq!(row("commissioned"), 6_000_000);
    assert_eq!(row("directly-provided"), 31_000_000);
    assert_eq!(row("direct-payment"), 2_500_000);
    assert_eq!(row("several"), 10_400_000);
    let sum: i64 = answer.rows.iter().map(|row| row.figure.amount.get()).sum();
    assert_eq!(sum, answer.total.amount.get());
    assert_eq!(answer.total, year(&cube).answer().unwrap().total);
    assert_eq!(answer.rows[0].keys[0].axis, "mode");
    // A mode is asked for by itself as every tag is.
    let commissioned = year(&cube).tag("direct-payment").answer().unwrap().total;
    assert_eq!(
        commissioned.amount.get(),
        12_900_000,
        "with what is two at once"
    );
}

/// The quick way gives what the judge gives, record by record, with every other axis; a saved cube says the same.
#[test]
fn modes_are_the_same_record_by_record_and_from_a_saved_cube() {
    let folder = with_modes();
    let place = Place::open(folder.path()).unwrap();
    let cube = cube(folder.path());
    let saved = folder.path().join("saved.parquet");
    cube.save(&saved).unwrap();
    let opened = Cube::open(&saved, &place).unwrap();
    let axes: [&[&str]; 6] = [
        &["mode"],
        &["mode", "locality@area"],
        &["activity@theme", "mode", "flexibility"],
        &["tag@plan", "mode"],
        &["partner", "mode", "month"],
        &["deliverer", "mode", "ages"],
    ];
    for by in axes {
        let by: Vec<By> = by.iter().map(|by| by.parse().unwrap()).collect();
        let asked = |cube| year(cube).by(by.clone());
        let quick = asked(&cube).answer().unwrap();
        assert_eq!(
            quick,
            asked(&cube).answer_record_by_record().unwrap(),
            "{by:?}"
        );
        assert_eq!(quick.rows, asked(&opened).answer().unwrap().rows, "{by:?}");
        let with_rest = asked(&cube).with_complement().answer().unwrap();
        let slow = asked(&cube).with_complement().answer_record_by_record();
        assert_eq!(with_rest, slow.unwrap());
    }
}

#[test]
fn a_level_that_no_tag_has_is_told_with_those_there_are() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/partners");
    let cube = cube(&sample);
    let error = year(&cube).by([By::Mode]).answer().unwrap_err().to_string();
    assert!(
        error.contains("`mode`") && error.contains("plan"),
        "{error}"
    );
}

/// PSS-EX1 2014-15: gross expenditure less capital charges, by mechanism and by who provides, against the sums of the
/// file's own cells. £4,993,300 were direct payments.
#[test]
fn published_delivery_mechanisms_are_what_their_file_says() {
    let Some(data) = shared::folder("shropshire") else {
        return;
    };
    let file = std::fs::read_to_string(data.join("spend/pssex1_2014-15.csv")).unwrap();
    let mut csv = csv::Reader::from_reader(file.as_bytes());
    let mut by_mode: BTreeMap<&str, i64> = BTreeMap::new();
    let mut nursing = 0;
    for row in csv
        .deserialize::<BTreeMap<String, String>>()
        .map(Result::unwrap)
    {
        let sign = match row["accounting_kind"].as_str() {
            "expenditure" => 100,
            "capital charge" => -100,
            "income" => {
                if row["delivery_mechanism"] == "Nursing" {
                    nursing -= 100 * row["amount_gbp"].parse::<i64>().unwrap_or(0);
                }
                continue;
            }
            _ => continue,
        };
        let pence = sign * row["amount_gbp"].parse::<i64>().unwrap_or(0);
        let by = &row["accounting_category"];
        let mode = match row["delivery_mechanism"].as_str() {
            "Community: Direct Payments" => "direct-payment",
            _ if by.ends_with("own provision") => "directly-provided",
            _ if by.ends_with("provision by others") => "commissioned",
            _ => "granted",
        };
        *by_mode.entry(mode).or_default() += pence;
        if row["delivery_mechanism"] == "Nursing" {
            nursing += pence;
        }
    }
    assert_eq!(by_mode["direct-payment"], 499_330_000);
    let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/packs/shropshire");
    let place = Place::open_with_data(&pack, &data).unwrap();
    let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
    let asked = || {
        let year = cube.ask().period("2014-15".parse().unwrap());
        year.phase(Phase::Outturn).boundary(Boundary::AllPartners)
    };
    let answer = asked().by([By::Mode]).answer().unwrap();
    let found: BTreeMap<&str, i64> = (answer.rows.iter())
        .map(|row| (row.keys[0].code.as_str(), row.figure.amount.get()))
        .filter(|(code, _)| *code != "not-said")
        .collect();
    assert_eq!(found, by_mode);
    let mechanisms = asked()
        .by(["tag@mechanism".parse().unwrap()])
        .answer()
        .unwrap();
    let homes = mechanisms
        .rows
        .iter()
        .find(|row| row.keys[0].code == "nursing");
    let homes = &homes.unwrap().figure;
    // What the NHS pays is the other side's, and eliminated; the rest is net of what people pay themselves.
    let eliminated = homes.amount.get() - nursing;
    assert!(eliminated >= 0, "{eliminated}");
    assert_eq!(
        mechanisms.rows.len(),
        11,
        "ten mechanisms with money or none of that year, and the rest"
    );
}
