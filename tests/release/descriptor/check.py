"""Holds the data package of a folder to its profile and its files to the descriptor.

Prints a fault a line, then `checked N tables, M rows`. Fetches nothing.
"""

import importlib.util
import json
import pathlib
import sys

from frictionless import validate
from jsonschema import Draft4Validator

descriptor = pathlib.Path(sys.argv[1]) / "datapackage.json"
package = json.loads(descriptor.read_text(encoding="utf-8"))

profiles = importlib.util.find_spec("datapackage").submodule_search_locations[0]
profile = pathlib.Path(profiles) / "profiles" / (package["profile"] + ".json")
schema = json.loads(profile.read_text(encoding="utf-8"))
for error in Draft4Validator(schema).iter_errors(package):
    place = "/".join(str(part) for part in error.path)
    print(f"profile: {place}: {error.message}")

report = validate(str(descriptor))
for error in report.errors:
    print(f"{error.type}: {error.message}")
rows = 0
for task in report.tasks:
    for error in task.errors:
        print(f"{task.name}: {error.type}: {error.message}")
    rows += task.stats.get("rows", 0)
print(f"checked {len(report.tasks)} tables, {rows} rows")
