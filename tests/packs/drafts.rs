//! Packs drafted from payment files open with no edit and hold what the files hold, to the penny; what
//! people filled in stays byte for byte when more is added.

use crate::fixtures::shared;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use wholeplace::PlaceAccount;
use wholeplace::draft::{Draft, DraftError, Drafting, Written};
use wholeplace::finding::Severity;
use wholeplace::ledger::{Layout, Sign};
use wholeplace::money::Pence;

/// A folder with these files in `files/`.
fn files(texts: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), texts);
    folder
}

fn put(folder: &Path, texts: &[(&str, &str)]) {
    for (name, text) in texts {
        let path = folder.join("files").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
}

fn drafting() -> Drafting {
    Drafting::of_place("E06000000", "Ludford")
}

/// Drafts the files of a folder into its pack.
fn drafted(folder: &Path) -> (Draft, Written) {
    let draft = drafting().draft(&[folder.join("files")]).unwrap();
    let written = draft.to_pack(&folder.join("pack")).unwrap();
    (draft, written)
}

/// What the account of a pack is: lines and pounds.
fn account(written: &Written) -> (u64, String) {
    let account = PlaceAccount::load(&written.open().unwrap()).unwrap();
    assert!(
        account.reconciliation().holds(),
        "{}",
        account.reconciliation()
    );
    let lines = account
        .ledgers()
        .iter()
        .map(|ledger| ledger.ledger().len() as u64)
        .sum();
    (lines, account.total().to_string())
}

/// The layout, and the account, of one file.
fn of_one(text: &str) -> (Layout, Draft, (u64, String)) {
    let folder = files(&[("paid.csv", text)]);
    let (draft, written) = drafted(folder.path());
    let layout = draft.ledgers()[0].layout().clone();
    let sums = account(&written);
    (layout, draft, sums)
}

/// Every file of a folder with its bytes.
fn bytes(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .map(|path| (path.clone(), fs::read(&path).unwrap()))
        .collect()
}

fn looks(draft: &Draft) -> Vec<String> {
    let all = draft.ledgers().iter().flat_map(|ledger| ledger.decided());
    all.filter(|decided| decided.look)
        .map(|decided| format!("{}: {}", decided.key, decided.seen))
        .collect()
}

// ---- the publishers of the shared data

#[derive(Deserialize)]
struct Expected {
    file: String,
    lines: u64,
    total_gbp: String,
    unreadable_lines: u64,
}

fn expected(ledgers: &Path) -> Vec<Expected> {
    let mut reader = csv::Reader::from_path(ledgers.join("control_totals.csv")).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn sum<'a>(rows: impl Iterator<Item = &'a Expected>) -> (u64, String) {
    let (lines, pence) = rows.fold((0, 0i64), |(lines, pence), row| {
        let own: i64 = row.total_gbp.replace('.', "").parse().unwrap();
        (lines + row.lines, pence + own)
    });
    (lines, Pence::new(pence).to_string())
}

/// What to draft from, and what must come out: each publisher's folder, and each file of those folders
/// that several publishers share.
fn cases(ledgers: &Path) -> Vec<(Vec<PathBuf>, (u64, String), u64)> {
    let expected = expected(ledgers);
    let folder = |row: &Expected| row.file.split('/').next().unwrap().to_owned();
    let folders: BTreeSet<String> = expected.iter().map(folder).collect();
    let mut cases = Vec::new();
    for name in folders {
        let own = || expected.iter().filter(|row| folder(row) == name);
        let unreadable = own().map(|row| row.unreadable_lines).sum();
        cases.push((vec![ledgers.join(&name)], sum(own()), unreadable));
        if ["councils", "nhs"].contains(&name.as_str()) {
            for row in own() {
                cases.push((
                    vec![ledgers.join(&row.file)],
                    sum([row].into_iter()),
                    row.unreadable_lines,
                ));
            }
        }
    }
    // All of them at once, the list of their totals among them.
    cases.push((vec![ledgers.to_owned()], sum(expected.iter()), 1));
    cases
}

fn every_publisher(drafting: &Drafting) {
    let Some(ledgers) = shared::folder("ledgers") else {
        return;
    };
    let cases = cases(&ledgers);
    assert_eq!(cases.len(), 7 + 6 + 1);
    for (paths, wanted, unreadable) in cases {
        let folder = tempfile::tempdir().unwrap();
        let draft = drafting.draft(&paths).unwrap();
        let written = draft.to_pack(&folder.path().join("pack")).unwrap();
        let place = written.open().unwrap();
        assert!(
            place.findings().is_empty(),
            "{paths:?}: {}",
            place.findings()
        );
        let account = PlaceAccount::load(&place).unwrap();
        let lines: u64 = account
            .ledgers()
            .iter()
            .map(|ledger| ledger.ledger().len() as u64)
            .sum();
        assert_eq!(
            (lines, account.total().to_string()),
            wanted,
            "{paths:?}\n{draft}"
        );
        let faults: Vec<String> = account
            .findings()
            .faults()
            .map(ToString::to_string)
            .collect();
        assert_eq!(
            faults.len() as u64,
            unreadable,
            "{paths:?}\n{}",
            faults.join("\n")
        );
        no_private_names(&folder.path().join("pack"), &account);
        assert!(
            drafting
                .draft(&paths)
                .unwrap()
                .to_pack(&folder.path().join("pack"))
                .unwrap()
                .is_nothing_new()
        );
    }
}

/// No cell of the pack's tables is the name of a payee that is not listed as a public body, and no text of
/// its `place.toml`.
fn no_private_names(pack: &Path, account: &PlaceAccount) {
    let mut cells: BTreeSet<String> = BTreeSet::new();
    let mut listed: BTreeSet<String> = BTreeSet::new();
    for path in bytes(pack).into_keys() {
        if path.extension().is_none_or(|extension| extension != "csv") {
            let text = fs::read_to_string(path).unwrap();
            cells.extend(text.split(['"', '`', '\n']).map(str::to_owned));
            continue;
        }
        let of_bodies = !path.ends_with("crosswalk.csv");
        for row in csv::Reader::from_path(&path).unwrap().records() {
            let row = row.unwrap();
            listed.extend(row.iter().filter(|_| of_bodies).map(str::to_lowercase));
            cells.extend(row.iter().map(str::to_owned));
        }
    }
    let codes: BTreeSet<&String> = (account.ledgers().iter())
        .flat_map(|mapped| mapped.ledger().code_texts("activity"))
        .collect();
    for mapped in account.ledgers() {
        for name in mapped.ledger().code_texts("counterparty") {
            let known =
                name.is_empty() || listed.contains(&name.to_lowercase()) || codes.contains(name);
            assert!(
                known || !cells.contains(name),
                "{} stands in the pack of `{}`",
                wholeplace::finding::masked(name),
                mapped.ledger().id()
            );
        }
    }
}

#[test]
fn every_publisher_by_the_library() {
    every_publisher(&drafting());
}

#[test]
fn every_publisher_without_the_library() {
    every_publisher(&drafting().without_library());
}

#[test]
fn the_library_is_looked_into_first_and_proposals_are_as_good() {
    let Some(ledgers) = shared::folder("ledgers") else {
        return;
    };
    let leeds = [ledgers.join("leeds")];
    let draft = drafting().draft(&leeds).unwrap();
    assert!(draft.ledgers()[0].is_of_library());
    assert_eq!(draft.ledgers()[0].publisher(), "Leeds City Council");
    let proposed = drafting().without_library().draft(&leeds).unwrap();
    assert!(!proposed.ledgers()[0].is_of_library());
    assert_eq!(proposed.ledgers()[0].publisher(), "Leeds City Council");
    assert_eq!(
        proposed.ledgers()[0].layout().amount,
        ["NetAmount", "Amount"]
    );
    assert_eq!(
        proposed.ledgers()[0].layout().date,
        ["DatePaid", "Payment Date"]
    );
    // The bodies that file their payments together are partners of their own.
    assert_eq!(proposed.ledgers()[0].layout().codes["partner"].len(), 2);
}

// ---- relatives

#[test]
fn net_beside_vat_and_gross_is_told_by_heading_and_by_rows() {
    let text = "Service,Supplier,Date,Gross Amount,VAT,Net Amount\n\
                Parks,A Ltd,01/05/2024,120.00,20.00,100.00\n\
                Roads,B Ltd,02/05/2024,60.00,10.00,50.00\n\
                Roads,B Ltd,03/05/2024,30.00,0.00,30.00\n";
    let (layout, draft, sums) = of_one(text);
    assert_eq!(layout.amount, ["Net Amount"]);
    assert_eq!(sums, (3, "£180.00".to_owned()));
    assert!(
        draft
            .to_string()
            .contains("its cells and those of `VAT` add up to `Gross Amount`"),
        "{draft}"
    );
    // Headings that do not say it: the rows do.
    let (layout, ..) = of_one(&text.replace("Gross Amount,VAT,Net Amount", "Amount,VAT,Value"));
    assert_eq!(layout.amount, ["Value"]);
    // Two amounts that differ for no reason that is seen: the better heading, and somebody must look.
    let text = "Service,Supplier,Date,Invoice Amount,Amount\nParks,A Ltd,01/05/2024,100.00,90.00\nRoads,B Ltd,02/05/2024,50.00,50.00\n";
    let (layout, draft, sums) = of_one(text);
    assert_eq!(
        (layout.amount, sums.1.as_str()),
        (vec!["Amount".to_owned()], "£140.00")
    );
    let looks = looks(&draft);
    assert!(
        looks.iter().any(|look| look.contains(
            "`Amount` adds up to £140.00 and `Invoice Amount` to £150.00; they differ in 1 row"
        )),
        "{looks:?}"
    );
}

#[test]
fn debit_and_credit_beside_amounts_without_a_sign() {
    let text = "Service,Payee,Date,Amount,Dr/Cr\n\
                Parks,A Ltd,01/05/2024,100.00,DR\nRoads,B Ltd,02/05/2024,40.00,CR\nRoads,B Ltd,03/05/2024,1.50,DR\n";
    let (layout, _, sums) = of_one(text);
    assert_eq!(layout.signs["Dr/Cr"].income, ["CR"]);
    assert_eq!(sums, (3, "£61.50".to_owned()));
    // Credits that are below zero already are not turned round again.
    let (layout, _, sums) = of_one(&text.replace("40.00", "-40.00"));
    assert!(layout.signs.is_empty());
    assert_eq!(sums, (3, "£61.50".to_owned()));
}

#[test]
fn titles_above_the_header_semicolons_and_a_total_at_the_foot() {
    let text = "Payments over £500;;;\nMay 2024;;;\n;;;\n\
                Directorate;Supplier Name;Date Paid;Amount (£)\n\
                Place;A Ltd;14/05/2024;1,200.50\nPeople;B Ltd;15/05/2024;99.50\n;;Total;1,300.00\n";
    let folder = files(&[("paid.csv", text)]);
    let (draft, written) = drafted(folder.path());
    assert_eq!(account(&written), (2, "£1,300.00".to_owned()));
    assert!(draft.ledgers()[0].files()[0].stated);
    // What the publisher states is the control of the ledger, and is met.
    let toml = fs::read_to_string(folder.path().join("pack/place.toml")).unwrap();
    assert!(
        toml.contains(
            "[[ledger.control]]\nname = \"the totals that its files state\"\ntotal = \"1300.00\"\n"
        ),
        "{toml}"
    );
    // A month that states no total takes it out again: it would be missed.
    put(
        folder.path(),
        &[(
            "paid-june.csv",
            "Directorate;Supplier Name;Date Paid;Amount (£)\nPlace;A Ltd;14/06/2024;1.00\nPlace;A Ltd;14/06/2024;2.00\n",
        )],
    );
    let (_, written) = drafted(folder.path());
    assert_eq!(account(&written), (4, "£1,303.00".to_owned()));
    let toml = fs::read_to_string(folder.path().join("pack/place.toml")).unwrap();
    assert!(!toml.contains("ledger.control"), "{toml}");
}

#[test]
fn spending_below_zero_is_turned_round() {
    let text = "Cost Centre Name,Vendor,Posting Date,Value\n\
                Parks,A Ltd,2024-05-01,-100.00\nRoads,B Ltd,2024-05-02,-50.00\nRoads,B Ltd,2024-05-03,-25.00\n";
    let (layout, draft, sums) = of_one(text);
    assert_eq!(layout.sign, Sign::IncomePositive);
    assert_eq!(sums, (3, "£175.00".to_owned()));
    assert!(
        looks(&draft)
            .iter()
            .any(|look| look.starts_with("sign: 3 of 3 amounts are below zero"))
    );
}

#[test]
fn periods_stand_in_for_dates_and_file_names_for_both() {
    let text = "Period,Service,Supplier,Amount\nMay 2024,Parks,A Ltd,10\nJun 2024,Roads,B Ltd,20\n";
    let (layout, draft, sums) = of_one(text);
    assert_eq!(
        (layout.period, sums.1.as_str()),
        (vec!["Period".to_owned()], "£30.00")
    );
    assert_eq!(draft.ledgers()[0].months().count(), 2);
    let folder = files(&[(
        "ludford-may-2024.csv",
        "Service,Supplier,Amount\nParks,A Ltd,10\nRoads,B Ltd,20\n",
    )]);
    let (draft, written) = drafted(folder.path());
    assert_eq!(account(&written).1, "£30.00");
    let toml = fs::read_to_string(folder.path().join("pack/place.toml")).unwrap();
    assert!(
        toml.contains("period = { always = \"May 2024\" }"),
        "{toml}"
    );
    assert!(looks(&draft).iter().any(|look| look
        == "period: no column holds dates or periods; the name of the file says May 2024"));
}

#[test]
fn dates_of_other_forms_are_named() {
    let rows = |dates: [&str; 3]| {
        let row = |date: &str| format!("Parks,A Ltd,{date},10.50\n");
        format!(
            "Service,Supplier,Payment Date,Amount\n{}",
            dates.map(row).concat()
        )
    };
    let (layout, draft, _) = of_one(&rows(["05/25/2024", "05/02/2024", "05/03/2024"]));
    assert_eq!(layout.dates.first().map(String::as_str), Some("%m/%d/%Y"));
    let months: Vec<String> = draft.ledgers()[0]
        .months()
        .map(|month| month.to_string())
        .collect();
    assert_eq!(months, ["May 2024"]);
    assert!(
        looks(&draft)
            .iter()
            .any(|look| look.starts_with("date: dates have the month first"))
    );
    let (layout, draft, _) = of_one(&rows(["45413", "45414", "45415"]));
    assert_eq!(layout.dates, ["usual", "excel-serial"]);
    assert_eq!(draft.ledgers()[0].months().count(), 1);
    let (layout, ..) = of_one(&rows(["20240501", "20240502", "20240531"]));
    assert_eq!(layout.dates, ["usual", "%Y%m%d"]);
    let (layout, ..) = of_one(&rows(["01/05/2024", "2 May 2024", "2024-05-03"]));
    assert_eq!(layout.dates, [""; 0]);
}

#[test]
fn several_bodies_in_one_file_are_partners() {
    let text = "Department Family,Entity,Date,Expense Type,Expense Area,Supplier,Transaction Number,AP Amount (£)\n\
                Department of Health,NHS Northshire CCG,01/05/2020,Drugs,Prescribing,A Ltd,1,100.00\n\
                Department of Health,NHS NORTHSHIRE CCG,02/05/2020,Beds,Acute,B Ltd,2,10.00\n\
                Department of Health,NHS Southshire CCG,03/05/2020,Beds,Acute,Ludford Council,3,1.00\n";
    let folder = files(&[("spend.csv", text)]);
    let (draft, written) = drafted(folder.path());
    assert_eq!(draft.ledgers().len(), 1);
    let place = written.open().unwrap();
    let partners: Vec<&str> = place
        .axes()
        .partners
        .iter()
        .map(|(_, member)| member.name.as_str())
        .collect();
    // Two ways to write one name are one partner.
    assert_eq!(partners, ["NHS Northshire CCG", "NHS Southshire CCG"]);
    let account = PlaceAccount::load(&place).unwrap();
    assert!(
        account
            .findings()
            .iter()
            .all(|finding| !finding.found.contains("partner")),
        "{}",
        account.findings()
    );
    assert_eq!(account.total().to_string(), "£111.00");
    // The department that stands above them is no partner, and bodies are candidates.
    let candidates = fs::read_to_string(folder.path().join("pack/counterparties.csv")).unwrap();
    assert!(
        candidates.contains("normalised,Ludford Council,ludford-council,,,1,1.00,"),
        "{candidates}"
    );
    assert!(!candidates.contains("A Ltd"));
}

#[test]
fn months_as_sheets_of_a_workbook() {
    use rust_xlsxwriter::{Format, Workbook};
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("files")).unwrap();
    let mut workbook = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let cover = workbook.add_worksheet().set_name("Notes").unwrap();
    cover.write(0, 0, "Payments over £250, by month").unwrap();
    for (month, amount) in [(4u8, 10.25), (5, 537.199_999_999_999_9)] {
        let sheet = workbook
            .add_worksheet()
            .set_name(format!("Month {month}"))
            .unwrap();
        for (column, heading) in ["Supplier", "Paid Date", "Cost Centre", "Net"]
            .iter()
            .enumerate()
        {
            sheet.write(0, column as u16, *heading).unwrap();
        }
        for row in 1..3u32 {
            sheet.write(row, 0, "A Ltd").unwrap();
            let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2024, month, row as u8).unwrap();
            sheet.write_with_format(row, 1, &day, &date).unwrap();
            sheet.write(row, 2, "Parks").unwrap();
            sheet.write(row, 3, amount).unwrap();
        }
    }
    workbook
        .save(folder.path().join("files/ludford.xlsx"))
        .unwrap();
    let (draft, written) = drafted(folder.path());
    assert_eq!(account(&written), (4, "£1,094.90".to_owned()));
    assert_eq!(draft.ledgers()[0].months().count(), 2);
    assert_eq!(draft.ledgers()[0].publisher(), "Ludford");
}

