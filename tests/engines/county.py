"""A county of so many lines as Parquet, and its pack: `county.py LINES FOLDER`.

Everything is made up from a fixed seed. Amounts are decimals, dates are dates, codes are texts, 5 % of the lines are
credits, and some codes are in no crosswalk.
"""

import pathlib
import sys

import numpy
import pyarrow
import pyarrow.parquet

FILES, SUPPLIERS, SERVICES, AREAS, ACTIVITIES = 4, 20_000, 300, 40, 24
PLACE = """# A county that does not exist, for measuring engines.

[place]
name = "Ludford"
locality = "county"
residents = "people"
age_bands = ["0-15", "16+"]
notes = ["Made from a seed; nothing here is real."]

[[localities]]
source = "made up"
rows = [{localities}]

[[activities]]
source = "made up"
rows = [{activities}]

[[groups]]
source = "made up"
rows = [{{ code = "everyone", name = "Everyone" }}]

[[partners]]
source = "made up"
rows = [{{ code = "council", name = "The council", level = "public-body" }}, {{ code = "trust", name = "A trust", level = "charity" }}]

[[boundary]]
code = "public-bodies"
name = "Public bodies"
partners = ["council"]

[[driver]]
code = "people"
name = "residents"
class = "population"
source = "made up"
tables = [{{ rows = [{people}] }}]

[[sharing]]
driver = "people"

[[counterparty]]
source = "made up"
rows = [{{ ledger = "payments", match = "pattern", text = "SUPPLIER 0001*", side = "payer", partner = "trust", kind = "grant" }}]

[[crosswalk]]
source = "made up"
rows = [{crosswalk}]

[[ledger]]
id = "payments"
name = "Payments of the council"
source = "made up"
phase = "outturn"
files = [{files}]
layout = {{ amount = ["Amount"], date = ["Date"], codes = {{ counterparty = ["Name"], activity = ["Service"], locality = ["Area"] }} }}

[ledger.axes]
partner = {{ always = "council" }}
activity = {{ by = "crosswalk" }}
ages = {{ always = "all" }}
group = {{ always = "everyone" }}
locality = {{ by = "code" }}
"""


def pounds(pence):
    """Whole pence as decimals of two places, without a loop: 128 bits of each, the lower ones first."""
    bits = numpy.stack([pence, pence >> 63], axis=1).tobytes()
    return pyarrow.Array.from_buffers(pyarrow.decimal128(18, 2), len(pence), [None, pyarrow.py_buffer(bits)])


def texts(numbers, form, count):
    """Texts by their numbers."""
    words = pyarrow.array([form.format(number) for number in range(count)])
    return pyarrow.DictionaryArray.from_arrays(pyarrow.array(numbers, pyarrow.int32()), words).cast(pyarrow.string())


def part(lines, random):
    pence = random.integers(100, 5_000_000, lines) * numpy.where(random.random(lines) < 0.05, -1, 1)
    days = numpy.datetime64("2023-04-01") + random.integers(0, 731, lines).astype("timedelta64[D]")
    return pyarrow.table({
        "Date": pyarrow.array(days.astype("datetime64[D]")),
        "Name": texts(random.integers(0, SUPPLIERS, lines), "SUPPLIER {:05}", SUPPLIERS),
        "Service": texts(random.integers(0, SERVICES, lines), "S{:03}", SERVICES),
        "Area": texts(random.integers(0, AREAS, lines), "area-{}", AREAS),
        "Amount": pounds(pence),
    })


def main(lines, folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    random = numpy.random.default_rng(20)
    for number in range(FILES):
        size = lines // FILES + (lines % FILES if number == 0 else 0)
        pyarrow.parquet.write_table(part(size, random), folder / f"payments-{number}.parquet", row_group_size=250_000)
    areas = [f'{{ code = "area-{at}", name = "Area {at}", level = "area", parent = "county" }}' for at in range(AREAS)]
    activities = [f'{{ code = "a{at}", name = "Activity {at}", level = "activity" }}' for at in range(ACTIVITIES)]
    people = [
        f'{{ locality = "area-{at}", ages = "{ages}", mass = "{100 + at}" }}'
        for at in range(AREAS) for ages in ("0-15", "16+")
    ]
    # The last five services are in no crosswalk.
    crosswalk = [
        f'{{ ledger = "payments", axis = "activity", code = "S{at:03}", to = "a{at % ACTIVITIES}" }}'
        for at in range(SERVICES - 5)
    ]
    (folder / "place.toml").write_text(PLACE.format(
        localities=", ".join(['{ code = "county", name = "Ludford", level = "county" }', *areas]),
        activities=", ".join(activities),
        people=", ".join(people),
        crosswalk=", ".join(crosswalk),
        files=", ".join(f'"payments-{number}.parquet"' for number in range(FILES)),
    ))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
