//! What was spent, and what happened to people: side by side, with a stated lag.
//!
//! ```text
//! cargo run --release --example spend_and_outcomes                  # the headline of the sample
//! cargo run --release --example spend_and_outcomes -- beside --indicator first-time-entrants \
//!     --activity youth-justice --ages 10-17 --years 2017-18 --phase outturn
//! cargo run --release --example spend_and_outcomes -- --help        # the other questions
//! ```

mod common;

use clap::{Parser, Subcommand};
use common::{Data, Wrong};
use std::io::Write;
use std::process::ExitCode;
use wholeplace::account::Boundary;
use wholeplace::axis::{Ages, AxisError, LocalityId, Period, Suggestions};
use wholeplace::cube::Question;
use wholeplace::indicator::{Area, IndicatorError, Indicators, Lag, Ranking, Relation};
use wholeplace::linkage::{Pairing, cost_per_unit_of_change};
use wholeplace::place::Place;
use wholeplace::statistic::{Confidence, Simulation};

/// What was spent, and what happened to people: side by side, with a stated lag.
///
/// cargo run --release --example spend_and_outcomes -- beside --indicator first-time-entrants --activity youth-justice --ages 10-17 --years 2017-18 --phase outturn
#[derive(Parser)]
#[command(verbatim_doc_comment, after_help = common::EXIT_CODES)]
struct Arguments {
    #[command(flatten)]
    common: common::CommonArguments,
    /// How sure intervals are meant to be, between 0 and 1; every table says it.
    #[arg(long, default_value = "0.95", global = true)]
    confidence: String,
    /// Seed of simulated limits.
    #[arg(long, default_value_t = 2026, global = true)]
    seed: u64,
    /// Draws of simulated limits, 1,000 or more.
    #[arg(long, default_value_t = 10_000, global = true)]
    draws: u32,
    #[command(subcommand)]
    ask: Option<Ask>,
}

#[derive(Subcommand)]
enum Ask {
    /// The headline of each outcome in a place, and the figures that are not there.
    Headline {
        /// Code of the place; the whole place when left out.
        #[arg(long)]
        locality: Option<String>,
    },
    /// Spending of each year beside the outcome that answers to it.
    Beside(Box<Beside>),
    /// What is spent on an outcome, activity by activity.
    Spend {
        /// Code of the outcome.
        #[arg(long)]
        outcome: String,
        #[command(flatten)]
        slice: Slice,
        /// The period.
        #[arg(long)]
        period: String,
    },
    /// The places of a level beside one another.
    Places {
        /// Code of the indicator.
        #[arg(long)]
        indicator: String,
        /// The period of the outcome.
        #[arg(long)]
        period: String,
        /// The level.
        #[arg(long, default_value = "place-plan-area")]
        level: String,
    },
    /// The place beside its statistical neighbours, region and country.
    Areas {
        /// Code of the indicator.
        #[arg(long)]
        indicator: String,
        /// The period of the outcome.
        #[arg(long)]
        period: String,
    },
    /// How unequal an indicator is over small areas: slope and relative index.
    Inequality {
        /// Code of the indicator.
        #[arg(long)]
        indicator: String,
        /// Its period.
        #[arg(long)]
        period: String,
        /// Code of the indicator that ranks the areas, 1 the least advantaged.
        #[arg(long)]
        ranked_by: String,
        /// Its period.
        #[arg(long)]
        ranked_in: String,
        /// How many groups of areas.
        #[arg(long, default_value_t = 10)]
        groups: u32,
    },
    /// By how much an indicator changed, and what may be said of it.
    Change {
        /// Code of the indicator.
        #[arg(long)]
        indicator: String,
        /// The first period.
        #[arg(long)]
        before: String,
        /// The second.
        #[arg(long)]
        after: String,
        /// Name or code of a comparison area.
        #[arg(long)]
        beside: Option<String>,
        /// Spending to set beside the change, in pounds.
        #[arg(long, requires = "people")]
        pounds: Option<String>,
        /// Among how many people the change is counted.
        #[arg(long, requires = "pounds")]
        people: Option<f64>,
    },
}

