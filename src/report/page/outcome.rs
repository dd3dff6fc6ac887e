//! Outcomes: in short on the page of a place, and a page for each.

use super::table::{table, whole_workbook};
use super::words::counted;
use super::{Page, partner_href, place_href, slug};
use crate::axis::{Evidence, Period};
use crate::disclosure::Released;
use crate::indicator::{DataGap, figure_in_words};
use crate::linkage::{Comparison, OutcomeSpend, SideBySide};
use crate::report::download::{Dataset, Kind, Value};
use crate::report::known::{in_short, known_lists};
use crate::report::outcome_tables::{before, how, spend_in_words};
use crate::report::picture::{
    Compared, Frame, Mark, TrendPoint, class_words, compare, scatter, trend,
};
use crate::report::site::{BesideShown, OutcomeSheet, Series, drawn};
use crate::report::{IndicatorShown, KnownFor, OutcomeSection, PlacePage, Site};
use maud::{Markup, html};

fn href(code: &str) -> String {
    format!("outcome-{}.html", slug(code))
}

/// What changed for people in one place, in short: each outcome with its headline.
pub(super) fn in_place(site: &Released<Site>, page: &PlacePage) -> Markup {
    let Some(of) = &page.outcomes else {
        return html! {};
    };
    let report = &site.get().report;
    html! {
        h2 id="outcomes" { "What changed for people in " (page.name) }
        @for paragraph in before(report, page, of) { p { (paragraph) } }
        @for outcome in &of.outcomes {
            div.card {
                h3 { a href=(href(&outcome.code)) { (outcome.name) } }
                p { (spend_in_words(report, page, outcome.spend.as_ref())) }
                @if !outcome.headline.is_empty() {
                    ul { @for shown in &outcome.headline { li { (headline(shown)) } } }
                }
            }
        }
        details {
            summary { "What is known of " (page.name) ", and what is not. " (in_short(of, &page.name)) }
            @for list in known_lists(of, &page.name) {
                h3 { (list.title) " (" (list.items.len()) ")" }
                @if list.items.is_empty() { p { "Nothing." } }
                @let (first, rest) = list.split();
                ul { @for item in first { li { (item.text) } } }
                @if !rest.is_empty() {
                    details {
                        summary { (rest.len()) " outside the headlines" }
                        ul { @for item in rest { li { (item.text) } } }
                    }
                }
            }
        }
    }
}

/// One headline indicator in a line: the place's own figure, or where alone it is known.
fn headline(shown: &IndicatorShown) -> Markup {
    let told = &shown.told;
    let when = told
        .period_in_words()
        .map_or_else(String::new, |when| format!(", {when}"));
    html! {
        (told.name) ": "
        @match told.figure_in_words() {
            Some(figure) => {
                b { (figure) } " " (told.unit) (when)
                @if let Some(interval) = told.interval_in_words() { " (interval " (interval) ")" }
                @if let Some(progress) = &told.progress {
                    "; direction: " (progress.direction)
                    @if !matches!(progress.target, crate::indicator::AgainstTarget::NoTarget) { "; target: " (progress.target) }
                }
            }
            None => {
                @match (shown.elsewhere(), &shown.known) {
                    (Some(elsewhere), KnownFor::OnlyFor { .. }) => { "not known here; known only for " (elsewhere) " " (told.unit) (when) }
                    (Some(elsewhere), _) => { "not known here as one figure; known for " (elsewhere) }
                    (None, _) => { (told.status) (when) "; owed by " (told.owed_by) }
                }
            }
        }
    }
}

