//! The door of last resort: an engine by its ADBC driver, a library that this program loads.
//!
//! ```text
//! WHOLEPLACE_SERVER='adbc:/opt/duckdb/libduckdb.so;entrypoint=duckdb_adbc_init;path=:memory:'
//! ```
//!
//! The driver is the user's, and no driver comes with this program: it runs in it with all its rights. What stands
//! after `entrypoint` are options of the driver's database, whose values are taken for secrets.
//!
//! The engine has to read Parquet by `read_parquet`, and to take tables in. DuckDB is the one that is tested; its
//! decimals and whole numbers are exact, and a sum too large is an error.

use crate::failure::Failure;
use crate::line::escaped;
use crate::session::{Lines, Session};
use adbc_core::options::{AdbcVersion, IngestMode, OptionDatabase, OptionStatement, OptionValue};
use adbc_core::{CancelHandle, Connection, Database, Driver, Optionable, Statement};
use adbc_driver_manager::{ManagedConnection, ManagedDriver};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Decimal128Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type,
    UInt64Type,
};
use arrow_array::{Array, ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use std::sync::{Arc, Mutex, PoisonError};

/// So many rows of a small table are handed over together.
const TOGETHER: usize = 100_000;

pub struct Adbc {
    connection: Mutex<ManagedConnection>,
    cancel: Box<dyn CancelHandle>,
    /// Values of options, which are not shown.
    secrets: Vec<String>,
}

impl Adbc {
    /// Loads the driver that `adbc:` is followed by, and connects with its database.
    pub fn at(address: &str) -> Result<Self, Failure> {
        let mut parts = address.split(';');
        let library = parts.next().unwrap_or_default();
        let (mut entry, mut options, mut secrets) = (None, Vec::new(), Vec::new());
        for part in parts.filter(|part| !part.is_empty()) {
            let Some((name, value)) = part.split_once('=') else {
                return Err(Failure::refused(
                    "WHOLEPLACE_SERVER is not an address such as \
                     `adbc:/opt/duckdb/libduckdb.so;entrypoint=duckdb_adbc_init;path=:memory:`",
                ));
            };
            if name == "entrypoint" {
                entry = Some(value.as_bytes());
            } else {
                secrets.push(value.to_owned());
                options.push((
                    OptionDatabase::Other(name.to_owned()),
                    OptionValue::String(value.to_owned()),
                ));
            }
        }
        let opened = ManagedDriver::load_dynamic_from_filename(library, entry, AdbcVersion::V110)
            .map_err(|error| format!("the driver cannot be loaded: {}", error.message))
            .and_then(|mut driver| {
                let database = driver.new_database_with_opts(options);
                database
                    .and_then(|database| database.new_connection())
                    .map_err(|error| error.message)
            });
        let connection = opened.map_err(|words| hidden(Failure::unreachable(words), &secrets))?;
        Ok(Self {
            cancel: connection.get_cancel_handle(),
            connection: Mutex::new(connection),
            secrets,
        })
    }

    fn said(&self, error: &adbc_core::error::Error) -> Failure {
        hidden(Failure::said(&error.message), &self.secrets)
    }

    /// Runs a statement of our own that gives nothing.
    fn done(&self, sql: &str) -> Result<(), Failure> {
        self.asked(|connection| {
            let mut statement = connection.new_statement()?;
            statement.set_sql_query(sql)?;
            statement.execute_update().map(|_| ())
        })
    }

    /// The one value of a query.
    fn one(&self, sql: &str) -> Result<String, Failure> {
        let mut found = String::new();
        self.run(sql, &mut |line| {
            found = line.trim_start_matches("row\t").to_owned()
        })?;
        Ok(found)
    }

    fn asked<T>(
        &self,
        ask: impl FnOnce(&mut ManagedConnection) -> adbc_core::error::Result<T>,
    ) -> Result<T, Failure> {
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        ask(&mut connection).map_err(|error| self.said(&error))
    }
}

fn hidden(failure: Failure, secrets: &[String]) -> Failure {
    (secrets.iter().filter(|secret| secret.len() > 2))
        .fold(failure, |failure, secret| failure.without(Some(secret)))
}

impl Session for Adbc {
    fn open(&self, table: &str, location: &str, lines: Lines<'_>) -> Result<(), Failure> {
        // The one text in a statement that is not ours: an address, which no column and no row can change.
        if location.contains(['\'', '\\']) || location.chars().any(char::is_control) {
            return Err(Failure::refused(
                "a file whose address has a quote or a backslash in it is not opened here",
            ));
        }
        let all = format!("read_parquet('{location}')");
        let schema = self.asked(|connection| {
            let mut statement = connection.new_statement()?;
            statement.set_sql_query(format!("SELECT * FROM {all} LIMIT 0"))?;
            Ok(statement.execute()?.schema())
        })?;
        if schema.fields().is_empty() {
            return Err(Failure::nothing_there());
        }
        let places: Vec<String> = (0..schema.fields().len())
            .map(|place| format!("c{place}"))
            .collect();
        let places = places.join(", ");
        // Rows of several files have no one number.
        let one = self.one(&format!(
            "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM glob('{location}')"
        ));
        let numbers = one.is_ok_and(|one| one == "i1")
            && self
                .done(&format!(
                    "CREATE OR REPLACE TEMP VIEW {table} ({places}, at_row) AS SELECT * REPLACE (file_row_number + 2 \
                     AS file_row_number) FROM read_parquet('{location}', file_row_number = true)"
                ))
                .is_ok();
        if !numbers {
            self.done(&format!(
                "CREATE OR REPLACE TEMP VIEW {table} ({places}) AS SELECT * FROM {all}"
            ))?;
        }
        for field in schema.fields() {
            lines(format!(
                "column\t{}\t{}",
                holds(field.data_type()),
                escaped(field.name())
            ));
        }
        if numbers {
            lines("rows".to_owned());
        }
        Ok(())
    }

    fn register(&self, name: &str, rows: Vec<(String, i64, i64)>) -> Result<(), Failure> {
        let schema = Arc::new(Schema::new(vec![
            Field::new("text", DataType::Utf8, true),
            Field::new("id", DataType::Int64, true),
            Field::new("value", DataType::Int64, true),
        ]));
        self.done(&format!(
            "CREATE OR REPLACE TEMP TABLE {name} (text VARCHAR, id BIGINT, value BIGINT)"
        ))?;
        for rows in rows.chunks(TOGETHER) {
            let columns: Vec<ArrayRef> = vec![
                Arc::new(StringArray::from_iter_values(
                    rows.iter().map(|(text, _, _)| text),
                )),
                Arc::new(Int64Array::from_iter_values(
                    rows.iter().map(|(_, id, _)| *id),
                )),
                Arc::new(Int64Array::from_iter_values(
                    rows.iter().map(|(_, _, value)| *value),
                )),
            ];
            let batch = RecordBatch::try_new(Arc::clone(&schema), columns);
            let batch = batch.map_err(|error| Failure::refused(error.to_string()))?;
            self.asked(|connection| {
                let mut statement = connection.new_statement()?;
                statement.set_option(OptionStatement::IngestMode, IngestMode::Append.into())?;
                statement.set_option(OptionStatement::TargetTable, name.into())?;
                statement.set_option(OptionStatement::Temporary, "true".into())?;
                statement.bind(batch)?;
                statement.execute_update().map(|_| ())
            })?;
        }
        Ok(())
    }

    fn run(&self, sql: &str, lines: Lines<'_>) -> Result<(), Failure> {
        let batches = self.asked(|connection| {
            let mut statement = connection.new_statement()?;
            statement.set_sql_query(sql)?;
            statement.execute()
        })?;
        for batch in batches {
            let batch =
                batch.map_err(|error| hidden(Failure::said(&error.to_string()), &self.secrets))?;
            for row in 0..batch.num_rows() {
                let mut line = "row".to_owned();
                for column in batch.columns() {
                    line.push('\t');
                    line.push_str(&written(column, row)?);
                }
                lines(line);
            }
        }
        Ok(())
    }

    fn is_there(&self) -> bool {
        // A driver says by itself when its server is gone, and DuckDB is a part of this program.
        true
    }

    fn end(&self) {
        // A driver that cannot stop a query ends with this program.
        let _ = self.cancel.try_cancel();
    }
}

/// What stands in a column of a type.
fn holds(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Date32 => "texts",
        DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32 => "whole",
        DataType::Float16 | DataType::Float32 | DataType::Float64 => "floats",
        DataType::Decimal128(precision, scale) if (0..=2).contains(scale) => {
            match i16::from(*precision) - i16::from(*scale) <= 22 {
                true => "pounds",
                false => "other",
            }
        }
        _ => "other",
    }
}

