//! Several places over one lake: each cube is cut, saved and opened; one question goes to all of them, and
//! its answer says whose rules it used.

use super::packs::{LIMITS, Pack, bytes};
use std::sync::{Arc, Mutex};
use wholeplace::cube::Cube;
use wholeplace::lake::{Embedded, Lake, LakeCube, SavedCube, SeveralError, SeveralPlaces};
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::{Boundary, By, Phase};

const LAYOUT: &str = "amount = [\"Net\"]\ndate = [\"Paid\"]\ncodes.activity = [\"Service\"]";

fn pack(code: &str, name: &str, pounds: &str) -> Pack {
    Pack::of_rows(
        LAYOUT,
        &["Service", "Paid", "Net", "Ref"],
        &[
            &["roads", "2024-04-01", pounds, code],
            &["parks", "2024-05-01", "1.00", code],
        ],
    )
    .called(code, name)
}

fn with_lake(pack: &Pack) -> (Arc<Place>, Lake) {
    let place = pack.open();
    let lake = Lake::of(&place).unwrap();
    (place, lake)
}

#[test]
fn are_cut_saved_and_asked_together() {
    let packs = [pack("p", "Pool", "10.00"), pack("q", "Quay", "200.50")];
    let places: Vec<_> = packs.iter().map(with_lake).collect();
    let folder = tempfile::tempdir().unwrap();
    let told = Mutex::new(Vec::new());
    let progress = |progress: &wholeplace::ledger::Progress| {
        told.lock()
            .unwrap()
            .push((progress.files_done, progress.bytes_done <= progress.bytes));
    };
    let mut engine = Embedded::new();
    let saved = SavedCube::cut(&places, &mut engine, LIMITS, folder.path(), &progress).unwrap();
    assert_eq!(
        *told.lock().unwrap(),
        [(0, true), (1, true), (0, true), (1, true)]
    );
    let cubes: Vec<Cube> = saved.iter().map(|saved| saved.open().unwrap()).collect();
    for (cube, pack) in cubes.iter().zip(&packs) {
        assert_eq!(bytes(cube), bytes(&pack.here()));
    }
    let year = "2024-25".parse().unwrap();
    let answer = SeveralPlaces::of(cubes.iter().collect())
        .unwrap()
        .ask([By::Activity(None)], |question| {
            question
                .period(year)
                .phase(Phase::Outturn)
                .boundary(Boundary::AllPartners)
        })
        .unwrap();
    assert_eq!(answer.total, Pence::new(1_000 + 100 + 20_050 + 100));
    let table = answer.table();
    let rows: Vec<Vec<&str>> = (table.rows().iter())
        .map(|row| vec![row[0].as_str(), row[1].as_str(), row[2].as_str()])
        .collect();
    assert_eq!(
        rows,
        [
            ["Parks", "Pool", "£1.00"],
            ["Parks", "Quay", "£1.00"],
            ["Roads", "Pool", "£10.00"],
            ["Roads", "Quay", "£200.50"],
            ["", "all", "£212.50"],
        ]
    );
    let by_itself = |note: &String| note.starts_with("Each place is consolidated by itself");
    assert!(table.notes().iter().any(by_itself));
    // Whose rules: both packs, each with its sharing.
    for (note, name) in table
        .notes()
        .iter()
        .filter(|note| note.contains(": pack "))
        .zip(["Pool", "Quay"])
    {
        assert!(
            note.starts_with(name) && note.contains("everything else by people"),
            "{note}"
        );
    }
}

