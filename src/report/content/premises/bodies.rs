//! Who bears what buildings cost, and whose use it is for.

use crate::money::{MoneyError, Pence};
use crate::place::Place;
use crate::premises::PremisesCosts;
use std::collections::BTreeMap;

/// A body: what it bears after rent, and what its use comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BodyShown {
    /// Its name; `vacant` for what nobody uses.
    pub name: String,
    /// What it paid, to whomever.
    pub paid: Pence,
    /// What it got as rent.
    pub got: Pence,
    /// What is left to bear.
    pub bears: Pence,
    /// What its use comes to.
    pub uses: Pence,
    /// How much more it bears than it uses.
    pub more: Pence,
}

/// A row a body, what stands empty last; and the last row, which adds them up: both views are the net cost.
pub(super) fn bodies(
    costs: &PremisesCosts,
    place: &Place,
) -> Result<(Vec<BodyShown>, BodyShown), MoneyError> {
    let borne = costs.borne()?;
    let mut used: BTreeMap<_, Vec<Pence>> = BTreeMap::new();
    for team in costs.buildings.iter().flat_map(|one| &one.teams) {
        used.entry(team.who.as_ref()).or_default().push(team.cost);
    }
    let mut all: BTreeMap<_, BodyShown> = BTreeMap::new();
    for (body, of) in &borne {
        let row = all.entry(Some(body)).or_default();
        (row.paid, row.got, row.bears) = (of.paid, of.got, of.net);
    }
    for (body, parts) in used {
        all.entry(body).or_default().uses = Pence::total(parts)?;
    }
    // Nobody first in order, and last on the page.
    let vacant = all.remove(&None);
    let mut rows = Vec::with_capacity(all.len());
    let named = all
        .into_iter()
        .map(|(body, row)| (body.map(|body| body.name(place)), row));
    for (name, mut row) in named.chain(vacant.map(|row| (None, row))) {
        row.name = name.unwrap_or("vacant").to_owned();
        row.more = Pence::total([row.bears, -row.uses])?;
        rows.push(row);
    }
    let total = |of: fn(&BodyShown) -> Pence| Pence::total(rows.iter().map(of));
    let all = BodyShown {
        name: "All".to_owned(),
        paid: total(|one| one.paid)?,
        got: total(|one| one.got)?,
        bears: total(|one| one.bears)?,
        uses: total(|one| one.uses)?,
        more: total(|one| one.more)?,
    };
    Ok((rows, all))
}
