//! The order of the modules, and what may not stand in them.

use std::path::{Path, PathBuf};

/// Modules in reading order: each may use those before it. Directories and single files.
const ORDER: [&str; 34] = [
    "text",
    "whole_file",
    "money",
    "statistic",
    "finding",
    "axis",
    "price",
    "reconciliation",
    "table",
    "sheet",
    "ledger",
    "counterparty",
    "crosswalk",
    "driver",
    "place",
    "account",
    "worklist",
    "check",
    "draft",
    "cube",
    "lake",
    "variance",
    "indicator",
    "linkage",
    "register",
    "place_plan",
    "premises",
    "appraisal",
    "agreement",
    "medium_term",
    "disclosure",
    "families",
    "report",
    "reference",
];

/// Floating point that is allowed where money passes, with its reason: file, text of the line.
const FLOATS: [(&str, &str); 0] = [];

pub struct Source {
    /// `src/cube/mod.rs`
    shown: String,
    pub module: String,
    pub text: String,
}

pub fn sources() -> Vec<Source> {
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
        .filter_map(|(_, line)| {
            line.trim_start_matches("pub ")
                .strip_prefix("mod ")?
                .strip_suffix(';')
        })
        .filter(|module| *module != "error")
        .collect();
    assert_eq!(
        modules, ORDER,
        "`mod` of src/lib.rs and ORDER here are one list; errors of all stages come last"
    );
}

// ---- the order inside folders

/// Folders in which the same holds one level down: a file or folder in them uses only those that
/// stand before it in the list of `mod` in their `mod.rs`. `mod.rs` itself uses all.
const INNER: &[&str] = &[
    "appraisal",
    "appraisal/settlement",
    "appraisal/contract",
    "appraisal/contract/open",
    "appraisal/evaluation",
    "appraisal/open",
    "appraisal/uncertain",
    "price",
    "sheet",
    "ledger",
    "account",
    "account/transfers",
    "worklist",
    "check",
    "draft",
    "cube",
    "cube/ask",
    "cube/ask/plan",
    "cube/ask/aggregate",
    "cube/ask/share",
    "cube/ask/close",
    "cube/ask/answer",
    "cube/ask/reference",
    "indicator",
    "linkage",
    "register",
    "place_plan",
    "premises",
    "agreement",
    "medium_term",
    "disclosure",
    "disclosure/pattern",
    "disclosure/policy",
    "disclosure/policy/open",
    "disclosure/register",
    "disclosure/private",
    "disclosure/plan",
    "families",
    "report",
    "report/content",
    "report/content/proposal",
    "report/content/scenario",
    "report/content/contract",
    "report/content/place_plan",
    "report/content/premises",
    "report/content/performance",
    "report/dataset",
    "report/dataset/proposal",
    "report/dataset/scenario",
    "report/dataset/contract",
    "report/dataset/place_plan",
    "report/dataset/performance",
    "report/download",
    "report/text",
    "report/picture",
    "report/site",
    "report/page",
    "report/page/outcome",
    "report/page/proposal",
    "report/page/scenario",
    "report/page/contract",
    "report/page/place_plan",
    "report/page/performance",
];

/// A folder as its `mod.rs` declares it.
struct Inner {
    /// `["account", "transfers"]`
    path: Vec<String>,
    /// Its modules, in order.
    modules: Vec<String>,
    /// What `mod.rs` has from them, so that `super::LedgerError` is known to be of `error`: the
    /// name, and its module.
    handed_on: Vec<(String, String)>,
}

impl Inner {
    fn new(folder: &str, text: &str) -> Self {
        let modules: Vec<String> = code(text)
            .filter_map(|(_, line)| {
                let line = line.trim_start_matches("pub ").strip_prefix("mod ")?;
                Some(line.strip_suffix(';')?.to_owned())
            })
            .collect();
        let handed_on = (paths(text).into_iter())
            .filter_map(|(_, path)| {
                let (module, name) = path.split_once("::")?;
                let name = name.rsplit([':', ' ']).next()?;
                let known = modules.iter().any(|known| known == module);
                known.then(|| (name.to_owned(), module.to_owned()))
            })
            .collect();
        Self {
            path: folder.split('/').map(str::to_owned).collect(),
            modules,
            handed_on,
        }
    }

