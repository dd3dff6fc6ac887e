//! The site: its pages against what the cube answers, its files against one another, and what a
//! hostile pack may do to it.

use crate::fixtures::shared;
use calamine::{Data, Reader, Xlsx};
use polars::prelude::{ParquetReader, SerReader};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::path::Path;
use std::sync::OnceLock;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::appraisal::Proposals;
use wholeplace::appraisal::contract::{Contracts, Register};
use wholeplace::appraisal::scenario::Scenarios;
use wholeplace::appraisal::uncertain::Seeded;
use wholeplace::axis::Phase;
use wholeplace::cube::{By, Cube, Question};
use wholeplace::disclosure::Released;
use wholeplace::indicator::Indicators;
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::polars;
use wholeplace::report::{
    ReportScope, Site, SiteContracts, SiteFile, SiteOutcomes, SiteProposals, SiteSources,
    site_files,
};
use wholeplace::statistic::{Confidence, Simulation};

/// A cube and the files of its site.
pub struct Built {
    pub cube: Cube,
    pub files: Vec<SiteFile>,
}

impl Built {
    pub fn bytes(&self, path: &str) -> &[u8] {
        let file = self.files.iter().find(|file| file.path == path);
        &file.unwrap_or_else(|| panic!("there is no {path}")).bytes
    }

    /// The rows of a table that has some.
    pub fn table(&self, name: &str) -> Vec<Row> {
        let rows = rows_of(self.bytes(&format!("data/{name}.csv")));
        assert!(!rows.is_empty(), "{name} has rows");
        rows
    }

    pub fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path).to_vec()).expect("UTF-8")
    }

    pub fn pages(&self) -> impl Iterator<Item = (&str, String)> {
        let pages = (self.files.iter()).filter(|file| file.path.ends_with(".html"));
        pages.map(|file| (file.path.as_str(), self.text(&file.path)))
    }

    fn question(&self) -> Question<'_> {
        let place = self.cube.place();
        let county = place.axes().localities.code(place.locality());
        let asked = self.cube.ask().locality(county).phase(Phase::Outturn);
        let asked = asked.period("2017-18".parse().unwrap());
        asked.boundary(Boundary::AllPartners)
    }
}

pub const TERMS: &str = "For internal use: a test.";

/// A row of a table: cells by the names of columns.
pub type Row = BTreeMap<String, String>;

/// The rows of a CSV.
pub fn rows_of(bytes: &[u8]) -> Vec<Row> {
    let mut csv = csv::Reader::from_reader(bytes);
    csv.deserialize().map(Result::unwrap).collect()
}

/// The files of a site for internal use.
pub fn files_for(sources: &SiteSources<'_>) -> Vec<SiteFile> {
    let site = Site::build(sources).unwrap();
    site_files(&Released::for_internal_use(site, "a test").unwrap()).unwrap()
}

/// The year of the sample of partners, by area and theme.
pub fn year_of_partners() -> ReportScope {
    ReportScope {
        level: "area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2024-25".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    }
}

/// Builds the site of a pack as the example does.
pub fn build(pack: &Path, data: Option<&Path>) -> Built {
    let place = match data {
        Some(data) => Place::open_with_data(pack, data),
        None => Place::open(pack),
    };
    let place = place.expect("the pack opens");
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let indicators = Indicators::open(&place).unwrap();
    let outlines = place.outlines().unwrap();
    let proposals = (place.appraisal_file()).map(|_| Proposals::open(&place).unwrap());
    let scenarios = (place.appraisal_file()).map(|_| Scenarios::open(&place).unwrap());
    let contracts = proposals.as_ref().map(|proposals| {
        let contracts = Contracts::open(proposals).unwrap();
        let register = Register::open(&contracts).unwrap();
        (contracts, register)
    });
    let scope = ReportScope {
        level: "place-plan-area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2017-18".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources {
        cube: &cube,
        scope: &scope,
        outcomes: Some(SiteOutcomes {
            indicators: &indicators,
            confidence: Confidence::new(0.95).unwrap(),
            simulation: Simulation::new(1_000, 7).unwrap(),
        }),
        proposals: proposals.as_ref().map(|proposals| SiteProposals {
            proposals,
            drawn: Some(Seeded::new(2_000, 7).unwrap()),
        }),
        scenarios: scenarios.as_ref(),
        contracts: (contracts.as_ref()).map(|(contracts, register)| SiteContracts {
            contracts,
            register: Some(register),
        }),
        registers: Default::default(),
        account: Some(&account),
        outlines: outlines.as_ref(),
    };
    let site = Site::build(&sources).unwrap();
    let site = Released::for_internal_use(site, "a test").unwrap();
    let files = site_files(&site).unwrap();
    Built { cube, files }
}

fn sample_folder() -> &'static Path {
    Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/data/shropshire"
    ))
}

