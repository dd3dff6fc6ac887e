//! Opening the register: every row checked, every fault reported.

use super::building::{Building, Condition, Cost, Ends, Occupier, Party, Tenure};
use super::register::Premises;
use super::spec::{BUILDING, COST, LedgerOfCosts, OCCUPIER, PremisesSpec, USAGE};
use super::usage::DAYS;
use crate::axis::{Period, name_one_of};
use crate::finding::Position;
use crate::money::Ratio;
use crate::place::Place;
use crate::register::{Cells, DayIn, Register, RegisterError};
use std::str::FromStr;
use std::sync::Arc;
use toml::Spanned;

const RULE: &str = "premises-unclear";

impl Premises {
    /// Opens the register that a pack names as `premises` in its `[place]`.
    ///
    /// # Errors
    ///
    /// [`RegisterError::NotNamed`] where it names none; [`RegisterError::Faults`] with every fault.
    pub fn open(place: &Arc<Place>) -> Result<Self, RegisterError> {
        let (mut register, spec): (_, PremisesSpec) =
            Register::read(place, place.premises_file(), "premises")?;
        let (mut buildings, mut codes) = (Vec::new(), Vec::new());
        for cells in register.rows(&spec.buildings, &BUILDING) {
            register.once(&cells, "code", &mut codes);
            buildings.extend(register.building(&cells));
        }
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        let mut occupiers: Vec<Occupier> = Vec::new();
        for cells in register.rows(&spec.occupiers, &OCCUPIER) {
            let Some(occupier) = register.occupier(&cells, &codes) else {
                continue;
            };
            let same =
                |one: &Occupier| (one.building, &one.team) == (occupier.building, &occupier.team);
            if occupiers.iter().any(same) {
                let found = format!("`{}` is already in that building", occupier.team);
                let remedy = "give each team of a building a name of its own";
                register.fault("duplicate-code", cells.at_column("team"), found, remedy);
            }
            occupiers.push(occupier);
        }
        register.within_the_building(&codes, &occupiers);
        for cells in register.rows(&spec.usage, &USAGE) {
            register.usage(&cells, &codes, &mut occupiers);
        }
        let costs = register.rows(&spec.costs, &COST);
        let mut costs: Vec<Cost> = (costs.iter())
            .filter_map(|cells| register.cost(cells, &codes))
            .collect();
        costs.sort_by_key(|cost| (cost.year, cost.building));
        let matched = (spec.matched.iter())
            .filter_map(|rule| register.ledger_of_costs(rule))
            .collect();
        let findings = register.finish()?;
        let mut premises = Self {
            place: Arc::clone(place),
            notes: spec.notes,
            published: spec.published.trim().to_owned(),
            buildings,
            occupiers,
            costs,
            matched,
            findings,
        };
        premises.above_capacity()?;
        Ok(premises)
    }

    /// More desks in use than there are.
    fn above_capacity(&mut self) -> Result<(), RegisterError> {
        let mut found = Vec::new();
        for building in &self.buildings {
            for day in self.by_day(&building.code)? {
                if let Some((used, desks)) = day.used.zip(building.desks)
                    && used > desks
                {
                    found.push(crate::finding::Finding {
                        rule: "above-capacity".into(),
                        severity: crate::finding::Severity::Notice,
                        position: building.position.clone().column("desks"),
                        found: format!("`{}` has {desks} desks, and {used} are in use on {}", building.code, day.day),
                        at_stake: None,
                        remedy: "correct the desks or the count; where people share desks, write how many can work there at once".into(),
                    });
                }
            }
        }
        self.findings.extend(found);
        Ok(())
    }
}

