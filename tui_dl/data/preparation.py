"""Preparation of a table: from its columns to the network's inputs and targets, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from tui_dl.data.readers.table import CategoryColumn, Column, NumberColumn, Table, TextColumn
from tui_dl.data.transforms import AnyTransform, choose
from tui_dl.data.transforms.base import Features, Rows, Scale
from tui_dl.data.transforms.ordinal import Ordinal
from tui_dl.data.transforms.tokens import Tokens, lengths_of
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.json_text import NOT_JSON

FARTHEST = 10.0  # of a scaled number; one further from 0 counts as that far
LONG, MANY_ROWS = 30, 2_000  # words of a text in the mean, and rows to train on
FACTS = "preparation"  # name of the facts among a file's metadata

Doubles = npt.NDArray[np.float64]
Inputs = npt.NDArray[np.float32] | npt.NDArray[np.int32]  # real numbers, or token ids


class Facts(msgspec.Struct, frozen=True):
    """What a preparation is beside its arrays.

    Attributes:
        transforms: of the columns, in the order of their features.
        class_names: the target's classes; none for real numbers.
        grouped: names of columns of numbers with points between thousands.
        units: of numbers, by the name of their column; the target may be among them.
    """

    transforms: tuple[AnyTransform, ...]
    class_names: tuple[str, ...]
    grouped: tuple[str, ...] = ()
    units: dict[str, str] = {}


class Preparation(msgspec.Struct, frozen=True):
    """What was learned from the training rows of a table.

    Attributes:
        facts: all but the arrays.
        mean: (features,) subtracted from each feature; 0 for one that is not scaled.
        deviation: (features,) each is divided by; infinite for one that is the same in all rows.
        target_mean: (1,) of a target of real numbers; empty for classes.
        target_deviation: (1,) likewise.
    """

    facts: Facts
    mean: Doubles
    deviation: Doubles
    target_mean: Doubles
    target_deviation: Doubles

    @property
    def kinds(self) -> dict[str, str]:
        """The kinds of the columns to read, by name, each one of `NAMED_KINDS`."""
        grouped = dict.fromkeys(self.facts.grouped, "number_grouped")
        return {it.name: it.named_kind for it in self.facts.transforms} | grouped

    @property
    def transforms(self) -> dict[str, str]:
        """The names of the transforms by column."""
        return {it.name: str(it.__struct_config__.tag) for it in self.facts.transforms}

    @property
    def features(self) -> int:
        """How many numbers one sample has."""
        return len(self.mean)

    @property
    def tokens(self) -> Tokens | None:
        """The transform of a text that is the whole input, as tokens; None for real numbers."""
        first = self.facts.transforms[0]
        return first if isinstance(first, Tokens) else None

    @property
    def input(self) -> TensorSpec:
        """One sample."""
        tokens = self.tokens
        return TensorSpec((self.features,), vocab_size=tokens.vocab_size if tokens else 0)

    def lengths(self, inputs: Inputs) -> npt.NDArray[np.int32] | None:
        """(rows,) tokens of each text without padding; None for real numbers."""
        return lengths_of(inputs.astype(np.int32, copy=False)) if self.tokens else None

    def inputs(self, columns: Mapping[str, Column], rows: int) -> Inputs:
        """(rows, features) inputs of the network for the columns of some rows."""
        if tokens := self.tokens:
            return tokens.ids(columns[tokens.name])
        inputs = np.empty((rows, self.features), np.float32)
        start = 0
        for transform in self.facts.transforms:
            features = transform.apply(columns[transform.name])
            inputs[:, start : start + transform.width] = features
            for index in np.flatnonzero([it is not None for it in transform.scales]):
                place = start + index
                scaled = (features[:, index] - self.mean[place]) / self.deviation[place]
                np.clip(scaled, -FARTHEST, FARTHEST, out=scaled)
                scaled[np.isnan(scaled)] = 0  # a missing one is the mean
                inputs[:, place] = scaled
            start += transform.width
        return inputs

    def targets(self, column: Column) -> npt.NDArray[Any]:
        """(rows,) int32 classes, or (rows, 1) standardised float32 numbers."""
        if isinstance(column, CategoryColumn):
            return column.codes
        assert isinstance(column, NumberColumn)
        numbers = (column.values[:, None] - self.target_mean) / self.target_deviation
        return numbers.astype(np.float32)

    def numbers(self, outputs: npt.ArrayLike) -> Doubles:
        """(rows,) predictions in the target's units from the network's outputs (rows, 1)."""
        standardised = np.asarray(outputs, np.float64)
        return (standardised * self.target_deviation + self.target_mean)[:, 0]

    def tensors(self) -> dict[str, Doubles]:
        """The arrays by name."""
        names = "mean", "deviation", "target_mean", "target_deviation"
        return {name: getattr(self, name) for name in names}

    def metadata(self) -> dict[str, str]:
        """The facts as text, by name."""
        return {FACTS: msgspec.json.encode(self.facts).decode()}


def restore(tensors: Mapping[str, Doubles], metadata: Mapping[str, str]) -> Preparation:
    """The preparation that gave the tensors and the metadata.

    Raises:
        UserError: they are of something else.
    """
    try:
        facts = msgspec.json.decode(metadata[FACTS], type=Facts)
        return Preparation(facts, **tensors)
    except (*NOT_JSON, KeyError, TypeError) as error:
        raise UserError(f"the state of the data's preparation is damaged: {error}") from None


def fit(
    table: Table,
    train: Rows,
    named: Mapping[str, str],
    orders: Mapping[str, tuple[str, ...]] | None = None,
) -> Preparation:
    """Learn the preparation of a table from its rows `train`.

    One text and classes make a classifier of texts, which reads tokens.

    Args:
        table: the table.
        train: the rows to learn from.
        named: transforms by column; for the other columns they are chosen.
        orders: the categories of columns by name, the least first: such a column is ordinal.

    Raises:
        UserError: the training rows have no column whose values differ, or a transform is not for
            its column.
    """
    transforms = _transforms(table, train, named, orders or {})
    scales = [_scale(it, table.column(it.name), train) for it in transforms]
    mean = np.concatenate([mean for mean, _ in scales])
    deviation = np.concatenate([deviation for _, deviation in scales])
    if not np.isfinite(deviation).any():
        raise UserError(
            "the columns to predict from have one value in all training rows: give more rows"
        )
    target = table.column(table.target)
    numbers = [it for it in (*table.inputs, target) if isinstance(it, NumberColumn)]
    grouped = tuple(it.name for it in numbers if it.grouped and it is not target)
    units = {it.name: it.unit for it in numbers if it.unit}
    if isinstance(target, CategoryColumn):
        facts = Facts(transforms, target.categories, grouped, units)
        nothing = np.empty(0)
        return Preparation(facts, mean, deviation, nothing, nothing)
    assert isinstance(target, NumberColumn)
    values = target.values[train]
    target_deviation = values.std(keepdims=True)
    if not target_deviation[0] > 0:
        raise UserError(
            f"the target {table.target!r} has one value in all training rows: give more rows"
        )
    facts = Facts(transforms, (), grouped, units)
    return Preparation(facts, mean, deviation, values.mean(keepdims=True), target_deviation)


def _transforms(
    table: Table, train: Rows, named: Mapping[str, str], orders: Mapping[str, tuple[str, ...]]
) -> tuple[AnyTransform, ...]:
    """The transform of each column to predict from; raises UserError as `fit`."""
    names = [column.name for column in table.inputs]
    for key, given in ("transform", named), ("order", orders):
        if unknown := [name for name in given if name not in names]:
            raise UserError(
                f"data.{key}: {unknown[0]!r} is no column to predict from"
                f"{suggest(unknown[0], names)}; leave it out"
            )
    if _is_read_word_by_word(table, train):
        named = {names[0]: "tokens"} | dict(named)
    transforms = tuple(
        Ordinal.in_order(it, train, orders[it.name])
        if it.name in orders and named.get(it.name, "ordinal") == "ordinal"
        else choose(it, train, named.get(it.name)).fit(it, train)
        for it in table.inputs
    )
    if len(transforms) > 1 and (texts := [it for it in transforms if isinstance(it, Tokens)]):
        raise UserError(
            f"data.transform.{texts[0].name}: tokens are for a text that is the only column to "
            'predict from: use "words", or leave the other columns out'
        )
    return transforms


def _is_read_word_by_word(table: Table, train: Rows) -> bool:
    """Whether classes are predicted from one column of texts, which are short or many.

    Most words of long texts are frequent ones. A network learns from many rows which of them tell
    nothing; where there are few, their rarity says it.
    """
    if not isinstance(table.column(table.target), CategoryColumn):
        return False
    if len(table.inputs) != 1 or not isinstance(texts := table.inputs[0], TextColumn):
        return False
    words = (len(texts.values[row].split()) for row in train.tolist())
    return len(train) >= MANY_ROWS or sum(words) < LONG * len(train)


def _scale(transform: AnyTransform, column: Column, train: Rows) -> tuple[Doubles, Doubles]:
    """(features,) what each feature of a transform is scaled by: what to subtract and divide by."""
    mean, deviation = np.zeros(transform.width), np.ones(transform.width)
    scales = [(index, scale) for index, scale in enumerate(transform.scales) if scale is not None]
    if scales:
        features = transform.scaled(column, train)
        for place, (index, scale) in enumerate(scales):
            mean[index], spread = _center_and_spread(features[:, place], scale)
            deviation[index] = spread if spread > 1e-12 * abs(mean[index]) else np.inf
    return mean, deviation


def _center_and_spread(feature: Features, scale: Scale) -> tuple[float, float]:
    """Mean and deviation, or least value and range, of the values of a feature."""
    values = feature[~np.isnan(feature)].astype(np.float64)
    if not len(values):
        return 0.0, 0.0
    if scale == "range":
        return float(values.min()), float(np.ptp(values))
    return float(values.mean()), float(values.std())
