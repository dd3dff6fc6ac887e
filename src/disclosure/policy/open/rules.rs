//! What is sensitive, by activity, and what is told of counts.

use super::opener::Opener;
use crate::disclosure::pattern::{Dominance, Open, Rule};
use crate::disclosure::policy::spec::{
    CountsSpec, DominanceOf, DominanceSpec, OpenSpec, RuleSpec, TextOrMore,
};
use crate::disclosure::policy::{ActivityRule, CountRule};
use crate::finding::Position;
use crate::money::Ratio;
use std::sync::Arc;
use toml::Spanned;

impl Opener<'_> {
    /// `[[rule]]`
    pub fn rules(&mut self, all: Vec<Spanned<RuleSpec>>) -> Vec<ActivityRule> {
        if all.is_empty() {
            let at = Position::line(self.file, 1).column("[[rule]]");
            self.missing_table("[[rule]]", at);
            return Vec::new();
        }
        let place = Arc::clone(self.place);
        let tree = &place.axes().activities;
        let last = all.last().map(|spec| self.at(spec)).unwrap_or_default();
        let of_all = |spec: &RuleSpec| matches!(&spec.activities, Some(TextOrMore::One(_)) | None);
        let closed = all.last().is_some_and(|spec| of_all(spec.get_ref()));
        let mut rules: Vec<ActivityRule> = Vec::with_capacity(all.len());
        for spec in all {
            let at = self.at(&spec);
            let Some(rule) = self.rule(spec.into_inner(), &at) else {
                continue;
            };
            if let Some(before) = rules.iter().find(|before| rule.is_hidden_by(before, tree)) {
                let found = format!(
                    "rule `{}` never counts: rule `{}` before it takes all that it would",
                    rule.rule.name, before.rule.name
                );
                let remedy = "put the rule that names more before the other";
                self.fault("rule-never-matches", at.column("activities"), found, remedy);
            }
            rules.push(rule);
        }
        if !closed {
            self.fault(
                "no-catch-all",
                last.column("activities"),
                "the last rule does not fit all activities, so that nothing says what is sensitive of some".to_owned(),
                "add a last `[[rule]]` with `activities = \"all\"`",
            );
        }
        rules
    }

    fn rule(&mut self, spec: RuleSpec, at: &Position) -> Option<ActivityRule> {
        let of = match &spec.name {
            Some(name) => format!("[[rule]] {name}"),
            None => "[[rule]]".to_owned(),
        };
        let name = self.words(spec.name, &of, "name", at);
        let activities = self.needed(spec.activities, &of, "activities", at);
        let activities = activities.and_then(|activities| match activities {
            TextOrMore::One(word) => self.word(&word, ["all"], "activities", at).map(|_| None),
            TextOrMore::More(codes) if codes.is_empty() => {
                self.fault(
                    "words-missing",
                    at.clone().column("activities"),
                    "`activities` names none".to_owned(),
                    "name some, or take the rule out",
                );
                None
            }
            TextOrMore::More(codes) => self.activities(&codes, "activities", at).map(Some),
        });
        let holders = self.at_least(spec.holders, 1, (&of, "holders"), at);
        let dominance = self.needed(spec.dominance, &of, "dominance", at);
        let dominance = dominance.and_then(|dominance| self.dominance(dominance, at));
        let open = self.needed(spec.open, &of, "open", at);
        let open = open.and_then(|open| match open {
            OpenSpec::Word(word) => self.word(&word, ["rule"], "open", at).map(|_| Open::Rule),
            OpenSpec::Of(of) => {
                let percent = self.percent(&of.percent, None, "open", at);
                percent.map(Open::Percent)
            }
        });
        let tells_empty = self.shown(spec.empty, &of, "empty", at);
        Some(ActivityRule {
            activities: activities?,
            rule: Rule {
                name: name?.into(),
                holders: holders?,
                dominance: dominance?,
                open: open?,
            },
            tells_empty: tells_empty?,
        })
    }

    fn dominance(&mut self, spec: DominanceSpec, at: &Position) -> Option<Dominance> {
        let key = "dominance";
        let of = match spec {
            DominanceSpec::Word(word) => {
                return self.word(&word, ["none"], key, at).map(|_| Dominance::None);
            }
            DominanceSpec::Of(of) => of,
        };
        match of {
            DominanceOf {
                p: Some(p),
                nk: None,
                pq: None,
            } => self.percent(&p, Some(100), key, at).map(Dominance::Percent),
            DominanceOf {
                p: None,
                nk: Some(all),
                pq: None,
            } if !all.is_empty() => {
                let mut read = Vec::with_capacity(all.len());
                for (n, k) in &all {
                    let part = self.percent(k, Some(100), key, at);
                    let n = u32::try_from(*n).ok().filter(|n| *n > 0);
                    if n.is_none() {
                        self.fault(
                            "not-a-number",
                            at.clone().column(key),
                            "the first number of each pair of `nk` is how many holders".to_owned(),
                            "write it as `[[1, 80], [2, 90]]`",
                        );
                    }
                    read.push(n.zip(part));
                }
                let read: Option<Vec<(u32, Ratio)>> = read.into_iter().collect();
                read.map(Dominance::Nk)
            }
            DominanceOf {
                p: None,
                nk: None,
                pq: Some((p, q)),
            } => {
                let (p, q) = (
                    self.percent(&p, Some(100), key, at),
                    self.percent(&q, Some(100), key, at),
                );
                let (p, q) = (p?, q?);
                if p >= q {
                    self.fault(
                        "not-a-number",
                        at.clone().column(key),
                        format!("p is {p} and q is {q}: whoever knows amounts to {q} % beforehand gains nothing"),
                        "write the smaller number first, as `pq = [10, 50]`",
                    );
                    return None;
                }
                Some(Dominance::Pq(p, q))
            }
            _ => {
                self.fault(
                    "not-a-word-of-this-field",
                    at.clone().column(key),
                    "`dominance` names no rule, or several".to_owned(),
                    "write one of `{ p = 10 }`, `{ nk = [[1, 80], [2, 90]] }`, `{ pq = [10, 50] }` and `\"none\"`",
                );
                None
            }
        }
    }

    /// `[[counts]]`
    pub fn counts(&mut self, all: Vec<Spanned<CountsSpec>>) -> Vec<CountRule> {
        if all.is_empty() {
            let at = Position::line(self.file, 1).column("[[counts]]");
            self.missing_table("[[counts]]", at);
            return Vec::new();
        }
        let of_all =
            |spec: &CountsSpec| matches!(&spec.indicators, Some(TextOrMore::One(_)) | None);
        let ends =
            |all: &[Spanned<CountsSpec>]| all.iter().filter(|spec| of_all(spec.get_ref())).count();
        let closed = ends(&all) == 1 && all.last().is_some_and(|spec| of_all(spec.get_ref()));
        if !closed {
            let at = all.last().map(|spec| self.at(spec)).unwrap_or_default();
            self.fault(
                "no-catch-all",
                at.column("indicators"),
                "of `[[counts]]` one, the last, says what is told of all that nobody else publishes".to_owned(),
                "write `indicators = \"unpublished\"` in the last `[[counts]]`, and codes in those before it",
            );
        }
        let read = all.into_iter().filter_map(|spec| {
            let at = self.at(&spec);
            self.count_rule(spec.into_inner(), &at)
        });
        read.collect()
    }

    fn count_rule(&mut self, spec: CountsSpec, at: &Position) -> Option<CountRule> {
        let of = "[[counts]]";
        let indicators = self.needed(spec.indicators, of, "indicators", at);
        let indicators = indicators.and_then(|named| match named {
            TextOrMore::One(word) => {
                let word = self.word(&word, ["unpublished"], "indicators", at);
                word.map(|_| None)
            }
            TextOrMore::More(codes) => Some(Some(codes)),
        });
        let least = self.at_least(spec.least, 1, (of, "least"), at);
        let least_base = self.at_least(spec.least_base, 1, (of, "least_base"), at);
        let tells_all_or_none = self.shown(spec.all_or_none, of, "all_or_none", at);
        let tells_zero = self.shown(spec.zero, of, "zero", at);
        Some(CountRule {
            indicators: indicators?,
            least: least?,
            least_base: least_base?,
            tells_all_or_none: tells_all_or_none?,
            tells_zero: tells_zero?,
        })
    }
}
