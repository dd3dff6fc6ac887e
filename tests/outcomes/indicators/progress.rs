//! Target, significance and direction are three facts; the curve and its forecast.

use super::*;

/// A county indicator with counts of 100 people for each year from 2012-13 on.
fn progress_of(fields: &str, more: &str, of_100: &[i64], year: &str) -> Progress {
    let mut figures = String::new();
    for (i, above) in of_100.iter().enumerate() {
        let year = Years::FinancialEnding
            .period(&format!("{}", 2013 + i))
            .unwrap();
        writeln!(figures, "share,numerator,county,{year},{above},").unwrap();
        writeln!(figures, "share,denominator,county,{year},100,").unwrap();
    }
    let opened = given_more(&[&format!("level=county; {fields}")], more, &figures).open();
    let county = Area::Here(here(&opened, "county"));
    opened.progress("share", county, at(year), sure()).unwrap()
}

fn target(value: &str) -> String {
    format!(
        "\n[[targets]]\nrows = [{{ indicator = \"share\", area = \"county\", period = \"2012-13\", \
         value = \"{value}\", source = \"made up\" }}]\n"
    )
}

#[test]
fn target_and_significance_are_two_facts() {
    // 30 of 100: 21.9 to 39.6.
    let cases = [
        ("lower", "30", "target 30 met", "no more than chance"),
        ("lower", "35", "target 35 met", "no more than chance"),
        ("lower", "45", "target 45 met", "better, beyond chance"),
        ("lower", "25", "target 25 not met", "no more than chance"),
        ("lower", "20", "target 20 not met", "worse, beyond chance"),
        ("higher", "30", "target 30 met", "no more than chance"),
        ("higher", "25", "target 25 met", "no more than chance"),
        ("higher", "20", "target 20 met", "better, beyond chance"),
        ("higher", "35", "target 35 not met", "no more than chance"),
        ("higher", "45", "target 45 not met", "worse, beyond chance"),
        (
            "neither",
            "45",
            "cannot say: neither direction is good",
            "lower, beyond chance",
        ),
        (
            "neither",
            "20",
            "cannot say: neither direction is good",
            "higher, beyond chance",
        ),
        (
            "neither",
            "30",
            "cannot say: neither direction is good",
            "no more than chance",
        ),
    ];
    for (better, value, met, beyond) in cases {
        let progress = progress_of(
            &format!("better={better}"),
            &target(value),
            &[30],
            "2012-13",
        );
        assert_eq!(progress.target.to_string(), met, "{better} {value}");
        assert_eq!(
            progress.significance.to_string(),
            beyond,
            "{better} {value}"
        );
        assert_eq!(
            progress.direction.to_string(),
            "cannot say: there are fewer than five figures",
            "the third is another"
        );
    }
    let without = progress_of("", "", &[30], "2012-13");
    assert_eq!(without.target, AgainstTarget::NoTarget);
    assert_eq!(
        without.significance.to_string(),
        "cannot say: there is no target"
    );
    // A target of a period without a figure.
    let nothing = progress_of("", &target("30"), &[], "2012-13");
    assert_eq!(nothing.target.to_string(), "cannot say: there is no figure");
    assert_eq!(
        nothing.significance.to_string(),
        "cannot say: not collected"
    );
}

#[test]
fn a_figure_beside_a_fixed_value() {
    let opened = given(
        &["level=county"],
        "share,numerator,county,2016-17,30,\nshare,denominator,county,2016-17,100,\nshare,value,county,2017-18,30,",
    )
    .open();
    let county = Area::Here(here(&opened, "county"));
    let beside = |year: &str, value: i64| {
        opened
            .against_value("share", county, at(year), value.into(), sure())
            .unwrap()
    };
    assert_eq!(beside("2016-17", 45), AgainstValue::Better);
    assert_eq!(beside("2016-17", 10), AgainstValue::Worse);
    assert_eq!(beside("2016-17", 30), AgainstValue::NoMoreThanChance);
    assert_eq!(
        beside("2017-18", 45).to_string(),
        "cannot say: no counts published, so no interval can be made"
    );
}

