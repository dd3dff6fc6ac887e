//! The same rows again: a block twice, a month issued again, the CSV beside its workbook.

use super::*;

const LAYOUT: &str =
    "amount = ['Net Amount']\ndate = ['Paid']\ncodes.activity = ['Service']\nreference = ['Ref']\n";
const A: &str = "Ref,Paid,Service,Net Amount\nR1,01/04/2024,Roads,100\nR2,02/04/2024,Parks,200\n";
const A2: &str = "Ref,Paid,Service,Net Amount\nR1,01/04/2024,Roads,100\nR2,02/04/2024,Parks,200\nR3,03/04/2024,Parks,50\n";

#[test]
fn a_month_that_was_issued_again_is_a_fault_with_its_pounds() {
    let files = Files::of(&[("a.csv", A), ("a2.csv", A2)]);
    for layout in [LAYOUT, super::LAYOUT] {
        let ledger = files.read(layout);
        assert_eq!(fault(&ledger, "rows-read-again"), "£300.00", "{layout}");
        let told = only(&ledger, "rows-read-again");
        assert!(
            told.found.contains("2 of its lines are in `a.csv` too"),
            "{told}"
        );
    }
    let because = Repeats::Because("both were paid".into());
    let allowed = files.read_as(LAYOUT, because).unwrap();
    assert_eq!(pounds(&allowed), "£650.00");
    assert_eq!(notice(&allowed, "rows-read-again"), "£300.00");
    assert!(
        only(&allowed, "rows-read-again")
            .found
            .contains("both were paid")
    );
    let written: Repeats = toml::from_str::<std::collections::BTreeMap<String, Repeats>>(
        "repeats = { because = 'both were paid' }",
    )
    .unwrap()["repeats"]
        .clone();
    assert!(written.allowed());
}

#[test]
fn corrected_amounts_are_the_same_payments() {
    let files = Files::of(&[("a.csv", A), ("a2.csv", &A2.replace("200", "250"))]);
    assert_eq!(fault(&files.read(LAYOUT), "rows-read-again"), "£350.00");
}

#[test]
fn the_text_beside_its_workbook() {
    use Cell::{Number, Text};
    let files = workbook(&[
        &[Text("Paid"), Text("Service"), Text("Net Amount")],
        &[Text("2024-04-01"), Text("Roads"), Number(100.0)],
        &[Text("2024-04-02"), Text("Parks"), Number(200.0)],
    ]);
    std::fs::write(files.path().join("a.csv"), A).unwrap();
    assert_eq!(
        fault(&files.read(super::LAYOUT), "rows-read-again"),
        "£300.00"
    );
}

#[test]
fn a_block_twice_in_one_file() {
    let (_, block) = A.split_once('\n').unwrap();
    let ledger = Files::of(&[("a.csv", &format!("{A}{block}"))]).read(super::LAYOUT);
    assert_eq!(fault(&ledger, "rows-read-again"), "£300.00");
    let mut text = String::from("Paid,Service,Net Amount\n");
    let line = |i: usize| {
        format!(
            "{:02}/04/2024,Service {},{}.00\n",
            1 + i % 28,
            i % 7,
            100 + i * i
        )
    };
    (0..200).for_each(|i| text.push_str(&line(i)));
    (90..110).for_each(|i| text.push_str(&line(i)));
    let ledger = Files::of(&[("a.csv", &text)]).read(super::LAYOUT);
    let sum: usize = (90..110).map(|i| 100 + i * i).sum();
    assert_eq!(
        only(&ledger, "rows-read-again").at_stake.unwrap().get(),
        sum as i64 * 100
    );
}

#[test]
fn what_may_be_chance_is_no_fault() {
    for (one, other) in [
        (
            A,
            "Ref,Paid,Service,Net Amount\nR4,01/05/2024,Roads,100\nR5,02/05/2024,Parks,200\n",
        ),
        (
            A,
            "Ref,Paid,Service,Net Amount\nR4,01/04/2024,Roads,100\nR5,02/05/2024,Parks,1\nR6,02/05/2024,Parks,2\n",
        ),
    ] {
        let ledger = Files::of(&[("a.csv", one), ("b.csv", other)]).read(super::LAYOUT);
        assert_eq!(rules(&ledger), [""; 0], "{other}");
    }
    let twice = "Paid,Service,Net Amount\n01/04/2024,Roads,5\n01/04/2024,Roads,5\n01/04/2024,Parks,7\n02/04/2024,Parks,9\n";
    assert_eq!(rules(&by(super::LAYOUT, twice)), [""; 0]);
}

#[test]
fn two_sheets_of_the_same_rows() {
    use Cell::{Number, Text};
    let rows: &[&[Cell<'_>]] = &[
        &[Text("Paid"), Text("Service"), Text("Net Amount")],
        &[Text("2024-04-01"), Text("Roads"), Number(100.0)],
        &[Text("2024-04-02"), Text("Parks"), Number(200.0)],
    ];
    let mut book = Workbook::new();
    fill(book.add_worksheet(), rows);
    fill(
        book.add_worksheet().set_name("Copy of April").unwrap(),
        rows,
    );
    let files = Files::of(&[]);
    book.save(files.path().join("a.xlsx")).unwrap();
    assert_eq!(
        fault(&files.read(super::LAYOUT), "rows-read-again"),
        "£300.00"
    );
}
