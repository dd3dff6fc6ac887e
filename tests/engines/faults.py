"""What goes wrong is one sentence, and nothing is left half done.

    faults.py sail|spark|duckdb|guarded SERVER

Asks the program that WHOLEPLACE_DOOR names by the lines that it speaks, and holds what it says against what must be
said. `guarded` is a Spark that wants the token in ENGINE_TOKEN, with hardly any disk. ENGINE_PROGRAM is the example
`distribute`, ENGINE_FILES a folder with two Parquet files of different columns, ENGINE_PIDS the processes of the
server, ENGINE_TLS the port of a TLS proxy in front of it, ENGINE_AUTHORITY the certificate that it is to be
trusted by, ENGINE_COUNTY a pack.
"""

import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import time

ENV = os.environ
DOOR = ENV["WHOLEPLACE_DOOR"]
# The door gives up a session within four seconds, and whoever asks waits for five.
ENDING = 5.0
HEAVY = (
    "SELECT COUNT(*) AS n FROM (SELECT a.id % 1000003 AS k, SUM(a.id) AS s FROM range(2000000000) a "
    "GROUP BY a.id % 1000003) b"
)
passed, failed = 0, []


class Door:
    """The program, asked one line after another."""

    def __init__(self, server, **more):
        self.process = subprocess.Popen(
            [DOOR], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=ENV | {"WHOLEPLACE_SERVER": server} | more,
        )

    def ask(self, question, wait=True):
        self.process.stdin.write(question + "\n")
        self.process.stdin.flush()
        lines = []
        while wait:
            line = self.process.stdout.readline().rstrip("\n")
            lines.append(line)
            if line == "done" or line.startswith("error\t") or not line:
                break
        return lines

    def end(self):
        """The seconds that it takes to end once nobody asks any more."""
        began = time.monotonic()
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait(timeout=60)
        return time.monotonic() - began


def holds(name, met, seen):
    global passed
    if met:
        passed += 1
        print(f"  {name}: {seen}")
    else:
        failed.append(name)
        print(f"  {name}: NOT MET, got {seen}")


def says(name, lines, *words):
    """The answer is one error, of one sentence with these words and without the token."""
    last = lines[-1]
    token = ENV.get("ENGINE_TOKEN")
    met = last.startswith("error\t") and all(word in last for word in words) and "\\n" not in last
    holds(name, met and not (token and token in last), last.replace("error\t", "").replace("\t", ": "))


def answers(name, lines, first):
    holds(name, lines[0] == first and lines[-1] == "done", lines[0])


def processor_seconds():
    ticks = 0
    for pid in ENV["ENGINE_PIDS"].split():
        try:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    door = Door(f"sc://127.0.0.1:{port}/;token=Sesame-open")
    lines = door.ask("run\tSELECT 1 AS a")
    says("server absent", lines, "unreachable", "nobody answers")
    holds("no token in it", "Sesame" not in str(lines), "none")
    door.end()


def arguments():
    secret = "sc://127.0.0.1:1/;token=Sesame-open"
    tried = subprocess.run([DOOR, secret], capture_output=True, text=True, env=ENV, timeout=30)
    said = tried.stdout + tried.stderr
    holds("server in the arguments", tried.returncode != 0 and "Sesame" not in said, said.strip())


def mute():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        door = Door(f"sc://127.0.0.1:{listener.getsockname()[1]}")
        door.ask("run\tSELECT 1 AS a", wait=False)
        time.sleep(1)
        took = door.end()
        holds("a server that says nothing is not waited for", took < ENDING, f"{took:.1f} s")


def given_up(server):
    """A long query is interrupted once nobody asks any more: the server has nothing more to do."""
    door = Door(server)
    answers("a query", door.ask("run\tSELECT 1 AS a"), "row\ti1")
    door.ask(f"run\t{HEAVY}", wait=False)
    time.sleep(4)
    busy = processor_seconds()
    time.sleep(1)
    busy = processor_seconds() - busy
    took = door.end()
    time.sleep(2)
    idle = processor_seconds()
    time.sleep(2)
    idle = (processor_seconds() - idle) / 2
    holds("given up: the program ends", took < ENDING, f"{took:.1f} s")
    holds("given up: the query is interrupted", idle < busy / 3, f"{busy:.2f} before, {idle:.2f} processors after")


