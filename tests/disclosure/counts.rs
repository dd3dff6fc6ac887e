//! Counts of people that a policy withholds: nothing that is made of them is told, and what is told does not make them.

use super::files::split;
use super::pack::{changed, partners_with};
use std::collections::BTreeSet;
use wholeplace::appraisal::Proposals;
use wholeplace::appraisal::contract::{Contracts, Register};
use wholeplace::disclosure::{DisclosurePolicy, Released};
use wholeplace::indicator::Indicators;
use wholeplace::report::{
    Publication, ReportScope, Site, SiteContracts, SiteFile, SiteOutcomes, SiteSources, site_files,
};
use wholeplace::statistic::{Confidence, Simulation, wilson};
use wholeplace::{Boundary, Cube, Phase, Place, PlaceAccount};

const PLACE: &str = include_str!("../../examples/data/partners/place.toml");
const POLICY: &str = include_str!("../../examples/data/partners/disclosure.toml");
const OUTCOMES: &str = include_str!("../fixtures/counted/outcomes.toml");
const OUTLINES: &str = include_str!("../fixtures/counted/outlines.geojson");

/// The partners' place with two more areas, outcomes and a map.
fn place() -> String {
    let text = changed(
        PLACE,
        "disclosure = \"disclosure.toml\"",
        "disclosure = \"disclosure.toml\"\noutcomes = \"outcomes.toml\"",
    );
    let hills =
        "{ code = \"hills\", name = \"The hills\", level = \"area\", parent = \"ludford\" },";
    let more = ["coast", "moor"].map(|code| {
        format!("\n    {{ code = \"{code}\", name = \"The {code}\", level = \"area\", parent = \"ludford\" }},")
    });
    let text = changed(&text, hills, &format!("{hills}{}", more.concat()));
    let hills = "{ locality = \"hills\", ages = \"16+\", mass = \"1500\" },";
    let more = ["coast", "moor"].map(|code| {
        format!("\n    {{ locality = \"{code}\", ages = \"0-15\", mass = \"500\" }},\n    {{ locality = \"{code}\", ages = \"16+\", mass = \"1500\" }},")
    });
    let text = changed(&text, hills, &format!("{hills}{}", more.concat()));
    format!(
        "{text}\n[outlines]\nsource = \"made up\"\nfile = \"outlines.geojson\"\ncode = \"code\"\n"
    )
}

