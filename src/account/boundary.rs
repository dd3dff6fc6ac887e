//! Who is inside: the argument of every total.

use crate::axis::{AxisError, MemberId, Placed, Suggestions, folded};
use crate::place::{ALL_PARTNERS, BoundarySet, Place};
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
    /// The partners and sets of these codes or names; a branch of partners stands for all below it.
    Of(Vec<String>),
}

impl Boundary {
    /// The boundary around partners or sets of the pack, by their codes, or by names that are those of one.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::{Boundary, Place};
    /// let place = Place::open("examples/data/partners")?;
    /// let named = Boundary::of(["ludford nhs", "Public Bodies"]).inside(&place)?;
    /// assert_eq!(named, Boundary::of(["nhs", "public-bodies"]).inside(&place)?);
    /// assert_eq!(named.name(), "Public bodies, Ludford NHS");
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn of<T: Into<String>>(codes: impl IntoIterator<Item = T>) -> Self {
        Self::Of(codes.into_iter().map(Into::into).collect())
    }

    /// The partners inside, in a place.
    ///
    /// # Errors
    ///
    /// [`AxisError::Unknown`] for what names neither a partner nor a set, and for nothing;
    /// [`AxisError::SeveralOfName`] for a name that several of them have.
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
        for one in named(codes, place)? {
            let tops = match one {
                Inside::Set(number, set) => {
                    names.insert((None, number, &set.name));
                    set.members.clone()
                }
                Inside::Partner(member) => {
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

/// What stands inside: a set of the pack, by its number, or a partner with all below it.
#[derive(Clone, Copy, Debug)]
enum Inside<'a> {
    Set(usize, &'a BoundarySet),
    Partner(MemberId),
}

/// What texts name, one each; or all of them together, where a name has commas in it.
fn named<'a>(texts: &[String], place: &'a Place) -> Result<Vec<Inside<'a>>, AxisError> {
    let each = texts.iter().map(|text| named_by(text, place)).collect();
    match each {
        Err(error) if texts.len() > 1 => {
            let together = named_by(&texts.join(", "), place);
            together.map_or(Err(error), |one| Ok(vec![one]))
        }
        each => each,
    }
}

/// The set or partner of a code, else of a name.
fn named_by<'a>(text: &str, place: &'a Place) -> Result<Inside<'a>, AxisError> {
    let (partners, text) = (&place.axes().partners, text.trim());
    let sets = || place.boundaries().iter().enumerate();
    if let Some((number, set)) = sets().find(|(_, set)| set.code == text) {
        return Ok(Inside::Set(number, set));
    }
    match partners.find(text) {
        Ok(member) => return Ok(Inside::Partner(member)),
        Err(several @ AxisError::SeveralVintages { .. }) => return Err(several),
        Err(_) => {}
    }
    let wanted = folded(text);
    let mut found = Vec::new();
    let mut codes = Vec::new();
    let is_meant = |name: &str| !wanted.is_empty() && folded(name) == wanted;
    for (number, set) in sets().filter(|(_, set)| is_meant(&set.name)) {
        found.push(Inside::Set(number, set));
        codes.push(format!("`{}` (a boundary)", set.code));
    }
    for (member, partner) in partners.iter() {
        if is_meant(&partner.name) {
            found.push(Inside::Partner(member));
            codes.push(format!("`{}` (a partner)", partner.code));
        }
    }
    match found.as_slice() {
        [one] => Ok(*one),
        [] => Err(unknown(text, place)),
        _ => Err(AxisError::SeveralOfName {
            axis: "a partner or boundary",
            found: text.to_owned(),
            members: codes,
        }),
    }
}

fn unknown(text: &str, place: &Place) -> AxisError {
    let sets = (place.boundaries().iter()).map(|set| (set.code.as_str(), set.name.as_str()));
    let partners = (place.axes().partners.iter())
        .map(|(_, partner)| (partner.code.as_str(), partner.name.as_str()));
    let all = [(ALL_PARTNERS, "")];
    AxisError::Unknown {
        axis: "a partner or boundary",
        found: text.to_owned(),
        instead: Suggestions::of_members(text, sets.chain(partners).chain(all)),
    }
}

impl FromStr for Boundary {
    type Err = AxisError;

    /// Reads `all-partners`, as titles say it too, or codes and names of partners and sets with commas
    /// between.
    fn from_str(text: &str) -> Result<Self, AxisError> {
        match text.trim() {
            text if folded(text).replace(' ', "-") == ALL_PARTNERS => Ok(Self::AllPartners),
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
