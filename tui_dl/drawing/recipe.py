"""How an experiment is trained, in one line."""

from __future__ import annotations

from tui_dl.spec.data.base import SplitData
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.support.formatting import counted, rate

PLAIN = "constant"  # the schedule that is none


def recipe(experiment: Experiment) -> str:
    """The recipe: adam 0.002 · cosine · cross entropy · batch 64 · 40 epochs at most."""
    train, batch = experiment.train, experiment.data.batch_size
    schedule, loss = kind(train.schedule), kind(train.loss)
    smoothing = getattr(train.loss, "label_smoothing", 0.0)
    stopping = train.early_stopping
    parts = [
        f"{kind(train.optimizer)} {rate(train.optimizer.learning_rate)}",
        "" if schedule == PLAIN else f"{_words(schedule)} schedule",
        _words(loss),
        f"label smoothing {smoothing:g}" if smoothing else "",
        f"l1 {train.l1:g}" if train.l1 else "",
        f"l2 {train.l2:g}" if train.l2 else "",
        f"batches of {batch}" if batch != "all" else "one batch of all",
        *(f"{kind(it)} {getattr(it, 'pixels', '')}".strip() for it in experiment.data.augment),
        f"up to {counted(train.epochs, 'epoch')}" if stopping else counted(train.epochs, "epoch"),
        f"patience {stopping.patience}" if stopping else "",
        _split(experiment),
    ]
    return " · ".join(part for part in parts if part)


def _split(experiment: Experiment) -> str:
    """How many samples are trained on; the others validate and test."""
    if not isinstance(experiment.data, SplitData):
        return ""
    train, validation, test = experiment.data_spec.splits
    return f"{train:,} to train on, {validation:,} to validate, {test:,} to test"


def _words(name: str) -> str:
    return name.replace("_", " ")
