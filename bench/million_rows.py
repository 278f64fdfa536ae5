"""``python -m bench.million_rows``: reading 1,000,000 rows of 20 columns, by tui-dl and by pandas.

Each reads the file in a process of its own, in turn; imports are not counted. We find out kinds,
dates, missing values and codes as `tui-dl train FILE` does; pandas has its defaults.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from statistics import median

import numpy as np

from bench.memory import UNIT

ROWS = 1_000_000
AT_ONCE = 100_000  # rows that are written at a time
NUMBERS, LEVELS, DATES, WORDS = 12, (3, 8, 13, 18), 2, 5  # beside a row number: 20 columns
VOCABULARY = ("a", "bird", "blue", "house", "near", "old", "over", "river", "sees", "the", "under")
READERS = {
    "pandas": "import pandas\nread = pandas.read_csv",
    "tui-dl": """
from tui_dl.support.lean_pyarrow import lean_pyarrow
lean_pyarrow()
import pyarrow.compute, pyarrow.csv
from pathlib import Path
from tui_dl.data.readers.read_table import read_table
from tui_dl.data.readers.table import TableOptions
read = lambda path: read_table(Path(path), TableOptions(target="x0"))
""",
}
MEASURE = """
import json, resource, sys, time
began, busy = time.perf_counter(), time.process_time()
table = read(sys.argv[1])
took = time.perf_counter() - began, time.process_time() - busy
print(json.dumps([*took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss]))
"""


def main() -> None:
    """Print a row of a markdown table for each reader, and their ratio."""
    parser = argparse.ArgumentParser(prog="python -m bench.million_rows", description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/tui-dl-tables"))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    path = options.folder / "million.csv"
    if not path.exists():
        write(path)
    turns = [[_read(it, path) for it in READERS.values()] for _ in range(options.rounds)]
    print(f"{path.stat().st_size / 1e6:.0f} MB; medians of {options.rounds} turns\n")
    print("| reader | seconds | processor seconds | peak MB |\n|---|---|---|---|")
    for place, name in enumerate(READERS):
        wall, busy, peak = (median(turn[place][it] for turn in turns) for it in range(3))
        print(f"| {name} | {wall:.2f} | {busy:.2f} | {peak * UNIT / 1e6:.0f} |")
    wall, busy = (median(ours[it] / pandas[it] for pandas, ours in turns) for it in range(2))
    print(f"| ratio | {wall:.2f} | {busy:.2f} | |")


def _read(reader: str, path: Path) -> list[float]:
    """Seconds, processor seconds and peak memory of a process that reads the file."""
    printed = subprocess.check_output([sys.executable, "-c", reader + MEASURE, str(path)])
    figures: list[float] = json.loads(printed)
    return figures


def write(path: Path) -> None:
    """Write the file: a row number, numbers with four decimals, categories, days and texts."""
    names = [
        "row",
        *(f"x{it}" for it in range(NUMBERS)),
        *(f"c{it}" for it in range(len(LEVELS))),
        *(f"d{it}" for it in range(DATES)),
        "text",
    ]
    unfinished = path.with_suffix(".part")
    with unfinished.open("w") as file:
        file.write(",".join(names) + "\n")
        for start in range(0, ROWS, AT_ONCE):
            random = np.random.default_rng(start)
            columns: list[Iterable[object]] = [range(start, start + AT_ONCE)]
            columns += [_numbers(random, 10.0 ** (it % 4)) for it in range(NUMBERS)]
            columns += [[f"level{it}" for it in random.integers(0, n, AT_ONCE)] for n in LEVELS]
            first = np.datetime64("2015-01-01")
            columns += [first + random.integers(0, 3_000, AT_ONCE) for _ in range(DATES)]
            words = np.array(VOCABULARY)[random.integers(0, len(VOCABULARY), (AT_ONCE, WORDS))]
            columns.append(map(" ".join, words))
            file.writelines(",".join(map(str, row)) + "\n" for row in zip(*columns, strict=True))
    unfinished.rename(path)


def _numbers(random: np.random.Generator, scale: float) -> list[float]:
    """Normal numbers, rounded to four decimals."""
    rounded: list[float] = np.round(random.normal(0, scale, AT_ONCE), 4).tolist()
    return rounded


if __name__ == "__main__":
    main()
