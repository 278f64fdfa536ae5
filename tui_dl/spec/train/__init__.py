"""The training config, that is the ``[train]`` table of an experiment.

config.py       the table itself: epochs, seed, early stopping, changes made to a run
losses.py       losses, and the output that each of them needs
metrics.py      metrics, and the data that each of them suits
optimizers.py   optimizers, and gradient clipping
schedules.py    learning-rate schedules, and mini-batches that grow
pairs.py        keys that cannot be combined
table.py        base class of these tables, and the ranges of their numbers
"""

from __future__ import annotations

from tui_dl.spec.train.config import SHORT, Change, EarlyStopping, Train, with_change
from tui_dl.spec.train.losses import (
    AnyLoss,
    BinaryCrossEntropy,
    CrossEntropy,
    Huber,
    Loss,
    MeanAbsoluteError,
    MeanSquaredError,
    PolicyGradient,
)
from tui_dl.spec.train.metrics import VALIDATION_LOSS, Metric, check_metrics, check_single
from tui_dl.spec.train.optimizers import Adam, AdamW, AnyOptimizer, Clip, RmsProp, Sgd
from tui_dl.spec.train.pairs import check_train
from tui_dl.spec.train.schedules import (
    AnySchedule,
    BatchSchedule,
    Constant,
    Cosine,
    Exponential,
    OneCycle,
    ReduceOnPlateau,
    StepDecay,
    grown,
)
from tui_dl.spec.train.table import Rate, Table

__all__ = [
    "SHORT",
    "VALIDATION_LOSS",
    "Adam",
    "AdamW",
    "AnyLoss",
    "AnyOptimizer",
    "AnySchedule",
    "BatchSchedule",
    "BinaryCrossEntropy",
    "Change",
    "Clip",
    "Constant",
    "Cosine",
    "CrossEntropy",
    "EarlyStopping",
    "Exponential",
    "Huber",
    "Loss",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "Metric",
    "OneCycle",
    "PolicyGradient",
    "Rate",
    "ReduceOnPlateau",
    "RmsProp",
    "Sgd",
    "StepDecay",
    "Table",
    "Train",
    "check_metrics",
    "check_single",
    "check_train",
    "grown",
    "with_change",
]  # fmt: skip
