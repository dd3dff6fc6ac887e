//! The slope over groups of areas.

use super::*;

/// Seven wards ranked by `rank`, with counts.
fn ranked(counts: &str, ranks: &str) -> Indicators {
    given(
        &["", "code=place; form=rank; per="],
        &format!("{counts}\n{ranks}"),
    )
    .open()
}

fn ranks_of(wards: &[&str]) -> String {
    (wards.iter().zip(1..))
        .map(|(ward, rank)| format!("place,value,{ward},2016-17,{rank},\n"))
        .collect()
}

#[test]
fn the_slope_is_over_groups_rebuilt_from_counts() {
    // From the least advantaged on: 40%, 35%, 30%, 25%, 20%, 15%, 10%.
    let counts = [
        (40, 100),
        (35, 100),
        (30, 100),
        (25, 100),
        (20, 100),
        (15, 100),
        (10, 100),
    ];
    let figures = ward_figures(&counts);
    let ranks = ranks_of(&WARDS);
    let opened = ranked(&figures, &ranks);
    let slope = |groups: u32| {
        let simulation = Simulation::new(1000, 1).unwrap();
        let at = at("2016-17");
        opened.inequality(
            "share",
            at,
            Ranking {
                by: "place",
                period: at,
                groups,
            },
            simulation,
            sure(),
        )
    };
    let found = slope(7).unwrap();
    assert_eq!(found.groups.len(), 7);
    let first = &found.groups[0];
    assert_eq!(
        (first.quantile, first.areas, first.population),
        (1, 1, 100.0)
    );
    assert!(
        (first.estimate.value().unwrap() - 40.0).abs() < 1e-9,
        "1 is the least advantaged"
    );
    let value = found.index.slope.value().unwrap();
    let interval = found.index.slope.interval().unwrap();
    assert!(value < -25.0 && value > -50.0, "{value}");
    assert!(
        interval.upper < 0.0 && interval.contains(value),
        "{interval:?}"
    );
    assert_eq!(found.left_out, 0);
    assert!(
        found
            .table()
            .to_string()
            .contains("Slope index of inequality")
    );
    // Fewer areas than groups.
    assert_eq!(
        slope(8).unwrap_err().to_string(),
        "`share`: there are 7 areas; the method needs at least 8"
    );
}

#[test]
fn a_slope_without_ranks_or_counts_is_refused() {
    let counts = [
        (40, 100),
        (35, 100),
        (30, 100),
        (25, 100),
        (20, 100),
        (15, 100),
        (10, 100),
    ];
    let figures = ward_figures(&counts);
    let slope = |opened: &Indicators, groups: u32| {
        let simulation = Simulation::new(1000, 1).unwrap();
        let year = at("2016-17");
        opened.inequality(
            "share",
            year,
            Ranking {
                by: "place",
                period: year,
                groups,
            },
            simulation,
            sure(),
        )
    };
    let refused = |opened: &Indicators| slope(opened, 5).unwrap_err().to_string();
    let unranked = ranked(&figures, "");
    assert_eq!(
        refused(&unranked),
        "`place` ranks none of the wards in 2016-17"
    );
    // A hidden count makes its group, and so the slope, unknown.
    let hidden = figures.replace(
        "share,numerator,n2,2016-17,35,",
        "share,numerator,n2,2016-17,,c",
    );
    let hidden = ranked(&hidden, &ranks_of(&WARDS));
    let error = refused(&hidden);
    assert!(
        error.ends_with("an area whose counts are suppressed") && error.contains("and group "),
        "{error}"
    );
    // One ward without a rank is left out, and said.
    let six = ranked(&figures, &ranks_of(&WARDS[..6]));
    let found = slope(&six, 5).unwrap();
    assert_eq!(found.left_out, 1);
    assert!(
        found
            .table()
            .to_string()
            .contains("Without a rank, and left out: 1.")
    );
    let people: f64 = found.groups.iter().map(|group| group.population).sum();
    assert!((people - 600.0).abs() < 1e-9);
    // Figures that were never counts.
    let year = at("2016-17");
    let simulation = Simulation::new(1000, 1).unwrap();
    let error = six
        .inequality(
            "place",
            year,
            Ranking {
                by: "share",
                period: year,
                groups: 5,
            },
            simulation,
            sure(),
        )
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "`place` is a rank: its figures for several places cannot be added up or averaged without \
         the counts behind them, and it has none above and below a line"
    );
    assert!(
        Simulation::new(999, 1).is_err(),
        "fewer draws than the method's least"
    );
}