/// All outcomes on one page.
pub(super) fn all(site: &Released<Site>) -> Page {
    let report = &site.get().report;
    let mut dataset = Dataset::new(
        "outcomes".to_owned(),
        format!(
            "Indicators of {} and of its places: what each last told",
            report.whole.name
        ),
    );
    known_fields(&mut dataset);
    for page in std::iter::once(&report.whole).chain(&report.places) {
        for shown in page.outcomes.iter().flat_map(|of| of.indicators()) {
            dataset.rows.push(known_cells(site, page, shown));
        }
    }
    let missing = report.outcomes.as_ref().map(|of| of.gaps.as_slice());
    let gaps = missing.filter(|missing| !missing.is_empty()).map(gaps);
    let sums = site.get().outcomes.iter().map(|sheet| &sheet.section);
    let body = html! {
        h1 { "Outcomes" }
        p.lead { "What " (report.whole.name) " wants for its people, what is spent on it, and what is known to have changed." }
        p { "One activity may be meant to help several outcomes, so the sums of two outcomes must not be added." }
        h2 { "Each outcome" }
        @for section in sums {
            div.card {
                h3 { a href=(href(&section.code)) { (section.name) } }
                p { (who(site, section)) }
                p { (spend_in_words(report, &report.whole, section.spend.as_ref())) }
                ul { @for shown in &section.headline { li { (headline(shown)) } } }
            }
        }
        @if let Some((gaps, _)) = &gaps {
            h2 { "Figures that are not there, and who owes them" }
            (gaps)
        }
        h2 { "Every indicator, here and in each place" }
        p { (counted(dataset.rows.len(), "row", "rows")) ": what each indicator last told of each place, with its interval, its status, and for whom it is known." }
        (super::table::downloads(&dataset))
    };
    Page {
        name: "outcomes".to_owned(),
        title: "Outcomes".to_owned(),
        body,
        datasets: std::iter::once(dataset)
            .chain(gaps.map(|(_, gaps)| gaps))
            .collect(),
    }
}

/// Every figure that the pack expects and that is not there.
fn gaps(gaps: &[DataGap]) -> (Markup, Dataset) {
    let mut dataset = Dataset::new(
        "outcomes-gaps".to_owned(),
        "Figures that are not there, and who owes them".to_owned(),
    );
    dataset.behind("indicator", Kind::Text, "Code of the indicator");
    dataset.column("name", "indicator", Kind::Text, "Its name");
    dataset.column(
        "level",
        "for each",
        Kind::Text,
        "The level at which it ought to be known",
    );
    dataset.column(
        "first",
        "from",
        Kind::Text,
        "The first period that is missing",
    );
    dataset.column("last", "to", Kind::Text, "The last");
    dataset.column(
        "missing",
        "missing",
        Kind::Whole,
        "How many figures are missing",
    );
    dataset.column("expected", "of", Kind::Whole, "How many there ought to be");
    dataset.column(
        "why",
        "why",
        Kind::Text,
        "Suppressed, not available or not collected",
    );
    dataset.column("owed_by", "owed by", Kind::Text, "Who owes them");
    let whole = |number: usize| u64::try_from(number).map_or(Value::Nothing, Value::Whole);
    for gap in gaps {
        dataset.rows.push(vec![
            Value::text(gap.indicator.as_str()),
            Value::text(gap.name.as_str()),
            Value::text(gap.level.replace('-', " ")),
            Value::text(gap.first.to_string()),
            Value::text(gap.last.to_string()),
            whole(gap.missing),
            whole(gap.expected),
            Value::text(gap.status.name()),
            Value::text(gap.owed_by.as_str()),
        ]);
    }
    (table(&dataset, &|_| None), dataset)
}

/// Who leads on an outcome and who contributes, with their pages.
fn who(site: &Released<Site>, section: &OutcomeSection) -> Markup {
    let partner = |name: &str| {
        let found = site
            .get()
            .partners
            .iter()
            .find(|partner| partner.name == name);
        let href = found.and_then(|partner| partner_href(site.get(), &partner.code));
        html! {
            @match href {
                Some(href) => { a href=(href) { (name) } }
                None => { (name) }
            }
        }
    };
    html! {
        @if !section.priority.is_empty() { "Priority: " (section.priority) ". " }
        @match &section.lead {
            Some(lead) => { "Lead: " (partner(lead)) "." }
            None => { "Nobody is named as lead." }
        }
        @if !section.contributing.is_empty() {
            " Contributing: "
            @for (i, name) in section.contributing.iter().enumerate() {
                @if i > 0 { ", " } (partner(name))
            }
            "."
        }
    }
}

