#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Measures our server and client and Node's turn by turn in one run: the server (or client) under test on one core, the
load on another. Prints a table of medians and ratios, and writes every single figure as JSON."""
import argparse
import contextlib
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NODE = os.path.join(ROOT, "tests/bench/node")
LIMIT = 120  # seconds that no single step may take

# name, arguments of hubbub-load, and what the table shows of its result: (title, unit, path into the JSON, more is better)
SERVER_STEPS = [
    ("connect", ["--scenario", "connect", "--clients", "1000", "--seconds", "1"],
     [("connects, 1000 clients", "/s", "perSecond", True)]),
    ("echo", ["--scenario", "echo", "--clients", "100", "--seconds", "2.5", "--warmup", "1"],
     [("echo with ack, 100 clients", "/s", "perSecond", True),
      ("  server CPU per echo", "us", "server.microsecondsPerOperation", False),
      ("  p50, as fast as it goes", "us", "latencyMicroseconds.p50", False),
      ("  p99, as fast as it goes", "us", "latencyMicroseconds.p99", False)]),
    ("paced", ["--scenario", "echo", "--clients", "100", "--seconds", "2.5", "--warmup", "1", "--rate", "10000"],
     [("echo at 10 000/s: p50", "us", "latencyMicroseconds.p50", False),
      ("echo at 10 000/s: p99", "us", "latencyMicroseconds.p99", False)]),
    ("broadcast", ["--scenario", "broadcast", "--clients", "1000", "--seconds", "2.5", "--warmup", "1"],
     [("broadcast to 1000, deliveries", "/s", "perSecond", True),
      ("  server CPU per delivery", "us", "server.microsecondsPerOperation", False)]),
    ("broadcast20", ["--scenario", "broadcast", "--clients", "1000", "--seconds", "2.5", "--warmup", "1",
                     "--in-flight", "20"],
     [("20 broadcasts in flight, deliveries", "/s", "perSecond", True),
      ("  server CPU per delivery", "us", "server.microsecondsPerOperation", False)]),
    ("idle", ["--scenario", "idle", "--clients", "2000", "--seconds", "2"],
     [("memory per idle connection", "KiB", "server.kibPerConnection", False)]),
]
CLIENT_STEPS = [(64, "64 B"), (1024, "1 KB")]


@contextlib.contextmanager
def program(*command):
    """A program that says "listening on URL"; gives (process, URL) and ends it afterwards."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        if not line.startswith("listening on "):
            raise SystemExit(f"bench: {command[-1]} did not start")
        yield process, line.split()[-1]
    finally:
        process.kill()
        process.wait()


def at(result, path):
    for key in path.split("."):
        result = result[key]
    return result


def cpu_model():
    with open("/proc/cpuinfo", encoding="utf-8") as lines:
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "unknown")


def busy_seconds():
    """Of all processors, by anybody, since the machine started."""
    with open("/proc/stat", encoding="utf-8") as lines:
        user, nice, system, _, _, irq, soft, steal = map(int, lines.readline().split()[1:9])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


