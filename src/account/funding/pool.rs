//! Pooled funds: what went in, what was spent, and whose the rest is.

use super::{Flows, FundingError};
use crate::axis::{FlowKind, MemberId, Period, Tree};
use crate::money::{MoneyError, Pence, assert_conserved};
use crate::place::{Pool, PoolRule};
use crate::table::{Align, Table};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A sum of one partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PartnerSum {
    /// Code of the partner.
    pub partner: String,
    /// Name for people.
    pub name: String,
    /// How much.
    pub pence: Pence,
}

/// Part of a pool's spending, attributed to money that went into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attribution {
    /// Code of the contributor; nothing for money held from earlier years, and for spending that
    /// nothing can be attributed to.
    pub partner: Option<String>,
    /// Name for people.
    pub name: String,
    /// What it put in.
    pub put_in: Pence,
    /// The spending attributed to it.
    pub spending: Pence,
}

/// One financial year of a pooled fund.
///
/// # Formula
///
/// ```text
/// surplus = opening + contributed - spent - paid_on - given_back
/// surplus = closing + Σ due + not_shared
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PoolYear {
    /// The financial year.
    pub year: Period,
    /// Held at the start of the year; below zero for a deficit that was carried forward.
    pub opening: Pence,
    /// Of the opening, what was stated for this year on top of what was carried into it.
    pub stated_later: Pence,
    /// What each partner put in.
    pub contributions: Vec<PartnerSum>,
    /// All contributions.
    pub contributed: Pence,
    /// Spent by the pool on suppliers, staff and anyone who is not a partner.
    pub spent: Pence,
    /// Paid by the pool to partners for what they do.
    pub paid_on: Pence,
    /// Given back by the pool to partners, beyond what was due to them.
    pub given_back: Pence,
    /// What is left at the end of the year; below zero for a deficit.
    pub surplus: Pence,
    /// What is due to each partner under the agreement; below zero: due from it.
    pub due: Vec<PartnerSum>,
    /// A surplus or deficit that the agreement shares among the contributors of a year in which
    /// there was none. It is nobody's until someone decides, and is not carried forward.
    pub not_shared: Pence,
    /// Carried forward to the next year.
    pub closing: Pence,
    /// What the pool paid each partner of what was due to it from earlier years; below zero: was
    /// paid of what was due from it. No source and no use of this year.
    pub settled: Vec<PartnerSum>,
    /// The spending of the year by whose money it was said to be: **attribution, not a fact of any
    /// ledger**.
    pub attribution: Vec<Attribution>,
}

