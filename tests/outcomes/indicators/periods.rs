//! Labels of periods, as their publishers write them.

use super::*;

#[test]
fn every_spelling_of_a_period_is_read_as_its_indicator_says() {
    let read = |years: &str, label: &str| {
        let years: Years = years.parse().unwrap();
        years.period(label).map_or_else(
            |error| format!("! {error}"),
            |period| format!("{} {}", period.first_day(), period.last_day()),
        )
    };
    let cases = [
        ("financial", "2017-18", "2017-04-01 2018-03-31"),
        ("financial", "2017/18", "2017-04-01 2018-03-31"),
        ("financial", "2013/14-15/16", "2013-04-01 2016-03-31"),
        ("financial", "2013/14-2015/16", "2013-04-01 2016-03-31"),
        ("financial", "1999-00", "1999-04-01 2000-03-31"),
        ("financial-ending", "2018", "2017-04-01 2018-03-31"),
        ("financial-ending", "2017/18", "2017-04-01 2018-03-31"),
        ("calendar", "2018", "2018-01-01 2018-12-31"),
        ("calendar", "2014-16", "2014-01-01 2016-12-31"),
        ("academic-ending", "2018", "2017-09-01 2018-08-31"),
        ("academic-ending", "2017/18", "2017-09-01 2018-08-31"),
        ("academic-ending", "2013/14-15/16", "2013-09-01 2016-08-31"),
        ("January", "2018", "2018-01-01 2018-01-31"),
        ("March", " 2018 ", "2018-03-01 2018-03-31"),
        ("December", "2018", "2018-12-01 2018-12-31"),
    ];
    for (years, label, dates) in cases {
        assert_eq!(read(years, label), dates, "{label} as {years}");
    }
    for (years, label) in [
        ("financial", "2018"),
        ("financial", "2014-16"),
        ("financial", "2013/15-15/16"),
        ("financial", "2013/14-15/17"),
        ("calendar", "2017-18"),
        ("calendar", "18"),
        ("January", "2014-16"),
        ("financial-ending", "year"),
        ("academic-ending", ""),
    ] {
        assert!(
            read(years, label).starts_with('!'),
            "{label} as {years}: {}",
            read(years, label)
        );
    }
    assert_eq!(
        read("calendar", "2017-18"),
        "! `2017-18` may mean several periods; write `calendar 2017 to calendar 2018`, or say that \
         its years are financial or academic"
    );
    for years in [
        "financial",
        "financial-ending",
        "calendar",
        "academic-ending",
        "July",
    ] {
        assert_eq!(years.parse::<Years>().unwrap().to_string(), years);
    }
    assert!("july".parse::<Years>().is_err());
}

#[test]
fn a_file_may_say_that_its_years_are_others() {
    let toml = |years: &str| {
        format!(
            "{}\n[[observations]]\ndataset = \"figures\"\nyears = \"{years}\"\ntable = {{ file = \
             \"figures.csv\", columns = {{ series = \"indicator\", status = \"mark\" }}, source = \
             \"made up\" }}\n[[series]]\nrows = [{{ dataset = \"figures\", published = \"share\", \
             indicator = \"share\", part = \"value\" }}]\n",
            indicators(&[""])
        )
    };
    let open = |years: &str| {
        Given {
            toml: toml(years),
            figures: "share,value,n1,2018,3,".to_owned(),
            ..Given::default()
        }
        .open()
    };
    assert_eq!(
        open("calendar").periods("share").unwrap(),
        [at("calendar 2018")]
    );
    assert_eq!(
        open("academic-ending").periods("share").unwrap(),
        [at("academic 2017-18")]
    );
    let wrong = Given {
        toml: toml("sometimes"),
        figures: "share,value,n1,2018,3,".to_owned(),
        ..Given::default()
    };
    let error = wrong.try_open().unwrap_err().to_string();
    assert!(error.contains("`sometimes` does not say what a bare year means"));
}
