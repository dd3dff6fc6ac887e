//! What is wrong in the data, as rows of a file for those who can mend it.

use super::{Dataset, Kind, Value};
use crate::finding::{Findings, Severity};
use crate::report::content::Shown;

/// A row a finding: faults first, and those with most money first.
pub fn findings(findings: &Findings) -> Dataset {
    findings_of("findings", "Findings in the data".to_owned(), findings)
}

/// The same of a register, under a name of its own.
pub fn findings_of(name: &str, title: String, findings: &Findings) -> Dataset {
    let mut dataset = Dataset::new(name.to_owned(), title);
    for (name, kind, about) in [
        ("file", Kind::Text, "File as the pack names it"),
        ("line", Kind::Whole, "Line or row of it, counted from 1"),
        ("column", Kind::Text, "Heading of the column"),
        ("rule", Kind::Text, "The rule that was broken"),
        (
            "severity",
            Kind::Text,
            "fault: something was refused; notice: someone should look at it",
        ),
        (
            "at_stake_gbp",
            Kind::Pounds,
            "The money it touches; empty where nobody can say",
        ),
        ("text", Kind::Text, "What was found"),
        ("remedy", Kind::Text, "What to do about it"),
    ] {
        dataset.column(name, name, kind, about);
    }
    let mut sorted = findings.by_money();
    sorted.sort_by_key(|finding| finding.severity);
    for finding in sorted {
        let position = &finding.position;
        dataset.rows.push(vec![
            Value::text(position.file.as_str()),
            position.line.map_or(Value::Nothing, Value::Whole),
            Value::text(position.column.as_deref().unwrap_or_default()),
            Value::text(finding.rule.as_str()),
            Value::text(match finding.severity {
                Severity::Fault => "fault",
                Severity::Notice => "notice",
            }),
            (finding.at_stake).map_or(Value::Nothing, |sum| Value::sum(Shown::of_sum(sum))),
            Value::text(finding.found.as_str()),
            Value::text(finding.remedy.as_str()),
        ]);
    }
    dataset
}
