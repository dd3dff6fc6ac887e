#!/bin/sh
# Groups packs on an engine, and holds the cubes against those that are read here, to the byte.
#
#   tests/engines/run.sh sail    Sail: the golden suite and what goes wrong (each run of CI)
#   tests/engines/run.sh duckdb  DuckDB by its ADBC driver: the golden suite (each run of CI)
#   tests/engines/run.sh spark   Apache Spark: the same, and tokens, and a full disk
#   tests/engines/run.sh kills   Spark's executors and workers killed at ten moments, and Sail as a whole
#
# A second argument is the folder for scratch; kept, the next run is quicker. Needs Python 3 with venv, `protoc`
# (Debian: protobuf-compiler), PyPI, and Java for Spark (Debian: openjdk-17-jre-headless). Servers listen
# on 127.0.0.1 at free ports and are stopped by their process ids. Where something cannot be had, it says so and
# ends with 77.
#
#   ENGINE_KILLS       what is killed (spark sail)
#   ENGINE_LINES       lines of the made-up county (100000; 3000000 for kills)
#   ENGINE_NATION      lines of the made-up nation of 20 places (100000)
#   ENGINE_PROGRAM     the example `distribute`, built, with `nation` beside it (else they are built here)
#   ENGINE_SHARED      the published data (../shared): with it the whole packs of the two counties too
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/engines
what=${1:-sail}
scratch=${2:-$(mktemp -d)}
mkdir -p "$scratch"
scratch=$(cd "$scratch" && pwd)
# shellcheck source=tests/engines/servers.sh
. "$here/servers.sh"
mounted=""
trap 'stop_all; [ -z "$mounted" ] || umount "$mounted"' EXIT
trap 'exit 130' INT TERM

skip() {
    echo "SKIPPED engines: $1"
    exit 77
}
debian() { # command package
    command -v "$1" >/dev/null || timeout 300 apt-get install -qq -y "$2" >/dev/null 2>&1 || skip "no $1 (Debian: $2)"
}

debian protoc protobuf-compiler
case $what in
sail) install with-sail 'pysail==0.7.*' numpy pyarrow || skip "PyPI gives no Sail" ;;
duckdb) install with-duckdb 'duckdb==2.*' numpy pyarrow || skip "PyPI gives no DuckDB" ;;
spark) install with-spark 'pyspark[connect]==4.*' || skip "PyPI gives no Spark" ;;
kills)
    install with-sail 'pysail==0.7.*' || skip "PyPI gives no Sail"
    install with-spark 'pyspark[connect]==4.*' || skip "PyPI gives no Spark"
    ;;
*)
    echo "sail, duckdb, spark or kills?" >&2
    exit 2
    ;;
esac
case $what in spark | kills) debian java openjdk-17-jre-headless ;; esac

CARGO_TARGET_DIR=${ENGINE_TARGET:-"$scratch/target"} cargo build --quiet --locked --features spark,adbc \
    --manifest-path "$root/engines/Cargo.toml"
if [ "$what" = sail ]; then
    CARGO_TARGET_DIR=${ENGINE_TARGET:-"$scratch/target"} cargo test --quiet --locked --features spark,adbc \
        --manifest-path "$root/engines/Cargo.toml"
fi
WHOLEPLACE_DOOR=${ENGINE_TARGET:-"$scratch/target"}/debug/wholeplace-engine
if [ -z "${ENGINE_PROGRAM:-}" ]; then
    (cd "$root" && cargo build --quiet --release --example distribute --example nation)
    ENGINE_PROGRAM=${CARGO_TARGET_DIR:-"$root/target"}/release/examples/distribute
fi
nation=$(dirname "$ENGINE_PROGRAM")/nation
case $what in kills) lines=${ENGINE_LINES:-3000000} ;; *) lines=${ENGINE_LINES:-100000} ;; esac
ENGINE_COUNTY=$scratch/county-$lines
[ -f "$ENGINE_COUNTY/place.toml" ] || "$python" "$here/county.py" "$lines" "$ENGINE_COUNTY"
ENGINE_WAREHOUSE=$scratch/warehouse
export WHOLEPLACE_DOOR ENGINE_PROGRAM ENGINE_COUNTY ENGINE_WAREHOUSE

golden() {
    shared=${ENGINE_SHARED:-"$root/../shared"}
    held=0
    left=0
    while read -r pack data; do
        if [ -n "$data" ] && [ ! -d "$shared/$data" ]; then
            echo "SKIPPED $pack: there is no shared data \`$data\`"
            continue
        fi
        echo "== $pack"
        said=0
        # shellcheck disable=SC2086
        "$ENGINE_PROGRAM" --pack "$pack" ${data:+--data "$shared/$data"} --within 900 \
            >"$scratch/said" 2>&1 </dev/null || said=$?
        grep -v '^  not looked' "$scratch/said" || true
        if [ "$said" -eq 0 ] && grep -qE 'the same, byte by byte|have the same records' "$scratch/said"; then
            held=$((held + 1))
        elif grep -q '^error: ledger .* cannot be grouped where it lies' "$scratch/said"; then
            # A rule that needs lines, named: no figure at all, and so no wrong one.
            left=$((left + 1))
        else
            exit 1
        fi
    done <<PACKS
$root/examples/data/shropshire
$root/examples/data/partners
$ENGINE_COUNTY
$root/examples/packs/shropshire shropshire
$root/examples/packs/lancashire ledgers
PACKS
    echo "== a nation of 20 places"
    WHOLEPLACE_NATION_LINES=${ENGINE_NATION:-100000} "$nation" --check --within 900 </dev/null \
        >"$scratch/said" 2>&1 || {
        tail -5 "$scratch/said"
        exit 1
    }
    tail -4 "$scratch/said"
    held=$((held + 20))
    echo "golden: $held packs the same, $left refused by name"
}

