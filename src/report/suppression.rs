//! A suppressed figure stands in nothing that a report writes: text, CSV, JSON, pages, downloads.
//!
//! One figure is suppressed wherever it stands, and everything is written again: its pounds were
//! there before, and are nowhere afterwards. What this does not show is secondary suppression: the
//! other rows and the total still stand, and their difference is the figure.

use super::content::{LocalityReport, PlacePage, ReportScope, SectionRow, Shown};
use super::site::{Site, SiteOutcomes, SiteSources};
use super::{outcomes_to_csv, overview, place_text, site_files, summary, to_csv, to_json};
use crate::account::{Boundary, PlaceAccount};
use crate::appraisal::Proposals;
use crate::appraisal::scenario::Scenarios;
use crate::axis::Phase;
use crate::cube::{Cube, Range};
use crate::disclosure::Released;
use crate::indicator::Indicators;
use crate::money::Pence;
use crate::place::Place;
use crate::statistic::{Confidence, Simulation};

/// Everything of the sample place, as the example builds it.
fn site() -> Site {
    let place = Place::open("examples/data/shropshire").unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let indicators = Indicators::open(&place).unwrap();
    let proposals = Proposals::open(&place).unwrap();
    let scope = ReportScope {
        level: "place-plan-area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2017-18".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources {
        cube: &cube,
        scope: &scope,
        outcomes: Some(SiteOutcomes {
            indicators: &indicators,
            confidence: Confidence::new(0.95).unwrap(),
            simulation: Simulation::new(1_000, 7).unwrap(),
        }),
        proposals: Some((&proposals).into()),
        scenarios: None,
        contracts: None,
        account: Some(&account),
        outlines: None,
    };
    Site::build(&sources).unwrap()
}

/// Suppresses a sum wherever the report shows it.
fn suppress(report: &mut LocalityReport, sum: Pence) {
    let pages = std::iter::once(&mut report.whole).chain(&mut report.places);
    for page in pages {
        hide(&mut page.shown, sum);
        let rows = page
            .sections
            .iter_mut()
            .flat_map(|section| &mut section.rows);
        for row in rows {
            hide(&mut row.shown, sum);
            hide(&mut row.whole, sum);
        }
        (page.crossings.iter_mut()).for_each(|one| hide(&mut one.shown, sum));
        let outcomes = page.outcomes.iter_mut().flat_map(|of| &mut of.outcomes);
        outcomes.for_each(|section| hide(&mut section.shown, sum));
    }
}

/// The same in what a site has asked beside its report.
fn suppress_in_site(site: &mut Site, sum: Pence) {
    suppress(&mut site.report, sum);
    for partner in &mut site.partners {
        for row in partner.total.iter_mut().chain(&mut partner.places) {
            hide(&mut row.shown, sum);
        }
    }
    for flows in site.flows.iter_mut() {
        let links = flows.funded.iter_mut().chain(&mut flows.spent);
        links.for_each(|flow| hide(&mut flow.shown, sum));
    }
    let figures = (site.derivations.values_mut())
        .flat_map(|derivation| &mut derivation.axes)
        .flat_map(|(_, figures)| figures);
    figures.for_each(|figure| hide(&mut figure.shown, sum));
    for sheet in &mut site.outcomes {
        hide(&mut sheet.section.shown, sum);
    }
    for sheet in &mut site.scenarios.sheets {
        let told = sheet.moves.iter_mut().flat_map(|one| &mut one.told);
        told.for_each(|shown| hide(shown, sum));
        for account in &mut sheet.accounts {
            for row in account.rows.iter_mut().chain([&mut account.total]) {
                hide(&mut row.before, sum);
                hide(&mut row.after, sum);
            }
        }
    }
    let held = (site.proposals.sheets.iter_mut()).flat_map(|sheet| &mut sheet.held);
    let spent = held.filter_map(|held| held.spent.as_mut());
    spent.for_each(|spent| hide(spent, sum));
}

fn hide(shown: &mut Shown, sum: Pence) {
    if *shown == Shown::Known(sum) {
        *shown = Shown::Suppressed;
    }
}

/// Everything that is written as text, each under a name.
fn written(site: Site) -> Vec<(String, String)> {
    let report = Released::for_internal_use(site.report.clone(), "a test").unwrap();
    let of = report.get();
    let pages = std::iter::once(&of.whole).chain(&of.places);
    let texts: Vec<String> = pages.map(|page| place_text(&report, page)).collect();
    let mut all = vec![
        ("overview".to_owned(), overview(&report).to_string()),
        ("summary".to_owned(), summary(&report)),
        ("text".to_owned(), texts.join("\n")),
        ("to_csv".to_owned(), to_csv(&report).unwrap()),
        ("to_json".to_owned(), to_json(&report).unwrap()),
        (
            "outcomes_to_csv".to_owned(),
            outcomes_to_csv(&report).unwrap(),
        ),
    ];
    let site = Released::for_internal_use(site, "a test").unwrap();
    for file in site_files(&site).unwrap() {
        // Parquet and workbooks are written from the same cells as CSV; they are no text.
        if let Ok(text) = String::from_utf8(file.bytes) {
            all.push((file.path, text));
        }
    }
    all
}

/// Names of what holds a sum, with commas as people read it or without as files have it.
fn holding(all: &[(String, String)], sum: Pence) -> Vec<&str> {
    let (said, plain) = (sum.to_string(), sum.to_plain());
    (all.iter())
        .filter(|(_, text)| holds(text, &said) || holds(text, &plain))
        .map(|(name, _)| name.as_str())
        .collect()
}

/// Whether a sum stands in a text by itself, not as a part of longer digits.
fn holds(text: &str, sum: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    text.match_indices(sum).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + sum.len()..]);
        !digit(before.chars().next_back()) && !digit(after.chars().next())
    })
}

