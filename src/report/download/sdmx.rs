//! The finest table of spending for statistical offices: SDMX-CSV, and the structure and code lists that it is of.
//!
//! ```text
//! place_code, partner_code, …, amount_gbp ─► STRUCTURE,STRUCTURE_ID,ACTION,REF_AREA,PARTNER,ACTIVITY,…,OBS_VALUE,…
//! ```
//!
//! An observation that is withheld has no value and is confidential; one of which nothing is recorded has none either,
//! and is missing. Codes of a pack that SDMX does not take as identifiers are written with the numbers of their letters.

use super::failed;
use crate::axis::Period;
use crate::report::content::ReportError;
use crate::report::dataset::{Dataset, Value};
use crate::sheet::{CsvCell, CsvFile};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

const AGENCY: &str = "WHOLEPLACE";
const STRUCTURE: &str = "SPENDING";
const VERSION: &str = "1.0.0";

/// Dimensions: identifier, code list, and the columns of code and name that they are of.
const DIMENSIONS: [(&str, &str, &str, &str); 5] = [
    ("REF_AREA", "CL_AREA", "place_code", "place_name"),
    ("PARTNER", "CL_PARTNER", "partner_code", "partner_name"),
    ("ACTIVITY", "CL_ACTIVITY", "activity_code", "activity_name"),
    ("PHASE", "CL_PHASE", "phase", "phase"),
    ("BOUNDARY", "CL_BOUNDARY", "boundary", "boundary"),
];

/// The table and what it is of.
pub(in crate::report) struct Sdmx {
    /// The observations, as SDMX-CSV.
    pub csv: Vec<u8>,
    /// Structure, concepts and code lists, as an SDMX-JSON structure message.
    pub structure: Vec<u8>,
}

/// A structure message. What it is stands first: readers look for it there.
#[derive(Serialize)]
struct Message {
    meta: Json,
    data: Json,
}

/// Both, of the finest table; nothing where it lacks a column or names no one time.
///
/// # Sources
///
/// SDMX 3.0, section 5 and the field guide of SDMX-CSV 2.0.0: `STRUCTURE`, `STRUCTURE_ID`, `ACTION`, dimensions, measure,
/// attributes; a time range is written `2024-04-01/P12M`. SDMX-JSON 2.0.0 structure message. Cross-domain code lists of
/// the SDMX guidelines: `CL_OBS_STATUS` (A normal, M missing), `CL_CONF_STATUS` (F free, C confidential).
pub(in crate::report) fn sdmx(dataset: &Dataset) -> Result<Option<Sdmx>, ReportError> {
    let Some(csv) = observations(dataset) else {
        return Ok(None);
    };
    let Some(prepared) = last_day(dataset) else {
        return Ok(None);
    };
    let wrong = failed("SDMX");
    let message = Message {
        meta: meta(prepared),
        data: structure(dataset),
    };
    let structure = serde_json::to_vec_pretty(&message);
    Ok(Some(Sdmx {
        csv: csv.into_bytes(),
        structure: structure.map_err(|error| wrong(error.to_string()))?,
    }))
}

