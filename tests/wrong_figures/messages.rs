//! Messages of packs say what is there, and the one thing to do.

use super::*;
use wholeplace::place::{Place, PlaceError};

const PACK: &str = r#"
[place]
name = "Test"
locality = "all"
[[localities]]
rows = [{ code = "all", name = "All" }, { code = "a", name = "A", parent = "all" }, { code = "b", name = "B", parent = "all" }]
[[activities]]
rows = [{ code = "roads", name = "Roads" }, { code = "parks", name = "Parks" }]
[[partners]]
rows = [{ code = "council", name = "Council" }]
[[driver]]
code = "residents"
name = "residents"
class = "population"
source = "test"
tables = [{ file = "masses.csv" }]
[[sharing]]
driver = "residents"
[[ledger]]
id = "council"
name = "Council"
source = "test"
phase = "outturn"
files = ["payments.csv"]
layout = { amount = ["Net"], date = ["Paid"], codes = { activity = ["Service"] } }
axes = { partner = { always = "council" }, activity = { by = "crosswalk" }, ages = { gap = "unknown" }, group = { gap = "unknown" }, locality = { gap = "unknown" } }
[[crosswalk]]
file = "crosswalk.csv"
set = { ledger = "council", axis = "activity" }
"#;

fn open(pack: &str, masses: &str, crosswalk: &str) -> Result<std::sync::Arc<Place>, String> {
    let files = Files::of(&[
        ("place.toml", pack),
        ("masses.csv", masses),
        ("crosswalk.csv", crosswalk),
        ("payments.csv", "Service,Paid,Net\nR,01/04/2024,5\n"),
    ]);
    Place::open(files.path()).map_err(|error| match error {
        PlaceError::Faults(findings) => findings.to_string(),
        other => other.to_string(),
    })
}

const MASSES: &str = "locality,mass\na,1134\nb,10\n";
const CROSSWALK: &str = "code,to\nR,roads\nP,parks\n";

#[test]
fn masses_are_read_as_amounts_are() {
    open(PACK, MASSES, CROSSWALK).unwrap();
    let place = open(PACK, "locality,mass\na,\"1,134\"\nb,10\n", CROSSWALK).unwrap();
    assert_eq!(place.drivers().len(), 1);
    for (mass, told) in [
        ("-", "write 0 where the dash means that there is none"),
        ("–", "write 0 where the dash means that there is none"),
        ("", "write 0 where there is none; leave no cell empty"),
        ("\"1,13\"", "do not separate thousands"),
        ("1_134", "write it in digits, as in 1134 or 12.5"),
        ("2017_18", "write it in digits"),
        ("1e5", "write it in digits"),
        ("n/a", "write it in digits"),
    ] {
        let found = open(PACK, &format!("locality,mass\na,{mass}\nb,10\n"), CROSSWALK).unwrap_err();
        assert!(found.contains(told), "{mass}: {found}");
    }
}

#[test]
fn a_code_mapped_twice_is_told_with_both_meanings() {
    let found = open(PACK, MASSES, "code,to\nR,roads\nR,parks\nP,parks\n").unwrap_err();
    assert!(found.contains("it means `roads` and `parks`"), "{found}");
    assert!(found.contains("leave one row for this code"), "{found}");
}

#[test]
fn no_message_has_an_empty_list() {
    for pack in [
        PACK.replace("driver = \"residents\"", "driver = \"zzz\""),
        PACK.replace("ledger = \"council\"", "ledger = \"zzz\""),
        PACK.replace(
            "locality = \"all\"",
            "locality = \"all\"\nresidents = \"zzz\"",
        ),
        PACK.replace(
            "{ file = \"masses.csv\" }",
            "{ file = \"masses.csv\", columns = { mass = \"zzz\" } }",
        ),
    ] {
        let found = open(&pack, MASSES, CROSSWALK).unwrap_err();
        assert!(
            !found.contains("nearest are \n") && !found.contains("are ;"),
            "{found}"
        );
        assert!(
            found.contains("write one of") || found.contains("nearest are"),
            "{found}"
        );
    }
}

#[test]
fn headings_of_tables_are_found_as_those_of_ledgers() {
    open(PACK, "Locality,Mass\na,1134\nb,10\n", CROSSWALK).unwrap();
    let found = open(PACK, "locality,mass,mass\na,1134,5\nb,10,5\n", CROSSWALK).unwrap_err();
    assert!(found.contains("heading-fits-twice"), "{found}");
    let found = open(PACK, "locality,Mass,MASS\na,1134,5\nb,10,5\n", CROSSWALK).unwrap_err();
    assert!(
        found.contains("`Mass` (column 2) and `MASS` (column 3)"),
        "{found}"
    );
    open(PACK, "locality,mass,Mass\na,1134,5\nb,10,5\n", CROSSWALK).unwrap();
}

/// A table of the pack is no safer from quotes than a ledger.
#[test]
fn a_quote_in_a_table_that_swallows_rows_is_a_fault() {
    let quoted = "code,to,note\nR,roads,\"\nP,\"parks\",\n";
    let found = open(PACK, MASSES, &quoted.replace("note", "class")).unwrap_err();
    assert!(found.contains("quote-swallows-rows"), "{found}");
    let open_end = open(PACK, MASSES, "code,to\nR,roads\nP,\"parks\n").unwrap_err();
    assert!(open_end.contains("quote-not-closed"), "{open_end}");
    open(
        PACK,
        MASSES,
        "code,to,note\nR,roads,\"two\nlines\"\nP,parks,x\n",
    )
    .unwrap();
}
