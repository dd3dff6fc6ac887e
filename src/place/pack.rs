//! A place as its pack describes it.

use super::files::Folders;
use super::outlines::OutlinesPlan;
use super::spec::SharingSpec;
use super::{
    Absent, BoundarySet, InKind, LedgerPlan, Opening, PlaceError, Pool, Priority, Replacement,
    TransferTerms, check, open,
};
use crate::axis::{Ages, Axes, AxisError, LocalityId, Period, find_by_name};
use crate::counterparty::{Counterparties, Flow};
use crate::crosswalk::Mixes;
use crate::driver::{Alternative, Driver, Sharing, SharingRule};
use crate::finding::{Findings, Position};
use crate::price::PriceBook;
use crate::text::hex;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;

/// A place: its axes, drivers, sharing rules, ledgers and crosswalks, all checked.
///
/// # Example
///
/// The sample pack that ships with the crate:
///
/// ```
/// use wholeplace::place::Place;
/// let place = Place::open("examples/data/shropshire")?;
/// let ludlow = place.axes().localities.find("ludlow")?;
/// assert_eq!(place.axes().localities.name(ludlow), "Ludlow");
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Place {
    pub(super) name: String,
    pub(super) locality: LocalityId,
    pub(super) axes: Axes,
    pub(super) mixes: Mixes,
    pub(super) drivers: Vec<Driver>,
    pub(super) sharing: Sharing,
    pub(super) alternatives: Vec<Alternative>,
    pub(super) residents: Option<usize>,
    pub(super) age_bands: Vec<Ages>,
    pub(super) ledgers: Vec<LedgerPlan>,
    pub(super) replacements: Vec<Replacement>,
    pub(super) counterparties: Counterparties,
    pub(super) boundaries: Vec<BoundarySet>,
    pub(super) transfers: Vec<TransferTerms>,
    pub(super) pools: Vec<Pool>,
    pub(super) openings: Vec<Opening>,
    pub(super) in_kind: Vec<InKind>,
    pub(super) priorities: Vec<Priority>,
    pub(super) absent: Vec<Absent>,
    pub(super) notes: Vec<String>,
    pub(super) report_period: Option<Period>,
    pub(super) outcomes: Option<String>,
    pub(super) prices: PriceBook,
    pub(super) appraisal: Option<String>,
    pub(super) plans: Option<String>,
    pub(super) premises: Option<String>,
    pub(super) agreement: Option<String>,
    pub(super) medium_term: Option<String>,
    pub(super) disclosure: Option<String>,
    pub(super) outlines: Option<OutlinesPlan>,
    pub(super) folders: Folders,
    pub(super) fingerprint: String,
    pub(super) findings: Findings,
}

impl Place {
    /// Opens a pack that holds all its files.
    ///
    /// Whatever is made of a place keeps it, so it comes as a shared pointer.
    ///
    /// # Errors
    ///
    /// [`PlaceError`]; [`PlaceError::Faults`] holds every fault of the pack.
    pub fn open(pack: impl AsRef<Path>) -> Result<Arc<Self>, PlaceError> {
        open::folders(pack.as_ref(), None).map(Arc::new)
    }

    /// Opens a pack whose data lies in another folder.
    ///
    /// # Errors
    ///
    /// As [`Place::open`].
    pub fn open_with_data(
        pack: impl AsRef<Path>,
        data: impl AsRef<Path>,
    ) -> Result<Arc<Self>, PlaceError> {
        open::folders(pack.as_ref(), Some(data.as_ref())).map(Arc::new)
    }

    /// What is odd in the pack and does not keep it from being opened; also among the findings of
    /// every account of the place.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// Name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The locality that is the place.
    #[must_use]
    pub fn locality(&self) -> LocalityId {
        self.locality
    }

    /// The members of all axes.
    #[must_use]
    pub fn axes(&self) -> &Axes {
        &self.axes
    }

    /// The mixes of activities that its crosswalks use.
    #[must_use]
    pub fn mixes(&self) -> &Mixes {
        &self.mixes
    }

    /// Its drivers.
    #[must_use]
    pub fn drivers(&self) -> &[Driver] {
        &self.drivers
    }

    /// The driver that counts residents, for figures per head.
    #[must_use]
    pub fn residents(&self) -> Option<&Driver> {
        self.residents.map(|i| &self.drivers[i])
    }

