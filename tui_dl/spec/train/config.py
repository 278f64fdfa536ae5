"""The ``[train]`` table of an experiment."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.layers.base import Positive, TensorSpec
from tui_dl.spec.train.batch_schedule import BatchSchedule
from tui_dl.spec.train.clip import Clip
from tui_dl.spec.train.losses import AnyLoss
from tui_dl.spec.train.losses.classification import CrossEntropy
from tui_dl.spec.train.metrics import VALIDATION_LOSS, MetricName
from tui_dl.spec.train.optimizers import AnyOptimizer
from tui_dl.spec.train.optimizers.adam import Adam
from tui_dl.spec.train.schedules import AnySchedule
from tui_dl.spec.train.schedules.steps import Constant
from tui_dl.spec.train.table import Amount, Rate, Share, Table
from tui_dl.support.api_validation import MOST_SEED

SHORT = ("loss", "optimizer", "schedule")  # tables that may be written as their kind alone


class EarlyStopping(Table, frozen=True):
    """Stop once `metric` was not better by more than `min_delta` for `patience` epochs."""

    patience: Positive = 5
    min_delta: Amount = 0.0
    restore_best: bool = True
    metric: str = VALIDATION_LOSS  # or one of the metrics of ``[train]``


class Change(Table, frozen=True):
    """What a user did to a run after `step`; training the experiment again repeats it."""

    step: Annotated[int, msgspec.Meta(ge=0)]
    learning_rate: Rate | None = None
    stop: bool = False


def with_change(changes: list[Change], new: Change) -> list[Change]:
    """`changes` and `new`, which was decided after all of them.

    A run that repeats steps after a kill can be given a learning rate before it is again where
    others were set: the one that was set last holds, so those are left out.
    """
    kept = [it for it in changes if it.step <= new.step or it.learning_rate is None or new.stop]
    return [*kept, new]


class Train(Table, frozen=True):
    """The ``[train]`` table: the training config."""

    loss: AnyLoss = CrossEntropy()
    target: Literal["data", "input"] = "data"
    optimizer: AnyOptimizer = Adam()
    schedule: AnySchedule = Constant()
    batch_schedule: BatchSchedule | None = None
    clip: Clip | None = None
    l1: Amount = 0.0  # the gradient of l1 |w| is added to the loss's,
    l2: Amount = 0.0  # and that of l2 w^2 / 2
    weight_average: Share | None = None
    epochs: Positive = 10
    early_stopping: EarlyStopping | None = None
    metrics: tuple[MetricName, ...] = ()  # by default accuracy of classes, r2 of real numbers
    seed: Annotated[int, msgspec.Meta(ge=0, le=MOST_SEED)] = 0
    change: list[Change] = msgspec.field(default_factory=list)

    def target_spec(self, input: TensorSpec, target: TensorSpec) -> TensorSpec:
        """Shape of the network's target: the data's `target`, or its own `input`."""
        if self.target == "data":
            return target
        if input.vocab_size or self.loss.needs_classes:
            what = "it is token ids" if input.vocab_size else "cross_entropy needs classes"
            raise ConfigError(
                "train.target",
                f"the input can be the target only as real numbers, and {what}: "
                + ('use "data"' if input.vocab_size else 'use loss = "mean_squared_error"'),
            )
        return input
