//! Partners: who pays whom in the whole place, and a page for each.

use super::address::{derivation_href, partner_href, place_href, slug};
use super::place::{bars_of, whole_bar};
use super::shell::Page;
use super::spending::{SpendRow, SpendTable, spend};
use super::table::{table, whole_workbook};
use super::words::counted;
use crate::cube::KeyPart;
use crate::disclosure::Released;
use crate::money::Pence;
use crate::report::content::rounding;
use crate::report::content::{SectionRow, Shown, ShownFigure};
use crate::report::dataset::{Dataset, Kind, Value};
use crate::report::picture::{Frame, Ribbon, Stage, flow};
use crate::report::site::Site;
use crate::report::site::{Flow, PartnerFlows, PartnerSheet};
use maud::{Markup, html};

/// All partners: flows between them and what they spend it on.
pub(super) fn all(site: &Released<Site>) -> Page {
    let report = &site.get().report;
    let mut datasets = Vec::new();
    let spending = site
        .get()
        .partners
        .iter()
        .filter(|partner| partner.total.is_some());
    let flows = flows(site, &mut datasets);
    let silent: Vec<&PartnerSheet> = (site.get().partners.iter())
        .filter(|partner| partner.total.is_none())
        .collect();
    let rows = spending.filter_map(|partner| {
        Some(SpendRow {
            code: &partner.code,
            name: &partner.name,
            href: partner_href(site.get(), &partner.code),
            derivation: derivation_href(site.get(), &report.whole.code, "partner", &partner.code),
            figure: partner.total.as_ref()?.as_shown(),
            whole: None,
        })
    });
    let spent = SpendTable {
        name: "partners-spending".to_owned(),
        title: format!(
            "What each partner spent in {}, {}",
            report.whole.name, report.period
        ),
        axis: "partner",
        of: (&report.whole.code, &report.whole.name),
        rows: rows.collect(),
        total: ("Total".to_owned(), report.whole.as_shown()),
        whole: None,
    };
    let (markup, dataset) = spend(site, &spent);
    datasets.push(dataset);
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › Partners" }
        h1 { "Partners" }
        p.lead { "Who spends in " (report.whole.name) ", on what, and who pays whom. What partners pay each other counts once, where it is spent." }
        h2 { "Where the money flows" }
        (flows)
        h2 { "What each partner spent" }
        (markup)
        @if !silent.is_empty() {
            h2 { "Partners of whom nothing is recorded in " (report.period) }
            ul {
                @for partner in silent {
                    li { a href=(partner_href(site.get(), &partner.code).unwrap_or_default()) { (partner.name) } }
                }
            }
        }
        (whole_workbook("partners"))
    };
    Page {
        name: "partners".to_owned(),
        title: "Partners".to_owned(),
        body,
        datasets,
    }
}

