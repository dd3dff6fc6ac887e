//! Dates with the month first, day numbers among dates, and files that lose their months.

use super::*;
use wholeplace::axis::Placed;

fn dated(dates: &[&str]) -> String {
    let lines: String = dates
        .iter()
        .map(|date| format!("\"{date}\",Roads,100.00\n"))
        .collect();
    format!("Paid,Service,Net Amount\n{lines}")
}

fn months(ledger: &Ledger) -> Vec<String> {
    let month = |placed: Placed<wholeplace::axis::Period>| {
        placed
            .member()
            .map_or("none".into(), |month| month.to_string())
    };
    ledger.lines().map(|line| month(line.period())).collect()
}

#[test]
fn a_date_that_cannot_be_day_first_puts_the_column_in_doubt() {
    for (dates, form) in [
        (["04/03/2024", "05/07/2024", "06/25/2024"], "%m/%d/%Y"),
        (["04/03/24", "05/07/24", "06/25/24"], "%m/%d/%y"),
        (["4/3/2024", "5/7/2024", "6/25/2024"], "%m/%d/%Y"),
        (["04-03-2024", "05-07-2024", "06-25-2024"], "%m-%d-%Y"),
        (["04.03.2024", "05.07.2024", "06.25.2024"], "%m.%d.%Y"),
        (
            ["04/03/2024 10:00", "05/07/2024 10:00", "06/25/2024 10:00"],
            "%m/%d/%Y %H:%M",
        ),
        (["2024-03-04", "2024-07-05", "2024-25-06"], "%Y-%d-%m"),
        (["2024-04-03", "2024-05-07", "06/25/2024"], "%m/%d/%Y"),
    ] {
        let ledger = csv(&dated(&dates));
        assert_eq!(
            fault(&ledger, "month-and-day-in-doubt"),
            "£300.00",
            "{dates:?}"
        );
        let remedy = &only(&ledger, "month-and-day-in-doubt").remedy;
        assert!(
            remedy.contains(&format!("dates = [\"{form}\"]")),
            "{remedy}"
        );
        if dates[0].contains('/') && dates[2].len() == dates[0].len() {
            let named = by(&format!("{LAYOUT}dates = ['{form}']\n"), &dated(&dates));
            assert_eq!(
                months(&named),
                ["Apr 2024", "May 2024", "Jun 2024"],
                "{dates:?}"
            );
            assert_eq!(rules(&named), [""; 0], "{dates:?}");
        }
    }
    let first = csv(&dated(&["06/25/2024", "04/03/2024", "05/07/2024"]));
    fault(&first, "month-and-day-in-doubt");
    let turned = by(
        &format!("{LAYOUT}dates = ['%m/%d/%Y']\n"),
        &dated(&["04/03/2024", "25/06/2024"]),
    );
    fault(&turned, "month-and-day-in-doubt");
    let both = by(
        &format!("{LAYOUT}dates = ['%d/%m/%Y', '%m/%d/%Y']\n"),
        &dated(&["04/03/2024", "06/25/2024"]),
    );
    fault(&both, "month-and-day-in-doubt");
    let day_first = csv(&dated(&["04/03/2024", "25/06/2024"]));
    assert_eq!(rules(&day_first), [""; 0]);
}

#[test]
fn the_other_files_of_the_ledger_are_in_doubt_too() {
    let (unsure, sure) = (dated(&["04/03/2024"]), dated(&["25/06/2024"]));
    let first = dated(&["06/25/2024"]);
    let ledger = Files::of(&[("a.csv", &unsure), ("b.csv", &first), ("c.csv", &sure)]).read(LAYOUT);
    let doubts = ledger
        .findings()
        .iter()
        .filter(|f| f.rule == "month-and-day-in-doubt");
    let files: Vec<_> = doubts.map(|f| f.position.file.clone()).collect();
    assert_eq!(
        files,
        ["b.csv", "a.csv"]
            .map(String::from)
            .into_iter()
            .rev()
            .collect::<Vec<_>>()
    );
}

#[test]
fn a_list_of_forms_says_which_one_is_missing() {
    let layout = format!("{LAYOUT}dates = ['%d/%m/%Y', 'excel-serial']\n");
    let ledger = by(&layout, &dated(&["04-Apr-24", "05-Apr-24", "06/04/2024"]));
    assert_eq!(fault(&ledger, "most-lines-without-period"), "£200.00");
    let told = only(&ledger, "most-lines-without-period");
    assert!(told.found.contains("2 of its 3 lines"), "{told}");
    assert!(told.remedy.contains("`%d-%b-%y`"), "{told}");
    let serials = csv(&dated(&["45385", "45386.5", "06/04/2024"]));
    assert!(
        only(&serials, "most-lines-without-period")
            .remedy
            .contains("`excel-serial`")
    );
    let each = serials
        .findings()
        .iter()
        .find(|f| f.rule == "date-not-readable")
        .unwrap();
    assert!(each.remedy.contains("`excel-serial`"), "{each}");
    let usual = by(
        &format!("{LAYOUT}dates = ['usual', 'excel-serial']\n"),
        &dated(&["45385", "6 Apr 2024"]),
    );
    assert_eq!(months(&usual), ["Apr 2024", "Apr 2024"]);
    let few = csv(&dated(&["45385", "06/04/2024", "06/04/2024"]));
    assert_eq!(rules(&few), ["date-not-readable"]);
}

#[test]
fn a_heading_missing_for_a_date_counts_its_lines_and_pounds() {
    let ledger = csv("Date,Service,Net Amount\n01/04/2024,Roads,100.00\n02/04/2024,Roads,50.00\n");
    assert_eq!(notice(&ledger, "heading-missing"), "£150.00");
    assert!(only(&ledger, "heading-missing").found.contains("2 lines"));
    assert_eq!(fault(&ledger, "most-lines-without-period"), "£150.00");
}

#[test]
fn forms_that_people_write() {
    for date in [
        "14/Sep/12",
        "14/Sept/2012",
        "14 Sept 2012",
        "14-Sept-12",
        "14 September 12",
    ] {
        let ledger = csv(&dated(&[date]));
        assert_eq!(months(&ledger), ["Sep 2012"], "{date}");
        assert_eq!(rules(&ledger), [""; 0], "{date}");
    }
}

#[test]
fn periods_are_read_or_asked_about_as_they_are_written() {
    let layout = "amount = ['Net']\nperiod = ['Period']\ncodes.activity = ['Service']\n";
    for period in ["13/14", "Apr-13", "P01", "Period 3", "Q1", "Sept", "1314"] {
        let ledger = by(
            layout,
            &format!("Period,Service,Net\n{period},Roads,5\n2013-14,Roads,5\n2013-14,Parks,5\n"),
        );
        let told = only(&ledger, "date-not-readable");
        assert!(told.found.contains(&format!("`{period}`")), "{told}");
    }
    let name = by(
        layout,
        "Period,Service,Net\nJ Smith,Roads,5\n2013-14,Roads,5\n2013-14,Parks,5\n",
    );
    assert!(!name.findings().to_string().contains("Smith"));
    let financial = format!("{layout}years = 'financial'\n");
    let read = by(
        &financial,
        "Period,Service,Net\n13/14,Roads,5\nSept 2013,Roads,5\n",
    );
    assert_eq!(months(&read), ["2013-14", "Sep 2013"]);
}
