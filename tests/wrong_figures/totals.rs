//! Total rows equal the sum of what stands above them; other rows are lines, or faults.

use super::*;

const HEADER: &str = "Paid,Service,Net Amount\n";
const TWO: &str = "01/04/2024,A,100.00\n02/04/2024,B,50.00\n";

fn after_two(rows: &str) -> Ledger {
    csv(&format!("{HEADER}{TWO}{rows}"))
}

/// Cells that were merged leave rows of nothing but an amount.
#[test]
fn an_amount_alone_that_is_no_sum_is_a_fault() {
    let ledger = csv("Paid,Service,Net Amount\n01/04/2024,Roads,100.00\n,,200.00\n,,300.00\n");
    let faults: Vec<_> = ledger
        .findings()
        .iter()
        .map(|f| (f.rule.as_str(), f.at_stake.unwrap().to_string()))
        .collect();
    assert_eq!(
        faults,
        [
            ("amount-alone", "£200.00".into()),
            ("amount-alone", "£300.00".to_owned())
        ]
    );
    assert_eq!(
        (pounds(&ledger).as_str(), ledger.counts().total_rows),
        ("£100.00", 0)
    );
    let lines = format!("{LAYOUT}amounts_alone = 'lines'\n");
    let merged = by(
        &lines,
        "Paid,Service,Net Amount\n01/04/2024,Roads,100.00\n,,200.00\n,,300.00\n",
    );
    assert_eq!(pounds(&merged), "£600.00");
    let totals = format!("{LAYOUT}amounts_alone = 'totals'\n");
    let printed = by(
        &totals,
        "Paid,Service,Net Amount\n01/04/2024,Roads,100.00\n,,200.00\n",
    );
    assert_eq!(
        (pounds(&printed).as_str(), rules(&printed)),
        ("£100.00", vec![])
    );
}

#[test]
fn an_amount_alone_that_is_the_sum_is_a_total() {
    for rows in [
        ",,150.00\n",
        ",,\"£150.00\"\n",
        ",,150\n\n",
        ",,150.00\n03/04/2024,C,7.00\n,,7.00\n,,157.00\n",
        ",,150.00\n,,150.00\n",
        "03/04/2024,C,-7.00\n,,143.00\n",
    ] {
        let ledger = after_two(rows);
        assert_eq!(rules(&ledger), [""; 0], "{rows}");
        let lines: i64 = ledger.lines().map(|l| l.pence().get()).sum();
        assert_eq!(lines, ledger.total().get());
        assert!(ledger.counts().total_rows > 0, "{rows}");
    }
    let short = after_two(",,149.00\n");
    assert_eq!(
        (
            pounds(&short).as_str(),
            fault(&short, "amount-alone").as_str()
        ),
        ("£150.00", "£149.00")
    );
}

#[test]
fn totals_in_other_words_are_left_out_and_named() {
    for row in [
        ",Report total,150.00",
        ",Total,150.00",
        "Total,,150.00",
        "TOTAL:,2,150.00",
        "Total of 2 payments,,150.00",
        "31/05/2024,Report total,150.00",
        "Total for May 2024,,150.00",
        ",Overall,150.00",
        ",2,150.00",
        ",All payments,150.00",
        "Sum,,150.00",
        ",Council X Total,150.00",
        "Balance c/f,,150.00",
        "31/05/2024,,150.00",
        "Grand Total,J Smith,150.00",
        ",2 payments,150.00",
    ] {
        let ledger = after_two(&format!("{row}\n"));
        assert_eq!(pounds(&ledger), "£150.00", "{row}");
        assert_eq!(ledger.counts().total_rows, 1, "{row}");
        assert_eq!(notice(&ledger, "total-row-left-out"), "£150.00", "{row}");
    }
    let layout = "amount = ['Net']\ncodes.activity = ['Service']\n";
    for row in [
        "Report total,150",
        "Total,150",
        "Overall,150",
        "2,150",
        "Totals (2 lines),150",
    ] {
        let ledger = by(layout, &format!("Service,Net\nA,100\nB,50\n{row}\n"));
        assert_eq!(pounds(&ledger), "£150.00", "{row}");
    }
}

#[test]
fn subtotals_and_their_totals_are_never_counted_twice() {
    let ledger = csv(
        "Paid,Service,Net Amount\n01/04/2024,A,10.00\n02/04/2024,A,20.00\n,A Total,30.00\n\
         03/04/2024,B,5.00\n04/04/2024,B,6.00\n,B Total,11.00\n,Directorate Total,41.00\n\
         05/04/2024,C,1.00\n06/04/2024,C,2.00\n,C Total,3.00\n,Directorate 2 Total,3.00\n,Grand Total,44.00\n",
    );
    assert_eq!(
        (pounds(&ledger).as_str(), ledger.counts().total_rows),
        ("£44.00", 6)
    );
}

#[test]
fn a_total_that_is_not_met_is_a_fault() {
    for row in [
        ",Report total,160.00",
        "Total,,160.00",
        ",Grand total,160.00",
        ",Sum of payments,160.00",
    ] {
        let ledger = after_two(&format!("{row}\n"));
        assert_eq!(pounds(&ledger), "£150.00", "{row}");
        assert_eq!(fault(&ledger, "total-not-met"), "£160.00", "{row}");
    }
    let above = csv(&format!("{HEADER},Total,150.00\n{TWO}"));
    assert_eq!(fault(&above, "total-not-met"), "£150.00");
    assert_eq!(pounds(&above), "£150.00");
}

