//! Both sides of payments between partners: tables as an accountant reads them, and what must
//! hold for any lines.
//!
//! A line of a table: whose ledger it stands in, who pays whom, when (a day, a period, or `?`),
//! how much, and what else there is: a kind, a phase, a reference after `#`.
//!
//! - `quick_and_slow`: the quick way matches what a slow way over all pairs of lines matches

mod quick_and_slow;

use crate::spend::conservation::cases;
use jiff::civil::Date;
use proptest::prelude::*;
use std::collections::BTreeSet;
use wholeplace::account::{Match, MatchKind, MatchLine, PairStatement, TransferLine, Transfers};
use wholeplace::axis::{
    FlowKind, Gap, MemberId, MemberRow, Period, Phase, Placed, Side, Tree, YearKind,
};
use wholeplace::finding::{Findings, Position};
use wholeplace::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use wholeplace::place::TransferTerms;

fn partners() -> Tree {
    let row = |code: &str, name: &str| MemberRow {
        code: code.to_owned(),
        name: name.to_owned(),
        ..MemberRow::default()
    };
    let rows = [
        row("council", "Midvale Council"),
        row("board", "Midvale Health Board"),
        row("trust", "Brook Trust"),
    ];
    let (tree, findings) = Tree::build("a partner", &rows);
    assert!(findings.is_empty(), "{findings}");
    tree
}

fn member(code: &str) -> MemberId {
    partners().find(code).unwrap()
}

fn pounds(text: &str) -> Pence {
    let amount = parse_amount(text).unwrap();
    to_pence(amount, ExcessDecimals::Refuse).unwrap().0
}

/// The lines of a table; each stands in the file of its ledger, at its line of the table.
fn lines(table: &str) -> Vec<TransferLine> {
    let rows = table.lines().map(str::trim).filter(|row| !row.is_empty());
    rows.enumerate().map(|(i, row)| line(row, i + 1)).collect()
}

fn line(row: &str, number: usize) -> TransferLine {
    let words: Vec<&str> = row.split_whitespace().collect();
    let [ledger, ends, when, amount, rest @ ..] = words.as_slice() else {
        panic!("a line of a table has four words at least: {row}");
    };
    let (payer, payee) = ends.split_once('>').unwrap();
    let day: Option<Date> = when.parse().ok();
    let mut line = TransferLine {
        payer: member(payer),
        payee: member(payee),
        side: if *ledger == payer {
            Side::Payer
        } else {
            Side::Payee
        },
        kind: FlowKind::Grant,
        phase: Phase::Outturn,
        pence: pounds(amount),
        day,
        period: match (day, *when) {
            (_, "?") => Placed::Gap(Gap::Unknown),
            (Some(day), _) => Placed::On(Period::month_of(day).unwrap()),
            (None, period) => Placed::On(
                Period::parse(&period.replace('_', " "), Some(YearKind::Financial)).unwrap(),
            ),
        },
        reference: String::new(),
        ledger: (*ledger).to_owned(),
        position: Position::line(format!("{ledger}.csv"), number as u64),
    };
    for word in rest {
        if let Some(reference) = word.strip_prefix('#') {
            line.reference = reference.to_owned();
        } else if let Ok(phase) = word.parse() {
            line.phase = phase;
        } else {
            let mut kinds = FlowKind::ALL.into_iter();
            line.kind = kinds.find(|kind| kind.name() == *word).unwrap();
        }
    }
    line
}

fn terms(payer: &str, payee: &str, days: u32, tolerance: &str) -> TransferTerms {
    TransferTerms {
        payer: member(payer),
        payee: member(payee),
        figure: Side::Payer,
        days,
        pence: pounds(tolerance),
        within_payer_total: None,
        position: Position::line("place.toml", 40),
    }
}

fn matched(table: &str, terms: &[TransferTerms]) -> (Transfers, Findings) {
    Transfers::match_sides(lines(table), terms, &partners()).unwrap()
}

