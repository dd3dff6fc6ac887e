//! What is said with a release: under which policy, how much is withheld, and why nothing need be where nothing is.

use serde::Serialize;

/// A ledger that everybody has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PublicLedger {
    /// Its name, for people.
    pub name: String,
    /// Who published it, where and under what licence.
    pub source: String,
    /// From how many pounds on its lines are published, where not all are.
    pub from_pounds: Option<String>,
}

/// What is said with a release. It may be published: it is made from the policy and from what is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Statement {
    /// Name of the policy.
    pub policy: String,
    /// Its edition.
    pub edition: String,
    /// Who decided it, and when.
    pub decided: String,
    /// To multiples of how much recorded sums of few are rounded before they are shared out; nothing where figures
    /// are left out instead.
    pub rounded_to: Option<String>,
    /// Different figures that are told.
    pub told: usize,
    /// Different figures that are withheld.
    pub withheld: usize,
    /// Tables in which some figure is withheld: name, told, withheld.
    pub tables: Vec<(String, usize, usize)>,
    /// Ledgers that everybody has.
    pub public: Vec<PublicLedger>,
    /// How many ledgers nobody outside has.
    pub private: usize,
    /// What there is besides and is not told, in words.
    pub left_out: Vec<String>,
    /// Fingerprint of the policy.
    pub policy_fingerprint: String,
    /// Fingerprint of which lines of the proof are shown: figures, and what is known beforehand, which counts as shown.
    pub pattern_fingerprint: String,
}

impl Statement {
    /// What stands on every page.
    #[must_use]
    pub fn terms(&self) -> String {
        let all = self.told + self.withheld;
        let figures = match self.withheld {
            0 => format!("none of {all} figures is withheld"),
            1 => format!("1 of {all} figures is withheld"),
            some => format!("{some} of {all} figures are withheld"),
        };
        let rounded = self.rounded_to.as_ref().map_or_else(String::new, |step| {
            format!(
                " Recorded sums that few stand behind are rounded to multiples of {step} before they are shared out; \
                 all tables are made of them."
            )
        });
        format!(
            "Released under {}, {}; {figures}.{rounded}",
            self.policy, self.edition
        )
    }
}