#[test]
fn publishers_of_one_folder_are_told_apart() {
    let a = "Service,Supplier,Date,Amount\nParks,A Ltd,01/05/2024,10\n";
    let folder = files(&[
        ("northtown_2024-05.csv", a),
        ("northtown_2024-06.csv", &a.replace("01/05", "01/06")),
        ("southtown_2024-05.csv", &a.replace(",10", ",20")),
        (
            "trust.csv",
            "Entity,Payment Date,Expense Area,Supplier,Amount\nNHS Ludford Trust,01/05/2024,Beds,B Ltd,5\nNHS Ludford Trust,02/05/2024,Beds,B Ltd,5\n",
        ),
    ]);
    let (draft, written) = drafted(folder.path());
    let found: Vec<(&str, usize)> = draft
        .ledgers()
        .iter()
        .map(|ledger| (ledger.publisher(), ledger.files().len()))
        .collect();
    assert_eq!(
        found,
        [("Northtown", 2), ("Southtown", 1), ("NHS Ludford Trust", 1)]
    );
    assert_eq!(account(&written), (5, "£50.00".to_owned()));
}

// ---- what is no payment file

fn refused(texts: &[(&str, &str)]) -> String {
    let folder = files(texts);
    let paths: Vec<PathBuf> = texts
        .iter()
        .map(|(name, _)| folder.path().join("files").join(name))
        .collect();
    let error = drafting().draft(&paths).unwrap_err();
    assert!(matches!(error, DraftError::Nothing(_)), "{error}");
    error.to_string()
}

