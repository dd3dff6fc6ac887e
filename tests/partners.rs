//! Small places of partners who pay each other, written as the tables an accountant would draw.
//!
//! ```text
//! ledger  | when       | pounds | kind     | other   | for   | where
//! pcc     | 2024-25    | 150    | grant    | council | youth | county
//! council | 2025-03-28 | -150   | grant    | pcc     | youth | county
//! council | 2024-25    | 60     |          |         | youth | north
//! ```
//!
//! A kind `by-rule` gets no rule here: the rest of the pack has one.
//! A negative amount with a partner on the other side is income from it. Columns after `other` may
//! be left out; after `where` come a reference, and a resource that is not cash. Each ledger
//! becomes a file of its own, each partner and kind a rule.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use tempfile::TempDir;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::Phase;
use wholeplace::cube::{Answer, By, Cube, Question};
use wholeplace::place::Place;

/// A place that was built, and its files, which explanations read again.
pub struct Built {
    _folder: TempDir,
    pub account: PlaceAccount,
    pub cube: Cube,
}

const PLACE: &str = r#"[place]
name = "Partners"
locality = "county"

[[localities]]
rows = [
    { code = "county" },
    { code = "north", level = "area", parent = "county" },
    { code = "south", level = "area", parent = "county" },
]

[[activities]]
rows = [
    { code = "everything", level = "all" },
    { code = "youth", level = "theme", parent = "everything" },
    { code = "roads", level = "theme", parent = "everything" },
]

[[groups]]
rows = [{ code = "everyone" }]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ rows = [
    { locality = "north", ages = "0-15", mass = "10" },
    { locality = "north", ages = "16+", mass = "20" },
    { locality = "south", ages = "0-15", mass = "30" },
    { locality = "south", ages = "16+", mass = "40" },
] }]

[[sharing]]
driver = "people"
"#;

/// Builds the place of a table; `more` is added to its `place.toml`.
pub fn place(table: &str, more: &str) -> Built {
    try_place(table, more).unwrap_or_else(|error| panic!("{error}"))
}

