//! Gaps and what closes them: figures of papers, and figures worked out by hand.

use super::{PLACE, pounds, rules};
use crate::fixtures::packs::pack;
use wholeplace::medium_term::MediumTerm;
use wholeplace::money::Pence;
use wholeplace::register::RegisterError;
use wholeplace::{Boundary, Cube, Period, Phase, Place, PlaceAccount};

fn opened(text: &str) -> Result<MediumTerm, RegisterError> {
    let place = PLACE.replace(
        "premises = \"premises.toml\"",
        "medium_term = \"medium-term.toml\"",
    );
    let folder = pack(&[("place.toml", &place), ("medium-term.toml", text)]);
    MediumTerm::open(&Place::open(folder.path()).unwrap())
}

fn year(text: &str) -> Period {
    text.parse().unwrap()
}

/// Shropshire, 2011: the police authority is short of £25.8 million, and £5 million of reductions are planned for
/// 2012-13. Over which years the gap runs is not in the minutes; those of the spending review stand for it.
#[test]
fn the_police_gap_is_closed_by_what_is_planned_and_no_more() {
    let plan = opened(
        r#"
gaps_are = "cumulative"
closed_by = ["planned"]
[[gap_lines]]
rows = [{ partner = "police", period = "2011/12 to 2014/15", kind = "stated gap", pounds = "25800000", covers = "the force area", source = "minutes of the leaders' board" }]
[[reductions]]
rows = [{ code = "year-two", partner = "police", period = "2012/13", name = "Reductions of 2012-13", pounds = "5000000", lasts = "on", status = "planned", source = "minutes of the leaders' board" }]
"#,
    )
    .unwrap();
    let statement = plan.statement().unwrap();
    let police = &statement.rows[0];
    assert_eq!(police.gap, Some(pounds(25_800_000)));
    assert_eq!(police.closed().unwrap(), pounds(5_000_000));
    assert_eq!(police.left, Some(pounds(20_800_000)));
    // Traceable: the reduction, its line, and the line of the gap.
    assert_eq!(police.reductions, ["year-two"]);
    assert!(
        police.lines[0].starts_with("medium-term.toml:"),
        "{:?}",
        police.lines
    );
    let reductions = plan.reductions_table().to_string();
    assert!(reductions.contains("medium-term.toml:6"), "{reductions}");
    assert!(statement.reconciliation.holds());
    let text = statement.reconciliation.to_string();
    assert!(text.contains("-£5,000,000.00"), "{text}");
}

/// Of the sample: see the figures in the example of [`MediumTerm`].
#[test]
fn what_falls_on_a_neighbour_closes_nothing_for_the_place() {
    let plan = MediumTerm::open(&Place::open("examples/data/partners").unwrap()).unwrap();
    let statement = plan.statement().unwrap();
    let left = |partner, of| statement.find(partner, year(of)).and_then(|row| row.left);
    assert_eq!(left("council", "2025-26"), Some(pounds(65_000)));
    // 180,000 - 40,000 - 50,000 + 25,000; the reserves are gone, and higher fees are only proposed.
    assert_eq!(left("council", "2026-27"), Some(pounds(115_000)));
    assert_eq!(left("pcc", "2025-26"), Some(pounds(35_000)));
    assert_eq!(left("pcc", "2026-27"), Some(pounds(65_000)));
    assert_eq!(
        left("nhs", "2025-26"),
        Some(pounds(30_000)),
        "300,000 - 270,000"
    );
    assert_eq!(
        left("nhs", "2026-27"),
        None,
        "it said nothing, which is not nothing"
    );
    let council = statement.find("council", year("2026-27")).unwrap();
    assert_eq!(council.beside, pounds(30_000));
    // The force area is not Ludford: two totals for 2025-26, and who is in neither is named.
    let totals: Vec<_> = (statement.totals.iter())
        .filter(|total| total.period == year("2025-26"))
        .map(|total| (total.covers.as_str(), total.partners, total.left))
        .collect();
    assert_eq!(
        totals,
        [
            ("Ludford", 2, pounds(95_000)),
            ("the force area", 1, pounds(35_000))
        ]
    );
    let last = statement
        .totals
        .iter()
        .find(|total| total.covers == "Ludford" && total.period == year("2026-27"));
    assert_eq!(last.unwrap().partners, 1);
    assert!(last.unwrap().without.contains(&"Ludford NHS".to_owned()));
    assert!(
        statement.reconciliation.holds(),
        "{}",
        statement.reconciliation
    );
}

