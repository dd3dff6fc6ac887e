//! Checks that need the whole pack: sharing rules, replacements, age bands.

use super::spec::{ExcludedSpec, LedgerSpec, ReplacedSpec, SharingSpec};
use super::{LedgerPlan, Replacement};
use crate::axis::{Ages, Axes, Leaves, Localities, LocalityMix, Period, name_one_of};
use crate::crosswalk::{Exclusion, NotSpending};
use crate::driver::{Alternative, Driver, Groups, Sharing, SharingRule};
use crate::finding::{Finding, Findings, Position};
use std::collections::BTreeMap;
use std::str::FromStr;
use toml::Spanned;

/// Sharing rules, in the order in which they are tried.
pub(super) fn sharing(
    specs: &[(SharingSpec, Position)],
    axes: &Axes,
    drivers: &[Driver],
    end: &Position,
    findings: &mut Findings,
) -> Sharing {
    let rules = rules(specs, axes, drivers, findings);
    let last = rules.rules().last();
    if !last.is_some_and(SharingRule::takes_all) && specs.len() == rules.rules().len() {
        findings.push(Finding::fault(
            "no-catch-all",
            specs
                .last()
                .map_or_else(|| end.clone(), |(_, at)| at.clone()),
            "the last sharing rule does not take all that is left".to_owned(),
            "add a last rule with a driver and nothing else: it is written down, never implied",
        ));
    }
    rules
}

/// An alternative as it is written down, with the lines of its rules.
pub(super) struct AlternativeRules {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) rules: Vec<(SharingSpec, Position)>,
    pub(super) at: Position,
}

/// Other rules, and behind them the pack's own.
pub(super) fn alternatives(
    specs: &[AlternativeRules],
    own: &Sharing,
    axes: &Axes,
    drivers: &[Driver],
    findings: &mut Findings,
) -> Vec<Alternative> {
    let mut alternatives: Vec<Alternative> = Vec::with_capacity(specs.len());
    for spec in specs {
        let at = &spec.at;
        if alternatives.iter().any(|known| known.code == spec.code) {
            findings.push(Finding::fault(
                "duplicate-code",
                at.clone(),
                format!("`{}` already names other sharing rules", spec.code),
                "give each alternative a code of its own",
            ));
        }
        let mut sharing = rules(&spec.rules, axes, drivers, findings);
        if spec.rules.is_empty() {
            findings.push(Finding::fault(
                "alternative-without-rules",
                at.clone(),
                format!("the alternative `{}` has no sharing rules", spec.code),
                "write what it shares otherwise: `sharing = [{ driver = \"…\" }]`",
            ));
        }
        own.rules()
            .iter()
            .for_each(|rule| sharing.push(rule.clone()));
        alternatives.push(Alternative::new(&spec.code, &spec.name, sharing));
    }
    alternatives
}

/// Sharing rules, in the order in which they are tried, whatever they leave.
fn rules(
    specs: &[(SharingSpec, Position)],
    axes: &Axes,
    drivers: &[Driver],
    findings: &mut Findings,
) -> Sharing {
    let mut rules = Sharing::default();
    let mut by_code: BTreeMap<&str, usize> = BTreeMap::new();
    for (number, driver) in drivers.iter().enumerate() {
        by_code.entry(driver.code()).or_insert(number);
    }
    for (spec, at) in specs {
        let mut sound = true;
        let mut report = |found: String| {
            findings.push(Finding::fault(
                "unknown-member",
                at.clone(),
                format!("sharing rule: {found}"),
                "correct the code",
            ));
            sound = false;
        };
        let partner = spec.partner.as_ref().map(|code| axes.partners.find(code));
        let activity = spec
            .activity
            .as_ref()
            .map(|code| axes.activities.find(code));
        let period = spec.period.as_ref().map(|text| Period::from_str(text));
        for error in [
            partner.as_ref().and_then(|found| found.as_ref().err()),
            activity.as_ref().and_then(|found| found.as_ref().err()),
            period.as_ref().and_then(|found| found.as_ref().err()),
        ]
        .into_iter()
        .flatten()
        {
            report(error.to_string());
        }
        let driver = by_code.get(spec.driver.as_str()).copied();
        if driver.is_none() {
            let known = drivers.iter().map(Driver::code);
            report(format!(
                "`{}` is not a driver; {}",
                spec.driver,
                name_one_of(&spec.driver, "driver", known)
            ));
        }
        let Some(driver) = driver.filter(|_| sound) else {
            continue;
        };
        let rule = SharingRule {
            partner: partner.and_then(Result::ok),
            activity: activity.and_then(Result::ok),
            period: period.and_then(Result::ok),
            driver,
            text: text_of(spec),
        };
        if let Some(earlier) = rules.covering(&rule, &axes.activities) {
            findings.push(Finding::fault(
                "rule-never-matches",
                at.clone(),
                format!("the sharing rule `{}` never matches: `{}` comes first and takes the same money", rule.text, earlier.text),
                "put the narrower rule first, or remove it",
            ));
        }
        rules.push(rule);
    }
    rules
}

