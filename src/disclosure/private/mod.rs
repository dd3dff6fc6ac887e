//! Money that is not public: what each holder has in each sum that figures have a share of.
//!
//! What everybody has already protects nobody, and hides nothing: it is no unknown. What is left are the lines of
//! ledgers that are not public, those that are below the limit of a published list, without those that somebody
//! else's ledger tells. They are sums of holders, and holders are numbers of this run.
//!
//! **Invariant:** no name of a holder is kept, and no number of one is written or printed.

mod holders;
mod earlier;
mod known;
mod grouped;
mod sorted;
mod pass;

use super::DisclosureError;
use super::pattern;
use super::policy::{DisclosurePolicy, rule_of};
use super::register::{Digest, Register, of_line};
use crate::account::PlaceAccount;
use crate::axis::{MemberId, Placed};
use crate::crosswalk::{Coding, Mix, MixId};
use crate::cube::Record;
use crate::money::{MoneyError, Pence, Ratio};
use earlier::EarlierLines;
use grouped::{Grouped, Stand, SumKey};
use known::Groups;
use std::collections::BTreeMap;
use std::fmt;

/// Money of an account that is not public, by sum and holder.
///
/// # Example
///
/// ```
/// use wholeplace::disclosure::{DisclosurePolicy, PrivateMoney};
/// use wholeplace::{Place, PlaceAccount};
/// let place = Place::open("examples/data/partners")?;
/// let account = PlaceAccount::load(&place)?;
/// let private = PrivateMoney::of(&account, &DisclosurePolicy::open(&place)?)?;
/// // What the council publishes of its payments to the trust is known of the trust's receipts too.
/// let trust = place.axes().partners.find("charity")?;
/// let of_trust: Vec<_> = private.sums().filter(|sum| sum.owner == Some(trust)).collect();
/// assert_eq!(of_trust.len(), 2);
/// # Ok::<(), wholeplace::Error>(())
/// ```
pub struct PrivateMoney {
    grouped: Grouped,
    of_mixes: OfMixes,
    told: Vec<ToldBeforehand>,
    gone: Vec<GoneSum>,
    earlier: Vec<EarlierLine>,
    /// Which sums are told as they were rounded; empty where none is.
    rounded: Vec<bool>,
}

/// Lines of an earlier edition that are there no more, of one sum of it.
struct GoneSum {
    holders: Vec<(u32, Pence)>,
    about: About,
}

/// What an earlier edition showed, as shares of the sums of now and of those that are gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EarlierLine {
    /// The figures of which it was the private part.
    pub figures: Vec<String>,
    /// Numbers of sums, in order.
    pub shares: Vec<(u32, Ratio)>,
}

/// What follows from where a sum stands.
#[derive(Clone, Copy, Debug)]
struct About {
    rule: usize,
    owner: Option<MemberId>,
    may_be_negative: bool,
}

/// A sum of lines that are not public, of which every figure has one share.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct PrivateSum<'a> {
    /// The coordinates of the record that it is a part of; nothing for lines that are in no figure.
    pub coding: Option<Coding>,
    /// Who has how much of it, by numbers that are the same in all sums.
    pub holders: &'a [(u32, Pence)],
    /// The place of its rule among those of the policy.
    pub rule: usize,
    /// The partner in whose ledger it stands.
    pub owner: Option<MemberId>,
    /// Whether it may be below zero.
    pub may_be_negative: bool,
}

impl PrivateSum<'_> {
    /// As a sum of a system to be protected.
    pub(crate) fn of_system(&self) -> Result<pattern::PrivateSum, MoneyError> {
        Ok(pattern::PrivateSum {
            pence: self.pence()?,
            holders: self.holders.to_vec(),
            rule: self.rule,
            owner: self.owner.map(|owner| owner.0),
            may_be_negative: self.may_be_negative,
        })
    }

    /// The sum.
    ///
    /// # Errors
    ///
    /// [`MoneyError`] beyond 64 bits of pence.
    pub fn pence(&self) -> Result<Pence, MoneyError> {
        Pence::total(self.holders.iter().map(|(_, pence)| *pence))
    }
}

