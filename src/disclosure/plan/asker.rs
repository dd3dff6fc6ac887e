//! What of an answer is private: its shares of private sums, figure by figure.

use crate::axis::MemberId;
use crate::crosswalk::Coding;
use crate::cube::{Cube, FigureShares, KeyPart, Question, SharedBy, Shares};
use crate::disclosure::DisclosureError;
use crate::disclosure::figure::Aspect;
use crate::disclosure::policy::{DisclosurePolicy, KnownDriver};
use crate::disclosure::private::PrivateMoney;
use crate::disclosure::why::Why;
use crate::driver::Driver;
use crate::money::Ratio;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is private of one figure, aspect by aspect; an aspect that is not named is public.
pub type PrivateParts = BTreeMap<Aspect, PrivatePart>;

/// What is private of one sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrivatePart {
    /// Shares of private sums, by their numbers.
    Shares(Vec<(u32, Ratio)>),
    /// No share of it is known to be safe.
    Never(Why),
}

/// Asks what of answers is private.
pub struct Asker<'a> {
    cube: &'a Cube,
    policy: &'a DisclosurePolicy,
    private: &'a PrivateMoney,
    codings: Vec<Coding>,
    /// The private sums of each of them.
    sums: Vec<Vec<u32>>,
    /// The drivers that are private, by their places, with the least mass that may share anything.
    drivers: BTreeMap<usize, u64>,
}

/// What is private of each figure of an answer.
pub struct OfAnswer {
    /// Rows by the codes of their keys; none where nobody can say.
    rows: Option<BTreeMap<Vec<String>, PrivateParts>>,
    total: PrivateParts,
    complement: PrivateParts,
    /// Whether some private money, or a private driver, has a part in it.
    pub touched: bool,
}

impl OfAnswer {
    pub fn row(&self, keys: &[Arc<KeyPart>]) -> PrivateParts {
        if keys.is_empty() {
            return self.total.clone();
        }
        let Some(rows) = &self.rows else {
            return never(Why::Untried);
        };
        let codes: Vec<String> = keys.iter().map(|key| key.code.clone()).collect();
        rows.get(&codes).cloned().unwrap_or_default()
    }

    pub fn total(&self) -> PrivateParts {
        self.total.clone()
    }

    pub fn complement(&self) -> PrivateParts {
        self.complement.clone()
    }
}

impl<'a> Asker<'a> {
    pub fn new(cube: &'a Cube, policy: &'a DisclosurePolicy, private: &'a PrivateMoney) -> Self {
        let (codings, places) = private.codings();
        let mut sums: Vec<Vec<u32>> = vec![Vec::new(); codings.len()];
        for (place, number) in places.into_iter().zip(0u32..) {
            if let Some(of_record) = place.and_then(|place| sums.get_mut(place)) {
                of_record.push(number);
            }
        }
        let drivers = cube.place().drivers().iter().enumerate();
        let least = |driver: &Driver| match policy.driver(driver.code()) {
            Some(KnownDriver::Public { .. }) => None,
            Some(KnownDriver::Private { least }) => Some(least.saturating_mul(driver.scale())),
            // A driver that the policy does not know is nobody's to tell.
            None => Some(u64::MAX),
        };
        let drivers = drivers.filter_map(|(number, driver)| Some((number, least(driver)?)));
        Self {
            drivers: drivers.collect(),
            cube,
            policy,
            private,
            codings,
            sums,
        }
    }