#[test]
fn of_which_one_would_be_counted_twice_are_refused() {
    let (one, other) = (pack("p", "Pool", "10.00"), pack("p", "Pool", "11.00"));
    let (one, other) = (one.here(), other.here());
    let refused = SeveralPlaces::of(vec![&one, &other]).unwrap_err();
    assert!(matches!(refused, SeveralError::Overlap { .. }), "{refused}");
    // The same code is another area.
    let quay = pack("p", "Quay", "10.00").here();
    let refused = SeveralPlaces::of(vec![&one, &quay])
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("`p` is `Pool`, a place in the pack of Pool and `Quay`"),
        "{refused}"
    );
    // The same extract for two places.
    let same = |code: &str, name: &str| {
        let rows: [&[&str]; 2] = [
            &["roads", "2024-04-01", "1.00", "1"],
            &["parks", "2024-04-01", "2.00", "2"],
        ];
        let pack = Pack::of_rows(LAYOUT, &["Service", "Paid", "Net", "Ref"], &rows);
        pack.called(code, name).here()
    };
    let (one, other) = (same("p", "Pool"), same("q", "Quay"));
    let refused = SeveralPlaces::of(vec![&one, &other])
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("`one.parquet` is read for Pool and for Quay"),
        "{refused}"
    );
    assert!(matches!(
        SeveralPlaces::of(Vec::new()),
        Err(SeveralError::NoPlace)
    ));
}

/// One code that means two things is no row of a sum.
#[test]
fn whose_codes_mean_two_things_are_refused() {
    let (one, other) = (pack("p", "Pool", "10.00"), pack("q", "Quay", "11.00"));
    let activities = other.0.path().join("activities.csv");
    std::fs::write(
        &activities,
        "code,name,parent\nroads,Highways,\nparks,Parks,\n",
    )
    .unwrap();
    let (one, other) = (one.here(), other.here());
    let year = "2024-25".parse().unwrap();
    let asked =
        SeveralPlaces::of(vec![&one, &other])
            .unwrap()
            .ask([By::Activity(None)], |question| {
                question
                    .period(year)
                    .phase(Phase::Outturn)
                    .boundary(Boundary::AllPartners)
            });
    let refused = asked.unwrap_err().to_string();
    assert!(
        refused.contains("`Roads` for Pool and `Highways` for Quay"),
        "{refused}"
    );
}

#[test]
fn parts_of_one_place_are_merged_as_any_cubes_are() {
    let rows = |pounds| -> Vec<[String; 4]> {
        let row = |service: &str| [service, "2024-04-01", pounds, service].map(str::to_owned);
        vec![row("roads"), row("parks")]
    };
    let to = tempfile::tempdir().unwrap();
    let pack = pack("p", "Pool", "10.00");
    for entry in std::fs::read_dir(pack.0.path()).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.path().join(path.file_name().unwrap())).unwrap();
    }
    let second = Pack::of_columns(LAYOUT, {
        let rows = rows("7.00");
        let cell = |at: usize| rows.iter().map(|row| row[at].clone()).collect::<Vec<_>>();
        let names = ["Service", "Paid", "Net", "Ref"].iter().enumerate();
        names
            .map(|(at, name)| polars::prelude::Column::new((*name).into(), cell(at)))
            .collect()
    });
    std::fs::copy(
        second.0.path().join("one.parquet"),
        to.path().join("two.parquet"),
    )
    .unwrap();
    let toml = to.path().join("place.toml");
    let text = std::fs::read_to_string(&toml).unwrap();
    std::fs::write(
        &toml,
        text.replace("[\"one.parquet\"]", "[\"one.parquet\", \"two.parquet\"]"),
    )
    .unwrap();
    let place = Place::open(to.path()).unwrap();
    let lake = Lake::of(&place).unwrap();
    let part = |name: &str| {
        let files = lake
            .files
            .iter()
            .filter(|file| file.shown == name)
            .cloned()
            .collect();
        let made = LakeCube::build_part(
            &place,
            &Lake { files },
            &mut Embedded::new(),
            LIMITS,
            &|_| {},
        );
        let file = to.path().join(name).with_extension("cube");
        made.unwrap().cube.save(&file).unwrap();
        Cube::open(&file, &place).unwrap()
    };
    let merged = part("one.parquet").merge(&part("two.parquet")).unwrap();
    let whole = LakeCube::build(&place, &lake, &mut Embedded::new(), LIMITS)
        .unwrap()
        .cube;
    assert_eq!(merged.records(), whole.records());
    assert_eq!(merged.total(), Pence::new(1_000 + 100 + 1_400));
}
