"""Cost of a step as the mini-batch, the network or the sequence doubles repeatedly."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.own import Own
from bench.report import Section
from bench.turns import alternate, over
from tui_dl.spec.toml.reading import read

NETWORKS = Path(__file__).parent / "networks"
FILTERS = tuple(f"network[{row}].filters" for row in (0, 3, 7, 10))  # of conv4
CLIFF = 1.5  # times the cost of the same work at the value before
ROUNDS, SECONDS = 5, 0.1  # turns each, how long one is

SAYS = f"""One thread. Work is the floating-point operations of a mini-batch's forward pass; its
cost stays or falls where a step grows no faster than the work. A cliff is a cost over {CLIFF:g}
times the one before. Medians; all values of a network step in alternating turns."""


class Sweep(NamedTuple):
    """A network, and the keys of its experiment that double."""

    network: str
    what: str
    keys: tuple[str, ...]
    values: tuple[int, ...]


SWEEPS = [
    Sweep("lenet5", "batch size", ("data.batch_size",), (16, 32, 64, 128, 256, 512)),
    Sweep("mlp", "batch size", ("data.batch_size",), (16, 32, 64, 128, 256, 512)),
    Sweep("rnn", "batch size", ("data.batch_size",), (16, 32, 64, 128, 256)),
    Sweep("dense20", "dense layers before the last", ("network[1].times",), (4, 8, 16, 32, 64)),
    Sweep("mlp", "units", ("network[1].units", "network[3].units"), (64, 128, 256, 512, 1024)),
    Sweep("conv4", "filters", FILTERS, (8, 16, 32, 64)),
    Sweep("rnn", "hidden units", ("network[1].units",), (32, 64, 128, 256, 512)),
    Sweep("rnn", "sequence length", ("data.length",), (16, 32, 64, 128, 256)),
    Sweep("gru", "sequence length", ("data.length",), (16, 32, 64, 128)),
    Sweep("lstm", "sequence length", ("data.length",), (16, 32, 64, 128)),
]  # fmt: skip


class Growth(NamedTuple):
    """Milliseconds a step and nanoseconds for a thousand operations, medians."""

    network: str
    what: str
    value: int
    step_ms: float
    ns_per_kflop: float
    over_the_one_before: float | None
    cliff: str


def section() -> Section:
    """All sweeps."""
    return Section("Growth", SAYS, [row for sweep in SWEEPS for row in growth(sweep)])


def growth(sweep: Sweep) -> list[Growth]:
    """A row for each value; all of them step in turn."""
    work, steps = [], []
    with ExitStack() as stack:
        for value in sweep.values:
            overrides = [f"{key}={value}" for key in sweep.keys]
            experiment = read(str(NETWORKS / f"{sweep.network}.toml"), overrides)
            own = stack.enter_context(Own(experiment, 1))
            work.append(sum(node.flops for node in experiment.nodes) * len(own.batches[0]))
            steps.append(over(own.step, own.batches))
        turns = alternate(steps, ROUNDS, SECONDS)
    costs = turns / work * 1e9
    rows = []
    for place, value in enumerate(sweep.values):
        step, cost = (float(np.median(figures[:, place])) for figures in (turns, costs))
        grown = float(np.median(costs[:, place] / costs[:, place - 1])) if place else None
        cliff = "**cliff**" if grown and grown > CLIFF else ""
        rows.append(Growth(sweep.network, sweep.what, value, step, cost, grown, cliff))
    return rows