/// One activity of one place, with a sum that is recorded for nothing else, and what it comes to at the
/// least and at the most under other sharing rules.
fn one_figure(report: &LocalityReport, page: &PlacePage) -> (Pence, Vec<Pence>) {
    let activities = page
        .sections
        .iter()
        .find(|section| section.axis == "activity");
    let mut rows = activities.into_iter().flat_map(|section| &section.rows);
    let large = |row: &&SectionRow| row.shown.pence().is_some_and(|sum| sum.get() > 1_000_000);
    let row = rows.find(large).unwrap();
    let sum = row.shown.pence().unwrap();
    (sum, ends(row.range(report), sum))
}

/// The ends of a range that are not the sum itself.
fn ends(range: Option<Range>, sum: Pence) -> Vec<Pence> {
    let range = range.unwrap();
    let ends = [range.lowest, range.highest].into_iter();
    let ends: Vec<Pence> = ends.filter(|&end| end != sum).collect();
    assert!(!ends.is_empty(), "{range:?}");
    ends
}

#[test]
fn a_suppressed_figure_stands_in_nothing_that_is_written() {
    let mut site = site();
    let ludlow = site.report.places.iter().find(|page| page.code == "ludlow");
    let (sum, ends) = one_figure(&site.report, ludlow.unwrap());
    let before = written(site.clone());
    for &end in &ends {
        let known = holding(&before, end);
        for name in ["to_csv", "data/place-ludlow-by-activity.csv"] {
            assert!(known.contains(&name), "{name} holds {end}: {known:?}");
        }
    }
    let known = holding(&before, sum);
    for name in [
        "text",
        "to_csv",
        "to_json",
        "place-ludlow.html",
        "made-ludlow.html",
    ] {
        assert!(known.contains(&name), "{name} holds it: {known:?}");
    }
    suppress_in_site(&mut site, sum);
    let after = written(site);
    for hidden in ends.into_iter().chain([sum]) {
        assert_eq!(holding(&after, hidden), Vec::<&str>::new(), "{hidden}");
    }
    let said = |name: &str| {
        let text = after.iter().find(|(own, _)| own == name);
        text.is_some_and(|(_, text)| text.contains("suppressed"))
    };
    for name in [
        "text",
        "to_csv",
        "to_json",
        "place-ludlow.html",
        "made-ludlow.html",
    ] {
        assert!(said(name), "{name} says that it is suppressed");
    }
}

