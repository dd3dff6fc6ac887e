//! One case: the pack with its changes, opened and read as a user would.

use serde::Deserialize;
use std::path::Path;
use std::sync::Arc;
use wholeplace::account::PlaceAccount;
use wholeplace::agreement::Agreement;
use wholeplace::appraisal::contract::{ContractError, Contracts, Register};
use wholeplace::appraisal::evaluation::Observed;
use wholeplace::appraisal::scenario::Scenarios;
use wholeplace::appraisal::{AppraisalError, Proposals};
use wholeplace::disclosure::{DisclosureError, DisclosurePolicy};
use wholeplace::families::{Families, FamiliesError};
use wholeplace::finding::{Finding, Findings};
use wholeplace::indicator::{IndicatorError, Indicators};
use wholeplace::medium_term::MediumTerm;
use wholeplace::place::{Place, PlaceError};
use wholeplace::place_plan::PlacePlans;
use wholeplace::premises::Premises;
use wholeplace::register::RegisterError;

/// `case.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// When the rule is broken, in one sentence.
    pub says: String,
    /// The only files of ledgers that are read; all where left out.
    #[serde(default)]
    read: Vec<String>,
    #[serde(default)]
    change: Vec<Change>,
    #[serde(default)]
    sheet: Vec<Sheet>,
    #[serde(default)]
    link: Vec<Link>,
}

/// A link in the pack.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Link {
    file: String,
    to: String,
}

/// A text of a file of the pack, and what stands there instead.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    file: String,
    /// The end of the file where left out.
    #[serde(default)]
    from: String,
    to: String,
}

/// A sheet of a workbook, so that a workbook can be read here as text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    file: String,
    name: String,
    /// Whether people do not see it.
    #[serde(default)]
    hidden: bool,
    /// Numbers, texts, `{ number, format }` and `{ formula, result }`.
    rows: Vec<Vec<toml::Value>>,
}

/// When something is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    Pack,
    Outlines,
    Ledgers,
    Outcomes,
    Proposals,
    Contracts,
    /// Moves of money between cells of the account.
    Scenarios,
    /// Place plans, premises and agreements, and what they have in common with the ledgers.
    Registers,
    /// The policy of publication.
    Disclosure,
}

/// What a user is told.
pub struct Told {
    /// The stage at which the last of it is found.
    pub stage: Stage,
    pub findings: Vec<Finding>,
    pub text: String,
}

pub fn read(folder: &Path) -> Case {
    let text = std::fs::read_to_string(folder.join("case.toml"))
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

/// Opens the pack with the changes of a case.
pub fn told(folder: &Path, case: &Case) -> Told {
    let pack = tempfile::tempdir().unwrap();
    copy(&super::own_folder().join("pack"), pack.path());
    if folder.is_dir() {
        copy(folder, pack.path());
    }
    for change in &case.change {
        apply(change, pack.path());
    }
    workbooks(&case.sheet, pack.path());
    #[cfg(unix)]
    for link in &case.link {
        std::os::unix::fs::symlink(&link.to, pack.path().join(&link.file)).unwrap();
    }
    open(pack.path(), case)
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name();
        if name != "case.toml" && name != "expected.txt" {
            std::fs::copy(entry.path(), to.join(name)).unwrap();
        }
    }
}

fn apply(change: &Change, pack: &Path) {
    let path = pack.join(&change.file);
    let text = std::fs::read_to_string(&path).unwrap();
    let changed = match change.from.as_str() {
        "" => text + &change.to,
        from => {
            assert!(text.contains(from), "`{from}` stands in {}", change.file);
            text.replacen(from, &change.to, 1)
        }
    };
    std::fs::write(path, changed).unwrap();
}

fn workbooks(sheets: &[Sheet], pack: &Path) {
    for (number, first) in sheets.iter().enumerate() {
        if sheets[..number]
            .iter()
            .any(|other| other.file == first.file)
        {
            continue;
        }
        let mut workbook = rust_xlsxwriter::Workbook::new();
        for sheet in sheets.iter().filter(|sheet| sheet.file == first.file) {
            let page = workbook.add_worksheet().set_name(&sheet.name).unwrap();
            page.set_hidden(sheet.hidden);
            for (row, cells) in (0..).zip(&sheet.rows) {
                for (column, cell) in (0..).zip(cells) {
                    match cell {
                        toml::Value::Integer(number) => page.write(row, column, *number),
                        toml::Value::Float(number) => page.write(row, column, *number),
                        toml::Value::String(text) => page.write(row, column, text),
                        toml::Value::Table(cell) => special(page, row, column, cell),
                        other => panic!("{other} cannot stand in a cell"),
                    }
                    .unwrap();
                }
            }
        }
        workbook.save(pack.join(&first.file)).unwrap();
    }
}

/// What is told on the way from the pack to its outcomes, as far as it goes.
/// A cell with a number format, or with a formula and the result that is stored.
fn special<'a>(
    page: &'a mut rust_xlsxwriter::Worksheet,
    row: u32,
    column: u16,
    cell: &toml::Table,
) -> Result<&'a mut rust_xlsxwriter::Worksheet, rust_xlsxwriter::XlsxError> {
    let text = |key: &str| {
        cell.get(key)
            .and_then(toml::Value::as_str)
            .unwrap_or_default()
    };
    if let Some(number) = cell.get("number").and_then(toml::Value::as_float) {
        let format = rust_xlsxwriter::Format::new().set_num_format(text("format"));
        return page.write_with_format(row, column, number, &format);
    }
    let formula = rust_xlsxwriter::Formula::new(text("formula")).set_result(text("result"));
    page.write(row, column, formula)
}

