//! How a program begins and ends: exit codes, one message, and quiet ends of pipes.

use super::{CommonArguments, Data, Outcome, say};
use clap::Parser;
use std::error::Error;
use std::fmt;
use std::io::{ErrorKind, Write};
use std::panic::{self, AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use wholeplace::appraisal::AppraisalError;
use wholeplace::appraisal::contract::ContractError;
use wholeplace::appraisal::uncertain::UncertainError;
use wholeplace::axis::AxisError;
use wholeplace::cube::AskError;
use wholeplace::indicator::IndicatorError;
use wholeplace::linkage::LinkageError;
use wholeplace::money::UnitsError;
use wholeplace::report::ReportError;
use wholeplace::statistic::StatisticError;

/// What every `--help` ends with.
pub const EXIT_CODES: &str = "Results go to standard output. What is wrong in the data goes to standard error, after them: the worst \
faults in full, those of one rule in one column of one file once, and the whole check in one line.

Ends with 0 when all went well; with 1 when something could not be read or written, when a control total \
is missed, and when --strict is given and there is a fault; with 2 when something was asked that cannot \
be answered.";

/// Something was asked that is not there.
#[derive(Debug)]
pub struct Wrong(String);

impl Wrong {
    /// The error that says it.
    pub fn error(message: String) -> Box<dyn Error> {
        Box::new(Self(message))
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for Wrong {}

/// Runs a program: reads its arguments, does what it does, says what was found in its data.
pub fn program<A: Parser>(
    common: impl FnOnce(&A) -> &CommonArguments,
    run: impl FnOnce(&A, &mut Data, &mut dyn Write) -> Outcome,
) -> ExitCode {
    let arguments = match A::try_parse() {
        Ok(arguments) => arguments,
        Err(told) => {
            return match told.print() {
                // Help that was asked for and could not be written.
                Err(error) if told.exit_code() == 0 && !is_broken_pipe(&error) => {
                    ended(Err(error.into()))
                }
                _ => ExitCode::from(u8::try_from(told.exit_code()).unwrap_or(2)),
            };
        }
    };
    hold_back_panics();
    let mut data = match Data::new(common(&arguments)) {
        Ok(data) => data,
        Err(error) => return ended(Err(error)),
    };
    let mut out = std::io::stdout().lock();
    let ran = catch_unwind(AssertUnwindSafe(|| -> Outcome {
        run(&arguments, &mut data, &mut out)?;
        Ok(out.flush()?)
    }));
    let outcome = match ran {
        // Whoever read has read enough.
        Ok(Err(error)) if is_broken_pipe(error.as_ref()) => Ok(()),
        Ok(outcome) => outcome,
        Err(_) => Err(last_panic().into()),
    };
    let said = match &outcome {
        // There is no figure that findings could be about.
        Err(error) if asked_wrongly(error.as_ref()) => data.write(),
        // What could not be read is not without faults.
        Err(_) if data.nothing_found() => data.write(),
        _ => data.say(),
    };
    ended(outcome.and(said))
}

/// One message on standard error, and the code.
fn ended(outcome: Outcome) -> ExitCode {
    let Err(error) = outcome else {
        return ExitCode::SUCCESS;
    };
    say(format_args!("error: {error}"));
    ExitCode::from(if asked_wrongly(error.as_ref()) { 2 } else { 1 })
}

/// Whether a question names what the place does not have, or cannot be answered as it is put.
fn asked_wrongly(error: &(dyn Error + 'static)) -> bool {
    use wholeplace::Error as Any;
    let ask = |error: &AskError| {
        use AskError::{Frame, Funding, Money};
        !matches!(error, Money(_) | Frame { .. } | Funding(_))
    };
    let indicator = |error: &IndicatorError| {
        use IndicatorError::{Faults, NoOutcomes, NotOutcomes, Unreadable};
        !matches!(
            error,
            Faults(_) | NoOutcomes | NotOutcomes { .. } | Unreadable { .. }
        )
    };
    let appraisal = |error: &AppraisalError| match error {
        AppraisalError::Ask(error) => ask(error),
        AppraisalError::Unknown { .. }
        | AppraisalError::UnknownScenario { .. }
        | AppraisalError::Axis(_)
        | AppraisalError::NoAppraisal => true,
        _ => false,
    };
    let uncertain = |error: &UncertainError| match error {
        UncertainError::Appraisal(error) => appraisal(error),
        // What is to be drawn or told is not there, or there are too few or too many draws of it.
        _ => true,
    };
    let report = |error: &ReportError| match error {
        ReportError::Ask(error) => ask(error),
        ReportError::Indicator(error) => indicator(error),
        ReportError::Appraisal(error) => appraisal(error),
        ReportError::Linkage(_) | ReportError::OfAnotherLevel { .. } => true,
        _ => false,
    };
    let contract = |error: &ContractError| match error {
        ContractError::Appraisal(error) => appraisal(error),
        ContractError::Indicator(error) => indicator(error),
        ContractError::Unknown { .. }
        | ContractError::NoTruth { .. }
        | ContractError::Statistic(_) => true,
        _ => false,
    };
    if let Some(error) = error.downcast_ref::<Any>() {
        return match error {
            Any::Axis(_)
            | Any::Units(_)
            | Any::Statistic(_)
            | Any::Linkage(_)
            | Any::Cohort(_)
            | Any::Amount(_) => true,
            Any::Ask(error) => ask(error),
            Any::Indicator(error) => indicator(error),
            Any::Report(error) => report(error),
            Any::Appraisal(error) => appraisal(error),
            Any::Contract(error) => contract(error),
            Any::Uncertain(error) => uncertain(error),
            _ => false,
        };
    }
    error.is::<Wrong>()
        || error.is::<AxisError>()
        || error.is::<UnitsError>()
        || error.is::<StatisticError>()
        || error.is::<LinkageError>()
        || error.downcast_ref().is_some_and(ask)
        || error.downcast_ref().is_some_and(indicator)
        || error.downcast_ref().is_some_and(report)
        || error.downcast_ref().is_some_and(appraisal)
        || error.downcast_ref().is_some_and(uncertain)
        || error.downcast_ref().is_some_and(contract)
}

/// Whether results went into a pipe that nobody reads any longer, as after `| head`.
fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    let io = error.downcast_ref::<std::io::Error>();
    io.is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
        || error.source().is_some_and(is_broken_pipe)
}

/// What the last panic said.
static PANIC: Mutex<String> = Mutex::new(String::new());

/// The library catches panics of the crates that read workbooks and Parquet, and makes errors of them;
/// the process would print each with its trace all the same, and a reader would think that the program
/// had failed. What happens at a panic is the program's to say, so the library leaves it alone.
fn hold_back_panics() {
    panic::set_hook(Box::new(|panic| {
        if let Ok(mut last) = PANIC.lock() {
            *last = panic.to_string();
        }
    }));
}

/// A panic that nobody caught is a fault of the program, and is told.
fn last_panic() -> String {
    let told = PANIC.lock().map(|last| last.clone()).unwrap_or_default();
    format!(
        "this is a fault of the program, not of the data; please tell those who wrote it: {told}"
    )
}