    /// Its sharing rules.
    #[must_use]
    pub fn sharing(&self) -> &Sharing {
        &self.sharing
    }

    /// Other choices of drivers that its pack names (`[[alternative]]`), for
    /// [`Question::over`](../cube/struct.Question.html#method.over).
    #[must_use]
    pub fn alternatives(&self) -> &[Alternative] {
        &self.alternatives
    }

    /// Other sharing rules over the same drivers, for [`Cube::with_sharing`]: what if?
    ///
    /// # Errors
    ///
    /// [`PlaceError::Faults`] as when a pack is opened: unknown members or drivers, a rule that
    /// never matches, no catch-all. Lines of the findings count the rules from 1.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::place::{Place, SharingSpec};
    /// let place = Place::open("examples/data/shropshire")?;
    /// let by_residents = SharingSpec {
    ///     driver: "residents-2017".into(),
    ///     ..SharingSpec::default()
    /// };
    /// assert_eq!(place.sharing_rules(&[by_residents])?.rules().len(), 1);
    /// assert!(place.sharing_rules(&[]).is_err());
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    ///
    /// [`Cube::with_sharing`]: ../cube/struct.Cube.html#method.with_sharing
    pub fn sharing_rules(&self, rules: &[SharingSpec]) -> Result<Sharing, PlaceError> {
        const SHOWN: &str = "sharing rules";
        let mut findings = Findings::new();
        let rules: Vec<_> = (1..)
            .zip(rules)
            .map(|(number, rule)| (rule.clone(), Position::line(SHOWN, number)))
            .collect();
        let end = Position::file(SHOWN);
        let sharing = check::sharing(&rules, &self.axes, &self.drivers, &end, &mut findings);
        if findings.any_fault() {
            return Err(PlaceError::Faults(findings));
        }
        Ok(sharing)
    }

