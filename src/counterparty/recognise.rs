//! The lines of one ledger that are payments between partners.

use super::FlowId;
use super::near_misses::nearly;
use super::precedence::{Names, lies_within};
use super::rule::{COUNTERPARTY, Counterparties, Rule, normalised};
use crate::axis::{FlowKind, MemberId, Period, Placed, Tree};
use crate::finding::{Finding, Findings, Position, Severity, masked};
use crate::ledger::{Ledger, LineRef};
use crate::money::Pence;
use crate::text::{counted, list};
use rayon::prelude::*;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The flow of each line of a ledger.
#[derive(Clone, Debug, Default)]
pub enum FlowColumn {
    /// No line is a payment between partners.
    #[default]
    None,
    /// One flow a line, in the order of the lines.
    Lines(Vec<FlowId>),
}

impl FlowColumn {
    /// The flow of a line.
    #[must_use]
    pub fn of(&self, line: usize) -> FlowId {
        match self {
            Self::None => FlowId::NONE,
            Self::Lines(flows) => flows[line],
        }
    }
}

/// What one rule recognised in one ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Recognised {
    /// The ledger.
    pub ledger: String,
    /// The text of the rule, as the pack writes it.
    pub text: String,
    /// Where the rule stands.
    pub rule: String,
    /// Code of the partner on the other side.
    pub partner: String,
    /// What kind of payment.
    pub kind: FlowKind,
    /// How many lines.
    pub lines: u64,
    /// Their pence, as the ledger signs them.
    pub pence: Pence,
    /// The first few of the lines, by file and line.
    pub first_lines: Vec<String>,
}

/// What the rules recognised in one ledger.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct RecognisedLines {
    /// The flow of each line.
    pub flows: FlowColumn,
    /// What each rule recognised.
    pub recognised: Vec<Recognised>,
    /// What is wrong.
    pub findings: Findings,
    /// Rules for every ledger whose lines here other rules took.
    pub(crate) beaten: Vec<Beaten>,
}

/// What became in one ledger of a rule that is for every ledger.
#[derive(Clone, Debug)]
pub struct Beaten {
    /// Its place among the rules of the pack.
    rule: usize,
    /// Whether it took any line.
    took: bool,
    /// The lines that others took.
    lines: Told,
    /// Where those stand.
    by: BTreeSet<Position>,
}

/// Lines of one fault, with the first few positions.
#[derive(Clone, Debug, Default)]
struct Told {
    lines: u64,
    pence: i128,
    /// Without signs, so that payments and credits cannot cancel out.
    at_stake: i128,
    positions: Vec<Position>,
}

/// How many lines a finding names one by one.
const TOLD: usize = 5;

impl Told {
    fn add(&mut self, line: &LineRef<'_>) {
        let pence = i128::from(line.pence().get());
        self.lines += line.stands_for();
        self.pence += pence;
        self.at_stake += pence.abs();
        if self.positions.len() < TOLD {
            self.positions.push(line.position());
        }
    }

    /// Adds those of another ledger.
    fn append(&mut self, more: &Self) {
        self.lines += more.lines;
        self.pence += more.pence;
        self.at_stake += more.at_stake;
        let room = TOLD.saturating_sub(self.positions.len());
        self.positions
            .extend(more.positions.iter().take(room).cloned());
    }

    fn named(&self) -> String {
        list(&self.positions, self.lines as usize - self.positions.len())
    }

    fn finding(&self, rule: &str, severity: Severity, found: String, remedy: &str) -> Finding {
        Finding {
            rule: rule.to_owned(),
            severity,
            position: self.positions.first().cloned().unwrap_or_default(),
            found: format!(
                "{found}: {} ({})",
                counted(self.lines, "line"),
                self.named()
            ),
            at_stake: Pence::from_wide(self.at_stake).ok(),
            remedy: remedy.to_owned(),
        }
    }
}

