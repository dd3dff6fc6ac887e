//! What the codes of a checked crosswalk mean, in words: for lists of what is near to a code.

use super::codes::Meaning;
use super::compile::{AXES, Lookup};
use super::{Crosswalk, Mix, Mixes};
use crate::axis::{Axes, MemberId, Placed, Tree};

impl Crosswalk {
    /// The axes that are looked up in the crosswalk.
    pub(crate) fn looked_up(&self) -> Vec<&'static str> {
        let is_looked_up = |axis: &&str| match *axis {
            "partner" => is_crosswalk(&self.partner),
            "activity" => is_crosswalk(&self.activity),
            "ages" => is_crosswalk(&self.ages),
            "group" => is_crosswalk(&self.group),
            "tag" => is_crosswalk(&self.tags),
            "locality" => is_crosswalk(&self.locality),
            "resource" => is_crosswalk(&self.resource),
            _ => is_crosswalk(&self.flexibility),
        };
        AXES.into_iter().filter(is_looked_up).collect()
    }

    /// Whether a code has a row of its own on an axis.
    pub(crate) fn has_row(&self, axis: &str, code: &str) -> bool {
        match axis {
            "partner" => has_row(&self.partner, code),
            "activity" => has_row(&self.activity, code),
            "ages" => has_row(&self.ages, code),
            "group" => has_row(&self.group, code),
            "tag" => has_row(&self.tags, code),
            "locality" => has_row(&self.locality, code),
            "resource" => has_row(&self.resource, code),
            _ => has_row(&self.flexibility, code),
        }
    }

    /// Whether the codes of a name are, or may be, names of payees.
    pub(crate) fn is_payee(&self, name: &str) -> bool {
        self.payees.iter().any(|payee| payee == name)
    }

    /// Each code that has a row of its own on an axis, with the name of what it means; for activities
    /// those that are not spending too.
    pub(crate) fn meanings(&self, axis: &str, axes: &Axes, mixes: &Mixes) -> Vec<(&str, String)> {
        match axis {
            "activity" => {
                let mut all = said(&self.activity, |mix| mix_in_words(mixes.get(mix), axes));
                let rows = self.exclusions.rows.iter();
                for rows in rows.filter(|rows| rows.of == "activity") {
                    all.extend(rows.codes.exact().filter_map(|(code, reason)| {
                        let (reason, _) = rows.reasons.get(reason?)?;
                        Some((code, format!("not spending: {reason}")))
                    }));
                }
                all
            }
            "group" => said(&self.group, |to| member(to, &axes.groups)),
            "partner" => said(&self.partner, |to| member(to, &axes.partners)),
            "locality" => said(&self.locality, |to| match to {
                Placed::On(place) => axes.localities.name(place).to_owned(),
                Placed::Gap(gap) => gap.name().to_owned(),
            }),
            "ages" => said(&self.ages, |to| to.to_string()),
            _ => Vec::new(),
        }
    }
}

fn is_crosswalk<T>(lookup: &Lookup<T>) -> bool {
    matches!(lookup, Lookup::Crosswalk { .. })
}

fn has_row<T: Copy + PartialEq>(lookup: &Lookup<T>, code: &str) -> bool {
    match lookup {
        Lookup::Crosswalk { codes, .. } => matches!(codes.find(code), Meaning::Exact(_)),
        Lookup::Always(_) | Lookup::Code { .. } => false,
    }
}

/// The codes of one lookup, with their meanings in words.
fn said<T: Copy + PartialEq>(
    lookup: &Lookup<T>,
    in_words: impl Fn(T) -> String,
) -> Vec<(&str, String)> {
    match lookup {
        Lookup::Crosswalk { codes, .. } => (codes.exact())
            .map(|(code, meaning)| (code, in_words(meaning)))
            .collect(),
        Lookup::Always(_) | Lookup::Code { .. } => Vec::new(),
    }
}

fn member(to: Placed<MemberId>, tree: &Tree) -> String {
    match to {
        Placed::On(member) => tree.get(member).name.clone(),
        Placed::Gap(gap) => gap.name().to_owned(),
    }
}

/// The activities of a mix: `Youth work`, or `Youth work, Social care`.
fn mix_in_words(mix: &Mix, axes: &Axes) -> String {
    let names = (mix.parts.iter()).map(|(to, _)| member(*to, &axes.activities));
    names.collect::<Vec<_>>().join(", ")
}
