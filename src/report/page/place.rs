//! The page of the whole place, and of each place of its level.

use super::address::{derivation_href, partner_href, place_href, slug};
use super::bars::bars_of;
use super::contract;
use super::differences;
use super::map::map_of_places;
use super::modes;
use super::outcome;
use super::place_plan;
use super::premises;
use super::proposal;
use super::scenario;
use super::shell::Page;
use super::spending::{SpendRow, SpendTable, is_shared_out, spend};
use super::table::{downloads, table, whole_workbook};
use super::words::{self, counted};
use crate::disclosure::{Released, ToldFigure};
use crate::money::with_separators;
use crate::report::content::evidence::in_words as evidence_in_words;
use crate::report::content::{
    PlacePage, Section, SectionRow, Shown, absent_in_words, known_share, largest_first,
};
use crate::report::dataset::{self, Dataset, finest};
use crate::report::picture::{Dot, Frame, bar_of_classes, key, locator, matrix};
use crate::report::site::Site;
use maud::{Markup, html};

/// The page of the whole place: the entrance of the site.
pub(super) fn county(site: &Released<Site>) -> Page {
    let report = &site.get().report;
    let page = &report.whole;
    let (places_table, places) = places_table(site);
    let mut sections = Sections::of(site, page, "index");
    sections.datasets.insert(0, places);
    let (differences, a_head) = differences::of_places(site);
    sections.datasets.extend(a_head);
    let absent = (!report.absent.is_empty()).then(|| dataset::absent(report));
    sections.datasets.extend(absent.clone());
    sections.datasets.push(finest(report, site.terms()));
    let body = html! {
        h1 { (page.name) " in " (report.period) }
        (words::lead(site.get(), page))
        (whole_bar(page.as_shown()))
        (facts(page))
        @if let Some(share) = known_share(report) {
            p { (share) " " a href="#not-in-these-figures" { "What is not in these figures" } }
        }
        @if !report.places.is_empty() {
            h2 id="places" { "Where it is spent" }
            (map_of_places(site))
            (places_table)
        }
        (differences)
        (sections.markup)
        @if let Some(absent) = &absent {
            h2 id="not-in-these-figures" { "What is not in these figures" }
            @for words in absent_in_words(report) { p { (words) } }
            (table(absent, &|_| None))
        }
        (modes::in_place(site.get(), &page.code, &page.name))
        (outcome::in_place(site, page))
        (proposal::in_place(site.get(), &page.code, &page.name))
        (scenario::in_place(site.get(), &page.code, &page.name))
        (contract::in_place(site.get(), &page.code))
        (place_plan::in_place(site.get(), &page.code, &page.name))
        (premises::in_place(site.get(), &page.code, &page.name))
        (how_made(site, page))
        p { "Every place by partner and activity, in one table:" }
        @if let Some(finest) = sections.datasets.last() { (downloads(finest)) }
        (whole_workbook("index"))
    };
    Page {
        name: "index".to_owned(),
        title: format!("{} in {}", page.name, report.period),
        body,
        datasets: sections.datasets,
    }
}

/// The page of one place.
pub(super) fn place(site: &Released<Site>, page: &PlacePage) -> Page {
    let report = &site.get().report;
    let name = format!("place-{}", slug(&page.code));
    let (stands_out, differences) = differences::in_place(site, page, &name);
    let mut sections = Sections::of(site, page, &name);
    sections.datasets.splice(0..0, differences);
    let (shapes, height) = (&site.get().shapes, site.get().map_height);
    let on_map = shapes.iter().any(|shape| shape.code == page.code);
    let title = format!("Where {} lies", page.name);
    let described = format!(
        "{} is shaded dark among the places of {}.",
        page.name, report.whole.name
    );
    let frame = Frame {
        id: "where",
        title: &title,
        description: &described,
        note: Some(&site.get().map_source),
        table: None,
    };
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › " (page.name) }
        h1 { (page.name) " in " (report.period) }
        div.two {
            div {
                (words::lead(site.get(), page))
                (whole_bar(page.as_shown()))
            }
            @if on_map { (locator(&frame, shapes, height, &page.code)) }
        }
        (facts(page))
        (stands_out)
        (sections.markup)
        (modes::in_place(site.get(), &page.code, &page.name))
        (outcome::in_place(site, page))
        (proposal::in_place(site.get(), &page.code, &page.name))
        (scenario::in_place(site.get(), &page.code, &page.name))
        (contract::in_place(site.get(), &page.code))
        (place_plan::in_place(site.get(), &page.code, &page.name))
        (premises::in_place(site.get(), &page.code, &page.name))
        (how_made(site, page))
        (whole_workbook(&name))
    };
    Page {
        title: format!("{} in {}", page.name, report.period),
        body,
        datasets: sections.datasets,
        name,
    }
}

