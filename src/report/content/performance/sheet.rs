//! An agreement at a meeting of its board.

use super::spent::{ActionSpent, beside_actions};
use crate::account::PlaceAccount;
use crate::agreement::{
    Agreement, Changed, Decision, DrawnInLedger, GrantStanding, Overdue, Owed, SurveyStanding,
    TargetFacts, WorkPlanRow,
};
use crate::cube::Cube;
use crate::disclosure::Telling;
use crate::finding::Findings;
use crate::money::Pence;
use crate::register::RegisterError;
use crate::report::content::{ReportError, ReportScope};
use jiff::civil::Date;

/// What an agreement says at a meeting, and what changed since another day.
#[derive(Clone, Debug)]
pub struct PerformanceSheet {
    /// Its name.
    pub name: String,
    /// What the last paper knew: as at this day.
    pub since: Date,
    /// What had come by the end of this day.
    pub on: Date,
    /// How sure intervals are meant to be, in per cent.
    pub percent: String,
    /// What must be said with its figures.
    pub notes: Vec<String>,
    /// The rules that give a word to a target, in words.
    pub ratings: Vec<String>,
    /// The targets, headline first.
    pub targets: Vec<TargetShown>,
    /// What service users say.
    pub surveys: Vec<SurveyShown>,
    /// What is not there.
    pub owed: Vec<Owed>,
    /// The grants.
    pub grants: Vec<GrantStanding>,
    /// What is not as it was.
    pub changes: Vec<Changed>,
    /// What was decided since.
    pub decided: Vec<DecisionShown>,
    /// What needs a decision.
    pub to_decide: Vec<DecisionShown>,
    /// What should be done or there.
    pub overdue: Vec<Overdue>,
    /// What meetings have before them.
    pub work_plan: Vec<WorkPlanRow>,
    /// The delivery plans.
    pub actions: Vec<ActionShown>,
    /// What the account has beside them.
    pub spent: Vec<ActionSpent>,
    /// Money of grants that ledgers have too, as at the day.
    pub in_ledgers: Vec<DrawnInLedger>,
    /// What is odd in the register, and in what ledgers say of it.
    pub findings: Findings,
    /// Whether every grant's steps hold.
    pub holds: bool,
}

/// A target with its facts.
#[derive(Clone, Debug)]
pub struct TargetShown {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Code and name of who leads.
    pub lead: (String, String),
    /// The law that names the lead; empty where partners agreed.
    pub named_in_law: String,
    /// Names of who contributes.
    pub contributing: String,
    /// Whether the board sees it first.
    pub is_headline: bool,
    /// What one of its figures is.
    pub unit: String,
    /// What can be said.
    pub facts: TargetFacts,
    /// Where it is agreed.
    pub source: String,
}

/// What users of a service say, with the target beside it.
#[derive(Clone, Debug)]
pub struct SurveyShown {
    /// What they say.
    pub standing: SurveyStanding,
    /// Name of the target; empty where it stands by itself.
    pub beside: String,
}

/// A decision in words.
#[derive(Clone, Debug)]
pub struct DecisionShown {
    /// Code.
    pub code: String,
    /// What is asked.
    pub item: String,
    /// For which target.
    pub target: String,
    /// Who asks.
    pub asked_by: String,
    /// At which meeting.
    pub meeting: Date,
    /// Over how much.
    pub pounds: Option<Pence>,
    /// What was decided, and when; empty while it waits.
    pub outcome: String,
    /// What must be known of it.
    pub note: String,
}

/// An action as it stands.
#[derive(Clone, Debug)]
pub struct ActionShown {
    /// Code.
    pub code: String,
    /// What is done.
    pub name: String,
    /// For which target.
    pub target: String,
    /// Who answers for it.
    pub owner: String,
    /// By when.
    pub by: Date,
    /// How far it is.
    pub status: String,
    /// Why.
    pub note: String,
    /// Whether it should be done.
    pub is_overdue: bool,
    /// What the plan puts to it.
    pub pounds: Option<Pence>,
}