pub fn sample() -> &'static Built {
    static SAMPLE: OnceLock<Built> = OnceLock::new();
    SAMPLE.get_or_init(|| build(sample_folder(), None))
}

/// What a reader sees of markup.
pub fn seen(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let text = text.replace("&amp;", "&").replace("&lt;", "<");
    text.replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
}

/// The rows of a table of a page: the text of each cell.
pub fn rows(page: &str, table: &str) -> Vec<Vec<String>> {
    let (_, rest) = page
        .split_once(&format!("<table id=\"{table}\""))
        .unwrap_or_else(|| panic!("there is no table {table}"));
    let (table, _) = rest.split_once("</table>").unwrap();
    let cells = |row: &str| -> Vec<String> {
        row.split("</t")
            .filter(|cell| cell.contains("<t"))
            .map(|cell| {
                let start = cell.rfind("<td").max(cell.rfind("<th")).unwrap();
                seen(&cell[start..]).trim().to_owned()
            })
            .collect()
    };
    table
        .split("</tr>")
        .filter(|row| row.contains("<t"))
        .map(cells)
        .collect()
}

pub fn pence(pounds: &str) -> i64 {
    let plain: String = pounds.chars().filter(|c| !"£,".contains(*c)).collect();
    let (whole, part) = plain.split_once('.').unwrap_or_else(|| panic!("{pounds}"));
    format!("{whole}{part}")
        .parse()
        .unwrap_or_else(|_| panic!("{pounds}"))
}

/// The figures of the pages are those of the cube, asked again one by one.
#[test]
fn figures_on_the_pages_are_those_that_the_cube_answers() {
    let site = sample();
    let mut compared = 0;
    for (axis, by) in [
        ("activity", By::Activity(Some("theme".to_owned()))),
        ("partner", By::Partner),
        ("ages", By::Ages(None)),
    ] {
        let answer = site
            .question()
            .by([By::Locality("place-plan-area".to_owned()), by])
            .answer()
            .unwrap();
        for code in ["ludlow", "shrewsbury", "bishops-castle"] {
            let page = site.text(&format!("place-{code}.html"));
            let shown = rows(&page, &format!("place-{code}-by-{axis}"));
            let asked: Vec<(String, i64)> = (answer.rows.iter())
                .filter(|row| row.keys[0].code == code && row.figure.lines > 0)
                .map(|row| (row.keys[1].name.clone(), row.figure.amount.get()))
                .collect();
            let body = &shown[1..shown.len() - 1];
            let shown: Vec<(String, i64)> = (body.iter())
                .map(|cells| (cells[0].clone(), pence(&cells[1])))
                .collect();
            let sorted = |mut rows: Vec<(String, i64)>| {
                rows.sort();
                rows
            };
            compared += shown.len();
            assert_eq!(sorted(shown), sorted(asked), "{code} by {axis}");
        }
    }
    assert!(compared > 40, "{compared} cells were compared");
}

/// Tables of a page add up to their total, to the penny, as they are shown.
#[test]
fn tables_on_every_page_add_up_to_their_totals() {
    let mut tables = 0;
    for (path, page) in sample().pages() {
        for part in page.split("<table id=\"").skip(1) {
            let name = part.split('"').next().unwrap();
            if !part.split("</table>").next().unwrap().contains("<tfoot") {
                continue;
            }
            let shown = rows(&page, name);
            let column = shown[0]
                .iter()
                .position(|heading| heading == "spent")
                .unwrap();
            let sums = || shown[1..].iter().map(|row| pence(&row[column]));
            let total = sums().next_back().unwrap();
            assert_eq!(sums().sum::<i64>() - total, total, "{path} {name}");
            tables += 1;
        }
    }
    assert!(tables > 80, "{tables} tables were added up");
}

