//! Public bodies among names: by phrases that only bodies have, so that no person's name is ever taken
//! for one.

use super::words;
use crate::sheet::normalised;

/// Phrases of public bodies, each as words that follow each other.
const PHRASES: [&str; 62] = [
    "borough council",
    "city council",
    "county council",
    "district council",
    "town council",
    "parish council",
    "metropolitan council",
    "metropolitan district",
    "metropolitan borough",
    "unitary council",
    "community council",
    "arts council",
    "research council",
    "london borough",
    "royal borough",
    "city of",
    "county of",
    "combined authority",
    "local authority",
    "unitary authority",
    "greater london authority",
    "waste authority",
    "waste disposal authority",
    "transport authority",
    "passenger transport executive",
    "national park authority",
    "pension authority",
    "pensions authority",
    "police authority",
    "police crime commissioner",
    "police and crime commissioner",
    "office of the police",
    "chief constable",
    "constabulary",
    "metropolitan police",
    "british transport police",
    "fire rescue",
    "fire and rescue",
    "fire authority",
    "fire service",
    "fire brigade",
    "nhs",
    "clinical commissioning group",
    "integrated care board",
    "primary care trust",
    "health authority",
    "hospitals trust",
    "hospital trust",
    "foundation trust",
    "ambulance service",
    "public health england",
    "health security agency",
    "university of",
    "university",
    "department for",
    "department of",
    "ministry of",
    "home office",
    "cabinet office",
    "environment agency",
    "hm revenue",
    "hm courts",
];

/// Whole names and short forms that stand for a body alone.
const NAMES: [&str; 18] = [
    "hmrc",
    "dwp",
    "dvla",
    "defra",
    "dclg",
    "mhclg",
    "dluhc",
    "dfe",
    "ccg",
    "icb",
    "mbc",
    "mdc",
    "pcc",
    "opcc",
    "council",
    "natural england",
    "historic england",
    "highways england",
];

/// Words of companies, of traders and of people: no name that has one is taken for a public body.
const NOT: [&str; 50] = [
    "ltd",
    "limited",
    "plc",
    "llp",
    "inc",
    "llc",
    "co",
    "company",
    "t",
    "ta",
    "trading",
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "doctor",
    "prof",
    "professor",
    "sir",
    "lady",
    "lord",
    "rev",
    "reverend",
    "cllr",
    "councillor",
    "cc",
    "councillors",
    "esq",
    "executor",
    "executors",
    "estate",
    "deceased",
    "decd",
    "family",
    "c",
    "re",
    "partnership",
    "associates",
    "consulting",
    "consultants",
    "solicitors",
    "services",
    "surgery",
    "practice",
    "pharmacy",
    "club",
    "federation",
    "union",
];

/// Whether a name is that of a public body: council, police, fire, NHS, university, government.
///
/// Careful rather than complete: what might be a person, or a company with such a word in its name, is
/// no body here.
pub(super) fn is_public(name: &str) -> bool {
    let words = words::words(name);
    if words.len() > 14 || name.len() > 120 {
        return false;
    }
    // `NHS Property Services` is one, and so are ambulance services.
    let nhs = words.iter().any(|word| word == "nhs");
    let not = |word: &String| NOT.contains(&word.as_str()) && !(nhs && word == "services");
    !words.iter().any(not) && has_phrase(&words)
}

/// Whether a name has the words of a public body, whatever else stands in it: for columns of bodies,
/// in which no person stands.
pub(super) fn sounds_public(name: &str) -> bool {
    // The address of a body in a list of bodies is not its name.
    if name.contains("://") {
        return false;
    }
    let words = words::words(name);
    let more = [
        "authority",
        "commissioner",
        "trust",
        "board",
        "borough",
        "police",
        "fire",
        "health",
        "agency",
    ];
    has_phrase(&words) || words.iter().any(|word| more.contains(&word.as_str()))
}

fn has_phrase(words: &[String]) -> bool {
    let text = format!(" {} ", words.join(" "));
    let has = |phrase: &str| text.contains(&format!(" {phrase} "));
    PHRASES.iter().any(|phrase| has(phrase)) || {
        let last = words.last().map_or("", String::as_str);
        NAMES.contains(&words.join(" ").as_str())
            || [
                "council",
                "constabulary",
                "police",
                "ccg",
                "icb",
                "mbc",
                "mdc",
                "pcc",
                "dc",
                "bc",
            ]
            .contains(&last)
                && words.len() >= 2
    }
}

/// The name of a public body in a title, such as `Leeds City Council: payments over £500`: what stands before
/// the first word of payments or time.
pub(super) fn in_title(title: &str, plain: impl Fn(&str) -> bool) -> Option<String> {
    let first = title.split([':', '|', '–', ';']).next()?;
    let first = first.split(" - ").next()?;
    let mut name: Vec<&str> = Vec::new();
    for word in first.split_whitespace() {
        let letters: String = word.chars().filter(|c| c.is_alphanumeric()).collect();
        // Words between the others belong to a name: `Police and Crime Commissioner for Northshire`.
        let between = ["and", "of", "for", "the", "in"].contains(&letters.to_lowercase().as_str());
        if !name.is_empty() && !between && plain(&letters) {
            break;
        }
        name.push(word);
    }
    while name.last().is_some_and(|word| {
        ["and", "of", "for", "the", "in", "&", "-"].contains(&word.to_lowercase().as_str())
    }) {
        name.pop();
    }
    let name = name
        .join(" ")
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned();
    (words::words(&name).len() >= 2 && is_public(&name)).then_some(name)
}