def wrong_questions(server):
    door = Door(server)
    says("file missing", door.ask("open\twholeplace_0\t/nowhere/a.parquet"), "refused", "is not there")
    says("table missing", door.ask("run\tSELECT 1 FROM wholeplace_7"), "refused", "is not there")
    says("no Parquet", door.ask(f"open\twholeplace_0\t{DOOR}"), "refused", "as Parquet")
    says("a query that writes", door.ask("run\tDROP TABLE a"), "refused", "single SELECT")
    says("a second statement", door.ask("run\tSELECT 1; SELECT 2"), "refused", "single SELECT")
    answers("asked again after all that", door.ask("run\tSELECT 1 AS a"), "row\ti1")
    text = "a'; DROP TABLE b \\t \\\\ ❄"
    lines = door.ask(f"register\tdimension\t2\n{text}\t1\t-9223372036854775808\n\t2\t9223372036854775807")
    holds("texts are no SQL", lines == ["done"], lines[-1])
    answers("texts come back", door.ask("run\tSELECT d.text, d.id, d.value FROM dimension d WHERE d.id = 1"),
            f"row\tt{text}\ti1\ti-9223372036854775808")
    # More than travels together.
    many = "\n".join(f"t{at}\t{at}\t{at}" for at in range(120_001))
    answers("a table in parts", door.ask(f"register\tmany\t120001\n{many}"), "done")
    answers("all of its parts",
            door.ask("run\tSELECT COUNT(*) AS n, CAST(SUM(d.value) AS DECIMAL(38,0)) AS v FROM many d"),
            "row\ti120001\ti7200060000")
    door.ask("register\tempty\t0")
    answers("an empty table", door.ask("run\tSELECT COUNT(*) AS n FROM empty d"), "row\ti0")
    door.end()


def distribute(pack, door=DOOR, within=300, **more):
    env = ENV | {"WHOLEPLACE_DOOR": door} | more
    tried = subprocess.run([ENV["ENGINE_PROGRAM"], "--pack", pack, "--within", str(within)],
                           capture_output=True, text=True, env=env, timeout=within + 120)
    return tried.returncode, tried.stdout + tried.stderr


def ends_with(name, tried, *words):
    code, said = tried
    line = next((line for line in said.splitlines() if line.startswith("error: ")), said[-300:])
    met = code != 0 and all(word in line for word in words) and "the same, byte by byte" not in said
    holds(name, met, line)


def under_way(server):
    """Files that change while they are asked about, and a deadline: by the library, from end to end."""
    files = pathlib.Path(ENV["ENGINE_FILES"])
    one, other = sorted(files.rglob("*.parquet"))[:2]
    county = pathlib.Path(ENV["ENGINE_COUNTY"])
    meddle = str(pathlib.Path(__file__).with_name("meddle.py"))
    script = files / "meddle"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{meddle}"\n')
    script.chmod(0o755)
    server = {"WHOLEPLACE_SERVER": server}
    for name, put in (("schema changed under way", str(other)), ("file gone under way", "")):
        pack = files / "changed"
        shutil.rmtree(pack, ignore_errors=True)
        shutil.copytree(county, pack)
        for before in (2, 4, 6):
            meddled = {"MEDDLE_REAL": DOOR, "MEDDLE_BEFORE": str(before), "MEDDLE_WITH": put}
            shutil.copytree(county, pack, dirs_exist_ok=True)
            ends_with(f"{name}, before question {before}", distribute(str(pack), str(script), **meddled, **server))
    began = time.monotonic()
    ends_with("deadline passed", distribute(str(county), within=1, **server), "within the time")
    took = time.monotonic() - began
    holds("deadline kept", took < 1 + ENDING + 3, f"{took:.1f} s")


