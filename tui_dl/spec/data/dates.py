"""Dates in English, to be translated or tagged."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from tui_dl.spec.data.base import Source
from tui_dl.spec.layers.base import TensorSpec


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
