"""More epochs for a run that is over: a new run that begins where that one ended.

Its folder begins with copies of the other one's events, step records, artifacts and checkpoint, so
that the worker goes on as if it had been interrupted there. The event `Extended` says so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from tui_dl.protocol.events import Extended
from tui_dl.runs import artifacts, atomic, checkpoint, files
from tui_dl.runs.check_entries import misplaced
from tui_dl.runs.folder import Run, create
from tui_dl.runs.status import LIVE, State
from tui_dl.spec.differences import differences
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.train.config import EarlyStopping
from tui_dl.spec.train.schedules.base import Epochs
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import counted
from tui_dl.support.json_text import encode

# What may differ from the run before: what is no part of weights, data and optimizer's state.
FREE = (
    "train.epochs", "train.early_stopping", "train.schedule", "train.clip", "train.l1", "train.l2",
    "train.optimizer",
)  # fmt: skip
HARMLESS = ("train.epochs=", "train.early_stopping")  # see also `_had_otherwise`
SAMPLES = 10  # steps of an epoch in which rates of two schedules are compared
BEST = "best.safetensors"


def extend(home: Path, name: str, origin: Run, experiment: Experiment) -> Run:
    """Make the folder of a run of `experiment` that goes on where `origin` ended.

    Raises:
        UserError: `origin` is live, damaged, or has no weights to go on from; the experiment is
            another one; or there is no epoch left to train.
        OSError: something cannot be read or written.
    """
    state = State(origin)
    if state.status in LIVE:
        raise UserError(f"{origin.id}: it is live: go on from it once it is over")
    for says in misplaced(origin.path):
        raise UserError(f"{origin.path}: {says}")
    if not state.epochs or not files.present(origin.last):
        raise UserError(f"{origin.id}: it has no weights to go on from")
    origin.check_seal()
    tensors, metadata = checkpoint.read(origin.last)
    events, steps, step, epoch = (int(metadata[it]) for it in ("events", "steps", "step", "epoch"))
    _check(state, experiment, epoch)
    differs = _had_otherwise(origin.experiment, experiment, epoch)
    said = encode(Extended(run=origin.id, epoch=epoch, step=step, differs=differs)) + b"\n"
    atomic.need(origin.events, events)
    atomic.need(origin.steps, steps)
    run = create(home, name, experiment)
    try:
        atomic.write_parts(run.events, chain(_beginning(origin.events, events), [said]))
        atomic.write_parts(run.steps, _beginning(origin.steps, steps))
        if origin.artifacts.is_dir():
            shutil.copytree(origin.artifacts, run.artifacts)
            artifacts.prune(run, step)
        if files.present(origin.checkpoints / BEST):
            shutil.copy(origin.checkpoints / BEST, run.checkpoints / BEST)
        sizes = {"events": str(events + len(said)), "steps": str(steps)}
        checkpoint.write(run.last, tensors, metadata | sizes)
    except BaseException:
        shutil.rmtree(run.path, ignore_errors=True)
        raise
    return run


def _check(state: State, experiment: Experiment, epoch: int) -> None:
    """Raise UserError where nothing would be trained, or something else."""
    origin = state.run
    for it in differences(origin.experiment, experiment):
        if not it.startswith(FREE) or it.startswith("train.optimizer.kind"):
            raise UserError(
                f"{origin.id}: {it}: only {', '.join(FREE)} can change when training goes on from "
                "a run: train it from the start, without --from"
            )
    if experiment.train.epochs <= epoch:
        raise UserError(
            f"{origin.id}: it has trained {counted(epoch, 'epoch')}: ask for more, such as "
            f"--set train.epochs={2 * epoch}"
        )
    rule, waited = experiment.train.early_stopping, state.epochs[-1].waited
    if rule and waited >= rule.patience:
        raise UserError(
            f"{origin.id}: early stopping ended it after {counted(waited, 'epoch')} that were no "
            f"better: allow more, such as --set train.early_stopping.patience={2 * rule.patience}"
        )


def _had_otherwise(before: Experiment, after: Experiment, epoch: int) -> list[str]:
    """Keys of `before` with which the epochs so far were not as those of `after` would have been.

    Empty where `after`, trained from its start, gives the same numbers.
    """
    found = [it for it in differences(after, before) if not it.startswith(HARMLESS)]
    rules = [it.train.early_stopping or EarlyStopping() for it in (before, after)]
    if len({(it.metric, it.min_delta) for it in rules}) > 1:
        found.append("train.early_stopping")
    if not found and has_other_rates(before, after, epoch):
        found.append(f"train.epochs={before.train.epochs}")
    return found


def has_other_rates(before: Experiment, after: Experiment, epochs: int) -> bool:
    """Whether a schedule gave other learning rates in the first `epochs`, for it lasts longer."""
    old, new = before.train, after.train
    base = old.optimizer.learning_rate
    spans = [Epochs([SAMPLES] * it.epochs) for it in (old, new)]
    return any(
        old.schedule.rate(base, step, spans[0], 0) != new.schedule.rate(base, step, spans[1], 0)
        for step in range(epochs * SAMPLES)
    )


def _beginning(path: Path, size: int) -> Iterator[bytes]:
    """The first `size` bytes of a file, in parts."""
    if size:
        handle = files.open_file(path)
        try:
            for at in range(0, size, files.CHUNK):
                yield files.read_at(handle, at, min(files.CHUNK, size - at))
        finally:
            os.close(handle)
