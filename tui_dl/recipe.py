"""The recipe: the ``[train]`` table of an experiment, and what of it goes with which data."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from tui_dl.layers import Positive, Shape, ShapeError, Signal

Rate = Annotated[float, msgspec.Meta(gt=0, le=1_000)]
Decay = Annotated[float, msgspec.Meta(ge=0, lt=1)]

SHORT = ("loss", "optimizer")  # tables that may be written as their kind alone


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the experiment file; unknown keys are refused."""


class Loss(Table, frozen=True, tag_field="kind"):
    """What is made small: a mean over all places where something is wanted."""

    def output(self, target: Signal) -> Shape:
        """What the network must end in where `target` is wanted: one-hot classes, or numbers."""
        return (*target.shape, target.symbols) if target.symbols else target.shape


class CrossEntropy(Loss, frozen=True, tag="cross_entropy"):
    """-log softmax(z)[label] over logits z, in nats."""

    label_smoothing: Decay = 0.0
    class_weights: list[Rate] = []  # one a class; empty: all the same

    def output(self, target: Signal) -> Shape:
        if not target.symbols:
            raise ShapeError(
                "train.loss: cross_entropy needs classes, and here real numbers are wanted: "
                "use mean_squared_error"
            )
        if self.class_weights and len(self.class_weights) != target.symbols:
            raise ShapeError(
                f"train.loss.class_weights: {len(self.class_weights)} weights for "
                f"{target.symbols} classes: give one for each"
            )
        return super().output(target)


class BinaryCrossEntropy(Loss, frozen=True, tag="binary_cross_entropy"):
    """-log of the probability, sigmoid(z) or 1 - sigmoid(z), of what each output's target is."""

    def output(self, target: Signal) -> Shape:
        return (*target.shape, 1) if target.symbols == 2 else super().output(target)


class MeanSquaredError(Loss, frozen=True, tag="mean_squared_error"):
    """(y - t)^2."""


class MeanAbsoluteError(Loss, frozen=True, tag="mean_absolute_error"):
    """|y - t|."""


class Huber(Loss, frozen=True, tag="huber"):
    """Squared for errors up to `delta`, absolute beyond (Huber 1964)."""

    delta: Rate = 1.0


AnyLoss = CrossEntropy | BinaryCrossEntropy | MeanSquaredError | MeanAbsoluteError | Huber


class Sgd(Table, frozen=True, tag_field="kind", tag="sgd"):
    """w -= learning_rate * gradient."""

    learning_rate: Rate = 0.1


class Adam(Table, frozen=True, tag_field="kind", tag="adam"):
    """Kingma & Ba 2015, algorithm 1, with PyTorch's placing of epsilon."""

    learning_rate: Rate = 0.001
    beta1: Decay = 0.9
    beta2: Decay = 0.999
    epsilon: Rate = 1e-8


class EarlyStopping(Table, frozen=True):
    """Stop once validation loss has not fallen by more than `min_delta` for `patience` epochs."""

    patience: Positive = 5
    min_delta: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    restore_best: bool = True


class Train(Table, frozen=True):
    """The recipe."""

    loss: AnyLoss = CrossEntropy()
    target: Literal["data", "input"] = "data"
    optimizer: Adam | Sgd = Adam()
    epochs: Positive = 10
    early_stopping: EarlyStopping | None = None
    seed: Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)] = 0

    def wanted(self, given: Signal, target: Signal) -> Signal:
        """What is wanted of the network: the data's `target`, or what it was `given` itself."""
        if self.target == "data":
            return target
        if given.symbols or isinstance(self.loss, CrossEntropy):
            what = "its input is symbols" if given.symbols else "cross_entropy needs classes"
            raise ShapeError(
                f"train.target: the input can be wanted back only in real numbers, and {what}: "
                + ("take the data's" if given.symbols else 'use loss = "mean_squared_error"')
            )
        return given
