//! Selections that select nothing, headings that no file has, signs that turn everything.

use super::*;

const KINDS: &str =
    "Paid,Service,Net Amount,Kind\n01/04/2024,Roads,100,Revenue\n01/04/2024,Parks,50,Capital\n";

fn selecting(texts: &str) -> Ledger {
    by(&format!("{LAYOUT}where.Kind = [{texts}]\n"), KINDS)
}

#[test]
fn a_selection_that_selects_nothing_is_a_fault() {
    let ledger = selecting("'Rev'");
    assert_eq!((pounds(&ledger).as_str(), ledger.len()), ("£0.00", 0));
    assert_eq!(fault(&ledger, "selection-selects-nothing"), "£150.00");
    assert_eq!(rules(&selecting("'Revenue'")), [""; 0]);
}

#[test]
fn texts_that_differ_in_capitals_are_told() {
    for text in ["REVENUE", "revenue", "Revenue.", "Rev enue"] {
        let ledger = selecting(&format!("'{text}'"));
        assert_eq!(fault(&ledger, "selection-nearly-met"), "£100.00", "{text}");
        fault(&ledger, "selection-selects-nothing");
    }
    let some = selecting("'capital', 'Revenue'");
    assert_eq!(pounds(&some), "£100.00");
    assert_eq!(fault(&some, "selection-nearly-met"), "£50.00");
}

#[test]
fn a_heading_that_no_file_has_is_a_fault() {
    let layout = "amount = ['Net Amount']\ndate = ['Paid']\ncodes.activity = ['Servise']\n";
    let files = Files::of(&[("a.csv", KINDS), ("b.csv", &KINDS.replace("2024", "2023"))]);
    let ledger = files.read(layout);
    assert_eq!(fault(&ledger, "heading-in-no-file"), "£300.00");
    let one = Files::of(&[
        ("a.csv", KINDS),
        (
            "b.csv",
            &KINDS.replace("Service", "Servise").replace("2024", "2023"),
        ),
    ]);
    assert!(
        !one.read(layout)
            .findings()
            .iter()
            .any(|f| f.rule == "heading-in-no-file")
    );
}

#[test]
fn a_sign_that_makes_income_of_everything_is_a_fault() {
    let layout = format!("{LAYOUT}sign = 'income-positive'\n");
    let ledger = by(&layout, KINDS);
    assert_eq!(fault(&ledger, "everything-is-income"), "-£150.00");
    let mixed = by(&layout, &KINDS.replace("100", "-100"));
    assert_eq!(rules(&mixed), [""; 0]);
}

// ---- `where_not`, the opposite

fn leaving_out(texts: &str) -> Ledger {
    by(&format!("{LAYOUT}where_not.Kind = [{texts}]\n"), KINDS)
}

#[test]
fn rows_that_are_left_out_are_counted_and_named() {
    let ledger = leaving_out("'Capital', ' Treasury '");
    assert_eq!((pounds(&ledger).as_str(), ledger.len()), ("£100.00", 1));
    assert_eq!(
        (ledger.counts().not_selected, ledger.counts().records),
        (1, 3)
    );
    let statement = ledger.reconciliation().to_string();
    let names = "1 row that `where_not` of the layout leaves out";
    assert!(
        statement.contains(names) && statement.contains("-£50.00"),
        "{statement}"
    );
    assert!(!statement.contains("does not select"), "{statement}");
    // The other text is in no row; that is said, and is no fault.
    assert_eq!(rules(&ledger), ["where-not-matches-nothing"]);
    assert!(
        only(&ledger, "where-not-matches-nothing")
            .found
            .contains("` Treasury `")
    );
    assert_eq!(rules(&leaving_out("'Capital'")), [""; 0]);
}

/// A row that both leave out is one of `where`, so that no row is named twice.
#[test]
fn where_and_where_not_are_told_apart() {
    let text = "Paid,Service,Net Amount,Kind\n01/04/2024,Roads,100,Revenue\n\
                01/04/2024,Parks,50,Capital\n01/04/2024,Treasury,7,Revenue\n01/04/2024,Treasury,3,Capital\n";
    let layout = format!("{LAYOUT}where.Kind = ['Revenue']\nwhere_not.Service = ['Treasury']\n");
    let ledger = by(&layout, text);
    assert_eq!(pounds(&ledger), "£100.00");
    let statement = ledger.reconciliation().to_string();
    for (name, pence) in [
        ("2 rows that the layout does not select", "-£53.00"),
        ("1 row that `where_not`", "-£7.00"),
    ] {
        let line = statement.lines().find(|line| line.contains(name)).unwrap();
        assert!(line.ends_with(pence), "{statement}");
    }
    assert_eq!(rules(&ledger), [""; 0]);
    // A text that only rows have which `where` leaves out anyway is no text that nobody has.
    let layout = format!("{LAYOUT}where.Kind = ['Revenue']\nwhere_not.Service = ['Parks']\n");
    assert_eq!(rules(&by(&layout, text)), [""; 0]);
}

#[test]
fn texts_of_where_not_that_differ_in_capitals_are_told() {
    for text in ["CAPITAL", "capital.", "Cap ital"] {
        let ledger = leaving_out(&format!("'{text}'"));
        assert_eq!(pounds(&ledger), "£150.00");
        assert_eq!(fault(&ledger, "where-not-nearly-met"), "£50.00", "{text}");
        assert_eq!(
            rules(&ledger).len(),
            1,
            "and it is not called a text that no row has"
        );
    }
}

#[test]
fn leaving_everything_out_and_a_heading_that_is_not_there() {
    let ledger = leaving_out("'Capital', 'Revenue'");
    assert_eq!(fault(&ledger, "selection-selects-nothing"), "£150.00");
    let layout = format!("{LAYOUT}where_not.Sort = ['Capital']\n");
    let files = Files::of(&[("a.csv", KINDS)]);
    let error = files.read_as(&layout, Repeats::Refuse).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`a.csv:1`: the header has no `Sort`, by which the layout selects rows; correct the heading under `where_not`"
    );
}

/// A column of debits and credits by which rows are left out is a column that somebody knows.
#[test]
fn a_heading_of_where_not_is_named_by_the_layout() {
    let text = "Paid,Service,Net Amount,DrCr\n01/04/2024,Roads,100,DR\n01/04/2024,Parks,50,CR\n";
    let layout = format!("{LAYOUT}where_not.DrCr = ['CR']\n");
    let ledger = by(&layout, text);
    assert_eq!(
        (pounds(&ledger).as_str(), rules(&ledger)),
        ("£100.00", vec![])
    );
}

/// Subtotals of a publisher add up rows that are left out too.
#[test]
fn totals_of_rows_that_are_left_out() {
    let text = format!("{KINDS},,150,\n");
    let ledger = by(&format!("{LAYOUT}where_not.Kind = ['Capital']\n"), &text);
    assert_eq!(pounds(&ledger), "£100.00");
    assert_eq!(
        (ledger.counts().total_rows, ledger.counts().not_selected),
        (1, 1)
    );
}