/// The page of one outcome.
pub(super) fn one(site: &Released<Site>, sheet: &OutcomeSheet) -> Page {
    let report = &site.get().report;
    let section = &sheet.section;
    let name = format!("outcome-{}", slug(&section.code));
    let mut datasets = Vec::new();
    let mut keep = |(markup, dataset): (Markup, Dataset)| {
        datasets.push(dataset);
        markup
    };
    let spending = section
        .spend
        .as_ref()
        .filter(|spend| !spend.parts.is_empty());
    let spent = spending.map(|spend| keep(spend_table(&name, spend)));
    let places = spending
        .and_then(|_| places(site, &name, &section.code))
        .map(&mut keep);
    let series: Vec<Markup> = (sheet.series.iter().enumerate())
        .map(|(i, series)| keep(one_series(&name, i, series)))
        .collect();
    let compared: Vec<Markup> = (sheet.compared.iter().enumerate())
        .map(|(i, compared)| keep(one_comparison(&name, i, compared, &report.whole.name)))
        .collect();
    let beside: Vec<Markup> = (sheet.beside.iter().enumerate())
        .map(|(i, beside)| match &beside.found {
            Ok(found) => keep(one_beside(&name, i, beside, found, &report.whole.name)),
            Err(why) => {
                html! { h3 { (beside.name) } p { "Spending cannot stand beside it: " (why) "." } }
            }
        })
        .collect();
    let behind = &section.rest;
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › " a href="outcomes.html" { "Outcomes" } " › " (section.name) }
        h1 { (section.name) }
        p.lead { (spend_in_words(report, &report.whole, section.spend.as_ref())) }
        p { (who(site, section)) }
        @if !series.is_empty() {
            h2 { "What changed" }
            p { "Each figure is that of " (report.whole.name) " as published. An upright bar is its interval; where there is none, no counts are published to make one from. Whether two intervals overlap is no test of a difference." }
            div.up { @for one in &series { div { (one) } } }
        }
        @if !compared.is_empty() {
            h2 { "Beside other areas" }
            p { "Grey bands show where chance alone would leave an area that is like the average: 95 of 100 times in the dark band, 998 of 1,000 in the light one. They are there only where counts are published." }
            @for (i, one) in compared.iter().enumerate() {
                details open[i == 0] {
                    summary { (sheet.compared[i].name) ", " (sheet.compared[i].period) }
                    (one)
                }
            }
        }
        @if let Some(spent) = &spent {
            h2 { "What is spent on it" }
            (spent)
            @if let Some(spend) = spending {
                details {
                    summary { "How this spending is meant to help, and who decided how much of it counts" }
                    ul { @for line in how(spend) { li { (line) } } }
                }
            }
        }
        @if let Some(places) = &places { (places) }
        @if !beside.is_empty() {
            h2 { "Spending beside outcome" }
            p { "They stand side by side. Nothing here says that the one made the other." }
            @for one in &beside { (one) }
        }
        @if !behind.is_empty() {
            h2 { "More that is known" }
            ul { @for shown in behind { li { (headline(shown)) } } }
        }
        @if !datasets.is_empty() { (whole_workbook(&name)) }
    };
    Page {
        title: section.name.clone(),
        body,
        datasets,
        name,
    }
}

fn spend_table(page: &str, spend: &OutcomeSpend) -> (Markup, Dataset) {
    let mut dataset = Dataset::new(
        format!("{page}-spending"),
        format!("Spending meant to help: {}", spend.outcome),
    );
    dataset.column("activity", "activity", Kind::Text, "Name of the activity");
    dataset.column(
        "whole_gbp",
        "all of it",
        Kind::Pounds,
        "All spending on the activity; empty where nothing is recorded",
    );
    dataset.column(
        "evidence",
        "how it is known",
        Kind::Text,
        "How that is known, in words",
    );
    dataset.column(
        "weight",
        "counted at",
        Kind::Number,
        "The part that is meant for this outcome, 0 to 1",
    );
    dataset.column(
        "counted_gbp",
        "counted",
        Kind::Pounds,
        "The whole times the weight, closed to the penny",
    );
    dataset.behind("judgement", Kind::Text, "Who decided the weight, and why");
    dataset.behind("how", Kind::Text, "How the activity is meant to help");
    for part in &spend.parts {
        dataset.rows.push(vec![
            Value::text(part.activity.as_str()),
            Value::pounds(part.whole),
            Value::text(plain(&part.composition)),
            Value::number(Some(part.weight)),
            Value::Pounds(part.counted),
            Value::text(part.judgement.as_str()),
            Value::text(part.how.as_str()),
        ]);
    }
    let markup = html! {
        (table(&dataset, &|_| None))
        p { "Together: " b { (spend.total) } "." }
    };
    (markup, dataset)
}

