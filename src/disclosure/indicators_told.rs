//! Indicators as they may be told.

use super::counted::Counted;
use super::telling::Telling;
use crate::indicator::{Indicator, Indicators, Owner};
use std::borrow::Cow;

/// The indicators without each count that `telling` withholds, and without those that would tell it: where a figure is
/// withheld there is no number, so that neither a rate, a limit, a rank, a funnel, a trend nor a forecast can be made
/// of it.
///
/// An indicator is published by somebody else where the pack names its `publisher`; one that a partner owes is its
/// own, and the policy names those that are published all the same.
pub(crate) fn indicators_told<'a>(
    indicators: &'a Indicators,
    telling: &dyn Telling,
) -> Cow<'a, Indicators> {
    let withholds = |indicator: &Indicator, (numerator, denominator)| {
        let is_published = matches!(indicator.owner, Owner::Publisher(_));
        let counted = Counted {
            numerator,
            denominator,
        };
        (telling.withholds_count(&indicator.code, is_published, counted)).is_some()
    };
    (indicators.withholding(&withholds)).map_or(Cow::Borrowed(indicators), Cow::Owned)
}
