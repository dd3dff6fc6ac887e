//! Holders as numbers of this run: whom lines that are not public are about.
//!
//! A name is looked at once, to tell it from others, and forgotten. The numbers follow the order of the names, so
//! that the order of lines decides nothing. Names that differ in case and blanks are one; lines that name nobody are
//! of one holder, which is the strictest that can be true of them.

use crate::account::PlaceAccount;
use crate::crosswalk::MappedLedger;
use crate::disclosure::policy::{DisclosurePolicy, HoldersOf};
use crate::disclosure::register::{Digest, of_holder};
use std::collections::{BTreeMap, BTreeSet};

/// The code by which layouts say who is paid.
const PAYEE: &str = "counterparty";

/// The holders of the lines of one ledger.
pub enum HolderColumn {
    /// The code, its texts as they are compared, and for each of them the number of the holder.
    ByCode(String, Vec<String>, Vec<u32>),
    /// All lines are about the same.
    One(u32),
    /// Each line is about somebody else; the number of the first.
    Lines(u32),
}

impl HolderColumn {
    /// The numbers of the texts of each line, where holders are told by them.
    pub fn ids<'a>(&self, mapped: &'a MappedLedger) -> &'a [u32] {
        match self {
            Self::ByCode(name, ..) => mapped.ledger().code_ids(name),
            Self::One(_) | Self::Lines(_) => &[],
        }
    }

    /// What tells the holder of a line from others in every edition; `ids` are those of [`HolderColumn::ids`].
    pub fn digest(
        &self,
        ledger: &str,
        ids: &[u32],
        line: usize,
        of: impl Fn() -> Digest,
    ) -> Digest {
        match self {
            Self::ByCode(name, texts, _) => {
                let id = ids.get(line).copied().unwrap_or_default();
                let text = texts.get(id as usize).map_or("", String::as_str);
                of_holder(&["code", name, text])
            }
            Self::One(_) => of_holder(&["one", ledger]),
            Self::Lines(_) => of_holder(&["line", &of().text()]),
        }
    }

    /// The holder of a line; `ids` are those of [`HolderColumn::ids`].
    pub fn of(&self, ids: &[u32], line: usize) -> u32 {
        match self {
            Self::ByCode(_, _, numbers) => {
                let id = ids.get(line).copied().unwrap_or_default();
                numbers.get(id as usize).copied().unwrap_or_default()
            }
            Self::One(number) => *number,
            Self::Lines(first) => first.saturating_add(u32::try_from(line).unwrap_or(u32::MAX)),
        }
    }
}

/// The holders of each ledger of an account; none of those that are public.
pub fn columns(account: &PlaceAccount, policy: &DisclosurePolicy) -> Vec<Option<HolderColumn>> {
    let named = |mapped: &MappedLedger| match policy.ledger(mapped.ledger().id())?.holders()? {
        HoldersOf::Payee => Some(PAYEE.to_owned()),
        HoldersOf::Code(name) => Some(name.clone()),
        HoldersOf::Line | HoldersOf::One => None,
    };
    let mut names: BTreeSet<(String, String)> = BTreeSet::new();
    for mapped in account.ledgers() {
        if let Some(code) = named(mapped) {
            let texts = mapped.ledger().code_texts(&code).iter();
            names.extend(texts.map(|text| (code.clone(), folded(text))));
        }
    }
    let numbers: BTreeMap<(String, String), u32> = names.into_iter().zip(0..).collect();
    let mut next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    let mut columns = Vec::with_capacity(account.ledgers().len());
    for mapped in account.ledgers() {
        let ledger = mapped.ledger();
        let holders = policy.ledger(ledger.id()).map(|known| known.holders());
        columns.push(match holders {
            // A ledger that the policy does not know is nobody's to tell.
            None => Some(one(&mut next)),
            Some(None) => None,
            Some(Some(HoldersOf::One)) => Some(one(&mut next)),
            Some(Some(HoldersOf::Line)) => {
                let first = next;
                next = next.saturating_add(u32::try_from(ledger.len()).unwrap_or(u32::MAX));
                Some(HolderColumn::Lines(first))
            }
            Some(Some(HoldersOf::Payee | HoldersOf::Code(_))) => named(mapped).map(|code| {
                let number = |text: &String| {
                    let known = numbers.get(&(code.clone(), folded(text)));
                    known.copied().unwrap_or_default()
                };
                let texts = ledger.code_texts(&code).iter();
                let of = texts.clone().map(number).collect();
                HolderColumn::ByCode(code.clone(), texts.map(|text| folded(text)).collect(), of)
            }),
        });
    }
    columns
}

/// A number above those of all holders of an account.
pub fn end(account: &PlaceAccount, columns: &[Option<HolderColumn>]) -> u32 {
    let ledgers = account.ledgers().iter().zip(columns);
    let most = ledgers.map(|(mapped, column)| match column {
        None => 0,
        Some(HolderColumn::ByCode(_, _, numbers)) => numbers
            .iter()
            .max()
            .map_or(0, |most| most.saturating_add(1)),
        Some(HolderColumn::One(number)) => number.saturating_add(1),
        Some(HolderColumn::Lines(first)) => {
            let lines = u32::try_from(mapped.ledger().len()).unwrap_or(u32::MAX);
            first.saturating_add(lines)
        }
    });
    most.max().unwrap_or_default()
}

fn one(next: &mut u32) -> HolderColumn {
    let number = *next;
    *next = next.saturating_add(1);
    HolderColumn::One(number)
}

/// A name without what people do not mean by it.
fn folded(text: &str) -> String {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    words.join(" ")
}
