//! The descriptor is what it claims to be, and the files are as it says.
//!
//! The main rules of Data Package 1 and Table Schema 1 are held here, so that they are held on every
//! machine. Where frictionless is installed (`tests/release/descriptor/fetch-frictionless.sh`) it
//! judges the same site by the profile and reads every row; where it is not, that is said.

use crate::fixtures::shared;
use crate::release::site::{Built, build, sample};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What is wrong with a descriptor and the files that it names.
fn faults(package: &Json, files: &BTreeMap<&str, &[u8]>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut tell = |place: &str, fault: String| faults.push(format!("{place}: {fault}"));
    let text = |of: &Json, name: &str| of[name].as_str().unwrap_or_default().to_owned();
    if text(package, "profile") != "tabular-data-package" {
        tell("package", "the profile is another".into());
    }
    if !is_name(&text(package, "name")) {
        tell("package", "the name is none".into());
    }
    let period = &package["fiscalPeriod"];
    if !period.is_null() && !is_day(&text(period, "start")) {
        tell("package", "the fiscal period has no start".into());
    }
    let resources = package["resources"].as_array().cloned();
    let resources = resources.unwrap_or_default();
    if resources.is_empty() {
        tell("package", "there is no resource".into());
    }
    let mut names = BTreeSet::new();
    let mut paths = BTreeSet::new();
    for resource in &resources {
        let (name, path) = (text(resource, "name"), text(resource, "path"));
        if !is_name(&name) {
            tell(&name, "the name is none".into());
        }
        if !names.insert(name.clone()) {
            tell(&name, "the name stands there twice".into());
        }
        if path.starts_with(['/', '.', '~']) || path.contains("..") || !paths.insert(path.clone()) {
            tell(
                &name,
                format!("`{path}` leads elsewhere or stands there twice"),
            );
        }
        if text(resource, "profile") != "tabular-data-resource" {
            tell(&name, "the profile is another".into());
        }
        let dialect = &resource["dialect"];
        for (key, value) in [
            ("doubleQuote", Json::from(true)),
            ("delimiter", Json::from(",")),
        ] {
            if dialect[key] != value {
                tell(&name, format!("the dialect has no {key}"));
            }
        }
        let Some(bytes) = files.get(path.as_str()) else {
            tell(&name, format!("there is no file `{path}`"));
            continue;
        };
        if resource["bytes"] != bytes.len() {
            tell(&name, "the size is another".into());
        }
        let hash: String = (Sha256::digest(bytes).iter())
            .map(|byte| format!("{byte:02x}"))
            .collect();
        if text(resource, "hash") != format!("sha256:{hash}") {
            tell(&name, "the checksum is another".into());
        }
        let fields = resource["schema"]["fields"].as_array().cloned();
        for fault in rows_faults(&fields.unwrap_or_default(), bytes) {
            tell(&name, fault);
        }
    }
    // SDMX-CSV says of itself what it is, in the structure beside it.
    let plain = |path: &&&str| path.ends_with(".csv") && !path.ends_with(".sdmx.csv");
    let csvs = files.keys().filter(plain);
    for path in csvs.filter(|path| !paths.contains(**path)) {
        tell(path, "the descriptor does not name it".into());
    }
    faults
}

/// What does not agree between the fields of a resource and its file.
fn rows_faults(fields: &[Json], bytes: &[u8]) -> Vec<String> {
    let mut faults = Vec::new();
    let part = |field: &Json, name: &str| field[name].as_str().unwrap_or_default().to_owned();
    let names: Vec<String> = fields.iter().map(|field| part(field, "name")).collect();
    let types: Vec<String> = fields.iter().map(|field| part(field, "type")).collect();
    if names.iter().collect::<BTreeSet<_>>().len() < names.len() {
        faults.push("two fields have one name".to_owned());
    }
    let known = ["string", "number", "integer", "date"];
    for wrong in types.iter().filter(|name| !known.contains(&name.as_str())) {
        faults.push(format!("there is no type `{wrong}`"));
    }
    let mut reader = csv::Reader::from_reader(bytes);
    let headings: Vec<String> = (reader.headers().unwrap().iter())
        .map(str::to_owned)
        .collect();
    if headings != names {
        faults.push(format!(
            "the headings {headings:?} are not the fields {names:?}"
        ));
    }
    for (row, cells) in (2..).zip(reader.records()) {
        let cells = cells.unwrap();
        for (cell, kind) in cells
            .iter()
            .zip(&types)
            .filter(|(cell, _)| !cell.is_empty())
        {
            let fits = match kind.as_str() {
                "number" => cell.parse::<f64>().is_ok_and(f64::is_finite),
                "integer" => cell.parse::<i64>().is_ok(),
                "date" => is_day(cell),
                _ => true,
            };
            if !fits {
                faults.push(format!("line {row}: `{cell}` is no {kind}"));
            }
        }
        if cells.iter().all(str::is_empty) {
            faults.push(format!("line {row} is empty"));
        }
    }
    faults
}

fn is_name(name: &str) -> bool {
    let may = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._/".contains(c);
    !name.is_empty() && name.chars().all(may)
}

fn is_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok() && text.len() == 10
}

fn package_of(site: &Built) -> Json {
    let file = site
        .files
        .iter()
        .find(|file| file.path == "datapackage.json");
    serde_json::from_slice(&file.unwrap().bytes).unwrap()
}

