//! Where a contribution stands: each pound in one place.

use super::quantity::Quantity;
use super::state::State;
use crate::money::{MoneyError, Pence};
use serde::Serialize;
use std::collections::BTreeMap;

/// How much took each step so far, in hundredths. One pound that was received and spent is in both.
pub(super) type Sums = BTreeMap<State, i128>;

/// Where money (or units) stands on a day: every pound in exactly one place, so that places add up.
///
/// Registers write a pound again at every step that it takes: received, allocated, spent. Adding those up counts it
/// three times. Here each step is a flow, and what is kept is where the flow has come to.
///
/// # Formula
///
/// With the sums of all steps so far, S secured, D due, R received, A allocated, T transferred, P spent, B returned:
///
/// ```text
/// out         = T + P + B
/// ahead       = max(out - R, 0)                    paid out before it was received
/// held        = max(R - out, 0) = unallocated + allocated
/// allocated   = min(max(A - P, 0), held)           set aside and not yet spent
/// due         = max(D - R, 0)                      must be paid, and was not
/// not due     = max(S - max(D, R), 0)
/// above       = max(max(D, R) - S, 0)              indexation, interest
/// ```
///
/// **Invariant:** secured + above = not due + due + received, and received + ahead = unallocated + allocated +
/// transferred + spent + returned. Both hold because only the places are kept, and the totals are worked out from them.
///
/// # Sources
///
/// The six statuses of the developer contributions format (MHCLG, *Publish your developer contributions data*); which
/// of two places a pound is in where a file leaves steps out is our choice, as written above.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Standing<Q> {
    /// Asked for, and neither granted nor refused.
    pub asked: Q,
    /// Asked for and refused.
    pub refused: Q,
    /// Secured, and what triggers the payment has not happened.
    pub not_due: Q,
    /// Due and not received.
    pub due: Q,
    /// Due or received above what was secured: indexation, interest.
    pub above: Q,
    /// Received, and not yet set aside for anybody.
    pub unallocated: Q,
    /// Set aside, and not yet spent.
    pub allocated: Q,
    /// Gone to a body outside, which will spend it.
    pub transferred: Q,
    /// Spent.
    pub spent: Q,
    /// Given back.
    pub returned: Q,
    /// Of what went out, what was not received yet: somebody else's money for the time being.
    pub ahead: Q,
}

impl<Q: Quantity> Standing<Q> {
    /// Where the sums of all steps have come to.
    pub(super) fn of(sums: &Sums) -> Result<Self, MoneyError> {
        let sum = |state: State| sums.get(&state).copied().unwrap_or_default();
        let [asked, refused, secured] = [State::Asked, State::Refused, State::Secured].map(sum);
        let [due, received, allocated] = [State::Due, State::Received, State::Allocated].map(sum);
        let [transferred, spent, returned] =
            [State::Transferred, State::Spent, State::Returned].map(sum);
        let out = transferred + spent + returned;
        let held = (received - out).max(0);
        let set_aside = (allocated - spent).max(0).min(held);
        let paid_or_due = due.max(received);
        Ok(Self {
            asked: Q::of((asked - refused - secured).max(0))?,
            refused: Q::of(refused)?,
            not_due: Q::of((secured - paid_or_due).max(0))?,
            due: Q::of((due - received).max(0))?,
            above: Q::of((paid_or_due - secured).max(0))?,
            unallocated: Q::of(held - set_aside)?,
            allocated: Q::of(set_aside)?,
            transferred: Q::of(transferred)?,
            spent: Q::of(spent)?,
            returned: Q::of(returned)?,
            ahead: Q::of((out - received).max(0))?,
        })
    }

    fn places(&self) -> [Q; 11] {
        [
            self.asked,
            self.refused,
            self.not_due,
            self.due,
            self.above,
            self.unallocated,
            self.allocated,
            self.transferred,
            self.spent,
            self.returned,
            self.ahead,
        ]
    }

    fn of_places(places: [Q; 11]) -> Self {
        let [
            asked,
            refused,
            not_due,
            due,
            above,
            unallocated,
            allocated,
            transferred,
            spent,
            returned,
            ahead,
        ] = places;
        Self {
            asked,
            refused,
            not_due,
            due,
            above,
            unallocated,
            allocated,
            transferred,
            spent,
            returned,
            ahead,
        }
    }

