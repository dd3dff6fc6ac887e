//! `place.toml`, as it is written down.

use super::{PoolRule, Rest};
use crate::axis::{Evidence, Period, Phase, Side};
use crate::crosswalk::{LedgerAxes, NotSpending};
use crate::driver::Basis;
use crate::finding::{Findings, Position, made_plain};
use crate::ledger::{Control, Layout, Repeats};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackSpec {
    pub place: PlaceSpec,
    #[serde(default)]
    pub localities: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub activities: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub groups: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub tags: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub partners: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub driver: Vec<Spanned<DriverSpec>>,
    #[serde(default)]
    pub sharing: Vec<Spanned<SharingSpec>>,
    #[serde(default)]
    pub alternative: Vec<Spanned<AlternativeSpec>>,
    #[serde(default)]
    pub crosswalk: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub ledger: Vec<Spanned<LedgerSpec>>,
    #[serde(default)]
    pub replaced: Vec<Spanned<ReplacedSpec>>,
    #[serde(default)]
    pub excluded: Vec<Spanned<ExcludedSpec>>,
    #[serde(default)]
    pub boundary: Vec<Spanned<BoundarySpec>>,
    #[serde(default)]
    pub counterparty: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub transfer: Vec<Spanned<TransferSpec>>,
    #[serde(default)]
    pub pool: Vec<Spanned<PoolSpec>>,
    #[serde(default)]
    pub opening: Vec<Spanned<OpeningSpec>>,
    #[serde(default)]
    pub in_kind: Vec<Spanned<TableSpec>>,
    #[serde(default)]
    pub priority: Vec<Spanned<PrioritySpec>>,
    #[serde(default)]
    pub absent: Vec<Spanned<AbsentSpec>>,
    pub outlines: Option<Spanned<OutlinesSpec>>,
}

impl PackSpec {
    /// Takes out of the names and notes that are shown what is not seen.
    pub(super) fn made_plain(&mut self, findings: &mut Findings) {
        let at = Position::file("place.toml");
        let mut plain = |text: &mut String| *text = made_plain(std::mem::take(text), &at, findings);
        plain(&mut self.place.name);
        self.place.notes.iter_mut().for_each(&mut plain);
        for driver in &mut self.driver {
            let driver = driver.as_mut();
            [&mut driver.name, &mut driver.source]
                .into_iter()
                .for_each(&mut plain);
        }
        for ledger in &mut self.ledger {
            let ledger = ledger.as_mut();
            [&mut ledger.name, &mut ledger.source, &mut ledger.basis]
                .into_iter()
                .for_each(&mut plain);
        }
        for excluded in &mut self.excluded {
            plain(&mut excluded.as_mut().note);
        }
        for boundary in &mut self.boundary {
            plain(&mut boundary.as_mut().name);
        }
        for priority in &mut self.priority {
            plain(&mut priority.as_mut().name);
        }
        for absent in &mut self.absent {
            let absent = absent.as_mut();
            [&mut absent.body, &mut absent.what, &mut absent.source]
                .into_iter()
                .for_each(&mut plain);
        }
    }
}

/// `[place]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceSpec {
    /// Name for people.
    pub name: String,
    /// Code of the locality that is the place.
    pub locality: String,
    /// The driver that counts residents, for figures per head.
    pub residents: Option<String>,
    /// Age bands of reports; together all ages.
    #[serde(default)]
    pub age_bands: Vec<String>,
    /// What must be printed wherever figures are shown: attributions and warnings.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The period of its reports, where a program is told none.
    pub report_period: Option<Period>,
    /// The file of the pack that says what its outcomes and indicators are.
    pub outcomes: Option<String>,
}

/// One table of members, masses or crosswalk rows: a file, or rows written in place.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableSpec {
    /// A file in the pack.
    pub file: Option<String>,
    /// A file in the data folder.
    pub data: Option<String>,
    /// Field → heading, where the heading is not the field's own name.
    #[serde(default)]
    pub columns: BTreeMap<String, String>,
    /// Field → text that all rows have.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// Heading → texts of the rows to take.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, Vec<String>>,
    /// Rows written in place.
    #[serde(default)]
    pub rows: Vec<BTreeMap<String, String>>,
    /// Publisher, edition, date.
    #[serde(default)]
    #[expect(dead_code, reason = "for people who read the pack")]
    pub source: String,
}

/// `[[driver]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DriverSpec {
    pub code: String,
    pub name: String,
    pub class: Evidence,
    /// Where people live, or where it happens; left out where nobody has said.
    pub basis: Option<Basis>,
    pub source: String,
    /// An earlier driver that divides its masses by age within each leaf area.
    pub ages_by: Option<String>,
    /// The locality it covers, where that is not all of them.
    pub covers: Option<String>,
    pub tables: Vec<TableSpec>,
}

