//! The traps that proposals fall into, each with its input and the sentence that a finance officer reads.
//!
//! [`TRAPS`] is the whole list for proposals, savings, prices and settlements; what is changed in the proposal
//! [`PROPOSAL`] stands beside what is said of it. Each rule has its own folder in `tests/findings/rules` too.

use super::made::{World, unit_values};
use std::sync::LazyLock;
use wholeplace::account::Boundary;
use wholeplace::appraisal::{Appraisal, AppraisalError, Return};
use wholeplace::axis::YearKind;
use wholeplace::finding::Severity;
use wholeplace::money::Ratio;
use wholeplace::price::{PriceBase, PriceError, PriceYear, Prices};

static WORLD: LazyLock<World> = LazyLock::new(|| World::new(1));

/// 20 people have 2 incidents less in the first year, £300.00 each to the police.
const PROPOSAL: &str = r#"
[proposal]
code = "trap"
name = "A trap"
against = "nobody acts"
ages = "all"
locality = "north"
first_year = "2016-17"
years = 2
prices = "2016-17"
deflator = "index"
discount = "rates"
combine = "worst"
baseline = { period = "2016-17", phase = "outturn", activities = ["youth-justice", "care"] }

[[cost]]
partner = "council"
year = "2016-17"
amount = "100"
resource = "cash"
prices = "2016-17"
grade = "good"
source = "made up"

[[effect]]
code = "crime"
people = ["20"]
people_grade = "good"
engaged = "1"
retained = "1"
points = "0.1"
impact_grade = "good"
deadweight = "0"
displacement = "0"
due_to_us = "1"
lag = 0
persist = ["1"]
evidence = "a comparison with the south"
maryland = 3
unit_values = ["crime.police"]

[[cash]]
effect = "crime"
bearer = "police"
model = "share"
share = "1"
reason = "overtime"

[settlement]
rule = "by-turns"
"#;

/// A second effect: `E` are its unit values, and `C` who saves by it and how.
const SECOND: &str = r#"
[[effect]]
code = "second"
people = ["20"]
people_grade = "good"
engaged = "1"
retained = "1"
points = "0.1"
impact_grade = "good"
deadweight = "0"
displacement = "0"
due_to_us = "1"
lag = 0
persist = ["1"]
evidence = "a comparison with the south"
maryland = 3
"#;