/// What the CSV holds is what the cube says, and all formats hold the same.
#[test]
fn every_format_of_a_table_gives_the_same_pence() {
    let site = sample();
    let answer = site
        .question()
        .by([
            By::Locality("place-plan-area".to_owned()),
            By::Partner,
            By::Activity(Some("theme".to_owned())),
        ])
        .answer()
        .unwrap();
    let asked: Vec<i64> = answer
        .rows
        .iter()
        .map(|row| row.figure.amount.get())
        .collect();
    let mut csv = csv::Reader::from_reader(site.bytes("data/spending.csv"));
    let headings = csv.headers().unwrap().clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let records: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
    let statuses: BTreeSet<&str> = records.iter().map(|row| &row[column("status")]).collect();
    assert!(
        statuses.is_subset(&BTreeSet::from(["value", "zero", "nothing-recorded"])),
        "{statuses:?}"
    );
    let read: Vec<i64> = (records.iter())
        .map(|row| match &row[column("status")] {
            "nothing-recorded" => 0,
            _ => pence(&row[column("amount_gbp")]),
        })
        .collect();
    assert_eq!(read, asked);
    assert_eq!(read.iter().sum::<i64>(), answer.total.amount.get());
    for row in &records {
        let classes = [
            "direct_gbp",
            "driver_gbp",
            "population_gbp",
            "judgement_gbp",
        ];
        let of_classes: i64 = classes.iter().map(|name| pence(&row[column(name)])).sum();
        let amount = &row[column("amount_gbp")];
        assert_eq!(
            of_classes,
            if amount.is_empty() { 0 } else { pence(amount) }
        );
        assert_eq!(&row[column("terms")], TERMS);
    }

    let frame = ParquetReader::new(Cursor::new(site.bytes("data/spending.parquet").to_vec()));
    let frame = frame.finish().unwrap();
    let sums = frame.column("amount_pence").unwrap().i64().unwrap().clone();
    let of_parquet: Vec<i64> = sums.iter().map(Option::unwrap_or_default).collect();
    assert_eq!(of_parquet, asked);

    let json: serde_json::Value = serde_json::from_slice(site.bytes("data/spending.json")).unwrap();
    assert_eq!(json["terms"], TERMS);
    let of_json: Vec<i64> = (json["rows"].as_array().unwrap().iter())
        .map(|row| row["amount_gbp"].as_str().map_or(0, pence))
        .collect();
    assert_eq!(of_json, asked);

    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(site.bytes("data/index.xlsx").to_vec())).unwrap();
    let names = book.sheet_names();
    assert_eq!(names[0], "Notes");
    let sheet = book.worksheet_range(names.last().unwrap()).unwrap();
    let amount = sheet
        .rows()
        .next()
        .unwrap()
        .iter()
        .position(|cell| *cell == Data::String("amount_gbp".into()));
    let of_excel: Vec<i64> = (sheet.rows().skip(1))
        .map(|row| match row[amount.unwrap()] {
            Data::Float(pounds) => (100.0 * pounds).round() as i64,
            Data::Empty => 0,
            ref other => panic!("{other:?} is not a number"),
        })
        .collect();
    assert_eq!(of_excel, asked);
}

