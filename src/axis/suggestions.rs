//! The nearest known codes to an unknown one.

use crate::text::list;
use std::cmp::Reverse;
use std::fmt;
use std::iter::repeat;

/// Up to three of `known` that look most like `code`: for messages about unknown codes.
///
/// # Example
///
/// ```
/// use wholeplace::axis::nearest;
/// assert_eq!(nearest("ludow", ["ludlow", "oswestry", "wem"]), ["ludlow"]);
/// ```
pub fn nearest<'a>(code: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let wanted = code.to_lowercase();
    let scored = (known.into_iter())
        .filter_map(|candidate| Some((likeness(&wanted, candidate)?, candidate)))
        .collect();
    best(scored).map(str::to_owned).collect()
}

/// How like a candidate is to what was wanted, in small letters, where it is like enough. In whole
/// thousandths, so that the order never depends on the last bit of a float.
fn likeness(wanted: &str, candidate: &str) -> Option<u32> {
    const ENOUGH: f64 = 0.72;
    let lower = candidate.to_lowercase();
    let likeness = strsim::jaro_winkler(wanted, &lower);
    let inside = wanted.len() >= 3 && (lower.contains(wanted) || wanted.contains(&lower));
    (!lower.is_empty() && (likeness >= ENOUGH || inside)).then_some((likeness * 1000.0) as u32)
}

/// The three that are most like it, each once.
fn best<T: Copy + Ord>(mut scored: Vec<(u32, T)>) -> impl Iterator<Item = T> {
    scored.sort_by_key(|&(score, candidate)| (Reverse(score), candidate));
    scored.dedup();
    scored.into_iter().take(3).map(|(_, candidate)| candidate)
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
    pub names: Box<[String]>,
    /// What each of them is called, where they are codes of members that have names; otherwise none.
    pub called: Box<[String]>,
    /// Whether they are near.
    pub near: bool,
    /// How many more there are, where none is near.
    pub more: u32,
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
                names: near.into(),
                near: true,
                ..Self::default()
            }
        }
    }

    /// The members whose code or name is nearest, or the first of all where none is near; each is a code
    /// and a name.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::axis::Suggestions;
    /// let wards = [("E05009276", "Ludlow East"), ("E05009277", "Wem")];
    /// let said = |text| Suggestions::of_members(text, wards).to_string();
    /// assert_eq!(said("ludow"), "; did you mean `E05009276` (Ludlow East)?");
    /// assert_eq!(said("x"), "; write one of `E05009276` (Ludlow East), `E05009277` (Wem)");
    /// ```
    pub fn of_members<'a>(
        named: &str,
        known: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let wanted = named.to_lowercase();
        let known: Vec<(&str, &str)> = (known.into_iter())
            .filter(|(code, _)| !code.is_empty())
            .collect();
        let likest = |&member: &(&'a str, &'a str)| {
            let of_both = likeness(&wanted, member.0).max(likeness(&wanted, member.1));
            Some((of_both?, member))
        };
        let near: Vec<(&str, &str)> = best(known.iter().filter_map(likest).collect()).collect();
        let (told, near, more) = if near.is_empty() {
            let told = known.iter().copied().take(SHOWN).collect();
            (told, false, counted(known.len().saturating_sub(SHOWN)))
        } else {
            (near, true, 0)
        };
        Self {
            // Where many are listed, only a name that the code does not say.
            called: (told.iter())
                .map(|(code, name)| match near {
                    true if code != name => *name,
                    false if !says(code, name) => *name,
                    _ => "",
                })
                .map(str::to_owned)
                .collect(),
            names: told.iter().map(|(code, _)| (*code).to_owned()).collect(),
            near,
            more,
        }
    }

    /// The first of those that are known, where nearness would say nothing.
    pub fn first_of<'a>(known: impl IntoIterator<Item = &'a str>) -> Self {
        let mut known = known.into_iter().filter(|one| !one.is_empty());
        Self {
            names: known.by_ref().take(SHOWN).map(str::to_owned).collect(),
            more: counted(known.count()),
            ..Self::default()
        }
    }

    /// Each as it is written, with what it is called.
    fn quoted(&self) -> Vec<String> {
        let called = self.called.iter().map(String::as_str).chain(repeat(""));
        (self.names.iter().zip(called))
            .map(|(code, name)| match name {
                "" => format!("`{code}`"),
                name => format!("`{code}` ({name})"),
            })
            .collect()
    }
}

/// More than that many members nobody has.
fn counted(many: usize) -> u32 {
    u32::try_from(many).unwrap_or(u32::MAX)
}

/// So many are listed where none is near.
const SHOWN: usize = 12;

/// Whether a code says a name: `market-drayton`, Market Drayton.
fn says(code: &str, name: &str) -> bool {
    let letters = |text: &str| -> String {
        let alphanumeric = text.chars().filter(|c| c.is_alphanumeric());
        alphanumeric.flat_map(char::to_lowercase).collect()
    };
    letters(code) == letters(name)
}

impl fmt::Display for Suggestions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = self.quoted();
        if self.near {
            return write!(f, "; did you mean {}?", quoted.join(", "));
        }
        if quoted.is_empty() {
            return f.write_str("; there is none");
        }
        write!(f, "; write one of {}", list(&quoted, self.more as usize))
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