/// Whether a name is that of the department above a body, which stands in the first column of the
/// Treasury's template.
pub(super) fn is_department(name: &str) -> bool {
    let text = words::words(name).join(" ");
    text.starts_with("department of health")
        || text.starts_with("dept of health")
        || text == "doh"
        || text == "dhsc"
}

/// What of a name tells one body from another: `The NHS Hammersmith & Fulham CCG` and `nhs hammersmith
/// and fulham ccg` are one.
pub(super) fn key(name: &str) -> String {
    let words = words::words(name);
    let told = words
        .iter()
        .filter(|word| !["the", "and", "of"].contains(&word.as_str()));
    told.map(|word| normalised(word)).collect()
}

/// A code for a name: `nhs-hammersmith-and-fulham-ccg`.
pub(super) fn code(name: &str) -> String {
    let name = name.replace('&', " and ");
    // Words of a name in capitals and humps are not told apart here: `McDonald` is one.
    let words: Vec<String> = (name.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’'))
        .map(|word| {
            word.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect();
    let mut code = String::new();
    for word in words {
        if !code.is_empty() && code.len() + word.len() > 60 {
            break;
        }
        if !code.is_empty() {
            code.push('-');
        }
        code.push_str(&word);
    }
    code
}

/// A name as people write it, where it stands in capitals or small letters alone.
pub(super) fn title(name: &str) -> String {
    const SMALL: [&str; 6] = ["and", "of", "for", "the", "in", "on"];
    const CAPITALS: [&str; 14] = [
        "nhs", "ccg", "icb", "pcc", "opcc", "mbc", "mdc", "bc", "cc", "dc", "uk", "hm", "hmrc",
        "gla",
    ];
    let name = name.trim();
    let mixed = name.contains(char::is_lowercase) && name.contains(char::is_uppercase);
    if mixed {
        return name.to_owned();
    }
    let words = name.split_whitespace().enumerate().map(|(at, word)| {
        let lower = word.to_lowercase();
        if CAPITALS.contains(&lower.as_str()) {
            return lower.to_uppercase();
        }
        if at > 0 && SMALL.contains(&lower.as_str()) {
            return lower;
        }
        let mut letters = lower.chars();
        match letters.next() {
            Some(first) => first.to_uppercase().chain(letters).collect(),
            None => lower,
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_told_from_people_and_companies() {
        for body in [
            "LANCASHIRE COUNTY COUNCIL",
            "Hyndburn Borough Council",
            "The Police & Crime Commissioner For Lancashire",
            "LANCASHIRE FIRE & RESCUE",
            "IMPERIAL COLLEGE HEALTHCARE NHS TRUST",
            "NHS Property Services",
            "University of Leeds",
            "HMRC",
            "Department for Work and Pensions",
            "West Mercia Police",
            "WAKEFIELD MDC",
        ] {
            assert!(is_public(body), "{body}");
        }
        for other in [
            "Mr A Council",
            "Councillor A Person",
            "Smith, John (Leeds City Council) Mr",
            "Fire Protection Services Ltd",
            "Council Cleaners T/A Shine",
            "DR A PERSON NHS SURGERY",
            "Police Federation",
            "Parks",
            "A Person",
            "Nhsmith",
        ] {
            assert!(!is_public(other), "{other}");
        }
    }

    #[test]
    fn a_title_names_its_publisher() {
        let plain =
            |word: &str| ["payments", "spend", "over"].contains(&word.to_lowercase().as_str());
        let named = |title: &str| in_title(title, plain);
        assert_eq!(
            named("Leeds City Council: payments over £500").as_deref(),
            Some("Leeds City Council")
        );
        assert_eq!(
            named("Leeds City Council payments, May").as_deref(),
            Some("Leeds City Council")
        );
        let commissioner = "Police and Crime Commissioner for Northshire";
        assert_eq!(named(commissioner).as_deref(), Some(commissioner));
        assert_eq!(named("Payments over £500"), None);
        assert_eq!(named("Amounts are net of VAT"), None);
    }

    #[test]
    fn names_and_codes() {
        assert_eq!(
            code("NHS Hammersmith & Fulham CCG"),
            "nhs-hammersmith-and-fulham-ccg"
        );
        assert_eq!(
            key("The NHS Hammersmith & Fulham CCG"),
            key("nhs hammersmith and fulham ccg")
        );
        assert_eq!(title("BARTS HEALTH NHS TRUST"), "Barts Health NHS Trust");
        assert_eq!(title("leeds"), "Leeds");
        assert_eq!(title("Leeds City Council"), "Leeds City Council");
        assert_eq!(code("St Helen’s Council"), "st-helens-council");
    }
}