/// Numbers of a workbook have a format for pounds, and headings stay in sight.
#[test]
fn workbooks_have_formats_frozen_headings_and_notes() {
    let site = sample();
    let books = site
        .files
        .iter()
        .filter(|file| file.path.ends_with(".xlsx"));
    assert!(books.clone().count() > 19, "a workbook a place");
    for code in ["index", "place-ludlow"] {
        let bytes = site.bytes(&format!("data/{code}.xlsx")).to_vec();
        let mut parts = zip_texts(&bytes);
        let styles = parts.remove("xl/styles.xml").unwrap();
        assert!(styles.contains("£#,##0.00;-£#,##0.00"), "{styles}");
        let sheet = parts.remove("xl/worksheets/sheet2.xml").unwrap();
        assert!(sheet.contains("state=\"frozen\""), "{sheet}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
        let notes = book.worksheet_range("Notes").unwrap();
        let said: Vec<String> = notes.rows().flatten().map(ToString::to_string).collect();
        assert!(said.iter().any(|cell| cell == TERMS));
        assert!(
            said.iter()
                .any(|cell| cell.contains("Open Government Licence"))
        );
    }
}

/// The texts in a workbook, by their names: enough of the format to look into our own.
fn zip_texts(bytes: &[u8]) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("book.zip");
    std::fs::write(&file, bytes).unwrap();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    let mut texts = BTreeMap::new();
    for i in 0..zip.len() {
        let mut entry = zip.by_index(i).unwrap();
        let mut text = String::new();
        let name = entry.name().unwrap().into_owned();
        std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
        texts.insert(name, text);
    }
    texts
}

/// The descriptor names every CSV with the columns it has, and nothing else.
#[test]
fn the_data_package_describes_the_files_that_are_there() {
    let site = sample();
    let package: serde_json::Value =
        serde_json::from_slice(site.bytes("datapackage.json")).unwrap();
    assert_eq!(package["profile"], "tabular-data-package");
    let mut described = BTreeSet::new();
    for resource in package["resources"].as_array().unwrap() {
        let path = resource["path"].as_str().unwrap();
        let mut csv = csv::Reader::from_reader(site.bytes(path));
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields
            .iter()
            .map(|field| field["name"].as_str().unwrap())
            .collect();
        assert_eq!(
            csv.headers().unwrap().iter().collect::<Vec<_>>(),
            names,
            "{path}"
        );
        assert!(
            described.insert(path.to_owned()),
            "{path} stands there twice"
        );
    }
    // SDMX-CSV has a structure of its own beside it.
    let csvs = (site.files.iter())
        .filter(|file| file.path.ends_with(".csv") && !file.path.ends_with(".sdmx.csv"));
    assert_eq!(
        csvs.map(|file| file.path.clone()).collect::<BTreeSet<_>>(),
        described
    );
    let first = &package["resources"][0];
    assert_eq!(first["name"], "spending");
    let roles: Vec<&str> = (first["schema"]["fields"].as_array().unwrap().iter())
        .filter_map(|field| field["columnType"].as_str())
        .collect();
    assert!(
        roles.contains(&"value") && roles.contains(&"geo:target:code"),
        "{roles:?}"
    );
}

/// Every link leads to a file or to an anchor that is there, and nothing leads out.
#[test]
fn links_resolve_and_nothing_is_fetched_from_elsewhere() {
    let site = sample();
    let mut ids: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, page) in site.pages() {
        let found: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let set: BTreeSet<String> = found.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(set.len(), found.len(), "{path} has an id twice");
        ids.insert(path, set);
    }
    let mut links = 0;
    for (path, page) in site.pages() {
        assert!(
            !page.contains(" src=") && !page.contains("@import") && !page.contains("<script"),
            "{path}"
        );
        for href in page
            .split(" href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            if href == "data:," {
                continue;
            }
            let (file, anchor) = href.split_once('#').unwrap_or((href, ""));
            let file = if file.is_empty() { path } else { file };
            assert!(
                site.files.iter().any(|other| other.path == file),
                "{path} leads to {href}"
            );
            assert!(
                anchor.is_empty() || ids[file].contains(anchor),
                "{path} leads to {href}"
            );
            links += 1;
        }
        for url in page.split("url(").skip(1) {
            assert!(url.starts_with('#'), "{path}: {}", &url[..30]);
        }
    }
    let gaps = rows(&site.text("outcomes.html"), "outcomes-gaps");
    assert!(
        gaps.iter()
            .any(|row| row.contains(&"suppressed".to_owned())),
        "{gaps:?}"
    );
    assert!(links > 2_000, "{links} links were followed");
}

