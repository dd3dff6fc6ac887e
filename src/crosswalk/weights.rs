//! The weights of a code that means several members.

use super::CrosswalkRow;
use crate::axis::Evidence;
use crate::money::parse_number;
use rust_decimal::Decimal;

/// Weights as whole numbers, one for each row.
pub(super) struct Weights {
    pub each: Vec<u64>,
    pub whole: u64,
    /// The class of the weakest.
    pub class: Evidence,
}

impl Weights {
    /// Those of the rows of one code, or what is wrong with them.
    pub(super) fn of(rows: &[&CrosswalkRow]) -> Result<Self, String> {
        if rows.len() > 1 && rows.iter().all(|row| row.weight.is_empty()) {
            return Err(format!(
                "{} without weights",
                meanings(rows.iter().copied())
            ));
        }
        let mut class = Evidence::Direct;
        let mut weights = Vec::with_capacity(rows.len());
        for row in rows {
            let weight = if row.weight.is_empty() {
                Decimal::ONE
            } else {
                parse_number(&row.weight)
                    .map_err(|_| format!("a weight that is not a number (`{}`)", row.weight))?
            }
            .normalize();
            if weight <= Decimal::ZERO || weight.scale() > 6 || weight > Decimal::ONE_HUNDRED {
                return Err(format!(
                    "a weight of {weight}, which is not above zero, above 100, or has more than 6 decimals"
                ));
            }
            weights.push(weight);
            class = class.max(match row.class.as_str() {
                "" if rows.len() == 1 => Evidence::Direct,
                "" => {
                    return Err(
                        "weights without a class; say `judgement`, `population` or `driver`"
                            .to_owned(),
                    );
                }
                text => Evidence::ALL
                    .into_iter()
                    .find(|class| class.name() == text)
                    .ok_or_else(|| format!("an unknown class `{text}`"))?,
            });
        }
        let sum: Decimal = weights.iter().sum();
        if sum != Decimal::ONE && sum != Decimal::ONE_HUNDRED {
            return Err(format!("weights that add up to {sum}, not to 1 or 100"));
        }
        let unit = Decimal::from(10u64.pow(weights.iter().map(Decimal::scale).max().unwrap_or(0)));
        let whole_number =
            |weight: Decimal| u64::try_from((weight * unit).normalize()).unwrap_or(0);
        Ok(Self {
            each: weights.iter().map(|weight| whole_number(*weight)).collect(),
            whole: whole_number(sum),
            class,
        })
    }
}

/// What the rows of one code say that it means.
pub(super) fn meanings<'a>(rows: impl ExactSizeIterator<Item = &'a CrosswalkRow>) -> String {
    let count = rows.len();
    let meant = rows.map(|row| match row.to.as_str() {
        "" => format!("the gap `{}`", row.gap),
        to => format!("`{to}`"),
    });
    format!(
        "{count} rows: it means {}",
        meant.collect::<Vec<_>>().join(" and ")
    )
}
