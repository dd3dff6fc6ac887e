//! One row for many codes.

use super::*;

const CODES: &str = "ledger,code,activity,ages,not spending\n\
    paid,Schools*,schools,,\n\
    paid,Schools Sixth Form*,colleges,16-18,\n\
    paid,Schools Transport,social-care,,\n\
    paid,* Total,,,sum of lines\n\
    paid,*,,0-15,\n\
    paid,5\\*,area-7,,\n";

#[test]
fn exact_rows_come_first_and_narrow_patterns_before_wide_ones() {
    let folder = folder(
        CODES,
        &[
            ("Schools Primary", "", "1.00"),
            ("SCHOOLS", "", "2.00"),
            ("Schools Sixth Form A", "", "4.00"),
            ("Schools Transport", "", "8.00"),
            ("Schools Total", "", "15.00"),
            ("5*", "", "16.00"),
            ("55", "", "32.00"),
        ],
    );
    let account = account(folder.path());
    let placed = placed(&account);
    let of = |activity: &str, ages: &str| {
        format!("{activity} 1 direct | {ages} | (not-disaggregated) | county | ")
    };
    assert_eq!(placed["Schools Primary"], of("schools", "0-15"));
    assert_eq!(placed["SCHOOLS"], of("schools", "0-15"));
    assert_eq!(placed["Schools Sixth Form A"], of("colleges", "16-18"));
    assert_eq!(placed["Schools Transport"], of("social-care", "0-15"));
    assert_eq!(placed["5*"], of("area-7", "0-15"));
    assert_eq!(placed["55"], of("(unmapped)", "0-15"));
    // `Schools*` names seven letters and `* Total` six: the school's total is a school.
    assert_eq!(placed["Schools Total"], of("schools", "0-15"));
    assert_eq!(account.total().to_string(), "£78.00");
    let taken: Vec<(&str, &str, u64)> = (account.ledgers()[0].patterns().iter())
        .map(|pattern| (pattern.axis, pattern.pattern.as_str(), pattern.codes))
        .collect();
    assert_eq!(
        taken,
        [
            ("activity", "Schools Sixth Form*", 1),
            ("activity", "Schools*", 3),
            ("ages", "Schools Sixth Form*", 1),
            ("ages", "*", 6),
        ]
    );
}

#[test]
fn totals_are_taken_out_by_a_pattern() {
    let codes = CODES.replace("* Total", "*s Total");
    let folder = folder(
        &codes,
        &[
            ("Schools Primary", "", "1.00"),
            ("Roads Total", "", "2.00"),
            ("Schools Total", "", "1.00"),
        ],
    );
    // `*s Total` and `Schools*` both name seven: on what is spending they tie, and the money stays.
    let account = account(folder.path());
    assert_eq!(account.total().to_string(), "£2.00");
    let excluded: Vec<String> = account.excluded().map(|money| money.name()).collect();
    assert_eq!(excluded, ["not spending: sum of lines (1 line)"]);
    let tie = account
        .findings()
        .iter()
        .find(|one| one.rule == "crosswalk-patterns-tie");
    assert_eq!(
        tie.expect("it is told").found,
        "`Schools Total` of ledger `paid` (1 line) is met by `*s Total`, `Schools*`, which name equally much and mean different things on whether it is spending"
    );
}

#[test]
fn the_money_of_a_tie_stays_unmapped() {
    let codes = "ledger,code,activity\npaid,AB*,schools\npaid,*YZ,youth-work\npaid,*XZ,schools\n";
    let folder = folder(
        codes,
        &[
            ("AB-YZ", "", "1.00"),
            ("AB-XZ", "", "2.00"),
            ("AB-", "", "4.00"),
        ],
    );
    let account = account(folder.path());
    let placed = placed(&account);
    assert!(placed["AB-YZ"].starts_with("(unmapped) 1"));
    assert!(placed["AB-XZ"].starts_with("schools 1"));
    let tie = account
        .findings()
        .iter()
        .find(|one| one.rule == "crosswalk-patterns-tie");
    let tie = tie.expect("it is told");
    assert_eq!(tie.at_stake.unwrap().to_string(), "£1.00");
    assert_eq!(
        tie.found,
        "`AB-YZ` of ledger `paid` (1 line) is met by `*YZ`, `AB*`, which name equally much and mean different things on activity"
    );
    // The same pattern twice with two meanings is a fault of the pack.
    let twice = super::folder(
        "ledger,code,activity\npaid,AB*,schools\npaid,AB*,youth-work\n",
        &[("AB", "", "1.00")],
    );
    let found = faults(twice.path()).to_string();
    assert!(found.contains("(crosswalk-rows-clash)"), "{found}");
}