/// The statement of a pooled fund, year by year.
///
/// Contributions are what partners paid the pool, whatever the kind. What its rule shares out is
/// due, not paid: it leaves the statement at the end of the year, and a later
/// [repayment](FlowKind::Repayment) between pool and partner settles it first.
///
/// Attribution follows contributions: in a pool money loses its identity and follows need, so
/// "the council's share of the pool's spending" is in no ledger.
///
/// # Example: ten equal contributions, the rest carried forward
///
/// Ten partners put in £10,000 each, and £87,500.55 are spent:
///
/// ```
/// use wholeplace::account::{Flows, PoolStatement};
/// use wholeplace::axis::{FlowKind, MemberRow, Tree};
/// use wholeplace::money::Pence;
/// use wholeplace::place::{Pool, PoolRule};
/// # let row = |code: String| MemberRow { code, ..MemberRow::default() };
/// let codes = (1..=10).map(|i| format!("partner-{i}")).chain(["pool".to_owned()]);
/// let (partners, _) = Tree::build("a partner", &codes.map(row).collect::<Vec<_>>());
/// let pool = partners.find("pool")?;
/// let year = "2023-24".parse()?;
///
/// let mut flows = Flows::new([pool]);
/// for (partner, _) in partners.iter().filter(|&(partner, _)| partner != pool) {
///     let kind = FlowKind::PoolContribution;
///     flows.add_flow(year, partner, pool, kind, Pence::new(1_000_000));
/// }
/// flows.add_spent(year, pool, Pence::new(8_750_055));
///
/// let mut agreement = Pool {
///     partner: pool,
///     host: partners.find("partner-1")?,
///     agreement: "Partnership agreement of April 2023".into(),
///     rule: PoolRule::CarriedForward,
/// };
/// let statement = PoolStatement::of(&agreement, &flows, &partners)?;
/// let [of_year] = statement.years() else { panic!("one year") };
/// assert_eq!(of_year.contributed.to_string(), "£100,000.00");
/// assert_eq!(of_year.surplus.to_string(), "£12,499.45");
/// assert_eq!(of_year.closing.to_string(), "£12,499.45");
/// assert_eq!(of_year.attribution[0].spending.to_string(), "£8,750.06");
/// assert_eq!(of_year.attribution[9].spending.to_string(), "£8,750.05");
///
/// // The same pool, had its agreement shared the rest in equal parts:
/// agreement.rule = PoolRule::Equally;
/// let statement = PoolStatement::of(&agreement, &flows, &partners)?;
/// let due: Vec<String> = statement.years()[0].due.iter().map(|d| d.pence.to_string()).collect();
/// assert_eq!(due[..5], ["£1,249.95"; 5]);
/// assert_eq!(due[5..], ["£1,249.94"; 5]);
/// assert_eq!(statement.years()[0].closing, Pence::ZERO);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Example: an old grant is drawn down
///
/// ```
/// # use wholeplace::account::{Flows, PoolStatement};
/// # use wholeplace::axis::{MemberRow, Period, Tree};
/// # use wholeplace::money::Pence;
/// # use wholeplace::place::{Pool, PoolRule};
/// # let row = |code: &str| MemberRow { code: code.into(), ..MemberRow::default() };
/// # let (partners, _) = Tree::build("a partner", &["council", "youth-pool"].map(row));
/// # let (council, pool) = (partners.find("council")?, partners.find("youth-pool")?);
/// # let years = "2023-24 to 2025-26".parse::<Period>()?.financial_years();
/// let mut flows = Flows::new([pool]);
/// flows.add_opening(years[0], pool, Pence::new(6_000_000));
/// for (&year, spent) in years.iter().zip([2_500_000, 3_000_000, 500_000]) {
///     flows.add_spent(year, pool, Pence::new(spent));
/// }
/// # let agreement = Pool {
/// #     partner: pool,
/// #     host: council,
/// #     agreement: "Section 75 agreement, 2019".into(),
/// #     rule: PoolRule::CarriedForward,
/// # };
/// let statement = PoolStatement::of(&agreement, &flows, &partners)?;
/// let lines: Vec<String> = statement.to_string().lines().map(|l| l.trim_end().into()).collect();
/// assert_eq!(
///     lines.join("\n"),
///     "\
/// Pooled fund: youth-pool
///
///                               2023-24      2024-25     2025-26
/// ───────────────────────────────────────────────────────────────
///  held from earlier years   £60,000.00   £35,000.00   £5,000.00
///  all contributions              £0.00        £0.00       £0.00
///  spent                     £25,000.00   £30,000.00   £5,000.00
///  surplus, or deficit (-)   £35,000.00    £5,000.00       £0.00
///  carried forward           £35,000.00    £5,000.00       £0.00
///
/// Section 75 agreement, 2019. What is left at the end of a year is carried forward. The host is \
/// council."
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PoolStatement {
    pool: String,
    name: String,
    host: String,
    agreement: String,
    rule: PoolRule,
    years: Vec<PoolYear>,
}

impl PoolStatement {
    /// The statement of a pool, from the first year in which there is anything of it.
    ///
    /// # Errors
    ///
    /// [`FundingError::PoolNotHeld`] when its spending is not in the account;
    /// [`FundingError::NotAFinancialYear`]; [`FundingError::Money`] when a sum is too large.
    pub fn of(pool: &Pool, flows: &Flows, partners: &Tree) -> Result<Self, FundingError> {
        let member = partners.get(pool.partner);
        if !flows.is_held(pool.partner) {
            return Err(FundingError::PoolNotHeld {
                pool: member.code.clone(),
            });
        }
        let mut books = Books {
            pool,
            flows,
            partners,
            carried: 0,
            owed: BTreeMap::new(),
        };
        let first = flows.first_year(pool.partner);
        let mut years = Vec::new();
        for year in flows.years()? {
            if first.is_some_and(|first| first <= year) {
                years.push(books.close(year, first == Some(year))?);
            }
        }
        Ok(Self {
            pool: member.code.clone(),
            name: member.name.clone(),
            host: partners.get(pool.host).name.clone(),
            agreement: pool.agreement.clone(),
            rule: pool.rule,
            years,
        })
    }

