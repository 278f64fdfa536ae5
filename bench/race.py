"""The same training steps by tui-dl and by PyTorch, in alternating turns in one process.

Same network, first weights, mini-batches, optimizer and number of threads; the first losses are
compared, so that the race is fair. Ours includes the telemetry of a step.
"""

from __future__ import annotations

import os
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from bench.compiled import compile_peer
from bench.own import NETWORKS, Own
from bench.peer import PeerTrainer
from bench.report import Section, verdict
from bench.turns import alternate, over, ratios
from tui_dl.spec.toml.reading import read

FLOORS = {
    "lenet5": 3.5, "mlp": 1.5, "rnn": 2.5, "gru": 2.5, "lstm": 1.4, "conv4": 1.2, "dense20": 3.0,
}  # fmt: skip
COMPARED = 20  # first losses
ROUNDS, SECONDS = 7, 0.3  # turns each, how long one is

SAYS = """Training steps, PyTorch's time over ours: eager, and its network and loss through
`torch.compile`; medians of alternating turns in one process, with the slowest and the fastest
turn. The floor is for the eager ratio. \"No graph\": PyTorch does not compile that network."""


class Race(NamedTuple):
    """Milliseconds a step, medians; `ratio` is eager PyTorch's time over ours."""

    network: str
    threads: int
    ours_ms: float
    eager_ms: float
    ratio: float
    slowest: float
    fastest: float
    floor: float | None
    verdict: str
    over_compiled: float | str  # the same for compiled PyTorch, or why there is none
    losses_differ_by: float  # largest relative difference among the first


def section() -> Section:
    """Every network, on one thread and on two."""
    threads = sorted({1, min(2, os.cpu_count() or 1)})
    return Section("Race", SAYS, [race(path, count) for path in NETWORKS for count in threads])


def race(path: Path, threads: int) -> Race:
    """Train the network at `path` with each in alternating turns."""
    torch.set_num_threads(threads)
    experiment = read(str(path))
    with Own(experiment, threads) as own:
        peer, compiled = (PeerTrainer(experiment, own.train, own.weights) for _ in range(2))
        first = list(islice(cycle(own.batches), COMPARED))
        ours = np.array([own.step(batch) for batch in first])
        theirs = np.array(peer.losses(first))
        refused = compile_peer(compiled, first)
        racers = [own.step, peer.step] if refused else [own.step, peer.step, compiled.step]
        turns = alternate([over(step, own.batches) for step in racers], ROUNDS, SECONDS)
    eager, floor = ratios(turns, 1, 0), FLOORS.get(path.stem)
    return Race(
        network=experiment.title,
        threads=threads,
        ours_ms=float(np.median(turns[:, 0])),
        eager_ms=float(np.median(turns[:, 1])),
        **eager,
        floor=floor,
        verdict=verdict(eager["ratio"], floor),
        over_compiled=refused or ratios(turns, 2, 0)["ratio"],
        losses_differ_by=float(np.abs(ours / theirs - 1).max()),
    )
