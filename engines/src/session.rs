//! What every engine can be asked, and which one an address means.

use crate::failure::Failure;
use std::sync::Arc;

/// Takes the lines of an answer, one after another: an answer may be larger than memory.
pub type Lines<'a> = &'a mut dyn FnMut(String);

/// An engine that is asked in a session of its own. It may be ended from another thread than the one that
/// asks.
pub trait Session: Send + Sync {
    /// Makes a file known by a name, its columns `c0`, `c1`, … by their places, and tells of each what it holds.
    fn open(&self, table: &str, location: &str, lines: Lines<'_>) -> Result<(), Failure>;

    /// Makes a small table of texts, numbers and pence known by a name.
    fn register(&self, name: &str, rows: Vec<(String, i64, i64)>) -> Result<(), Failure>;

    /// Runs a query.
    fn run(&self, sql: &str, lines: Lines<'_>) -> Result<(), Failure>;

    /// Whether somebody listens where the engine is.
    fn is_there(&self) -> bool;

    /// Interrupts what runs, and gives the session back with all that was made known in it.
    fn end(&self);
}

/// The engine at an address, which is called at once.
pub fn at(server: &str) -> Result<Arc<dyn Session>, Failure> {
    match server.split_once(':') {
        #[cfg(feature = "spark")]
        Some(("sc", _)) => {
            let address = crate::address::Address::parse(server)?;
            let session = crate::spark::Spark::at(&address);
            let session = session.map_err(|failure| failure.without(address.token()))?;
            Ok(Arc::new(session))
        }
        #[cfg(feature = "adbc")]
        Some(("adbc", driver)) => Ok(Arc::new(crate::adbc::Adbc::at(driver)?)),
        _ => Err(Failure::refused(format!(
            "WHOLEPLACE_SERVER names an engine of another kind; this program was built for: {}",
            KINDS.join(", ")
        ))),
    }
}

/// The kinds that this program was built for.
const KINDS: &[&str] = &[
    #[cfg(feature = "spark")]
    "`sc://host:port` (Spark Connect)",
    #[cfg(feature = "adbc")]
    "`adbc:library;entrypoint=name` (ADBC)",
];
