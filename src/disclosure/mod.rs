//! What may leave: nothing is rendered that was not released.
//!
//! There are two ways. For internal use, with a reason that is printed on every page: all is told. Under the pack's
//! [policy](DisclosurePolicy): what a site tells is [planned](Planner), what must not be told is found and
//! protected ([`Clearance`]), and a [`Gate`] tells the rest; answers, explanations and cubes by themselves are released only
//! where [all money in them is public](PublicMoney).

mod why;
mod shown;
mod figure;
mod counted;
mod telling;
mod indicators_told;
pub mod pattern;
pub mod policy;
mod register;
mod private;
mod rounding;
mod plan;
mod clearance;
mod edition;
mod gate;
mod public_money;

pub use clearance::Clearance;
pub use counted::Counted;
pub use edition::Edition;
pub use figure::{Aspect, ToldFigure};
pub use gate::{Gate, Withholding};
pub(crate) use indicators_told::indicators_told;
pub use plan::{Plan, Planner};
pub use policy::DisclosurePolicy;
pub use private::{PrivateMoney, PrivateSum, ToldBeforehand};
pub use public_money::PublicMoney;
pub use register::Register;
pub use rounding::Rounding;
pub use shown::Shown;
pub use telling::{Everything, Telling, ToldAnswer, ToldRow, Which};
pub use why::Why;

use crate::cube::AskError;
use crate::finding::{Findings, plain};
use crate::money::MoneyError;
use pattern::PatternError;
use plan::Asker;
use serde::Serialize;

/// Something that may be shown, with the terms on which it may.
///
/// Reports take only released values, so that nothing reaches a page by a way around this module.
///
/// # Example
///
/// ```
/// use wholeplace::disclosure::Released;
/// let released = Released::for_internal_use("a table", "for the finance officers' group")?;
/// assert_eq!(released.terms(), "For internal use: for the finance officers' group.");
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Released<T> {
    terms: String,
    /// What may be said of reasons, where it was released under a policy.
    #[serde(skip)]
    under: Option<Say>,
    value: T,
}

/// What a release under a policy says of why a figure is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Say {
    /// That it is confidential, and no more: a reason tells of who stands behind a figure.
    Confidential,
    /// Why.
    Why,
}

/// Why something was not released.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DisclosureError {
    /// No reason was given.
    #[error("nothing is released without a reason; say who will see it and what for")]
    NoReason,
    /// The pack names no policy.
    #[error(
        "the pack has no policy of publication: name one with `disclosure` in `[place]`, or release what is made \
         of it for internal use"
    )]
    NoPolicy,
    /// The file of the policy cannot be read.
    #[error("`{file}` cannot be read: {reason}")]
    Unreadable {
        /// The file.
        file: String,
        /// Why.
        reason: String,
    },
    /// The file is no policy.
    #[error("`{file}` is no policy of publication:\n{reason}")]
    NotAPolicy {
        /// The file.
        file: String,
        /// What was found instead.
        reason: String,
    },
    /// Faults of the policy, all of them.
    #[error("the policy of publication has faults:\n{0}")]
    Faults(Findings),
    /// A question cannot be asked.
    #[error(transparent)]
    Ask(Box<AskError>),
    /// There are more coordinates than can be numbered.
    #[error("{0}")]
    TooManyCoordinates(String),
    /// A sum is more than an account can hold.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// The register of an earlier edition cannot be used.
    #[error("`{file}` is not the register of an earlier edition of this:{}", sentences(.faults))]
    Register {
        /// The file.
        file: String,
        /// All that is wrong with it.
        faults: Vec<String>,
    },
    /// An edition was released over another one that is not named.
    #[error(
        "the edition of {on} was released over that of {over}, and what both tell together is known: name the register \
         of {over} too"
    )]
    EditionMissing {
        /// The day of the edition.
        on: String,
        /// The day of the one that is not named.
        over: String,
    },
    /// A release would forget an earlier one.
    #[error(
        "`{folder}` has the register of an earlier edition: name it with `--earlier {folder}`, so that nothing is told by \
         subtracting one edition from the other; releases of another place belong in a folder of their own"
    )]
    EditionNotNamed {
        /// The folder of the earlier edition.
        folder: String,
    },
    /// A register would be written over.
    #[error(
        "`{folder}` has the register of a release already: give this one a folder of its own beside it; if that one was \
         never published, delete its folder first"
    )]
    EditionThere {
        /// The folder.
        folder: String,
    },
    /// Rounding leaves less open than a rule asks for.
    #[error(
        "recorded sums of few are rounded to multiples of {round}, which leaves less open than a rule of the policy asks \
         for; `round` of {needed} would do"
    )]
    RoundTooFine {
        /// To multiples of what.
        round: String,
        /// The least that would do.
        needed: String,
    },
    /// A sum of rounded sums is known.
    #[error(
        "{how} tells the sum of money of few exactly, and rounding cannot take it back: use the method `withhold`, or \
         leave that out"
    )]
    RoundedKnown {
        /// How it is known.
        how: String,
    },
    /// Rounded sums cannot be protected over earlier editions.
    #[error(
        "the method of the policy is `round-sources`, and earlier editions are named: a sum that was told otherwise \
         before is not protected by rounding it; use the method `withhold` for editions after one another"
    )]
    RoundedOver,
    /// One register is named twice.
    #[error("the register of {on} is named twice; name each earlier edition once")]
    EditionTwice {
        /// The day of the edition.
        on: String,
    },
    /// There is no pattern.
    #[error(transparent)]
    Pattern(Box<PatternError>),
    /// There is no pattern that shows these figures.
    #[error(
        "{why}\nthe figures are:{}\nname their kinds in `may_give_up` of `[keep]`, or take them out of `always`",
        listed(.figures)
    )]
    NotProtected {
        /// What cannot be.
        why: Box<PatternError>,
        /// The figures that are in the way, as they are asked for.
        figures: Vec<String>,
    },
    /// A control total of a private ledger is of lines that nothing tells from others.
    #[error(
        "control total `{control}` of ledger `{ledger}`, which is not public, is of lines by `{heading}`, which no code \
         of its layout reads: add a code of that heading, so that it is known what the total tells"
    )]
    ControlUnclear {
        /// The ledger.
        ledger: String,
        /// The name of the total.
        control: String,
        /// The heading by which its lines are told.
        heading: String,
    },
    /// A private ledger has more control totals than are looked at.
    #[error(
        "ledger `{ledger}`, which is not public, has {totals} control totals, and 64 are looked at: name fewer"
    )]
    TooManyTotals {
        /// The ledger.
        ledger: String,
        /// How many it has.
        totals: usize,
    },
    /// An answer, an explanation or a cube would leave as it is, and money that is not public has a part in it.
    #[error(
        "{what} is not released under the policy, because what is not public has a part in it or lies beside it: {}; \
         let a page of the site tell it, as far as it may be told, or keep it for internal use",
        quoted(.private)
    )]
    NotOnlyPublic {
        /// What would leave.
        what: &'static str,
        /// The ledgers and drivers of the pack that are not public.
        private: Vec<String>,
    },
    /// Money is shared by a measure that is private, over fewer than the policy asks for.
    #[error(
        "money is shared by driver `{driver}`, which is not public, over fewer than {least} of what it counts; \
         share it by a public driver, or tell larger places"
    )]
    SharedByFew {
        /// The driver, by its code.
        driver: String,
        /// Below how many nothing may be shared by it.
        least: u64,
    },
}

