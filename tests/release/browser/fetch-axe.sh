#!/bin/sh
# Fetches axe-core (MPL-2.0, Deque Systems) for tests/release/site_browser.rs. It is not shipped with this
# project: run this once where npm may be used, or name another copy in WHOLEPLACE_AXE.
set -eu
folder="$(cd "$(dirname "$0")/../../.." && pwd)/target/axe"
mkdir -p "$folder"
cd "$folder"
npm pack --silent axe-core@4.14.1
tar xzf axe-core-4.14.1.tgz package/axe.min.js package/LICENSE
echo "$folder/package/axe.min.js"
