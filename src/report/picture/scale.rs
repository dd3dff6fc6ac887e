//! From values to lengths, and round numbers along the way.

use crate::text::grouped;

/// A straight scale from a span of values to 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    low: f64,
    high: f64,
}

impl Scale {
    /// A scale that holds all these values. Where all are one, it is given room around.
    pub(super) fn over(values: impl IntoIterator<Item = f64>) -> Self {
        let finite = values.into_iter().filter(|value| value.is_finite());
        let (low, high) = finite.fold((f64::MAX, f64::MIN), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        match low.partial_cmp(&high) {
            Some(std::cmp::Ordering::Less) => Self { low, high },
            Some(std::cmp::Ordering::Equal) => {
                let room = if low == 0.0 { 1.0 } else { low.abs() / 2.0 };
                Self {
                    low: low - room,
                    high: high + room,
                }
            }
            // No value at all.
            _ => Self {
                low: 0.0,
                high: 1.0,
            },
        }
    }

    /// The same with its ends moved out to round numbers.
    pub(super) fn rounded(self) -> Self {
        let step = self.step();
        Self {
            low: (self.low / step).floor() * step,
            high: (self.high / step).ceil() * step,
        }
    }

    /// Where a value lies.
    pub(super) fn at(self, value: f64) -> f64 {
        (value - self.low) / (self.high - self.low)
    }

    /// Round numbers within it.
    pub(super) fn ticks(self) -> Vec<f64> {
        let step = self.step();
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step).floor() as i64;
        (first..=last).map(|number| number as f64 * step).collect()
    }

    /// 1, 2 or 5 times a power of ten, so that there are about four of them.
    fn step(self) -> f64 {
        let rough = (self.high - self.low) / 4.0;
        let ten = 10_f64.powf(rough.log10().floor());
        let factor = match rough / ten {
            ..1.5 => 1.0,
            ..3.5 => 2.0,
            ..7.5 => 5.0,
            _ => 10.0,
        };
        factor * ten
    }
}

/// A number of a scale without needless digits.
pub(super) fn number(value: f64) -> String {
    let digits = match value.abs() {
        0.0 => 0,
        ..1.0 => 2,
        ..10.0 => 1,
        _ => 0,
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        grouped(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_within() {
        assert_eq!(
            Scale::over([3.0, 21.0]).rounded().ticks(),
            [0.0, 5.0, 10.0, 15.0, 20.0, 25.0]
        );
        assert_eq!(Scale::over([7.0]).at(7.0), 0.5);
        assert_eq!(Scale::over([f64::NAN]).at(0.25), 0.25);
        assert_eq!(
            Scale::over([-4.0, 4.0]).ticks(),
            [-4.0, -2.0, 0.0, 2.0, 4.0]
        );
    }

    #[test]
    fn numbers_have_no_needless_digits() {
        let said = [0.0, 0.25, 2.5, 20.0, 12_000.0, -1_500.0].map(number);
        assert_eq!(said, ["0", "0.25", "2.5", "20", "12,000", "-1,500"]);
    }
}
