//! Amounts that were cut, that only programs write, that mean another currency, sign or unit.

use super::*;

const WITH_REF: &str = "Paid,Service,Net Amount,Ref\n";

#[test]
fn an_amount_that_its_comma_cut_is_refused_with_its_pounds() {
    for (row, at_stake) in [
        ("01/04/2024,Roads,1,250.00", "£1,250.00"),
        ("01/04/2024,Roads,1,250.00,", "£1,250.00"),
        ("01/04/2024,Roads,1,250.00,,,", "£1,250.00"),
        ("01/04/2024,Roads,1,250.00,R7", "£1,250.00"),
        ("01/04/2024,Roads,£1,250.00", "£1,250.00"),
        ("01/04/2024,Roads,-1,250.00", "-£1,250.00"),
        ("01/04/2024,Roads,1,250.00-", "-£1,250.00"),
        ("01/04/2024,Roads,12,345,678.90", "£12,345,678.90"),
        ("01/04/2024,Roads,1, 250.00", "£1,250.00"),
        ("01/04/2024,Roads,1,250,R7", "£1,250.00"),
        ("01/04/2024,Roads,12,50,R7", "£12.50"),
        ("01/04/2024,Roads,999,250.5", "£999,250.50"),
    ] {
        let ledger = csv(&format!("{WITH_REF}02/04/2024,Parks,20.00,R1\n{row}\n"));
        assert_eq!(pounds(&ledger), "£20.00", "{row}");
        assert_eq!(fault(&ledger, "amount-cut-by-delimiter"), at_stake, "{row}");
    }
    for cell in ["2x0.00", "25O.00", "250.0o", "2 0.00"] {
        let ledger = csv(&format!(
            "{WITH_REF}02/04/2024,Parks,20.00,R1\n01/04/2024,Roads,1,{cell}\n"
        ));
        assert_eq!(pounds(&ledger), "£20.00", "{cell}");
        assert_eq!(
            fault(&ledger, "amount-cut-by-delimiter"),
            "unknown",
            "{cell}"
        );
    }
    let padded = csv(
        "Paid,Service,Net Amount,Ref,,\n02/04/2024,Parks,20.00,,,\n01/04/2024,Roads,1,250.00,,\n",
    );
    assert_eq!(fault(&padded, "amount-cut-by-delimiter"), "£1,250.00");
}

#[test]
fn whole_thousands_in_a_row_no_wider_than_its_header_are_told() {
    let header = "Paid,Service,Net Amount,Ref\n";
    let others = "02/04/2024,Parks,99.50,R1\n03/04/2024,Parks,1250,\n";
    for (row, counted, at_stake) in [
        ("01/04/2024,Roads,1,250\n", "£1,350.50", "£1,250.00"),
        ("01/04/2024,Roads,-12,007\n", "£1,337.50", "-£12,007.00"),
        ("01/04/2024,Roads,£999,999\n", "£2,348.50", "£999,999.00"),
        (
            "01/04/2024,Roads,1,250\n01/04/2024,Roads,2,100\n",
            "£1,352.50",
            "£3,350.00",
        ),
    ] {
        for text in [
            format!("{header}{row}{others}"),
            format!("{header}{others}{row}"),
        ] {
            let ledger = csv(&text);
            assert_eq!(pounds(&ledger), counted, "{text}");
            assert_eq!(
                fault(&ledger, "amount-cut-by-delimiter"),
                at_stake,
                "{text}"
            );
        }
    }
    // Nothing else in the file says what the three digits are.
    let alone = csv(&format!("{header}01/04/2024,Roads,1,250\n"));
    let told = only(&alone, "amount-cut-by-delimiter");
    assert_eq!(told.severity, Severity::Notice);
    assert_eq!(told.at_stake.unwrap().to_string(), "£1,250.00");
    // Where all amounts are small they may be codes, or all of them are cut.
    let codes = csv("Paid,Service,Net Amount,Ref\n1/4/2024,Roads,100,250\n1/4/2024,Bins,7,123\n");
    let told = only(&codes, "amount-cut-by-delimiter");
    assert_eq!(told.severity, Severity::Notice);
    assert_eq!(told.at_stake.unwrap().to_string(), "£107,373.00");
    // Codes of three digits, no group of three, another delimiter.
    for text in [
        format!("{header}01/04/2024,Roads,1,250\n02/04/2024,Parks,99.50,251\n"),
        format!("{header}01/04/2024,Roads,1,25\n{others}"),
        format!("{header}01/04/2024,Roads,0,250\n{others}"),
        format!("{header}01/04/2024,Roads,1.00,250\n{others}"),
        format!("{header}01/04/2024,Roads,1,R25\n{others}"),
        format!("{header}01/04/2024,Roads,1,250\n{others}").replace(',', "\t"),
    ] {
        assert_eq!(rules(&csv(&text)), [""; 0], "{text}");
    }
}

#[test]
fn an_amount_beside_another_is_not_cut() {
    let layout = "amount = ['Net']\ncodes.activity = ['Service']\n";
    for text in [
        "Service,Net,VAT\nRoads,100,200.00\nParks,1,250.00\n",
        "Service,Net,Gross Amount\nRoads,100,120.00\n",
        "Service,Net,Ref\nRoads,100,250\nParks,7,123\nBins,8.50,124\n",
        "Service,Net,Ref\nRoads,100.00,250.00\n",
        "Service;Net;Ref\nRoads;1000;250.00\n",
    ] {
        assert_eq!(rules(&by(layout, text)), [""; 0], "{text}");
    }
}