fn observations(dataset: &Dataset) -> Option<String> {
    let at = |name: &str| dataset.fields.iter().position(|field| field.name == name);
    let codes: Vec<usize> = (DIMENSIONS.iter())
        .map(|(_, _, code, _)| at(code))
        .collect::<Option<_>>()?;
    let (period, amount) = (at("period")?, at("amount_gbp")?);
    let mut file = CsvFile::default();
    let fixed = ["STRUCTURE", "STRUCTURE_ID", "ACTION"];
    let dimensions = DIMENSIONS.iter().map(|(id, ..)| *id);
    let rest = [
        "TIME_PERIOD",
        "OBS_VALUE",
        "UNIT_MEASURE",
        "OBS_STATUS",
        "CONF_STATUS",
    ];
    file.row(
        fixed
            .into_iter()
            .chain(dimensions)
            .chain(rest)
            .map(CsvCell::text),
    );
    let id = format!("{AGENCY}:{STRUCTURE}({VERSION})");
    for row in &dataset.rows {
        let time = range_of(&row.get(period)?.plain())?;
        let value = row.get(amount)?;
        let status = match value {
            Value::Withheld(_) => ["", "GBP", "M", "C"],
            Value::Nothing => ["", "GBP", "M", "F"],
            _ => ["", "GBP", "A", "F"],
        };
        let mut cells = vec![
            CsvCell::text("dataflow"),
            CsvCell::text(id.as_str()),
            CsvCell::text("R"),
        ];
        for &code in &codes {
            cells.push(CsvCell::figure(identifier(&row.get(code)?.plain())));
        }
        cells.push(CsvCell::figure(time));
        cells.push(CsvCell::figure(value.plain()));
        cells.extend(status.into_iter().skip(1).map(CsvCell::text));
        file.row(cells);
    }
    Some(file.into_text())
}

/// A period as a time range of SDMX.
fn range_of(period: &str) -> Option<String> {
    let period: Period = period.parse().ok()?;
    Some(format!("{}/P{}M", period.first_day(), period.months()))
}

/// A code as an identifier of SDMX: letters, digits, `_`, `-`, `@` and `$`.
fn identifier(code: &str) -> String {
    let mut id = String::with_capacity(code.len());
    for c in code.chars() {
        match c {
            c if c.is_ascii_alphanumeric() || c == '-' => id.push(c),
            other => id.push_str(&format!("_{:x}_", u32::from(other))),
        }
    }
    id
}

/// The last day of any of its periods.
fn last_day(dataset: &Dataset) -> Option<Date> {
    let at = (dataset.fields.iter()).position(|field| field.name == "period")?;
    let cells = dataset.rows.iter().filter_map(|row| row.get(at));
    let periods = cells.filter_map(|cell| cell.plain().parse::<Period>().ok());
    periods.map(Period::last_day).max()
}

/// What a message is, which every reader of SDMX-JSON asks for first. No clock is read here, so that the same account gives
/// the same bytes: it counts as prepared when the last of its periods ended.
fn meta(prepared: Date) -> Json {
    json!({
        "schema": "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/\
                   sdmx-json-structure-schema.json",
        "id": STRUCTURE,
        "test": false,
        "prepared": format!("{prepared}T00:00:00Z"),
        "contentLanguages": ["en"],
        "sender": { "id": AGENCY },
    })
}