#[test]
fn what_cannot_be_drafted_is_told_for_every_file() {
    let text = refused(&[
        (
            "a.csv",
            "Service,Supplier,Payment Date,Description\nParks,A Ltd,01/05/2024,mowing\nParks,A Ltd,02/05/2024,mowing\n",
        ),
        ("b.csv", ""),
        ("c.csv", "%PDF-1.7 and more"),
        ("d.csv", "Service,Supplier,Date,Amount\n"),
        ("e.csv", "A Person,Some Street\nB Person,Other Street\n"),
    ]);
    assert_eq!(
        text,
        "none of the files can be drafted from:\n  \
         `a.csv`: no heading names an amount; its headings are `Service`, `Supplier`, `Payment Date`, `Description`\n  \
         `b.csv` is empty; fetch it again, or take it out of the files of its ledger\n  \
         `c.csv` is a PDF, whatever its name says; get the table itself, as a workbook or as CSV\n  \
         `d.csv`: there are headings and no row below them\n  \
         `e.csv`: no row of headings was found; a payment file has one row that names its columns, an amount among them"
    );
}

#[test]
fn files_that_are_left_out_are_listed_and_the_others_drafted() {
    let folder = files(&[
        (
            "may.csv",
            "Service,Supplier,Date,Amount\nParks,A Ltd,01/05/2024,10\n",
        ),
        (
            "copy-of-may.csv",
            "Service,Supplier,Date,Amount\nParks,A Ltd,01/05/2024,10\n",
        ),
        ("notes.md", "# Notes"),
        ("scan.pdf", "%PDF-1.7"),
    ]);
    let (draft, written) = drafted(folder.path());
    assert_eq!(account(&written), (1, "£10.00".to_owned()));
    let mut left: Vec<&str> = draft
        .left_out()
        .iter()
        .map(|left| left.why.as_str())
        .collect();
    left.sort_unstable();
    assert_eq!(left.len(), 3, "{left:?}");
    assert!(
        left[0].contains("`scan.pdf` is a PDF") && left[1].contains("byte for byte"),
        "{left:?}"
    );
    assert!(
        drafting()
            .draft(&[folder.path().join("nothing.csv")])
            .unwrap_err()
            .to_string()
            .contains("nothing.csv`: there is no such file")
    );
    assert!(
        drafting()
            .draft(&[folder.path().join("files/*.xlsx")])
            .unwrap_err()
            .to_string()
            .contains("no file matches")
    );
    assert!(matches!(drafting().draft(&[]), Err(DraftError::NoFiles)));
    assert!(matches!(
        Drafting::of_place("", "Ludford").draft(&[folder.path().to_owned()]),
        Err(DraftError::NoPlace("code"))
    ));
}