def own_seconds():
    return sum(u.ru_utime + u.ru_stime
               for u in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


class Bench:
    def __init__(self, options):
        self.bin = os.path.join(os.path.abspath(options.build), "bin")
        self.rounds = options.rounds
        self.only = re.compile(options.only)
        cores = sorted(os.sched_getaffinity(0))
        self.under_test = ["taskset", "-c", str(cores[0])] if len(cores) > 1 else []
        self.load = ["taskset", "-c", str(cores[1])] if len(cores) > 1 else []
        self.servers = {"ours": [os.path.join(self.bin, "bench-server"), "0", "--workers", "1"],
                        "node": ["node", os.path.join(NODE, "server.mjs"), "0"]}
        self.clients = {"ours": [os.path.join(self.bin, "bench-client")],
                        "node": ["node", os.path.join(NODE, "client.mjs")]}
        self.results = {}

    def server_step(self, who, arguments):
        with program(*self.under_test, *self.servers[who]) as (server, url):
            done = subprocess.run([*self.load, os.path.join(self.bin, "hubbub-load"), "--url", url, "--pid",
                                   str(server.pid), "--json", "-", *arguments],
                                  capture_output=True, text=True, timeout=LIMIT)
            if done.returncode:
                raise SystemExit(f"bench: {who}: {done.stderr.strip()}")
            return json.loads(done.stdout)

    def client_step(self, who, text):
        with program(*self.load, os.path.join(self.bin, "bench-sender"), "--text", str(text)) as (_, url):
            done = subprocess.run([*self.under_test, *self.clients[who], url], capture_output=True, text=True,
                                  timeout=LIMIT)
            match = re.match(r"(\d+) events (\d+)/s cpu/event ([\d.]+)us", done.stdout)
            if done.returncode or not match:
                raise SystemExit(f"bench: client {who}: {done.stderr.strip()}")
            return {"events": int(match[1]), "perSecond": float(match[2]), "microsecondsPerEvent": float(match[3])}

    def steps(self):
        for name, arguments, rows in SERVER_STEPS:
            yield name, rows, lambda who, a=arguments: self.server_step(who, a)
        for text, title in CLIENT_STEPS:
            yield f"client{text}", [
                (f"client, events with {title} text", "/s", "perSecond", True),
                ("  client CPU per event", "us", "microsecondsPerEvent", False),
            ], lambda who, t=text: self.client_step(who, t)

    def run(self):
        print(f"{'':38}{'ours':>10} {'Node':>10}       better by", flush=True)
        for name, rows, step in self.steps():
            if not self.only.search(name):
                continue
            taken = {"ours": [], "node": []}
            for _ in range(self.rounds):
                for who, results in taken.items():
                    results.append(step(who))
            self.results[name] = taken
            for title, unit, path, more in rows:
                self.print_row(title, unit, path, more, taken)
            if any(result.get("generatorIsBottleneck") for result in taken["ours"]):
                print("    the load generator was the busier one: our server can do more than this")
            self.say_if_starved(name, taken)

    @staticmethod
    def say_if_starved(name, taken):
        """A rate only counts as the most a server can do while it has its core for itself."""
        if name in ("paced", "idle") or name.startswith("client"):
            return
        for who, results in taken.items():
            busy = statistics.median(result["server"]["busy"] for result in results)
            if busy < 0.9:
                print(f"    {who}: only {100 * busy:.0f} % of its core were used or to be had: trust CPU, not the rate")

    @staticmethod
    def print_row(title, unit, path, more, taken):
        ours, node = (statistics.median(at(result, path) for result in taken[who]) for who in ("ours", "node"))
        digits = 0 if max(ours, node) >= 100 else 2
        ratio = (ours / node if more else node / ours) if ours > 0 and node > 0 else 0
        print(f"{title:38}{ours:10.{digits}f} {node:10.{digits}f} {unit:5} {ratio:8.2f} x", flush=True)


def main():
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--build", default=os.path.join(ROOT, "build"), help="the build directory (build)")
    parser.add_argument("--rounds", type=int, default=3, help="turns each; the table shows medians (3)")
    parser.add_argument("--only", default="", metavar="REGEX", help="only steps whose names match: connect, echo, paced, "
                        "broadcast, broadcast20, idle, client64, client1024")
    parser.add_argument("--json", help="file for all figures (BUILD/bench.json)")
    options = parser.parse_args()
    bench = Bench(options)
    versions = subprocess.run(["node", "-p", f"""const require_ = require("module").createRequire({json.dumps(
        os.path.join(ROOT, "tests/interop/package.json"))}); const has = (n) => {{ try {{ require_.resolve(n); return true }}
        catch {{ return false }} }}; JSON.stringify({{node: process.version, socketio:
        require_("socket.io/package.json").version, bufferutil: has("bufferutil")}})"""],
                              capture_output=True, text=True, check=True).stdout
    machine = {"cores": len(os.sched_getaffinity(0)), "processor": cpu_model(), **json.loads(versions)}
    print(f"{machine['cores']} cores, {machine['processor']}; node {machine['node']}, socket.io {machine['socketio']}, ws "
          f"{'with' if machine['bufferutil'] else 'without'} bufferutil; medians of {options.rounds}")
    if not bench.load:
        print("only one core: server and load share it, so these figures say little")

    began, busy, own = time.monotonic(), busy_seconds(), own_seconds()
    bench.run()
    seconds = time.monotonic() - began
    others = max(0.0, busy_seconds() - busy - (own_seconds() - own)) / (seconds * (os.cpu_count() or 1))
    print(f"took {seconds:.0f} s; other programs used {100 * others:.0f} % of the machine meanwhile"
          + (": too noisy to quote" if others > 0.1 else ""))
    path = options.json or os.path.join(os.path.abspath(options.build), "bench.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"machine": machine, "rounds": options.rounds, "seconds": seconds, "otherLoad": others,
                   "steps": bench.results}, out, indent=1)
    print(f"every figure is in {os.path.relpath(path)}")


if __name__ == "__main__":
    sys.exit(main())
