//! Families with many services on the site: numbers by hand, no more than the register's own tables tell, and what a
//! release under a policy tells of their costs.

use crate::release::site::{Built, Row, files_for, rows_of, seen, year_of_partners};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::cube::Cube;
use wholeplace::disclosure::DisclosurePolicy;
use wholeplace::families::Families;
use wholeplace::place::Place;
use wholeplace::report::{
    Publication, ReportError, ReportScope, SiteFile, SiteRegisters, SiteSources,
};

struct World {
    account: PlaceAccount,
    cube: Cube,
    families: Families,
    scope: ReportScope,
}

impl World {
    fn open() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/partners");
        let place = Place::open(Path::new(folder)).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        Self {
            cube: Cube::build(&account).unwrap(),
            families: Families::open(&place).unwrap(),
            account,
            scope: year_of_partners(),
        }
    }

    fn sources(&self) -> SiteSources<'_> {
        SiteSources {
            registers: SiteRegisters {
                families: Some(&self.families),
                ..SiteRegisters::default()
            },
            ..SiteSources::of(&self.cube, &self.scope)
        }
    }
}

/// The site with families; the browser looks at it too.
pub fn with_families() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let world = World::open();
        Built {
            files: files_for(&world.sources()),
            cube: world.cube,
        }
    })
}

fn table(name: &str) -> Vec<Row> {
    with_families().table(name)
}

/// 13 are known to council and police, 7 to all three, 4 to police and NHS: told are 12 and 6. 12 × £1,500 and 6 × £2,000.
#[test]
fn the_page_tells_groups_pairs_and_what_they_cost() {
    let numbers = table("families-by-agencies");
    let told: Vec<[&str; 3]> = (numbers.iter())
        .map(|row| ["known_to", "at_least", "at_most"].map(|column| row[column].as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ["1 agency", "", "111"],
            ["2 agencies", "12", ""],
            ["3 agencies", "6", ""]
        ]
    );
    let groups = table("families-groups");
    let cost: Vec<[&str; 2]> = (groups.iter())
        .map(|row| ["at_least", "together_gbp"].map(|column| row[column].as_str()))
        .collect();
    assert_eq!(cost, [["12", "18000.00"], ["6", "12000.00"]]);
    let pairs = table("families-pairs");
    let of_pairs: Vec<&str> = pairs.iter().map(|row| row["at_least"].as_str()).collect();
    // Council and NHS, council and police, NHS and police.
    assert_eq!(of_pairs, ["6", "18", "6"]);
    let page = seen(&with_families().text("families.html"));
    for words in [
        "At least 18 families are known to two agencies or more in 2024-25, and cost at least £30,000.00 a year together.",
        "Invented figures",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

/// Every number of the page is one that the register's own tables have.
#[test]
fn no_number_is_told_that_the_tables_of_the_register_do_not_have() {
    let world = World::open();
    let told = world.families.overlaps();
    let costs = (world.families)
        .costs(&told, &world.cube, &Boundary::AllPartners)
        .unwrap();
    let tables = [
        world.families.by_agencies_table(&told).to_string(),
        world.families.agencies_table(&told).to_string(),
        world.families.pairs_table(&told).to_string(),
        world.families.costs_table(&told, &costs).to_string(),
    ]
    .join("\n");
    let said: BTreeSet<&str> = tables.split_whitespace().collect();
    for name in [
        "families-by-agencies",
        "families-agencies",
        "families-pairs",
        "families-groups",
    ] {
        for row in table(name) {
            let numbers = ["at_least", "at_most", "shared_at_least", "alone_at_most"];
            let numbers = numbers.iter().filter_map(|column| row.get(*column));
            for number in numbers.filter(|number| !number.is_empty()) {
                assert!(said.contains(number.as_str()), "{name}: {number}");
            }
        }
    }
}

/// Under a policy the numbers are the same; what the NHS spends, which is not public, shares no cost out.
#[test]
fn a_release_tells_no_cost_that_is_a_share_of_a_closed_ledger() {
    let world = World::open();
    let policy = DisclosurePolicy::open(world.account.place()).unwrap();
    let publication =
        Publication::prepare(&world.sources(), &world.account, &policy, &|_, _| ()).unwrap();
    let mut files: Vec<SiteFile> = Vec::new();
    publication
        .each_file(jiff::civil::date(2026, 11, 30), |file| {
            files.push(file);
            Ok::<(), ReportError>(())
        })
        .unwrap();
    let bytes = |path: &str| &files.iter().find(|file| file.path == path).unwrap().bytes;
    let groups = rows_of(bytes("data/families-groups.csv"));
    let cost: Vec<[&str; 3]> = (groups.iter())
        .map(|row| ["at_least", "together_gbp", "without"].map(|column| row[column].as_str()))
        .collect();
    assert_eq!(
        cost,
        [["12", "18000.00", ""], ["6", "9000.00", "Ludford NHS"]]
    );
    let costs = rows_of(bytes("data/families-costs.csv"));
    let nhs = costs
        .iter()
        .find(|row| row["agency"] == "Ludford NHS")
        .unwrap();
    assert_eq!(nhs["one_gbp"], "");
    assert_eq!(nhs["by"], "what it spends is not told here");
}
