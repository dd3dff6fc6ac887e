//! The umbrella error for programs; stages return their own.

/// Any error of this crate, for `?` in programs that use several stages.
///
/// Each stage returns its own error, which says more about what can happen there; no stage
/// uses this one.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A sum could not be shared, closed or added.
    #[error(transparent)]
    Money(#[from] crate::money::MoneyError),
    /// Text that is not an amount.
    #[error(transparent)]
    Amount(#[from] crate::money::AmountError),
    /// A word that is no unit of pounds.
    #[error(transparent)]
    Units(#[from] crate::money::UnitsError),
    /// A published method cannot be applied to what it was given.
    #[error(transparent)]
    Statistic(#[from] crate::statistic::StatisticError),
    /// A member of an axis could not be formed or found.
    #[error(transparent)]
    Axis(#[from] crate::axis::AxisError),
    /// An amount cannot be said in the pounds of another year.
    #[error(transparent)]
    Price(#[from] crate::price::PriceError),
    /// A file could not be read as rows.
    #[error(transparent)]
    Sheet(#[from] crate::sheet::SheetError),
    /// A pack could not be opened.
    #[error(transparent)]
    Place(#[from] crate::place::PlaceError),
    /// An account could not be formed.
    #[error(transparent)]
    Account(#[from] crate::account::AccountError),
    /// Money could not be followed back, or a pool not be balanced.
    #[error(transparent)]
    Funding(#[from] crate::account::FundingError),
    /// A list of codes could not be written or read.
    #[error(transparent)]
    Worklist(#[from] crate::worklist::WorklistError),
    /// A pack could not be drafted.
    #[error(transparent)]
    Draft(#[from] crate::draft::DraftError),
    /// A cube could not be made.
    #[error(transparent)]
    Cube(#[from] crate::cube::CubeError),
    /// An engine's answers made no cube.
    #[error(transparent)]
    Lake(Box<crate::lake::LakeError>),
    /// A question has no answer.
    #[error(transparent)]
    Ask(#[from] crate::cube::AskError),
    /// Outcomes could not be opened or asked.
    #[error(transparent)]
    Indicator(#[from] crate::indicator::IndicatorError),
    /// Numbers that are no cohort.
    #[error(transparent)]
    Cohort(#[from] crate::indicator::CohortError),
    /// Spending and outcome may not stand side by side.
    #[error(transparent)]
    Linkage(#[from] crate::linkage::LinkageError),
    /// A proposal cannot be opened or appraised.
    #[error(transparent)]
    Appraisal(#[from] crate::appraisal::AppraisalError),
    /// Nothing can be drawn, or what was drawn has no such answer.
    #[error(transparent)]
    Uncertain(Box<crate::appraisal::uncertain::UncertainError>),
    /// What was promised cannot be held against what was seen.
    #[error(transparent)]
    Evaluation(Box<crate::appraisal::evaluation::EvaluationError>),
    /// A contract that pays by results cannot be opened, paid or simulated.
    #[error(transparent)]
    Contract(#[from] crate::appraisal::contract::ContractError),
    /// No settlement can leave everybody whole.
    #[error(transparent)]
    Settlement(#[from] crate::appraisal::settlement::SettlementError),
    /// A register of a pack, of place plans, premises, an agreement or a medium-term plan, cannot be opened or asked.
    #[error(transparent)]
    Register(#[from] crate::register::RegisterError),
    /// Caseloads of several agencies cannot be opened or told.
    #[error(transparent)]
    Families(#[from] crate::families::FamiliesError),
    /// Something was not released.
    #[error(transparent)]
    Disclosure(#[from] crate::disclosure::DisclosureError),
    /// A report could not be made or written.
    #[error(transparent)]
    Report(#[from] crate::report::ReportError),
    /// The files of a ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] crate::ledger::LedgerError),
}

// Both hold an error of appraisal, and would make every result of the library as large as they are.
impl From<crate::appraisal::uncertain::UncertainError> for Error {
    fn from(error: crate::appraisal::uncertain::UncertainError) -> Self {
        Self::Uncertain(Box::new(error))
    }
}

impl From<crate::appraisal::evaluation::EvaluationError> for Error {
    fn from(error: crate::appraisal::evaluation::EvaluationError) -> Self {
        Self::Evaluation(Box::new(error))
    }
}

impl From<crate::lake::LakeError> for Error {
    fn from(error: crate::lake::LakeError) -> Self {
        Self::Lake(Box::new(error))
    }
}
