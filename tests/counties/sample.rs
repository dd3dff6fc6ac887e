//! The sample place that ships with the project: its figures, its sums, its explanations.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use wholeplace::Error;
use wholeplace::account::PlaceAccount;
use wholeplace::axis::{Ages, Evidence, Phase};
use wholeplace::cube::{Answer, By, Cube, Figure, Question};
use wholeplace::disclosure::Released;
use wholeplace::indicator::{Indicators, Status};
use wholeplace::money::Pence;
use wholeplace::place::Place;
use wholeplace::report::{
    self, KnownFor, LocalityReport, PlaceOutcomes, PlacePage, ReportError, ReportScope,
};
use wholeplace::statistic::Confidence;

fn open() -> Result<Arc<Place>, Error> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Ok(Place::open(root.join("examples/data/shropshire"))?)
}

fn sample() -> &'static (PlaceAccount, Cube) {
    static SAMPLE: OnceLock<(PlaceAccount, Cube)> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let load = || -> Result<_, Error> {
            let account = PlaceAccount::load(&open()?)?;
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

fn scope() -> Result<ReportScope, Error> {
    Ok(ReportScope {
        level: "place-plan-area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2017-18".parse()?,
        phase: Phase::Outturn,
        boundary: wholeplace::account::Boundary::AllPartners,
    })
}

/// The report with outcomes, released.
fn report() -> Result<Released<LocalityReport>, Error> {
    let cube = &sample().1;
    let indicators = Indicators::open(cube.place())?;
    let confidence = Confidence::new(0.95)?;
    let report = LocalityReport::build_with_outcomes(cube, &scope()?, &indicators, confidence)?;
    Ok(Released::for_internal_use(report, "a test")?)
}

fn page<'a>(
    report: &'a Released<LocalityReport>,
    code: &str,
) -> (&'a PlacePage, &'a PlaceOutcomes) {
    let whole = report.get();
    let mut pages = std::iter::once(&whole.whole).chain(&whole.places);
    let page = pages
        .find(|page| page.code == code)
        .expect("the place has a page");
    (
        page,
        page.outcomes.as_ref().expect("the sample has outcomes"),
    )
}

/// The text from one line up to the next that begins with an empty one and a heading.
fn part_of<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let (_, rest) = text
        .split_once(from)
        .unwrap_or_else(|| panic!("{from} in {text}"));
    rest.split_once(to).map_or(rest, |(part, _)| part)
}

