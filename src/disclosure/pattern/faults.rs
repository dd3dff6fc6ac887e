//! What is wrong with a system.

use super::rule::{Dominance, Open};
use super::system::System;
use crate::money::Ratio;
use crate::text::counted;

/// All faults, each a sentence; none where the system can be protected.
pub(super) fn of(system: &System) -> Vec<String> {
    let mut faults = Vec::new();
    let zero = Ratio::zero();
    let hundred = Ratio::new(100, 1);
    if system.before <= zero {
        faults.push(format!(
            "what is known before is within {} %; it must be above 0",
            system.before
        ));
    }
    for rule in &system.rules {
        let name = &rule.name;
        let mut outside = |what: &str, number: &Ratio, wanted: &str| {
            faults.push(format!(
                "rule '{name}': {what} is {number}; it must be {wanted}"
            ));
        };
        match &rule.dominance {
            Dominance::None => {}
            Dominance::Percent(p) => {
                if *p <= zero || *p > hundred {
                    outside("p", p, "above 0 and at most 100");
                }
            }
            Dominance::Nk(rules) => {
                for (n, k) in rules {
                    if *k <= zero || *k >= hundred {
                        outside("k", k, "above 0 and below 100");
                    }
                    if *n == 0 {
                        outside("n", &zero, "at least 1");
                    }
                }
            }
            Dominance::Pq(p, q) => {
                if *q <= zero || *q > hundred {
                    outside("q", q, "above 0 and at most 100");
                }
                if *p <= zero || p >= q {
                    outside("p", p, "above 0 and below q");
                }
            }
        }
        if let Open::Percent(percent) = &rule.open {
            if *percent <= zero {
                outside("open", percent, "above 0");
            } else if *percent > system.before {
                outside("open", percent, "at most what is known before");
            }
        }
    }
    for kind in &system.kinds {
        if kind.cost == 0 {
            faults.push(format!(
                "kind '{}' costs nothing; it must cost at least 1",
                kind.name
            ));
        }
    }
    sums(system, &mut faults);
    lines(system, &mut faults);
    faults
}

fn sums(system: &System, faults: &mut Vec<String>) {
    for (at, sum) in system.sums.iter().enumerate() {
        if sum.rule >= system.rules.len() {
            faults.push(format!(
                "sum {at} is under rule {}, of {}",
                sum.rule,
                counted(system.rules.len(), "rule")
            ));
        }
        let held: i128 = sum
            .holders
            .iter()
            .map(|(_, pence)| i128::from(pence.get()))
            .sum();
        if held != i128::from(sum.pence.get()) {
            faults.push(format!("the holders of sum {at} do not have what it is"));
        }
        let mut holders: Vec<u32> = sum.holders.iter().map(|(holder, _)| *holder).collect();
        holders.sort_unstable();
        if holders.windows(2).any(|pair| pair[0] == pair[1]) {
            faults.push(format!("a holder stands twice in sum {at}"));
        }
    }
}

fn lines(system: &System, faults: &mut Vec<String>) {
    for (at, line) in system.lines.iter().enumerate() {
        if usize::from(line.kind) >= system.kinds.len() {
            faults.push(format!(
                "line {at} is of kind {}, of {}",
                line.kind,
                counted(system.kinds.len(), "kind")
            ));
        }
        let mut sums: Vec<u32> = line.shares.iter().map(|(sum, _)| *sum).collect();
        sums.sort_unstable();
        if sums
            .last()
            .is_some_and(|&last| last as usize >= system.sums.len())
        {
            faults.push(format!("line {at} has a share of a sum that there is not"));
        }
        if sums.windows(2).any(|pair| pair[0] == pair[1]) {
            faults.push(format!("a sum stands twice in line {at}"));
        }
        if line.shares.iter().any(|(_, share)| share.is_zero()) {
            faults.push(format!("line {at} has a share of nothing"));
        }
        if line
            .shares
            .iter()
            .any(|(_, share)| super::field::Field::<61>::of_ratio(share).is_none())
        {
            faults.push(format!(
                "line {at} has a share whose denominator is a multiple of 2^61 - 1"
            ));
        }
    }
}
