//! Stray quotes that swallow rows, and line breaks in cells that swallow none.

use super::*;

const LAYOUT: &str = "amount = ['Price']\ndate = ['Date']\ncodes.activity = ['Service']\n";

#[test]
fn a_stray_quote_is_told_with_the_pounds_it_swallows() {
    let text = "Date,Price,Service,Note\n01/02/2018,10.00,Parks,\"\n02/02/2018,20.00,\"Parks\",\n03/02/2018,30.00,Parks,x\n";
    let ledger = by(LAYOUT, text);
    assert_eq!(pounds(&ledger), "£40.00");
    assert_eq!(fault(&ledger, "quote-swallows-rows"), "£20.00");
    let crlf = by(LAYOUT, &text.replace('\n', "\r\n"));
    assert_eq!(fault(&crlf, "quote-swallows-rows"), "£20.00");
    let old = by(LAYOUT, &text.replace('\n', "\r"));
    assert_eq!(fault(&old, "quote-swallows-rows"), "£20.00");
    let semicolons = by(LAYOUT, &text.replace(',', ";"));
    assert_eq!(fault(&semicolons, "quote-swallows-rows"), "£20.00");
    let tabs = by(LAYOUT, &text.replace(',', "\t"));
    assert_eq!(fault(&tabs, "quote-swallows-rows"), "£20.00");
}

#[test]
fn a_stray_quote_anywhere() {
    for (rows, at_stake) in [
        (
            "01/02/2018,10.00,\"Parks,x\n02/02/2018,20.00,Parks,y\n03/02/2018,30.00,\"Parks\",z\n",
            "£50.00",
        ),
        (
            "01/02/2018,10.00,\"Parks,x\n02/02/2018,20.00,Parks\",y\n",
            "£20.00",
        ),
        (
            "01/02/2018,10.00,Parks,\"a\nb\n02/02/2018,20.00,Parks,c\n03/02/2018,5.00,Parks,\"d\"\n",
            "£25.00",
        ),
        (
            "01/02/2018,10.00,Parks,\"a\n02/02/2018,\"\"1,020.00\"\",Parks,c\"\n",
            "£1,020.00",
        ),
    ] {
        let ledger = by(LAYOUT, &format!("Date,Price,Service,Note\n{rows}"));
        assert_eq!(fault(&ledger, "quote-swallows-rows"), at_stake, "{rows}");
    }
    let undated = by(
        "amount = ['Price']\ncodes.activity = ['Service']\n",
        "Price,Service,Note\n10.00,Parks,\"\n20.00,\"Parks\",\n30.00,Parks,x\n",
    );
    assert_eq!(fault(&undated, "quote-swallows-rows"), "£20.00");
    let to_the_end = by(
        LAYOUT,
        "Date,Price,Service,Note\n01/02/2018,10.00,Parks,\"a\n02/02/2018,20.00,Parks,b\n",
    );
    assert_eq!(fault(&to_the_end, "quote-swallows-rows"), "£20.00");
    fault(&to_the_end, "quote-not-closed");
}

#[test]
fn text_after_a_closing_quote_is_told() {
    let ledger = by(
        LAYOUT,
        "Date,Price,Service,Note\n01/02/2018,10.00,\"Parks\" and more,x\n",
    );
    assert_eq!(notice(&ledger, "text-after-quote"), "£10.00");
}

#[test]
fn line_breaks_in_quoted_cells_are_no_fault() {
    for rows in [
        "01/02/2018,10.00,Parks,\"two\nlines\"\n",
        "01/02/2018,10.00,\"Parks\nand gardens\",x\n",
        "01/02/2018,10.00,Parks,\"12 High St,\nLudlow, SY8\n01584 1234\"\n",
        "01/02/2018,10.00,Parks,\"he said \"\"no\"\"\nand left\"\n",
        "01/02/2018,10.00,Parks,5\" pipe\n",
        "\"01/02/2018\",\"10.00\",\"Parks\",\"\"\n",
    ] {
        let ledger = by(
            LAYOUT,
            &format!("Date,Price,Service,Note\n{rows}02/02/2018,1.00,Parks,x\n"),
        );
        assert_eq!(
            (pounds(&ledger).as_str(), rules(&ledger)),
            ("£11.00", vec![]),
            "{rows}"
        );
    }
}