/// Classes of evidence by the words that these pages use for them.
fn plain(composition: &str) -> String {
    let classes = Evidence::ALL.into_iter();
    classes.fold(composition.to_owned(), |words, class| {
        words.replace(class.name(), class_words(class))
    })
}

/// What is spent on the outcome in each place.
fn places(site: &Released<Site>, page: &str, code: &str) -> Option<(Markup, Dataset)> {
    let report = &site.get().report;
    let mut dataset = Dataset::new(
        format!("{page}-places"),
        "Spending meant to help, by place".to_owned(),
    );
    dataset.behind("place_code", Kind::Text, "Code of the place");
    dataset.column("place", "place", Kind::Text, "Name of the place");
    dataset.column(
        "counted_gbp",
        "counted",
        Kind::Pounds,
        "Spending meant to help, each activity at its weight",
    );
    dataset.column(
        "judgement_gbp",
        "of it by chosen weights",
        Kind::Pounds,
        "Of it, what rests on a weight below 1",
    );
    let mut links = Vec::new();
    for place in &report.places {
        let of = place.outcomes.as_ref()?;
        let section = of.outcomes.iter().find(|section| section.code == code)?;
        let spend = section.spend.as_ref()?;
        dataset.rows.push(vec![
            Value::text(place.code.as_str()),
            Value::text(place.name.as_str()),
            Value::Pounds(spend.total),
            Value::Pounds(spend.judgement),
        ]);
        links.push(place_href(site.get(), &place.code));
    }
    if dataset.rows.is_empty() {
        return None;
    }
    let markup = html! {
        h3 { "In each place" }
        (table(&dataset, &|row| links.get(row).cloned().flatten()))
    };
    Some((markup, dataset))
}

fn one_series(page: &str, number: usize, series: &Series) -> (Markup, Dataset) {
    let mut dataset = Dataset::new(
        format!("{page}-series-{}", number + 1),
        format!("{}, {}", series.name, series.area),
    );
    dataset.column("period", "period", Kind::Text, "The period");
    dates(&mut dataset);
    dataset.column(
        "figure",
        "figure",
        Kind::Number,
        "The figure; empty where the status has none",
    );
    dataset.column(
        "status",
        "status",
        Kind::Text,
        "What is known of it: zero, not collected and suppressed are three things",
    );
    dataset.column("lower", "from", Kind::Number, "Lower limit of its interval");
    dataset.column("upper", "to", Kind::Number, "Upper limit of its interval");
    dataset.column("target", "target", Kind::Number, "The target of the period");
    dataset.column(
        "country",
        "country",
        Kind::Number,
        "The figure of the country",
    );
    dataset.behind(
        "method",
        Kind::Text,
        "How the interval was made, or why there is none",
    );
    dataset.behind("unit", Kind::Text, "The unit");
    for point in &series.points {
        let [first, last] = days(point.period);
        dataset.rows.push(vec![
            Value::text(point.period.to_string()),
            first,
            last,
            Value::number(point.figure),
            Value::text(point.status.name()),
            Value::number(
                point
                    .interval
                    .map(|interval| format!("{:.2}", interval.lower)),
            ),
            Value::number(
                point
                    .interval
                    .map(|interval| format!("{:.2}", interval.upper)),
            ),
            Value::number(point.target),
            Value::number(point.country),
            Value::text(point.how.as_str()),
            Value::text(series.unit.as_str()),
        ]);
    }
    let points: Vec<TrendPoint> = (series.points.iter())
        .map(|point| TrendPoint {
            // The unit says what kind of year it is.
            period: point
                .period
                .to_string()
                .replace("calendar ", "")
                .replace("academic ", ""),
            figure: point.figure.map(drawn),
            said: point.said(),
            interval: point.interval,
            target: point.target.map(drawn),
            country: point.country.map(drawn),
            status: point.status.name(),
        })
        .collect();
    let figures = || series.points.iter().filter(|point| point.figure.is_some());
    let described = match (figures().next(), figures().next_back()) {
        (Some(first), Some(last)) => format!(
            "From {} in {} to {} in {}, {}.",
            first.said(),
            first.period,
            last.said(),
            last.period,
            series.unit
        ),
        _ => "No period has a figure.".to_owned(),
    };
    let missing = series.points.len() - figures().count();
    let mut note = series.note.clone();
    if missing > 0 {
        note.push_str(&format!(
            " {} without a figure, marked ×; the table says why.",
            counted(missing, "period", "periods")
        ));
    }
    note.push_str(&format!(
        " Source: {}.",
        series.source.trim_end_matches('.')
    ));
    let years =
        |kind: &str| (series.points.iter()).any(|point| point.period.to_string().starts_with(kind));
    let unit = match (years("calendar"), years("academic")) {
        (true, false) => format!("{}, calendar years", series.unit),
        (false, true) => format!("{}, academic years", series.unit),
        _ => series.unit.clone(),
    };
    let id = format!("series-{}", number + 1);
    let frame = Frame {
        id: &id,
        title: &series.name,
        description: &described,
        note: Some(note.trim()),
        table: Some(&dataset.name),
    };
    let picture =
        (points.len() > 1).then(|| trend(&frame, &points, &unit, series.country.as_deref()));
    let rows = table(&dataset, &|_| None);
    let markup = html! {
        @match picture {
            Some(picture) => {
                (picture)
                details { summary { "All periods of this indicator as a table" } (rows) }
            }
            None => { p { b { (series.name) } ": " (described) " " (note.trim()) } (rows) }
        }
    };
    (markup, dataset)
}

