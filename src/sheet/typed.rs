//! A decoded column of a Parquet file by the type of its values.
//!
//! A cell is written as text where somebody looks at it. A ledger seldom does: it reads amounts as the
//! numbers that they are, and texts and dates as the [numbers](Numbered) of the distinct ones.
//!
//! ```text
//! -1250.00 as a decimal of scale 2     -125,000, which are its pence
//! `Parks` in 40,000 rows               one text, numbered 3
//! ```

use super::numbered::Numbered;
use crate::money::push_decimal;
use jiff::SignedDuration;
use jiff::civil::{Date, DateTime};
use polars::prelude::{
    AnyValue, Column, DataType, Float64Type, Int32Type, Int64Type, Int128Type, PolarsDataType,
    StaticArray, StringType, TimeUnit,
};
use std::fmt::Write as _;

/// The values of a type, in one piece.
type Array<T> = <T as PolarsDataType>::Array;

/// A column; those of the types that payment files have are read without a look at the type of each
/// cell.
pub(super) enum Typed<'a> {
    Texts(&'a Array<StringType>),
    Decimals(&'a Array<Int128Type>, usize),
    Days(&'a Array<Int32Type>),
    Whole(&'a Array<Int64Type>),
    Floats(&'a Array<Float64Type>),
    Other(&'a Column),
    /// Of a type without a text.
    Unread,
}

/// What a cell of an amount holds.
pub(crate) enum AmountCell<'a> {
    /// Whole pence, exactly; below a thousand billion pounds.
    Pence(i64),
    Text(&'a str),
    /// Nothing, or a number that is not whole pence or too large: its text says which.
    Other,
}

/// A column of amounts.
pub(crate) struct Amounts<'a>(Typed<'a>);

impl Amounts<'_> {
    /// The cell of a row.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> AmountCell<'_> {
        let pence = match &self.0 {
            Typed::Texts(texts) => return AmountCell::Text(texts.get(row).unwrap_or_default()),
            Typed::Decimals(unscaled, scale) => (unscaled.get(row)).and_then(|u| pence(u, *scale)),
            Typed::Whole(pounds) => pounds.get(row).and_then(|pounds| pence(pounds.into(), 0)),
            Typed::Floats(pounds) => pounds.get(row).and_then(pence_of_float),
            Typed::Days(_) | Typed::Other(_) | Typed::Unread => None,
        };
        pence.map_or(AmountCell::Other, AmountCell::Pence)
    }
}

/// The pounds below which amounts are read at once.
const MOST: u128 = 1_000_000_000_000_000;

/// The pence of an exact decimal of pounds, if they are whole.
#[inline]
fn pence(unscaled: i128, scale: usize) -> Option<i64> {
    let pence = match scale {
        2 => unscaled,
        0 | 1 => unscaled.checked_mul([100, 10][scale])?,
        _ => {
            let parts = 10i128.checked_pow(u32::try_from(scale - 2).ok()?)?;
            (unscaled % parts == 0).then_some(unscaled / parts)?
        }
    };
    (pence.unsigned_abs() < 100 * MOST).then_some(pence as i64)
}

/// The pence of a float whose shortest decimal has at most two places.
///
/// Two decimals of up to fifteen digits are never the same float, so that the one whose float this is
/// is the shortest that is.
#[inline]
fn pence_of_float(pounds: f64) -> Option<i64> {
    const EXACT: f64 = 1e15;
    let pence = (pounds * 100.0).round();
    (pence.abs() < EXACT && pence / 100.0 == pounds).then_some(pence as i64)
}

impl<'a> Typed<'a> {
    pub(super) fn of(column: Option<&'a Column>) -> Self {
        let Some(column) = column else {
            return Self::Unread;
        };
        let typed = match column.dtype() {
            DataType::String => (column.str().ok())
                .and_then(|texts| texts.downcast_get(0))
                .map(Self::Texts),
            DataType::Decimal(..) => column.decimal().ok().and_then(|decimals| {
                let unscaled = decimals.physical().downcast_get(0)?;
                Some(Self::Decimals(unscaled, decimals.scale()))
            }),
            DataType::Date => (column.date().ok())
                .and_then(|dates| dates.physical().downcast_get(0))
                .map(Self::Days),
            DataType::Int64 => (column.i64().ok())
                .and_then(|whole| whole.downcast_get(0))
                .map(Self::Whole),
            DataType::Float64 => (column.f64().ok())
                .and_then(|floats| floats.downcast_get(0))
                .map(Self::Floats),
            _ => None,
        };
        typed.unwrap_or(Self::Other(column))
    }

    /// The values as amounts, where they are numbers or texts.
    pub(super) fn amounts(self) -> Option<Amounts<'a>> {
        let amounts = matches!(
            self,
            Self::Texts(_) | Self::Decimals(..) | Self::Whole(_) | Self::Floats(_)
        );
        amounts.then_some(Amounts(self))
    }

    /// The distinct values of so many rows.
    ///
    /// polars gives a text that is no longer than twelve bytes as a number of those bytes, and a longer
    /// one by where it stands: rows of one entry of a dictionary of the file agree in that. Two places
    /// of one text are two numbers, which does no harm.
    pub(super) fn numbered(&self, rows: usize) -> Option<Numbered> {
        let numbered = match self {
            Self::Texts(texts) => {
                let views = texts.views().iter().map(|view| view.as_u128());
                let there = texts.iter().map(|text| text.is_some());
                Numbered::of(
                    rows,
                    views.zip(there).map(|(view, there)| there.then_some(view)),
                )
            }
            Self::Decimals(unscaled, _) => {
                Numbered::of(rows, unscaled.iter().map(|u| Some(u?.cast_unsigned())))
            }
            Self::Days(days) => Numbered::of(
                rows,
                days.iter().map(|day| Some(day?.cast_unsigned().into())),
            ),
            Self::Whole(whole) => {
                Numbered::of(rows, whole.iter().map(|n| Some(n?.cast_unsigned().into())))
            }
            Self::Floats(floats) => Numbered::of(
                rows,
                floats.iter().map(|float| Some(float?.to_bits().into())),
            ),
            Self::Other(_) | Self::Unread => return None,
        };
        Some(numbered)
    }

    /// Writes a cell; one that is not there is empty.
    pub(super) fn write(&self, row: usize, text: &mut String) {
        match self {
            Self::Texts(texts) => text.push_str(texts.get(row).unwrap_or_default()),
            Self::Decimals(unscaled, scale) => {
                if let Some(unscaled) = unscaled.get(row) {
                    push_decimal(text, unscaled, *scale);
                }
            }
            Self::Days(days) => {
                if let Some(days) = days.get(row) {
                    write_date(text, days);
                }
            }
            Self::Whole(whole) => {
                if let Some(whole) = whole.get(row) {
                    write_cell(text, &AnyValue::Int64(whole));
                }
            }
            Self::Floats(floats) => {
                if let Some(float) = floats.get(row) {
                    write_cell(text, &AnyValue::Float64(float));
                }
            }
            Self::Unread => {}
            Self::Other(column) => write_cell(text, &column.get(row).unwrap_or(AnyValue::Null)),
        }
    }
}

fn write_cell(text: &mut String, cell: &AnyValue<'_>) {
    // Writing to a string cannot fail; types without a text are not decoded.
    let _ = match cell {
        AnyValue::String(cell) => text.write_str(cell),
        // As a column of one row gives it.
        AnyValue::StringOwned(cell) => text.write_str(cell),
        AnyValue::Boolean(truth) => write!(text, "{truth}"),
        AnyValue::Float32(number) => write!(text, "{number}"),
        AnyValue::Float64(number) => write!(text, "{number}"),
        AnyValue::Decimal(unscaled, _, scale) => {
            push_decimal(text, *unscaled, *scale);
            Ok(())
        }
        AnyValue::Date(days) => {
            write_date(text, *days);
            Ok(())
        }
        AnyValue::Datetime(count, unit, _) => write_time(text, *count, *unit),
        AnyValue::Int8(n) => write!(text, "{n}"),
        AnyValue::Int16(n) => write!(text, "{n}"),
        AnyValue::Int32(n) => write!(text, "{n}"),
        AnyValue::Int64(n) => write!(text, "{n}"),
        AnyValue::Int128(n) => write!(text, "{n}"),
        AnyValue::UInt8(n) => write!(text, "{n}"),
        AnyValue::UInt16(n) => write!(text, "{n}"),
        AnyValue::UInt32(n) => write!(text, "{n}"),
        AnyValue::UInt64(n) => write!(text, "{n}"),
        AnyValue::UInt128(n) => write!(text, "{n}"),
        _ => Ok(()),
    };
}

const fn epoch() -> Date {
    Date::constant(1970, 1, 1)
}

/// A date by the days since 1970; nothing where no calendar has it.
fn write_date(text: &mut String, days: i32) {
    let since = SignedDuration::from_hours(24 * i64::from(days));
    if let Ok(date) = epoch().checked_add(since) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{date}");
    }
}

