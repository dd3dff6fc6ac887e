//! Packs with faults: each is found, with the rule it breaks, where, and what to do.
//!
//! - `drivers`: drivers and sharing rules
//! - `ledgers`: crosswalk, ledgers, files and tables
//! - `members`: localities, activities, partners and ages

mod drivers;
mod ledgers;
mod members;

use crate::fixtures::packs::{Case, Edit, each_is_found, faults_of, line_of, pack, with_edits};
use std::path::Path;
use wholeplace::finding::Findings;
use wholeplace::place::{Place, PlaceError};

const FILES: [(&str, &str); 5] = [
    ("place.toml", PLACE),
    ("localities.csv", LOCALITIES),
    ("people.csv", PEOPLE),
    ("crosswalk.csv", CROSSWALK),
    (
        "returns.csv",
        "line,body,amount\n190,E1,10.00\n191,E1,20.00\n",
    ),
];

const PLACE: &str = r#"[place]
name = "Small"
locality = "county"
residents = "people"
age_bands = ["0-15", "16+"]

[[localities]]
file = "localities.csv"

[[activities]]
rows = [
    { code = "crime", level = "theme" },
    { code = "youth-justice", level = "activity", parent = "crime" },
    { code = "schools", level = "theme" },
]

[[groups]]
rows = [{ code = "everyone" }, { code = "children", parent = "everyone" }]

[[partners]]
rows = [{ code = "council" }, { code = "police" }]

[[tags]]
rows = [{ code = "care-leaver" }]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{ file = "people.csv" }]

[[sharing]]
activity = "youth-justice"
driver = "people"

[[sharing]]
driver = "people"

[[crosswalk]]
file = "crosswalk.csv"

[[ledger]]
id = "returns"
name = "Returns"
source = "made up"
phase = "outturn"
files = ["returns.csv"]

[ledger.layout]
amount = ["amount"]
codes.activity = ["line"]
codes.partner = ["body"]

[ledger.axes]
partner = { by = "crosswalk" }
activity = { by = "crosswalk" }
ages = { always = "all" }
group = { always = "everyone" }
locality = { always = "county" }
period = { always = "2017-18" }
"#;

const LOCALITIES: &str = "code,name,level,parent,grouping
county,County,county,,
north,North,area,county,
south,South,area,county,
force,Police force,police-force,,force
county,,,force,force
";

const PEOPLE: &str = "locality,ages,mass
north,0-15,10
north,16+,20
south,0-15,30
south,16+,40
";

const CROSSWALK: &str = "ledger,axis,code,to,weight,class,gap
returns,partner,E1,council,,,
returns,activity,190,schools,,,
returns,activity,191,youth-justice,0.3,judgement,
returns,activity,191,schools,0.7,judgement,
";

