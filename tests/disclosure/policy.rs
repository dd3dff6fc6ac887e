//! A policy is complete and of its place, or refused with all that it lacks.

use super::pack::{POLICY, changed, opened, partners_with};
use toml::{Table, Value};
use wholeplace::Place;
use wholeplace::disclosure::policy::{HoldersOf, KnownLedger, Method};
use wholeplace::disclosure::{Counted, DisclosureError, DisclosurePolicy, Say, Why};
use wholeplace::money::Pence;
use wholeplace::statistic::{Confidence, wilson};

fn refused(policy: &str) -> String {
    opened(policy).map(|_| ()).unwrap_err().to_string()
}

#[test]
fn shipped_policies_open() {
    for pack in ["examples/data/partners", "examples/data/shropshire"] {
        let place = Place::open(pack).unwrap();
        let policy = DisclosurePolicy::open(&place).unwrap();
        assert_eq!(policy.ledgers().count(), place.ledgers().len(), "{pack}");
        assert_eq!(policy.drivers().count(), place.drivers().len(), "{pack}");
    }
    let policy = opened(POLICY).unwrap();
    assert_eq!(
        (policy.method(), policy.say()),
        (Method::Withhold, Say::Confidential)
    );
    assert!(policy.looks().partners && policy.looks().holders);
    assert_eq!(policy.rules().len(), 2);
    let holders = HoldersOf::Line;
    assert_eq!(
        policy.ledger("nhs"),
        Some(&KnownLedger::Private { holders })
    );
}

/// Every table and key of a policy with a limit in it: the path to each, and the name by which it is missed.
fn keys(policy: &Table) -> Vec<(Vec<Value>, String)> {
    let mut all = Vec::new();
    for (table, value) in policy {
        all.push((vec![Value::from(table.as_str())], table.clone()));
        let entries = match value {
            Value::Array(entries) => entries.clone(),
            entry => vec![entry.clone()],
        };
        for (place, entry) in entries.iter().enumerate() {
            for key in entry.as_table().unwrap().keys() {
                let place = Value::from(i64::try_from(place).unwrap());
                all.push((
                    vec![
                        Value::from(table.as_str()),
                        place,
                        Value::from(key.as_str()),
                    ],
                    key.clone(),
                ));
            }
        }
    }
    all
}

fn without(policy: &Table, path: &[Value]) -> String {
    let mut policy = policy.clone();
    let table = path[0].as_str().unwrap();
    match &path[1..] {
        [] => {
            policy.remove(table);
        }
        [place, key] => {
            let entry = match policy.get_mut(table).unwrap() {
                Value::Array(entries) => {
                    &mut entries[usize::try_from(place.as_integer().unwrap()).unwrap()]
                }
                entry => entry,
            };
            entry
                .as_table_mut()
                .unwrap()
                .remove(key.as_str().unwrap())
                .unwrap();
        }
        _ => unreachable!(),
    }
    toml::to_string(&policy).unwrap()
}

#[test]
fn a_policy_without_any_one_of_its_keys_is_refused_with_its_name() {
    let from_500 = changed(
        POLICY,
        "ledger = \"nhs\"\nas = \"private\"",
        "ledger = \"nhs\"\nas = \"public-from\"\npounds = \"500.00\"\nsource = \"a list\"",
    );
    let rounds = changed(
        &from_500,
        "\"withhold\"",
        "\"round-sources\"\nround = \"1000.00\"",
    );
    let rounds = changed(
        &rounds,
        "driver = \"people\"\nas = \"public\"\nsource = \"made up\"",
        "driver = \"people\"\nas = \"private\"\nleast = 10",
    );
    opened(&rounds).unwrap();
    let mut tried = 0;
    for policy in [POLICY, rounds.as_str()] {
        let policy: Table = toml::from_str(policy).unwrap();
        for (path, name) in keys(&policy) {
            let text = without(&policy, &path);
            let error = refused(&text);
            let named = format!("`{name}`");
            let table = format!("`[{name}]`");
            let tables = format!("`[[{name}]]`");
            let said = [named, table, tables]
                .iter()
                .any(|name| error.contains(name.as_str()));
            let told_of = name == "known" && error.contains("nothing says what everybody has of");
            assert!(said || told_of, "{path:?}: {error}");
            tried += 1;
        }
    }
    assert!(tried > 80, "{tried} keys");
}

