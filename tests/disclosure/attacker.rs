//! Somebody who knows the lines that are shown, their shares, and perhaps some sums or amounts.

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use wholeplace::disclosure::pattern::{Fate, Pattern, System};
use wholeplace::money::Ratio;

/// Who looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looker {
    Anyone,
    Partner(u32),
    Holders(Vec<u32>),
}

/// What an attacker has.
pub struct Attacker<'a> {
    system: &'a System,
    shown: Vec<&'a [(u32, Ratio)]>,
    looker: Looker,
}

impl<'a> Attacker<'a> {
    pub fn new(system: &'a System, pattern: &Pattern, looker: Looker) -> Self {
        let shown = (system.lines.iter().zip(&pattern.fates))
            .filter(|(_, fate)| **fate == Fate::Shown)
            .map(|(line, _)| &line.shares[..])
            .collect();
        Self {
            system,
            shown,
            looker,
        }
    }

    /// What others than the looker have in a sum, without signs, and all of it.
    fn others(&self, sum: usize) -> (i64, i64) {
        let of = |wanted: &dyn Fn(u32) -> bool| {
            let holders = &self.system.sums[sum].holders;
            holders
                .iter()
                .filter(|(holder, _)| wanted(*holder))
                .map(|(_, pence)| pence.get().abs())
                .sum::<i64>()
        };
        let all = of(&|_| true);
        match &self.looker {
            Looker::Holders(who) => (of(&|holder| !who.contains(&holder)), all),
            _ => (all, all),
        }
    }

    fn knows(&self, sum: usize) -> bool {
        let it = &self.system.sums[sum];
        match &self.looker {
            Looker::Partner(partner) if it.owner == Some(*partner) => true,
            _ => self.others(sum).0 == 0,
        }
    }

    /// Whether a part can be worked out exactly: dense elimination modulo 10^9 + 7.
    pub fn works_out(&self, part: &[(u32, Ratio)]) -> bool {
        let (steps, _) = self.steps();
        reduced(self.row(part), &steps)
            .iter()
            .all(|&entry| entry == 0)
    }

    fn row(&self, shares: &[(u32, Ratio)]) -> Vec<u64> {
        let mut row = vec![0_u64; self.system.sums.len()];
        for (sum, share) in shares {
            if !self.knows(*sum as usize) {
                row[*sum as usize] = modulo(share);
            }
        }
        row
    }

    /// The shown lines in steps, and which of them do not follow from those before.
    fn steps(&self) -> (Vec<(usize, Vec<u64>)>, Vec<usize>) {
        let mut steps: Vec<(usize, Vec<u64>)> = Vec::new();
        let mut independent = Vec::new();
        for (at, shares) in self.shown.iter().enumerate() {
            let row = reduced(self.row(shares), &steps);
            if let Some(pivot) = row.iter().position(|&entry| entry != 0) {
                let inverse = power(row[pivot], PRIME - 2);
                steps.push((
                    pivot,
                    row.iter().map(|entry| entry * inverse % PRIME).collect(),
                ));
                independent.push(at);
            }
        }
        (steps, independent)
    }

    fn independent(&self) -> Vec<usize> {
        self.steps().1
    }

    /// Between how far below and how far above itself a part can be, in pence.
    pub fn interval(&self, part: &[(u32, Ratio)]) -> (f64, f64) {
        let independent = self.independent();
        let attempt = |direction: OptimizationDirection, lines: &[usize]| {
            let mut problem = Problem::new(direction);
            let before = number(&self.system.before) / 100.0;
            let variables: Vec<_> = (0..self.system.sums.len())
                .map(|at| {
                    let sum = &self.system.sums[at];
                    let share = part.iter().find(|(sum, _)| *sum as usize == at);
                    let size = sum.pence.get().abs() - (self.others(at).1 - self.others(at).0);
                    let wide = if self.knows(at) {
                        0.0
                    } else {
                        before * size.max(0) as f64
                    };
                    let wide = if sum.may_be_negative {
                        wide
                    } else {
                        wide.min(size.max(0) as f64)
                    };
                    // By how much it differs from what it is.
                    problem.add_var(share.map_or(0.0, |(_, share)| number(share)), (-wide, wide))
                })
                .collect();
            // A line that follows from others says nothing, and rounding would make it say something else.
            for &at in lines {
                let terms: Vec<_> = (self.shown[at].iter())
                    .map(|(sum, share)| (variables[*sum as usize], number(share)))
                    .collect();
                problem.add_constraint(&terms[..], ComparisonOp::Eq, 0.0);
            }
            problem.solve().map(|solution| solution.objective())
        };
        // "Nothing differs" is a solution of all of them; the solver loses it now and then by rounding, in one order of
        // lines and not in another.
        let bound = |direction: OptimizationDirection| {
            let mut lines = independent.clone();
            for _ in 0..lines.len().max(1) {
                if let Ok(found) = attempt(direction, &lines) {
                    return found;
                }
                lines.rotate_left(1);
            }
            panic!("nothing differs: a solution")
        };
        (
            -bound(OptimizationDirection::Minimize),
            bound(OptimizationDirection::Maximize),
        )
    }
}

const PRIME: u64 = 1_000_000_007;

fn power(mut base: u64, mut exponent: u64) -> u64 {
    let mut result = 1;
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % PRIME;
        }
        base = base * base % PRIME;
        exponent >>= 1;
    }
    result
}

fn terms(share: &Ratio) -> (i64, i64) {
    let text = share.to_string().replace(',', "");
    let (above, below) = text.split_once(" / ").unwrap_or((&text, "1"));
    (above.parse().expect("short"), below.parse().expect("short"))
}

pub fn number(share: &Ratio) -> f64 {
    let (above, below) = terms(share);
    above as f64 / below as f64
}

fn modulo(share: &Ratio) -> u64 {
    let (above, below) = terms(share);
    let positive = |number: i64| number.rem_euclid(PRIME as i64) as u64;
    positive(above) * power(positive(below), PRIME - 2) % PRIME
}

fn reduced(mut row: Vec<u64>, steps: &[(usize, Vec<u64>)]) -> Vec<u64> {
    for (pivot, step) in steps {
        let factor = row[*pivot];
        if factor != 0 {
            for (entry, other) in row.iter_mut().zip(step) {
                *entry = (*entry + (PRIME - factor) * other) % PRIME;
            }
        }
    }
    row
}