fn text_of(spec: &SharingSpec) -> String {
    let mut parts: Vec<String> = [
        ("partner", &spec.partner),
        ("activity", &spec.activity),
        ("period", &spec.period),
    ]
    .into_iter()
    .filter_map(|(axis, text)| text.as_ref().map(|text| format!("{axis} {text}")))
    .collect();
    if parts.is_empty() {
        parts.push("everything else".to_owned());
    }
    format!("{} by {}", parts.join(", "), spec.driver)
}

/// Lines that give way to finer ones.
pub(super) fn replacements(
    specs: Vec<(ReplacedSpec, Position)>,
    ledgers: &[LedgerPlan],
    findings: &mut Findings,
) -> Vec<Replacement> {
    let ids = || ledgers.iter().map(|ledger| ledger.id.as_str());
    let mut sound = Vec::with_capacity(specs.len());
    for (spec, at) in specs {
        for id in std::iter::once(&spec.ledger).chain(&spec.by) {
            if !ids().any(|known| known == id) {
                findings.push(Finding::fault(
                    "unknown-ledger",
                    at.clone(),
                    format!("`{id}` is not a ledger of this pack"),
                    name_one_of(id, "ledger", ids()),
                ));
            }
        }
        if spec.by.contains(&spec.ledger) {
            findings.push(Finding::fault(
                "ledger-replaces-itself",
                at.clone(),
                format!("ledger `{}` is named as the finer detail of its own lines", spec.ledger),
                "read the file by two ledgers, each with a `where` for its lines, and name the finer one in `by`",
            ));
        }
        if let Some(ledger) = ledgers.iter().find(|ledger| ledger.id == spec.ledger) {
            for name in spec
                .codes
                .keys()
                .filter(|name| !ledger.layout.codes.contains_key(*name))
            {
                findings.push(Finding::fault(
                    "unknown-field",
                    at.clone(),
                    format!("the layout of ledger `{}` has no codes `{name}`", ledger.id),
                    "name one of the codes of its layout",
                ));
            }
        }
        let mut periods = Vec::with_capacity(spec.periods.len());
        for text in &spec.periods {
            match Period::from_str(text) {
                Ok(period) => periods.push(period),
                Err(error) => findings.push(Finding::fault(
                    "unknown-member",
                    at.clone(),
                    error.to_string(),
                    "correct the period",
                )),
            }
        }
        sound.push(Replacement {
            ledger: spec.ledger,
            codes: spec
                .codes
                .into_iter()
                .map(|(name, codes)| (name, codes.into_iter().collect()))
                .collect(),
            periods,
            by: spec.by,
            rest: spec.rest,
            note: spec.note,
        });
    }
    sound
}