impl Register<'_> {
    fn building(&mut self, cells: &Cells) -> Option<Building> {
        let mut there = true;
        for (field, what) in [
            ("code", "give it a short code of its own"),
            ("name", "write its name, as people know it"),
            ("place", "write the code of its place"),
        ] {
            there &= self.needed(cells, field, RULE, what);
        }
        let owner = self.party(cells, ["owner", "owner_name"]);
        let place = self.locality(cells, "place");
        let latitude = self.degrees(cells, "latitude", 90, RULE);
        let longitude = self.degrees(cells, "longitude", 180, RULE);
        if cells.text("latitude").is_empty() != cells.text("longitude").is_empty() {
            let found = "a point has a latitude and a longitude, and one of them is empty";
            let remedy = "write both, or neither";
            self.fault(
                "premises-unclear",
                cells.at_column("latitude"),
                found,
                remedy,
            );
        }
        let area = self.quantity(cells, "area", RULE);
        let desks = self.whole(cells, "desks");
        let condition = self.word(cells, "condition", RULE, &Condition::WORDS);
        let tenure = self.word(cells, "tenure", RULE, &Tenure::WORDS);
        let lease_end = self.day(cells, "lease_end", DayIn::Last, RULE);
        let break_on = self.day(cells, "break_on", DayIn::First, RULE);
        let notice_months = self.whole(cells, "notice_months");
        let locked_to = self.day(cells, "locked_to", DayIn::Last, RULE);
        let lock = cells.text("lock").to_owned();
        if cells.text("locked_to").is_empty() != lock.is_empty() {
            let found = "a lock has a day on which it ends, and says in words what it is";
            let remedy = "write both, or neither";
            self.fault("premises-unclear", cells.at_column("lock"), found, remedy);
        }
        let leased = tenure == Some(Tenure::Leasehold);
        if !leased && (lease_end.is_some() || break_on.is_some()) {
            let found = format!(
                "it is held as `{}`, and has the days of a lease",
                cells.text("tenure")
            );
            let remedy = "write `leasehold` as its tenure, or leave the days out";
            self.fault("premises-unclear", cells.at_column("tenure"), found, remedy);
        }
        if break_on.is_some() && notice_months.is_none() {
            let found = "a lease that can be broken asks for notice".to_owned();
            let remedy =
                "write in `notice_months` how many months before it must be said; 0 where none";
            self.fault(
                "premises-unclear",
                cells.at_column("notice_months"),
                found,
                remedy,
            );
        }
        Some(Building {
            code: cells.text("code").to_owned(),
            name: cells.text("name").to_owned(),
            owner,
            place: place?,
            point: latitude.zip(longitude),
            area,
            desks,
            condition,
            tenure,
            lease_end,
            break_on,
            notice_months,
            lock: locked_to.map(|day| (day, lock)),
            position: cells.at(),
        })
        .filter(|_| there)
    }

    /// A body: a partner by its code, or another by its name. Nothing where both cells are empty.
    fn party(&mut self, cells: &Cells, [code, name]: [&'static str; 2]) -> Option<Party> {
        match (cells.text(code), cells.text(name)) {
            ("", "") => None,
            ("", name) => Some(Party::Outside(name.to_owned())),
            (_, "") => self.partner(cells, code).map(Party::Partner),
            _ => {
                let found = format!("`{code}` and `{name}` name a body each");
                let remedy = "write the code of a partner, or the name of a body outside the pack";
                self.fault("premises-unclear", cells.at_column(name), found, remedy);
                None
            }
        }
    }

    /// A body that has to be there.
    fn some_party(&mut self, cells: &Cells, fields: [&'static str; 2]) -> Option<Party> {
        let [code, name] = fields;
        if cells.text(code).is_empty() && cells.text(name).is_empty() {
            let found = format!("neither `{code}` nor `{name}` says who it is");
            let remedy = "write the code of a partner, or the name of a body outside the pack";
            self.fault("premises-unclear", cells.at_column(code), found, remedy);
        }
        self.party(cells, fields)
    }

    fn whole(&mut self, cells: &Cells, field: &str) -> Option<u32> {
        let text = cells.text(field);
        let number = text.replace(',', "").parse::<u32>().ok();
        if number.is_none() && !text.is_empty() {
            let found = format!("`{text}` is no whole number from 0 up");
            self.fault(
                "not-a-number",
                cells.at_column(field),
                found,
                "write it in digits, as `24`",
            );
        }
        number
    }

    fn building_of(&mut self, cells: &Cells, codes: &[&str]) -> Option<usize> {
        let code = cells.text("building");
        let found = codes.iter().position(|one| *one == code);
        if found.is_none() {
            let remedy = name_one_of(code, "building", codes.iter().copied());
            let found = format!("there is no building `{code}`");
            self.fault("unknown-code", cells.at_column("building"), found, &remedy);
        }
        found
    }

    fn occupier(&mut self, cells: &Cells, codes: &[&str]) -> Option<Occupier> {
        let building = self.building_of(cells, codes);
        let named = self.needed(cells, "team", RULE, "write which team it is");
        let who = self.some_party(cells, ["occupier", "occupier_name"]);
        let share = cells.text("share").parse::<Ratio>().ok();
        let share = share.filter(|share| *share > Ratio::zero() && *share <= Ratio::one());
        if share.is_none() {
            let found = format!("`{}` is no part of a building", cells.text("share"));
            let remedy = "write a part of 1, as `1/3`, `0.25` or `40%`";
            self.fault("premises-unclear", cells.at_column("share"), found, remedy);
        }
        Some(Occupier {
            building: building?,
            team: cells.text("team").to_owned(),
            who: who?,
            share: share?,
            desks: [None; 7],
            position: cells.at(),
        })
        .filter(|_| named)
    }

    /// Teams that together have more than their building.
    fn within_the_building(&mut self, codes: &[&str], occupiers: &[Occupier]) {
        for (number, code) in codes.iter().enumerate() {
            let teams = || occupiers.iter().filter(|one| one.building == number);
            let taken: Ratio = teams().map(|one| one.share.clone()).sum();
            if taken > Ratio::one() {
                let at = teams()
                    .next_back()
                    .map_or_else(Position::default, |one| one.position.clone());
                let found = format!("the teams in `{code}` have {taken} of it");
                let remedy =
                    "correct the shares: together they are at most 1, and what is left is vacant";
                self.fault(
                    "shares-above-the-building",
                    at.column("share"),
                    found,
                    remedy,
                );
            }
        }
    }

    fn usage(&mut self, cells: &Cells, codes: &[&str], occupiers: &mut [Occupier]) {
        let building = self.building_of(cells, codes);
        let desks = self.whole(cells, "desks");
        self.needed(
            cells,
            "desks",
            RULE,
            "write how many desks are in use, 0 where none",
        );
        let day = cells.text("day").to_lowercase();
        let number = DAYS.iter().position(|known| *known == day);
        if number.is_none() {
            let found = format!("`{day}` is no day of the week");
            let remedy = name_one_of(&day, "day", DAYS);
            self.fault("premises-unclear", cells.at_column("day"), found, &remedy);
        }
        let Some(building) = building else { return };
        let team = cells.text("team");
        let known: Vec<String> = (occupiers.iter())
            .filter(|one| one.building == building)
            .map(|one| one.team.clone())
            .collect();
        let of_it = (occupiers.iter_mut()).find(|one| one.building == building && one.team == team);
        let Some(occupier) = of_it else {
            let remedy = name_one_of(team, "team", known.iter().map(String::as_str));
            let found = format!("there is no team `{team}` in that building");
            self.fault("unknown-code", cells.at_column("team"), found, &remedy);
            return;
        };
        if let Some(count) = number.and_then(|number| occupier.desks.get_mut(number)) {
            if count.is_some() {
                let found = format!("`{team}` is already counted on {day}");
                let remedy = "keep one of the two counts";
                self.fault("premises-unclear", cells.at_column("day"), found, remedy);
            }
            *count = desks.or(*count);
        }
    }

    fn cost(&mut self, cells: &Cells, codes: &[&str]) -> Option<Cost> {
        let building = self.building_of(cells, codes);
        let mut there = true;
        for (field, what) in [
            ("item", "write what was paid for: rent, rates, energy"),
            ("pounds", "write how much was paid"),
            (
                "ends",
                "write when it ends: with `use`, with the `building`, or `never`",
            ),
        ] {
            there &= self.needed(cells, field, RULE, what);
        }
        let year = Period::from_str(cells.text("year")).ok();
        let year = year.filter(|year| year.months() == 12);
        if year.is_none() {
            let found = format!("`{}` is no year", cells.text("year"));
            let remedy = "write a financial year, as `2024-25`";
            self.fault("premises-unclear", cells.at_column("year"), found, remedy);
        }
        let pence = self.pounds(cells, "pounds", RULE);
        let payer = self.some_party(cells, ["payer", "payer_name"]);
        let payee = self.some_party(cells, ["payee", "payee_name"]);
        if payer.is_some() && payer == payee {
            let found = "who pays and who is paid are one".to_owned();
            let remedy = "leave out what a body charges itself; it is no cost";
            self.fault("premises-unclear", cells.at_column("payee"), found, remedy);
        }
        let ends = self.word(cells, "ends", RULE, &Ends::WORDS);
        let ledger = cells.text("ledger");
        let known = || self.place.ledgers().iter().map(|plan| plan.id.as_str());
        if !ledger.is_empty() && !known().any(|one| one == ledger) {
            let remedy = name_one_of(ledger, "ledger", known());
            let found = format!("there is no ledger `{ledger}`");
            self.fault("unknown-ledger", cells.at_column("ledger"), found, &remedy);
        }
        Some(Cost {
            building: building?,
            year: year?,
            item: cells.text("item").to_owned(),
            pence: pence?,
            payer: payer?,
            payee: payee?,
            ends: ends?,
            ledger: Some(ledger.to_owned()).filter(|ledger| !ledger.is_empty()),
            position: cells.at(),
        })
        .filter(|_| there)
    }

    fn ledger_of_costs(&mut self, rule: &Spanned<LedgerOfCosts>) -> Option<(String, String)> {
        let at = self.at(rule);
        let rule = rule.get_ref();
        self.code_of_ledger(&at, &rule.ledger, &rule.code)?;
        Some((rule.ledger.clone(), rule.code.clone()))
    }
}
