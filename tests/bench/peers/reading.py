"""What duckdb takes to read a portfolio and count in it, beside what we take to read, score and write it.

    python3 reading.py CASES.ndjson THROUGHPUT EXEQUATUR [ROUNDS]

THROUGHPUT and EXEQUATUR are release builds of those programs. All run as whole processes with one worker
each and take turns; CPU is user and system time together.
"""

import json
import resource
import statistics
import subprocess
import sys

import duckdb

# What the process of duckdb does; the columns are told to it, so that it need not find them. A bar of
# progress would stand among the counts.
CHILD = """
import duckdb, sys
duck = duckdb.connect(config={"threads": 1})
duck.execute("SET enable_progress_bar = false")
print(*duck.execute(sys.stdin.read()).fetchone())
"""


def quoted(text):
    return "'" + text.replace("'", "''") + "'"


def query(path):
    """Counts, for every answer that is a text or a list of texts, how often it is "unknown"."""
    source = f"read_json({quoted(path)}, format = 'newline_delimited'"
    found = duckdb.execute(f"DESCRIBE SELECT * FROM {source})").fetchall()
    columns = ", ".join(f"{name}: {quoted(kind)}" for name, kind, *_ in found)
    answers = duckdb.execute(f"DESCRIBE SELECT answers.* FROM {source})").fetchall()
    counts = {
        name: f"count(*) FILTER (answers.\"{name}\" = 'unknown')" for name, kind, *_ in answers if kind == "VARCHAR"
    }
    return list(counts), f"SELECT {', '.join(counts.values())} FROM {source}, columns = {{{columns}}})"


def cpu(command, **options):
    """CPU seconds of one run, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def main():
    path, throughput, exequatur = sys.argv[1:4]
    rounds = int(sys.argv[4]) if len(sys.argv) > 4 else 5
    names, sql = query(path)
    expected, lines = dict.fromkeys(names, 0), 0
    with open(path, encoding="utf-8") as file:
        for line in file:
            lines += 1
            for name, answer in json.loads(line)["answers"].items():
                if answer == "unknown" and name in expected:
                    expected[name] += 1
    batch = [exequatur, "batch", path, "-o", "-", "--jobs", "1", "--quiet", "--as-of", "2026-11-22"]
    programs = {
        "duckdb, read and count": ([sys.executable, "-c", CHILD], {"input": sql.encode()}),
        "throughput, read, score, write": ([throughput, path, "1"], {}),
        "exequatur batch": (batch, {}),
    }
    figures = {name: [] for name in programs}
    for _ in range(rounds):
        for name, (command, options) in programs.items():
            seconds, printed = cpu(command, **options)
            figures[name].append(seconds)
            print(f"{seconds:.2f} s: {name}", flush=True)
            if name.startswith("duckdb") and [int(word) for word in printed.split()] != list(expected.values()):
                sys.exit("duckdb counts something else")
    reference = statistics.median(next(iter(figures.values())))
    print(f"{lines} lines, {len(names)} columns counted, duckdb {duckdb.__version__}")
    for name, seconds in figures.items():
        median = statistics.median(seconds)
        print(f"{name}: {median:.2f} s of CPU, {median * 1e6 / lines:.1f} us a line, {median / reference:.2f} x duckdb")


main()
