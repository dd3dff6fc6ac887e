//! `place.toml` as a draft writes it: each line with what was seen as a comment beside it.

use super::ledger::DraftLedger;
use super::plan::Draft;
use super::quoted::{column, list, text};
use crate::finding::plain;
use crate::ledger::{CodeColumn, Layout, Sign};
use crate::money::ExcessDecimals;
use crate::text::{counted, grouped};
use std::fmt::Write as _;

/// What marks a line that a person must look at.
pub(super) const LOOK: &str = "look here:";
/// What a control says of a total that the draft added up from totals that files state.
pub(super) const STATED: &str = "total rows of its files, added up when it was drafted";
/// The table of candidates for counterparties, of which only rows that somebody has decided are in force.
pub(super) const CANDIDATES: &str =
    "public bodies among the payees; a row counts once `yes` stands under decided";

/// A comment on one line.
fn comment(out: &mut String, words: &str) {
    let words: String = plain(words)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    let _ = writeln!(out, "# {words}");
}

/// The columns of a code as an array.
fn columns(columns: &[CodeColumn]) -> String {
    let all: Vec<String> = columns.iter().map(column).collect();
    if all.len() < 2 {
        return format!("[{}]", all.join(", "));
    }
    format!("[\n    {},\n]", all.join(",\n    "))
}

/// The whole file of a new pack.
pub(super) fn place(draft: &Draft, place_of: &dyn Fn(&str) -> (Folder, String)) -> String {
    let mut out = String::new();
    for words in [
        "Drafted from payment files. What was seen stands above each line as a comment; where it says",
        "`look here:` the draft has guessed. Draft again after new files: what is new is added, and nothing",
        "that stands here is changed.",
    ] {
        comment(&mut out, words);
    }
    let years = draft.main_year();
    let _ = write!(
        out,
        "\n[place]\nname = {}\nlocality = {}\n",
        text(&draft.name),
        text(&draft.code)
    );
    comment(
        &mut out,
        "bands of reports by age; others will do, as long as they are all ages",
    );
    out.push_str("age_bands = [\"0-17\", \"18-64\", \"65+\"]\n");
    if let Some(year) = years {
        comment(&mut out, "the financial year of most lines");
        let _ = writeln!(out, "report_period = {}", text(&year.to_string()));
    }
    out.push_str(
        "# What must be printed wherever figures are shown: licences of the files, and warnings.\n\
         notes = [\n    \"Payment files leave small payments, salaries and income out; they are not what a body spent in a year.\",\n]\n",
    );
    let _ = write!(
        out,
        "\n# The place itself; add its wards or small areas below it, each with its `parent`.\n\
         [[localities]]\nsource = \"the place\"\nrows = [{{ code = {}, name = {}, level = \"place\" }}]\n",
        text(&draft.code),
        text(&draft.name)
    );
    out.push_str(
        "\n# A list to start with, in the words of the field: rename, add and take out.\n\
         [[activities]]\nsource = \"list to start with, after the service divisions of councils and the work of police, fire and NHS\"\nfile = \"activities.csv\"\n\
         \n[[partners]]\nsource = \"the publishers of the files\"\nfile = \"partners.csv\"\n\
         \n# One row a code. A row with nothing filled in is not done: its money stays unmapped.\n\
         [[crosswalk]]\nsource = \"all codes of the files, the most money first\"\nfile = \"crosswalk.csv\"\n",
    );
    let _ = write!(
        out,
        "\n# What money is shared by that no line places: nothing yet. Put residents by area and age here (METHODS.md).\n\
         [[driver]]\ncode = \"whole\"\nname = \"the whole place\"\nclass = \"judgement\"\nsource = \"none: one place, counted as one\"\n\
         tables = [{{ rows = [{{ locality = {}, ages = \"all\", mass = \"1\" }}] }}]\n\n[[sharing]]\ndriver = \"whole\"\n",
        text(&draft.code)
    );
    if draft
        .ledgers
        .iter()
        .any(|ledger| !ledger.proposal.bodies.is_empty())
    {
        out.push_str(&bodies());
    }
    if draft
        .ledgers
        .iter()
        .any(|ledger| !ledger.reading.paid.is_empty())
    {
        out.push_str(&candidates());
    }
    for ledger in &draft.ledgers {
        out.push_str(&self::ledger(ledger, &draft.code, place_of));
    }
    out
}

/// The table that says which partner each name of a body is.
pub(super) fn bodies() -> String {
    "\n# Files that hold several bodies name them in a column: which partner each name is.\n\
     [[crosswalk]]\nsource = \"names of bodies in the files\"\nfile = \"bodies.csv\"\n"
        .to_owned()
}