fn edited(edits: &[Edit<'_>]) -> Vec<(String, String)> {
    with_edits(&FILES, edits)
}

fn faults(edits: &[Edit<'_>]) -> (Findings, Vec<(String, String)>) {
    faults_of(edited(edits), edits)
}

#[test]
fn the_pack_without_faults_opens() {
    let folder = pack(&FILES);
    let place = Place::open(folder.path()).unwrap();
    assert_eq!(place.name(), "Small");
    assert_eq!(place.sharing().rules().len(), 2);
}

#[test]
fn all_faults_are_told_at_once() {
    let (findings, _) = faults(&[
        (
            "localities.csv",
            "south,South,area,county,",
            "south,South,area,countey,",
        ),
        ("people.csv", "north,16+,20", "north,16+,-20"),
        ("people.csv", "south,0-15,30", "suoth,0-15,thirty"),
        ("crosswalk.csv", "190,schools", "190,shcools"),
        ("crosswalk.csv", "0.7,judgement", "0.6,judgement"),
        (
            "place.toml",
            "[[sharing]]\ndriver",
            "[[sharing]]\npartner = \"police\"\ndriver",
        ),
        ("place.toml", "ages = { always = \"all\" }\n", ""),
        (
            "place.toml",
            "files = [\"returns.csv\"]",
            "files = [\"other.csv\"]",
        ),
    ]);
    for rule in [
        "unknown-parent",
        "negative-mass",
        "unknown-locality",
        "mass-not-a-number",
        "unknown-member",
        "crosswalk-rows-clash",
        "no-catch-all",
        "axis-not-written-down",
        "no-such-file",
    ] {
        assert!(
            findings.iter().any(|finding| finding.rule == rule),
            "{rule}\n{findings}"
        );
    }
}

#[test]
fn messages_in_full() {
    let (findings, _) = faults(&[
        ("people.csv", "north,16+,20", "nroth,16+,-20"),
        ("people.csv", "south,16+,40\n", ""),
    ]);
    insta::assert_snapshot!(findings, @r"
        people.csv:3: locality: `nroth` is not a locality of this place; did you mean `north`, `south`? (unknown-locality)
          correct the code
        people.csv:3: mass: the mass is -20 (negative-mass)
          a mass is zero or more
        place.toml:26: driver `people`: its age bands overlap or leave ages out: 0-15 (ages-do-not-add-up)
          give bands that together are 0 to 90+, each age once
        3 findings
    ");
    let (findings, _) = faults(&[(
        "place.toml",
        "[[sharing]]\ndriver",
        "[[sharing]]\npartner = \"police\"\ndriver",
    )]);
    insta::assert_snapshot!(findings, @r"
        place.toml:37: the last sharing rule does not take all that is left (no-catch-all)
          add a last rule with a driver and nothing else: it is written down, never implied
        1 finding
    ");
    let (findings, _) = faults(&[("crosswalk.csv", "190,schools", "190,shcools")]);
    insta::assert_snapshot!(findings, @r"
        crosswalk.csv:3: `shcools` is not an activity of this place; did you mean `schools`? (unknown-member)
          correct the code, or add the member
        1 finding
    ");
}

/// Keys that no pack has, and what is not TOML: the line is shown.
#[test]
fn unknown_keys_are_refused() {
    let cases = [
        (
            "name = \"Small\"",
            "nmae = \"Small\"",
            "unknown field `nmae`",
        ),
        ("[[tags]]", "[[tag]]", "unknown field `tag`"),
        (
            "class = \"population\"",
            "class = \"populace\"",
            "unknown variant `populace`",
        ),
        (
            "phase = \"outturn\"",
            "phase = \"outurn\"",
            "unknown variant `outurn`",
        ),
        (
            "amount = [\"amount\"]",
            "amounts = [\"amount\"]",
            "unknown field `amounts`",
        ),
        (
            "ages = { always",
            "ages = { allways",
            "unknown field `allways`",
        ),
        ("[place]", "[place", "TOML parse error"),
    ];
    for (from, to, says) in cases {
        let files = edited(&[("place.toml", from, to)]);
        let line = line_of(&files, "place.toml", to);
        let shown: Vec<(&str, &str)> = files
            .iter()
            .map(|(n, t)| (n.as_str(), t.as_str()))
            .collect();
        let folder = pack(&shown);
        let error = Place::open(folder.path()).unwrap_err();
        assert!(matches!(error, PlaceError::NotAPack { .. }), "{error}");
        let error = error.to_string();
        assert!(error.contains(says), "{error}");
        assert!(
            error.contains(&format!("line {line},")),
            "line {line}: {error}"
        );
    }
}

#[test]
fn a_folder_that_is_no_pack() {
    let empty = tempfile::tempdir().unwrap();
    for folder in [empty.path(), Path::new("no/such/folder")] {
        let error = Place::open(folder).unwrap_err();
        assert!(matches!(error, PlaceError::NoPack { .. }), "{error}");
        assert!(
            error
                .to_string()
                .contains("a place pack is a folder with a place.toml in it")
        );
    }
}

/// A file without a byte, a file without a row, and a file that is none.
#[test]
fn empty_tables() {
    let (findings, _) = faults(&[("crosswalk.csv", CROSSWALK, "")]);
    let told = findings.iter().any(|finding| {
        finding.position.file == "crosswalk.csv"
            && ["empty-table", "unreadable-table"].contains(&finding.rule.as_str())
    });
    assert!(told, "{findings}");
    let (findings, _) = faults(&[(
        "localities.csv",
        LOCALITIES,
        "code,name,level,parent,grouping\n",
    )]);
    assert!(
        findings
            .iter()
            .any(|finding| finding.rule == "unknown-locality"),
        "{findings}"
    );
    let (findings, _) = faults(&[("localities.csv", LOCALITIES, "\n\n\n")]);
    let told = findings
        .iter()
        .any(|finding| finding.position.file == "localities.csv");
    assert!(told, "{findings}");
}

/// A link is followed only where it stays in the folder.
#[cfg(unix)]
#[test]
fn links_do_not_lead_outside() {
    let outside = pack(&[
        ("localities.csv", LOCALITIES),
        ("returns.csv", "line,body,amount\n190,E1,1.00\n"),
    ]);
    for name in ["localities.csv", "returns.csv"] {
        let folder = pack(&FILES);
        std::fs::remove_file(folder.path().join(name)).unwrap();
        std::os::unix::fs::symlink(outside.path().join(name), folder.path().join(name)).unwrap();
        match Place::open(folder.path()) {
            Err(PlaceError::Faults(findings)) => {
                let told = ["no-such-file", "file-left-out"];
                assert!(
                    findings.iter().any(|f| told.contains(&f.rule.as_str())),
                    "{findings}"
                );
                let text = findings.to_string();
                let path = outside.path().to_string_lossy();
                assert!(
                    !text.contains(path.as_ref()),
                    "no message tells where it leads: {text}"
                );
            }
            Err(other) => panic!("{other}"),
            Ok(_) => panic!("{name} was read from outside the pack"),
        }
    }
    // Within the folder a link is a file like any other.
    let folder = pack(&FILES);
    std::fs::rename(
        folder.path().join("people.csv"),
        folder.path().join("real.csv"),
    )
    .unwrap();
    std::os::unix::fs::symlink("real.csv", folder.path().join("people.csv")).unwrap();
    Place::open(folder.path()).unwrap();
}

/// Most money carries no label: a blank cell in a column of tags is not a code that nobody knows.
#[test]
fn a_blank_tag_is_no_unknown_code() {
    let folder = pack(&[
        (
            "place.toml",
            &PLACE
                .replace("codes.partner", "codes.tag = [\"tag\"]\ncodes.partner")
                .replace("ages = {", "tag = { by = \"code\" }\nages = {"),
        ),
        FILES[1],
        FILES[2],
        FILES[3],
        (
            "returns.csv",
            "line,body,tag,amount\n190,E1,,10.00\n191,E1,care-leaver,20.00\n190,E1,care-leever,1.00\n",
        ),
    ]);
    let place = Place::open(folder.path()).unwrap();
    let account = wholeplace::account::PlaceAccount::load(&place).unwrap();
    let unmapped: Vec<&str> = account
        .unmapped()
        .iter()
        .map(|code| code.code.as_str())
        .collect();
    assert_eq!(unmapped, ["care-leever"]);
}
