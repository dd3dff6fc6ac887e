//! What is given in kind stands beside cash and is never added to it.

use super::*;

const IN_KIND: &str = "
    partner | pounds | for   | where  | what
    council |     60 | youth | north  | cash
    charity |     25 | youth | north  | staff-time
    charity |     11 | roads | south  | premises
    nhs     |     10 | youth | county | staff-time
";

#[test]
fn what_is_valued_in_kind_stands_beside_cash_and_is_never_added() {
    let built = place(IN_KIND, "");
    let total = |boundary| built.total(boundary, "2024-25");
    assert_eq!(total("all-partners"), "60; eliminated 0, in kind 46");
    assert_eq!(total("charity"), "0; eliminated 0, in kind 36");
    assert_eq!(total("council"), "60; eliminated 0");
    let question = || built.ask("all-partners", "2024-25");
    let answer = question().answer().unwrap();
    assert_eq!(answer.total.gross().unwrap().to_plain(), "60.00");
    // Cut like any other money: three tenths of the residents live in the north.
    let north = question().locality("north").answer().unwrap();
    assert_eq!(words(&north), "60; eliminated 0, in kind 28");
    let by = question().by([By::Partner]).answer().unwrap();
    let rows: Vec<String> = (by.rows.iter())
        .map(|row| {
            let (cash, kind) = (row.figure.amount, row.figure.beside(Beside::InKind));
            format!("{} {cash} {kind}", row.keys[0].code)
        })
        .collect();
    assert_eq!(
        rows,
        [
            "council £60.00 £0.00",
            "nhs £0.00 £10.00",
            "charity £0.00 £36.00"
        ]
    );
    assert!(by.to_string().contains("in kind"), "{by}");
    // What nobody places may lie here or not.
    let clubs = question().activity("clubs").answer().unwrap();
    let sum = clubs.total.beside[&Beside::InKind];
    assert_eq!(sum.amount, Pence::ZERO);
    assert_eq!(sum.unshared.to_plain(), "35.00");
}

#[test]
fn what_is_valued_in_kind_can_be_asked_for() {
    let built = place(IN_KIND, "");
    let question = |resource| built.ask("all-partners", "2024-25").resource(resource);
    let staff = question(Resource::StaffTime).answer().unwrap();
    assert_eq!(words(&staff), "35; eliminated 0");
    assert_eq!(staff.question["resource"], "staff-time");
    let told = "In kind (staff-time), not cash.";
    assert!(staff.notes.iter().any(|note| note == told), "{staff}");
    let rows = question(Resource::StaffTime).by([By::Partner]);
    assert_eq!(
        sums(&rows.answer().unwrap()),
        ["nhs £10.00", "charity £25.00"]
    );
    assert_eq!(
        words(&question(Resource::Premises).answer().unwrap()),
        "11; eliminated 0"
    );
    assert_eq!(
        words(&question(Resource::Goods).answer().unwrap()),
        "0; eliminated 0"
    );
    let cash = question(Resource::Cash).answer().unwrap();
    assert!(!cash.question.contains_key("resource"));
    assert!(!cash.notes.iter().any(|note| note.contains("not cash")));
}

/// Staff lent to an insider whose books hold only cash can be seen nowhere else.
#[test]
fn staff_lent_between_insiders_is_not_lost() {
    let built = place(
        "
        partner | pounds | what       | kind  | other
        council |     25 | staff-time | grant | charity
        council |     40 | cash       | grant | charity
        charity |     40 | cash       |       |
        ",
        "",
    );
    assert_eq!(
        built.total("all-partners", "2024-25"),
        "40; eliminated 40, in kind 25"
    );
    let staff = (built.ask("all-partners", "2024-25"))
        .resource(Resource::StaffTime)
        .answer()
        .unwrap();
    assert_eq!(words(&staff), "25; eliminated 0, of it through unheld 25");
    // What each side paid in cash does not hold it.
    let pair = &built.account.transfers().pairs()[0];
    assert_eq!(pair.paid.to_plain(), "40.00");
}

/// What is given in kind and not valued, beside a question: wholly inside, in part or not at all.
#[test]
fn what_is_not_valued_is_shown_where_it_may_lie() {
    let built = place(IN_KIND, GIVEN);
    let shown = |question: Question<'_>| -> Option<bool> {
        let answer = question.answer().unwrap();
        match answer.in_kind.as_slice() {
            [] => None,
            [given] => Some(given.wholly_inside),
            _ => panic!("{answer}"),
        }
    };
    let ask = || built.ask("all-partners", "2024-25");
    let ages = |text: &str| text.parse::<Ages>().unwrap();
    let period = |text: &str| built.ask("all-partners", text);
    let cases: [(&str, Question<'_>, Option<bool>); 20] = [
        ("everything", ask(), Some(true)),
        ("its own place", ask().locality("north"), Some(true)),
        ("a larger place", ask().locality("county"), Some(true)),
        ("another place", ask().locality("south"), None),
        ("its own activity", ask().activity("youth"), Some(true)),
        ("all activities", ask().activity("everything"), Some(true)),
        ("a part of it", ask().activity("clubs"), Some(false)),
        ("another activity", ask().activity("roads"), None),
        ("all its ages", ask().ages(ages("5-20")), Some(true)),
        (
            "its ages in two parts",
            ask().ages(ages("5-12")).ages(ages("13-20")),
            Some(true),
        ),
        ("some ages", ask().ages(ages("12-20")), Some(false)),
        ("other ages", ask().ages(ages("16+")), None),
        ("two years", period("2023-24 to 2024-25"), Some(true)),
        ("half a year", period("Apr 2024 to Sep 2024"), Some(false)),
        ("another year", period("2025-26"), None),
        ("another phase", ask().phase(Phase::Budget), None),
        (
            "its giver inside",
            built.ask("charity", "2024-25"),
            Some(true),
        ),
        (
            "its giver outside",
            built.ask("council,nhs", "2024-25"),
            None,
        ),
        ("another partner's", ask().partner("nhs"), None),
        ("money with a label", ask().tag("ageing-well"), None),
    ];
    for (what, question, expected) in cases {
        assert_eq!(shown(question), expected, "{what}");
    }
    // For one client group: nobody says of how many of them it was.
    let everyone = GIVEN.replace("ages = \"10-15\"", "ages = \"10-15\", group = \"everyone\"");
    let named = place(IN_KIND, &everyone);
    let answer = named.ask("all-partners", "2024-25").group("everyone");
    assert!(answer.answer().unwrap().in_kind[0].wholly_inside);
    // In words, and in no figure.
    let answer = ask().answer().unwrap();
    assert_eq!(
        answer.in_kind[0].to_string(),
        "In kind, not valued: 1200.5 hours of volunteer-time by charity for youth (ages 10-15), \
         north, 2024-25; signed in; all of it lies here."
    );
    assert!(answer.to_string().contains("1200.5 hours"), "{answer}");
    let without = place(IN_KIND, "");
    assert_eq!(
        answer.total,
        without
            .ask("all-partners", "2024-25")
            .answer()
            .unwrap()
            .total
    );
}
