//! How money reaches people, on the site: by hand from the council's lines, and what a release under a policy tells of it.

use crate::fixtures::modes::with_modes;
use crate::release::site::{Built, Row, files_for, pence, rows_of, sample, seen, year_of_partners};
use std::sync::OnceLock;
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::cube::Cube;
use wholeplace::disclosure::DisclosurePolicy;
use wholeplace::place::Place;
use wholeplace::report::{Publication, ReportError, ReportScope, SiteFile, SiteSources};

struct World {
    place: std::sync::Arc<Place>,
    account: PlaceAccount,
    cube: Cube,
    scope: ReportScope,
    /// Of no use once its files are read, but for those that are looked at again.
    _folder: TempDir,
}

impl World {
    fn open() -> Self {
        let folder = with_modes();
        let place = Place::open(folder.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        Self {
            cube: Cube::build(&account).unwrap(),
            place,
            account,
            scope: year_of_partners(),
            _folder: folder,
        }
    }

    fn sources(&self) -> SiteSources<'_> {
        SiteSources {
            account: Some(&self.account),
            ..SiteSources::of(&self.cube, &self.scope)
        }
    }
}

/// The site of a pack that says how money reaches people; the browser looks at it too.
pub fn moded() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let world = World::open();
        let files = files_for(&world.sources());
        Built {
            cube: world.cube,
            files,
        }
    })
}

fn table(name: &str) -> Vec<Row> {
    moded().table(name)
}

fn sum(rows: &[Row], of: &[(&str, &str)]) -> i64 {
    let is_of = |row: &&Row| of.iter().all(|(column, value)| row[*column] == *value);
    (rows.iter().filter(is_of))
        .filter(|row| !row["amount_gbp"].is_empty())
        .map(|row| pence(&row["amount_gbp"]))
        .sum()
}

/// Of the council's lines: £60,000 of youth work commissioned, £310,000 of roads by itself, £25,000 of home care as a
/// direct payment, and £104,000 of the pool in two ways at once. All that is spent is £878,997.
#[test]
fn the_page_has_every_way_and_all_that_is_spent() {
    let rows = table("modes-whole");
    for (mode, spent) in [
        ("commissioned", 6_000_000),
        ("directly-provided", 31_000_000),
        ("direct-payment", 2_500_000),
        ("several", 10_400_000),
        ("not-said", 87_899_700 - 49_900_000),
    ] {
        assert_eq!(sum(&rows, &[("mode_code", mode)]), spent, "{mode}");
    }
    let page = seen(&moded().text("modes.html"));
    for words in [
        "How money reaches people",
        "commissioned £60,000.00",
        "(several at once) £104,000.00",
        "£878,997.00",
    ] {
        assert!(page.contains(words), "{words}");
    }
}

/// Whatever the ways are crossed with, the rows are all that is spent; roads are the council's, and wholly its own.
#[test]
fn crossed_with_every_axis_the_rows_are_all_that_is_spent() {
    for axis in ["activity", "partner", "place"] {
        let rows = table(&format!("modes-by-{axis}"));
        assert_eq!(sum(&rows, &[]), 87_899_700, "{axis}");
        assert_eq!(sum(&rows, &[("mode_code", "commissioned")]), 6_000_000);
    }
    let rows = table("modes-by-partner");
    let of = |mode| sum(&rows, &[("partner_code", "council"), ("mode_code", mode)]);
    assert_eq!(of("directly-provided"), 31_000_000);
    // The pool's home care is two ways at once; nobody else says.
    let mut others = rows.iter().filter(|row| {
        row["mode_code"] != "not-said" && !["council", ""].contains(&&*row["partner_code"])
    });
    let pool = others
        .next()
        .map(|row| (&*row["partner_code"], &*row["mode_code"]));
    assert_eq!(pool, Some(("care-fund", "several")));
    assert!(others.next().is_none());
}

/// Who says nothing of it stands in the files, and is left off the page.
#[test]
fn pages_say_it_of_those_who_do() {
    let page = seen(&moded().text("partner-council.html"));
    assert!(page.contains("How its money reaches people"));
    assert!(page.contains("directly-provided: £310,000.00"), "{page}");
    let page = seen(&moded().text("partner-nhs.html"));
    assert!(!page.contains("How its money reaches people"));
    assert!(seen(&moded().text("index.html")).contains("How money reaches people in"));
    let page = seen(&moded().text("modes.html"));
    assert!(page.contains("others nobody says how their money reaches people"));
}

#[test]
fn a_pack_without_modes_has_no_such_page() {
    assert!(sample().files.iter().all(|file| file.path != "modes.html"));
    assert!(!sample().text("index.html").contains("modes.html"));
}

/// Under a policy a way is told as every sum is: some are withheld, and no file has what the sum is.
#[test]
fn a_release_tells_ways_through_the_gate() {
    let world = World::open();
    let policy = DisclosurePolicy::open(&world.place).unwrap();
    let publication =
        Publication::prepare(&world.sources(), &world.account, &policy, &|_, _| ()).unwrap();
    let mut files: Vec<SiteFile> = Vec::new();
    publication
        .each_file(jiff::civil::date(2026, 11, 30), |file| {
            files.push(file);
            Ok::<(), ReportError>(())
        })
        .unwrap();
    let file = files
        .iter()
        .find(|file| file.path == "data/modes-by-partner.csv");
    let rows = rows_of(&file.unwrap().bytes);
    let withheld = rows.iter().filter(|row| row["status"] == "withheld");
    assert!(withheld.clone().count() > 0);
    assert!(withheld.into_iter().all(|row| row["amount_gbp"].is_empty()));
    let told = rows.iter().filter(|row| row["status"] == "value");
    assert!(told.count() > 0);
}