/// What is strictest is no default either: whoever decides a policy says whom small lines are about, and what may be
/// given up, and reads where to write it.
#[test]
fn what_is_strictest_is_written_down_too() {
    let from_500 = changed(
        POLICY,
        "ledger = \"nhs\"\nas = \"private\"\nholders = \"line\"",
        "ledger = \"nhs\"\nas = \"public-from\"\npounds = \"500.00\"\nsource = \"a list\"",
    );
    let both = changed(&from_500, "may_give_up = []\n", "");
    let line_of = |text: &str| {
        let at = both.find(text).unwrap();
        both[..at].lines().count()
    };
    // The table of a key that is not there is where to write it: `[[known]]` is the line above its `ledger`.
    let known = line_of("ledger = \"nhs\"");
    let keep = line_of("[keep]") + 1;
    let error = refused(&both);
    for said in [
        format!("disclosure.toml:{known}: holders: `[[known]] of ledger nhs` has no `holders`"),
        format!("disclosure.toml:{keep}: may_give_up: `[keep]` has no `may_give_up`"),
    ] {
        assert!(error.contains(&said), "{said}\n{error}");
    }
    let remedy = "write it down; no key of a policy has a default";
    assert_eq!(error.matches(remedy).count(), 2, "{error}");
    // Written down, the strictest opens, and so does another.
    for holders in ["one", "line"] {
        let written = changed(
            &from_500,
            "source = \"a list\"",
            &format!("source = \"a list\"\nholders = \"{holders}\""),
        );
        let policy = opened(&written).unwrap();
        let Some(KnownLedger::PublicFrom { holders: read, .. }) = policy.ledger("nhs") else {
            panic!("it is public from a limit on");
        };
        let expected = if holders == "one" {
            HoldersOf::One
        } else {
            HoldersOf::Line
        };
        assert_eq!(*read, expected);
    }
}

#[test]
fn all_that_is_missing_is_told_together_with_its_line() {
    let error = refused("[policy]\nname = \"x\"\n\n[[rule]]\nname = \"y\"\n");
    for key in ["edition", "decided", "method", "looks", "say"] {
        assert!(
            error.contains(&format!(
                "disclosure.toml:1: {key}: `[policy]` has no `{key}`"
            )),
            "{error}"
        );
    }
    for key in ["activities", "holders", "dominance", "open", "empty"] {
        assert!(
            error.contains(&format!(
                "disclosure.toml:4: {key}: `[[rule]] y` has no `{key}`"
            )),
            "{error}"
        );
    }
    for table in ["`[[counts]]`", "`[before]`", "`[keep]`"] {
        assert!(error.contains(&format!("there is no {table}")), "{error}");
    }
    for of in ["ledger `pcc`", "ledger `charity-time`", "driver `people`"] {
        assert!(
            error.contains(&format!("nothing says what everybody has of {of}")),
            "{error}"
        );
    }
}

