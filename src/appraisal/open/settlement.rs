//! How payers settle.

use super::{Known, Opener};
use crate::appraisal::settlement::{
    Band, Basis, ClaimsRule, Fewer, Loan, Measure, Terms, Threshold,
};
use crate::appraisal::spec::{BandSpec, FromSpec, LoanSpec, SettlementSpec, ThresholdSpec};
use crate::finding::Position;
use crate::money::Ratio;
use crate::price::PriceYear;

impl Opener<'_> {
    pub(super) fn terms(
        &mut self,
        spec: SettlementSpec,
        at: &Position,
        first_year: Option<PriceYear>,
        years: usize,
        known: &Known<'_>,
    ) -> Option<Terms> {
        let before = self.findings.faults().count();
        let mut terms = Terms::of(spec.rule);
        terms.among = (spec.among.into_iter())
            .filter_map(|code| self.settles(code, at, "among", known))
            .collect();
        let mut someone = |code: Option<String>, key: &str| {
            let code = self.settles(code?, at, key, known)?;
            if !terms.among.is_empty() && !terms.among.contains(&code) {
                self.fault(
                    "not-among-those-who-settle",
                    at.clone().column(key),
                    format!("`{code}` is not in `among`"),
                    "add it to `among`, or leave it out here",
                );
            }
            Some(code)
        };
        let essential = someone(spec.essential, "essential");
        let investor = someone(spec.investor, "investor");
        terms.loss = someone(spec.loss, "loss");
        terms.verified_by = match spec.verified_by {
            Some(code) => self.settles(code, at, "verified_by", known),
            None => None,
        };
        if essential.is_some() && spec.rule.claims() != Some(ClaimsRule::ByTurns) {
            self.fault(
                "essential-by-turns",
                at.clone().column("rule"),
                "the rule divides claims on an estate, and with an essential partner there is none"
                    .to_owned(),
                "write `rule = \"by-turns\"`, or leave `essential` out",
            );
        }
        terms.essential = essential;
        terms.from = match (spec.from, spec.because) {
            (FromSpec::Cash, None) => Basis::Cash,
            (FromSpec::Corrected, Some(because)) if !because.trim().is_empty() => {
                Basis::Corrected { because }
            }
            (FromSpec::Cash, Some(_)) => {
                self.fault(
                    "settled-without-cash",
                    at.clone().column("because"),
                    "there is a reason for settling what is no cash, and only cash is settled"
                        .to_owned(),
                    "write `from = \"corrected\"`, or leave `because` out",
                );
                Basis::Cash
            }
            (FromSpec::Corrected, _) => {
                self.fault(
                    "settled-without-cash",
                    at.clone().column("from"),
                    "what is freed and no cash is settled, and nothing says how it can be paid"
                        .to_owned(),
                    "write the reason in `because`, or settle `from = \"cash\"`",
                );
                Basis::Cash
            }
        };
        terms.pay = spec.pay;
        terms.verified_after = spec.verified_after;
        if terms.verified_after > 125 {
            self.fault(
                "years-out-of-range",
                at.clone().column("verified_after"),
                format!("`verified_after` is {}", terms.verified_after),
                "wait from 0 to 125 years",
            );
        }
        terms.threshold = spec
            .threshold
            .and_then(|one| self.least_of_settlement(one, at));
        terms.bands = self.bands_of_settlement(spec.bands, at);
        terms.cap = spec.cap.and_then(|cap| self.measure(&cap, "cap", at));
        terms.loan = match (investor, spec.loan) {
            (None, None) => None,
            (Some(investor), None) => Some(Loan::new(&investor, Ratio::one(), Ratio::zero(), None)),
            (Some(investor), Some(loan)) => self.loan(&investor, &loan, at, first_year, years),
            (None, Some(_)) => {
                self.fault(
                    "loan-without-investor",
                    at.clone().column("loan"),
                    "nothing says who advances".to_owned(),
                    "name the partner in `investor`, or leave `loan` out",
                );
                None
            }
        };
        (self.findings.faults().count() == before).then_some(terms)
    }

    /// Somebody who pays or may save: a partner, or a bearer outside the pack.
    fn settles(
        &mut self,
        code: String,
        at: &Position,
        key: &str,
        known: &Known<'_>,
    ) -> Option<String> {
        let outside = known.bearers.values();
        if outside
            .filter(|payer| !payer.is_partner)
            .any(|payer| payer.code == code)
        {
            return Some(code);
        }
        let found = self.place.axes().partners.find(&code).map(|_| ());
        self.ok(found, at, key).map(|()| code)
    }

    /// A part of what is spent, or pounds.
    fn measure(&mut self, text: &str, key: &str, at: &Position) -> Option<Measure> {
        match text.trim().strip_prefix('£') {
            Some(pounds) => {
                let pounds = self.number(&pounds.replace(',', ""), key, at)?;
                Some(Measure::Pence(pounds.times(&Ratio::new(100, 1))))
            }
            None => self.share(text, key, at).map(Measure::OfSpending),
        }
    }

    fn least_of_settlement(&mut self, spec: ThresholdSpec, at: &Position) -> Option<Threshold> {
        let least = self.measure(&spec.least, "threshold", at);
        let mut fewer = Vec::with_capacity(spec.fewer.len());
        for row in spec.fewer {
            let than = self.number(&row.than, "threshold", at);
            let least = self.measure(&row.least, "threshold", at);
            if let (Some(than), Some(least)) = (than, least) {
                fewer.push(Fewer { than, least });
            }
        }
        if !fewer.is_sorted_by(|one, next| one.than < next.than) {
            self.fault(
                "rows-out-of-order",
                at.clone().column("threshold"),
                "the rows of `fewer` do not rise one after another".to_owned(),
                "put the fewest people first, each number once",
            );
        }
        let mut threshold = Threshold::new(least?, spec.from);
        threshold.fewer = fewer;
        Some(threshold)
    }

    fn bands_of_settlement(&mut self, specs: Vec<BandSpec>, at: &Position) -> Vec<Band> {
        let mut bands: Vec<Band> = Vec::with_capacity(specs.len());
        for spec in specs {
            let to = spec.to.map(|to| self.measure(&to, "bands", at));
            let share = self.share(&spec.share, "bands", at);
            let (Some(share), false) = (share, to == Some(None)) else {
                continue;
            };
            bands.push(Band::new(to.flatten(), share));
        }
        let rises = |one: &Band, next: &Band| match (&one.to, &next.to) {
            (None, _) => false,
            (Some(_), None) => true,
            (Some(Measure::Pence(one)), Some(Measure::Pence(next)))
            | (Some(Measure::OfSpending(one)), Some(Measure::OfSpending(next))) => one < next,
            // What is spent says which is higher, and that differs from partner to partner.
            _ => false,
        };
        if !bands.is_sorted_by(rises) {
            self.fault(
                "rows-out-of-order",
                at.clone().column("bands"),
                "the bands do not rise one after another, all in parts or all in pounds".to_owned(),
                "put the lowest first, each once, and what has no end last",
            );
        }
        bands
    }

    fn loan(
        &mut self,
        investor: &str,
        spec: &LoanSpec,
        at: &Position,
        first_year: Option<PriceYear>,
        years: usize,
    ) -> Option<Loan> {
        let advance = self.share(&spec.advance, "loan", at);
        let rate = self.share(&spec.rate, "loan", at);
        let write_off = match &spec.write_off {
            None => None,
            Some(text) => {
                let year = self.year(text, at, "loan")?;
                let number = (0..years).find(|&later| {
                    let later = u16::try_from(later).ok();
                    later.and_then(|later| first_year?.later(later)) == Some(year)
                });
                if number.is_none() && first_year.is_some() {
                    self.fault(
                        "outside-the-years",
                        at.clone().column("loan"),
                        format!("{text} lies outside the {years} years that are counted"),
                        "write off in one of them, or leave `write_off` out",
                    );
                }
                number
            }
        };
        Some(Loan::new(investor, advance?, rate?, write_off))
    }
}
