//! The amounts of one file: what each different text of them is, and the sum of the file by a query
//! without any join.

use super::LakeError;
use super::asked::Asked;
use super::engine::{Column, Holds, Value};
use super::query::{Amount, BETWEEN, Dimension, Key, Sum};
use crate::ledger::{AmountClass, FileElsewhere};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The most digits after the point of what rounding takes: more do not fit 64 bits.
const DIGITS: u32 = 20;

/// How the amounts of a file are added up, and what their sums are when asked otherwise.
#[derive(Debug)]
pub(super) struct Amounts {
    pub(super) amount: Amount,
    /// What tells the kinds apart.
    pub(super) kind: Key,
    pub(super) classes: Vec<AmountClass>,
    /// The amounts before units and signs are looked at, where some are others.
    pub(super) bare: Option<Amount>,
    /// What rounding takes, in 10^-20 pounds, of those that are rounded.
    pub(super) taken: Option<Amount>,
    /// The sum of all rows, and that of each kind.
    pub(super) control: Sum,
    pub(super) of_kinds: BTreeMap<usize, Sum>,
    pub(super) bare_control: i128,
    pub(super) taken_control: i128,
}

impl Amounts {
    /// Asks for them, and makes their dimensions known to the engine.
    pub(super) fn of(
        asked: &mut Asked<'_>,
        columns: &[Column],
        file: &mut FileElsewhere<'_>,
        rows: &Sum,
    ) -> Result<Self, LakeError> {
        let places = file.amount_columns();
        let column = file.amount_column();
        let holds = columns.get(column).map(|column| &column.holds);
        let numbers = matches!(holds, Some(Holds::WholeNumbers | Holds::Pounds));
        let amounts = match numbers && places.len() == 1 {
            true => Self::of_numbers(asked, file, column, rows)?,
            false => Self::of_texts(asked, file, places)?,
        };
        asked.agree(
            "all amounts",
            &Sum {
                rows: rows.rows,
                ..amounts.control
            },
            &amounts.control,
        )?;
        // Most engines wrap where a sum has more than 38 digits, and say nothing.
        let most = i128::from(amounts.control.rows).checked_mul(amounts.control.largest);
        match most.is_some_and(|most| most < 10i128.pow(37)) {
            true => Ok(amounts),
            false => Err(asked.refused(format!(
                "{} rows of `{}` with amounts of up to {} pence may add up to more than 38 digits",
                amounts.control.rows, asked.file.shown, amounts.control.largest
            ))),
        }
    }

    /// Amounts that are numbers in the file: the engine turns them into pence.
    fn of_numbers(
        asked: &mut Asked<'_>,
        file: &FileElsewhere<'_>,
        column: usize,
        rows: &Sum,
    ) -> Result<Self, LakeError> {
        // A sum of so many amounts of 26 digits has 38.
        if rows.rows >= 1_000_000_000_000 {
            let why = format!("`{}` has too many rows for one sum", asked.file.shown);
            return Err(asked.refused(why));
        }
        let amount = Amount::Pounds {
            column,
            negated: file.income_is_positive(),
        };
        let kind = Key::Filled {
            columns: vec![column],
            most: 1,
        };
        let mut of_kinds = BTreeMap::new();
        for (keys, sum) in asked.sums(vec![kind.clone()], amount.clone())? {
            let filled = usize::from(keys.first() == Some(&Value::Integer(1)));
            of_kinds.insert(filled, sum);
        }
        let control = asked.whole(amount.clone())?;
        if control.largest > i128::from(i64::MAX) {
            let why = format!(
                "an amount of `{}` has more than 64 bits of pence; correct it",
                asked.file.shown
            );
            return Err(asked.refused(why));
        }
        Ok(Self {
            amount,
            kind,
            classes: vec![AmountClass::EMPTY, AmountClass::READ],
            bare: None,
            taken: None,
            of_kinds,
            bare_control: control.pence,
            taken_control: 0,
            control,
        })
    }

    /// Each different text is read here, once, by the code that reads files; the sum is made here too.
    fn of_texts(
        asked: &mut Asked<'_>,
        file: &mut FileElsewhere<'_>,
        places: Vec<usize>,
    ) -> Result<Self, LakeError> {
        let mut numbers: BTreeMap<AmountClass, usize> = BTreeMap::new();
        let mut of_kinds: BTreeMap<usize, Sum> = BTreeMap::new();
        let mut control = Sum::default();
        let (mut bare_control, mut taken_control) = (0i128, 0i128);
        let (mut all, mut bare, mut taken) = (Vec::new(), Vec::new(), Vec::new());
        let mut differ = false;
        for (text, sum) in asked.texts(&places, Amount::None)? {
            let cells: Vec<&str> = text.split(BETWEEN).collect();
            if cells.len() != places.len() {
                let why = format!(
                    "a cell of `{}` beside its amounts holds the sign U+001F, which stands between \
                     cells here; take it out",
                    asked.file.shown
                );
                return Err(asked.refused(why));
            }
            let read = file.amount(&cells);
            let next = numbers.len();
            let class = *numbers.entry(read.class).or_insert(next);
            let sum_here = Sum::of(read.pence, sum.rows);
            control.add(&sum_here);
            of_kinds.entry(class).or_default().add(&sum_here);
            bare_control += i128::from(read.bare) * i128::from(sum.rows);
            differ |= read.bare != read.pence;
            if !read.taken.is_zero() {
                let Some(parts) = parts(read.taken) else {
                    let why = format!(
                        "an amount of `{}` has more than {DIGITS} digits after the point; shorten it",
                        asked.file.shown
                    );
                    return Err(asked.refused(why));
                };
                taken_control += i128::from(parts) * i128::from(sum.rows);
                taken.push((text.clone(), 0, parts));
            }
            let class = i64::try_from(class).unwrap_or(i64::MAX);
            bare.push((text.clone(), class, read.bare));
            all.push((text, class, read.pence));
        }
        let mut known = |what: &str, rows: Vec<(String, i64, i64)>| {
            let name = asked.dimension(what);
            asked.register(&Dimension {
                name: name.clone(),
                rows,
            })?;
            Ok::<_, LakeError>(Amount::Known {
                columns: places.clone(),
                dimension: name,
            })
        };
        let amount = known("amounts", all)?;
        let bare = differ.then(|| known("bare", bare)).transpose()?;
        let is_rounded = !taken.is_empty();
        let taken = is_rounded.then(|| known("taken", taken)).transpose()?;
        let mut classes: Vec<(usize, AmountClass)> =
            numbers.into_iter().map(|(class, at)| (at, class)).collect();
        classes.sort_unstable_by_key(|(at, _)| *at);
        Ok(Self {
            kind: Key::Number {
                columns: places.clone(),
                dimension: asked.dimension("amounts"),
            },
            amount,
            classes: classes.into_iter().map(|(_, class)| class).collect(),
            bare,
            taken,
            control,
            of_kinds,
            bare_control,
            taken_control,
        })
    }
}

/// What rounding took as a whole number.
fn parts(taken: Decimal) -> Option<i64> {
    let mut scaled = taken.normalize();
    if scaled.scale() > DIGITS {
        return None;
    }
    scaled.rescale(DIGITS);
    i64::try_from(scaled.mantissa()).ok()
}

/// And back, in pounds.
pub(super) fn pounds_taken(parts: i128) -> Option<Decimal> {
    Decimal::try_from_i128_with_scale(parts, DIGITS).ok()
}