/// What the rules make of each distinct text, however many lines have it.
struct TextMatches<'a> {
    texts: &'a [String],
    /// The rules that claim a text.
    claims: Vec<Vec<usize>>,
    /// Of a text that none claims, the rules that it nearly meets.
    near: Vec<Vec<usize>>,
    /// Whether any rule has to do with it: most lines have a text that says nothing.
    says: Vec<bool>,
}

impl<'a> TextMatches<'a> {
    /// Holds each text against every rule once.
    fn new(texts: &'a [String], rules: &[&Rule]) -> Self {
        let (claims, near): (Vec<Vec<usize>>, Vec<Vec<usize>>) = (texts.par_iter())
            .map(|text| {
                let normal = normalised(text);
                let meets = |number: &usize| rules[*number].test.meets(text, &normal);
                let claims: Vec<usize> = (0..rules.len()).filter(meets).collect();
                let near = match claims.as_slice() {
                    [] => nearly(&normal, rules).collect(),
                    _ => Vec::new(),
                };
                (claims, near)
            })
            .unzip();
        Self {
            texts,
            says: (claims.iter().zip(&near))
                .map(|(claims, near)| !claims.is_empty() || !near.is_empty())
                .collect(),
            claims,
            near,
        }
    }
}

/// The lines of a ledger while they are recognised.
struct Recognition<'a> {
    rules: Vec<&'a Rule>,
    flows: Vec<FlowId>,
    /// By rule, how much it names.
    names: Vec<Names>,
    /// By rule, what it recognised, and whether any line met it and none that names more.
    matched: Vec<Told>,
    met: Vec<bool>,
    /// By rule, the lines that rules which name more took, and which those are.
    beaten: Vec<(Told, BTreeSet<usize>)>,
    /// Lines that two rules claim which name equally much.
    clashes: BTreeMap<(usize, usize), Told>,
    /// Lines that two rules claim neither of which lies inside the other: the one that counts first.
    overlaps: BTreeMap<(usize, usize), Told>,
    /// Lines by which a partner pays itself.
    own: BTreeMap<(usize, MemberId), Told>,
    /// Lines whose text nearly meets a rule, by text.
    missed: BTreeMap<u32, Told>,
}

impl<'a> Recognition<'a> {
    fn new(rules: Vec<&'a Rule>, lines: usize) -> Self {
        Self {
            flows: vec![FlowId::NONE; lines],
            names: rules.iter().map(|rule| Names::of(rule)).collect(),
            matched: rules.iter().map(|_| Told::default()).collect(),
            met: vec![false; rules.len()],
            beaten: rules.iter().map(|_| Default::default()).collect(),
            rules,
            clashes: BTreeMap::new(),
            overlaps: BTreeMap::new(),
            own: BTreeMap::new(),
            missed: BTreeMap::new(),
        }
    }

    /// Of rules that claim a line, the one that names most: the first of several.
    fn names_most(&self, claiming: &[usize]) -> Option<usize> {
        let names = |&number: &usize| (self.names[number], Reverse(number));
        claiming.iter().copied().max_by_key(names)
    }

    /// Notes the rules that claim a line which another takes.
    fn beaten_by(&mut self, first: usize, claiming: &[usize], line: &LineRef<'_>) {
        for &other in claiming.iter().filter(|&&other| other != first) {
            let (told, by) = &mut self.beaten[other];
            told.add(line);
            by.insert(first);
            let (one, another) = (self.rules[first], self.rules[other]);
            if one.flow != another.flow && !lies_within(one, another) {
                (self.overlaps.entry((first, other)).or_default()).add(line);
            }
        }
    }

    /// What became of the rules that are for every ledger.
    fn every_ledgers(&self, numbers: &[usize]) -> Vec<Beaten> {
        let rules = self.rules.iter().enumerate();
        let every = rules.filter(|(_, rule)| rule.ledger.is_none());
        every
            .map(|(number, _)| {
                let (lines, by) = &self.beaten[number];
                Beaten {
                    rule: numbers[number],
                    took: self.met[number],
                    lines: lines.clone(),
                    by: by
                        .iter()
                        .map(|&other| self.rules[other].position.clone())
                        .collect(),
                }
            })
            .collect()
    }

