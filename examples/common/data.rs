//! What a program opens, and everything that was wrong in it.

use super::folders::{self, NotOpened};
use super::{CommonArguments, Outcome, Wrong, bar, findings_file, say};
use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use wholeplace::account::PlaceAccount;
use wholeplace::agreement::Agreement;
use wholeplace::appraisal::contract::{ContractError, Contracts, Register};
use wholeplace::appraisal::evaluation::Observed;
use wholeplace::appraisal::scenario::Scenarios;
use wholeplace::appraisal::{AppraisalError, Proposals};
use wholeplace::axis::{Period, Phase, Suggestions};
use wholeplace::check::{Check, PackFaults, Summary};
use wholeplace::cube::Cube;
use wholeplace::draft::Written;
use wholeplace::finding::{FindingGroup, Findings};
use wholeplace::indicator::{IndicatorError, Indicators};
use wholeplace::ledger::Progress;
use wholeplace::medium_term::MediumTerm;
use wholeplace::place::{Place, PlaceError};
use wholeplace::place_plan::PlacePlans;
use wholeplace::premises::Premises;
use wholeplace::register::RegisterError;

/// How many faults are said in full where there are results too; those of one rule in one column of
/// one file are one.
const WORST: usize = 3;

/// The data of one run of a program. It keeps the findings of all that is opened through it, so that
/// none is forgotten when the program ends.
pub struct Data<'a> {
    arguments: &'a CommonArguments,
    /// Of the pack; once its ledgers are read, of both.
    money: Findings,
    /// Of the outcomes.
    outcomes: Findings,
    /// Of the proposals, of contracts, of scenarios and of registers.
    proposals: Findings,
    opened: Opened,
    /// How many faults are said in full.
    shown: usize,
}

/// How far the data is open, for the line that every program ends with.
enum Opened {
    Nothing,
    /// A pack that has faults and was not opened.
    Faults,
    Pack,
    Ledgers(Summary),
}

impl<'a> Data<'a> {
    /// Nothing is opened yet; a file for findings that cannot be written is said now.
    pub fn new(arguments: &'a CommonArguments) -> Result<Self, Box<dyn Error>> {
        if let Some(file) = &arguments.findings {
            findings_file::check(file)?;
        }
        Ok(Self {
            arguments,
            money: Findings::new(),
            outcomes: Findings::new(),
            proposals: Findings::new(),
            opened: Opened::Nothing,
            shown: WORST,
        })
    }

    /// Opens the pack that the arguments name, or else this one.
    pub fn place(&mut self, or_else: &Path) -> Result<Arc<Place>, Box<dyn Error>> {
        let pack = self.arguments.pack.as_deref().unwrap_or(or_else);
        match folders::open(pack, self.arguments.data.as_deref()) {
            Ok(place) => {
                self.opened = Opened::Pack;
                self.money = place.findings().clone();
                Ok(place)
            }
            Err(NotOpened::Faults(faults, why)) => {
                // They are all that there is to tell, and all must be mended.
                self.shown = usize::MAX;
                self.opened = Opened::Faults;
                self.money = faults;
                Err(why.into())
            }
            Err(NotOpened::Why(why)) => Err(why.into()),
        }
    }

    /// Opens a pack that was just written, with the folder of its files, and reads all its ledgers.
    pub fn written(&mut self, written: &Written) -> Result<PlaceAccount, Box<dyn Error>> {
        let place = match written.open() {
            Ok(place) => place,
            Err(PlaceError::Faults(faults)) => {
                self.shown = usize::MAX;
                self.opened = Opened::Faults;
                self.money = faults;
                return Err("the pack has faults and was not opened".into());
            }
            Err(error) => return Err(error.into()),
        };
        self.money = place.findings().clone();
        let account = self.ledgers(&place)?;
        self.opened = Opened::Ledgers(Summary::of(&account));
        Ok(account)
    }

    /// Reads all ledgers, with a bar on a terminal.
    pub fn ledgers(&mut self, place: &Arc<Place>) -> Result<PlaceAccount, wholeplace::Error> {
        let bar = bar("reading ledgers");
        let account = PlaceAccount::load_with(place, &|progress: &Progress| {
            bar.set_length(progress.bytes);
            bar.set_position(progress.bytes_done);
            bar.set_message(progress.file.clone());
        })?;
        self.money = account.findings().clone();
        self.opened = Opened::Ledgers(Summary::of(&account));
        bar.finish_and_clear();
        Ok(account)
    }

    /// Reads all ledgers, with a bar on a terminal, and groups their lines.
    pub fn account(
        &mut self,
        place: &Arc<Place>,
    ) -> Result<(PlaceAccount, Cube), wholeplace::Error> {
        let account = self.ledgers(place)?;
        let bar = bar("grouping lines");
        let cube = Cube::build(&account)?;
        bar.finish_and_clear();
        Ok((account, cube))
    }

