//! The question as it is put.

use super::alike::{Alike, TO_A_THREAD};
use super::classes::Classes;
use super::close::{self, Closed};
use super::mixes::Mixes;
use super::region::Divider;
use super::rows::Rows;
use super::slice::{Drill, Slice};
use super::tally::{self, Tally};
use super::terms::Terms;
use super::totals::Totals;
use super::whole::Whole;
use super::{Answer, AskError, Explanation, explain, roles, subtotals};
use crate::account::{Boundary, PlaceAccount};
use crate::axis::{Ages, Period, Phase, Resource};
use crate::cube::Cube;
use crate::cube::records::Records;
use crate::cube::rollup::{RollUp, RollUps, Themes};
use crate::cube::source::Source;
use std::str::FromStr;

/// An axis to drill by, at a level.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum By {
    /// A row a partner, by whose ledger the money stands in.
    Partner,
    /// A row for each body whose own money it was, followed back through all hands.
    Funder,
    /// A row for each body that decided what is done.
    Commissioner,
    /// A row for each body that finally spends it, or is paid outside the boundary.
    Deliverer,
    /// A row for each partner on the other side of a payment.
    Counterparty,
    /// A row an activity of this level; as recorded when none is named. Money recorded above
    /// the level has a row of its own.
    Activity(Option<String>),
    /// A row an age band; the place's own when none are given.
    Ages(Option<Vec<Ages>>),
    /// A row a client group of this level; as recorded when none is named.
    Group(Option<String>),
    /// A row a locality of this level.
    Locality(String),
    /// A row a financial year.
    FinancialYear,
    /// A row for each way in which money is bound: statutory, contracted to a month,
    /// discretionary.
    Flexibility,
}

impl FromStr for By {
    type Err = AskError;

    /// Reads `partner`, `funder`, `commissioner`, `deliverer`, `counterparty`, `flexibility`, `activity`, `activity@theme`, `ages`, `ages@0-15/16-19/20+`, `group`,
    /// `group@<level>`, `locality@place-plan-area`, `period` or `period@year`.
    fn from_str(text: &str) -> Result<Self, AskError> {
        let (axis, level) = match text.trim().split_once('@') {
            Some((axis, level)) => (axis, Some(level.to_owned())),
            None => (text.trim(), None),
        };
        match (axis, level) {
            ("partner", None) => Ok(Self::Partner),
            ("funder", None) => Ok(Self::Funder),
            ("commissioner", None) => Ok(Self::Commissioner),
            ("deliverer", None) => Ok(Self::Deliverer),
            ("counterparty", None) => Ok(Self::Counterparty),
            ("activity", level) => Ok(Self::Activity(level)),
            ("group", level) => Ok(Self::Group(level)),
            ("locality", Some(level)) => Ok(Self::Locality(level)),
            ("flexibility", None) => Ok(Self::Flexibility),
            ("ages" | "age", None) => Ok(Self::Ages(None)),
            ("ages" | "age", Some(bands)) => {
                let bands: Result<Vec<Ages>, _> = bands.split('/').map(Ages::from_str).collect();
                Ok(Self::Ages(Some(bands?)))
            }
            ("period", None) => Ok(Self::FinancialYear),
            ("period", Some(level)) if level == "year" => Ok(Self::FinancialYear),
            _ => Err(AskError::NoSuchDrill {
                found: text.to_owned(),
            }),
        }
    }
}

/// A question to a cube: which members of which axes, drilled by what.
///
/// An axis that is not named is not cut. Boundary, period and phase must be named. Several members of one
/// axis may be named as long as they do not overlap.
///
/// # Example
///
/// ```
/// use wholeplace::{Ages, Boundary, Cube, Phase, Place, PlaceAccount};
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
    pub(super) cube: &'a Cube,
    pub(super) partners: Vec<String>,
    pub(super) activities: Vec<String>,
    pub(super) ages: Vec<Ages>,
    pub(super) groups: Vec<String>,
    pub(super) tags: Vec<String>,
    pub(super) localities: Vec<String>,
    pub(super) period: Option<Period>,
    pub(super) phase: Option<Phase>,
    pub(super) boundary: Option<Boundary>,
    pub(super) resource: Resource,
    pub(super) by: Vec<By>,
    pub(super) complement: bool,
}

