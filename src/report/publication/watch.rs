//! What a gate withholds, kept until the files are looked through.

use super::digits::Digits;
use crate::cube::{Answer, Figure, Question};
use crate::disclosure::{
    Aspect, Counted, DisclosureError, Gate, Telling, ToldAnswer, ToldFigure, Why, Withholding,
};
use crate::money::Pence;
use std::sync::{Mutex, PoisonError};

/// A gate that keeps the sums it withholds beside those it tells. They never leave this module but as digits to be
/// looked for.
pub struct Watch<'a> {
    gate: Gate<'a>,
    digits: Mutex<Digits>,
}

impl<'a> Watch<'a> {
    pub fn new(gate: Gate<'a>) -> Self {
        Self {
            gate,
            digits: Mutex::new(Digits::default()),
        }
    }

    pub fn withholding(&self) -> Withholding {
        self.gate.withholding()
    }

    /// The sums that no file may hold.
    pub fn digits(&self) -> Digits {
        let digits = self.digits.lock().unwrap_or_else(PoisonError::into_inner);
        digits.clone()
    }
}

/// One sum of a figure.
fn sum(figure: &Figure, aspect: Aspect) -> Pence {
    match aspect {
        Aspect::Sum => figure.amount,
        Aspect::Class(class) => figure.composition.of(class),
        Aspect::Beside(what) => figure.memorandum(what),
        Aspect::Unshared(gap) => figure.unshared.get(&gap).copied().unwrap_or_default(),
    }
}

fn note(digits: &mut Digits, figure: &Figure, told: &ToldFigure) {
    for aspect in Aspect::all() {
        let sum = sum(figure, aspect);
        match told.aspect(aspect).is_withheld() {
            true => digits.withheld(sum),
            false => digits.told(sum),
        }
    }
    if let Some(each) = figure.per_head.as_ref().and_then(|head| head.amount) {
        match told.per_head().is_some() {
            true => digits.told(each),
            false => digits.withheld(each),
        }
    }
}

impl Telling for Watch<'_> {
    fn tell(&self, question: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError> {
        if self.gate.all_public() {
            return self.gate.tell(question, answer);
        }
        let figures: Vec<Figure> = (answer.rows.iter().map(|row| row.figure.clone()))
            .chain([answer.total.clone()])
            .chain(answer.complement.clone())
            .collect();
        let told = self.gate.tell(question, answer)?;
        let all = (told.rows.iter().map(|row| &row.figure))
            .chain([&told.total])
            .chain(&told.complement);
        let mut digits = self.digits.lock().unwrap_or_else(PoisonError::into_inner);
        for (figure, told) in figures.iter().zip(all) {
            note(&mut digits, figure, told);
        }
        drop(digits);
        Ok(told)
    }

    fn is_open(&self, question: &Question<'_>) -> Result<bool, DisclosureError> {
        self.gate.is_open(question)
    }

    fn ledger_is_public(&self, ledger: &str) -> bool {
        self.gate.ledger_is_public(ledger)
    }

    fn all_public(&self) -> bool {
        self.gate.all_public()
    }

    fn withholds_count(&self, indicator: &str, is_published: bool, of: Counted) -> Option<Why> {
        self.gate.withholds_count(indicator, is_published, of)
    }
}
