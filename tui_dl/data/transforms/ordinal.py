"""Categories with an order: the place of each, standardised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import numpy as np

from tui_dl.data.booleans import as_known
from tui_dl.data.readers.table import CategoryColumn, Column, Kind
from tui_dl.data.transforms.base import Features, Rows, Scale, Transform, indicator, others
from tui_dl.support.did_you_mean import suggest
from tui_dl.support.errors import UserError
from tui_dl.support.formatting import quoted


class Ordinal(Transform, frozen=True, tag="ordinal"):
    """The place of a row's category in their order, standardised; then 1 where there is none.

    A category that is not in the order, which a table to train on has not, counts as missing.

    Attributes:
        order: the categories, the least first.
        may_miss: whether training rows have no value, so that there is an indicator.
    """

    column_kind: ClassVar[Kind] = "category"

    order: tuple[str, ...]
    may_miss: bool

    @classmethod
    def suits(cls, column: Column, train: Rows) -> bool:
        return False

    @classmethod
    def fit(cls, column: Column, train: Rows) -> Ordinal:
        raise UserError(
            f"data.transform.{column.name}: ordinal needs the order of the categories: say "
            f"data.order.{column.name}"
        )

    @classmethod
    def in_order(cls, column: Column, train: Rows, order: tuple[str, ...]) -> Ordinal:
        """Learn from the rows `train` of a column whose categories are in this order.

        Raises:
            UserError: the column has a category that is not in it, or is no column of categories.
        """
        key = f"data.order.{column.name}"
        if not isinstance(column, CategoryColumn):
            raise UserError(f"{key}: the column is a {column.kind}, which has an order of its own")
        if unknown := [it for it in column.categories if it not in order]:
            raise UserError(
                f"{key}: {quoted(unknown[0])} stands in the table and not in the order"
                f"{suggest(unknown[0], list(order))}; add it"
            )
        return cls(column.name, order, bool(column.missing[train].any()))

    @property
    def scales(self) -> list[Scale]:
        return ["deviation", None] if self.may_miss else ["deviation"]

    def remarks(self, column: Column, features: Features) -> Iterator[tuple[int, str]]:
        assert isinstance(column, CategoryColumn)
        yield from super().remarks(column, features)
        for row, value in others(column, self.order):
            yield row, f"{quoted(value)} is not in data.order: the mean of training takes its place"

    def apply(self, column: Column) -> Features:
        assert isinstance(column, CategoryColumn)
        place = {name: float(index) for index, name in enumerate(self.order)}
        names = as_known(column.categories, self.order)
        places = np.array([place.get(it, np.nan) for it in names] + [np.nan])
        values = places[column.codes][:, None]  # a missing one has the last place, by code -1
        return np.hstack([values, indicator(column)]) if self.may_miss else values
