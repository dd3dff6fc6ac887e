//! Every kind of page in a real browser: no error on its console, nothing fetched, no page wider
//! than its window at 390 and 1280 pixels, and no serious fault of accessibility.
//!
//! Needs Chromium; where there is none the test is skipped and says so. axe-core is fetched by
//! `tests/release/browser/fetch-axe.sh`; without it the other checks run, and that is said.

use crate::fixtures::shared;
use crate::release::changes::{changed, released};
use crate::release::families::with_families;
use crate::release::modes::moded;
use crate::release::performance::agreed;
use crate::release::place_plans::planned;
use crate::release::scenarios::partners;
use crate::release::site::{Built, build, sample};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

fn say(words: &str) {
    let test = std::thread::current();
    let _ = writeln!(
        std::io::stderr(),
        "SKIPPED {}: {words}",
        test.name().unwrap_or("a test")
    );
}

/// Chromium, under one of the names it has.
fn browser() -> Option<PathBuf> {
    let named = std::env::var_os("WHOLEPLACE_CHROMIUM").map(PathBuf::from);
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = std::env::split_paths(&paths)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|path| path.is_file());
    let found = named.or(found);
    if found.is_none() {
        say("there is no Chromium; install Debian's `chromium` or name one in WHOLEPLACE_CHROMIUM");
    }
    found
}

fn axe() -> Option<PathBuf> {
    let named = std::env::var_os("WHOLEPLACE_AXE").map(PathBuf::from);
    let fetched = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/axe/package/axe.min.js");
    let found = named.unwrap_or(fetched);
    if found.is_file() {
        return Some(found);
    }
    say("no axe-core, so accessibility was not checked; run tests/release/browser/fetch-axe.sh");
    None
}

/// Opens pages of a site and tells what is wrong with them.
fn faults(site: &Built, pages: &[&str], browser: &Path) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("data")).unwrap();
    for file in &site.files {
        std::fs::write(folder.path().join(&file.path), &file.bytes).unwrap();
    }
    let with_axe = axe();
    if let Some(axe) = &with_axe {
        for page in pages {
            let page_of = site.files.iter().find(|file| file.path == *page).unwrap();
            let text = String::from_utf8(page_of.bytes.clone()).unwrap();
            let text = text.replace("http-equiv=\"Content-Security-Policy\"", "name=\"policy\"");
            std::fs::write(folder.path().join(format!("zz-axe-{page}")), text).unwrap();
        }
        std::fs::copy(axe, folder.path().join("zz-axe.js")).unwrap();
    }
    let check = include_str!("browser/check.html")
        .replace("/*PAGES*/[]", &serde_json::to_string(pages).unwrap())
        .replace(
            "/*AXE*/\"\"",
            if with_axe.is_some() {
                "\"zz-axe.js\""
            } else {
                "\"\""
            },
        );
    let check_file = folder.path().join("zz-check.html");
    std::fs::write(&check_file, check).unwrap();
    let profile = tempfile::tempdir().unwrap();
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--allow-file-access-from-files",
            "--enable-logging=stderr",
            "--virtual-time-budget=600000",
            "--window-size=1400,1000",
            "--dump-dom",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .arg(format!("file://{}", check_file.display()))
        .output()
        .unwrap();
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let (_, result) = dom
        .split_once("<pre id=\"result\">")
        .unwrap_or_else(|| panic!("no result: {}", String::from_utf8_lossy(&output.stderr)));
    let (result, _) = result.split_once("</pre>").unwrap();
    let result = result
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let mut told: Vec<String> =
        serde_json::from_str(&result).unwrap_or_else(|_| panic!("not finished: {result}"));
    let finished = format!(
        "finished {} pages{}",
        pages.len(),
        if with_axe.is_some() { " with axe" } else { "" }
    );
    assert_eq!(told.pop(), Some(finished), "{told:?}");
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    told.extend(
        errors
            .lines()
            .filter(|line| line.contains("CONSOLE"))
            .map(str::to_owned),
    );
    told
}

