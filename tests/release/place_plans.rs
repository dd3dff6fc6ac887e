//! Place plans on the site: figures worked out by hand from the register's rows, what the account has beside, and what
//! a release under a policy tells of them.

use crate::release::site::{
    Built, Row, files_for, pence, rows, rows_of, sample, seen, year_of_partners,
};
use polars::prelude::{ParquetReader, SerReader};
use std::io::Cursor;
use std::path::Path;
use std::sync::OnceLock;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::Phase;
use wholeplace::cube::Cube;
use wholeplace::disclosure::DisclosurePolicy;
use wholeplace::place::Place;
use wholeplace::place_plan::PlacePlans;
use wholeplace::premises::Premises;
use wholeplace::report::{
    Publication, ReportError, ReportScope, SiteFile, SitePlans, SitePremises, SiteRegisters,
    SiteSources,
};

fn pack() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/partners"
    ))
}

/// What a site is made of, with its plans.
struct World {
    account: PlaceAccount,
    cube: Cube,
    plans: PlacePlans,
    premises: Premises,
    scope: ReportScope,
}

impl World {
    fn open(folder: &Path) -> Self {
        let place = Place::open(folder).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        Self {
            cube: Cube::build(&account).unwrap(),
            plans: PlacePlans::open(&place).unwrap(),
            premises: Premises::open(&place).unwrap(),
            account,
            scope: year_of_partners(),
        }
    }

    fn sources(&self) -> SiteSources<'_> {
        SiteSources {
            registers: SiteRegisters {
                plans: Some(SitePlans {
                    plans: &self.plans,
                    account: &self.account,
                }),
                premises: Some(SitePremises {
                    premises: &self.premises,
                    account: &self.account,
                }),
                ..SiteRegisters::default()
            },
            ..SiteSources::of(&self.cube, &self.scope)
        }
    }

    /// Every file of a release under the pack's policy.
    fn published(&self) -> Vec<SiteFile> {
        let policy = DisclosurePolicy::open(self.account.place()).unwrap();
        let publication =
            Publication::prepare(&self.sources(), &self.account, &policy, &|_, _| ()).unwrap();
        let mut files = Vec::new();
        let day = jiff::civil::date(2026, 11, 30);
        publication
            .each_file(day, |file| {
                files.push(file);
                Ok::<(), ReportError>(())
            })
            .unwrap();
        files
    }
}

/// Every file of a release of a pack with its registers.
pub fn published(folder: &Path) -> Vec<SiteFile> {
    World::open(folder).published()
}

/// Those of the sample.
pub fn published_sample() -> Vec<SiteFile> {
    published(pack())
}

/// The site with plans and premises; the browser looks at it too.
pub fn planned() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let world = World::open(pack());
        let files = files_for(&world.sources());
        Built {
            cube: world.cube,
            files,
        }
    })
}

pub fn table(name: &str) -> Vec<Row> {
    planned().table(name)
}

pub fn row<'a>(rows: &'a [Row], column: &str, value: &str) -> &'a Row {
    let found = rows.iter().find(|row| row[column] == value);
    found.unwrap_or_else(|| panic!("no {column} is {value}"))
}

pub fn sum(row: &Row, column: &str) -> i64 {
    pence(&row[column])
}

/// The hub: £60,000 of the bonus came and are spent, £50,000 of the levy are promised, of which £30,000 came; £40,000
/// were asked for and close nothing. Its £150,000 lack £40,000.
#[test]
fn a_priority_has_what_its_rows_say() {
    let hub = &table("plan-town-funding")[0];
    let columns = [
        ("cost_gbp", 15_000_000),
        ("asked_gbp", 4_000_000),
        ("secured_gbp", 11_000_000),
        ("received_gbp", 9_000_000),
        ("due_gbp", 2_000_000),
        ("unallocated_gbp", 3_000_000),
        ("set_aside_gbp", 0),
        ("spent_gbp", 6_000_000),
        ("gap_gbp", 4_000_000),
    ];
    for (column, expected) in columns {
        assert_eq!(sum(hub, column), expected, "{column}");
    }
    // The path: £20,000 of section 106 came, £5,000 of it are spent and £15,000 set aside; £10,000 are promised.
    let path = &table("plan-hills-funding")[0];
    for (column, expected) in [
        ("secured_gbp", 3_000_000),
        ("not_due_gbp", 1_000_000),
        ("received_gbp", 2_000_000),
        ("set_aside_gbp", 1_500_000),
        ("spent_gbp", 500_000),
        ("gap_gbp", 0),
    ] {
        assert_eq!(sum(path, column), expected, "{column}");
    }
    // Nobody estimated the homes: no cost and no gap, which are not £0.00.
    let homes = row(&table("plan-town-funding"), "priority_code", "homes").clone();
    assert_eq!(
        (homes["cost_gbp"].as_str(), homes["gap_gbp"].as_str()),
        ("", "")
    );
}

