"""How an experiment is trained, in one line."""

from __future__ import annotations

from tui_dl.spec.data.base import SplitData
from tui_dl.spec.experiment import Experiment
from tui_dl.spec.layers.base import kind
from tui_dl.support.formatting import counted, rate
from tui_dl.support.translations import said, tr

PLAIN = "constant"  # the schedule that is none


def recipe(experiment: Experiment) -> str:
    """The recipe: adam 0.002 · cosine · cross entropy · batch 64 · 40 epochs at most."""
    train, batch = experiment.train, experiment.data.batch_size
    schedule, loss = kind(train.schedule), kind(train.loss)
    smoothing = getattr(train.loss, "label_smoothing", 0.0)
    stopping, epochs = train.early_stopping, said(counted(train.epochs, "epoch"))
    parts = [
        f"{kind(train.optimizer)} {rate(train.optimizer.learning_rate)}",
        "" if schedule == PLAIN else tr("{kind} schedule", kind=tr(_words(schedule))),
        tr(_words(loss)),
        f"{tr('label smoothing')} {smoothing:g}" if smoothing else "",
        f"l1 {train.l1:g}" if train.l1 else "",
        f"l2 {train.l2:g}" if train.l2 else "",
        tr("batches of {size}", size=batch) if batch != "all" else tr("one batch of all"),
        *(f"{kind(it)} {getattr(it, 'pixels', '')}".strip() for it in experiment.data.augment),
        tr("up to {epochs}", epochs=epochs) if stopping else epochs,
        f"{tr('patience ')}{stopping.patience}" if stopping else "",
        _split(experiment),
    ]
    return " · ".join(part for part in parts if part)


def _split(experiment: Experiment) -> str:
    """How many samples are trained on; the others validate and test."""
    if not isinstance(experiment.data, SplitData):
        return ""
    train, validation, test = experiment.data_spec.splits
    says = "{train} to train on, {validation} to validate, {test} to test"
    return tr(says, train=f"{train:,}", validation=f"{validation:,}", test=f"{test:,}")


def _words(name: str) -> str:
    return name.replace("_", " ")
