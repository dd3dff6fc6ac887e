//! Is it worth doing? So far: what a settlement between partners must be.
//!
//! One partner acts early and another saves. A saving that lands in another budget pays nobody's bill, so
//! a programme that leaves the place better off can leave its funder worse off. [`settlement`] divides what
//! is left after the cost among those who save, and says who pays whom in which year, so that nobody ends
//! worse off; where that cannot be, it says by how much and why.
//!
//! Costs and savings come from the caller: as cash, by partner and year, in one
//! [price base](crate::price::PriceBase). Proposals as data of a pack, and holding savings against what the
//! account says is spent, are not here yet.
//!
//! # Example: the council pays, the police and the NHS save
//!
//! ```
//! use wholeplace::appraisal::settlement::{ClaimsRule, Party, Statement};
//! use wholeplace::money::Ratio;
//! let party = |partner: &str, costs: [i128; 3], cash: [i128; 3]| Party {
//!     partner: partner.into(),
//!     costs: costs.map(|pounds| Ratio::new(pounds * 100, 1)).into(),
//!     cash: cash.map(|pounds| Ratio::new(pounds * 100, 1)).into(),
//! };
//! let parties = [
//!     party("council", [70_000, 0, 0], [0, 0, 0]),
//!     party("police", [0, 0, 0], [0, 30_000, 20_000]),
//!     party("nhs", [0, 0, 0], [0, 40_000, 10_000]),
//! ];
//! // Nothing is discounted here.
//! let factors = [Ratio::one(), Ratio::one(), Ratio::one()];
//! let statement = Statement::settle(ClaimsRule::EqualGains, &parties, &factors, None)?;
//! assert_eq!(statement.surplus.to_string(), "£30,000.00");
//! let said: Vec<String> = (statement.payments.iter())
//!     .map(|one| format!("{}: {} → {}", one.partner, one.before, one.after))
//!     .collect();
//! assert_eq!(said, [
//!     "council: -£70,000.00 → £0.00",
//!     "police: £50,000.00 → £15,000.00",
//!     "nhs: £50,000.00 → £15,000.00",
//! ]);
//! // The police hand over seven tenths of their cash, in the years in which it arrives.
//! let police: Vec<String> = statement.payments[1].by_year.iter().map(ToString::to_string).collect();
//! assert_eq!(police, ["£0.00", "-£21,000.00", "-£14,000.00"]);
//! # Ok::<(), wholeplace::appraisal::settlement::SettlementError>(())
//! ```

pub mod settlement;
