//! Opening scenarios: every row checked, every fault reported.

use super::Scenarios;
use super::buildings::{Buildings, ended};
use super::moves::{Cell, Move, ScenarioPlan};
use crate::appraisal::AppraisalError;
use crate::appraisal::open::{Opener, file_of};
use crate::appraisal::spec::MOVE;
use crate::axis::{Ages, FlowKind, Period, Phase};
use crate::finding::{Findings, Position};
use crate::money::{ExcessDecimals, Pence, parse_amount, to_pence};
use crate::place::{Lines, Place, TableRow, read_table};
use std::str::FromStr;
use std::sync::Arc;

impl Scenarios {
    /// Opens the scenarios whose moves a pack names in `moves` of its file of appraisal.
    ///
    /// # Errors
    ///
    /// [`AppraisalError::NoAppraisal`] where it names no such file; [`AppraisalError::ScenarioFaults`] with
    /// every fault.
    pub fn open(place: &Arc<Place>) -> Result<Self, AppraisalError> {
        let (file, text, spec) = file_of(place)?;
        let mut opener = Opener {
            place,
            file: file.to_owned(),
            lines: Lines::of(&text),
            findings: Findings::new(),
        };
        let mut plans: Vec<ScenarioPlan> = Vec::new();
        let mut buildings = Buildings::default();
        for table in &spec.moves {
            let at = opener.at(table);
            let rows = read_table(
                table.get_ref(),
                &MOVE,
                &at,
                place.folders(),
                &mut opener.findings,
                &mut Vec::new(),
            );
            if rows.is_empty() && !opener.findings.any_fault() {
                opener.fault(
                    "no-moves",
                    at.clone(),
                    "the table of moves has no row".to_owned(),
                    "add a row for each move, or take the table out",
                );
            }
            for row in rows {
                let Some((code, of)) = opener.a_move(row, &mut buildings) else {
                    continue;
                };
                match plans.iter_mut().find(|plan| plan.code == code) {
                    Some(plan) => plan.moves.push(of),
                    None => plans.push(ScenarioPlan {
                        code,
                        moves: vec![of],
                    }),
                }
            }
        }
        opener.given_up_once(&plans);
        ended(opener)?;
        Ok(Self {
            place: Arc::clone(place),
            plans,
        })
    }
}

/// A row of moves by the names of its fields.
struct Fields(TableRow);

impl Fields {
    fn take(&mut self, field: &str) -> String {
        let at = MOVE.iter().position(|name| *name == field).unwrap_or(0);
        self.0.take(at).trim().to_owned()
    }
}