/// The matches of the first pair: how, the lines of both sides, the difference.
fn shown(transfers: &Transfers) -> Vec<String> {
    let at = |lines: &[MatchLine]| {
        let numbers = lines.iter().map(|l| l.position.split_once(':').unwrap().1);
        numbers.collect::<Vec<_>>().join("+")
    };
    let each = |m: &Match| {
        let across = if m.crosses_year_end { " across" } else { "" };
        format!(
            "{}: {} | {} = {}{across}",
            m.how,
            at(&m.paid_lines),
            at(&m.received_lines),
            m.difference
        )
    };
    transfers.pairs()[0].matches.iter().map(each).collect()
}

fn rules(findings: &Findings) -> Vec<&str> {
    findings.iter().map(|f| f.rule.as_str()).collect()
}

#[test]
fn both_sides_are_equal() {
    let (transfers, findings) = matched(
        "council  council>trust  2024-05-01  1,200.00  #G7
         council  council>trust  2024-06-03    300.00
         council  council>trust  2024-25        80.00
         trust    council>trust  2024-05-09  1,200.00  #G7
         trust    council>trust  2024-06-03    300.00
         trust    council>trust  2024-09-30     80.00",
        &[],
    );
    assert_eq!(
        shown(&transfers),
        [
            "exact: 1 | 4 = £0.00",
            "exact: 2 | 5 = £0.00",
            "exact: 3 | 6 = £0.00",
        ]
    );
    let pair = &transfers.pairs()[0];
    assert_eq!((pair.paid, pair.received), (pounds("1580"), pounds("1580")));
    assert_eq!(pair.figure, Side::Payer);
    assert_eq!(
        pair.terms, None,
        "nothing was agreed, so the payer's counts by default"
    );
    assert!(findings.is_empty(), "{findings}");
    assert!(pair.reconciliation.differences.is_empty());
}

#[test]
fn the_payer_says_150_and_the_payee_147() {
    let (transfers, findings) = matched(
        "council  council>trust  2024-25  150.00
         trust    council>trust  2024-25  147.00",
        &[],
    );
    assert_eq!(shown(&transfers), ["partial: 1 | 2 = £3.00"]);
    assert_eq!(
        findings.to_string(),
        "council.csv:1: `council` to `trust` (outturn): the payer's lines come to £150.00, the \
         payee's to £147.00 (transfer-not-confirmed)\n  £3.00 at stake\n  ask both partners for \
         the payments that only one of them has\n1 finding; £3.00 at stake"
    );
    assert_eq!(
        transfers.to_string(),
        "Payments between partners, as each side wrote them down

 payer             payee         phase     year      payer says   payee says   difference   payer's lines   payee's lines   figure that counts  
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
 Midvale Council   Brook Trust   outturn   2024-25      £150.00      £147.00        £3.00               1               1   payer's, by default 

Midvale Council to Brook Trust, outturn: from what the payer says to what the payee says         
  in                                                                                      £150.00
  partial                                                                                  -£3.00
  out                                                                                     £147.00
Every step holds."
    );
}

#[test]
fn a_side_is_missing() {
    let (transfers, findings) = matched(
        "council  council>trust  2024-05-01  90.00
         board    board>trust    2024-05-01  40.00
         trust    board>trust    2024-05-01  40.00  budget
         council  council>board  2024-05-01  10.00
         board    board>council  2024-05-01  5.00",
        &[],
    );
    let of = |pair: &PairStatement| {
        let missing = pair.missing.map(|m| (m.side, m.other_lines));
        (
            pair.payer.code.clone(),
            pair.payee.code.clone(),
            pair.phase,
            missing,
        )
    };
    let all: Vec<_> = transfers.pairs().iter().map(of).collect();
    let row = |payer: &str, payee: &str, phase, side, lines| {
        (
            payer.to_owned(),
            payee.to_owned(),
            phase,
            Some((side, lines)),
        )
    };
    assert_eq!(
        all,
        [
            // The board's ledger has a line with the council: the other way round.
            row("council", "board", Phase::Outturn, Side::Payee, 1),
            row("council", "trust", Phase::Outturn, Side::Payee, 0),
            row("board", "council", Phase::Outturn, Side::Payee, 1),
            // Phases are never matched, and each side has a line of the other phase.
            row("board", "trust", Phase::Budget, Side::Payer, 1),
            row("board", "trust", Phase::Outturn, Side::Payee, 1),
        ]
    );
    let found: Vec<&str> = findings.iter().map(|f| f.found.as_str()).collect();
    // The board and the council write down no receipts from anybody: nothing can be asked of them.
    assert_eq!(found.len(), 3);
    assert_eq!(
        found[0],
        "`council` to `trust` (outturn): £90.00 stands in the payer's ledger only; the ledgers of \
         `trust` hold no line of any transfer with `council`"
    );
    assert_eq!(
        found[1],
        "`board` to `trust` (budget): £40.00 stands in the payee's ledger only; the ledgers of \
         `board` hold 1 line of another transfer with `trust`"
    );
    let table = transfers.table();
    assert_eq!(table.rows()[1][5], "no line", "silence is not nought");
    assert!(table.notes()[0].starts_with(
        "Midvale Council to Brook Trust, outturn: the payee's side is missing; the ledgers of \
         Brook Trust hold no line of any transfer with Midvale Council."
    ));
}

