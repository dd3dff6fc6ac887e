//! A site released under the pack's policy: planned, proved, told, and looked through once more.
//!
//! ```text
//! Site asked with a Planner ─► Plan ─► Clearance (pattern, proved) ─► Site asked with a Gate ─► Released<Site>
//!                                         └─► Certificate: policy, plan, pattern, moves       └─► Statement, in the site
//! ```
//!
//! The site is built twice by the same code, so that no figure can be told that was not planned. Where every ledger
//! is public there is nothing to protect, and it is built once.
//!
//! **Invariant:** whoever gets the files learns of no protected sum more than its rule allows. The [`Statement`](super::Statement) may
//! be published, because it is made from what is shown; the [`Certificate`] is confidential, because its moves say
//! how far each protected sum is from its neighbours.

mod watch;
mod digits;
mod statement;
mod certificate;
#[cfg(test)]
mod twins;

pub use certificate::Certificate;

use super::content::ReportError;
use super::page::{SiteFile, each_site_file};
use super::site::{Site, SiteRegisters, SiteSources};
use crate::account::PlaceAccount;
use crate::disclosure::pattern::{Audited, Effort};
use crate::disclosure::policy::Method;
use crate::disclosure::{
    Clearance, DisclosureError, DisclosurePolicy, Edition, Gate, Plan, Planner, PrivateMoney,
    Register, Released, Rounding, Telling, Withholding,
};
use digits::Digits;
use jiff::civil::Date;
use watch::Watch;

/// A site that may be published.
///
/// # Example
///
/// ```
/// use wholeplace::disclosure::DisclosurePolicy;
/// use wholeplace::report::{Publication, ReportScope, SiteSources};
/// use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};
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
/// let policy = DisclosurePolicy::open(&place)?;
/// let publication = Publication::prepare(&sources, &account, &policy, &|_, _| ())?;
/// assert!(publication.site().terms().starts_with("Released under Publication policy of the partners of Ludford"));
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Debug)]
pub struct Publication {
    site: Released<Site>,
    clearance: Clearance,
    withholding: Withholding,
    digits: Digits,
    policy: DisclosurePolicy,
    private: PrivateMoney,
    earlier: Vec<Register>,
}

impl Publication {
    /// Builds a site of which nothing is told that the policy withholds.
    ///
    /// # Errors
    ///
    /// As [`Site::build`]; [`ReportError::Disclosure`] where the policy cannot be kept, with what to change. Nothing
    /// is released then.
    pub fn prepare(
        sources: &SiteSources<'_>,
        account: &PlaceAccount,
        policy: &DisclosurePolicy,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        Self::prepare_over(sources, account, policy, &[], progress)
    }

    /// The same for an edition after others: nothing is told that could be worked out from it and all earlier ones.
    ///
    /// # Errors
    ///
    /// As [`Publication::prepare`]; also where a register that is needed is not there.
    pub fn prepare_over(
        sources: &SiteSources<'_>,
        account: &PlaceAccount,
        policy: &DisclosurePolicy,
        earlier: &[Register],
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        if matches!(policy.method(), Method::RoundSources(_)) && !earlier.is_empty() {
            return Err(DisclosureError::RoundedOver.into());
        }
        let held = (sources.registers.earlier)
            .map(|release| release.among(earlier))
            .transpose()?;
        let sources = &SiteSources {
            registers: SiteRegisters {
                earlier: held.as_ref(),
                ..sources.registers
            },
            ..*sources
        };
        let private = PrivateMoney::over(account, policy, earlier)?;
        let Some(rounding) = Rounding::of(&private, policy)? else {
            let mut publication = Self::clear(sources, policy, private, progress)?;
            publication.earlier = earlier.to_vec();
            return Ok(publication);
        };
        // What is shared out is what was rounded, so that all tables are of the same account.
        let cube = rounding.cube(sources.cube)?;
        let sources = SiteSources {
            cube: &cube,
            ..*sources
        };
        let private = rounding.private(private);
        Self::clear(&sources, policy, private, progress)
    }

