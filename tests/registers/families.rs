//! Families with many services: figures by hand, and nothing of few that could be worked out.

use super::rules;
use std::collections::BTreeMap;
use std::path::Path;
use tempfile::TempDir;
use wholeplace::families::{Families, FamiliesError, Overlaps};
use wholeplace::money::Pence;
use wholeplace::register::RegisterError;
use wholeplace::{Boundary, Cube, Place, PlaceAccount};

/// Agencies of the small worlds, and their lists.
const AGENCIES: [&str; 3] = ["council", "pcc", "nhs"];

/// The sample with other caseloads, and another count from which on people are told.
fn folder(families: &str, lists: &[(&str, String)], least: u64) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir("examples/data/partners").unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.path().join(path.file_name().unwrap())).unwrap();
    }
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("families.toml", families);
    for (name, text) in lists {
        write(name, text);
    }
    let policy = std::fs::read_to_string(folder.path().join("disclosure.toml")).unwrap();
    let of_six = "least = 6\nleast_base = 30";
    assert!(policy.contains(of_six));
    let policy = policy.replace(of_six, &format!("least = {least}\nleast_base = 1"));
    write("disclosure.toml", &policy);
    folder
}

fn spec(agencies: usize) -> String {
    let mut text = "unit = \"families\"\nkeys = \"agreed-numbers\"\nperiod = \"2024-25\"\nphase = \"outturn\"\n".to_owned();
    for agency in AGENCIES.iter().take(agencies) {
        text += &format!(
            "[[caseload]]\npartner = \"{agency}\"\nservice = \"made up\"\ntable = {{ file = \"families-{agency}.csv\" }}\n"
        );
    }
    text
}

/// A world: how many are in each group, by the bits of its agencies.
type World = BTreeMap<u32, u64>;

/// Numbers a world's families from 1 on, and gives each agency its list.
fn lists(world: &World, agencies: usize) -> Vec<(&'static str, String)> {
    let mut texts = vec!["key\n".to_owned(); agencies];
    let mut number = 0;
    for (bits, families) in world {
        for _ in 0..*families {
            number += 1;
            for (agency, text) in texts.iter_mut().enumerate() {
                if bits & (1 << agency) != 0 {
                    *text += &format!("{number}\n");
                }
            }
        }
    }
    let names = [
        "families-council.csv",
        "families-pcc.csv",
        "families-nhs.csv",
    ];
    // A list without a row is no table: it has somebody that no other agency knows in every world.
    names.into_iter().zip(texts).collect()
}

fn told(place: &Path) -> Overlaps {
    Families::open(&Place::open(place).unwrap())
        .unwrap()
        .overlaps()
}

/// 13 families are known to council and police, 7 to all three and 4 to police and NHS: told are 12 and 6, and the four
/// are not there. Of 60, 44 and 41 on the lists 60, 42 and 36 are told; the council knows 60 + 5 - 18 alone at most.
#[test]
fn families_are_told_by_how_many_agencies_know_them() {
    let place = Place::open("examples/data/partners").unwrap();
    let families = Families::open(&place).unwrap();
    let told = families.overlaps();
    assert_eq!(told.by_agencies(), BTreeMap::from([(2, 12), (3, 6)]));
    let of_each: Vec<_> = (told.agencies.iter())
        .map(|one| {
            (
                one.at_least.unwrap(),
                one.shared_at_least,
                one.alone_at_most.unwrap(),
            )
        })
        .collect();
    assert_eq!(of_each, [(60, 18, 47), (42, 18, 29), (36, 6, 35)]);
    assert_eq!(told.alone_at_most(), Some(111));
    let [council, police, nhs] = [
        "Ludford Council",
        "Police and Crime Commissioner",
        "Ludford NHS",
    ]
    .map(str::to_owned);
    let pair = |one: &String, other: &String| (one.clone(), other.clone());
    assert_eq!(
        told.by_pairs(),
        BTreeMap::from([
            (pair(&council, &police), 18),
            (pair(&council, &nhs), 6),
            (pair(&police, &nhs), 6)
        ])
    );
    // £1,000 by the council, £500 by the police, and £45,000 for 90 users of the NHS: 12 × 1,500 and 6 × 2,000.
    let account = PlaceAccount::load(&place).unwrap();
    let cube = Cube::build(&account).unwrap();
    let costs = families
        .costs(&told, &cube, &Boundary::AllPartners)
        .unwrap();
    let together: Vec<i64> = (costs.groups.iter())
        .map(|group| group.together.get() / 100)
        .collect();
    assert_eq!(together, [18_000, 12_000]);
    assert_eq!(costs.together, Pence::new(3_000_000));
    // Neither keys nor numbers of groups are in what a programmer prints.
    let printed = format!("{families:?}");
    assert!(!printed.contains("groups"), "{printed}");
    assert!(!printed.contains("10001"), "{printed}");
}

