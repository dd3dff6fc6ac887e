//! The sample place that ships with the project: its figures, its sums, its explanations.

use std::path::Path;
use std::sync::{Arc, OnceLock};
use wholeplace::Error;
use wholeplace::account::PlaceAccount;
use wholeplace::axis::{Ages, Evidence, Phase};
use wholeplace::cube::{Answer, By, Cube, Figure, Question};
use wholeplace::money::Pence;
use wholeplace::place::Place;

fn open() -> Result<Place, Error> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(Place::open(root.join("examples/data/shropshire"))?)
}

fn sample() -> &'static (PlaceAccount, Cube) {
    static SAMPLE: OnceLock<(PlaceAccount, Cube)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let load = || -> Result<_, Error> {
            let account = PlaceAccount::load(&Arc::new(open()?), &|_| ())?;
            let cube = Cube::build(&account)?;
            Ok((account, cube))
        };
        load().unwrap_or_else(|error| panic!("{error}"))
    })
}

fn ask(year: &str) -> Result<Question<'static>, Error> {
    Ok(sample()
        .1
        .ask()
        .period(year.parse()?)
        .phase(Phase::Outturn)
        .boundary(wholeplace::account::Boundary::AllPartners))
}

fn youth_justice(locality: &str) -> Result<Question<'static>, Error> {
    Ok(ask("2017-18")?
        .activity("youth-justice")
        .ages(Ages::new(10, 17)?)
        .locality(locality))
}

fn sum(figures: impl IntoIterator<Item = Pence>) -> i64 {
    figures.into_iter().map(Pence::get).sum()
}

fn unshared(figure: &Figure) -> i64 {
    sum(figure.unshared.values().copied())
}

#[test]
fn sample_reads_without_findings_and_reconciles() {
    let (account, cube) = sample();
    assert!(account.findings().is_empty(), "{}", account.findings());
    assert!(account.unmapped().is_empty());
    assert!(cube.reconciliation().holds(), "{}", cube.reconciliation());
    let illustrative = account
        .place()
        .ledgers()
        .iter()
        .find(|plan| plan.id == "illustrative");
    assert!(illustrative.is_some_and(|plan| plan.name.contains("illustrative, not real")));
}

#[test]
fn sample_residents_are_the_published_ones() -> Result<(), Error> {
    let place = sample().1.place();
    let residents = place.residents().expect("the sample counts residents");
    let count = |code: &str, ages: Ages| {
        let localities = &place.axes().localities;
        let leaves = localities.leaves(localities.find(code)?);
        let mass = residents.mass(leaves, ages, wholeplace::driver::Groups::All);
        Ok::<_, Error>(mass.expect("the bands make up these ages"))
    };
    let youth = Ages::new(10, 17)?;
    assert_eq!(count("ludlow", youth)?, 924);
    assert_eq!(count("E06000051", youth)?, 27_635);
    assert_eq!(count("ludlow", Ages::ALL)?, 12_325);
    assert_eq!(count("E06000051", Ages::ALL)?, 317_459);
    assert_eq!(count("E23000016", Ages::ALL)?, 1_272_638);
    assert_eq!(count("E31000032", Ages::ALL)?, 493_227);
    Ok(())
}

#[test]
fn ludlow_youth_justice_is_shared_by_residents() -> Result<(), Error> {
    let ludlow = youth_justice("ludlow")?.answer()?.total;
    assert_eq!(ludlow.amount, Pence::new(423_666));
    assert_eq!(ludlow.exact, "4236.6579"); // 4,236.657861
    assert_eq!(ludlow.composition.population, ludlow.amount);
    assert!(ludlow.unshared.is_empty());
    let county = youth_justice("E06000051")?.answer()?.total;
    assert_eq!(county.amount, Pence::new(12_671_000));
    assert_eq!(county.composition.direct, county.amount);
    Ok(())
}

#[test]
fn eighteen_areas_sum_to_the_county() -> Result<(), Error> {
    let question = youth_justice("E06000051")?.by([By::Locality("place-plan-area".into())]);
    let answer = question.answer()?;
    assert_eq!(answer.rows.len(), 18);
    assert_eq!(
        sum(answer.rows.iter().map(|row| row.figure.amount)),
        12_671_000
    );
    let ludlow = answer.rows.iter().find(|row| row.keys[0].code == "ludlow");
    assert_eq!(
        ludlow.map(|row| row.figure.amount),
        Some(Pence::new(423_666))
    );
    let everything = ask("2017-18")?.locality("E06000051");
    let whole = everything.answer()?.total.amount;
    let areas = everything
        .by([By::Locality("place-plan-area".into()), By::Partner])
        .answer()?;
    assert_eq!(
        sum(areas.rows.iter().map(|row| row.figure.amount)),
        whole.get()
    );
    Ok(())
}

#[test]
fn ludlow_and_its_complement_are_the_whole() -> Result<(), Error> {
    let questions = [
        ask("2017-18")?.locality("ludlow"),
        ask("2017-18")?.locality("ludlow").ages(Ages::new(16, 19)?),
        ask("2017-18")?
            .locality("ludlow")
            .activity("offender-management"),
        ask("calendar 2017")?
            .locality("ludlow")
            .group("young-offenders"),
    ];
    for question in questions {
        let answer = question.with_complement().answer()?;
        let outside = answer.complement.expect("the complement was asked for");
        let parts = answer.total.amount.get() + outside.amount.get() + unshared(&answer.total);
        assert_eq!(parts, sample().0.total().get());
        assert!(answer.reconciliation.holds(), "{}", answer.reconciliation);
        let by_class = Evidence::ALL.map(|class| answer.total.composition.of(class));
        assert_eq!(sum(by_class), answer.total.amount.get());
    }
    Ok(())
}

#[test]
fn ludlow_youth_justice_is_explained_down_to_its_line() -> Result<(), Error> {
    let explanation = youth_justice("ludlow")?.explain(None, &sample().0)?;
    let [part] = explanation.contributions.as_slice() else {
        panic!("one record makes the figure:\n{explanation}");
    };
    assert_eq!(part.pence, Pence::new(12_671_000));
    assert_eq!(part.lines.len(), 1);
    assert_eq!(part.lines[0].ledger, "children");
    let [share] = part.shares.as_slice() else {
        panic!("one share is taken:\n{explanation}");
    };
    assert_eq!(
        (share.numerator.as_str(), share.denominator.as_str()),
        ("924", "27635")
    );
    let text = explanation.to_string();
    assert!(
        text.contains("× 924 / 27,635 over people and places"),
        "{text}"
    );
    assert!(text.contains("£126,710.00"), "{text}");
    assert_eq!(explanation.exact, "4236.657861");
    Ok(())
}

#[test]
fn figures_survive_being_saved() -> Result<(), Box<dyn std::error::Error>> {
    let question = ask("2017-18")?
        .locality("ludlow")
        .by([By::Partner, By::Ages(None)]);
    let answer = question.answer()?;
    let saved = serde_json::to_string(&answer)?;
    let read: Answer = serde_json::from_str(&saved)?;
    assert_eq!(read.total, answer.total);
    assert_eq!(read.rows, answer.rows);
    assert_eq!(serde_json::to_string(&read)?, saved);
    assert!(saved.contains(&format!("\"{}\"", answer.total.amount.to_plain())));
    Ok(())
}
