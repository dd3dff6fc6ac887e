//! Members as people name them: by code, or by name where it is the name of one.
//!
//! Files of a pack name members by code. People who ask type what they read in a table, `Ludlow`, and mean
//! the code `ludlow`. A name that several members have means none of them.

use super::tree::Codes;
use super::{AxisError, Suggestions};

/// A member as it may be named.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named<'a> {
    /// The code by which it is found whatever other vintages there are.
    pub(super) spelling: &'a str,
    pub(super) name: &'a str,
    pub(super) level: &'a str,
}

/// The number of the member that somebody named: by its code, else by its name.
pub(super) fn find<'a, I: Iterator<Item = Named<'a>>>(
    axis: &'static str,
    codes: &Codes,
    text: &str,
    members: impl Fn() -> I,
) -> Result<usize, AxisError> {
    let text = text.trim();
    if codes.know(text) {
        return codes.find(axis, text);
    }
    let wanted = folded(text);
    let of_that_name: Vec<(usize, Named<'_>)> = (members().enumerate())
        .filter(|(_, member)| !wanted.is_empty() && folded(member.name) == wanted)
        .collect();
    match of_that_name.as_slice() {
        [(number, _)] => Ok(*number),
        [] => Err(AxisError::Unknown {
            axis,
            found: text.to_owned(),
            instead: Suggestions::of_members(
                text,
                members().map(|member| (member.spelling, member.name)),
            ),
        }),
        several => Err(AxisError::SeveralOfName {
            axis,
            found: text.to_owned(),
            members: several.iter().map(|(_, member)| shown(member)).collect(),
        }),
    }
}

/// The number of one of some things that have codes and names, as members have; `what` is what they are, with its
/// article.
pub(crate) fn find_by_name<'a, I: Iterator<Item = (&'a str, &'a str)>>(
    what: &'static str,
    text: &str,
    known: impl Fn() -> I,
) -> Result<usize, AxisError> {
    let codes = Codes::new(known().map(|(code, _)| (code, "")));
    let members = || {
        known().map(|(spelling, name)| Named {
            spelling,
            name,
            level: "",
        })
    };
    find(what, &codes, text, members)
}

/// A member by its code, with its level: `` `ludlow` (place-plan-area) ``.
fn shown(member: &Named<'_>) -> String {
    match member.level {
        "" => format!("`{}`", member.spelling),
        level => format!("`{}` ({level})", member.spelling),
    }
}

/// A name without what people write in one way or another: capitals, blanks, the kind of apostrophe.
pub(crate) fn folded(name: &str) -> String {
    let words: Vec<String> = (name.split_whitespace())
        .map(|word| word.to_lowercase().replace(['’', '‘', '`'], "'"))
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use crate::axis::{MemberRow, Tree};

    fn tree() -> Tree {
        let row = |code: &str, name: &str, level: &str, parent: &str, vintage: &str| MemberRow {
            code: code.to_owned(),
            name: name.to_owned(),
            level: level.to_owned(),
            parent: parent.to_owned(),
            vintage: vintage.to_owned(),
            ..MemberRow::default()
        };
        let (tree, findings) = Tree::build(
            "a locality",
            &[
                row("E1", "St  Mary’s", "ward", "", ""),
                row("o-town", "Oswestry", "town", "", ""),
                row("o-ward", "OSWESTRY", "ward", "", ""),
                row("o-bare", "Oswestry ", "", "", ""),
                // A code that is the name of another.
                row("Wem", "Wem Rural", "ward", "", ""),
                row("E2", "wem", "ward", "", ""),
                row("N", "North", "ward", "", "2011"),
                row("N", "North", "ward", "", "2021"),
            ],
        );
        assert!(findings.is_empty(), "{findings}");
        tree
    }

    fn found(text: &str) -> Result<&'static str, String> {
        let tree = tree();
        let member = tree.find_named(text).map_err(|error| error.to_string())?;
        let spelled = tree.spelled(member).unwrap().to_owned();
        Ok(spelled.leak())
    }

    #[test]
    fn a_name_is_found_whatever_its_capitals_blanks_and_apostrophes() {
        for text in ["E1", " E1 ", "St Mary's", "st mary’s", "  ST   MARY`S "] {
            assert_eq!(found(text).as_deref(), Ok("E1"), "{text}");
        }
    }

    #[test]
    fn a_code_comes_before_a_name() {
        assert_eq!(found("Wem").as_deref(), Ok("Wem"));
        assert_eq!(found("wem").as_deref(), Ok("E2"));
        assert_eq!(found("wem rural").as_deref(), Ok("Wem"));
    }

    #[test]
    fn a_name_of_several_is_none_of_them() {
        assert_eq!(
            found("oswestry").unwrap_err(),
            "`oswestry` is the name of more than one locality of this place; write `o-town` (town), `o-ward` (ward) or `o-bare`"
        );
        assert_eq!(
            found("north").unwrap_err(),
            "`north` is the name of more than one locality of this place; write `N@2011` (ward) or `N@2021` (ward)"
        );
        assert_eq!(
            found("N").unwrap_err(),
            "`N` has several vintages; write N@2011 or N@2021"
        );
    }

    #[test]
    fn what_is_neither_is_told_the_nearest_of_both() {
        assert_eq!(
            found("St Marys").unwrap_err(),
            "`St Marys` is not a locality of this place; did you mean `E1` (St  Mary’s)?"
        );
        assert!(found("").unwrap_err().contains("write one of"));
    }

    /// What a pack writes down is a code, and nothing else.
    #[test]
    fn files_of_a_pack_name_codes() {
        assert!(tree().find("St Mary’s").is_err());
        assert!(tree().find(" E1").is_err());
    }
}
