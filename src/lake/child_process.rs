//! The door to engines that are no part of this crate: a program of its own, spoken to by lines.
//!
//! Arrow, gRPC and the drivers of databases stay in that program, and a release of theirs never forces one of
//! this crate. It is asked on its standard input and answers on its standard output, in UTF-8, a line
//! each, whose parts are separated by tabs; `\\`, `\t`, `\n` and `\r` in a part are written with a
//! backslash.
//!
//! ```text
//! asked                                   answered
//! open     table  location                column  texts|whole|pounds|floats|other  heading     (one each)
//!                                         rows    (where the view has a column `at_row`: see below)
//! register name   count                   (reads so many lines more: text  number  pence)
//! run      sql                            row     n | i12 | tRoads  …                   (one each)
//!                                         done
//! instead of done, of any of them:        error   unreachable|worker-lost|refused  words
//! ```
//!
//! A view has its columns as `c0`, `c1`, …, and, if the program says `rows`, a column `at_row` of 64 bits:
//! the place of the row in its file, the first below the headings being 2.
//!
//! A value is `n` for nothing, `i` before a whole number, `t` before a text. The program ends when its
//! input does, and first interrupts what the engine runs and gives its session back. Its input is
//! closed when a deadline has passed; a program that does not end by that is ended here, because a client
//! that tries again in silence cannot be asked to stop.

use super::engine::{Column, Deadline, Engine, EngineError, Holds, Value};
use super::query::{Dimension, Query};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// How long a program may take to end by itself.
const ENDING: Duration = Duration::from_secs(5);
/// How long between two looks at whether it has.
const LOOK: Duration = Duration::from_millis(10);

/// An engine behind a program.
#[derive(Debug)]
pub struct ChildProcess {
    name: String,
    child: Child,
    asking: Option<SyncSender<String>>,
    answers: Receiver<String>,
    /// The tables whose rows it numbers.
    numbered: BTreeSet<String>,
    /// Why it gives no answers any more.
    ended: Option<EngineError>,
}

impl ChildProcess {
    /// Starts the program.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unreachable`] when it cannot be started.
    pub fn start(name: &str, command: &mut Command) -> Result<Self, EngineError> {
        let started = (command.stdin(Stdio::piped()).stdout(Stdio::piped())).spawn();
        let mut child = started.map_err(|error| {
            let program = command.get_program().display();
            EngineError::Unreachable(format!("the program `{program}` does not start: {error}"))
        })?;
        let pipes = (child.stdin.take(), child.stdout.take());
        let (Some(stdin), Some(stdout)) = pipes else {
            return Err(EngineError::Unreachable("it has no pipes".to_owned()));
        };
        let (asking, asked) = sync_channel(1);
        let (answering, answers) = sync_channel(1 << 10);
        std::thread::spawn(move || write_all(stdin, &asked));
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if answering.send(line).is_err() {
                    break;
                }
            }
        });
        Ok(Self {
            name: name.to_owned(),
            child,
            asking: Some(asking),
            answers,
            numbered: BTreeSet::new(),
            ended: None,
        })
    }

    /// Asks, and gives the lines of the answer, each in its parts.
    fn ask(&mut self, asked: String, until: Deadline) -> Result<Vec<Vec<String>>, EngineError> {
        if let Some(ended) = &self.ended {
            return Err(ended.clone());
        }
        let gone = || EngineError::WorkerLost("its program has ended".to_owned());
        let sent = self.asking.as_ref().map(|asking| asking.send(asked));
        if !matches!(sent, Some(Ok(()))) {
            return Err(self.end(gone()));
        }
        let mut lines = Vec::new();
        loop {
            let line = match self.answers.recv_timeout(until.left()) {
                Ok(line) => line,
                Err(RecvTimeoutError::Timeout) => {
                    return Err(self.end(EngineError::DeadlinePassed));
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.end(gone())),
            };
            let mut parts: Vec<String> = line.split('\t').map(unescaped).collect();
            match parts.first().map(String::as_str) {
                Some("done") => return Ok(lines),
                Some("error") => {
                    let words = parts.pop().unwrap_or_default();
                    return Err(match parts.get(1).map(String::as_str) {
                        Some("unreachable") => EngineError::Unreachable(words),
                        Some("worker-lost") => EngineError::WorkerLost(words),
                        _ => EngineError::Refused(words),
                    });
                }
                _ => lines.push(parts),
            }
        }
    }

    /// Ends the program, for good: its input is closed, and it is left a moment to tidy up on the engine.
    fn end(&mut self, because: EngineError) -> EngineError {
        self.asking = None;
        let until = Deadline::after(ENDING);
        while matches!(self.child.try_wait(), Ok(None)) && !until.has_passed() {
            // A program that waits for its lines to be read does not see its input end.
            while self.answers.try_recv().is_ok() {}
            std::thread::sleep(LOOK);
        }
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        self.ended = Some(because.clone());
        because
    }
}

