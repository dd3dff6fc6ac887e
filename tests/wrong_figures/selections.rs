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
