//! What the pages show: everything asked beforehand, so that pages only render.

mod flows;
mod partner;
mod method;
mod unplaced;
mod outcome;
mod proposal;
mod scenario;
mod contract;
mod performance;
mod place_plan;
mod premises;
mod derivation;
mod statement;

pub use contract::SiteContracts;
pub(in crate::report) use derivation::{Derivation, DerivedFigure, DerivedPart};
pub(in crate::report) use flows::{Flow, PartnerFlows};
pub(in crate::report) use method::Method;
pub(in crate::report) use outcome::{BesideShown, OutcomeSheet, Series, drawn};
pub(in crate::report) use partner::PartnerSheet;
pub use performance::SiteAgreement;
pub use place_plan::SitePlans;
pub use premises::{SitePremises, SiteRegisters};
pub(in crate::report) use proposal::ProposalPages;
pub use proposal::SiteProposals;
pub(in crate::report) use scenario::ScenarioPages;
pub use statement::{PublicLedger, Statement};
pub(in crate::report) use unplaced::Unplaced;

use crate::account::PlaceAccount;
use crate::appraisal::scenario::Scenarios;
use crate::axis::LocalityId;
use crate::cube::Cube;
use crate::disclosure::{Everything, Telling, indicators_told};
use crate::indicator::Indicators;
use crate::money::Pence;
use crate::place::Outlines;
use crate::report::content::{
    ContractSheet, FamiliesSheet, GapSheet, LocalityReport, ModesSheet, PerformanceSheet,
    PlansSheet, PremisesSheet, ReportError, ReportScope, question,
};
use crate::report::earlier::EarlierRelease;
use crate::report::picture::{Shape, shapes};
use crate::statistic::{Confidence, Simulation};
use std::collections::{BTreeMap, BTreeSet};

/// What a site is made of.
#[derive(Clone, Copy, Debug)]
pub struct SiteSources<'a> {
    /// The answers.
    pub cube: &'a Cube,
    /// What it is about.
    pub scope: &'a ReportScope,
    /// What changed for people, where the pack says.
    pub outcomes: Option<SiteOutcomes<'a>>,
    /// Proposals to spend and save, where the pack has some: each is appraised with the answers of the cube.
    pub proposals: Option<SiteProposals<'a>>,
    /// Moves of money between cells of the account, where the pack has some: each scenario is made in the cube,
    /// and shown before and after.
    pub scenarios: Option<&'a Scenarios>,
    /// Contracts that pay by results, where the pack has some.
    pub contracts: Option<SiteContracts<'a>>,
    /// Registers of the place, where the pack has some.
    pub registers: SiteRegisters<'a>,
    /// The account of the cube. With it every figure is followed down to ledger lines, which walks
    /// all of them for each figure: leave it out where there are hundreds of thousands, and figures
    /// are followed to the partners and activities that make them.
    pub account: Option<&'a PlaceAccount>,
    /// The shapes of places; without them there are no maps.
    pub outlines: Option<&'a Outlines>,
}

impl<'a> SiteSources<'a> {
    /// The answers of a cube alone. What the pack has besides is added by name:
    ///
    /// ```
    /// # use wholeplace::report::{ReportScope, SiteSources};
    /// # use wholeplace::{Cube, PlaceAccount};
    /// # fn sources<'a>(cube: &'a Cube, scope: &'a ReportScope, account: &'a PlaceAccount) -> SiteSources<'a> {
    /// SiteSources {
    ///     account: Some(account),
    ///     ..SiteSources::of(cube, scope)
    /// }
    /// # }
    /// ```
    #[must_use]
    pub fn of(cube: &'a Cube, scope: &'a ReportScope) -> Self {
        Self {
            cube,
            scope,
            outcomes: None,
            proposals: None,
            scenarios: None,
            contracts: None,
            registers: SiteRegisters::default(),
            account: None,
            outlines: None,
        }
    }
}

/// Outcomes of a site. There is no default for how sure intervals are, nor for a seed.
#[derive(Clone, Copy, Debug)]
pub struct SiteOutcomes<'a> {
    /// Outcomes and indicators of the pack.
    pub indicators: &'a Indicators,
    /// How sure intervals are meant to be.
    pub confidence: Confidence,
    /// How limits of ranks are drawn.
    pub simulation: Simulation,
}

