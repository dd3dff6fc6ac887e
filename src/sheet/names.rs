//! Names of columns: how those that are wanted are found among those that a row has.

/// What of a heading counts where nothing closer fits: its letters and digits, in lower case, and
/// the signs that make another measure of it (`%`, `$`, `€`).
///
/// `œ` is dropped, because it is the pound sign of an old code page read as a newer one.
pub(crate) fn normalised(heading: &str) -> String {
    heading
        .chars()
        .filter(|&c| c.is_alphanumeric() && c != 'œ' || matches!(c, '%' | '$' | '€'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// A heading with its signs, without its blanks and capitals.
fn signs(heading: &str) -> String {
    heading
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            'œ' | '\u{fffd}' => '£',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// A heading that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    shown: String,
    letters: String,
    /// Which of several columns that fit is meant, counted from 1.
    occurrence: Option<usize>,
}

impl Name {
    pub(crate) fn new(heading: &str, occurrence: Option<u32>) -> Self {
        Self {
            shown: heading.trim().to_owned(),
            letters: normalised(heading),
            occurrence: occurrence.and_then(|one| usize::try_from(one).ok()),
        }
    }

    /// The heading as it was written.
    pub(crate) fn shown(&self) -> &str {
        &self.shown
    }
}

/// The names that a row gives its columns.
#[derive(Debug)]
pub(crate) struct Names<'a>(Vec<(&'a str, String)>);

/// Where a heading stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    Nowhere,
    At(usize),
    /// In several columns, none of which fits better than the others.
    Several(Vec<usize>),
}

impl Found {
    /// The column, the first of several.
    pub(crate) fn first(&self) -> Option<usize> {
        match self {
            Self::Nowhere => None,
            Self::At(column) => Some(*column),
            Self::Several(columns) => columns.first().copied(),
        }
    }
}

impl<'a> Names<'a> {
    /// The cells of a row, in order.
    pub(crate) fn of(cells: impl Iterator<Item = &'a str>) -> Self {
        /// Longer text is a cell of data, and comparing it would be a waste.
        const LONGEST: usize = 200;
        let name = |cell: &'a str| {
            if cell.len() <= LONGEST {
                (cell.trim(), normalised(cell))
            } else {
                ("", String::new())
            }
        };
        Self(cells.map(name).collect())
    }

    /// Whether some column may be meant.
    pub(crate) fn has(&self, name: &Name) -> bool {
        (self.0.iter()).any(|(cell, letters)| fits(cell, letters, name))
    }

    /// The column of a heading: the one that is written exactly so, or else the one that differs in
    /// blanks and capitals only, or else the one of the same letters and digits.
    pub(crate) fn find(&self, name: &Name) -> Found {
        let mut fit: Vec<usize> = (self.0.iter().enumerate())
            .filter(|(_, (cell, letters))| fits(cell, letters, name))
            .map(|(column, _)| column)
            .collect();
        let closer: [&dyn Fn(&str) -> bool; 2] = [&|cell| cell == name.shown, &|cell| {
            signs(cell) == signs(&name.shown)
        }];
        for close in closer {
            if fit.len() > 1 && fit.iter().any(|&column| close(self.0[column].0)) {
                fit.retain(|&column| close(self.0[column].0));
            }
        }
        match (fit.as_slice(), name.occurrence) {
            ([], _) => Found::Nowhere,
            (several, Some(one)) if one <= several.len() && one > 0 => Found::At(several[one - 1]),
            (_, Some(_)) => Found::Nowhere,
            ([one], None) => Found::At(*one),
            (_, None) => Found::Several(fit),
        }
    }

    /// How many columns there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The heading of a column as it is written.
    pub(crate) fn shown(&self, column: usize) -> &'a str {
        self.0.get(column).map_or("", |(cell, _)| cell)
    }
}

fn fits(cell: &str, letters: &str, name: &Name) -> bool {
    !cell.is_empty() && (cell == name.shown || !letters.is_empty() && letters == name.letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(wanted: &str, row: &[&str]) -> Found {
        Names::of(row.iter().copied()).find(&Name::new(wanted, None))
    }

    #[test]
    fn headings_are_compared_by_letters_and_digits() {
        for heading in [
            "Net Amount(£)",
            "Net Amount (œ)",
            "* net amount:  ",
            "NetAmount",
        ] {
            assert_eq!(normalised(heading), "netamount");
        }
        assert_eq!(normalised("+"), "");
        assert_eq!(find("£", &["", "Net"]), Found::Nowhere);
        assert_eq!(find("+", &["+", "Net"]), Found::At(0));
    }

    #[test]
    fn the_closest_heading_wins() {
        let row = ["Service", "Budget (%)", "Budget (£)", "budget(£)"];
        assert_eq!(find("Budget (£)", &row), Found::At(2));
        assert_eq!(find("budget (£)", &row), Found::Several(vec![2, 3]));
        assert_eq!(find("Budget %", &row), Found::At(1));
        assert_eq!(find("Budget", &row), Found::Several(vec![2, 3]));
        assert_eq!(find("Budget ($)", &row), Found::Nowhere);
        let second = Name::new("Budget", Some(2));
        assert_eq!(Names::of(row.into_iter()).find(&second), Found::At(3));
    }
}
