//! Questions to the cube, beside plain polars joining, multiplying and summing the same records.
//!
//! Sketch, 1 M lines: 172,000 records of 64 bytes. A question walks all of them twice for its total
//! and twice more when it drills, adds up those that it cannot tell apart (at most 3,000 sums are
//! left, one a cost centre; 15,000 by year), divides each region once, and adds up pieces: one for
//! a sum that lies in a cell, up to 108 (18 areas × 6 bands) for one that is known for the whole
//! county and all ages.
//! Then it closes the cells, 14,110 or 70,550 of them, level by level in big integers.
//!
//! polars gets parts of mixes and shares of regions as ready frames, made outside the timed part;
//! the crate divides regions and looks up sharing rules within it. polars sums floats; the crate
//! sums fractions exactly and closes them to pennies, with the class of evidence and the ledger
//! lines of each cell, and what cannot be shared beside it.

mod county;

use county::plain::{self, Cell, Numbers};
use county::{County, Outcome, short};
use criterion::Criterion;
use polars::prelude::*;
use std::error::Error;
use std::hint::black_box;
use std::time::Duration;
use wholeplace::axis::{Ages, LocalityId, Period, Phase};
use wholeplace::cube::{Answer, AskError, By, Cube};
use wholeplace::driver::{Sharing, SharingRule};
use wholeplace::place::Place;
use wholeplace::polars;

fn main() -> Outcome {
    let mut criterion = county::criterion();
    let county = County::generate()?;
    let place = county.place()?;
    let cube = Cube::build(&county.account(&place)?)?;
    let size = short(cube.records().len() as u64) + "_records";
    let start = Period::month(2013, 4)?;
    let asked = Asked {
        place: &place,
        cube: &cube,
        numbers: Numbers::new(&place, start),
        years: start.through(Period::month(2018, 3)?)?,
    };
    one_question(&mut criterion, &asked, &size)?;
    county_report(&mut criterion, &asked, &size)?;
    what_if(&mut criterion, &asked, &size)?;
    criterion.final_summary();
    Ok(())
}

struct Asked<'a> {
    place: &'a Place,
    cube: &'a Cube,
    numbers: Numbers,
    years: Period,
}

impl Asked<'_> {
    fn partner_codes(&self) -> Vec<String> {
        let partners = self.place.axes().partners.iter();
        partners.map(|(_, member)| member.code.clone()).collect()
    }

    /// What a theme of one area's young people cost in one year, by partner.
    fn one(&self, cube: &Cube) -> Result<Answer, AskError> {
        cube.ask()
            .activity("T03")
            .ages(Ages::new(10, 17)?)
            .locality("P04")
            .period(Period::financial_year(2017)?)
            .phase(Phase::Outturn)
            .boundary(wholeplace::account::Boundary::AllPartners)
            .by([By::Partner])
            .answer()
    }

    /// All areas by age band, theme and partner.
    fn report(&self, cube: &Cube, by_year: bool) -> Result<Answer, AskError> {
        let years = by_year.then_some(By::FinancialYear);
        cube.ask()
            .locality("C")
            .period(self.years)
            .phase(Phase::Outturn)
            .boundary(wholeplace::account::Boundary::AllPartners)
            .by(years)
            .by([
                By::Locality("place-plan-area".to_owned()),
                By::Ages(None),
                By::Activity(Some("theme".to_owned())),
                By::Partner,
            ])
            .answer()
    }
}

fn one_question(criterion: &mut Criterion, asked: &Asked<'_>, size: &str) -> Outcome {
    let (place, cube, numbers) = (asked.place, asked.cube, &asked.numbers);
    let records = plain::records(cube, numbers)?;
    let (parts, themes) = plain::parts(place, numbers, cube.sharing())?;
    let theme = themes.iter().position(|code| code == "T03").unwrap() as u32;
    let area = place.axes().localities.find("P04")?;
    let cell = Cell {
        place: 0,
        leaves: place.axes().localities.leaves(area),
        band: 0,
        ages: Ages::new(10, 17)?,
    };
    let shares = plain::shares(place, numbers, cube, &[cell])?;
    let plainly = || {
        plain::shared(
            records.clone().lazy().filter(col("year").eq(lit(4u32))),
            parts.clone().lazy().filter(col("theme").eq(lit(theme))),
            shares.clone().lazy(),
            &["partner"],
        )
    };
    let partners = asked.partner_codes();
    let answer = asked.one(cube)?;
    assert!(answer.reconciliation.holds());
    plain::assert_agree(&answer, &plainly()?, &[("partner", &partners)]);

    let mut group = criterion.benchmark_group(format!("cube/one_question/{size}"));
    group.bench_function("wholeplace", |b| {
        b.iter(|| asked.one(black_box(cube)).unwrap());
    });
    group.bench_function("polars", |b| b.iter(|| plainly().unwrap()));
    group.finish();
    Ok(())
}