/// The picture of flows: from funders where money passes between partners, else from those who
/// spend it.
fn flows(site: &Released<Site>, datasets: &mut Vec<Dataset>) -> Markup {
    let report = &site.get().report;
    let key = |code: &str, name: &str| (code.to_owned(), name.to_owned());
    let crossings: Vec<Link> = (report.whole.crossings.iter())
        .map(|one| Link {
            from: key(&one.partner, &one.partner_name),
            to: key(&one.activity, &one.activity_name),
            shown: one.shown,
        })
        .collect();
    let between = site
        .get()
        .flows
        .as_ref()
        .filter(|flows| flows.any_between());
    let (words, headings, layers): (String, Vec<&'static str>, Vec<Vec<Link>>) = match between {
        Some(flows) => (
            "Followed back through all hands: on the left whose own money it was, in the middle who finally spent it, on the right what for.".to_owned(),
            vec!["Whose money", "Who spends it", "What for"],
            of_flows(flows),
        ),
        None => (
            format!(
                "In {} the account holds no payment from one partner to another that could be followed, so each partner stands here with what it spends.",
                report.period
            ),
            vec!["Who spends it", "What for"],
            vec![crossings],
        ),
    };
    let mut dataset = Dataset::new(
        "flows".to_owned(),
        format!("Flows in {}, {}", report.whole.name, report.period),
    );
    dataset.column("stage", "step", Kind::Text, "Which step of the picture");
    dataset.behind("from_code", Kind::Text, "Code of where it comes from");
    dataset.column("from", "from", Kind::Text, "Where it comes from");
    dataset.behind("to_code", Kind::Text, "Code of where it goes");
    dataset.column("to", "to", Kind::Text, "Where it goes");
    dataset.column(
        "amount_gbp",
        "how much",
        Kind::Pounds,
        "How much, to the penny; negative is income",
    );
    dataset.behind("status", Kind::Text, "value, or suppressed");
    for (stage, links) in layers.iter().enumerate() {
        for link in links.iter().filter(|link| link.is_something()) {
            dataset.rows.push(vec![
                Value::text(format!("{} → {}", headings[stage], headings[stage + 1])),
                Value::text(link.from.0.as_str()),
                Value::text(link.from.1.as_str()),
                Value::text(link.to.0.as_str()),
                Value::text(link.to.1.as_str()),
                Value::sum(link.shown),
                Value::text(link.shown.status()),
            ]);
        }
    }
    let picture = drawn(site, &headings, &layers, &dataset.name);
    let negative = layers
        .iter()
        .flatten()
        .any(|link| link.size() < Pence::ZERO);
    let markup = html! {
        p { (words) }
        (picture)
        @if negative { p { "Income (sums below zero) cannot be drawn as a ribbon; it stands in the table with its minus sign." } }
        details {
            summary { "All flows as a table (" (counted(dataset.rows.len(), "row", "rows")) ")" }
            (table(&dataset, &|_| None))
        }
    };
    datasets.push(dataset);
    markup
}

/// Money from one member to another.
struct Link {
    from: (String, String),
    to: (String, String),
    shown: Shown,
}

impl Link {
    fn of(flow: &Flow) -> Self {
        Self {
            from: (flow.from.code.clone(), flow.from.name.clone()),
            to: (flow.to.code.clone(), flow.to.name.clone()),
            shown: flow.shown,
        }
    }

    /// Whether there is a sum other than zero, shown or not.
    fn is_something(&self) -> bool {
        matches!(self.shown, Shown::Known(_) | Shown::Suppressed)
    }

    /// How much, to draw and order by; zero where it may not be shown.
    fn size(&self) -> Pence {
        self.shown.pence().unwrap_or_default()
    }
}

fn of_flows(flows: &PartnerFlows) -> Vec<Vec<Link>> {
    let links = |flows: &[Flow]| flows.iter().map(Link::of).collect();
    vec![links(&flows.funded), links(&flows.spent)]
}