    fn faults(&self, source: &Source) -> Vec<String> {
        let own = module_path(&source.shown);
        let Some(name) = (own.strip_prefix(&self.path[..])).and_then(|inside| inside.first())
        else {
            return Vec::new();
        };
        let rank = |name: &str| self.modules.iter().position(|module| module == name);
        let mut faults = Vec::new();
        for (line, path) in paths(&source.text) {
            let path = from_root(&path, &own);
            let inside = (path.as_deref()).and_then(|path| path.strip_prefix(&self.path[..]));
            let Some(first) = inside.and_then(|inside| inside.first()) else {
                continue;
            };
            let handed_on = (self.handed_on.iter()).find(|(name, _)| name == first);
            let used = handed_on.map_or(first, |(_, module)| module);
            if rank(used) > rank(name) {
                faults.push(format!(
                    "{}:{line}: '{name}' may not use '{used}'",
                    source.shown
                ));
            }
        }
        faults.dedup();
        faults
    }
}

/// `src/cube/group/mod.rs` is `cube::group`.
fn module_path(shown: &str) -> Vec<String> {
    let path = shown.trim_start_matches("src/").trim_end_matches(".rs");
    let path = path.trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// A path of a module, counted from the root of the crate.
fn from_root(path: &str, own: &[String]) -> Option<Vec<String>> {
    let mut whole = own.to_vec();
    let mut names = path.split("::").peekable();
    match *names.peek()? {
        "crate" => {
            names.next();
            whole.clear();
        }
        "super" => {
            while names.next_if_eq(&"super").is_some() {
                whole.pop();
            }
        }
        _ => return None,
    }
    whole.extend(names.map(|name| name.trim().to_owned()));
    Some(whole)
}

/// All paths of `use`, and those that begin with `crate::` or `super::` elsewhere, with their lines.
/// Unit tests may use what they like.
fn paths(text: &str) -> Vec<(usize, String)> {
    let bare: Vec<&str> = (text.lines())
        .map(|line| line.split_once("//").map_or(line, |(code, _)| code))
        .collect();
    let bare = bare.join("\n");
    let bare = bare
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    let mut found = Vec::new();
    for start in ["use ", "crate::", "super::"] {
        for (at, _) in bare.match_indices(start) {
            let within_a_name = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
            if bare[..at].ends_with(within_a_name) {
                continue;
            }
            let line = bare[..at].matches('\n').count() + 1;
            let rest = &bare[at..];
            let mut all = Vec::new();
            match rest.strip_prefix("use ") {
                Some(tree) => flatten("", tree.split(';').next().unwrap_or(tree), &mut all),
                None => all.extend(rest.split(|c| !within_a_name(c)).next().map(str::to_owned)),
            }
            found.extend(all.into_iter().map(|path| (line, path)));
        }
    }
    found.sort();
    found
}

/// The paths of `one::{two, three::{four, five}}`.
fn flatten(before: &str, tree: &str, all: &mut Vec<String>) {
    let Some((head, list)) = tree.split_once('{') else {
        // After a last comma stands nothing.
        if !tree.trim().is_empty() {
            all.push(format!("{before}{}", tree.trim()));
        }
        return;
    };
    let before = format!("{before}{}", head.trim());
    let list = list.rsplit_once('}').map_or(list, |(list, _)| list);
    let (mut depth, mut start) = (0, 0);
    for (i, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                flatten(&before, &list[start..i], all);
                start = i + 1;
            }
            _ => {}
        }
    }
    flatten(&before, &list[start..], all);
}

