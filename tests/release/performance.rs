//! The agreement and the medium term on the site: the board's paper, targets, grants and gaps by hand from the register,
//! and a release under a policy, which tells none of it.

use crate::release::site::{Built, Row, files_for, pence, seen, year_of_partners};
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::agreement::Agreement;
use wholeplace::axis::Phase;
use wholeplace::cube::Cube;
use wholeplace::disclosure::DisclosurePolicy;
use wholeplace::medium_term::MediumTerm;
use wholeplace::place::Place;
use wholeplace::report::{
    Publication, ReportError, ReportScope, SiteAgreement, SiteFile, SiteRegisters, SiteSources,
};

/// What a site is made of, with its agreement.
struct World {
    account: PlaceAccount,
    cube: Cube,
    agreement: Agreement,
    plan: MediumTerm,
    scope: ReportScope,
}

impl World {
    fn open() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/partners");
        Self::of(Path::new(folder))
    }

    fn of(folder: &Path) -> Self {
        let place = Place::open(folder).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        Self {
            cube: Cube::build(&account).unwrap(),
            agreement: Agreement::open(&place).unwrap(),
            plan: MediumTerm::open(&place).unwrap(),
            account,
            scope: year_of_partners(),
        }
    }

    fn sources(&self) -> SiteSources<'_> {
        SiteSources {
            registers: SiteRegisters {
                agreement: Some(SiteAgreement::after(
                    &self.agreement,
                    &self.account,
                    &self.scope,
                )),
                medium_term: Some(&self.plan),
                ..SiteRegisters::default()
            },
            ..SiteSources::of(&self.cube, &self.scope)
        }
    }
}

/// The site with an agreement; the browser looks at it too.
pub fn agreed() -> &'static Built {
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
    agreed().table(name)
}

fn row(rows: &[Row], column: &str, value: &str) -> Row {
    let found = rows.iter().find(|row| row[column] == value);
    found
        .unwrap_or_else(|| panic!("no {column} is {value}"))
        .clone()
}

/// The year ends on 31 March 2025: its paper is that of 26 June, held against that of 20 March.
#[test]
fn the_board_has_a_page_of_its_own() {
    let page = seen(&agreed().text("board.html"));
    for words in [
        "paper for the board of 2025-06-26",
        "2 decisions to make, 8 changes since 2025-03-20, 4 things overdue.",
        "Share the list of falls with the fire service",
        "£12,000.00",
        "deferred, 2025-03-20",
        "no more than chance",
        "amber: target met (the board, 20 June 2024)",
        "Invented figures",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let html = agreed().text("board.html");
    assert!(html.contains("@media print"), "it can be printed");
    let late = table("board-overdue");
    assert_eq!(late.len(), 4);
    assert_eq!(late[0]["days"], "98");
    let headline = table("board-headline");
    assert_eq!(
        headline.len(),
        4,
        "the one that is no headline is not there"
    );
    let offend = row(&headline, "target_code", "offend-again");
    assert_eq!(offend["figure"], "34");
    assert_eq!(offend["changed_by"], "-6.9091");
    let clubs = row(&table("board-users"), "measure", "Users of youth clubs");
    assert_eq!(
        (clubs["percent"].as_str(), clubs["lower"].as_str()),
        ("65.0000", "55.2544")
    );
}

#[test]
fn the_whole_agreement_is_a_page_with_its_tables() {
    let targets = table("performance-targets");
    assert_eq!(targets.len(), 5);
    let falls = row(&targets, "target_code", "falls");
    assert_eq!(
        (falls["headline"].as_str(), falls["named_by"].as_str()),
        ("no", "the partners")
    );
    let grant = &table("performance-grants")[0];
    let of = |column: &str| pence(&grant[column]);
    assert_eq!(
        of("earned_gbp") + of("not_earned_gbp") + of("open_gbp"),
        of("whole_gbp")
    );
    assert_eq!((of("earned_gbp"), of("held_gbp")), (7_000_000, 1_000_000));
    let parts: i64 = (table("performance-conditions").iter())
        .map(|part| pence(&part["part_gbp"]))
        .sum();
    assert_eq!(parts, of("whole_gbp"));
    let owed = table("performance-owed");
    assert_eq!(
        (
            owed[0]["overdue_days"].as_str(),
            owed[1]["overdue_days"].as_str()
        ),
        ("26", "")
    );
    let page = seen(&agreed().text("performance.html"));
    assert!(
        page.contains("named by a law of Ludford (made up)"),
        "{page}"
    );
    let partner = seen(&agreed().text("partner-pcc.html"));
    assert!(partner.contains("Targets that it leads"), "{partner}");
}

#[test]
fn the_gap_is_a_page_with_its_tables() {
    let gaps = table("gap-by-partner");
    let council: Vec<&Row> = gaps
        .iter()
        .filter(|row| row["partner_code"] == "council")
        .collect();
    assert_eq!(council.len(), 2);
    for row in &gaps {
        let of = |column: &str| pence(&row[column]);
        let left = of("gap_gbp") + of("put_on_gbp")
            - of("closed_before_gbp")
            - of("closed_now_gbp")
            - of("closed_once_gbp");
        assert_eq!(left, of("left_gbp"), "{row:?}");
    }
    assert_eq!(pence(&council[1]["left_gbp"]), 11_500_000);
    let totals = table("gap-totals");
    for total in &totals {
        let of_rows = gaps
            .iter()
            .filter(|row| (&row["period"], &row["covers"]) == (&total["period"], &total["covers"]));
        let left: i64 = of_rows.map(|row| pence(&row["left_gbp"])).sum();
        assert_eq!(left, pence(&total["left_gbp"]));
    }
    let reductions = table("gap-reductions");
    assert_eq!(row(&reductions, "code", "fees")["closes"], "no");
    assert_eq!(
        row(&reductions, "code", "youth-grant")["line"],
        "gap-reductions.csv:6"
    );
    let phases = table("gap-phases");
    assert!(
        phases.iter().all(|row| row["budget_gbp"].is_empty()),
        "nobody wrote one down"
    );
    let page = seen(&agreed().text("gap.html"));
    assert!(page.contains("agreed or delivered"), "{page}");
}

/// The account has £115,000 of youth work in the town: beside the £30,000 of mentors and the £20,000 of clubs, which are
/// both in that cell. The £30,000 of the grant for mentors are the council's payment T-2.
#[test]
fn what_is_spent_stands_beside_actions_and_grants_count_once() {
    let spent = table("performance-spent");
    let figure = (agreed().cube.ask())
        .activity("youth-work")
        .locality("town")
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners)
        .answer()
        .unwrap()
        .total;
    assert_eq!(figure.amount.get(), 11_500_000);
    for (action, planned, other) in [
        (
            "Mentors for young people",
            "30000.00",
            "Clubs open on Fridays",
        ),
        (
            "Clubs open on Fridays",
            "20000.00",
            "Mentors for young people",
        ),
    ] {
        let row = row(&spent, "action", action);
        assert_eq!(pence(&row["spent_gbp"]), 11_500_000);
        assert_eq!(row["phase"], "outturn");
        assert_eq!(row["planned_gbp"], planned);
        assert_eq!(row["same_cell"], other);
        assert_eq!(row["cell"], "Youth work, all ages");
        assert!(!row["how_known"].is_empty());
    }
    // An action without a cell of the account has no row.
    assert!(
        spent
            .iter()
            .all(|row| row["action"] != "Insulate 200 homes")
    );
    let both = &table("performance-in-ledgers")[0];
    let columns = ["reference", "ledger", "register_gbp", "ledger_gbp"];
    let found = columns.map(|column| both[column].as_str());
    assert_eq!(found, ["T-2", "council", "30000.00", "30000.00"]);
    let page = seen(&agreed().text("performance.html"));
    assert!(page.contains("neither is added to the other"), "{page}");
}