impl Opener<'_> {
    fn a_move(&mut self, row: TableRow, buildings: &mut Buildings) -> Option<(String, Move)> {
        let at = row.position.clone();
        let mut row = Fields(row);
        let code = row.take("scenario");
        if code.is_empty() {
            self.wanting(&at, "scenario", "no scenario is named");
        }
        let text = row.take("phase");
        let phase = self.ok(Phase::from_str(&text), &at, "phase");
        let written = row.take("amount");
        let building = ["building", "costs_of", "decided"].map(|field| row.take(field));
        let from = ["partner", "activity", "ages", "group", "locality"]
            .map(|part| row.take(&format!("from_{part}")));
        // What is not said of where it goes is as where it comes from.
        let mut to = ["partner", "activity", "ages", "group", "locality"]
            .map(|part| row.take(&format!("to_{part}")));
        for (to, from) in to.iter_mut().zip(&from) {
            if to.is_empty() {
                to.clone_from(from);
            }
        }
        let from = self.cell(&from, "from", &at);
        let to = self.cell(&to, "to", &at);
        let (amount, gives_up) = match building.each_ref().map(String::as_str) {
            ["", "", ""] => (self.amount(&written, &at), None),
            ["", ..] => {
                self.wanting(
                    &at,
                    "building",
                    "no building is named whose costs these are",
                );
                (None, None)
            }
            _ if !written.is_empty() => {
                self.wanting(&at, "building", "both an amount and a building are named");
                (None, None)
            }
            _ => {
                let given = self.given_up(buildings, &building, from.as_ref(), &at);
                let amount = given.as_ref().and_then(|given| given.amount().ok());
                (amount, given)
            }
        };
        let text = row.take("from_month");
        let start = Period::parse(&text, None)
            .ok()
            .filter(|month| month.months() == 1);
        if start.is_none() {
            self.wanting(&at, "from_month", &format!("`{text}` is no month"));
        }
        let text = row.take("years");
        let years = text
            .parse::<u16>()
            .ok()
            .filter(|years| (1..=50).contains(years));
        if years.is_none() {
            self.wanting(
                &at,
                "years",
                &format!("`{text}` is no number of years from 1 to 50"),
            );
        }
        let text = row.take("kind");
        let (from, to) = (from?, to?);
        let kind = match (from.partner == to.partner, text.as_str()) {
            (true, "") => None,
            (true, _) => {
                self.wanting(
                    &at,
                    "kind",
                    "the money stays with its partner, and is said to be paid",
                );
                None
            }
            (false, "") => {
                self.wanting(
                    &at,
                    "kind",
                    "nothing says what kind of payment takes it to another partner",
                );
                None
            }
            (false, word) => {
                let kind = FlowKind::ALL.into_iter().find(|kind| kind.name() == word);
                if kind.is_none() {
                    let names = FlowKind::ALL.map(FlowKind::name).join(", ");
                    self.wanting(&at, "kind", &format!("`{word}` is none of {names}"));
                }
                kind
            }
        };
        let is_crossing = from.partner != to.partner;
        if from == to {
            self.wanting(&at, "to_activity", "it goes where it comes from");
        }
        let decision = Some(row.take("decision")).filter(|text| !text.is_empty());
        let reason = row.take("reason");
        if reason.is_empty() {
            self.wanting(&at, "reason", "there is no reason for it");
        }
        if is_crossing && kind.is_none() || from == to || code.is_empty() || reason.is_empty() {
            return None;
        }
        let of = Move {
            amount: amount?,
            phase: phase?,
            from,
            to,
            start: start?,
            years: years?,
            kind,
            decision,
            gives_up,
            reason,
            position: at,
        };
        Some((code, of))
    }

    fn wanting(&mut self, at: &Position, field: &str, found: &str) {
        let remedy = match field {
            "scenario" => "write the code of the scenario that it belongs to",
            "from_month" => "write the first month, as `Apr 2025`",
            "years" => "write how many times twelve months it moves; 1 for once",
            "kind" => "name the kind of payment where it goes to another partner, and only there",
            "to_activity" => "say what is another: whose it is then, what for, for whom or where",
            "building" => {
                "write an amount, or the code of a building with `costs_of` and `decided`"
            }
            "reason" => "write why, in words",
            _ => {
                "write pounds above nothing, as `25000.00`; to move it back, change `from` and `to`"
            }
        };
        self.fault(
            "move-unclear",
            at.clone().column(field),
            found.to_owned(),
            remedy,
        );
    }

    /// Whole pence above nothing.
    fn amount(&mut self, text: &str, at: &Position) -> Option<Pence> {
        let pence = (parse_amount(text))
            .and_then(|pounds| to_pence(pounds, ExcessDecimals::Refuse))
            .ok()
            .map(|(pence, _)| pence)
            .filter(|pence| *pence > Pence::ZERO);
        if pence.is_none() {
            self.wanting(
                at,
                "amount",
                &format!("`{text}` is no sum above nothing, in pounds and pence"),
            );
        }
        pence
    }

    fn cell(
        &mut self,
        [partner, activity, ages, group, locality]: &[String; 5],
        side: &str,
        at: &Position,
    ) -> Option<Cell> {
        let place = Arc::clone(self.place);
        let axes = place.axes();
        let key = |part: &str| format!("{side}_{part}");
        let partner = self.ok(axes.partners.find(partner), at, &key("partner"));
        let activity = self.ok(axes.activities.find(activity), at, &key("activity"));
        let ages = self.ok(Ages::from_str(ages), at, &key("ages"));
        let group = match group.as_str() {
            "" => Some(None),
            group => self
                .ok(axes.groups.find(group), at, &key("group"))
                .map(Some),
        };
        let locality = self.ok(axes.localities.find(locality), at, &key("locality"));
        Some(Cell {
            partner: partner?,
            activity: activity?,
            ages: ages?,
            group: group?,
            locality: locality?,
        })
    }
}
