//! `disclosure.toml`, as it is written down.
//!
//! No key has a default. A key that is not there is read as not there, so that all of those that are missing
//! are told together, each with its line: what is `Option` here is not optional.

use serde::Deserialize;
use toml::Spanned;

/// `disclosure.toml`: what everybody knows already, what is protected of the rest, and what is given up last.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(title = "disclosure.toml"))]
#[serde(deny_unknown_fields)]
pub struct PolicyFile {
    /// Which policy it is, who decided it, and against whom it protects.
    #[cfg_attr(test, schemars(with = "PolicySpec"))]
    pub policy: Option<Spanned<PolicySpec>>,
    /// What everybody has already: every ledger and every driver of the pack is named once.
    #[cfg_attr(test, schemars(with = "Vec<KnownSpec>"))]
    pub known: Option<Vec<Spanned<KnownSpec>>>,
    /// What is sensitive, by activity: the first rule that fits counts, and the last fits all.
    #[cfg_attr(test, schemars(with = "Vec<RuleSpec>"))]
    pub rule: Option<Vec<Spanned<RuleSpec>>>,
    /// What is told of counts of people, and of rates made from them.
    #[cfg_attr(test, schemars(with = "Vec<CountsSpec>"))]
    pub counts: Option<Vec<Spanned<CountsSpec>>>,
    /// What somebody who looks is taken to know of any one sum beforehand.
    #[cfg_attr(test, schemars(with = "BeforeSpec"))]
    pub before: Option<Spanned<BeforeSpec>>,
    /// Which figures are kept when others must go.
    #[cfg_attr(test, schemars(with = "KeepSpec"))]
    pub keep: Option<Spanned<KeepSpec>>,
}

/// Which policy it is, who decided it, and against whom it protects.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PolicySpec {
    /// Name for people; it stands on every page.
    #[cfg_attr(test, schemars(required))]
    pub name: Option<String>,
    /// Which edition of it, such as `2026-11`.
    #[cfg_attr(test, schemars(required))]
    pub edition: Option<String>,
    /// Who decided it, and when.
    #[cfg_attr(test, schemars(required))]
    pub decided: Option<String>,
    /// How what is sensitive is kept back: `withhold` leaves figures out; `round-sources` rounds recorded sums
    /// of few before they are shared out.
    #[cfg_attr(test, schemars(required))]
    pub method: Option<String>,
    /// With `round-sources`: to what recorded sums of few are rounded, in pounds, as in `1000.00`. Left out with
    /// `withhold`.
    pub round: Option<String>,
    /// Against whom it protects: `anyone`, `each-partner`, `each-holder`. `anyone` is always among them.
    #[cfg_attr(test, schemars(required))]
    pub looks: Option<Vec<String>>,
    /// What pages say of a figure that is withheld: `confidential`, or `why`. Reasons tell something.
    #[cfg_attr(test, schemars(required))]
    pub say: Option<String>,
}

/// What everybody has already of one ledger, or of one driver.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KnownSpec {
    /// The `id` of a ledger. Left out where it is of a driver.
    pub ledger: Option<String>,
    /// The `code` of a driver. Left out where it is of a ledger.
    pub driver: Option<String>,
    /// `public`; `public-from`, for a ledger of which lines from a limit on are published; or `private`.
    #[serde(rename = "as")]
    #[cfg_attr(test, schemars(required))]
    pub known_as: Option<String>,
    /// Who published it, where and under what licence: needed with `public` and `public-from`. Left out with
    /// `private`.
    pub source: Option<String>,
    /// With `public-from`: the amount from which on lines are published, in pounds, as in `500.00`. Left out
    /// otherwise.
    pub pounds: Option<String>,
    /// Whom lines are about that are not public: `payee`; `code:child`, a code that the layout of the ledger
    /// names; `line`, each its own; `one`, all the same, which is the strictest. Needed with `private`, and with
    /// `public-from` of the lines below the limit. Left out of what is `public`, and of drivers.
    pub holders: Option<String>,
    /// Of a driver that is private: below how many of what it counts nothing may be shared by it. Left out
    /// otherwise.
    pub least: Option<u64>,
}

/// What is sensitive of money for some activities.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleSpec {
    /// Name for people.
    #[cfg_attr(test, schemars(required))]
    pub name: Option<String>,
    /// The codes of activities, each with all below it; or `all`, which the last rule says.
    #[cfg_attr(test, schemars(with = "TextOrMore", required))]
    pub activities: Option<TextOrMore>,
    /// A sum of fewer holders than this is sensitive.
    #[cfg_attr(test, schemars(required))]
    pub holders: Option<u64>,
    /// When a sum tells too much of its largest: `{ p = 10 }`, `{ nk = [[1, 80], [2, 90]] }`, `{ pq = [10, 50] }` in
    /// per cent, or `"none"`.
    #[cfg_attr(test, schemars(with = "DominanceSpec", required))]
    pub dominance: Option<DominanceSpec>,
    /// How far each way a sensitive sum must stay open: `{ percent = 10 }` of itself, or `"rule"`, the protection
    /// level of the rule that it breaks.
    #[cfg_attr(test, schemars(with = "OpenSpec", required))]
    pub open: Option<OpenSpec>,
    /// Whether it may be told that nothing is recorded: `shown` or `withheld`.
    #[cfg_attr(test, schemars(required))]
    pub empty: Option<String>,
}