/// What is said.
enum Gets {
    /// It is not opened: the rule, and what is found.
    Refused(&'static str, &'static str),
    /// It is not a proposal that can be read: a part of what is said.
    Unreadable(&'static str),
    /// It is opened, with a notice: the rule, what is found, and the pounds at stake.
    Noticed(&'static str, &'static str, Option<&'static str>),
    /// It is appraised, with this among its cautions.
    Cautioned(&'static str),
    /// It is appraised, with this in the sentence that answers it.
    Answered(&'static str),
    /// It is appraised, and nobody settles.
    NotSettled(&'static str),
}
use Gets::{Answered, Cautioned, NotSettled, Noticed, Refused, Unreadable};

struct Trap {
    /// The trap, in the words of who falls into it.
    of: &'static str,
    /// What stands in the proposal, and what stands there instead.
    change: &'static [(&'static str, &'static str)],
    /// More rows of unit values.
    values: &'static str,
    /// More of what all proposals share.
    shared: &'static str,
    gets: Gets,
}

const fn trap(
    of: &'static str,
    change: &'static [(&'static str, &'static str)],
    gets: Gets,
) -> Trap {
    Trap {
        of,
        change,
        values: "",
        shared: "",
        gets,
    }
}

const fn valued(
    of: &'static str,
    values: &'static str,
    change: &'static [(&'static str, &'static str)],
    gets: Gets,
) -> Trap {
    Trap {
        of,
        change,
        values,
        shared: "",
        gets,
    }
}

const CASH_OF_DWP: &str = r#"
unit_values = ["neet.dwp", "neet.hmrc"]

[[cash]]
effect = "second"
bearer = "dwp"
model = "share"
share = "1"
reason = "benefits are paid by the week"

[[cash]]
effect = "second"
bearer = "hmrc"
model = "none"
reason = "nobody knows"

[settlement]"#;

const TRAPS: &[Trap] = &[
    // What is left out.
    trap(
        "no counterfactual",
        &[("against = \"nobody acts\"\n", "")],
        Unreadable("missing field `against`"),
    ),
    trap(
        "a counterfactual that says nothing",
        &[("\"nobody acts\"", "\"\"")],
        Refused("words-missing", "`against` is empty"),
    ),
    trap(
        "no payer",
        &[("partner = \"council\"\n", "")],
        Unreadable("missing field `partner`"),
    ),
    trap(
        "a payer who is nobody here",
        &[("partner = \"council\"", "partner = \"county\"")],
        Refused(
            "unknown-code",
            "`county` is not a partner of this place; did you mean `council`?",
        ),
    ),
    trap(
        "no price year",
        &[("prices = \"2016-17\"\ngrade", "grade")],
        Unreadable("missing field `prices`"),
    ),
    trap(
        "no grade of a cost",
        &[("grade = \"good\"\nsource", "source")],
        Refused(
            "correction-unclear",
            "nothing says how good the figure of this cost is",
        ),
    ),
    trap(
        "no grade of an effect",
        &[("impact_grade = \"good\"\n", "")],
        Unreadable("missing field `impact_grade`"),
    ),
    trap(
        "no deadweight",
        &[("deadweight = \"0\"\n", "")],
        Unreadable("missing field `deadweight`"),
    ),
    trap(
        "nothing says what is cash",
        &[("bearer = \"police\"", "bearer = \"council\"")],
        Refused(
            "cash-not-written-down",
            "nothing says how much of what `crime` saves `police` becomes cash",
        ),
    ),
    // Prices.
    trap(
        "financial year, calendar series",
        &[("deflator = \"index\"", "deflator = \"years\"")],
        Refused(
            "prices-not-there",
            "2016-17 is a financial year, and the deflator Index of calendar years, first has calendar years; take the series of the other years",
        ),
    ),
    valued(
        "calendar unit value, financial series",
        "crime.van,,event,police,5,fiscal,marginal,no,2016,calendar,\n",
        &[("[\"crime.police\"]", "[\"crime.van\"]")],
        Refused(
            "prices-not-convertible",
            "crime.van: calendar 2016 is a calendar year, and the deflator Price index, first has financial years; take the series of the other years",
        ),
    ),
    valued(
        "year outside the deflator",
        "crime.van,,event,police,5,fiscal,marginal,no,1990-91,financial,\n",
        &[("[\"crime.police\"]", "[\"crime.van\"]")],
        Refused(
            "prices-not-convertible",
            "crime.van: the deflator Price index, first has no index of 1990-91; it has 2015-16 to 2020-21",
        ),
    ),
    trap(
        "forecast year",
        &[
            ("years = 2", "years = 3"),
            ("\nyear = \"2016-17\"", "\nyear = \"2018-19\""),
            ("prices = \"2016-17\"\ngrade", "prices = \"cash\"\ngrade"),
        ],
        Cautioned("Forecast prices of 2018-19 (Price index, first): a later edition changes them."),
    ),
    trap(
        "two editions",
        &[("deflator = \"index\"", "deflator = \"twice\"")],
        Refused(
            "prices-not-there",
            "there are several editions of `twice`; write `twice@first` or `twice@second`",
        ),
    ),
    trap(
        "prices that are neither cash nor of a year",
        &[("prices = \"2016-17\"\ngrade", "prices = \"nominal\"\ngrade")],
        Unreadable("`nominal`"),
    ),
    trap(
        "health rate on money",
        &[("discount = \"rates\"", "discount = \"life\"")],
        Refused(
            "prices-not-there",
            "the discount schedule life, first is for effects on health, counted in years of life; money is discounted by another",
        ),
    ),
    trap(
        "more years than rates",
        &[("years = 2", "years = 40")],
        Refused(
            "prices-not-there",
            "the discount schedule rates, first ends with year 30; it has no rate for year 31",
        ),
    ),
    trap(
        "uplift for the kind of project and grade on one line",
        &[(
            "grade = \"good\"\nsource",
            "grade = \"good\"\nuplift = \"0.24\"\nsource",
        )],
        Refused(
            "correction-unclear",
            "the cost is corrected twice: by its grade, and by an uplift for its kind of project",
        ),
    ),
    trap(
        "a cost outside the years",
        &[("\nyear = \"2016-17\"", "\nyear = \"2019-20\"")],
        Refused(
            "outside-the-years",
            "a cost of 2019-20 lies outside the 2 years that are counted",
        ),
    ),
    // Unit values.
    valued(
        "parent and child",
        "crime.van,,event,police,5,fiscal,marginal,no,2016-17,financial,crime.police\n",
        &[("[\"crime.police\"]", "[\"crime.police\", \"crime.van\"]")],
        Refused(
            "unit-value-with-its-part",
            "`crime.police` holds `crime.van`, and both are of one effect: its money would count twice",
        ),
    ),
    valued(
        "a part of a part",
        "crime.van,,event,police,5,fiscal,marginal,no,2016-17,financial,crime.police\ncrime.fuel,,event,police,1,fiscal,marginal,no,2016-17,financial,crime.van\n",
        &[("[\"crime.police\"]", "[\"crime.police\", \"crime.fuel\"]")],
        Refused(
            "unit-value-with-its-part",
            "`crime.police` holds `crime.fuel`, and both are of one effect: its money would count twice",
        ),
    ),
    valued(
        "a bearer that is several",
        "crime.all,,event,Multiple,900,fiscal,marginal,no,2016-17,financial,\n",
        &[("[\"crime.police\"]", "[\"crime.all\"]")],
        Refused(
            "bearer-not-mapped",
            "`crime.all` is borne by `Multiple`, and no `[[bearer]]` says who that is",
        ),
    ),
    Trap {
        of: "a bearer that is several, mapped",
        change: &[],
        values: "",
        shared: "\n[[bearer]]\ncode = \"Multiple\"\noutside = \"Several bodies\"\n",
        gets: Refused(
            "bearer-of-several",
            "bearer `Multiple` is several bodies at once, and nobody can say whose its money is",
        ),
    },
    trap(
        "social value as cash",
        &[
            ("[\"crime.police\"]", "[\"crime.police\", \"crime.fear\"]"),
            (
                "[settlement]",
                "[[cash]]\neffect = \"crime\"\nbearer = \"people\"\nmodel = \"none\"\nreason = \"none\"\n[settlement]",
            ),
        ],
        Refused(
            "value-is-no-money",
            "what effect `crime` is worth to `people` is economic or social value, and leaves no budget",
        ),
    ),
    trap(
        "average cost as cash",
        &[
            ("[\"crime.police\"]", "[\"crime.hospital\"]"),
            ("bearer = \"police\"", "bearer = \"hospital\""),
        ],
        Noticed(
            "average-taken-for-cash",
            "`crime.hospital` is an average cost, and a share of it is taken for cash of `hospital`",
            None,
        ),
    ),
    // Shares.
    trap(
        "share of cash above the whole",
        &[("share = \"1\"", "share = \"1.5\"")],
        Refused("share-out-of-range", "`share` is `1.5`, which is no share"),
    ),
    trap(
        "deadweight above the whole",
        &[("deadweight = \"0\"", "deadweight = \"110%\"")],
        Refused(
            "share-out-of-range",
            "`deadweight` is `110%`, which is no share",
        ),
    ),
    trap(
        "deadweight below nothing",
        &[("deadweight = \"0\"", "deadweight = \"-0.1\"")],
        Refused("not-a-number", "`-0.1` is no number from 0 up"),
    ),
    trap(
        "persistence rises",
        &[("persist = [\"1\"]", "persist = [\"0.5\", \"0.75\"]")],
        Refused(
            "persistence-unclear",
            "effect `crime` rises after it began, or is more than whole",
        ),
    ),
    trap(
        "attribution without side",
        &[("due_to_us = \"1\"\n", "")],
        Refused(
            "attribution-unclear",
            "effect `crime` has not exactly one of `due_to_us` and `due_to_others`",
        ),
    ),
    trap(
        "attribution with both sides",
        &[(
            "due_to_us = \"1\"",
            "due_to_us = \"1\"\ndue_to_others = \"0\"",
        )],
        Refused(
            "attribution-unclear",
            "effect `crime` has not exactly one of `due_to_us` and `due_to_others`",
        ),
    ),
    trap(
        "attribution by its ambiguous name",
        &[("due_to_us = \"1\"", "attribution = \"1\"")],
        Unreadable("unknown field `attribution`"),
    ),
    trap(
        "a block of nothing",
        &[(
            "model = \"share\"\nshare = \"1\"",
            "model = \"blocks\"\nblock = \"0\"\nblock_pounds = \"1\"\nnotice_years = 0",
        )],
        Refused(
            "cash-model-unclear",
            "the blocks of `crime` for `police` are of no events",
        ),
    ),
    // Effects.
    trap(
        "an outcome and what follows from it",
        &[(
            "[settlement]",
            "SECONDunit_values = [\"neet.council\"]\n[[cash]]\neffect = \"second\"\nbearer = \"council\"\nmodel = \"none\"\nreason = \"small\"\n[settlement]",
        )],
        Noticed(
            "effects-without-overlap",
            "several effects save money, and nothing says how `crime` and `second` count with the others: if one is what follows from another, its money counts twice",
            Some("£260.00"),
        ),
    ),
    trap(
        "the same, beside its answer",
        &[(
            "[settlement]",
            "SECONDunit_values = [\"neet.council\"]\n[[cash]]\neffect = \"second\"\nbearer = \"council\"\nmodel = \"none\"\nreason = \"small\"\n[settlement]",
        )],
        Cautioned(
            "Nothing says whether one effect follows from another. If they are one and the same, £260.00 less is saved.",
        ),
    ),
    trap(
        "nobody knows whether effects overlap",
        &[
            ("maryland = 3\n", "maryland = 3\noverlap = \"one\"\n"),
            (
                "[settlement]",
                "SECONDoverlap = \"one\"\nunit_values = [\"neet.council\"]\n[[cash]]\neffect = \"second\"\nbearer = \"council\"\nmodel = \"none\"\nreason = \"small\"\n[[overlap]]\ngroup = \"one\"\nrule = \"unknown\"\nreason = \"nobody looked\"\n[settlement]",
            ),
        ],
        Cautioned(
            "Effects may overlap; only the largest counts. If none overlaps, £260.00 more is saved.",
        ),
    ),
    trap(
        "an overlap without a rule",
        &[("maryland = 3\n", "maryland = 3\noverlap = \"one\"\n")],
        Refused(
            "overlap-without-rule",
            "nothing says how the effects of group `one` count together",
        ),
    ),
    trap(
        "effect beyond the last year",
        &[("persist = [\"1\"]", "persist = [\"1\", \"1\", \"0.5\"]")],
        Cautioned("£300.00 is saved after the last year that is counted, and is in no figure."),
    ),
    trap(
        "lag beyond the last year",
        &[("lag = 0", "lag = 7")],
        Cautioned("£600.00 is saved after the last year that is counted, and is in no figure."),
    ),
    trap(
        "no comparison says that it is the cause",
        &[("maryland = 3\n", "")],
        Cautioned("Assumed, and a judgement: no comparison says that the proposal causes crime."),
    ),
    trap(
        "a comparison that is too weak",
        &[("maryland = 3\n", "maryland = 2\n")],
        Cautioned("Assumed, and a judgement: no comparison says that the proposal causes crime."),
    ),
    trap(
        "a cohort of few",
        &[("people = [\"20\"]", "people = [\"7\"]")],
        Noticed(
            "few-people",
            "effect `crime` is of 7 people in a year, fewer than 10: a saving divided by its unit value tells how many events they had",
            None,
        ),
    ),
    // The account.
    trap(
        "a saving above what is spent",
        &[("points = \"0.1\"", "points = \"1.5\"")],
        Answered("Savings of £2,000.00 are refused: they are more than is spent."),
    ),
    trap(
        "several effects on one budget",
        &[
            ("points = \"0.1\"", "points = \"1\""),
            (
                "[settlement]",
                "SECONDunit_values = [\"crime.police\"]\n[[cash]]\neffect = \"second\"\nbearer = \"police\"\nmodel = \"none\"\nreason = \"more\"\n[settlement]",
            ),
            ("points = \"0.1\"", "points = \"0.5\""),
        ],
        Answered("Savings of £2,000.00 are refused: they are more than is spent."),
    ),
    trap(
        "a saving of which no ledger is here",
        &[
            ("[\"crime.police\"]", "[\"crime.courts\"]"),
            ("bearer = \"police\"", "bearer = \"courts\""),
        ],
        Cautioned(
            "£475.00 of the savings are held against nothing: no ledger here says what these bodies spend.",
        ),
    ),
    trap(
        "a baseline of everything",
        &[(
            "activities = [\"youth-justice\", \"care\"]",
            "activities = []",
        )],
        Refused(
            "baseline-without-activities",
            "the baseline names no activity, so that savings would be held against all that is spent",
        ),
    ),
    // Purses.
    trap(
        "what the DWP saves, in a local purse",
        &[("[settlement]", "SECOND{DWP}")],
        Cautioned(
            "Saved by others, and not counted for Council, police and hospital: DWP £9,000.00, HMRC £2,200.00. Nobody in that purse can be assumed to keep it.",
        ),
    ),
    trap(
        "a body that nobody binds pays",
        &[
            ("[\"crime.police\"]", "[\"crime.courts\"]"),
            ("bearer = \"police\"", "bearer = \"courts\""),
        ],
        Cautioned(
            "£100.00 of the settlement is to be paid by a body outside the pack, whom no agreement among the partners binds.",
        ),
    ),
    trap(
        "cheaper anyway",
        &[("amount = \"100\"", "amount = \"-100\"")],
        Answered(
            "It is cheaper anyway: it costs the public purse £100.00 less than what it replaces, and saves £600.00 over 2 years, £600.00 of it in cash.",
        ),
    ),
    // Settlements.
    trap(
        "nothing to divide",
        &[("amount = \"100\"", "amount = \"700\"")],
        NotSettled(
            "the programme costs £100.00 more than all partners save; no settlement leaves everybody whole: lower the cost, or say who bears the difference",
        ),
    ),
    trap(
        "who must act gains nothing",
        &[],
        Cautioned(
            "Council pays for it and gains nothing by the settlement: it has no reason to act. Name it `essential`, or agree what it gains.",
        ),
    ),
];

fn written(trap: &Trap) -> String {
    let mut text = PROPOSAL.to_owned();
    for (old, new) in trap.change {
        assert!(text.contains(old), "{}: {old}", trap.of);
        let new = new.replace("SECOND", SECOND).replace("{DWP}", CASH_OF_DWP);
        text = text.replacen(
            old,
            &new.replace("[settlement][settlement]", "[settlement]"),
            1,
        );
    }
    text
}

/// What a trap got instead of what it should get.
fn wrong(trap: &Trap) -> Option<String> {
    let values = unit_values(1, trap.values);
    let opened = WORLD.told(&written(trap), &values, trap.shared);
    let faults = |error: &AppraisalError| match error {
        AppraisalError::Faults(faults) => faults.clone(),
        other => panic!("{}: {other}", trap.of),
    };
    let got = match (&trap.gets, opened) {
        (Refused(rule, found), Err(error)) => {
            let faults = faults(&error);
            let is = |fault: &&wholeplace::finding::Finding| {
                fault.rule == *rule && fault.found == *found
            };
            if faults.faults().any(|fault| is(&fault)) {
                return None;
            }
            error.to_string()
        }
        (Unreadable(part), Err(error)) => {
            let faults = faults(&error);
            let is = |found: &str| found.contains(part);
            if faults
                .faults()
                .any(|fault| fault.rule == "proposal-unreadable" && is(&fault.found))
            {
                return None;
            }
            error.to_string()
        }
        (_, Err(error)) => error.to_string(),
        (Refused(..) | Unreadable(_), Ok(_)) => "it was opened".to_owned(),
        (Noticed(rule, found, pounds), Ok(proposals)) => {
            let said = (proposals.findings().iter())
                .filter(|one| one.severity == Severity::Notice && one.rule == *rule)
                .find(|one| one.found == *found);
            let at_stake = said
                .and_then(|one| one.at_stake)
                .map(|pence| pence.to_string());
            if said.is_some() && at_stake.as_deref() == *pounds {
                return None;
            }
            (proposals.findings().iter())
                .map(|one| format!("{one}\n"))
                .collect()
        }
        (Cautioned(caution), Ok(proposals)) => {
            let appraisal = proposals
                .find("trap")
                .unwrap()
                .appraise(WORLD.cube())
                .unwrap();
            let cautions = appraisal.cautions();
            if cautions.iter().any(|said| said == caution) {
                assert!(
                    appraisal.to_string().contains(caution),
                    "{}: on its page",
                    trap.of
                );
                return None;
            }
            cautions.join("\n")
        }
        (Answered(words), Ok(proposals)) => {
            let appraisal = proposals
                .find("trap")
                .unwrap()
                .appraise(WORLD.cube())
                .unwrap();
            let said = appraisal.in_words().unwrap();
            if said.contains(words) {
                return None;
            }
            said
        }
        (NotSettled(why), Ok(proposals)) => {
            let appraisal = proposals
                .find("trap")
                .unwrap()
                .appraise(WORLD.cube())
                .unwrap();
            match appraisal.settle() {
                Err(error) if error.to_string() == *why => return None,
                other => format!("{other:?}"),
            }
        }
    };
    Some(format!("{}\n{got}\n", trap.of))
}

#[test]
fn every_trap_is_told_in_its_words() {
    let wrong: Vec<String> = TRAPS.iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The proposal without a trap: opened without a word, with the caution that its payer gains nothing.
#[test]
fn the_proposal_itself_is_no_trap() {
    appraised(&[], |appraisal| {
        let cautions = appraisal.cautions();
        assert_eq!(cautions.len(), 1, "{cautions:#?}");
        assert_eq!(
            appraisal.in_words().unwrap(),
            "Every pound spent saves the public purse £6.00 over 2 years, £6.00 of it in cash. Before anything is \
             settled Council ends £100.00 worse off in cash."
        );
    });
    let opened = WORLD.told(PROPOSAL, &unit_values(1, ""), "").unwrap();
    assert_eq!(opened.findings().len(), 0);
}

fn appraised(change: &[(&str, &str)], look: impl Fn(&Appraisal)) {
    let text = change.iter().fold(PROPOSAL.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    });
    WORLD.appraised(&text, look);
}

/// A reason lets persistence rise: 20 × 0.1 × 0.5, then 0.75 of it.
#[test]
fn persistence_rises_with_a_reason() {
    let change = "persist = [\"0.5\", \"0.75\"]\npersist_reason = \"training takes a year\"";
    appraised(&[("persist = [\"1\"]", change)], |appraisal| {
        let events: Vec<String> = (appraisal.savings[0].events.iter())
            .map(|events| events.to_decimal(2))
            .collect();
        assert_eq!(events, ["1.00", "1.50"]);
    });
}

/// A cost of £104.00 in the cash of 2017-18 is £100.00 in prices of 2016-17: 104 to 100.
#[test]
fn cash_becomes_prices_of_the_proposal() {
    let change = [
        ("\nyear = \"2016-17\"", "\nyear = \"2017-18\""),
        ("amount = \"100\"", "amount = \"104\""),
        ("prices = \"2016-17\"\ngrade", "prices = \"cash\"\ngrade"),
    ];
    appraised(&change, |appraisal| {
        let council = appraisal
            .positions
            .iter()
            .find(|one| one.payer.code == "council");
        assert_eq!(
            council.unwrap().cost,
            [Ratio::zero(), Ratio::new(10_000, 1)]
        );
    });
}

/// An uplift of 24 per cent in place of a grade.
#[test]
fn an_uplift_takes_the_place_of_a_grade() {
    let change = [("grade = \"good\"\nsource", "uplift = \"24%\"\nsource")];
    appraised(&change, |appraisal| {
        let council = appraisal
            .positions
            .iter()
            .find(|one| one.payer.code == "council");
        assert_eq!(council.unwrap().cost[0], Ratio::new(12_400, 1));
    });
}

/// Social value and earnings are in no purse's return, and a transfer in no public value.
#[test]
fn values_are_counted_where_they_belong() {
    let with_fear = [("[\"crime.police\"]", "[\"crime.police\", \"crime.fear\"]")];
    appraised(&with_fear, |appraisal| {
        let whole = appraisal.verdict(&Boundary::AllPartners).unwrap();
        assert_eq!(whole.saving, Ratio::new(60_000, 1));
        assert_eq!(whole.fiscal_return, Return::Of(Ratio::new(6, 1)));
        // £300.00 and £700.00 for each of two.
        assert_eq!(appraisal.public_value, Ratio::new(200_000, 1));
    });
    let transfer = [
        ("[\"crime.police\"]", "[\"neet.dwp\", \"neet.earnings\"]"),
        ("bearer = \"police\"", "bearer = \"dwp\""),
    ];
    appraised(&transfer, |appraisal| {
        let whole = appraisal.verdict(&Boundary::AllPartners).unwrap();
        assert_eq!(whole.saving, Ratio::new(900_000, 1));
        // £4,500.00 of benefits only move money; £9,000.00 of earnings for each of two are new.
        assert_eq!(appraisal.public_value, Ratio::new(1_800_000, 1));
    });
}

/// Prices of one proposal are of one edition, also for who builds them without a file.
#[test]
fn two_editions_never_meet() {
    let book = WORLD.place().prices();
    let (first, second) = (
        book.deflator("twice@first").unwrap(),
        book.deflator("twice@second").unwrap(),
    );
    let year = PriceYear::parse("2016-17", YearKind::Financial).unwrap();
    let refused = Prices::new(PriceBase::Real(year), first, &[first, second]).unwrap_err();
    assert!(matches!(refused, PriceError::TwoEditions { .. }));
    assert_eq!(
        refused.to_string(),
        "prices of two editions in one proposal: Revised index, first and Revised index, second; editions differ, \
         so name one of them"
    );
}
