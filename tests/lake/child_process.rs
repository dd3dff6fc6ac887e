//! An engine behind a program: what it says is taken as it is meant, and no program is waited for past
//! its deadline.
#![cfg(unix)]

use super::packs::Pack;
use std::process::Command;
use std::time::{Duration, Instant};
use wholeplace::lake::{
    Amount, ChildProcess, Deadline, Engine, EngineError, Holds, Key, Query, Rows, Value,
};

fn program(script: &str) -> ChildProcess {
    let mut command = Command::new("sh");
    ChildProcess::start("script", command.args(["-c", script])).unwrap()
}

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(20))
}

fn query() -> Query {
    Query {
        table: "t".to_owned(),
        rows: Rows::All,
        between: None,
        keys: vec![Key::Text(vec![3])],
        amount: Amount::None,
        first_row: false,
    }
}

#[test]
fn columns_and_values_arrive_as_they_are_meant() {
    let mut engine = program(
        r#"read a; printf 'column\ttexts\tPaid\\tto\ncolumn\tpounds\tNet\ncolumn\tdouble\tX\ndone\n'
           read b; printf 'row\tt£ \\\\ \\n\ti-170000000000000000000000000000000000000\tn\ndone\n'
           read c"#,
    );
    let columns = engine.open("a.parquet", "t", soon()).unwrap();
    assert_eq!(columns[0].heading, "Paid\tto");
    assert_eq!(columns[1].holds, Holds::Pounds);
    assert!(matches!(columns[2].holds, Holds::Other(_)));
    let rows = engine.run(&query(), soon()).unwrap();
    let large = -170_000_000_000_000_000_000_000_000_000_000_000_000;
    let wanted = [
        Value::Text("£ \\ \n".to_owned()),
        Value::Integer(large),
        Value::Nothing,
    ];
    assert_eq!(rows, [wanted]);
}

#[test]
fn errors_are_told_apart() {
    let told = |kind: &str| {
        let mut engine = program(&format!(
            "read a; printf 'error\\t{kind}\\tno such\\n'; read b"
        ));
        engine.run(&query(), soon()).unwrap_err()
    };
    let words = || "no such".to_owned();
    assert_eq!(told("unreachable"), EngineError::Unreachable(words()));
    assert_eq!(told("worker-lost"), EngineError::WorkerLost(words()));
    assert_eq!(told("refused"), EngineError::Refused(words()));
    let nowhere = ChildProcess::start("no", &mut Command::new("/no/such/program"));
    assert!(matches!(nowhere, Err(EngineError::Unreachable(_))));
}

#[test]
fn a_program_that_says_nothing_is_ended_at_its_deadline() {
    let mut engine = program("read a; exec sleep 600");
    let began = Instant::now();
    let short = Deadline::after(Duration::from_millis(300));
    assert_eq!(
        engine.run(&query(), short),
        Err(EngineError::DeadlinePassed)
    );
    assert!(began.elapsed() < Duration::from_secs(60));
    // It does not come back.
    assert_eq!(
        engine.run(&query(), soon()),
        Err(EngineError::DeadlinePassed)
    );
}

#[test]
fn a_program_that_ends_is_a_lost_worker() {
    let mut engine = program("read a; exit 0");
    let lost = engine.run(&query(), soon()).unwrap_err();
    assert!(matches!(lost, EngineError::WorkerLost(_)), "{lost}");
}

#[test]
fn an_answer_in_another_shape_is_no_answer() {
    let pack = Pack::of_rows(
        "amount = [\"Net\"]\ndate = [\"Paid\"]\ncodes.activity = [\"Service\"]",
        &["Service", "Paid", "Net", "Ref"],
        &[&["roads", "2024-04-01", "12.50", "1"]],
    );
    let headings =
        "for h in Service Paid Net Ref; do printf 'column\\ttexts\\t%s\\n' $h; done; echo done";
    let script = format!("read a; {headings}; read b; printf 'row\\tx\\ndone\\n'; read c");
    let told = pack.by(&mut program(&script)).unwrap_err().to_string();
    assert!(told.contains("neither number nor text"), "{told}");
    let script = format!("read a; {headings}; read b; printf 'row\\ti1\\ndone\\n'; read c");
    let told = pack.by(&mut program(&script)).unwrap_err().to_string();
    assert!(told.contains("more or fewer columns"), "{told}");
}

