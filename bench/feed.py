"""A simulated run at ten epochs a second, already a minute old: ``python -m bench.feed HOME``.

It replaces a worker, so that the pace is the same on every machine: it holds the lock of a run
folder and appends the records of LeNet-5, twenty steps an epoch, until it is stopped.
"""

from __future__ import annotations

import sys
import time
from itertools import count
from pathlib import Path

import numpy as np

from tui_dl.protocol.events import Compiled, EpochEnded, Started
from tui_dl.protocol.step_record import step_fields
from tui_dl.runs import lock
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import create
from tui_dl.runs.step_log import StepLog, record_type
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.format import FORMAT
from tui_dl.spec.toml.reading import read

EPOCHS, BEFORE = 6_000, 600  # in all, and in the first minute
EPOCH = 0.1  # seconds
STEPS = 20  # an epoch
FALLS = 0.004  # the loss, by epoch


def main() -> None:
    """Create the run in the home named on the command line, and continue it."""
    experiment = read("lenet5", [f"train.epochs={EPOCHS}"])
    run = create(Path(sys.argv[1]), "lenet5", experiment)
    held = lock.hold(run.lock)
    feed = Feed(experiment, EventLog(run.events), StepLog(run.steps), time.time() - BEFORE * EPOCH)
    for _ in range(BEFORE):
        feed.epoch()
    print(run.id, flush=True)
    began = time.monotonic()
    for number in count(1):
        time.sleep(max(0.0, began + number * EPOCH - time.monotonic()))
        feed.epoch()
    assert held


class Feed:
    """Appends epochs whose losses fall with some noise, as in training."""

    def __init__(self, experiment: Experiment, log: EventLog, steps: StepLog, began: float) -> None:
        self._log, self._steps, self._time = log, steps, began
        self._layers = [node.name for node in experiment.nodes if node.parameters]
        self._random = np.random.default_rng(0)
        self._number, self._best = 0, (np.inf, 0)
        fields = step_fields(len(self._layers))
        self._type = record_type(fields)
        log.append(
            Started(
                format=FORMAT, time=began, host="here", pid=1, threads=1,
                parameters=experiment.parameter_count, layers=self._layers, step_fields=fields,
                samples={"train": 1257, "validation": 270, "test": 270},
                steps_per_epoch=STEPS, epochs=EPOCHS,
            )
        )  # fmt: skip
        log.append(Compiled(time=began, seconds=0.0, kernels=0))

    def epoch(self) -> None:
        """Append one epoch."""
        self._number += 1
        self._time += EPOCH
        loss = 2.2 * np.exp(-self._number * FALLS) + 0.1
        noise = self._random.normal(0, 0.15, STEPS)
        records = np.zeros(STEPS, self._type)
        last = self._number * STEPS
        records["step"] = np.arange(last - STEPS + 1, last + 1)
        records["epoch"], records["samples"], records["time"] = self._number, 63, self._time
        records["seconds"] = EPOCH / STEPS * np.exp(noise / 3)
        records["loss"], records["metric"] = loss * np.exp(noise), 1 - loss / 2.6 * np.exp(noise)
        records["learning_rate"] = 0.002
        depth = np.arange(len(self._layers))
        records["layer_gradient_norm"] = 0.3 * 0.6**depth * np.exp(noise)[:, None]
        self._steps.append(records)
        validation = float(loss * 1.1 * np.exp(self._random.normal(0, 0.02)))
        self._best = min(self._best, (validation, self._number))
        self._log.append(
            EpochEnded(
                time=self._time, epoch=self._number, step=last,
                train_loss=float(records["loss"].mean()),
                train_accuracy=float(records["metric"].mean()),
                validation_loss=validation, validation_accuracy=1 - validation / 2.9,
                best_epoch=self._best[1], waited=self._number - self._best[1],
            )
        )  # fmt: skip


if __name__ == "__main__":
    main()
