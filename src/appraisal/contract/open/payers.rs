//! Who pays which share.

use crate::appraisal::contract::spec::PayerSpec;
use crate::appraisal::open::Opener;
use crate::appraisal::proposal::Payer;
use crate::axis::name_one_of;
use crate::finding::Position;
use crate::money::Ratio;
use std::collections::BTreeMap;

impl Opener<'_> {
    /// Payers with their shares, which are the whole.
    pub(super) fn payers(
        &mut self,
        specs: &[PayerSpec],
        bearers: &BTreeMap<String, Payer>,
        at: &Position,
    ) -> Option<Vec<(Payer, Ratio)>> {
        let at = at.clone().column("payers");
        let mut payers: Vec<Option<(Payer, Ratio)>> = Vec::with_capacity(specs.len());
        for spec in specs {
            let payer = self.payer(&spec.payer, bearers, &at);
            let share = self.share(&spec.share, "share", &at);
            payers.push(payer.zip(share));
        }
        let payers: Vec<(Payer, Ratio)> = payers.into_iter().collect::<Option<_>>()?;
        let all: Ratio = payers.iter().map(|(_, share)| share).sum();
        if !all.is_one() {
            let per_cent = all.times(&Ratio::new(100, 1)).to_decimal(2);
            self.fault(
                "payers-are-not-the-whole",
                at,
                format!("the shares of its payers are {per_cent} % together"),
                "write shares that are 1 together, so that somebody pays every pound, and only once",
            );
            return None;
        }
        Some(payers)
    }

    fn payer(
        &mut self,
        code: &str,
        bearers: &BTreeMap<String, Payer>,
        at: &Position,
    ) -> Option<Payer> {
        if let Some(payer) = bearers.get(code) {
            return Some(payer.clone());
        }
        let partners = &self.place.axes().partners;
        if partners.find(code).is_ok() {
            return self.partner(code, at);
        }
        let known = partners.iter().map(|(_, partner)| partner.code.as_str());
        let known: Vec<&str> = known.chain(bearers.keys().map(String::as_str)).collect();
        self.fault(
            "unknown-payer",
            at.clone(),
            format!("`{code}` is neither a partner nor a bearer of this pack"),
            &name_one_of(code, "payer", known),
        );
        None
    }
}
