//! Rules for counterparties, from what a pack writes down, with everything that is wrong with
//! them.

use super::{Flow, FlowId, KnownFlows};
use crate::axis::{FlowKind, MemberId, Period, Side, Tree, did_you_mean, nearest};
use crate::finding::{Finding, Findings, Position};
use rust_decimal::Decimal;
use std::str::FromStr;

/// One rule as a pack writes it down.
#[derive(Clone, Debug, Default)]
pub struct CounterpartyRow {
    /// The ledger whose lines it is about; `every` for all that name counterparties.
    pub ledger: String,
    /// How the text is compared: `exact`, `normalised` or `pattern`.
    pub by: String,
    /// The text: a code, a payee, or a pattern with `*` and `?`.
    pub text: String,
    /// The name of another code of the line that must be met too; empty when none must.
    pub and_code: String,
    /// The text of that other code, compared exactly.
    pub and_text: String,
    /// Only lines of this period; empty for all.
    pub period: String,
    /// Whose side the ledger is: `payer` (spending) or `payee` (income). Empty is `payer`.
    pub side: String,
    /// The partner on the other side.
    pub partner: String,
    /// What kind of payment.
    pub kind: String,
    /// For a pass-through: the share that is passed on, above 0 and at most 1.
    pub share: String,
    /// For a pass-through of a stated share: the partner it is passed on to.
    pub onward: String,
    /// Where this stands.
    pub position: Position,
}

/// All rules of a pack, checked, and the flows they lead to.
#[derive(Clone, Debug, Default)]
pub struct Counterparties {
    pub(super) rules: Vec<Rule>,
    flows: KnownFlows,
}

/// One rule, checked.
#[derive(Clone, Debug)]
pub(super) struct Rule {
    /// `None` for every ledger that names counterparties.
    pub ledger: Option<String>,
    pub test: Test,
    pub and: Option<(String, String)>,
    pub period: Option<Period>,
    pub partner: MemberId,
    pub kind: FlowKind,
    pub flow: FlowId,
    /// The text of the pack, for messages and lists.
    pub text: String,
    pub position: Position,
}

/// How a text is compared.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// The text, and its letters and digits, for what is nearly met.
    Exact(String, String),
    /// Letters and digits only, in any case.
    Normalised(String),
    /// In any case, with `*` and `?`.
    Pattern(glob::Pattern),
}

