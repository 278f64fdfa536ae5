"""Data sources: their keys, the shape of one sample and of its target, and their classes.

A source is the ``[data]`` table of an experiment; the samples themselves come from ``data/``.
Those of an environment are the first states of episodes; later states depend on the network.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from tui_dl.spec.layers import Positive, ShapeError, TensorSpec, kind
from tui_dl.support.optional_dependencies import Extra

Fraction = Annotated[float, msgspec.Meta(gt=0, lt=1)]


class Shift(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="shift"):
    """Move each training image by up to `pixels` each way, anew every epoch; the edge is 0."""

    pixels: Positive = 1


def split_sizes(count: int, validation: float, test: float) -> tuple[int, int, int]:
    """How many of so many samples are to train on, to validate with and to test with."""
    for_test = min(round(count * test), count)
    for_validation = min(round(count * validation), count - for_test)
    return count - for_test - for_validation, for_validation, for_test


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="source"):
    """The ``[data]`` table: what the network's input and target are.

    Attributes:
        batch_size: how many samples make a step.
        metric: what says how well the network does, beside the loss.
        extra: the extra of this package that it needs.
        gives_rewards: it has no targets; it rewards what the network does.
        size_key: the key that makes its samples fewer or smaller.
    """

    batch_size: Positive | Literal["all"] = 64
    metric: ClassVar[str] = "accuracy"
    extra: ClassVar[Extra | None] = None
    gives_rewards: ClassVar[bool] = False
    size_key: ClassVar[str] = "samples"

    @property
    def count(self) -> int:
        """How many samples there are, or episodes an epoch."""
        raise NotImplementedError

    @property
    def splits(self) -> tuple[int, int, int]:
        """How many of them are to train on, to validate with and to test with."""
        return self.count, 0, 0

    def check(self) -> None:
        """Raise ShapeError where its keys contradict each other."""

    @property
    def input(self) -> TensorSpec:
        """One sample, as the network receives it."""
        raise NotImplementedError

    @property
    def is_missing(self) -> bool:
        """Whether the extra that it needs is not installed."""
        return self.extra is not None and self.extra.is_missing

    def require_extra(self) -> None:
        """Raise UserError, saying what to install, where its extra is missing."""
        if self.extra:
            self.extra.require(f"data.source: {kind(self)}")

    @property
    def classes(self) -> int:
        """How many classes the labels have."""
        raise NotImplementedError

    @property
    def class_names(self) -> list[str]:
        """What the classes are called, in order; none where their numbers will do."""
        return []

    @property
    def reads(self) -> str:
        """The character of each input token; empty where the input is no text."""
        return ""

    @property
    def writes(self) -> str:
        """The character of each target token; the class after the last one ends a text."""
        return ""

    @property
    def target(self) -> TensorSpec:
        """The target of one sample: real numbers, or a class a place, out of `vocab_size`."""
        return TensorSpec((), vocab_size=self.classes)

    @property
    def longest(self) -> int:
        """How many inputs of the network one sample is, at most."""
        return 1

    def batch(self, samples: int) -> int:
        """How many of so many training samples make a step."""
        return samples if self.batch_size == "all" else min(self.batch_size, samples)

    @property
    def augment(self) -> list[Shift]:
        """How training samples are changed a little every epoch."""
        return []


class Source(Data, frozen=True):
    """Where samples come from, and how they are split into training, validation and test."""

    validation: Fraction = 0.15
    test: Fraction = 0.15

    @property
    def splits(self) -> tuple[int, int, int]:
        return split_sizes(self.count, self.validation, self.test)

    def check(self) -> None:
        train, *evaluated = self.splits
        if not train or self.validation + self.test >= 1:
            raise ShapeError("data: validation and test take every sample: make them smaller")
        shares = {"validation": self.validation, "test": self.test}
        for (key, share), size in zip(shares.items(), evaluated, strict=True):
            if not size:
                raise ShapeError(
                    f"data.{key}: {share:g} of {self.count:,} samples is none: make it larger"
                )


class Environment(Data, frozen=True, kw_only=True):
    """Answers the network's actions, which are the classes, with rewards and the next state."""

    metric: ClassVar[str] = "return"  # the sum of an episode's rewards
    gives_rewards: ClassVar[bool] = True
    size_key: ClassVar[str] = "episodes"

    batch_size: Positive | Literal["all"] = 16
    episodes: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 160
    limit: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 200

    @property
    def count(self) -> int:
        return self.episodes

    @property
    def longest(self) -> int:
        return self.limit

    @property
    def best(self) -> float:
        """An upper bound of an episode's return; the loss is how far the return is below it."""
        raise NotImplementedError