/// A page of each kind that a site has, by what stands before the first hyphen of its name, and some besides.
fn one_of_each_kind<'a>(site: &'a Built, besides: &[&'a str]) -> Vec<&'a str> {
    let mut kinds = BTreeSet::new();
    let pages = site.files.iter().map(|file| file.path.as_str());
    let mut chosen: Vec<&str> = pages
        .filter(|path| path.ends_with(".html"))
        .filter(|path| kinds.insert(path.trim_end_matches(".html").split('-').next()))
        .collect();
    for page in besides {
        if !chosen.contains(page) {
            chosen.push(page);
        }
    }
    chosen
}

fn have_no_fault(site: &Built, besides: &[&str], wanted: &[&str]) {
    let Some(browser) = browser() else { return };
    let pages = one_of_each_kind(site, besides);
    for page in wanted {
        assert!(pages.contains(page), "{page}: {pages:?}");
    }
    let found = faults(site, &pages, &browser);
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn pages_of_every_kind_have_no_fault_in_a_browser() {
    let besides = [
        "place-ludlow.html",
        "outcome-young-people-in-work-or-learning.html",
        "outcome-less-youth-offending.html",
        "proposal-youth-diversion.html",
        "proposal-falls-at-home.html",
        "partner-shropshire-council.html",
    ];
    let wanted = [
        "index.html",
        "contracts.html",
        "contract-youth-reoffending.html",
        "data.html",
    ];
    have_no_fault(sample(), &besides, &wanted);
}

#[test]
fn pages_of_registers_have_no_fault_in_a_browser() {
    let besides = ["plan-town.html", "plan-hills.html", "place-town.html"];
    have_no_fault(planned(), &besides, &["plans.html", "premises.html"]);
}

#[test]
fn pages_of_an_agreement_have_no_fault_in_a_browser() {
    have_no_fault(
        agreed(),
        &[],
        &["board.html", "performance.html", "gap.html"],
    );
}

#[test]
fn pages_of_scenarios_have_no_fault_in_a_browser() {
    have_no_fault(
        partners(),
        &[],
        &["scenarios.html", "scenario-earlier-help.html"],
    );
}

#[test]
fn the_page_of_families_has_no_fault_in_a_browser() {
    have_no_fault(with_families(), &[], &["families.html"]);
}

#[test]
fn pages_of_modes_have_no_fault_in_a_browser() {
    have_no_fault(moded(), &["partner-council.html"], &["modes.html"]);
}

#[test]
fn the_page_of_changes_has_no_fault_in_a_browser() {
    have_no_fault(changed(), &[], &["changes.html"]);
}

#[test]
fn pages_of_a_release_under_a_policy_have_no_fault_in_a_browser() {
    have_no_fault(released(), &[], &["statement.html"]);
}

#[test]
fn pages_of_the_published_data_have_no_fault_in_a_browser() {
    let (Some(browser), Some(data)) = (browser(), shared::folder("shropshire")) else {
        return;
    };
    let pack = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/examples/packs/shropshire"
    ));
    let site = build(pack, Some(&data));
    let found = faults(
        &site,
        &[
            "index.html",
            "place-minsterley-and-pontesbury.html",
            "outcome-fewer-young-people-offend.html",
            "outcome-young-people-in-education-work-or-training.html",
            "partners.html",
            "partner-west-mercia-police.html",
            "reconciliation.html",
            "made-E06000051.html",
        ],
        &browser,
    );
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// The check itself: it must find what it is there to find.
#[test]
fn the_browser_check_finds_faults() {
    let Some(browser) = browser() else { return };
    let page = "<!DOCTYPE html><html><title>x</title><main><h1>A</h1><img src=\"none.png\">\
        <div style=\"width:700px\">wide</div><script>console.error('broken')</script></main></html>";
    let mut broken = Built {
        cube: sample().cube.with_sharing(sample().cube.sharing().clone()),
        files: vec![],
    };
    broken.files.push(wholeplace::report::SiteFile {
        path: "broken.html".to_owned(),
        bytes: page.as_bytes().to_vec(),
    });
    let found = faults(&broken, &["broken.html"], &browser).join("\n");
    for expected in ["broken.html at 390: ", "px too wide", "fetches", "broken\""] {
        assert!(found.contains(expected), "{expected}: {found}");
    }
    if axe().is_some() {
        assert!(found.contains("image-alt (critical)"), "{found}");
    }
}