#[derive(clap::Args)]
struct Slice {
    /// Code of a partner, for a performance measure; may be repeated.
    #[arg(long)]
    partner: Vec<String>,
    /// Ages such as 10-17.
    #[arg(long)]
    ages: Option<String>,
    /// Code of a client group.
    #[arg(long)]
    group: Option<String>,
    /// Code of the place; the whole place when left out.
    #[arg(long)]
    locality: Option<String>,
    /// budget, forecast or outturn.
    #[arg(long)]
    phase: String,
    /// Who is inside: all-partners, or codes of partners and sets with commas between.
    #[arg(long, default_value = "all-partners")]
    boundary: String,
}

#[derive(clap::Args)]
struct Beside {
    /// Code of the indicator.
    #[arg(long)]
    indicator: String,
    /// Code of an activity; may be repeated.
    #[arg(long)]
    activity: Vec<String>,
    #[command(flatten)]
    slice: Slice,
    /// A row for each place of this level, in the place of other areas.
    #[arg(long)]
    places: Option<String>,
    /// Financial years of the spending: 2017-18, or 2016-17..2024-25.
    #[arg(long)]
    years: String,
    /// Months between spending and outcome; the pack's own when left out.
    #[arg(long, requires = "lag_why")]
    lag_months: Option<u16>,
    /// Why so many.
    #[arg(long)]
    lag_why: Option<String>,
    /// Why the people of the indicator and of the spending may differ.
    #[arg(long)]
    although: Option<String>,
}

fn main() -> ExitCode {
    common::program(|arguments: &Arguments| &arguments.common, run)
}

fn run(arguments: &Arguments, data: &mut Data, out: &mut dyn Write) -> common::Outcome {
    // Both are checked before anything long is done.
    let confidence: Confidence = arguments.confidence.parse()?;
    let simulation = Simulation::new(arguments.draws, arguments.seed)?;
    let place = data.place(&common::shipped("examples/data/shropshire"))?;
    let indicators = data.indicators(&place)?;
    match &arguments.ask {
        None => headline(&indicators, place.locality(), confidence, out)?,
        Some(Ask::Headline { locality }) => {
            let locality = found(&place, locality.as_deref())?;
            headline(&indicators, locality, confidence, out)?;
        }
        Some(Ask::Beside(asked)) => beside(asked, data, &indicators, confidence, out)?,
        Some(Ask::Spend {
            outcome,
            slice,
            period,
        }) => {
            let period: Period = period.parse()?;
            let (account, cube) = data.account(&place)?;
            common::recorded(&account, period, common::phase(&place, &slice.phase)?)?;
            let question = slice.question(cube.ask(), &place)?.period(period);
            writeln!(out, "{}", indicators.spend_on(outcome, &question)?.table())?;
        }
        Some(Ask::Places {
            indicator,
            period,
            level,
        }) => {
            let period = of_indicator(&indicators, indicator, period)?;
            let places =
                indicators.over_places(indicator, period, level, simulation, confidence)?;
            writeln!(out, "{}", places.table())?;
        }
        Some(Ask::Areas { indicator, period }) => {
            let period = of_indicator(&indicators, indicator, period)?;
            let relations = [Relation::StatisticalNeighbour];
            let areas =
                indicators.beside_areas(indicator, period, &relations, simulation, confidence)?;
            writeln!(out, "{}", areas.table())?;
        }
        Some(Ask::Inequality {
            indicator,
            period,
            ranked_by,
            ranked_in,
            groups,
        }) => {
            let found = indicators.inequality(
                indicator,
                of_indicator(&indicators, indicator, period)?,
                Ranking {
                    by: ranked_by,
                    period: of_indicator(&indicators, ranked_by, ranked_in)?,
                    groups: *groups,
                },
                simulation,
                confidence,
            )?;
            writeln!(out, "{}", found.table())?;
        }
        Some(Ask::Change {
            indicator,
            before,
            after,
            beside,
            pounds,
            people,
        }) => {
            let before = of_indicator(&indicators, indicator, before)?;
            let after = of_indicator(&indicators, indicator, after)?;
            let here = Area::Here(place.locality());
            let effect = match beside {
                None => indicators.before_and_after(indicator, here, before, after, confidence)?,
                Some(name) => {
                    let other = area(&indicators, name)?;
                    indicators.against_comparison_area(
                        indicator, here, other, before, after, confidence,
                    )?
                }
            };
            writeln!(out, "{effect}")?;
            for (period, gap) in &effect.gaps_before {
                writeln!(out, "  gap to the comparison area in {period}: {:.2}", gap)?;
            }
            if let (Some(pounds), Some(people)) = (pounds, people) {
                let amount = wholeplace::money::parse_amount(pounds)
                    .and_then(|pounds| wholeplace::money::to_pence(pounds, Default::default()))?;
                match effect.improvement_among(*people)? {
                    Some(improvement) => {
                        let cost = cost_per_unit_of_change(amount.0, &improvement);
                        writeln!(out, "Pounds for each one for the better: {cost:.0}")?;
                    }
                    None => writeln!(out, "Neither direction is good, so nothing improved.")?,
                }
            }
        }
    }
    Ok(())
}

