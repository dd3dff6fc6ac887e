//! Contracts on the site: what is paid and refused against what the contract pays, the cliff on each side, and
//! payments as they mature.

use crate::release::site::{Row, build, pence, sample, sample_with, seen};
use jiff::civil::Date;
use polars::prelude::{ParquetReader, SerReader};
use std::io::Cursor;
use wholeplace::appraisal::Proposals;
use wholeplace::appraisal::contract::{Contract, Contracts, Register};
use wholeplace::money::Ratio;

const PAGE: &str = "contract-youth-reoffending";

/// The contracts of the sample, opened here.
fn opened(check: impl Fn(&Contracts, &Contract, &Register)) {
    let proposals = Proposals::open(sample().cube.place()).unwrap();
    let contracts = Contracts::open(&proposals).unwrap();
    let register = Register::open(&contracts).unwrap();
    let contract = contracts.find("youth-reoffending").unwrap();
    check(&contracts, contract, &register);
}

/// Every row that is paid is the contract's, to the penny, and payers pay all of it.
#[test]
fn what_is_paid_is_what_the_contract_pays() {
    opened(|contracts, contract, _| {
        let payment = contract.pay(contracts.reported(contract)).unwrap();
        let shown = sample().table(&format!("{PAGE}-paid"));
        assert_eq!(shown.len(), payment.paid.len());
        for (row, paid) in shown.iter().zip(&payment.paid) {
            assert_eq!(row["term"], contract.term(&paid.term).unwrap().name);
            assert_eq!(
                (&row["cohort"], &row["year"]),
                (&paid.cohort, &paid.year.to_string())
            );
            assert_eq!(pence(&row["paid_gbp"]), paid.pence.get());
        }
        let all: i64 = shown.iter().map(|row| pence(&row["paid_gbp"])).sum();
        assert_eq!(all, payment.total.get());
        let page = seen(&sample().text(&format!("{PAGE}.html")));
        for (payer, sum) in &payment.by_payer {
            assert!(
                page.contains(&format!("{} {sum}", payer.name)),
                "{}",
                payer.name
            );
        }
        let refused = sample().table(&format!("{PAGE}-refused"));
        assert_eq!(refused.len(), payment.refused.len());
        for (row, why) in refused.iter().zip(&payment.refused) {
            assert_eq!(row["why"], why.why.in_words());
            assert_eq!(
                pence(&row["refused_gbp"]).to_string(),
                why.exact.to_decimal(0)
            );
        }
    });
}

/// The first year by hand: 38 × £500 and 18 × £1,100 are £38,800; a sixth of the claims for learning would have
/// come anyway, £3,300; £25,000 are the most of that year, so that £10,500 more are refused.
#[test]
fn the_first_year_is_what_a_hand_works_out() {
    let of_year = |name: &str, column: &str| -> Vec<i64> {
        let rows = sample().table(&format!("{PAGE}-{name}")).into_iter();
        let rows = rows.filter(|row| row["year"] == "2018-19");
        rows.map(|row| pence(&row[column])).collect()
    };
    assert_eq!(of_year("paid", "tariff_gbp").iter().sum::<i64>(), 3_880_000);
    assert_eq!(of_year("paid", "paid_gbp").iter().sum::<i64>(), 2_500_000);
    let rows = sample().table(&format!("{PAGE}-refused"));
    let refused = |why: &str| -> i64 {
        let rows = rows
            .iter()
            .filter(|row| row["year"] == "2018-19" && row["why"] == why);
        rows.map(|row| pence(&row["refused_gbp"])).sum()
    };
    assert_eq!(refused("would have come anyway"), 330_000);
    assert_eq!(refused("above the cap of the year"), 1_050_000);
}

/// 38 people at 40 % are 15.2; two in a hundred fewer than that by 1.9 make it pay from 13 on. 13 are reported:
/// one more, and the term pays nothing.
#[test]
fn one_event_each_side_of_the_cliff_stands_in_picture_and_table() {
    opened(|contracts, contract, _| {
        let reported = contracts.reported(contract);
        let at = reported
            .iter()
            .position(|row| row.term == "reoffends")
            .unwrap();
        let pays = |count: i64| {
            let mut rows = reported.to_vec();
            rows[at].count = Ratio::new(count.into(), 1);
            contract.pay(&rows).unwrap().total.get()
        };
        let name = &contract.term("reoffends").unwrap().name;
        let shown = sample().table(&format!("{PAGE}-cliffs"));
        let shown: Vec<&Row> = shown.iter().filter(|row| row["term"] == *name).collect();
        assert!(shown.len() >= 7, "three on each side");
        for row in &shown {
            assert_eq!(row["baseline"], "15.20");
            assert_eq!(row["pays_from"], "13");
            let count: i64 = row["counted"].parse().unwrap();
            assert_eq!(pence(&row["pays_gbp"]), pays(count), "{count}");
        }
        assert!(
            pays(13) - pays(14) > 600_000,
            "2.2 × £3,000, and more of other pounds"
        );
        let here = shown.iter().find(|row| row["counted"] == "13").unwrap();
        assert_eq!(here["which"], "here, and pays from here");
        let page = sample().text(&format!("{PAGE}.html"));
        assert!(page.contains("id=\"cliff-1\"") && page.contains("class=\"y-cash\""));
        let [fewer, same, more] = [12, 13, 14].map(|count| {
            let sum = wholeplace::money::Pence::new(pays(count));
            format!("{sum} for {count}")
        });
        let words = format!("The whole contract pays {fewer}, {same}, {more}.");
        assert!(seen(&page).contains(&words), "{words}");
    });
}