#[test]
fn ludlow_page_says_what_is_known_there_what_only_for_the_county_and_what_nobody_collects()
-> Result<(), Error> {
    let report = report()?;
    let (ludlow, _) = page(&report, "ludlow");
    let text = report::place_text(&report, ludlow);
    insta::assert_snapshot!(part_of(&text, "WHAT IS KNOWN OF LUDLOW\n\n", "\n\n\n").trim_end(), @r"
    Known for Ludlow:
      People in income deprivation: 11.36 % of residents (calendar 2015, estimated)

    Known only for Shropshire, not for Ludlow:
      Young offenders aged 15 to 17 who reoffend: 14.81 % of the cohort (2023-24)
      Children who enter the youth justice system for the first time: 90 per 100,000 aged 10 to 17 (calendar 2024)
      Young people aged 16 and 17 not in education, employment or training: 2.3 % aged 16 and 17 (Jan 2023)
      Children looked after who had their annual health assessment: 79.42 % of children looked after (2023-24)
      Children looked after who are convicted or cautioned: 0 % aged 10 to 17 (2022-23; 2023-24 suppressed)

    Published without a figure for Ludlow:
      Children in income deprivation: calendar 2015, suppressed; owed by MHCLG

    Collected by nobody for Ludlow, as far as this pack holds:
      Young offenders aged 15 to 17 who reoffend: all 9 periods, from 2015-16 to 2023-24, not collected; owed by Youth Justice Board
      Young people aged 16 and 17 not in education, employment or training: all 3 periods, from Jan 2021 to Jan 2023, not collected; owed by Shropshire Council
    ");
    let (county, _) = page(&report, "E06000051");
    let text = report::place_text(&report, county);
    let known = part_of(
        &text,
        "WHAT IS KNOWN OF SHROPSHIRE\n\n",
        "Figures that are not there",
    );
    insta::assert_snapshot!(known.trim_end(), @r"
    Known for Shropshire:
      Young offenders aged 15 to 17 who reoffend: 14.81 % of the cohort (2023-24)
      Children who enter the youth justice system for the first time: 90 per 100,000 aged 10 to 17 (calendar 2024)
      Young people aged 16 and 17 not in education, employment or training: 2.3 % aged 16 and 17 (Jan 2023)
      People in income deprivation: 9.37 % of residents (calendar 2015, rebuilt from 18 place plan areas, estimated)
      Children looked after who had their annual health assessment: 79.42 % of children looked after (2023-24)
      Children looked after who are convicted or cautioned: 0 % aged 10 to 17 (2022-23; 2023-24 suppressed)

    Known for Shropshire with periods missing:
      Children looked after who are convicted or cautioned: 1 of 5 periods, 2023-24, suppressed; owed by Shropshire Council

    Published without a figure for Shropshire:
      Children in income deprivation: calendar 2015, suppressed; owed by MHCLG

    Collected by nobody for Shropshire, as far as this pack holds:
      nothing
    ");
    Ok(())
}

#[test]
fn an_outcome_of_ludlow_stands_beside_what_is_spent_there_on_it() -> Result<(), Error> {
    let report = report()?;
    let (ludlow, _) = page(&report, "ludlow");
    let text = report::place_text(&report, ludlow);
    let outcome = part_of(&text, "FEWER YOUNG PEOPLE OFFEND\n\n", "\nYOUNG PEOPLE ARE");
    let trimmed: Vec<&str> = outcome.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(trimmed.join("\n").trim_end(), @r"
    Priority: offender management. Lead: Shropshire Council. Contributing: West Mercia Police, Youth project in Ludlow (illustrative, not real).
    £17,374.80 was spent in Ludlow in 2017-18 (outturn), from lines of 9 to 12 of 12 months, on activities that are meant to help. Of it, £13,138.14 rests on weights that somebody chose.

    Spending meant to help

     activity                     all of it   how it is known              part meant for this      counted
    ────────────────────────────────────────────────────────────────────────────────────────────────────────
     Youth justice                £4,236.66   all population                                 1    £4,236.66
     Services for young people   £52,552.57   82% population, 18% direct                  0.25   £13,138.14
     Total                                                                                       £17,374.80

    Indicators

     indicator                                                                                    period                  figure   known only for
    ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
     Young offenders aged 15 to 17 who reoffend (% of the cohort)                                 2023-24         not known here   Shropshire: 14.81
     Children who enter the youth justice system for the first time (per 100,000 aged 10 to 17)   calendar 2024   not known here   Shropshire: 90
    ");
    Ok(())
}

/// No cell of a figure holds what is known for the county only, on any page or in open data.
#[test]
fn a_figure_of_the_county_is_never_a_places_own() -> Result<(), Box<dyn std::error::Error>> {
    let report = report()?;
    let (_, county) = page(&report, "E06000051");
    for place in &report.get().places {
        let of = place.outcomes.as_ref().expect("the sample has outcomes");
        let mut only = 0;
        for shown in of.indicators() {
            if let KnownFor::OnlyFor { code, .. } = &shown.known {
                only += 1;
                assert_eq!(code, "E06000051");
                assert!(shown.told.figure.is_none() && shown.told.progress.is_none());
                assert_eq!(shown.told.status, Status::NotCollected);
                let there = county
                    .indicators()
                    .find(|other| other.told.indicator == shown.told.indicator);
                let figure = there.and_then(|there| there.told.figure);
                assert_eq!(shown.told.only_for, Some(("Shropshire".to_owned(), figure)));
            }
        }
        assert_eq!(only, 5, "{}", place.name);
    }
    // The county's 14.81 stands on Ludlow's page only with the county's name before it.
    let files = &crate::release::site::sample().files;
    let ludlow = files
        .iter()
        .find(|file| file.path == "place-ludlow.html")
        .expect("its page");
    let html = String::from_utf8_lossy(&ludlow.bytes);
    let items: Vec<&str> = html
        .split("<li>")
        .filter(|item| item.contains("14.81 %"))
        .collect();
    assert_eq!(
        items.len(),
        2,
        "the headline, and what is known only for the county"
    );
    assert!(
        items[0].contains("not known here; known only for Shropshire: 14.81"),
        "{}",
        items[0]
    );
    let (before, _) = html.split_once(items[1]).expect("it stands there");
    let heading = before
        .rfind("<h3>")
        .map(|at| &before[at..])
        .unwrap_or_default();
    assert!(
        heading.starts_with("<h3>Known only for Shropshire, not for Ludlow"),
        "{heading}"
    );
    Ok(())
}

#[test]
fn outcomes_as_open_data_are_those_of_the_report() -> Result<(), Box<dyn std::error::Error>> {
    let report = report()?;
    let text = report::outcomes_to_csv(&report)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers()?.clone();
    let rows: Vec<BTreeMap<String, String>> = (reader.records())
        .map(|row| {
            Ok((headings.iter().zip(row?.iter()))
                .map(|(h, c)| (h.to_owned(), c.to_owned()))
                .collect())
        })
        .collect::<Result<_, csv::Error>>()?;
    let whole = report.get();
    let pages = std::iter::once(&whole.whole).chain(&whole.places);
    let shown: Vec<_> = pages
        .flat_map(|page| {
            let of = page.outcomes.as_ref().expect("the sample has outcomes");
            of.indicators().map(move |shown| (page, shown))
        })
        .collect();
    assert_eq!(shown.len(), 19 * 7);
    assert_eq!(rows.len(), shown.len());
    for (row, (page, shown)) in rows.iter().zip(shown) {
        let told = &shown.told;
        assert_eq!(
            (&row["place_code"], &row["indicator"]),
            (&page.code, &told.indicator)
        );
        assert_eq!(row["figure"].parse().ok(), told.figure);
        let period = told.period.expect("something is published of all of them");
        assert_eq!(row["period"].parse(), Ok(period));
        assert_eq!(row["period_start"], period.first_day().to_string());
        assert_eq!(row["period_end"], period.last_day().to_string());
        let interval = told
            .progress
            .as_ref()
            .and_then(|told| told.estimate.interval());
        assert_eq!(
            row["lower"].parse().ok(),
            interval.map(|interval| interval.lower)
        );
        assert_eq!(
            row["upper"].parse().ok(),
            interval.map(|interval| interval.upper)
        );
        assert_eq!(
            row["confidence"],
            if interval.is_some() { "0.95" } else { "" }
        );
        assert_eq!(row["method"].is_empty(), told.figure.is_none());
        assert_eq!(row["status"], told.status.name());
        assert_eq!(row["owed_by"], told.owed_by);
        assert_eq!(row["terms"], "For internal use: a test.");
    }
    let known = |place: &str, indicator: &str| {
        let row = rows
            .iter()
            .find(|row| row["place_code"] == place && row["indicator"] == indicator);
        row.map(|row| (row["known_for"].as_str(), row["status"].as_str()))
    };
    let county = "E06000051";
    assert_eq!(known(county, "reoffending-15-17"), Some(("here", "value")));
    let rebuilt = Some(("rebuilt from 18 place-plan-area", "estimated"));
    assert_eq!(known(county, "income-deprivation"), rebuilt);
    let only = Some(("only for E06000051", "not collected"));
    assert_eq!(known("ludlow", "reoffending-15-17"), only);
    let hidden = Some(("without a figure", "suppressed"));
    assert_eq!(known("ludlow", "children-in-income-deprivation"), hidden);
    Ok(())
}

#[test]
fn spending_on_an_outcome_closes_over_the_places() -> Result<(), Error> {
    let report = report()?;
    let cube = &sample().1;
    let indicators = Indicators::open(cube.place())?;
    let (_, county) = page(&report, "E06000051");
    let of = |page: &PlacePage, outcome: usize| {
        let of = page.outcomes.as_ref().expect("the sample has outcomes");
        of.outcomes[outcome].spend.clone()
    };
    let mut with_spending = 0;
    for (i, outcome) in county.outcomes.iter().enumerate() {
        let Some(spend) = &outcome.spend else {
            assert_eq!(indicators.contributions(&outcome.code).count(), 0);
            continue;
        };
        with_spending += 1;
        let asked = indicators.spend_on(&outcome.code, &ask("2017-18")?.locality("E06000051"))?;
        assert_eq!((spend.total, &spend.parts), (asked.total, &asked.parts));
        let places = report.get().places.iter().filter_map(|page| of(page, i));
        let mut total = 0;
        for spend in places {
            assert_eq!(
                sum(spend.parts.iter().map(|part| part.counted)),
                spend.total.get()
            );
            total += spend.total.get();
        }
        assert_eq!(total, spend.total.get(), "{}", outcome.name);
    }
    assert_eq!(with_spending, 2);
    // A quarter of 52,552.57 is no whole number of pence.
    let ludlow = ask("2017-18")?.locality("ludlow");
    let spend = indicators.spend_on("less-youth-offending", &ludlow)?;
    assert_eq!(spend.total, Pence::new(1_737_480));
    assert_eq!(spend.parts[1].counted, Pence::new(1_313_814));
    assert_eq!(spend.judgement, Pence::new(1_313_814));
    Ok(())
}

/// The report of the sample with texts in its files replaced, and what it is made of.
fn edited(
    edits: &[(&str, &str, &str)],
) -> Result<Released<LocalityReport>, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/shropshire");
    for entry in std::fs::read_dir(root)? {
        let path = entry?.path();
        let name = path.file_name().expect("a file has a name");
        std::fs::copy(&path, folder.path().join(name))?;
    }
    for (file, from, to) in edits {
        let file = folder.path().join(file);
        let text = std::fs::read_to_string(&file)?;
        assert!(text.contains(from), "{from}");
        std::fs::write(&file, text.replace(from, to))?;
    }
    let place = Place::open(folder.path())?;
    let cube = Cube::build(&PlaceAccount::load(&place)?)?;
    let indicators = Indicators::open(&place)?;
    let confidence = Confidence::new(0.95)?;
    if cube.place().fingerprint() != sample().1.place().fingerprint() {
        let other = &sample().1;
        let mixed = LocalityReport::build_with_outcomes(other, &scope()?, &indicators, confidence);
        assert!(
            matches!(mixed, Err(ReportError::Linkage(_))),
            "two editions do not mix"
        );
    }
    let report = LocalityReport::build_with_outcomes(&cube, &scope()?, &indicators, confidence)?;
    Ok(Released::for_internal_use(report, "a test")?)
}

/// Two editions of a pack do not mix, whatever the names in them are.
#[test]
fn editions_do_not_mix() -> Result<(), Box<dyn std::error::Error>> {
    let report = edited(&[
        (
            "indicators.csv",
            "People in income deprivation",
            "<script>alert(1)</script>",
        ),
        ("indicators.csv", "% of residents", "<b>&"),
        (
            "outcomes.toml",
            "Fewer families live in poverty",
            "<i>Fewer</i>",
        ),
        ("place.toml", "Shropshire (sample)", "Another edition"),
    ])?;
    let text = report::place_text(&report, page(&report, "ludlow").0);
    assert!(
        text.contains("<script>alert(1)</script>") && text.contains("<I>FEWER</I>"),
        "{text}"
    );
    Ok(())
}

#[test]
fn target_significance_and_direction_stand_in_three_columns()
-> Result<(), Box<dyn std::error::Error>> {
    let report = edited(&[("outcomes.toml", "value = \"80\"", "value = \"90\"")])?;
    let text = report::place_text(&report, page(&report, "E06000051").0);
    let said = "Target, significance and direction are three facts; none stands for another.";
    assert!(
        text.contains(said) && !text.contains("No targets are set"),
        "{text}"
    );
    let thrive = part_of(&text, "CHILDREN LOOKED AFTER THRIVE", "WHAT IS KNOWN");
    let row = thrive
        .lines()
        .find(|line| line.contains("79.42"))
        .expect("its row");
    let cells: Vec<&str> = row
        .split("  ")
        .map(str::trim)
        .filter(|c| !c.is_empty())
        .collect();
    let facts = ["target 90 not met", "worse, beyond chance", "worsening"];
    assert_eq!(cells[cells.len() - 3..], facts, "{row}");
    // Nobody set one for Ludlow, and its page has no such columns.
    let ludlow = report::place_text(&report, page(&report, "ludlow").0);
    assert!(ludlow.contains("No targets are set") && !ludlow.contains("beside target"));
    Ok(())
}

/// Spending is the same with outcomes and without them.
#[test]
fn outcomes_leave_the_spending_as_it_is() -> Result<(), Error> {
    let with = report()?;
    let plain = LocalityReport::build(&sample().1, &scope()?)?;
    let plain = Released::for_internal_use(plain, "a test")?;
    assert_eq!(report::to_csv(&with)?, report::to_csv(&plain)?);
    assert!(!report::to_json(&plain)?.contains("outcomes"));
    assert_eq!(report::outcomes_to_csv(&plain)?.lines().count(), 1);
    let ludlow = &plain.get().places[15];
    assert_eq!(ludlow.code, "ludlow");
    assert!(!report::place_text(&plain, ludlow).contains("What changed"));
    let text = report::place_text(&with, page(&with, "ludlow").0);
    assert!(text.starts_with(&report::place_text(&plain, ludlow)));
    Ok(())
}
