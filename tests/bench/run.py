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

from machine import Watch, busy_seconds, cpu_model, own_seconds, settled_kib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
NODE = os.path.join(ROOT, "tests/bench/node")
LIMIT = 120  # seconds that no single step may take

# name, arguments of hubbub-load, and what the table shows of its result: (title, unit, path into the JSON, more is better)
CPU = "server.microsecondsPerOperation"
TRAFFIC = ["--seconds", "2.5", "--warmup", "1"]


def broadcast(clients, payload, *more):
    name = f"broadcast to {clients}, {'4 KB' if payload == 4096 else '64 B'}"
    return (f"broadcast{clients}-{payload}", ["--scenario", "broadcast", "--clients", str(clients), "--payload",
                                              str(payload), *TRAFFIC, *more],
            [(f"{name}: deliveries", "/s", "perSecond", True), ("  server CPU per delivery", "us", CPU, False)])


SERVER_STEPS = [
    ("connect1000", ["--scenario", "connect", "--clients", "1000", "--seconds", "1"],
     [("connects, 1000 clients", "/s", "perSecond", True), ("  server CPU per connect", "us", CPU, False)]),
    ("connect5000", ["--scenario", "connect", "--clients", "5000", "--seconds", "1"],
     [("connects, 5000 clients", "/s", "perSecond", True), ("  server CPU per connect", "us", CPU, False)]),
    ("echo", ["--scenario", "echo", "--clients", "100", *TRAFFIC],
     [("echo with ack, 100 clients", "/s", "perSecond", True), ("  server CPU per echo", "us", CPU, False),
      ("  p50, as fast as it goes", "us", "latencyMicroseconds.p50", False),
      ("  p99, as fast as it goes", "us", "latencyMicroseconds.p99", False)]),
    ("paced", ["--scenario", "echo", "--clients", "100", *TRAFFIC, "--rate", "10000"],
     [("echo at 10 000/s: p50", "us", "latencyMicroseconds.p50", False),
      ("echo at 10 000/s: p99", "us", "latencyMicroseconds.p99", False)]),
    ("single", ["--scenario", "echo", "--clients", "1", *TRAFFIC],
     [("round trip of one client: p50", "us", "latencyMicroseconds.p50", False),
      ("round trip of one client: p99", "us", "latencyMicroseconds.p99", False)]),
    broadcast(1000, 64),
    broadcast(5000, 64),
    broadcast(1000, 4096),
    broadcast(5000, 4096),
    ("inflight", ["--scenario", "broadcast", "--clients", "1000", *TRAFFIC, "--in-flight", "20"],
     [("20 broadcasts in flight, deliveries", "/s", "perSecond", True), ("  server CPU per delivery", "us", CPU, False)]),
    ("rooms", ["--scenario", "rooms", "--clients", "1000", "--room-size", "10", *TRAFFIC],
     [("100 rooms of 10, deliveries", "/s", "perSecond", True), ("  server CPU per delivery", "us", CPU, False)]),
    ("polling", ["--scenario", "polling", "--clients", "100", *TRAFFIC],
     [("echo by long-polling, 100 clients", "/s", "perSecond", True), ("  server CPU per echo", "us", CPU, False)]),
    ("churn", ["--scenario", "churn", "--clients", "1000", "--stay", "2", *TRAFFIC],
     [("500 of 1000 clients come anew a second: p99", "us", "latencyMicroseconds.p99", False),
      ("  server CPU per join", "us", CPU, False)]),
    ("idle", ["--scenario", "idle", "--clients", "10000", "--seconds", "2"],
     [("memory per idle connection (10 000)", "KiB", "server.kibPerConnection", False)]),
]
# Not in --quick; the load of one and the same server, one after the other.
# Whoever reads none of that has more waiting for it, before the minute is over, than a server may keep.
SLOW_READERS = ["--scenario", "broadcast", "--clients", "1000", "--payload", "8192", "--warmup", "1"]
WAVE = ["--scenario", "idle", "--clients", "10000", "--seconds", "0.2"]
QUICK = {"connect1000", "echo", "single", "broadcast1000-64", "inflight"}
FLOOR = re.compile("connect|echo|broadcast|inflight|single")
CLIENT_STEPS = [(64, "64 B"), (1024, "1 KB")]
ROUND_TRIP = "microsecondsPerRoundTrip"
# Of the client, against our server.
CLIENT_SCENARIOS = [
    ("clientacks1", ["--round-trips", "2"],
     [("client, emits with ack, one at a time", "/s", "perSecond", True), ("  client CPU per round trip", "us", ROUND_TRIP, False)]),
    ("clientacks100", ["--round-trips", "2", "--in-flight", "100"],
     [("client, emits with ack, 100 in flight", "/s", "perSecond", True), ("  client CPU per round trip", "us", ROUND_TRIP, False)]),
    ("clientidle", ["--sockets", "1"], [("client, memory of an idle process", "KiB", "residentKib", False)]),
    ("clientsockets", ["--sockets", "1000"],
     [("client, memory of 1000 connections", "KiB", "residentKib", False), ("  of each", "KiB", "kibPerSocket", False)]),
    ("clientoffline", ["--offline", "10000"],
     [("client, 10 000 emits offline, CPU", "ms", "enqueueMilliseconds", False),
      ("  longest turn while they are sent", "ms", "longestTurnMilliseconds", False)]),
]


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


