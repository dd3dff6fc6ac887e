//! All of it at once: saved, as a frame, merged, by both engines.

use super::*;

/// A book with everything in it.
const ALL: &str = "
    partner | year          | pounds | for   | where  | how                    | what       | kind              | other    | plan
    police  | 2024-25       |   -400 | youth | county | discretionary          | cash       | grant             | ministry |
    police  | 2024-25       |    250 | youth | north  | statutory              | cash       |                   |          |
    police  | 2024-25       |    150 | youth | county | discretionary          | cash       | grant             | council  |
    council | 2024-25       |   -150 | youth | county | not-stated             | cash       | grant             | police   |
    council | 2024-25       |     60 | youth | south  | contracted to Mar 2027 | cash       |                   |          | ageing-well
    council | 2024-25       |  33.33 | ?     | south  | contracted to Mar 2027 | cash       |                   |          |
    council | calendar 2024 |     77 | roads | ?      | contracted to Sep 2025 | cash       |                   |          |
    council | 2024-25       |     90 | youth | county | contracted to Mar 2027 | cash       | contract          | charity  |
    council | 2024-25       |    900 | roads | county | statutory              | cash       | agency            | ministry |
    council | 2024-25       |     20 | youth | county | statutory              | cash       | pool-contribution | pool     |
    council | 2024-25       |      9 | youth | county | statutory              | cash       | grant             | nhs      |
    charity | 2024-25       |     90 | youth | north  | discretionary          | cash       |                   |          |
    charity | 2024-25       |     25 | youth | north  | not-stated             | staff-time |                   |          |
    charity | 2024-25       |     12 | youth | county | not-stated             | premises   |                   |          |
    pool    | 2024-25       |     17 | youth | county | statutory              | cash       |                   |          |
";

fn everything() -> Built {
    place(
        ALL,
        &format!("{GIVEN}{}{}", pool("equally"), opening("pool", "5.00")),
    )
}

/// Questions that show whatever stands beside.
fn questions(cube: &Cube) -> Vec<Question<'_>> {
    let mut all = Vec::new();
    let drills: [&[By]; 6] = [
        &[],
        &[By::Partner, By::Counterparty],
        &[By::Flexibility, By::Locality("area".to_owned())],
        &[By::Funder],
        &[By::Commissioner, By::FinancialYear],
        &[By::Deliverer, By::Activity(Some("theme".to_owned()))],
    ];
    for boundary in ["all-partners", "council,charity", "police"] {
        for drill in drills {
            let question = (cube.ask().phase(Phase::Outturn))
                .period("2024-25".parse::<Period>().unwrap())
                .boundary(boundary.parse().unwrap())
                .by(drill.iter().cloned())
                .with_complement();
            all.push(question.clone().locality("north"));
            all.push(question.clone().resource(Resource::StaffTime));
            all.push(question);
        }
    }
    all
}

#[test]
fn answers_with_what_stands_beside_survive_json() {
    let built = everything();
    let mut seen: BTreeSet<Beside> = BTreeSet::new();
    for question in questions(&built.cube) {
        let answer = question.answer().unwrap();
        let text = serde_json::to_string_pretty(&answer).unwrap();
        let read: Answer = serde_json::from_str(&text).unwrap();
        assert_eq!(read, answer);
        let value = serde_json::to_value(&answer).unwrap();
        let read: Answer = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(read, answer);
        for (what, sum) in &answer.total.beside {
            seen.insert(*what);
            let written =
                &value["total"]["beside"][serde_json::to_value(what).unwrap().as_str().unwrap()];
            assert_eq!(written["amount"], sum.amount.to_plain());
            assert_eq!(written["unshared"], sum.unshared.to_plain());
        }
        if !answer.in_kind.is_empty() {
            assert_eq!(value["in_kind"][0]["unit"], "hours");
        }
    }
    assert_eq!(
        seen.len(),
        Beside::ALL.len(),
        "all of them were written: {seen:?}"
    );
}

