//! The rows of an answer as a polars data frame.

use crate::account::MonthCount;
use crate::axis::Evidence;
use crate::cube::ask::answer::{Answer, Row};
use crate::cube::ask::error::AskError;
use crate::cube::ask::plan::Memorandum;
use crate::money::Pence;
use polars::prelude::*;

impl Answer {
    /// The rows as a data frame. The total is not among them.
    ///
    /// | Columns | Type | What |
    /// |---|---|---|
    /// | `locality`, `locality_name`, … | text | for each drilled axis the code of the member, and its name |
    /// | `amount_pence` | i64 | the sum, in whole pence |
    /// | `direct_pence`, `driver_pence`, `population_pence`, `judgement_pence` | i64 | how it is known; they add up to it |
    /// | `unshared_pence` | i64 | what may lie here or not; it is in no amount |
    /// | `eliminated_pence`, `agency_pence`, `incoming_pence`, `in_kind_pence`, `outgoing_pence`, `unheld_pence` | i64 | what stands beside the sum |
    /// | `lines` | u64 | ledger lines of which some part lies in the sum |
    /// | `months`, `months_of` | u32 | the fewest months of which a ledger of the row has lines, and of how many; empty where all have all |
    ///
    /// Money is in whole pence, so that it adds up: divide by 100 where pounds are printed, and nowhere before.
    /// The crate re-exports the polars it was built with, and a frame of another version is another type.
    /// A frame prints; as polars does it, at most eight columns, wrapped into a hundred characters, so choose those
    /// that somebody is to read (`POLARS_FMT_MAX_COLS` and `POLARS_TABLE_WIDTH` of the environment change that). No
    /// figure is cut. `examples/embed.rs` joins one with figures of another source.
    ///
    /// # Errors
    ///
    /// [`AskError::Frame`] when polars refuses.
    ///
    /// # Example: rows for further reckoning
    ///
    /// ```
    /// use wholeplace::polars::prelude::*;
    /// # use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// let year = cube
    ///     .ask()
    ///     .period("2024-25".parse()?)
    ///     .phase(Phase::Outturn)
    ///     .boundary(Boundary::AllPartners);
    /// let frame = year.by([By::Partner]).answer()?.to_frame()?;
    /// assert_eq!(frame.height(), 5);
    /// assert_eq!(frame.get_column_names()[..3], ["partner", "partner_name", "amount_pence"]);
    /// let pence = frame.column("amount_pence").unwrap().i64().unwrap();
    /// assert_eq!(pence.sum(), Some(87_899_700));
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    ///
    /// # Example: a frame that people read
    ///
    /// ```
    /// # use wholeplace::{Boundary, By, Cube, Phase, Place, PlaceAccount};
    /// # let place = Place::open("examples/data/partners")?;
    /// # let account = PlaceAccount::load(&place)?;
    /// # let cube = Cube::build(&account)?;
    /// # let year = cube
    /// #     .ask()
    /// #     .period("2024-25".parse()?)
    /// #     .phase(Phase::Outturn)
    /// #     .boundary(Boundary::AllPartners);
    /// let frame = year.by([By::Partner]).answer()?.to_frame()?;
    /// let shown = frame.select(["partner", "amount_pence", "eliminated_pence"]).unwrap();
    /// assert_eq!(
    ///     shown.to_string(),
    ///     "\
    /// shape: (5, 3)
    /// ┌───────────┬──────────────┬──────────────────┐
    /// │ partner   ┆ amount_pence ┆ eliminated_pence │
    /// │ ---       ┆ ---          ┆ ---              │
    /// │ str       ┆ i64          ┆ i64              │
    /// ╞═══════════╪══════════════╪══════════════════╡
    /// │ pcc       ┆ 25000000     ┆ 15000000         │
    /// │ council   ┆ 39500000     ┆ 13000000         │
    /// │ nhs       ┆ 4500000      ┆ 6000000          │
    /// │ care-fund ┆ 10400000     ┆ 0                │
    /// │ charity   ┆ 8499700      ┆ 0                │
    /// └───────────┴──────────────┴──────────────────┘"
    /// );
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn to_frame(&self) -> Result<DataFrame, AskError> {
        let mut columns: Vec<Column> = Vec::new();
        for (i, axis) in self.axes.iter().enumerate() {
            let text = |part: fn(&crate::cube::ask::answer::KeyPart) -> &str| -> Vec<&str> {
                self.rows.iter().map(|row| part(&row.keys[i])).collect()
            };
            columns.push(Column::new(axis.as_str().into(), text(|part| &part.code)));
            let name = format!("{axis}_name");
            columns.push(Column::new(name.as_str().into(), text(|part| &part.name)));
        }
        let mut sums = |name: &str, of: &dyn Fn(&crate::cube::ask::answer::Figure) -> i64| {
            let values: Vec<i64> = self.rows.iter().map(|row| of(&row.figure)).collect();
            columns.push(Column::new(name.into(), values));
        };
        sums("amount_pence", &|figure| figure.amount.get());
        for class in Evidence::ALL {
            sums(&format!("{class}_pence"), &|figure| {
                figure.composition.of(class).get()
            });
        }
        sums("unshared_pence", &|figure| {
            Pence::total(figure.unshared.values().copied()).map_or(i64::MAX, Pence::get)
        });
        for what in Memorandum::ALL {
            sums(&format!("{}_pence", what.code()), &|figure| {
                figure.memorandum(what).get()
            });
        }
        let lines: Vec<u64> = self.rows.iter().map(|row| row.figure.lines).collect();
        columns.push(Column::new("lines".into(), lines));
        let months = |count: fn(&MonthCount) -> u16| -> Vec<Option<u32>> {
            let of = |row: &Row| {
                row.figure
                    .months
                    .as_ref()
                    .map(|months| count(months).into())
            };
            self.rows.iter().map(of).collect()
        };
        columns.push(Column::new("months".into(), months(|of| of.fewest)));
        columns.push(Column::new("months_of".into(), months(|of| of.of)));
        DataFrame::new(self.rows.len(), columns).map_err(|error| AskError::Frame {
            reason: error.to_string(),
        })
    }
}
