//! The question as it is put.

use super::answer::Answer;
use super::asked::asked;
use super::close::Closed;
use super::error::AskError;
use super::plan::{By, Cut, Lines, Plan};
use super::ranged::RangedAnswer;
use super::reference::{self, AnswerSharedBy, AnswerShares, Explanation};
use super::run;
use super::what_if::WhatIf;
use super::whereabouts::{Whereabouts, whereabouts};
use crate::account::{Boundary, PlaceAccount};
use crate::axis::{Ages, MemberId, Period, Phase, Resource};
use crate::crosswalk::Coding;
use crate::cube::Cube;
use crate::driver::Alternative;
use std::sync::Arc;

/// A question to a cube: which members of which axes, drilled by what.
///
/// An axis that is not named is not cut. Boundary, period and phase must be named. Several members of one
/// axis may be named as long as they do not overlap. Members are named by code, or by name where it is the
/// name of one.
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
    cube: &'a Cube,
    lines: Option<Lines<'a>>,
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
    by: Vec<By>,
    complement: bool,
}

impl<'a> Question<'a> {
    pub(in crate::cube) fn new(cube: &'a Cube) -> Self {
        Self {
            cube,
            lines: None,
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

    /// Money of this partner; several may be named. This and every other member may be named by its code, or
    /// by its name where no other member of the axis has it.
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
        let meant = self.cube.place().axes().partners.meant(code.into());
        self.partners.push(meant);
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
        let meant = self.cube.place().axes().activities.meant(code.into());
        self.activities.push(meant);
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
    /// assert_eq!(beside.to_string(), "£688,303,521.47");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn group(mut self, code: impl Into<String>) -> Self {
        let meant = self.cube.place().axes().groups.meant(code.into());
        self.groups.push(meant);
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
        let meant = self.cube.place().axes().tags.meant(code.into());
        self.tags.push(meant);
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
        let meant = self.cube.place().axes().localities.meant(code.into());
        self.localities.push(meant);
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
    /// use wholeplace::cube::Memorandum;
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube.ask().period("2024-25".parse()?).phase(Phase::Outturn);
    /// let everybody = year.clone().boundary(Boundary::AllPartners).answer()?;
    /// assert_eq!(everybody.total.amount.to_string(), "£878,997.00");
    /// assert_eq!(everybody.total.memorandum(Memorandum::Eliminated).to_string(), "£340,000.00");
    /// // What the council pays the charity is spending, when the charity is not inside.
    /// let public = year.boundary(Boundary::of(["public-bodies"])).answer()?;
    /// assert_eq!(public.total.amount.to_string(), "£884,000.00");
    /// assert_eq!(public.total.memorandum(Memorandum::Eliminated).to_string(), "£250,000.00");
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
    /// use wholeplace::{axis::Resource, cube::Memorandum};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let cash = year.clone().answer()?;
    /// assert_eq!(cash.total.memorandum(Memorandum::InKind).to_string(), "£9,800.00");
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

    /// With the lines of the account that the cube was built from, so that rows may be told apart by
    /// [`By::Ledger`] and [`By::Code`], which a cube does not hold.
    ///
    /// Every line of the slice is walked, with the shares that the answer takes of it as exact fractions; a
    /// million lines take seconds. Rows add up to the total of the same question without them.
    ///
    /// # Example: what the partners' own codes make of a figure
    ///
    /// ```
    /// # use wholeplace::{Boundary, By, Cube, Pence, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .activity("home-care")
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// assert!(year.clone().by([By::Code(None)]).answer().is_err(), "the cube has no codes");
    /// let answer = year.of_lines(&account).by([By::Code(None)]).answer()?;
    /// assert_eq!(answer.axes, ["ledger", "code"]);
    /// let said = |row: usize| {
    ///     let keys: Vec<&str> = answer.rows[row].keys.iter().map(|key| key.code.as_str()).collect();
    ///     format!("{}: {}", keys.join(" "), answer.rows[row].figure.amount)
    /// };
    /// // The council's home care of £25,000 and what the pool that it hosts spent, and the NHS's own.
    /// assert_eq!(said(0), "council HOME CARE: £129,000.00");
    /// assert_eq!(said(1), "nhs HOME CARE: £45,000.00");
    /// assert_eq!(answer.total.amount, Pence::new(174_000_00));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn of_lines(mut self, account: &'a PlaceAccount) -> Self {
        self.lines = Some(Lines(account));
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
    /// assert_eq!(outside.as_deref(), Some("£711,743,069.45"));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
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
        self.plan_of(self.cube)
    }

    /// The same question to another cube, of the same records.
    fn plan_of<'q>(&'q self, cube: &'q Cube) -> Result<Plan<'q>, AskError> {
        Plan::resolve(cube, self.lines, self.cut(), &self.by, self.complement)
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
        run::every_subtotal(&self.plan()?)
    }

    /// The answer, and between what its figures lie under other choices of drivers: the pack's own
    /// ([`Place::alternatives`](crate::Place::alternatives)), or any.
    ///
    /// The sums that are kept are walked once, however many alternatives there are.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`]; [`AskError::NoAlternatives`].
    ///
    /// # Example: how much hangs on the choice of driver
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
    /// let ranged = year.clone().locality("ludlow").over(place.alternatives())?;
    /// assert_eq!(ranged.answer, year.locality("ludlow").answer()?);
    /// assert!(ranged.total.lowest <= ranged.total.central);
    /// assert!(ranged.total.central <= ranged.total.highest);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn over(&self, alternatives: &[Alternative]) -> Result<RangedAnswer, AskError> {
        if alternatives.is_empty() {
            return Err(AskError::NoAlternatives);
        }
        let all = (1 << self.plan()?.drill.len()) - 1;
        let others = self.subtotals_under(alternatives, &[all])?;
        let names = alternatives
            .iter()
            .map(|other| Arc::from(other.name.as_str()));
        let others = names.zip(others.into_iter().flatten()).collect::<Vec<_>>();
        Ok(RangedAnswer::new(self.answer()?, &others))
    }