#[test]
fn a_frame_has_what_stands_beside_in_pence() {
    let built = everything();
    let answer = (built.ask("council,charity", "2024-25"))
        .by([By::Partner, By::Counterparty])
        .answer()
        .unwrap();
    let frame = answer.to_frame().unwrap();
    let column = |name: &str| -> Vec<i64> {
        let column = frame.column(name).unwrap_or_else(|error| panic!("{error}"));
        column.i64().unwrap().into_no_null_iter().collect()
    };
    let rows = |what| -> Vec<i64> {
        (answer.rows.iter())
            .map(|row| row.figure.beside(what).get())
            .collect()
    };
    for (name, what, sum) in [
        ("eliminated_pence", Beside::Eliminated, 9_000),
        ("agency_pence", Beside::Agency, 90_000),
        ("incoming_pence", Beside::Incoming, 15_000),
        ("in_kind_pence", Beside::InKind, 3_700),
        ("outgoing_pence", Beside::Outgoing, 2_900),
        ("unheld_pence", Beside::Unheld, 0),
    ] {
        assert_eq!(column(name), rows(what), "{name}");
        assert_eq!(column(name).iter().sum::<i64>(), sum, "{name}");
    }
    // The council's grant to the health service, whose ledger is not held.
    let all = built.ask("all-partners", "2024-25").by([By::Partner]);
    let frame = all.answer().unwrap().to_frame().unwrap();
    let unheld: i64 = (frame.column("unheld_pence").unwrap().i64().unwrap())
        .into_no_null_iter()
        .sum();
    assert_eq!(unheld, 900);
}

/// The ledgers of payers and of payees, loaded apart: what is eliminated shows only when both are.
#[test]
fn merged_cubes_consolidate_as_one() {
    let built = everything();
    let place = built.account.place();
    let council = place.axes().partners.find("council").unwrap();
    let cube = |of_council: bool| {
        let lines: CodedLines = (built.account.lines())
            .filter(|(_, _, coding)| (coding.partner.member() == Some(council)) == of_council)
            .map(|(_, line, coding)| (coding, line.pence()))
            .collect();
        Cube::from_lines(place, lines, &Polars).unwrap()
    };
    let (one, other) = (cube(true), cube(false));
    let total = |cube: &Cube| {
        let question = (cube.ask().phase(Phase::Outturn))
            .period("2024-25".parse().unwrap())
            .boundary("council,charity".parse().unwrap());
        words(&question.answer().unwrap())
    };
    let apart = total(&one);
    assert!(apart.contains("of it through unheld 90"), "{apart}");
    for merged in [one.merge(&other).unwrap(), other.merge(&one).unwrap()] {
        assert_eq!(merged.records(), built.cube.records());
        assert_eq!(merged.total(), built.cube.total());
        assert!(merged.reconciliation().holds());
        assert!(total(&merged).contains("eliminated 90"));
        for (ours, theirs) in questions(&merged).iter().zip(questions(&built.cube)) {
            let (ours, theirs) = (ours.answer().unwrap(), theirs.answer().unwrap());
            assert_eq!(ours.rows, theirs.rows);
            assert_eq!(ours.total, theirs.total);
            assert_eq!(ours.complement, theirs.complement);
            assert_eq!(ours.in_kind, theirs.in_kind);
            assert!(ours.reconciliation.holds());
        }
        let pools = |cube: &Cube| cube.pools(Phase::Outturn).unwrap();
        assert_eq!(pools(&merged), pools(&built.cube));
        let boundary = "council,charity".parse().unwrap();
        let uses = |cube: &Cube| {
            let statement = cube.sources_and_uses(&boundary, Phase::Outturn);
            statement.unwrap().to_string()
        };
        assert_eq!(uses(&merged), uses(&built.cube));
    }
}

#[test]
fn both_engines_group_payments_resources_and_flexibility_alike() {
    let built = everything();
    let reference = Cube::build_with(&built.account, &Reference).unwrap();
    let polars = Cube::build_with(&built.account, &Polars).unwrap();
    assert_eq!(reference.records(), polars.records());
    let distinct = |of: &dyn Fn(&wholeplace::crosswalk::Coding) -> String| {
        let all: BTreeSet<String> = (polars.records().iter())
            .map(|record| of(&record.coding))
            .collect();
        all.len()
    };
    assert_eq!(distinct(&|coding| coding.resource.to_string()), 3);
    assert_eq!(distinct(&|coding| coding.flexibility.to_string()), 5);
    assert_eq!(distinct(&|coding| format!("{:?}", coding.flow)), 8);
    // Each record is as its lines were: nothing was lost on the way through integers.
    let lines: BTreeSet<String> = (built.account.lines())
        .map(|(_, _, coding)| format!("{coding:?}"))
        .collect();
    let records: BTreeSet<String> = (polars.records().iter())
        .map(|record| format!("{:?}", record.coding))
        .collect();
    assert_eq!(records, lines);
    for (ours, theirs) in questions(&reference).iter().zip(questions(&polars)) {
        let written = |question: &Question<'_>| serde_json::to_string(&question.answer().unwrap());
        assert_eq!(written(ours).unwrap(), written(&theirs).unwrap());
    }
}
