//! Draws as tables for people.

use super::information::PerfectInformation;
use super::sampled::Sampled;
use super::spread::rounded;
use super::tornado::{Tornado, TwoWay};
use super::{Chance, Driver, UncertainError};
use crate::appraisal::input::Input;
use crate::appraisal::pounds::{in_pounds, to_f64};
use crate::money::{Ratio, with_separators};
use crate::table::{Align, Table};

/// A figure in its own unit: pounds as pounds, shares and numbers to a few decimals.
pub(in crate::appraisal) fn figure(input: &Input, figure: &Ratio) -> String {
    if input.is_pounds() {
        return in_pounds(&figure.times(&Ratio::new(100, 1)));
    }
    let decimals = if input.is_share() { 4 } else { 3 };
    let text = figure.to_decimal(decimals);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.to_owned()
}

impl Sampled {
    fn how_drawn(&self) -> String {
        format!("{}, {}", self.seeded, self.uncertainty.in_words())
    }

    /// How likely it is for each purse that savings, and cash, cover costs.
    #[must_use]
    pub fn chances_table(&self) -> Table {
        let mut table = Table::new("How sure: each purse");
        table.column("", Align::Left);
        for heading in [
            "saves less pays: as it is",
            "P10",
            "P50",
            "P90",
            "mean",
            "saves at least what it pays",
            "cash alone does",
        ] {
            table.column(heading, Align::Right);
        }
        let mut told = Vec::new();
        for purse in self.paying_purses() {
            let Ok(draws) = self.purse(purse) else {
                continue;
            };
            let net = draws.net_saving;
            table.row([
                purse.to_owned(),
                rounded(to_f64(&draws.as_it_is)),
                rounded(net.p10),
                rounded(net.p50),
                rounded(net.p90),
                format!("{} ± {}", rounded(net.mean), rounded(net.mean_error)),
                draws.saves.to_string(),
                draws.cash_pays.to_string(),
            ]);
            told.extend([draws.saves, draws.cash_pays]);
        }
        table.note(&format!(
            "{}. As of {}. P10: a tenth of all draws is below (type 7). After ±: the standard error that drawing leaves; \
             where all draws say the same, how far that is certain. Who pays nothing is left out.",
            self.how_drawn(),
            self.years.first().map_or(String::new(), ToString::to_string)
        ));
        too_few(&mut table, &told);
        table
    }

    /// How likely it is that each payer ends no worse off in cash, before and after what is agreed, and all of
    /// them at once.
    #[must_use]
    pub fn no_worse_table(&self) -> Table {
        let mut table = Table::new("How sure: nobody ends worse off in cash");
        table.column("", Align::Left);
        for heading in ["before: P10", "P50", "P90", "no worse off before", "after"] {
            table.column(heading, Align::Right);
        }
        let shown = |chance: Option<Chance>| {
            chance.map_or("no agreement".to_owned(), |one| one.to_string())
        };
        let mut told = Vec::new();
        for payer in self.payers() {
            let before = payer.before;
            table.row([
                payer.payer.name.clone(),
                rounded(before.p10),
                rounded(before.p50),
                rounded(before.p90),
                payer.no_worse_before.to_string(),
                shown(payer.no_worse_after),
            ]);
            told.push(payer.no_worse_before);
            told.extend(payer.no_worse_after);
        }
        let all = self.all_at_once();
        table.row([
            "All at once".to_owned(),
            String::new(),
            String::new(),
            String::new(),
            all.before.to_string(),
            shown(all.after),
        ]);
        told.push(all.before);
        told.extend(all.after);
        table.note(&match &self.no_agreement {
            Some(why) => format!("No agreement is followed in draws: {why}."),
            None => "After: by the agreement of the central case. Who hands over cash hands over the same part of the \
                     cash that arrives, and the receivers divide that in the same proportions."
                .to_owned(),
        });
        table.note(&format!("{}.", self.how_drawn()));
        too_few(&mut table, &told);
        table
    }

    /// How likely it is that a purse has paid back by each year.
    #[must_use]
    pub fn payback_table(&self) -> Table {
        let mut table = Table::new("How sure: paid back by the end of the year");
        table.column("", Align::Left);
        for year in &self.years {
            table.column(&year.to_string(), Align::Right);
        }
        let mut told = Vec::new();
        for purse in self.paying_purses() {
            let Ok(draws) = self.purse(purse) else {
                continue;
            };
            let chances = draws.paid_back_by.iter().map(|(_, chance)| *chance);
            told.extend(chances.clone());
            table.row(std::iter::once(purse.to_owned()).chain(chances.map(|one| one.to_string())));
        }
        table.note(
            "Savings so far stay above costs so far from that year on, as of the first year.",
        );
        table.note(&format!("{}.", self.how_drawn()));
        too_few(&mut table, &told);
        table
    }

