//! Who is inside: the argument of every total.

use crate::axis::{AxisError, MemberId, Placed, Suggestions};
use crate::place::{ALL_PARTNERS, Place};
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

/// The partners that count as one body.
///
/// A payment from one insider to another is internal and counts once, where it is finally spent;
/// a payment to anybody else is spending. So no total over partners has a meaning without a
/// boundary, and another boundary is another answer from the same records.
///
/// # Example
///
/// ```
/// use wholeplace::account::Boundary;
/// use wholeplace::place::Place;
/// let place = Place::open("examples/data/shropshire")?;
/// let inside = Boundary::of(["shropshire-council"]).inside(&place)?;
/// assert_eq!(inside.name(), "Shropshire Council");
/// assert!("all-partners".parse::<Boundary>()?.inside(&place)?.is_everybody());
/// let error = Boundary::of(["shropshire-counsil"]).inside(&place).unwrap_err();
/// assert!(error.to_string().contains("did you mean `shropshire-council`"));
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Boundary {
    /// Everybody: all partners of the pack, and money that names no partner.
    AllPartners,
    /// The partners and sets of these codes; a branch of partners stands for all below it.
    Of(Vec<String>),
}

impl Boundary {
    /// The boundary around partners or sets of the pack, by their codes.
    pub fn of<T: Into<String>>(codes: impl IntoIterator<Item = T>) -> Self {
        Self::Of(codes.into_iter().map(Into::into).collect())
    }

    /// The partners inside, in a place.
    ///
    /// # Errors
    ///
    /// [`AxisError::Unknown`] for a code that is neither a partner nor a set, and for no code.
    pub fn inside(&self, place: &Place) -> Result<Insiders, AxisError> {
        let partners = &place.axes().partners;
        let codes = match self {
            Self::AllPartners => {
                return Ok(Insiders {
                    name: "all partners".to_owned(),
                    members: None,
                });
            }
            Self::Of(codes) => codes,
        };
        let mut members = vec![false; partners.len()];
        // In the order of the pack, so that the same partners always have the same name.
        let mut names = BTreeSet::new();
        for code in codes {
            let mut sets = place.boundaries().iter().enumerate();
            let set = sets.find(|(_, set)| set.code == *code);
            let tops = match set {
                Some((number, set)) => {
                    names.insert((None, number, &set.name));
                    set.members.clone()
                }
                None => {
                    let member = partners.find(code).map_err(|_| unknown(code, place))?;
                    names.insert((Some(member), 0, &partners.get(member).name));
                    vec![member]
                }
            };
            for member in tops.into_iter().flat_map(|top| partners.branch(top)) {
                members[member.0 as usize] = true;
            }
        }
        if names.is_empty() {
            return Err(unknown("", place));
        }
        let names: Vec<&str> = names.iter().map(|(_, _, name)| name.as_str()).collect();
        Ok(Insiders {
            name: names.join(", "),
            members: Some(members),
        })
    }
}

fn unknown(code: &str, place: &Place) -> AxisError {
    let sets = place.boundaries().iter().map(|set| set.code.as_str());
    let partners = (place.axes().partners.iter()).map(|(_, partner)| partner.code.as_str());
    AxisError::Unknown {
        axis: "a partner or boundary",
        found: code.to_owned(),
        instead: Suggestions::of(code, sets.chain(partners).chain([ALL_PARTNERS])),
    }
}

impl FromStr for Boundary {
    type Err = AxisError;

    /// Reads `all-partners`, or codes of partners and sets with commas between.
    fn from_str(text: &str) -> Result<Self, AxisError> {
        match text.trim() {
            ALL_PARTNERS => Ok(Self::AllPartners),
            text => Ok(Self::of(text.split(',').map(str::trim))),
        }
    }
}

impl fmt::Display for Boundary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AllPartners => f.pad(ALL_PARTNERS),
            Self::Of(codes) => f.pad(&codes.join(",")),
        }
    }
}

/// The partners inside a boundary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insiders {
    name: String,
    /// By number of the partner; `None` is everybody.
    members: Option<Vec<bool>>,
}

impl Insiders {
    /// Their names.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether everybody is inside, and so also money that names no partner.
    #[must_use]
    pub fn is_everybody(&self) -> bool {
        self.members.is_none()
    }

    /// Whether a partner is inside.
    #[must_use]
    pub fn contains(&self, partner: MemberId) -> bool {
        self.members
            .as_ref()
            .is_none_or(|members| members[partner.0 as usize])
    }

    /// Whether money of a partner is inside; nobody can say for money of an unknown partner,
    /// unless everybody is.
    pub(crate) fn holds(&self, partner: Placed<MemberId>) -> Option<bool> {
        match partner {
            Placed::On(partner) => Some(self.contains(partner)),
            Placed::Gap(_) => self.is_everybody().then_some(true),
        }
    }
}
