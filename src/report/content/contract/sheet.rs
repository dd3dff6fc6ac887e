//! One contract, as its page shows it.

use super::chances::ChancesShown;
use super::cliff::CliffShown;
use super::payment::PaymentShown;
use super::register::{EntryShown, StandingShown, register};
use super::term::TermShown;
use crate::appraisal::contract::{Contract, ContractError, Contracts, Register};

/// One contract.
#[derive(Clone, Debug)]
pub struct ContractSheet {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Who is paid.
    pub provider: String,
    /// For whom.
    pub ages: String,
    /// Code and name of where.
    pub locality: (String, String),
    /// Whose pounds tariffs are, caps, and where it is written down.
    pub facts: String,
    /// What it pays for.
    pub terms: Vec<TermShown>,
    /// What is paid for what was reported; nothing where nothing was.
    pub payment: Option<PaymentShown>,
    /// What one event more or less does.
    pub cliffs: Vec<CliffShown>,
    /// Whether those are of what was reported, and not of what is expected.
    pub cliffs_are_reported: bool,
    /// What it pays when results scatter; nothing where the contract does not say how to draw.
    pub chances: Option<ChancesShown>,
    /// Rows of the register.
    pub entries: Vec<EntryShown>,
    /// Where claims stood, day by day.
    pub standings: Vec<StandingShown>,
}

impl ContractSheet {
    /// What people see of a contract.
    ///
    /// # Errors
    ///
    /// As [`Contract::pay`] and [`Contract::simulate`].
    pub fn of(
        contract: &Contract,
        contracts: &Contracts,
        of_payments: Option<&Register>,
    ) -> Result<Self, ContractError> {
        let reported = contracts.reported(contract);
        let payment = match reported {
            [] => None,
            rows => Some(PaymentShown::of(contract, &contract.pay(rows)?)?),
        };
        let rows = match reported {
            [] => contract.as_expected(),
            rows => rows.to_vec(),
        };
        let cliffs = (contract.cliffs(&rows)?.iter())
            .map(|cliff| CliffShown::of(contract, &rows, cliff))
            .collect::<Result<Vec<_>, _>>()?;
        let chances = match contract.simulation {
            Some(simulation) if !contract.truth.is_empty() => {
                Some(ChancesShown::of(&contract.simulate(simulation)?))
            }
            _ => None,
        };
        let (entries, standings) = match of_payments {
            Some(payments) => register(contract, payments)?,
            None => Default::default(),
        };
        let localities = &contracts.place().axes().localities;
        Ok(Self {
            code: contract.code.clone(),
            name: contract.name.clone(),
            provider: contract.provider.clone(),
            ages: contract.ages.in_words(),
            locality: (
                localities.code(contract.locality).to_owned(),
                contract.place.clone(),
            ),
            facts: contract.facts(),
            terms: (contract.terms.iter().map(TermShown::of)).collect::<Result<_, _>>()?,
            payment,
            cliffs: cliffs.into_iter().flatten().collect(),
            cliffs_are_reported: !reported.is_empty(),
            chances,
            entries,
            standings,
        })
    }

    /// What people read first.
    pub fn in_words(&self) -> String {
        match &self.payment {
            None => "Nothing is reported of it yet.".to_owned(),
            Some(payment) => {
                let payers: Vec<String> = (payment.by_payer.iter())
                    .map(|payer| format!("{} {}", payer.name, payer.sum))
                    .collect();
                format!(
                    "For what was reported it pays {} ({}), and refuses {}.",
                    payment.total,
                    payers.join(", "),
                    payment.total_refused
                )
            }
        }
    }
}