/// The bar of the whole figure, with its words and what they mean; of nothing there is none.
pub(super) fn whole_bar(total: &ToldFigure) -> Markup {
    html! {
        @if let (false, Some(composition)) = (total.is_nothing(), total.composition()) {
            div.whole {
                p.label { "How it is known" }
                (bar_of_classes(&composition))
                p.label { (evidence_in_words(&composition)) }
            }
            (key())
        }
    }
}

/// A few figures that a reader looks for first.
fn facts(page: &PlacePage) -> Markup {
    let largest = |axis: &str| {
        let section = page.sections.iter().find(|section| section.axis == axis)?;
        let told = (section.rows.iter()).filter(|row| !row.shown().is_withheld());
        told.max_by_key(|row| row.as_shown().size())
    };
    // Of what is withheld nobody may know that it is more.
    let most = |axis: &str, words: &str| {
        let section = page.sections.iter().find(|section| section.axis == axis);
        let mut rows = section.into_iter().flat_map(|section| &section.rows);
        match rows.any(|row| row.shown().is_withheld()) {
            true => format!("{words}, of what is shown"),
            false => words.to_owned(),
        }
    };
    let total = page.as_shown();
    html! {
        dl.facts {
            div { dt { "Spent" } dd { (words::sum(total.sum())) } }
            @if let (Some(each), Shown::Known(_)) = (total.per_head(), total.sum()) {
                div { dt { "For each resident" } dd { (each) @if let Some(months) = total.months() { small { "of " (months) } } } }
            }
            @if let Some(persons) = total.residents() {
                div { dt { "Residents" } dd { (with_separators(persons)) } }
            }
            @if let Some(row) = largest("activity") {
                div { dt { (most("activity", "Most for")) } dd { (row.name) small { (row.shown()) } } }
            }
            @if let Some(row) = largest("partner") {
                div { dt { (most("partner", "Most by")) } dd { (row.name) small { (row.shown()) } } }
            }
        }
    }
}

/// The sections of a page with their tables.
struct Sections {
    markup: Markup,
    datasets: Vec<Dataset>,
}

impl Sections {
    fn of(site: &Released<Site>, page: &PlacePage, file: &str) -> Self {
        let mut datasets = Vec::new();
        let parts: Vec<Markup> = (page.sections.iter())
            .map(|section| {
                let (markup, dataset) = one_section(site, page, section, file);
                datasets.push(dataset);
                markup
            })
            .collect();
        let (crossing, dataset) = crossings(site, page, file);
        datasets.push(dataset);
        Self {
            markup: html! { @for part in parts { (part) } (crossing) },
            datasets,
        }
    }
}

/// Heading and picture title of an axis.
fn headings(axis: &str) -> (&str, &str) {
    match axis {
        "activity" => ("What it is spent on", "by activity"),
        "ages" => ("By age", "by age"),
        "partner" => ("Who spends it", "by partner"),
        other => (other, other),
    }
}

fn one_section(
    site: &Released<Site>,
    page: &PlacePage,
    section: &Section,
    file: &str,
) -> (Markup, Dataset) {
    let report = &site.get().report;
    let (heading, by) = headings(&section.axis);
    let beside = page.code != report.whole.code;
    // Partners have no order of their own: the largest first. Activities and ages keep the pack's.
    let mut ordered: Vec<&SectionRow> = section.rows.iter().collect();
    if section.axis == "partner" {
        ordered.sort_by(|one, other| {
            largest_first((one.shown(), &one.code), (other.shown(), &other.code))
        });
    }
    let rows = ordered.into_iter().map(|row| SpendRow {
        code: &row.code,
        name: &row.name,
        href: (section.axis == "partner")
            .then(|| partner_href(site.get(), &row.code))
            .flatten(),
        derivation: derivation_href(site.get(), &page.code, &section.axis, &row.code),
        figure: row.as_shown(),
        whole: beside.then_some(row.whole),
        range: row.range(report),
    });
    let table = SpendTable {
        name: format!("{file}-by-{}", section.axis),
        title: format!("{} {by}, {}", page.name, report.period),
        axis: &section.axis,
        of: (&page.code, &page.name),
        rows: rows.collect(),
        total: ("Total".to_owned(), page.as_shown()),
        whole: beside.then_some((
            report.whole.name.as_str(),
            report.whole.as_shown().sum_or_zero(),
        )),
        ranged: !report.alternatives.is_empty(),
    };
    let (markup, dataset) = spend(site, &table);
    let picture = bars_of(
        &table,
        &format!("{}-picture", section.axis),
        &format!("What was spent in {} {by}", page.name),
    );
    let something = table.rows.iter().any(|row| !row.figure.is_nothing());
    let markup = html! {
        h2 { (heading) }
        @if section.axis == "activity" && something {
            p { "A sum cut by activity may be known less well than the whole: where a partner's code stands for several activities, a weight that somebody chose divides it." }
        }
        @if section.axis == "ages" && something && section.rows.iter().all(|row| is_shared_out(row.as_shown())) {
            p { "Most of this is shared out by how many people of each age live here, whatever it was spent on. It does not say whom the money served." }
        }
        @if something { (picture) }
        (markup)
    };
    (markup, dataset)
}

