//! The packs that are kept beside the crate, on their published files: each as Parquet, grouped where it
//! lies, and held against the files as they are read.

use super::packs::{LIMITS, bytes, in_parquet};
use std::path::Path;
use wholeplace::account::PlaceAccount;
use wholeplace::cube::Cube;
use wholeplace::lake::{Embedded, LakeCube};
use wholeplace::money::Pence;
use wholeplace::place::Place;

/// The cube of a pack over shared data, held against the one that is read here.
fn the_same(pack: &str, shared: &str) -> Option<LakeCube> {
    let data = crate::fixtures::shared::folder(shared)?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = Place::open_with_data(root.join(pack), data).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let lake = in_parquet(&place, folder.path());
    let made = LakeCube::build(&place, &lake, &mut Embedded::new(), LIMITS).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let here = Cube::build(&account).unwrap();
    assert_eq!(made.cube.total(), here.total());
    assert_eq!(made.cube.records(), here.records());
    assert_eq!(bytes(&made.cube), bytes(&here));
    Some(made)
}

#[test]
fn shropshire() {
    let Some(made) = the_same("examples/packs/shropshire", "shropshire") else {
        return;
    };
    // Its control totals are the publishers'; none is missed.
    let missed = made
        .findings
        .iter()
        .filter(|of| of.rule.contains("control"));
    assert_eq!(missed.count(), 0);
    assert_eq!(made.cube.total(), Pence::new(390_289_335_242));
}

#[test]
fn lancashire() {
    let Some(made) = the_same("examples/packs/lancashire", "ledgers") else {
        return;
    };
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