/// What is told of counts of people, and of rates made from them.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CountsSpec {
    /// The codes of indicators, and of contracts that pay by results; or `unpublished`, those that nobody else publishes, which the last says.
    #[cfg_attr(test, schemars(with = "TextOrMore", required))]
    pub indicators: Option<TextOrMore>,
    /// A count below this is withheld, and with it what would tell it.
    #[cfg_attr(test, schemars(required))]
    pub least: Option<u64>,
    /// A rate of fewer people than this is withheld.
    #[cfg_attr(test, schemars(required))]
    pub least_base: Option<u64>,
    /// Whether it may be told that it is all of them, or none: `shown` or `withheld`.
    #[cfg_attr(test, schemars(required))]
    pub all_or_none: Option<String>,
    /// Whether a count of nobody may be told: `shown` or `withheld`.
    #[cfg_attr(test, schemars(required))]
    pub zero: Option<String>,
}

/// What somebody who looks is taken to know of any one sum beforehand.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BeforeSpec {
    /// How near somebody may guess any one sum without this release, in per cent of it.
    #[cfg_attr(test, schemars(with = "Number", required))]
    pub percent: Option<Number>,
    /// The codes of activities whose sums may be below zero, each with all below it; `[]` where none may.
    #[cfg_attr(test, schemars(required))]
    pub negative: Option<Vec<String>>,
}

/// Which figures are kept when others must go. Kinds of figures are named, never amounts: a choice that
/// depends on what is withheld would tell of it.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeepSpec {
    /// Kinds of figures that are never withheld. `whole` is what is told by nothing.
    #[cfg_attr(test, schemars(required))]
    pub always: Option<Vec<String>>,
    /// Kinds of figures, those that are kept longest first: what they are told by, as in `places`, `activity`,
    /// `partner × activity`. What is not named is given up first.
    #[cfg_attr(test, schemars(required))]
    pub order: Option<Vec<String>>,
    /// Of those that are never withheld, the kinds that may be given up where nothing else helps. With `[]` none
    /// may, and a release that needs it is refused.
    #[cfg_attr(test, schemars(required))]
    pub may_give_up: Option<Vec<String>>,
}

/// One text, or several.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "one word, or several codes in brackets")]
pub enum TextOrMore {
    /// A word that stands for many.
    One(String),
    /// Codes.
    More(Vec<String>),
}

/// A number: whole as it is, with decimals as a text.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "a whole number as `10`, or a text as `\"12.5\"`"
)]
pub enum Number {
    /// `10`
    Whole(i64),
    /// `"12.5"`
    Text(String),
}

/// When a sum tells too much of its largest contributors.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(
    untagged,
    expecting = "`\"none\"`, `{ p = 10 }`, `{ nk = [[1, 80]] }` or `{ pq = [10, 50] }`"
)]
pub enum DominanceSpec {
    /// `"none"`
    Word(String),
    /// One of the three rules.
    Of(DominanceOf),
}

/// One of the three rules.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DominanceOf {
    /// p %: the second largest may not come nearer than this to the largest. Left out where another is named.
    pub p: Option<Number>,
    /// (n, k): the n largest may not be more than k per cent. Left out where another is named.
    pub nk: Option<Vec<(i64, Number)>>,
    /// (p, q): as p, of somebody who knows others to q per cent. Left out where another is named.
    pub pq: Option<(Number, Number)>,
}

/// How far each way a sensitive sum must stay open.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged, expecting = "`{ percent = 10 }` or `\"rule\"`")]
pub enum OpenSpec {
    /// `"rule"`
    Word(String),
    /// Per cent of the sum itself.
    Of(OpenOf),
}

/// Per cent of the sum itself.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OpenOf {
    /// Per cent of the sum itself.
    pub percent: Number,
}

/// The schema of a policy, for the reference of every key.
#[cfg(test)]
pub(crate) fn schema() -> schemars::Schema {
    let settings = schemars::generate::SchemaSettings::draft07();
    settings
        .into_generator()
        .into_root_schema_for::<PolicyFile>()
}

/// Whether a text reads as a policy.
#[cfg(test)]
pub(crate) fn reads(text: &str) -> Result<(), toml::de::Error> {
    toml::from_str::<PolicyFile>(text).map(drop)
}