    /// Each financial year, first to last.
    #[must_use]
    pub fn years(&self) -> &[PoolYear] {
        &self.years
    }

    /// The statement as a table, a year a column. Rows without any money are left out.
    #[must_use]
    pub fn to_table(&self) -> Table {
        let mut table = self.table(format!("Pooled fund: {}", self.name));
        self.row(&mut table, "held from earlier years", |y| y.opening);
        self.partner_rows(&mut table, "put in by", |y| &y.contributions);
        table.row(self.cells("all contributions", |y| y.contributed));
        table.row(self.cells("spent", |y| y.spent));
        self.row(&mut table, "paid to partners", |y| y.paid_on);
        self.row(&mut table, "given back", |y| y.given_back);
        table.row(self.cells("surplus, or deficit (-)", |y| y.surplus));
        self.partner_rows(&mut table, "due to (-: from)", |y| &y.due);
        self.row(&mut table, NOT_SHARED, |y| y.not_shared);
        table.row(self.cells("carried forward", |y| y.closing));
        self.partner_rows(&mut table, "earlier dues paid to (-: by)", |y| &y.settled);
        let rule = match self.rule {
            PoolRule::CarriedForward => "is carried forward",
            PoolRule::ByContribution => "is shared by what each partner put in that year",
            PoolRule::Equally => "is shared equally among those who put in that year",
            PoolRule::Host => "is the host's",
        };
        table.note(&format!(
            "{}. What is left at the end of a year {rule}. The host is {}.",
            self.agreement.trim_end_matches('.'),
            self.host
        ));
        self.note_stated(&mut table);
        table
    }

    /// The spending of each year by whose contributions it is attributed to, a year a column.
    #[must_use]
    pub fn attribution_table(&self) -> Table {
        let mut table = self.table(format!(
            "Pooled fund: {}: spending by whose money went in",
            self.name
        ));
        let mut names: Vec<(&Option<String>, &str)> = Vec::new();
        for row in self.years.iter().flat_map(|year| &year.attribution) {
            if !names.contains(&(&row.partner, row.name.as_str())) {
                names.push((&row.partner, &row.name));
            }
        }
        for (partner, name) in names {
            let of = |year: &PoolYear| {
                let mut rows = year.attribution.iter();
                rows.find(|row| row.partner == *partner && row.name == name)
                    .map_or(Pence::ZERO, |row| row.spending)
            };
            table.row(self.cells(name, of));
        }
        table.note(
            "This is attribution, not a fact of any ledger: the spending of a year is divided in \
             proportion to what each put in, and what was held from earlier years.",
        );
        table
    }

    fn table(&self, title: String) -> Table {
        let mut table = Table::new(title);
        table.column("", Align::Left);
        for year in &self.years {
            table.column(&year.year.to_string(), Align::Right);
        }
        table
    }

    fn cells(&self, heading: &str, cell: impl Fn(&PoolYear) -> Pence) -> Vec<String> {
        let cells = self.years.iter().map(|year| cell(year).to_string());
        std::iter::once(heading.to_owned()).chain(cells).collect()
    }

    /// A row, if it has any money.
    fn row(&self, table: &mut Table, heading: &str, cell: impl Fn(&PoolYear) -> Pence) {
        if self.years.iter().any(|year| cell(year) != Pence::ZERO) {
            table.row(self.cells(heading, cell));
        }
    }

    /// A row for each partner with money of some sort in any year.
    fn partner_rows(
        &self,
        table: &mut Table,
        heading: &str,
        sums: impl Fn(&PoolYear) -> &[PartnerSum],
    ) {
        let mut seen = BTreeSet::new();
        for sum in self.years.iter().flat_map(&sums) {
            if seen.insert(&sum.partner) {
                let of = |year: &PoolYear| {
                    let mut of_year = sums(year).iter();
                    of_year
                        .find(|other| other.partner == sum.partner)
                        .map_or(Pence::ZERO, |other| other.pence)
                };
                self.row(table, &format!("{heading} {}", sum.name), of);
            }
        }
    }

