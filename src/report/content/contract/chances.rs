//! What a contract pays when results scatter.

use crate::appraisal::contract::{Simulated, Spread};
use crate::money::Pence;

/// What draws tell of a contract; the contract says how many and from which seed.
#[derive(Clone, Debug)]
pub struct ChancesShown {
    /// When it works as expected, and when nothing does.
    pub spreads: [SpreadShown; 2],
    /// The chance of paying for results when nothing works.
    pub pays_for_nothing: String,
    /// The chance of paying for no result when it works as expected; nothing where no effect is expected.
    pub misses_effect: Option<String>,
    /// Each term of results.
    pub terms: Vec<TermChancesShown>,
    /// How it was drawn.
    pub drawn: String,
    /// What is odd in it.
    pub findings: Vec<String>,
}

/// How payments spread.
#[derive(Clone, Debug)]
pub struct SpreadShown {
    /// Under what.
    pub when: &'static str,
    /// Their mean.
    pub mean: Pence,
    /// How far off the draws may have it.
    pub mean_error: Pence,
    /// Below which one in ten lies, half, and nine in ten.
    pub below: [Pence; 3],
}

/// The same of a term.
#[derive(Clone, Debug)]
pub struct TermChancesShown {
    /// Its code.
    pub term: String,
    /// The chance that it pays when nothing works.
    pub pays_for_nothing: String,
    /// The chance that it does not pay when it works; nothing where no effect is expected.
    pub misses_effect: Option<String>,
    /// What it pays on average.
    pub pays: Pence,
    /// The same for each outcome that there is because of it.
    pub per_outcome: Option<Pence>,
}

impl ChancesShown {
    pub(super) fn of(drawn: &Simulated) -> Self {
        Self {
            spreads: [
                SpreadShown::of("it works as expected", &drawn.with),
                SpreadShown::of("nothing works", &drawn.without),
            ],
            pays_for_nothing: drawn.pays_for_nothing.to_string(),
            misses_effect: drawn.misses_effect.map(|chance| chance.to_string()),
            terms: (drawn.terms.iter())
                .map(|term| TermChancesShown {
                    term: term.term.clone(),
                    pays_for_nothing: term.pays_for_nothing.to_string(),
                    misses_effect: term.misses_effect.map(|chance| chance.to_string()),
                    pays: to_pence(term.pays),
                    per_outcome: term.per_outcome.map(to_pence),
                })
                .collect(),
            drawn: drawn.simulation.to_string(),
            findings: drawn.findings.iter().map(|one| one.found.clone()).collect(),
        }
    }
}

impl SpreadShown {
    fn of(when: &'static str, spread: &Spread) -> Self {
        Self {
            when,
            mean: to_pence(spread.mean),
            mean_error: to_pence(spread.mean_error),
            below: [spread.p10, spread.p50, spread.p90].map(to_pence),
        }
    }
}

/// A sum of drawn pence to the nearest whole one; what an account cannot hold is held at its end.
fn to_pence(pence: f64) -> Pence {
    Pence::new(pence.round() as i64)
}
