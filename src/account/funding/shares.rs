//! Money followed back: to those whose it was, or to those who decided.

use super::loops::in_order;
use super::mixture::{Mixtures, Row, Source};
use super::sheet::{Sheet, sheets};
use super::{Flows, FundingError};
use crate::axis::{FlowKind, MemberId, Period, Tree};
use crate::money::{Exact, Ratio};
use num_bigint::BigUint;
use std::collections::{BTreeMap, BTreeSet};

/// How far money is followed back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FollowBack {
    /// To those whose money it was: through every kind of payment, and through what was held
    /// over from one year to the next.
    Funders,
    /// To those who decided what is done with it: through payments of which the payer decides
    /// ([`FlowKind::payer_decides`]). All other money of a partner, what it held before among
    /// it, is its own decision.
    Commissioners,
}

impl FollowBack {
    /// Whether money that was paid in this way is followed back to the payer.
    #[must_use]
    pub const fn follows(self, kind: FlowKind) -> bool {
        match self {
            Self::Funders => true,
            Self::Commissioners => kind.payer_decides(),
        }
    }
}

/// Whose money each partner used in each year, as exact shares.
///
/// # Formula
///
/// ```text
/// resources(j) = opening(j) + Σ g(i,j) + own(j)
/// F(j) = [ opening(j) × F(j, the year before) + Σ g(i,j) × F(i) + own(j) × j ] / resources(j)
/// ```
///
/// with `g(i,j)` what `i` paid `j` in the year, less refunds. A partner without resources, and one
/// whose ledger is not held, is its own funder. Circles are solved, not cut.
///
/// What a partner had on balance from those who are not partners (spending below zero) is its own
/// money too. An opening below zero is a debt and funds nothing; a part that was stated for a
/// later year is the partner's own.
///
/// # Assumptions
///
/// - Money mixes: every pound a partner uses in a year has the same funders, and so has every
///   pound that it keeps. Where a grant may only be spent on one thing, that is not followed.
///
/// # Example
///
/// The Ministry grants the PCC £400. The PCC spends £250 and grants the council £150, which
/// spends £60 and pays a charity £90 under contract, which spends it. All of the £400 is the
/// Ministry's money; the PCC decided on £250, the council on £150:
///
/// ```
/// use wholeplace::account::{Flows, FollowBack, Shares};
/// use wholeplace::axis::{FlowKind, MemberRow, Tree};
/// use wholeplace::money::{Exact, Pence, Ratio};
/// # let row = |code: &str| MemberRow { code: code.into(), ..MemberRow::default() };
/// let codes = ["moj", "pcc", "council", "charity"];
/// let (partners, _) = Tree::build("a partner", &codes.map(row));
/// let [moj, pcc, council, charity] = codes.map(|code| partners.find(code).unwrap());
/// let year = "2023-24".parse()?;
///
/// let mut flows = Flows::new([pcc, council, charity]);
/// flows.add_flow(year, moj, pcc, FlowKind::Grant, Pence::new(400_00));
/// flows.add_flow(year, pcc, council, FlowKind::Grant, Pence::new(150_00));
/// flows.add_flow(year, council, charity, FlowKind::Contract, Pence::new(90_00));
/// for (partner, pounds) in [(pcc, 250), (council, 60), (charity, 90)] {
///     flows.add_spent(year, partner, Pence::new(pounds * 100));
/// }
///
/// let funders = Shares::follow(&flows, &partners, FollowBack::Funders)?;
/// assert_eq!(funders.of(year, charity), [(moj, Ratio::one())]);
///
/// let commissioners = Shares::follow(&flows, &partners, FollowBack::Commissioners)?;
/// assert_eq!(commissioners.of(year, charity), [(council, Ratio::one())]);
/// assert_eq!(commissioners.of(year, council), [(council, Ratio::one())]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Example: money that goes round
///
/// A pays B £100 and B pays A £40. A spends £90, so that £150 of what it used is its own; B spends
/// £70, so that £10 is its own. Then `a = (40 b + 150 A) / 190` and `b = (100 a + 10 B) / 110`,
/// which A's share of B's money solves as 150/169:
///
/// ```
/// # use wholeplace::account::{Flows, FollowBack, Shares};
/// # use wholeplace::axis::{FlowKind, MemberRow, Tree};
/// # use wholeplace::money::{Exact, Pence, Ratio};
/// # let row = |code: &str| MemberRow { code: code.into(), ..MemberRow::default() };
/// # let (partners, _) = Tree::build("a partner", &["a", "b"].map(row));
/// # let (a, b) = (partners.find("a")?, partners.find("b")?);
/// # let year = "2023-24".parse()?;
/// let mut flows = Flows::new([a, b]);
/// flows.add_flow(year, a, b, FlowKind::Contract, Pence::new(100_00));
/// flows.add_flow(year, b, a, FlowKind::Contract, Pence::new(40_00));
/// flows.add_spent(year, a, Pence::new(90_00));
/// flows.add_spent(year, b, Pence::new(70_00));
/// let shares = Shares::follow(&flows, &partners, FollowBack::Funders)?;
/// assert_eq!(shares.of(year, b), [(a, Ratio::new(150, 169)), (b, Ratio::new(19, 169))]);
///
/// // B's £70 are shared among its funders without a rounding.
/// let shared = shares.shared(year, b, &Exact::whole(Pence::new(70_00)));
/// assert_eq!(shared[0].1.to_pounds(4), "62.1302");
/// assert_eq!(shared[1].1.to_pounds(4), "7.8698");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Cost
///
/// Partners who pay each other in circles are solved together, exactly, in time that grows with more than
/// the cube of their number: a hundred of whom each pays each took 3.9 s on one busy machine. Where more do,
/// join the small ones to one partner in the pack.
///
/// # Sources
///
/// The proportional sharing principle of flow tracing: Bialek J. Tracing the flow of electricity.
/// IEE Proceedings: Generation, Transmission and Distribution 143(4), 1996, 313–320. Input-output
/// analysis solves the same equations.
#[derive(Clone, Debug)]
pub struct Shares {
    trail: FollowBack,
    mixtures: Mixtures,
}