def encrypted(server):
    port, authority = ENV["ENGINE_TLS"], ENV["ENGINE_AUTHORITY"]
    behind = f"sc://localhost:{port}/;use_ssl=true"
    door = Door(behind, SSL_CERT_FILE=authority)
    answers("TLS, its authority known", door.ask("run\tSELECT 1 AS a"), "row\ti1")
    door.end()
    door = Door(behind, SSL_CERT_FILE="/etc/ssl/certs/ca-certificates.crt")
    says("TLS, its authority unknown", door.ask("run\tSELECT 1 AS a"), "unreachable", "certificate")
    door.end()
    door = Door(server + "/;use_ssl=true", SSL_CERT_FILE=authority)
    says("TLS where there is none", door.ask("run\tSELECT 1 AS a"), "unreachable", "TLS")
    door.end()
    door = Door(f"sc://localhost:{port}")
    says("no TLS where there is some", door.ask("run\tSELECT 1 AS a"), "unreachable", "TLS")
    door.end()
    door = Door("sc://lake.example.org:443/;token=Sesame-open")
    lines = door.ask("run\tSELECT 1 AS a")
    says("a token without TLS", lines, "refused", "use_ssl")
    holds("no token in it", "Sesame" not in str(lines), "none")
    door.end()


def overflow(server, kind):
    """A sum that does not fit is no answer on Spark and DuckDB. Sail has another one, which is why nothing is ever
    asked that could be so large: whole pence of 64 bits in sums of 128."""
    door = Door(server)
    nines = "9" * 38
    lines = door.ask(f"run\tSELECT SUM(CAST({nines} AS DECIMAL(38,0))) AS s FROM range(3)")
    if kind == "sail":
        holds("a sum too large is another one here", lines[0].startswith("row\ti-"), lines[0])
    else:
        says("a sum too large", lines, "refused", "too large")
    lines = door.ask("run\tSELECT CAST(SUM(CAST(9223372036854775807 AS DECIMAL(28,0))) AS DECIMAL(38,0)) AS s FROM range(3)")
    answers("a sum of 64 bits in 128", lines, "row\ti27670116110564327421")
    door.end()


