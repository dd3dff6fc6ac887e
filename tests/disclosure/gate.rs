//! What is told in the end: from a pack through plan and pattern to what a site may say.

use super::pack::{POLICY, Under, changed, partners_under, under};
use super::plan::questions;
use wholeplace::cube::{By, Question};
use wholeplace::disclosure::pattern::{Audited, Effort, Fate};
use wholeplace::disclosure::{
    DisclosureError, Gate, Plan, Planner, Shown, Telling, ToldAnswer, Why,
};
use wholeplace::{Boundary, Phase};

/// Questions to the partners, as a site would ask them.
pub fn asked(under: &Under) -> Vec<Question<'_>> {
    let mut all = questions(&under.cube, "2024-25", "area", &["hills", "town"]);
    let year = under
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    for partner in ["pcc", "council", "nhs", "charity"] {
        let own = year.clone().boundary(Boundary::of([partner]));
        all.push(own.by([By::Activity(Some("theme".to_owned()))]));
    }
    all
}

/// A plan of all that is asked, and a pattern that was proved.
fn planned(under: &Under) -> (Plan, Audited) {
    let planner = Planner::new(&under.cube, &under.policy, &under.private);
    for question in asked(under) {
        planner.tell(&question, question.answer().unwrap()).unwrap();
    }
    let plan = planner.plan().unwrap();
    let audited = plan.protect(Effort::ShowAgain).unwrap();
    (plan, audited)
}

fn gate<'a>(under: &'a Under, plan: &'a Plan, audited: &'a Audited) -> Gate<'a> {
    Gate::new(&under.cube, &under.policy, &under.private, plan, audited)
}

fn told(gate: &Gate<'_>, question: &Question<'_>) -> ToldAnswer {
    gate.tell(question, question.answer().unwrap()).unwrap()
}

#[test]
fn the_partners_from_pack_to_gate() {
    let under = under("examples/data/partners");
    let (plan, audited) = planned(&under);
    let gate = gate(&under, &plan, &audited);
    let withholding = gate.withholding();
    println!(
        "{} sums, {} lines; {} figures, {} withheld, {} told in part",
        plan.system().sums.len(),
        plan.system().lines.len(),
        withholding.figures,
        withholding.withheld,
        withholding.in_part
    );
    assert!(withholding.withheld > 0 && withholding.withheld < withholding.figures);
    for question in asked(&under) {
        let answer = question.answer().unwrap();
        let told = told(&gate, &question);
        // What is told is what was answered; what is withheld has no number.
        for (row, told) in answer.rows.iter().zip(&told.rows) {
            match told.figure.sum() {
                Shown::Withheld(_) => {
                    assert_eq!(told.figure.lines(), None);
                    assert_eq!(told.figure.per_head(), None);
                    assert_eq!(told.figure.composition(), None);
                }
                shown => assert_eq!(shown.told(), Some(row.figure.amount)),
            }
        }
        // The whole is always told.
        if told.axes.is_empty() && told.question.len() == 3 {
            assert!(!told.total.sum().is_withheld());
        }
    }
}

/// What rests on one payee alone is told nowhere, in whatever share of it.
#[test]
fn what_one_payee_has_is_told_nowhere() {
    let under = under("examples/data/partners");
    let (plan, audited) = planned(&under);
    let fates = plan.system().lines.iter().zip(&audited.pattern().fates);
    let mut alone = 0;
    for (line, fate) in fates.filter(|(line, _)| line.shares.len() == 1) {
        assert_ne!(*fate, Fate::Shown, "{:?}", line.shares);
        alone += 1;
    }
    assert!(alone > 10, "{alone} lines rest on one payee");
}