#[test]
fn an_allocation_within_the_payers_total_is_explained() {
    let agreed = TransferTerms {
        figure: Side::Payee,
        within_payer_total: Some("the grant is one number in the budget book".to_owned()),
        ..terms("council", "trust", 0, "0")
    };
    let table = "trust  council>trust  2024-05-01  90.00";
    let (transfers, findings) = matched(table, std::slice::from_ref(&agreed));
    let pair = &transfers.pairs()[0];
    assert_eq!(pair.figure, Side::Payee);
    assert!(pair.within_payer_total.is_some());
    assert_eq!(
        shown(&transfers),
        ["received, and not in the payer's ledger:  | 1 = -£90.00"]
    );
    assert!(findings.is_empty(), "it was looked at already: {findings}");
    assert_eq!(transfers.table().rows()[0][9], "payee's, as agreed");

    // A line of the payer after all: the explanation does not cover it.
    let both = format!("{table}\ncouncil  council>trust  2025-05-01  60.00");
    let (_, findings) = matched(&both, &[agreed]);
    assert_eq!(rules(&findings), ["transfer-not-confirmed"]);
}

#[test]
fn paid_in_march_and_received_in_april() {
    let table = "council  council>trust  2025-03-28  5,000.00
                 trust    council>trust  2025-04-02  5,000.00";
    let (transfers, findings) = matched(table, &[terms("council", "trust", 10, "0")]);
    assert_eq!(
        shown(&transfers),
        ["within tolerance: 1 | 2 = £0.00 across"]
    );
    assert!(findings.is_empty(), "{findings}");
    let pair = &transfers.pairs()[0];
    let years: Vec<_> = pair
        .years
        .iter()
        .map(|y| (y.period.as_str(), y.paid, y.received, y.difference))
        .collect();
    let (nought, all) = (Pence::ZERO, pounds("5000"));
    assert_eq!(
        years,
        [
            ("2024-25", all, nought, all),
            ("2025-26", nought, all, -all)
        ],
        "each side's money stays in its own year"
    );
    assert_eq!(
        transfers.table().notes(),
        [
            "Midvale Council to Brook Trust, outturn: 1 line of the payer and 1 line of the payee \
          match across the end of a financial year."
        ]
    );

    let (transfers, _) = matched(table, &[terms("council", "trust", 4, "0")]);
    assert_eq!(
        transfers.pairs()[0].matches.len(),
        2,
        "five days are not four"
    );
    let (transfers, _) = matched(table, &[]);
    assert_eq!(
        transfers.pairs()[0].matches.len(),
        2,
        "without terms there is no tolerance"
    );
    let (transfers, _) = matched(table, &[terms("trust", "council", 10, "0")]);
    assert_eq!(
        transfers.pairs()[0].matches.len(),
        2,
        "these are terms of another pair"
    );
}