fn drawn(
    site: &Released<Site>,
    headings: &[&'static str],
    layers: &[Vec<Link>],
    table: &str,
) -> Markup {
    let report = &site.get().report;
    // What goes through a member, to order columns: the larger of what comes and what goes.
    let through = |stage: usize, code: &str| -> i64 {
        let out = layers
            .get(stage)
            .into_iter()
            .flatten()
            .filter(|link| link.from.0 == code);
        let before = stage.checked_sub(1).and_then(|before| layers.get(before));
        let into = before
            .into_iter()
            .flatten()
            .filter(|link| link.to.0 == code);
        let sum = |links: &mut dyn Iterator<Item = &Link>| {
            links.fold(0i64, |sum, link| {
                sum.saturating_add(link.size().get().max(0))
            })
        };
        sum(&mut out.into_iter()).max(sum(&mut into.into_iter()))
    };
    let nodes: Vec<Vec<(String, String)>> = (0..headings.len())
        .map(|stage| {
            let from = layers
                .get(stage)
                .into_iter()
                .flatten()
                .map(|link| &link.from);
            let before = stage.checked_sub(1).and_then(|before| layers.get(before));
            let to = before.into_iter().flatten().map(|link| &link.to);
            let mut members: Vec<(String, String)> = Vec::new();
            for member in from.chain(to) {
                if !members.contains(member) && through(stage, &member.0) > 0 {
                    members.push(member.clone());
                }
            }
            members.sort_by_key(|member| std::cmp::Reverse(through(stage, &member.0)));
            members
        })
        .collect();
    let stages: Vec<Stage> = (nodes.iter().zip(headings).enumerate())
        .map(|(stage, (members, heading))| Stage {
            heading,
            nodes: {
                let sums: Vec<Pence> = (members.iter())
                    .map(|(code, _)| Pence::new(through(stage, code)))
                    .collect();
                let total = Pence::total(sums.iter().copied()).unwrap_or_default();
                let words = rounding::parts_in_pounds(total, &sums);
                let names = members.iter().map(|(_, name)| name.clone());
                names.zip(words).collect()
            },
        })
        .collect();
    let at = |stage: usize, code: &str| nodes[stage].iter().position(|(own, _)| own == code);
    let mut ribbons: Vec<Ribbon> = Vec::new();
    for (stage, links) in layers.iter().enumerate() {
        for link in links {
            if let (Some(from), Some(to)) = (at(stage, &link.from.0), at(stage + 1, &link.to.0)) {
                ribbons.push(Ribbon {
                    stage,
                    ends: (from, to),
                    amount: link.size(),
                });
            }
        }
    }
    ribbons.sort_by_key(|ribbon| (ribbon.stage, ribbon.ends));
    let largest = layers.iter().flatten().max_by_key(|link| link.size());
    let described = largest.map_or_else(String::new, |link| {
        format!(
            "The thickest ribbon is {} to {}: {}.",
            link.from.1, link.to.1, link.shown
        )
    });
    let title = format!("Flows of money in {}, {}", report.whole.name, report.period);
    let frame = Frame {
        id: "flows-picture",
        title: &title,
        description: &described,
        note: Some(
            "A ribbon is as thick as its sum. Whole pounds, rounded so that each column adds up; the table has the pennies.",
        ),
        table: Some(table),
    };
    flow(&frame, &stages, &ribbons)
}

/// The page of one partner.
pub(super) fn one(site: &Released<Site>, partner: &PartnerSheet) -> Page {
    let report = &site.get().report;
    let name = format!("partner-{}", slug(&partner.code));
    let mut datasets = Vec::new();
    let spending = (partner.total.as_ref())
        .map(SectionRow::as_shown)
        .filter(|total| !total.is_nothing());
    let sections = spending.map(|total| {
        let activities = report
            .whole
            .crossings
            .iter()
            .filter(|one| one.partner == partner.code);
        let by_activity = SpendTable {
            name: format!("{name}-by-activity"),
            title: format!("{} by activity, {}", partner.name, report.period),
            axis: "activity",
            of: (&report.whole.code, &report.whole.name),
            rows: activities
                .map(|one| SpendRow {
                    code: &one.activity,
                    name: &one.activity_name,
                    href: None,
                    derivation: derivation_href(
                        site.get(),
                        &report.whole.code,
                        "partner",
                        &partner.code,
                    ),
                    figure: one.as_shown(),
                    whole: None,
                })
                .collect(),
            total: ("Total".to_owned(), total),
            whole: None,
        };
        let places = SpendTable {
            name: format!("{name}-by-place"),
            title: format!("{} by place, {}", partner.name, report.period),
            axis: "place",
            of: (&report.whole.code, &report.whole.name),
            rows: (partner.places.iter())
                .map(|row| SpendRow {
                    code: &row.code,
                    name: &row.name,
                    href: place_href(site.get(), &row.code),
                    derivation: derivation_href(site.get(), &row.code, "partner", &partner.code),
                    figure: row.as_shown(),
                    whole: None,
                })
                .collect(),
            total: (report.whole.name.clone(), total),
            whole: None,
        };
        let (activity, one) = spend(site, &by_activity);
        let (place, other) = spend(site, &places);
        datasets.extend([one, other]);
        let title = format!("What {} spends, by activity", partner.name);
        html! {
            (whole_bar(total))
            h2 { "What it spends on" }
            (bars_of(&by_activity, "activities", &title))
            (activity)
            h2 { "Where" }
            (place)
        }
    });
    let shown = spending.map_or(Shown::NothingRecorded, ShownFigure::sum);
    let led = |section: &&crate::report::content::OutcomeSection| {
        section.lead.as_ref() == Some(&partner.name)
    };
    let helped = |section: &&crate::report::content::OutcomeSection| {
        section.contributing.contains(&partner.name)
    };
    let outcomes = || site.get().outcomes.iter().map(|sheet| &sheet.section);
    let leads: Vec<_> = outcomes().filter(led).collect();
    let helps: Vec<_> = outcomes().filter(helped).collect();
    let flows = site
        .get()
        .flows
        .as_ref()
        .filter(|flows| flows.any_between());
    let links = |pick: &dyn Fn(&KeyPart, &KeyPart) -> Option<String>| -> Vec<(String, Shown)> {
        let funded = flows.into_iter().flat_map(|flows| &flows.funded);
        funded
            .filter(|flow| flow.from.code != flow.to.code)
            .filter_map(|flow| Some((pick(&flow.from, &flow.to)?, flow.shown)))
            .collect()
    };
    let from = links(&|from, to| (to.code == partner.code).then(|| from.name.clone()));
    let to = links(&|from, to| (from.code == partner.code).then(|| to.name.clone()));
    let outcome_list = |title: &str, sections: &[&crate::report::content::OutcomeSection]| {
        html! {
            @if !sections.is_empty() {
                h3 { (title) }
                ul { @for section in sections { li { a href={ "outcome-" (slug(&section.code)) ".html" } { (section.name) } } } }
            }
        }
    };
    let body = html! {
        p.crumbs { a href="index.html" { (report.whole.name) } " › " a href="partners.html" { "Partners" } " › " (partner.name) }
        h1 { (partner.name) }
        p.lead {
            @match shown {
                Shown::Known(amount) => { (partner.name) " spent " b { (rounding::in_words(amount)) } " in " (report.whole.name) " in " (report.period) " (" (amount) ")." }
                Shown::RecordedZero => { "What is recorded of " (partner.name) " in " (report.period) " comes to nothing." }
                Shown::NothingRecorded => { "Nothing is recorded of " (partner.name) " in " (report.whole.name) " in " (report.period) " (" (report.phase) ")." }
                Shown::Suppressed => { "What " (partner.name) " spent may not be shown." }
            }
        }
        @if let Some(sections) = sections { (sections) }
        @if !from.is_empty() || !to.is_empty() {
            h2 { "Paid by and paid to other partners" }
            @for (who, amount) in &from { p { (amount) " of what it spent was the money of " (who) "." } }
            @for (who, amount) in &to { p { (amount) " of its own money was spent by " (who) "." } }
        }
        @if !leads.is_empty() || !helps.is_empty() {
            h2 { "What it answers for" }
            (outcome_list("Leads on", &leads))
            (outcome_list("Contributes to", &helps))
        }
        @if !partner.ledgers.is_empty() {
            h2 { "Where its lines come from" }
            ul {
                @for ledger in &partner.ledgers {
                    li { b { (ledger.name) } " (" (ledger.phase) "): " (counted(usize::try_from(ledger.lines).unwrap_or(usize::MAX), "line", "lines")) ", of all periods. " (ledger.source) }
                }
            }
        }
        @if !datasets.is_empty() { (whole_workbook(&name)) }
    };
    Page {
        title: partner.name.clone(),
        body,
        datasets,
        name,
    }
}