#[test]
fn what_was_not_planned_is_not_told() {
    let under = under("examples/data/partners");
    let (plan, audited) = planned(&under);
    let gate = gate(&under, &plan, &audited);
    let year = under
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    let new = year
        .clone()
        .boundary(Boundary::AllPartners)
        .by([By::Partner, By::Locality("area".to_owned())]);
    let answer = told(&gate, &new);
    assert!(!answer.total.sum().is_withheld(), "the total was planned");
    assert!(
        answer
            .rows
            .iter()
            .all(|row| row.figure.sum() == Shown::Withheld(Why::Untried))
    );
    assert_eq!(answer.reconciliation, None);
    // Money followed back depends on amounts: planned or not, it is not told.
    let funders = year.boundary(Boundary::AllPartners).by([By::Funder]);
    let planner = Planner::new(&under.cube, &under.policy, &under.private);
    for question in asked(&under).iter().chain([&funders]) {
        planner.tell(question, question.answer().unwrap()).unwrap();
    }
    let plan = planner.plan().unwrap();
    let audited = plan.protect(Effort::ShowAgain).unwrap();
    let gate = Gate::new(&under.cube, &under.policy, &under.private, &plan, &audited);
    let answer = told(&gate, &funders);
    assert!(
        answer
            .rows
            .iter()
            .all(|row| row.figure.sum() == Shown::Withheld(Why::Untried))
    );
    assert!(!gate.is_open(&funders).unwrap());
}

/// Of another cube, such as that of a scenario, nothing is known.
#[test]
fn a_cube_of_other_money_is_not_told() {
    let under = under("examples/data/partners");
    let (plan, audited) = planned(&under);
    let gate = gate(&under, &plan, &audited);
    let other = partners_under(&[(
        "nhs.csv",
        &changed(
            include_str!("../../examples/data/partners/nhs.csv"),
            "45000.00",
            "46000.00",
        ),
    )]);
    let year = other
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    let question = year.boundary(Boundary::AllPartners);
    assert!(!gate.is_open(&question).unwrap());
}

#[test]
fn public_money_goes_through_as_it_is() {
    let under = under("examples/data/shropshire");
    let planner = Planner::new(&under.cube, &under.policy, &under.private);
    let all = questions(&under.cube, "2017-18", "place-plan-area", &["ludlow"]);
    for question in &all {
        planner.tell(question, question.answer().unwrap()).unwrap();
    }
    let plan = planner.plan().unwrap();
    let audited = plan.protect(Effort::ShowAgain).unwrap();
    let gate = Gate::new(&under.cube, &under.policy, &under.private, &plan, &audited);
    let withholding = gate.withholding();
    assert_eq!((withholding.withheld, withholding.in_part), (0, 0));
    for question in &all {
        let answer = question.answer().unwrap();
        assert_eq!(told(&gate, question), ToldAnswer::open(answer));
    }
}

const PRIVATE_DRIVER: [&str; 2] = [
    "driver = \"people\"\nas = \"public\"\nsource = \"made up\"",
    "driver = \"people\"\nas = \"private\"\nleast = 400",
];

#[test]
fn what_a_private_driver_shares_is_not_told() {
    let [from, to] = PRIVATE_DRIVER;
    let policy = changed(POLICY, from, to);
    let under = partners_under(&[("disclosure.toml", &policy)]);
    let year = under
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    let places = year
        .clone()
        .boundary(Boundary::AllPartners)
        .by([By::Locality("area".to_owned())]);
    let planner = Planner::new(&under.cube, &under.policy, &under.private);
    planner.tell(&places, places.answer().unwrap()).unwrap();
    let plan = planner.plan().unwrap();
    let audited = plan.protect(Effort::ShowAgain).unwrap();
    let gate = Gate::new(&under.cube, &under.policy, &under.private, &plan, &audited);
    let answer = told(&gate, &places);
    assert!(!answer.total.sum().is_withheld(), "the whole is not shared");
    for row in &answer.rows {
        assert_eq!(row.figure.sum(), Shown::Withheld(Why::Driver));
        assert_eq!(row.figure.residents(), None, "residents are the driver");
    }
    assert!(!gate.all_public());
}

