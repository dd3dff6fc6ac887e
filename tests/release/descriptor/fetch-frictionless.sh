#!/bin/sh
# Installs frictionless (MIT) and the profiles of Data Package 1 for tests/release/data_package.rs, into a
# Python of its own under target/. Run this once where pip may be used, or name the Python of another
# installation in WHOLEPLACE_FRICTIONLESS.
set -eu
folder="$(cd "$(dirname "$0")/../../.." && pwd)/target/frictionless"
python3 -m venv "$folder"
"$folder/bin/pip" install --quiet --disable-pip-version-check frictionless==5.21.0
# Only for the JSON Schemas in it.
"$folder/bin/pip" install --quiet --disable-pip-version-check --no-deps datapackage==1.15.4
echo "$folder/bin/python"
