//! What a whole place would have and no ledger holds: it stands beside the figures, and in none.

use super::site;
use std::path::{Path, PathBuf};
use wholeplace::account::PlaceAccount;
use wholeplace::axis::Phase;
use wholeplace::cube::Cube;
use wholeplace::disclosure::Released;
use wholeplace::place::Place;
use wholeplace::report::{LocalityReport, ReportScope, overview, to_json};

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/shropshire")
}

/// The sample without its register, as a folder.
fn without() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(sample()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let path = folder.path().join("place.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let (kept, register) = text.split_once("[[absent]]").unwrap();
    assert!(!register.contains("[[ledger]]") && !register.contains("[[replaced]]"));
    std::fs::write(&path, kept).unwrap();
    folder
}

fn report(pack: &Path, boundary: &str) -> Released<LocalityReport> {
    let account = PlaceAccount::load(&Place::open(pack).unwrap()).unwrap();
    let scope = ReportScope {
        level: "place-plan-area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2017-18".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: boundary.parse().unwrap(),
    };
    let report = LocalityReport::build(&Cube::build(&account).unwrap(), &scope).unwrap();
    Released::for_internal_use(report, "a test").unwrap()
}

/// £534.9 million are held; £400,186,000 + £33,234,214.39 + £19,671,667 = £453,091,881.39 are absent with a
/// known size, together £987,975,811.39, of which 534.9 are 54.1 %.
#[test]
fn a_reader_knows_what_share_the_figures_are() {
    let told = overview(&report(&sample(), "all-partners")).to_string();
    let words = told.split_whitespace().collect::<Vec<_>>().join(" ");
    for said in [
        "14 kinds of public money of Shropshire are not in these figures",
        "comes to £453.1 million",
        "the £534.9 million accounted for here: these figures are about 54% of £988.0 million",
        "Of unknown size, and in no share: Department for Work and Pensions; HM Revenue and Customs;",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    // Some partners are no share of a place.
    let some = overview(&report(&sample(), "shropshire-council")).to_string();
    assert!(
        some.contains("14 kinds") && !some.contains("these figures are about"),
        "{some}"
    );
}

#[test]
fn absent_money_is_in_no_total() {
    let folder = without();
    let (with, none) = (
        report(&sample(), "all-partners"),
        report(folder.path(), "all-partners"),
    );
    assert_eq!(with.get().absent.len(), 14);
    assert!(none.get().absent.is_empty());
    let total = |report: &Released<LocalityReport>| report.get().whole.shown();
    assert_eq!(total(&with), total(&none));
    assert_eq!(
        with.get().reconciliation.steps,
        none.get().reconciliation.steps
    );
    let told = overview(&none).to_string();
    assert!(!told.contains("not in these figures"), "{told}");
    assert!(to_json(&with).unwrap().contains("\"absent\""));
    assert!(!to_json(&none).unwrap().contains("\"absent\""));
}

/// The county's page has the register as a table, and the table can be taken away; no other page has it.
#[test]
fn the_register_stands_on_the_page_of_the_county() {
    let site = site::sample();
    let text = |path: &str| {
        let file = site.files.iter().find(|file| file.path == path).unwrap();
        String::from_utf8(file.bytes.clone()).unwrap()
    };
    let page = text("index.html");
    for said in [
        "What is not in these figures",
        "£400,186,000.00",
        "not stated",
        "data/absent.csv",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(!text("place-ludlow.html").contains("What is not in these figures"));
    let csv = text("data/absent.csv");
    assert_eq!(csv.lines().count(), 15);
    assert!(
        csv.starts_with("body,what,size_gbp,size_period,size_source\n"),
        "{csv}"
    );
    // A size nobody has published is empty, not nought.
    let pensions = csv
        .lines()
        .find(|line| line.starts_with("Department for Work"))
        .unwrap();
    assert!(pensions.ends_with(",,,"), "{pensions}");
}