#[test]
fn every_page_says_its_terms_and_is_light() {
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, page) in sample().pages() {
        assert!(page.contains(TERMS), "{path}");
        assert!(page.contains("<html lang=\"en-GB\">"), "{path}");
        assert!(page.len() < 500_000, "{path} has {} bytes", page.len());
        *kinds
            .entry(path.split(['-', '.']).next().unwrap())
            .or_default() += 1;
    }
    assert_eq!(
        (
            kinds["index"],
            kinds["place"],
            kinds["outcome"],
            kinds["made"]
        ),
        (1, 18, 4, 19)
    );
    for one in ["outcomes", "partners", "method", "reconciliation", "data"] {
        assert_eq!(kinds[one], 1, "{one}");
    }
    assert!(kinds["partner"] > 5, "{kinds:?}");
}

#[test]
fn the_same_site_is_the_same_bytes() {
    let again = build(sample_folder(), None);
    for (one, other) in sample().files.iter().zip(&again.files) {
        assert!(one == other, "{} differs", one.path);
    }
    assert_eq!(sample().files.len(), again.files.len());
}

/// Each figure of a place leads to what it is made of, down to the line of a file.
#[test]
fn a_figure_leads_to_the_lines_that_make_it() {
    let site = sample();
    let page = site.text("place-ludlow.html");
    let href = "made-ludlow.html#activity-offender-management";
    assert!(page.contains(&format!("href=\"{href}\"")));
    let made = site.text("made-ludlow.html");
    let (_, part) = made
        .split_once("id=\"activity-offender-management\"")
        .unwrap();
    let said = seen(part.split("</details>").next().unwrap());
    assert!(
        said.contains("children children.csv:8 £126,710.00"),
        "{said}"
    );
    assert!(said.contains("residents, mid-2017"), "{said}");
    assert!(said.contains("rounding the table added"), "{said}");
}

/// Text of a pack stays text, wherever it stands and whatever it is.
#[test]
fn names_in_a_pack_are_escaped_everywhere() {
    let folder = sample_with("localities.csv", "Wem", "Wem");
    let evil = |name: &str| format!("<script>alert('{name}')</script>");
    for (file, name) in [
        ("localities.csv", "Ludlow"),
        ("partners.csv", "West Mercia Police"),
        ("activities.csv", "Fire and rescue"),
        ("indicators.csv", "People in income deprivation"),
        ("outcomes.toml", "Fewer families live in poverty"),
        ("place.toml", "residents, mid-2017"),
        ("proposal-youth-diversion.toml", "Youth diversion in Ludlow"),
        ("unit_values.csv", "made up for this sample"),
    ] {
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(name), "{file} has {name}");
        std::fs::write(&path, text.replace(name, &evil(name))).unwrap();
    }
    let site = build(folder.path(), None);
    let escaped = |name: &str| evil(name).replace('<', "&lt;").replace('>', "&gt;");
    let mut found = 0;
    for (path, page) in site.pages() {
        assert!(!page.contains("<script"), "{path}");
        found += page.matches(&escaped("Ludlow")).count();
    }
    assert!(found > 50, "{found} times");
    let book = site.bytes("data/index.xlsx").to_vec();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let name = book.sheet_names()[1].clone();
    let sheet = book.worksheet_range(&name).unwrap();
    assert!(
        sheet
            .rows()
            .flatten()
            .any(|cell| *cell == Data::String(evil("Ludlow")))
    );
}

/// A folder with the sample in it, one text of one file replaced.
pub fn sample_with(file: &str, from: &str, to: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(sample_folder()).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let path = folder.path().join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has {from}");
    std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    folder
}

/// What is wrong with outlines is told as any fault of a pack is.
#[test]
fn faults_of_outlines_are_told() {
    let told = |file: &str, from: &str, to: &str| {
        let folder = sample_with(file, from, to);
        let opened = Place::open(folder.path());
        let read = opened.and_then(|place| place.outlines());
        read.expect_err("it has a fault").to_string()
    };
    for (file, from, to, expected) in [
        (
            "place.toml",
            "file = \"outlines.geojson\"",
            "file = \"none.geojson\"",
            "there is no file `none.geojson`",
        ),
        (
            "place.toml",
            "file = \"outlines.geojson\"",
            "file = \"../x.geojson\"",
            "leads outside the folder of the pack",
        ),
        (
            "place.toml",
            "file = \"outlines.geojson\"",
            "",
            "outlines need one of `file` and `data`",
        ),
        (
            "place.toml",
            "code = \"code\"\n\n[[act",
            "code = \"area\"\n\n[[act",
            "feature 1 has no text property `area`",
        ),
        (
            "outlines.geojson",
            "\"code\":\"ludlow\"",
            "\"code\":\"ludlov\"",
            "did you mean `ludlow`",
        ),
        (
            "outlines.geojson",
            "FeatureCollection",
            "Features",
            "unreadable-outlines",
        ),
    ] {
        let message = told(file, from, to);
        assert!(message.contains(expected), "{expected}: {message}");
    }
    let without = sample_with("place.toml", "[outlines]", "[place_outlines]");
    assert!(
        Place::open(without.path()).is_err(),
        "an unknown table is refused"
    );
}

