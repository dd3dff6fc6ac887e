//! Tables that a finance officer and a property manager read.

use super::costs::PremisesCosts;
use super::freed::Freed;
use super::matched::CostsInAccount;
use super::register::Premises;
use super::usage::DayUse;
use crate::money::{Pence, Ratio};
use crate::register::RegisterError;
use crate::table::Table;
use crate::text::grouped;
use std::collections::BTreeMap;

fn number(known: Option<impl ToString>) -> String {
    known.map_or_else(|| "not known".to_owned(), |number| number.to_string())
}

/// Pounds to the penny, with commas between thousands.
fn in_pounds(rate: &Ratio) -> String {
    let text = rate.to_decimal(2);
    let (pounds, pence) = text.split_once('.').unwrap_or((&text, "00"));
    let (sign, pounds) = match pounds.strip_prefix('-') {
        Some(pounds) => ("-", pounds),
        None => ("", pounds),
    };
    format!("{sign}£{}.{pence}", grouped(pounds))
}

/// Square metres without decimals that say nothing.
fn square_metres(hundredths: i64) -> String {
    let text = Pence::new(hundredths).to_plain();
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

impl Premises {
    /// The register: whose each building is, what it has, and what binds it.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::of_columns(
            "Premises".to_owned(),
            &[
                "building",
                "place",
                "owner",
                "held as",
                "condition",
                "lease ends",
            ],
            &["m²", "desks", "teams"],
        );
        let places = &self.place.axes().localities;
        for (at, one) in self.buildings.iter().enumerate() {
            let owner = one.owner.as_ref().map(|owner| owner.name(&self.place));
            table.row([
                one.name.clone(),
                places.name(one.place).to_owned(),
                number(owner),
                number(one.tenure),
                number(one.condition),
                one.lease_end
                    .map_or_else(String::new, |day| day.to_string()),
                number(one.area.map(square_metres)),
                number(one.desks),
                self.teams(at).count().to_string(),
            ]);
        }
        for note in &self.notes {
            table.note(note);
        }
        table
    }

    /// Desks in use by day, building by building; free ones in brackets.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Unknown`] never comes, because only buildings of the register are asked for.
    pub fn by_day_table(&self) -> Result<Table, RegisterError> {
        let days = super::DAYS;
        let mut table =
            Table::of_columns("Desks in use, and free".to_owned(), &["building"], &days);
        for one in &self.buildings {
            let cell = |day: &DayUse| match (day.used, day.free) {
                (Some(used), Some(free)) => format!("{used} ({free})"),
                (Some(used), None) => used.to_string(),
                (None, _) => "–".to_owned(),
            };
            let cells = self.by_day(&one.code)?;
            table.row([one.name.clone()].into_iter().chain(cells.iter().map(cell)));
        }
        table.note("A day is not said where a team of the building was not counted on it.");
        Ok(table)
    }

    /// What giving up buildings frees.
    #[must_use]
    pub fn freed_table(&self, title: &str, freed: &[Freed]) -> Table {
        let mut table = Table::of_columns(
            title.to_owned(),
            &["building", "can be given up"],
            &[
                "ends with use",
                "with the building",
                "never",
                "rent lost",
                "only between partners",
                "teams to house",
            ],
        );
        for one in freed {
            let building = self
                .buildings
                .iter()
                .find(|other| other.code == one.building);
            let sums = [
                one.with_use,
                one.with_building,
                one.never,
                one.lost,
                one.between,
            ];
            let words = [
                building.map_or_else(String::new, |building| building.name.clone()),
                one.let_go.to_string(),
            ];
            let teams = [one.teams.len().to_string()];
            let sums = sums.map(|sum| sum.to_string());
            table.row(words.into_iter().chain(sums).chain(teams));
        }
        table.note("A year's sums at the costs of that year. Rent between partners ends and frees nothing for them together.");
        table
    }
}