/// What anybody typed stays out of queries: names and numbers only.
#[test]
fn a_query_as_sql() {
    let query = Query {
        table: "wholeplace_0".to_owned(),
        rows: Rows::All,
        between: None,
        first_row: true,
        keys: vec![
            Key::Number {
                columns: vec![1],
                dimension: "wholeplace_0_c1".to_owned(),
            },
            Key::Filled {
                columns: vec![0, 2],
                most: 3,
            },
        ],
        amount: Amount::Pounds {
            column: 4,
            negated: true,
        },
    };
    let pence = "COALESCE(CAST(CAST(l.c4 AS DECIMAL(24,2)) * CAST(-100 AS DECIMAL(4,0)) AS \
                 DECIMAL(28,0)), CAST(0 AS DECIMAL(28,0)))";
    let filled = "LEAST(3, CASE WHEN TRIM(COALESCE(CAST(l.c0 AS STRING), '')) = '' THEN 0 ELSE 1 END + \
                  CASE WHEN TRIM(COALESCE(CAST(l.c2 AS STRING), '')) = '' THEN 0 ELSE 1 END)";
    assert_eq!(
        query.sql(),
        format!(
            "SELECT d0.id AS k0, {filled} AS k1, COUNT(*) AS n, \
             CAST(SUM({pence}) AS DECIMAL(38,0)) AS pence, \
             SUM(CASE WHEN {pence} < 0 THEN 1 ELSE 0 END) AS credits, \
             MAX(ABS({pence})) AS largest, MIN(l.at_row) AS first FROM wholeplace_0 l \
             JOIN wholeplace_0_c1 d0 ON d0.text = COALESCE(CAST(l.c1 AS STRING), '') \
             GROUP BY d0.id, {filled}"
        )
    );
}

/// Units and signs stand beside amounts: several columns are one text.
#[test]
fn a_query_of_several_columns_and_of_rows_that_repeat() {
    let query = Query {
        table: "t".to_owned(),
        rows: Rows::Repeating,
        between: None,
        first_row: false,
        keys: vec![Key::Text(vec![0]), Key::Text(vec![1])],
        amount: Amount::Known {
            columns: vec![1, 0],
            dimension: "t_amounts".to_owned(),
        },
    };
    let (c0, c1) = (
        "COALESCE(CAST(l.c0 AS STRING), '')",
        "COALESCE(CAST(l.c1 AS STRING), '')",
    );
    assert_eq!(
        query.sql(),
        format!(
            "SELECT COALESCE(SUM(r.n - 1), 0) AS n, \
             CAST(SUM(r.pence * CAST(r.n - 1 AS DECIMAL(10,0))) AS DECIMAL(38,0)) AS pence, \
             COALESCE(SUM(CASE WHEN r.pence < 0 THEN r.n - 1 ELSE 0 END), 0) AS credits, \
             MAX(ABS(r.pence)) AS largest FROM (SELECT COUNT(*) AS n, \
             MIN(CAST(d0.value AS DECIMAL(28,0))) AS pence FROM t l \
             JOIN t_amounts d0 ON d0.text = CONCAT({c1}, CHR(31), {c0}) \
             GROUP BY {c0}, {c1} HAVING COUNT(*) > 1) r"
        )
    );
}

#[test]
fn a_query_of_rows_between_others_with_few_cells() {
    let query = Query {
        table: "t".to_owned(),
        rows: Rows::Few {
            columns: vec![0],
            below: 3,
        },
        between: Some((5, 900)),
        first_row: false,
        keys: vec![Key::Row, Key::Segment(vec![7, 8])],
        amount: Amount::None,
    };
    let segment = "CASE WHEN l.at_row < 7 THEN 0 WHEN l.at_row < 8 THEN 1 ELSE 2 END";
    let zero = "CAST(0 AS DECIMAL(28,0))";
    assert_eq!(
        query.sql(),
        format!(
            "SELECT l.at_row AS k0, {segment} AS k1, COUNT(*) AS n, \
             CAST(SUM({zero}) AS DECIMAL(38,0)) AS pence, \
             SUM(CASE WHEN {zero} < 0 THEN 1 ELSE 0 END) AS credits, \
             MAX(ABS({zero})) AS largest FROM t l WHERE l.at_row >= 5 AND l.at_row < 900 AND \
             CASE WHEN TRIM(COALESCE(CAST(l.c0 AS STRING), '')) = '' THEN 0 ELSE 1 END < 3 \
             GROUP BY l.at_row, {segment}"
        )
    );
}

/// A program may number rows, and says so of each table.
#[test]
fn a_program_that_numbers_rows_says_so() {
    let mut engine = program(
        "read a; printf 'column\\tfloats\\tNet\\nrows\\ndone\\n'; read b; \
         printf 'column\\ttexts\\tNet\\ndone\\n'; read c",
    );
    let columns = engine.open("a.parquet", "t", soon()).unwrap();
    assert_eq!((columns.len(), &columns[0].holds), (1, &Holds::Floats));
    assert!(engine.numbers_rows("t") && !engine.numbers_rows("u"));
    engine.open("b.parquet", "t", soon()).unwrap();
    assert!(!engine.numbers_rows("t"));
}
