//! Geography of a pack: files as ONS and NOMIS publish them (a few rows that we wrote, under their own
//! headings), postcodes, areas of another census, codes that mean several localities.
//!
//! - `published`: tables with titles, notes, ages in columns, areas of elsewhere
//! - `lookups`: areas that were merged or divided, as localities, codes of ledgers and masses
//! - `postcodes`: lines by postcode, sectors, the full national file
//! - `mixes`: codes with weights over localities
//! - `recipes`: the examples of the documentation

mod lookups;
mod mixes;
mod postcodes;
mod published;
mod recipes;

use crate::fixtures::packs::pack;
use std::sync::Arc;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, Phase};
use wholeplace::cube::{Answer, By, Cube};
use wholeplace::driver::Groups;
use wholeplace::place::{Place, PlaceError};

/// A place of four small areas in two wards, without drivers and ledgers.
const HEAD: &str = r#"[place]
name = "Small"
locality = "county"

[[localities]]
rows = [
    { code = "county", name = "County", level = "county" },
    { code = "north", name = "North", level = "ward", parent = "county" },
    { code = "south", name = "South", level = "ward", parent = "county" },
    { code = "E01000001", name = "Small 001A", level = "lsoa", parent = "north" },
    { code = "E01000002", name = "Small 001B", level = "lsoa", parent = "north" },
    { code = "E01000003", name = "Small 002A", level = "lsoa", parent = "south" },
    { code = "E01000004", name = "Small 002B", level = "lsoa", parent = "south" },
]

[[activities]]
rows = [{ code = "care" }]

[[groups]]
rows = [{ code = "everyone" }]

[[partners]]
rows = [{ code = "council" }]
"#;

/// Residents by area: 100, 300, 200, 400.
const PEOPLE: &str = r#"
[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ rows = [
    { locality = "E01000001", mass = "100" },
    { locality = "E01000002", mass = "300" },
    { locality = "E01000003", mass = "200" },
    { locality = "E01000004", mass = "400" },
] }]

[[sharing]]
driver = "people"
"#;

/// A ledger whose column `where` says where.
fn ledger(locality: &str) -> String {
    format!(
        r#"
[[ledger]]
id = "paid"
name = "Payments"
source = "made up"
phase = "outturn"
files = ["paid.csv"]

[ledger.layout]
amount = ["amount"]
date = ["date"]
codes.locality = ["where"]

[ledger.axes]
partner = {{ always = "council" }}
activity = {{ always = "care" }}
ages = {{ always = "all" }}
group = {{ always = "everyone" }}
locality = {locality}
"#
    )
}

/// Lines of the ledger: where, and pounds.
fn lines(lines: &[(&str, &str)]) -> String {
    let mut text = String::from("date,where,amount\n");
    for (place, pounds) in lines {
        text.push_str(&format!("03/04/2024,{place},{pounds}\n"));
    }
    text
}

/// A pack in a folder of its own.
struct Pack {
    folder: TempDir,
}

impl Pack {
    fn new(place: &str, files: &[(&str, &str)]) -> Self {
        let mut all = vec![("place.toml", place)];
        all.extend_from_slice(files);
        Self { folder: pack(&all) }
    }

    fn open(self) -> Opened {
        let place = Place::open(self.folder.path()).unwrap_or_else(|error| panic!("{error}"));
        Opened {
            place,
            _folders: vec![self.folder],
        }
    }

    /// The faults for which it does not open, as text.
    fn faults(&self) -> String {
        match Place::open(self.folder.path()) {
            Err(PlaceError::Faults(faults)) => faults.to_string(),
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("the pack has no fault"),
        }
    }
}

/// A place, with the folders in which its ledgers lie.
struct Opened {
    place: Arc<Place>,
    _folders: Vec<TempDir>,
}

impl std::ops::Deref for Opened {
    type Target = Arc<Place>;
    fn deref(&self) -> &Self::Target {
        &self.place
    }
}

/// The mass of a locality at some ages, by the first driver; nothing where it cannot be said.
fn mass(place: &Place, locality: &str, ages: &str) -> Option<u64> {
    let localities = &place.axes().localities;
    let leaves = localities.leaves(localities.find(locality).unwrap());
    let ages: Ages = ages.parse().unwrap();
    place.drivers()[0].mass(leaves, ages, Groups::All).ok()
}

/// What is told when the pack is opened.
fn notices(place: &Place) -> String {
    place.findings().to_string()
}

struct Asked {
    account: PlaceAccount,
    cube: Cube,
}

impl Asked {
    fn new(place: &Arc<Place>) -> Self {
        let account = PlaceAccount::load(place).unwrap();
        let cube = Cube::build(&account).unwrap();
        Self { account, cube }
    }

    fn by(&self, by: &[&str]) -> Answer {
        let by: Vec<By> = by.iter().map(|by| by.parse().unwrap()).collect();
        let question = (self.cube.ask())
            .period("2024-25".parse().unwrap())
            .phase(Phase::Outturn)
            .boundary(Boundary::AllPartners)
            .by(by);
        let answer = question.clone().answer().unwrap();
        let judged = question.answer_record_by_record().unwrap();
        assert_eq!(answer, judged, "the judge agrees");
        answer
    }

    /// Rows as `code amount class`, in the order of their codes.
    fn rows(&self, by: &str) -> Vec<String> {
        let answer = self.by(&[by]);
        let mut rows: Vec<String> = (answer.rows.iter())
            .map(|row| {
                let classes = wholeplace::axis::Evidence::ALL.into_iter();
                let classes = classes.filter(|&class| row.figure.composition.of(class).get() != 0);
                let classes: Vec<&str> = classes.map(|class| class.name()).collect();
                let key = row.keys[0].code.as_str();
                format!("{key} {} {}", row.figure.amount, classes.join("+"))
            })
            .collect();
        rows.sort();
        rows
    }
}
