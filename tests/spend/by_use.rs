//! Money shared by use: drivers that take their ages from another, and what they follow on the map.

use crate::fixtures::packs::pack;
use std::sync::Arc;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, Phase};
use wholeplace::cube::{By, Cube, Question};
use wholeplace::driver::Basis;
use wholeplace::place::Place;

/// North has 10 children and 30 adults, south 20 and 20. Of 40 incidents 30 are in north.
fn place() -> (TempDir, Arc<Place>) {
    let toml = r#"[place]
name = "Small"
locality = "county"
residents = "people"
age_bands = ["0-17", "18+"]
[[localities]]
rows = [{ code = "county", level = "county" }, { code = "north", level = "area", parent = "county" }, { code = "south", level = "area", parent = "county" }]
[[activities]]
rows = [{ code = "policing" }, { code = "roads" }]
[[groups]]
rows = [{ code = "everyone" }]
[[partners]]
rows = [{ code = "police" }, { code = "council" }]

[[driver]]
code = "people"
name = "people"
class = "population"
basis = "where-people-live"
source = "made up"
[[driver.tables]]
rows = [
    { locality = "north", ages = "0-17", mass = "10" },
    { locality = "north", ages = "18+", mass = "30" },
    { locality = "south", ages = "0-17", mass = "20" },
    { locality = "south", ages = "18+", mass = "20" },
]

[[driver]]
code = "incidents"
name = "incidents"
class = "driver"
basis = "where-it-happens"
ages_by = "people"
source = "made up"
tables = [{ rows = [{ locality = "north", mass = "30" }, { locality = "south", mass = "10" }] }]

[[sharing]]
partner = "police"
driver = "incidents"
[[sharing]]
driver = "people"

[[ledger]]
id = "spent"
name = "spent"
source = "made up"
phase = "outturn"
files = ["spent.csv"]
[ledger.layout]
amount = ["amount"]
period = ["when"]
years = "financial"
codes.activity = ["for"]
codes.partner = ["by"]
codes.ages = ["ages"]
[ledger.axes]
partner = { by = "code" }
activity = { by = "code" }
ages = { by = "code" }
group = { always = "everyone" }
locality = { always = "county" }
"#;
    let spent = "by,for,ages,when,amount\n\
                 police,policing,all,2017-18,100.00\n\
                 police,policing,0-17,2018-19,80.00\n\
                 council,roads,all,2017-18,8.00\n";
    let folder = pack(&[("place.toml", toml), ("spent.csv", spent)]);
    let place = Place::open(folder.path()).unwrap_or_else(|error| panic!("{error}"));
    (folder, place)
}

fn cube() -> Cube {
    let (_folder, place) = place();
    let account = PlaceAccount::load(&place).unwrap();
    assert!(account.findings().is_empty(), "{}", account.findings());
    Cube::build(&account).unwrap()
}

fn ask<'a>(cube: &'a Cube, year: &str) -> Question<'a> {
    (cube.ask().period(year.parse().unwrap()))
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners)
}

/// £100.00 of police: three quarters in north, where a quarter of the people are children; of the £25.00 in
/// south half. Places are known by incidents, ages no better than residents.
#[test]
fn ages_are_those_of_residents_within_each_place() {
    let cube = cube();
    let police = || ask(&cube, "2017-18").partner("police");
    let said = |question: Question<'_>| {
        let total = question.answer().unwrap().total;
        (total.amount.to_string(), total.composition.in_words())
    };
    let children = || police().ages(Ages::new(0, 17).unwrap());
    let known = |amount: &str, how: &str| (amount.to_owned(), how.to_owned());
    assert_eq!(
        said(police().locality("north")),
        known("£75.00", "all driver")
    );
    assert_eq!(said(children()), known("£31.25", "all population"));
    assert_eq!(
        said(children().locality("north")),
        known("£18.75", "all population")
    );
    assert_eq!(
        said(children().locality("south")),
        known("£12.50", "all population")
    );
    // Money for children alone: 30 incidents × 10/40 are 7.5 in north, 10 × 20/40 are 5 in south.
    let young = ask(&cube, "2018-19").partner("police");
    assert_eq!(
        said(young.locality("north")),
        known("£48.00", "all population")
    );
    // Adding the ages up again is the whole.
    let by_age = police()
        .locality("north")
        .by([By::Ages(None)])
        .answer()
        .unwrap();
    let rows: i64 = by_age.rows.iter().map(|row| row.figure.amount.get()).sum();
    assert_eq!(rows, 7_500);
    // Either way of answering.
    for question in [police().locality("north"), children().locality("south")] {
        crate::spend::back_ends::judge(&question);
    }
}

#[test]
fn a_driver_says_what_it_follows() {
    let (_folder, place) = place();
    let bases: Vec<Option<Basis>> = place
        .drivers()
        .iter()
        .map(|driver| driver.basis())
        .collect();
    assert_eq!(
        bases,
        [Some(Basis::WherePeopleLive), Some(Basis::WhereItHappens)]
    );
    assert_eq!(place.drivers()[1].ages_of(), Some("people"));
}

/// A total that adds both kinds says so; one of a single kind, or of what is recorded there, does not.
#[test]
fn a_total_of_two_bases_says_so() {
    let cube = cube();
    let says = |question: Question<'_>| {
        let answer = question.answer().unwrap();
        let notes = answer.notes.iter();
        let told = notes.filter(|note| note.starts_with("Adds two kinds of shares"));
        assert_eq!(
            answer.to_string().contains("where it happens"),
            told.clone().count() == 1
        );
        assert_eq!(answer.bases.len() == 2, told.clone().count() == 1);
        told.count() == 1
    };
    let all = || ask(&cube, "2017-18");
    assert!(says(all().locality("north")));
    assert!(says(all().by([By::Locality("area".into())])));
    assert!(!says(all()), "nothing is shared");
    assert!(!says(all().partner("police").locality("north")));
    assert!(!says(all().partner("council").locality("north")));
    assert!(!says(
        all().activity("roads").partner("council").locality("north")
    ));
}