/// The table of candidates for counterparties.
pub(super) fn candidates() -> String {
    format!(
        "\n# Nothing of this is in force: write `yes` under `decided`, the partner (with a row in partners.csv) and\n\
         # the kind of payment in a row, and what is paid to that body counts as paid between partners.\n\
         [[counterparty]]\nsource = \"{CANDIDATES}\"\nfile = \"counterparties.csv\"\nwhere.decided = [\"yes\", \"Yes\", \"YES\"]\n"
    )
}

/// Where a file of a ledger lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    Pack,
    Data,
}

/// A pattern that means this file and no other.
pub(super) fn pattern(file: &str) -> String {
    let mut pattern = String::with_capacity(file.len());
    for c in file.chars() {
        match c {
            '*' | '?' | '[' | ']' => pattern.extend(['[', c, ']']),
            c => pattern.push(c),
        }
    }
    pattern
}

/// What is said of a file beside its name.
pub(super) fn of_file(file: &super::DraftFile) -> String {
    let months = match file.months {
        Some((first, last)) if first == last => format!(", {first}"),
        Some((first, last)) => format!(", {first} to {last}"),
        None => String::new(),
    };
    let lines = counted(grouped(&file.lines.to_string()), "line");
    let stated = if file.stated {
        ", as the file itself states"
    } else {
        ""
    };
    format!("{lines}, {}{months}{stated}", file.total)
}

/// One `[[ledger]]` with its layout, axes and control.
pub(super) fn ledger(
    ledger: &DraftLedger,
    locality: &str,
    place_of: &dyn Fn(&str) -> (Folder, String),
) -> String {
    let mut out = String::new();
    let layout = &ledger.proposal.layout;
    let _ = write!(
        out,
        "\n# ---- {}\n\n[[ledger]]\n",
        plain(&ledger.named.name)
    );
    let _ = writeln!(out, "id = {}", text(&ledger.id));
    comment(
        &mut out,
        &format!(
            "{}{}",
            if ledger.named.look {
                "look here: the publisher's name is known "
            } else {
                "the publisher's name is known "
            },
            by(&ledger.named.why)
        ),
    );
    let _ = writeln!(
        out,
        "name = {}",
        text(&format!("Payments of {}", ledger.named.name))
    );
    let _ = writeln!(
        out,
        "source = {}",
        text(&format!(
            "{}, payment files; add edition and licence",
            ledger.named.name
        ))
    );
    let _ = writeln!(out, "phase = \"outturn\"");
    let months = ledger.reading.months.len() as u64;
    let lines = counted(grouped(&ledger.reading.lines.to_string()), "line");
    let of_months = match (
        ledger.reading.months.keys().next(),
        ledger.reading.months.keys().next_back(),
    ) {
        (Some(first), Some(last)) if first != last => {
            format!(" of {}, {first} to {last}", counted(months, "month"))
        }
        (Some(only), _) => format!(" of {only}"),
        _ => String::new(),
    };
    comment(
        &mut out,
        &format!(
            "{lines}{of_months}, {} as read when it was drafted",
            ledger.reading.total
        ),
    );
    for (key, folder) in [("files", Folder::Pack), ("data", Folder::Data)] {
        let own = ledger.reading.files.iter().filter_map(|file| {
            let (at, name) = place_of(&file.file);
            (at == folder)
                .then(|| format!("    # {}\n    {},\n", of_file(file), text(&pattern(&name))))
        });
        let own: Vec<String> = own.collect();
        if !own.is_empty() {
            let _ = write!(out, "{key} = [\n{}]\n", own.concat());
        }
    }
    out.push_str("\n[ledger.layout]\n");
    layout_lines(&mut out, ledger, layout);
    out.push_str("\n[ledger.axes]\n");
    axes(&mut out, ledger, locality);
    if let Some(total) = ledger.stated() {
        out.push_str("\n[[ledger.control]]\nname = \"the totals that its files state\"\n");
        let _ = writeln!(out, "total = {}", text(&total.to_plain()));
        let _ = writeln!(out, "source = {}", text(STATED));
    }
    out
}

/// Words after "is known".
fn by(why: &str) -> String {
    match why.starts_with("by ") {
        true => why.to_owned(),
        false => format!("from this: {why}"),
    }
}

/// Comments of a key, with what must be looked at.
fn comments(out: &mut String, ledger: &DraftLedger, key: &str) {
    for seen in ledger.proposal.seen.get(key).into_iter().flatten() {
        comment(out, seen);
    }
    for (_, look) in ledger.looks().filter(|(about, _)| *about == key) {
        comment(out, &format!("{LOOK} {look}"));
    }
}