    /// Which source what is unsure about a gain of a purse comes from.
    ///
    /// # Errors
    ///
    /// As [`Sampled::drivers`].
    pub fn drivers_table(
        &self,
        purse: &str,
        gain: crate::appraisal::Gain,
    ) -> Result<Table, UncertainError> {
        let mut table = Table::new(format!(
            "What is unsure about the {} of {purse} comes from",
            gain.in_words()
        ));
        table.column("", Align::Left);
        table.column("figures", Align::Left);
        table.column("part of the variance", Align::Right);
        table.column("moves with it", Align::Right);
        let drivers = self.drivers(purse, gain)?;
        for Driver {
            source,
            correlation,
            share,
            ..
        } in &drivers
        {
            let inputs: Vec<String> = source.inputs.iter().map(ToString::to_string).collect();
            table.row([
                source.name.clone(),
                inputs.join(", "),
                format!("{:.1} %", 100.0 * share),
                format!("{correlation:+.2}"),
            ]);
        }
        table.note(match drivers.is_empty() {
            true => "It is the same in every draw.",
            false => "Squared correlation of ranks, of all of them 100 %.",
        });
        table.note(&format!("{}.", self.how_drawn()));
        Ok(table)
    }
}

/// Says which chances would take more draws.
fn too_few(table: &mut Table, told: &[Chance]) {
    let needed = told.iter().filter_map(|chance| chance.needs()).max();
    let rare = told
        .iter()
        .filter(|chance| chance.needs().is_some())
        .count();
    if let Some(needed) = needed {
        table.note(&format!(
            "Too few draws for {rare} of these chances: fewer than 100 draws are on their rarer side, so that they \
             are off by more than a tenth of it. It takes {} draws.",
            with_separators(needed.into())
        ));
    }
}

impl Tornado {
    /// As a table for people, the widest bar first.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new(format!(
            "One figure at a time: {} of {}",
            self.gain.in_words(),
            self.purse
        ));
        table.column("", Align::Left);
        for heading in ["all at the lower end", "all at the upper end", "apart"] {
            table.column(heading, Align::Right);
        }
        for bar in &self.bars {
            table.row([
                bar.source.name.clone(),
                in_pounds(&bar.at_low),
                in_pounds(&bar.at_high),
                in_pounds(&bar.width()),
            ]);
        }
        table.note(&format!(
            "{} with all figures as they are. Figures of one source move together.",
            in_pounds(&self.central)
        ));
        table
    }
}

impl TwoWay {
    /// As a table for people.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new(format!(
            "{} of {}: {} down, {} across",
            self.gain.in_words(),
            self.purse,
            self.down.name,
            self.across.name
        ));
        let shown = |source: &super::Source, one: &Ratio| {
            (source.inputs.first()).map_or(String::new(), |input| figure(input, one))
        };
        table.column("", Align::Left);
        for one in &self.across_figures {
            table.column(&shown(&self.across, one), Align::Right);
        }
        for (one, answers) in self.down_figures.iter().zip(&self.answers) {
            let cells = answers.iter().map(in_pounds);
            table.row(std::iter::once(shown(&self.down, one)).chain(cells));
        }
        for source in [&self.down, &self.across]
            .into_iter()
            .filter(|one| one.inputs.len() > 1)
        {
            let others: Vec<String> = source
                .inputs
                .iter()
                .skip(1)
                .map(ToString::to_string)
                .collect();
            table.note(&format!(
                "{} stands for {}, and moves {} with it.",
                source.name,
                source
                    .inputs
                    .first()
                    .map_or(String::new(), ToString::to_string),
                others.join(", ")
            ));
        }
        table
    }
}

impl PerfectInformation {
    /// As a table for people.
    #[must_use]
    pub fn table(&self, purse: &str) -> Table {
        let mut table = Table::new(format!("What it would be worth to know first: {purse}"));
        table.column("", Align::Left);
        table.column("gains most in", Align::Right);
        for (option, part) in &self.best {
            table.row([option.clone(), format!("{:.1} % of draws", 100.0 * part)]);
        }
        table.note(&format!(
            "By the mean {} is chosen, and gains {}. To know everything first would be worth {} ± {}: no study is \
             worth more.",
            self.chosen,
            rounded(self.gain),
            rounded(self.worth),
            rounded(self.error)
        ));
        for caution in &self.cautions {
            table.note(caution);
        }
        table
    }
}
