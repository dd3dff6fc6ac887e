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
    pub lookup: Vec<Spanned<LookupSpec>>,
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
    /// The file of the pack with its deflators and discount schedules; without it nothing can be
    /// appraised.
    pub prices: Option<String>,
}

/// One table of members, masses, lookups or crosswalk rows: a file, or rows written in place.
///
/// Title rows above the headings and notes below the rows are passed over, headings are compared
/// without case, blanks and punctuation, and numbers may have commas between thousands: files of ONS
/// and NOMIS go in as they are downloaded.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TableSpec {
    /// A file in the pack. One of `file`, `data` and `rows` is needed.
    pub file: Option<String>,
    /// A file in the data folder.
    pub data: Option<String>,
    /// The sheets of a workbook that are read; every sheet that is not hidden when left out.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// Field → heading, where the heading is not the field's own name; or field → several headings,
    /// of which the first that the file has is meant, because editions of a file differ. A field that
    /// is left out is looked for under its own name.
    #[serde(default)]
    pub columns: BTreeMap<String, OneOrMore>,
    /// Field → text that all rows have. Left out: each row says it.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// Heading → texts of the rows to take. Left out: all rows are taken.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, Vec<String>>,
    /// Heading → texts of the rows to leave out. Left out: `where` alone decides.
    #[serde(default)]
    pub where_not: BTreeMap<String, Vec<String>>,
    /// Rows written in place.
    #[serde(default)]
    pub rows: Vec<BTreeMap<String, String>>,
    /// Of a table of masses: headings that are ages, so that each cell under one is the mass of its
    /// row at those ages (`0`, `5 to 9`, `Aged 4 years and under`, `90+`). A pattern in which `*`
    /// stands for the ages, `"*"` where the heading says nothing else; several where columns of the
    /// same ages are added up: `["F*", "M*"]`. Ages above 90 count as 90 and over. A column of all
    /// ages is never added: the others are held against it. Left out: each row has its ages.
    pub ages_in_columns: Option<OneOrMore>,
    /// With `ages_in_columns`: headings that read as ages and are left out, such as a band that is the
    /// sum of others. Left out: all are read.
    #[serde(default)]
    pub left_out: Vec<String>,
    /// The edition of the codes of localities in this table, such as `2021`: members that it defines
    /// are of it, and a code that it names is looked for as `code@2021` first. Left out: codes are
    /// taken as they stand.
    pub vintage: Option<String>,
    /// Of a table of masses: the `[[lookup]]` of the codes of its areas, where they are not those of
    /// the place: masses of areas that were merged are added up, and those of areas that were divided
    /// are divided by the weights of the lookup, in whole units, so that no unit is lost. Of a lookup
    /// of postcodes: the one of the areas that it names. Left out: the codes are those of the place.
    pub lookup: Option<String>,
    /// What becomes of rows about areas that the place does not have, as a national file has them:
    /// `"left out"` leaves them out and counts them. Left out: they are a fault.
    pub outside: Option<Outside>,
    /// Publisher, edition, date.
    #[serde(default)]
    #[expect(dead_code, reason = "for people who read the pack")]
    pub source: String,
}

/// A text, or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "a text, or several in brackets")]
pub(crate) enum OneOrMore {
    /// One.
    One(String),
    /// Several, the first that fits.
    More(Vec<String>),
}

impl OneOrMore {
    /// Each in turn.
    pub(crate) fn each(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::More(several) => several,
        }
    }
}

/// What becomes of areas that the place does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Outside {
    /// They are left out and counted.
    #[serde(rename = "left out")]
    LeftOut,
}

/// `[[lookup]]`: what the codes of other areas mean here: small areas of another census, wards of
/// another year, parishes, postcodes.
///
/// Whether an area was left as it was, merged with others or divided is told from the rows, and how
/// many of each there are is said when the pack is opened. A code that is several localities whole is
/// all of them; what divides between areas that others have a part in as well, needs weights.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LookupSpec {
    /// Code by which tables and ledgers name it.
    pub code: String,
    /// `"postcode"`: its codes are postcodes, compared without case and blanks. Left out: codes are
    /// compared as they stand.
    pub normalise: Option<Normalise>,
    /// The level of the areas that it is from. Where it is given they become localities that can be
    /// asked for and drilled by, each made of the areas of the place that it is now. Left out: they
    /// are where money may be recorded, and no more.
    pub level: Option<String>,
    /// With `level`: the edition of those codes; needed where the place has some of them too. Left
    /// out: they have no edition.
    pub vintage: Option<String>,
    /// The driver by whose masses an area is divided over several, where the rows have no `weight`;
    /// it stands before the drivers that use the lookup. Left out: what would have to be divided is
    /// a fault, or stays unmapped.
    pub by: Option<String>,
    /// How the weights are known: `population`, `driver` or `judgement`. Needed with weights.
    pub class: Option<Evidence>,
    /// For postcodes: what a sector, a district, or a postcode that no row has, means. Left out: they
    /// stay unmapped.
    pub fallback: Option<FallbackSpec>,
    /// Publisher, edition, date.
    #[serde(default)]
    #[expect(dead_code, reason = "for people who read the pack")]
    pub source: String,
    /// Its rows: `from` (the other code), `to` (a locality of the place), and if wanted `weight` (how
    /// much of `from` lies in `to`, in any unit) and `name` (of `from`).
    pub tables: Vec<TableSpec>,
}

/// How codes are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Normalise {
    /// Without case and blanks.
    Postcode,
}

/// `fallback` of a lookup of postcodes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FallbackSpec {
    /// How wide it may get: `"sector"` (`SY8 1`), or `"district"` (`SY8`) where the sector is not
    /// known either.
    pub to: Wider,
    /// The measure of how a sector or district lies over areas: `"postcodes"`, how many postcodes
    /// each area has of it; or a driver, whose mass of each area is taken in the part that its
    /// postcodes have in all of the area.
    pub by: String,
    /// How that is known: `population`, `driver` or `judgement`.
    pub class: Evidence,
}

/// What is wider than a postcode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Wider {
    /// `SY8 1`
    Sector,
    /// `SY8`
    District,
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
    /// What becomes of outlines of areas that the place does not have: `"left out"` passes over them.
    /// Left out: they are a fault.
    pub outside: Option<Outside>,
    /// Publisher, edition, licence.
    pub source: String,
}