fn layout_lines(out: &mut String, ledger: &DraftLedger, layout: &Layout) {
    comments(out, ledger, "layout");
    let mut arrays = |key: &str, headings: &[String]| {
        comments(out, ledger, key);
        if !headings.is_empty() {
            let _ = writeln!(out, "{key} = {}", list(headings));
        }
    };
    arrays("amount", &layout.amount);
    arrays("date", &layout.date);
    arrays("dates", &layout.dates);
    arrays("period", &layout.period);
    arrays("reference", &layout.reference);
    arrays("currency", &layout.currency);
    if let Some(years) = layout.years {
        let _ = writeln!(out, "years = {}", serde_name(&years));
    }
    comments(out, ledger, "excess_decimals");
    if layout.excess_decimals == ExcessDecimals::HalfEven {
        out.push_str("excess_decimals = \"half-even\"\n");
    }
    comments(out, ledger, "sign");
    if layout.sign == Sign::IncomePositive {
        out.push_str("sign = \"income-positive\"\n");
    }
    comments(out, ledger, "signs");
    for (heading, texts) in &layout.signs {
        let _ = writeln!(
            out,
            "signs.{} = {{ spending = {}, income = {} }}",
            text(heading),
            list(&texts.spending),
            list(&texts.income)
        );
    }
    comments(out, ledger, "units");
    for (heading, units) in &layout.units {
        let units: Vec<String> = units
            .iter()
            .map(|(unit, pounds)| format!("{} = {}", text(unit), text(&pounds.to_plain())))
            .collect();
        let _ = writeln!(out, "units.{} = {{ {} }}", text(heading), units.join(", "));
    }
    comments(out, ledger, "occurrence");
    for (heading, number) in &layout.occurrence {
        let _ = writeln!(out, "occurrence.{} = {number}", text(heading));
    }
    for (heading, texts) in &layout.selection {
        let _ = writeln!(out, "where.{} = {}", text(heading), list(texts));
    }
    // What is placed by codes first, then what rules may ask for.
    let axes = [
        "partner",
        "activity",
        "ages",
        "group",
        "locality",
        "counterparty",
    ];
    let others = layout
        .codes
        .keys()
        .map(String::as_str)
        .filter(|name| !axes.contains(name));
    for name in axes.into_iter().chain(others) {
        match layout.codes.get(name) {
            Some(columns) if !columns.is_empty() => {
                comments(out, ledger, name);
                if name == "ages" {
                    comment(
                        out,
                        "the same columns, so that one row of the crosswalk says all of it",
                    );
                }
                let _ = writeln!(out, "codes.{} = {}", key(name), self::columns(columns));
            }
            _ => comments(out, ledger, name),
        }
    }
}

/// A key, quoted where it must be.
fn key(name: &str) -> String {
    let bare = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    if bare { name.to_owned() } else { text(name) }
}

/// The word by which a pack writes such a value.
fn serde_name(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn axes(out: &mut String, ledger: &DraftLedger, locality: &str) {
    let layout = &ledger.proposal.layout;
    let has = |name: &str| {
        layout
            .codes
            .get(name)
            .is_some_and(|columns| !columns.is_empty())
    };
    let partner = match has("partner") {
        true if ledger.proposal.some_unsaid => format!(
            "{{ by = \"crosswalk\", otherwise = {} }}",
            text(&ledger.named.code)
        ),
        true => "{ by = \"crosswalk\" }".to_owned(),
        false => format!("{{ always = {} }}", text(&ledger.named.code)),
    };
    let _ = writeln!(out, "partner = {partner}");
    if has("activity") {
        let _ = write!(
            out,
            "activity = {{ by = \"crosswalk\" }}\n\
             ages = {{ by = \"crosswalk\", otherwise_gap = \"not-disaggregated\" }}\n\
             group = {{ by = \"crosswalk\", otherwise_gap = \"not-disaggregated\" }}\n\
             # Payment files rarely say where: what no row places lies on the whole place.\n\
             locality = {{ by = \"crosswalk\", otherwise = {} }}\n",
            text(locality)
        );
    } else {
        let _ = write!(
            out,
            "activity = {{ gap = \"unknown\" }}\nages = {{ gap = \"not-disaggregated\" }}\ngroup = {{ gap = \"not-disaggregated\" }}\nlocality = {{ always = {} }}\n",
            text(locality)
        );
    }
    if layout.date.is_empty() && layout.period.is_empty() {
        match ledger.always {
            Some(period) => {
                let _ = writeln!(out, "period = {{ always = {} }}", text(&period.to_string()));
            }
            None => out.push_str("period = { gap = \"unknown\" }\n"),
        }
    }
}