    fn note_stated(&self, table: &mut Table) {
        for year in &self.years {
            if year.stated_later != Pence::ZERO {
                table.note(&format!(
                    "{}: {} of what is held from earlier years was stated for that year, on top \
                     of what was carried into it.",
                    year.year, year.stated_later
                ));
            }
        }
    }
}

impl fmt::Display for PoolStatement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_table().fmt(f)
    }
}

const NOT_SHARED: &str = "not shared: nobody contributed this year";

/// The books of a pool as its years are closed, one after the other.
struct Books<'a> {
    pool: &'a Pool,
    flows: &'a Flows,
    partners: &'a Tree,
    carried: i128,
    /// What the pool still owes each partner of earlier years; below zero: is owed by it.
    owed: BTreeMap<MemberId, i128>,
}

/// What moved between a pool and partners in a year.
#[derive(Default)]
struct Moved {
    contributions: BTreeMap<MemberId, i128>,
    paid_on: i128,
    given_back: i128,
    settled: BTreeMap<MemberId, i128>,
}

impl Books<'_> {
    fn close(&mut self, year: Period, first: bool) -> Result<PoolYear, FundingError> {
        let stated = self.flows.opening(year, self.pool.partner).unwrap_or(0);
        let opening = self.carried + stated;
        let moved = self.moved(year);
        let spent = self.flows.spent(year, self.pool.partner);
        let contributed: i128 = moved.contributions.values().sum();
        let surplus = opening + contributed - spent - moved.paid_on - moved.given_back;

        let contributors: Vec<(MemberId, u64)> = moved
            .contributions
            .iter()
            .map(|(&partner, &pence)| Ok((partner, weight(pence)?)))
            .collect::<Result<_, MoneyError>>()?;
        let due = self.due(Pence::from_wide(surplus)?, &contributors)?;
        let left = surplus - due.iter().map(|(_, p)| i128::from(p.get())).sum::<i128>();
        let (closing, not_shared) = match self.pool.rule {
            PoolRule::CarriedForward => (left, 0),
            PoolRule::ByContribution | PoolRule::Equally | PoolRule::Host => (0, left),
        };
        let of_year = PoolYear {
            year,
            opening: Pence::from_wide(opening)?,
            stated_later: Pence::from_wide(if first { 0 } else { stated })?,
            contributions: self.sums(&moved.contributions)?,
            contributed: Pence::from_wide(contributed)?,
            spent: Pence::from_wide(spent)?,
            paid_on: Pence::from_wide(moved.paid_on)?,
            given_back: Pence::from_wide(moved.given_back)?,
            surplus: Pence::from_wide(surplus)?,
            due: due.iter().map(|&(p, pence)| self.sum(p, pence)).collect(),
            not_shared: Pence::from_wide(not_shared)?,
            closing: Pence::from_wide(closing)?,
            settled: self.sums(&moved.settled)?,
            attribution: self.attribution(
                opening,
                &contributors,
                Pence::from_wide(spent + moved.paid_on)?,
            )?,
        };
        assert_shared(&of_year);
        for (partner, pence) in due {
            *self.owed.entry(partner).or_default() += i128::from(pence.get());
        }
        self.carried = closing;
        Ok(of_year)
    }

    /// What moved in a year. A repayment settles what was due first; what is left of it is given
    /// back (by the pool) or put in (by a partner).
    fn moved(&mut self, year: Period) -> Moved {
        let mut moved = Moved::default();
        let repaid = |kind| kind == FlowKind::Repayment;
        for ((payer, payee), net) in self.flows.net(year, repaid) {
            if payee == self.pool.partner {
                let settled = self.settle(payer, -net.chosen, &mut moved);
                *moved.contributions.entry(payer).or_default() += net.total + settled;
            } else if payer == self.pool.partner {
                let settled = self.settle(payee, net.chosen, &mut moved);
                moved.given_back += net.chosen - settled;
                moved.paid_on += net.total - net.chosen;
            }
        }
        moved.contributions.retain(|_, pence| *pence != 0);
        moved
    }

    /// Sets a repayment against what is owed in the same direction; gives what it settled.
    fn settle(&mut self, partner: MemberId, repaid: i128, moved: &mut Moved) -> i128 {
        let owed = self.owed.entry(partner).or_default();
        let settled = if repaid > 0 {
            repaid.min((*owed).max(0))
        } else {
            repaid.max((*owed).min(0))
        };
        *owed -= settled;
        if settled != 0 {
            *moved.settled.entry(partner).or_default() += settled;
        }
        settled
    }

    /// Who gets what is left, or makes good what is missing; nobody, where the agreement names
    /// contributors and there were none.
    fn due(
        &self,
        surplus: Pence,
        contributors: &[(MemberId, u64)],
    ) -> Result<Vec<(MemberId, Pence)>, MoneyError> {
        let weights: Vec<(MemberId, u64)> = match self.pool.rule {
            PoolRule::CarriedForward => Vec::new(),
            PoolRule::ByContribution => contributors.to_vec(),
            PoolRule::Equally => contributors
                .iter()
                .map(|&(partner, _)| (partner, 1))
                .collect(),
            PoolRule::Host => vec![(self.pool.host, 1)],
        };
        if weights.is_empty() || surplus == Pence::ZERO {
            return Ok(Vec::new());
        }
        let (partners, weights): (Vec<MemberId>, Vec<u64>) = weights.into_iter().unzip();
        let parts = surplus.apportion(&weights)?;
        Ok(partners.into_iter().zip(parts).collect())
    }

    /// The spending of a year, divided in proportion to what was there for it.
    fn attribution(
        &self,
        opening: i128,
        contributors: &[(MemberId, u64)],
        spending: Pence,
    ) -> Result<Vec<Attribution>, MoneyError> {
        let mut weights: Vec<(Option<MemberId>, u64)> = contributors
            .iter()
            .map(|&(partner, put_in)| (Some(partner), put_in))
            .collect();
        if opening > 0 {
            weights.push((None, weight(opening)?));
        }
        if weights.is_empty() {
            let nothing = Attribution {
                partner: None,
                name: "not attributed: nothing had been put in".to_owned(),
                put_in: Pence::ZERO,
                spending,
            };
            let rows = (spending != Pence::ZERO).then_some(nothing);
            return Ok(rows.into_iter().collect());
        }
        let numbers: Vec<u64> = weights.iter().map(|&(_, put_in)| put_in).collect();
        let parts = spending.apportion(&numbers)?;
        let rows = weights.into_iter().zip(parts);
        rows.map(|((partner, put_in), spending)| {
            let member = partner.map(|partner| self.partners.get(partner));
            Ok(Attribution {
                partner: member.map(|member| member.code.clone()),
                name: member
                    .map_or("held from earlier years", |m| &m.name)
                    .to_owned(),
                put_in: Pence::from_wide(put_in.into())?,
                spending,
            })
        })
        .collect()
    }

    fn sum(&self, partner: MemberId, pence: Pence) -> PartnerSum {
        let member = self.partners.get(partner);
        PartnerSum {
            partner: member.code.clone(),
            name: member.name.clone(),
            pence,
        }
    }

    fn sums(&self, sums: &BTreeMap<MemberId, i128>) -> Result<Vec<PartnerSum>, MoneyError> {
        sums.iter()
            .map(|(&partner, &pence)| Ok(self.sum(partner, Pence::from_wide(pence)?)))
            .collect()
    }
}

/// A sum above zero as a weight.
fn weight(pence: i128) -> Result<u64, MoneyError> {
    Ok(Pence::from_wide(pence)?.get().unsigned_abs())
}

/// Stops the program when a year of a pool does not add up.
#[track_caller]
fn assert_shared(year: &PoolYear) {
    let wide = |pence: Pence| i128::from(pence.get());
    let due: i128 = year.due.iter().map(|due| wide(due.pence)).sum();
    assert_conserved(
        "a pool's year",
        wide(year.opening) + wide(year.contributed),
        wide(year.spent)
            + wide(year.paid_on)
            + wide(year.given_back)
            + wide(year.closing)
            + due
            + wide(year.not_shared),
    );
    let attributed: i128 = year.attribution.iter().map(|row| wide(row.spending)).sum();
    assert_conserved(
        "attribution of a pool's spending",
        wide(year.spent) + wide(year.paid_on),
        attributed,
    );
}
