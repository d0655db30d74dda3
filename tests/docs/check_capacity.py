#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the page on capacity calculates follows from the measured costs in its first table: check_capacity.py PAGE"""
import re
import sys

KIB, MIB, GIB = 1024, 1024**2, 1024**3
NUMBER = r"(\d[\d ]*(?:\.\d+)?)"


class Page:
    def __init__(self, text):
        self.text = re.sub(r"\s+", " ", text)
        self.lines = text.splitlines()
        self.problems = []
        self.checked = 0

    def row(self, start):
        """The cells of the row whose first cell begins so."""
        for line in self.lines:
            if line.startswith(f"| {start}"):
                return [cell.strip() for cell in line.strip("|").split("|")]
        raise SystemExit(f"there is no row \"{start}\"")

    def cost(self, start, pattern):
        """A measured figure out of the second cell of that row."""
        match = re.search(pattern.replace("#", NUMBER), self.row(start)[1])
        if not match:
            raise SystemExit(f"row \"{start}\" has no figure like \"{pattern}\"")
        return value(match[1])

    def follows(self, what, said, pattern, wanted):
        """In `said`, the number in the place of # is `wanted`, rounded to as many digits as it has."""
        match = re.search(re.escape(pattern).replace(r"\#", NUMBER), said)
        if not match:
            self.problems.append(f"{what}: \"{pattern}\" is not there: {said[:90]}")
            return
        self.checked += 1
        if abs(value(match[1]) - wanted) > 0.5000001 * unit(match[1]):
            self.problems.append(f"{what}: it says {match[1]}, and the costs make {wanted:.6g}")


def value(text):
    return float(text.replace(" ", ""))


def unit(text):
    """What its last digit that is not a filling zero counts."""
    digits = text.replace(" ", "")
    if "." in digits:
        return 10.0 ** -len(digits.split(".")[1])
    return 10.0 ** (len(digits) - len(digits.rstrip("0")))


def main():
    page = Page(open(sys.argv[1], encoding="utf-8").read())
    memory = page.cost("an idle connection, memory", "# KiB") * KIB
    connect = page.cost("a connect", "to # µs") * 1e-6
    take = page.cost("a message in, with its ack", "# µs") * 1e-6
    give = page.cost("a message out to one of a room of up to 1000", "^# µs") * 1e-6
    give_many = page.cost("… of a room of 5000 or more", "# µs") * 1e-6
    beat = 25  # seconds

    page.follows("processor of an idle connection", page.row("an idle connection, processor")[1], "an echo, # µs", take * 1e6)
    page.follows("processor of an idle connection", page.row("an idle connection, processor")[1], "so # µs a second", take / beat * 1e6)
    page.follows("formula", page.text, "÷ # KiB", memory / KIB)
    page.follows("formula", page.text, "÷ (# µs", take * 1e6)
    page.follows("formula", page.text, "members of the room × # µs", give * 1e6)

    for start, gib in (("1 core, 1 GiB", 1), ("2 cores, 4 GiB", 4), ("4 cores, 16 GiB", 16)):
        page.follows(start, page.row(start)[1], "#", gib * GIB * 2 / 3 / memory)
    one = page.row("1 core, 1 GiB")
    for cell, members in ((2, 10), (3, 100), (4, 1000)):
        page.follows(f"rooms of {members}", one[cell], "#", 0.5 / (take + members * give))
    page.follows("rooms of 10", one[2], "(# out)", 10 * 0.5 / (take + 10 * give))
    page.follows("everybody comes back", page.text, "100 000 × # µs", connect * 1e6)
    page.follows("everybody comes back", page.text, f"{connect * 1e6:.0f} µs = # s", 100_000 * connect)

    nodes, million = 20, 1_000_000
    row = page.row("memory of connections")
    page.follows("a million's memory", row[1], "# GiB", million * memory / GIB)
    page.follows("a node's memory", row[2], "# GiB", million / nodes * memory / GIB)
    row = page.row("heartbeats")
    page.follows("a million's heartbeats", row[1], "#/s", million / beat)
    page.follows("a million's heartbeats", row[1], "/s, # of a core", million / beat * take)
    page.follows("a node's heartbeats", row[2], "# % of a core", 100 * million / nodes / beat * take)
    row = page.row("all of them reconnect")
    page.follows("a million reconnects", row[1], "# s of a core", million * connect)
    page.follows("a node's reconnects", row[2], "# s", million / nodes * connect)
    row = page.row("each says something every 10 min, in rooms of 100")
    said = million / 600
    page.follows("a million's messages", row[1], "#/s in", said)
    page.follows("a million's messages", row[1], "in, #/s out", 100 * said)
    page.follows("a million's messages", row[1], "out, # of a core", said * (take + 100 * give))
    page.follows("a node's messages", row[2], "# % of a core", 100 * said * (take + 100 * give) / nodes)
    row = page.row("one message to everybody")
    page.follows("to a million", row[1], "# s of a core", million * give_many)
    page.follows("to a node", row[2], "# s", million / nodes * give_many)
    page.follows("every node hears all", page.text, "(every node hears every message), #/s", said)
    page.follows("every node hears all", page.text, "each # % of a core", 100 * said * take)
    page.follows("where hearing all ends", page.text, "at some # messages a second", 0.5 / take)

    if page.problems:
        sys.exit("\n".join(page.problems))
    print(f"{page.checked} figures follow from the measured costs")


main()
