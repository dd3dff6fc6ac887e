//! How it is known: the classes of evidence, what shared the money, and where it was read.

use super::place::whole_bar;
use super::shell::Page;
use super::table::table;
use super::unplaced;
use super::words::counted;
use crate::axis::Evidence;
use crate::disclosure::Released;
use crate::report::content::LocalityReport;
use crate::report::content::evidence::class_words;
use crate::report::dataset::{Dataset, Kind, Value};
use crate::report::site::{Method, Site};
use crate::report::text::no_alternatives;
use maud::html;

pub(super) fn page(site: &Released<Site>) -> Page {
    let (report, method) = (&site.get().report, &site.get().method);
    let (known, ledgers) = (evidence(report), ledgers(method));
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › How it is known" }
        h1 { "How it is known" }
        p.lead { "Partners write down what they spend in their own way, seldom by place and hardly ever by age. Each sum here says how much of it is recorded and how much is shared out." }
        h2 { "Four ways of knowing" }
        (whole_bar(report.whole.as_shown()))
        p { "For " (report.whole.name) " as a whole: " (report.whole.as_shown().how_known().unwrap_or_else(|| "it may not be shown".to_owned())) ". A sum reached by several steps has the class of its weakest step. Money of which nobody can say whether it lies in a place is in no sum: it stands beside, with the reason." }
        (table(&known, &|_| None))
        h2 { "What shares the money" }
        p { "A sum that is known only for a larger area or for all ages is recorded once, as coarsely as it is known, and shared out only when somebody asks: its share of a place is the share of the measure that lies there. Nothing is lost and nothing is counted twice; a place and everything outside it are always the whole." }
        ul { @for (name, (class, basis), source) in &method.drivers { li { b { (name) } " (" (class_words(*class)) @if let Some(basis) = basis { ", " (basis) } "): " (source) } } }
        @if method.adds_two_bases() { p { "Some of these measures stand where people live, and tell whom the money is for; others where it happens, and tell where it is spent. A sum that is made of both adds the two." } }
        h3 { "Which money is shared by which measure; the first that fits counts" }
        ol { @for rule in &method.rules { li { (rule) } } }
        h2 { "How much hangs on the choice of measure" }
        @match no_alternatives(report) {
            Some(words) => { p { (words) } }
            None => {
                p { "Other rules might have been chosen. Figures are asked for under each of these too, and lie between the least and the most that comes of it:" }
                ul { @for name in &report.alternatives { li { (name) } } }
                p { "A place is said to differ from " (report.whole.name) " only where the difference a head, taken under each set of rules by itself, is at least nine tenths of what it varies by over all of them. Each figure has a least and a most of its own: the least of parts do not add up to the least of a total. They say what hangs on the choice of rules, not how sure a measure is." }
            }
        }
        h2 { "Whose spending counts" }
        p { "Boundary: " (report.boundary) ". What one insider pays another counts once, where it is finally spent; a payment to anybody else is spending." }
        h2 { "Rounding" }
        p { "Sums are kept in whole pence and shares as exact fractions. A table is rounded once, from its total down, so that it adds up to the penny; the same cell of two tables may differ by a penny. Sums in words and on bars are rounded so that the parts still add up to what is said of the whole; percentages likewise, but for those under 1%." }
        @if let Some(outcomes) = &report.outcomes {
            h2 { "Intervals of outcomes" }
            p { "Figures of outcomes carry " (outcomes.confidence) " intervals where counts are published: Wilson's for proportions, Byar's for counts and rates. Zero, not collected and suppressed are three things, and what is published for the county is never shown as a place's own. Nothing here says that spending made a change." }
        }
        h2 { "What was read" }
        (table(&ledgers, &|_| None))
        @if method.unnamed > 0 { p { "And " (counted(method.unnamed, "ledger", "ledgers")) " that are not public." } }
        (unplaced::told(site))
        @if !site.get().left_out.is_empty() {
            h3 { "What is not told" }
            p { "Some ledgers are not public. What no rule of disclosure is tried on is left out: " (site.get().left_out.join("; ")) "." }
        }
        @if !method.replaced.is_empty() {
            h3 { "Coarse lines that finer ones replace" }
            ul { @for (ledger, note) in &method.replaced { li { b { (ledger) } ": " (note) } } }
        }
    };
    Page {
        name: "method".to_owned(),
        title: "How it is known".to_owned(),
        body,
        datasets: vec![known, ledgers],
    }
}

/// How much of each activity is known in which way.
fn evidence(report: &LocalityReport) -> Dataset {
    let mut known = Dataset::new(
        "method-evidence".to_owned(),
        format!(
            "How it is known, by activity: {}, {}",
            report.whole.name, report.period
        ),
    );
    known.behind("activity_code", Kind::Text, "Code of the activity");
    known.column("activity", "activity", Kind::Text, "Name of the activity");
    for class in Evidence::ALL {
        let about = match class {
            Evidence::Direct => "Recorded for the whole place itself",
            Evidence::Driver => "Shared out by a measure of service use",
            Evidence::Population => "Shared out by residents",
            Evidence::Judgement => "Shared out by a weight that somebody chose",
        };
        known.column(
            &format!("{class}_gbp"),
            class_words(class),
            Kind::Pounds,
            about,
        );
    }
    known.column("amount_gbp", "together", Kind::Pounds, "What was spent");
    let activities = report
        .whole
        .sections
        .iter()
        .filter(|section| section.axis == "activity");
    for row in activities.flat_map(|section| &section.rows) {
        let mut cells = vec![
            Value::text(row.code.as_str()),
            Value::text(row.name.as_str()),
        ];
        let figure = row.as_shown();
        cells.extend(Evidence::ALL.map(|class| Value::sum(figure.class(class))));
        cells.push(Value::sum(figure.sum_or_zero()));
        known.rows.push(cells);
    }
    known
}

/// The ledgers that were read.
fn ledgers(method: &Method) -> Dataset {
    let mut ledgers = Dataset::new("method-ledgers".to_owned(), "What was read".to_owned());
    ledgers.column("ledger", "ledger", Kind::Text, "Its name");
    ledgers.column("phase", "phase", Kind::Text, "Budget, forecast or outturn");
    ledgers.column(
        "source",
        "source",
        Kind::Text,
        "Publisher, edition, licence",
    );
    ledgers.column(
        "control_totals",
        "totals it is held against",
        Kind::Whole,
        "Published totals that its lines must meet",
    );
    for (name, source, phase, controls) in &method.ledgers {
        ledgers.rows.push(vec![
            Value::text(name.as_str()),
            Value::text(phase.to_string()),
            Value::text(source.as_str()),
            Value::Whole(u64::try_from(*controls).unwrap_or(u64::MAX)),
        ]);
    }
    ledgers
}