/// A supplier may be called Total, and equal amounts follow one another.
#[test]
fn payments_are_not_taken_for_totals() {
    for text in [
        "01/04/2024,Total Gas & Power,100.00\n02/04/2024,Total Gas & Power,100.00\n03/04/2024,Total Gas & Power,200.00\n",
        "01/04/2024,A,100.00\n01/04/2024,B,100.00\n01/04/2024,C,200.00\n01/04/2024,D,400.00\n",
        "01/04/2024,A,0.00\n01/04/2024,B,0.00\n",
        "01/04/2024,Summers Ltd,10.00\n01/04/2024,Sumo,10.00\n",
        "01/04/2024,A,5.00\n01/04/2024,A,-5.00\n01/04/2024,A,5.00\n",
    ] {
        let ledger = csv(&format!("{HEADER}{text}"));
        assert_eq!(ledger.counts().total_rows, 0, "{text}");
        assert_eq!(rules(&ledger), [""; 0], "{text}");
    }
}

#[test]
fn totals_of_rows_that_are_not_selected_count_too() {
    let layout = format!("{LAYOUT}where.Kind = ['R']\n");
    let text = "Paid,Service,Net Amount,Kind\n01/04/2024,A,100,R\n01/04/2024,B,50,C\n,,150,\n";
    let ledger = by(&layout, text);
    assert_eq!(
        (pounds(&ledger).as_str(), rules(&ledger)),
        ("£100.00", vec![])
    );
}

#[test]
fn workbooks_have_totals_too() {
    use Cell::{Formula, Number, Text};
    let layout = format!("{LAYOUT}excess_decimals = 'half-even'\n");
    let rows: &[&[Cell<'_>]] = &[
        &[Text("Paid"), Text("Service"), Text("Net Amount")],
        &[Text("01/04/2024"), Text("A"), Number(10.004)],
        &[Text("01/04/2024"), Text("B"), Number(20.004)],
        &[Text("01/04/2024"), Text("C"), Number(30.004)],
    ];
    for last in [
        &[Text(""), Text(""), Number(60.012)][..],
        &[Text(""), Text("Report total"), Number(60.012)],
        &[Text("Total"), Text(""), Formula("=SUM(C2:C4)", "60.012")],
    ] {
        let ledger = workbook(&[rows, &[last]].concat()).read(&layout);
        assert_eq!(
            (pounds(&ledger).as_str(), ledger.counts().total_rows),
            ("£60.00", 1)
        );
    }
}

/// A total far below its lines, in a file of many blocks.
#[test]
fn a_total_of_a_large_file_is_found() {
    let mut text = String::from(HEADER);
    let mut sum = 0;
    for i in 1..=30_000 {
        let pence = 100 + i * 7 % 9973;
        sum += pence;
        text.push_str(&format!(
            "{:02}/04/2024,Service {},{}.{:02}\n",
            1 + i % 28,
            i % 50,
            pence / 100,
            pence % 100
        ));
    }
    text.push_str(&format!(
        "30/04/2024,Report total,{}.{:02}\n",
        sum / 100,
        sum % 100
    ));
    let ledger = csv(&text);
    assert_eq!((ledger.total().get(), ledger.counts().total_rows), (sum, 1));
}

/// A payment that by chance is as much as those above it stays one where its row has everything that a payment
/// has: words for a month, or `Invoice`, stand in dates and descriptions of every row.
#[test]
fn a_whole_row_is_no_total_for_a_month_or_a_kind_of_document() {
    for (layout, rows) in [
        (
            "amount = ['Net']\nperiod = ['When']\ncodes.activity = ['Service']\n",
            "When,Service,Net\nMay 2024,Roads,2.19\n2024-25,Parks,5.93\nJun 2024,Roads,8.12\n",
        ),
        (
            "amount = ['Net']\ndate = ['Paid']\ncodes.activity = ['Service']\n",
            "Paid,Service,Net\n12 May 2024,Roads,100.00\n13 May 2024,Parks,50.00\n14 May 2024,Roads,150.00\n",
        ),
        (
            "amount = ['Net']\ndate = ['Paid']\ncodes.activity = ['Service']\n",
            "Paid,Service,Document,Net\n12/05/2024,Roads,Invoice,100.00\n13/05/2024,Parks,Invoice,50.00\n\
             14/05/2024,Roads,Invoice,150.00\n",
        ),
        (
            // One of the cells is empty in most rows.
            "amount = ['Net']\ndate = ['Paid']\ncodes.activity = ['Service']\n",
            "Paid,Service,Document,Order,Net\n12/05/2024,Roads,Invoice,7,100.00\n13/05/2024,Parks,Invoice,,50.00\n\
             14/05/2024,Roads,Invoice,,150.00\n",
        ),
    ] {
        let ledger = by(layout, rows);
        assert_eq!(ledger.counts().lines, 3, "{rows}");
        assert_eq!(ledger.counts().total_rows, 0, "{rows}");
    }
}