#[test]
fn the_nearest_goes_first() {
    let (transfers, _) = matched(
        "council  council>trust  2024-06-10  100.00
         council  council>trust  2024-06-12  100.02
         trust    council>trust  2024-06-11  100.02
         trust    council>trust  2024-06-11  100.01
         trust    council>trust  Jun_2024     99.99",
        &[terms("council", "trust", 3, "0.05")],
    );
    assert_eq!(
        shown(&transfers),
        [
            // The month holds both days: no days apart, and a penny before three.
            "within tolerance: 1 | 5 = £0.01",
            "within tolerance: 2 | 3 = £0.00",
            "received, and not in the payer's ledger:  | 4 = -£100.01",
        ]
    );
    // A day goes with the day before it goes with the year, so both find one.
    let (transfers, _) = matched(
        "council  council>trust  2024-06-10  100.00
         council  council>trust  2024-07-10  100.00
         trust    council>trust  2024-25     100.00
         trust    council>trust  2024-06-10  100.00",
        &[],
    );
    assert_eq!(
        shown(&transfers),
        ["exact: 1 | 4 = £0.00", "exact: 2 | 3 = £0.00"]
    );
}

#[test]
fn a_missing_instalment_does_not_shift_the_later_ones() {
    let (transfers, _) = matched(
        "council  council>trust  2025-02-01  100.00  #G1
         council  council>trust  2025-03-01  100.00  #G1
         council  council>trust  2025-04-01  100.00  #G1
         trust    council>trust  2025-02-03  100.00  #G1
         trust    council>trust  2025-04-03  100.00  #G1",
        &[],
    );
    assert_eq!(
        shown(&transfers),
        [
            "exact: 1 | 4 = £0.00",
            "exact: 3 | 5 = £0.00",
            "paid, and not in the payee's ledger: 2 |  = £100.00",
        ]
    );
}

#[test]
fn one_reference_and_other_sums() {
    let (transfers, findings) = matched(
        "council  council>trust  2024-05-01  100.00  #G1
         council  council>trust  2024-11-01  100.00  #G1
         council  council>trust  2024-06-01   30.00  #G2
         council  council>trust  2024-07-01   30.00  #G2
         council  council>trust  2024-08-01   12.00
         trust    council>trust  2025-05-01  190.00  #G1
         trust    council>trust  2024-08-01   60.00  #G2
         trust    council>trust  2024-08-02   11.00",
        &[],
    );
    assert_eq!(
        shown(&transfers),
        [
            "exact: 3+4 | 7 = £0.00",
            "partial: 1+2 | 6 = £10.00 across",
            "partial: 5 | 8 = £1.00",
        ]
    );
    assert_eq!(findings.at_stake(), 1_100);
}

#[test]
fn references_that_differ_never_match() {
    let table = "council  council>trust  2024-05-01  100.00  #PO-1
                 trust    council>trust  2024-05-01  100.00  #INV-9
                 council  council>trust  2024-05-01   40.00
                 trust    council>trust  2024-05-02   38.00";
    let (transfers, findings) = matched(table, &[terms("council", "trust", 30, "5")]);
    assert_eq!(
        shown(&transfers),
        [
            "within tolerance: 3 | 4 = £2.00",
            "paid, and not in the payee's ledger: 1 |  = £100.00",
            "received, and not in the payer's ledger:  | 2 = -£100.00",
        ]
    );
    let finding = findings.iter().next().unwrap();
    assert!(finding.remedy.contains("references differ"), "{finding}");
    assert_eq!(
        finding.at_stake,
        Some(pounds("200")),
        "not nought, though the sums are equal"
    );
}

#[test]
fn a_tolerance_larger_than_the_amounts() {
    let (transfers, findings) = matched(
        "council  council>trust  2024-05-01    4.00
         council  council>trust  2024-05-01    6.00
         council  council>trust  2024-05-01  900.00
         trust    council>trust  2024-05-02    2.50
         trust    council>trust  2024-05-03    6.00
         trust    council>trust  2024-05-02  897.00
         trust    council>trust  2024-05-01   -4.00
         council  council>trust  2024-05-01    8.00  budget
         trust    council>trust  2024-05-01    5.00  budget",
        &[terms("council", "trust", 10, "5.00")],
    );
    assert_eq!(
        shown(&transfers),
        ["partial: 8 | 9 = £3.00"],
        "the amounts are as small as the tolerance"
    );
    let outturn = &transfers.pairs()[1];
    let hows: Vec<MatchKind> = outturn.matches.iter().map(|found| found.how).collect();
    assert_eq!(
        hows,
        [
            MatchKind::WithinTolerance,
            MatchKind::WithinTolerance,
            MatchKind::Partial
        ],
        "equal amounts need no tolerance in pence; 900 is far larger than 5"
    );
    let wide: Vec<_> = findings
        .iter()
        .filter(|f| f.rule == "tolerance-larger-than-amount")
        .collect();
    assert_eq!(wide.len(), 1, "one for each pair of partners");
    assert_eq!(
        wide[0].to_string(),
        "place.toml:40: the tolerance of £5.00 between `council` and `trust` is as large as \
         payments it would match, and matched none of them: £8.00 at council.csv:8 with £5.00 at \
         trust.csv:9; £4.00 at council.csv:1 with £2.50 at trust.csv:4 \
         (tolerance-larger-than-amount)\n  £12.00 at stake\n  lower the tolerance below the \
         smallest payment, or match these by a reference"
    );
}