def types(server, kind):
    """What stands in columns is told alike by every engine, and headings are those of the file."""
    import datetime
    import decimal

    import pyarrow
    import pyarrow.parquet

    day = datetime.date(2024, 2, 29)
    columns = [
        ("Amount", pyarrow.array([decimal.Decimal("-12.30"), None], pyarrow.decimal128(18, 2)), "pounds"),
        ("wide", pyarrow.array([decimal.Decimal("1.50"), None], pyarrow.decimal128(24, 2)), "pounds"),
        ("too wide", pyarrow.array([decimal.Decimal("1.50"), None], pyarrow.decimal128(38, 2)), "other"),
        ("too fine", pyarrow.array([decimal.Decimal("1.5001"), None], pyarrow.decimal128(10, 4)), "other"),
        ("a\ttab, a \\ and a 'quote\"", pyarrow.array(["x", None]), "texts"),
        ("padded", pyarrow.array(["x", "y "]), "texts"),
        ("£ ❄", pyarrow.array(["x", ""], pyarrow.large_string()), "texts"),
        ("day", pyarrow.array([day, None]), "texts"),
        ("byte", pyarrow.array([1, None], pyarrow.int8()), "whole"),
        ("short", pyarrow.array([1, None], pyarrow.int16()), "whole"),
        ("int", pyarrow.array([1, None], pyarrow.int32()), "whole"),
        ("long", pyarrow.array([1, None], pyarrow.int64()), "whole"),
        ("unsigned", pyarrow.array([1, None], pyarrow.uint32()), "whole"),
        ("float", pyarrow.array([0.1, None]), "floats"),
        ("flag", pyarrow.array([True, None]), "other"),
        ("moment", pyarrow.array([datetime.datetime(2024, 2, 29, 1), None]), "other"),
        ("bytes", pyarrow.array([b"x", None]), "other"),
        ("list", pyarrow.array([[1], None]), "other"),
    ]
    often = ("often", pyarrow.array(["x", "x"]).dictionary_encode(), "texts")
    files = pathlib.Path(ENV["ENGINE_FILES"])
    if kind == "sail":
        path = files / "dictionary.parquet"
        pyarrow.parquet.write_table(pyarrow.table({"often": often[1]}), path)
        door = Door(server)
        says("a dictionary of Arrow's", door.ask(f"open\twholeplace_3\t{path}"), "refused", "type")
        door.end()
        path.unlink()
    else:
        columns.append(often)
    if kind != "duckdb":
        # DuckDB calls the one `amount_1` and the other `C21`, which no pack has as headings.
        columns.append(("amount", pyarrow.array(["in words", None]), "texts"))
        columns.append(("", pyarrow.array(["in words", None]), "texts"))
    path = files / "types.parquet"
    pyarrow.parquet.write_table(pyarrow.table([array for _, array, _ in columns], [name for name, _, _ in columns]), path)
    door = Door(server)
    lines = door.ask(f"open\twholeplace_3\t{path}")
    written = str.maketrans({"\\": "\\\\", "\t": "\\t"})
    expected = [f"column\t{what}\t{name.translate(written)}" for name, _, what in columns]
    wrong = [pair for pair in zip(expected, lines) if pair[0] != pair[1]]
    rows = [] if kind == "sail" else ["rows"]
    told = lines == [*expected, *rows, "done"]
    holds("columns are told as they are", told, f"{len(expected)} columns" if told else wrong or lines[-2:])
    if rows:
        answers("rows are numbered", door.ask("run\tSELECT MIN(l.at_row) AS k0, MAX(l.at_row) AS k1 FROM wholeplace_3 l"),
                "row\ti2\ti3")
    text = "COALESCE(CAST(l.c{} AS STRING), '')"
    for at, name, first, second in ((4, "a text", "x", ""), (5, "a space at the end", "x", "y "), (7, "a day", "2024-02-29", ""),
                                    (11, "a number", "1", "")):
        column = text.format(at)
        lines = door.ask(f"run\tSELECT MAX({column}) AS k0, MIN({column}) AS k1 FROM wholeplace_3 l")
        answers(name, lines, f"row\tt{max(first, second)}\tt{min(first, second)}")
    pence = "CAST(CAST(l.c0 AS DECIMAL(24,2)) * CAST(-100 AS DECIMAL(4,0)) AS DECIMAL(28,0))"
    answers("pounds in pence", door.ask(f"run\tSELECT COUNT(*) AS n, CAST(SUM({pence}) AS DECIMAL(38,0)) AS p FROM "
                                        "wholeplace_3 l"), "row\ti2\ti1230")
    door.end()
    path.unlink()


def guarded(server):
    token = ENV["ENGINE_TOKEN"]
    door = Door(f"{server}/;token={token}")
    answers("the right token", door.ask("run\tSELECT 1 AS a"), "row\ti1")
    lines = door.ask("run\tSELECT COUNT(*) AS n FROM (SELECT r.id % 3999999 AS k FROM range(4000000) r GROUP BY r.id % 3999999) a")
    if ENV.get("ENGINE_DISK"):
        says("disk full on a worker", lines, "refused", "disk")
    else:
        print("  SKIPPED disk full on a worker: no small file system could be mounted")
    door.end()
    for name, wrong in (("the wrong token", f"{server}/;token=not-{token}"), ("no token", server)):
        door = Door(wrong)
        says(name, door.ask("run\tSELECT 1 AS a"), "refused", "token")
        door.end()


def main(kind, server):
    if kind == "guarded":
        guarded(server)
    elif kind == "duckdb":
        wrong_questions(server)
        overflow(server, kind)
        types(server, kind)
    else:
        nobody_there()
        arguments()
        mute()
        given_up(server)
        wrong_questions(server)
        overflow(server, kind)
        types(server, kind)
        encrypted(server)
        under_way(server)
    written = pathlib.Path(ENV["ENGINE_WAREHOUSE"])
    left = sorted(str(path) for path in written.rglob("*") if path.is_file()) if written.exists() else []
    holds("nothing is written", not left, left or "nothing")
    print(f"faults: {passed} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
