//! What each column of a table is taken for, and why: by its heading and by what stands in it, never by
//! one of them alone.

use super::bodies;
use super::profile::{Column, Table, hash, per_cent};
use super::words::{self, Level};
use crate::axis::{Period, YearKind};
use crate::finding::plain;
use crate::ledger::{Qualifier, SignTexts, is_pounds, says_credit, says_unit};
use crate::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use crate::sheet::{Found, Name, Names, Sheet, normalised};
use crate::text::{counted, grouped};
use std::collections::{BTreeMap, BTreeSet};

/// A column, or several that are joined, with what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chosen {
    /// As the file writes them.
    pub(super) headings: Vec<String>,
    /// Which of several columns of one heading is meant, counted from 1.
    pub(super) occurrence: Option<u32>,
    /// Those of higher rank come first among the alternatives of several files.
    pub(super) rank: u8,
    /// Why it was taken: what was seen.
    pub(super) why: String,
    /// What a person must look at.
    pub(super) look: Option<String>,
}

/// Whose money the lines of a table are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Bodies {
    /// No column says it.
    #[default]
    Unsaid,
    /// One body, by a column.
    One {
        column: Chosen,
        /// Its name as written.
        name: String,
    },
    /// Several, by a column.
    Several {
        column: Chosen,
        /// Their names as written.
        names: Vec<String>,
        /// The one that most lines are of.
        mostly: Option<String>,
    },
}

/// What the columns of one table are.
#[derive(Clone, Debug, Default)]
pub(super) struct Decision {
    pub(super) amount: Option<Chosen>,
    pub(super) date: Option<Chosen>,
    /// Forms of dates, where those read without being named are not enough.
    pub(super) forms: Vec<String>,
    /// Whether some dates can only have the day first.
    pub(super) day_first: bool,
    pub(super) period: Option<Chosen>,
    pub(super) years: Option<YearKind>,
    pub(super) reference: Option<Chosen>,
    pub(super) currency: Option<Chosen>,
    pub(super) signs: Option<(Chosen, SignTexts)>,
    pub(super) units: Option<(Chosen, BTreeMap<String, Pence>)>,
    pub(super) income_positive: Option<String>,
    /// Why amounts are rounded.
    pub(super) excess: Option<String>,
    pub(super) activity: Option<Chosen>,
    pub(super) kind: Option<Chosen>,
    pub(super) payee: Option<Chosen>,
    pub(super) bodies: Bodies,
    /// The column of amounts in the table, by its place among its columns.
    pub(super) amount_column: Option<usize>,
}

impl Decision {
    /// Decides about the columns of a table; its sheet is read again for what only whole rows show.
    pub(super) fn of(table: &Table, sheet: &Sheet<'_>, workbook: bool) -> Self {
        let at = Deciding { table, sheet };
        let mut decision = Self::default();
        let Some((column, amount)) = at.amount() else {
            return decision;
        };
        let amounts = &table.columns[column];
        decision.amount_column = Some(column);
        decision.amount = Some(amount);
        if amounts.excess > 0 {
            let times = counted(grouped(&amounts.excess.to_string()), "amount");
            decision.excess = Some(format!("{times} of more than two decimals"));
        } else if workbook {
            decision.excess = Some("workbooks hold binary numbers".to_owned());
        }
        match at.date(column) {
            Some((date, forms)) => {
                decision.day_first = table
                    .columns
                    .iter()
                    .any(|column| date.headings.contains(&column.heading) && column.day_first > 0);
                (decision.date, decision.forms) = (Some(date), forms);
            }
            None => {
                if let Some((period, years)) = at.period(column) {
                    (decision.period, decision.years) = (Some(period), years);
                }
            }
        }
        decision.payee = at.payee();
        decision.bodies = at.bodies();
        decision.currency = at.currency();
        decision.signs = at.signs(column);
        decision.units = at.units();
        decision.income_positive = (decision.signs.is_none())
            .then(|| at.income_positive(column))
            .flatten();
        decision.reference = at.reference(column);
        decision.activity = at.activity(&decision);
        decision.kind = at.kind();
        decision
    }
}

