//! An answer as CSV.

use crate::axis::{Ages, Evidence, Period};
use crate::cube::ask::answer::{Answer, Figure, KeyPart};
use crate::cube::ask::plan::Memorandum;
use crate::money::Pence;
use crate::sheet::{CsvCell, CsvFile};

impl Answer {
    /// The rows as CSV, as [`CsvFile`] writes it: the code of each drilled axis, amounts in pounds, the
    /// total last, under `total`. Ages and periods are in words (`5 to 9`, `month of Jan 2023`).
    ///
    /// # Example
    ///
    /// ```
    /// # use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let csv = year.by([By::Partner]).answer()?.to_csv();
    /// assert!(csv.starts_with("partner,amount,direct,driver,population,judgement,"));
    /// assert!(csv.lines().last().unwrap().starts_with("total,878997.00,"));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    #[must_use]
    pub fn to_csv(&self) -> String {
        let mut file = CsvFile::default();
        let sums = std::iter::once("amount")
            .chain(Evidence::ALL.map(Evidence::name))
            .chain(["unshared"])
            .chain(Memorandum::ALL.map(Memorandum::code));
        let headings = (self.axes.iter().map(String::as_str))
            .chain(sums)
            .chain(["lines"]);
        file.row(headings.map(CsvCell::text));
        for row in self.rows.iter().filter(|row| !row.keys.is_empty()) {
            let keys = row.keys.iter().map(|part| key(part));
            file.row(keys.chain(figure(&row.figure)));
        }
        let total = (0..self.axes.len()).map(|i| CsvCell::text(if i == 0 { "total" } else { "" }));
        file.row(total.chain(figure(&self.total)));
        file.into_text()
    }
}

/// The code of a member; ages and times in words.
pub fn key(part: &KeyPart) -> CsvCell<'_> {
    let words = match part.axis.as_str() {
        "ages" => part.code.parse().map(Ages::in_words).ok(),
        "period" => part.code.parse().map(Period::in_words).ok(),
        _ => None,
    };
    words.map_or_else(|| CsvCell::text(part.code.as_str()), CsvCell::text)
}

fn figure<'a>(figure: &Figure) -> impl Iterator<Item = CsvCell<'a>> + use<'a> {
    let unshared = (figure.unshared.iter())
        .map(|(gap, sum)| format!("{gap} {}", sum.to_plain()))
        .collect::<Vec<_>>();
    let classes = Evidence::ALL.map(|class| figure.composition.of(class));
    let besides = Memorandum::ALL.map(|what| figure.memorandum(what));
    let sums = |sum: Pence| CsvCell::figure(sum.to_plain());
    std::iter::once(figure.amount)
        .chain(classes)
        .map(sums)
        .chain([CsvCell::text(unshared.join("; "))])
        .chain(besides.into_iter().map(sums))
        .chain([CsvCell::figure(figure.lines.to_string())])
}
