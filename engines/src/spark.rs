//! A session on a Spark Connect server: Apache Spark from 4.0 on, or Sail.

use crate::address::Address;
use crate::failure::Failure;
use crate::line::escaped;
use crate::session::{Lines, Session};
use spark_connect::row::{Row, Value};
use spark_connect::{DataType, SparkError, SparkSession, StructField};
use spark_connect_core::{ChannelBuilder, RetryPolicy, SparkConnectClient, block_on};
use spark_connect_proto::{ConfigRequest, UserContext, config_request};

/// Settings that a site may have changed, and under which an answer would be another one, or a part of one.
/// Each is set for the session, and read back.
const SETTINGS: [(&str, &str); 7] = [
    // A sum or a number that is too large is an error, and not another one, or nothing.
    ("spark.sql.ansi.enabled", "true"),
    // A file that cannot be read is an error, and not left out.
    ("spark.sql.files.ignoreCorruptFiles", "false"),
    ("spark.sql.files.ignoreMissingFiles", "false"),
    // Headings that differ in case are two.
    ("spark.sql.caseSensitive", "true"),
    // The columns are those of the file.
    ("spark.sql.parquet.mergeSchema", "false"),
    ("spark.sql.parquet.binaryAsString", "false"),
    // No text of a moment depends on where a server stands.
    ("spark.sql.session.timeZone", "UTC"),
];

/// So many rows of a small table travel together: a message has at most 128 MiB.
const TOGETHER: usize = 50_000;

pub struct Spark {
    session: SparkSession,
    address: Address,
}

impl Spark {
    /// Calls the server. Whether it is there and knows us is asked once, by a client that does not try again:
    /// the one that runs queries tries for an hour, without a word.
    pub fn at(address: &Address) -> Result<Self, Failure> {
        let shown = address.shown();
        if let Err(error) = address.knock() {
            return Err(Failure::unreachable(format!(
                "nobody answers at {shown} ({error})"
            )));
        }
        once(address)?;
        let session = SparkSession::builder()
            .remote(address.whole())
            .get_or_create();
        let session = session.map_err(|error| said(&error))?;
        let conf = session.conf();
        for (setting, value) in SETTINGS {
            let set = conf.set(setting, value).and_then(|()| conf.get(setting));
            let is = set.map_err(|error| said(&error))?;
            if is
                .as_deref()
                .is_none_or(|is| !is.eq_ignore_ascii_case(value))
            {
                return Err(Failure::refused(format!(
                    "it does not let `{setting}` be `{value}`, without which its sums are not to be believed; have \
                     it set there"
                )));
            }
        }
        Ok(Self {
            session,
            address: Address::parse(address.whole())?,
        })
    }

    fn said(&self, error: &SparkError) -> Failure {
        said(error).without(self.address.token())
    }

    /// A view of rows that are sent along.
    fn sent(&self, name: &str, rows: &[(String, i64, i64)]) -> Result<(), Failure> {
        let names = ["text", "id", "value"].map(str::to_owned).to_vec();
        let row = |(text, id, value): &(String, i64, i64)| {
            let values = vec![
                Value::String(text.clone()),
                Value::Long(*id),
                Value::Long(*value),
            ];
            Row::new(names.clone(), values)
        };
        let table = DataType::from_ddl("text STRING, id BIGINT, value BIGINT")
            .and_then(|schema| {
                self.session
                    .create_dataframe(rows.iter().map(row).collect(), schema)
            })
            .and_then(|table| table.create_or_replace_temp_view(name));
        table.map_err(|error| self.said(&error))
    }
}

impl Session for Spark {
    fn open(&self, table: &str, location: &str, lines: Lines<'_>) -> Result<(), Failure> {
        let file = self.session.read().parquet(location);
        let DataType::Struct { fields } = file.schema().map_err(|error| self.said(&error))? else {
            return Err(Failure::nothing_there());
        };
        // Sail says of a file that is not there that it has no columns.
        if fields.is_empty() {
            return Err(Failure::nothing_there());
        }
        let mut places: Vec<String> = (0..fields.len()).map(|place| format!("c{place}")).collect();
        // Spark numbers the rows of a file; Sail does not know what that asks for. Rows of several files have
        // no one number.
        let numbered = file.select_expr(vec!["*", "_metadata.row_index + 2 AS at_row"]);
        let numbers =
            numbered.schema().is_ok() && file.input_files().is_ok_and(|files| files.len() == 1);
        let shown = if numbers {
            places.push("at_row".to_owned());
            numbered
        } else {
            file
        };
        let names = places.iter().map(String::as_str).collect();
        (shown.to_df(names).create_or_replace_temp_view(table))
            .map_err(|error| self.said(&error))?;
        for StructField {
            name, data_type, ..
        } in &fields
        {
            lines(format!("column\t{}\t{}", holds(data_type), escaped(name)));
        }
        if numbers {
            lines("rows".to_owned());
        }
        Ok(())
    }