/// As [`place`], or why the pack does not open.
pub fn try_place(table: &str, more: &str) -> Result<Built, wholeplace::Error> {
    let folder = tempfile::tempdir().unwrap();
    let mut partners: BTreeSet<String> = BTreeSet::new();
    let mut files: BTreeMap<String, String> = BTreeMap::new();
    let mut in_kind: BTreeSet<String> = BTreeSet::new();
    let mut rules: BTreeSet<(String, String, &str)> = BTreeSet::new();
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let cell = |i: usize| cells.get(i).copied().unwrap_or("");
        let (ledger, when, pounds, kind, other) = (cell(0), cell(1), cell(2), cell(3), cell(4));
        let (activity, locality) = (cell(5), cell(6));
        partners.insert(ledger.to_owned());
        let (date, year) = match when.len() {
            10 => (when, ""),
            _ => ("", when),
        };
        let side = if pounds.starts_with('-') {
            "payee"
        } else {
            "payer"
        };
        if !other.is_empty() {
            partners.insert(other.to_owned());
        }
        // What the rest of the pack has a rule of its own for is called `by-rule`.
        if !other.is_empty() && kind != "by-rule" {
            rules.insert((other.to_owned(), kind.to_owned(), side));
        }
        let or = |text: &str, otherwise: &str| match text {
            "" => otherwise.to_owned(),
            text => text.to_owned(),
        };
        let file = files.entry(ledger.to_owned()).or_insert_with(|| {
            "date,year,pounds,kind,other,for,where,reference,resource\n".to_owned()
        });
        writeln!(
            file,
            "{date},{year},{pounds},{},{other},{},{},{},{}",
            if other.is_empty() {
                String::new()
            } else {
                format!("{side} {kind}")
            },
            or(activity, "everything"),
            or(locality, "county"),
            cell(7),
            or(cell(8), "cash"),
        )
        .unwrap();
        if !cell(8).is_empty() {
            in_kind.insert(ledger.to_owned());
        }
    }
    let mut toml = PLACE.to_owned();
    let mut names: Vec<String> = partners.iter().cloned().collect();
    // Partners that only the rest of the pack names.
    for word in more.split('"').skip(1).step_by(2) {
        if let Some(name) = word.strip_prefix("new:") {
            names.push(name.to_owned());
        }
    }
    let more = more.replace("new:", "");
    names.sort();
    let rows: Vec<String> = names
        .iter()
        .map(|name| format!("{{ code = \"{name}\" }}"))
        .collect();
    writeln!(toml, "\n[[partners]]\nrows = [{}]", rows.join(", ")).unwrap();
    for (other, kind, side) in &rules {
        writeln!(
            toml,
            "\n[[counterparty]]\nrows = [{{ ledger = \"every\", match = \"exact\", text = \"{other}\", \
             and_code = \"kind\", and_text = \"{side} {kind}\", side = \"{side}\", \
             partner = \"{other}\", kind = \"{kind}\" }}]"
        )
        .unwrap();
    }
    for (ledger, text) in &files {
        std::fs::write(folder.path().join(format!("{ledger}.csv")), text).unwrap();
        writeln!(
            toml,
            r#"
[[ledger]]
id = "{ledger}"
name = "{ledger}"
source = "made up"
basis = "made up"
phase = "outturn"
files = ["{ledger}.csv"]

[ledger.layout]
amount = ["pounds"]
date = ["date"]
period = ["year"]
years = "financial"
codes.counterparty = ["other"]
codes.kind = ["kind"]
codes.activity = ["for"]
codes.locality = ["where"]
codes.reference = ["reference"]
codes.resource = ["resource"]

[ledger.axes]
partner = {{ always = "{ledger}" }}
activity = {{ by = "code" }}
ages = {{ always = "all" }}
group = {{ always = "everyone" }}
locality = {{ by = "code" }}"#
        )
        .unwrap();
        if in_kind.contains(ledger) {
            toml.push_str("\nresource = { by = \"code\" }\n");
        }
    }
    toml.push_str(&more);
    std::fs::write(folder.path().join("place.toml"), &toml).unwrap();
    open(folder)
}

/// Reads the pack in a folder.
pub fn open(folder: TempDir) -> Result<Built, wholeplace::Error> {
    let place = Place::open(folder.path())?;
    let account = PlaceAccount::load(&place)?;
    let cube = Cube::build(&account)?;
    Ok(Built {
        _folder: folder,
        account,
        cube,
    })
}

impl Built {
    /// A question about a year, inside a boundary: `all-partners` or names with commas.
    pub fn ask(&self, boundary: &str, year: &str) -> Question<'_> {
        (self.cube.ask().phase(Phase::Outturn))
            .period(year.parse().unwrap())
            .boundary(boundary.parse::<Boundary>().unwrap())
    }

    /// The answer in pounds, as `total; eliminated 240, agency 5` and so on.
    pub fn total(&self, boundary: &str, year: &str) -> String {
        words(&self.ask(boundary, year).answer().unwrap())
    }

    /// The rows by one axis, as `council 60, pcc 250`.
    pub fn by(&self, boundary: &str, year: &str, by: &str) -> String {
        let by: By = by.parse().unwrap();
        let answer = self.ask(boundary, year).by([by]).answer().unwrap();
        let rows: Vec<String> = (answer.rows.iter())
            .filter(|row| !row.figure.is_nothing())
            .map(|row| format!("{} {}", row.keys[0].code, row.figure.amount.to_plain()))
            .map(|row| row.replace(".00", ""))
            .collect();
        rows.join(", ")
    }
}

/// A total with what stands beside it.
pub fn words(answer: &Answer) -> String {
    assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
    let beside: Vec<String> = (answer.total.beside.iter())
        .map(|(what, sum)| format!("{what} {}", sum.amount.to_plain()))
        .collect();
    format!("{}; {}", answer.total.amount.to_plain(), beside.join(", ")).replace(".00", "")
}
