//! What may be asked: three things, and nothing that writes.

use crate::failure::Failure;
use crate::line::parts;
use std::io::{self, BufRead};

pub enum Question {
    Open {
        table: String,
        location: String,
    },
    Register {
        name: String,
        rows: Vec<(String, i64, i64)>,
    },
    Run {
        sql: String,
    },
}

impl Question {
    /// The next question; nothing at the end of the input.
    pub fn read(input: &mut impl BufRead) -> io::Result<Option<Result<Self, Failure>>> {
        let Some(asked) = line(input)? else {
            return Ok(None);
        };
        let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
        Ok(Some(match asked.as_slice() {
            ["open", table, location] => named(table).map(|table| Self::Open {
                table,
                location: (*location).to_owned(),
            }),
            ["register", name, count] => {
                // All of them, even where one is none: what follows is the next question.
                let mut rows = Vec::new();
                let count: u64 = count.parse().unwrap_or(0);
                for _ in 0..count {
                    match line(input)? {
                        Some(parts) => rows.push(row(parts)),
                        None => return Ok(None),
                    }
                }
                let rows: Result<Vec<_>, Failure> = rows.into_iter().collect();
                named(name).and_then(|name| Ok(Self::Register { name, rows: rows? }))
            }
            ["run", sql] => reads_only(sql).map(|sql| Self::Run { sql }),
            _ => Err(Failure::refused("nobody knows what that asks for")),
        }))
    }
}

/// A name that is one in SQL as it stands.
fn named(name: &str) -> Result<String, Failure> {
    let letter =
        |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    match name.starts_with(|first: char| first.is_ascii_lowercase()) && name.bytes().all(letter) {
        true => Ok(name.to_owned()),
        false => Err(Failure::refused("a table has a name that is none in SQL")),
    }
}

/// One `SELECT` without a comment or a second statement.
fn reads_only(sql: &str) -> Result<String, Failure> {
    match sql.starts_with("SELECT ") && ![";", "--", "/*"].iter().any(|sign| sql.contains(sign)) {
        true => Ok(sql.to_owned()),
        false => Err(Failure::refused("only a single SELECT is asked here")),
    }
}

fn row(parts: Vec<String>) -> Result<(String, i64, i64), Failure> {
    let number = |text: &String| {
        text.parse()
            .map_err(|_| Failure::refused("a number is none"))
    };
    match parts.as_slice() {
        [text, id, value] => Ok((text.clone(), number(id)?, number(value)?)),
        _ => Err(Failure::refused("a row has not three parts")),
    }
}

/// The next line in its parts; nothing at the end, and none that was not written whole.
fn line(input: &mut impl BufRead) -> io::Result<Option<Vec<String>>> {
    let mut line = String::new();
    input.read_line(&mut line)?;
    Ok(line.strip_suffix('\n').map(parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(asked: &str) -> bool {
        matches!(Question::read(&mut asked.as_bytes()), Ok(Some(Err(_))))
    }

    #[test]
    fn nothing_that_writes_is_asked() {
        assert!(!refused("run\tSELECT 1\n"));
        for sql in [
            "DROP TABLE a",
            "SELECT 1; DROP TABLE a",
            "SELECT 1 -- a",
            "INSERT INTO a SELECT 1",
        ] {
            assert!(refused(&format!("run\t{sql}\n")), "{sql}");
        }
        assert!(!refused("open\twholeplace_0\t/lake/'; DROP TABLE a\n"));
        assert!(refused("open\twholeplace 0\t/lake/a\n"));
    }

    #[test]
    fn a_question_that_was_cut_is_none() {
        assert!(matches!(
            Question::read(&mut &b"run\tSELECT 1"[..]),
            Ok(None)
        ));
        assert!(matches!(
            Question::read(&mut &b"register\td\t2\na\t1\t2\n"[..]),
            Ok(None)
        ));
    }

    #[test]
    fn a_wrong_row_leaves_the_next_question_whole() {
        let mut asked = &b"register\td\t2\na\tone\t2\nb\t1\t2\nrun\tSELECT 1\n"[..];
        assert!(matches!(Question::read(&mut asked), Ok(Some(Err(_)))));
        assert!(matches!(
            Question::read(&mut asked),
            Ok(Some(Ok(Question::Run { .. })))
        ));
    }
}
