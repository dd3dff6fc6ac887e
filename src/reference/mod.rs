//! The reference of every table and key of a pack, and its schema for editors, from the types that read
//! them. Only tests are here: they write `REFERENCE.md` and the `*.schema.json`,
//! and fail while those in the repository are not of today.
//!
//! A new key needs a doc comment that says what happens when it is left out, and a line in
//! `pack.toml` or `outcomes.toml` here; a new field of a table needs a sentence in `fields`.
//! `INSTA_UPDATE=always` then writes the files.

mod document;
mod fields;
mod schema;

use schema::Schema;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A file of a pack, told from its type.
struct File {
    /// What people call it.
    name: &'static str,
    schema: Schema,
    /// Its chapter, where that is not the pack itself.
    chapter: &'static str,
    /// Whether a text reads as such a file.
    reads: fn(&str) -> Result<(), toml::de::Error>,
    /// The file of the repository that holds its schema.
    schema_file: &'static str,
    /// Every key once, in the order in which one writes a pack. `#= a.b` starts the table `a.b`.
    example: &'static str,
}

fn files() -> [File; 11] {
    let [appraisal, proposal] = crate::appraisal::schemas();
    [
        File {
            name: "place.toml",
            schema: Schema::of(crate::place::schema()),
            chapter: "",
            reads: crate::place::reads,
            schema_file: "pack.schema.json",
            example: include_str!("pack.toml"),
        },
        File {
            name: "outcomes.toml",
            schema: Schema::of(crate::indicator::schema()),
            chapter: "Outcomes",
            reads: crate::indicator::reads,
            schema_file: "outcomes.schema.json",
            example: include_str!("outcomes.toml"),
        },
        File {
            name: "prices.toml",
            schema: Schema::of(crate::place::prices_schema()),
            chapter: "Prices",
            reads: crate::place::reads_prices,
            schema_file: "prices.schema.json",
            example: include_str!("prices.toml"),
        },
        File {
            name: "appraisal.toml",
            schema: Schema::of(appraisal),
            chapter: "What proposals rest on",
            reads: crate::appraisal::reads,
            schema_file: "appraisal.schema.json",
            example: include_str!("appraisal.toml"),
        },
        File {
            name: "proposal-*.toml",
            schema: Schema::of(proposal),
            chapter: "A proposal",
            reads: crate::appraisal::reads_proposal,
            schema_file: "proposal.schema.json",
            example: include_str!("proposal.toml"),
        },
        File {
            name: "contract-*.toml",
            schema: Schema::of(crate::appraisal::contract::schema()),
            chapter: "A contract",
            reads: crate::appraisal::contract::reads,
            schema_file: "contract.schema.json",
            example: include_str!("contract.toml"),
        },
        File {
            name: "plans.toml",
            schema: Schema::of(crate::place_plan::schema()),
            chapter: "Place plans",
            reads: crate::place_plan::reads,
            schema_file: "plans.schema.json",
            example: include_str!("plans.toml"),
        },
        File {
            name: "premises.toml",
            schema: Schema::of(crate::premises::schema()),
            chapter: "Premises",
            reads: crate::premises::reads,
            schema_file: "premises.schema.json",
            example: include_str!("premises.toml"),
        },
        File {
            name: "agreement.toml",
            schema: Schema::of(crate::agreement::schema()),
            chapter: "Agreements",
            reads: crate::agreement::reads,
            schema_file: "agreement.schema.json",
            example: include_str!("agreement.toml"),
        },
        File {
            name: "medium-term.toml",
            schema: Schema::of(crate::medium_term::schema()),
            chapter: "The medium term",
            reads: crate::medium_term::reads,
            schema_file: "medium-term.schema.json",
            example: include_str!("medium-term.toml"),
        },
        File {
            name: "disclosure.toml",
            schema: Schema::of(crate::disclosure::policy::schema()),
            chapter: "What may be published",
            reads: crate::disclosure::policy::reads,
            schema_file: "disclosure.schema.json",
            example: include_str!("disclosure.toml"),
        },
    ]
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Holds a file of the repository against what it should say.
fn is_of_today(name: &str, now: &str) {
    let path = root().join(name);
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    if written == now {
        return;
    }
    let updating = std::env::var("INSTA_UPDATE").is_ok_and(|mode| mode == "always");
    assert!(
        updating,
        "{name} is not of today; INSTA_UPDATE=always writes it"
    );
    std::fs::write(path, now).unwrap();
}

#[test]
fn the_reference_is_of_today() {
    is_of_today("REFERENCE.md", &document::of(&files()));
}

#[test]
fn the_schemas_are_of_today() {
    for file in files() {
        is_of_today(file.schema_file, &file.schema.text());
    }
}

#[test]
fn each_key_is_described() {
    let mut wanting = Vec::new();
    for file in files() {
        for key in file.schema.keys() {
            let told = key.says.to_lowercase();
            if told.is_empty() {
                wanting.push(format!("{}: `{}` has no doc comment", file.name, key.path));
            } else if !key.needed && !told.contains("left out") {
                wanting.push(format!(
                    "{}: `{}` may be left out, and its doc comment does not say what happens then",
                    file.name, key.path
                ));
            }
        }
    }
    assert!(wanting.is_empty(), "{}", wanting.join("\n"));
}

/// The examples are read by the types themselves, and have every key.
#[test]
fn the_examples_are_read_and_have_every_key() {
    for file in files() {
        let read = (file.reads)(file.example);
        assert!(read.is_ok(), "{}: {}", file.name, read.unwrap_err());
    }
    let (mut all, mut used) = (BTreeSet::new(), BTreeSet::new());
    for file in files() {
        let value = schema::value(file.example);
        let faults = file.schema.faults(&value);
        assert!(faults.is_empty(), "{}: {faults:#?}", file.name);
        used.extend(file.schema.used(&value));
        all.extend(file.schema.keys().map(|key| key.path));
    }
    let lacking: Vec<&String> = all.difference(&used).collect();
    assert!(
        lacking.is_empty(),
        "give each of these a line in `pack.toml` or `outcomes.toml` of src/reference: {lacking:#?}"
    );
}

/// Every pack in the repository, with its schema.
fn shipped() -> Vec<(PathBuf, Schema)> {
    let mut packs = Vec::new();
    let folders = [
        "examples/data",
        "examples/data/salford",
        "examples/packs",
        "tests/findings",
    ];
    for folder in folders {
        for entry in std::fs::read_dir(root().join(folder)).unwrap() {
            let folder = entry.unwrap().path();
            for file in files() {
                let star = match file.name.starts_with("contract") {
                    true => "youth-reoffending",
                    false => "youth-diversion",
                };
                let name = file.name.replace('*', star);
                let path = folder.join(name);
                if path.is_file() {
                    packs.push((path, file.schema));
                }
            }
        }
    }
    assert!(packs.len() > 6, "the packs were found");
    packs
}

#[test]
fn every_shipped_pack_is_accepted() {
    for (path, schema) in shipped() {
        let text = std::fs::read_to_string(&path).unwrap();
        let faults = schema.faults(&schema::value(&text));
        assert!(faults.is_empty(), "{}: {faults:#?}", path.display());
    }
}

#[test]
fn what_a_pack_may_not_say_is_refused() {
    let [pack, outcomes, ..] = files();
    let refused = |schema: &Schema, text: &str, wanted: &str| {
        let faults = schema.faults(&schema::value(text));
        assert!(
            faults.iter().any(|fault| fault.contains(wanted)),
            "{text}: {faults:#?}"
        );
    };
    let place = "[place]\nname = 'A'\nlocality = 'a'\n";
    let driver = "[[driver]]\ncode = 'a'\nname = 'A'\nsource = 's'\ntables = []\n";
    refused(
        &pack.schema,
        "[place]\nname = 'A'\n",
        "`locality` is needed",
    );
    refused(
        &pack.schema,
        "[place]\nnames = 'A'\n",
        "`names` is not a key",
    );
    refused(
        &pack.schema,
        &format!("{place}[[drivers]]\ncode = 'a'"),
        "`drivers` is not a key",
    );
    refused(
        &pack.schema,
        &format!("{place}{driver}class = 'populaton'"),
        "`class`: \"populaton\" is none of its words",
    );
    refused(
        &pack.schema,
        &format!("{place}age_bands = '0-15'"),
        "`age_bands`",
    );
    refused(
        &outcomes.schema,
        "headlines = 3",
        "`headlines` is not a key",
    );
    assert!(pack.schema.faults(&schema::value(place)).is_empty());
    let whole = format!("{place}{driver}class = 'population'");
    assert!(pack.schema.faults(&schema::value(&whole)).is_empty());
}

/// The sentences of `fields` are of the fields that are read, all of them and in their order.
#[test]
fn each_field_of_a_table_is_described() {
    let read = [
        crate::place::fields(),
        crate::indicator::fields(),
        crate::appraisal::fields(),
        crate::appraisal::contract::fields(),
        crate::place_plan::fields(),
        crate::premises::fields(),
        crate::agreement::fields(),
        crate::medium_term::fields(),
    ]
    .concat();
    let mut wanting = Vec::new();
    for (table, names) in read {
        let told: Vec<&str> = fields::of(table).iter().map(|(name, _)| *name).collect();
        if told != names {
            wanting.push(format!("{table}: read {names:?}, described {told:?}"));
        }
    }
    assert!(wanting.is_empty(), "{}", wanting.join("\n"));
}