#[test]
fn direction_needs_five_points_without_break_or_overlap() {
    let falling = [60, 50, 40, 30, 20];
    let rising = [20, 30, 40, 50, 60];
    let cases = [
        ("lower", falling, Direction::Improving),
        ("lower", rising, Direction::Worsening),
        ("higher", falling, Direction::Worsening),
        ("higher", rising, Direction::Improving),
        ("neither", falling, Direction::Falling),
        ("neither", rising, Direction::Rising),
        // The field's own worked numbers: chi-squared 3.48, not beyond chance.
        ("lower", [46, 44, 41, 39, 34], Direction::NoSignificantTrend),
    ];
    for (better, points, direction) in cases {
        let progress = progress_of(&format!("better={better}"), "", &points, "2016-17");
        assert_eq!(progress.direction, direction, "{better} {points:?}");
    }
    let cannot = |more: &str, points: &[i64], year: &str| {
        progress_of("", more, points, year).direction.to_string()
    };
    assert_eq!(
        cannot("", &falling[..4], "2015-16"),
        "cannot say: there are fewer than five figures"
    );
    assert_eq!(
        cannot("", &falling, "2015-16"),
        "cannot say: there are fewer than five figures",
        "later figures do not count"
    );
    let break_in = |year: &str| {
        format!(
            "\n[[breaks]]\nrows = [{{ indicator = \"share\", period = \"{year}\", why = \"new count\" }}]\n"
        )
    };
    for year in ["2013-14", "2016-17"] {
        assert_eq!(
            cannot(&break_in(year), &falling, "2016-17"),
            "cannot say: the series breaks among its last five figures"
        );
    }
    // A break at the first of the five is before them.
    assert_eq!(
        cannot(&break_in("2012-13"), &falling, "2016-17"),
        "improving"
    );
    assert_eq!(
        progress_of("", &break_in("2016-17"), &falling, "2016-17").change,
        None,
        "nor is there a change over a break"
    );
    assert_eq!(
        progress_of("", "", &falling, "2016-17").change,
        Some((at("2015-16"), Decimal::from(-10)))
    );
}

#[test]
fn direction_of_overlapping_and_of_uncounted_figures_cannot_be_said() {
    let direction = |fields: &str, labels: [&str; 5], part: &str| {
        let figures: String = (labels.iter().zip(1..))
            .map(|(label, i)| format!("share,{part},county,{label},{i},\n"))
            .collect();
        let opened = given(&[&format!("level=county; {fields}")], &figures).open();
        assert!(opened.findings().is_empty(), "{}", opened.findings());
        let county = Area::Here(here(&opened, "county"));
        let last = *opened.periods("share").unwrap().last().unwrap();
        opened
            .progress("share", county, last, sure())
            .unwrap()
            .direction
            .to_string()
    };
    let three_years = ["2010-12", "2011-13", "2012-14", "2013-15", "2014-16"];
    assert_eq!(
        direction("years=calendar", three_years, "value"),
        "cannot say: its periods overlap, so its figures are not independent"
    );
    let years = ["2012-13", "2013-14", "2014-15", "2015-16", "2016-17"];
    assert_eq!(
        direction("", years, "value"),
        "cannot say: no counts published"
    );
    assert_eq!(
        direction("form=count; per=", years, "value"),
        "no trend beyond chance",
        "a count is its own count"
    );
}