/// Sums that a cube keeps, the coarsest first.
#[derive(Debug)]
enum Kept<'c> {
    Themes(&'c RollUp),
    Years(&'c RollUp),
    Records(&'c Records),
}

/// The members that a question names, as they were written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cut<'q> {
    pub(crate) partners: &'q [String],
    pub(crate) activities: &'q [String],
    pub(crate) ages: &'q [Ages],
    pub(crate) groups: &'q [String],
    pub(crate) tags: &'q [String],
    pub(crate) localities: &'q [String],
    pub(crate) boundary: Option<&'q Boundary>,
    pub(crate) phase: Option<Phase>,
    pub(crate) resource: Resource,
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
    ///
    /// # Example: whose money it is
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let answer = year.clone().partner("council").answer()?;
    /// assert_eq!(answer.total.amount.to_string(), "£395,000.00");
    /// // Two partners are added up.
    /// let answer = year.partner("council").partner("nhs").answer()?;
    /// assert_eq!(answer.total.amount.to_string(), "£440,000.00");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn partner(mut self, code: impl Into<String>) -> Self {
        self.partners.push(code.into());
        self
    }

    /// Money for this activity and all below it; several may be named.
    ///
    /// # Example: an activity is everything below it
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let both = year.clone().activity("youth-work").activity("victims").answer()?;
    /// assert_eq!(both.total.amount.to_string(), "£394,997.00");
    /// // Both are below `safer`, which has no other money.
    /// let theme = year.activity("safer").answer()?;
    /// assert_eq!(theme.total.amount, both.total.amount);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn activity(mut self, code: impl Into<String>) -> Self {
        self.activities.push(code.into());
        self
    }

    /// Money for people of these ages; several intervals may be named.
    ///
    /// # Example: what is recorded for everybody is shared by residents
    ///
    /// ```
    /// # use wholeplace::{Ages, Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let children = year.ages(Ages::new(0, 15)?).answer()?;
    /// assert_eq!(children.total.amount.to_string(), "£219,749.25");
    /// assert_eq!(children.total.composition.in_words(), "all population");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn ages(mut self, ages: Ages) -> Self {
        self.ages.push(ages);
        self
    }

    /// Money for this client group and all below it; several may be named.
    ///
    /// # Example: what nobody can share stands beside the sum
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// use wholeplace::axis::Gap;
    /// # let place = Place::open("examples/data/shropshire")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2017-18".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let answer = year.group("looked-after").answer()?;
    /// assert_eq!(answer.total.amount.to_string(), "£20,115,793.00");
    /// // Money recorded for everyone may be for these children too; no driver knows how much of it.
    /// let beside = answer.total.unshared[&Gap::NotDisaggregated];
    /// assert_eq!(beside.to_string(), "£573,118,088.18");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn group(mut self, code: impl Into<String>) -> Self {
        self.groups.push(code.into());
        self
    }

    /// Money recorded for people with this tag; only one can be asked for.
    ///
    /// # Example: budgets that are aligned under one plan
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let answer = year.tag("ageing-well").answer()?;
    /// assert_eq!(answer.total.amount.to_string(), "£25,000.00");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn tag(mut self, code: impl Into<String>) -> Self {
        self.tags.push(code.into());
        self
    }

    /// Money for this locality; several may be named.
    ///
    /// # Example: money of the county, asked for one place in it
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/shropshire")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2017-18".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let county = year.activity("youth-justice");
    /// assert_eq!(county.clone().answer()?.total.composition.in_words(), "all direct");
    /// let ludlow = county.locality("ludlow").answer()?;
    /// assert_eq!(ludlow.total.amount.to_string(), "£4,236.66");
    /// assert_eq!(ludlow.total.composition.in_words(), "all population");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn locality(mut self, code: impl Into<String>) -> Self {
        self.localities.push(code.into());
        self
    }

    /// Money of this period.
    ///
    /// # Example: one month
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let month = cube
    ///     .ask()
    ///     .period("Jul 2024".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners)
    ///     .answer()?;
    /// assert_eq!(month.total.amount.to_string(), "£60,000.00");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn period(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// Budget, forecast or outturn.
    ///
    /// # Example: versions are never mixed
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// use wholeplace::cube::Emptiness;
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let question = cube.ask().period("2024-25".parse()?).boundary(Boundary::AllPartners);
    /// assert!(question.answer().is_err(), "there is no default");
    /// let budget = question.clone().phase(Phase::Budget).answer()?;
    /// assert_eq!(budget.emptiness, Some(Emptiness::NothingRecorded));
    /// let outturn = question.phase(Phase::Outturn).answer()?;
    /// assert_eq!(outturn.total.amount.to_string(), "£878,997.00");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn phase(mut self, phase: Phase) -> Self {
        self.phase = Some(phase);
        self
    }

    /// Who is inside: what one insider pays another counts once, where it is finally spent.
    ///
    /// # Example: another boundary is another total
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// use wholeplace::cube::Beside;
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube.ask().period("2024-25".parse()?).phase(Phase::Outturn);
    /// let everybody = year.clone().boundary(Boundary::AllPartners).answer()?;
    /// assert_eq!(everybody.total.amount.to_string(), "£878,997.00");
    /// assert_eq!(everybody.total.beside(Beside::Eliminated).to_string(), "£340,000.00");
    /// // What the council pays the charity is spending, when the charity is not inside.
    /// let public = year.boundary(Boundary::of(["public-bodies"])).answer()?;
    /// assert_eq!(public.total.amount.to_string(), "£884,000.00");
    /// assert_eq!(public.total.beside(Beside::Eliminated).to_string(), "£250,000.00");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn boundary(mut self, boundary: Boundary) -> Self {
        self.boundary = Some(boundary);
        self
    }

    /// What is given in kind, as it was valued, in the place of cash; the two are never added.
    ///
    /// # Example: staff that are lent
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// use wholeplace::{axis::Resource, cube::Beside};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let cash = year.clone().answer()?;
    /// assert_eq!(cash.total.beside(Beside::InKind).to_string(), "£9,800.00");
    /// let time = year.resource(Resource::StaffTime).answer()?;
    /// assert_eq!(time.total.amount.to_string(), "£9,800.00");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn resource(mut self, resource: Resource) -> Self {
        self.resource = resource;
        self
    }

    /// Drills by these axes, the first outermost: its subtotals are those of a question that
    /// drills by it alone.
    ///
    /// # Example: a row for each theme, and in it for each partner
    ///
    /// ```
    /// # use wholeplace::{Boundary, By, Cube, Pence, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let answer = year
    ///     .by([By::Activity(Some("theme".to_owned())), By::Partner])
    ///     .answer()?;
    /// let row = &answer.rows[0];
    /// assert_eq!(row.keys[0].name, "Safer places");
    /// assert_eq!(row.keys[1].name, "Police and Crime Commissioner");
    /// assert_eq!(row.figure.amount.to_string(), "£250,000.00");
    /// let sum = Pence::total(answer.rows.iter().map(|row| row.figure.amount))?;
    /// assert_eq!(sum, answer.total.amount);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn by(mut self, by: impl IntoIterator<Item = By>) -> Self {
        self.by.extend(by);
        self
    }

    /// Asks for everything outside the slice too.
    ///
    /// # Example: what is not in the slice
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/shropshire")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2017-18".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let answer = year
    ///     .activity("youth-justice")
    ///     .locality("ludlow")
    ///     .with_complement()
    ///     .answer()?;
    /// assert_eq!(answer.total.amount.to_string(), "£4,236.66");
    /// let outside = answer.complement.map(|figure| figure.amount.to_string());
    /// assert_eq!(outside.as_deref(), Some("£596,557,636.16"));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn with_complement(mut self) -> Self {
        self.complement = true;
        self
    }

    /// What it cuts out, for stages that set spending beside something else.
    pub(crate) fn cut(&self) -> Cut<'_> {
        Cut {
            partners: &self.partners,
            activities: &self.activities,
            ages: &self.ages,
            groups: &self.groups,
            tags: &self.tags,
            localities: &self.localities,
            boundary: self.boundary.as_ref(),
            phase: self.phase,
            resource: self.resource,
        }
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
    ///
    /// # Example: an answer says how its figure is known
    ///
    /// ```
    /// # use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let answer = year.locality("hills").answer()?;
    /// assert_eq!(answer.total.amount.to_string(), "£231,997.00");
    /// assert_eq!(answer.total.composition.in_words(), "73% direct, 27% population");
    /// assert!(answer.reconciliation.holds());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn answer(&self) -> Result<Answer, AskError> {
        let slice = Slice::resolve(self)?;
        let drill = Drill::resolve_all(self, &slice)?;
        Ok(self.closed(&slice, &drill)?.answer)
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
    ///
    /// # Example: a table with all its margins
    ///
    /// ```
    /// # use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let answers = year.by([By::Partner, By::Locality("area".to_owned())]).every_subtotal()?;
    /// // Neither axis, partners, areas, both.
    /// assert_eq!(answers.len(), 4);
    /// assert_eq!(answers[0].total.amount.to_string(), "£878,997.00");
    /// assert_eq!(answers[1].axes, ["partner"]);
    /// assert_eq!(answers[2].axes, ["locality"]);
    /// assert_eq!(answers[3].axes, ["partner", "locality"]);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn every_subtotal(&self) -> Result<Vec<Answer>, AskError> {
        let slice = Slice::resolve(self)?;
        let drill = Drill::resolve_all(self, &slice)?;
        rayon::scope(|_| subtotals::every(self, &slice, &drill))
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
    ///
    /// # Example: the quick answer is the slow one
    ///
    /// ```
    /// # use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/shropshire")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2017-18".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let question = year.activity("youth-justice").by([By::Ages(None)]);
    /// assert_eq!(question.answer()?, question.answer_record_by_record()?);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn answer_record_by_record(&self) -> Result<Answer, AskError> {
        let slice = Slice::resolve(self)?;
        let drill = Drill::resolve_all(self, &slice)?;
        let mut tally = Tally::of(self.cube, &slice, &[]);
        let totals = Totals::walked(
            tally::whole(self.cube, &slice),
            tally.rows.remove(&Vec::new()).unwrap_or_default(),
            tally.complement,
            self.complement,
        );
        let rows = (!drill.is_empty()).then(|| {
            let rows = Tally::of(self.cube, &slice, &drill).rows;
            Rows::of_tallies(drill.len(), roles::spread(rows, &drill))
        });
        Ok(close::answer(self, &slice, &drill, &totals, rows)?.answer)
    }

    pub(super) fn closed(&self, slice: &Slice, drill: &[Drill]) -> Result<Closed, AskError> {
        /// With fewer records a question is answered before another thread is awake.
        const WORTH_TWO_THREADS: usize = 1 << 22;
        // A table of several axes has more to do for each of them.
        let worth = WORTH_TWO_THREADS >> if drill.len() > 1 { 6 } else { 0 };
        let answer = |both: bool| {
            let (mut classes, alike) = self.added_up_from_cube(slice, drill);
            let totals = || self.totals(slice, &alike);
            let mut rows = || self.rows(slice, drill, &mut classes, &alike);
            let (totals, rows) = match both {
                true => rayon::join(totals, rows),
                false => (totals(), rows()),
            };
            close::answer(self, slice, drill, &totals, rows)
        };
        match self.cube.records().len() >= worth {
            true => rayon::scope(|_| answer(true)),
            false => answer(false),
        }
    }

    /// Everything, the slice, and what lies outside.
    pub(super) fn totals(&self, slice: &Slice, alike: &Alike) -> Totals {
        // The total asks for less than the rows: what they added up is enough for it.
        let (mut classes, sums) = self.added_up(alike, slice, &[]);
        let terms = Terms::new(self.cube, slice, &[], &mut classes, &sums, self.complement);
        let complement = self.complement.then(|| terms.exactly().1);
        let whole = Whole::of(self.cube, slice);
        Totals::left(whole, Rows::of_terms(terms), complement)
    }

    /// The rows, where there are any to be told apart.
    pub(super) fn rows(
        &self,
        slice: &Slice,
        drill: &[Drill],
        classes: &mut Classes<'_>,
        alike: &Alike,
    ) -> Option<Rows> {
        if drill.is_empty() {
            return None;
        }
        let terms = Terms::new(self.cube, slice, drill, classes, alike, false);
        // Who funded a row is a share of all that stands in it.
        Some(
            match drill.iter().any(|axis| matches!(axis, Drill::Role(..))) {
                true => Rows::of_tallies(drill.len(), roles::spread(terms.exactly().0, drill)),
                false => Rows::of_terms(terms),
            },
        )
    }

    /// What the question can tell apart, and the sums of that: from the coarsest sums that are kept and
    /// have all it asks for.
    pub(super) fn added_up_from_cube<'q>(
        &'q self,
        slice: &'q Slice,
        drill: &'q [Drill],
    ) -> (Classes<'q>, Alike) {
        let mut mixes = Mixes::new(self.cube, slice, drill);
        match self.coarsest(slice, drill, &mut mixes) {
            Kept::Themes(sums) | Kept::Years(sums) => self.told_apart(sums, slice, drill, mixes),
            Kept::Records(records) => self.told_apart(records, slice, drill, mixes),
        }
    }

    /// The coarsest sums that have all the question asks for.
    fn coarsest(&self, slice: &Slice, drill: &[Drill], mixes: &mut Mixes<'_>) -> Kept<'a> {
        let RollUps { years, themes } = self.cube.rollups();
        let Some(years) = years.as_ref().filter(|_| self.asks_for_years(slice, drill)) else {
            return Kept::Records(self.cube.records());
        };
        let place = self.cube.place();
        let by_theme = |themes: &&Themes| {
            !Divider::new(place.axes(), slice, drill).tells_groups(place.drivers())
                && mixes.sees_alike(&themes.alike)
        };
        match themes.as_ref().filter(by_theme) {
            Some(themes) => Kept::Themes(&themes.sums),
            None => Kept::Years(years),
        }
    }

    /// What the question can tell apart among finer sums, and the sums of that.
    pub(super) fn added_up<'q>(
        &'q self,
        finer: &Alike,
        slice: &'q Slice,
        drill: &'q [Drill],
    ) -> (Classes<'q>, Alike) {
        self.told_apart(finer, slice, drill, Mixes::new(self.cube, slice, drill))
    }

    fn told_apart<'q>(
        &'q self,
        source: &impl Source,
        slice: &'q Slice,
        drill: &'q [Drill],
        mixes: Mixes<'q>,
    ) -> (Classes<'q>, Alike) {
        let asked = (slice, drill);
        let classes = Classes::new(self.cube, source, asked, mixes, self.complement);
        let alike = Alike::of(source, &classes, TO_A_THREAD);
        (classes, alike)
    }

    /// Whether months, tags and how money is bound make no difference.
    fn asks_for_years(&self, slice: &Slice, drill: &[Drill]) -> bool {
        let rules = self.cube.sharing().rules().iter();
        slice.tag.is_none()
            && !drill.iter().any(|axis| matches!(axis, Drill::Flexibility))
            && slice.period.is_of_whole_financial_years()
            && (rules.filter_map(|rule| rule.period)).all(Period::is_of_whole_financial_years)
    }

    /// How a figure of the answer was made: down to ledger lines, shares, drivers and rounding.
    ///
    /// `row` counts from 0; `None` explains the total. `account` is the one the cube was built
    /// from.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`]; [`AskError::NoSuchRow`].
    ///
    /// # Example: from a figure to a line of a file
    ///
    /// ```
    /// # use wholeplace::{Ages, Boundary, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/shropshire")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2017-18".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let explanation = year
    ///     .activity("youth-justice")
    ///     .ages(Ages::new(10, 17)?)
    ///     .locality("ludlow")
    ///     .explain(None, &account)?
    ///     .to_string();
    /// assert!(explanation.contains("children children.csv:8 £126,710.00"));
    /// assert!(explanation.contains("× 924 / 27,635 over people and places: residents, mid-2017"));
    /// assert!(explanation.contains("exactly £4236.657861; closing the table added £0.002139"));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn explain(
        &self,
        row: Option<usize>,
        account: &PlaceAccount,
    ) -> Result<Explanation, AskError> {
        explain::explain(self, row, account)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::axis::Placed;
    use crate::crosswalk::{Coding, TagSet};
    use crate::cube::group::{CodedLines, Sorted};
    use crate::driver::{Sharing, SharingRule};
    use crate::money::Pence;
    use crate::place::Place;

    /// The sample, each line once a month and client group of two years.
    fn cube() -> Cube {
        let place = Place::open("examples/data/shropshire").unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let mut lines = CodedLines::default();
        for (_, line, coding) in account.lines() {
            for (group, _) in place.axes().groups.iter() {
                for (year, month) in (2016..2018).flat_map(|year| (4..=12).map(move |m| (year, m)))
                {
                    let coding = Coding {
                        group: Placed::On(group),
                        period: Placed::On(Period::month(year, month).unwrap()),
                        tags: TagSet::default(),
                        ..coding
                    };
                    lines.push(&coding, Pence::new(line.pence().get() / 100));
                }
            }
        }
        Cube::from_lines(&place, lines, &Sorted).unwrap()
    }

    fn kept(question: &Question<'_>) -> &'static str {
        let slice = Slice::resolve(question).unwrap();
        let drill = Drill::resolve_all(question, &slice).unwrap();
        let mut mixes = Mixes::new(question.cube, &slice, &drill);
        let kept = match question.coarsest(&slice, &drill, &mut mixes) {
            Kept::Themes(_) => "themes",
            Kept::Years(_) => "years",
            Kept::Records(_) => "records",
        };
        // Whatever it is answered from, the answer is the same.
        assert_eq!(
            question.answer().unwrap(),
            question.answer_record_by_record().unwrap()
        );
        kept
    }

    #[test]
    fn a_question_asks_the_coarsest_sums_that_have_all_it_asks_for() {
        let cube = cube();
        let ask = |cube| {
            Question::new(cube)
                .phase(Phase::Outturn)
                .boundary(Boundary::AllPartners)
        };
        let year = || ask(&cube).period("2016-17".parse().unwrap());
        let by = |text: &str| [text.parse::<By>().unwrap()];
        assert_eq!(kept(&year()), "themes");
        let place_and_theme = by("locality@place-plan-area")
            .into_iter()
            .chain(by("activity@theme"));
        assert_eq!(kept(&year().by(place_and_theme)), "themes");
        assert_eq!(kept(&year().by(by("activity"))), "years");
        assert_eq!(kept(&year().activity("youth-justice")), "years");
        assert_eq!(kept(&year().by(by("group"))), "years");
        assert_eq!(kept(&year().by(by("flexibility"))), "records");
        assert_eq!(
            kept(&ask(&cube).period("Jun 2016".parse().unwrap())),
            "records"
        );
        // A rule that tells two activities of one theme apart.
        let activity = cube
            .place()
            .axes()
            .activities
            .find("youth-justice")
            .unwrap();
        let other = cube.with_sharing(Sharing::new(vec![SharingRule {
            partner: None,
            activity: Some(activity),
            period: None,
            driver: 0,
            text: String::new(),
        }]));
        let year = ask(&other).period("2016-17".parse().unwrap());
        assert_eq!(kept(&year), "years");
    }
}