// ---- again

const MAY: &str = "Service,Supplier,Date,Amount\nParks,A Ltd,01/05/2024,10\nRoads,Ludford Borough Council,02/05/2024,20\n";
const JUNE: &str = "Service,Supplier,Date,Amount\nParks,A Ltd,01/06/2024,1\nBins,Ludshire County Council,02/06/2024,2\n";

#[test]
fn drafting_again_adds_what_is_new_and_keeps_every_byte_that_stands_there() {
    let folder = files(&[("ludford-may.csv", MAY)]);
    let (_, written) = drafted(folder.path());
    let pack = folder.path().join("pack");
    assert_eq!(written.added.len(), 5);
    // Nothing new: nothing is written.
    let before = bytes(&pack);
    let (_, again) = drafted(folder.path());
    assert!(
        again.is_nothing_new() && again.to_string() == "Nothing is new; nothing was written.\n"
    );
    assert_eq!(bytes(&pack), before);
    // A person fills in codes, decides about a body, changes the layout and says so.
    let edit = |file: &str, old: &str, new: &str| {
        let path = pack.join(file);
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.contains(old), "{file}: {old}\n{text}");
        fs::write(&path, text.replacen(old, new, 1)).unwrap();
    };
    edit(
        "crosswalk.csv",
        "ludford-may.csv:3,,,,,,,",
        "ludford-may.csv:3,,roads,65+,,,,checked by us",
    );
    edit(
        "counterparties.csv",
        ",ludford-borough-council,,,",
        ",ludford-borough-council,contract,yes,",
    );
    edit(
        "partners.csv",
        "ludford,Ludford,public-body\n",
        "ludford,Town of Ludford,public-body\nludford-borough-council,The borough,public-body\n",
    );
    edit(
        "place.toml",
        "amount = [\"Amount\"]",
        "amount = [ \"Amount\", \"Paid\" ] # ours",
    );
    edit(
        "place.toml",
        "name = \"Ludford\"",
        "name = \"Ludford and around\"   # renamed",
    );
    edit(
        "place.toml",
        "    \"ludford-may.csv\",\n]",
        "    \"ludford-may.csv\", # the first month\n]",
    );
    let edited = bytes(&pack);
    put(folder.path(), &[("ludford-june.csv", JUNE)]);
    let (_, again) = drafted(folder.path());
    assert_eq!(account(&again), (4, "£33.00".to_owned()));
    for (path, new) in bytes(&pack) {
        let old = String::from_utf8(edited[&path].clone()).unwrap();
        let new = String::from_utf8(new).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        match name {
            "crosswalk.csv" => {
                let added = new.strip_prefix(&old).unwrap();
                assert_eq!(
                    added,
                    "ludford,Bins,1,2.00,100.0,ludford-june.csv:3,,,,,,,\n"
                );
            }
            "counterparties.csv" => {
                let added = new.strip_prefix(&old).unwrap();
                assert_eq!(
                    added,
                    "ludford,normalised,Ludshire County Council,ludshire-county-council,,,1,2.00,\n"
                );
            }
            "place.toml" => {
                let more = "    # 2 lines, £3.00, Jun 2024\n    \"ludford-june.csv\",\n";
                assert_eq!(
                    new,
                    old.replacen(
                        "# the first month\n",
                        &format!("# the first month\n{more}"),
                        1
                    )
                );
            }
            _ => assert_eq!(new, old, "{name}"),
        }
    }
    // What was decided counts.
    let account = PlaceAccount::load(&again.open().unwrap()).unwrap();
    assert!(account.reconciliation().holds());
    assert!(drafted(folder.path()).1.is_nothing_new());
}

