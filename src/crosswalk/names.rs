//! Members by their names, for sheets that people fill in.

use crate::axis::{Axes, LocalityId, Tree};
use std::cell::OnceCell;
use std::collections::HashMap;

/// The members of all axes by name, in any case. Names are gathered when the first of an axis is
/// asked for: most packs are filled in by code, and a place may have a hundred thousand localities.
#[derive(Debug)]
pub struct MemberNames<'a> {
    axes: &'a Axes,
    of: HashMap<&'static str, OnceCell<ByName>>,
}

/// For each name in lower case, the codes of the members that have it.
type ByName = HashMap<String, Vec<String>>;

/// Who is meant by a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The member of this code.
    One(String),
    /// Several members of one name.
    Several(Vec<String>),
    /// None.
    Nobody,
}

/// The axes whose members have names.
const NAMED: [&str; 5] = ["activity", "group", "locality", "partner", "tag"];

impl<'a> MemberNames<'a> {
    /// Nothing is gathered yet.
    pub fn new(axes: &'a Axes) -> Self {
        let of = NAMED.map(|axis| (axis, OnceCell::new())).into();
        Self { axes, of }
    }

    /// Whether a text is the code of a member of an axis.
    pub fn is_code(&self, axis: &str, text: &str) -> bool {
        match self.tree(axis) {
            Some(tree) => tree.find(text).is_ok(),
            None => axis == "locality" && self.axes.localities.find(text).is_ok(),
        }
    }

    /// Whom a name means.
    pub fn named(&self, axis: &str, name: &str) -> Named {
        let Some(cell) = self.of.get(axis) else {
            return Named::Nobody;
        };
        let codes = cell.get_or_init(|| self.gathered(axis)).get(&key(name));
        match codes.map(Vec::as_slice) {
            None | Some([]) => Named::Nobody,
            Some([one]) => Named::One(one.clone()),
            Some(several) => Named::Several(several.to_vec()),
        }
    }

    fn tree(&self, axis: &str) -> Option<&'a Tree> {
        match axis {
            "activity" => Some(&self.axes.activities),
            "group" => Some(&self.axes.groups),
            "partner" => Some(&self.axes.partners),
            "tag" => Some(&self.axes.tags),
            _ => None,
        }
    }

    fn gathered(&self, axis: &str) -> ByName {
        let mut names = ByName::new();
        let mut add = |name: &str, code: Option<&str>| {
            let code = code.unwrap_or_default().to_owned();
            names.entry(key(name)).or_default().push(code);
        };
        match self.tree(axis) {
            Some(tree) => (tree.iter()).for_each(|(id, m)| add(&m.name, tree.spelled(id))),
            None => {
                let localities = &self.axes.localities;
                for id in (0..).map(LocalityId).take(localities.len()) {
                    add(localities.name(id), localities.spelled(id));
                }
            }
        }
        names
    }
}

/// A name as it is compared: without capitals, and with one blank where there are several.
fn key(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").to_lowercase()
}
