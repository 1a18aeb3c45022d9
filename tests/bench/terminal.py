"""The rows T1 to T9 of the goals of speed as one table of ratios.

    python3 terminal.py HARNESS MINIMAL EXEQUATUR [--runs 20] [--only T1,T2] [--peer 'NAME GOAL GATE COMMAND']

HARNESS is the file of a harness of pseudo-terminals that can be imported: `Run(subject, options).go()` starts
a program, waits for its first settled screen, presses keys and gives what it saw in microseconds. MINIMAL is
the form of `--bin minimal` of this package, EXEQUATUR a release build of the program. Everything takes turns
with what it is compared with, and the figures are medians of the ratios of each turn. Each `--peer` is another
library's form for T8, as `peers/terminal/` has them: `'questionary 25 15 python3 questionary_form.py'`.

A harness that looks at a screen while it reads it makes the program wait, because a pseudo-terminal passes on
4,095 bytes at a time. So T1 is measured by a reader that only reads, and by the harness beside it for
comparison. Exit status 1 where a gate is missed. Standard library only; Linux.
"""

import argparse
import fcntl
import importlib.util
import os
import pathlib
import select
import shlex
import shutil
import signal
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time

ENVIRONMENT = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
# Milliseconds without a byte after which a screen is settled.
QUIET = 40
WARM_UP = 2
SMALL, LARGE = (80, 24), (200, 50)
DOWN_AND_UP = "{down}{down}{up}{down}{up}{up}"
# Answers to the question at which the matter opens, each other than the one before.
ANSWERS = "{space}{down}{space}{up}{space}{down}{space}"


class Table:
    """Prints rows and remembers whether a gate was missed."""

    def __init__(self):
        self.missed = False
        print("| row | what | goal | gate | measured | |\n| --- | --- | --- | --- | --- | --- |")

    def row(self, row, what, goal, gate, figure, unit, least=False):
        """A figure that should be at most its goal, or at least."""
        met = (lambda bound: figure >= bound) if least else (lambda bound: figure <= bound)
        verdict = "goal" if met(goal) else "gate" if met(gate) else "MISSED"
        self.missed |= verdict == "MISSED"
        sign = ">=" if least else "<="
        print(f"| {row} | {what} | {sign} {goal:g}{unit} | {sign} {gate:g}{unit} | {figure:.2f}{unit} | {verdict} |")

    def told(self, row, what, figure):
        print(f"| {row} | {what} | - | - | {figure} | - |", flush=True)


class Bench:
    """The programs that are compared, in a folder that goes away."""

    def __init__(self, given, folder):
        self.runs = given.runs
        self.harness = load(given.harness)
        self.minimal, self.program = (str(pathlib.Path(path).resolve()) for path in (given.minimal, given.exequatur))
        self.folder = folder
        # Matters, settings and locks of whoever measures stay out of it.
        homes = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
        os.environ.update({name: str(folder) for name in homes})
        self.clean = folder / "clean.toml"
        new = [self.program, "new", str(self.clean), "--example", "three-places"]
        subprocess.run(new, check=True, stderr=subprocess.DEVNULL)

    def subject(self, name, keys=""):
        """A program by name: a matter is a copy of its own, so that every run answers the same questions."""
        if name == "minimal":
            return {"cmd": [self.minimal], "marker": "Question 1", "keys": keys, "quit": "q"}
        if name == "home":
            return {"cmd": [self.program], "marker": "exequatur", "keys": keys, "quit": "q"}
        matter = self.folder / "matter.toml"
        shutil.copy(self.clean, matter)
        return {"cmd": [self.program, str(matter)], "marker": "exequatur", "keys": keys, "quit": "q"}

    def in_turn(self, subjects, size=SMALL, idle=0.0, runs=None):
        """What the harness saw of each: a list of runs for each `(name, keys, mute)`, one of each a turn."""
        out = [[] for _ in subjects]
        for turn in range(-WARM_UP, runs or self.runs):
            for seen, (name, keys, mute) in zip(out, subjects):
                options = argparse.Namespace(
                    cols=size[0], rows=size[1], settle=QUIET, gap=15, timeout=15, keytimeout=1.0,
                    idle=idle, mute=mute, show=False,
                )
                run = self.harness.Run(self.subject(name, keys), options).go()
                if "error" in run or run.get("keys_dead"):
                    raise SystemExit(f"{name}: {run.get('error', 'a key did nothing')}")
                if turn >= 0:
                    seen.append(run)
        return out


def load(path):
    """The harness as a module."""
    spec = importlib.util.spec_from_file_location("harness", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def first_frame(command):
    """Milliseconds from the start of a program to the last byte of its first settled screen, for a reader
    that does nothing but read; and how many bytes those were."""
    master, end = os.openpty()
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", SMALL[1], SMALL[0], 0, 0))
    name = os.ttyname(end)
    hidden = ("COLUMNS", "LINES", "CI", "NO_COLOR")
    environment = {key: value for key, value in os.environ.items() if key not in hidden} | ENVIRONMENT
    actions = [(os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
    # Open only in the program, so that its end is seen here.
    os.close(end)
    begun = time.monotonic_ns()
    process = os.posix_spawnp(command[0], command, environment, setsid=True, file_actions=actions)
    ready = select.poll()
    ready.register(master, select.POLLIN)
    last, count = begun, 0
    while ready.poll(QUIET if count else 15_000):
        seen = os.read(master, 65_536)
        last = time.monotonic_ns()
        count += len(seen)
    os.kill(process, signal.SIGTERM)
    os.close(master)
    os.waitpid(process, 0)
    return (last - begun) / 1e6, count


def median(of):
    return statistics.median(of)


def ratio(runs, reference, figure):
    """The median of the ratios of a figure, turn by turn."""
    return median(run[figure] / other[figure] for run, other in zip(runs, reference))


def first_frames(bench, table):
    """T1: by a reader that only reads, and by the harness."""
    names = ("minimal", "home", "matter")
    times = {name: [] for name in names}
    for turn in range(-WARM_UP, 2 * bench.runs):
        for name in names:
            taken, count = first_frame(bench.subject(name)["cmd"])
            if turn >= 0:
                times[name].append((taken, count))
    table.told("T1", "minimal form, first settled frame", f"{median(taken for taken, _ in times['minimal']):.1f} ms")
    for name in names[1:]:
        figure = median(taken / other for (taken, _), (other, _) in zip(times[name], times["minimal"]))
        bytes_ = times[name][0][1]
        table.row("T1", f"first settled frame: {name} ({bytes_} bytes), x minimal form", 1.5, 2, figure, " x")
    minimal, *ours = bench.in_turn([(name, "", False) for name in names])
    for name, runs in zip(names[1:], ours):
        table.told("T1", f"the same by the harness: {name}", f"{ratio(runs, minimal, 'settled'):.2f} x")


def keys(bench, table):
    """T2, T4 and T9: keys that move and keys that answer."""
    subjects = [("minimal", DOWN_AND_UP), ("home", DOWN_AND_UP), ("matter", DOWN_AND_UP), ("matter", ANSWERS)]
    minimal, *ours = bench.in_turn([(name, keys, False) for name, keys in subjects])
    table.told("T2", "minimal form, a key to its repaint", f"{median(run['keyN'] for run in minimal):.0f} us")
    names = ["home", "moving through a question", "a key that moves or answers"]
    return_ = list(zip(names, ours))
    for name, runs in return_[:2]:
        table.row("T2", f"{name}, x minimal form", 1.5, 2.5, ratio(runs, minimal, "keyN"), " x")
    return minimal, return_


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("harness")
