//! Scenarios on the site: what is moved and what holds the rest, and the account before and after, against the
//! cubes of the scenarios.

use crate::release::site::{Built, TERMS, pence, rows, sample, seen, year_of_partners};
use polars::prelude::{ParquetReader, SerReader};
use std::io::Cursor;
use std::path::Path;
use std::sync::OnceLock;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::appraisal::scenario::{Scenario, Scenarios, SideBySide};
use wholeplace::axis::Phase;
use wholeplace::cube::{By, Cube};
use wholeplace::disclosure::Released;
use wholeplace::place::Place;
use wholeplace::report::{Site, SiteSources, site_files};

const AXES: [&str; 3] = ["locality", "partner", "activity"];

fn build() -> Built {
    let pack = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/partners"
    ));
    let place = Place::open(pack).unwrap();
    let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
    let scenarios = Scenarios::open(&place).unwrap();
    let scope = year_of_partners();
    let sources = SiteSources {
        scenarios: Some(&scenarios),
        ..SiteSources::of(&cube, &scope)
    };
    let site = Site::build(&sources).unwrap();
    let site = Released::for_internal_use(site, "a test").unwrap();
    assert_eq!(site.terms(), TERMS);
    let files = site_files(&site).unwrap();
    Built { cube, files }
}

pub fn partners() -> &'static Built {
    static PARTNERS: OnceLock<Built> = OnceLock::new();
    PARTNERS.get_or_init(build)
}

fn by(axis: &str) -> By {
    match axis {
        "locality" => By::Locality("area".to_owned()),
        "partner" => By::Partner,
        _ => By::Activity(Some("theme".to_owned())),
    }
}

fn made(site: &Built) -> Vec<Scenario> {
    let scenarios = Scenarios::open(site.cube.place()).unwrap();
    let made = scenarios.iter().map(|plan| plan.apply(&site.cube).unwrap());
    made.collect()
}

/// Nothing stands where nothing is recorded.
fn sum(cell: &str) -> i64 {
    if cell.is_empty() { 0 } else { pence(cell) }
}

/// Every cell is what the library answers, of each scenario by itself and beside the others.
#[test]
fn before_and_after_are_what_the_cubes_answer_to_the_penny() {
    let site = partners();
    let made = made(site);
    let mut compared = 0;
    for axis in AXES {
        let all: Vec<&Scenario> = made.iter().collect();
        let asked = SideBySide::of(&site.cube, &all, |cube| {
            (cube
                .ask()
                .locality("ludford")
                .period(year_of_partners().period))
            .phase(Phase::Outturn)
            .boundary(Boundary::AllPartners)
            .by([by(axis)])
        })
        .unwrap();
        let beside = site.table(&format!("scenarios-by-{axis}"));
        assert_eq!(beside.len(), asked.rows.len(), "{axis}");
        for (number, scenario) in made.iter().enumerate() {
            let code = &scenario.code;
            let shown = site.table(&format!("scenario-{code}-by-{axis}"));
            for (name, before, after) in &asked.rows {
                let (before, after) = (before.get(), after[number].get());
                let named =
                    |row: &&std::collections::BTreeMap<String, String>| row["name"] == *name;
                let own = shown.iter().find(named);
                let own = own.unwrap_or_else(|| panic!("{code} {axis} {name}"));
                let of = |column: &str| sum(&own[column]);
                let cells = [of("before_gbp"), of("after_gbp"), of("change_gbp")];
                assert_eq!(cells, [before, after, after - before], "{code} {name}");
                let row = beside.iter().find(named).unwrap();
                let of = |column: String| sum(&row[&column]);
                assert_eq!(of("before_gbp".to_owned()), before);
                assert_eq!(of(format!("with_{code}_gbp")), after);
                assert_eq!(of(format!("change_{code}_gbp")), after - before);
                compared += 1;
            }
        }
    }
    assert!(compared > 15, "{compared} rows were compared");
}

/// £10,000 of care in the hills goes to youth work in the town, and the commissioner's £20,000 of youth work in
/// the hills becomes a grant to the council for the town: by hand from the rows of the moves.
#[test]
fn what_moves_is_what_the_rows_say() {
    let site = partners();
    let change = |axis: &str, code: &str| {
        let rows = site.table(&format!("scenario-earlier-help-by-{axis}"));
        let row = rows.into_iter().find(|row| row["code"] == code);
        sum(&row.unwrap_or_else(|| panic!("{code}"))["change_gbp"])
    };
    assert_eq!(change("locality", "hills"), -3_000_000);
    assert_eq!(change("locality", "town"), 3_000_000);
    assert_eq!(change("activity", "care"), -1_000_000);
    assert_eq!(change("activity", "safer"), 1_000_000);
    // Among all partners money counts where it is spent.
    assert_eq!(change("partner", "pcc"), -2_000_000);
    assert_eq!(change("partner", "council"), 2_000_000);
    for axis in AXES {
        let rows = site.table(&format!("scenario-earlier-help-by-{axis}"));
        let all: i64 = rows.iter().map(|row| sum(&row["change_gbp"])).sum();
        assert_eq!(all, 0, "{axis}: nothing is made or lost");
    }
}

