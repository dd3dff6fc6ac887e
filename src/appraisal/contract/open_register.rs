//! Opening the register of payments: every row checked, every fault reported.

use super::register::{Entry, Register};
use super::spec::PAYMENT;
use super::state::State;
use super::{ContractError, Contracts};
use crate::appraisal::open::{Opener, file_of};
use crate::axis::name_one_of;
use crate::finding::Findings;
use crate::money::Pence;
use crate::place::{Lines, TableRow, read_table};
use jiff::civil::Date;

impl Register {
    /// Opens the register of the contracts of a pack; it is empty where the pack keeps none.
    ///
    /// # Errors
    ///
    /// [`ContractError::Faults`] with every row that cannot be read, or is of no contract.
    ///
    /// # Example
    ///
    /// ```
    /// use wholeplace::Place;
    /// use wholeplace::appraisal::Proposals;
    /// use wholeplace::appraisal::contract::{Contracts, Register};
    /// let place = Place::open("examples/data/shropshire")?;
    /// let contracts = Contracts::open(&Proposals::open(&place)?)?;
    /// let register = Register::open(&contracts)?;
    /// let standing = register.standing(jiff::civil::date(2020, 3, 31), None)?;
    /// println!("{} is certain, {} likely", standing.certain, standing.likely);
    /// # Ok::<(), wholeplace::Error>(())
    /// ```
    pub fn open(contracts: &Contracts) -> Result<Self, ContractError> {
        let place = contracts.place();
        let (file, text, spec) = file_of(place)?;
        let mut opener = Opener {
            place,
            file: file.to_owned(),
            lines: Lines::of(&text),
            findings: Findings::new(),
        };
        let mut entries: Vec<Entry> = Vec::new();
        let mut fingerprints = Vec::new();
        for table in &spec.payments {
            let at = opener.at(table);
            let rows = read_table(
                table.get_ref(),
                &PAYMENT,
                &at,
                place.folders(),
                &mut opener.findings,
                &mut fingerprints,
            );
            for row in rows {
                entries.extend(opener.entry(row, contracts));
            }
        }
        if opener.findings.any_fault() {
            return Err(ContractError::Faults(opener.findings));
        }
        entries.sort_by(|one, other| {
            let key = |entry: &Entry| {
                (
                    entry.contract.clone(),
                    entry.term.clone(),
                    entry.cohort.clone(),
                    entry.on,
                    entry.state,
                )
            };
            key(one).cmp(&key(other))
        });
        let mut register = Self {
            entries,
            findings: Findings::new(),
        };
        register.check(contracts)?;
        Ok(register)
    }
}

impl Opener<'_> {
    fn entry(&mut self, mut row: TableRow, contracts: &Contracts) -> Option<Entry> {
        let at = row.position.clone();
        let mut take = |number: usize| row.take(number).trim().to_owned();
        let [contract, term, cohort, state] = [take(0), take(1), take(2), take(3)];
        let [on, claims, pence, reason] = [take(4), take(5), take(6), take(7)];
        let known = match contracts.find(&contract) {
            Ok(known) => {
                self.one_of(
                    "term",
                    &term,
                    known.terms.iter().map(|term| &term.code),
                    &at,
                );
                self.one_of(
                    "cohort",
                    &cohort,
                    known.cohorts.iter().map(|cohort| &cohort.code),
                    &at,
                );
                true
            }
            Err(error) => {
                self.fault(
                    "unknown-code",
                    at.clone().column("contract"),
                    error.to_string(),
                    "correct the code",
                );
                false
            }
        };
        let found = state.parse::<State>();
        let state = match found {
            Ok(state) => Some(state),
            Err(found) => {
                let all = State::ALL.map(|state| state.to_string());
                let remedy = name_one_of(&state, "state", all.iter().map(String::as_str));
                self.fault(
                    "payment-unclear",
                    at.clone().column("state"),
                    found,
                    &remedy,
                );
                None
            }
        };
        let day = on.parse::<Date>().ok();
        if day.is_none() {
            self.fault(
                "payment-unclear",
                at.clone().column("on"),
                format!("`{on}` is no day"),
                "write it as `2025-06-30`",
            );
        }
        let claims = self.whole(&claims, "claims", &at);
        let sum = pence.parse::<i64>().ok().filter(|pence| *pence >= 0);
        if sum.is_none() {
            self.fault(
                "payment-unclear",
                at.clone().column("pence"),
                format!("`{pence}` is no whole number of pence from 0 up"),
                "write pence in digits, as `140000` for £1,400.00; money that came back is `clawed-back`, not below zero",
            );
        }
        if matches!(state, Some(State::Refused | State::ClawedBack)) && reason.is_empty() {
            self.fault(
                "payment-unclear",
                at.clone().column("reason"),
                "a claim is refused or taken back, and nothing says why".to_owned(),
                "write the reason in words",
            );
        }
        Some(Entry {
            contract,
            term,
            cohort,
            state: state?,
            on: day?,
            claims: claims?,
            pence: Pence::new(sum?),
            reason,
            position: at,
        })
        .filter(|_| known)
    }

    fn one_of<'a>(
        &mut self,
        what: &str,
        code: &str,
        mut known: impl Iterator<Item = &'a String> + Clone,
        at: &crate::finding::Position,
    ) {
        let all = known.clone();
        if known.any(|one| one == code) {
            return;
        }
        self.fault(
            "unknown-code",
            at.clone().column(what),
            format!("`{code}` is not a {what} of that contract"),
            &name_one_of(code, what, all.map(String::as_str)),
        );
    }
}