#[test]
fn only_the_new_month_may_be_named() {
    let folder = files(&[("ludford-may.csv", MAY)]);
    drafted(folder.path());
    put(folder.path(), &[("ludford-june.csv", JUNE)]);
    let draft = drafting()
        .draft(&[folder.path().join("files/ludford-june.csv")])
        .unwrap();
    let written = draft.to_pack(&folder.path().join("pack")).unwrap();
    assert_eq!(account(&written), (4, "£33.00".to_owned()));
}

#[test]
fn a_month_with_other_headings_adds_alternatives_at_the_end() {
    let folder = files(&[("ludford-may.csv", MAY)]);
    drafted(folder.path());
    let june = "Service Area,Payee Name,Payment Date,Net Amount\nParks,A Ltd,45444,1\nBins,B Ltd,45445,2.125\n";
    put(folder.path(), &[("ludford-june.csv", june)]);
    let draft = drafting()
        .draft(&[folder.path().join("files/ludford-june.csv")])
        .unwrap();
    let written = draft.to_pack(&folder.path().join("pack")).unwrap();
    assert_eq!(account(&written), (4, "£33.12".to_owned()));
    let toml = fs::read_to_string(folder.path().join("pack/place.toml")).unwrap();
    for line in [
        "amount = [\"Amount\", \"Net Amount\"]",
        "date = [\"Date\", \"Payment Date\"]",
        "codes.activity = [\"Service\", \"Service Area\"]",
    ] {
        assert!(toml.contains(line), "{line}\n{toml}");
    }
    let account = PlaceAccount::load(&written.open().unwrap()).unwrap();
    let undated = account
        .findings()
        .iter()
        .filter(|finding| finding.severity == Severity::Fault);
    assert_eq!(undated.count(), 0, "{}", account.findings());
}