#[test]
fn refunds_match_refunds() {
    let (transfers, findings) = matched(
        "council  council>trust  2024-05-01   70.00
         council  council>trust  2024-05-20  -70.00  repayment
         trust    council>trust  2024-05-21  -69.50
         trust    council>trust  2024-05-01   70.00  contract",
        &[terms("council", "trust", 60, "1")],
    );
    assert_eq!(
        shown(&transfers),
        ["exact: 1 | 4 = £0.00", "within tolerance: 2 | 3 = -£0.50"]
    );
    assert!(
        findings.is_empty(),
        "what lies within the tolerance was agreed: {findings}"
    );
    let pair = &transfers.pairs()[0];
    assert!(pair.matches.iter().all(|found| found.kinds_differ));
    let kinds: Vec<_> = pair
        .kinds
        .iter()
        .map(|k| {
            (
                k.kind,
                k.paid.get(),
                k.paid_lines,
                k.received.get(),
                k.received_lines,
            )
        })
        .collect();
    assert_eq!(
        kinds,
        [
            (FlowKind::Contract, 0, 0, 7_000, 1),
            (FlowKind::Grant, 7_000, 1, -6_950, 1),
            (FlowKind::Repayment, -7_000, 1, 0, 0),
        ]
    );
    assert_eq!(
        pair.reconciliation.differences[0].name, "within tolerance",
        "agreed, and still named"
    );
    let (transfers, _) = matched(
        "council  council>trust  2024-05-01   70.00
         trust    council>trust  2024-06-01  -70.00",
        &[terms("council", "trust", 60, "1000")],
    );
    assert_eq!(
        shown(&transfers),
        ["partial: 1 | 2 = £140.00"],
        "a refund is no payment, however wide the tolerance"
    );
}

#[test]
fn lines_without_a_period_have_a_year_of_their_own() {
    let (transfers, _) = matched(
        "council  council>trust  ?           50.00
         council  council>trust  ?           20.00  #G1
         council  council>trust  2024-05-01  30.00
         trust    council>trust  ?           45.00
         trust    council>trust  2024-05-01  20.00  #G1
         trust    council>trust  2024-05-01  50.00",
        &[terms("council", "trust", 10_000, "0")],
    );
    assert_eq!(
        shown(&transfers),
        [
            "exact: 2 | 5 = £0.00",
            "partial: 1 | 4 = £5.00",
            "partial: 3 | 6 = -£20.00",
        ],
        "nothing is near a line without a time; a reference needs none"
    );
    let last = transfers.pairs()[0].years.last().unwrap();
    assert_eq!(
        (last.period.as_str(), last.paid),
        ("no period", pounds("70"))
    );
}

#[test]
fn a_period_over_two_years_is_a_year_of_its_own() {
    let (transfers, _) = matched(
        "council  council>trust  Jan_2024_to_Dec_2024  50.00
         trust    council>trust  2024-05-01            50.00
         council  council>trust  2024-05-02            10.00
         trust    council>trust  2024-05-02            11.00",
        &[],
    );
    assert_eq!(
        shown(&transfers),
        ["exact: 1 | 2 = £0.00", "partial: 3 | 4 = -£1.00"]
    );
    let years = &transfers.pairs()[0].years;
    let years: Vec<_> = years.iter().map(|y| y.period.as_str()).collect();
    assert_eq!(years, ["calendar 2024", "2024-25"]);
}

