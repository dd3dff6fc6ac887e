//! How figures were made: down to ledger lines, or to the partners and activities that make them.

use super::SiteSources;
use crate::axis::Evidence;
use crate::cube::{By, Contribution, Question};
use crate::disclosure::Telling;
use crate::money::Pence;
use crate::report::content::{LocalityReport, PlacePage, ReportError, Shown, question};
use std::collections::BTreeMap;

/// How the figures of one place were made, by axis.
#[derive(Clone, Debug, Default)]
pub(in crate::report) struct Derivation {
    /// Axis, and each member of it.
    pub axes: Vec<(String, Vec<DerivedFigure>)>,
}

/// How one figure was made.
#[derive(Clone, Debug)]
pub(in crate::report) struct DerivedFigure {
    /// Code of the member.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The figure.
    pub shown: Shown,
    /// What it is made of, the largest first.
    pub parts: Vec<DerivedPart>,
    /// How many more there are.
    pub more: usize,
    /// Whether what it is made of may be told; otherwise nothing of it is here.
    pub told: bool,
    /// Whether some parts are not told singly.
    pub others: bool,
    /// The figure before closing, and what closing added; only where lines were followed.
    pub closing: Option<(String, String)>,
}

/// One record, or one partner's part, in a figure.
#[derive(Clone, Debug)]
pub(in crate::report) struct DerivedPart {
    /// Where it was recorded, in words.
    pub recorded: String,
    /// What was recorded there.
    pub pence: Option<Pence>,
    /// Lines of the ledgers: ledger, file and line, amount.
    pub lines: Vec<(String, String, Pence)>,
    /// How many lines there are.
    pub line_count: u64,
    /// The shares taken of it, in words.
    pub shares: Vec<String>,
    /// The part, in pounds.
    pub part: String,
    /// The class of its weakest step.
    pub class: Option<Evidence>,
}

/// Parts and lines shown of one figure; a page must stay readable.
const PARTS: usize = 40;
const LINES: usize = 3;

pub(super) fn all(
    report: &LocalityReport,
    sources: &SiteSources<'_>,
    telling: &dyn Telling,
) -> Result<BTreeMap<String, Derivation>, ReportError> {
    let pages = || std::iter::once(&report.whole).chain(&report.places);
    if sources.account.is_none() {
        return Ok(pages()
            .map(|page| (page.code.clone(), of_crossings(page)))
            .collect());
    }
    let mut derivations: BTreeMap<String, Derivation> = BTreeMap::new();
    for section in &report.whole.sections {
        let axis = || match section.axis.as_str() {
            "ages" => By::Ages(None),
            "partner" => By::Partner,
            _ => By::Activity(Some(sources.scope.activity_level.clone())),
        };
        let asked = || question(sources.cube, sources.scope);
        let level = By::Locality(sources.scope.level.clone());
        let whole = figures(&asked().by([axis()]), sources, telling)?;
        let own = whole.into_iter().map(|(_, figure)| figure).collect();
        let of_whole = derivations.entry(report.whole.code.clone()).or_default();
        of_whole.axes.push((section.axis.clone(), own));
        let mut of_places: BTreeMap<String, Vec<DerivedFigure>> = BTreeMap::new();
        for (place, figure) in figures(&asked().by([level, axis()]), sources, telling)? {
            of_places.entry(place).or_default().push(figure);
        }
        for (place, own) in of_places {
            let of_place = derivations.entry(place).or_default();
            of_place.axes.push((section.axis.clone(), own));
        }
    }
    Ok(derivations)
}

