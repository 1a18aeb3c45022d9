"""What a user of the full screen feels, as one table, with the budget of each figure.

    python3 terminal.py HARNESS MINIMAL EXEQUATUR [--runs 20] [--memory FOLDER] [--peer 'NAME MARKER COMMAND']

HARNESS is the file of a harness of pseudo-terminals that can be imported: `Run(subject, options).go()` starts
a program, waits for its first settled screen, presses keys and gives what it saw, in microseconds. MINIMAL is
`--bin minimal` of this package, EXEQUATUR a release build of the program. Everything takes turns with what it
is compared with, and a figure is the median of the ratios of all turns. Each `--peer` is the form of another
library (`peers/terminal/`), e.g. `'questionary Question python3 questionary_form.py'`.

A pseudo-terminal passes on 4,095 bytes at a time, so that a program waits for a harness which looks at the
screen between two readings. The first frame is therefore measured by a reader that only reads. A key that answers waits for the disk; with a FOLDER in memory (`/dev/shm`) the same key is
measured once more with the matter there, so that only the program is left of it. Exit status 1 where a budget
is exceeded. Standard library only; Linux.
"""

import argparse
import contextlib
import fcntl
import importlib.util
import os
import pathlib
import select
import shutil
import signal
import statistics
import struct
import subprocess
import tempfile
import termios
import time

ENVIRONMENT = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
# Milliseconds without a byte after which a screen is settled.
QUIET = 40
# Turns that are not counted.
WARM_UP = 2
SMALL, LARGE = (80, 24), (200, 50)
MOVES = "{down}{up}" * 4
# The matter opens at a question whose first option is the answer.
ANSWERS = "21" * 4
# What somebody does in a minute: answers, other questions, the result and its views, a window, help.
SESSION = "2{right}{down}{right}{left}1s{right}{right}{right}{esc}?{esc}:{esc}{c-p}{pgdn}r{esc}H"


class Table:
    """Prints rows, and remembers whether a budget was exceeded."""

    def __init__(self):
        self.exceeded = False
        print("| what | budget | measured | |\n| --- | --- | --- | --- |")

    def most(self, what, budget, figure, unit=" x"):
        """A figure that may be at most its budget."""
        self.exceeded |= figure > budget
        verdict = "kept" if figure <= budget else "EXCEEDED"
        print(f"| {what} | {budget:g}{unit} | {figure:.2f}{unit} | {verdict} |", flush=True)

    def told(self, what, figure):
        """A figure without a budget."""
        print(f"| {what} | - | {figure} | |", flush=True)


class Bench:
    """What is compared, in a folder of its own."""

    def __init__(self, given, folder, memory=None):
        self.runs, self.folder, self.memory = given.runs, folder, memory
        self.harness = load(given.harness)
        self.minimal, self.program = (str(pathlib.Path(path).resolve()) for path in (given.minimal, given.exequatur))
        # Matters and settings of whoever measures stay out of it.
        os.environ.update({name: str(folder) for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")})
        new = [self.program, "new", str(folder / "example.toml"), "--example", "three-places", "--quiet"]
        subprocess.run(new, check=True)

    def subject(self, name, keys=""):
        """A program by name. A matter is copied afresh, so that every run answers the same questions."""
        command = {"minimal": [self.minimal], "home": [self.program]}.get(name)
        if command is None:
            folder = self.memory if name == "matter in memory" else self.folder
            command = [self.program, str(shutil.copy(self.folder / "example.toml", folder / "matter.toml"))]
        marker = "Question 1" if name == "minimal" else "exequatur"
        return {"cmd": command, "marker": marker, "keys": keys, "quit": "q"}

    def in_turn(self, *subjects, size=SMALL, idle=0.0, runs=None):
        """What the harness saw of each `(name, keys)` or `(name, keys, mute)`: a list of runs."""
        made = [(lambda name=name, keys=keys: self.subject(name, keys), rest) for name, keys, *rest in subjects]
        return self.turns(made, size, idle, runs or self.runs)

    def turns(self, subjects, size, idle, runs):
        out = [[] for _ in subjects]
        for turn in range(-WARM_UP, runs):
            for seen, (make, mute) in zip(out, subjects):
                subject = make()
                options = argparse.Namespace(
                    cols=size[0], rows=size[1], settle=QUIET, gap=15, timeout=15, keytimeout=1.0, idle=idle,
                    mute=any(mute), show=False,
                )
                run = self.harness.Run(subject, options).go()
                if "error" in run or run.get("keys_dead"):
                    raise SystemExit(f"{subject['cmd']}: {run.get('error', 'a key did nothing')}")
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
    """Milliseconds from the start of a program to the last byte of its first settled screen, for a reader that
    only reads."""
    master, end = os.openpty()
    fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", SMALL[1], SMALL[0], 0, 0))
    name = os.ttyname(end)
    told = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "CI", "NO_COLOR")}
    actions = [(os.POSIX_SPAWN_OPEN, 0, name, os.O_RDWR, 0), (os.POSIX_SPAWN_DUP2, 0, 1), (os.POSIX_SPAWN_DUP2, 0, 2)]
    begun = time.monotonic_ns()
    process = os.posix_spawn(command[0], command, told | ENVIRONMENT, setsid=True, file_actions=actions)
    os.close(end)
    ready = select.poll()
    ready.register(master, select.POLLIN)
    last = begun
    while ready.poll(15_000 if last == begun else QUIET):
        os.read(master, 65_536)
        last = time.monotonic_ns()
    os.kill(process, signal.SIGTERM)
    # What it writes when it leaves has to go somewhere, or it would wait.
    try:
        while os.read(master, 65_536):
            pass
    except OSError:
        pass
    os.close(master)
    os.waitpid(process, 0)
    return (last - begun) / 1e6