/// Tables of every page add up to their last row.
#[test]
fn tables_add_up_to_what_everybody_spends() {
    let site = partners();
    let mut added = 0;
    for page in ["scenarios", "scenario-earlier-help", "scenario-by-decision"] {
        let html = site.text(&format!("{page}.html"));
        for axis in AXES {
            let shown = rows(&html, &format!("{page}-by-{axis}"));
            let (total, body) = shown[1..].split_last().unwrap();
            assert_eq!(total[0], "Together");
            for column in 1..total.len() {
                let of = |cell: &String| if cell == "–" { 0 } else { pence(cell) };
                let all: i64 = body.iter().map(|row| of(&row[column])).sum();
                assert_eq!(all, of(&total[column]), "{page} {axis} {column}");
                added += 1;
            }
        }
    }
    assert_eq!(
        added,
        3 * (5 + 3 + 3),
        "columns of three tables on three pages"
    );
}

/// Each move stands with what it is made of, or with what holds it, in the words of the library.
#[test]
fn every_move_stands_with_what_holds_it() {
    let site = partners();
    for scenario in made(site) {
        let shown = site.table(&format!("scenario-{}-moves", scenario.code));
        assert_eq!(shown.len(), scenario.moved.len() + scenario.stopped.len());
        let (made, held) = shown.split_at(scenario.moved.len());
        for (row, moved) in made.iter().zip(&scenario.moved) {
            assert_eq!(
                (row["moved"].as_str(), row["held_by"].as_str()),
                ("yes", "")
            );
            assert_eq!(pence(&row["amount_gbp"]), moved.of.amount.get());
            assert_eq!(row["reason"], moved.of.reason);
        }
        for (row, stopped) in held.iter().zip(&scenario.stopped) {
            assert_eq!(row["moved"], "no");
            assert_eq!(row["held_by"], stopped.why.to_string());
        }
    }
    let page = seen(&site.text("scenario-earlier-help.html"));
    for words in [
        "Of 4 moves 2 can be made, £30,000.00 in the first twelve months; 2 can not, £65,000.00 in the first twelve months.",
        "£310,000.00 is asked for by law, and moves only by a named decision",
        "No effect is claimed of what is moved",
        "2024-25, outturn, inside all partners",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let decided = &site.table("scenario-by-decision-moves")[0];
    assert_eq!(decided["decision"], "council, 3 May 2024, made up");
    assert_eq!(decided["taken_from"], "£50,000.00 statutory");
}

/// Every page leads to them, and they lead back.
#[test]
fn pages_lead_to_scenarios_and_back() {
    let site = partners();
    let links = |page: &str, to: &str| site.text(page).contains(&format!("href=\"{to}\""));
    assert!(links("index.html", "scenarios.html"));
    assert!(links("scenarios.html", "scenario-by-decision.html"));
    assert!(links("scenario-by-decision.html", "scenarios.html"));
    assert!(links("scenario-earlier-help.html", "place-hills.html"));
    assert!(links("scenario-earlier-help.html", "partner-council.html"));
    assert!(links("place-hills.html", "scenario-earlier-help.html"));
    let hills = seen(&site.text("place-hills.html"));
    assert!(
        hills.contains("Scenario earlier-help: £30,000.00 less is spent."),
        "{hills}"
    );
    let council = seen(&site.text("partner-council.html"));
    assert!(
        council.contains("Scenario earlier-help: £20,000.00 more is spent."),
        "{council}"
    );
    assert!(links("data.html", "data/scenario-earlier-help-moves.csv"));
}

/// All formats hold the same sums, and the same pack gives the same bytes.
#[test]
fn every_format_holds_the_same_and_bytes_are_the_same_again() {
    let site = partners();
    let name = "scenario-earlier-help-by-locality";
    let of_csv: Vec<i64> = (site.table(name).iter())
        .map(|row| sum(&row["after_gbp"]))
        .collect();
    let frame = Cursor::new(site.bytes(&format!("data/{name}.parquet")).to_vec());
    let frame = ParquetReader::new(frame).finish().unwrap();
    let sums = frame.column("after_pence").unwrap().i64().unwrap().clone();
    let of_parquet: Vec<i64> = sums.iter().map(Option::unwrap_or_default).collect();
    assert_eq!(of_parquet, of_csv);
    let json: serde_json::Value =
        serde_json::from_slice(site.bytes(&format!("data/{name}.json"))).unwrap();
    let of_json: Vec<i64> = (json["rows"].as_array().unwrap().iter())
        .map(|row| row["after_gbp"].as_str().map_or(0, pence))
        .collect();
    assert_eq!(of_json, of_csv);
    assert!(!site.bytes("data/scenarios.xlsx").is_empty());
    assert!(build().files == site.files);
}

/// A pack without moves has no page of them and no way to one.
#[test]
fn a_pack_without_moves_says_nothing_of_them() {
    for (path, page) in sample().pages() {
        assert!(!path.starts_with("scenario"), "{path}");
        assert!(!page.contains("href=\"scenario"), "{path}");
    }
}