fn open(pack: &Path, case: &Case) -> Told {
    let refused = |stage, error: &dyn std::fmt::Display, findings: &Findings| Told {
        stage,
        findings: findings.iter().cloned().collect(),
        text: error.to_string(),
    };
    let of_place = |stage, error: PlaceError| match &error {
        PlaceError::Faults(findings) => refused(stage, &error, findings),
        other => refused(stage, other, &Findings::new()),
    };
    let place = match Place::open(pack) {
        Ok(place) => Arc::new(place),
        Err(error) => return of_place(Stage::Pack, error),
    };
    if let Err(error) = place.outlines() {
        return of_place(Stage::Outlines, error);
    }
    let wanted = |_: &str, file: &str| case.read.is_empty() || case.read.iter().any(|f| f == file);
    let account = match PlaceAccount::load_files(&place, wanted) {
        Ok(account) => account,
        Err(error) => return refused(Stage::Ledgers, &error, &Findings::new()),
    };
    let mut findings = account.findings().clone();
    let outcomes = match Indicators::open(&place) {
        Ok(outcomes) => outcomes,
        Err(error) => {
            return match &error {
                IndicatorError::Faults(faults) => refused(Stage::Outcomes, &error, faults),
                other => refused(Stage::Outcomes, other, &Findings::new()),
            };
        }
    };
    let stage = if outcomes.findings().is_empty() {
        Stage::Ledgers
    } else {
        Stage::Outcomes
    };
    findings.append(outcomes.findings().clone());
    let proposals = match Proposals::open(&place) {
        Ok(proposals) => proposals,
        Err(error) => {
            return match &error {
                AppraisalError::Faults(faults) => refused(Stage::Proposals, &error, faults),
                other => refused(Stage::Proposals, other, &Findings::new()),
            };
        }
    };
    if let Err(error) = Observed::open(&proposals) {
        return match &error {
            AppraisalError::Faults(faults) => refused(Stage::Proposals, &error, faults),
            other => refused(Stage::Proposals, other, &Findings::new()),
        };
    }
    let stage = if proposals.findings().is_empty() {
        stage
    } else {
        Stage::Proposals
    };
    findings.append(proposals.findings().clone());
    let contracts = match of_contracts(&proposals) {
        Ok(found) => found,
        Err(error) => {
            return match &error {
                ContractError::Faults(faults) => refused(Stage::Contracts, &error, faults),
                other => refused(Stage::Contracts, other, &Findings::new()),
            };
        }
    };
    let stage = if contracts.is_empty() {
        stage
    } else {
        Stage::Contracts
    };
    findings.append(contracts);
    if let Err(error) = Scenarios::open(&place) {
        return match &error {
            AppraisalError::ScenarioFaults(faults) => refused(Stage::Scenarios, &error, faults),
            other => refused(Stage::Scenarios, other, &Findings::new()),
        };
    }
    if place.disclosure_file().is_some()
        && let Err(error) = DisclosurePolicy::open(&place)
    {
        return match &error {
            DisclosureError::Faults(faults) => refused(Stage::Disclosure, &error, faults),
            other => refused(Stage::Disclosure, other, &Findings::new()),
        };
    }
    let (stage, findings) = match of_registers(&place, &account) {
        Ok(found) if found.is_empty() => (stage, findings),
        Ok(found) => {
            findings.append(found);
            (Stage::Registers, findings)
        }
        Err(error) => {
            return match &error {
                RegisterError::Faults(faults) => refused(Stage::Registers, &error, faults),
                other => refused(Stage::Registers, other, &Findings::new()),
            };
        }
    };
    refused(stage, &findings, &findings)
}

/// What is told of place plans, premises and agreements, and of what they have in common with the ledgers.
fn of_registers(place: &Arc<Place>, account: &PlaceAccount) -> Result<Findings, RegisterError> {
    let mut findings = Findings::new();
    if place.plans_file().is_some() {
        let plans = PlacePlans::open(place)?;
        findings.append(plans.findings().clone());
        findings.append(plans.matching(account)?.findings);
    }
    if place.premises_file().is_some() {
        let premises = Premises::open(place)?;
        findings.append(premises.findings().clone());
        let year = "2024-25".parse()?;
        findings.append(premises.in_account(account, year)?.findings);
    }
    if place.agreement_file().is_some() {
        let agreement = Agreement::open(place)?;
        findings.append(agreement.findings().clone());
        findings.append(
            agreement
                .grants_in_account(account, jiff::civil::Date::MAX)?
                .findings,
        );
    }
    if place.families_file().is_some() {
        match Families::open(place) {
            Ok(families) => findings.append(families.findings().clone()),
            Err(FamiliesError::Register(error)) => return Err(*error),
            Err(other) => panic!("{other}"),
        }
    }
    if place.medium_term_file().is_some() {
        findings.append(MediumTerm::open(place)?.findings().clone());
    }
    Ok(findings)
}

/// What is told of contracts, of their register, and of what they pay when results scatter.
fn of_contracts(proposals: &Proposals) -> Result<Findings, ContractError> {
    let contracts = Contracts::open(proposals)?;
    let mut findings = contracts.findings().clone();
    findings.append(Register::open(&contracts)?.findings().clone());
    for contract in contracts.iter() {
        if let Some(simulation) = contract.simulation {
            findings.append(contract.simulate(simulation)?.findings);
        }
    }
    Ok(findings)
}
