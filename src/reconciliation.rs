//! Control totals and named differences: what went in, what came out, and why they differ.

use crate::money::Pence;
use serde::ser::SerializeStruct;
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;

/// An amount that explains why what came out is not what went in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Its name, in a finance officer's words.
    pub name: String,
    /// What it adds (or takes, when negative).
    pub pence: Pence,
}

/// One step on the way from file to answer.
///
/// It holds when `incoming` plus all differences equals `outgoing`, to the penny.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Step {
    /// What the step does.
    pub name: String,
    /// What went in.
    pub incoming: Pence,
    /// Each named difference.
    pub differences: Vec<Difference>,
    /// What came out.
    pub outgoing: Pence,
}

impl Step {
    /// A step from one sum to another, so far without differences.
    pub fn new(name: impl Into<String>, incoming: Pence, outgoing: Pence) -> Self {
        Self {
            name: name.into(),
            incoming,
            differences: Vec::new(),
            outgoing,
        }
    }

    /// The same step with one more named difference; nothing is recorded for an amount of zero.
    #[must_use]
    pub fn difference(mut self, name: impl Into<String>, pence: Pence) -> Self {
        if pence != Pence::ZERO {
            self.differences.push(Difference {
                name: name.into(),
                pence,
            });
        }
        self
    }

    /// What the named differences leave unexplained.
    #[must_use]
    pub fn unexplained(&self) -> i128 {
        let named: i128 = self
            .differences
            .iter()
            .map(|d| i128::from(d.pence.get()))
            .sum();
        i128::from(self.outgoing.get()) - i128::from(self.incoming.get()) - named
    }

    /// Whether the step holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.unexplained() == 0
    }
}

/// The statement of a whole journey: every step in order.
///
/// Prints as a statement a finance officer can tick off, and serialises for programs. A step
/// that does not hold is never mended here; it is shown.
///
/// # Example
///
/// ```
/// use wholeplace::{money::Pence, reconciliation::{Reconciliation, Step}};
/// let mut statement = Reconciliation::default();
/// statement.push(
///     Step::new("lines of ledger `rs`", Pence::new(10_000), Pence::new(9_000))
///         .difference("replaced by the detail of ledger `lait`", Pence::new(-1_000)),
/// );
/// assert!(statement.holds());
/// println!("{statement}");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Reconciliation {
    /// The steps, in the order of the journey.
    pub steps: Vec<Step>,
}

impl Reconciliation {
    /// Adds a step.
    pub fn push(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Adds all steps of another statement.
    pub fn append(&mut self, other: &Self) {
        self.steps.extend(other.steps.iter().cloned());
    }

    /// Whether every step holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.steps.iter().all(Step::holds)
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut step = serializer.serialize_struct("Step", 5)?;
        step.serialize_field("name", &self.name)?;
        step.serialize_field("incoming", &self.incoming)?;
        step.serialize_field("differences", &self.differences)?;
        step.serialize_field("outgoing", &self.outgoing)?;
        step.serialize_field("holds", &self.holds())?;
        step.end()
    }
}

impl Serialize for Reconciliation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut statement = serializer.serialize_struct("Reconciliation", 2)?;
        statement.serialize_field("holds", &self.holds())?;
        statement.serialize_field("steps", &self.steps)?;
        statement.end()
    }
}

impl fmt::Display for Reconciliation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<(String, String)> = self.steps.iter().flat_map(rows_of).collect();
        let width = |side: fn(&(String, String)) -> &String| {
            rows.iter()
                .map(|r| side(r).chars().count())
                .max()
                .unwrap_or(0)
        };
        let (left, right) = (width(|r| &r.0), width(|r| &r.1));
        for (name, amount) in &rows {
            let pad = left - name.chars().count();
            writeln!(f, "{name}{:pad$}  {amount:>right$}", "")?;
        }
        if self.holds() {
            write!(f, "Every step holds.")
        } else {
            let broken = self.steps.iter().filter(|step| !step.holds()).count();
            write!(f, "{broken} of {} steps do not hold.", self.steps.len())
        }
    }
}

fn rows_of(step: &Step) -> Vec<(String, String)> {
    let mut rows = vec![(step.name.clone(), String::new())];
    let mut row = |name: &str, pence: Pence| rows.push((format!("  {name}"), pence.to_string()));
    row("in", step.incoming);
    for difference in &step.differences {
        row(&difference.name, difference.pence);
    }
    row("out", step.outgoing);
    if !step.holds() {
        let unexplained = Pence::from_wide(step.unexplained()).unwrap_or_default();
        row("DOES NOT HOLD: unexplained", unexplained);
    }
    rows
}