#[test]
fn the_statement_of_a_pair_lists_what_does_not_agree() {
    let (transfers, _) = matched(
        "council  council>trust  2024-05-01  1,200.00
         council  council>trust  2025-03-28    300.00
         council  council>trust  2024-06-01     80.00
         trust    council>trust  2024-05-01  1,200.00
         trust    council>trust  2025-04-02    300.00",
        &[terms("council", "trust", 10, "1")],
    );
    assert_eq!(
        transfers.pairs()[0].table().to_string(),
        "Midvale Council to Brook Trust, outturn: which payments both sides have

 match                                        payer says   payee says   difference   payer's lines                payee's lines            
───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
 exact (1)                                     £1,200.00    £1,200.00        £0.00   1 line                       1 line                   
 within tolerance, across the end of a year      £300.00      £300.00        £0.00   council.csv:2 (2025-03-28)   trust.csv:5 (2025-04-02) 
 paid, and not in the payee's ledger              £80.00            –       £80.00   council.csv:3 (2024-06-01)                            
"
    );
}

#[test]
fn as_json() {
    let (transfers, _) = matched(
        "council  council>trust  2025-03-28  5,000.00
         trust    council>trust  Apr_2025    4,999.00  contract",
        &[terms("council", "trust", 10, "2")],
    );
    let json = serde_json::to_value(&transfers).unwrap();
    assert_eq!(
        json,
        serde_json::json!({ "pairs": [{
            "payer": { "code": "council", "name": "Midvale Council" },
            "payee": { "code": "trust", "name": "Brook Trust" },
            "phase": "outturn",
            "figure": "payer",
            "because": "agreed",
            "terms": { "days": 10, "pence": "2.00", "position": "place.toml:40" },
            "within_payer_total": null,
            "missing": null,
            "paid": "5000.00",
            "received": "4999.00",
            "difference": "1.00",
            "paid_lines": 1,
            "received_lines": 1,
            "kinds": [
                { "kind": "contract", "paid": "0.00", "received": "4999.00",
                  "paid_lines": 0, "received_lines": 1 },
                { "kind": "grant", "paid": "5000.00", "received": "0.00",
                  "paid_lines": 1, "received_lines": 0 },
            ],
            "years": [
                { "period": "2024-25", "paid": "5000.00", "received": "0.00",
                  "difference": "5000.00", "paid_lines": 1, "received_lines": 0 },
                { "period": "2025-26", "paid": "0.00", "received": "4999.00",
                  "difference": "-4999.00", "paid_lines": 0, "received_lines": 1 },
            ],
            "matches": [{
                "how": "within-tolerance",
                "paid_lines": [{ "ledger": "council", "position": "council.csv:1",
                    "pence": "5000.00", "when": "2025-03-28", "kind": "grant" }],
                "received_lines": [{ "ledger": "trust", "position": "trust.csv:2",
                    "pence": "4999.00", "when": "Apr 2025", "kind": "contract" }],
                "paid": "5000.00",
                "received": "4999.00",
                "difference": "1.00",
                "crosses_year_end": true,
                "kinds_differ": true,
            }],
            "reconciliation": {
                "name": "Midvale Council to Brook Trust, outturn: from what the payer says to \
                         what the payee says",
                "incoming": "5000.00",
                "differences": [{ "name": "within tolerance", "pence": "-1.00" }],
                "outgoing": "4999.00",
                "holds": true,
            },
        }]})
    );
}

#[test]
fn no_lines_and_sums_beyond_an_account() {
    let (none, findings) = matched("", &[]);
    assert!(none.pairs().is_empty() && findings.is_empty());
    assert_eq!(
        none.to_string(),
        "No payments between partners are written down."
    );

    let mut huge = lines(
        "council  council>trust  2024-05-01  1.00
         council  council>trust  2024-05-02  1.00",
    );
    for line in &mut huge {
        line.pence = Pence::new(i64::MAX);
    }
    assert!(Transfers::match_sides(huge.clone(), &[], &partners()).is_err());
    // Both ends of what a line can hold are compared without wrapping.
    huge[1].pence = Pence::new(-i64::MAX);
    let line = TransferLine {
        side: Side::Payee,
        ..huge[0].clone()
    };
    huge.push(line);
    let wide = [terms("council", "trust", 9, "90,000,000,000,000,000")];
    assert!(Transfers::match_sides(huge, &wide, &partners()).is_ok());
}