    /// Lines that stay what they are without the rules, and why.
    fn report(&self, findings: &mut Findings, texts: &TextMatches<'_>, partners: &Tree) {
        let position = |rule: usize| &self.rules[rule].position;
        for (&(first, second), told) in &self.clashes {
            findings.push(told.finding(
                "two-rules-claim-one-line",
                Severity::Fault,
                format!(
                    "the rules at {} and {} both claim it and name equally much; it stays spending \
                     until one names more",
                    position(first),
                    position(second)
                ),
                "narrow one of the two rules, by its text, `and_code` or `period`",
            ));
        }
        for (&(first, second), told) in &self.overlaps {
            findings.push(told.finding(
                "counterparty-rules-overlap",
                Severity::Notice,
                format!(
                    "the rules at {} and {} both claim it, and neither lies inside the other; the \
                     first counts, because it names more",
                    position(first),
                    position(second)
                ),
                "narrow the first rule if the second should count",
            ));
        }
        for (&(rule, payer), told) in &self.own {
            let code = &partners.get(payer).code;
            findings.push(told.finding(
                "partner-pays-itself",
                Severity::Fault,
                format!(
                    "by the rule at {} `{code}` pays itself; the money stays spending",
                    position(rule)
                ),
                "correct the partner of the rule, or of the ledger",
            ));
        }
        for (&id, told) in &self.missed {
            for &near in &texts.near[id as usize] {
                findings.push(told.finding(
                    "counterparty-near-miss",
                    Severity::Notice,
                    format!(
                        "`{}` is near `{}` of the rule at {} and does not meet it",
                        masked(&texts.texts[id as usize]),
                        self.rules[near].text,
                        position(near)
                    ),
                    "add a rule for this spelling if it is the same body",
                ));
            }
        }
    }

    /// What each rule recognised. A rule for one ledger that meets nothing in it is a notice; one for
    /// every ledger need not meet each of them.
    fn recognised(
        &self,
        findings: &mut Findings,
        ledger: &Ledger,
        partners: &Tree,
    ) -> Vec<Recognised> {
        let mut recognised = Vec::with_capacity(self.rules.len());
        for (number, (rule, told)) in self.rules.iter().zip(&self.matched).enumerate() {
            let (beaten, by) = &self.beaten[number];
            match &rule.ledger {
                Some(_) if self.met[number] => {}
                Some(_) if beaten.lines > 0 => {
                    let by = by
                        .iter()
                        .map(|&other| &self.rules[other].position)
                        .collect();
                    findings.push(rule.always_beaten(beaten, &by));
                }
                Some(_) => {
                    let id = ledger.id();
                    let nothing = format!("no line of ledger `{id}` meets `{}`", rule.text);
                    findings.push(rule.matches_nothing(nothing));
                }
                // It need not meet each of them.
                None => {}
            }
            if told.lines > 0 {
                recognised.push(Recognised {
                    ledger: ledger.id().to_owned(),
                    text: rule.text.clone(),
                    rule: rule.position.to_string(),
                    partner: partners.get(rule.partner).code.clone(),
                    kind: rule.kind,
                    lines: told.lines,
                    pence: Pence::from_wide(told.pence).unwrap_or_default(),
                    first_lines: told.positions.iter().map(ToString::to_string).collect(),
                });
            }
        }
        recognised
    }
}

