//! One question from the command line.
//!
//! ```text
//! cargo run --release --example ask -- --activity youth-justice --ages 10-17 --locality ludlow \
//!     --period 2017-18 --phase outturn --explain
//! ```

mod common;

use clap::{Parser, ValueEnum};
use common::{Data, Wrong};
use std::io::Write;
use std::process::ExitCode;
use wholeplace::account::{Boundary, PlaceAccount};
use wholeplace::axis::{Ages, Period, Phase, Resource};
use wholeplace::cube::{Answer, By, Cube, Explanation, Question, RangedAnswer, WhatIf};
use wholeplace::disclosure::{DisclosurePolicy, PrivateMoney, PublicMoney};
use wholeplace::driver::Alternative;
use wholeplace::money::Units;
use wholeplace::table::Table;
use wholeplace::variance::Variance;

/// What do partners spend on an activity, for an audience, in a place?
///
/// cargo run --release --example ask -- --activity youth-justice --ages 10-17 --locality ludlow --period 2017-18 --phase outturn
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = after_help())]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    #[command(flatten)]
    slice: Slice,
    #[command(flatten)]
    rows: Rows,
    #[command(flatten)]
    rules: Rules,
    #[command(flatten)]
    said: Said,
}

/// What is asked for. A member is named by its code, or by its name where no other has it; each may be
/// repeated, and what is not named is not cut.
#[derive(clap::Args)]
#[command(next_help_heading = "What is asked for")]
struct Slice {
    /// A partner, by code or name; may be repeated.
    #[arg(long)]
    partner: Vec<String>,
    /// An activity, by code or name; may be repeated.
    #[arg(long)]
    activity: Vec<String>,
    /// Ages such as 10-17 or 65+; may be repeated.
    #[arg(long)]
    ages: Vec<String>,
    /// A client group, by code or name; may be repeated.
    #[arg(long)]
    group: Vec<String>,
    /// A tag, by code or name; one at a time.
    #[arg(long)]
    tag: Vec<String>,
    /// A locality, by code or name; may be repeated.
    #[arg(long)]
    locality: Vec<String>,
    /// A period such as 2017-18, Jun 2017 or Q1 2017-18.
    #[arg(long)]
    period: String,
    /// budget, forecast or outturn.
    #[arg(long)]
    phase: String,
    /// Who is inside: all-partners, or partners and sets of the pack, by code or name, with commas between.
    #[arg(long, default_value = "all-partners")]
    boundary: String,
    /// What is given in kind in the place of cash: staff-time, premises, volunteer-time, goods.
    #[arg(long)]
    resource: Option<String>,
}

#[derive(clap::Args)]
#[command(next_help_heading = "Rows")]
struct Rows {
    /// What rows are told apart by, the outermost first, with commas between.
    ///
    /// Whose and what for: partner, funder, commissioner, deliverer, counterparty, activity, activity@LEVEL,
    /// flexibility. For whom and where: ages, ages@0-15/16+, group, group@LEVEL, locality@LEVEL. When: year,
    /// quarter, month; what is not of one month has a row of its own. As the partners wrote it, before the
    /// crosswalk: ledger, code (that of the activity), code@NAME (another code of the layouts).
    #[arg(long, value_delimiter = ',', value_name = "AXIS")]
    by: Vec<String>,
    /// The same of another phase beside it, with the variance: budget, forecast or outturn. Partners of whom not
    /// both have lines, of the same months, are told apart.
    #[arg(long, value_name = "PHASE", conflicts_with_all = ["complement", "explain", "alternative", "driver", "ranges", "units", "format"])]
    against: Option<String>,
    /// Also everything outside the slice.
    #[arg(long)]
    complement: bool,
    /// How the figure was made, down to ledger lines; of each row, or of the total.
    #[arg(long)]
    explain: bool,
}

#[derive(clap::Args)]
#[command(next_help_heading = "What if")]
struct Rules {
    /// What if money were shared by another set of rules of the pack, by code or name. The answer under the
    /// pack's own rules stands beside it, with the difference.
    #[arg(long, value_name = "CODE", conflicts_with_all = ["driver", "ranges"])]
    alternative: Option<String>,
    /// What if everything were shared by this driver, by code or name.
    #[arg(long, value_name = "CODE", conflicts_with = "ranges")]
    driver: Option<String>,
    /// Between what each figure lies under all sets of rules of the pack.
    #[arg(long)]
    ranges: bool,
}