/// A small static site: the whole place, each place of a level, each outcome, each proposal,
/// scenario and contract, each partner, how it is known, and how it reconciles.
///
/// It holds what was asked and what was read; [`super::site_files`] renders it once it is released.
#[derive(Clone, Debug)]
pub struct Site {
    pub(super) report: LocalityReport,
    pub(super) partners: Vec<PartnerSheet>,
    /// Codes of the places and partners that have a page.
    pub(super) place_codes: BTreeSet<String>,
    pub(super) partner_codes: BTreeSet<String>,
    pub(super) flows: Option<PartnerFlows>,
    /// None where the pack says of nothing how it reaches people.
    pub(super) modes: Option<ModesSheet>,
    pub(super) outcomes: Vec<OutcomeSheet>,
    pub(super) proposals: ProposalPages,
    pub(super) scenarios: ScenarioPages,
    pub(super) contracts: Vec<ContractSheet>,
    pub(super) plans: Option<PlansSheet>,
    pub(super) premises: Option<PremisesSheet>,
    pub(super) performance: Option<PerformanceSheet>,
    pub(super) gap: Option<GapSheet>,
    pub(super) families: Option<FamiliesSheet>,
    /// The release that it is held against.
    pub(super) earlier: Option<EarlierRelease>,
    /// What there is besides and nobody has tried a rule on, so that it is not told: in words.
    pub(super) left_out: Vec<&'static str>,
    pub(super) derivations: BTreeMap<String, Derivation>,
    pub(super) method: Method,
    /// Not known without the account.
    pub(super) unplaced: Option<Unplaced>,
    pub(super) shapes: Vec<Shape>,
    pub(super) map_height: f64,
    pub(super) map_source: String,
    /// Under which policy it is released, and what is withheld; nothing for internal use.
    pub(super) statement: Option<Statement>,
}