    /// Several together, place by place.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn total(all: impl IntoIterator<Item = Self>) -> Result<Self, MoneyError> {
        let mut sums = [0_i128; 11];
        for one in all {
            for (sum, place) in sums.iter_mut().zip(one.places()) {
                *sum += place.hundredths();
            }
        }
        let mut places = [Q::default(); 11];
        for (place, sum) in places.iter_mut().zip(sums) {
            *place = Q::of(sum)?;
        }
        Ok(Self::of_places(places))
    }

    /// Shared over parts by weights: each place by largest remainder, so that the parts are all of it. What was paid
    /// ahead follows what was paid out, and what came above follows what came, so that no part has less than nothing.
    pub(super) fn apportion(&self, weights: &[u64]) -> Result<Vec<Self>, MoneyError> {
        let shared = |sum: Q, weights: &[u64]| -> Result<Vec<Pence>, MoneyError> {
            match Pence::from_wide(sum.hundredths())? {
                Pence::ZERO => Ok(vec![Pence::ZERO; weights.len()]),
                sum => sum.apportion(weights),
            }
        };
        let mut parts = vec![Self::default(); weights.len()];
        let by_weights: [fn(&mut Self) -> &mut Q; 9] = [
            |one| &mut one.asked,
            |one| &mut one.refused,
            |one| &mut one.not_due,
            |one| &mut one.due,
            |one| &mut one.unallocated,
            |one| &mut one.allocated,
            |one| &mut one.transferred,
            |one| &mut one.spent,
            |one| &mut one.returned,
        ];
        let mut whole = *self;
        for place in by_weights {
            let shares = shared(*place(&mut whole), weights)?;
            for (part, share) in parts.iter_mut().zip(shares) {
                *place(part) = Q::of(share.hundredths())?;
            }
        }
        let weight = |sum: Q| u64::try_from(sum.hundredths()).unwrap_or_default();
        let out: Vec<u64> = (parts.iter())
            .map(|part| Ok(weight(part.out()?)))
            .collect::<Result<_, MoneyError>>()?;
        for (part, share) in parts.iter_mut().zip(shared(self.ahead, &out)?) {
            part.ahead = Q::of(share.hundredths())?;
        }
        let came: Vec<u64> = (parts.iter())
            .map(|part| Ok(weight(part.secured()?)))
            .collect::<Result<_, MoneyError>>()?;
        for (part, share) in parts.iter_mut().zip(shared(self.above, &came)?) {
            part.above = Q::of(share.hundredths())?;
        }
        Ok(parts)
    }

    /// So many hundredths, and the rest: what is spent or set aside was for somebody, so that what went furthest comes
    /// first. What was given back comes last.
    pub(super) fn split_off(self, hundredths: i128) -> Result<(Self, Self), MoneyError> {
        let mut left = hundredths;
        let (mut first, mut rest) = (Self::default(), self);
        let order: [fn(&mut Self) -> &mut Q; 8] = [
            |one| &mut one.spent,
            |one| &mut one.transferred,
            |one| &mut one.allocated,
            |one| &mut one.unallocated,
            |one| &mut one.due,
            |one| &mut one.not_due,
            |one| &mut one.returned,
            |one| &mut one.asked,
        ];
        for place in order {
            let there = place(&mut rest);
            let taken = there.hundredths().min(left);
            *there = Q::of(there.hundredths() - taken)?;
            *place(&mut first) = Q::of(taken)?;
            left -= taken;
        }
        // What was paid ahead stands with what was paid.
        let ahead = self.ahead.min(first.out()?);
        first.ahead = ahead;
        rest.ahead = Q::of(self.ahead.hundredths() - ahead.hundredths())?;
        // What came above stands with the rest as far as the rest was promised at all.
        rest.above = Q::default();
        let above = self.above.min(rest.secured()?);
        rest.above = above;
        first.above = Q::of(self.above.hundredths() - above.hundredths())?;
        Ok((first, rest))
    }

    fn sum(places: &[Q], less: Q) -> Result<Q, MoneyError> {
        let sum: i128 = places.iter().map(|place| place.hundredths()).sum();
        Q::of(sum - less.hundredths())
    }

    /// Promised by agreement or decision, whatever became of it since.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn secured(&self) -> Result<Q, MoneyError> {
        Self::sum(&[self.not_due, self.due, self.received()?], self.above)
    }

    /// Paid to the body that holds it, whatever became of it since.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn received(&self) -> Result<Q, MoneyError> {
        Self::sum(&[self.held()?, self.out()?], self.ahead)
    }

    /// Received and still there.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn held(&self) -> Result<Q, MoneyError> {
        Self::sum(&[self.unallocated, self.allocated], Q::default())
    }

    /// Spent, transferred or given back.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn out(&self) -> Result<Q, MoneyError> {
        Self::sum(&[self.transferred, self.spent, self.returned], Q::default())
    }

    /// What funds something: secured and above, less what went back. Bids do not.
    ///
    /// # Errors
    ///
    /// [`MoneyError::TooLarge`] beyond 64 bits.
    pub fn funds(&self) -> Result<Q, MoneyError> {
        Self::sum(&[self.secured()?, self.above], self.returned)
    }
}
