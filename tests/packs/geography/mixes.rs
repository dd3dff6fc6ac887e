//! Codes of a crosswalk that mean several localities, with weights.

use super::*;

const BY_CROSSWALK: &str = "{ by = \"crosswalk\" }";

fn open(crosswalk: &str, paid: &[(&str, &str)]) -> Opened {
    let place = format!(
        "{HEAD}{PEOPLE}\n[[crosswalk]]\nfile = \"crosswalk.csv\"\n{}",
        ledger(BY_CROSSWALK)
    );
    let crosswalk = format!("ledger,axis,code,to,weight,class,gap\n{crosswalk}");
    Pack::new(
        &place,
        &[("crosswalk.csv", &crosswalk), ("paid.csv", &lines(paid))],
    )
    .open()
}

#[test]
fn weights_divide_money_and_say_how_they_are_known() {
    let place = open(
        "paid,locality,A,north,60,driver,\npaid,locality,A,E01000003,40,judgement,\npaid,locality,B,north,,,\n",
        &[("A", "100.01"), ("B", "7")],
    );
    let asked = Asked::new(&place);
    // 60.006 and 40.004: closed once.
    assert_eq!(
        asked.rows("locality@ward"),
        ["north £67.01 direct+judgement", "south £40.00 judgement"]
    );
    // North divides by its 100 and 300 residents: 60.006 / 4, and 7 / 4.
    assert_eq!(
        asked.rows("locality@lsoa"),
        [
            "E01000001 £16.75 population+judgement",
            "E01000002 £50.26 population+judgement",
            "E01000003 £40.00 judgement",
        ]
    );
    // As a whole nothing was divided.
    let whole = asked.by(&[]);
    assert_eq!(
        whole
            .total
            .composition
            .of(wholeplace::axis::Evidence::Direct),
        whole.total.amount
    );
    let question = (asked.cube.ask())
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners)
        .by(["locality@ward".parse::<By>().unwrap()]);
    let explained = question
        .explain(Some(1), &asked.account)
        .unwrap()
        .to_string();
    assert!(
        explained.contains("× 2 / 5 over places: weights of the crosswalk [judgement]"),
        "{explained}"
    );
}

#[test]
fn a_part_may_be_a_gap_and_one_locality_may_be_a_judgement() {
    let place = open(
        "paid,locality,A,north,0.75,judgement,\npaid,locality,A,,0.25,judgement,outside-boundary\npaid,locality,B,south,1,judgement,\n",
        &[("A", "100"), ("B", "8")],
    );
    assert_eq!(
        Asked::new(&place).rows("locality@ward"),
        [
            "north £75.00 judgement",
            "outside-boundary £25.00 judgement",
            "south £8.00 judgement"
        ]
    );
}

/// Mixes are found again in a cube that was saved, and by another pack with the same weights only.
#[test]
fn a_saved_cube_keeps_them() {
    let rows = "paid,locality,A,north,60,driver,\npaid,locality,A,south,40,driver,\n";
    let place = open(rows, &[("A", "100")]);
    let asked = Asked::new(&place);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("cube.parquet");
    asked.cube.save(&file).unwrap();
    let opened = Cube::open(&file, &place).unwrap();
    assert_eq!(opened.records(), asked.cube.records());
}

#[test]
fn weights_that_are_none_are_told() {
    let faults = |crosswalk: &str| {
        let place = format!(
            "{HEAD}{PEOPLE}\n[[crosswalk]]\nfile = \"crosswalk.csv\"\n{}",
            ledger(BY_CROSSWALK)
        );
        let crosswalk = format!("ledger,axis,code,to,weight,class,gap\n{crosswalk}");
        Pack::new(
            &place,
            &[
                ("crosswalk.csv", &crosswalk),
                ("paid.csv", &lines(&[("A", "1")])),
            ],
        )
        .faults()
    };
    for (rows, says) in [
        (
            "paid,locality,A,north,,,\npaid,locality,A,south,,,\n",
            "2 rows: it means `north` and `south` without weights",
        ),
        (
            "paid,locality,A,north,60,driver,\npaid,locality,A,south,50,driver,\n",
            "weights that add up to 110, not to 1 or 100",
        ),
        (
            "paid,locality,A,north,60,,\npaid,locality,A,south,40,,\n",
            "weights without a class",
        ),
        (
            "paid,locality,A,nroth,60,driver,\npaid,locality,A,south,40,driver,\n",
            "did you mean `north`",
        ),
    ] {
        let told = faults(rows);
        assert!(told.contains(says), "{says}\n{told}");
    }
    let told = faults("paid,locality,A,north,60,driver,\npaid,locality,A,south,50,driver,\n");
    assert!(told.ends_with("1 finding"), "{told}");
}
