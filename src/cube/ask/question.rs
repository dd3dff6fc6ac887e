//! The question as it is put.

use super::answer::Answer;
use super::close::Closed;
use super::error::AskError;
use super::plan::{By, Cut, Plan};
use super::reference::{self, Explanation};
use super::run;
use crate::account::{Boundary, PlaceAccount};
use crate::axis::{Ages, Period, Phase, Resource};
use crate::cube::Cube;

/// A question to a cube: which members of which axes, drilled by what.
///
/// An axis that is not named is not cut. Boundary, period and phase must be named. Several members of one
/// axis may be named as long as they do not overlap.
///
/// # Example
///
/// ```
/// use wholeplace::{account::{Boundary, PlaceAccount}, axis::{Ages, Phase}, cube::Cube, place::Place};
/// let place = Place::open("examples/data/shropshire")?;
/// let cube = Cube::build(&PlaceAccount::load(&place)?)?;
/// let answer = cube
///     .ask()
///     .activity("youth-justice")
///     .ages(Ages::new(10, 17)?)
///     .locality("ludlow")
///     .period("2017-18".parse()?)
///     .phase(Phase::Outturn)
///     .boundary(Boundary::AllPartners)
///     .answer()?;
/// assert_eq!(answer.total.amount.to_string(), "£4,236.66");
/// assert_eq!(answer.total.composition.population, answer.total.amount);
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Question<'a> {
    cube: &'a Cube,
    partners: Vec<String>,
    activities: Vec<String>,
    ages: Vec<Ages>,
    groups: Vec<String>,
    tags: Vec<String>,
    localities: Vec<String>,
    period: Option<Period>,
    phase: Option<Phase>,
    boundary: Option<Boundary>,
    resource: Resource,
    pub(in crate::cube::ask) by: Vec<By>,
    complement: bool,
}

impl<'a> Question<'a> {
    pub(in crate::cube) fn new(cube: &'a Cube) -> Self {
        Self {
            cube,
            partners: Vec::new(),
            activities: Vec::new(),
            ages: Vec::new(),
            groups: Vec::new(),
            tags: Vec::new(),
            localities: Vec::new(),
            period: None,
            phase: None,
            boundary: None,
            resource: Resource::Cash,
            by: Vec::new(),
            complement: false,
        }
    }

    /// Money of this partner; several may be named.
    #[must_use]
    pub fn partner(mut self, code: impl Into<String>) -> Self {
        self.partners.push(code.into());
        self
    }

    /// Money for this activity and all below it; several may be named.
    #[must_use]
    pub fn activity(mut self, code: impl Into<String>) -> Self {
        self.activities.push(code.into());
        self
    }

    /// Money for people of these ages; several intervals may be named.
    #[must_use]
    pub fn ages(mut self, ages: Ages) -> Self {
        self.ages.push(ages);
        self
    }

    /// Money for this client group and all below it; several may be named.
    #[must_use]
    pub fn group(mut self, code: impl Into<String>) -> Self {
        self.groups.push(code.into());
        self
    }

    /// Money recorded for people with this tag; only one can be asked for.
    #[must_use]
    pub fn tag(mut self, code: impl Into<String>) -> Self {
        self.tags.push(code.into());
        self
    }

    /// Money for this locality; several may be named.
    #[must_use]
    pub fn locality(mut self, code: impl Into<String>) -> Self {
        self.localities.push(code.into());
        self
    }

    /// Money of this period.
    #[must_use]
    pub fn period(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// Budget, forecast or outturn.
    #[must_use]
    pub fn phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// Who is inside: what one insider pays another counts once, where it is finally spent.
    #[must_use]
    pub fn boundary(mut self, boundary: Boundary) -> Self {
        self.boundary = Some(boundary);
        self
    }

    /// What is given in kind, as it was valued, in the place of cash; the two are never added.
    #[must_use]
    pub fn resource(mut self, resource: Resource) -> Self {
        self.resource = resource;
        self
    }

    /// Drills by these axes, the first outermost: its subtotals are those of a question that
    /// drills by it alone.
    #[must_use]
    pub fn by(mut self, by: impl IntoIterator<Item = By>) -> Self {
        self.by.extend(by);
        self
    }

    /// Asks for everything outside the slice too.
    #[must_use]
    pub fn with_complement(mut self) -> Self {
        self.complement = true;
        self
    }

    /// What it cuts out, for the plan, and for stages that set spending beside something else.
    pub(crate) fn cut(&self) -> Cut<'_> {
        Cut {
            partners: &self.partners,
            activities: &self.activities,
            ages: &self.ages,
            groups: &self.groups,
            tags: &self.tags,
            localities: &self.localities,
            period: self.period,
            boundary: self.boundary.as_ref(),
            phase: self.phase,
            resource: self.resource,
        }
    }

    /// The question in numbers.
    pub(in crate::cube::ask) fn plan(&self) -> Result<Plan<'_>, AskError> {
        Plan::resolve(self.cube, self.cut(), &self.by, self.complement)
    }

    /// The same, drilled by nothing.
    pub(crate) fn undrilled(mut self) -> Self {
        self.by.clear();
        self
    }

    /// The cube it is put to.
    pub(crate) fn cube(&self) -> &'a Cube {
        self.cube
    }

    /// The answer.
    ///
    /// # Errors
    ///
    /// [`AskError`]: an unknown member (with the nearest known), members that overlap, no period,
    /// phase or boundary.
    pub fn answer(&self) -> Result<Answer, AskError> {
        Ok(run::answer(&self.plan()?)?.answer)
    }

    /// The answer with every subtotal: one answer for each set of the axes it is drilled by, from
    /// none to all. Set `i` holds axis `k` if bit `k` of `i` is set, and is what the question
    /// drilled by those axes alone gives.
    ///
    /// Subtotals of the outer axes are the sums of their rows to the penny. A subtotal over an outer
    /// axis need not be: no table of whole pence can add up along all its axes and stay less than a
    /// penny from every exact sum.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    pub fn every_subtotal(&self) -> Result<Vec<Answer>, AskError> {
        run::every_subtotal(&self.plan()?)
    }

    /// The same answer, worked out record by record with exact fractions throughout.
    ///
    /// Slow: it is there to judge [`Question::answer`], which walks no record outside the slice,
    /// adds up records that it cannot tell apart, and forms exact fractions only where they decide
    /// about a penny.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    pub fn answer_record_by_record(&self) -> Result<Answer, AskError> {
        reference::answer(&self.plan()?)
    }

    /// How a figure of the answer was made: down to ledger lines, shares, drivers and rounding.
    ///
    /// `row` counts from 0; `None` explains the total. `account` is the one the cube was built
    /// from.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`]; [`AskError::NoSuchRow`].
    pub fn explain(
        &self,
        row: Option<usize>,
        account: &PlaceAccount,
    ) -> Result<Explanation, AskError> {
        let plan = match row {
            Some(_) => self.plan()?,
            None => self.plan()?.total(),
        };
        let Closed { answer, table } = run::answer(&plan)?;
        let wanted = row.unwrap_or(0);
        let Some(row) = answer.rows.get(wanted) else {
            return Err(AskError::NoSuchRow {
                rows: answer.rows.len(),
                wanted: wanted + 1,
            });
        };
        let cells = table.as_ref().map_or(&[][..], |table| table.key(wanted));
        Ok(reference::explain(&plan, row, cells, account))
    }
}
