//! The page of a site that tells what is not placed, and what is not spending.

use super::*;
use wholeplace::disclosure::Released;
use wholeplace::report::{ReportScope, Site, SiteSources, site_files};
use wholeplace::{Boundary, Cube, Phase};

/// The files of a site of the pack, by their names.
fn site(folder: &Path) -> BTreeMap<String, String> {
    let account = account(folder);
    let cube = Cube::build(&account).unwrap();
    let scope = ReportScope {
        level: "ward".to_owned(),
        activity_level: "service".to_owned(),
        period: "2024-25".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let site = Site::build(&SiteSources {
        account: Some(&account),
        ..SiteSources::of(&cube, &scope)
    });
    let site = Released::for_internal_use(site.unwrap(), "a test").unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let files = site_files(&site).unwrap().into_iter();
    files.map(|file| (file.path, text(&file.bytes))).collect()
}

/// The pack with levels, as a report asks for them.
fn with_levels(codes: &str, paid: &[(&str, &str, &str)]) -> TempDir {
    let place = PLACE
        .replace(
            "parent = \"county\"",
            "parent = \"county\", level = \"ward\"",
        )
        .replace(
            "name = \"Youth work\"",
            "name = \"Youth work\", level = \"service\"",
        )
        .replace(
            "locality = \"county\"\n",
            "locality = \"county\"\nage_bands = [\"all\"]\n",
        );
    pack(&[
        ("place.toml", &place),
        ("codes.csv", codes),
        ("paid.csv", &payments(paid)),
    ])
}

#[test]
fn a_page_has_the_list_and_its_files_have_all_of_it() {
    let many: Vec<String> = (0..120).map(|number| format!("CODE {number:03}")).collect();
    let mut paid: Vec<(&str, &str, &str)> = many
        .iter()
        .map(|code| (code.as_str(), "", "1.00"))
        .collect();
    paid.truncate(28);
    paid.extend([("<b>ROADS</b>", "", "-900.00"), ("LOAN", "", "5000.00")]);
    let codes = "ledger,code,not spending\npaid,LOAN,treasury\n";
    let folder = with_levels(codes, &paid);
    let more: Vec<(&str, &str, &str)> = many[28..56]
        .iter()
        .map(|code| (code.as_str(), "", "1.00"))
        .collect();
    std::fs::write(folder.path().join("paid-2.csv"), payments(&more)).unwrap();
    let rest: Vec<(&str, &str, &str)> = many[56..84]
        .iter()
        .map(|code| (code.as_str(), "", "1.00"))
        .collect();
    std::fs::write(folder.path().join("paid-3.csv"), payments(&rest)).unwrap();
    let last: Vec<(&str, &str, &str)> = many[84..112]
        .iter()
        .map(|code| (code.as_str(), "", "1.00"))
        .collect();
    std::fs::write(folder.path().join("paid-4.csv"), payments(&last)).unwrap();
    let files = site(folder.path());
    let page = &files["unplaced.html"];
    assert!(page.contains("The first 100 of 113 codes; all of them are in the files."));
    assert!(page.contains("&lt;b&gt;ROADS&lt;/b&gt;") && !page.contains("<b>ROADS"));
    let table = page.split_once("<table id=\"unplaced-codes\"").unwrap().1;
    let table = table.split_once("</table>").unwrap().0;
    assert_eq!(
        table.matches("<tr>").count(),
        101,
        "headings, and a hundred codes"
    );
    let csv = &files["data/unplaced-codes.csv"];
    assert_eq!(csv.lines().count(), 114);
    assert!(
        csv.lines()
            .nth(1)
            .unwrap()
            .contains("<b>ROADS</b>,1,-900.00,88.9,paid.csv:30"),
        "{csv}"
    );
    // What is not spending has its own table, and no figure has it.
    assert!(page.contains("treasury: investments made and returned, loans taken and repaid"));
    assert!(files["data/not-spending.csv"].contains(",LOAN,1,5000.00"));
    for (from, words) in [
        ("reconciliation.html", "113 codes are not yet placed"),
        ("method.html", "113 codes are not yet placed"),
    ] {
        assert!(
            files[from].contains(&format!("<a href=\"unplaced.html\">{words}</a>")),
            "{from}"
        );
    }
    assert!(files["reconciliation.html"].contains("not spending: treasury (1 line)"));
    assert!(files["datapackage.json"].contains("unplaced-codes.csv"));
}

#[test]
fn there_is_no_page_where_all_is_done() {
    let folder = with_levels(
        "ledger,code,activity\npaid,A,youth-work\n",
        &[("A", "", "1.00")],
    );
    let files = site(folder.path());
    assert!(!files.contains_key("unplaced.html"));
    assert!(files["reconciliation.html"].contains("Every code of the ledgers is placed."));
}