fn files_of(site: &Built) -> BTreeMap<&str, &[u8]> {
    let files = site.files.iter();
    files
        .map(|file| (file.path.as_str(), &*file.bytes))
        .collect()
}

#[test]
fn the_descriptor_keeps_the_rules_and_the_files_keep_to_it() {
    let site = sample();
    let package = package_of(site);
    let found = faults(&package, &files_of(site));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    let tables = package["resources"].as_array().unwrap().len();
    assert!(tables > 100, "{tables} tables");
    assert_eq!(package["fiscalPeriod"]["start"], "2017-04-01");
    assert_eq!(package["fiscalPeriod"]["end"], "2018-03-31");
}

/// The rules above: each is broken once, and must be told.
#[test]
fn faults_of_a_descriptor_are_found() {
    let site = sample();
    let files = files_of(site);
    let told = |change: &dyn Fn(&mut Json)| {
        let mut package = package_of(site);
        change(&mut package);
        faults(&package, &files).join("\n")
    };
    let first = |package: &mut Json, name: &str, value: Json| package["resources"][0][name] = value;
    type Case<'a> = (&'a dyn Fn(&mut Json), &'a str);
    let cases: [Case<'_>; 8] = [
        (
            &|p| p["profile"] = "fiscal-data-package".into(),
            "the profile is another",
        ),
        (&|p| first(p, "name", "Spending".into()), "the name is none"),
        (
            &|p| first(p, "path", "data/none.csv".into()),
            "there is no file",
        ),
        (
            &|p| p["resources"][0]["dialect"] = serde_json::json!({ "delimiter": "," }),
            "no doubleQuote",
        ),
        (&|p| first(p, "bytes", 1.into()), "the size is another"),
        (
            &|p| p["resources"][0]["schema"]["fields"][0]["type"] = "text".into(),
            "there is no type `text`",
        ),
        (
            &|p| p["resources"][0]["schema"]["fields"][0]["type"] = "integer".into(),
            "is no integer",
        ),
        (
            &|p| p["resources"][0]["schema"]["fields"][0]["name"] = "x".into(),
            "are not the fields",
        ),
    ];
    for (change, expected) in cases {
        let found = told(change);
        assert!(found.contains(expected), "{expected}: {found}");
    }
}

/// A Python that has frictionless.
fn frictionless() -> Option<PathBuf> {
    let named = std::env::var_os("WHOLEPLACE_FRICTIONLESS").map(PathBuf::from);
    let fetched = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/frictionless/bin/python");
    let found = named.unwrap_or(fetched);
    // A link of the folder may lead to a Python that is no more.
    let works = Command::new(&found)
        .args(["-c", "import frictionless, jsonschema"])
        .output()
        .is_ok_and(|output| output.status.success());
    if works {
        return Some(found);
    }
    let test = std::thread::current();
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED {}: no frictionless; run tests/release/descriptor/fetch-frictionless.sh",
        test.name().unwrap_or("a test")
    );
    None
}

/// What frictionless and the profile say of a folder: faults, and a last line that counts.
fn judged(python: &Path, folder: &Path) -> Vec<String> {
    let check = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/release/descriptor/check.py"
    );
    let output = Command::new(python)
        .arg(check)
        .arg(folder)
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}\n{errors}");
    said.lines().map(str::to_owned).collect()
}

fn written(site: &Built) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    for file in &site.files {
        std::fs::write(folder.path().join(&file.path), &file.bytes).unwrap();
    }
    folder
}

fn is_valid(python: &Path, site: &Built) {
    // What is written as SDMX has its own structure beside it, and is no table of the package.
    let table = |path: &str| path.ends_with(".csv") && !path.ends_with(".sdmx.csv");
    let csvs = || site.files.iter().filter(|file| table(&file.path));
    let records = |bytes: &[u8]| csv::Reader::from_reader(bytes).records().count();
    let rows: usize = csvs().map(|file| records(&file.bytes)).sum();
    let folder = written(site);
    assert_eq!(
        judged(python, folder.path()),
        [format!("checked {} tables, {rows} rows", csvs().count())]
    );
}

#[test]
fn frictionless_finds_no_fault_in_the_sample() {
    let Some(python) = frictionless() else { return };
    is_valid(&python, sample());
    // And it would find one: a digit of a sum, a word for a sum, a dialect without its quotes.
    let folder = written(sample());
    let change = |file: &str, from: &str, to: &str| {
        let path = folder.path().join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.contains(from), "{file} has {from}");
        std::fs::write(&path, text.replacen(from, to, 1)).unwrap();
    };
    change("data/index-by-ages.csv", "15120,", "many,");
    change("data/index-by-place.csv", ".00,", ".01,");
    change("datapackage.json", "\"doubleQuote\": true,", "");
    let found = judged(&python, folder.path()).join("\n");
    for expected in [
        "index-by-ages: type-error: ",
        "index-by-place: hash-count: ",
        "'doubleQuote' is a required property",
    ] {
        assert!(found.contains(expected), "{expected}: {found}");
    }
}

/// Figures that are suppressed, not available and not collected, and names beyond ASCII.
#[test]
fn frictionless_finds_no_fault_in_the_published_data() {
    let (Some(python), Some(data)) = (frictionless(), shared::folder("shropshire")) else {
        return;
    };
    let pack = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/packs/shropshire"
    ));
    let site = build(pack, Some(&data));
    let found = faults(&package_of(&site), &files_of(&site));
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    is_valid(&python, &site);
}
