//! What the account says before the moves of a scenario and after.

use crate::cube::{AskError, By, Cube};
use crate::disclosure::Why;
use crate::money::Pence;
use crate::report::content::{ReportScope, Shown, question};

/// The account by the members of one axis, before and after.
#[derive(Clone, Debug)]
pub struct BeforeAfter {
    /// `locality`, `partner` or `activity`.
    pub axis: &'static str,
    /// Each member of which something is recorded before or after.
    pub rows: Vec<BeforeAfterRow>,
    /// All of them together.
    pub total: BeforeAfterRow,
}

/// One member before and after.
#[derive(Clone, Debug)]
pub struct BeforeAfterRow {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What is spent without the moves.
    pub before: Shown,
    /// What is spent with them.
    pub after: Shown,
}

impl BeforeAfterRow {
    /// How much more there is after; below zero it is less. What may not be shown has no difference either.
    pub fn change(&self) -> Shown {
        match (self.before, self.after) {
            (Shown::Withheld(why), _) | (_, Shown::Withheld(why)) => Shown::Withheld(why),
            (before, after) => {
                let sum = |shown: Shown| shown.told().unwrap_or_default();
                // Both are sums of one account, and so is what lies between them.
                (Pence::total([sum(after), -sum(before)]))
                    .map_or(Shown::Withheld(Why::Untried), Shown::of_sum)
            }
        }
    }
}

/// The question of the report by place, by partner and by activity, before and after.
pub(super) fn before_after(
    before: &Cube,
    after: &Cube,
    scope: &ReportScope,
) -> Result<Vec<BeforeAfter>, AskError> {
    let axes = [
        ("locality", By::Locality(scope.level.clone())),
        ("partner", By::Partner),
        ("activity", By::Activity(Some(scope.activity_level.clone()))),
    ];
    (axes.into_iter())
        .map(|(axis, by)| along(axis, &by, [before, after], scope))
        .collect()
}

fn along(
    axis: &'static str,
    by: &By,
    cubes: [&Cube; 2],
    scope: &ReportScope,
) -> Result<BeforeAfter, AskError> {
    let [before, after] = cubes.map(|cube| question(cube, scope).by([by.clone()]).answer());
    let (before, after) = (before?, after?);
    let mut rows: Vec<BeforeAfterRow> = Vec::with_capacity(before.rows.len());
    for row in &before.rows {
        let Some(key) = row.keys.first() else {
            continue;
        };
        rows.push(BeforeAfterRow {
            code: key.code.clone(),
            name: key.name.clone(),
            before: Shown::of(&row.figure),
            after: Shown::NothingRecorded,
        });
    }
    for row in &after.rows {
        let Some(key) = row.keys.first() else {
            continue;
        };
        let shown = Shown::of(&row.figure);
        match rows.iter_mut().find(|row| row.code == key.code) {
            Some(known) => known.after = shown,
            None => rows.push(BeforeAfterRow {
                code: key.code.clone(),
                name: key.name.clone(),
                before: Shown::NothingRecorded,
                after: shown,
            }),
        }
    }
    Ok(BeforeAfter {
        axis,
        rows,
        total: BeforeAfterRow {
            code: String::new(),
            name: "Together".to_owned(),
            before: Shown::of(&before.total),
            after: Shown::of(&after.total),
        },
    })
}
