//! What a payer's position is made of, and what is added up of it.

use crate::appraisal::NotCash;
use crate::money::Pence;
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// One part of a position. No pound is in two of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Paid in money.
    Money,
    /// Given as time, rooms or goods.
    InKind,
    /// Hoped for, and taken off because of the grades of inputs.
    Graded,
    /// Hoped for, and left to another effect that may be the same.
    Overlapping,
    /// Hoped for, and refused because it is more than is spent.
    Refused,
    /// Saved, and no cash.
    Freed(NotCash),
    /// Saved, and leaves a budget.
    Cash,
}

/// A position in whole pence. What is not a part of it is added up from its parts, so that it always agrees
/// with them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<Layer, Pence>);

impl Sums {
    pub(super) fn set(&mut self, layer: Layer, pence: Pence) {
        match pence {
            Pence::ZERO => self.0.remove(&layer),
            pence => self.0.insert(layer, pence),
        };
    }

    /// One part.
    pub fn get(&self, layer: Layer) -> Pence {
        self.0.get(&layer).copied().unwrap_or_default()
    }

    fn all(&self, layers: impl IntoIterator<Item = Layer>) -> Pence {
        let each = layers.into_iter().map(|layer| self.get(layer));
        each.fold(Pence::ZERO, plus)
    }

    /// What it pays, in money and in kind.
    pub fn paid(&self) -> Pence {
        self.all([Layer::Money, Layer::InKind])
    }

    /// What is freed and no cash, for whatever reason.
    pub fn freed(&self) -> Pence {
        self.all(NotCash::ALL.map(Layer::Freed))
    }

    /// What it saves, corrected and held against what is spent.
    pub fn saved(&self) -> Pence {
        plus(self.freed(), self.get(Layer::Cash))
    }

    /// What was hoped for before anything was taken off.
    pub fn hoped_for(&self) -> Pence {
        let cut = self.all([Layer::Graded, Layer::Overlapping, Layer::Refused]);
        plus(self.saved(), cut)
    }

    /// What may become cash, once nothing binds it.
    pub fn cashable(&self) -> Pence {
        self.all([Layer::Cash, Layer::Freed(NotCash::Locked)])
    }

    /// What it claims to save of what is spent.
    pub fn claimed(&self) -> Pence {
        plus(self.saved(), self.get(Layer::Refused))
    }

    /// What it saves less what it pays.
    pub fn gain(&self) -> Pence {
        plus(self.saved(), -self.paid())
    }

    /// Its cash less the money that it pays.
    pub fn cash_gain(&self) -> Pence {
        plus(self.get(Layer::Cash), -self.get(Layer::Money))
    }

    /// Whether it neither pays nor was hoped to save.
    pub fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }
}

/// Every sum here was closed against an account's largest before, so that two of them have room.
fn plus(one: Pence, other: Pence) -> Pence {
    Pence::new(one.get().saturating_add(other.get()))
}

impl AddAssign<&Self> for Sums {
    fn add_assign(&mut self, other: &Self) {
        for (&layer, pence) in &other.0 {
            self.set(layer, plus(self.get(layer), *pence));
        }
    }
}

impl<'a> std::iter::Sum<&'a Self> for Sums {
    fn sum<I: Iterator<Item = &'a Self>>(all: I) -> Self {
        all.fold(Self::default(), |mut sum, next| {
            sum += next;
            sum
        })
    }
}
