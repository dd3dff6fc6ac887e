//! Questions and answers, one after another, while two things are watched: whether somebody still asks, and
//! whether the engine is still there.

use crate::failure::Failure;
use crate::line::escaped;
use crate::question::Question;
use crate::session::{Lines, Session};
use std::io::{self, BufReader, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::Duration;

/// How long between two looks at whether the engine is still there.
const LOOK: Duration = Duration::from_secs(2);
/// How many looks that find nobody mean that it is gone.
const MISSED: u32 = 3;
/// How long ending a session may take. Whoever asks waits a little longer for this program.
const ENDING: Duration = Duration::from_secs(4);

/// What happens.
enum Event {
    Asked(Result<Question, Failure>),
    /// A line of the answer.
    Line(String),
    Answered(Result<(), Failure>),
    /// Nobody asks any more.
    Alone,
}

/// What the engine is asked, and what came of it.
type Known = Option<Arc<dyn Session>>;

/// Answers until nobody asks any more. The engine is called when it is first asked something, and again
/// after it was gone.
pub fn serve(
    at: impl Fn() -> Result<Arc<dyn Session>, Failure> + Send + Sync + 'static,
) -> io::Result<()> {
    let at = Arc::new(at);
    let (sender, events) = sync_channel(1 << 10);
    let asked = sender.clone();
    std::thread::spawn(move || read(&asked));
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut known: Known = None;
    let mut served = Ok(());
    while let Ok(event) = events.recv() {
        let question = match event {
            Event::Asked(question) => question,
            Event::Alone => break,
            // Of a question that was given up.
            Event::Line(_) | Event::Answered(_) => continue,
        };
        let answer = match question {
            Err(failure) => Err(failure),
            Ok(question) => {
                if known.is_none() {
                    let (at, sender) = (Arc::clone(&at), sender.clone());
                    match called(at, &sender, &events) {
                        Ok(session) => known = session,
                        Err(failure) => {
                            served = written(&mut output, Err(failure));
                            if served.is_err() {
                                break;
                            }
                            continue;
                        }
                    }
                }
                let Some(session) = &known else { break };
                let asking = (Arc::clone(session), sender.clone());
                std::thread::spawn(move || answer(asking.0.as_ref(), question, &asking.1));
                match awaited(session, &events, &mut output) {
                    Some(answer) => answer,
                    None => break,
                }
            }
        };
        if matches!(&answer, Err(failure) if failure.kind != "refused") {
            // What was made known to it may be gone, and asking for it again begins with a new session.
            if let Some(session) = known.take() {
                ended(session);
            }
        }
        served = written(&mut output, answer);
        if served.is_err() {
            break;
        }
    }
    if let Some(session) = known {
        ended(session);
    }
    served
}

/// Reads questions until there are none.
fn read(events: &SyncSender<Event>) {
    let mut input = BufReader::new(io::stdin());
    while let Ok(Some(question)) = Question::read(&mut input) {
        if events.send(Event::Asked(question)).is_err() {
            return;
        }
    }
    // Nobody is left to tell where this fails.
    let _ = events.send(Event::Alone);
}

/// The engine, or nothing where nobody asks any more.
fn called(
    at: Arc<impl Fn() -> Result<Arc<dyn Session>, Failure> + Send + Sync + 'static>,
    sender: &SyncSender<Event>,
    events: &Receiver<Event>,
) -> Result<Known, Failure> {
    let (calling, session) = sync_channel(1);
    let sender = sender.clone();
    std::thread::spawn(move || {
        let called = at();
        let done = called.as_ref().map(|_| ()).map_err(Clone::clone);
        let _ = calling.send(called);
        let _ = sender.send(Event::Answered(done));
    });
    loop {
        match events.recv() {
            Ok(Event::Answered(_)) => break,
            Ok(Event::Alone) | Err(_) => return Ok(None),
            Ok(Event::Asked(_) | Event::Line(_)) => {}
        }
    }
    match session.recv() {
        Ok(session) => session.map(Some),
        Err(_) => Ok(None),
    }
}

fn answer(session: &dyn Session, question: Question, events: &SyncSender<Event>) {
    let mut line = |line: String| {
        // Nobody waits for it where this fails.
        let _ = events.send(Event::Line(line));
    };
    let lines: Lines<'_> = &mut line;
    let answered = match question {
        Question::Open { table, location } => session.open(&table, &location, lines),
        Question::Register { name, rows } => session.register(&name, rows),
        Question::Run { sql } => session.run(&sql, lines),
    };
    let _ = events.send(Event::Answered(answered));
}

/// The answer, its lines written as they come; nothing where nobody asks any more.
fn awaited(
    session: &Arc<dyn Session>,
    events: &Receiver<Event>,
    output: &mut impl Write,
) -> Option<Result<(), Failure>> {
    let mut missed = 0;
    loop {
        match events.recv_timeout(LOOK) {
            Ok(Event::Line(line)) => {
                if writeln!(output, "{line}").is_err() {
                    return None;
                }
            }
            Ok(Event::Answered(answer)) => return Some(answer),
            Ok(Event::Alone) | Err(RecvTimeoutError::Disconnected) => return None,
            // Whoever asks waits for an answer first.
            Ok(Event::Asked(_)) => {}
            Err(RecvTimeoutError::Timeout) => {
                missed = if session.is_there() { 0 } else { missed + 1 };
                if missed >= MISSED {
                    return Some(Err(Failure::unreachable("it went away under the question")));
                }
            }
        }
    }
}

fn written(output: &mut impl Write, answer: Result<(), Failure>) -> io::Result<()> {
    match answer {
        Ok(()) => writeln!(output, "done")?,
        Err(Failure { kind, words }) => writeln!(output, "error\t{kind}\t{}", escaped(&words))?,
    }
    output.flush()
}

/// Ends a session; a server that is gone is not waited for.
fn ended(session: Arc<dyn Session>) {
    if !session.is_there() {
        return;
    }
    let (ending, over) = sync_channel(1);
    std::thread::spawn(move || {
        session.end();
        let _ = ending.send(());
    });
    let _ = over.recv_timeout(ENDING);
}
