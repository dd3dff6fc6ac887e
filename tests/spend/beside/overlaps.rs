//! Where partners do the same for the same people, and where nobody does.

use super::*;

fn terms(weakest: Evidence) -> OverlapScope {
    OverlapScope {
        activity_level: "theme".to_owned(),
        locality_level: "area".to_owned(),
        ages: None,
        weakest,
        period: "2024-25".parse().unwrap(),
        phase: Phase::Outturn,
        boundary: "all-partners".parse().unwrap(),
    }
}

/// Each cell as `youth 0-15 north 100.00 5000: council 50.00, nhs 50.00`.
fn cells(overlaps: &Overlaps) -> Vec<String> {
    (overlaps.cells.iter())
        .map(|cell| {
            let partners: Vec<String> = (cell.partners.iter())
                .map(|(partner, pence)| format!("{} {}", partner.code, pence.to_plain()))
                .collect();
            format!(
                "{} {} {} {} {}: {}",
                cell.activity.code,
                cell.ages.code,
                cell.locality.code,
                cell.amount.to_plain(),
                cell.concentration,
                partners.join(", ")
            )
        })
        .collect()
}

#[test]
fn overlaps_and_how_concentrated_they_are() {
    let built = place(
        "
        partner | pounds | for   | where | ages
        council |     50 | youth | north | 0-15
        nhs     |     50 | youth | north | 0-15
        council |     10 | youth | south | 0-15
        nhs     |     90 | youth | south | 0-15
        council |      1 | roads | south | 16+
        nhs     |      1 | roads | south | 16+
        charity |      1 | roads | south | 16+
        council |    500 | roads | north | 16+
        nhs     |    -30 | roads | north | 16+
        charity |      0 | roads | north | 16+
        ",
        "",
    );
    let overlaps = Overlaps::find(&built.cube, &terms(Evidence::Direct)).unwrap();
    // Alone in a cell, or with a credit or nothing beside, is no overlap; most money first.
    assert_eq!(
        cells(&overlaps),
        [
            "youth 0-15 north 100.00 5000: council 50.00, nhs 50.00",
            "youth 0-15 south 100.00 8200: nhs 90.00, council 10.00",
            "roads 16+ south 3.00 3333: charity 1.00, council 1.00, nhs 1.00",
        ]
    );
    assert!(overlaps.gaps.is_empty());
    let text = overlaps.to_string();
    assert!(text.contains("A lead, not a verdict"), "{text}");
    assert!(
        text.contains("known at least as direct; 2024-25 outturn"),
        "{text}"
    );
    // Only insiders overlap.
    let mut inside = terms(Evidence::Direct);
    inside.boundary = "nhs,charity".parse().unwrap();
    assert_eq!(
        cells(&Overlaps::find(&built.cube, &inside).unwrap()),
        ["roads 16+ south 2.00 5000: charity 1.00, nhs 1.00"]
    );
}

/// County money that only residents share out overlaps with everything, unless such evidence is
/// too weak to count.
#[test]
fn overlaps_count_only_evidence_that_is_good_enough() {
    let built = place(
        "
        partner | pounds | for   | where  | ages
        council |     30 | youth | north  | 0-15
        nhs     |    100 | youth | county | all
        ",
        "",
    );
    let found = |weakest| Overlaps::find(&built.cube, &terms(weakest)).unwrap();
    assert!(found(Evidence::Direct).cells.is_empty());
    assert!(found(Evidence::Driver).cells.is_empty());
    // A tenth of the residents are children of the north.
    assert_eq!(
        cells(&found(Evidence::Population)),
        ["youth 0-15 north 40.00 6250: council 30.00, nhs 10.00"]
    );
    assert_eq!(found(Evidence::Judgement).cells.len(), 1);
}

/// That nobody knows where, for whom or on what two partners spend is no overlap.
#[test]
fn money_without_a_place_does_not_overlap() {
    let built = place(
        "
        partner | pounds | for        | where | ages
        council |     30 | youth      | ?     | 0-15
        nhs     |     40 | youth      | ?     | 0-15
        council |     50 | ?          | north | 0-15
        nhs     |     60 | ?          | north | 0-15
        council |     70 | everything | north | 0-15
        nhs     |     80 | everything | north | 0-15
        ",
        "",
    );
    let overlaps = Overlaps::find(&built.cube, &terms(Evidence::Judgement)).unwrap();
    assert_eq!(cells(&overlaps), Vec::<String>::new());
}

#[test]
fn a_priority_without_money_is_told_with_what_may_lie_there() {
    let priority = "
[[priority]]
name = \"Youth work everywhere\"
activity = \"youth\"
";
    let built = place(
        "
        partner | pounds | for   | where
        council |     30 | youth | north
        nhs     |    100 | youth | county
        charity |      7 | ?     | south
        charity |      5 | youth | ?
        ",
        priority,
    );
    let gaps = |weakest| -> Vec<String> {
        let overlaps = Overlaps::find(&built.cube, &terms(weakest)).unwrap();
        (overlaps.gaps.iter())
            .map(|gap| {
                let (weaker, unshared) = (gap.weaker.to_plain(), gap.unshared.to_plain());
                format!("{}: {} {weaker} {unshared}", gap.priority, gap.locality)
            })
            .collect()
    };
    // Seven tenths of 100 by residents; 7 for nobody knows what, 5 nobody knows where.
    assert_eq!(
        gaps(Evidence::Direct),
        ["Youth work everywhere: south 70.00 12.00"]
    );
    assert!(gaps(Evidence::Population).is_empty());
    // For ages of its own.
    let built = place(
        "
        partner | pounds | for   | where | ages
        council |     30 | youth | north | 0-15
        council |     30 | youth | south | 16+
        ",
        &format!("{priority}ages = \"0-15\"\n"),
    );
    let overlaps = Overlaps::find(&built.cube, &terms(Evidence::Direct)).unwrap();
    let places: Vec<&str> = (overlaps.gaps.iter())
        .map(|gap| gap.locality.as_str())
        .collect();
    assert_eq!(places, ["south"]);
    assert!(
        overlaps
            .gaps_table()
            .to_string()
            .contains("Youth work everywhere")
    );
}

/// Aligned budgets stay with their owners: the plan is a label.
#[test]
fn aligned_budgets_are_labels_and_eliminate_nothing() {
    let built = place(
        "
        partner | pounds | plan        | kind  | other
        council |     25 | ageing-well |       |
        nhs     |     35 | ageing-well |       |
        nhs     |    100 |             |       |
        council |     10 | ageing-well | grant | charity
        charity |     10 |             |       |
        ",
        "",
    );
    let plan = || built.ask("all-partners", "2024-25").tag("ageing-well");
    let answer = plan().by([By::Partner]).answer().unwrap();
    assert_eq!(sums(&answer), ["council £25.00", "nhs £35.00"]);
    // The grant is eliminated as any other; what the charity did with it has no label.
    assert_eq!(words(&answer), "60; eliminated 10");
    assert_eq!(
        sums(&plan().by([By::Funder]).answer().unwrap()),
        ["council £25.00", "nhs £35.00"]
    );
    let whole = built.total("all-partners", "2024-25");
    assert_eq!(whole, "170; eliminated 10");
}
