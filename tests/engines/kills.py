"""Kills what computes at ten moments of a run: `kills.py spark|sail`. Exact each time, or a clean error.

`spark`: a standalone cluster of two workers is there. By turns an executor, and a worker with its executor, are killed
(`kill -9`); a killed worker is started again. `sail`: the whole server is killed, which ends in an error within
its time, and the next run on a new server is exact. A cube that is not the one read here fails all of it.
"""

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time

ENV = os.environ
SCRATCH = pathlib.Path(ENV.get("ENGINE_SCRATCH") or pathlib.Path(ENV["ENGINE_COUNTY"]).parent)
TEN = 10
# Words of an error that is one: what happened, and that nothing came of it.
CLEAN = ("lost a worker", "cannot be reached", "within the time", "cannot be an answer", "nothing of it is used")


class Run:
    """The cube of the county by the engine, held against the one that is read here."""

    def __init__(self, server, within):
        self.began = time.monotonic()
        self.lines = []
        self.moment = None
        self.process = subprocess.Popen(
            [ENV["ENGINE_PROGRAM"], "--pack", ENV["ENGINE_COUNTY"], "--within", str(within)],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=ENV | {"WHOLEPLACE_SERVER": server},
        )
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self):
        for line in self.process.stdout:
            if " engine: " in line and self.moment is None:
                self.moment = time.monotonic() - self.began
            self.lines.append(line.rstrip())

    def came_of_it(self):
        """`exact`, a clean error, or what nobody may see; and the seconds until then."""
        self.process.wait()
        self.thread.join()
        took = self.moment or time.monotonic() - self.began
        if self.process.returncode == 0 and any("the same, byte by byte" in line for line in self.lines):
            return "exact", took
        errors = [line for line in self.lines if line.startswith("error: ")]
        if len(errors) == 1 and any(word in errors[0] for word in CLEAN) and "two cubes" not in errors[0]:
            return "clean error: " + errors[0].removeprefix("error: "), took
        return "WRONG: " + " | ".join(self.lines), took


def processes(word):
    """Processes of our own servers: those with this word in their command, that work in the scratch folder."""
    found = []
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if word in command and (str(SCRATCH) in command or ENV.get("ENGINE_MASTER", "\0") in command):
            found.append((int(folder.name), command))
    return found


def executors():
    found = []
    for pid, command in processes("CoarseGrainedExecutorBackend"):
        worker = re.search(r"--worker-url \S*Worker@127\.0\.0\.1:(\d+)", command)
        found.append((pid, worker and worker.group(1)))
    return found


def start_worker(number):
    folder = SCRATCH / f"work-again-{number}"
    log = open(SCRATCH / "workers-again.log", "ab")
    return subprocess.Popen(
        [f"{ENV['SPARK_HOME']}/bin/spark-class", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
         "--cores", "1", "--memory", "1g", "--webui-port", "0", "--work-dir", str(folder), ENV["ENGINE_MASTER"]],
        stdout=log, stderr=log, env=ENV | {"SPARK_DAEMON_MEMORY": "256m"},
    )


def kill(pid):
    os.kill(pid, signal.SIGKILL)


def spark():
    server, again, wrong = ENV["WHOLEPLACE_SERVER"], [], 0
    exact, alone = Run(server, 600).came_of_it()
    print(f"nothing killed: {exact}, {alone:.1f} s (the first, cold)", flush=True)
    exact, alone = Run(server, 600).came_of_it()
    print(f"nothing killed: {exact}, {alone:.1f} s", flush=True)
    wrong += exact != "exact"
    for number in range(TEN):
        while len(executors()) < 2:
            time.sleep(1)
        moment = alone * (number + 0.5) / TEN
        run = Run(server, 600)
        time.sleep(moment)
        running = executors()
        pid, _ = running[number // 2 % len(running)]
        whole = number % 2 == 1
        if whole:
            workers = processes("org.apache.spark.deploy.worker.Worker")
            victim, _ = workers[0]
            # The worker first: it would start another executor.
            kill(victim)
            for child in [at for at, _ in running if parent(at) == victim]:
                kill(child)
            again.append(start_worker(number))
        else:
            kill(pid)
        came, took = run.came_of_it()
        wrong += came.startswith("WRONG")
        print(f"{'worker' if whole else 'executor'} killed at {moment:.1f} s: {came}, {took:.1f} s", flush=True)
    for worker in again:
        worker.kill()
        worker.wait()
    return wrong


def parent(pid):
    try:
        return int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return None


def start_sail():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    log = open(SCRATCH / "sail-kills.log", "ab")
    server = subprocess.Popen(
        [ENV["ENGINE_SAIL"], "spark", "server", "--ip", "127.0.0.1", "--port", str(port)], stdout=log, stderr=log,
        env=ENV | {"SAIL_MODE": "local-cluster", "SAIL_CLUSTER__WORKER_TASK_SLOTS": "16"},
    )
    for _ in range(120):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return server, f"sc://127.0.0.1:{port}"
        except OSError:
            time.sleep(0.5)
    raise SystemExit("Sail did not start")


def sail():
    wrong = 0
    server, address = start_sail()
    exact, alone = Run(address, 600).came_of_it()
    print(f"nothing killed: {exact}, {alone:.1f} s", flush=True)
    for number in range(TEN):
        moment = alone * (number + 0.5) / TEN
        run = Run(address, 600)
        time.sleep(moment)
        server.kill()
        server.wait()
        killed = time.monotonic() - run.began
        came, took = run.came_of_it()
        wrong += came.startswith("WRONG") or took - killed > 60
        print(f"Sail killed at {moment:.1f} s: {came}, {took - killed:.1f} s after", flush=True)
        server, address = start_sail()
    exact, took = Run(address, 600).came_of_it()
    wrong += exact != "exact"
    print(f"the next run: {exact}, {took:.1f} s", flush=True)
    server.kill()
    server.wait()
    return wrong


if __name__ == "__main__":
    faults = {"spark": spark, "sail": sail}[sys.argv[1]]()
    print(f"kills: {TEN - min(faults, TEN)} passed, {faults} failed")
    sys.exit(1 if faults else 0)