fn write_time(text: &mut String, count: i64, unit: TimeUnit) -> std::fmt::Result {
    let since = match unit {
        TimeUnit::Nanoseconds => SignedDuration::from_nanos(count),
        TimeUnit::Microseconds => SignedDuration::from_micros(count),
        TimeUnit::Milliseconds => SignedDuration::from_millis(count),
    };
    let midnight: DateTime = epoch().at(0, 0, 0, 0);
    match midnight.checked_add(since) {
        Ok(time) if time.time() == jiff::civil::Time::midnight() => write!(text, "{}", time.date()),
        Ok(time) => write!(text, "{} {}", time.date(), time.time()),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::{ExcessDecimals, parse_amount, to_pence};
    use proptest::prelude::*;

    fn text(cell: &AnyValue<'_>) -> String {
        let mut text = String::new();
        write_cell(&mut text, cell);
        text
    }

    #[test]
    fn values_become_plain_text() {
        assert_eq!(text(&AnyValue::Decimal(-5, 10, 2)), "-0.05");
        assert_eq!(text(&AnyValue::Decimal(123_456, 10, 2)), "1234.56");
        assert_eq!(text(&AnyValue::Decimal(7, 10, 0)), "7");
        assert_eq!(text(&AnyValue::Decimal(0, 10, 2)), "0.00");
        assert_eq!(
            text(&AnyValue::Decimal(-100_000, 38, 38)),
            format!("-0.{:0>38}", 100_000)
        );
        assert_eq!(text(&AnyValue::Date(19_083)), "2022-04-01");
        assert_eq!(text(&AnyValue::Float64(0.1)), "0.1");
        assert_eq!(text(&AnyValue::Null), "");
        let noon = AnyValue::Datetime(43_200_000, TimeUnit::Milliseconds, None);
        assert_eq!(text(&noon), "1970-01-01 12:00:00");
    }

    proptest! {
        #[test]
        fn amounts_are_what_their_texts_say(
            unscaled in prop_oneof![any::<i128>(), -10_000_000i128..10_000_000, any::<i64>().prop_map(i128::from)],
            scale in 0usize..6,
            pence in -2_000_000_000_000_000i64..2_000_000_000_000_000,
            float in any::<f64>(),
        ) {
            let said = |text: &str| {
                let pounds = parse_amount(text).ok()?;
                to_pence(pounds, ExcessDecimals::Refuse).ok().map(|(pence, _)| pence.get())
            };
            if let Some(found) = super::pence(unscaled, scale) {
                prop_assert_eq!(said(&text(&AnyValue::Decimal(unscaled, 38, scale))), Some(found));
            }
            for float in [pence as f64 / 100.0, pence as f64, pence as f64 / 1000.0, float, -0.0] {
                if let Some(found) = pence_of_float(float) {
                    prop_assert_eq!(said(&text(&AnyValue::Float64(float))), Some(found));
                }
            }
            prop_assert_eq!(
                pence_of_float(pence as f64 / 100.0).is_some(),
                pence.unsigned_abs() < 1_000_000_000_000_000
            );
        }
    }
}
