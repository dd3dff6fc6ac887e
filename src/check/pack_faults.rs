//! A pack that does not open: all its faults, and with which to begin.

use crate::finding::{FindingGroup, Findings, plain};
use crate::money::with_separators;
use crate::text::{counted, list};
use serde::Serialize;
use std::fmt;

/// Every fault of a pack that was not opened, those of one rule in one column of one file together,
/// in the order in which to mend them.
///
/// A table that cannot be read leaves members out, and every row that names one of them is a fault
/// too: so what cannot be read comes first, then what defines members, then what names them.
///
/// # Example
///
/// ```
/// use wholeplace::check::PackFaults;
/// use wholeplace::place::{Place, PlaceError};
/// # let folder = std::env::temp_dir().join("wholeplace-pack-faults-example");
/// # std::fs::create_dir_all(&folder)?;
/// std::fs::write(folder.join("place.toml"), "[place]\nname = \"X\"\nlocality = \"x\"\n")?;
/// let Err(PlaceError::Faults(faults)) = Place::open(&folder) else { panic!() };
/// let faults = PackFaults::new(&faults);
/// assert!(faults.to_string().starts_with("The pack was not opened: it has 2 faults."));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PackFaults {
    /// What to do first, in one sentence.
    pub first: String,
    /// The groups, in the order in which to mend them.
    pub groups: Vec<FindingGroup>,
}

/// When a fault is best mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    /// A file or column that is not there, or cannot be read.
    Read,
    /// A member that is not as it should be.
    Define,
    /// Anything else.
    Name,
}

impl Turn {
    fn of(rule: &str) -> Self {
        const READ: [&str; 11] = [
            "no-such-file",
            "unreadable-table",
            "table-without-rows",
            "empty-table",
            "file-left-out",
            "no-such-column",
            "unknown-field",
            "heading-fits-twice",
            "quote-swallows-rows",
            "quote-not-closed",
            "unreadable-outlines",
        ];
        const DEFINE: [&str; 7] = [
            "duplicate-code",
            "no-code",
            "two-parents",
            "unknown-parent",
            "cycle",
            "reserved-code",
            "locality-without-leaves",
        ];
        if READ.contains(&rule) {
            Self::Read
        } else if DEFINE.contains(&rule) {
            Self::Define
        } else {
            Self::Name
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Read => {
                "Begin with what cannot be read: other faults may only follow from it. If the data \
                 lies in another folder than the pack, name that folder."
            }
            Self::Define => {
                "Begin with the members that are not well defined: what names them may be right."
            }
            Self::Name => "Mend these in any order; each says how.",
        }
    }
}

impl PackFaults {
    /// All faults of a pack; its notices are left out.
    #[must_use]
    pub fn new(findings: &Findings) -> Self {
        let mut groups = FindingGroup::all(findings.faults());
        groups.sort_by_key(|group| Turn::of(&group.lead().rule));
        let first = groups.first().map(|group| Turn::of(&group.lead().rule));
        Self {
            first: first.unwrap_or(Turn::Name).sentence().to_owned(),
            groups,
        }
    }

    /// How many faults there are.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.groups.iter().map(FindingGroup::count).sum()
    }
}

impl fmt::Display for PackFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults = counted(with_separators(self.count()), "fault");
        writeln!(
            f,
            "The pack was not opened: it has {faults}. {}",
            self.first
        )?;
        for group in &self.groups {
            writeln!(f)?;
            write_group(group, f)?;
        }
        Ok(())
    }
}

/// A group with all its words: each of them must be mended.
fn write_group(group: &FindingGroup, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let words = group.words();
    let lead = group.lead();
    if words.len() == 1 {
        return writeln!(f, "{group}");
    }
    write!(f, "{}", plain(group.file()))?;
    if let Some(column) = &lead.position.column {
        write!(f, ": {}", plain(column))?;
    }
    writeln!(f, ": {} ({})", counted(group.count(), "fault"), lead.rule)?;
    for one in words {
        let same = (group.findings().iter())
            .filter(|other| (&other.found, &other.remedy) == (&one.found, &one.remedy));
        let lines: Vec<u64> = same.filter_map(|other| other.position.line).collect();
        let shown = lines.len().min(5);
        let at = match shown {
            0 => String::new(),
            _ => format!("{}: ", list(&lines[..shown], lines.len() - shown)),
        };
        writeln!(f, "  {at}{}\n    {}", plain(&one.found), plain(&one.remedy))?;
    }
    Ok(())
}
