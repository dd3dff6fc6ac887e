//! Headings that differ in signs, blanks or capitals only, and titles above them.

use super::*;

const BUDGET: &str = "amount = ['Budget (£)']\ncodes.activity = ['Service']\n";

#[test]
fn the_heading_that_is_written_exactly_so_wins() {
    let text = "Service,Budget (%),Budget (£)\nRoads,60,6000.00\n";
    let ledger = by(BUDGET, text);
    assert_eq!(
        (pounds(&ledger).as_str(), rules(&ledger)),
        ("£6,000.00", vec![])
    );
    let turned = by(BUDGET, "Service,Budget (£),Budget (%)\nRoads,6000.00,60\n");
    assert_eq!(pounds(&turned), "£6,000.00");
    for (heading, file) in [
        ("Net (£)", "net (£),Net (£)"),
        ("Net (£)", "NET(£),Net (£)"),
        ("Net", "Net £,Net"),
        ("Net-Amount", "Net Amount,Net-Amount"),
        ("Amount £", "Amount $,Amount £"),
        ("Amount", "Amount €,Amount"),
        ("Amount (£)", "Amount ($),amount(£)"),
        ("NET", "Net,NET"),
    ] {
        let layout = format!("amount = ['{heading}']\ncodes.activity = ['Service']\n");
        let ledger = by(&layout, &format!("Service,{file}\nRoads,60,6000.00\n"));
        assert_eq!(pounds(&ledger), "£6,000.00", "{file}");
        assert_eq!(rules(&ledger), [""; 0], "{file}");
    }
}

#[test]
fn two_that_fit_are_a_fault_that_names_both() {
    for file in ["Net £,Net (£)", "net,NET", "Net,Net", "Net*,*Net"] {
        let layout = "amount = ['N e t']\ncodes.activity = ['Service']\n";
        let ledger = by(layout, &format!("Service,{file}\nRoads,60,6000.00\n"));
        assert_eq!(fault(&ledger, "heading-fits-twice"), "£60.00", "{file}");
        let told = only(&ledger, "heading-fits-twice").found.clone();
        assert!(
            told.contains("(column 2)") && told.contains("(column 3)"),
            "{told}"
        );
    }
    let layout = "amount = ['Net']\ncodes.activity = ['Service']\noccurrence.Net = 2\n";
    let second = by(layout, "Service,Net,Net\nRoads,60,6000.00\n");
    assert_eq!(
        (pounds(&second).as_str(), rules(&second)),
        ("£6,000.00", vec![])
    );
}

#[test]
fn a_heading_of_another_measure_is_another_heading() {
    let files = Files::of(&[("a.csv", "Service,Budget (%)\nRoads,60\n")]);
    let missing = files.read_as(BUDGET, Repeats::Refuse);
    assert!(matches!(missing, Err(LedgerError::NoHeading { .. })));
    let blank = Files::of(&[("a.csv", "Service,,Net\nRoads,60,70\n")]);
    let sign = blank.read_as(
        "amount = ['£']\ncodes.activity = ['Service']\n",
        Repeats::Refuse,
    );
    assert!(matches!(sign, Err(LedgerError::NoHeading { .. })));
}

#[test]
fn the_code_that_is_written_exactly_so_wins_too() {
    let layout = "amount = ['Net']\ncodes.activity = ['Service']\n";
    let ledger = by(layout, "service,Service,Net\nother,Roads,5\n");
    assert_eq!(ledger.code_texts("activity"), ["Roads"]);
    let twice = by(layout, "SERVICE,service,Net\nother,Roads,5\n");
    fault(&twice, "heading-fits-twice");
}

#[test]
fn a_workbook_is_no_different() {
    use Cell::{Number, Text};
    let files = workbook(&[
        &[Text("Service"), Text("Budget (%)"), Text("Budget (£)")],
        &[Text("Roads"), Number(60.0), Number(6000.0)],
    ]);
    assert_eq!(pounds(&files.read(BUDGET)), "£6,000.00");
}

/// A title with a number is no payment.
#[test]
fn a_number_above_the_headings_is_a_title() {
    let header = "Paid,Service,Net Amount\n";
    let lines = "01/04/2024,Roads,100.00\n02/04/2024,Parks,50.00\n";
    for title in [
        "Payments over 500,,2024\n",
        ",,2024\n",
        "Payments over,500,500\n",
        "Total of this file,,150.00\n",
        "April,2024,12\n,,\n",
        "Run on 01/05/2024,,7\nPayments over 500,,2024\n",
        "Council,Payments,1.005\n",
    ] {
        let ledger = csv(&format!("{title}{header}{lines}"));
        assert_eq!(pounds(&ledger), "£150.00", "{title}");
        assert_eq!(rules(&ledger), [""; 0], "{title}");
    }
    let no_dates = "amount = ['Net Amount']\ncodes.activity = ['Service']\n";
    let ledger = by(
        no_dates,
        "Payments over 500,,2024\nX,Service,Net Amount\na,Roads,100\n",
    );
    assert_eq!(pounds(&ledger), "£100.00");
    use Cell::{Number, Text};
    let book = workbook(&[
        &[Text("Payments over 500"), Text(""), Number(2024.0)],
        &[Text("Paid"), Text("Service"), Text("Net Amount")],
        &[Text("01/04/2024"), Text("Roads"), Number(100.0)],
    ]);
    assert_eq!(pounds(&book.read(LAYOUT)), "£100.00");
}

/// Where lines do stand above the header, no amount above it is dropped without a word.
#[test]
fn lines_above_a_header_at_the_foot_are_lines() {
    let ledger = csv("01/04/2024,Roads,100.00\n02/04/2024,Parks,50.00\nPaid,Service,Net Amount\n");
    assert_eq!(
        (pounds(&ledger).as_str(), rules(&ledger)),
        ("£150.00", vec![])
    );
    let ledger = csv("soon,Roads,7.00\n02/04/2024,Parks,50.00\nPaid,Service,Net Amount\n");
    assert_eq!(pounds(&ledger), "£50.00");
    assert_eq!(fault(&ledger, "amount-above-the-header"), "£7.00");
}
