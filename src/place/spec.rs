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

/// `place.toml`: a place, its ledgers, and what the codes in them mean.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema), schemars(title = "place.toml"))]
#[serde(deny_unknown_fields)]
pub(super) struct PackSpec {
    /// The place itself: its name, which area it is, and what its reports say.
    pub place: PlaceSpec,
    /// Its areas: a tree, and other groupings of the same areas. When left out there is no place to open.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub localities: Vec<Spanned<TableSpec>>,
    /// What money is for: a tree of services. When left out, ledgers have no activity to stand on.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub activities: Vec<Spanned<TableSpec>>,
    /// Client groups that do not overlap, such as people with dementia. When left out there are none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub groups: Vec<Spanned<TableSpec>>,
    /// Labels that may overlap, such as `early-help`; at most 64. When left out there are none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub tags: Vec<Spanned<TableSpec>>,
    /// Bodies whose money it is, or who are paid: a tree. When left out, ledgers have no partner to
    /// stand on.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub partners: Vec<Spanned<TableSpec>>,
    /// What the codes of other areas mean here: small areas of another census, wards of another year,
    /// postcodes. When left out, codes are those of the place.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<LookupSpec>"))]
    pub lookup: Vec<Spanned<LookupSpec>>,
    /// Measures by which money of a wider area is shared out: residents, pupils, incidents. When left
    /// out nothing is shared: what is known for a wider area only is named as that.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<DriverSpec>"))]
    pub driver: Vec<Spanned<DriverSpec>>,
    /// Which money is shared by which driver; the first rule that fits counts, and one without
    /// `partner`, `activity` and `period` fits all. When left out nothing is shared.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<SharingSpec>"))]
    pub sharing: Vec<Spanned<SharingSpec>>,
    /// Other choices of drivers, so that a report says how much of a figure is the choice. When left
    /// out, no figure has a range.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<AlternativeSpec>"))]
    pub alternative: Vec<Spanned<AlternativeSpec>>,
    /// What the codes of ledgers mean here, in two forms: wide, with a row a code and a column an axis, as
    /// people fill it in; and long, with a row a code and axis, told by its column `axis`. A row that names more
    /// goes before a pattern. When left out, each line is placed by the rules of its ledger alone.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub crosswalk: Vec<Spanned<TableSpec>>,
    /// One partner's files of one layout: payments, returns, grants. When left out there is no money.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<LedgerSpec>"))]
    pub ledger: Vec<Spanned<LedgerSpec>>,
    /// Coarse lines that give way to finer ones of another ledger, so that nothing counts twice. When
    /// left out, every line counts.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<ReplacedSpec>"))]
    pub replaced: Vec<Spanned<ReplacedSpec>>,
    /// Lines of a ledger that are not spending: they are read and listed, and taken out of the account
    /// as a step of its own. When left out, every line is spending.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<ExcludedSpec>"))]
    pub excluded: Vec<Spanned<ExcludedSpec>>,
    /// Named sets of partners that count as one. When left out, a question may name partners itself.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<BoundarySpec>"))]
    pub boundary: Vec<Spanned<BoundarySpec>>,
    /// Rules that tell which lines are payments to, or from, another partner. When left out, no line is.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub counterparty: Vec<Spanned<TableSpec>>,
    /// How both sides of payments between two partners are held against each other. When left out,
    /// two lines are one payment only if amount and day, or amount and reference, are equal.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TransferSpec>"))]
    pub transfer: Vec<Spanned<TransferSpec>>,
    /// Pooled funds. When left out there are none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<PoolSpec>"))]
    pub pool: Vec<Spanned<PoolSpec>>,
    /// What partners held at the start of a financial year. When left out, nothing is known to be held.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<OpeningSpec>"))]
    pub opening: Vec<Spanned<OpeningSpec>>,
    /// What is given in kind and not valued in pounds: hours, rooms. When left out there is none.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<TableSpec>"))]
    pub in_kind: Vec<Spanned<TableSpec>>,
    /// What ought to be done in every place, so that a report can say where nobody spends on it. When
    /// left out, no gap is looked for.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<PrioritySpec>"))]
    pub priority: Vec<Spanned<PrioritySpec>>,
    /// What a whole place would have and no ledger of the pack holds; printed beside every total. When
    /// left out, nothing is said to be missing.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<AbsentSpec>"))]
    pub absent: Vec<Spanned<AbsentSpec>>,
    /// The shapes of areas. When left out, pages have no map.
    #[cfg_attr(test, schemars(with = "Option<OutlinesSpec>"))]
    pub outlines: Option<Spanned<OutlinesSpec>>,
}

