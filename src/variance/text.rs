//! Phases side by side as a table for people.

use super::beside::{PhaseSums, Variance};
use crate::money::Pence;
use crate::table::{Align, Table};

impl Variance {
    /// What is compared, row by row, and below it whose money is not, with the reason.
    #[must_use]
    pub fn table(&self) -> Table {
        let asked: Vec<String> = (self.question.iter())
            .map(|(axis, member)| format!("{axis} {member}"))
            .collect();
        let mut table = Table::new(format!(
            "{} beside {}: {}",
            self.to,
            self.from,
            asked.join(", ")
        ));
        for axis in &self.axes {
            table.column(axis, Align::Left);
        }
        if self.axes.is_empty() {
            table.column("", Align::Left);
        }
        for heading in [
            &self.from.to_string(),
            &self.to.to_string(),
            "variance",
            "of the first",
        ] {
            table.column(heading, Align::Right);
        }
        let width = self.axes.len().max(1);
        let padded = |first: String| {
            std::iter::once(first).chain(std::iter::repeat_n(String::new(), width - 1))
        };
        for row in &self.rows {
            let keys: Vec<String> = match row.keys.as_slice() {
                [] => vec!["all of it".to_owned()],
                keys => keys.iter().map(|key| key.name.clone()).collect(),
            };
            table.row(keys.into_iter().chain(cells(&row.sums)));
        }
        table.row(padded("Compared".to_owned()).chain(cells(&self.compared)));
        for one in &self.not_compared {
            let sums = [one.sums.from.to_string(), one.sums.to.to_string()];
            let name = format!("Not compared: {}", one.partner.name);
            let none = ["–".to_owned(), "–".to_owned()];
            table.row(padded(name).chain(sums).chain(none));
        }
        if !self.not_compared.is_empty() {
            let whole = self.whole();
            let sums = [whole.from.to_string(), whole.to.to_string()];
            let none = ["–".to_owned(), "–".to_owned()];
            table.row(padded("All".to_owned()).chain(sums).chain(none));
        }
        for one in &self.not_compared {
            table.note(&format!("{}: {}.", one.partner.name, one.why));
        }
        if let Some(reason) = &self.although_months_differ {
            table.note(&format!("Compared although months may differ: {reason}."));
        }
        table.note("A variance above nothing: more than planned. Phases are never added.");
        table
    }
}

fn cells(sums: &PhaseSums) -> [String; 4] {
    let variance = sums.variance();
    [
        sums.from.to_string(),
        sums.to.to_string(),
        variance
            .as_ref()
            .map_or_else(|_| "–".to_owned(), ToString::to_string),
        variance.map_or_else(|_| "–".to_owned(), |variance| percent(variance, sums.from)),
    ]
}

/// A variance as a part of what was planned, to a tenth of a per cent.
fn percent(variance: Pence, of: Pence) -> String {
    if of == Pence::ZERO {
        return "–".to_owned();
    }
    let (variance, of) = (i128::from(variance.get()), i128::from(of.get()).abs());
    // Halves away from nothing.
    let tenths = (variance.abs() * 2_000 + of) / (2 * of);
    let sign = if variance < 0 && tenths > 0 { "-" } else { "" };
    format!("{sign}{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variance_is_a_part_of_what_was_planned() {
        let said = |variance, of| percent(Pence::new(variance), Pence::new(of));
        assert_eq!(said(3_000_000, 40_000_000), "7.5 %");
        assert_eq!(said(-1, 3), "-33.3 %");
        assert_eq!(said(-1, 1_000_000), "0.0 %");
        assert_eq!(said(5, 0), "–");
        // Planned income that was less by a tenth: more is spent than planned.
        assert_eq!(said(100, -1_000), "10.0 %");
    }
}
