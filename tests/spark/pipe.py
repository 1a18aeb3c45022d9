#!/usr/bin/env python3
"""Runs `exequatur batch` under Apache Spark and compares the result, line by line, with one process.

Spark starts a real cluster of worker processes on this machine (`local-cluster`), cuts the file into
parts, pipes each part through the program and keeps the order of parts. Nothing of ours runs inside
Spark but the program itself: it is a filter of lines without a head or a state between lines.

    python3 pipe.py PROGRAM CASES.ndjson [WORKERS]

Exit status 0 when every line agrees; 1 when one does not; 2 when Spark cannot run here.
"""

import os
import shlex
import subprocess
import sys
import time


def main() -> int:
    if len(sys.argv) < 3:
        print(__doc__, file=sys.stderr)
        return 2
    # Workers run in folders of their own.
    program, cases = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    most = int(sys.argv[3]) if len(sys.argv) > 3 else 2
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError:
        print("pyspark is not installed; see README.md beside this script", file=sys.stderr)
        return 2
    # All of it stays on this machine, and workers run the same Python as this script.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # A fixed date: the result must not hang on the day on which a worker runs.
    command = [program, "batch", "-", "-o", "-", "--jobs", "1", "--quiet", "--as-of", "2026-11-22", "--lang", "en"]
    start = time.monotonic()
    with open(cases, "rb") as source:
        alone = subprocess.run(command, stdin=source, stdout=subprocess.PIPE, check=True).stdout
    one = time.monotonic() - start
    lines = alone.decode().splitlines()
    print(f"one process: {len(lines)} lines in {one:.1f} s")
    worst = 0
    for workers in range(1, most + 1):
        try:
            spark = (
                SparkSession.builder.master(f"local-cluster[{workers},1,1024]")
                .appName("exequatur batch")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .getOrCreate()
            )
            spark.sparkContext.setLogLevel("ERROR")
            text = spark.sparkContext.textFile(cases, minPartitions=4 * most)
            text.count()
        except Exception as fault:  # noqa: BLE001 - whatever keeps Spark from starting is no fault of ours
            print(f"Spark cannot run here: {fault}", file=sys.stderr)
            return 2
        start = time.monotonic()
        # A worker whose program fails stops the job (`checkCode`); a case that cannot be read does so too,
        # with exit status 1: leave `checkCode` out where bad lines should only be lines of the result.
        piped = text.pipe(shlex.join(command), checkCode=True).collect()
        took = time.monotonic() - start
        parts = text.getNumPartitions()
        spark.stop()
        differ = sum(a != b for a, b in zip(lines, piped)) + abs(len(lines) - len(piped))
        worst += differ
        print(
            f"local-cluster, {workers} worker(s), {parts} parts: {len(piped)} lines in {took:.1f} s "
            f"({one / took:.2f} x one process), {differ} line(s) differ"
        )
    return 1 if worst else 0


if __name__ == "__main__":
    sys.exit(main())
