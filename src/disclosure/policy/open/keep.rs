//! What is known beforehand, and what is kept.

use super::opener::Opener;
use crate::axis::MemberId;
use crate::disclosure::policy::spec::{BeforeSpec, KeepSpec};
use crate::disclosure::policy::{Kept, KindOfFigure, ToldBy};
use crate::finding::Position;
use crate::money::Ratio;
use std::collections::BTreeSet;

impl Opener<'_> {
    /// `[before]`
    pub fn before(&mut self, spec: BeforeSpec, at: &Position) -> Option<(Ratio, Vec<MemberId>)> {
        let of = "[before]";
        let percent = self.needed(spec.percent, of, "percent", at);
        let percent = percent.and_then(|number| self.percent(&number, None, "percent", at));
        let negative = self.needed(spec.negative, of, "negative", at);
        let negative = negative.and_then(|codes| self.activities(&codes, "negative", at));
        Some((percent?, negative?))
    }

    /// `[keep]`
    pub fn keep(&mut self, spec: KeepSpec, at: &Position) -> Option<Kept> {
        let of = "[keep]";
        let always = self.needed(spec.always, of, "always", at);
        let always = always.and_then(|kinds| self.kinds(&kinds, "always", at));
        let order = self.needed(spec.order, of, "order", at);
        let order = order.and_then(|kinds| self.kinds(&kinds, "order", at));
        let may_give_up = self.needed(spec.may_give_up, of, "may_give_up", at);
        let may_give_up = may_give_up.and_then(|kinds| self.kinds(&kinds, "may_give_up", at));
        let always: BTreeSet<KindOfFigure> = always?.into_iter().collect();
        let may_give_up: BTreeSet<KindOfFigure> = may_give_up?.into_iter().collect();
        if let Some(other) = may_give_up.difference(&always).next() {
            self.fault(
                "key-of-another-kind",
                at.clone().column("may_give_up"),
                format!("`{other}` may be given up anyway: it is not among `always`"),
                "name it in `always`, or leave it out here",
            );
        }
        Some(Kept {
            always,
            order: order?,
            may_give_up,
        })
    }

    /// Kinds of figures, each once.
    fn kinds(&mut self, texts: &[String], key: &str, at: &Position) -> Option<Vec<KindOfFigure>> {
        let mut kinds: Vec<KindOfFigure> = Vec::with_capacity(texts.len());
        for text in texts {
            match KindOfFigure::read(text) {
                Ok(kind) if kinds.contains(&kind) => self.fault(
                    "stated-twice",
                    at.clone().column(key),
                    format!("`{kind}` stands in `{key}` twice"),
                    "name it once",
                ),
                Ok(kind) => kinds.push(kind),
                Err(part) => {
                    let known: Vec<&str> = ToldBy::ALL.iter().map(|(_, word)| *word).collect();
                    self.fault(
                        "not-a-word-of-this-field",
                        at.clone().column(key),
                        format!("`{part}` is nothing that figures are told by"),
                        &format!(
                            "write `whole`, or some of {}, with ` × ` between",
                            known.join(", ")
                        ),
                    );
                }
            }
        }
        (kinds.len() == texts.len()).then_some(kinds)
    }
}
