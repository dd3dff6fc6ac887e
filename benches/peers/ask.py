"""The wheels of polars and DuckDB, asked what the benches ask, on the same files.

    WHOLEPLACE_BENCH_KEEP=kept WHOLEPLACE_BENCH_LINES=1000000 cargo bench --bench ledger --bench cube
    python -m venv peers && peers/bin/pip install polars duckdb
    peers/bin/python benches/peers/ask.py kept/1m

The benches leave there: the payments as CSV and as Parquet, what each word in them means and the
parts and shares that questions need (`frames`), their own answers (`frames` again) and sums and
timings (`figures`). Every answer is held against theirs before a ratio is shown: records to the
penny, shared sums, which both sides of this script add up as floats, within a hundredth of a
penny. A wheel that is not there is said to be missing, and the other one goes on.
"""

import json
import math
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


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    kept = Kept(Path(sys.argv[1]))
    results = []
    for kind, wheel in ((Polars, "polars"), (DuckDB, "duckdb")):
        try:
            peer = kind(kept)
        except ModuleNotFoundError:
            print(f"{wheel} is missing: pip install {wheel}")
            continue
        results.append((peer.name, measure(peer, kept)))
    if not results:
        sys.exit("there is nobody to compare with")
    lines = next(iter(kept.figures.values()))["lines"]
    print(f"{lines:,} lines; seconds, and how many times those of wholeplace")
    head = "".join(f" | {name:>30}" for name, _ in results)
    print(f"{'':20} | {'wholeplace':>10}{head}")
    for what in ("csv_to_records", "parquet_to_records", "one_question", "report", "every_subtotal"):
        if what not in kept.figures:
            continue
        figures = kept.figures[what]
        ours = figures["seconds"] / figures.get("times", 1)
        cells = ""
        for _, taken in results:
            seconds, way = taken[what]
            cells += f" | {seconds:10.4f} {seconds / ours:7.2f} × {way:>9}"
        print(f"{what:20} | {ours:10.4f}{cells}")


if __name__ == "__main__":
    main()
