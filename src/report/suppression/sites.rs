//! The sample place and the partners' place, built with somebody who tells.

use super::writings::{Unpacked, unpacked};
use crate::account::{Boundary, PlaceAccount};
use crate::appraisal::Proposals;
use crate::appraisal::scenario::Scenarios;
use crate::axis::Phase;
use crate::cube::Cube;
use crate::disclosure::{Released, Say, Telling};
use crate::indicator::Indicators;
use crate::place::Place;
use crate::report::content::ReportScope;
use crate::report::site::{Site, SiteOutcomes, SiteSources};
use crate::report::{outcomes_to_csv, overview, place_text, site_files, summary, to_csv, to_json};
use crate::statistic::{Confidence, Simulation};
use std::path::Path;
use std::sync::OnceLock;

/// The sample place with outcomes, proposals and a map, as the example builds it.
pub fn sample(telling: &dyn Telling) -> Site {
    // Read once for all tests: only what is told of it differs.
    static READ: OnceLock<(PlaceAccount, Cube, Indicators, Proposals)> = OnceLock::new();
    let (account, cube, indicators, proposals) = READ.get_or_init(|| {
        let place = Place::open("examples/data/shropshire").unwrap();
        let account = PlaceAccount::load(&place).unwrap();
        let cube = Cube::build(&account).unwrap();
        let indicators = Indicators::open(&place).unwrap();
        let proposals = Proposals::open(&place).unwrap();
        (account, cube, indicators, proposals)
    });
    let outlines = cube.place().outlines().unwrap();
    let scope = ReportScope {
        level: "place-plan-area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2017-18".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources {
        outcomes: Some(SiteOutcomes {
            indicators,
            confidence: Confidence::new(0.95).unwrap(),
            simulation: Simulation::new(1_000, 7).unwrap(),
        }),
        proposals: Some(proposals.into()),
        account: Some(account),
        outlines: outlines.as_ref(),
        ..SiteSources::of(cube, &scope)
    };
    Site::build_told(&sources, telling, &|_, _| ()).unwrap()
}

/// The partners' place, in some folder, with or without its ledger lines.
pub fn partners(folder: &Path, with_lines: bool, telling: &dyn Telling) -> Site {
    let place = Place::open(folder).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let scenarios = Scenarios::open(&place).unwrap();
    let scope = ReportScope {
        level: "area".to_owned(),
        activity_level: "theme".to_owned(),
        period: "2024-25".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources {
        scenarios: Some(&scenarios),
        account: with_lines.then_some(&account),
        ..SiteSources::of(&cube, &scope)
    };
    Site::build_told(&sources, telling, &|_, _| ()).unwrap()
}

/// The folder of the partners' place.
pub const PARTNERS: &str = "examples/data/partners";

/// Every file of a site and every text of its report, for internal use.
pub fn written(site: Site) -> Vec<Unpacked> {
    let report = Released::for_internal_use(site.report.clone(), "a test").unwrap();
    let of = report.get();
    let pages = std::iter::once(&of.whole).chain(&of.places);
    let texts: Vec<String> = pages.map(|page| place_text(&report, page)).collect();
    let mut all: Vec<Unpacked> = [
        ("overview", overview(&report).to_string()),
        ("summary", summary(&report)),
        ("text", texts.join("\n")),
        ("to_csv", to_csv(&report).unwrap()),
        ("to_json", to_json(&report).unwrap()),
        ("outcomes_to_csv", outcomes_to_csv(&report).unwrap()),
    ]
    .map(|(name, text)| (name.to_owned(), text.into_bytes()))
    .into();
    let site = Released::for_internal_use(site, "a test").unwrap();
    all.extend(unpacked(site_files(&site).unwrap()));
    all
}

/// Every file of a site under a policy.
pub fn published(site: Site, say: Say) -> Vec<Unpacked> {
    let terms = "Released under a policy of tests.";
    let site = Released::under_policy(site, terms, say);
    unpacked(site_files(&site).unwrap())
}