impl Counterparties {
    /// Recognises the lines of a ledger.
    ///
    /// `partner` and `period` say whose line it is and when. Each distinct text is compared
    /// once. Of several rules that claim a line the one counts that [names more](crate::counterparty).
    /// A line that two rules claim which name equally much, or that a partner seems to pay to itself,
    /// stays what it is without them, and is a fault; a text that nearly fits a rule is a notice.
    #[must_use]
    pub fn recognise(
        &self,
        ledger: &Ledger,
        partners: &Tree,
        partner: impl Fn(&LineRef<'_>) -> Placed<MemberId>,
        period: impl Fn(&LineRef<'_>) -> Placed<Period>,
    ) -> RecognisedLines {
        let (numbers, rules): (Vec<usize>, Vec<&Rule>) = (self.rules.iter().enumerate())
            .filter(|(_, rule)| (rule.ledger.as_ref()).is_none_or(|id| id == ledger.id()))
            .unzip();
        let mut findings = Findings::new();
        if rules.is_empty() || ledger.code_place(COUNTERPARTY).is_none() {
            return RecognisedLines::default();
        }
        let texts = TextMatches::new(ledger.code_texts(COUNTERPARTY), &rules);
        let mut seen = Recognition::new(rules, ledger.len());
        let ids = ledger.code_ids(COUNTERPARTY);
        let saying = (0..ledger.len()).filter(|&line| texts.says[ids[line] as usize]);
        for line in saying.filter_map(|line| ledger.line(line)) {
            let id = ids[line.index()];
            let claiming: Vec<usize> = (texts.claims[id as usize].iter().copied())
                .filter(|&number| seen.rules[number].takes(&line, &period))
                .collect();
            let Some(first) = seen.names_most(&claiming) else {
                if !texts.near[id as usize].is_empty() {
                    seen.missed.entry(id).or_default().add(&line);
                }
                continue;
            };
            seen.met[first] = true;
            // Rules that say the same do not contradict each other.
            let other = claiming.iter().copied().find(|&number| {
                seen.names[number] == seen.names[first]
                    && seen.rules[number].flow != seen.rules[first].flow
            });
            if let Some(second) = other {
                for &other in claiming
                    .iter()
                    .filter(|&&one| seen.names[one] == seen.names[first])
                {
                    seen.met[other] = true;
                }
                seen.clashes.entry((first, second)).or_default().add(&line);
                continue;
            }
            seen.beaten_by(first, &claiming, &line);
            if let Some(payer) = self.pays_itself(seen.rules[first], partner(&line)) {
                seen.own.entry((first, payer)).or_default().add(&line);
            } else {
                seen.flows[line.index()] = seen.rules[first].flow;
                seen.matched[first].add(&line);
            }
        }
        seen.report(&mut findings, &texts, partners);
        let recognised = seen.recognised(&mut findings, ledger, partners);
        RecognisedLines {
            recognised,
            findings,
            beaten: seen.every_ledgers(&numbers),
            flows: if seen.matched.iter().any(|told| told.lines > 0) {
                FlowColumn::Lines(seen.flows)
            } else {
                FlowColumn::None
            },
        }
    }

    /// Of each text of a code name in a ledger which conditions of rules it meets; one that nearly meets
    /// some has `usize::MAX` among them, because it has a finding of its own.
    pub(crate) fn met_by(&self, ledger: &str, name: &str, texts: &[String]) -> Vec<Vec<usize>> {
        let rules: Vec<&Rule> = (self.rules.iter())
            .filter(|rule| (rule.ledger.as_ref()).is_none_or(|id| id == ledger))
            .collect();
        let mut met = match name == COUNTERPARTY && !rules.is_empty() {
            false => vec![Vec::new(); texts.len()],
            true => {
                let TextMatches { claims, near, .. } = TextMatches::new(texts, &rules);
                let nearly = |near: &Vec<usize>| (!near.is_empty()).then_some(usize::MAX);
                (claims.into_iter().zip(&near))
                    .map(|(claims, near)| claims.into_iter().chain(nearly(near)).collect())
                    .collect()
            }
        };
        for (number, rule) in rules.iter().enumerate() {
            let Some((_, wanted)) = rule.and.as_ref().filter(|(of, _)| of == name) else {
                continue;
            };
            for (met, _) in met
                .iter_mut()
                .zip(texts)
                .filter(|(_, text)| *text == wanted)
            {
                met.push(rules.len() + number);
            }
        }
        met
    }

    /// Rules for every ledger of which no ledger has such a counterparty, and those whose lines other
    /// rules take in every ledger.
    pub(crate) fn met_nowhere<'a>(
        &self,
        ledgers: impl Iterator<Item = &'a Ledger> + Clone,
        beaten: &[Beaten],
    ) -> Findings {
        let named = |ledger: &Ledger, rule: &Rule| {
            ledger.code_place(COUNTERPARTY).is_some()
                && (ledger.code_texts(COUNTERPARTY).iter())
                    .any(|text| rule.test.meets(text, &normalised(text)))
        };
        let mut findings = Findings::new();
        let every = self.rules.iter().enumerate();
        for (number, rule) in every.filter(|(_, rule)| rule.ledger.is_none()) {
            if !ledgers.clone().any(|ledger| named(ledger, rule)) {
                let nothing = format!("no line of any ledger meets `{}`", rule.text);
                findings.push(rule.matches_nothing(nothing));
                continue;
            }
            let of_rule = || beaten.iter().filter(|one| one.rule == number);
            if of_rule().next().is_some() && !of_rule().any(|one| one.took) {
                let mut lines = Told::default();
                of_rule().for_each(|one| lines.append(&one.lines));
                if lines.lines > 0 {
                    let by = of_rule().flat_map(|one| &one.by).collect();
                    findings.push(rule.always_beaten(&lines, &by));
                }
            }
        }
        findings
    }
}

impl Counterparties {
    /// The partner of a line, if by the rule it pays itself, be it through a conduit.
    fn pays_itself(&self, rule: &Rule, partner: Placed<MemberId>) -> Option<MemberId> {
        let own = partner.member()?;
        let flow = self.flows().get(rule.flow)?;
        let paid = rule.partner == own || flow.parts.iter().any(|(other, _)| *other == own);
        paid.then_some(own)
    }
}

impl Rule {
    fn matches_nothing(&self, found: String) -> Finding {
        Finding {
            rule: "counterparty-rule-matches-nothing".to_owned(),
            severity: Severity::Notice,
            position: self.position.clone(),
            found,
            at_stake: None,
            remedy: "correct the text of the rule, or remove it".to_owned(),
        }
    }