/// The schema of a pack, for the reference of every key.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings.into_generator().into_root_schema_for::<PackSpec>()
}

/// Whether a text reads as `place.toml`.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<PackSpec>(text).map(drop)
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

/// The place itself: its name, which area it is, and what its reports say.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct PlaceSpec {
    /// Name for people.
    pub name: String,
    /// Code of the area that is the place; a row of `[[localities]]`.
    pub locality: String,
    /// Code of the driver that counts residents. When left out, no figure is given per head.
    pub residents: Option<String>,
    /// Age bands of reports, in years, such as `0-15`, `16-64`, `65+`; together all ages. When left out,
    /// reports are not told by age.
    #[serde(default)]
    pub age_bands: Vec<String>,
    /// What must be printed wherever figures are shown: attributions and warnings. When left out,
    /// nothing is.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The period of reports, such as `2017-18`, where a program is told none. When left out, it asks.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    pub report_period: Option<Period>,
    /// The file of the pack that says what its outcomes and indicators are. When left out, the pack has
    /// none.
    pub outcomes: Option<String>,
    /// The file of the pack with its deflators and discount schedules. When left out, nothing can be
    /// appraised.
    pub prices: Option<String>,
    /// The file of the pack that says what its proposals are, and what they rest on. When left out,
    /// the pack has none.
    pub appraisal: Option<String>,
    /// The file of the pack that says what its places want and who pays for it. When left out, the pack has
    /// no place plans.
    pub plans: Option<String>,
    /// The file of the pack that says which buildings there are, who is in them and what they cost. When
    /// left out, the pack has no register of premises.
    pub premises: Option<String>,
    /// The file of the pack that says what its partners have agreed to reach, who does what, and when they meet.
    /// When left out, the pack has no agreement.
    pub agreement: Option<String>,
    /// The file of the pack that says what each partner is short of in years to come, and what is planned to
    /// close it. When left out, the pack has no medium-term plan.
    pub medium_term: Option<String>,
    /// The file of the pack that says under what policy something may be published. When left out, the
    /// pack has none, and what is made of it is for internal use.
    pub disclosure: Option<String>,
}

/// A table of rows: from a file (CSV, text or workbook), or written in place.
///
/// Title rows above the headings and notes below the rows are passed over, headings are compared
/// without case, blanks and punctuation, and numbers may have commas between thousands: files of ONS
/// and NOMIS go in as they are downloaded.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct TableSpec {
    /// A file in the pack. When left out, `data` or `rows` holds the rows.
    pub file: Option<String>,
    /// A file in the data folder. When left out, `file` or `rows` holds the rows.
    pub data: Option<String>,
    /// The sheets of a workbook that are read; every sheet that is not hidden when left out.
    #[serde(default)]
    pub sheets: Vec<String>,
    /// For a field, the heading of its column in the file; or several headings, of which the first that
    /// the file has is meant, because editions of a file differ. When left out, the heading is the name
    /// of the field.
    #[serde(default)]
    pub columns: BTreeMap<String, OneOrMore>,
    /// For a field, the text that all rows have where the file has none. When left out, it stays empty.
    #[serde(default)]
    pub set: BTreeMap<String, String>,
    /// For a heading, the texts of the rows to take. When left out, all rows are taken.
    #[serde(default, rename = "where")]
    pub only: BTreeMap<String, Vec<String>>,
    /// For a heading, the texts of the rows to leave out. When left out, `where` alone decides.
    #[serde(default)]
    pub where_not: BTreeMap<String, Vec<String>>,
    /// Rows written in place, each as field = text. When left out, `file` or `data` names the file.
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
    /// Publisher, edition, date: for people who read the pack. May be left out.
    #[serde(default)]
    #[expect(dead_code, reason = "for people who read the pack")]
    pub source: String,
}

