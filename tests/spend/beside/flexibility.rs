//! How free money is, and when it becomes free.

use super::*;

const BOUND: &str = "
    partner | pounds | how                    | for
    council |    100 | statutory              | roads
    council |  70.01 | contracted to Mar 2027 | youth
    nhs     |     20 | contracted to Mar 2027 | youth
    council |     30 | contracted to Sep 2025 | roads
    council |      5 | contracted to 2024-25  | roads
    council |     40 | discretionary          | youth
    council |     15 | not-stated             | roads
";

#[test]
fn money_becomes_free_in_the_order_of_its_months() {
    let built = place(BOUND, "");
    let question = built.ask("all-partners", "2024-25");
    let movable = question.movable().unwrap();
    assert_eq!(
        steps(&movable),
        [
            "now 40.00 40.00",
            "Mar 2025 5.00 45.00",
            "Sep 2025 30.00 75.00",
            "Mar 2027 90.01 165.01",
        ]
    );
    assert_eq!(movable.statutory.to_plain(), "100.00");
    assert_eq!(movable.not_stated.to_plain(), "15.00");
    assert_eq!(movable.total.to_plain(), "280.01");
    adds_up(&movable);
    // The axes that a question drills by are left aside.
    let drilled = question.clone().by([By::Partner, By::Flexibility]);
    assert_eq!(drilled.movable().unwrap(), movable);
    // A slice: youth in the north, three tenths of the residents, closed to the penny.
    let north = question.activity("youth").locality("north");
    let movable = north.movable().unwrap();
    assert_eq!(steps(&movable), ["now 12.00 12.00", "Mar 2027 27.00 39.00"]);
    assert_eq!(movable.total, north.answer().unwrap().total.amount);
    adds_up(&movable);
    insta::assert_snapshot!(trimmed(&movable), @r"
    How much could move, and by when

                                       amount   free by then
    ─────────────────────────────────────────────────────────
     may move now                      £12.00         £12.00
     contracted, free after Mar 2027   £27.00         £39.00
     statutory                          £0.00
     not stated                         £0.00
     Total                             £39.00
    ");
    let written = serde_json::to_string(&movable).unwrap();
    assert_eq!(serde_json::from_str::<Movable>(&written).unwrap(), movable);
}

#[test]
fn rows_by_flexibility_are_in_order_and_sum_to_the_total() {
    let built = place(BOUND, "");
    let answer = (built.ask("all-partners", "2024-25"))
        .by([By::Flexibility])
        .answer()
        .unwrap();
    assert_eq!(
        sums(&answer),
        [
            "statutory £100.00",
            "contracted to Mar 2025 £5.00",
            "contracted to Sep 2025 £30.00",
            "contracted to Mar 2027 £90.01",
            "discretionary £40.00",
            "not-stated £15.00",
        ]
    );
    let rows = answer.rows.iter().map(|row| row.figure.amount);
    assert_eq!(Pence::total(rows).unwrap(), answer.total.amount);
    // Beside another axis, each cell keeps both.
    let answer = (built.ask("all-partners", "2024-25"))
        .by([By::Partner, By::Flexibility])
        .answer()
        .unwrap();
    assert_eq!(
        sums(&answer).last().unwrap(),
        "nhs contracted to Mar 2027 £20.00"
    );
}

/// What an insider has promised another is not free and not bound: it is not in the total.
#[test]
fn an_eliminated_contract_binds_nothing() {
    let built = place(
        "
        partner | pounds | how                    | kind     | other
        council |     50 | contracted to Mar 2030 | contract | charity
        charity |     50 | discretionary          |          |
        ",
        "",
    );
    let movable = |boundary| built.ask(boundary, "2024-25").movable().unwrap();
    assert_eq!(steps(&movable("council,charity")), ["now 50.00 50.00"]);
    assert_eq!(
        steps(&movable("council")),
        ["now 0.00 0.00", "Mar 2030 50.00 50.00"]
    );
}

/// A ledger that does not say how free its money is.
#[test]
fn what_nobody_has_said_is_not_stated() {
    let built = crate::fixtures::partners::place("council | 2024-25 | 60 | | | youth | north", "");
    let movable = built.ask("all-partners", "2024-25").movable().unwrap();
    assert_eq!(steps(&movable), ["now 0.00 0.00"]);
    assert_eq!(movable.not_stated, movable.total);
    assert_eq!(movable.total.to_plain(), "60.00");
}