class Digits(Source, frozen=True, kw_only=True, tag="digits"):
    """1,797 real handwritten digits (UCI, CC BY 4.0), 8x8 greys, bundled."""

    size_key: ClassVar[str] = "resize"

    resize: tuple[Positive, Positive] = (8, 8)
    augment: list[Shift] = []

    def check(self) -> None:
        super().check()
        moved, side = 0, min(self.resize)
        for index, shift in enumerate(self.augment):  # images are not moved out of sight
            moved += shift.pixels
            if moved >= side:
                raise ShapeError(
                    f"data.augment[{index}].pixels: moves by {moved} pixels can take an image of "
                    f"{TensorSpec(self.resize)} out of sight: keep them below {side} in all"
                )

    @property
    def count(self) -> int:
        return 1797

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((1, *self.resize))

    @property
    def classes(self) -> int:
        return 10


class Recall(Source, frozen=True, kw_only=True, tag="recall"):
    """Generated sequences of random tokens; the label is the first token."""

    vocab_size: Annotated[int, msgspec.Meta(ge=2, le=1_000)] = 8
    length: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 30
    samples: Annotated[int, msgspec.Meta(ge=100, le=100_000)] = 4000

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.length,), vocab_size=self.vocab_size)

    @property
    def classes(self) -> int:
        return self.vocab_size


class Dates(Source, frozen=True, kw_only=True, tag="dates"):
    """Generated: days of a century in English, as characters.

    The target is the day in ISO 8601, or for every character a tag: day, month, year or none.
    """

    DAYS: ClassVar[int] = 36_525
    TAGS: ClassVar[tuple[str, ...]] = (
        "O", "B-day", "I-day", "B-month", "I-month", "B-year", "I-year",
    )  # fmt: skip

    task: Literal["translate", "tag"] = "translate"
    samples: Annotated[int, msgspec.Meta(ge=100, le=DAYS)] = 20_000

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((33,), vocab_size=len(self.reads))  # Wednesday, 10th of September 2025

    @property
    def classes(self) -> int:
        return len(self.class_names)

    @property
    def class_names(self) -> list[str]:
        return list(self.TAGS) if self.task == "tag" else [*self.writes, "end"]

    @property
    def reads(self) -> str:
        return " ,-./0123456789ADFJMNOSTWabcdefghijlmnoprstuvwy"

    @property
    def writes(self) -> str:
        return "" if self.task == "tag" else "0123456789-"

    @property
    def target(self) -> TensorSpec:
        places = self.input.shape[0] if self.task == "tag" else 11  # 2025-09-10 and the end
        return TensorSpec((places,), vocab_size=self.classes)


class CartPole(Environment, frozen=True, kw_only=True, tag="cartpole"):
    """A pole on a cart that is pushed left or right; a reward of 1 for every step it stays up.

    Barto, Sutton and Anderson 1983; the environment is gymnasium's CartPole-v1.
    """

    extra: ClassVar[Extra | None] = Extra("rl", "gymnasium")

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((4,))

    @property
    def classes(self) -> int:
        return 2

    @property
    def class_names(self) -> list[str]:
        return ["left", "right"]

    @property
    def best(self) -> float:
        return float(self.limit)


class Acrobot(Environment, frozen=True, kw_only=True, tag="acrobot"):
    """Two links that hang down, to be swung up; a reward of -1 for every step until they are.

    Sutton 1996; the environment is gymnasium's Acrobot-v1.
    """

    extra: ClassVar[Extra | None] = Extra("rl", "gymnasium")

    limit: Annotated[int, msgspec.Meta(ge=1, le=1_000)] = 500

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((6,))

    @property
    def classes(self) -> int:
        return 3

    @property
    def class_names(self) -> list[str]:
        return ["clockwise", "none", "anticlockwise"]

    @property
    def best(self) -> float:
        return 0.0  # the step that swings them up costs nothing; as if it were the first


AnySource = Digits | Recall | Dates | CartPole | Acrobot

SOURCES: dict[str, type[Data]] = {str(cls.__struct_config__.tag): cls for cls in AnySource.__args__}
