//! One fault in somebody's data: where it is, how much money it touches and how to mend it.
//!
//! Findings are collected, never thrown: a file with forty faults gives forty findings. What
//! cannot be carried out at all is an error of the stage instead. What says the same of one file is
//! told once where people read it: [`Findings::grouped`].

mod grouped;

pub use grouped::FindingGroup;
pub(crate) use grouped::more_rows;

use crate::money::{Pence, with_separators};
use crate::text::counted;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Something was refused: a pack does not open, or a record is not in the account.
    Fault,
    /// The money is in the account, but under a gap or a rule that someone should look at.
    Notice,
}

/// Where in the data a finding lies.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Position {
    /// File as the pack names it, with ` [sheet]` for a workbook; never an absolute path.
    pub file: String,
    /// Line of a text file, or row of a sheet, counted from 1.
    pub line: Option<u64>,
    /// Heading of the column, or key of a table.
    pub column: Option<String>,
}

impl Position {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            ..Self::default()
        }
    }

    /// A line of a file.
    pub fn line(file: impl Into<String>, line: u64) -> Self {
        Self {
            file: file.into(),
            line: Some(line),
            column: None,
        }
    }

    /// The same line, at a column.
    #[must_use]
    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&plain(&self.file))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ": {}", plain(column))?;
        }
        Ok(())
    }
}

/// One fault in data.
///
/// # Example
///
/// ```
/// use wholeplace::finding::{Finding, Position, Severity};
/// use wholeplace::money::Pence;
/// let finding = Finding {
///     rule: "unmapped-code".into(),
///     severity: Severity::Notice,
///     position: Position::line("midvale.csv", 118).column("activity"),
///     found: "`SC-417` is not in the crosswalk of ledger `midvale`".into(),
///     at_stake: Some(Pence::new(4_821_000)),
///     remedy: "add `SC-417` to the crosswalk, or write down a default".into(),
/// };
/// assert_eq!(
///     finding.to_string(),
///     "midvale.csv:118: activity: `SC-417` is not in the crosswalk of ledger `midvale` \
///      (unmapped-code)\n  £48,210.00 at stake\n  add `SC-417` to the crosswalk, or write down \
///      a default"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// The rule that was broken, as a short sentence with hyphens: `unreadable-amount`.
    pub rule: String,
    /// Whether something was refused.
    pub severity: Severity,
    /// Where.
    pub position: Position,
    /// What was found, in plain English.
    pub found: String,
    /// The money this touches, where it is known.
    pub at_stake: Option<Pence>,
    /// What to do about it.
    pub remedy: String,
}

impl Finding {
    /// Something in a pack that must be mended before it opens.
    pub(crate) fn fault(
        rule: &str,
        position: Position,
        found: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            rule: rule.to_owned(),
            severity: Severity::Fault,
            position,
            found: found.into(),
            at_stake: None,
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} ({})",
            self.position,
            plain(&self.found),
            self.rule
        )?;
        if let Some(pence) = self.at_stake {
            write!(f, "\n  {pence} at stake")?;
        }
        write!(f, "\n  {}", plain(&self.remedy))
    }
}

/// All findings of a stage, in the order of the data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// No findings.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Adds all of another stage.
    pub fn append(&mut self, mut other: Self) {
        self.0.append(&mut other.0);
    }

    /// Each in turn.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something was refused.
    #[must_use]
    pub fn any_fault(&self) -> bool {
        self.faults().next().is_some()
    }

    /// Those by which something was refused, in the order of the data.
    pub fn faults(&self) -> impl Iterator<Item = &Finding> {
        self.iter().filter(|f| f.severity == Severity::Fault)
    }

    /// How many faults and notices there are, and the money that each touch: the line that a program
    /// says whatever else it says.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::finding::Findings;
    /// use wholeplace::{Place, PlaceAccount};
    /// let account = PlaceAccount::load(&Place::open("examples/data/partners")?)?;
    /// assert_eq!(account.findings().in_words(), "no faults, no notices");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn in_words(&self) -> String {
        let (faults, notices): (Vec<&Finding>, Vec<&Finding>) =
            (self.iter()).partition(|f| f.severity == Severity::Fault);
        format!(
            "{}, {}",
            counted_with_money(&faults, "fault"),
            counted_with_money(&notices, "notice")
        )
    }

    /// The same findings, those with most money first; without an amount last.
    #[must_use]
    pub fn by_money(&self) -> Vec<&Finding> {
        let mut sorted: Vec<&Finding> = self.iter().collect();
        sorted.sort_by_key(|f| {
            std::cmp::Reverse(f.at_stake.map_or(-1, |p| i128::from(p.get()).abs()))
        });
        sorted
    }

    /// The same findings, those of one rule in one column of one file together: most money first.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::finding::{Finding, Findings, Position, Severity};
    /// use wholeplace::money::Pence;
    /// let blank = |line: u64, pence: i64| Finding {
    ///     rule: "date-not-readable".into(),
    ///     severity: Severity::Notice,
    ///     position: Position::line("may.csv", line).column("Paid"),
    ///     found: "there is no date here".into(),
    ///     at_stake: Some(Pence::new(pence)),
    ///     remedy: "correct the date".into(),
    /// };
    /// let findings: Findings = [blank(4, 1_000), blank(9, 2_500), blank(12, -500)].into_iter().collect();
    /// let groups = findings.grouped();
    /// assert_eq!(
    ///     groups[0].to_string(),
    ///     "may.csv:9: Paid: there is no date here (date-not-readable); 2 more like it, in rows 4, 12\n  \
    ///      £40.00 at stake\n  correct the date"
    /// );
    /// assert_eq!(groups.len(), 1);
    /// ```
    #[must_use]
    pub fn grouped(&self) -> Vec<FindingGroup> {
        FindingGroup::all(self.iter())
    }

    /// The money that findings touch, without signs: a credit at stake is money at stake.
    #[must_use]
    pub fn at_stake(&self) -> i128 {
        at_stake(self.iter())
    }
}

