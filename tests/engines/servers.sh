# Servers on loopback, at free ports, each stopped by its process id. For `run.sh`; expects $scratch.

started=""

# Where Spark keeps what does not fit its memory.
local_dirs=""

# A Python of its own for each server, with packages from PyPI: Sail looks at which Spark stands beside it.
# Sets $python.
install() { # name package…
    python=$scratch/$1/bin/python
    [ -x "$python" ] || python3 -m venv "$scratch/$1" || return 1
    shift
    "$python" -m pip install --quiet --disable-pip-version-check "$@"
}

free_port() {
    "$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# Waits until somebody listens; gives up when the process is gone, or after two minutes.
await_port() { # port pid log
    tries=0
    until "$python" -c "import socket; socket.create_connection((\"127.0.0.1\", $1), 1)" 2>/dev/null; do
        tries=$((tries + 1))
        if [ "$tries" -gt 120 ] || ! kill -0 "$2" 2>/dev/null; then
            echo "a server did not start; see $3" >&2
            exit 1
        fi
        sleep 1
    done
}

# Sets $server and $port.
start_sail() {
    port=$(free_port)
    # Every task of a plan has to fit at once.
    SAIL_MODE=local-cluster SAIL_CLUSTER__WORKER_TASK_SLOTS=16 \
        "$scratch/with-sail/bin/sail" spark server --ip 127.0.0.1 --port "$port" >"$scratch/sail.log" 2>&1 &
    server=$!
    started="$started $server"
    await_port "$port" "$server" "$scratch/sail.log"
}

spark_home() {
    SPARK_HOME=$("$python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
    SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS=${local_dirs:-$scratch/local}
    export SPARK_HOME SPARK_LOCAL_IP SPARK_LOCAL_DIRS
}

# Sets $server and $port. At most 3 GiB: one for the driver, one for each of two executors.
start_spark() { # master [more arguments of spark-submit]
    spark_home
    port=$(free_port)
    master=$1
    shift
    "$SPARK_HOME/bin/spark-submit" --master "$master" \
        --class org.apache.spark.sql.connect.service.SparkConnectServer \
        --driver-memory 1g --executor-memory 1g \
        --conf spark.connect.grpc.binding.address=127.0.0.1 --conf "spark.connect.grpc.binding.port=$port" \
        --conf spark.driver.bindAddress=127.0.0.1 --conf spark.driver.host=127.0.0.1 \
        --conf spark.ui.enabled=false --conf spark.sql.shuffle.partitions=4 \
        --conf "spark.sql.warehouse.dir=$scratch/warehouse" "$@" spark-internal >"$scratch/spark.log" 2>&1 &
    server=$!
    started="$started $server"
    await_port "$port" "$server" "$scratch/spark.log"
}

# A master, which sets $master and $master_pid.
start_master() {
    spark_home
    master_port=$(free_port)
    SPARK_DAEMON_MEMORY=256m "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.master.Master \
        --host 127.0.0.1 --port "$master_port" --webui-port 0 >"$scratch/master.log" 2>&1 &
    started="$started $!"
    await_port "$master_port" $! "$scratch/master.log"
    master="spark://127.0.0.1:$master_port"
}

# A worker of one core, which sets $worker.
start_worker() { # name
    SPARK_DAEMON_MEMORY=256m "$SPARK_HOME/bin/spark-class" org.apache.spark.deploy.worker.Worker \
        --host 127.0.0.1 --cores 1 --memory 1g --webui-port 0 --work-dir "$scratch/work-$1" \
        "$master" >>"$scratch/worker-$1.log" 2>&1 &
    worker=$!
    started="$started $worker"
}

stop() { # pid
    kill "$1" 2>/dev/null || true
    wait "$1" 2>/dev/null || true
}

stop_all() {
    for pid in $started; do
        stop "$pid"
    done
    started=""
}
