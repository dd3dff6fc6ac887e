//! Columns beside an amount that change what it means: currency, sign and unit.

use super::amount::{Amount, NoAmount, Reading};
use super::layout::{Layout, Sign, SignTexts};
use crate::money::{AmountError, Pence, parse_amount, to_pence};
use crate::sheet::{Cells, Name, Names, normalised};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What a layout names of this kind.
#[derive(Debug)]
pub(super) struct Qualifiers {
    currency: Vec<Name>,
    signs: Vec<(Name, SignTexts)>,
    units: Vec<(Name, BTreeMap<String, Pence>)>,
    /// Headings that the layout names for something else: somebody knows of the column.
    selected: Vec<Name>,
}

/// The columns of it below a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Qualifying {
    pub(super) currency: Option<usize>,
    pub(super) signs: Vec<Option<usize>>,
    pub(super) units: Vec<Option<usize>>,
    /// Columns of such a name that the layout says nothing of.
    pub(super) unnamed: Vec<Unnamed>,
}

impl Qualifying {
    /// The columns that the layout names.
    pub(super) fn named(&self) -> impl Iterator<Item = usize> + '_ {
        (self.currency.iter())
            .chain(self.signs.iter().flatten())
            .chain(self.units.iter().flatten())
            .copied()
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.currency.is_none()
            && self.signs.is_empty()
            && self.units.is_empty()
            && self.unnamed.is_empty()
    }
}

/// A column of such a name that the layout says nothing of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unnamed {
    pub(super) kind: Kind,
    pub(super) column: usize,
    pub(super) heading: String,
}

/// What a column may say of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Currency,
    Sign,
    Unit,
}

impl Kind {
    /// The key of a layout that names such a column.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Currency => "currency",
            Self::Sign => "signs",
            Self::Unit => "units",
        }
    }

    /// What a column of this heading says.
    pub(crate) fn of(heading: &str) -> Option<Self> {
        Some(match normalised(heading).as_str() {
            "currency"
            | "curr"
            | "ccy"
            | "cur"
            | "currencycode"
            | "currcode"
            | "currencyid"
            | "currencyname"
            | "invoicecurrency"
            | "invoicecurrencycode"
            | "paymentcurrency"
            | "transactioncurrency"
            | "transcurrency"
            | "doccurrency"
            | "documentcurrency"
            | "originalcurrency"
            | "isocurrency"
            | "amountcurrency" => Self::Currency,
            "drcr"
            | "crdr"
            | "dc"
            | "debitcredit"
            | "creditdebit"
            | "debitorcredit"
            | "creditordebit"
            | "debitcreditindicator"
            | "creditdebitindicator"
            | "drcrindicator"
            | "dcindicator"
            | "debitcreditind"
            | "debitcreditflag"
            | "drcrflag"
            | "sign"
            | "amountsign"
            | "plusminus"
            | "sh"
            | "postingkeysign" => Self::Sign,
            "unit" | "units" | "unitofmeasure" | "uom" | "scale" | "multiplier" | "magnitude"
            | "amountunit" | "unitofamount" | "denomination" => Self::Unit,
            _ => return None,
        })
    }

    /// Whether a cell says that the amount beside it is not simply an amount in pounds.
    pub(super) fn matters(self, cell: &str, pence: Pence) -> bool {
        match self {
            Self::Currency => !is_pounds(cell),
            Self::Sign => says_credit(cell) && pence > Pence::ZERO,
            Self::Unit => says_unit(cell),
        }
    }
}

/// Whether a text names pounds, or nothing.
pub(crate) fn is_pounds(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "" | "gbp"
            | "£"
            | "œ"
            | "\u{fffd}"
            | "ukp"
            | "uk£"
            | "£ gbp"
            | "gbp £"
            | "gbp (£)"
            | "stg"
            | "sterling"
            | "pound"
            | "pounds"
            | "pounds sterling"
            | "pound sterling"
            | "british pound"
            | "british pounds"
            | "great british pound"
            | "great british pounds"
            | "uk pounds"
            | "826"
    )
}

/// Whether a text says that the amount beside it is income, or was taken back.
pub(crate) fn says_credit(cell: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "c" | "cr"
            | "cr."
            | "crd"
            | "credit"
            | "credits"
            | "h"
            | "haben"
            | "-"
            | "−"
            | "minus"
            | "-1"
            | "negative"
            | "neg"
            | "credit note"
            | "refund"
            | "income"
    )
}

/// Whether a text names another unit than one pound.
pub(crate) fn says_unit(cell: &str) -> bool {
    let text: String = (cell.to_lowercase().chars())
        .filter(|c| !c.is_whitespace() && !matches!(c, '£' | '\'' | '’' | ',' | '(' | ')'))
        .collect();
    let text = text.trim_start_matches("gbp").trim_end_matches("gbp");
    matches!(
        text,
        "000"
            | "000s"
            | "s000"
            | "1000"
            | "1000s"
            | "1000000"
            | "k"
            | "m"
            | "mn"
            | "mio"
            | "bn"
            | "p"
            | "thousand"
            | "thousands"
            | "poundsthousand"
            | "thousandpounds"
            | "thousandsofpounds"
            | "million"
            | "millions"
            | "millionpounds"
            | "billion"
            | "billions"
            | "pence"
            | "penny"
            | "pennies"
            | "tsd"
            | "hundreds"
            | "100"
            | "100s"
            | "0.01"
    )
}

/// A line whose amount is not one in pounds, or nobody knows whether it is.
#[derive(Debug)]
pub(super) struct Unfit {
    pub(super) rule: &'static str,
    pub(super) column: usize,
    pub(super) found: &'static str,
    pub(super) at_stake: Option<Pence>,
    pub(super) remedy: &'static str,
}

