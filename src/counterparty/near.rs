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
            && strsim::osa_distance(found, wanted) <= MISSPELT)
}

#[cfg(test)]
mod tests {
    use super::is_near;

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
}
