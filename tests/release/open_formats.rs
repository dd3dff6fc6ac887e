//! Open formats beside the CSVs: metadata of CSV on the Web, and SDMX-CSV with its structure and code lists, each held to
//! the rules of its standard and to the tables that it is of.

use crate::release::place_plans::{planned, published_sample};
use crate::release::site::{Built, sample};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use wholeplace::report::SiteFile;

fn json(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

fn records(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut csv = csv::Reader::from_reader(bytes);
    csv.deserialize().map(Result::unwrap).collect()
}

/// Every CSV is described where readers look for it, column by column in order, and each cell is of its type.
fn csvw_describes_every_table(site: &Built) {
    let metadata = json(site.bytes("data/csv-metadata.json"));
    assert_eq!(metadata["@context"][0], "http://www.w3.org/ns/csvw");
    let tables = metadata["tables"].as_array().unwrap();
    let described: BTreeSet<String> = (tables.iter())
        .map(|table| format!("data/{}", table["url"].as_str().unwrap()))
        .collect();
    let csvs: BTreeSet<String> = (site.files.iter())
        .map(|file| file.path.clone())
        .filter(|path| path.ends_with(".csv") && !path.ends_with(".sdmx.csv"))
        .collect();
    assert_eq!(described, csvs);
    for table in tables {
        let url = table["url"].as_str().unwrap();
        let mut csv = csv::Reader::from_reader(site.bytes(&format!("data/{url}")));
        let headings: Vec<String> = csv.headers().unwrap().iter().map(str::to_owned).collect();
        let columns = table["tableSchema"]["columns"].as_array().unwrap();
        let titles: Vec<&str> = columns
            .iter()
            .map(|one| one["titles"].as_str().unwrap())
            .collect();
        assert_eq!(titles, headings, "{url}");
        let names: BTreeSet<&str> = columns
            .iter()
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        assert_eq!(names.len(), columns.len(), "{url}: names are their own");
        let plain = |name: &str| {
            !name.starts_with('_') && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        };
        assert!(names.iter().all(|name| plain(name)), "{url}");
        for row in csv.records().map(Result::unwrap) {
            for (cell, column) in row.iter().zip(columns).filter(|(cell, _)| !cell.is_empty()) {
                let fits = match column["datatype"].as_str().unwrap() {
                    "decimal" => cell.parse::<f64>().is_ok() && !cell.contains(['e', 'E']),
                    "integer" => cell.parse::<i64>().is_ok(),
                    "date" => cell.parse::<jiff::civil::Date>().is_ok(),
                    "string" => true,
                    _ => false,
                };
                assert!(fits, "{url} {}: {cell}", column["titles"]);
            }
        }
    }
}

#[test]
fn metadata_of_the_web_describes_every_table() {
    csvw_describes_every_table(sample());
    csvw_describes_every_table(planned());
}

/// Each observation is a row of the finest table; every code is in its list and every list is used; keys are their own.
fn sdmx_is_the_finest_table(files: &[SiteFile]) -> (usize, usize) {
    let bytes = |path: &str| &*files.iter().find(|file| file.path == path).unwrap().bytes;
    let observations = records(bytes("data/spending.sdmx.csv"));
    let table = records(bytes("data/spending.csv"));
    let structure = json(bytes("data/spending.structure.json"));
    assert_eq!(observations.len(), table.len());
    // Readers look at the beginning for what it is.
    let beginning =
        String::from_utf8(bytes("data/spending.structure.json")[..350].to_vec()).unwrap();
    assert!(
        beginning.contains("/2.0.0/sdmx-json-structure-schema.json"),
        "{beginning}"
    );
    for needed in ["id", "prepared", "sender"] {
        assert!(!structure["meta"][needed].is_null(), "{needed}");
    }
    let data = &structure["data"];
    let flow = &data["dataflows"][0];
    let id = format!(
        "{}:{}({})",
        flow["agencyID"].as_str().unwrap(),
        flow["id"].as_str().unwrap(),
        flow["version"].as_str().unwrap()
    );
    let parts = &data["dataStructures"][0]["dataStructureComponents"];
    let listed = parts["dimensionList"]["dimensions"]
        .as_array()
        .unwrap()
        .iter();
    let listed = listed.chain(parts["attributeList"]["attributes"].as_array().unwrap());
    let lists: BTreeMap<&str, BTreeSet<&str>> = (data["codelists"].as_array().unwrap().iter())
        .map(|list| {
            let codes = list["codes"].as_array().unwrap().iter();
            let codes = codes.map(|code| code["id"].as_str().unwrap()).collect();
            (list["id"].as_str().unwrap(), codes)
        })
        .collect();
    let concepts: BTreeSet<&str> = (data["conceptSchemes"][0]["concepts"]
        .as_array()
        .unwrap()
        .iter())
    .map(|concept| concept["id"].as_str().unwrap())
    .collect();
    let mut used = 0;
    for component in listed {
        let name = component["id"].as_str().unwrap();
        assert!(concepts.contains(name));
        let urn = component["localRepresentation"]["enumeration"]
            .as_str()
            .unwrap();
        let list = urn.split([':', '(']).nth(3).unwrap();
        let found: BTreeSet<&str> = observations.iter().map(|row| row[name].as_str()).collect();
        assert!(found.is_subset(&lists[list]), "{name}: {found:?} of {list}");
        used += 1;
    }
    assert_eq!(used, lists.len());
    let (mut keys, mut values, mut confidential) = (BTreeSet::new(), 0, 0);
    for (row, of) in observations.iter().zip(&table) {
        assert_eq!(
            (row["STRUCTURE"].as_str(), row["STRUCTURE_ID"].as_str()),
            ("dataflow", id.as_str())
        );
        assert_eq!(row["OBS_VALUE"], of["amount_gbp"]);
        assert_eq!(row["OBS_VALUE"].is_empty(), row["OBS_STATUS"] == "M");
        assert_eq!(row["CONF_STATUS"] == "C", of["status"] == "withheld");
        values += usize::from(!row["OBS_VALUE"].is_empty());
        confidential += usize::from(row["CONF_STATUS"] == "C");
        let key = [
            "REF_AREA",
            "PARTNER",
            "ACTIVITY",
            "PHASE",
            "BOUNDARY",
            "TIME_PERIOD",
        ];
        assert!(keys.insert(key.map(|name| row[name].clone())), "{row:?}");
    }
    (values, confidential)
}

#[test]
fn sdmx_says_what_the_finest_table_says() {
    let (values, confidential) = sdmx_is_the_finest_table(&planned().files);
    assert!(values > 5 && confidential == 0, "{values} {confidential}");
    let time = &records(planned().bytes("data/spending.sdmx.csv"))[0]["TIME_PERIOD"];
    assert_eq!(time, "2024-04-01/P12M");
    let (values, _) = sdmx_is_the_finest_table(&sample().files);
    assert!(values > 100, "{values}");
}

/// What a release withholds is confidential and has no value.
#[test]
fn what_is_withheld_is_confidential_in_sdmx() {
    let (values, confidential) = sdmx_is_the_finest_table(&published_sample());
    assert!(values > 0 && confidential > 0, "{values} {confidential}");
}