#[test]
fn the_curve_is_turned_only_outside_the_forecast_in_the_good_direction() {
    let forecast = |method: &str| {
        format!(
            "\n[[forecasts]]\nrows = [{{ indicator = \"share\", method = \"{method}\", from = \
             \"2012-13\", to = \"2015-16\", judgement = \"made up\" }}]\n"
        )
    };
    // 40, 42, 41, 39: level about 40.5, spread about 1.3.
    let history = [40, 42, 41, 39];
    let curve = |better: &str, method: &str, after: i64| {
        let mut points = history.to_vec();
        points.push(after);
        let progress = progress_of(
            &format!("better={better}"),
            &forecast(method),
            &points,
            "2016-17",
        );
        assert!(
            progress
                .forecast
                .unwrap()
                .interval()
                .unwrap()
                .contains(40.0)
        );
        progress.curve
    };
    for method in ["level", "linear-trend"] {
        assert_eq!(
            curve("lower", method, 20),
            AgainstForecast::Turned,
            "{method}"
        );
        assert_eq!(
            curve("lower", method, 40),
            AgainstForecast::AsForecast,
            "{method}"
        );
        assert_eq!(
            curve("lower", method, 60),
            AgainstForecast::WorseThanForecast,
            "{method}"
        );
        assert_eq!(
            curve("higher", method, 20),
            AgainstForecast::WorseThanForecast,
            "{method}"
        );
        assert_eq!(
            curve("higher", method, 60),
            AgainstForecast::Turned,
            "{method}"
        );
        assert_eq!(
            curve("neither", method, 20).to_string(),
            "cannot say: neither direction is good"
        );
    }
    // By hand: mean 40.5, deviation √(5/3), 3 degrees of freedom: t = 3.182446.
    let progress = progress_of("", &forecast("level"), &[40, 42, 41, 39, 40], "2016-17");
    let reach = 3.182_446 * (5.0_f64 / 3.0).sqrt() * (1.25_f64).sqrt();
    let interval = progress.forecast.unwrap().interval().unwrap();
    assert!(
        (interval.lower - (40.5 - reach)).abs() < 1e-4,
        "{interval:?}"
    );
    assert!(
        (interval.upper - (40.5 + reach)).abs() < 1e-4,
        "{interval:?}"
    );
    // The history itself is no test of it; without a forecast there is none.
    let inside = progress_of("", &forecast("level"), &history, "2015-16");
    assert_eq!(
        (inside.curve, inside.forecast),
        (AgainstForecast::NoForecast, None)
    );
    assert_eq!(
        progress_of("", "", &history, "2015-16").curve,
        AgainstForecast::NoForecast
    );
    let short = progress_of("", &forecast("linear-trend"), &[40, 42], "2016-17");
    assert!(
        short.curve.to_string().starts_with("cannot say: "),
        "{}",
        short.curve
    );
    let nothing = progress_of("", &forecast("level"), &history, "2016-17");
    assert_eq!(nothing.curve.to_string(), "cannot say: there is no figure");
}

#[test]
fn the_headline_keeps_the_three_facts_apart() {
    let toml = format!(
        "{}{}",
        indicators(&[
            "code=share; outcome=safe; headline=yes; level=county",
            "code=b; outcome=safe"
        ]),
        target("25")
    );
    let opened = Given {
        toml,
        figures: "share,numerator,county,2012-13,30,\nshare,denominator,county,2012-13,100,"
            .to_owned(),
        ..Given::default()
    }
    .open();
    let table = |place: &str| {
        opened
            .headline_table(here(&opened, place), sure())
            .unwrap()
            .to_string()
    };
    let county = table("county");
    for words in [
        "FEWER OFFEND",
        "30",
        "21.9 to 39.6",
        "target 25 not met",
        "no more than chance",
        "cannot say: there are fewer than five figures",
        "no forecast",
        "Made up.",
    ] {
        assert!(county.contains(words), "{words}: {county}");
    }
    assert_eq!(
        county.matches("Share (%)").count(),
        1,
        "only the headline: {county}"
    );
    let ward = table("n1");
    assert!(
        ward.contains("only for County") && !ward.contains("21.9"),
        "{ward}"
    );
}
