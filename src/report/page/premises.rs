//! Premises: where buildings stand, what they cost whom, their use by day, and what giving one up frees and when.

use super::address::place_href;
use super::shell::Page;
use super::table::{table, table_with_total, whole_workbook};
use super::words::counted;
use crate::disclosure::Released;
use crate::report::content::{BuildingShown, PremisesSheet};
use crate::report::dataset::{self, Dataset};
use crate::report::picture::{Fill, Frame, MapPlace, SHADES, Spot, map, points};
use crate::report::site::Site;
use maud::{Markup, html};
use rust_decimal::prelude::ToPrimitive;

/// The page of all buildings.
const NAME: &str = "premises";

/// What no page of premises leaves out.
const NO_RENT_TWICE: &str = "What one partner pays another as rent is the other's income and no cost of both: it stands beside, and is in no total.";

pub(super) fn page(released: &Released<Site>, sheet: &PremisesSheet) -> Page {
    let site = released.get();
    let buildings = dataset::buildings(sheet);
    let link = |row: usize| place_href(site, &sheet.buildings.get(row)?.place.0);
    let register = table(&buildings, &link);
    let mut datasets = vec![buildings];
    let costs = costs(sheet, &mut datasets);
    let teams = plain(dataset::building_teams(sheet), &mut datasets);
    let days = plain(dataset::building_days(sheet), &mut datasets);
    let moves = plain(dataset::building_moves(sheet), &mut datasets);
    let freed = plain(dataset::building_freed(sheet), &mut datasets);
    let in_ledgers = plain(dataset::building_ledgers(sheet), &mut datasets);
    let title = "Findings in the register of premises".to_owned();
    let findings = dataset::findings_of("premises-findings", title, &sheet.findings);
    let findings = plain(findings, &mut datasets);
    let body = html! {
        p.crumbs { a href="index.html" { (site.report.whole.name) } " › Premises" }
        h1 { "Premises: where we work, and what it costs" }
        p.lead { (in_words(sheet)) }
        @for note in &sheet.notes { p { (note) } }
        h2 id="buildings" { "Where they are" }
        (by_place(site, sheet))
        (spots(sheet))
        (register)
        @if let Some(costs) = costs {
            h2 { "What they cost, and who bears it" }
            p { (NO_RENT_TWICE) " Inside " (site.report.boundary) "." }
            (costs)
        }
        @if let Some(teams) = teams {
            h2 { "Who is there" }
            @for (building, together) in &sheet.shared {
                p { "Together in " (building) ": " (together) "." }
            }
            (teams)
        }
        @if let Some(days) = days {
            h2 { "Use by day" }
            p { "A day is not said where a team of the building was not counted on it." }
            (days)
        }
        @if let Some(moves) = moves {
            h3 { "Who would find a desk" }
            p { "Only desks and days are looked at: a reception, a cell or a treatment room is more than a desk, and no register says whether two teams may sit together." }
            (moves)
        }
        @if let Some(freed) = freed {
            h2 { "What giving one up frees, and when" }
            p { "If it is decided on " (sheet.decided) ". A building that passes to a community body frees the same while that body is outside " (site.report.boundary) ". What is freed is no saving yet: the teams to house need another place." }
            (freed)
        }
        @if let Some(in_ledgers) = in_ledgers {
            h2 { "In the register and in a ledger" }
            p { "The same money, found by the code of the building. It counts once, with the sum of the ledger." }
            (in_ledgers)
        }
        @if let Some(findings) = findings {
            h2 { "What is wrong or odd in the register" }
            (findings)
        }
        (whole_workbook(NAME))
    };
    Page {
        name: NAME.to_owned(),
        title: "Premises: where we work, and what it costs".to_owned(),
        body,
        datasets,
    }
}

/// A table, where it has rows; it is one of the page's then.
fn plain(dataset: Dataset, datasets: &mut Vec<Dataset>) -> Option<Markup> {
    if dataset.rows.is_empty() {
        return None;
    }
    let markup = table(&dataset, &|_| None);
    datasets.push(dataset);
    Some(markup)
}

/// What buildings cost, and who bears it; nothing where no cost of the year is known.
fn costs(sheet: &PremisesSheet, datasets: &mut Vec<Dataset>) -> Option<Markup> {
    if !sheet.has_costs() {
        return None;
    }
    let (costs, cost_total) = dataset::building_costs(sheet);
    let (bodies, body_total) = dataset::building_bodies(sheet);
    let unknown = sheet.buildings.iter().filter(|one| !one.has_cost).count();
    let markup = html! {
        (table_with_total(&costs, &|_| None, &cost_total))
        @if unknown > 0 { p { "Of " (counted(unknown, "building", "buildings")) " no cost of " (sheet.year) " is known." } }
        (table_with_total(&bodies, &|_| None, &body_total))
        p { "Both come to the net cost of all buildings: who bears it after rent, and whose use it is for." }
    };
    datasets.extend([costs, bodies]);
    Some(markup)
}