/// Each day of the register has what the register says of it.
#[test]
fn payments_mature_as_the_register_says() {
    opened(|_, contract, register| {
        let shown = sample().table(&format!("{PAGE}-standing"));
        for row in &shown {
            let on: Date = row["on"].parse().unwrap();
            let standing = register.standing(on, Some(&contract.code)).unwrap();
            for (state, sum) in &standing.by_state {
                let column = format!("{}_gbp", state.to_string().replace('-', "_"));
                assert_eq!(pence(&row[&column]), sum.pence.get(), "{on} {state}");
            }
            assert_eq!(pence(&row["certain_gbp"]), standing.certain.get());
            assert_eq!(pence(&row["likely_gbp"]), standing.likely.get());
            assert_eq!(pence(&row["possible_gbp"]), standing.possible.get());
        }
        let entries = sample().table(&format!("{PAGE}-register"));
        assert_eq!(entries.len(), register.entries().len());
        let all: i64 = entries.iter().map(|row| pence(&row["worth_gbp"])).sum();
        let own: i64 = register
            .entries()
            .iter()
            .map(|entry| entry.pence.get())
            .sum();
        assert_eq!(all, own);
    });
}

/// What the contract pays by chance is drawn as the contract says, and said with how it was drawn.
#[test]
fn chances_are_those_of_the_contract() {
    opened(|_, contract, _| {
        let drawn = contract.simulate(contract.simulation.unwrap()).unwrap();
        let shown = sample().table(&format!("{PAGE}-chances"));
        for (row, spread) in shown.iter().zip([&drawn.with, &drawn.without]) {
            assert_eq!(pence(&row["mean_gbp"]), spread.mean.round() as i64);
            assert_eq!(pence(&row["p90_gbp"]), spread.p90.round() as i64);
        }
        let page = seen(&sample().text(&format!("{PAGE}.html")));
        assert!(page.contains(&drawn.pays_for_nothing.to_string()));
        assert!(page.contains("By 10000 draws from seed 2018, as the contract says"));
    });
    // A contract that does not say how to draw has no chances, and nothing is drawn for it.
    let folder = sample_with(
        "contract-youth-reoffending.toml",
        "draws = 10000\nseed = 2018\n",
        "",
    );
    let site = build(folder.path(), None);
    let page = seen(&site.text(&format!("{PAGE}.html")));
    assert!(!page.contains("When results scatter"));
    let none = format!("data/{PAGE}-chances.csv");
    assert!(site.files.iter().all(|file| file.path != none));
}

/// Terms stand in words, and every page leads to the contract and back.
#[test]
fn terms_are_words_and_pages_lead_there() {
    let site = sample();
    let page = site.text(&format!("{PAGE}.html"));
    for words in [
        "40 %",
        "5 % for each person, then everything",
        "50 % is taken back of what does not last",
        "Tariffs are in 2018-19 and rise with prices",
        "at most £8,200.00 a person, £25,000.00, then £40,000.00 a year, £90,000.00 in all",
    ] {
        assert!(seen(&page).contains(words), "{words}");
    }
    let links = |page: &str, to: &str| site.text(page).contains(&format!("href=\"{to}\""));
    assert!(links("index.html", "contracts.html"));
    assert!(links("contracts.html", &format!("{PAGE}.html")));
    assert!(links("place-ludlow.html", &format!("{PAGE}.html")));
    assert!(links(
        "partner-shropshire-council.html",
        &format!("{PAGE}.html")
    ));
    assert!(links(&format!("{PAGE}.html"), "place-ludlow.html"));
}

/// All formats hold the same pence.
#[test]
fn every_format_of_what_is_paid_holds_the_same() {
    let (site, name) = (sample(), format!("{PAGE}-paid"));
    let of_csv: Vec<i64> = (site.table(&name).iter())
        .map(|row| pence(&row["paid_gbp"]))
        .collect();
    let frame = Cursor::new(site.bytes(&format!("data/{name}.parquet")).to_vec());
    let frame = ParquetReader::new(frame).finish().unwrap();
    let sums = frame.column("paid_pence").unwrap().i64().unwrap().clone();
    let of_parquet: Vec<i64> = sums.iter().map(Option::unwrap_or_default).collect();
    assert_eq!(of_parquet, of_csv);
    let json: serde_json::Value =
        serde_json::from_slice(site.bytes(&format!("data/{name}.json"))).unwrap();
    let of_json: Vec<i64> = (json["rows"].as_array().unwrap().iter())
        .map(|row| pence(row["paid_gbp"].as_str().unwrap()))
        .collect();
    assert_eq!(of_json, of_csv);
    assert!(!site.bytes(&format!("data/{PAGE}.xlsx")).is_empty());
}

/// A pack without contracts has no page of them and no way to one; with the others it is as it was.
#[test]
fn a_pack_without_contracts_says_nothing_of_them() {
    let folder = sample_with("place.toml", "appraisal = \"appraisal.toml\"", "");
    let site = build(folder.path(), None);
    for (path, page) in site.pages() {
        assert!(!path.starts_with("contract"), "{path}");
        assert!(!page.contains("href=\"contract"), "{path}");
    }
}
