//! Where the sources name a rule of a finding.

use crate::house::architecture::sources;
use std::collections::BTreeSet;

/// Texts of several words that are no rules, and that nothing around them shows to be none.
const WORDS: [&str; 20] = [
    "community-infrastructure-levy",
    "covered-table-cell",
    "each-holder",
    "each-partner",
    "excel-serial",
    "financial-year",
    "not-said",
    "not-stated",
    "public-body",
    "public-from",
    "round-sources",
    "section-106",
    "section-278",
    "table-cell",
    "table-row",
    "utf-8",
    "windows-1252",
    "youth-diversion",
    "youth-reoffending",
    "worker-lost",
];

/// The rules that the library may find broken.
pub fn all() -> BTreeSet<String> {
    let mut rules = BTreeSet::new();
    for source in sources() {
        // Reports show findings and make none.
        if source.module == "report" {
            continue;
        }
        let code = source.text.split("#[cfg(test)]\nmod tests").next().unwrap();
        rules.extend(named(code));
    }
    rules
}

/// Rules that a text of code names.
fn named(code: &str) -> Vec<String> {
    let mut rules = Vec::new();
    let mut rest = code;
    let mut before = String::new();
    while let Some(at) = rest.find(['"', '/', '\'']) {
        before.push_str(&rest[..at]);
        let here = &rest[at..];
        let taken = if here.starts_with("//") {
            here.find('\n').unwrap_or(here.len())
        } else if here.starts_with("'\"'") {
            3
        } else if let Some(inside) = here.strip_prefix('"') {
            let length = length_of(inside, before.ends_with("r#"));
            let text = &inside[..length];
            let after = &inside[(length + 1).min(inside.len())..];
            if is_rule(text, before.trim_end(), after) {
                rules.push(text.to_owned());
            }
            before.clear();
            length + 2
        } else {
            before.push_str(&here[..1]);
            1
        };
        rest = &here[taken.min(here.len())..];
    }
    rules
}

/// How long a literal is whose first quote is read.
fn length_of(inside: &str, raw: bool) -> usize {
    if raw {
        return inside.find("\"#").unwrap_or(inside.len());
    }
    let mut escaped = false;
    let end = inside.bytes().position(|byte| {
        let ends = byte == b'"' && !escaped;
        escaped = byte == b'\\' && !escaped;
        ends
    });
    end.unwrap_or(inside.len())
}

/// Rules are words with hyphens; so are words of pack files, which stand beside what they mean.
fn is_rule(text: &str, before: &str, after: &str) -> bool {
    let words = text.split('-');
    let plain = words.clone().all(|word| {
        !word.is_empty()
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    });
    let told = [
        "fault(", "finding(", "notice(", "report(", "rule:", "rule =",
    ];
    if plain && told.iter().any(|call| before.ends_with(call)) {
        return true;
    }
    let own_word = before.ends_with("=>")
        && before
            .rsplit(['{', ',', ';'])
            .next()
            .unwrap_or("")
            .trim()
            .starts_with("Self::");
    let is_word = before.ends_with('=')
        || own_word
        || ["f.pad(", "f.write_str("]
            .iter()
            .any(|call| before.ends_with(call))
        || after.trim_start().starts_with("=>")
        || WORDS.contains(&text);
    let is_interval = text.starts_with(|first: char| first.is_ascii_digit());
    plain && words.count() > 1 && !is_word && !is_interval
}

/// The search itself: what it must find, and what it must leave.
#[test]
fn rules_are_told_from_other_words() {
    let code = r##"
        #[serde(rename_all = "kebab-case")]
        const SERIAL: &str = "excel-serial"; // "not-this"
        let quote = '"';
        self.fault("cycle", at);
        Finding::fault(
            "two-parents", "mend the file");
        Finding { rule: "no-code".into() };
        let (rule, remedy) = match why { Why::Large => ("too-large", "x"), _ => ("other-one", r#"say "so-so""#) };
        let rule = match why { Why::A => "way-a", Why::B => "way-b" };
        match self { Self::Whole => "whole-place", Self::Part => "part-place" }
        match text { "how-much" => 1 }
        let bands = ["0-4", "5-9"];
        row.at("service_partner"); row.text("level"); masked("Mr J-S");
    "##;
    assert_eq!(
        named(code),
        [
            "cycle",
            "two-parents",
            "no-code",
            "too-large",
            "other-one",
            "way-a",
            "way-b"
        ]
    );
}
