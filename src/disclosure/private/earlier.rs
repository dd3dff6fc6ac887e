//! Lines of now and of earlier editions: in both, only now, only then.
//!
//! Every line has a class: in which sum of which edition it stood. Lines of one class behave alike in all editions, so
//! that they are one unknown; those that are gone are unknowns of their own, with the holders and amounts that the
//! register has of them. A line that is public now is no unknown, whatever it was.

use super::holders::HolderColumn;
use crate::account::PlaceAccount;
use crate::disclosure::policy::DisclosurePolicy;
use crate::disclosure::register::{Digest, Register, of_line};
use crate::money::{MoneyError, Pence};
use std::collections::{BTreeMap, HashMap};

/// For each edition the number of the sum in which a line stood; nothing where the edition had not that line.
type Class = Vec<Option<u32>>;

/// Which lines the editions have in common.
#[derive(Default)]
pub struct EarlierLines {
    /// By ledger and line the class; empty where nothing of it is in an earlier edition.
    of_lines: Vec<Vec<u32>>,
    /// Class 0 is that of lines of now alone.
    classes: Vec<Class>,
    gone: Vec<Gone>,
}

/// Lines of earlier editions that are there no more.
pub struct Gone {
    pub class: u32,
    pub holders: Vec<(u32, Pence)>,
    /// Edition and number of a sum that they stood in.
    pub stood_in: (usize, u32),
}

/// Lines of one class that are gone, while they are added up.
struct GoneLines {
    holders: BTreeMap<u32, i128>,
    stood_in: (usize, u32),
}

/// Lines of one edition that are not found again yet, by their digests.
type Left = HashMap<Digest, Vec<(u32, Digest, Pence)>>;

struct Classes {
    list: Vec<Class>,
    numbers: BTreeMap<Class, u32>,
}

impl Classes {
    fn number(&mut self, class: Class) -> u32 {
        if let Some(number) = self.numbers.get(&class) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.numbers.insert(class.clone(), number);
        self.list.push(class);
        number
    }
}

impl EarlierLines {
    pub fn of(
        account: &PlaceAccount,
        policy: &DisclosurePolicy,
        columns: &[Option<HolderColumn>],
        registers: &[Register],
    ) -> Result<Self, MoneyError> {
        if registers.is_empty() {
            return Ok(Self::default());
        }
        let mut left: Vec<Left> = registers.iter().map(lines_of).collect();
        let none: Class = vec![None; registers.len()];
        let mut classes = Classes {
            list: Vec::new(),
            numbers: BTreeMap::new(),
        };
        classes.number(none);
        let mut holders: HashMap<Digest, u32> = HashMap::new();
        let mut of_lines = Vec::with_capacity(columns.len());
        for (mapped, column) in account.ledgers().iter().zip(columns) {
            let ledger = mapped.ledger();
            let mut names: Vec<&str> = ledger.code_names().collect();
            names.sort_unstable();
            let known = policy.ledger(ledger.id());
            let ids = column.as_ref().map(|column| column.ids(mapped));
            let mut of_ledger = Vec::with_capacity(ledger.len());
            for line in ledger.lines() {
                let digest = of_line(ledger, &names, &line);
                let class: Class = left.iter_mut().map(|left| take(left, &digest)).collect();
                of_ledger.push(classes.number(class));
                let is_private = !known.is_some_and(|known| known.tells(line.written()));
                if let (Some(column), Some(ids), true) = (column, ids, is_private) {
                    let holder = column.digest(ledger.id(), ids, line.index(), || digest);
                    holders.insert(holder, column.of(ids, line.index()));
                }
            }
            of_lines.push(of_ledger);
        }
        let mut next = super::holders::end(account, columns);
        let mut number = |digest: Digest| {
            *holders.entry(digest).or_insert_with(|| {
                next = next.saturating_add(1);
                next
            })
        };
        let mut gone: BTreeMap<u32, GoneLines> = BTreeMap::new();
        for (digest, edition) in digests_in_order(&left) {
            // A line that several editions had, and this one has not.
            while let Some(first) = left
                .get(edition)
                .and_then(|left| left.get(&digest)?.first().copied())
            {
                let class: Class = left.iter_mut().map(|left| take(left, &digest)).collect();
                let class = classes.number(class);
                let (_, holder, pence) = first;
                let of_class = gone.entry(class).or_insert_with(|| GoneLines {
                    holders: BTreeMap::new(),
                    stood_in: (edition, first.0),
                });
                *of_class.holders.entry(number(holder)).or_default() += i128::from(pence.get());
            }
        }
        let gone = gone.into_iter().map(|(class, lines)| {
            let holders = lines.holders.into_iter();
            let holders = holders.map(|(holder, pence)| Ok((holder, Pence::from_wide(pence)?)));
            Ok(Gone {
                class,
                holders: holders.collect::<Result<_, MoneyError>>()?,
                stood_in: lines.stood_in,
            })
        });
        Ok(Self {
            gone: gone.collect::<Result<_, MoneyError>>()?,
            of_lines,
            classes: classes.list,
        })
    }

    /// Whether some line of a ledger was in an earlier edition.
    pub fn any_of(&self, ledger: usize) -> bool {
        let of_ledger = self.of_lines.get(ledger);
        of_ledger.is_some_and(|classes| classes.iter().any(|class| *class != 0))
    }

    /// The class of a line; 0 where it is new.
    pub fn class(&self, ledger: usize, line: usize) -> u32 {
        let of_ledger = self.of_lines.get(ledger);
        let class = of_ledger.and_then(|classes| classes.get(line).copied());
        class.unwrap_or_default()
    }

    /// The sum of an edition in which lines of a class stood.
    pub fn stood_in(&self, class: u32, edition: usize) -> Option<u32> {
        let class = self.classes.get(class as usize)?;
        class.get(edition).copied().flatten()
    }

    pub fn gone(&self) -> &[Gone] {
        &self.gone
    }
}

fn lines_of(register: &Register) -> Left {
    let mut left = Left::new();
    for (number, sum) in (0u32..).zip(&register.sums) {
        for (line, holder, pence) in &sum.lines {
            left.entry(*line)
                .or_default()
                .push((number, *holder, *pence));
        }
    }
    left
}

/// The first of the lines of a digest that are left: lines that are alike in everything are taken in their order.
fn take(left: &mut Left, digest: &Digest) -> Option<u32> {
    let lines = left.get_mut(digest)?;
    (!lines.is_empty()).then(|| lines.remove(0).0)
}

/// Each digest that is left, with the first edition that has it; in an order that no hashing decides.
fn digests_in_order(left: &[Left]) -> Vec<(Digest, usize)> {
    let all = left.iter().enumerate().flat_map(|(edition, left)| {
        let some = left.iter().filter(|(_, lines)| !lines.is_empty());
        some.map(move |(digest, _)| (*digest, edition))
    });
    let mut all: Vec<(Digest, usize)> = all.collect();
    all.sort_unstable();
    all
}
