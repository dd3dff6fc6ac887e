//! What everybody has already: that every ledger and driver is named once, and completely.

use super::opener::Opener;
use crate::axis::name_one_of;
use crate::disclosure::policy::spec::KnownSpec;
use crate::disclosure::policy::{HoldersOf, KnownDriver, KnownLedger};
use crate::driver::Driver;
use crate::finding::Position;
use crate::ledger::CodeColumn;
use crate::place::LedgerPlan;
use std::collections::BTreeMap;
use std::sync::Arc;
use toml::Spanned;

/// What is known of each ledger, and of each driver.
type Known = (BTreeMap<String, KnownLedger>, BTreeMap<String, KnownDriver>);

/// What one `[[known]]` is about.
enum About<'a> {
    Ledger(&'a LedgerPlan),
    Driver(&'a Driver),
}

/// The code by which layouts say who is paid.
const PAYEE: &str = "counterparty";

impl Opener<'_> {
    /// `[[known]]`
    pub fn known(&mut self, all: Vec<Spanned<KnownSpec>>) -> Known {
        let place = Arc::clone(self.place);
        let (mut ledgers, mut drivers) = (BTreeMap::new(), BTreeMap::new());
        let mut named: BTreeMap<(&str, String), Position> = BTreeMap::new();
        for spec in all {
            let at = self.at(&spec);
            let spec = spec.into_inner();
            let Some(about) = self.about(&place, &spec, &at) else {
                continue;
            };
            let (what, code) = match about {
                About::Ledger(plan) => ("ledger", plan.id.as_str()),
                About::Driver(driver) => ("driver", driver.code()),
            };
            if let Some(first) = named.get(&(what, code.to_owned())) {
                self.fault(
                    "stated-twice",
                    at.clone().column(what),
                    format!("{what} `{code}` is named in {first} already"),
                    "say once what everybody has of it",
                );
                continue;
            }
            named.insert((what, code.to_owned()), at.clone());
            match about {
                About::Ledger(plan) => {
                    let known = self.known_ledger(plan, spec, &at);
                    ledgers.extend(known.map(|known| (code.to_owned(), known)));
                }
                About::Driver(_) => {
                    let known = self.known_driver(spec, &at);
                    drivers.extend(known.map(|known| (code.to_owned(), known)));
                }
            }
        }
        let ids = place
            .ledgers()
            .iter()
            .map(|plan| ("ledger", plan.id.as_str()));
        let codes = place
            .drivers()
            .iter()
            .map(|driver| ("driver", driver.code()));
        for (what, code) in ids.chain(codes) {
            if !named.contains_key(&(what, code.to_owned())) {
                self.fault(
                    "knowledge-not-stated",
                    Position::line(self.file, 1).column("known"),
                    format!("nothing says what everybody has of {what} `{code}`"),
                    match what {
                        "ledger" => "add a `[[known]]` with `ledger` that says `public`, `public-from` or `private`",
                        _ => "add a `[[known]]` with `driver` that says `public` or `private`",
                    },
                );
            }
        }
        (ledgers, drivers)
    }

    /// What an entry is about: one ledger, or one driver.
    fn about<'a>(
        &mut self,
        place: &'a crate::place::Place,
        spec: &KnownSpec,
        at: &Position,
    ) -> Option<About<'a>> {
        match (&spec.ledger, &spec.driver) {
            (Some(id), None) => {
                let ids = || place.ledgers().iter().map(|plan| plan.id.as_str());
                let found = place.ledgers().iter().find(|plan| plan.id == *id);
                if found.is_none() {
                    self.fault(
                        "unknown-ledger",
                        at.clone().column("ledger"),
                        format!("`{id}` is not a ledger of the pack"),
                        &name_one_of(id, "ledger", ids()),
                    );
                }
                found.map(About::Ledger)
            }
            (None, Some(code)) => {
                let codes = || place.drivers().iter().map(Driver::code);
                let found = place.drivers().iter().find(|one| one.code() == code);
                if found.is_none() {
                    self.fault(
                        "unknown-driver",
                        at.clone().column("driver"),
                        format!("`{code}` is not a driver"),
                        &name_one_of(code, "driver", codes()),
                    );
                }
                found.map(About::Driver)
            }
            (Some(_), Some(_)) => {
                self.not_used("driver", "`ledger` is named", at);
                None
            }
            (None, None) => {
                self.fault(
                    "policy-key-missing",
                    at.clone().column("known"),
                    "`[[known]]` has neither `ledger` nor `driver`".to_owned(),
                    "name the one that it is about; no key of a policy has a default",
                );
                None
            }
        }
    }

    fn known_ledger(
        &mut self,
        plan: &LedgerPlan,
        spec: KnownSpec,
        at: &Position,
    ) -> Option<KnownLedger> {
        let of = format!("[[known]] of ledger {}", plan.id);
        if spec.least.is_some() {
            self.not_used("least", "a ledger is meant, and no driver", at);
        }
        let word = self.needed(spec.known_as, &of, "as", at)?;
        let word = self.word(&word, ["public", "public-from", "private"], "as", at)?;
        let because = format!("`as` is `{word}`");
        if word != "public-from" && spec.pounds.is_some() {
            self.not_used("pounds", &because, at);
        }
        if word == "private" && spec.source.is_some() {
            self.not_used("source", &because, at);
        }
        if word == "public" && spec.holders.is_some() {
            self.not_used("holders", &because, at);
        }
        match word {
            "public" => Some(KnownLedger::Public {
                source: self.words(spec.source, &of, "source", at)?,
            }),
            "public-from" => {
                let source = self.words(spec.source, &of, "source", at);
                let pounds = self.needed(spec.pounds, &of, "pounds", at);
                let pence = pounds.and_then(|pounds| self.pounds(&pounds, "pounds", at));
                let holders = self.needed(spec.holders, &of, "holders", at);
                let holders = holders.and_then(|text| self.holders(plan, &text, at));
                Some(KnownLedger::PublicFrom {
                    pence: pence?,
                    source: source?,
                    holders: holders?,
                })
            }
            _ => {
                let text = self.needed(spec.holders, &of, "holders", at)?;
                let holders = self.holders(plan, &text, at)?;
                Some(KnownLedger::Private { holders })
            }
        }
    }

    /// Whom lines are about, as far as the layout of the ledger says it.
    fn holders(&mut self, plan: &LedgerPlan, text: &str, at: &Position) -> Option<HoldersOf> {
        let codes = &plan.layout.codes;
        let known = || codes.keys().map(String::as_str);
        let (found, remedy) = match text.trim() {
            "line" => return Some(HoldersOf::Line),
            "one" => return Some(HoldersOf::One),
            "payee" if codes.contains_key(PAYEE) => return Some(HoldersOf::Payee),
            "payee" => (
                format!("the layout of ledger `{}` does not say who is paid", plan.id),
                "add `counterparty` to the codes of its layout, or write `line`, `one` or `code:` with one of its codes"
                    .to_owned(),
            ),
            other => match other.strip_prefix("code:").map(str::trim) {
                Some(name) => {
                    if let Some(code) = code_of(plan, name) {
                        return Some(HoldersOf::Code(code));
                    }
                    (
                        format!("the layout of ledger `{}` has no code `{name}`", plan.id),
                        name_one_of(name, "code", known()),
                    )
                }
                None => (
                    format!("`{text}` does not say whom lines are about"),
                    "write `payee`, `line`, `one`, or `code:` with a code of its layout".to_owned(),
                ),
            },
        };
        self.fault(
            "holders-unclear",
            at.clone().column("holders"),
            found,
            &remedy,
        );
        None
    }

    fn known_driver(&mut self, spec: KnownSpec, at: &Position) -> Option<KnownDriver> {
        let code = spec.driver.unwrap_or_default();
        let of = format!("[[known]] of driver {code}");
        for (key, there) in [
            ("pounds", spec.pounds.is_some()),
            ("holders", spec.holders.is_some()),
        ] {
            if there {
                self.not_used(key, "a driver is meant, and no ledger", at);
            }
        }
        let word = self.needed(spec.known_as, &of, "as", at)?;
        let word = self.word(&word, ["public", "private"], "as", at)?;
        let because = format!("`as` is `{word}`");
        match word {
            "public" => {
                if spec.least.is_some() {
                    self.not_used("least", &because, at);
                }
                Some(KnownDriver::Public {
                    source: self.words(spec.source, &of, "source", at)?,
                })
            }
            _ => {
                if spec.source.is_some() {
                    self.not_used("source", &because, at);
                }
                Some(KnownDriver::Private {
                    least: self.at_least(spec.least, 1, (&of, "least"), at)?,
                })
            }
        }
    }
}

/// The name of a code of a layout, by itself or by the heading of its column.
fn code_of(plan: &LedgerPlan, name: &str) -> Option<String> {
    let codes = &plan.layout.codes;
    if codes.contains_key(name) {
        return Some(name.to_owned());
    }
    let has = |columns: &Vec<CodeColumn>| {
        (columns.iter()).any(|column| matches!(column.headings(), [heading] if heading == name))
    };
    let found = codes.iter().find(|(_, columns)| has(columns));
    found.map(|(code, _)| code.clone())
}
