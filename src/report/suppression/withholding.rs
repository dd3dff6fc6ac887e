//! Who withholds chosen figures.

use crate::cube::{Answer, Figure, KeyPart, Memorandum, Question};
use crate::disclosure::{Aspect, DisclosureError, Telling, ToldAnswer, ToldFigure, Which, Why};
use crate::money::Pence;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// Withholds some sums wherever they stand: in a figure, in a part of one, beside one.
pub struct Sums {
    pub sums: BTreeSet<Pence>,
    /// Whether ledgers are public: then what has no such sum is told with its lines.
    pub public: bool,
}

impl Sums {
    pub fn of(sums: impl IntoIterator<Item = Pence>) -> Self {
        Self {
            sums: sums.into_iter().collect(),
            public: false,
        }
    }

    fn hides(&self, sum: Pence) -> Option<Why> {
        self.sums.contains(&sum).then_some(Why::Few)
    }

    fn told(&self, figure: &Figure) -> ToldFigure {
        if self.hides(figure.amount).is_some() {
            return ToldFigure::withheld(figure, Why::Few);
        }
        ToldFigure::of(figure, self.public, |aspect| match aspect {
            Aspect::Sum => None,
            Aspect::Class(class) => self.hides(figure.composition.of(class)),
            Aspect::Beside(what) => self.hides(figure.memorandum(what)),
            Aspect::Unshared(gap) => {
                let sum = figure.unshared.get(&gap);
                sum.and_then(|sum| self.hides(*sum))
            }
        })
    }

    fn has_one(&self, figure: &Figure) -> bool {
        let memoranda = Memorandum::ALL.map(|what| figure.memorandum(what));
        let sums = memoranda.into_iter().chain([figure.amount]);
        sums.chain(figure.unshared.values().copied())
            .any(|sum| self.hides(sum).is_some())
    }
}

impl Telling for Sums {
    fn tell(&self, _: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError> {
        Ok(ToldAnswer::of(answer, self.public, |_, figure| {
            self.told(figure)
        }))
    }

    fn is_open(&self, question: &Question<'_>) -> Result<bool, DisclosureError> {
        let answer = question.answer().unwrap();
        let rows = answer.rows.iter().map(|row| &row.figure);
        Ok(!rows
            .chain([&answer.total])
            .any(|figure| self.has_one(figure)))
    }

    fn ledger_is_public(&self, _: &str) -> bool {
        self.public
    }

    fn all_public(&self) -> bool {
        false
    }
}

/// What a figure is of: the question in words, the axes, and the row.
type Asked = (BTreeMap<String, String>, Vec<String>, Vec<Arc<KeyPart>>);

/// Notes every figure and every question, and tells all of it.
#[derive(Default)]
pub struct Noting {
    figures: Mutex<BTreeMap<Asked, Figure>>,
    questions: Mutex<BTreeMap<Asked, Vec<Figure>>>,
}

fn asked(answer: &Answer, which: Which<'_>) -> Asked {
    let keys = match which {
        Which::Row(_, keys) => keys.to_vec(),
        Which::Total | Which::Complement => Vec::new(),
    };
    (answer.question.clone(), answer.axes.clone(), keys)
}

/// The figures of an answer, in order.
fn figures(answer: &Answer) -> Vec<Figure> {
    let rows = answer.rows.iter().map(|row| row.figure.clone());
    rows.chain([answer.total.clone()]).collect()
}

impl Telling for Noting {
    fn tell(&self, _: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError> {
        let mut noted = self.figures.lock().unwrap();
        noted.insert(asked(&answer, Which::Total), answer.total.clone());
        for (number, row) in answer.rows.iter().enumerate() {
            let which = Which::Row(number, &row.keys);
            noted.insert(asked(&answer, which), row.figure.clone());
        }
        Ok(ToldAnswer::open(answer))
    }

    fn is_open(&self, question: &Question<'_>) -> Result<bool, DisclosureError> {
        let answer = question.answer().unwrap();
        let mut noted = self.questions.lock().unwrap();
        noted.insert(asked(&answer, Which::Total), figures(&answer));
        Ok(true)
    }

    fn ledger_is_public(&self, _: &str) -> bool {
        true
    }

    /// So that every question is asked that a site with something to withhold asks.
    fn all_public(&self) -> bool {
        false
    }
}

/// Withholds what two accounts do not have in common.
pub struct InCommon {
    one: Noting,
    other: Noting,
    ledger: &'static str,
    /// Whether lines of figures that both have may be told.
    lines: bool,
    /// How many figures were withheld.
    pub withheld: Mutex<usize>,
}

impl InCommon {
    pub fn of(one: Noting, other: Noting, ledger: &'static str, lines: bool) -> Self {
        Self {
            one,
            other,
            ledger,
            lines,
            withheld: Mutex::new(0),
        }
    }

    /// Whether both accounts have the same figure; what neither was asked is not known to be the same.
    fn is_common(&self, asked: &Asked) -> bool {
        let (one, other) = (self.one.figures.lock(), self.other.figures.lock());
        let (one, other) = (one.unwrap(), other.unwrap());
        one.contains_key(asked) && one.get(asked) == other.get(asked)
    }
}

impl Telling for InCommon {
    fn tell(&self, _: &Question<'_>, answer: Answer) -> Result<ToldAnswer, DisclosureError> {
        let whole = answer.clone();
        Ok(ToldAnswer::of(answer, false, |which, figure| {
            if self.is_common(&asked(&whole, which)) {
                ToldFigure::of(figure, self.lines, |_| None)
            } else {
                *self.withheld.lock().unwrap() += 1;
                ToldFigure::withheld(figure, Why::Untried)
            }
        }))
    }

    fn is_open(&self, question: &Question<'_>) -> Result<bool, DisclosureError> {
        let asked = asked(&question.answer().unwrap(), Which::Total);
        let (one, other) = (self.one.questions.lock(), self.other.questions.lock());
        let (one, other) = (one.unwrap(), other.unwrap());
        Ok(one.contains_key(&asked) && one.get(&asked) == other.get(&asked))
    }

    fn ledger_is_public(&self, ledger: &str) -> bool {
        ledger != self.ledger
    }

    fn all_public(&self) -> bool {
        false
    }
}
