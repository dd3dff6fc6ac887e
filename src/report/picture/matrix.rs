//! Who spends on what: a dot for each partner and activity, its area the sum.

use super::{Frame, percent, px};
use crate::report::content::Shown;
use crate::report::content::rounding::whole_pounds;
use maud::{Markup, html};

/// One partner's spending on one activity.
pub(in crate::report) struct Dot {
    /// The partner, by its place among the columns.
    pub column: usize,
    /// The activity, by its place among the rows.
    pub row: usize,
    /// The sum.
    pub shown: Shown,
}

const ROW: f64 = 52.0;
const HEAD: f64 = 26.0;
const LARGEST: f64 = 20.0;
const SMALLEST: f64 = 2.0;

/// Dots by activity, down, and partner, across. Columns have letters; what they stand for is
/// listed below, because names of partners are long and screens are narrow.
pub(in crate::report) fn matrix(
    frame: &Frame<'_>,
    columns: &[String],
    rows: &[String],
    dots: &[Dot],
) -> Markup {
    let size = |dot: &Dot| {
        dot.shown
            .pence()
            .map_or(0.0, |pence| pence.get().unsigned_abs() as f64)
    };
    let largest = dots.iter().map(size).fold(1.0, f64::max);
    let radius = |dot: &Dot| (LARGEST * (size(dot) / largest).sqrt()).max(SMALLEST);
    // Where the next column has a dot and columns are narrow, a sum beside a dot would run into it.
    let room = |dot: &Dot| {
        let next = |other: &Dot| other.row == dot.row && other.column == dot.column + 1;
        columns.len() <= 6 || !dots.iter().any(next)
    };
    let height = px(HEAD + ROW * rows.len() as f64);
    let x = |column: usize| percent((column as f64 + 0.5) / columns.len().max(1) as f64);
    let y = |row: usize| HEAD + ROW * row as f64 + 34.0;
    frame.around(&html! {
        svg width="100%" height=(height) role="img" aria-labelledby=(frame.labels()) {
            (frame.told())
            @for column in 0..columns.len() {
                text.letter x=(x(column)) y="14" text-anchor="middle" { (letter(column)) }
                line.faint x1=(x(column)) x2=(x(column)) y1="20" y2=(height) {}
            }
            @for (row, name) in rows.iter().enumerate() {
                line.grid x1="0" x2="100%" y1=(px(y(row))) y2=(px(y(row))) {}
                text.halo y=(px(y(row) - 20.0)) { (name) }
            }
            @for dot in dots {
                @match dot.shown {
                    Shown::Known(amount) => {
                        circle class=(if amount.get() < 0 { "dot negative" } else { "dot" })
                            cx=(x(dot.column)) cy=(px(y(dot.row)))
                            r=(px(radius(dot))) {
                            title { (rows[dot.row]) ", " (columns[dot.column]) ": " (amount) }
                        }
                        @if room(dot) {
                            // In the last column it stands to the left, so that the page grows no wider.
                            @let left = dot.column + 1 == columns.len();
                            @let away = radius(dot) + 4.0;
                            text.halo.small.wide x=(x(dot.column)) dx=(px(if left { -away } else { away }))
                                y=(px(y(dot.row) + 4.0)) text-anchor=(if left { "end" } else { "start" }) {
                                (whole_pounds(amount))
                            }
                        }
                    }
                    Shown::Withheld(_) => {
                        text.mark x=(x(dot.column)) y=(px(y(dot.row) + 5.0)) text-anchor="middle" {
                            "?"
                            title { (rows[dot.row]) ", " (columns[dot.column]) ": confidential" }
                        }
                    }
                    Shown::RecordedZero => {
                        text.mark x=(x(dot.column)) y=(px(y(dot.row) + 5.0)) text-anchor="middle" { "0" }
                    }
                    Shown::NothingRecorded => {}
                }
            }
        }
        ol.letters {
            @for (column, name) in columns.iter().enumerate() {
                li { b { (letter(column)) } " " (name) }
            }
        }
    })
}

/// A, B, … Z, AA, AB, …
fn letter(number: usize) -> String {
    let last = char::from(b'A' + u8::try_from(number % 26).unwrap_or_default());
    match number / 26 {
        0 => last.to_string(),
        before => letter(before - 1) + &last.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::Why;
    use crate::money::Pence;

    #[test]
    fn dots_show_sums_by_area_and_say_what_is_hidden() {
        let frame = Frame {
            id: "m",
            title: "Who",
            description: "",
            note: None,
            table: None,
        };
        let names = |names: [&str; 2]| names.map(str::to_owned);
        let dot = |column, row, shown| Dot { column, row, shown };
        let svg = matrix(
            &frame,
            &names(["Council", "Police"]),
            &names(["Roads", "Crime"]),
            &[
                dot(0, 0, Shown::Known(Pence::new(10_000))),
                dot(1, 0, Shown::Known(Pence::new(-2_500))),
                dot(1, 1, Shown::Withheld(Why::Few)),
            ],
        )
        .into_string();
        assert!(
            svg.contains(r#"class="dot" cx="25%" cy="60" r="20""#),
            "{svg}"
        );
        assert!(
            svg.contains(r#"class="dot negative" cx="75%" cy="60" r="10""#),
            "{svg}"
        );
        assert!(svg.contains("Crime, Police: confidential"), "{svg}");
    }

    #[test]
    fn letters_go_on_after_z() {
        assert_eq!([0, 25, 26, 27].map(letter), ["A", "Z", "AA", "AB"]);
    }
}
