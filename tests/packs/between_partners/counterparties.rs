//! Rules for counterparties, and those that meet nothing.

use super::*;

#[test]
fn rules_for_counterparties() {
    const UNCLEAR: &str = "counterparty-rule-unclear";
    let line = |right, wrong, says| (right, wrong, UNCLEAR, says);
    each_line(
        "counterparties.csv",
        &[
            line(
                "paid,exact,YOUTH",
                "payed,exact,YOUTH",
                "`payed` is not a ledger of this pack; did you mean `paid`?",
            ),
            line(
                "paid,exact,YOUTH",
                ",exact,YOUTH",
                "`` is not a ledger of this pack",
            ),
            line(
                "paid,exact,YOUTH",
                "returns,exact,YOUTH",
                "the layout of ledger `returns` has no codes `counterparty`",
            ),
            line(
                "Police,fund,F1",
                "Police,found,F1",
                "the layout of ledger `paid` has no codes `found`",
            ),
            line(
                "paid,exact,YOUTH",
                "paid,exactly,YOUTH",
                "`exactly` is not a way of comparing; write exact, normalised or pattern",
            ),
            line(
                "paid,exact,YOUTH",
                "paid,,YOUTH",
                "`` is not a way of comparing",
            ),
            line(
                "exact,YOUTH TRUST,",
                "exact,,",
                "the rule has no text to compare",
            ),
            line(
                "Police,fund,F1",
                "Police,,F1",
                "`F1` is compared with no code",
            ),
            line(
                "normalised,County Police,",
                "normalised,…,",
                "`…` has no letters or digits",
            ),
            line(
                "pattern,GIVING FUND*,",
                "pattern,GIVING [FUND*,",
                "`GIVING [FUND*` is not a pattern",
            ),
            line(
                "F1,2024-25,payer",
                "F1,2024,payer",
                "`2024` may mean several periods",
            ),
            line(
                "F1,2024-25,payer",
                "F1,last year,payer",
                "`last year` is not a period",
            ),
            line("payer,police", "payor,police", "`payor` is not a side"),
            line(
                "charity,grant",
                "charty,grant",
                "`charty` is not a partner of this place; did you mean `charity`",
            ),
            line("charity,grant", ",grant", "`` is not a partner"),
            line(
                "charity,grant",
                "charity,grants",
                "`grants` is not a kind of payment; did you mean `grant`?",
            ),
            line("charity,grant", "charity,", "`` is not a kind of payment"),
            line("0.25,charity", "0.25,charty", "`charty` is not a partner"),
            line(
                "0.25,charity",
                "0.25,",
                "a share is passed on, and the rule does not say to whom",
            ),
            line("0.25,charity", "0,charity", "`0` is not a share"),
            line("0.25,charity", "-0.25,charity", "`-0.25` is not a share"),
            line("0.25,charity", "1.01,charity", "`1.01` is not a share"),
            line("0.25,charity", "25%,charity", "`25%` is not a share"),
            line(
                "0.25,charity",
                "0.1234567,charity",
                "`0.1234567` is not a share",
            ),
            line(
                "0.25,charity",
                "0.25,fund",
                "`fund` cannot pass money on to itself",
            ),
            line(
                "fund,pass-through,0.25",
                "fund,grant,0.25",
                "only a pass-through has a share",
            ),
            line(
                "fund,pass-through,0.25",
                "fund,grant,",
                "only a pass-through has a share and a partner it is passed on to",
            ),
        ],
    );
}

/// A rule that meets no line is told, unless another rule takes the same lines: that is told.
#[test]
fn rules_that_meet_nothing_are_told() {
    let told = |edits: &[Edit<'_>]| -> Vec<String> {
        let files = with_edits(&FILES, edits);
        let shown: Vec<(&str, &str)> = (files.iter())
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let folder = pack(&shown);
        let place = Place::open(folder.path()).unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        (account.findings().iter())
            .map(|finding| format!("{}: {}", finding.position, finding.found))
            .filter(|finding| finding.contains("no line of"))
            .collect()
    };
    assert_eq!(
        told(&[]),
        [
            "counterparties.csv:3: no line of ledger `paid` meets `County Police`",
            "counterparties.csv:4: no line of ledger `paid` meets `GIVING FUND*`",
            "counterparties.csv:5: no line of any ledger meets `POOL`",
        ]
    );
    let clash = ("counterparties.csv", "GIVING FUND*", "YOUTH*");
    let met = ("paid.csv", ",,S,lease", "POOL,,S,lease");
    assert_eq!(
        told(&[clash, met]),
        ["counterparties.csv:3: no line of ledger `paid` meets `County Police`"]
    );
}