/// A text, or several.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// How the weights are known: `population`, `driver` or `judgement`. Needed with weights; left out
    /// otherwise.
    pub class: Option<Evidence>,
    /// For postcodes: what a sector, a district, or a postcode that no row has, means. Left out: they
    /// stay unmapped.
    pub fallback: Option<FallbackSpec>,
    /// Publisher, edition, date: for people who read the pack. May be left out.
    #[serde(default)]
    #[expect(dead_code, reason = "for people who read the pack")]
    pub source: String,
    /// Its rows: `from` (the other code), `to` (a locality of the place), and if wanted `weight` (how
    /// much of `from` lies in `to`, in any unit) and `name` (of `from`).
    pub tables: Vec<TableSpec>,
}

/// How codes are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum Normalise {
    /// Without case and blanks.
    Postcode,
}

/// `fallback` of a lookup of postcodes.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub(super) enum Wider {
    /// `SY8 1`
    Sector,
    /// `SY8`
    District,
}

/// `[[driver]]`
/// A measure by which money of a wider area is shared out over places and ages.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct DriverSpec {
    /// Its code, for `[[sharing]]`, `residents` and other drivers.
    pub code: String,
    /// What it measures, with its year: for people.
    pub name: String,
    /// How sure a figure is that it shared. `direct` is refused: what is shared is not recorded.
    pub class: Evidence,
    /// What it follows: where people live, or where it happens. When left out, nobody has said.
    pub basis: Option<Basis>,
    /// Publisher, edition, licence.
    pub source: String,
    /// An earlier driver that divides each place's mass by age. When left out, the masses have ages of
    /// their own, or none.
    pub ages_by: Option<String>,
    /// The area that it covers. When left out, all of them: a place without a mass is then a fault.
    pub covers: Option<String>,
    /// The tables of its masses, one after another.
    pub tables: Vec<TableSpec>,
}

/// Which money is shared by which driver; the first rule that fits counts. A rule without `partner`,
/// `activity` and `period` fits all money.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SharingSpec {
    /// Only money of this partner, or of those below it. When left out, of every partner.
    pub partner: Option<String>,
    /// Only money on this activity or below it. When left out, on every activity.
    pub activity: Option<String>,
    /// Only money of periods wholly within this one. When left out, of every period.
    pub period: Option<String>,
    /// Code of the driver.
    pub driver: String,
}

/// Other rules of sharing, tried before the pack's own: what a figure would be under them.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct AlternativeSpec {
    /// Its code, for questions.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Its rules, as in `[[sharing]]`; where none fits, the pack's own count.
    #[cfg_attr(test, schemars(with = "Vec<SharingSpec>"))]
    pub sharing: Vec<Spanned<SharingSpec>>,
}

/// One partner's files of one layout: payments, returns, grants.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct LedgerSpec {
    /// Its code, for the crosswalk and for rules of counterparties.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// Publisher, edition, licence, and what the amounts are: gross or net, with or without VAT.
    pub source: String,
    /// Whether the money is planned, expected or spent; phases are never added up.
    pub phase: Phase,
    /// Files in the pack; `*` stands for any text. When left out, `data` names the files.
    #[serde(default)]
    pub files: Vec<String>,
    /// Files in the data folder; `*` stands for any text. When left out, `files` names the files.
    #[serde(default)]
    pub data: Vec<String>,
    /// How amounts in kind were valued: hours, rate, whose estimate. Needed where the ledger holds
    /// anything but cash; left out otherwise.
    #[serde(default)]
    pub basis: String,
    /// Which column is what. Columns are named by their headings, each by a list, best first, because
    /// publishers change them; blanks, capitals and punctuation do not matter.
    pub layout: Layout,
    /// What to do with rows that another ledger has read too. When left out they are refused, because
    /// money would count twice.
    #[serde(default)]
    pub repeats: Repeats,
    /// Periods of which it has everything, such as `2017-18`: a month of them without a line is empty,
    /// and not missing. When left out, a month without a line may be missing.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub complete: Vec<Period>,
    /// Totals that the publisher names, which the lines must add up to. When left out, nothing outside
    /// the files says that they are whole.
    #[serde(default)]
    pub control: Vec<Control>,
    /// Where each line stands on each axis: a rule an axis, with one of `by`, `always` and `gap`.
    pub axes: LedgerAxes,
}

