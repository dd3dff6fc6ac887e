//! A session on a Spark Connect server.

use crate::line::{Answer, escaped};
use spark_connect::SparkSession;
use spark_connect::row::{Row, Value};
use spark_connect::{DataType, StructField};

/// Why there is no answer.
pub struct Failure {
    /// `unreachable`, `worker-lost` or `refused`.
    pub kind: &'static str,
    /// What was said.
    pub words: String,
}

impl Failure {
    pub fn refused(words: &str) -> Self {
        Self {
            kind: "refused",
            words: words.to_owned(),
        }
    }

    /// What the client says, told apart by its words: it has one kind for all that gRPC says.
    fn of(error: impl std::fmt::Display) -> Self {
        const LOST: [&str; 6] = [
            "executor",
            "worker",
            "heartbeat",
            "task was aborted",
            "stage failure",
            "lost",
        ];
        const NOBODY: [&str; 5] = [
            "unavailable",
            "connection refused",
            "transport error",
            "tcp connect",
            "dns",
        ];
        let words = error.to_string();
        let lower = words.to_lowercase();
        let has = |signs: &[&str]| signs.iter().any(|sign| lower.contains(sign));
        let kind = if has(&NOBODY) {
            "unreachable"
        } else if has(&LOST) {
            "worker-lost"
        } else {
            "refused"
        };
        // A server may send the trace of its program along.
        let words = words.lines().next().unwrap_or_default();
        Self {
            kind,
            words: words.chars().take(500).collect(),
        }
    }
}

/// A server that is asked in a session of its own.
pub struct Server(SparkSession);

impl Server {
    pub fn at(address: &str) -> Result<Self, Failure> {
        let session = SparkSession::builder().remote(address).get_or_create();
        let session = session.map_err(Failure::of)?;
        // A sum that is too large is an error, and not another sum: a site may have switched that off.
        let conf = session.conf();
        conf.set("spark.sql.ansi.enabled", "true")
            .map_err(Failure::of)?;
        Ok(Self(session))
    }

    /// Makes a file known by a name, its columns by their places.
    pub fn open(&self, table: &str, location: &str) -> Answer {
        let file = self.0.read().parquet(location);
        let DataType::Struct { fields } = file.schema().map_err(Failure::of)? else {
            return Err(Failure::refused("the file has no columns"));
        };
        let places: Vec<String> = (0..fields.len()).map(|place| format!("c{place}")).collect();
        let names = places.iter().map(String::as_str).collect();
        (file.to_df(names).create_or_replace_temp_view(table)).map_err(Failure::of)?;
        let column = |field: &StructField| {
            let heading = escaped(&field.name);
            format!("column\t{}\t{heading}", holds(&field.data_type))
        };
        Ok(fields.iter().map(column).collect())
    }

    /// Makes a small table of texts, numbers and pence known by a name.
    pub fn register(&self, name: &str, rows: Vec<Vec<String>>) -> Answer {
        let names = ["text", "id", "value"].map(str::to_owned).to_vec();
        let mut table = Vec::with_capacity(rows.len());
        for row in rows {
            let [text, id, value] = row.as_slice() else {
                return Err(Failure::refused("a row has not three parts"));
            };
            let number = |text: &str| {
                let number = text.parse().map_err(|_| Failure::refused("a number is none"))?;
                Ok(Value::Long(number))
            };
            let values = vec![Value::String(text.clone()), number(id)?, number(value)?];
            table.push(Row::new(names.clone(), values));
        }
        let schema = DataType::from_ddl("text STRING, id BIGINT, value BIGINT");
        let schema = schema.map_err(Failure::of)?;
        let table = self.0.create_dataframe(table, schema).map_err(Failure::of)?;
        (table.create_or_replace_temp_view(name)).map_err(Failure::of)?;
        Ok(Vec::new())
    }

    /// Runs a query.
    pub fn run(&self, sql: &str) -> Answer {
        let rows = self.0.sql(sql).and_then(|rows| rows.collect());
        let mut lines = Vec::new();
        for row in rows.map_err(Failure::of)? {
            let mut line = "row".to_owned();
            for value in row.values() {
                line.push('\t');
                line.push_str(&written(value)?);
            }
            lines.push(line);
        }
        Ok(lines)
    }
}

/// What stands in a column of a type.
fn holds(data_type: &DataType) -> &'static str {
    match data_type {
        DataType::String { .. }
        | DataType::Char { .. }
        | DataType::Varchar { .. }
        | DataType::Date => "texts",
        DataType::Byte | DataType::Short | DataType::Integer | DataType::Long => "whole",
        DataType::Decimal { scale, precision } if *scale <= 2 && *precision - *scale <= 22 => {
            "pounds"
        }
        _ => "other",
    }
}

/// A value as a line has it.
fn written(value: &Value) -> Result<String, Failure> {
    Ok(match value {
        Value::Null => "n".to_owned(),
        Value::Byte(number) => format!("i{number}"),
        Value::Short(number) => format!("i{number}"),
        Value::Integer(number) => format!("i{number}"),
        Value::Long(number) => format!("i{number}"),
        Value::Decimal { value, .. } => {
            let whole = value.split_once('.').map_or(value.as_str(), |(whole, rest)| {
                if rest.bytes().all(|digit| digit == b'0') {
                    whole
                } else {
                    value
                }
            });
            format!("i{whole}")
        }
        Value::String(text) => format!("t{}", escaped(text)),
        _ => return Err(Failure::refused("a value of a type that was not asked for")),
    })
}