#[test]
fn files_of_a_folder_use_only_what_stands_before_them() {
    let sources = sources();
    let mut faults = Vec::new();
    for folder in INNER {
        let shown = format!("src/{folder}/mod.rs");
        let list = sources.iter().find(|source| source.shown == shown);
        let inner = Inner::new(folder, &list.expect("the folder has a mod.rs").text);
        assert!(inner.modules.len() > 1, "{shown} has a list of modules");
        faults.extend(sources.iter().flat_map(|source| inner.faults(source)));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The check itself: what it must find, and what it must leave.
#[test]
fn the_order_inside_folders_is_really_checked() {
    let list = "mod error;\nmod line;\npub mod pair;\nmod known;\n\n\
                pub use error::{Wrong, Other as Fault};\nuse known::Known;\n";
    let faults = |shown: &str, text: &str| {
        Inner::new("account/transfers", list).faults(&Source {
            shown: format!("src/{shown}.rs"),
            module: "account".to_owned(),
            text: text.to_owned(),
        })
    };
    let transfers = |file: &str, text: &str| faults(&format!("account/transfers/{file}"), text);
    assert_eq!(
        transfers("line", "//! Words.\n\nuse super::pair::Pair;\n"),
        ["src/account/transfers/line.rs:3: 'line' may not use 'pair'"]
    );
    assert_eq!(
        transfers(
            "line",
            "use super::{\n    Known,\n    error::{Wrong, self},\n    pair::{self, Pair},\n};\n"
        ),
        [
            "src/account/transfers/line.rs:1: 'line' may not use 'known'",
            "src/account/transfers/line.rs:1: 'line' may not use 'pair'"
        ]
    );
    assert_eq!(
        transfers("error", "fn f() { crate::account::transfers::pair::g() }").len(),
        1
    );
    assert_eq!(transfers("error", "fn f(x: super::Known) {}").len(), 1);
    assert_eq!(
        transfers("line/deep", "use super::super::known::K;").len(),
        1
    );
    let fine = "use super::line::Line;\nuse super::{Fault, Wrong};\nuse super::super::Boundary;\n\
                fn f() -> crate::account::Held {} // super::known\n\
                #[cfg(test)]\nmod tests {\n    use crate::account::transfers::known::Known;\n}\n";
    assert_eq!(transfers("pair", fine), [""; 0]);
    assert_eq!(transfers("mod", "use pair::Pair;"), [""; 0]);
    assert_eq!(faults("cube/build", "use super::known::Known;"), [""; 0]);
}

// ---- what may not stand in a file

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
            "check",
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

/// A file that a document or a comment sends its reader to is there.
#[test]
fn named_files_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    for folder in ["src", "tests", "benches", "examples"] {
        walk(&root.join(folder), &mut files);
    }
    let documents = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files.extend(documents.filter(|path| path.extension().is_some_and(|ext| ext == "md")));
    let (mut missing, mut named) = (Vec::new(), 0);
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        for rest in text.split(concat!('`', "tests/")).skip(1) {
            let name = format!("tests/{}", rest.split('`').next().unwrap());
            named += 1;
            // A pattern such as `tests/findings/rules/<rule>/` names a folder.
            let name = name.split('<').next().unwrap();
            if !root.join(name).exists() {
                missing.push(format!(
                    "{}: {name}",
                    file.strip_prefix(root).unwrap().display()
                ));
            }
        }
    }
    assert!(named > 20, "only {named} files are named");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// A worker of a parallel loop that calls polars' own threads is given the next piece of work while
/// it waits, on top of its stack.
#[test]
fn polars_works_only_behind_its_door() {
    const DOOR: &str = "src/sheet/polars_door.rs";
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

/// Where a report asks questions, and so has figures of answers in its hands; its tests decide what is told.
const ASKING: [&str; 4] = [
    "src/report/content/assembly.rs",
    "src/report/site/",
    "src/report/suppression/",
    // A gate that keeps what it withholds, to look for its digits in every file.
    "src/report/publication/watch.rs",
];

/// Names of what an answer holds, each with every number.
const OF_ANSWERS: [&str; 3] = ["Figure", "Answer", "Row"];

fn raw_figures(source: &Source) -> Vec<String> {
    let asks = (ASKING.iter()).any(|place| source.shown.starts_with(place));
    if source.module != "report" || asks {
        return Vec::new();
    }
    let raw = |path: &str| {
        let inside = path.split_once("cube::").map(|(_, name)| name);
        inside.is_some_and(|name| OF_ANSWERS.contains(&name))
    };
    (paths(&source.text).into_iter())
        .filter(|(_, path)| raw(path))
        .map(|(line, path)| format!("{}:{line}: {path}", source.shown))
        .collect()
}

/// What a report holds was told: outside of where it asks, no file of it names a figure of an answer, in which
/// what is withheld has a number.
#[test]
fn reports_name_figures_of_answers_only_where_they_ask() {
    let faults: Vec<String> = sources().iter().flat_map(raw_figures).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    let file = |shown: &str| Source {
        shown: shown.to_owned(),
        module: "report".to_owned(),
        text: "use crate::cube::{By, Figure};\n".to_owned(),
    };
    assert_eq!(
        raw_figures(&file("src/report/page/place.rs")),
        ["src/report/page/place.rs:1: crate::cube::Figure"]
    );
    assert_eq!(raw_figures(&file("src/report/site/flows.rs")), [""; 0]);
}
