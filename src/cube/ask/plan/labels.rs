//! Tags of one kind as an axis: how money reaches people, or another label of which a line has one at most.
//!
//! Tags overlap: people may carry two. Tags of one level of the pack (`mode`: directly provided, commissioned, direct
//! payment) are told apart all the same, because every line lies in one row: that of its only tag of the level, that of
//! lines with none, or that of lines with several. So rows add up, and nothing is counted twice.

use super::cell::Cell;
use crate::axis::{MemberId, Tree};
use crate::crosswalk::TagSet;
use crate::cube::ask::error::AskError;
use std::sync::Arc;

/// The level of tags that say how money reaches people.
pub const MODE: &str = "mode";

/// Tags of one level.
#[derive(Clone, Debug)]
pub struct Labels {
    level: Arc<str>,
    members: Vec<MemberId>,
    mask: TagSet,
}

impl Labels {
    /// Beyond all tags, of which a place has 64 at most.
    const NONE: u32 = 64;
    const SEVERAL: u32 = 65;

    /// The tags of a level.
    pub fn of(tags: &Tree, level: &str) -> Result<Self, AskError> {
        let members: Vec<MemberId> = (tags.iter())
            .filter(|(_, tag)| tag.level == level)
            .map(|(id, _)| id)
            .collect();
        if members.is_empty() {
            return Err(AskError::NoSuchLevel {
                axis: "tag",
                found: level.to_owned(),
                known: tags.levels().into_iter().map(str::to_owned).collect(),
            });
        }
        let none = TagSet::default();
        Ok(Self {
            level: level.into(),
            mask: (members.iter()).fold(none, |all, &tag| all.and(TagSet::one(tag))),
            members,
        })
    }

    /// Whether they say how money reaches people.
    pub fn are_modes(&self) -> bool {
        &*self.level == MODE
    }

    /// Those of the level among some tags.
    pub fn among(&self, tags: TagSet) -> TagSet {
        tags.within(self.mask)
    }

    /// The row of a line with these tags.
    pub fn cell(&self, tags: TagSet) -> Cell {
        let mut own = self.members.iter().filter(|&&tag| tags.has(tag));
        match (own.next(), own.next()) {
            (None, _) => Cell::member(Self::NONE),
            (Some(tag), None) => Cell::member(tag.0),
            (Some(_), Some(_)) => Cell::member(Self::SEVERAL),
        }
    }

    /// Code and name of a row.
    pub fn named<'t>(&self, number: u32, tags: &'t Tree) -> (&'t str, &'t str) {
        match number {
            Self::NONE => ("not-said", "(not said)"),
            Self::SEVERAL => ("several", "(several at once)"),
            number => {
                let tag = tags.get(MemberId(number));
                (&tag.code, &tag.name)
            }
        }
    }
}
