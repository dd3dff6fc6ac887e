//! A folder with a site is the earlier one, the new one, or says that it is neither.

// The file that programs copy, as they use it.
#[allow(dead_code, reason = "programs use all of it")]
#[path = "../../examples/common/site_folder.rs"]
mod copied;

use copied::SiteFolder;
use std::collections::BTreeMap;
use std::path::Path;
use wholeplace::report::SiteFile;

const FILES: [&str; 4] = ["data/a.csv", "index.html", "place-ludlow.html", "style.css"];

/// Writes a site of one date, as far as the moves.
fn written(folder: &Path, date: &str, files: &[&str]) -> SiteFolder {
    let mut site = SiteFolder::begin(folder).unwrap();
    for file in files {
        let bytes = format!("{file} of {date}").into_bytes();
        let path = (*file).to_owned();
        site.write(&SiteFile { path, bytes }).unwrap();
    }
    site
}

/// A program that is killed runs nothing more.
fn killed(site: SiteFolder) {
    std::mem::forget(site);
}

/// Every file of a folder, with its text.
fn held(folder: &Path) -> BTreeMap<String, String> {
    let mut held = BTreeMap::new();
    for (name, within) in [("", folder.to_owned()), ("data/", folder.join("data"))] {
        for entry in std::fs::read_dir(within).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                held.insert(format!("{name}{}", entry.file_name().display()), text);
            }
        }
    }
    held
}

fn of(date: &str, files: &[&str]) -> BTreeMap<String, String> {
    let text = |file: &&str| (file.to_string(), format!("{file} of {date}"));
    files.iter().map(text).collect()
}

#[test]
fn a_site_is_written_and_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let site = written(at, "May", &FILES);
    assert_eq!(site.count(".html"), 2);
    assert!(site.finish().unwrap().is_empty());
    assert_eq!(held(at), of("May", &FILES));
    // Of the second there is one file fewer: what the first left is named, and stays.
    let others = written(at, "June", &FILES[..3]).finish().unwrap();
    assert_eq!(others, ["style.css"]);
    let mut both = of("June", &FILES[..3]);
    both.extend(of("May", &FILES[3..]));
    assert_eq!(held(at), both);
    assert!(!at.join("unfinished-site").exists());
}

#[test]
fn killed_before_the_moves_the_earlier_site_stands_whole() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    written(at, "May", &FILES).finish().unwrap();
    killed(written(at, "June", &FILES[..2]));
    assert_eq!(held(at), of("May", &FILES));
    assert!(at.join("unfinished-site").exists());
    // The next run takes away what was left, and none of it comes into its site.
    written(at, "July", &FILES).finish().unwrap();
    assert_eq!(held(at), of("July", &FILES));
    assert!(!at.join("unfinished-site").exists());
}

#[test]
fn ended_between_the_moves_its_first_page_says_so_and_the_next_run_repairs_it() {
    for stuck in ["place-ludlow.html", "style.css"] {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        written(at, "May", &FILES).finish().unwrap();
        // A file cannot be moved to where a folder with something in it lies.
        std::fs::remove_file(at.join(stuck)).unwrap();
        std::fs::create_dir_all(at.join(stuck).join("in the way")).unwrap();
        let error = written(at, "June", &FILES).finish().unwrap_err();
        assert!(error.contains(stuck), "{error}");
        let now = held(at);
        assert_eq!(now["data/a.csv"], "data/a.csv of June", "was moved");
        if stuck == "place-ludlow.html" {
            assert_eq!(now["style.css"], "style.css of May", "was not");
        }
        let first = &now["index.html"];
        let says = "pages in this folder are of two dates: make the report again";
        assert!(first.contains(says), "{first}");
        std::fs::remove_dir_all(at.join(stuck)).unwrap();
        written(at, "July", &FILES).finish().unwrap();
        assert_eq!(held(at), of("July", &FILES));
    }
}

#[test]
fn a_run_that_fails_before_the_moves_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    written(at, "May", &FILES).finish().unwrap();
    drop(written(at, "June", &FILES[..2]));
    assert_eq!(held(at), of("May", &FILES));
    assert!(!at.join("unfinished-site").exists());
    let new = at.join("new");
    drop(written(&new, "June", &FILES[..2]));
    assert!(!new.exists(), "nor a folder that it made");
}

#[test]
fn what_is_no_folder_is_refused_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report");
    std::fs::write(&file, "").unwrap();
    let Err(error) = SiteFolder::begin(&file) else {
        panic!("a file is no folder");
    };
    assert!(
        error.ends_with("is a file; name a folder for the site"),
        "{error}"
    );
    assert!(SiteFolder::begin(&file.join("within")).is_err());
}