struct Deciding<'a> {
    table: &'a Table,
    sheet: &'a Sheet<'a>,
}

/// A heading as it may be shown.
pub(super) fn shown(heading: &str) -> String {
    format!("`{}`", plain(heading.trim()))
}

fn number(number: u64) -> String {
    grouped(&number.to_string())
}

impl Deciding<'_> {
    /// One column as it is chosen.
    fn chosen(&self, column: usize, rank: u8, why: String) -> Chosen {
        let own = &self.table.columns[column];
        Chosen {
            headings: vec![own.heading.clone()],
            occurrence: self.occurrence(column),
            rank,
            why,
            look: None,
        }
    }

    /// Which of several columns of the same heading a column is.
    fn occurrence(&self, column: usize) -> Option<u32> {
        let columns = &self.table.columns;
        let names = Names::of(columns.iter().map(|column| column.heading.as_str()));
        match names.find(&Name::new(&columns[column].heading, None)) {
            Found::Several(fit) => {
                let at = fit.iter().position(|&one| one == column)?;
                u32::try_from(at + 1).ok()
            }
            _ => None,
        }
    }

    /// Columns with a rank for their headings, the best first, whose cells are right to so many per
    /// cent by this count.
    fn ranked(
        &self,
        rank: impl Fn(&Column) -> Option<u8>,
        right: impl Fn(&Column) -> u64,
        least: u64,
    ) -> Vec<(usize, u8)> {
        let mut ranked: Vec<(usize, u8)> = (self.table.columns.iter().enumerate())
            .filter(|(_, column)| column.filled > 0)
            .filter_map(|(at, column)| {
                let rank = rank(column)?;
                (per_cent(right(column), column.filled) >= least).then_some((at, rank))
            })
            .collect();
        // A column that is mostly empty gives way to one that is filled.
        let filled =
            |at: usize| per_cent(self.table.columns[at].filled, self.table.rows).min(90) / 10;
        ranked.sort_by_key(|&(at, rank)| {
            let score = u64::from(rank) * (filled(at) + 1);
            (std::cmp::Reverse(score), at)
        });
        ranked
    }

    fn amount(&self) -> Option<(usize, Chosen)> {
        let columns = &self.table.columns;
        let ranked = self.ranked(
            |column| words::amount(&column.words),
            |column| column.amounts,
            50,
        );
        let Some(&(mut best, rank)) = ranked.first() else {
            return self.amount_without_heading();
        };
        let mut others: Vec<usize> = ranked.iter().skip(1).map(|&(at, _)| at).collect();
        let taxes = (0..columns.len()).filter(|&at| words::is_tax(&columns[at].words));
        let taxes: Vec<usize> = taxes.filter(|&at| columns[at].filled > 0).collect();
        let mut seen = String::new();
        let mut looks: Vec<String> = Vec::new();
        // What is before tax is told by the rows, where they show it.
        let sums = self.sums(best, &others, &taxes);
        if let Some(&(net, tax, gross)) = sums
            .iter()
            .find(|(net, _, gross)| *net == best || *gross == best)
        {
            best = net;
            seen = format!(
                "; its cells and those of {} add up to {}",
                shown(&columns[tax].heading),
                shown(&columns[gross].heading)
            );
            others.retain(|&other| other != gross && other != net);
            let first = ranked[0].0;
            if first != best && first != gross {
                others.push(first);
            }
        }
        let own = &columns[best];
        for other in others {
            let column = &columns[other];
            let both = self.differ(best, other);
            if both.differ > 0 && both.apart {
                looks.push(format!(
                    "{} is filled where {} is blank: such rows have no amount here, and are findings",
                    shown(&column.heading),
                    shown(&own.heading)
                ));
            } else if both.differ > 0 {
                looks.push(format!(
                    "{} adds up to {} and {} to {}; they differ in {}",
                    shown(&own.heading),
                    pounds(own.pence),
                    shown(&column.heading),
                    pounds(column.pence),
                    crate::text::counted(number(both.differ), "row"),
                ));
            }
        }
        if rank <= 50 && seen.is_empty() && words::amount(&own.words).is_some_and(|rank| rank == 50)
        {
            looks.push(
                "the heading says that VAT is in it, and no column without it was found".to_owned(),
            );
        }
        let why = format!(
            "{}% of {} filled cells read as amounts, {} in all{seen}",
            per_cent(own.amounts, own.filled),
            number(own.filled),
            pounds(own.pence)
        );
        let mut chosen = self.chosen(best, words::amount(&own.words).unwrap_or(rank), why);
        chosen.look = (!looks.is_empty()).then(|| looks.join("; "));
        Some((best, chosen))
    }

    /// A column of amounts by its cells alone: nearly all are amounts, with pence, and they are no
    /// numbers that tell something from something else.
    fn amount_without_heading(&self) -> Option<(usize, Chosen)> {
        let fits = |column: &Column| {
            column.filled * 2 >= self.table.rows
                && per_cent(column.amounts, column.filled) >= 90
                && column.with_pence * 10 >= column.filled
                && column.dated() * 2 < column.filled
                && !words::is_tax(&column.words)
                && words::date(&column.words).is_none()
                && words::reference(&column.words).is_none()
        };
        let columns = self.table.columns.iter().enumerate();
        let (best, own) = (columns.filter(|(_, column)| fits(column)))
            .max_by_key(|(at, column)| (column.with_pence, std::cmp::Reverse(*at)))?;
        let why = format!(
            "no heading names an amount; {}% of {} filled cells read as amounts, {} of them with pence",
            per_cent(own.amounts, own.filled),
            number(own.filled),
            number(own.with_pence)
        );
        let mut chosen = self.chosen(best, 20, why);
        chosen.look = Some(format!(
            "{} was taken for the amount by its cells alone",
            shown(&own.heading)
        ));
        Some((best, chosen))
    }

    /// Which columns are net, tax and gross by their rows: in nine of ten where all are filled, and not
    /// only where the tax is nothing, the first two add up to the third.
    fn sums(&self, best: usize, others: &[usize], taxes: &[usize]) -> Vec<(usize, usize, usize)> {
        const MOST: usize = 6;
        let mut columns: Vec<usize> = std::iter::once(best)
            .chain(others.iter().copied())
            .take(MOST)
            .collect();
        let money = columns.len();
        columns.extend(taxes.iter().copied().take(MOST));
        columns.dedup();
        if money < 2 || columns.len() == money {
            return Vec::new();
        }
        let mut met: BTreeMap<(usize, usize, usize), (u64, u64)> = BTreeMap::new();
        let mut filled: BTreeMap<(usize, usize, usize), u64> = BTreeMap::new();
        self.table.each_row(self.sheet, &columns, |cells| {
            let pence: Vec<Option<i64>> = cells.iter().map(|cell| pence(cell)).collect();
            for net in 0..money {
                for gross in (0..money).filter(|&gross| gross != net) {
                    for tax in money..columns.len() {
                        let (Some(a), Some(b), Some(c)) = (pence[net], pence[tax], pence[gross])
                        else {
                            continue;
                        };
                        let key = (columns[net], columns[tax], columns[gross]);
                        *filled.entry(key).or_default() += 1;
                        if a.checked_add(b) == Some(c) {
                            let met = met.entry(key).or_default();
                            met.0 += 1;
                            met.1 += u64::from(b != 0);
                        }
                    }
                }
            }
        });
        let good = |(key, (met, taxed)): (&(usize, usize, usize), &(u64, u64))| {
            let all = filled.get(key).copied().unwrap_or_default();
            (*taxed > 0 && met * 10 >= all * 9).then_some(*key)
        };
        met.iter().filter_map(good).collect()
    }

    fn differ(&self, one: usize, other: usize) -> Differing {
        let mut found = Differing {
            differ: 0,
            apart: true,
        };
        self.table.each_row(self.sheet, &[one, other], |cells| {
            let (one, other) = (pence(cells[0]), pence(cells[1]));
            if one != other && other.is_some() {
                found.differ += 1;
                found.apart &= one.is_none();
            }
        });
        found
    }

    fn date(&self, amount: usize) -> Option<(Chosen, Vec<String>)> {
        let dates = |column: &Column| column.dated() + column.serials;
        let ranked = self.ranked(|column| words::date(&column.words), dates, 60);
        let named = ranked.into_iter().find(|&(at, _)| at != amount);
        let by_cells = || {
            let mut columns = self
                .table
                .columns
                .iter()
                .enumerate()
                .filter(|(at, column)| {
                    *at != amount
                        && column.filled * 2 >= self.table.rows
                        && per_cent(column.dated(), column.filled) >= 90
                });
            columns.next().map(|(at, _)| (at, 15))
        };
        let unnamed = named.is_none();
        let (at, rank) = named.or_else(by_cells)?;
        let column = &self.table.columns[at];
        let (forms, look) = forms(column);
        let mut why = format!(
            "{}% of {} filled cells read as dates",
            per_cent(dates(column), column.filled),
            number(column.filled)
        );
        let mut seen: Vec<String> = column
            .dates
            .iter()
            .map(|(form, count)| format!("{form} ({})", number(*count)))
            .collect();
        if column.serials > 0 {
            seen.push(format!(
                "day numbers of a spreadsheet ({})",
                number(column.serials)
            ));
        }
        why.push_str(&format!(": {}", seen.join(", ")));
        let mut chosen = self.chosen(at, rank, why);
        chosen.look = look;
        if unnamed {
            chosen.look = Some(format!(
                "{} was taken for the date by its cells alone",
                shown(&column.heading)
            ));
        } else if rank <= 60 {
            chosen.look = chosen.look.or_else(|| {
                Some(
                    "no column says when it was paid; this is another date of the payment"
                        .to_owned(),
                )
            });
        }
        Some((chosen, forms))
    }

    fn period(&self, amount: usize) -> Option<(Chosen, Option<YearKind>)> {
        let periods = |column: &Column| column.periods.max(column.bare_years);
        let ranked = self.ranked(|column| words::period(&column.words), periods, 80);
        let (at, rank) = ranked.into_iter().find(|&(at, _)| at != amount)?;
        let column = &self.table.columns[at];
        let why = format!(
            "no column of dates; {}% of {} filled cells read as periods",
            per_cent(periods(column), column.filled),
            number(column.filled)
        );
        let mut chosen = self.chosen(at, rank, why);
        let plainly = |text: &String| Period::parse(text, None).is_ok();
        let years = if column.texts.keys().all(plainly) {
            None
        } else if column.bare_years > column.periods {
            chosen.look = Some("a year of four digits is taken for a calendar year".to_owned());
            Some(YearKind::Calendar)
        } else {
            chosen.look = Some("years are taken for financial years".to_owned());
            Some(YearKind::Financial)
        };
        Some((chosen, years))
    }

    fn reference(&self, amount: usize) -> Option<Chosen> {
        let nearly_all = |column: &Column| {
            column.distinct * 100 >= column.filled * 98
                && column.filled * 100 >= self.table.rows * 95
        };
        let ranked = self.ranked(
            |column| words::reference(&column.words),
            |column| column.filled,
            100,
        );
        let (at, rank) = (ranked.into_iter())
            .find(|&(at, _)| at != amount && nearly_all(&self.table.columns[at]))?;
        let column = &self.table.columns[at];
        let why = format!(
            "{} different texts in {} filled cells",
            number(column.distinct),
            number(column.filled)
        );
        Some(self.chosen(at, rank, why))
    }

    fn payee(&self) -> Option<Chosen> {
        let words_of_names =
            |column: &Column| column.filled - column.amounts.max(column.dated()).min(column.filled);
        let (at, rank) = *self
            .ranked(|column| words::payee(&column.words), words_of_names, 70)
            .first()?;
        let column = &self.table.columns[at];
        let why = format!(
            "{} different names in {} filled cells",
            number(column.distinct),
            number(column.filled)
        );
        Some(self.chosen(at, rank, why))
    }

    fn bodies(&self) -> Bodies {
        // Parts of a body are no bodies: a column counts by how many of its names are of bodies.
        // Where a heading says so plainly, it is believed of a few names that come again and again.
        let payee = self.payee().is_some();
        let sounding = |column: &Column| {
            let few = column.distinct <= 20 && (payee || column.distinct * 10 <= column.filled);
            if few && words::body(&column.words).is_some_and(|rank| rank >= 98) {
                return column.filled;
            }
            let bodies = (column.texts.iter()).filter(|(name, _)| bodies::sounds_public(name));
            bodies.map(|(_, count)| count).sum::<u64>()
        };
        let rank = |column: &Column| {
            let rank = words::body(&column.words)?;
            let department = column.texts.keys().all(|name| bodies::is_department(name));
            Some(if department { 1 } else { rank })
        };
        let ranked = self.ranked(rank, sounding, 80);
        let Some(&(at, rank)) = ranked.first().filter(|(_, rank)| *rank > 1) else {
            return Bodies::Unsaid;
        };
        let column = &self.table.columns[at];
        let mut names: BTreeMap<String, (&String, u64)> = BTreeMap::new();
        for (name, count) in &column.texts {
            let known = names.entry(bodies::key(name)).or_insert((name, 0));
            known.1 += count;
        }
        const MOST: usize = 60;
        if !column.texts_are_all() || names.len() > MOST {
            return Bodies::Unsaid;
        }
        if let [(name, _)] = names.values().collect::<Vec<_>>().as_slice() {
            let why = format!("one body in {} filled cells", number(column.filled));
            return Bodies::One {
                name: (*name).clone(),
                column: self.chosen(at, rank, why),
            };
        }
        let why = format!(
            "{} bodies in {} filled cells",
            names.len(),
            number(column.filled)
        );
        let most = names.values().max_by_key(|(_, count)| *count);
        let mostly = most
            .filter(|(_, count)| count * 2 > column.filled)
            .map(|(name, _)| (*name).clone());
        Bodies::Several {
            column: self.chosen(at, rank, why),
            names: column.texts.keys().cloned().collect(),
            mostly,
        }
    }

    fn currency(&self) -> Option<Chosen> {
        let (at, column) = (self.table.columns.iter().enumerate())
            .find(|(_, column)| Qualifier::of(&column.heading) == Some(Qualifier::Currency))?;
        let others = column.texts.iter().filter(|(text, _)| !is_pounds(text));
        let others: u64 = others.map(|(_, count)| count).sum();
        let mut chosen = self.chosen(
            at,
            50,
            format!(
                "{} of {} filled cells name pounds",
                number(column.filled - others),
                number(column.filled)
            ),
        );
        if others > 0 {
            chosen.look = Some(format!(
                "{} in another currency are refused",
                counted(number(others), "line")
            ));
        }
        Some(chosen)
    }

    /// A column that says debit or credit, where the amounts themselves have no sign.
    fn signs(&self, amount: usize) -> Option<(Chosen, SignTexts)> {
        let spends = |text: &str| {
            matches!(
                text.to_lowercase().as_str(),
                "dr" | "dr."
                    | "d"
                    | "debit"
                    | "debits"
                    | "+"
                    | "plus"
                    | "s"
                    | "soll"
                    | "1"
                    | "expenditure"
                    | "spend"
                    | "invoice"
                    | "payment"
            )
        };
        let fits = |column: &Column| {
            let named = Qualifier::of(&column.heading) == Some(Qualifier::Sign);
            let texts = || column.texts.keys().map(String::as_str);
            let all = texts().all(|text| spends(text) || says_credit(text));
            let both = texts().any(spends) && texts().any(says_credit);
            column.texts_are_all()
                && column.distinct > 0
                && column.distinct <= 8
                && all
                && (named || both)
        };
        let (at, column) = (self.table.columns.iter().enumerate())
            .find(|(at, column)| *at != amount && fits(column))?;
        let (mut unsaid, mut twice, mut credits) = (0u64, 0u64, 0u64);
        self.table.each_row(self.sheet, &[amount, at], |cells| {
            let Some(pence) = pence(cells[0]) else { return };
            unsaid += u64::from(cells[1].is_empty());
            if says_credit(cells[1]) {
                credits += 1;
                twice += u64::from(pence < 0);
            }
        });
        if unsaid > 0 || twice > 0 {
            return None;
        }
        let (income, spending): (Vec<String>, Vec<String>) = column
            .texts
            .keys()
            .cloned()
            .partition(|text| says_credit(text));
        let why = format!(
            "{} of {} lines are income, and their amounts have no sign",
            number(credits),
            number(column.filled)
        );
        let other = |list: &[String], lower: &str| match list {
            [] => Vec::new(),
            [first, ..] => vec![in_case_of(lower, first)],
        };
        let texts = SignTexts {
            spending: if spending.is_empty() {
                other(&income, opposite(&income[0]))
            } else {
                spending.clone()
            },
            income: if income.is_empty() {
                other(&spending, opposite(&spending[0]))
            } else {
                income
            },
        };
        Some((self.chosen(at, 50, why), texts))
    }

    /// A column that names thousands or millions beside the amounts.
    fn units(&self) -> Option<(Chosen, BTreeMap<String, Pence>)> {
        let (at, column) = (self.table.columns.iter().enumerate()).find(|(_, column)| {
            Qualifier::of(&column.heading) == Some(Qualifier::Unit)
                && column.texts_are_all()
                && column.texts.keys().any(|text| says_unit(text))
        })?;
        let mut units = BTreeMap::new();
        for text in column.texts.keys() {
            units.insert(text.clone(), unit(text)?);
        }
        if column.filled < self.table.rows {
            units.insert(String::new(), Pence::new(100));
        }
        let chosen = self.chosen(at, 50, counted(number(column.distinct), "different unit"));
        Some((chosen, units))
    }

    fn income_positive(&self, amount: usize) -> Option<String> {
        let column = &self.table.columns[amount];
        let mostly = column.negative * 10 >= column.amounts * 9 && column.negative < column.amounts;
        (mostly || column.negative == column.amounts && column.amounts > 1).then(|| {
            format!(
                "{} of {} amounts are below zero: this publisher writes spending so",
                number(column.negative),
                number(column.amounts)
            )
        })
    }

    fn kind(&self) -> Option<Chosen> {
        let (at, column) = (self.table.columns.iter().enumerate()).find(|(_, column)| {
            let texts = || column.texts.keys().map(|text| text.trim().to_lowercase());
            let says = texts().all(|text| {
                [
                    "capital",
                    "revenue",
                    "cap",
                    "rev",
                    "c",
                    "r",
                    "n/a",
                    "",
                    "balance sheet",
                ]
                .contains(&text.as_str())
            });
            let either = texts().any(|text| text.starts_with("cap") || text.starts_with("rev"));
            let named = words::is_kind(&column.words);
            column.texts_are_all()
                && column.filled > 0
                && (says && (either || named) || named && column.distinct <= 12)
        })?;
        let why = format!(
            "capital or revenue, {}",
            counted(number(column.distinct), "different text")
        );
        Some(self.chosen(at, 50, why))
    }

    /// Columns of codes that tell what money is for: the service or cost centre, within its directorate
    /// where there is one; with what was bought beside it, where these alone are too coarse.
    fn activity(&self, decision: &Decision) -> Option<Chosen> {
        const TOO_COARSE: u64 = 25;
        const TOO_MANY: u64 = 4_000;
        let taken = |column: &Column| {
            let is = |chosen: &Option<Chosen>| {
                chosen
                    .as_ref()
                    .is_some_and(|chosen| chosen.headings.contains(&column.heading))
            };
            is(&decision.amount)
                || is(&decision.date)
                || is(&decision.period)
                || is(&decision.payee)
                || is(&decision.reference)
                || matches!(&decision.bodies, Bodies::Several { column: chosen, .. } | Bodies::One { column: chosen, .. } if chosen.headings.contains(&column.heading))
        };
        let candidate = |at: usize| {
            let column = &self.table.columns[at];
            let (level, rank) = words::code(&column.words)?;
            let filled = column.filled * 2 >= self.table.rows;
            let again = column.distinct * 10 <= column.filled * 4 || column.distinct <= 40;
            let text = column.dated() * 5 < column.filled && column.with_pence * 5 < column.filled;
            let once = self.occurrence(at).is_none();
            (filled && again && text && once && !taken(column)).then_some((level, rank, at))
        };
        let mut columns: Vec<(Level, u8, usize)> = (0..self.table.columns.len())
            .filter_map(candidate)
            .collect();
        columns.sort_by_key(|&(level, rank, at)| {
            // Of two that are as likely, the one that tells more.
            let one = self.table.columns[at].distinct <= 1;
            (
                level,
                one,
                std::cmp::Reverse(rank),
                std::cmp::Reverse(self.table.columns[at].distinct),
                at,
            )
        });
        let best = |wanted: Level| {
            columns
                .iter()
                .find(|(level, ..)| *level == wanted)
                .map(|&(_, rank, at)| (at, rank))
        };
        let several = |at: usize| self.table.columns[at].distinct > 1;
        let (coarse, middle, fine) = (best(Level::Coarse), best(Level::Middle), best(Level::Fine));
        let mut taken: Vec<usize> = Vec::new();
        if let (Some((coarse, _)), Some(_)) = (coarse, middle) {
            taken.extend(Some(coarse).filter(|&at| several(at)));
        }
        taken.extend(middle.map(|(at, _)| at));
        if middle.is_none() {
            taken.extend(coarse.map(|(at, _)| at));
        }
        if taken.is_empty() {
            taken.extend(fine.map(|(at, _)| at));
        } else if let Some((fine, _)) = fine
            && several(fine)
            && self.together(&taken) < TOO_COARSE
        {
            let finer: Vec<usize> = taken
                .iter()
                .copied()
                .filter(|&at| several(at))
                .chain([fine])
                .collect();
            if self.together(&finer) <= TOO_MANY {
                taken = finer;
            }
        }
        while taken.len() > 1 && self.together(&taken) > TOO_MANY {
            taken.remove(0);
        }
        let (&first, rank) = (
            taken.first()?,
            middle.or(coarse).or(fine).map_or(0, |(_, rank)| rank),
        );
        let why = match taken.as_slice() {
            [one] => {
                let column = &self.table.columns[*one];
                format!(
                    "{} different texts in {} filled cells",
                    number(column.distinct),
                    number(column.filled)
                )
            }
            several => {
                let each = several
                    .iter()
                    .map(|&at| number(self.table.columns[at].distinct));
                format!(
                    "{} different texts, {} together",
                    each.collect::<Vec<_>>().join(" and "),
                    number(self.together(several))
                )
            }
        };
        let mut chosen = self.chosen(first, rank, why);
        chosen.headings = taken
            .iter()
            .map(|&at| self.table.columns[at].heading.clone())
            .collect();
        if middle.is_none() && coarse.is_none() {
            chosen.look = Some("no column names a service; this says what was bought".to_owned());
        }
        Some(chosen)
    }

    /// How many different texts columns have together.
    fn together(&self, columns: &[usize]) -> u64 {
        if let [one] = columns {
            return self.table.columns[*one].distinct;
        }
        let mut seen: BTreeSet<u64> = BTreeSet::new();
        self.table.each_row(self.sheet, columns, |cells| {
            seen.insert(hash(&cells.join("\u{1f}")));
        });
        seen.len() as u64
    }
}

