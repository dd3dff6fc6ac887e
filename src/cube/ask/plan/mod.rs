//! The question in numbers; no sum is looked at.

mod interner;
mod cell;
mod labels;
mod times;
mod own_codes;
mod memorandum;
mod by;
mod cut;
mod slice;
mod roles;
mod drill;
pub mod rules;
mod region;

pub use by::By;
pub use cell::{Cell, CellKind, Fate};
pub(crate) use cut::Cut;
pub use drill::Drill;
pub use interner::Interner;
pub use memorandum::{Memorandum, MemorandumSum};
pub use own_codes::{Lines, OwnCode};
pub use region::{Settled, SharedRegion, Sharer};
pub use roles::Role;
pub use slice::Slice;
pub use times::{TimeCell, TimeKind, Times};

use crate::account::{Figures, Standings};
use crate::cube::Cube;
use crate::cube::ask::error::AskError;
use crate::driver::Sharing;
use std::sync::Arc;

/// A question in numbers: what is asked, of which cube, told row by row.
///
/// Whatever answers a question reads it from here; the builder is left behind.
#[derive(Clone, Debug)]
pub struct Plan<'q> {
    pub cube: &'q Cube,
    /// The account that it was built from, where lines are told apart by what only they say.
    pub lines: Option<Lines<'q>>,
    /// As it was put, for those who say it again in words.
    pub cut: Cut<'q>,
    pub slice: Arc<Slice>,
    /// The axes of the table, the first outermost; none for a total alone.
    pub drill: Vec<Drill>,
    /// Whether everything outside the slice is asked for too.
    pub complement: bool,
    /// Other sharing rules under which the same sums will be shared out: what these treat differently
    /// is told apart too.
    pub also: Vec<&'q Sharing>,
}

impl<'q> Plan<'q> {
    /// # Errors
    ///
    /// What the question names and the place does not have; what it must name and does not.
    pub fn resolve(
        cube: &'q Cube,
        lines: Option<Lines<'q>>,
        cut: Cut<'q>,
        by: &[By],
        complement: bool,
    ) -> Result<Self, AskError> {
        let slice = Slice::resolve(cube, &cut)?;
        let drill = Drill::resolve_all(cube, lines, by, &slice)?;
        Ok(Self {
            cube,
            lines,
            cut,
            slice: Arc::new(slice),
            drill,
            complement,
            also: Vec::new(),
        })
    }

    /// The same slice, told by other axes.
    pub fn drilled_by(&self, drill: Vec<Drill>) -> Self {
        Self {
            drill,
            slice: Arc::clone(&self.slice),
            ..self.clone()
        }
    }

    /// The same, with sums told apart as other rules need it too.
    pub fn telling_apart(&self, also: Vec<&'q Sharing>) -> Self {
        Self {
            also,
            ..self.clone()
        }
    }

    /// The sharing rules by which sums are told apart, its own first.
    pub fn sharings(&self) -> impl Iterator<Item = &'q Sharing> + Clone + '_ {
        std::iter::once(self.cube.sharing()).chain(self.also.iter().copied())
    }

    /// The same slice as a total alone.
    pub fn total(&self) -> Self {
        self.drilled_by(Vec::new())
    }

    /// What the lines of the cube are to the boundary of the question.
    pub fn standings(&self) -> Standings<'_> {
        Standings {
            inside: &self.slice.inside,
            figures: Figures {
                terms: self.cube.place().transfers(),
                held: self.cube.held(),
                phase: self.slice.phase,
                resource: self.slice.resource,
            },
        }
    }

    /// The level of activities by which the table is drilled, if it is: `None` within is as recorded.
    pub fn activity_level(&self) -> Option<&Option<String>> {
        self.drill.iter().find_map(|axis| match axis {
            Drill::Activity(level) => Some(level),
            _ => None,
        })
    }

    /// The times by which the table is drilled, or the financial years by which roles are followed back.
    pub fn times(&self) -> Option<&Times> {
        let drilled = self.drill.iter().find_map(|axis| match axis {
            Drill::Times(times) => Some(times),
            _ => None,
        });
        drilled.or_else(|| {
            self.drill.iter().find_map(|axis| match axis {
                Drill::Role(_, hands) => Some(hands.years()),
                _ => None,
            })
        })
    }

    /// The account, where rows are told apart by what only its lines say.
    pub fn told_by_lines(&self) -> Option<Lines<'q>> {
        self.lines.filter(|_| self.is_drilled(Drill::is_of_lines))
    }

    /// Whether any axis of the table is such a one.
    pub fn is_drilled(&self, by: impl Fn(&Drill) -> bool) -> bool {
        self.drill.iter().any(by)
    }
}