# TLS in front of $port: sets ENGINE_TLS and ENGINE_AUTHORITY.
tls() {
    tls=$scratch/tls
    mkdir -p "$tls"
    if [ ! -f "$tls/leaf.pem" ]; then
        openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/CN=Authority of a test' \
            -keyout "$tls/authority.key" -out "$tls/authority.pem" 2>/dev/null
        openssl req -newkey rsa:2048 -nodes -subj '/CN=localhost' -keyout "$tls/leaf.key" \
            -out "$tls/leaf.csr" 2>/dev/null
        printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >"$tls/names"
        openssl x509 -req -in "$tls/leaf.csr" -CA "$tls/authority.pem" -CAkey "$tls/authority.key" \
            -CAcreateserial -days 30 -extfile "$tls/names" -out "$tls/leaf.pem" 2>/dev/null
    fi
    ENGINE_TLS=$(free_port) ENGINE_AUTHORITY=$tls/authority.pem
    "$python" "$here/tls_proxy.py" "$ENGINE_TLS" "$port" "$tls/leaf.pem" "$tls/leaf.key" &
    started="$started $!"
    await_port "$ENGINE_TLS" $! "the proxy"
    export ENGINE_TLS ENGINE_AUTHORITY
}

# Parquet files to be meddled with.
files() {
    ENGINE_FILES=$scratch/files
    rm -rf "$ENGINE_FILES"
    mkdir -p "$ENGINE_FILES"
    env -u WHOLEPLACE_DOOR -u WHOLEPLACE_SERVER "$ENGINE_PROGRAM" --pack "$root/examples/data/shropshire" \
        --to "$ENGINE_FILES" >/dev/null 2>&1 </dev/null
    export ENGINE_FILES
}

faults() { # kind
    tls
    files
    # The executors of a `local-cluster` are children of the server.
    ENGINE_PIDS="$server $(pgrep -P "$server" | tr '\n' ' ')"
    export ENGINE_PIDS
    "$python" "$here/faults.py" "$1" "sc://127.0.0.1:$port"
}

case $what in
sail)
    start_sail
    WHOLEPLACE_SERVER="sc://127.0.0.1:$port"
    export WHOLEPLACE_SERVER
    golden
    faults sail
    ;;
duckdb)
    # PyPI's DuckDB is a module of Python, and lacks Python's own names where it is loaded by another program.
    driver=$("$python" -c 'import importlib.util as u; print(u.find_spec("_duckdb").origin)')
    names=$("$python" -c 'import sysconfig as s; print(s.get_config_var("LIBDIR") + "/" + s.get_config_var("LDLIBRARY"))')
    [ -f "$names" ] && [ "${names%.a}" = "$names" ] || skip "Python has no shared library here"
    printf '#!/bin/sh\nLD_PRELOAD="%s" exec "%s"\n' "$names" "$WHOLEPLACE_DOOR" >"$scratch/door"
    chmod +x "$scratch/door"
    WHOLEPLACE_DOOR=$scratch/door WHOLEPLACE_SERVER="adbc:$driver;entrypoint=duckdb_adbc_init;path=:memory:"
    export WHOLEPLACE_DOOR WHOLEPLACE_SERVER
    golden
    files
    "$python" "$here/faults.py" duckdb "$WHOLEPLACE_SERVER"
    ;;
spark)
    start_spark 'local-cluster[2,1,1024]'
    WHOLEPLACE_SERVER="sc://127.0.0.1:$port"
    export WHOLEPLACE_SERVER
    golden
    faults spark
    stop_all
    ENGINE_TOKEN=open-sesame-$$
    disk=$scratch/disk
    mkdir -p "$disk"
    if mount -t tmpfs -o size=4m tmpfs "$disk" 2>/dev/null; then
        mounted=$disk
        export ENGINE_DISK=1
    fi
    export ENGINE_TOKEN
    local_dirs=$disk
    start_spark 'local[2]' --conf "spark.connect.authenticate.token=$ENGINE_TOKEN"
    "$python" "$here/faults.py" guarded "sc://127.0.0.1:$port"
    ;;
kills)
    for killed in ${ENGINE_KILLS:-spark sail}; do
        case $killed in
        spark)
            start_master
            start_worker one
            start_worker two
            start_spark "$master"
            export SPARK_HOME ENGINE_MASTER="$master" ENGINE_SCRATCH="$scratch"
            WHOLEPLACE_SERVER="sc://127.0.0.1:$port" "$python" "$here/kills.py" spark
            stop_all
            ;;
        sail) ENGINE_SAIL=$scratch/with-sail/bin/sail "$python" "$here/kills.py" sail ;;
        esac
    done
    ;;
esac
