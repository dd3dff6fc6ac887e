//! Tables in which a column is an age.
//!
//! | Heading | Pattern | Ages |
//! |---|---|---|
//! | `0`, `17`, `90+` | `*` | 0, 17, 90 and over |
//! | `Age: Aged 4 years and under` | `*` | 0 to 4 |
//! | `Aged 5 to 9 years` | `*` | 5 to 9 |
//! | `F0`, `M0` | `F*`, `M*` | 0, both added up |
//! | `100 and over` | `*` | 90 and over, with `90 to 99` |
//! | `All ages`, `Total` | | none: a total, held against the others |

use crate::axis::{Ages, OLDEST};
use crate::finding::{Finding, Findings, Position};
use csv::StringRecord;

/// No heading of an age is a larger number; a year is.
const HIGHEST: u32 = 120;

/// What a heading says of ages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Heading {
    Ages(Ages),
    /// All ages together.
    Total,
}

/// The pattern of a column, its ages, the first and last year in it whatever its size, its heading.
type Seen<'a> = (usize, Ages, (u8, u8), &'a str);

/// The columns of a table that are ages.
#[derive(Clone, Debug, Default)]
pub(in crate::place) struct AgeColumns {
    /// The columns of each band, in the order of the table.
    pub bands: Vec<(Ages, Vec<usize>)>,
    /// The column of all ages, with its heading.
    pub total: Option<(usize, String)>,
}

impl AgeColumns {
    pub(super) fn columns(&self) -> impl Iterator<Item = usize> + '_ {
        let of_bands = self.bands.iter().flat_map(|(_, columns)| columns);
        of_bands
            .copied()
            .chain(self.total.iter().map(|(column, _)| *column))
    }

    /// The columns whose headings are ages by one of the patterns; `taken` are those that are fields.
    pub(super) fn find(
        patterns: &[String],
        left_out: &[String],
        cells: &StringRecord,
        taken: &[usize],
        at: &Position,
    ) -> (Self, Findings) {
        let mut findings = Findings::new();
        let mut all = Self::default();
        let mut seen: Vec<Seen<'_>> = Vec::new();
        for name in left_out {
            if !cells.iter().any(|cell| same(cell, name)) {
                findings.push(Finding::fault(
                    "no-such-column",
                    at.clone().column(name),
                    format!("there is no column `{name}` to leave out"),
                    "correct the heading, or take it out of `left_out`",
                ));
            }
        }
        for (column, heading) in cells.iter().enumerate() {
            let heading = heading.trim();
            if taken.contains(&column) || left_out.iter().any(|name| same(heading, name)) {
                continue;
            }
            let fits = (patterns.iter().enumerate())
                .find_map(|(number, pattern)| Some((number, read(inside(heading, pattern)?)?)));
            match fits {
                None => {}
                Some((_, Heading::Total)) => {
                    all.total
                        .get_or_insert_with(|| (column, heading.to_owned()));
                }
                Some((number, Heading::Ages(ages))) => {
                    // Bands above 90 are parts of one band here; none of them may lie in another.
                    let exact = numbers(inside(heading, &patterns[number]).unwrap_or_default());
                    let exact = exact.unwrap_or((ages.youngest(), ages.oldest()));
                    let overlaps = |(of, band, (first, last), _): &&Seen<'_>| {
                        (*of, *band) == (number, ages) && *first <= exact.1 && exact.0 <= *last
                    };
                    if let Some((.., other)) = seen.iter().find(overlaps) {
                        findings.push(Finding::fault(
                            "heading-fits-twice",
                            at.clone().column(heading),
                            format!("`{other}` and `{heading}` are both the ages {ages}"),
                            "leave one of them out with `left_out`",
                        ));
                        continue;
                    }
                    seen.push((number, ages, exact, heading));
                    match all.bands.iter_mut().find(|(known, _)| *known == ages) {
                        Some((_, columns)) => columns.push(column),
                        None => all.bands.push((ages, vec![column])),
                    }
                }
            }
        }
        if all.bands.is_empty() {
            let shown: Vec<String> = patterns.iter().map(|one| format!("`{one}`")).collect();
            findings.push(Finding::fault(
                "no-such-column",
                at.clone().column("ages_in_columns"),
                format!("no heading reads as ages by {}", shown.join(" or ")),
                "write `*` for the ages in a heading as the file has it, such as `Aged *`",
            ));
        }
        (all, findings)
    }
}

/// Whether two headings are the same but for case, blanks and punctuation.
fn same(one: &str, other: &str) -> bool {
    crate::sheet::normalised(one) == crate::sheet::normalised(other)
}

/// What stands in a heading where a pattern has its `*`.
fn inside<'a>(heading: &'a str, pattern: &str) -> Option<&'a str> {
    let (before, after) = pattern.trim().split_once('*')?;
    let fits = |part: Option<&str>, wanted: &str| {
        part.is_some_and(|part| part.eq_ignore_ascii_case(wanted))
    };
    if !fits(heading.get(..before.len()), before) {
        return None;
    }
    let rest = &heading[before.len()..];
    let end = rest.len().checked_sub(after.len())?;
    fits(rest.get(end..), after).then(|| &rest[..end])
}

/// The words of a heading that say something of ages.
fn words(text: &str) -> Vec<String> {
    const SAID_ANYWAY: [&str; 9] = [
        "age", "aged", "ages", "years", "year", "yrs", "old", "of", "persons",
    ];
    let mut spaced = String::with_capacity(text.len() + 4);
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            '+' => spaced.push_str(" + "),
            '-' | '–' | '‒' => spaced.push_str(" to "),
            c if c.is_alphanumeric() => spaced.push(c),
            _ => spaced.push(' '),
        }
    }
    let words = spaced.split_whitespace();
    let told = words.filter(|word| !SAID_ANYWAY.contains(word));
    told.map(str::to_owned).collect()
}