fn structure(dataset: &Dataset) -> Json {
    let at = |name: &str| dataset.fields.iter().position(|field| field.name == name);
    let list_of = |code: &str, name: &str| {
        let mut codes: BTreeMap<String, String> = BTreeMap::new();
        for row in &dataset.rows {
            let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(Value::plain);
            if let Some(code) = cell(at(code)) {
                let name = cell(at(name)).unwrap_or_else(|| code.clone());
                codes.insert(identifier(&code), name);
            }
        }
        codes
    };
    let fixed = |codes: &[(&str, &str)]| -> BTreeMap<String, String> {
        let codes = codes.iter();
        codes
            .map(|(code, name)| ((*code).to_owned(), (*name).to_owned()))
            .collect()
    };
    let mut lists: Vec<Json> = (DIMENSIONS.iter())
        .map(|(id, list, code, name)| codelist(list, id, &list_of(code, name)))
        .collect();
    lists.push(codelist(
        "CL_UNIT_MEASURE",
        "Unit",
        &fixed(&[("GBP", "Pounds sterling")]),
    ));
    lists.push(codelist(
        "CL_OBS_STATUS",
        "Observation status",
        &fixed(&[("A", "Normal value"), ("M", "Missing value")]),
    ));
    lists.push(codelist(
        "CL_CONF_STATUS",
        "Confidentiality status",
        &fixed(&[("C", "Confidential statistical information"), ("F", "Free")]),
    ));
    let mut dimensions: Vec<Json> = (DIMENSIONS.iter().enumerate())
        .map(|(at, (id, list, ..))| component(id, list, at))
        .collect();
    // What no list can hold has its kind of text.
    let time = json!({
        "id": "TIME_PERIOD",
        "position": dimensions.len(),
        "conceptIdentity": concept("TIME_PERIOD"),
        "localRepresentation": { "format": { "dataType": "TimeRange" } },
    });
    let attribute = |id: &str, list: &str, usage: &str| {
        json!({
            "id": id,
            "usage": usage,
            "conceptIdentity": concept(id),
            "localRepresentation": { "enumeration": urn("codelist.Codelist", list) },
            "attributeRelationship": { "observation": {} },
        })
    };
    let concepts: Vec<Json> = (DIMENSIONS.iter().map(|(id, ..)| *id))
        .chain([
            "TIME_PERIOD",
            "OBS_VALUE",
            "UNIT_MEASURE",
            "OBS_STATUS",
            "CONF_STATUS",
        ])
        .map(|id| json!({ "id": id, "name": id.to_lowercase().replace('_', " ") }))
        .collect();
    let artefact = |id: &str, name: &str| json!({ "id": id, "version": VERSION, "agencyID": AGENCY, "name": name });
    let mut scheme = artefact("CONCEPTS", "Concepts of spending by place");
    scheme["concepts"] = json!(concepts);
    let mut definition = artefact(STRUCTURE, "Spending by place, partner and activity");
    definition["dataStructureComponents"] = json!({
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": std::mem::take(&mut dimensions),
            "timeDimension": time,
        },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [{
                "id": "OBS_VALUE",
                "usage": "optional",
                "conceptIdentity": concept("OBS_VALUE"),
                "localRepresentation": { "format": { "dataType": "Decimal" } },
            }],
        },
        "attributeList": {
            "id": "AttributeDescriptor",
            "attributes": [
                attribute("UNIT_MEASURE", "CL_UNIT_MEASURE", "mandatory"),
                attribute("OBS_STATUS", "CL_OBS_STATUS", "mandatory"),
                attribute("CONF_STATUS", "CL_CONF_STATUS", "mandatory"),
            ],
        },
    });
    let mut flow = artefact(STRUCTURE, &dataset.title);
    flow["structure"] = json!(urn("datastructure.DataStructure", STRUCTURE));
    json!({
        "codelists": lists,
        "conceptSchemes": [scheme],
        "dataStructures": [definition],
        "dataflows": [flow],
    })
}

fn urn(class: &str, id: &str) -> String {
    format!("urn:sdmx:org.sdmx.infomodel.{class}={AGENCY}:{id}({VERSION})")
}

fn concept(id: &str) -> String {
    format!("{}.{id}", urn("conceptscheme.Concept", "CONCEPTS"))
}

fn component(id: &str, list: &str, position: usize) -> Json {
    json!({
        "id": id,
        "position": position,
        "conceptIdentity": concept(id),
        "localRepresentation": { "enumeration": urn("codelist.Codelist", list) },
    })
}

fn codelist(id: &str, name: &str, codes: &BTreeMap<String, String>) -> Json {
    let codes = codes.iter();
    json!({
        "id": id,
        "version": VERSION,
        "agencyID": AGENCY,
        "name": name,
        "codes": codes.map(|(id, name)| json!({ "id": id, "name": name })).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_times_are_written_as_sdmx_takes_them() {
        assert_eq!(identifier("E06000051"), "E06000051");
        assert_eq!(identifier("all partners"), "all_20_partners");
        assert_eq!(range_of("2024-25").as_deref(), Some("2024-04-01/P12M"));
        assert_eq!(
            range_of("financial year 2011-12").as_deref(),
            Some("2011-04-01/P12M")
        );
        assert_eq!(range_of("some time"), None);
    }
}