#[test]
fn a_pack_of_somebodys_own_is_only_added_to() {
    let folder = files(&[("ludford-may.csv", MAY)]);
    let pack = folder.path().join("pack");
    fs::create_dir_all(&pack).unwrap();
    let from = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/partners");
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), pack.join(entry.file_name())).unwrap();
    }
    let before = bytes(&pack);
    let total = account(
        &drafting()
            .draft(&[folder.path().join("files")])
            .unwrap()
            .to_pack(&pack)
            .unwrap(),
    )
    .1;
    for (path, old) in &before {
        let new = fs::read(path).unwrap();
        assert!(new.starts_with(old), "{}", path.display());
    }
    let own = PlaceAccount::load(&wholeplace::Place::open(from).unwrap())
        .unwrap()
        .total();
    assert_eq!(total, Pence::new(own.get() + 3_000).to_string());
    assert!(
        fs::read_to_string(pack.join("place.toml"))
            .unwrap()
            .contains("id = \"ludford\"")
    );
}

#[test]
fn a_pack_with_faults_is_mended_first_and_nothing_is_left_half_written() {
    let folder = files(&[("ludford-may.csv", MAY)]);
    let pack = folder.path().join("pack");
    fs::create_dir_all(&pack).unwrap();
    fs::write(pack.join("place.toml"), "[place]\nname = \"x\"\n").unwrap();
    let before = bytes(&pack);
    let error = drafting()
        .draft(&[folder.path().join("files")])
        .unwrap()
        .to_pack(&pack)
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("`place.toml` cannot be added to: "),
        "{error}"
    );
    assert_eq!(bytes(&pack), before);
    // What an earlier draft left that was killed is no pack, and in nobody's way.
    fs::remove_dir_all(&pack).unwrap();
    let left = folder.path().join(".pack.draft-part");
    fs::create_dir_all(&left).unwrap();
    fs::write(left.join("place.toml"), "half").unwrap();
    let (_, written) = drafted(folder.path());
    assert_eq!(account(&written).0, 2);
    assert!(!left.exists());
}

#[test]
fn files_in_the_folder_of_the_pack_need_no_data_folder() {
    let folder = tempfile::tempdir().unwrap();
    let pack = folder.path().join("pack");
    fs::create_dir_all(pack.join("raw")).unwrap();
    fs::write(pack.join("raw/ludford-may.csv"), MAY).unwrap();
    let written = drafting()
        .draft(&[pack.join("raw")])
        .unwrap()
        .to_pack(&pack)
        .unwrap();
    assert_eq!(written.data, None);
    assert_eq!(account(&written), (2, "£30.00".to_owned()));
    fs::write(pack.join("raw/ludford-june.csv"), JUNE).unwrap();
    let written = drafting()
        .draft(&[pack.join("raw")])
        .unwrap()
        .to_pack(&pack)
        .unwrap();
    assert_eq!((written.data.clone(), account(&written).0), (None, 4));
}