    fn clear(
        sources: &SiteSources<'_>,
        policy: &DisclosurePolicy,
        private: PrivateMoney,
        progress: &dyn Fn(usize, usize),
    ) -> Result<Self, ReportError> {
        let plan = plan(sources, policy, &private, progress)?;
        let clearance = Clearance::of(plan, Effort::ShowAgain)?;
        let (plan, audited) = (clearance.plan(), clearance.audited());
        let told = told(sources, policy, &private, (plan, audited), progress)?;
        Ok(Self {
            site: told.site,
            withholding: told.withholding,
            digits: told.digits,
            clearance,
            policy: policy.clone(),
            private,
            earlier: Vec::new(),
        })
    }

    /// What the next edition must know of this one. Confidential. `account` is the one that it was prepared with, and
    /// `certificate` what [`Publication::each_file`] gave.
    ///
    /// # Errors
    ///
    /// [`ReportError::Disclosure`] where a sum is beyond 64 bits of pence.
    pub fn register(
        &self,
        account: &PlaceAccount,
        certificate: &Certificate,
    ) -> Result<Register, ReportError> {
        let files = certificate.files.iter();
        let files = files.map(|file| (file.path.clone(), file.sha256.clone()));
        let edition = Edition::new(
            account,
            &self.policy,
            &self.earlier,
            &self.private,
            &self.clearance,
        );
        Ok(edition.register(&certificate.on, files.collect())?)
    }

    /// The site, on the terms of the policy.
    #[must_use]
    pub fn site(&self) -> &Released<Site> {
        &self.site
    }

    /// How much of what was planned is withheld.
    #[must_use]
    pub fn withholding(&self) -> Withholding {
        self.withholding
    }

    /// What proves it. Confidential.
    #[must_use]
    pub fn clearance(&self) -> &Clearance {
        &self.clearance
    }

    /// Gives each file of the site, as [`each_site_file`] does, and looks whether the digits of a withheld sum stand in
    /// it. The certificate of the whole comes at the end.
    ///
    /// `on` is the day of the release, as the caller has it; nothing here asks a clock.
    ///
    /// # Errors
    ///
    /// As [`each_site_file`]; [`ReportError::Digits`] where a withheld sum stands in a file. What was taken until then
    /// must be thrown away: nothing is released.
    pub fn each_file<E: From<ReportError>>(
        &self,
        on: Date,
        mut take: impl FnMut(SiteFile) -> Result<(), E>,
    ) -> Result<Certificate, E> {
        let mut files = Vec::new();
        let mut found = Vec::new();
        each_site_file(&self.site, |file: SiteFile| {
            if self.digits.stand_in(&file).map_err(E::from)? {
                found.push(file.path.clone());
            }
            files.push(certificate::FileOf::of(&file));
            take(file)
        })?;
        if !found.is_empty() {
            return Err(ReportError::Digits { files: found }.into());
        }
        Ok(Certificate::of(&self.policy, &self.clearance, on, files))
    }
}

/// The first pass: which figures are told. Where every ledger is public none needs to be known.
fn plan(
    sources: &SiteSources<'_>,
    policy: &DisclosurePolicy,
    private: &PrivateMoney,
    progress: &dyn Fn(usize, usize),
) -> Result<Plan, ReportError> {
    let planner = Planner::new(sources.cube, policy, private);
    if !planner.all_public() {
        Site::build_told(sources, &planner, progress)?;
    }
    Ok(planner.plan()?)
}

/// What comes of the second pass.
struct Told {
    site: Released<Site>,
    withholding: Withholding,
    digits: Digits,
}

/// The second pass: what the pattern shows.
fn told(
    sources: &SiteSources<'_>,
    policy: &DisclosurePolicy,
    private: &PrivateMoney,
    (plan, audited): (&Plan, &Audited),
    progress: &dyn Fn(usize, usize),
) -> Result<Told, ReportError> {
    let watch = Watch::new(Gate::new(sources.cube, policy, private, plan, audited));
    let mut site = Site::build_told(sources, &watch, progress)?;
    let place = sources.cube.place();
    let mut digits = watch.digits();
    site.told_by_registers().for_each(|sum| digits.told(sum));
    let statement = statement::statement(&site, policy, place, audited.pattern());
    let terms = statement.terms();
    site.statement = Some(statement);
    Ok(Told {
        site: Released::under_policy(site, &terms, policy.say()),
        withholding: watch.withholding(),
        digits,
    })
}