/// The files of its site: for internal use, or under a policy.
fn built(outcomes: &str, policy: Option<&str>) -> Vec<SiteFile> {
    let folder = partners_with(&[
        ("place.toml", &place()),
        ("outcomes.toml", outcomes),
        ("outlines.geojson", OUTLINES),
        ("disclosure.toml", policy.unwrap_or(POLICY)),
    ]);
    let place = Place::open(folder.path()).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let indicators = Indicators::open(&place).unwrap();
    let outlines = place.outlines().unwrap();
    let scope = ReportScope {
        level: "area".into(),
        activity_level: "theme".into(),
        period: "2024-25".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources {
        outcomes: Some(SiteOutcomes {
            indicators: &indicators,
            confidence: sure(),
            simulation: Simulation::new(1_000, 7).unwrap(),
        }),
        account: Some(&account),
        outlines: outlines.as_ref(),
        ..SiteSources::of(&cube, &scope)
    };
    if policy.is_none() {
        let site = Site::build(&sources).unwrap();
        return site_files(&Released::for_internal_use(site, "a test").unwrap()).unwrap();
    }
    let policy = DisclosurePolicy::open(&place).unwrap();
    let publication = Publication::prepare(&sources, &account, &policy, &|_, _| ()).unwrap();
    site_files(publication.site()).unwrap()
}

fn sure() -> Confidence {
    Confidence::new(0.95).unwrap()
}

fn text(files: &[SiteFile], path: &str) -> String {
    let file = files.iter().find(|file| file.path == path);
    let file = file.unwrap_or_else(|| panic!("there is no {path}"));
    String::from_utf8_lossy(&file.bytes).into_owned()
}

/// A cell of the row of a place and an indicator.
fn cell(files: &[SiteFile], place: &str, indicator: &str, column: &str) -> String {
    let text = text(files, "data/outcomes.csv");
    let mut rows = text.trim_start_matches('\u{feff}').lines().map(split);
    let at = rows.next().unwrap().iter().position(|name| name == column);
    let at = at.unwrap_or_else(|| panic!("no {column}"));
    let row = rows.find(|row| row[0] == place && row[2] == indicator);
    let row = row.unwrap_or_else(|| panic!("no row of {place}, {indicator}"));
    row[at].clone()
}

const PLACES: [&str; 5] = ["ludford", "town", "hills", "coast", "moor"];

/// Three of 41 are few. Of the other three places and the county the hills would be what is left, so one of many
/// goes with it: the first, because what goes must not be chosen by its amount.
#[test]
fn few_are_withheld_with_all_that_is_made_of_them_and_what_would_tell_them() {
    let files = built(OUTCOMES, Some(POLICY));
    let figures = PLACES.map(|place| cell(&files, place, "reoffend", "figure"));
    assert_eq!(figures[1..3], ["", ""], "{figures:?}");
    assert!(figures[0].starts_with("24.07") && figures[3].starts_with("25"));
    assert!(figures[4].starts_with("33.7"));
    for place in ["town", "hills"] {
        for empty in ["lower", "upper"] {
            assert_eq!(cell(&files, place, "reoffend", empty), "");
        }
        assert_eq!(cell(&files, place, "reoffend", "status"), "withheld");
        assert_eq!(cell(&files, place, "reoffend", "obs_status"), "Q");
        assert_eq!(cell(&files, place, "reoffend", "conf_status"), "C");
        let page = text(&files, &format!("place-{place}.html"));
        assert!(page.contains("[c], confidential, 2024-25"), "{place}");
        assert!(
            !page.contains("owed by Police"),
            "it is there, and nobody owes it"
        );
    }
    // What nobody is told is no figure that is missing.
    assert!(!text(&files, "outcomes.html").contains("withheld; owed"));
    // A count of nobody may be told; what is rebuilt of counts that are told is told.
    assert_eq!(cell(&files, "hills", "helped", "figure"), "0");
    assert_eq!(cell(&files, "ludford", "helped", "figure"), "56");
    // What somebody else publishes passes, however few.
    assert_eq!(cell(&files, "town", "entrants", "figure"), "1.25");
    assert_eq!(cell(&files, "town", "entrants", "obs_status"), "A");
}

/// For internal use all of it is told, and no word of a policy stands anywhere.
#[test]
fn for_internal_use_nothing_changes() {
    let files = built(OUTCOMES, None);
    let figures = PLACES.map(|place| cell(&files, place, "reoffend", "figure"));
    assert!(
        figures[2].starts_with("7.31") && figures[1] == "20",
        "{figures:?}"
    );
    assert!(!text(&files, "data/outcomes.csv").contains("withheld"));
}

/// Another count, in a world that must not be told apart from this one: every file of any kind is the same.
#[test]
fn no_byte_tells_which_of_few_it_is() {
    let real = built(OUTCOMES, Some(POLICY));
    let other = |hills: &str, town: &str| {
        let of = |area: &str, value: &str| {
            format!(
                "series_2 = \"numerator\", area = \"{area}\", period = \"2024-25\", value = \"{value}\""
            )
        };
        let start = OUTCOMES
            .find("rows = [\n    { series = \"reoffend\", series_2")
            .unwrap();
        let (head, rows) = OUTCOMES.split_at(start);
        let rows = changed(rows, &of("hills", "3"), &of("hills", hills));
        format!(
            "{head}{}",
            changed(&rows, &of("town", "12"), &of("town", town))
        )
    };
    for (hills, town) in [("1", "14"), ("2", "13"), ("5", "10")] {
        let files = built(&other(hills, town), Some(POLICY));
        assert_eq!(files.len(), real.len());
        let differing: Vec<&str> = (files.iter().zip(&real))
            .filter(|(one, other)| one.path != other.path || one.bytes != other.bytes)
            .map(|(one, _)| one.path.as_str())
            .collect();
        assert_eq!(differing, [""; 0], "{hills} and {town}");
    }
    // The test can fail: another count of a place that is told is seen.
    let moor = changed(OUTCOMES, "value = \"30\"", "value = \"31\"");
    let files = built(&moor, Some(POLICY));
    assert!(
        files
            .iter()
            .zip(&real)
            .any(|(one, other)| one.bytes != other.bytes)
    );
}

/// Limits of an interval name the counts: of all counts up to 300 one pair alone has those of the hills. So where the
/// figure is withheld its limits are.
#[test]
fn limits_name_numerator_and_denominator() {
    let pairs = |lower: &str, upper: &str| -> Vec<(u32, u32)> {
        let near =
            |limit: f64, said: &str| (limit * 100.0 - said.parse::<f64>().unwrap()).abs() < 5e-5;
        let all = (1..=300_u32).flat_map(|people| (0..=people).map(move |events| (events, people)));
        all.filter(|&(events, people)| {
            let interval = wilson(f64::from(events), f64::from(people), sure())
                .unwrap()
                .interval();
            interval.is_some_and(|of| near(of.lower, lower) && near(of.upper, upper))
        })
        .collect()
    };
    let inside = built(OUTCOMES, None);
    let limits = |files: &[SiteFile]| {
        ["lower", "upper"].map(|limit| cell(files, "hills", "reoffend", limit))
    };
    let [lower, upper] = limits(&inside);
    assert_eq!(pairs(&lower, &upper), [(3, 41)]);
    assert_eq!(limits(&built(OUTCOMES, Some(POLICY))), ["", ""]);
}

/// What the county and the places that are told leave for two is left by every count below the least: nobody can say
/// which of them it is, nor of which place.
#[test]
fn what_is_left_for_two_may_be_any_count_of_few() {
    let told = built(OUTCOMES, Some(POLICY));
    let withheld: BTreeSet<&str> = (PLACES.into_iter())
        .filter(|place| cell(&told, place, "reoffend", "figure").is_empty())
        .collect();
    assert_eq!(withheld, BTreeSet::from(["hills", "town"]));
    // 65 less 20 and 30.
    let left = 15_u32;
    let of_few: Vec<u32> = (1..6).filter(|few| left - few >= 6).collect();
    assert_eq!(of_few, [1, 2, 3, 4, 5]);
}

/// The complement of few is few: 38 of 41 who did say that three did not. All or none is told where the policy says so.
#[test]
fn the_others_are_a_count_too() {
    let hills = |value: &str| {
        changed(
            OUTCOMES,
            "area = \"hills\", period = \"2024-25\", value = \"3\"",
            &format!("area = \"hills\", period = \"2024-25\", value = \"{value}\""),
        )
    };
    for withheld in ["38", "41"] {
        let files = built(&hills(withheld), Some(POLICY));
        assert_eq!(cell(&files, "hills", "reoffend", "status"), "withheld");
    }
    let all = changed(
        POLICY,
        "all_or_none = \"withheld\"",
        "all_or_none = \"shown\"",
    );
    let files = built(&hills("41"), Some(&all));
    assert_eq!(cell(&files, "hills", "reoffend", "figure"), "100");
    let files = built(&hills("20"), Some(POLICY));
    assert!(
        PLACES
            .iter()
            .all(|place| !cell(&files, place, "reoffend", "figure").is_empty())
    );
}

/// Too few people below the line: the rate of 29 is withheld, however many of them.
#[test]
fn a_rate_of_a_small_base_is_withheld() {
    let small = changed(OUTCOMES, "value = \"41\"", "value = \"29\"");
    let small = changed(
        &small,
        "area = \"hills\", period = \"2024-25\", value = \"3\"",
        "area = \"hills\", period = \"2024-25\", value = \"12\"",
    );
    let files = built(&small, Some(POLICY));
    assert_eq!(cell(&files, "hills", "reoffend", "status"), "withheld");
    let base = changed(POLICY, "least_base = 30", "least_base = 29");
    let files = built(&small, Some(&base));
    assert!(!cell(&files, "hills", "reoffend", "figure").is_empty());
}

/// What one costs names the count to whoever knows what was spent, and the other way round: neither stands beside the
/// other where one of them is withheld.
#[test]
fn spending_does_not_stand_beside_a_count_where_either_is_withheld() {
    let page = |policy| text(&built(OUTCOMES, policy), "outcome-less-offending.html");
    assert!(!page(None).contains("may not be told"));
    let page = page(Some(POLICY));
    assert!(page.contains("Spending cannot stand beside it: what is spent may not be told."));
}

/// Where a named rule says that all of an indicator is public, it is told though a partner owes it.
#[test]
fn what_a_policy_says_is_public_is_told() {
    let rule = "[[counts]]\nindicators = [\"reoffend\"]\nleast = 1\nleast_base = 1\nall_or_none = \"shown\"\nzero = \"shown\"\n\n[[counts]]";
    let files = built(OUTCOMES, Some(&changed(POLICY, "[[counts]]", rule)));
    assert!(cell(&files, "hills", "reoffend", "figure").starts_with("7.31"));
}

/// The files of the sample of Shropshire, whose money is all public, with its contract, under a policy.
fn with_contract(policy: &str, results: &str) -> Vec<SiteFile> {
    let folder = tempfile::tempdir().unwrap();
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/data/shropshire");
    for entry in std::fs::read_dir(own).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    std::fs::write(folder.path().join("disclosure.toml"), policy).unwrap();
    std::fs::write(folder.path().join("contract_results.csv"), results).unwrap();
    let place = Place::open(folder.path()).unwrap();
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let proposals = Proposals::open(&place).unwrap();
    let contracts = Contracts::open(&proposals).unwrap();
    let register = Register::open(&contracts).unwrap();
    let scope = ReportScope {
        level: "place-plan-area".into(),
        activity_level: "theme".into(),
        period: "2017-18".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: Boundary::AllPartners,
    };
    let sources = SiteSources {
        contracts: Some(SiteContracts {
            contracts: &contracts,
            register: Some(&register),
        }),
        account: Some(&account),
        ..SiteSources::of(&cube, &scope)
    };
    let policy = DisclosurePolicy::open(&place).unwrap();
    let publication = Publication::prepare(&sources, &account, &policy, &|_, _| ()).unwrap();
    site_files(publication.site()).unwrap()
}

/// Two of 38 claimed in the second year, and three did not last: what is paid is a tariff times that. Where the policy
/// does not say that all of a contract may be told, it is left out whole, with every payment, and that is said.
#[test]
fn a_contract_that_counts_few_is_left_out_with_what_is_paid_for_them() {
    let policy = include_str!("../../examples/data/shropshire/disclosure.toml");
    let results = include_str!("../../examples/data/shropshire/contract_results.csv");
    let stands = |files: &[SiteFile]| {
        let name = "Fewer young people reoffend";
        let is_told = |file: &SiteFile| String::from_utf8_lossy(&file.bytes).contains(name);
        files.iter().any(is_told)
    };
    assert!(
        stands(&with_contract(policy, results)),
        "its rule tells all of it"
    );
    let strict = changed(
        policy,
        "indicators = [\"youth-reoffending\"]",
        "indicators = [\"another\"]",
    );
    let files = with_contract(&strict, results);
    assert!(!stands(&files));
    let said = "contracts that pay by results, of which something was counted of few";
    let says = |file: &SiteFile| String::from_utf8_lossy(&file.bytes).contains(said);
    assert!(files.iter().any(says));
    // Twins: other counts of few, and no byte differs.
    let twin = changed(
        results,
        "youth-reoffending,learning,first,,2019-20,38,2,3",
        "youth-reoffending,learning,first,,2019-20,38,1,2",
    );
    let twin = with_contract(&strict, &twin);
    assert_eq!(files.len(), twin.len());
    for (one, other) in files.iter().zip(&twin) {
        assert!(one.bytes == other.bytes, "{} differs", one.path);
    }
}