    pub fn policy(&self) -> &'a DisclosurePolicy {
        self.policy
    }

    pub fn private(&self) -> &'a PrivateMoney {
        self.private
    }

    /// Whether nothing that a question may hold is private.
    pub fn all_public(&self) -> bool {
        self.private.is_empty() && self.drivers.is_empty() && self.policy.is_all_public()
    }

    /// Whether the residents by whom sums are told a head are public.
    pub fn residents_are_public(&self) -> bool {
        let residents = self.cube.place().residents();
        residents.is_none_or(|driver| {
            self.policy
                .driver(driver.code())
                .is_some_and(KnownDriver::is_public)
        })
    }

    /// What is private of each figure of the answer to a question.
    ///
    /// # Errors
    ///
    /// That it cannot be asked; [`DisclosureError::SharedByFew`].
    pub fn of(&self, question: &Question<'_>) -> Result<OfAnswer, DisclosureError> {
        if self.all_public() {
            return Ok(OfAnswer {
                rows: Some(BTreeMap::new()),
                total: PrivateParts::new(),
                complement: PrivateParts::new(),
                touched: false,
            });
        }
        // Records of another cube are made of other money, or of the same in another way.
        let own = question.cube().records();
        if !std::ptr::eq(own, self.cube.records()) && own != self.cube.records() {
            return Ok(OfAnswer {
                rows: None,
                total: never(Why::Untried),
                complement: never(Why::Untried),
                touched: true,
            });
        }
        let shares = question.shares_of(&self.codings)?;
        let mut of = OfAnswer {
            touched: !shares.is_empty(),
            total: self.parts(&shares.total),
            complement: self.parts(&shares.complement),
            rows: shares.rows.map(|rows| {
                let row = |(keys, shares): (Vec<KeyPart>, FigureShares)| {
                    let codes = keys.into_iter().map(|key| key.code).collect();
                    (codes, self.parts(&shares))
                };
                rows.into_iter().map(row).collect()
            }),
        };
        // Where money was followed back to depends on all amounts of the phase; where there are none that are
        // private, on none.
        if of.rows.is_none() {
            let phase = question.cut().phase;
            let private = self
                .codings
                .iter()
                .any(|coding| Some(coding.phase) == phase);
            of.touched |= private;
            of.rows = (!private).then(BTreeMap::new);
        }
        if !self.drivers.is_empty() {
            self.withhold_shared(question, &mut of)?;
        }
        Ok(of)
    }

    /// Withholds what is shared by a private driver: it would tell the driver.
    fn withhold_shared(
        &self,
        question: &Question<'_>,
        of: &mut OfAnswer,
    ) -> Result<(), DisclosureError> {
        let drivers: Vec<usize> = self.drivers.keys().copied().collect();
        let by = question.shared_by(&drivers)?;
        self.enough(&by.total)?;
        let mut withhold = |by: &SharedBy, parts: &mut PrivateParts| {
            if !by.is_empty() {
                *parts = never(Why::Driver);
                of.touched = true;
            }
        };
        withhold(&by.total, &mut of.total);
        withhold(&by.complement, &mut of.complement);
        match (by.rows, &mut of.rows) {
            (Some(by), Some(rows)) => {
                for (codes, by) in by {
                    withhold(&by, rows.entry(codes).or_default());
                }
            }
            (None, rows) if !by.total.is_empty() => *rows = None,
            _ => {}
        }
        Ok(())
    }

    /// That no share rests on fewer than the policy asks for.
    fn enough(&self, by: &SharedBy) -> Result<(), DisclosureError> {
        for (driver, mass) in by {
            let least = self.drivers.get(driver).copied().unwrap_or_default();
            let driver = self.cube.place().drivers().get(*driver);
            if let Some(driver) = driver.filter(|_| *mass < least) {
                return Err(DisclosureError::SharedByFew {
                    driver: driver.code().to_owned(),
                    least: least / driver.scale().max(1),
                });
            }
        }
        Ok(())
    }

    /// Whether it may not be told that nothing is recorded for these activities.
    pub fn hides_empty(&self, question: &Question<'_>, keys: &[Arc<KeyPart>]) -> bool {
        let tree = &question.cube().place().axes().activities;
        let of_row = keys.iter().find(|key| key.axis == "activity");
        let asked: Vec<MemberId> = match of_row {
            Some(key) => tree.find(&key.code).into_iter().collect(),
            None => {
                let activities = question.cut().activities.iter();
                activities
                    .filter_map(|code| tree.find_named(code).ok())
                    .collect()
            }
        };
        let rules = self.policy.rules();
        if asked.is_empty() {
            return rules.iter().any(|rule| !rule.tells_empty);
        }
        asked.iter().any(|&activity| {
            let fits = rules.iter().find(|rule| rule.fits(activity, tree));
            let below = rules.iter().filter(|rule| {
                let mut tops = rule.activities.iter().flatten();
                tops.any(|&top| tree.contains(activity, top))
            });
            fits.into_iter().chain(below).any(|rule| !rule.tells_empty)
        })
    }

    fn parts(&self, figure: &FigureShares) -> PrivateParts {
        let classes = figure
            .classes
            .iter()
            .map(|(class, shares)| (Aspect::Class(*class), shares));
        let beside = figure
            .memoranda
            .iter()
            .map(|(what, shares)| (Aspect::Beside(*what), shares));
        let unshared = figure
            .unshared
            .iter()
            .map(|(gap, shares)| (Aspect::Unshared(*gap), shares));
        let all = std::iter::once((Aspect::Sum, &figure.amount))
            .chain(classes)
            .chain(beside);
        let all = all.chain(unshared).filter(|(_, shares)| !shares.is_empty());
        all.map(|(aspect, shares)| (aspect, PrivatePart::Shares(self.of_sums(shares))))
            .collect()
    }

    /// Shares of records as shares of the private sums that are parts of them.
    fn of_sums(&self, shares: &Shares) -> Vec<(u32, Ratio)> {
        let sums = shares.iter().flat_map(|(record, share)| {
            let of_record = self.sums.get(*record).into_iter().flatten();
            of_record.map(move |sum| (*sum, share.clone()))
        });
        sums.collect()
    }
}

/// A figure of which nothing is told.
fn never(why: Why) -> PrivateParts {
    Aspect::all()
        .map(|aspect| (aspect, PrivatePart::Never(why)))
        .collect()
}
