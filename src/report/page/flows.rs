//! Where the money flows: a picture, and its table.

use super::table::table;
use super::words::counted;
use crate::money::Pence;
use crate::report::content::{Crossing, LocalityReport, Shown, rounding};
use crate::report::dataset::{Dataset, Kind, Value};
use crate::report::picture::{Frame, Ribbon, Stage, flow};
use crate::report::site::{Flow, Site};
use maud::{Markup, html};

/// Columns of members, and what flows from each column to the next.
struct Layers {
    /// What the picture shows, in a sentence.
    words: String,
    /// What each column is.
    headings: Vec<&'static str>,
    /// What flows from a column to the next; one fewer than columns.
    links: Vec<Vec<Link>>,
}

/// Money from one member to another.
struct Link {
    from: (String, String),
    to: (String, String),
    shown: Shown,
}

impl Link {
    fn of_crossing(one: &Crossing) -> Self {
        Self {
            from: (one.partner.clone(), one.partner_name.clone()),
            to: (one.activity.clone(), one.activity_name.clone()),
            shown: one.shown(),
        }
    }

    fn of(flow: &Flow) -> Self {
        Self {
            from: (flow.from.code.clone(), flow.from.name.clone()),
            to: (flow.to.code.clone(), flow.to.name.clone()),
            shown: flow.shown,
        }
    }

    /// Whether there is a sum other than zero, shown or not.
    fn is_something(&self) -> bool {
        matches!(self.shown, Shown::Known(_) | Shown::Withheld(_))
    }

    /// How much, to draw and order by; zero where it may not be shown.
    fn size(&self) -> Pence {
        self.shown.pence().unwrap_or_default()
    }
}

/// The picture of flows and its table: from funders where money passes between partners, else from
/// those who spend it.
pub fn flows(site: &Site) -> (Markup, Dataset) {
    let layers = Layers::of(site);
    let dataset = dataset(&site.report, &layers);
    let picture = picture(&site.report, &layers, &dataset.name);
    let negative = (layers.all()).any(|link| link.size() < Pence::ZERO);
    let markup = html! {
        p { (layers.words) }
        (picture)
        @if layers.all().any(|link| link.shown.is_withheld()) { p { "What is confidential has no ribbon, and sums beside names are without it." } }
        @if negative { p { "Income (sums below zero) cannot be drawn as a ribbon; it stands in the table with its minus sign." } }
        details {
            summary { "All flows as a table (" (counted(dataset.rows.len(), "row", "rows")) ")" }
            (table(&dataset, &|_| None))
        }
    };
    (markup, dataset)
}

impl Layers {
    fn of(site: &Site) -> Self {
        let links = |flows: &[Flow]| flows.iter().map(Link::of).collect();
        match site.flows.as_ref().filter(|flows| flows.any_between()) {
            Some(flows) => Self {
                words: "Followed back through all hands: on the left whose own money it was, in the middle who finally spent it, on the right what for.".to_owned(),
                headings: vec!["Whose money", "Who spends it", "What for"],
                links: vec![links(&flows.funded), links(&flows.spent)],
            },
            None => Self {
                words: match site.flows.as_ref().is_none_or(|flows| flows.told) {
                    true => format!(
                        "In {} the account holds no payment from one partner to another that could be followed, so each partner stands here with what it spends.",
                        site.report.period
                    ),
                    false => "Whose money it was is not told, so each partner stands here with what it spends.".to_owned(),
                },
                headings: vec!["Who spends it", "What for"],
                links: vec![(site.report.whole.crossings.iter()).map(Link::of_crossing).collect()],
            },
        }
    }

    fn all(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().flatten()
    }

    /// What leaves the members of a column.
    fn leaving(&self, column: usize) -> impl Iterator<Item = &Link> {
        self.links.get(column).into_iter().flatten()
    }

    /// What comes to the members of a column.
    fn entering(&self, column: usize) -> impl Iterator<Item = &Link> {
        let before = column
            .checked_sub(1)
            .and_then(|before| self.links.get(before));
        before.into_iter().flatten()
    }

    /// What goes through a member, to order columns: the larger of what comes and what goes.
    fn through(&self, column: usize, code: &str) -> i64 {
        let out = self.leaving(column).filter(|link| link.from.0 == code);
        let into = self.entering(column).filter(|link| link.to.0 == code);
        income_left_out(out).max(income_left_out(into))
    }

    /// The members of a column, code and name, the largest first.
    fn members(&self, column: usize) -> Vec<(String, String)> {
        let from = self.leaving(column).map(|link| &link.from);
        let to = self.entering(column).map(|link| &link.to);
        let mut members: Vec<(String, String)> = Vec::new();
        for member in from.chain(to) {
            if !members.contains(member) && self.through(column, &member.0) > 0 {
                members.push(member.clone());
            }
        }
        members.sort_by_key(|member| std::cmp::Reverse(self.through(column, &member.0)));
        members
    }

    /// A column of the picture: its members with the words of their sums.
    fn stage(&self, column: usize, members: &[(String, String)]) -> Stage {
        let sums: Vec<Pence> = (members.iter())
            .map(|(code, _)| Pence::new(self.through(column, code)))
            .collect();
        let total = Pence::total(sums.iter().copied()).unwrap_or_default();
        let words = rounding::parts_in_pounds(total, &sums);
        let names = members.iter().map(|(_, name)| name.clone());
        Stage {
            heading: self.headings[column],
            nodes: names.zip(words).collect(),
        }
    }

    /// A ribbon for each link between two members that are drawn.
    fn ribbons(&self, members: &[Vec<(String, String)>]) -> Vec<Ribbon> {
        let at = |stage: usize, code: &str| members[stage].iter().position(|(own, _)| own == code);
        let mut ribbons: Vec<Ribbon> = Vec::new();
        for (stage, links) in self.links.iter().enumerate() {
            for link in links {
                let ends = (at(stage, &link.from.0), at(stage + 1, &link.to.0));
                if let (Some(from), Some(to)) = ends {
                    ribbons.push(Ribbon {
                        stage,
                        ends: (from, to),
                        amount: link.size(),
                    });
                }
            }
        }
        ribbons.sort_by_key(|ribbon| (ribbon.stage, ribbon.ends));
        ribbons
    }
}

/// Sums above zero, added up.
fn income_left_out<'a>(links: impl Iterator<Item = &'a Link>) -> i64 {
    links.fold(0, |sum: i64, link| {
        sum.saturating_add(link.size().get().max(0))
    })
}

fn dataset(report: &LocalityReport, layers: &Layers) -> Dataset {
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
    let headings = &layers.headings;
    for (stage, links) in layers.links.iter().enumerate() {
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
    dataset
}

fn picture(report: &LocalityReport, layers: &Layers, table: &str) -> Markup {
    let members: Vec<Vec<(String, String)>> = (0..layers.headings.len())
        .map(|column| layers.members(column))
        .collect();
    let stages: Vec<Stage> = (members.iter().enumerate())
        .map(|(column, members)| layers.stage(column, members))
        .collect();
    let told = layers.all().filter(|link| !link.shown.is_withheld());
    let largest = told.max_by_key(|link| link.size());
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
    flow(&frame, &stages, &layers.ribbons(&members))
}
