//! The figures that a site tells, as they are asked for.

use super::asker::PrivateParts;
use super::key::FigureKey;
use crate::disclosure::policy::KindOfFigure;
use std::collections::BTreeMap;

/// A figure that is told somewhere.
#[derive(Clone, Debug)]
pub struct NotedFigure {
    pub kind: KindOfFigure,
    pub parts: PrivateParts,
}

/// All figures so far, each once however often it is told.
#[derive(Clone, Debug, Default)]
pub struct Noted {
    figures: BTreeMap<FigureKey, NotedFigure>,
}

impl Noted {
    pub fn note(&mut self, key: FigureKey, kind: &KindOfFigure, parts: PrivateParts) {
        self.figures.entry(key).or_insert_with(|| NotedFigure {
            kind: kind.clone(),
            parts,
        });
    }

    pub fn knows(&self, key: &FigureKey) -> bool {
        self.figures.contains_key(key)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&FigureKey, &NotedFigure)> {
        self.figures.iter()
    }
}
