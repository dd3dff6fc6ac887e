//! One partner: what it spends, where, and what it answers for.

use super::SiteSources;
use crate::account::PlaceAccount;
use crate::axis::{MemberId, Phase, Placed};
use crate::cube::{By, Question};
use crate::disclosure::Telling;
use crate::report::content::{LocalityReport, ReportError, SectionRow, Shown, largest_first};
use std::collections::BTreeMap;

/// What the page of a partner shows.
#[derive(Clone, Debug)]
pub(in crate::report) struct PartnerSheet {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What it spends in the whole place; none where nothing of it is recorded.
    pub total: Option<SectionRow>,
    /// Of one of whom nothing is in the figures: what is recorded and where, in words.
    pub elsewhere: Option<String>,
    /// Whether it is outside the boundary.
    pub outside: bool,
    /// The same by place; sums to the total.
    pub places: Vec<SectionRow>,
    /// The ledgers in which lines of it stand, of any period; not known without the account.
    pub ledgers: Vec<LedgerOf>,
}

/// A ledger in which lines of a partner stand.
#[derive(Clone, Debug)]
pub(in crate::report) struct LedgerOf {
    /// Its name.
    pub name: String,
    /// Publisher, edition, licence.
    pub source: String,
    /// Budget, forecast or outturn.
    pub phase: Phase,
    /// How many lines of the partner are in it, of all its periods.
    pub lines: u64,
}

/// A sheet for each partner of the pack, and for money that names none.
pub(super) fn sheets(
    question: &Question<'_>,
    report: &LocalityReport,
    sources: &SiteSources<'_>,
    telling: &dyn Telling,
) -> Result<Vec<PartnerSheet>, ReportError> {
    // Asked with the partner outermost, so that the places of each sum to it.
    let level = sources.scope.level.clone();
    let asked = question.clone().by([By::Partner, By::Locality(level)]);
    let answer = telling.tell(&asked, asked.answer()?)?;
    let mut places: BTreeMap<&str, Vec<SectionRow>> = BTreeMap::new();
    for row in &answer.rows {
        if let [partner, locality] = row.keys.as_slice() {
            places
                .entry(&partner.code)
                .or_default()
                .push(SectionRow::of(locality, &row.figure, row.figure.sum()));
        }
    }
    let spent: Vec<&SectionRow> = (report.whole.sections.iter())
        .filter(|section| section.axis == "partner")
        .flat_map(|section| &section.rows)
        .collect();
    let mut ledgers = (sources.account)
        .map(|account| ledgers(account, telling))
        .unwrap_or_default();
    let mut sheet = |code: &str, name: &str| PartnerSheet {
        code: code.to_owned(),
        name: name.to_owned(),
        total: (spent.iter().find(|row| row.code == code)).map(|row| (*row).clone()),
        places: places.remove(code).unwrap_or_default(),
        ledgers: ledgers.remove(code).unwrap_or_default(),
        elsewhere: None,
        outside: false,
    };
    let members = &question.cube().place().axes().partners;
    let mut sheets: Vec<PartnerSheet> = members
        .iter()
        .map(|(_, member)| sheet(&member.code, &member.name))
        .collect();
    let known: Vec<String> = sheets.iter().map(|sheet| sheet.code.clone()).collect();
    for row in spent.iter().filter(|row| !known.contains(&row.code)) {
        sheets.push(sheet(&row.code, &row.name));
    }
    say_elsewhere(&mut sheets, question, &report.whole.name, telling)?;
    // The largest first, then those of whom it is withheld; those of whom nothing is recorded last, in the
    // order of the pack.
    sheets.sort_by(|one, other| match (&one.total, &other.total) {
        (Some(sum), Some(than)) => {
            largest_first((sum.shown(), &one.code), (than.shown(), &other.code))
        }
        (sum, than) => sum.is_none().cmp(&than.is_none()),
    });
    Ok(sheets)
}

/// Says of partners of whom nothing is in the figures what is recorded of them, and where.
fn say_elsewhere(
    sheets: &mut [PartnerSheet],
    question: &Question<'_>,
    here: &str,
    telling: &dyn Telling,
) -> Result<(), ReportError> {
    let place = question.cube().place();
    let partners = &place.axes().partners;
    let mut silent: Vec<(&mut PartnerSheet, MemberId)> = (sheets.iter_mut())
        .filter(|sheet| sheet.is_silent())
        .filter_map(|sheet| {
            let id = partners.find(&sheet.code).ok()?;
            Some((sheet, id))
        })
        .collect();
    let ids: Vec<MemberId> = silent.iter().map(|(_, id)| *id).collect();
    for ((sheet, _), found) in silent.iter_mut().zip(question.whereabouts(&ids)?) {
        sheet.outside = found.is_outside();
        sheet.elsewhere = match telling.all_public() {
            true => found.in_words(here, place),
            false => Some("what is recorded of it elsewhere is not told here".to_owned()),
        };
    }
    Ok(())
}

impl PartnerSheet {
    /// Whether nothing of it is in the figures.
    pub(in crate::report) fn is_silent(&self) -> bool {
        let total = self.total.as_ref();
        total.is_none_or(|total| total.shown() == Shown::NothingRecorded)
    }
}

/// The ledgers in which lines of each partner stand, by its code; of those that are public.
fn ledgers<'a>(
    account: &'a PlaceAccount,
    telling: &dyn Telling,
) -> BTreeMap<&'a str, Vec<LedgerOf>> {
    let partners = &account.place().axes().partners;
    let mut counts: BTreeMap<(MemberId, &str), u64> = BTreeMap::new();
    let public =
        (account.ledgers().iter()).filter(|mapped| telling.ledger_is_public(mapped.ledger().id()));
    for mapped in public {
        for line in mapped
            .ledger()
            .lines()
            .filter(|line| mapped.is_spending(line))
        {
            if let Placed::On(partner) = mapped.partner(&line) {
                *counts.entry((partner, mapped.ledger().id())).or_default() += 1;
            }
        }
    }
    let mut ledgers: BTreeMap<&str, Vec<LedgerOf>> = BTreeMap::new();
    for ((partner, id), lines) in counts {
        let plan = account.place().ledgers().iter().find(|plan| plan.id == id);
        if let Some(plan) = plan {
            let code = partners.get(partner).code.as_str();
            ledgers.entry(code).or_default().push(LedgerOf {
                name: plan.name.clone(),
                source: plan.source.clone(),
                phase: plan.phase,
                lines,
            });
        }
    }
    ledgers
}
