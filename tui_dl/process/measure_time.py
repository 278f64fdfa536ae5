"""Measures, in a process of its own, how long an epoch takes: it trains for a second or two.

It trains as the worker does, in a folder that is deleted again, so what is measured has everything
in it that a run has: the choice of threads, the evaluation, what observers look at, checkpoints,
and the time in which the disk takes all that. A short run is over in that time. Of a longer one the
first epochs do not count, and those that are observed, which take longer, count as often as the run
has them. Where two epochs do not fit into the time, steps are measured, and the evaluation of some
samples.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from statistics import mean, median
from time import perf_counter

import numpy as np

from tui_dl.engine.observers.moments import Moment, is_due
from tui_dl.engine.threads.tuner import ThreadTuner
from tui_dl.engine.train.session import TrainingSession
from tui_dl.engine.train.trainer import Trainer
from tui_dl.process.computation import run_computation
from tui_dl.process.recording import Recording
from tui_dl.process.untrained import untrained
from tui_dl.protocol.artifact import Artifact
from tui_dl.protocol.events import EpochEnded
from tui_dl.protocol.measured_time import MeasuredTime
from tui_dl.runs.folder import create
from tui_dl.runs.mailbox import Mailbox
from tui_dl.spec.experiment import Experiment
from tui_dl.support.kernel_cache import cache_home
from tui_dl.support.processors import cores

LEAST, MOST = 1.2, 2.0  # seconds of training: until two epochs are over, or without them
SETTLED = 0.3  # seconds in which the number of threads is chosen, which are not counted
EVALUATED = 0.3  # seconds of evaluating, at most
COUNTED = 10_000  # epochs; of more hardly any is observed
NICENESS = 10


def measure_time(experiment: Experiment) -> MeasuredTime:
    """The time of an epoch; raises UserError as `untrained` does."""
    with ExitStack() as stack:
        pool = stack.enter_context(ThreadTuner(cores()))
        trainer = untrained(experiment, "the measurement", pool)
        name = f"measured-{os.getpid()}-"
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix=name, dir=cache_home()))
        run = create(Path(home), "measured", experiment)
        recording = stack.enter_context(closing(Recording(run)))
        session = TrainingSession(trainer, Mailbox(run.control).take)
        began: float | None = None
        ends: list[float] = []
        steps: list[float] = []
        layers: dict[str, float] = {}
        for output in session.run():
            recording.write(output)
            elapsed = perf_counter() - began if began else 0.0
            if isinstance(output, np.ndarray):
                began = began or perf_counter()
                steps += output["seconds"].tolist() if elapsed > SETTLED else []
            elif isinstance(output, EpochEnded):
                ends.append(elapsed)
            elif isinstance(output, Artifact) and output.kind == "step_time":
                layers = _by_layer(output)
            enough = LEAST if len(ends) > 2 else MOST
            if elapsed > enough or len(ends) == experiment.train.epochs:
                break

        def plain() -> float:
            step = median(steps or [trainer.position.seconds])
            return step * trainer.batch_sizes.mean_steps + _evaluation(trainer)

        seconds = _mean(ends, plain, experiment.train.epochs) if len(ends) > 2 else plain()
    return MeasuredTime(seconds, layers)


def _mean(ends: list[float], plain: Callable[[], float], epochs: int) -> float:
    """Mean seconds of `epochs` epochs, of which some are observed.

    Args:
        ends: of the epochs that were measured, in seconds.
        plain: seconds of an epoch that is not observed, by its parts: where none was measured.
        epochs: of the whole run.
    """
    if len(ends) == epochs:
        return (ends[-1] - ends[0]) / (epochs - 1)
    first = next((at for at, end in enumerate(ends[:-2]) if end >= SETTLED), 0)
    taken = {at + 1: ends[at] - ends[at - 1] for at in range(first + 1, len(ends))}
    seen = [it for epoch, it in taken.items() if _is_observed(epoch)]
    unseen = [it for epoch, it in taken.items() if not _is_observed(epoch)]
    if not seen:
        return mean(unseen)
    base = mean(unseen) if unseen else min(plain(), mean(seen))
    counted = min(epochs, COUNTED)
    share = sum(map(_is_observed, range(1, counted + 1))) / counted
    return base + share * (mean(seen) - base)


def _is_observed(epoch: int) -> bool:
    return is_due(Moment(epoch, 0, is_last=False))


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


def main() -> int:
    """Answer with the time, at a low priority; SIGTERM ends it, and its folder is deleted."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    os.nice(NICENESS)
    return run_computation(measure_time)