impl Qualifiers {
    pub(super) fn new(layout: &Layout, named: impl Fn(&str) -> Name) -> Self {
        Self {
            currency: layout.currency.iter().map(|h| named(h)).collect(),
            signs: (layout.signs.iter())
                .map(|(heading, texts)| (named(heading), texts.clone()))
                .collect(),
            units: (layout.units.iter())
                .map(|(heading, texts)| (named(heading), texts.clone()))
                .collect(),
            selected: (layout.selection.keys().chain(layout.where_not.keys()))
                .map(|h| named(h))
                .collect(),
        }
    }

    /// Every heading.
    pub(super) fn names(&self) -> impl Iterator<Item = &Name> {
        (self.currency.iter())
            .chain(self.signs.iter().map(|(name, _)| name))
            .chain(self.units.iter().map(|(name, _)| name))
    }

    pub(super) fn columns(
        &self,
        names: &Names<'_>,
        mut place: impl FnMut(&Name) -> Option<usize>,
    ) -> Qualifying {
        let currency = (self.currency.iter().find(|name| names.has(name))).and_then(&mut place);
        let signs: Vec<_> = self.signs.iter().map(|(name, _)| place(name)).collect();
        let units: Vec<_> = self.units.iter().map(|(name, _)| place(name)).collect();
        let known: Vec<usize> = (currency.iter())
            .chain(signs.iter().flatten())
            .chain(units.iter().flatten())
            .copied()
            .chain(
                self.selected
                    .iter()
                    .filter_map(|name| names.find(name).first()),
            )
            .collect();
        let unnamed = (0..names.len())
            .filter(|column| !known.contains(column))
            .filter_map(|column| {
                let heading = names.shown(column);
                let kind = Kind::of(heading)?;
                Some(Unnamed {
                    kind,
                    column,
                    heading: heading.to_owned(),
                })
            })
            .collect();
        Qualifying {
            currency,
            signs,
            units,
            unnamed,
        }
    }

    /// Keys of the layout whose columns a header does not have.
    pub(super) fn missing(&self, columns: &Qualifying) -> Vec<&'static str> {
        let mut missing = Vec::new();
        if !self.currency.is_empty() && columns.currency.is_none() {
            missing.push(Kind::Currency.key());
        }
        if columns.signs.iter().any(Option::is_none) {
            missing.push(Kind::Sign.key());
        }
        if columns.units.iter().any(Option::is_none) {
            missing.push(Kind::Unit.key());
        }
        missing
    }

    /// What an amount is by the columns beside it.
    pub(super) fn apply(
        &self,
        columns: &Qualifying,
        cells: Cells<'_>,
        cell: &str,
        mut amount: Amount,
        reading: Reading,
    ) -> Result<Amount, Unfit> {
        if let Some(column) = columns.currency
            && !is_pounds(cells.trimmed(column))
        {
            return Err(Unfit {
                rule: "amount-in-another-currency",
                column,
                found: "the amount is in another currency than pounds",
                at_stake: Some(amount.pence),
                remedy: "give the amount in pounds, at the rate at which it was paid",
            });
        }
        for ((_, texts), column) in self.units.iter().zip(&columns.units) {
            let Some(column) = *column else { continue };
            let Some(&unit) = texts.get(cells.trimmed(column)) else {
                return Err(Unfit {
                    rule: "amount-of-unknown-unit",
                    column,
                    found: "the unit of the amount is none that the layout gives",
                    at_stake: Some(amount.pence),
                    remedy: "add the text to `units` of the layout with the pounds that one is",
                });
            };
            let scaled = scaled(cell, amount, unit, reading);
            amount = scaled.map_err(|refused| Unfit {
                rule: "amount-has-excess-decimals",
                column,
                found: "the amount in its unit is not whole pence",
                at_stake: refused.at_stake,
                remedy: "correct the amount, or set `excess_decimals = \"half-even\"` in the layout",
            })?;
        }
        for ((_, texts), column) in self.signs.iter().zip(&columns.signs) {
            let Some(column) = *column else { continue };
            let text = cells.trimmed(column);
            let is = |list: &[String]| list.iter().any(|one| one.trim() == text);
            if is(&texts.spending) {
                continue;
            }
            if !is(&texts.income) {
                return Err(Unfit {
                    rule: "amount-of-unknown-sign",
                    column,
                    found: "the cell that says whether this is spending or income says neither",
                    at_stake: Some(amount.pence),
                    remedy: "add the text to `spending` or `income` under `signs` of the layout",
                });
            }
            if amount.pence < Pence::ZERO {
                return Err(Unfit {
                    rule: "sign-said-twice",
                    column,
                    found: "the amount is below zero and the cell beside it says income too",
                    at_stake: Some(amount.pence),
                    remedy: "correct the amount; or, where such cells only repeat its sign, take \
                             `signs` out of the layout",
                });
            }
            amount = -amount;
        }
        Ok(amount)
    }
}

/// An amount that is so many of a unit.
fn scaled(cell: &str, amount: Amount, unit: Pence, reading: Reading) -> Result<Amount, NoAmount> {
    if unit == Pence::new(100) {
        return Ok(amount);
    }
    let refused = |why: AmountError| NoAmount {
        why,
        at_stake: Some(amount.pence),
    };
    let pounds = parse_amount(cell).map_err(refused)?;
    let factor = Decimal::new(unit.get(), 2);
    let pounds = pounds
        .checked_mul(factor)
        .ok_or_else(|| refused(AmountError::TooLarge))?;
    let (pence, taken) = to_pence(pounds, reading.excess).map_err(refused)?;
    let amount = Amount { pence, taken };
    Ok(match reading.sign {
        Sign::SpendPositive => amount,
        Sign::IncomePositive => -amount,
    })
}