#[derive(clap::Args)]
#[command(next_help_heading = "How it is said")]
struct Said {
    /// thousands or millions of pounds, in the table; CSV and JSON keep pence.
    #[arg(long = "in", value_name = "UNIT")]
    units: Option<String>,
    /// How to write the answer.
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// As it may leave the house under the pack's policy of publication: refused where money that is not public has a
    /// part in it. Without this the answer is for internal use.
    #[arg(long, conflicts_with_all = ["against", "alternative", "driver", "ranges"])]
    under_policy: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Table,
    Csv,
    Json,
}

fn after_help() -> String {
    let examples = "\
Examples, on the sample that ships with the library; each begins with
`cargo run --release --example ask -- --period 2017-18 --phase outturn`:
  --by locality@place-plan-area,activity@theme --in thousands   a table of places and themes
  --locality Ludlow --by code --format csv                      by the partners' own codes, for a spreadsheet
  --by month                                                    month by month
  --locality Ludlow --activity 'Youth justice' --explain        down to the lines of the ledgers
  --locality Ludlow --driver households                         what if all were shared by households
  --by locality@place-plan-area --ranges                        between what each place lies";
    format!("{examples}\n\n{}", common::EXIT_CODES)
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

/// What was asked for, read.
struct Asked<'a> {
    slice: &'a Slice,
    period: Period,
    phase: Phase,
    boundary: Boundary,
    resource: Resource,
    ages: Vec<Ages>,
    by: Vec<By>,
    complement: bool,
}