fn one_comparison(page: &str, number: usize, of: &Comparison, own: &str) -> (Markup, Dataset) {
    let mut dataset = Dataset::new(
        format!("{page}-areas-{}", number + 1),
        format!("{}, {}: areas beside one another", of.name, of.period),
    );
    dataset.column("area", "area", Kind::Text, "Name of the area");
    dataset.column(
        "relation",
        "what it is to this place",
        Kind::Text,
        "This place, a statistical neighbour, the region or the country",
    );
    dataset.column(
        "figure",
        "figure",
        Kind::Number,
        "The figure; empty where the status has none",
    );
    dataset.column("status", "status", Kind::Text, "What is known of it");
    dataset.column("lower", "from", Kind::Number, "Lower limit of its interval");
    dataset.column("upper", "to", Kind::Number, "Upper limit of its interval");
    dataset.column(
        "rank",
        "rank",
        Kind::Whole,
        "Rank among the areas with a figure, 1 the best",
    );
    dataset.behind(
        "funnel_lower",
        Kind::Number,
        "Where chance would leave it: lower 95% limit",
    );
    dataset.behind(
        "funnel_upper",
        Kind::Number,
        "Where chance would leave it: upper 95% limit",
    );
    dataset.column(
        "flag",
        "beside the average",
        Kind::Text,
        "What the funnel says",
    );
    for row in &of.rows {
        let interval = row
            .estimate
            .as_ref()
            .and_then(|estimate| estimate.interval());
        let funnel = row.funnel.map(|(inner, _)| inner);
        let two = |value: f64| format!("{value:.2}");
        dataset.rows.push(vec![
            Value::text(row.area.as_str()),
            Value::text(row.relation.map_or("", |relation| relation.name())),
            Value::number(row.figure),
            Value::text(row.status.name()),
            Value::number(interval.map(|interval| two(interval.lower))),
            Value::number(interval.map(|interval| two(interval.upper))),
            row.rank
                .and_then(|rank| u64::try_from(rank).ok())
                .map_or(Value::Nothing, Value::Whole),
            Value::number(funnel.map(|interval| two(interval.lower))),
            Value::number(funnel.map(|interval| two(interval.upper))),
            Value::text(row.flag.map_or(String::new(), |flag| flag.to_string())),
        ]);
    }
    let rows: Vec<Compared<'_>> = (of.rows.iter())
        .map(|row| Compared {
            name: &row.area,
            figure: row.figure.map(drawn),
            said: row.figure.map_or_else(
                || row.status.to_string(),
                |figure| figure_in_words(figure, row.status),
            ),
            interval: row
                .estimate
                .as_ref()
                .and_then(|estimate| estimate.interval()),
            funnel: row.funnel,
            own: row.area == own,
        })
        .collect();
    let described = (of.rows.iter())
        .find(|row| row.area == own)
        .map_or_else(String::new, |row| {
            let figure = row.figure.map_or_else(
                || row.status.to_string(),
                |figure| figure_in_words(figure, row.status),
            );
            format!(
                "{own} has {figure} {}, among {}.",
                of.unit,
                counted(of.rows.len(), "area", "areas")
            )
        });
    let id = format!("areas-{}", number + 1);
    let title = format!("{}, {}", of.name, of.period);
    let note = format!(
        "In {}. The best stands first. {}",
        of.unit,
        of.notes.join(" ")
    );
    let frame = Frame {
        id: &id,
        title: &title,
        description: &described,
        note: Some(note.trim()),
        table: Some(&dataset.name),
    };
    let average = of
        .average
        .as_ref()
        .map(|(value, what)| (*value, what.as_str()));
    let markup = html! {
        (compare(&frame, &rows, average))
        details { summary { "These areas as a table" } (table(&dataset, &|_| None)) }
    };
    (markup, dataset)
}

