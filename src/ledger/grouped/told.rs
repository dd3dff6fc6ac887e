//! What is told of rows that are not simply lines: once for all of a kind, with their pence and the first
//! of them.

use super::FileElsewhere;
use super::amount_class::AmountKind;
use super::group::{RowGroup, Told};
use crate::finding::{Finding, Position, Severity};
use crate::ledger::part::Nearly;
use crate::money::Pence;
use crate::text::counted;

impl FileElsewhere<'_> {
    /// Notes rows that repeat others of the file whole.
    pub(crate) fn repeating(&mut self, rows: u64, pence: i128, first: Option<u64>) {
        if rows == 0 {
            return;
        }
        let (repeat, they) = match rows {
            1 => ("repeats another", "it is"),
            _ => ("repeat others", "they are"),
        };
        self.read.findings.push(Finding {
            rule: "rows-read-again".into(),
            severity: Severity::Notice,
            position: self.position(first),
            found: format!(
                "{} of the file {repeat} of it in every cell; {they} counted",
                counted(rows, "row")
            ),
            at_stake: Pence::from_wide(pence).ok(),
            remedy: "look whether they are payments of their own; if not, take them out".into(),
        });
    }

    pub(super) fn position(&self, first: Option<u64>) -> Position {
        match first {
            Some(row) => Position::line(self.shown, row),
            None => Position::file(self.shown),
        }
    }

    /// Notes columns that the layout does not name and that say something of the amounts.
    pub(super) fn unnamed(&mut self, group: &RowGroup<'_>) {
        for &number in &group.class.matters {
            if let Some(unnamed) = self.columns.qualifiers.unnamed.get(number) {
                let key = (unnamed.kind, unnamed.heading.clone());
                let first = group.first.and_then(|row| u32::try_from(row).ok());
                let of = self.read.doubts.unnamed.entry(key);
                let of = of.or_insert((0, 0, first.unwrap_or_default()));
                (of.0, of.1) = (of.0 + group.rows, of.1 + group.bare.abs());
            }
        }
    }

    /// Notes rows that would be selected if signs, blanks and capitals did not count.
    pub(super) fn nearly_wanted(&mut self, group: &RowGroup<'_>) {
        let text = |at: usize| group.texts.get(&at).map_or("", |text| text.trim());
        let headings = &self.plan.headings;
        let mut unmet = self.columns.selection.iter().enumerate();
        let unmet = unmet.find_map(|(number, at)| {
            let text = text((*at)?);
            (!headings.selection_wants(number, text)).then_some((number, text))
        });
        let Some((heading, wanted)) = unmet.and_then(|(place, text)| headings.nearly(place, text))
        else {
            return;
        };
        let key = (heading.to_owned(), wanted.to_owned());
        let more = nearly(group);
        self.read.doubts.nearly.entry(key).or_default().add(&more);
    }

    pub(super) fn refuse(&mut self, group: &RowGroup<'_>) {
        self.read.file.counts.rejected += group.rows;
        match is_known(group.class.kind) {
            true => self.read.sums.rejected += group.pence,
            false => self.read.sums.rejected_unknown += group.rows,
        }
        (self.rejected.entry(group.class.kind).or_default()).add(group);
    }

    /// What is told of rows that were rejected.
    pub(super) fn rejected(&self, kind: AmountKind, told: &Told) -> Finding {
        let (rule, found, remedy) = match kind {
            AmountKind::Excess => (
                "amount-has-excess-decimals",
                "with an amount of more than two decimals".to_owned(),
                "correct the amounts, or set `excess_decimals = \"half-even\"` in the layout",
            ),
            AmountKind::TooLarge => (
                "amount-too-large",
                "with an amount that is too large".to_owned(),
                "correct the amounts",
            ),
            AmountKind::Empty => (
                "amount-not-readable",
                "without an amount".to_owned(),
                "give the amounts, or take the rows out if they are no payments",
            ),
            AmountKind::Unfit(rule, found, remedy) => (rule, format!("of which {found}"), remedy),
            _ => (
                "amount-not-readable",
                "with what is no amount".to_owned(),
                "correct the amounts, or take the rows out if they are no payments",
            ),
        };
        let known = is_known(kind).then(|| Pence::from_wide(told.pence).ok());
        Finding {
            rule: rule.into(),
            severity: Severity::Fault,
            position: (self.position(told.first)).column(&self.columns.amount_heading),
            found: format!("{} {found}", counted(told.rows, "row")),
            at_stake: known.flatten(),
            remedy: remedy.into(),
        }
    }

    /// Notes lines that `where_not` would leave out if signs, blanks and capitals did not count.
    pub(super) fn nearly_unwanted(&mut self, group: &RowGroup<'_>) {
        let headings = &self.plan.headings;
        for (place, at) in self.columns.where_not.iter().enumerate() {
            let text = at
                .and_then(|at| group.texts.get(&at))
                .map(|text| text.trim());
            let unwanted = text.and_then(|text| headings.nearly_unwanted(place, text));
            if let Some((heading, text)) = unwanted {
                let key = (heading.to_owned(), text.to_owned());
                let more = nearly(group);
                (self.read.doubts.nearly_unwanted.entry(key).or_default()).add(&more);
            }
        }
    }
}

/// Whether the amount of rejected rows is known.
fn is_known(kind: AmountKind) -> bool {
    matches!(kind, AmountKind::Excess | AmountKind::Unfit(..))
}

fn nearly(group: &RowGroup<'_>) -> Nearly {
    let first = group.first.and_then(|row| u32::try_from(row).ok());
    Nearly {
        rows: group.rows,
        pence: group.pence,
        first: first.unwrap_or_default(),
    }
}