impl Site {
    /// Asks everything the pages need.
    ///
    /// # Errors
    ///
    /// As [`LocalityReport::build_with_outcomes`].
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::account::{Boundary, PlaceAccount};
    /// use wholeplace::axis::Phase;
    /// use wholeplace::cube::Cube;
    /// use wholeplace::disclosure::Released;
    /// use wholeplace::place::Place;
    /// use wholeplace::report::{Site, SiteSources, ReportScope, site_files};
    /// let place = Place::open("examples/data/partners")?;
    /// let account = PlaceAccount::load(&place)?;
    /// let cube = Cube::build(&account)?;
    /// let scope = ReportScope {
    ///     level: "area".into(),
    ///     activity_level: "theme".into(),
    ///     period: "2024-25".parse()?,
    ///     phase: Phase::Outturn,
    ///     boundary: Boundary::AllPartners,
    /// };
    /// let sources = SiteSources {
    ///     account: Some(&account),
    ///     ..SiteSources::of(&cube, &scope)
    /// };
    /// let site = Site::build(&sources)?;
    /// let site = Released::for_internal_use(site, "for the finance officers' group")?;
    /// let files = site_files(&site)?;
    /// assert!(files.iter().any(|file| file.path == "index.html"));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn build(sources: &SiteSources<'_>) -> Result<Self, ReportError> {
        Self::build_with(sources, &|_, _| ())
    }

    /// [`Site::build`], telling how far it is: `progress` gets the number of steps done and of all.
    ///
    /// # Errors
    ///
    /// As [`Site::build`].
    pub fn build_with(
        sources: &SiteSources<'_>,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        Self::build_told(sources, &Everything, progress)
    }

    /// [`Site::build_with`], of which each figure is told as `telling` decides: what is withheld is nowhere in
    /// the site, and what no rule is tried on is left out where money that is not public may have a part in
    /// it.
    ///
    /// # Errors
    ///
    /// As [`Site::build`]; [`ReportError::Disclosure`] as `telling` gives it.
    ///
    /// # Example
    ///
    /// ```
    /// # use wholeplace::account::{Boundary, PlaceAccount};
    /// # use wholeplace::axis::Phase;
    /// # use wholeplace::cube::{Answer, Cube, Question};
    /// use wholeplace::disclosure::{DisclosureError, Telling, ToldAnswer, ToldFigure, Why};
    /// # use wholeplace::place::Place;
    /// # use wholeplace::report::{Site, SiteSources, ReportScope};
    /// /// Tells totals and no row.
    /// struct TotalsOnly;
    ///
    /// impl Telling for TotalsOnly {
    ///     fn tell(&self, _: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError> {
    ///         let mut told = ToldAnswer::of(answer, false, |_, figure| ToldFigure::open(figure));
    ///         for row in &mut told.rows {
    ///             row.figure = row.figure.clone().withhold(Why::Untried);
    ///         }
    ///         Ok(told)
    ///     }
    ///     fn is_open(&self, _: &Question<'_>) -> Result<bool, DisclosureError> {
    ///         Ok(false)
    ///     }
    ///     fn ledger_is_public(&self, _: &str) -> bool {
    ///         false
    ///     }
    ///     fn all_public(&self) -> bool {
    ///         false
    ///     }
    /// }
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// # let scope = ReportScope {
    /// #     level: "area".into(),
    /// #     activity_level: "theme".into(),
    /// #     period: "2024-25".parse()?,
    /// #     phase: Phase::Outturn,
    /// #     boundary: Boundary::AllPartners,
    /// # };
    /// # let sources = SiteSources {
    /// #     cube: &cube,
    /// #     scope: &scope,
    /// #     outcomes: None,
    /// #     proposals: None,
    /// #     scenarios: None,
    /// #     contracts: None,
    /// #     registers: Default::default(),
    /// #     account: Some(&account),
    /// #     outlines: None,
    /// # };
    /// let site = Site::build_told(&sources, &TotalsOnly, &|_, _| ())?;
    /// assert_eq!(site.report().whole.shown().to_string(), "£878,997.00");
    /// assert!(site.report().places.iter().all(|page| page.shown().is_withheld()));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn build_told(
        sources: &SiteSources<'_>,
        telling: &dyn Telling,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        // Whoever asks for a count below asks these, in which what is withheld has no number.
        let told = (sources.outcomes).map(|of| (indicators_told(of.indicators, telling), of));
        let sources = &SiteSources {
            outcomes: (told.as_ref()).map(|(indicators, of)| SiteOutcomes { indicators, ..*of }),
            ..*sources
        };
        let (cube, scope) = (sources.cube, sources.scope);
        let place = cube.place();
        let outcomes = sources
            .outcomes
            .map_or(0, |of| of.indicators.outcomes().len());
        // The report; partners; flows; each outcome; how figures were made.
        let mut steps = Steps {
            done: 0,
            of: LocalityReport::QUESTIONS + 2 * outcomes + 3,
            told: progress,
        };
        let tell = |done, _| (steps.told)(done, steps.of);
        let report = match sources.outcomes {
            Some(SiteOutcomes {
                indicators,
                confidence,
                ..
            }) => LocalityReport::build_told_with_outcomes(
                cube,
                scope,
                (indicators, confidence),
                telling,
                &tell,
            )?,
            None => LocalityReport::build_told(cube, scope, telling, &tell)?,
        };
        steps.done = LocalityReport::QUESTIONS + outcomes;
        let asked = question(cube, scope);
        let (partners, flows) = rayon::join(
            || partner::sheets(&asked, &report, sources, telling),
            || flows::between_partners(&asked, &scope.activity_level, telling),
        );
        let (partners, flows) = (partners?, flows?);
        let modes = ModesSheet::of(&asked, scope, telling)?;
        steps.step();
        steps.step();
        let mut sheets = Vec::with_capacity(outcomes);
        if let Some(of) = sources.outcomes {
            for section in report.whole.outcomes.iter().flat_map(|of| &of.outcomes) {
                let asked = question(cube, scope);
                sheets.push(outcome::sheet(&of, section, &asked, scope, telling)?);
                steps.step();
            }
        }
        let derivations = derivation::all(&report, sources, telling)?;
        steps.step();
        let localities = &place.axes().localities;
        let places: Vec<LocalityId> = (report.places.iter())
            .filter_map(|page| localities.find(&page.code).ok())
            .collect();
        let proposals = match sources.proposals {
            Some(proposals) => {
                let about: Vec<LocalityId> = std::iter::once(place.locality())
                    .chain(places.iter().copied())
                    .collect();
                ProposalPages::build(proposals, cube, &about, telling)?
            }
            None => ProposalPages::default(),
        };
        let scenarios = match sources.scenarios {
            Some(scenarios) if telling.all_public() => {
                ScenarioPages::build(scenarios, cube, scope)?
            }
            Some(scenarios) => ScenarioPages::hidden(scenarios),
            None => ScenarioPages::default(),
        };
        let contracts = match sources.contracts {
            Some(contracts) if telling.all_public() => contract::sheets(contracts, telling)?,
            _ => Vec::new(),
        };
        let plans = (sources.registers.plans)
            .filter(|of| of.is_told(telling))
            .map(|of| of.sheet(cube, scope, &places, telling))
            .transpose()?;
        let premises = (sources.registers.premises)
            .filter(|of| of.is_told(telling))
            .map(|of| of.sheet(scope, &places))
            .transpose()?;
        let performance = (sources.registers.agreement)
            .filter(|of| of.is_told(telling))
            .map(|of| of.sheet(cube, scope, telling))
            .transpose()?;
        let gap = (sources.registers.medium_term)
            .filter(|plan| performance::gap_is_told(plan, telling))
            .map(|plan| performance::gap_sheet(plan, cube, scope, telling))
            .transpose()?;
        // What is told of families follows the pack's rule of counts, for whomever it is.
        let families = (sources.registers.families)
            .map(|of| FamiliesSheet::of(of, cube, &scope.boundary, telling))
            .transpose()?;
        let mut left_out = match telling.all_public() {
            true => Vec::new(),
            false => left_out(sources),
        };
        let all_contracts = sources
            .contracts
            .map_or(0, |of| of.contracts.iter().count());
        if telling.all_public() && contracts.len() < all_contracts {
            left_out.push("contracts that pay by results, of which something was counted of few");
        }
        if sources.registers.plans.is_some() && plans.is_none() {
            left_out.push("place plans: what places want, and who pays for it");
        }
        if sources.registers.premises.is_some() && premises.is_none() {
            left_out.push("premises: buildings, and what they cost");
        }
        if sources.registers.agreement.is_some() && performance.is_none() {
            left_out.push("the agreement of partners: targets, delivery plans and grants");
        }
        if sources.registers.medium_term.is_some() && gap.is_none() {
            left_out.push("what partners are short of in years to come");
        }
        let (shapes, map_height) = sources.outlines.map_or_else(Default::default, |outlines| {
            shapes(outlines, localities, &places)
        });
        Ok(Self {
            place_codes: report
                .places
                .iter()
                .map(|place| place.code.clone())
                .collect(),
            partner_codes: partners
                .iter()
                .map(|partner| partner.code.clone())
                .collect(),
            partners,
            flows,
            modes,
            outcomes: sheets,
            proposals,
            scenarios,
            contracts,
            plans,
            premises,
            performance,
            gap,
            families,
            earlier: (sources.registers.earlier)
                .filter(|earlier| telling.all_public() || earlier.is_registered())
                .cloned(),
            left_out,
            derivations,
            method: Method::of(place, cube, sources.account, telling),
            unplaced: (sources.account)
                .filter(|_| telling.all_public())
                .map(Unplaced::of),
            shapes,
            map_height,
            map_source: sources
                .outlines
                .map_or_else(String::new, |outlines| outlines.source().to_owned()),
            statement: None,
            report,
        })
    }

    /// The spending and outcomes of every place of the site.
    #[must_use]
    pub fn report(&self) -> &LocalityReport {
        &self.report
    }

    /// What it is called.
    pub(super) fn title(&self) -> String {
        format!(
            "{}: spending and outcomes, {}",
            self.report.whole.name, self.report.period
        )
    }

    /// Every sum that registers tell and no answer does: whoever looks for withheld sums in the files leaves these be.
    pub(super) fn told_by_registers(&self) -> impl Iterator<Item = Pence> {
        let plans = self.plans.iter().flat_map(PlansSheet::sums);
        let premises = self.premises.iter().flat_map(PremisesSheet::sums);
        let families = self.families.iter().flat_map(FamiliesSheet::sums);
        let performance = self.performance.iter().flat_map(PerformanceSheet::sums);
        let gap = self.gap.iter().flat_map(GapSheet::sums);
        let agreed = performance.chain(gap);
        plans.chain(premises).chain(families).chain(agreed)
    }
}

/// What a site of all that is public would tell besides.
fn left_out(sources: &SiteSources<'_>) -> Vec<&'static str> {
    let mut words = vec![
        "from which step of reading to which each sum went, and what was found in the data",
        "what is recorded of partners elsewhere, or in other years",
    ];
    if sources.account.is_some() {
        words.push("codes that are not yet placed, and what is no spending");
    }
    if sources.contracts.is_some() {
        words.push("contracts that pay by results");
    }
    words
}

struct Steps<'a> {
    done: usize,
    of: usize,
    told: &'a dyn Fn(usize, usize),
}

impl Steps<'_> {
    fn step(&mut self) {
        self.done += 1;
        (self.told)(self.done, self.of);
    }
}
