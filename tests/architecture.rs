//! The order of the modules, and what may not stand in them.

use std::path::{Path, PathBuf};

/// Modules in reading order: each may use those before it. Directories and single files.
const ORDER: [&str; 18] = [
    "money",
    "statistic",
    "finding",
    "axis",
    "reconciliation",
    "table",
    "sheet",
    "ledger",
    "counterparty",
    "crosswalk",
    "driver",
    "place",
    "account",
    "cube",
    "indicator",
    "linkage",
    "disclosure",
    "report",
];

/// Floating point that is allowed where money passes, with its reason: file, text of the line.
const FLOATS: [(&str, &str); 0] = [];

struct Source {
    /// `src/cube/mod.rs`
    shown: String,
    module: String,
    text: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    assert!(files.len() > 20, "the sources were found");
    let source = |path: PathBuf| {
        let inner = path.strip_prefix(&root).unwrap();
        let first = inner.iter().next().unwrap().to_string_lossy();
        Source {
            shown: format!("src/{}", inner.display()),
            module: first.trim_end_matches(".rs").to_owned(),
            text: std::fs::read_to_string(&path).unwrap(),
        }
    };
    files.into_iter().map(source).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// Lines of code with their numbers; comments are not code.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.split_once("//").map_or(line, |(code, _)| code)))
        .filter(|(_, line)| !line.trim().is_empty())
}

/// Names that follow `crate::`, also in `use crate::{one, other::X}`.
fn used(line: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut names = Vec::new();
    for rest in line.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            None => names.push(name(rest)),
            Some(list) => {
                let mut depth = 0;
                let mut at_name = true;
                for (i, c) in list.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => at_name = true,
                        c if at_name && c.is_alphanumeric() => {
                            names.push(name(&list[i..]));
                            at_name = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    names
}

fn faults_of_order(source: &Source) -> Vec<String> {
    // `error.rs` gathers the errors of all stages; `lib.rs` names all modules.
    if ["lib", "error"].contains(&source.module.as_str()) {
        return Vec::new();
    }
    let rank = |module: &str| ORDER.iter().position(|name| *name == module);
    let Some(own) = rank(&source.module) else {
        return vec![format!(
            "{}: '{}' stands in no order",
            source.shown, source.module
        )];
    };
    // A `use` may run over several lines.
    let lines: Vec<(usize, &str)> = code(&source.text).collect();
    let mut faults = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        let (number, first) = lines[i];
        let mut whole = first.to_owned();
        while whole.contains("use crate::{") && !whole.contains(';') && i + 1 < lines.len() {
            i += 1;
            whole.push_str(lines[i].1);
        }
        i += 1;
        for module in used(&whole) {
            let forbidden = module == "Error"
                || module == "error"
                || rank(&module).is_some_and(|rank| rank > own);
            if forbidden {
                faults.push(format!(
                    "{}:{number}: '{}' may not use '{module}'",
                    source.shown, source.module
                ));
            }
        }
    }
    faults
}

#[test]
fn modules_use_only_what_stands_before_them() {
    let faults: Vec<String> = sources().iter().flat_map(faults_of_order).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The check itself: what it must find, and what it must leave.
#[test]
fn the_order_is_really_checked() {
    let faults = |module: &str, text: &str| {
        faults_of_order(&Source {
            shown: format!("src/{module}/apply.rs"),
            module: module.to_owned(),
            text: text.to_owned(),
        })
    };
    assert_eq!(
        faults("crosswalk", "//! Words.\n\nuse crate::cube::Cube;\n"),
        ["src/crosswalk/apply.rs:3: 'crosswalk' may not use 'cube'"]
    );
    assert_eq!(
        faults(
            "axis",
            "use crate::{\n    money::Pence,\n    place::{Place, X},\n};\nlet x = crate::report::y;"
        ),
        [
            "src/axis/apply.rs:1: 'axis' may not use 'place'",
            "src/axis/apply.rs:5: 'axis' may not use 'report'",
        ]
    );
    assert_eq!(
        faults(
            "cube",
            "use crate::money::Pence; // not crate::report\nuse crate::cube::X;"
        ),
        [""; 0]
    );
    assert_eq!(
        faults("cube", "fn f() -> Result<(), crate::Error> {}").len(),
        1
    );
    assert_eq!(faults("shed", "").len(), 1);
}

#[test]
fn the_order_is_that_of_the_guide() {
    let lib = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs"));
    let lib = lib.unwrap();
    let modules: Vec<&str> = code(&lib)
        .filter_map(|(_, line)| line.trim().strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(
        modules, ORDER,
        "`pub mod` of src/lib.rs and ORDER here are one list"
    );
}

#[test]
fn nothing_is_printed() {
    let mut faults = Vec::new();
    for source in sources() {
        for (number, line) in code(&source.text) {
            for call in [
                "print!(",
                "println!(",
                "eprint!(",
                "eprintln!(",
                "dbg!(",
                "todo!(",
            ] {
                let found = line.match_indices(call).any(|(at, _)| {
                    !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                });
                if found {
                    faults.push(format!("{}:{number}: {call}…)", source.shown));
                }
            }
        }
    }
    assert!(
        faults.is_empty(),
        "a library does not print\n{}",
        faults.join("\n")
    );
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> = sources()
        .into_iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.shown)
        .collect();
    assert!(
        silent.is_empty(),
        "these do not begin with `//!`: {}",
        silent.join(", ")
    );
}

#[test]
fn no_float_where_money_passes() {
    let mut faults = Vec::new();
    let mut excused = 0;
    for source in sources() {
        let modules = [
            "money",
            "ledger",
            "crosswalk",
            "driver",
            "account",
            "cube",
            "reconciliation",
        ];
        if !modules.contains(&source.module.as_str()) {
            continue;
        }
        for (number, line) in code(&source.text) {
            let words = line.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            let float = words.clone().any(|word| {
                word == "f64" || word == "f32" || word.ends_with("_f64") || word.ends_with("_f32")
            });
            if !float {
                continue;
            }
            let allowed = FLOATS
                .iter()
                .any(|(file, text)| *file == source.shown && line.contains(text));
            excused += usize::from(allowed);
            if !allowed {
                faults.push(format!("{}:{number}: {}", source.shown, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "floating point\n{}", faults.join("\n"));
    assert!(
        excused >= FLOATS.len(),
        "an excuse that nothing needs any more"
    );
}

/// A worker of a parallel loop that calls polars' own threads is given the next piece of work while
/// it waits, on top of its stack.
#[test]
fn polars_works_only_behind_its_door() {
    const DOOR: &str = "src/sheet/apart.rs";
    const WORKS: [&str; 12] = [
        "Reader::new(Cursor",
        "ParquetReader",
        "ParquetWriter",
        "CsvReader",
        "LazyFrame",
        "IntoLazy",
        ".lazy()",
        ".rechunk",
        ".sort_with",
        ".group_by_stable(",
        ".sink_",
        "scan_parquet",
    ];
    let mut faults = Vec::new();
    let mut behind = 0;
    for source in sources()
        .iter()
        .filter(|source| source.text.contains("polars"))
    {
        for (number, line) in code(&source.text) {
            let works = WORKS.iter().any(|work| line.contains(work));
            if works && source.shown == DOOR {
                behind += 1;
            } else if works {
                faults.push(format!("{}:{number}: {}", source.shown, line.trim()));
            }
        }
    }
    assert!(
        faults.is_empty(),
        "these go round {DOOR}\n{}",
        faults.join("\n")
    );
    assert!(behind > 4, "the door is there");
}