impl PremisesCosts {
    /// What each building costs, and for what measure.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for sums beyond what an account can hold.
    pub fn table(&self, premises: &Premises) -> Result<Table, RegisterError> {
        let mut table = Table::of_columns(
            format!(
                "What buildings cost, {}, inside {}",
                self.year, self.boundary
            ),
            &["building", "place"],
            &[
                "paid outside",
                "got from outside",
                "net cost",
                "between partners",
                "a m²",
                "a desk in use",
            ],
        );
        for one in &self.buildings {
            let rate = |rate: &Option<Ratio>| number(rate.as_ref().map(in_pounds));
            table.row([
                one.name.clone(),
                one.place.clone(),
                one.paid_outside.to_string(),
                one.got_outside.to_string(),
                one.net.to_string(),
                one.between.to_string(),
                rate(&one.per_square_metre),
                rate(&one.per_desk_in_use),
            ]);
        }
        let total =
            |of: fn(&super::BuildingCost) -> Pence| Pence::total(self.buildings.iter().map(of));
        table.row([
            "all".to_owned(),
            String::new(),
            total(|one| one.paid_outside)?.to_string(),
            total(|one| one.got_outside)?.to_string(),
            self.net()?.to_string(),
            total(|one| one.between)?.to_string(),
        ]);
        table.note("What one partner pays another is the other's income, and no cost of both: it stands beside, and is in no other column.");
        for note in premises.notes() {
            table.note(note);
        }
        Ok(table)
    }

    /// Who bears the cost after rent, and whose use it is for: two views of one total.
    ///
    /// # Errors
    ///
    /// [`RegisterError::Money`] for sums beyond what an account can hold.
    pub fn by_body_table(&self, premises: &Premises) -> Result<Table, RegisterError> {
        let mut table = Table::of_columns(
            format!("Who bears it, and whose use it is for, {}", self.year),
            &["body"],
            &[
                "paid",
                "got",
                "bears",
                "for its use",
                "bears more than it uses",
            ],
        );
        let borne = self.borne()?;
        let mut used: BTreeMap<_, Vec<Pence>> = BTreeMap::new();
        for team in self.buildings.iter().flat_map(|one| &one.teams) {
            used.entry(team.who.clone()).or_default().push(team.cost);
        }
        let mut bodies: Vec<_> = borne.keys().map(|one| Some(one.clone())).collect();
        bodies.extend(used.keys().cloned());
        bodies.sort();
        bodies.dedup();
        // Nobody last: what stands empty.
        let nobody = bodies
            .iter()
            .position(Option::is_none)
            .map(|at| bodies.remove(at));
        bodies.extend(nobody);
        let mut sums = [Pence::ZERO; 4];
        for body in &bodies {
            let name = body
                .as_ref()
                .map_or("vacant", |body| body.name(premises.place()));
            let of = body
                .as_ref()
                .and_then(|body| borne.get(body))
                .copied()
                .unwrap_or_default();
            let uses = Pence::total(used.get(body).into_iter().flatten().copied())?;
            let more = Pence::total([of.net, -uses])?;
            for (sum, one) in sums.iter_mut().zip([of.paid, of.got, of.net, uses]) {
                *sum = Pence::total([*sum, one])?;
            }
            let cells = [of.paid, of.got, of.net, uses, more].map(|sum| sum.to_string());
            table.row([name.to_owned()].into_iter().chain(cells));
        }
        let cells = sums.map(|sum| sum.to_string());
        table.row(["all".to_owned()].into_iter().chain(cells));
        table.note("Both views come to the net cost of all buildings.");
        Ok(table)
    }
}

impl CostsInAccount {
    /// What of the register's costs ledgers have too.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::of_columns(
            "In the register and in a ledger: counted once".to_owned(),
            &["building", "ledger"],
            &["register", "lines", "ledger's lines"],
        );
        for one in &self.matched {
            table.row([
                one.building.clone(),
                one.ledger.clone(),
                one.by_register.to_string(),
                one.lines.to_string(),
                one.in_ledger.to_string(),
            ]);
        }
        table
    }
}