/// Every told number is a multiple of the least, no more than the true one; so is every difference of two.
#[test]
fn nothing_that_is_subtracted_is_below_the_least() {
    let mut state = 12_345_u64;
    let mut random = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut of_groups = 0;
    for _ in 0..25 {
        let mut world: World = (1..8).map(|bits| (bits, random(16))).collect();
        for alone in [1, 2, 4] {
            *world.entry(alone).or_default() += 1;
        }
        let folder = folder(&spec(3), &lists(&world, 3), 5);
        let told = told(folder.path());
        of_groups += told.groups.len();
        let mut figures: Vec<u64> = told.by_agencies().into_values().collect();
        figures.extend(told.by_pairs().into_values());
        figures.extend(told.groups.iter().map(|group| group.at_least));
        for one in &told.agencies {
            figures.extend(one.at_least);
            figures.push(one.shared_at_least);
        }
        for one in &figures {
            for other in &figures {
                let difference = one.abs_diff(*other);
                assert_eq!(difference % 5, 0, "{one} - {other}");
            }
        }
        let shared = world.iter().filter(|(bits, _)| bits.count_ones() > 1);
        assert!(told.shared() <= shared.map(|(_, number)| number).sum());
        assert!(told.groups.iter().all(|group| group.at_least >= 5));
        // Whom it knows alone are no more than is told.
        for (at, one) in told.agencies.iter().enumerate() {
            assert!(
                one.alone_at_most
                    .is_none_or(|most| world[&(1 << at)] <= most)
            );
        }
    }
    assert!(of_groups > 25, "groups were told");
}

/// All worlds of two agencies with up to seven families in a group, told from three on. Of those that have one release,
/// a group that is not told may hold nobody: for whoever reads it, for an agency that knows how many are on its own list,
/// and for one that knows how many are on both. The same holds of whom an agency knows alone.
#[test]
fn no_reader_and_no_agency_knows_that_a_group_has_few() {
    const LEAST: u64 = 3;
    let size = |world: &World, agency: u32| -> u64 {
        let of_it = world.iter().filter(|(bits, _)| *bits & agency != 0);
        of_it.map(|(_, number)| number).sum()
    };
    let mut worlds: Vec<(World, String, Overlaps)> = Vec::new();
    for alone in 0..8 {
        for other in 0..8 {
            for both in 0..8 {
                let world = World::from([(1, alone), (2, other), (3, both)]);
                // A list without a row is no table of a pack.
                if size(&world, 1) == 0 || size(&world, 2) == 0 {
                    continue;
                }
                let folder = folder(&spec(2), &lists(&world, 2), LEAST);
                let told = told(folder.path());
                worlds.push((world, format!("{told:?}"), told));
            }
        }
    }
    let mut looked = 0;
    for knows in [&[][..], &[1], &[2], &[1, 2]] {
        // By what is told, and what those who look know of their own lists.
        type Alike<'a> = BTreeMap<(&'a str, Vec<u64>), Vec<&'a (World, String, Overlaps)>>;
        let mut alike = Alike::new();
        for one in &worlds {
            let own = knows.iter().map(|agency| size(&one.0, *agency)).collect();
            alike.entry((&one.1, own)).or_default().push(one);
        }
        for ((_, own), several) in alike {
            // At the edge of what is tried, worlds that look the same lie beyond it.
            if several
                .iter()
                .any(|one| size(&one.0, 1) > 7 || size(&one.0, 2) > 7)
            {
                continue;
            }
            for bits in [1_u32, 2, 3] {
                // Of whom an agency knows alone a list of few says it by itself, and lists that are laid together do.
                let by_itself = knows.len() > 1 || own.iter().any(|length| *length < LEAST);
                if bits != 3 && by_itself {
                    continue;
                }
                let may_be: Vec<u64> = several.iter().map(|one| one.0[&bits]).collect();
                let is_few = |number: &u64| *number > 0 && *number < LEAST;
                assert!(
                    !may_be.iter().all(is_few),
                    "who knows {knows:?} {own:?} knows that {bits} has one of {may_be:?}: {:?}",
                    several[0].2
                );
                looked += 1;
            }
        }
    }
    assert!(looked > 100, "{looked}");
}

#[test]
fn what_may_name_somebody_is_refused_and_not_shown() {
    let hashes = spec(2).replace("agreed-numbers", "hashes");
    let hash = "0123456789abcdef0123456789abcdef";
    let of = |text: String| {
        vec![
            ("families-council.csv", text.clone()),
            ("families-pcc.csv", format!("key\n{hash}00\n")),
        ]
    };
    let folder_of = |text: String| folder(&hashes, &of(text), 6);
    let folder = folder_of(format!(
        "key\n{hash}\nJane Example of Mill Lane, Ludford\n123\n{hash}\n"
    ));
    let error = Families::open(&Place::open(folder.path()).unwrap()).unwrap_err();
    let FamiliesError::Register(error) = error else {
        panic!("{error}");
    };
    let RegisterError::Faults(findings) = *error else {
        panic!("{error}");
    };
    // The name, the number that can be found by trying, and hashes of two lengths; a key that is there twice is told.
    assert_eq!(
        rules(&findings),
        ["key-unclear", "key-unclear", "key-twice", "key-unclear"]
    );
    let text = findings.to_string();
    assert!(!text.contains("Jane") && !text.contains(hash), "{text}");
}

#[test]
fn without_a_rule_for_counts_nobody_is_counted() {
    let folder = folder(
        &spec(2),
        &lists(&World::from([(1, 9), (2, 9), (3, 9)]), 2),
        6,
    );
    let path = folder.path().join("place.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(
        &path,
        text.replace("disclosure = \"disclosure.toml\"\n", ""),
    )
    .unwrap();
    let error = Families::open(&Place::open(folder.path()).unwrap()).unwrap_err();
    assert!(matches!(error, FamiliesError::Disclosure(_)), "{error}");
}
