//! Real places of schools and practices as premises.

use crate::fixtures::shared;
use std::path::Path;
use wholeplace::place::Place;
use wholeplace::premises::Premises;
use wholeplace::register::RegisterError;

/// Schools that were open in late 2019, and the practices of the CCG, by the small area in which they stand. Nothing
/// more of them is published here: areas, leases and costs stay unknown, and are said to be.
const PREMISES: &str = r#"
[[buildings]]
data = "geography/school.csv"
columns = { code = "urn", name = "school_name", place = "lsoa11" }
where = { status = ["open"] }
where_not = { placed_by = ["none"] }

[[buildings]]
data = "geography/gp_practice.csv"
columns = { code = "practice", name = "practice_name", place = "lsoa11" }
"#;

fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        match entry.file_type().unwrap().is_dir() {
            true => copied(&entry.path(), &to.join(entry.file_name())),
            false => drop(std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap()),
        }
    }
}

/// How many rows of a file are open and of a place, counted from the file itself.
fn rows(text: &str, column: &str, wanted: &str, of: Option<(&str, &str)>) -> usize {
    let mut lines = text.lines();
    let headings: Vec<&str> = lines.next().unwrap().split(',').collect();
    let at = |name: &str| {
        headings
            .iter()
            .position(|heading| *heading == name)
            .unwrap()
    };
    // Names may have commas: columns are counted from the end, behind them.
    let behind = |name: &str| headings.len() - at(name);
    let cell = |line: &str, name: &str| line.rsplit(',').nth(behind(name) - 1).unwrap().to_owned();
    lines
        .filter(|line| cell(line, column) == wanted)
        .filter(|line| of.is_none_or(|(name, wanted)| cell(line, name) == wanted))
        .count()
}

#[test]
fn schools_and_practices_stand_where_they_are() {
    let Some(data) = shared::folder("shropshire") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    copied(Path::new("examples/packs/shropshire"), folder.path());
    // Five independent schools have the postcode of an office in London: they stand nowhere here, and are told.
    let register = folder.path().join("premises.toml");
    std::fs::write(&register, PREMISES.replace("where_not", "#")).unwrap();
    let place = Place::open_with_data(folder.path(), &data).unwrap();
    let Err(RegisterError::Faults(found)) = Premises::open(&place) else {
        panic!("five schools have no place");
    };
    let lines: Vec<Option<u64>> = found.iter().map(|found| found.position.line).collect();
    assert_eq!(lines, [126, 127, 146, 151, 185].map(Some));
    assert!(found.iter().all(|found| found.found == "`place` is empty"));
    std::fs::write(&register, PREMISES).unwrap();
    let premises = Premises::open(&place).unwrap();
    let places = &place.axes().localities;
    let ludlow = places.leaves(places.find("ludlow").unwrap()).clone();
    let inside = premises
        .buildings()
        .iter()
        .filter(|one| ludlow.contains(places.leaves(one.place)));
    let schools = std::fs::read_to_string(data.join("geography/school.csv")).unwrap();
    let practices = std::fs::read_to_string(data.join("geography/gp_practice.csv")).unwrap();
    let area = ("place_plan_area", "ludlow");
    let open = ("status", "open");
    let counted =
        rows(&schools, area.0, area.1, Some(open)) + rows(&practices, area.0, area.1, None);
    assert!(counted > 5, "{counted}");
    assert_eq!(inside.count(), counted);
    let all = rows(&schools, open.0, open.1, None) - 5 + 45;
    assert_eq!(
        premises.buildings().len(),
        all,
        "45 practices, as the data's own list says"
    );
    assert!(
        premises
            .buildings()
            .iter()
            .all(|one| one.area.is_none() && one.owner.is_none())
    );
    let year = "2017-18".parse().unwrap();
    let costs = premises
        .costs(year, &wholeplace::Boundary::AllPartners)
        .unwrap();
    assert!(
        costs
            .buildings
            .iter()
            .all(|one| one.per_square_metre.is_none())
    );
    assert!(premises.table().to_string().contains("not known"));
}