struct Differing {
    differ: u64,
    apart: bool,
}

/// The forms to name for the dates of a column, and what a person must look at.
fn forms(column: &Column) -> (Vec<String>, Option<String>) {
    let seen: Vec<&'static str> = column.dates.keys().copied().collect();
    let month_first = |form: &str| form.starts_with("%m") || form == "%Y-%d-%m";
    let usual = |form: &&str| column.usual.contains(form);
    let mut forms: Vec<String> = Vec::new();
    let mut look = None;
    if column.month_first > 0 && column.day_first == 0 {
        // All of them can be read with the month first, and some only so.
        for form in seen {
            let turned = if month_first(form) {
                form
            } else {
                crate::ledger::swapped_form(form).unwrap_or(form)
            };
            if !forms.iter().any(|known| known == turned) {
                forms.push(turned.to_owned());
            }
        }
        look = Some("dates have the month first: some can only be read so".to_owned());
    } else if !seen.iter().all(usual) {
        forms.push("usual".to_owned());
        forms.extend(
            seen.iter()
                .filter(|form| !usual(form))
                .map(|form| (*form).to_owned()),
        );
        if column.month_first > 0 {
            look = Some(format!(
                "{} can only be read with the month first, and others only with the day first",
                counted(number(column.month_first), "date")
            ));
        }
    }
    if column.serials > 0 {
        if forms.is_empty() {
            forms.push("usual".to_owned());
        }
        forms.push("excel-serial".to_owned());
    }
    (forms, look)
}

