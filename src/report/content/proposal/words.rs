//! A proposal's answer in plain words: always the whole and the cash, in the pence of its tables.

use super::layer::{Layer, Sums};
use super::position::PayerShown;
use super::purse::PurseShown;
use super::settlement::SettlementShown;
use crate::appraisal::Return;
use crate::money::Pence;
use crate::text::counted;

/// What people read first. `purses` begins with the whole purse; of the others those in `named` are told of.
pub(super) fn in_words(
    years: usize,
    purses: &[PurseShown],
    named: &[String],
    payers: &[PayerShown],
    settlement: &SettlementShown,
) -> String {
    let Some(whole) = purses.first() else {
        return String::new();
    };
    let mut words = answer(whole, years);
    for purse in purses.iter().filter(|purse| named.contains(&purse.code)) {
        words += &format!(
            " Of that {} saves {}, {} of it in cash, and pays {}.",
            purse.name,
            purse.sums.saved(),
            purse.sums.get(Layer::Cash),
            purse.sums.paid(),
        );
    }
    let short = payers.iter().map(|one| (one, one.present.cash_gain()));
    let short: Vec<_> = short.filter(|(_, gain)| *gain < Pence::ZERO).collect();
    let names: Vec<String> = (short.iter())
        .map(|(one, gain)| format!("{} ends {} worse off in cash", one.payer.name, -*gain))
        .collect();
    if !short.is_empty() {
        words += &format!(" Before anything is settled {}", names.join(", "));
        words += &after(settlement, &short);
    }
    let all: Sums = payers.iter().map(|one| &one.present).sum();
    let refused = all.get(Layer::Refused);
    if refused > Pence::ZERO {
        words += &format!(" Savings of {refused} are refused: they are more than is spent.");
    }
    words
}

fn answer(whole: &PurseShown, years: usize) -> String {
    let years = counted(years, "year");
    match (&whole.fiscal_return, &whole.cash_return) {
        (Return::Of(saved), Return::Of(cash)) => format!(
            "Every pound spent saves the public purse £{} over {years}, £{} of it in cash.",
            saved.to_decimal(2),
            cash.to_decimal(2),
        ),
        _ => format!(
            "It costs the public purse {}, and saves {} over {years}, {} of it in cash.",
            whole.sums.paid(),
            whole.sums.saved(),
            whole.sums.get(Layer::Cash),
        ),
    }
}

/// How those who end worse off before it end after the settlement.
fn after(settlement: &SettlementShown, short: &[(&PayerShown, Pence)]) -> String {
    let statement = match settlement {
        SettlementShown::NoSurplus => {
            return ", and the cash of all is too little to make that good.".to_owned();
        }
        SettlementShown::Made(statement) if statement.from_cash => statement,
        // By other terms before and after are no cash.
        _ => return ".".to_owned(),
    };
    let worse = statement.payments.iter();
    let worse = worse
        .filter(|payment| payment.after < Pence::ZERO)
        .map(|payment| format!("{} still does, by {}", payment.name, -payment.after));
    // Who does not settle is as before.
    let settles = |name: &str| statement.payments.iter().any(|one| one.name == name);
    let outside = (short.iter())
        .filter(|(one, _)| !settles(&one.payer.name))
        .map(|(one, gain)| format!("{} still does, by {}", one.payer.name, -*gain));
    let worse: Vec<String> = worse.chain(outside).collect();
    match worse.is_empty() {
        true => "; after the settlement nobody does.".to_owned(),
        false => format!("; after the settlement {}.", worse.join(", ")),
    }
}
