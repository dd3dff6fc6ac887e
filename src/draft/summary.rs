//! A draft as people read it: ledgers and files, what was decided, what to look at.

use super::changes::Written;
use super::ledger::DraftLedger;
use super::plan::Draft;
use crate::axis::Period;
use crate::finding::{Finding, Severity, plain};
use crate::table::{Align, Table};
use crate::text::{counted, grouped};
use std::collections::BTreeMap;
use std::fmt;

/// Files of a ledger that are listed one by one.
const FILES: usize = 14;

impl fmt::Display for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: u64 = self.ledgers.iter().map(DraftLedger::lines).sum();
        let pence: i128 = self
            .ledgers
            .iter()
            .map(|ledger| i128::from(ledger.total().get()))
            .sum();
        let files: usize = self.ledgers.iter().map(|ledger| ledger.files().len()).sum();
        writeln!(
            f,
            "Draft for {} ({}): {} from {}, {}, {}\n",
            plain(&self.name),
            plain(&self.code),
            counted(self.ledgers.len(), "ledger"),
            counted(files, "file"),
            counted(grouped(&lines.to_string()), "line"),
            super::decide::pounds(pence)
        )?;
        let mut table = Table::new("");
        for (heading, align) in [
            ("ledger", Align::Left),
            ("file", Align::Left),
            ("months", Align::Left),
            ("lines", Align::Right),
            ("pounds", Align::Right),
            ("codes", Align::Right),
            ("findings", Align::Right),
        ] {
            table.column(heading, align);
        }
        for ledger in &self.ledgers {
            let findings = ledger.findings().len();
            table.row([
                ledger.id.clone(),
                counted(ledger.files().len(), "file"),
                months(ledger.months().min().zip(ledger.months().max())),
                grouped(&ledger.lines().to_string()),
                ledger.total().to_string(),
                grouped(&ledger.codes().to_string()),
                if findings == 0 {
                    String::new()
                } else {
                    findings.to_string()
                },
            ]);
            for file in ledger.files().iter().take(FILES) {
                let stated = if file.stated { " (as it states)" } else { "" };
                table.row([
                    String::new(),
                    format!("  {}", file.file),
                    months(file.months),
                    grouped(&file.lines.to_string()),
                    format!("{}{stated}", file.total),
                ]);
            }
            if ledger.files().len() > FILES {
                table.row([
                    String::new(),
                    format!("  and {} more", ledger.files().len() - FILES),
                ]);
            }
        }
        write!(f, "{table}")?;
        for ledger in &self.ledgers {
            decided(f, ledger)?;
        }
        if !self.left_out.is_empty() {
            writeln!(f, "\nLeft out")?;
            for left in &self.left_out {
                match left.why.starts_with('`') {
                    true => writeln!(f, "  {}", plain(&left.why))?,
                    false => writeln!(f, "  `{}`: {}", plain(&left.file), plain(&left.why))?,
                }
            }
        }
        Ok(())
    }
}

fn months(months: Option<(Period, Period)>) -> String {
    match months {
        Some((first, last)) if first == last => first.to_string(),
        Some((first, last)) => format!("{first} to {last}"),
        None => String::new(),
    }
}

fn decided(f: &mut fmt::Formatter<'_>, ledger: &DraftLedger) -> fmt::Result {
    writeln!(f, "\nLedger `{}`", ledger.id)?;
    let all = ledger.decided();
    for decided in all.iter().filter(|decided| !decided.look) {
        writeln!(f, "  {}: {}", decided.key, plain(&decided.seen))?;
    }
    for file in ledger.files() {
        for passed in &file.passed_over {
            writeln!(
                f,
                "  passed over in `{}`: {}",
                plain(&file.file),
                plain(passed)
            )?;
        }
    }
    for decided in all.iter().filter(|decided| decided.look) {
        writeln!(f, "  look here: {}: {}", decided.key, plain(&decided.seen))?;
    }
    // Equal faults are told once.
    let mut rules: BTreeMap<(&str, bool), (u64, &Finding)> = BTreeMap::new();
    for finding in ledger.findings() {
        let fault = finding.severity == Severity::Fault;
        rules
            .entry((&finding.rule, fault))
            .or_insert((0, finding))
            .0 += 1;
    }
    for ((_, fault), (times, finding)) in rules {
        let kind = if fault { "fault" } else { "notice" };
        let more = if times > 1 {
            format!(" ({times} of the kind; this is the first)")
        } else {
            String::new()
        };
        writeln!(
            f,
            "  {kind} in the files{more}: {}: {}",
            finding.position, finding.found
        )?;
    }
    Ok(())
}

impl fmt::Display for Written {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_nothing_new() {
            writeln!(f, "Nothing is new; nothing was written.")?;
        }
        for added in &self.added {
            let verb = if added.new { "wrote" } else { "added to" };
            writeln!(
                f,
                "{verb} {}: {}",
                plain(&added.file),
                plain(&added.what.join("; "))
            )?;
        }
        for left in &self.left {
            writeln!(f, "look here: {}", plain(left))?;
        }
        Ok(())
    }
}