/// `[[sharing]]`: which money is shared by which driver, as it is written down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharingSpec {
    /// Only money of this partner.
    pub partner: Option<String>,
    /// Only money on this activity or below it.
    pub activity: Option<String>,
    /// Only money of periods wholly within this one.
    pub period: Option<String>,
    /// The driver.
    pub driver: String,
}

/// `[[alternative]]`: other rules, tried before the pack's own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AlternativeSpec {
    pub code: String,
    pub name: String,
    pub sharing: Vec<Spanned<SharingSpec>>,
}

/// `[[ledger]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerSpec {
    pub id: String,
    pub name: String,
    pub source: String,
    pub phase: Phase,
    /// Files in the pack; patterns with `*` allowed.
    #[serde(default)]
    pub files: Vec<String>,
    /// Files in the data folder; patterns with `*` allowed.
    #[serde(default)]
    pub data: Vec<String>,
    /// How amounts in kind were valued; needed where the ledger holds anything but cash.
    #[serde(default)]
    pub basis: String,
    pub layout: Layout,
    /// Whether rows that another ledger has read may be read again; refused unless said.
    #[serde(default)]
    pub repeats: Repeats,
    /// Periods of which it has everything: a month of them without a line is empty, and not missing.
    #[serde(default)]
    pub complete: Vec<Period>,
    #[serde(default)]
    pub control: Vec<Control>,
    pub axes: LedgerAxes,
}

/// `[[replaced]]`: coarse lines that give way to finer ones.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReplacedSpec {
    /// The ledger with the coarser lines.
    pub ledger: String,
    /// Code name → codes of the lines.
    pub codes: BTreeMap<String, Vec<String>>,
    /// Only lines of these periods; all when empty.
    #[serde(default)]
    pub periods: Vec<String>,
    /// The ledgers with the finer lines.
    pub by: Vec<String>,
    /// What becomes of that part of a line which no finer line is about.
    #[serde(default)]
    pub rest: Rest,
    /// Why, in words.
    pub note: String,
}

/// `[[excluded]]`: lines of a ledger that are not spending. They are read and listed, and taken out of
/// the account as a named step of its reconciliation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExcludedSpec {
    /// The ledger with the lines.
    pub ledger: String,
    /// Code name → codes of the lines; `*` stands for any letters. A line must meet every code name.
    pub codes: BTreeMap<String, Vec<String>>,
    /// Only lines of these periods; of all when left out.
    #[serde(default)]
    pub periods: Vec<Period>,
    /// Why it is not spending: `treasury`, `balance-sheet`, `collection-fund`, `held-for-others`,
    /// `internal-recharge`, `capital-financing`, `sum-of-lines` or `other`.
    pub reason: NotSpending,
    /// Why, in words, as the reconciliation says it; may be left out unless the reason is `other`.
    #[serde(default)]
    pub note: String,
}

/// `[[boundary]]`: a named set of partners.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BoundarySpec {
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Codes of partners; a branch stands for all below it.
    pub partners: Vec<String>,
}

/// `[[transfer]]`: how both sides of payments between two partners are held against each other.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TransferSpec {
    pub payer: String,
    pub payee: String,
    /// Whose figure counts where the two differ.
    pub figure: Side,
    /// By how many days two dates of one payment may differ.
    pub days: u32,
    /// By how many pounds two amounts of one payment may differ, as in "0.50".
    pub pounds: String,
    /// Why the payer's total holds money that none of its lines names.
    pub within_payer_total: Option<String>,
}

/// `[[pool]]`: a pooled fund.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PoolSpec {
    /// The pool's code among the partners.
    pub partner: String,
    /// The partner that keeps its books.
    pub host: String,
    /// Name, section of the law, date.
    pub agreement: String,
    /// What happens to a surplus or a deficit at the end of a year.
    pub rule: PoolRule,
}

/// `[[opening]]`: what a partner held at the start of a financial year.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OpeningSpec {
    pub partner: String,
    pub year: String,
    /// As in "12500.00".
    pub pounds: String,
    pub source: String,
}

/// `[[priority]]`: what ought to be done in every place.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PrioritySpec {
    /// Name for people.
    pub name: String,
    pub activity: String,
    /// Everybody when left out.
    pub ages: Option<String>,
}

/// `[[absent]]`: what a whole place would have and no ledger of the pack holds.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AbsentSpec {
    /// Whose money it is, in words.
    pub body: String,
    /// What for.
    pub what: String,
    /// How much, where that is published; as in "12500000".
    pub pounds: Option<String>,
    /// Of what time; left out where the source does not say.
    pub period: Option<String>,
    /// Who published how much it is.
    #[serde(default)]
    pub source: String,
}

/// `[outlines]`: the shapes of localities, for maps.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OutlinesSpec {
    /// A GeoJSON file in the pack.
    pub file: Option<String>,
    /// A GeoJSON file in the data folder.
    pub data: Option<String>,
    /// The property of each feature that holds the code of its locality.
    pub code: String,
    /// Publisher, edition, licence.
    pub source: String,
}
