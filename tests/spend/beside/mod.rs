//! What stands beside cash and beside a total: how free money is to move, what is given in kind,
//! overlaps of partners, pooled funds, and how a figure is explained.
//!
//! - `everything`: all of it at once: saved, as a frame, merged, by both engines
//! - `explained`: how a figure is explained: its shares multiply to the row
//! - `flexibility`: how free money is, and when it becomes free
//! - `in_kind`: what is given in kind stands beside cash and is never added to it
//! - `overlaps`: where partners do the same for the same people, and where nobody does
//! - `pools`: pooled funds and openings

mod everything;
mod explained;
mod flexibility;
mod in_kind;
mod overlaps;
mod pools;

use crate::fixtures::partners::{Built, open, words};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use wholeplace::account::FundingError;
use wholeplace::axis::{Ages, Evidence, Period, Phase, Resource};
use wholeplace::cube::group::{CodedLines, Polars, Reference};
use wholeplace::cube::{
    Answer, AskError, By, Contribution, Cube, Explanation, Memorandum, Movable, OverlapScope,
    Overlaps, Question,
};
use wholeplace::money::Pence;

const PLACE: &str = r#"[place]
name = "Beside"
locality = "county"
age_bands = ["0-15", "16+"]

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
    { code = "clubs", level = "activity", parent = "youth" },
    { code = "roads", level = "theme", parent = "everything" },
]

[[groups]]
rows = [{ code = "everyone" }]

[[tags]]
rows = [{ code = "ageing-well", name = "Ageing well" }]

[[partners]]
rows = [
    { code = "council" },
    { code = "nhs" },
    { code = "police" },
    { code = "charity" },
    { code = "pool" },
    { code = "ministry" },
]

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

[[ledger]]
id = "book"
name = "All partners in one book"
source = "made up"
basis = "hours × £25.00"
phase = "outturn"
files = ["book.csv"]

[ledger.layout]
amount = ["pounds"]
period = ["year"]
years = "financial"

[ledger.layout.codes]
partner = ["partner"]
activity = ["for"]
locality = ["where"]
ages = ["ages"]
flexibility = ["how"]
resource = ["what"]
counterparty = ["other"]
kind = ["kind"]
tag = ["plan"]

[ledger.axes]
partner = { by = "code" }
activity = { by = "code" }
locality = { by = "code" }
ages = { by = "code" }
group = { always = "everyone" }
flexibility = { by = "code" }
resource = { by = "code" }
tag = { by = "code" }
"#;

/// The columns of the book, with what stands there when a table leaves them out.
const COLUMNS: [(&str, &str); 11] = [
    ("partner", ""),
    ("year", "2024-25"),
    ("pounds", ""),
    ("for", "everything"),
    ("where", "county"),
    ("ages", "all"),
    ("how", "not-stated"),
    ("what", "cash"),
    ("kind", ""),
    ("other", ""),
    ("plan", ""),
];

/// Builds the place of a table whose first row names its columns. A payment with a negative sign
/// is income. `more` is added to `place.toml`.
fn place(table: &str, more: &str) -> Built {
    let mut lines = (table.lines().map(str::trim)).filter(|line| !line.is_empty());
    let head: Vec<&str> = lines.next().unwrap().split('|').map(str::trim).collect();
    for name in &head {
        assert!(COLUMNS.iter().any(|(column, _)| column == name), "{name}");
    }
    let mut book: String = COLUMNS.map(|(column, _)| column).join(",") + "\n";
    let mut rules: BTreeSet<String> = BTreeSet::new();
    for line in lines {
        let row: BTreeMap<&str, &str> = (head.iter().copied())
            .zip(line.split('|').map(str::trim))
            .collect();
        let cell = |column: &str, otherwise| match row.get(column).copied().unwrap_or("") {
            "" => otherwise,
            text => text,
        };
        let side = match cell("pounds", "").starts_with('-') {
            true => "payee",
            false => "payer",
        };
        let (kind, other) = (cell("kind", ""), cell("other", ""));
        let cells = COLUMNS.map(|(column, otherwise)| match column {
            "kind" if !other.is_empty() => format!("{side} {kind}"),
            column => cell(column, otherwise).to_owned(),
        });
        writeln!(book, "{}", cells.join(",")).unwrap();
        // What the rest of the pack has a rule of its own for is called `by-rule`.
        if !other.is_empty() && kind != "by-rule" {
            rules.insert(format!(
                "\n[[counterparty]]\nrows = [{{ ledger = \"book\", match = \"exact\", text = \"{other}\", \
                 and_code = \"kind\", and_text = \"{side} {kind}\", side = \"{side}\", \
                 partner = \"{other}\", kind = \"{kind}\" }}]\n"
            ));
        }
    }
    let rules: String = rules.into_iter().collect();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("book.csv"), book).unwrap();
    std::fs::write(
        folder.path().join("place.toml"),
        format!("{PLACE}{rules}{more}"),
    )
    .unwrap();
    open(folder).unwrap_or_else(|error| panic!("{error}"))
}

fn sums(rows: &Answer) -> Vec<String> {
    (rows.rows.iter())
        .map(|row| {
            let keys: Vec<&str> = row.keys.iter().map(|key| key.code.as_str()).collect();
            format!("{} {}", keys.join(" "), row.figure.amount)
        })
        .collect()
}

/// What moves when, as `now 40 40` and so on.
fn steps(movable: &Movable) -> Vec<String> {
    (movable.free.iter())
        .map(|step| {
            let (amount, by_then) = (step.amount.to_plain(), step.by_then.to_plain());
            format!("{} {amount} {by_then}", step.after)
        })
        .collect()
}

/// All of a total is free at some time, statutory or not stated.
fn adds_up(movable: &Movable) {
    let free = movable.free.iter().map(|step| step.amount);
    let all = free.chain([movable.statutory, movable.not_stated]);
    assert_eq!(Pence::total(all).unwrap(), movable.total);
    let last = movable.free.last().unwrap().by_then;
    assert_eq!(
        Pence::total([last, movable.statutory, movable.not_stated]).unwrap(),
        movable.total
    );
}

fn pool(rule: &str) -> String {
    format!(
        "
[[pool]]
partner = \"pool\"
host = \"council\"
agreement = \"Made up, section 75, 1 April 2023\"
rule = \"{rule}\"
"
    )
}

/// Without spaces at the ends of lines, which editors take away.
fn trimmed(text: &impl std::fmt::Display) -> String {
    let text = text.to_string();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn opening(partner: &str, pounds: &str) -> String {
    format!(
        "
[[opening]]
partner = \"{partner}\"
year = \"2023-24\"
pounds = \"{pounds}\"
source = \"made up\"
"
    )
}

const GIVEN: &str = r#"
[[in_kind]]
rows = [{ partner = "charity", activity = "youth", ages = "10-15", locality = "north", period = "2024-25", phase = "outturn", resource = "volunteer-time", quantity = "1200.5", unit = "hours", basis = "signed in" }]
"#;