#[test]
fn what_only_programs_write_is_no_amount() {
    for cell in [
        "2017_18", "1_000", "1_000.00", "_5", "5_", "1e5", "77460.e1", "1E3", "0x1F", "1e05",
        "12E45", "1.e+05", "10e+05", "1__0", "0b11", "1e+5", "5f", "1d", "1'000",
    ] {
        let ledger = csv(&format!(
            "Paid,Service,Net Amount\n01/04/2024,Roads,{cell}\n01/04/2024,Roads,3\n"
        ));
        assert_eq!(pounds(&ledger), "£3.00", "{cell}");
        assert_eq!(fault(&ledger, "amount-not-readable"), "unknown", "{cell}");
    }
    for (cell, read) in [
        ("1.5E+06", "£1,500,000.00"),
        ("1e+05", "£100,000.00"),
        ("+5", "£5.00"),
        (".5", "£0.50"),
    ] {
        let ledger = csv(&format!(
            "Paid,Service,Net Amount\n01/04/2024,Roads,{cell}\n"
        ));
        assert_eq!(pounds(&ledger), read, "{cell}");
    }
}

const CURRENCY: &str =
    "Paid,Service,Net Amount,Currency\n01/04/2024,Roads,1000,GBP\n01/04/2024,Parks,2000,USD\n";

#[test]
fn a_currency_is_named_or_told() {
    let ledger = csv(CURRENCY);
    assert_eq!(fault(&ledger, "column-changes-amounts"), "£2,000.00");
    let named = by(&format!("{LAYOUT}currency = ['Currency']\n"), CURRENCY);
    assert_eq!(pounds(&named), "£1,000.00");
    assert_eq!(fault(&named, "amount-in-another-currency"), "£2,000.00");
    let selected = by(&format!("{LAYOUT}where.Currency = ['GBP']\n"), CURRENCY);
    assert_eq!(
        (pounds(&selected).as_str(), rules(&selected)),
        ("£1,000.00", vec![])
    );
    for heading in [
        "currency",
        "Curr.",
        "CCY",
        "Currency Code",
        "Invoice Currency",
    ] {
        let ledger = csv(&CURRENCY.replace("Currency", heading));
        assert_eq!(
            fault(&ledger, "column-changes-amounts"),
            "£2,000.00",
            "{heading}"
        );
    }
    let pounds_only = csv(&CURRENCY.replace("USD", "£"));
    assert_eq!(
        (pounds(&pounds_only).as_str(), rules(&pounds_only)),
        ("£3,000.00", vec![])
    );
    let dollars_only = csv(&CURRENCY.replace("GBP", "USD"));
    assert_eq!(fault(&dollars_only, "column-changes-amounts"), "£3,000.00");
}

const SIGNS: &str =
    "Paid,Service,Net Amount,Dr/Cr\n01/04/2024,Roads,1000,DR\n01/04/2024,Parks,200,CR\n";

#[test]
fn a_sign_beside_an_amount_is_named_or_told() {
    let ledger = csv(SIGNS);
    assert_eq!(fault(&ledger, "column-changes-amounts"), "£200.00");
    let layout = format!("{LAYOUT}signs.'Dr/Cr' = {{ spending = ['DR'], income = ['CR'] }}\n");
    let named = by(&layout, SIGNS);
    assert_eq!(
        (pounds(&named).as_str(), rules(&named)),
        ("£800.00", vec![])
    );
    let other = by(&layout, &SIGNS.replace("CR\n", "XX\n"));
    assert_eq!(pounds(&other), "£1,000.00");
    assert_eq!(fault(&other, "amount-of-unknown-sign"), "£200.00");
    let twice = by(&layout, &SIGNS.replace("200", "-200"));
    assert_eq!(fault(&twice, "sign-said-twice"), "-£200.00");
    let agrees = csv(&SIGNS.replace("200", "-200"));
    assert_eq!(
        (pounds(&agrees).as_str(), rules(&agrees)),
        ("£800.00", vec![])
    );
    for (heading, word) in [
        ("Debit/Credit", "Credit"),
        ("D/C", "C"),
        ("Sign", "-"),
        ("Debit Credit Indicator", "H"),
    ] {
        let text = SIGNS
            .replace("Dr/Cr", heading)
            .replace("CR\n", &format!("{word}\n"));
        assert_eq!(
            fault(&csv(&text), "column-changes-amounts"),
            "£200.00",
            "{heading}"
        );
    }
}

const UNITS: &str =
    "Paid,Service,Net Amount,Unit\n01/04/2024,Roads,1000,£\n01/04/2024,Parks,2.5,£000\n";

#[test]
fn a_unit_beside_an_amount_is_named_or_told() {
    let ledger = csv(UNITS);
    assert_eq!(fault(&ledger, "column-changes-amounts"), "£2.50");
    let layout = format!("{LAYOUT}units.Unit = {{ '£' = '1', '£000' = '1000' }}\n");
    let named = by(&layout, UNITS);
    assert_eq!(
        (pounds(&named).as_str(), rules(&named)),
        ("£3,500.00", vec![])
    );
    let pence = by(
        &format!("{LAYOUT}units.Unit = {{ '£' = '1', 'p' = '0.01' }}\n"),
        &UNITS.replace("2.5,£000", "250,p"),
    );
    assert_eq!(pounds(&pence), "£1,002.50");
    let unknown = by(&layout, &UNITS.replace("£000", "£m"));
    assert_eq!(fault(&unknown, "amount-of-unknown-unit"), "£2.50");
    let offices = csv("Paid,Service,Net Amount,Unit\n01/04/2024,Roads,1000,Highways North\n");
    assert_eq!(rules(&offices), [""; 0]);
}