/// The same pack, in which everybody can read both registers.
fn published() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/partners"
    ));
    for entry in std::fs::read_dir(sample).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    for name in ["agreement.toml", "medium-term.toml"] {
        let file = folder.path().join(name);
        let text = std::fs::read_to_string(&file).unwrap();
        let text = text.replace("\nnotes = ", "\npublished = \"on a website\"\nnotes = ");
        std::fs::write(&file, text).unwrap();
    }
    folder
}

fn released(world: &World) -> Vec<SiteFile> {
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
    files
}

/// Where everybody can read the registers they are told; what ledgers say beside is told as every sum is: what the NHS
/// and the police spend, whose ledgers are closed, may be withheld.
#[test]
fn a_release_tells_registers_that_everybody_can_read_and_sums_through_the_gate() {
    let folder = published();
    let world = World::of(folder.path());
    let files = released(&world);
    let rows = |path: &str| -> Vec<Row> {
        let file = files.iter().find(|file| file.path == path);
        let file = file.unwrap_or_else(|| panic!("{path}"));
        let mut csv = csv::Reader::from_reader(file.bytes.as_slice());
        csv.deserialize().map(Result::unwrap).collect()
    };
    let targets = rows("data/performance-targets.csv");
    assert!(!targets.is_empty());
    let spent = rows("data/performance-spent.csv");
    let visits = row(&spent, "action", "Visits after a fall");
    assert_eq!(
        (visits["status"].as_str(), visits["spent_gbp"].as_str()),
        ("withheld", "")
    );
    assert_eq!(visits["planned_gbp"], "45000.00", "the register says it");
    let gaps = rows("data/gap-by-partner.csv");
    assert!(gaps.iter().any(|row| row["gap_gbp"] == "100000.00"));
    let phases = rows("data/gap-phases.csv");
    let council = row(&phases, "partner", "Ludford Council");
    assert!(!council["outturn_gbp"].is_empty());
    let closed: Vec<&Row> = (phases.iter())
        .filter(|row| row["conf_status"] == "C" && row["outturn_gbp"].is_empty())
        .collect();
    assert!(!closed.is_empty(), "{phases:?}");
    let said = |words: &str| {
        (files.iter()).any(|file| String::from_utf8_lossy(&file.bytes).contains(words))
    };
    assert!(!said("the agreement of partners: targets"));
    // A register with money in a closed ledger is not told, whoever can read it.
    let file = folder.path().join("agreement.toml");
    let text = std::fs::read_to_string(&file).unwrap();
    let closed = text.replace("ledger = \"council\"", "ledger = \"pcc\"");
    assert_ne!(text, closed);
    std::fs::write(&file, closed).unwrap();
    let files = released(&World::of(folder.path()));
    assert!(files.iter().all(|file| file.path != "performance.html"));
    assert!(files.iter().any(|file| file.path == "gap.html"));
}

/// Under a policy that is not for everything, neither is told, and the statement says that they are left out.
#[test]
fn a_release_under_a_policy_tells_neither_and_says_so() {
    let world = World::open();
    let files = released(&world);
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for wanted in ["board", "performance", "gap"] {
        assert!(
            !paths.iter().any(|path| path.contains(wanted)),
            "{wanted}: {paths:?}"
        );
    }
    let told = |words: &str| {
        (files.iter()).any(|file| String::from_utf8_lossy(&file.bytes).contains(words))
    };
    assert!(told(
        "the agreement of partners: targets, delivery plans and grants"
    ));
    assert!(told("what partners are short of in years to come"));
    assert!(!told("Young people who offend again"));
    assert!(!told("fewer-houses"));
}
