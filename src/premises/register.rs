//! The register of a pack: its buildings, who is in them, and what they cost.

use super::building::{Building, Cost, Occupier};
use crate::axis::Suggestions;
use crate::finding::Findings;
use crate::place::Place;
use crate::register::RegisterError;
use std::sync::Arc;

/// The buildings of a place, who is in them, and what they cost, all checked.
///
/// # Example: two teams in one house
///
/// ```
/// use wholeplace::premises::Premises;
/// use wholeplace::{Boundary, Place};
/// let premises = Premises::open(&Place::open("examples/data/partners")?)?;
/// let costs = premises.costs("2024-25".parse()?, &Boundary::AllPartners)?;
/// println!("{}", costs.table(&premises)?);
/// // £48,000 went to suppliers and a landlord. The trust's rent of £6,000 to the council is no cost of the place.
/// let house = costs.find("market-house")?;
/// assert_eq!(house.net.to_string(), "£48,000.00");
/// assert_eq!(house.between.to_string(), "£6,000.00");
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Premises {
    pub(super) place: Arc<Place>,
    pub(super) notes: Vec<String>,
    pub(super) published: String,
    pub(super) buildings: Vec<Building>,
    pub(super) occupiers: Vec<Occupier>,
    pub(super) costs: Vec<Cost>,
    /// Ledgers with the code of their lines that holds the code of a building.
    pub(super) matched: Vec<(String, String)>,
    pub(super) findings: Findings,
}

impl Premises {
    /// The place whose buildings they are.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// What must be printed wherever figures of it are shown.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// Where everybody can read the register, as the pack says; empty where it does not.
    #[must_use]
    pub fn published(&self) -> &str {
        &self.published
    }

    /// The ledgers that have some of its costs too, by their codes.
    pub fn ledgers(&self) -> impl Iterator<Item = &str> {
        let named = self.costs.iter().filter_map(|cost| cost.ledger.as_deref());
        named.chain(self.matched.iter().map(|(ledger, _)| ledger.as_str()))
    }

    /// The buildings, in the order of the pack.
    #[must_use]
    pub fn buildings(&self) -> &[Building] {
        &self.buildings
    }

    /// The teams in them, in the order of the pack.
    #[must_use]
    pub fn occupiers(&self) -> &[Occupier] {
        &self.occupiers
    }

    /// What is odd in the register; it opened all the same.
    #[must_use]
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// A building by its code.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Unknown`] with those there are.
    pub fn find(&self, code: &str) -> Result<&Building, RegisterError> {
        let found = self.buildings.iter().find(|one| one.code == code);
        found.ok_or_else(|| unknown(code, self.buildings.iter().map(|one| one.code.as_str())))
    }

    /// Its place in the register.
    pub(super) fn number(&self, code: &str) -> Result<usize, RegisterError> {
        let found = self.buildings.iter().position(|one| one.code == code);
        found.ok_or_else(|| unknown(code, self.buildings.iter().map(|one| one.code.as_str())))
    }

    /// The teams in a building.
    pub(super) fn teams(&self, building: usize) -> impl Iterator<Item = &Occupier> {
        (self.occupiers.iter()).filter(move |one| one.building == building)
    }
}

pub(super) fn unknown<'a>(code: &str, known: impl IntoIterator<Item = &'a str>) -> RegisterError {
    RegisterError::Unknown {
        what: "a building",
        found: code.to_owned(),
        instead: Suggestions::of(code, known),
    }
}