    /// What if: the answer under other sharing rules, beside the answer under the pack's own. The rules are
    /// one of the pack's others ([`Place::alternative`](crate::Place::alternative)), one driver for
    /// everything ([`Place::all_by`](crate::Place::all_by)), or any.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    ///
    /// # Example: by another driver
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
    /// let places = year.by([By::Locality("place-plan-area".to_owned())]);
    /// let what_if = places.under(&place.all_by("households")?)?;
    /// // Money moves between places; none comes or goes.
    /// assert_eq!(what_if.total.difference.to_string(), "£0.00");
    /// assert!(what_if.rows.iter().any(|row| row.change.difference.get() > 0));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn under(&self, other: &Alternative) -> Result<WhatIf, AskError> {
        let cube = self.cube.with_sharing(other.sharing.clone());
        let answer = run::answer(&self.plan_of(&cube)?)?.answer;
        Ok(WhatIf::new(&other.name, answer, self.answer()?)?)
    }

    /// For each alternative the answers for some sets of the axes, numbered as those of
    /// [`Question::every_subtotal`].
    pub(crate) fn subtotals_under(
        &self,
        alternatives: &[Alternative],
        sets: &[usize],
    ) -> Result<Vec<Vec<Answer>>, AskError> {
        let under = |other: &Alternative| self.cube.with_sharing(other.sharing.clone());
        let cubes: Vec<Cube> = alternatives.iter().map(under).collect();
        let plans: Vec<Plan<'_>> = (cubes.iter())
            .map(|cube| self.plan_of(cube))
            .collect::<Result<_, _>>()?;
        run::under_each(&plans, sets)
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
        reference::answer(&self.plan()?)
    }

    /// What is recorded of partners of whom this question shows nothing, in their order. Walks along
    /// all records once, for however many partners.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    pub(crate) fn whereabouts(&self, of: &[MemberId]) -> Result<Vec<Whereabouts>, AskError> {
        Ok(whereabouts(&self.plan()?, of))
    }

    /// What share of each of some records lies in each figure of the answer: in the amount, in each class of
    /// evidence, beside it, and in what may lie there or not. `codings` are the coordinates of the records.
    ///
    /// A figure is the sum of these shares of the records' pence, before it is closed. Rows whose shares follow
    /// from amounts, such as those of funders, have none.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    ///
    /// # Example: Ludlow has 924 of 27,635 children
    ///
    /// ```
    /// # use wholeplace::{Ages, Boundary, Cube, Phase, Place, PlaceAccount};
    /// use wholeplace::money::Ratio;
    /// # let place = Place::open("examples/data/shropshire")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let all: Vec<_> = cube.records().iter().map(|record| record.coding).collect();
    /// let question = cube
    ///     .ask()
    ///     .activity("youth-justice")
    ///     .ages(Ages::new(10, 17)?)
    ///     .locality("ludlow")
    ///     .period("2017-18".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let shares = question.shares_of(&all)?.total.amount;
    /// assert_eq!(shares.len(), 1);
    /// assert_eq!(shares[0].1, Ratio::new(924, 27_635));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn shares_of(&self, codings: &[Coding]) -> Result<AnswerShares, AskError> {
        Ok(reference::shares(&self.plan()?, codings))
    }

    /// Which figures of the answer hold a share by one of these drivers, which are named by their places in
    /// the pack, and the least mass of such a share. Walks along all records.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    pub fn shared_by(&self, drivers: &[usize]) -> Result<AnswerSharedBy, AskError> {
        Ok(reference::shared_by(&self.plan()?, drivers))
    }

    /// What is asked, in a text that is the same for all who ask the same: members by their codes in the order of
    /// the pack, whatever way they were named, and the axes of the table in their order.
    ///
    /// # Errors
    ///
    /// As [`Question::answer`].
    ///
    /// # Example: two who ask the same
    ///
    /// ```
    /// # use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = || cube.ask().phase(Phase::Outturn).boundary(Boundary::AllPartners);
    /// let one = year().period("2024-25".parse()?).partner("nhs").partner("council");
    /// let other = year().partner("Ludford Council").partner("Ludford NHS").period("2024-25".parse()?);
    /// assert_eq!(one.asked()?, other.asked()?);
    /// assert_ne!(one.clone().by([By::Partner]).asked()?, one.asked()?);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn asked(&self) -> Result<String, AskError> {
        Ok(asked(&self.plan()?, &self.by))
    }

    /// The axes of its table.
    pub(crate) fn axes(&self) -> &[By] {
        &self.by
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
