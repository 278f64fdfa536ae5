"""Dates: the moment itself, and its place in the year, the week and the day."""

from __future__ import annotations

from typing import ClassVar, Literal

import numpy as np

from tui_dl.data.readers.table import Column, DateColumn, Kind
from tui_dl.data.transforms.base import Features, Rows, Scale, Transform, indicator

Part = Literal["moment", "season", "weekday", "hour"]
PARTS: tuple[Part, ...] = ("moment", "season", "weekday", "hour")
WIDTHS: dict[Part, int] = {"moment": 1, "season": 2, "weekday": 7, "hour": 2}
DAYS_OF_YEAR, HOURS = 365.25, 24.0
EPOCH_WEEKDAY = 3  # 1 January 1970 was a Thursday; Monday is 0


class DateParts(Transform, frozen=True, tag="date_parts"):
    """Parts of a moment, those that differ between training rows; all 0 where it is missing.

    The moment is in seconds, standardised; season and hour are the sine and cosine of the share of
    the year or day that has passed; the day of the week is one-hot.

    Attributes:
        parts: of the moment, in the order of `PARTS`.
        order: whether day or month comes first where that is not clear; "clear" elsewhere.
        may_miss: whether training rows have no value, so that there is an indicator.
    """

    column_kind: ClassVar[Kind] = "date"

    parts: tuple[Part, ...]
    order: str
    may_miss: bool

    @classmethod
    def fit(cls, column: Column, train: Rows) -> DateParts:
        assert isinstance(column, DateColumn)
        present = train[~column.missing[train]]
        moments = column.values[present]
        parts = tuple(it for it in PARTS if _differs(_part(it, moments)))
        return cls(column.name, parts, column.order, len(present) < len(train))

    @property
    def scales(self) -> list[Scale]:
        scales: dict[Part, Scale] = {"moment": "deviation"}
        features = [scales.get(part) for part in self.parts for _ in range(WIDTHS[part])]
        return features + [None] * self.may_miss

    def apply(self, column: Column) -> Features:
        assert isinstance(column, DateColumn)
        there = ~column.missing
        features = np.zeros((len(there), self.width))
        start = 0
        for part in self.parts:
            own = features[:, start : start + WIDTHS[part]]
            own[there] = _part(part, column.values[there])
            if part == "moment":
                own[~there] = np.nan
            start += WIDTHS[part]
        if self.may_miss:
            features[:, -1:] = indicator(column)
        return features

    @property
    def named_kind(self) -> str:
        return "date" if self.order == "clear" else f"date_{self.order}_first"


def _part(part: Part, moments: np.ndarray[tuple[int, ...], np.dtype[np.datetime64]]) -> Features:
    """(moments, width) features of one part."""
    seconds = moments.astype("datetime64[s]").astype(np.int64)
    days = seconds // 86_400
    match part:
        case "moment":
            return seconds[:, None].astype(np.float64)
        case "season":
            first = moments.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
            return _circle((days - first) / DAYS_OF_YEAR)
        case "weekday":
            weekdays = (days + EPOCH_WEEKDAY) % 7
            return np.eye(7)[weekdays]
        case "hour":
            return _circle(seconds % 86_400 / 3_600 / HOURS)


def _circle(share: Features) -> Features:
    """(moments, 2) sine and cosine of a share of a whole turn."""
    angles = 2 * np.pi * share
    return np.stack([np.sin(angles), np.cos(angles)], axis=1)


def _differs(features: Features) -> bool:
    """Whether not all rows are the same."""
    return bool((features[1:] != features[:-1]).any())