/// Coarse lines that give way to finer ones of another ledger.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ReplacedSpec {
    /// The ledger with the coarser lines.
    pub ledger: String,
    /// Which of its lines: for the name of a code, its texts. A line must meet every name.
    pub codes: BTreeMap<String, Vec<String>>,
    /// Only lines of these periods. When left out, of all.
    #[serde(default)]
    pub periods: Vec<String>,
    /// The ledgers with the finer lines; a coarse line gives way only in periods in which they have
    /// lines.
    pub by: Vec<String>,
    /// What becomes of that part of a line which no finer line is about. When left out, there is none:
    /// the finer lines are all of it.
    #[serde(default)]
    pub rest: Rest,
    /// Why, in words.
    pub note: String,
}

/// Lines of a ledger that are not spending. They are read and listed, and taken out of
/// the account as a named step of its reconciliation.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct ExcludedSpec {
    /// The ledger with the lines.
    pub ledger: String,
    /// Which of its lines: for the name of a code, its texts; `*` stands for any letters. A line must
    /// meet every name.
    pub codes: BTreeMap<String, Vec<String>>,
    /// Only lines of these periods, such as `2024-25`. When left out, of all.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    pub periods: Vec<Period>,
    /// Why it is not spending.
    pub reason: NotSpending,
    /// Why, in words, as the reconciliation says it. May be left out unless the reason is `other`.
    #[serde(default)]
    pub note: String,
}

/// A named set of partners that count as one.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct BoundarySpec {
    /// Its code, for questions; no partner has it.
    pub code: String,
    /// Name for people.
    pub name: String,
    /// Codes of partners; a branch stands for all below it.
    pub partners: Vec<String>,
}

/// How both sides of payments between two partners are held against each other.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct TransferSpec {
    /// Code of the partner that pays.
    pub payer: String,
    /// Code of the partner that is paid.
    pub payee: String,
    /// Whose figure counts where the two differ.
    pub figure: Side,
    /// By how many days two dates of one payment may differ.
    pub days: u32,
    /// By how many pounds two amounts of one payment may differ, as in `0.50`.
    pub pounds: String,
    /// Why the payer's total holds money that none of its lines names, in words. When left out, it
    /// holds none.
    pub within_payer_total: Option<String>,
}

/// A pooled fund, which several partners put money into.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct PoolSpec {
    /// The fund's own code among the partners.
    pub partner: String,
    /// The partner that keeps its books.
    pub host: String,
    /// Name, section of the law, date.
    pub agreement: String,
    /// What happens to a surplus or a deficit at the end of a year.
    pub rule: PoolRule,
}

/// What a partner, often a pooled fund, held at the start of a financial year.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct OpeningSpec {
    /// Code of the partner.
    pub partner: String,
    /// The financial year, as in `2024-25`.
    pub year: String,
    /// How much, in pounds, as in `12500.00`.
    pub pounds: String,
    /// How that is known.
    pub source: String,
}

/// What ought to be done in every place.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct PrioritySpec {
    /// Name for people.
    pub name: String,
    /// Code of the activity.
    pub activity: String,
    /// For whom, in years, as in `10-17`. When left out, for everybody.
    pub ages: Option<String>,
}

/// What a whole place would have and no ledger of the pack holds.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct AbsentSpec {
    /// Whose money it is, in words.
    pub body: String,
    /// What for.
    pub what: String,
    /// How much, in pounds, as in `12500000`. When left out, nobody has published it.
    pub pounds: Option<String>,
    /// Of what time, as in `2017-18`. When left out, the source does not say.
    pub period: Option<String>,
    /// Who published how much it is. Needed with `pounds`; left out otherwise.
    #[serde(default)]
    pub source: String,
}

/// The shapes of areas, for maps.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(super) struct OutlinesSpec {
    /// A GeoJSON file in the pack. When left out, `data` names the file.
    pub file: Option<String>,
    /// A GeoJSON file in the data folder. When left out, `file` names the file.
    pub data: Option<String>,
    /// The property of each feature that holds the code of its area.
    pub code: String,
    /// What becomes of outlines of areas that the place does not have: `"left out"` passes over them.
    /// Left out: they are a fault.
    pub outside: Option<Outside>,
    /// Publisher, edition, licence.
    pub source: String,
}
