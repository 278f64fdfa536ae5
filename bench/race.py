"""The same training steps by tui-dl and by PyTorch, in turn, in one process.

Same network, first weights, mini-batches, optimiser and number of threads; the first losses are
compared, so that the race is fair. Ours includes the telemetry of a step.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from bench.peer import PeerTrainer
from tui_dl import data
from tui_dl.engine.batches import batches
from tui_dl.engine.compile import compile_kernels
from tui_dl.engine.team import Team
from tui_dl.engine.train import Trainer
from tui_dl.experiment import read
from tui_dl.kernels.jit import Ints

NETWORKS = sorted((Path(__file__).parent / "networks").glob("*.toml"))
COMPARED = 20  # first losses
ROUNDS, SECONDS, WARM = 9, 0.4, 5  # turns each, how long one is, steps before its clock starts


class Race(NamedTuple):
    """Milliseconds a step, medians; `ratio` is PyTorch's time over ours, by turn."""

    network: str
    threads: int
    ours: float
    peer: float
    ratio: float
    slowest: float
    fastest: float
    difference: float  # largest relative one among the first losses


def race(path: Path, threads: int) -> Race:
    """Let both train the network at `path` in turns."""
    torch.set_num_threads(threads)
    experiment = read(str(path))
    dataset = data.load(experiment.data, 0)
    train = dataset.train
    chosen = list(batches(experiment.data.batch_size, len(train), 0, 1))
    chosen = [batch for batch in chosen if len(batch) == experiment.data.batch_size]
    still = np.zeros((len(train), 2), np.int64)
    with Team(threads) as team:
        trainer = Trainer(experiment, dataset, team)
        peer = PeerTrainer(experiment, train, trainer.parameters.tensors(trainer.parameters.values))
        for _ in compile_kernels(trainer.stepper.kernels(train, {experiment.data.batch_size})):
            pass
        trainer.stepper.pack()

        def own(batch: Ints) -> float:
            score = trainer.stepper.step(train, batch, still)
            trainer.meters.read(1, len(batch), score, 0.0)
            return score.loss

        first = list(islice(cycle(chosen), COMPARED))
        ours = np.array([own(batch) for batch in first])
        theirs = np.array([peer.step(batch) for batch in first])
        turns = np.array(
            [[_pace(step, chosen) for step in (own, peer.step)] for _ in range(ROUNDS)]
        )
    ratios = turns[:, 1] / turns[:, 0]
    return Race(
        experiment.title,
        threads,
        *(float(number) for number in np.median(turns, axis=0)),
        *(float(pick(ratios)) for pick in (np.median, np.min, np.max)),
        float(np.abs(ours / theirs - 1).max()),
    )


def _pace(step: Callable[[Ints], float], chosen: list[Ints]) -> float:
    """Median milliseconds of one turn's steps."""
    turn = cycle(chosen)
    for batch in islice(turn, WARM):
        step(batch)
    durations = []
    end = time.perf_counter() + SECONDS
    while (began := time.perf_counter()) < end:
        step(next(turn))
        durations.append(time.perf_counter() - began)
    return float(np.median(durations)) * 1_000