impl Asked<'_> {
    /// The question to a cube; rows may need the lines of the account that it was built from.
    fn of<'c>(&self, cube: &'c Cube, account: &'c PlaceAccount) -> Question<'c> {
        let mut question = (cube.ask().period(self.period).phase(self.phase))
            .boundary(self.boundary.clone())
            .resource(self.resource)
            .of_lines(account);
        for code in &self.slice.partner {
            question = question.partner(code);
        }
        for code in &self.slice.activity {
            question = question.activity(code);
        }
        for code in &self.slice.group {
            question = question.group(code);
        }
        for code in &self.slice.tag {
            question = question.tag(code);
        }
        for code in &self.slice.locality {
            question = question.locality(code);
        }
        for ages in &self.ages {
            question = question.ages(*ages);
        }
        if self.complement {
            question = question.with_complement();
        }
        question.by(self.by.iter().cloned())
    }
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    // What can be checked without the ledgers is checked before anything long is done.
    let Arguments {
        slice,
        rows,
        rules,
        said,
        ..
    } = arguments;
    let format = said.format.unwrap_or(Format::Table);
    let units: Option<Units> = said.units.as_deref().map(str::parse).transpose()?;
    if units.is_some() && format != Format::Table {
        let message = "--in is for the table: CSV and JSON keep pence; leave out one of the two";
        return Err(Wrong::error(message.to_owned()));
    }
    if rules.ranges && (rows.explain || rows.complement) {
        let message =
            "--ranges tells between what figures lie; ask for --explain or --complement without it";
        return Err(Wrong::error(message.to_owned()));
    }
    let place = data.place(&common::shipped("examples/data/shropshire"))?;
    let asked = Asked {
        slice,
        period: slice.period.parse()?,
        phase: common::phase(&place, &slice.phase)?,
        boundary: slice.boundary.parse()?,
        resource: match &slice.resource {
            Some(resource) => resource.parse()?,
            None => Resource::Cash,
        },
        ages: (slice.ages.iter().map(|ages| ages.parse())).collect::<Result<_, _>>()?,
        by: (rows.by.iter().map(|by| by.parse())).collect::<Result<_, _>>()?,
        complement: rows.complement,
    };
    asked.boundary.inside(&place)?;
    // What is wrong with the policy is told before anything long is done.
    let policy = (said.under_policy)
        .then(|| DisclosurePolicy::open(&place))
        .transpose()?;
    let other: Option<Alternative> = match (&rules.alternative, &rules.driver) {
        (Some(code), _) => Some(place.alternative(code)?),
        (None, Some(code)) => Some(place.all_by(code)?),
        (None, None) => None,
    };
    let (account, cube) = data.account(&place)?;
    common::recorded(&account, asked.period, asked.phase)?;

    let question = asked.of(&cube, &account);
    if let Some(against) = &rows.against {
        let against = common::phase(&place, against)?;
        common::recorded(&account, asked.period, against)?;
        let variance = Variance::between(against, asked.phase, &question, &asked.by)?;
        writeln!(out, "{}", variance.table())?;
        return Ok(());
    }
    let private = (policy.as_ref())
        .map(|policy| PrivateMoney::of(&account, policy))
        .transpose()?;
    let public = (policy.as_ref().zip(private.as_ref()))
        .map(|(policy, private)| PublicMoney::new(&cube, policy, private));
    let mut terms = None;
    let answer = match &other {
        Some(other) => Answered::WhatIf(Box::new(question.under(other)?)),
        None if rules.ranges => Answered::Ranged(Box::new(question.over(place.alternatives())?)),
        None => {
            let mut answer = question.answer()?;
            if let Some(public) = &public {
                let released = public.answer(&question, answer)?;
                terms = Some(released.terms().to_owned());
                answer = released.get().clone();
            }
            Answered::Plain(Box::new(answer))
        }
    };
    let mut explanations: Vec<Explanation> = Vec::new();
    if rows.explain {
        // What is explained is what is told: under the rules that were asked for.
        let other = other.map(|other| cube.with_sharing(other.sharing));
        let question = asked.of(other.as_ref().unwrap_or(&cube), &account);
        for row in 0..answer.rows() {
            let explanation = question.explain(Some(row), &account)?;
            explanations.push(match &public {
                Some(public) => public.explanation(&question, explanation)?.get().clone(),
                None => explanation,
            });
        }
    }
    match format {
        Format::Table => {
            writeln!(out, "{}", answer.table(units))?;
            for explanation in &explanations {
                writeln!(out, "{explanation}\n")?;
            }
            if let Some(terms) = &terms {
                writeln!(out, "{terms}")?;
            }
        }
        Format::Csv => write!(out, "{}", answer.to_csv())?,
        Format::Json => {
            let mut json = answer.to_json()?;
            if rows.explain {
                json["explanations"] = serde_json::to_value(&explanations)?;
            }
            if let Some(terms) = terms {
                json["terms"] = terms.into();
            }
            writeln!(out, "{}", serde_json::to_string_pretty(&json)?)?;
        }
    }
    Ok(())
}

/// An answer, alone, beside what it would be, or with between what it lies.
enum Answered {
    Plain(Box<Answer>),
    WhatIf(Box<WhatIf>),
    Ranged(Box<RangedAnswer>),
}

impl Answered {
    /// How many rows the answer has that is explained.
    fn rows(&self) -> usize {
        match self {
            Self::Plain(answer) => answer.rows.len(),
            Self::WhatIf(of) => of.answer.rows.len(),
            Self::Ranged(of) => of.answer.rows.len(),
        }
    }

    fn table(&self, units: Option<Units>) -> Table {
        match (self, units) {
            (Self::Plain(answer), None) => answer.table(),
            (Self::Plain(answer), Some(units)) => answer.in_units(units),
            (Self::WhatIf(of), None) => of.table(),
            (Self::WhatIf(of), Some(units)) => of.in_units(units),
            (Self::Ranged(of), None) => of.table(),
            (Self::Ranged(of), Some(units)) => of.in_units(units),
        }
    }

    fn to_csv(&self) -> String {
        match self {
            Self::Plain(answer) => answer.to_csv(),
            Self::WhatIf(of) => of.to_csv(),
            Self::Ranged(of) => of.to_csv(),
        }
    }

    fn to_json(&self) -> serde_json::Result<serde_json::Value> {
        match self {
            Self::Plain(answer) => serde_json::to_value(answer),
            Self::WhatIf(of) => serde_json::to_value(of),
            Self::Ranged(of) => serde_json::to_value(of),
        }
    }
}
