//! The packs that are kept beside the crate, on their published files: each as Parquet, grouped where it
//! lies, and held against the files as they are read.

use super::packs::{LIMITS, bytes, in_parquet, with_sheets_apart};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use wholeplace::account::PlaceAccount;
use wholeplace::cube::Cube;
use wholeplace::lake::{Embedded, Lake, LakeCube};
use wholeplace::money::Pence;
use wholeplace::place::Place;

/// The cube of a pack over its files as Parquet, held against the one that is read here.
fn the_same(place: &Arc<Place>, lake: &Lake) -> LakeCube {
    let made = LakeCube::build(place, lake, &mut Embedded::new(), LIMITS).unwrap();
    let account = PlaceAccount::load(place).unwrap();
    let here = Cube::build(&account).unwrap();
    assert_eq!(made.cube.total(), here.total());
    assert_eq!(made.cube.records(), here.records());
    assert_eq!(bytes(&made.cube), bytes(&here));
    // Its control totals are the publishers'; none is missed.
    let missed = made
        .findings
        .iter()
        .filter(|of| of.rule.contains("control"));
    assert_eq!(missed.count(), 0);
    made
}

fn pack(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples/packs")
        .join(name)
}

#[test]
fn shropshire() {
    let Some(data) = crate::fixtures::shared::folder("shropshire") else {
        return;
    };
    let place = Place::open_with_data(pack("shropshire"), data).unwrap();
    let folder = tempfile::tempdir().unwrap();
    // Against the CSV files as they were published.
    let made = the_same(&place, &in_parquet(&place, folder.path()));
    assert_eq!(made.cube.total(), Pence::new(390_289_335_242));
}

#[test]
fn lancashire() {
    let Some(data) = crate::fixtures::shared::folder("ledgers") else {
        return;
    };
    // Workbooks of several sheets: each sheet is a file of its own, for both.
    let (definitions, ledgers) = with_sheets_apart(&pack("lancashire"), &data);
    let place = Place::open_with_data(definitions.path(), ledgers.path()).unwrap();
    let made = the_same(&place, &Lake::of(&place).unwrap());
    // The six totals of its README.
    let totals = [
        716_203_578,
        7_622_898_650,
        1_509_461_484,
        9_411_341_707,
        11_096_228_483,
        2_462_238_891,
    ];
    assert_eq!(made.cube.total(), Pence::new(totals.iter().sum()));
}
