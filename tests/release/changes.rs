//! What a release changed since an earlier one: figures worked out by hand from one line of a ledger that is another.

use crate::release::site::{Built, Row, files_for, seen, year_of_partners};
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;
use wholeplace::account::PlaceAccount;
use wholeplace::cube::Cube;
use wholeplace::disclosure::{DisclosurePolicy, Register};
use wholeplace::place::Place;
use wholeplace::report::{
    EarlierRelease, Publication, ReportError, ReportScope, SiteFile, SiteRegisters, SiteSources,
};

/// The sample, in which texts of files are replaced.
fn pack(edits: &[(&str, &str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/partners"
    ));
    for entry in std::fs::read_dir(sample).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    for (name, from, to) in edits {
        let file = folder.path().join(name);
        let text = std::fs::read_to_string(&file).unwrap();
        assert!(text.contains(from), "{name}: {from}");
        std::fs::write(&file, text.replace(from, to)).unwrap();
    }
    folder
}

struct World {
    account: PlaceAccount,
    cube: Cube,
    scope: ReportScope,
    _folder: TempDir,
}

impl World {
    fn open(edits: &[(&str, &str, &str)]) -> Self {
        let folder = pack(edits);
        let place = Place::open(folder.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        Self {
            cube: Cube::build(&account).unwrap(),
            account,
            scope: year_of_partners(),
            _folder: folder,
        }
    }

    fn sources<'a>(&'a self, earlier: Option<&'a EarlierRelease>) -> SiteSources<'a> {
        SiteSources {
            registers: SiteRegisters {
                earlier,
                ..SiteRegisters::default()
            },
            ..SiteSources::of(&self.cube, &self.scope)
        }
    }

    fn files(&self, earlier: Option<&EarlierRelease>) -> Vec<SiteFile> {
        files_for(&self.sources(earlier))
    }

    /// A release under the policy, over earlier ones.
    fn release(
        &self,
        earlier: Option<&EarlierRelease>,
        registers: &[Register],
    ) -> Result<(Vec<SiteFile>, Register), ReportError> {
        let policy = DisclosurePolicy::open(self.account.place()).unwrap();
        let sources = self.sources(earlier);
        let publication =
            Publication::prepare_over(&sources, &self.account, &policy, registers, &|_, _| ())?;
        let mut files = Vec::new();
        let certificate = publication.each_file(jiff::civil::date(2026, 11, 30), |file| {
            files.push(file);
            Ok::<(), ReportError>(())
        })?;
        let register = publication.register(&self.account, &certificate)?;
        Ok((files, register))
    }
}

fn written(files: &[SiteFile]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    for file in files {
        std::fs::write(folder.path().join(&file.path), &file.bytes).unwrap();
    }
    folder
}

fn table(files: &[SiteFile], name: &str) -> Vec<Row> {
    let path = format!("data/{name}.csv");
    let file = files.iter().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("{path}"));
    let mut csv = csv::Reader::from_reader(file.bytes.as_slice());
    csv.deserialize().map(Result::unwrap).collect()
}

/// £10,000 more for roads.
const EDITS: [(&str, &str, &str); 1] = [("council.csv", ",310000.00", ",320000.00")];

/// A site that is held against an earlier one; the browser looks at it too.
pub fn changed() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let earlier = written(&World::open(&[]).files(None));
        let why = earlier.path().join("why.csv");
        std::fs::write(
            &why,
            "table,column,code,why\nindex-by-partner,partner_code,council,The council restated its roads\n",
        )
        .unwrap();
        let release = EarlierRelease::open(earlier.path()).unwrap();
        let release = release.with_reasons(&why).unwrap();
        let world = World::open(&EDITS);
        Built {
            files: world.files(Some(&release)),
            cube: world.cube,
        }
    })
}

/// A release under the policy of the sample; the browser looks at it too.
pub fn released() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let world = World::open(&[]);
        let (files, _) = world.release(None, &[]).unwrap();
        Built {
            files,
            cube: world.cube,
        }
    })
}

/// £310,000 of roads are £320,000: the council's row of the whole place is £10,000 more, for the reason that is told.
#[test]
fn a_figure_that_is_another_says_what_it_was_and_why() {
    let figures = table(&changed().files, "changes-figures");
    let of = |table: &str, row: &str| {
        let found = figures.iter().find(|one| {
            one["table"].starts_with(table) && one["row"] == row && one["column"] == "spent"
        });
        found.unwrap_or_else(|| panic!("{table}, {row}: {figures:?}"))
    };
    let council = of("Ludford by partner", "Ludford · Ludford Council");
    let pence = |text: &str| crate::release::site::pence(text);
    let differs = pence(&council["now_gbp"]) - pence(&council["before_gbp"]);
    assert_eq!(differs, 1_000_000);
    assert_eq!(council["became"], "changed");
    assert_eq!(council["why"], "The council restated its roads");
    assert!(figures.iter().all(|one| one["became"] == "changed"));
    let others = figures
        .iter()
        .filter(|one| one["table"] != council["table"]);
    assert!(others.into_iter().all(|one| one["why"].is_empty()));
    let tables = table(&changed().files, "changes-tables");
    let by_partner = tables
        .iter()
        .find(|one| one["file"] == "data/index-by-partner.csv");
    assert_eq!(by_partner.unwrap()["rows_added"], "0");
    let page = seen(&changed().text("changes.html"));
    for words in [
        "What changed since the earlier release",
        "Ludford: spending and outcomes, 2024-25",
        "The council restated its roads",
    ] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let package = changed().text("datapackage.json");
    assert!(package.contains("data/changes-figures.csv"));
    assert!(changed().text("index.html").contains("changes.html"));
}

