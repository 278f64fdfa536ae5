"""The training config: the ``[train]`` table of an experiment.

table.py        ranges of numbers
losses.py       losses
metrics.py      metrics, and which targets they are for
optimizers.py   optimisers
schedules.py    how the learning rate and the mini-batches change
pairs.py        keys that contradict each other
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