/// Faults, one a line; of many the first.
fn sentences(faults: &[String]) -> String {
    listed(faults)
}

/// Codes, in a row.
fn quoted(codes: &[String]) -> String {
    let codes: Vec<String> = codes.iter().map(|code| format!("`{code}`")).collect();
    codes.join(", ")
}

/// Figures, one a line; of many the first.
fn listed(figures: &[String]) -> String {
    const SHOWN: usize = 12;
    let few: Vec<&str> = figures.iter().take(SHOWN).map(String::as_str).collect();
    let more = figures.len() - few.len();
    let mut text: String = few.iter().map(|figure| format!("\n  {figure}")).collect();
    if more > 0 {
        text.push_str(&format!("\n  and {more} more"));
    }
    text
}

impl From<AskError> for DisclosureError {
    fn from(error: AskError) -> Self {
        Self::Ask(Box::new(error))
    }
}

impl From<PatternError> for DisclosureError {
    fn from(error: PatternError) -> Self {
        Self::Pattern(Box::new(error))
    }
}

impl<T> Released<T> {
    /// Releases a value to people who may see everything, for a reason that is shown with it.
    ///
    /// No rule is applied: small counts and single payees stay visible.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::NoReason`] when the reason is empty.
    pub fn for_internal_use(value: T, reason: &str) -> Result<Self, DisclosureError> {
        let reason = reason.trim().trim_end_matches('.');
        if reason.is_empty() {
            return Err(DisclosureError::NoReason);
        }
        Ok(Self {
            terms: plain(&format!("For internal use: {reason}.")).into_owned(),
            under: None,
            value,
        })
    }

    /// Releases a value on the terms of a policy. Whoever calls it has proved that nothing in the value tells
    /// what the policy withholds.
    pub(crate) fn under_policy(value: T, terms: &str, say: Say) -> Self {
        Self {
            terms: plain(terms).into_owned(),
            under: Some(say),
            value,
        }
    }

    /// What is said of why a figure is withheld; nothing for internal use, where none is under a policy.
    #[must_use]
    pub fn says(&self) -> Option<Say> {
        self.under
    }

    /// The terms on which it may be shown; printed on every page.
    #[must_use]
    pub fn terms(&self) -> &str {
        &self.terms
    }

    /// The value.
    #[must_use]
    pub fn get(&self) -> &T {
        &self.value
    }
}