/// Lines that are not spending, by ledger.
pub(super) fn exclusions(
    specs: Vec<(ExcludedSpec, Position)>,
    ledgers: &[Spanned<LedgerSpec>],
    findings: &mut Findings,
) -> BTreeMap<String, Vec<Exclusion>> {
    let ids = || ledgers.iter().map(|ledger| ledger.get_ref().id.as_str());
    let mut sound: BTreeMap<String, Vec<Exclusion>> = BTreeMap::new();
    for (spec, at) in specs {
        let mut fault = |rule: &str, found: String, remedy: String| {
            findings.push(Finding::fault(rule, at.clone(), found, remedy));
        };
        match ledgers
            .iter()
            .find(|ledger| ledger.get_ref().id == spec.ledger)
        {
            None => fault(
                "unknown-ledger",
                format!("`{}` is not a ledger of this pack", spec.ledger),
                name_one_of(&spec.ledger, "ledger", ids()),
            ),
            Some(ledger) => {
                let known = &ledger.get_ref().layout.codes;
                for name in spec.codes.keys().filter(|name| !known.contains_key(*name)) {
                    fault(
                        "unknown-field",
                        format!(
                            "the layout of ledger `{}` has no codes `{name}`",
                            spec.ledger
                        ),
                        "name one of the codes of its layout".to_owned(),
                    );
                }
            }
        }
        if spec.codes.is_empty() || spec.codes.values().any(Vec::is_empty) {
            fault(
                "exclusion-without-codes",
                format!(
                    "the lines of ledger `{}` that are not spending are told by no code",
                    spec.ledger
                ),
                "write their codes: `codes.activity = [\"…\"]`".to_owned(),
            );
        }
        if spec.reason == NotSpending::Other && spec.note.trim().is_empty() {
            fault(
                "exclusion-without-note",
                format!(
                    "lines of ledger `{}` are not spending for another reason, and no note says which",
                    spec.ledger
                ),
                "say in `note` why they are not spending".to_owned(),
            );
        }
        sound.entry(spec.ledger).or_default().push(Exclusion {
            reason: spec.reason,
            codes: spec.codes,
            periods: spec.periods,
            note: spec.note,
            position: at,
        });
    }
    sound
}

/// Age bands of reports: together all ages, each once.
pub(super) fn age_bands(texts: &[String], at: &Position, findings: &mut Findings) -> Vec<Ages> {
    let mut bands = Vec::with_capacity(texts.len());
    for text in texts {
        match Ages::from_str(text) {
            Ok(ages) => bands.push(ages),
            Err(error) => findings.push(Finding::fault(
                "ages-out-of-range",
                at.clone(),
                error.to_string(),
                "correct the band",
            )),
        }
    }
    let all_read = !texts.is_empty() && bands.len() == texts.len();
    if all_read && !Ages::make_up_all_ages(&bands) {
        findings.push(Finding::fault(
            "ages-do-not-add-up",
            at.clone(),
            format!(
                "the age bands {} overlap or leave ages out",
                texts.join(", ")
            ),
            "give bands from 0 to 90+, each age once, youngest first",
        ));
    }
    bands
}

/// Weights of localities, one within another and with the masses of each driver, must multiply to what
/// answers can count with.
pub(super) fn mixes_of_localities(
    localities: &Localities,
    drivers: &[Driver],
    at: &Position,
    findings: &mut Findings,
) {
    const LARGEST: u128 = 1 << 56;
    let most_mass = |leaves: &Leaves| {
        let masses = drivers
            .iter()
            .filter_map(|driver| driver.mass(leaves, Ages::ALL, Groups::All).ok());
        u128::from(masses.max().unwrap_or(0).max(1))
    };
    for mix in localities.mixes() {
        let whole = |mix: &LocalityMix| {
            let parts = mix.parts.iter().filter_map(|(part, _)| part.member());
            let within = parts.map(|part| {
                let inner = localities.mix(part).map_or(1, |inner| inner.whole);
                u128::from(inner) * most_mass(localities.leaves(part))
            });
            u128::from(mix.whole) * within.max().unwrap_or(1)
        };
        if whole(mix) > LARGEST {
            findings.push(Finding::fault(
                "weights-too-fine",
                at.clone(),
                format!(
                    "the {} add up to {}, too much to be multiplied with the masses of drivers",
                    mix.by, mix.whole
                ),
                "round the weights, or choose a larger unit for the driver",
            ));
        }
    }
}
