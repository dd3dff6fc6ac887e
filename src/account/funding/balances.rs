//! Sources and uses of any set of partners.

use super::sheet::{Sheets, sheets};
use super::{Flows, FundingError, Shown};
use crate::axis::{MemberId, Period, Tree};
use crate::money::{MoneyError, Pence, assert_conserved};
use crate::table::{Align, Table};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The sources and uses of cash of a set of partners in one financial year.
///
/// # Formula
///
/// ```text
/// incoming + own = spent + outgoing + unheld + held       held = closing - opening
/// ```
///
/// Nothing that one held partner of the set pays another is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Balance {
    /// The financial year.
    pub year: Period,
    /// Paid to held partners of the set by partners outside it.
    pub incoming: Pence,
    /// The set's own money: what held partners used beyond what they were paid and held, and
    /// what partners of the set whose ledger is not held paid them.
    pub own: Pence,
    /// Held at the start of the year.
    pub opening: Pence,
    /// Of the opening, what was stated for this year on top of what was carried into it.
    pub stated_later: Pence,
    /// Spent for good: suppliers, staff, anyone who is not a partner.
    pub spent: Pence,
    /// Paid to partners outside the set.
    pub outgoing: Pence,
    /// Paid to partners of the set whose ledger is not held: spent through them, as far as is
    /// known.
    pub unheld: Pence,
    /// Held at the end of the year.
    pub closing: Pence,
    /// What more is held at the end than at the start.
    pub held: Pence,
}

/// What every held partner had, used and kept, from which any set of partners is balanced.
///
/// Per held partner and year, what it used is `spent + outgoing`; its own money is what it used
/// beyond what came in and what it held; and what it did not use it holds for the next year.
/// Which of a partner's pounds was spent first is never asked.
///
/// # Example: a grant paid at the end of one year and spent in the next two
///
/// The charity is paid £100,000 in March 2024 and spends £40,000 in 2024-25 and the rest in
/// 2025-26. Each pound of spending is in the year in which it was spent:
///
/// ```
/// use wholeplace::account::{Balances, Flows};
/// use wholeplace::axis::{FlowKind, MemberRow, Period, Tree};
/// use wholeplace::money::Pence;
/// # let row = |code: &str| MemberRow { code: code.into(), ..MemberRow::default() };
/// let (partners, _) = Tree::build("a partner", &["council", "charity"].map(row));
/// let (council, charity) = (partners.find("council")?, partners.find("charity")?);
/// let [paid, first, second] = ["2023-24", "2024-25", "2025-26"].map(|y| y.parse::<Period>());
///
/// let mut flows = Flows::new([charity]);
/// flows.add_flow(paid?, council, charity, FlowKind::Grant, Pence::new(10_000_000));
/// flows.add_spent(first?, charity, Pence::new(4_000_000));
/// flows.add_spent(second?, charity, Pence::new(6_000_000));
///
/// let statement = Balances::of(&flows)?.statement([charity], &partners)?;
/// let lines: Vec<String> = statement.to_string().lines().map(|l| l.trim_end().into()).collect();
/// assert_eq!(
///     lines.join("\n"),
///     "\
/// Sources and uses of cash: charity
///
///                                                        2023-24       2024-25      2025-26
/// ──────────────────────────────────────────────────────────────────────────────────────────
///  held at the start                                       £0.00   £100,000.00   £60,000.00
///  from partners outside                             £100,000.00         £0.00        £0.00
///  own money                                               £0.00         £0.00        £0.00
///  all sources                                       £100,000.00   £100,000.00   £60,000.00
///  spent on suppliers, staff and others                    £0.00    £40,000.00   £60,000.00
///  paid to partners outside                                £0.00         £0.00        £0.00
///  spent through partners whose ledger is not held         £0.00         £0.00        £0.00
///  held at the end                                   £100,000.00    £60,000.00        £0.00
///  all uses                                          £100,000.00   £100,000.00   £60,000.00"
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Example: an old grant is drawn down
///
/// £60,000 were held before the account begins, and £25,000, £30,000 and £5,000 of them spent:
///
/// ```
/// # use wholeplace::account::{Balances, Flows};
/// # use wholeplace::axis::{MemberRow, Period, Tree};
/// # use wholeplace::money::Pence;
/// # let row = |code: &str| MemberRow { code: code.into(), ..MemberRow::default() };
/// # let (partners, _) = Tree::build("a partner", &["charity"].map(row));
/// # let charity = partners.find("charity")?;
/// # let years: Vec<Period> = "2023-24 to 2025-26".parse::<Period>()?.financial_years();
/// let mut flows = Flows::new([charity]);
/// flows.add_opening(years[0], charity, Pence::new(6_000_000));
/// for (&year, spent) in years.iter().zip([2_500_000, 3_000_000, 500_000]) {
///     flows.add_spent(year, charity, Pence::new(spent));
/// }
/// let balances = Balances::of(&flows)?;
/// for (year, closing) in years.into_iter().zip([3_500_000, 500_000, 0]) {
///     assert_eq!(balances.of_partner(year, charity)?.closing, Pence::new(closing));
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Balances {
    held: BTreeSet<MemberId>,
    sheets: Sheets,
    /// year → payer, payee → pence, less refunds
    flows: BTreeMap<Period, BTreeMap<(MemberId, MemberId), i128>>,
}

