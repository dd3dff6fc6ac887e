//! Packs with faults: each is found, with the rule it breaks, where, and what to do.

use std::path::Path;
use tempfile::TempDir;
use wholeplace::finding::Findings;
use wholeplace::place::{Place, PlaceError};

/// A folder with these files.
pub fn pack(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

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

/// Edits: file, text, what stands there instead.
pub type Edit<'a> = (&'a str, &'a str, &'a str);

fn edited(edits: &[Edit<'_>]) -> Vec<(String, String)> {
    with_edits(&FILES, edits)
}

/// Files with edits; a text that an edit replaces must stand there.
pub fn with_edits(files: &[(&str, &str)], edits: &[Edit<'_>]) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = (files.iter())
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    for (file, from, to) in edits {
        let text = &mut files.iter_mut().find(|(name, _)| name == file).unwrap().1;
        assert!(text.contains(from), "`{from}` stands in {file}");
        *text = text.replacen(from, to, 1);
    }
    files
}

fn faults(edits: &[Edit<'_>]) -> (Findings, Vec<(String, String)>) {
    faults_of(edited(edits), edits)
}

/// The faults of a pack that must have some, and its files.
pub fn faults_of(
    files: Vec<(String, String)>,
    edits: &[Edit<'_>],
) -> (Findings, Vec<(String, String)>) {
    let shown: Vec<(&str, &str)> = files
        .iter()
        .map(|(n, t)| (n.as_str(), t.as_str()))
        .collect();
    let folder = pack(&shown);
    match Place::open(folder.path()) {
        Err(PlaceError::Faults(findings)) => (findings, files),
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("the pack has no fault: {edits:?}"),
    }
}

/// The line of a file on which a text first stands.
pub fn line_of(files: &[(String, String)], file: &str, text: &str) -> u64 {
    let text_of = &files.iter().find(|(name, _)| name == file).unwrap().1;
    let line = text_of.lines().position(|line| line.contains(text));
    line.unwrap_or_else(|| panic!("`{text}` stands in {file}")) as u64 + 1
}

/// One fault: the edits, then the rule, the file, a text on the line, and what the message says.
pub struct Case<'a> {
    pub edits: &'a [Edit<'a>],
    pub rule: &'a str,
    pub file: &'a str,
    pub on: &'a str,
    pub says: &'a str,
}

#[test]
fn the_pack_without_faults_opens() {
    let folder = pack(&FILES);
    let place = Place::open(folder.path()).unwrap();
    assert_eq!(place.name(), "Small");
    assert_eq!(place.sharing().rules().len(), 2);
}

#[test]
fn each_fault_is_found_where_it_stands() {
    let cases = [
        // Members.
        Case {
            edits: &[(
                "localities.csv",
                "county,County,county,,",
                "county,County,county,north,",
            )],
            rule: "cycle",
            file: "localities.csv",
            on: "county,County",
            says: "`county` lies under itself, by way of `north`",
        },
        Case {
            edits: &[(
                "place.toml",
                r#"{ code = "crime", level = "theme" }"#,
                r#"{ code = "crime", parent = "youth-justice" }"#,
            )],
            rule: "cycle",
            file: "place.toml",
            on: "[[activities]]",
            says: "`crime` lies under itself",
        },
        Case {
            edits: &[(
                "localities.csv",
                "south,South,area,county,\n",
                "south,South,area,county,\nsouth,South,area,north,\n",
            )],
            rule: "two-parents",
            file: "localities.csv",
            on: "south,South,area,north",
            says: "`south` stands under `north` here and under `county` at localities.csv:4",
        },
        Case {
            edits: &[(
                "localities.csv",
                "south,South,area,county,\n",
                "south,South,area,county,\nsouth,Southern,area,county,\n",
            )],
            rule: "duplicate-code",
            file: "localities.csv",
            on: "south,Southern",
            says: "`south` is already defined at localities.csv:4",
        },
        Case {
            edits: &[(
                "localities.csv",
                "south,South,area,county,",
                "south,South,area,countey,",
            )],
            rule: "unknown-parent",
            file: "localities.csv",
            on: "south,South",
            says: "`countey` is not a locality of this place; did you mean `county`?",
        },
        Case {
            edits: &[("localities.csv", "north,North", ",North")],
            rule: "no-code",
            file: "localities.csv",
            on: ",North",
            says: "a row of locality has no code",
        },
        Case {
            edits: &[(
                "localities.csv",
                "county,,,force,force",
                "county,,,force,force\nnorth,,,force,force",
            )],
            rule: "overlapping-parts",
            file: "localities.csv",
            on: "force,Police force",
            says: "parts of `force` in grouping `force` overlap",
        },
        Case {
            edits: &[(
                "localities.csv",
                "county,,,force,force",
                "conty,,,force,force",
            )],
            rule: "unknown-locality",
            file: "localities.csv",
            on: "conty,,,force,force",
            says: "did you mean `county`?",
        },
        Case {
            edits: &[("localities.csv", "county,,,force,force\n", "")],
            rule: "locality-without-leaves",
            file: "localities.csv",
            on: "force,Police force",
            says: "`force` of grouping `force` has no leaf area",
        },
        Case {
            edits: &[(
                "place.toml",
                "locality = \"county\"",
                "locality = \"countey\"",
            )],
            rule: "unknown-locality",
            file: "place.toml",
            on: "[place]",
            says: "did you mean `county`?",
        },
        Case {
            edits: &[(
                "place.toml",
                "residents = \"people\"",
                "residents = \"peeple\"",
            )],
            rule: "unknown-driver",
            file: "place.toml",
            on: "[place]",
            says: "`peeple` is not a driver",
        },
        Case {
            edits: &[("place.toml", r#"["0-15", "16+"]"#, r#"["0-15", "17+"]"#)],
            rule: "ages-do-not-add-up",
            file: "place.toml",
            on: "[place]",
            says: "the age bands 0-15, 17+ overlap or leave ages out",
        },
        Case {
            edits: &[("place.toml", r#"["0-15", "16+"]"#, r#"["0-15", "16-120"]"#)],
            rule: "ages-out-of-range",
            file: "place.toml",
            on: "[place]",
            says: "`16-120` is not an interval of ages",
        },
        Case {
            edits: &[(
                "place.toml",
                r#"{ code = "police" }"#,
                r#"{ code = "unknown" }"#,
            )],
            rule: "reserved-code",
            file: "place.toml",
            on: "[[partners]]",
            says: "`unknown` is what answers call money without a member",
        },
        Case {
            edits: &[
                (
                    "localities.csv",
                    "force,Police force",
                    "elsewhere,Police force",
                ),
                (
                    "localities.csv",
                    "county,,,force,force",
                    "county,,,elsewhere,force",
                ),
            ],
            rule: "reserved-code",
            file: "localities.csv",
            on: "elsewhere,Police force",
            says: "`elsewhere` is what answers call money without a member",
        },
        // Drivers.
        Case {
            edits: &[("people.csv", "south,16+,40\n", "")],
            rule: "driver-mass-missing",
            file: "place.toml",
            on: "[[driver]]",
            says: "driver `people` has no mass for some ages of 1 leaf areas: south",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,NaN")],
            rule: "mass-not-a-number",
            file: "people.csv",
            on: "north,16+",
            says: "is not a number",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,inf")],
            rule: "mass-not-a-number",
            file: "people.csv",
            on: "north,16+",
            says: "is not a number",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,")],
            rule: "mass-not-a-number",
            file: "people.csv",
            on: "north,16+",
            says: "there is no mass here",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,-20")],
            rule: "negative-mass",
            file: "people.csv",
            on: "north,16+",
            says: "the mass is -20",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,0.1234567")],
            rule: "mass-out-of-range",
            file: "people.csv",
            on: "north,16+",
            says: "more than 6 decimals",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,281474976710657")],
            rule: "mass-out-of-range",
            file: "people.csv",
            on: "north,16+",
            says: "too large",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16-95,20")],
            rule: "ages-out-of-range",
            file: "people.csv",
            on: "north,16-95",
            says: "`16-95` is not an interval of ages",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "nroth,16+,20")],
            rule: "unknown-locality",
            file: "people.csv",
            on: "nroth",
            says: "did you mean `north`, `south`?",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "county,16+,20")],
            rule: "not-a-leaf-area",
            file: "people.csv",
            on: "county,16+",
            says: "`county` has parts of its own",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,16+,20\nnorth,16+,21")],
            rule: "mass-given-twice",
            file: "people.csv",
            on: "north,16+,21",
            says: "already given at people.csv:3",
        },
        Case {
            edits: &[("people.csv", "north,16+,20", "north,15+,20")],
            rule: "ages-do-not-add-up",
            file: "place.toml",
            on: "[[driver]]",
            says: "its age bands overlap or leave ages out: 0-15, 15+, 16+",
        },
        Case {
            edits: &[("place.toml", "class = \"population\"", "class = \"direct\"")],
            rule: "driver-cannot-be-direct",
            file: "place.toml",
            on: "[[driver]]",
            says: "driver `people` has the class direct",
        },
        Case {
            edits: &[(
                "place.toml",
                "class = \"population\"",
                "class = \"population\"\ncovers = \"nord\"",
            )],
            rule: "unknown-locality",
            file: "place.toml",
            on: "[[driver]]",
            says: "did you mean `north`?",
        },
        // Sharing.
        Case {
            edits: &[(
                "place.toml",
                "[[sharing]]\ndriver",
                "[[sharing]]\nactivity = \"crime\"\ndriver",
            )],
            rule: "no-catch-all",
            file: "place.toml",
            on: "activity = \"crime\"",
            says: "the last sharing rule does not take all that is left",
        },
        Case {
            edits: &[
                (
                    "place.toml",
                    "activity = \"youth-justice\"\ndriver",
                    "activity = \"crime\"\ndriver",
                ),
                (
                    "place.toml",
                    "[[sharing]]\ndriver",
                    "[[sharing]]\npartner = \"police\"\nactivity = \"youth-justice\"\ndriver = \"people\"\n\n[[sharing]]\ndriver",
                ),
            ],
            rule: "rule-never-matches",
            file: "place.toml",
            on: "partner = \"police\"",
            says: "`activity crime by people` comes first and takes the same money",
        },
        Case {
            edits: &[(
                "place.toml",
                "activity = \"youth-justice\"",
                "activity = \"youth-justise\"",
            )],
            rule: "unknown-member",
            file: "place.toml",
            on: "activity = \"youth-justise\"",
            says: "did you mean `youth-justice`?",
        },
        Case {
            edits: &[(
                "place.toml",
                "activity = \"youth-justice\"",
                "activity = \"youth-justice\"\nperiod = \"2018\"",
            )],
            rule: "unknown-member",
            file: "place.toml",
            on: "activity = \"youth-justice\"\nperiod",
            says: "`2018` may mean several periods",
        },
        // Crosswalk.
        Case {
            edits: &[("crosswalk.csv", "190,schools", "190,shcools")],
            rule: "unknown-member",
            file: "crosswalk.csv",
            on: "190,shcools",
            says: "did you mean `schools`?",
        },
        Case {
            edits: &[("crosswalk.csv", "191,schools,0.7", "191,schools,0.6")],
            rule: "crosswalk-rows-clash",
            file: "crosswalk.csv",
            on: "191,youth",
            says: "weights that add up to 0.9, not to 1 or 100",
        },
        Case {
            edits: &[("crosswalk.csv", "0.7,judgement", "0.7,")],
            rule: "crosswalk-rows-clash",
            file: "crosswalk.csv",
            on: "191,youth",
            says: "weights without a class",
        },
        Case {
            edits: &[("crosswalk.csv", "191,schools,0.7", "191,schools,-0.7")],
            rule: "crosswalk-rows-clash",
            file: "crosswalk.csv",
            on: "191,youth",
            says: "which is not above zero",
        },
        Case {
            edits: &[(
                "crosswalk.csv",
                "E1,council,,,",
                "E1,council,,,\nreturns,partner,E1,police,,,",
            )],
            rule: "crosswalk-rows-clash",
            file: "crosswalk.csv",
            on: "E1,council",
            says: "several members; only an activity may be a mix",
        },
        Case {
            edits: &[("crosswalk.csv", "190,schools,,,", "190,,,,")],
            rule: "crosswalk-row-unclear",
            file: "crosswalk.csv",
            on: "190,,,",
            says: "`190` means neither a member nor a gap",
        },
        Case {
            edits: &[("crosswalk.csv", "190,schools,,,", "190,schools,,,unknown")],
            rule: "crosswalk-row-unclear",
            file: "crosswalk.csv",
            on: "190,schools",
            says: "`190` means both a member and a gap",
        },
        Case {
            edits: &[("crosswalk.csv", "190,schools,,,", "190,,,,unknwon")],
            rule: "unknown-gap",
            file: "crosswalk.csv",
            on: "190,,",
            says: "`unknwon` is not a reason for a gap",
        },
        Case {
            edits: &[("crosswalk.csv", "returns,partner,E1", "retruns,partner,E1")],
            rule: "unknown-ledger",
            file: "crosswalk.csv",
            on: "retruns",
            says: "`retruns` is not a ledger of this pack",
        },
        Case {
            edits: &[("crosswalk.csv", "returns,partner,E1", "returns,partnr,E1")],
            rule: "unknown-axis",
            file: "crosswalk.csv",
            on: "partnr",
            says: "did you mean `partner`",
        },
        Case {
            edits: &[(
                "crosswalk.csv",
                "E1,council,,,",
                "E1,council,,,\nreturns,locality,E1,county,,,",
            )],
            rule: "crosswalk-row-never-used",
            file: "crosswalk.csv",
            on: "returns,locality",
            says: "ledger `returns` does not look locality up in the crosswalk",
        },
        // Ledgers.
        Case {
            edits: &[("place.toml", "ages = { always = \"all\" }\n", "")],
            rule: "axis-not-written-down",
            file: "place.toml",
            on: "[[ledger]]",
            says: "ledger `returns` does not say how its lines are placed on ages",
        },
        Case {
            edits: &[("place.toml", "period = { always = \"2017-18\" }\n", "")],
            rule: "axis-not-written-down",
            file: "place.toml",
            on: "[[ledger]]",
            says: "has no column of dates or periods and no rule for period",
        },
        Case {
            edits: &[(
                "place.toml",
                "ages = { always = \"all\" }",
                "ages = { always = \"all\", gap = \"unknown\" }",
            )],
            rule: "axis-rule-unclear",
            file: "place.toml",
            on: "[[ledger]]",
            says: "must have one of `by`, `always` and `gap`",
        },
        Case {
            edits: &[(
                "place.toml",
                "locality = { always = \"county\" }",
                "locality = { always = \"cuonty\" }",
            )],
            rule: "unknown-member",
            file: "place.toml",
            on: "[[ledger]]",
            says: "did you mean `county`?",
        },
        Case {
            edits: &[("place.toml", "codes.partner = [\"body\"]\n", "")],
            rule: "no-such-column",
            file: "place.toml",
            on: "[[ledger]]",
            says: "places partner by codes, but its layout names no column of them",
        },
        // Files.
        Case {
            edits: &[(
                "place.toml",
                "files = [\"returns.csv\"]",
                "files = [\"retruns*.csv\"]",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[ledger]]",
            says: "no file in the folder of the pack matches `retruns*.csv`",
        },
        Case {
            edits: &[(
                "place.toml",
                "files = [\"returns.csv\"]",
                "files = [\"../*.csv\"]",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[ledger]]",
            says: "`../*.csv` leads outside the folder of the pack",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"../localities.csv\"",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[localities]]",
            says: "`../localities.csv` leads outside the folder of the pack",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"/etc/passwd\"",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[localities]]",
            says: "`/etc/passwd` leads outside the folder of the pack",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"localites.csv\"",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[localities]]",
            says: "there is no file `localites.csv` in the folder of the pack",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "data = \"localities.csv\"",
            )],
            rule: "no-such-file",
            file: "place.toml",
            on: "[[localities]]",
            says: "no data folder was given",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "source = \"nowhere\"",
            )],
            rule: "table-without-rows",
            file: "place.toml",
            on: "[[localities]]",
            says: "a table needs one of `file`, `data` and `rows`",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"localities.csv\"\ncolumns = { code = \"kode\" }",
            )],
            rule: "no-such-column",
            file: "localities.csv",
            on: "code,name",
            says: "there is no column `kode`",
        },
        Case {
            edits: &[(
                "place.toml",
                "file = \"localities.csv\"",
                "file = \"localities.csv\"\nset = { colour = \"red\" }",
            )],
            rule: "unknown-field",
            file: "place.toml",
            on: "[[localities]]",
            says: "`colour` is not a field of this table",
        },
        Case {
            edits: &[(
                "place.toml",
                "{ code = \"police\" }",
                "{ code = \"police\", colour = \"blue\" }",
            )],
            rule: "unknown-field",
            file: "place.toml",
            on: "[[partners]]",
            says: "`colour` is not a field of this table",
        },
    ];
    assert!(cases.len() > 50);
    each_is_found(&cases, faults);
}