/// 100,000 payments a side, of few amounts on few days, half of them under a reference: the
/// case in which a list of all candidates would not fit into memory.
#[test]
fn many_lines() {
    const LINES: u64 = 100_000;
    let start: Date = "2023-04-01".parse().unwrap();
    let mut all = Vec::new();
    for i in 0..LINES {
        for side in [Side::Payer, Side::Payee] {
            let late = if side == Side::Payee { i % 4 } else { 0 };
            let less = if side == Side::Payee { i % 3 } else { 0 };
            let day = start + jiff::Span::new().days((i % 700 + late) as i64);
            all.push(TransferLine {
                payer: member_of(0),
                payee: member_of(2),
                side,
                kind: FlowKind::Contract,
                phase: Phase::Outturn,
                pence: Pence::new((50_000 + i % 977 * 10 - less) as i64),
                day: (i % 5 > 0).then_some(day),
                period: Placed::On(Period::month_of(day).unwrap()),
                reference: if i % 2 == 0 {
                    format!("O{i}")
                } else {
                    String::new()
                },
                ledger: side.name().to_owned(),
                position: Position::line(format!("{side}.csv"), i + 2),
            });
        }
    }
    let (transfers, _) =
        Transfers::match_sides(all, &[terms("council", "trust", 14, "0.30")], &partners()).unwrap();
    let pair = &transfers.pairs()[0];
    check(pair);
    assert_eq!(pair.paid_lines + pair.received_lines, 2 * LINES);
}

fn member_of(number: usize) -> MemberId {
    partners().iter().nth(number).unwrap().0
}

/// What must hold for every statement.
fn check(pair: &PairStatement) {
    let wide = |pence: Pence| i128::from(pence.get());
    let sum = |of: &dyn Fn(&Match) -> i128| -> i128 { pair.matches.iter().map(of).sum() };
    assert_eq!(
        sum(&|m| wide(m.paid)),
        wide(pair.paid),
        "nothing is dropped"
    );
    assert_eq!(
        sum(&|m| wide(m.received)),
        wide(pair.received),
        "nothing is dropped"
    );
    assert_eq!(
        sum(&|m| m.paid_lines.len() as i128),
        i128::from(pair.paid_lines)
    );
    assert_eq!(
        sum(&|m| m.received_lines.len() as i128),
        i128::from(pair.received_lines)
    );
    for found in &pair.matches {
        let lines = |lines: &[MatchLine]| -> i128 { lines.iter().map(|l| wide(l.pence)).sum() };
        assert_eq!(lines(&found.paid_lines), wide(found.paid));
        assert_eq!(lines(&found.received_lines), wide(found.received));
        assert_eq!(
            wide(found.paid) - wide(found.received),
            wide(found.difference)
        );
        match found.how {
            MatchKind::Exact => assert_eq!(found.difference, Pence::ZERO),
            MatchKind::PaidOnly => {
                assert_eq!((found.paid_lines.len(), found.received_lines.len()), (1, 0))
            }
            MatchKind::ReceivedOnly => {
                assert_eq!((found.paid_lines.len(), found.received_lines.len()), (0, 1));
            }
            MatchKind::WithinTolerance | MatchKind::Partial => {
                assert!(!found.paid_lines.is_empty() && !found.received_lines.is_empty());
            }
        }
    }
    for (name, paid, received) in [
        (
            "years",
            pair.years.iter().map(|y| wide(y.paid)).sum::<i128>(),
            pair.years.iter().map(|y| wide(y.received)).sum::<i128>(),
        ),
        (
            "kinds",
            pair.kinds.iter().map(|k| wide(k.paid)).sum(),
            pair.kinds.iter().map(|k| wide(k.received)).sum(),
        ),
    ] {
        assert_eq!(
            (paid, received),
            (wide(pair.paid), wide(pair.received)),
            "{name}"
        );
    }
    assert!(pair.reconciliation.holds());
    assert_eq!(pair.reconciliation.incoming, pair.paid);
    assert_eq!(pair.reconciliation.outgoing, pair.received);
}