/// How many, and what they cost.
fn in_words(sheet: &PremisesSheet) -> String {
    let buildings = counted(sheet.buildings.len(), "building", "buildings");
    match sheet.has_costs() {
        true => format!(
            "{buildings}, which cost {} in {}; {} of rent between partners is in no total.",
            sheet.all.bears, sheet.year, sheet.between
        ),
        false => format!("{buildings}. What they cost is not known here."),
    }
}

/// Places by how many buildings stand in them; nothing without outlines.
fn by_place(site: &Site, sheet: &PremisesSheet) -> Markup {
    let report = &site.report;
    let counts: Vec<(usize, &crate::report::content::PlacePage)> = (report.places.iter())
        .map(|place| (sheet.inside(&place.code).len(), place))
        .collect();
    let most = counts.iter().map(|(count, _)| *count).max().unwrap_or(0);
    let step = most.div_ceil(SHADES).max(1);
    let places: Vec<MapPlace<'_>> = (counts.iter())
        .filter_map(|&(count, place)| {
            let shape = site.shapes.iter().find(|shape| shape.code == place.code)?;
            Some((count, place, shape))
        })
        .enumerate()
        .map(|(at, (count, place, shape))| MapPlace {
            shape,
            number: at + 1,
            name: &place.name,
            href: place_href(site, &place.code).unwrap_or_default(),
            words: counted(count, "building", "buildings"),
            each: count.to_string(),
            fill: match count {
                0 => Fill::Nothing,
                some => Fill::Shade((some - 1) / step),
            },
        })
        .collect();
    if places.is_empty() || most == 0 {
        return html! {};
    }
    let steps = most.div_ceil(step);
    let bounds: Vec<String> = (0..steps)
        .map(|at| match step {
            1 => counted(at + 1, "building", "buildings"),
            _ => format!("{} to {} buildings", at * step + 1, (at + 1) * step),
        })
        .collect();
    let title = format!("Buildings in each place of {}", report.whole.name);
    let described = format!(
        "{}, shaded by how many buildings stand there: {most} at the most. The list beside it has each.",
        counted(places.len(), "place", "places")
    );
    let frame = Frame {
        id: "buildings-map",
        title: &title,
        description: &described,
        note: Some(&site.map_source),
        table: Some("premises-buildings"),
    };
    html! {
        div.two {
            (map(&frame, &places, site.map_height, &bounds, ""))
            ol.numbered {
                @for place in &places { li { a href=(place.href) { (place.name) } " " (place.each) } }
            }
        }
    }
}

/// Where buildings stand, of those of which the register says so.
fn spots(sheet: &PremisesSheet) -> Markup {
    let place = |(at, one): (usize, &BuildingShown)| {
        let (north, east) = one.building.point?;
        Some(Spot {
            number: at + 1,
            words: format!("{}, {}", one.building.name, one.place.1),
            at: (north.to_f64()?, east.to_f64()?),
        })
    };
    let known: Vec<Spot> = (sheet.buildings.iter().enumerate())
        .filter_map(place)
        .collect();
    if known.is_empty() {
        return html! {};
    }
    let described = format!(
        "{} where they stand, north upwards. The list beside it has each.",
        counted(known.len(), "building", "buildings")
    );
    let frame = Frame {
        id: "buildings-points",
        title: "Where buildings stand",
        description: &described,
        note: Some(
            "By latitude and longitude of the register, north upwards. Those that stand together share a dot.",
        ),
        table: Some("premises-buildings"),
    };
    html! {
        div.two {
            (points(&frame, &known))
            ul.numbered { @for spot in &known { li { (spot.number) ". " (spot.words) } } }
        }
    }
}

/// Buildings in a place and in all that lies in it.
pub(super) fn in_place(site: &Site, code: &str, place: &str) -> Markup {
    let Some(sheet) = &site.premises else {
        return html! {};
    };
    const SHOWN: usize = 12;
    let here = sheet.inside(code);
    html! {
        @if !here.is_empty() {
            h2 { "Buildings in " (place) }
            p { (counted(here.len(), "building", "buildings")) ": " a href={ (NAME) ".html" } { "what they cost, who is there, and what could be freed" } "." }
            ul {
                @for one in here.iter().take(SHOWN) {
                    li {
                        (one.building.name)
                        @if one.place.0 != code { ", " (one.place.1) }
                        @if one.has_cost { ": net cost " (one.cost.net) }
                        @if let Some(day) = one.free_from { "; can be given up from " (day) ": " (one.held_by) }
                        "."
                    }
                }
                @if here.len() > SHOWN { li { "and " (here.len() - SHOWN) " more." } }
            }
        }
    }
}
