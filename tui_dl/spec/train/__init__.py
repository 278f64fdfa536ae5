"""The training config, that is the ``[train]`` table of an experiment.

config.py          the table itself: epochs, seed, early stopping, changes made to a run
losses/            losses, and the output that each of them needs
metrics/           metrics, and the data that each of them suits
optimizers/        optimizers
schedules/         learning-rate schedules
clip.py            gradient clipping
batch_schedule.py  mini-batches that grow
pairs.py           keys that cannot be combined
table.py           base class of these tables, and the ranges of their numbers
"""

from __future__ import annotations

from tui_dl.spec.train.batch_schedule import BatchSchedule, grown
from tui_dl.spec.train.clip import Clip
from tui_dl.spec.train.config import SHORT, Change, EarlyStopping, Train, with_change
from tui_dl.spec.train.losses import AnyLoss
from tui_dl.spec.train.losses.base import Loss
from tui_dl.spec.train.losses.classification import BinaryCrossEntropy, CrossEntropy
from tui_dl.spec.train.losses.policy_gradient import PolicyGradient
from tui_dl.spec.train.losses.regression import Huber, MeanAbsoluteError, MeanSquaredError
from tui_dl.spec.train.metrics import VALIDATION_LOSS, check_metrics, check_single
from tui_dl.spec.train.optimizers import AnyOptimizer
from tui_dl.spec.train.optimizers.adam import Adam, AdamW
from tui_dl.spec.train.optimizers.rmsprop import RmsProp
from tui_dl.spec.train.optimizers.sgd import Sgd
from tui_dl.spec.train.pairs import check_train
from tui_dl.spec.train.schedules import AnySchedule
from tui_dl.spec.train.schedules.cosine import Cosine
from tui_dl.spec.train.schedules.one_cycle import OneCycle
from tui_dl.spec.train.schedules.reduce_on_plateau import ReduceOnPlateau
from tui_dl.spec.train.schedules.steps import Constant, Exponential, StepDecay
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