/// A value as a line has it.
fn written(column: &ArrayRef, row: usize) -> Result<String, Failure> {
    if column.is_null(row) {
        return Ok("n".to_owned());
    }
    let number = |number: i128| Ok(format!("i{number}"));
    let text = |text: &str| Ok(format!("t{}", escaped(text)));
    match column.data_type() {
        DataType::Int8 => number(column.as_primitive::<Int8Type>().value(row).into()),
        DataType::Int16 => number(column.as_primitive::<Int16Type>().value(row).into()),
        DataType::Int32 => number(column.as_primitive::<Int32Type>().value(row).into()),
        DataType::Int64 => number(column.as_primitive::<Int64Type>().value(row).into()),
        DataType::UInt8 => number(column.as_primitive::<UInt8Type>().value(row).into()),
        DataType::UInt16 => number(column.as_primitive::<UInt16Type>().value(row).into()),
        DataType::UInt32 => number(column.as_primitive::<UInt32Type>().value(row).into()),
        DataType::UInt64 => number(column.as_primitive::<UInt64Type>().value(row).into()),
        DataType::Decimal128(_, 0) => number(column.as_primitive::<Decimal128Type>().value(row)),
        DataType::Utf8 => text(column.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => text(column.as_string::<i64>().value(row)),
        DataType::Utf8View => text(column.as_string_view().value(row)),
        _ => Err(Failure::refused("a value of a type that was not asked for")),
    }
}