impl Shares {
    /// Follows the money of every held partner back, year after year.
    ///
    /// # Errors
    ///
    /// [`FundingError::ClosedLoop`] where partners pay each other in a circle into which no money
    /// comes; [`FundingError::NotAFinancialYear`].
    pub fn follow(flows: &Flows, partners: &Tree, trail: FollowBack) -> Result<Self, FundingError> {
        let mut mixtures = Mixtures::default();
        let mut before = None;
        for (year, sheets) in sheets(flows)? {
            let mut rows: BTreeMap<MemberId, Row> = BTreeMap::new();
            for (partner, weights) in sources(flows, trail, year, before, &sheets) {
                let weights = weights.into_iter().filter(|&(_, weight)| weight > 0);
                let mut row: Row = weights
                    .map(|(source, weight)| (source, BigUint::from(weight.unsigned_abs())))
                    .collect();
                if row.is_empty() {
                    row.insert(Source::Itself(partner), 1u32.into());
                }
                rows.insert(partner, row);
            }
            for group in in_order(&draws_on(year, &rows)) {
                let rows = together(year, &group, &mut rows);
                let comes_in = |row: &Row| row.keys().any(|s| !matches!(s, Source::InCircle(_)));
                if !rows.values().any(comes_in) {
                    let code = |&partner: &MemberId| partners.get(partner).code.clone();
                    return Err(FundingError::ClosedLoop {
                        year,
                        partners: group.iter().map(code).collect(),
                    });
                }
                mixtures.solve(year, rows);
            }
            before = Some(year);
        }
        Ok(Self { trail, mixtures })
    }

    /// How far the money was followed.
    #[must_use]
    pub fn trail(&self) -> FollowBack {
        self.trail
    }

    /// Whose a partner's money of a year was, in the order of the partners; the shares sum to
    /// exactly one.
    ///
    /// All of it is the partner's own where its ledger is not held, and in years before and after
    /// those of the flows. Each call brings the shares to lowest terms: ask once for a partner and
    /// year, not for each line.
    #[must_use]
    pub fn of(&self, year: Period, partner: MemberId) -> Vec<(MemberId, Ratio)> {
        let shares = self.mixtures.shares(year, partner);
        shares.unwrap_or_else(|| vec![(partner, Ratio::one())])
    }

    /// Spreads a sum that a partner spent (or held) in a year over those whose it was. The parts
    /// sum to exactly the sum.
    #[must_use]
    pub fn shared(&self, year: Period, partner: MemberId, sum: &Exact) -> Vec<(MemberId, Exact)> {
        let shares = self.of(year, partner).into_iter();
        shares
            .map(|(funder, share)| (funder, sum.times(&share)))
            .collect()
    }
}

/// From where each held partner's money of a year came, in pence.
fn sources(
    flows: &Flows,
    trail: FollowBack,
    year: Period,
    before: Option<Period>,
    sheets: &BTreeMap<MemberId, Sheet>,
) -> BTreeMap<MemberId, BTreeMap<Source, i128>> {
    let mut all = BTreeMap::new();
    for (&partner, sheet) in sheets {
        let opening = sheet.opening().max(0);
        let mut own = sheet.own + (-sheet.spent).max(0) + opening;
        let mut sources = BTreeMap::new();
        if let (FollowBack::Funders, Some(before)) = (trail, before) {
            // What was stated below zero lessens what was carried.
            let carried = sheet.carried.min(opening);
            own -= carried;
            sources.insert(Source::Solved(before, partner), carried);
        }
        sources.insert(Source::Itself(partner), own);
        all.insert(partner, sources);
    }
    for ((payer, payee), net) in flows.net(year, |kind| trail.follows(kind)) {
        if let Some(sources) = all.get_mut(&payee) {
            let from = if flows.is_held(payer) {
                Source::Solved(year, payer)
            } else {
                Source::Itself(payer)
            };
            *sources.entry(from).or_default() += net.chosen;
            *sources.entry(Source::Itself(payee)).or_default() += net.total - net.chosen;
        }
    }
    all
}

/// On whose money of the same year each partner draws.
fn draws_on(
    year: Period,
    rows: &BTreeMap<MemberId, Row>,
) -> BTreeMap<MemberId, BTreeSet<MemberId>> {
    let same_year = |source: &Source| match *source {
        Source::Solved(of, partner) if of == year => Some(partner),
        _ => None,
    };
    rows.iter()
        .map(|(&partner, row)| (partner, row.keys().filter_map(same_year).collect()))
        .collect()
}

/// Takes the rows of a group, with its own partners marked as being in its circle.
fn together(
    year: Period,
    group: &[MemberId],
    rows: &mut BTreeMap<MemberId, Row>,
) -> BTreeMap<MemberId, Row> {
    let marked = |source: Source| match source {
        Source::Solved(of, partner) if of == year && group.contains(&partner) => {
            Source::InCircle(partner)
        }
        other => other,
    };
    let taken = group
        .iter()
        .filter_map(|partner| rows.remove_entry(partner));
    taken
        .map(|(partner, row)| {
            let row = row.into_iter().map(|(source, w)| (marked(source), w));
            (partner, row.collect())
        })
        .collect()
}