/// The letters and digits of a text, in lower case.
pub(super) fn normalised(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

impl Test {
    fn new(by: &str, text: &str) -> Result<Self, String> {
        match by {
            "exact" => Ok(Self::Exact(text.to_owned(), normalised(text))),
            "normalised" => match normalised(text) {
                empty if empty.is_empty() => Err(format!("`{text}` has no letters or digits")),
                normal => Ok(Self::Normalised(normal)),
            },
            "pattern" => glob::Pattern::new(text)
                .map(Self::Pattern)
                .map_err(|error| format!("`{text}` is not a pattern: {}", error.msg)),
            other => Err(format!(
                "`{other}` is not a way of comparing; write exact, normalised or pattern"
            )),
        }
    }

    pub(super) fn meets(&self, text: &str, normal: &str) -> bool {
        const ANY_CASE: glob::MatchOptions = glob::MatchOptions {
            case_sensitive: false,
            require_literal_separator: false,
            require_literal_leading_dot: false,
        };
        match self {
            Self::Exact(wanted, _) => wanted == text,
            Self::Normalised(wanted) => wanted == normal,
            Self::Pattern(pattern) => pattern.matches_with(text, ANY_CASE),
        }
    }
}

impl Counterparties {
    /// Checks and compiles the rules of a pack.
    ///
    /// `ledgers` are the ledgers with the names of their codes, in the order of the pack. Faults:
    /// an unknown ledger, partner, kind, side or way of comparing; a ledger that names no
    /// counterparties; an empty text; a share outside 0 to 1, or without a partner it goes to.
    #[must_use]
    pub fn compile(
        rows: &[CounterpartyRow],
        ledgers: &[(&str, Vec<&str>)],
        partners: &Tree,
    ) -> (Self, Findings) {
        let mut findings = Findings::new();
        let mut all = Self::default();
        for row in rows {
            let mut faults = Vec::new();
            let rule = all.rule(row, ledgers, partners, &mut faults);
            for (found, remedy) in faults {
                let at = row.position.clone();
                findings.push(Finding::fault(
                    "counterparty-rule-unclear",
                    at,
                    found,
                    &remedy,
                ));
            }
            all.rules.extend(rule);
        }
        (all, findings)
    }

    fn rule(
        &mut self,
        row: &CounterpartyRow,
        ledgers: &[(&str, Vec<&str>)],
        partners: &Tree,
        faults: &mut Vec<(String, String)>,
    ) -> Option<Rule> {
        let mut fault = |found: String, remedy: &str| faults.push((found, remedy.to_owned()));
        let ledger = ledger(row, ledgers, &mut fault);
        if row.text.is_empty() {
            fault(
                "the rule has no text to compare".to_owned(),
                "write the code or payee in `text`",
            );
        }
        if row.and_code.is_empty() && !row.and_text.is_empty() {
            fault(
                format!("`{}` is compared with no code", row.and_text),
                "name the code in `and_code`, or leave `and_text` empty",
            );
        }
        let test = Test::new(&row.by, &row.text)
            .map_err(|found| fault(found, "correct `match` and `text`"))
            .ok();
        let period = match row.period.as_str() {
            "" => Some(None),
            text => Period::from_str(text)
                .map_err(|error| fault(error.to_string(), "correct the period"))
                .ok()
                .map(Some),
        };
        let side = match row.side.as_str() {
            "" | "payer" => Some(Side::Payer),
            "payee" => Some(Side::Payee),
            other => {
                fault(
                    format!("`{other}` is not a side"),
                    "write payer where the ledger pays, payee where it is paid",
                );
                None
            }
        };
        let kind = FlowKind::ALL
            .into_iter()
            .find(|kind| kind.name() == row.kind);
        if kind.is_none() {
            let names = FlowKind::ALL.map(FlowKind::name);
            fault(
                format!(
                    "`{}` is not a kind of payment{}",
                    row.kind,
                    did_you_mean(&nearest(&row.kind, names))
                ),
                &format!("write one of {}", names.join(", ")),
            );
        }
        let mut member = |code: &str| match partners.find(code) {
            Ok(found) if partners.branch(found).count() > 1 => {
                fault(
                    format!("`{code}` is a branch of partners; one body is paid, not several"),
                    "name the body, or add one below the branch for what nobody can tell apart",
                );
                None
            }
            Ok(found) => Some(found),
            Err(error) => {
                fault(error.to_string(), "correct the code, or add the partner");
                None
            }
        };
        let partner = member(&row.partner);
        let onward = match row.onward.as_str() {
            "" => Some(None),
            code => member(code).map(Some),
        };
        let share = share(row, kind, &mut fault);
        let (ledger, test, period, side) = (ledger?, test?, period?, side?);
        let (kind, partner, onward, (part, whole)) = (kind?, partner?, onward?, share?);
        if onward == Some(partner) {
            fault(
                format!("`{}` cannot pass money on to itself", row.partner),
                "name the partner that the money goes on to",
            );
        }
        let parts = match onward {
            Some(onward) if part == whole => vec![(onward, 1)],
            Some(onward) => {
                let mut parts = vec![(partner, whole - part), (onward, part)];
                parts.sort();
                parts
            }
            None => vec![(partner, 1)],
        };
        let whole = parts.iter().map(|(_, part)| part).sum();
        Some(Rule {
            ledger,
            test,
            and: (!row.and_code.is_empty()).then(|| (row.and_code.clone(), row.and_text.clone())),
            period,
            partner,
            kind,
            flow: self.flows.add(Flow {
                side,
                kind,
                parts,
                whole,
            }),
            text: row.text.clone(),
            position: row.position.clone(),
        })
    }

    /// The same rules, with flows that no rule leads to, after all that are known.
    pub(crate) fn with_flows(&self, flows: impl IntoIterator<Item = Flow>) -> Self {
        let mut more = self.clone();
        for flow in flows {
            more.flows.add(flow);
        }
        more
    }

    /// The flows that the rules lead to.
    #[must_use]
    pub fn flows(&self) -> &KnownFlows {
        &self.flows
    }
}

/// The ledger of a rule; `Some(None)` for every ledger.
fn ledger(
    row: &CounterpartyRow,
    ledgers: &[(&str, Vec<&str>)],
    fault: &mut impl FnMut(String, &str),
) -> Option<Option<String>> {
    if row.ledger == "every" {
        return Some(None);
    }
    let Some((id, codes)) = ledgers.iter().find(|(id, _)| *id == row.ledger) else {
        let near = nearest(&row.ledger, ledgers.iter().map(|(id, _)| *id));
        fault(
            format!(
                "`{}` is not a ledger of this pack{}",
                row.ledger,
                did_you_mean(&near)
            ),
            "name a ledger, or write `every`",
        );
        return None;
    };
    for name in [COUNTERPARTY, &row.and_code] {
        if !name.is_empty() && !codes.contains(&name) {
            fault(
                format!("the layout of ledger `{id}` has no codes `{name}`"),
                &format!("add `{name} = [\"<heading>\"]` to the codes of its layout"),
            );
        }
    }
    Some(Some((*id).to_owned()))
}

/// The name by which layouts call the code or text of whom a line pays.
pub(super) const COUNTERPARTY: &str = "counterparty";

/// The share passed on, as part and whole.
fn share(
    row: &CounterpartyRow,
    kind: Option<FlowKind>,
    fault: &mut impl FnMut(String, &str),
) -> Option<(u64, u64)> {
    if row.share.is_empty() && row.onward.is_empty() {
        return Some((1, 1));
    }
    if kind.is_some_and(|kind| kind != FlowKind::PassThrough) {
        fault(
            "only a pass-through has a share and a partner it is passed on to".to_owned(),
            "leave `share` and `onward` empty, or write the kind pass-through",
        );
        return None;
    }
    if row.onward.is_empty() {
        fault(
            "a share is passed on, and the rule does not say to whom".to_owned(),
            "name the partner in `onward`; without it the payee's own ledger shows what it passes on",
        );
        return None;
    }
    let text = if row.share.is_empty() {
        "1"
    } else {
        &row.share
    };
    let share = crate::money::parse_number(text)
        .ok()
        .map(|share| share.normalize());
    match share {
        Some(share) if share > Decimal::ZERO && share <= Decimal::ONE && share.scale() <= 6 => {
            let whole = 10u64.pow(share.scale());
            let part = u64::try_from((share * Decimal::from(whole)).normalize()).ok()?;
            Some((part, whole))
        }
        _ => {
            fault(
                format!("`{text}` is not a share"),
                "write a number above 0 and at most 1, with at most 6 decimals",
            );
            None
        }
    }
}
