//! What is known of a place, what only for a larger one, and what nobody collects, in lists.

use crate::indicator::{DataGap, Latest, Status, rounded};
use crate::report::content::{KnownFor, PlaceOutcomes, level_in_words as in_words};
use rust_decimal::Decimal;

/// How many indicators are known here, how many only elsewhere, and how many nowhere.
pub fn in_short(place: &PlaceOutcomes, name: &str) -> String {
    let mut counts: Vec<(String, usize)> = vec![(format!("known for {name}"), 0)];
    let (mut parts, mut without, mut nobody) = (0, 0, 0);
    for shown in place.indicators() {
        match &shown.known {
            KnownFor::Here | KnownFor::Rebuilt { .. } => counts[0].1 += 1,
            KnownFor::OnlyFor { name, .. } => {
                let what = format!("only for {name}");
                match counts.iter_mut().find(|(known, _)| *known == what) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((what, 1)),
                }
            }
            KnownFor::OnlyForParts { .. } => parts += 1,
            KnownFor::WithoutFigure => without += 1,
            KnownFor::Nobody => nobody += 1,
        }
    }
    let more = [
        ("only for smaller places", parts),
        ("published without a figure", without),
        ("collected by nobody, as far as this pack holds", nobody),
    ];
    counts.extend(more.map(|(what, count)| (what.to_owned(), count)));
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let said: Vec<String> = (counts.iter().enumerate())
        .filter(|&(i, &(_, count))| i == 0 || count > 0)
        .map(|(_, (what, count))| format!("{count} {what}"))
        .collect();
    format!("Of {all} indicators: {}.", said.join(", "))
}

/// Indicators of which the same is known.
pub struct KnownList {
    /// `Known only for Shropshire`.
    pub title: String,
    /// An indicator each.
    pub items: Vec<KnownItem>,
}

pub struct KnownItem {
    pub text: String,
    /// Whether it stands in a headline.
    pub headline: bool,
}

impl KnownList {
    /// What stands in front, and what behind: a short list has nothing behind, a long one
    /// everything outside the headlines.
    pub fn split(&self) -> (Vec<&KnownItem>, Vec<&KnownItem>) {
        const SHORT: usize = 8;
        let in_front = |item: &&KnownItem| item.headline || self.items.len() <= SHORT;
        self.items.iter().partition(in_front)
    }
}

/// What is known, for whom, and what is not. Every indicator stands in one of these lists; one
/// that the pack expects here stands among what is not there too, with the periods.
pub fn known_lists(place: &PlaceOutcomes, name: &str) -> Vec<KnownList> {
    let mut here = Vec::new();
    let mut larger: Vec<(&str, Vec<KnownItem>)> = Vec::new();
    let mut parts = Vec::new();
    let mut holes = Vec::new();
    let mut without = Vec::new();
    let mut nobody = Vec::new();
    for shown in place.indicators() {
        let told = &shown.told;
        let item = |text: String| KnownItem {
            text,
            headline: told.headline,
        };
        let gaps = || (place.gaps.iter()).filter(|gap| gap.indicator == told.indicator);
        let mark = match told.status {
            Status::Provisional | Status::Estimated => format!(", {}", told.status),
            _ => String::new(),
        };
        let own = |how: &str| known_text(told, told.figure, &format!("{how}{mark}"));
        match &shown.known {
            KnownFor::Here => here.push(item(own(""))),
            KnownFor::Rebuilt { parts, level } => {
                let from = format!(", rebuilt from {parts} {}s", in_words(level));
                here.push(item(own(&from)));
            }
            KnownFor::OnlyFor { name, status, .. } => {
                let figure = told.only_for.as_ref().and_then(|(_, figure)| *figure);
                let text = match figure {
                    Some(_) => known_text(told, figure, ""),
                    None if *status == Status::Withheld => {
                        format!("{}: [c], confidential", told.name)
                    }
                    None => format!("{}: {status}; owed by {}", told.name, told.owed_by),
                };
                match larger.iter_mut().find(|(place, _)| place == name) {
                    Some((_, items)) => items.push(item(text)),
                    None => larger.push((name, vec![item(text)])),
                }
            }
            KnownFor::OnlyForParts { level } => {
                parts.push(item(format!("{}: for each {}", told.name, in_words(level))));
            }
            KnownFor::WithoutFigure if gaps().next().is_none() => {
                let when = told.period.map_or_else(String::new, |at| format!("{at}, "));
                let text = match told.status {
                    // Nobody owes what is there.
                    Status::Withheld => format!("{}: {when}[c], confidential", told.name),
                    status => format!("{}: {when}{status}; owed by {}", told.name, told.owed_by),
                };
                without.push(item(text));
            }
            KnownFor::Nobody if gaps().next().is_none() => {
                nobody.push(item(format!("{}; owed by {}", told.name, told.owed_by)));
            }
            KnownFor::WithoutFigure | KnownFor::Nobody => {}
        }
        for gap in gaps() {
            let list = match (&shown.known, gap.status) {
                (KnownFor::Here | KnownFor::Rebuilt { .. }, _) => &mut holes,
                (_, Status::NotCollected) => &mut nobody,
                _ => &mut without,
            };
            list.push(item(gap_text(gap)));
        }
    }
    let list = |title: String, items: Vec<KnownItem>| KnownList { title, items };
    let mut lists = vec![list(format!("Known for {name}"), here)];
    lists
        .extend((larger.into_iter()).map(|(larger, items)| {
            list(format!("Known only for {larger}, not for {name}"), items)
        }));
    let smaller = "Known only for smaller places, which cannot be added up".to_owned();
    let optional = [
        list(smaller, parts),
        list(format!("Known for {name} with periods missing"), holes),
        list(format!("Published without a figure for {name}"), without),
    ];
    lists.extend(optional.into_iter().filter(|list| !list.items.is_empty()));
    let nobody_title = format!("Collected by nobody for {name}, as far as this pack holds");
    lists.push(list(nobody_title, nobody));
    lists
}

/// `Children in care: 119 children per 10,000 (Mar 2025)`.
fn known_text(told: &Latest, figure: Option<Decimal>, how: &str) -> String {
    let figure = figure.map(rounded).unwrap_or_default();
    let newer = (told.newer).map_or_else(String::new, |(at, status)| format!("; {at} {status}"));
    let when = (told.period).map_or_else(String::new, |at| format!(" ({at}{how}{newer})"));
    format!("{}: {figure} {}{when}", told.name, told.unit)
}

/// `Children in care: 2 of 5 periods from Mar 2019 to Mar 2021, suppressed; owed by the council`.
fn gap_text(gap: &DataGap) -> String {
    let span = if gap.first == gap.last {
        gap.first.to_string()
    } else {
        format!("from {} to {}", gap.first, gap.last)
    };
    let many = match gap.expected {
        1 => String::new(),
        all if gap.missing == all => format!("all {all} periods, "),
        expected => format!("{} of {expected} periods, ", gap.missing),
    };
    format!(
        "{}: {many}{span}, {}; owed by {}",
        gap.name, gap.status, gap.owed_by
    )
}
