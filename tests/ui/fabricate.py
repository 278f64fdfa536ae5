"""A fake worker: it leaves a run folder as at some moment of a run, the same at every call."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from tests import fake_run
from tui_dl.protocol import events
from tui_dl.protocol.step_record import step_fields
from tui_dl.runs import lock
from tui_dl.runs.event_log import EventLog
from tui_dl.runs.folder import Run
from tui_dl.runs.step_log import StepLog, record_type
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.toml.reading import parse

COURSE = Path(__file__).parent / "course"
START = 1_800_000_000.0  # Unix seconds
STEPS_PER_EPOCH = 20
STEP_SECONDS = 0.002
COMPILING = 6.0  # seconds
BATCH = 64


def experiment(name: str, overrides: list[str]) -> Experiment:
    return parse((COURSE / f"{name}.toml").read_text(encoding="utf-8"), name, overrides)


def renamed(worker: Worker, day: int, name: str = "lenet5") -> Run:
    """The worker's run as one of another day, or of another name."""
    path = worker.run.path
    return Run(path.rename(path.with_name(f"202701{day:02}-080000-{name}-ab12")))


class Worker:
    """Writes a run step by step; `live` until it ends, fails or is killed."""

    def __init__(
        self,
        home: Path,
        preset: str = "lenet5",
        layer_decay: float = 0.6,
        patience: int | None = None,
        second: str | None = None,
    ) -> None:
        overrides = [f"train.early_stopping.patience={patience}"] if patience else []
        overrides += [f'train.metrics=["accuracy", "{second}"]'] if second else []
        self.experiment = experiment(preset, overrides)
        path = home / f"20270115-080000-{preset}-ab12"
        for folder in ("checkpoints", "control"):
            (path / folder).mkdir(parents=True)
        (path / "experiment.toml").write_text(self.experiment.to_toml(), encoding="utf-8")
        self.run = Run(path)
        self.run.log.touch()
        self.time = START
        self._lock: int | None = lock.hold(self.run.lock)
        self._events = EventLog(self.run.events)
        self._steps = StepLog(self.run.steps)
        self._random = np.random.default_rng(0)
        self._layer_decay = layer_decay
        self._epoch = 0
        self._second = second
        self.layers = [node.name for node in self.experiment.nodes if node.parameters]

    def append(self, event: type[events.Event], **fields: object) -> None:
        self._events.append(event(time=self.time, **fields))

    def start(self) -> Worker:
        facts = {
            "parameters": self.experiment.parameter_count,
            "layers": self.layers,
            "step_fields": step_fields(len(self.layers)),
            "steps_per_epoch": STEPS_PER_EPOCH,
            "epochs": self.experiment.train.epochs,
        }
        self._events.append(fake_run.started(time=self.time, **facts))
        return self

    def compile(self, kernels: int) -> Worker:
        for index in range(kernels):
            self.time += COMPILING / kernels
            kernel = f"conv2d_{('forward', 'backward')[index % 2]}"
            self.append(events.Compiling, kernel=kernel, ready=2 * index, kernels=9)
        return self

    def train(self, epochs: int, best: int | None = None) -> Worker:
        """Run `epochs` more; validation loss turns up again after epoch `best`."""
        if not self._epoch:
            self.append(events.Compiled, seconds=COMPILING, kernels=2)
        for epoch in range(self._epoch + 1, self._epoch + epochs + 1):
            self._epoch = epoch
            self.steps_of(epoch, STEPS_PER_EPOCH)
            turn = best or epoch
            loss = 2.2 * np.exp(-min(epoch, turn) / 3) + 0.08 + 0.02 * max(0, epoch - turn)
            figures = {
                "step": epoch * STEPS_PER_EPOCH,
                "train_loss": float(2.2 * np.exp(-epoch / 3)),
                "train_accuracy": float(1 - 0.9 * np.exp(-epoch / 2)),
                "validation_accuracy": float(1 - 0.9 * np.exp(-epoch / 2.5) - 0.02),
                "metrics": {self._second: 1 - float(np.exp(-epoch / 9))} if self._second else {},
            }
            best_so_far = min(epoch, turn)
            self._events.append(
                fake_run.epoch(epoch, float(loss), best_so_far, time=self.time, **figures)
            )
        return self

    def steps_of(self, epoch: int, steps: int) -> None:
        for _ in range(steps):
            self._step(epoch)

    def _step(self, epoch: int) -> None:
        record = np.zeros(1, record_type(step_fields(len(self.layers))))
        step = self.run.steps.stat().st_size // record.dtype.itemsize + 1
        progress = step / STEPS_PER_EPOCH
        noise = self._random.normal(0, 0.05)
        self.time += STEP_SECONDS
        record["step"], record["epoch"], record["samples"] = step, epoch, BATCH
        record["time"], record["seconds"] = self.time, STEP_SECONDS
        record["loss"] = 2.2 * np.exp(-progress / 3) * np.exp(6 * noise) + abs(noise) / 3
        record["metric"] = np.clip(1 - 0.9 * np.exp(-progress / 2) + noise, 0, 1)
        record["learning_rate"] = 0.002
        depth = np.arange(len(self.layers), 0, -1)
        record["layer_gradient_norm"] = 0.3 * self._layer_decay ** (depth - 1)
        self._steps.append(record)

    def diagnose(self) -> Worker:
        cause = {
            "epoch": self._epoch,
            "step": self._epoch * STEPS_PER_EPOCH,
            "advice": "replace sigmoid and tanh by relu, with initializer = he before it",
            "change": [
                "network[1].layers[1].kind=relu",
                "network[1].layers[0].initializer=he",
            ],
        }
        self._events.append(fake_run.diagnosed(time=self.time, **cause))
        return self

    def compare(self, network: float) -> Worker:
        """Evaluate the baselines: the network's accuracy beside 91 % and 35 %."""
        linear, constant = (events.Baseline({"accuracy": it}, 90) for it in (0.91, 0.35))
        facts = {"split": "test", "metric": "accuracy", "network": network}
        self.append(events.BaselinesEvaluated, **facts, linear=linear, constant=constant)
        return self

    def stop_early(self, patience: int) -> Worker:
        best = self._epoch - patience
        self.append(
            events.EarlyStopped,
            epoch=self._epoch,
            best_epoch=best,
            patience=patience,
            restored=True,
        )
        return self.end("early_stopping", best)

    def end(self, reason: str, best: int) -> Worker:
        figures = {
            "stop_reason": reason,
            "epochs": self._epoch,
            "best_epoch": best,
            "train_loss": 0.01,
            "validation_loss": 0.09,
            "validation_accuracy": 0.978,
            "test_loss": 0.0712,
            "test_accuracy": 0.985,
            "median_step_ms": 1000 * STEP_SECONDS,
            "samples_per_second": BATCH / STEP_SECONDS,
            "compile_seconds": COMPILING,
            "seconds": self.time - START,
        }
        self._events.append(fake_run.ended(time=self.time, **figures))
        return self.die()

    def fail(self, reason: str, log: str) -> Worker:
        self.run.log.write_text(log, encoding="utf-8")
        self.append(events.Failed, reason=reason)
        return self.die()

    def resume(self, epoch: int) -> Worker:
        """Resume after `epoch`; the logs were cut to it."""
        self._epoch = epoch
        self._lock = lock.hold(self.run.lock)
        self._events, self._steps = EventLog(self.run.events), StepLog(self.run.steps)
        self.start()
        self.append(events.Compiled, seconds=0.1, kernels=0)
        return self

    def die(self) -> Worker:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        return self