impl Balances {
    /// Balances every held partner, year after year.
    ///
    /// # Errors
    ///
    /// [`FundingError::NotAFinancialYear`].
    pub fn of(flows: &Flows) -> Result<Self, FundingError> {
        let sheets = sheets(flows)?;
        let net = |&year: &Period| {
            let pairs = flows.net(year, |_| true).into_iter();
            (year, pairs.map(|(pair, net)| (pair, net.total)).collect())
        };
        Ok(Self {
            held: flows.held().collect(),
            flows: sheets.keys().map(net).collect(),
            sheets,
        })
    }

    /// The financial years, first to last.
    pub fn years(&self) -> impl Iterator<Item = Period> {
        self.sheets.keys().copied()
    }

    /// One partner in one year; nothing for a partner whose ledger is not held.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`].
    pub fn of_partner(&self, year: Period, partner: MemberId) -> Result<Balance, MoneyError> {
        self.of_set(year, &BTreeSet::from([partner]))
    }

    /// The sources and uses of a set of partners in one year; nothing for a year without money.
    ///
    /// Money that one held partner of the set pays another is no source and no use of the set. A
    /// partner of the set whose ledger is not held has no sources and uses of its own: what it is
    /// paid by held partners of the set counts as spent through it, and what it pays them as the
    /// set's own money.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`].
    pub fn of_set(&self, year: Period, set: &BTreeSet<MemberId>) -> Result<Balance, MoneyError> {
        let mut sum = Sums::default();
        for (partner, sheet) in self.sheets.get(&year).into_iter().flatten() {
            if set.contains(partner) {
                sum.own += sheet.own;
                sum.opening += sheet.opening();
                sum.stated_later += sheet.stated_later;
                sum.spent += sheet.spent;
                sum.closing += sheet.closing;
            }
        }
        let known = |partner: &MemberId| set.contains(partner) && self.held.contains(partner);
        for ((payer, payee), pence) in self.flows.get(&year).into_iter().flatten() {
            match (known(payer), known(payee)) {
                (true, true) | (false, false) => {}
                (true, false) if set.contains(payee) => sum.unheld += pence,
                (true, false) => sum.outgoing += pence,
                (false, true) if set.contains(payer) => sum.own += pence,
                (false, true) => sum.incoming += pence,
            }
        }
        sum.balance(year)
    }

    /// The sources and uses of a set of partners, over all years.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`].
    pub fn statement(
        &self,
        set: impl IntoIterator<Item = MemberId>,
        partners: &Tree,
    ) -> Result<SourcesAndUses, MoneyError> {
        let set: BTreeSet<MemberId> = set.into_iter().collect();
        let shown = |&partner: &MemberId| Shown::of(partner, partners);
        let (held, not_held): (Vec<MemberId>, Vec<MemberId>) =
            set.iter().partition(|partner| self.held.contains(partner));
        Ok(SourcesAndUses {
            partners: held.iter().map(shown).collect(),
            not_held: not_held.iter().map(shown).collect(),
            years: self
                .years()
                .map(|year| self.of_set(year, &set))
                .collect::<Result<_, _>>()?,
        })
    }
}