    /// A rule that never counts, because others name more.
    fn always_beaten(&self, lines: &Told, by: &BTreeSet<&Position>) -> Finding {
        /// How many of the others are named.
        const NAMED: usize = 3;
        let others: Vec<&Position> = by.iter().copied().take(NAMED).collect();
        let others_named = list(&others, by.len() - others.len());
        Finding {
            rule: "counterparty-rule-always-beaten".to_owned(),
            severity: Severity::Notice,
            position: self.position.clone(),
            found: format!(
                "`{}` meets {}, and {} by {} at {others_named}, which {} more or {} first",
                self.text,
                counted(lines.lines, "line"),
                if lines.lines == 1 {
                    "it is taken"
                } else {
                    "all are taken"
                },
                if by.len() == 1 { "the rule" } else { "rules" },
                if by.len() == 1 { "names" } else { "name" },
                if by.len() == 1 { "stands" } else { "stand" },
            ),
            at_stake: Pence::from_wide(lines.at_stake).ok(),
            remedy: "remove the rule, or let it name more, by its text, `and_code` or `period`"
                .to_owned(),
        }
    }

    /// Whether the rule takes a line whose counterparty it knows.
    fn takes(&self, line: &LineRef<'_>, period: &impl Fn(&LineRef<'_>) -> Placed<Period>) -> bool {
        (self.and.as_ref()).is_none_or(|(name, text)| line.code(name) == Some(text.as_str()))
            && (self.period).is_none_or(|wanted| match period(line) {
                Placed::On(found) => wanted.contains(found),
                Placed::Gap(_) => false,
            })
    }
}