/// The first and last year that a heading names, whatever its size; the last of an open end is the
/// highest.
fn numbers(text: &str) -> Option<(u8, u8)> {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let number = |word: &str| {
        let number: u32 = word.parse().ok()?;
        (number <= HIGHEST).then_some(number as u8)
    };
    let highest = HIGHEST as u8;
    match words.as_slice() {
        [one] => number(one).map(|one| (one, one)),
        ["up", "to", one] => number(one).map(|last| (0, last)),
        [one, "to", other] => {
            let (one, other) = (number(one)?, number(other)?);
            (one <= other).then_some((one, other))
        }
        [one, "+" | "plus"] | [one, "and" | "or", "over" | "above" | "older" | "more"] => {
            number(one).map(|one| (one, highest))
        }
        ["under", one] | ["less", "than", one] => number(one)?.checked_sub(1).map(|last| (0, last)),
        [one, "and" | "or", "under" | "below" | "younger"] => number(one).map(|last| (0, last)),
        _ => None,
    }
}

fn read(text: &str) -> Option<Heading> {
    let said = words(text);
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    match said.as_slice() {
        ["all" | "total"] | ["all", "categories"] | ["total", "all"] => {
            return Some(Heading::Total);
        }
        // `All ages` and `Ages`: the second says nothing.
        _ => {}
    }
    let (first, last) = numbers(text)?;
    let ages = Ages::new(first.min(OLDEST), last.min(OLDEST)).ok()?;
    Some(match ages {
        Ages::ALL => Heading::Total,
        ages => Heading::Ages(ages),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(heading: &str, pattern: &str) -> String {
        match inside(heading, pattern).and_then(read) {
            None => "nothing".to_owned(),
            Some(Heading::Total) => "total".to_owned(),
            Some(Heading::Ages(ages)) => ages.to_string(),
        }
    }

    #[test]
    fn headings_of_publishers_are_read() {
        for (heading, ages) in [
            ("0", "0"),
            ("17", "17"),
            ("90+", "90+"),
            ("90 plus", "90+"),
            ("0-4", "0-4"),
            ("0–4", "0-4"),
            ("Aged 0 to 4", "0-4"),
            ("Aged 4 years and under", "0-4"),
            ("Age: Aged 4 years and under", "0-4"),
            ("Aged under 1 year", "0"),
            ("Age: Aged 5 to 9 years", "5-9"),
            ("Aged 85 years and over", "85+"),
            ("Aged 1 year", "1"),
            ("Age 17", "17"),
            ("65 or over", "65+"),
            ("100 and over", "90+"),
            ("95-99", "90+"),
            ("All ages", "total"),
            ("All Ages", "total"),
            ("Total", "total"),
            ("Age: Total", "total"),
            ("All categories: Age", "total"),
            ("All persons", "total"),
            ("0+", "total"),
            ("2021", "nothing"),
            ("mnemonic", "nothing"),
            ("LSOA 2021 Code", "nothing"),
            ("geography code", "nothing"),
            ("date", "nothing"),
            ("9 to 5", "nothing"),
            ("", "nothing"),
        ] {
            assert_eq!(told(heading, "*"), ages, "{heading}");
        }
        assert_eq!(told("F12", "F*"), "12");
        assert_eq!(told("M12", "F*"), "nothing");
        assert_eq!(told("f90", "F*"), "90+");
        assert_eq!(
            told("Persons 5-9 (mid-2022)", "Persons * (mid-2022)"),
            "5-9"
        );
        assert_eq!(told("Pérsons", "Persons*"), "nothing");
    }

    fn find(patterns: &[&str], left_out: &[&str], row: &[&str]) -> (AgeColumns, Vec<String>) {
        let owned = |texts: &[&str]| {
            texts
                .iter()
                .map(|&text| text.to_owned())
                .collect::<Vec<_>>()
        };
        let cells: StringRecord = row.iter().copied().collect();
        let (found, faults) = AgeColumns::find(
            &owned(patterns),
            &owned(left_out),
            &cells,
            &[0],
            &Position::line("a.csv", 1),
        );
        (found, faults.iter().map(|one| one.rule.clone()).collect())
    }

    #[test]
    fn columns_of_the_same_ages_are_added_only_by_two_patterns() {
        let (found, faults) = find(
            &["F*", "M*"],
            &[],
            &["code", "Total", "F0", "F1", "M0", "M1"],
        );
        assert!(faults.is_empty());
        let bands: Vec<(String, Vec<usize>)> = found
            .bands
            .into_iter()
            .map(|(ages, at)| (ages.to_string(), at))
            .collect();
        assert_eq!(
            bands,
            [("0".to_owned(), vec![2, 4]), ("1".to_owned(), vec![3, 5])]
        );
        let (_, faults) = find(&["*"], &[], &["code", "0", "Age 0"]);
        assert_eq!(faults, ["heading-fits-twice"]);
        let (found, faults) = find(
            &["*"],
            &["Age 0", "Aged 0 to 15"],
            &["code", "0", "Age 0", "Aged 0-15"],
        );
        assert_eq!(
            (found.bands.len(), faults),
            (2, vec!["no-such-column".to_owned()])
        );
    }

    #[test]
    fn ages_above_ninety_are_one_band() {
        let (found, faults) = find(&["*"], &[], &["code", "89", "90", "91", "92+"]);
        assert!(faults.is_empty());
        assert_eq!(found.bands[1].1, [2, 3, 4]);
        let (_, faults) = find(&["*"], &[], &["code", "0-89", "90", "91 and over", "90+"]);
        assert_eq!(faults, ["heading-fits-twice"]);
    }
}