impl fmt::Debug for PrivateMoney {
    /// Counts sums, and shows none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateMoney")
            .field("sums", &self.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for PrivateSum<'_> {
    /// Counts holders, and shows none.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateSum")
            .field("rule", &self.rule)
            .field("holders", &self.holders.len())
            .finish_non_exhaustive()
    }
}

/// Sums that are known together before anything is told: their numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToldBeforehand {
    /// How it is known, in words.
    pub how: String,
    /// The sums that it is the sum of.
    pub sums: Vec<usize>,
}

impl PrivateMoney {
    /// The money of an account that a policy does not call public.
    ///
    /// # Errors
    ///
    /// [`DisclosureError::Money`] where a sum is beyond 64 bits of pence; [`DisclosureError::ControlUnclear`] and
    /// [`DisclosureError::TooManyTotals`] where nobody can say what a control total tells.
    pub fn of(account: &PlaceAccount, policy: &DisclosurePolicy) -> Result<Self, DisclosureError> {
        Self::over(account, policy, &[])
    }

    /// The same, told apart by the lines that earlier editions had: those that they have in common with this account,
    /// those that are new, and those that are gone, of which the registers know.
    ///
    /// # Errors
    ///
    /// As [`PrivateMoney::of`]; [`DisclosureError::EditionMissing`] and [`DisclosureError::EditionTwice`].
    pub fn over(
        account: &PlaceAccount,
        policy: &DisclosurePolicy,
        registers: &[Register],
    ) -> Result<Self, DisclosureError> {
        Register::all_there(registers)?;
        let columns = holders::columns(account, policy);
        let earlier = EarlierLines::of(account, policy, &columns, registers)?;
        let groups = Groups::of(account, policy, &columns, earlier)?;
        let grouped = pass::grouped(account, policy, &columns, &groups)?;
        let mut private = Self {
            of_mixes: OfMixes::of(account, policy),
            grouped,
            told: Vec::new(),
            gone: Vec::new(),
            earlier: Vec::new(),
            rounded: Vec::new(),
        };
        private.gone = gone_sums(account, registers, groups.earlier());
        private.earlier = private.told_earlier(registers, groups.earlier());
        private.told = private.told_beforehand(account, policy, &columns, &groups);
        Ok(private)
    }

    /// How many sums.
    #[must_use]
    pub fn len(&self) -> usize {
        self.grouped.len() + self.gone.len()
    }

