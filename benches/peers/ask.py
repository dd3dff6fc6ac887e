"""The wheels of polars, DuckDB and pandas (with pyarrow), asked what the benches ask, on the same files.

    python -m venv peers && peers/bin/pip install polars duckdb pandas pyarrow
    peers/bin/python benches/peers/ask.py --lines 1000000 --rounds 5 --write README.md

Each round runs the benches, which leave their answers in the folder of `--keep`, and then each wheel: rounds alternate,
so that a busy minute falls on everybody. What is shown is the median of the rounds, with the least and the most. The
benches leave there: the payments as CSV and as Parquet, what each word in them means and the parts and shares that
questions need (`frames`), their own answers (`frames` again) and sums and timings (`figures`). Every answer is held
against theirs before a ratio is shown: records to the penny, shared sums, which both sides of this script add up as
floats, within a hundredth of a penny. A wheel that is not there is said to be missing, and the others go on.
`--write` puts the table between the two marks in that file.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

# As the axes of the report: each bit of a level is one of them.
AXES = ["year", "place", "band", "theme", "partner"]
KEYS = ["partner", "mix", "ages", "group", "locality", "flow", "month"]
# What is not known, or is not there.
NONE = 0xFFFF
# Column of the files, and the frame that says what its words mean.
WORDS = [
    ("Body", "partner"),
    ("Service Code", "mix"),
    ("Ages", "ages"),
    ("Client Group", "group"),
    ("Area", "locality"),
    ("Supplier", "flow"),
]
FIRST_YEAR = 2013
# Pounds: a hundredth of a penny and what adding floats may lose.
TOLERANCE = 1.1e-4
# The same question several times; the quickest counts, as any disturbance only adds.
TIMES = 3


class Kept:
    """What the benches left."""

    def __init__(self, folder):
        self.folder = folder
        self.figures = {
            path.stem: json.loads(path.read_text()) for path in (folder / "figures").glob("*.json")
        }
        self.otherwise = json.loads((folder / "frames" / "otherwise.json").read_text())

    def payments(self, ending):
        return sorted(str(path) for path in (self.folder / ending).glob(f"payments-*.{ending}"))

    def frame(self, name):
        return str(self.folder / "frames" / f"{name}.csv")


class Polars:
    """polars, in whichever of its engines is quicker."""

    def __init__(self, kept):
        import polars

        self.pl, self.kept = polars, kept
        self.name = f"polars {polars.__version__}"
        self.parts = self.ready("parts")
        self.shares = self.ready("shares")
        self.words = [(column, code, polars.read_csv(kept.frame(code))) for column, code in WORDS]
        self.words = [
            (column, code, frame.with_columns(polars.col(code).cast(polars.UInt16)))
            for column, code, frame in self.words
        ]

    def ready(self, name):
        frame = self.pl.read_csv(self.kept.frame(name))
        return frame.cast({self.pl.Int64: self.pl.UInt16})

    def records(self, ending):
        pl = self.pl
        files = self.kept.payments(ending)
        if ending == "csv":
            money, dated = pl.Decimal(18, 2), {"Payment Date": pl.Date}
            texts = {column: pl.String for column, _ in WORDS} | {"Reference": pl.String}
            lines = pl.scan_csv(
                files,
                schema_overrides=texts | dated | {"Net Amount": money},
                try_parse_dates=True,
            )
        else:
            lines = pl.scan_parquet(files)
        for column, _, words in self.words:
            lines = lines.join(words.lazy(), on=column, how="left")
        date = pl.col("Payment Date").dt
        month = (date.year() - FIRST_YEAR) * 12 + date.month().cast(pl.Int32) - 4
        filled = [
            pl.col(code).fill_null(pl.lit(self.kept.otherwise[code], dtype=pl.UInt16))
            for _, code in WORDS
        ]
        lines = lines.select(
            *filled, month.cast(pl.UInt16).alias("month"), pl.col("Net Amount").alias("pence")
        )
        return lines.group_by(KEYS).agg(pl.col("pence").sum(), pl.len().alias("lines"))

    def hold(self, frame):
        """Records of a run, kept for questions; their pence and number."""
        pl = self.pl
        pence = pl.col("pence").cast(pl.Decimal(38, 2)) * 100
        self.kept_records = frame.select(
            *KEYS, (pl.col("month") // 12).alias("year"), pence.cast(pl.Int64).alias("pence")
        )
        total = int(frame.get_column("pence").sum() * 100)
        return total, frame.height

    def engines(self, query):
        return {engine: (lambda e=engine: query().collect(engine=e)) for engine in ("in-memory", "streaming")}

    def to_records(self, ending):
        return self.engines(lambda: self.records(ending))

    def cell(self, question):
        pl = self.pl
        records = self.kept_records.lazy().filter(
            (pl.col("year") == question["year"]) & (pl.col("flow") == NONE)
        )
        parts = self.parts.lazy().filter(pl.col("theme") == question["theme"])
        shares = self.shares.lazy().filter(
            (pl.col("place") == question["place"]) & (pl.col("band") == question["band"])
        )
        shared = (
            records.join(parts, on=["partner", "mix"])
            .join(shares, on=["locality", "ages", "driver"])
            .with_columns(
                (pl.col("pence").cast(pl.Float64) * pl.col("weight") * pl.col("share")).alias("pounds")
            )
        )
        return shared.group_by("partner").agg(pl.col("pounds").sum() / 100)

    def one(self, question):
        return self.engines(lambda: self.cell(question))

    def finest(self):
        pl = self.pl
        months = (
            self.kept_records.lazy()
            .filter(pl.col("flow") == NONE)
            .group_by("year", "partner", "mix", "locality", "ages")
            .agg(pl.col("pence").sum())
        )
        themes = (
            months.join(self.parts.lazy(), on=["partner", "mix"])
            .group_by("year", "partner", "theme", "driver", "locality", "ages")
            .agg((pl.col("pence").cast(pl.Float64) * pl.col("weight")).sum().alias("weighted"))
        )
        shared = themes.join(self.shares.lazy(), on=["locality", "ages", "driver"])
        pounds = (pl.col("weighted") * pl.col("share")).sum() / 100
        return shared.group_by(AXES).agg(pounds.alias("pounds"))

    def report(self):
        return self.engines(self.finest)

    def every_subtotal(self):
        def levels(engine):
            finest = self.finest().collect(engine=engine)
            all_levels = [finest]
            for level in range(2 ** len(AXES) - 1):
                by = [axis for bit, axis in enumerate(AXES) if level >> bit & 1]
                sums = self.pl.col("pounds").sum()
                all_levels.append(finest.group_by(by).agg(sums) if by else finest.select(sums))
            return self.pl.concat(all_levels, how="diagonal")

        return {engine: (lambda e=engine: levels(e)) for engine in ("in-memory", "streaming")}

    def rows(self, answer, by):
        present = [axis for axis in by if axis in answer.columns]
        columns = [answer.get_column(axis).to_list() for axis in present]
        return list(zip(zip(*columns), answer.get_column("pounds").to_list()))


class DuckDB:
    """DuckDB, in memory."""

    def __init__(self, kept):
        import duckdb

        self.kept = kept
        self.name = f"duckdb {duckdb.__version__}"
        self.db = duckdb.connect()
        for _, code in WORDS:
            # Columns here have no case: `Ages` and `ages` would be one.
            self.ready(f"word_{code}", code, ", header = true, names = ['word', 'code']")
        self.ready("parts", "parts")
        self.ready("shares", "shares")

    def ready(self, table, name, how=""):
        source = f"read_csv('{self.kept.frame(name)}'{how})"
        self.db.execute(f"CREATE TABLE {table} AS SELECT * FROM {source}")

    def table(self, query, table="answer"):
        def run():
            self.db.execute(f"CREATE OR REPLACE TABLE {table} AS {query}")
            return table

        return {"": run}

    def to_records(self, ending):
        files = self.kept.payments(ending)
        if ending == "csv":
            types = {column: "VARCHAR" for column, _ in WORDS} | {
                "Payment Date": "DATE",
                "Net Amount": "DECIMAL(18,2)",
                "Reference": "VARCHAR",
            }
            source = f"read_csv({files}, header = true, dateformat = '%d/%m/%Y', types = {types})"
        else:
            source = f"read_parquet({files})"
        joins = "\n".join(
            f'LEFT JOIN word_{code} ON l."{column}" = word_{code}.word' for column, code in WORDS
        )
        codes = ", ".join(
            f'coalesce(word_{code}.code, {self.kept.otherwise[code]})::USMALLINT AS "{code}"'
            for _, code in WORDS
        )
        date = 'l."Payment Date"'
        month = f"((year({date}) - {FIRST_YEAR}) * 12 + month({date}) - 4)::USMALLINT AS month"
        keys = ", ".join(f'"{key}"' for key in KEYS)
        query = f"""
            SELECT {keys}, sum(pence) AS pence, count(*) AS lines
            FROM (SELECT {codes}, {month}, (l."Net Amount" * 100)::BIGINT AS pence
                  FROM {source} AS l {joins})
            GROUP BY {keys}"""
        return self.table(query, "records")

    def hold(self, table):
        total, count = self.db.execute(f"SELECT sum(pence)::HUGEINT, count(*) FROM {table}").fetchone()
        self.db.execute(
            """CREATE OR REPLACE TABLE kept AS
            SELECT partner, mix, locality, ages, flow, (month // 12)::USMALLINT AS year,
                   pence::BIGINT AS pence FROM records"""
        )
        return int(total), count

    def one(self, question):
        return self.table(
            f"""SELECT partner, sum(pence::DOUBLE * weight * share) / 100 AS pounds
            FROM kept JOIN (SELECT * FROM parts WHERE theme = {question["theme"]}) USING (partner, mix)
            JOIN (SELECT * FROM shares WHERE place = {question["place"]} AND band = {question["band"]})
                USING (locality, ages, driver)
            WHERE year = {question["year"]} AND flow = {NONE}
            GROUP BY partner"""
        )

    def shared(self, grouping):
        return f"""
            WITH months AS (
                SELECT year, partner, mix, locality, ages, sum(pence) AS pence FROM kept
                WHERE flow = {NONE} GROUP BY ALL),
            themes AS (
                SELECT year, partner, theme, driver, locality, ages,
                       sum(pence::DOUBLE * weight) AS weighted
                FROM months JOIN parts USING (partner, mix) GROUP BY ALL),
            finest AS (
                SELECT {", ".join(AXES)}, sum(weighted * share) / 100 AS pounds
                FROM themes JOIN shares USING (locality, ages, driver) GROUP BY ALL)
            {grouping}"""

    def report(self):
        return self.table(self.shared("SELECT * FROM finest"))

    def every_subtotal(self):
        sets = []
        for level in range(2 ** len(AXES)):
            sets.append("(" + ", ".join(axis for bit, axis in enumerate(AXES) if level >> bit & 1) + ")")
        grouped = f"""SELECT {", ".join(AXES)}, sum(pounds) AS pounds FROM finest
            GROUP BY GROUPING SETS ({", ".join(sets)})"""
        return self.table(self.shared(grouped))

    def rows(self, table, by):
        rows = self.db.execute(f"SELECT {', '.join(by)}, pounds FROM {table}").fetchall()
        return [(row[:-1], row[-1]) for row in rows]


class Pandas:
    """pandas on pyarrow, which reads the files, on all cores."""

    def __init__(self, kept):
        import pandas
        import pyarrow

        self.pd, self.pa, self.kept = pandas, pyarrow, kept
        self.name = f"pandas {pandas.__version__}"
        self.parts = pandas.read_csv(kept.frame("parts"))
        self.shares = pandas.read_csv(kept.frame("shares"))
        self.words = {}
        for column, code in WORDS:
            frame = pandas.read_csv(kept.frame(code), dtype={"word": str}, keep_default_na=False)
            self.words[column] = (code, dict(zip(frame.iloc[:, 0], frame[code].astype("int64"))))

    def lines(self, ending):
        import pyarrow.csv
        import pyarrow.parquet

        pa = self.pa
        columns = [column for column, _ in WORDS] + ["Payment Date", "Net Amount"]
        if ending == "csv":
            types = {column: pa.dictionary(pa.int32(), pa.string()) for column, _ in WORDS}
            types |= {"Net Amount": pa.decimal128(18, 2), "Payment Date": pa.timestamp("s")}
            how = pa.csv.ConvertOptions(
                column_types=types, include_columns=columns, timestamp_parsers=["%d/%m/%Y"]
            )
            tables = [pa.csv.read_csv(file, convert_options=how) for file in self.kept.payments(ending)]
        else:
            texts = [column for column, _ in WORDS]
            read = pa.parquet.read_table
            tables = [read(file, columns=columns, read_dictionary=texts) for file in self.kept.payments(ending)]
        return pa.concat_tables(tables).unify_dictionaries()

    def records(self, ending):
        import numpy
        import pyarrow.compute as compute

        pa, pd = self.pa, self.pd
        lines = self.lines(ending)
        codes = {}
        for column, (code, known) in self.words.items():
            texts = lines.column(column)
            if not pa.types.is_dictionary(texts.type):
                texts = texts.dictionary_encode()
            otherwise = self.kept.otherwise[code]
            numbers = []
            for chunk in texts.chunks:
                of_text = numpy.array([known.get(word, otherwise) for word in chunk.dictionary.to_pylist()] + [otherwise])
                at = compute.fill_null(chunk.indices, len(of_text) - 1).to_numpy(zero_copy_only=False)
                numbers.append(of_text[at])
            codes[code] = numpy.concatenate(numbers)
        date = lines.column("Payment Date")
        year, month = compute.year(date).to_numpy(), compute.month(date).to_numpy()
        codes["month"] = (year - FIRST_YEAR) * 12 + month - 4
        pounds = lines.column("Net Amount").cast(pa.decimal128(18, 2))
        pence = compute.multiply(pounds, pa.scalar(100, pa.decimal128(3, 0))).cast(pa.int64()).to_numpy()
        frame = pd.DataFrame(codes | {"pence": pence})
        return frame.groupby(KEYS, sort=False)["pence"].agg(["sum", "size"]).reset_index()

    def to_records(self, ending):
        return {"": lambda: self.records(ending)}

    def hold(self, frame):
        frame = frame.rename(columns={"sum": "pence", "size": "lines"})
        self.kept_records = frame.assign(year=frame["month"] // 12)
        return int(frame["pence"].sum()), len(frame)

    def cell(self, question):
        records = self.kept_records
        records = records[(records["year"] == question["year"]) & (records["flow"] == NONE)]
        parts = self.parts[self.parts["theme"] == question["theme"]]
        shares = self.shares
        shares = shares[(shares["place"] == question["place"]) & (shares["band"] == question["band"])]
        shared = records.merge(parts, on=["partner", "mix"]).merge(shares, on=["locality", "ages", "driver"])
        pounds = shared["pence"] * shared["weight"] * shared["share"] / 100
        return pounds.groupby(shared["partner"]).sum().rename("pounds").reset_index()

    def one(self, question):
        return {"": lambda: self.cell(question)}

    def finest(self):
        records = self.kept_records
        months = records[records["flow"] == NONE].groupby(["year", "partner", "mix", "locality", "ages"], sort=False)
        months = months["pence"].sum().reset_index()
        themes = months.merge(self.parts, on=["partner", "mix"])
        themes["weighted"] = themes["pence"] * themes["weight"]
        by = ["year", "partner", "theme", "driver", "locality", "ages"]
        themes = themes.groupby(by, sort=False)["weighted"].sum().reset_index()
        shared = themes.merge(self.shares, on=["locality", "ages", "driver"])
        shared["pounds"] = shared["weighted"] * shared["share"] / 100
        return shared.groupby(AXES, sort=False)["pounds"].sum().reset_index()

    def report(self):
        return {"": self.finest}

    def every_subtotal(self):
        def levels():
            finest = self.finest()
            all_levels = [finest]
            for level in range(2 ** len(AXES) - 1):
                by = [axis for bit, axis in enumerate(AXES) if level >> bit & 1]
                if by:
                    all_levels.append(finest.groupby(by, sort=False)["pounds"].sum().reset_index())
                else:
                    all_levels.append(finest[["pounds"]].sum().to_frame().T)
            return self.pd.concat(all_levels)

        return {"": levels}

    def rows(self, frame, by):
        frame = frame.reindex(columns=[*by, "pounds"])
        codes = frame[by].astype(object).where(frame[by].notna(), None)
        keys = (tuple(None if code is None else int(code) for code in row) for row in codes.itertuples(index=False))
        return list(zip(keys, frame["pounds"]))


def expected(kept, name, by):
    """Rows that the benches answered, by their codes."""
    import csv

    with open(kept.frame(name), newline="") as file:
        rows = csv.DictReader(file)
        return {tuple(int(row[axis]) if row.get(axis) else None for axis in by): float(row["pounds"]) for row in rows}


def agree(what, expected_rows, found):
    """Every row of money, and no other."""
    found = dict(found)
    for key in expected_rows.keys() | found.keys():
        one, other = expected_rows.get(key, 0.0), found.get(key, 0.0)
        if not math.isclose(one, other, rel_tol=0, abs_tol=TOLERANCE):
            sys.exit(f"{what}: {key} is {one} by the bench and {other} here; nothing was compared")


def quickest(ways, times=TIMES):
    """The least seconds of any way, and which it was."""
    best = (math.inf, "")
    for way, run in ways.items():
        for _ in range(times):
            start = time.perf_counter()
            run()
            best = min(best, (time.perf_counter() - start, way))
    return best


def first(ways):
    return next(iter(ways.values()))()


def measure(peer, kept):
    """Seconds of each thing asked, after it agreed."""
    taken = {}
    for ending in ("csv", "parquet"):
        figures = kept.figures.get(f"{ending}_to_records")
        if figures is None:
            continue
        ways = peer.to_records(ending)
        total, count = peer.hold(first(ways))
        if (total, count) != (figures["pence"], figures["records"]):
            sys.exit(
                f"{peer.name}, {ending}: {total} pence in {count} records, where the bench has "
                f"{figures['pence']} in {figures['records']}"
            )
        taken[f"{ending}_to_records"] = quickest(ways)
    if "one_question" in kept.figures:
        by = ["number", "year", "place", "band", "theme", "partner"]
        answers = expected(kept, "questions", by)
        questions = sorted({key[:-1] for key in answers})
        seconds, way = 0.0, ""
        for question in questions:
            asked = dict(zip(by, question))
            ways = peer.one(asked)
            ours = {key[-1:]: pounds for key, pounds in answers.items() if key[:-1] == question}
            agree(f"{peer.name}, {asked}", ours, peer.rows(first(ways), ["partner"]))
            one, way = quickest(ways)
            seconds += one / len(questions)
        taken["one_question"] = (seconds, way)
    if "report" in kept.figures:
        ways = peer.report()
        agree(f"{peer.name}, report", expected(kept, "cube-31", AXES), peer.rows(first(ways), AXES))
        taken["report"] = quickest(ways)
    if "every_subtotal" in kept.figures:
        ways = peer.every_subtotal()
        answers = {}
        for level in range(2 ** len(AXES)):
            answers |= expected(kept, f"cube-{level:02}", AXES)
        agree(f"{peer.name}, every subtotal", answers, peer.rows(first(ways), AXES))
        taken["every_subtotal"] = quickest(ways)
    return taken


WHAT = {
    "csv_to_records": "CSV → records",
    "parquet_to_records": "Parquet → records",
    "one_question": "one question",
    "report": "report",
    "every_subtotal": "report with every subtotal",
}
MARKS = ("<!-- peers -->", "<!-- /peers -->")


def bench(keep, lines):
    """Runs the benches for what they leave, and times nothing else."""
    env = os.environ | {"WHOLEPLACE_BENCH_KEEP": str(keep), "WHOLEPLACE_BENCH_LINES": str(lines)}
    command = ["cargo", "bench", "--bench", "ledger", "--bench", "cube", "--", "nothing is called this"]
    done = subprocess.run(command, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}:\n{done.stderr[-2000:]}")
    found = [folder for folder in keep.iterdir() if (folder / "figures").is_dir()]
    if len(found) != 1:
        sys.exit(f"{keep} should hold one size, and has {len(found)}: name an empty folder")
    return Kept(found[0])


def one_round(keep, lines):
    """Seconds of each contender for each thing asked."""
    kept = bench(keep, lines)
    ours = {what: of["seconds"] / of.get("times", 1) for what, of in kept.figures.items() if what in WHAT}
    contenders = {"wholeplace": ours}
    for kind, wheel in ((Polars, "polars"), (DuckDB, "duckdb"), (Pandas, "pandas pyarrow")):
        try:
            peer = kind(kept)
        except ModuleNotFoundError:
            print(f"{wheel} is missing: pip install {wheel}", file=sys.stderr)
            continue
        taken = measure(peer, kept)
        contenders[peer.name] = {what: seconds for what, (seconds, _) in taken.items()}
        del peer
    return contenders


def seconds(value):
    """Three digits, in the unit that reads best."""
    unit, times = ("s", 1) if value >= 1 else ("ms", 1000)
    return f"{value * times:#.3g}".rstrip(".") + f" {unit}"


def table(rounds, lines):
    """Markdown: how many times as long as the crate each contender took, in the median, and between what."""
    names = [name for name in rounds[0] if name != "wholeplace"]
    rows = [
        f"| {lines:,} lines | wholeplace | " + " | ".join(names) + " |",
        "|---|--:|" + "--:|" * len(names),
    ]
    for what, words in WHAT.items():
        ours = [one["wholeplace"][what] for one in rounds if what in one["wholeplace"]]
        if not ours:
            continue
        cells = [seconds(statistics.median(ours))]
        for name in names:
            ratios = sorted(one[name][what] / one["wholeplace"][what] for one in rounds)
            cells.append(f"{statistics.median(ratios):.2f} × ({ratios[0]:.2f} to {ratios[-1]:.2f})")
        rows.append(f"| {words} | " + " | ".join(cells) + " |")
    return "\n".join(rows)


def write(file, text):
    """Puts a table between the marks of a file."""
    before, rest = file.read_text().split(MARKS[0], 1)
    _, after = rest.split(MARKS[1], 1)
    file.write_text(f"{before}{MARKS[0]}\n{text}\n{MARKS[1]}{after}")


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--keep", type=Path, default=Path("target/peers"), help="where the benches leave their answers")
    asked.add_argument("--lines", type=int, default=1_000_000)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--write", type=Path, help="a file with the marks of the table")
    asked = asked.parse_args()
    keep = (asked.keep / str(asked.lines)).resolve()
    keep.mkdir(parents=True, exist_ok=True)
    rounds = []
    for number in range(asked.rounds):
        print(f"round {number + 1} of {asked.rounds}", file=sys.stderr, flush=True)
        rounds.append(one_round(keep, asked.lines))
    if len(rounds[0]) == 1:
        sys.exit("there is nobody to compare with")
    found = table(rounds, asked.lines)
    print(found)
    if asked.write:
        write(asked.write, found)


if __name__ == "__main__":
    main()
