"""``python -m bench.tables [NAME ...]``: real tables, by tui-dl and by scikit-learn on one split.

With nothing but path and target, by `tui-dl train FILE`. Boosting and the MLP of scikit-learn
prepare columns by themselves; they train on our training rows and are scored on our test rows.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import numpy as np

from bench import timed_command
from bench.table_files import FILES, UNSEEN, TableFile, fetch
from bench.table_peers import compare
from tui_dl.data.table import prepared
from tui_dl.process.read_experiment import read
from tui_dl.runs.folder import Run
from tui_dl.spec.data.table import TableFile as Source

SPLITS = (100, 8), (3_500, 3)  # test rows below which so many splits are averaged
TESTED = 0.15  # of the rows


class Own(NamedTuple):
    """Our result.

    Attributes:
        score: accuracy or R2 in percent on the test rows.
        seconds: of the whole command.
        loading: the share of the processor time of the command and its worker in which data is
            read, inspected, prepared and handed over, with what is imported for that.
        epochs: of training.
        rows: of the table.
        columns: of the table.
        classes: of the target; 0 for a number.
    """

    score: float
    seconds: float
    loading: float
    epochs: int
    rows: int
    columns: int
    classes: int


def main() -> None:
    """Print a row of a markdown table for each file."""
    parser = argparse.ArgumentParser(prog="python -m bench.tables", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="files; all without one")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/tui-dl-tables"))
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    print("| file | rows | columns | predicts | ours | boosting | MLP | seconds | loading |")
    print("|---|---|---|---|---|---|---|---|---|", flush=True)
    for file in (*FILES, *UNSEEN):
        if file.name in (options.names or [file.name]):
            print(_row(file, options.folder, options.set), flush=True)


def _row(file: TableFile, folder: Path, overrides: list[str]) -> str:
    """The figures of a file as a row of a table."""
    path = fetch(file, folder)
    owns, peers = [], []
    for seed in range(max(count for _, count in SPLITS)):
        keys = [f"data.target={json.dumps(file.target)}", f"train.seed={seed}", *overrides]
        owns.append(_own(path, keys))
        print(file.name, seed, owns[-1], file=sys.stderr)
        peers.append(_peers(file, path, keys, folder / f"{file.name}.{seed}.json"))
        tested = TESTED * owns[0].rows
        if seed + 1 >= next((count for most, count in SPLITS if tested < most), 1):
            break
    own = owns[0]
    best = max(mean(it[name] for it in peers) for name in ("boosting", "mlp"))
    ours = mean(it.score for it in owns)
    mark = "" if ours > best - 2 else " **"
    predicts = f"{own.classes} classes" if own.classes else "a number"
    figures = [
        f"{own.rows:,}", str(own.columns), predicts, f"{ours:.1f}{mark}",
        *(f"{mean(it[name] for it in peers):.1f}" for name in ("boosting", "mlp")),
        f"{mean(it.seconds for it in owns):.1f}",
        f"{100 * mean(it.loading for it in owns):.0f} %",
    ]  # fmt: skip
    return f"| {file.name} | {' | '.join(figures)} |"


def _own(path: Path, keys: list[str]) -> Own:
    """Train by the command, as a user does."""
    with tempfile.TemporaryDirectory() as folder:
        times = Path(folder) / "times"
        sets = [part for key in keys for part in ("--set", key)]
        began = time.perf_counter()
        command = [sys.executable, "-P", timed_command.__file__, str(times), "train", str(path)]
        options = [*sets, "--json", "--headless", "--runs", folder]
        done = subprocess.run([*command, *options], stdout=subprocess.PIPE, check=True)
        seconds = time.perf_counter() - began
        result = json.loads(done.stdout)
        spec = Run(Path(result["path"])).experiment.data_spec
        parts = [json.loads(line)[1:] for line in times.read_text().splitlines()]
    score = result["test_accuracy"] if spec.classes else result["test_metrics"]["r2"]
    busy, loading = (sum(it) for it in zip(*parts, strict=True))
    return Own(
        100 * score, seconds, loading / busy, result["epochs"], spec.count, len(spec.columns),
        spec.classes,
    )  # fmt: skip


def _peers(file: TableFile, path: Path, keys: list[str], cache: Path) -> dict[str, float]:
    """Scores of scikit-learn's models by name; they are kept, for they do not change."""
    if cache.exists():
        kept: dict[str, float] = json.loads(cache.read_text())
        return kept
    experiment = read(path, keys)
    assert isinstance(experiment.data, Source)
    splits = prepared(experiment.data, experiment.train.seed).splits
    rows = np.sort(splits[0])
    results = compare(file, path, rows, splits[2], bool(experiment.data_spec.classes))
    scores = {name: it.score for name, it in results.items()}
    cache.write_text(json.dumps(scores))
    return scores


if __name__ == "__main__":
    main()