/// Opens a pack for each case and holds what is told against what should be.
pub fn each_is_found(
    cases: &[Case<'_>],
    faults: impl Fn(&[Edit<'_>]) -> (Findings, Vec<(String, String)>),
) {
    let mut wrong = Vec::new();
    for case in cases {
        let (findings, files) = faults(case.edits);
        let line = match case.on.split_once('\n') {
            Some((first, _)) => line_of(&files, case.file, first),
            None => line_of(&files, case.file, case.on),
        };
        // Faults of a table, a rule or a ledger are told at its heading.
        let heading = case.file == "place.toml" && !case.on.starts_with('[');
        let line = if heading { line - 1 } else { line };
        let found = findings.iter().any(|finding| {
            finding.rule == case.rule
                && finding.position.file == case.file
                && finding.position.line == Some(line)
                && finding.found.contains(case.says)
                && !finding.remedy.is_empty()
        });
        if !found {
            wrong.push(format!(
                "expected {} at {}:{line}: {}\nfound {findings}",
                case.rule, case.file, case.says
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {} cases\n\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n\n")
    );
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
                assert!(
                    findings.iter().any(|f| f.rule == "no-such-file"),
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
    let place = std::sync::Arc::new(Place::open(folder.path()).unwrap());
    let account = wholeplace::account::PlaceAccount::load(&place, &|_| ()).unwrap();
    let unmapped: Vec<&str> = account
        .unmapped()
        .iter()
        .map(|code| code.code.as_str())
        .collect();
    assert_eq!(unmapped, ["care-leever"]);
}
