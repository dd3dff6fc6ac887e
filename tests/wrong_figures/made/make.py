"""Makes the files of this folder, with `pip install pyarrow xlwt`: what no writer at hand in Rust makes."""

import datetime
import decimal

import pyarrow as pa
import pyarrow.parquet as pq
import xlwt

D = decimal.Decimal


def factors(values, kind=pa.string()):
    return pa.array(values, kind).dictionary_encode()


def two(value, kind):
    return pa.array([value, None], kind)


UTC = datetime.timezone.utc
COLUMNS = {
    "Paid": pa.array(["01/04/2024", "02/04/2024"]),
    "Service": factors(["Roads", "Parks"]),
    "Net Amount": pa.array([D("100.00"), D("250.50")], pa.decimal128(12, 2)),
    "Band": factors([7, 9], pa.int64()),
    "list": two(["a", "b"], pa.list_(pa.string())),
    "large list": two([1], pa.large_list(pa.int32())),
    "fixed list": two([1.0, 2.0], pa.list_(pa.float64(), 2)),
    "binary": two(b"\x00\xff", pa.binary()),
    "fixed binary": two(b"\x00\xff", pa.binary(2)),
    "struct": two({"a": 1, "b": "x"}, pa.struct([("a", pa.int32()), ("b", pa.string())])),
    "map": two([("k", 1)], pa.map_(pa.string(), pa.int32())),
    "duration": two(datetime.timedelta(seconds=250), pa.duration("us")),
    "zoned": two(datetime.datetime(2024, 4, 1, tzinfo=UTC), pa.timestamp("us", tz="Europe/London")),
    "time": two(datetime.time(9, 30), pa.time64("us")),
    "wide decimal": two(D("1.5"), pa.decimal256(50, 2)),
    "half": pa.array([1.5, None], pa.float16()),
    "null": pa.array([None, None], pa.null()),
    "moment": two(datetime.datetime(2024, 4, 1, 12), pa.timestamp("ms")),
    "day": two(datetime.date(2024, 4, 1), pa.date32()),
    "small decimal": two(D("1.25"), pa.decimal128(5, 2)),
    "true": two(True, pa.bool_()),
    "large text": two("x", pa.large_string()),
}

table = pa.table(COLUMNS)
pq.write_table(table, "types.parquet", compression="none", use_dictionary=["Service", "Band"])

book = xlwt.Workbook()
for name, amounts in [
    ("April", [(100, "General"), (0.12, "0%"), (0.125, "0.00%"), (250.5, "#,##0.00")]),
    ("May", [(3, '"$"#,##0.00'), (4, "[$€-2] #,##0.00"), (5, '"£"#,##0.00'), (0.5, '0.0" %"')]),
]:
    sheet = book.add_sheet(name)
    for column, heading in enumerate(["Paid", "Service", "Net Amount"]):
        sheet.write(0, column, heading)
    for row, (amount, code) in enumerate(amounts, start=1):
        sheet.write(row, 0, "01/04/2024")
        sheet.write(row, 1, f"S{row}")
        sheet.write(row, 2, amount, xlwt.easyxf(num_format_str=code))
book.save("formats.xls")