/// The text that says the other thing.
fn opposite(text: &str) -> &'static str {
    match text.to_lowercase().as_str() {
        "dr" => "cr",
        "cr" => "dr",
        "dr." => "cr.",
        "cr." => "dr.",
        "d" => "c",
        "c" => "d",
        "s" => "h",
        "h" => "s",
        "debit" | "debits" => "credit",
        "credit" | "credits" => "debit",
        "+" => "-",
        "-" => "+",
        "plus" => "minus",
        "minus" => "plus",
        _ => "credit",
    }
}

/// A word in capitals, or with one, where another is.
fn in_case_of(word: &str, other: &str) -> String {
    let capitals = other.chars().filter(|c| c.is_uppercase()).count();
    match capitals {
        0 => word.to_owned(),
        1 if other.chars().count() > 1 => {
            let mut letters = word.chars();
            let first = letters
                .next()
                .map(|c| c.to_uppercase().to_string())
                .unwrap_or_default();
            first + letters.as_str()
        }
        _ => word.to_uppercase(),
    }
}

/// How many pence one of a unit is, where its name is plain.
fn unit(text: &str) -> Option<Pence> {
    let name: String = (text.to_lowercase().chars())
        .filter(|c| !c.is_whitespace() && !matches!(c, '£' | '\'' | '’' | ',' | '(' | ')'))
        .collect();
    let name = name.trim_start_matches("gbp").trim_end_matches("gbp");
    let pence = match name {
        "" | "pound" | "pounds" | "1" => 100,
        "000" | "000s" | "s000" | "1000" | "1000s" | "k" | "thousand" | "thousands" => 100_000,
        "1000000" | "m" | "mn" | "million" | "millions" => 100_000_000,
        "p" | "pence" | "penny" | "0.01" => 1,
        _ => return None,
    };
    Some(Pence::new(pence))
}

/// A cell in pence.
fn pence(cell: &str) -> Option<i64> {
    let pounds = parse_amount(cell).ok()?;
    Some(to_pence(pounds, ExcessDecimals::HalfEven).ok()?.0.get())
}

/// A sum as it is shown.
pub(super) fn pounds(pence: i128) -> String {
    Pence::from_wide(pence).map_or_else(
        |_| "more than an account can hold".to_owned(),
        |pence| pence.to_string(),
    )
}

/// Headings that are the same but for signs, blanks and capitals.
pub(super) fn same(one: &[String], other: &[String]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(a, b)| {
            let (a, b) = (a.trim(), b.trim());
            a == b || !normalised(a).is_empty() && normalised(a) == normalised(b)
        })
}
