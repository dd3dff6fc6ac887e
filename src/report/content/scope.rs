//! What a report is about.

use super::error::ReportError;
use crate::account::Boundary;
use crate::axis::{AxisError, LocalityId, Period, Phase, Suggestions, folded};
use crate::cube::{AskError, Cube, Question};
use crate::place::Place;

/// What a report is about; nothing of it has a default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportScope {
    /// The level of the places: `place-plan-area`.
    pub level: String,
    /// The level to which activities are gathered: `theme`.
    pub activity_level: String,
    /// The period.
    pub period: Period,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// Who is inside.
    pub boundary: Boundary,
}

impl ReportScope {
    /// Checks that the place has these levels and partners: what a program may ask before it reads
    /// any ledger.
    ///
    /// # Errors
    ///
    /// [`AskError::NoSuchLevel`]; [`AskError::Axis`] for an unknown partner or boundary.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::{Boundary, Phase, Place, report::ReportScope};
    /// let place = Place::open("examples/data/partners")?;
    /// let scope = ReportScope {
    ///     level: "area".into(),
    ///     activity_level: "theme".into(),
    ///     period: "2024-25".parse()?,
    ///     phase: Phase::Outturn,
    ///     boundary: Boundary::AllPartners,
    /// };
    /// assert!(scope.check(&place).is_ok());
    /// let wards = ReportScope { level: "ward".into(), ..scope };
    /// assert_eq!(
    ///     wards.check(&place).unwrap_err().to_string(),
    ///     "`ward` is not a level of the axis locality; its levels are county, area"
    /// );
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn check(&self, place: &Place) -> Result<(), AskError> {
        let axes = place.axes();
        has_level("locality", &self.level, axes.localities.levels())?;
        has_level("activity", &self.activity_level, axes.activities.levels())?;
        self.boundary.inside(place)?;
        Ok(())
    }

    /// The locality of that code or name, which is one of those that the report tells of. A name that only
    /// one of those has means it, whatever others of the place have it too.
    ///
    /// # Errors
    ///
    /// [`ReportError::Ask`] for what names no locality of the place, [`ReportError::OfAnotherLevel`] for
    /// another of its localities; both with places of the report's level.
    pub fn place(&self, place: &Place, code: &str) -> Result<LocalityId, ReportError> {
        let localities = &place.axes().localities;
        let of_level = localities.at_level(&self.level);
        let told = |&one| (localities.code(one), localities.name(one));
        let instead = Suggestions::of_members(code, of_level.iter().map(told));
        let of_name = |one: &LocalityId| folded(localities.name(*one)) == folded(code);
        let named: Vec<LocalityId> = of_level.iter().copied().filter(of_name).collect();
        let locality = match localities.find_named(code) {
            Err(AxisError::SeveralOfName { .. }) if named.len() == 1 => return Ok(named[0]),
            Err(AxisError::Unknown { axis, found, .. }) => {
                let unknown = AxisError::Unknown {
                    axis,
                    found,
                    instead,
                };
                return Err(AskError::Axis(unknown).into());
            }
            found => found.map_err(AskError::from)?,
        };
        if of_level.contains(&locality) {
            return Ok(locality);
        }
        Err(ReportError::OfAnotherLevel {
            code: code.to_owned(),
            name: localities.name(locality).to_owned(),
            level: localities.level(locality).into(),
            wanted: self.level.as_str().into(),
            instead: Box::new(instead),
        })
    }
}

fn has_level(axis: &'static str, level: &str, known: Vec<&str>) -> Result<(), AskError> {
    if known.contains(&level) {
        return Ok(());
    }
    Err(AskError::NoSuchLevel {
        axis,
        found: level.to_owned(),
        known: known.into_iter().map(str::to_owned).collect(),
    })
}

/// The question that all others of a report begin with: the whole place, its period, phase and boundary.
pub fn question<'a>(cube: &'a Cube, scope: &ReportScope) -> Question<'a> {
    let localities = &cube.place().axes().localities;
    cube.ask()
        .locality(localities.code(cube.place().locality()))
        .period(scope.period)
        .phase(scope.phase)
        .boundary(scope.boundary.clone())
}
