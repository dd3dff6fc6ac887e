//! Rows of the outcomes file, field by field, with a fault for each that is wrong.

use super::opener::Opener;
use super::{Indicator, Indicators};
use crate::axis::{Axes, AxisError, MemberId, Period, nearest};
use crate::finding::{Finding, Position};
use crate::place::{TableRow, TableSpec, read_table};
use rust_decimal::Decimal;
use std::str::FromStr;
use std::sync::Arc;
use toml::Spanned;

impl Opener<'_> {
    pub(super) fn axes(&self) -> &Axes {
        self.place.axes()
    }

    pub(super) fn table(
        &mut self,
        table: &TableSpec,
        at: &Position,
        fields: &[&str],
    ) -> Vec<TableRow> {
        read_table(
            table,
            fields,
            at,
            self.place.folders(),
            &mut self.findings,
            &mut self.fingerprints,
        )
    }

    /// The rows of several tables with the same fields.
    pub(super) fn rows(
        &mut self,
        tables: &[Spanned<TableSpec>],
        fields: &'static [&'static str],
    ) -> Vec<Fields> {
        let mut rows = Vec::new();
        for table in tables {
            let at = self.at(table);
            let read = self.table(table.get_ref(), &at, fields);
            rows.extend(read.into_iter().map(|row| Fields { names: fields, row }));
        }
        rows
    }

    pub(super) fn fault(
        &mut self,
        rule: &str,
        at: Position,
        found: impl Into<String>,
        remedy: &str,
    ) {
        self.findings.push(Finding::fault(rule, at, found, remedy));
    }

    /// The member that a field names, or a fault.
    pub(super) fn found<T>(
        &mut self,
        row: &Fields,
        field: &str,
        found: Result<T, AxisError>,
    ) -> Option<T> {
        match found {
            Ok(member) => Some(member),
            Err(error) => {
                self.fault(
                    "unknown-code",
                    row.at(field),
                    error.to_string(),
                    "correct the code",
                );
                None
            }
        }
    }

    /// The member that a field names; nothing when it is empty.
    pub(super) fn partner(&mut self, row: &Fields, field: &str) -> Option<MemberId> {
        let code = row.text(field);
        if code.is_empty() {
            return None;
        }
        let found = self.axes().partners.find(code);
        self.found(row, field, found)
    }

    /// Partners separated by semicolons.
    pub(super) fn partners(&mut self, row: &Fields, field: &str) -> Vec<MemberId> {
        let place = Arc::clone(self.place);
        list(row.text(field))
            .filter_map(|code| {
                let found = place.axes().partners.find(code);
                self.found(row, field, found)
            })
            .collect()
    }

    /// A field that is one of a few words, or a number.
    pub(super) fn word<T: FromStr<Err = String>>(
        &mut self,
        row: &Fields,
        field: &str,
    ) -> Option<T> {
        match row.text(field).parse() {
            Ok(word) => Some(word),
            Err(found) => {
                self.fault(
                    "not-a-word-of-this-field",
                    row.at(field),
                    found,
                    "correct it",
                );
                None
            }
        }
    }

    pub(super) fn needed(&mut self, row: &Fields, fields: &[&str]) {
        for field in fields {
            if row.text(field).is_empty() {
                self.fault(
                    "nothing-written",
                    row.at(field),
                    format!("`{field}` is empty"),
                    "write it down; it has no default",
                );
            }
        }
    }

    pub(super) fn period(
        &mut self,
        row: &Fields,
        field: &str,
        indicator: &Indicator,
    ) -> Option<Period> {
        match indicator.years.period(row.text(field)) {
            Ok(period) => Some(period),
            Err(error) => {
                self.fault(
                    "not-a-period",
                    row.at(field),
                    error.to_string(),
                    "write a label as the indicator's own years have it",
                );
                None
            }
        }
    }

    pub(super) fn decimal(&mut self, row: &Fields, field: &str) -> Option<Decimal> {
        let found = Decimal::from_str(row.text(field));
        if found.is_err() {
            self.fault(
                "not-a-number",
                row.at(field),
                format!(
                    "`{}` is not a number",
                    crate::finding::masked(row.text(field))
                ),
                "write it in digits, as in 12.5",
            );
        }
        found.ok()
    }

    /// The indicator that a row is about.
    pub(super) fn indicator(&mut self, row: &Fields, all: &Indicators) -> Option<u32> {
        let code = row.text("indicator");
        let found = all.by_code.get(code).copied();
        if found.is_none() && !self.faulty.contains(code) {
            let near = nearest(code, all.by_code.keys().map(String::as_str));
            self.fault(
                "unknown-indicator",
                row.at("indicator"),
                format!("`{code}` is not an indicator of this pack"),
                &the_nearest(&near),
            );
        }
        found
    }

    pub(super) fn level(&mut self, row: &Fields, level: &str) {
        let levels = self.axes().localities.levels();
        if !levels.contains(&level) {
            let found = format!("`{level}` is not a level of localities");
            let remedy = format!("the levels are {}", levels.join(", "));
            self.fault("unknown-level", row.at("level"), found, &remedy);
        }
    }

    pub(super) fn given_twice(&mut self, row: &Fields, what: &str) {
        self.fault(
            "duplicate-code",
            row.at("code"),
            format!("there is already {what} `{}`", row.text("code")),
            "give each a code of its own",
        );
    }

    /// What an indicator may have once only.
    pub(super) fn stated_twice(&mut self, row: &Fields, what: &str) {
        self.fault(
            "stated-twice",
            row.at("indicator"),
            format!("there is already a {what} of `{}`", row.text("indicator")),
            "remove one of the two",
        );
    }
}

/// What stands nearest to a code that is not there.
pub(super) fn the_nearest(near: &[String]) -> String {
    match near {
        [] => "nothing here is called so; define it, or leave the row out".to_owned(),
        near => format!("the nearest are {}", near.join(", ")),
    }
}

/// Texts separated by semicolons.
pub(super) fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(';')
        .map(str::trim)
        .filter(|part| !part.is_empty())
}

/// A row whose fields are found by name.
pub(super) struct Fields {
    names: &'static [&'static str],
    row: TableRow,
}

impl Fields {
    pub(super) fn text(&self, field: &str) -> &str {
        let place = self.names.iter().position(|name| *name == field);
        place.map_or("", |place| self.row.fields[place].trim())
    }

    pub(super) fn owned(&self, field: &str) -> String {
        self.text(field).to_owned()
    }

    pub(super) fn at(&self, field: &str) -> Position {
        self.row.position.clone().column(field)
    }
}
