//! Texts that nearly fit a rule: a misspelt name, or a name with something after it.

use super::rule::{Rule, Test};

/// Shorter texts are like too many others.
const SHORTEST: usize = 8;
/// Letters that may differ.
const MISSPELT: usize = 2;

/// The rules that a text nearly fits.
pub(super) fn nearly<'a>(
    normal: &'a str,
    rules: &'a [&'a Rule],
) -> impl Iterator<Item = usize> + 'a {
    rules.iter().enumerate().filter_map(|(number, rule)| {
        let wanted = match &rule.test {
            Test::Exact(_, normal) | Test::Normalised(normal) => normal,
            // What a pattern leaves open was left open on purpose.
            Test::Pattern(_) => return None,
        };
        is_near(normal, wanted).then_some(number)
    })
}

fn is_near(found: &str, wanted: &str) -> bool {
    if found.len().min(wanted.len()) < SHORTEST {
        return false;
    }
    found.starts_with(wanted)
        || wanted.starts_with(found)
        || (found.len().abs_diff(wanted.len()) <= MISSPELT
            && (signs(found) ^ signs(wanted)).count_ones() as usize <= 2 * MISSPELT
            && strsim::osa_distance(found, wanted) <= MISSPELT)
}

/// A bit for each sign that occurs, some of them sharing one. A sign written for another changes two
/// bits at most, so that most pairs need no comparing sign by sign.
fn signs(text: &str) -> u64 {
    text.chars()
        .fold(0, |signs, sign| signs | 1 << (u32::from(sign) % 64))
}

#[cfg(test)]
mod tests {
    use super::{MISSPELT, is_near};
    use proptest::prelude::*;

    #[test]
    fn misspelt_and_longer_names_are_near_and_other_bodies_are_not() {
        assert!(is_near("hyndburnboroughcoucil", "hyndburnboroughcouncil"));
        assert!(is_near(
            "lancashirecountycouncil200398",
            "lancashirecountycouncil"
        ));
        assert!(is_near(
            "lancashirecountycouncil",
            "lancashirecountycouncil"
        ));
        assert!(!is_near("merseysidepolice", "lancashirepolice"));
        assert!(!is_near("wem", "we"));
    }

    proptest! {
        /// What tells most pairs apart quickly never keeps apart what is near.
        #[test]
        fn texts_a_few_letters_apart_are_near(
            text in "[a-z0-9é]{10,20}",
            changes in prop::collection::vec((0usize..10, "[a-z0-9é]"), 0..=MISSPELT),
        ) {
            let mut other: Vec<String> = text.chars().map(String::from).collect();
            for (at, sign) in changes {
                other[at] = sign;
            }
            let other = other.concat();
            let near = text.len().abs_diff(other.len()) <= MISSPELT;
            prop_assert_eq!(is_near(&text, &other), near);
        }
    }
}