/// £220,000 are promised by all sources, of which the £80,000 for schools are for no priority.
#[test]
fn sources_add_up_and_what_is_for_no_priority_is_said() {
    let by_source = table("plans-by-source");
    let secured: i64 = by_source.iter().map(|row| sum(row, "secured_gbp")).sum();
    assert_eq!(secured, 22_000_000);
    let section = row(&by_source, "source_code", "section-106");
    assert_eq!(sum(section, "secured_gbp"), 10_000_000);
    for row in &by_source {
        let of = |column: &str| sum(row, column);
        assert_eq!(
            of("secured_gbp") + of("above_gbp"),
            of("not_due_gbp") + of("due_gbp") + of("received_gbp")
        );
        assert_eq!(
            of("received_gbp") + of("paid_ahead_gbp"),
            [
                "unallocated_gbp",
                "set_aside_gbp",
                "transferred_gbp",
                "spent_gbp",
                "returned_gbp"
            ]
            .map(of)
            .iter()
            .sum::<i64>()
        );
    }
    let page = seen(&planned().text("plans.html"));
    for words in [
        "4 priorities, of which 3 are estimated to cost £2,180,000.00, and 1 has no estimate in pounds. Secured £140,000.00, received £110,000.00, spent £65,000.00. The gap is £2,040,000.00.",
        "For no priority: £80,000.00 secured, £0.00 received, £0.00 spent.",
        "Invented figures",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    // In the year £30,000 of the levy came in and stayed.
    let levy = row(
        &table("plans-year"),
        "source",
        "Community infrastructure levy",
    )
    .clone();
    let columns = ["opening_gbp", "received_gbp", "spent_gbp", "closing_gbp"];
    assert_eq!(
        columns.map(|column| sum(&levy, column)),
        [0, 3_000_000, 0, 3_000_000]
    );
}

/// 25 of 40 homes are promised, 10 are there: 15 lack. They are in no sum of pounds.
#[test]
fn units_are_no_pounds() {
    let homes = row(&table("plans-units"), "unit", "affordable homes").clone();
    let columns = ["wanted", "secured", "received", "provided", "gap"];
    assert_eq!(
        columns.map(|column| homes[column].as_str()),
        ["40", "25", "10", "0", "15"]
    );
    assert_eq!(
        sum(
            row(&table("plans-funding"), "priority_code", "homes"),
            "secured_gbp"
        ),
        0
    );
}

/// The account has £115,000 of youth work in the town; the £60,000 of the bonus are the council's payment to the trust,
/// which both have: they are not added again.
#[test]
fn what_is_spent_already_stands_beside_the_wish_once() {
    let hub = &table("plans-spent-here")[0];
    let figure = (planned().cube.ask())
        .activity("youth-work")
        .locality("town")
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners)
        .answer()
        .unwrap()
        .total;
    assert_eq!(sum(hub, "spent_here_gbp"), figure.amount.get());
    assert_eq!(figure.amount.get(), 11_500_000);
    assert_eq!(sum(hub, "by_register_gbp"), 6_000_000);
    assert_eq!(sum(hub, "in_ledgers_gbp"), 6_000_000);
    assert_eq!(sum(hub, "together_gbp"), 11_500_000);
    let both = &table("plans-in-ledgers")[0];
    assert_eq!(
        (both["reference"].as_str(), both["ledger"].as_str()),
        ("T-1", "council")
    );
    assert_eq!(sum(both, "ledger_gbp"), 6_000_000);
}

/// Pages lead to one another, and a place says what it wants.
#[test]
fn pages_lead_to_plans_and_back() {
    let site = planned();
    let links = |page: &str, to: &str| site.text(page).contains(&format!("href=\"{to}\""));
    for (page, to) in [
        ("index.html", "plans.html"),
        ("place-town.html", "plan-town.html"),
        ("index.html", "plan-ludford.html"),
        ("plans.html", "plan-hills.html"),
        ("plan-hills.html", "plans.html"),
        ("plan-hills.html", "place-hills.html"),
        ("partner-council.html", "plan-town.html"),
        ("data.html", "data/plan-town-by-source.csv"),
    ] {
        assert!(links(page, to), "{page} → {to}");
    }
    let hills = seen(&site.text("place-hills.html"));
    assert!(hills.contains(
        "A path along the brook (The hills, local, under way): estimated cost £30,000.00."
    ));
    assert!(
        !links("place-hills.html", "plan-town.html"),
        "the town's wishes are not the hills'"
    );
    // The last row adds the others up.
    let shown = rows(&site.text("plans.html"), "plans-funding");
    assert_eq!(
        shown.last().unwrap()[..2],
        ["All priorities", "£2,180,000.00"]
    );
}

/// All formats hold the same sums, in the workbook too.
#[test]
fn every_format_holds_the_same() {
    let site = planned();
    let of_csv: Vec<i64> = (table("plans-funding").iter())
        .map(|row| sum(row, "secured_gbp"))
        .collect();
    let frame = Cursor::new(site.bytes("data/plans-funding.parquet").to_vec());
    let frame = ParquetReader::new(frame).finish().unwrap();
    let sums = frame
        .column("secured_pence")
        .unwrap()
        .i64()
        .unwrap()
        .clone();
    assert_eq!(sums.iter().flatten().collect::<Vec<_>>(), of_csv);
    let json: serde_json::Value =
        serde_json::from_slice(site.bytes("data/plans-funding.json")).unwrap();
    let of_json: Vec<i64> = (json["rows"].as_array().unwrap().iter())
        .map(|row| row["secured_gbp"].as_str().map_or(0, pence))
        .collect();
    assert_eq!(of_json, of_csv);
    assert!(!site.bytes("data/plan-town.xlsx").is_empty());
}

