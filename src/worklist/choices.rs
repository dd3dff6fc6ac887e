//! What may be chosen in each column of a sheet that somebody fills in.

use crate::axis::{Axes, Evidence, Gap, LocalityId, Tree};
use crate::crosswalk::NotSpending;
use std::collections::{BTreeMap, BTreeSet};

/// What may be chosen in each column: members of a pack, reasons of gaps, reasons why money is not
/// spending.
///
/// # Example
///
/// ```
/// use wholeplace::worklist::Choices;
/// let choices = Choices::default().with("activity", [("youth-work", "Youth work")]);
/// assert_eq!(choices.of("activity")[0].text, "Youth work");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choices(BTreeMap<String, Vec<Choice>>);

/// One text that may be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Choice {
    /// What stands in the cell: a name where it is one member's, or else a code.
    pub text: String,
    /// The code, or what the text means.
    pub about: String,
}

/// Gaps that somebody may write down: the others are found, not said.
const GAPS: [(Gap, &str); 6] = [
    (
        Gap::NotDisaggregated,
        "gap: a coarser figure only, and nothing measures how it divides",
    ),
    (
        Gap::NotElsewhereClassified,
        "gap: known, and it fits no member",
    ),
    (Gap::WholePlace, "gap: spent on the whole place by nature"),
    (Gap::Unknown, "gap: nobody knows"),
    (Gap::Withheld, "gap: known to the partner, who does not say"),
    (
        Gap::OutsideBoundary,
        "gap: outside the boundary of the place",
    ),
];

impl Choices {
    /// The members of a pack, with the reasons for gaps after them.
    #[must_use]
    pub fn of_axes(axes: &Axes) -> Self {
        let of_tree = |tree: &Tree| -> Vec<(String, String)> {
            let spelled = |(id, member): (_, &crate::axis::Member)| {
                let code = tree.spelled(id).unwrap_or(&member.code);
                (code.to_owned(), member.name.clone())
            };
            tree.iter().map(spelled).collect()
        };
        let localities = (0..).map(LocalityId).take(axes.localities.len()).map(|id| {
            let code = axes.localities.spelled(id).unwrap_or_default();
            (code.to_owned(), axes.localities.name(id).to_owned())
        });
        Self::default()
            .with("activity", of_tree(&axes.activities))
            .with("group", of_tree(&axes.groups))
            .with("locality", localities)
            .with("partner", of_tree(&axes.partners))
            .with("tag", of_tree(&axes.tags))
    }

    /// The same with members of one axis, each with its code and its name.
    #[must_use]
    pub fn with<C: Into<String>, N: Into<String>>(
        mut self,
        axis: &str,
        members: impl IntoIterator<Item = (C, N)>,
    ) -> Self {
        let members: Vec<(String, String)> = (members.into_iter())
            .map(|(code, name)| (code.into(), name.into()))
            .collect();
        let mut named: BTreeMap<String, usize> = BTreeMap::new();
        for (_, name) in &members {
            *named.entry(name.to_lowercase()).or_default() += 1;
        }
        let codes: BTreeSet<&str> = members.iter().map(|(code, _)| code.as_str()).collect();
        let mut all: Vec<Choice> = (members.iter())
            .map(|(code, name)| {
                let is_its_own = named.get(&name.to_lowercase()) == Some(&1)
                    && (!codes.contains(name.as_str()) || name == code)
                    && !name.trim().is_empty()
                    && Gap::ALL.into_iter().all(|gap| gap.name() != name);
                Choice {
                    text: if is_its_own { name } else { code }.clone(),
                    about: if is_its_own { code } else { name }.clone(),
                }
            })
            .collect();
        if axis != "tag" {
            all.extend(GAPS.map(|(gap, about)| Choice {
                text: gap.name().to_owned(),
                about: about.to_owned(),
            }));
        }
        self.0.insert(axis.to_owned(), all);
        self
    }

    /// What may be chosen in a column; nothing where any text may stand.
    #[must_use]
    pub fn of(&self, field: &str) -> Vec<Choice> {
        match field {
            "not_spending" => NotSpending::ALL
                .map(|reason| Choice {
                    text: reason.name().to_owned(),
                    about: reason.in_words().to_owned(),
                })
                .into(),
            "class" => Evidence::ALL
                .map(|class| Choice {
                    text: class.name().to_owned(),
                    about: match class {
                        Evidence::Direct => "recorded so by the partner",
                        Evidence::Driver => "by a measure of service use",
                        Evidence::Population => "by residents",
                        Evidence::Judgement => "somebody has chosen the weights",
                    }
                    .to_owned(),
                })
                .into(),
            field => self.0.get(field).cloned().unwrap_or_default(),
        }
    }
}
