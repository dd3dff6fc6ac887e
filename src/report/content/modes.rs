//! How money reaches people: what is directly provided, commissioned, granted, pooled, or paid to people themselves.

use super::{ReportError, ReportScope, SectionRow, Shown};
use crate::cube::{By, KeyPart, Question};
use crate::disclosure::{Telling, ToldFigure};
use std::sync::Arc;

/// The level of tags that say how money reaches people, as [`By::Mode`] has it.
const LEVEL: &str = "mode";

/// Money of which nobody says how it reaches people, as answers name it.
const NOT_SAID: &str = "not-said";

/// What the whole place spends in each way, and the same crossed with other axes.
///
/// Each table is an answer of its own, in which every line stands in one row: that of its only mode, that of
/// those with several, or that of those of which nobody says.
#[derive(Clone, Debug)]
pub struct ModesSheet {
    /// Way by way; sums to the place.
    pub modes: Vec<SectionRow>,
    /// The place.
    pub total: ToldFigure,
    /// Partner by partner, activity by activity, place by place, and by client group where the pack has some.
    pub crossed: Vec<CrossedModes>,
}

/// Modes within the members of another axis.
#[derive(Clone, Debug)]
pub struct CrossedModes {
    /// The axis: `partner`, `activity`, `place`, `group`.
    pub axis: &'static str,
    /// Its members in order, and within each its modes; sums to the place.
    pub rows: Vec<ModeWithin>,
}

/// What of one member reaches people in one way.
#[derive(Clone, Debug)]
pub struct ModeWithin {
    /// The member of the other axis.
    pub member: Arc<KeyPart>,
    /// The way.
    pub mode: Arc<KeyPart>,
    /// How much.
    pub figure: ToldFigure,
}

impl ModeWithin {
    /// Whether somebody says how it reaches people.
    pub fn is_said(&self) -> bool {
        self.mode.code != NOT_SAID
    }
}

impl ModesSheet {
    /// Asks for it, where the pack says of anything how it reaches people.
    pub fn of(
        question: &Question<'_>,
        scope: &ReportScope,
        telling: &dyn Telling,
    ) -> Result<Option<Self>, ReportError> {
        let axes = question.cube().place().axes();
        if !axes.tags.iter().any(|(_, tag)| tag.level == LEVEL) {
            return Ok(None);
        }
        let asked = question.clone().by([By::Mode]);
        let answer = telling.tell(&asked, asked.answer()?)?;
        let modes = answer.rows.iter().filter_map(|row| {
            let mode = row.keys.first()?;
            Some(SectionRow::of(mode, &row.figure, row.figure.sum()))
        });
        let mut others = vec![
            ("activity", By::Activity(Some(scope.activity_level.clone()))),
            ("partner", By::Partner),
            ("place", By::Locality(scope.level.clone())),
        ];
        if !axes.groups.is_empty() {
            others.push(("group", By::Group(None)));
        }
        let mut crossed = Vec::with_capacity(others.len());
        for (axis, by) in others {
            let asked = question.clone().by([by, By::Mode]);
            let answer = telling.tell(&asked, asked.answer()?)?;
            let rows = answer
                .rows
                .iter()
                .filter_map(|row| match row.keys.as_slice() {
                    [member, mode] => Some(ModeWithin {
                        member: member.clone(),
                        mode: mode.clone(),
                        figure: row.figure.clone(),
                    }),
                    _ => None,
                });
            crossed.push(CrossedModes {
                axis,
                rows: rows.collect(),
            });
        }
        Ok(Some(Self {
            modes: modes.collect(),
            total: answer.total.clone(),
            crossed,
        }))
    }

    /// What of a member of an axis reaches people in which way, where somebody says it of some of it.
    pub fn within(&self, axis: &str, code: &str) -> Vec<(&str, Shown)> {
        let crossed = self.crossed.iter().find(|one| one.axis == axis);
        let rows: Vec<&ModeWithin> = (crossed.iter().flat_map(|one| &one.rows))
            .filter(|row| row.member.code == code && !row.figure.is_nothing())
            .collect();
        if !rows.iter().any(|row| row.is_said()) {
            return Vec::new();
        }
        let (said, silent): (Vec<&ModeWithin>, Vec<&ModeWithin>) =
            rows.into_iter().partition(|row| row.is_said());
        let told = said.into_iter().chain(silent);
        told.map(|row| (row.mode.name.as_str(), row.figure.sum()))
            .collect()
    }

    /// The same of the whole place.
    pub fn of_whole(&self) -> Vec<(&str, Shown)> {
        let rows = self.modes.iter().filter(|row| !row.as_shown().is_nothing());
        rows.map(|row| (row.name.as_str(), row.shown())).collect()
    }
}
