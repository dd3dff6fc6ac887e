//! Unit costs as they were published and uprated, and what a deflator refuses.

use crate::fixtures::shared;
use std::collections::BTreeMap;
use wholeplace::axis::YearKind;
use wholeplace::finding::Position;
use wholeplace::money::{Exact, Pence, Ratio};
use wholeplace::place::Place;
use wholeplace::price::{
    Deflator, DeflatorRow, DeflatorSpec, PriceBase, PriceError, PriceYear, Prices,
};

fn deflator(edition: &str, years: YearKind, rows: &[DeflatorRow]) -> Deflator {
    let spec = DeflatorSpec {
        code: "gdp".into(),
        name: "GDP deflator".into(),
        edition: edition.into(),
        years,
        source: "as published".into(),
        position: Position::file("prices.toml"),
    };
    let (deflator, findings) = Deflator::build(spec, rows);
    assert!(findings.is_empty(), "{findings}");
    deflator
}

fn index(year: &str, index: &str) -> DeflatorRow {
    DeflatorRow {
        year: year.into(),
        index: index.into(),
        ..DeflatorRow::default()
    }
}

fn financial(text: &str) -> PriceYear {
    PriceYear::parse(text, YearKind::Financial).unwrap()
}

/// The Unit Cost Database of 2014 (New Economy) uprates by growth in per cent, chained: the rates with
/// which it does so follow from its own rows, and all of them come out by one chain.
#[test]
fn every_unit_cost_is_uprated_as_its_publisher_did() {
    let Some(folder) = shared::folder("shropshire/prices") else {
        return;
    };
    // Growth in per cent on the year before; of the first two years only the product shows.
    const GROWTH: [(&str, &str); 15] = [
        ("2001-02", "1.516"),
        ("2002-03", "2.632"),
        ("2003-04", "2.036"),
        ("2004-05", "3.153"),
        ("2005-06", "2.794"),
        ("2006-07", "2.711"),
        ("2007-08", "2.926"),
        ("2008-09", "2.51"),
        ("2009-10", "2.585"),
        ("2010-11", "2.768"),
        ("2011-12", "1.79"),
        ("2012-13", "1.614"),
        ("2013-14", "2.123"),
        ("2014-15", "1.7"),
        ("2015-16", "1.4"),
    ];
    let first = DeflatorRow {
        year: "2000-01".into(),
        ..DeflatorRow::default()
    };
    let grown = GROWTH.map(|(year, change)| DeflatorRow {
        year: year.into(),
        change: change.into(),
        ..DeflatorRow::default()
    });
    let rows: Vec<DeflatorRow> = std::iter::once(first).chain(grown).collect();
    let deflator = deflator("2014", YearKind::Financial, &rows);
    let to = financial("2015-16");

    let text = std::fs::read_to_string(folder.join("unit_costs.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let at = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let (value, year, uprated) = (
        at("fiscal_estimate_gbp"),
        at("price_year"),
        at("fiscal_updated_2015_16_gbp"),
    );
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let (Ok(value), Ok(published)) = (
            record[value].parse::<Ratio>(),
            record[uprated].parse::<f64>(),
        ) else {
            continue;
        };
        let conversion = deflator.conversion(financial(&record[year]), to).unwrap();
        let ours: f64 = value
            .times(conversion.factor())
            .to_decimal(9)
            .parse()
            .unwrap();
        let off = (ours - published).abs() / published.abs().max(1.0);
        assert!(off < 1e-8, "{}: {ours} is not {published}", &record[0]);
        *met.entry(record[year].to_owned()).or_default() += 1;
    }
    assert_eq!(met.values().sum::<usize>(), 674);
    assert_eq!((met["2010-11"], met["2013-14"]), (229, 172));
}