fn headline(
    indicators: &Indicators,
    locality: LocalityId,
    confidence: Confidence,
    out: &mut dyn Write,
) -> common::Outcome {
    writeln!(out, "{}", indicators.headline_table(locality, confidence)?)?;
    writeln!(out, "{}", indicators.gaps_table())?;
    let read: Vec<String> = (indicators.by_status().iter())
        .map(|(status, figures)| format!("{figures} {status}"))
        .collect();
    writeln!(out, "Figures read: {}.", read.join(", "))?;
    Ok(())
}

fn beside(
    asked: &Beside,
    data: &mut Data,
    indicators: &Indicators,
    confidence: Confidence,
    out: &mut dyn Write,
) -> common::Outcome {
    // `2016-17..2024-25` is nine years.
    let years: Period = asked.years.parse()?;
    let place = indicators.place();
    let phase = common::phase(place, &asked.slice.phase)?;
    let (account, cube) = data.account(place)?;
    common::recorded(&account, years, phase)?;
    let years = years.financial_years();
    let question = asked.slice.question(cube.ask(), place)?;
    let question = (asked.activity.iter()).fold(question, |question, code| question.activity(code));
    let pairing = match &asked.although {
        None => Pairing::new(question, indicators, &asked.indicator)?,
        Some(why) => Pairing::although_people_differ(question, indicators, &asked.indicator, why)?,
    };
    let pairing = match (asked.lag_months, &asked.lag_why) {
        (Some(months), Some(why)) => pairing.lag(Lag {
            months,
            why: why.clone(),
        }),
        _ => pairing.lag_of_the_pack()?,
    };
    let beside = match &asked.places {
        Some(level) => pairing.over_places(level, &years, confidence)?,
        None => pairing.over(&years, confidence)?,
    };
    writeln!(out, "{}", beside.table())?;
    Ok(())
}

impl Slice {
    fn question<'a>(
        &self,
        question: Question<'a>,
        place: &Place,
    ) -> Result<Question<'a>, Box<dyn std::error::Error>> {
        let phase = common::phase(place, &self.phase)?;
        let boundary: Boundary = self.boundary.parse()?;
        let locality = found(place, self.locality.as_deref())?;
        let mut question = (question.phase(phase).boundary(boundary))
            .locality(place.axes().localities.code(locality));
        for code in &self.partner {
            question = question.partner(code);
        }
        if let Some(ages) = &self.ages {
            question = question.ages(ages.parse::<Ages>()?);
        }
        if let Some(group) = &self.group {
            question = question.group(group);
        }
        Ok(question)
    }
}

fn found(place: &Place, code: Option<&str>) -> Result<LocalityId, AxisError> {
    match code {
        Some(code) => place.axes().localities.find_named(code),
        None => Ok(place.locality()),
    }
}

/// A label of an indicator's own periods, of which something is published: 2018 means what the pack
/// says it means.
fn of_indicator(
    indicators: &Indicators,
    code: &str,
    label: &str,
) -> Result<Period, Box<dyn std::error::Error>> {
    let period = indicators.indicator(code)?.years.period(label)?;
    let published = indicators.periods(code)?;
    if published.contains(&period) {
        return Ok(period);
    }
    // The latest first: they are asked for most.
    let known: Vec<String> = published.iter().rev().map(Period::to_string).collect();
    let instead = Suggestions::first_of(known.iter().map(String::as_str));
    let message = format!("nothing is published of `{code}` for {period}{instead}");
    Err(Wrong::error(message))
}

fn area(indicators: &Indicators, name: &str) -> Result<Area, IndicatorError> {
    let found = (indicators.areas().iter()).find(|area| area.name == name || area.code == name);
    let known = indicators.areas().iter().map(|area| area.name.as_str());
    found
        .map(|area| area.area)
        .ok_or_else(|| IndicatorError::Unknown {
            what: "an area",
            found: name.to_owned(),
            instead: Suggestions::of(name, known),
        })
}
