//! The nearest known codes to an unknown one.

use crate::text::list;
use std::cmp::Reverse;
use std::fmt;

/// Up to three of `known` that look most like `code`: for messages about unknown codes.
///
/// # Example
///
/// ```
/// use wholeplace::axis::nearest;
/// assert_eq!(nearest("ludow", ["ludlow", "oswestry", "wem"]), ["ludlow"]);
/// ```
pub fn nearest<'a>(code: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    const ENOUGH: f64 = 0.72;
    let wanted = code.to_lowercase();
    let mut scored: Vec<(u32, &str)> = known
        .into_iter()
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let likeness = strsim::jaro_winkler(&wanted, &lower);
            let inside = wanted.len() >= 3 && (lower.contains(&wanted) || wanted.contains(&lower));
            // Whole thousandths, so that the order never depends on the last bit of a float.
            (likeness >= ENOUGH || inside).then_some(((likeness * 1000.0) as u32, candidate))
        })
        .collect();
    scored.sort_by_key(|&(score, candidate)| (Reverse(score), candidate));
    scored.dedup();
    scored
        .into_iter()
        .take(3)
        .map(|(_, candidate)| candidate.to_owned())
        .collect()
}

/// What there is where something was named that there is not: the tail of a message.
///
/// # Example
///
/// ```
/// use wholeplace::axis::Suggestions;
/// let places = ["ludlow", "wem", "oswestry"];
/// assert_eq!(Suggestions::of("ludow", places).to_string(), "; did you mean `ludlow`?");
/// assert_eq!(Suggestions::of("atlantis", places).to_string(), "; write one of `ludlow`, `wem`, `oswestry`");
/// assert_eq!(Suggestions::of("atlantis", []).to_string(), "; there is none");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Suggestions {
    /// The known ones nearest to what was named; the first of all, where none is near.
    pub names: Vec<String>,
    /// Whether they are near.
    pub near: bool,
    /// How many more there are, where none is near.
    pub more: usize,
}

impl Suggestions {
    /// The nearest of those that are known, or a few of them where none is near.
    pub fn of<'a>(named: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let near = nearest(named, known.iter().copied());
        if near.is_empty() {
            Self::first_of(known)
        } else {
            Self {
                names: near,
                near: true,
                more: 0,
            }
        }
    }

    /// The first of those that are known, where nearness would say nothing.
    pub fn first_of<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        const SHOWN: usize = 12;
        let mut known = known.into_iter().filter(|one| !one.is_empty());
        Self {
            names: known.by_ref().take(SHOWN).map(str::to_owned).collect(),
            near: false,
            more: known.count(),
        }
    }
}

impl fmt::Display for Suggestions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.near {
            return f.write_str(&did_you_mean(&self.names));
        }
        if self.names.is_empty() {
            return f.write_str("; there is none");
        }
        let quoted: Vec<String> = (self.names.iter()).map(|one| format!("`{one}`")).collect();
        write!(f, "; write one of {}", list(&quoted, self.more))
    }
}

/// The tail of a message: `; did you mean …?`, or nothing.
pub(crate) fn did_you_mean(near: &[String]) -> String {
    if near.is_empty() {
        String::new()
    } else {
        let quoted: Vec<String> = near.iter().map(|code| format!("`{code}`")).collect();
        format!("; did you mean {}?", quoted.join(", "))
    }
}

/// The remedy for an unknown code: the nearest known ones, or all where none is near, or that there
/// are none.
pub(crate) fn name_one_of<'a>(
    code: &str,
    what: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> String {
    const SHOWN: usize = 12;
    let mut all: Vec<&str> = known.into_iter().filter(|one| !one.is_empty()).collect();
    let near = nearest(code, all.iter().copied());
    if !near.is_empty() {
        return format!("the nearest are {}", near.join(", "));
    }
    if all.is_empty() {
        return format!("there is no {what} at all; add one, or leave this out");
    }
    all.sort_unstable();
    all.dedup();
    let more = all.len().saturating_sub(SHOWN);
    all.truncate(SHOWN);
    let tail = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    format!("write one of {}{tail}", all.join(", "))
}