#[test]
fn a_pack_has_its_editions_side_by_side() {
    let Some(data) = shared::folder("shropshire") else {
        return;
    };
    let place = Place::open_with_data("examples/packs/shropshire", data).unwrap();
    let prices = place.prices();
    let factor = |name: &str, from: &str, to: &str| {
        let conversion = prices
            .deflator(name)
            .unwrap()
            .conversion(financial(from), financial(to));
        conversion.unwrap().to_string()
    };
    // 100 / 68.8561.
    assert_eq!(
        factor("gdp-fy@March 2026", "2010-11", "2024-25"),
        "2010/11 to 2024-25: × 1.4523 (GDP deflator, March 2026)"
    );
    // 113.64164762942663 / 100.
    assert_eq!(
        factor("gdp-fy@March 2026", "2024-25", "2030-31"),
        "2024-25 to 2030-31: × 1.1364 (GDP deflator, March 2026, 2030-31 is a forecast)"
    );
    // Published as changes only: 1.0610 × 1.0168.
    assert_eq!(
        factor("gdp-fy@December 2023", "2022-23", "2024-25"),
        "2022-23 to 2024-25: × 1.0788 (GDP deflator, December 2023, 2024-25 is a forecast)"
    );
    let several = prices.deflator("gdp-fy").unwrap_err().to_string();
    assert_eq!(
        several,
        "there are several editions of `gdp-fy`; write `gdp-fy@March 2026` or `gdp-fy@December 2023`"
    );
    let unknown = prices.discount("greenbook").unwrap_err().to_string();
    assert!(
        unknown.starts_with(
            "`greenbook` is not a discount schedule of this pack; did you mean `green-book@2026`"
        ),
        "{unknown}"
    );

    // The calendar series of the same money is another figure: 609 × 100 / 69.1217.
    let calendar = prices.deflator("gdp-calendar").unwrap();
    let year = |text: &str| PriceYear::parse(text, YearKind::Calendar).unwrap();
    let pounds = Exact::whole(Pence::new(60_900));
    let by =
        |conversion: &wholeplace::price::Conversion| pounds.times(conversion.factor()).to_pounds(2);
    assert_eq!(
        by(&calendar.conversion(year("2010"), year("2024")).unwrap()),
        "881.05"
    );
    let fiscal = prices.deflator("gdp-fy@March 2026").unwrap();
    let right = fiscal
        .conversion(financial("2010-11"), financial("2024-25"))
        .unwrap();
    assert_eq!(by(&right), "884.45");
    let wrong = fiscal
        .conversion(year("2010"), financial("2024-25"))
        .unwrap_err();
    assert_eq!(
        wrong.to_string(),
        "calendar 2010 is a calendar year, and the deflator GDP deflator, March 2026 has financial years; take \
         the series of the other years"
    );
}

#[test]
fn one_proposal_has_one_edition_and_no_year_that_is_not_there() {
    let rows = [index("2024-25", "100"), index("2025-26", "103")];
    let march = deflator("March", YearKind::Financial, &rows);
    let june = deflator("June", YearKind::Financial, &rows);
    let base: PriceBase = "2024-25".parse().unwrap();
    let two = Prices::new(base, &march, &[&march, &june]).unwrap_err();
    assert_eq!(
        two.to_string(),
        "prices of two editions in one proposal: GDP deflator, March and GDP deflator, June; editions differ, \
         so name one of them"
    );
    assert!(matches!(
        Prices::new("calendar 2024".parse().unwrap(), &march, &[]),
        Err(PriceError::OtherKind { .. })
    ));
    let prices = Prices::new(base, &march, &[&march]).unwrap();
    let amount = Exact::whole(Pence::new(10_300));
    let paid = |from, year| {
        prices
            .to_base(&amount, from, financial(year))
            .map(|(sum, _)| sum)
    };
    assert_eq!(
        paid(PriceBase::Cash, "2025-26").unwrap().to_whole(),
        Some(Pence::new(10_000))
    );
    // In the base already, whenever it is paid.
    assert_eq!(paid(base, "2025-26").unwrap(), amount);
    let absent = paid(PriceBase::Cash, "2026-27").unwrap_err();
    assert_eq!(
        absent.to_string(),
        "the deflator GDP deflator, March has no index of 2026-27; it has 2024-25 to 2025-26"
    );
    // And in cash nothing is converted, but its year must be known all the same.
    let cash = Prices::new(PriceBase::Cash, &march, &[]).unwrap();
    let (same, conversion) = cash
        .to_base(&amount, PriceBase::Cash, financial("2025-26"))
        .unwrap();
    assert_eq!((same, conversion.factor().is_one()), (amount, true));
}
