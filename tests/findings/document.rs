//! The catalogue as a document for readers.

use super::Broken;
use super::case::Stage;
use std::fmt::Write as _;
use wholeplace::finding::Severity;

const HEAD: &str = "\
# Findings

What `wholeplace` may find wrong with a place pack, its ledgers and its published figures. A
finding says where (file, line, column), what is wrong, how much money it touches, and what to do
about it. A *fault* is something refused: a pack that does not open, or a row that is not in the
account. A *notice* is money that is in the account and that somebody should look at.

Each text below is the whole text that a user reads when a little of one small, invented pack is
wrong. This document is written by the tests from `tests/findings`; it is not edited.
";

const STAGES: [(Stage, &str); 9] = [
    (Stage::Pack, "When a pack is opened"),
    (Stage::Outlines, "When its outlines are read, for maps"),
    (Stage::Ledgers, "When its ledgers are read"),
    (
        Stage::Outcomes,
        "When its outcomes and indicators are opened",
    ),
    (Stage::Proposals, "When its proposals are opened"),
    (
        Stage::Contracts,
        "When its contracts are opened, their register is read, and results are drawn",
    ),
    (Stage::Scenarios, "When its scenarios are opened"),
    (
        Stage::Registers,
        "When its place plans, premises, agreements and medium-term plan are opened, and held against its ledgers",
    ),
    (
        Stage::Disclosure,
        "When its policy of publication is opened",
    ),
];

/// The whole document.
pub fn of(cases: &[Broken]) -> String {
    let mut text = HEAD.to_owned();
    for (stage, title) in STAGES {
        let cases: Vec<&Broken> = cases
            .iter()
            .filter(|case| case.told.stage == stage)
            .collect();
        write!(
            text,
            "\n## {title}\n\n| Rule | Kind | What is wrong |\n|---|---|---|\n"
        )
        .unwrap();
        for way in ways(&cases) {
            let says = way[0].says.replace('|', "\\|");
            writeln!(text, "| `{}` | {} | {says} |", way[0].rule, kind(way[0])).unwrap();
        }
        for way in ways(&cases) {
            write!(text, "\n### `{}`\n", way[0].rule).unwrap();
            for case in way {
                let (says, told) = (&case.says, &case.told.text);
                write!(text, "\n{says}\n\n```text\n{told}\n```\n").unwrap();
            }
        }
    }
    text
}

/// The ways in which each rule is broken.
fn ways<'a>(cases: &'a [&'a Broken]) -> impl Iterator<Item = &'a [&'a Broken]> {
    cases.chunk_by(|one, other| one.rule == other.rule)
}

fn kind(case: &Broken) -> &'static str {
    let own = case
        .told
        .findings
        .iter()
        .find(|found| found.rule == case.rule);
    match own.map(|found| found.severity) {
        Some(Severity::Notice) => "notice",
        Some(Severity::Fault) | None => "fault",
    }
}