/// Borders are thinned once for both neighbours: what one has the other has, and the map has no
/// gaps between places.
#[test]
fn neighbours_on_the_map_share_their_borders() {
    let page = sample().text("index.html");
    let (_, map) = page
        .split_once("<figure class=\"picture\" id=\"map\">")
        .unwrap();
    let (map, _) = map.split_once("</svg>").unwrap();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut paths = 0;
    for path in map
        .split(" d=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
    {
        paths += 1;
        let points: BTreeSet<&str> = path
            .split(['M', 'L', 'Z'])
            .filter(|p| !p.is_empty())
            .collect();
        for point in points {
            *seen.entry(point.to_owned()).or_default() += 1;
        }
    }
    assert_eq!(paths, 18);
    let meeting = seen.values().filter(|&&times| times > 2).count();
    let shared = seen.values().filter(|&&times| times == 2).count();
    assert!(meeting > 12, "{meeting} points where three places meet");
    assert!(
        shared > 300,
        "{shared} points on a border of two, {} in all",
        seen.len()
    );
}

/// What stands between the navigation and the foot of a page.
fn main_of(page: &str) -> &str {
    let (_, main) = page.split_once("<main id=\"main\">").unwrap();
    main.split_once("</main>").unwrap().0
}

/// The words of a page, a line each.
fn words(page: &str) -> String {
    let lines = main_of(page).split('<').map(|part| {
        let (_, text) = part.split_once('>').unwrap_or(("", part));
        seen(text).trim().to_owned()
    });
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// One page's markup, a tag a line, and what a reader sees of two others.
#[test]
fn golden_page_and_texts() {
    let site = sample();
    let partner = site.text("partner-west-mercia-police.html");
    insta::assert_snapshot!("partner_html", main_of(&partner).replace("><", ">\n<"));
    insta::assert_snapshot!("place_text", words(&site.text("place-ludlow.html")));
    let outcome = site.text("outcome-young-people-in-work-or-learning.html");
    insta::assert_snapshot!("outcome_text", words(&outcome));
}

/// The whole published data: the county's page, its 18 places, and what the pack's README counts.
#[test]
fn the_site_of_the_published_data() {
    let Some(data) = shared::folder("shropshire") else {
        return;
    };
    let pack = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/packs/shropshire"
    ));
    let site = build(pack, Some(&data));
    let page = site.text("index.html");
    let places = rows(&page, "index-by-place");
    assert_eq!(places.len(), 20, "headings, 18 places, the county");
    let total = Pence::new(pence(&places[19][1]));
    assert_eq!(total, site.question().answer().unwrap().total.amount);
    for (path, page) in site.pages() {
        assert!(page.len() < 500_000, "{path} has {} bytes", page.len());
    }
    // 18 shapes on the map, each leading to its page.
    let (_, map) = page
        .split_once("<figure class=\"picture\" id=\"map\">")
        .unwrap();
    let (map, _) = map.split_once("</figure>").unwrap();
    assert_eq!(map.matches("<a href=\"place-").count(), 18);
    // Suppressed and missing figures are said where they stand.
    let outcomes = site.text("data/outcomes.csv");
    assert!(outcomes.contains(",not available,") && outcomes.contains(",not collected,"));
    let offending = site.text("outcome-fewer-young-people-offend.html");
    let shown = offending
        .matches("<title>2021-22: not available</title>")
        .count();
    assert_eq!(
        shown, 1,
        "a period without a figure is marked on the picture"
    );
}
