//! All buildings, as their page shows them.

use super::bodies::{BodyShown, bodies};
use super::building::{Asked, BuildingShown, CouldMove};
use crate::account::PlaceAccount;
use crate::axis::LocalityId;
use crate::finding::Findings;
use crate::money::Pence;
use crate::premises::{InLedger, Premises};
use crate::register::RegisterError;
use crate::report::content::{ReportError, ReportScope};
use jiff::civil::Date;

/// Buildings of a place, what they cost whom, and what could be freed.
#[derive(Clone, Debug)]
pub struct PremisesSheet {
    /// Of which year the costs are.
    pub year: String,
    /// When it would be decided to give one up: the day after the year.
    pub decided: Date,
    /// Each building, in the order of the pack.
    pub buildings: Vec<BuildingShown>,
    /// Who bears the cost after rent, and whose use it is for.
    pub bodies: Vec<BodyShown>,
    /// All of them together.
    pub all: BodyShown,
    /// What insiders paid each other, which is no cost of all.
    pub between: Pence,
    /// Buildings in which teams of more than one body are together: name, and the teams.
    pub shared: Vec<(String, String)>,
    /// Where teams would find a desk.
    pub could_move: Vec<CouldMove>,
    /// Costs that ledgers have too.
    pub in_ledgers: Vec<InLedger>,
    /// What is wrong or odd in the register.
    pub findings: Findings,
    /// What must be said with its figures.
    pub notes: Vec<String>,
}

impl PremisesSheet {
    /// What people see of a register of premises, in the scope of the report. `pages` are the whole and its places.
    ///
    /// # Errors
    ///
    /// [`ReportError::Register`] where the register cannot be asked.
    pub fn of(
        of: (&Premises, &PlaceAccount),
        scope: &ReportScope,
        pages: &[LocalityId],
    ) -> Result<Self, ReportError> {
        Ok(Self::asked(of, scope, pages).map_err(Box::new)?)
    }

    fn asked(
        (premises, account): (&Premises, &PlaceAccount),
        scope: &ReportScope,
        pages: &[LocalityId],
    ) -> Result<Self, RegisterError> {
        let year = scope.period;
        let last = year.last_day();
        let asked = Asked {
            year,
            decided: last.tomorrow().unwrap_or(last),
            boundary: &scope.boundary,
            pages,
        };
        let costs = premises.costs(year, &scope.boundary)?;
        let buildings = premises.buildings().iter().zip(&costs.buildings);
        let buildings: Vec<BuildingShown> = buildings
            .map(|of| BuildingShown::of(premises, of, &asked))
            .collect::<Result<_, _>>()?;
        let (rows, all) = bodies(&costs, premises.place())?;
        let in_account = premises.in_account(account, year)?;
        let mut findings = premises.findings().clone();
        findings.append(in_account.findings);
        Ok(Self {
            year: year.to_string(),
            decided: asked.decided,
            between: Pence::total(costs.buildings.iter().map(|one| one.between))?,
            buildings,
            bodies: rows,
            all,
            shared: shared(premises),
            could_move: could_move(premises)?,
            in_ledgers: in_account.matched,
            findings,
            notes: premises.notes().to_vec(),
        })
    }

    /// The buildings in a place of the report and in all that lies in it.
    pub fn inside(&self, code: &str) -> Vec<&BuildingShown> {
        let all = self.buildings.iter();
        all.filter(|one| one.inside.iter().any(|inside| inside == code))
            .collect()
    }

    /// Whether any cost of the year is known.
    pub fn has_costs(&self) -> bool {
        self.buildings.iter().any(|one| one.has_cost)
    }

    /// Every sum that it tells: no question of the account was asked for them.
    pub fn sums(&self) -> Vec<Pence> {
        let of_building = |one: &BuildingShown| {
            let (cost, freed) = (&one.cost, &one.freed);
            let mut sums = vec![
                cost.paid_outside,
                cost.got_outside,
                cost.between,
                cost.net,
                freed.with_use,
                freed.with_building,
                freed.never,
                freed.lost,
                freed.between,
            ];
            sums.extend(one.frees());
            sums.extend(one.teams.iter().map(|team| team.cost));
            // Rates are pounds with decimals, and read as sums.
            let rates = [&cost.per_square_metre, &cost.per_desk_in_use];
            let rates = rates.into_iter().flatten().map(|rate| rate.to_decimal(2));
            sums.extend(
                rates.filter_map(|rate| rate.replace('.', "").parse().ok().map(Pence::new)),
            );
            sums
        };
        let of_body = |one: &BodyShown| [one.paid, one.got, one.bears, one.uses, one.more];
        let mut sums: Vec<Pence> = self.buildings.iter().flat_map(of_building).collect();
        sums.extend((self.bodies.iter().chain([&self.all])).flat_map(of_body));
        sums.push(self.between);
        let in_ledgers = self.in_ledgers.iter();
        sums.extend(in_ledgers.flat_map(|one| [one.by_register, one.in_ledger]));
        sums.extend(self.findings.iter().filter_map(|one| one.at_stake));
        sums
    }
}

fn shared(premises: &Premises) -> Vec<(String, String)> {
    let place = premises.place();
    let named = |code: &str| (premises.buildings().iter()).find(|one| one.code == code);
    (premises.shared().into_iter())
        .map(|(code, teams)| {
            let teams: Vec<String> = (teams.iter())
                .map(|team| format!("{} ({})", team.team, team.who.name(place)))
                .collect();
            let name = named(code).map_or(code, |building| &building.name);
            (name.to_owned(), teams.join(", "))
        })
        .collect()
}

fn could_move(premises: &Premises) -> Result<Vec<CouldMove>, RegisterError> {
    let place = premises.place();
    let mut all = Vec::new();
    for team in premises.occupiers() {
        let Some(from) = premises.buildings().get(team.building) else {
            continue;
        };
        for other in premises.could_share(&from.code, &team.team)? {
            let with = other.with.iter();
            let with: Vec<String> = with
                .map(|(team, who)| format!("{team} ({})", who.name(place)))
                .collect();
            all.push(CouldMove {
                team: format!("{} ({})", team.team, team.who.name(place)),
                from: from.name.clone(),
                into: (other.name, other.place),
                same_place: other.same_place,
                with: with.join(", "),
                left: other.left,
            });
        }
    }
    Ok(all)
}