class Bench:
    def __init__(self, options):
        self.bin = os.path.join(os.path.abspath(options.build), "bin")
        self.rounds = options.rounds
        self.only = re.compile(options.only)
        cores = sorted(os.sched_getaffinity(0))
        self.under_test = ["taskset", "-c", str(cores[0])] if len(cores) > 1 else []
        self.load = ["taskset", "-c", str(cores[1])] if len(cores) > 1 else []
        self.quick = options.quick
        self.slow_seconds = options.slow_seconds
        self.servers = {"ours": [os.path.join(self.bin, "bench-server"), "0", "--workers", "1"],
                        "node": ["node", os.path.join(NODE, "server.mjs"), "0"],
                        "floor": [os.path.join(self.bin, "bench-floor"), "0"]}
        self.clients = {"ours": [os.path.join(self.bin, "bench-client")],
                        "node": ["node", os.path.join(NODE, "client.mjs")]}
        self.results = {}

    def put_load(self, who, server, url, arguments):
        done = subprocess.run([*self.load, os.path.join(self.bin, "hubbub-load"), "--url", url, "--pid",
                               str(server.pid), "--json", "-", *arguments],
                              capture_output=True, text=True, timeout=LIMIT)
        if done.returncode:
            raise SystemExit(f"bench: {who}: {done.stderr.strip()} {done.stdout.strip()}")
        return json.loads(done.stdout)

    def server_step(self, who, arguments):
        with program(*self.under_test, *self.servers[who]) as (server, url):
            return self.put_load(who, server, url, arguments)

    def waves(self, who):
        """Resident KiB after each of three times 10 000 clients came and left."""
        with program(*self.under_test, *self.servers[who]) as (server, url):
            resident = []
            for _ in range(3):
                self.put_load(who, server, url, WAVE)
                resident.append(settled_kib(server.pid))
            return resident

    def slow_readers(self):
        """Broadcasts without and with ten clients that never read. The next one leaves when all others have the last,
        so that whatever one of them lost would end it."""
        taken = {}
        for slow in (0, 10):
            with program(*self.under_test, *self.servers["ours"]) as (server, url), Watch(server.pid) as watch:
                result = self.put_load("ours", server, url, [*SLOW_READERS, "--seconds", str(self.slow_seconds), "--slow",
                                                             str(slow)])
            taken[f"{slow} slow"] = {**result, "residentKib": watch.resident, "closed": watch.files_closed()}
            broadcasts = result["operations"] / (1000 - slow)
            print(f"broadcast of 8 KB to 1000, {slow} of them slow, for {self.slow_seconds} s: {broadcasts:.0f} to each other, "
                  f"p99 {at(result, 'latencyMicroseconds.p99') / 1000:.1f} ms, {watch.files_closed()} closed; "
                  f"server at most {max(watch.resident) / 1024:.0f} MiB", flush=True)
        p99 = [at(result, "latencyMicroseconds.p99") for result in taken.values()]
        print(f"  p99 with slow ones {p99[1] / p99[0]:.2f} x that without")
        self.results["slow"] = taken

    def more(self):
        """What has one figure or a sequence of them, not a ratio."""
        if self.only.search("waves"):
            taken = {who: self.waves(who) for who in ("ours", "node")}
            self.results["waves"] = taken
            for who, resident in taken.items():
                print(f"memory after 10 000 left, {who}: " + ", ".join(f"{kib / 1024:.1f}" for kib in resident) + " MiB")
        if self.only.search("slow"):
            self.slow_readers()
        if self.only.search("cores") and self.load:
            taken = {}
            for workers in sorted({1, 2, os.cpu_count() or 1}):
                with program(os.path.join(self.bin, "bench-server"), "0", "--workers", str(workers)) as (server, url):
                    taken[workers] = self.put_load("ours", server, url, ["--scenario", "echo", "--clients", "100", *TRAFFIC])
                print(f"echo on all cores, {workers} workers: {taken[workers]['perSecond']:.0f}/s, "
                      f"{at(taken[workers], CPU):.2f} us CPU each")
            self.results["cores"] = taken

    def client_step(self, who, text):
        with program(*self.load, os.path.join(self.bin, "bench-sender"), "--text", str(text)) as (_, url):
            done = subprocess.run([*self.under_test, *self.clients[who], url], capture_output=True, text=True,
                                  timeout=LIMIT)
            match = re.match(r"(\d+) events (\d+)/s cpu/event ([\d.]+)us", done.stdout)
            if done.returncode or not match:
                raise SystemExit(f"bench: client {who}: {done.stderr.strip()}")
            return {"events": int(match[1]), "perSecond": float(match[2]), "microsecondsPerEvent": float(match[3])}

    def client_scenario(self, who, arguments):
        with program(*self.load, *self.servers["ours"]) as (_, url):
            done = subprocess.run([*self.under_test, *self.clients[who], *arguments, url], capture_output=True, text=True,
                                  timeout=LIMIT)
            if done.returncode:
                raise SystemExit(f"bench: client {who}: {done.stderr.strip()} {done.stdout.strip()}")
            return json.loads(done.stdout)

    def steps(self):
        for name, arguments, rows in SERVER_STEPS:
            yield name, rows, lambda who, a=arguments: self.server_step(who, a)
        for text, title in CLIENT_STEPS:
            yield f"client{text}", [
                (f"client, events with {title} text", "/s", "perSecond", True),
                ("  client CPU per event", "us", "microsecondsPerEvent", False),
            ], lambda who, t=text: self.client_step(who, t)
        for name, arguments, rows in CLIENT_SCENARIOS:
            yield name, rows, lambda who, a=arguments: self.client_scenario(who, a)

    def run(self):
        print(f"{'':38}{'ours':>10} {'Node':>10}       better by", flush=True)
        for name, rows, step in self.steps():
            if not self.only.search(name):
                continue
            if self.quick and name not in QUICK:
                continue
            taken = {"ours": [], "node": []}
            if FLOOR.match(name):
                taken["floor"] = []
            for _ in range(self.rounds):
                for who, results in taken.items():
                    results.append(step(who))
            self.results[name] = taken
            for title, unit, path, more in rows:
                self.print_row(title, unit, path, more, taken)
                if path == CPU and "floor" in taken:
                    self.print_floor(path, taken)
            if any(result.get("generatorIsBottleneck") for result in taken["ours"]):
                print("    the load generator was the busier one: our server can do more than this")
            self.say_if_starved(name, taken)

    @staticmethod
    def say_if_starved(name, taken):
        """A rate only counts as the most a server can do while it has its core for itself."""
        if name in ("paced", "idle", "single", "churn") or name.startswith("client"):
            return
        for who, results in taken.items():
            busy = statistics.median(result["server"]["busy"] for result in results)
            if busy < 0.9:
                print(f"    {who}: only {100 * busy:.0f} % of its core were used or to be had: trust CPU, not the rate")

    @staticmethod
    def print_floor(path, taken):
        ours, floor = (statistics.median(at(result, path) for result in taken[who]) for who in ("ours", "floor"))
        if floor > 0:
            print(f"{'  the same by bench-floor':38}{floor:10.2f} {'':10} us    {ours / floor:8.2f} x of it", flush=True)

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
    parser.add_argument("--quick", action="store_true", help="one round of five steps of the server: under two minutes")
    parser.add_argument("--only", default="", metavar="REGEX", help="only steps whose names match: " + ", ".join(
        [*(step[0] for step in SERVER_STEPS), "client64", "client1024", *(step[0] for step in CLIENT_SCENARIOS), "waves", "slow",
         "cores"]))
    parser.add_argument("--slow-seconds", type=int, default=60, help="how long the step with slow readers broadcasts (60)")
    parser.add_argument("--json", help="file for all figures (BUILD/bench.json)")
    options = parser.parse_args()
    if options.quick:
        options.rounds = 1
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # 10 000 connections need as many descriptors
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
    if not options.quick:
        bench.more()
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