    /// Whether all money is public.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Each sum, in the order of coordinates.
    pub fn sums(&self) -> impl Iterator<Item = PrivateSum<'_>> {
        let gone = self.gone.iter().map(|gone| PrivateSum {
            coding: None,
            holders: &gone.holders,
            rule: gone.about.rule,
            owner: gone.about.owner,
            may_be_negative: gone.about.may_be_negative,
        });
        let keys = self.grouped.keys().zip(self.grouped.holders());
        let sums = keys.map(|(key, holders)| {
            let about = self.of_mixes.about(&key.coding);
            PrivateSum {
                coding: (!key.stand.outside).then_some(key.coding),
                holders,
                rule: about.rule,
                owner: about.owner,
                may_be_negative: about.may_be_negative,
            }
        });
        sums.chain(gone)
    }

    /// The same money, of which some sums were rounded where they are recorded.
    pub(crate) fn with_rounded(self, rounded: Vec<bool>) -> Self {
        Self { rounded, ..self }
    }

    /// Whether a sum is told as it was rounded.
    pub(crate) fn is_rounded(&self, sum: u32) -> bool {
        self.rounded.get(sum as usize).copied().unwrap_or_default()
    }

    /// How many of the sums are of lines that are there now; they are the first.
    pub(crate) fn sums_of_now(&self) -> usize {
        self.grouped.len()
    }

    /// What earlier editions showed.
    pub(crate) fn earlier(&self) -> &[EarlierLine] {
        &self.earlier
    }

    /// Each line that is not public: the number of its sum, its digest, that of its holder, and its pence.
    pub(crate) fn each_line(
        account: &PlaceAccount,
        policy: &DisclosurePolicy,
        registers: &[Register],
        mut take: impl FnMut(u32, Digest, Digest, Pence),
    ) -> Result<(), DisclosureError> {
        let columns = holders::columns(account, policy);
        let earlier = EarlierLines::of(account, policy, &columns, registers)?;
        let groups = Groups::of(account, policy, &columns, earlier)?;
        let grouped = pass::grouped(account, policy, &columns, &groups)?;
        let ledgers = account.ledgers().iter().zip(&columns);
        let known: Vec<_> = ledgers
            .map(|(mapped, column)| {
                let mut names: Vec<&str> = mapped.ledger().code_names().collect();
                names.sort_unstable();
                let ids = column.as_ref().map(|column| column.ids(mapped));
                (mapped.ledger(), names, column.as_ref().zip(ids))
            })
            .collect();
        pass::each_line(account, policy, (&columns, &groups), |key, line, pence| {
            let found = grouped.number(&key);
            let number = found.and_then(|number| u32::try_from(number).ok());
            let of_ledger = known.get(key.stand.ledger as usize);
            if let (Some(number), Some((ledger, names, Some((column, ids))))) = (number, of_ledger)
            {
                let digest = of_line(ledger, names, line);
                let holder = column.digest(ledger.id(), ids, line.index(), || digest);
                take(number, digest, holder, pence);
            }
        });
        Ok(())
    }

    /// What is known of some of them before anything is told.
    #[must_use]
    pub fn told(&self) -> &[ToldBeforehand] {
        &self.told
    }

    /// The coordinates at which there is private money, each once, in order; and for each sum the place of its own
    /// among them.
    pub(crate) fn codings(&self) -> (Vec<Coding>, Vec<Option<usize>>) {
        let mut codings: Vec<Coding> = Vec::new();
        let places = self.grouped.keys().map(|key| {
            if key.stand.outside {
                return None;
            }
            // Keys are in order, so that those of one record stand together.
            if codings.last() != Some(&key.coding) {
                codings.push(key.coding);
            }
            Some(codings.len() - 1)
        });
        let places = places.collect();
        (codings, places)
    }

    /// Whether a record of a cube has private money.
    #[must_use]
    pub fn is_part_of(&self, record: &Record) -> bool {
        self.grouped.is_in_figures(&record.coding)
    }

    /// What the editions showed, over sums as they are told apart now.
    fn told_earlier(&self, registers: &[Register], earlier: &EarlierLines) -> Vec<EarlierLine> {
        let now = self.grouped.stands().map(|stand| stand.group.earlier);
        let classes = now.chain(earlier.gone().iter().map(|gone| gone.class));
        let mut parts: BTreeMap<(usize, u32), Vec<u32>> = BTreeMap::new();
        for (number, class) in (0u32..).zip(classes) {
            for edition in 0..registers.len() {
                if let Some(sum) = earlier.stood_in(class, edition) {
                    parts.entry((edition, sum)).or_default().push(number);
                }
            }
        }
        let mut told = Vec::new();
        for (edition, register) in registers.iter().enumerate() {
            for line in &register.told {
                let mut shares: Vec<(u32, Ratio)> = Vec::new();
                for (sum, share) in &line.shares {
                    let parts = parts.get(&(edition, *sum)).into_iter().flatten();
                    shares.extend(parts.map(|part| (*part, share.clone())));
                }
                shares.sort_unstable_by_key(|(part, _)| *part);
                // What is public by now ties nothing.
                if !shares.is_empty() {
                    told.push(EarlierLine {
                        figures: line.figures.clone(),
                        shares,
                    });
                }
            }
        }
        told
    }

    fn told_beforehand(
        &self,
        account: &PlaceAccount,
        policy: &DisclosurePolicy,
        columns: &[Option<holders::HolderColumn>],
        groups: &Groups,
    ) -> Vec<ToldBeforehand> {
        let those = |is_meant: &dyn Fn(&Stand) -> bool| {
            let meant = (self.grouped.stands().enumerate()).filter(|(_, stand)| is_meant(stand));
            meant.map(|(number, _)| number).collect::<Vec<usize>>()
        };
        let mut told = Vec::new();
        for payment in 1..=groups.payments() {
            told.push(ToldBeforehand {
                how: "a payment that the other side publishes".to_owned(),
                sums: those(&|stand| stand.group.payment == payment),
            });
        }
        for (ledger, mapped) in account.ledgers().iter().enumerate() {
            for total in 0..groups.totals(ledger) {
                let is_meant = |stand: &Stand| {
                    stand.ledger as usize == ledger && stand.group.totals >> total & 1 == 1
                };
                told.push(ToldBeforehand {
                    how: format!("a control total of ledger `{}`", mapped.ledger().id()),
                    sums: those(&is_meant),
                });
            }
        }
        for finer in known::finer_known(account, policy, columns) {
            let is_meant = |key: &SumKey| {
                let time = key.coding.period.member();
                finer.ledgers.contains(&(key.stand.ledger as usize))
                    && !key.stand.outside
                    && key.coding.phase == finer.phase
                    && time.is_some_and(|time| finer.period.contains(time))
            };
            let meant = (self.grouped.keys().enumerate()).filter(|(_, key)| is_meant(key));
            told.push(ToldBeforehand {
                how: format!("a public line of {} that finer lines are in", finer.period),
                sums: meant.map(|(number, _)| number).collect(),
            });
        }
        told.retain(|known| !known.sums.is_empty());
        told
    }
}