#[test]
fn faulty_policies_are_refused_in_words_that_help() {
    let rule_of_all = "activities = \"all\"";
    let cases = [
        (
            "[policy]",
            "[policy]\nnotes = \"x\"",
            "unknown field `notes`",
        ),
        ("\"withhold\"", "\"hide\"", "`hide` is no word of `method`"),
        (
            "\"withhold\"",
            "\"round-sources\"",
            "`[policy]` has no `round`",
        ),
        (
            "\"withhold\"",
            "\"withhold\"\nround = \"5\"",
            "`round` says nothing where `method` is `withhold`",
        ),
        ("\"anyone\", ", "", "`looks` does not name `anyone`"),
        (
            "\"each-partner\"",
            "\"each-payee\"",
            "write one of anyone, each-partner, each-holder",
        ),
        (
            "say = \"confidential\"",
            "say = \"nothing\"",
            "`nothing` is no word of `say`",
        ),
        ("2026-11\"", " \"", "`edition` is empty"),
        (
            "ledger = \"pcc\"",
            "ledger = \"pc\"",
            "`pc` is not a ledger of the pack",
        ),
        (
            "ledger = \"pcc\"",
            "ledger = \"nhs\"",
            "ledger `nhs` is named in disclosure.toml:",
        ),
        (
            "ledger = \"pcc\"",
            "ledger = \"nhs\"",
            "nothing says what everybody has of ledger `pcc`",
        ),
        (
            "driver = \"people\"",
            "driver = \"peple\"",
            "the nearest are people",
        ),
        (
            "driver = \"people\"",
            "driver = \"people\"\nledger = \"pcc\"",
            "`driver` says nothing where `ledger` is named",
        ),
        (
            "holders = \"line\"",
            "holders = \"child\"",
            "`child` does not say whom lines are about",
        ),
        (
            "holders = \"line\"",
            "holders = \"code:child\"",
            "the layout of ledger `pcc` has no code `child`",
        ),
        (
            "holders = \"line\"",
            "holders = \"line\"\npounds = \"500\"",
            "`pounds` says nothing where `as` is `private`",
        ),
        (
            "holders = \"line\"",
            "holders = \"line\"\nsource = \"x\"",
            "`source` says nothing where `as` is `private`",
        ),
        (
            "holders = \"line\"",
            "holders = \"line\"\nleast = 3",
            "`least` says nothing where a ledger is meant",
        ),
        (
            "ledger = \"charity-time\"\nas = \"public\"\nsource",
            "ledger = \"charity-time\"\nas = \"private\"\nholders = \"payee\"\nsource",
            "the layout of ledger `charity-time` does not say who is paid",
        ),
        (
            "as = \"private\"\nholders",
            "as = \"public-from\"\npounds = \"0\"\nsource = \"x\"\nholders",
            "`0` is no amount above nothing",
        ),
        (
            "as = \"private\"\nholders",
            "as = \"secret\"\nholders",
            "write one of public, public-from, private",
        ),
        (
            "[\"youth-work\"]",
            "[\"youth-wrk\"]",
            "`youth-wrk` is not an activity",
        ),
        ("[\"youth-work\"]", "[]", "`activities` names none"),
        (
            "[\"youth-work\"]",
            "\"all\"",
            "rule `all else` never counts: rule `young people` before it",
        ),
        (
            rule_of_all,
            "activities = [\"care\"]",
            "the last rule does not fit all activities",
        ),
        (
            "holders = 3\n",
            "holders = 0\n",
            "`holders` is 0, and must be 1 or more",
        ),
        (
            "{ p = 15 }",
            "{ p = 0 }",
            "`0` is no number of per cent above 0 and up to 100",
        ),
        (
            "{ p = 15 }",
            "{ p = \"20%\" }",
            "write it in digits without the sign",
        ),
        (
            "{ p = 15 }",
            "{ p = 15, nk = [[1, 80]] }",
            "`dominance` names no rule, or several",
        ),
        ("{ p = 15 }", "{ pq = [50, 10] }", "p is 50 and q is 10"),
        (
            "{ p = 15 }",
            "{ nk = [[0, 80]] }",
            "the first number of each pair of `nk` is how many holders",
        ),
        ("{ p = 15 }", "\"some\"", "write one of none"),
        (
            "{ percent = 10 }",
            "{ percent = -1 }",
            "`-1` is no number of per cent above 0",
        ),
        ("{ percent = 10 }", "\"wide\"", "write one of rule"),
        (
            "\"unpublished\"",
            "\"published\"",
            "write one of unpublished",
        ),
        (
            "\"unpublished\"",
            "[\"reoffending\"]",
            "of `[[counts]]` one, the last",
        ),
        (
            "least_base = 30",
            "least_base = 0",
            "`least_base` is 0, and must be 1 or more",
        ),
        (
            "zero = \"shown\"",
            "zero = \"yes\"",
            "write one of shown, withheld",
        ),
        (
            "percent = 100",
            "percent = 0",
            "`0` is no number of per cent above 0",
        ),
        (
            "negative = []",
            "negative = [\"refunds\"]",
            "`refunds` is not an activity",
        ),
        (
            "always = [\"whole\"]",
            "always = [\"wards\"]",
            "`wards` is nothing that figures are told by",
        ),
        (
            "order = [\"places\"",
            "order = [\"places\", \"places\"",
            "`places` stands in `order` twice",
        ),
        (
            "may_give_up = []",
            "may_give_up = [\"places\"]",
            "`places` may be given up anyway",
        ),
    ];
    for (from, to, says) in cases {
        let error = refused(&changed(POLICY, from, to));
        assert!(
            error.contains(says),
            "{to}\n  should say: {says}\n  says: {error}"
        );
    }
}

#[test]
fn a_pack_without_a_policy_and_one_that_names_none_that_is_there() {
    let place = include_str!("../../examples/data/partners/place.toml");
    let without = changed(place, "disclosure = \"disclosure.toml\"\n", "");
    let folder = partners_with(&[("place.toml", &without)]);
    let error = DisclosurePolicy::open(&Place::open(folder.path()).unwrap()).unwrap_err();
    assert_eq!(error, DisclosureError::NoPolicy);
    assert!(
        error
            .to_string()
            .contains("name one with `disclosure` in `[place]`")
    );
    for other in ["other.toml", "../disclosure.toml"] {
        let elsewhere = changed(place, "\"disclosure.toml\"", &format!("\"{other}\""));
        let folder = partners_with(&[("place.toml", &elsewhere)]);
        let error = DisclosurePolicy::open(&Place::open(folder.path()).unwrap()).unwrap_err();
        assert!(
            matches!(error, DisclosureError::Unreadable { .. }),
            "{error}"
        );
    }
}

