//! Whether a pattern is what it claims to be: worked out again, by other ways than those that chose it.
//!
//! - `told`: what can be worked out from what is shown, by elimination modulo two primes; what is known already
//! - `sensitive`: what must be protected, from the lists of holders alone
//! - `moved`: every move multiplied out, exactly

mod told;
mod sensitive;
mod moved;

use super::error::PatternError;
use super::system::{Keep, System};
use super::told::{Fate, Pattern};

/// A pattern that holds. Only [`audit`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audited {
    pattern: Pattern,
}

impl Audited {
    /// The pattern.
    #[must_use]
    pub const fn pattern(&self) -> &Pattern {
        &self.pattern
    }
}

/// Proves a pattern against its system, whoever made it.
///
/// Three things, none of which uses what chose the pattern:
///
/// 1. What is sensitive is worked out from the lists of holders; each such line must be withheld, and each such part
///    have its protection with the level that its rule asks for.
/// 2. Each move is multiplied out: zero on every shown line, whole pence on every other, within what is known
///    before, by the level at least, and for each partner and holder who looks one that it cannot see through. A
///    line that is withheld for the sake of others must be changed by some move.
/// 3. Elimination modulo 2^61 − 1 and 2^31 − 1: no protected part is a combination of shown lines and of what a
///    looker knows, and no combination of two sums of one or two holders is.
///
/// # Errors
///
/// [`PatternError::Audit`] with everything that does not hold.
pub fn audit(system: &System, pattern: Pattern) -> Result<Audited, PatternError> {
    let mut faults = super::faults::of(system);
    if pattern.fates.len() != system.lines.len() {
        faults.push(format!(
            "the pattern says what becomes of {} lines, of {}",
            pattern.fates.len(),
            system.lines.len()
        ));
    }
    if faults.is_empty() {
        kept(system, &pattern, &mut faults);
        let known = told::Known::of(system);
        sensitive::check(system, &pattern, &known, &mut faults);
        moved::check(system, &pattern, &known, &mut faults);
        told::check(system, &pattern, &known, &mut faults);
    }
    if faults.is_empty() {
        Ok(Audited { pattern })
    } else {
        Err(PatternError::Audit { faults })
    }
}

/// Whether a line is told.
fn is_shown(pattern: &Pattern, line: usize) -> bool {
    pattern.fates.get(line) == Some(&Fate::Shown)
}

/// Checks that what must be told, or is known, is not said to be withheld.
fn kept(system: &System, pattern: &Pattern, faults: &mut Vec<String>) {
    for (at, line) in system.lines.iter().enumerate() {
        let must = matches!(line.keep, Keep::Always | Keep::Known);
        if must && !is_shown(pattern, at) {
            faults.push(format!("line {at} must be told and is withheld"));
        }
    }
}