/// The sums of lines that are gone, as the registers know them.
fn gone_sums(
    account: &PlaceAccount,
    registers: &[Register],
    earlier: &EarlierLines,
) -> Vec<GoneSum> {
    let partners = &account.place().axes().partners;
    let gone = earlier.gone().iter().filter_map(|gone| {
        let (edition, sum) = gone.stood_in;
        let then = registers.get(edition)?.sums.get(sum as usize)?;
        let owner = then.owner.as_ref();
        Some(GoneSum {
            holders: gone.holders.clone(),
            about: About {
                rule: then.rule,
                owner: owner.and_then(|code| partners.find(code).ok()),
                may_be_negative: then.may_be_negative,
            },
        })
    });
    gone.collect()
}

/// What follows from what sums are for, under a policy: the rule, and whether they may be below zero.
struct OfMixes(BTreeMap<MixId, (usize, bool)>);

impl OfMixes {
    fn of(account: &PlaceAccount, policy: &DisclosurePolicy) -> Self {
        let place = account.place();
        let tree = &place.axes().activities;
        let may_be_negative = |activity: &Placed<MemberId>| {
            activity.member().is_some_and(|activity| {
                let mut negative = policy.negative().iter();
                negative.any(|&top| tree.contains(top, activity))
            })
        };
        let of_mix = |mix: &Mix| {
            let rule = rule_of(policy.rules(), mix, tree);
            let mut activities = mix.parts.iter().map(|(activity, _)| activity);
            (rule, activities.all(may_be_negative))
        };
        let mixes = place.mixes().iter();
        Self(mixes.map(|(id, mix)| (id, of_mix(mix))).collect())
    }

    fn about(&self, coding: &Coding) -> About {
        let found = self.0.get(&coding.activity).copied();
        let (rule, may_be_negative) = found.unwrap_or_default();
        About {
            rule,
            owner: coding.partner.member(),
            may_be_negative,
        }
    }
}