fn at_stake<'a>(findings: impl Iterator<Item = &'a Finding>) -> i128 {
    findings
        .filter_map(|f| f.at_stake)
        .map(|p| i128::from(p.get()).abs())
        .sum()
}

/// `3 faults with £1,234.00 at stake`; `no faults`.
fn counted_with_money(findings: &[&Finding], thing: &str) -> String {
    let money = match at_stake(findings.iter().copied()) {
        0 => String::new(),
        pence => format!(" with {} at stake", pounds(pence)),
    };
    match findings.len() {
        0 => format!("no {thing}s"),
        number => counted(with_separators(number as u64), thing) + &money,
    }
}

/// A sum that may be beyond what an account holds.
fn pounds(pence: i128) -> String {
    Pence::from_wide(pence).map_or_else(|_| format!("{pence} pence"), |sum| sum.to_string())
}

impl<'a> IntoIterator for &'a Findings {
    type Item = &'a Finding;
    type IntoIter = std::slice::Iter<'a, Finding>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, findings: I) {
        self.0.extend(findings);
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(findings: I) -> Self {
        Self(findings.into_iter().collect())
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.0 {
            writeln!(f, "{finding}")?;
        }
        f.write_str(&counted(self.len(), "finding"))?;
        match self.at_stake() {
            0 => Ok(()),
            pence => write!(f, "; {} at stake", pounds(pence)),
        }
    }
}

/// Text that may stand in a line, on a page or in a workbook: without characters that move the
/// cursor, colour a terminal, end a line or turn the direction of what stands beside them. Those
/// that part words become a blank; a text with letters that run from right to left is isolated, so
/// that no figure beside it changes its place.
///
/// # Example
///
/// ```
/// use wholeplace::finding::plain;
/// assert_eq!(plain("Lud\u{1b}[2Jlow\n"), "Lud[2Jlow ");
/// assert_eq!(plain("\u{202e}Ludlow"), "Ludlow");
/// assert!(matches!(plain("Ludlow"), std::borrow::Cow::Borrowed(_)));
/// ```
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    let isolated = text.chars().any(runs_from_right_to_left);
    if !isolated && !text.contains(is_strange) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 6);
    if isolated {
        shown.push('\u{2068}');
    }
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                shown.push(' ');
            }
            c if is_strange(c) => {}
            c => shown.push(c),
        }
    }
    if isolated {
        shown.push('\u{2069}');
    }
    Cow::Owned(shown)
}

/// Whether [`plain`] takes a character away.
pub(crate) fn is_strange(c: char) -> bool {
    c.is_control() || is_unseen(c)
}

/// A text of a pack as [`plain`] shows it; what was taken away is a finding.
pub(crate) fn made_plain(text: String, position: &Position, findings: &mut Findings) -> String {
    if !text.contains(is_strange) {
        return match plain(&text) {
            Cow::Owned(isolated) => isolated,
            Cow::Borrowed(_) => text,
        };
    }
    let strange: BTreeSet<char> = text.chars().filter(|&c| is_strange(c)).collect();
    let named: Vec<String> = (strange.iter())
        .map(|&c| format!("U+{:04X}", u32::from(c)))
        .collect();
    let shown = plain(&text).into_owned();
    findings.push(Finding {
        rule: "strange-characters".into(),
        severity: Severity::Notice,
        position: position.clone(),
        found: format!(
            "`{shown}` holds characters that are not seen and change what stands beside them ({})",
            named.join(", ")
        ),
        at_stake: None,
        remedy: "remove them; they are left out of every text that is shown".into(),
    });
    shown
}

/// Characters without a shape that change how others are shown: marks and overrides of direction,
/// separators of lines, invisible blanks and tags, what is no character at all.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'
            | '\u{ffff}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Letters of Hebrew, Arabic and the scripts beside them.
fn runs_from_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
        && c.is_alphabetic()
}

/// Text of a ledger cell as it may stand in a message: cut to a readable length, its letters
/// masked, because a cell in the wrong column may hold a person's name.
///
/// # Example
///
/// ```
/// assert_eq!(wholeplace::finding::masked("Mr J Smith 12.5O"), "xx x xxxxx 12.5x");
/// ```
#[must_use]
pub fn masked(cell: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String = cell
        .chars()
        .take(SHOWN)
        .map(|c| match c {
            c if c.is_alphabetic() => 'x',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect();
    let length = cell.chars().count();
    if length > SHOWN {
        shown.push_str(&format!("… ({length} characters)"));
    }
    shown
}