#[test]
fn shares_of_few_by_a_private_driver_are_refused() {
    let [from, to] = PRIVATE_DRIVER;
    let policy = changed(POLICY, from, &to.replace("400", "3000"));
    let under = partners_under(&[("disclosure.toml", &policy)]);
    let planner = Planner::new(&under.cube, &under.policy, &under.private);
    let year = under
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    let hills = year.boundary(Boundary::AllPartners).locality("hills");
    let error = planner.tell(&hills, hills.answer().unwrap()).unwrap_err();
    let expected = DisclosureError::SharedByFew {
        driver: "people".to_owned(),
        least: 3000,
    };
    assert_eq!(error, expected);
}

#[test]
fn that_nothing_is_recorded_may_be_withheld_too() {
    let under = under("examples/data/partners");
    let year = under
        .cube
        .ask()
        .period("2022-23".parse().unwrap())
        .phase(Phase::Outturn);
    let all = year.boundary(Boundary::AllPartners);
    let planner = Planner::new(&under.cube, &under.policy, &under.private);
    let (youth, care) = (all.clone().activity("youth-work"), all.activity("care"));
    for question in [&youth, &care] {
        planner.tell(question, question.answer().unwrap()).unwrap();
    }
    let plan = planner.plan().unwrap();
    let audited = plan.protect(Effort::ShowAgain).unwrap();
    let gate = Gate::new(&under.cube, &under.policy, &under.private, &plan, &audited);
    assert_eq!(told(&gate, &youth).total.sum(), Shown::Withheld(Why::Empty));
    assert!(!told(&gate, &care).total.sum().is_withheld());
}

/// What must be told and is sensitive by itself is refused by its name, and told of what it is.
#[test]
fn what_cannot_be_protected_is_refused_by_its_name() {
    let policy = changed(
        POLICY,
        "always = [\"whole\"]",
        "always = [\"whole\", \"partner\"]",
    );
    let under = partners_under(&[("disclosure.toml", &policy)]);
    let planner = Planner::new(&under.cube, &under.policy, &under.private);
    let year = under
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    let partners = year.boundary(Boundary::AllPartners).by([By::Partner]);
    planner.tell(&partners, partners.answer().unwrap()).unwrap();
    let error = planner
        .plan()
        .unwrap()
        .protect(Effort::ShowAgain)
        .unwrap_err();
    assert!(
        matches!(error, DisclosureError::NotProtected { .. }),
        "{error}"
    );
    let said = error.to_string();
    assert!(
        said.contains("by=partner") && said.contains("charity"),
        "{said}"
    );
    assert!(said.contains("may_give_up"), "{said}");
    // Where they may be given up, they are.
    let policy = changed(&policy, "may_give_up = []", "may_give_up = [\"partner\"]");
    let under = partners_under(&[("disclosure.toml", &policy)]);
    let planner = Planner::new(&under.cube, &under.policy, &under.private);
    let year = under
        .cube
        .ask()
        .period("2024-25".parse().unwrap())
        .phase(Phase::Outturn);
    let partners = year.boundary(Boundary::AllPartners).by([By::Partner]);
    planner.tell(&partners, partners.answer().unwrap()).unwrap();
    let plan = planner.plan().unwrap();
    let audited = plan.protect(Effort::ShowAgain).unwrap();
    assert!(gate(&under, &plan, &audited).withholding().withheld > 0);
}

/// A note that the pack's authors wrote is said with every answer, also where it names a sum.
#[test]
fn notes_of_the_authors_are_kept() {
    let place = include_str!("../../examples/data/partners/place.toml");
    let note = "Lines below £500 are not in the council's list.";
    let start = "notes = [\"Invented";
    let place = changed(place, start, &format!("notes = [\"{note}\", \"Invented"));
    let under = partners_under(&[("place.toml", &place)]);
    let (plan, audited) = planned(&under);
    let gate = gate(&under, &plan, &audited);
    for question in asked(&under) {
        let told = told(&gate, &question);
        assert!(
            told.notes.iter().any(|said| said == note),
            "{:?}",
            told.notes
        );
    }
}
