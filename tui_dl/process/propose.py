"""Proposes a network and a training config for a file of data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import tomli_w
from msgspec.structs import replace

from tui_dl import data
from tui_dl.data.readers.file_form import form_of
from tui_dl.process.propose_texts import propose_for_series, propose_for_texts
from tui_dl.spec.data.series import Series
from tui_dl.spec.data.table import TableFile
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.spec.toml.overrides import pair
from tui_dl.spec.toml.reading import parse
from tui_dl.spec.validation import LONGEST
from tui_dl.support.terminal_text import printable

WIDTHS = ((1_000, 32), (5_000, 64), (50_000, 128))  # rows below which units suffice, per layer
MOST_UNITS = 256
BATCHES = ((1_000, 16), (5_000, 32), (20_000, 64), (100_000, 128))  # and sizes of mini-batches
MOST_BATCH = 256
STEPS = 30_000  # of a training at most, early stopping aside
EPOCHS = 20, 200  # at least and at most
PATIENCE = 15
LEARNING_RATE = 0.001
AVERAGED = 8  # epochs over which the weights of a network for numbers are averaged
VECTOR, TOKENS_LEARNING_RATE = 32, 0.003  # of texts: a token's numbers, each trained by few rows


def propose(path: Path, overrides: list[str]) -> Experiment:
    """An experiment for the table, the text or the time series in a file, changed by `overrides`.

    What a file that is no table holds is found out by its first lines, unless an override says
    `data.source`; it is the first note on the data.

    Raises:
        UserError: the file cannot be read as such, or an override is wrong.
    """
    form = form_of(path)
    says = "" if any(pair(it)[0] == "data.source" for it in overrides) else form.says

    def complete(started: Experiment) -> Experiment:
        """The experiment with a network for its data."""
        spec, source = data.inspect(started.data, started.train.seed)
        of = kind(source)
        if says:
            spec = replace(spec, notes=(f'{says} (data.source = "{of}")', *spec.notes))
        if isinstance(source, TableFile):
            proposed = _for_table(spec)
        elif isinstance(source, Series):
            proposed = propose_for_series(spec)
        else:
            proposed = propose_for_texts(of, spec)
        target = source.target or "" if isinstance(source, TableFile) else spec.target_name
        title = f"{path.name}: {target}" if target else path.name
        found = {"source": of, "path": str(path), "batch_size": proposed.pop("batch_size")}
        text = tomli_w.dumps({"title": printable(title)[:LONGEST], "data": found} | proposed)

        def describe(it: Experiment) -> Experiment:
            return it.described(spec, replace(source, batch_size=it.data.batch_size))

        return parse(text, str(path), overrides, describe=describe)

    short = str(path) in TableFile.short_names
    keys = {"source": str(path)} if short else form.keys | {"path": str(path)}
    start = {"title": "a file", "data": keys, "network": [{"kind": "flatten"}]}
    return parse(tomli_w.dumps(start), str(path), of_data(overrides), describe=complete)


def of_data(overrides: list[str]) -> list[str]:
    """The overrides by which the data is read and split."""
    keys = [pair(override)[0] for override in overrides]
    return [
        override
        for key, override in zip(keys, overrides, strict=True)
        if key.partition(".")[0] == "data" or key == "train.seed"
    ]


def _for_table(spec: DataSpec) -> dict[str, Any]:
    """Tables of the proposed experiment: two hidden layers, or the mean of a text's token vectors.

    A network for a few hundred rows overfits when it is wide, and one for many thousands learns
    less than it could when it is narrow. A few rows with large targets move a step's weights far:
    their average errs less. Early stopping ends training, not the number of epochs.
    """
    rows = spec.splits[0]
    units, batch = _for_rows(rows, WIDTHS, MOST_UNITS), _for_rows(rows, BATCHES, MOST_BATCH)
    steps = -(-rows // batch)
    epochs = STEPS // steps
    hidden: list[dict[str, object]] = [{"kind": "dense", "units": units}, {"kind": "relu"}] * 2
    learning_rate = LEARNING_RATE
    if spec.input.vocab_size:
        hidden = [{"kind": "embedding", "size": VECTOR}, {"kind": "global_avg_pool"}]
        learning_rate = TOKENS_LEARNING_RATE
    averaged = {} if spec.classes else {"weight_average": round(1 - 1 / (AVERAGED * steps), 6)}
    return {
        "batch_size": batch,
        "network": [*hidden, {"kind": "dense", "units": spec.classes or 1}],
        "train": {
            "loss": "cross_entropy" if spec.classes else "mean_squared_error",
            "optimizer": {"kind": "adam", "learning_rate": learning_rate},
            "l2": 1e-4,
            **averaged,
            "epochs": min(max(epochs, EPOCHS[0]), EPOCHS[1]),
            "early_stopping": {"patience": PATIENCE},
        },
    }


def _for_rows(rows: int, steps: tuple[tuple[int, int], ...], most: int) -> int:
    """The number beside the first limit that `rows` are below."""
    return next((number for limit, number in steps if rows < limit), most)