/// The same gaps told as levels and as what each year adds: 100, 180, 200 and 100, 80, 20.
#[test]
fn cumulative_and_new_gaps_of_the_same_years_are_the_same() {
    let text = |kind: &str, gaps: [u32; 3]| {
        let [one, two, three] = gaps;
        opened(&format!(
            r#"
gaps_are = "{kind}"
closed_by = ["agreed"]
[[gap_lines]]
set = {{ partner = "council", kind = "stated gap", covers = "the county", source = "made up" }}
rows = [{{ period = "2025-26", pounds = "{one}" }}, {{ period = "2026-27", pounds = "{two}" }}, {{ period = "2027-28", pounds = "{three}" }}]
[[reductions]]
set = {{ partner = "council", status = "agreed", source = "made up" }}
rows = [
    {{ code = "a", period = "2025-26", name = "A", pounds = "30", lasts = "on" }},
    {{ code = "b", period = "2026-27", name = "B", pounds = "50", lasts = "once" }},
    {{ code = "c", period = "2027-28", name = "C", pounds = "40", lasts = "on" }},
]
"#
        ))
        .unwrap()
    };
    let levels = text("cumulative", [100, 180, 200]);
    let new = text("new", [100, 80, 20]);
    let (levels, new) = (levels.statement().unwrap(), new.statement().unwrap());
    assert_eq!(levels.rows.len(), 3);
    for (one, other) in levels.rows.iter().zip(&new.rows) {
        assert_eq!(
            (one.gap, one.left),
            (other.gap, other.left),
            "{}",
            one.period
        );
    }
    let left: Vec<i64> = (levels.rows.iter())
        .filter_map(|row| row.left.map(Pence::get))
        .collect();
    // 100 - 30; 180 - 30 - 50; 200 - 30 - 40: what is saved once is a gap again.
    assert_eq!(left, [7_000, 10_000, 13_000]);
}

/// Phases stand beside each other as the account answers each of them.
#[test]
fn phases_are_those_of_the_account_and_are_not_added() {
    let plan = MediumTerm::open(&Place::open("examples/data/partners").unwrap()).unwrap();
    let account = PlaceAccount::load(plan.place()).unwrap();
    let cube = Cube::build(&account).unwrap();
    let of = year("2024-25");
    let all = plan.phases(&cube, of, &Boundary::AllPartners).unwrap();
    let council = all
        .iter()
        .find(|one| one.partner == "council" && one.reduction.is_empty());
    let asked = cube
        .ask()
        .partner("council")
        .period(of)
        .phase(Phase::Outturn);
    let asked = asked.boundary(Boundary::AllPartners).answer().unwrap();
    assert_eq!(
        council.unwrap().phases,
        [
            (Phase::Budget, None),
            (Phase::Forecast, None),
            (Phase::Outturn, Some(asked.total.amount))
        ]
    );
    assert!(all.iter().any(|one| one.reduction == "one-team"));
    assert!(
        !all.iter().any(|one| one.reduction == "reserves"),
        "it names no cell"
    );
}

#[test]
fn faults_are_told_together() {
    let error = opened(
        r#"
gaps_are = "cumulative"
closed_by = ["hoped for"]
[[gap_lines]]
set = { partner = "council", kind = "stated gap", source = "made up" }
rows = [
    { period = "2025-26", pounds = "10", covers = "the county" },
    { period = "2025-26", pounds = "12", covers = "the town" },
    { period = "Apr 2025", pounds = "-1", covers = "" },
]
[[reductions]]
rows = [{ code = "a", partner = "nobody", period = "2025-26 to 2026-27", name = "A", pounds = "3", lasts = "for ever", status = "agreed", source = "made up" }]
"#,
    )
    .unwrap_err();
    let RegisterError::Faults(findings) = error else {
        panic!("{error}");
    };
    let found = rules(&findings);
    for rule in [
        "unknown-code",
        "stated-twice",
        "medium-term-unclear",
        "unknown-member",
    ] {
        assert!(found.contains(&rule), "{rule}: {findings}");
    }
    assert!(findings.len() >= 8, "{findings}");
    let unknown = opened("gaps_are = \"new\"\nclosed_by = []\nsavings = 1\n").unwrap_err();
    assert!(unknown.to_string().contains("savings"), "{unknown}");
}