/// A balance in the making, in 128 bits.
#[derive(Default)]
struct Sums {
    incoming: i128,
    own: i128,
    opening: i128,
    stated_later: i128,
    spent: i128,
    outgoing: i128,
    unheld: i128,
    closing: i128,
}

impl Sums {
    fn balance(&self, year: Period) -> Result<Balance, MoneyError> {
        let held = self.closing - self.opening;
        // Each side was added up by itself: the members' own money and what they hold from their
        // sheets, the rest from the payments that cross the boundary.
        assert_conserved(
            "sources and uses of a set of partners",
            self.incoming + self.own,
            self.spent + self.outgoing + self.unheld + held,
        );
        // So that the totals of a statement can be formed.
        Pence::from_wide(self.incoming + self.own + self.opening)?;
        Ok(Balance {
            year,
            incoming: Pence::from_wide(self.incoming)?,
            own: Pence::from_wide(self.own)?,
            opening: Pence::from_wide(self.opening)?,
            stated_later: Pence::from_wide(self.stated_later)?,
            spent: Pence::from_wide(self.spent)?,
            outgoing: Pence::from_wide(self.outgoing)?,
            unheld: Pence::from_wide(self.unheld)?,
            closing: Pence::from_wide(self.closing)?,
            held: Pence::from_wide(held)?,
        })
    }
}

/// The statement of sources and uses of a set of partners, year by year.
///
/// Prints as a table; serialises with amounts as strings of pounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourcesAndUses {
    /// Those whose ledger is held.
    partners: Vec<Shown>,
    /// Those of the set whose ledger is not.
    not_held: Vec<Shown>,
    years: Vec<Balance>,
}

impl SourcesAndUses {
    /// The balance of each year.
    #[must_use]
    pub fn years(&self) -> &[Balance] {
        &self.years
    }

    /// The statement as a table, a year a column.
    #[must_use]
    pub fn to_table(&self) -> Table {
        let names = |partners: &[Shown]| -> String {
            let names: Vec<&str> = partners.iter().map(|p| p.name.as_str()).collect();
            names.join(", ")
        };
        let mut table = Table::new(format!(
            "Sources and uses of cash: {}",
            names(&self.partners)
        ));
        table.column("", Align::Left);
        for balance in &self.years {
            table.column(&balance.year.to_string(), Align::Right);
        }
        // Neither sum fails: the sources were added up before, and the uses are the same.
        let all = |parts: &[Pence]| Pence::total(parts.iter().copied()).unwrap_or_default();
        let mut row = |heading: &str, cell: &dyn Fn(&Balance) -> Pence| {
            let cells = self.years.iter().map(|balance| cell(balance).to_string());
            table.row(std::iter::once(heading.to_owned()).chain(cells));
        };
        row("held at the start", &|b| b.opening);
        row("from partners outside", &|b| b.incoming);
        row("own money", &|b| b.own);
        row("all sources", &|b| all(&[b.opening, b.incoming, b.own]));
        row("spent on suppliers, staff and others", &|b| b.spent);
        row("paid to partners outside", &|b| b.outgoing);
        row("spent through partners whose ledger is not held", &|b| {
            b.unheld
        });
        row("held at the end", &|b| b.closing);
        row("all uses", &|b| {
            all(&[b.spent, b.outgoing, b.unheld, b.closing])
        });
        if !self.not_held.is_empty() {
            table.note(&format!(
                "Also inside, with ledgers that are not held: {}.",
                names(&self.not_held)
            ));
        }
        for balance in &self.years {
            if balance.stated_later != Pence::ZERO {
                table.note(&format!(
                    "{}: {} of what is held at the start was stated for that year, on top of \
                     what was carried into it.",
                    balance.year, balance.stated_later
                ));
            }
        }
        table
    }
}

impl fmt::Display for SourcesAndUses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_table().fmt(f)
    }
}