def median(runs, figure):
    return statistics.median(run[figure] for run in runs)


def ratio(runs, reference, figure):
    """The median of a figure's ratios, turn by turn."""
    return statistics.median(run[figure] / other[figure] for run, other in zip(runs, reference))


def first_frames(bench, table):
    names = ("minimal", "home", "matter")
    seen = {name: [] for name in names}
    for turn in range(-WARM_UP, 2 * bench.runs):
        for name in names:
            taken = first_frame(bench.subject(name)["cmd"])
            if turn >= 0:
                seen[name].append({"taken": taken})
    table.told("minimal form: first settled frame", f"{median(seen['minimal'], 'taken'):.2f} ms")
    for name, budget in (("home", 2), ("matter", 2.5)):
        figure = ratio(seen[name], seen["minimal"], "taken")
        table.most(f"first settled frame, x minimal form: {name}", budget, figure)


def keys(bench, table):
    subjects = (("minimal", MOVES), ("home", MOVES), ("matter", MOVES), ("matter", ANSWERS))
    minimal, home, moving, answering = bench.in_turn(*subjects)
    table.told("minimal form: a key to its repaint", f"{median(minimal, 'keyN'):.0f} us")
    for name, runs in (("home", home), ("moving through questions", moving)):
        table.most(f"a key to its repaint, x minimal form: {name}", 2, ratio(runs, minimal, "keyN"))
    what = "a key that answers: saved, three targets scored, drawn"
    table.told(what, f"{median(answering, 'keyN') / 1e3:.2f} ms")
    if bench.memory:
        (quick,) = bench.in_turn(("matter in memory", ANSWERS))
        table.most("the same where the disk costs nothing", 4, median(quick, "keyN") / 1e3, " ms")
    large, moving = bench.in_turn(("minimal", MOVES), ("matter", MOVES), size=LARGE)
    table.most("a key at 200x50, x minimal form at 200x50: moving", 2, ratio(moving, large, "keyN"))
    (session,) = bench.in_turn(("matter", SESSION))
    table.most("worst key of a session: a frame", 16, median(session, "keyNmax") / 1e3, " ms")


def idle(bench, table):
    (runs,) = bench.in_turn(("matter", ""), idle=5.0, runs=3)
    table.most("idle for 5 seconds: CPU", 0.05, round(median(runs, "idle"), 3), " ms/s")
    table.most("the same: bytes", 0, max(run["idleB"] for run in runs), " bytes")


def memory(bench, table):
    for name, runs in zip(("home", "a matter"), bench.in_turn(("home", ""), ("matter", ""))):
        table.most(f"resident memory: {name}", 12, median(runs, "rss"), " MiB")


def mute(bench, table):
    answered, silent = bench.in_turn(("home", ""), ("home", "", True))
    figure = ratio(silent, answered, "settled")
    table.most("first frame in a terminal that answers nothing, x one that does", 1.5, figure)


def peers(bench, table, given):
    for peer in given:
        name, marker, *command = peer.split()
        theirs = {"cmd": [shutil.which(command[0]) or command[0], *command[1:]], "marker": marker, "quit": "{c-c}"}
        subjects = [(lambda: bench.subject("home"), []), (lambda theirs=theirs: theirs, [])]
        ours, other = bench.turns(subjects, SMALL, 0.0, bench.runs)
        table.told(f"first frame of {name}, x ours", f"{ratio(other, ours, 'settled'):.0f} x")


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("harness")
    parse.add_argument("minimal")
    parse.add_argument("exequatur")
    parse.add_argument("--runs", type=int, default=20)
    parse.add_argument("--memory", help="a folder in memory, for a key that answers without a disk")
    parse.add_argument("--peer", action="append", default=[])
    given = parse.parse_args()
    with contextlib.ExitStack() as stack:
        made = lambda place: pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory("", "exequatur-bench-", place)))
        bench, table = Bench(given, made(None), made(given.memory) if given.memory else None), Table()
        first_frames(bench, table)
        keys(bench, table)
        idle(bench, table)
        memory(bench, table)
        mute(bench, table)
        peers(bench, table, given.peer)
    if table.exceeded:
        raise SystemExit("a budget is exceeded")


if __name__ == "__main__":
    main()
