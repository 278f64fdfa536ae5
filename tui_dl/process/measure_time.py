"""Measures, in a process of its own, how long an epoch takes: it trains for a second or two.

It trains as the worker does, so what is measured has everything in it that a run has: the choice of
threads, the evaluation, what observers look at, and the time in which the disk takes an epoch's
events. Where two epochs do not fit into the time, steps are measured, and the evaluation of some
samples.
"""

from __future__ import annotations

import os
import tempfile
from statistics import median
from time import perf_counter

import numpy as np

from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.trainer import Trainer
from tui_dl.process.computation import run_computation
from tui_dl.process.untrained import untrained
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import EpochEnded
from tui_dl.protocol.measured_time import MeasuredTime
from tui_dl.spec.experiment import Experiment
from tui_dl.support.kernel_cache import cache_home
from tui_dl.support.processors import cores

LEAST, MOST = 0.8, 2.0  # seconds of training: until two epochs are over, or without them
SETTLED = 0.3  # seconds in which the number of threads is chosen, which are not counted
EVALUATED = 0.3  # seconds of evaluating, at most
SYNCS = 2  # flushes to disk after an epoch: of the events, and of the steps
NICENESS = 10


def measure_time(experiment: Experiment) -> MeasuredTime:
    """The time of an epoch; raises UserError as `untrained` does."""
    with ThreadTuner(cores()) as pool:
        trainer = untrained(experiment, "the measurement", pool)
        began = perf_counter()
        ends: list[float] = []
        steps: list[float] = []
        layers: dict[str, float] = {}
        for output in trainer.train():
            elapsed = perf_counter() - began
            if isinstance(output, EpochEnded):
                ends.append(elapsed)
            elif isinstance(output, Artifact) and output.kind == "step_time":
                layers = _by_layer(output)
            elif isinstance(output, np.ndarray) and elapsed > SETTLED:
                steps += output["seconds"].tolist()
            if elapsed > (LEAST if len(ends) > 2 else MOST):
                break
        if len(ends) > 2:
            first = next((at for at, end in enumerate(ends[:-2]) if end >= SETTLED), 0)
            seconds = (ends[-1] - ends[first]) / (len(ends) - 1 - first)
        else:
            steps = steps or [trainer.position.seconds]
            seconds = median(steps) * trainer.batch_sizes.mean_steps + _evaluation(trainer)
    return MeasuredTime(seconds + SYNCS * _sync_seconds(), layers)


def _evaluation(trainer: Trainer) -> float:
    """Seconds that the evaluation after an epoch takes, by as many samples as there is time for."""
    samples = trainer.dataset.validation
    count, seconds, size = len(samples), 0.0, trainer.stepper.capacity
    while seconds < EVALUATED / 4 and size < 4 * count:
        part = samples.take(np.arange(min(size, count)))
        began = perf_counter()
        trainer.evaluate(part)
        seconds = perf_counter() - began
        size *= 4
    return seconds * count / len(part)


def _by_layer(seen: Artifact) -> dict[str, float]:
    """Milliseconds of each layer, of the artifact of `StepTime`."""
    forward, backward = (
        np.frombuffer(seen.arrays[name].data, np.float32) for name in ("forward", "backward")
    )
    return dict(zip(seen.labels["layers"], (forward + backward).tolist(), strict=True))


def _sync_seconds() -> float:
    """Seconds in which the disk takes a few bytes."""
    taken = []
    with tempfile.TemporaryFile(dir=cache_home()) as file:
        for _ in range(5):
            file.write(b"an event\n")
            file.flush()
            began = perf_counter()
            os.fsync(file)
            taken.append(perf_counter() - began)
    return median(taken)


def main() -> int:
    """Answer with the time, at a low priority."""
    os.nice(NICENESS)
    return run_computation(measure_time)
