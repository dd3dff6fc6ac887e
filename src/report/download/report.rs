//! A report as open data: its datasets, written as one CSV or one JSON.

use super::{csv, failed, json};
use crate::disclosure::Released;
use crate::finding::Findings;
use crate::report::content::{LocalityReport, ReportError};
use crate::report::dataset::{
    Dataset, a_head_by_activity, absent, contributions, contributions_in_places, crossings,
    differences, figures, findings, finest, gaps, known, known_with_basis, reconciliation,
    with_statuses,
};

/// Every figure of a report as CSV, a row each, under the column names of a site's downloads.
///
/// `axis` says by what the place is divided (`activity`, `ages`, `partner`; `total` for all of it),
/// `member_code` and `member_name` say which part it is. Where `status` is `withheld`, no column of
/// the row tells the sum. It opens in Excel as it is; [`unmarked`](crate::sheet::unmarked) gives the texts back.
///
/// # Errors
///
/// [`ReportError::Write`].
pub fn to_csv(report: &Released<LocalityReport>) -> Result<String, ReportError> {
    let figures = figures(report.get(), report.terms());
    Ok(csv::to_csv(&coded(figures, report)))
}

/// The outcomes of the report as CSV, one row an indicator of a place: what it last told, of
/// which period, with its interval and what that rests on, and for whom that is known. A report
/// without outcomes has no rows.
///
/// `figure` is the place's own or empty: where `known_for` is `only for E06000051`, the figure
/// stands in the row of that place, not in this one. `status` says what is known of the place's
/// own figure.
///
/// # Errors
///
/// [`ReportError::Write`].
pub fn outcomes_to_csv(report: &Released<LocalityReport>) -> Result<String, ReportError> {
    let known = known_with_basis(report.get(), report.terms());
    Ok(csv::to_csv(&coded(known, report)))
}

/// Findings as CSV, a row each, faults first and those with most money first: for those who can mend
/// the data. Texts of ledger cells are masked in findings, so nothing needs to be released.
///
/// # Errors
///
/// [`ReportError::Write`].
///
/// # Example
///
/// ```
/// use wholeplace::finding::{Finding, Findings, Position, Severity};
/// let findings: Findings = [Finding {
///     rule: "unmapped-code".into(),
///     severity: Severity::Notice,
///     position: Position::line("midvale.csv", 118).column("activity"),
///     found: "`SC-417` is not in the crosswalk of ledger `midvale`".into(),
///     at_stake: Some(wholeplace::Pence::new(4_821_000)),
///     remedy: "add `SC-417` to the crosswalk, or write down a default".into(),
/// }]
/// .into_iter()
/// .collect();
/// let csv = wholeplace::report::findings_to_csv(&findings);
/// let mut lines = csv.trim_start_matches('\u{feff}').lines();
/// assert_eq!(lines.next(), Some("file,line,column,rule,severity,at_stake_gbp,text,remedy"));
/// let row = lines.next().unwrap_or_default();
/// assert!(row.starts_with("midvale.csv,118,activity,unmapped-code,notice,48210.00,"));
/// # Ok::<(), wholeplace::Error>(())
/// ```
#[must_use]
pub fn findings_to_csv(of: &Findings) -> String {
    csv::to_csv(&findings(of))
}

/// The report as JSON: title, terms, notes, and its datasets, each with the meaning of its columns.
/// Amounts are strings of pounds.
///
/// `figures` is what [`to_csv`] writes; `index-by-partner-and-activity` and `spending` divide the
/// whole place and each place by partner and activity; `reconciliation` has every step from the files.
/// `index-a-head-by-activity` has every place by activity a head, and between what that lies under the
/// pack's other sharing rules; where there are such, `differences` has what stands out in each place.
/// With outcomes there are `outcomes`, `outcomes-gaps`, and for each outcome that has some what is
/// spent on it, activity by activity and place by place: `outcome-<code>-spending`,
/// `outcome-<code>-places`. Names are those of a site's files, where the site has the same table.
///
/// A [`LocalityReport`] itself cannot be serialised: it holds sums before anybody has said whether
/// they may be shown.
///
/// ```compile_fail
/// fn written(report: &wholeplace::report::LocalityReport) -> String {
///     serde_json::to_string(report).unwrap()
/// }
/// ```
///
/// # Errors
///
/// [`ReportError::Write`].
pub fn to_json(released: &Released<LocalityReport>) -> Result<String, ReportError> {
    let (terms, report) = (released.terms(), released.get());
    let about = if report.outcomes.is_some() {
        "spending and outcomes"
    } else {
        "spending"
    };
    let title = format!("{}: {about}, {}", report.whole.name, report.period);
    let datasets = datasets(report, terms).into_iter();
    let datasets: Vec<Dataset> = datasets.map(|one| coded(one, released)).collect();
    text(json::all_to_json(&title, terms, &report.notes, &datasets)?)
}

/// A table as it is written: with codes of what is known of each row in a release under a policy.
fn coded(dataset: Dataset, of: &Released<LocalityReport>) -> Dataset {
    match of.says() {
        Some(say) => with_statuses(dataset, say),
        None => dataset,
    }
}

fn datasets(report: &LocalityReport, terms: &str) -> Vec<Dataset> {
    let mut datasets = vec![
        figures(report, terms),
        crossings("index", report, &report.whole, terms),
        finest(report, terms),
        reconciliation(&report.reconciliation),
        a_head_by_activity(report, terms),
    ];
    if !report.alternatives.is_empty() {
        let title = format!("What stands out in each place of {}", report.whole.name);
        let name = "differences".to_owned();
        datasets.push(differences(name, title, report, &report.places, terms));
    }
    if !report.absent.is_empty() {
        datasets.push(absent(report));
    }
    let Some(outcomes) = &report.outcomes else {
        return datasets;
    };
    datasets.push(known(report, terms));
    datasets.push(gaps(&outcomes.gaps));
    for section in report.whole.outcomes.iter().flat_map(|of| &of.outcomes) {
        let name = format!("outcome-{}", section.code);
        datasets.extend(
            section
                .open_spend()
                .map(|spend| contributions(&name, spend)),
        );
        datasets.extend(contributions_in_places(&name, report, &section.code));
    }
    datasets
}

fn text(bytes: Vec<u8>) -> Result<String, ReportError> {
    String::from_utf8(bytes).map_err(|error| failed("text")(error.to_string()))
}