impl PerformanceSheet {
    /// An agreement at the end of a day, held against another, with what the account has beside its actions in the scope
    /// of the report.
    pub fn of(
        (agreement, account): (&Agreement, &PlaceAccount),
        (since, on): (Date, Date),
        (cube, scope): (&Cube, &ReportScope),
        telling: &dyn Telling,
    ) -> Result<Self, ReportError> {
        let paper = agreement.board_paper(since, on).map_err(boxed)?;
        let drawn = agreement.grants_in_account(account, on).map_err(boxed)?;
        let mut findings = agreement.findings().clone();
        findings.append(drawn.findings);
        let partners = &agreement.place().axes().partners;
        let named = |member| {
            let partner = partners.get(member);
            (partner.code.clone(), partner.name.clone())
        };
        let target_name = |code: &str| {
            let target = agreement.target(code);
            target.map_or_else(|_| String::new(), |target| target.name.clone())
        };
        let decision = |one: &&Decision| DecisionShown {
            code: one.code.clone(),
            item: one.item.clone(),
            target: agreement
                .target_of(one)
                .map_or_else(String::new, target_name),
            asked_by: one
                .asked_by
                .map_or_else(String::new, |partner| named(partner).1),
            meeting: one.meeting,
            pounds: one.pounds,
            outcome: (one.decided.filter(|(day, _)| *day < on))
                .map_or_else(String::new, |(day, outcome)| format!("{outcome}, {day}")),
            note: one.note.clone(),
        };
        let targets = agreement.targets().iter().zip(&paper.report.targets);
        let mut targets: Vec<TargetShown> = targets
            .map(|(target, facts)| TargetShown {
                code: target.code.clone(),
                name: target.name.clone(),
                lead: named(target.lead),
                named_in_law: target.named_in_law.clone(),
                contributing: (target.contributing.iter())
                    .map(|partner| named(*partner).1)
                    .collect::<Vec<_>>()
                    .join(", "),
                is_headline: target.is_headline,
                unit: agreement.unit_of(target),
                facts: facts.clone(),
                source: target.source.clone(),
            })
            .collect();
        targets.sort_by_key(|one| !one.is_headline);
        let actions = (agreement.actions().iter()).map(|one| ActionShown {
            code: one.code.clone(),
            name: one.name.clone(),
            target: target_name(agreement.target_of_action(one)),
            owner: match one.owner_name.as_str() {
                "" => named(one.owner).1,
                role => format!("{} ({role})", named(one.owner).1),
            },
            by: one.by,
            status: one.status(on).to_string(),
            note: one
                .last_word(on)
                .map_or_else(String::new, |last| last.note.clone()),
            is_overdue: one.is_overdue(on),
            pounds: one.pounds,
        });
        let surveys = paper.report.surveys.iter().map(|standing| SurveyShown {
            standing: standing.clone(),
            beside: agreement
                .target_of_survey(standing)
                .map_or_else(String::new, target_name),
        });
        Ok(Self {
            name: agreement.name().to_owned(),
            since,
            on,
            percent: format!("{:.0}%", agreement.confidence().level() * 100.0),
            notes: agreement.notes().to_vec(),
            ratings: (agreement.ratings().iter())
                .map(|rule| format!("{rule} ({})", rule.source))
                .collect(),
            targets,
            surveys: surveys.collect(),
            owed: paper.report.owed.clone(),
            holds: drawn.reconciliation.holds()
                && (paper.report.grants.iter()).all(|grant| grant.reconciliation.holds()),
            grants: paper.report.grants.clone(),
            changes: paper.changes.clone(),
            decided: paper.decided.iter().map(decision).collect(),
            to_decide: paper.to_decide.iter().map(decision).collect(),
            overdue: paper.overdue.clone(),
            work_plan: paper.work_plan.clone(),
            actions: actions.collect(),
            spent: beside_actions(agreement, cube, scope, telling)?,
            in_ledgers: drawn.matched,
            findings,
        })
    }
}

impl PerformanceSheet {
    /// Every sum of the register that it tells.
    pub fn sums(&self) -> Vec<Pence> {
        let of_grant = |grant: &GrantStanding| {
            let of_conditions = (grant.conditions.iter())
                .flat_map(|one| [one.part, one.earned, one.not_earned, one.open]);
            let own = [
                grant.whole,
                grant.earned,
                grant.not_earned,
                grant.open,
                grant.received,
                grant.earned_and_not_received,
                grant.paid,
                grant.returned,
                grant.held,
            ];
            own.into_iter().chain(of_conditions).collect::<Vec<_>>()
        };
        let mut sums: Vec<Pence> = self.grants.iter().flat_map(of_grant).collect();
        sums.extend(self.actions.iter().filter_map(|one| one.pounds));
        let decisions = self.decided.iter().chain(&self.to_decide);
        sums.extend(decisions.filter_map(|one| one.pounds));
        let drawn = self.in_ledgers.iter();
        sums.extend(drawn.flat_map(|one| [one.pence, one.in_ledger]));
        sums.extend(self.findings.iter().filter_map(|one| one.at_stake));
        sums
    }
}

/// It is large, and would make every result as large.
pub(super) fn boxed(error: RegisterError) -> ReportError {
    Box::new(error).into()
}
