#!/bin/sh
# Groups packs on Sail, a server of Spark Connect, and holds the cubes against those that are read here.
#
#   tests/engines/run.sh [folder for scratch]
#
# Needs Python 3 with venv, `protoc` (Debian: protobuf-compiler) and PyPI. Everything is made in the scratch
# folder, and the server listens on 127.0.0.1 at a free port and is stopped by its process id.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
scratch=${1:-$(mktemp -d)}
mkdir -p "$scratch"

if [ ! -x "$scratch/venv/bin/sail" ]; then
    python3 -m venv "$scratch/venv"
    "$scratch/venv/bin/pip" install --quiet 'pysail==0.7.*'
fi
CARGO_TARGET_DIR="$scratch/target" cargo build --quiet --locked --features spark \
    --manifest-path "$root/engines/Cargo.toml"

port=$("$scratch/venv/bin/python" -c \
    'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
# Every task of a plan has to fit at once.
SAIL_MODE=local-cluster SAIL_CLUSTER__WORKER_TASK_SLOTS=16 \
    "$scratch/venv/bin/sail" spark server --ip 127.0.0.1 --port "$port" >"$scratch/sail.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT INT TERM
tries=0
until "$scratch/venv/bin/python" -c \
    "import socket; socket.create_connection((\"127.0.0.1\", $port), 1)" 2>/dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -gt 60 ] || ! kill -0 "$server" 2>/dev/null; then
        echo "the server did not start; see $scratch/sail.log" >&2
        exit 1
    fi
    sleep 1
done

cd "$root"
WHOLEPLACE_DOOR="$scratch/target/debug/wholeplace-engine"
WHOLEPLACE_SERVER="sc://127.0.0.1:$port"
export WHOLEPLACE_DOOR WHOLEPLACE_SERVER
for pack in ${WHOLEPLACE_PACKS:-examples/data/shropshire examples/data/partners}; do
    echo "== $pack"
    # Word by word: a pack may come with `--data folder`.
    # shellcheck disable=SC2086
    ${WHOLEPLACE_RUN:-cargo run --quiet --release --example} distribute ${WHOLEPLACE_BETWEEN:---} \
        --pack $pack
done
