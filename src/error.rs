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
    /// A member of an axis could not be formed or found.
    #[error(transparent)]
    Axis(#[from] crate::axis::AxisError),
    /// A file could not be read as rows.
    #[error(transparent)]
    Sheet(#[from] crate::sheet::SheetError),
    /// The files of a ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] crate::ledger::LedgerError),
}