    fn register(&self, name: &str, rows: Vec<(String, i64, i64)>) -> Result<(), Failure> {
        if rows.len() <= TOGETHER {
            return self.sent(name, &rows);
        }
        let mut parts = Vec::new();
        for (number, rows) in rows.chunks(TOGETHER).enumerate() {
            let part = format!("{name}_part{number}");
            self.sent(&part, rows)?;
            parts.push(format!("SELECT text, id, value FROM {part}"));
        }
        let all = self.session.sql(&parts.join(" UNION ALL "));
        (all.and_then(|all| all.create_or_replace_temp_view(name)))
            .map_err(|error| self.said(&error))
    }

    fn run(&self, sql: &str, lines: Lines<'_>) -> Result<(), Failure> {
        let rows = self
            .session
            .sql(sql)
            .and_then(|rows| rows.to_local_iterator(false));
        for row in rows.map_err(|error| self.said(&error))? {
            let row = row.map_err(|error| self.said(&error))?;
            let mut line = "row".to_owned();
            for value in row.values() {
                line.push('\t');
                line.push_str(&written(value)?);
            }
            lines(line);
        }
        Ok(())
    }

    fn is_there(&self) -> bool {
        self.address.knock().is_ok()
    }

    fn end(&self) {
        // It may be gone, and all of it with it.
        let _ = self.session.interrupt_all();
        let _ = self.session.stop();
    }
}

/// Whether the server speaks with us, by one question that is not asked twice.
fn once(address: &Address) -> Result<(), Failure> {
    let asked = ChannelBuilder::parse(address.whole()).and_then(|builder| {
        block_on(async {
            let mut client = SparkConnectClient::connect(&builder).await?;
            client.set_retry_policy(RetryPolicy::no_retries());
            let request = ConfigRequest {
                session_id: client.session_id().to_owned(),
                user_context: Some(UserContext {
                    user_id: client.user_id().unwrap_or_default().to_owned(),
                    ..Default::default()
                }),
                operation: Some(config_request::Operation {
                    op_type: Some(config_request::operation::OpType::GetOption(
                        config_request::GetOption {
                            keys: vec!["spark.sql.ansi.enabled".to_owned()],
                        },
                    )),
                }),
                ..Default::default()
            };
            let answered = client.config(request).await;
            // The session was there for this question only.
            let _ = client.release_session().await;
            answered
        })
    });
    let Err(error) = asked else { return Ok(()) };
    let failure = said(&error);
    Err(match (failure.kind, address.encrypted()) {
        ("unreachable", true) => Failure::unreachable(format!(
            "what listens at {} has no certificate that is trusted here, or no TLS at all; name its authority's file \
             in SSL_CERT_FILE",
            address.shown()
        )),
        ("unreachable", false) => Failure::unreachable(format!(
            "what listens at {} does not speak Spark Connect, or only through TLS (`;use_ssl=true`)",
            address.shown()
        )),
        _ => failure,
    })
}

fn said(error: &SparkError) -> Failure {
    // The code of gRPC for a caller that is not known.
    const UNAUTHENTICATED: i32 = 16;
    if error.grpc_code == Some(UNAUTHENTICATED) {
        return Failure::said("unauthenticated");
    }
    let class = &error.error_class;
    Failure::said(&format!("{error}\n{class}\n{}", error.message))
}

/// What stands in a column of a type.
fn holds(data_type: &DataType) -> &'static str {
    match data_type {
        // Texts that are equal under a collation are not the same text.
        DataType::String { collation } if collation != "UTF8_BINARY" => "other",
        DataType::String { .. }
        | DataType::Char { .. }
        | DataType::Varchar { .. }
        | DataType::Date => "texts",
        DataType::Byte | DataType::Short | DataType::Integer | DataType::Long => "whole",
        DataType::Decimal { scale, precision } if *scale <= 2 && *precision - *scale <= 22 => {
            "pounds"
        }
        DataType::Float | DataType::Double => "floats",
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
        Value::Decimal { value, .. } => match value.split_once('.') {
            // A sum of whole pence has no parts of a penny.
            Some((whole, rest)) if rest.bytes().all(|digit| digit == b'0') => format!("i{whole}"),
            Some(_) => return Err(Failure::refused("a sum has parts of a penny")),
            None => format!("i{value}"),
        },
        Value::String(text) => format!("t{}", escaped(text)),
        _ => return Err(Failure::refused("a value of a type that was not asked for")),
    })
}