/// Tables that come are told, and those that go; the same site changed nothing.
#[test]
fn tables_that_come_and_go_are_told_and_the_same_site_changed_nothing() {
    let world = World::open(&[]);
    let earlier = written(&world.files(None));
    let release = EarlierRelease::open(earlier.path()).unwrap();
    let again = world.files(Some(&release));
    let page = again
        .iter()
        .find(|file| file.path == "changes.html")
        .unwrap();
    let page = seen(std::str::from_utf8(&page.bytes).unwrap());
    assert!(page.contains("Nothing is other than it was"), "{page}");
    assert!(
        again
            .iter()
            .all(|file| file.path != "data/changes-figures.csv")
    );
    // A site with the tables of families has some more, and back again some fewer.
    let families = wholeplace::families::Families::open(world.account.place()).unwrap();
    let mut sources = world.sources(Some(&release));
    sources.registers.families = Some(&families);
    let more = files_for(&sources);
    let tables = table(&more, "changes-tables");
    assert_eq!(tables.len(), 5);
    assert!(tables.iter().all(|one| one["became"] == "added"));
    let more = written(&more);
    let release = EarlierRelease::open(more.path()).unwrap();
    let tables = table(&world.files(Some(&release)), "changes-tables");
    assert_eq!(tables.len(), 5, "those of changes are none of them");
    assert!(tables.iter().all(|one| one["became"] == "withdrawn"));
}

/// A folder is taken as it was released, and reasons say something.
#[test]
fn faults_are_told_file_by_file() {
    let files = World::open(&[]).files(None);
    let earlier = written(&files);
    let path = earlier.path().join("data/index-by-partner.csv");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("council", "counsel")).unwrap();
    std::fs::remove_file(earlier.path().join("data/index-by-place.csv")).unwrap();
    let said = EarlierRelease::open(earlier.path())
        .unwrap_err()
        .to_string();
    for words in [
        "data/index-by-partner.csv",
        "somebody changed it since",
        "data/index-by-place.csv",
        "it cannot be read",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let none = tempfile::tempdir().unwrap();
    let said = EarlierRelease::open(none.path()).unwrap_err().to_string();
    assert!(said.contains("name the folder of a site"), "{said}");
    let earlier = written(&files);
    let release = EarlierRelease::open(earlier.path()).unwrap();
    let why = earlier.path().join("why.csv");
    let with = |text: &str| {
        std::fs::write(&why, text).unwrap();
        let error = release.clone().with_reasons(&why).unwrap_err();
        error.to_string()
    };
    let said = with("table,column,code,why\n,partner_code,,because\n,,,\n");
    for words in [
        "why.csv:2",
        "without a code",
        "why.csv:3",
        "it says nothing",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = with(
        "table,column,code,why\nindex-by-partners,partner_code,council,because\nindex-by-partner,partner,council,because\n,town_code,x,because\nindex-by-partner,partner_code,council,because, and so on\n",
    );
    for words in [
        "why.csv:2: table: the earlier release has no table `index-by-partners`; did you mean `index-by-partner`",
        "why.csv:3: column: `partner` is no column of the table `index-by-partner`; did you mean",
        "why.csv:4: column: `town_code` is a column of no table of the earlier release",
        "why.csv:5: why: the row has 5 cells, and there are 4 columns",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = release.clone().with_reasons(Path::new("nowhere.csv"));
    let said = said.unwrap_err().to_string();
    assert!(
        said.starts_with("cannot read the reasons in `nowhere.csv`"),
        "{said}"
    );
    let said = with("table,reason\na,b\n");
    assert!(said.contains("write table, column, code, why"), "{said}");
}

/// Under a policy only a published site counts, and no number is told that the new release does not tell itself.
#[test]
fn a_release_is_held_against_a_published_one_and_tells_no_number_anew() {
    let world = World::open(&[]);
    let internal = written(&world.files(None));
    let (files, register) = world.release(None, &[]).unwrap();
    let published = written(&files);
    let after = World::open(&EDITS);
    let internal = EarlierRelease::open(internal.path()).unwrap();
    let said = after
        .release(Some(&internal), std::slice::from_ref(&register))
        .unwrap_err()
        .to_string();
    assert!(said.contains("no register of an earlier edition"), "{said}");
    let release = EarlierRelease::open(published.path()).unwrap();
    assert!(after.release(Some(&release), &[]).is_err());
    let (now, _) = after.release(Some(&release), &[register]).unwrap();
    let figures = table(&now, "changes-figures");
    let became = |what: &'static str| figures.iter().filter(move |one| one["became"] == what);
    assert!(became("changed").count() > 0);
    for one in became("withdrawn") {
        assert_eq!(one["before_gbp"], "");
        assert_eq!(one["before"], "");
    }
    // Each sum that is said stands in a table of one of the two releases.
    let all = |files: &[SiteFile]| {
        let tables = files.iter().filter(|file| file.path.ends_with(".csv"));
        let others = tables.filter(|file| !file.path.contains("changes-"));
        let texts = others.map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
        texts.collect::<String>()
    };
    let (before, after) = (all(&files), all(&now));
    for one in &figures {
        assert!(before.contains(&one["before_gbp"]), "{one:?}");
        assert!(after.contains(&one["now_gbp"]), "{one:?}");
    }
}
