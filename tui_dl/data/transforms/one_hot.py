"""Categories: one feature for each that is frequent enough, and one for all others together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from tui_dl.data.booleans import as_known
from tui_dl.data.readers.table import CategoryColumn, Column, Kind
from tui_dl.data.transforms.base import Features, Rows, Scale, Transform, indicator, others
from tui_dl.support.formatting import quoted

LEAST_ROWS = 2  # of training that a category has a feature of its own from,
LEAST_SHARE = 0.001  # and their share
MOST_CATEGORIES, MOST_RARE = 256, 20_000


class OneHot(Transform, frozen=True, tag="one_hot"):
    """One-hot: 1 for a row's own category and 0 for others.

    A category that training does not have counts as one of the rare ones; where none is rare, all
    features are 0, since nothing could be learned for a feature of its own.

    Attributes:
        categories: those with a feature of their own, the most frequent first.
        has_rare: whether training has others, which share a feature.
        may_miss: whether training rows have no value, so that there is an indicator.
        rare: the others; of very many some.
    """

    column_kind: ClassVar[Kind] = "category"
    gap: ClassVar[str] = "no value: it counts as none of those of training"

    categories: tuple[str, ...]
    has_rare: bool
    may_miss: bool
    rare: tuple[str, ...] = ()

    @classmethod
    def fit(cls, column: Column, train: Rows) -> OneHot:
        assert isinstance(column, CategoryColumn)
        codes = column.codes[train]
        counts = np.bincount(codes[codes >= 0], minlength=len(column.categories))
        least = max(LEAST_ROWS, LEAST_SHARE * len(train))
        order = np.argsort(-counts, kind="stable")[:MOST_CATEGORIES]
        kept = [int(it) for it in order if counts[it] >= least]
        counts[kept] = 0
        left = np.flatnonzero(counts)[:MOST_RARE].tolist()
        categories, rare = (tuple(column.categories[at] for at in it) for it in (kept, left))
        return cls(column.name, categories, bool(left), bool((codes < 0).any()), rare)

    @property
    def scales(self) -> list[Scale]:
        return [None] * (len(self.categories) + self.has_rare + self.may_miss)

    def remarks(self, column: Column, features: Features) -> Iterator[tuple[int, str]]:
        assert isinstance(column, CategoryColumn)
        yield from super().remarks(column, features)
        rare, none = "it counts as a rare one", "it counts as none of those of training"
        for row, value in others(column, {*self.categories, *self.rare}):
            yield row, f"{quoted(value)} is new: {rare if self.has_rare else none}"

    def apply(self, column: Column) -> Features:
        assert isinstance(column, CategoryColumn)
        place = {name: index for index, name in enumerate(self.categories)}
        names = as_known(column.categories, (*self.categories, *self.rare))
        places = [place.get(name, len(self.categories)) for name in names]
        features = np.zeros((len(column.codes), len(self.categories) + 1), np.float32)
        rows = np.flatnonzero(column.codes >= 0)
        if len(rows):
            features[rows, np.array(places)[column.codes[rows]]] = 1
        features = features[:, : len(self.categories) + self.has_rare]
        return np.hstack([features, indicator(column)]) if self.may_miss else features
