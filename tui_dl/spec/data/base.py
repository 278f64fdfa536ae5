"""The base of all data sources, of samples and of environments.

A source is the ``[data]`` table of an experiment; the samples themselves come from ``data/``.
Those of an environment are the first states of episodes; later states depend on the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, ClassVar, Literal

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import Positive, TensorSpec, kind
from tui_dl.spec.splits import stratified_sizes
from tui_dl.support.optional_dependencies import Extra

Fraction = Annotated[float, msgspec.Meta(gt=0, lt=1)]
Share = Annotated[float, msgspec.Meta(ge=0, lt=1)]


class Shift(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="shift"):
    """Move each training image by up to `pixels` each way, anew every epoch; the edge is 0."""

    pixels: Positive = 1


class Flip(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="flip"):
    """Mirror training images left to right, each with probability 1/2, anew every epoch."""


Augmentation = Shift | Flip


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="source"):
    """The ``[data]`` table: where the network's inputs and targets come from.

    Attributes:
        batch_size: how many samples make a step.
        metric: what a step measures beside the loss.
        extra: the extra of this package that it needs.
        gives_rewards: it has no targets; it rewards what the network does.
        size_key: the key that makes its samples fewer or smaller.
        short_names: what may stand in place of its kind, and says some of its keys as well.
        reader_bytes: the memory of the library that reads its file.
        text_bytes: the memory that reading takes for each byte of the file, unpacked.
        split_in_place: there are never two copies of its samples.
        has_rules: hand-written rules answer its samples, too, to be compared with the network.
        composes: its targets are melodies, and `token_names` the styles they are in.
        learning_keys: keys that change training, but not the samples that are evaluated.
        column_keys: keys that say by name of a column how it becomes numbers.
    """

    batch_size: Positive | Literal["all"] = 64
    metric: ClassVar[str] = "accuracy"
    extra: ClassVar[Extra | None] = None
    gives_rewards: ClassVar[bool] = False
    size_key: ClassVar[str] = "samples"
    short_names: ClassVar[tuple[str, ...]] = ()
    reader_bytes: ClassVar[int] = 0
    text_bytes: ClassVar[int] = 4
    split_in_place: ClassVar[bool] = False
    has_rules: ClassVar[bool] = False
    composes: ClassVar[bool] = False
    learning_keys: ClassVar[tuple[str, ...]] = ("batch_size",)
    column_keys: ClassVar[tuple[str, ...]] = ()

    def check(self, spec: DataSpec) -> None:
        """Raise ConfigError where its keys contradict each other, or the data in `spec`."""

    @classmethod
    def keys_of(cls, short: str) -> dict[str, str]:
        """The keys that one of `short_names` stands for, beside the kind."""
        raise NotImplementedError

    @property
    def reads_file(self) -> bool:
        """Whether it is described by reading a file, not by its keys alone."""
        return False

    @property
    def is_missing(self) -> bool:
        """Whether the extra that it needs is not installed."""
        return self.extra is not None and self.extra.is_missing

    def require_extra(self) -> None:
        """Raise UserError, saying what to install, where its extra is missing."""
        if self.extra:
            self.extra.require(f"data.source: {kind(self)}")

    @property
    def sections(self) -> int:
        """How many sections of a stream its samples are, equally long; 1 where they are no stream.

        Of a stream an epoch trains on the next section alone.
        """
        return 1

    @property
    def season(self) -> int:
        """How many values of a time series a season has; 0 where samples are no time series."""
        return 0

    @property
    def reads(self) -> str:
        """The character of each input token; empty where the input is no text."""
        return ""

    @property
    def writes(self) -> str:
        """The character of each target token; the class after the last one ends a text."""
        return ""

    @property
    def fixed_filters(self) -> tuple[str, ...]:
        """The fixed filters of a convolution that make the maps of its targets; none of others."""
        return ()

    @property
    def longest(self) -> int:
        """How many inputs of the network one sample is, at most."""
        return 1

    def batch(self, samples: int) -> int:
        """How many of so many training samples make a step."""
        return samples if self.batch_size == "all" else min(self.batch_size, samples)

    @property
    def augment(self) -> Sequence[Augmentation]:
        """How training samples are changed a little every epoch."""
        return []


class DescribedData(Data, frozen=True):
    """Data that its keys describe in full: no file has to be read."""

    def inspect(self) -> DataSpec:
        """The data as the network receives it."""
        names = tuple(self.class_names)
        tokens = tuple(self.token_names)
        return DataSpec(self.input, self.target, self.count, self.splits, names, token_names=tokens)

    @property
    def count(self) -> int:
        """How many samples there are, or episodes an epoch."""
        raise NotImplementedError

    @property
    def splits(self) -> tuple[int, int, int]:
        """How many of them are to train on, to validate with and to test with."""
        return self.count, 0, 0

    @property
    def input(self) -> TensorSpec:
        """One sample, as the network receives it."""
        raise NotImplementedError

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
        """The characters that the tokens of a sample are, in order; none where they are numbers."""
        return ""

    @property
    def token_names(self) -> Sequence[str]:
        """What the token ids of a sample stand for, in order; none where they are numbers."""
        return self.reads

    @property
    def target(self) -> TensorSpec:
        """The target of one sample: real numbers, or a class a place, out of `vocab_size`."""
        return TensorSpec((), vocab_size=self.classes)


class SplitData(Data, frozen=True):
    """Samples that are split into training, validation and test."""

    validation: Fraction = 0.15
    test: Fraction = 0.15

    def check(self, spec: DataSpec) -> None:
        train, *evaluated = spec.splits
        if not train or self.validation + self.test >= 1:
            raise ConfigError("data", "validation and test take every sample: make them smaller")
        shares = {"validation": self.validation, "test": self.test}
        for (key, share), size in zip(shares.items(), evaluated, strict=True):
            if not size:
                raise ConfigError(
                    f"data.{key}", f"{share:g} of {spec.count:,} samples is none: make it larger"
                )


class Source(SplitData, DescribedData, frozen=True):
    """Samples that are generated or bundled: what they are follows from the keys."""

    @property
    def class_sizes(self) -> Iterable[int]:
        """How many samples each class has, where that is known before they are read."""
        return (self.count,)

    @property
    def splits(self) -> tuple[int, int, int]:
        return stratified_sizes(self.class_sizes, self.validation, self.test)


class FileSource(SplitData, frozen=True):
    """Samples in a file, which has to be read to describe them.

    Attributes:
        balance: whether classes count alike in the loss, however many samples they have.
    """

    learning_keys: ClassVar[tuple[str, ...]] = (*SplitData.learning_keys, "balance")

    balance: bool = False

    @property
    def reads_file(self) -> bool:
        return True


class OwnOrGenerated(Source, frozen=True, kw_only=True):
    """Samples that are generated or bundled, or read from a file of the user's where one is given.

    Attributes:
        path: the file; a relative one is relative to the experiment file.
    """

    path: str | None = None

    @property
    def reads_file(self) -> bool:
        return self.path is not None

    @property
    def is_missing(self) -> bool:  # an extra is needed to generate, not to read a file
        return self.path is None and super().is_missing

    def require_extra(self) -> None:
        if self.path is None:
            super().require_extra()


class Environment(DescribedData, frozen=True, kw_only=True):
    """Answers the network's actions, which are the classes, with rewards and the next state."""

    extra: ClassVar[Extra | None] = Extra("rl", "gymnasium")
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