#[test]
fn a_suppressed_total_stands_in_nothing_that_is_written() {
    let mut site = site();
    let ludlow = site.report.places.iter().find(|page| page.code == "ludlow");
    let sum = ludlow.unwrap().shown.pence().unwrap();
    let (ends, ends_a_head) = {
        let ludlow = ludlow.unwrap();
        let a_head = ludlow.range_a_head(&site.report).unwrap();
        (ends(ludlow.range(&site.report), sum), a_head)
    };
    suppress_in_site(&mut site, sum);
    let after = written(site);
    let a_head = [ends_a_head.0, ends_a_head.1];
    for hidden in ends.into_iter().chain(a_head).chain([sum]) {
        assert_eq!(holding(&after, hidden), Vec::<&str>::new(), "{hidden}");
    }
    let text = &after
        .iter()
        .find(|(name, _)| name == "place-ludlow.html")
        .unwrap()
        .1;
    assert!(text.contains("What was spent in Ludlow may not be shown."));
}

/// What a proposal may save is refused above what is spent: whoever knows one knows the other. So where what is
/// spent may not be shown, nothing of the proposal is.
#[test]
fn a_proposal_that_would_tell_a_suppressed_figure_is_not_shown() {
    let mut site = site();
    let spent = Pence::new(423_666);
    let told = |all: &[(String, String)]| -> Vec<String> {
        let holds = |text: &str| text.contains("Youth diversion") || text.contains("22,765.22");
        let all = all.iter().filter(|(_, text)| holds(text));
        all.map(|(name, _)| name.clone()).collect()
    };
    let before = told(&written(site.clone()));
    for name in [
        "proposals.html",
        "proposal-youth-diversion.html",
        "place-ludlow.html",
        "partner-west-mercia-police.html",
        "data/proposals-all-partners.csv",
        "data.html",
        "datapackage.json",
    ] {
        assert!(before.contains(&name.to_owned()), "{name}: {before:?}");
    }
    suppress_in_site(&mut site, spent);
    let after = written(site);
    assert_eq!(told(&after), Vec::<String>::new());
    let page = after.iter().find(|(name, _)| name == "proposals.html");
    let page = &page.unwrap().1;
    assert!(page.contains("1 proposal is not shown"), "{page}");
    assert!(page.contains("Fewer falls at home"), "the other one is");
}

/// What is moved is known, so that after tells before; and what holds a move tells what is spent. So where one of
/// those may not be shown, nothing of the scenario is.
#[test]
fn a_scenario_that_would_tell_a_suppressed_figure_is_not_shown() {
    let site = || {
        let place = Place::open("examples/data/partners").unwrap();
        let cube = Cube::build(&PlaceAccount::load(&place).unwrap()).unwrap();
        let scenarios = Scenarios::open(&place).unwrap();
        let scope = ReportScope {
            level: "area".to_owned(),
            activity_level: "theme".to_owned(),
            period: "2024-25".parse().unwrap(),
            phase: Phase::Outturn,
            boundary: Boundary::AllPartners,
        };
        let sources = SiteSources {
            cube: &cube,
            scope: &scope,
            outcomes: None,
            proposals: None,
            scenarios: Some(&scenarios),
            contracts: None,
            account: None,
            outlines: None,
        };
        Site::build(&sources).unwrap()
    };
    let told = |site: Site| -> Vec<String> {
        let written = written(site).into_iter();
        let of_one = written.filter(|(_, text)| text.contains("earlier-help"));
        of_one.map(|(name, _)| name).collect()
    };
    let before = told(site());
    for name in [
        "scenarios.html",
        "scenario-earlier-help.html",
        "place-hills.html",
    ] {
        assert!(before.contains(&name.to_owned()), "{name}: {before:?}");
    }
    // What is free and what the law asks for, which the words tell that say what holds a move.
    let mut hidden = site();
    let moves = hidden.scenarios.sheets[0].moves.iter_mut();
    let sums = moves.flat_map(|one| &mut one.told);
    assert!(sums.map(|sum| *sum = Shown::Suppressed).count() > 2);
    assert_eq!(told(hidden.clone()), Vec::<String>::new());
    let all = written(hidden);
    let page = all.iter().find(|(name, _)| name == "scenarios.html");
    let page = &page.unwrap().1;
    assert!(page.contains("1 scenario is not shown"), "{page}");
    assert!(page.contains("Scenario by-decision"), "the other one is");
    // After, by which before can be worked out.
    let mut hidden = site();
    let after = hidden.scenarios.sheets[0].accounts[0].rows[0].after;
    suppress_in_site(&mut hidden, after.pence().unwrap());
    assert_eq!(told(hidden), Vec::<String>::new());
}
