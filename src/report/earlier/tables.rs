//! What a release changed since an earlier one: figures, and tables.

use super::compare::{TableCompared, What};
use crate::money::{ExcessDecimals, parse_amount, to_pence};
use crate::report::content::Shown;
use crate::report::dataset::{Dataset, Kind, Value};

/// The names of the tables of changes: they are held against no earlier ones.
pub const CHANGES: [&str; 2] = ["changes-tables", "changes-figures"];

/// A row for each table in which something is not as it was.
pub fn changed_tables(title: String, of: &[TableCompared]) -> Dataset {
    let mut dataset = Dataset::new(CHANGES[0].to_owned(), title);
    let texts = [
        ("title", "table", "What the table holds"),
        (
            "became",
            "the table",
            "added or withdrawn, where only one release has it; other columns, where rows cannot be held against each other",
        ),
    ];
    for (name, title, about) in texts {
        dataset.column(name, title, Kind::Text, about);
    }
    let numbers = [
        ("figures_changed", "figures changed", "Figures that changed"),
        (
            "figures_added",
            "figures added",
            "Figures that are there, and were not",
        ),
        (
            "figures_withdrawn",
            "figures withdrawn",
            "Figures that were there, and are not, or are withheld now",
        ),
        (
            "rows_added",
            "rows added",
            "Rows that are there, and were not",
        ),
        (
            "rows_withdrawn",
            "rows withdrawn",
            "Rows that were there, and are not",
        ),
    ];
    for (name, title, about) in numbers {
        dataset.column(name, title, Kind::Whole, about);
    }
    dataset.behind("file", Kind::Text, "The file of the table");
    for one in of.iter().filter(|one| one.differs()) {
        let became = match (one.table, one.other_columns) {
            (Some(what), _) => what.word(),
            (None, true) => "other columns",
            (None, false) => "",
        };
        let mut row = vec![Value::text(one.title.as_str()), Value::text(became)];
        let figures = [What::Changed, What::Added, What::Withdrawn].map(|what| one.count(what));
        let rows = [one.rows_added, one.rows_withdrawn];
        row.extend(
            figures
                .into_iter()
                .chain(rows)
                .map(|number| Value::Whole(number as u64)),
        );
        row.push(Value::text(format!("data/{}.csv", one.name)));
        dataset.rows.push(row);
    }
    dataset
}

/// A row for each figure that is not as it was: sums of money in columns of their own.
pub fn changed_figures(title: String, of: &[TableCompared]) -> Dataset {
    let mut dataset = Dataset::new(CHANGES[1].to_owned(), title);
    let texts = [
        ("row", "of", "Of which row of the table, in its words"),
        ("column", "figure", "In which column"),
        ("table", "table", "In which table"),
        ("became", "became", "changed, added or withdrawn"),
    ];
    for (name, title, about) in texts {
        dataset.column(name, title, Kind::Text, about);
    }
    for (name, title, kind, about) in [
        (
            "before_gbp",
            "was",
            Kind::Pounds,
            "What the sum was; empty where it was not told, or may not be said any more",
        ),
        (
            "now_gbp",
            "is",
            Kind::Pounds,
            "What the sum is; empty where it is not told",
        ),
        (
            "before",
            "was (no money)",
            Kind::Number,
            "The same of a figure that is no money",
        ),
        (
            "now",
            "is (no money)",
            Kind::Number,
            "The same of a figure that is no money",
        ),
    ] {
        dataset.column(name, title, kind, about);
    }
    dataset.column("why", "why", Kind::Text, "Why, where somebody says so");
    for (table, one) in of
        .iter()
        .flat_map(|table| table.changes.iter().map(move |one| (table, one)))
    {
        let mut row = vec![
            Value::text(one.row.as_str()),
            Value::text(one.column.as_str()),
            Value::text(table.title.as_str()),
            Value::text(one.what.word()),
        ];
        let (before, now) = (&one.before, &one.now);
        match one.is_money {
            true => row.extend([sum(before), sum(now), Value::Nothing, Value::Nothing]),
            false => row.extend([Value::Nothing, Value::Nothing, number(before), number(now)]),
        }
        row.push(Value::text(one.why.as_str()));
        dataset.rows.push(row);
    }
    dataset
}

/// A sum that both releases, or one of them, published as this text.
fn sum(text: &str) -> Value {
    let pounds = parse_amount(text).ok();
    let pence = pounds.and_then(|pounds| to_pence(pounds, ExcessDecimals::Refuse).ok());
    pence.map_or(Value::Nothing, |(pence, _)| {
        Value::sum(Shown::of_sum(pence))
    })
}

fn number(text: &str) -> Value {
    match text {
        "" => Value::Nothing,
        text => Value::Number(text.to_owned()),
    }
}