fn one_beside(
    page: &str,
    number: usize,
    shown: &BesideShown,
    of: &SideBySide,
    own: &str,
) -> (Markup, Dataset) {
    let mut dataset = Dataset::new(
        format!("{page}-beside-{}", number + 1),
        format!(
            "{}: spending on {}, and what happened",
            of.name,
            shown.activities.join(", ")
        ),
    );
    dataset.column("number", "no.", Kind::Whole, "Its number in the picture");
    dataset.column("area", "area", Kind::Text, "Name of the area");
    dataset.column(
        "relation",
        "what it is to this place",
        Kind::Text,
        "This place, a statistical neighbour, a neighbour, the region or the country",
    );
    dataset.column("spent_in", "spent in", Kind::Text, "When it was spent");
    dataset.column(
        "spend_gbp",
        "spending",
        Kind::Pounds,
        "What was spent; empty where it is not held",
    );
    dataset.column(
        "per_head_gbp",
        "a head",
        Kind::Pounds,
        "Spending for each resident of these ages",
    );
    dataset.column(
        "outcome_in",
        "outcome in",
        Kind::Text,
        "The period of the outcome",
    );
    dataset.column(
        "figure",
        "outcome",
        Kind::Number,
        "The outcome; empty where the status has none",
    );
    dataset.column(
        "status",
        "status",
        Kind::Text,
        "What is known of the outcome",
    );
    dataset.column("lower", "from", Kind::Number, "Lower limit of its interval");
    dataset.column("upper", "to", Kind::Number, "Upper limit of its interval");
    dataset.behind("unit", Kind::Text, "Unit of the outcome");
    let mut marks = Vec::new();
    for (i, row) in (1..).zip(&of.rows) {
        let interval = row
            .estimate
            .as_ref()
            .and_then(|estimate| estimate.interval());
        dataset.rows.push(vec![
            Value::Whole(i),
            Value::text(row.area.as_str()),
            Value::text(row.relation.name()),
            Value::text(row.spent_in.to_string()),
            Value::pounds(row.spend.amount()),
            Value::pounds(row.per_head),
            Value::text(row.outcome_in.map_or(String::new(), |at| at.to_string())),
            Value::number(row.figure),
            Value::text(row.status.name()),
            Value::number(interval.map(|interval| format!("{:.2}", interval.lower))),
            Value::number(interval.map(|interval| format!("{:.2}", interval.upper))),
            Value::text(of.unit.as_str()),
        ]);
        if let (Some(each), Some(figure)) = (row.per_head, row.figure) {
            marks.push(Mark {
                label: if row.area == own {
                    row.area.clone()
                } else {
                    i.to_string()
                },
                words: format!(
                    "{}: {each} a head, {} {}",
                    row.area,
                    figure_in_words(figure, row.status),
                    of.unit
                ),
                spend: each.get() as f64 / 100.0,
                outcome: drawn(figure),
                interval,
                own: row.area == own,
            });
        }
    }
    let id = format!("beside-{}", number + 1);
    let described = format!(
        "{} with both spending and a figure, {} {} later.",
        counted(marks.len(), "area", "areas"),
        of.lag.months,
        if of.lag.months == 1 {
            "month"
        } else {
            "months"
        }
    );
    let title = format!(
        "{}: spending a head on {}, and the outcome",
        of.name,
        shown.activities.join(", ").to_lowercase()
    );
    let note = format!(
        "Numbers are those of the table. Lag: {} months, {}.",
        of.lag.months,
        of.lag.why.trim_end_matches('.')
    );
    let frame = Frame {
        id: &id,
        title: &title,
        description: &described,
        note: Some(&note),
        table: Some(&dataset.name),
    };
    let markup = html! {
        @if marks.len() > 1 { (scatter(&frame, &marks, "pounds a head", &of.unit)) }
        @else { h3 { (of.name) } p { (note) } p { "Too few areas have both spending and a figure to draw them." } }
        (table(&dataset, &|_| None))
        details { summary { "What to know about these pairs" } ul { @for note in &of.notes { li { (note) } } } }
    };
    (markup, dataset)
}