    /// Checks the pack and its ledgers as far as they can be read. The page has every finding, so
    /// that none is said beside it.
    pub fn check(&mut self, place: &Arc<Place>) -> Result<Check, wholeplace::Error> {
        let bar = bar("reading ledgers");
        let (check, account) = Check::read_with(place, &|progress: &Progress| {
            bar.set_length(progress.bytes);
            bar.set_position(progress.bytes_done);
            bar.set_message(progress.file.clone());
        })?;
        bar.finish_and_clear();
        self.money = account.findings().clone();
        self.opened = Opened::Ledgers(check.summary.clone());
        self.shown = 0;
        Ok(check)
    }

    /// The faults of a pack that was not opened, for a page that shows them all.
    pub fn faults_of_pack(&mut self) -> Option<PackFaults> {
        matches!(self.opened, Opened::Faults).then(|| {
            self.shown = 0;
            PackFaults::new(&self.money)
        })
    }

    /// Opens the outcomes of the place.
    pub fn indicators(&mut self, place: &Arc<Place>) -> Result<Indicators, Box<dyn Error>> {
        match Indicators::open(place) {
            Ok(indicators) => {
                self.outcomes = indicators.findings().clone();
                Ok(indicators)
            }
            Err(IndicatorError::Faults(faults)) => {
                self.shown = usize::MAX;
                self.outcomes = faults;
                Err("the outcomes have faults and were not opened".into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens the proposals of a pack.
    pub fn proposals(&mut self, place: &Arc<Place>) -> Result<Proposals, Box<dyn Error>> {
        match Proposals::open(place) {
            Ok(proposals) => {
                self.proposals = proposals.findings().clone();
                Ok(proposals)
            }
            Err(AppraisalError::Faults(faults)) => {
                self.shown = usize::MAX;
                self.proposals = faults;
                Err("the proposals have faults and were not opened".into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens the scenarios of a pack.
    pub fn scenarios(&mut self, place: &Arc<Place>) -> Result<Scenarios, Box<dyn Error>> {
        match Scenarios::open(place) {
            Ok(scenarios) => Ok(scenarios),
            Err(AppraisalError::ScenarioFaults(faults)) => {
                self.shown = usize::MAX;
                self.proposals.append(faults);
                Err("the scenarios have faults and were not opened".into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens what places want, and who pays for it.
    pub fn plans(&mut self, place: &Arc<Place>) -> Result<PlacePlans, Box<dyn Error>> {
        let plans = PlacePlans::open(place);
        self.register(plans, "plans", |plans| plans.findings().clone())
    }

    /// Opens what the partners of a place have agreed.
    pub fn agreement(&mut self, place: &Arc<Place>) -> Result<Agreement, Box<dyn Error>> {
        let agreement = Agreement::open(place);
        self.register(agreement, "targets and plans of the agreement", |one| {
            one.findings().clone()
        })
    }

    /// Opens what the partners of a place are short of in years to come.
    pub fn medium_term(&mut self, place: &Arc<Place>) -> Result<MediumTerm, Box<dyn Error>> {
        let plan = MediumTerm::open(place);
        self.register(plan, "gaps of the medium term", |plan| {
            plan.findings().clone()
        })
    }

    /// Opens the buildings of a place.
    pub fn premises(&mut self, place: &Arc<Place>) -> Result<Premises, Box<dyn Error>> {
        let premises = Premises::open(place);
        self.register(premises, "premises", |premises| premises.findings().clone())
    }

    fn register<T>(
        &mut self,
        opened: Result<T, RegisterError>,
        called: &str,
        findings: impl Fn(&T) -> Findings,
    ) -> Result<T, Box<dyn Error>> {
        match opened {
            Ok(register) => {
                self.proposals.append(findings(&register));
                Ok(register)
            }
            Err(RegisterError::Faults(faults)) => {
                self.shown = usize::MAX;
                self.proposals.append(faults);
                Err(format!("the {called} have faults and were not opened").into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps what was found when a register was held against the ledgers.
    pub fn found(&mut self, findings: &Findings) {
        self.proposals.append(findings.clone());
    }

    /// Opens what was counted for proposals.
    pub fn observed(&mut self, proposals: &Proposals) -> Result<Observed, Box<dyn Error>> {
        match Observed::open(proposals) {
            Ok(observed) => Ok(observed),
            Err(AppraisalError::Faults(faults)) => {
                self.shown = usize::MAX;
                self.proposals.append(faults);
                Err("what was counted has faults and was not opened".into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Opens the contracts of a pack, with the register of their payments.
    pub fn contracts(
        &mut self,
        place: &Arc<Place>,
    ) -> Result<(Contracts, Register), Box<dyn Error>> {
        let proposals = self.proposals(place)?;
        let opened = Contracts::open(&proposals).and_then(|contracts| {
            let register = Register::open(&contracts)?;
            Ok((contracts, register))
        });
        match opened {
            Ok((contracts, register)) => {
                self.proposals.append(contracts.findings().clone());
                self.proposals.append(register.findings().clone());
                Ok((contracts, register))
            }
            Err(ContractError::Faults(faults)) => {
                self.shown = usize::MAX;
                self.proposals.append(faults);
                Err("the contracts have faults and were not opened".into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Everything that was wrong in what is open; nothing where nothing could be opened.
    fn findings(&self) -> Option<Findings> {
        let all = || {
            let of_data = self.money.iter().chain(&self.outcomes);
            of_data.chain(&self.proposals).cloned().collect()
        };
        (!matches!(self.opened, Opened::Nothing)).then(all)
    }

    /// Says the findings: the worst faults in full, then one line of the whole check, and all of them
    /// in the file that the arguments name. Fails where the program must not end well.
    pub fn say(&self) -> Outcome {
        let Some(findings) = self.findings() else {
            return Ok(());
        };
        let faults = FindingGroup::all(findings.faults());
        for fault in faults.iter().take(self.shown) {
            say(format_args!("fault: {fault}"));
        }
        let everything = match &self.arguments.findings {
            _ if findings.is_empty() => String::new(),
            Some(file) => format!("; all of them are in {}", file.display()),
            None => "; --findings FILE writes all of them".to_owned(),
        };
        self.write()?;
        let opened = match &self.opened {
            Opened::Nothing | Opened::Pack => "no ledger read".to_owned(),
            Opened::Faults => "the pack was not opened".to_owned(),
            Opened::Ledgers(summary) => summary.to_string(),
        };
        let found = findings.in_words();
        say(format_args!("check: {opened}, {found}{everything}"));
        let missed: Vec<String> = (findings.iter())
            .filter(|finding| finding.rule == "control-total-not-met")
            .map(|missed| format!("{}: {}", missed.position, missed.found))
            .collect();
        if !missed.is_empty() {
            return Err(format!("a control total is missed: {}", missed.join("; ")).into());
        }
        if self.arguments.strict && findings.any_fault() {
            return Err("there are faults in the data, and --strict was given".into());
        }
        Ok(())
    }

    /// Whether nothing was found in what is open. Of a run that ended early that says nothing of the data;
    /// a page that says what could not be read is no such run.
    pub fn nothing_found(&self) -> bool {
        self.money.is_empty()
            && self.outcomes.is_empty()
            && self.proposals.is_empty()
            && self.shown > 0
    }

    /// Writes the file of findings, if one was asked for.
    pub fn write(&self) -> Result<(), Box<dyn Error>> {
        match (&self.arguments.findings, self.findings()) {
            (Some(file), Some(findings)) => findings_file::write(file, &findings),
            _ => Ok(()),
        }
    }
}

/// A phase of which the place has a ledger.
pub fn phase(place: &Place, text: &str) -> Result<Phase, Box<dyn Error>> {
    let phase: Phase = text.parse()?;
    let held = |&one: &Phase| {
        let in_kind = place.in_kind().iter().map(|given| given.phase);
        let mut phases = place.ledgers().iter().map(|plan| plan.phase).chain(in_kind);
        phases.any(|other| other == one)
    };
    if held(&phase) {
        return Ok(phase);
    }
    let phases = [Phase::Budget, Phase::Forecast, Phase::Outturn];
    let known: Vec<String> = phases
        .into_iter()
        .filter(held)
        .map(|one| one.to_string())
        .collect();
    let instead = Suggestions::of(text, known.iter().map(String::as_str));
    Err(Wrong::error(format!(
        "no ledger of this place is a {phase}{instead}"
    )))
}

/// Refuses a period of which no ledger has a line: its figures would all be zero, and say nothing.
pub fn recorded(account: &PlaceAccount, period: Period, phase: Phase) -> Outcome {
    let recorded = || {
        let lines = account.lines().map(|(_, _, coding)| coding);
        let of_phase = lines.filter(move |coding| coding.phase == phase);
        of_phase.filter_map(|coding| coding.period.member())
    };
    if recorded().any(|of| of.intersection(period).is_some()) {
        return Ok(());
    }
    let years: BTreeSet<Period> = recorded().flat_map(Period::financial_years).collect();
    // The latest first: they are asked for most.
    let known: Vec<String> = years.iter().rev().map(Period::to_string).collect();
    let instead = Suggestions::first_of(known.iter().map(String::as_str));
    let message = format!("no ledger has a line of {period}, {phase}{instead}");
    Err(Wrong::error(message))
}
