//! What the amount of a row is, by its own cell and those beside it: told once for each different text.

use super::FileElsewhere;
use crate::ledger::amount::{self, Amount, NoAmount, Reading};
use crate::ledger::layout::Sign;
use crate::money::{AmountError, Pence};
use crate::sheet;
use rust_decimal::Decimal;

/// What a cell in the column of amounts is, by itself and by the cells beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum AmountKind {
    /// Whole pence.
    Read,
    /// Rounded to the penny, as the layout says.
    Rounded,
    /// Nothing stands there.
    Empty,
    /// More than two decimals; the amount is known.
    Excess,
    TooLarge,
    NotReadable,
    /// The heading of the amount: the row holds headings once more.
    Heading,
    /// An amount that its currency, unit or sign makes none in pounds: the rule, what is found, the
    /// remedy.
    Unfit(&'static str, &'static str, &'static str),
}

/// All that a row's amount says beside its pence.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct AmountClass {
    pub(crate) kind: AmountKind,
    /// Columns that the layout does not name and that say something of it, and whether it is below
    /// zero, where there are any.
    pub(super) matters: Vec<usize>,
    below_zero: bool,
}

impl AmountClass {
    pub(crate) const EMPTY: Self = Self::plainly(AmountKind::Empty);
    pub(crate) const READ: Self = Self::plainly(AmountKind::Read);

    const fn plainly(kind: AmountKind) -> Self {
        Self {
            kind,
            matters: Vec::new(),
            below_zero: false,
        }
    }

    /// Whether a number stands there.
    pub(super) fn is_number(&self) -> bool {
        use AmountKind::{Empty, Heading, NotReadable};
        !matches!(self.kind, Empty | Heading | NotReadable)
    }

    /// Whether it is an amount by itself.
    pub(super) fn is_readable(&self) -> bool {
        self.is_number() && !matches!(self.kind, AmountKind::Excess | AmountKind::TooLarge)
    }

    /// What its rows are, for messages.
    pub(crate) fn in_words(&self) -> &'static str {
        match self.kind {
            AmountKind::Read => "with an amount",
            AmountKind::Rounded => "with a rounded amount",
            AmountKind::Empty => "without an amount",
            AmountKind::Excess => "with an amount of more than two decimals",
            AmountKind::TooLarge => "with an amount that is too large",
            AmountKind::NotReadable => "with what is no amount",
            AmountKind::Heading => "with headings",
            AmountKind::Unfit(..) => "with an amount that is none in pounds",
        }
    }
}

/// The amount in a row; of one that is not accepted, what is at stake.
#[derive(Clone, Debug)]
pub(crate) struct AmountRead {
    pub(crate) class: AmountClass,
    pub(crate) pence: i64,
    /// Before its unit and sign are looked at.
    pub(crate) bare: i64,
    /// What rounding to the penny took, in pounds.
    pub(crate) taken: Decimal,
}

impl FileElsewhere<'_> {
    /// The columns that say what an amount is: its own first, then those of its currency, sign and unit.
    pub(crate) fn amount_columns(&self) -> Vec<usize> {
        let mut columns = vec![self.columns.amount];
        let qualifiers = &self.columns.qualifiers;
        let unnamed = qualifiers.unnamed.iter().map(|unnamed| unnamed.column);
        for column in qualifiers.named().chain(unnamed) {
            if !columns.contains(&column) {
                columns.push(column);
            }
        }
        columns
    }

    /// The amount of a row, from its cells in the [columns that say what it is](Self::amount_columns).
    pub(crate) fn amount(&self, cells: &[&str]) -> AmountRead {
        let cell = cells.first().map_or("", |cell| cell.trim());
        let none = |kind, at_stake: Option<Pence>| {
            let pence = at_stake.unwrap_or_default().get();
            AmountRead {
                class: AmountClass::plainly(kind),
                pence,
                bare: pence,
                taken: Decimal::ZERO,
            }
        };
        if cell.is_empty() {
            return none(AmountKind::Empty, None);
        }
        let reading = Reading {
            sign: self.plan.layout.sign,
            excess: self.plan.layout.excess_decimals,
            alone: self.plan.layout.amounts_alone,
        };
        let signed = |pence: Pence| match reading.sign {
            Sign::SpendPositive => pence,
            Sign::IncomePositive => -pence,
        };
        let amount = match amount::read(cell, reading.excess) {
            Ok(amount) => match reading.sign {
                Sign::SpendPositive => amount,
                Sign::IncomePositive => -amount,
            },
            Err(NoAmount { why, at_stake }) => {
                return match (why, at_stake) {
                    (AmountError::ExcessDecimals, Some(pence)) => {
                        none(AmountKind::Excess, Some(signed(pence)))
                    }
                    (AmountError::ExcessDecimals | AmountError::TooLarge, _) => {
                        none(AmountKind::TooLarge, None)
                    }
                    _ if self.heading_texts.contains(cell) => none(AmountKind::Heading, None),
                    _ => none(AmountKind::NotReadable, None),
                };
            }
        };
        let mut read = none(AmountKind::Read, Some(amount.pence));
        read.taken = amount.taken;
        if !self.columns.qualifiers.is_empty() {
            self.qualify(cells, amount, reading, &mut read);
        }
        if read.class.kind == AmountKind::Read && !read.taken.is_zero() {
            read.class.kind = AmountKind::Rounded;
        }
        read
    }

    /// What a text in the column of amounts is by itself.
    pub(super) fn amount_kind(&self, text: &str) -> AmountKind {
        match self.columns.qualifiers.is_empty() {
            true => self.amount(&[text]).class.kind,
            false => match amount::read(text.trim(), self.plan.layout.excess_decimals) {
                Err(NoAmount { why, .. })
                    if !text.trim().is_empty()
                        && !matches!(why, AmountError::ExcessDecimals | AmountError::TooLarge) =>
                {
                    AmountKind::NotReadable
                }
                _ => AmountKind::Read,
            },
        }
    }

    /// What an amount is by the cells beside it.
    fn qualify(&self, cells: &[&str], amount: Amount, reading: Reading, read: &mut AmountRead) {
        let mut texts = vec![""; self.width];
        for (column, cell) in self.amount_columns().into_iter().zip(cells) {
            if let Some(text) = texts.get_mut(column) {
                *text = cell;
            }
        }
        let row = <sheet::Row as From<&[&str]>>::from(&texts);
        let all = row.cells();
        let unnamed = self.columns.qualifiers.unnamed.iter().enumerate();
        let matter = unnamed.filter(|(_, unnamed)| {
            let cell = all.trimmed(unnamed.column);
            unnamed.kind.matters(cell, amount.pence)
        });
        read.class.matters = matter.map(|(number, _)| number).collect();
        read.class.below_zero = !read.class.matters.is_empty() && amount.pence < Pence::ZERO;
        let cell = all.trimmed(self.columns.amount);
        let qualifiers = &self.plan.headings.qualifiers;
        match qualifiers.apply(&self.columns.qualifiers, all, cell, amount, reading) {
            Ok(amount) => (read.pence, read.taken) = (amount.pence.get(), amount.taken),
            Err(unfit) => {
                read.class.kind = AmountKind::Unfit(unfit.rule, unfit.found, unfit.remedy);
                read.pence = unfit.at_stake.unwrap_or_default().get();
                read.taken = Decimal::ZERO;
            }
        }
    }
}