fn dates(dataset: &mut Dataset) {
    dataset.behind("period_start", Kind::Text, "Its first day");
    dataset.behind("period_end", Kind::Text, "Its last day");
}

fn days(period: Period) -> [Value; 2] {
    [period.first_day(), period.last_day()].map(|day| Value::text(day.to_string()))
}

fn known_fields(dataset: &mut Dataset) {
    dataset.behind("place_code", Kind::Text, "Code of the place");
    dataset.behind("place_name", Kind::Text, "Its name");
    dataset.behind("indicator", Kind::Text, "Code of the indicator");
    dataset.behind("name", Kind::Text, "Its name");
    dataset.behind("unit", Kind::Text, "Its unit");
    dataset.behind("outcome", Kind::Text, "Code of the outcome it tells of");
    dataset.behind(
        "headline",
        Kind::Text,
        "yes, if it stands in the headline of its outcome",
    );
    dataset.behind("period", Kind::Text, "The period of the figure");
    dates(dataset);
    dataset.behind("figure", Kind::Number, "The place's own figure, or empty");
    dataset.behind("lower", Kind::Number, "Lower limit of its interval");
    dataset.behind("upper", Kind::Number, "Upper limit of its interval");
    dataset.behind(
        "status",
        Kind::Text,
        "What is known of the place's own figure",
    );
    dataset.behind("known_for", Kind::Text, "For which place it is known");
    dataset.behind("owed_by", Kind::Text, "Who owes the figure");
    dataset.behind("terms", Kind::Text, "On what terms this may be shown");
}

fn known_cells(site: &Released<Site>, page: &PlacePage, shown: &IndicatorShown) -> Vec<Value> {
    let told = &shown.told;
    let estimate = told.progress.as_ref().map(|progress| &progress.estimate);
    let interval = estimate
        .filter(|_| told.figure.is_some())
        .and_then(|estimate| estimate.interval());
    let [first, last] = told.period.map_or([Value::Nothing, Value::Nothing], days);
    vec![
        Value::text(page.code.as_str()),
        Value::text(page.name.as_str()),
        Value::text(told.indicator.as_str()),
        Value::text(told.name.as_str()),
        Value::text(told.unit.as_str()),
        Value::text(told.outcome.clone().unwrap_or_default()),
        Value::text(if told.headline { "yes" } else { "" }),
        Value::text(told.period.map_or(String::new(), |at| at.to_string())),
        first,
        last,
        Value::number(told.figure),
        Value::number(interval.map(|interval| interval.lower)),
        Value::number(interval.map(|interval| interval.upper)),
        Value::text(told.status.name()),
        Value::text(shown.known.to_string()),
        Value::text(told.owed_by.as_str()),
        Value::text(site.terms()),
    ]
}
