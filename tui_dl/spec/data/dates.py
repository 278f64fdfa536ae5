"""Dates in English or other languages, to be translated or tagged."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

import msgspec

from tui_dl.spec.config_error import ConfigError
from tui_dl.spec.data.base import Source
from tui_dl.spec.data_spec import DataSpec
from tui_dl.spec.layers.base import TensorSpec
from tui_dl.support.optional_dependencies import Extra


class Dates(Source, frozen=True, kw_only=True, tag="dates"):
    """Generated: days of a century in English, as characters.

    The target is the day in ISO 8601, or for every character a tag: day, month, year or none.

    Attributes:
        languages: those of Babel in which the days are written, such as "de" and "ko", in place of
            the English of this package.
        length: the longest text in characters; found out of the languages.
        characters: those of the texts, in the order of their token ids; found out likewise.
    """

    LONGEST: ClassVar[int] = 33  # Wednesday, 10th of September 2025
    ENGLISH: ClassVar[str] = " ,-./0123456789ADFJMNOSTWabcdefghijlmnoprstuvwy"
    BABEL: ClassVar[Extra] = Extra("text", "babel")
    DAYS: ClassVar[int] = 36_525
    TAGS: ClassVar[tuple[str, ...]] = (
        "O", "B-day", "I-day", "B-month", "I-month", "B-year", "I-year",
    )  # fmt: skip

    task: Literal["translate", "tag"] = "translate"
    samples: Annotated[int, msgspec.Meta(ge=100, le=DAYS)] = 20_000
    languages: Annotated[tuple[str, ...], msgspec.Meta(max_length=50)] = ()
    length: Annotated[int, msgspec.Meta(ge=1, le=1_000)] | None = None
    characters: Annotated[str, msgspec.Meta(max_length=1_000)] = ""

    def check(self, spec: DataSpec) -> None:
        super().check(spec)
        if self.languages and self.task == "tag":
            raise ConfigError("data.languages", "are translated only: leave data.task out")
        if not self.languages and (self.length or self.characters):
            key = "length" if self.length else "characters"
            raise ConfigError(f"data.{key}", "is found out of data.languages: leave it out")

    @property
    def reads_file(self) -> bool:
        return bool(self.languages)

    @property
    def is_missing(self) -> bool:
        return bool(self.languages) and self.BABEL.is_missing

    def require_extra(self) -> None:
        if self.languages:
            self.BABEL.require("data.languages")

    @property
    def count(self) -> int:
        return self.samples

    @property
    def input(self) -> TensorSpec:
        return TensorSpec((self.length or self.LONGEST,), vocab_size=len(self.reads))

    @property
    def classes(self) -> int:
        return len(self.class_names)

    @property
    def class_names(self) -> list[str]:
        return list(self.TAGS) if self.task == "tag" else [*self.writes, "end"]

    @property
    def reads(self) -> str:
        return self.characters or self.ENGLISH

    @property
    def writes(self) -> str:
        return "" if self.task == "tag" else "0123456789-"

    @property
    def target(self) -> TensorSpec:
        places = self.input.shape[0] if self.task == "tag" else 11  # 2025-09-10 and the end
        return TensorSpec((places,), vocab_size=self.classes)
