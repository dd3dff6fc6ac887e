//! The packs of the examples and the layouts of real ledgers give none of the findings that these
//! files give: what guards against a wrong figure must not cry wolf.

use std::path::PathBuf;
use wholeplace::account::PlaceAccount;
use wholeplace::ledger::{LedgerSpec, Reader, Repeats, files};
use wholeplace::place::Place;

const GUARDS: [&str; 23] = [
    "amount-above-the-header",
    "amount-alone",
    "amount-cut-by-delimiter",
    "amount-in-another-currency",
    "amount-is-a-per-cent",
    "amount-of-unknown-sign",
    "amount-of-unknown-unit",
    "column-changes-amounts",
    "everything-is-income",
    "formula-not-calculated",
    "heading-fits-twice",
    "heading-in-no-file",
    "hidden-sheet-not-read",
    "month-and-day-in-doubt",
    "most-lines-without-period",
    "quote-swallows-rows",
    "rows-read-again",
    "selection-nearly-met",
    "selection-selects-nothing",
    "sign-said-twice",
    "text-after-quote",
    "total-not-met",
    "total-row-left-out",
];

fn guarded<'a>(
    findings: impl IntoIterator<Item = &'a wholeplace::finding::Finding>,
) -> Vec<String> {
    (findings.into_iter())
        .filter(|finding| GUARDS.contains(&finding.rule.as_str()))
        .map(ToString::to_string)
        .collect()
}

#[test]
fn packs_give_no_false_alarm() {
    let packs = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples");
    let shared = crate::fixtures::shared::folder;
    for (pack, data) in [
        ("data/shropshire", None),
        ("data/partners", None),
        ("packs/shropshire", Some("shropshire")),
        ("packs/lancashire", Some("ledgers")),
    ] {
        let place = match data.map(shared) {
            None => Place::open(packs.join(pack)),
            Some(Some(data)) => Place::open_with_data(packs.join(pack), data),
            Some(None) => continue,
        };
        let account = PlaceAccount::load(&place.unwrap()).unwrap();
        assert_eq!(guarded(account.findings()), [""; 0], "{pack}");
    }
}

#[test]
fn real_ledgers_give_no_false_alarm() {
    let Some(folder) = crate::fixtures::shared::folder("ledgers") else {
        return;
    };
    for entry in crate::fixtures::publishers::entries() {
        let ledger = Reader::new().read(&LedgerSpec {
            id: entry.id,
            files: files(&folder, &entry.files).unwrap(),
            layout: entry.layout,
            controls: Vec::new(),
            repeats: Repeats::Refuse,
        });
        assert_eq!(guarded(ledger.unwrap().findings()), [""; 0]);
    }
}