/// A reference that no line has is told on the page, with its pounds and what to do.
#[test]
fn findings_stand_on_the_page() {
    let folder = copy();
    let file = folder.path().join("plan-funding.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("T-1", "T-100")).unwrap();
    let world = World::open(folder.path());
    let files = files_for(&world.sources());
    let found = files
        .iter()
        .find(|file| file.path == "data/plans-findings.csv");
    let found = rows_of(&found.unwrap().bytes);
    assert_eq!(found[0]["rule"], "reference-not-in-ledger");
    assert_eq!(sum(&found[0], "at_stake_gbp"), 6_000_000);
    assert_eq!(found[0]["line"], "5");
}

pub fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(pack()).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}

/// Under the policy the register is told, because everybody can read it; what the account has beside it is not, because
/// the trust's closed ledger has a part in it.
#[test]
fn a_release_tells_the_register_and_no_private_money() {
    let files = World::open(pack()).published();
    let bytes = |path: &str| &files.iter().find(|file| file.path == path).unwrap().bytes;
    let hub = rows_of(bytes("data/plan-town-funding.csv"))[0].clone();
    assert_eq!(sum(&hub, "secured_gbp"), 11_000_000);
    let beside = rows_of(bytes("data/plans-spent-here.csv"))[0].clone();
    for column in [
        "spent_here_gbp",
        "in_ledgers_gbp",
        "in_figure_gbp",
        "together_gbp",
    ] {
        assert_eq!(beside[column], "", "{column}");
    }
    assert_eq!(beside["how_known"], "");
    assert_eq!(sum(&beside, "by_register_gbp"), 6_000_000);
}

/// The trust's payments are closed. Whatever they are, every byte of the plans' pages and files is the same: nothing of
/// a private ledger stands in them.
#[test]
fn plans_are_the_same_whatever_private_ledgers_hold() {
    let other = copy();
    let file = other.path().join("charity.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    let changed: Vec<String> = (text.lines().enumerate())
        .map(|(number, line)| match line.rsplit_once(',') {
            Some((before, amount)) if number > 0 && !amount.starts_with('-') => {
                format!("{before},{:.2}", amount.parse::<f64>().unwrap() + 1_000.0)
            }
            _ => line.to_owned(),
        })
        .collect();
    assert_ne!(changed.join("\n") + "\n", text, "some payments changed");
    std::fs::write(&file, changed.join("\n") + "\n").unwrap();
    let [one, two] = [pack(), other.path()].map(|folder| World::open(folder).published());
    let plans = |files: &[SiteFile]| -> Vec<(String, Vec<u8>)> {
        let own = |file: &&SiteFile| file.path.starts_with("data/plan");
        let files = files.iter().filter(own);
        files
            .map(|file| (file.path.clone(), file.bytes.clone()))
            .collect()
    };
    let (one, two) = (plans(&one), plans(&two));
    assert!(one.len() > 30, "{} files", one.len());
    for (one, two) in one.iter().zip(&two) {
        assert!(one == two, "{} differs", one.0);
    }
}

/// Where the pack does not say that everybody can read the register, or a ledger that is looked through for its steps
/// is closed, a release has no page of it, and says so.
#[test]
fn a_register_that_is_not_published_is_not_told() {
    let unsaid = copy();
    let closed = copy();
    let edit = |folder: &Path, name: &str, change: &dyn Fn(String) -> String| {
        let file = folder.join(name);
        let text = std::fs::read_to_string(&file).unwrap();
        let changed = change(text.clone());
        assert_ne!(changed, text);
        std::fs::write(&file, changed).unwrap();
    };
    edit(unsaid.path(), "plans.toml", &|text| {
        let kept = text.lines().filter(|line| !line.starts_with("published"));
        kept.collect::<Vec<_>>().join("\n")
    });
    edit(closed.path(), "plans.toml", &|text| {
        text.replace("ledger = \"council\"", "ledger = \"charity\"")
    });
    for folder in [unsaid, closed] {
        let files = World::open(folder.path()).published();
        assert!(!files.iter().any(|file| file.path.contains("plan")));
        let method = files
            .iter()
            .find(|file| file.path == "method.html")
            .unwrap();
        let method = String::from_utf8(method.bytes.clone()).unwrap();
        assert!(method.contains("place plans: what places want, and who pays for it"));
    }
}

/// A pack without plans has no page of them and no way to one.
#[test]
fn a_pack_without_plans_says_nothing_of_them() {
    for (path, page) in sample().pages() {
        assert!(!path.starts_with("plan"), "{path}");
        assert!(!page.contains("href=\"plan"), "{path}");
    }
}
