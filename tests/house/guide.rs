//! The guide is true: every command of it runs, prints what it says, and leads to the pack that is shipped.

use super::told::{Document, apply, is_of_today, root, run};
use std::collections::BTreeMap;
use std::path::Path;

/// The heading from which on the pack of the guide is done.
const LATER: &str = "Next month";

/// Copies a folder with all below it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, to).unwrap();
        }
    }
}

/// The files of a folder, by name.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn an_afternoon_from_raw_files_to_a_site() {
    let folder = tempfile::tempdir().unwrap();
    let shipped = root().join("examples/data/salford");
    for part in ["payments", "later", "geography"] {
        copy(
            &shipped.join(part),
            &folder.path().join("salford").join(part),
        );
    }
    let mut guide = Document::open("GUIDE.md");
    let (mut by_hand, mut by_hand_later, mut done) = (0, 0, false);
    for block in guide.blocks_mut() {
        if block.under == LATER && !done {
            done = true;
            let pack = files(&folder.path().join("mine"));
            assert!(pack.len() > 4, "{:?}", pack.keys());
            for (name, text) in pack {
                is_of_today(&shipped.join("pack").join(name), &text);
            }
        }
        match block.kind.as_str() {
            "console" => block.text = run(&block.text, folder.path()),
            "diff" if done => by_hand_later += apply(&block.text, folder.path()),
            "diff" => by_hand += apply(&block.text, folder.path()),
            _ => {}
        }
    }
    guide.is_of_today();
    assert!(done, "the guide has the heading `{LATER}`");
    assert!(
        (1..60).contains(&by_hand),
        "{by_hand} lines written by hand"
    );
    assert!(
        (1..10).contains(&by_hand_later),
        "{by_hand_later} lines later"
    );
    let text = std::fs::read_to_string(root().join("GUIDE.md")).unwrap();
    assert!(
        text.contains(&format!("{by_hand} lines")),
        "the guide says that they are {by_hand} lines"
    );
    // Counted again by a plain reader: all of Salford's payments, and without the insurance account.
    let [all, spent] = counted(&shipped.join("payments/salford-2017-06.csv"));
    assert_eq!([all, spent], [997_998_705, 913_514_489]);
    for pence in [all, spent] {
        let pounds = wholeplace::Pence::new(pence).to_string();
        assert!(text.contains(&pounds), "the guide has {pounds}");
    }
    let index = std::fs::read_to_string(folder.path().join("site/index.html")).unwrap();
    assert!(index.contains("Salford") && index.contains("Ordsall"));
}

/// The pence of all payments, and of those that are no repayment from the insurance account.
fn counted(file: &Path) -> [i64; 2] {
    let mut rows = (csv::ReaderBuilder::new().flexible(true))
        .from_path(file)
        .unwrap();
    let (mut all, mut spent) = (0, 0);
    for row in rows.records().map(Result::unwrap) {
        let (pounds, rest) = row[5].split_once('.').unwrap_or((&row[5], "0"));
        let pence: i64 = format!("{pounds}{rest:0<2}").parse().unwrap();
        all += pence;
        spent += if &row[8] == "Repaymt-Insur Hldg" {
            0
        } else {
            pence
        };
    }
    [all, spent]
}

/// What is shipped is small, and no payee is a person.
#[test]
fn the_files_of_salford_are_small_and_name_bodies_only() {
    let shipped = root().join("examples/data/salford");
    let mut size = 0;
    for part in ["payments", "later", "geography", "pack"] {
        for (name, text) in files(&shipped.join(part)) {
            size += text.len();
            if part == "payments" || part == "later" {
                let mut rows = csv::ReaderBuilder::new()
                    .flexible(true)
                    .from_reader(text.as_bytes());
                let payee = rows
                    .headers()
                    .unwrap()
                    .iter()
                    .position(|h| h == "Supplier Name")
                    .unwrap();
                let named = rows.records().map(|row| row.unwrap()[payee].to_owned());
                for payee in named.filter(|payee| !payee.is_empty()) {
                    let words = [
                        "council",
                        "nhs",
                        "universit",
                        "court",
                        "fire",
                        "department",
                        "college",
                        "bouough",
                    ];
                    assert!(
                        words.iter().any(|word| payee.to_lowercase().contains(word)),
                        "{name}: a payee that is no body"
                    );
                }
            }
        }
    }
    assert!(size < 150_000, "{size} bytes");
}

/// Every recipe in a folder of its own: the small place, what the recipe adds, its files, its command.
#[test]
fn each_recipe_opens_and_prints_what_it_says() {
    let mut recipes = Document::open("RECIPES.md");
    let small = recipes.blocks().next().unwrap().text.clone();
    let (mut folder, mut under, mut ran) = (None, String::new(), 0);
    for block in recipes.blocks_mut().skip(1) {
        if block.under != under {
            under.clone_from(&block.under);
            let new = tempfile::tempdir().unwrap();
            std::fs::create_dir(new.path().join("ludford")).unwrap();
            std::fs::write(new.path().join("ludford/place.toml"), &small).unwrap();
            folder = Some(new);
        }
        let at = folder.as_ref().unwrap().path();
        let place = at.join("ludford/place.toml");
        match block.kind.split_once(' ') {
            Some(("csv", name)) => {
                std::fs::write(at.join("ludford").join(name), &block.text).unwrap()
            }
            None if block.kind == "toml" => {
                let text = std::fs::read_to_string(&place).unwrap();
                std::fs::write(&place, format!("{text}\n{}", block.text)).unwrap();
            }
            None if block.kind == "console" => {
                block.text = run(&block.text, at);
                ran += 1;
            }
            _ => panic!("no such block in a recipe: {}", block.kind),
        }
    }
    assert!(ran > 4, "{ran} recipes ran");
    recipes.is_of_today();
}