/// Every row of a question explained, with the place that is its outer key.
fn figures(
    question: &Question<'_>,
    sources: &SiteSources<'_>,
    telling: &dyn Telling,
) -> Result<Vec<(String, DerivedFigure)>, ReportError> {
    let Some(account) = sources.account else {
        return Ok(Vec::new());
    };
    let answer = telling.tell(question, question.answer()?)?;
    let mut figures = Vec::with_capacity(answer.rows.len());
    for (number, row) in answer.rows.iter().enumerate() {
        let Some(member) = row.keys.last() else {
            continue;
        };
        if row.figure.is_nothing() {
            continue;
        }
        let place = row.keys.first().map(|key| key.code.clone());
        // Lines are told only where all of them are public: then so is every step to the figure.
        if row.figure.lines().is_none() || row.figure.sum().is_withheld() {
            let figure = DerivedFigure {
                code: member.code.clone(),
                name: member.name.clone(),
                shown: row.figure.sum_or_zero(),
                parts: Vec::new(),
                more: 0,
                told: false,
                others: false,
                closing: None,
            };
            figures.push((place.unwrap_or_default(), figure));
            continue;
        }
        let mut explained = question.explain(Some(number), account)?;
        let size = |part: &Contribution| part.exact.trim_start_matches('-').parse::<f64>();
        explained.contributions.sort_by(|a, b| {
            let (a, b) = (size(a).unwrap_or_default(), size(b).unwrap_or_default());
            b.total_cmp(&a)
        });
        let more = explained.contributions.len().saturating_sub(PARTS);
        explained.contributions.truncate(PARTS);
        let figure = DerivedFigure {
            code: member.code.clone(),
            name: member.name.clone(),
            shown: row.figure.sum_or_zero(),
            parts: explained.contributions.into_iter().map(part).collect(),
            more,
            told: true,
            others: false,
            closing: Some((explained.exact, explained.rounding)),
        };
        figures.push((place.unwrap_or_default(), figure));
    }
    Ok(figures)
}

fn part(contribution: Contribution) -> DerivedPart {
    let axes = [
        "partner", "paid", "activity", "ages", "group", "locality", "period",
    ];
    let recorded: Vec<String> = (axes.iter())
        .filter_map(|axis| contribution.recorded.get(*axis).cloned())
        .collect();
    let shares = (contribution.shares.iter())
        .map(|share| {
            format!(
                "× {} / {} over {}: {}",
                share.numerator, share.denominator, share.over, share.by
            )
        })
        .collect();
    DerivedPart {
        recorded: recorded.join(" · "),
        pence: Some(contribution.pence),
        lines: (contribution.lines.into_iter().take(LINES))
            .map(|line| {
                let position = match &line.rest {
                    Some(rest) => format!("{}, {rest}:", line.position),
                    None => line.position,
                };
                (line.ledger, position, line.pence)
            })
            .collect(),
        line_count: contribution.line_count,
        shares,
        part: contribution.exact,
        class: Some(contribution.class),
    }
}

/// Without the account: the partners and activities that make each figure of two axes.
fn of_crossings(page: &PlacePage) -> Derivation {
    let axes = page
        .sections
        .iter()
        .filter(|section| section.axis != "ages");
    let axes = axes.map(|section| {
        let by_partner = section.axis == "partner";
        let figures = section.rows.iter().map(|row| {
            let own = (page.crossings.iter()).filter(|crossing| {
                let code = if by_partner {
                    &crossing.partner
                } else {
                    &crossing.activity
                };
                *code == row.code && !crossing.as_shown().is_nothing()
            });
            let told = !row.shown().is_withheld();
            let (withheld, own): (Vec<_>, Vec<_>) =
                (own.filter(|_| told)).partition(|crossing| crossing.shown().is_withheld());
            let parts = own.into_iter().map(|crossing| DerivedPart {
                recorded: format!("{} · {}", crossing.partner_name, crossing.activity_name),
                pence: None,
                lines: Vec::new(),
                line_count: crossing.as_shown().lines().unwrap_or_default(),
                shares: crossing.as_shown().how_known().into_iter().collect(),
                part: crossing.as_shown().size().to_plain(),
                class: None,
            });
            DerivedFigure {
                code: row.code.clone(),
                name: row.name.clone(),
                shown: row.as_shown().sum_or_zero(),
                parts: parts.collect(),
                more: 0,
                told,
                others: !withheld.is_empty(),
                closing: None,
            }
        });
        (section.axis.clone(), figures.collect())
    });
    Derivation {
        axes: axes.collect(),
    }
}
