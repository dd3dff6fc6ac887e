//! Premises on the site: figures worked out by hand from the register's rows, and the maps.

use crate::release::place_plans::{copy, planned, published, row, sum, table};
use crate::release::site::rows_of;
use crate::release::site::{rows, sample, seen};
use std::collections::BTreeMap;

/// Rent of £30,000, insurance, energy and cleaning of the Market House: £48,000. The trust's rent of £6,000 to the
/// council is in no total. The hall's £10,000 less the café's rent of £1,500, the police house £20,000: £76,500.
#[test]
fn rent_between_partners_counts_for_nobody_twice() {
    let costs = table("premises-costs");
    let of = |building: &str, column: &str| sum(row(&costs, "building_code", building), column);
    assert_eq!(of("market-house", "net_gbp"), 4_800_000);
    assert_eq!(of("market-house", "between_gbp"), 600_000);
    assert_eq!(of("village-hall", "net_gbp"), 850_000);
    assert_eq!(of("village-hall", "got_outside_gbp"), 150_000);
    assert_eq!(of("police-house", "net_gbp"), 2_000_000);
    // £48,000 over 400 m²; over 12, 12, 10, 12, 12 desks in use: 58 ÷ 5 = 11.6 a day.
    let house = row(&costs, "building_code", "market-house");
    assert_eq!(house["per_m2_gbp"], "120.00");
    assert_eq!(house["per_desk_gbp"], "4137.93");
    let page = planned().text("premises.html");
    assert!(seen(&page).contains(
        "3 buildings, which cost £76,500.00 in 2024-25; £6,000.00 of rent between partners is in no total."
    ));
    let shown = rows(&page, "premises-costs");
    assert!(shown.last().unwrap().contains(&"£76,500.00".to_owned()));
}

/// The council pays £58,000 and gets £7,500; its teams use half of the Market House and the hall. Bearing and using come
/// to the same.
#[test]
fn who_bears_it_and_whose_use_it_is_come_to_the_same() {
    let bodies = table("premises-bodies");
    let of = |body: &str| {
        let row = row(&bodies, "body", body);
        ["paid_gbp", "got_gbp", "bears_gbp", "uses_gbp", "more_gbp"].map(|column| sum(row, column))
    };
    assert_eq!(
        of("Ludford Council"),
        [5_800_000, 750_000, 5_050_000, 3_250_000, 1_800_000]
    );
    assert_eq!(of("vacant"), [0, 0, 0, 2_000_000, -2_000_000]);
    let all = |column: &str| bodies.iter().map(|row| sum(row, column)).sum::<i64>();
    assert_eq!(
        (all("bears_gbp"), all("uses_gbp"), all("more_gbp")),
        (7_650_000, 7_650_000, 0)
    );
    // A third of the Market House is the youth workers', a sixth is empty.
    let teams = table("premises-teams");
    let costs: BTreeMap<&str, i64> = (teams.iter())
        .filter(|row| row["building_code"] == "market-house")
        .map(|row| (row["team"].as_str(), sum(row, "cost_gbp")))
        .collect();
    let expected = [
        ("Early help", 2_400_000),
        ("Youth workers", 1_600_000),
        ("vacant", 800_000),
    ];
    assert_eq!(costs, BTreeMap::from(expected));
}

/// The lease may be broken on 31 March 2026; the grant for the hall's roof holds it two years longer; the loan's £2,000
/// never end, and the café's rent is lost.
#[test]
fn what_is_freed_and_when() {
    let freed = table("premises-freed");
    let of = |building: &str| row(&freed, "building_code", building);
    let house = of("market-house");
    assert_eq!(house["free_from"], "2026-03-31");
    assert_eq!(sum(house, "frees_gbp"), 4_800_000);
    assert_eq!(sum(house, "between_gbp"), 600_000);
    let hall = of("village-hall");
    assert_eq!(hall["free_from"], "2028-03-31");
    assert_eq!(
        hall["held_by"],
        "the grant for its roof asks for use by the community"
    );
    let columns = [
        "frees_gbp",
        "with_use_gbp",
        "with_building_gbp",
        "lost_gbp",
        "never_gbp",
    ];
    let sums = columns.map(|column| sum(hall, column));
    assert_eq!(sums, [650_000, 300_000, 500_000, 150_000, 200_000]);
    assert_eq!(of("police-house")["free_from"], "2025-04-01");
}

/// Use by day as it was counted; a desk for the four of the youth workers is in the police house on every day.
#[test]
fn days_and_who_could_move() {
    let days = table("premises-days");
    let house: Vec<&str> = (days.iter())
        .filter(|row| row["building_code"] == "market-house")
        .flat_map(|row| ["mon", "wed", "sat"].map(|day| row[day].as_str()))
        .collect();
    assert_eq!(house, ["12", "10", "", "8", "10", ""]);
    let moves = table("premises-moves");
    let youth = row(&moves, "team", "Youth workers (Ludford Youth Trust)");
    assert_eq!(
        (youth["into"].as_str(), youth["left"].as_str()),
        ("Old Police House", "5")
    );
}

/// Three buildings, two of them a street apart: two dots. Every page leads there and back.
#[test]
fn the_map_and_the_pages_around() {
    let site = planned();
    let page = site.text("premises.html");
    let (_, picture) = page.split_once("id=\"buildings-points\"").unwrap();
    let (picture, _) = picture.split_once("</figure>").unwrap();
    assert_eq!(picture.matches("<circle").count(), 2);
    assert!(picture.contains("1,3"), "{picture}");
    assert!(seen(&page).contains("1. Market House, The town"));
    let links = |page: &str, to: &str| site.text(page).contains(&format!("href=\"{to}\""));
    assert!(links("index.html", "premises.html"));
    assert!(links("premises.html", "place-town.html"));
    assert!(links("place-hills.html", "premises.html"));
    let hills = seen(&site.text("place-hills.html"));
    assert!(
        hills.contains("Village Hall: net cost £8,500.00; can be given up from 2028-03-31"),
        "{hills}"
    );
    assert!(!hills.contains("Market House"));
    for (path, page) in sample().pages() {
        assert!(
            path != "premises.html" && !page.contains("href=\"premises"),
            "{path}"
        );
    }
}

/// A cost that a closed ledger has too is in no release, nor is the register without a word of where it is published.
#[test]
fn a_release_tells_the_register_where_everybody_can_read_it() {
    let files = published(copy().path());
    let costs = files
        .iter()
        .find(|file| file.path == "data/premises-costs.csv");
    let costs = rows_of(&costs.unwrap().bytes);
    assert_eq!(
        sum(row(&costs, "building_code", "police-house"), "net_gbp"),
        2_000_000
    );
    let closed = copy();
    let file = closed.path().join("building-costs.csv");
    let text = std::fs::read_to_string(&file).unwrap();
    let changed = text.replace(
        "The billing authority,building,",
        "The billing authority,building,pcc",
    );
    assert_ne!(text, changed);
    std::fs::write(&file, changed).unwrap();
    let files = published(closed.path());
    assert!(!files.iter().any(|file| file.path.contains("premises")));
    let method = files
        .iter()
        .find(|file| file.path == "method.html")
        .unwrap();
    let method = String::from_utf8(method.bytes.clone()).unwrap();
    assert!(method.contains("premises: buildings, and what they cost"));
}
