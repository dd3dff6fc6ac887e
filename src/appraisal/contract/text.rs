//! A contract as tables for people.

use super::kind::{DeadweightOf, PaidFrom, Scale, TermKind};
use super::known::KnownOutcome;
use super::pay::Payment;
use super::pounds::in_pounds;
use super::register::Standing;
use super::terms::{Baseline, Contract, Term, Threshold};
use crate::axis::Localities;
use crate::money::Ratio;
use crate::price::PriceBase;
use crate::table::{Align, Table};
use crate::text::counted;

fn per_cent(share: &Ratio) -> String {
    let hundred = share.times(&Ratio::new(100, 1));
    let text = hundred.to_decimal(2);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// A count as people write it: whole, or with two decimals.
pub(super) fn number(count: &Ratio) -> String {
    if count.is_whole() {
        count.to_string()
    } else {
        count.to_decimal(2)
    }
}

impl Term {
    /// What a cohort is held against, in words.
    fn against(&self) -> String {
        match &self.baseline {
            None => "each claim".to_owned(),
            Some((Baseline::Comparison { least }, _)) => {
                format!("a comparison group of at least {least}")
            }
            Some((Baseline::OfPlace(count), _)) => format!("{} in all", number(count)),
            Some((Baseline::OfEach { rate, .. }, _)) => match self.kind {
                TermKind::Binary => per_cent(rate),
                _ => format!("{} each", rate.to_decimal(2)),
            },
        }
    }

    /// From how much better on it pays, in words.
    fn pays_from(&self) -> String {
        let Some((threshold, from)) = &self.threshold else {
            return "the first".to_owned();
        };
        let scale = |scale: &Scale| match scale {
            Scale::Relative => "of the baseline",
            Scale::Points => "for each person",
        };
        let at = match threshold {
            Threshold::At(of, at) => format!("{} {}", per_cent(at), scale(of)),
            Threshold::StandardErrors(times) => format!("{} standard errors", times.to_decimal(2)),
            Threshold::ByPeople(of, rows) => {
                let rows = rows
                    .iter()
                    .map(|(people, at)| format!("{} at {people} people", per_cent(at)));
                format!("{} {}", rows.collect::<Vec<_>>().join(", "), scale(of))
            }
        };
        match from {
            PaidFrom::First => format!("{at}, then everything"),
            PaidFrom::Above => format!("{at}, what is above"),
        }
    }
}

impl Term {
    /// What else it says, each with what it is.
    fn conditions(&self) -> Vec<String> {
        let mut all = Vec::new();
        if let Some(times) = self.claims_per_person.filter(|times| *times > 1) {
            all.push(format!("each person is claimed for up to {times} times"));
        }
        if let Some((scale, bands)) = &self.bands {
            let of = match scale {
                Scale::Relative => "of the baseline",
                Scale::Points => "for each person",
            };
            let bands = bands.iter().map(|band| match &band.to {
                Some(to) => format!("{} up to {}", per_cent(&band.share), per_cent(to)),
                None => format!("{} beyond", per_cent(&band.share)),
            });
            let bands: Vec<String> = bands.collect();
            all.push(format!("pays {}, {of}", bands.join(", ")));
        }
        if let Some(hurdle) = &self.hurdle {
            all.push(format!(
                "pays nothing where `{hurdle}` is worse than its baseline"
            ));
        }
        if let Some((share, of)) = &self.deadweight {
            let of = match of {
                DeadweightOf::Claims => "claims",
                DeadweightOf::People => "people",
            };
            all.push(format!(
                "{} of {of} would have come anyway and are not paid for",
                per_cent(share)
            ));
        }
        if self.times_quality {
            all.push("what it pays is multiplied by the quality that is reported".to_owned());
        }
        if let Some(share) = &self.clawback {
            all.push(format!(
                "{} is taken back of what does not last",
                per_cent(share)
            ));
        }
        if let Some(limit) = &self.limit {
            all.push(format!(
                "pays {} of what its baseline is worth at most",
                per_cent(limit)
            ));
        }
        if let Some((name, part)) = &self.together {
            all.push(format!(
                "pays {} of the tariff, together with others for `{name}`",
                per_cent(part)
            ));
        }
        let payers = self
            .payers
            .iter()
            .map(|(payer, share)| format!("{} {}", payer.name, per_cent(share)));
        all.push(format!("paid by {}", payers.collect::<Vec<_>>().join(", ")));
        all
    }
}

impl Contract {
    /// What the contract pays for.
    #[must_use]
    pub fn terms_table(&self) -> Table {
        let mut table = Table::new(format!("What {} pays for", self.name));
        for heading in ["term", "kind", "counts"] {
            table.column(heading, Align::Left);
        }
        table.column("tariff", Align::Right);
        for heading in ["against", "pays from", "evidence"] {
            table.column(heading, Align::Left);
        }
        table.column("at most", Align::Right);
        for term in &self.terms {
            let tariffs: Vec<String> = match term.kind.is_in_pounds() {
                true => vec!["each pound".to_owned()],
                false => term.tariff.iter().map(in_pounds).collect(),
            };
            table.row([
                term.code.clone(),
                term.kind.to_string(),
                format!("{}, after {}", term.counts, counted(term.months, "month")),
                tariffs.join(", then "),
                term.against(),
                term.pays_from(),
                term.evidence.clone(),
                term.cap.as_ref().map_or_else(String::new, in_pounds),
            ]);
            table.note(&format!("{}: {}.", term.code, term.conditions().join("; ")));
        }
        let pounds = match self.tariffs {
            PriceBase::Cash => "Tariffs stay as they are".to_owned(),
            PriceBase::Real(year) => format!("Tariffs are in {year} and rise with prices"),
        };
        let caps = [
            self.cap_per_person
                .as_ref()
                .map(|cap| format!("{} a person", in_pounds(cap))),
            (!self.cap_by_year.is_empty()).then(|| {
                let caps: Vec<String> = self.cap_by_year.iter().map(in_pounds).collect();
                format!("{} a year", caps.join(", then "))
            }),
            self.cap
                .as_ref()
                .map(|cap| format!("{} in all", in_pounds(cap))),
        ];
        let caps: Vec<String> = caps.into_iter().flatten().collect();
        let caps = match caps.is_empty() {
            true => "no cap of the contract".to_owned(),
            false => format!("at most {}", caps.join(", ")),
        };
        table.note(&format!(
            "{pounds}; {caps}. Provider: {}. In {}, ages {}. Source: {}.",
            self.provider,
            self.place,
            self.ages.in_words(),
            self.source
        ));
        table
    }

    /// What is paid for what was reported.
    #[must_use]
    pub fn payment_table(&self, payment: &Payment) -> Table {
        let mut table = Table::new(format!("What {} pays", self.name));
        for heading in ["term", "cohort", "year"] {
            table.column(heading, Align::Left);
        }
        for heading in ["counted", "at the tariff", "taken back", "paid"] {
            table.column(heading, Align::Right);
        }
        for row in &payment.paid {
            let cohort = match row.group.as_str() {
                "" => row.cohort.clone(),
                group => format!("{}, {group}", row.cohort),
            };
            table.row([
                row.term.clone(),
                cohort,
                row.year.to_string(),
                number(&row.count),
                in_pounds(&row.all),
                if row.taken_back.is_zero() {
                    String::new()
                } else {
                    in_pounds(&row.taken_back)
                },
                row.pence.to_string(),
            ]);
        }
        let total = ["Total", "", "", "", "", "", &payment.total.to_string()];
        table.row(total);
        for (payer, pence) in &payment.by_payer {
            table.note(&format!("{} pays {pence}.", payer.name));
        }
        for note in &payment.notes {
            table.note(&format!("Tariffs of {note}."));
        }
        table
    }

    /// Why the rest is not paid.
    #[must_use]
    pub fn refused_table(&self, payment: &Payment) -> Table {
        let mut table = Table::new(format!("What {} does not pay, and why", self.name));
        for heading in ["term", "cohort", "year", "why"] {
            table.column(heading, Align::Left);
        }
        table.column("not paid", Align::Right);
        for row in &payment.refused {
            table.row([
                row.term.clone(),
                row.cohort.clone(),
                row.year.to_string(),
                row.why.in_words().to_owned(),
                in_pounds(&row.exact),
            ]);
        }
        if payment.refused.is_empty() {
            table.note("Everything that was reported is paid.");
        }
        table
    }

    /// What indicators know of what it counts.
    #[must_use]
    pub fn known_table(&self, known: &[KnownOutcome], localities: &Localities) -> Table {
        let mut table = Table::new(format!("What is published of what {} counts", self.name));
        for heading in ["term", "cohort", "indicator", "period", "known"] {
            table.column(heading, Align::Left);
        }
        table.column("figure", Align::Right);
        table.column("answers after", Align::Right);
        for one in known {
            let status = match one.only_for {
                Some(larger) => format!("only for {}", localities.name(larger)),
                None => one.status.to_string(),
            };
            table.row([
                one.term.clone(),
                one.cohort.clone(),
                one.indicator.clone(),
                one.period
                    .map_or_else(String::new, |period| period.to_string()),
                status,
                one.figure
                    .map_or_else(String::new, |figure| figure.to_string()),
                one.lag.as_ref().map_or_else(
                    || "not stated".to_owned(),
                    |lag| counted(lag.months, "month"),
                ),
            ]);
            if one.measured_too_early {
                table.note(&format!(
                    "{} is measured before the indicator can answer: {}.",
                    one.term,
                    one.lag.as_ref().map_or("", |lag| &lag.why)
                ));
            }
        }
        table
    }
}

impl Standing {
    /// Where claims stand, and what is still to be paid.
    #[must_use]
    pub fn table(&self, title: &str) -> Table {
        let mut table = Table::new(format!("Where claims of {title} stand on {}", self.on));
        table.column("", Align::Left);
        table.column("claims", Align::Right);
        table.column("worth", Align::Right);
        for (state, sum) in &self.by_state {
            table.row([
                state.to_string(),
                sum.claims.to_string(),
                sum.pence.to_string(),
            ]);
        }
        table.note(&format!(
            "Still to be paid: {} for certain (verified), {} likely (claimed), {} possible (in delivery or being measured).",
            self.certain, self.likely, self.possible
        ));
        table
    }
}
