//! Answers, explanations and cubes as they are: released where all money in them is public, refused otherwise.

use super::pack::{Under, partners_with, under};
use wholeplace::cube::{By, Question};
use wholeplace::disclosure::{DisclosureError, PublicMoney, Released};
use wholeplace::reconciliation::Reconciliation;
use wholeplace::{Boundary, Phase, PlaceAccount};

fn public(under: &Under) -> PublicMoney<'_> {
    PublicMoney::new(&under.cube, &under.policy, &under.private)
}

fn of_partner<'a>(under: &'a Under, partner: &str) -> Question<'a> {
    let year = under.cube.ask().period("2024-25".parse().unwrap());
    let year = year.phase(Phase::Outturn);
    year.boundary(Boundary::of([partner]))
}

/// What the refusal says, and that it names exactly the ledgers that are not public.
fn refused<T: std::fmt::Debug>(result: Result<Released<T>, DisclosureError>) -> String {
    let error = result.unwrap_err();
    let DisclosureError::NotOnlyPublic { private, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(private, &["pcc", "nhs", "charity"]);
    error.to_string()
}

#[test]
fn an_answer_of_public_money_is_released_without_the_steps_of_whole_ledgers() {
    let under = under("examples/data/partners");
    let question = of_partner(&under, "council").by([By::Partner]);
    let answer = question.answer().unwrap();
    assert!(!answer.reconciliation.steps.is_empty());
    let released = public(&under).answer(&question, answer.clone()).unwrap();
    assert_eq!(
        released.terms(),
        "Released under Publication policy of the partners of Ludford, edition 2026-11: only what is public has a part \
         in it."
    );
    assert_eq!(released.get().rows, answer.rows);
    assert_eq!(released.get().total, answer.total);
    assert_eq!(released.get().reconciliation, Reconciliation::default());
}

#[test]
fn an_answer_in_which_private_money_has_a_part_is_refused_and_names_the_ledgers() {
    let under = under("examples/data/partners");
    for partner in ["pcc", "nhs"] {
        let question = of_partner(&under, partner);
        let answer = question.answer().unwrap();
        assert_eq!(
            refused(public(&under).answer(&question, answer)),
            "the answer is not released under the policy, because what is not public has a part in it or lies beside it: \
             `pcc`, `nhs`, `charity`; let a page of the site tell it, as far as it may be told, or keep it for internal \
             use"
        );
    }
    // All partners together, and what the rest of the county spends beside the council.
    let all = of_partner(&under, "council").boundary(Boundary::AllPartners);
    refused(public(&under).answer(&all, all.answer().unwrap()));
    let beside = of_partner(&under, "council")
        .boundary(Boundary::AllPartners)
        .partner("council")
        .with_complement();
    refused(public(&under).answer(&beside, beside.answer().unwrap()));
}

#[test]
fn that_nothing_is_recorded_is_told_only_where_the_rule_tells_it() {
    let under = under("examples/data/partners");
    let nothing = |activity: &str| {
        let question = of_partner(&under, "county").activity(activity);
        let answer = question.answer().unwrap();
        assert!(answer.total.is_nothing(), "{activity}");
        public(&under).answer(&question, answer)
    };
    // `empty = "withheld"`, and `empty = "shown"`.
    refused(nothing("youth-work"));
    assert!(nothing("home-care").unwrap().get().total.is_nothing());
}

#[test]
fn an_explanation_is_released_if_every_line_of_it_is_public() {
    let under = under("examples/data/partners");
    let account = PlaceAccount::load(&under.place).unwrap();
    let explained = |question: &Question<'_>| {
        let explanation = question.explain(None, &account).unwrap();
        (
            explanation.clone(),
            public(&under).explanation(question, explanation),
        )
    };
    let council = of_partner(&under, "council").of_lines(&account);
    let (explanation, released) = explained(&council);
    assert!(!explanation.contributions.is_empty());
    assert_eq!(released.unwrap().get(), &explanation);

    let nhs = of_partner(&under, "nhs").of_lines(&account);
    let said = refused(explained(&nhs).1);
    assert!(
        said.starts_with("the explanation is not released"),
        "{said}"
    );
    // An explanation of private lines beside a question about public money is refused too.
    let (of_nhs, _) = explained(&nhs);
    refused(public(&under).explanation(&council, of_nhs));
}

#[test]
fn a_cube_is_released_only_where_everything_is_public() {
    let private = under("examples/data/partners");
    let said = refused(public(&private).cube());
    assert!(said.starts_with("the cube is not released"), "{said}");
    let all_public = under("examples/data/shropshire");
    let released = public(&all_public).cube().unwrap();
    assert_eq!(released.get().total(), all_public.cube.total());
    let question = all_public.cube.ask().period("2017-18".parse().unwrap());
    let question = question
        .phase(Phase::Outturn)
        .boundary(Boundary::AllPartners);
    let answer = question.answer().unwrap();
    // Steps from the files are those of public ledgers.
    let released = public(&all_public)
        .answer(&question, answer.clone())
        .unwrap();
    assert_eq!(released.get(), &answer);
}

#[test]
fn a_private_driver_is_in_the_way_as_a_private_ledger_is() {
    let policy = super::pack::changed(
        super::pack::POLICY,
        "driver = \"people\"\nas = \"public\"\nsource = \"made up\"",
        "driver = \"people\"\nas = \"private\"\nleast = 10",
    );
    let folder = partners_with(&[("disclosure.toml", &policy)]);
    let under = under(folder.path());
    let place = of_partner(&under, "council").locality("town");
    let error = public(&under)
        .answer(&place, place.answer().unwrap())
        .unwrap_err();
    assert!(error.to_string().contains("`charity`, `people`"), "{error}");
}
