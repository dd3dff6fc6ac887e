//! Answers, explanations and cubes as they are, under a policy: only where all money in them is public.
//!
//! The proof of a release is about the figures of a site. An answer by itself, the lines that an explanation shows and the
//! records of a saved cube were in no plan, so that nothing is known of what they tell together with the site. What no
//! private money has a part in tells nothing of any; the rest is refused, with the ledgers in the way.

use super::policy::DisclosurePolicy;
use super::private::PrivateMoney;
use super::{Asker, DisclosureError, Released};
use crate::cube::{Answer, Contribution, Cube, Explanation, Question};
use crate::reconciliation::Reconciliation;
use std::fmt;

/// Releases what has only public money in it.
///
/// # Example: what the council publishes may leave as an answer; the cube may not
///
/// ```
/// use wholeplace::disclosure::{DisclosurePolicy, PrivateMoney, PublicMoney};
/// use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
/// let place = Place::open("examples/data/partners")?;
/// let account = PlaceAccount::load(&place)?;
/// let cube = Cube::build(&account)?;
/// let policy = DisclosurePolicy::open(&place)?;
/// let private = PrivateMoney::of(&account, &policy)?;
/// let public = PublicMoney::new(&cube, &policy, &private);
///
/// let year = cube.ask().period("2024-25".parse()?).phase(Phase::Outturn);
/// let council = year.clone().boundary("council".parse()?);
/// let released = public.answer(&council, council.answer()?)?;
/// assert!(released.terms().starts_with("Released under"));
///
/// let all = year.boundary(Boundary::AllPartners);
/// let refused = public.answer(&all, all.answer()?).unwrap_err();
/// assert!(refused.to_string().contains("`pcc`, `nhs`, `charity`"), "{refused}");
/// assert!(public.cube().is_err());
/// # Ok::<(), wholeplace::Error>(())
/// ```
pub struct PublicMoney<'a> {
    cube: &'a Cube,
    asker: Asker<'a>,
}

impl fmt::Debug for PublicMoney<'_> {
    /// Says what it is, and nothing of any money.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicMoney").finish_non_exhaustive()
    }
}

impl<'a> PublicMoney<'a> {
    /// `private` is the money of the account that `cube` was built from.
    #[must_use]
    pub fn new(cube: &'a Cube, policy: &'a DisclosurePolicy, private: &'a PrivateMoney) -> Self {
        Self {
            cube,
            asker: Asker::new(cube, policy, private),
        }
    }

    /// The answer to a question. Steps from the files, which are sums of whole ledgers, stay here unless every ledger is
    /// public.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::NotOnlyPublic`]; that the question cannot be asked.
    pub fn answer(
        &self,
        question: &Question<'_>,
        answer: Answer,
    ) -> Result<Released<Answer>, DisclosureError> {
        if self.asker.all_public() {
            return Ok(self.released(answer));
        }
        // That nothing is recorded tells what the private ledgers have: nothing.
        let whole = answer.total.is_nothing() && self.asker.hides_empty(question, &[]);
        let row = (answer.rows.iter())
            .any(|row| row.figure.is_nothing() && self.asker.hides_empty(question, &row.keys));
        if whole || row || self.asker.of(question)?.touched {
            return Err(self.refused("the answer"));
        }
        Ok(self.released(Answer {
            reconciliation: Reconciliation::default(),
            ..answer
        }))
    }

    /// How a figure of the answer to a question was made, down to the lines of ledgers.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::NotOnlyPublic`], also where lines of ledgers that are not public lie inside those that it
    /// shows; that the question cannot be asked.
    pub fn explanation(
        &self,
        question: &Question<'_>,
        explanation: Explanation,
    ) -> Result<Released<Explanation>, DisclosureError> {
        let policy = self.asker.policy();
        let is_shown = |contribution: &Contribution| {
            contribution.lines.iter().all(|line| {
                let known = policy.ledger(&line.ledger);
                known.is_some_and(|known| known.is_public()) && line.rest.is_none()
            })
        };
        let beside = explanation.memoranda.values().flatten();
        let mut all = explanation.contributions.iter().chain(beside);
        let open =
            self.asker.all_public() || (all.all(is_shown) && !self.asker.of(question)?.touched);
        if !open {
            return Err(self.refused("the explanation"));
        }
        Ok(self.released(explanation))
    }

    /// The cube, which answers every question and names every record.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::NotOnlyPublic`] unless every ledger and driver is public.
    pub fn cube(&self) -> Result<Released<&'a Cube>, DisclosureError> {
        if self.asker.all_public() {
            Ok(self.released(self.cube))
        } else {
            Err(self.refused("the cube"))
        }
    }

    fn released<T>(&self, value: T) -> Released<T> {
        let policy = self.asker.policy();
        let terms = format!(
            "Released under {}, edition {}: only what is public has a part in it.",
            policy.name(),
            policy.edition()
        );
        Released::under_policy(value, &terms, policy.say())
    }

    fn refused(&self, what: &'static str) -> DisclosureError {
        let place = self.cube.place();
        let policy = self.asker.policy();
        let ledgers = place.ledgers().iter().map(|plan| plan.id.as_str());
        let private =
            ledgers.filter(|id| !policy.ledger(id).is_some_and(|known| known.is_public()));
        let drivers = place.drivers().iter().map(|driver| driver.code());
        let measures =
            drivers.filter(|code| !policy.driver(code).is_some_and(|known| known.is_public()));
        DisclosureError::NotOnlyPublic {
            what,
            private: private.chain(measures).map(str::to_owned).collect(),
        }
    }
}
