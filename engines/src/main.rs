//! Asks a Spark Connect server what is read on standard input, and writes its answers on standard
//! output, by the lines that `wholeplace::lake::ChildProcess` speaks.
//!
//! ```text
//! wholeplace-engine sc://127.0.0.1:50051
//! ```
//!
//! It reads, and makes temporary views of its own session: it writes no table and no file. Deadlines are
//! kept by who started it, and end it: the client tries an unreachable server again and again without
//! a word.

mod line;
mod spark;

use line::{Answer, escaped, parts};
use spark::{Failure, Server};
use std::io::{self, BufRead, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(address) = std::env::args().nth(1) else {
        eprintln!("name the server, as in `wholeplace-engine sc://127.0.0.1:50051`");
        return ExitCode::FAILURE;
    };
    match serve(&address) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers until there is nothing more to read. The server is called when it is first asked something.
fn serve(address: &str) -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let mut server = None;
    while let Some(asked) = line(&mut input)? {
        let rows = match asked.first().map(String::as_str) {
            Some("register") => following(&mut input, asked.get(2))?,
            _ => Vec::new(),
        };
        let known = match server.take() {
            Some(known) => Ok(known),
            None => Server::at(address),
        };
        let answer = known.and_then(|known| {
            let answer = answer(&known, &asked, rows);
            server = Some(known);
            answer
        });
        match answer {
            Ok(lines) => {
                for line in lines {
                    writeln!(output, "{line}")?;
                }
                writeln!(output, "done")?;
            }
            Err(Failure { kind, words }) => {
                writeln!(output, "error\t{kind}\t{}", escaped(&words))?;
            }
        }
        output.flush()?;
    }
    Ok(())
}

fn answer(server: &Server, asked: &[String], rows: Vec<Vec<String>>) -> Answer {
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    match asked.as_slice() {
        ["open", table, location] => server.open(table, location),
        ["register", name, _] => server.register(name, rows),
        ["run", sql] => server.run(sql),
        _ => Err(Failure::refused("nobody knows what that asks for")),
    }
}

/// The next line in its parts; nothing at the end.
fn line(input: &mut impl BufRead) -> io::Result<Option<Vec<String>>> {
    let mut line = String::new();
    let read = input.read_line(&mut line)?;
    Ok((read > 0).then(|| parts(line.trim_end_matches('\n'))))
}

/// As many lines more as were announced.
fn following(
    input: &mut impl BufRead,
    announced: Option<&String>,
) -> io::Result<Vec<Vec<String>>> {
    let count: usize = announced.and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut rows = Vec::new();
    for _ in 0..count {
        match line(input)? {
            Some(row) => rows.push(row),
            None => break,
        }
    }
    Ok(rows)
}