impl Drop for ChildProcess {
    fn drop(&mut self) {
        self.end(EngineError::Unreachable("it was put away".to_owned()));
    }
}

fn write_all(mut stdin: ChildStdin, asked: &Receiver<String>) {
    while let Ok(asked) = asked.recv() {
        let written = stdin
            .write_all(asked.as_bytes())
            .and_then(|()| stdin.flush());
        if written.is_err() {
            break;
        }
    }
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => escaped.push_str("\\\\"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            other => escaped.push(other),
        }
    }
    escaped
}

fn unescaped(part: &str) -> String {
    let mut text = String::with_capacity(part.len());
    let mut letters = part.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            text.push(letter);
            continue;
        }
        match letters.next() {
            Some('t') => text.push('\t'),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some(other) => text.push(other),
            None => {}
        }
    }
    text
}

fn value(part: &str) -> Result<Value, EngineError> {
    let wrong = || EngineError::Disagrees("a value that is neither number nor text".to_owned());
    match part.split_at_checked(1) {
        Some(("n", "")) => Ok(Value::Nothing),
        Some(("t", text)) => Ok(Value::Text(text.to_owned())),
        Some(("i", number)) => number.parse().map(Value::Integer).map_err(|_| wrong()),
        _ => Err(wrong()),
    }
}

impl Engine for ChildProcess {
    fn name(&self) -> &str {
        &self.name
    }

    fn open(
        &mut self,
        location: &str,
        table: &str,
        until: Deadline,
    ) -> Result<Vec<Column>, EngineError> {
        let asked = format!("open\t{}\t{}\n", escaped(table), escaped(location));
        let column = |parts: Vec<String>| match parts.as_slice() {
            [word, holds, heading] if word == "column" => Ok(Column {
                heading: heading.clone(),
                holds: match holds.as_str() {
                    "texts" => Holds::Texts,
                    "whole" => Holds::WholeNumbers,
                    "pounds" => Holds::Pounds,
                    "floats" => Holds::Floats,
                    _ => Holds::Other("of a type without one plain text".to_owned()),
                },
            }),
            _ => Err(EngineError::Disagrees(
                "something else than columns".to_owned(),
            )),
        };
        let mut lines = self.ask(asked, until)?;
        self.numbered.remove(table);
        let is_rows = |parts: &Vec<String>| parts.first().is_some_and(|word| word == "rows");
        if lines.iter().any(is_rows) {
            self.numbered.insert(table.to_owned());
        }
        lines.retain(|parts| !is_rows(parts));
        lines.into_iter().map(column).collect()
    }

    fn numbers_rows(&self, table: &str) -> bool {
        self.numbered.contains(table)
    }

    fn register(&mut self, dimension: &Dimension, until: Deadline) -> Result<(), EngineError> {
        let Dimension { name, rows } = dimension;
        let mut asked = format!("register\t{}\t{}\n", escaped(name), rows.len());
        for (text, number, pence) in rows {
            asked.push_str(&format!("{}\t{number}\t{pence}\n", escaped(text)));
        }
        self.ask(asked, until).map(|_| ())
    }

    fn run(&mut self, query: &Query, until: Deadline) -> Result<Vec<Vec<Value>>, EngineError> {
        let lines = self.ask(format!("run\t{}\n", query.sql()), until)?;
        let row = |parts: Vec<String>| match parts.split_first() {
            Some((word, values)) if word == "row" => {
                values.iter().map(|part| value(part)).collect()
            }
            _ => Err(EngineError::Disagrees(
                "something else than rows".to_owned(),
            )),
        };
        lines.into_iter().map(row).collect()
    }
}