/// All that plain polars needs for the report.
struct Frames {
    records: DataFrame,
    parts: DataFrame,
    shares: DataFrame,
    themes: Vec<String>,
    areas: Vec<String>,
    bands: Vec<String>,
}

impl Frames {
    fn new(asked: &Asked<'_>, sharing: &Sharing) -> Result<Self, Box<dyn Error>> {
        let (place, cube, numbers) = (asked.place, asked.cube, &asked.numbers);
        let localities = &place.axes().localities;
        let areas: Vec<LocalityId> = localities.at_level("place-plan-area");
        let mut cells = Vec::new();
        for (number, &area) in (0..).zip(&areas) {
            for (band, &ages) in (0..).zip(place.age_bands()) {
                cells.push(Cell {
                    place: number,
                    leaves: localities.leaves(area),
                    band,
                    ages,
                });
            }
        }
        let (parts, themes) = plain::parts(place, numbers, sharing)?;
        Ok(Self {
            records: plain::records(cube, numbers)?,
            parts,
            shares: plain::shares(place, numbers, cube, &cells)?,
            themes,
            areas: areas
                .iter()
                .map(|&area| localities.code(area).to_owned())
                .collect(),
            bands: place.age_bands().iter().map(Ages::to_string).collect(),
        })
    }

    fn report(&self, by: &[&str]) -> PolarsResult<DataFrame> {
        plain::shared(
            self.records.clone().lazy(),
            self.parts.clone().lazy(),
            self.shares.clone().lazy(),
            by,
        )
    }
}

const AXES: [&str; 5] = ["year", "place", "band", "theme", "partner"];

fn county_report(criterion: &mut Criterion, asked: &Asked<'_>, size: &str) -> Outcome {
    let cube = asked.cube;
    let frames = Frames::new(asked, cube.sharing())?;
    let partners = asked.partner_codes();
    let years: Vec<String> = (asked.years.financial_years().iter())
        .map(Period::to_string)
        .collect();
    let labels: [(&str, &[String]); 5] = [
        (AXES[0], &years),
        (AXES[1], &frames.areas),
        (AXES[2], &frames.bands),
        (AXES[3], &frames.themes),
        (AXES[4], &partners),
    ];
    for (name, by_year) in [("report", false), ("report_by_year", true)] {
        let from = usize::from(!by_year);
        let answer = asked.report(cube, by_year)?;
        assert!(answer.reconciliation.holds());
        let cells = plain::assert_agree(&answer, &frames.report(&AXES[from..])?, &labels[from..]);
        println!("cube/{name}: {cells} cells agree");
        let mut group = criterion.benchmark_group(format!("cube/{name}/{size}"));
        group
            .warm_up_time(Duration::from_millis(1))
            .measurement_time(Duration::from_secs(1));
        group.bench_function("wholeplace", |b| {
            b.iter(|| asked.report(black_box(cube), by_year).unwrap());
        });
        group.bench_function("polars", |b| {
            b.iter(|| frames.report(black_box(&AXES[from..])).unwrap());
        });
        group.finish();
    }
    Ok(())
}

/// The report once more, with the council's money shared by caseload instead of residents: the
/// same records, other rules. polars gets its frames made anew outside the timed part.
fn what_if(criterion: &mut Criterion, asked: &Asked<'_>, size: &str) -> Outcome {
    let (place, cube) = (asked.place, asked.cube);
    let rule = |partner, driver, text: &str| SharingRule {
        partner,
        activity: None,
        period: None,
        driver,
        text: text.to_owned(),
    };
    let council = place.axes().partners.find("council")?;
    let sharing = Sharing::new(vec![
        rule(Some(council), 1, "partner council by caseload"),
        rule(None, 0, "everything else by residents"),
    ]);
    let frames = Frames::new(asked, &sharing)?;
    let partners = asked.partner_codes();
    let ask = || asked.report(&cube.with_sharing(sharing.clone()), false);
    let answer = ask()?;
    let before = asked.report(cube, false)?;
    assert!(answer.reconciliation.holds() && answer.total != before.total);
    let labels: [(&str, &[String]); 4] = [
        (AXES[1], &frames.areas),
        (AXES[2], &frames.bands),
        (AXES[3], &frames.themes),
        (AXES[4], &partners),
    ];
    plain::assert_agree(&answer, &frames.report(&AXES[1..])?, &labels);

    let mut group = criterion.benchmark_group(format!("cube/what_if/{size}"));
    group
        .warm_up_time(Duration::from_millis(1))
        .measurement_time(Duration::from_secs(1));
    group.bench_function("wholeplace", |b| b.iter(|| ask().unwrap()));
    group.bench_function("polars", |b| {
        b.iter(|| frames.report(black_box(&AXES[1..])).unwrap());
    });
    group.finish();
    Ok(())
}