#[test]
fn what_is_from_a_limit_on_is_public_whatever_sign_it_has() {
    let known = KnownLedger::PublicFrom {
        pence: Pence::new(50_000),
        source: "a list".to_owned(),
        holders: HoldersOf::One,
    };
    for (pence, told) in [
        (50_000, true),
        (49_999, false),
        (-50_000, true),
        (-49_999, false),
    ] {
        assert_eq!(known.tells(Pence::new(pence)), told, "{pence}");
    }
}

#[test]
fn counts_of_few_of_all_and_their_complements_are_not_told() {
    let policy = opened(POLICY).unwrap();
    let of = |numerator, denominator| {
        policy.withholds_count(
            "made-up",
            false,
            Counted {
                numerator,
                denominator,
            },
        )
    };
    // Below six; below a base of thirty; all; none; and what all less those comes to.
    assert_eq!(of(5, None), Some(Why::Few));
    assert_eq!(of(6, None), None);
    assert_eq!(of(0, None), None, "`zero` is shown");
    assert_eq!(of(5, Some(100)), Some(Why::Few));
    assert_eq!(of(95, Some(100)), Some(Why::Few), "five did not");
    assert_eq!(of(94, Some(100)), None);
    assert_eq!(of(10, Some(29)), Some(Why::Few));
    assert_eq!(of(10, Some(30)), None);
    assert_eq!(of(0, Some(30)), Some(Why::AllOrNone));
    assert_eq!(of(30, Some(30)), Some(Why::AllOrNone));
    assert_eq!(
        of(31, Some(30)),
        Some(Why::Few),
        "counts that cannot be are not told"
    );
    let hidden = opened(&changed(POLICY, "zero = \"shown\"", "zero = \"withheld\"")).unwrap();
    let none = Counted {
        numerator: 0,
        denominator: None,
    };
    assert_eq!(
        hidden.withholds_count("made-up", false, none),
        Some(Why::Few)
    );
    // An indicator that the policy names is looked at although somebody publishes it.
    let named = changed(
        POLICY,
        "[[counts]]",
        "[[counts]]\nindicators = [\"made-up\"]\nleast = 20\nleast_base = 30\nall_or_none = \"shown\"\nzero = \"shown\"\n\n[[counts]]",
    );
    let named = opened(&named).unwrap();
    let ten = Counted {
        numerator: 10,
        denominator: Some(50),
    };
    assert_eq!(named.withholds_count("made-up", true, ten), Some(Why::Few));
    assert_eq!(named.withholds_count("another", true, ten), None);
    assert_eq!(named.withholds_count("another", false, ten), None);
}

/// Why limits go with their counts: to four decimals no two counts of so many people have the same.
#[test]
fn wilson_limits_name_their_counts() {
    let confidence = Confidence::new(0.95).unwrap();
    let mut seen = std::collections::HashMap::new();
    let (mut all, mut twice) = (0, 0);
    for base in 30..200u32 {
        for count in 1..base {
            let interval = wilson(f64::from(count), f64::from(base), confidence).unwrap();
            let limits = interval.interval().unwrap();
            let said = (
                format!("{:.4}", limits.lower),
                format!("{:.4}", limits.upper),
            );
            all += 1;
            twice += usize::from(seen.insert(said, (count, base)).is_some());
        }
    }
    assert!(all > 19_000);
    // Nearly all pairs of limits are of one count of one base: whoever reads them has both.
    assert!(
        twice * 1_000 < all,
        "{twice} of {all} pairs of limits are of two counts"
    );
    let policy = opened(POLICY).unwrap();
    let few = Counted {
        numerator: 3,
        denominator: Some(120),
    };
    let limits = wilson(3.0, 120.0, confidence).unwrap().interval().unwrap();
    let said = (
        format!("{:.4}", limits.lower),
        format!("{:.4}", limits.upper),
    );
    assert_eq!(seen[&said], (3, 120), "the limits tell the three");
    assert_eq!(
        policy.withholds_count("made-up", false, few),
        Some(Why::Few)
    );
}
