"""``python -m bench.tables [NAME ...]``: real tables, by tui-dl and by scikit-learn on one split.

With nothing but path and target, as `tui-dl train FILE` is. Boosting and the MLP of scikit-learn
prepare columns by themselves; they train on our training rows and are scored on our test rows.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import numpy as np

from bench.table_files import FILES, UNSEEN, TableFile, fetch
from bench.table_peers import compare
from tui_dl.data.table import prepared
from tui_dl.engine.train.session import train
from tui_dl.process.read_experiment import read
from tui_dl.protocol.events import Compiled, EpochEnded, Evaluated, Started
from tui_dl.spec.data.table import TableFile as Source
from tui_dl.spec.experiment import Experiment

SMALL = 3_500  # test rows below which three splits are averaged


class Own(NamedTuple):
    """Our result.

    Attributes:
        score: accuracy or R2 in percent on the test rows.
        seconds: from the path to the evaluated network.
        loading: the share of processor time that inspecting and loading take, imports aside.
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
    for seed in range(3):
        keys = [f"data.target={json.dumps(file.target)}", f"train.seed={seed}", *overrides]
        owns.append(_own(path, keys))
        print(file.name, seed, owns[-1], file=sys.stderr)
        peers.append(_peers(file, path, keys, folder / f"{file.name}.{seed}.json"))
        if owns[0].rows * 0.15 > SMALL:
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
    """Propose and train, as a worker does."""
    began, busy = time.perf_counter(), time.process_time()
    experiment = read(path, keys)
    score, epochs, loaded, compiled = 0.0, 0, 0.0, 0.0
    for event in train(experiment, None):
        if isinstance(event, Started):
            loaded = time.process_time()
        elif isinstance(event, Compiled):
            compiled = event.seconds
        elif isinstance(event, EpochEnded):
            epochs = event.epoch
        elif isinstance(event, Evaluated) and event.split == "test":
            score = 100 * _score(experiment, event)
    spec = experiment.data_spec
    return Own(
        score,
        time.perf_counter() - began - compiled,
        (loaded - busy) / (time.process_time() - busy),
        epochs,
        spec.count,
        len(spec.columns),
        spec.classes,
    )


def _score(experiment: Experiment, event: Evaluated) -> float:
    """Accuracy or R2."""
    value = event.metrics[experiment.metric]
    assert isinstance(value, float)
    return value


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