/// Who spends on what.
fn crossings(site: &Released<Site>, page: &PlacePage, file: &str) -> (Markup, Dataset) {
    let report = &site.get().report;
    let some = || {
        page.crossings
            .iter()
            .filter(|one| !one.as_shown().is_nothing())
    };
    // Partners and activities in the order of their own tables, the largest first.
    let order = |axis: &str| -> Vec<(String, String)> {
        let rows = page.sections.iter().filter(|section| section.axis == axis);
        let mut rows: Vec<_> = rows.flat_map(|section| &section.rows).collect();
        rows.sort_by(|one, other| {
            largest_first((one.shown(), &one.code), (other.shown(), &other.code))
        });
        let any = |code: &str| some().any(|one| one.partner == code || one.activity == code);
        rows.into_iter()
            .filter(|row| any(&row.code))
            .map(|row| (row.code.clone(), row.name.clone()))
            .collect()
    };
    let (columns, rows) = (order("partner"), order("activity"));
    let at = |list: &[(String, String)], code: &str| list.iter().position(|(own, _)| own == code);
    let dots: Vec<Dot> = some()
        .filter_map(|one| {
            Some(Dot {
                column: at(&columns, &one.partner)?,
                row: at(&rows, &one.activity)?,
                shown: one.shown(),
            })
        })
        .collect();
    let dataset = dataset::crossings(file, report, page, site.terms());
    let names = |list: &[(String, String)]| -> Vec<String> {
        list.iter().map(|(_, name)| name.clone()).collect()
    };
    let largest =
        (some().filter(|one| !one.shown().is_withheld())).max_by_key(|one| one.as_shown().size());
    let described = largest.map_or_else(String::new, |one| {
        format!(
            "The largest dot is {} for {}, {}.",
            one.partner_name,
            one.activity_name,
            one.shown()
        )
    });
    let title = format!("Who spends on what in {}", page.name);
    let frame = Frame {
        id: "matrix",
        title: &title,
        description: &described,
        note: Some(
            "The area of a dot is the sum; a dashed outline is income. Each letter is a partner.",
        ),
        table: Some(&dataset.name),
    };
    let table = html! {
        details {
            summary { "Who spends on what, to the penny (" (counted(some().count(), "sum", "sums")) ")" }
            @let sums: Vec<Shown> = some().map(|one| one.shown()).collect();
            @if let Some(words) = words::withheld(&sums, page.shown()) { p { (words) } }
            (super::table::scroll(&dataset, html! {
                thead { tr { th scope="col" { "partner" } th scope="col" { "activity" } th.number scope="col" { "spent" } th scope="col" { "how it is known" } } }
                tbody {
                    @for one in some() {
                        tr {
                            th scope="row" { (one.partner_name) }
                            td { (one.activity_name) }
                            td.number { (words::sum(one.shown())) }
                            td.known { (bar_of_classes(&one.as_shown().composition().unwrap_or_default())) (one.as_shown().how_known().unwrap_or_else(|| "–".to_owned())) }
                        }
                    }
                }
                tfoot { tr { th scope="row" { "Total" } td {} td.number { (words::sum(page.shown())) } td {} } }
            }))
            (downloads(&dataset))
        }
    };
    let markup = html! {
        h2 { "Who spends on what" }
        @if dots.is_empty() { p { "Nothing is recorded." } }
        @else { (matrix(&frame, &names(&columns), &names(&rows), &dots)) }
        (table)
    };
    (markup, dataset)
}

fn places_table(site: &Released<Site>) -> (Markup, Dataset) {
    let report = &site.get().report;
    let rows = report.places.iter().map(|place| SpendRow {
        code: &place.code,
        name: &place.name,
        href: place_href(site.get(), &place.code),
        derivation: (site.get().derivations.contains_key(&place.code))
            .then(|| format!("made-{}.html", slug(&place.code))),
        figure: place.as_shown(),
        whole: None,
        range: place.range(report),
    });
    spend(
        site,
        &SpendTable {
            name: "index-by-place".to_owned(),
            title: format!("{} by place, {}", report.whole.name, report.period),
            axis: "place",
            of: (&report.whole.code, &report.whole.name),
            rows: rows.collect(),
            total: (report.whole.name.clone(), report.whole.as_shown()),
            whole: None,
            ranged: !report.alternatives.is_empty(),
        },
    )
}

/// Where a reader goes who wants to know more.
fn how_made(site: &Released<Site>, page: &PlacePage) -> Markup {
    let holds = site.get().report.holds;
    html! {
        h2 { "How these figures were made" }
        p {
            "Each sum in the tables leads to what it is made of. All of " (page.name) ": "
            a href={ "made-" (slug(&page.code)) ".html" } { "how each figure was made" }
            "; " a href="method.html" { "how it is known, in general" } "; "
            a href="reconciliation.html" { "from the files to these figures" } " ("
            @if holds { "every step holds" } @else { b { "not every step holds: do not use these figures" } }
            ")."
        }
    }
}