    /// The other sharing rules of the pack by their code, or by their name where no others have it.
    ///
    /// # Errors
    ///
    /// [`AxisError::Unknown`] with those there are; [`AxisError::SeveralOfName`].
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::Place;
    /// let place = Place::open("examples/data/shropshire")?;
    /// assert_eq!(place.alternative("by-need")?.code, "by-need");
    /// assert_eq!(place.alternative("Everything by residents")?.code, "by-residents");
    /// let error = place.alternative("by-ned").unwrap_err().to_string();
    /// assert!(error.starts_with("`by-ned` is not a set of other sharing rules of this place; did you mean `by-need`"));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn alternative(&self, text: &str) -> Result<Alternative, AxisError> {
        let known = || (self.alternatives.iter()).map(|one| (one.code.as_str(), one.name.as_str()));
        let found = find_by_name("a set of other sharing rules", text, known)?;
        Ok(self.alternatives[found].clone())
    }

    /// Everything shared by one driver, in place of the pack's own rules: its code, or its name where no other
    /// has it.
    ///
    /// # Errors
    ///
    /// [`AxisError::Unknown`] with the drivers there are; [`AxisError::SeveralOfName`].
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::Place;
    /// let place = Place::open("examples/data/shropshire")?;
    /// let alternative = place.all_by("households")?;
    /// assert_eq!(alternative.name, "everything by households, 2021");
    /// assert_eq!(alternative.sharing.rules().len(), 1);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn all_by(&self, driver: &str) -> Result<Alternative, AxisError> {
        let known = || (self.drivers.iter()).map(|one| (one.code(), one.name()));
        let found = find_by_name("a driver", driver, known)?;
        let driver = &self.drivers[found];
        let rule = SharingRule {
            partner: None,
            activity: None,
            period: None,
            driver: found,
            text: format!("everything by {}", driver.code()),
        };
        let name = format!("everything by {}", driver.name());
        Ok(Alternative::new(
            driver.code(),
            &name,
            Sharing::new(vec![rule]),
        ))
    }

    /// Age bands of its reports.
    #[must_use]
    pub fn age_bands(&self) -> &[Ages] {
        &self.age_bands
    }

    /// Its ledgers, ready to be read.
    #[must_use]
    pub fn ledgers(&self) -> &[LedgerPlan] {
        &self.ledgers
    }

    /// Lines that give way to finer ones.
    #[must_use]
    pub fn replacements(&self) -> &[Replacement] {
        &self.replacements
    }

    /// The rules that recognise payments between partners.
    #[must_use]
    pub fn counterparties(&self) -> &Counterparties {
        &self.counterparties
    }

    /// The sets of partners that the pack names.
    #[must_use]
    pub fn boundaries(&self) -> &[BoundarySet] {
        &self.boundaries
    }

    /// How both sides of payments between partners are held against each other.
    #[must_use]
    pub fn transfers(&self) -> &[TransferTerms] {
        &self.transfers
    }

    /// Its pooled funds.
    #[must_use]
    pub fn pools(&self) -> &[Pool] {
        &self.pools
    }

    /// What partners held at the start of a year.
    #[must_use]
    pub fn openings(&self) -> &[Opening] {
        &self.openings
    }

    /// What partners give in kind and nobody has valued.
    #[must_use]
    pub fn in_kind(&self) -> &[InKind] {
        &self.in_kind
    }

    /// What ought to be done in every place.
    #[must_use]
    pub fn priorities(&self) -> &[Priority] {
        &self.priorities
    }

    /// What a whole place would have and no ledger of the pack holds.
    #[must_use]
    pub fn absent(&self) -> &[Absent] {
        &self.absent
    }

    /// What must be printed wherever figures are shown.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The period of its reports, if the pack says one: for programs that are told none.
    #[must_use]
    pub fn report_period(&self) -> Option<Period> {
        self.report_period
    }

    /// The file of the pack that says what its outcomes and indicators are, if it has one.
    #[must_use]
    pub fn outcomes_file(&self) -> Option<&str> {
        self.outcomes.as_deref()
    }

    /// Its deflators and discount schedules; none where the pack names no file of prices.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::Place;
    /// use wholeplace::axis::YearKind;
    /// use wholeplace::price::PriceYear;
    /// let place = Place::open("examples/data/shropshire")?;
    /// let deflator = place.prices().deflator("gdp-fy")?;
    /// let year = |text| PriceYear::parse(text, YearKind::Financial);
    /// assert_eq!(
    ///     deflator.conversion(year("2010-11")?, year("2024-25")?)?.to_string(),
    ///     "2010/11 to 2024-25: × 1.4523 (GDP deflator, March 2026)"
    /// );
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn prices(&self) -> &PriceBook {
        &self.prices
    }

    /// The same place, which also knows flows that no rule of the pack leads to. Everything else has the
    /// numbers that it had; the fingerprint is another where a flow is new, so that cubes with other flows
    /// are never taken for one another.
    pub(crate) fn with_flows(&self, flows: impl IntoIterator<Item = Flow>) -> Self {
        let mut place = self.clone();
        let known = self.counterparties.flows();
        let new: Vec<Flow> = (flows.into_iter())
            .filter(|flow| known.find(flow).is_none())
            .collect();
        if !new.is_empty() {
            let seal = format!("{}\n{new:?}", self.fingerprint);
            place.fingerprint = hex(&Sha256::digest(seal.as_bytes()));
            place.counterparties = self.counterparties.with_flows(new);
        }
        place
    }

    /// The file of the pack that says what its proposals are, if it has one.
    #[must_use]
    pub fn appraisal_file(&self) -> Option<&str> {
        self.appraisal.as_deref()
    }

    /// The file of the pack that says what its places want, if it has one.
    #[must_use]
    pub fn plans_file(&self) -> Option<&str> {
        self.plans.as_deref()
    }

    /// The file of the pack that says which buildings there are, if it has one.
    #[must_use]
    pub fn premises_file(&self) -> Option<&str> {
        self.premises.as_deref()
    }

    /// The file of the pack that says what its partners have agreed to reach, if it has one.
    #[must_use]
    pub fn agreement_file(&self) -> Option<&str> {
        self.agreement.as_deref()
    }

    /// The file of the pack that says what each partner is short of in years to come, if it has one.
    #[must_use]
    pub fn medium_term_file(&self) -> Option<&str> {
        self.medium_term.as_deref()
    }

    /// The file of the pack that says under what policy something may be published, if it has one.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::Place;
    /// let place = Place::open("examples/data/partners")?;
    /// assert_eq!(place.disclosure_file(), Some("disclosure.toml"));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn disclosure_file(&self) -> Option<&str> {
        self.disclosure.as_deref()
    }

    /// The folders it may read.
    pub(crate) fn folders(&self) -> &Folders {
        &self.folders
    }

    /// SHA-256 over the pack's own text and all tables it names; two places with the same
    /// fingerprint have the same members, mixes and drivers under the same numbers.
    #[must_use]
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }
}
